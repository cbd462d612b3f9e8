use super::*;
use serde_json::json;
use std::path::PathBuf;

fn record(name: &str) -> (PathBuf, Record) {
    let dir = std::env::temp_dir().join(format!("riwaya-store-{}-corrections-{name}", std::process::id()));
    let _ = std::fs::remove_dir_all(&dir);
    std::fs::create_dir_all(&dir).expect("a folder for the test");
    let path = dir.join("r.riwaya");
    (path.clone(), Record::create(&path).expect("a record"))
}

fn entry(n: u32, undoes: Option<u32>) -> Entry {
    let what = if undoes.is_some() { UNDO } else { "split_story" };
    let target = json!({"articles": ["a"]});
    let (at, author, reason) = ("2026-03-10T08:00:00Z", "Mina", "another flood");
    Entry { n, at: at.into(), author: author.into(), reason: reason.into(), what: what.into(), target, undoes }
}

#[test]
fn an_undo_can_be_undone() {
    let log = [entry(1, None), entry(2, Some(1)), entry(3, Some(2)), entry(4, Some(1)), entry(5, None)];
    assert_eq!(undone(&log[..2]), [Some(2), None]);
    assert_eq!(undone(&log[..3]), [None, Some(3), None]);
    assert_eq!(undone(&log), [Some(4), Some(3), None, None, None]);
}

#[test]
fn the_log_only_grows() {
    let (path, mut record) = record("grows");
    assert!(record.correct(&[entry(1, None), entry(2, Some(1))]).expect("written"));
    assert!(!record.correct(&[entry(2, None)]).expect("written"), "somebody else was faster");
    assert!(record.is_unread().expect("state") && record.is_uncorrected().expect("state"));
    let db = Connection::open(&path).expect("opens");
    for sql in [
        "UPDATE corrections SET reason = 'no' WHERE n = 1",
        "DELETE FROM corrections",
        "INSERT OR REPLACE INTO corrections VALUES (1, 'x', 'x', 'x', 'x', '{}', NULL)",
        "INSERT INTO corrections VALUES (3, 'x', ' ', 'x', 'x', '{}', NULL)",
        "INSERT INTO corrections VALUES (3, 'x', 'x', '', 'x', '{}', NULL)",
        "INSERT INTO corrections VALUES (3, 'x', 'x', 'x', 'undo', '{}', NULL)",
    ] {
        assert!(db.execute(sql, []).is_err(), "{sql}");
    }
    assert_eq!(record.corrections().expect("log"), [entry(1, None), entry(2, Some(1))]);
}

#[test]
fn a_view_shows_what_is_in_force() {
    let (_, mut record) = record("view");
    let page = riwaya::page::Source { id: "a".into(), sha256: "1".into(), ..Default::default() };
    record.add([(&page, "text")]).expect("stored");
    record.correct(&[entry(1, None), entry(2, None), entry(3, None), entry(4, Some(3))]).expect("written");
    let applied = vec![(1, vec!["a".to_owned()], None), (2, Vec::new(), Some("gone".to_owned()))];
    let lines: [String; 0] = [];
    record
        .replace_findings(lines.clone(), &[], &mut crate::no_words, "x", &Corrected { last: 4, applied })
        .expect("findings");
    let shown = |sql: &str| -> Vec<String> {
        let mut rows = record.db.prepare(sql).expect("sql");
        rows.query_map([], |r| r.get(0)).expect("rows").collect::<Result<_, _>>().expect("values")
    };
    assert_eq!(shown("SELECT n || articles FROM corrections_in_force"), [r#"1["a"]"#]);
    assert_eq!(record.orphaned().expect("states").get(&2).map(String::as_str), Some("gone"));
    assert!(record.is_corrected(&["b", "a"]).expect("pages") && !record.is_corrected(&["b"]).expect("pages"));
    assert!(!record.is_unread().expect("state"));
    // An entry that came while the findings were made keeps them old.
    record
        .replace_findings(lines, &[], &mut crate::no_words, "x", &Corrected { last: 3, ..Corrected::default() })
        .expect("findings");
    assert!(record.is_unread().expect("state"));
}

#[test]
fn a_record_of_an_earlier_version_has_an_empty_log() {
    let (path, record) = record("earlier");
    drop(record);
    let db = Connection::open(&path).expect("opens");
    db.execute_batch(
        "DROP VIEW corrections_in_force; DROP TABLE corrected; DROP TABLE correction_states;
         DROP TABLE corrections; DELETE FROM state WHERE key = 'corrections'; PRAGMA user_version = 4",
    )
    .expect("an earlier record");
    drop(db);
    let record = Record::open(&path).expect("opens");
    assert_eq!(record.corrections().expect("log"), []);
    assert!(!record.is_uncorrected().expect("state") && !record.is_corrected(&["a"]).expect("pages"));
}
