//! Where do these words stand, and who says them?
//!
//! The record's index proposes pages or statements, the engine's own words of those that are shown say where exactly.
//!
//! | module | the question it answers |
//! |---|---|
//! | [`pattern`] | What does a pattern ask for? |
//! | [`propose`] | Which pages or statements may hold it? |
//! | [`places`] | Where do the words stand? |
//! | [`shelf`] | Which pages and statements count? |
//! | [`facets`] | By what can an answer be narrowed? |
//! | [`shadow`] | By which words is a line of the contract searched? |

pub mod facets;
mod gather;
mod hits;
pub mod pattern;
pub mod places;
pub mod propose;
mod said;
pub mod shadow;
pub mod shelf;

pub use facets::Facet;
pub use hits::hits;
pub use said::statements;

use crate::Error;
use crate::account::{self, Reader};
use crate::filter::PageFilter;
use riwaya_store::{Corrected, Record};
use serde_json::Value;
use shadow::Folding;

/// What is searched. What is none is not asked for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Asked {
    /// A pattern: [`pattern`] says how it is written.
    pub words: Option<String>,
    /// Who says it: an id, or a name, or the beginning of words of one, in any language.
    pub speaker: Option<String>,
    /// To whom: as `speaker`.
    pub addressee: Option<String>,
    /// What is done by saying it: say, deny, promise …
    pub act: Option<String>,
    /// On which pages.
    pub pages: PageFilter,
}

impl Asked {
    fn is_about_statements(&self) -> bool {
        self.speaker.is_some() || self.addressee.is_some() || self.act.is_some()
    }

    fn has_filters(&self) -> bool {
        self.is_about_statements() || self.pages != PageFilter::default()
    }
}

/// Which part of an answer is wanted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Window {
    /// Behind this place: `next` of the answer before.
    pub after: Option<String>,
    /// The most lines.
    pub limit: usize,
    /// The most values of a facet; 0: no facets.
    pub facets: usize,
}

impl Window {
    /// All lines, no facets.
    pub fn all() -> Window {
        Window { after: None, limit: usize::MAX, facets: 0 }
    }

    /// Where the answer goes on: a page, and what of it was given already.
    fn place(&self) -> Result<(i64, i64), Error> {
        let Some(after) = self.after.as_deref() else { return Ok((i64::MIN, 0)) };
        let place = after.split_once('.').and_then(|(page, n)| Some((page.parse().ok()?, n.parse().ok()?)));
        place.ok_or_else(|| Error::Cursor(after.to_owned()))
    }
}

/// What was found.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Answer {
    /// Lines of the contract.
    pub lines: Vec<Value>,
    /// Where to go on, where there is more.
    pub next: Option<String>,
    /// How many lines there are in all; where not `exact`, no more than so many (pages are counted where their places are
    /// not known).
    pub count: usize,
    /// Is `count` exact?
    pub exact: bool,
    /// On how many pages; where not `exact`, no more than so many.
    pub pages: usize,
    /// By what the answer can be narrowed.
    pub facets: Vec<Facet>,
    /// Why nothing was found, or why the record itself was not asked.
    pub note: Option<String>,
}

/// A record that can be searched: `record` itself, else a copy in memory, which takes as long as reading it anew.
pub enum Searchable<'r> {
    /// The record.
    Held(&'r Record),
    /// What it holds, made searchable.
    Made(Box<Record>),
}

impl Searchable<'_> {
    /// The record to be searched.
    pub fn record(&self) -> &Record {
        match self {
            Searchable::Held(record) => record,
            Searchable::Made(record) => record,
        }
    }

    /// What to tell whoever waited for it.
    pub fn note(&self) -> Option<&'static str> {
        match self {
            Searchable::Held(_) => None,
            Searchable::Made(_) => Some(
                "the record holds no words to be searched yet, or pages that were not read; all were looked through for \
                 this; `riwaya read INPUT -o RECORD` makes it quick",
            ),
        }
    }
}

/// Makes sure that a record can be searched: one of an earlier version, or with pages that were not read, is copied.
///
/// # Errors
/// Where the record cannot be read.
pub fn searchable<'r>(record: &'r Record, reader: &Reader) -> Result<Searchable<'r>, Error> {
    if record.is_searchable()? {
        return Ok(Searchable::Held(record));
    }
    let mut lines: Vec<String> = Vec::new();
    if record.is_unread()? {
        lines.extend(account::of_record(record, &reader.packs, &|_| ())?.lines(&reader.packs));
    } else {
        record.lines(&["article", "statement", "entity", "story"], &mut |line| lines.push(line.to_string()))?;
    }
    let mut made = Record::in_memory()?;
    made.add(record.pages()?.iter().map(|page| (&page.source, page.text.as_str())))?;
    let mut folding = Folding::of(reader)?;
    made.replace_findings(lines, &[], &mut |line| folding.words(line), &reader.name, &Corrected::default())?;
    Ok(Searchable::Made(Box::new(made)))
}

#[cfg(test)]
mod search_tests;
