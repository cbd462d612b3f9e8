//! On which pages could the words stand?
//!
//! A record is looked through once: two neighbouring words of a page are looked up among those of all claims. Only
//! pages that share enough of them with a claim are read. Of pages in other languages, those that name the speaker and
//! share most of what a translation keeps ([`Abroad`]).

use super::claim::{Claim, claims};
use super::foreign;
use super::words::{Word, words};
use crate::mention::EntityKind;
use crate::pack::Packs;
use crate::read::Reading;
use crate::text::{Text, TokenKind};
use crate::weave::sign::{Key, Kind, Signs};
use rustc_hash::{FxHashMap, FxHashSet};
use std::hash::Hash;

/// The pairs of neighbouring words of all claims of a text.
#[derive(Debug)]
pub struct Seeker<'p> {
    packs: &'p Packs,
    pairs: FxHashMap<u64, u32>,
    /// The pairs as folded words with spaces between, by their numbers.
    phrases: Vec<String>,
    /// For each claim, its pairs.
    claims: Vec<Vec<u32>>,
    abroad: Abroad,
}

/// What pages in other languages than the text's may share with its claims.
#[derive(Debug, Default)]
struct Abroad {
    /// The language of the text.
    lang: Option<String>,
    signs: FxHashMap<Key, u32>,
    /// For each claim, how its speaker's name sounds, and its signs; empty where nobody is named.
    claims: Vec<(Vec<u32>, Vec<u32>)>,
}

/// What a page shares with the claims.
#[derive(Debug, Clone, Default)]
pub struct Hits {
    pairs: Vec<u32>,
    signs: Vec<u32>,
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
        let claims = claims(text, packs);
        Seeker { abroad: Abroad::new(text, &claims, packs), ..Seeker::of(&claims, &text.text, packs) }
    }

    /// Looks through pages one after another; what it learned of a word serves all of them.
    pub fn looker(&self) -> Looker<'_> {
        Looker { seeker: self, signs: Signs::new(self.packs) }
    }

    /// The pairs of neighbouring words of the claims as the words of pages are folded, for an index of words that says
    /// where they stand: see [`Seeker::choose_on`].
    pub fn phrases(&self) -> &[String] {
        &self.phrases
    }

    /// Could pages in other languages hold what the text quotes? Then these must be looked through.
    pub fn looks_abroad(&self) -> bool {
        !self.abroad.signs.is_empty()
    }

    /// The pages worth reading, in order, from the pages on which each of [`Seeker::phrases`] stands.
    pub fn choose_on<P: Copy + Ord + Hash>(&self, on: &[Vec<P>]) -> Vec<P> {
        let chosen: FxHashSet<P> = self.near(on).into_iter().flatten().collect();
        sorted(chosen)
    }

    /// The pages in other languages worth reading, in order.
    pub fn choose_abroad(&self, pages: &[Hits]) -> Vec<usize> {
        sorted(self.abroad.near(pages).into_iter().flatten().collect())
    }

    pub(super) fn of(claims: &[Claim], text: &Text, packs: &'p Packs) -> Seeker<'p> {
        let mut seeker = Seeker {
            packs,
            pairs: FxHashMap::default(),
            phrases: Vec::new(),
            claims: Vec::with_capacity(claims.len()),
            abroad: Abroad::default(),
        };
        for claim in claims {
            let mut own: Vec<u32> = Vec::new();
            for pair in claim.pieces.iter().flat_map(|p| p.words.windows(2)) {
                let next = seeker.pairs.len() as u32;
                let number = *seeker.pairs.entry(pair_key(&pair[0], &pair[1])).or_insert(next);
                if number == next {
                    seeker.phrases.push(phrase(text, &pair[0], &pair[1]));
                }
                own.push(number);
            }
            own.sort_unstable();
            own.dedup();
            seeker.claims.push(own);
        }
        seeker
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
        let chosen = self.near(&self.holders(&pairs)).into_iter().chain(self.abroad.near(pages));
        sorted(chosen.flatten().collect())
    }

    /// For each pair, the pages that hold it, given the pairs of each page.
    pub(super) fn holders(&self, pages: &[&[u32]]) -> Vec<Vec<usize>> {
        let mut on: Vec<Vec<usize>> = vec![Vec::new(); self.phrases.len()];
        for (page, pairs) in pages.iter().enumerate() {
            pairs.iter().for_each(|pair| on[*pair as usize].push(page));
        }
        on
    }

    /// For each claim, the pages that share enough of its pairs, the nearest first; `on` are the pages that hold each pair.
    pub(super) fn near<P: Copy + Ord + Hash>(&self, on: &[Vec<P>]) -> Vec<Vec<P>> {
        let holders = |pair: &u32| on.get(*pair as usize).map_or(&[][..], Vec::as_slice);
        let weight = |pair: &u32| 1.0 / (1.0 + holders(pair).len() as f32).ln().max(0.7);
        let near = |claim: &Vec<u32>| {
            let whole: f32 = claim.iter().map(weight).sum();
            let mut score: FxHashMap<P, f32> = FxHashMap::default();
            for pair in claim {
                let weight = weight(pair);
                holders(pair).iter().for_each(|page| *score.entry(*page).or_default() += weight);
            }
            let mut near: Vec<(P, f32)> =
                score.into_iter().map(|(page, s)| (page, s / whole)).filter(|(_, s)| *s >= SHARE).collect();
            near.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
            let whole = near.iter().take_while(|(_, s)| *s >= WHOLE).count();
            near.truncate(whole + NEAREST);
            near.into_iter().map(|(page, _)| page).collect()
        };
        self.claims.iter().map(near).collect()
    }
}

/// Looks through pages.
pub struct Looker<'s> {
    seeker: &'s Seeker<'s>,
    signs: Signs<'s>,
}

impl Looker<'_> {
    /// Looks through the text of a page; `lang` is the language that its metadata gives.
    pub fn look(&mut self, text: &str, lang: Option<&str>) -> Hits {
        let Seeker { packs, abroad, .. } = self.seeker;
        let Some(pack) = lang.and_then(|code| packs.get(code)).or_else(|| packs.detect(text)) else {
            let text = Text::new(text.to_owned(), &crate::language::Language::default());
            let pairs = self.seeker.pairs_in(&words(&text, 0..text.len(), packs));
            return Hits { pairs, ..Hits::default() };
        };
        let text = Text::new(text.to_owned(), &pack.language);
        let pairs = self.seeker.pairs_in(&words(&text, 0..text.len(), packs));
        let mut signs: Vec<u32> = Vec::new();
        if !abroad.signs.is_empty() && abroad.lang.as_ref() != Some(&pack.language.code) {
            let keys = (0..text.len()).flat_map(|i| self.signs.word(text.key(i), pack));
            signs.extend(keys.filter_map(|key| abroad.signs.get(&key)));
            signs.sort_unstable();
            signs.dedup();
        }
        Hits { pairs, signs, lang: Some(pack.language.code.clone()) }
    }
}

/// Share of a claim's signs, weighed by how rare they are, that a page in another language must have.
const SIGNS: f32 = 0.3;

impl Abroad {
    fn new(text: &Reading, claims: &[Claim], packs: &Packs) -> Abroad {
        let lang = text.lang.clone();
        let Some(pack) = lang.as_deref().and_then(|lang| packs.get(lang)) else { return Abroad::default() };
        let (mut abroad, mut signs) = (Abroad { lang, ..Abroad::default() }, Signs::new(packs));
        for claim in claims {
            let speaker = claim.speaker.map(|n| &text.cast.entities[n]);
            let named = speaker.filter(|e| e.named && e.kind == EntityKind::Person && !claim.is_short(&text.text));
            let Some(named) = named else {
                abroad.claims.push((Vec::new(), Vec::new()));
                continue;
            };
            let sounds = named.key.split(' ').flat_map(|word| signs.word(word, pack));
            let sounds: Vec<Key> = sounds.filter(|(kind, _)| *kind == Kind::Sound).collect();
            let tokens = foreign::spans(claim).into_iter().flat_map(|span| text.text.tokens_in(span));
            let own: Vec<Key> = tokens.flat_map(|i| signs.word(text.text.key(i), pack)).collect();
            let own = own.into_iter().filter(|(kind, _)| matches!(kind, Kind::Word | Kind::Latin));
            abroad.claims.push((numbered(sounds, &mut abroad.signs), numbered(own, &mut abroad.signs)));
        }
        abroad
    }

    /// For each claim, the pages in other languages that share the most of its signs and of its speaker's name.
    fn near(&self, pages: &[Hits]) -> Vec<Vec<usize>> {
        let mut on: FxHashMap<u32, Vec<usize>> = FxHashMap::default();
        for (page, hits) in pages.iter().enumerate() {
            hits.signs.iter().for_each(|sign| on.entry(*sign).or_default().push(page));
        }
        let holders = |sign: &u32| on.get(sign).map_or(&[][..], Vec::as_slice);
        let near = |(speaker, signs): &(Vec<u32>, Vec<u32>)| {
            let weight = |sign: &u32| ((pages.len() + 1) as f32 / (1 + holders(sign).len()) as f32).ln().max(0.1);
            // What stands on no page, as most of a claim's own words, tells nothing of any.
            let whole: f32 = signs.iter().filter(|sign| !holders(sign).is_empty()).map(weight).sum();
            let mut score: FxHashMap<usize, f32> = FxHashMap::default();
            // A name may sound a little otherwise there, so that it speaks for a page and its absence not against it.
            for sign in speaker.iter().chain(signs) {
                holders(sign).iter().for_each(|page| *score.entry(*page).or_default() += weight(sign));
            }
            let several = |page: &usize| signs.iter().filter(|sign| holders(sign).contains(page)).count() > 1;
            let enough = |(page, score): &(usize, f32)| *score >= SIGNS * whole && several(page);
            let mut near: Vec<(usize, f32)> = score.into_iter().filter(enough).collect();
            near.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
            near.into_iter().take(NEAREST).map(|(page, _)| page).collect()
        };
        self.claims.iter().map(near).collect()
    }
}

fn sorted<P: Ord>(chosen: FxHashSet<P>) -> Vec<P> {
    let mut chosen: Vec<P> = chosen.into_iter().collect();
    chosen.sort_unstable();
    chosen
}

/// The folded words from the first token of `a` to the last of `b`.
fn phrase(text: &Text, a: &Word, b: &Word) -> String {
    let tokens = text.tokens_in(a.span).chain(text.tokens_in(b.span));
    let keys = tokens.filter(|i| text.tokens()[*i].kind != TokenKind::Punct).map(|i| text.key(i));
    keys.filter(|key| !key.is_empty()).collect::<Vec<_>>().join(" ")
}

/// The numbers of keys, each once.
fn numbered(keys: impl IntoIterator<Item = Key>, known: &mut FxHashMap<Key, u32>) -> Vec<u32> {
    let mut out: Vec<u32> = Vec::new();
    for key in keys {
        let next = known.len() as u32;
        out.push(*known.entry(key).or_insert(next));
    }
    out.sort_unstable();
    out.dedup();
    out
}

/// A page with so much of a claim may hold all of it: a pair is lost at «, he said,» and at a clitic.
const WHOLE: f32 = 0.8;

fn pair_key(a: &Word, b: &Word) -> u64 {
    a.key.rotate_left(21) ^ b.key
}
