//! One HTML file: no script, no other file, every direction of writing, fit for print.

use crate::markdown::is_address;
use crate::quoting::Cited;

const STYLE: &str = "body{font:1rem/1.5 serif;margin:2rem auto;padding:0 1rem}h1{font-size:1.5rem}\
blockquote{margin:.5rem 0;padding:0 1rem;border-inline-start:3px solid #999}\
blockquote p{margin:0}cite{font-size:.85rem;font-style:normal;color:#555}\
@media print{body{margin:0}a{color:inherit;text-decoration:none}}";

/// A whole page: `title` is text, `body` HTML, `style` what it needs besides the style of all pages.
pub fn page(title: &str, style: &str, body: &str) -> String {
    format!(
        "<!DOCTYPE html>\n<html>\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width\">\n<title>{}</title>\n<style>{STYLE}{style}</style>\n\
         </head>\n<body>\n{body}</body>\n</html>\n",
        escaped(title)
    )
}

/// Words of a page, through whom they came, and where they stand.
pub fn cited(cited: &Cited) -> String {
    let place = escaped(&cited.quote.place());
    let place = match cited.url.as_deref().filter(|u| is_address(u)) {
        Some(url) => format!("<a href=\"{}\">{place}</a>", escaped(url)),
        None => place,
    };
    let (words, from) = (escaped(&cited.quote.text), escaped(&cited.from));
    format!("<blockquote dir=\"auto\"><p>{words}</p><cite><bdi>{from}</bdi> · <bdi>{place}</bdi></cite></blockquote>\n")
}

/// Text that stays text.
pub fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    text.chars().for_each(|c| put(c, &mut out));
    out
}

/// Adds a character that stays text.
pub fn put(c: char, out: &mut String) {
    match c {
        '&' => out.push_str("&amp;"),
        '<' => out.push_str("&lt;"),
        '>' => out.push_str("&gt;"),
        '"' => out.push_str("&quot;"),
        '\'' => out.push_str("&#39;"),
        c => out.push(c),
    }
}
