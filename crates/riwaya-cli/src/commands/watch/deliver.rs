//! Who takes the lines? Standard output, files and servers; a line leaves the outbox after it was taken.

use super::config::To;
use super::pace;
use crate::output::{self, written};
use riwaya_input::fetch::Visitor;
use riwaya_store::{Record, Waiting};
use rustc_hash::FxHashSet;
use std::fs::{File, OpenOptions};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::Path;
use std::time::Duration;

/// Lines that are handed on before the outbox is told.
const BATCH: usize = 256;
/// The longest that a server may take for a line.
const TIME: Duration = Duration::from_secs(10);

/// Hands lines on.
#[derive(Debug, Default)]
pub struct Carrier {
    /// Files whose end was compared with the outbox: from then on both agree.
    mended: FxHashSet<String>,
}

impl Carrier {
    /// Hands on all lines whose time it is; what is not taken stays for later, and all that goes the same way behind it.
    /// False where something was not taken.
    ///
    /// # Errors
    /// Where the record or standard output fail.
    pub fn carry(&mut self, record: &mut Record, visitor: &Visitor, now: i64) -> anyhow::Result<bool> {
        let mut all = true;
        for target in record.targets(now)? {
            loop {
                let waiting = record.waiting(&target, BATCH)?;
                if waiting.is_empty() {
                    break;
                }
                let taken = self.hand_on(record, &target, &waiting, visitor)?;
                if let Err(what) = taken {
                    let wait = pace::back_off(&target, waiting[0].tries + 1);
                    output::say(&format!("{target}: {what}; its lines are kept, tried again in {}", pace::shown(wait)));
                    record.not_handed_on(&target, now + wait)?;
                    all = false;
                    break;
                }
            }
        }
        Ok(all)
    }

    fn hand_on(
        &mut self,
        record: &mut Record,
        target: &str,
        waiting: &[Waiting],
        visitor: &Visitor,
    ) -> anyhow::Result<Result<(), String>> {
        match To::of_target(target) {
            Some(To::Stdout) => {
                written(print(waiting))?;
                record.handed_on(waiting)?;
            }
            Some(To::File(path)) => {
                let is_first = self.mended.insert(target.to_owned());
                if let Err(error) = append(&path, waiting, is_first) {
                    self.mended.remove(target);
                    return Ok(Err(error.to_string()));
                }
                record.handed_on(waiting)?;
            }
            Some(To::Webhook(url)) => {
                for line in waiting {
                    if let Err(failure) = visitor.client().post(&url, &line.line, TIME) {
                        return Ok(Err(failure.to_string()));
                    }
                    record.handed_on(std::slice::from_ref(line))?;
                }
            }
            None => return Ok(Err("a target that this program does not know".to_owned())),
        }
        Ok(Ok(()))
    }
}

fn print(waiting: &[Waiting]) -> io::Result<()> {
    let mut out = io::stdout().lock();
    waiting.iter().try_for_each(|w| writeln!(out, "{}", w.line))?;
    out.flush()
}

/// Puts lines at the end of a file. A program that was killed may have written some of them already, the last one in
/// part: `is_first` looks for them, so that every line stands there once.
fn append(path: &Path, waiting: &[Waiting], is_first: bool) -> io::Result<()> {
    let mut file = OpenOptions::new().read(true).append(true).create(true).open(path)?;
    let missing = if is_first { mend(&mut file, waiting)? } else { waiting.iter().collect() };
    let lines: String = missing.iter().flat_map(|w| [w.line.as_str(), "\n"]).collect();
    file.write_all(lines.as_bytes())?;
    file.sync_data()
}

/// Cuts off a line that was written in part, ends one of somebody else's, and says which lines do not stand there yet.
fn mend<'w>(file: &mut File, waiting: &'w [Waiting]) -> io::Result<Vec<&'w Waiting>> {
    let length = file.metadata()?.len();
    let most: u64 = waiting.iter().map(|w| w.line.len() as u64 + 1).sum();
    let mut tail = Vec::new();
    file.seek(SeekFrom::Start(length.saturating_sub(most)))?;
    file.read_to_end(&mut tail)?;
    let whole = tail.iter().rposition(|b| *b == b'\n').map_or(0, |at| at + 1);
    let (lines, part) = tail.split_at(whole);
    if !part.is_empty() {
        match waiting.iter().any(|w| w.line.as_bytes().starts_with(part)) {
            true => file.set_len(length - part.len() as u64)?,
            false => file.write_all(b"\n")?,
        }
    }
    let there: FxHashSet<&[u8]> = lines.split(|b| *b == b'\n').collect();
    Ok(waiting.iter().filter(|w| !there.contains(w.line.as_bytes())).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    #[test]
    fn a_file_that_was_left_in_the_middle_holds_every_line_once() {
        let path = std::env::temp_dir().join(format!("riwaya-deliver-{}", std::process::id()));
        let waiting = ["{\"id\":1}", "{\"id\":2}", "{\"id\":3}"];
        let waiting: Vec<Waiting> =
            (1..).zip(waiting).map(|(n, line)| Waiting { n, line: line.to_owned(), tries: 0 }).collect();
        let all = "{\"id\":1}\n{\"id\":2}\n{\"id\":3}\n";
        for (before, after) in [
            ("", all.to_owned()),
            ("{\"id\":0}\n", format!("{{\"id\":0}}\n{all}")),
            ("{\"id\":0}\n{\"id\":1}\n{\"id\":2}\n{\"i", format!("{{\"id\":0}}\n{all}")),
            ("{\"id\":1}\n{\"id\":2}\n{\"id\":3}\n", all.to_owned()),
            ("a note of somebody else", format!("a note of somebody else\n{all}")),
        ] {
            fs::write(&path, before).expect("written");
            append(&path, &waiting, true).expect("appended");
            assert_eq!(fs::read_to_string(&path).expect("read"), after, "{before}");
        }
        let _ = fs::remove_file(&path);
    }
}
