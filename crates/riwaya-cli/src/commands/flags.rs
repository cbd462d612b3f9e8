//! `riwaya flags`, also called `check`.

use super::list;
use crate::End;
use crate::args::FlagsArgs;
use crate::reading;

use riwaya_query::filter::{Fold, Pages};
use riwaya_query::findings::texts;
use riwaya_query::lists;
use serde_json::Value;

/// Lists what does not fit.
///
/// # Errors
/// Where the record cannot be read or standard output not be written to.
pub fn run(args: FlagsArgs) -> anyhow::Result<End> {
    let findings = reading::findings(&args.list.from.record, &["flag", "story", "article"])?;
    let fold = Fold::load()?;
    let asked = args.pages.filter();
    let pages = Pages::of(&findings, &asked, &fold);
    let is_asked_for = |f: &&Value| {
        texts(&f["articles"]).any(|a| pages.counts(a)) && args.what.as_deref().is_none_or(|what| f["what"] == what)
    };
    let lines: Vec<&Value> = findings.kind("flag").iter().filter(is_asked_for).collect();
    let table = lists::flags(lines.iter().copied());
    list(&args.list, &lines, &table, &table)
}
