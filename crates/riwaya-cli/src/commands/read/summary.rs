//! What was found, in short: for a person who has just handed in some pages.

use crate::commands::compare;
use crate::output::{self, Out};
use riwaya_query::Table;
use riwaya_query::findings::{Findings, shown, texts};
use riwaya_query::lists;
use riwaya_query::one_line;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// Stories shown one by one, and comparisons shown point by point; of more there is a list.
const STORIES: usize = 12;
const COMPARISONS: usize = 3;
const POINTS: usize = 12;

/// Prints the summary.
///
/// # Errors
/// Where standard output cannot be written to.
pub fn print(findings: &Findings, out: &mut Out) -> anyhow::Result<()> {
    counts(findings, out)?;
    stories(findings, out)?;
    flags(findings, out)?;
    comparisons(findings, out)
}

fn counts(findings: &Findings, out: &mut Out) -> anyhow::Result<()> {
    let articles = findings.kind("article");
    let mut languages: BTreeMap<&str, usize> = BTreeMap::new();
    for article in articles {
        *languages.entry(article["lang"].as_str().unwrap_or("unread")).or_default() += 1;
    }
    let languages: Vec<String> = languages.iter().map(|(lang, n)| format!("{lang} {n}")).collect();
    let outlets: BTreeSet<&str> = articles.iter().filter_map(|a| a["outlet"].as_str()).collect();
    let days: BTreeSet<&str> = articles.iter().filter_map(|a| a["published"]["value"].as_str()).collect();
    let undated = articles.iter().filter(|a| a["published"].is_null()).count();
    let speakers: BTreeSet<&str> = findings.kind("statement").iter().filter_map(|s| s["speaker"].as_str()).collect();
    let contacts = findings.kind("event").iter().filter(|e| lists::is_joined(e)).count();
    let mut first = vec![format!("{} ({})", counted(articles.len(), "article"), languages.join(", "))];
    if !outlets.is_empty() {
        first.push(counted(outlets.len(), "outlet"));
    }
    if let (Some(from), Some(to)) = (days.first(), days.last()) {
        first.push(if from == to { (*from).to_owned() } else { format!("{from} to {to}") });
    }
    if undated > 0 {
        first.push(format!("{undated} undated"));
    }
    out.line(&out.style.bold(&first.join(" · ")))?;
    let rest = [
        format!("{} by {}", counted(findings.kind("statement").len(), "statement"), counted(speakers.len(), "speaker")),
        counted(findings.count("time"), "time"),
        counted(contacts, "contact"),
        counted(findings.kind("story").len(), "story"),
        counted(findings.kind("flag").len(), "flag"),
    ];
    out.line(&rest.join(" · "))
}

/// Stories, the largest first, each with its contacts; many of them as a table.
fn stories(findings: &Findings, out: &mut Out) -> anyhow::Result<()> {
    let mut stories: Vec<&Value> = findings.kind("story").iter().collect();
    stories.sort_by_key(|s| std::cmp::Reverse(s["articles"].as_array().map_or(0, Vec::len)));
    for story in stories.iter().take(STORIES) {
        out.line("")?;
        self::story(findings, story, out)?;
    }
    match stories.len().saturating_sub(STORIES) {
        0 => Ok(()),
        more => {
            out.line("")?;
            let line = format!("… and {more} smaller stories: read into a record with -o, then `riwaya stories -r`");
            out.line(&out.style.faint(&line))
        }
    }
}

fn story(findings: &Findings, story: &Value, out: &mut Out) -> anyhow::Result<()> {
    let style = out.style;
    let title = match findings.title(story) {
        Some(title) => style.isolated(&one_line(title)),
        None => shown(&story["id"]),
    };
    out.line(&style.bold(&title))?;
    let number = |key: &str| story[key].as_u64().unwrap_or_default() as usize;
    let mut parts = vec![
        counted(story["articles"].as_array().map_or(0, Vec::len), "article"),
        counted(number("outlets"), "outlet"),
        format!("at most {}", counted(number("origins"), "independent origin")),
    ];
    match (story["from"].as_str(), story["to"].as_str()) {
        (Some(from), Some(to)) if from != to => parts.push(format!("{from} to {to}")),
        (Some(day), _) | (None, Some(day)) => parts.push(day.to_owned()),
        _ => {}
    }
    out.line(&format!("  {} {}", parts.join(" · "), style.faint(&format!("({})", shown(&story["id"])))))?;
    let pages: BTreeSet<&str> = texts(&story["articles"]).collect();
    let statements =
        findings.kind("statement").iter().filter(|s| s["article"].as_str().is_some_and(|a| pages.contains(a)));
    let mut speakers: BTreeMap<&str, usize> = BTreeMap::new();
    statements.filter_map(|s| s["speaker"].as_str()).for_each(|id| *speakers.entry(id).or_default() += 1);
    let mut speakers: Vec<(&str, usize)> = speakers.into_iter().collect();
    speakers.sort_by_key(|(id, n)| (std::cmp::Reverse(*n), *id));
    if !speakers.is_empty() {
        let shown: Vec<String> =
            speakers.iter().take(6).map(|(id, n)| format!("{} {n}", style.isolated(findings.name(id)))).collect();
        let more = speakers.len().saturating_sub(6);
        let more = if more > 0 { format!(" … and {more} more") } else { String::new() };
        out.line(&format!("  statements by {}{more}", shown.join(", ")))?;
    }
    let contacts: Vec<&Value> =
        findings.kind("event").iter().filter(|e| e.get("story").is_some_and(|s| *s == story["id"])).collect();
    let mut table = Table::new(&["when", "contact", "status", "parties"]).indented(2);
    for e in &contacts {
        let when = e["when"]["value"].as_str().unwrap_or("unknown");
        table.row(vec![
            when.to_owned(),
            shown(&e["type"]).replace('_', " "),
            shown(&e["status"]),
            lists::parties(findings, e),
        ]);
    }
    if !table.is_empty() { output::table::print(&table, out, usize::MAX) } else { Ok(()) }
}

fn comparisons(findings: &Findings, out: &mut Out) -> anyhow::Result<()> {
    let points: Vec<&Value> = findings.kind("point").iter().collect();
    let subject = |p: &Value| (p["story"].clone(), p["event"].clone());
    let subjects: Vec<&[&Value]> = points.chunk_by(|a, b| subject(a) == subject(b)).collect();
    if subjects.is_empty() {
        return Ok(());
    }
    out.line("")?;
    let style = out.style;
    if subjects.len() <= COMPARISONS {
        out.line(&style.bold("The sides of each contact, point by point"))?;
        for points in subjects {
            out.line("")?;
            compare::show(findings, points, POINTS, out)?;
        }
        return Ok(());
    }
    out.line(&style.bold(&format!("{} contacts with more than one side", subjects.len())))?;
    for points in &subjects {
        let event = findings.kind("event").iter().find(|e| e["id"] == points[0]["event"]).unwrap_or(&Value::Null);
        let parties = lists::parties(findings, event);
        out.line(&format!("  {}  {}  {}", shown(&points[0]["event"]), counted(points.len(), "point"), parties))?;
    }
    out.line(&style.faint("  read into a record with -o, then `riwaya compare ID -r`"))
}

fn flags(findings: &Findings, out: &mut Out) -> anyhow::Result<()> {
    const SHOWN: usize = 20;
    let style = out.style;
    let flags = findings.kind("flag");
    if flags.is_empty() {
        return Ok(());
    }
    out.line("")?;
    out.line(&style.bold("What does not fit"))?;
    for flag in flags.iter().take(SHOWN) {
        let what = shown(&flag["what"]).replace('_', " ");
        out.line(&format!("  {what}: {}", style.mixed(&one_line(&shown(&flag["explain"])))))?;
        for words in flag["evidence"].as_array().map_or(&[][..], Vec::as_slice) {
            let words = style.quoted(&shown(&words["text"]));
            out.line(&format!("      {words}"))?;
        }
    }
    match flags.len().saturating_sub(SHOWN) {
        0 => Ok(()),
        more => {
            out.line(&style.faint(&format!("  … and {more} more: read into a record with -o, then `riwaya flags -r`")))
        }
    }
}

fn counted(n: usize, what: &str) -> String {
    match (n, what) {
        (1, _) => format!("1 {what}"),
        (_, "story") => format!("{n} stories"),
        _ => format!("{n} {what}s"),
    }
}
