//! Which addresses are looked at, when next, and what is still to be told of what they gave?
//!
//! An address is marked as done in the transaction that stores its pages, and a page is marked as told of in the one
//! that puts its lines into the outbox. So a program that is killed anywhere goes on where it was: no page is lost, none
//! is stored twice, and a line leaves the outbox only after it was handed on.

use crate::error::Error;
use crate::pages::{Added, Received};
use crate::record::Record;
use rusqlite::{Params, Row, params};

/// Why an address is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// A feed, for its entries.
    Feed,
    /// A page that changes.
    Page,
    /// The page behind an entry of a feed.
    Item,
}

impl Role {
    fn as_str(self) -> &'static str {
        match self {
            Role::Feed => "feed",
            Role::Page => "page",
            Role::Item => "item",
        }
    }

    fn of(name: &str) -> Role {
        match name {
            "feed" => Role::Feed,
            "page" => Role::Page,
            _ => Role::Item,
        }
    }
}

/// An address that is looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Watched {
    /// The address.
    pub url: String,
    /// Whom to ask for it.
    pub host: String,
    /// Why it is looked at.
    pub role: Role,
    /// The feed that named it.
    pub feed: Option<String>,
    /// What the feed says of it, as JSON.
    pub entry: Option<String>,
    /// Its `ETag` when it was fetched before.
    pub etag: Option<String>,
    /// Its `Last-Modified` when it was fetched before.
    pub last_modified: Option<String>,
    /// Hash of what came when it was fetched before.
    pub sha256: Option<String>,
    /// How often nothing came of it since it last did.
    pub failures: u32,
}

/// What a feed says of one of its entries.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// The page behind it.
    pub url: String,
    /// Whom to ask for it.
    pub host: String,
    /// What the feed says of it, as JSON.
    pub entry: String,
    /// When the feed says that it was changed; an item whose value is another than before is due again.
    pub updated: Option<String>,
}

/// What became of looking at an address.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Look {
    /// Status of the answer, where one came.
    pub status: Option<u16>,
    /// What to ask with the next time.
    pub etag: Option<String>,
    /// The same.
    pub last_modified: Option<String>,
    /// Hash of what came.
    pub sha256: Option<String>,
    /// When to look again; none: never.
    pub next: Option<i64>,
    /// How often nothing came of it since it last did.
    pub failures: u32,
    /// Why nothing came of it.
    pub problem: Option<String>,
}

/// A page that has not been told of yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Untold {
    /// Its row.
    pub row: i64,
    /// Its id.
    pub id: String,
    /// Its version, from 1.
    pub version: i64,
    /// The id of its story.
    pub story: Option<String>,
}

/// A line that was not handed on yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiting {
    /// Its number.
    pub n: i64,
    /// The line.
    pub line: String,
    /// How often it could not be handed on.
    pub tries: u32,
}

/// Seconds between two looks at an item whose feed says again and again that it has changed.
const AGAIN: i64 = 60 * 60;

impl Record {
    /// Sets which feeds and pages are looked at; others, and what they named, are left alone from now on. What was not
    /// looked at before is due `now`.
    ///
    /// # Errors
    /// Where the file cannot be written.
    pub fn watch(&mut self, addresses: &[(String, String, Role)], now: i64) -> Result<(), Error> {
        self.change(|db| {
            // Paused items of a feed that is taken up again go on where they were.
            let mut known = db.prepare("SELECT url FROM fetched WHERE role <> 'item' AND next IS NOT NULL")?;
            let known: Vec<String> = known.query_map([], |r| r.get(0))?.collect::<Result<_, _>>()?;
            let mut stop = db.prepare("UPDATE fetched SET next = NULL WHERE url = ?")?;
            for url in known.iter().filter(|url| !addresses.iter().any(|(a, _, _)| a == *url)) {
                stop.execute([url])?;
            }
            let mut put = db.prepare(
                "INSERT INTO fetched (url, host, role, next) VALUES (?1, ?2, ?3, ?4)
                 ON CONFLICT (url) DO UPDATE SET role = excluded.role, next = coalesce(next, excluded.next)",
            )?;
            addresses
                .iter()
                .try_for_each(|(url, host, role)| put.execute(params![url, host, role.as_str(), now]).map(drop))
        })
    }

    /// The hosts that something is due of.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn due_hosts(&self, now: i64) -> Result<Vec<String>, Error> {
        // One step a host, however much is due of it.
        let sql = format!(
            "WITH RECURSIVE hosts (host) AS (
               SELECT min(host) FROM fetched WHERE next IS NOT NULL
               UNION ALL
               SELECT (SELECT min(f.host) FROM fetched f WHERE f.host > hosts.host AND f.next IS NOT NULL)
               FROM hosts WHERE hosts.host IS NOT NULL)
             SELECT host FROM hosts WHERE host IS NOT NULL AND EXISTS (
               SELECT 1 FROM fetched f WHERE f.host = hosts.host AND role IN ('feed', 'item', 'page') AND next <= ?
                 AND {ASKED_FOR})"
        );
        self.rows(&sql, [now], |r| r.get(0))
    }

    /// What is due of a host, at most so much: feeds and pages first, items in the order in which they were found.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn due(&self, host: &str, now: i64, most: usize) -> Result<Vec<Watched>, Error> {
        let of = |roles: &str, most: usize| {
            let sql = format!(
                "SELECT url, host, role, feed, entry, etag, last_modified, sha256, failures FROM fetched f
                 WHERE host = ? AND role IN ({roles}) AND next <= ? AND {ASKED_FOR} ORDER BY next, n LIMIT ?"
            );
            self.rows(&sql, params![host, now, most as i64], watched)
        };
        let mut due = of("'feed', 'page'", most)?;
        due.extend(of("'item'", most - due.len())?);
        Ok(due)
    }

    /// When something is due next.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn next_due(&self) -> Result<Option<i64>, Error> {
        let sql = format!("SELECT min(next) FROM fetched f WHERE next IS NOT NULL AND {ASKED_FOR}");
        self.db.query_row(&sql, [], |r| r.get(0)).map_err(|e| self.fail(e))
    }

    /// Writes down in one transaction what came of looking at `url`: the pages, the items that a feed names, and when
    /// to look again. Pages that are new or have changed are to be told of.
    ///
    /// # Errors
    /// Where the file cannot be written; then all is as if nobody had looked.
    pub fn looked<'p>(
        &mut self,
        url: &str,
        look: &Look,
        pages: impl IntoIterator<Item = Received<'p>>,
        found: &[Found],
        now: i64,
    ) -> Result<Added, Error> {
        self.change(|db| {
            let untold = "INSERT OR IGNORE INTO untold SELECT page FROM pages WHERE id = ?";
            let added = crate::pages::add_pages(db, pages, Some(untold))?;
            let mut put = db.prepare_cached(
                "INSERT INTO fetched (url, host, role, feed, entry, updated, next) VALUES (?1, ?2, 'item', ?3, ?4, ?5, ?6)
                 ON CONFLICT (url) DO UPDATE SET
                   entry = excluded.entry, updated = excluded.updated, next = max(?6, coalesce(tried, 0) + ?7)
                 WHERE role = 'item' AND feed = excluded.feed AND updated IS NOT excluded.updated",
            )?;
            for f in found {
                put.execute(params![f.url, f.host, url, f.entry, f.updated, now, AGAIN])?;
            }
            let sql = "UPDATE fetched SET status = ?2, etag = ?3, last_modified = ?4, sha256 = coalesce(?5, sha256),
                next = ?6, failures = ?7, problem = ?8, tried = ?9 WHERE url = ?1";
            db.prepare_cached(sql)?.execute(params![
                url,
                look.status,
                look.etag,
                look.last_modified,
                look.sha256,
                look.next,
                look.failures,
                look.problem,
                now
            ])?;
            Ok(added)
        })
    }

    /// Leaves a host alone until then.
    ///
    /// # Errors
    /// Where the file cannot be written.
    pub fn postpone(&mut self, host: &str, until: i64) -> Result<(), Error> {
        self.change(|db| {
            let sql = "UPDATE fetched SET next = ?2 WHERE host = ?1 AND next < ?2";
            db.execute(sql, params![host, until]).map(drop)
        })
    }

    /// The robots.txt of all hosts whose time is not over: origin, text, until when.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn robots(&self, now: i64) -> Result<Vec<(String, Option<String>, i64)>, Error> {
        let sql = "SELECT origin, text, until FROM robots WHERE until > ?";
        let row = |r: &Row<'_>| Ok((r.get(0)?, r.get(1)?, r.get(2)?));
        self.rows(sql, [now], row)
    }

    /// Keeps the robots.txt of a host.
    ///
    /// # Errors
    /// Where the file cannot be written.
    pub fn keep_robots(&mut self, origin: &str, text: Option<&str>, until: i64) -> Result<(), Error> {
        self.change(|db| {
            let sql = "INSERT OR REPLACE INTO robots VALUES (?, ?, ?)";
            db.execute(sql, params![origin, text, until]).map(drop)
        })
    }

    /// Pages that are to be told of, in the order in which they came, at most so many.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn untold(&self, most: usize) -> Result<Vec<Untold>, Error> {
        let sql = "SELECT u.page, p.id, p.version, m.story FROM untold u JOIN pages p USING (page)
            LEFT JOIN members m USING (page) ORDER BY u.page LIMIT ?";
        let row = |r: &Row<'_>| Ok(Untold { row: r.get(0)?, id: r.get(1)?, version: r.get(2)?, story: r.get(3)? });
        self.rows(sql, [most as i64], row)
    }

    /// Puts lines into the outbox, each with its target, and marks `pages` as told of, in one transaction.
    ///
    /// # Errors
    /// Where the file cannot be written.
    pub fn tell(&mut self, pages: &[Untold], lines: &[(String, String)]) -> Result<(), Error> {
        self.change(|db| {
            let mut put = db.prepare_cached("INSERT INTO outbox (target, line) VALUES (?, ?)")?;
            lines.iter().try_for_each(|(target, line)| put.execute([target, line]).map(drop))?;
            let mut told = db.prepare_cached("DELETE FROM untold WHERE page = ?")?;
            pages.iter().try_for_each(|page| told.execute([page.row]).map(drop))
        })
    }

    /// The targets that lines wait for, and whose time it is.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn targets(&self, now: i64) -> Result<Vec<String>, Error> {
        let sql = "SELECT target FROM outbox GROUP BY target HAVING max(next) <= ? ORDER BY min(n)";
        self.rows(sql, [now], |r| r.get(0))
    }

    /// The lines that wait for a target, in order, at most so many.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn waiting(&self, target: &str, most: usize) -> Result<Vec<Waiting>, Error> {
        let sql = "SELECT n, line, tries FROM outbox WHERE target = ? ORDER BY n LIMIT ?";
        let row = |r: &Row<'_>| Ok(Waiting { n: r.get(0)?, line: r.get(1)?, tries: r.get(2)? });
        self.rows(sql, params![target, most as i64], row)
    }

    /// Takes lines out of the outbox that were handed on.
    ///
    /// # Errors
    /// Where the file cannot be written.
    pub fn handed_on(&mut self, lines: &[Waiting]) -> Result<(), Error> {
        self.change(|db| {
            let mut delete = db.prepare_cached("DELETE FROM outbox WHERE n = ?")?;
            lines.iter().try_for_each(|line| delete.execute([line.n]).map(drop))
        })
    }

    /// Leaves a target alone until then, because it did not take a line.
    ///
    /// # Errors
    /// Where the file cannot be written.
    pub fn not_handed_on(&mut self, target: &str, until: i64) -> Result<(), Error> {
        self.change(|db| {
            let sql = "UPDATE outbox SET tries = tries + 1, next = ?2 WHERE target = ?1";
            db.execute(sql, params![target, until]).map(drop)
        })
    }

    pub(crate) fn rows<T>(
        &self,
        sql: &str,
        values: impl Params,
        row: impl FnMut(&Row<'_>) -> rusqlite::Result<T>,
    ) -> Result<Vec<T>, Error> {
        let read = || self.db.prepare_cached(sql)?.query_map(values, row)?.collect::<Result<_, _>>();
        read().map_err(|e| self.fail(e))
    }
}

/// Items of a feed that is not looked at any more are left alone.
const ASKED_FOR: &str =
    "(role <> 'item' OR EXISTS (SELECT 1 FROM fetched g WHERE g.url = f.feed AND g.next IS NOT NULL))";

fn watched(row: &Row<'_>) -> rusqlite::Result<Watched> {
    Ok(Watched {
        url: row.get(0)?,
        host: row.get(1)?,
        role: Role::of(row.get_ref(2)?.as_str()?),
        feed: row.get(3)?,
        entry: row.get(4)?,
        etag: row.get(5)?,
        last_modified: row.get(6)?,
        sha256: row.get(7)?,
        failures: row.get(8)?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use riwaya::page::Source;

    fn record(name: &str) -> Record {
        let dir = std::env::temp_dir().join(format!("riwaya-watched-{}-{name}", std::process::id()));
        let _ = std::fs::remove_dir_all(&dir);
        std::fs::create_dir_all(&dir).expect("a folder for the test");
        Record::create(&dir.join("r.riwaya")).expect("a record")
    }

    fn feed(url: &str) -> (String, String, Role) {
        (url.to_owned(), "marfa.example".to_owned(), Role::Feed)
    }

    fn found(url: &str, updated: Option<&str>) -> Found {
        let host = "marfa.example".to_owned();
        Found { url: url.to_owned(), host, entry: "{}".to_owned(), updated: updated.map(str::to_owned) }
    }

    fn due(record: &Record, now: i64) -> Vec<String> {
        record.due("marfa.example", now, 10).expect("rows").into_iter().map(|w| w.url).collect()
    }

    #[test]
    fn an_address_is_done_when_its_page_is_stored() {
        let mut record = record("done");
        record.watch(&[feed("f")], 100).expect("written");
        assert_eq!(record.due_hosts(100).expect("rows"), ["marfa.example"]);
        let later = Look { next: Some(700), ..Look::default() };
        let two = [found("a", None), found("b", None)];
        record.looked("f", &later, [], &two, 100).expect("written");
        record.looked("f", &later, [], &two, 100).expect("written");
        assert_eq!(due(&record, 100), ["a", "b"]);
        let source = Source { id: "a".into(), sha256: "1".into(), ..Source::default() };
        let page = Received::from((&source, "نص"));
        let added = record.looked("a", &Look::default(), [page], &[], 101).expect("written");
        assert_eq!((added.new, due(&record, 101)), (1, vec!["b".to_owned()]));
        record.looked("f", &later, [], &two, 102).expect("written");
        assert_eq!(due(&record, 102), ["b"], "what was read is not due again");
        let untold = record.untold(9).expect("rows");
        assert_eq!((untold.len(), untold[0].id.as_str(), untold[0].version), (1, "a", 1));
        record.looked("f", &later, [], &[found("a", Some("2"))], 103).expect("written");
        assert_eq!(due(&record, 103), ["b"], "a feed that says it has changed is believed once an hour");
        assert_eq!(due(&record, 101 + AGAIN), ["f", "b", "a"]);
    }

    #[test]
    fn what_is_not_asked_for_any_more_rests_and_hosts_that_fail_too() {
        let mut record = record("rest");
        record.watch(&[feed("f"), feed("g")], 100).expect("written");
        record
            .looked("f", &Look { next: Some(700), ..Look::default() }, [], &[found("a", None)], 100)
            .expect("written");
        record.watch(&[feed("g")], 200).expect("written");
        assert_eq!(due(&record, 900), ["g"]);
        record.watch(&[feed("f"), feed("g")], 300).expect("written");
        assert_eq!(due(&record, 300), ["g", "f", "a"]);
        record.postpone("marfa.example", 400).expect("written");
        assert_eq!(due(&record, 399), [""; 0]);
        assert_eq!(record.next_due().expect("time"), Some(400));
    }

    #[test]
    fn lines_wait_until_they_are_handed_on() {
        let mut record = record("outbox");
        let line = |target: &str, line: &str| (target.to_owned(), line.to_owned());
        let lines = [line("stdout", "1"), line("webhook:x", "1"), line("webhook:x", "2")];
        record.tell(&[], &lines).expect("written");
        assert_eq!(record.targets(0).expect("rows"), ["stdout", "webhook:x"]);
        record.handed_on(&record.waiting("stdout", 9).expect("rows")).expect("written");
        record.not_handed_on("webhook:x", 60).expect("written");
        assert_eq!(record.targets(59).expect("rows"), [""; 0]);
        let waiting = record.waiting("webhook:x", 9).expect("rows");
        assert_eq!((record.targets(60).expect("rows").len(), waiting.len(), waiting[0].tries), (1, 2, 1));
    }

    #[test]
    fn robots_are_kept_for_their_time() {
        let mut record = record("robots");
        record.keep_robots("http://a", Some("User-agent: *"), 50).expect("written");
        record.keep_robots("http://b", None, 10).expect("written");
        assert_eq!(record.robots(20).expect("rows"), [("http://a".to_owned(), Some("User-agent: *".to_owned()), 50)]);
    }
}
