//! `riwaya events`.

use super::list;
use crate::End;
use crate::args::EventsArgs;
use crate::reading;

use riwaya_query::filter::{self, Fold, Pages};
use riwaya_query::findings::texts;
use riwaya_query::lists;
use serde_json::Value;

/// Lists contacts.
///
/// # Errors
/// Where the record cannot be read or standard output not be written to.
pub fn run(args: EventsArgs) -> anyhow::Result<End> {
    let findings = reading::findings(&args.list.from.record, &["event", "entity", "story", "article"])?;
    let fold = Fold::load()?;
    let asked = args.pages.filter();
    let pages = Pages::of(&findings, &asked, &fold);
    let parties = args.party.as_deref().map(|wanted| filter::entities(&findings, wanted, &fold));
    let is_asked_for = |e: &&Value| {
        lists::is_joined(e) != args.by_page
            && pages.any(lists::reported_on(e))
            && pages.is_in_time(day(e, &pages))
            && args.r#type.as_deref().is_none_or(|t| e["type"] == t)
            && args.status.as_deref().is_none_or(|s| e["status"] == s)
            && parties.as_ref().is_none_or(|wanted| texts(&e["participants"]).any(|p| wanted.contains(p)))
    };
    let lines: Vec<&Value> = findings.kind("event").iter().filter(is_asked_for).collect();
    let short = lists::contacts(&findings, lines.iter().copied());
    list(&args.list, &lines, &short, &lists::events(&findings, lines.iter().copied()))
}

/// The day of a contact, else the day of the first page that reports it.
fn day<'v>(event: &'v Value, pages: &Pages<'v>) -> Option<&'v str> {
    event["when"]["value"].as_str().or_else(|| lists::reported_on(event).find_map(|a| pages.published(a)))
}
