//! `riwaya people`.

use super::list;
use crate::End;
use crate::args::PeopleArgs;
use crate::reading;
use riwaya_query::Table;
use riwaya_query::filter::{self, Fold, Pages};
use riwaya_query::findings::{Findings, shown, texts};
use rustc_hash::FxHashMap;
use serde_json::{Value, json};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// Lists people and bodies.
///
/// # Errors
/// Where the record cannot be read or standard output not be written to.
pub fn run(args: PeopleArgs) -> anyhow::Result<End> {
    let record = &args.list.from.record;
    let findings = reading::findings(record, &["entity", "story", "article"])?;
    let fold = Fold::load()?;
    let asked = args.pages.filter();
    let pages = Pages::of(&findings, &asked, &fold);
    let mut seen: FxHashMap<String, Seen<'_>> = FxHashMap::default();
    Findings::each(record, &["mention", "statement"], &mut |line| {
        let Some(article) = line["article"].as_str().filter(|a| pages.counts(a)) else { return };
        let says = line["kind"] == "statement";
        let entity = if says { &line["speaker"] } else { &line["entity"] };
        let number = findings.article_number(article);
        if let (Some(entity), Some(number)) = (entity.as_str(), number) {
            let seen = seen.entry(entity.to_owned()).or_default();
            seen.statements += usize::from(says);
            seen.pages.insert(number);
            seen.days.extend(pages.published(article));
        }
    })?;
    let named = args.name.as_deref().map(|name| filter::entities(&findings, name, &fold));
    let role = args.role.as_deref().map(|words| fold.fold(words));
    let is_asked_for = |e: &&Value| {
        let id = e["id"].as_str().unwrap_or_default();
        e["named"] == true
            && args.r#type.as_deref().map_or(e["type"] == "PER" || e["type"] == "ORG", |t| e["type"] == t)
            && seen.contains_key(id)
            && named.as_ref().is_none_or(|all| all.contains(id))
    };
    let bears = |line: &Value| {
        let roles = line["roles"].as_array().map_or(&[][..], Vec::as_slice);
        role.as_deref().is_none_or(|words| roles.iter().any(|r| fold.holds(&shown(&r["text"]), words)))
    };
    let entities = findings.kind("entity").iter().filter(is_asked_for);
    let mut lines: Vec<Value> = entities.map(|e| line(e, &seen, &pages, &fold)).filter(bears).collect();
    let number = |line: &Value, key: &str| Reverse(line[key].as_u64());
    lines.sort_by_cached_key(|l| (number(l, "statements"), number(l, "pages"), shown(&l["id"])));
    let lines: Vec<&Value> = lines.iter().collect();
    list(&args.list, &lines, &short(&findings, &lines), &wide(&lines))
}

/// Where somebody is named or speaks.
#[derive(Default)]
struct Seen<'f> {
    statements: usize,
    pages: BTreeSet<usize>,
    days: BTreeSet<&'f str>,
}

fn line(entity: &Value, seen: &FxHashMap<String, Seen<'_>>, pages: &Pages<'_>, fold: &Fold) -> Value {
    let seen = entity["id"].as_str().and_then(|id| seen.get(id));
    json!({
        "kind": "person",
        "id": entity["id"],
        "type": entity["type"],
        "name": entity["name"],
        "forms": entity["forms"],
        "roles": roles(entity, pages, fold),
        "statements": seen.map_or(0, |s| s.statements),
        "pages": seen.map_or(0, |s| s.pages.len()),
        "first": seen.and_then(|s| s.days.first()),
        "last": seen.and_then(|s| s.days.last()),
    })
}

/// The roles as written, the first to be borne first: on how many pages, from which day to which.
fn roles(entity: &Value, pages: &Pages<'_>, fold: &Fold) -> Vec<Value> {
    let mut roles: BTreeMap<String, (&str, BTreeSet<&str>, BTreeSet<&str>)> = BTreeMap::new();
    for role in entity["roles"].as_array().map_or(&[][..], Vec::as_slice) {
        let (Some(text), Some(article)) = (role["text"].as_str(), role["article"].as_str()) else { continue };
        if pages.counts(article) {
            let known = roles.entry(fold.fold(text)).or_insert((text, BTreeSet::new(), BTreeSet::new()));
            known.1.insert(article);
            known.2.extend(pages.published(article));
        }
    }
    let mut roles: Vec<_> = roles.into_values().collect();
    roles.sort_by_key(|(text, _, days)| (days.is_empty(), days.first().copied(), *text));
    let line = |(text, articles, days): (&str, BTreeSet<&str>, BTreeSet<&str>)| json!({"text": text, "pages": articles.len(), "first": days.first(), "last": days.last()});
    roles.into_iter().map(line).collect()
}

fn short(findings: &Findings, lines: &[&Value]) -> Table {
    let mut table = Table::new(&["who", "type", "statements", "pages", "first", "last", "roles"]);
    for l in lines {
        let id = l["id"].as_str().unwrap_or_default();
        let cells = ["type", "statements", "pages", "first", "last"].map(|key| shown(&l[key]));
        table.row([vec![findings.name(id).to_owned()], cells.to_vec(), vec![told(&l["roles"], "; ")]].concat());
    }
    table
}

fn wide(lines: &[&Value]) -> Table {
    let mut table =
        Table::new(&["entity", "type", "ar", "en", "ru", "statements", "pages", "first", "last", "forms", "roles"]);
    for l in lines {
        let mut cells: Vec<String> = ["id", "type"].map(|key| shown(&l[key])).to_vec();
        cells.extend(["ar", "en", "ru"].map(|lang| shown(&l["name"][lang])));
        cells.extend(["statements", "pages", "first", "last"].map(|key| shown(&l[key])));
        cells.push(texts(&l["forms"]).collect::<Vec<_>>().join("; "));
        cells.push(told(&l["roles"], "; "));
        table.row(cells);
    }
    table
}

/// «وزير الخارجية 2026-02-03–2026-03-01».
fn told(roles: &Value, between: &str) -> String {
    let one = |role: &Value| {
        let (first, last) = (shown(&role["first"]), shown(&role["last"]));
        let days = if first == last { first } else { format!("{first}–{last}") };
        format!("{} {days}", shown(&role["text"])).trim_end().to_owned()
    };
    roles.as_array().map_or(&[][..], Vec::as_slice).iter().map(one).collect::<Vec<_>>().join(between)
}
