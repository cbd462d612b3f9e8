//! What do the sides of a contact say of it, point by point?

use crate::pack::Packs;
use crate::read::Reading;
use crate::text::Span;
use crate::weave::{Grounds, Link, Woven};

/// How the accounts of one point stand to one another; where several would do, the weakest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Relation {
    /// Both sides in the same words.
    SameWords,
    /// The same point in other words.
    SamePoint,
    /// The same subject, put differently.
    WordingDiffers,
    /// Only one side says it.
    OnlyOne,
    /// The same point with another date, number or extent.
    ScopeDiffers,
    /// One says that it is so, the other that it is not.
    Contradicts,
}

impl Relation {
    /// The word of the contract.
    pub fn as_str(self) -> &'static str {
        match self {
            Relation::SameWords => "same_words",
            Relation::SamePoint => "same_point",
            Relation::WordingDiffers => "wording_differs",
            Relation::OnlyOne => "only_one",
            Relation::ScopeDiffers => "scope_differs",
            Relation::Contradicts => "contradicts",
        }
    }
}

/// A party whose account is one column of a comparison.
#[derive(Debug, Clone)]
pub struct Side {
    /// What its speakers belong to: the id of a state, else of the speaker itself.
    pub of: String,
    /// The woven entity that names it: its institution that speaks («البيت الأبيض»), else its chief speaker.
    pub entity: usize,
    /// The woven entities that speak for it, in order of their first word.
    pub speakers: Vec<usize>,
}

/// What one side says of a point, once.
#[derive(Debug, Clone)]
pub struct Cell {
    /// Index of [`Comparison::sides`].
    pub side: usize,
    /// The page.
    pub page: usize,
    /// The statement, as an index of the page's statements.
    pub statement: usize,
    /// The exact words, in pieces.
    pub words: Vec<Span>,
    /// Through whom the words came, the outlet first.
    pub chain: Vec<Link>,
}

/// One row of a comparison.
#[derive(Debug, Clone)]
pub struct Point {
    /// What it is about: ids of `langs/names/concepts.tsv` and woven entities, the most telling first.
    pub topics: Vec<String>,
    /// At least one; cells of one side stand together.
    pub cells: Vec<Cell>,
    /// How the cells of different sides stand to one another.
    pub relation: Relation,
    /// Why.
    pub grounds: Grounds,
}

impl Point {
    /// The cells of one side.
    pub fn cells_of(&self, side: usize) -> impl Iterator<Item = &Cell> {
        self.cells.iter().filter(move |c| c.side == side)
    }

    /// The name of its topic in `lang` («عقوبات», "sanctions"), empty where it has none.
    pub fn topic(&self, lang: &str, packs: &Packs, woven: &Woven) -> String {
        let name = |id: &String| {
            let concept = packs.concepts().get(id).and_then(|c| c.name(lang)).map(str::to_owned);
            concept.or_else(|| woven.entities.iter().find(|e| e.id == *id).map(|e| e.label(lang).to_owned()))
        };
        self.topics.iter().find_map(name).unwrap_or_default()
    }
}

/// The accounts of one contact, or of a story, side by side.
#[derive(Debug, Clone)]
pub struct Comparison {
    /// The story.
    pub story: usize,
    /// The contact; none for a story as a whole.
    pub contact: Option<usize>,
    /// In order of how much they say.
    pub sides: Vec<Side>,
    /// Points that more sides speak of come first, then in text order.
    pub points: Vec<Point>,
}

/// What to compare.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Subject {
    /// A contact, as an index of [`Woven::contacts`].
    Contact(usize),
    /// A story, as an index of [`Woven::stories`].
    Story(usize),
}

/// The accounts of `subject`. `sides` are ids of entities or states that shall be its columns; empty, they are
/// found: everybody who belongs to a state speaks for it.
pub fn compare(
    subject: Subject,
    _sides: &[String],
    _readings: &[Reading],
    _packs: &Packs,
    woven: &Woven,
) -> Comparison {
    let (story, contact) = match subject {
        Subject::Contact(n) => (woven.contacts.get(n).map_or(0, |c| c.story), Some(n)),
        Subject::Story(n) => (n, None),
    };
    Comparison { story, contact, sides: Vec::new(), points: Vec::new() }
}

pub(crate) fn weave(_readings: &[Reading], _packs: &Packs, _woven: &mut Woven) {}
