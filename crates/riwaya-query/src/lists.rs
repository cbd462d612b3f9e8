//! Lines of the contract as rows: statements, contacts, stories, flags.

use crate::Table;
use crate::findings::{Findings, shown, texts, words};
use serde_json::Value;

/// Who says it: the name, else the words that stand for it.
pub fn speaker(findings: &Findings, statement: &Value) -> String {
    match statement["speaker"].as_str() {
        Some(id) => findings.name(id).to_owned(),
        None => words(&statement["source"]),
    }
}

/// Statements with all their fields, one a row.
pub fn statements<'v>(findings: &Findings, statements: impl IntoIterator<Item = &'v Value>) -> Table {
    let mut table = Table::new(&[
        "statement",
        "article",
        "url",
        "outlet",
        "published",
        "speaker",
        "speaker_name",
        "addressee",
        "act",
        "polarity",
        "quote",
        "source",
        "cue",
        "words",
        "start",
        "end",
        "parent",
        "chain",
    ]);
    for s in statements {
        let article = findings.article(s["article"].as_str().unwrap_or_default()).unwrap_or(&Value::Null);
        let pieces = s["content"].as_array().map_or(&[][..], Vec::as_slice);
        table.row(vec![
            shown(&s["id"]),
            shown(&s["article"]),
            shown(&article["url"]),
            shown(&article["outlet"]),
            shown(&article["published"]["value"]),
            shown(&s["speaker"]),
            speaker(findings, s),
            shown(&s["addressee"]),
            shown(&s["act"]),
            shown(&s["polarity"]),
            shown(&s["quote"]),
            words(&s["source"]),
            words(&s["cue"]),
            words(&s["content"]),
            pieces.first().map_or(String::new(), |p| shown(&p["start"])),
            pieces.last().map_or(String::new(), |p| shown(&p["end"])),
            shown(&s["parent"]),
            texts(&s["chain"]).map(|id| findings.name(id)).collect::<Vec<_>>().join(" < "),
        ]);
    }
    table
}

/// Is it joined across pages?
pub fn is_joined(event: &Value) -> bool {
    event.get("story").is_some()
}

/// The pages that report a contact.
pub fn reported_on(event: &Value) -> impl Iterator<Item = &str> {
    let history = event["history"].as_array().map_or(&[][..], Vec::as_slice);
    history.iter().chain([event]).filter_map(|line| line["article"].as_str())
}

/// Contacts, one a row.
pub fn contacts<'v>(findings: &Findings, events: impl IntoIterator<Item = &'v Value>) -> Table {
    let mut table = Table::new(&["event", "when", "type", "status", "where", "pages", "parties"]);
    for e in events {
        table.row(vec![
            shown(&e["id"]),
            shown(&e["when"]["value"]),
            shown(&e["type"]).replace('_', " "),
            shown(&e["status"]),
            e["where"].as_str().map_or("", |w| findings.name(w)).to_owned(),
            count(e).to_string(),
            parties(findings, e),
        ]);
    }
    table
}

/// The parties, the one that asked for it marked.
pub fn parties(findings: &Findings, event: &Value) -> String {
    let asked = event["initiator"].as_str();
    let name = |id| match asked == Some(id) {
        true => format!("{} (asked for it)", findings.name(id)),
        false => findings.name(id).to_owned(),
    };
    let mut names: Vec<String> = texts(&event["participants"]).map(name).collect();
    if let Some(id) = asked.filter(|id| !texts(&event["participants"]).any(|p| p == *id)) {
        names.push(format!("asked for by {}", findings.name(id)));
    }
    names.join(", ")
}

fn count(event: &Value) -> usize {
    let mut pages: Vec<&str> = reported_on(event).collect();
    pages.sort_unstable();
    pages.dedup();
    pages.len()
}

/// Contacts with all their fields, one a row.
pub fn events<'v>(findings: &Findings, events: impl IntoIterator<Item = &'v Value>) -> Table {
    let mut table = Table::new(&[
        "event",
        "story",
        "article",
        "type",
        "plover",
        "when",
        "where",
        "participants",
        "names",
        "initiator",
        "status",
        "evidence",
    ]);
    for e in events {
        table.row(vec![
            shown(&e["id"]),
            shown(&e["story"]),
            shown(&e["article"]),
            shown(&e["type"]),
            shown(&e["plover"]),
            shown(&e["when"]["value"]),
            shown(&e["where"]),
            texts(&e["participants"]).collect::<Vec<_>>().join(" "),
            findings.names(&e["participants"]),
            shown(&e["initiator"]),
            shown(&e["status"]),
            words(&e["evidence"]),
        ]);
    }
    table
}

/// Stories, one a row. Independent origins are an upper bound, and called so.
pub fn stories<'v>(findings: &Findings, stories: impl IntoIterator<Item = &'v Value>) -> Table {
    let mut table = Table::new(&["story", "from", "to", "articles", "outlets", "origins_at_most", "title"]);
    for s in stories {
        let articles = s["articles"].as_array().map_or(0, Vec::len).to_string();
        table.row(vec![
            shown(&s["id"]),
            shown(&s["from"]),
            shown(&s["to"]),
            articles,
            shown(&s["outlets"]),
            shown(&s["origins"]),
            findings.title(s).unwrap_or_default().to_owned(),
        ]);
    }
    table
}

/// Flags, one a row.
pub fn flags<'v>(flags: impl IntoIterator<Item = &'v Value>) -> Table {
    let mut table = Table::new(&["what", "severity", "pages", "explained", "words"]);
    for f in flags {
        table.row(vec![
            shown(&f["what"]),
            shown(&f["severity"]),
            texts(&f["articles"]).collect::<Vec<_>>().join(" "),
            shown(&f["explain"]),
            words(&f["evidence"]),
        ]);
    }
    table
}

/// Pages, one a row.
pub fn articles<'v>(articles: impl IntoIterator<Item = &'v Value>) -> Table {
    let mut table =
        Table::new(&["article", "sha256", "url", "outlet", "lang", "published", "published_from", "credits", "text"]);
    for a in articles {
        let credits = a["credits"].as_array().map_or(&[][..], Vec::as_slice);
        table.row(vec![
            shown(&a["id"]),
            shown(&a["sha256"]),
            shown(&a["url"]),
            shown(&a["outlet"]),
            shown(&a["lang"]),
            shown(&a["published"]["value"]),
            shown(&a["published"]["from"]),
            credits.iter().map(|c| shown(&c["name"])).collect::<Vec<_>>().join("; "),
            shown(&a["text"]),
        ]);
    }
    table
}

/// Names where they stand, one a row.
pub fn mentions<'v>(mentions: impl IntoIterator<Item = &'v Value>) -> Table {
    let mut table = Table::new(&["article", "start", "end", "words", "type", "entity", "rule"]);
    for m in mentions {
        let cells = ["article", "start", "end", "text", "type", "entity"].map(|key| shown(&m[key]));
        table.row([cells.to_vec(), vec![shown(&m["because"]["rule"])]].concat());
    }
    table
}
