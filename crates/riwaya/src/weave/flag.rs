//! What does not fit? Never an accusation: each flag shows the words and explains itself.

use crate::pack::Packs;
use crate::read::Reading;
use crate::weave::{Passage, Woven};

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

pub(crate) fn weave(_readings: &[Reading], _packs: &Packs, _woven: &mut Woven) {}
