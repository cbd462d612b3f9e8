//! Names of places and bodies that have no row of their own: a list says of what kind they are, and nothing else.
//!
//! “Nebraska” is a place and “Lloyds Banking Group” a body wherever they stand. A word that people are called by too, or that is
//! an ordinary one, waits until people are found: “Preston”, “Reading”.

use super::cells::{Cells, Letters};
use super::find::What;
use super::known::{Shape, phrase_of};
use super::lexicon::{Lexicon, class};
use crate::language::Language;
use crate::rows::Files;
use rustc_hash::FxHashMap;

/// The names of both lists, by their first word.
#[derive(Debug, Clone, Default)]
pub(super) struct Listed {
    by_first: FxHashMap<Box<str>, Vec<Entry>>,
}

#[derive(Debug, Clone)]
struct Entry {
    rest: Box<[Box<str>]>,
    place: bool,
    shape: Shape,
}

/// A listed name on a page.
#[derive(Debug, Clone, Copy)]
pub(super) struct Hit {
    pub end: usize,
    pub what: What,
    /// Nothing but this name is written so.
    pub sure: bool,
}

impl Lexicon {
    /// `listed-places.txt` and `listed-bodies.txt`: one name a line.
    pub(super) fn add_listed(&mut self, files: &Files, language: &Language) {
        for (file, place) in [("listed-places.txt", true), ("listed-bodies.txt", false)] {
            let text = files.get(&format!("{}/{file}", language.code)).unwrap_or("");
            for line in text.lines().filter(|l| !l.starts_with('#') && !l.is_empty()) {
                let phrase = phrase_of(line, language);
                let mut words = phrase.split(' ').map(Box::<str>::from);
                let Some(first) = words.next() else { continue };
                let shape = Shape::of(line);
                if shape == Shape::Small {
                    self.entry(&first).classes |= class::PHRASE;
                }
                let entry = Entry { rest: words.collect(), place, shape };
                self.listed.by_first.entry(first).or_default().push(entry);
            }
        }
    }
}

/// The longest listed name that begins at token `i`.
pub(super) fn listed_at(cells: &Cells<'_>, i: usize, limit: usize) -> Option<Hit> {
    let cell = cells.cell(i);
    if !cells.is_free(i) {
        return None;
    }
    let fits = |e: &&Entry| {
        let end = i + 1 + e.rest.len();
        let written = match e.shape {
            Shape::Acronym => cell.letters == Letters::Capitals,
            Shape::Small | Shape::Any => true,
            Shape::Capital => !cell.letters.small(),
        };
        let last = end == i + 1 || !cells.is_word(end - 1) || !cells.cell(end - 1).letters.small();
        written
            && end <= limit
            && (last || e.shape == Shape::Small)
            && e.rest.iter().enumerate().all(|(n, w)| **w == *cells.text.key(i + 1 + n))
            && (i..end).all(|j| cells.cell(j).open && cells.cell(j).claimed == 0)
    };
    let entry =
        cells.lexicon.listed.by_first.get(cells.text.key(i))?.iter().filter(fits).max_by_key(|e| e.rest.len())?;
    let end = i + 1 + entry.rest.len();
    let what = if entry.place { What::Place } else { What::Organisation };
    let beside = |j: usize| cells.is_free(j) && !cells.cell(j).letters.small() && !cells.is(j, class::FUNCTION);
    // “the Korea War”
    if cells.is(end, class::THING) && beside(end) && entry.rest.is_empty() && entry.place {
        return None;
    }
    let alone = !beside(end) && (i == 0 || !beside(i - 1));
    let loud = cell.letters == Letters::Capitals;
    let sure = end > i + 1
        || entry.shape == Shape::Acronym
        || !cell.is(class::COMMON | class::GIVEN)
            && (!cell.is(class::NAME) || alone && !loud && !cells.lexicon.acts(cells.text.key(end)));
    Some(Hit { end, what, sure })
}
