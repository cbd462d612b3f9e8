//! When? Temporal expressions with their TIMEX3 values, and the day a page was published.

mod clash;
mod clue;
mod hijri;
mod lexicon;
mod list;
mod number;
mod pattern;
mod point;
mod publish;
mod resolve;
mod scan;
mod slots;
mod tense;
mod url;
mod value;
mod zone;

use crate::because::Because;
use crate::page::{Layout, Source};
use crate::text::{Span, Text};
use jiff::civil::Date;

pub use clash::{Clash, ClashKind, clashes};
pub use lexicon::Lexicon;
pub use value::{day_of, fits};

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
    /// What its own words say, before it is resolved.
    pub said: Said,
    /// Why.
    pub because: Because,
}

/// What the words of an expression say of a day, whatever the day of publication.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Said {
    /// The weekday that is written, Monday 1.
    pub weekday: Option<i8>,
    /// Days from today: «أمس» -1.
    pub offset: Option<i32>,
    /// The day, where day, month and year are written.
    pub date: Option<Date>,
}

/// The day a page was published, and how that is known.
#[derive(Debug, Clone)]
pub struct Published {
    /// The day.
    pub date: Date,
    /// Metadata, the page's own words, the story it belongs to, or a correction.
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
    /// Somebody put it right by hand.
    Correction,
}

impl PublishedFrom {
    /// The word of the contract.
    pub fn as_str(self) -> &'static str {
        match self {
            PublishedFrom::Metadata => "metadata",
            PublishedFrom::Text => "text",
            PublishedFrom::Stories => "stories",
            PublishedFrom::Correction => "correction",
        }
    }
}

/// The temporal expressions of an article as the rows have them, before a day of publication resolves them.
#[derive(Debug)]
pub struct Expressions(Vec<scan::Found>);

/// All temporal expressions of the article, in text order. Both [`published`] and [`times`] need them.
pub fn expressions(text: &Text, layout: &Layout, lexicon: &Lexicon) -> Expressions {
    Expressions(publish::found(text, layout, lexicon))
}

/// The day of publication: from metadata, else solved from the page's own words, else unknown.
pub fn published(
    Expressions(found): &Expressions,
    text: &Text,
    layout: &Layout,
    source: &Source,
    lexicon: &Lexicon,
) -> Option<Published> {
    publish::from_metadata(source).or_else(|| publish::from_words(found, text, layout, source, lexicon))
}

/// The expressions resolved against the day of publication where known.
pub fn times(
    Expressions(found): &Expressions,
    text: &Text,
    published: Option<&Published>,
    lexicon: &Lexicon,
) -> Vec<Time> {
    let today = resolve::Today {
        day: published.map(|p| p.date),
        weekday: if published.is_some() { None } else { publish::weekday(found) },
        year: publish::this_year(found, lexicon),
    };
    resolve::Resolver::new(text, lexicon, today).all(found)
}
