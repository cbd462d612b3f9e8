//! What changes in findings?

use crate::findings::{Findings, shown};
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// Fields that say why, or quote what other fields say.
const ASIDE: [&str; 7] = ["because", "corrected", "joined", "evidence", "history", "initiators", "text"];
/// Kinds of lines that are known by an id or a place, and the others, which come and go as they are.
const KNOWN: [&str; 6] = ["article", "mention", "statement", "event", "entity", "story"];
const OTHERS: [&str; 4] = ["time", "copy", "point", "flag"];

/// What differs between two sets of findings of the same pages: a line for each field that another value takes, and for
/// each line that comes or goes.
pub fn effects(before: &Findings, after: &Findings) -> Vec<Value> {
    let mut out = Vec::new();
    for kind in KNOWN {
        let (had, has) = (by_key(before.kind(kind)), by_key(after.kind(kind)));
        for (key, old) in &had {
            match has.get(key) {
                Some(new) => out.extend(fields(kind, key, old, new)),
                None => out.push(effect(kind, key, "removed", None)),
            }
        }
        let new = has.keys().filter(|key| !had.contains_key(*key));
        out.extend(new.map(|key| effect(kind, key, "added", None)));
    }
    for kind in OTHERS {
        let (had, has) = (counted(before.kind(kind)), counted(after.kind(kind)));
        let more = |a: &BTreeMap<String, (usize, &Value)>, b: &BTreeMap<String, (usize, &Value)>, change: &str| {
            let left = |key: &String, n: usize| n.saturating_sub(b.get(key).map_or(0, |(n, _)| *n));
            let lines = a.iter().flat_map(|(key, (n, line))| vec![*line; left(key, *n)]);
            lines.map(|line| effect(kind, &summary(line), change, None)).collect::<Vec<_>>()
        };
        out.extend(more(&had, &has, "removed"));
        out.extend(more(&has, &had, "added"));
    }
    out
}

fn effect(of: &str, id: &str, change: &str, field: Option<(&str, &Value, &Value)>) -> Value {
    let (field, before, after) = field.map_or((None, &Value::Null, &Value::Null), |(f, b, a)| (Some(f), b, a));
    json!({"kind": "effect", "of": of, "id": id, "change": change, "field": field, "before": before, "after": after})
}

fn fields(kind: &str, key: &str, old: &Value, new: &Value) -> Vec<Value> {
    let (Some(old), Some(new)) = (old.as_object(), new.as_object()) else { return Vec::new() };
    let names: Vec<&String> = old.keys().chain(new.keys().filter(|k| !old.contains_key(*k))).collect();
    let differs = |name: &&&String| !ASIDE.contains(&name.as_str()) && told(old.get(**name)) != told(new.get(**name));
    let line = |name: &String| {
        let (old, new) = (told(old.get(name)), told(new.get(name)));
        effect(kind, key, "changed", Some((name, &old, &new)))
    };
    names.iter().filter(differs).map(|name| line(name)).collect()
}

/// A value without its reason; spans as their words.
fn told(value: Option<&Value>) -> Value {
    match value {
        Some(Value::Array(all)) => all.iter().map(|v| told(Some(v))).collect(),
        Some(Value::Object(map)) if map.contains_key("text") => map["text"].clone(),
        Some(Value::Object(map)) => {
            let mut map = map.clone();
            map.shift_remove("because");
            Value::Object(map)
        }
        value => value.cloned().unwrap_or_default(),
    }
}

fn by_key(lines: &[Value]) -> BTreeMap<String, &Value> {
    let key = |line: &Value| match line["id"].as_str() {
        Some(id) => id.to_owned(),
        None => format!("{}@{}-{}", shown(&line["article"]), line["start"], line["end"]),
    };
    lines.iter().map(|line| (key(line), line)).collect()
}

fn counted(lines: &[Value]) -> BTreeMap<String, (usize, &Value)> {
    let mut out: BTreeMap<String, (usize, &Value)> = BTreeMap::new();
    for line in lines {
        out.entry(line.to_string()).or_insert((0, line)).0 += 1;
    }
    out
}

/// What a line without an id is about.
fn summary(line: &Value) -> String {
    match line["kind"].as_str() {
        Some("time") => {
            format!("{}@{}-{}: {}", shown(&line["article"]), line["start"], line["end"], shown(&line["value"]))
        }
        Some("copy") => format!("{} of {}", shown(&line["article"]), shown(&line["of"])),
        Some("point") => {
            let of = if line["event"].is_null() { &line["story"] } else { &line["event"] };
            let topic = crate::findings::texts(&line["topics"]).collect::<Vec<_>>().join(" ");
            format!("{}: {topic} {}", shown(of), shown(&line["relation"]))
        }
        _ => format!("{}: {}", shown(&line["what"]), shown(&line["explain"])),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_field_and_each_line_is_told() {
        let of = |lines: &[Value]| Findings::of_lines(lines.iter().cloned());
        let statement =
            |speaker: Value| json!({"kind": "statement", "id": "a#s1", "speaker": speaker, "because": speaker});
        let flag = json!({"kind": "flag", "what": "date_conflict", "explain": "two days"});
        let story = json!({"kind": "story", "id": "story-a"});
        let before = of(&[statement(json!("x")), flag.clone(), flag.clone()]);
        let after = of(&[statement(json!("y")), story, flag]);
        let told: Vec<String> = effects(&before, &after)
            .iter()
            .map(|e| ["of", "id", "change", "field", "before", "after"].map(|key| shown(&e[key])).join(" "))
            .collect();
        assert_eq!(
            told,
            ["statement a#s1 changed speaker x y", "story story-a added   ", "flag date_conflict: two days removed   ",]
        );
        assert!(effects(&after, &after).is_empty());
    }
}
