//! Which contacts are reported: kind, time, place, parties, initiator, status?

mod actor;
mod affix;
mod chain;
mod circumstance;
mod front;
mod honorific;
mod lexicon;
mod merge;
mod noun;
mod page;
mod parties;
mod role;
mod topic;
mod trigger;
mod visit;

use crate::because::Because;
use crate::mention::{Cast, EntityIndex, EntityKind};
use crate::page::Layout;
use crate::statement::Statement;
use crate::text::{Span, Text};
use crate::time::{Published, Time};
use lexicon::Frame;
pub use lexicon::Lexicon;
use merge::{Draft, Told};
use page::Page;
use parties::Found;
use topic::Topic;
use trigger::Trigger;

/// What kind of contact.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum EventKind {
    /// By telephone.
    Call,
    /// By video.
    VideoCall,
    /// In person.
    Meeting,
    /// Negotiations, consultations.
    Talks,
    /// Of leaders.
    Summit,
    /// A journey to a host.
    Visit,
    /// Letters, notes.
    Correspondence,
    /// Something agreed.
    Agreement,
}

impl EventKind {
    const ALL: [(EventKind, &'static str, &'static str); 8] = [
        (EventKind::Call, "call", "CONSULT"),
        (EventKind::VideoCall, "video_call", "CONSULT"),
        (EventKind::Meeting, "meeting", "CONSULT"),
        (EventKind::Talks, "talks", "CONSULT"),
        (EventKind::Summit, "summit", "CONSULT"),
        (EventKind::Visit, "visit", "CONSULT"),
        (EventKind::Correspondence, "correspondence", "CONSULT"),
        (EventKind::Agreement, "agreement", "AGREE"),
    ];

    /// The word of the contract.
    pub fn as_str(self) -> &'static str {
        EventKind::ALL.iter().find(|(kind, ..)| *kind == self).map_or("meeting", |(_, word, _)| word)
    }

    /// The PLOVER code (Halterman et al. 2023).
    pub fn plover(self) -> &'static str {
        EventKind::ALL.iter().find(|(kind, ..)| *kind == self).map_or("CONSULT", |(.., code)| code)
    }

    /// The kind that a pack's word names.
    pub fn parse(word: &str) -> Option<EventKind> {
        EventKind::ALL.iter().find(|(_, w, _)| *w == word).map(|(kind, ..)| *kind)
    }
}

/// How far a contact has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Status {
    /// Announced.
    Planned,
    /// Took place.
    Happened,
    /// Is taking place.
    Ongoing,
    /// Somebody wants it.
    Proposed,
    /// Somebody says that it is not so.
    Denied,
    /// Called off.
    Cancelled,
}

impl Status {
    /// The word of the contract.
    pub fn as_str(self) -> &'static str {
        match self {
            Status::Planned => "planned",
            Status::Happened => "happened",
            Status::Ongoing => "ongoing",
            Status::Proposed => "proposed",
            Status::Denied => "denied",
            Status::Cancelled => "cancelled",
        }
    }
}

/// When a contact takes place.
#[derive(Debug, Clone)]
pub struct When {
    /// TIMEX3 value.
    pub value: String,
    /// The expression and the rule that ties it to the contact.
    pub because: Because,
}

/// A contact, however often the page mentions it.
#[derive(Debug, Clone)]
pub struct Event {
    /// What kind.
    pub kind: EventKind,
    /// When, where the page says so.
    pub when: Option<When>,
    /// Where, as a place of the cast.
    pub place: Option<EntityIndex>,
    /// The parties, the one named first in front.
    pub participants: Vec<EntityIndex>,
    /// Who asked for it.
    pub initiator: Option<EntityIndex>,
    /// How far it has come.
    pub status: Status,
    /// The words that mention it, in text order.
    pub evidence: Vec<Span>,
    /// Why.
    pub because: Because,
}

/// What the events stage reads.
pub struct Scene<'p> {
    /// The page's text.
    pub text: &'p Text,
    /// Its lines by what they are.
    pub layout: &'p Layout,
    /// Its names.
    pub cast: &'p Cast,
    /// Its temporal expressions.
    pub times: &'p [Time],
    /// Its statements.
    pub statements: &'p [Statement],
    /// Its day of publication.
    pub published: Option<&'p Published>,
}

/// All contacts that the article reports, one item per distinct contact.
pub fn events(scene: &Scene<'_>, lexicon: &Lexicon) -> Vec<Event> {
    let mut page = Page::new(scene, lexicon);
    let triggers = trigger::triggers(&page, lexicon);
    triggers.iter().for_each(|t| page.contacts[t.at] = true);
    let mut drafts: Vec<Draft> = Vec::new();
    let mut topic = Topic::default();
    let mut seen = 0;
    let mut last: Option<(usize, When, Vec<EntityIndex>)> = None;
    let mut previous: Option<&Trigger<'_>> = None;
    for trigger in &triggers {
        topic.follow(&page, &mut seen, trigger.segment.start);
        let mut found = parties::parties(&page, trigger, &topic);
        let game = lexicon.subject_first && trigger.frame().is_verb() && trigger.kind() == EventKind::Meeting;
        if page.is_match(trigger.segment.clone(), &found.parties, game) {
            continue;
        }
        let mut when = circumstance::when(&page, trigger);
        when = when.or_else(|| goes_on(trigger, &found, last.as_ref()));
        if let Some(around) = drafts.last().filter(|_| circumstance::is_inside(&page, trigger)) {
            when = when.or_else(|| around.event.when.clone());
            found.place = found.place.or(around.event.place);
        }
        if let (Some(before), EventKind::Visit) = (previous, trigger.kind()) {
            when = when.filter(|w| !circumstance::is_of_the_call(before, trigger, w));
        }
        previous = Some(trigger);
        let stage = if lexicon.subject_first { front::stage } else { circumstance::stage };
        let Some(stage) = stage(&page, trigger, when.as_ref()) else { continue };
        when = when.filter(|w| !circumstance::is_later(&page, w) && !circumstance::is_over(&page, stage, w));
        if !matches!(trigger.kind(), EventKind::Visit | EventKind::Agreement) {
            topic.met(&page, &found.parties);
        }
        let initiator = found.inviter.or_else(|| circumstance::initiator(&page, trigger));
        if trigger.kind() == EventKind::Visit {
            let first = found.parties.first().filter(|p| page.kind(**p) == EntityKind::Person);
            topic.traveller = first.map(|p| (trigger.segment.start, *p)).or(topic.traveller);
        }
        if let Some(when) = &when {
            last = Some((trigger.segment.start, when.clone(), found.parties.clone()));
        }
        for found in visit::journeys(&page, trigger, found) {
            merge::merge(&page, &topic, &mut drafts, Told { trigger, found, when: when.clone(), stage, initiator });
        }
    }
    drafts.into_iter().map(|d| d.event).collect()
}

/// «عقد الوزير الاثنين لقاء مع …، كما اجتمع مع …»: a second verb of the past in one sentence goes on with its time,
/// where one of its parties is the same.
fn goes_on(trigger: &Trigger<'_>, found: &Found, last: Option<&(usize, When, Vec<EntityIndex>)>) -> Option<When> {
    let (start, when, parties) = last?;
    let same = *start == trigger.segment.start && trigger.frame() == Frame::Past && !trigger.future;
    (same && found.parties.iter().any(|p| parties.contains(p))).then(|| when.clone())
}
