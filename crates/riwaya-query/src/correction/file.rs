//! How does a log come into another record, or into one that was made anew?

use super::what;
use crate::Error;
use riwaya_store::Entry;
use riwaya_store::corrections::UNDO;
use rustc_hash::FxHashMap;
use serde_json::Value;

/// The entries of `text`, lines of kind `correction`, that `log` does not have yet, numbered on behind it. `place` names
/// where the text came from.
///
/// # Errors
/// Names the first line that is no correction; then nothing of the file is taken.
pub fn entries(place: &str, text: &str, log: &[Entry]) -> Result<Vec<Entry>, Error> {
    let mut new: Vec<Entry> = Vec::new();
    let mut number: FxHashMap<u32, u32> = FxHashMap::default();
    let mut next = log.last().map_or(0, |entry| entry.n) + 1;
    for (n, line) in (1..).zip(text.lines()).filter(|(_, line)| !line.trim().is_empty()) {
        let place = format!("{place}:{n}");
        let read = read(&place, line)?;
        let undoes = match read.undoes {
            Some(other) => Some(*number.get(&other).ok_or_else(|| {
                Error::Asked(format!("{place}: it undoes {other}, which no line before it has; add that line"))
            })?),
            None => None,
        };
        let entry = Entry { n: next, undoes, ..read.clone() };
        let same = |held: &&Entry| Entry { n: held.n, ..entry.clone() } == **held;
        let held = log.iter().chain(&new).find(same).map(|held| held.n);
        if number.insert(read.n, held.unwrap_or(next)).is_some() {
            return Err(Error::Asked(format!("{place}: a line before it has the number {} too", read.n)));
        }
        if held.is_none() {
            new.push(entry);
            next += 1;
        }
    }
    Ok(new)
}

fn read(place: &str, line: &str) -> Result<Entry, Error> {
    let wrong = |what: String| {
        Error::Asked(format!("{place}: {what}; each line is one that `riwaya corrections --format jsonl` prints"))
    };
    let value: Value = serde_json::from_str(line).map_err(|e| wrong(format!("no JSON ({e})")))?;
    if value["kind"] != "correction" {
        return Err(wrong("no line of kind correction".to_owned()));
    }
    let text = |key: &str| {
        let text = value[key].as_str().map(str::trim).filter(|t| !t.is_empty());
        text.map(str::to_owned).ok_or_else(|| wrong(format!("{key} is missing or blank")))
    };
    let count = |key: &str| value[key].as_u64().and_then(|n| u32::try_from(n).ok()).filter(|n| *n > 0);
    let entry = Entry {
        n: count("n").ok_or_else(|| wrong("n is no number from 1".to_owned()))?,
        at: text("at")?,
        author: text("author")?,
        reason: text("reason")?,
        what: text("what")?,
        target: value["target"].clone(),
        undoes: count("undoes"),
    };
    match (entry.what == UNDO, entry.undoes) {
        (true, None) => return Err(wrong("undoes is missing".to_owned())),
        (false, Some(_)) => return Err(wrong("only what is `undo` undoes another".to_owned())),
        (true, Some(_)) => {}
        (false, None) => drop(what(&entry).map_err(|e| wrong(e.to_string()))?),
    }
    Ok(entry)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn line(n: u32, undoes: Option<u32>, reason: &str) -> String {
        let target = if undoes.is_some() { json!({}) } else { json!({"articles": ["a"]}) };
        let what = if undoes.is_some() { "undo" } else { "split_story" };
        json!({"kind": "correction", "n": n, "at": "2026-03-10T08:00:00Z", "author": "Mina", "reason": reason,
            "what": what, "target": target, "undoes": undoes, "state": "undone"})
        .to_string()
    }

    #[test]
    fn numbers_go_on_behind_the_log_and_nothing_comes_twice() {
        let file = [line(1, None, "x"), line(2, None, "y"), line(3, Some(2), "z")].join("\n");
        let log = entries("f", &line(7, None, "y"), &[]).expect("read");
        assert_eq!(log[0].n, 1);
        let new = entries("f", &file, &log).expect("read");
        let numbers: Vec<(u32, Option<u32>)> = new.iter().map(|e| (e.n, e.undoes)).collect();
        assert_eq!(numbers, [(2, None), (3, Some(1))], "y was there, and is what is undone");
        let all: Vec<Entry> = log.into_iter().chain(new).collect();
        assert!(entries("f", &file, &all).expect("read").is_empty());
    }

    #[test]
    fn a_bad_line_is_named() {
        let said = |text: &str| entries("f.jsonl", text, &[]).expect_err("bad").to_string();
        let good = line(1, None, "x");
        assert!(said(&format!("{good}\n{{")).starts_with("f.jsonl:2: no JSON"));
        assert!(said(&line(1, None, " ")).starts_with("f.jsonl:1: reason is missing or blank"));
        assert!(said(&line(2, Some(1), "x")).starts_with("f.jsonl:1: it undoes 1"));
        assert!(said(&good.replace("split_story", "split_hairs")).contains("split_hairs"));
        assert!(said(&format!("{good}\n{good}")).starts_with("f.jsonl:2: a line before it has the number 1"));
        assert!(entries("f", "\n", &[]).expect("read").is_empty());
        assert!(said(r#"{"kind":"article"}"#).starts_with("f.jsonl:1: no line of kind correction"));
    }
}
