//! How many lines are there of somebody, of a day, of a story?

use crate::error::Error;
use crate::record::Record;
use crate::words;
use rusqlite::{OptionalExtension, params};
use serde_json::Value;

/// Somebody who speaks, and how much.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Speaker {
    /// The id of the entity.
    pub id: String,
    /// How many statements are theirs.
    pub statements: usize,
    /// On how many pages.
    pub pages: usize,
}

impl Record {
    /// Who speaks, the most first: `limit` of them behind the first `from`.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn speakers(&self, from: usize, limit: usize) -> Result<Vec<Speaker>, Error> {
        let sql = "SELECT speaker, count(*), count(DISTINCT page) FROM findings INDEXED BY statements_by_speaker
            WHERE act IS NOT NULL AND speaker IS NOT NULL GROUP BY speaker
            ORDER BY 2 DESC, 3 DESC, 1 LIMIT ?2 OFFSET ?1";
        self.rows(sql, params![from as i64, limit as i64], |r| {
            let count = |n: usize| r.get::<_, i64>(n).map(|n| n as usize);
            Ok(Speaker { id: r.get(0)?, statements: count(1)?, pages: count(2)? })
        })
    }

    /// How many statements `speaker` makes, and how many pages name them.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn said_by(&self, speaker: &str) -> Result<(usize, usize), Error> {
        let sql = "SELECT
            (SELECT count(*) FROM findings INDEXED BY statements_by_speaker WHERE act IS NOT NULL AND speaker = ?1),
            (SELECT count(DISTINCT page) FROM findings INDEXED BY mentions_by_entity
             WHERE entity IS NOT NULL AND entity = ?1)";
        let counts: (i64, i64) =
            self.db.query_row(sql, [speaker], |r| Ok((r.get(0)?, r.get(1)?))).map_err(|e| self.fail(e))?;
        Ok((counts.0 as usize, counts.1 as usize))
    }

    /// How many stories have their last page on a day from `since` up to and with `until`.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn stories_counted(&self, since: Option<&str>, until: Option<&str>) -> Result<usize, Error> {
        let until = until.map_or("~".to_owned(), |day| format!("{day}~"));
        let sql = "SELECT count(*) FROM findings INDEXED BY stories_by_day
            WHERE last_day IS NOT NULL AND last_day >= ?1 AND last_day <= ?2";
        let count = self.db.query_row(sql, params![since.unwrap_or_default(), until], |r| r.get::<_, i64>(0));
        Ok(count.map_err(|e| self.fail(e))? as usize)
    }

    /// The story that page `id` is in.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn story_with(&self, id: &str) -> Result<Option<String>, Error> {
        let sql = "SELECT story FROM members WHERE page = (SELECT page FROM pages WHERE id = ?)";
        let story = self.db.query_row(sql, [id], |r| r.get(0)).optional();
        story.map_err(|e| self.fail(e))
    }

    /// The numbers of the pages of a story.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn members(&self, story: &str) -> Result<Vec<i64>, Error> {
        self.rows("SELECT page FROM members WHERE story = ? ORDER BY page", [story], |r| r.get(0))
    }

    /// Lines that came without their words ([`Record::bare_lines`]), with them.
    pub fn with_words(&self, mut lines: Vec<Value>) -> Vec<Value> {
        let texts = self.texts();
        lines.iter_mut().for_each(|line| words::put(line, &|id| texts.get(id)));
        lines
    }

    /// A number that changes whenever another connection has changed the file, and only then.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn changes(&self) -> Result<i64, Error> {
        self.db.query_row("PRAGMA data_version", [], |r| r.get(0)).map_err(|e| self.fail(e))
    }
}
