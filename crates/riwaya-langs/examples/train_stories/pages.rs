//! Pages whose stories are known.

use riwaya::page::Source;
use riwaya::{Packs, Reading};
use serde_json::Value;

/// Pages of one collection, read, and the story of each.
pub struct Collection {
    /// As the engine reads them.
    pub readings: Vec<Reading>,
    /// By page.
    pub stories: Vec<String>,
    /// Pages that are easily taken for one story and are none.
    pub apart: Vec<(usize, usize)>,
}

/// Reads a file of pages, a JSON object a line.
pub fn read(path: &str, packs: &Packs) -> Collection {
    let text = std::fs::read_to_string(path).unwrap_or_else(|e| panic!("{path}: {e}"));
    let lines: Vec<Value> = text
        .lines()
        .filter(|l| !l.trim().is_empty())
        .map(|l| serde_json::from_str(l).unwrap_or_else(|e| panic!("{path}: {e}")))
        .collect();
    let field = |line: &Value, name: &str| line[name].as_str().map(str::to_owned);
    let read = |line: &Value| {
        let source = Source {
            id: field(line, "id").unwrap_or_default(),
            url: field(line, "url"),
            title: field(line, "title"),
            outlet: field(line, "outlet"),
            published: field(line, "published"),
            lang: field(line, "lang"),
            author: field(line, "author"),
            ..Source::default()
        };
        riwaya::read(source, field(line, "text").unwrap_or_default(), packs, None)
    };
    let at = |id: &str| lines.iter().position(|l| l["id"] == *id).unwrap_or_else(|| panic!("{path}: no page {id}"));
    let apart = |n: usize| {
        lines[n]["apart"].as_array().into_iter().flatten().filter_map(Value::as_str).map(move |id| (n, at(id)))
    };
    Collection {
        apart: (0..lines.len()).flat_map(apart).collect(),
        readings: lines.iter().map(read).collect(),
        stories: lines.iter().map(|l| field(l, "story").unwrap_or_default()).collect(),
    }
}
