//! Who is meant by an office alone: «الوزير الروسي» behind «وزير الخارجية الروسي سالم الكرمي».

use super::affix;
use super::lexicon::Meaning;
use super::page::{Name, Page, tokens};
use crate::clitic;
use crate::mention::{EntityIndex, EntityKind};
use crate::text::{Span, Text};
use rustc_hash::FxHashMap;

/// The roles of the page's persons, by their first word.
pub(super) struct Roles {
    by_first: FxHashMap<String, Vec<(Vec<String>, EntityIndex)>>,
}

impl Roles {
    /// Those of all named persons of the page that one person alone has.
    pub(super) fn new(page: &Page<'_>) -> Roles {
        let mut named = vec![false; page.scene.cast.entities.len()];
        page.names.iter().for_each(|n| named[n.entity] = true);
        let mut owners: FxHashMap<Vec<String>, Option<EntityIndex>> = FxHashMap::default();
        for (index, entity) in page.scene.cast.entities.iter().enumerate() {
            if entity.kind != EntityKind::Person || !entity.named || !named[index] {
                continue;
            }
            for role in &entity.roles {
                let words = words(page.text, *role);
                for phrase in offices(page, *role, &words).into_iter().chain(phrases(words)) {
                    let owner = owners.entry(phrase).or_insert(Some(index));
                    *owner = owner.filter(|o| *o == index);
                }
            }
        }
        let mut by_first: FxHashMap<String, Vec<(Vec<String>, EntityIndex)>> = FxHashMap::default();
        for (mut phrase, owner) in owners {
            let Some(owner) = owner else { continue };
            let first = phrase.remove(0);
            by_first.entry(first).or_default().push((phrase, owner));
        }
        by_first.values_mut().for_each(|v| v.sort_by(|a, b| b.0.len().cmp(&a.0.len()).then_with(|| a.cmp(b))));
        Roles { by_first }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.by_first.is_empty()
    }

    /// Whose role begins at token `i` and ends in front of `end`.
    pub(super) fn at(&self, page: &Page<'_>, i: usize, end: usize) -> Option<Name> {
        for reading in clitic::readings(page.text.key(i)) {
            for (rest, owner) in self.by_first.get(reading.stem.as_ref()).into_iter().flatten() {
                let fits = rest.iter().enumerate().all(|(n, w)| page.text.key(i + 1 + n) == w);
                let next = i + 1 + rest.len();
                // «وزير الدفاع الأميركي» is another one than «وزير الدفاع».
                let more = next < end && page.lexicon.demonyms.contains_key(page.text.key(next));
                if fits && !more && next <= end && page.name_at(i + 1).is_none_or(|n| n.full.start <= i + 1) {
                    return Some(Name { entity: *owner, full: i..i + 1 + rest.len(), prefix: reading.prefix });
                }
            }
        }
        None
    }
}

/// The words of a role, the first one without what is written onto it: «ووزير الخارجية».
fn words(text: &Text, role: Span) -> Vec<String> {
    let range = tokens(text, role);
    let cut = role.start().saturating_sub(text.span(range.start).start());
    let led = text.at(text.span(range.start)).get(..cut).map_or(0, |p| p.chars().count());
    let mut words: Vec<String> = range.map(|i| text.key(i).to_owned()).collect();
    if let Some(first) = words.first_mut() {
        *first = first.chars().skip(led).collect();
    }
    words
}

/// The offices of somebody who has several: «ولي العهد» and «نائب رئيس مجلس الوزراء» and «وزير الداخلية».
fn offices(page: &Page<'_>, role: Span, words: &[String]) -> Vec<Vec<String>> {
    let role = tokens(page.text, role);
    let heads = |i: usize| {
        let (bits, _) = page.lexicon.meaning(page.text, i);
        bits & Meaning::Title as u64 != 0
    };
    let starts: Vec<usize> = role.clone().filter(|i| heads(*i) && (*i == role.start || !heads(i - 1))).collect();
    if starts.len() < 2 {
        return Vec::new();
    }
    let ends = starts.iter().skip(1).copied().chain([role.end]);
    let pieces = starts.iter().copied().zip(ends).filter(|(start, end)| end - start >= 2);
    pieces.map(|(start, end)| words[start - role.start..end - role.start].to_vec()).collect()
}

/// A role as written, and its head with its last adjective: «الوزير الروسي» of «وزير الخارجية الروسي».
fn phrases(words: Vec<String>) -> Vec<Vec<String>> {
    let mut out = Vec::new();
    if let [first, .., last] = words.as_slice() {
        let adjective = *last != affix::definite(first) && last.chars().count() > 4;
        if words.len() >= 3 && adjective && affix::is_definite(last) && !affix::is_definite(first) {
            out.push(vec![affix::definite(first), last.clone()]);
        }
    }
    if words.len() >= 2 {
        out.push(words);
    }
    out
}
