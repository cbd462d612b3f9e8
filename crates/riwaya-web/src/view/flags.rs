//! What does not fit.

use super::rows::{Filter, FlagRow, filters};
use super::shell::Shell;
use super::{Listing, html, listing, part};
use crate::answer::Answer;
use crate::asked::{Asked, Form};
use crate::room::{Room, Trouble};
use askama::Template;
use riwaya_query::findings::shown;
use riwaya_query::lists;
use riwaya_store::Record;
use serde_json::Value;

const FORMS: &[Form] = &[Form::Json, Form::Csv, Form::Md];

#[derive(Template)]
#[template(path = "flags.html")]
struct Page<'a> {
    shell: Shell<'a>,
    filters: Vec<Filter>,
    rows: Vec<FlagRow>,
    next: Option<String>,
}

/// The flags of the record, of one kind where `what` says so.
///
/// # Errors
/// As [`super::answer`].
pub fn answer(room: &Room, record: &Record, asked: &Asked) -> Result<Answer, Trouble> {
    let mut all: Vec<Value> = Vec::new();
    record.bare_lines(&["flag"], &mut |line| all.push(line))?;
    let kinds: Vec<String> = all.iter().map(|f| shown(&f["what"])).collect();
    all.retain(|f| asked.get("what").is_none_or(|what| f["what"] == what));
    let (shown_now, next) = part(asked, &all)?;
    let f = super::around(record, asked, record.with_words(shown_now.to_vec()))?;
    let flags: Vec<&Value> = f.kind("flag").iter().collect();
    if asked.form != Form::Html {
        let list = Listing { lines: flags.clone(), count: Some(all.len()), next, note: None };
        return listing(asked, list, || lists::flags(flags.iter().copied()));
    }
    let shell = Shell::new(room, record, asked, asked.interface.t("flags"), FORMS)?;
    let rows = flags.iter().map(|flag| FlagRow::new(&f, asked, flag)).collect();
    let filters = filters(asked, "what", &kinds, &|what| asked.interface.word(what));
    html(&Page { shell, filters, rows, next: next.clone() }).map(|a| a.then(next))
}
