//! Where do most of the words stand?

use super::claim::{Claim, Joint};
use super::page::Page;

/// The words of a claim that stand on a page in this order: (word of the claim, word of the page).
#[derive(Debug, Clone, Default)]
pub(super) struct Alignment {
    pub pairs: Vec<(usize, usize)>,
    pub score: i32,
}

impl Alignment {
    /// How many words of the claim stand side by side, in the claim and on the page, at most.
    pub fn longest_run(&self) -> usize {
        let mut longest = usize::from(!self.pairs.is_empty());
        let mut run = longest;
        for step in self.pairs.windows(2) {
            let [(i, j), (k, l)] = step else { continue };
            run = if i + 1 == *k && j + 1 == *l { run + 1 } else { 1 };
            longest = longest.max(run);
        }
        longest
    }
}

const SAME: i32 = 2;
const OTHER: i32 = -1;
/// Larger tables (words of the claim times words of the page) are not filled: only the part of the page that shares
/// most words with the claim is.
const LARGEST: usize = 4_000_000;

/// The best place of a claim on a page: the words that both have in one order, with as little as can be between them.
/// What the claim says it left out costs nothing.
pub(super) fn best(claim: &Claim, page: &Page<'_>) -> Alignment {
    let keys: Vec<u64> = claim.words().map(|w| w.key).collect();
    let cuts = cuts(claim);
    let mut best = Alignment::default();
    for path in &page.paths {
        let part = densest(&keys, page, path);
        let found = local(&keys, &cuts, page, part);
        if found.score > best.score {
            best = found;
        }
    }
    best
}

/// For each number of words of the claim, may something stand behind them?
fn cuts(claim: &Claim) -> Vec<bool> {
    let mut cuts = vec![false; claim.len() + 1];
    let mut at = 0;
    for piece in &claim.pieces {
        if piece.joint != Joint::Start {
            cuts[at] = true;
        }
        at += piece.words.len();
    }
    cuts
}

fn densest<'p>(keys: &[u64], page: &Page<'_>, path: &'p [usize]) -> &'p [usize] {
    if keys.len().saturating_mul(path.len()) <= LARGEST {
        return path;
    }
    let known: rustc_hash::FxHashSet<u64> = keys.iter().copied().collect();
    let width = (LARGEST / keys.len()).clamp(1, path.len());
    let shared = |w: &usize| usize::from(known.contains(&page.words[*w].key));
    let mut count: usize = path[..width].iter().map(shared).sum();
    let (mut most, mut start) = (count, 0);
    for at in width..path.len() {
        count = count + shared(&path[at]) - shared(&path[at - width]);
        if count > most {
            (most, start) = (count, at + 1 - width);
        }
    }
    &path[start..start + width]
}

/// Smith and Waterman's local alignment over words.
fn local(keys: &[u64], cuts: &[bool], page: &Page<'_>, path: &[usize]) -> Alignment {
    let width = path.len() + 1;
    let mut from = vec![0u8; (keys.len() + 1) * width];
    let mut above = vec![0i32; width];
    let mut row = vec![0i32; width];
    let (mut best, mut at) = (0, (0, 0));
    for i in 1..=keys.len() {
        row[0] = 0;
        let skip = if cuts[i] { 0 } else { OTHER };
        for j in 1..width {
            let same = keys[i - 1] == page.words[path[j - 1]].key;
            let step = above[j - 1] + if same { SAME } else { OTHER };
            let (up, left) = (above[j] + OTHER, row[j - 1] + skip);
            let most = step.max(up).max(left).max(0);
            row[j] = most;
            from[i * width + j] = match most {
                0 => 0,
                _ if most == step => 1,
                _ if most == up => 2,
                _ => 3,
            };
            if most > best {
                (best, at) = (most, (i, j));
            }
        }
        std::mem::swap(&mut above, &mut row);
    }
    let mut pairs = Vec::new();
    let (mut i, mut j) = at;
    while i > 0 && j > 0 {
        match from[i * width + j] {
            1 => {
                (i, j) = (i - 1, j - 1);
                if keys[i] == page.words[path[j]].key {
                    pairs.push((i, path[j]));
                }
            }
            2 => i -= 1,
            3 => j -= 1,
            _ => break,
        }
    }
    pairs.reverse();
    Alignment { pairs, score: best }
}
