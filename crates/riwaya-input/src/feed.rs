//! Which pages does a feed tell of? RSS, Atom and JSON Feed.

use feed_rs::model;
use serde::{Deserialize, Serialize};

/// One entry of a feed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// What the feed calls it: an address, or any other string that is its own; empty where it has no name.
    pub id: String,
    /// Where its page is, as the feed has it.
    pub url: Option<String>,
    /// Its headline, mark-up left out.
    pub title: Option<String>,
    /// When it was published, ISO 8601.
    pub published: Option<String>,
    /// When it was changed, ISO 8601, where the feed says that apart from when it was published.
    pub updated: Option<String>,
    /// Who signed it.
    pub author: Option<String>,
    /// Its content as mark-up, where the feed holds it: the text, else the summary.
    pub content_html: Option<String>,
}

impl Entry {
    /// Does the feed hold its article, and not only the first sentences of it?
    pub fn is_whole(&self) -> bool {
        const SUMMARY: usize = 500;
        let mut in_tag = false;
        let is_text = |c: &char| {
            in_tag = *c == '<' || in_tag && *c != '>';
            !in_tag && c.is_alphanumeric()
        };
        self.content_html.as_deref().is_some_and(|text| text.chars().filter(is_text).nth(SUMMARY).is_some())
    }
}

/// The entries of a feed, in its order.
///
/// ```
/// let rss = r#"<?xml version="1.0"?><rss version="2.0"><channel><title>Marfa</title><item>
///     <title>Talks &amp;amp; tea in Sarnia</title><link>https://marfa.example/1</link>
///     <pubDate>Tue, 10 Mar 2026 09:30:00 +0200</pubDate></item></channel></rss>"#;
/// let entries = riwaya_input::feed::entries(rss.as_bytes()).unwrap();
/// assert_eq!(entries[0].url.as_deref(), Some("https://marfa.example/1"));
/// assert_eq!(entries[0].title.as_deref(), Some("Talks & tea in Sarnia"));
/// assert_eq!(entries[0].published.as_deref(), Some("2026-03-10T07:30:00Z"));
/// ```
///
/// # Errors
/// Where `bytes` are no feed: what is wrong with them.
pub fn entries(bytes: &[u8]) -> Result<Vec<Entry>, String> {
    if nesting(bytes) > NESTING {
        return Err(format!("elements inside one another more than {NESTING} deep"));
    }
    // An entry without an id and a link has no name that would be the same the next time.
    let named = |links: &[model::Link], _: &Option<model::Text>, _: Option<&str>| {
        links.first().map(|link| link.href.clone()).unwrap_or_default()
    };
    let parser = feed_rs::parser::Builder::new().id_generator(named).build();
    let feed = parser.parse(bytes).map_err(|e| e.to_string())?;
    Ok(feed.entries.into_iter().map(entry).collect())
}

/// Elements inside one another that a feed may have.
const NESTING: usize = 256;

/// How deep the elements are at most, told roughly: mark-up inside CDATA counts too where it is not closed.
fn nesting(bytes: &[u8]) -> usize {
    let (mut depth, mut deepest) = (0usize, 0);
    for at in memchr::memchr_iter(b'<', bytes) {
        match bytes.get(at + 1) {
            Some(b'/') => depth = depth.saturating_sub(1),
            Some(b'!' | b'?') | None => {}
            Some(first) if first.is_ascii_alphabetic() => {
                let rest = &bytes[at..];
                let end = memchr::memchr(b'>', &rest[..rest.len().min(4096)]).unwrap_or(1);
                if rest[end - 1] != b'/' {
                    depth += 1;
                    deepest = deepest.max(depth);
                }
            }
            Some(_) => {}
        }
    }
    deepest
}

fn entry(entry: model::Entry) -> Entry {
    let url = link(&entry);
    let published = entry.published.as_ref().or(entry.updated.as_ref()).map(day);
    let updated = entry.updated.as_ref().map(day).filter(|u| Some(u) != published.as_ref());
    let author = entry
        .authors
        .iter()
        .filter_map(|a| a.name.as_deref())
        .map(str::trim)
        .filter(|n| !n.is_empty())
        .collect::<Vec<_>>()
        .join(", ");
    let content = entry.content.and_then(|c| c.body);
    let content = content.or(entry.summary.map(|s| s.content)).filter(|c| !c.trim().is_empty());
    Entry {
        id: entry.id,
        url,
        title: entry.title.map(|t| plain(&t.content)).filter(|t| !t.is_empty()),
        published,
        updated,
        author: Some(author).filter(|a| !a.is_empty()),
        content_html: content,
    }
}

/// The page of an entry: the link that is its alternate, else the first that is no attachment, else its id where that
/// is an address.
fn link(entry: &model::Entry) -> Option<String> {
    let is_address = |href: &&str| href.starts_with("http://") || href.starts_with("https://");
    let alternate = entry.links.iter().find(|l| l.rel.as_deref().is_none_or(|rel| rel == "alternate"));
    let other = || entry.links.iter().find(|l| !matches!(l.rel.as_deref(), Some("enclosure" | "self" | "replies")));
    let href = alternate.or_else(other).map(|l| l.href.trim());
    href.filter(is_address).or(Some(entry.id.trim()).filter(is_address)).map(str::to_owned)
}

fn day(at: &impl ToString) -> String {
    // «2026-03-10 07:30:00 UTC», as the feed's crate shows it.
    at.to_string().replacen(' ', "T", 1).replace(" UTC", "Z")
}

/// A headline without mark-up: feeds escape theirs once or twice.
fn plain(title: &str) -> String {
    let text = htmlize::unescape(title);
    let mut out = String::with_capacity(text.len());
    let mut rest = &*text;
    while let Some(at) = rest.find('<') {
        let behind = &rest[at + 1..];
        let is_tag = behind.starts_with(|c: char| c.is_ascii_alphabetic() || c == '/');
        let end = behind.find('>').filter(|_| is_tag);
        out.push_str(&rest[..at]);
        rest = match end {
            Some(end) => &behind[end + 1..],
            None => {
                out.push('<');
                behind
            }
        };
    }
    out.push_str(rest);
    out.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_of_feed() {
        let atom = r#"<feed xmlns="http://www.w3.org/2005/Atom"><title>Marfa</title><entry><id>tag:marfa.example,2026:1</id>
            <title type="html">Talks &lt;b&gt;open&lt;/b&gt;</title><link rel="replies" href="https://marfa.example/r"/>
            <link rel="alternate" href="https://marfa.example/1"/><published>2026-03-10T09:30:00Z</published>
            <updated>2026-03-10T11:00:00Z</updated><author><name>Hind Hilu</name></author>
            <content type="html">&lt;p&gt;The ministers met.&lt;/p&gt;</content></entry></feed>"#;
        let json = r#"{"version":"https://jsonfeed.org/version/1.1","title":"Marfa","items":[{"id":"1",
            "url":"https://marfa.example/1","title":"Talks open","content_html":"<p>The ministers met.</p>",
            "date_published":"2026-03-10T09:30:00Z"}]}"#;
        let old = r#"<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/">
            <channel><title>Marfa</title><link>https://marfa.example/</link><description>x</description></channel>
            <item><title>Talks open</title><link>https://marfa.example/1</link></item></rdf:RDF>"#;
        for (feed, has_content) in [(atom, true), (json, true), (old, false)] {
            let entries = entries(feed.as_bytes()).expect("a feed");
            assert_eq!(entries.len(), 1, "{feed}");
            assert_eq!(entries[0].url.as_deref(), Some("https://marfa.example/1"));
            assert_eq!(entries[0].title.as_deref(), Some("Talks open"));
            assert_eq!(
                entries[0].content_html.as_deref().is_some_and(|c| c.contains("The ministers met.")),
                has_content
            );
        }
        let atom = entries(atom.as_bytes()).expect("a feed");
        assert_eq!(atom[0].updated.as_deref(), Some("2026-03-10T11:00:00Z"));
        assert_eq!(atom[0].author.as_deref(), Some("Hind Hilu"));
    }

    #[test]
    fn what_is_no_feed_is_an_error_and_no_crash() {
        let deep = format!("<rss version=\"2.0\"><channel><item>{}", "<a>".repeat(200_000));
        let inside = format!(
            "<feed xmlns=\"http://www.w3.org/2005/Atom\"><entry><content type=\"xhtml\"><div>{}</div></content></entry></feed>",
            "<b>".repeat(200_000)
        );
        for bad in ["", "x", "<html><body>Not found</body></html>", "{\"a\":1}", "<rss", &deep, &inside] {
            assert!(entries(bad.as_bytes()).is_err(), "{}", bad.chars().take(40).collect::<String>());
        }
        let json = "[".repeat(100_000);
        assert!(entries(format!("{{\"version\":{json}").as_bytes()).is_err());
    }

    #[test]
    fn an_entry_may_have_no_page() {
        let rss = "<rss version=\"2.0\"><channel><item><guid isPermaLink=\"false\">7</guid><title>a</title>\
            <description>x</description></item><item><guid>https://marfa.example/8</guid></item></channel></rss>";
        let entries = entries(rss.as_bytes()).expect("a feed");
        assert_eq!((entries[0].url.as_deref(), entries[0].id.as_str()), (None, "7"));
        assert_eq!(entries[1].url.as_deref(), Some("https://marfa.example/8"));
        assert_eq!(plain("أسعار < 5 <b>جديدة</b>"), "أسعار < 5 جديدة");
    }
}
