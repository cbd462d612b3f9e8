//! Which words are cases of one name?
//!
//! «Песковым», «Пескова» and «Песков» are one family name. Rows of `endings.tsv` say how words of a shape end in their
//! cases; a word belongs to the rows with the longest nominative ending that it has.

use crate::error::Error;
use crate::language::Language;
use crate::rows::Files;
use rustc_hash::FxHashMap;

/// A row of `endings.tsv`.
#[derive(Debug, Clone)]
struct Paradigm {
    nominative: Box<str>,
    cases: Vec<Box<str>>,
    feminine: Option<bool>,
}

/// How names end in their cases; empty for a language whose names keep their form.
#[derive(Debug, Clone, Default)]
pub(super) struct Endings {
    rows: Vec<Paradigm>,
    /// The rows of each nominative ending.
    by_nominative: FxHashMap<Box<str>, Vec<usize>>,
    /// The rows that each ending, nominative or not, stands in, and its place there.
    by_ending: FxHashMap<Box<str>, Vec<(usize, usize)>>,
    /// Letters of the longest ending.
    longest: usize,
}

/// What is left of a word without its ending has at least so many letters: «Ын», «Ыном».
const STEM: usize = 2;

impl Endings {
    pub fn load(files: &Files, language: &Language) -> Result<Endings, Error> {
        let mut rows = Vec::new();
        for row in files.table(&format!("{}/endings.tsv", language.code), &["nominative", "cases", "gender"])?.rows() {
            let feminine = match row.get("gender") {
                "f" => Some(true),
                "m" => Some(false),
                "" => None,
                _ => return Err(row.error("gender", "m, f or nothing")),
            };
            // «-»: the bare stem.
            let ending = |e: &str| -> Box<str> { language.fold(if e == "-" { "" } else { e }).into() };
            rows.push(Paradigm {
                nominative: ending(row.get("nominative")),
                cases: row.list("cases").map(ending).collect(),
                feminine,
            });
        }
        Ok(Endings::new(rows))
    }

    fn new(rows: Vec<Paradigm>) -> Endings {
        let mut endings = Endings { rows, ..Endings::default() };
        for (n, row) in endings.rows.iter().enumerate() {
            endings.by_nominative.entry(row.nominative.clone()).or_default().push(n);
            for (place, ending) in std::iter::once(&row.nominative).chain(&row.cases).enumerate() {
                endings.longest = endings.longest.max(ending.chars().count());
                endings.by_ending.entry(ending.clone()).or_default().push((n, place));
            }
        }
        endings
    }

    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// Every case of a word in the nominative, the word itself among them.
    pub fn forms(&self, word: &str) -> Vec<String> {
        let mut out = vec![word.to_owned()];
        for row in self.rows_of(word) {
            let stem = &word[..word.len() - row.nominative.len()];
            for case in row.cases.iter().filter(|_| long_enough(stem)) {
                let form = format!("{stem}{case}");
                if !out.contains(&form) {
                    out.push(form);
                }
            }
        }
        out
    }

    /// Is `form` a case of the nominative `word`?
    pub fn is_form(&self, word: &str, form: &str) -> bool {
        word == form
            || self.rows_of(word).any(|row| {
                let stem = &word[..word.len() - row.nominative.len()];
                long_enough(stem)
                    && form.strip_prefix(stem).is_some_and(|rest| row.cases.iter().any(|case| **case == *rest))
            })
    }

    /// Can both words be cases of one word: «Захаровой», «Захарову»?
    pub fn same(&self, a: &str, b: &str) -> bool {
        // Cases of one word share its stem: most pairs of words are told apart by their first letters.
        a == b
            || a.chars().take(STEM).eq(b.chars().take(STEM))
                && self.readings(a).any(|(stem, (row, _))| {
                    let row = &self.rows[row];
                    b.strip_prefix(stem).is_some_and(|rest| row.has(rest)) && self.is_in(stem, row)
                })
    }

    /// Every nominative that `word` can be a case of, the word itself first.
    pub fn nominatives(&self, word: &str) -> Vec<String> {
        let mut out = vec![word.to_owned()];
        let mut readings: Vec<_> =
            self.readings(word).filter(|(stem, (row, _))| self.is_in(stem, &self.rows[*row])).collect();
        readings.sort_unstable_by_key(|(_, at)| *at);
        for (stem, (row, _)) in readings {
            let nominative = format!("{stem}{}", self.rows[row].nominative);
            if !out.contains(&nominative) {
                out.push(nominative);
            }
        }
        out
    }

    /// The nominative that all of `forms` are cases of; a woman's where `feminine` says so. The first form itself where no row
    /// has them all.
    pub fn nominative(&self, forms: &[&str], feminine: Option<bool>) -> String {
        let Some(first) = forms.first() else { return String::new() };
        let mut best: Option<(usize, String)> = None;
        let mut readings: Vec<_> = self.readings(first).collect();
        // Of rows that fit as well as others the first in the file counts.
        readings.sort_unstable_by_key(|(_, at)| *at);
        for (stem, (row, _)) in readings {
            let row = &self.rows[row];
            let all = forms.iter().all(|f| f.strip_prefix(stem).is_some_and(|rest| row.has(rest)));
            if !all || !self.is_in(stem, row) {
                continue;
            }
            let word = format!("{stem}{}", row.nominative);
            let against = feminine.is_some() && row.feminine.is_some() && row.feminine != feminine;
            let score = 4 * usize::from(!against)
                + 2 * usize::from(feminine.is_some() && row.feminine == feminine)
                + usize::from(forms.contains(&word.as_str()));
            if best.as_ref().is_none_or(|(b, _)| score > *b) {
                best = Some((score, word));
            }
        }
        best.map_or_else(|| (*first).to_owned(), |(_, word)| word)
    }

    /// Does the word in the nominative belong to a woman, or to a noun whose nominative and accusative differ as hers do:
    /// «заявила *Россия*», and not «посетил *Китай*»?
    pub fn is_feminine(&self, word: &str) -> bool {
        let mut rows = self.rows_of(word).peekable();
        rows.peek().is_some() && rows.all(|r| r.feminine == Some(true))
    }

    /// May the word be a man's name in the nominative: «Кольцов», not «Кольцова»?
    pub fn is_masculine(&self, word: &str) -> bool {
        self.rows_of(word).any(|r| r.feminine == Some(false))
    }

    /// Is the row one that the word of this stem is declined by?
    fn is_in(&self, stem: &str, row: &Paradigm) -> bool {
        let word = format!("{stem}{}", row.nominative);
        self.rows_of(&word).any(|own| own.nominative == row.nominative)
    }

    /// The rows with the longest nominative ending that `word` has.
    fn rows_of(&self, word: &str) -> impl Iterator<Item = &Paradigm> {
        // «Ын» has no stem without its «ын».
        let longest = self.splits(word).find_map(|(_, ending)| self.by_nominative.get(ending));
        let rows = longest.or_else(|| self.by_nominative.get(""));
        rows.into_iter().flatten().map(|n| &self.rows[*n])
    }

    /// What `word` may be without an ending: the stem, the row that has the ending and the place of the ending in it.
    fn readings<'w>(&self, word: &'w str) -> impl Iterator<Item = (&'w str, (usize, usize))> {
        self.splits(word)
            .flat_map(|(stem, ending)| self.by_ending.get(ending).into_iter().flatten().map(move |at| (stem, *at)))
    }

    /// The stems that `word` has letters enough for, each with the rest, the longest rest first.
    fn splits<'w>(&self, word: &'w str) -> impl Iterator<Item = (&'w str, &'w str)> {
        let shortest = word.char_indices().nth(STEM).map_or(word.len(), |(at, _)| at);
        let from = word.char_indices().rev().nth(self.longest.wrapping_sub(1)).map_or(0, |(at, _)| at);
        let places = word.char_indices().map(|(at, _)| at).chain([word.len()]);
        let least = if long_enough(word) { from.max(shortest) } else { word.len() + 1 };
        places.filter(move |at| *at >= least).map(|at| word.split_at(at))
    }
}

impl Paradigm {
    fn has(&self, ending: &str) -> bool {
        *self.nominative == *ending || self.cases.iter().any(|c| **c == *ending)
    }
}

fn long_enough(stem: &str) -> bool {
    stem.chars().nth(STEM - 1).is_some()
}
