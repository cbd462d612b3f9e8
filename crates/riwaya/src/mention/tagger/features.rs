//! What the model sees of a word and its neighbours, as hashed features.

use crate::clitic;
use crate::mention::cells::Cells;
use crate::mention::find::{Find, What};
use crate::mention::lexicon::{TitleKind, class};
use crate::text::TokenKind;
use std::ops::Range;

/// How many words around a word that may be a name are asked about with it.
const AROUND: usize = 3;
/// How many words on each side of a word its features look at.
const SEEN: usize = 2;

/// May token `i` be part of a name that rules missed? Plain common words and function words alone are not worth asking.
fn is_candidate(cells: &Cells<'_>, i: usize) -> bool {
    const NAME: u32 =
        class::GIVEN | class::NAME | class::UNCERTAIN | class::KNOWN_PERSON | class::RARE | class::CONNECTOR;
    is_open(cells, i)
        && !cells.is(i, class::FUNCTION)
        && (cells.cell(i).is_unknown() || cells.is(i, NAME) || cells.cell(i).hint > 0)
}

/// May token `i` stand in a stretch? Not `com` and `http`.
fn is_open(cells: &Cells<'_>, i: usize) -> bool {
    cells.is_free(i) && !cells.text.key(i).starts_with(|c: char| c.is_ascii_lowercase())
}

/// Calls `ask` with every run of free words of one line that holds or touches a candidate.
pub(super) fn each_stretch(cells: &Cells<'_>, mut ask: impl FnMut(Range<usize>)) {
    for sentence in cells.text.sentences() {
        let limit = sentence.tokens.end;
        let mut i = sentence.tokens.start;
        let mut start = i;
        while i < limit {
            if !is_open(cells, i) {
                start = i + 1;
            } else if is_candidate(cells, i) {
                start = start.max(i.saturating_sub(AROUND));
                let mut end = i + 1;
                let mut left = AROUND;
                while end < limit && left > 0 && is_open(cells, end) {
                    left = if is_candidate(cells, end) { AROUND } else { left - 1 };
                    end += 1;
                }
                ask(start..end);
                start = end;
                i = end;
                continue;
            }
            i += 1;
        }
    }
}

/// A token as the features look at it.
#[derive(Debug, Clone, Copy, Default)]
struct View {
    /// Hash of the folded word, and of the word without a clitic.
    word: u32,
    stem: u32,
    /// Hashes of its first and last letters, one to three of them.
    front: [u32; 3],
    back: [u32; 3],
    /// What it is, roughly and exactly.
    rough: u8,
    exact: u32,
    /// What a rule said of it, and shapes that names do not have.
    hint: u32,
    /// Its letters, counted up to 15.
    length: u8,
    /// A candidate's letters, three at a time.
    thirds: [u32; 6],
}

/// The tokens of a stretch and those beside it; room that is used again.
#[derive(Debug, Default)]
pub(super) struct Views {
    start: usize,
    views: Vec<View>,
}

impl Views {
    /// Looks at `tokens` and their neighbours in the sentence.
    pub fn fill(&mut self, cells: &Cells<'_>, finds: &[Find], tokens: Range<usize>) {
        self.start = tokens.start;
        self.views.clear();
        let line = cells.text.line_at(cells.text.span(tokens.start).start());
        let inside = &cells.text.lines()[line].tokens;
        for i in tokens.start as isize - SEEN as isize..(tokens.end + SEEN) as isize {
            let seen = usize::try_from(i).ok().filter(|i| inside.contains(i));
            self.views.push(seen.map_or(View { rough: OUTSIDE, ..View::default() }, |i| view(cells, finds, i)));
        }
    }

    /// Calls `put` with every feature of token `i` of the stretch.
    pub fn features(&self, i: usize, mut put: impl FnMut(u32)) {
        let at = i - self.start + SEEN;
        let Some([far, last, here, next, beyond]) = self.views.get(at - SEEN..=at + SEEN) else { return };
        let mut kind = 0;
        let mut add = |value: u32| {
            kind += 1;
            put(mix(kind, value));
        };
        let rough = |views: &[&View]| views.iter().fold(1, |sum: u32, v| sum.wrapping_mul(37) + u32::from(v.rough));
        add(0);
        add(here.word);
        add(here.stem);
        add(last.word);
        add(next.word);
        add(far.word);
        add(beyond.word);
        add(mix(last.word, here.word));
        add(mix(here.word, next.word));
        add(mix(last.word, u32::from(here.rough)));
        add(mix(next.word, u32::from(here.rough)));
        add(mix(far.word, last.word));
        add(here.hint);
        add(mix(here.hint, next.hint));
        add(here.exact);
        add(last.exact);
        add(next.exact);
        add(rough(&[last, here]));
        add(rough(&[here, next]));
        add(rough(&[last, here, next]));
        add(rough(&[far, last, here]));
        add(rough(&[here, next, beyond]));
        add(rough(&[far, last, here, next]));
        for n in 0..3 {
            add(here.front[n]);
            add(here.back[n]);
        }
        add(mix(here.front[0], here.back[0]));
        add(mix(last.back[1], u32::from(here.rough)));
        add(mix(last.front[0], u32::from(here.rough)));
        add(mix(next.front[0], u32::from(here.rough)));
        add(mix(next.back[1], u32::from(here.rough)));
        add(mix(u32::from(here.length), u32::from(here.rough)));
        // The letters of a word count wherever in it they stand.
        here.thirds.iter().filter(|t| **t != 0).for_each(|t| put(mix(99, *t)));
    }
}

/// Past the ends of the line.
const OUTSIDE: u8 = 0;

fn view(cells: &Cells<'_>, finds: &[Find], i: usize) -> View {
    let key = cells.text.key(i);
    let rough = rough(cells, finds, i);
    let word = hash(key);
    if cells.text.tokens()[i].kind != TokenKind::Word {
        return View { word, stem: word, rough, exact: word, ..View::default() };
    }
    let cell = cells.cell(i);
    let stem = cells.stem(i);
    // What one unknown word was says nothing of the next: only its letters and neighbours count.
    let candidate = is_candidate(cells, i);
    let (word, whole) = if candidate { (0, 0) } else { (word, hash(stem)) };
    let mut view = View { word, stem: whole, rough, ..View::default() };
    let shape = u32::from(clitic::cannot_be_name(key)) | u32::from(cells.is_inflected(i)) << 1;
    let flags = u32::from(cell.prefix > 0) | u32::from(cell.hint) << 1 | u32::from(rough) << 3 | shape << 10;
    view.exact = mix(cell.word.classes & SHOWN, flags);
    view.hint = u32::from(cell.hint) | shape << 2;
    let mut starts = [0; 4];
    let mut letters = 0;
    for (at, _) in stem.char_indices() {
        if (1..4).contains(&letters) {
            view.front[letters - 1] = hash(&stem[..at]);
        }
        if letters >= 3 && letters - 3 < view.thirds.len() && candidate {
            view.thirds[letters - 3] = hash(&stem[starts[(letters + 1) % 4]..at]);
        }
        starts[letters % 4] = at;
        letters += 1;
    }
    for n in 0..3.min(letters) {
        view.back[n] = hash(&stem[starts[(letters - 1 - n) % 4]..]);
    }
    view.length = letters.min(15) as u8;
    view
}

/// The classes that the model sees.
const SHOWN: u32 = class::GIVEN
    | class::WOMAN
    | class::NAME
    | class::UNCERTAIN
    | class::COMMON
    | class::FUNCTION
    | class::CONNECTOR
    | class::DEMONYM
    | class::HEAD
    | class::DEFINITE_HEAD
    | class::PLACE_HEAD
    | class::TITLE
    | class::DEFINITE
    | class::KNOWN_PERSON
    | class::ADJECTIVE
    | class::ROLE_ADJECTIVE
    | class::RARE
    | class::CLUB_HEAD;

/// One of about thirty things that a token can be.
fn rough(cells: &Cells<'_>, finds: &[Find], i: usize) -> u8 {
    let cell = cells.cell(i);
    if let Some(find) = (cell.claimed as usize).checked_sub(1).and_then(|n| finds.get(n)) {
        return match find.what {
            What::Person => 1,
            What::Organisation => 2,
            What::Place => 3,
            What::Unnamed | What::Group => 4,
        };
    }
    match cells.text.tokens()[i].kind {
        TokenKind::Number => return 5,
        TokenKind::Punct => return mark(cells.text.word(i)),
        TokenKind::Word => {}
    }
    if !cell.open {
        return 11;
    }
    let title = cells.title_kind(i).map(|kind| match kind {
        TitleKind::Role => 12,
        TitleKind::Honorific => 13,
        TitleKind::Unnamed | TitleKind::Group => 14,
        TitleKind::Quality | TitleKind::Link | TitleKind::None => 15,
    });
    let definite = u8::from(cell.is(class::DEFINITE));
    match () {
        () if cell.is(class::FUNCTION) => 16,
        () if cell.is(class::GIVEN) => 17 + u8::from(cell.is(class::COMMON | class::UNCERTAIN)),
        () if title.is_some() => title.unwrap_or(15),
        () if cell.is(class::HEAD | class::DEFINITE_HEAD) => 19 + definite,
        () if cell.is(class::PLACE_HEAD) => 21,
        () if cell.is(class::DEMONYM) => 22,
        () if cell.is(class::CONNECTOR) => 23,
        () if cell.is(class::NAME | class::KNOWN_PERSON) => 24 + definite,
        () if cell.is(class::RARE) => 26 + definite,
        () if cell.is(class::COMMON) => 28 + definite + 2 * verb(cells.text.key(i)),
        () => 34 + definite + 2 * verb(cells.text.key(i)),
    }
}

/// 0, 1 or 2: no shape of a verb, that of a present, that of a feminine past.
fn verb(key: &str) -> u8 {
    if clitic::looks_like_verb(key) {
        1
    } else if clitic::is_feminine_past(key) {
        2
    } else {
        0
    }
}

pub(super) fn mark(word: &str) -> u8 {
    match word {
        "،" | "," => 6,
        "." | "؟" | "?" | "!" => 7,
        "«" | "»" | "\"" | "“" | "”" | "'" => 8,
        "(" | ")" | "[" | "]" => 9,
        _ => 10,
    }
}

/// FNV-1a.
pub(super) fn hash(text: &str) -> u32 {
    text.bytes().fold(0x811c_9dc5, |sum: u32, b| (sum ^ u32::from(b)).wrapping_mul(0x0100_0193))
}

#[inline]
pub(super) fn mix(kind: u32, value: u32) -> u32 {
    let x = (kind.wrapping_mul(0x9e37_79b1) ^ value).wrapping_mul(0x85eb_ca6b);
    x ^ (x >> 15)
}
