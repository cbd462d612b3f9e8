//! `riwaya explain`: a page with all that was found on it, and the rule and words behind each finding.

use crate::End;
use crate::args::ExplainArgs;
use crate::clock;
use crate::output::{self, Out};
use crate::reading;
use riwaya_input::Input;
use riwaya_input::fetch::Visitor;
use riwaya_query::account::Reader;
use riwaya_query::findings::{Findings, shown, words};
use riwaya_query::one_line;
use riwaya_store::Record;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// Explains what `args` names.
///
/// # Errors
/// Where record or packs cannot be read or standard output not be written to.
pub fn run(args: ExplainArgs) -> anyhow::Result<End> {
    let mut out = Out::open();
    let end = match &args.record {
        Some(record) => {
            let findings = reading::about(record, &args.subject)?;
            // Rows are shown only where they are the ones that read the record.
            let reader = Reader::load(args.langs.as_deref())?;
            let reader = if Record::open(record)?.is_stale(&reader.name)? { None } else { Some(reader) };
            of_record(&findings, &args.subject, reader, &mut out)?
        }
        None => {
            let reader = Reader::load(args.langs.as_deref())?;
            let input = Input::gather(std::slice::from_ref(&args.subject), 16 << 20, &Visitor::default(), clock::now());
            input.problems.iter().for_each(|p| output::say(&p.to_string()));
            let trouble = !input.problems.is_empty();
            let account = reading::read(input.pages, &reader.packs);
            let findings = Findings::of_account(&account, &reader.packs, &[]);
            for article in findings.kind("article") {
                page(&findings, article, Some(reader), &mut out)?;
            }
            if trouble { End::Trouble } else { End::Found }
        }
    };
    out.finish()?;
    Ok(end)
}

fn of_record(findings: &Findings, id: &str, reader: Option<&Reader>, out: &mut Out) -> anyhow::Result<End> {
    if let Some(article) = findings.article(id) {
        page(findings, article, reader, out)?;
        return Ok(End::Found);
    }
    let Some(line) = findings.all().find(|line| line["id"] == id) else {
        output::say(&format!(
            "{id}: nothing in the record has this id; `riwaya stories`, `events`, `statements` list ids"
        ));
        return Ok(End::Nothing);
    };
    tree(findings, "", line, 0, out)?;
    Ok(End::Found)
}

/// A finding to be shown under the line of text on which it starts.
struct Note {
    start: usize,
    label: String,
    words: String,
    because: Option<Value>,
}

/// The text line by line, each with its findings below it.
fn page(findings: &Findings, article: &Value, reader: Option<&Reader>, out: &mut Out) -> anyhow::Result<()> {
    let style = out.style;
    let field = |name: &str| shown(&article[name]);
    out.line(&style.bold(&style.isolated(&field("id"))))?;
    let language = article["lang"].as_str().unwrap_or("in no language that a pack reads");
    out.line(&format!("  language {language}  outlet {}", style.isolated(&field("outlet"))))?;
    let published = &article["published"];
    match published["value"].as_str() {
        Some(day) => {
            out.line(&format!("  published {day}, from {}", shown(&published["from"])))?;
            reason(&published["because"], out)?;
        }
        None => out.line("  published: not known")?,
    }
    let text = article["text"].as_str().unwrap_or_default();
    let mut notes = notes(findings, article);
    notes.sort_by_key(|n| n.start);
    let used: BTreeSet<String> = notes.iter().filter_map(|n| n.because.as_ref()).map(|b| shown(&b["rule"])).collect();
    let mut notes = notes.into_iter().peekable();
    let mut at = 0;
    for line in text.split('\n') {
        let end = at + line.chars().count();
        if !line.trim().is_empty() {
            out.line("")?;
            out.line(&style.isolated(line.trim_end()))?;
        }
        while let Some(note) = notes.next_if(|n| n.start <= end) {
            let label = format!("    {:<28}", note.label);
            let words = if note.words.is_empty() { String::new() } else { style.quoted(&note.words) };
            out.line(format!("{label} {words}").trim_end())?;
            if let Some(because) = &note.because {
                reason(because, out)?;
            }
        }
        at = end + 1;
    }
    let rows: Vec<(String, String)> =
        used.into_iter().filter_map(|rule| reader?.row(&rule).map(|row| (rule, row))).collect();
    if !rows.is_empty() {
        out.line("")?;
        out.line(&style.bold("The rows behind it"))?;
    }
    rows.iter().try_for_each(|(rule, row)| out.line(&format!("  {rule}  {}", style.isolated(row))))
}

fn notes(findings: &Findings, article: &Value) -> Vec<Note> {
    let id = &article["id"];
    let mut notes: Vec<Note> = Vec::new();
    let mut put = |start: &Value, label: String, words: String, because: Option<&Value>| {
        let start = start.as_u64().unwrap_or_default() as usize;
        notes.push(Note { start, label, words, because: because.cloned() });
    };
    for span in article["title_spans"].as_array().map_or(&[][..], Vec::as_slice) {
        put(&span[0], "headline".into(), String::new(), None);
    }
    furniture(article, &mut put);
    for credit in article["credits"].as_array().map_or(&[][..], Vec::as_slice) {
        put(&credit["span"]["start"], format!("credit {}", shown(&credit["kind"])), shown(&credit["name"]), None);
    }
    for kind in ["mention", "time", "statement", "event"] {
        for line in findings.kind(kind).iter().filter(|line| line["article"] == *id && line.get("story").is_none()) {
            let because = Some(&line["because"]);
            match kind {
                "mention" => {
                    let name = findings.name(line["entity"].as_str().unwrap_or_default());
                    put(&line["start"], format!("{} {name}", shown(&line["type"])), words(line), because);
                }
                "time" => {
                    put(
                        &line["start"],
                        format!("{} {}", shown(&line["type"]), shown(&line["value"])),
                        words(line),
                        because,
                    );
                }
                "statement" => {
                    let who = riwaya_query::lists::speaker(findings, line);
                    let inside = line["parent"].as_str().map_or(String::new(), |p| format!(", inside {}", short(p)));
                    let label = format!("{} {} {who}{inside}", short(&shown(&line["id"])), shown(&line["act"]));
                    put(&line["cue"]["start"], label, words(&line["content"]), because);
                }
                _ => {
                    let when = line["when"]["value"].as_str().unwrap_or("day unknown");
                    let parties = findings.names(&line["participants"]);
                    let label = format!(
                        "{} {} {} {when} {parties}",
                        shown(&line["id"]),
                        shown(&line["type"]),
                        shown(&line["status"])
                    );
                    put(&line["evidence"][0]["start"], label, words(&line["evidence"]), because);
                }
            }
        }
    }
    notes
}

/// Lines that are neither headline nor article.
fn furniture(article: &Value, put: &mut impl FnMut(&Value, String, String, Option<&Value>)) {
    let spans = [&article["title_spans"], &article["body"]].into_iter().filter_map(Value::as_array).flatten();
    let spans: Vec<(u64, u64)> = spans.filter_map(|span| Some((span[0].as_u64()?, span[1].as_u64()?))).collect();
    let mut at = 0;
    for line in article["text"].as_str().unwrap_or_default().split('\n') {
        let end = at + line.chars().count() as u64;
        let is_read = spans.iter().any(|(from, to)| *from < end && at < *to);
        if !line.trim().is_empty() && !is_read && article["lang"].is_string() {
            put(&at.into(), "furniture".to_owned(), String::new(), None);
        }
        at = end + 1;
    }
}

/// `page#s4` on its own page.
fn short(id: &str) -> &str {
    id.rsplit_once('#').map_or(id, |(_, own)| own)
}

/// `ar/time.tsv:14 ← «غداً» «الخميس»`
fn reason(because: &Value, out: &mut Out) -> anyhow::Result<()> {
    let style = out.style;
    let from = because["from"].as_array().map_or(&[][..], Vec::as_slice);
    let from: Vec<String> = from.iter().map(|w| style.quoted(&shown(&w["text"]))).collect();
    let line = format!("        because {} ← {}", shown(&because["rule"]), from.join(" "));
    out.line(&style.faint(line.trim_end_matches([' ', '←'])))
}

/// A line of the contract for people: fields below one another, spans as their words.
fn tree(findings: &Findings, name: &str, value: &Value, depth: usize, out: &mut Out) -> anyhow::Result<()> {
    let style = out.style;
    let indent = "  ".repeat(depth);
    let label = if name.is_empty() { indent.clone() } else { format!("{indent}{name}: ") };
    match value {
        Value::Object(map) if map.contains_key("start") && map.contains_key("text") => {
            let rest: BTreeMap<&String, &Value> =
                map.iter().filter(|(k, v)| !matches!(k.as_str(), "start" | "end" | "text") && !v.is_null()).collect();
            let place = format!("({}–{})", shown(&map["start"]), shown(&map["end"]));
            out.line(&format!("{label}{} {}", style.quoted(&shown(&map["text"])), style.faint(&place)))?;
            rest.iter().try_for_each(|(k, v)| tree(findings, k, v, depth + 2, out))
        }
        Value::Object(map) => {
            if !name.is_empty() {
                out.line(label.trim_end())?;
            }
            let deeper = if name.is_empty() { depth } else { depth + 1 };
            map.iter().try_for_each(|(k, v)| tree(findings, k, v, deeper, out))
        }
        Value::Array(values) if values.iter().any(|v| v.is_object() || v.is_array()) => {
            values.iter().try_for_each(|v| tree(findings, if name.is_empty() { "-" } else { name }, v, depth, out))
        }
        Value::Array(values) => {
            let all: Vec<String> = values.iter().map(|v| named(findings, v)).collect();
            out.line(&format!("{label}{}", style.isolated(&all.join(", "))))
        }
        Value::Null => out.line(&format!("{label}unknown")),
        _ => out.line(&format!("{label}{}", style.isolated(&one_line(&named(findings, value))))),
    }
}

/// A value as shown; an entity's id with its name.
fn named(findings: &Findings, value: &Value) -> String {
    match value.as_str() {
        Some(id) if findings.name(id) != id => format!("{} ({id})", findings.name(id)),
        _ => shown(value),
    }
}
