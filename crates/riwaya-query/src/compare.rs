//! How do the sides of a contact or story stand to one another, as it is shown?

pub mod html;
pub mod layout;
pub mod markdown;

use crate::account::{self, Reader};
use crate::findings::{self, Findings, shown, words};
use crate::{Error, Table};
use layout::{cells, chain, side_name, sides, topic};
use riwaya::contract;
use riwaya::weave::compare::{Subject, compare};
use riwaya_store::Record;
use serde_json::{Value, json};

/// The points of a comparison that the record does not hold: of a contact that no page is mainly about, or with `sides`
/// (ids of entities or states) as columns. The pages of its story are read again for it. `contact` is the id of the
/// contact to compare, of all that the story tells where there is none.
///
/// # Errors
/// Where the record cannot be read.
pub fn made(
    record: &Record,
    story: &str,
    contact: Option<&str>,
    sides: &[String],
    reader: &Reader,
) -> Result<Vec<Value>, Error> {
    let pages = record.pages_numbered(&record.members(story)?)?.into_iter().map(findings::page).collect();
    let account = account::of_part(record, pages, &reader.packs)?;
    let woven = &account.woven;
    let all: Vec<usize> = (0..account.readings.len()).collect();
    let found = contact.and_then(|id| woven.contacts.iter().position(|c| c.id == id));
    let subject = match (contact, found) {
        (Some(_), None) => return Ok(Vec::new()),
        (_, Some(n)) => Subject::Contact(n),
        (None, None) => Subject::Pages(&all),
    };
    let comparison = compare(subject, sides, &account.readings, &reader.packs, woven);
    let lines = contract::point_lines(&comparison, &account.readings, &reader.packs, woven);
    let mut lines = lines.iter().map(|line| json!(line)).collect::<Vec<_>>();
    // Of a part of the record the story may be told by another page.
    lines.iter_mut().for_each(|line| line["story"] = json!(story));
    // Of a call that one side alone tells of there is one account, and it is to be seen that the other is missing.
    let is_told = |p: &Value| layout::sides(p).chain(layout::silent(p)).count() > 1;
    Ok(if lines.iter().any(is_told) { lines } else { Vec::new() })
}

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
