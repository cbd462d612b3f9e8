//! `riwaya versions`: what a page said before it was changed, and which statements came and went with that.

use super::list;
use crate::End;
use crate::args::VersionsArgs;
use crate::output;
use crate::reading;
use riwaya_query::Table;
use riwaya_query::account::Reader;
use riwaya_query::findings::{Findings, page, words};
use riwaya_store::{Record, Version};
use rustc_hash::FxHashMap;
use serde_json::{Value, json};
use similar::{ChangeTag, TextDiff};

/// Lists changed pages, or the changes of one page.
///
/// # Errors
/// Where the record cannot be read or standard output not be written to.
pub fn run(args: VersionsArgs) -> anyhow::Result<End> {
    let record = Record::open(&args.list.from.record)?;
    let Some(id) = &args.page else {
        let lines: Vec<Value> = record
            .changed()?
            .into_iter()
            .map(|(id, version, added)| json!({"kind": "changed", "article": id, "version": version, "added": added}))
            .collect();
        let lines: Vec<&Value> = lines.iter().collect();
        return list(&args.list, &lines, &changed(&lines), &changed(&lines));
    };
    let versions = record.versions(id)?;
    if versions.is_empty() {
        output::say(&format!("{id}: no page has this id; `riwaya versions` without a page lists those that changed"));
        return Ok(End::Nothing);
    }
    let said = statements(&versions)?;
    let steps = versions.windows(2).zip(said.windows(2));
    let lines: Vec<Value> = steps.flat_map(|(pages, said)| step(&pages[0], &pages[1], &said[0], &said[1])).collect();
    let lines: Vec<&Value> = lines.iter().collect();
    list(&args.list, &lines, &changes(&lines), &changes(&lines))
}

/// A statement of a version: who says it, and its words.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Said {
    speaker: String,
    words: String,
}

/// The statements of each version. Versions are read one by one, as if each were the only page.
fn statements(versions: &[Version]) -> anyhow::Result<Vec<Vec<Said>>> {
    let reader = Reader::usual()?;
    let read = |version: &Version| {
        let account = reading::read(vec![page(version.page.clone())], &reader.packs);
        let findings = Findings::of_account(&account, &reader.packs, &["article", "entity", "statement"]);
        let said = |line: &Value| Said {
            speaker: findings.name(line["speaker"].as_str().unwrap_or_default()).to_owned(),
            words: words(&line["content"]),
        };
        findings.kind("statement").iter().map(said).collect()
    };
    Ok(versions.iter().map(read).collect())
}

/// What changed between two versions: lines of the text, then statements.
fn step(before: &Version, after: &Version, had: &[Said], has: &[Said]) -> Vec<Value> {
    let line = |what: &str, change: &str, words: &str, speaker: Option<&str>| {
        json!({"kind": "change", "article": after.page.source.id, "from": before.number, "to": after.number,
            "seen": before.added, "changed": after.added, "what": what, "change": change, "speaker": speaker,
            "text": words})
    };
    let mut lines = Vec::new();
    for change in TextDiff::from_lines(&before.page.text, &after.page.text).iter_all_changes() {
        let words = change.value().trim_end_matches(['\r', '\n']);
        match change.tag() {
            ChangeTag::Delete if !words.is_empty() => lines.push(line("text", "removed", words, None)),
            ChangeTag::Insert if !words.is_empty() => lines.push(line("text", "added", words, None)),
            _ => {}
        }
    }
    let only = |these: &[Said], others: &[Said]| {
        let mut left: FxHashMap<&Said, usize> = FxHashMap::default();
        others.iter().for_each(|said| *left.entry(said).or_default() += 1);
        let is_gone = |said: &&Said| match left.get_mut(*said) {
            Some(count) if *count > 0 => {
                *count -= 1;
                false
            }
            _ => true,
        };
        these.iter().filter(is_gone).cloned().collect::<Vec<_>>()
    };
    let told = |said: &Said, change| line("statement", change, &said.words, Some(&said.speaker));
    lines.extend(only(had, has).iter().map(|said| told(said, "absent")));
    lines.extend(only(has, had).iter().map(|said| told(said, "present")));
    lines
}

fn changed(lines: &[&Value]) -> Table {
    let mut table = Table::new(&["article", "version", "changed"]);
    for line in lines {
        let text = |name: &str| line[name].as_str().unwrap_or_default().to_owned();
        table.row(vec![text("article"), line["version"].to_string(), text("added")]);
    }
    table
}

fn changes(lines: &[&Value]) -> Table {
    let mut table = Table::new(&["from", "to", "changed", "what", "change", "speaker", "words"]);
    for line in lines {
        let text = |name: &str| line[name].as_str().unwrap_or_default().to_owned();
        table.row(vec![
            line["from"].to_string(),
            line["to"].to_string(),
            text("changed"),
            text("what"),
            text("change"),
            text("speaker"),
            text("text"),
        ]);
    }
    table
}
