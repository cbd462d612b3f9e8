//! One JSON object a line.

use crate::input::{Input, hash};
use crate::json;
use std::io::{self, BufRead};

/// Reads `reader` line by line; a line that cannot be read is reported and the next one is read.
pub fn read(input: &mut Input, name: &str, reader: &mut dyn BufRead) -> io::Result<()> {
    let (mut offset, mut number) = (0, 0);
    let mut line = Vec::new();
    loop {
        number += 1;
        let length = next(reader, &mut line, input.limit)?;
        if length == 0 {
            return Ok(());
        }
        let place = format!("{name}:{number}");
        if length > input.limit + 2 {
            input.too_long(&place, Some(length));
        } else {
            one(input, name, offset, number, line.trim_ascii());
        }
        offset += length;
    }
}

fn one(input: &mut Input, name: &str, offset: u64, number: u64, bytes: &[u8]) {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    if bytes.is_empty() {
        return;
    }
    let Some(text) = input.utf8(name, offset, number, bytes) else { return };
    let place = format!("{name}:{number}");
    match serde_json::from_str(text) {
        Ok(fields) => json::page(input, &place, &format!("{name}#{number}"), hash([bytes]), fields),
        Err(error) => json::broken(input, &format!("{place}:{}", error.column()), &error),
    }
}

/// Reads up to and with the next line feed and returns the length; of a line longer than `limit` only the length.
fn next(reader: &mut dyn BufRead, line: &mut Vec<u8>, limit: u64) -> io::Result<u64> {
    line.clear();
    let mut length = 0;
    loop {
        let buffer = match reader.fill_buf() {
            Ok(buffer) => buffer,
            Err(e) if e.kind() == io::ErrorKind::Interrupted => continue,
            Err(e) => return Err(e),
        };
        let end = buffer.iter().position(|b| *b == b'\n').map(|at| at + 1);
        let part = &buffer[..end.unwrap_or(buffer.len())];
        length += part.len() as u64;
        if length <= limit + 2 {
            line.extend_from_slice(part);
        } else {
            line.clear();
        }
        let used = part.len();
        reader.consume(used);
        if end.is_some() || used == 0 {
            return Ok(length);
        }
    }
}
