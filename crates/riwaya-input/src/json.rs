//! JSON objects as pages: arrays, objects one after another, and the fields that a page may have.

use crate::input::{Input, Page, hash};
use riwaya::page::Source;
use serde::de::{DeserializeSeed, Deserializer, SeqAccess, Visitor};
use serde_json::Value;
use serde_json::value::RawValue;
use std::collections::BTreeMap;
use std::fmt;
use std::io::{self, Read};

/// The fields of one page, not looked into yet.
pub type Fields<'j> = BTreeMap<String, &'j RawValue>;

/// A JSON array of pages; what stands before a break is read.
pub fn array(input: &mut Input, name: &str, reader: &mut dyn Read) -> io::Result<()> {
    whole(input, name, reader, |text| {
        let mut pages = Vec::new();
        let mut parser = serde_json::Deserializer::from_str(text);
        let end = Elements(&mut pages).deserialize(&mut parser).and_then(|()| parser.end());
        (pages, end.err())
    })
}

/// JSON objects that run over several lines, one after another.
pub fn objects(input: &mut Input, name: &str, reader: &mut dyn Read) -> io::Result<()> {
    whole(input, name, reader, |text| {
        let mut pages = Vec::new();
        for page in serde_json::Deserializer::from_str(text).into_iter() {
            match page {
                Ok(page) => pages.push(page),
                Err(error) => return (pages, Some(error)),
            }
        }
        (pages, None)
    })
}

fn whole(
    input: &mut Input,
    name: &str,
    reader: &mut dyn Read,
    parse: impl for<'t> Fn(&'t str) -> (Vec<&'t RawValue>, Option<serde_json::Error>),
) -> io::Result<()> {
    let mut bytes = Vec::new();
    reader.read_to_end(&mut bytes)?;
    let Some(text) = input.utf8(name, 0, 1, &bytes) else { return Ok(()) };
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let (pages, error) = parse(text);
    if pages.is_empty() && error.is_none() {
        input.problem(name, "an empty JSON array", "hand in an array that holds pages");
    }
    for (n, raw) in (1..).zip(pages) {
        let place = || format!("{name}, element {n}");
        if raw.get().len() as u64 > input.limit {
            input.too_long(&place(), Some(raw.get().len() as u64));
            continue;
        }
        match serde_json::from_str(raw.get()) {
            Ok(fields) => page(input, &place(), &format!("{name}#{n}"), hash([raw.get().as_bytes()]), fields),
            Err(_) => input.problem(&place(), "no JSON object", "write each page as an object with a field `text`"),
        }
    }
    if let Some(error) = error {
        broken(input, &format!("{name}:{}:{}", error.line(), error.column()), &error);
    }
    Ok(())
}

/// One page out of its fields. `fallback` is its id where it brings none and no URL.
pub fn page(input: &mut Input, place: &str, fallback: &str, sha256: String, fields: Fields<'_>) {
    let of_fields = |names: &[&'static str]| names.iter().find_map(|name| Some((*name, *fields.get(*name)?)));
    let html = of_fields(&["html"]);
    let Some((name, raw)) = of_fields(&["text", "content", "body"]).or(html) else {
        let remedy = "give each page its text in a field `text`, `content` or `body`, or its mark-up in `html`";
        return input.problem(place, "a page without text", remedy);
    };
    let text = match serde_json::from_str(raw.get()) {
        Ok(Value::String(text)) => text,
        _ => return input.problem(place, format!("`{name}` is no string"), "write the page's text as a string"),
    };
    let get = |names: &[&str]| names.iter().find_map(|name| words(fields.get(*name)?));
    let url = get(&["url"]);
    let source = Source {
        id: get(&["id"]).or_else(|| url.clone()).unwrap_or_else(|| fallback.to_owned()),
        sha256,
        url,
        outlet: get(&["outlet", "source", "site"]),
        title: get(&["title"]),
        author: get(&["author"]),
        published: get(&["published", "date", "date_published", "date_extracted"]),
        updated: get(&["updated", "date_modified"]),
        section: get(&["section"]),
        lang: get(&["lang"]),
        ..Source::default()
    };
    match name {
        "html" => input.web(place, source, text.into_bytes(), Some("utf-8".to_owned())),
        _ => input.page(place, Page { source, text, raw: None }),
    }
}

/// Reports JSON that does not go on as JSON does.
pub fn broken(input: &mut Input, place: &str, error: &serde_json::Error) {
    let text = error.to_string();
    let what = text.split(" at line ").next().unwrap_or(&text);
    let (what, remedy) = match error.classify() {
        serde_json::error::Category::Eof => (format!("JSON that breaks off ({what})"), "fetch or write the file again"),
        serde_json::error::Category::Data => (what.to_owned(), "write each page as a JSON object with a field `text`"),
        _ => (format!("no JSON ({what})"), "write each page as a JSON object with a field `text`"),
    };
    input.problem(place, what, remedy);
}

/// A field as words: a string or number; the first name of `{"name": …}`; the parts of a list, joined.
fn words(raw: &RawValue) -> Option<String> {
    fn of(value: Value) -> Option<String> {
        match value {
            Value::String(text) => Some(text),
            Value::Number(number) => Some(number.to_string()),
            Value::Object(mut map) => map.remove("name").and_then(of),
            Value::Array(parts) => Some(parts.into_iter().filter_map(of).collect::<Vec<_>>().join(", ")),
            _ => None,
        }
    }
    of(serde_json::from_str(raw.get()).ok()?).filter(|text| !text.trim().is_empty())
}

/// Gathers the elements of an array, so that those before a break are not lost.
struct Elements<'v, 'j>(&'v mut Vec<&'j RawValue>);

impl<'j> DeserializeSeed<'j> for Elements<'_, 'j> {
    type Value = ();

    fn deserialize<D: Deserializer<'j>>(self, parser: D) -> Result<(), D::Error> {
        parser.deserialize_seq(self)
    }
}

impl<'j> Visitor<'j> for Elements<'_, 'j> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an array of pages")
    }

    fn visit_seq<A: SeqAccess<'j>>(self, mut elements: A) -> Result<(), A::Error> {
        while let Some(element) = elements.next_element()? {
            self.0.push(element);
        }
        Ok(())
    }
}
