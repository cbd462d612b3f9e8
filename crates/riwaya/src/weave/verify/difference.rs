//! Which words differ, and does that turn the meaning?

use super::align::Alignment;
use super::claim::{Claim, Joint};
use super::page::Page;
use super::words::Word;
use crate::clitic;
use crate::pack::{Pack, Packs};
use crate::read::Reading;
use crate::text::{Span, TokenKind};
use crate::time::TimeKind;

/// What a difference is about; the first of these that fits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum DifferenceKind {
    /// A word that negates is gone, or was put in.
    Negation,
    /// Another day or time.
    Date,
    /// Another number.
    Number,
    /// Another name.
    Name,
    /// A question became a statement, or the other way round.
    Question,
    /// Any other word.
    Word,
}

impl DifferenceKind {
    /// The word of the contract.
    pub fn as_str(self) -> &'static str {
        match self {
            DifferenceKind::Negation => "negation",
            DifferenceKind::Date => "date",
            DifferenceKind::Number => "number",
            DifferenceKind::Name => "name",
            DifferenceKind::Question => "question",
            DifferenceKind::Word => "word",
        }
    }
}

/// A place where text and page differ.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// What it is about.
    pub kind: DifferenceKind,
    /// The text has these words; empty where it has none.
    pub wanted: String,
    /// The page has these; empty where it has none.
    pub found: String,
    /// Where the page has them.
    pub span: Option<Span>,
}

/// How many words of a page are shown beside the end of a run.
const BESIDE: usize = 6;

/// Where a claim and the page's words differ: what is changed, left out or put in.
pub(super) fn differences(
    claim: &Claim,
    alignment: &Alignment,
    text: &Reading,
    page: &Page<'_>,
    packs: &Packs,
) -> Vec<Difference> {
    let words: Vec<&Word> = claim.words().collect();
    let teller = Teller { text, page, packs };
    let mut out = Vec::new();
    let (Some(first), Some(last)) = (alignment.pairs.first(), alignment.pairs.last()) else { return out };
    if first.0 > 0 {
        let found: Vec<usize> = teller.before(first.1, first.0).collect();
        out.push(teller.difference(&words[..first.0], &found));
    }
    let cuts = cut_points(claim);
    for step in alignment.pairs.windows(2) {
        let [(i, j), (k, l)] = step else { continue };
        let found: Vec<usize> = teller.between(*j, *l).collect();
        let cut = cuts.contains(&(i + 1)) || (i + 1..=*k).any(|at| cuts.contains(&at));
        // What the text says it left out is no difference.
        if *k > i + 1 || !found.is_empty() && !cut {
            out.push(teller.difference(&words[i + 1..*k], if cut { &[] } else { &found }));
        }
    }
    if last.0 + 1 < words.len() {
        let found: Vec<usize> = teller.behind(last.1, words.len() - last.0 - 1).collect();
        out.push(teller.difference(&words[last.0 + 1..], &found));
    }
    out
}

/// The places in a claim, as numbers of words in front, where it says that something is left out or put in.
fn cut_points(claim: &Claim) -> Vec<usize> {
    let mut at = 0;
    let mut out = Vec::new();
    for piece in &claim.pieces {
        if piece.joint != Joint::Start {
            out.push(at);
        }
        at += piece.words.len();
    }
    out
}

/// What stands in front of exact words and turns them round: «لن» in front of «نسمح لأي طرف».
pub(super) fn cut_negation(
    claim: &Claim,
    placement: &[usize],
    text: &Reading,
    page: &Page<'_>,
    packs: &Packs,
) -> Option<Difference> {
    let teller = Teller { text, page, packs };
    let mut at = 0;
    for piece in &claim.pieces {
        let first = placement[at];
        let negator = teller.negator_before(first);
        let own = piece.words.first().is_some_and(|w| teller.negated_in_text(w));
        // «لا يناقش مسبقا» in front of marks in both: the text negates it itself.
        if let (Some(word), false) = (negator, own || piece.joint == Joint::Insert) {
            return Some(teller.difference(&[], &(word..first).collect::<Vec<_>>()))
                .map(|d| Difference { kind: DifferenceKind::Negation, ..d });
        }
        at += piece.words.len();
    }
    None
}

/// A question mark that only one of them has behind a word.
pub(super) fn question(claim: &Claim, placement: &[usize], text: &Reading, page: &Page<'_>) -> Option<Difference> {
    let asked = claim.words().zip(placement).find(|(wanted, at)| {
        let asks = wanted.asks || asks_outside(text, wanted);
        asks != page.words[**at].asks
    });
    let (wanted, at) = asked?;
    let mark = |word: &str, asks: bool| format!("{word}{}", if asks { "?" } else { "" });
    let found = &page.words[*at];
    Some(Difference {
        kind: DifferenceKind::Question,
        wanted: mark(text.text.at(wanted.span), !found.asks),
        found: mark(page.reading.text.at(found.span), found.asks),
        span: Some(found.span),
    })
}

/// «هل ننسحب»؟: the mark stands behind the closing one.
fn asks_outside(text: &Reading, word: &Word) -> bool {
    let next = (word.token + 1..text.text.len()).take(3);
    next.take_while(|i| text.text.tokens()[*i].kind == TokenKind::Punct).any(|i| matches!(text.text.word(i), "?" | "؟"))
}

/// An attributed sentence beside the words of a page that it may repeat: forms may differ, meaning may not.
pub(super) struct Loose<'t> {
    pub claim: &'t Claim,
    pub alignment: &'t Alignment,
    pub text: &'t Reading,
    pub page: &'t Page<'t>,
    pub packs: &'t Packs,
}

impl Loose<'_> {
    /// The differences that may turn the meaning: all but other forms of one word, words that tell nothing at the ends,
    /// and words that stand near by on the page.
    pub fn harmful(&self) -> Vec<Difference> {
        let (claim, page) = (self.claim, self.page);
        let teller = Teller { text: self.text, page, packs: self.packs };
        let words: Vec<&Word> = claim.words().collect();
        let (Some(first), Some(last)) = (self.alignment.pairs.first(), self.alignment.pairs.last()) else {
            return Vec::new();
        };
        let mut out: Vec<Difference> = differences(claim, self.alignment, self.text, page, self.packs);
        let (head, tail) = (&words[..first.0], &words[last.0 + 1..]);
        let ends = [(head, true), (tail, false)].into_iter().filter(|(end, _)| !end.is_empty());
        for (end, front) in ends {
            let at = if front { 0 } else { out.len().saturating_sub(1) };
            if end.iter().all(|w| self.is_near(w, first.1, last.1) || teller.is_light(self.text, w)) {
                out.remove(at);
            }
        }
        out.retain(|d| !is_inflected(d));
        let on_page: Vec<&Word> =
            page.words[teller.negator_before(first.1).unwrap_or(first.1)..=last.1].iter().collect();
        let count = |words: &[&Word], reading: &Reading| words.iter().filter(|w| teller.negates(reading, w)).count();
        let balanced = count(&words, self.text) == count(&on_page, page.reading);
        if !balanced && out.iter().all(|d| d.kind != DifferenceKind::Negation) {
            let negators = teller.negator_before(first.1).into_iter().collect::<Vec<_>>();
            out.push(Difference { kind: DifferenceKind::Negation, ..teller.difference(&[], &negators) });
        }
        out
    }

    /// Does the word stand in the sentences of the place?
    fn is_near(&self, word: &Word, first: usize, last: usize) -> bool {
        let page = self.page;
        let near = page.sentence[first]..=page.sentence[last];
        page.words.iter().zip(&page.sentence).any(|(w, s)| w.key == word.key && near.contains(s))
    }
}

/// Is one word another form of the other («ستستضيف», «تستضيف»)?
fn is_inflected(difference: &Difference) -> bool {
    let (a, b) = (difference.wanted.to_lowercase(), difference.found.to_lowercase());
    if difference.kind != DifferenceKind::Word || a.contains(' ') || b.contains(' ') {
        return false;
    }
    let shared = a.chars().zip(b.chars()).take_while(|(x, y)| x == y).count();
    let longer = a.chars().count().max(b.chars().count());
    shared >= STEM && shared * 3 >= longer * 2
}

/// Forms of one word share so many letters from the first on, and two thirds of the longer one.
const STEM: usize = 4;

/// Compares words of the text with words of the page.
struct Teller<'t> {
    text: &'t Reading,
    page: &'t Page<'t>,
    packs: &'t Packs,
}

impl Teller<'_> {
    fn difference(&self, wanted: &[&Word], found: &[usize]) -> Difference {
        let on_page: Vec<&Word> = found.iter().map(|w| &self.page.words[*w]).collect();
        let said = |words: &[&Word], reading: &Reading| {
            words.iter().map(|w| reading.text.at(w.span)).collect::<Vec<_>>().join(" ")
        };
        let span = on_page.first().zip(on_page.last()).map(|(a, b)| a.span.to(b.span));
        Difference {
            kind: self.kind(wanted, &on_page),
            wanted: said(wanted, self.text),
            found: said(&on_page, self.page.reading),
            span,
        }
    }

    fn kind(&self, wanted: &[&Word], found: &[&Word]) -> DifferenceKind {
        let page = self.page.reading;
        let any = |test: fn(&Self, &Reading, &Word) -> bool| {
            wanted.iter().any(|w| test(self, self.text, w)) || found.iter().any(|w| test(self, page, w))
        };
        let count = |words: &[&Word], reading: &Reading| words.iter().filter(|w| self.negates(reading, w)).count();
        match () {
            () if count(wanted, self.text) != count(found, page) => DifferenceKind::Negation,
            () if any(Teller::is_date) => DifferenceKind::Date,
            () if any(Teller::is_number) => DifferenceKind::Number,
            () if any(Teller::is_name) => DifferenceKind::Name,
            () => DifferenceKind::Word,
        }
    }

    /// Does the word tell nothing of its own, and negate nothing?
    fn is_light(&self, reading: &Reading, word: &Word) -> bool {
        let said = reading.text.at(word.span);
        let Some(pack) = self.pack_of(said, reading) else { return false };
        let light = pack.stages().mention.is_function(&pack.language.fold(said));
        light && !self.negates(reading, word) && !self.is_number(reading, word)
    }

    /// Up to `count` words of the same sentence in front of word `at`, and the negator that stands before them.
    fn before(&self, at: usize, count: usize) -> std::ops::Range<usize> {
        let sentence = self.page.sentence[at];
        let mut start = at;
        while start > 0 && at - start < count.min(BESIDE) && self.page.sentence[start - 1] == sentence {
            start -= 1;
        }
        self.negator_before(start).unwrap_or(start)..at
    }

    fn behind(&self, at: usize, count: usize) -> std::ops::Range<usize> {
        let sentence = self.page.sentence[at];
        let mut end = at + 1;
        while end < self.page.words.len() && end - at <= count.min(BESIDE) && self.page.sentence[end] == sentence {
            end += 1;
        }
        at + 1..end
    }

    fn between(&self, from: usize, to: usize) -> std::ops::Range<usize> {
        from + 1..to.max(from + 1)
    }

    /// The negator in front of word `at` of the page: right in front of it, or before a word that tells nothing («не в»).
    fn negator_before(&self, at: usize) -> Option<usize> {
        let page = self.page;
        let same = |w: &usize| page.sentence[*w] == page.sentence[at];
        let one = at.checked_sub(1).filter(same)?;
        if self.negates(page.reading, &page.words[one]) {
            return Some(one);
        }
        let two = one.checked_sub(1).filter(same)?;
        let light = self.pack(page.reading, &page.words[one]).is_some_and(|pack| {
            pack.stages().mention.is_function(&pack.language.fold(page.reading.text.at(page.words[one].span)))
        });
        (light && self.negates(page.reading, &page.words[two])).then_some(two)
    }

    fn negated_in_text(&self, word: &Word) -> bool {
        let text = &self.text.text;
        let before = (0..word.token).rev().take(3).find(|i| text.tokens()[*i].kind != TokenKind::Punct);
        before.is_some_and(|i| self.is_negation(text.word(i), self.pack_of(text.word(i), self.text)))
    }

    fn negates(&self, reading: &Reading, word: &Word) -> bool {
        let said = reading.text.at(word.span);
        // «don't»: the t stands alone behind its apostrophe.
        let apostrophe = word.token > 0 && matches!(reading.text.word(word.token - 1), "'" | "’");
        said.eq_ignore_ascii_case("t") && apostrophe || self.is_negation(said, self.pack(reading, word))
    }

    fn is_negation(&self, said: &str, pack: Option<&Pack>) -> bool {
        let Some(pack) = pack else { return false };
        let key = pack.language.fold(said);
        pack.quotations.negates(&key)
            || pack.language.clitics && clitic::readings(&key).any(|r| pack.quotations.negates(&r.stem))
    }

    fn is_number(&self, reading: &Reading, word: &Word) -> bool {
        if reading.text.tokens()[word.token].kind == TokenKind::Number {
            return true;
        }
        self.pack(reading, word).is_some_and(|pack| {
            let key = pack.language.fold(reading.text.at(word.span));
            let time = &pack.stages().time;
            time.is_number(&key) || pack.language.clitics && clitic::readings(&key).any(|r| time.is_number(&r.stem))
        })
    }

    fn is_date(&self, reading: &Reading, word: &Word) -> bool {
        let dated = |kind: TimeKind| matches!(kind, TimeKind::Date | TimeKind::Time);
        reading.times.iter().any(|t| dated(t.kind) && t.span.contains(word.span))
    }

    fn is_name(&self, reading: &Reading, word: &Word) -> bool {
        reading
            .cast
            .mentions_in(Span::new(word.span.start().saturating_sub(200), word.span.end() + 200))
            .any(|m| reading.cast.entities[m.entity].named && m.span.overlaps(word.span))
    }

    /// The pack of the word's own letters.
    fn pack(&self, reading: &Reading, word: &Word) -> Option<&Pack> {
        self.pack_of(reading.text.at(word.span), reading)
    }

    fn pack_of(&self, said: &str, reading: &Reading) -> Option<&Pack> {
        let own = said.chars().find_map(|c| self.packs.all().iter().find(|p| p.language.has_letter(c)));
        own.or_else(|| self.packs.get(reading.lang.as_deref()?))
    }
}
