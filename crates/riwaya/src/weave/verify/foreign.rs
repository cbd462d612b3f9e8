//! Does somebody say in another language what the text quotes?
//!
//! Word for word that cannot be told. What can: who is named, days, numbers, negations, and common words that say the same in
//! every language (`langs/words.tsv`, `names/concepts.tsv`). Where nearly all of these stand in one statement of the same
//! speaker, that statement is the original, and its words are shown; otherwise nothing is said.

use super::claim::Claim;
use super::difference::{Difference, DifferenceKind};
use super::page::Page;
use crate::clitic;
use crate::mention::{EntityIndex, Mention};
use crate::pack::{Pack, Packs};
use crate::read::Reading;
use crate::text::{Span, Text, TokenKind};
use crate::weave::quantity::Quantity;
use crate::weave::sign::{Key, Kind, Signs, hash};
use crate::weave::when::Day;
use rustc_hash::FxHashMap;

/// What a sign is to a translation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum What {
    /// A number, in digits or words.
    Number,
    /// A day of the calendar; another language may say it by its distance.
    Day,
    /// A common word, a concept, or somebody whom a row names: the other language has it too.
    Known,
    /// A word of which nothing is known but how it sounds.
    Heard,
}

/// A word, number, day or name by what it may be in any language.
#[derive(Debug, Clone)]
struct Sign {
    keys: Vec<Key>,
    what: What,
    span: Span,
}

/// Words of one language by their signs.
#[derive(Debug, Clone, Default)]
pub(super) struct Signed {
    signs: Vec<Sign>,
    /// Where words negate.
    negations: Vec<Span>,
    /// Words that say something by themselves.
    words: usize,
    /// From the first to the last.
    span: Option<Span>,
}

/// Takes the signs of words.
pub(super) struct Signer<'p> {
    packs: &'p Packs,
    signs: Signs<'p>,
}

impl<'p> Signer<'p> {
    pub fn new(packs: &'p Packs) -> Signer<'p> {
        Signer { packs, signs: Signs::new(packs) }
    }

    /// The signs of the words in `spans`; `groups` says for each entity of the page which one over both pages it is.
    pub fn of(&mut self, reading: &Reading, spans: &[Span], groups: &[usize], pack: &'p Pack) -> Signed {
        let mut out = Signed::default();
        for span in spans {
            self.add(reading, *span, groups, pack, &mut out);
            out.span = Some(out.span.map_or(*span, |whole| whole.to(*span)));
        }
        out
    }

    fn add(&mut self, reading: &Reading, span: Span, groups: &[usize], pack: &'p Pack, out: &mut Signed) {
        let text = &reading.text;
        let tokens = text.tokens_in(span);
        let mut taken = vec![false; tokens.len()];
        let first = tokens.start;
        let mut take = |range: std::ops::Range<usize>| {
            let free = !range.clone().any(|i| taken[i - first]);
            range.filter(|_| free).for_each(|i| taken[i - first] = true);
            free
        };
        for time in reading.times.iter().filter(|t| span.contains(t.span)) {
            if let Some(day) = Day::parse(&time.value).in_year()
                && take(text.tokens_in(time.span))
            {
                out.signs.push(Sign { keys: vec![(Kind::Day, hash(&day))], what: What::Day, span: time.span });
            }
        }
        let counts = |q: &Quantity| !(q.ordinal || q.value <= PAIR || q.value == HUNDRED);
        for quantity in pack.quantities.read(text, tokens.clone()).into_iter().filter(counts) {
            let span = text.span_of(quantity.tokens.clone());
            if take(quantity.tokens) {
                let keys = vec![(Kind::Number, quantity.value.to_bits())];
                out.signs.push(Sign { keys, what: What::Number, span });
            }
        }
        let named = |m: &&Mention| span.contains(m.span) && reading.cast.entities[m.entity].named;
        for mention in reading.cast.mentions_in(span).filter(named) {
            let named = text.tokens_in(mention.span);
            let mut keys = vec![(Kind::Entity, groups.get(mention.entity).copied().unwrap_or_default() as u64)];
            keys.extend(named.clone().flat_map(|i| self.signs.word(text.key(i), pack)));
            let known = reading.cast.entities[mention.entity].known.is_some();
            if take(named) {
                let what = if known { What::Known } else { What::Heard };
                out.signs.push(Sign { keys, what, span: mention.span });
                out.words += 1;
            }
        }
        let concepts: FxHashMap<usize, usize> =
            self.packs.concepts().named(text, tokens.clone(), pack).iter().map(|n| (n.token, n.concept)).collect();
        let negators = tokens.clone().filter(|i| negates(text, *i, pack));
        out.negations.extend(negators.map(|i| text.span(i)));
        for i in tokens
            .clone()
            .filter(|i| !taken[i - first] && !negates(text, *i, pack) && text.tokens()[*i].kind == TokenKind::Word)
        {
            let key = text.key(i);
            if pack.stages().mention.is_function(key) || pack.words.is_stop(key) {
                continue;
            }
            out.words += 1;
            // Two common words may sound alike in two languages by chance.
            let mut keys = self.signs.word(key, pack);
            keys.retain(|(kind, _)| *kind != Kind::Sound);
            keys.extend(concepts.get(&i).map(|c| (Kind::Word, CONCEPTS + *c as u64)));
            let known = keys.iter().any(|(kind, _)| *kind == Kind::Word);
            let what = if known { What::Known } else { What::Heard };
            out.signs.push(Sign { keys, what, span: text.span(i) });
        }
        out.signs.sort_by_key(|s| s.span);
    }
}

/// A pair may stand in the ending of a word («الطرفان»), and «في المئة» is a sign in another language.
const PAIR: f64 = 2.0;
const HUNDRED: f64 = 100.0;
/// Concepts are counted from here, above all rows of words.
const CONCEPTS: u64 = 1 << 32;

fn negates(text: &Text, i: usize, pack: &Pack) -> bool {
    let key = text.key(i);
    let apostrophe = key == "t" && i > 0 && matches!(text.word(i - 1), "'" | "’");
    apostrophe
        || pack.quotations.negates(key)
        || pack.language.clitics && clitic::readings(key).any(|r| pack.quotations.negates(&r.stem))
}

/// How well a claim stands in a statement of another language.
#[derive(Debug, Clone)]
pub(super) struct Match {
    /// Signs that both have.
    pub shared: usize,
    /// What is not the same, where nearly all else is.
    pub differences: Vec<Difference>,
    /// Words of the text that the other language has no counterpart for, though common words are known in both.
    pub alone: Vec<Span>,
}

/// What shared signs must weigh at least, a word 1, a number, day or name 2.
const LEAST: usize = 4;
/// Of a hundred known signs of the claim, and of those of the statement beside them, so many must be shared.
const SHARE: usize = 55;
/// Of a hundred words of the claim, so many must be known.
const KNOWN: usize = 30;
/// The one may have so many times the letters of the other.
const LONGER: usize = 2;

/// The claim in the statement, where that is surely its original.
pub(super) fn matched(claim: &Signed, said: &Signed, text: &Reading, page: &Reading) -> Option<Match> {
    let pairs = pairs(&claim.signs, &said.signs);
    let (first, last) = (pairs.iter().map(|p| p.1).min()?, pairs.iter().map(|p| p.1).max()?);
    let is_shared = |i: usize| pairs.iter().any(|p| p.0 == i);
    let is_met = |j: usize| pairs.iter().any(|p| p.1 == j);
    let counts = |what: What| matches!(what, What::Known | What::Number);
    let window = &said.signs[first..=last];
    let known = claim.signs.iter().filter(|s| counts(s.what)).count();
    let known_there = window.iter().filter(|s| counts(s.what)).count();
    let shared = pairs.len();
    let is_word = |s: &Sign| s.keys.iter().all(|(kind, _)| *kind == Kind::Word);
    let weight: usize = pairs.iter().map(|p| 2 - usize::from(is_word(&claim.signs[p.0]))).sum();
    let numbers = unpaired(&claim.signs, What::Number, &is_shared);
    let days = unpaired(&claim.signs, What::Day, &is_shared);
    let other_numbers = unpaired(&said.signs, What::Number, &is_met);
    let other_days = unpaired(&said.signs, What::Day, &is_met);
    let span = window.first()?.span.to(window.last()?.span);
    let letters = |reading: &Reading, span: Span| reading.text.at(span).chars().filter(|c| c.is_alphanumeric()).count();
    let (a, b) = (letters(text, claim.span?), letters(page, said.span?));
    let fits = weight >= LEAST
        && shared * 100 >= SHARE * known.max(1)
        && shared * 100 >= SHARE * known_there.max(1)
        && known * 100 >= KNOWN * claim.words
        && a <= LONGER * b;
    if !fits || numbers.len() != other_numbers.len() && !numbers.is_empty() || days.len() > other_days.len() {
        return None;
    }
    let at = |reading: &Reading, span: Span| reading.text.at(span).to_owned();
    let differ = |kind: DifferenceKind, (wanted, found): (&Span, &Span)| {
        let (wanted, found) = (at(text, *wanted), at(page, *found));
        (kind, wanted, found)
    };
    let mut told: Vec<_> = numbers.iter().zip(&other_numbers).map(|p| differ(DifferenceKind::Number, p)).collect();
    told.extend(days.iter().zip(&other_days).map(|p| differ(DifferenceKind::Date, p)));
    let near = |n: &&Span| said.span.is_some_and(|s| s.contains(**n)) && n.start() <= span.end();
    let negated = said.negations.iter().find(near);
    if claim.negations.is_empty() != negated.is_none() {
        let wanted = claim.negations.first().map_or(String::new(), |n| at(text, *n));
        told.push((DifferenceKind::Negation, wanted, negated.map_or(String::new(), |n| at(page, *n))));
    }
    let differences =
        told.into_iter().map(|(kind, wanted, found)| Difference { kind, wanted, found, span: None }).collect();
    let alone = claim.signs.iter().enumerate().filter(|(i, s)| s.what == What::Known && !is_shared(*i));
    Some(Match { shared, differences, alone: alone.map(|(_, s)| s.span).collect() })
}

fn unpaired(signs: &[Sign], what: What, paired: &impl Fn(usize) -> bool) -> Vec<Span> {
    signs.iter().enumerate().filter(|(n, s)| s.what == what && !paired(*n)).map(|(_, s)| s.span).collect()
}

/// Pairs of signs that can be one, each in one pair, numbers, days and names before words.
fn pairs(claim: &[Sign], said: &[Sign]) -> Vec<(usize, usize)> {
    let mut met = vec![false; said.len()];
    let mut out: Vec<(usize, usize)> = Vec::new();
    let is_word = |s: &Sign| s.keys.iter().all(|(kind, _)| *kind == Kind::Word);
    for words in [false, true] {
        for (i, sign) in claim.iter().enumerate().filter(|(_, s)| is_word(s) == words) {
            let one = |j: &usize| !met[*j] && sign.keys.iter().any(|key| said[*j].keys.contains(key));
            if let Some(j) = (0..said.len()).find(one) {
                met[j] = true;
                out.push((i, j));
            }
        }
    }
    out
}

/// The spans of a claim's words.
pub(super) fn spans(claim: &Claim) -> Vec<Span> {
    let piece = |p: &super::claim::Piece| Some(p.words.first()?.span.to(p.words.last()?.span));
    claim.pieces.iter().filter_map(piece).collect()
}

/// The statements of `speaker` on a page.
pub(super) fn statements(page: &Page<'_>, mut speaker: impl FnMut(EntityIndex) -> bool) -> Vec<usize> {
    let statements = page.reading.statements.iter().enumerate();
    statements.filter(|(_, s)| s.speaker.is_some_and(&mut speaker)).map(|(n, _)| n).collect()
}
