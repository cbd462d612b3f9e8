//! Who and what is named here, in which role; which names are one entity?

mod body;
mod capital;
mod cells;
mod class;
mod endings;
mod find;
mod group;
mod kind;
mod known;
mod letters;
mod lexicon;
mod listed;
mod office;
mod organisation;
mod person;
mod place;
mod resolve;
mod rest;
mod scan;
mod tables;
pub mod tagger;

pub use lexicon::Lexicon;

use crate::because::Because;
use crate::page::Layout;
use crate::text::{Span, Text};
use crate::time::Time;

/// Person, organisation or place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum EntityKind {
    /// A person or a group of persons.
    Person,
    /// An organisation, or a government speaking as one.
    Organisation,
    /// A place.
    Place,
}

impl EntityKind {
    /// The word of the contract.
    pub fn as_str(self) -> &'static str {
        match self {
            EntityKind::Person => "PER",
            EntityKind::Organisation => "ORG",
            EntityKind::Place => "LOC",
        }
    }
}

/// The place of an entity in [`Cast::entities`].
pub type EntityIndex = usize;

/// Somebody or something that a page names; all its mentions share it.
#[derive(Debug, Clone)]
pub struct Entity {
    /// Person, organisation or place.
    pub kind: EntityKind,
    /// False for «مسؤول أمريكي رفيع», «مصادر».
    pub named: bool,
    /// The id of a row in `langs/names/` (`vladimir-putin`), where one fits.
    pub known: Option<String>,
    /// The fullest name on the page, folded; what joins pages where no row does.
    pub key: String,
    /// The full forms as written, longest first, without clitics.
    pub forms: Vec<String>,
    /// Roles as written, fullest first.
    pub roles: Vec<Span>,
    /// Known to be a woman (or of feminine grammatical gender), a man, or neither.
    pub feminine: Option<bool>,
    /// Several people or bodies taken together.
    pub plural: bool,
}

/// A stretch of text that names an entity.
#[derive(Debug, Clone)]
pub struct Mention {
    /// The name alone, without title and clitics.
    pub span: Span,
    /// With the titles and roles around it: «وزير الخارجية السعودي عادل الجبير».
    pub full: Span,
    /// Whom it names.
    pub entity: EntityIndex,
    /// Why.
    pub because: Because,
}

/// Everybody and everything on a page.
#[derive(Debug, Clone, Default)]
pub struct Cast {
    /// In order of first mention.
    pub entities: Vec<Entity>,
    /// In text order, not overlapping by `span`.
    pub mentions: Vec<Mention>,
}

impl Cast {
    /// The mentions whose name lies inside `span`.
    pub fn mentions_in(&self, span: Span) -> impl Iterator<Item = &Mention> {
        let first = self.mentions.partition_point(|m| m.span.start() < span.start());
        self.mentions[first..]
            .iter()
            .take_while(move |m| m.span.start() < span.end())
            .filter(move |m| span.contains(m.span))
    }
}

/// All names of the article, grouped into the page's entities.
pub fn cast(text: &Text, layout: &Layout, times: &[Time], lexicon: &Lexicon) -> Cast {
    let mut cells = cells::Cells::new(text, layout, times, lexicon);
    let finds = scan::finds(&mut cells);
    group::cast(&cells, finds)
}
