//! People and bodies by how much they say.

use super::shell::Shell;
use super::{Listing, html, limit, listing, offset};
use crate::answer::Answer;
use crate::asked::{Asked, Form};
use crate::room::{Room, Trouble};
use askama::Template;
use riwaya_query::Table;
use riwaya_query::filter::Fold;
use riwaya_query::findings::shown;
use riwaya_query::search::shelf::meant;
use riwaya_store::{Record, Speaker};
use serde_json::{Value, json};

const FORMS: &[Form] = &[Form::Json, Form::Csv];

#[derive(Template)]
#[template(path = "people.html")]
struct Page<'a> {
    shell: Shell<'a>,
    name: String,
    rows: Vec<Row>,
    next: Option<String>,
}

struct Row {
    href: String,
    name: String,
    kind: String,
    statements: usize,
    pages: usize,
}

/// Who speaks, the most first; all whose names begin like `name`, if that is asked for.
///
/// # Errors
/// As [`super::answer`].
pub fn answer(room: &Room, record: &Record, asked: &Asked) -> Result<Answer, Trouble> {
    let (from, limit) = (offset(asked)?, limit(asked)?);
    let (mut speakers, note) = match asked.text("name").filter(|name| !name.trim().is_empty()) {
        None => (record.speakers(from, limit + 1)?, None),
        Some(name) => {
            let all = called(record, &name)?;
            let note = all.is_empty().then(|| format!("nobody in the record is called like {name}"));
            (all.into_iter().skip(from).take(limit + 1).collect(), note)
        }
    };
    let next = (speakers.len() > limit).then(|| asked.with("after", &(from + limit).to_string()));
    speakers.truncate(limit);
    list(room, record, asked, &speakers, next, note)
}

/// Those who may be meant by a name, an id among them, those who say most first.
///
/// # Errors
/// Where the record cannot be read.
pub fn called(record: &Record, name: &str) -> Result<Vec<Speaker>, Trouble> {
    let count = |id: String| {
        let (statements, pages) = record.said_by(&id)?;
        Ok(Speaker { id, statements, pages })
    };
    let mut all = meant(record, name, Fold::shared()?)?.into_iter().map(count).collect::<Result<Vec<_>, Trouble>>()?;
    all.sort_by(|a, b| (b.statements, b.pages, &a.id).cmp(&(a.statements, a.pages, &b.id)));
    Ok(all)
}

/// These speakers as an answer.
///
/// # Errors
/// As [`super::answer`].
pub fn list(
    room: &Room,
    record: &Record,
    asked: &Asked,
    speakers: &[Speaker],
    next: Option<String>,
    note: Option<String>,
) -> Result<Answer, Trouble> {
    let ids: Vec<&str> = speakers.iter().map(|s| s.id.as_str()).collect();
    let f = super::around(record, asked, record.in_short(&ids)?)?;
    let line = |s: &Speaker| {
        let entity = f.entity(&s.id).unwrap_or(&Value::Null);
        json!({"kind": "person", "id": s.id, "type": entity["type"], "name": entity["name"],
            "statements": s.statements, "pages": s.pages})
    };
    let lines: Vec<Value> = speakers.iter().map(line).collect();
    if asked.form != Form::Html {
        let listed = Listing { lines: lines.iter().collect(), next, note, ..Listing::default() };
        return listing(asked, listed, || table(&lines));
    }
    let row = |s: &Speaker| Row {
        href: asked.link("person", &s.id),
        name: f.name(&s.id).to_owned(),
        kind: f.entity(&s.id).map(|e| shown(&e["type"])).unwrap_or_default(),
        statements: s.statements,
        pages: s.pages,
    };
    let rows = speakers.iter().map(row).collect();
    let name = asked.text("name").or_else(|| asked.id.clone()).unwrap_or_default();
    let shell = Shell::new(room, record, asked, asked.interface.t("people"), FORMS)?;
    html(&Page { shell, name, rows, next: next.clone() }).map(|a| a.then(next))
}

fn table(lines: &[Value]) -> Table {
    let mut table = Table::new(&["entity", "type", "ar", "en", "ru", "statements", "pages"]);
    for l in lines {
        let mut cells: Vec<String> = ["id", "type"].map(|key| shown(&l[key])).to_vec();
        cells.extend(["ar", "en", "ru"].map(|lang| shown(&l["name"][lang])));
        cells.extend(["statements", "pages"].map(|key| shown(&l[key])));
        table.row(cells);
    }
    table
}
