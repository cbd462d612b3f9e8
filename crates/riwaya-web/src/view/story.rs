//! A story: its contacts in time, its accounts, copies, what does not fit, what is expected next.

use super::rows::{ContactRow, FlagRow, StoryRow, passage};
use super::shell::Shell;
use super::{html, no_such_form};
use crate::answer::Answer;
use crate::asked::{Asked, Form};
use crate::draw::{self, Arrow, Dot, Happening};
use crate::room::{Room, Trouble};
use askama::Template;
use riwaya_query::brief;
use riwaya_query::findings::{Findings, shown, texts};
use riwaya_query::ledger::{self, Outcome};
use riwaya_query::lists;
use riwaya_query::one_line;
use riwaya_query::quoting::{Quote, Quoting};
use riwaya_store::Record;
use serde_json::{Value, json};

const FORMS: &[Form] = &[Form::Json, Form::Md, Form::Ics];
/// So many statements of each speaker are in the dossier of a story.
const SAID: usize = 3;

#[derive(Template)]
#[template(path = "story.html")]
struct Page<'a> {
    shell: Shell<'a>,
    row: StoryRow,
    has_points: bool,
    timeline: String,
    contacts: Vec<ContactRow>,
    expected: Vec<ContactRow>,
    flags: Vec<FlagRow>,
    copies: Vec<CopyRow>,
    graph: String,
    pages: Vec<PageRow>,
}

struct CopyRow {
    page: String,
    href: String,
    of: String,
    of_href: String,
    relation: String,
    share: String,
    because: String,
}

struct PageRow {
    href: String,
    title: String,
    lang: String,
    outlet: String,
    day: String,
}

/// The story `id`.
///
/// # Errors
/// As [`super::answer`].
pub fn answer(room: &Room, record: &Record, asked: &Asked, id: &str) -> Result<Answer, Trouble> {
    let mut lines = record.story(id)?;
    let Some(story) = lines.iter().find(|l| l["kind"] == "story" && l["id"] == id).cloned() else {
        return Err(Trouble::NotThere);
    };
    let ids: Vec<&str> = texts(&story["articles"]).collect();
    lines.extend(record.lines_of(&ids)?.into_iter().filter(|l| l["kind"] == "article"));
    if asked.form == Form::Md {
        for id in &ids {
            record.lines_about(id, &mut |line| lines.extend((line["kind"] == "statement").then_some(line)))?;
        }
    }
    let f = super::around(record, asked, lines)?;
    match asked.form {
        Form::Html => page(room, record, asked, &f, &story),
        Form::Json => Ok(Answer::json(&object(&f, &story))),
        Form::Md => {
            let brief = brief::brief(&f, &story, SAID)?;
            Ok(Answer::of(Form::Md, brief::markdown::print(&brief).into_bytes()))
        }
        Form::Ics => {
            let quoting = Quoting::new(&f, room.reader);
            let latest = record.latest_day()?;
            let entries = ledger::entries(&f, &quoting, &room.moves, latest.as_deref());
            Ok(Answer::of(Form::Ics, ledger::ics(&f, &entries).0.into_bytes()))
        }
        Form::Csv | Form::Atom => Err(no_such_form(asked)),
    }
}

fn object(f: &Findings, story: &Value) -> Value {
    let text_left_out = |article: &Value| {
        let mut article = article.clone();
        if let Some(map) = article.as_object_mut() {
            map.remove("text");
        }
        article
    };
    json!({
        "story": story,
        "contacts": f.kind("event"),
        "points": f.kind("point"),
        "copies": f.kind("copy"),
        "flags": f.kind("flag"),
        "articles": f.kind("article").iter().map(text_left_out).collect::<Vec<_>>(),
        "entities": f.kind("entity"),
    })
}

fn page(room: &Room, record: &Record, asked: &Asked, f: &Findings, story: &Value) -> Result<Answer, Trouble> {
    let row = StoryRow::new(f, asked, story);
    let quoting = Quoting::new(f, room.reader);
    let sentence = |article: &str, span: &Value| quoting.sentence(article, span).or_else(|| Quote::of(article, span));
    let contacts: Vec<&Value> = f.kind("event").iter().filter(|e| lists::is_joined(e)).collect();
    let has_points = |e: &Value| f.kind("point").iter().any(|p| p["event"] == e["id"]);
    let contact = |e: &&Value| {
        let id = e["id"].as_str().unwrap_or_default();
        let href = has_points(e).then(|| asked.link("compare", id));
        ContactRow { href, ..ContactRow::new(f, asked, e, &sentence) }
    };
    let latest = record.latest_day()?;
    let entries = ledger::entries(f, &quoting, &room.moves, latest.as_deref());
    let to_come = entries.iter().filter(|e| matches!(e.outcome, Outcome::Expected | Outcome::Moved));
    let shell = Shell::new(room, record, asked, &row.title, FORMS)?;
    let ui = asked.interface;
    html(&Page {
        has_points: !f.kind("point").is_empty(),
        timeline: draw::timeline(&happenings(f, asked, &contacts), &dots(f, asked, story), ui.dir(), ui.t("timeline")),
        contacts: contacts.iter().map(contact).collect(),
        expected: to_come.map(|e| ContactRow::of_announced(f, asked, &ledger::line(e))).collect(),
        flags: f.kind("flag").iter().map(|flag| FlagRow::new(f, asked, flag)).collect(),
        copies: f.kind("copy").iter().map(|c| copy(asked, c)).collect(),
        graph: draw::copies(&dots(f, asked, story), &arrows(f), ui.dir(), ui.t("copies")),
        pages: texts(&story["articles"]).map(|id| page_row(f, asked, id)).collect(),
        shell,
        row,
    })
}

fn page_row(f: &Findings, asked: &Asked, id: &str) -> PageRow {
    let none = Value::Null;
    let article = f.article(id).unwrap_or(&none);
    PageRow {
        href: asked.link("page", id),
        title: headline(article).unwrap_or_else(|| id.to_owned()),
        lang: shown(&article["lang"]),
        outlet: shown(&article["outlet"]),
        day: super::rows::day(asked, article["published"]["value"].as_str()),
    }
}

/// The headline as it stands on the page, else that of the metadata.
pub fn headline(article: &Value) -> Option<String> {
    let span = &article["title_spans"][0];
    let at = |n: usize| span[n].as_u64().map(|n| n as usize);
    let words = at(0).zip(at(1)).zip(article["text"].as_str());
    let words = words.map(|((from, to), text)| text.chars().skip(from).take(to - from.min(to)).collect::<String>());
    words.or_else(|| article["title"].as_str().map(str::to_owned)).map(|words| one_line(&words))
}

fn copy(asked: &Asked, line: &Value) -> CopyRow {
    let (page, of) = (shown(&line["article"]), shown(&line["of"]));
    let first = |n: usize| {
        let span = &line["runs"][0][n];
        Some((span["start"].as_u64()? as usize, span["end"].as_u64()? as usize))
    };
    let href =
        |id: &str, n: usize| first(n).map_or_else(|| asked.link("page", id), |(from, to)| passage(asked, id, from, to));
    CopyRow {
        href: href(&page, 1),
        of_href: href(&of, 0),
        relation: shown(&line["relation"]),
        share: line["share"].as_f64().map_or(String::new(), |share| format!("{:.0} %", share * 100.0)),
        because: shown(&line["because"]["rule"]),
        page,
        of,
    }
}

/// The contacts that have a day, each with the pages that tell of it.
fn happenings(f: &Findings, asked: &Asked, contacts: &[&Value]) -> Vec<Happening> {
    let happening = |e: &&Value| {
        let history = e["history"].as_array().map_or(&[][..], Vec::as_slice);
        Some(Happening {
            day: e["when"]["value"].as_str().filter(|day| day.len() >= 10)?.to_owned(),
            label: format!("{} · {}", asked.interface.word(&shown(&e["type"])), f.names(&e["participants"])),
            href: format!("#{}", shown(&e["id"])),
            told_by: history.iter().filter_map(|r| r["article"].as_str().map(str::to_owned)).collect(),
        })
    };
    contacts.iter().filter_map(happening).collect()
}

fn dots(f: &Findings, asked: &Asked, story: &Value) -> Vec<Dot> {
    let dot = |id: &str| {
        let article = f.article(id)?;
        Some(Dot {
            id: id.to_owned(),
            day: article["published"]["value"].as_str().unwrap_or_default().to_owned(),
            label: article["outlet"].as_str().unwrap_or(id).to_owned(),
            href: asked.link("page", id),
        })
    };
    texts(&story["articles"]).filter_map(dot).collect()
}

fn arrows(f: &Findings) -> Vec<Arrow> {
    let arrow = |c: &Value| Some(Arrow { from: c["article"].as_str()?.to_owned(), to: c["of"].as_str()?.to_owned() });
    f.kind("copy").iter().filter_map(arrow).collect()
}
