//! The temporal rows of a language: words by key, classes, patterns, and which pattern may start at which word.

use super::hijri::Calendar;
use super::number::{self, NumberWord};
use super::pattern::{self, Atom, Element, Meaning, Names, NumberClass, Pattern};
use super::slots::{Part, Slot, Slots, Unit};
use super::tense::Tenses;
use super::zone::Zone;
use crate::error::Error;
use crate::language::Language;
use crate::rows::{Files, Row};
use rustc_hash::FxHashMap;
use std::ops::Range;
use std::sync::Arc;

/// Letters from which on a word is taken for a stretch of text without spaces.
const RUN: usize = 15;

/// Letters beyond which a word is left alone: no language writes so.
const LONGEST: usize = 400;

/// A part of a token that holds several words.
#[derive(Debug, Clone)]
pub(super) struct Piece {
    /// Its letters in the token's key.
    pub(super) letters: Range<usize>,
    /// The number of the word, or none.
    pub(super) word: u32,
}

/// Cuts `count` letters where known words follow one another; `known` gives the ends and numbers of the known words
/// that start at a letter, the longest first. Every word but the first must be one of an expression.
fn run_of_pieces(
    count: usize,
    known: impl Fn(usize) -> Vec<(usize, u32)>,
    is_inside: impl Fn(u32) -> bool,
) -> Vec<Piece> {
    let inside = |at: usize| known(at).into_iter().find(|(_, id)| is_inside(*id));
    // «يومالخميس» holds «يوما» too, behind which no known word stands.
    let followed = |at: usize| known(at).into_iter().find(|(end, _)| inside(*end).is_some());
    let mut pieces: Vec<Piece> = Vec::new();
    let (mut at, mut free) = (0, 0);
    while at < count {
        let Some((end, word)) = followed(at) else {
            at += 1;
            continue;
        };
        if free < at {
            pieces.push(Piece { letters: free..at, word: NO_WORD });
        }
        pieces.push(Piece { letters: at..end, word });
        at = end;
        while let Some((end, word)) = followed(at).or_else(|| inside(at)) {
            pieces.push(Piece { letters: at..end, word });
            at = end;
        }
        free = at;
    }
    if free > 0 && free < count {
        pieces.push(Piece { letters: free..count, word: NO_WORD });
    }
    pieces
}

/// No word.
pub(super) const NO_WORD: u32 = u32::MAX;

/// What a word of the temporal rows can be.
#[derive(Debug, Clone, Default)]
pub(super) struct Word {
    /// Its classes, with the words that must follow it where the form has several: «كانون الأول».
    pub(super) members: Vec<Member>,
    /// Its values as a number word.
    pub(super) numbers: Vec<NumberWord>,
    /// Does it stand in expressions, not only beside them?
    pub(super) inside: bool,
    /// The patterns that may start with it, sorted by shape.
    pub(super) starts: Vec<Start>,
}

/// A pattern at a word, or at digits, with which it may start.
#[derive(Debug, Clone)]
pub(super) struct Start {
    /// The shape that the pattern is a way to write.
    pub(super) shape: Option<u16>,
    pub(super) pattern: u16,
    /// What must stand behind the word, where that is known: «the» starts a pattern in five, and few nouns behind it do.
    pub(super) next: Option<Arc<Next>>,
}

/// The words, as bits by number, one of which must stand at a place, or digits.
#[derive(Debug)]
pub(super) struct Next {
    words: Vec<u64>,
    pub(super) digits: bool,
}

impl Next {
    pub(super) fn has(&self, word: u32) -> bool {
        self.words.get(word as usize / 64).is_some_and(|bits| bits >> (word % 64) & 1 == 1)
    }
}

/// A form of a class.
#[derive(Debug, Clone)]
pub(super) struct Member {
    pub(super) class: u16,
    pub(super) rest: Box<[u32]>,
    pub(super) says: Slots,
    /// Must it start with a capital letter, as «March» must?
    pub(super) capital: bool,
}

/// Temporal rows of a language.
#[derive(Debug, Clone, Default)]
pub struct Lexicon {
    ids: FxHashMap<String, u32>,
    pub(super) words: Vec<Word>,
    pub(super) patterns: Vec<Pattern>,
    /// The patterns that may start with digits, sorted by shape.
    pub(super) digit_starts: Vec<Start>,
    pub(super) zones: Vec<Zone>,
    pub(super) calendar: Calendar,
    pub(super) tenses: Tenses,
    /// The letters of «و» that join two number words, glued or not.
    pub(super) and: String,
    pub(super) and_word: u32,
    /// The mark between number words that stand beside one another, as in «twenty-five»; none where they do not.
    pub(super) beside: Option<u32>,
    /// «ال» standing before digits.
    pub(super) article: u32,
    /// Do letters of other words stick to a word's front?
    pub(super) clitics: bool,
    article_form: String,
    affixes: Vec<String>,
    classes: Vec<String>,
    shapes: Vec<String>,
}

impl Lexicon {
    /// Reads `calendar.tsv`, `numbers.tsv`, `tense.tsv` and `time.tsv` of `language`, and the Hijri calendar.
    ///
    /// # Errors
    /// Names file and line of a row that cannot be read.
    pub fn load(files: &Files, language: &Language) -> Result<Lexicon, Error> {
        let code = &language.code;
        let mut lexicon = Lexicon {
            calendar: Calendar::load(files)?,
            tenses: Tenses::load(files, language)?,
            and_word: NO_WORD,
            article: NO_WORD,
            clitics: language.clitics,
            ..Lexicon::default()
        };
        lexicon.load_numbers(files, language)?;
        for row in files.table(&format!("{code}/calendar.tsv"), &["form", "class", "says"])?.rows() {
            lexicon.load_member(row, language)?;
        }
        let table = files.table(&format!("{code}/time.tsv"), &["pattern", "meaning", "example"])?;
        for row in table.rows() {
            lexicon.name_shape(row.get("meaning"));
        }
        for row in table.rows() {
            let pattern = Pattern::parse(row, &mut Reader { lexicon: &mut lexicon, language })?;
            lexicon.mark_inside(&pattern);
            lexicon.patterns.push(pattern);
        }
        lexicon.index()?;
        Ok(lexicon)
    }

    /// The number of the word with this key.
    pub(super) fn id(&self, key: &str) -> u32 {
        self.ids.get(key).copied().unwrap_or(NO_WORD)
    }

    /// Is the word with this key a number in letters («ثلاثين», “twelve”)?
    pub(crate) fn is_number(&self, key: &str) -> bool {
        self.word(self.id(key)).is_some_and(|w| !w.numbers.is_empty())
    }

    /// The start or end of words with this number.
    pub(super) fn affix(&self, n: u16) -> &str {
        self.affixes.get(n as usize).map_or("", String::as_str)
    }

    /// What the word with this number can be.
    pub(super) fn word(&self, id: u32) -> Option<&Word> {
        self.words.get(id as usize)
    }

    /// The parts of a word that holds known words run together; none where it does not.
    ///
    /// A word of ordinary length must be two known words, the second with its article; a longer one is a stretch of
    /// text without spaces and may hold them anywhere.
    pub(super) fn pieces(&self, key: &str) -> Vec<Piece> {
        if key.len() < 10 || self.article_form.is_empty() {
            return Vec::new();
        }
        let count = key.chars().count();
        // Nearly every word that no row knows is of ordinary length and holds no article.
        let article = self.article_form.as_bytes();
        if count < RUN && !key.as_bytes().windows(article.len()).any(|w| w == article) {
            return Vec::new();
        }
        let letters: Vec<usize> = key.char_indices().map(|(at, _)| at).chain([key.len()]).collect();
        let word = |from: usize, to: usize| {
            Some(self.id(&key[letters[from]..letters[to]])).filter(|id| *id != NO_WORD && *id != self.article)
        };
        let is_inside = |id: u32| self.word(id).is_some_and(|w| w.inside);
        if count > LONGEST {
            return Vec::new();
        }
        if count < RUN {
            let split = (2..count - 1).find(|at| {
                key[letters[*at]..].starts_with(self.article_form.as_str())
                    && word(0, *at).is_some()
                    && word(*at, count).is_some_and(is_inside)
            });
            let piece = |from, to| Piece { letters: from..to, word: word(from, to).unwrap_or(NO_WORD) };
            return split.map_or(Vec::new(), |at| vec![piece(0, at), piece(at, count)]);
        }
        let known = |from: usize| {
            (from + 2..=count.min(from + 10)).rev().filter_map(|to| word(from, to).map(|id| (to, id))).collect()
        };
        run_of_pieces(count, known, is_inside)
    }

    /// Has the word with this key a form of one word in this class?
    pub(super) fn is_member(&self, key: &str, class: Option<u16>) -> bool {
        let word = self.word(self.id(key));
        class.is_some() && word.is_some_and(|w| w.members.iter().any(|m| Some(m.class) == class && m.rest.is_empty()))
    }

    /// The class of this name.
    pub(super) fn class(&self, name: &str) -> Option<u16> {
        self.classes.iter().position(|c| c == name).map(|n| n as u16)
    }

    fn intern(&mut self, key: String) -> u32 {
        let next = self.words.len() as u32;
        let id = *self.ids.entry(key).or_insert(next);
        if id == next {
            self.words.push(Word::default());
        }
        id
    }

    fn load_numbers(&mut self, files: &Files, language: &Language) -> Result<(), Error> {
        let path = format!("{}/numbers.tsv", language.code);
        for row in files.table(&path, &["form", "kind", "value"])?.rows() {
            let forms: Vec<String> = row.list("form").map(|f| language.fold(f)).collect();
            for form in forms {
                let id = self.intern(form.clone());
                match row.get("kind") {
                    "and" => (self.and, self.and_word) = (form, id),
                    "article" => (self.article_form, self.article) = (form, id),
                    "beside" => self.beside = Some(id),
                    kind => {
                        let kind = number::kind(kind).ok_or_else(|| row.error("kind", number::KINDS))?;
                        let value = row.number("value")? as i32;
                        self.words[id as usize].numbers.push(NumberWord { kind, value });
                    }
                }
            }
        }
        Ok(())
    }

    fn load_member(&mut self, row: &Row, language: &Language) -> Result<(), Error> {
        let name = row.get("class");
        let class = self.classes.iter().position(|c| c == name).unwrap_or_else(|| {
            self.classes.push(name.to_owned());
            self.classes.len() - 1
        }) as u16;
        let cells = row.get("says").split_whitespace();
        let says = pattern::says(row, "says", cells, &mut Reader { lexicon: self, language })?;
        for form in row.list("form") {
            let mut ids = form.split_whitespace().map(|w| self.intern(language.fold(w))).collect::<Vec<_>>();
            if ids.is_empty() {
                return Err(row.error("form", "a word"));
            }
            let first = ids.remove(0);
            let capital = form.starts_with(char::is_uppercase);
            ids.iter().chain([&first]).for_each(|id| self.words[*id as usize].inside = true);
            self.words[first as usize].members.push(Member { class, rest: ids.into(), says, capital });
        }
        Ok(())
    }

    fn name_shape(&mut self, meaning: &str) {
        if let Some(name) = meaning.strip_prefix('{').and_then(|m| m.split('}').next())
            && !self.shapes.iter().any(|s| s == name)
        {
            self.shapes.push(name.to_owned());
        }
    }

    fn mark_inside(&mut self, pattern: &Pattern) {
        for atom in pattern.elements.iter().flat_map(|e| &e.any) {
            if let Atom::Word(id) = atom
                && pattern.meaning != Meaning::Nothing
            {
                self.words[*id as usize].inside = true;
            }
        }
    }

    /// Notes at every word which patterns may start with it.
    fn index(&mut self) -> Result<(), Error> {
        for n in 0..self.patterns.len() {
            let shape = self.patterns[n].shape;
            let mut first = First::default();
            self.first(&self.patterns[n].elements, &self.patterns[n], 0, &mut first)?;
            let start = Start { shape, pattern: n as u16, next: self.next(n) };
            if first.digits {
                self.digit_starts.push(start.clone());
            }
            first.words.sort_unstable();
            first.words.dedup();
            for id in first.words {
                self.words[id as usize].starts.push(start.clone());
            }
        }
        // Within a shape the earlier row stays first.
        self.digit_starts.sort_by_key(|start| start.shape);
        self.words.iter_mut().for_each(|word| word.starts.sort_by_key(|start| start.shape));
        Ok(())
    }

    /// What must stand behind the first word of pattern `n`; none where nothing need, or that cannot be told.
    fn next(&self, n: usize) -> Option<Arc<Next>> {
        let pattern = &self.patterns[n];
        let mut second = First::default();
        if self.second(&pattern.elements, pattern, &mut second) != Ok(true) || second.untold {
            return None;
        }
        let mut words = vec![0; self.words.len().div_ceil(64)];
        second.words.iter().for_each(|id| words[*id as usize / 64] |= 1 << (id % 64));
        Some(Arc::new(Next { words, digits: second.digits }))
    }

    /// Collects what may stand behind the first word of `elements`; false where nothing need.
    fn second(&self, elements: &[Element], pattern: &Pattern, out: &mut First) -> Result<bool, Error> {
        let Some((head, rest)) = elements.split_first() else { return Ok(false) };
        // May the first element be one word, so that the others come next?
        let mut one_word = false;
        for atom in &head.any {
            match atom {
                Atom::Word(_) => one_word = true,
                Atom::Class(class) => {
                    for member in self.words.iter().flat_map(|w| &w.members).filter(|m| m.class == *class) {
                        one_word |= member.rest.is_empty();
                        out.words.extend(member.rest.first());
                    }
                }
                Atom::Number(number) if number.is_one_item() => {
                    one_word = true;
                    out.digits |= self.article != NO_WORD;
                }
                Atom::Number(_) | Atom::Quoted | Atom::Begins(_) | Atom::EndsIn(_) => out.untold = true,
                Atom::Shape(shape) => {
                    for inner in self.patterns.iter().filter(|p| p.shape == Some(*shape)) {
                        one_word |= !self.second(&inner.elements, inner, out)?;
                    }
                }
            }
        }
        let behind = !one_word || self.first(rest, pattern, 0, out)?;
        Ok(behind && (!head.optional || self.second(rest, pattern, out)?))
    }

    /// Collects the words with which `elements` of `pattern` may start; false where they may be missing altogether.
    fn first(&self, elements: &[Element], pattern: &Pattern, depth: usize, out: &mut First) -> Result<bool, Error> {
        if depth > self.shapes.len() {
            return Err(Error::new(
                &*pattern.rule,
                "a shape that starts with itself",
                "a pattern that starts with a word",
            ));
        }
        for element in elements {
            for atom in &element.any {
                match atom {
                    Atom::Word(id) => out.words.push(*id),
                    Atom::Class(class) => {
                        out.words.extend(self.ids_where(|w| w.members.iter().any(|m| m.class == *class)))
                    }
                    Atom::Number(number) => {
                        out.digits = true;
                        out.untold |= *number == NumberClass::AndMinutes;
                        out.words.extend(self.ids_where(|w| !w.numbers.is_empty()));
                        out.words.extend(Some(self.article).filter(|a| *a != NO_WORD));
                    }
                    Atom::Quoted | Atom::Begins(_) | Atom::EndsIn(_) => {
                        return Err(Error::new(&*pattern.rule, "{quoted} as an element", "{quoted} in <context> only"));
                    }
                    Atom::Shape(shape) => {
                        for inner in self.patterns.iter().filter(|p| p.shape == Some(*shape)) {
                            self.first(&inner.elements, inner, depth + 1, out)?;
                        }
                    }
                }
            }
            if !element.optional {
                return Ok(true);
            }
        }
        Ok(false)
    }

    fn ids_where(&self, test: impl Fn(&Word) -> bool) -> impl Iterator<Item = u32> {
        self.words.iter().enumerate().filter(move |(_, w)| test(w)).map(|(id, _)| id as u32)
    }
}

/// What something may start with.
#[derive(Default)]
struct First {
    words: Vec<u32>,
    digits: bool,
    /// Also with what is no word of the rows: a number word behind an «و» that is written onto it.
    untold: bool,
}

struct Reader<'a> {
    lexicon: &'a mut Lexicon,
    language: &'a Language,
}

impl Names for Reader<'_> {
    fn word(&mut self, word: &str) -> u32 {
        self.lexicon.intern(self.language.fold(word))
    }

    fn affix(&mut self, affix: &str) -> u16 {
        self.lexicon.affixes.push(self.language.fold(affix));
        self.lexicon.affixes.len() as u16 - 1
    }

    fn class(&self, name: &str) -> Option<Atom> {
        let shape = self.lexicon.shapes.iter().position(|s| s == name).map(|n| Atom::Shape(n as u16));
        shape.or_else(|| self.lexicon.class(name).map(Atom::Class))
    }

    fn value(&mut self, slot: Slot, cell: &str) -> Option<i32> {
        match slot {
            Slot::Unit => Unit::named(cell).map(|u| u as i32),
            Slot::Part => Part::named(cell).map(|p| p as i32),
            Slot::Zone => {
                self.lexicon.zones.push(Zone::parse(cell)?);
                Some(self.lexicon.zones.len() as i32 - 1)
            }
            _ => cell.parse().ok(),
        }
    }
}
