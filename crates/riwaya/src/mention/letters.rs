//! Where does a capital say that a word is a name, and where does it say nothing?

use super::cells::{Cell, Letters};
use super::lexicon::Lexicon;
use crate::page::Layout;
use crate::text::{Text, TokenKind};

/// So many of the longer words of a line begin with a capital where it is written in capitals altogether.
const LOUD: f32 = 0.7;
/// Shorter words stay small in such lines: “Leaders Meet in the Capital to End the War”.
const LONG: usize = 4;

/// Says of every cell how it is written and whether that tells something.
pub(super) fn mark(text: &Text, layout: &Layout, lexicon: &Lexicon, cells: &mut [Cell]) {
    for (i, cell) in cells.iter_mut().enumerate() {
        cell.letters = letters(text, i);
        cell.foreign = !lexicon.latin && text.word(i).starts_with(|c: char| c.is_ascii_alphabetic());
    }
    for span in layout.article() {
        let range = text.tokens_in(span);
        if is_loud(text, range.clone(), cells) {
            cells[range].iter_mut().for_each(|c| c.opens = true);
        }
    }
    for sentence in text.sentences() {
        for i in sentence.tokens.clone() {
            if opens(text, sentence.tokens.start, i) {
                cells[i].opens = true;
            }
        }
    }
}

fn letters(text: &Text, i: usize) -> Letters {
    if text.tokens()[i].kind != TokenKind::Word {
        return Letters::Small;
    }
    let mut chars = text.word(i).chars();
    match chars.next() {
        Some(c) if c.is_uppercase() => match chars.next() {
            Some(second) if second.is_uppercase() && !chars.any(char::is_lowercase) => Letters::Capitals,
            _ => Letters::Capital,
        },
        _ => Letters::Small,
    }
}

/// The first word of a sentence, of a quotation, or behind a colon or a dash that opens a line.
fn opens(text: &Text, start: usize, i: usize) -> bool {
    let Some(before) = i.checked_sub(1).filter(|b| *b >= start) else { return true };
    match text.word(before) {
        "\"" | "“" | "«" | "„" | "‘" => text.quotes().iter().any(|q| q.open == before),
        ":" | "•" | "?" | "!" | "…" => true,
        "—" | "–" | "-" => before == start,
        _ => false,
    }
}

fn is_loud(text: &Text, range: std::ops::Range<usize>, cells: &[Cell]) -> bool {
    // Headlines end without a stop.
    if range.end.checked_sub(1).is_some_and(|last| text.word(last) == ".") {
        return false;
    }
    let long = |i: &usize| text.tokens()[*i].kind == TokenKind::Word && text.key(*i).chars().count() >= LONG;
    let (all, loud) = range
        .filter(long)
        .fold((0, 0), |(all, loud), i| (all + 1, loud + usize::from(cells[i].letters != Letters::Small)));
    all >= 4 && loud as f32 >= LOUD * all as f32
}
