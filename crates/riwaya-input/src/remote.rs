//! Which pages does an address of the web hold? What was fetched is read by what it is, like a file; only where it was
//! found, and what the server said of its charset, comes on top.

use crate::feed::{self, Entry};
use crate::fetch::{Conditions, Fetched, Visitor};
use crate::html::charset;
use crate::input::{Input, Page, Raw, hash};
use crate::sniff::{self, Kind};
use crate::warc::content_type;
use encoding_rs::{Encoding, UTF_8};
use riwaya::page::Source;
use std::io::Cursor;

/// Is this an address of the web and no name of a file?
pub(crate) fn is_address(given: &str) -> bool {
    let begins = |scheme: &str| given.get(..scheme.len()).is_some_and(|head| head.eq_ignore_ascii_case(scheme));
    begins("http://") || begins("https://")
}

impl Input {
    /// What `fetched` holds. `source` is what its page is called and what is known of it for sure; what the feed says in
    /// `entry` counts where the page says nothing of itself. No page is longer than `limit` bytes.
    pub fn of_fetched(source: &Source, fetched: &Fetched, entry: Option<&Entry>, limit: u64) -> Input {
        let mut input = Input { limit, ..Input::default() };
        input.fetched(source, fetched);
        input.settle_ids();
        input.fill(entry);
        input
    }

    /// The content that a feed holds of one of its entries, as a page.
    pub fn of_entry(source: &Source, entry: &Entry) -> Input {
        let mut input = Input { limit: u64::MAX / 2, ..Input::default() };
        input.entry(source.clone(), entry);
        input.settle_ids();
        input.fill(Some(entry));
        input
    }

    fn entry(&mut self, source: Source, entry: &Entry) {
        let content = entry.content_html.clone().unwrap_or_default();
        // Some feeds hold plain text: it has no mark-up that an article could be looked for in.
        if content.contains('<') {
            return self.web(&source.id.clone(), source, content.into_bytes(), Some("utf-8".to_owned()));
        }
        let text = htmlize::unescape(&content).into_owned();
        let source = Source { sha256: hash([content.as_bytes()]), ..source };
        self.page(&source.id.clone(), Page { source, text, raw: None });
    }

    /// The entries of a feed that hold their article, as pages.
    pub(crate) fn feed(&mut self, name: &str, bytes: &[u8]) {
        let entries = match feed::entries(bytes) {
            Ok(entries) => entries,
            Err(error) => {
                return self.problem(name, format!("a feed that cannot be read ({error})"), "fetch it again");
            }
        };
        let (whole, short): (Vec<&Entry>, Vec<&Entry>) = entries.iter().partition(|e| e.is_whole());
        let remedy = "hand in the addresses of their pages, or let `riwaya watch` fetch them";
        match (whole.len(), short.len()) {
            (0, n) => self.problem(name, format!("a feed of {n} entries, none with its article"), remedy),
            (_, 0) => {}
            (_, n) => self.notes.push(format!("{name}: {n} of {} entries hold no article; {remedy}", entries.len())),
        }
        for (n, entry) in (1..).zip(whole) {
            let named = Some(&entry.id).filter(|id| !id.is_empty());
            let id = entry.url.as_ref().or(named).cloned().unwrap_or_else(|| format!("{name}#{n}"));
            let source = Source {
                id,
                url: entry.url.clone(),
                title: entry.title.clone(),
                author: entry.author.clone(),
                published: entry.published.clone(),
                updated: entry.updated.clone(),
                ..Source::default()
            };
            self.entry(source, entry);
        }
    }

    /// Fetches what an argument names, and reads it.
    pub(crate) fn remote(&mut self, url: &str, visitor: &Visitor, now: i64) {
        match visitor.get(url, &Conditions::default(), now) {
            Ok(fetched) => self.fetched(&Source { id: url.to_owned(), ..Source::default() }, &fetched),
            Err(failure) => self.problem(url, failure.to_string(), failure.remedy()),
        }
    }

    fn fetched(&mut self, source: &Source, fetched: &Fetched) {
        let bytes = fetched.body.as_deref().unwrap_or_default();
        let name = source.id.clone();
        let source = Source { url: Some(fetched.url.clone()), ..source.clone() };
        let (kind, said) = content_type(fetched.content_type.as_deref().unwrap_or_default());
        let is_markup = matches!(kind.as_str(), "text/html" | "application/xhtml+xml");
        let said = said.filter(|label| !is_contradicted(label, bytes));
        if bytes.len() as u64 > self.limit {
            return self.too_long(&name, Some(bytes.len() as u64));
        }
        let read = match sniff::kind(&bytes[..bytes.len().min(sniff::HEAD)]) {
            _ if sniff::is_zip(bytes) => self.archive(&name, Cursor::new(bytes)),
            Kind::Web => return self.web(&name, source, bytes.to_vec(), said),
            // Mark-up may begin with anything; the server knows what it meant.
            Kind::Text if is_markup => return self.web(&name, source, bytes.to_vec(), said),
            Kind::Text => return self.text(&name, source, bytes, said.as_deref()),
            _ => self.stream(&name, &mut Cursor::new(bytes)),
        };
        if let Err(error) = read {
            self.problem(&name, error.to_string(), "fetch it by other means and hand in the file");
        }
    }

    fn text(&mut self, name: &str, source: Source, bytes: &[u8], said: Option<&str>) {
        let decoded = charset::decode(bytes, said);
        let source = Source { sha256: hash([bytes]), ..source };
        let raw = (decoded.charset != "UTF-8").then(|| Raw::of_text(bytes, &decoded));
        self.page(name, Page { source, text: decoded.text.into_owned(), raw });
    }

    fn fill(&mut self, entry: Option<&Entry>) {
        let Some(entry) = entry else { return };
        for page in &mut self.pages {
            let source = &mut page.source;
            source.title = source.title.take().or_else(|| entry.title.clone());
            source.published = source.published.take().or_else(|| entry.published.clone());
            source.author = source.author.take().or_else(|| entry.author.clone());
        }
    }
}

/// Do the bytes tell against what the server says they are? Many servers say one charset for all that they hold: pages
/// in UTF-8 go out as ISO-8859-1, old ones in windows-1256 as UTF-8. What is good UTF-8 with letters beyond ASCII is
/// nothing else, and what breaks UTF-8 more often than it keeps it is something else; one cut-off letter is a slip.
fn is_contradicted(label: &str, bytes: &[u8]) -> bool {
    let Some(encoding) = Encoding::for_label(label.as_bytes()) else { return true };
    if !encoding.is_ascii_compatible() {
        return false;
    }
    let (mut good, mut bad) = (0usize, 0usize);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().bytes().filter(|b| *b >= 0xc0).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    if encoding == UTF_8 { bad > good } else { bad == 0 && good > 0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fetched(body: &[u8], content_type: &str) -> Fetched {
        Fetched {
            url: "https://marfa.example/17".to_owned(),
            status: 200,
            body: Some(body.to_vec()),
            content_type: Some(content_type.to_owned()),
            conditions: Conditions::default(),
        }
    }

    fn read(body: &[u8], content_type: &str) -> Input {
        let source = Source { id: "https://marfa.example/17".to_owned(), ..Source::default() };
        Input::of_fetched(&source, &fetched(body, content_type), None, 1 << 20)
    }

    const WORDS: &str = "قالت وزيرة الخارجية سلمى الراعي إن المحادثات مع الجانب النرويجي تستأنف غداً في أوسلو، وإن الوفد \
        سيضم خبراء من وزارتي الخارجية والزراعة، وإنه سيعود إلى البلاد يوم الخميس المقبل.";

    #[test]
    fn a_header_that_the_bytes_contradict_is_not_believed() {
        let page = format!("<html><h1>المحادثات تستأنف غداً</h1><p>{WORDS}</p><p>{WORDS}</p></html>");
        let (old, _, _) = encoding_rs::WINDOWS_1256.encode(&page);
        for (bytes, said) in [
            (page.as_bytes(), "text/html; charset=ISO-8859-1"),
            (page.as_bytes(), "text/html"),
            (&old, "text/html; charset=utf-8"),
            (&old, "text/html; charset=\"windows-1256\""),
            (&old, "text/html; charset=no-such"),
        ] {
            let input = read(bytes, said);
            assert!(input.problems.is_empty(), "{:?}", input.problems);
            assert!(input.pages[0].text.contains("وزارتي الخارجية والزراعة"), "{said}: {}", input.pages[0].text);
        }
        let cut = [page.as_bytes(), &[0xd8]].concat();
        assert!(!is_contradicted("utf-8", &cut) && !is_contradicted("utf-8", b"plain"));
    }

    #[test]
    fn what_is_fetched_is_read_by_what_it_is() {
        let text = read(WORDS.as_bytes(), "text/plain");
        assert_eq!(text.pages[0].text, WORDS);
        assert_eq!(text.pages[0].source.url.as_deref(), Some("https://marfa.example/17"));
        let lines = read(format!("{{\"id\":\"a\",\"text\":\"{WORDS}\"}}\n").as_bytes(), "text/plain");
        assert_eq!(lines.pages[0].source.id, "a");
        let html = read(format!("{WORDS}<p>{WORDS}</p><p>{WORDS}</p>").as_bytes(), "text/html; charset=utf-8");
        assert!(!html.pages[0].text.contains("<p>"), "{}", html.pages[0].text);
        let small = Input::of_fetched(&Source::default(), &fetched(WORDS.as_bytes(), "text/plain"), None, 10);
        assert!(small.pages.is_empty() && small.problems[0].what.contains("the limit is 10"), "{:?}", small.problems);
        assert!(is_address("HTTPS://marfa.example") && !is_address("http.txt") && !is_address("é"));
    }

    #[test]
    fn the_content_of_an_entry_is_a_page() {
        let source = Source { id: "https://marfa.example/17".to_owned(), ..Source::default() };
        let entry = Entry {
            title: Some("المحادثات تستأنف غداً".to_owned()),
            published: Some("2026-03-10T07:30:00Z".to_owned()),
            content_html: Some(format!("<p>{WORDS}</p>")),
            ..Entry::default()
        };
        let input = Input::of_entry(&source, &entry);
        assert_eq!(input.pages.len(), 1, "{:?} {:?}", input.problems, input.notes);
        assert!(input.pages[0].text.contains(WORDS));
        assert_eq!(input.pages[0].source.title, entry.title);
        assert_eq!(input.pages[0].source.published, entry.published);
        let plain = Entry { content_html: Some("The ministers met &amp; left.".to_owned()), ..Entry::default() };
        assert_eq!(Input::of_entry(&source, &plain).pages[0].text, "The ministers met & left.");
    }
}
