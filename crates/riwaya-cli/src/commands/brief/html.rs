//! A dossier as one HTML file: no script, no other file, every direction of writing, fit for print.

use super::markdown::is_address;
use super::{Brief, Cited, Item};
use std::fmt::Write as _;

const STYLE: &str = "body{font:1rem/1.5 serif;max-width:46rem;margin:2rem auto;padding:0 1rem}\
h1{font-size:1.5rem}h2{font-size:1.2rem;margin-top:2rem;border-bottom:1px solid #999}\
blockquote{margin:.5rem 0;padding:0 1rem;border-inline-start:3px solid #999}\
blockquote p{margin:0}cite{font-size:.85rem;font-style:normal;color:#555}\
.frame{font-weight:bold;margin:1rem 0 .25rem}\
@media print{body{margin:0;max-width:none}.item{break-inside:avoid}a{color:inherit;text-decoration:none}}";

/// The dossier as a page.
pub fn print(brief: &Brief) -> String {
    let title = escaped(&brief.title);
    let mut out = String::new();
    // Writing to a string cannot fail.
    let _ = write!(
        out,
        "<!DOCTYPE html>\n<html>\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width\">\n<title>{title}</title>\n<style>{STYLE}</style>\n\
         </head>\n<body>\n<h1 dir=\"auto\">{title}</h1>\n<p dir=\"auto\">{}</p>\n",
        escaped(&brief.frame)
    );
    for section in &brief.sections {
        let _ = writeln!(out, "<section>\n<h2>{}</h2>", section.heading);
        section.items.iter().for_each(|i| item(i, &mut out));
        out.push_str("</section>\n");
    }
    out.push_str("</body>\n</html>\n");
    out
}

fn item(item: &Item, out: &mut String) {
    let _ = writeln!(out, "<div class=\"item\">\n<p class=\"frame\" dir=\"auto\">{}</p>", escaped(&item.frame));
    item.quotes.iter().for_each(|c| cited(c, out));
    out.push_str("</div>\n");
}

fn cited(cited: &Cited, out: &mut String) {
    let place = escaped(&cited.quote.place());
    let place = match cited.url.as_deref().filter(|u| is_address(u)) {
        Some(url) => format!("<a href=\"{}\">{place}</a>", escaped(url)),
        None => place,
    };
    let (words, from) = (escaped(&cited.quote.text), escaped(&cited.from));
    let _ = writeln!(
        out,
        "<blockquote dir=\"auto\"><p>{words}</p><cite><bdi>{from}</bdi> · <bdi>{place}</bdi></cite></blockquote>"
    );
}

fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c => out.push(c),
        }
    }
    out
}
