//! Which pages share enough of their text to be looked at?
//!
//! A quarter of all shingles, the same quarter on every page (a scaled MinHash sketch), goes into an inverted index. What two
//! sketches share estimates how much of the shorter text stands in the longer one, as well as how like they are, so one index
//! finds near copies and texts that were cut to a tenth. No page is compared with all others, and beside the index only one
//! page's counts are held at a time.

use super::shingle::shingles;
use crate::read::Reading;
use crate::weave::words::PageWords;

/// Of how many shingles one is kept.
const SAMPLE: u64 = 4;
/// A shingle on more pages than this is a formula («حفظه الله …») and proposes only neighbours.
const FORMULA: usize = 48;
/// Share of the shorter sketch, in hundredths, that proposes a pair of one time,
const SHARE: usize = 20;
/// and one of pages that lie more than [`WINDOW`] days apart: a text may be printed again, but its formulas are everywhere.
const SHARE_APART: usize = 50;
/// Days within which agencies' texts are printed.
const WINDOW: i64 = 7;

/// Pairs that share enough of the shorter page's sketch, in order. `days` are those of publication, as [`day`] numbers them.
pub(super) fn candidates(pages: &[PageWords], days: &[Option<i64>]) -> Vec<(usize, usize)> {
    let sketches = Sketches::new(pages);
    let mut shared = vec![0u32; pages.len()];
    let mut touched: Vec<u32> = Vec::new();
    let mut pairs = Vec::new();
    for page in 0..pages.len() {
        for group in sketches.of(page).iter().map(|n| sketches.holders(*n)) {
            let before = group.partition_point(|p| (*p as usize) < page);
            let reach = if group.len() > FORMULA { 2 } else { group.len() };
            for other in &group[before.saturating_sub(reach)..before] {
                if shared[*other as usize] == 0 {
                    touched.push(*other);
                }
                shared[*other as usize] += 1;
            }
        }
        touched.sort_unstable();
        for other in touched.drain(..) {
            let other = other as usize;
            let common = std::mem::take(&mut shared[other]) as usize;
            let apart = matches!((days[page], days[other]), (Some(a), Some(b)) if (a - b).abs() > WINDOW);
            let wanted = if apart { SHARE_APART } else { SHARE };
            let shorter = sketches.of(page).len().min(sketches.of(other).len());
            if common * 100 >= wanted * shorter {
                pairs.push((other, page));
            }
        }
    }
    pairs.sort_unstable();
    pairs
}

/// The number of the day when a page was published.
pub(super) fn day(reading: &Reading) -> Option<i64> {
    reading.published.as_ref().map(|p| i64::from((p.date - jiff::civil::Date::ZERO).get_days()))
}

/// The sketches of all pages, and who holds each of their shingles.
struct Sketches {
    /// Numbers of shingles, page by page.
    numbers: Vec<u32>,
    /// Where the numbers of each page begin.
    starts: Vec<usize>,
    /// Pages in order, shingle by shingle.
    holders: Vec<u32>,
    /// Where the pages of each shingle begin.
    groups: Vec<usize>,
}

impl Sketches {
    fn new(pages: &[PageWords]) -> Sketches {
        let mut postings: Vec<(u64, u32, u32)> = Vec::new();
        let mut starts = vec![0];
        let mut own: Vec<u64> = Vec::new();
        for (n, page) in pages.iter().enumerate() {
            own.extend(shingles(&page.stream).filter(|h| mix(*h).is_multiple_of(SAMPLE)));
            own.sort_unstable();
            own.dedup();
            let first = postings.len() as u32;
            postings.extend(own.drain(..).zip(first..).map(|(h, at)| (h, n as u32, at)));
            starts.push(postings.len());
        }
        postings.sort_unstable();
        let mut numbers = vec![0; postings.len()];
        let (mut holders, mut groups) = (Vec::with_capacity(postings.len()), vec![0]);
        for (number, group) in postings.chunk_by(|a, b| a.0 == b.0).enumerate() {
            for (_, page, at) in group {
                numbers[*at as usize] = number as u32;
                holders.push(*page);
            }
            groups.push(holders.len());
        }
        Sketches { numbers, starts, holders, groups }
    }

    fn of(&self, page: usize) -> &[u32] {
        &self.numbers[self.starts[page]..self.starts[page + 1]]
    }

    fn holders(&self, number: u32) -> &[u32] {
        &self.holders[self.groups[number as usize]..self.groups[number as usize + 1]]
    }
}

/// Spreads a shingle's bits, so that sampling takes words of all kinds.
fn mix(h: u64) -> u64 {
    let h = (h ^ (h >> 33)).wrapping_mul(0xff51_afd7_ed55_8ccd);
    h ^ (h >> 29)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Knuth's linear congruential generator: the same pages on every machine.
    struct Random(u64);

    impl Random {
        fn below(&mut self, n: u64) -> u64 {
            self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (self.0 >> 33) % n
        }

        /// Words as news has them: few of them make up half of a text.
        fn words(&mut self, n: usize) -> Vec<u32> {
            (0..n)
                .map(|_| (self.below(200) * self.below(200)) as u32 / if self.below(2) == 0 { 100 } else { 1 })
                .collect()
        }
    }

    /// 20,000 pages, a tenth of them cut from the page before: half of its words with others around them (a Jaccard of about a
    /// third), or a fifth of them and nothing else.
    #[test]
    fn copies_that_were_cut_down_are_proposed_without_comparing_all_pages() {
        let mut random = Random(7);
        let mut streams: Vec<Vec<u32>> = Vec::new();
        let mut planted = Vec::new();
        while streams.len() < 20_000 {
            let whole = random.words(200);
            if streams.len() % 10 == 9 {
                let from = &streams[streams.len() - 1];
                let cut = if streams.len() % 20 == 9 {
                    [&from[..50], &random.words(50), &from[100..150], &random.words(50)].concat()
                } else {
                    from[60..100].to_vec()
                };
                planted.push((streams.len() - 1, streams.len()));
                streams.push(cut);
            } else {
                streams.push(whole);
            }
        }
        let pages: Vec<PageWords> =
            streams.into_iter().map(|stream| PageWords { stream, ..PageWords::default() }).collect();
        let days = vec![None; pages.len()];
        let found = candidates(&pages, &days);
        let hits = planted.iter().filter(|pair| found.binary_search(pair).is_ok()).count();
        assert!(hits * 1000 >= planted.len() * 990, "{hits} of {}", planted.len());
        assert!(found.len() < 2 * planted.len(), "{} pairs", found.len());
        let far: Vec<Option<i64>> = (0..pages.len() as i64).map(|n| Some(n * 30)).collect();
        let apart = candidates(&pages, &far);
        let whole = planted.iter().skip(1).step_by(2).filter(|pair| apart.binary_search(pair).is_ok()).count();
        assert!(whole * 100 >= planted.len() / 2 * 97, "{whole} texts that stand in an older one");
    }
}
