//! Which stretches of words stand on both pages?

use super::shingle::{SHINGLE, Shingled};

/// Places of one shingle that are tried: a refrain stands on a page more often than that.
const PLACES: usize = 8;

/// Words that stand on both pages: where they begin, counted in words, and how many there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Stretch {
    pub of: usize,
    pub page: usize,
    pub words: usize,
}

/// Stretches of at least [`SHINGLE`] words that stand on both pages, the longest at each place, in order of the second page.
pub(super) fn stretches((of, shingled): (&[u32], &Shingled), (page, other): (&[u32], &Shingled)) -> Vec<Stretch> {
    let hashes = &other.in_order;
    let mut out = Vec::new();
    let mut j = 0;
    while j < hashes.len() {
        let length = |i: usize| of[i..].iter().zip(&page[j..]).take_while(|(x, y)| x == y).count();
        let best = shingled.places(hashes[j]).take(PLACES).map(|i| (length(i), i));
        match best.max_by_key(|(n, i)| (*n, usize::MAX - i)) {
            Some((words, i)) if words >= SHINGLE => {
                out.push(Stretch { of: i, page: j, words });
                j += words;
            }
            _ => j += 1,
        }
    }
    out
}

/// Share of the shorter page's words that stand in the stretches, from 0 to 1.
pub(super) fn share(stretches: &[Stretch], of: usize, page: usize) -> f32 {
    let mut spans: Vec<(usize, usize)> = if of < page {
        stretches.iter().map(|s| (s.of, s.of + s.words)).collect()
    } else {
        stretches.iter().map(|s| (s.page, s.page + s.words)).collect()
    };
    spans.sort_unstable();
    let (mut covered, mut end) = (0, 0);
    for (from, to) in spans {
        covered += to.saturating_sub(from.max(end));
        end = end.max(to);
    }
    covered as f32 / of.min(page).max(1) as f32
}
