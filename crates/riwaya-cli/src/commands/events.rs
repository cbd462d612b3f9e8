//! `riwaya events`.

use super::list;
use crate::End;
use crate::args::EventsArgs;
use crate::reading;
use riwaya_query::Table;
use riwaya_query::filter::{self, Fold, Pages};
use riwaya_query::findings::{Findings, shown, texts, words};
use serde_json::Value;

/// Lists contacts.
///
/// # Errors
/// Where the record cannot be read or standard output not be written to.
pub fn run(args: EventsArgs) -> anyhow::Result<End> {
    let findings = reading::findings(&args.list.from.record, &["event", "entity", "story", "article"])?;
    let fold = Fold::load()?;
    let asked = args.pages.filter();
    let pages = Pages::of(&findings, &asked, &fold);
    let parties = args.party.as_deref().map(|wanted| filter::entities(&findings, wanted, &fold));
    let is_asked_for = |e: &&Value| {
        is_joined(e) != args.by_page
            && pages.any(articles(e))
            && pages.is_in_time(day(e, &pages))
            && args.r#type.as_deref().is_none_or(|t| e["type"] == t)
            && args.status.as_deref().is_none_or(|s| e["status"] == s)
            && parties.as_ref().is_none_or(|wanted| texts(&e["participants"]).any(|p| wanted.contains(p)))
    };
    let lines: Vec<&Value> = findings.kind("event").iter().filter(is_asked_for).collect();
    let short = table(&findings, lines.iter().copied());
    list(&args.list, &lines, &short, &wide(&findings, lines.iter().copied()))
}

/// Is it joined across pages?
pub fn is_joined(event: &Value) -> bool {
    event.get("story").is_some()
}

/// The pages that report a contact.
pub fn articles(event: &Value) -> impl Iterator<Item = &str> {
    let history = event["history"].as_array().map_or(&[][..], Vec::as_slice);
    history.iter().chain([event]).filter_map(|line| line["article"].as_str())
}

/// The day of a contact, else the day of the first page that reports it.
fn day<'v>(event: &'v Value, pages: &Pages<'v>) -> Option<&'v str> {
    event["when"]["value"].as_str().or_else(|| articles(event).find_map(|a| pages.published(a)))
}

/// Contacts, one a row.
pub fn table<'v>(findings: &Findings, events: impl IntoIterator<Item = &'v Value>) -> Table {
    let mut table = Table::new(&["event", "when", "type", "status", "where", "pages", "parties"]);
    for e in events {
        table.row(vec![
            shown(&e["id"]),
            shown(&e["when"]["value"]),
            shown(&e["type"]).replace('_', " "),
            shown(&e["status"]),
            e["where"].as_str().map_or("", |w| findings.name(w)).to_owned(),
            count(e).to_string(),
            parties(findings, e),
        ]);
    }
    table
}

/// The parties, the one that asked for it marked.
pub fn parties(findings: &Findings, event: &Value) -> String {
    let asked = event["initiator"].as_str();
    let name = |id| match asked == Some(id) {
        true => format!("{} (asked for it)", findings.name(id)),
        false => findings.name(id).to_owned(),
    };
    let mut names: Vec<String> = texts(&event["participants"]).map(name).collect();
    if let Some(id) = asked.filter(|id| !texts(&event["participants"]).any(|p| p == *id)) {
        names.push(format!("asked for by {}", findings.name(id)));
    }
    names.join(", ")
}

fn count(event: &Value) -> usize {
    let mut pages: Vec<&str> = articles(event).collect();
    pages.sort_unstable();
    pages.dedup();
    pages.len()
}

fn wide<'v>(findings: &Findings, events: impl IntoIterator<Item = &'v Value>) -> Table {
    let mut table = Table::new(&[
        "event",
        "story",
        "article",
        "type",
        "plover",
        "when",
        "where",
        "participants",
        "names",
        "initiator",
        "status",
        "evidence",
    ]);
    for e in events {
        table.row(vec![
            shown(&e["id"]),
            shown(&e["story"]),
            shown(&e["article"]),
            shown(&e["type"]),
            shown(&e["plover"]),
            shown(&e["when"]["value"]),
            shown(&e["where"]),
            texts(&e["participants"]).collect::<Vec<_>>().join(" "),
            findings.names(&e["participants"]),
            shown(&e["initiator"]),
            shown(&e["status"]),
            words(&e["evidence"]),
        ]);
    }
    table
}

/// Contacts with all their fields, for export.
pub fn all(findings: &Findings) -> Table {
    wide(findings, findings.kind("event"))
}
