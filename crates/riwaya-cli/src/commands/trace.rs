//! `riwaya trace`: through whom words came, and who else carries them.

use crate::End;
use crate::args::{ListFormat, TraceArgs};
use crate::output::table::wrapped;
use crate::output::{self, Out, written};
use crate::reading;
use riwaya::contract::{CodePoints, statement_id};
use riwaya::weave::trace::{Quarry, Translation, trace};
use riwaya::weave::{Link, Passage, Trace};
use riwaya_query::Table;
use riwaya_query::account::{Account, Reader};
use riwaya_query::citation::{self, RawPage};
use riwaya_query::one_line;
use riwaya_store::Record;
use serde_json::{Value, json};

/// Traces what `args` names.
///
/// # Errors
/// Where the record cannot be read or standard output not be written to.
pub fn run(args: TraceArgs) -> anyhow::Result<End> {
    let reader = Reader::usual()?;
    let account = reading::of_record(&args.from.record, &reader.packs)?;
    let quarry = statement(&account, &args.quarry).unwrap_or_else(|| Quarry::Words(args.quarry.clone()));
    let traces = trace(&quarry, &account.readings, &reader.packs, &account.woven);
    if traces.is_empty() {
        output::say(&format!("{}: no page carries these words, and no statement has this id", args.quarry));
    }
    let mut out = Out::open();
    let record = Record::open(&args.from.record)?;
    let sources = || traces.iter().map(|t| source(t, &account, &record)).collect::<anyhow::Result<Vec<_>>>();
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

fn statement(account: &Account, id: &str) -> Option<Quarry> {
    let (article, number) = id.rsplit_once("#s")?;
    let page = account.readings.iter().position(|r| r.source.id == article)?;
    let n = number.parse::<usize>().ok()?.checked_sub(1)?;
    (n < account.readings[page].statements.len()).then_some(Quarry::Statement(page, n))
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

/// The words' place on the page as it came: a link, the bytes, and the mark-up there; null where it came as text and has
/// no address.
fn source(trace: &Trace, account: &Account, record: &Record) -> anyhow::Result<Value> {
    let reading = &account.readings[trace.page];
    let text = reading.text.raw();
    let (start, end) = CodePoints::new(text).range(trace.words);
    let link = reading.source.url.as_deref().zip(citation::Passage::new(text, start, end));
    let link = link.and_then(|(url, passage)| passage.link(url));
    let raw = RawPage::of(record, &reading.source.id)?;
    let place = raw.as_ref().and_then(|raw| Some((raw, raw.place(start, end)?)));
    Ok(match (link, place) {
        (None, None) => Value::Null,
        (link, None) => json!({"link": link}),
        (link, Some((raw, place))) => {
            json!({"link": link, "start": place.start, "end": place.end, "markup": raw.markup(&place)})
        }
    })
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

fn lines(traces: &[Trace], account: &Account, sources: Vec<Value>) -> Vec<Value> {
    let with_source = |(trace, source): (&Trace, Value)| {
        let mut line = line(trace, account);
        line["source"] = source;
        line
    };
    traces.iter().zip(sources).map(with_source).collect()
}

fn line(trace: &Trace, account: &Account) -> Value {
    let link = |link: &Link| {
        let entity = link.entity.map(|e| account.woven.entities[e].id.as_str());
        json!({"name": link.name, "entity": entity, "kind": link.kind.as_str()})
    };
    let translation = |t: &Translation| {
        json!({
            "article": account.readings[t.of.page].source.id,
            "statement": statement_of(t, account),
            "words": words(t.of, account),
            "follows": t.follows,
            "because": &*t.because,
        })
    };
    let id = &account.readings[trace.page].source.id;
    json!({
        "kind": "trace",
        "article": id,
        "statement": trace.statement.map(|n| statement_id(id, n)),
        "published": trace.published.map(|d| d.to_string()),
        "first": trace.first,
        "share": trace.share.map(|share| f64::from((share * 1000.0).round()) / 1000.0),
        "chain": trace.chain.iter().map(link).collect::<Vec<_>>(),
        "words": words(Passage { page: trace.page, span: trace.words }, account),
        "drift": trace.drift.iter().map(|d| json!({"wanted": d.wanted, "found": d.found})).collect::<Vec<_>>(),
        "translation": trace.translation.as_ref().map(translation),
    })
}

/// The statement of the other language that a translation is aligned with.
fn statement_of(translation: &Translation, account: &Account) -> Option<String> {
    Some(statement_id(&account.readings[translation.of.page].source.id, translation.statement?))
}

fn words(passage: Passage, account: &Account) -> Value {
    let text = &account.readings[passage.page].text;
    let (start, end) = CodePoints::new(text.raw()).range(passage.span);
    json!({"start": start, "end": end, "text": text.at(passage.span)})
}

fn table(traces: &[Trace], account: &Account) -> Table {
    let mut table = Table::new(&[
        "day",
        "article",
        "statement",
        "first",
        "share",
        "chain",
        "other_language",
        "words_there",
        "words",
    ]);
    for t in traces {
        let reading = &account.readings[t.page];
        table.row(vec![
            t.published.map_or(String::new(), |d| d.to_string()),
            reading.source.id.clone(),
            t.statement.map_or(String::new(), |n| statement_id(&reading.source.id, n)),
            t.first.to_string(),
            t.share.map_or(String::new(), |share| format!("{share:.3}")),
            t.chain.iter().map(|l| l.name.as_str()).collect::<Vec<_>>().join(" < "),
            t.translation.as_ref().map_or(String::new(), |t| account.readings[t.of.page].source.id.clone()),
            t.translation.as_ref().map_or("", |t| account.readings[t.of.page].text.at(t.of.span)).to_owned(),
            reading.text.at(t.words).to_owned(),
        ]);
    }
    table
}
