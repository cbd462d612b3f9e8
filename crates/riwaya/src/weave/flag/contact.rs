//! Do the pages agree on when a contact is, who asked for it, and how far it has come?

use super::{Desk, Flag, FlagKind, Severity};
use crate::event::Status;
use crate::weave::contact::teller;
use crate::weave::when::Day;
use crate::weave::{Contact, Grounds, Passage, Report, Said};
use jiff::civil::Date;
use rustc_hash::FxHashMap;
use std::collections::BTreeSet;

/// Days between two contacts of the same parties from which on they are surely two contacts.
const APART: i32 = 3;

impl Desk<'_> {
    pub(super) fn of_contact(&self, contact: usize) -> impl Iterator<Item = Flag> {
        let found = [self.initiator(contact), self.unconfirmed(contact), self.still_planned(contact)];
        found.into_iter().flatten()
    }

    /// Somebody says that one side asked for it, somebody else that the other one did.
    fn initiator(&self, contact: usize) -> Option<Flag> {
        let said = &self.woven.contacts[contact].initiators;
        let first = said.first()?;
        let other = said.iter().find(|s| !self.same_side(s.who, first.who))?;
        let teller = |s: &Said| match s.by {
            Some(by) => self.name(by).to_owned(),
            None => self.readings[s.passage.page].source.id.clone(),
        };
        let explain = format!(
            "{} names {} as the one who asked for it, {} names {}",
            teller(first),
            self.name(first.who),
            teller(other),
            self.name(other.who)
        );
        let grounds = Grounds::new("flag/initiator", vec![first.passage, other.passage]);
        Some(Flag::new(FlagKind::InitiatorConflict, Severity::Warning, grounds, explain))
    }

    /// One side announces what took place; the other one speaks on the same pages and does not mention it.
    fn unconfirmed(&self, at: usize) -> Option<Flag> {
        let contact = &self.woven.contacts[at];
        if contact.status != Status::Happened || self.is_told_otherwise(at) {
            return None;
        }
        let told = contact.evidence.iter().map(|e| teller(e.page, e.span, self.readings, self.woven));
        let tellers: Vec<usize> = told.collect::<Option<_>>()?;
        let side = self.states[*tellers.first()?].first()?;
        if !tellers.iter().all(|t| self.states[*t] == [side.clone()]) {
            return None;
        }
        let silent = contact.participants.iter().find(|p| self.states[**p].first().is_some_and(|s| s != side))?;
        let speaks = contact.history.iter().any(|report| {
            self.readings[report.page].statements.iter().filter_map(|s| s.speaker).any(|speaker| {
                let speaker = self.woven.entity_of[report.page][speaker];
                self.states[speaker].iter().any(|s| self.states[*silent].contains(s))
            })
        });
        let explain = || {
            format!(
                "only {} says so; what {} says on the same pages does not mention it",
                self.name(tellers[0]),
                self.name(*silent)
            )
        };
        let grounds = || Grounds::new("flag/told-by-one-side", contact.evidence.clone());
        speaks.then(|| Flag::new(FlagKind::OneSideUnconfirmed, Severity::Note, grounds(), explain()))
    }

    /// Does the story hold another contact of this kind between the same states?
    fn is_told_otherwise(&self, at: usize) -> bool {
        let contacts = &self.woven.contacts;
        let parties = |n: usize| -> BTreeSet<&String> {
            contacts[n].participants.iter().flat_map(|p| &self.states[*p]).collect()
        };
        let first = contacts.partition_point(|c| c.story < contacts[at].story);
        let of_story = contacts[first..].iter().take_while(|c| c.story == contacts[at].story);
        let same = |(n, other): (usize, &Contact)| {
            first + n != at && other.kind == contacts[at].kind && parties(first + n) == parties(at)
        };
        of_story.enumerate().any(same)
    }

    /// A page of Friday announces the call of Wednesday, of which others tell how it went.
    fn still_planned(&self, contact: usize) -> Option<Flag> {
        let contact = &self.woven.contacts[contact];
        let day = contact.when.as_ref().and_then(|(_, w)| Day::parse(&w.value).date())?;
        let published = |report: &Report| self.readings[report.page].published.as_ref().map(|p| p.date);
        let happened = contact.history.iter().find(|r| r.status == Status::Happened)?;
        let planned = contact.history.iter().find(|r| {
            r.status == Status::Planned && r.page != happened.page && published(r).is_some_and(|p: Date| p > day)
        })?;
        let explain = format!(
            "{} of {} still announces what by {} was on {day}",
            self.readings[planned.page].source.id,
            published(planned)?,
            self.readings[happened.page].source.id
        );
        let grounds = Grounds::new("flag/still-planned", vec![happened.passage, planned.passage]);
        Some(Flag::new(FlagKind::PlanAgainstFact, Severity::Note, grounds, explain))
    }

    /// Pages of one story that put a contact of the same kind between the same parties on different days, where no page
    /// knows of two.
    pub(super) fn dated_apart(&self) -> Vec<Flag> {
        let contacts = &self.woven.contacts;
        let mut flags = Vec::new();
        let mut last: FxHashMap<(usize, &str, Vec<usize>), usize> = FxHashMap::default();
        for (n, contact) in contacts.iter().enumerate() {
            let mut parties = contact.participants.clone();
            parties.sort_unstable();
            if parties.len() < 2 {
                continue;
            }
            let before = last.insert((contact.story, contact.kind.as_str(), parties), n);
            flags.extend(before.and_then(|before| self.on_other_days(&contacts[before], contact)));
        }
        flags
    }

    fn on_other_days(&self, a: &Contact, b: &Contact) -> Option<Flag> {
        let both = b.events.iter().any(|(page, _)| a.events.iter().any(|(p, _)| p == page));
        let day = |c: &Contact| c.when.as_ref().and_then(|(_, w)| Day::parse(&w.value).date());
        let (x, y) = (day(a)?, day(b)?);
        if both || x == y || (y - x).get_days().abs() > APART {
            return None;
        }
        let (first, second): (&Passage, &Passage) = (a.evidence.first()?, b.evidence.first()?);
        let id = |passage: &Passage| &self.readings[passage.page].source.id;
        let explain = format!("{} puts it on {x}, {} on {y}; these may be two contacts", id(first), id(second));
        let grounds = Grounds::new("flag/days", vec![*first, *second]);
        Some(Flag::new(FlagKind::DateConflict, Severity::Note, grounds, explain))
    }
}
