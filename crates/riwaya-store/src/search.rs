//! Which pages, statements and entities hold these words?
//!
//! Every line that is put in brings its folded words along ([`Shadow`]); SQLite's FTS5 keeps on which they stand. What it
//! finds are numbers of pages and lines; where the words stand, whoever asks looks up on the page.

use crate::error::Error;
use crate::record::Record;
use rusqlite::{Connection, params};
use rustc_hash::FxHashSet;
use serde_json::Value;

/// The words by which a line of the contract is found: of an article those of its text, of a statement those of what it
/// says, of an entity those of its names; folded, joined by blanks. None for lines that are not searched.
pub type Shadow<'s> = dyn FnMut(&Value) -> Option<String> + 's;

/// For who keeps a record that is never searched.
pub fn no_words(_: &Value) -> Option<String> {
    None
}

/// What is counted of a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OnShelf<'r> {
    /// Its number.
    pub page: i64,
    /// The day of its publication, as exact as it is known.
    pub day: Option<&'r str>,
    /// Its language.
    pub lang: Option<&'r str>,
    /// Who carries it.
    pub outlet: Option<&'r str>,
    /// Its credits, as JSON.
    pub credits: Option<&'r str>,
}

/// What is counted of a statement.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Said<'r> {
    /// The number of its line.
    pub n: i64,
    /// The number of its page.
    pub page: i64,
    /// Who says it.
    pub speaker: Option<&'r str>,
    /// To whom.
    pub addressee: Option<&'r str>,
    /// What is done by saying it.
    pub act: &'r str,
}

/// One state of the file, until this is dropped.
#[derive(Debug)]
pub struct Snapshot<'r> {
    _held: rusqlite::Transaction<'r>,
}

/// Tables of folded words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Words {
    /// Of pages, by their numbers.
    OfPages,
    /// Of what is said, by the numbers of the statements' lines.
    Said,
    /// Of the names of entities, by the numbers of their lines.
    OfEntities,
}

impl Words {
    fn table(self) -> &'static str {
        match self {
            Words::OfPages => "page_words",
            Words::Said => "said_words",
            Words::OfEntities => "entity_words",
        }
    }
}

impl Record {
    /// Are the words of all lines in? A record of an earlier version has none before it is read anew.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn is_searchable(&self) -> Result<bool, Error> {
        Ok(self.state("searchable")?.as_deref() == Some("1") && !self.is_unread()?)
    }

    /// The numbers of what holds the words of an expression of FTS5, in order. The caller sees to it that every word in it
    /// stands in quotation marks.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn holding(&self, words: Words, expression: &str) -> Result<Vec<i64>, Error> {
        let table = words.table();
        let sql = format!("SELECT rowid FROM {table} WHERE {table} MATCH ? ORDER BY rowid");
        // FTS5 reads an expression no further than its first NUL, which is no letter of a word either.
        self.rows(&sql, [expression.replace('\0', " ")], |r| r.get(0))
    }

    /// On how many pages a folded word stands, and how often.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn spread(&self, word: &str) -> Result<(usize, usize), Error> {
        let sql = "SELECT doc, cnt FROM page_vocabulary WHERE term = ?";
        let found = self.rows(sql, [word], |r| Ok((r.get::<_, i64>(0)? as usize, r.get::<_, i64>(1)? as usize)))?;
        Ok(found.first().copied().unwrap_or_default())
    }

    /// Those of these folded words that stand, or once stood, on a page.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn known(&self, words: Vec<String>) -> Result<Vec<String>, Error> {
        let mut known = Vec::new();
        for word in words {
            if !self.rows("SELECT 1 FROM vocabulary WHERE word = ?", [&word], |_| Ok(()))?.is_empty() {
                known.push(word);
            }
        }
        Ok(known)
    }

    /// The folded words that begin with `letters`, no more than `most`.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn words_beginning(&self, letters: &str, most: usize) -> Result<Vec<String>, Error> {
        // Nothing sorts behind the last character of Unicode.
        let sql = "SELECT word FROM vocabulary WHERE word >= ?1 AND word < ?1 || char(0x10ffff) LIMIT ?2";
        self.rows(sql, params![letters, most as i64], |r| r.get(0))
    }

    /// The folded words that hold `letters` in a row, or that end in them, no more than `most`.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn words_around(&self, letters: &str, at_end: bool, most: usize) -> Result<Vec<String>, Error> {
        let fits = if at_end { "substr(word, -length(?1)) = ?1" } else { "instr(word, ?1)" };
        let runs = runs_of_three(letters);
        let (sql, runs) = if runs.is_empty() {
            (format!("SELECT word FROM vocabulary WHERE {fits} AND ?3 = '' LIMIT ?2"), String::new())
        } else {
            let held = "n IN (SELECT rowid FROM vocabulary_parts WHERE vocabulary_parts MATCH ?3)";
            (format!("SELECT word FROM vocabulary WHERE {held} AND {fits} LIMIT ?2"), runs.join(" AND "))
        };
        self.rows(&sql, params![letters, most as i64, runs], |r| r.get(0))
    }

    /// What is asked until the answer is dropped is asked of one state of the file, which is also read faster so.
    ///
    /// # Errors
    /// Where the file cannot be read, or such an answer is already held.
    pub fn snapshot(&self) -> Result<Snapshot<'_>, Error> {
        self.db.unchecked_transaction().map(|held| Snapshot { _held: held }).map_err(|e| self.fail(e))
    }

    /// Of the entities of these lines id, name and forms: the whole line of somebody who is often named repeats the words of
    /// hundreds of pages.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn entities_named(&self, rows: &[i64]) -> Result<Vec<Value>, Error> {
        let sql = "SELECT json_object('kind', 'entity', 'id', id, 'name', line -> 'name', 'forms', line -> 'forms')
            FROM findings WHERE n = ? AND kind = 'entity'";
        let mut all = Vec::with_capacity(rows.len());
        for n in rows {
            all.extend(self.rows(sql, [n], line)?);
        }
        Ok(all)
    }

    /// The same of the entity with this id.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn entity_named(&self, id: &str) -> Result<Option<Value>, Error> {
        let rows = self.rows("SELECT n FROM findings WHERE id = ? AND kind = 'entity'", [id], |r| r.get(0))?;
        Ok(self.entities_named(&rows)?.pop())
    }

    /// Calls `each` with every page that was read, in no order; their credits only where they are asked for.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn each_on_shelf(&self, credits: bool, each: &mut dyn FnMut(OnShelf<'_>)) -> Result<(), Error> {
        let credits = if credits { "credits" } else { "NULL" };
        let sql = format!(
            "SELECT page, day, lang, outlet, {credits} FROM findings INDEXED BY articles_by_day WHERE credits IS NOT NULL"
        );
        self.each_row(&sql, [], &mut |r| on_shelf(r).map(&mut *each))
    }

    /// Calls `each` with these pages where they were read.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn each_of_shelf(&self, pages: &[i64], each: &mut dyn FnMut(OnShelf<'_>)) -> Result<(), Error> {
        let sql = "SELECT p.page, f.day, f.lang, f.outlet, f.credits
            FROM pages p JOIN findings f ON f.id = p.id AND f.kind = 'article' WHERE p.page = ?";
        pages.iter().try_for_each(|page| self.each_row(sql, [page], &mut |r| on_shelf(r).map(&mut *each)))
    }

    /// Calls `each` with the number of every page and the id of its story.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn each_member(&self, each: &mut dyn FnMut(i64, &str)) -> Result<(), Error> {
        self.each_row("SELECT page, story FROM members ORDER BY page", [], &mut |r| {
            each(r.get(0)?, text(r, 1)?.unwrap_or_default());
            Ok(())
        })
    }

    /// Calls `each` with the number of each of these pages and the id of its story.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn each_member_of(&self, pages: &[i64], each: &mut dyn FnMut(i64, &str)) -> Result<(), Error> {
        let sql = "SELECT page, story FROM members WHERE page = ?";
        let mut row = |r: &rusqlite::Row<'_>| {
            each(r.get(0)?, text(r, 1)?.unwrap_or_default());
            Ok(())
        };
        pages.iter().try_for_each(|page| self.each_row(sql, [page], &mut row))
    }

    /// Calls `each` with every statement, those of one speaker together, and those of no named one.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn each_said(&self, each: &mut dyn FnMut(Said<'_>)) -> Result<(), Error> {
        let sql = "SELECT n, page, speaker, addressee, act FROM findings INDEXED BY statements_by_speaker
            WHERE act IS NOT NULL";
        self.each_row(sql, [], &mut |r| said(r).map(&mut *each))
    }

    /// Calls `each` with every statement of `speaker`.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn each_said_by(&self, speaker: &str, each: &mut dyn FnMut(Said<'_>)) -> Result<(), Error> {
        let sql = "SELECT n, page, speaker, addressee, act FROM findings INDEXED BY statements_by_speaker
            WHERE act IS NOT NULL AND speaker = ?";
        self.each_row(sql, [speaker], &mut |r| said(r).map(&mut *each))
    }

    /// Calls `each` with the statements of these lines.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn each_said_at(&self, rows: &[i64], each: &mut dyn FnMut(Said<'_>)) -> Result<(), Error> {
        let sql = "SELECT n, page, speaker, addressee, act FROM findings WHERE n = ? AND kind = 'statement'";
        rows.iter().try_for_each(|n| self.each_row(sql, [n], &mut |r| said(r).map(&mut *each)))
    }

    /// The line of the page with this number, its text with it.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn article(&self, page: i64) -> Result<Option<Value>, Error> {
        let sql = "SELECT f.line, p.text FROM pages p JOIN findings f ON f.id = p.id AND f.kind = 'article'
            WHERE p.page = ?";
        let found = self.rows(sql, [page], |r| Ok((line(r)?, r.get::<_, String>(1)?)))?.pop();
        Ok(found.map(|(mut article, text)| {
            article["text"] = text.into();
            article
        }))
    }

    /// The text of the page with this number.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn text(&self, page: i64) -> Result<Option<String>, Error> {
        Ok(self.rows("SELECT text FROM pages WHERE page = ?", [page], |r| r.get(0))?.pop())
    }

    /// The statements on the page with this number, words left out.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn statements_on(&self, page: i64) -> Result<Vec<Value>, Error> {
        self.rows("SELECT line FROM findings WHERE page = ? AND kind = 'statement' ORDER BY n", [page], line)
    }

    /// Calls `each` with the id and the title of every story, or of the story `id`: its own title, else that of its first
    /// page that has one in its metadata.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn titles(&self, id: Option<&str>, each: &mut dyn FnMut(&str, Option<&str>)) -> Result<(), Error> {
        let filter = if id.is_some() { "f.id = ?1 AND f.kind = 'story'" } else { "f.kind = 'story' AND ?1 IS NULL" };
        let sql = format!(
            "SELECT f.id, coalesce(f.line ->> 'title', (SELECT p.title FROM json_each(f.line, '$.articles') a
               JOIN pages p ON p.id = a.value WHERE p.title IS NOT NULL LIMIT 1))
             FROM findings f WHERE {filter}"
        );
        self.each_row(&sql, [id], &mut |r| {
            each(text(r, 0)?.unwrap_or_default(), text(r, 1)?);
            Ok(())
        })
    }

    fn each_row(
        &self,
        sql: &str,
        values: impl rusqlite::Params,
        each: &mut dyn FnMut(&rusqlite::Row<'_>) -> rusqlite::Result<()>,
    ) -> Result<(), Error> {
        let read = || {
            let mut statement = self.db.prepare_cached(sql)?;
            let mut rows = statement.query(values)?;
            while let Some(row) = rows.next()? {
                each(row)?;
            }
            Ok(())
        };
        read().map_err(|e| self.fail(e))
    }
}

fn line(row: &rusqlite::Row<'_>) -> rusqlite::Result<Value> {
    Ok(serde_json::from_str(row.get_ref(0)?.as_str()?).unwrap_or_default())
}

/// The runs of three letters in `letters`, in quotation marks; none with a NUL, where FTS5 would stop reading.
fn runs_of_three(letters: &str) -> Vec<String> {
    let letters: Vec<char> = letters.chars().collect();
    let whole = letters.windows(3).filter(|run| !run.contains(&'\0'));
    whole.map(|run| format!("\"{}\"", run.iter().collect::<String>().replace('"', "\"\""))).collect()
}

fn text<'r>(row: &'r rusqlite::Row<'_>, column: usize) -> rusqlite::Result<Option<&'r str>> {
    Ok(row.get_ref(column)?.as_str_or_null()?)
}

fn on_shelf<'r>(row: &'r rusqlite::Row<'_>) -> rusqlite::Result<OnShelf<'r>> {
    Ok(OnShelf {
        page: row.get(0)?,
        day: text(row, 1)?,
        lang: text(row, 2)?,
        outlet: text(row, 3)?,
        credits: text(row, 4)?,
    })
}

fn said<'r>(row: &'r rusqlite::Row<'_>) -> rusqlite::Result<Said<'r>> {
    Ok(Said {
        n: row.get(0)?,
        page: row.get(1)?,
        speaker: text(row, 2)?,
        addressee: text(row, 3)?,
        act: text(row, 4)?.unwrap_or_default(),
    })
}

/// Puts words in beside the lines that they are of.
pub(crate) struct Indexing<'c> {
    db: &'c Connection,
    /// Words of pages: they go into the vocabulary at the end, in order, which is several times as fast.
    words: FxHashSet<Box<str>>,
}

impl<'c> Indexing<'c> {
    pub(crate) fn of(db: &'c Connection) -> Indexing<'c> {
        Indexing { db, words: FxHashSet::default() }
    }

    /// Puts in the words of the line `n` of `kind`, which belongs to `page`.
    pub(crate) fn put(&mut self, kind: &str, page: Option<i64>, n: i64, words: &str) -> rusqlite::Result<()> {
        let (sql, row) = match kind {
            "article" => ("INSERT INTO page_words (rowid, words) VALUES (?, ?)", page),
            "statement" => ("INSERT INTO said_words (rowid, words) VALUES (?, ?)", Some(n)),
            "entity" => ("INSERT INTO entity_words (rowid, words) VALUES (?, ?)", Some(n)),
            _ => return Ok(()),
        };
        let Some(row) = row else { return Ok(()) };
        self.db.prepare_cached(sql)?.execute(params![row, words])?;
        if kind == "article" {
            for word in words.split(' ').filter(|w| !w.is_empty()) {
                if !self.words.contains(word) {
                    self.words.insert(word.into());
                }
            }
        }
        Ok(())
    }

    pub(crate) fn finish(self) -> rusqlite::Result<()> {
        let mut words: Vec<Box<str>> = self.words.into_iter().collect();
        words.sort_unstable();
        let mut insert = self.db.prepare_cached("INSERT OR IGNORE INTO vocabulary (word) VALUES (?)")?;
        words.iter().try_for_each(|word| insert.execute([word]).map(drop))
    }
}

/// Takes all words out.
pub(crate) fn forget_all(change: &Connection) -> rusqlite::Result<()> {
    for words in [Words::OfPages, Words::Said, Words::OfEntities] {
        let table = words.table();
        // Taking line after line out would take as long as putting all in.
        let made: String = change.query_row("SELECT sql FROM sqlite_schema WHERE name = ?", [table], |r| r.get(0))?;
        change.execute_batch(&format!("DROP TABLE {table}; {made}"))?;
    }
    change
        .execute_batch("DELETE FROM vocabulary; INSERT INTO vocabulary_parts (vocabulary_parts) VALUES ('delete-all');")
}

/// Takes out the words of a page and of its statements, whose lines are still there.
pub(crate) fn forget_page(change: &Connection, id: &str) -> rusqlite::Result<()> {
    let said = "DELETE FROM said_words WHERE rowid IN
        (SELECT n FROM findings WHERE page = (SELECT page FROM pages WHERE id = ?) AND kind = 'statement')";
    change.prepare_cached(said)?.execute([id])?;
    let page = "DELETE FROM page_words WHERE rowid = (SELECT page FROM pages WHERE id = ?)";
    change.prepare_cached(page)?.execute([id]).map(drop)
}

/// Takes out the words of the entity of line `n`.
pub(crate) fn forget_entity(change: &Connection, n: i64) -> rusqlite::Result<()> {
    change.prepare_cached("DELETE FROM entity_words WHERE rowid = ?")?.execute([n]).map(drop)
}
