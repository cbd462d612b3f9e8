//! Rows and columns: as CSV or Markdown for programs and documents; the program prints them on a terminal too.

use crate::one_line;
use std::collections::BTreeMap;
use std::io::{self, Write};

/// A table; the last column is the long one and wraps.
#[derive(Debug, Default)]
pub struct Table {
    columns: Vec<&'static str>,
    rows: Vec<Vec<String>>,
    indent: usize,
    /// For rows by number, the words that stand out in them on a terminal.
    marked: BTreeMap<usize, String>,
}

impl Table {
    /// A table without rows.
    pub fn new(columns: &[&'static str]) -> Table {
        Table { columns: columns.to_vec(), ..Table::default() }
    }

    /// The same table, printed so many columns further in.
    pub fn indented(self, indent: usize) -> Table {
        Table { indent, ..self }
    }

    /// Adds a row with a cell for each column.
    pub fn row(&mut self, cells: Vec<String>) {
        debug_assert_eq!(cells.len(), self.columns.len());
        self.rows.push(cells);
    }

    /// Adds a row in which `words` stand out on a terminal.
    pub fn marked_row(&mut self, cells: Vec<String>, words: String) {
        self.marked.insert(self.rows.len(), words);
        self.row(cells);
    }

    /// Is there no row?
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The names of the columns.
    pub fn columns(&self) -> &[&'static str] {
        &self.columns
    }

    /// The rows, a cell for each column.
    pub fn rows(&self) -> &[Vec<String>] {
        &self.rows
    }

    /// By how many columns the table is printed further in.
    pub fn indent(&self) -> usize {
        self.indent
    }

    /// The words that stand out in row `n`.
    pub fn marked(&self, n: usize) -> Option<&str> {
        self.marked.get(&n).map(String::as_str)
    }

    /// Writes comma-separated values with a header, cells quoted where they must be (RFC 4180).
    ///
    /// # Errors
    /// Where `out` cannot be written to.
    pub fn csv(&self, out: &mut dyn Write) -> io::Result<()> {
        let header: Vec<String> = self.columns.iter().map(|c| (*c).to_owned()).collect();
        for row in std::iter::once(&header).chain(&self.rows) {
            let cells: Vec<String> = row.iter().map(|c| csv_cell(c)).collect();
            writeln!(out, "{}", cells.join(","))?;
        }
        Ok(())
    }

    /// Writes a Markdown table.
    ///
    /// # Errors
    /// Where `out` cannot be written to.
    pub fn markdown(&self, out: &mut dyn Write) -> io::Result<()> {
        writeln!(out, "| {} |", self.columns.join(" | "))?;
        writeln!(out, "|{}", "---|".repeat(self.columns.len()))?;
        for row in &self.rows {
            let cells: Vec<String> = row.iter().map(|c| one_line(c).replace('|', "\\|")).collect();
            writeln!(out, "| {} |", cells.join(" | "))?;
        }
        Ok(())
    }
}

/// A cell of comma-separated values.
fn csv_cell(cell: &str) -> String {
    if cell.contains([',', '"', '\n', '\r']) { format!("\"{}\"", cell.replace('"', "\"\"")) } else { cell.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn csv_cells_are_quoted_where_they_must_be() {
        assert_eq!(csv_cell("قال"), "قال");
        assert_eq!(csv_cell("a,\"b\"\nc"), "\"a,\"\"b\"\"\nc\"");
    }
}
