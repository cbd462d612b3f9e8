//! Where do words stand, and who says them? With ways to narrow that down.

use super::rows::{StatementRow, Told, passage, told};
use super::shell::Shell;
use super::story::headline;
use super::{Listing, html, limit, listing};
use crate::answer::Answer;
use crate::asked::{Asked, Form};
use crate::room::{Room, Trouble};
use askama::Template;
use riwaya_query::findings::{Findings, number, shown};
use riwaya_query::search::{self, Answer as Found, Window};
use riwaya_query::{PageFilter, Table, lists};
use riwaya_store::Record;
use serde_json::{Value, json};

const FORMS: &[Form] = &[Form::Json, Form::Csv, Form::Md];
/// So many values of a facet are shown; how many more there are is said.
const VALUES: usize = 8;

/// Fields of the form: the key of their label, and of the state.
const FIELDS: [(&str, &str); 9] = [
    ("words", "q"),
    ("speaker", "speaker"),
    ("addressee", "addressee"),
    ("act", "act"),
    ("outlet", "outlet"),
    ("lang", "lang"),
    ("since", "since"),
    ("until", "until"),
    ("story", "story"),
];

#[derive(Template)]
#[template(path = "search.html")]
struct Page<'a> {
    shell: Shell<'a>,
    fields: Vec<(&'static str, &'static str, String)>,
    asked_anything: bool,
    exact: bool,
    count: usize,
    pages: usize,
    note: Told,
    hits: Vec<Hit>,
    rows: Vec<StatementRow>,
    facets: Vec<Facet>,
    next: Option<String>,
}

struct Hit {
    lang: String,
    /// The line in pieces; those that were sought are marked.
    line: Vec<(String, bool)>,
    speaker: String,
    outlet: String,
    day: String,
    href: String,
    place: String,
}

struct Facet {
    name: &'static str,
    values: Vec<Narrow>,
    more: usize,
}

struct Narrow {
    href: String,
    label: String,
    count: usize,
}

/// What is searched, or the pages that name an `entity`.
///
/// # Errors
/// As [`super::answer`].
pub fn answer(room: &Room, record: &Record, asked: &Asked) -> Result<Answer, Trouble> {
    let sought = search::Asked {
        words: asked.text("q"),
        speaker: asked.text("speaker"),
        addressee: asked.text("addressee"),
        act: asked.text("act"),
        pages: PageFilter {
            story: asked.text("story"),
            outlet: asked.text("outlet"),
            lang: asked.text("lang"),
            since: asked.text("since"),
            until: asked.text("until"),
        },
    };
    [&sought.pages.since, &sought.pages.until].into_iter().flatten().try_for_each(|day| super::is_day(day))?;
    let naming = asked.get("entity").filter(|_| sought == search::Asked::default());
    let asked_anything = sought != search::Asked::default() || naming.is_some();
    let found = match naming {
        Some(entity) => naming_pages(record, asked, entity)?,
        None if !asked_anything => Found { exact: true, note: Some(NOTHING_ASKED.to_owned()), ..Found::default() },
        None if !record.is_searchable()? => Found { note: Some(NOT_YET.to_owned()), ..Found::default() },
        None => {
            let window = Window { after: asked.text("after"), limit: limit(asked)?, facets: VALUES };
            match sought.words.is_some() {
                true => search::hits(record, room.reader, &sought, &window)?,
                false => search::statements(record, room.reader, &sought, &window)?,
            }
        }
    };
    let next = found.next.as_ref().map(|after| asked.with("after", after));
    let f = super::around(record, asked, found.lines)?;
    let lines: Vec<&Value> = f.kind("hit").iter().chain(f.kind("statement")).collect();
    if asked.form != Form::Html {
        let count = found.exact.then_some(found.count);
        let list = Listing { lines, count, next, note: found.note };
        return listing(asked, list, || table(&f));
    }
    let shell = Shell::new(room, record, asked, asked.interface.t("search"), FORMS)?;
    let field = |(label, key): (&'static str, &'static str)| (label, key, asked.text(key).unwrap_or_default());
    let facet = |facet: search::Facet| Facet {
        name: facet.name,
        more: facet.more,
        values: facet
            .values
            .into_iter()
            .map(|(value, label, count)| {
                let label = if facet.name == "act" { asked.interface.word(&value) } else { label };
                Narrow { href: narrowed(asked, facet.name, &value), label, count }
            })
            .collect(),
    };
    html(&Page {
        fields: FIELDS.map(field).to_vec(),
        asked_anything,
        exact: found.exact,
        count: found.count,
        pages: found.pages,
        note: found.note.filter(|_| asked_anything).map(|note| told(&note)).unwrap_or_default(),
        hits: f.kind("hit").iter().map(|line| hit(&f, asked, line)).collect(),
        rows: f.kind("statement").iter().map(|s| StatementRow::new(&f, asked, s)).collect(),
        facets: found.facets.into_iter().filter(|facet| !facet.values.is_empty()).map(facet).collect(),
        next: next.clone(),
        shell,
    })
    .map(|a| a.then(next))
}

const NOTHING_ASKED: &str = "ask for words (q), a speaker, an act, a day …";
const NOT_YET: &str = "the record holds no words to be searched yet; `riwaya read INPUT -o RECORD` puts them in";

/// This search narrowed down to one value of a facet.
fn narrowed(asked: &Asked, facet: &str, value: &str) -> String {
    match facet {
        "day" => {
            let mut narrow = asked.clone();
            narrow.query.retain(|(key, _)| key != "since");
            narrow.query.push(("since".to_owned(), value.to_owned()));
            narrow.with("until", value)
        }
        key => asked.with(key, value),
    }
}

/// The pages that name an entity, as places of its first name there.
fn naming_pages(record: &Record, asked: &Asked, entity: &str) -> Result<Found, Trouble> {
    let after = asked.get("after").map(|after| {
        after.parse::<i64>().map_err(|_| Trouble::Question(format!("after={after}: give the value that `next` has")))
    });
    let limit = limit(asked)?;
    let mut pages = record.pages_naming(entity, after.transpose()?, limit + 1)?;
    let more = pages.len() > limit;
    pages.truncate(limit);
    let ids: Vec<&str> = pages.iter().map(|(_, id, _)| id.as_str()).collect();
    let articles = record.lines_of(&ids)?;
    let line = |article: &Value| {
        let title = headline(article).unwrap_or_else(|| shown(&article["id"]));
        json!({"kind": "hit", "article": article["id"], "start": 0, "end": 0, "text": "",
            "line": {"start": 0, "end": 0, "text": title}, "statement": null, "speaker": null,
            "published": article["published"]["value"]})
    };
    let (_, count) = record.said_by(entity)?;
    Ok(Found {
        lines: articles.iter().filter(|a| a["kind"] == "article").map(line).collect(),
        next: pages.last().filter(|_| more).map(|(number, ..)| number.to_string()),
        count,
        exact: true,
        pages: count,
        note: (count == 0).then(|| "no page names an entity of this id".to_owned()),
        ..Found::default()
    })
}

fn hit(f: &Findings, asked: &Asked, line: &Value) -> Hit {
    let article = line["article"].as_str().unwrap_or_default();
    let page = f.article(article);
    let field = |key: &str| page.map(|a| shown(&a[key])).unwrap_or_default();
    let at = |span: &Value| Some((number(&span["start"])?, number(&span["end"])?));
    let (start, end) = at(line).unwrap_or_default();
    let href = if start < end { passage(asked, article, start, end) } else { asked.link("page", article) };
    Hit {
        lang: field("lang"),
        line: pieces(line),
        speaker: line["speaker"].as_str().map(|id| f.name(id).to_owned()).unwrap_or_default(),
        outlet: field("outlet"),
        day: shown(&line["published"]),
        href,
        place: if start < end { format!("{article} {start}–{end}") } else { article.to_owned() },
    }
}

/// The line around a place in pieces: what was sought, and what stands between.
fn pieces(line: &Value) -> Vec<(String, bool)> {
    let from = number(&line["line"]["start"]).unwrap_or_default();
    let text: Vec<char> = shown(&line["line"]["text"]).chars().collect();
    let marks = line["marks"].as_array().cloned().unwrap_or_else(|| vec![line.clone()]);
    let within = |n: usize| n.saturating_sub(from).min(text.len());
    let mut out: Vec<(String, bool)> = Vec::new();
    let mut done = 0;
    for mark in &marks {
        let (Some(start), Some(end)) = (number(&mark["start"]), number(&mark["end"])) else { continue };
        let (start, end) = (within(start).max(done), within(end));
        if start < end {
            out.push((text[done..start].iter().collect(), false));
            out.push((text[start..end].iter().collect(), true));
            done = end;
        }
    }
    out.push((text[done..].iter().collect(), false));
    out
}

fn table(f: &Findings) -> Table {
    if f.kind("hit").is_empty() {
        return lists::statements(f, f.kind("statement"));
    }
    let mut table = Table::new(&["article", "start", "end", "words", "published", "statement", "speaker", "line"]);
    for line in f.kind("hit") {
        let mut cells: Vec<String> = ["article", "start", "end", "text", "published", "statement", "speaker"]
            .map(|key| shown(&line[key]))
            .to_vec();
        cells.push(shown(&line["line"]["text"]));
        table.row(cells);
    }
    table
}
