//! Which words are cases of one name?
//!
//! «Песковым», «Пескова» and «Песков» are one family name. Rows of `endings.tsv` say how words of a shape end in their
//! cases; a word belongs to the rows with the longest nominative ending that it has.

use crate::error::Error;
use crate::language::Language;
use crate::rows::Files;

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
        Ok(Endings { rows })
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
        a == b
            || self.rows.iter().any(|row| {
                row.stems(a).any(|stem| b.strip_prefix(stem).is_some_and(|rest| row.has(rest)) && self.is_in(stem, row))
            })
    }

    /// Every nominative that `word` can be a case of, the word itself first.
    pub fn nominatives(&self, word: &str) -> Vec<String> {
        let mut out = vec![word.to_owned()];
        for row in &self.rows {
            for stem in row.stems(word).filter(|stem| self.is_in(stem, row)) {
                let nominative = format!("{stem}{}", row.nominative);
                if !out.contains(&nominative) {
                    out.push(nominative);
                }
            }
        }
        out
    }

    /// The nominative that all of `forms` are cases of; a woman's where `feminine` says so. The first form itself where no row
    /// has them all.
    pub fn nominative(&self, forms: &[&str], feminine: Option<bool>) -> String {
        let Some(first) = forms.first() else { return String::new() };
        let mut best: Option<(usize, String)> = None;
        for row in &self.rows {
            for stem in row.stems(first) {
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
        self.longest(&word) == row.nominative.len()
    }

    fn longest(&self, word: &str) -> usize {
        // «Ын» has no stem without its «ын».
        let fits = |r: &&Paradigm| word.strip_suffix(&*r.nominative).is_some_and(long_enough);
        self.rows.iter().filter(fits).map(|r| r.nominative.len()).max().unwrap_or(0)
    }

    fn rows_of<'e>(&'e self, word: &'e str) -> impl Iterator<Item = &'e Paradigm> {
        let longest = self.longest(word);
        self.rows.iter().filter(move |r| r.nominative.len() == longest && word.ends_with(&*r.nominative))
    }
}

impl Paradigm {
    fn has(&self, ending: &str) -> bool {
        *self.nominative == *ending || self.cases.iter().any(|c| **c == *ending)
    }

    /// What `word` may be without an ending of this row.
    fn stems<'w>(&self, word: &'w str) -> impl Iterator<Item = &'w str> {
        std::iter::once(&self.nominative)
            .chain(&self.cases)
            .filter_map(move |ending| word.strip_suffix(&**ending))
            .filter(|stem| long_enough(stem))
    }
}

fn long_enough(stem: &str) -> bool {
    stem.chars().nth(STEM - 1).is_some()
}
