//! `riwaya ledger`: what was announced, every announcement of it, and what became of it.

use super::print;
use crate::End;
use crate::args::{LedgerArgs, LedgerFormat, ListFormat};
use crate::output::{self, Out, Style, written};
use crate::reading;
use riwaya_query::Table;
use riwaya_query::account::Reader;
use riwaya_query::filter::{self, Fold, Pages};
use riwaya_query::findings::{Findings, shown, texts};
use riwaya_query::ics::{Event, calendar};
use riwaya_query::ledger::{Entry, MoveWords, Outcome, Report, entries};
use riwaya_query::quoting::Quoting;
use serde_json::{Value, json};
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
            written(out.writer().write_all(ics(&findings, &found).as_bytes()))?;
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
    let table = table(&findings, &found);
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
    Ok(ics(&findings, &found))
}

fn ics(findings: &Findings, entries: &[Entry<'_>]) -> String {
    let events: Vec<Event> = entries.iter().map(|e| event(findings, e)).collect();
    let (calendar, without) = calendar(&events);
    if without > 0 {
        output::say(&format!("{without} announced without a day are not in the calendar; `riwaya ledger` lists them"));
    }
    calendar
}

fn event(findings: &Findings, entry: &Entry<'_>) -> Event {
    let line = entry.event;
    let latest = entry.reports.iter().filter_map(|r| r.published).max();
    let statuses = entry.reports.windows(2).filter(|r| r[0].status != r[1].status || r[0].when != r[1].when).count();
    let proposed = entry.reports.last().is_some_and(|r| r.status == "proposed");
    let told = |r: &Report<'_>| {
        let by = r.by.map_or(String::new(), |by| format!(", {}", findings.name(by)));
        format!("{} {}{by}: «{}» ({})", r.published.unwrap_or("undated"), r.status, r.quote.text, r.quote.place())
    };
    let article = entry.reports.first().and_then(|r| findings.article(&r.quote.article));
    Event {
        uid: format!("{}@riwaya", entry.uid),
        stamp: latest.unwrap_or_default().to_owned(),
        when: entry.when.unwrap_or_default().to_owned(),
        sequence: statuses,
        status: match entry.outcome {
            Outcome::Cancelled | Outcome::Denied => "CANCELLED",
            Outcome::Expected | Outcome::Moved | Outcome::NothingHeard if proposed => "TENTATIVE",
            _ => "CONFIRMED",
        },
        summary: format!("{}: {}", shown(&line["type"]).replace('_', " "), findings.names(&line["participants"])),
        description: entry.reports.iter().map(told).collect::<Vec<_>>().join("\n"),
        location: line["where"].as_str().map(|w| findings.name(w).to_owned()),
        url: article.and_then(|a| a["url"].as_str()).map(str::to_owned),
    }
}

/// An entry as a line of the contract.
pub fn line(entry: &Entry<'_>) -> Value {
    let report = |r: &Report<'_>| {
        json!({
            "status": r.status,
            "when": r.when,
            "published": r.published,
            "by": r.by,
            "article": r.quote.article,
            "start": r.quote.start,
            "end": r.quote.end,
            "text": r.quote.text,
        })
    };
    json!({
        "kind": "announced",
        "event": entry.event["id"],
        "type": entry.event["type"],
        "participants": entry.event["participants"],
        "where": entry.event["where"],
        "when": entry.when,
        "days": entry.days,
        "outcome": entry.outcome.as_str(),
        "story": entry.event["story"],
        "reports": entry.reports.iter().map(report).collect::<Vec<_>>(),
    })
}

fn table(findings: &Findings, entries: &[Entry<'_>]) -> Table {
    let mut table = Table::new(&["when", "outcome", "contact", "parties", "pages", "days", "event", "words"]);
    for entry in entries {
        let last = entry.reports.last();
        table.row(vec![
            entry.when.unwrap_or_default().to_owned(),
            entry.outcome.as_str().replace('_', " "),
            shown(&entry.event["type"]).replace('_', " "),
            findings.names(&entry.event["participants"]),
            entry.reports.len().to_string(),
            entry.days.join(" → "),
            shown(&entry.event["id"]),
            last.map_or(String::new(), |r| r.quote.text.clone()),
        ]);
    }
    table
}
