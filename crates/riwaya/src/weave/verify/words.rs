//! Which words does a text hold, made comparable?

use crate::language::Language;
use crate::pack::Packs;
use crate::text::{Span, Text, TokenKind};
use std::ops::Range;

/// A word, number or sign that counts.
#[derive(Debug, Clone, Copy)]
pub(super) struct Word {
    /// Equal for words that are one when folded.
    pub key: u64,
    /// Where it stands.
    pub span: Span,
    /// Its first token.
    pub token: usize,
    /// Does a question mark follow before the next word?
    pub asks: bool,
}

/// The words of `tokens`; quotation marks, stops and dashes are none, «%» and «$» are.
///
/// Every word is folded by the language of its own letters, so that an Arabic quotation in an English text compares
/// with its page.
pub(super) fn words(text: &Text, tokens: Range<usize>, packs: &Packs) -> Vec<Word> {
    let languages: Vec<&Language> = packs.all().iter().map(|p| &p.language).collect();
    let mut out: Vec<Word> = Vec::with_capacity(tokens.len());
    let mut folded = String::new();
    let mut i = tokens.start;
    while i < tokens.end {
        let word = text.word(i);
        let first = word.chars().next().unwrap_or(' ');
        match text.tokens()[i].kind {
            TokenKind::Punct if is_sign(first) => {
                let sign = if first == '٪' { "%" } else { word };
                out.push(Word { key: hash(sign), span: text.span(i), token: i, asks: false });
            }
            TokenKind::Punct => {
                if let (true, Some(last)) = (matches!(first, '?' | '؟'), out.last_mut()) {
                    last.asks = true;
                }
            }
            TokenKind::Number => {
                let end = number(text, i, tokens.end, &mut folded);
                out.push(Word { key: hash(&folded), span: text.span(i).to(text.span(end - 1)), token: i, asks: false });
                i = end;
                continue;
            }
            TokenKind::Word => {
                folded.clear();
                fold_into(word, &languages, &mut folded);
                // A tatweel that stands alone is drawn, not read.
                if !folded.is_empty() {
                    out.push(Word { key: hash(&folded), span: text.span(i), token: i, asks: false });
                }
            }
        }
        i += 1;
    }
    out
}

fn fold_into(word: &str, languages: &[&Language], out: &mut String) {
    if word.is_ascii() {
        out.extend(word.chars().map(|c| c.to_ascii_lowercase()));
        return;
    }
    let own = word.chars().find_map(|c| languages.iter().find(|l| l.has_letter(c)));
    match own.or(languages.first()) {
        Some(language) => word.chars().for_each(|c| language.fold_into(c, out)),
        None => out.extend(word.chars().flat_map(char::to_lowercase)),
    }
}

/// Signs that say something by themselves.
fn is_sign(c: char) -> bool {
    matches!(c, '%' | '٪' | '‰' | '$' | '€' | '£' | '₽' | '₪' | '¥' | '₴')
}

/// Writes the digits of the number that begins at token `i` and returns the token behind it: «10,000», «10 000» and
/// «10000» are one number, «7.5» and «7,5» another.
fn number(text: &Text, i: usize, end: usize, out: &mut String) -> usize {
    out.clear();
    digits(text.word(i), out);
    let mut next = i + 1;
    while next < end {
        let mark = text.word(next).chars().next().unwrap_or(' ');
        let glued = |j: usize| text.span(j - 1).end() == text.span(j).start();
        let is_number = |j: usize| j < end && text.tokens()[j].kind == TokenKind::Number;
        if matches!(mark, '.' | ',' | '٫' | '٬') && is_number(next + 1) && glued(next) && glued(next + 1) {
            if text.word(next + 1).chars().count() != 3 {
                out.push('.');
            }
            digits(text.word(next + 1), out);
            next += 2;
        } else if is_number(next) && is_group(text, next) {
            digits(text.word(next), out);
            next += 1;
        } else {
            break;
        }
    }
    next
}

/// «10 000», «4 200»: three digits behind at most three and one space.
fn is_group(text: &Text, i: usize) -> bool {
    let gap = text.at(Span::new(text.span(i - 1).end(), text.span(i).start()));
    let one_space = gap.chars().count() == 1 && gap != "\n";
    one_space && text.word(i).chars().count() == 3 && text.word(i - 1).chars().count() <= 3
}

fn digits(word: &str, out: &mut String) {
    out.extend(word.chars().map(|c| match c {
        '\u{0660}'..='\u{0669}' => char::from(b'0' + (c as u32 - 0x660) as u8),
        '\u{06f0}'..='\u{06f9}' => char::from(b'0' + (c as u32 - 0x6f0) as u8),
        other => other,
    }));
}

/// FNV-1a: the same on every machine.
pub(super) fn hash(key: &str) -> u64 {
    key.bytes().fold(0xcbf2_9ce4_8422_2325, |h, b| (h ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(text: &str) -> Vec<u64> {
        let text = Text::new(text.to_owned(), &Language::default());
        words(&text, 0..text.len(), &Packs::default()).iter().map(|w| w.key).collect()
    }

    #[test]
    fn numbers_are_one_however_they_are_grouped() {
        assert_eq!(keys("10,000 boats"), keys("10 000 boats"));
        assert_eq!(keys("10000"), keys("١٠٠٠٠"));
        assert_eq!(keys("7.5"), keys("7,5"));
        assert_ne!(keys("7.5"), keys("75"));
        assert_ne!(keys("in 2025 300 boats"), keys("in 2025300 boats"));
    }

    #[test]
    fn marks_do_not_count_and_signs_do() {
        assert_eq!(keys("“We will go,” he said"), keys("we will go he said"));
        assert_ne!(keys("5 %"), keys("5"));
        assert_eq!(keys("5٪"), keys("5%"));
    }
}
