//! Records: nothing changes for nothing, nothing is lost, and what comes out is what `read` prints.

use crate::{CALL, Folder, VISIT, riwaya, sample};
use riwaya::page::Source;
use riwaya_store::Record;
use std::fs;
use std::path::Path;

#[test]
fn what_a_record_exports_is_what_read_prints() {
    let folder = Folder::new("export");
    let record = folder.path("r.riwaya");
    assert_eq!(riwaya(&["read", &sample(), "-o", &record]).code, Some(0));
    let printed = riwaya(&["read", &sample(), "--format", "jsonl"]).out;
    assert!(riwaya(&["export", "-r", &record, "--to", "jsonl"]).out == printed);
    let file = folder.path("out.jsonl");
    assert_eq!(riwaya(&["export", "-r", &record, "--to", "jsonl", "-o", &file]).code, Some(0));
    assert!(fs::read_to_string(&file).unwrap() == printed);
    let tables = folder.path("tables");
    assert_eq!(riwaya(&["export", "-r", &record, "--to", "csv", "-o", &tables]).code, Some(0));
    for name in ["articles", "statements", "events", "stories", "entities", "times", "flags"] {
        assert!(Path::new(&tables).join(format!("{name}.csv")).is_file(), "{name}");
    }
}

#[test]
fn in_parts_or_at_once() {
    let folder = Folder::new("parts");
    let (a, b) = (folder.file("a.jsonl", CALL), folder.file("b.jsonl", VISIT));
    let record = folder.path("r.riwaya");
    assert!(riwaya(&["read", &a, "-o", &record]).err.contains("1 new, 0 changed, 0 held already; 1 pages"));
    assert!(riwaya(&["read", &a, &b, "-o", &record]).err.contains("1 new, 0 changed, 1 held already; 2 pages"));
    let printed = riwaya(&["read", &a, &b, "--format", "jsonl"]).out;
    assert!(riwaya(&["export", "-r", &record, "--to", "jsonl"]).out == printed);
}

#[test]
fn the_same_pages_again_change_nothing() {
    let folder = Folder::new("again");
    let record = folder.path("r.riwaya");
    riwaya(&["read", &sample(), "-o", &record]);
    let before = fs::read(&record).unwrap();
    let run = riwaya(&["read", &sample(), "-o", &record]);
    assert_eq!(run.code, Some(0));
    assert!(run.err.contains("0 new, 0 changed"), "{}", run.err);
    assert!(fs::read(&record).unwrap() == before);
}

#[test]
fn a_changed_page_keeps_its_former_self() {
    let folder = Folder::new("versions");
    let record = folder.path("r.riwaya");
    riwaya(&["read", &folder.file("a.jsonl", CALL), "-o", &record]);
    let changed = CALL.replace("النرويجي", "السويدي");
    let run = riwaya(&["read", &folder.file("b.jsonl", changed), "-o", &record]);
    assert!(run.err.contains("0 new, 1 changed"), "{}", run.err);
    let db = rusqlite::Connection::open(&record).unwrap();
    let text = |sql: &str| db.query_row(sql, [], |r| r.get::<_, String>(0)).unwrap();
    assert!(text("SELECT text FROM versions WHERE version = 1").contains("النرويجي"));
    assert!(text("SELECT text FROM articles WHERE version = 2").contains("السويدي"));
}

#[test]
fn a_run_that_was_interrupted_is_finished_by_the_next() {
    let folder = Folder::new("interrupted");
    let (pages, path) = (folder.file("ab.jsonl", format!("{CALL}\n{VISIT}\n")), folder.path("r.riwaya"));
    let whole = riwaya(&["read", &pages, "--format", "jsonl"]).out;
    let sha256 = serde_json::from_str::<serde_json::Value>(whole.lines().next().unwrap()).unwrap()["sha256"].clone();
    let source = Source {
        id: "a".into(),
        sha256: sha256.as_str().unwrap().into(),
        outlet: Some("النبأ".into()),
        published: Some("2026-03-10".into()),
        ..Source::default()
    };
    let text = serde_json::from_str::<serde_json::Value>(CALL).unwrap()["text"].as_str().unwrap().to_owned();
    // The first page was stored, then the machine went down.
    Record::create(Path::new(&path)).unwrap().add([(&source, text.as_str())]).unwrap();
    let run = riwaya(&["stories", "-r", &path, "--format", "jsonl"]);
    assert_eq!(run.code, Some(0), "{}", run.err);
    assert!(run.err.contains("an interrupted run left pages unread"), "{}", run.err);
    let run = riwaya(&["read", &pages, "-o", &path]);
    assert!(run.err.contains("1 new, 0 changed, 1 held already"), "{}", run.err);
    assert!(riwaya(&["export", "-r", &path, "--to", "jsonl"]).out == whole);
}

#[test]
fn other_tools_read_it() {
    let folder = Folder::new("tools");
    let record = folder.path("r.riwaya");
    riwaya(&["read", &sample(), "-o", &record]);
    let flags = rusqlite::OpenFlags::SQLITE_OPEN_READ_ONLY;
    let db = rusqlite::Connection::open_with_flags(&record, flags).unwrap();
    let one = |sql: &str| db.query_row(sql, [], |r| r.get::<_, String>(0)).unwrap();
    assert_eq!(one("PRAGMA journal_mode"), "wal");
    assert_eq!(one("PRAGMA integrity_check"), "ok");
    assert_eq!(one("SELECT count(*) || '' FROM articles WHERE lang = 'ar' AND text <> ''"), "10");
    for view in ["entities", "mentions", "times", "statements", "events", "stories", "copies", "points", "flags"] {
        one(&format!("SELECT count(*) || '' FROM {view}"));
    }
}

/// A page a day about the harvest of one village, in words that no other page has.
pub(crate) fn harvest(n: usize) -> String {
    let crop = format!("crop{}{}", char::from(b'a' + (n % 26) as u8), char::from(b'a' + (n / 26 % 26) as u8));
    format!(
        r#"{{"id":"h{n}","outlet":"Herald","published":"2026-0{}-{:02}","text":"The {crop} harvest of village {n}\n\nFarmer number {n} sold {crop} at the {crop} market and bought a {crop} barn."}}"#,
        1 + n / 25 % 9,
        1 + n % 25
    )
}

const BEFORE: &str = r#"{"id":"call","outlet":"Herald","published":"2026-03-10","text":"Presidents to talk about grain\n\nThe Kremlin said that Vladimir Putin would call Recep Tayyip Erdogan on Wednesday to discuss the export of grain."}"#;
const AFTER: &str = r#"{"id":"held","outlet":"Courier","published":"2026-03-11","text":"Presidents talked about grain\n\nVladimir Putin called Recep Tayyip Erdogan on Wednesday to discuss the export of grain, the Kremlin said."}"#;

#[test]
fn a_page_that_joins_a_large_record_touches_its_own_story_only() {
    let folder = Folder::new("large");
    let record = folder.path("r.riwaya");
    let pages: Vec<String> = (0..410).map(harvest).chain([BEFORE.to_owned()]).collect();
    riwaya(&["read", &folder.file("many.jsonl", pages.join("\n")), "-o", &record]);
    let lines = || -> Vec<String> {
        riwaya(&["export", "-r", &record, "--to", "jsonl"]).out.lines().map(str::to_owned).collect()
    };
    let before = lines();
    let run = riwaya(&["read", &folder.file("one.jsonl", AFTER), "-o", &record]);
    assert_eq!(run.code, Some(0), "{}", run.err);
    assert!(run.out.contains("2 articles"), "only the story is shown: {}", run.out);
    let after = lines();
    let story = after.iter().find(|l| l.contains(r#""kind":"story""#) && l.contains(r#""held""#)).unwrap();
    assert!(story.contains(r#""articles":["call","held"]"#), "{story}");
    let lost: Vec<&String> = before.iter().filter(|l| !after.contains(l)).collect();
    let about_the_call = |l: &&&String| l.contains("putin") || l.contains("story-call") || l.contains("erdogan");
    assert!(lost.iter().all(|l| about_the_call(&l) || l.contains("kremlin")), "{lost:#?}");
    let together = folder.file("all.jsonl", format!("{}\n{AFTER}", pages.join("\n")));
    let mut printed: Vec<String> =
        riwaya(&["read", &together, "--format", "jsonl"]).out.lines().map(str::to_owned).collect();
    let mut held = after;
    printed.sort();
    held.sort();
    assert!(held == printed, "what was added later differs from what is read at once");
}

#[test]
fn a_page_that_changes_in_a_large_record_leaves_its_former_story() {
    let folder = Folder::new("leaves");
    let record = folder.path("r.riwaya");
    let pages: Vec<String> = (0..410).map(harvest).chain([BEFORE.to_owned(), AFTER.to_owned()]).collect();
    riwaya(&["read", &folder.file("many.jsonl", pages.join("\n")), "-o", &record]);
    let changed = harvest(500).replace("h500", "held");
    riwaya(&["read", &folder.file("one.jsonl", changed), "-o", &record]);
    let stories = riwaya(&["stories", "-r", &record, "--format", "jsonl"]).out;
    assert!(stories.contains(r#""articles":["call"]"#) && stories.contains(r#""articles":["held"]"#), "{stories}");
    let said = riwaya(&["export", "-r", &record, "--to", "jsonl"]).out;
    assert!(!said.lines().any(|l| l.contains(r#""article":"held""#) && l.contains("Kremlin")));
}
