//! What analysts put right: the whole log, with who did it, when and why.

use super::rows::{Told, told};
use super::shell::Shell;
use super::{Listing, html, listing};
use crate::answer::Answer;
use crate::asked::{Asked, Form};
use crate::room::{Room, Trouble};
use askama::Template;
use riwaya_query::correction;
use riwaya_query::findings::shown;
use riwaya_store::Record;
use serde_json::Value;

const FORMS: &[Form] = &[Form::Json, Form::Csv, Form::Md];

#[derive(Template)]
#[template(path = "corrections.html")]
struct Page<'a> {
    shell: Shell<'a>,
    rows: Vec<Row>,
}

struct Row {
    number: String,
    at: String,
    author: String,
    what: String,
    about: Told,
    reason: String,
    state: String,
    standing: Told,
}

/// The log of corrections.
///
/// # Errors
/// As [`super::answer`].
pub fn answer(room: &Room, record: &Record, asked: &Asked) -> Result<Answer, Trouble> {
    let lines = correction::lines(record)?;
    if asked.form != Form::Html {
        let list = Listing { lines: lines.iter().collect(), count: Some(lines.len()), next: None, note: None };
        return listing(asked, list, || correction::table(&lines));
    }
    let row = |line: &Value| Row {
        number: shown(&line["n"]),
        at: shown(&line["at"]),
        author: shown(&line["author"]),
        what: shown(&line["what"]),
        about: told(&correction::told(line)),
        reason: shown(&line["reason"]),
        state: shown(&line["state"]),
        standing: told(&correction::standing(line)),
    };
    let shell = Shell::new(room, record, asked, asked.interface.t("corrections"), FORMS)?;
    html(&Page { shell, rows: lines.iter().map(row).collect() })
}
