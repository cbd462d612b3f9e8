//! `riwaya timeline`: what happened and what was announced, in order of time.

use super::list;
use crate::End;
use crate::args::TimelineArgs;
use crate::reading;
use riwaya::contract::CodePoints;
use riwaya::weave::timeline::timeline;
use riwaya::weave::{Item, ItemKind};
use riwaya_query::Table;
use riwaya_query::account::{Account, Reader};
use riwaya_query::filter::{self, Fold, Pages};
use riwaya_query::findings::{Findings, shown, texts};
use serde_json::{Value, json};

/// Lists dated items.
///
/// # Errors
/// Where the record cannot be read or standard output not be written to.
pub fn run(args: TimelineArgs) -> anyhow::Result<End> {
    let reader = Reader::usual()?;
    let account = reading::of_record(&args.list.from.record, &reader.packs)?;
    let findings = Findings::of_account(&account, &reader.packs, &["article", "story", "entity"]);
    let fold = Fold::load()?;
    let asked = args.pages.filter();
    let pages = Pages::of(&findings, &asked, &fold);
    let parties = args.party.as_deref().map(|wanted| filter::entities(&findings, wanted, &fold));
    let lines: Vec<Value> = timeline(None, &account.readings, &account.woven)
        .iter()
        .filter(|item| args.published || item.kind != ItemKind::Published)
        .map(|item| line(item, &account))
        .filter(|l| pages.any(l["article"].as_str()) && pages.is_in_time(l["when"].as_str()))
        .filter(|l| parties.as_ref().is_none_or(|wanted| texts(&l["participants"]).any(|p| wanted.contains(p))))
        .collect();
    let lines: Vec<&Value> = lines.iter().collect();
    let table = table(&findings, &lines);
    list(&args.list, &lines, &table, &table)
}

fn line(item: &Item, account: &Account) -> Value {
    let reading = &account.readings[item.passage.page];
    let contact = item.contact.map(|c| &account.woven.contacts[c]);
    let id = |n: &usize| account.woven.entities[*n].id.clone();
    let (start, end) = CodePoints::new(reading.text.raw()).range(item.passage.span);
    let story = account.woven.story_of.get(item.passage.page).map(|s| account.woven.stories[*s].id.as_str());
    json!({
        "kind": "item",
        "when": item.when,
        "what": item.kind.as_str(),
        "event": contact.map(|c| c.id.as_str()),
        "type": contact.map(|c| c.kind.as_str()),
        "status": contact.map(|c| c.status.as_str()),
        "participants": contact.map_or(Vec::new(), |c| c.participants.iter().map(id).collect()),
        "story": story,
        "article": reading.source.id,
        "start": start,
        "end": end,
        "text": reading.text.at(item.passage.span),
    })
}

fn table(findings: &Findings, lines: &[&Value]) -> Table {
    let mut table = Table::new(&["when", "what", "contact", "parties", "story", "page", "words"]);
    for line in lines {
        table.row(vec![
            shown(&line["when"]),
            shown(&line["what"]),
            shown(&line["type"]).replace('_', " "),
            findings.names(&line["participants"]),
            shown(&line["story"]),
            shown(&line["article"]),
            shown(&line["text"]),
        ]);
    }
    table
}
