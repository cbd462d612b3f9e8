//! `riwaya ledger` and `riwaya brief`: what was announced, and a story with its words.

use crate::{Folder, record_of, riwaya, sample};
use serde_json::Value;

/// Four pages about what was to come: a visit put off by two days, one that takes place, one of which nothing is heard.
const PAGES: &str = r#"{"id":"first","outlet":"النهار","url":"https://nahar.example/1","published":"2026-03-02","text":"الكرمي يزور أوسلو الخميس\n\nأعلنت وزارة الخارجية العمانية أن وزير الخارجية سالم الكرمي سيزور أوسلو يوم الخميس 5 آذار 2026 للقاء نظيره النرويجي أولاف برانت."}
{"id":"second","outlet":"المرصد","published":"2026-03-04","text":"تأجيل زيارة الكرمي إلى أوسلو\n\nأعلنت وزارة الخارجية العمانية تأجيل زيارة وزير الخارجية سالم الكرمي إلى أوسلو إلى يوم السبت 7 آذار 2026."}
{"id":"third","outlet":"المساء","published":"2026-03-10","text":"افتتاح معرض الكتاب في صحار\n\nافتتح وزير الثقافة مساء الاثنين معرض صحار للكتاب بمشاركة مئة دار نشر."}
"#;

fn lines(out: &str) -> Vec<Value> {
    out.lines().map(|l| serde_json::from_str(l).unwrap()).collect()
}

#[test]
fn a_visit_that_is_put_off_is_one_entry() {
    let (_folder, record) = record_of("ledger-moved", PAGES);
    let run = riwaya(&["ledger", "-r", &record, "--format", "jsonl", "--as-of", "2026-03-05"]);
    assert_eq!(run.code, Some(0), "{}", run.err);
    let visits: Vec<Value> = lines(&run.out).into_iter().filter(|l| l["type"] == "visit").collect();
    assert_eq!(visits.len(), 1, "{}", run.out);
    assert_eq!(visits[0]["days"], serde_json::json!(["2026-03-05", "2026-03-07"]));
    assert_eq!(visits[0]["outcome"], "moved");
    let run = riwaya(&["ledger", "-r", &record, "--format", "jsonl"]);
    assert_eq!(lines(&run.out)[0]["outcome"], "nothing_heard", "the last page is of 10 March: {}", run.out);
    let quote = &visits[0]["reports"][0];
    let text: Value = serde_json::from_str(PAGES.lines().next().unwrap()).unwrap();
    let (start, end) = (quote["start"].as_u64().unwrap() as usize, quote["end"].as_u64().unwrap() as usize);
    let words: String = text["text"].as_str().unwrap().chars().skip(start).take(end - start).collect();
    assert_eq!(quote["text"], words.as_str());
}

#[test]
fn a_calendar_is_the_same_every_day() {
    let (folder, record) = record_of("ledger-ics", PAGES);
    let run = riwaya(&["ledger", "-r", &record, "--format", "ics"]);
    assert_eq!(run.code, Some(0), "{}", run.err);
    assert!(run.out.starts_with("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n"));
    assert!(
        run.out.contains("DTSTAMP:20260304T000000Z\r\nDTSTART;VALUE=DATE:20260307\r\nSEQUENCE:1\r\n"),
        "{}",
        run.out
    );
    assert!(run.out.contains("UID:first#v1@riwaya\r\n"), "{}", run.out);
    assert!(run.out.split("\r\n").all(|line| line.len() <= 75));
    let file = folder.path("announced.ics");
    assert_eq!(riwaya(&["export", "-r", &record, "--to", "ics", "-o", &file]).code, Some(0));
    assert_eq!(std::fs::read_to_string(&file).unwrap(), run.out);
}

#[test]
fn ledgers_narrow_to_nothing_with_exit_code_1() {
    let (_folder, record) = record_of("ledger-filters", PAGES);
    assert_eq!(riwaya(&["ledger", "-r", &record, "--party", "nobody-at-all"]).code, Some(1));
    assert_eq!(riwaya(&["ledger", "-r", &record, "--outcome", "cancelled"]).code, Some(1));
    assert!(riwaya(&["ledger", "-r", &record, "--format", "md"]).out.starts_with("| when | outcome |"));
}

#[test]
fn every_quotation_of_a_brief_stands_where_it_says() {
    let folder = Folder::new("brief");
    let record = folder.path("r.riwaya");
    assert_eq!(riwaya(&["read", &sample(), "-o", &record]).code, Some(0));
    let run = riwaya(&["brief", "story-naba-preview", "-r", &record, "--format", "json"]);
    assert_eq!(run.code, Some(0), "{}", run.err);
    let brief: Value = serde_json::from_str(&run.out).unwrap();
    let pages = lines(&std::fs::read_to_string(sample()).unwrap());
    let mut quotes = 0;
    let sections = brief["sections"].as_array().unwrap();
    let items = sections.iter().flat_map(|s| s["items"].as_array().unwrap());
    for quote in items.flat_map(|i| i["quotes"].as_array().unwrap()) {
        let page = pages.iter().find(|p| p["id"] == quote["article"]).unwrap();
        let (start, end) = (quote["start"].as_u64().unwrap() as usize, quote["end"].as_u64().unwrap() as usize);
        let words: String = page["text"].as_str().unwrap().chars().skip(start).take(end - start).collect();
        assert_eq!(quote["text"], words.as_str());
        quotes += 1;
    }
    assert!(quotes > 20, "{quotes}");
    let headings: Vec<&str> = sections.iter().filter_map(|s| s["heading"].as_str()).collect();
    assert!(headings.contains(&"The accounts, point by point") && headings.contains(&"Pages"), "{headings:?}");
}

#[test]
fn a_brief_in_html_runs_nothing_and_shows_marks_as_marks() {
    let page = r#"{"id":"<script>","outlet":"a&b","url":"javascript:alert(1)","published":"2026-03-09","text":"Minister <b>warns</b> of \"delays\"\n\nForeign Minister Olaf Brandt said on Monday that <script>alert(1)</script> the talks would go on."}"#;
    let (_folder, record) = record_of("brief-html", page);
    let run = riwaya(&["brief", "warns", "-r", &record, "--format", "html"]);
    assert_eq!(run.code, Some(0), "{}", run.err);
    assert!(!run.out.contains("<script") && !run.out.contains("<b>") && !run.out.contains("href=\"javascript"));
    assert!(run.out.contains("dir=\"auto\"") && run.out.contains("&lt;b&gt;warns"));
    let run = riwaya(&["brief", "no such story", "-r", &record]);
    assert_eq!(run.code, Some(1));
    assert!(run.err.contains("`riwaya stories`"), "{}", run.err);
}
