//! Through whom did words come, and who else carries them?

use super::rows::{day, passage};
use super::shell::Shell;
use super::{Listing, html, listing};
use crate::answer::Answer;
use crate::asked::{Asked, Form};
use crate::room::{Room, Trouble};
use askama::Template;
use riwaya_query::findings::{number, shown};
use riwaya_query::trace::{self, Traced};
use riwaya_store::Record;
use serde_json::Value;

const FORMS: &[Form] = &[Form::Json, Form::Csv, Form::Md];

#[derive(Template)]
#[template(path = "trace.html")]
struct Page<'a> {
    shell: Shell<'a>,
    rows: Vec<Row>,
    passed_over: usize,
}

struct Row {
    day: String,
    first: bool,
    share: String,
    foreign: bool,
    href: String,
    page: String,
    chain: Vec<(String, String)>,
    lang: String,
    words: String,
    drift: Vec<(String, String)>,
    translation: Option<(String, String, String)>,
    link: Option<String>,
}

/// The trace of the statement `id`, or of the words that `id` is.
///
/// # Errors
/// As [`super::answer`].
pub fn answer(room: &Room, record: &Record, asked: &Asked, id: &str) -> Result<Answer, Trouble> {
    let Some(traced) = trace::in_record(record, id, room.reader)? else { return Err(Trouble::NotThere) };
    let Traced { account, traces, passed_over } = traced;
    let sources: Vec<Value> = traces.iter().map(|t| trace::source(t, &account, record)).collect::<Result<_, _>>()?;
    let lines = trace::lines(&traces, &account, sources);
    if asked.form != Form::Html {
        let note = (passed_over > 0).then(|| format!("{passed_over} more pages share some of its words"));
        let list = Listing { lines: lines.iter().collect(), count: Some(lines.len()), next: None, note };
        return listing(asked, list, || trace::table(&traces, &account));
    }
    let shell = Shell::new(room, record, asked, asked.interface.t("trace"), FORMS)?;
    html(&Page { shell, rows: lines.iter().map(|l| row(asked, l)).collect(), passed_over })
}

fn row(asked: &Asked, line: &Value) -> Row {
    let ui = asked.interface;
    let list = |key: &str| line[key].as_array().cloned().unwrap_or_default();
    let page = shown(&line["article"]);
    let at = |key: &str| number(&line["words"][key]).unwrap_or_default();
    let translation = Some(&line["translation"]).filter(|t| !t.is_null()).map(|t| {
        let follows = t["follows"] == true;
        let words = ui.t(if follows { "translates" } else { "translated-by" });
        (words.to_owned(), shown(&t["article"]), shown(&t["words"]["text"]))
    });
    Row {
        day: day(asked, line["published"].as_str()),
        first: line["first"] == true,
        share: line["share"].as_f64().map_or(String::new(), |share| format!("{:.0} %", share * 100.0)),
        foreign: line["share"].is_null(),
        href: passage(asked, &page, at("start"), at("end")),
        chain: list("chain").iter().map(|l| (shown(&l["name"]), shown(&l["kind"]))).collect(),
        lang: String::new(),
        words: shown(&line["words"]["text"]),
        drift: list("drift").iter().map(|d| (shown(&d["found"]), shown(&d["wanted"]))).collect(),
        translation,
        link: line["source"]["link"].as_str().map(str::to_owned),
        page,
    }
}
