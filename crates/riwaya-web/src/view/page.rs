//! A page as it was read: its text with all that was found in it, and the mark-up behind a passage.

use super::rows::{StatementRow, day};
use super::shell::Shell;
use super::story::headline;
use super::{Listing, html, listing};
use crate::answer::Answer;
use crate::asked::{Asked, Form};
use crate::markup::{self, Mark, Marked, Part};
use crate::room::{Room, Trouble};
use askama::Template;
use riwaya_query::citation::RawPage;
use riwaya_query::findings::{Findings, shown};
use riwaya_query::lists;
use riwaya_query::markdown::is_address;
use riwaya_store::Record;
use serde_json::Value;

const FORMS: &[Form] = &[Form::Json, Form::Csv];

#[derive(Template)]
#[template(path = "page.html")]
struct Page<'a> {
    shell: Shell<'a>,
    outlet: String,
    day: String,
    author: String,
    credits: Vec<String>,
    url: Option<String>,
    story: Option<(String, String)>,
    unread: bool,
    raw: Option<(String, String)>,
    markup_href: Option<String>,
    lang: String,
    text: String,
    rows: Vec<StatementRow>,
}

/// The page `id`.
///
/// # Errors
/// As [`super::answer`].
pub fn answer(room: &Room, record: &Record, asked: &Asked, id: &str) -> Result<Answer, Trouble> {
    let mut lines = Vec::new();
    record.lines_about(id, &mut |line| lines.push(line))?;
    lines.retain(|l| l["id"] == id && l["kind"] == "article" || l["article"] == id && l["kind"] != "copy");
    if !lines.iter().any(|l| l["kind"] == "article") {
        return Err(Trouble::NotThere);
    }
    let f = super::around(record, asked, lines)?;
    let article = f.article(id).ok_or(Trouble::NotThere)?;
    if asked.form != Form::Html {
        let kinds = ["article", "mention", "time", "statement", "event"];
        let lines: Vec<&Value> = kinds.iter().flat_map(|kind| f.kind(kind)).filter(|l| is_own(l, id)).collect();
        let list = Listing { count: Some(lines.len()), lines, ..Listing::default() };
        return listing(asked, list, || lists::statements(&f, f.kind("statement")));
    }
    let at = asked.get("at").map(range).transpose()?;
    let raw = RawPage::of(record, id)?;
    let passage = raw.as_ref().zip(at).and_then(|(raw, (from, to))| {
        let place = raw.place(from, to)?;
        Some((format!("{}–{}", place.start, place.end), raw.markup(&place)))
    });
    let story = match record.story_with(id)? {
        Some(story) => Some((asked.link("story", &story), story_title(record, &story)?.unwrap_or(story))),
        None => None,
    };
    let title = headline(article).unwrap_or_else(|| id.to_owned());
    let shell = Shell::new(room, record, asked, &title, FORMS)?;
    let credits = article["credits"].as_array().map_or(&[][..], Vec::as_slice);
    html(&Page {
        outlet: shown(&article["outlet"]),
        day: day(asked, article["published"]["value"].as_str()),
        author: record.page(id)?.and_then(|p| p.source.author).unwrap_or_default(),
        credits: credits.iter().filter(|c| c["kind"] != "carrier").map(|c| shown(&c["name"])).collect(),
        url: article["url"].as_str().filter(|url| is_address(url)).map(str::to_owned),
        story,
        unread: article["lang"].is_null(),
        markup_href: passage.is_some().then(|| asked.with("raw", "1")),
        raw: passage.filter(|_| asked.get("raw").is_some()),
        lang: shown(&article["lang"]),
        text: text(&f, asked, article, at),
        rows: f.kind("statement").iter().map(|s| StatementRow::new(&f, asked, s)).collect(),
        shell,
    })
}

/// The headline of a story.
fn story_title(record: &Record, id: &str) -> Result<Option<String>, Trouble> {
    let lines = record.lines_of(&[id])?;
    let story = lines.iter().find(|l| l["kind"] == "story");
    Ok(story.and_then(|s| s["title"].as_str().map(str::to_owned)))
}

fn is_own(line: &Value, id: &str) -> bool {
    line["article"] == id || line["id"] == id
}

/// `120-180`, in code points.
fn range(at: &str) -> Result<(usize, usize), Trouble> {
    let parsed = at.split_once('-').and_then(|(from, to)| Some((from.parse().ok()?, to.parse().ok()?)));
    let is_range = |(from, to): &(usize, usize)| from < to;
    parsed.filter(is_range).ok_or_else(|| Trouble::Question(format!("at={at}: give two positions: at=120-180")))
}

/// The text with its marks.
fn text(f: &Findings, asked: &Asked, article: &Value, at: Option<(usize, usize)>) -> String {
    let mut marks: Vec<Marked> = Vec::new();
    for statement in f.kind("statement") {
        let name = statement["id"].as_str().and_then(|id| id.rsplit_once('#')).map_or("", |(_, name)| name);
        for piece in statement["content"].as_array().into_iter().flatten() {
            marks.extend(Marked::of(piece, Mark::Statement(name.to_owned())));
        }
        marks.extend(Marked::of(&statement["cue"], Mark::Cue));
        marks.extend(Marked::of(&statement["source"], Mark::Source));
    }
    for mention in f.kind("mention") {
        let entity = mention["entity"].as_str().unwrap_or_default();
        marks.extend(Marked::of(mention, Mark::Name(asked.link("person", entity))));
    }
    for time in f.kind("time") {
        marks.extend(Marked::of(time, Mark::Time(shown(&time["value"]))));
    }
    marks.extend(at.map(|(start, end)| Marked { start, end, mark: Mark::Lit }));
    let spans = |key: &str| -> Vec<(usize, usize)> {
        let spans = article[key].as_array().map_or(&[][..], Vec::as_slice);
        let at = |span: &Value, n: usize| span[n].as_u64().map(|n| n as usize);
        spans.iter().filter_map(|s| at(s, 0).zip(at(s, 1))).collect()
    };
    let (title, body) = (spans("title_spans"), spans("body"));
    let holds = |spans: &[(usize, usize)], from: usize, to: usize| spans.iter().any(|(s, e)| *s < to && from < *e);
    let part = |from: usize, to: usize| match (holds(&title, from, to), holds(&body, from, to)) {
        (true, _) => Part::Title,
        (false, true) => Part::Body,
        (false, false) => Part::Rest,
    };
    markup::html(article["text"].as_str().unwrap_or_default(), &marks, &part)
}
