//! `riwaya stories`.

use super::list;
use crate::End;
use crate::args::StoriesArgs;
use crate::reading;

use riwaya_query::filter::{Fold, Pages};
use riwaya_query::findings::texts;
use riwaya_query::lists;
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
    let table = lists::stories(&findings, lines.iter().copied());
    list(&args.list, &lines, &table, &table)
}
