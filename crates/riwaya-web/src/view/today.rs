//! Stories, the newest first.

use super::rows::StoryRow;
use super::shell::Shell;
use super::{Listing, html, limit, listing};
use crate::answer::Answer;
use crate::asked::{Asked, Form};
use crate::room::{Room, Trouble};
use askama::Template;
use riwaya_query::findings::texts;
use riwaya_query::{atom, lists};
use riwaya_store::Record;
use serde_json::Value;

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
        super::is_day(day)?;
    }
    let after = asked.get("after").map(place).transpose()?;
    let found = record.stories_between(since, until, after.as_ref(), limit(asked)?)?;
    let next = found.next.map(|(day, n)| asked.with("after", &format!("{day}.{n}")));
    let mut lines = found.lines;
    let heads: Vec<&str> = lines.iter().filter_map(|s| texts(&s["articles"]).next()).collect();
    lines.extend(record.in_short(&heads)?);
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
        Form::Atom => {
            let own = asked.as_form(Form::Atom);
            let feed = atom::feed(&f, &stories, &room.name(), Some(&own), &|id| Some(asked.link("story", id)));
            Ok(Answer::of(Form::Atom, feed.into_bytes()))
        }
        _ => {
            let lines = Listing { lines: stories.clone(), count: Some(count), next, note: None };
            listing(asked, lines, || lists::stories(&f, stories.iter().copied()))
        }
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
