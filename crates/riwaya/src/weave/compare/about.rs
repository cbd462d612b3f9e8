//! What is a clause about, and how firmly is it said?

use super::{DISCUSS, Desk, INITIATIVE};
use crate::mention::{EntityKind, Mention};
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
    /// Concepts, with whether it goes without them.
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
    /// It was not spoken of.
    pub undiscussed: bool,
    /// It holds only without something that no concept names: “workers without papers”.
    pub limited: bool,
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
        let mut named = desk.packs.concepts().named(text, tokens.clone(), pack);
        let parties = parties(desk, page, words, ids);
        named.retain(|n| !(n.token..n.end).all(|i| parties.contains(&i)));
        let mut own: FxHashSet<usize> = named.iter().flat_map(|n| n.token..n.end).collect();
        about.people(desk, page, words, &named, ids, &mut own);
        about.turns(desk, text, tokens.clone(), &named, said, pack);
        about.attitude(desk, text, said, pack);
        let times = about.times(desk, page, words);
        own.extend(&times);
        about.numbers(desk, text, tokens.clone(), &named, &times, pack);
        own.extend(pack.quantities.read(text, tokens.clone()).into_iter().flat_map(|q| q.tokens));
        about.words(text, tokens, &own, &times, pack);
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
            let states = desk.states_at(page, entity);
            if asked.is_some_and(|n| tokens.start > n.token) && self.initiator.is_none() {
                self.initiator = states.first().cloned();
            }
            if states.iter().any(|s| ids.contains(s)) {
                own.extend(tokens);
                self.actor = self.actor.take().or_else(|| states.first().cloned());
            } else if !self.entities.contains(&entity) {
                self.entities.push(entity);
            }
        }
        // «بطلب من الجانب المصري»: no name tells whose request it was.
        if let Some(asked) = asked.filter(|_| self.initiator.is_none()) {
            let behind = asked.end..text.tokens_in(words).end.min(asked.end + REACH);
            let keys: Vec<String> = behind.map(|i| text.key(i).to_owned()).collect();
            let pack = desk.pack(page);
            self.initiator = pack.and_then(|pack| pack.sides.states(&keys, &pack.words).into_iter().next());
        }
    }

    /// Each «لا» turns the act or concept that follows next; a refusal turns the whole. «دون شروط» turns nothing but the
    /// conditions.
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
        let mut without: FxHashSet<usize> = FxHashSet::default();
        let mut odd = self.denied || said.act == Act::Reject;
        let mut seen = false;
        let within = |i: &usize| named.iter().any(|n| (n.token..n.end).contains(i));
        for i in tokens.filter(|i| !within(i)) {
            let next = || named.iter().filter(|n| (i..=i + REACH).contains(&n.token)).min_by_key(|n| n.token);
            match pack.points.at(text, i) {
                Some(PointWord::Not) => {
                    // “no copper and no mine” is turned once.
                    odd ^= i == 0 || !(seen && pack.points.at(text, i - 1) == Some(PointWord::Join));
                    seen = true;
                    let next = next();
                    self.unclear |= next.is_none();
                    self.undiscussed |= next.is_some_and(|n| concepts[n.concept].id == DISCUSS);
                }
                Some(PointWord::Without) => {
                    let next = next();
                    without.extend(next.map(|n| n.concept));
                    self.limited |= next.is_none();
                }
                _ => {}
            }
        }
        let refusals = named.iter().filter(|n| concepts[n.concept].scope == Scope::Turn).count();
        self.negative = odd != (refusals % 2 == 1);
        self.concepts = named.iter().map(|n| (n.concept, without.contains(&n.concept))).collect();
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

    /// Returns the tokens of the dates.
    fn times(&mut self, desk: &Desk<'_>, page: usize, words: Span) -> FxHashSet<usize> {
        let reading = &desk.readings[page];
        let mut own = FxHashSet::default();
        for time in reading.times.iter().filter(|t| words.contains(t.span)) {
            own.extend(reading.text.tokens_in(time.span));
            if time.kind == TimeKind::Duration {
                self.durations.extend(days(&time.value));
            } else if Day::parse(&time.value).exactness() > 0 {
                let value = time.value.split('T').next().unwrap_or("");
                self.dates.push(without_year(value, reading.text.at(time.span)));
            }
        }
        own
    }

    fn numbers(
        &mut self,
        desk: &Desk<'_>,
        text: &Text,
        tokens: Range<usize>,
        named: &[Named],
        times: &FxHashSet<usize>,
        pack: &Pack,
    ) {
        let concepts = desk.packs.concepts().all();
        for quantity in pack.quantities.read(text, tokens.clone()) {
            if quantity.tokens.clone().any(|i| times.contains(&i)) {
                continue;
            }
            let value = quantity.value.to_string();
            if quantity.ordinal {
                self.ordinals.push(value);
                continue;
            }
            let end = quantity.tokens.end;
            let counted = |scope: Scope| {
                let counts = |n: &&Named| concepts[n.concept].scope == scope && (end..end + NEAR).contains(&n.token);
                named.iter().find(counts)
            };
            let next = || (end..tokens.end).find(|i| text.tokens()[*i].kind == TokenKind::Word);
            let unit = match counted(Scope::Unit).or_else(|| counted(Scope::Topic)) {
                Some(unit) => Unit::Concept(unit.concept),
                None => Unit::Stem(next().map_or(String::new(), |i| pack.words.stem(text.key(i)).to_owned())),
            };
            self.numbers.push((value, unit));
        }
    }

    fn words(
        &mut self,
        text: &Text,
        tokens: Range<usize>,
        own: &FxHashSet<usize>,
        times: &FxHashSet<usize>,
        pack: &Pack,
    ) {
        for i in tokens {
            // “in May” is no “may”.
            let word = pack.points.at(text, i).filter(|_| !times.contains(&i));
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

/// The day without a year that the text does not name: “would begin in April” and “was to begin in April” are one April,
/// whichever the years that they were taken for.
fn without_year(value: &str, words: &str) -> String {
    let named = words.split(|c: char| !c.is_numeric()).any(|digits| digits.chars().count() == 4);
    match value.split_once('-') {
        Some((year, rest)) if !named && year.len() == 4 && rest.starts_with(|c: char| c.is_ascii_digit()) => {
            format!("XXXX-{rest}")
        }
        _ => value.to_owned(),
    }
}

/// The tokens that name the sides and their people: «الرياض» is no sport.
fn parties(desk: &Desk<'_>, page: usize, words: Span, ids: &[String]) -> FxHashSet<usize> {
    let reading = &desk.readings[page];
    let is_party = |m: &&Mention| {
        let entity = desk.woven.entity_of[page][m.entity];
        desk.woven.entities[entity].kind != EntityKind::Organisation
            && desk.states_at(page, entity).iter().any(|state| ids.contains(state))
    };
    reading.cast.mentions_in(words).filter(is_party).flat_map(|m| reading.text.tokens_in(m.span)).collect()
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
