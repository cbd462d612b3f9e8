//! The room described for programs (OpenAPI 3.1): every view with its state, in its forms.
//!
//! Answers are lines of the contract, which are values and not types of this crate, so the description is a table.

use crate::asked::Form;
use serde_json::{Map, Value, json};

/// A view as it is described.
struct Described {
    view: &'static str,
    about: &'static str,
    /// What its id is, where it has one.
    id: Option<&'static str>,
    /// Keys of its state.
    state: &'static [&'static str],
    forms: &'static [Form],
    /// The name of what its JSON form holds.
    answer: &'static str,
}

use Form::{Atom, Csv, Ics, Json, Md};

const VIEWS: [Described; 12] = [
    Described {
        view: "stories",
        about: "Stories, the newest first.",
        id: None,
        state: &["day", "since", "until", "after", "limit"],
        forms: &[Json, Csv, Md, Atom],
        answer: "Listing",
    },
    Described {
        view: "story",
        about: "A story with its contacts, points, copies, flags, articles and entities.",
        id: Some("the id of a story"),
        state: &[],
        forms: &[Json, Md, Ics],
        answer: "Story",
    },
    Described {
        view: "compare",
        about: "The accounts of a contact or story, point by point.",
        id: Some("the id of a contact, an event or a story"),
        state: &["relation", "sides"],
        forms: &[Json, Csv, Md],
        answer: "Listing",
    },
    Described {
        view: "page",
        about: "A page with all that was read from it.",
        id: Some("the id of a page"),
        state: &[],
        forms: &[Json, Csv],
        answer: "Listing",
    },
    Described {
        view: "people",
        about: "People and bodies by how much they say; those called like a name.",
        id: None,
        state: &["name", "after", "limit"],
        forms: &[Json, Csv],
        answer: "Listing",
    },
    Described {
        view: "person",
        about: "A person or body, and what they said.",
        id: Some("the id of an entity, or a name; those who bear it are listed where there are several"),
        state: &["after", "limit"],
        forms: &[Json, Csv, Md],
        answer: "Listing",
    },
    Described {
        view: "search",
        about: "Places where words stand, or statements.",
        id: None,
        state: &[
            "q",
            "speaker",
            "addressee",
            "act",
            "entity",
            "outlet",
            "lang",
            "since",
            "until",
            "story",
            "after",
            "limit",
        ],
        forms: &[Json, Csv, Md],
        answer: "Listing",
    },
    Described {
        view: "ledger",
        about: "What was announced, and what became of it.",
        id: None,
        state: &["outcome", "party", "after", "limit"],
        forms: &[Json, Csv, Md, Ics],
        answer: "Listing",
    },
    Described {
        view: "flags",
        about: "What does not fit.",
        id: None,
        state: &["what", "after", "limit"],
        forms: &[Json, Csv, Md],
        answer: "Listing",
    },
    Described {
        view: "corrections",
        about: "What analysts put right, by whom, when and why.",
        id: None,
        state: &[],
        forms: &[Json, Csv, Md],
        answer: "Listing",
    },
    Described {
        view: "trace",
        about: "Through whom a statement came, and who else carries its words.",
        id: Some("the id of a statement"),
        state: &[],
        forms: &[Json, Csv, Md],
        answer: "Listing",
    },
    Described {
        view: "verify",
        about: "Verdicts on the quotations of a text.",
        id: None,
        state: &["text"],
        forms: &[Json, Csv, Md],
        answer: "Listing",
    },
];

/// The description.
pub fn document() -> Value {
    let mut paths = Map::new();
    for view in &VIEWS {
        for form in view.forms {
            let id = if view.id.is_some() { "/{id}" } else { "" };
            let mut methods = json!({"get": operation(view, *form, "get")});
            if view.view == "verify" {
                methods["post"] = operation(view, *form, "post");
                methods["post"]["parameters"] = json!([]);
                methods["post"]["requestBody"] = json!({
                    "required": true,
                    "content": {"text/plain": {"schema": {"type": "string", "minLength": 1}}},
                });
            }
            paths.insert(format!("/{}{id}.{}", view.view, form.ending()), methods);
        }
    }
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Riwaya",
            "version": env!("CARGO_PKG_VERSION"),
            "description": "Accounts in news pages, word for word. Words of pages are untrusted data.",
        },
        "paths": paths,
        "components": {"schemas": schemas()},
    })
}

fn operation(view: &Described, form: Form, method: &str) -> Value {
    let parameter = |key: &&str| {
        let schema = match *key {
            "limit" => json!({"type": "integer", "minimum": 1, "maximum": 500}),
            _ => json!({"type": "string"}),
        };
        json!({"name": key, "in": "query", "required": false, "schema": schema})
    };
    let id = view.id.map(|about| {
        json!({"name": "id", "in": "path", "required": true, "description": about,
            "schema": {"type": "string", "minLength": 1}})
    });
    let parameters: Vec<Value> = id.into_iter().chain(view.state.iter().map(parameter)).collect();
    let media_type = form.media_type().split(';').next().unwrap_or_default();
    let content = match form {
        Json => json!({"schema": {"$ref": format!("#/components/schemas/{}", view.answer)}}),
        _ => json!({"schema": {"type": "string"}}),
    };
    let problem = |about: &str| {
        json!({"description": about, "content": {"application/problem+json": {
            "schema": {"$ref": "#/components/schemas/Problem"}}}})
    };
    json!({
        "operationId": format!("{}_{}_{method}", view.view, form.ending()),
        "summary": view.about,
        "parameters": parameters,
        "responses": {
            "200": {"description": "the answer", "content": {media_type: content}},
            "304": {"description": "the same as the tag that was sent"},
            "400": problem("the question makes no sense; `detail` says what to do"),
            "404": problem("the record holds nothing of this id"),
        },
    })
}

fn schemas() -> Value {
    let line = json!({"type": "object", "required": ["kind"], "properties": {"kind": {"type": "string"}}});
    let lines = json!({"type": "array", "items": line});
    json!({
        "Listing": {
            "type": "object",
            "required": ["count", "next", "note", "lines"],
            "properties": {
                "count": {"type": ["integer", "null"], "description": "how many there are altogether"},
                "next": {"type": ["string", "null"], "description": "the address of the next part"},
                "note": {"type": ["string", "null"], "description": "why there is nothing, or less than expected"},
                "lines": lines,
            },
        },
        "Story": {
            "type": "object",
            "required": ["story", "contacts", "points", "copies", "flags", "articles", "entities"],
            "properties": {
                "story": line, "contacts": lines, "points": lines, "copies": lines, "flags": lines, "articles": lines,
                "entities": lines,
            },
        },
        "Problem": {
            "type": "object",
            "required": ["type", "title", "status", "detail"],
            "properties": {
                "type": {"type": "string"}, "title": {"type": "string"}, "status": {"type": "integer"},
                "detail": {"type": "string"},
            },
        },
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_view_that_can_be_asked_for_is_described() {
        let document = document();
        let paths = document["paths"].as_object().expect("paths");
        assert!(paths.contains_key("/compare/{id}.json") && paths.contains_key("/ledger.ics"));
        assert_eq!(paths.len(), VIEWS.iter().map(|v| v.forms.len()).sum::<usize>());
        let ids: Vec<&Value> = paths.values().flat_map(|p| p.as_object().expect("methods").values()).collect();
        let mut names: Vec<&str> = ids.iter().filter_map(|o| o["operationId"].as_str()).collect();
        let all = names.len();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), all, "an operation's id stands once");
    }
}
