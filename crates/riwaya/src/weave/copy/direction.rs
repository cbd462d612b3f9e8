//! Which of two pages follows the other?
//!
//! The earlier day comes first. On one day an agency's own page is followed by those that credit the agency, a text by the one that
//! says it is a translation, the longer by the shorter, and what is left by the order of input.

use crate::page::CreditKind;
use crate::read::Reading;
use crate::weave::words::PageWords;

/// What there is to tell which page came first.
pub(super) struct Directions<'p> {
    readings: &'p [Reading],
    pages: &'p [PageWords],
}

impl<'p> Directions<'p> {
    pub fn new(readings: &'p [Reading], pages: &'p [PageWords]) -> Directions<'p> {
        Directions { readings, pages }
    }

    /// The page that is followed, and the one that follows it.
    pub fn of(&self, a: usize, b: usize) -> (usize, usize) {
        let later = self.by_day(a, b).or_else(|| self.by_credit(a, b)).or_else(|| self.by_length(a, b));
        if later == Some(a) { (b, a) } else { (a, b) }
    }

    fn by_day(&self, a: usize, b: usize) -> Option<usize> {
        let day = |p: usize| self.readings[p].published.as_ref().map(|x| x.date);
        match (day(a)?, day(b)?) {
            (x, y) if x == y => None,
            (x, y) => Some(if x > y { a } else { b }),
        }
    }

    fn by_credit(&self, a: usize, b: usize) -> Option<usize> {
        let translated = |p: usize| self.credits(p, CreditKind::Translation).next().is_some();
        let follows = |p: usize, other: usize| self.credits_carrier(p, other) && !self.credits_carrier(other, p);
        match () {
            () if self.readings[a].lang != self.readings[b].lang && translated(a) != translated(b) => {
                Some(if translated(a) { a } else { b })
            }
            () if follows(a, b) => Some(a),
            () if follows(b, a) => Some(b),
            () => None,
        }
    }

    fn by_length(&self, a: usize, b: usize) -> Option<usize> {
        let length = |p: usize| self.pages[p].stream.len();
        let one_language = self.readings[a].lang == self.readings[b].lang;
        (one_language && length(a) != length(b)).then(|| if length(a) < length(b) { a } else { b })
    }

    /// Does page `p` credit the agency whose own page `other` is?
    fn credits_carrier(&self, p: usize, other: usize) -> bool {
        let carriers: Vec<String> = self.credits(other, CreditKind::Carrier).collect();
        self.credits(p, CreditKind::Agency).any(|agency| carriers.contains(&agency))
    }

    fn credits(&self, p: usize, kind: CreditKind) -> impl Iterator<Item = String> {
        let credits = self.readings[p].layout.credits.iter();
        credits.filter(move |c| c.kind == kind).map(|c| c.body())
    }
}
