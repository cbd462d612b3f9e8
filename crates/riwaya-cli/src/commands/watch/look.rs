//! What came of looking at an address? Runs on the threads that fetch; nothing is written here.

use super::config::Config;
use crate::clock;
use riwaya::page::Source;
use riwaya_input::feed::{self, Entry};
use riwaya_input::fetch::{Conditions, Failure, FailureKind, Fetched, Visitor, visitor};
use riwaya_input::{Input, Page, hash};
use riwaya_store::{Found, Role, Watched};
use rustc_hash::FxHashSet;

/// What a thread reports.
pub enum Looked {
    /// It looked at this address.
    At(Box<Watched>, Result<Got, Failure>),
    /// It has done with this host.
    Free(String),
}

/// What came of it.
#[derive(Debug, Default)]
pub struct Got {
    /// Status of the answer.
    pub status: u16,
    /// What to ask with the next time.
    pub conditions: Conditions,
    /// Hash of what came.
    pub sha256: Option<String>,
    /// The pages that it holds.
    pub pages: Vec<Page>,
    /// The pages that it tells of.
    pub found: Vec<Found>,
    /// What could not be read, and why.
    pub notes: Vec<String>,
    /// Is something of that wrong, and not only left out?
    pub is_trouble: bool,
}

/// Looks at addresses of one host, one after another; where the host does not answer, the rest is left for later. None
/// where nobody hears the reports any more.
pub fn all(
    job: Vec<Watched>,
    config: &Config,
    visitor: &Visitor,
    report: &mut dyn FnMut(Looked) -> bool,
) -> Option<()> {
    let host = job.first()?.host.clone();
    for watched in job {
        let got = one(&watched, config, visitor);
        let is_silent = matches!(&got, Err(failure) if failure.kind == FailureKind::Host);
        report(Looked::At(Box::new(watched), got)).then_some(())?;
        if is_silent {
            break;
        }
    }
    report(Looked::Free(host)).then_some(())
}

fn one(watched: &Watched, config: &Config, visitor: &Visitor) -> Result<Got, Failure> {
    let conditions = Conditions { etag: watched.etag.clone(), last_modified: watched.last_modified.clone() };
    let fetched = visitor.get(&watched.url, &conditions, clock::now())?;
    let Some(body) = &fetched.body else {
        return Ok(Got { status: fetched.status, conditions: fetched.conditions, ..Got::default() });
    };
    let sha256 = Some(hash([&**body]));
    let mut got = Got { status: fetched.status, conditions: fetched.conditions.clone(), sha256, ..Got::default() };
    if got.sha256 == watched.sha256 {
        // The same again, from a server that does not say so.
        return Ok(got);
    }
    match watched.role {
        Role::Feed => of_feed(&watched.url, body, config, &mut got)?,
        Role::Page | Role::Item => of_page(watched, &fetched, config, visitor.settings().bytes, &mut got),
    }
    Ok(got)
}

fn of_page(watched: &Watched, fetched: &Fetched, config: &Config, limit: u64, got: &mut Got) {
    let feed = watched.feed.as_deref().and_then(|feed| config.feed(feed));
    let page = config.page(&watched.url);
    let said = page.map(|p| (&p.outlet, &p.lang)).or(feed.map(|f| (&f.outlet, &f.lang)));
    let (outlet, lang) = said.map_or((None, None), |(outlet, lang)| (outlet.clone(), lang.clone()));
    let source = Source { id: watched.url.clone(), outlet, lang, ..Source::default() };
    let entry: Option<Entry> = watched.entry.as_deref().and_then(|e| serde_json::from_str(e).ok());
    take(got, Input::of_fetched(&source, fetched, entry.as_ref(), limit));
}

/// The entries of a feed: as pages where it holds their text and that is wanted, else as addresses to look at.
fn of_feed(url: &str, body: &[u8], config: &Config, got: &mut Got) -> Result<(), Failure> {
    let entries = feed::entries(body).map_err(|what| Failure {
        kind: FailureKind::Limit,
        what: format!("no feed that can be read ({what})"),
        status: Some(got.status),
        retry_after: None,
    })?;
    let Some(feed) = config.feed(url) else { return Ok(()) };
    let mut seen = FxHashSet::default();
    for entry in entries {
        let host = entry.url.as_deref().and_then(visitor::host_of);
        if feed.full_content && entry.content_html.is_some() {
            let id = name(url, &entry);
            if seen.insert(id.clone()) {
                let (outlet, lang) = (feed.outlet.clone(), feed.lang.clone());
                let source = Source { id, url: entry.url.clone(), outlet, lang, ..Source::default() };
                take(got, Input::of_entry(&source, &entry));
            }
        } else if let (Some(page), Some(host)) = (entry.url.clone(), host) {
            let updated = entry.updated.clone();
            // Its page says the rest itself.
            let entry = Entry { content_html: None, ..entry };
            let entry = serde_json::to_string(&entry).unwrap_or_default();
            got.found.push(Found { url: page, host, entry, updated });
        } else {
            let named = entry.title.as_deref().unwrap_or(&entry.id);
            got.notes.push(format!("{url}: the entry «{named}» leads to no page, left out"));
        }
    }
    Ok(())
}

/// What the page of an entry is called: its address, else what the feed calls it, else its words.
fn name(feed: &str, entry: &Entry) -> String {
    match &entry.url {
        Some(url) => url.clone(),
        None if !entry.id.is_empty() => format!("{feed}#{}", entry.id),
        None => format!("{feed}#{}", &hash([entry.content_html.as_deref().unwrap_or_default().as_bytes()])[..16]),
    }
}

fn take(got: &mut Got, input: Input) {
    got.is_trouble |= !input.problems.is_empty();
    got.notes.extend(input.problems.iter().map(ToString::to_string).chain(input.notes));
    got.pages.extend(input.pages);
}
