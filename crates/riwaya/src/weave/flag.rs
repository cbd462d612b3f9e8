//! What does not fit? Never an accusation: each flag shows the words and explains itself.

use crate::event::Status;
use crate::read::Reading;
use crate::time;
use crate::weave::compare::relation;
use crate::weave::contact::teller;
use crate::weave::when::Day;
use crate::weave::{Comparison, Passage, Relation, Said, Woven};
use rustc_hash::FxHashMap;
use std::collections::BTreeSet;

/// What does not fit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum FlagKind {
    /// A weekday that is not the one of its date, or two days that exclude one another.
    WeekdayConflict,
    /// Accounts date one contact differently.
    DateConflict,
    /// Accounts give one number differently.
    NumberConflict,
    /// Accounts differ in who asked for a contact.
    InitiatorConflict,
    /// A side has not confirmed what the other one announced.
    OneSideUnconfirmed,
}

impl FlagKind {
    /// The word of the contract.
    pub fn as_str(self) -> &'static str {
        match self {
            FlagKind::WeekdayConflict => "weekday_conflict",
            FlagKind::DateConflict => "date_conflict",
            FlagKind::NumberConflict => "number_conflict",
            FlagKind::InitiatorConflict => "initiator_conflict",
            FlagKind::OneSideUnconfirmed => "one_side_unconfirmed",
        }
    }
}

/// How much it matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Worth knowing.
    Note,
    /// One of the two cannot be right, or they speak of different things.
    Warning,
}

impl Severity {
    /// The word of the contract.
    pub fn as_str(self) -> &'static str {
        match self {
            Severity::Note => "note",
            Severity::Warning => "warning",
        }
    }
}

/// Something that does not fit.
#[derive(Debug, Clone)]
pub struct Flag {
    /// What.
    pub what: FlagKind,
    /// How much it matters.
    pub severity: Severity,
    /// The pages that it concerns, in order.
    pub pages: Vec<usize>,
    /// The words that don't fit.
    pub evidence: Vec<Passage>,
    /// What is the matter, in a sentence.
    pub explain: String,
}

/// All flags: of each page, then of each contact, then of the comparisons.
pub(crate) fn flags(readings: &[Reading], states: &[Vec<String>], woven: &Woven) -> Vec<Flag> {
    let mut flags: Vec<Flag> = (0..readings.len()).flat_map(|page| of_page(page, readings)).collect();
    for contact in 0..woven.contacts.len() {
        flags.extend(initiator(contact, readings, states, woven));
        flags.extend(unconfirmed(contact, readings, states, woven));
    }
    flags.extend(dated_apart(readings, woven));
    flags.extend(woven.comparisons.iter().flat_map(|c| scope(c, woven)));
    flags
}

fn of_page(page: usize, readings: &[Reading]) -> Vec<Flag> {
    let reading = &readings[page];
    let clashes = time::clashes(&reading.text, &reading.times, reading.published.as_ref());
    let flag = |clash: time::Clash| Flag {
        what: FlagKind::WeekdayConflict,
        severity: Severity::Warning,
        pages: vec![page],
        evidence: clash.spans.into_iter().map(|span| Passage { page, span }).collect(),
        explain: clash.explain,
    };
    clashes.into_iter().map(flag).collect()
}

/// The name that a flag's sentence uses.
fn name(entity: usize, woven: &Woven) -> &str {
    woven.entities[entity].label("en")
}

/// Somebody says that one side asked for it, somebody else that the other one did.
fn initiator(contact: usize, readings: &[Reading], states: &[Vec<String>], woven: &Woven) -> Option<Flag> {
    let said = &woven.contacts[contact].initiators;
    let first = said.first()?;
    let same = |who: usize| who == first.who || states[who].iter().any(|s| states[first.who].contains(s));
    let other = said.iter().find(|s| !same(s.who))?;
    let teller = |s: &Said| match s.by {
        Some(by) => name(by, woven).to_owned(),
        None => readings[s.passage.page].source.id.clone(),
    };
    Some(Flag {
        what: FlagKind::InitiatorConflict,
        severity: Severity::Warning,
        pages: pages(&[first.passage, other.passage]),
        evidence: vec![first.passage, other.passage],
        explain: format!(
            "{} names {} as the one who asked for it, {} names {}",
            teller(first),
            name(first.who, woven),
            teller(other),
            name(other.who, woven)
        ),
    })
}

/// One side announces what took place; the other one speaks on the same pages and does not mention it.
fn unconfirmed(contact: usize, readings: &[Reading], states: &[Vec<String>], woven: &Woven) -> Option<Flag> {
    let at = contact;
    let contact = &woven.contacts[at];
    let parties =
        |n: usize| -> BTreeSet<&String> { woven.contacts[n].participants.iter().flat_map(|p| &states[*p]).collect() };
    let first = woven.contacts.partition_point(|c| c.story < contact.story);
    let of_story = woven.contacts[first..].iter().take_while(|c| c.story == contact.story);
    let told_otherwise = of_story
        .enumerate()
        .any(|(n, other)| first + n != at && other.kind == contact.kind && parties(first + n) == parties(at));
    if contact.status != Status::Happened || told_otherwise {
        return None;
    }
    let mut tellers = Vec::new();
    for evidence in &contact.evidence {
        let by = teller(evidence.page, evidence.span, readings, woven)?;
        tellers.push(by);
    }
    let side = states[*tellers.first()?].first()?;
    if !tellers.iter().all(|t| states[*t] == [side.clone()]) {
        return None;
    }
    let silent = contact.participants.iter().find(|p| states[**p].first().is_some_and(|s| s != side))?;
    let speaks = contact.history.iter().any(|report| {
        readings[report.page].statements.iter().filter_map(|s| s.speaker).any(|speaker| {
            let speaker = woven.entity_of[report.page][speaker];
            states[speaker].iter().any(|s| states[*silent].contains(s))
        })
    });
    speaks.then(|| Flag {
        what: FlagKind::OneSideUnconfirmed,
        severity: Severity::Note,
        pages: pages(&contact.evidence),
        evidence: contact.evidence.clone(),
        explain: format!(
            "only {} says so; what {} says on the same pages does not mention it",
            name(tellers[0], woven),
            name(*silent, woven)
        ),
    })
}

/// Days between two contacts of the same parties from which on they are surely two contacts.
const APART: i32 = 3;

/// Pages of one story that put a contact of the same kind between the same parties on different days, where no page
/// knows of two.
fn dated_apart(readings: &[Reading], woven: &Woven) -> Vec<Flag> {
    let mut flags = Vec::new();
    let mut last: FxHashMap<(usize, &str, Vec<usize>), usize> = FxHashMap::default();
    for (n, contact) in woven.contacts.iter().enumerate() {
        let mut parties = contact.participants.clone();
        parties.sort_unstable();
        if parties.len() < 2 {
            continue;
        }
        let Some(before) = last.insert((contact.story, contact.kind.as_str(), parties), n) else { continue };
        let other = &woven.contacts[before];
        let both = contact.events.iter().any(|(page, _)| other.events.iter().any(|(p, _)| p == page));
        let day = |c: &crate::weave::Contact| c.when.as_ref().and_then(|(_, w)| Day::parse(&w.value).date());
        let (Some(a), Some(b)) = (day(other), day(contact)) else { continue };
        if both || a == b || (b - a).get_days().abs() > APART {
            continue;
        }
        let evidence: Vec<Passage> = [other, contact].iter().filter_map(|c| c.evidence.first().copied()).collect();
        flags.push(Flag {
            what: FlagKind::DateConflict,
            severity: Severity::Note,
            pages: pages(&evidence),
            explain: format!(
                "{} puts it on {a}, {} on {b}; these may be two contacts",
                readings[evidence[0].page].source.id,
                readings[evidence.last().map_or(0, |p| p.page)].source.id
            ),
            evidence,
        });
    }
    flags
}

/// Accounts that give days or numbers of one thing differently.
fn scope(comparison: &Comparison, woven: &Woven) -> Vec<Flag> {
    let flag = |point: &crate::weave::Point| {
        let what = match &*point.grounds.rule {
            relation::SCOPE_DAYS => FlagKind::DateConflict,
            _ => FlagKind::NumberConflict,
        };
        let side = |n: usize| name(comparison.sides[point.cells[n].side].entity, woven);
        Flag {
            what,
            severity: Severity::Note,
            pages: pages(&point.grounds.from),
            evidence: point.grounds.from.clone(),
            explain: format!(
                "the accounts of {} and {} give {} differently",
                side(0),
                side(point.cells.len() - 1),
                if what == FlagKind::DateConflict { "the days" } else { "a number" }
            ),
        }
    };
    comparison.points.iter().filter(|p| p.relation == Relation::ScopeDiffers && p.cells.len() > 1).map(flag).collect()
}

fn pages(passages: &[Passage]) -> Vec<usize> {
    let mut pages: Vec<usize> = passages.iter().map(|p| p.page).collect();
    pages.sort_unstable();
    pages.dedup();
    pages
}
