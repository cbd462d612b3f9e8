//! Which short runs of words does a page hold?

/// Words in a shingle.
pub(super) const SHINGLE: usize = 5;

/// The hashes of the shingles of a page's words, in text order.
pub(super) fn shingles(stream: &[u32]) -> impl Iterator<Item = u64> {
    stream.windows(SHINGLE).map(|words| {
        words.iter().fold(0xcbf2_9ce4_8422_2325, |h: u64, w| {
            (h ^ u64::from(*w)).wrapping_mul(0x0000_0100_0000_01b3).rotate_left(23)
        })
    })
}

/// The shingles of a page that may share its text with another one, cut once for all its candidates.
#[derive(Debug, Clone)]
pub(super) struct Shingled {
    /// In text order.
    pub in_order: Vec<u64>,
    /// With the place of each, by shingle, then by place.
    places: Vec<(u64, u32)>,
    /// Each once, in order of their values.
    pub set: Vec<u64>,
}

impl Shingled {
    pub fn new(stream: &[u32]) -> Shingled {
        let in_order: Vec<u64> = shingles(stream).collect();
        let mut places: Vec<(u64, u32)> = in_order.iter().zip(0..).map(|(h, i)| (*h, i)).collect();
        places.sort_unstable();
        let mut set: Vec<u64> = places.iter().map(|(h, _)| *h).collect();
        set.dedup();
        Shingled { in_order, places, set }
    }

    /// Where a shingle stands, in order.
    pub fn places(&self, shingle: u64) -> impl Iterator<Item = usize> {
        let first = self.places.partition_point(|(h, _)| *h < shingle);
        self.places[first..].iter().take_while(move |(h, _)| *h == shingle).map(|(_, i)| *i as usize)
    }
}

/// How many values two sorted lists share.
pub(super) fn intersection(a: &[u64], b: &[u64]) -> usize {
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
