//! `riwaya compare`: the accounts of a contact side by side, in every form.

use crate::{Folder, record_of, riwaya, sample};
use serde_json::Value;

/// A call that one page announces and another reports; marks that mean something in HTML and Markdown stand in words.
const PAGES: &str = r#"{"id":"first","outlet":"الغد","url":"https://ghad.example/1","published":"2026-03-09","text":"اتصال هاتفي غداً الثلاثاء بين بوتين وأردوغان\n\nأعلن الكرملين أن الرئيس الروسي فلاديمير بوتين سيجري غداً الثلاثاء اتصالاً هاتفياً مع نظيره التركي رجب طيب أردوغان لبحث تصدير الحبوب عبر البحر الأسود.\n\nوقال المتحدث باسم الكرملين دميتري بيسكوف إن الاتصال سيكون بمبادرة من الجانب التركي."}
{"id":"held","outlet":"<b>النهار</b>","published":"2026-03-11","text":"بوتين وأردوغان يبحثان الحبوب في اتصال هاتفي\n\nأجرى الرئيس الروسي فلاديمير بوتين أمس الثلاثاء اتصالاً هاتفياً مع نظيره التركي رجب طيب أردوغان.\n\nوقال الكرملين في بيان إن رفع العقوبات عن المصارف شرط لاستئناف تصدير الحبوب.\n\nوقالت الرئاسة التركية إن أردوغان شدد على استئناف تصدير الحبوب <script>alert(1)</script> قبل نهاية الشهر | وإن الاتصال جرى بطلب من الجانب الروسي."}
"#;

/// The id of the first call in a record.
fn call(record: &str) -> String {
    let run = riwaya(&["events", "-r", record, "--type", "call", "--format", "jsonl"]);
    let event: Value = serde_json::from_str(run.out.lines().next().unwrap()).unwrap();
    event["id"].as_str().unwrap().to_owned()
}

fn compared(record: &str, event: &str, format: &str) -> String {
    let run = riwaya(&["compare", event, "-r", record, "--format", format]);
    assert_eq!(run.code, Some(0), "{}", run.err);
    run.out
}

fn points(record: &str, event: &str) -> Vec<Value> {
    compared(record, event, "jsonl").lines().map(|l| serde_json::from_str(l).unwrap()).collect()
}

fn cells(point: &Value) -> &[Value] {
    point["cells"].as_array().unwrap()
}

#[test]
fn html_runs_nothing_and_has_a_column_a_side() {
    let (_folder, record) = record_of("compare-html", PAGES);
    let html = compared(&record, &call(&record), "html");
    assert!(!html.contains("<script") && !html.contains("<b>"), "{html}");
    assert!(html.contains("&lt;script&gt;alert(1)&lt;/script&gt;") && html.contains("&lt;b&gt;النهار"), "{html}");
    let columns = "<th>point</th><th dir=\"auto\">الكرملين</th><th dir=\"auto\">الرئاسة التركية</th>";
    assert!(html.contains(columns), "{html}");
    assert!(html.contains("<blockquote dir=\"auto\"><p>رفع العقوبات"), "{html}");
    assert!(html.contains("<a href=\"https://ghad.example/1\">first 63–194</a>"), "the words with their place: {html}");
    assert!(html.contains("الغد ← دميتري بيسكوف, 2026-03-09"), "the words with their chain: {html}");
}

#[test]
fn markdown_keeps_words_of_pages_inside_their_columns() {
    let (_folder, record) = record_of("compare-md", PAGES);
    let event = call(&record);
    let md = compared(&record, &event, "md");
    assert!(md.contains("| point | الكرملين | الرئاسة التركية |"), "{md}");
    assert!(md.contains("\\<script\\>alert(1)\\</script\\>") && !md.contains(" <script>"), "{md}");
    let (_, table) = md.split_once("| point |").unwrap();
    let rows: Vec<&str> = table.lines().skip(2).collect();
    assert_eq!(rows.len(), points(&record, &event).len());
    for row in rows {
        assert_eq!(row.replace("\\|", "").matches('|').count(), 4, "{row}");
    }
}

#[test]
fn silence_is_told_from_an_account_that_is_not_there_yet() {
    let (_folder, record) = record_of("compare-silence", PAGES);
    let shown = compared(&record, &call(&record), "table");
    let after = |words: &str| shown.split_once(words).unwrap().0.lines().rev().nth(2).unwrap().to_owned();
    let announced = after("«الاتصال سيكون بمبادرة");
    assert!(announced.ends_with("before the contact: only one (الرئاسة التركية: no account yet)"), "{announced}");
    let told = after("«وإن الاتصال جرى بطلب");
    assert!(told.ends_with("only one (الكرملين is silent)"), "{told}");
}

#[test]
fn each_side_says_who_asked_in_its_own_points() {
    let (_folder, record) = record_of("compare-asked", PAGES);
    let event = call(&record);
    let md = compared(&record, &event, "md");
    for (side, words) in [("الكرملين", "بمبادرة"), ("الرئاسة التركية", "بطلب")] {
        let row = md.lines().find(|l| l.starts_with(&format!("| {side} |"))).unwrap();
        let number = row.trim_end_matches(" |").rsplit_once("point ").unwrap().1;
        let point = md.lines().find(|l| l.starts_with(&format!("| {number}. "))).unwrap();
        assert!(point.contains(words), "{row}: {point}");
    }
}

/// What stands above the points follows from the points.
#[test]
fn the_head_says_how_much_each_side_says_and_what_first() {
    let folder = Folder::new("compare-head");
    let record = folder.path("r.riwaya");
    assert_eq!(riwaya(&["read", &sample(), "-o", &record]).code, Some(0));
    let event = "call-2025-03-18-vladimir-putin-donald-trump-ua";
    let points = points(&record, event);
    let pages: Vec<Value> = {
        let lines = std::fs::read_to_string(sample()).unwrap();
        lines.lines().map(|l| serde_json::from_str::<Value>(l).unwrap()["id"].clone()).collect()
    };
    let md = compared(&record, event, "md");
    for side in points[0]["sides"].as_array().unwrap() {
        let said: Vec<(usize, &Value)> =
            (1..).zip(&points).filter(|(_, p)| cells(p).iter().any(|c| c["side"] == side["entity"])).collect();
        let of = |phase: &str| said.iter().filter(|(_, p)| p["phase"] == phase).count();
        let place = |p: &Value| {
            let own = cells(p).iter().filter(|c| c["side"] == side["entity"]);
            own.map(|c| (pages.iter().position(|id| *id == c["article"]), c["words"][0]["start"].as_u64())).min()
        };
        let mut after: Vec<_> = said.iter().filter(|(_, p)| p["phase"] == "after").collect();
        after.sort_by_key(|(n, p)| (place(p), *n));
        let lead: Vec<String> =
            after.iter().take(3).map(|(n, p)| format!("{} ({n})", p["topic"]["ar"].as_str().unwrap())).collect();
        assert_eq!(lead.len(), 3);
        let name = side["name"]["ar"].as_str().unwrap();
        let want = format!("| {name} | {} | {} | {} |", of("before"), of("after"), lead.join(", "));
        assert!(md.contains(&want), "{want}\n{md}");
    }
    let shown = compared(&record, event, "table");
    assert!(shown.lines().any(|l| l.contains("leads with")), "{shown}");
}

#[test]
fn a_party_that_says_nothing_has_no_account_yet() {
    let folder = Folder::new("compare-one-side");
    let record = folder.path("r.riwaya");
    let one = PAGES.lines().next().unwrap();
    let file = folder.file("pages.jsonl", one);
    assert_eq!(riwaya(&["read", &file, "-o", &record]).code, Some(0));
    let event = call(&record);
    let points = points(&record, &event);
    assert!(points.iter().all(|p| p["silent"][0]["of"] == "tr" && p["sides"][0]["of"] == "ru"), "{points:?}");
    for format in ["table", "md", "html"] {
        let shown = compared(&record, &event, format);
        let row = shown.lines().find(|l| l.contains("no page in the record gives its account"));
        assert!(row.is_some_and(|r| r.contains("أردوغان")), "{shown}");
    }
}
