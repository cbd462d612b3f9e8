//! What are these bytes? Told from how they begin, never from the name.

use crate::mail;

/// How many bytes are looked at.
pub const HEAD: usize = 1 << 16;

/// What a file holds.
#[derive(Debug, PartialEq, Eq)]
pub enum Kind {
    /// Nothing.
    Empty,
    /// One page of plain text.
    Text,
    /// One web page.
    Web,
    /// A feed: RSS, Atom, JSON Feed.
    Feed,
    /// A letter, or a web page that was saved with its pictures.
    Mail,
    /// A web archive.
    Archive,
    /// Something in gzip.
    Gzip,
    /// Something in zstd.
    Zstd,
    /// One JSON object a line.
    Lines,
    /// JSON objects that run over several lines.
    Objects,
    /// A JSON array of objects.
    Array,
    /// Something that cannot be read yet, or never.
    Refused {
        /// What it is.
        what: &'static str,
        /// What to do about it.
        remedy: &'static str,
    },
}

/// The signature of a zip archive that has something in it.
pub fn is_zip(head: &[u8]) -> bool {
    head.starts_with(b"PK\x03\x04")
}

/// The kind of a file that begins with `head`.
pub fn kind(head: &[u8]) -> Kind {
    if head.starts_with(b"\xff\xfe") || head.starts_with(b"\xfe\xff") {
        return if is_wide_markup(head) { Kind::Web } else { Kind::Text };
    }
    let packed: [(&[u8], Kind); 3] =
        [(b"\x1f\x8b", Kind::Gzip), (b"\x28\xb5\x2f\xfd", Kind::Zstd), (b"WARC/", Kind::Archive)];
    if let Some((_, kind)) = packed.into_iter().find(|(signature, _)| head.starts_with(signature)) {
        return kind;
    }
    if mail::is_mail(head) {
        return Kind::Mail;
    }
    if let Some(refused) = refused(head) {
        return refused;
    }
    let text = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head).trim_ascii_start();
    match text.first() {
        None => Kind::Empty,
        Some(b'{' | b'<') if is_feed(text) => Kind::Feed,
        Some(b'{') if is_object(text) => match is_pretty(text) {
            true => Kind::Objects,
            false => Kind::Lines,
        },
        Some(b'[') if matches!(text[1..].trim_ascii_start().first(), Some(b'{' | b']')) => Kind::Array,
        Some(b'<') if is_markup(text) => Kind::Web,
        _ => Kind::Text,
    }
}

fn refused(head: &[u8]) -> Option<Kind> {
    let (what, remedy) = if head.starts_with(b"SQLite format 3\0") {
        ("an SQLite file and no page", "to ask a record, use `riwaya stories -r FILE` and its fellows")
    } else if is_zip(head) {
        ("a zip archive inside an archive or on standard input", "unpack it and hand in what it holds")
    } else if head.starts_with(b"%PDF") {
        (
            "a PDF",
            "turn it into text (`pdftotext FILE - | riwaya read -`) and compare Arabic with the page: letters change places",
        )
    } else if head.iter().take(512).any(|b| *b == 0) {
        ("no text", "hand in text or JSON in UTF-8")
    } else {
        return None;
    };
    Some(Kind::Refused { what, remedy })
}

/// `<rss`, `<feed` or `<rdf:RDF` among the first tags, or a JSON object whose `version` is one of JSON Feed.
fn is_feed(text: &[u8]) -> bool {
    let head = &text[..text.len().min(2048)];
    let has = |words: &[&[u8]]| words.iter().any(|word| memchr::memmem::find(head, word).is_some());
    if text.starts_with(b"{") {
        let version = memchr::memmem::find(head, b"\"version\"").map(|at| &head[at + b"\"version\"".len()..]);
        let value = version.and_then(|rest| rest.trim_ascii_start().strip_prefix(b":")).map(<[u8]>::trim_ascii_start);
        return value.is_some_and(|v| v.starts_with(b"\"https://jsonfeed.org/version/"));
    }
    !has(&[b"<html", b"<HTML", b"<body"]) && has(&[b"<rss", b"<feed", b"<rdf:RDF"])
}

/// «{"text": …», not «{مقدمة} …».
fn is_object(text: &[u8]) -> bool {
    matches!(text[1..].trim_ascii_start().first(), Some(b'"' | b'}') | None)
}

/// Does the first object run over several lines? Its first line is then no whole object, and the next line that is
/// not blank goes on inside it instead of opening another.
fn is_pretty(text: &[u8]) -> bool {
    let mut lines = text.split(|b| *b == b'\n').filter(|l| !l.trim_ascii().is_empty());
    let first = lines.next().unwrap_or_default();
    let whole = serde_json::from_slice::<serde::de::IgnoredAny>(first).is_ok();
    !whole && lines.next().is_some_and(|l| !l.starts_with(b"{"))
}

/// Mark-up in UTF-16, the mark in front.
fn is_wide_markup(head: &[u8]) -> bool {
    let narrow: Vec<u8> = head[2..].iter().copied().filter(|b| *b != 0).take(200).collect();
    is_markup(narrow.trim_ascii_start())
}

fn is_markup(text: &[u8]) -> bool {
    let head: Vec<u8> = text.iter().take(64).map(u8::to_ascii_lowercase).collect();
    [&b"<!doctype"[..], b"<html", b"<head", b"<body", b"<?xml", b"<!--", b"<rss", b"<article", b"<div", b"<p>"]
        .iter()
        .any(|tag| head.starts_with(tag))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_by_content() {
        assert_eq!(kind(b""), Kind::Empty);
        assert_eq!(kind(b" \n"), Kind::Empty);
        assert_eq!(kind(b"\xef\xbb\xbf{\"text\":\"x\"}\n"), Kind::Lines);
        assert_eq!(kind(b"{\"text\":\"x\"\n{\"text\":\"y\"}\n"), Kind::Lines);
        assert_eq!(kind(b"{\n  \"text\": \"x\"\n}\n"), Kind::Objects);
        assert_eq!(kind(b"[\n {\"text\":\"x\"}]"), Kind::Array);
        assert_eq!(kind("[أ ف ب] قال الوزير".as_bytes()), Kind::Text);
        assert_eq!(kind("{عاجل} قال الوزير".as_bytes()), Kind::Text);
        assert_eq!(kind(b"<!DOCTYPE html><p>"), Kind::Web);
        assert_eq!(kind(b"<?xml version='1.0'?>\n<rss version='2.0'>"), Kind::Feed);
        assert_eq!(kind(b"{\"version\": \"https://jsonfeed.org/version/1.1\", \"items\": []}"), Kind::Feed);
        assert_eq!(kind(b"{\"text\": \"what https://jsonfeed.org/version/1 says\"}\n"), Kind::Lines);
        assert_eq!(kind(b"<html><p>How to write &lt;rss> and <rss"), Kind::Web);
        assert_eq!(kind(b"\xff\xfe<\0h\0t\0m\0l\0>\0"), Kind::Web);
        assert_eq!(kind(b"\xff\xfe\x42\x06"), Kind::Text);
        for refused in [&b"SQLite format 3\0"[..], b"PK\x03\x04", b"a\0b"] {
            assert!(matches!(kind(refused), Kind::Refused { .. }), "{refused:?}");
        }
    }
}
