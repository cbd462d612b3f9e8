//! What happened, and what was announced, in order?

use crate::event::Status;
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
pub fn timeline(story: Option<usize>, readings: &[Reading], woven: &Woven) -> Vec<Item> {
    let mut items: Vec<(Order, Item)> = Vec::new();
    let wanted = |s: usize| story.is_none_or(|only| only == s);
    for (n, contact) in woven.contacts.iter().enumerate().filter(|(_, c)| wanted(c.story)) {
        let Some(passage) = contact.evidence.first().copied() else { continue };
        let kind = match contact.status {
            Status::Happened | Status::Ongoing => ItemKind::Happened,
            Status::Planned | Status::Proposed => ItemKind::Announced,
            Status::Denied | Status::Cancelled => continue,
        };
        let when = contact.when.as_ref().map_or("unknown", |(_, w)| w.value.as_str()).to_owned();
        items.push((order(&when), Item { when, kind, contact: Some(n), passage }));
    }
    for (page, reading) in readings.iter().enumerate().filter(|(p, _)| wanted(woven.story_of[*p])) {
        let first = reading.layout.title.first().or(reading.layout.body.first());
        if let (Some(published), Some(span)) = (&reading.published, first) {
            let passage = Passage { page, span: *span };
            let when = published.date.to_string();
            items.push((order(&when), Item { when, kind: ItemKind::Published, contact: None, passage }));
        }
    }
    items.sort_by(|a, b| (&a.0, a.1.kind, a.1.passage).cmp(&(&b.0, b.1.kind, b.1.passage)));
    items.into_iter().map(|(_, item)| item).collect()
}

/// Days first and in order, `2022-01` before its days, what is open last.
type Order = (bool, String);

fn order(when: &str) -> Order {
    let open = !when.starts_with(|c: char| c.is_ascii_digit());
    (open, when.to_owned())
}
