//! Comparisons as one HTML file: a column a side, a row a point.

use super::layout::{Asked, Column, Comparison, NO_ACCOUNT, Point, Side};
use crate::findings::Findings;
use crate::html::{cited, escaped, page};
use crate::quoting::Cited;
use std::fmt::Write as _;

const STYLE: &str = "body{max-width:80rem}table{border-collapse:collapse;width:100%;margin:1rem 0}\
th,td{border:1px solid #999;padding:.4rem .6rem;vertical-align:top;text-align:start}\
thead th{background:#eee}.points{table-layout:fixed}.points th:first-child{width:9rem}\
small{display:block;font-weight:normal}.none,.id{color:#555}\
@media print{body{max-width:none}thead{display:table-header-group}tr{break-inside:avoid}}";

/// The comparisons as a page.
pub fn print(findings: &Findings, comparisons: &[Comparison<'_>]) -> String {
    let mut body = String::new();
    for comparison in comparisons {
        let (title, id) = (escaped(&comparison.title), escaped(&comparison.id));
        // Writing to a string cannot fail.
        let _ = writeln!(body, "<section>\n<h1 dir=\"auto\">{title}</h1>\n<p class=\"id\">{id}</p>");
        overview(comparison, &mut body);
        points(findings, comparison, &mut body);
        body.push_str("</section>\n");
    }
    page(comparisons.first().map_or("", |c| &c.title), STYLE, &body)
}

fn overview(comparison: &Comparison<'_>, out: &mut String) {
    out.push_str(
        "<table>\n<thead><tr><th>side</th><th>points before the contact</th><th>after it</th>\
         <th>leads with (point)</th><th>says who asked for it</th></tr></thead>\n<tbody>\n",
    );
    for side in &comparison.sides {
        let [before, after] = side.points;
        let _ = writeln!(
            out,
            "<tr><th dir=\"auto\">{}</th><td>{before}</td><td>{after}</td><td dir=\"auto\">{}</td><td>{}</td></tr>",
            escaped(&side.name),
            escaped(&side.leads_with()),
            asked_of(side)
        );
    }
    for name in &comparison.silent {
        let name = escaped(name);
        let _ =
            writeln!(out, "<tr><th dir=\"auto\">{name}</th><td class=\"none\" colspan=\"4\">{NO_ACCOUNT}</td></tr>");
    }
    out.push_str("</tbody>\n</table>\n");
    for (by, asked) in &comparison.others {
        let by = by.as_deref().map_or_else(|| "The page itself says".to_owned(), |by| format!("{} says", escaped(by)));
        let who = escaped(&asked.who);
        let _ = writeln!(out, "<p dir=\"auto\"><bdi>{by}</bdi> who asked for it: <bdi>{who}</bdi></p>");
        out.push_str(&cited(&asked.cited));
    }
}

fn asked_of(side: &Side) -> String {
    if side.asked.is_empty() {
        return side.says_who_asked();
    }
    let one = |asked: &Asked| format!("<p dir=\"auto\">{}</p>\n{}", escaped(&asked.who), cited(&asked.cited));
    side.asked.iter().map(one).chain(side.asking()).collect()
}

fn points(findings: &Findings, comparison: &Comparison<'_>, out: &mut String) {
    out.push_str("<table class=\"points\">\n<thead><tr><th>point</th>");
    for side in &comparison.sides {
        let _ = write!(out, "<th dir=\"auto\">{}</th>", escaped(&side.name));
    }
    out.push_str("</tr></thead>\n<tbody>\n");
    comparison.points.iter().for_each(|p| point(findings, p, out));
    out.push_str("</tbody>\n</table>\n");
}

fn point(findings: &Findings, point: &Point<'_>, out: &mut String) {
    let (topic, label) = (escaped(&point.topic), escaped(&point.label()));
    let _ = write!(out, "<tr><th>{}. <bdi>{topic}</bdi><small>{label}</small></th>", point.number);
    for column in &point.columns {
        match column {
            Column::Says(cells) => {
                let quotes: String =
                    cells.iter().flat_map(|c| Cited::of_cell(findings, c)).map(|c| cited(&c)).collect();
                let _ = write!(out, "<td>\n{quotes}</td>");
            }
            Column::Silent => out.push_str("<td class=\"none\">silent</td>"),
            Column::NoAccount => out.push_str("<td class=\"none\">no account yet</td>"),
        }
    }
    out.push_str("</tr>\n");
}
