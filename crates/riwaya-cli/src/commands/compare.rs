//! `riwaya compare`: the accounts of a contact or story side by side.

use super::{events, print};
use crate::End;
use crate::account::{self, Reader};
use crate::args::{CompareArgs, ListFormat};
use crate::filter::{self, Fold};
use crate::findings::{Findings, shown, texts, words};
use crate::output::table::{Table, wrapped};
use crate::output::{self, Out};
use riwaya::contract;
use riwaya::weave::compare::{Subject, compare};
use rustc_hash::FxHashSet;
use serde_json::Value;

/// Compares what `args` names.
///
/// # Errors
/// Where the record cannot be read or standard output not be written to.
pub fn run(args: CompareArgs) -> anyhow::Result<End> {
    let fold = Fold::load()?;
    let kinds = ["point", "event", "story", "entity", "article"];
    let findings = Findings::of_record(&args.from.record, &kinds)?;
    let stored = if args.side.is_empty() { points(&findings, &args.subject, &fold) } else { Vec::new() };
    if !stored.is_empty() {
        return answer(&args, &findings, &stored);
    }
    let made = made(&args, &findings, &fold)?;
    let made: Vec<&Value> = made.iter().collect();
    if made.iter().all(|p| sides(p).count() < 2) {
        output::say(&format!(
            "{}: no accounts to compare; `riwaya events` and `riwaya stories` list what there is, and a comparison needs \
             two sides that speak",
            args.subject
        ));
        return Ok(End::Nothing);
    }
    answer(&args, &findings, &made)
}

fn answer(args: &CompareArgs, findings: &Findings, points: &[&Value]) -> anyhow::Result<End> {
    if args.from.format != ListFormat::Table {
        let table = table(findings, points);
        return print(args.from.format, usize::MAX, points, &table, &table);
    }
    let mut out = Out::open();
    show(findings, points, usize::MAX, &mut out)?;
    out.finish()?;
    Ok(End::Found)
}

/// The points of a comparison that the record does not hold: of a whole story, of a contact that no page is mainly
/// about, or with other sides. The pages are read again for it.
fn made(args: &CompareArgs, findings: &Findings, fold: &Fold) -> anyhow::Result<Vec<Value>> {
    let reader = Reader::usual()?;
    let account = account::of_record(&args.from.record, &reader.packs)?;
    let subjects = subjects(findings, &args.subject, fold);
    let woven = &account.woven;
    let contact = (0..woven.contacts.len()).find(|n| subjects.contains(woven.contacts[*n].id.as_str()));
    let story = (0..woven.stories.len()).find(|n| subjects.contains(woven.stories[*n].id.as_str()));
    let Some(subject) = contact.map(Subject::Contact).or(story.map(Subject::Story)) else { return Ok(Vec::new()) };
    let sides: Vec<String> = args.side.iter().map(|name| filter::entity(findings, name, fold)).collect();
    let comparison = compare(subject, &sides, &account.readings, &reader.packs, woven);
    let lines = contract::point_lines(&comparison, &account.readings, &reader.packs, woven);
    Ok(lines.iter().map(serde_json::to_value).collect::<Result<_, _>>()?)
}

/// The ids that `subject` may mean: itself, the contact that an event of one page belongs to, stories with such a title.
fn subjects<'f>(findings: &'f Findings, subject: &'f str, fold: &Fold) -> FxHashSet<&'f str> {
    let folded = fold.fold(subject);
    let stories = findings.kind("story").iter();
    let of_title = stories.filter(|s| findings.title(s).is_some_and(|title| fold.holds(title, &folded)));
    let joined = findings.kind("event").iter().filter(|e| texts(&e["events"]).any(|event| event == subject));
    joined.chain(of_title).filter_map(|line| line["id"].as_str()).chain([subject]).collect()
}

/// The points that the record holds of a contact or story.
fn points<'f>(findings: &'f Findings, subject: &'f str, fold: &Fold) -> Vec<&'f Value> {
    let ids = subjects(findings, subject, fold);
    let is_meant = |id: &Value| id.as_str().is_some_and(|id| ids.contains(id));
    findings.kind("point").iter().filter(|p| is_meant(&p["event"]) || is_meant(&p["story"])).collect()
}

/// Shows comparisons for people: for each contact a head, its sides, and its first `limit` points one below the other.
///
/// # Errors
/// Where standard output cannot be written to.
pub fn show(findings: &Findings, points: &[&Value], limit: usize, out: &mut Out) -> anyhow::Result<()> {
    let subject = |p: &Value| (p["story"].clone(), p["event"].clone());
    for (n, of_one) in points.chunk_by(|a, b| subject(a) == subject(b)).enumerate() {
        if n > 0 {
            out.line("")?;
        }
        head(findings, of_one[0], out)?;
        for (number, point) in (1..).zip(of_one.iter().take(limit)) {
            one(findings, number, point, out)?;
        }
        if let Some(more) = of_one.len().checked_sub(limit).filter(|more| *more > 0) {
            let id = of_one[0]["event"].as_str().or_else(|| of_one[0]["story"].as_str()).unwrap_or_default();
            out.line("")?;
            out.line(&out.style.faint(&format!("… and {more} more points: riwaya compare {id} -r RECORD")))?;
        }
    }
    Ok(())
}

fn head(findings: &Findings, point: &Value, out: &mut Out) -> anyhow::Result<()> {
    let style = out.style;
    let event = findings.kind("event").iter().find(|e| e["id"] == point["event"]);
    let title = match event {
        Some(e) => {
            let when = e["when"]["value"].as_str().unwrap_or("day unknown");
            let kind = shown(&e["type"]).replace('_', " ");
            format!("{kind} · {when} · {} · {}", shown(&e["status"]), events::parties(findings, e))
        }
        None => {
            let story = findings.kind("story").iter().find(|s| s["id"] == point["story"]);
            style.isolated(story.and_then(|s| findings.title(s)).unwrap_or_default())
        }
    };
    out.line(&style.bold(&title))?;
    let sides: Vec<String> = sides(point).map(|s| style.isolated(&side_name(findings, s))).collect();
    let id = event.map_or_else(|| shown(&point["story"]), |e| shown(&e["id"]));
    out.line(&format!("{} {}", sides.join("  ↔  "), style.faint(&format!("({id})"))))
}

fn one(findings: &Findings, number: usize, point: &Value, out: &mut Out) -> anyhow::Result<()> {
    let style = out.style;
    out.line("")?;
    let topic = topic(findings, point);
    let relation = shown(&point["relation"]);
    let label = match (relation.as_str(), speaking(findings, point).as_slice()) {
        ("only_one", [side]) => format!("{} {}", style.relation("only_one"), style.isolated(side)),
        _ => style.relation(&relation),
    };
    out.line(&format!("{number}. {} — {label}", style.bold(&style.isolated(&topic))))?;
    for side in sides(point) {
        let cells = cells(point).filter(|c| c["side"] == side["entity"]);
        for (n, cell) in cells.enumerate() {
            let name = if n == 0 { side_name(findings, side) } else { String::new() };
            cell_lines(&name, cell, out)?;
        }
    }
    Ok(())
}

/// One side's words, wrapped under its name, and through whom they came.
fn cell_lines(name: &str, cell: &Value, out: &mut Out) -> anyhow::Result<()> {
    const INDENT: usize = 6;
    let style = out.style;
    if !name.is_empty() {
        out.line(&format!("   {}", style.isolated(name)))?;
    }
    // «نفى ترامب أن يكون …»: without its verb a denial would read as its opposite.
    let denies = if cell["polarity"] == "negative" { "denies: " } else { "" };
    let quoted = format!("{denies}«{}»", output::one_line(&words(&cell["words"])));
    let width = style.width.map_or(usize::MAX, |w| w.saturating_sub(INDENT));
    for line in wrapped(&quoted, width) {
        out.line(&format!("{:INDENT$}{}", "", style.isolated(&line)))?;
    }
    let chain: Vec<String> = chain(cell).map(|name| style.isolated(&name)).collect();
    out.line(&style.faint(&format!("{:INDENT$}{}  {}", "", chain.join(" ← "), shown(&cell["statement"]))))
}

/// Points as rows: a cell a row.
fn table(findings: &Findings, points: &[&Value]) -> Table {
    let mut table =
        Table::new(&["event", "point", "topic", "relation", "side", "act", "day", "statement", "chain", "words"]);
    for (number, point) in (1..).zip(points) {
        for cell in cells(point) {
            let side = sides(point).find(|s| s["entity"] == cell["side"]);
            let article = findings.article(cell["article"].as_str().unwrap_or_default());
            table.row(vec![
                shown(&point["event"]),
                number.to_string(),
                topic(findings, point),
                shown(&point["relation"]),
                side.map_or_else(|| shown(&cell["side"]), |s| side_name(findings, s)),
                shown(&cell["act"]),
                article.map_or(String::new(), |a| shown(&a["published"]["value"])),
                shown(&cell["statement"]),
                chain(cell).collect::<Vec<_>>().join(" < "),
                words(&cell["words"]),
            ]);
        }
    }
    table
}

fn sides(point: &Value) -> impl Iterator<Item = &Value> {
    point["sides"].as_array().map_or(&[][..], Vec::as_slice).iter()
}

fn cells(point: &Value) -> impl Iterator<Item = &Value> {
    point["cells"].as_array().map_or(&[][..], Vec::as_slice).iter()
}

/// The names of the sides that have a cell.
fn speaking(findings: &Findings, point: &Value) -> Vec<String> {
    sides(point).filter(|s| cells(point).any(|c| c["side"] == s["entity"])).map(|s| side_name(findings, s)).collect()
}

fn side_name(findings: &Findings, side: &Value) -> String {
    findings.in_language(&side["name"]).map_or_else(|| shown(&side["entity"]), str::to_owned)
}

fn topic(findings: &Findings, point: &Value) -> String {
    let name = findings.in_language(&point["topic"]).or_else(|| point["topics"][0].as_str());
    name.unwrap_or("—").to_owned()
}

fn chain(cell: &Value) -> impl Iterator<Item = String> {
    cell["chain"].as_array().map_or(&[][..], Vec::as_slice).iter().map(|link| shown(&link["name"]))
}
