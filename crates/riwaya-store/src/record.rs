//! How is a record opened, brought up to date and changed?
//!
//! A record is one SQLite file in WAL mode that any tool opens: `pages` as received, `versions` of pages that changed,
//! `findings` (the contract's lines without the words), and a view for each kind of line. Pages come in batches, one
//! transaction each; findings are made anew from all pages in one transaction at the end, and the record knows
//! while they are older than its pages ([`Record::is_stale`]), so a run that was interrupted is finished by the next.

use crate::error::Error;
use rusqlite::{Connection, OpenFlags, OptionalExtension, TransactionBehavior};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// `Riwa` in ASCII: what marks an SQLite file as a record.
const APPLICATION: i64 = 0x5269_7761;
/// Statements that are kept ready: all that storing, weaving and telling of a page needs.
const STATEMENTS: usize = 64;
/// What a connection keeps of the file in memory at most; with a minus sign in front, SQLite counts KiB.
const CACHE: i64 = -64 * 1024;
/// One script a version; a record of version n has had the first n.
const SCHEMA: [&str; 6] = [
    include_str!("schema/1.sql"),
    include_str!("schema/2.sql"),
    include_str!("schema/3.sql"),
    include_str!("schema/4.sql"),
    include_str!("schema/5.sql"),
    include_str!("schema/6.sql"),
];

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

    /// An empty record in memory, gone with its owner.
    ///
    /// # Errors
    /// Where there is no memory.
    pub fn in_memory() -> Result<Record, Error> {
        let path = Path::new("a record in memory");
        let db = Connection::open_in_memory().map_err(|e| Error::sqlite(path, e))?;
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

    /// The version of the record, 0 where the file is empty.
    fn check(&self) -> Result<i64, Error> {
        let read = || -> rusqlite::Result<(i64, i64, i64)> {
            self.db.busy_timeout(Duration::from_secs(5))?;
            self.db.set_prepared_statement_cache_capacity(STATEMENTS);
            self.db.pragma_update(None, "cache_size", CACHE)?;
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

#[cfg(test)]
#[path = "record_tests.rs"]
mod tests;
