//! Which pages are the same text? How many independent origins are left?
//!
//! | module | the question it answers |
//! |---|---|
//! | [`shingle`] | Which short runs of words does a page hold? |
//! | [`candidate`] | Which pages share enough of them to be looked at? |
//! | [`run`] | Which stretches stand on both? |
//! | [`formula`] | Do two pages fill one formula with other names? |
//! | [`translation`] | Which pages say the same in another language? |
//! | [`direction`] | Which of two pages follows the other? |
//! | [`origin`] | How many articles, outlets and independent origins are there? |

mod candidate;
mod direction;
mod formula;
mod origin;
mod run;
mod shingle;
mod translation;

use crate::pack::Packs;
use crate::read::Reading;
use crate::text::Span;
use crate::weave::Grounds;
use crate::weave::entity::Joining;
use crate::weave::words::PageWords;
use direction::{Direction, Directions};
use formula::Parties;
pub use origin::{Counts, counts};
pub(crate) use origin::{Groups, outlet};
use shingle::Shingled;
use std::cell::OnceCell;

/// How much of two texts is one text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum CopyRelation {
    /// Nothing but marks and spacing differs.
    Same,
    /// Most of both.
    Near,
    /// One was cut from the other.
    Part,
    /// One says in another language what the other does, or both what a third does.
    Translation,
}

impl CopyRelation {
    /// The word of the contract.
    pub fn as_str(self) -> &'static str {
        match self {
            CopyRelation::Same => "same",
            CopyRelation::Near => "near",
            CopyRelation::Part => "part",
            CopyRelation::Translation => "translation",
        }
    }
}

/// Two pages that share their text.
#[derive(Debug, Clone)]
pub struct Copy {
    /// The page that the other one follows.
    pub of: usize,
    /// The page that carries its text.
    pub page: usize,
    /// How much.
    pub relation: CopyRelation,
    /// Share of the shorter text that stands in the other one, from 0 to 1; of a translation, share of its letters that stand in the
    /// runs.
    pub share: f32,
    /// Runs that match: where in `of`, where in `page`. Words of one language; of a translation, sentences that surely say the same.
    pub runs: Vec<(Span, Span)>,
    /// Why it is `page` that follows `of`: an earlier day, a credit, the longer text, or no more than the order of input.
    pub because: Grounds,
}

/// Share of the shorter text's words from which on a copy is one: half of it, and not a few sentences that all who wrote of the
/// matter took over.
const LEAST_SHARE: f32 = 0.5;
/// Share of the shorter text's shingles that must stand in the other one: a mosaic of formulas has many words in common and few
/// longer stretches.
const LEAST_SHINGLE_SHARE: f32 = 0.4;
/// Share of the shingles of both texts from which on they are one text with changes.
const NEAR: f32 = 0.5;
/// Fewest shingles that two texts must share: four words in common make no copy.
const LEAST_SHINGLES: usize = 12;

/// All pairs of pages that share their text, in one language or across, in order of pages.
pub(crate) fn copies(readings: &[Reading], pages: &[PageWords], packs: &Packs, joining: &mut Joining) -> Vec<Copy> {
    let directions = Directions::new(readings, pages);
    let mut out = in_one_language(readings, pages, packs, &directions);
    for found in translation::translations(readings, packs, joining) {
        let (a, b) = found.pages;
        let Direction { of, page, because } = directions.of(a, b);
        let mut runs = found.runs;
        if of != a {
            runs = runs.into_iter().map(|(left, right)| (right, left)).collect();
        }
        out.push(Copy { of, page, relation: CopyRelation::Translation, share: found.share, runs, because });
    }
    out.sort_by_key(|c| (c.of.min(c.page), c.of.max(c.page)));
    out
}

/// Candidates by sampled shingles, each verified on all words.
fn in_one_language(readings: &[Reading], pages: &[PageWords], packs: &Packs, directions: &Directions<'_>) -> Vec<Copy> {
    let parties = Parties::new(readings, pages, packs);
    let cut: Vec<OnceCell<Shingled>> = vec![OnceCell::new(); pages.len()];
    let cut = |page: usize| cut[page].get_or_init(|| Shingled::new(&pages[page].stream));
    let mut out = Vec::new();
    let days: Vec<Option<i64>> = readings.iter().map(candidate::day).collect();
    for (a, b) in candidate::candidates(pages, &days) {
        let (set, other) = (&cut(a).set, &cut(b).set);
        let common = shingle::intersection(set, other);
        let shorter = set.len().min(other.len());
        if shorter == 0
            || common < LEAST_SHINGLES.min(shorter)
            || (common as f32) < LEAST_SHINGLE_SHARE * shorter as f32
            || parties.differ(a, b)
        {
            continue;
        }
        let Direction { of, page, because } = directions.of(a, b);
        let stretches = run::stretches((&pages[of].stream, cut(of)), (&pages[page].stream, cut(page)));
        let share = run::share(&stretches, pages[of].stream.len(), pages[page].stream.len());
        if share < LEAST_SHARE {
            continue;
        }
        let of_both = common as f32 / (set.len() + other.len() - common) as f32;
        let relation = match () {
            () if pages[a].stream == pages[b].stream => CopyRelation::Same,
            () if of_both >= NEAR => CopyRelation::Near,
            () => CopyRelation::Part,
        };
        let span = |p: usize, at: usize, words: usize| {
            let tokens = &pages[p].tokens;
            readings[p].text.span_of(tokens[at] as usize..tokens[at + words - 1] as usize + 1)
        };
        let runs = stretches.iter().map(|s| (span(of, s.of, s.words), span(page, s.page, s.words))).collect();
        out.push(Copy { of, page, relation, share, runs, because });
    }
    out
}
