//! Which words does a page hold, as numbers that pages share?
//!
//! Every distinct word is folded, cut and looked up once; after that pages are lists of numbers.

use crate::clitic;
use crate::error::Error;
use crate::language::Language;
use crate::pack::Packs;
use crate::read::Reading;
use crate::rows::Files;
use crate::text::{Text, TokenKind};
use crate::weave::when::Day;
use rustc_hash::{FxHashMap, FxHashSet};

/// What is cut from words, and which words are passed over.
#[derive(Debug, Clone, Default)]
pub struct Lexicon {
    fronts: Vec<(String, usize)>,
    backs: Vec<(String, usize)>,
    stops: FxHashSet<String>,
    weak: FxHashSet<char>,
    links: FxHashSet<String>,
    clitics: bool,
}

impl Lexicon {
    /// Reads `affixes.tsv` and `stopwords.tsv` of `language`.
    ///
    /// # Errors
    /// Names file and line of an affix whose place is none of front, back, weak and link.
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
                _ => return Err(row.error("place", "front, back, weak or link")),
            }
        }
        for row in files.table(&format!("{}/stopwords.tsv", language.code), &["form"])?.rows() {
            lexicon.stops.insert(language.fold(row.get("form")));
        }
        Ok(lexicon)
    }

    /// Does this folded word tell nothing of what a page is about?
    pub fn is_stop(&self, key: &str) -> bool {
        self.stops.contains(key)
            || self.clitics && clitic::readings(key).any(|r| r.prefix > 0 && self.stops.contains(r.stem.as_ref()))
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
    /// Stems of the article, without words that tell nothing; those of its first lines come first, entities and days
    /// last.
    pub body: Vec<u32>,
    /// How many of `body` stand in the first lines.
    pub lead: usize,
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
            Some(lexicon) => self.stem_number(lexicon.stem(key)),
            None => self.stem_number(key),
        };
        self.words.insert(key.to_owned(), (word, stem));
        (word, stem)
    }

    /// How many stems there are.
    pub fn stems(&self) -> usize {
        self.stems.len()
    }

    fn stem_number(&mut self, stem: &str) -> u32 {
        if let Some(known) = self.stems.get(stem) {
            return *known;
        }
        let number = self.stems.len() as u32;
        self.stems.insert(stem.to_owned(), number);
        number
    }

    /// The page as numbers; `group` tells which of its entities are one with those of other pages.
    pub fn page(&mut self, reading: &Reading, packs: &Packs, group: impl FnMut(usize) -> usize) -> PageWords {
        let lexicon = reading.lang.as_deref().and_then(|code| packs.get(code)).map(|p| &p.words);
        let mut page = PageWords::default();
        for span in &reading.layout.title {
            for i in reading.text.tokens_in(*span).filter(|i| is_word(&reading.text, *i)) {
                let (_, stem) = self.number(reading.text.key(i), lexicon);
                if stem != STOP {
                    page.title.push(stem);
                }
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
                if page.stream.len() == LEAD {
                    page.lead = page.body.len();
                }
            }
        }
        if page.stream.len() < LEAD {
            page.lead = page.body.len();
        }
        self.marks(reading, group, &mut page);
        page
    }

    /// Whom a page names and which days of the calendar, beside its words.
    fn marks(&mut self, reading: &Reading, mut group: impl FnMut(usize) -> usize, page: &mut PageWords) {
        for n in (0..reading.cast.entities.len()).filter(|n| reading.cast.entities[*n].named) {
            page.body.push(self.stem_number(&format!("entity {}", group(n))));
        }
        for day in reading.times.iter().filter_map(|t| Day::parse(&t.value).in_year()) {
            page.body.push(self.stem_number(&format!("day {day}")));
        }
    }
}

/// FNV-1a: the same on every machine and for every order of pages.
fn hash(key: &str) -> u32 {
    key.bytes().fold(0x811c_9dc5, |h, b| (h ^ u32::from(b)).wrapping_mul(0x0100_0193))
}

fn is_word(text: &Text, i: usize) -> bool {
    text.tokens()[i].kind != TokenKind::Punct
}
