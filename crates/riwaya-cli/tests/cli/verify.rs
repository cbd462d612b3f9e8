//! `riwaya verify`: what each quotation comes out as, in which form, with which exit code.

use crate::{Folder, Run, riwaya, riwaya_fed};
use serde_json::Value;
use std::path::Path;

fn record(name: &str) -> (Folder, String) {
    let folder = Folder::new(name);
    let record = folder.path("r.riwaya");
    let pages = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../corpus/quotations/pages.jsonl");
    let pages = pages.to_str().unwrap().to_owned();
    assert_eq!(riwaya(&["read", &pages, "-o", &record]).code, Some(0));
    (folder, record)
}

fn lines(run: &Run) -> Vec<Value> {
    run.out.lines().map(|l| serde_json::from_str(l).unwrap()).collect()
}

#[test]
fn a_brief_is_verified_line_by_line() {
    let (folder, record) = record("verify-brief");
    let brief = folder.file(
        "brief.md",
        "# Spill\n\n- Ruth Adeyemi: \"the wind is finally helping us\"\n- Ruth Adeyemi: \"We recovered 2,400 litres of oil on the first day\"\n",
    );
    let run = riwaya(&["verify", &brief, "-r", &record, "--format", "jsonl"]);
    assert_eq!(run.code, Some(1), "{}", run.err);
    let found = lines(&run);
    let verdicts: Vec<&str> = found.iter().filter_map(|l| l["verdict"].as_str()).collect();
    assert_eq!(verdicts, ["found", "altered"]);
    assert_eq!(found[0]["places"][0]["article"], "en-spill");
    assert_eq!(found[0]["places"][0]["words"][0]["text"], "the wind is finally helping us");
    let text = std::fs::read_to_string(&brief).unwrap();
    let (start, end) = (found[0]["start"].as_u64().unwrap(), found[0]["end"].as_u64().unwrap());
    let words: String = text.chars().skip(start as usize).take((end - start) as usize).collect();
    assert_eq!(words, "the wind is finally helping us");
    assert_eq!(found[1]["differences"][0]["what"], "number");
    assert_eq!(found[1]["differences"][0]["found"], "4,200");
}

#[test]
fn words_and_standard_input_are_texts_too() {
    let (_folder, record) = record("verify-words");
    let run = riwaya(&["verify", "قال سالم الكرمي: «لا نطلب حماية من أحد».", "-r", &record]);
    assert_eq!(run.code, Some(0), "{}{}", run.out, run.err);
    assert!(run.out.contains("found") && run.out.contains("ar-oslo#s"), "{}", run.out);
    let run = riwaya_fed(&["verify", "-", "-r", &record], "قال أولاف برانت: «لا نطلب حماية من أحد».".as_bytes());
    assert_eq!(run.code, Some(1));
    assert!(run.out.contains("misattributed"), "{}", run.out);
}

#[test]
fn every_format_and_every_end() {
    let (_folder, record) = record("verify-formats");
    let text = "Leo Varga said: \"Orbit is the easy part.\"";
    let run = |format: &str| riwaya(&["verify", text, "-r", &record, "--format", format]);
    assert!(run("csv").out.starts_with("verdict,mode,speaker,words,"));
    assert!(run("md").out.starts_with("| verdict | mode |"));
    assert!(run("json").out.starts_with("[\n{\"kind\":\"verdict\""));
    assert_eq!(run("json").code, Some(0));
    let nobody = riwaya(&["verify", "The weather was fine in Marlow.", "-r", &record]);
    assert_eq!(nobody.code, Some(1));
    assert!(nobody.err.contains("quotes nobody"), "{}", nobody.err);
    let missing = riwaya(&["verify", "no-such-brief.md", "-r", &record]);
    assert_eq!(missing.code, Some(2));
    assert!(missing.err.contains("no such file"), "{}", missing.err);
}

#[test]
fn words_in_another_language_are_not_found_and_say_so() {
    let (_folder, record) = record("verify-languages");
    let text = "Ruth Adeyemi said: \"The sea forgets nothing and forgives even less.\"";
    let run = riwaya(&["verify", text, "-r", &record]);
    assert_eq!(run.code, Some(1));
    assert!(run.out.contains("8 pages in en") && run.out.contains("ru (8)"), "{}", run.out);
}

/// Quoted in English from an Arabic page: the original words are shown, and nothing fails; another number does.
#[test]
fn words_in_another_language_are_shown_where_they_are_surely_the_original() {
    let (_folder, record) = record("verify-translated");
    let text = "Lina Fischer said: \"These are difficult talks, but they have not failed. The two sides agreed to return to Geneva on the tenth of March.\"";
    let run = riwaya(&["verify", text, "-r", &record, "--format", "jsonl"]);
    assert_eq!(run.code, Some(0), "{}{}", run.out, run.err);
    let found = lines(&run);
    assert_eq!(found[0]["verdict"], "translated");
    let place = &found[0]["places"][0];
    assert_eq!(place["article"], "ar-talks");
    let words = place["words"].to_string();
    assert!(words.contains("هذه محادثات صعبة، لكنها لم تفشل") && words.contains("في العاشر من آذار"), "{words}");
    assert!(found[0]["explain"].as_str().unwrap().contains("cannot be checked word for word"));
    let shown = riwaya(&["verify", text, "-r", &record]).out;
    assert!(shown.starts_with("translated") && shown.contains("1 translated"), "{shown}");
    let run = riwaya(&["verify", &text.replace("tenth", "twelfth"), "-r", &record, "--format", "jsonl"]);
    assert_eq!(run.code, Some(1));
    let found = lines(&run);
    assert_eq!((&found[0]["verdict"], &found[0]["differences"][0]["what"]), (&"altered".into(), &"date".into()));
}
