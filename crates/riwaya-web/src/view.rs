//! What is on each page? A module a view; each gives the same answer in all forms in which it makes sense.

mod compare;
mod corrections;
mod flags;
mod ledger;
mod page;
mod people;
mod person;
mod rows;
mod search;
mod shell;
mod story;
mod today;
mod trace;
mod verify;

use crate::answer::Answer;
use crate::asked::{Asked, Form};
use crate::room::{Room, Trouble};
use askama::Template;
use riwaya_query::{Findings, Table};
use riwaya_store::Record;
use serde_json::{Value, json};
use shell::Shell;

/// So many rows are on a page, where nobody asks for another number.
const ROWS: usize = 50;
/// So many are asked for at most at once; the next ones have an address.
const MOST: usize = 500;

/// Answers what is asked of the record.
///
/// # Errors
/// Where nothing is there, the question makes no sense, or the record cannot be read.
pub fn answer(room: &Room, record: &Record, asked: &Asked) -> Result<Answer, Trouble> {
    match (of_view(room, record, asked), asked.with_whole_id()) {
        (Err(Trouble::NotThere), Some(whole)) => of_view(room, record, &whole),
        (answer, _) => answer,
    }
}

fn of_view(room: &Room, record: &Record, asked: &Asked) -> Result<Answer, Trouble> {
    match (asked.view.as_str(), asked.id.as_deref()) {
        ("" | "stories", None) => today::answer(room, record, asked),
        ("story", Some(id)) => story::answer(room, record, asked, id),
        ("compare", Some(id)) => compare::answer(room, record, asked, id),
        ("page", Some(id)) => page::answer(room, record, asked, id),
        ("people", None) => people::answer(room, record, asked),
        ("person", Some(id)) => person::answer(room, record, asked, id),
        ("search", None) => search::answer(room, record, asked),
        ("ledger", None) => ledger::answer(room, record, asked),
        ("flags", None) => flags::answer(room, record, asked),
        ("corrections", None) => corrections::answer(room, record, asked),
        ("trace", Some(id)) => trace::answer(room, record, asked, id),
        ("verify", None) => verify::answer(room, record, asked),
        _ => Err(Trouble::NotThere),
    }
}

/// A page that says what went wrong.
pub fn trouble(asked: &Asked, trouble: &Trouble) -> Answer {
    let ui = asked.interface;
    let (title, detail, lang) = match trouble {
        Trouble::NotThere => (ui.t("not-there"), ui.t("not-there-about").to_owned(), ui.code()),
        Trouble::Question(what) => (ui.t("bad-question"), what.clone(), "en"),
        Trouble::Failed(what) => (ui.t("went-wrong"), what.clone(), "en"),
    };
    let shell = Shell::plain(asked, title);
    let status = Answer::problem(trouble).status;
    let page = TroublePage { shell, detail, lang }.render();
    // A template of texts always renders; should it not, the object says the same.
    page.map_or_else(|_| Answer::problem(trouble), |page| Answer { status, ..Answer::html(&page) })
}

#[derive(Template)]
#[template(path = "trouble.html")]
struct TroublePage<'a> {
    shell: Shell<'a>,
    detail: String,
    lang: &'static str,
}

/// Lines with what they speak of, names in the language of the interface.
fn around(record: &Record, asked: &Asked, lines: Vec<Value>) -> Result<Findings, Trouble> {
    let mut findings = Findings::around(record, lines)?;
    findings.names_in = Some(asked.interface.code().to_owned());
    Ok(findings)
}

/// A page rendered.
fn html(page: &impl Template) -> Result<Answer, Trouble> {
    let page = page.render().map_err(|error| Trouble::Failed(error.to_string()))?;
    Ok(Answer::html(&page))
}

/// What a list holds, for programs.
#[derive(Debug, Default)]
struct Listing<'l> {
    lines: Vec<&'l Value>,
    /// How many there are altogether, where that is known.
    count: Option<usize>,
    next: Option<String>,
    note: Option<String>,
}

/// A list in a form for programs; `table` makes its rows.
fn listing(asked: &Asked, listing: Listing<'_>, table: impl FnOnce() -> Table) -> Result<Answer, Trouble> {
    let answer = match asked.form {
        Form::Csv | Form::Md => {
            let mut out = Vec::new();
            let table = table();
            let written = if asked.form == Form::Csv { table.csv(&mut out) } else { table.markdown(&mut out) };
            written.map_err(|error| Trouble::Failed(error.to_string()))?;
            Answer::of(asked.form, out)
        }
        Form::Json => Answer::json(&json!({
            "count": listing.count, "next": listing.next, "note": listing.note, "lines": listing.lines
        })),
        _ => return Err(no_such_form(asked)),
    };
    Ok(answer.then(listing.next))
}

fn no_such_form(asked: &Asked) -> Trouble {
    Trouble::Question(format!("this view has no form .{}; its page names those that it has", asked.form.ending()))
}

/// A day, month or year, as far as it goes.
fn is_day(day: &str) -> Result<(), Trouble> {
    let fits = !day.is_empty() && day.len() <= 10 && day.bytes().all(|b| b.is_ascii_digit() || b == b'-');
    match fits {
        true => Ok(()),
        false => Err(Trouble::Question(format!("{day}: give a day, month or year: 2021-12-30, 2021-12, 2021"))),
    }
}

/// How many rows are asked for.
///
/// # Errors
/// Where that is no number between 1 and [`MOST`].
fn limit(asked: &Asked) -> Result<usize, Trouble> {
    let Some(wanted) = asked.get("limit") else { return Ok(ROWS) };
    match wanted.parse::<usize>() {
        Ok(n) if (1..=MOST).contains(&n) => Ok(n),
        _ => {
            Err(Trouble::Question(format!("limit={wanted}: give a number from 1 to {MOST}; `next` leads to the rest")))
        }
    }
}

/// Up to where rows were shown, as a number.
///
/// # Errors
/// Where it is none.
fn offset(asked: &Asked) -> Result<usize, Trouble> {
    let Some(after) = asked.get("after") else { return Ok(0) };
    after.parse().map_err(|_| Trouble::Question(format!("after={after}: give the value that `next` has")))
}

/// The part of `all` that is asked for, and where the next one begins.
///
/// # Errors
/// As [`limit`] and [`offset`].
fn part<'s, T>(asked: &Asked, all: &'s [T]) -> Result<(&'s [T], Option<String>), Trouble> {
    let (from, limit) = (offset(asked)?.min(all.len()), limit(asked)?);
    let to = (from + limit).min(all.len());
    Ok((&all[from..to], (to < all.len()).then(|| asked.with("after", &to.to_string()))))
}
