//! `riwaya grep` over the index of a record, and over records that have none yet.

use crate::{Folder, record_of, riwaya, sample};
use serde_json::Value;

const PAGES: &str = r#"{"id":"a","outlet":"النهار","published":"2026-02-01","text":"الكرمي: لن نغلق الميناء\n\nقال وزير النقل سالم الكرمي للوزير الأول: «لن نُغلق الميناء قبل الصيف»."}
{"id":"b","outlet":"Herald","published":"2026-03-02","text":"Harbour stays open\n\nLars Holm, the mayor, denied that the harbour would close. Holm told Peter Northcote that the harbour stays open."}
"#;

fn grep(record: &str, arguments: &[&str]) -> Vec<Value> {
    let run = riwaya(&[&["grep", "-r", record, "--format", "jsonl"][..], arguments].concat());
    assert_eq!(run.code, Some(if run.out.is_empty() { 1 } else { 0 }), "{}", run.err);
    run.out.lines().map(|l| serde_json::from_str(l).unwrap()).collect()
}

#[test]
fn patterns_and_who_says_it() {
    let (_folder, record) = record_of("search", PAGES);
    let texts = |arguments: &[&str]| -> Vec<String> {
        grep(&record, arguments).iter().map(|l| l["text"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(texts(&["وزير"]), ["وزير", "للوزير"]);
    assert_eq!(texts(&["\"وزير\""]), ["وزير"]);
    assert_eq!(texts(&["*ينا*"]), ["الميناء", "الميناء"]);
    assert_eq!(texts(&["harbour ~3 mayor"]), ["mayor, denied that the harbour"]);
    assert_eq!(texts(&["harbour", "--act", "deny"]), ["harbour"]);
    assert_eq!(texts(&["open", "--addressee", "Northcote"]), ["open"]);
    let none = riwaya(&["grep", "harbour wizard", "-r", &record]);
    assert_eq!(none.code, Some(1));
    assert!(none.err.contains("not in the record: «wizard»"), "{}", none.err);
    let broken = riwaya(&["grep", "harbour \" OR *", "-r", &record]);
    assert_eq!(broken.code, Some(2));
    assert!(broken.err.contains("character 9") && broken.err.contains("close it"), "{}", broken.err);
}

/// The record as version 4 wrote it: its tables made by the scripts of that version, its rows copied.
fn made_older(record: &str, older: &str) {
    let db = rusqlite::Connection::open(older).unwrap();
    for script in [
        include_str!("../../../riwaya-store/src/schema/1.sql"),
        include_str!("../../../riwaya-store/src/schema/2.sql"),
        include_str!("../../../riwaya-store/src/schema/3.sql"),
        include_str!("../../../riwaya-store/src/schema/4.sql"),
    ] {
        db.execute_batch(script).unwrap();
    }
    db.execute("ATTACH ? AS newer", [record]).unwrap();
    db.execute_batch(
        "PRAGMA application_id = 0x52697761; PRAGMA user_version = 4;
         INSERT INTO pages SELECT * FROM newer.pages;
         INSERT INTO marks SELECT * FROM newer.marks;
         INSERT INTO members SELECT * FROM newer.members;
         INSERT INTO findings (n, kind, id, article, line, story)
           SELECT n, kind, id, article, line, story FROM newer.findings;
         DELETE FROM state;
         INSERT INTO state SELECT * FROM newer.state WHERE key IN ('reader', 'stale');",
    )
    .unwrap();
}

#[test]
fn a_record_of_an_earlier_version_is_searched_and_brought_up_to_date() {
    let folder = Folder::new("older");
    let (record, older) = (folder.path("r.riwaya"), folder.path("older.riwaya"));
    riwaya(&["read", &sample(), "-o", &record]);
    made_older(&record, &older);
    let patterns = [&["بيسكوف"][..], &["*ري*"], &["بوتين ~5 ترامب"], &["المكالمة", "--speaker", "بيسكوف"]];
    let hits = |record: &str| patterns.map(|pattern| grep(record, pattern));
    let want = hits(&record);
    assert!(want.iter().all(|lines| !lines.is_empty()));
    assert!(hits(&older) == want);
    let told = riwaya(&["grep", "بيسكوف", "-r", &older]);
    assert!(told.err.contains("no words to be searched yet"), "{}", told.err);
    let exported = riwaya(&["export", "-r", &older, "--to", "jsonl"]).out;
    let run = riwaya(&["read", &sample(), "-o", &older]);
    assert!(run.err.contains("0 new, 0 changed"), "{}", run.err);
    assert!(hits(&older) == want);
    let told = riwaya(&["grep", "بيسكوف", "-r", &older]);
    assert!(!told.err.contains("no words"), "{}", told.err);
    assert!(riwaya(&["export", "-r", &older, "--to", "jsonl"]).out == exported);
}

/// Every statement and page has its words in the index once, whatever came and went.
#[test]
fn the_index_is_in_step_with_the_lines() {
    let (folder, record) = record_of("step", PAGES);
    let late = PAGES.replace("\"b\"", "\"c\"").replace("Harbour stays", "Harbour remains");
    riwaya(&["read", &folder.file("late.jsonl", late), "-o", &record]);
    let changed = PAGES.replace("would close", "might shut");
    riwaya(&["read", &folder.file("changed.jsonl", changed), "-o", &record]);
    let db = rusqlite::Connection::open(&record).unwrap();
    let rows = |sql: &str| -> Vec<i64> {
        db.prepare(sql).unwrap().query_map([], |r| r.get(0)).unwrap().collect::<Result<_, _>>().unwrap()
    };
    assert_eq!(rows("SELECT rowid FROM page_words ORDER BY 1"), rows("SELECT page FROM pages ORDER BY 1"));
    assert_eq!(
        rows("SELECT rowid FROM said_words ORDER BY 1"),
        rows("SELECT n FROM findings WHERE kind = 'statement' ORDER BY 1")
    );
    assert_eq!(
        rows("SELECT rowid FROM entity_words ORDER BY 1"),
        rows("SELECT n FROM findings WHERE kind = 'entity' ORDER BY 1")
    );
    assert_eq!(grep(&record, &["close"]).len(), 1, "on the later page, no more on the changed one");
    assert_eq!(grep(&record, &["might shut"]).len(), 1);
}
