//! What was read from the pages, as lines of the contract?

use crate::corrections::{self, Corrected};
use crate::error::Error;
use crate::nearby::{self, Marks};
use crate::record::Record;
use crate::search::{self, Indexing, Shadow};
use crate::words::{self, Stored};
use rusqlite::{Connection, OptionalExtension, params};
use rustc_hash::FxHashMap;
use serde_json::Value;
use std::cell::RefCell;
use std::rc::Rc;

/// The order of the contract: the lines of pages, then what is woven.
const WOVEN_LAST: &str = "
    CASE kind WHEN 'entity' THEN 1 WHEN 'story' THEN 3 WHEN 'copy' THEN 4 WHEN 'point' THEN 5 WHEN 'flag' THEN 6
      WHEN 'event' THEN CASE WHEN article IS NULL THEN 2 ELSE 0 END ELSE 0 END, n";

impl Record {
    /// Replaces all findings by `lines` in one transaction. `lines` are the contract's, `marks` those of every page,
    /// `shadow` says by which words a line is searched, `reader` names the program and packs that made them, `corrected`
    /// says what corrections did to them.
    ///
    /// # Errors
    /// Where the file cannot be written; then the former findings stay.
    pub fn replace_findings(
        &mut self,
        lines: impl IntoIterator<Item = String>,
        marks: &[Marks],
        shadow: &mut Shadow<'_>,
        reader: &str,
        corrected: &Corrected,
    ) -> Result<(), Error> {
        self.change(|db| {
            // Made at once over all lines, indexes take half the time that they take line by line.
            let indexes = take_indexes(db)?;
            db.execute_batch("DELETE FROM findings; DELETE FROM members; DELETE FROM marks; DELETE FROM unread")?;
            search::forget_all(db)?;
            insert_lines(db, parsed(lines), shadow)?;
            db.execute_batch(&indexes)?;
            nearby::put_marks(db, marks)?;
            db.execute("INSERT OR REPLACE INTO state VALUES ('searchable', '1')", [])?;
            db.execute("UPDATE state SET value = '0' WHERE key = 'stale'", [])?;
            db.execute("UPDATE state SET value = ? WHERE key = 'reader'", [reader])?;
            db.execute("DELETE FROM state WHERE key = 'pieced'", [])?;
            corrections::settle(db, corrected)
        })
    }

    /// Calls `each` with every line of one of `kinds` (of all kinds, where `kinds` is empty), words filled in, in the
    /// order in which `riwaya read` prints them.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn lines(&self, kinds: &[&str], each: &mut dyn FnMut(Value)) -> Result<(), Error> {
        let marks = vec!["?"; kinds.len()].join(",");
        let filter = if kinds.is_empty() { String::new() } else { format!("WHERE kind IN ({marks})") };
        self.filled(&filter, kinds, each).map_err(|e| self.fail(e))
    }

    /// The same without the words of pages, which are null: for who counts and names and quotes nothing.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn bare_lines(&self, kinds: &[&str], each: &mut dyn FnMut(Value)) -> Result<(), Error> {
        let marks = vec!["?"; kinds.len()].join(",");
        self.stored(&format!("WHERE kind IN ({marks})"), kinds, each).map_err(|e| self.fail(e))
    }

    /// How many lines of a kind there are.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn count(&self, kind: &str) -> Result<usize, Error> {
        let sql = "SELECT count(*) FROM findings WHERE kind = ?";
        let count: rusqlite::Result<i64> = self.db.query_row(sql, [kind], |r| r.get(0));
        Ok(count.map_err(|e| self.fail(e))? as usize)
    }

    /// Calls `each` with the line whose id is `id` and with every line of the page `id`, entities left out.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn lines_about(&self, id: &str, each: &mut dyn FnMut(Value)) -> Result<(), Error> {
        let filter = "WHERE (id = ?1 OR page = (SELECT page FROM pages WHERE id = ?1)) AND kind <> 'entity'";
        self.filled(filter, &[id], each).map_err(|e| self.fail(e))
    }

    fn filled(&self, filter: &str, values: &[&str], each: &mut dyn FnMut(Value)) -> rusqlite::Result<()> {
        let texts = self.texts();
        self.stored(filter, values, &mut |mut line| {
            words::put(&mut line, &|id| texts.get(id));
            each(line);
        })
    }

    fn stored(&self, filter: &str, values: &[&str], each: &mut dyn FnMut(Value)) -> rusqlite::Result<()> {
        // Lines of pages that came later stand behind what was woven before them.
        let order = if self.state("pieced").is_ok_and(|s| s.as_deref() == Some("1")) { WOVEN_LAST } else { "n" };
        let mut statement = self.db.prepare_cached(&format!("SELECT line FROM findings {filter} ORDER BY {order}"))?;
        let mut rows = statement.query(rusqlite::params_from_iter(values))?;
        while let Some(row) = rows.next()? {
            each(serde_json::from_str(row.get_ref(0)?.as_str()?).unwrap_or_default());
        }
        Ok(())
    }

    pub(crate) fn texts(&self) -> Texts<'_> {
        Texts { db: &self.db, held: RefCell::default() }
    }
}

/// Drops the indexes of findings and gives the statements that make them again.
fn take_indexes(db: &Connection) -> rusqlite::Result<String> {
    let sql = "SELECT name, sql FROM sqlite_schema WHERE type = 'index' AND tbl_name = 'findings' AND sql IS NOT NULL";
    let indexes: Vec<(String, String)> =
        db.prepare(sql)?.query_map([], |r| Ok((r.get(0)?, r.get(1)?)))?.collect::<Result<_, _>>()?;
    for (name, _) in &indexes {
        db.execute_batch(&format!("DROP INDEX {name}"))?;
    }
    Ok(indexes.into_iter().map(|(_, sql)| sql + ";\n").collect())
}

/// The lines of the contract as values; a line that is no JSON ends the change.
pub(crate) fn parsed(lines: impl IntoIterator<Item = String>) -> impl Iterator<Item = rusqlite::Result<Value>> {
    let broken = |error: serde_json::Error| rusqlite::Error::ToSqlConversionFailure(error.into());
    lines.into_iter().map(move |line| serde_json::from_str(&line).map_err(broken))
}

/// Puts lines in, their words taken out, and notes which story holds which pages.
pub(crate) fn insert_lines(
    change: &Connection,
    lines: impl Iterator<Item = rusqlite::Result<Value>>,
    shadow: &mut Shadow<'_>,
) -> rusqlite::Result<()> {
    let texts = Texts { db: change, held: RefCell::default() };
    let insert = "INSERT INTO findings (kind, id, article, story, page, line) VALUES (?, ?, ?, ?, ?, ?)";
    let mut insert = change.prepare(insert)?;
    let mut pages = Numbers { db: change, last: None };
    let member = "INSERT OR REPLACE INTO members SELECT page, ?2 FROM pages WHERE id = ?1";
    let mut member = change.prepare(member)?;
    let mut indexing = Indexing::of(change);
    for line in lines {
        let mut line = line?;
        let searched = shadow(&line);
        words::take(&mut line, &|id| texts.get(id));
        let cell = |key: &str| line[key].as_str();
        let is_story = line["kind"] == "story";
        let story = if is_story { cell("id") } else { cell("story") };
        for article in line["articles"].as_array().filter(|_| is_story).into_iter().flatten() {
            member.execute(params![article.as_str(), story])?;
        }
        let page = pages.get(if line["kind"] == "article" { cell("id") } else { cell("article") })?;
        insert.execute(params![cell("kind"), cell("id"), cell("article"), story, page, line.to_string()])?;
        if let Some(words) = searched {
            indexing.put(cell("kind").unwrap_or_default(), page, change.last_insert_rowid(), &words)?;
        }
    }
    indexing.finish()
}

/// The numbers of pages; the lines of a page come one after another.
struct Numbers<'c> {
    db: &'c Connection,
    last: Option<(String, Option<i64>)>,
}

impl Numbers<'_> {
    fn get(&mut self, id: Option<&str>) -> rusqlite::Result<Option<i64>> {
        let Some(id) = id else { return Ok(None) };
        if let Some((last, number)) = &self.last
            && last == id
        {
            return Ok(*number);
        }
        let number: Option<i64> =
            self.db.prepare_cached("SELECT page FROM pages WHERE id = ?")?.query_row([id], |r| r.get(0)).optional()?;
        self.last = Some((id.to_owned(), number));
        Ok(number)
    }
}

/// The texts that lines repeat words of, fetched when first asked for.
pub(crate) struct Texts<'c> {
    db: &'c Connection,
    held: RefCell<FxHashMap<String, Option<Rc<Stored>>>>,
}

impl Texts<'_> {
    pub(crate) fn get(&self, id: &str) -> Option<Rc<Stored>> {
        if let Some(held) = self.held.borrow().get(id) {
            return held.clone();
        }
        let fetch = || {
            let mut statement = self.db.prepare_cached("SELECT text FROM pages WHERE id = ?")?;
            statement.query_row([id], |r| r.get(0))
        };
        let text = fetch().ok().map(|text| Rc::new(Stored::new(text)));
        self.held.borrow_mut().insert(id.to_owned(), text.clone());
        text
    }
}
