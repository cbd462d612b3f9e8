//! How does an answer go back? With its kind, a tag that spares sending it twice, and rules that keep pages harmless.

use crate::asked::{Asked, Form};
use crate::room::Trouble;
use axum::body::Body;
use axum::http::{HeaderMap, HeaderValue, Response, StatusCode, header};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use std::fmt::Write as _;

/// No script but the room's own, nothing from elsewhere, no frame around it.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; \
    connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// What goes back.
#[derive(Debug)]
pub struct Answer {
    /// The bytes.
    pub body: Vec<u8>,
    /// Their type.
    pub media_type: &'static str,
    /// How it went.
    pub status: StatusCode,
    /// The address of the next part, where there is one.
    pub next: Option<String>,
}

impl Answer {
    /// A page for people, in which marks that turn the direction of writing can be seen.
    pub fn html(page: &str) -> Answer {
        Answer::of(Form::Html, visible(page).into_bytes())
    }

    /// Something in a form.
    pub fn of(form: Form, body: Vec<u8>) -> Answer {
        Answer { body, media_type: form.media_type(), status: StatusCode::OK, next: None }
    }

    /// An object.
    pub fn json(value: &Value) -> Answer {
        Answer::of(Form::Json, format!("{value}\n").into_bytes())
    }

    /// The same with the address of the next part.
    pub fn then(self, next: Option<String>) -> Answer {
        Answer { next, ..self }
    }

    /// What went wrong, as an object; `RFC 9457` names its fields.
    pub fn problem(trouble: &Trouble) -> Answer {
        let (status, title, detail) = match trouble {
            Trouble::NotThere => (StatusCode::NOT_FOUND, "not there", "the record holds nothing of this id"),
            Trouble::Question(what) => (StatusCode::BAD_REQUEST, "the question makes no sense", what.as_str()),
            Trouble::Failed(what) => (StatusCode::INTERNAL_SERVER_ERROR, "no answer", what.as_str()),
        };
        let body = json!({"type": "about:blank", "title": title, "status": status.as_u16(), "detail": detail});
        Answer { status, media_type: "application/problem+json", ..Answer::json(&body) }
    }

    /// As a response to a request with `headers`: not sent again to who has it already.
    pub fn respond(&self, headers: &HeaderMap) -> Response<Body> {
        let tag = format!("\"{}\"", tag(&self.body));
        let known = headers.get(header::IF_NONE_MATCH).and_then(|v| v.to_str().ok()).unwrap_or_default();
        let has_it = self.status == StatusCode::OK
            && known.split(',').any(|k| k.trim().trim_start_matches("W/") == tag || k.trim() == "*");
        let mut out = Response::new(if has_it { Body::empty() } else { Body::from(self.body.clone()) });
        *out.status_mut() = if has_it { StatusCode::NOT_MODIFIED } else { self.status };
        let fields = out.headers_mut();
        if self.status == StatusCode::OK
            && let Ok(tag) = HeaderValue::from_str(&tag)
        {
            fields.insert(header::ETAG, tag);
        }
        fields.insert(header::CONTENT_TYPE, HeaderValue::from_static(self.media_type));
        let link = self.next.as_ref().map(|next| format!("<{next}>; rel=\"next\""));
        if let Some(link) = link.and_then(|link| HeaderValue::from_str(&link).ok()) {
            fields.insert(header::LINK, link);
        }
        guard(fields);
        out
    }
}

/// The rules that every response carries.
pub fn guard(fields: &mut HeaderMap) {
    let rules = [
        (header::CONTENT_SECURITY_POLICY, POLICY),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "no-referrer"),
        (header::CACHE_CONTROL, "no-cache"),
        (header::VARY, "Accept-Language"),
    ];
    for (name, value) in rules {
        fields.entry(name).or_insert(HeaderValue::from_static(value));
    }
}

/// A short name for these bytes.
pub fn tag(bytes: &[u8]) -> String {
    let digest = Sha256::digest(bytes);
    digest.iter().take(12).fold(String::new(), |mut out, byte| {
        // Writing to a string cannot fail.
        let _ = write!(out, "{byte:02x}");
        out
    })
}

/// Characters that would turn or hide what stands around them, made visible: a page could else show a denial as its
/// opposite. Only words of pages bring them; the room itself sets runs apart by elements.
///
/// ```
/// assert_eq!(riwaya_web::answer::visible("a\u{202e}b"), "a⟦U+202E⟧b");
/// ```
pub fn visible(text: &str) -> String {
    let is_turning = |c: char| {
        matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\0'..='\u{8}' | '\u{b}' | '\u{c}'
            | '\u{e}'..='\u{1f}' | '\u{7f}')
    };
    if !text.contains(is_turning) {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        match is_turning(c) {
            true => {
                // Writing to a string cannot fail.
                let _ = write!(out, "⟦U+{:04X}⟧", c as u32);
            }
            false => out.push(c),
        }
    }
    out
}

/// In which form does somebody who asked for this want to hear of trouble?
pub fn wants_page(asked: &Asked) -> bool {
    asked.form == Form::Html
}
