//! What does an address ask for, and in which form? An address holds the whole state of a view.

use crate::interface::Interface;

/// A form of an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// A page for people.
    Html,
    /// Lines of the contract, in one object.
    Json,
    /// Comma-separated values.
    Csv,
    /// Markdown.
    Md,
    /// A feed (RFC 4287).
    Atom,
    /// A calendar (RFC 5545).
    Ics,
}

/// All forms with their endings.
pub const FORMS: [(Form, &str); 6] = [
    (Form::Html, "html"),
    (Form::Json, "json"),
    (Form::Csv, "csv"),
    (Form::Md, "md"),
    (Form::Atom, "atom"),
    (Form::Ics, "ics"),
];

impl Form {
    /// The ending of its addresses.
    pub fn ending(self) -> &'static str {
        FORMS.iter().find(|(form, _)| *form == self).map_or("html", |(_, ending)| ending)
    }

    /// The type of its content.
    pub fn media_type(self) -> &'static str {
        match self {
            Form::Html => "text/html; charset=utf-8",
            Form::Json => "application/json",
            Form::Csv => "text/csv; charset=utf-8; header=present",
            Form::Md => "text/markdown; charset=utf-8",
            Form::Atom => "application/atom+xml; charset=utf-8",
            Form::Ics => "text/calendar; charset=utf-8",
        }
    }
}

/// What somebody asks for.
#[derive(Debug, Clone)]
pub struct Asked {
    /// The view: `story`.
    pub view: String,
    /// Of which story, page, person …
    pub id: Option<String>,
    /// In which form.
    pub form: Form,
    /// The id with the ending that was taken for a form: `news/17.html` may be the name of a page.
    pub whole: Option<String>,
    /// The rest of the state, decoded, in order.
    pub query: Vec<(String, String)>,
    /// The language of the interface.
    pub interface: Interface,
}

impl Asked {
    /// What `path` and `query` of an address ask for, `accepted` being the browser's languages.
    ///
    /// ```
    /// use riwaya_web::asked::{Asked, Form};
    /// let asked = Asked::of("/page/a%2Fb.txt.json", Some("at=3-9&ui=ar"), "");
    /// assert_eq!((asked.view.as_str(), asked.id.as_deref(), asked.form), ("page", Some("a/b.txt"), Form::Json));
    /// assert_eq!((asked.get("at"), asked.interface.code()), (Some("3-9"), "ar"));
    /// ```
    pub fn of(path: &str, query: Option<&str>, accepted: &str) -> Asked {
        let path = path.strip_prefix('/').unwrap_or(path);
        let (stem, form) = FORMS
            .iter()
            .find_map(|(form, ending)| Some((path.strip_suffix(ending)?.strip_suffix('.')?, *form)))
            .unwrap_or((path, Form::Html));
        let (view, id) = match stem.split_once('/') {
            Some((view, id)) => (view, Some(decoded(id, false)).filter(|id| !id.is_empty())),
            None => (stem, None),
        };
        let whole = id.as_ref().filter(|_| stem != path).map(|id| format!("{id}.{}", form.ending()));
        let pair = |part: &str| {
            let (key, value) = part.split_once('=').unwrap_or((part, ""));
            (decoded(key, true), decoded(value, true))
        };
        let pairs = query.unwrap_or("").split('&').filter(|part| !part.is_empty()).map(pair);
        let query: Vec<(String, String)> = pairs.filter(|(_, value)| !value.is_empty()).collect();
        let chosen = query.iter().find(|(key, _)| key == "ui").and_then(|(_, code)| Interface::of_code(code));
        let interface = chosen.unwrap_or_else(|| Interface::of_browser(accepted));
        Asked { view: decoded(view, false), id, form, whole, query, interface }
    }

    /// The same with the ending as a part of the id, where there is one.
    pub fn with_whole_id(&self) -> Option<Asked> {
        Some(Asked { id: Some(self.whole.clone()?), form: Form::Html, whole: None, ..self.clone() })
    }

    /// The value of a key; none where it is not given or empty.
    pub fn get(&self, key: &str) -> Option<&str> {
        self.query.iter().find(|(known, _)| known == key).map(|(_, value)| value.trim()).filter(|v| !v.is_empty())
    }

    /// The same as a value to be kept.
    pub fn text(&self, key: &str) -> Option<String> {
        self.get(key).map(str::to_owned)
    }

    /// The address of `view` and `id` in the same language, with no other state.
    pub fn link(&self, view: &str, id: &str) -> String {
        let ui = self.query.iter().filter(|(key, _)| key == "ui").cloned().collect::<Vec<_>>();
        address(view, Some(id).filter(|id| !id.is_empty()), Form::Html, &ui)
    }

    /// The same with one more pair of state.
    pub fn link_with(&self, view: &str, id: &str, key: &str, value: &str) -> String {
        let mut query: Vec<(String, String)> = vec![(key.to_owned(), value.to_owned())];
        query.extend(self.query.iter().filter(|(key, _)| key == "ui").cloned());
        address(view, Some(id).filter(|id| !id.is_empty()), Form::Html, &query)
    }

    /// This address with `key` set to `value`, or without it where that is empty. A page of results that begins elsewhere
    /// makes no sense with another question, so `after` goes where anything else changes.
    pub fn with(&self, key: &str, value: &str) -> String {
        let kept = |(known, _): &&(String, String)| known != key && (known != "after" || key == "ui");
        let mut query: Vec<(String, String)> = self.query.iter().filter(kept).cloned().collect();
        if !value.is_empty() {
            query.push((key.to_owned(), value.to_owned()));
        }
        address(&self.view, self.id.as_deref(), self.form, &query)
    }

    /// This address in another form.
    pub fn as_form(&self, form: Form) -> String {
        address(&self.view, self.id.as_deref(), form, &self.query)
    }
}

/// An address of the room.
pub fn address(view: &str, id: Option<&str>, form: Form, query: &[(String, String)]) -> String {
    let mut out = format!("/{view}");
    if let Some(id) = id {
        out.push('/');
        out.push_str(&encoded(id));
    }
    let is_ambiguous = id.is_some_and(|id| FORMS.iter().any(|(_, ending)| id.ends_with(&format!(".{ending}"))));
    if form != Form::Html || is_ambiguous {
        let view_of_root = if out == "/" { "stories" } else { "" };
        out.push_str(view_of_root);
        out.push('.');
        out.push_str(form.ending());
    }
    for (n, (key, value)) in query.iter().enumerate() {
        out.push(if n == 0 { '?' } else { '&' });
        out.push_str(&format!("{}={}", encoded(key), encoded(value)));
    }
    out
}

/// Percent-encoded (RFC 3986): everything but letters, digits and `-._~`.
pub fn encoded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => out.push(byte.into()),
            _ => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}

/// Percent-decoded; in a query `+` is a blank. What is no UTF-8 becomes U+FFFD, a lone `%` stays.
fn decoded(text: &str, is_query: bool) -> String {
    let mut out: Vec<u8> = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((byte, behind)) = rest.split_first() {
        let hex = |n: usize| behind.get(n).and_then(|b| (*b as char).to_digit(16));
        rest = behind;
        match (byte, hex(0), hex(1)) {
            (b'%', Some(high), Some(low)) => {
                out.push((high * 16 + low) as u8);
                rest = &behind[2..];
            }
            (b'+', ..) if is_query => out.push(b' '),
            _ => out.push(*byte),
        }
    }
    String::from_utf8_lossy(&out).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_lead_back_to_what_was_asked() {
        for id in ["a", "a b", "https://x.example/a?b=c#d", "قصة", "page.json", "x%2F", "a#s4", "..", "a/../b"] {
            for (form, _) in FORMS {
                let query = [("q".to_owned(), "وقال + \"x\" & y=1".to_owned())];
                let address = address("page", Some(id), form, &query);
                let (path, query) = address.split_once('?').expect("a query");
                let asked = Asked::of(path, Some(query), "");
                assert_eq!(
                    (asked.view.as_str(), asked.id.as_deref(), asked.form),
                    ("page", Some(id), form),
                    "{address}"
                );
                assert_eq!(asked.get("q"), Some("وقال + \"x\" & y=1"));
            }
        }
    }

    #[test]
    fn an_ending_may_belong_to_the_id() {
        let asked = Asked::of("/page/news%2F17.html", None, "");
        assert_eq!((asked.id.as_deref(), asked.whole.as_deref()), (Some("news/17"), Some("news/17.html")));
        assert_eq!(asked.with_whole_id().and_then(|a| a.id).as_deref(), Some("news/17.html"));
        assert!(Asked::of("/page/news%2F17", None, "").with_whole_id().is_none());
    }

    #[test]
    fn broken_addresses_ask_for_something() {
        for path in ["", "/", "//", "/%", "/%zz/%e", "/page/", "/.json", "/page/%ff.csv"] {
            let asked = Asked::of(path, Some("&&=&a&%=%&q=+"), "");
            assert_eq!(asked.get("q"), None, "{path}");
        }
        assert_eq!(Asked::of("/%ff", None, "").view, "\u{fffd}");
    }

    #[test]
    fn another_question_begins_at_its_beginning() {
        let asked = Asked::of("/search", Some("q=a&after=9&ui=ru"), "");
        assert_eq!(asked.with("act", "deny"), "/search?q=a&ui=ru&act=deny");
        assert_eq!(asked.with("ui", "ar"), "/search?q=a&after=9&ui=ar");
        assert_eq!(asked.with("q", ""), "/search?ui=ru");
        assert_eq!(asked.as_form(Form::Csv), "/search.csv?q=a&after=9&ui=ru");
        assert_eq!(asked.link("story", "s 1"), "/story/s%201?ui=ru");
    }
}
