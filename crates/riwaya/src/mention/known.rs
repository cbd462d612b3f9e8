//! The entities of `langs/names/`, as the mention stage looks for them.

use super::EntityKind;
use super::lexicon::{Lexicon, class};
use crate::error::Error;
use crate::language::Language;
use crate::names::Names;
use crate::rows::{Files, Row};
use crate::text::Text;
use rustc_hash::FxHashMap;
use std::sync::Arc;

/// Where a form names what its row says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum When {
    Always,
    Quoted,
    Headed,
    Place,
    Group,
    /// On a page of sport, where no word of a place stands before it.
    Sport,
    /// The same, after a word that stands before clubs, or beside another club.
    Club,
    Never,
}

/// How the first word of a known name is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    /// In a script without capitals.
    Any,
    /// «страны Запада»
    Small,
    /// “Kremlin”
    Capital,
    /// “US”, which “us” is not.
    Acronym,
}

impl Shape {
    pub(super) fn of(form: &str) -> Shape {
        let first = form.split(|c: char| !c.is_alphabetic()).next().unwrap_or("");
        match first.chars().next() {
            Some(c) if !c.is_uppercase() => Shape::Small,
            Some(_) if first.chars().count() > 1 && !first.chars().any(char::is_lowercase) => Shape::Acronym,
            _ => Shape::Capital,
        }
    }
}

/// A known name after its first word.
#[derive(Debug, Clone)]
pub(super) struct Phrase {
    /// The first word as the row has it.
    pub first: Box<str>,
    pub rest: Vec<(Box<str>, u16)>,
    /// How its first word is written, where capitals tell.
    pub shape: Shape,
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

impl Lexicon {
    /// Adds every row of `names/` under its forms, as `ambiguous.tsv` allows them.
    pub(super) fn add_names(&mut self, files: &Files, language: &Language, names: &Names) -> Result<(), Error> {
        let (conditions, others, hidden) = conditions(files, language)?;
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
                if self.capitals {
                    self.add_capital(form, &phrase, at, when);
                    continue;
                }
                self.add_phrase(&phrase, at, when, name.kind == EntityKind::Person);
            }
        }
        for (phrase, when, id, row) in others {
            let at = index.get(id).ok_or_else(|| row.error("name", "the id of a row in names/"))?;
            if self.capitals {
                self.add_capital(row.get("form"), &phrase, *at, when);
            } else {
                self.add_phrase(&phrase, *at, when, false);
            }
        }
        for phrase in &hidden {
            if self.capitals {
                self.add_capital(phrase, phrase, 0, When::Never);
            } else {
                self.add_phrase(phrase, 0, When::Never, false);
            }
        }
        for list in &mut self.phrases {
            list.sort_by_key(|p| (std::cmp::Reverse(p.rest.len()), p.when == When::Always));
        }
        Ok(())
    }

    fn add_phrase(&mut self, phrase: &str, name: u32, when: When, person: bool) {
        let mut words = phrase.split(' ');
        let Some(first) = words.next().filter(|w| !w.is_empty()) else { return };
        // Of several words such a form hides shorter ones that begin like it: «مسقط رأسه».
        if when == When::Never && !phrase.contains(' ') {
            return;
        }
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
        self.phrases_of(first).push(Phrase { first: first.into(), rest, shape: Shape::Any, name, when });
    }

    /// The same for a script with capitals, in every case of the first word.
    fn add_capital(&mut self, form: &str, phrase: &str, name: u32, when: When) {
        let mut words = phrase.split(' ');
        let Some(first) = words.next().filter(|w| !w.is_empty()) else { return };
        let rest: Vec<(Box<str>, u16)> = words.map(|w| (w.into(), 0)).collect();
        let shape = Shape::of(form);
        let forms = if shape == Shape::Acronym && first.chars().count() < 3 {
            vec![first.to_owned()]
        } else {
            self.endings.forms(first)
        };
        for form in forms {
            self.phrases_of(&form).push(Phrase { first: first.into(), rest: rest.clone(), shape, name, when });
        }
    }

    /// The known names that begin with a word.
    fn phrases_of(&mut self, first: &str) -> &mut Vec<Phrase> {
        let free = self.phrases.len();
        let word = self.entry(first);
        word.classes |= class::PHRASE;
        if word.phrases == 0 {
            word.phrases = free as u16 + 1;
            self.phrases.push(Vec::new());
        }
        let at = usize::from(self.entry(first).phrases) - 1;
        &mut self.phrases[at]
    }
}

/// The folded tokens of a form, joined by one space: «مجموعة 5+1» has four.
pub(super) fn phrase_of(form: &str, language: &Language) -> String {
    if form.chars().all(|c| c.is_alphabetic() || c == ' ') {
        return language.fold_phrase(form);
    }
    let text = Text::new(form.to_owned(), language);
    (0..text.len()).map(|i| text.key(i)).collect::<Vec<_>>().join(" ")
}

type Conditions = FxHashMap<String, When>;
/// Forms of several words that name nothing and hide what they begin with: «مسقط رأسه».
type Hidden = Vec<String>;
type Others<'f> = Vec<(String, When, &'f str, Row<'f>)>;

/// `ambiguous.tsv`: the condition of a form, and forms that then name something else.
fn conditions<'f>(files: &'f Files, language: &Language) -> Result<(Conditions, Others<'f>, Hidden), Error> {
    let (mut conditions, mut others, mut hidden) = (Conditions::default(), Others::new(), Hidden::new());
    for row in files.table(&format!("{}/ambiguous.tsv", language.code), &["form", "when", "name"])?.rows() {
        let when = match row.get("when") {
            "quoted" => When::Quoted,
            "headed" => When::Headed,
            "place" => When::Place,
            "group" => When::Group,
            "sport" => When::Sport,
            "club" => When::Club,
            "never" => When::Never,
            _ => return Err(row.error("when", "quoted, headed, place, group, sport, club or never")),
        };
        let form = phrase_of(row.get("form"), language);
        match row.get("name") {
            "" if when == When::Never && form.contains(' ') => hidden.push(form),
            "" => drop(conditions.insert(form, when)),
            id => others.push((form, when, id, row.clone())),
        }
    }
    Ok((conditions, others, hidden))
}
