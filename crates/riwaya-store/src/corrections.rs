//! What did somebody put right by hand, and is it in force?
//!
//! Corrections are a log: entries are added and never changed. An entry is undone by a further one, which can be undone
//! itself. The record keeps beside the log what became of each entry when findings were last made.

use crate::error::Error;
use crate::record::Record;
use rusqlite::{Connection, OptionalExtension, params};
use rustc_hash::{FxHashMap, FxHashSet};
use serde_json::Value;

/// What the entry that undoes another one is called.
pub const UNDO: &str = "undo";

/// An entry of the log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Its number, from 1.
    pub n: u32,
    /// When it was made, in universal time.
    pub at: String,
    /// Who made it.
    pub author: String,
    /// Why.
    pub reason: String,
    /// What is put right, in the word of the contract, or [`UNDO`].
    pub what: String,
    /// What it is about, as JSON.
    pub target: Value,
    /// The entry that it undoes.
    pub undoes: Option<u32>,
}

/// What became of an entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum State {
    /// It holds.
    InForce,
    /// A later entry undid it: the last one that did.
    Undone(u32),
    /// What it is about is no longer there: why.
    Orphaned(String),
}

impl State {
    /// The word of the contract.
    pub fn as_str(&self) -> &'static str {
        match self {
            State::InForce => "in_force",
            State::Undone(_) => "undone",
            State::Orphaned(_) => "orphaned",
        }
    }

    /// Why it is so, where it is not in force.
    pub fn explain(&self) -> Option<String> {
        match self {
            State::InForce => None,
            State::Undone(by) => Some(format!("undone by {by}")),
            State::Orphaned(why) => Some(why.clone()),
        }
    }
}

/// What corrections did to findings.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Corrected {
    /// The last entry of the log that was known when the findings were made; 0 where there was none.
    pub last: u32,
    /// Those in force: number, the ids of pages that rest on it, and why it is orphaned where it is.
    pub applied: Vec<(u32, Vec<String>, Option<String>)>,
}

/// For each entry, the last one in force that undoes it.
pub fn undone(log: &[Entry]) -> Vec<Option<u32>> {
    let mut by: FxHashMap<u32, u32> = FxHashMap::default();
    // From the end: what undoes an entry stands behind it.
    for entry in log.iter().rev() {
        if let Some(other) = entry.undoes.filter(|_| !by.contains_key(&entry.n)) {
            by.entry(other).or_insert(entry.n);
        }
    }
    log.iter().map(|entry| by.get(&entry.n).copied()).collect()
}

impl Record {
    /// The whole log.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn corrections(&self) -> Result<Vec<Entry>, Error> {
        if !self.has_log()? {
            return Ok(Vec::new());
        }
        let sql = "SELECT n, at, author, reason, what, target, undoes FROM corrections ORDER BY n";
        let entry = |row: &rusqlite::Row<'_>| {
            let target: String = row.get(5)?;
            Ok(Entry {
                n: row.get(0)?,
                at: row.get(1)?,
                author: row.get(2)?,
                reason: row.get(3)?,
                what: row.get(4)?,
                target: serde_json::from_str(&target).unwrap_or_default(),
                undoes: row.get(6)?,
            })
        };
        let read = || self.db.prepare_cached(sql)?.query_map([], entry)?.collect::<Result<Vec<_>, _>>();
        read().map_err(|e| self.fail(e))
    }

    /// Why entries of the log were orphaned when the findings were last made.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn orphaned(&self) -> Result<FxHashMap<u32, String>, Error> {
        if !self.has_log()? {
            return Ok(FxHashMap::default());
        }
        let sql = "SELECT n, coalesce(explain, '') FROM correction_states WHERE state = 'orphaned'";
        let row = |row: &rusqlite::Row<'_>| Ok((row.get(0)?, row.get(1)?));
        let read = || self.db.prepare_cached(sql)?.query_map([], row)?.collect::<Result<_, _>>();
        read().map_err(|e| self.fail(e))
    }

    /// Adds `entries` to the log; the findings are older than they from then on. False, and nothing added, where the
    /// numbers of `entries` do not go on with the log: somebody else has added to it meanwhile.
    ///
    /// # Errors
    /// Where the file cannot be written; then nothing is added.
    pub fn correct(&mut self, entries: &[Entry]) -> Result<bool, Error> {
        let log = self.corrections()?;
        let last = log.last().map_or(0, |entry| entry.n);
        if !entries.iter().zip(last + 1..).all(|(entry, n)| entry.n == n) {
            return Ok(false);
        }
        let all: Vec<Entry> = log.into_iter().chain(entries.iter().cloned()).collect();
        self.change(|db| {
            let end: u32 = db.query_row("SELECT coalesce(max(n), 0) FROM corrections", [], |r| r.get(0))?;
            if end != last {
                return Ok(false);
            }
            let sql =
                "INSERT INTO corrections (n, at, author, reason, what, target, undoes) VALUES (?, ?, ?, ?, ?, ?, ?)";
            let mut insert = db.prepare_cached(sql)?;
            for e in entries {
                let target = e.target.to_string();
                insert.execute(params![e.n, e.at, e.author, e.reason, e.what, target, e.undoes])?;
            }
            put_states(db, &all)?;
            if !entries.is_empty() {
                db.execute("UPDATE state SET value = '1' WHERE key = 'stale'", [])?;
            }
            Ok(true)
        })
    }

    /// Are there corrections that the findings do not know of?
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn is_uncorrected(&self) -> Result<bool, Error> {
        let known = self.state("corrections")?.unwrap_or_default();
        Ok(self.corrections()?.last().is_some_and(|entry| entry.n.to_string() != known))
    }

    /// Do findings of one of these pages rest on a correction?
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn is_corrected(&self, ids: &[&str]) -> Result<bool, Error> {
        if !self.has_log()? {
            return Ok(false);
        }
        let sql = "SELECT 1 FROM corrected JOIN pages USING (page) WHERE id = ?";
        let read = || -> rusqlite::Result<bool> {
            let mut any = self.db.prepare_cached(sql)?;
            for id in ids {
                if any.exists([id])? {
                    return Ok(true);
                }
            }
            Ok(false)
        };
        read().map_err(|e| self.fail(e))
    }

    /// All names of entities that corrections made what they are.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn corrected_names(&self) -> Result<FxHashSet<String>, Error> {
        let sql = "SELECT f.value FROM findings, json_each(line, '$.forms') f
            WHERE kind = 'entity' AND line ->> 'corrected' IS NOT NULL";
        let read = || self.db.prepare_cached(sql)?.query_map([], |r| r.get(0))?.collect::<Result<_, _>>();
        read().map_err(|e| self.fail(e))
    }

    /// Records of earlier versions that are only read have no log.
    fn has_log(&self) -> Result<bool, Error> {
        let sql = "SELECT 1 FROM sqlite_schema WHERE name = 'corrections'";
        let found = self.db.query_row(sql, [], |_| Ok(())).optional().map_err(|e| self.fail(e))?;
        Ok(found.is_some())
    }
}

/// Notes what became of corrections, beside findings that were made anew.
pub(crate) fn settle(db: &Connection, corrected: &Corrected) -> rusqlite::Result<()> {
    db.execute_batch("DELETE FROM corrected")?;
    let mut insert = db.prepare_cached("INSERT OR IGNORE INTO corrected SELECT page, ?2 FROM pages WHERE id = ?1")?;
    let mut orphan = db.prepare_cached("UPDATE correction_states SET state = 'orphaned', explain = ?2 WHERE n = ?1")?;
    let kept = "UPDATE correction_states SET state = 'in_force', explain = NULL WHERE n = ?1";
    let mut keep = db.prepare_cached(kept)?;
    for (n, pages, orphaned) in &corrected.applied {
        pages.iter().try_for_each(|id| insert.execute(params![id, n]).map(drop))?;
        match orphaned {
            Some(why) => orphan.execute(params![n, why])?,
            None => keep.execute([n])?,
        };
    }
    db.execute("INSERT OR REPLACE INTO state VALUES ('corrections', ?)", [corrected.last.to_string()])?;
    // Whoever added to the log meanwhile has made these findings old.
    let stale = "UPDATE state SET value = '1' WHERE key = 'stale' AND (SELECT max(n) FROM corrections) > ?";
    db.execute(stale, [corrected.last]).map(drop)
}

/// What is orphaned is found when findings are made.
fn put_states(db: &Connection, log: &[Entry]) -> rusqlite::Result<()> {
    let sql = "INSERT OR REPLACE INTO correction_states (n, state, explain) VALUES (?, ?, ?)";
    let mut put = db.prepare_cached(sql)?;
    for (entry, by) in log.iter().zip(undone(log)) {
        let state = by.map_or(State::InForce, State::Undone);
        put.execute(params![entry.n, state.as_str(), state.explain()])?;
    }
    Ok(())
}

#[cfg(test)]
#[path = "corrections_tests.rs"]
mod tests;
