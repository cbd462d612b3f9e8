//! Who says what to whom, in which words, inside whose statement?

use crate::because::Because;
use crate::error::Error;
use crate::language::Language;
use crate::mention::{Cast, EntityIndex};
use crate::page::Layout;
use crate::rows::Files;
use crate::text::{Span, Text};
use crate::time::Time;

/// How the words are given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum QuoteKind {
    /// All between quotation marks.
    Direct,
    /// None between quotation marks.
    Indirect,
    /// Some.
    Mixed,
}

impl QuoteKind {
    /// The word of the contract.
    pub fn as_str(self) -> &'static str {
        match self {
            QuoteKind::Direct => "direct",
            QuoteKind::Indirect => "indirect",
            QuoteKind::Mixed => "mixed",
        }
    }
}

/// What the source does by saying it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Act {
    /// Says, adds, explains.
    Say,
    /// Affirms.
    Confirm,
    /// Says that it is not so.
    Deny,
    /// Commits to it.
    Promise,
    /// Warns.
    Warn,
    /// Threatens.
    Threaten,
    /// Asks for it or after it.
    Ask,
    /// Accuses.
    Accuse,
    /// Agrees, welcomes.
    Agree,
    /// Rejects, condemns.
    Reject,
    /// Thinks, expects, hopes.
    Believe,
    /// Makes it known.
    Announce,
}

impl Act {
    const ALL: [(Act, &'static str); 12] = [
        (Act::Say, "say"),
        (Act::Confirm, "confirm"),
        (Act::Deny, "deny"),
        (Act::Promise, "promise"),
        (Act::Warn, "warn"),
        (Act::Threaten, "threaten"),
        (Act::Ask, "ask"),
        (Act::Accuse, "accuse"),
        (Act::Agree, "agree"),
        (Act::Reject, "reject"),
        (Act::Believe, "believe"),
        (Act::Announce, "announce"),
    ];

    /// The word of the contract.
    pub fn as_str(self) -> &'static str {
        Act::ALL.iter().find(|(act, _)| *act == self).map_or("say", |(_, word)| word)
    }

    /// The act that a pack's word names.
    pub fn parse(word: &str) -> Option<Act> {
        Act::ALL.iter().find(|(_, w)| *w == word).map(|(act, _)| *act)
    }
}

/// An attribution: source, cue and content.
#[derive(Debug, Clone)]
pub struct Statement {
    /// The words that name who says it; none where the sentence does not.
    pub source: Option<Span>,
    /// The words that attribute.
    pub cue: Span,
    /// What is said, in pieces.
    pub content: Vec<Span>,
    /// How the words are given.
    pub quote: QuoteKind,
    /// Who says it, pronouns and dropped subjects resolved.
    pub speaker: Option<EntityIndex>,
    /// Who is told.
    pub addressee: Option<EntityIndex>,
    /// «في بيان», «في تصريح لقناة …».
    pub venue: Option<Span>,
    /// What the source does by it.
    pub act: Act,
    /// False where the source says that the content is not so.
    pub positive: bool,
    /// The statement whose content holds this one, as an index of the same list.
    pub parent: Option<usize>,
    /// Why.
    pub because: Because,
}

impl Statement {
    /// The content from its first to its last piece.
    pub fn extent(&self) -> Span {
        match (self.content.first(), self.content.last()) {
            (Some(first), Some(last)) => first.to(*last),
            _ => self.cue,
        }
    }
}

/// Cues and frames of a language.
#[derive(Debug, Clone, Default)]
pub struct Lexicon {}

impl Lexicon {
    /// Reads `verbs.tsv`, `statement.tsv` … of `language`.
    ///
    /// # Errors
    /// Names file and line of a row that cannot be read.
    pub fn load(_files: &Files, _language: &Language) -> Result<Lexicon, Error> {
        Ok(Lexicon {})
    }
}

/// All attributions of the article in text order. Speakers that the names stage did not see («مسؤول أمريكي») are
/// added to `cast` as unnamed entities.
pub fn statements(
    _text: &Text,
    _layout: &Layout,
    _cast: &mut Cast,
    _times: &[Time],
    _lexicon: &Lexicon,
) -> Vec<Statement> {
    Vec::new()
}
