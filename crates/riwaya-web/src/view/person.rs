//! A person or body: names, roles over time, what they said.

use super::people;
use super::rows::StatementRow;
use super::shell::Shell;
use super::{Listing, html, limit, listing};
use crate::answer::Answer;
use crate::asked::{Asked, Form};
use crate::room::{Room, Trouble};
use askama::Template;
use riwaya_query::findings::{Findings, shown, texts};
use riwaya_query::{lists, one_line};
use riwaya_store::Record;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

const FORMS: &[Form] = &[Form::Json, Form::Csv, Form::Md];

#[derive(Template)]
#[template(path = "person.html")]
struct Page<'a> {
    shell: Shell<'a>,
    kind: String,
    pages: usize,
    mentions_href: String,
    names: Vec<(String, String)>,
    forms: Vec<String>,
    joined: Vec<(String, Vec<String>)>,
    /// As written, from which day to which, on how many pages.
    roles: Vec<(String, String, usize)>,
    rows: Vec<StatementRow>,
    count: usize,
    next: Option<String>,
}

/// The person or body `id`; whoever is called so, where it is no id but a name.
///
/// # Errors
/// As [`super::answer`].
pub fn answer(room: &Room, record: &Record, asked: &Asked, id: &str) -> Result<Answer, Trouble> {
    let Some(entity) = record.entity(id)? else {
        let called = people::called(record, id)?;
        return match called.as_slice() {
            [] => Err(Trouble::NotThere),
            [one] => answer(room, record, asked, &one.id),
            all => {
                let first = &all[..all.len().min(limit(asked)?)];
                let note = format!("{id} may be {} people or bodies; ask for one of them by its id", all.len());
                people::list(room, record, asked, first, None, Some(note))
            }
        };
    };
    let after = asked.get("after").map(place).transpose()?;
    let found = record.statements_by(id, after, limit(asked)?)?;
    let next = found.next.map(|(page, n)| asked.with("after", &format!("{page}.{n}")));
    let mut lines = found.lines;
    lines.push(entity.clone());
    let f = super::around(record, asked, lines)?;
    let (count, pages) = record.said_by(id)?;
    if asked.form != Form::Html {
        let lines: Vec<&Value> = f.entity(id).into_iter().chain(f.kind("statement")).collect();
        let list = Listing { lines, count: Some(count), next, note: None };
        return listing(asked, list, || lists::statements(&f, f.kind("statement")));
    }
    let name = |map: &Value| {
        let names = map.as_object().into_iter().flatten();
        names.map(|(code, name)| (code.clone(), shown(name))).collect()
    };
    let joined = entity["joined"].as_array().map_or(&[][..], Vec::as_slice);
    let reason = |j: &Value| {
        let from = j["from"].as_array().map_or(&[][..], Vec::as_slice);
        (shown(&j["rule"]), from.iter().map(|span| one_line(&shown(&span["text"]))).collect())
    };
    let shell = Shell::new(room, record, asked, f.name(id), FORMS)?;
    html(&Page {
        kind: shown(&entity["type"]),
        pages,
        mentions_href: asked.link_with("search", "", "entity", id),
        names: name(&entity["name"]),
        forms: texts(&entity["forms"]).map(one_line).collect(),
        joined: joined.iter().map(reason).collect(),
        roles: roles(&f, &entity),
        rows: f.kind("statement").iter().map(|s| StatementRow::new(&f, asked, s)).collect(),
        count,
        next: next.clone(),
        shell,
    })
    .map(|a| a.then(next))
}

fn place(after: &str) -> Result<(i64, i64), Trouble> {
    let parsed = after.split_once('.').and_then(|(page, n)| Some((page.parse().ok()?, n.parse().ok()?)));
    parsed.ok_or_else(|| Trouble::Question(format!("after={after}: give the value that `next` has")))
}

/// Roles as pages write them, each from its first day to its last, the earliest first.
fn roles(f: &Findings, entity: &Value) -> Vec<(String, String, usize)> {
    let mut roles: BTreeMap<String, (BTreeSet<String>, BTreeSet<String>)> = BTreeMap::new();
    for role in entity["roles"].as_array().map_or(&[][..], Vec::as_slice) {
        let article = role["article"].as_str().unwrap_or_default();
        let (days, pages) = roles.entry(one_line(&shown(&role["text"]))).or_default();
        days.extend(f.article(article).and_then(|a| a["published"]["value"].as_str()).map(str::to_owned));
        pages.insert(article.to_owned());
    }
    let span = |days: &BTreeSet<String>| match (days.first(), days.last()) {
        (Some(first), Some(last)) if first != last => format!("{first} – {last}"),
        (Some(day), _) => day.clone(),
        _ => "—".to_owned(),
    };
    let mut rows: Vec<_> = roles.into_iter().map(|(role, (days, pages))| (role, span(&days), pages.len())).collect();
    rows.sort_by(|a, b| (&a.1, &a.0).cmp(&(&b.1, &b.0)));
    rows
}
