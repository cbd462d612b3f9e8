//! What is a clause about, and how firmly is it said?

use super::{Desk, INITIATIVE};
use crate::pack::Pack;
use crate::statement::{Act, Statement};
use crate::text::{Span, Text, TokenKind};
use crate::time::TimeKind;
use crate::weave::concept::{Named, PointWord, Scope};
use crate::weave::when::Day;
use rustc_hash::FxHashSet;
use std::ops::Range;

/// What a clause is about.
#[derive(Debug, Clone, Default)]
pub(super) struct About {
    /// Concepts, with whether a word right before turns them.
    pub concepts: Vec<(usize, bool)>,
    /// Woven entities other than the parties.
    pub entities: Vec<usize>,
    /// The first of the sides that is named; none for both or neither.
    pub actor: Option<String>,
    /// The state behind «بمبادرة من».
    pub initiator: Option<String>,
    /// TIMEX3 values that name a day or a month.
    pub dates: Vec<String>,
    /// Durations in days, a month as 30.
    pub durations: Vec<u32>,
    /// Numbers with the unit or the stem that follows.
    pub numbers: Vec<(String, Unit)>,
    /// «الجولة الثانية»: which one of several.
    pub ordinals: Vec<String>,
    /// Stems of the other words that tell something.
    pub stems: Vec<String>,
    /// The folded words in order.
    pub keys: Vec<String>,
    /// It is only possible, or depends on something.
    pub hedged: bool,
    /// Less than doing it: ready to, to discuss.
    pub weak: bool,
    /// All of it.
    pub whole: bool,
    /// A part of it.
    pub part: bool,
    /// It is not so: denied, refused or negated once more than an even number of times.
    pub negative: bool,
    /// The source denies it as a whole: «نفت الوزارة أن …».
    pub denied: bool,
    /// A word turns something that no concept names.
    pub unclear: bool,
}

/// What a number counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Unit {
    /// A unit of the concepts: the same in every language.
    Concept(usize),
    /// The stem of the next word.
    Stem(String),
}

/// How far behind a «لا» what it turns may stand.
const REACH: usize = 4;
/// How far behind a number its unit may stand.
const NEAR: usize = 3;

impl About {
    pub fn new(desk: &Desk<'_>, page: usize, words: Span, said: &Statement, ids: &[String], pack: &Pack) -> About {
        let text = &desk.readings[page].text;
        let tokens = text.tokens_in(words);
        let mut about = About { denied: !said.positive || said.act == Act::Deny, ..About::default() };
        let named = desk.packs.concepts().named(text, tokens.clone(), pack);
        let mut own: FxHashSet<usize> = named.iter().flat_map(|n| n.token..n.end).collect();
        about.people(desk, page, words, &named, ids, &mut own);
        about.turns(desk, text, tokens.clone(), &named, said, pack);
        about.attitude(desk, text, said, pack);
        about.times(desk, page, words, &mut own);
        about.numbers(desk, text, tokens.clone(), &named, &mut own, pack);
        about.words(text, tokens, &own, pack);
        about
    }

    fn people(
        &mut self,
        desk: &Desk<'_>,
        page: usize,
        words: Span,
        named: &[Named],
        ids: &[String],
        own: &mut FxHashSet<usize>,
    ) {
        let text = &desk.readings[page].text;
        let asked = named.iter().find(|n| desk.packs.concepts().all()[n.concept].id == INITIATIVE);
        for mention in desk.readings[page].cast.mentions_in(words) {
            let entity = desk.woven.entity_of[page][mention.entity];
            let tokens = text.tokens_in(mention.span);
            let state = desk.states[entity].first();
            if asked.is_some_and(|n| tokens.start >= n.end) && self.initiator.is_none() {
                self.initiator = state.cloned();
            }
            if desk.states[entity].iter().any(|s| ids.contains(s)) {
                own.extend(tokens);
                self.actor = self.actor.take().or_else(|| state.cloned());
            } else if !self.entities.contains(&entity) {
                self.entities.push(entity);
            }
        }
    }

    /// Each «لا» turns the act or concept that follows next; a refusal turns the whole.
    fn turns(
        &mut self,
        desk: &Desk<'_>,
        text: &Text,
        tokens: Range<usize>,
        named: &[Named],
        said: &Statement,
        pack: &Pack,
    ) {
        let concepts = desk.packs.concepts().all();
        let mut turned: FxHashSet<usize> = FxHashSet::default();
        let mut odd = self.denied || said.act == Act::Reject;
        for i in tokens.filter(|i| pack.points.at(text, *i) == Some(PointWord::Not)) {
            odd = !odd;
            let next = named.iter().filter(|n| (i..=i + REACH).contains(&n.token)).min_by_key(|n| n.token);
            match next {
                Some(next) => _ = turned.insert(next.concept),
                None => self.unclear = true,
            }
        }
        let refusals = named.iter().filter(|n| concepts[n.concept].scope == Scope::Turn).count();
        self.negative = odd != (refusals % 2 == 1);
        self.concepts = named.iter().map(|n| (n.concept, turned.contains(&n.concept))).collect();
    }

    /// «حذر من …»: how the source stands to it, where its verb says so.
    fn attitude(&mut self, desk: &Desk<'_>, text: &Text, said: &Statement, pack: &Pack) {
        let concepts = desk.packs.concepts();
        for named in concepts.named(text, text.tokens_in(said.cue), pack) {
            let stands = matches!(concepts.all()[named.concept].scope, Scope::Attitude | Scope::Courtesy);
            if stands && !self.concepts.iter().any(|(c, _)| *c == named.concept) {
                self.concepts.push((named.concept, false));
            }
        }
    }

    fn times(&mut self, desk: &Desk<'_>, page: usize, words: Span, own: &mut FxHashSet<usize>) {
        let reading = &desk.readings[page];
        for time in reading.times.iter().filter(|t| words.contains(t.span)) {
            own.extend(reading.text.tokens_in(time.span));
            if time.kind == TimeKind::Duration {
                self.durations.extend(days(&time.value));
            } else if Day::parse(&time.value).exactness() > 0 {
                self.dates.push(time.value.split('T').next().unwrap_or("").to_owned());
            }
        }
    }

    fn numbers(
        &mut self,
        desk: &Desk<'_>,
        text: &Text,
        tokens: Range<usize>,
        named: &[Named],
        own: &mut FxHashSet<usize>,
        pack: &Pack,
    ) {
        let concepts = desk.packs.concepts().all();
        for quantity in pack.quantities.read(text, tokens.clone()) {
            if quantity.tokens.clone().any(|i| own.contains(&i)) {
                continue;
            }
            own.extend(quantity.tokens.clone());
            let value = quantity.value.to_string();
            if quantity.ordinal {
                self.ordinals.push(value);
                continue;
            }
            let end = quantity.tokens.end;
            let counts = |n: &&Named| concepts[n.concept].scope == Scope::Unit && (end..end + NEAR).contains(&n.token);
            let next = || (end..tokens.end).find(|i| text.tokens()[*i].kind == TokenKind::Word);
            let unit = match named.iter().find(counts) {
                Some(unit) => Unit::Concept(unit.concept),
                None => Unit::Stem(next().map_or(String::new(), |i| pack.words.stem(text.key(i)).to_owned())),
            };
            self.numbers.push((value, unit));
        }
    }

    fn words(&mut self, text: &Text, tokens: Range<usize>, own: &FxHashSet<usize>, pack: &Pack) {
        for i in tokens {
            // “in May” is no “may”.
            let word = pack.points.at(text, i).filter(|_| !own.contains(&i));
            self.hedged |= word == Some(PointWord::Hedge);
            self.weak |= word == Some(PointWord::Weak);
            self.whole |= word == Some(PointWord::All);
            self.part |= word == Some(PointWord::Part);
            if text.tokens()[i].kind == TokenKind::Punct {
                continue;
            }
            let key = text.key(i);
            self.keys.push(key.to_owned());
            let tells = text.tokens()[i].kind == TokenKind::Word && !own.contains(&i) && word.is_none();
            if tells && !pack.words.is_stop(key) {
                self.stems.push(pack.words.stem(key).to_owned());
            }
        }
    }
}

/// A TIMEX3 duration in days, where it lasts at least one.
fn days(value: &str) -> Option<u32> {
    let rest = value.strip_prefix('P')?;
    let unit = rest.chars().last()?;
    let count: u32 = rest[..rest.len() - unit.len_utf8()].parse().ok()?;
    let each = match unit {
        'D' => 1,
        'W' => 7,
        'M' => 30,
        'Y' => 365,
        _ => return None,
    };
    count.checked_mul(each)
}
