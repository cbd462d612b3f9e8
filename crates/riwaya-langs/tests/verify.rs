//! Quotations of `corpus/quotations/`, each with the outcome that it must have.

use super::packs;
use riwaya::page::Source;
use riwaya::read::read_whole;
use riwaya::weave::verify::{Outcome, Seeker, Verdict, verify};
use riwaya::{Packs, Reading};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../corpus/quotations")
}

fn pages(packs: &Packs) -> Vec<Reading> {
    let text = std::fs::read_to_string(folder().join("pages.jsonl")).expect("the pages are there");
    let page = |line: &str| {
        let page: BTreeMap<String, String> = serde_json::from_str(line).expect("a page a line");
        let field = |name: &str| page.get(name).cloned();
        let source = Source {
            id: field("id").unwrap_or_default(),
            outlet: field("outlet"),
            published: field("published"),
            ..Source::default()
        };
        riwaya::read(source, field("text").unwrap_or_default(), packs, None)
    };
    text.lines().map(page).collect()
}

fn judged(text: &str, pages: &[Reading], packs: &Packs) -> Vec<Verdict> {
    verify(&read_whole(Source::default(), text.to_owned(), packs), pages, packs)
}

/// Of several claims the one that counts most against the text; what is too short counts where it is all there is.
fn worst(verdicts: &[Verdict]) -> &'static str {
    let outcomes = || verdicts.iter().map(|v| v.outcome);
    let long = outcomes().filter(|o| *o != Outcome::TooShort).max();
    long.or(outcomes().max()).map_or("none", Outcome::as_str)
}

/// How many of the items of `file` come out as they must, how many there are, and what went wrong.
fn score(file: &str, packs: &Packs) -> (usize, usize, String, Vec<(String, String)>) {
    let pages = pages(packs);
    let items = std::fs::read_to_string(folder().join(file)).expect("the items are there");
    let (mut right, mut all, mut wrong, mut passed) = (0, 0, String::new(), Vec::new());
    for line in items.lines().skip(1) {
        let (expected, text) = line.split_once('\t').expect("outcome and text");
        let text = &text.replace("\\n", "\n");
        let verdicts = judged(text, &pages, packs);
        let outcome = worst(&verdicts);
        all += 1;
        right += usize::from(outcome == expected);
        if outcome != expected {
            writeln!(wrong, "{outcome} instead of {expected}: {text}").expect("a string can be written to");
            for v in &verdicts {
                let differences: Vec<String> =
                    v.differences.iter().map(|d| format!("{} «{}»→«{}»", d.kind.as_str(), d.wanted, d.found)).collect();
                writeln!(
                    wrong,
                    "    {} {} {:.2} {:?} {differences:?} {}",
                    v.mode.as_str(),
                    v.outcome.as_str(),
                    v.share,
                    &text[v.span.start()..v.span.end()],
                    v.explain
                )
                .expect("a string can be written to");
            }
        }
        if outcome == "found" && expected != "found" {
            passed.push((expected.to_owned(), text.clone()));
        }
    }
    (right, all, wrong, passed)
}

/// `speakers`: so many items with a wrong speaker are known to pass, and no more may.
fn at_least(file: &str, percent: usize, speakers: usize) {
    let packs = packs();
    let (right, all, wrong, passed) = score(file, &packs);
    println!("{file}: {right} of {all}\n{wrong}");
    let (speaker, words): (Vec<_>, Vec<_>) = passed.into_iter().partition(|(expected, _)| expected == "misattributed");
    assert!(words.is_empty(), "altered or invented, and passed as found: {words:#?}");
    assert!(speaker.len() <= speakers, "with a wrong speaker, and passed as found: {speaker:#?}");
    assert!(right * 100 >= all * percent, "{right} of {all}\n{wrong}");
}

#[test]
fn quotations_written_while_the_gate_was_built() {
    at_least("open.tsv", 98, 0);
}

#[test]
fn quotations_kept_for_measuring() {
    at_least("held.tsv", 98, 0);
}

/// Shapes that the others lack: marks inside marks, headlines, vowel marks, paragraphs, offices, two speakers of one page.
#[test]
fn quotations_of_other_shapes() {
    at_least("blind.tsv", 95, 0);
}

/// Quotations in another language than the page's: only with nearly all that a translation keeps, in the same mouth.
#[test]
fn quotations_in_another_language() {
    at_least("translated.tsv", 85, 0);
    at_least("translated-blind.tsv", 30, 0);
}

#[test]
fn pages_are_chosen_without_reading_them() {
    let packs = packs();
    let pages = pages(&packs);
    let text = read_whole(Source::default(), "Adeyemi said: \"The wind is finally helping us.\"".to_owned(), &packs);
    let seeker = Seeker::new(&text, &packs);
    let mut looker = seeker.looker();
    let hits: Vec<_> = pages.iter().map(|p| looker.look(p.text.raw(), None)).collect();
    let chosen: Vec<&str> = seeker.choose(&hits).iter().map(|n| pages[*n].source.id.as_str()).collect();
    assert_eq!(chosen, ["en-spill"]);
}
