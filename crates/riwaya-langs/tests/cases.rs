//! Runs every case file and every row's example of `langs/`, read from disk so that an edit needs no rebuild.
//!
//! A case:
//! ```text
//! # prose
//! now 2026-03-10
//! > وصل الوزير [أمس] إلى جدة.
//! = DATE 2026-03-09 أمس
//! ```
//! `>>` is a headline line, `>` a body line; several make one page. `=` lines must come out, `= none` is a
//! negative, `~` lines are wanted and not yet reached. Brackets mark spans that must be found exactly.
//! `RIWAYA_UPDATE=1` rewrites the `=` lines.

#![allow(missing_docs, clippy::expect_used, clippy::unwrap_used, clippy::print_stdout)]

mod copies;
mod corrections;
mod verify;

mod weave;

mod fourth;
mod language;

mod paragraphs;

mod readouts;

mod robust;

use riwaya::pack::{Pack, Packs};
use riwaya::page::{Layout, Source};
use riwaya::read::read_laid_out;
use riwaya::text::Span;
use riwaya::{Reading, show};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

fn langs() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../langs")
}

fn packs() -> Packs {
    Packs::load(&riwaya_langs::from_dir(&langs()).unwrap()).unwrap_or_else(|e| panic!("{e}"))
}

#[test]
fn cases() {
    let packs = packs();
    let only = std::env::var("CASE").unwrap_or_default();
    let mut failures = String::new();
    let mut count = 0;
    for path in case_files() {
        let name = path.strip_prefix(langs()).unwrap().display().to_string();
        if !name.contains(&only) {
            continue;
        }
        let code = name.split('/').next().unwrap().to_owned();
        count += File::read(&path, &name).run(&packs, &code, &mut failures);
    }
    println!("{count} cases");
    assert!(failures.is_empty(), "\n{failures}");
}

#[test]
fn every_row_has_an_example_that_runs() {
    let files = riwaya_langs::from_dir(&langs()).unwrap();
    let packs = packs();
    let mut failures = String::new();
    let mut count = 0;
    for (path, text) in &files.texts {
        let code = path.split('/').next().unwrap();
        let Some(pack) = packs.get(code).filter(|_| {
            path.ends_with(".tsv") && text.lines().any(|l| !l.starts_with('#') && l.split('\t').any(|c| c == "example"))
        }) else {
            continue;
        };
        if path.ends_with("language.tsv") || path.ends_with("folding.tsv") || path.ends_with("abbreviations.tsv") {
            continue;
        }
        for row in files.table(path, &["example"]).unwrap().rows() {
            count += 1;
            let page = path.ends_with("furniture.tsv") || path.ends_with("credits.tsv");
            if let Err(why) = example(row.get("example"), page, pack) {
                writeln!(failures, "{}: {why}", row.rule()).unwrap();
            }
        }
    }
    println!("{count} examples");
    assert!(failures.is_empty(), "\n{failures}");
}

/// `وصل [أمس] => 2026-03-09`: some finding has exactly the bracketed span and, where given, that label.
/// A leading `!` says that nothing may be found there. An example of a `page` is laid out like one, ¶ for a line end.
fn example(example: &str, page: bool, pack: &Pack) -> Result<(), String> {
    if example.is_empty() {
        return Err("no example".to_owned());
    }
    let (negative, rest) = example.strip_prefix('!').map_or((false, example), |r| (true, r));
    let (sentence, label) = rest.split_once("=>").map_or((rest, None), |(s, l)| (s, Some(l.trim())));
    let (text, marks) = unbracket(&sentence.trim().replace(" ¶ ", "\n"));
    let reading = if page {
        let source = Source { id: "case".to_owned(), published: Some("2026-03-10".to_owned()), ..Source::default() };
        read_laid_out(source.clone(), text.clone(), pack, |t| riwaya::page::layout(t, &source, &pack.stages().page))
    } else {
        body_only(&text, pack, Some("2026-03-10"), 0)
    };
    let mut found = show::findings(&reading);
    let words = pack.checks.hits(&reading.text, 0..reading.text.len(), &pack.words);
    found.extend(words.into_iter().map(|hit| show::Finding {
        stage: "check",
        span: hit.span,
        label: hit.sign.as_str().to_owned(),
    }));
    let marks = if marks.is_empty() { vec![Span::new(0, text.len())] } else { marks };
    for mark in marks {
        let here: Vec<_> = found.iter().filter(|f| f.span == mark).collect();
        let hit = here.iter().any(|f| label.is_none_or(|l| f.label == l));
        if hit == negative {
            let all: Vec<String> =
                found.iter().map(|f| format!("{} {} «{}»", f.stage, f.label, reading.text.at(f.span))).collect();
            return Err(format!("«{}» in «{text}» ({})", reading.text.at(mark), all.join("; ")));
        }
    }
    Ok(())
}

/// Removes `[` and `]`, and says which spans they held.
fn unbracket(marked: &str) -> (String, Vec<Span>) {
    let mut text = String::new();
    let (mut open, mut spans) = (Vec::new(), Vec::new());
    for c in marked.chars() {
        match c {
            '[' => open.push(text.len()),
            ']' => spans.extend(open.pop().map(|from| Span::new(from, text.len()))),
            _ => text.push(c),
        }
    }
    (text, spans)
}

/// Reads lines that are all article text, the first `headlines` of them headlines.
fn body_only(text: &str, pack: &Pack, now: Option<&str>, headlines: usize) -> Reading {
    let source = Source { id: "case".to_owned(), published: now.map(str::to_owned), ..Source::default() };
    read_laid_out(source, text.to_owned(), pack, |t| {
        let mut lines = t.lines().iter().filter(|l| !l.tokens.is_empty()).map(|l| l.span);
        Layout { title: lines.by_ref().take(headlines).collect(), body: lines.collect(), ..Layout::default() }
    })
}

fn case_files() -> Vec<PathBuf> {
    let mut out: Vec<PathBuf> = std::fs::read_dir(langs())
        .unwrap()
        .flatten()
        .flat_map(|lang| std::fs::read_dir(lang.path().join("cases")).into_iter().flatten().flatten())
        .map(|e| e.path())
        .filter(|p| p.extension().is_some_and(|e| e == "case"))
        .collect();
    out.sort();
    out
}

struct Case {
    line: usize,
    now: Option<String>,
    input: Vec<String>,
    headlines: usize,
    want: Vec<String>,
    wished: bool,
}

struct File {
    path: PathBuf,
    name: String,
    stage: String,
    cases: Vec<Case>,
}

impl File {
    fn read(path: &Path, name: &str) -> File {
        let text = std::fs::read_to_string(path).unwrap();
        let stage = path.file_stem().unwrap().to_string_lossy().split('-').next().unwrap().to_owned();
        let mut file = File { path: path.to_owned(), name: name.to_owned(), stage, cases: Vec::new() };
        let (mut now, mut open): (Option<String>, Option<Case>) = (None, None);
        for (n, line) in text.lines().enumerate() {
            let (mark, rest) = line.split_at(line.find(' ').unwrap_or(line.len()));
            let rest = rest.strip_prefix(' ').unwrap_or(rest);
            match mark {
                ">" | ">>" => {
                    if open.as_ref().is_some_and(|c| !c.want.is_empty()) {
                        file.cases.extend(open.take());
                    }
                    let case = open.get_or_insert(Case {
                        line: n + 1,
                        now: now.clone(),
                        input: Vec::new(),
                        headlines: 0,
                        want: Vec::new(),
                        wished: false,
                    });
                    case.headlines += usize::from(mark == ">>");
                    case.input.push(rest.to_owned());
                }
                "=" | "~" => {
                    let case = open.as_mut().unwrap_or_else(|| panic!("{name}:{}: \"{mark}\" before any \">\"", n + 1));
                    case.wished |= mark == "~";
                    case.want.push(rest.trim_end().to_owned());
                }
                "now" => now = Some(rest.trim().to_owned()).filter(|s| s != "unknown"),
                "" => file.cases.extend(open.take()),
                _ if mark.starts_with('#') => {}
                _ => panic!("{name}:{}: found \"{mark}\", expected >, >>, =, ~, now or #", n + 1),
            }
        }
        file.cases.extend(open.take());
        file
    }

    fn run(&self, packs: &Packs, code: &str, failures: &mut String) -> usize {
        let pack = packs.get(code).unwrap();
        let mut edits = Vec::new();
        for case in &self.cases {
            let (text, marks) = unbracket(&case.input.join("\n"));
            let reading = if self.stage == "page" {
                let source = Source { id: "case".to_owned(), published: case.now.clone(), ..Source::default() };
                riwaya::read(source, text.clone(), packs, None)
            } else {
                body_only(&text, pack, case.now.as_deref(), case.headlines)
            };
            let mut got = show::lines(&reading, &self.stage);
            if got.is_empty() {
                got.push("none".to_owned());
            }
            let found = show::findings(&reading);
            let lost: Vec<&str> =
                marks.iter().filter(|m| !found.iter().any(|f| f.span == **m)).map(|m| reading.text.at(*m)).collect();
            let right = got == case.want && lost.is_empty();
            if right && case.wished {
                writeln!(failures, "{}:{}: reached; make its ~ lines =", self.name, case.line).unwrap();
            } else if !right && !case.wished {
                if std::env::var("RIWAYA_UPDATE").is_ok() {
                    edits.push((case.line, got.clone()));
                }
                writeln!(failures, "{}:{}: {}{}", self.name, case.line, text, difference(&case.want, &got)).unwrap();
                lost.iter().for_each(|l| writeln!(failures, "    [{l}] was not found").unwrap());
            }
        }
        let none = self.cases.iter().filter(|c| c.want == ["none"]).count();
        if matches!(self.stage.as_str(), "time" | "mention" | "statement" | "event") && none * 6 < self.cases.len() {
            writeln!(
                failures,
                "{}: {none} negatives among {} cases; one in six must be `= none`",
                self.name,
                self.cases.len()
            )
            .unwrap();
        }
        self.rewrite(&edits);
        self.cases.len()
    }

    fn rewrite(&self, edits: &[(usize, Vec<String>)]) {
        if edits.is_empty() {
            return;
        }
        let text = std::fs::read_to_string(&self.path).unwrap();
        let mut out = String::new();
        let mut pending: Option<&Vec<String>> = None;
        for (n, line) in text.lines().enumerate() {
            pending = edits.iter().find(|(at, _)| *at == n + 1).map(|(_, got)| got).or(pending);
            if let (Some(got), true) = (pending, line.starts_with("= ")) {
                got.iter().for_each(|g| writeln!(out, "= {g}").unwrap());
                pending = None;
                continue;
            }
            let replaced = edits.iter().any(|(at, _)| *at <= n)
                && line.starts_with("= ")
                && out.trim_end().lines().last().is_some_and(|l| l.starts_with("= "))
                && self.edited(edits, n);
            if !replaced {
                writeln!(out, "{line}").unwrap();
            }
        }
        std::fs::write(&self.path, out).unwrap();
    }

    /// Does line `n` (from 0) belong to a case that is being rewritten?
    fn edited(&self, edits: &[(usize, Vec<String>)], n: usize) -> bool {
        let case = self.cases.iter().rev().find(|c| c.line <= n + 1);
        case.is_some_and(|c| edits.iter().any(|(at, _)| *at == c.line))
    }
}

fn difference(want: &[String], got: &[String]) -> String {
    let mut out = String::new();
    for line in want.iter().filter(|w| !got.contains(w)) {
        write!(out, "\n  - {line}").unwrap();
    }
    for line in got.iter().filter(|g| !want.contains(g)) {
        write!(out, "\n  + {line}").unwrap();
    }
    out
}
