//! By what is a page found again among many?

use crate::pack::Packs;
use crate::read::Reading;
use crate::text::TokenKind;
use crate::weave::when::Day;
use rustc_hash::FxHasher;
use std::hash::{Hash, Hasher};

/// Words of the article behind its headlines that count: its lead.
const LEAD: usize = 40;
/// Words in a run.
const RUN: usize = 5;
/// Of how many runs one is kept, chosen by its words, so that pages with one text keep the same ones.
const SAMPLE: u64 = 8;
/// The most runs of a page.
const RUNS: usize = 48;

/// Hashes of what a page is about, in order: stems of headline and lead, whom it names, which days, and some of its runs
/// of words. Two pages of one story share several, and a cut-down copy shares runs with its original. The same on every
/// machine.
pub fn marks(reading: &Reading, packs: &Packs) -> Vec<u64> {
    let mut marks = words(reading, packs);
    for entity in reading.cast.entities.iter().filter(|e| e.named) {
        let name = entity.known.as_deref().unwrap_or(&entity.key);
        marks.push(hash("name", name));
    }
    marks.extend(reading.times.iter().filter_map(|t| Day::parse(&t.value).in_year()).map(|day| hash("day", &day)));
    marks.extend(runs(reading));
    marks.sort_unstable();
    marks.dedup();
    marks
}

fn words(reading: &Reading, packs: &Packs) -> Vec<u64> {
    let Some(pack) = reading.lang.as_deref().and_then(|code| packs.get(code)) else { return Vec::new() };
    let text = &reading.text;
    let title = reading.layout.title.iter().flat_map(|line| text.tokens_in(*line));
    let lead = reading.layout.body.iter().flat_map(|line| text.tokens_in(*line)).take(LEAD);
    let told = title.chain(lead).filter(|i| text.tokens()[*i].kind != TokenKind::Punct);
    told.map(|i| text.key(i))
        .filter(|key| !pack.words.is_stop(key))
        .map(|key| hash("stem", pack.words.stem(key)))
        .collect()
}

fn runs(reading: &Reading) -> Vec<u64> {
    let text = &reading.text;
    let body = reading.layout.body.iter().flat_map(|line| text.tokens_in(*line));
    let keys: Vec<&str> = body.filter(|i| text.tokens()[*i].kind != TokenKind::Punct).map(|i| text.key(i)).collect();
    let mut runs: Vec<u64> = keys.windows(RUN).map(|run| hash("run", run)).filter(|h| h % SAMPLE == 0).collect();
    runs.sort_unstable();
    runs.truncate(RUNS);
    runs
}

fn hash<T: Hash + ?Sized>(kind: &str, what: &T) -> u64 {
    let mut hasher = FxHasher::default();
    kind.hash(&mut hasher);
    what.hash(&mut hasher);
    hasher.finish()
}
