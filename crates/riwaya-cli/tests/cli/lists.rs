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
    assert!(run("csv").starts_with("story,from,to,pages,"));
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
        &["timeline", "--help"],
        &["flags", "--help"],
        &["check", "--help"],
        &["compare", "--help"],
        &["trace", "--help"],
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
        assert!(run.out.contains("statements"), "{shell}");
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
