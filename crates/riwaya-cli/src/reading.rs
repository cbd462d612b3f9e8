//! Reading at a terminal: how far it has come, what failed, and that a record was not read to its end.

use crate::output;
use indicatif::{ProgressBar, ProgressStyle};
use riwaya::{Packs, Reading};
use riwaya_input::Page;
use riwaya_query::account::{self, Account};
use riwaya_query::findings::{self, Findings};
use riwaya_store::Record;
use std::path::Path;

/// Reads `pages`, shows how far that has come, and says at which of them the program failed.
pub fn read_each(pages: Vec<Page>, packs: &Packs) -> (Vec<Reading>, Vec<String>) {
    let bar = progress(pages.iter().map(|p| p.text.len() as u64).sum());
    let (readings, faults) = account::read_each(pages, packs, &|bytes| bar.inc(bytes));
    bar.finish_and_clear();
    for id in &faults {
        output::say(&format!(
            "{id}: the program failed at this page, which is kept unread; please report it with the page"
        ));
    }
    (readings, faults)
}

/// Reads `pages` and weaves them.
pub fn read(pages: Vec<Page>, packs: &Packs) -> Account {
    account::weave_beside(read_each(pages, packs), &[], packs)
}

/// Reads the pages of a record again, under its corrections.
///
/// # Errors
/// Where the record cannot be opened or read.
pub fn of_record(path: &Path, packs: &Packs) -> anyhow::Result<Account> {
    corrected(&Record::open(path)?, packs)
}

/// The same of an open record.
///
/// # Errors
/// Where the record cannot be read.
pub fn corrected(record: &Record, packs: &Packs) -> anyhow::Result<Account> {
    let read = read_each(findings::stored(record)?, packs);
    Ok(account::weave_corrected(read, &record.corrections()?, packs)?)
}

/// Says which corrections could not be applied: what they are about is no longer there.
pub fn say_orphaned(account: &Account, path: &Path) {
    for applied in &account.woven.corrections {
        if let Some(why) = &applied.orphaned {
            output::say(&format!(
                "{}: correction {} is orphaned and was not applied: {why}; it is kept, and `riwaya corrections -r {0}` \
                 shows it",
                path.display(),
                applied.number
            ));
        }
    }
}

/// The lines of `kinds` in a record, as [`Findings::of_record`]; says where its pages were read for it.
///
/// # Errors
/// Where the record cannot be opened or read.
pub fn findings(path: &Path, kinds: &[&str]) -> anyhow::Result<Findings> {
    Ok(said(path, Findings::of_record(path, kinds)?))
}

/// What a summary needs, as [`Findings::in_short`].
///
/// # Errors
/// Where the record cannot be opened or read.
pub fn in_short(path: &Path) -> anyhow::Result<Findings> {
    Ok(said(path, Findings::in_short(path)?))
}

/// The line or the lines of the page `id`, as [`Findings::about`].
///
/// # Errors
/// Where the record cannot be opened or read.
pub fn about(path: &Path, id: &str) -> anyhow::Result<Findings> {
    Ok(said(path, Findings::about(path, id)?))
}

fn said(path: &Path, findings: Findings) -> Findings {
    if findings.read_now {
        output::say(&format!(
            "{}: an interrupted run left pages unread or corrections not carried out, or `riwaya watch` is about to read \
             them; they are read now, and kept so by `riwaya read INPUT -o {0}`",
            path.display()
        ));
    }
    findings
}

fn progress(bytes: u64) -> ProgressBar {
    let style = ProgressStyle::with_template("reading {bar:30} {bytes}/{total_bytes}  {bytes_per_sec}  {eta} left");
    // Drawn on standard error, and only where that is a terminal.
    ProgressBar::new(bytes).with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
}
