//! Through whom did these words travel?

use crate::pack::Packs;
use crate::read::Reading;
use crate::text::Span;
use crate::weave::{Passage, Woven};
use jiff::civil::Date;

/// How a link hands its words on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum LinkKind {
    /// In quotation marks.
    Direct,
    /// In the words of whoever tells it.
    Indirect,
    /// By somebody without a name («مسؤول أمريكي»).
    Unnamed,
    /// Carried on: an outlet prints an agency, a channel airs an interview.
    Relayed,
}

impl LinkKind {
    /// The word of the contract.
    pub fn as_str(self) -> &'static str {
        match self {
            LinkKind::Direct => "direct",
            LinkKind::Indirect => "indirect",
            LinkKind::Unnamed => "unnamed",
            LinkKind::Relayed => "relayed",
        }
    }
}

/// One hand that words passed through: an outlet, an agency, a spokesman, a principal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// The name, as usual or as written.
    pub name: String,
    /// The woven entity; none for an outlet or agency that only a credit or the metadata names.
    pub entity: Option<usize>,
    /// How it hands the words on.
    pub kind: LinkKind,
    /// The words that say so; none where the metadata does.
    pub words: Option<Passage>,
}

/// One page that carries the words.
#[derive(Debug, Clone)]
pub struct Trace {
    /// The page.
    pub page: usize,
    /// The statement that holds them; none where the page says them itself.
    pub statement: Option<usize>,
    /// The words there.
    pub words: Span,
    /// From the page outwards in: outlet, agency, spokesman, principal.
    pub chain: Vec<Link>,
    /// The day of publication.
    pub published: Option<Date>,
    /// Is it the first appearance among the dated pages?
    pub first: bool,
    /// Share of the words looked for that stand here in this order, from 0 to 1.
    pub share: f32,
    /// Words that stand here and not in what was looked for, and the other way round.
    pub drift: Vec<Drift>,
}

/// A place where the wording differs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Drift {
    /// What was looked for has these words here; empty where it has none.
    pub wanted: String,
    /// This page has these; empty where it has none.
    pub found: String,
}

/// What to trace.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Quarry {
    /// Statement `.1` of page `.0`.
    Statement(usize, usize),
    /// Words, in any script and with any marks.
    Words(String),
}

/// Every page that carries the words, the first appearance first, then by day and page.
pub fn trace(_quarry: &Quarry, _readings: &[Reading], _packs: &Packs, _woven: &Woven) -> Vec<Trace> {
    Vec::new()
}

/// Through whom statement `statement` of page `page` came: the outlet first, whoever said it last.
pub fn chain(_page: usize, _statement: usize, _readings: &[Reading], _woven: &Woven) -> Vec<Link> {
    Vec::new()
}
