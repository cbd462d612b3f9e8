//! Why do we say so? The rule and the words behind every derived value.

use crate::text::Span;
use std::sync::Arc;

/// The reason for a derived value: the rule that made it and the spans that it rests on.
///
/// Rows of a pack name themselves `ar/time.tsv:14`; rules of the engine have a short name such as
/// `statement/dropped-subject`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Because {
    /// The row or the engine rule.
    pub rule: Arc<str>,
    /// The words that it rests on, in text order.
    pub from: Vec<Span>,
}

impl Because {
    /// A reason that rests on several spans.
    pub fn new(rule: impl Into<Arc<str>>, from: Vec<Span>) -> Because {
        Because { rule: rule.into(), from }
    }

    /// A reason that rests on one span.
    pub fn one(rule: impl Into<Arc<str>>, from: Span) -> Because {
        Because { rule: rule.into(), from: vec![from] }
    }
}
