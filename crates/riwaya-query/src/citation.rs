//! How does somebody find cited words again? Selectors of the W3C Web Annotation model, a link that a browser lights
//! up, and the passage in the page's own mark-up.

use crate::Error;
use flate2::read::ZlibDecoder;
use riwaya_input::Origin;
use riwaya_store::Record;
use serde_json::{Value, json};
use std::io::{self, Read};
use std::ops::Range;

/// Characters in front of and behind the cited ones that go with them.
const AROUND: usize = 32;

/// Words of a text, by position in code points.
#[derive(Debug, Clone, Copy)]
pub struct Passage<'t> {
    text: &'t str,
    from: usize,
    to: usize,
}

impl<'t> Passage<'t> {
    /// The characters `start..end` of `text`; none where it does not have them.
    pub fn new(text: &'t str, start: usize, end: usize) -> Option<Passage<'t>> {
        let byte = |n: usize| text.char_indices().map(|(at, _)| at).chain([text.len()]).nth(n);
        let (from, to) = (byte(start)?, byte(end)?);
        (from < to).then_some(Passage { text, from, to })
    }

    /// The cited characters.
    pub fn exact(&self) -> &'t str {
        &self.text[self.from..self.to]
    }

    /// Those in front of them.
    pub fn prefix(&self) -> &'t str {
        let before = &self.text[..self.from];
        &before[before.char_indices().rev().take(AROUND).last().map_or(before.len(), |(at, _)| at)..]
    }

    /// Those behind them.
    pub fn suffix(&self) -> &'t str {
        let behind = &self.text[self.to..];
        &behind[..behind.char_indices().nth(AROUND).map_or(behind.len(), |(at, _)| at)]
    }

    /// Text quote and text position selector.
    pub fn selectors(&self, start: usize, end: usize) -> Vec<Value> {
        vec![
            json!({"type": "TextQuoteSelector", "exact": self.exact(), "prefix": self.prefix(), "suffix": self.suffix()}),
            json!({"type": "TextPositionSelector", "start": start, "end": end}),
        ]
    }

    /// The address of the page with a text fragment (`#:~:text=`), which browsers scroll to and light up. Long words
    /// are named by their beginning and end, short ones that stand there twice with a word in front.
    pub fn link(&self, url: &str) -> Option<String> {
        const WHOLE: usize = 10;
        const EDGE: usize = 4;
        if !url.starts_with("https://") && !url.starts_with("http://") {
            return None;
        }
        let exact = self.exact();
        let words: Vec<&str> = exact.split_whitespace().collect();
        // A fragment names words within one block; a line of the text is one.
        let words = if words.len() > WHOLE || exact.contains('\n') {
            let first = exact.lines().next().unwrap_or_default();
            let last = exact.lines().next_back().unwrap_or_default();
            let end: Vec<&str> = last.split_whitespace().collect();
            let start: Vec<&str> = first.split_whitespace().take(EDGE).collect();
            format!("{},{}", encoded(&start.join(" ")), encoded(&end[end.len().saturating_sub(EDGE)..].join(" ")))
        } else {
            let is_repeated = self.text.matches(exact).nth(1).is_some();
            let line = self.text[..self.from].rsplit('\n').next().unwrap_or_default();
            let before = line.split_whitespace().next_back().filter(|_| is_repeated);
            before.map_or_else(|| encoded(exact), |b| format!("{}-,{}", encoded(b), encoded(exact)))
        };
        let url = url.split_once(":~:").map_or(url, |(url, _)| url).trim_end_matches('#');
        let mark = if url.contains('#') { ":~:text=" } else { "#:~:text=" };
        Some(format!("{url}{mark}{words}"))
    }
}

/// Percent-encoded, with the characters that mean something in a text fragment.
fn encoded(text: &str) -> String {
    let mut out = String::new();
    for byte in text.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'.' | b'_' | b'~' => out.push(byte.into()),
            _ => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}

/// A page as it came, with the way there from its text.
#[derive(Debug)]
pub struct RawPage {
    bytes: Vec<u8>,
    origin: Origin,
}

impl RawPage {
    /// That of page `id`; none where the page came as text.
    ///
    /// # Errors
    /// Where the record cannot be read, or what it holds cannot be unpacked.
    pub fn of(record: &Record, id: &str) -> Result<Option<RawPage>, Error> {
        let Some((packed, origin)) = record.raw(id)? else { return Ok(None) };
        let mut bytes = Vec::new();
        let broken = |error: io::Error| Error::Page(id.to_owned(), error);
        ZlibDecoder::new(&*packed).read_to_end(&mut bytes).map_err(broken)?;
        let origin = serde_json::from_str(&origin).map_err(|e| broken(e.into()))?;
        Ok(Some(RawPage { bytes, origin }))
    }

    /// The bytes that the characters `start..end` of the text were read from.
    pub fn place(&self, start: usize, end: usize) -> Option<Range<usize>> {
        self.origin.bytes(&self.bytes, start, end)
    }

    /// The mark-up at these bytes, decoded.
    pub fn markup(&self, place: &Range<usize>) -> String {
        let bytes = self.bytes.get(place.clone()).unwrap_or_default();
        let decoded = riwaya_input::html::charset::decode_part(bytes, &self.origin.charset);
        decoded.map(|d| d.text.into_owned()).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_again() {
        let text = "عنوان\nقال الوزير إن اللقاء تأجل، وقال الوزير إنه سيعقد غداً.";
        let at = text.chars().position(|c| c == 'ق').unwrap_or_default();
        let passage = Passage::new(text, at, at + 10).expect("there");
        assert_eq!(passage.exact(), "قال الوزير");
        assert_eq!((passage.prefix(), passage.suffix().chars().count()), ("عنوان\n", AROUND));
        let link = passage.link("https://a.example/x#top").expect("an address");
        assert!(link.starts_with("https://a.example/x#top:~:text=%D9%82"), "{link}");
        assert!(Passage::new(text, 3, 300).is_none() && Passage::new(text, 3, 3).is_none());
        assert_eq!(passage.link("page-1"), None);
        let long = "One two three four five six, seven-eight nine ten eleven twelve.";
        let link = Passage::new(long, 0, long.len()).and_then(|p| p.link("https://a.example/")).expect("an address");
        assert_eq!(link, "https://a.example/#:~:text=One%20two%20three%20four,nine%20ten%20eleven%20twelve.");
        let twice = "He said no. They say he said no.";
        let link = Passage::new(twice, 24, 31).and_then(|p| p.link("https://a.example/")).expect("an address");
        assert_eq!(link, "https://a.example/#:~:text=he-,said%20no");
        let link = Passage::new(twice, 29, 32).and_then(|p| p.link("https://a.example/")).expect("an address");
        assert_eq!(link, "https://a.example/#:~:text=said-,no.");
    }
}
