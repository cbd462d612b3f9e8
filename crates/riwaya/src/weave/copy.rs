//! Which pages are the same text? How many independent origins are left?

use crate::read::Reading;
use crate::text::Span;
use crate::weave::Woven;

/// How much of two texts is one text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum CopyRelation {
    /// Nothing but marks and spacing differs.
    Same,
    /// Most of both.
    Near,
    /// One was cut from the other.
    Part,
}

impl CopyRelation {
    /// The word of the contract.
    pub fn as_str(self) -> &'static str {
        match self {
            CopyRelation::Same => "same",
            CopyRelation::Near => "near",
            CopyRelation::Part => "part",
        }
    }
}

/// Two pages that share their text.
#[derive(Debug, Clone)]
pub struct Copy {
    /// The page that the other one follows: the earlier, the credited, the longer.
    pub of: usize,
    /// The page that carries its text.
    pub page: usize,
    /// How much.
    pub relation: CopyRelation,
    /// Share of the shorter text that stands in the other one, from 0 to 1.
    pub share: f32,
    /// Runs that match: where in `of`, where in `page`.
    pub runs: Vec<(Span, Span)>,
}

/// How widely something is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts {
    /// Pages.
    pub articles: usize,
    /// Outlets that carry them.
    pub outlets: usize,
    /// Independent origins, an upper bound: copies of one text and texts credited to one agency count once.
    pub origins: usize,
}

/// Articles, outlets and independent origins of `pages`.
pub fn counts(pages: &[usize], _readings: &[Reading], _copies: &[Copy]) -> Counts {
    Counts { articles: pages.len(), outlets: pages.len(), origins: pages.len() }
}

pub(crate) fn weave(_readings: &[Reading], _woven: &mut Woven) {}
