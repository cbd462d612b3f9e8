//! `riwaya correct` and `riwaya corrections`: what is put right stays right, and every step can be seen and undone.

use crate::record::harvest;
use crate::{Folder, Run, program, record_of, riwaya};
use riwaya_store::{Entry, Record};
use serde_json::{Value, json};
use std::fs;
use std::path::Path;

/// A minister whom three scripts spell in four ways, and a striker of his name.
const PAGES: [&str; 5] = [
    r#"{"id":"flood","outlet":"Herald","published":"2026-03-10","text":"Flood closes the port of Norland\n\nThe harbour minister Karim Haddad said that the port of Norland would stay closed until Friday. Haddad told reporters that forty ships were waiting."}"#,
    r#"{"id":"courier","outlet":"Courier","published":"2026-03-10","text":"Norland port closed after flood\n\nForty ships are waiting outside the port of Norland, which the flood has closed, the harbour minister Kareem Hadad said on Tuesday."}"#,
    r#"{"id":"match","outlet":"Herald","published":"2026-03-12","text":"Karim Haddad scores twice for Eastville\n\nThe striker Karim Haddad scored twice as Eastville beat Westham on Thursday. “I am tired but happy,” Karim Haddad said."}"#,
    r#"{"id":"arabic","outlet":"النبأ","published":"2026-03-11","text":"إغلاق ميناء نورلاند بعد الفيضان\n\nقال وزير الموانئ كريم حداد إن ميناء نورلاند سيبقى مغلقاً حتى الجمعة. وأضاف أن أربعين سفينة تنتظر."}"#,
    r#"{"id":"russian","outlet":"Вестник","text":"Порт Норланда закрыт после наводнения\n\nМинистр портов Карим Хаддад заявил, что порт Норланда останется закрытым до пятницы. Сорок судов ждут у входа."}"#,
];

fn pages() -> String {
    PAGES.join("\n")
}

/// `riwaya correct` with a reason, by Mina.
fn correct(record: &str, wish: &[&str]) -> Run {
    let signed = ["-r", record, "--reason", "seen in print", "--author", "Mina"];
    riwaya(&[&["correct"], wish, &signed].concat())
}

fn corrected(record: &str, wish: &[&str]) {
    let run = correct(record, wish);
    assert_eq!(run.code, Some(0), "{wish:?}: {}", run.err);
    assert!(run.err.contains("stored") && !run.err.contains("orphaned"), "{}", run.err);
}

fn exported(record: &str) -> String {
    riwaya(&["export", "-r", record, "--to", "jsonl"]).out
}

fn line(record: &str, kind: &str, id: &str) -> Value {
    let all = exported(record);
    let lines = all.lines().map(|l| serde_json::from_str::<Value>(l).unwrap());
    lines.into_iter().find(|l| l["kind"] == kind && l["id"] == id).unwrap_or_else(|| panic!("{kind} {id}"))
}

/// Number and state of each entry.
fn states(record: &str) -> Vec<(u64, String)> {
    let run = riwaya(&["corrections", "-r", record, "--format", "jsonl"]);
    let lines = run.out.lines().map(|l| serde_json::from_str::<Value>(l).unwrap());
    lines.map(|l| (l["n"].as_u64().unwrap(), l["state"].as_str().unwrap().to_owned())).collect()
}

fn numbered(states: &[&str]) -> Vec<(u64, String)> {
    (1..).zip(states.iter().map(|s| (*s).to_owned())).collect()
}

/// One of each kind.
const ALL: [&[&str]; 6] = [
    &["split-entity", "per:karim-haddad", "--page", "match"],
    &["join-entities", "per:karim-haddad", "Kareem Hadad", "كريم حداد", "Карим Хаддад"],
    &["published", "russian", "2026-03-11"],
    &["speaker", "courier#s1", "--nobody"],
    &["split-story", "russian"],
    &["join-stories", "story-match", "story-flood"],
];

#[test]
fn every_kind_is_kept_shown_and_undone() {
    let (_folder, record) = record_of("correct-kinds", &pages());
    let mut before = vec![exported(&record)];
    for wish in ALL {
        corrected(&record, wish);
        before.push(exported(&record));
    }
    assert!(before.windows(2).all(|two| two[0] != two[1]), "each changes something");
    let minister = line(&record, "entity", "per:karim-haddad");
    assert_eq!(minister["name"], json!({"ar": "كريم حداد", "en": "Karim Haddad", "ru": "Карим Хаддад"}));
    assert_eq!(minister["corrected"][1]["because"]["rule"], "correction/2");
    assert_eq!(line(&record, "article", "russian")["published"]["because"]["rule"], "correction/3");
    assert_eq!(line(&record, "statement", "courier#s1")["speaker"], Value::Null);
    assert_eq!(line(&record, "story", "story-russian")["corrected"][0]["because"]["rule"], "correction/5");
    assert_eq!(line(&record, "story", "story-flood")["articles"], json!(["flood", "courier", "match", "arabic"]));
    assert_eq!(states(&record), numbered(&["in_force"; 6]));
    // Undone from the last to the first, the record is as it was at each step.
    for (number, was) in (1..7usize).zip(&before).rev() {
        corrected(&record, &["undo", &number.to_string()]);
        assert!(exported(&record) == *was, "{number}");
    }
    // To undo an undoing brings the correction back.
    corrected(&record, &["undo", "12"]);
    assert!(exported(&record) == before[1]);
    let states = states(&record);
    assert_eq!(
        (states[0].1.as_str(), states[11].1.as_str(), states[12].1.as_str()),
        ("in_force", "undone", "in_force")
    );
}

#[test]
fn a_log_is_listed_in_every_form_and_taken_over_by_another_record() {
    let (folder, record) = record_of("correct-from", &pages());
    ALL.iter().for_each(|wish| corrected(&record, wish));
    corrected(&record, &["undo", "4"]);
    let shown = riwaya(&["corrections", "-r", &record]).out;
    assert!(shown.contains("Mina") && shown.contains("undone by 7") && shown.contains("seen in print"), "{shown}");
    for (format, first) in [("json", "["), ("csv", "n,at,author,what,state,about,reason"), ("md", "| n | at |")] {
        assert!(riwaya(&["corrections", "-r", &record, "--format", format]).out.starts_with(first), "{format}");
    }
    let log = riwaya(&["corrections", "-r", &record, "--format", "jsonl"]).out;
    let (file, again) = (folder.file("log.jsonl", &log), folder.path("again.riwaya"));
    // Made anew, page by page.
    for (n, page) in PAGES.iter().enumerate() {
        riwaya(&["read", &folder.file(&format!("{n}.jsonl"), page), "-o", &again]);
    }
    let run = riwaya(&["correct", "--from", &file, "-r", &again]);
    assert_eq!(run.code, Some(0), "{}", run.err);
    assert!(exported(&again) == exported(&record));
    assert!(riwaya(&["corrections", "-r", &again, "--format", "jsonl"]).out == log);
    let before = fs::read(&again).unwrap();
    let run = riwaya(&["correct", "--from", &file, "-r", &again]);
    assert_eq!((run.code, fs::read(&again).unwrap() == before), (Some(1), true), "{}", run.err);
    // A record that holds other pages keeps what it cannot apply.
    let (_other, other) = record_of("correct-from-other", PAGES[0]);
    let run = riwaya(&["correct", "--from", &file, "-r", &other]);
    assert!(run.err.contains("correction 1 is orphaned and was not applied: no page has the id match"), "{}", run.err);
    assert_eq!(states(&other)[0].1, "orphaned");
}

#[test]
fn a_trial_changes_nothing() {
    let (_folder, record) = record_of("correct-dry", &pages());
    let before = fs::read(&record).unwrap();
    let run = correct(&record, &["split-entity", "per:karim-haddad", "--page", "match", "--dry-run"]);
    assert_eq!(run.code, Some(0), "{}", run.err);
    assert!(run.out.contains("match#s1") && run.out.contains("per:karim-haddad~2"), "{}", run.out);
    assert!(!run.out.contains("flood#s1"), "{}", run.out);
    assert!(fs::read(&record).unwrap() == before);
}

#[test]
fn a_wish_that_cannot_be_met_stores_nothing() {
    let (folder, record) = record_of("correct-bad", &pages());
    corrected(&record, &["published", "match", "2026-03-13"]);
    let before = fs::read(&record).unwrap();
    let said = |wish: &[&str], words: &str| {
        let run = correct(&record, wish);
        assert_eq!(run.code, Some(2), "{wish:?}: {}", run.err);
        assert!(run.err.contains(words), "{wish:?}: {}", run.err);
    };
    said(
        &["join-entities", "per:karim-haddad", "Nobody Known"],
        "Nobody Known: no entity has this id or name; `riwaya people",
    );
    said(&["join-entities", "per:karim-haddad", "Karim Haddad"], "per:karim-haddad: one already");
    said(&["join-entities", "per:karim-haddad", "per:karim-haddad"], "per:karim-haddad: one already");
    said(&["split-entity", "per:karim-haddad"], "per:karim-haddad: say which mentions are another's");
    said(&["split-entity", "per:karim-haddad", "--page", "nowhere"], "nowhere: no page has this id");
    said(&["split-entity", "per:karim-haddad", "--page", "courier"], "courier does not name «Karim Haddad»");
    said(&["split-entity", "per:karim-haddad", "--form", "Haddock"], "«Karim Haddad» is not called «Haddock» there");
    said(&["split-entity", "Kareem Hadad", "--page", "courier"], "nothing of it would be left");
    said(&["join-stories", "story-flood", "story-x"], "story-x: no story has this id");
    said(&["split-story", "match"], "match: a story of its own already");
    said(&["speaker", "match#s9", "Kareem Hadad"], "match#s9: no statement has this id");
    said(&["speaker", "match#s1", "Karim Haddad"], "match#s1: said so already");
    said(&["published", "flood", "2026-02-30"], "flood: a day is written 2026-03-10");
    said(&["published", "flood", "2026-03-10"], "flood: published on 2026-03-10 already");
    said(&["undo", "9"], "9: no correction has this number");
    let unsigned = |arguments: &[&str], user: &str| {
        let mut command = program();
        command.args(["correct", "undo", "1", "-r", &record]).args(arguments);
        command.env_remove("RIWAYA_AUTHOR").env("USER", user).output().unwrap()
    };
    let blank = unsigned(&["--reason", " "], "mina");
    assert!(String::from_utf8_lossy(&blank.stderr).contains("the reason is blank"));
    assert_eq!(unsigned(&[], "mina").status.code(), Some(2), "no reason at all");
    let nobody = unsigned(&["--reason", "x"], " ");
    assert!(String::from_utf8_lossy(&nobody.stderr).contains("no author: say who corrects with --author NAME"));
    assert_eq!(nobody.status.code(), Some(2));
    let missing = riwaya(&["correct", "--from", &folder.path("no.jsonl"), "-r", &record]);
    assert!(missing.code == Some(2) && missing.err.contains("no.jsonl: cannot be read"), "{}", missing.err);
    let broken = riwaya(&["correct", "--from", &folder.file("bad.jsonl", "{}"), "-r", &record]);
    assert!(broken.code == Some(2) && broken.err.contains("bad.jsonl:1: no line of kind correction"), "{}", broken.err);
    let elsewhere = correct(&folder.path("no.riwaya"), &["undo", "1"]);
    assert!(elsewhere.code == Some(2) && elsewhere.err.contains("no such record"), "{}", elsewhere.err);
    assert!(!Path::new(&folder.path("no.riwaya")).exists());
    assert!(fs::read(&record).unwrap() == before, "nothing was stored");
}

#[test]
fn pages_that_are_read_again_are_corrected_again() {
    let (folder, record) = record_of("correct-again", &pages());
    corrected(&record, &["speaker", "courier#s1", "كريم حداد"]);
    corrected(&record, &["split-entity", "per:karim-haddad", "--page", "match"]);
    // Another line above the words: they stand elsewhere and are the same.
    let longer = PAGES[1].replace(r"flood\n\n", r"flood\n\nIt has rained for nine days in the north.\n\n");
    let run = riwaya(&["read", &folder.file("longer.jsonl", longer), "-o", &record]);
    assert!(run.err.contains("1 changed") && !run.err.contains("orphaned"), "{}", run.err);
    assert_eq!(line(&record, "statement", "courier#s1")["speaker"], "per:كريم-حداد");
    // Other words: nothing is done to them, and it is said.
    let other = PAGES[1].replace("Forty", "Fifty");
    let run = riwaya(&["read", &folder.file("other.jsonl", other), "-o", &record]);
    assert!(
        run.err.contains("correction 1 is orphaned and was not applied: courier has no statement with"),
        "{}",
        run.err
    );
    assert_eq!(line(&record, "statement", "courier#s1")["speaker"], "per:kareem-hadad");
    assert_eq!(states(&record), numbered(&["orphaned", "in_force"]));
    // The words are back, and so is the correction.
    riwaya(&["read", &folder.file("first.jsonl", PAGES[1]), "-o", &record]);
    assert_eq!(line(&record, "statement", "courier#s1")["speaker"], "per:كريم-حداد");
    assert_eq!(states(&record), numbered(&["in_force", "in_force"]));
}

#[test]
fn pages_that_come_later_are_corrected_as_if_all_had_come_at_once() {
    let folder = Folder::new("correct-later");
    let (parts, whole) = (folder.path("parts.riwaya"), folder.path("whole.riwaya"));
    let many: Vec<String> = (0..410).map(harvest).chain(PAGES[..3].iter().map(|p| (*p).to_owned())).collect();
    riwaya(&["read", &folder.file("many.jsonl", many.join("\n")), "-o", &parts]);
    corrected(&parts, &["split-entity", "per:karim-haddad", "--page", "match"]);
    corrected(&parts, &["published", "courier", "2026-03-09"]);
    // One that has nothing to do with them joins its story alone; one that names the minister has all read again.
    let unrelated = harvest(300).replace("\"h300\"", "\"near\"");
    let strange = r#"{"id":"again","outlet":"Echo","published":"2026-03-11","text":"Ships still wait off Norland\n\nThe harbour minister Karim Haddad said that the port of Norland would open on Friday."}"#;
    for page in [&unrelated, strange] {
        let run = riwaya(&["read", &folder.file("one.jsonl", page), "-o", &parts]);
        assert_eq!(run.code, Some(0), "{}", run.err);
        assert_eq!(
            run.out.contains("413 articles") || run.out.contains("415 articles"),
            page == strange,
            "{}",
            run.out
        );
    }
    let mention = exported(&parts)
        .lines()
        .any(|l| l.contains(r#""kind":"mention","article":"again""#) && l.contains(r#""entity":"per:karim-haddad""#));
    assert!(mention, "the minister, not the striker");
    let all = format!("{}\n{unrelated}\n{strange}", many.join("\n"));
    riwaya(&["read", &folder.file("all.jsonl", all), "-o", &whole]);
    let log = folder.file("log.jsonl", riwaya(&["corrections", "-r", &parts, "--format", "jsonl"]).out);
    assert_eq!(riwaya(&["correct", "--from", &log, "-r", &whole]).code, Some(0));
    assert!(exported(&parts) == exported(&whole));
}

#[test]
fn a_correction_whose_findings_were_not_made_holds_nevertheless() {
    let (folder, record) = record_of("correct-cut-off", &pages());
    let target = json!({"article": "courier", "day": "2026-03-09"});
    let (at, author, reason) = ("2026-03-12T08:00:00Z", "Mina", "seen in print");
    let what = "published".to_owned();
    let entry = Entry { n: 1, at: at.into(), author: author.into(), reason: reason.into(), what, target, undoes: None };
    // It was stored, then the machine went down.
    assert!(Record::create(Path::new(&record)).unwrap().correct(&[entry]).unwrap());
    let shown = riwaya(&["stories", "-r", &record, "--format", "jsonl"]).out;
    assert!(shown.contains(r#""from":"2026-03-09""#), "{shown}");
    assert_eq!(line(&record, "article", "courier")["published"]["value"], "2026-03-09");
    assert_eq!(states(&record), numbered(&["in_force"]));
    // The next run makes them, whatever it brings.
    riwaya(&["read", &folder.file("same.jsonl", PAGES[0]), "-o", &record]);
    let db = rusqlite::Connection::open(&record).unwrap();
    let held: String = db
        .query_row(
            "SELECT line ->> '$.published.value' FROM findings WHERE kind = 'article' AND id = 'courier'",
            [],
            |r| r.get(0),
        )
        .unwrap();
    assert_eq!(held, "2026-03-09");
    let in_force: String = db.query_row("SELECT articles FROM corrections_in_force", [], |r| r.get(0)).unwrap();
    assert_eq!(in_force, r#"["courier"]"#);
}

#[test]
fn what_explains_compares_and_verifies_follows() {
    let (_folder, record) = record_of("correct-follow", &pages());
    let words = "Kareem Hadad said: “I am tired but happy”";
    let verdict = || {
        let run = riwaya(&["verify", words, "-r", &record, "--format", "jsonl"]);
        serde_json::from_str::<Value>(run.out.lines().next().unwrap()).unwrap()["verdict"].clone()
    };
    assert_eq!(verdict(), "misattributed");
    corrected(&record, &["speaker", "match#s1", "Kareem Hadad"]);
    assert_eq!(verdict(), "found");
    let shown = riwaya(&["trace", "match#s1", "-r", &record]).out;
    assert!(shown.contains("Kareem Hadad"), "{shown}");
    for subject in ["match", "match#s1"] {
        let shown = riwaya(&["explain", subject, "-r", &record]).out;
        assert!(shown.contains("What was put right by hand") && shown.contains("Mina: seen in print"), "{shown}");
    }
    let shown = riwaya(&["explain", "flood", "-r", &record]).out;
    assert!(!shown.contains("put right"), "{shown}");
}
