//! By what can an answer be narrowed?

use super::shelf::{Row, Said, SaidRow, Shelf, Symbols};
use crate::Error;
use riwaya_store::Record;
use serde_json::Value;

/// Values that an answer can be narrowed to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Facet {
    /// What they are values of: outlet, lang, day, story, speaker, addressee, act.
    pub name: &'static str,
    /// Each with what to show for it and how many there are: pages of the first four where places of words are asked
    /// for, else statements; the most frequent first.
    pub values: Vec<(String, String, usize)>,
    /// How many further values there are.
    pub more: usize,
    /// For how many it is not known.
    pub unknown: usize,
}

/// Outlets, languages, days and stories; each page counts as often as `times` says.
pub(super) fn of_pages(
    record: &Record,
    shelf: &Shelf,
    most: usize,
    times: impl Fn(&Row) -> usize,
) -> Result<Vec<Facet>, Error> {
    let facet = |name, field: fn(&Row) -> u32| {
        count(name, &shelf.names, shelf.rows().iter().map(|row| (field(row), times(row))), most)
    };
    let mut story = facet("story", |row| row.story);
    for (id, label, _) in &mut story.values {
        record.titles(Some(id), &mut |_, title| *label = title.unwrap_or(label).to_owned())?;
    }
    Ok(vec![facet("outlet", |row| row.outlet), facet("lang", |row| row.lang), facet("day", |row| row.day), story])
}

/// Speakers, addressees and acts.
pub(super) fn of_statements(
    record: &Record,
    said: &Said,
    counts: impl Fn(&SaidRow) -> bool,
    lang: Option<&str>,
    most: usize,
) -> Result<Vec<Facet>, Error> {
    let rows: Vec<&SaidRow> = said.rows.iter().filter(|row| counts(row)).collect();
    let facet =
        |name, field: fn(&SaidRow) -> u32| count(name, &said.names, rows.iter().map(|row| (field(row), 1)), most);
    let mut named = [facet("speaker", |row| row.speaker), facet("addressee", |row| row.addressee)];
    for (id, label, _) in named.iter_mut().flat_map(|facet| &mut facet.values) {
        if let Some(entity) = record.entity_named(id)? {
            *label = name_of(&entity, lang).unwrap_or(label).to_owned();
        }
    }
    Ok(named.into_iter().chain([facet("act", |row| row.act)]).collect())
}

/// What to call an entity among pages most of which are in `lang`: its name there, else the English one, else any, else
/// its first form.
pub fn name_of<'v>(entity: &'v Value, lang: Option<&str>) -> Option<&'v str> {
    let names = entity["name"].as_object();
    let name = names.and_then(|names| {
        lang.and_then(|lang| names.get(lang)).or_else(|| names.get("en")).or_else(|| names.values().next())
    });
    name.or(Some(&entity["forms"][0])).and_then(Value::as_str)
}

fn count(name: &'static str, names: &Symbols, values: impl Iterator<Item = (u32, usize)>, most: usize) -> Facet {
    let mut counts = vec![0usize; names.len() + 1];
    values.for_each(|(value, times)| counts[value as usize] += times);
    let mut values: Vec<(&str, usize)> =
        (1..counts.len()).filter(|n| counts[*n] > 0).filter_map(|n| Some((names.name(n as u32)?, counts[n]))).collect();
    values.sort_unstable_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(b.0)));
    let more = values.len().saturating_sub(most);
    values.truncate(most);
    let values = values.into_iter().map(|(value, n)| (value.to_owned(), value.to_owned(), n)).collect();
    Facet { name, values, more, unknown: counts[0] }
}
