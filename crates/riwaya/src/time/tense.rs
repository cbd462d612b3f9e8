//! Does the sentence speak of what will be or of what was?

use crate::error::Error;
use crate::language::Language;
use crate::rows::Files;
use crate::text::Text;
use rustc_hash::{FxHashMap, FxHashSet};
use std::ops::Range;

/// How far a word of tense reaches: «سيلتقي الوزير نظيره التركي في أنقرة يوم الأحد» has six words between.
const BACK: usize = 16;
const AHEAD: usize = 8;
/// Words before an expression that opens its sentence.
const FRONT: usize = 3;
/// How far it reaches where no nearer one speaks; a line without stops may hold thousands of words.
const FAR: usize = 60;

/// The direction in which a sentence looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tense {
    Past,
    Future,
}

/// `tense.tsv`: words, word starts such as «سي-» and word ends such as «-ed».
#[derive(Debug, Clone, Default)]
pub(super) struct Tenses {
    words: FxHashMap<String, Option<Tense>>,
    starts: FxHashMap<String, Option<Tense>>,
    /// Word ends such as «-ed».
    ends: FxHashMap<String, Option<Tense>>,
    /// Letters that may stick to the front.
    and: Vec<String>,
    /// Ordinary words that begin as the starts do, with or without their first letter: «سيصل» is one or «يصل» is, but neither
    /// «سيراكيوز» nor what stands behind its first letter.
    ordinary: FxHashSet<String>,
}

impl Tenses {
    /// Reads the table.
    pub(super) fn load(files: &Files, language: &Language) -> Result<Tenses, Error> {
        let mut tenses = Tenses::default();
        for row in files.table(&format!("{}/tense.tsv", language.code), &["form", "tense"])?.rows() {
            let forms: Vec<String> = row.list("form").map(|f| language.fold(f)).collect();
            let tense = match row.get("tense") {
                "past" => Some(Tense::Past),
                "future" => Some(Tense::Future),
                "none" => None,
                "and" => {
                    tenses.and.extend(forms);
                    continue;
                }
                _ => return Err(row.error("tense", "past, future, none or and")),
            };
            for form in forms {
                match (form.strip_suffix('-'), form.strip_prefix('-')) {
                    (Some(start), _) => tenses.starts.insert(start.to_owned(), tense),
                    (None, Some(end)) => tenses.ends.insert(end.to_owned(), tense),
                    (None, None) => tenses.words.insert(form, tense),
                };
            }
        }
        if !tenses.starts.is_empty() {
            let list = files.get(&format!("{}/common-words.txt", language.code)).unwrap_or("");
            let openers: FxHashSet<char> = tenses.starts.keys().flat_map(|start| start.chars().take(2)).collect();
            let words = list.lines().filter(|line| line.chars().next().is_some_and(|c| openers.contains(&c)));
            tenses.ordinary = words.map(|word| language.fold(word)).collect();
        }
        Ok(tenses)
    }

    /// The tense at `expression`: that of the nearest word before it in its sentence, else of the first word behind
    /// it in its clause, else of any word before it.
    pub(super) fn at(&self, text: &Text, sentence: &Range<usize>, expression: &Range<usize>) -> Option<Tense> {
        let first = sentence.start.max(expression.start.saturating_sub(BACK));
        let before = (first..expression.start).rev().find_map(|i| self.of(text.key(i)));
        let behind = || {
            let last = sentence.end.min(expression.end + AHEAD);
            let is_comma = |i: usize| matches!(text.word(i), "،" | ",");
            // «In January, the firm bought …»: what stands in front has its clause behind the comma.
            let is_front = first == sentence.start && expression.start - first <= FRONT && is_comma(expression.end);
            let start = expression.end + usize::from(is_front);
            let clause = (start..last).take_while(|i| !is_comma(*i));
            clause.into_iter().find_map(|i| self.of(text.key(i)))
        };
        before
            .or_else(behind)
            .or_else(|| (sentence.start.max(first.saturating_sub(FAR))..first).rev().find_map(|i| self.of(text.key(i))))
    }

    fn of(&self, key: &str) -> Option<Tense> {
        self.known(key).or_else(|| self.and.iter().find_map(|and| self.known(key.strip_prefix(and.as_str())?)))?
    }

    /// What the table says of this word, the longest start of it first, then its longest end.
    fn known(&self, key: &str) -> Option<Option<Tense>> {
        if let Some(tense) = self.words.get(key) {
            return Some(*tense);
        }
        let ends = key.char_indices().map(|(at, c)| at + c.len_utf8()).filter(|end| *end < key.len());
        let start = ends.take(7).filter_map(|end| self.starts.get(&key[..end])).last();
        let start = start.filter(|tense| tense.is_none() || self.is_verb(key));
        start.or_else(|| self.known_end(key)).copied()
    }

    /// Is a word with the letter of the future an ordinary one, with that letter or without it?
    fn is_verb(&self, key: &str) -> bool {
        let stem = key.char_indices().nth(1).map_or("", |(at, _)| &key[at..]);
        self.ordinary.is_empty() || self.ordinary.contains(key) || self.ordinary.contains(stem)
    }

    fn known_end(&self, key: &str) -> Option<&Option<Tense>> {
        if self.ends.is_empty() {
            return None;
        }
        let starts = key.char_indices().rev().map(|(at, _)| at).filter(|at| *at > 0);
        starts.take(5).filter_map(|at| self.ends.get(&key[at..])).last()
    }
}
