//! How well are pages put into stories that were not learned from?

use crate::pages::Collection;
use crate::trees::{Lesson, learn};
use riwaya::Packs;
use riwaya::weave::story::evidence::shows;
use riwaya::weave::story::{self, Decision, Linkage, Pair, link::link};
use std::collections::BTreeMap;

/// A collection with all that is learned from it.
pub struct Material {
    pub collection: Collection,
    pub pairs: Vec<Pair>,
    pub heads: Vec<usize>,
    /// How much each of its pairs counts.
    pub weight: f64,
}

impl Material {
    pub fn new(collection: Collection, packs: &Packs) -> Material {
        let (pairs, heads) = story::pairs(&collection.readings, packs);
        let weight = 10_000.0 / pairs.len().max(1) as f64;
        Material { collection, pairs, heads, weight }
    }

    /// The half that a page's story is in, for one of several ways of halving.
    fn half(&self, page: usize, way: u32) -> u32 {
        let story = self.collection.stories[page].trim_end_matches("plus");
        let start = 0x811c_9dc5u32 ^ way.wrapping_mul(0x9e37_79b9);
        story.bytes().fold(start, |h, b| (h ^ u32::from(b)).wrapping_mul(0x0100_0193)) >> 9 & 1
    }

    /// The pairs of one half, or all.
    pub fn lessons(&self, half: Option<(u32, u32)>, of: fn(&Pair) -> bool) -> Vec<Lesson> {
        let kept = |p: &&Pair| {
            of(p) && half.is_none_or(|(way, h)| self.half(p.pages.0, way) == h && self.half(p.pages.1, way) == h)
        };
        let stories = &self.collection.stories;
        let lesson = |p: &Pair| Lesson {
            evidence: p.evidence,
            one: stories[p.pages.0] == stories[p.pages.1],
            weight: self.weight,
        };
        self.pairs.iter().filter(kept).map(lesson).collect()
    }

    /// The story of each page as `decision` has it.
    pub fn stories(&self, decision: &Decision, linkage: Linkage) -> Vec<usize> {
        let likely = |p: &Pair| (p.pages.0, p.pages.1, decision.decide(&p.evidence, p.one_language));
        let pairs: Vec<(usize, usize, f32)> = self.pairs.iter().map(likely).collect();
        let mut of = vec![0; self.heads.len()];
        for (n, group) in link(self.heads.len(), &pairs, linkage).iter().enumerate() {
            group.iter().for_each(|page| of[*page] = n);
        }
        self.heads.iter().map(|head| of[*head]).collect()
    }

    /// How well each half is put into stories by what was learned from the other: F1 of BCubed, F1 of pairs, and the share
    /// of hard pairs that are kept apart.
    pub fn measure(&self, found: &[Vec<usize>; 2], way: u32) -> [f64; 3] {
        let of = |page: usize| &found[1 - self.half(page, way) as usize];
        let mut sums = [0.0f64; 5];
        let gold = members(&self.collection.stories);
        let got: [BTreeMap<usize, Vec<usize>>; 2] = [members(&found[0]), members(&found[1])];
        for page in 0..self.heads.len() {
            let mine = &got[1 - self.half(page, way) as usize][&of(page)[page]];
            let right = &gold[&self.collection.stories[page]];
            let common = mine.iter().filter(|p| right.contains(p)).count();
            sums[0] += common as f64 / mine.len() as f64;
            sums[1] += common as f64 / right.len() as f64;
            sums[2] += (common - 1) as f64;
            sums[3] += (mine.len() - 1) as f64;
            sums[4] += (right.len() - 1) as f64;
        }
        let n = self.heads.len() as f64;
        let f = |p: f64, r: f64| 2.0 * p * r / (p + r);
        let apart = |page: usize, (a, b): (usize, usize)| of(page)[a] != of(page)[b];
        let hard = &self.collection.apart;
        let kept = hard.iter().flat_map(|(a, b)| [apart(*a, (*a, *b)), apart(*b, (*a, *b))]).filter(|k| *k).count();
        [
            f(sums[0] / n, sums[1] / n),
            f(sums[2] / sums[3], sums[2] / sums[4]),
            kept as f64 / (2 * hard.len()).max(1) as f64,
        ]
    }
}

fn members<T: Ord + Clone>(of: &[T]) -> BTreeMap<T, Vec<usize>> {
    let mut out: BTreeMap<T, Vec<usize>> = BTreeMap::new();
    of.iter().enumerate().for_each(|(page, s)| out.entry(s.clone()).or_default().push(page));
    out
}

/// What is learned from one half of all collections, or from all.
pub fn decision(materials: &[Material], half: Option<(u32, u32)>) -> Decision {
    let learned = |of: fn(&Pair) -> bool| {
        let lessons = materials.iter().flat_map(|m| m.lessons(half, of)).collect::<Vec<_>>();
        let several = lessons.iter().any(|l| l.one) && lessons.iter().any(|l| !l.one);
        if several { learn(&lessons) } else { Vec::new() }
    };
    Decision {
        dated: learned(|p| p.one_language && shows(&p.evidence, "both days are known")),
        undated: learned(|p| p.one_language && !shows(&p.evidence, "both days are known")),
        across: learned(|p| !p.one_language),
    }
}
