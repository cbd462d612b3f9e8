//! Mail and pages that a browser saved with their pictures (MHTML): one page a file.

use crate::input::{Input, Page, hash};
use crate::warc::content_type;
use mailparse::{MailHeaderMap, ParsedMail};
use riwaya::page::Source;

/// Parts in parts beyond this are no letter.
const DEEPEST: usize = 8;

/// Reads a letter or a saved page. A letter's plain text is preferred, as its writer wrote it.
pub(crate) fn read(input: &mut Input, name: &str, bytes: &[u8]) {
    let mail = match mailparse::parse_mail(bytes) {
        Ok(mail) => mail,
        Err(error) => {
            let remedy = "hand in the text, or save the page as HTML";
            return input.problem(name, format!("a letter or saved page that cannot be read ({error})"), remedy);
        }
    };
    let get = |name: &str| mail.headers.get_first_value(name).filter(|v| !v.trim().is_empty());
    let location = get("Snapshot-Content-Location").or_else(|| get("Content-Location"));
    let is_saved = location.is_some() || mail.ctype.mimetype == "multipart/related" && get("To").is_none();
    let source = Source {
        id: name.to_owned(),
        sha256: hash([bytes]),
        url: location,
        title: get("Subject"),
        author: get("From").filter(|_| !is_saved),
        published: get("Date").filter(|_| !is_saved).and_then(|date| day(&date)),
        ..Source::default()
    };
    let part = |kind| find(&mail, kind, 0);
    let plain = part("text/plain").filter(|_| !is_saved);
    let (part, is_plain) = match (plain, part("text/html")) {
        (Some(part), _) => (part, true),
        (None, Some(part)) => (part, false),
        (None, None) => return input.problem(name, "a letter without text", "hand in the text"),
    };
    if is_plain {
        match part.get_body() {
            Ok(text) => input.page(name, Page { source, text, raw: None }),
            Err(error) => input.problem(name, format!("a letter whose text is broken ({error})"), "hand in the text"),
        }
        return;
    }
    let charset = part.headers.get_first_value("Content-Type").and_then(|value| content_type(&value).1);
    match part.get_body_raw() {
        Ok(html) => input.web(name, source, html, charset),
        Err(error) => input.problem(name, format!("a page whose text is broken ({error})"), "save it as HTML"),
    }
}

/// The first part of that kind.
fn find<'m, 'b>(mail: &'m ParsedMail<'b>, kind: &str, depth: usize) -> Option<&'m ParsedMail<'b>> {
    if mail.ctype.mimetype.eq_ignore_ascii_case(kind) {
        return Some(mail);
    }
    let parts = mail.subparts.iter().filter(|_| depth < DEEPEST);
    parts.into_iter().find_map(|part| find(part, kind, depth + 1))
}

/// «Fri, 17 Dec 2021 15:04:00 +0300» as 2021-12-17T15:04:00+03:00.
fn day(date: &str) -> Option<String> {
    let time = jiff::fmt::rfc2822::parse(date.trim()).ok()?;
    Some(time.strftime("%Y-%m-%dT%H:%M:%S%:z").to_string())
}

/// Does a file that begins so hold a letter or a saved page? All lines up to the first blank one are named values, and
/// two of the names are those that every letter has.
pub(crate) fn is_mail(head: &[u8]) -> bool {
    const KNOWN: [&str; 7] =
        ["mime-version", "from", "date", "subject", "message-id", "content-type", "snapshot-content-location"];
    let mut known = 0;
    for line in head.split(|b| *b == b'\n').take(200) {
        let Ok(line) = std::str::from_utf8(line) else { return false };
        let line = line.strip_suffix('\r').unwrap_or(line);
        if line.is_empty() {
            return known >= 2;
        }
        if line.starts_with([' ', '\t']) {
            continue;
        }
        let Some((name, _)) = line.split_once(':') else { return false };
        let is_name = !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
        if !is_name {
            return false;
        }
        known += usize::from(KNOWN.contains(&name.to_ascii_lowercase().as_str()));
    }
    false
}
