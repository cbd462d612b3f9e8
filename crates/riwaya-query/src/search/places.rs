//! Where do the words of a pattern stand?

use super::pattern::{Part, Wanted};
use super::shadow::words_of;
use riwaya::language::Language;
use riwaya::text::Text;
use std::ops::Range;

/// The words of a page, or of what a statement says.
pub struct Words {
    keys: String,
    words: Vec<Word>,
}

struct Word {
    key: Range<u32>,
    bytes: Range<u32>,
}

impl Words {
    /// Those of pieces of a page, each with the byte at which it begins.
    pub fn of<'t>(pieces: impl IntoIterator<Item = (&'t str, usize)>, language: &Language) -> Words {
        let mut all = Words { keys: String::new(), words: Vec::new() };
        for (piece, offset) in pieces {
            let text = Text::new(piece.to_owned(), language);
            for i in words_of(&text) {
                let key = all.keys.len() as u32;
                all.keys.push_str(text.key(i));
                let (start, end) = (offset + text.span(i).start(), offset + text.span(i).end());
                all.words.push(Word { key: key..all.keys.len() as u32, bytes: start as u32..end as u32 });
            }
        }
        all
    }

    fn key(&self, word: usize) -> &str {
        let key = &self.words[word].key;
        &self.keys[key.start as usize..key.end as usize]
    }

    /// First byte of a word, and the byte behind it.
    pub fn bytes(&self, word: usize) -> (usize, usize) {
        let bytes = &self.words[word].bytes;
        (bytes.start as usize, bytes.end as usize)
    }

    /// All places of `parts`, in order; none where one of them is nowhere.
    pub fn places(&self, parts: &[Part<Wanted>]) -> Vec<Place> {
        let mut all: Vec<Place> = Vec::new();
        for part in parts {
            let of_part = match &part.runs[..] {
                [run] => self.starts(run).into_iter().map(|at| Place((at..at + run.len()).collect())).collect(),
                [a, b] => self.near(a, b, part.within),
                _ => Vec::new(),
            };
            if of_part.is_empty() {
                return Vec::new();
            }
            all.extend(of_part);
        }
        all.sort();
        all.dedup();
        all
    }

    /// The words at which a run begins.
    fn starts(&self, run: &[Wanted]) -> Vec<usize> {
        let last = (self.words.len() + 1).saturating_sub(run.len());
        let fits = |at: &usize| run.iter().enumerate().all(|(n, word)| word.fits(self.key(at + n)));
        if run.is_empty() { Vec::new() } else { (0..last).filter(fits).collect() }
    }

    /// Each place of the first run with the nearest one of the second, in front of it or behind it.
    fn near(&self, a: &[Wanted], b: &[Wanted], within: usize) -> Vec<Place> {
        let seconds = self.starts(b);
        let pair = |at: usize| {
            let end = at + a.len();
            // The last one that ends in front of it, and the first one that begins behind it.
            let before = seconds[..seconds.partition_point(|s| s + b.len() <= at)].last();
            let behind = seconds.get(seconds.partition_point(|s| *s < end));
            let gaps = [before.map(|s| (at - s - b.len(), *s)), behind.map(|s| (s - end, *s))];
            let (_, second) = gaps.into_iter().flatten().filter(|(gap, _)| *gap <= within).min()?;
            let mut words: Vec<usize> = (at..end).chain(second..second + b.len()).collect();
            words.sort_unstable();
            Some(Place(words))
        };
        self.starts(a).into_iter().filter_map(pair).collect()
    }
}

/// A place where a part of a pattern stands: its words, in order, never none.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place(pub Vec<usize>);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::pattern::Pattern;

    fn found(text: &str, pattern: &str) -> Vec<String> {
        let language = Language::load(&riwaya_langs::embedded(), "ar").expect("the rows of Arabic");
        let parts = Pattern::parse(pattern).expect("a pattern").folded(&language);
        let words = Words::of([(text, 0)], &language);
        let at = |word: &usize| &text[words.bytes(*word).0..words.bytes(*word).1];
        let shown = |place: &Place| place.0.iter().map(at).collect::<Vec<&str>>().join(" ");
        words.places(&parts).iter().map(shown).collect()
    }

    #[test]
    fn words_in_a_row_near_each_other_and_apart() {
        let text = "وَقَالَ الوزيرُ: «سنعود»، وللوزير ـ كما قال ـ رأي";
        assert_eq!(found(text, "قال وزير"), ["وَقَالَ الوزيرُ"]);
        assert_eq!(found(text, "\"قال\""), ["قال"]);
        assert_eq!(found(text, "وزير"), ["الوزيرُ", "وللوزير"]);
        assert_eq!(found(text, "وزير كما"), ["وللوزير كما"], "a lone tatweel is no word");
        assert_eq!(found(text, "رأي ~2 الوزير"), ["وللوزير رأي"]);
        assert_eq!(found(text, "رأي ~1 الوزير"), Vec::<String>::new());
        assert_eq!(found(text, "وزير ~50 وزير"), ["الوزيرُ وللوزير"], "no word is near itself");
        assert_eq!(found(text, "سنعود + رأي"), ["سنعود", "رأي"]);
        assert_eq!(found(text, "سنعود + غدا"), Vec::<String>::new());
        assert_eq!(found(text, "*نعو* + ال*"), ["الوزيرُ", "سنعود"]);
    }
}
