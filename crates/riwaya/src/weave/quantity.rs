//! Which numbers do these words hold? Digits and number words: «ثلاثين», “200 million”, «пять тысяч».

use crate::clitic;
use crate::error::Error;
use crate::language::Language;
use crate::rows::Files;
use crate::text::{Text, TokenKind};
use rustc_hash::FxHashMap;
use std::ops::Range;

/// The number words of a language.
#[derive(Debug, Clone, Default)]
pub struct Lexicon {
    words: FxHashMap<String, (Kind, f64)>,
    clitics: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    One,
    Hundred,
    Thousand,
    Ordinal,
    And,
}

/// A number in a text.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Quantity {
    pub value: f64,
    /// “the second round” counts no rounds.
    pub ordinal: bool,
    pub tokens: Range<usize>,
}

impl Lexicon {
    /// Reads `numbers.tsv` of `language`.
    ///
    /// # Errors
    /// Names file and line of a value that is no whole number.
    pub fn load(files: &Files, language: &Language) -> Result<Lexicon, Error> {
        let mut lexicon = Lexicon { clitics: language.clitics, ..Lexicon::default() };
        for row in files.table(&format!("{}/numbers.tsv", language.code), &["form", "kind", "value"])?.rows() {
            let kind = match row.get("kind") {
                "one" | "teen" | "tens" => Kind::One,
                "hundred" => Kind::Hundred,
                "thousand" => Kind::Thousand,
                "ordinal" | "feminine" | "ordinal-tens" => Kind::Ordinal,
                "and" => Kind::And,
                _ => continue,
            };
            let value = row.number("value")? as f64;
            for form in row.list("form") {
                lexicon.words.entry(language.fold(form)).or_insert((kind, value));
            }
        }
        Ok(lexicon)
    }

    fn word(&self, key: &str) -> Option<(Kind, f64)> {
        let known = |k: &str| self.words.get(k).copied();
        let bare = || clitic::readings(key).find_map(|r| known(r.stem.as_ref()).filter(|_| key.chars().count() > 3));
        known(key).or_else(|| self.clitics.then(bare).flatten())
    }

    /// The numbers of `tokens` in order. “One” alone counts nothing: «один из министров».
    pub(crate) fn read(&self, text: &Text, tokens: Range<usize>) -> Vec<Quantity> {
        let mut found = Vec::new();
        let mut i = tokens.start;
        while i < tokens.end {
            match self.number(text, i..tokens.end) {
                Some(quantity) => {
                    i = quantity.tokens.end;
                    found.extend((quantity.ordinal || quantity.value != 1.0).then_some(quantity));
                }
                None => i += 1,
            }
        }
        found
    }

    fn number(&self, text: &Text, tokens: Range<usize>) -> Option<Quantity> {
        let (mut total, mut part) = (0.0, 0.0);
        let mut end = tokens.start;
        let mut at = tokens.start;
        if text.tokens()[at].kind == TokenKind::Number {
            (part, at) = digits(text, tokens.clone())?;
            end = at;
        }
        while at < tokens.end {
            match self.word(text.key(at)) {
                Some((Kind::Ordinal, value)) if end == tokens.start => {
                    return Some(Quantity { value, ordinal: true, tokens: at..at + 1 });
                }
                Some((Kind::One, value)) => part += value,
                Some((Kind::Hundred, value)) if value == 100.0 && (1.0..10.0).contains(&part) => part *= value,
                Some((Kind::Hundred, value)) => part += value,
                Some((Kind::Thousand, value)) => {
                    total += if part == 0.0 { value } else { part * value };
                    part = 0.0;
                }
                Some((Kind::And, _)) if end > tokens.start && at + 1 < tokens.end => {
                    let counts = |w: (Kind, f64)| matches!(w.0, Kind::One | Kind::Hundred | Kind::Thousand);
                    if !self.word(text.key(at + 1)).is_some_and(counts) {
                        break;
                    }
                    at += 1;
                    continue;
                }
                _ => break,
            }
            at += 1;
            end = at;
        }
        (end > tokens.start).then_some(Quantity { value: total + part, ordinal: false, tokens: tokens.start..end })
    }
}

/// The number that digits write, with marks between thousands or in front of a fraction, and the token after it.
fn digits(text: &Text, tokens: Range<usize>) -> Option<(f64, usize)> {
    let mut value = text.key(tokens.start).to_owned();
    let mut at = tokens.start + 1;
    while at + 1 < tokens.end && text.tokens()[at + 1].kind == TokenKind::Number {
        let mark = text.key(at);
        let joined =
            text.span(at - 1).end() == text.span(at).start() && text.span(at).end() == text.span(at + 1).start();
        match mark {
            "," | "." | "٬" | "٫" if joined && text.key(at + 1).len() == 3 => {}
            "," | "." | "٫" if joined && !value.contains('.') => value.push('.'),
            _ => break,
        }
        value.push_str(text.key(at + 1));
        at += 2;
    }
    Some((value.parse().ok()?, at))
}
