//! Each kind of bad input gets one clear message with place and remedy, exit code 2, and costs nothing that is good.

use crate::{CALL, Folder, VISIT, riwaya, riwaya_fed};
use std::fs;

fn refused(path: &str, place: &str, what: &str, remedy: &str) {
    let run = riwaya(&["read", path]);
    assert_eq!(run.code, Some(2), "{}", run.err);
    assert_eq!(run.out, "");
    let first = run.err.lines().next().unwrap_or_default();
    for part in [place, what, remedy] {
        assert!(first.contains(part), "«{part}» is not in «{first}»");
    }
}

#[test]
fn empty_file() {
    let folder = Folder::new("empty");
    refused(&folder.file("empty.txt", ""), "empty.txt", "an empty file", "hand in");
    refused(&folder.file("blank.jsonl", "\n \n"), "blank.jsonl", "an empty file", "hand in");
}

#[test]
fn folder() {
    let folder = Folder::new("folder");
    refused(&folder.path(""), "folder", "a folder without files", "name a folder that holds pages");
    folder.file("z/page.txt", "قال الوزير إنه سيعود.");
    folder.file("a.jsonl", CALL);
    let run = riwaya(&["read", &folder.path(""), "--format", "jsonl"]);
    assert_eq!(run.code, Some(0), "{}", run.err);
    let first = run.out.lines().next().unwrap();
    assert!(first.contains(r#""id":"a""#), "files are read in order of their names: {first}");
    assert!(run.out.contains("z/page.txt"));
}

#[test]
fn missing_file() {
    refused("no/such/page.txt", "no/such/page.txt", "no such file", "check the spelling");
    refused("no/such/*.txt", "no/such/*.txt", "no file has such a name", "check the pattern");
}

#[test]
fn text_that_is_not_utf8() {
    let folder = Folder::new("utf8");
    // «خبر» in windows-1256: a file in it is read, a line of JSON must be UTF-8.
    let mut lines = format!("{CALL}\n").into_bytes();
    lines.extend(b"{\"text\":\"\xce\xc8\xd1\"}\n");
    lines.extend(VISIT.as_bytes());
    let path = folder.file("pages.jsonl", &lines);
    refused_in_a_pile(&path, "pages.jsonl:2", "no UTF-8 at byte");
}

/// One bad page among good ones: it is reported, the others are read and stored, and the exit code says so.
fn refused_in_a_pile(path: &str, place: &str, what: &str) {
    let run = riwaya(&["read", path, "--format", "jsonl"]);
    assert_eq!(run.code, Some(2));
    assert!(run.err.contains(place) && run.err.contains(what), "{}", run.err);
    assert!(run.out.contains(r#""id":"a""#) && run.out.contains(r#""id":"b""#));
    let record = format!("{path}.riwaya");
    let run = riwaya(&["read", path, "-o", &record]);
    assert_eq!(run.code, Some(2));
    assert!(run.err.contains("2 new"), "{}", run.err);
    assert_eq!(riwaya(&["stories", "-r", &record]).code, Some(0));
}

#[test]
fn a_line_of_fifty_megabytes() {
    let folder = Folder::new("long");
    let mut lines = format!("{CALL}\n{{\"text\":\"").into_bytes();
    lines.resize(lines.len() + 50_000_000, b'x');
    lines.extend(format!("\"}}\n{VISIT}\n").into_bytes());
    let path = folder.file("long.jsonl", &lines);
    refused_in_a_pile(&path, "long.jsonl:2", "the limit is 16777216");
    let run = riwaya(&["read", &path, "--max-page-bytes", "60000000", "--format", "jsonl"]);
    assert!(!run.err.contains("limit"), "{}", run.err);
    refused(&folder.file("long.txt", vec![b'x'; 50_000_000]), "long.txt", "16777216 bytes", "--max-page-bytes");
}

#[test]
fn json_that_breaks_off() {
    let folder = Folder::new("broken");
    refused(&folder.file("a.jsonl", r#"{"text":"قال"#), "a.jsonl:1:15", "breaks off", "fetch or write");
    refused_in_a_pile(&folder.file("b.jsonl", format!("{CALL}\n{{\"text\":\n{VISIT}\n")), "b.jsonl:2:8", "breaks off");
    refused_in_a_pile(&folder.file("c.json", format!("[{CALL},\n{VISIT},\n{{\"text\"")), "c.json:3:7", "breaks off");
    refused_in_a_pile(&folder.file("d.jsonl", format!("{CALL}\n{{text}}\n{VISIT}\n")), "d.jsonl:2:2", "no JSON");
}

#[test]
fn json_without_text() {
    let folder = Folder::new("textless");
    let remedy = "`text`, `content` or `body`";
    refused(&folder.file("a.jsonl", r#"{"title":"عنوان"}"#), "a.jsonl:1", "a page without text", remedy);
    refused(&folder.file("b.jsonl", r#"{"text":7}"#), "b.jsonl:1", "`text` is no string", "as a string");
    refused(&folder.file("c.jsonl", r#"{"text":" \n"}"#), "c.jsonl:1", "a page without text", "leave it out");
    refused(&folder.file("e.json", "[]"), "e.json", "an empty JSON array", "holds pages");
    refused_in_a_pile(&folder.file("f.json", format!("[{CALL}, {{\"id\":1}}, {VISIT}]")), "element 2", "without text");
}

#[test]
fn web_pages_without_an_article() {
    let folder = Folder::new("html");
    let (what, remedy) = ("a web page without an article", "after its scripts have run");
    refused(&folder.file("a.html", "<!DOCTYPE html><p>قال</p>"), "a.html", what, remedy);
    refused(&folder.file("b.html", "<html><body><script>render()</script><div id=root></div>"), "b.html", what, remedy);
    refused(&folder.file("a.jsonl", r#"{"html":"<p>قال</p>"}"#), "a.jsonl:1", what, remedy);
    refused(&folder.file("b.jsonl", r#"{"html":["<p>قال</p>"]}"#), "b.jsonl:1", "`html` is no string", "as a string");
}

#[test]
fn a_page_in_no_known_language_is_kept_unread() {
    let folder = Folder::new("language");
    let foreign = r#"{"id":"th","text":"นายกรัฐมนตรีกล่าวว่าการเจรจาจะเริ่มขึ้นในวันพรุ่งนี้"}"#;
    let path = folder.file("pages.jsonl", format!("{CALL}\n{foreign}\n"));
    let run = riwaya(&["read", &path, "--format", "jsonl"]);
    assert_eq!(run.code, Some(0), "the other page was read");
    assert!(run.err.contains("1 of 2 pages are in a language that no pack reads"), "{}", run.err);
    let alone = folder.file("alone.jsonl", foreign);
    assert_eq!(riwaya(&["read", &alone]).code, Some(2), "nothing could be read");
    assert!(run.err.contains("th") && run.err.contains("--langs"), "{}", run.err);
    let kept = run.out.lines().find(|l| l.contains(r#""id":"th""#)).unwrap();
    assert!(kept.contains(r#""lang":null"#));
}

#[test]
fn a_record_from_a_newer_version() {
    let folder = Folder::new("newer");
    let (pages, record) = (folder.file("a.jsonl", CALL), folder.path("a.riwaya"));
    assert_eq!(riwaya(&["read", &pages, "-o", &record]).code, Some(0));
    rusqlite::Connection::open(&record).unwrap().pragma_update(None, "user_version", 99).unwrap();
    let before = fs::read(&record).unwrap();
    for arguments in
        [&["read", &pages, "-o", &record][..], &["stories", "-r", &record], &["export", "-r", &record, "--to", "jsonl"]]
    {
        let run = riwaya(arguments);
        assert_eq!(run.code, Some(2));
        assert!(run.err.contains("a.riwaya: written by a newer Riwaya (record version 99"), "{}", run.err);
        assert!(run.err.contains("use that program"), "{}", run.err);
    }
    assert_eq!(fs::read(&record).unwrap(), before);
}

#[test]
fn a_file_that_is_no_record() {
    let folder = Folder::new("norecord");
    let text = folder.file("page.txt", "قال الوزير إنه سيعود إلى المحادثات بعد أن تنتهي الجولة الحالية منها في جنيف.");
    let other = folder.path("other.sqlite");
    rusqlite::Connection::open(&other).unwrap().execute_batch("CREATE TABLE t (x)").unwrap();
    for path in [&text, &other] {
        let before = fs::read(path).unwrap();
        for arguments in [&["statements", "-r", path][..], &["read", &text, "-o", path]] {
            let run = riwaya(arguments);
            assert_eq!(run.code, Some(2), "{}", run.err);
            assert!(run.err.contains("not a record of Riwaya"), "{}", run.err);
        }
        assert_eq!(&fs::read(path).unwrap(), &before);
    }
    let run = riwaya(&["stories", "-r", &folder.path("none.riwaya")]);
    assert_eq!(run.code, Some(2));
    assert!(run.err.contains("no such record; `riwaya read INPUT -o"), "{}", run.err);
}

#[test]
#[cfg(target_os = "linux")]
fn a_full_disk_under_the_output() {
    let folder = Folder::new("devfull");
    let pages = folder.file("a.jsonl", CALL);
    let full = fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
    let run = crate::ended(crate::program().args(["read", &pages, "--format", "jsonl"]).stdout(full).output().unwrap());
    assert_eq!(run.code, Some(2));
    assert!(run.err.contains("standard output: cannot be written to; free some space"), "{}", run.err);
}

/// A limit on the size of files stands for a disk that fills up while pages are stored.
#[test]
#[cfg(target_os = "linux")]
fn a_full_disk_under_the_record() {
    let folder = Folder::new("fullrecord");
    let (first, record) = (folder.file("a.jsonl", CALL), folder.path("a.riwaya"));
    assert_eq!(riwaya(&["read", &first, "-o", &record]).code, Some(0));
    let long = VISIT.replace("المقبل.", &format!("المقبل.{}", "\\n".repeat(20_000)));
    let many: String = (0..30).map(|n| long.replacen("\"b\"", &format!("\"b{n}\""), 1) + "\n").collect();
    let many = folder.file("many.jsonl", many);
    let script = format!("trap '' XFSZ; ulimit -f 300; exec {} read {many} -o {record}", env!("CARGO_BIN_EXE_riwaya"));
    let run = crate::ended(std::process::Command::new("bash").args(["-c", &script]).output().unwrap());
    assert_eq!(run.code, Some(2), "{}", run.err);
    assert!(run.err.contains("what was stored before is safe"), "{}", run.err);
    let run = riwaya(&["statements", "-r", &record, "--format", "jsonl"]);
    assert_ne!(run.code, Some(2), "the record opens: {}", run.err);
    let run = riwaya(&["read", &many, "-o", &record]);
    assert_eq!(run.code, Some(0), "the same command again ends well: {}", run.err);
    assert!(run.err.contains("31 pages"), "{}", run.err);
}

#[test]
fn unknown_formats_and_days() {
    let run = riwaya(&["read", "x", "--format", "xml"]);
    assert_eq!(run.code, Some(2));
    assert!(run.err.contains("possible values: table, json, jsonl, csv"), "{}", run.err);
    let run = riwaya(&["stories", "-r", "x", "--since", "yesterday"]);
    assert_eq!(run.code, Some(2));
    assert!(run.err.contains("a day is written 2021-12-30"), "{}", run.err);
}

#[test]
fn bytes_that_mean_nothing() {
    let folder = Folder::new("noise");
    let mut state = 0x2545_f491_4f6c_dd1d_u64;
    for n in 0..10 {
        let bytes: Vec<u8> = (0..900 * n)
            .map(|_| {
                state ^= state << 13;
                state ^= state >> 7;
                state ^= state << 17;
                state as u8
            })
            .collect();
        let run = riwaya_fed(&["read", "-", "--format", "jsonl"], &bytes);
        assert_eq!(run.code, Some(2), "{}", run.err);
    }
    assert_eq!(riwaya(&["read", &folder.file("half.zip", b"PK\x03\x04half")]).code, Some(2));
}
