//! `riwaya ledger`: what was announced, every announcement of it, and what became of it.

use super::print;
use crate::End;
use crate::args::{LedgerArgs, LedgerFormat, ListFormat};
use crate::output::{self, Out, Style, written};
use crate::reading;
use riwaya_query::account::Reader;
use riwaya_query::filter::{self, Fold, Pages};
use riwaya_query::findings::{Findings, texts};
use riwaya_query::ledger::{Entry, MoveWords, entries, ics, line, table};
use riwaya_query::quoting::Quoting;
use serde_json::Value;
use std::path::Path;

/// The kinds of lines that a ledger is made of.
pub const KINDS: [&str; 4] = ["event", "entity", "story", "article"];

/// Lists announced contacts.
///
/// # Errors
/// Where the record cannot be read or standard output not be written to.
pub fn run(args: LedgerArgs) -> anyhow::Result<End> {
    let findings = reading::findings(&args.record, &KINDS)?;
    let fold = Fold::load()?;
    let asked = args.pages.filter();
    let pages = Pages::of(&findings, &asked, &fold);
    let parties = args.party.as_deref().map(|wanted| filter::entities(&findings, wanted, &fold));
    let quoting = Quoting::new(&findings, Reader::usual()?);
    let mut found = entries(&findings, &quoting, &MoveWords::load()?, args.as_of.as_deref());
    found.retain(|e| {
        pages.any(e.reports.iter().map(|r| r.quote.article.as_str()))
            && pages.is_in_time(e.when)
            && args.outcome.as_deref().is_none_or(|o| e.outcome.as_str() == o)
            && parties.as_ref().is_none_or(|wanted| texts(&e.event["participants"]).any(|p| wanted.contains(p)))
    });
    let format = match args.format {
        LedgerFormat::Ics => {
            let mut out = Out::open();
            written(out.writer().write_all(calendar(&findings, &found).as_bytes()))?;
            out.finish()?;
            return Ok(if found.is_empty() { End::Nothing } else { End::Found });
        }
        LedgerFormat::Table => ListFormat::Table,
        LedgerFormat::Json => ListFormat::Json,
        LedgerFormat::Jsonl => ListFormat::Jsonl,
        LedgerFormat::Csv => ListFormat::Csv,
        LedgerFormat::Md => ListFormat::Md,
    };
    let lines: Vec<Value> = found.iter().map(line).collect();
    let lines: Vec<&Value> = lines.iter().collect();
    let table = table(&findings, &lines);
    let all = args.all || Style::of_stdout().width.is_none();
    print(format, if all { usize::MAX } else { args.limit }, &lines, &table, &table)
}

/// The calendar of all that a record has announced.
///
/// # Errors
/// Where the record cannot be read.
pub fn calendar_of(record: &Path) -> anyhow::Result<String> {
    let findings = reading::findings(record, &KINDS)?;
    let quoting = Quoting::new(&findings, Reader::usual()?);
    let found = entries(&findings, &quoting, &MoveWords::load()?, None);
    Ok(calendar(&findings, &found))
}

fn calendar(findings: &Findings, entries: &[Entry<'_>]) -> String {
    let (calendar, without) = ics(findings, entries);
    if without > 0 {
        output::say(&format!("{without} announced without a day are not in the calendar; `riwaya ledger` lists them"));
    }
    calendar
}
