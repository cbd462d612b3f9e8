//! What does not fit? Never an accusation: each flag shows the words and explains itself.
//!
//! | module | what it looks at |
//! |---|---|
//! | [`contact`] | days, initiators and stages of one contact |
//! | [`account`] | the accounts of two sides |
//! | [`silence`] | what a page says that somebody did not say |
//! | [`quotation`] | one quotation in two mouths |
//! | [`count`] | victims counted differently |
//! | [`role`] | one person, in office and out of it |
//! | [`wording`] | words that look like a slip of a translation |

mod account;
mod contact;
mod count;
mod lexicon;
mod quotation;
mod role;
mod silence;
mod wording;

pub use lexicon::{Hit, Lexicon, Sign};

use crate::pack::{Pack, Packs};
use crate::read::Reading;
use crate::time;
use crate::weave::{Grounds, Passage, Woven};
use std::ops::Range;

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
    /// One quotation, and different people who are said to have spoken it.
    AttributionConflict,
    /// One person, called a holder of an office here and a former holder there.
    RoleConflict,
    /// A contact is announced by a page that is younger than the contact itself.
    PlanAgainstFact,
    /// One account says what another one denies.
    Contradiction,
    /// A side has not confirmed what the other one announced.
    OneSideUnconfirmed,
    /// Words that a translation may have got wrong.
    TranslationSuspect,
}

impl FlagKind {
    /// The word of the contract.
    pub fn as_str(self) -> &'static str {
        match self {
            FlagKind::WeekdayConflict => "weekday_conflict",
            FlagKind::DateConflict => "date_conflict",
            FlagKind::NumberConflict => "number_conflict",
            FlagKind::InitiatorConflict => "initiator_conflict",
            FlagKind::AttributionConflict => "attribution_conflict",
            FlagKind::RoleConflict => "role_conflict",
            FlagKind::PlanAgainstFact => "plan_against_fact",
            FlagKind::Contradiction => "contradiction",
            FlagKind::OneSideUnconfirmed => "one_side_unconfirmed",
            FlagKind::TranslationSuspect => "translation_suspect",
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
    /// The rule, and the words that don't fit.
    pub grounds: Grounds,
    /// What is the matter, in a sentence.
    pub explain: String,
}

impl Flag {
    fn new(what: FlagKind, severity: Severity, grounds: Grounds, explain: String) -> Flag {
        let mut pages: Vec<usize> = grounds.from.iter().map(|p| p.page).collect();
        pages.sort_unstable();
        pages.dedup();
        Flag { what, severity, pages, grounds, explain }
    }
}

/// All flags: of each page, then of each contact, of each story, of the comparisons.
pub(crate) fn flags(readings: &[Reading], packs: &Packs, states: &[Vec<String>], woven: &Woven) -> Vec<Flag> {
    let desk = Desk { readings, packs, states, woven };
    let hits: Vec<Vec<Hit>> = readings.iter().map(|reading| desk.hits(reading)).collect();
    let mut flags: Vec<Flag> = Vec::new();
    for (page, hits) in hits.iter().enumerate() {
        flags.extend(desk.clashes(page));
        flags.extend(desk.slips(page, hits));
        flags.extend(desk.silences(page, hits));
    }
    (0..woven.contacts.len()).for_each(|contact| flags.extend(desk.of_contact(contact)));
    flags.extend(desk.dated_apart());
    for story in &woven.stories {
        flags.extend(desk.quoted_twice(story));
        flags.extend(desk.counted_apart(story, &hits));
        flags.extend(desk.in_and_out(story, &hits));
    }
    flags.extend(woven.comparisons.iter().flat_map(|c| desk.of_accounts(c)));
    flags
}

/// What every check looks at.
struct Desk<'w> {
    readings: &'w [Reading],
    packs: &'w Packs,
    states: &'w [Vec<String>],
    woven: &'w Woven,
}

impl Desk<'_> {
    fn pack(&self, reading: &Reading) -> Option<&Pack> {
        self.packs.get(reading.lang.as_deref()?)
    }

    fn hits(&self, reading: &Reading) -> Vec<Hit> {
        let Some(pack) = self.pack(reading) else { return Vec::new() };
        let article = reading.layout.title.iter().chain(&reading.layout.body);
        let mut hits: Vec<Hit> = article
            .flat_map(|line| pack.checks.hits(&reading.text, reading.text.tokens_in(*line), &pack.words))
            .collect();
        hits.sort_by_key(|hit| hit.tokens.start);
        hits
    }

    fn clashes(&self, page: usize) -> impl Iterator<Item = Flag> {
        let reading = &self.readings[page];
        let clashes = time::clashes(&reading.text, &reading.times, reading.published.as_ref());
        clashes.into_iter().map(move |clash| {
            let from = clash.spans.into_iter().map(|span| Passage { page, span }).collect();
            let grounds = Grounds::new("flag/weekday", from);
            Flag::new(FlagKind::WeekdayConflict, Severity::Warning, grounds, clash.explain)
        })
    }

    /// The tokens of the sentence that holds a token.
    fn sentence(&self, page: usize, token: usize) -> Range<usize> {
        let sentences = self.readings[page].text.sentences();
        let at = sentences.partition_point(|s| s.tokens.end <= token);
        sentences.get(at).map_or(token..token + 1, |s| s.tokens.clone())
    }

    /// The name that a flag's sentence uses.
    fn name(&self, entity: usize) -> &str {
        self.woven.entities[entity].label("en")
    }

    /// Do two entities speak for one state?
    fn same_side(&self, a: usize, b: usize) -> bool {
        a == b || self.states[a].iter().any(|s| self.states[b].contains(s))
    }
}
