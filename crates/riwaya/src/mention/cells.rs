//! What can each word of a page be? One small value a token, computed once.

use super::lexicon::{Lexicon, TitleKind, Word, class};
use crate::clitic;
use crate::page::Layout;
use crate::text::{Span, Text, TokenKind};
use crate::time::Time;
use std::ops::Range;

/// A token as this stage sees it.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Cell {
    pub word: Word,
    /// Letters of a clitic before the word.
    pub prefix: u8,
    /// «للكرملين»: the article is hidden in the second ل.
    pub restored: bool,
    /// It stands in a part of the page that is read, and in no temporal expression.
    pub open: bool,
    /// The find that holds it, from 1.
    pub claimed: u32,
    /// 1 where a rule saw a name begin here, 2 where it saw one go on, and the model decides.
    pub hint: u8,
    /// How it is written, in a script with capitals.
    pub letters: Letters,
    /// Its capital says nothing: it opens a sentence or a quotation, or stands in a headline of capitals.
    pub opens: bool,
    /// Written in letters that are not this language's: “Reuters” on a Russian page.
    pub foreign: bool,
}

/// How a word is written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Letters {
    /// “leader”; every word of a script without capitals.
    #[default]
    Small,
    /// “Leader”
    Capital,
    /// “NATO”
    Capitals,
}

impl Letters {
    pub fn small(self) -> bool {
        self == Letters::Small
    }
}

impl Cell {
    pub fn is(&self, classes: u32) -> bool {
        self.word.classes & classes != 0
    }

    /// A word that no list knows.
    pub fn is_unknown(&self) -> bool {
        self.word.classes & !class::DEFINITE == 0
    }
}

/// A page with a cell for every token.
pub(super) struct Cells<'p> {
    pub text: &'p Text,
    pub lexicon: &'p Lexicon,
    pub cells: Vec<Cell>,
    /// The page is about sport: two of its words are words of sport.
    pub sport: bool,
}

/// Classes that make a word with a clitic worth more than an ordinary word that is written the same.
const STRONG: u32 =
    class::TITLE | class::HEAD | class::DEFINITE_HEAD | class::PHRASE | class::DEMONYM | class::PLACE_HEAD;
const NOTABLE: u32 = STRONG | class::GIVEN | class::NAME | class::UNCERTAIN | class::CONNECTOR | class::PLACE_WORD;

/// What a name that a row has can begin with.
const PLACE: u32 = class::PHRASE | class::PLACE_WORD;

/// A word that no name goes over.
const PLAIN: Word = Word { classes: class::FUNCTION | class::COMMON, state: 0, title: 0, head: 0, phrases: 0 };

impl<'p> Cells<'p> {
    pub fn new(text: &'p Text, layout: &Layout, times: &[Time], lexicon: &'p Lexicon) -> Cells<'p> {
        let mut cells = vec![Cell::default(); text.len()];
        let mut buffer = String::new();
        let dotted = is_dotted(text, lexicon);
        for span in layout.article() {
            for i in text.tokens_in(span) {
                if text.tokens()[i].kind == TokenKind::Word {
                    let before = i.checked_sub(1).and_then(|b| cells.get(b)).copied().unwrap_or_default();
                    cells[i] = analyse(text, i, lexicon, before, &mut buffer);
                    // «علي بن سالم» is nobody's preposition.
                    let named = i > 0 && is_namely(cells[i - 1]) || clitic::is_son(text.key(i + 1));
                    if dotted && lexicon.is_trap_key(text.key(i)) && !named {
                        cells[i].word = PLAIN;
                    }
                }
                cells[i].open = true;
            }
        }
        for time in times {
            for i in text.tokens_in(time.span) {
                cells[i] = Cell::default();
            }
        }
        if lexicon.capitals {
            super::letters::mark(text, layout, lexicon, &mut cells);
        }
        let sport = cells.iter().filter(|c| c.is(class::SPORT)).nth(1).is_some();
        Cells { text, lexicon, cells, sport }
    }

    pub fn cell(&self, i: usize) -> Cell {
        self.cells.get(i).copied().unwrap_or_default()
    }

    pub fn is(&self, i: usize, classes: u32) -> bool {
        self.cell(i).is(classes)
    }

    pub fn title_kind(&self, i: usize) -> Option<TitleKind> {
        self.lexicon.title(self.cell(i).word.title).map(|t| t.kind)
    }

    /// Is token `i` a word that may be part of something, and not yet taken?
    pub fn is_free(&self, i: usize) -> bool {
        let cell = self.cell(i);
        cell.open && cell.claimed == 0 && self.is_word(i)
    }

    pub fn is_word(&self, i: usize) -> bool {
        self.text.tokens().get(i).is_some_and(|t| t.kind == TokenKind::Word)
    }

    /// The key of token `i` without its clitic; «للكرملين» keeps what is written.
    pub fn stem(&self, i: usize) -> &str {
        let key = self.text.key(i);
        let skip = usize::from(self.cell(i).prefix);
        key.char_indices().nth(skip).map_or(key, |(at, _)| &key[at..])
    }

    /// Tokens `range` without the clitic of the first.
    pub fn span(&self, range: Range<usize>) -> Span {
        let first = self.text.without_prefix(range.start, usize::from(self.cell(range.start).prefix));
        first.to(self.text.span(range.end.saturating_sub(1).max(range.start)))
    }

    /// Is an ordinary word another one with a clitic in front: «لمحاربة»?
    pub fn hides_clitic(&self, i: usize) -> bool {
        let ordinary = |rest: &str| self.lexicon.word(rest).is_some_and(|w| w.classes & class::COMMON != 0);
        clitic::nominal(self.text.key(i))
            .any(|(n, rest)| (rest.len() >= 8 || n == 1 && clitic::is_and(self.text.key(i))) && ordinary(rest))
    }

    /// Is token `i` this punctuation character?
    pub fn is_mark(&self, i: usize, marks: &[&str]) -> bool {
        i < self.text.len() && marks.contains(&self.text.word(i))
    }

    /// Does a pronoun or an accusative ending show on the page that token `i` is no name: «تكتله», «استبعادًا»?
    pub fn is_inflected(&self, i: usize) -> bool {
        clitic::is_inflected(self.text.word(i))
    }

    /// «رومينيغه»: does an unknown word that looks as if it carried a pronoun stand for no word without it?
    pub fn ends_foreign(&self, i: usize) -> bool {
        let word = self.text.key(i).strip_suffix('ه').filter(|w| w.chars().count() > 3);
        !clitic::is_adverb(self.text.word(i))
            && word.is_some_and(|w| {
                self.lexicon.word(w).is_none()
                    && !w.ends_with('ت')
                    && clitic::nominal(w).all(|(_, s)| self.lexicon.word(s).is_none())
            })
    }

    /// «الرئيس سيسافر»: is token `i` the future of a verb that is an ordinary word?
    pub fn is_future_verb(&self, i: usize) -> bool {
        let verb = self.text.key(i).strip_prefix('س').filter(|rest| clitic::looks_like_verb(rest));
        verb.and_then(|rest| self.lexicon.word(rest)).is_some_and(|w| w.classes & class::COMMON != 0)
    }

    /// Do tokens `i` and `i + 1` stand in one sentence line and touch the same quotation?
    pub fn opens_quote(&self, i: usize) -> bool {
        self.text.quote_of(i).is_some_and(|q| self.text.quotes()[q].tokens().start == i)
    }
}

/// The whole word first; a clitic is taken off only where the rest is known and the whole is not, or is an ordinary word
/// that is written like «و» and a title: «ووزير», «للرئيس».
fn analyse(text: &Text, i: usize, lexicon: &Lexicon, before: Cell, buffer: &mut String) -> Cell {
    let key = text.key(i);
    let whole = lexicon.word(key).unwrap_or_default();
    let plain = Cell { word: whole, ..Cell::default() };
    if lexicon.capitals {
        return plain;
    }
    if key.is_empty() || whole.classes & class::FUNCTION != 0 || is_suspect(key, whole) && lexicon.is_trap(text.word(i))
    {
        return Cell { word: PLAIN, ..plain };
    }
    if whole.classes & !(class::COMMON | class::DEFINITE) != 0 {
        return plain;
    }
    let common = whole.classes & class::COMMON != 0;
    if let Some((prefix, stem)) = clitic::restored(key, buffer)
        && let Some(word) = lexicon.word(stem).filter(|w| w.classes & NOTABLE != 0 || !common)
    {
        return Cell { word, prefix, restored: true, ..plain };
    }
    let mut ordinary = None;
    for (prefix, stem) in clitic::nominal(key) {
        let Some(word) = lexicon.word(stem) else { continue };
        let letters = stem.len() / 2;
        let wanted = if common { STRONG } else { NOTABLE };
        let given = word.classes & class::GIVEN != 0 && !common;
        // «وحزب», «بجسر»: short words that open names, where the next word can go on with one.
        let head = word.classes & (class::HEAD | class::PLACE_HEAD) != 0
            && letters == 3
            && opens_name(text.key(i + 1), lexicon);
        // «تعز وعدن», whatever else the second word is.
        let joined = clitic::is_and(key) && before.is(PLACE) && !before.is(class::COMMON) && word.classes & PLACE != 0;
        if word.classes & wanted != 0
            && (given || head || joined && letters == 3 || letters >= if common { 4 } else { 3 })
        {
            return Cell { word, prefix, ..plain };
        }
        if !common && ordinary.is_none() && word.classes & (class::COMMON | class::FUNCTION) != 0 {
            ordinary = Some(Cell { word, prefix, ..plain });
        }
    }
    ordinary.unwrap_or_else(|| {
        let definite = u32::from(clitic::is_definite(key)) * class::DEFINITE;
        Cell { word: Word { classes: whole.classes | definite, ..whole }, ..plain }
    })
}

/// Does a word with the article or of a name follow?
fn opens_name(next: &str, lexicon: &Lexicon) -> bool {
    const NAMES: u32 = class::PHRASE | class::GIVEN | class::NAME | class::PLACE_WORD;
    let classes = lexicon.word(next).map_or(0, |w| w.classes);
    clitic::is_definite(next) && classes & class::FUNCTION == 0 || classes & NAMES != 0 && classes & class::COMMON == 0
}

/// Can folding have made a name of this word: «على», «فإن»?
fn is_suspect(key: &str, whole: Word) -> bool {
    whole.classes & class::CONNECTOR != 0 || clitic::ends_in_yeh(key)
}

/// «محمد علي», not «أشرف علي العمل»: after such a word «علي» is a name on every page.
fn is_namely(before: Cell) -> bool {
    before.is(class::GIVEN) && !before.is(class::COMMON | class::UNCERTAIN)
        || before.is(class::CONNECTOR | class::TITLE)
}

/// «الي», «حتي»: does the page write yeh with dots where others write none? Then its «علي» is «على» as a rule.
fn is_dotted(text: &Text, lexicon: &Lexicon) -> bool {
    let (mut dotted, mut plain) = (0, 0);
    for i in 0..text.len() {
        let key = text.key(i);
        if clitic::ends_in_yeh(key) && lexicon.is_trap_key(key) {
            let name = lexicon.word(key).is_some_and(|w| w.classes & (class::GIVEN | class::NAME) != 0);
            if lexicon.is_trap(text.word(i)) {
                plain += 1;
            } else if !name {
                dotted += 1;
            }
        }
    }
    dotted > plain
}
