//! On which pages could the words stand?
//!
//! A record is looked through once: two neighbouring words of a page are looked up among those of all claims. Only
//! pages that share enough of them with a claim are read.

use super::claim::{Claim, claims};
use super::words::{Word, words};
use crate::pack::Packs;
use crate::read::Reading;
use crate::text::Text;
use rustc_hash::{FxHashMap, FxHashSet};

/// The pairs of neighbouring words of all claims of a text.
#[derive(Debug)]
pub struct Seeker<'p> {
    packs: &'p Packs,
    pairs: FxHashMap<u64, u32>,
    /// For each claim, its pairs.
    claims: Vec<Vec<u32>>,
}

/// What a page shares with the claims.
#[derive(Debug, Clone, Default)]
pub struct Hits {
    pairs: Vec<u32>,
    /// The language of the page.
    pub lang: Option<String>,
}

/// The share of a claim's pairs, weighed by how rare they are, that a page must have to be read for it.
const SHARE: f32 = 0.2;
/// So many pages are read for a claim beside those that may hold all of it.
const NEAREST: usize = 8;

impl<'p> Seeker<'p> {
    /// Takes the claims of `text`.
    pub fn new(text: &Reading, packs: &'p Packs) -> Seeker<'p> {
        Seeker::of(&claims(text, packs), packs)
    }

    pub(super) fn of(claims: &[Claim], packs: &'p Packs) -> Seeker<'p> {
        let mut seeker = Seeker { packs, pairs: FxHashMap::default(), claims: Vec::with_capacity(claims.len()) };
        for claim in claims {
            let mut own: Vec<u32> = Vec::new();
            for pair in claim.pieces.iter().flat_map(|p| p.words.windows(2)) {
                let next = seeker.pairs.len() as u32;
                own.push(*seeker.pairs.entry(pair_key(&pair[0], &pair[1])).or_insert(next));
            }
            own.sort_unstable();
            own.dedup();
            seeker.claims.push(own);
        }
        seeker
    }

    /// Looks through the text of a page; `lang` is the language that its metadata gives.
    pub fn look(&self, text: &str, lang: Option<&str>) -> Hits {
        let Some(pack) = lang.and_then(|code| self.packs.get(code)).or_else(|| self.packs.detect(text)) else {
            let text = Text::new(text.to_owned(), &crate::language::Language::default());
            return Hits { pairs: self.pairs_in(&words(&text, 0..text.len(), self.packs)), lang: None };
        };
        let text = Text::new(text.to_owned(), &pack.language);
        let pairs = self.pairs_in(&words(&text, 0..text.len(), self.packs));
        Hits { pairs, lang: Some(pack.language.code.clone()) }
    }

    pub(super) fn pairs_in(&self, words: &[Word]) -> Vec<u32> {
        let mut found: Vec<u32> =
            words.windows(2).filter_map(|w| self.pairs.get(&pair_key(&w[0], &w[1])).copied()).collect();
        found.sort_unstable();
        found.dedup();
        found
    }

    /// The pages worth reading, in order: all that may hold a claim whole, and the nearest.
    pub fn choose(&self, pages: &[Hits]) -> Vec<usize> {
        let pairs: Vec<&[u32]> = pages.iter().map(|p| p.pairs.as_slice()).collect();
        let chosen: FxHashSet<usize> = self.near(&pairs).into_iter().flatten().collect();
        let mut chosen: Vec<usize> = chosen.into_iter().collect();
        chosen.sort_unstable();
        chosen
    }

    /// For each claim, the pages that share enough of its pairs, the nearest first.
    pub(super) fn near(&self, pages: &[&[u32]]) -> Vec<Vec<usize>> {
        let mut on: FxHashMap<u32, Vec<u32>> = FxHashMap::default();
        for (page, pairs) in pages.iter().enumerate() {
            pairs.iter().for_each(|pair| on.entry(*pair).or_default().push(page as u32));
        }
        let weight = |pair: &u32| 1.0 / (1.0 + on.get(pair).map_or(0, Vec::len) as f32).ln().max(0.7);
        let near = |claim: &Vec<u32>| {
            let whole: f32 = claim.iter().map(weight).sum();
            let mut score: FxHashMap<u32, f32> = FxHashMap::default();
            for pair in claim {
                let weight = weight(pair);
                on.get(pair).into_iter().flatten().for_each(|page| *score.entry(*page).or_default() += weight);
            }
            let mut near: Vec<(u32, f32)> =
                score.into_iter().map(|(page, s)| (page, s / whole)).filter(|(_, s)| *s >= SHARE).collect();
            near.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
            let whole = near.iter().take_while(|(_, s)| *s >= WHOLE).count();
            near.truncate(whole + NEAREST);
            near.into_iter().map(|(page, _)| page as usize).collect()
        };
        self.claims.iter().map(near).collect()
    }
}

/// A page with so much of a claim may hold all of it: a pair is lost at «, he said,» and at a clitic.
const WHOLE: f32 = 0.8;

fn pair_key(a: &Word, b: &Word) -> u64 {
    a.key.rotate_left(21) ^ b.key
}
