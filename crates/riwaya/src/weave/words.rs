//! Which words does a page hold, as numbers that pages share?
//!
//! Every distinct word is folded, cut and looked up once; after that pages are lists of numbers.

use crate::clitic;
use crate::error::Error;
use crate::language::Language;
use crate::pack::Packs;
use crate::read::Reading;
use crate::rows::Files;
use crate::text::{Span, Text, TokenKind};
use rustc_hash::{FxHashMap, FxHashSet};

/// What is cut from words, and which words are passed over.
#[derive(Debug, Clone, Default)]
pub struct Lexicon {
    fronts: Vec<(String, usize)>,
    backs: Vec<(String, usize)>,
    stops: FxHashSet<String>,
    weak: FxHashSet<char>,
    links: FxHashSet<String>,
    tenses: Vec<String>,
    /// On how many of ten thousand pages of news a stem stands; a stem without a row stands on fewer.
    counts: FxHashMap<String, f32>,
    clitics: bool,
}

impl Lexicon {
    /// Reads `affixes.tsv`, `stopwords.tsv` and `page-counts.tsv` of `language`.
    ///
    /// # Errors
    /// Names file and line of an affix whose place is none of front, back, weak, link and tense, and of a count that
    /// is no number.
    pub fn load(files: &Files, language: &Language) -> Result<Lexicon, Error> {
        let mut lexicon = Lexicon { clitics: language.clitics, ..Lexicon::default() };
        for row in files.table(&format!("{}/affixes.tsv", language.code), &["affix", "place", "rest"])?.rows() {
            let entry = (language.fold(row.get("affix")), usize::try_from(row.number("rest")?).unwrap_or(0));
            match row.get("place") {
                "front" => lexicon.fronts.push(entry),
                "back" => lexicon.backs.push(entry),
                "weak" => lexicon.weak.extend(entry.0.chars()),
                "link" => {
                    lexicon.links.insert(entry.0);
                }
                "tense" => lexicon.tenses.push(entry.0),
                _ => return Err(row.error("place", "front, back, weak, link or tense")),
            }
        }
        for row in files.table(&format!("{}/stopwords.tsv", language.code), &["form"])?.rows() {
            lexicon.stops.insert(language.fold(row.get("form")));
        }
        for row in files.table(&format!("{}/page-counts.tsv", language.code), &["stem", "pages"])?.rows() {
            lexicon.counts.insert(row.get("stem").to_owned(), row.number("pages")? as f32);
        }
        Ok(lexicon)
    }

    /// The share of all pages of news on which a stem stands; none where nothing is known of the language's words.
    pub fn share(&self, stem: &str) -> Option<f32> {
        (!self.counts.is_empty()).then(|| self.counts.get(stem).copied().unwrap_or(UNCOUNTED) / COUNTED)
    }

    /// Does this folded word tell nothing of what a page is about?
    pub fn is_stop(&self, key: &str) -> bool {
        self.stops.contains(key)
            || self.clitics && clitic::readings(key).any(|r| r.prefix > 0 && self.stops.contains(r.stem.as_ref()))
    }

    /// What stands in front of a verb for its tense and person: «سيـ», «تـ».
    pub fn tenses(&self) -> &[String] {
        &self.tenses
    }

    /// Does this folded word only link the parts of a name, as «بن» does?
    pub fn is_link(&self, key: &str) -> bool {
        self.links.contains(key)
    }

    /// The part of a folded word that its other forms share.
    pub fn stem<'k>(&self, key: &'k str) -> &'k str {
        let mut stem = key;
        let fits = |rest: &str, least: &usize| rest.chars().count() >= *least;
        if let Some(rest) =
            self.fronts.iter().find_map(|(a, least)| stem.strip_prefix(a.as_str()).filter(|r| fits(r, least)))
        {
            stem = rest;
        }
        if let Some(rest) =
            self.backs.iter().find_map(|(a, least)| stem.strip_suffix(a.as_str()).filter(|r| fits(r, least)))
        {
            stem = rest;
        }
        stem
    }
}

/// Of how many pages `page-counts.tsv` counts.
const COUNTED: f32 = 10_000.0;
/// What a stem without a row there counts.
const UNCOUNTED: f32 = 1.0;

impl Lexicon {
    /// The words of a folded name without the article and without words such as «بن».
    pub fn name<'k>(&self, key: &'k str) -> impl Iterator<Item = &'k str> {
        let article = self.clitics.then_some(clitic::ARTICLE);
        key.split_whitespace().filter(|w| !self.links.contains(*w)).map(move |w| {
            let bare = article.and_then(|a| w.strip_prefix(a)).filter(|rest| rest.chars().count() >= 3);
            bare.unwrap_or(w)
        })
    }

    /// A word without the letters that spellings of one foreign name write or leave out.
    pub fn skeleton(&self, word: &str) -> String {
        let bones: String = word.chars().filter(|c| !self.weak.contains(c)).collect();
        if bones.chars().count() < 2 { word.to_owned() } else { bones }
    }
}

/// The number of a word that tells nothing.
pub(crate) const STOP: u32 = u32::MAX;

/// All distinct words of all pages.
#[derive(Debug, Default)]
pub(crate) struct Vocabulary {
    words: FxHashMap<String, (u32, u32)>,
    stems: FxHashMap<String, u32>,
    /// The share of all news on which each stem stands, 0 where nobody counted.
    shares: Vec<f32>,
}

/// One page as numbers.
#[derive(Debug, Clone, Default)]
pub(crate) struct PageWords {
    /// The folded words of the article without its headlines, in order, each as a hash that no other page moves.
    pub stream: Vec<u32>,
    /// The token of each of them.
    pub tokens: Vec<u32>,
    /// Stems of the headlines, without words that tell nothing.
    pub title: Vec<u32>,
    /// Stems of the article, without words that tell nothing; those of its first lines come first.
    pub body: Vec<u32>,
    /// How many of `body` stand in the first lines.
    pub lead: usize,
    /// Where the first lines end, in bytes.
    pub lead_end: usize,
    /// The numbers in headlines and first lines that count something: no parts of dates.
    pub numbers: Vec<Number>,
}

/// A number that is written in digits.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Number {
    /// The stem that its digits are.
    pub value: u32,
    /// The stems in front of it and behind it, [`STOP`] where there is none: «مقتل 14 مسلحا».
    pub around: [u32; 2],
}

/// How many words the lead of an article has.
const LEAD: usize = 60;

impl Vocabulary {
    /// The hash of a folded word and the number of its stem; [`STOP`] for a stem that tells nothing.
    pub fn number(&mut self, key: &str, lexicon: Option<&Lexicon>) -> (u32, u32) {
        if let Some(known) = self.words.get(key) {
            return *known;
        }
        let word = hash(key);
        let stem = match lexicon {
            Some(lexicon) if lexicon.is_stop(key) => STOP,
            Some(lexicon) => {
                let stem = lexicon.stem(key);
                self.stem_number(stem, lexicon.share(stem))
            }
            None => self.stem_number(key, None),
        };
        self.words.insert(key.to_owned(), (word, stem));
        (word, stem)
    }

    /// For each stem the share of all pages of news on which it stands, 0 where nobody counted.
    pub fn shares(&self) -> &[f32] {
        &self.shares
    }

    fn stem_number(&mut self, stem: &str, share: Option<f32>) -> u32 {
        if let Some(known) = self.stems.get(stem) {
            let most = &mut self.shares[*known as usize];
            *most = most.max(share.unwrap_or(0.0));
            return *known;
        }
        let number = self.stems.len() as u32;
        self.stems.insert(stem.to_owned(), number);
        self.shares.push(share.unwrap_or(0.0));
        number
    }

    /// The page as numbers.
    pub fn page(&mut self, reading: &Reading, packs: &Packs) -> PageWords {
        let lexicon = reading.lang.as_deref().and_then(|code| packs.get(code)).map(|p| &p.words);
        let mut page = PageWords::default();
        for span in &reading.layout.title {
            for i in reading.text.tokens_in(*span).filter(|i| is_word(&reading.text, *i)) {
                let (_, stem) = self.number(reading.text.key(i), lexicon);
                if stem != STOP {
                    page.title.push(stem);
                }
                self.count(reading, i, *span, lexicon, &mut page);
            }
        }
        for span in &reading.layout.body {
            for i in reading.text.tokens_in(*span).filter(|i| is_word(&reading.text, *i)) {
                let (word, stem) = self.number(reading.text.key(i), lexicon);
                page.stream.push(word);
                page.tokens.push(i as u32);
                if stem != STOP {
                    page.body.push(stem);
                }
                if page.stream.len() <= LEAD {
                    page.lead = page.body.len();
                    page.lead_end = reading.text.span(i).end();
                    self.count(reading, i, *span, lexicon, &mut page);
                }
            }
        }
        page
    }

    /// Keeps token `i` of `line` where it is a number that counts something.
    fn count(&mut self, reading: &Reading, i: usize, line: Span, lexicon: Option<&Lexicon>, page: &mut PageWords) {
        let text = &reading.text;
        if text.tokens()[i].kind != TokenKind::Number || reading.times.iter().any(|t| t.span.contains(text.span(i))) {
            return;
        }
        let within = text.tokens_in(line);
        let around = [i.checked_sub(1), Some(i + 1)].map(|at| match at.filter(|at| within.contains(at)) {
            Some(at) if text.tokens()[at].kind == TokenKind::Word => self.number(text.key(at), lexicon).1,
            _ => STOP,
        });
        let value = self.number(text.key(i), lexicon).1;
        page.numbers.push(Number { value, around });
    }
}

/// FNV-1a: the same on every machine and for every order of pages.
fn hash(key: &str) -> u32 {
    key.bytes().fold(0x811c_9dc5, |h, b| (h ^ u32::from(b)).wrapping_mul(0x0100_0193))
}

fn is_word(text: &Text, i: usize) -> bool {
    text.tokens()[i].kind != TokenKind::Punct
}
