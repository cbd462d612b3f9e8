use super::*;
use crate::pages::{Added, Page};
use riwaya::page::Source;

fn folder(name: &str) -> PathBuf {
    let dir = std::env::temp_dir().join(format!("riwaya-store-{}-{name}", std::process::id()));
    let _ = std::fs::remove_dir_all(&dir);
    std::fs::create_dir_all(&dir).expect("a folder for the test");
    dir
}

fn source(id: &str, sha256: &str) -> Source {
    Source { id: id.into(), sha256: sha256.into(), outlet: Some("صحيفة المرفأ".into()), ..Source::default() }
}

#[test]
fn the_same_page_changes_nothing_and_a_changed_one_keeps_its_former_self() {
    let path = folder("again").join("r.riwaya");
    let mut record = Record::create(&path).expect("a record");
    let (first, changed) = (source("a", "1"), source("a", "2"));
    assert_eq!(record.add([(&first, "نص")]).expect("stored"), Added { new: 1, ..Added::default() });
    record
        .replace_findings(
            [r#"{"kind":"article","id":"a","text":"نص"}"#.to_owned()],
            &[],
            &mut crate::no_words,
            "x",
            &Default::default(),
        )
        .expect("findings");
    assert!(!record.is_stale("x").expect("state"));
    assert_eq!(record.add([(&first, "نص")]).expect("stored"), Added { same: 1, ..Added::default() });
    assert!(!record.is_stale("x").expect("state"));
    assert!(record.is_stale("y").expect("state"));
    assert_eq!(record.add([(&changed, "نص آخر")]).expect("stored"), Added { changed: 1, ..Added::default() });
    assert!(record.is_unread().expect("state"));
    let former: (i64, String) =
        record.db.query_row("SELECT version, text FROM versions", [], |r| Ok((r.get(0)?, r.get(1)?))).expect("version");
    assert_eq!(former, (1, "نص".to_owned()));
    assert_eq!(record.pages().expect("pages"), [Page { source: changed, text: "نص آخر".into() }]);
}

#[test]
fn lines_come_back_byte_for_byte_and_views_show_the_words() {
    let path = folder("lines").join("r.riwaya");
    let mut record = Record::create(&path).expect("a record");
    record.add([(&source("a", "1"), "قال الوزير: سنعود غداً")]).expect("stored");
    let lines = [
        r#"{"kind":"article","id":"a","lang":"ar","text":"قال الوزير: سنعود غداً"}"#,
        r#"{"kind":"time","article":"a","start":18,"end":22,"text":"غداً","type":"DATE","value":"2026-03-11"}"#,
        r#"{"kind":"statement","id":"a#s1","article":"a","source":{"start":4,"end":10,"text":"الوزير"},"cue":{"start":0,"end":3,"text":"قال"},"content":[{"start":12,"end":17,"text":"سنعود"},{"start":18,"end":22,"text":"غداً"}],"share":0.85}"#,
    ];
    record
        .replace_findings(lines.map(str::to_owned), &[], &mut crate::no_words, "x", &Default::default())
        .expect("findings");
    drop(record);
    let record = Record::open(&path).expect("opens");
    let mut back = Vec::new();
    record.lines(&[], &mut |line| back.push(line.to_string())).expect("lines");
    assert_eq!(back, lines);
    let seen: (String, String) =
        record.db.query_row("SELECT cue, words FROM statements", [], |r| Ok((r.get(0)?, r.get(1)?))).expect("view");
    assert_eq!(seen, ("قال".to_owned(), "سنعود … غداً".to_owned()));
    let kept: i64 = record
        .db
        .query_row("SELECT count(*) FROM findings WHERE line LIKE '%الوزير%'", [], |r| r.get(0))
        .expect("count");
    assert_eq!(kept, 0, "words are kept once, in the text");
}

#[test]
fn every_view_can_be_read() {
    let record = Record::create(&folder("views").join("r.riwaya")).expect("a record");
    let names: Vec<String> = record
        .db
        .prepare("SELECT name FROM sqlite_schema WHERE type = 'view'")
        .and_then(|mut s| s.query_map([], |r| r.get(0))?.collect())
        .expect("views");
    assert_eq!(names.len(), 11);
    for name in names {
        let count = record.db.query_row(&format!("SELECT count(*) FROM {name}"), [], |r| r.get::<_, i64>(0));
        assert_eq!(count, Ok(0), "{name}");
    }
}

#[test]
fn a_full_disk_loses_nothing() {
    let path = folder("full").join("r.riwaya");
    let mut record = Record::create(&path).expect("a record");
    record.add([(&source("a", "1"), "نص")]).expect("stored");
    record.db.query_row("PRAGMA max_page_count = 1", [], |_| Ok(())).expect("a limit");
    let long = "خبر ".repeat(100_000);
    let error = record.add([(&source("b", "1"), "نص"), (&source("c", "1"), &long)]).expect_err("no room");
    assert!(error.is_full(), "{error}");
    assert!(error.to_string().contains("free some space"), "{error}");
    drop(record);
    let record = Record::open(&path).expect("opens");
    assert_eq!(record.pages().expect("pages").len(), 1, "the batch that did not fit left nothing behind");
    assert!(record.is_unread().expect("state"));
}

#[test]
fn what_is_no_record_is_refused_and_left_alone() {
    let dir = folder("other");
    let text = dir.join("page.txt");
    std::fs::write(&text, "ليس سجلاً، بل صفحة نص عادية تكفي لتملأ أول ما يقرأ من الملف وزيادة على ذلك بقليل")
        .expect("written");
    for error in [Record::open(&text).expect_err("text"), Record::create(&text).expect_err("text")] {
        assert!(error.to_string().contains("not a record"), "{error}");
    }
    let other = dir.join("other.sqlite");
    Connection::open(&other).and_then(|db| db.execute_batch("CREATE TABLE t (x)")).expect("a database");
    for error in [Record::open(&other).expect_err("other"), Record::create(&other).expect_err("other")] {
        assert!(error.to_string().contains("not a record"), "{error}");
    }
    let newer = dir.join("newer.riwaya");
    drop(Record::create(&newer).expect("a record"));
    Connection::open(&newer).and_then(|db| db.pragma_update(None, "user_version", 99)).expect("a version");
    for error in [Record::open(&newer).expect_err("newer"), Record::create(&newer).expect_err("newer")] {
        assert!(error.to_string().contains("newer"), "{error}");
    }
    assert!(Record::open(&dir.join("none.riwaya")).expect_err("missing").to_string().contains("no such record"));
    assert!(Record::create(&dir).expect_err("folder").to_string().contains("folder"));
}
