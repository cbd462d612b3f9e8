//! Where is the article on this page, and what does the page say of itself?

use crate::because::Because;
use crate::error::Error;
use crate::language::Language;
use crate::rows::Files;
use crate::text::{Span, Text};

/// What came with a page: its input id and the metadata of its line of JSON, as far as there was any.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Source {
    /// The input's id, else its path or URL.
    pub id: String,
    /// Lower-case hexadecimal SHA-256 of the bytes read.
    pub sha256: String,
    /// Where it was published.
    pub url: Option<String>,
    /// The outlet that carries it.
    pub outlet: Option<String>,
    /// The headline, where it is not part of the text.
    pub title: Option<String>,
    /// Who signed it.
    pub author: Option<String>,
    /// The publication date or time of the metadata, as received.
    pub published: Option<String>,
    /// The language of the metadata.
    pub lang: Option<String>,
}

/// The lines of a page by what they are.
#[derive(Debug, Clone, Default)]
pub struct Layout {
    /// Headlines, a repeated one included.
    pub title: Vec<Span>,
    /// The article's lines without headlines and furniture.
    pub body: Vec<Span>,
    /// Lines that are no article, each with the rule that set it apart.
    pub furniture: Vec<(Span, Because)>,
    /// Whose work the page says it is.
    pub credits: Vec<Credit>,
}

impl Layout {
    /// The parts that are read for names, times and statements, headlines included, in text order.
    pub fn article(&self) -> Vec<Span> {
        let mut spans: Vec<Span> = self.title.iter().chain(&self.body).copied().collect();
        spans.sort();
        spans
    }

    /// Is byte `at` in the article?
    pub fn is_article(&self, at: usize) -> bool {
        self.title.iter().chain(&self.body).any(|s| s.start() <= at && at < s.end())
    }
}

/// A credit line or phrase: «TRT عربي - وكالات», «المصدر : وكالة …».
#[derive(Debug, Clone)]
pub struct Credit {
    /// The name as written.
    pub name: String,
    /// What it did.
    pub kind: CreditKind,
    /// Where it stands; empty for a credit from the metadata.
    pub span: Option<Span>,
}

/// What a credited body did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum CreditKind {
    /// Carries the page.
    Carrier,
    /// Wrote the text that the page carries.
    Agency,
    /// Translated it.
    Translation,
}

impl CreditKind {
    /// The word of the contract.
    pub fn as_str(self) -> &'static str {
        match self {
            CreditKind::Carrier => "carrier",
            CreditKind::Agency => "agency",
            CreditKind::Translation => "translation",
        }
    }
}

/// Furniture and credit patterns of a language.
#[derive(Debug, Clone, Default)]
pub struct Lexicon {}

impl Lexicon {
    /// Reads `furniture.tsv` and `credits.tsv` of `language`.
    ///
    /// # Errors
    /// Names file and line of a row that cannot be read.
    pub fn load(_files: &Files, _language: &Language) -> Result<Lexicon, Error> {
        Ok(Lexicon {})
    }
}

/// Sorts the lines of a page into headlines, article and furniture.
pub fn layout(text: &Text, _source: &Source, _lexicon: &Lexicon) -> Layout {
    let mut lines = text.lines().iter().filter(|l| !l.tokens.is_empty()).map(|l| l.span);
    Layout { title: lines.next().into_iter().collect(), body: lines.collect(), ..Layout::default() }
}
