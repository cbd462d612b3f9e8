//! Which marks open a quotation and which close it?
//!
//! One page in eight has marks that do not pair, so nothing here gives up: an opening mark without its partner
//! runs to the end of its line (or to a closing mark on a later line of the same quotation), a closing mark
//! without its partner is passed over. Some outlets print ”…“ the wrong way round; the first mark on the page
//! tells, unless most marks in front of words say otherwise.

use crate::text::{Text, TokenKind};
use std::ops::Range;

/// A quotation: token indexes of its marks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Quote {
    /// The opening mark.
    pub open: usize,
    /// The closing mark; none where the page forgot it.
    pub close: Option<usize>,
    end: usize,
}

impl Quote {
    /// Tokens from the opening mark to the closing mark, or to where the quotation is taken to end.
    pub fn tokens(&self) -> Range<usize> {
        self.open..self.end
    }

    /// Tokens between the marks.
    pub fn inside(&self) -> Range<usize> {
        self.open + 1..self.close.unwrap_or(self.end).max(self.open + 1)
    }
}

/// How far below its opening mark a quotation may close, in lines.
const LINES: usize = 6;

/// The most straight marks behind an opening one that are looked at for its partner.
const MARKS: usize = 16;

/// How far behind a single opening mark its partner is looked for, in tokens.
const SPEECH: usize = 300;

/// So many quotations stand in one another at most: with more, the first lacks its partner for good.
const DEEPEST: usize = 8;

/// How far ahead straight marks are counted, in tokens.
const AHEAD: usize = 2000;

/// Pairs the marks of a text, in order of the opening marks.
pub(crate) fn pair(text: &Text) -> Vec<Quote> {
    let reversed = curly_reversed(text);
    let mut quotes: Vec<Quote> = Vec::new();
    let mut open: Vec<(usize, char)> = Vec::new();
    for (n, line) in text.lines().iter().enumerate() {
        for i in line.tokens.clone() {
            let Some(mark) = mark(text, i) else { continue };
            match role(text, i, mark, reversed, &open) {
                Role::Open(closer) => {
                    if open.len() == DEEPEST {
                        quotes.push(Quote { open: open.remove(0).0, close: None, end: i });
                    }
                    open.push((i, closer));
                }
                Role::Close => {
                    let Some(k) = open.iter().rposition(|(_, c)| closes(*c, mark)) else { continue };
                    for (lost, _) in open.drain(k + 1..) {
                        quotes.push(Quote { open: lost, close: None, end: i });
                    }
                    let Some((first, _)) = open.pop() else { continue };
                    quotes.push(Quote { open: first, close: Some(i), end: i + 1 });
                }
            }
        }
        open.retain(|(i, closer)| {
            if closes_later(text, n, *closer) {
                return true;
            }
            quotes.push(Quote { open: *i, close: None, end: line.tokens.end });
            false
        });
    }
    quotes.extend(open.drain(..).map(|(i, _)| Quote {
        open: i,
        close: None,
        end: text.lines()[text.line_at(text.span(i).start())].tokens.end,
    }));
    quotes.sort_by_key(|q| q.open);
    quotes
}

enum Role {
    Open(char),
    Close,
}

fn mark(text: &Text, i: usize) -> Option<char> {
    let token = text.tokens()[i];
    if token.kind != TokenKind::Punct {
        return None;
    }
    if is_twin(text, i) {
        return Some('"');
    }
    if opens_single(text, i) {
        return Some('‘');
    }
    if closes_single(text, i) {
        return Some('’');
    }
    text.word(i).chars().next().filter(|c| matches!(c, '«' | '»' | '“' | '”' | '„' | '"' | '‹' | '›' | '＂'))
}

fn is_straight(text: &Text, i: usize) -> bool {
    matches!(mark(text, i), Some('"' | '＂'))
}

/// «'The rule is clear,' he said»: a single mark opens in front of a word and behind a space.
fn opens_single(text: &Text, i: usize) -> bool {
    let word = i + 1 < text.len()
        && text.span(i + 1).start() == text.span(i).end()
        && text.tokens()[i + 1].kind != TokenKind::Punct;
    matches!(text.word(i), "'" | "‘") && word && !(i > 0 && text.span(i - 1).end() == text.span(i).start())
}

/// A single mark closes speech only behind a stop or a comma; «the workers' rights» and «'faceless directors'» hold none.
fn closes_single(text: &Text, i: usize) -> bool {
    let stop = i > 0
        && text.span(i - 1).end() == text.span(i).start()
        && matches!(text.word(i - 1), "," | "." | "!" | "?" | "…");
    let word = i + 1 < text.len()
        && text.span(i + 1).start() == text.span(i).end()
        && text.tokens()[i + 1].kind != TokenKind::Punct;
    matches!(text.word(i), "'" | "’") && stop && !word
}

/// «''The rule is clear,'' he said»: the second of two apostrophes, which stand for a straight mark.
fn is_twin(text: &Text, i: usize) -> bool {
    let apostrophe = |j: usize| text.word(j) == "'";
    let glued = |j: usize| text.span(j - 1).end() == text.span(j).start();
    let third = i > 1 && apostrophe(i - 2) && glued(i - 1);
    i > 0 && apostrophe(i) && apostrophe(i - 1) && glued(i) && !third
}

/// Is there no space in front of the mark?
fn is_glued(text: &Text, i: usize) -> bool {
    let first = if is_twin(text, i) { i - 1 } else { i };
    first > 0 && text.span(first - 1).end() == text.span(first).start()
}

fn role(text: &Text, i: usize, mark: char, reversed: bool, open: &[(usize, char)]) -> Role {
    match mark {
        '‘' if !open.iter().any(|(_, c)| *c == '’') && single_closes(text, i) => Role::Open('’'),
        '«' => Role::Open('»'),
        '‹' => Role::Open('›'),
        '„' => Role::Open('“'),
        '“' if open.last().is_some_and(|(_, c)| *c == '“') => Role::Close,
        '“' if reversed => Role::Close,
        '“' => Role::Open('”'),
        '”' if reversed => Role::Open('“'),
        // «“الأيام” و”الوطن”»: a closing mark in the place of an opening one.
        '”' if !open.iter().any(|(_, c)| *c == '”') && straight_opens(text, i, false) && touches_word(text, i) => {
            Role::Open('”')
        }
        '"' | '＂' => {
            if straight_opens(text, i, open.iter().any(|(_, c)| *c == '"')) {
                Role::Open('"')
            } else {
                Role::Close
            }
        }
        _ => Role::Close,
    }
}

fn closes(closer: char, mark: char) -> bool {
    closer == mark || closer == '"' && mark == '＂' || closer == '”' && mark == '"'
}

/// A straight mark opens after a space or a clitic and before a letter, unless one is open and a space follows.
fn straight_opens(text: &Text, i: usize, is_open: bool) -> bool {
    let before = is_glued(text, i);
    let after = i + 1 < text.len() && text.span(i + 1).start() == text.span(i).end();
    let clitic = before && matches!(text.key(i - 1), "و" | "ف" | "ب" | "ل" | "ك" | "(" | ":" | "-");
    match (before && !clitic, after) {
        (false, true) => !is_open || !clitic && (starts_speech(text, i) || is_nested(text, i)),
        (true, false) => !is_open && marks_left(text, i) % 2 == 1,
        _ => !is_open,
    }
}

/// Is the mark glued to the word behind it and not to one before it, or only to a clitic?
fn touches_word(text: &Text, i: usize) -> bool {
    let after = i + 1 < text.len() && text.span(i + 1).start() == text.span(i).end();
    let before = is_glued(text, i);
    after && (!before || matches!(text.key(i - 1), "و" | "ف" | "ب" | "ل" | "ك" | "(" | ":"))
}

/// Straight marks behind token `i` on its line, the next [`AHEAD`] tokens of it. «قال" لن نتراجع" وغادر»: a mark glued to the wrong word opens where one
/// without a partner follows.
fn marks_left(text: &Text, i: usize) -> usize {
    let line = &text.lines()[text.line_at(text.span(i).start())];
    (i + 1..line.tokens.end).take(AHEAD).filter(|j| is_straight(text, *j)).count()
}

/// With one mark open, a second that is glued to a word after a space is a nested or a forgotten one; it opens
/// only after a colon: «… تعمل: "نحن …».
fn starts_speech(text: &Text, i: usize) -> bool {
    i > 0 && text.word(i - 1) == ":"
}

/// «"They insist on the "first step" and wait," he said.»: a second mark opens a nested quotation where both close on the
/// line.
fn is_nested(text: &Text, i: usize) -> bool {
    let line = &text.lines()[text.line_at(text.span(i).start())];
    let marks = (i + 1..line.tokens.end).take(AHEAD).filter(|j| is_straight(text, *j));
    let mut depth = 2;
    for j in marks.take(MARKS) {
        let glued = is_glued(text, j);
        let word = j + 1 < text.len()
            && text.span(j + 1).start() == text.span(j).end()
            && text.tokens()[j + 1].kind != TokenKind::Punct;
        match (glued, word) {
            (true, false) => depth -= 1,
            (false, true) => depth += 1,
            _ => return false,
        }
        if depth == 0 {
            return true;
        }
    }
    false
}

/// Does a single mark that closes follow on the line?
fn single_closes(text: &Text, i: usize) -> bool {
    let line = &text.lines()[text.line_at(text.span(i).start())];
    (i + 1..line.tokens.end).take(SPEECH).any(|j| closes_single(text, j))
}

/// A quotation may run over lines: its closing mark comes before the next opening one.
fn closes_later(text: &Text, line: usize, closer: char) -> bool {
    if closer == '"' {
        return straight_closes_later(text, line);
    }
    let opener = match closer {
        '»' => '«',
        '›' => '‹',
        '”' => '“',
        '“' => '”',
        _ => return false,
    };
    for next in text.lines().iter().skip(line + 1).take(LINES) {
        for i in next.tokens.clone() {
            match mark(text, i) {
                Some(c) if c == closer => return true,
                Some(c) if c == opener => return false,
                _ => {}
            }
        }
    }
    false
}

/// «قال: "الوضع صعب.» on one line, «لكننا باقون".» on the next: the first straight mark below closes, it does not open.
fn straight_closes_later(text: &Text, line: usize) -> bool {
    let below = text.lines().iter().skip(line + 1).take(LINES).flat_map(|l| l.tokens.clone());
    let first = below.into_iter().find(|i| is_straight(text, *i));
    first.is_some_and(|i| {
        let glued = is_glued(text, i);
        glued
            && (i + 1 >= text.len()
                || text.span(i + 1).start() > text.span(i).end()
                || text.tokens()[i + 1].kind == TokenKind::Punct)
    })
}

/// Do the curly marks of this page open with ”?
fn curly_reversed(text: &Text) -> bool {
    let curly = |i: &usize| mark(text, *i).filter(|c| matches!(c, '“' | '”')).map(|c| (*i, c));
    let mut marks = (0..text.len()).filter_map(|i| curly(&i)).peekable();
    if marks.peek().is_none_or(|(_, first)| *first == '“') {
        return false;
    }
    // One mark that is wrong does not turn the others: where more stand right in front of a word, they open.
    let (mut right, mut wrong) = (0, 0);
    for (_, mark) in marks.filter(|(i, _)| touches_word(text, *i)) {
        if mark == '“' { right += 1 } else { wrong += 1 }
    }
    wrong >= right
}
