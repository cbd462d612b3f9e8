//! `riwaya grep`: on which pages do words stand, and who says them there?

use super::list;
use crate::End;
use crate::args::{GrepArgs, ListFormat};
use crate::output;
use riwaya_query::account::Reader;
use riwaya_query::findings::{Findings, shown};
use riwaya_query::lists::speaker;
use riwaya_query::search::{self, Asked, Window};
use riwaya_query::{Table, one_line};
use riwaya_store::Record;
use rustc_hash::{FxHashMap, FxHashSet};
use serde_json::Value;

/// Lists the places where words stand.
///
/// # Errors
/// Where the pattern leads nowhere, the record cannot be read or standard output not be written to.
pub fn run(args: GrepArgs) -> anyhow::Result<End> {
    let reader = Reader::usual()?;
    let record = Record::open(&args.list.from.record)?;
    let asked = Asked {
        words: Some(args.pattern.clone()),
        speaker: args.speaker.clone(),
        addressee: args.addressee.clone(),
        act: args.act.clone(),
        pages: args.pages.filter(),
    };
    let searchable = search::searchable(&record, reader)?;
    let answer = search::hits(searchable.record(), reader, &asked, &Window::all())?;
    for note in answer.note.as_deref().into_iter().chain(searchable.note()) {
        output::say(note);
    }
    let lines: Vec<&Value> = answer.lines.iter().collect();
    let is_table = !matches!(args.list.from.format, ListFormat::Json | ListFormat::Jsonl);
    let (short, wide) = tables(searchable.record(), if is_table { &lines } else { &[] })?;
    list(&args.list, &lines, &short, &wide)
}

/// For people and for programs.
fn tables(record: &Record, lines: &[&Value]) -> anyhow::Result<(Table, Table)> {
    let ids: FxHashSet<&str> = lines.iter().filter_map(|l| l["statement"].as_str()).collect();
    let mut findings = Findings::in_languages_of(record)?;
    let mut said: FxHashMap<String, Value> = FxHashMap::default();
    for statement in record.lines_of(&ids.into_iter().collect::<Vec<_>>())? {
        if let Some(speaker) = statement["speaker"].as_str()
            && findings.entity(speaker).is_none()
            && let Some(entity) = record.entity_named(speaker)?
        {
            findings.put(entity);
        }
        said.insert(shown(&statement["id"]), statement);
    }
    let mut short = Table::new(&["page", "at", "day", "speaker", "line"]);
    let mut wide =
        Table::new(&["article", "start", "end", "words", "published", "statement", "speaker", "speaker_name", "line"]);
    for l in lines {
        let by = l["statement"].as_str().and_then(|id| said.get(id)).map_or(String::new(), |s| speaker(&findings, s));
        let line = shown(&l["line"]["text"]);
        let cells = ["article", "start", "published"].map(|key| shown(&l[key]));
        short.marked_row([cells.to_vec(), vec![by.clone(), one_line(&line)]].concat(), shown(&l["text"]));
        let cells = ["article", "start", "end", "text", "published", "statement", "speaker"].map(|key| shown(&l[key]));
        wide.row([cells.to_vec(), vec![by, line]].concat());
    }
    Ok((short, wide))
}
