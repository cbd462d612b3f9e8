//! What of a page stays when it is translated?
//!
//! Who and what is named, days, numbers, words in Latin letters, words that sound alike («Сочимилько», “Xochimilco”), and common words
//! that say the same (`words.tsv`), sentence by sentence in their order.

use crate::pack::{Pack, Packs};
use crate::read::Reading;
use crate::text::{Sentence, Span, TokenKind};
use crate::weave::when::Day;
use rustc_hash::FxHashMap;

/// What a sign is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Kind {
    /// An entity that is joined across languages.
    Entity,
    /// A day of the calendar.
    Day,
    /// A number.
    Number,
    /// A word in Latin letters.
    Latin,
    /// How a word sounds.
    Sound,
    /// A common word.
    Word,
}

/// Kind and value, equal for what is the same.
pub(crate) type Key = (Kind, u64);

/// A sentence by its signs.
#[derive(Debug, Clone)]
pub(crate) struct Signed {
    /// Where it stands.
    pub span: Span,
    /// The line that holds it.
    pub line: usize,
    /// Its letters and digits.
    pub letters: usize,
    /// Its signs in text order, each by what it may be; two that share a key can be one.
    pub signs: Vec<Vec<Key>>,
}

/// All keys of a page, each once, in order.
pub(crate) fn outline(page: &[Signed]) -> Vec<Key> {
    let mut keys: Vec<Key> = page.iter().flat_map(|s| &s.signs).flatten().copied().collect();
    keys.sort_unstable();
    keys.dedup();
    keys
}

/// Looks up the signs of pages; every distinct word is looked up once.
pub(crate) struct Signs<'p> {
    packs: &'p Packs,
    words: FxHashMap<&'p str, FxHashMap<String, Vec<Key>>>,
}

/// Sounds that a word must keep to be known by them.
const LEAST_SOUNDS: usize = 3;
/// Letters of a word in Latin letters, likewise.
const LEAST_LETTERS: usize = 3;

impl<'p> Signs<'p> {
    pub fn new(packs: &'p Packs) -> Signs<'p> {
        Signs { packs, words: FxHashMap::default() }
    }

    /// The sentences of a page whose entities belong to these groups; none where no pack reads it.
    pub fn of(&mut self, reading: &Reading, groups: &[usize]) -> Vec<Signed> {
        let Some(pack) = reading.lang.as_deref().and_then(|lang| self.packs.get(lang)) else { return Vec::new() };
        let named = |n: usize| reading.cast.entities[n].named;
        let mentions = reading.cast.mentions.iter().filter(|m| named(m.entity));
        let mut findings: Vec<(usize, Key)> =
            mentions.map(|m| (m.span.start(), (Kind::Entity, groups[m.entity] as u64))).collect();
        for time in &reading.times {
            if let Some(day) = Day::parse(&time.value).in_year() {
                findings.push((time.span.start(), (Kind::Day, hash(&day))));
            }
        }
        findings.sort_unstable();
        let sentences = reading.text.sentences().iter();
        let sentences = sentences.filter(|s| reading.layout.is_article(reading.text.span_of(s.tokens.clone()).start()));
        sentences.map(|s| self.sentence(s, reading, &findings, pack)).collect()
    }

    fn sentence(
        &mut self,
        sentence: &Sentence,
        reading: &Reading,
        findings: &[(usize, Key)],
        pack: &'p Pack,
    ) -> Signed {
        let text = &reading.text;
        let span = text.span_of(sentence.tokens.clone());
        let first = findings.partition_point(|(at, _)| *at < span.start());
        let here = findings[first..].iter().take_while(|(at, _)| *at < span.end());
        let mut placed: Vec<(usize, Vec<Key>)> = here.map(|(at, key)| (*at, vec![*key])).collect();
        let mut letters = 0;
        for i in sentence.tokens.clone().filter(|i| text.tokens()[*i].kind != TokenKind::Punct) {
            letters += text.word(i).chars().count();
            let keys = match text.tokens()[i].kind {
                TokenKind::Number => vec![(Kind::Number, hash(text.key(i).trim_start_matches('0')))],
                TokenKind::Word | TokenKind::Punct => self.word(text.key(i), pack),
            };
            if !keys.is_empty() {
                placed.push((text.span(i).start(), keys));
            }
        }
        placed.sort_by_key(|(at, _)| *at);
        Signed { span, line: sentence.line, letters, signs: placed.into_iter().map(|(_, keys)| keys).collect() }
    }

    /// What a folded word may be.
    pub fn word(&mut self, key: &str, pack: &'p Pack) -> Vec<Key> {
        let known = self.words.entry(&pack.language.code).or_default();
        if let Some(keys) = known.get(key) {
            return keys.clone();
        }
        let meanings = self.packs.glossary().meanings(key, pack).into_iter();
        let mut keys: Vec<Key> = meanings.map(|m| (Kind::Word, u64::from(m))).collect();
        if key.len() >= LEAST_LETTERS && key.bytes().all(|b| b.is_ascii_alphabetic()) {
            keys.push((Kind::Latin, hash(key)));
        }
        let mut sounds: Vec<String> = pack.heard(key).iter().map(|s| self.packs.sounds().key(s)).collect();
        sounds.sort_unstable();
        sounds.dedup();
        let telling = sounds.iter().filter(|s| s.chars().count() >= LEAST_SOUNDS);
        keys.extend(telling.map(|s| (Kind::Sound, hash(s))));
        known.insert(key.to_owned(), keys.clone());
        keys
    }
}

/// FNV-1a: the same on every machine and for every order of pages.
pub(crate) fn hash(key: &str) -> u64 {
    key.bytes().fold(0xcbf2_9ce4_8422_2325, |h, b| (h ^ u64::from(b)).wrapping_mul(0x0000_0100_0000_01b3))
}
