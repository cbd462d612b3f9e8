//! A comparison for people at a terminal: the words of the sides one below the other.

use crate::output::table::wrapped;
use crate::output::{self, Out};
use riwaya_query::Table;
use riwaya_query::compare::layout::{self, Column, Comparison, NO_ACCOUNT, Point, chain};
use riwaya_query::findings::{Findings, shown, words};
use riwaya_query::one_line;
use serde_json::Value;

/// Shows comparisons: of each its head, its sides, and its first `limit` points.
///
/// # Errors
/// Where standard output cannot be written to.
pub fn show(findings: &Findings, points: &[&Value], limit: usize, out: &mut Out) -> anyhow::Result<()> {
    for (n, comparison) in layout::all(findings, points).iter().enumerate() {
        if n > 0 {
            out.line("")?;
        }
        head(comparison, out)?;
        comparison.points.iter().take(limit).try_for_each(|p| one(comparison, p, out))?;
        if let Some(more) = comparison.points.len().checked_sub(limit).filter(|more| *more > 0) {
            out.line("")?;
            let how = format!("… and {more} more points: riwaya compare {} -r RECORD", comparison.id);
            out.line(&out.style.faint(&how))?;
        }
    }
    Ok(())
}

fn head(comparison: &Comparison<'_>, out: &mut Out) -> anyhow::Result<()> {
    let style = out.style;
    out.line(&style.bold(&style.isolated(&comparison.title)))?;
    let sides: Vec<String> = comparison.sides.iter().map(|s| style.isolated(&s.name)).collect();
    out.line(&format!("{} {}", sides.join("  ↔  "), style.faint(&format!("({})", comparison.id))))?;
    out.line("")?;
    let mut table = Table::new(&["side", "before", "after", "says who asked", "leads with (point)"]).indented(3);
    for side in &comparison.sides {
        let [before, after] = side.points.map(|n| n.to_string());
        table.row(vec![side.name.clone(), before, after, side.says_who_asked(), side.leads_with()]);
    }
    for name in &comparison.silent {
        table.row(vec![name.clone(), "0".to_owned(), "0".to_owned(), String::new(), NO_ACCOUNT.to_owned()]);
    }
    output::table::print(&table, out, usize::MAX)?;
    for (by, asked) in &comparison.others {
        let by = by.as_deref().map_or_else(|| "the page itself".to_owned(), |by| style.isolated(by));
        let place = style.faint(&asked.cited.quote.place());
        out.line(&format!("   asked for by {}, says {by}  {place}", style.isolated(&asked.who)))?;
    }
    Ok(())
}

fn one(comparison: &Comparison<'_>, point: &Point<'_>, out: &mut Out) -> anyhow::Result<()> {
    let style = out.style;
    out.line("")?;
    let mut label = format!("{}{}", point.when(), style.relation(&point.relation));
    let absent: Vec<String> = comparison.absent(point).iter().map(|a| style.isolated(a)).collect();
    if !absent.is_empty() {
        label.push_str(&format!(" ({})", absent.join("; ")));
    }
    out.line(&format!("{}. {} — {label}", point.number, style.bold(&style.isolated(&point.topic))))?;
    for (side, column) in comparison.sides.iter().zip(&point.columns) {
        let Column::Says(cells) = column else { continue };
        out.line(&format!("   {}", style.isolated(&side.name)))?;
        cells.iter().try_for_each(|cell| cell_lines(cell, out))?;
    }
    Ok(())
}

/// One side's words, wrapped, and through whom they came.
fn cell_lines(cell: &Value, out: &mut Out) -> anyhow::Result<()> {
    const INDENT: usize = 6;
    let style = out.style;
    // «نفى ترامب أن يكون …»: without its verb a denial would read as its opposite.
    let denies = if cell["polarity"] == "negative" { "denies: " } else { "" };
    let quoted = format!("{denies}«{}»", one_line(&words(&cell["words"])));
    let width = style.width.map_or(usize::MAX, |w| w.saturating_sub(INDENT));
    for line in wrapped(&quoted, width) {
        out.line(&format!("{:INDENT$}{}", "", style.isolated(&line)))?;
    }
    let chain: Vec<String> = chain(cell).map(|name| style.isolated(&name)).collect();
    out.line(&style.faint(&format!("{:INDENT$}{}  {}", "", chain.join(" ← "), shown(&cell["statement"]))))
}
