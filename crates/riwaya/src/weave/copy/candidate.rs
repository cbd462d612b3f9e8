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

/// Pairs that share enough of the shorter page's sketch, in order.
pub(super) fn candidates(readings: &[Reading], pages: &[PageWords]) -> Vec<(usize, usize)> {
    let sketches = Sketches::new(pages);
    let days: Vec<Option<i64>> = readings.iter().map(|r| r.published.as_ref().map(|p| day_number(p.date))).collect();
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

fn day_number(date: jiff::civil::Date) -> i64 {
    i64::from((date - jiff::civil::Date::ZERO).get_days())
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
