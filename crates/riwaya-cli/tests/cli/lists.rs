//! Lists, their filters and formats, and what `--help` says.

use crate::{Folder, riwaya, sample};

fn record(name: &str) -> (Folder, String) {
    let folder = Folder::new(name);
    let record = folder.path("r.riwaya");
    assert_eq!(riwaya(&["read", &sample(), "-o", &record]).code, Some(0));
    (folder, record)
}

#[test]
fn stories_in_every_format() {
    let (_folder, record) = record("formats");
    let run = |format: &str| {
        let run = riwaya(&["stories", "-r", &record, "--format", format]);
        assert_eq!(run.code, Some(0), "{}", run.err);
        run.out
    };
    assert!(run("table").starts_with("story"));
    assert!(run("csv").starts_with("story,from,to,articles,"));
    assert!(run("md").starts_with("| story | from |"));
    assert!(run("json").starts_with("[\n{\"kind\":\"story\""));
    assert!(run("jsonl").starts_with("{\"kind\":\"story\""));
}

#[test]
fn filters_narrow_and_nothing_left_is_exit_code_1() {
    let (_folder, record) = record("filters");
    let count = |filter: &[&str]| {
        let run = riwaya(&[&["stories", "-r", &record, "--format", "jsonl"][..], filter].concat());
        assert_eq!(run.code, Some(if run.out.is_empty() { 1 } else { 0 }), "{}", run.err);
        run.out.lines().count()
    };
    let all = count(&[]);
    assert!(count(&["--since", "2025-03-19"]) < all);
    assert!(count(&["--until", "2025-02"]) >= 1);
    assert_eq!(count(&["--since", "2031"]), 0);
    assert_eq!(count(&["--lang", "ar"]), all);
    assert_eq!(count(&["--lang", "ru"]), 0);
    assert!((1..all).contains(&count(&["--outlet", "النبا"])), "«النبأ» is found without its hamza");
    assert_eq!(count(&["--story", "no-such-story"]), 0);
}

#[test]
fn help_leads_with_three_examples() {
    for command in [
        &["--help"][..],
        &["read", "--help"],
        &["stories", "--help"],
        &["events", "--help"],
        &["statements", "--help"],
        &["people", "--help"],
        &["grep", "--help"],
        &["timeline", "--help"],
        &["flags", "--help"],
        &["check", "--help"],
        &["compare", "--help"],
        &["trace", "--help"],
        &["verify", "--help"],
        &["ledger", "--help"],
        &["brief", "--help"],
        &["explain", "--help"],
        &["export", "--help"],
        &["eval", "--help"],
        &["completions", "--help"],
    ] {
        let run = riwaya(command);
        assert_eq!(run.code, Some(0));
        let examples: Vec<&str> = run.out.lines().skip(1).take_while(|l| l.starts_with("  ")).collect();
        assert!(run.out.starts_with("Examples:") && examples.len() >= 3, "{command:?}: {}", run.out);
    }
}

#[test]
fn completions_know_the_commands() {
    for shell in ["bash", "zsh", "fish"] {
        let run = riwaya(&["completions", shell]);
        assert_eq!(run.code, Some(0));
        assert!(["statements", "people", "grep"].iter().all(|command| run.out.contains(command)), "{shell}");
    }
}

#[test]
fn explain_shows_a_page_with_its_reasons() {
    let (folder, record) = record("explain");
    let run = riwaya(&["explain", "naba-washington", "-r", &record]);
    assert_eq!(run.code, Some(0), "{}", run.err);
    assert!(run.out.contains("published 2025-03-18, from metadata"), "{}", run.out);
    assert!(run.out.contains("because time/metadata"), "{}", run.out);
    let run = riwaya(&["explain", "no-such-id", "-r", &record]);
    assert_eq!(run.code, Some(1));
    let page = folder.file("page.txt", "عنوان\nقال الوزير إنه سيعود.");
    let run = riwaya(&["explain", &page]);
    assert_eq!(run.code, Some(0));
    assert!(run.out.contains("قال الوزير إنه سيعود."));
}

/// «ألكسندر نوفاك», “Aleksandr Novak” and «Александром Новаком» are one, and the record says why.
#[test]
fn explain_says_why_names_of_several_languages_are_one() {
    let folder = Folder::new("explain-names");
    let pages = [
        ("en", "Aleksandr Novak met Peter Northcote. Russia will sell more oil, Novak said."),
        ("ru", "Министр встретился с Александром Новаком. Россия будет продавать больше нефти."),
    ];
    let lines =
        pages.map(|(id, text)| format!("{{\"id\":\"{id}\",\"text\":\"{text}\",\"published\":\"2026-03-09\"}}\n"));
    let (file, record) = (folder.file("pages.jsonl", lines.concat()), folder.path("r.riwaya"));
    assert_eq!(riwaya(&["read", &file, "-o", &record]).code, Some(0));
    let run = riwaya(&["explain", "alexander-novak", "-r", &record]);
    assert_eq!(run.code, Some(0), "{}", run.err);
    for told in ["joined:", "rule: names/people.tsv:", "Aleksandr Novak", "Александром Новаком"] {
        assert!(run.out.contains(told), "{told}: {}", run.out);
    }
}

#[test]
fn what_cannot_be_compared_says_so() {
    let (_folder, record) = record("compare");
    let run = riwaya(&["compare", "no-such-contact", "-r", &record]);
    assert_eq!(run.code, Some(1));
    assert!(run.err.contains("`riwaya events`"), "{}", run.err);
}

#[test]
fn scores_without_annotated_pages_are_not_made_up() {
    let run = riwaya(&["eval", "no/such/folder"]);
    assert_eq!(run.code, Some(1));
    assert!(run.err.contains("nothing was scored"), "{}", run.err);
}

fn lines(arguments: &[&str]) -> Vec<serde_json::Value> {
    let run = riwaya(arguments);
    assert_eq!(run.code, Some(if run.out.is_empty() { 1 } else { 0 }), "{}", run.err);
    run.out.lines().map(|l| serde_json::from_str(l).unwrap()).collect()
}

#[test]
fn the_sample_ends_in_the_accounts_of_both_sides() {
    let run = riwaya(&["read", &sample()]);
    assert_eq!(run.code, Some(0), "{}", run.err);
    let (_, comparison) = run.out.split_once("The sides of each contact, point by point").unwrap();
    assert!(comparison.contains("البيت الأبيض") && comparison.contains("الكرملين"), "{comparison}");
    assert!(comparison.contains("only one"), "{comparison}");
    assert!(run.out.contains("weekday conflict"), "{}", run.out);
}

#[test]
fn statements_by_speaker_and_words() {
    let (_folder, record) = record("statements");
    let base = ["statements", "-r", &record, "--format", "jsonl"];
    let all = lines(&base).len();
    let of_peskov = lines(&[&base[..], &["--speaker", "بيسكوف"]].concat());
    assert!((1..all).contains(&of_peskov.len()));
    let speaker = &of_peskov[0]["speaker"];
    assert!(of_peskov.iter().all(|s| s["speaker"] == *speaker));
    assert_eq!(
        lines(&[&base[..], &["--speaker", speaker.as_str().unwrap()]].concat()),
        of_peskov,
        "the id does as well"
    );
    let with_words = lines(&[&base[..], &["--words", "لا نستبق الاحداث"]].concat());
    assert!(!with_words.is_empty(), "words are found without hamza");
    assert_eq!(lines(&[&base[..], &["--act", "no-such-act"]].concat()).len(), 0);
}

#[test]
fn words_are_traced_to_whoever_said_them() {
    let (_folder, record) = record("trace");
    let traces = lines(&["trace", "لا نستبق الأحداث", "-r", &record, "--format", "jsonl"]);
    let names: Vec<&str> = traces[0]["chain"].as_array().unwrap().iter().filter_map(|l| l["name"].as_str()).collect();
    assert_eq!(names.first(), Some(&"النبأ"));
    assert!(names.last().unwrap().contains("بيسكوف"), "{names:?}");
    let id = traces[0]["statement"].as_str().unwrap();
    assert!(!lines(&["trace", id, "-r", &record, "--format", "jsonl"]).is_empty());
    assert!(lines(&["trace", "كلام لم يقله أحد قط", "-r", &record, "--format", "jsonl"]).is_empty());
}

#[test]
fn a_timeline_is_in_order_of_time() {
    let (_folder, record) = record("timeline");
    let items = lines(&["timeline", "-r", &record, "--published", "--format", "jsonl"]);
    let days: Vec<&str> = items.iter().filter_map(|i| i["when"].as_str()).filter(|w| w.starts_with("20")).collect();
    assert!(days.len() > 5 && days.is_sorted_by_key(|d| &d[..10.min(d.len())]), "{days:?}");
    let march = lines(&["timeline", "-r", &record, "--since", "2025-03-18", "--format", "jsonl"]);
    assert!(march.iter().all(|i| i["when"].as_str().unwrap() >= "2025-03-18"));
}

#[test]
fn contacts_by_kind_and_party() {
    let (_folder, record) = record("events");
    let calls = lines(&["events", "-r", &record, "--type", "call", "--party", "زيلينسكي", "--format", "jsonl"]);
    assert!(!calls.is_empty() && calls.iter().all(|e| e["type"] == "call" && e["story"].is_string()));
    let by_page = lines(&["events", "-r", &record, "--by-page", "--format", "jsonl"]);
    assert!(by_page.iter().all(|e| e["article"].is_string()));
    let id = calls[0]["id"].as_str().unwrap();
    assert_eq!(riwaya(&["explain", id, "-r", &record]).code, Some(0));
}

#[test]
fn comparisons_of_contacts_stories_and_chosen_sides() {
    let (_folder, record) = record("sides");
    let points = lines(&["export", "-r", &record, "--to", "jsonl"]);
    let point = points.iter().find(|l| l["kind"] == "point").unwrap();
    let (event, story) = (point["event"].as_str().unwrap(), point["story"].as_str().unwrap());
    for subject in [event, story] {
        let run = riwaya(&["compare", subject, "-r", &record]);
        assert_eq!(run.code, Some(0), "{}", run.err);
        assert!(run.out.contains('↔'), "{}", run.out);
    }
    for format in ["json", "jsonl", "csv", "md", "html"] {
        assert_eq!(riwaya(&["compare", event, "-r", &record, "--format", format]).code, Some(0));
    }
}

/// Two pages of one minister, whose office and spelling change, and one in Russian.
const OFFICES: &str = r#"{"id":"a","outlet":"النهار","published":"2026-02-01","text":"الكرمي: لن نغلق الميناء\n\nقال وزير النقل سالم الكرمي: «لن نُغلق الميناء قبل الصيف»."}
{"id":"b","outlet":"المرصد","published":"2026-03-01","text":"الكرمي يتسلم الخارجية\n\nقال وزير الخارجية سالم الكرمي إن الميناء لن يغلق."}
{"id":"c","outlet":"Заря","published":"2026-03-02","text":"Порт ещё открыт\n\n«Порт ещё открыт», — заявил мэр Ларс Холм."}
"#;

#[test]
fn people_with_their_roles_over_time() {
    let (_folder, record) = crate::record_of("people", OFFICES);
    let base = ["people", "-r", &record, "--format", "jsonl"];
    let minister = &lines(&[&base[..], &["--name", "الكرمي"]].concat())[0];
    assert_eq!(
        (&minister["type"], &minister["statements"], &minister["pages"]),
        (&"PER".into(), &3.into(), &2.into()),
        "a headline says it too"
    );
    assert_eq!((&minister["first"], &minister["last"]), (&"2026-02-01".into(), &"2026-03-01".into()));
    let roles: Vec<&str> = minister["roles"].as_array().unwrap().iter().filter_map(|r| r["text"].as_str()).collect();
    assert_eq!(roles, ["وزير النقل", "وزير الخارجية"], "by the day on which they are first borne");
    assert_eq!(minister["roles"][1]["first"], "2026-03-01");
    let later = &lines(&[&base[..], &["--name", "الكرمي", "--since", "2026-03"]].concat())[0];
    assert_eq!((&later["statements"], later["roles"].as_array().unwrap().len()), (&1.into(), 1));
    assert!(lines(&[&base[..], &["--role", "no such office"]].concat()).is_empty());
    assert!(riwaya(&["people", "-r", &record, "--format", "csv"]).out.starts_with("entity,type,ar,en,ru,statements,"));
    assert!(riwaya(&["people", "-r", &record]).out.starts_with("who"));
}

#[test]
fn words_are_found_whatever_their_marks_and_whoever_says_them() {
    let (_folder, record) = crate::record_of("grep", OFFICES);
    let grep = |arguments: &[&str]| lines(&[&["grep", "-r", &record, "--format", "jsonl"][..], arguments].concat());
    let hits = grep(&["لن نغلق الميناء"]);
    assert_eq!(hits.len(), 2, "in the headline, and with its vowel mark in the quotation: {hits:#?}");
    assert_eq!((&hits[1]["text"], &hits[1]["statement"]), (&"لن نُغلق الميناء".into(), &"a#s2".into()));
    assert!(hits[1]["line"]["text"].as_str().unwrap().starts_with("قال وزير النقل"));
    assert_eq!(
        grep(&["لن نغلق الميناء", "--speaker", "الكرمي"]).iter().filter(|h| h["statement"] == "a#s1").count(),
        1
    );
    assert_eq!(grep(&["еще открыт"]).len(), 2, "ё counts as е");
    assert_eq!(grep(&["откры*", "--lang", "ru", "--speaker", "Холм"]).len(), 1);
    assert!(grep(&["الميناء لن نغلق"]).is_empty(), "in another order");
    let shown = riwaya(&["grep", "الميناء", "-r", &record]);
    assert!(shown.out.starts_with("page") && !shown.out.contains('\u{1b}'), "colours on terminals only: {}", shown.out);
    let nothing = riwaya(&["grep", "«»", "-r", &record]);
    assert_eq!(nothing.code, Some(2));
    assert!(nothing.err.contains("there is no word in it"), "{}", nothing.err);
}
