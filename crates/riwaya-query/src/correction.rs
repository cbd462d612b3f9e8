//! How does somebody put right what was read wrongly?
//!
//! | module | the question it answers |
//! |---|---|
//! | [`wish`] | What of the record does a wish mean? |
//! | [`trial`] | What would findings be with it, and how are both kept? |
//! | [`effect`] | What changes by it? |
//! | [`file`] | How does a log come into another record? |

pub mod effect;
pub mod file;
pub mod trial;
pub mod wish;

use crate::account::{self, Reader};
use crate::findings::shown;
use crate::{Error, Table};
use riwaya::correction::{Correction, What};
use riwaya_store::corrections::{State, UNDO, undone};
use riwaya_store::{Entry, Record};
use rustc_hash::FxHashMap;
use serde_json::{Value, json};

pub use effect::effects;
pub use trial::Trial;
pub use wish::{Signed, Wish};

/// The corrections of a log that are in force, in its order.
///
/// # Errors
/// Names an entry whose target cannot be read: a later version wrote it, or another program.
pub fn in_force(log: &[Entry]) -> Result<Vec<Correction>, Error> {
    let standing = log.iter().zip(undone(log)).filter(|(entry, by)| by.is_none() && entry.what != UNDO);
    standing.map(|(entry, _)| Ok(Correction { number: entry.n, what: what(entry)? })).collect()
}

/// What an entry puts right.
fn what(entry: &Entry) -> Result<What, Error> {
    let mut value = entry.target.clone();
    if let Value::Object(target) = &mut value {
        target.insert("what".to_owned(), json!(entry.what));
    }
    serde_json::from_value(value).map_err(|e| {
        Error::Asked(format!("correction {}: its target cannot be read ({e}); undo it, or use a newer Riwaya", entry.n))
    })
}

/// An entry that puts `what` right.
fn entry(n: u32, signed: &Signed, what: &What) -> Result<Entry, Error> {
    let mut target = serde_json::to_value(what).map_err(|e| Error::Asked(e.to_string()))?;
    if let Value::Object(target) = &mut target {
        target.shift_remove("what");
    }
    let Signed { at, author, reason } = signed.clone();
    Ok(Entry { n, at, author, reason, what: what.as_str().to_owned(), target, undoes: None })
}

/// The whole log of a record as lines of the contract. Where findings are older than the log, pages are read again in
/// memory to tell what is orphaned.
///
/// # Errors
/// Where the record cannot be read.
pub fn lines(record: &Record) -> Result<Vec<Value>, Error> {
    let log = record.corrections()?;
    let orphaned: FxHashMap<u32, String> = if record.is_unread()? && !in_force(&log)?.is_empty() {
        let reader = Reader::usual()?;
        let account = account::of_record(record, &reader.packs, &|_| ())?;
        account.woven.corrections.into_iter().filter_map(|a| Some((a.number, a.orphaned?))).collect()
    } else {
        record.orphaned()?
    };
    let by = undone(&log);
    let state = |(entry, by): (&Entry, Option<u32>)| match (by, orphaned.get(&entry.n)) {
        (Some(by), _) => State::Undone(by),
        (None, Some(why)) => State::Orphaned(why.clone()),
        (None, None) => State::InForce,
    };
    Ok(log.iter().zip(by).map(|(entry, by)| line(entry, &state((entry, by)))).collect())
}

/// An entry as a line of the contract.
pub fn line(entry: &Entry, state: &State) -> Value {
    json!({
        "kind": "correction",
        "n": entry.n,
        "at": entry.at,
        "author": entry.author,
        "reason": entry.reason,
        "what": entry.what,
        "target": entry.target,
        "undoes": entry.undoes,
        "state": state.as_str(),
        "explain": state.explain(),
    })
}

/// How things stand with a correction, in a few words.
pub fn standing(line: &Value) -> String {
    match line["explain"].as_str() {
        Some(why) if line["state"] == "orphaned" => format!("orphaned: {why}"),
        Some(why) => why.to_owned(),
        None => shown(&line["state"]).replace('_', " "),
    }
}

/// Lines of the log, one a row.
pub fn table(lines: &[Value]) -> Table {
    let mut table = Table::new(&["n", "at", "author", "what", "state", "about", "reason"]);
    for line in lines {
        let about = if line["what"] == UNDO { format!("correction {}", told(line)) } else { told(line) };
        let [n, at, author, what, reason] = ["n", "at", "author", "what", "reason"].map(|key| shown(&line[key]));
        table.row(vec![n, at, author, what, standing(line), about, reason]);
    }
    table
}

/// What a line is about, in a few words.
pub fn told(line: &Value) -> String {
    let target = &line["target"];
    let ids = |list: &Value| crate::findings::texts(list).collect::<Vec<_>>().join(", ");
    let name = |who: &Value| match who["id"].as_str() {
        Some(id) => format!("«{}» ({id})", who["name"].as_str().unwrap_or_default()),
        None => "nobody".to_owned(),
    };
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    match line["what"].as_str().unwrap_or_default() {
        "join_entities" => {
            let all = target["entities"].as_array().map_or(&[][..], Vec::as_slice);
            all.iter().map(name).collect::<Vec<_>>().join(" = ")
        }
        "split_entity" => {
            let forms: Vec<&str> = crate::findings::texts(&target["forms"]).collect();
            let forms = if forms.is_empty() { String::new() } else { format!(" as «{}»", forms.join("», «")) };
            let pages = ids(&target["articles"]);
            let pages = if pages.is_empty() { String::new() } else { format!(" on {pages}") };
            format!("{} is another{forms}{pages}", name(&target["entity"]))
        }
        "join_stories" | "split_story" => ids(&target["articles"]),
        "speaker" => {
            let said = &target["statement"];
            format!("{} ← «{}» on {}", name(&target["speaker"]), text(&said["text"]), text(&said["article"]))
        }
        "published" => format!("{} on {}", text(&target["article"]), text(&target["day"])),
        UNDO => line["undoes"].to_string(),
        _ => target.to_string(),
    }
}
