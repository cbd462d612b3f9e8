//! Which words ask for a second look?

use crate::clitic;
use crate::error::Error;
use crate::language::Language;
use crate::rows::Files;
use crate::text::{Span, Text, TokenKind};
use crate::weave::words;
use rustc_hash::FxHashMap;
use std::ops::Range;
use std::sync::Arc;

/// What words say that a check looks at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Sign {
    /// Somebody has not confirmed something.
    Unconfirmed,
    /// Somebody does not mention something.
    Unmentioned,
    /// Somebody held an office once.
    Former,
    /// What is counted: `killed`, `injured` …
    Counted(Arc<str>),
    /// A rendering that fits only a wrong reading of the original, and what that was about.
    Mistranslated(Arc<str>),
}

impl Sign {
    /// The label of cases and examples.
    pub fn as_str(&self) -> &str {
        match self {
            Sign::Unconfirmed => "unconfirmed",
            Sign::Unmentioned => "unmentioned",
            Sign::Former => "former",
            Sign::Counted(what) => what,
            Sign::Mistranslated(_) => "mistranslated",
        }
    }
}

/// Words of a row on a page.
#[derive(Debug, Clone)]
pub struct Hit {
    /// Where, letters of other words before them included.
    pub tokens: Range<usize>,
    /// The words alone.
    pub span: Span,
    /// What they say.
    pub sign: Sign,
    /// The row.
    pub rule: Arc<str>,
}

/// The rows of `checks.tsv`, by their first word. Words count as they are written, letters of other words before them
/// cut: stems would take «عقدين», two decades, for «العقد», a contract.
#[derive(Debug, Clone, Default)]
pub struct Lexicon {
    entries: FxHashMap<String, Vec<Entry>>,
    clitics: bool,
}

#[derive(Debug, Clone)]
struct Entry {
    rest: Vec<String>,
    /// One of these must stand in the same sentence, where there are any.
    with: Arc<[String]>,
    sign: Sign,
    rule: Arc<str>,
}

/// Meanings of the column `what` beside those of what is counted.
const SIGNS: &str = "unconfirmed, unmentioned, former, mistranslated, killed, injured, arrested, missing or displaced";

impl Lexicon {
    /// Reads `checks.tsv` of `language`.
    ///
    /// # Errors
    /// Names file and line of an unknown meaning.
    pub fn load(files: &Files, language: &Language, words: &words::Lexicon) -> Result<Lexicon, Error> {
        let mut lexicon = Lexicon { clitics: language.clitics, ..Lexicon::default() };
        let table = files.table(&format!("{}/checks.tsv", language.code), &["form", "what", "with", "meant"])?;
        for row in table.rows() {
            let sign = match row.get("what") {
                "unconfirmed" => Sign::Unconfirmed,
                "unmentioned" => Sign::Unmentioned,
                "former" => Sign::Former,
                "mistranslated" => Sign::Mistranslated(row.get("meant").into()),
                what @ ("killed" | "injured" | "arrested" | "missing" | "displaced") => Sign::Counted(what.into()),
                _ => return Err(row.error("what", SIGNS)),
            };
            let stem = |word: &str| words.stem(word).to_owned();
            let with: Arc<[String]> = row.list("with").map(|w| stem(&language.fold(w))).collect();
            for form in row.list("form") {
                let key = language.fold_phrase(form);
                let mut keys = key.split(' ').map(str::to_owned);
                let Some(first) = keys.next() else { continue };
                let entry = Entry { rest: keys.collect(), with: with.clone(), sign: sign.clone(), rule: row.rule() };
                lexicon.entries.entry(first).or_default().push(entry);
            }
        }
        Ok(lexicon)
    }

    /// The rows whose words stand among `tokens`, in text order; where several begin at one word, the longest.
    pub fn hits(&self, text: &Text, tokens: Range<usize>, words: &words::Lexicon) -> Vec<Hit> {
        let mut hits: Vec<Hit> = Vec::new();
        if self.entries.is_empty() {
            return hits;
        }
        for i in tokens.clone().filter(|i| text.tokens()[*i].kind == TokenKind::Word) {
            let found = self.at(text, i, tokens.end, words).max_by_key(|(_, entry)| entry.rest.len());
            hits.extend(found.map(|(prefix, entry)| Hit {
                tokens: i..i + 1 + entry.rest.len(),
                span: text.without_prefix(i, prefix).to(text.span(i + entry.rest.len())),
                sign: entry.sign.clone(),
                rule: entry.rule.clone(),
            }));
        }
        hits
    }

    /// The rows whose words begin at token `i`, with the number of letters before them.
    fn at<'l>(
        &'l self,
        text: &'l Text,
        i: usize,
        end: usize,
        words: &'l words::Lexicon,
    ) -> impl Iterator<Item = (usize, &'l Entry)> {
        let key = text.key(i);
        let whole = self.entries.get(key).map(|found| (0, found));
        let bare = || {
            let found = |r: clitic::Reading<'_>| Some((r.prefix, self.entries.get(r.stem.as_ref())?));
            clitic::readings(key).skip(1).find_map(found)
        };
        let entries = whole.or_else(|| (self.clitics && clitic::may_stick(key)).then(bare).flatten());
        let follows = move |entry: &&Entry| {
            i + entry.rest.len() < end && entry.rest.iter().zip(i + 1..).all(|(word, j)| text.key(j) == word)
        };
        let stands_with = move |entry: &&Entry| entry.with.is_empty() || has_one(text, i, &entry.with, words);
        let fitting = move |(prefix, found): (usize, &'l Vec<Entry>)| {
            found.iter().filter(follows).filter(stands_with).map(move |entry| (prefix, entry))
        };
        entries.into_iter().flat_map(fitting)
    }
}

/// Does one of these stems stand in the sentence of token `i`?
fn has_one(text: &Text, i: usize, stems: &[String], words: &words::Lexicon) -> bool {
    let at = text.sentences().partition_point(|s| s.tokens.end <= i);
    let sentence = text.sentences().get(at).map_or(i..i, |s| s.tokens.clone());
    sentence.filter(|j| *j != i).any(|j| stems.iter().any(|stem| words.stem(text.key(j)) == stem))
}
