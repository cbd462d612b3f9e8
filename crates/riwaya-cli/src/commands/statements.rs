//! `riwaya statements`.

use super::list;
use crate::End;
use crate::args::StatementsArgs;
use crate::reading;
use riwaya_query::Table;
use riwaya_query::filter::{self, Fold, Pages};
use riwaya_query::findings::{Findings, shown, texts, words};
use serde_json::Value;

/// Lists statements.
///
/// # Errors
/// Where the record cannot be read or standard output not be written to.
pub fn run(args: StatementsArgs) -> anyhow::Result<End> {
    let findings = reading::findings(&args.list.from.record, &["statement", "entity", "story", "article"])?;
    let fold = Fold::load()?;
    let asked = args.pages.filter();
    let pages = Pages::of(&findings, &asked, &fold);
    let speakers = args.speaker.as_deref().map(|wanted| filter::entities(&findings, wanted, &fold));
    let wanted = args.words.as_deref().map(|w| fold.fold(w));
    let is_asked_for = |s: &&Value| {
        pages.counts(s["article"].as_str().unwrap_or_default())
            && args.act.as_deref().is_none_or(|act| s["act"] == act)
            && speakers.as_ref().is_none_or(|all| s["speaker"].as_str().is_some_and(|one| all.contains(one)))
            && wanted.as_deref().is_none_or(|w| fold.holds(&words(&s["content"]), w))
    };
    let lines: Vec<&Value> = findings.kind("statement").iter().filter(is_asked_for).collect();
    let mut short = Table::new(&["statement", "day", "outlet", "speaker", "act", "words"]);
    for s in &lines {
        let article = findings.article(s["article"].as_str().unwrap_or_default()).unwrap_or(&Value::Null);
        short.row(vec![
            shown(&s["id"]),
            shown(&article["published"]["value"]),
            shown(&article["outlet"]),
            speaker(&findings, s),
            shown(&s["act"]),
            words(&s["content"]),
        ]);
    }
    list(&args.list, &lines, &short, &table(&findings, lines.iter().copied()))
}

/// Who says it: the name, else the words that stand for it.
pub fn speaker(findings: &Findings, statement: &Value) -> String {
    match statement["speaker"].as_str() {
        Some(id) => findings.name(id).to_owned(),
        None => words(&statement["source"]),
    }
}

/// Statements with all their fields, one a row.
pub fn table<'v>(findings: &Findings, statements: impl IntoIterator<Item = &'v Value>) -> Table {
    let mut table = Table::new(&[
        "statement",
        "article",
        "url",
        "outlet",
        "published",
        "speaker",
        "speaker_name",
        "addressee",
        "act",
        "polarity",
        "quote",
        "source",
        "cue",
        "words",
        "start",
        "end",
        "parent",
        "chain",
    ]);
    for s in statements {
        let article = findings.article(s["article"].as_str().unwrap_or_default()).unwrap_or(&Value::Null);
        let pieces = s["content"].as_array().map_or(&[][..], Vec::as_slice);
        table.row(vec![
            shown(&s["id"]),
            shown(&s["article"]),
            shown(&article["url"]),
            shown(&article["outlet"]),
            shown(&article["published"]["value"]),
            shown(&s["speaker"]),
            speaker(findings, s),
            shown(&s["addressee"]),
            shown(&s["act"]),
            shown(&s["polarity"]),
            shown(&s["quote"]),
            words(&s["source"]),
            words(&s["cue"]),
            words(&s["content"]),
            pieces.first().map_or(String::new(), |p| shown(&p["start"])),
            pieces.last().map_or(String::new(), |p| shown(&p["end"])),
            shown(&s["parent"]),
            texts(&s["chain"]).map(|id| findings.name(id)).collect::<Vec<_>>().join(" < "),
        ]);
    }
    table
}
