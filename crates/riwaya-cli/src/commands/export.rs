//! `riwaya export`.

#[cfg(feature = "parquet")]
mod parquet;

use super::{cite, ledger};
use crate::End;
use crate::args::{ExportArgs, ExportFormat};
use crate::output::{Out, written};
use crate::reading;
use anyhow::{Context, bail};
use riwaya_query::Table;
use riwaya_query::account::Reader;
use riwaya_query::citation::RawPage;
use riwaya_query::findings::{Findings, number, shown, words};
use riwaya_query::{atom, linked, lists};
use riwaya_store::Record;
use serde_json::Value;
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;

/// Exports a record.
///
/// # Errors
/// Where the record cannot be read or the output not be written.
pub fn run(args: ExportArgs) -> anyhow::Result<End> {
    let record = &args.record;
    match (args.to, &args.output) {
        (ExportFormat::Csv, Some(folder)) => csv(record, folder)?,
        #[cfg(feature = "parquet")]
        (ExportFormat::Parquet, Some(folder)) => parquet::export(record, folder)?,
        #[cfg(not(feature = "parquet"))]
        (ExportFormat::Parquet, Some(_)) => bail!(
            "this program was built without Parquet, which takes minutes to build; build it with `cargo build --release \
             --features parquet`, or take --to csv"
        ),
        (ExportFormat::Csv | ExportFormat::Parquet, None) => {
            bail!("a folder of tables is made; name it with -o FOLDER")
        }
        (format, Some(path)) => into_file(path, |out| one_file(format, record, out))?,
        (format, None) => {
            let mut out = Out::open();
            one_file(format, record, out.writer())?;
            out.finish()?;
        }
    }
    Ok(End::Found)
}

fn one_file(format: ExportFormat, record: &Path, out: &mut dyn Write) -> anyhow::Result<()> {
    match format {
        ExportFormat::Ics => written(out.write_all(ledger::calendar_of(record)?.as_bytes())),
        ExportFormat::Annotations => annotations(record, out),
        ExportFormat::Jsonld => written(linked::write(&reading::findings(record, &LINKED)?, out)),
        ExportFormat::Atom => {
            let findings = reading::findings(record, &["article", "story"])?;
            let stories: Vec<&Value> = findings.kind("story").iter().collect();
            let name = record.file_stem().map(|name| name.to_string_lossy()).unwrap_or_default();
            written(out.write_all(atom::feed(&findings, &stories, &name, None, &|_| None).as_bytes()))
        }
        ExportFormat::Jsonl | ExportFormat::Csv | ExportFormat::Parquet => jsonl(record, out),
    }
}

/// The kinds of lines that linked data is made of.
const LINKED: [&str; 5] = ["article", "entity", "statement", "event", "copy"];

/// Writes the lines of the contract, as `riwaya read --format jsonl` prints them for the same pages.
///
/// # Errors
/// Where the record cannot be read or `out` not be written to.
pub fn jsonl(record: &Path, out: &mut dyn Write) -> anyhow::Result<()> {
    let opened = Record::open(record)?;
    if opened.is_unread()? {
        let reader = Reader::usual()?;
        return written(reading::corrected(&opened, &reader.packs)?.write(&reader.packs, out));
    }
    let mut end = Ok(());
    opened.lines(&[], &mut |line| {
        if end.is_ok() {
            end = writeln!(out, "{line}");
        }
    })?;
    written(end)
}

/// Every piece of every statement as a Web Annotation, with who says it.
fn annotations(path: &Path, out: &mut dyn Write) -> anyhow::Result<()> {
    let findings = reading::findings(path, &["article", "entity", "statement"])?;
    let record = Record::open(path)?;
    let mut held: Option<(String, Option<riwaya_store::Page>, Option<RawPage>)> = None;
    for statement in findings.kind("statement") {
        let id = statement["article"].as_str().unwrap_or_default();
        // Statements come page by page.
        if held.as_ref().is_none_or(|(of, ..)| of != id) {
            held = Some((id.to_owned(), record.page(id)?, RawPage::of(&record, id)?));
        }
        let Some((_, Some(page), raw)) = &held else { continue };
        for span in statement["content"].as_array().into_iter().flatten() {
            let words = number(&span["start"]).zip(number(&span["end"]));
            let Some(mut line) = words.and_then(|(start, end)| cite::annotation(page, raw.as_ref(), start, end)) else {
                continue;
            };
            let speaker = statement["speaker"].as_str();
            line["id"] = statement["id"].clone();
            line["body"] = serde_json::json!({"type": "Quotation", "speaker": speaker,
                "name": speaker.map(|s| findings.name(s)), "act": statement["act"], "polarity": statement["polarity"]});
            written(writeln!(out, "{line}"))?;
        }
    }
    Ok(())
}

fn csv(record: &Path, folder: &Path) -> anyhow::Result<()> {
    let findings = reading::findings(record, &[])?;
    std::fs::create_dir_all(folder).with_context(|| format!("{}: cannot be made a folder", folder.display()))?;
    let tables = [
        ("articles", lists::articles(findings.kind("article"))),
        ("mentions", lists::mentions(findings.kind("mention"))),
        ("statements", lists::statements(&findings, findings.kind("statement"))),
        ("events", lists::events(&findings, findings.kind("event"))),
        ("stories", lists::stories(&findings, findings.kind("story"))),
        ("entities", entities(&findings)),
        ("times", times(&findings)),
        ("flags", lists::flags(findings.kind("flag"))),
    ];
    for (name, table) in tables {
        into_file(&folder.join(format!("{name}.csv")), |out| Ok(table.csv(out)?))?;
    }
    Ok(())
}

fn into_file(path: &Path, write: impl FnOnce(&mut dyn Write) -> anyhow::Result<()>) -> anyhow::Result<()> {
    let place = || format!("{}: cannot be written; check the folder and the space on the disk", path.display());
    let mut out = BufWriter::new(File::create(path).with_context(place)?);
    write(&mut out).with_context(place)?;
    out.flush().with_context(place)
}

fn entities(findings: &Findings) -> Table {
    let mut table = Table::new(&["entity", "type", "named", "ar", "en", "ru", "forms", "roles"]);
    let joined = |list: &Value, of: fn(&Value) -> String| {
        list.as_array().map_or(&[][..], Vec::as_slice).iter().map(of).collect::<Vec<_>>().join("; ")
    };
    for e in findings.kind("entity") {
        table.row(vec![
            shown(&e["id"]),
            shown(&e["type"]),
            shown(&e["named"]),
            shown(&e["name"]["ar"]),
            shown(&e["name"]["en"]),
            shown(&e["name"]["ru"]),
            joined(&e["forms"], shown),
            joined(&e["roles"], words),
        ]);
    }
    table
}

fn times(findings: &Findings) -> Table {
    let mut table =
        Table::new(&["article", "start", "end", "words", "type", "value", "first_day", "day_after", "rule"]);
    for t in findings.kind("time") {
        table.row(vec![
            shown(&t["article"]),
            shown(&t["start"]),
            shown(&t["end"]),
            words(t),
            shown(&t["type"]),
            shown(&t["value"]),
            shown(&t["interval"][0]),
            shown(&t["interval"][1]),
            shown(&t["because"]["rule"]),
        ]);
    }
    table
}
