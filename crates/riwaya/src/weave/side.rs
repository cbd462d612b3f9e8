//! For whom does somebody speak?
//!
//! The state of an entity follows from its row in `langs/names/`, else from the words that describe it: «مسؤول
//! أمريكي رفيع», «المتحدث باسم الكرملين». Agencies and channels speak for nobody; they carry what others say.

use crate::clitic;
use crate::error::Error;
use crate::language::Language;
use crate::mention::EntityKind;
use crate::names::{Name, Names};
use crate::pack::Packs;
use crate::read::Reading;
use crate::rows::Files;
use crate::text::{is_letter, is_mark};
use crate::weave::WovenEntity;
use crate::weave::concept::PointWord;
use crate::weave::entity::Joining;
use rustc_hash::FxHashMap;

/// A name of a state or of what belongs to it.
#[derive(Debug, Clone)]
struct Form {
    rest: Vec<String>,
    state: String,
    /// Something was cut from its first word: «дел» is no case of «Дели», from which nothing but the ending is cut.
    cut: bool,
}

/// Demonyms, and the names of states and of what belongs to them.
#[derive(Debug, Clone, Default)]
pub struct Lexicon {
    /// By the stem of the first word of a form: the form, the one with most words first.
    states: FxHashMap<String, Vec<Form>>,
    demonyms: FxHashMap<String, String>,
}

impl Lexicon {
    /// Reads `demonyms.tsv` of `language`, and takes states and their bodies from `names`.
    ///
    /// # Errors
    /// Names file and line of a row that cannot be read.
    pub fn load(
        files: &Files,
        language: &Language,
        names: &Names,
        words: &super::words::Lexicon,
    ) -> Result<Lexicon, Error> {
        let mut forms: FxHashMap<String, String> = FxHashMap::default();
        for name in names.iter().filter(|n| n.kind != EntityKind::Person && !carries(n)) {
            let Some(state) = state_of(name, names) else { continue };
            for form in name.forms.get(&language.code).into_iter().flatten() {
                forms.insert(language.fold_phrase(form), state.to_owned());
            }
        }
        let mut lexicon = Lexicon::default();
        for row in files.table(&format!("{}/demonyms.tsv", language.code), &["form", "of"])?.rows() {
            let of = language.fold_phrase(row.get("of"));
            let state = forms.get(&of).cloned().unwrap_or(of);
            lexicon.demonyms.insert(words.stem(&language.fold(row.get("form"))).to_owned(), state);
        }
        for (form, state) in forms {
            // «министерство Турции»: a state stands in any case.
            let mut stems = form.split(' ').map(|w| words.stem(w).to_owned());
            let first = stems.next().unwrap_or_default();
            let cut = form.split(' ').next().is_some_and(|word| word != first);
            lexicon.states.entry(first).or_default().push(Form { rest: stems.collect(), state, cut });
        }
        lexicon.states.values_mut().for_each(|forms| forms.sort_by_key(|form| std::cmp::Reverse(form.rest.len())));
        Ok(lexicon)
    }

    /// The states that the folded words `keys` name, in their order.
    pub(crate) fn states(&self, keys: &[String], words: &super::words::Lexicon) -> Vec<String> {
        let mut found: Vec<String> = Vec::new();
        let mut i = 0;
        while i < keys.len() {
            let (state, length) = self.state_at(&keys[i..], words);
            if let Some(state) = state.filter(|s| !found.contains(s)) {
                found.push(state);
            }
            i += length;
        }
        found
    }

    fn state_at(&self, keys: &[String], words: &super::words::Lexicon) -> (Option<String>, usize) {
        let mut best: Option<&Form> = None;
        for reading in clitic::readings(&keys[0]) {
            let (word, stem) = (reading.stem.as_ref(), words.stem(reading.stem.as_ref()));
            let forms = self.states.get(stem).into_iter().flatten();
            let follows = |rest: &[String]| {
                rest.len() < keys.len() && rest.iter().zip(&keys[1..]).all(|(stem, key)| words.stem(key) == stem)
            };
            let longest = forms.into_iter().find(|form| (!form.cut || word != stem) && follows(&form.rest));
            best = match (best, longest) {
                (Some(known), Some(more)) if more.rest.len() > known.rest.len() => Some(more),
                (known, more) => known.or(more),
            };
        }
        match best {
            Some(form) => (Some(form.state.clone()), 1 + form.rest.len()),
            None => (self.demonyms.get(words.stem(&keys[0])).cloned(), 1),
        }
    }
}

/// Does this row only carry what others say?
fn carries(name: &Name) -> bool {
    matches!(name.class.as_str(), "agency" | "outlet")
}

/// The state at the end of the chain of `of`.
fn state_of<'n>(name: &'n Name, names: &'n Names) -> Option<&'n str> {
    let mut at = name;
    for _ in 0..6 {
        if at.class == "state" {
            return Some(&at.id);
        }
        at = names.get(at.of.as_deref()?)?;
    }
    None
}

/// For each entity of each page, the state that it speaks for, before the pages are joined.
pub(crate) struct States {
    entity_of: Vec<Vec<usize>>,
    states: Vec<Vec<String>>,
}

impl States {
    /// Looks at entities that are joined so far.
    pub fn new(joining: Joining, readings: &[Reading], packs: &Packs) -> States {
        let (entities, entity_of) = joining.finish(readings, packs);
        States { states: states(&entities, readings, packs), entity_of }
    }

    /// The state of entity `entity` of page `page`.
    pub fn of(&self, page: usize, entity: usize) -> Option<&str> {
        self.states[self.entity_of[page][entity]].first().map(String::as_str)
    }
}

/// For each woven entity, the states that it speaks for: none for an agency, two for «الكرملين والبيت الأبيض».
pub(crate) fn states(entities: &[WovenEntity], readings: &[Reading], packs: &Packs) -> Vec<Vec<String>> {
    entities.iter().map(|e| states_of(e, readings, packs)).collect()
}

fn states_of(entity: &WovenEntity, readings: &[Reading], packs: &Packs) -> Vec<String> {
    if let Some(row) = entity.known.as_deref().and_then(|id| packs.names().get(id)) {
        if carries(row) {
            return Vec::new();
        }
        if let Some(state) = state_of(row, packs.names()) {
            return vec![state.to_owned()];
        }
    }
    let roles =
        entity.roles.iter().map(|(page, span)| (readings[*page].lang.as_deref(), readings[*page].text.at(*span)));
    let forms = entity.forms.iter().map(|form| (None, form.as_str()));
    let described: Vec<(Option<&str>, &str)> =
        if entity.named && entity.kind == EntityKind::Person { roles.collect() } else { forms.chain(roles).collect() };
    for (lang, words) in described {
        let pack = match lang {
            Some(code) => packs.get(code),
            None => packs.detect(words),
        };
        let Some(pack) = pack else { continue };
        let keys: Vec<String> = words
            .split(|c: char| !is_letter(c) && !c.is_numeric() && !is_mark(c))
            .filter(|w| !w.is_empty())
            .map(|w| pack.language.fold(w))
            .collect();
        if keys.iter().any(|k| pack.points.get(k) == Some(PointWord::Media)) {
            return Vec::new();
        }
        let mut found = pack.sides.states(&keys, &pack.words);
        if !entity.plural {
            found.truncate(1);
        }
        if !found.is_empty() {
            return found;
        }
    }
    Vec::new()
}
