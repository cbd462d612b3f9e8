//! What was read, as linked data: schema.org for articles, quotations and events, PROV-O for who has it from whom, W3C
//! annotations for where the words stand.

use crate::findings::{Findings, number, shown, texts, words};
use crate::lists;
use serde_json::{Value, json};
use std::io::{self, Write};

/// Writes one JSON-LD document; each node of its graph is a line.
///
/// # Errors
/// Where `out` cannot be written to.
pub fn write(findings: &Findings, out: &mut dyn Write) -> io::Result<()> {
    let context = json!({
        "@vocab": "https://schema.org/",
        "prov": "http://www.w3.org/ns/prov#",
        "oa": "http://www.w3.org/ns/oa#",
        "riwaya": "urn:riwaya:",
        "wasQuotedFrom": {"@id": "prov:wasQuotedFrom", "@type": "@id"},
        "wasAttributedTo": {"@id": "prov:wasAttributedTo", "@type": "@id"},
        "wasDerivedFrom": {"@id": "prov:wasDerivedFrom", "@type": "@id"},
    });
    write!(out, "{{\"@context\": {context}, \"@graph\": [")?;
    let mut before = "\n";
    let articles = findings.kind("article").iter().map(|a| article(findings, a));
    let entities = findings.kind("entity").iter().map(entity);
    let statements = findings.kind("statement").iter().map(|s| quotation(findings, s));
    let contacts = findings.kind("event").iter().filter(|e| lists::is_joined(e)).map(event);
    for node in articles.chain(entities).chain(statements).chain(contacts) {
        write!(out, "{before}{}", without_nulls(node))?;
        before = ",\n";
    }
    writeln!(out, "\n]}}")
}

fn iri(kind: &str, id: &str) -> String {
    let mut out = format!("riwaya:{kind}:");
    for byte in id.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' => out.push(byte.into()),
            _ => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}

fn article(findings: &Findings, line: &Value) -> Value {
    let id = line["id"].as_str().unwrap_or_default();
    let copies = findings.kind("copy").iter().filter(|c| c["article"] == id);
    let sources: Vec<String> = copies.filter_map(|c| Some(iri("article", c["of"].as_str()?))).collect();
    json!({
        "@id": iri("article", id),
        "@type": ["NewsArticle", "prov:Entity"],
        "identifier": id,
        "url": line["url"],
        "headline": line["title"],
        "inLanguage": line["lang"],
        "datePublished": line["published"]["value"],
        "publisher": line["outlet"].as_str().map(|name| json!({"@type": "NewsMediaOrganization", "name": name})),
        "sha256": line["sha256"],
        "wasDerivedFrom": (!sources.is_empty()).then_some(sources),
    })
}

fn entity(line: &Value) -> Value {
    let kind = match line["type"].as_str() {
        Some("PER") => "Person",
        Some("ORG") => "Organization",
        _ => "Place",
    };
    let names = line["name"].as_object().into_iter().flatten();
    let names: Vec<Value> = names.map(|(lang, name)| json!({"@language": lang, "@value": name})).collect();
    json!({
        "@id": iri("entity", line["id"].as_str().unwrap_or_default()),
        "@type": [kind, "prov:Agent"],
        "identifier": line["id"],
        "name": names,
        "alternateName": line["forms"],
    })
}

/// A statement: a quotation where its words are quoted, else a claim in the page's words.
fn quotation(findings: &Findings, line: &Value) -> Value {
    let article = line["article"].as_str().unwrap_or_default();
    let url = findings.article(article).and_then(|a| a["url"].as_str()).unwrap_or(article);
    let speaker = line["speaker"].as_str().map(|id| iri("entity", id));
    let pieces = line["content"].as_array().map_or(&[][..], Vec::as_slice);
    let target = |span: &Value| {
        let (start, end) = (number(&span["start"]), number(&span["end"]));
        json!({"@type": "oa:SpecificResource", "oa:hasSource": {"@id": url}, "oa:hasSelector": [
            {"@type": "oa:TextQuoteSelector", "oa:exact": span["text"]},
            {"@type": "oa:TextPositionSelector", "oa:start": start, "oa:end": end},
        ]})
    };
    let is_quoted = line["quote"] == "direct" || line["quote"] == "mixed";
    json!({
        "@id": iri("statement", line["id"].as_str().unwrap_or_default()),
        "@type": [if is_quoted { "Quotation" } else { "Claim" }, "prov:Entity"],
        "identifier": line["id"],
        "text": words(&line["content"]),
        "inLanguage": findings.article(article).map(|a| a["lang"].clone()),
        "spokenByCharacter": speaker.clone().filter(|_| is_quoted).map(|id| json!({"@id": id})),
        "author": speaker.clone().filter(|_| !is_quoted).map(|id| json!({"@id": id})),
        "appearance": {"@id": iri("article", article)},
        "isPartOf": line["parent"].as_str().map(|id| json!({"@id": iri("statement", id)})),
        "wasQuotedFrom": iri("article", article),
        "wasAttributedTo": speaker,
        "riwaya:act": line["act"],
        "riwaya:polarity": line["polarity"],
        "riwaya:rule": line["because"]["rule"],
        "oa:hasTarget": pieces.iter().map(target).collect::<Vec<_>>(),
    })
}

fn event(line: &Value) -> Value {
    let status = match line["status"].as_str() {
        Some("cancelled" | "denied") => "https://schema.org/EventCancelled",
        _ => "https://schema.org/EventScheduled",
    };
    let parties: Vec<Value> = texts(&line["participants"]).map(|id| json!({"@id": iri("entity", id)})).collect();
    json!({
        "@id": iri("event", line["id"].as_str().unwrap_or_default()),
        "@type": "Event",
        "identifier": line["id"],
        "additionalType": shown(&line["type"]),
        "startDate": line["when"]["value"],
        "eventStatus": {"@id": status},
        "riwaya:status": line["status"],
        "attendee": parties,
        "location": line["where"].as_str().map(|id| json!({"@id": iri("entity", id)})),
    })
}

/// What is unknown is left out: null means something else in linked data.
fn without_nulls(mut node: Value) -> Value {
    if let Some(map) = node.as_object_mut() {
        map.retain(|_, value| !value.is_null());
    }
    node
}
