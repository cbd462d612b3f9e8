//! What was announced, every announcement of it, and what became of it.

use super::rows::{ContactRow, Filter, filters, outcome_name};
use super::shell::Shell;
use super::{Listing, html, listing, part};
use crate::answer::Answer;
use crate::asked::{Asked, Form};
use crate::room::{Room, Trouble};
use askama::Template;
use riwaya_query::findings::{Findings, shown, texts};
use riwaya_query::ledger;
use riwaya_query::quoting::Quoting;
use riwaya_store::Record;
use serde_json::Value;
use std::collections::BTreeSet;

const FORMS: &[Form] = &[Form::Json, Form::Csv, Form::Md, Form::Ics];

#[derive(Template)]
#[template(path = "ledger.html")]
struct Page<'a> {
    shell: Shell<'a>,
    filters: Vec<Filter>,
    rows: Vec<ContactRow>,
    next: Option<String>,
}

/// All that was announced, by day; of one outcome, or with a party, where the address says so.
///
/// # Errors
/// As [`super::answer`].
pub fn answer(room: &Room, record: &Record, asked: &Asked) -> Result<Answer, Trouble> {
    if asked.form == Form::Ics {
        let f = announced(record)?;
        let quoting = Quoting::new(&f, room.reader);
        let latest = record.latest_day()?;
        let entries = ledger::entries(&f, &quoting, &room.moves, latest.as_deref());
        return Ok(Answer::of(Form::Ics, ledger::ics(&f, &entries).0.into_bytes()));
    }
    let lines = room.ledger(|| {
        let f = announced(record)?;
        let quoting = Quoting::new(&f, room.reader);
        let latest = record.latest_day()?;
        let entries = ledger::entries(&f, &quoting, &room.moves, latest.as_deref());
        Ok(entries.iter().map(ledger::line).collect())
    })?;
    let with_party = |l: &&Value| asked.get("party").is_none_or(|id| texts(&l["participants"]).any(|p| p == id));
    let outcomes: Vec<String> = lines.iter().filter(with_party).map(|l| shown(&l["outcome"])).collect();
    let is_asked_for = |l: &&Value| asked.get("outcome").is_none_or(|o| l["outcome"] == o);
    let all: Vec<&Value> = lines.iter().filter(with_party).filter(is_asked_for).collect();
    let (now, next) = part(asked, &all)?;
    let f = super::around(record, asked, now.iter().map(|l| (*l).clone()).collect())?;
    if asked.form != Form::Html {
        let list = Listing { lines: now.to_vec(), count: Some(all.len()), next, note: None };
        return listing(asked, list, || ledger::table(&f, now));
    }
    let shell = Shell::new(room, record, asked, asked.interface.t("ledger"), FORMS)?;
    let rows = now.iter().map(|l| ContactRow::of_announced(&f, asked, l)).collect();
    let filters = filters(asked, "outcome", &outcomes, &|o| outcome_name(asked, o));
    html(&Page { shell, filters, rows, next: next.clone() }).map(|a| a.then(next))
}

/// Contacts that a page announces, with all that are between the same parties: one of them may be the same contact on
/// another day.
fn announced(record: &Record) -> Result<Findings, Trouble> {
    let mut joined: Vec<Value> = Vec::new();
    record.bare_lines(&["event"], &mut |line| {
        if line.get("history").is_some() {
            joined.push(line);
        }
    })?;
    let group = |e: &Value| {
        let mut parties: Vec<String> = texts(&e["participants"]).map(str::to_owned).collect();
        parties.sort_unstable();
        (shown(&e["type"]), parties)
    };
    let history = |e: &Value| e["history"].as_array().cloned().unwrap_or_default();
    let is_announced = |e: &&Value| history(e).iter().any(|r| r["status"] == "planned" || r["status"] == "proposed");
    let groups: BTreeSet<_> = joined.iter().filter(is_announced).map(group).collect();
    joined.retain(|e| groups.contains(&group(e)));
    Ok(Findings::around(record, record.with_words(joined))?)
}
