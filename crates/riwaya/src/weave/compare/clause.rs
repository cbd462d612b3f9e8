//! What does one side say, point by point?

use super::{Desk, Phase, Subject};
use crate::event::Status;
use crate::pack::Pack;
use crate::statement::{Act, Statement};
use crate::text::{Span, Text, TokenKind};
use crate::weave::concept::PointWord;
use crate::weave::when::Day;
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
    /// Said by both sides together.
    pub joint: bool,
    pub about: About,
}

/// What a clause is about.
#[derive(Debug, Clone, Default)]
pub(super) struct About {
    /// Concepts, with whether they are denied.
    pub concepts: Vec<(usize, bool)>,
    /// Woven entities other than the parties.
    pub entities: Vec<usize>,
    /// The first state named.
    pub actor: Option<String>,
    /// TIMEX3 values that name a day or a month.
    pub dates: Vec<String>,
    /// Numbers with the stem that follows.
    pub numbers: Vec<(String, String)>,
    /// Stems of the other words that tell something.
    pub stems: Vec<String>,
    /// The folded words in order.
    pub keys: Vec<String>,
    /// It is only possible, or depends on something.
    pub hedged: bool,
}

/// Fewest words of a clause.
const WORDS: usize = 2;

impl Desk<'_> {
    /// All clauses that the sides `ids` say on the pages of `subject`, in text order.
    pub(super) fn clauses(&self, subject: Subject, ids: &[String]) -> Vec<Clause> {
        let mut clauses = Vec::new();
        for page in self.pages(subject) {
            let reading = &self.readings[page];
            let Some(pack) = reading.lang.as_deref().and_then(|code| self.packs.get(code)) else { continue };
            for (n, statement) in reading.statements.iter().enumerate() {
                let sides = self.sides_of(page, n, ids);
                if sides.is_empty() || self.is_nested_in_side(page, n, ids) || !self.concerns(subject, page, n) {
                    continue;
                }
                let Some(speaker) = statement.speaker.map(|s| self.woven.entity_of[page][s]) else { continue };
                let mut said = statement.content.clone();
                said.extend(self.continuation(page, n, pack));
                for words in cut(&reading.text, &said, pack) {
                    let about = self.about(page, words, statement, ids, pack);
                    for side in &sides {
                        clauses.push(Clause {
                            side: *side,
                            page,
                            statement: n,
                            speaker,
                            words,
                            phase: self.phase(subject, page),
                            joint: sides.len() > 1,
                            about: about.clone(),
                        });
                    }
                }
            }
        }
        clauses
    }

    /// «… كما ناقش الرئيسان …»: the next sentence, where it goes on with what a statement said and nobody else says it.
    fn continuation(&self, page: usize, statement: usize, pack: &Pack) -> Option<Span> {
        let reading = &self.readings[page];
        let text = &reading.text;
        let extent = reading.statements[statement].cue.to(reading.statements[statement].extent());
        let at = text.sentences().partition_point(|s| text.span_of(s.tokens.clone()).start() < extent.end());
        let (this, next) = (text.sentences().get(at.checked_sub(1)?)?, text.sentences().get(at)?);
        let span = text.span_of(next.tokens.clone());
        let goes_on = pack.points.get(text.key(next.tokens.start)) == Some(PointWord::Keep);
        let taken = reading.statements.iter().any(|s| span.overlaps(s.cue.to(s.extent())) || span.overlaps(s.cue));
        let last = !reading.statements.iter().skip(statement + 1).any(|s| s.cue.start() < span.start());
        (this.line == next.line && goes_on && !taken && last).then_some(span)
    }

    /// The sides for which the speaker of a statement speaks, as indexes of `ids`.
    fn sides_of(&self, page: usize, statement: usize, ids: &[String]) -> Vec<usize> {
        let Some(speaker) = self.readings[page].statements[statement].speaker else { return Vec::new() };
        let entity = self.woven.entity_of[page][speaker];
        let own = |id: &String| self.woven.entities[entity].id == *id || self.states[entity].contains(id);
        let sides: Vec<usize> = (0..ids.len()).filter(|n| own(&ids[*n])).collect();
        if sides.is_empty() && self.is_both(page, entity) { (0..ids.len()).collect() } else { sides }
    }

    /// «وقال الجانبان»: the two sides together.
    fn is_both(&self, page: usize, entity: usize) -> bool {
        let pack = self.readings[page].lang.as_deref().and_then(|code| self.packs.get(code));
        pack.is_some_and(|pack| {
            let form = self.woven.entities[entity].forms.first().map_or("", String::as_str);
            let first = form.split_whitespace().next().unwrap_or("");
            pack.points.get(&pack.language.fold(first)) == Some(PointWord::Both)
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
    fn concerns(&self, subject: Subject, page: usize, statement: usize) -> bool {
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

    fn about(&self, page: usize, words: Span, statement: &Statement, ids: &[String], pack: &Pack) -> About {
        let reading = &self.readings[page];
        let text = &reading.text;
        let tokens = text.tokens_in(words);
        let denied = !statement.positive || statement.act == Act::Deny;
        let mut about = About::default();
        let mut own: FxHashSet<usize> = FxHashSet::default();
        for named in self.packs.concepts().named(text, tokens.clone(), pack) {
            about.concepts.push((named.concept, denied != is_denied(text, named.token, tokens.start, pack)));
            own.extend(named.token..named.end);
        }
        for mention in reading.cast.mentions_in(words) {
            let entity = self.woven.entity_of[page][mention.entity];
            if self.states[entity].iter().any(|s| ids.contains(s)) {
                own.extend(text.tokens_in(mention.span));
                about.actor = about.actor.or_else(|| self.states[entity].first().cloned());
            } else if !about.entities.contains(&entity) {
                about.entities.push(entity);
            }
        }
        let times = reading.times.iter().filter(|t| words.contains(t.span));
        for time in times {
            own.extend(text.tokens_in(time.span));
            if Day::parse(&time.value).exactness() > 0 {
                about.dates.push(time.value.split('T').next().unwrap_or("").to_owned());
            }
        }
        for i in tokens {
            let key = text.key(i);
            match text.tokens()[i].kind {
                TokenKind::Word => {
                    about.keys.push(key.to_owned());
                    about.hedged |= pack.points.get(key) == Some(PointWord::Hedge);
                    if !own.contains(&i) && !pack.words.is_stop(key) && pack.points.get(key).is_none() {
                        about.stems.push(pack.words.stem(key).to_owned());
                    }
                }
                TokenKind::Number => {
                    about.keys.push(key.to_owned());
                    if !own.contains(&i) {
                        about.numbers.push((key.to_owned(), pack.words.stem(text.key(i + 1)).to_owned()));
                    }
                }
                TokenKind::Punct => {}
            }
        }
        about
    }
}

/// Is one of the three words before it a «لا», «لن», «عدم»?
fn is_denied(text: &Text, token: usize, from: usize, pack: &Pack) -> bool {
    (token.saturating_sub(3).max(from)..=token).any(|i| pack.points.get(text.key(i)) == Some(PointWord::Not))
}

/// Cuts what is said into points: at the ends of sentences and where «وأن», «لكن», «كما» begin a new one.
fn cut(text: &Text, content: &[Span], pack: &Pack) -> Vec<Span> {
    let mut points = Vec::new();
    for piece in content {
        let tokens = text.tokens_in(*piece);
        let mut from = tokens.start;
        for i in tokens.clone() {
            let splits = matches!(pack.points.get(text.key(i)), Some(PointWord::Split | PointWord::Keep));
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
