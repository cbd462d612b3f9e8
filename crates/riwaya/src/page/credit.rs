//! Whose work is it? Credits from bylines, datelines, brackets, «المصدر: …» and the metadata.

use super::lexicon::Lexicon;
use super::{Credit, CreditKind, Layout, Source};
use crate::text::{Span, Text, TokenKind};
use std::ops::Range;

/// The folded words of some tokens, joined by a space.
pub(super) fn words(text: &Text, tokens: Range<usize>) -> String {
    let mut out = String::new();
    for i in tokens.filter(|i| text.tokens()[*i].kind != TokenKind::Punct) {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(text.key(i));
    }
    out
}

/// The parts of a byline between dashes, colons, commas and brackets; the stops of «أ.ف.ب» stay inside.
pub(super) fn parts(text: &Text, tokens: Range<usize>) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let mut start = tokens.start;
    for i in tokens.clone() {
        if text.tokens()[i].kind == TokenKind::Punct && text.word(i) != "." {
            if start < i {
                out.push(start..i);
            }
            start = i + 1;
        }
    }
    if start < tokens.end {
        out.push(start..tokens.end);
    }
    out.iter().map(|p| trim(text, p.clone())).filter(|p| !p.is_empty()).collect()
}

fn trim(text: &Text, mut tokens: Range<usize>) -> Range<usize> {
    let is_mark = |i: usize| text.tokens()[i].kind == TokenKind::Punct;
    while !tokens.is_empty() && is_mark(tokens.start) {
        tokens.start += 1;
    }
    while !tokens.is_empty() && is_mark(tokens.end - 1) {
        tokens.end -= 1;
    }
    tokens
}

/// «المصدر : وكالة الأنباء»: what the marker makes of the name after the colon.
pub(super) fn marked(text: &Text, tokens: Range<usize>, lexicon: &Lexicon) -> Option<(CreditKind, Range<usize>)> {
    let colon = tokens.clone().take(5).find(|i| matches!(text.word(*i), ":" | "/" | "|"))?;
    let kind = lexicon.markers.get(&words(text, tokens.start..colon))?;
    let name = trim(text, colon + 1..tokens.end);
    (!name.is_empty() && name.len() <= 10).then_some((*kind, name))
}

/// How many words into the first paragraph a dateline may reach: «القاهرة - (أ ف ب) -».
const DATELINE: usize = 9;

/// All credits of a page, each body once.
pub(super) fn credits(text: &Text, layout: &Layout, source: &Source, lexicon: &Lexicon) -> Vec<Credit> {
    let mut found = Found { text, source, lexicon, credits: Vec::new() };
    let paragraph = layout.body.first().map_or(0, |s| s.start());
    for (span, because) in &layout.furniture {
        match &*because.rule {
            "page/byline" => found.byline(text.tokens_in(*span), span.start() > paragraph),
            _ => found.bracket(text.tokens_in(*span)),
        }
    }
    if let Some(first) = layout.body.first() {
        found.dateline(text.tokens_in(*first));
    }
    layout.body.iter().for_each(|s| found.bracket(text.tokens_in(*s)));
    found.metadata();
    found.credits
}

struct Found<'p> {
    text: &'p Text,
    source: &'p Source,
    lexicon: &'p Lexicon,
    credits: Vec<Credit>,
}

impl Found<'_> {
    fn put(&mut self, name: &str, kind: CreditKind, span: Option<Span>) {
        let seen = self.credits.iter().any(|c| c.name == name && c.kind == kind);
        if !seen && !name.is_empty() {
            let row = self.lexicon.row(name);
            let (known, is_agency) = row.map_or((None, false), |(id, agency)| (Some(id.clone()), *agency));
            self.credits.push(Credit { name: name.to_owned(), kind, span, known, is_agency });
        }
    }

    fn body(&mut self, tokens: Range<usize>) -> bool {
        let Some(kind) = self.lexicon.body_of(&words(self.text, tokens.clone())) else { return false };
        let span = self.text.span_of(tokens);
        self.put(self.text.at(span), kind, Some(span));
        true
    }

    /// Below the article the first part is the carrier: «النبأ - وكالات»; above it that is the city.
    fn byline(&mut self, tokens: Range<usize>, below: bool) {
        if let Some((kind, name)) = marked(self.text, tokens.clone(), self.lexicon) {
            let span = self.text.span_of(name);
            let own = self.source.outlet.as_deref() == Some(self.text.at(span));
            let kind = if own { CreditKind::Carrier } else { kind };
            return self.put(self.text.at(span), kind, Some(span));
        }
        let parts = parts(self.text, tokens);
        for (n, part) in parts.iter().enumerate() {
            if !self.body(part.clone()) && below && n == 0 && parts.len() > 1 {
                let span = self.text.span_of(part.clone());
                self.put(self.text.at(span), CreditKind::Carrier, Some(span));
            }
        }
    }

    /// «القاهرة (رويترز) - قال …», «سبق - الرياض: قال …»: known bodies between marks before the first sentence.
    fn dateline(&mut self, tokens: Range<usize>) {
        let head = tokens.start..(tokens.start + DATELINE).min(tokens.end);
        let Some(end) = head.clone().rev().find(|i| matches!(self.text.word(*i), "-" | "–" | "—" | ":" | ")"))
        else {
            return;
        };
        for part in parts(self.text, head.start..end) {
            self.body(part);
        }
    }

    /// A bracket that closes a paragraph: «… في الأسواق. (رويترز)».
    fn bracket(&mut self, tokens: Range<usize>) {
        let Some(close) = tokens.clone().rev().take(2).find(|i| self.text.word(*i) == ")") else { return };
        let Some(open) = (tokens.start..close).rev().take(10).find(|i| self.text.word(*i) == "(") else { return };
        for part in parts(self.text, open + 1..close) {
            self.body(part);
        }
    }

    fn metadata(&mut self) {
        let source = self.source;
        if let Some(outlet) = &source.outlet {
            self.put(outlet, CreditKind::Carrier, None);
        }
        for part in source.author.as_deref().unwrap_or("").split(['-', '–', '—', ':', '،', ',', '/', '(', ')']) {
            let name = part.trim();
            if let Some(kind) = self.lexicon.body(name) {
                self.put(name, kind, None);
            }
        }
    }
}
