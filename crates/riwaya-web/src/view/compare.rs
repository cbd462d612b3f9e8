//! The accounts of a contact or story: a column a side, a row a point.

use super::rows::{Filter, Said, filters};
use super::shell::Shell;
use super::{Listing, listing};
use super::{html, people};
use crate::answer::Answer;
use crate::asked::{Asked, Form, address};
use crate::room::{Room, Trouble};
use askama::Template;
use riwaya_query::compare::layout::{self, Asked as Initiative, Column, Comparison, Point};
use riwaya_query::compare::{self, markdown, table};
use riwaya_query::filter::{self, Fold};
use riwaya_query::findings::{Findings, shown, texts};
use riwaya_store::Record;
use serde_json::Value;

const FORMS: &[Form] = &[Form::Json, Form::Csv, Form::Md];

#[derive(Template)]
#[template(path = "compare.html")]
struct Page<'a> {
    shell: Shell<'a>,
    story_href: String,
    story_title: String,
    comparisons: Vec<Laid>,
    /// The address, and the sides that were asked for.
    here: String,
    sides: String,
}

struct Laid {
    title: String,
    anchor: String,
    filters: Vec<Filter>,
    sides: Vec<SideRow>,
    silent: Vec<String>,
    others: Vec<Other>,
    points: Vec<PointRow>,
}

struct SideRow {
    name: String,
    before: usize,
    after: usize,
    lead: Vec<(usize, String)>,
    asked: Vec<Other>,
    about_asking: Vec<usize>,
}

struct Other {
    by: String,
    who: String,
    said: Said,
}

struct PointRow {
    number: usize,
    topic: String,
    relation: String,
    before: bool,
    rule: String,
    columns: Vec<Cell>,
}

struct Cell {
    side: String,
    quotes: Vec<Said>,
    silent: bool,
}

/// The comparison of the contact or story `id`.
///
/// # Errors
/// As [`super::answer`].
pub fn answer(room: &Room, record: &Record, asked: &Asked, id: &str) -> Result<Answer, Trouble> {
    let named = record.lines_of(&[id])?;
    let subject = named.iter().find(|l| l["kind"] == "story" || l["kind"] == "event").ok_or(Trouble::NotThere)?;
    let story = match subject["kind"].as_str() {
        Some("story") => id.to_owned(),
        _ => story_of(record, subject)?,
    };
    let kept = |l: &Value| matches!(l["kind"].as_str(), Some("story" | "event" | "point"));
    let mut lines: Vec<Value> = record.story(&story)?.into_iter().filter(kept).collect();
    let sides = sides(record, asked)?;
    let contact = lines.iter().find(|l| l["kind"] == "event" && l["article"].is_null() && is_of(l, id));
    let contact = contact.and_then(|l| l["id"].as_str()).map(str::to_owned);
    let about = |l: &Value| l["story"] == id || l["event"] == id || contact.as_deref().is_some_and(|c| l["event"] == c);
    let held = lines.iter().any(|l| l["kind"] == "point" && about(l));
    if !sides.is_empty() || !held {
        let made = compare::made(record, &story, contact.as_deref(), &sides, room.reader)?;
        if !sides.is_empty() || !made.is_empty() {
            lines.retain(|l| l["kind"] != "point");
            lines.extend(made);
        }
    }
    let f = super::around(record, asked, lines)?;
    let is_meant = |p: &&Value| {
        let joined = f.kind("event").iter().find(|e| e["id"] == p["event"]);
        p["story"] == id || p["event"] == id || joined.is_some_and(|e| is_of(e, id))
    };
    let all: Vec<&Value> = f.kind("point").iter().filter(is_meant).collect();
    let chosen = asked.get("relation");
    let points: Vec<&Value> = all.iter().filter(|p| chosen.is_none_or(|r| p["relation"] == r)).copied().collect();
    match asked.form {
        Form::Html => page(room, record, asked, &f, &all),
        Form::Md => Ok(Answer::of(Form::Md, markdown::print(&f, &layout::all(&f, &points)).into_bytes())),
        _ => {
            let note = all.is_empty().then(|| {
                "there are no accounts to compare here: a comparison needs two sides of which one speaks".to_owned()
            });
            let lines = Listing { count: Some(points.len()), lines: points.clone(), next: None, note };
            listing(asked, lines, || table(&f, &points))
        }
    }
}

/// Is the contact `line` of this id, or joined from an event of this id?
fn is_of(line: &Value, id: &str) -> bool {
    line["id"] == id || texts(&line["events"]).any(|one| one == id)
}

/// The parties that shall be the columns, as ids: `sides=` names them or gives their ids, with commas between.
fn sides(record: &Record, asked: &Asked) -> Result<Vec<String>, Trouble> {
    let wanted = asked.text("sides").unwrap_or_default();
    let names = wanted.split([',', '،']).map(str::trim).filter(|name| !name.is_empty());
    names.map(|name| side_called(record, name)).collect()
}

/// Who is meant by `name`: that id, else whoever is called exactly so, else who says most of those whose name begins so.
fn side_called(record: &Record, name: &str) -> Result<String, Trouble> {
    let called = people::called(record, name)?;
    if let Some(exact) = called.iter().find(|one| one.id == name) {
        return Ok(exact.id.clone());
    }
    let fold = Fold::shared()?;
    for one in &called {
        if record.entity(&one.id)?.is_some_and(|entity| filter::is_called(&entity, name, fold)) {
            return Ok(one.id.clone());
        }
    }
    let first = called.first().map(|one| one.id.clone());
    first.ok_or_else(|| Trouble::Question(format!("sides={name}: nobody in the record is called so")))
}

/// The story that an event of a page, or a contact, belongs to.
fn story_of(record: &Record, event: &Value) -> Result<String, Trouble> {
    if let Some(story) = event["story"].as_str() {
        return Ok(story.to_owned());
    }
    let article = event["article"].as_str().unwrap_or_default();
    record.story_with(article)?.ok_or(Trouble::NotThere)
}

fn page(room: &Room, record: &Record, asked: &Asked, f: &Findings, points: &[&Value]) -> Result<Answer, Trouble> {
    let comparisons = layout::all(f, points);
    let story = f.kind("story").first();
    let title = comparisons.first().map_or_else(|| asked.interface.t("compare").to_owned(), |c| title(f, asked, c));
    let shell = Shell::new(room, record, asked, &title, FORMS)?;
    html(&Page {
        story_href: story.map(|s| asked.link("story", &shown(&s["id"]))).unwrap_or_default(),
        story_title: story.and_then(|s| f.title(s)).unwrap_or(asked.interface.t("story")).to_owned(),
        here: address(&asked.view, asked.id.as_deref(), Form::Html, &[]),
        sides: asked.text("sides").unwrap_or_default(),
        comparisons: (1..).zip(&comparisons).map(|(n, c)| laid(f, asked, n, c)).collect(),
        shell,
    })
}

/// Kind, day, status and parties of the contact in the reader's language, or the headline of the story.
fn title(f: &Findings, asked: &Asked, comparison: &Comparison<'_>) -> String {
    let Some(event) = f.kind("event").iter().find(|e| e["id"] == comparison.id.as_str()) else {
        return comparison.title.clone();
    };
    let ui = asked.interface;
    let (kind, status) = (ui.word(&shown(&event["type"])), ui.word(&shown(&event["status"])));
    let when = super::rows::day(asked, event["when"]["value"].as_str());
    format!("{kind} · {when} · {status} · {}", f.names(&event["participants"]))
}

fn laid(f: &Findings, asked: &Asked, number: usize, comparison: &Comparison<'_>) -> Laid {
    let ui = asked.interface;
    let relations: Vec<String> = comparison.points.iter().map(|p| p.relation.clone()).collect();
    let chosen = asked.get("relation");
    let initiative = |by: String, said: &Initiative| Other {
        by,
        who: said.who.clone(),
        said: Said::of_cited(f, asked, &said.cited),
    };
    let side = |s: &layout::Side| SideRow {
        name: s.name.clone(),
        before: s.points[0],
        after: s.points[1],
        lead: s.lead.clone(),
        asked: s.asked.iter().map(|a| initiative(s.name.clone(), a)).collect(),
        about_asking: s.about_asking.clone(),
    };
    let page_itself = || ui.t("page").to_owned();
    Laid {
        title: title(f, asked, comparison),
        anchor: format!("c{number}"),
        filters: filters(asked, "relation", &relations, &|r| ui.word(r)),
        sides: comparison.sides.iter().map(side).collect(),
        silent: comparison.silent.clone(),
        others: comparison
            .others
            .iter()
            .map(|(by, said)| initiative(by.clone().unwrap_or_else(page_itself), said))
            .collect(),
        points: comparison
            .points
            .iter()
            .filter(|p| chosen.is_none_or(|r| p.relation == r))
            .map(|p| point(f, asked, comparison, p))
            .collect(),
    }
}

fn point(f: &Findings, asked: &Asked, comparison: &Comparison<'_>, point: &Point<'_>) -> PointRow {
    let cell = |(side, column): (&layout::Side, &Column<'_>)| Cell {
        side: side.name.clone(),
        quotes: match column {
            Column::Says(cells) => cells.iter().flat_map(|c| Said::of_cell(f, asked, c)).collect(),
            Column::Silent | Column::NoAccount => Vec::new(),
        },
        silent: matches!(column, Column::Silent),
    };
    PointRow {
        number: point.number,
        topic: point.topic.clone(),
        relation: point.relation.clone(),
        before: point.before,
        rule: point.rule.clone(),
        columns: comparison.sides.iter().zip(&point.columns).map(cell).collect(),
    }
}
