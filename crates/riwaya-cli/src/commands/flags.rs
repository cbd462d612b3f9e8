//! `riwaya flags`, also called `check`.

use super::list;
use crate::End;
use crate::args::FlagsArgs;
use crate::reading;
use riwaya_query::Table;
use riwaya_query::filter::{Fold, Pages};
use riwaya_query::findings::{shown, texts, words};
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
    let table = table(lines.iter().copied());
    list(&args.list, &lines, &table, &table)
}

/// Flags, one a row.
pub fn table<'v>(flags: impl IntoIterator<Item = &'v Value>) -> Table {
    let mut table = Table::new(&["what", "severity", "pages", "explained", "words"]);
    for f in flags {
        table.row(vec![
            shown(&f["what"]),
            shown(&f["severity"]),
            texts(&f["articles"]).collect::<Vec<_>>().join(" "),
            shown(&f["explain"]),
            words(&f["evidence"]),
        ]);
    }
    table
}
