//! Which pages do we hold, and what was read from them?
//!
//! A record is one SQLite file in WAL mode that any tool opens: `pages` as received, `versions` of pages that changed,
//! `findings` (the contract's lines without the words), and a view for each kind of line. Pages come in batches, one
//! transaction each; findings are made anew from all pages in one transaction at the end, and the record knows
//! while they are older than its pages ([`Record::is_stale`]), so a run that was interrupted is finished by the next.

use crate::corrections::{self, Corrected};
use crate::error::Error;
use crate::nearby::{self, Marks};
use crate::words::{self, Stored};
use riwaya::page::{Apart, ApartKind, Source};
use rusqlite::{Connection, OpenFlags, OptionalExtension, Row, TransactionBehavior, params};
use rustc_hash::FxHashMap;
use serde_json::Value;
use std::cell::RefCell;
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::time::Duration;

/// `Riwa` in ASCII: what marks an SQLite file as a record.
const APPLICATION: i64 = 0x5269_7761;
/// Statements that are kept ready: all that storing, weaving and telling of a page needs.
const STATEMENTS: usize = 64;
/// One script a version; a record of version n has had the first n.
const SCHEMA: [&str; 6] = [
    include_str!("schema/1.sql"),
    include_str!("schema/2.sql"),
    include_str!("schema/3.sql"),
    include_str!("schema/4.sql"),
    include_str!("schema/5.sql"),
    include_str!("schema/6.sql"),
];

/// The order of the contract: the lines of pages, then what is woven.
const WOVEN_LAST: &str = "
    CASE kind WHEN 'entity' THEN 1 WHEN 'story' THEN 3 WHEN 'copy' THEN 4 WHEN 'point' THEN 5 WHEN 'flag' THEN 6
      WHEN 'event' THEN CASE WHEN article IS NULL THEN 2 ELSE 0 END ELSE 0 END, n";

/// The columns that pages and their former versions share.
pub(crate) const COLUMNS: &str =
    "id, sha256, url, outlet, title, author, published, lang, text, updated, section, apart, origin";
const KEEP_VERSION: &str = "
    INSERT INTO versions (page, version, sha256, url, outlet, title, author, published, lang, text, added, updated,
      section, apart, origin)
    SELECT page, version, sha256, url, outlet, title, author, published, lang, text, added, updated, section, apart,
      origin FROM pages WHERE page = ?";
const PUT_PAGE: &str = "
    INSERT INTO pages (id, sha256, url, outlet, title, author, published, lang, text, updated, section, apart, origin)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (id) DO UPDATE SET
      sha256 = excluded.sha256, url = excluded.url, outlet = excluded.outlet, title = excluded.title,
      author = excluded.author, published = excluded.published, lang = excluded.lang, text = excluded.text,
      updated = excluded.updated, section = excluded.section, apart = excluded.apart, origin = excluded.origin,
      version = version + 1, added = excluded.added";

/// A page as received.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// What came with it.
    pub source: Source,
    /// Its text layer.
    pub text: String,
}

/// A page as it was at one time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Version {
    /// What came.
    pub page: Page,
    /// Counted from 1.
    pub number: i64,
    /// When it came, in universal time.
    pub added: String,
}

/// A page to be stored.
#[derive(Debug, Clone, Copy)]
pub struct Received<'p> {
    /// What came with it.
    pub source: &'p Source,
    /// Its text layer.
    pub text: &'p str,
    /// What it was read from, where that is not the text itself.
    pub raw: Option<RawPage<'p>>,
}

impl<'p> From<(&'p Source, &'p str)> for Received<'p> {
    fn from((source, text): (&'p Source, &'p str)) -> Received<'p> {
        Received { source, text, raw: None }
    }
}

/// The bytes that a page was read from.
#[derive(Debug, Clone, Copy)]
pub struct RawPage<'p> {
    /// The bytes, compressed with zlib.
    pub compressed: &'p [u8],
    /// How many they are.
    pub length: usize,
    /// Where the text's characters stand among them, as JSON.
    pub origin: &'p str,
}

/// What became of pages that were added.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Added {
    /// Not held before.
    pub new: usize,
    /// Held with other bytes; the former ones are kept as a version.
    pub changed: usize,
    /// Held with the same bytes.
    pub same: usize,
}

/// An open record.
#[derive(Debug)]
pub struct Record {
    pub(crate) path: PathBuf,
    pub(crate) db: Connection,
}

impl Record {
    /// Opens the record at `path` to add to it, makes it where there is none, and brings an older one up to date.
    ///
    /// # Errors
    /// Where the file is no record, is from a newer version, or cannot be written.
    pub fn create(path: &Path) -> Result<Record, Error> {
        if path.is_dir() {
            return Err(Error::folder(path));
        }
        let db = Connection::open(path).map_err(|e| Error::sqlite(path, e))?;
        let mut record = Record { path: path.into(), db };
        record.check()?;
        record.migrate().map_err(|e| record.fail(e))?;
        Ok(record)
    }

    /// Opens the record at `path` to read from it.
    ///
    /// # Errors
    /// Where there is none, or as [`Record::create`].
    pub fn open(path: &Path) -> Result<Record, Error> {
        if path.is_dir() {
            return Err(Error::folder(path));
        }
        if !path.exists() {
            return Err(Error::missing(path));
        }
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let db = Connection::open_with_flags(path, flags).map_err(|e| Error::sqlite(path, e))?;
        let record = Record { path: path.into(), db };
        match record.check() {
            Ok(0) => Err(Error::other_database(path)),
            Ok(_) => Ok(record),
            Err(error) if error.needs_writing() => Record::open_unchanging(path),
            Err(error) => Err(error),
        }
    }

    /// A record on a medium where nothing can be written: SQLite would want to make its `-shm` file there.
    fn open_unchanging(path: &Path) -> Result<Record, Error> {
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX | OpenFlags::SQLITE_OPEN_URI;
        let name: String = path
            .to_string_lossy()
            .chars()
            .map(|c| match c {
                '%' => "%25".to_owned(),
                '?' => "%3f".to_owned(),
                '#' => "%23".to_owned(),
                c => c.to_string(),
            })
            .collect();
        let db = Connection::open_with_flags(format!("file:{name}?immutable=1"), flags)
            .map_err(|e| Error::sqlite(path, e))?;
        let record = Record { path: path.into(), db };
        match record.check()? {
            0 => Err(Error::other_database(path)),
            _ => Ok(record),
        }
    }

    /// The file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Stores `pages` in one transaction. A page that is held already with the same bytes changes nothing.
    ///
    /// # Errors
    /// Where the file cannot be written; then none of `pages` is stored, and all that was before still is.
    pub fn add<'p>(&mut self, pages: impl IntoIterator<Item = impl Into<Received<'p>>>) -> Result<Added, Error> {
        self.change(|db| add_pages(db, pages.into_iter().map(Into::into), None))
    }

    /// Are there pages that the findings do not know of yet, or were they read by another program or other packs than
    /// `reader`?
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn is_stale(&self, reader: &str) -> Result<bool, Error> {
        Ok(self.is_unread()? || self.state("reader")?.as_deref() != Some(reader))
    }

    /// Are there pages that the findings do not know of yet?
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn is_unread(&self) -> Result<bool, Error> {
        Ok(self.state("stale")?.as_deref() != Some("0"))
    }

    /// Number of pages held, their former versions not counted.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn len(&self) -> Result<usize, Error> {
        let count: rusqlite::Result<i64> = self.db.query_row("SELECT count(*) FROM pages", [], |r| r.get(0));
        Ok(count.map_err(|e| self.fail(e))? as usize)
    }

    /// Is no page held?
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn is_empty(&self) -> Result<bool, Error> {
        Ok(self.len()? == 0)
    }

    /// All pages in the order in which they came.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn pages(&self) -> Result<Vec<Page>, Error> {
        let sql = format!("SELECT {COLUMNS} FROM pages ORDER BY page");
        let read = || self.db.prepare(&sql)?.query_map([], page)?.collect::<Result<Vec<_>, _>>();
        read().map_err(|e| self.fail(e))
    }

    /// The present page `id`.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn page(&self, id: &str) -> Result<Option<Page>, Error> {
        let sql = format!("SELECT {COLUMNS} FROM pages WHERE id = ?");
        self.db.query_row(&sql, [id], page).optional().map_err(|e| self.fail(e))
    }

    /// All versions of page `id`, the first one first and the present one last.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn versions(&self, id: &str) -> Result<Vec<Version>, Error> {
        let sql = "
            SELECT p.id, v.sha256, v.url, v.outlet, v.title, v.author, v.published, v.lang, v.text, v.updated,
              v.section, v.apart, v.origin, v.version, v.added
            FROM versions v JOIN pages p USING (page) WHERE p.id = ?1
            UNION ALL
            SELECT id, sha256, url, outlet, title, author, published, lang, text, updated, section, apart, origin,
              version, added
            FROM pages WHERE id = ?1
            ORDER BY 14";
        let version = |row: &Row<'_>| Ok(Version { page: page(row)?, number: row.get(13)?, added: row.get(14)? });
        let read = || self.db.prepare(sql)?.query_map([id], version)?.collect::<Result<Vec<_>, _>>();
        read().map_err(|e| self.fail(e))
    }

    /// The ids of pages that have former versions, with the number of the present one and when it came, the last
    /// changed first.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn changed(&self) -> Result<Vec<(String, i64, String)>, Error> {
        let sql = "SELECT id, version, added FROM pages WHERE version > 1 ORDER BY added DESC, page";
        let row = |row: &Row<'_>| Ok((row.get(0)?, row.get(1)?, row.get(2)?));
        let read = || self.db.prepare(sql)?.query_map([], row)?.collect::<Result<Vec<_>, _>>();
        read().map_err(|e| self.fail(e))
    }

    /// The bytes that page `id` was read from, compressed with zlib, and the JSON that says where its characters stand
    /// among them; none where the page came as text.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn raw(&self, id: &str) -> Result<Option<(Vec<u8>, String)>, Error> {
        let sql = "SELECT r.zlib, p.origin FROM pages p JOIN raw r ON r.sha256 = p.sha256
            WHERE p.id = ? AND p.origin IS NOT NULL";
        let read = self.db.query_row(sql, [id], |r| Ok((r.get(0)?, r.get(1)?)));
        read.optional().map_err(|e| self.fail(e))
    }

    /// Replaces all findings by `lines` in one transaction. `lines` are the contract's, `marks` those of every page,
    /// `reader` names the program and packs that made them, `corrected` says what corrections did to them.
    ///
    /// # Errors
    /// Where the file cannot be written; then the former findings stay.
    pub fn replace_findings(
        &mut self,
        lines: impl IntoIterator<Item = String>,
        marks: &[Marks],
        reader: &str,
        corrected: &Corrected,
    ) -> Result<(), Error> {
        self.change(|db| {
            db.execute_batch("DELETE FROM findings; DELETE FROM members; DELETE FROM marks; DELETE FROM unread")?;
            insert_lines(db, parsed(lines))?;
            nearby::put_marks(db, marks)?;
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
        let filter = "WHERE (id = ?1 OR article = ?1) AND kind <> 'entity'";
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

    fn texts(&self) -> Texts<'_> {
        Texts { db: &self.db, held: RefCell::default() }
    }

    /// The version of the record, 0 where the file is empty.
    fn check(&self) -> Result<i64, Error> {
        let read = || -> rusqlite::Result<(i64, i64, i64)> {
            self.db.busy_timeout(Duration::from_secs(5))?;
            self.db.set_prepared_statement_cache_capacity(STATEMENTS);
            let number = |sql: &str| self.db.query_row(sql, [], |r| r.get(0));
            Ok((
                number("PRAGMA application_id")?,
                number("PRAGMA user_version")?,
                number("SELECT count(*) FROM sqlite_schema")?,
            ))
        };
        let (application, version, tables) = read().map_err(|e| self.fail(e))?;
        let known = SCHEMA.len() as i64;
        match application {
            APPLICATION if version > known => Err(Error::newer(&self.path, version, known)),
            APPLICATION => Ok(version),
            0 if tables == 0 => Ok(0),
            _ => Err(Error::other_database(&self.path)),
        }
    }

    fn migrate(&mut self) -> rusqlite::Result<()> {
        self.db.query_row("PRAGMA journal_mode = WAL", [], |_| Ok(()))?;
        self.db.execute_batch("PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = ON")?;
        let change = self.db.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let version: i64 = change.query_row("PRAGMA user_version", [], |r| r.get(0))?;
        for (n, script) in (1..).zip(SCHEMA).skip(version.max(0) as usize) {
            change.execute_batch(script)?;
            change.pragma_update(None, "user_version", n)?;
            change.pragma_update(None, "application_id", APPLICATION)?;
        }
        change.commit()
    }

    /// Changes the file in one transaction.
    pub(crate) fn change<T>(&mut self, make: impl FnOnce(&Connection) -> rusqlite::Result<T>) -> Result<T, Error> {
        let path = self.path.clone();
        let made = (|| {
            let change = self.db.transaction_with_behavior(TransactionBehavior::Immediate)?;
            let made = make(&change)?;
            change.commit()?;
            Ok(made)
        })();
        made.map_err(|e| Error::sqlite(&path, e))
    }

    pub(crate) fn state(&self, key: &str) -> Result<Option<String>, Error> {
        self.db
            .query_row("SELECT value FROM state WHERE key = ?", [key], |r| r.get(0))
            .optional()
            .map_err(|e| self.fail(e))
    }

    pub(crate) fn fail(&self, error: rusqlite::Error) -> Error {
        Error::sqlite(&self.path, error)
    }
}

/// Stores pages that are new or have changed, as unread. `also` is run for each of them with its id.
pub(crate) fn add_pages<'p>(
    change: &Connection,
    pages: impl IntoIterator<Item = Received<'p>>,
    also: Option<&str>,
) -> rusqlite::Result<Added> {
    let mut added = Added::default();
    for Received { source, text, raw } in pages {
        let held: Option<(i64, String)> = change
            .prepare_cached("SELECT page, sha256 FROM pages WHERE id = ?")?
            .query_row([&source.id], |r| Ok((r.get(0)?, r.get(1)?)))
            .optional()?;
        match held {
            Some((_, sha256)) if sha256 == source.sha256 => {
                added.same += 1;
                continue;
            }
            Some((page, _)) => {
                change.prepare_cached(KEEP_VERSION)?.execute([page])?;
                added.changed += 1;
            }
            None => added.new += 1,
        }
        change.prepare_cached(PUT_PAGE)?.execute(params![
            source.id,
            source.sha256,
            source.url,
            source.outlet,
            source.title,
            source.author,
            source.published,
            source.lang,
            text,
            source.updated,
            source.section,
            apart_text(&source.apart),
            raw.map(|r| r.origin)
        ])?;
        if let Some(raw) = raw {
            let put = "INSERT OR IGNORE INTO raw (sha256, length, zlib) VALUES (?, ?, ?)";
            change.prepare_cached(put)?.execute(params![source.sha256, raw.length as i64, raw.compressed])?;
        }
        let unread = "INSERT OR IGNORE INTO unread SELECT page FROM pages WHERE id = ?";
        change.prepare_cached(unread)?.execute([&source.id])?;
        if let Some(sql) = also {
            change.prepare_cached(sql)?.execute([&source.id])?;
        }
    }
    if added.new + added.changed > 0 {
        change.execute("UPDATE state SET value = '1' WHERE key = 'stale'", [])?;
    }
    Ok(added)
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
) -> rusqlite::Result<()> {
    let texts = Texts { db: change, held: RefCell::default() };
    let mut insert = change.prepare("INSERT INTO findings (kind, id, article, story, line) VALUES (?, ?, ?, ?, ?)")?;
    let member = "INSERT OR REPLACE INTO members SELECT page, ?2 FROM pages WHERE id = ?1";
    let mut member = change.prepare(member)?;
    for line in lines {
        let mut line = line?;
        words::take(&mut line, &|id| texts.get(id));
        let cell = |key: &str| line[key].as_str();
        let is_story = line["kind"] == "story";
        let story = if is_story { cell("id") } else { cell("story") };
        for article in line["articles"].as_array().filter(|_| is_story).into_iter().flatten() {
            member.execute(params![article.as_str(), story])?;
        }
        insert.execute(params![cell("kind"), cell("id"), cell("article"), story, line.to_string()])?;
    }
    Ok(())
}

/// The texts that lines repeat words of, fetched when first asked for.
struct Texts<'c> {
    db: &'c Connection,
    held: RefCell<FxHashMap<String, Option<Rc<Stored>>>>,
}

impl Texts<'_> {
    fn get(&self, id: &str) -> Option<Rc<Stored>> {
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

/// A page of a row of [`COLUMNS`].
pub(crate) fn page(row: &Row<'_>) -> rusqlite::Result<Page> {
    let apart: Option<String> = row.get(11)?;
    let source = Source {
        id: row.get(0)?,
        sha256: row.get(1)?,
        url: row.get(2)?,
        outlet: row.get(3)?,
        title: row.get(4)?,
        author: row.get(5)?,
        published: row.get(6)?,
        lang: row.get(7)?,
        updated: row.get(9)?,
        section: row.get(10)?,
        apart: apart.as_deref().map(read_apart).unwrap_or_default(),
    };
    Ok(Page { source, text: row.get(8)? })
}

const CAPTION: &str = "caption";
const BYLINE: &str = "byline";

fn apart_text(apart: &[Apart]) -> Option<String> {
    let kind = |kind| match kind {
        ApartKind::Caption => CAPTION,
        ApartKind::Byline => BYLINE,
    };
    let lines: Vec<Value> = apart.iter().map(|a| serde_json::json!([a.start, a.end, kind(a.kind)])).collect();
    (!lines.is_empty()).then(|| Value::from(lines).to_string())
}

/// What [`apart_text`] wrote; lines of kinds that a later version wrote are left out.
fn read_apart(text: &str) -> Vec<Apart> {
    let lines: Vec<(usize, usize, String)> = serde_json::from_str(text).unwrap_or_default();
    let kind = |kind: &str| match kind {
        CAPTION => Some(ApartKind::Caption),
        BYLINE => Some(ApartKind::Byline),
        _ => None,
    };
    lines.into_iter().filter_map(|(start, end, k)| Some(Apart { start, end, kind: kind(&k)? })).collect()
}

#[cfg(test)]
#[path = "record_tests.rs"]
mod tests;
