//! What does one side say, point by point?

use super::about::About;
use super::{Desk, Phase, Subject};
use crate::clitic;
use crate::event::Status;
use crate::pack::Pack;
use crate::text::{Sentence, Span, Text, TokenKind};
use crate::weave::concept::{Concepts, PointWord};
use rustc_hash::FxHashSet;
use std::ops::Range;

/// One point as one side makes it once.
#[derive(Debug, Clone)]
pub(super) struct Clause {
    pub side: usize,
    pub page: usize,
    pub statement: usize,
    pub speaker: usize,
    pub words: Span,
    pub phase: Phase,
    /// The language, as a number of the packs: words of two languages are not compared.
    pub lang: usize,
    /// Said by both sides together.
    pub joint: bool,
    /// It stands in a headline, which sums up what the text says.
    pub headline: bool,
    pub about: About,
}

/// Fewest words of a clause.
const WORDS: usize = 2;
/// How far into a sentence “also” may stand where the sentence goes on with what was said: “The minister also asked”.
const HEAD: usize = 6;

impl Desk<'_> {
    /// All clauses that the sides `ids` say on the pages of `subject`, in text order.
    pub(super) fn clauses(&self, subject: Subject<'_>, ids: &[String]) -> Vec<Clause> {
        let mut clauses = Vec::new();
        for page in self.pages(subject) {
            let reading = &self.readings[page];
            let Some(pack) = reading.lang.as_deref().and_then(|code| self.packs.get(code)) else { continue };
            let lang = pack.language.code.bytes().fold(0, |n, b| n * 256 + usize::from(b));
            for (n, statement) in reading.statements.iter().enumerate() {
                let sides = self.sides_of(page, n, ids);
                if sides.is_empty() || self.is_nested_in_side(page, n, ids) || !self.concerns(subject, page, n) {
                    continue;
                }
                let Some(speaker) = self.speaker(page, n) else { continue };
                let mut said = statement.content.clone();
                said.extend(self.continuation(page, n, pack));
                for words in cut(&reading.text, &said, pack, self.packs.concepts()) {
                    let about = About::new(self, page, words, statement, ids, pack);
                    for side in &sides {
                        clauses.push(Clause {
                            side: *side,
                            page,
                            statement: n,
                            speaker,
                            words,
                            phase: self.phase(subject, page),
                            lang,
                            joint: sides.len() > 1,
                            headline: reading.layout.title.iter().any(|title| title.contains(words)),
                            about: about.clone(),
                        });
                    }
                }
            }
        }
        clauses
    }

    /// «… كما ناقش الرئيسان …»: what goes on with a statement, as long as nobody else says it: the rest of its sentence, “…, he
    /// said, and …”, and the next sentences.
    fn continuation(&self, page: usize, statement: usize, pack: &Pack) -> Vec<Span> {
        let reading = &self.readings[page];
        let text = &reading.text;
        let said = &reading.statements[statement];
        let extent = said.cue.to(said.extent());
        let at = text.sentences().partition_point(|s| text.span_of(s.tokens.clone()).start() < extent.end());
        let Some(own) = at.checked_sub(1).and_then(|n| text.sentences().get(n)) else { return Vec::new() };
        let free = |span: Span| {
            !reading.statements.iter().any(|s| span.overlaps(s.cue.to(s.extent())) || span.overlaps(s.cue))
        };
        let end = said.source.map_or(extent, |source| extent.to(source)).end();
        let rest = (said.cue.start() > said.extent().start()).then(|| rest(text, end, own.tokens.clone(), pack));
        let rest = rest.flatten().filter(|span| free(*span));
        let goes_on = |sentence: &&Sentence| {
            let span = text.span_of(sentence.tokens.clone());
            let last = !reading.statements.iter().skip(statement + 1).any(|s| s.cue.start() < span.start());
            let opens = keeps(text, sentence.tokens.start, pack);
            let also = || sentence.tokens.clone().take(HEAD).any(|i| pack.points.at(text, i) == Some(PointWord::Also));
            (opens || also()) && free(span) && last
        };
        let next = text.sentences()[at..].iter().take_while(goes_on).map(|s| text.span_of(s.tokens.clone()));
        rest.into_iter().chain(next).collect()
    }

    /// Does a statement belong to the account of `subject`? On a page about it all do that don't tell of another
    /// contact; on other pages those that mention it.
    fn concerns(&self, subject: Subject<'_>, page: usize, statement: usize) -> bool {
        let Subject::Contact(contact) = subject else { return true };
        let reading = &self.readings[page];
        let extent = reading.statements[statement].cue.to(reading.statements[statement].extent());
        let line = reading.text.line_at(extent.start());
        let on_line = reading.events.iter().enumerate().any(|(n, event)| {
            let here = |e: &Span| reading.text.line_at(e.start()) == line;
            self.woven.contact_of[page][n] == contact && event.evidence.iter().any(here)
        });
        let of_others = reading.events.iter().enumerate().any(|(n, event)| {
            let other = self.woven.contact_of[page][n];
            !self.same_parties(other, contact)
                && event.status == Status::Happened
                && event.evidence.iter().any(|e| extent.contains(*e))
        });
        if self.main_contact(page) == Some(contact) {
            on_line || !of_others
        } else {
            reading.events.iter().enumerate().any(|(n, event)| {
                self.woven.contact_of[page][n] == contact && event.evidence.iter().any(|e| extent.contains(*e))
            })
        }
    }

    /// An agreement that the two reach in their call belongs to the account of the call.
    fn same_parties(&self, a: usize, b: usize) -> bool {
        let states = |n: usize| -> FxHashSet<&String> {
            self.woven.contacts[n].participants.iter().flat_map(|p| &self.states[*p]).collect()
        };
        a == b || states(a).is_subset(&states(b))
    }
}

/// «كما», “They also”: does a continuation of what was said open here?
fn keeps(text: &Text, i: usize, pack: &Pack) -> bool {
    let opens = i == 0 || text.tokens()[i - 1].kind == TokenKind::Punct;
    let word = pack.points.at(text, i);
    word == Some(PointWord::Keep) || opens && word == Some(PointWord::Both) && pack.language.subject_first
}

/// “…, he said, and …”: the words of a sentence behind byte `end`, where they join on to what stands in front.
fn rest(text: &Text, end: usize, sentence: Range<usize>, pack: &Pack) -> Option<Span> {
    let behind = sentence.clone().find(|i| text.span(*i).start() >= end)?;
    let word = (behind..sentence.end).find(|i| text.tokens()[*i].kind != TokenKind::Punct)?;
    let joins = matches!(pack.points.at(text, word), Some(PointWord::Join | PointWord::Split));
    (word > behind && joins).then(|| trim(text, word..sentence.end)).flatten()
}

/// «… وطلب», “… and asked for”: does what somebody does next begin here?
fn joins_stance(text: &Text, tokens: Range<usize>, pack: &Pack, concepts: &Concepts) -> bool {
    let i = tokens.start;
    let joined = pack.language.clitics && clitic::joined(text.key(i)).is_some();
    let apart = i + 1 < tokens.end && pack.points.at(text, i) == Some(PointWord::Join);
    joined && concepts.is_stance(text, i, pack) || apart && concepts.is_stance(text, i + 1, pack)
}

/// Cuts what is said into points: at the ends of sentences and where «وأن», «لكن», «كما» begin a new one.
fn cut(text: &Text, content: &[Span], pack: &Pack, concepts: &Concepts) -> Vec<Span> {
    let mut points = Vec::new();
    for piece in content {
        let tokens = text.tokens_in(*piece);
        let mut from = tokens.start;
        for i in tokens.clone() {
            let splits = matches!(pack.points.at(text, i), Some(PointWord::Split))
                || i > tokens.start && (keeps(text, i, pack) || joins_stance(text, i..tokens.end, pack, concepts));
            let stop = text.tokens()[i].kind == TokenKind::Punct && pack.language.ends_sentence(text.word(i));
            if (splits || stop) && i > from {
                points.extend(trim(text, from..i));
                from = i;
            }
        }
        points.extend(trim(text, from..tokens.end));
    }
    points
}

/// Without marks at its ends; nothing where too few words are left.
fn trim(text: &Text, tokens: Range<usize>) -> Option<Span> {
    let is_word = |i: &usize| text.tokens()[*i].kind != TokenKind::Punct;
    let first = tokens.clone().find(|i| is_word(i))?;
    let last = tokens.clone().rev().find(|i| is_word(i))?;
    (tokens.filter(|i| is_word(i)).count() >= WORDS).then(|| text.span(first).to(text.span(last)))
}
