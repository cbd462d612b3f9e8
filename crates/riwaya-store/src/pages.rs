//! Which pages do we hold, and what were they before they changed?

use crate::error::Error;
use crate::record::Record;
use riwaya::page::{Apart, ApartKind, Source};
use rusqlite::{Connection, OptionalExtension, Row, params};
use serde_json::Value;

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

impl Record {
    /// Stores `pages` in one transaction. A page that is held already with the same bytes changes nothing.
    ///
    /// # Errors
    /// Where the file cannot be written; then none of `pages` is stored, and all that was before still is.
    pub fn add<'p>(&mut self, pages: impl IntoIterator<Item = impl Into<Received<'p>>>) -> Result<Added, Error> {
        self.change(|db| add_pages(db, pages.into_iter().map(Into::into), None))
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

    /// The pages that are not in this language, as their findings tell, in the order in which they came; all for none.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn pages_not_in(&self, lang: Option<&str>) -> Result<Vec<Page>, Error> {
        let Some(lang) = lang else { return self.pages() };
        let sql = format!(
            "SELECT {COLUMNS} FROM pages WHERE page NOT IN (SELECT page FROM findings INDEXED BY articles_by_day WHERE credits IS NOT NULL AND lang = ?) ORDER BY page"
        );
        self.rows(&sql, [lang], page)
    }

    /// The present page `id`.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn page(&self, id: &str) -> Result<Option<Page>, Error> {
        let sql = format!("SELECT {COLUMNS} FROM pages WHERE id = ?");
        self.db.query_row(&sql, [id], page).optional().map_err(|e| self.fail(e))
    }

    /// The pages with these numbers, in their order; a number that no page has is passed over.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn pages_numbered(&self, rows: &[i64]) -> Result<Vec<Page>, Error> {
        let sql = format!("SELECT {COLUMNS} FROM pages WHERE page = ?");
        let mut pages = Vec::with_capacity(rows.len());
        for row in rows {
            pages.extend(self.rows(&sql, [row], page)?);
        }
        Ok(pages)
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
