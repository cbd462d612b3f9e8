//! What a language is written with: letters that are one for look-up, marks that end a sentence.

use crate::error::Error;
use crate::rows::Files;
use crate::text::{is_letter, is_mark};
use rustc_hash::FxHashMap;
use std::collections::BTreeSet;

/// What one letter folds to.
#[derive(Debug, Clone, Copy)]
enum Folded {
    Nothing,
    One(char),
    More,
}

/// The Arabic block of Unicode.
const BLOCK: std::ops::Range<u32> = 0x600..0x700;

/// How words of a kind end in a language; empty where its words do not show it.
#[derive(Debug, Clone, Default)]
pub struct Endings {
    /// How an infinitive ends, where no word marks it («выполня-ть»).
    pub infinitives: Vec<String>,
    /// How an adverb ends («торжествен-но», “quiet-ly”).
    pub adverbs: Vec<String>,
    /// How a participle that goes on from another verb ends («выступа-я», “speak-ing”).
    pub participles: Vec<String>,
    /// How an adjective ends that is no name («судеб-ное»).
    pub adjectives: Vec<String>,
    /// How a form of a verb ends that is never a noun («describ-ed», “said”).
    pub finite: Vec<String>,
    /// How a noun for several ends («officials», «рыбак-и»).
    pub plural: Vec<String>,
    /// How the words of a subject never end («министр-ам»).
    pub oblique: Vec<String>,
    /// How a word ends that belongs to the noun in front of it («представители парт-ии»).
    pub genitive: Vec<String>,
    /// The same of several people («жител-ей порта»).
    pub genitive_plural: Vec<String>,
    /// How a word ends that a preposition governs («комитет по туризм-у», «в оперативн-ом штабе»).
    pub governed: Vec<String>,
}

impl Endings {
    /// Where the setting `name` of `language.tsv` goes.
    fn of(&mut self, name: &str) -> Option<&mut Vec<String>> {
        Some(match name {
            "infinitives" => &mut self.infinitives,
            "adverbs" => &mut self.adverbs,
            "participles" => &mut self.participles,
            "adjectives" => &mut self.adjectives,
            "finite" => &mut self.finite,
            "plural" => &mut self.plural,
            "oblique" => &mut self.oblique,
            "genitive" => &mut self.genitive,
            "genitive-plural" => &mut self.genitive_plural,
            "governed" => &mut self.governed,
            _ => return None,
        })
    }
}

/// Folding, sentence ends, abbreviations and switches of one language.
#[derive(Debug, Clone, Default)]
pub struct Language {
    /// BCP 47 code, `ar`.
    pub code: String,
    /// Is it written from right to left?
    pub right_to_left: bool,
    /// Do و ف ب ل ك and ال stick to the next word?
    pub clitics: bool,
    /// Does the subject usually stand in front of its verb («The minister said»)?
    pub subject_first: bool,
    /// Does a clause behind a verb need no word in front of it («said Russia would pay»)?
    pub bare_clauses: bool,
    /// Does the noun that the others describe come last (“foreign *minister*”)?
    pub heads_last: bool,
    /// How words of a kind end.
    pub endings: Endings,
    /// Does a dash stand for “is”, so that a clause goes on behind it?
    pub copula_dash: bool,
    /// Do names begin with a capital?
    pub capitals: bool,
    /// What follows the mark behind a name that has something: the «s» of “Putin's”. Empty where nothing does.
    pub possessive: String,
    /// Words that a mark and one more letter turn into their opposite: the «don» of “don't”.
    pub contracted: Vec<String>,
    fold: FxHashMap<char, String>,
    /// What the Arabic block folds to, one entry a letter: the letters of most look-ups, found without hashing.
    block: Vec<Folded>,
    enders: Vec<String>,
    abbreviations: BTreeSet<String>,
    letters: Vec<(char, char)>,
    /// Letters of languages that are written in the same letters and some more.
    foreign: Vec<char>,
    /// Letters that no long text lacks, and neighbours do not have.
    needed: Vec<char>,
    /// ISO 639-3 code, where only words tell the language from others in its letters.
    code_3: Option<String>,
}

impl Language {
    /// Reads `language.tsv`, `folding.tsv` and `abbreviations.tsv` of `code`.
    ///
    /// # Errors
    /// Names file and line of a setting that is unknown or has no value.
    pub fn load(files: &Files, code: &str) -> Result<Language, Error> {
        let mut language = Language { code: code.to_owned(), ..Language::default() };
        for row in files.table(&format!("{code}/language.tsv"), &["setting", "value"])?.rows() {
            match row.get("setting") {
                "direction" => language.right_to_left = row.get("value") == "rtl",
                "clitics" => language.clitics = row.get("value") == "arabic",
                "capitals" => language.capitals = row.get("value") == "yes",
                "possessive" => language.possessive = row.get("value").to_owned(),
                "contracted" => language.contracted = row.list("value").map(str::to_owned).collect(),
                "sentence-enders" => language.enders = row.list("value").map(str::to_owned).collect(),
                "letters" => language.letters = row.list("value").filter_map(range).collect(),
                "words" => language.code_3 = Some(row.get("value").to_owned()),
                "foreign" => language.foreign = row.list("value").filter_map(|c| c.chars().next()).collect(),
                "needed" => language.needed = row.list("value").filter_map(|c| c.chars().next()).collect(),
                "order" => language.subject_first = row.get("value") == "subject-first",
                "clauses" => language.bare_clauses = row.get("value") == "bare",
                "heads" => language.heads_last = row.get("value") == "last",
                "dash" => language.copula_dash = row.get("value") == "copula",
                "name" | "licence" => {}
                setting => {
                    match language.endings.of(setting) {
                        Some(endings) => *endings = row.list("value").map(str::to_owned).collect(),
                        None => return Err(row.error(
                            "setting",
                            "direction, order, clauses, heads, infinitives, adverbs, participles, adjectives, finite, \
                         plural, oblique, genitive, genitive-plural, governed, dash, \
                         clitics, capitals, possessive, contracted, sentence-enders, letters, foreign, needed, words, name or licence",
                        )),
                    }
                }
            }
        }
        for row in files.table(&format!("{code}/folding.tsv"), &["from", "to", "example"])?.rows() {
            let to = row.get("to").to_owned();
            for c in row.get("from").chars() {
                language.fold.insert(c, to.clone());
            }
        }
        language.block = BLOCK.filter_map(char::from_u32).map(|c| language.folded(c)).collect();
        for row in files.table(&format!("{code}/abbreviations.tsv"), &["form", "example"])?.rows() {
            language.abbreviations.insert(language.fold(row.get("form")));
        }
        Ok(language)
    }

    /// The folded form of a word: what look-up tables hold.
    pub fn fold(&self, word: &str) -> String {
        let mut out = String::with_capacity(word.len());
        word.chars().for_each(|c| self.fold_into(c, &mut out));
        out
    }

    /// The folded words of a phrase, joined by one space.
    pub fn fold_phrase(&self, phrase: &str) -> String {
        phrase.split_whitespace().map(|w| self.fold(w)).collect::<Vec<_>>().join(" ")
    }

    /// Appends the folded form of `c` to `out`: nothing for a mark, one lower-case letter or digit otherwise.
    pub fn fold_into(&self, c: char, out: &mut String) {
        if c.is_ascii() {
            out.push(c.to_ascii_lowercase());
            return;
        }
        let at = (c as u32).wrapping_sub(BLOCK.start) as usize;
        match self.block.get(at).copied().unwrap_or_else(|| self.folded(c)) {
            Folded::Nothing => {}
            Folded::One(to) => out.push(to),
            Folded::More => match self.fold.get(&c) {
                Some(to) => out.push_str(to),
                None => out.extend(c.to_lowercase()),
            },
        }
    }

    fn folded(&self, c: char) -> Folded {
        if is_mark(c) {
            return Folded::Nothing;
        }
        if let Some(to) = self.fold.get(&c) {
            let mut letters = to.chars();
            return match (letters.next(), letters.next()) {
                (None, _) => Folded::Nothing,
                (Some(one), None) => Folded::One(one),
                _ => Folded::More,
            };
        }
        match digit(c) {
            Some(d) => Folded::One(d),
            None if c.is_uppercase() => Folded::More,
            None => Folded::One(c),
        }
    }

    /// Does this mark close a sentence?
    pub fn ends_sentence(&self, mark: &str) -> bool {
        if self.enders.is_empty() {
            matches!(mark, "." | "!" | "?" | "؟")
        } else {
            self.enders.iter().any(|e| e == mark)
        }
    }

    /// Is this (folded) word an abbreviation that a full stop belongs to?
    pub fn is_abbreviation(&self, key: &str) -> bool {
        self.abbreviations.contains(key)
    }

    /// The share of the letters of `text` that are this language's, from 0 to 1, over its first 4,000 characters.
    pub fn share(&self, text: &str) -> f32 {
        Language::shares([self].into_iter(), text)[0]
    }

    /// Is the letter one that pages in this language are known by?
    pub fn has_letter(&self, letter: char) -> bool {
        self.letters.iter().any(|(first, last)| (*first..=*last).contains(&letter))
    }

    /// Is the text in another language that is written in these letters? Its own letters show it («گ», «ї»), or those of
    /// this language that it lacks («ы»), or, where both have the same, its words.
    pub fn is_neighbour(&self, text: &str) -> bool {
        /// Letters of a text that is long enough to tell.
        const LONG: usize = 200;
        /// Of a text in which no letter of `needed` is missing by chance.
        const LONGER: usize = 400;
        let letters: Vec<char> = text.chars().take(4000).filter(|c| is_letter(*c)).collect();
        let count = |list: &[char]| letters.iter().filter(|l| list.contains(l)).count();
        let is_foreign = count(&self.foreign) * 100 > letters.len();
        let lacks = letters.len() >= LONGER && !self.needed.is_empty() && count(&self.needed) == 0;
        let head = || &text[..text.char_indices().nth(4000).map_or(text.len(), |(at, _)| at)];
        let speaks = || whichlang::detect_language(head()).three_letter_code();
        is_foreign || lacks || letters.len() >= LONG && self.code_3.as_ref().is_some_and(|code| code != speaks())
    }

    /// The share of each of `languages`, from one look at the text.
    pub fn shares<'l>(languages: impl Iterator<Item = &'l Language>, text: &str) -> Vec<f32> {
        let mut counts: Vec<(&[(char, char)], u32)> = languages.map(|l| (l.letters.as_slice(), 0)).collect();
        let mut all = 0u32;
        for c in text.chars().take(4000).filter(|c| is_letter(*c)) {
            all += 1;
            for (letters, own) in &mut counts {
                *own += u32::from(letters.iter().any(|(a, b)| (*a..=*b).contains(&c)));
            }
        }
        counts.into_iter().map(|(_, own)| if all == 0 { 0.0 } else { own as f32 / all as f32 }).collect()
    }
}

fn range(cell: &str) -> Option<(char, char)> {
    let mut chars = cell.chars();
    match (chars.next(), chars.next(), chars.next()) {
        (Some(a), Some('-'), Some(b)) => Some((a, b)),
        _ => None,
    }
}

fn digit(c: char) -> Option<char> {
    let n = match c {
        '\u{0660}'..='\u{0669}' => c as u32 - 0x660,
        '\u{06f0}'..='\u{06f9}' => c as u32 - 0x6f0,
        _ => return None,
    };
    char::from_digit(n, 10)
}
