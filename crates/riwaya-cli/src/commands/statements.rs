//! `riwaya statements`.

use super::list;
use crate::End;
use crate::args::StatementsArgs;
use crate::reading;
use riwaya_query::Table;
use riwaya_query::filter::{self, Fold, Pages};
use riwaya_query::findings::{shown, words};
use riwaya_query::lists;
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
            lists::speaker(&findings, s),
            shown(&s["act"]),
            words(&s["content"]),
        ]);
    }
    list(&args.list, &lines, &short, &lists::statements(&findings, lines.iter().copied()))
}
