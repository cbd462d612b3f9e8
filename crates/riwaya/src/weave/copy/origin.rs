//! How many articles, outlets and independent origins are there?

use super::Copy;
use crate::page::CreditKind;
use crate::read::Reading;
use rustc_hash::FxHashMap;

/// How widely something is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts {
    /// Pages.
    pub articles: usize,
    /// Outlets that carry them.
    pub outlets: usize,
    /// Independent origins, an upper bound: copies and translations of one text count once, and so do all texts of one agency,
    /// its own and those that credit it. What was copied without a credit and rewritten is not seen.
    pub origins: usize,
}

/// Articles, outlets and independent origins of `pages`: the one place where the three are counted.
pub fn counts(pages: &[usize], readings: &[Reading], copies: &[Copy]) -> Counts {
    let mut outlets: Vec<String> = pages.iter().map(|p| carrier(&readings[*p])).collect();
    outlets.sort();
    outlets.dedup();
    let mut groups = Groups::new(pages.len());
    let places: FxHashMap<usize, usize> = pages.iter().enumerate().map(|(n, page)| (*page, n)).collect();
    for copy in copies {
        if let (Some(a), Some(b)) = (places.get(&copy.of), places.get(&copy.page)) {
            groups.join(*a, *b);
        }
    }
    let mut by_agency: FxHashMap<String, usize> = FxHashMap::default();
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

/// The same as one of `langs/names/` where there is a row, so that «رويترز» and “Reuters” are one.
fn carrier(reading: &Reading) -> String {
    let credits = &reading.layout.credits;
    let own = credits.iter().find(|c| c.kind == CreditKind::Carrier && reading.source.outlet.as_ref() == Some(&c.name));
    own.map_or_else(|| outlet(reading), |c| c.body())
}

/// The agencies whose text a page is: those that it credits, and its own outlet where that is one.
fn agencies(reading: &Reading) -> impl Iterator<Item = String> {
    reading.layout.credits.iter().filter(|c| c.kind == CreditKind::Agency || c.is_agency).map(|c| c.body())
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
