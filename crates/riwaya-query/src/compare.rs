//! How do the sides of a contact or story stand to one another, as it is shown?

pub mod html;
pub mod layout;
pub mod markdown;

use crate::Table;
use crate::findings::{Findings, shown, words};
use layout::{cells, chain, side_name, sides, topic};
use serde_json::Value;

/// Points as rows: a cell a row.
pub fn table(findings: &Findings, points: &[&Value]) -> Table {
    let mut table =
        Table::new(&["event", "point", "topic", "relation", "side", "act", "day", "statement", "chain", "words"]);
    for (number, point) in (1..).zip(points) {
        for cell in cells(point) {
            let side = sides(point).find(|s| s["entity"] == cell["side"]);
            let article = findings.article(cell["article"].as_str().unwrap_or_default());
            table.row(vec![
                shown(&point["event"]),
                number.to_string(),
                topic(findings, point),
                shown(&point["relation"]),
                side.map_or_else(|| shown(&cell["side"]), |s| side_name(findings, s)),
                shown(&cell["act"]),
                article.map_or(String::new(), |a| shown(&a["published"]["value"])),
                shown(&cell["statement"]),
                chain(cell).collect::<Vec<_>>().join(" < "),
                words(&cell["words"]),
            ]);
        }
    }
    table
}
