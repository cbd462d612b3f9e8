//! Which pages do these arguments name?
//!
//! A page that cannot be read is a [`Problem`] with place and remedy; all others are read nevertheless.

use crate::compressed::Compression;
use crate::fetch::Visitor;
use crate::html::charset;
use crate::origin::{Origin, Stretch};
use crate::sniff::Kind;
use crate::web::Web;
use crate::{json, lines, mail, paths, remote, sniff, warc};
use riwaya::page::Source;
use rustc_hash::FxHashMap;
use sha2::{Digest, Sha256};
use std::fmt;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Cursor, Read, Seek};
use std::path::Path;

/// A page as handed in.
#[derive(Debug, Default)]
pub struct Page {
    /// What came with it.
    pub source: Source,
    /// Its text layer: of a text the text itself, unchanged; of a web page its article.
    pub text: String,
    /// The bytes that the layer was read from, where they are something else than its UTF-8.
    pub raw: Option<Raw>,
}

/// A page as it came, and the way there from its text layer.
#[derive(Debug)]
pub struct Raw {
    /// Its bytes, compressed (zlib).
    pub compressed: Vec<u8>,
    /// How many they are.
    pub length: usize,
    /// Where the layer's characters stand among them.
    pub origin: Origin,
}

/// Something that could not be read.
#[derive(Debug, PartialEq, Eq)]
pub struct Problem {
    /// File, line, column, byte, as far as they are known.
    pub place: String,
    /// What is wrong there.
    pub what: String,
    /// What to do about it.
    pub remedy: String,
}

impl Raw {
    /// Of a text in another encoding than UTF-8.
    pub(crate) fn of_text(bytes: &[u8], decoded: &charset::Decoded<'_>) -> Raw {
        let (from, to) = decoded.bytes(0, decoded.text.len());
        let all = Stretch { start: 0, length: decoded.text.chars().count(), from, to };
        let origin = Origin::new(decoded.charset, vec![all]);
        Raw { compressed: crate::web::compress(bytes), length: bytes.len(), origin }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}; {}", self.place, self.what, self.remedy)
    }
}

/// Everything that was handed in.
#[derive(Debug, Default)]
pub struct Input {
    /// Pages in input order, each with an id of its own.
    pub pages: Vec<Page>,
    /// What could not be read.
    pub problems: Vec<Problem>,
    /// What was noticed and is no problem.
    pub notes: Vec<String>,
    pub(crate) limit: u64,
    pub(crate) waiting: Vec<Web>,
    pub(crate) waiting_bytes: usize,
}

impl Input {
    /// Reads all of `inputs`, no page longer than `limit` bytes. What `visitor` fetches it fetches `now` seconds after
    /// 1970.
    pub fn gather(inputs: &[String], limit: u64, visitor: &Visitor, now: i64) -> Input {
        let mut input = Input { limit, ..Input::default() };
        for given in inputs {
            if remote::is_address(given) {
                input.remote(given, visitor, now);
                continue;
            }
            for path in paths::expand(given) {
                match path {
                    Ok(path) if path == "-" => input.standard(),
                    Ok(path) => input.file(&path),
                    Err(problem) => input.problems.push(problem),
                }
            }
        }
        input.settle_ids();
        input
    }

    /// Reads what `bytes` holds, called `name`, whatever its length.
    pub fn of(name: &str, mut bytes: &[u8]) -> Input {
        let mut input = Input { limit: u64::MAX / 2, ..Input::default() };
        if let Err(error) = input.stream(name, &mut bytes) {
            input.problem(name, error.to_string(), "hand the pages in again");
        }
        input.settle_ids();
        input
    }

    fn standard(&mut self) {
        let mut reader = BufReader::new(io::stdin().lock());
        if let Err(error) = self.stream("stdin", &mut reader) {
            self.problem("stdin", error.to_string(), "hand the pages in again");
        }
    }

    fn file(&mut self, path: &str) {
        let mut read = || -> io::Result<()> {
            let mut file = File::open(path)?;
            let mut head = Vec::new();
            file.by_ref().take(4).read_to_end(&mut head)?;
            file.rewind()?;
            match sniff::is_zip(&head) {
                true => self.archive(path, BufReader::new(file)),
                false => self.stream(path, &mut BufReader::with_capacity(1 << 16, file)),
            }
        };
        match read() {
            Err(e) if e.kind() == io::ErrorKind::NotFound => self.problem(path, "no such file", "check the spelling"),
            Err(e) => self.problem(path, e.to_string(), "check that it can be read"),
            Ok(()) => {}
        }
    }

    pub(crate) fn archive(&mut self, path: &str, file: impl Read + Seek) -> io::Result<()> {
        let broken = |e: zip::result::ZipError| io::Error::other(format!("a zip archive that cannot be read ({e})"));
        let mut archive = zip::ZipArchive::new(file).map_err(broken)?;
        let mut names: Vec<(String, usize)> = Vec::new();
        for n in 0..archive.len() {
            let entry = archive.by_index_raw(n).map_err(broken)?;
            if entry.is_file() {
                names.push((entry.name().map_err(broken)?.into_owned(), n));
            }
        }
        names.sort();
        // A web archive collection (WACZ) has indexes and logs beside its archives.
        if names.iter().any(|(name, _)| name == "datapackage.json") {
            names.retain(|(name, _)| name.starts_with("archive/"));
        }
        for (name, n) in names {
            let entry = archive.by_index(n).map_err(broken)?;
            self.stream(&format!("{path}/{name}"), &mut BufReader::with_capacity(1 << 16, entry))?;
        }
        Ok(())
    }

    /// Reads one file's worth of bytes, whatever they are.
    pub(crate) fn stream(&mut self, name: &str, reader: &mut dyn BufRead) -> io::Result<()> {
        self.stream_within(name, reader, 0)
    }

    /// Reads what stands within `depth` archives.
    pub(crate) fn stream_within(&mut self, name: &str, reader: &mut dyn BufRead, depth: usize) -> io::Result<()> {
        let mut head = Vec::new();
        reader.take(sniff::HEAD as u64).read_to_end(&mut head)?;
        let kind = sniff::kind(&head);
        let mut reader = Cursor::new(head).chain(reader);
        match kind {
            Kind::Empty => self.problem(name, "an empty file", "hand in a file that holds text or JSON"),
            Kind::Lines => lines::read(self, name, &mut reader)?,
            Kind::Objects => json::objects(self, name, &mut reader)?,
            Kind::Array => json::array(self, name, &mut reader)?,
            Kind::Text => self.plain(name, &mut reader)?,
            Kind::Web => self.saved(name, &mut reader)?,
            Kind::Mail => {
                if let Some(bytes) = self.whole(name, &mut reader)? {
                    mail::read(self, name, &bytes);
                }
            }
            Kind::Feed => {
                if let Some(bytes) = self.whole(name, &mut reader)? {
                    self.feed(name, &bytes);
                }
            }
            Kind::Archive => warc::read(self, name, &mut reader)?,
            Kind::Gzip => self.compressed(name, Compression::Gzip, &mut reader, depth)?,
            Kind::Zstd => self.compressed(name, Compression::Zstd, &mut reader, depth)?,
            Kind::Refused { what, remedy } => self.problem(name, what, remedy),
        }
        Ok(())
    }

    /// A file that is one page of plain text.
    fn plain(&mut self, name: &str, reader: &mut dyn Read) -> io::Result<()> {
        let Some(bytes) = self.whole(name, reader)? else { return Ok(()) };
        let decoded = charset::decode(&bytes, None);
        let source = Source { id: name.to_owned(), sha256: hash([&*bytes]), ..Source::default() };
        let raw = (decoded.charset != "UTF-8").then(|| Raw::of_text(&bytes, &decoded));
        let page = Page { source, text: decoded.text.into_owned(), raw };
        self.page(name, page);
        Ok(())
    }

    /// A web page that was saved in a file.
    fn saved(&mut self, name: &str, reader: &mut dyn Read) -> io::Result<()> {
        let Some(bytes) = self.whole(name, reader)? else { return Ok(()) };
        self.web(name, Source { id: name.to_owned(), ..Source::default() }, bytes, None);
        Ok(())
    }

    /// All bytes of a page, unless they are more than the limit, which is reported.
    pub(crate) fn whole(&mut self, name: &str, reader: &mut dyn Read) -> io::Result<Option<Vec<u8>>> {
        let mut bytes = Vec::new();
        reader.take(self.limit + 1).read_to_end(&mut bytes)?;
        if bytes.len() as u64 > self.limit {
            self.too_long(name, None);
            return Ok(None);
        }
        Ok(Some(bytes))
    }

    pub(crate) fn page(&mut self, place: &str, page: Page) {
        if page.text.trim().is_empty() {
            self.problem(place, "a page without text", "leave it out, or hand in its text");
        } else {
            self.pages.push(page);
        }
    }

    /// `bytes`, which start at byte `offset` and on line `line` of `name`, as text.
    pub(crate) fn utf8<'b>(&mut self, name: &str, offset: u64, line: u64, bytes: &'b [u8]) -> Option<&'b str> {
        match std::str::from_utf8(bytes) {
            Ok(text) => Some(text),
            Err(error) => {
                let good = error.valid_up_to();
                let line = line + bytes[..good].iter().filter(|b| **b == b'\n').count() as u64;
                let byte = bytes.get(good).copied().unwrap_or_default();
                self.problem(
                    &format!("{name}:{line}"),
                    format!("no UTF-8 at byte {} (0x{byte:02x})", offset + good as u64),
                    format!("convert it, for example: iconv -f WINDOWS-1256 -t UTF-8 {name}"),
                );
                None
            }
        }
    }

    pub(crate) fn too_long(&mut self, place: &str, length: Option<u64>) {
        let what = match length {
            Some(n) => format!("a page of {n} bytes, and the limit is {}", self.limit),
            None => format!("a page of more than {} bytes, which is the limit", self.limit),
        };
        self.problem(place, what, "split it into its pages, or raise --max-page-bytes");
    }

    pub(crate) fn problem(&mut self, place: &str, what: impl Into<String>, remedy: impl Into<String>) {
        self.problems.push(Problem { place: place.to_owned(), what: what.into(), remedy: remedy.into() });
    }

    /// Gives every page an id of its own: the same page twice is one page, another page with the same id gets `~2`.
    pub(crate) fn settle_ids(&mut self) {
        self.open_waiting();
        // What was no article left its place empty.
        self.pages.retain(|page| !page.source.id.is_empty());
        let mut seen: FxHashMap<String, Vec<String>> = FxHashMap::default();
        let mut notes = Vec::new();
        self.pages.retain_mut(|page| {
            let hashes = seen.entry(page.source.id.clone()).or_default();
            if hashes.contains(&page.source.sha256) {
                notes.push(format!("{}: handed in twice, read once", page.source.id));
                return false;
            }
            hashes.push(page.source.sha256.clone());
            if hashes.len() > 1 {
                let id = format!("{}~{}", page.source.id, hashes.len());
                notes.push(format!("{}: another page has the same id; this one is called {id}", page.source.id));
                page.source.id = id;
            }
            true
        });
        self.notes.append(&mut notes);
    }
}

/// The name of the file at `path` as ids show it: relative as given, with `/` everywhere.
pub(crate) fn shown(path: &Path) -> String {
    path.to_string_lossy().replace('\\', "/")
}

/// Lower-case hexadecimal SHA-256.
pub fn hash<'b>(parts: impl IntoIterator<Item = &'b [u8]>) -> String {
    let hash = parts.into_iter().fold(Sha256::new(), |hash, part| hash.chain_update(part));
    hash.finalize().iter().map(|b| format!("{b:02x}")).collect()
}

#[cfg(test)]
#[path = "input_tests.rs"]
mod tests;
