//! Comparisons in Markdown: a column a side, a row a point.

use super::layout::{Asked, Column, Comparison, NO_ACCOUNT, Point, Side};
use crate::findings::Findings;
use crate::markdown::{cited, escaped};
use crate::quoting::Cited;
use std::fmt::Write as _;

/// The comparisons as text.
pub fn print(findings: &Findings, comparisons: &[Comparison<'_>]) -> String {
    let mut out = String::new();
    for (n, comparison) in comparisons.iter().enumerate() {
        let apart = if n > 0 { "\n" } else { "" };
        // Writing to a string cannot fail.
        let _ = writeln!(out, "{apart}# {}\n\n{}\n", escaped(&comparison.title), escaped(&comparison.id));
        overview(comparison, &mut out);
        points(findings, comparison, &mut out);
    }
    out
}

fn overview(comparison: &Comparison<'_>, out: &mut String) {
    out.push_str("| side | points before the contact | after it | leads with (point) | says who asked for it |\n");
    out.push_str("|---|---|---|---|---|\n");
    for side in &comparison.sides {
        let [before, after] = side.points;
        let (name, lead) = (escaped(&side.name), escaped(&side.leads_with()));
        let _ = writeln!(out, "| {name} | {before} | {after} | {lead} | {} |", asked_of(side));
    }
    for name in &comparison.silent {
        let _ = writeln!(out, "| {} | 0 | 0 | {NO_ACCOUNT} | |", escaped(name));
    }
    out.push('\n');
    for (by, asked) in &comparison.others {
        let by = by.as_deref().map_or_else(|| "The page itself".to_owned(), escaped);
        let _ = writeln!(out, "{by} says who asked for it: {}: {}\n", escaped(&asked.who), cited(&asked.cited));
    }
}

fn asked_of(side: &Side) -> String {
    if side.asked.is_empty() {
        return side.says_who_asked();
    }
    let one = |asked: &Asked| format!("{}: {}", escaped(&asked.who), cited(&asked.cited));
    side.asked.iter().map(one).chain(side.asking()).collect::<Vec<_>>().join("<br>")
}

fn points(findings: &Findings, comparison: &Comparison<'_>, out: &mut String) {
    let names: Vec<String> = comparison.sides.iter().map(|s| escaped(&s.name)).collect();
    let _ = writeln!(out, "| point | {} |\n|---|{}", names.join(" | "), "---|".repeat(names.len()));
    for row in &comparison.points {
        let columns: Vec<String> = row.columns.iter().map(|c| column(findings, c)).collect();
        let _ = writeln!(out, "| {} | {} |", head(row), columns.join(" | "));
    }
}

fn head(point: &Point<'_>) -> String {
    format!("{}. {}: {}", point.number, escaped(&point.topic), escaped(&point.label()))
}

fn column(findings: &Findings, column: &Column<'_>) -> String {
    match column {
        Column::Says(cells) => {
            let quotes = cells.iter().flat_map(|c| Cited::of_cell(findings, c)).map(|c| cited(&c));
            quotes.collect::<Vec<_>>().join("<br>")
        }
        Column::Silent => "silent".to_owned(),
        Column::NoAccount => "no account yet".to_owned(),
    }
}
