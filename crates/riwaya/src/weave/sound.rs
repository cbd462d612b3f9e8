//! Can names that are written in different languages be one?
//!
//! «بيسكوف», “Peskov” and «Песков» sound alike: rows of `sounds.tsv` of each language write all three with the same few signs,
//! and rows of `langs/sounds.tsv` say how little a difference weighs. That names sound alike is no proof that they are one.

use crate::error::Error;
use crate::language::Language;
use crate::rows::Files;
use rustc_hash::FxHashMap;

/// What the letters of one language stand for.
#[derive(Debug, Clone, Default)]
pub struct Lexicon {
    rows: Vec<(String, String)>,
}

impl Lexicon {
    /// Reads `sounds.tsv` of `language`.
    ///
    /// # Errors
    /// Names file and line of a row that cannot be read.
    pub fn load(files: &Files, language: &Language) -> Result<Lexicon, Error> {
        let mut rows = Vec::new();
        for row in files.table(&format!("{}/sounds.tsv", language.code), &["letters", "sound"])?.rows() {
            rows.extend(row.list("letters").map(|l| (l.to_owned(), row.get("sound").to_owned())));
        }
        rows.sort_by(|a, b| b.0.len().cmp(&a.0.len()).then_with(|| a.0.cmp(&b.0)));
        Ok(Lexicon { rows })
    }

    /// How a word sounds: “putin” is `butin`. Empty where the language has no rows.
    pub fn of(&self, word: &str) -> String {
        let mut out = String::with_capacity(word.len());
        let mut rest = word;
        while let Some(first) = rest.chars().next() {
            let row = self.rows.iter().find(|(letters, _)| rest.starts_with(letters.as_str()));
            if let Some((letters, sound)) = row {
                if !(sound.len() == 1 && out.ends_with(sound.as_str())) {
                    out.push_str(sound);
                }
                rest = &rest[letters.len()..];
            } else {
                rest = &rest[first.len_utf8()..];
            }
        }
        out
    }
}

/// How far apart sounds are, in hundredths.
#[derive(Debug, Clone, Default)]
pub struct Costs {
    pairs: FxHashMap<(char, char), u32>,
    alone: FxHashMap<char, u32>,
    weak: Vec<char>,
    keys: FxHashMap<char, char>,
}

/// What one sound in place of another weighs where no row says less.
const OTHER: u32 = 120;
/// And one that only one of the names has.
const EXTRA: u32 = 100;
/// Words whose difference weighs so much for each sound of the longer one, or less, can be one.
const ALIKE: u32 = 20;

impl Costs {
    /// Reads `sounds.tsv` of all languages together.
    ///
    /// # Errors
    /// Names file and line of a row that cannot be read.
    pub fn load(files: &Files) -> Result<Costs, Error> {
        let mut costs = Costs::default();
        for row in files.table("sounds.tsv", &["a", "b", "cost"])?.rows() {
            let cost = u32::try_from(row.number("cost")?).map_err(|_| row.error("cost", "no less than 0"))?;
            let a = row.get("a").chars().next().ok_or_else(|| row.error("a", "a sound"))?;
            let mut b = row.get("b").chars();
            match (b.next(), b.next()) {
                (None, _) => drop(costs.alone.insert(a, cost)),
                (Some('-'), _) => costs.weak.push(a),
                (Some('='), Some(key)) => drop(costs.keys.insert(a, key)),
                (Some(b), _) => costs.pairs.extend([((a, b), cost), ((b, a), cost)]),
            }
        }
        Ok(costs)
    }

    /// The sounds that every spelling keeps: names with other keys are not compared.
    pub fn key(&self, sounds: &str) -> String {
        let mut out = String::with_capacity(sounds.len());
        for c in sounds.chars().filter(|c| !self.weak.contains(c)) {
            let c = self.keys.get(&c).copied().unwrap_or(c);
            if !out.ends_with(c) {
                out.push(c);
            }
        }
        out
    }

    /// What turns `a` into `b`, in hundredths.
    pub fn distance(&self, a: &str, b: &str) -> u32 {
        let b: Vec<char> = b.chars().collect();
        let extra = |c: char| self.alone.get(&c).copied().unwrap_or(EXTRA);
        let mut above: Vec<u32> = vec![0; b.len() + 1];
        for (j, y) in b.iter().enumerate() {
            above[j + 1] = above[j] + extra(*y);
        }
        let mut row = above.clone();
        for x in a.chars() {
            row[0] = above[0] + extra(x);
            for (j, y) in b.iter().enumerate() {
                let same = if x == *y { 0 } else { self.pairs.get(&(x, *y)).copied().unwrap_or(OTHER) };
                row[j + 1] = (above[j] + same).min(above[j + 1] + extra(x)).min(row[j] + extra(*y));
            }
            std::mem::swap(&mut above, &mut row);
        }
        above.last().copied().unwrap_or(0)
    }

    /// Can two full names of so many sounding words be one: as many words, each like the other's?
    pub fn alike(&self, a: &[String], b: &[String]) -> bool {
        a.len() == b.len()
            && a.iter().zip(b).all(|(a, b)| {
                let longer = a.chars().count().max(b.chars().count()) as u32;
                !a.is_empty() && !b.is_empty() && self.distance(a, b) <= ALIKE * longer
            })
    }
}
