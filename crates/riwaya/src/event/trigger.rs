//! Contact words on the page.

use super::EventKind;
use super::affix;
use super::front;
use super::lexicon::{Frame, Lexicon, Meaning, Word};
use super::page::Page;
use crate::clitic;
use crate::text::Span;
use std::ops::Range;

/// A contact word, with the word that makes it one where it needs such («اتصالا هاتفيا»).
pub(super) struct Trigger<'l> {
    pub word: &'l Word,
    /// The contact word.
    pub at: usize,
    /// Up to the word it needs, where that stands next to it.
    pub end: usize,
    pub segment: Range<usize>,
    pub span: Span,
    /// «المكالمة».
    pub definite: bool,
    /// «سيلتقي».
    pub future: bool,
    /// «للقاء».
    pub purpose: bool,
    /// It stands in a headline.
    pub title: bool,
    /// «اجتمع مجلس الأمن», «اجتماع اللجنة»: a body does it by itself.
    pub alone: bool,
    /// «اجتمع بالوزير»: whoever is met may stand with a preposition written onto the word.
    pub onto: bool,
}

impl Trigger<'_> {
    pub(super) fn kind(&self) -> EventKind {
        self.word.kind
    }

    pub(super) fn frame(&self) -> Frame {
        self.word.frame
    }
}

/// All contact words of the page in text order.
pub(super) fn triggers<'l>(page: &Page<'_>, lexicon: &'l Lexicon) -> Vec<Trigger<'l>> {
    let mut out = Vec::new();
    for segment in &page.segments {
        let mut i = segment.tokens.start;
        while i < segment.tokens.end {
            if page.is_mark(i) || page.name_at(i).is_some_and(|n| n.full.start < i || n.prefix == 0) {
                i += 1;
                continue;
            }
            let find = if lexicon.subject_first { front::trigger } else { trigger };
            match find(page, lexicon, i, &segment.tokens) {
                Some(trigger) => {
                    i = trigger.end;
                    out.push(trigger);
                }
                None => i += 1,
            }
        }
    }
    out
}

fn trigger<'l>(page: &Page<'_>, lexicon: &'l Lexicon, i: usize, segment: &Range<usize>) -> Option<Trigger<'l>> {
    let key = page.text.key(i);
    for reading in clitic::readings(key) {
        let Some(rows) = lexicon.forms.get(reading.stem.as_ref()) else { continue };
        let future = affix::is_future(key, reading.prefix);
        let purpose = affix::is_purpose(key, reading.prefix);
        for (row, definite) in rows {
            let word = &lexicon.words[*row];
            if !fits(word, future, purpose, affix::is_within(key, reading.prefix)) {
                continue;
            }
            let Some(end) = needed(page, lexicon, word, i, segment) else { continue };
            let around = i.saturating_sub(1).max(segment.start)..(i + 4).min(segment.end);
            // «وصل أمس لإجراء مباحثات»
            let begun = i.checked_sub(1).filter(|k| *k >= segment.start && page.means(*k, &[Meaning::Planned]));
            let purpose =
                purpose || !word.frame.is_verb() && begun.is_some_and(|k| affix::is_purpose(page.text.key(k), 1));
            // «التقى رئيس النادي لاعبي الفريق» is one, «اللقاء الودي» is none.
            if !word.frame.is_verb() && around.into_iter().any(|k| k != i && page.means(k, &[Meaning::NotAContact])) {
                return None;
            }
            let plain = affix::indefinite(reading.stem.as_ref());
            let alone = lexicon.alone(plain, &[Meaning::Alone]);
            // «للقاء بالوزير», but «بدأ المدرب اللقاء بحارسه» is a match.
            let first = page.text.without_prefix(i, reading.prefix - usize::from(future));
            return Some(Trigger {
                word,
                at: i,
                end,
                segment: segment.clone(),
                span: first.to(page.text.span(end - 1)),
                definite: *definite,
                future,
                purpose,
                title: page.scene.layout.title.iter().any(|s| s.contains(first)),
                alone,
                onto: (word.frame != Frame::Noun || purpose || alone) && lexicon.alone(plain, &[Meaning::Onto]),
            });
        }
    }
    None
}

/// «سيلتقي» is a verb and «للقاء» a noun, never the other way round.
fn fits(word: &Word, future: bool, purpose: bool, within: bool) -> bool {
    if word.frame.is_verb() {
        let present = word.frame.is_present();
        !within && (!future || present) && (!purpose || present)
    } else {
        !future
    }
}

/// So many words, names apart, before a letter the verb that sends it may stand: its subject has titles.
const LETTER: usize = 14;

const NEAR: usize = 6;

/// Where the contact word ends, if the word that it needs stands near: after a noun within some words but not beyond
/// another contact noun, after a verb anywhere before a new clause.
fn needed(page: &Page<'_>, lexicon: &Lexicon, word: &Word, i: usize, segment: &Range<usize>) -> Option<usize> {
    if word.needs.is_empty() {
        return Some(i + 1);
    }
    let has = |k: usize| {
        let key = page.text.key(k);
        // «إلى جانب» is no «إلى».
        !page.means(k, &[Meaning::Particle])
            && word.needs.iter().any(|n| n == key || n == affix::without_conjunction(key))
    };
    let reach = if word.frame.is_verb() { 16 } else { 8 };
    if word.kind == EventKind::Correspondence {
        let around = page.back(i, LETTER, segment.start)..(i + 5).min(segment.end);
        let next = has(i + 1) && !page.means(i + 1, &[Meaning::From, Meaning::To]);
        // «هو رسالة إلى …»: who it is from or to stands nearer than the verb that sends it.
        let far = |k: usize| k + NEAR < i && page.means(k, &[Meaning::From, Meaning::To]);
        return around.into_iter().any(|k| has(k) && !far(k)).then_some(i + 1 + usize::from(next));
    }
    for k in i + 1..(i + 1 + reach).min(segment.end) {
        if has(k) {
            let joins = page.means(k, &[Meaning::With, Meaning::Between, Meaning::From, Meaning::On]);
            return Some(if k == i + 1 && !joins { k + 1 } else { i + 1 });
        }
        let another = lexicon.forms.get(page.text.key(k)).is_some_and(|rows| {
            rows.iter().any(|(row, _)| lexicon.words[*row].kind == word.kind && !lexicon.words[*row].frame.is_verb())
        });
        let breaks = page.means(k, &[Meaning::Break]) && !page.means(k, &[Meaning::During, Meaning::Asked]);
        let clause = word.frame.is_verb() && breaks && page.name_at(k).is_none() && k > i + 1;
        if another || clause {
            return None;
        }
    }
    None
}
