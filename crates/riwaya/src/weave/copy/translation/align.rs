//! Do two pages tell the same, sentence by sentence, in one order?
//!
//! Sentences are aligned as Gale and Church (1993) align those of parallel texts, by their lengths, and by what their signs weigh
//! that they share. A logistic decision over what the alignment found tells translations from other pages.

use crate::weave::sign::{Key, Kind, Signed};
use rustc_hash::FxHashMap;
use std::ops::Range;

/// How much each sign tells: the less, the more pages have it.
pub(super) struct Weights {
    pages: FxHashMap<Key, u32>,
    count: usize,
}

/// Of how many pages the expectation of [`usual`] is worth: what stands on one of three pages is not common yet.
const PRIOR: f32 = 100.0;

/// On what share of pages a sign of a kind stands, before any page was seen.
fn usual(kind: Kind) -> f32 {
    match kind {
        Kind::Word => 0.1,
        Kind::Day => 0.05,
        Kind::Number => 0.03,
        Kind::Entity => 0.02,
        Kind::Latin | Kind::Sound => 0.01,
    }
}

impl Weights {
    pub fn new(outlines: &[Vec<Key>]) -> Weights {
        let mut pages: FxHashMap<Key, u32> = FxHashMap::default();
        outlines.iter().flatten().for_each(|key| *pages.entry(*key).or_default() += 1);
        Weights { pages, count: outlines.len() }
    }

    fn of(&self, key: Key) -> f32 {
        let seen = self.pages.get(&key).copied().unwrap_or(0) as f32;
        ((self.count as f32 + PRIOR) / (seen + PRIOR * usual(key.0))).ln()
    }

    /// Share of the weight of two pages' keys that is on both, from 0 to 1.
    pub fn shared(&self, a: &[Key], b: &[Key]) -> f32 {
        let all = |keys: &[Key]| keys.iter().map(|key| self.of(*key)).sum::<f32>();
        let both: f32 = a.iter().filter(|key| b.binary_search(key).is_ok()).map(|key| self.of(*key)).sum();
        2.0 * both / (all(a) + all(b)).max(1.0)
    }

    /// What the signs of a page weigh together.
    fn all(&self, page: &[Signed]) -> f32 {
        let heaviest = |keys: &Vec<Key>| keys.iter().map(|key| self.of(*key)).fold(0.0, f32::max);
        page.iter().flat_map(|s| &s.signs).map(heaviest).sum()
    }
}

/// Sentences of the one page that say what those of the other do.
#[derive(Debug, Clone)]
pub(super) struct Step {
    pub left: Range<usize>,
    pub right: Range<usize>,
    /// What the signs weigh that they share.
    weight: f32,
}

/// A step whose signs weigh so much is firm: two rare ones, or a rare one and two common ones.
const FIRM: f32 = 7.0;

impl Step {
    /// Do its sentences surely say the same?
    pub fn is_firm(&self) -> bool {
        self.weight >= FIRM
    }
}

/// The best alignment of two pages.
#[derive(Debug, Clone)]
pub(super) struct Alignment {
    /// In order.
    pub steps: Vec<Step>,
    /// What the steps weigh together.
    weight: f32,
    /// Share of the weight of both pages that stands in the steps.
    shared: f32,
    /// What the alignment is worth, a sentence.
    worth: f32,
}

/// The decision: an alignment is worth so much, its shared weight (its logarithm) so much, and this is wanted. Learned on the
/// Arabic, English and Russian versions of the 69 documents of NTREX-128 (Federmann, Kocmi and Xin 2022, CC BY-SA 4.0).
const WORTH: f32 = 0.9;
const SHARED: f32 = 3.8;
const WANTED: f32 = -2.55;
/// Signs of less weight are too few to tell a translation of a few lines from another report.
const LEAST_WEIGHT: f32 = 20.0;

impl Alignment {
    /// Is one page a translation of the other, or are both of one text?
    pub fn is_translation(&self) -> bool {
        self.weight >= LEAST_WEIGHT && WORTH * self.worth + SHARED * (self.shared + 0.01).ln() > WANTED
    }
}

/// A sentence that the other page leaves out costs so much,
const LEFT_OUT: f32 = -1.0;
/// and one that it makes two of.
const CUT: f32 = -1.5;

/// Aligns two pages.
pub(super) fn align(left: &[Signed], right: &[Signed], weights: &Weights) -> Alignment {
    let table = Table::new(left, right, weights);
    let steps = table.steps();
    let weight: f32 = steps.iter().map(|s| s.weight).sum();
    let all = weights.all(left) + weights.all(right);
    let sentences = ((left.len() * right.len()) as f32).sqrt().max(1.0);
    Alignment { weight, shared: 2.0 * weight / all.max(1.0), worth: table.worth() / sentences, steps }
}

/// The table of the alignment: the best way to each pair of sentences.
struct Table {
    /// Sentences of the second page, and one.
    width: usize,
    /// What two sentences share.
    shared: Vec<f32>,
    best: Vec<f32>,
    /// How many sentences of each page the last step takes.
    last: Vec<(u8, u8)>,
}

/// How many sentences of each page a step takes; two of one page stand in one line, for nobody makes one of a headline and a lead.
const MOVES: [(usize, usize); 5] = [(1, 1), (1, 0), (0, 1), (2, 1), (1, 2)];

impl Table {
    fn new(left: &[Signed], right: &[Signed], weights: &Weights) -> Table {
        let width = right.len() + 1;
        let cells = (left.len() + 1) * width;
        let mut table = Table {
            width,
            shared: shared(left, right, weights),
            best: vec![f32::NEG_INFINITY; cells],
            last: vec![(0, 0); cells],
        };
        table.best[0] = 0.0;
        let letters = |page: &[Signed]| page.iter().map(|s| s.letters).sum::<usize>() as f32;
        let one_line = |page: &[Signed]| page.windows(2).all(|two| two[0].line == two[1].line);
        let ratio = letters(right) / letters(left).max(1.0);
        for i in 0..=left.len() {
            for j in 0..width {
                for (di, dj) in MOVES.into_iter().filter(|(di, dj)| *di <= i && *dj <= j) {
                    if !one_line(&left[i - di..i]) || !one_line(&right[j - dj..j]) {
                        continue;
                    }
                    let fits = match (di, dj) {
                        (0, _) | (_, 0) => LEFT_OUT,
                        _ => {
                            let lengths = lengths(letters(&left[i - di..i]) * ratio, letters(&right[j - dj..j]));
                            let cut = if di + dj > 2 { CUT } else { 0.0 };
                            table.weight(i - di..i, j - dj..j) + lengths + cut
                        }
                    };
                    let worth = table.best[(i - di) * width + j - dj] + fits;
                    if worth > table.best[i * width + j] {
                        table.best[i * width + j] = worth;
                        table.last[i * width + j] = (di as u8, dj as u8);
                    }
                }
            }
        }
        table
    }

    fn weight(&self, left: Range<usize>, right: Range<usize>) -> f32 {
        left.flat_map(|i| right.clone().map(move |j| (i, j))).map(|(i, j)| self.shared[i * (self.width - 1) + j]).sum()
    }

    /// What the best alignment of all sentences is worth.
    fn worth(&self) -> f32 {
        self.best.last().copied().unwrap_or(0.0)
    }

    /// Its steps that take sentences of both pages.
    fn steps(&self) -> Vec<Step> {
        let (mut i, mut j) = (self.best.len() / self.width - 1, self.width - 1);
        let mut steps = Vec::new();
        while i > 0 || j > 0 {
            let (di, dj) = self.last[i * self.width + j];
            let (left, right) = (i - usize::from(di)..i, j - usize::from(dj)..j);
            (i, j) = (left.start, right.start);
            if di > 0 && dj > 0 {
                let weight = self.weight(left.clone(), right.clone());
                steps.push(Step { left, right, weight });
            }
        }
        steps.reverse();
        steps
    }
}

/// What the letters of two stretches say against their being one: the square of how far they are apart, as Gale and Church have it.
fn lengths(wanted: f32, found: f32) -> f32 {
    let spread = ((wanted + found) / 2.0).max(1.0) * 2.5;
    -((found - wanted).powi(2) / spread / 4.0).min(6.0)
}

/// What each sentence of the one page shares with each of the other: every sign pairs once, the heaviest first.
fn shared(left: &[Signed], right: &[Signed], weights: &Weights) -> Vec<f32> {
    let mut on: FxHashMap<Key, Vec<(usize, usize)>> = FxHashMap::default();
    for (j, sentence) in right.iter().enumerate() {
        for (y, keys) in sentence.signs.iter().enumerate() {
            keys.iter().for_each(|key| on.entry(*key).or_default().push((j, y)));
        }
    }
    let mut out = vec![0.0; left.len() * right.len()];
    for (i, sentence) in left.iter().enumerate() {
        let mut pairs: Vec<(f32, usize, usize, usize)> = Vec::new();
        for (x, keys) in sentence.signs.iter().enumerate() {
            for key in keys {
                let weight = weights.of(*key);
                pairs.extend(
                    on.get(key)
                        .into_iter()
                        .flatten()
                        .map(|(j, y)| (weight, j, x, *y))
                        .map(|(w, j, x, y)| (w, *j, x, y)),
                );
            }
        }
        pairs.sort_by(|a, b| (a.1.cmp(&b.1)).then(b.0.total_cmp(&a.0)).then((a.2, a.3).cmp(&(b.2, b.3))));
        for of_sentence in pairs.chunk_by(|a, b| a.1 == b.1) {
            let (mut taken, mut given) =
                (vec![false; sentence.signs.len()], vec![false; right[of_sentence[0].1].signs.len()]);
            for (weight, j, x, y) in of_sentence {
                if !taken[*x] && !given[*y] {
                    (taken[*x], given[*y]) = (true, true);
                    out[i * right.len() + j] += weight;
                }
            }
        }
    }
    out
}
