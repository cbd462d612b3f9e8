//! Web pages: they are kept as they came and opened on all threads, some megabytes at a time.

use crate::html::{self, Unfit};
use crate::input::{Input, Page, Raw, hash};
use flate2::Compression;
use flate2::write::ZlibEncoder;
use rayon::prelude::*;
use riwaya::page::Source;
use std::io::Write;

/// A web page that has not been opened yet.
#[derive(Debug)]
pub(crate) struct Web {
    /// Where it was found, for messages.
    pub place: String,
    /// What is known of it; what it says of itself is added.
    pub source: Source,
    /// As it came.
    pub bytes: Vec<u8>,
    /// The charset that the server named.
    pub charset: Option<String>,
    /// Its place among the pages.
    pub slot: usize,
}

/// Bytes that may wait to be opened.
const WAITING: usize = 32 << 20;

impl Input {
    /// Takes a web page in, to be opened with others.
    pub(crate) fn web(&mut self, place: &str, source: Source, bytes: Vec<u8>, charset: Option<String>) {
        self.waiting_bytes += bytes.len();
        let slot = self.pages.len();
        self.pages.push(Page::default());
        self.waiting.push(Web { place: place.to_owned(), source, bytes, charset, slot });
        if self.waiting_bytes > WAITING {
            self.open_waiting();
        }
    }

    /// Opens all web pages that wait.
    pub(crate) fn open_waiting(&mut self) {
        self.waiting_bytes = 0;
        let opened: Vec<_> = std::mem::take(&mut self.waiting).into_par_iter().map(open).collect();
        for (slot, place, opened) in opened {
            match opened {
                Ok(page) => self.pages[slot] = page,
                Err(Unfit::Empty) => self.problem(
                    &place,
                    Unfit::Empty.as_str(),
                    "hand in the article's own page, saved after its scripts have run",
                ),
                Err(unfit) => {
                    self.notes.push(format!("{place}: {}, left out", unfit.as_str()));
                }
            }
        }
    }
}

fn open(web: Web) -> (usize, String, Result<Page, Unfit>) {
    let Web { place, mut source, bytes, charset, slot } = web;
    let article = html::read(&bytes, charset.as_deref(), source.url.as_deref());
    if let Some(unfit) = article.unfit {
        return (slot, place, Err(unfit));
    }
    let html::Article { text, title, apart, origin, about, .. } = article;
    if source.sha256.is_empty() {
        source.sha256 = hash([&*bytes]);
    }
    source.url = source.url.or(about.canonical);
    if source.id.is_empty() {
        source.id = source.url.clone().unwrap_or_else(|| place.clone());
    }
    source.outlet = source.outlet.or(about.outlet);
    source.title = title.or(source.title);
    source.author = source.author.or(about.author);
    source.published = source.published.or(about.published);
    source.updated = source.updated.or(about.updated);
    source.section = source.section.or(about.section);
    source.lang = source.lang.or(about.lang);
    source.apart = apart;
    let raw = Raw { length: bytes.len(), compressed: compress(&bytes), origin };
    (slot, place, Ok(Page { source, text, raw: Some(raw) }))
}

/// Pages shrink to a sixth of their bytes.
pub(crate) fn compress(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::with_capacity(bytes.len() / 4), Compression::fast());
    // Writing into memory does not fail.
    let done = encoder.write_all(bytes).and_then(|()| encoder.finish());
    done.unwrap_or_default()
}
