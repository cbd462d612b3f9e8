//! Do two pages fill one formula with other names?
//!
//! “The King congratulates the president of Niger on the day of independence” and the telegram to Jamaica share most of their
//! words, and neither was copied from the other: each begins with a state that the other one names nowhere.

use crate::pack::Packs;
use crate::read::Reading;
use crate::weave::across::place_of;
use crate::weave::words::PageWords;

/// In how many words after the headlines a page says whom it is about.
const FIRST: usize = 40;

/// Which states each page names, and its government as the same.
pub(super) struct Parties<'r> {
    pages: Vec<Named<'r>>,
}

/// The rows of a page's states, in order.
#[derive(Default)]
struct Named<'r> {
    /// Those of the headlines and first words.
    first: Vec<&'r str>,
    /// All.
    all: Vec<&'r str>,
}

impl<'r> Parties<'r> {
    pub fn new(readings: &'r [Reading], pages: &[PageWords], packs: &Packs) -> Parties<'r> {
        let of_page = |(reading, words): (&'r Reading, &PageWords)| {
            let end = words.tokens.get(FIRST).map_or(usize::MAX, |t| reading.text.span(*t as usize).start());
            let mut named = Named::default();
            for mention in &reading.cast.mentions {
                let known = reading.cast.entities[mention.entity].known.as_deref().map(place_of);
                let Some(id) = known.filter(|id| packs.names().get(id).is_some_and(|row| row.class == "state")) else {
                    continue;
                };
                named.all.push(id);
                if mention.span.start() < end {
                    named.first.push(id);
                }
            }
            for ids in [&mut named.first, &mut named.all] {
                ids.sort_unstable();
                ids.dedup();
            }
            named
        };
        Parties { pages: readings.iter().zip(pages).map(of_page).collect() }
    }

    /// Does each of the two pages begin with a state that the other one names nowhere?
    pub fn differ(&self, a: usize, b: usize) -> bool {
        let alone = |x: &Named<'_>, y: &Named<'_>| x.first.iter().any(|id| y.all.binary_search(id).is_err());
        let (a, b) = (&self.pages[a], &self.pages[b]);
        alone(a, b) && alone(b, a)
    }
}
