//! Which characters are these bytes, and where does each stand among them?
//!
//! The order is that of browsers (WHATWG, "determining the character encoding"): a byte order mark, what the server
//! said, what the page says of itself in its first kilobyte, and then a guess from the bytes. Arabic pages of the years
//! before 2010 are often windows-1256 and say nothing.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252, X_USER_DEFINED};
use std::borrow::Cow;

/// Bytes as text, with the place of every character among them.
#[derive(Debug)]
pub struct Decoded<'b> {
    /// The text.
    pub text: Cow<'b, str>,
    /// The encoding's name as the Encoding Standard has it: `UTF-8`, `windows-1256`.
    pub charset: &'static str,
    places: Places,
}

#[derive(Debug)]
enum Places {
    /// The text is the bytes from this one on.
    Same(usize),
    /// For each byte of the text the first byte of its character among the bytes, and one more for the end.
    Table(Vec<u32>),
}

impl Decoded<'_> {
    /// The bytes that the text's bytes `start..end` were decoded from; both stand on character boundaries.
    pub fn bytes(&self, start: usize, end: usize) -> (usize, usize) {
        let at = |place: usize| match &self.places {
            Places::Same(first) => first + place,
            Places::Table(table) => table.get(place).or(table.last()).map_or(0, |at| *at as usize),
        };
        (at(start), at(end))
    }
}

/// Decodes a page. `declared` is the charset of the HTTP header, where there was one.
pub fn decode<'b>(bytes: &'b [u8], declared: Option<&str>) -> Decoded<'b> {
    let (encoding, mark) = match Encoding::for_bom(bytes) {
        Some((encoding, length)) => (encoding, length),
        None => (sniff(bytes, declared), 0),
    };
    decode_as(bytes, mark, encoding)
}

/// Decodes some bytes from the middle of a page in the encoding of that name; none where there is no such encoding.
pub fn decode_part<'b>(bytes: &'b [u8], charset: &str) -> Option<Decoded<'b>> {
    Some(decode_as(bytes, 0, Encoding::for_label(charset.as_bytes())?))
}

fn decode_as<'b>(bytes: &'b [u8], mark: usize, encoding: &'static Encoding) -> Decoded<'b> {
    let charset = encoding.name();
    if encoding == UTF_8
        && let Ok(text) = std::str::from_utf8(&bytes[mark..])
    {
        return Decoded { text: Cow::Borrowed(text), charset, places: Places::Same(mark) };
    }
    let (text, table) = byte_by_byte(bytes, mark, encoding);
    Decoded { text: Cow::Owned(text), charset, places: Places::Table(table) }
}

/// Feeds the decoder one byte at a time, so that each character it gives is known to end there.
fn byte_by_byte(bytes: &[u8], mark: usize, encoding: &'static Encoding) -> (String, Vec<u32>) {
    let mut decoder = encoding.new_decoder_without_bom_handling();
    let mut text = String::with_capacity(bytes.len());
    let mut table: Vec<u32> = Vec::with_capacity(bytes.len() + 1);
    let mut first = mark;
    let mut out = String::with_capacity(16);
    for at in mark..=bytes.len() {
        out.clear();
        let is_last = at == bytes.len();
        let byte = if is_last { &[][..] } else { &bytes[at..=at] };
        let _ = decoder.decode_to_string(byte, &mut out, is_last);
        // A broken character and the byte that broke it come out together: the last one is that byte.
        let several = out.chars().count() > 1 && !is_last;
        for (n, character) in out.char_indices() {
            let is_new = several && n + character.len_utf8() == out.len();
            table.extend(std::iter::repeat_n(if is_new { at } else { first } as u32, character.len_utf8()));
        }
        text.push_str(&out);
        if !out.is_empty() {
            first = at + 1;
        }
    }
    table.push(bytes.len() as u32);
    (text, table)
}

fn sniff(bytes: &[u8], declared: Option<&str>) -> &'static Encoding {
    let declared = declared.and_then(|label| Encoding::for_label(label.trim().as_bytes()));
    declared.or_else(|| said_by_page(bytes)).unwrap_or_else(|| guess(bytes))
}

/// Bytes of a page in which browsers look for its charset.
const HEAD: usize = 1024;

/// `<meta charset=…>`, `<meta http-equiv=content-type content="…; charset=…">`, `<?xml encoding="…"?>`.
fn said_by_page(bytes: &[u8]) -> Option<&'static Encoding> {
    // Pages with long comments in front say it later than browsers allow; there is no harm in looking.
    let head = bytes[..bytes.len().min(8 * HEAD)].to_ascii_lowercase();
    let mut from = 0;
    if let Some(rest) = head.strip_prefix(b"<?xml")
        && let Some(end) = memchr::memchr(b'>', rest)
        && let Some(label) = behind(&rest[..end], b"encoding")
        && let Some(encoding) = Encoding::for_label(label)
    {
        return Some(as_read(encoding));
    }
    while let Some(at) = memchr::memmem::find(&head[from..], b"<meta") {
        let tag = &head[from + at..];
        let end = memchr::memchr(b'>', tag).unwrap_or(tag.len());
        if let Some(encoding) = behind(&tag[..end], b"charset").and_then(Encoding::for_label) {
            return Some(as_read(encoding));
        }
        from += at + end.max(1);
    }
    None
}

/// What could be read byte by byte up to here is no UTF-16, whatever it says.
fn as_read(encoding: &'static Encoding) -> &'static Encoding {
    match encoding {
        e if e == UTF_16LE || e == UTF_16BE => UTF_8,
        e if e == X_USER_DEFINED => WINDOWS_1252,
        e => e,
    }
}

/// The word behind `name` and `=`, with or without quotation marks.
fn behind<'t>(tag: &'t [u8], name: &[u8]) -> Option<&'t [u8]> {
    let mut from = 0;
    while let Some(at) = memchr::memmem::find(&tag[from..], name) {
        from += at + name.len();
        let Some(value) = tag[from..].trim_ascii_start().strip_prefix(b"=") else { continue };
        let value = value.trim_ascii_start();
        let value = value.strip_prefix(b"\"").or(value.strip_prefix(b"'")).unwrap_or(value);
        let end = value.iter().position(|b| b"\"'; />".contains(b)).unwrap_or(value.len());
        return Some(&value[..end]);
    }
    None
}

fn guess(bytes: &[u8]) -> &'static Encoding {
    // A page that was cut off may end in the middle of a character.
    if std::str::from_utf8(bytes).map_or_else(|error| error.error_len().is_none(), |_| true) {
        return UTF_8;
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    detector.guess(None, Utf8Detection::Allow)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(bytes: &[u8], declared: Option<&str>) -> (String, &'static str) {
        let decoded = decode(bytes, declared);
        (decoded.text.clone().into_owned(), decoded.charset)
    }

    #[test]
    fn order_of_browsers() {
        let (arabic, _, _) = encoding_rs::WINDOWS_1256.encode("قال الوزير إن الاجتماع تأجل إلى الغد");
        let page = |head: &[u8]| [head, b"<p>", &arabic].concat();
        let says = page(b"<meta charset=windows-1256>");
        assert_eq!(of(&says, None).1, "windows-1256");
        assert!(of(&says, None).0.contains("تأجل"));
        assert_eq!(of(&says, Some("utf-8")).1, "UTF-8", "the server outdoes the page");
        assert_eq!(of(&page(b""), None).1, "windows-1256", "nobody says it");
        let old = br#"<meta http-equiv="Content-Type" content="text/html; charset=koi8-r">"#;
        assert_eq!(of(old, None).1, "KOI8-R");
        assert_eq!(of(b"\xef\xbb\xbf<meta charset=koi8-r>", None).1, "UTF-8", "a mark outdoes all");
        assert_eq!(of(br#"<?xml version="1.0" encoding="ISO-8859-6"?><p>"#, None).1, "ISO-8859-6");
        assert_eq!(of(b"<meta charset=utf-16le><p>x", None).1, "UTF-8");
        assert_eq!(of(b"<meta name=description content='no charset here'><p>x", None).1, "UTF-8");
    }

    #[test]
    fn every_character_leads_to_its_bytes() {
        let text = "А вот «так»: قال — 中文 é";
        for encoding in [encoding_rs::UTF_16LE, encoding_rs::GB18030, encoding_rs::EUC_JP, UTF_8] {
            let bytes: Vec<u8> = match encoding == encoding_rs::UTF_16LE {
                true => [b"\xff\xfe".to_vec(), text.encode_utf16().flat_map(u16::to_le_bytes).collect()].concat(),
                false => encoding.encode(text).0.into_owned(),
            };
            let decoded = decode(&bytes, Some(encoding.name()));
            for (at, character) in decoded.text.char_indices() {
                let (start, end) = decoded.bytes(at, at + character.len_utf8());
                let (again, _) = decoded_range(&bytes[start..end], encoding);
                assert_eq!(again, character.to_string(), "{}", encoding.name());
            }
        }
    }

    fn decoded_range(bytes: &[u8], encoding: &'static Encoding) -> (String, bool) {
        let (text, bad) = encoding.decode_without_bom_handling(bytes);
        (text.into_owned(), bad)
    }

    #[test]
    fn broken_bytes_have_a_place_too() {
        let bytes = b"a\xd8b\xffc\xd9";
        let decoded = decode(bytes, Some("utf-8"));
        assert_eq!(decoded.text, "a\u{fffd}b\u{fffd}c\u{fffd}");
        let places: Vec<_> = decoded.text.char_indices().map(|(at, c)| decoded.bytes(at, at + c.len_utf8())).collect();
        assert_eq!(places, [(0, 1), (1, 2), (2, 3), (3, 4), (4, 5), (5, 6)]);
        assert_eq!(decode(b"", None).text, "");
        assert_eq!(decode("<p>«قال»".as_bytes().split_last().expect("long").1, None).text, "<p>«قال\u{fffd}");
    }
}
