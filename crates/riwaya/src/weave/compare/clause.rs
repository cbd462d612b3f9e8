//! What does one side say, point by point?

use super::about::About;
use super::{Desk, Phase, Subject};
use crate::event::Status;
use crate::pack::Pack;
use crate::text::{Span, Text, TokenKind};
use crate::weave::concept::PointWord;
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
    pub about: About,
}

/// Fewest words of a clause.
const WORDS: usize = 2;

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
                for words in cut(&reading.text, &said, pack) {
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
                            about: about.clone(),
                        });
                    }
                }
            }
        }
        clauses
    }

    /// «… كما ناقش الرئيسان …»: the next sentences, as long as they go on with what a statement said and nobody else says it.
    fn continuation(&self, page: usize, statement: usize, pack: &Pack) -> Vec<Span> {
        let reading = &self.readings[page];
        let text = &reading.text;
        let extent = reading.statements[statement].cue.to(reading.statements[statement].extent());
        let at = text.sentences().partition_point(|s| text.span_of(s.tokens.clone()).start() < extent.end());
        let Some(line) = at.checked_sub(1).and_then(|n| text.sentences().get(n)).map(|s| s.line) else {
            return Vec::new();
        };
        let goes_on = |sentence: &&crate::text::Sentence| {
            let span = text.span_of(sentence.tokens.clone());
            let taken = reading.statements.iter().any(|s| span.overlaps(s.cue.to(s.extent())) || span.overlaps(s.cue));
            let last = !reading.statements.iter().skip(statement + 1).any(|s| s.cue.start() < span.start());
            sentence.line == line && keeps(text, sentence.tokens.start, pack) && !taken && last
        };
        text.sentences()[at..].iter().take_while(goes_on).map(|s| text.span_of(s.tokens.clone())).collect()
    }

    /// Who speaks. «وأضافت الوزارة», “It said”, “spokeswoman Anna Berg said”: a body, a text or an office of no state, or
    /// nobody, goes on for whoever spoke before it on the page, or for whom it speaks if it is the first.
    pub(super) fn speaker(&self, page: usize, statement: usize) -> Option<usize> {
        let statements = &self.readings[page].statements;
        let of = |n: usize| statements[n].speaker.map(|s| self.woven.entity_of[page][s]);
        let own = of(statement);
        let goes_on = own.is_none_or(|e| self.states_at(page, e).is_empty() && self.holds_office(page, e));
        if !goes_on || statements[statement].parent.is_some() {
            return own;
        }
        let outer = |n: &usize| statements[*n].parent.is_none();
        let before = (0..statement).rev().filter(outer);
        let behind = (statement + 1..statements.len()).filter(outer);
        before.chain(behind).filter_map(of).find(|e| self.states_at(page, *e).len() == 1).or(own)
    }

    /// Is somebody called a body, a text or a holder of an office, or has such a role on the page?
    fn holds_office(&self, page: usize, entity: usize) -> bool {
        let reading = &self.readings[page];
        let pack = reading.lang.as_deref().and_then(|code| self.packs.get(code));
        let Some(pack) = pack else { return false };
        let is_office = |word: &str| {
            let word = word.trim_matches(|c: char| !c.is_alphanumeric());
            pack.points.get(&pack.language.fold(word)) == Some(PointWord::Body)
        };
        let woven = &self.woven.entities[entity];
        let called = woven.forms.iter().any(|form| form.split_whitespace().take(4).any(is_office));
        let roles = woven.roles.iter().filter(|(p, _)| *p == page);
        called || roles.map(|(_, role)| reading.text.at(*role)).any(|role| role.split_whitespace().any(is_office))
    }

    /// The sides for which the speaker of a statement speaks, as indexes of `ids`.
    fn sides_of(&self, page: usize, statement: usize, ids: &[String]) -> Vec<usize> {
        let Some(entity) = self.speaker(page, statement) else { return Vec::new() };
        let states = self.states_at(page, entity);
        let own = |id: &String| self.woven.entities[entity].id == *id || states.contains(id);
        let sides: Vec<usize> = (0..ids.len()).filter(|n| own(&ids[*n])).collect();
        if sides.is_empty() && self.is_both(page, entity) { (0..ids.len()).collect() } else { sides }
    }

    /// «وقال الجانبان»: the two sides together.
    fn is_both(&self, page: usize, entity: usize) -> bool {
        self.is(page, entity, PointWord::Both)
    }

    /// Is a word of what somebody is called on the page one with this meaning?
    fn is(&self, page: usize, entity: usize, meaning: PointWord) -> bool {
        let pack = self.readings[page].lang.as_deref().and_then(|code| self.packs.get(code));
        pack.is_some_and(|pack| {
            let form = self.woven.entities[entity].forms.first().map_or("", String::as_str);
            form.split_whitespace().take(2).any(|w| pack.points.get(&pack.language.fold(w)) == Some(meaning))
        })
    }

    /// Is it told by somebody else of a side? Then the words are in that statement already.
    fn is_nested_in_side(&self, page: usize, statement: usize, ids: &[String]) -> bool {
        let mut at = self.readings[page].statements[statement].parent;
        while let Some(n) = at {
            if !self.sides_of(page, n, ids).is_empty() {
                return true;
            }
            at = self.readings[page].statements[n].parent;
        }
        false
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

/// Cuts what is said into points: at the ends of sentences and where «وأن», «لكن», «كما» begin a new one.
fn cut(text: &Text, content: &[Span], pack: &Pack) -> Vec<Span> {
    let mut points = Vec::new();
    for piece in content {
        let tokens = text.tokens_in(*piece);
        let mut from = tokens.start;
        for i in tokens.clone() {
            let splits =
                matches!(pack.points.at(text, i), Some(PointWord::Split)) || i > tokens.start && keeps(text, i, pack);
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
