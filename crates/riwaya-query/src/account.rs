//! What do the pages tell, one by one and together? The engine, on all threads.

use crate::search::shadow::Folding;
use crate::{Error, correction, findings};
use rayon::prelude::*;
use riwaya::rows::Files;
use riwaya::weave::{self, Woven};
use riwaya::{Packs, Reading, contract};
use riwaya_input::Page;
use riwaya_store::{Corrected, Entry, Marks, Record};
use serde::Serialize;
use serde_json::Value;
use std::io::{self, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

/// Pages as read, and as woven.
#[derive(Default)]
pub struct Account {
    /// In the order of the pages.
    pub readings: Vec<Reading>,
    /// Over all of them.
    pub woven: Woven,
    /// The pages at which the program itself failed; they stay unread, and are not in an unknown language.
    pub faults: Vec<String>,
    /// The last entry of the log of corrections that was known; 0 where there was none.
    pub corrected: u32,
}

/// Language packs with a name for what they hold.
pub struct Reader {
    /// The packs.
    pub packs: Packs,
    /// Program version and a hash over the rows: findings made by another reader are made anew.
    pub name: String,
    /// The languages that they read.
    pub languages: Vec<String>,
    rows: Files,
}

impl Reader {
    /// Loads the packs for commands that take no `--langs`: those in the folder `RIWAYA_LANGS`, or the built-in ones.
    ///
    /// # Errors
    /// As [`Reader::load`].
    pub fn usual() -> Result<&'static Reader, riwaya::Error> {
        Reader::load(std::env::var_os("RIWAYA_LANGS").as_deref().map(Path::new))
    }

    /// Loads the packs below `dir`, or the built-in ones.
    ///
    /// # Errors
    /// Names file and line of the first row that cannot be read.
    pub fn load(dir: Option<&Path>) -> Result<&'static Reader, riwaya::Error> {
        let (files, packs) = match dir {
            Some(dir) => {
                let files = riwaya_langs::from_dir(dir)?;
                let packs = Packs::load(&files)?;
                (files, packs)
            }
            None => {
                let files = riwaya_langs::embedded();
                let packs = Packs::checked(&files)?;
                (files, packs)
            }
        };
        let texts = files.texts.iter().map(|(path, text)| (path, text.as_bytes()));
        let models = files.models.iter().map(|(path, bytes)| (path, bytes.as_ref()));
        let all = texts.chain(models).flat_map(|(path, bytes)| [path.as_bytes(), b"\0", bytes]);
        let name = format!("riwaya {} packs {}", env!("CARGO_PKG_VERSION"), &riwaya_input::hash(all)[..16]);
        let reader = Reader { packs, name, languages: files.languages(), rows: files };
        // A program loads its packs once and needs them to its end: giving back every word by itself would cost a tenth
        // of a start.
        Ok(Box::leak(Box::new(reader)))
    }

    /// The row that a rule such as `ar/time.tsv:14` names, its cells set apart by « · ».
    pub fn row(&self, rule: &str) -> Option<String> {
        let (file, line) = rule.rsplit_once(':')?;
        let row = self.rows.get(file)?.lines().nth(line.parse::<usize>().ok()?.checked_sub(1)?)?;
        Some(row.split('\t').map(str::trim).filter(|cell| !cell.is_empty()).collect::<Vec<_>>().join(" · "))
    }
}

/// Reads `pages` on the threads of the current pool, each for itself, and says at which of them the program failed.
/// `tick` is told the bytes of each page that was read.
pub fn read_each(pages: Vec<Page>, packs: &Packs, tick: &(dyn Fn(u64) + Sync)) -> (Vec<Reading>, Vec<String>) {
    let read: Vec<(Reading, bool)> = pages
        .into_par_iter()
        .map(|page| {
            let length = page.text.len() as u64;
            let reading = one(page, packs);
            tick(length);
            reading
        })
        .collect();
    let faults = read.iter().filter(|(_, fault)| *fault).map(|(r, _)| r.source.id.clone()).collect();
    (read.into_iter().map(|(reading, _)| reading).collect(), faults)
}

/// Reads all pages of `record` and weaves them under its corrections.
///
/// # Errors
/// Where the record cannot be read.
pub fn of_record(record: &Record, packs: &Packs, tick: &(dyn Fn(u64) + Sync)) -> Result<Account, Error> {
    weave_corrected(read_each(findings::stored(record)?, packs, tick), &record.corrections()?, packs)
}

/// Reads some pages of `record` and weaves them under those of its corrections that these pages suffice for.
///
/// # Errors
/// Where the record cannot be read.
pub fn of_part(record: &Record, pages: Vec<Page>, packs: &Packs) -> Result<Account, Error> {
    let log = record.corrections()?;
    let mut read = read_each(pages, packs, &|_| ());
    weave::correct_pages(&mut read.0, packs, &correction::in_force(&log)?);
    weave_corrected(read, &log, packs)
}

/// Weaves pages that were read, under the corrections of `log` that are in force.
///
/// # Errors
/// Names an entry that cannot be read.
pub fn weave_corrected(read: (Vec<Reading>, Vec<String>), log: &[Entry], packs: &Packs) -> Result<Account, Error> {
    let (mut readings, faults) = read;
    let woven = weave::weave_corrected(&mut readings, packs, &correction::in_force(log)?);
    Ok(Account { readings, woven, faults, corrected: log.last().map_or(0, |entry| entry.n) })
}

/// Weaves pages that were read; `held` as in [`weave::weave_beside`].
pub fn weave_beside(read: (Vec<Reading>, Vec<String>), held: &[Option<usize>], packs: &Packs) -> Account {
    let (mut readings, faults) = read;
    let woven = weave::weave_beside(&mut readings, packs, held);
    Account { readings, woven, faults, corrected: 0 }
}

/// Reads one page, and says whether that failed. Reading never fails; should it nevertheless, all other pages are read.
fn one(page: Page, packs: &Packs) -> (Reading, bool) {
    let Page { source, text, .. } = page;
    match catch_unwind(AssertUnwindSafe(|| riwaya::read(source.clone(), text.clone(), packs, None))) {
        Ok(reading) => (reading, false),
        Err(_) => (riwaya::read(source, text, &Packs::default(), None), true),
    }
}

impl Account {
    /// The lines of the contract, in order, each ended by a line feed.
    ///
    /// # Errors
    /// Where `out` cannot be written to.
    pub fn write(&self, packs: &Packs, out: &mut dyn Write) -> io::Result<()> {
        const BATCH: usize = 64;
        let pages: Vec<(usize, &Reading)> = self.readings.iter().enumerate().collect();
        for batch in pages.chunks(BATCH) {
            let printed: Vec<Vec<u8>> =
                batch.par_iter().map(|(n, reading)| json(&contract::page_lines(*n, reading, &self.woven))).collect();
            printed.iter().try_for_each(|lines| out.write_all(lines))?;
        }
        // What is woven of a pile in which much is told twice is longer than the pages: it never stands in memory whole.
        contract::woven_lines(&self.readings, packs, &self.woven)
            .chunks(BATCH)
            .try_for_each(|c| out.write_all(&json(c)))
    }

    /// What each page is found again by.
    pub fn marks(&self, packs: &Packs) -> Vec<Marks> {
        self.readings.par_iter().map(|r| (r.source.id.clone(), weave::marks(r, packs))).collect()
    }

    /// The lines of the contract, one string each.
    pub fn lines(&self, packs: &Packs) -> impl Iterator<Item = String> {
        let pages = self.readings.iter().enumerate();
        pages
            .flat_map(|(n, reading)| contract::page_lines(n, reading, &self.woven))
            .chain(contract::woven_lines(&self.readings, packs, &self.woven))
            .filter_map(|line| serde_json::to_string(&line).ok())
    }

    /// What corrections did.
    fn corrected(&self) -> Corrected {
        let id = |page: &usize| self.readings[*page].source.id.clone();
        let applied = self.woven.corrections.iter();
        let applied = applied.map(|a| (a.number, a.pages.iter().map(id).collect(), a.orphaned.clone())).collect();
        Corrected { last: self.corrected, applied }
    }

    /// Makes this, read from all its pages, the findings of `record`.
    ///
    /// # Errors
    /// Where the record cannot be written; then its former findings stay.
    pub fn keep(&self, record: &mut Record, reader: &Reader) -> Result<(), Error> {
        let (lines, marks) = (self.lines(&reader.packs), self.marks(&reader.packs));
        let mut folding = Folding::of(reader)?;
        let shadow = &mut |line: &Value| folding.words(line);
        Ok(record.replace_findings(lines, &marks, shadow, &reader.name, &self.corrected())?)
    }

    /// The ids of pages in a language that no pack reads.
    pub fn unread(&self) -> Vec<&str> {
        let unread = self.readings.iter().filter(|r| r.lang.is_none()).map(|r| r.source.id.as_str());
        unread.filter(|id| !self.faults.iter().any(|fault| fault == id)).collect()
    }
}

fn json<T: Serialize>(lines: &[T]) -> Vec<u8> {
    let mut out = Vec::new();
    for line in lines {
        // A line of the contract always serialises: its maps have string keys and its numbers are whole or finite.
        if serde_json::to_writer(&mut out, line).is_ok() {
            out.push(b'\n');
        }
    }
    out
}
