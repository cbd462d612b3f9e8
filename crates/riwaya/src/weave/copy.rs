//! Which pages are the same text? How many independent origins are left?

use crate::page::CreditKind;
use crate::read::Reading;
use crate::text::Span;
use crate::weave::words::PageWords;
use rustc_hash::FxHashMap;
use std::cell::OnceCell;
use std::collections::BTreeMap;

/// How much of two texts is one text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum CopyRelation {
    /// Nothing but marks and spacing differs.
    Same,
    /// Most of both.
    Near,
    /// One was cut from the other.
    Part,
}

impl CopyRelation {
    /// The word of the contract.
    pub fn as_str(self) -> &'static str {
        match self {
            CopyRelation::Same => "same",
            CopyRelation::Near => "near",
            CopyRelation::Part => "part",
        }
    }
}

/// Two pages that share their text.
#[derive(Debug, Clone)]
pub struct Copy {
    /// The page that the other one follows: the earlier, the credited, the longer.
    pub of: usize,
    /// The page that carries its text.
    pub page: usize,
    /// How much.
    pub relation: CopyRelation,
    /// Share of the shorter text that stands in the other one, from 0 to 1.
    pub share: f32,
    /// Runs that match: where in `of`, where in `page`.
    pub runs: Vec<(Span, Span)>,
}

/// How widely something is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts {
    /// Pages.
    pub articles: usize,
    /// Outlets that carry them.
    pub outlets: usize,
    /// Independent origins, an upper bound: copies of one text and texts credited to one agency count once.
    pub origins: usize,
}

/// Articles, outlets and independent origins of `pages`: the one place where the three are counted.
pub fn counts(pages: &[usize], readings: &[Reading], copies: &[Copy]) -> Counts {
    let mut outlets: Vec<String> = pages.iter().map(|p| outlet(&readings[*p])).collect();
    outlets.sort();
    outlets.dedup();
    let mut groups = Groups::new(pages.len());
    let place = |page: usize| pages.iter().position(|p| *p == page);
    for copy in copies {
        if let (Some(a), Some(b)) = (place(copy.of), place(copy.page)) {
            groups.join(a, b);
        }
    }
    let mut by_agency: BTreeMap<String, usize> = BTreeMap::new();
    for (n, page) in pages.iter().enumerate() {
        for agency in agencies(&readings[*page]) {
            let first = *by_agency.entry(agency).or_insert(n);
            groups.join(first, n);
        }
    }
    let origins = (0..pages.len()).filter(|n| groups.find(*n) == *n).count();
    Counts { articles: pages.len(), outlets: outlets.len(), origins }
}

/// The outlet, else whoever the page says carries it, else the page itself.
pub(crate) fn outlet(reading: &Reading) -> String {
    let carrier = reading.layout.credits.iter().find(|c| c.kind == CreditKind::Carrier).map(|c| &c.name);
    reading.source.outlet.as_ref().or(carrier).unwrap_or(&reading.source.id).clone()
}

fn agencies(reading: &Reading) -> impl Iterator<Item = String> {
    reading.layout.credits.iter().filter(|c| c.kind == CreditKind::Agency).map(|c| c.name.to_lowercase())
}

/// Words in a shingle.
const SHINGLE: usize = 5;
/// Of how many shingles one is kept to propose candidates.
const SAMPLE: u64 = 4;
/// A shingle on more pages than this is a formula («حفظه الله …») and proposes only neighbours.
const FORMULA: usize = 48;
/// Share of the shorter text from which on a copy is one.
const LEAST_SHARE: f32 = 0.4;
/// Share of both texts from which on they are one text with changes.
const NEAR: f32 = 0.5;
/// Fewest shingles that two texts must share: four words in common make no copy.
const LEAST_SHINGLES: usize = 12;

/// All pairs of pages that share their text: candidates from an inverted index of sampled shingles, each verified
/// on all shingles.
pub(crate) fn copies(readings: &[Reading], pages: &[PageWords]) -> Vec<Copy> {
    let candidates = candidates(pages);
    let mut out = Vec::new();
    let cut: Vec<OnceCell<Shingled>> = vec![OnceCell::new(); pages.len()];
    let cut = |page: usize| cut[page].get_or_init(|| Shingled::new(&pages[page].stream));
    for (a, b) in candidates {
        let (set, other) = (&cut(a).set, &cut(b).set);
        let common = intersection(set, other);
        let shorter = set.len().min(other.len());
        if shorter == 0 || common < LEAST_SHINGLES.min(shorter) {
            continue;
        }
        let share = common as f32 / shorter as f32;
        if share < LEAST_SHARE {
            continue;
        }
        let of_both = common as f32 / (set.len() + other.len() - common) as f32;
        let relation = match () {
            () if pages[a].stream == pages[b].stream => CopyRelation::Same,
            () if of_both >= NEAR => CopyRelation::Near,
            () => CopyRelation::Part,
        };
        let (of, page) = direction(a, b, readings, pages);
        out.push(Copy { of, page, relation, share, runs: runs((of, cut(of)), (page, cut(page)), readings, pages) });
    }
    out
}

/// The earlier page is followed by the later one; on one day the credited agency's text by the others, the longer
/// by the shorter, the first by the second.
fn direction(a: usize, b: usize, readings: &[Reading], pages: &[PageWords]) -> (usize, usize) {
    let day = |p: usize| readings[p].published.as_ref().map(|x| x.date);
    if let (Some(x), Some(y)) = (day(a), day(b))
        && x != y
    {
        return if x < y { (a, b) } else { (b, a) };
    }
    let length = |p: usize| pages[p].stream.len();
    if length(b) > length(a) { (b, a) } else { (a, b) }
}

fn shingles(stream: &[u32]) -> impl Iterator<Item = u64> {
    stream.windows(SHINGLE).map(|words| {
        words.iter().fold(0xcbf2_9ce4_8422_2325, |h: u64, w| {
            (h ^ u64::from(*w)).wrapping_mul(0x0000_0100_0000_01b3).rotate_left(23)
        })
    })
}

/// The shingles of a page that may share its text with another one, cut once for all its candidates.
#[derive(Debug, Clone)]
struct Shingled {
    /// In text order.
    in_order: Vec<u64>,
    /// With the place of each, by shingle, then by place.
    places: Vec<(u64, u32)>,
    /// Each once, in order of their values.
    set: Vec<u64>,
}

impl Shingled {
    fn new(stream: &[u32]) -> Shingled {
        let in_order: Vec<u64> = shingles(stream).collect();
        let mut places: Vec<(u64, u32)> = in_order.iter().zip(0..).map(|(h, i)| (*h, i)).collect();
        places.sort_unstable();
        let mut set: Vec<u64> = places.iter().map(|(h, _)| *h).collect();
        set.dedup();
        Shingled { in_order, places, set }
    }

    /// Where a shingle stands, in order.
    fn places(&self, shingle: u64) -> impl Iterator<Item = usize> {
        let first = self.places.partition_point(|(h, _)| *h < shingle);
        self.places[first..].iter().take_while(move |(h, _)| *h == shingle).map(|(_, i)| *i as usize)
    }
}

fn intersection(a: &[u64], b: &[u64]) -> usize {
    let (mut i, mut j, mut common) = (0, 0, 0);
    while i < a.len() && j < b.len() {
        match a[i].cmp(&b[j]) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => {
                common += 1;
                i += 1;
                j += 1;
            }
        }
    }
    common
}

/// Pairs that share at least a fifth of the shorter page's sampled shingles, in order.
fn candidates(pages: &[PageWords]) -> Vec<(usize, usize)> {
    let mut postings: Vec<(u64, u32)> = Vec::new();
    let mut sampled = vec![0u32; pages.len()];
    let mut own: Vec<u64> = Vec::new();
    for (n, page) in pages.iter().enumerate() {
        own.extend(shingles(&page.stream).filter(|h| mix(*h).is_multiple_of(SAMPLE)));
        own.sort_unstable();
        own.dedup();
        sampled[n] = own.len() as u32;
        postings.extend(own.drain(..).map(|h| (h, n as u32)));
    }
    postings.sort_unstable();
    let mut shared: FxHashMap<(u32, u32), u32> = FxHashMap::default();
    for group in postings.chunk_by(|a, b| a.0 == b.0) {
        let reach = if group.len() > FORMULA { 2 } else { group.len() };
        for (i, a) in group.iter().enumerate() {
            for b in group[i + 1..].iter().take(reach) {
                *shared.entry((a.1, b.1)).or_insert(0) += 1;
            }
        }
    }
    let mut pairs: Vec<(usize, usize)> = shared
        .into_iter()
        .filter(|((a, b), n)| n * 5 >= sampled[*a as usize].min(sampled[*b as usize]))
        .map(|((a, b), _)| (a as usize, b as usize))
        .collect();
    pairs.sort_unstable();
    pairs
}

/// Spreads a shingle's bits, so that sampling takes words of all kinds.
fn mix(h: u64) -> u64 {
    let h = (h ^ (h >> 33)).wrapping_mul(0xff51_afd7_ed55_8ccd);
    h ^ (h >> 29)
}

/// Stretches of at least [`SHINGLE`] words that stand on both pages, longest match first at each place.
fn runs(
    (of, shingled): (usize, &Shingled),
    (page, other): (usize, &Shingled),
    readings: &[Reading],
    pages: &[PageWords],
) -> Vec<(Span, Span)> {
    let (a, b) = (&pages[of], &pages[page]);
    let hashes = &other.in_order;
    let mut out = Vec::new();
    let mut j = 0;
    while j < hashes.len() {
        let length = |i: usize| a.stream[i..].iter().zip(&b.stream[j..]).take_while(|(x, y)| x == y).count();
        let best = shingled.places(hashes[j]).take(8).map(|i| (length(i), i));
        match best.max_by_key(|(n, i)| (*n, usize::MAX - i)) {
            Some((n, i)) if n >= SHINGLE => {
                let span = |p: usize, words: &PageWords, at: usize| {
                    readings[p].text.span_of(words.tokens[at] as usize..words.tokens[at + n - 1] as usize + 1)
                };
                out.push((span(of, a, i), span(page, b, j)));
                j += n;
            }
            _ => j += 1,
        }
    }
    out
}

/// Things that were joined, the first of each group standing for it.
#[derive(Debug, Clone)]
pub(crate) struct Groups(Vec<usize>);

impl Groups {
    pub fn new(n: usize) -> Groups {
        Groups((0..n).collect())
    }

    pub fn find(&mut self, mut n: usize) -> usize {
        while self.0[n] != n {
            self.0[n] = self.0[self.0[n]];
            n = self.0[n];
        }
        n
    }

    pub fn join(&mut self, a: usize, b: usize) {
        let (a, b) = (self.find(a), self.find(b));
        self.0[a.max(b)] = a.min(b);
    }
}
