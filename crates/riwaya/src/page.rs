//! Where is the article on this page, and what does the page say of itself?
//!
//! A page of plain text is a column of lines. Rows of the pack know the words of furniture (a call to follow, a
//! comment form); the rest follows from shape and place: a headline ends without a full stop and stands above the
//! first paragraph, links to other articles are headlines in a row between paragraphs, a caption is repeated by its
//! neighbour. In doubt a line is article: a lost line costs statements, a kept link costs little.

mod call;
mod credit;
mod lexicon;
mod line;

use crate::because::Because;
use crate::text::{Span, Text};
pub use lexicon::Lexicon;
use line::{Line, Lines};

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
    /// When it was changed last, as received.
    pub updated: Option<String>,
    /// The section of the outlet that it stands in.
    pub section: Option<String>,
    /// The language of the metadata.
    pub lang: Option<String>,
    /// Lines that its mark-up sets apart from the article, in text order.
    pub apart: Vec<Apart>,
}

/// A line that mark-up sets apart from the article.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Apart {
    /// Its first byte in the text.
    pub start: usize,
    /// The byte behind its last.
    pub end: usize,
    /// What it is.
    pub kind: ApartKind,
}

/// What mark-up says that a line is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ApartKind {
    /// Words that belong to a picture.
    Caption,
    /// Who wrote it, where and when.
    Byline,
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
        holds(&self.title, at) || holds(&self.body, at)
    }
}

/// Does one of these spans, which are in text order, hold byte `at`?
fn holds(spans: &[Span], at: usize) -> bool {
    let next = spans.partition_point(|s| s.end() <= at);
    spans.get(next).is_some_and(|s| s.start() <= at)
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
    /// The id of its row in `langs/names/`, where one fits.
    pub known: Option<String>,
    /// Is that row an agency's? An agency's own page credits it as the carrier.
    pub is_agency: bool,
}

impl Credit {
    /// The body itself, however its name is written: its row, else its name in small letters.
    pub fn body(&self) -> String {
        self.known.clone().unwrap_or_else(|| self.name.to_lowercase())
    }
}

/// What a credited body did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum CreditKind {
    /// Carries the page.
    Carrier,
    /// Wrote the text that the page carries.
    Agency,
    /// Several agencies that are not named did («وكالات»).
    Agencies,
    /// Translated it.
    Translation,
}

impl CreditKind {
    /// The word of the contract.
    pub fn as_str(self) -> &'static str {
        match self {
            CreditKind::Carrier => "carrier",
            CreditKind::Agency | CreditKind::Agencies => "agency",
            CreditKind::Translation => "translation",
        }
    }
}

/// Sorts the lines of a page into headlines, article and furniture.
pub fn layout(text: &Text, source: &Source, lexicon: &Lexicon) -> Layout {
    let outlet = source.outlet.as_deref().map(|o| lexicon.folded(o)).unwrap_or_default();
    let mut page = Lines::new(text, outlet);
    page.marks();
    page.by_rows(lexicon);
    page.by_markup(source);
    page.bylines(source, lexicon);
    page.headlines(source, lexicon);
    page.links_between_paragraphs();
    page.captions();
    page.marked();
    page.initials();
    // «###» parts the article from an address only until that is known for what it is.
    page.marks();
    let mut layout = Layout::default();
    if page.lines.iter().all(|l| matches!(l.part, Part::Furniture(_))) {
        page.lines.iter_mut().for_each(|l| l.part = Part::Body);
    }
    for line in page.lines {
        let Line { span, part, .. } = line;
        match part {
            Part::Title => layout.title.push(span),
            Part::Body => layout.body.push(span),
            Part::Furniture(because) => layout.furniture.push((span, because)),
        }
    }
    layout.credits = credit::credits(text, &layout, source, lexicon);
    layout
}

/// What a line is.
#[derive(Debug, Clone)]
enum Part {
    Title,
    Body,
    Furniture(Because),
}
