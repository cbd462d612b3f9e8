//! What happened, and what was announced, in order?

use crate::read::Reading;
use crate::weave::{Passage, Woven};

/// What an item of a timeline is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ItemKind {
    /// A contact that took place.
    Happened,
    /// A contact that is announced or proposed.
    Announced,
    /// A page was published.
    Published,
}

impl ItemKind {
    /// The word of the contract.
    pub fn as_str(self) -> &'static str {
        match self {
            ItemKind::Happened => "happened",
            ItemKind::Announced => "announced",
            ItemKind::Published => "published",
        }
    }
}

/// A dated item.
#[derive(Debug, Clone)]
pub struct Item {
    /// TIMEX3 value: `2021-12-30T20:30Z`, `2022-01`, `FUTURE_REF`.
    pub when: String,
    /// What it is.
    pub kind: ItemKind,
    /// The contact, as an index of [`Woven::contacts`].
    pub contact: Option<usize>,
    /// The words that say so: the contact's mention, or the page's headline.
    pub passage: Passage,
}

/// Contacts and publications of `story` (of all stories where none is given) in order of time; what has no day
/// (`FUTURE_REF`) comes last.
pub fn timeline(_story: Option<usize>, _readings: &[Reading], _woven: &Woven) -> Vec<Item> {
    Vec::new()
}
