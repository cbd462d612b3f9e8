//! The rows of the mention stage, by folded word.

use super::EntityKind;
use crate::clitic;
use crate::error::Error;
use crate::language::Language;
use crate::names::Names;
use crate::rows::{Files, Row};
use crate::text::Text;
use rustc_hash::FxHashMap;
use std::sync::Arc;

/// What a word can be; a word may be several things.
pub(super) mod class {
    /// A given name.
    pub const GIVEN: u32 = 1;
    /// A given name of women.
    pub const WOMAN: u32 = 1 << 1;
    /// A family name, or a name of another language.
    pub const NAME: u32 = 1 << 2;
    /// A name beside another name, an ordinary word elsewhere.
    pub const UNCERTAIN: u32 = 1 << 3;
    /// An ordinary word.
    pub const COMMON: u32 = 1 << 4;
    /// A word that no name goes over.
    pub const FUNCTION: u32 = 1 << 5;
    /// «بن», «آل»: inside names.
    pub const CONNECTOR: u32 = 1 << 6;
    /// An adjective of a state.
    pub const DEMONYM: u32 = 1 << 7;
    /// Opens the name of an organisation: «وزارة».
    pub const HEAD: u32 = 1 << 8;
    /// The same with the article: «الحكومة».
    pub const DEFINITE_HEAD: u32 = 1 << 9;
    /// Stands before the name of a place: «مدينة».
    pub const PLACE_HEAD: u32 = 1 << 10;
    /// Some row of `titles.tsv`.
    pub const TITLE: u32 = 1 << 11;
    /// First word of a known name.
    pub const PHRASE: u32 = 1 << 12;
    /// Carries the article.
    pub const DEFINITE: u32 = 1 << 13;
    /// Part of the name of a known person.
    pub const KNOWN_PERSON: u32 = 1 << 14;
    /// Follows the noun of an organisation's name or of a title: «الأعلى».
    pub const ADJECTIVE: u32 = 1 << 15;
    /// Follows a title and no organisation: «السابق».
    pub const ROLE_ADJECTIVE: u32 = 1 << 16;
    /// An ordinary word as far as counts tell; after a title it may be a name.
    pub const RARE: u32 = 1 << 17;
}

/// A word of the lexicon.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Word {
    pub classes: u32,
    /// The state that a demonym belongs to, from 1; 0 for none.
    pub state: u16,
    /// Its title, from 1.
    pub title: u16,
    /// Its organisation head, from 1.
    pub head: u16,
    /// Its known names, from 1.
    pub phrases: u16,
}

/// The letter that folding makes a yeh.
const UNDOTTED_YEH: char = '\u{649}';

/// What a title word does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TitleKind {
    /// «وزير»: takes what it is of.
    Role,
    /// «الدكتور»: stands before a name.
    Honorific,
    /// «مصدر»: stands for somebody unnamed.
    Unnamed,
    /// «وزراء»: several holders.
    Group,
    /// «رفيع»: what an unnamed one is like.
    Quality,
    /// «باسم»: goes on to what the role is of.
    Link,
    /// Looks like a title and is none.
    None,
}

/// A row of `titles.tsv`.
#[derive(Debug, Clone)]
pub(super) struct Title {
    pub kind: TitleKind,
    pub feminine: bool,
    pub plural: bool,
    pub rule: Arc<str>,
}

/// How much of an organisation's name a head asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Needs {
    /// A definite complement is enough.
    Any,
    /// One of its words names a state or a known name.
    Nation,
    /// Its complement may be a word that no list knows.
    Name,
    /// It may stand alone.
    Alone,
}

/// A row of `organisations.tsv`.
#[derive(Debug, Clone)]
pub(super) struct Head {
    pub needs: Needs,
    pub feminine: bool,
    pub rule: Arc<str>,
}

/// Where a form names what its row says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum When {
    Always,
    Quoted,
    Headed,
    Place,
    Group,
    Never,
}

/// A known name after its first word.
#[derive(Debug, Clone)]
pub(super) struct Phrase {
    pub rest: Vec<(Box<str>, u16)>,
    pub name: u32,
    pub when: When,
}

/// A row of `langs/names/`, as this stage needs it.
#[derive(Debug, Clone)]
pub(super) struct Known {
    pub id: Arc<str>,
    pub kind: EntityKind,
    pub class: Arc<str>,
    /// The state or body that it belongs to.
    pub of: Option<Arc<str>>,
    pub rule: Arc<str>,
    /// The row of the same form that stands for the government of this state or capital.
    pub government: Option<u32>,
}

/// Names, titles and organisation words of a language, with the shared entities of `langs/names/`.
#[derive(Debug, Clone, Default)]
pub struct Lexicon {
    words: FxHashMap<Box<str>, Word>,
    pub(super) titles: Vec<Title>,
    pub(super) heads: Vec<Head>,
    pub(super) phrases: Vec<Vec<Phrase>>,
    pub(super) known: Vec<Known>,
    pub(super) states: Vec<Arc<str>>,
    pub(super) people: FxHashMap<Box<str>, u32>,
    raw: Vec<Box<str>>,
    endings: Vec<Box<str>>,
    spelling: FxHashMap<char, Option<char>>,
    goes: Vec<Box<str>>,
    party: Vec<Box<str>>,
}

impl Lexicon {
    /// Reads `titles.tsv`, `organisations.tsv`, `places.tsv`, `demonyms.tsv`, `ambiguous.tsv` and the word lists of
    /// `language`, and the tables of `names/`.
    ///
    /// # Errors
    /// Names file and line of a row that cannot be read.
    pub fn load(files: &Files, language: &Language, names: &Names) -> Result<Lexicon, Error> {
        let mut lexicon = Lexicon::default();
        let code = language.code.as_str();
        let lists = [
            ("common-words.txt", class::COMMON),
            ("rare-words.txt", class::COMMON | class::RARE),
            ("name-words.txt", class::NAME),
            ("uncertain-names.txt", class::UNCERTAIN),
            ("given-names.txt", class::GIVEN),
            ("name-connectors.txt", class::CONNECTOR),
            ("function-words.txt", class::FUNCTION),
        ];
        for (file, bit) in lists {
            lexicon.add_list(files.get(&format!("{code}/{file}")).unwrap_or(""), bit, language);
        }
        for row in files.table(&format!("{code}/spelling.tsv"), &["from", "to"])?.rows() {
            let to = row.get("to").chars().next();
            lexicon.spelling.extend(row.get("from").chars().map(|c| (c, to)));
        }
        let list = |file: &str| -> Vec<Box<str>> {
            let text = files.get(&format!("{code}/{file}")).unwrap_or("");
            text.lines().filter(|l| !l.starts_with('#')).map(|l| language.fold(l).into()).collect()
        };
        lexicon.goes = list("place-prepositions.txt");
        lexicon.party = list("party-prepositions.txt");
        lexicon.add_demonyms(files, language)?;
        lexicon.add_titles(files, language)?;
        lexicon.add_heads(files, language)?;
        lexicon.add_names(files, language, names)?;
        Ok(lexicon)
    }

    /// The word with this folded form.
    pub(super) fn word(&self, key: &str) -> Option<Word> {
        self.words.get(key).copied()
    }

    /// Is this a word that folding makes look like a name: «على»?
    pub(super) fn is_trap(&self, raw: &str) -> bool {
        self.raw.iter().any(|r| **r == *raw)
    }

    /// Can this word with the article follow a noun with the article as its adjective?
    pub(super) fn is_adjective(&self, key: &str, cell: super::cells::Cell) -> bool {
        cell.is(class::ADJECTIVE | class::DEMONYM)
            || !cell.is(class::ROLE_ADJECTIVE) && self.endings.iter().any(|e| key.ends_with(&**e))
    }

    /// Does the entity with this row belong to the state that a demonym has?
    pub(super) fn belongs(&self, known: Option<&str>, state: u16) -> bool {
        let Some(state) = usize::from(state).checked_sub(1).and_then(|n| self.states.get(n)) else { return false };
        // Rows are sorted by id.
        let row = known.and_then(|id| self.known.binary_search_by(|k| (*k.id).cmp(id)).ok()).map(|n| &self.known[n]);
        row.is_some_and(|k| k.of.as_ref() == Some(state))
    }

    /// Does a place follow this word: «في», «إلى», «زيارة»?
    pub(super) fn goes_to(&self, key: &str) -> bool {
        self.goes.iter().any(|g| **g == *key)
    }

    /// Is what follows this word a party rather than a place: «مع», «بين»?
    pub(super) fn sides(&self, key: &str) -> bool {
        self.party.iter().any(|g| **g == *key)
    }

    /// A folded word without the letters that spellings of one name differ in.
    pub(super) fn bones(&self, word: &str) -> String {
        let word = word.strip_prefix(clitic::ARTICLE).unwrap_or(word);
        let mut out = String::with_capacity(word.len());
        for (n, c) in word.chars().enumerate() {
            match self.spelling.get(&c) {
                Some(Some(to)) => out.push(*to),
                Some(None) if n > 0 => {}
                _ => out.push(c),
            }
        }
        out
    }

    /// The title of a word.
    pub(super) fn title(&self, word: u16) -> Option<&Title> {
        self.titles.get(usize::from(word).checked_sub(1)?)
    }

    fn entry(&mut self, key: &str) -> &mut Word {
        if !self.words.contains_key(key) {
            let definite = clitic::is_definite(key);
            self.words.insert(key.into(), Word { classes: u32::from(definite) * class::DEFINITE, ..Word::default() });
        }
        self.words.entry(key.into()).or_default()
    }

    /// One folded word a line; `f:` in front marks a woman's name. Lines of the big lists are folded already.
    fn add_list(&mut self, text: &str, bit: u32, language: &Language) {
        self.words.reserve(text.len() / 14);
        for line in text.lines().filter(|l| !l.starts_with('#') && !l.is_empty()) {
            let (line, more) = line.strip_prefix("f:").map_or((line, 0), |l| (l, class::WOMAN));
            if bit == class::FUNCTION || bit == class::CONNECTOR {
                // «على» folds to «علي», which is a name: only the spelling tells.
                if line.ends_with(UNDOTTED_YEH)
                    || self.words.get(&*language.fold(line)).is_some_and(|w| w.classes & class::CONNECTOR != 0)
                {
                    self.raw.push(line.into());
                } else {
                    let key = language.fold(line);
                    self.entry(&key).classes |= bit;
                }
            } else {
                self.entry(line).classes |= bit | more;
            }
        }
    }

    /// Adds every form of a cell, without and with the article.
    fn add_forms(&mut self, row: &Row, column: &str, language: &Language, mut add: impl FnMut(&mut Word, bool)) {
        for form in row.list(column) {
            let key = language.fold(form);
            add(self.entry(&key), false);
            if language.clitics && !clitic::is_definite(&key) {
                let definite = format!("{}{key}", clitic::ARTICLE);
                add(self.entry(&definite), true);
            }
        }
    }

    fn add_demonyms(&mut self, files: &Files, language: &Language) -> Result<(), Error> {
        for row in files.table(&format!("{}/demonyms.tsv", language.code), &["form", "of", "forms"])?.rows() {
            let state = self.state(row.get("of"));
            for column in ["form", "forms"] {
                self.add_forms(row, column, language, |word, _| {
                    word.classes |= class::DEMONYM;
                    word.state = state;
                });
            }
        }
        Ok(())
    }

    /// Can this folded word be a name that no list knows: it is no common word, and no word with a part to play?
    pub(crate) fn may_be_name(&self, key: &str) -> bool {
        let known = |k: &str| {
            self.word(k).map_or(0, |w| w.classes) & !(class::GIVEN | class::NAME | class::CONNECTOR | class::WOMAN)
        };
        let bare = key.strip_prefix(clitic::ARTICLE).unwrap_or(key);
        let stem = bare.strip_suffix('ه').unwrap_or(bare);
        key.chars().all(char::is_alphabetic) && [key, bare, stem].into_iter().all(|k| known(k) == 0)
    }

    /// The id of the state that a folded adjective or noun of belonging names, with or without the article.
    pub(crate) fn state_of(&self, key: &str) -> Option<&str> {
        let bare = key.strip_prefix(clitic::ARTICLE).unwrap_or(key);
        let state = [key, bare].into_iter().find_map(|k| self.word(k).map(|w| w.state).filter(|s| *s != 0))?;
        self.states.get(usize::from(state) - 1).map(|id| &**id)
    }

    fn state(&mut self, id: &str) -> u16 {
        let at = self.states.iter().position(|s| **s == *id).unwrap_or_else(|| {
            self.states.push(id.into());
            self.states.len() - 1
        });
        at as u16 + 1
    }

    fn add_titles(&mut self, files: &Files, language: &Language) -> Result<(), Error> {
        let path = format!("{}/titles.tsv", language.code);
        for row in files.table(&path, &["form", "kind", "gender", "number"])?.rows() {
            let kind = match row.get("kind") {
                "role" => TitleKind::Role,
                "honorific" => TitleKind::Honorific,
                "unnamed" => TitleKind::Unnamed,
                "group" => TitleKind::Group,
                "quality" => TitleKind::Quality,
                "link" => TitleKind::Link,
                "none" => TitleKind::None,
                _ => return Err(row.error("kind", "role, honorific, unnamed, group, quality, link or none")),
            };
            let (feminine, plural) = (row.get("gender") == "f", row.get("number") == "p");
            self.titles.push(Title { kind, feminine, plural, rule: row.rule() });
            let title = self.titles.len() as u16;
            let article = kind != TitleKind::Link;
            self.add_forms(row, "form", language, |word, definite| {
                if (article || !definite) && word.title == 0 {
                    word.classes |= class::TITLE;
                    word.title = title;
                }
            });
        }
        Ok(())
    }

    fn add_heads(&mut self, files: &Files, language: &Language) -> Result<(), Error> {
        let path = format!("{}/organisations.tsv", language.code);
        for row in files.table(&path, &["form", "shape", "needs", "gender"])?.rows() {
            let needs = match row.get("needs") {
                "any" => Needs::Any,
                "nation" => Needs::Nation,
                "name" => Needs::Name,
                "alone" => Needs::Alone,
                _ => return Err(row.error("needs", "any, nation, name or alone")),
            };
            let with_article = match row.get("shape") {
                "head" => false,
                "definite" => true,
                "adjective" => {
                    self.add_forms(row, "form", language, |word, _| word.classes |= class::ADJECTIVE);
                    continue;
                }
                "role-adjective" => {
                    self.add_forms(row, "form", language, |word, _| word.classes |= class::ROLE_ADJECTIVE);
                    continue;
                }
                "ending" => {
                    self.endings.extend(row.list("form").map(|e| language.fold(e).into()));
                    continue;
                }
                _ => return Err(row.error("shape", "head, definite, adjective, role-adjective or ending")),
            };
            self.heads.push(Head { needs, feminine: row.get("gender") == "f", rule: row.rule() });
            let head = self.heads.len() as u16;
            self.add_forms(row, "form", language, |word, definite| {
                if definite == with_article {
                    word.classes |= if definite { class::DEFINITE_HEAD } else { class::HEAD };
                    word.head = head;
                }
            });
        }
        let path = format!("{}/places.tsv", language.code);
        for row in files.table(&path, &["form", "class"])?.rows() {
            let named = row.get("class") == "named";
            self.add_forms(row, "form", language, |word, definite| {
                if !definite {
                    word.classes |= class::PLACE_HEAD;
                    word.head = if named { u16::MAX } else { word.head };
                }
            });
        }
        Ok(())
    }

    fn add_names(&mut self, files: &Files, language: &Language, names: &Names) -> Result<(), Error> {
        let (conditions, others) = conditions(files, language)?;
        let mut index: FxHashMap<&str, u32> = FxHashMap::default();
        for name in names.iter() {
            index.insert(&name.id, self.known.len() as u32);
            self.known.push(Known {
                id: name.id.as_str().into(),
                kind: name.kind,
                class: name.class.as_str().into(),
                of: name.of.as_deref().map(Into::into),
                rule: name.rule.clone(),
                government: None,
            });
        }
        for name in names.iter() {
            let at = index[name.id.as_str()];
            if matches!(name.class.as_str(), "capital-government" | "state-government") {
                if let Some(place) = name.id.strip_suffix("-government").and_then(|id| index.get(id)) {
                    self.known[*place as usize].government = Some(at);
                }
                continue;
            }
            for form in name.forms.get(language.code.as_str()).into_iter().flatten() {
                let phrase = phrase_of(form, language);
                let when = conditions.get(phrase.as_str()).copied().unwrap_or(When::Always);
                self.add_phrase(&phrase, at, when, name.kind == EntityKind::Person);
            }
        }
        for (phrase, when, id, row) in others {
            let at = index.get(id.as_str()).ok_or_else(|| row.error("name", "the id of a row in names/"))?;
            self.add_phrase(&phrase, *at, when, false);
        }
        for list in &mut self.phrases {
            list.sort_by_key(|p| (std::cmp::Reverse(p.rest.len()), p.when == When::Always));
        }
        Ok(())
    }

    fn add_phrase(&mut self, phrase: &str, name: u32, when: When, person: bool) {
        let mut words = phrase.split(' ');
        let Some(first) = words.next().filter(|w| !w.is_empty() && when != When::Never) else { return };
        if person {
            for word in phrase.split(' ') {
                let entry = self.entry(word);
                let title = entry.classes & class::TITLE != 0 && entry.classes & class::GIVEN == 0;
                if entry.classes & (class::CONNECTOR | class::FUNCTION) == 0 && !title {
                    let sure = entry.classes & (class::COMMON | class::UNCERTAIN) == 0;
                    entry.classes |= class::KNOWN_PERSON | if sure { class::NAME } else { 0 };
                }
            }
            self.people.insert(phrase.into(), name);
            return;
        }
        let rest = words.map(|w| (w.into(), self.word(w).map_or(0, |w| w.state))).collect();
        let free = self.phrases.len();
        let word = self.entry(first);
        word.classes |= class::PHRASE;
        if word.phrases == 0 {
            word.phrases = free as u16 + 1;
            self.phrases.push(Vec::new());
        }
        let at = usize::from(self.entry(first).phrases) - 1;
        self.phrases[at].push(Phrase { rest, name, when });
    }
}

/// The folded tokens of a form, joined by one space: «مجموعة 5+1» has four.
fn phrase_of(form: &str, language: &Language) -> String {
    if form.chars().all(|c| c.is_alphabetic() || c == ' ') {
        return language.fold_phrase(form);
    }
    let text = Text::new(form.to_owned(), language);
    (0..text.len()).map(|i| text.key(i)).collect::<Vec<_>>().join(" ")
}

type Conditions = FxHashMap<String, When>;
type Others = Vec<(String, When, String, Row)>;

/// `ambiguous.tsv`: the condition of a form, and forms that then name something else.
fn conditions(files: &Files, language: &Language) -> Result<(Conditions, Others), Error> {
    let (mut conditions, mut others) = (Conditions::default(), Others::new());
    for row in files.table(&format!("{}/ambiguous.tsv", language.code), &["form", "when", "name"])?.rows() {
        let when = match row.get("when") {
            "quoted" => When::Quoted,
            "headed" => When::Headed,
            "place" => When::Place,
            "group" => When::Group,
            "never" => When::Never,
            _ => return Err(row.error("when", "quoted, headed, place, group or never")),
        };
        let form = phrase_of(row.get("form"), language);
        match row.get("name") {
            "" => drop(conditions.insert(form, when)),
            id => others.push((form, when, id.to_owned(), row.clone())),
        }
    }
    Ok((conditions, others))
}
