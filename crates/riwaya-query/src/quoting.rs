//! Which words of a page are shown for a finding? The sentence around it, with its position.

use crate::account::Reader;
use crate::findings::{Findings, number, shown};
use riwaya::contract::CodePoints;
use riwaya::language::Language;
use riwaya::text::{Span, Text};
use rustc_hash::FxHashMap;
use serde_json::{Value, json};
use std::cell::RefCell;
use std::rc::Rc;

/// Words of a page with their position.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quote {
    /// The page.
    pub article: String,
    /// First code point.
    pub start: usize,
    /// The code point after the last.
    pub end: usize,
    /// Exactly the characters there.
    pub text: String,
}

impl Quote {
    /// The words of a span of the contract that stands on `article`.
    pub fn of(article: &str, span: &Value) -> Option<Quote> {
        let text = span["text"].as_str()?.to_owned();
        Some(Quote { article: article.to_owned(), start: number(&span["start"])?, end: number(&span["end"])?, text })
    }

    /// Page and position, as a reader looks them up.
    pub fn place(&self) -> String {
        format!("{} {}–{}", self.article, self.start, self.end)
    }

    /// As a span of the contract.
    pub fn line(&self) -> Value {
        json!({"article": self.article, "start": self.start, "end": self.end, "text": self.text})
    }
}

/// Words of a page with who says them.
#[derive(Debug, Clone)]
pub struct Cited {
    /// Through whom, the outlet first, and on which day.
    pub from: String,
    /// The words.
    pub quote: Quote,
    /// The address of the page.
    pub url: Option<String>,
}

impl Cited {
    /// `quote` as it came through the links of `chain` (the outlet alone, where there is none), said by `by`.
    pub fn new(findings: &Findings, quote: Quote, chain: Option<&Value>, by: Option<&str>) -> Cited {
        let article = findings.article(&quote.article);
        let field = |name: &str| article.and_then(|a| a[name].as_str());
        let outlet = field("outlet").unwrap_or(&quote.article).to_owned();
        let mut from: Vec<String> = match chain.and_then(Value::as_array) {
            Some(links) => links.iter().map(|l| shown(&l["name"])).collect(),
            None => vec![outlet],
        };
        from.extend(by.map(|by| findings.name(by).to_owned()));
        let day = article.and_then(|a| a["published"]["value"].as_str()).unwrap_or("undated");
        Cited { from: format!("{}, {day}", from.join(" ← ")), url: field("url").map(str::to_owned), quote }
    }

    /// The words of a cell of a comparison.
    pub fn of_cell(findings: &Findings, cell: &Value) -> Vec<Cited> {
        let article = cell["article"].as_str().unwrap_or_default();
        let pieces = cell["words"].as_array().map_or(&[][..], Vec::as_slice);
        let cited = |words: &Value| {
            let mut cited = Cited::new(findings, Quote::of(article, words)?, Some(&cell["chain"]), None);
            // «نفى ترامب أن يكون …»: without its verb a denial would read as its opposite.
            if cell["polarity"] == "negative" {
                cited.from.push_str(", denied");
            }
            Some(cited)
        };
        pieces.iter().filter_map(cited).collect()
    }
}

/// The texts of pages, split into sentences when first asked for.
pub struct Quoting<'f> {
    findings: &'f Findings,
    reader: &'static Reader,
    texts: RefCell<FxHashMap<String, Rc<Text>>>,
}

impl<'f> Quoting<'f> {
    /// Quotes the pages of `findings`; needs its articles.
    pub fn new(findings: &'f Findings, reader: &'static Reader) -> Quoting<'f> {
        Quoting { findings, reader, texts: RefCell::default() }
    }

    /// The sentence that holds a span of the contract; none where the record does not hold the page.
    pub fn sentence(&self, article: &str, span: &Value) -> Option<Quote> {
        let words = Quote::of(article, span)?;
        let text = self.text(article)?;
        let points = CodePoints::new(text.raw());
        let at = text.raw().char_indices().nth(words.start).map_or(text.raw().len(), |(at, _)| at);
        let token = text.token_at(at);
        let sentence = text.sentences().iter().find(|s| s.tokens.contains(&token))?;
        let span: Span = text.span_of(sentence.tokens.clone());
        let (start, end) = points.range(span);
        Some(Quote { article: words.article, start, end, text: text.at(span).to_owned() })
    }

    fn text(&self, article: &str) -> Option<Rc<Text>> {
        if let Some(text) = self.texts.borrow().get(article) {
            return Some(text.clone());
        }
        let line = self.findings.article(article)?;
        let pack = line["lang"].as_str().and_then(|lang| self.reader.packs.get(lang));
        let plain = Language::default();
        let text = Text::new(line["text"].as_str()?.to_owned(), pack.map_or(&plain, |p| &p.language));
        let text = Rc::new(text);
        self.texts.borrow_mut().insert(article.to_owned(), text.clone());
        Some(text)
    }
}
