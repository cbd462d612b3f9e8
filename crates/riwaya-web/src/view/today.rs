//! Stories, the newest first.

use super::rows::StoryRow;
use super::shell::Shell;
use super::{Listing, html, limit, listing};
use crate::answer::{Answer, tag};
use crate::asked::{Asked, Form, encoded};
use crate::markup::escaped;
use crate::room::{Room, Trouble};
use askama::Template;
use riwaya_query::findings::{Findings, texts};
use riwaya_query::lists;
use riwaya_store::Record;
use serde_json::Value;
use std::fmt::Write as _;

const FORMS: &[Form] = &[Form::Json, Form::Csv, Form::Md, Form::Atom];

#[derive(Template)]
#[template(path = "today.html")]
struct Page<'a> {
    shell: Shell<'a>,
    days: Vec<(String, String)>,
    rows: Vec<StoryRow>,
    count: usize,
    next: Option<String>,
}

/// The stories of a day, or of all.
///
/// # Errors
/// As [`super::answer`].
pub fn answer(room: &Room, record: &Record, asked: &Asked) -> Result<Answer, Trouble> {
    let (since, until) = match asked.get("day") {
        Some(day) => (Some(day), Some(day)),
        None => (asked.get("since"), asked.get("until")),
    };
    for day in [since, until].into_iter().flatten() {
        is_day(day)?;
    }
    let after = asked.get("after").map(place).transpose()?;
    let found = record.stories_between(since, until, after.as_ref(), limit(asked)?)?;
    let next = found.next.map(|(day, n)| asked.with("after", &format!("{day}.{n}")));
    let mut lines = found.lines;
    let heads: Vec<&str> = lines.iter().filter_map(|s| texts(&s["articles"]).next()).collect();
    lines.extend(record.lines_of(&heads)?);
    let f = super::around(record, asked, lines)?;
    let stories: Vec<&Value> = f.kind("story").iter().collect();
    let count = record.stories_counted(since, until)?;
    match asked.form {
        Form::Html => {
            let ui = asked.interface;
            let title = match asked.get("day") {
                Some(day) => format!("{} · {day}", ui.t("today")),
                None => ui.t("today").to_owned(),
            };
            let shell = Shell::new(room, record, asked, &title, FORMS)?;
            let rows = stories.iter().map(|s| StoryRow::new(&f, asked, s)).collect();
            html(&Page { shell, days: days(record, asked)?, rows, count, next: next.clone() }).map(|a| a.then(next))
        }
        Form::Atom => Ok(Answer::of(Form::Atom, feed(room, asked, &f, &stories).into_bytes())),
        _ => {
            let lines = Listing { lines: stories.clone(), count: Some(count), next, note: None };
            listing(asked, lines, || lists::stories(&f, stories.iter().copied()))
        }
    }
}

/// A day, month or year, as far as it goes.
fn is_day(day: &str) -> Result<(), Trouble> {
    let fits = !day.is_empty() && day.len() <= 10 && day.bytes().all(|b| b.is_ascii_digit() || b == b'-');
    match fits {
        true => Ok(()),
        false => Err(Trouble::Question(format!("{day}: give a day, month or year: 2021-12-30, 2021-12, 2021"))),
    }
}

fn place(after: &str) -> Result<(String, i64), Trouble> {
    let parsed = after.rsplit_once('.').and_then(|(day, n)| Some((day.to_owned(), n.parse().ok()?)));
    parsed.ok_or_else(|| Trouble::Question(format!("after={after}: give the value that `next` has")))
}

/// Ways to the days around the one that is shown.
fn days(record: &Record, asked: &Asked) -> Result<Vec<(String, String)>, Trouble> {
    let known: Vec<String> = record.days()?.into_iter().filter_map(|(day, _)| day).collect();
    let days: Vec<&String> =
        known.iter().filter(|d| d.len() == 10 && d.starts_with(|c: char| c.is_ascii_digit())).collect();
    let ui = asked.interface;
    let link = |label: &str, day: &str| (label.to_owned(), asked.with("day", day));
    let Some(day) = asked.get("day") else {
        return Ok(days.iter().rev().take(7).map(|d| link(d, d)).collect());
    };
    let earlier = days.iter().rev().find(|d| d.as_str() < day).map(|d| link(&format!("{} {d}", ui.t("earlier")), d));
    let later = days.iter().find(|d| d.as_str() > day).map(|d| link(&format!("{} {d}", ui.t("later")), d));
    Ok([earlier, later, Some(link(ui.t("all-days"), ""))].into_iter().flatten().collect())
}

/// A feed of stories. Its times are days of publication: nothing in it comes from the clock.
fn feed(room: &Room, asked: &Asked, f: &Findings, stories: &[&Value]) -> String {
    let time = |day: Option<&str>| match day {
        Some(day) if day.len() >= 10 => format!("{}T00:00:00Z", &day[..10]),
        _ => "1970-01-01T00:00:00Z".to_owned(),
    };
    let mut entries = String::new();
    for story in stories {
        let row = StoryRow::new(f, asked, story);
        // Writing to a string cannot fail.
        let _ = writeln!(
            entries,
            "<entry><id>urn:riwaya:story:{id}</id><title>{title}</title><updated>{updated}</updated>\
             <link href=\"{href}\"/><summary>{} articles, {} outlets, at most {} independent origins</summary></entry>",
            row.articles,
            escaped(&row.outlets),
            escaped(&row.origins),
            id = encoded(&row.id),
            title = escaped(&row.title),
            updated = time(story["to"].as_str()),
            href = escaped(&row.href),
        );
    }
    let newest = stories.iter().filter_map(|s| s["to"].as_str()).max();
    format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\">\n\
         <id>urn:riwaya:record:{}</id><title>{}</title><author><name>Riwaya</name></author><updated>{}</updated>\n\
         <link rel=\"self\" href=\"{}\"/>\n{entries}</feed>\n",
        tag(room.name().as_bytes()),
        escaped(&room.name()),
        time(newest),
        escaped(&asked.as_form(Form::Atom)),
    )
}
