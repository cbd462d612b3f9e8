//! Does a text quote what stands on the pages?
//!
//! Each quotation and each attributed sentence of a text is looked for word by word. Folding serves the comparison
//! only: vowel marks, hamza, ё, case, digits of any script, marks and spacing never count, every word does. Where
//! the gate cannot tell, it does not say `found`.
//!
//! | module | the question it answers |
//! |---|---|
//! | [`words`] | Which words does a text hold, made comparable? |
//! | [`claim`] | What does the text quote, and whose words does it say they are? |
//! | [`seek`] | On which pages could the words stand? |
//! | [`page`] | Where are a page's words, and whose are they? |
//! | [`find`] | Where do the words stand exactly? |
//! | [`align`] | Where do most of them stand? |
//! | [`foreign`] | Does somebody say in another language what the text quotes? |
//! | [`difference`] | Which words differ, and does that turn the meaning? |
//! | [`who`] | Is the one whom the text names the one whom the page names? |
//! | [`judge`] | What is to be said of it? |

mod align;
mod claim;
mod difference;
mod find;
mod foreign;
mod judge;
mod page;
mod seek;
mod who;
mod words;

use crate::language::Language;
use crate::mention::EntityIndex;
use crate::pack::Packs;
use crate::read::Reading;
use crate::rows::Files;
use crate::text::Span;
use crate::weave::Link;
use jiff::civil::Date;
use rustc_hash::FxHashSet;

pub use difference::{Difference, DifferenceKind};
pub use seek::{Hits, Looker, Seeker};

/// Words that turn a sentence into its opposite.
#[derive(Debug, Clone, Default)]
pub struct Lexicon {
    negations: FxHashSet<String>,
}

impl Lexicon {
    /// Reads `negation-words.txt` of `language`; a missing list is a missing ability.
    pub fn load(files: &Files, language: &Language) -> Lexicon {
        let list = files.get(&format!("{}/negation-words.txt", language.code)).unwrap_or("");
        let words = list.lines().map(str::trim).filter(|l| !l.is_empty() && !l.starts_with('#'));
        Lexicon { negations: words.map(|w| language.fold(w)).collect() }
    }

    /// Does this folded word negate?
    pub fn negates(&self, key: &str) -> bool {
        self.negations.contains(key)
    }
}

/// How a text gives what it says that somebody said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// Between quotation marks: every word counts.
    Quotation,
    /// As a sentence that is attributed without marks.
    Sentence,
}

impl Mode {
    /// The word of the contract.
    pub fn as_str(self) -> &'static str {
        match self {
            Mode::Quotation => "quotation",
            Mode::Sentence => "sentence",
        }
    }
}

/// What is to be said of a quotation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Outcome {
    /// The words stand on a page in one run, said by whom the text names.
    Found,
    /// Too few words to tell whose they are.
    TooShort,
    /// Whom the text names says it in another language; the original words can be shown, and not be compared word by word.
    Translated,
    /// The words stand there, but somebody else says them, or the page itself.
    Misattributed,
    /// Its parts stand in several places.
    Stitched,
    /// Most of it stands in one place, and some words differ.
    Altered,
    /// No page holds it.
    NotFound,
}

impl Outcome {
    /// The word of the contract.
    pub fn as_str(self) -> &'static str {
        match self {
            Outcome::Found => "found",
            Outcome::TooShort => "too_short",
            Outcome::Translated => "translated",
            Outcome::Misattributed => "misattributed",
            Outcome::Stitched => "stitched",
            Outcome::Altered => "altered",
            Outcome::NotFound => "not_found",
        }
    }

    /// May the text stand as far as that can be told?
    pub fn passes(self) -> bool {
        matches!(self, Outcome::Found | Outcome::TooShort | Outcome::Translated)
    }
}

/// Words on a page that answer a quotation.
#[derive(Debug, Clone)]
pub struct Place {
    /// The page.
    pub page: usize,
    /// The words, in pieces where something stands between them.
    pub words: Vec<Span>,
    /// The statement that holds them.
    pub statement: Option<usize>,
    /// Who says them there, among the entities of the page.
    pub speaker: Option<EntityIndex>,
    /// Through whom they came, the outlet first.
    pub chain: Vec<Link>,
    /// The day of publication.
    pub published: Option<Date>,
}

/// A quotation or attributed sentence of a text, and what was found of it.
#[derive(Debug, Clone)]
pub struct Verdict {
    /// In marks or without.
    pub mode: Mode,
    /// Where it stands in the text.
    pub span: Span,
    /// Whose words the text says they are, among the entities of the text.
    pub speaker: Option<EntityIndex>,
    /// What is to be said of it.
    pub outcome: Outcome,
    /// Where its words stand, the earliest first; where they are nearest, if nowhere exactly.
    pub places: Vec<Place>,
    /// Which words differ from those of the first place.
    pub differences: Vec<Difference>,
    /// Share of its words that stand in the first place in this order, from 0 to 1.
    pub share: f32,
    /// What else there is to know, in a sentence.
    pub explain: String,
}

/// What `text` quotes, in its order, judged by `readings`: the pages that a [`Seeker`] chose, or all there are.
pub fn verify(text: &Reading, readings: &[Reading], packs: &Packs) -> Vec<Verdict> {
    judge::all(text, readings, packs)
}
