//! Which pages are near a new one, and how are their findings replaced without touching all others?
//!
//! A page leaves marks: hashes of what it is about. A new page is compared with those that share the rarest of its
//! marks, and with the other pages of their stories; what was read from these pages is replaced, everything else
//! stays.

use crate::error::Error;
use crate::findings::{insert_lines, parsed};
use crate::pages::{COLUMNS, Page, page};
use crate::record::Record;
use crate::search::{self, Shadow};
use rusqlite::{Connection, params};
use rustc_hash::{FxHashMap, FxHashSet};
use serde_json::Value;

/// What a page is about: its id and its marks.
pub type Marks = (String, Vec<u64>);

/// A mark on more pages than this tells nothing.
const COMMON: usize = 400;

/// Pages and the stories that they are in.
#[derive(Debug, Clone, Default)]
pub struct Nearby {
    /// In the order in which they came.
    pub pages: Vec<Page>,
    /// For each of them, the id of its story; none for a page that is new or has changed.
    pub stories: Vec<Option<String>>,
    /// The stories that pages were in before they changed.
    pub former: Vec<String>,
}

impl Record {
    /// The pages that are new or have changed since the findings were made by `reader`; none where another program or
    /// other packs made them, or nobody did, or where they lack corrections.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn unread(&self, reader: &str) -> Result<Option<Vec<Page>>, Error> {
        if self.state("reader")?.as_deref() != Some(reader) || self.is_uncorrected()? {
            return Ok(None);
        }
        let read = || {
            let mut rows = self.db.prepare_cached("SELECT page FROM unread ORDER BY page")?;
            let rows: Vec<i64> = rows.query_map([], |r| r.get(0))?.collect::<Result<_, _>>()?;
            self.read_rows(&rows)
        };
        read().map(|found| Some(found.pages)).map_err(|e| self.fail(e))
    }

    /// The pages that share the rarest of the marks of `new`, with all pages of their stories, and the pages of `new`
    /// themselves: whole stories, the nearest first, however large it is, and others until `most` pages are full.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn nearby(&self, new: &[Marks], most: usize) -> Result<Nearby, Error> {
        self.try_nearby(new, most).map_err(|e| self.fail(e))
    }

    fn try_nearby(&self, new: &[Marks], most: usize) -> rusqlite::Result<Nearby> {
        let mut weight: FxHashMap<String, f64> = FxHashMap::default();
        for (_, marks) in new {
            let mut of_page: FxHashMap<i64, f64> = FxHashMap::default();
            for mark in marks {
                let mut holders = self.db.prepare_cached("SELECT page FROM marks WHERE mark = ? LIMIT ?")?;
                let pages: Vec<i64> = holders
                    .query_map(params![mark.cast_signed(), COMMON as i64 + 1], |r| r.get(0))?
                    .collect::<Result<_, _>>()?;
                if pages.len() <= COMMON {
                    let share = 1.0 / (1.0 + pages.len() as f64).ln().max(0.5);
                    pages.into_iter().for_each(|p| *of_page.entry(p).or_default() += share);
                }
            }
            // A story is as near as its nearest page.
            for (page, near) in of_page {
                let story = self.story_of(page)?;
                if let Some(story) = story {
                    let best = weight.entry(story).or_default();
                    *best = best.max(near);
                }
            }
        }
        let mut stories: Vec<(String, f64)> = weight.into_iter().collect();
        let mut rows: Vec<i64> = new.iter().filter_map(|(id, _)| self.row(id).transpose()).collect::<Result<_, _>>()?;
        // What a changed page said before is woven into its story.
        let mut former: Vec<String> = Vec::new();
        for row in &rows {
            former.extend(self.story_of(*row)?);
        }
        stories.extend(former.iter().map(|story| (story.clone(), f64::INFINITY)));
        stories.sort_by(|a, b| b.1.total_cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        stories.dedup_by(|a, b| a.0 == b.0);
        let own = rows.len();
        for (story, near) in stories {
            let mut of_story = self.db.prepare_cached("SELECT page FROM members WHERE story = ?")?;
            let pages: Vec<i64> = of_story.query_map([&story], |r| r.get(0))?.collect::<Result<_, _>>()?;
            if near.is_infinite() || rows.len() == own || rows.len() + pages.len() <= most {
                rows.extend(pages);
            }
        }
        rows.sort_unstable();
        rows.dedup();
        Ok(Nearby { former, ..self.read_rows(&rows)? })
    }

    fn story_of(&self, page: i64) -> rusqlite::Result<Option<String>> {
        let mut story = self.db.prepare_cached("SELECT story FROM members WHERE page = ?")?;
        let mut rows = story.query([page])?;
        rows.next()?.map(|r| r.get(0)).transpose()
    }

    fn row(&self, id: &str) -> rusqlite::Result<Option<i64>> {
        let mut row = self.db.prepare_cached("SELECT page FROM pages WHERE id = ?")?;
        let mut rows = row.query([id])?;
        rows.next()?.map(|r| r.get(0)).transpose()
    }

    fn read_rows(&self, rows: &[i64]) -> rusqlite::Result<Nearby> {
        let mut nearby = Nearby::default();
        let sql = format!("SELECT {COLUMNS} FROM pages WHERE page = ?");
        let mut read = self.db.prepare_cached(&sql)?;
        let mut unread = self.db.prepare_cached("SELECT 1 FROM unread WHERE page = ?")?;
        for row in rows {
            nearby.pages.push(read.query_row([row], page)?);
            nearby.stories.push(if unread.exists([row])? { None } else { self.story_of(*row)? });
        }
        Ok(nearby)
    }

    /// Replaces what was read from `pages`, and woven from them alone, by `lines` in one transaction; all other findings
    /// stay. `marks` are those of pages that have none yet, `shadow` as in [`Record::replace_findings`].
    ///
    /// # Errors
    /// Where the file cannot be written; then the former findings stay.
    pub fn replace_nearby(
        &mut self,
        pages: &[Page],
        lines: impl IntoIterator<Item = String>,
        marks: &[Marks],
        shadow: &mut Shadow<'_>,
    ) -> Result<(), Error> {
        self.change(|db| {
            let ids: FxHashSet<&str> = pages.iter().map(|p| p.source.id.as_str()).collect();
            remove(db, &ids)?;
            let mut lines: Vec<Value> = parsed(lines).collect::<Result<_, _>>()?;
            rename(db, &mut lines)?;
            merge_entities(db, &mut lines)?;
            insert_lines(db, lines.into_iter().map(Ok), shadow)?;
            put_marks(db, marks)?;
            db.execute("DELETE FROM unread", [])?;
            db.execute("UPDATE state SET value = '0' WHERE key = 'stale'", [])?;
            db.execute("INSERT OR REPLACE INTO state VALUES ('pieced', '1')", []).map(drop)
        })
    }

    /// Were findings replaced page by page since all pages were woven together?
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn is_pieced(&self) -> Result<bool, Error> {
        Ok(self.state("pieced")?.as_deref() == Some("1"))
    }
}

/// Stores the marks of pages in place of those that they had.
pub(crate) fn put_marks(change: &Connection, marks: &[Marks]) -> rusqlite::Result<()> {
    let mut rows: Vec<(i64, i64)> = Vec::new();
    for (id, marks) in marks {
        let page: i64 = change.prepare_cached("SELECT page FROM pages WHERE id = ?")?.query_row([id], |r| r.get(0))?;
        change.prepare_cached("DELETE FROM marks WHERE page = ?")?.execute([page])?;
        rows.extend(marks.iter().map(|m| (m.cast_signed(), page)));
    }
    // In order of the key, many rows go in several times as fast.
    rows.sort_unstable();
    rows.dedup();
    let mut insert = change.prepare_cached("INSERT OR IGNORE INTO marks VALUES (?, ?)")?;
    rows.iter().try_for_each(|(mark, page)| insert.execute([mark, page]).map(drop))
}

/// Takes out the lines of these pages, of their stories, and the copies and flags between them.
fn remove(change: &Connection, ids: &FxHashSet<&str>) -> rusqlite::Result<()> {
    let mut stories: FxHashSet<String> = FxHashSet::default();
    for id in ids {
        let sql = "SELECT story FROM members WHERE page = (SELECT page FROM pages WHERE id = ?)";
        let mut story = change.prepare_cached(sql)?;
        let found = story.query_map([id], |r| r.get::<_, String>(0))?.collect::<Result<Vec<_>, _>>()?;
        stories.extend(found);
        change
            .prepare_cached("DELETE FROM members WHERE page = (SELECT page FROM pages WHERE id = ?)")?
            .execute([id])?;
        search::forget_page(change, id)?;
        let own = "DELETE FROM findings WHERE page = (SELECT page FROM pages WHERE id = ?) AND kind <> 'copy'";
        change.prepare_cached(own)?.execute([id])?;
        let of = "DELETE FROM findings WHERE page = (SELECT page FROM pages WHERE id = ?1) AND kind = 'copy'
              AND line ->> 'of' IN (SELECT value FROM json_each(?2))";
        let all = Value::from(ids.iter().copied().collect::<Vec<_>>()).to_string();
        change.prepare_cached(of)?.execute(params![id, all])?;
    }
    for story in &stories {
        change.prepare_cached("DELETE FROM findings WHERE story = ?")?.execute([story])?;
    }
    let mut flags = change.prepare_cached("SELECT n, line FROM findings WHERE kind = 'flag'")?;
    let mut rows = flags.query([])?;
    let mut gone: Vec<i64> = Vec::new();
    while let Some(row) = rows.next()? {
        let line: Value = serde_json::from_str(row.get_ref(1)?.as_str()?).unwrap_or_default();
        let pages = line["articles"].as_array().map_or(&[][..], Vec::as_slice);
        if pages.iter().filter_map(Value::as_str).all(|p| ids.contains(p)) {
            gone.push(row.get(0)?);
        }
    }
    let mut delete = change.prepare_cached("DELETE FROM findings WHERE n = ?")?;
    gone.iter().try_for_each(|n| delete.execute([n]).map(drop))
}

/// Gives contacts whose id another story has taken the next free one.
fn rename(change: &Connection, lines: &mut [Value]) -> rusqlite::Result<()> {
    let mut taken = change.prepare_cached("SELECT 1 FROM findings WHERE id = ?")?;
    let mut named: FxHashMap<String, String> = FxHashMap::default();
    let own: FxHashSet<String> =
        lines.iter().filter(|l| is_contact(l)).filter_map(|l| l["id"].as_str().map(str::to_owned)).collect();
    for line in lines.iter_mut() {
        if is_contact(line)
            && let Some(id) = line["id"].as_str().map(str::to_owned)
            && taken.exists([&id])?
        {
            let mut n = 2;
            let mut free = format!("{id}-{n}");
            while own.contains(&free) || taken.exists([&free])? || named.values().any(|v| *v == free) {
                n += 1;
                free = format!("{id}-{n}");
            }
            line["id"] = Value::from(free.clone());
            named.insert(id, free);
        }
        if line["kind"] == "point"
            && let Some(new) = line["event"].as_str().and_then(|id| named.get(id)).cloned()
        {
            line["event"] = Value::from(new);
        }
    }
    Ok(())
}

fn is_contact(line: &Value) -> bool {
    line["kind"] == "event" && line["article"].is_null()
}

/// Adds what other pages know of an entity to its new line: their forms, roles and reasons.
fn merge_entities(change: &Connection, lines: &mut [Value]) -> rusqlite::Result<()> {
    for line in lines.iter_mut().filter(|l| l["kind"] == "entity") {
        let Some(id) = line["id"].as_str().map(str::to_owned) else { continue };
        let mut known = change.prepare_cached("SELECT n, line FROM findings WHERE id = ? AND kind = 'entity'")?;
        let held: Vec<(i64, String)> =
            known.query_map([&id], |r| Ok((r.get(0)?, r.get(1)?)))?.collect::<Result<_, _>>()?;
        for (n, old) in held {
            let old: Value = serde_json::from_str(&old).unwrap_or_default();
            for key in ["forms", "roles", "joined"] {
                if let (Some(new), Some(old)) = (line[key].as_array().cloned(), old[key].as_array()) {
                    let is_new = |v: &&Value| !old.iter().any(|o| same(o, v));
                    let added: Vec<Value> = new.iter().filter(is_new).cloned().collect();
                    line[key] = old.iter().cloned().chain(added).collect();
                }
            }
            if let (Some(old), Some(new)) = (old["name"].as_object(), line["name"].as_object_mut()) {
                for (lang, name) in old {
                    new.entry(lang.clone()).or_insert_with(|| name.clone());
                }
            }
            search::forget_entity(change, n)?;
            change.prepare_cached("DELETE FROM findings WHERE n = ?")?.execute([n])?;
        }
    }
    Ok(())
}

/// Are two forms, roles or reasons one, words left out?
fn same(a: &Value, b: &Value) -> bool {
    match (a.as_object(), b.as_object()) {
        (Some(x), Some(y)) => ["article", "start", "end", "rule"].iter().all(|key| x.get(*key) == y.get(*key)),
        _ => a == b,
    }
}
