//! Tables in Parquet: articles, mentions, statements, events.
//!
//! Columns of positions are whole numbers, all others text; an empty cell is null. Written column by column without
//! Arrow, which would take as long to build as all the rest.

use crate::reading;
use anyhow::Context;
use parquet::basic::Compression;
use parquet::data_type::{ByteArray, ByteArrayType, Int64Type};
use parquet::errors::Result;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::{SerializedFileWriter, SerializedRowGroupWriter};
use parquet::schema::parser::parse_message_type;
use riwaya_query::{Table, lists};
use std::fs::File;
use std::path::Path;
use std::sync::Arc;

/// Columns that hold positions.
const NUMBERS: [&str; 2] = ["start", "end"];
/// Rows that are written at a time.
const ROWS: usize = 1 << 16;

/// Writes a file for each table into `folder`.
///
/// # Errors
/// Where the record cannot be read or a file not be written.
pub fn export(record: &Path, folder: &Path) -> anyhow::Result<()> {
    let findings = reading::findings(record, &["article", "mention", "statement", "event", "entity"])?;
    std::fs::create_dir_all(folder).with_context(|| format!("{}: cannot be made a folder", folder.display()))?;
    let tables = [
        ("articles", lists::articles(findings.kind("article"))),
        ("mentions", lists::mentions(findings.kind("mention"))),
        ("statements", lists::statements(&findings, findings.kind("statement"))),
        ("events", lists::events(&findings, findings.kind("event"))),
    ];
    for (name, table) in tables {
        let path = folder.join(format!("{name}.parquet"));
        let place = || format!("{}: cannot be written; check the folder and the space on the disk", path.display());
        let file = File::create(&path).with_context(place)?;
        write(&table, file).with_context(place)?;
    }
    Ok(())
}

fn write(table: &Table, file: File) -> Result<()> {
    let column = |name: &&str| match NUMBERS.contains(name) {
        true => format!("OPTIONAL INT64 {name};"),
        false => format!("OPTIONAL BYTE_ARRAY {name} (UTF8);"),
    };
    let columns: Vec<String> = table.columns().iter().map(column).collect();
    let schema = Arc::new(parse_message_type(&format!("message row {{ {} }}", columns.join(" ")))?);
    let properties = WriterProperties::builder().set_compression(Compression::SNAPPY).build();
    let mut writer = SerializedFileWriter::new(file, schema, Arc::new(properties))?;
    for rows in table.rows().chunks(ROWS) {
        let mut group = writer.next_row_group()?;
        for (n, name) in table.columns().iter().enumerate() {
            put_column(rows, n, NUMBERS.contains(name), &mut group)?;
        }
        group.close()?;
    }
    writer.close().map(drop)
}

fn put_column(
    rows: &[Vec<String>],
    n: usize,
    is_number: bool,
    group: &mut SerializedRowGroupWriter<'_, File>,
) -> Result<()> {
    let Some(mut column) = group.next_column()? else { return Ok(()) };
    if is_number {
        let numbers: Vec<Option<i64>> = rows.iter().map(|row| row[n].parse().ok()).collect();
        let present: Vec<i16> = numbers.iter().map(|n| i16::from(n.is_some())).collect();
        let numbers: Vec<i64> = numbers.into_iter().flatten().collect();
        column.typed::<Int64Type>().write_batch(&numbers, Some(&present), None)?;
    } else {
        let present: Vec<i16> = rows.iter().map(|row| i16::from(!row[n].is_empty())).collect();
        let texts = rows.iter().map(|row| row[n].as_str()).filter(|text| !text.is_empty());
        let texts: Vec<ByteArray> = texts.map(ByteArray::from).collect();
        column.typed::<ByteArrayType>().write_batch(&texts, Some(&present), None)?;
    }
    column.close()
}

#[cfg(test)]
mod tests {
    use super::*;
    use parquet::file::reader::{FileReader, SerializedFileReader};

    #[test]
    fn what_is_written_can_be_read() {
        let mut table = Table::new(&["article", "start", "words"]);
        table.row(vec!["a".to_owned(), "3".to_owned(), "قال".to_owned()]);
        table.row(vec!["b".to_owned(), String::new(), String::new()]);
        let path = std::env::temp_dir().join(format!("riwaya-parquet-{}.parquet", std::process::id()));
        write(&table, File::create(&path).expect("a file")).expect("written");
        let reader = SerializedFileReader::new(File::open(&path).expect("a file")).expect("a table");
        let rows: Vec<String> =
            reader.get_row_iter(None).expect("rows").map(|r| r.expect("a row").to_string()).collect();
        assert_eq!(rows[0], "{article: \"a\", start: 3, words: \"قال\"}");
        assert_eq!(rows[1], "{article: \"b\", start: null, words: null}");
        std::fs::remove_file(path).expect("removed");
    }
}
