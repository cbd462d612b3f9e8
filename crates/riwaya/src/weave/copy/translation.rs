//! Which pages say the same in another language?
//!
//! There is no dictionary to translate with, and none is needed: a translation keeps who and what is named, days, numbers and much of
//! the common words ([`crate::weave::sign`]), and it keeps their order ([`align`]). Rare signs propose pages, as rare shingles do for copies in one
//! language; each proposal is verified sentence by sentence. Reports of one happening share many signs and tell them in other order.

mod align;

use crate::pack::Packs;
use crate::read::Reading;
use crate::text::Span;
use crate::weave::entity::Joining;
use crate::weave::sign::{Key, Signed, Signs, outline};
use align::{Alignment, Weights, align};
use rustc_hash::FxHashMap;
use std::cell::{OnceCell, RefCell};

/// How many of its rarest signs look for other pages,
const PROBES: usize = 40;
/// on how many pages such a sign may stand at most,
const COMMON: usize = 100;
/// and how many pages of each other language are looked at.
const NEAREST: usize = 4;
/// Days between a text and its translation, at most.
const WINDOW: i32 = 30;
/// Share of the weight of two pages' signs, of any order, below which they are not aligned.
const LEAST_SHARED: f32 = 0.08;

/// Two pages of different languages that say the same, the former first.
pub(super) struct Translation {
    pub pages: (usize, usize),
    /// Share of the shorter page that the runs hold, from 0 to 1.
    pub share: f32,
    /// Sentences that surely say the same.
    pub runs: Vec<(Span, Span)>,
}

/// All pairs of pages that are translations of one another or of one text, in order of pages.
pub(super) fn translations(readings: &[Reading], packs: &Packs, joining: &mut Joining) -> Vec<Translation> {
    let language = |page: usize| readings[page].lang.as_deref();
    let mut languages: Vec<&str> = readings.iter().filter_map(|r| r.lang.as_deref()).collect();
    languages.sort_unstable();
    languages.dedup();
    if languages.len() < 2 {
        return Vec::new();
    }
    let groups: Vec<Vec<usize>> = (0..readings.len())
        .map(|page| (0..readings[page].cast.entities.len()).map(|n| joining.group(page, n)).collect())
        .collect();
    let signs = RefCell::new(Signs::new(packs));
    let sign = |page: usize| signs.borrow_mut().of(&readings[page], &groups[page]);
    let outlines: Vec<Vec<Key>> = (0..readings.len()).map(|page| outline(&sign(page))).collect();
    let weights = Weights::new(&outlines);
    let cut: Vec<OnceCell<Vec<Signed>>> = vec![OnceCell::new(); readings.len()];
    let cut = |page: usize| cut[page].get_or_init(|| sign(page));
    let mut out = Vec::new();
    for (a, b) in candidates(&outlines, &language, readings) {
        if weights.shared(&outlines[a], &outlines[b]) < LEAST_SHARED {
            continue;
        }
        let alignment = align(cut(a), cut(b), &weights);
        if alignment.is_translation() {
            out.push(found(a, b, &alignment, cut(a), cut(b)));
        }
    }
    out
}

fn found(a: usize, b: usize, alignment: &Alignment, left: &[Signed], right: &[Signed]) -> Translation {
    let firm: Vec<_> = alignment.steps.iter().filter(|s| s.is_firm()).collect();
    let letters = |page: &[Signed]| page.iter().map(|s| s.letters).sum::<usize>();
    let (all_left, all_right) = (letters(left), letters(right));
    let held = if all_left <= all_right {
        firm.iter().map(|s| letters(&left[s.left.clone()])).sum::<usize>()
    } else {
        firm.iter().map(|s| letters(&right[s.right.clone()])).sum()
    };
    let span = |page: &[Signed]| page.iter().map(|s| s.span).reduce(Span::to);
    let runs = firm.iter().filter_map(|s| span(&left[s.left.clone()]).zip(span(&right[s.right.clone()])));
    let share = held as f32 / all_left.min(all_right).max(1) as f32;
    Translation { pages: (a, b), share, runs: runs.collect() }
}

/// Pairs of pages in different languages that share the most of their rarest signs, in order.
fn candidates<'r>(
    outlines: &[Vec<Key>],
    language: &impl Fn(usize) -> Option<&'r str>,
    readings: &[Reading],
) -> Vec<(usize, usize)> {
    let mut on: FxHashMap<Key, Vec<u32>> = FxHashMap::default();
    for (page, keys) in outlines.iter().enumerate() {
        keys.iter().for_each(|key| on.entry(*key).or_default().push(page as u32));
    }
    let apart = |a: usize, b: usize| match (&readings[a].published, &readings[b].published) {
        (Some(a), Some(b)) => (a.date - b.date).get_days().abs() > WINDOW,
        _ => false,
    };
    let mut pairs = Vec::new();
    let mut shared: FxHashMap<u32, f32> = FxHashMap::default();
    for (page, keys) in outlines.iter().enumerate() {
        let mut probes: Vec<(usize, Key)> = keys.iter().map(|key| (on[key].len(), *key)).collect();
        probes.retain(|(pages, _)| (2..=COMMON).contains(pages));
        probes.sort_unstable();
        for (pages, key) in probes.into_iter().take(PROBES) {
            let weight = ((outlines.len() + 1) as f32 / pages as f32).ln();
            for other in on[&key].iter().filter(|other| language(**other as usize) != language(page)) {
                *shared.entry(*other).or_default() += weight;
            }
        }
        let mut near: Vec<(Option<&str>, f32, usize)> =
            shared.drain().map(|(other, weight)| (language(other as usize), weight, other as usize)).collect();
        near.retain(|(_, _, other)| !apart(page, *other));
        near.sort_by(|a, b| a.0.cmp(&b.0).then(b.1.total_cmp(&a.1)).then(a.2.cmp(&b.2)));
        for of_language in near.chunk_by(|a, b| a.0 == b.0) {
            let nearest = of_language.iter().take(NEAREST);
            pairs.extend(nearest.map(|(_, _, other)| (page.min(*other), page.max(*other))));
        }
    }
    pairs.sort_unstable();
    pairs.dedup();
    pairs
}
