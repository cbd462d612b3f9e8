//! `riwaya compare`: the accounts of a contact or story side by side.

mod terminal;

pub use terminal::show;

use super::print;
use crate::End;
use crate::args::{CompareArgs, CompareFormat, ListFormat};
use crate::output::{self, Out, written};
use crate::reading;
use riwaya_query::account::Reader;
use riwaya_query::compare::{self as accounts, html, layout, markdown};
use riwaya_query::filter::{self, Fold};
use riwaya_query::findings::{Findings, texts};
use riwaya_store::Record;
use rustc_hash::FxHashSet;
use serde_json::Value;

/// Compares what `args` names.
///
/// # Errors
/// Where the record cannot be read or standard output not be written to.
pub fn run(args: CompareArgs) -> anyhow::Result<End> {
    let fold = Fold::load()?;
    let kinds = ["point", "event", "story", "entity", "article"];
    let findings = reading::findings(&args.record, &kinds)?;
    let stored = if args.side.is_empty() { points(&findings, &args.subject, &fold) } else { Vec::new() };
    if !stored.is_empty() {
        return answer(&args, &findings, &stored);
    }
    let made = made(&args, &findings, &fold)?;
    let made: Vec<&Value> = made.iter().collect();
    if made.is_empty() {
        output::say(&format!(
            "{}: no accounts to compare; `riwaya events` and `riwaya stories` list what there is, and a comparison needs \
             two sides of which one speaks",
            args.subject
        ));
        return Ok(End::Nothing);
    }
    answer(&args, &findings, &made)
}

fn answer(args: &CompareArgs, findings: &Findings, points: &[&Value]) -> anyhow::Result<End> {
    let list = |format| {
        let table = accounts::table(findings, points);
        print(format, usize::MAX, points, &table, &table)
    };
    let text = match args.format {
        CompareFormat::Json => return list(ListFormat::Json),
        CompareFormat::Jsonl => return list(ListFormat::Jsonl),
        CompareFormat::Csv => return list(ListFormat::Csv),
        CompareFormat::Table => None,
        CompareFormat::Md => Some(markdown::print(findings, &layout::all(findings, points))),
        CompareFormat::Html => Some(html::print(findings, &layout::all(findings, points))),
    };
    let mut out = Out::open();
    match text {
        Some(text) => written(out.writer().write_all(text.as_bytes()))?,
        None => show(findings, points, usize::MAX, &mut out)?,
    }
    out.finish()?;
    Ok(End::Found)
}

/// The points of a comparison that the record does not hold: of a whole story, of a contact that no page is mainly
/// about, or with other sides.
fn made(args: &CompareArgs, findings: &Findings, fold: &Fold) -> anyhow::Result<Vec<Value>> {
    let subjects = subjects(findings, &args.subject, fold);
    let is_meant = |line: &&Value| line["id"].as_str().is_some_and(|id| subjects.contains(id));
    let contact = findings.kind("event").iter().filter(|e| e["article"].is_null()).find(is_meant);
    let story = contact.map(|c| &c["story"]).or(findings.kind("story").iter().find(is_meant).map(|s| &s["id"]));
    let Some(story) = story.and_then(Value::as_str) else { return Ok(Vec::new()) };
    let sides: Vec<String> = args.side.iter().map(|name| filter::entity(findings, name, fold)).collect();
    let record = Record::open(&args.record)?;
    Ok(accounts::made(&record, story, contact.and_then(|c| c["id"].as_str()), &sides, Reader::usual()?)?)
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
