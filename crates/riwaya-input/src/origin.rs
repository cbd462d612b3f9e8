//! Where do the characters of a text layer stand among the bytes of the page that came?

use crate::html::charset;
use serde::{Deserialize, Serialize};
use std::ops::Range;

/// The way from a text layer back to the bytes that it was read from.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Origin {
    /// The encoding of the bytes, as the Encoding Standard names it.
    pub charset: String,
    /// Stretches of the layer, in order. Line breaks between them stand on the page as mark-up.
    pub stretches: Vec<Stretch>,
}

/// Characters in a row of the layer that were read from bytes in a row.
///
/// Where the bytes decode to as many characters, each is read from its own; else all are what one reference
/// (`&amp;`) or white space of several bytes stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "[usize; 4]", into = "[usize; 4]")]
pub struct Stretch {
    /// The first character, in code points of the layer.
    pub start: usize,
    /// How many there are.
    pub length: usize,
    /// The first byte.
    pub from: usize,
    /// The byte behind the last.
    pub to: usize,
}

impl From<[usize; 4]> for Stretch {
    fn from([start, length, from, to]: [usize; 4]) -> Stretch {
        Stretch { start, length, from, to }
    }
}

impl From<Stretch> for [usize; 4] {
    fn from(s: Stretch) -> [usize; 4] {
        [s.start, s.length, s.from, s.to]
    }
}

impl Origin {
    /// An origin of these stretches.
    pub fn new(charset: &str, stretches: Vec<Stretch>) -> Origin {
        Origin { charset: charset.to_owned(), stretches }
    }

    /// The bytes of `raw` that the characters `start..end` of the layer (in code points) were read from, with the
    /// mark-up between them; none where the layer does not have them or `raw` is another page.
    pub fn bytes(&self, raw: &[u8], start: usize, end: usize) -> Option<Range<usize>> {
        let first = self.stretches.partition_point(|s| s.start + s.length <= start);
        let last = self.stretches.partition_point(|s| s.start < end).checked_sub(1)?;
        if start >= end || first > last {
            return None;
        }
        let from = self.place(raw, &self.stretches[first], start)?.start;
        let to = self.place(raw, &self.stretches[last], end - 1)?.end;
        (from < to).then_some(from..to)
    }

    /// The bytes of one character of a stretch, or of the nearest one that it has.
    fn place(&self, raw: &[u8], stretch: &Stretch, at: usize) -> Option<Range<usize>> {
        let bytes = raw.get(stretch.from..stretch.to)?;
        let decoded = charset::decode_part(bytes, &self.charset)?;
        let at = at.clamp(stretch.start, stretch.start + stretch.length - 1) - stretch.start;
        if decoded.text.chars().count() != stretch.length {
            return Some(stretch.from..stretch.to);
        }
        let (start, character) = decoded.text.char_indices().nth(at)?;
        let (from, to) = decoded.bytes(start, start + character.len_utf8());
        Some(stretch.from + from..stretch.from + to)
    }
}
