//! Can names that are written in different languages be one?
//!
//! «بيسكوف», “Peskov” and «Песков» sound alike: rows of `sounds.tsv` of each language write all three with the same few signs,
//! and rows of `langs/sounds.tsv` say how little a difference weighs. That names sound alike is no proof that they are one.

use crate::clitic;
use crate::error::Error;
use crate::language::Language;
use crate::rows::Files;
use rustc_hash::FxHashMap;

/// What the letters of one language stand for.
#[derive(Debug, Clone, Default)]
pub struct Lexicon {
    /// Rows by their first letter, the longest first: a letter has few of the rows.
    rows: FxHashMap<char, Vec<(String, String)>>,
}

impl Lexicon {
    /// Reads `sounds.tsv` of `language`.
    ///
    /// # Errors
    /// Names file and line of a row that cannot be read.
    pub fn load(files: &Files, language: &Language) -> Result<Lexicon, Error> {
        let mut rows: FxHashMap<char, Vec<(String, String)>> = FxHashMap::default();
        for row in files.table(&format!("{}/sounds.tsv", language.code), &["letters", "sound"])?.rows() {
            for (first, letters) in row.list("letters").filter_map(|l| Some((l.chars().next()?, l))) {
                rows.entry(first).or_default().push((letters.to_owned(), row.get("sound").to_owned()));
            }
        }
        let longest =
            |a: &(String, String), b: &(String, String)| b.0.len().cmp(&a.0.len()).then_with(|| a.0.cmp(&b.0));
        rows.values_mut().for_each(|rows| rows.sort_by(longest));
        Ok(Lexicon { rows })
    }

    /// How a word sounds: “putin” is `butin`. Empty where the language has no rows.
    pub fn of(&self, word: &str) -> String {
        let mut out = String::with_capacity(word.len());
        let mut rest = word;
        while let Some(first) = rest.chars().next() {
            let rows = self.rows.get(&first).map_or(&[][..], Vec::as_slice);
            let row = rows.iter().find(|(letters, _)| rest.starts_with(letters.as_str()));
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
    last: FxHashMap<char, u32>,
    weak: Vec<char>,
    keys: FxHashMap<char, char>,
}

/// What one sound in place of another weighs where no row says less.
const OTHER: u32 = 120;
/// And one that only one of the names has.
const EXTRA: u32 = 100;
/// Words whose difference weighs so much for each sound of the longer one, or less, can be one.
const ALIKE: u32 = 24;

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
                (Some('$'), _) => drop(costs.last.insert(a, cost)),
                (Some('-'), _) => costs.weak.push(a),
                (Some('='), Some(key)) => drop(costs.keys.insert(a, key)),
                (Some(b), _) => costs.pairs.extend([((a, b), cost), ((b, a), cost)]),
            }
        }
        Ok(costs)
    }

    /// The sounds that every spelling keeps, by which names are looked up.
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

    /// What `b` in place of `a` weighs, in hundredths; one of them may be nothing. A sound weighs less where it is the `last` one
    /// of its name, as French ones that nobody speaks.
    pub fn one(&self, a: Option<char>, b: Option<char>, last: bool) -> u32 {
        match (a, b) {
            (Some(a), Some(b)) if a == b => 0,
            (Some(a), Some(b)) => self.pairs.get(&(a, b)).copied().unwrap_or(OTHER),
            (Some(c), None) | (None, Some(c)) => {
                let silent = if last { self.last.get(&c) } else { None };
                silent.or(self.alone.get(&c)).copied().unwrap_or(EXTRA)
            }
            (None, None) => 0,
        }
    }

    /// What turns `a` into `b`, in hundredths.
    pub fn distance(&self, a: &str, b: &str) -> u32 {
        self.distance_within(a, b, u32::MAX).unwrap_or(u32::MAX)
    }

    /// The same where it is no more than `most`.
    fn distance_within(&self, a: &str, b: &str, most: u32) -> Option<u32> {
        let b: Vec<char> = b.chars().collect();
        let is_last = |j: usize| j + 1 == b.len();
        let mut above: Vec<u32> = vec![0; b.len() + 1];
        for (j, y) in b.iter().enumerate() {
            above[j + 1] = above[j] + self.one(None, Some(*y), is_last(j));
        }
        let mut row = above.clone();
        let mut rest = a.chars();
        while let Some(x) = rest.next() {
            let lost = self.one(Some(x), None, rest.as_str().is_empty());
            row[0] = above[0] + lost;
            for (j, y) in b.iter().enumerate() {
                let in_place = above[j] + self.one(Some(x), Some(*y), false);
                row[j + 1] = in_place.min(above[j + 1] + lost).min(row[j] + self.one(None, Some(*y), is_last(j)));
            }
            std::mem::swap(&mut above, &mut row);
            if above.iter().all(|cost| *cost > most) {
                return None;
            }
        }
        above.last().copied().filter(|cost| *cost <= most)
    }

    /// Can two words be one, each as it may sound? Short ones leave nothing to differ in.
    pub fn alike(&self, a: &[String], b: &[String]) -> bool {
        a.iter().filter(|a| !a.is_empty()).any(|a| {
            b.iter().filter(|b| !b.is_empty()).any(|b| {
                let longer = a.chars().count().max(b.chars().count()) as u32;
                a == b || self.distance_within(a, b, ALIKE * longer).is_some()
            })
        })
    }

    /// Can two full names be one: do all words of the shorter have their like in the longer, in order, the first and the last
    /// among them? A name of one word is no full name.
    pub fn one_name(&self, a: &[Word], b: &[Word]) -> bool {
        let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
        let ends = |at: fn(&[Word]) -> Option<&Word>| at(short).zip(at(long)).is_some_and(|(x, y)| self.alike(x, y));
        if short.len() < 2 || !ends(|w| w.last()) || !ends(|w| w.first()) {
            return false;
        }
        let mut rest = long.iter();
        short.iter().all(|x| rest.any(|y| self.alike(x, y)))
    }

    /// Has the bearer of two such names, each with whether «بن» stands before its words, one father?
    pub fn one_father(&self, a: (&[Word], &[bool]), b: (&[Word], &[bool])) -> bool {
        let (short, long) = if a.0.len() <= b.0.len() { (a, b) } else { (b, a) };
        clitic::one_father(short.0, short.1, long.0, |x, y| self.alike(x, y))
    }
}

/// A word of a name, as it may sound: with and without an article or an ending.
pub type Word = Vec<String>;

/// Words by their keys, so that those of a near key are found too.
#[derive(Debug, Clone, Default)]
pub struct Index {
    by_key: FxHashMap<String, Vec<u32>>,
}

/// A key without one of its signs finds others only where so many are left.
const LEFT: usize = 1;

impl Index {
    /// Files number `n` under the sounds of its word.
    pub fn add(&mut self, costs: &Costs, word: &[String], n: u32) {
        for key in word.iter().flat_map(|sounds| keys(costs.key(sounds))) {
            self.by_key.entry(key).or_default().push(n);
        }
    }

    /// The numbers whose key differs in no more than one sign, in order.
    pub fn near(&self, costs: &Costs, word: &[String]) -> Vec<u32> {
        let keys = word.iter().flat_map(|sounds| keys(costs.key(sounds)));
        let mut out: Vec<u32> = keys.filter_map(|key| self.by_key.get(&key)).flatten().copied().collect();
        out.sort_unstable();
        out.dedup();
        out
    }
}

/// A key, and what is left of it without each of its signs.
fn keys(key: String) -> Vec<String> {
    let signs: Vec<char> = key.chars().collect();
    let mut out = vec![key];
    if signs.len() > LEFT {
        let without = |n: usize| signs.iter().enumerate().filter(|(i, _)| *i != n).map(|(_, c)| *c).collect();
        out.extend((0..signs.len()).map(without));
    }
    out.sort_unstable();
    out.dedup();
    out
}
