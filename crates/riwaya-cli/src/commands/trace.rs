//! `riwaya trace`: through whom words came, and who else carries them.

use crate::End;
use crate::args::{ListFormat, TraceArgs};
use crate::output::table::wrapped;
use crate::output::{self, Out, written};
use crate::reading;
use riwaya::weave::Trace;
use riwaya::weave::trace::{Quarry, trace};
use riwaya_query::account::{Account, Reader};
use riwaya_query::one_line;
use riwaya_query::trace::{Traced, in_record, lines, source, statement, statement_of, table, words_in_record};
use riwaya_store::Record;
use serde_json::Value;

/// Traces what `args` names.
///
/// # Errors
/// Where the record cannot be read or standard output not be written to.
pub fn run(args: TraceArgs) -> anyhow::Result<End> {
    let reader = Reader::usual()?;
    let record = Record::open(&args.from.record)?;
    let Traced { account, traces, passed_over } = traced(&record, &args, reader)?;
    if passed_over > 0 {
        output::say(&format!("{passed_over} more pages share fewer of the words and were not looked at"));
    }
    if traces.is_empty() {
        output::say(&format!("{}: no page carries these words, and no statement has this id", args.quarry));
    }
    let mut out = Out::open();
    let sources = || traces.iter().map(|t| source(t, &account, &record)).collect::<Result<Vec<_>, _>>();
    match args.from.format {
        ListFormat::Table => {
            let sources = if args.markup { sources()? } else { Vec::new() };
            for (n, trace) in traces.iter().enumerate() {
                show(n, trace, &account, &mut out)?;
                show_source(sources.get(n), &mut out)?;
            }
        }
        ListFormat::Json => out.json(&lines(&traces, &account, sources()?))?,
        ListFormat::Jsonl => out.jsonl(&lines(&traces, &account, sources()?))?,
        ListFormat::Csv => written(table(&traces, &account).csv(out.writer()))?,
        ListFormat::Md => written(table(&traces, &account).markdown(out.writer()))?,
    }
    out.finish()?;
    Ok(if traces.is_empty() { End::Nothing } else { End::Found })
}

/// The index of words proposes pages; a record without one is read as a whole.
fn traced(record: &Record, args: &TraceArgs, reader: &Reader) -> anyhow::Result<Traced> {
    if record.is_searchable()? {
        return Ok(match in_record(record, &args.quarry, reader)? {
            Some(traced) => traced,
            None => words_in_record(record, &args.quarry, reader)?,
        });
    }
    let account = reading::corrected(record, &reader.packs)?;
    let quarry = statement(&account, &args.quarry).unwrap_or_else(|| Quarry::Words(args.quarry.clone()));
    let traces = trace(&quarry, &account.readings, &reader.packs, &account.woven);
    Ok(Traced { account, traces, passed_over: 0 })
}

fn show(n: usize, trace: &Trace, account: &Account, out: &mut Out) -> anyhow::Result<()> {
    const INDENT: usize = 4;
    let style = out.style;
    let reading = &account.readings[trace.page];
    if n > 0 {
        out.line("")?;
    }
    let day = trace.published.map_or("undated".to_owned(), |d| d.to_string());
    let mut head = format!("{day}  {}", style.isolated(&reading.source.id));
    if trace.first {
        head.push_str("  first appearance");
    }
    if let Some(share) = trace.share.filter(|share| *share < 0.995) {
        head.push_str(&format!("  {:.0} % of the words", share * 100.0));
    }
    if trace.share.is_none() {
        head.push_str("  in another language");
    }
    out.line(&style.bold(&head))?;
    for link in &trace.chain {
        let words = link.words.map(|w| one_line(account.readings[w.page].text.at(w.span)));
        let words = words.map_or(String::new(), |w| format!("  {}", style.quoted(&w)));
        out.line(&format!("  ← {} {}{words}", style.isolated(&link.name), style.faint(link.kind.as_str())))?;
    }
    let words = format!("«{}»", one_line(reading.text.at(trace.words)));
    for line in wrapped(&words, style.width.map_or(usize::MAX, |w| w.saturating_sub(INDENT))) {
        out.line(&format!("{:INDENT$}{}", "", style.isolated(&line)))?;
    }
    if let Some(translation) = &trace.translation {
        let other = &account.readings[translation.of.page];
        let follows = if translation.follows { "translates" } else { "is translated by" };
        let id = statement_of(translation, account).unwrap_or_else(|| other.source.id.clone());
        let words = style.quoted(&one_line(other.text.at(translation.of.span)));
        let head = format!("{follows} {} ({}):", style.isolated(&id), translation.because);
        out.line(&format!("{:INDENT$}{} {words}", "", style.faint(&head)))?;
    }
    for drift in &trace.drift {
        let part = |words: &str| if words.is_empty() { "nothing".to_owned() } else { style.quoted(words) };
        out.line(&format!("{:INDENT$}{} where {} was looked for", "", part(&drift.found), part(&drift.wanted)))?;
    }
    Ok(())
}

fn show_source(source: Option<&Value>, out: &mut Out) -> anyhow::Result<()> {
    let Some(source) = source.filter(|s| !s.is_null()) else { return Ok(()) };
    let text = |name: &str| source[name].as_str();
    if let Some(markup) = text("markup") {
        let head = out.style.faint(&format!("bytes {}–{}:", source["start"], source["end"]));
        out.line(&format!("    {head} {}", out.style.isolated(&one_line(markup))))?;
    }
    text("link").map_or(Ok(()), |link| out.line(&format!("    {}", out.style.faint(link))))
}
