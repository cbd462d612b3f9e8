//! People and bodies by how much they say.

use super::shell::Shell;
use super::{Listing, html, limit, listing, offset};
use crate::answer::Answer;
use crate::asked::{Asked, Form};
use crate::room::{Room, Trouble};
use askama::Template;
use riwaya_query::Table;
use riwaya_query::findings::shown;
use riwaya_store::Record;
use serde_json::{Value, json};

const FORMS: &[Form] = &[Form::Json, Form::Csv];

#[derive(Template)]
#[template(path = "people.html")]
struct Page<'a> {
    shell: Shell<'a>,
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

/// Who speaks, the most first.
///
/// # Errors
/// As [`super::answer`].
pub fn answer(room: &Room, record: &Record, asked: &Asked) -> Result<Answer, Trouble> {
    let (from, limit) = (offset(asked)?, limit(asked)?);
    let mut speakers = record.speakers(from, limit + 1)?;
    let next = (speakers.len() > limit).then(|| asked.with("after", &(from + limit).to_string()));
    speakers.truncate(limit);
    let ids: Vec<&str> = speakers.iter().map(|s| s.id.as_str()).collect();
    let f = super::around(record, asked, record.in_short(&ids)?)?;
    let line = |s: &riwaya_store::Speaker| {
        let entity = f.entity(&s.id).unwrap_or(&Value::Null);
        json!({"kind": "person", "id": s.id, "type": entity["type"], "name": entity["name"],
            "statements": s.statements, "pages": s.pages})
    };
    let lines: Vec<Value> = speakers.iter().map(line).collect();
    if asked.form != Form::Html {
        let listed = Listing { lines: lines.iter().collect(), next, ..Listing::default() };
        return listing(asked, listed, || table(&lines));
    }
    let row = |s: &riwaya_store::Speaker| Row {
        href: asked.link("person", &s.id),
        name: f.name(&s.id).to_owned(),
        kind: f.entity(&s.id).map(|e| shown(&e["type"])).unwrap_or_default(),
        statements: s.statements,
        pages: s.pages,
    };
    let rows = speakers.iter().map(row).collect();
    let shell = Shell::new(room, record, asked, asked.interface.t("people"), FORMS)?;
    html(&Page { shell, rows, next: next.clone() }).map(|a| a.then(next))
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
