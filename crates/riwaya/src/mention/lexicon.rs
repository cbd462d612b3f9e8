//! The rows of the mention stage, by folded word.

pub(super) use super::class;
use super::endings::Endings;
use super::known::{Known, Phrase};
use super::listed::Listed;
use super::tagger::Model;
use crate::clitic;
use crate::error::Error;
use crate::language::Language;
use crate::names::Names;
use crate::rows::{Files, Row};
use crate::text::is_letter;
use rustc_hash::{FxHashMap, FxHashSet};
use std::sync::Arc;

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
    /// Men and women are called so: “spokesperson”, «министр».
    pub common: bool,
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
    /// An adjective of bodies follows it: «المحكمة العليا».
    Adjective,
    /// One of its words names a state, or it says what it is for: «الهيئة العامة للطيران المدني».
    Body,
    /// Two adjectives follow it, or one and what it is for: «المؤسسة العامة للتحلية».
    Long,
}

/// A row of `organisations.tsv`.
#[derive(Debug, Clone)]
pub(super) struct Head {
    pub needs: Needs,
    /// The name is what stands behind the word, where only a name can: «مجلة *فارايتي*».
    pub before: bool,
    pub feminine: bool,
    pub rule: Arc<str>,
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
    raw: FxHashSet<Box<str>>,
    traps: FxHashSet<Box<str>>,
    pub(super) adjective_endings: Vec<Box<str>>,
    pub(super) no_names: Vec<Box<str>>,
    spelling: FxHashMap<char, Option<char>>,
    goes: FxHashSet<Box<str>>,
    party: FxHashSet<Box<str>>,
    idle: FxHashSet<Box<str>>,
    pub(super) listed: Listed,
    pub(super) model: Option<Arc<Model>>,
    /// Names begin with a capital.
    pub(super) capitals: bool,
    /// Does the noun of a role come last (“foreign *minister*”)?
    pub(super) heads_last: bool,
    /// It is written in Latin letters.
    pub(super) latin: bool,
    pub(super) possessive: Box<str>,
    pub(super) endings: Endings,
    pub(super) noun_endings: Vec<Box<str>>,
    acting: FxHashSet<Box<str>>,
    /// The endings among them.
    acting_endings: Vec<Box<str>>,
    relatives: FxHashSet<Box<str>>,
    pub(super) title_bases: FxHashSet<Box<str>>,
    addressing: FxHashSet<Box<str>>,
}

impl Lexicon {
    /// Reads `titles.tsv`, `organisations.tsv`, `places.tsv`, `demonyms.tsv`, `ambiguous.tsv`, the word lists and
    /// the model of `language`, and the tables of `names/`.
    ///
    /// # Errors
    /// Names file and line of a row that cannot be read.
    pub fn load(files: &Files, language: &Language, names: &Names) -> Result<Lexicon, Error> {
        let mut lexicon = Lexicon {
            capitals: language.capitals,
            heads_last: language.heads_last,
            latin: language.share("a") > 0.0,
            possessive: language.possessive.as_str().into(),
            endings: Endings::load(files, language)?,
            ..Lexicon::default()
        };
        let code = language.code.as_str();
        let lists = [
            ("common-words.txt", class::COMMON),
            ("rare-words.txt", class::COMMON | class::RARE),
            ("name-words.txt", class::NAME),
            ("uncertain-names.txt", class::UNCERTAIN),
            ("given-names.txt", class::GIVEN),
            ("place-words.txt", class::PLACE_WORD),
            ("name-connectors.txt", class::CONNECTOR),
            ("function-words.txt", class::FUNCTION),
        ];
        let lists = lists.map(|(file, bit)| (files.get(&format!("{code}/{file}")).unwrap_or(""), bit));
        lexicon.words.reserve(lists.iter().map(|(text, _)| text.len() / 14).sum());
        for (text, bit) in lists {
            lexicon.add_list(text, bit, language);
        }
        for row in files.table(&format!("{code}/spelling.tsv"), &["from", "to"])?.rows() {
            let to = row.get("to").chars().next();
            lexicon.spelling.extend(row.get("from").chars().map(|c| (c, to)));
        }
        let list = |file: &str| -> FxHashSet<Box<str>> {
            let text = files.get(&format!("{code}/{file}")).unwrap_or("");
            text.lines().filter(|l| !l.starts_with('#')).map(|l| language.fold(l).into()).collect()
        };
        lexicon.goes = list("place-prepositions.txt");
        lexicon.party = list("party-prepositions.txt");
        lexicon.idle = list("idle-verbs.txt");
        lexicon.acting = list("acting-verbs.txt");
        lexicon.acting_endings = lexicon.acting.iter().filter_map(|v| v.strip_prefix('-')).map(Into::into).collect();
        lexicon.acting.retain(|verb| !verb.starts_with('-'));
        lexicon.addressing = list("addressing-verbs.txt");
        lexicon.relatives = list("relative-words.txt");
        lexicon.add_demonyms(files, language)?;
        lexicon.add_titles(files, language)?;
        lexicon.add_heads(files, language)?;
        lexicon.add_sport(files, language)?;
        lexicon.add_names(files, language, names)?;
        lexicon.add_listed(files, language);
        let path = format!("{code}/names.model");
        lexicon.model = files.model(&path).map(|bytes| Model::read(&path, bytes)).transpose()?.map(Arc::new);
        Ok(lexicon)
    }

    /// The word with this folded form.
    pub(super) fn word(&self, key: &str) -> Option<Word> {
        self.words.get(key).copied()
    }

    /// Is this a word that folding makes look like a name: «على»?
    pub(super) fn is_trap(&self, raw: &str) -> bool {
        self.raw.contains(raw)
    }

    /// Is this folded word one that only its spelling tells from a name: «علي» of «على»?
    pub(super) fn is_trap_key(&self, key: &str) -> bool {
        self.traps.contains(key)
    }

    /// Can this word with the article follow a noun with the article as its adjective?
    pub(super) fn is_adjective(&self, key: &str, cell: super::cells::Cell) -> bool {
        cell.is(class::ADJECTIVE | class::DEMONYM)
            || !cell.is(class::ROLE_ADJECTIVE) && self.adjective_endings.iter().any(|e| key.ends_with(&**e))
    }

    /// Does the entity with this row belong to the state that a demonym has?
    pub(super) fn belongs(&self, known: Option<&str>, state: u16) -> bool {
        let Some(state) = usize::from(state).checked_sub(1).and_then(|n| self.states.get(n)) else { return false };
        // Rows are sorted by id.
        let row = known.and_then(|id| self.known.binary_search_by(|k| (*k.id).cmp(id)).ok()).map(|n| &self.known[n]);
        row.is_some_and(|k| k.of.as_ref() == Some(state))
    }

    /// «مجلس الإدارة», «حركة المرور»: are these two words a common noun that begins like an organisation?
    pub(super) fn is_no_name(&self, head: &str, next: &str) -> bool {
        self.no_names.iter().any(|n| n.split_once(' ') == Some((head, next)))
    }

    /// Does an adjective, or an attribute in its case, end like this: «немецкой»?
    pub(super) fn ends_adjective(&self, key: &str) -> bool {
        fits(&self.adjective_endings, key)
    }

    /// Does a noun that another one has in front end like this: «промышленности»?
    pub(super) fn ends_noun(&self, key: &str) -> bool {
        fits(&self.noun_endings, key)
    }

    /// Is this the verb of who acts: “says”, «заявила»? Rows with a dash are endings.
    pub(super) fn acts(&self, key: &str) -> bool {
        !self.is_idle(key) && (self.acting.contains(key) || fits(&self.acting_endings, key))
    }

    /// Is the object of this verb somebody who can act: “urged”, «призвал»?
    pub(super) fn addresses(&self, key: &str) -> bool {
        self.addressing.contains(key)
    }

    /// Is this a title as its row has it, and not another case of it: «глава», not «главы»?
    pub(super) fn is_title_base(&self, key: &str) -> bool {
        self.title_bases.contains(key)
    }

    /// Does the word take up who was named: “which”, «которая»?
    pub(super) fn takes_up(&self, key: &str) -> bool {
        self.relatives.contains(key)
    }

    /// Can both words be one name's?
    pub(super) fn same_word(&self, a: &str, b: &str) -> bool {
        a == b || !self.endings.is_empty() && self.endings.same(a, b)
    }

    /// Does a place follow this word: «في», «إلى», «زيارة»?
    pub(super) fn goes_to(&self, key: &str) -> bool {
        self.goes.contains(key)
    }

    /// Is what follows this word a party rather than a place: «مع», «بين»?
    pub(super) fn sides(&self, key: &str) -> bool {
        self.party.contains(key)
    }

    /// Does the subject of this verb do nothing by it: «كانت», «شهدت»?
    pub(super) fn is_idle(&self, key: &str) -> bool {
        let stem = key.strip_prefix('و').unwrap_or(key);
        self.idle.contains(stem)
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

    pub(super) fn entry(&mut self, key: &str) -> &mut Word {
        // Most words are new: one look-up and one copy of the key, where asking first would look up twice.
        self.words.entry(key.into()).or_insert_with(|| {
            let definite = clitic::is_definite(key);
            Word { classes: u32::from(definite) * class::DEFINITE, ..Word::default() }
        })
    }

    /// One folded word a line; `f:` in front marks a woman's name. Lines of the big lists are folded already.
    fn add_list(&mut self, text: &str, bit: u32, language: &Language) {
        for line in text.lines().filter(|l| !l.starts_with('#') && !l.is_empty()) {
            let (line, more) = line.strip_prefix("f:").map_or((line, 0), |l| (l, class::WOMAN));
            if bit == class::FUNCTION || bit == class::CONNECTOR {
                // «على» folds to «علي», which is a name: only the spelling tells.
                if line.ends_with(UNDOTTED_YEH)
                    || self.words.get(&*language.fold(line)).is_some_and(|w| w.classes & class::CONNECTOR != 0)
                {
                    self.raw.insert(line.into());
                    self.traps.insert(language.fold(line).into());
                } else {
                    let key = language.fold(line);
                    self.entry(&key).classes |= bit;
                }
            } else if bit & (class::GIVEN | class::NAME) != 0 && !self.endings.is_empty() {
                for form in self.endings.forms(line) {
                    self.entry(&form).classes |= bit | more;
                }
            } else {
                self.entry(line).classes |= bit | more;
            }
        }
    }

    /// Adds every form of a cell, without and with the article.
    pub(super) fn add_forms(
        &mut self,
        row: &Row,
        column: &str,
        language: &Language,
        mut add: impl FnMut(&mut Word, bool),
    ) {
        for form in row.list(column) {
            let key = language.fold(form);
            // «ألماني» folds to what looks like an article, and takes one all the same.
            let definite = clitic::is_definite(form);
            let word = self.entry(&key);
            if !definite {
                word.classes &= !class::DEFINITE;
            }
            add(word, false);
            for case in self.endings.forms(&key).iter().skip(1) {
                add(self.entry(case), false);
            }
            if language.clitics && !definite {
                let definite = format!("{}{key}", clitic::ARTICLE);
                add(self.entry(&definite), true);
            }
        }
    }

    fn add_demonyms(&mut self, files: &Files, language: &Language) -> Result<(), Error> {
        for row in files.table(&format!("{}/demonyms.tsv", language.code), &["form", "of", "forms"])?.rows() {
            let state = if row.get("of").is_empty() { 0 } else { self.state(row.get("of")) };
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
        let classes = |k: &str| self.word(k).map_or(0, |w| w.classes);
        let plays = |classes: u32| {
            // A word that few others are related to may be a name: «مالمستروم».
            let rare = if classes & class::RARE != 0 { class::COMMON | class::RARE } else { 0 };
            classes & !(class::GIVEN | class::NAME | class::CONNECTOR | class::WOMAN | rare) != 0
        };
        // «الغامدي» is listed whole, whatever «غامدي» may be.
        let listed = classes(key);
        if listed & (class::GIVEN | class::NAME) != 0 && listed & class::COMMON == 0 {
            return true;
        }
        let bare = key.strip_prefix(clitic::ARTICLE).unwrap_or(key);
        let stem = bare.strip_suffix('ه').unwrap_or(bare);
        !plays(listed)
            && key.chars().all(is_letter)
            && (bare.len() == key.len() || !plays(classes(bare)))
            && (stem.len() == bare.len() || !plays(classes(stem)))
    }

    /// Is the folded word a name and nothing else?
    pub(crate) fn is_family(&self, key: &str) -> bool {
        self.word(key).is_some_and(|w| w.classes & class::NAME != 0 && w.classes & class::COMMON == 0)
    }

    /// What a folded word of a name can be in the nominative, itself among them: «риком» may be «рик».
    pub(crate) fn nominatives(&self, key: &str) -> Vec<String> {
        self.endings.nominatives(key)
    }

    /// Is the folded word one that tells nothing of its own: “of”, “the”?
    pub(crate) fn is_function(&self, key: &str) -> bool {
        self.word(key).is_some_and(|w| w.classes & class::FUNCTION != 0)
    }

    /// Is the folded word, with or without its article, an everyday one and no name?
    pub(crate) fn is_common(&self, key: &str) -> bool {
        let full = format!("{}{key}", clitic::ARTICLE);
        let common =
            |k: &str| self.word(k).is_some_and(|w| w.classes & class::COMMON != 0 && w.classes & class::NAME == 0);
        common(key) || common(&full)
    }

    /// Does the folded word link the parts of a body's name: “of”, “for”?
    pub(crate) fn is_body_link(&self, key: &str) -> bool {
        self.word(key).is_some_and(|w| w.classes & class::LINK != 0)
    }

    /// Is the folded word a given name?
    pub(crate) fn is_given(&self, key: &str) -> bool {
        self.word(key).is_some_and(|w| w.classes & class::GIVEN != 0)
    }

    /// Does the folded word join the parts of a name («بن», «آل», «دي»)?
    pub(crate) fn joins_names(&self, key: &str) -> bool {
        self.word(key).is_some_and(|w| w.classes & class::CONNECTOR != 0)
    }

    /// The id of the state that a folded adjective or noun of belonging names, with or without the article.
    pub(crate) fn state_of(&self, key: &str) -> Option<&str> {
        let bare = key.strip_prefix(clitic::ARTICLE).unwrap_or(key);
        // Keys of bodies have it as a number already.
        let numbered = key.strip_prefix('@').and_then(|n| n.parse().ok());
        let state = numbered
            .or_else(|| [key, bare].into_iter().find_map(|k| self.word(k).map(|w| w.state).filter(|s| *s != 0)))
            .filter(|s| *s != 0)?;
        self.states.get(usize::from(state) - 1).map(|id| &**id)
    }

    fn state(&mut self, id: &str) -> u16 {
        let at = self.states.iter().position(|s| **s == *id).unwrap_or_else(|| {
            self.states.push(id.into());
            self.states.len() - 1
        });
        at as u16 + 1
    }
}

/// Does a word end like one of `endings`, with something in front?
fn fits(endings: &[Box<str>], key: &str) -> bool {
    endings.iter().any(|e| key.len() > e.len() + 2 && key.ends_with(&**e))
}
