//! When? Temporal expressions with their TIMEX3 values, and the day a page was published.

use crate::because::Because;
use crate::error::Error;
use crate::language::Language;
use crate::page::{Layout, Source};
use crate::rows::Files;
use crate::text::{Span, Text};
use jiff::civil::Date;

/// TIMEX3 types.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TimeKind {
    /// A day, week, month, year, or a reference such as `PAST_REF`.
    Date,
    /// A part of a day or a clock time.
    Time,
    /// A span that lasts.
    Duration,
    /// A frequency.
    Set,
}

impl TimeKind {
    /// The TIMEX3 word.
    pub fn as_str(self) -> &'static str {
        match self {
            TimeKind::Date => "DATE",
            TimeKind::Time => "TIME",
            TimeKind::Duration => "DURATION",
            TimeKind::Set => "SET",
        }
    }
}

/// A temporal expression.
#[derive(Debug, Clone)]
pub struct Time {
    /// The full expression with weekday and month variants, without prepositions.
    pub span: Span,
    /// TIMEX3 type.
    pub kind: TimeKind,
    /// TIMEX3 value; unknown parts are `X` (`XXXX-12-07`, `XXXX-WXX-4`).
    pub value: String,
    /// First day, and the day after the last, where the value resolves to days.
    pub interval: Option<(Date, Date)>,
    /// The zone that the page names, as an offset (`+03:00`) or `Z`.
    pub zone: Option<String>,
    /// Why.
    pub because: Because,
}

/// The day a page was published, and how that is known.
#[derive(Debug, Clone)]
pub struct Published {
    /// The day.
    pub date: Date,
    /// Metadata, the page's own words, or the story it belongs to.
    pub from: PublishedFrom,
    /// Why.
    pub because: Because,
}

/// How a publication date is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PublishedFrom {
    /// It came with the page.
    Metadata,
    /// It follows from the page's own words.
    Text,
    /// It follows from other pages of the same story.
    Stories,
}

impl PublishedFrom {
    /// The word of the contract.
    pub fn as_str(self) -> &'static str {
        match self {
            PublishedFrom::Metadata => "metadata",
            PublishedFrom::Text => "text",
            PublishedFrom::Stories => "stories",
        }
    }
}

/// Temporal rows of a language.
#[derive(Debug, Clone, Default)]
pub struct Lexicon {}

impl Lexicon {
    /// Reads `calendar.tsv`, `numbers.tsv` and `time.tsv` of `language`.
    ///
    /// # Errors
    /// Names file and line of a row that cannot be read.
    pub fn load(_files: &Files, _language: &Language) -> Result<Lexicon, Error> {
        Ok(Lexicon {})
    }
}

/// The day of publication: from metadata, else solved from the page's own words, else unknown.
pub fn published(_text: &Text, _layout: &Layout, source: &Source, _lexicon: &Lexicon) -> Option<Published> {
    let date = source.published.as_deref()?.get(..10)?.parse().ok()?;
    Some(Published { date, from: PublishedFrom::Metadata, because: Because::new("time/metadata", Vec::new()) })
}

/// All temporal expressions of the article, in text order, resolved against the day of publication where known.
pub fn times(_text: &Text, _layout: &Layout, _published: Option<&Published>, _lexicon: &Lexicon) -> Vec<Time> {
    Vec::new()
}
