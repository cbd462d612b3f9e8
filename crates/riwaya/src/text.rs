//! Where do sentences and words begin and end, and what do they look like folded for look-up?
//!
//! A [`Text`] is the page's text layer, unchanged, with its lines, sentences, quotations and tokens.
//! A token's key is the folded form (one alef, no vowel marks, no tatweel, ASCII digits) and serves look-up
//! only; spans always point into the text as received.

use crate::language::Language;
use crate::quote::{self, Quote};
use std::fmt;
use std::ops::Range;

/// A half-open range of bytes in one [`Text`], always on character boundaries.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Span {
    start: u32,
    end: u32,
}

impl Span {
    /// The bytes from `start` up to `end`.
    pub fn new(start: usize, end: usize) -> Span {
        debug_assert!(start <= end);
        Span { start: start as u32, end: end.max(start) as u32 }
    }

    /// First byte.
    pub fn start(self) -> usize {
        self.start as usize
    }

    /// The byte after the last one.
    pub fn end(self) -> usize {
        self.end as usize
    }

    /// Length in bytes.
    pub fn len(self) -> usize {
        (self.end - self.start) as usize
    }

    /// Does it hold nothing?
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// Does it hold all of `other`?
    pub fn contains(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Do they share a byte?
    pub fn overlaps(self, other: Span) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// From the start of `self` to the end of `other`.
    pub fn to(self, other: Span) -> Span {
        Span { start: self.start, end: other.end.max(self.start) }
    }
}

impl fmt::Debug for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}..{}", self.start, self.end)
    }
}

/// What a token is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TokenKind {
    /// Letters with their marks.
    Word,
    /// Digits of any script, and nothing else: «30-12-2021» is five tokens.
    Number,
    /// One other visible character.
    Punct,
}

/// A word, a number or one punctuation character; white space is no token.
#[derive(Debug, Clone, Copy)]
pub struct Token {
    /// Where it stands in the text.
    pub span: Span,
    /// What it is made of.
    pub kind: TokenKind,
    key: Span,
}

/// A line of the text: its bytes without the line end, and its tokens.
#[derive(Debug, Clone)]
pub struct Line {
    /// The bytes of the line, without the line feed.
    pub span: Span,
    /// Its tokens, as indexes.
    pub tokens: Range<usize>,
}

/// A sentence: a range of tokens inside one line.
#[derive(Debug, Clone)]
pub struct Sentence {
    /// Its tokens, the closing mark included.
    pub tokens: Range<usize>,
    /// The line that holds it, counted from 0.
    pub line: usize,
}

/// An immutable page text with everything that later stages look at.
#[derive(Debug, Clone)]
pub struct Text {
    raw: String,
    folded: String,
    tokens: Vec<Token>,
    lines: Vec<Line>,
    sentences: Vec<Sentence>,
    quotes: Vec<Quote>,
    quote_of: Vec<u32>,
}

impl Text {
    /// Splits `raw` into lines, tokens, quotations and sentences.
    ///
    /// ```
    /// use riwaya::{language::Language, text::Text};
    /// let text = Text::new("وقال الوزيرُ: «سنعود». ثم غادر.".to_owned(), &Language::default());
    /// assert_eq!(text.key(1), "الوزير");
    /// assert_eq!(text.word(1), "الوزيرُ");
    /// assert_eq!(text.sentences().len(), 2);
    /// // What is not seen ends with the word before it and is no part of it.
    /// let marked = Text::new("بوتين\u{200f}، فلا\u{200c}ديمير".to_owned(), &Language::default());
    /// assert_eq!((marked.word(0), marked.word(2)), ("بوتين", "فلا\u{200c}ديمير"));
    /// ```
    pub fn new(raw: String, language: &Language) -> Text {
        let mut text = Text {
            folded: String::with_capacity(raw.len()),
            tokens: Vec::with_capacity(raw.len() / 9),
            lines: Vec::new(),
            sentences: Vec::new(),
            quotes: Vec::new(),
            quote_of: Vec::new(),
            raw,
        };
        text.tokenize(language);
        text.quotes = quote::pair(&text);
        text.mark_quotes();
        text.split_sentences(language);
        text
    }

    /// The text as received.
    pub fn raw(&self) -> &str {
        &self.raw
    }

    /// The characters at `span`.
    pub fn at(&self, span: Span) -> &str {
        self.raw.get(span.start()..span.end()).unwrap_or("")
    }

    /// All tokens in order.
    pub fn tokens(&self) -> &[Token] {
        &self.tokens
    }

    /// Number of tokens.
    pub fn len(&self) -> usize {
        self.tokens.len()
    }

    /// Is there no token at all?
    pub fn is_empty(&self) -> bool {
        self.tokens.is_empty()
    }

    /// The folded form of token `i`, empty past the end.
    pub fn key(&self, i: usize) -> &str {
        self.tokens.get(i).map_or("", |t| &self.folded[t.key.start()..t.key.end()])
    }

    /// The characters of token `i` as they stand on the page, empty past the end.
    pub fn word(&self, i: usize) -> &str {
        self.tokens.get(i).map_or("", |t| self.at(t.span))
    }

    /// The span of token `i`; an empty span at the end of the text past the last token.
    pub fn span(&self, i: usize) -> Span {
        self.tokens.get(i).map_or(Span::new(self.raw.len(), self.raw.len()), |t| t.span)
    }

    /// The span from the first to the last token of `range`.
    pub fn span_of(&self, range: Range<usize>) -> Span {
        if range.is_empty() {
            let at = self.span(range.start).start();
            return Span::new(at, at);
        }
        self.span(range.start).to(self.span(range.end - 1))
    }

    /// All lines, blank ones included, in order.
    pub fn lines(&self) -> &[Line] {
        &self.lines
    }

    /// All sentences in order.
    pub fn sentences(&self) -> &[Sentence] {
        &self.sentences
    }

    /// All quotations in order of their opening marks.
    pub fn quotes(&self) -> &[Quote] {
        &self.quotes
    }

    /// The innermost quotation that token `i` stands in, as an index of [`Text::quotes`]; the marks count as inside.
    pub fn quote_of(&self, i: usize) -> Option<usize> {
        self.quote_of.get(i).filter(|q| **q != u32::MAX).map(|q| *q as usize)
    }

    /// The line, counted from 0, on which byte `at` stands.
    pub fn line_at(&self, at: usize) -> usize {
        self.lines.partition_point(|l| l.span.end() < at).min(self.lines.len().saturating_sub(1))
    }

    /// The first token that starts at or after byte `at`.
    pub fn token_at(&self, at: usize) -> usize {
        self.tokens.partition_point(|t| t.span.start() < at)
    }

    /// The tokens that lie inside `span`.
    pub fn tokens_in(&self, span: Span) -> Range<usize> {
        let start = self.token_at(span.start());
        start..self.tokens.partition_point(|t| t.span.end() <= span.end()).max(start)
    }

    /// Token `i` without the first `letters` characters of its key, for a clitic that is no part of a name:
    /// «وبوتين» from its second letter on.
    pub fn without_prefix(&self, i: usize, letters: usize) -> Span {
        let Some(token) = self.tokens.get(i) else { return self.span(i) };
        let mut left = letters;
        for (at, c) in self.at(token.span).char_indices() {
            if left == 0 && !is_mark(c) {
                return Span::new(token.span.start() + at, token.span.end());
            }
            if !is_mark(c) && left > 0 {
                left -= 1;
            }
        }
        token.span
    }

    fn tokenize(&mut self, language: &Language) {
        let raw = std::mem::take(&mut self.raw);
        let mut line_start = 0;
        let mut first_token = 0;
        let mut chars = raw.char_indices().peekable();
        while let Some((at, c)) = chars.next() {
            if c == '\n' {
                self.lines.push(Line { span: Span::new(line_start, at), tokens: first_token..self.tokens.len() });
                line_start = at + 1;
                first_token = self.tokens.len();
                continue;
            }
            let Some(kind) = kind_of(c) else { continue };
            let key_start = self.folded.len();
            language.fold_into(c, &mut self.folded);
            let mut end = at + c.len_utf8();
            if kind != TokenKind::Punct {
                while let Some(&(next, d)) = chars.peek() {
                    if !(kind_of(d) == Some(kind) || is_mark(d) && d != NO_BREAK) {
                        break;
                    }
                    language.fold_into(d, &mut self.folded);
                    // «بوتين\u{200f} قال»: a mark of direction behind a word is no part of a name that ends there.
                    if !is_invisible(d) {
                        end = next + d.len_utf8();
                    }
                    chars.next();
                }
            }
            let key = Span::new(key_start, self.folded.len());
            self.tokens.push(Token { span: Span::new(at, end), kind, key });
        }
        self.lines.push(Line { span: Span::new(line_start, raw.len()), tokens: first_token..self.tokens.len() });
        self.raw = raw;
    }

    fn mark_quotes(&mut self) {
        self.quote_of = vec![u32::MAX; self.tokens.len()];
        for (n, quote) in self.quotes.iter().enumerate() {
            for slot in &mut self.quote_of[quote.tokens()] {
                *slot = n as u32;
            }
        }
    }

    fn split_sentences(&mut self, language: &Language) {
        for line in 0..self.lines.len() {
            let range = self.lines[line].tokens.clone();
            let mut start = range.start;
            for i in range.clone() {
                if i + 1 - start >= LONGEST || self.ends_sentence(i, start, range.end, language) {
                    self.sentences.push(Sentence { tokens: start..i + 1, line });
                    start = i + 1;
                }
            }
            if start < range.end {
                self.sentences.push(Sentence { tokens: start..range.end, line });
            }
        }
    }

    /// A word of one letter, as in «د. ب. أ».
    fn is_initial(&self, i: usize) -> bool {
        self.tokens[i].kind == TokenKind::Word && self.key(i).chars().nth(1).is_none()
    }

    /// «He called it “a disgrace.” Holm denied …»: behind a stop inside it a closing mark ends the sentence, where the next
    /// word has a capital. «… in the “U.S.” Holm said» and a quotation inside another end none.
    fn ends_quoted(&self, i: usize, start: usize, end: usize, language: &Language) -> bool {
        let Some(q) = self.quote_of(i).filter(|q| self.quotes[*q].close == Some(i) && i + 1 < end) else {
            return false;
        };
        // Of «''» the second apostrophe is the mark.
        let twin = usize::from(self.word(i) == "'" && self.word(i - 1) == "'");
        let Some(stop) = i.checked_sub(1 + twin).filter(|j| *j > start && self.word(*j) == ".") else { return false };
        let whole = self.tokens[stop - 1].kind == TokenKind::Word
            && !self.is_initial(stop - 1)
            && !language.is_abbreviation(self.key(stop - 1));
        let next = self.word(i + 1).starts_with(char::is_uppercase);
        let outer = self.quotes[..q].iter().rev().take(NESTED).any(|o| o.close.is_some_and(|close| close > i));
        whole && next && !outer
    }

    /// «… مصالحها. وقال …» ends a sentence; «د. أحمد», «3.5», «...» and a stop inside a closed quotation do not.
    fn ends_sentence(&self, i: usize, start: usize, end: usize, language: &Language) -> bool {
        let mark = self.word(i);
        if self.tokens[i].kind == TokenKind::Punct && self.ends_quoted(i, start, end, language) {
            return true;
        }
        if self.tokens[i].kind != TokenKind::Punct || !language.ends_sentence(mark) {
            return false;
        }
        if self.quote_of(i).is_some_and(|q| self.quotes[q].close.is_some()) {
            return false;
        }
        if i + 1 < end && language.ends_sentence(self.word(i + 1)) {
            return false;
        }
        if mark == "." {
            // «45.‏1 طن»: marks of direction are not seen.
            let between = |i: usize| &self.raw[self.span(i).end()..self.span(i + 1).start()];
            let touches_next = i + 1 < end && between(i).chars().all(is_invisible);
            let touches_number = i > start && self.tokens[i - 1].kind == TokenKind::Number;
            if touches_next && touches_number && self.tokens[i + 1].kind == TokenKind::Number {
                return false;
            }
            // «http://news.example/…» and «د. ب. أ»: an address, letters that stand for words.
            let latin = |j: usize| self.word(j).starts_with(|c: char| c.is_ascii_alphanumeric());
            if i > start && touches_next && latin(i - 1) && latin(i + 1) || i > start && self.is_initial(i - 1) {
                return false;
            }
            let dots = i > start + 1 && self.word(i - 1) == "." && self.word(i - 2) == ".";
            if dots && i + 1 < end {
                return false;
            }
            if i > start && language.is_abbreviation(self.key(i - 1)) {
                return false;
            }
            // «5 млн. рублей», «8 p.m. on Friday»: no sentence starts with a small letter.
            if i + 1 < end && self.word(i + 1).starts_with(char::is_lowercase) {
                return false;
            }
        }
        true
    }
}

/// So many tokens a sentence has at most: stages look from each word of a sentence to others, and a page of a million
/// words without a stop must not keep them for hours. The longest sentences of communiqués have some 300.
const LONGEST: usize = 600;

/// So many quotations in front of one are asked whether they hold it.
const NESTED: usize = 16;

const NO_BREAK: char = '\u{a0}';

/// Vowel marks, tatweel and invisible format characters: inside a word they are kept and mean nothing.
pub fn is_mark(c: char) -> bool {
    is_invisible(c)
        || matches!(c,
            '\u{0610}'..='\u{061a}' | '\u{0640}' | '\u{064b}'..='\u{065f}' | '\u{0670}' | '\u{06d6}'..='\u{06ed}'
            | '\u{0300}'..='\u{036f}')
}

/// Joiners, marks of direction, soft hyphens: nothing of them is seen.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{ad}' | '\u{feff}')
}

/// Is it a letter? The letters of news are answered without the tables of Unicode, which cost a tenth of reading.
pub fn is_letter(c: char) -> bool {
    match c {
        '\u{0621}'..='\u{063a}' | '\u{0641}'..='\u{064a}' | 'а'..='я' | 'А'..='Я' => true,
        '\0'..='\u{7f}' => c.is_ascii_alphabetic(),
        _ => c.is_alphabetic(),
    }
}

fn kind_of(c: char) -> Option<TokenKind> {
    if c.is_ascii() {
        return match c {
            '0'..='9' => Some(TokenKind::Number),
            'a'..='z' | 'A'..='Z' => Some(TokenKind::Word),
            '!'..='~' => Some(TokenKind::Punct),
            _ => None,
        };
    }
    if is_letter(c) && !is_mark(c) {
        return Some(TokenKind::Word);
    }
    if is_mark(c) || c.is_whitespace() || c.is_control() {
        return (c == '\u{0640}').then_some(TokenKind::Word);
    }
    Some(if c.is_numeric() { TokenKind::Number } else { TokenKind::Punct })
}
