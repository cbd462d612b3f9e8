//! gzip and zstd, of any number of members, with a limit on how much a few bytes may become.

use crate::input::Input;
use flate2::bufread::MultiGzDecoder;
use ruzstd::decoding::StreamingDecoder;
use std::cell::Cell;
use std::io::{self, BufRead, BufReader, Read};
use std::rc::Rc;

/// How a stream is compressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Compression {
    Gzip,
    Zstd,
}

/// Text shrinks to a tenth, a table of the same row to a hundredth; this much only what is made to do harm.
const RATIO: u64 = 400;
/// Below this nobody counts.
const FREE: u64 = 64 << 20;
/// Archives in archives beyond this are no accident.
const DEEPEST: usize = 3;

impl Input {
    /// Reads what is compressed in `reader`, whatever it is.
    pub(crate) fn compressed(
        &mut self,
        name: &str,
        how: Compression,
        reader: &mut dyn BufRead,
        depth: usize,
    ) -> io::Result<()> {
        if depth >= DEEPEST {
            let remedy = "unpack it and hand in what it holds";
            self.problem(name, "an archive in an archive in an archive", remedy);
            return Ok(());
        }
        let read = Rc::new(Cell::new(0));
        let counted = BufReader::with_capacity(1 << 16, Counted { reader, count: Rc::clone(&read) });
        match how {
            Compression::Gzip => self.unpacked(name, MultiGzDecoder::new(counted), read, depth),
            Compression::Zstd => self.unpacked(name, Frames::new(counted), read, depth),
        }
    }

    fn unpacked(&mut self, name: &str, inner: impl Read, read: Rc<Cell<u64>>, depth: usize) -> io::Result<()> {
        let mut whole = BufReader::with_capacity(1 << 16, Limited { inner, read, written: 0, free: FREE });
        let Err(error) = self.stream_within(name, &mut whole, depth + 1) else { return Ok(()) };
        // What was read before the break is kept.
        self.problem(name, format!("an archive that breaks off ({error})"), "fetch or write the file again");
        Ok(())
    }
}

/// What is gzipped in `reader`; fails where more than `free` bytes come out of very few.
pub(crate) fn gunzipped(reader: impl Read, free: u64) -> impl Read {
    let read = Rc::new(Cell::new(0));
    let counted = BufReader::with_capacity(1 << 15, Counted { reader, count: Rc::clone(&read) });
    Limited { inner: MultiGzDecoder::new(counted), read, written: 0, free }
}

/// Counts what is read.
struct Counted<R> {
    reader: R,
    count: Rc<Cell<u64>>,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let length = self.reader.read(buffer)?;
        self.count.set(self.count.get() + length as u64);
        Ok(length)
    }
}

/// Fails where a little becomes very much.
struct Limited<R> {
    inner: R,
    read: Rc<Cell<u64>>,
    written: u64,
    free: u64,
}

impl<R: Read> Read for Limited<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let length = self.inner.read(buffer)?;
        self.written += length as u64;
        if self.written > self.free && self.written / RATIO > self.read.get() {
            return Err(io::Error::other(format!("{RATIO} times its size and more, as only traps are")));
        }
        Ok(length)
    }
}

/// The frames of a zstd stream, one after another: web archives have one a record.
struct Frames<R: Read> {
    reader: Option<R>,
    frame: Option<StreamingDecoder<R, ruzstd::decoding::FrameDecoder>>,
}

impl<R: Read> Frames<R> {
    fn new(reader: R) -> Frames<R> {
        Frames { reader: Some(reader), frame: None }
    }
}

impl<R: BufRead> Read for Frames<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            if let Some(frame) = &mut self.frame {
                let length = frame.read(buffer)?;
                if length > 0 || buffer.is_empty() {
                    return Ok(length);
                }
            }
            if let Some(done) = self.frame.take() {
                self.reader = Some(done.into_inner());
            }
            let Some(mut reader) = self.reader.take() else { return Ok(0) };
            if reader.fill_buf()?.is_empty() {
                return Ok(0);
            }
            self.frame = Some(StreamingDecoder::new(reader).map_err(io::Error::other)?);
        }
    }
}
