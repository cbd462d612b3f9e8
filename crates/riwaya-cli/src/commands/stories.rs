//! `riwaya stories`.

use super::list;
use crate::End;
use crate::args::StoriesArgs;
use crate::reading;
use riwaya_query::Table;
use riwaya_query::filter::{Fold, Pages};
use riwaya_query::findings::{Findings, shown, texts};
use serde_json::Value;

/// Lists stories.
///
/// # Errors
/// Where the record cannot be read or standard output not be written to.
pub fn run(args: StoriesArgs) -> anyhow::Result<End> {
    let findings = reading::findings(&args.list.from.record, &["story", "article"])?;
    let fold = Fold::load()?;
    let asked = args.pages.filter();
    let pages = Pages::of(&findings, &asked, &fold);
    let is_asked_for = |s: &&Value| {
        pages.is_story(s["id"].as_str().unwrap_or_default()) && texts(&s["articles"]).any(|a| pages.counts(a))
    };
    let lines: Vec<&Value> = findings.kind("story").iter().filter(is_asked_for).collect();
    let table = table(&findings, lines.iter().copied());
    list(&args.list, &lines, &table, &table)
}

/// Stories, one a row. Independent origins are an upper bound, and called so.
pub fn table<'v>(findings: &Findings, stories: impl IntoIterator<Item = &'v Value>) -> Table {
    let mut table = Table::new(&["story", "from", "to", "articles", "outlets", "origins_at_most", "title"]);
    for s in stories {
        let articles = s["articles"].as_array().map_or(0, Vec::len).to_string();
        table.row(vec![
            shown(&s["id"]),
            shown(&s["from"]),
            shown(&s["to"]),
            articles,
            shown(&s["outlets"]),
            shown(&s["origins"]),
            findings.title(s).unwrap_or_default().to_owned(),
        ]);
    }
    table
}
