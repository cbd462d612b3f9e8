//! Web archives (WARC 1.0 and 1.1): the pages among what a crawler saved.
//!
//! Records are read one after another from any stream, so archives larger than memory and archives on standard input
//! are no matter. Responses with mark-up, and resources of it, are pages; requests, revisits, images are not.

use crate::input::Input;
use riwaya::page::Source;
use std::io::{self, BufRead, Read};

/// Bytes of a header that anybody writes.
const LONGEST_HEADER: usize = 64 << 10;

/// Reads all records; what is no page is passed over.
pub(crate) fn read(input: &mut Input, name: &str, reader: &mut dyn BufRead) -> io::Result<()> {
    let (mut records, mut pages) = (0, 0);
    loop {
        let Some(header) = header(reader, "WARC/")? else { break };
        records += 1;
        let Some(length) = header.get("content-length").and_then(|l| l.parse::<u64>().ok()) else {
            let place = format!("{name}, record {records}");
            input.problem(&place, "no length, so nobody knows where the next one begins", "write the archive again");
            return Ok(());
        };
        let mut block = io::BufReader::with_capacity(1 << 16, (&mut *reader).take(length));
        pages += usize::from(record(input, name, records, &header, &mut block)?);
        let left = io::copy(&mut block, &mut io::sink());
        left?;
    }
    if pages == 0 {
        input.problem(
            name,
            format!("an archive of {records} records without a web page"),
            "hand in one that has pages",
        );
    }
    Ok(())
}

/// One record. True where it holds a page.
fn record(input: &mut Input, name: &str, n: usize, header: &Header, block: &mut dyn BufRead) -> io::Result<bool> {
    let kind = header.get("warc-type").unwrap_or_default();
    let http = match (kind, header.get("content-type").unwrap_or_default()) {
        ("response", content) if content.starts_with("application/http") => {
            let Some(http) = self::header(block, "HTTP/")? else { return Ok(false) };
            let status = http.first.split(' ').nth(1).unwrap_or_default();
            if !status.starts_with('2') {
                return Ok(false);
            }
            Some(http)
        }
        ("resource" | "conversion", _) => None,
        _ => return Ok(false),
    };
    let content = http.as_ref().unwrap_or(header).get("content-type").unwrap_or_default();
    let (kind, charset) = content_type(content);
    if !matches!(kind.as_str(), "text/html" | "application/xhtml+xml") {
        return Ok(false);
    }
    let place = format!("{name}, record {n}");
    let Some(bytes) = body(input, &place, http.as_ref(), block)? else { return Ok(true) };
    let url = header.get("warc-target-uri").map(|u| u.trim_matches(['<', '>']).to_owned());
    let source = Source { id: url.clone().unwrap_or_else(|| place.clone()), url, ..Source::default() };
    input.web(&place, source, bytes, charset);
    Ok(true)
}

/// The bytes of a page, as they were before they were sent; none where they are too many or broken, which is reported.
fn body(input: &mut Input, place: &str, http: Option<&Header>, block: &mut dyn BufRead) -> io::Result<Option<Vec<u8>>> {
    let of = |name: &str| http.and_then(|h| h.get(name)).unwrap_or_default().to_ascii_lowercase();
    let mut unchunked;
    let sent: &mut dyn BufRead = match of("transfer-encoding").contains("chunked") {
        true => {
            unchunked = io::BufReader::new(Chunks { reader: block, left: Left::Unknown });
            &mut unchunked
        }
        false => block,
    };
    let read = |reader: &mut dyn Read| -> io::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        reader.take(input.limit + 1).read_to_end(&mut bytes)?;
        Ok(bytes)
    };
    // Many crawlers store what they have unpacked and keep the header that says otherwise.
    let is_gzip = sent.fill_buf()?.starts_with(b"\x1f\x8b");
    let bytes = match of("content-encoding").trim() {
        "gzip" | "x-gzip" if is_gzip => read(&mut flate2::bufread::MultiGzDecoder::new(sent)),
        "br" if !looks_like_text(sent.fill_buf()?) => read(&mut brotli_decompressor::Decompressor::new(sent, 4096)),
        "deflate" if !looks_like_text(sent.fill_buf()?) => read(&mut flate2::bufread::ZlibDecoder::new(sent)),
        _ => read(sent),
    };
    match bytes {
        Ok(bytes) if bytes.len() as u64 > input.limit => input.too_long(place, None),
        Ok(bytes) => return Ok(Some(bytes)),
        Err(error) => input.problem(place, format!("a page that cannot be unpacked ({error})"), "fetch it again"),
    }
    Ok(None)
}

fn looks_like_text(head: &[u8]) -> bool {
    head.trim_ascii_start().starts_with(b"<")
}

/// The type in small letters and the charset of «text/html; charset=windows-1256».
pub(crate) fn content_type(value: &str) -> (String, Option<String>) {
    let mut parts = value.split(';');
    let kind = parts.next().unwrap_or_default().trim().to_ascii_lowercase();
    let charset = parts.find_map(|part| {
        let (name, value) = part.split_once('=')?;
        let is_charset = name.trim().eq_ignore_ascii_case("charset");
        is_charset.then(|| value.trim().trim_matches(['"', '\'']).to_owned())
    });
    (kind, charset)
}

/// A first line and named values, of WARC or HTTP.
struct Header {
    first: String,
    values: Vec<(String, String)>,
}

impl Header {
    fn get(&self, name: &str) -> Option<&str> {
        self.values.iter().find(|(n, _)| n == name).map(|(_, value)| value.as_str())
    }
}

/// Reads a header that begins with `signature`, blank lines in front of it passed over; none at the end of the stream.
fn header(reader: &mut dyn BufRead, signature: &str) -> io::Result<Option<Header>> {
    let mut line = Vec::new();
    let mut size = 0;
    let mut next = |line: &mut Vec<u8>| -> io::Result<bool> {
        line.clear();
        let room = (LONGEST_HEADER - size) as u64;
        size += (&mut *reader).take(room).read_until(b'\n', line)?;
        if size >= LONGEST_HEADER {
            return Err(io::Error::other("a header of more than 64 KiB"));
        }
        Ok(!line.is_empty())
    };
    let first = loop {
        if !next(&mut line)? {
            return Ok(None);
        }
        let text = String::from_utf8_lossy(&line).trim().to_owned();
        if !text.is_empty() {
            break text;
        }
    };
    if !first.starts_with(signature) {
        return Err(io::Error::other(format!("no record where one must begin: «{first:.40}»")));
    }
    let mut values: Vec<(String, String)> = Vec::new();
    while next(&mut line)? {
        let text = String::from_utf8_lossy(&line);
        let is_folded = text.starts_with([' ', '\t']);
        let text = text.trim();
        match (text.split_once(':'), values.last_mut()) {
            _ if text.is_empty() => break,
            (_, Some((_, last))) if is_folded => {
                last.push(' ');
                last.push_str(text);
            }
            (Some((name, value)), _) => values.push((name.trim().to_ascii_lowercase(), value.trim().to_owned())),
            _ => {}
        }
    }
    Ok(Some(Header { first, values }))
}

/// A body that was sent in chunks, put together again. A crawler that has done so already leaves no chunk sizes, and
/// then all is as it should be.
struct Chunks<'r> {
    reader: &'r mut dyn BufRead,
    left: Left,
}

enum Left {
    Unknown,
    Chunk(u64),
    Whole,
    Nothing,
}

impl Read for Chunks<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            match self.left {
                Left::Nothing => return Ok(0),
                Left::Whole => return self.reader.read(buffer),
                Left::Chunk(0) => {
                    let mut end = [0; 2];
                    self.reader.read_exact(&mut end)?;
                    self.left = self.size()?.map_or(Left::Nothing, Left::Chunk);
                }
                Left::Chunk(left) => {
                    let most = buffer.len().min(usize::try_from(left).unwrap_or(usize::MAX));
                    let length = self.reader.read(&mut buffer[..most])?;
                    self.left = if length == 0 { Left::Nothing } else { Left::Chunk(left - length as u64) };
                    return Ok(length);
                }
                Left::Unknown => {
                    let head = self.reader.fill_buf()?;
                    let end = head.iter().take(20).position(|b| *b == b'\n');
                    let is_size = end.is_some_and(|end| size_of(&head[..end]).is_some());
                    self.left = if is_size { self.size()?.map_or(Left::Nothing, Left::Chunk) } else { Left::Whole };
                }
            }
        }
    }
}

impl Chunks<'_> {
    /// The size of the next chunk; none where that was the last.
    fn size(&mut self) -> io::Result<Option<u64>> {
        let mut line = Vec::new();
        (&mut *self.reader).take(1024).read_until(b'\n', &mut line)?;
        Ok(size_of(&line).filter(|size| *size > 0))
    }
}

fn size_of(line: &[u8]) -> Option<u64> {
    let text = std::str::from_utf8(line).ok()?.split(';').next()?.trim();
    u64::from_str_radix(text, 16).ok()
}
