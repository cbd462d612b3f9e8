//! Which of two pages follows the other?
//!
//! The earlier day comes first. On one day a text is followed by the page that says it is a translation, and an agency's own page by
//! those that credit the agency; the longer text of one language by the shorter. Where nothing tells them apart the former of the
//! input stands for the origin, and the reason says that it is no more than that.

use crate::page::{Credit, CreditKind};
use crate::read::Reading;
use crate::weave::words::PageWords;
use crate::weave::{Grounds, Passage};

/// Which page is followed, which one follows it, and why.
pub(super) struct Direction {
    pub of: usize,
    pub page: usize,
    pub because: Grounds,
}

/// The page that follows, and why.
type Follower = (usize, Grounds);

/// What there is to tell which page came first.
pub(super) struct Directions<'p> {
    readings: &'p [Reading],
    pages: &'p [PageWords],
}

impl<'p> Directions<'p> {
    pub fn new(readings: &'p [Reading], pages: &'p [PageWords]) -> Directions<'p> {
        Directions { readings, pages }
    }

    /// Which of two pages, given in input order, follows the other.
    pub fn of(&self, a: usize, b: usize) -> Direction {
        let told = self.by_day(a, b).or_else(|| self.by_credit(a, b)).or_else(|| self.by_length(a, b));
        let (page, because) = told.unwrap_or_else(|| (b, Grounds::new("copy/input", Vec::new())));
        Direction { of: if page == a { b } else { a }, page, because }
    }

    fn by_day(&self, a: usize, b: usize) -> Option<Follower> {
        let day = |p: usize| self.readings[p].published.as_ref().map(|x| x.date);
        let (x, y) = (day(a)?, day(b)?);
        (x != y).then(|| (if x > y { a } else { b }, Grounds::new("copy/day", Vec::new())))
    }

    fn by_credit(&self, a: usize, b: usize) -> Option<Follower> {
        let only = |of: &dyn Fn(usize, usize) -> Option<&'p Credit>, rule: &'static str| match (of(a, b), of(b, a)) {
            (Some(credit), None) => Some((a, self.grounds(rule, a, credit))),
            (None, Some(credit)) => Some((b, self.grounds(rule, b, credit))),
            _ => None,
        };
        let translated = |p: usize, other: usize| {
            let across = self.readings[p].lang != self.readings[other].lang;
            self.credits(p, CreditKind::Translation).next().filter(|_| across)
        };
        let credited = |p: usize, other: usize| {
            let mut agencies = self.credits(p, CreditKind::Agency);
            agencies.find(|agency| self.credits(other, CreditKind::Carrier).any(|c| c.body() == agency.body()))
        };
        only(&translated, "copy/translation-credit").or_else(|| only(&credited, "copy/agency-credit"))
    }

    fn by_length(&self, a: usize, b: usize) -> Option<Follower> {
        let length = |p: usize| self.pages[p].stream.len();
        let one_language = self.readings[a].lang == self.readings[b].lang;
        let differ = one_language && length(a) != length(b);
        differ.then(|| (if length(a) < length(b) { a } else { b }, Grounds::new("copy/length", Vec::new())))
    }

    fn credits(&self, p: usize, kind: CreditKind) -> impl Iterator<Item = &'p Credit> {
        self.readings[p].layout.credits.iter().filter(move |c| c.kind == kind)
    }

    fn grounds(&self, rule: &'static str, page: usize, credit: &Credit) -> Grounds {
        Grounds::new(rule, credit.span.map(|span| Passage { page, span }).into_iter().collect())
    }
}
