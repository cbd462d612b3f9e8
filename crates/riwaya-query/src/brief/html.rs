//! A dossier as one HTML file.

use super::{Brief, Item};
use crate::html::{cited, escaped, page};
use std::fmt::Write as _;

const STYLE: &str = "body{max-width:46rem}\
h2{font-size:1.2rem;margin-top:2rem;border-bottom:1px solid #999}\
.frame{font-weight:bold;margin:1rem 0 .25rem}\
@media print{body{max-width:none}.item{break-inside:avoid}}";

/// The dossier as a page.
pub fn print(brief: &Brief) -> String {
    let mut body = String::new();
    // Writing to a string cannot fail.
    let _ = writeln!(
        body,
        "<h1 dir=\"auto\">{}</h1>\n<p dir=\"auto\">{}</p>",
        escaped(&brief.title),
        escaped(&brief.frame)
    );
    for section in &brief.sections {
        let _ = writeln!(body, "<section>\n<h2>{}</h2>", section.heading);
        section.items.iter().for_each(|i| item(i, &mut body));
        body.push_str("</section>\n");
    }
    page(&brief.title, STYLE, &body)
}

fn item(item: &Item, out: &mut String) {
    let _ = writeln!(out, "<div class=\"item\">\n<p class=\"frame\" dir=\"auto\">{}</p>", escaped(&item.frame));
    item.quotes.iter().for_each(|c| out.push_str(&cited(c)));
    out.push_str("</div>\n");
}
