//! `riwaya cite`: words with all that is needed to find them again, and whether citations still stand.

use super::list;
use crate::End;
use crate::args::CiteArgs;
use crate::reading;
use anyhow::{Context, bail};
use riwaya_query::Table;
use riwaya_query::citation::{Passage, RawPage};
use riwaya_query::findings::number;
use riwaya_store::{Page, Record};
use serde_json::{Value, json};
use std::io::Read;

/// Cites words of a record, or checks citations.
///
/// # Errors
/// Where the record or the citations cannot be read, or the words are not there.
pub fn run(args: CiteArgs) -> anyhow::Result<End> {
    let record = Record::open(&args.list.from.record)?;
    let lines = match args.check {
        true => checked(&record, &args.subject)?,
        false => cited(&record, &args)?,
    };
    let lines: Vec<&Value> = lines.iter().collect();
    let table = if args.check { states(&lines) } else { passages(&lines) };
    let is_orphaned = lines.iter().any(|l| l["state"] == "orphaned");
    let end = list(&args.list, &lines, &table, &table)?;
    Ok(if is_orphaned { End::Nothing } else { end })
}

/// The annotations of a statement, or of the words at a place.
fn cited(record: &Record, args: &CiteArgs) -> anyhow::Result<Vec<Value>> {
    let (page, spans) = match place(&args.subject) {
        Some((page, start, end)) => (page.to_owned(), vec![(start, end)]),
        None => {
            let findings = reading::about(&args.list.from.record, &args.subject)?;
            let line = findings.all().find(|line| line["id"] == *args.subject);
            let Some(line) = line.filter(|l| l["kind"] == "statement") else {
                bail!(
                    "{}: no statement has this id; `riwaya statements` lists ids, and PAGE@START-END names words",
                    args.subject
                );
            };
            let spans = line["content"].as_array().map_or(&[][..], Vec::as_slice);
            let spans = spans.iter().filter_map(|s| Some((number(&s["start"])?, number(&s["end"])?))).collect();
            (line["article"].as_str().unwrap_or_default().to_owned(), spans)
        }
    };
    let Some(held) = record.page(&page)? else { bail!("{page}: no page has this id; `riwaya stories` lists pages") };
    let raw = RawPage::of(record, &page)?;
    let line = |(start, end): &(usize, usize)| {
        annotation(&held, raw.as_ref(), *start, *end)
            .with_context(|| format!("{page}@{start}-{end}: the page's text does not reach there"))
    };
    spans.iter().map(line).collect()
}

/// `PAGE@START-END`.
fn place(subject: &str) -> Option<(&str, usize, usize)> {
    let (page, span) = subject.rsplit_once('@')?;
    let (start, end) = span.split_once('-')?;
    Some((page, start.parse().ok()?, end.parse().ok()?))
}

/// A Web Annotation of words of a page, with the bytes that they were read from and the mark-up there.
pub fn annotation(page: &Page, raw: Option<&RawPage>, start: usize, end: usize) -> Option<Value> {
    let passage = Passage::new(&page.text, start, end)?;
    let source = page.source.url.as_deref().unwrap_or(&page.source.id);
    let mut selectors = passage.selectors(start, end);
    let place = raw.and_then(|raw| raw.place(start, end));
    selectors.extend(place.iter().map(|p| json!({"type": "DataPositionSelector", "start": p.start, "end": p.end})));
    let mut line = json!({
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "type": "Annotation",
        "motivation": "identifying",
        "article": page.source.id,
        "sha256": page.source.sha256,
        "target": {"source": source, "selector": selectors},
    });
    if let Some(link) = page.source.url.as_deref().and_then(|url| passage.link(url)) {
        line["link"] = link.into();
    }
    if let (Some(raw), Some(place)) = (raw, place) {
        line["markup"] = raw.markup(&place).into();
    }
    Some(line)
}

/// The state of each annotation of a file: the page still has these words there, or the citation is orphaned. Nothing
/// is anchored anew: words that look alike may be another statement.
fn checked(record: &Record, file: &str) -> anyhow::Result<Vec<Value>> {
    let text = match file {
        "-" => {
            let mut text = String::new();
            std::io::stdin().read_to_string(&mut text).context("standard input cannot be read")?;
            text
        }
        file => std::fs::read_to_string(file).with_context(|| format!("{file}: cannot be read; check the name"))?,
    };
    let lines = (1..).zip(text.lines()).filter(|(_, line)| !line.trim().is_empty());
    lines
        .map(|(n, line)| {
            let remedy = "hand in lines that `riwaya cite` or `export --to annotations` printed";
            let annotation: Value =
                serde_json::from_str(line).with_context(|| format!("{file}:{n}: no JSON; {remedy}"))?;
            state(record, &annotation)?.with_context(|| format!("{file}:{n}: no citation; {remedy}"))
        })
        .collect()
}

fn state(record: &Record, annotation: &Value) -> anyhow::Result<Option<Value>> {
    let selector = |kind: &str| {
        let all = annotation["target"]["selector"].as_array()?;
        all.iter().find(|s| s["type"] == kind)
    };
    let Some(position) = selector("TextPositionSelector") else { return Ok(None) };
    let quoted = selector("TextQuoteSelector").and_then(|s| s["exact"].as_str());
    let (Some(start), Some(end), Some(exact)) = (number(&position["start"]), number(&position["end"]), quoted) else {
        return Ok(None);
    };
    let Some(id) = annotation["article"].as_str() else { return Ok(None) };
    let stands = |page: &Page| Passage::new(&page.text, start, end).is_some_and(|p| p.exact() == exact);
    let versions = record.versions(id)?;
    let present = versions.last().filter(|v| stands(&v.page));
    let former = versions.iter().rev().find(|v| stands(&v.page));
    let (state, explain) = match (present, former, versions.last()) {
        (Some(_), ..) => ("stands", String::new()),
        (None, Some(former), Some(now)) => (
            "orphaned",
            format!(
                "version {} of {} has these words there, version {} of {} has not",
                former.number, former.added, now.number, now.added
            ),
        ),
        (None, None, Some(_)) => ("orphaned", "no version that is held has these words there".to_owned()),
        (_, _, None) => ("orphaned", "the page is not held".to_owned()),
    };
    let held = former.map(|v| v.number);
    Ok(Some(json!({"kind": "citation", "article": id, "start": start, "end": end, "text": exact, "state": state,
        "version": held, "explain": explain})))
}

fn passages(lines: &[&Value]) -> Table {
    let mut table = Table::new(&["article", "start", "end", "words", "bytes", "link", "markup"]);
    for line in lines {
        let selectors = &line["target"]["selector"];
        let bytes = &selectors[2];
        let text = |v: &Value| v.as_str().unwrap_or_default().to_owned();
        let bytes = if bytes.is_object() { format!("{}–{}", bytes["start"], bytes["end"]) } else { String::new() };
        table.row(vec![
            text(&line["article"]),
            selectors[1]["start"].to_string(),
            selectors[1]["end"].to_string(),
            text(&selectors[0]["exact"]),
            bytes,
            text(&line["link"]),
            text(&line["markup"]),
        ]);
    }
    table
}

fn states(lines: &[&Value]) -> Table {
    let mut table = Table::new(&["state", "article", "start", "end", "words", "explain"]);
    for line in lines {
        let text = |name: &str| line[name].as_str().unwrap_or_default().to_owned();
        table.row(vec![
            text("state"),
            text("article"),
            line["start"].to_string(),
            line["end"].to_string(),
            text("text"),
            text("explain"),
        ]);
    }
    table
}
