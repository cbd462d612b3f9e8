//! Tables of a language pack: tab-separated rows under a line of column names.
//!
//! ```text
//! # prose until the first row; blank lines are free
//! pattern <tab> meaning <tab> example
//! ```

use crate::error::Error;
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

/// The files of one pack directory, by path below the packs' root (`ar/time.tsv`).
#[derive(Debug, Clone, Default)]
pub struct Files {
    /// Tables and lists.
    pub texts: BTreeMap<String, Cow<'static, str>>,
    /// Models: weights that were learned (`ar/names.model`).
    pub models: BTreeMap<String, Cow<'static, [u8]>>,
}

impl Files {
    /// The content of `path`, or nothing where the pack does not have that file.
    pub fn get(&self, path: &str) -> Option<&str> {
        self.texts.get(path).map(AsRef::as_ref)
    }

    /// The bytes of the model `path`, or nothing where the pack has none.
    pub fn model(&self, path: &str) -> Option<&[u8]> {
        self.models.get(path).map(AsRef::as_ref)
    }

    /// The rows of `path`; a missing file gives an empty table, for a missing file is a missing ability.
    ///
    /// # Errors
    /// Says file and line where a row has another number of cells than the header, or a column is missing.
    pub fn table(&self, path: &str, columns: &[&str]) -> Result<Table<'_>, Error> {
        match self.get(path) {
            Some(text) => Table::parse(path, text, columns),
            None => Ok(Table { rows: Vec::new() }),
        }
    }

    /// The languages for which there is a `language.tsv`.
    pub fn languages(&self) -> Vec<String> {
        self.texts.keys().filter_map(|path| path.strip_suffix("/language.tsv")).map(str::to_owned).collect()
    }
}

/// The rows of one file.
#[derive(Debug, Clone)]
pub struct Table<'f> {
    rows: Vec<Row<'f>>,
}

/// What all rows of a file share.
#[derive(Debug)]
struct Header<'f> {
    path: String,
    columns: Vec<&'f str>,
}

impl<'f> Table<'f> {
    /// Reads a table whose header must hold all of `columns` (it may hold more).
    ///
    /// ```
    /// let table = riwaya::rows::Table::parse("ar/x.tsv", "form\tvalue\nثلاثة\t3\n", &["form", "value"]).unwrap();
    /// assert_eq!(table.rows()[0].get("value"), "3");
    /// assert!(riwaya::rows::Table::parse("ar/x.tsv", "form\tvalue\nثلاثة\n", &["form"]).is_err());
    /// ```
    pub fn parse(path: &str, text: &'f str, columns: &[&str]) -> Result<Table<'f>, Error> {
        let mut header: Option<Arc<Header<'f>>> = None;
        let mut rows = Vec::new();
        for (n, line) in text.lines().enumerate() {
            if line.trim().is_empty() || line.starts_with('#') {
                continue;
            }
            let mut cells = Vec::with_capacity(header.as_ref().map_or(columns.len(), |h| h.columns.len()));
            cells.extend(line.split('\t').map(str::trim));
            let place = || format!("{path}:{}", n + 1);
            match &header {
                None => {
                    if let Some(missing) = columns.iter().find(|c| !cells.contains(c)) {
                        let found = format!("the columns {}", cells.join(", "));
                        return Err(Error::new(place(), found, format!("a column \"{missing}\"")));
                    }
                    header = Some(Arc::new(Header { path: path.to_owned(), columns: cells }));
                }
                Some(header) if header.columns.len() == cells.len() => {
                    rows.push(Row { header: header.clone(), cells, line: n + 1 });
                }
                Some(header) => {
                    let columns = &header.columns;
                    let found = format!("{} cells", cells.len());
                    return Err(Error::new(place(), found, format!("{} ({})", columns.len(), columns.join(", "))));
                }
            }
        }
        Ok(Table { rows })
    }

    /// The rows in file order.
    pub fn rows(&self) -> &[Row<'f>] {
        &self.rows
    }
}

/// One row; its cells are reached by column name.
#[derive(Debug, Clone)]
pub struct Row<'f> {
    header: Arc<Header<'f>>,
    cells: Vec<&'f str>,
    line: usize,
}

impl<'f> Row<'f> {
    /// The cell of `column`, empty where the table has no such column.
    pub fn get(&self, column: &str) -> &'f str {
        self.header.columns.iter().position(|n| *n == column).map_or("", |i| self.cells[i])
    }

    /// The alternatives of a cell, separated by `|`; an empty cell has none.
    pub fn list(&self, column: &str) -> impl Iterator<Item = &'f str> + use<'f> {
        self.get(column).split('|').map(str::trim).filter(|s| !s.is_empty())
    }

    /// `file:line`, the name of the rule that this row is.
    pub fn rule(&self) -> Arc<str> {
        self.place().into()
    }

    /// The number in `column`.
    ///
    /// # Errors
    /// Where the cell is no whole number.
    pub fn number(&self, column: &str) -> Result<i64, Error> {
        self.get(column).parse().map_err(|_| self.error(column, "a whole number"))
    }

    /// An error at this row: `column` holds something else than `expected`.
    pub fn error(&self, column: &str, expected: &str) -> Error {
        Error::new(self.place(), format!("\"{}\" in column \"{column}\"", self.get(column)), expected)
    }

    fn place(&self) -> String {
        format!("{}:{}", self.header.path, self.line)
    }
}
