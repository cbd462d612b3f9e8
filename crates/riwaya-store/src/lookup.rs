//! Which lines are of this speaker, entity, story or day?
//!
//! Every question here is answered by an index, so it takes as long as its answer is, however large the record.

use crate::error::Error;
use crate::record::Record;
use crate::words;
use rusqlite::params;
use rustc_hash::FxHashSet;
use serde_json::Value;

/// Lines in an order, and behind which place the next ones stand; none behind the last.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Slice<P> {
    /// Lines of the contract, words filled in.
    pub lines: Vec<Value>,
    /// The place of the last of them, where there are more.
    pub next: Option<P>,
}

/// Where a line of a page stands: the page's number, and the line's.
pub type PagePlace = (i64, i64);
/// Where a line of a day stands: the day, and the line's number.
pub type DayPlace = (String, i64);

impl Record {
    /// What `speaker` says, `limit` statements from `after` on, in the order in which the pages came.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn statements_by(
        &self,
        speaker: &str,
        after: Option<PagePlace>,
        limit: usize,
    ) -> Result<Slice<PagePlace>, Error> {
        let (page, n) = after.unwrap_or((i64::MIN, i64::MIN));
        let sql = "SELECT page, n FROM findings INDEXED BY statements_by_speaker
            WHERE act IS NOT NULL AND speaker = ?1 AND (page, n) > (?2, ?3) ORDER BY page, n LIMIT ?4";
        let rows = self.rows(sql, params![speaker, page, n, limit as i64 + 1], |r| Ok((r.get(0)?, r.get(1)?)))?;
        self.slice(rows, limit, |place| place.1)
    }

    /// The pages that name `entity` with how often they do, `limit` of them behind the page with number `after`, in the
    /// order in which they came: number, id, mentions.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn pages_naming(
        &self,
        entity: &str,
        after: Option<i64>,
        limit: usize,
    ) -> Result<Vec<(i64, String, usize)>, Error> {
        let sql = "SELECT page, (SELECT id FROM pages WHERE pages.page = findings.page), count(*)
            FROM findings INDEXED BY mentions_by_entity
            WHERE entity IS NOT NULL AND entity = ?1 AND page > ?2 GROUP BY page ORDER BY page LIMIT ?3";
        self.rows(sql, params![entity, after.unwrap_or(i64::MIN), limit as i64], |r| {
            Ok((r.get(0)?, r.get(1)?, r.get::<_, i64>(2)? as usize))
        })
    }

    /// The stories whose last page is of a day from `since` up to and with `until`, the newest first, `limit` of them
    /// from `after` on. A month or a year is as good as a day: 2021-12-30 lies in 2021-12.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn stories_between(
        &self,
        since: Option<&str>,
        until: Option<&str>,
        after: Option<&DayPlace>,
        limit: usize,
    ) -> Result<Slice<DayPlace>, Error> {
        // «~» stands behind every digit: 2021-12~ is behind all days of that month.
        let until = until.map_or("~".to_owned(), |day| format!("{day}~"));
        let (day, n) = after.map_or((until.as_str(), i64::MIN), |(day, n)| (day.as_str(), *n));
        let sql = "SELECT last_day, n FROM findings INDEXED BY stories_by_day
            WHERE last_day IS NOT NULL AND last_day >= ?1 AND last_day <= ?2
              AND (last_day < ?3 OR last_day = ?3 AND n > ?4)
            ORDER BY last_day DESC, n LIMIT ?5";
        let values = params![since.unwrap_or_default(), until, day, n, limit as i64 + 1];
        let rows = self.rows(sql, values, |r| Ok((r.get(0)?, r.get(1)?)))?;
        self.slice(rows, limit, |place| place.1)
    }

    /// The lines of a story: itself, its contacts and points, its pages' copies of one another and the flags on them.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn story(&self, id: &str) -> Result<Vec<Value>, Error> {
        let of_story = "SELECT n FROM findings WHERE story = ?1 ORDER BY n";
        let mut rows: Vec<i64> = self.rows(of_story, [id], |r| r.get(0))?;
        let copies = "SELECT f.n FROM members m CROSS JOIN findings f INDEXED BY findings_by_page ON f.page = m.page
            WHERE m.story = ?1 AND f.kind = 'copy' AND f.line ->> 'of' IN
              (SELECT id FROM members JOIN pages USING (page) WHERE story = ?1)
            ORDER BY f.n";
        rows.extend(self.rows(copies, [id], |r| r.get::<_, i64>(0))?);
        let pages = "SELECT id FROM members JOIN pages USING (page) WHERE story = ?";
        let pages: FxHashSet<String> = self.rows(pages, [id], |r| r.get(0))?.into_iter().collect();
        let flags = "SELECT n, line -> 'articles' FROM findings WHERE kind = 'flag' ORDER BY n";
        for (n, articles) in self.rows(flags, [], |r| Ok((r.get(0)?, r.get::<_, Option<String>>(1)?)))? {
            let articles: Vec<String> = serde_json::from_str(articles.as_deref().unwrap_or("[]")).unwrap_or_default();
            if articles.iter().any(|a| pages.contains(a)) {
                rows.push(n);
            }
        }
        self.numbered(&rows)
    }

    /// The lines with these ids, in their order; an id that no line has is passed over.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn lines_of(&self, ids: &[&str]) -> Result<Vec<Value>, Error> {
        let mut rows: Vec<i64> = Vec::new();
        for id in ids {
            rows.extend(self.rows("SELECT n FROM findings WHERE id = ?", [id], |r| r.get::<_, i64>(0))?);
        }
        self.numbered(&rows)
    }

    /// The articles and entities with these ids, without the words of pages: of an entity its names and first form, for
    /// who is named on hundreds of pages has a line of hundreds of places.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn in_short(&self, ids: &[&str]) -> Result<Vec<Value>, Error> {
        let sql = "SELECT CASE kind WHEN 'article' THEN line ELSE json_object('kind', 'entity', 'id', id,
              'type', line ->> 'type', 'named', line -> 'named', 'name', line -> 'name',
              'forms', json_array(line ->> '$.forms[0]')) END
            FROM findings WHERE id = ? AND kind IN ('article', 'entity')";
        let mut lines = Vec::with_capacity(ids.len());
        for id in ids {
            let found = self.rows(sql, [id], |r| r.get::<_, String>(0))?;
            lines.extend(found.iter().map(|line| serde_json::from_str(line).unwrap_or_default()));
        }
        Ok(lines)
    }

    /// The line of an entity.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn entity(&self, id: &str) -> Result<Option<Value>, Error> {
        let rows = self.rows("SELECT n FROM findings WHERE id = ? AND kind = 'entity'", [id], |r| r.get(0))?;
        Ok(self.numbered(&rows)?.pop())
    }

    /// The outlets, each with its pages; null for pages that name none.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn outlets(&self) -> Result<Vec<(Option<String>, usize)>, Error> {
        self.counted("outlet")
    }

    /// The languages, each with its pages; null for pages that no pack reads.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn languages(&self) -> Result<Vec<(Option<String>, usize)>, Error> {
        self.counted("lang")
    }

    /// The days of publication in order, each with its pages; null for pages without one.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn days(&self) -> Result<Vec<(Option<String>, usize)>, Error> {
        self.counted("substr(day, 1, 10)")
    }

    /// The last day of which a page is.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn latest_day(&self) -> Result<Option<String>, Error> {
        let sql = "SELECT substr(max(day), 1, 10) FROM findings INDEXED BY articles_by_day
            WHERE credits IS NOT NULL AND day < 'A'";
        Ok(self.rows(sql, [], |r| r.get(0))?.pop().flatten())
    }

    fn counted(&self, column: &str) -> Result<Vec<(Option<String>, usize)>, Error> {
        let sql = format!(
            "SELECT {column}, count(*) FROM findings INDEXED BY articles_by_day
             WHERE credits IS NOT NULL GROUP BY 1 ORDER BY 1"
        );
        self.rows(&sql, [], |r| Ok((r.get(0)?, r.get::<_, i64>(1)? as usize)))
    }

    /// The lines with these numbers, words filled in.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn numbered(&self, rows: &[i64]) -> Result<Vec<Value>, Error> {
        let texts = self.texts();
        let mut lines = Vec::with_capacity(rows.len());
        for n in rows {
            for line in self.rows("SELECT line FROM findings WHERE n = ?", [n], |r| r.get::<_, String>(0))? {
                let mut line: Value = serde_json::from_str(&line).unwrap_or_default();
                words::put(&mut line, &|id| texts.get(id));
                lines.push(line);
            }
        }
        Ok(lines)
    }

    fn slice<P>(&self, mut places: Vec<P>, limit: usize, number: impl Fn(&P) -> i64) -> Result<Slice<P>, Error> {
        let more = places.len() > limit;
        places.truncate(limit);
        let rows: Vec<i64> = places.iter().map(&number).collect();
        Ok(Slice { lines: self.numbered(&rows)?, next: places.pop().filter(|_| more) })
    }
}

#[cfg(test)]
mod tests {
    use crate::Record;
    use crate::search::{Indexing, Words};
    use riwaya::page::Source;
    use serde_json::json;

    /// Three pages on two days, in two stories.
    fn record(name: &str) -> Record {
        let path = std::env::temp_dir().join(format!("riwaya-lookup-{}-{name}.riwaya", std::process::id()));
        let _ = std::fs::remove_file(&path);
        let mut record = Record::create(&path).expect("a record");
        let source = |id: &str| Source { id: id.into(), sha256: id.into(), ..Source::default() };
        let (a, b, c) = (source("a"), source("b"), source("c"));
        record.add([(&a, "قال نعم"), (&b, "قال لا"), (&c, "She said so")]).expect("stored");
        let article = |id: &str, lang: &str, day: &str, outlet: Option<&str>| {
            json!({"kind": "article", "id": id, "lang": lang, "outlet": outlet, "credits": [],
                "published": {"value": day}})
        };
        let said = |id: &str, article: &str, speaker: Option<&str>, end: usize| {
            json!({"kind": "statement", "id": id, "article": article, "speaker": speaker, "addressee": null,
                "act": "say", "content": [{"start": 4, "end": end}]})
        };
        let mention = |article: &str| json!({"kind": "mention", "article": article, "entity": "minister"});
        let story =
            |id: &str, articles: &[&str], to: &str| json!({"kind": "story", "id": id, "articles": articles, "to": to});
        let lines = [
            article("a", "ar", "2026-03-10", Some("النبأ")),
            mention("a"),
            mention("a"),
            said("a#s1", "a", Some("minister"), 7),
            article("b", "ar", "2026-03-10", None),
            said("b#s1", "b", None, 6),
            article("c", "en", "2026-03-11T08:00Z", Some("Herald")),
            mention("c"),
            said("c#s1", "c", Some("minister"), 11),
            json!({"kind": "entity", "id": "minister", "name": {"en": "Minister"}}),
            story("one", &["a", "b"], "2026-03-10"),
            story("two", &["c"], "2026-03-11"),
            json!({"kind": "copy", "of": "a", "article": "b"}),
            json!({"kind": "copy", "of": "a", "article": "c"}),
            json!({"kind": "point", "story": "one"}),
            json!({"kind": "flag", "articles": ["b"]}),
            json!({"kind": "flag", "articles": ["c"]}),
        ];
        record
            .replace_findings(lines.map(|l| l.to_string()), &[], &mut crate::no_words, "x", &Default::default())
            .expect("findings");
        record
    }

    #[test]
    fn statements_of_a_speaker_come_in_slices() {
        let record = record("speaker");
        let first = record.statements_by("minister", None, 1).expect("read");
        assert_eq!(first.lines.len(), 1);
        assert_eq!(first.lines[0]["id"], "a#s1");
        let second = record.statements_by("minister", first.next, 1).expect("read");
        assert_eq!(second.lines[0]["id"], "c#s1");
        assert_eq!(second.next, None, "no empty slice follows the last");
        assert_eq!(record.statements_by("nobody", None, 9).expect("read").lines.len(), 0);
    }

    #[test]
    fn pages_that_name_an_entity_with_how_often() {
        let record = record("names");
        let all = record.pages_naming("minister", None, 9).expect("read");
        assert_eq!(all, [(1, "a".to_owned(), 2), (3, "c".to_owned(), 1)]);
        assert_eq!(record.pages_naming("minister", Some(1), 9).expect("read"), all[1..]);
    }

    #[test]
    fn stories_by_day_and_all_of_one() {
        let record = record("stories");
        let ids = |slice: &crate::lookup::Slice<(String, i64)>| -> Vec<String> {
            slice.lines.iter().filter_map(|l| l["id"].as_str().map(str::to_owned)).collect()
        };
        let newest = record.stories_between(None, None, None, 1).expect("read");
        assert_eq!(ids(&newest), ["two"]);
        let next = record.stories_between(None, None, newest.next.as_ref(), 1).expect("read");
        assert_eq!((ids(&next), next.next), (vec!["one".to_owned()], None));
        let of = |since, until| ids(&record.stories_between(since, until, None, 9).expect("read"));
        assert_eq!(of(Some("2026-03-11"), None), ["two"]);
        assert_eq!(of(None, Some("2026-03-10")), ["one"]);
        assert_eq!(of(Some("2026-03"), Some("2026-03")), ["two", "one"]);
        assert_eq!(of(Some("2026-04"), None), Vec::<String>::new());
        let story = record.story("one").expect("read");
        let kinds: Vec<&str> = story.iter().filter_map(|l| l["kind"].as_str()).collect();
        assert_eq!(kinds, ["story", "point", "copy", "flag"]);
        assert_eq!(story[2]["article"], "b", "a copy of another story's page is not of this story");
    }

    #[test]
    fn counts_and_lines_of_ids() {
        let record = record("counts");
        let pair = |value: &str, pages| (Some(value.to_owned()), pages);
        assert_eq!(record.languages().expect("read"), [pair("ar", 2), pair("en", 1)]);
        assert_eq!(record.outlets().expect("read"), [(None, 1), pair("Herald", 1), pair("النبأ", 1)]);
        assert_eq!(record.days().expect("read"), [pair("2026-03-10", 2), pair("2026-03-11", 1)]);
        assert_eq!(record.latest_day().expect("read").as_deref(), Some("2026-03-11"));
        let lines = record.lines_of(&["c#s1", "none", "minister"]).expect("read");
        assert_eq!(lines[0]["id"], "c#s1");
        assert_eq!(lines[1]["kind"], "entity");
        assert_eq!(lines.len(), 2);
        assert_eq!(record.entity("minister").expect("read").map(|l| l["name"]["en"].clone()), Some("Minister".into()));
        assert_eq!(record.entity("a").expect("read"), None, "an article is no entity");
        let short = record.in_short(&["minister", "c#s1", "c"]).expect("read");
        assert_eq!(short[0]["name"]["en"], "Minister");
        assert_eq!((short[1]["id"].as_str(), short.len()), (Some("c"), 2));
    }

    #[test]
    fn a_nul_is_no_letter_and_ends_no_question() {
        let record = record("nul");
        let mut words = Indexing::of(&record.db);
        words
            .put("entity", None, 10, "minister")
            .and_then(|()| words.put("article", Some(1), 1, "minister"))
            .expect("put");
        words.finish().expect("put");
        let named = |expression: &str| record.holding(Words::OfEntities, expression).expect("read");
        assert_eq!(named("\"minis\" *").len(), 1);
        assert_eq!(named("\"\0minis\" *"), named("\"minis\" *"));
        assert!(named("\"minis\0ter\"").is_empty());
        let around = |letters: &str| record.words_around(letters, false, 5).expect("read");
        assert_eq!(around("inis"), ["minister"]);
        assert!(around("mi\0nis").is_empty());
    }
}
