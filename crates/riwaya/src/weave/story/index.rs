//! Which pages may tell of the same happening?
//!
//! An inverted index over the words of headlines and leads and over names proposes for each page those others with
//! which it shares the most; nothing compares every page with every other one.

use crate::weave::story::evidence::{Evidence, Spread, evidence};
use crate::weave::story::look::{Look, Terms};

/// How many pages the index proposes for a page.
const PROPOSED: usize = 48;
/// A term on more pages than this proposes nobody.
const COMMON: usize = 400;

/// What pages can be found by.
pub(crate) struct Index<'l> {
    looks: &'l [Look],
    words: Postings,
    names: Postings,
}

/// The pages on which each term stands.
struct Postings(Vec<Vec<u32>>);

impl Postings {
    fn new<'t>(looks: impl Iterator<Item = &'t Terms>, terms: usize, kept: fn(bool) -> bool) -> Postings {
        let mut pages = vec![Vec::new(); terms];
        for (n, terms) in looks.enumerate() {
            terms.terms.iter().filter(|t| kept(t.lead)).for_each(|t| pages[t.id as usize].push(n as u32));
        }
        Postings(pages)
    }
}

impl<'l> Index<'l> {
    /// `words` and `names` is how many of them there are.
    pub fn new(looks: &'l [Look], words: usize, names: usize) -> Index<'l> {
        Index {
            looks,
            words: Postings::new(looks.iter().map(|l| &l.words), words, |lead| lead),
            names: Postings::new(looks.iter().map(|l| &l.names), names, |_| true),
        }
    }

    /// Calls `each` with every pair of pages that the index proposes, the lower one in front, and what speaks for it.
    pub fn pairs(&self, mut each: impl FnMut(usize, usize, &Evidence)) {
        let mut score = vec![0f32; self.looks.len()];
        let mut pairs: Vec<(u32, u32)> = Vec::new();
        for n in 0..self.looks.len() {
            let others = self.proposed(n, &mut score);
            pairs.extend(others.into_iter().map(|o| (o.max(n as u32), o.min(n as u32))));
        }
        pairs.sort_unstable();
        pairs.dedup();
        let mut words = Spread::new(self.words.0.len());
        let mut names = Spread::new(self.names.0.len());
        for group in pairs.chunk_by(|a, b| a.0 == b.0) {
            let second = group[0].0 as usize;
            let look = &self.looks[second];
            words.fill(&look.words);
            names.fill(&look.names);
            for (_, first) in group {
                each(*first as usize, second, &evidence(&self.looks[*first as usize], look, &words, &names));
            }
            words.clear(&look.words);
            names.clear(&look.names);
        }
    }

    /// The pages that share most with page `n`; `score` holds nothing before and after.
    fn proposed(&self, n: usize, score: &mut [f32]) -> Vec<u32> {
        let look = &self.looks[n];
        let mut touched: Vec<u32> = Vec::new();
        let words = look.words.terms.iter().filter(|t| t.lead).map(|t| (&self.words.0[t.id as usize], t.rarity));
        let names = look.names.terms.iter().map(|t| (&self.names.0[t.id as usize], t.rarity));
        for (pages, rarity) in words.chain(names).filter(|(pages, _)| pages.len() <= COMMON) {
            for other in pages.iter().filter(|o| **o as usize != n) {
                if score[*other as usize] == 0.0 {
                    touched.push(*other);
                }
                score[*other as usize] += rarity * rarity;
            }
        }
        let best_first = |a: &u32, b: &u32| score[*b as usize].total_cmp(&score[*a as usize]).then_with(|| a.cmp(b));
        if touched.len() > PROPOSED {
            touched.select_nth_unstable_by(PROPOSED, best_first);
        }
        let proposed = touched[..touched.len().min(PROPOSED)].to_vec();
        touched.iter().for_each(|o| score[*o as usize] = 0.0);
        proposed
    }
}
