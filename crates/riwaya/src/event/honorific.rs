//! Who is «سموه», «معاليه»?

use super::affix;
use super::lexicon::Meaning;
use super::page::{Name, Page};
use crate::clitic;
use crate::mention::{EntityIndex, EntityKind};

/// The honorifics of the page as names of the persons that they stand for: «واستقبل سموه السفير».
pub(super) fn names(page: &Page<'_>) -> Vec<Name> {
    let mut found = Vec::new();
    for segment in &page.segments {
        for i in segment.tokens.clone().filter(|i| page.name_at(*i).is_none()) {
            let hit = title(page, i).and_then(|(prefix, title)| Some((prefix, bearer(page, i, &title)?)));
            found.extend(hit.map(|(prefix, entity)| Name { entity, full: i..i + 1, prefix }));
        }
    }
    found
}

/// The title in an honorific, and how many letters are written in front of it: «لسموه».
fn title(page: &Page<'_>, i: usize) -> Option<(usize, String)> {
    let key = page.text.key(i);
    without_owner(key)?;
    let means = |stem: &str| page.lexicon.alone(stem, &[Meaning::Honorific]);
    let honorific = clitic::readings(key).find(|r| means(r.stem.as_ref()))?;
    Some((honorific.prefix, whole(without_owner(&honorific.stem)?)))
}

/// «سموه» without its pronoun.
fn without_owner(stem: &str) -> Option<&str> {
    stem.strip_suffix("ها").or_else(|| stem.strip_suffix('ه'))
}

/// «جلالت‑» of «جلالته» as it is written alone and folded: «جلالة».
fn whole(title: &str) -> String {
    match title.strip_suffix('ت') {
        Some(rest) => format!("{rest}ه"),
        None => title.to_owned(),
    }
}

/// Whoever before token `i` bears the title: the one named most often, else the first.
fn bearer(page: &Page<'_>, i: usize, title: &str) -> Option<EntityIndex> {
    let says = |k: &usize| affix::indefinite(affix::without_conjunction(page.text.key(*k))) == title;
    let bears = |n: &Name| {
        // «صاحب السمو الملكي الأمير …»: the mention may begin with its last title.
        let front = (n.full.start.saturating_sub(TITLES)..n.full.start).rev();
        let own = front.take_while(|k| page.name_at(*k).is_none() && !page.is_mark(*k));
        page.kind(n.entity) == EntityKind::Person && n.full.clone().chain(own).any(|k| says(&k))
    };
    let before = page.names_in(0..i);
    let mut borne: Vec<(usize, EntityIndex)> = Vec::new();
    for name in before[before.len().saturating_sub(RECENT)..].iter().filter(|n| bears(n)) {
        match borne.iter_mut().find(|(_, e)| *e == name.entity) {
            Some((count, _)) => *count += 1,
            None => borne.push((1, name.entity)),
        }
    }
    borne.into_iter().rev().max_by_key(|(count, _)| *count).map(|(_, entity)| entity)
}

/// So many names back an honorific looks for its person.
const RECENT: usize = 64;

/// So many words of titles may stand in front of a mention.
const TITLES: usize = 3;
