//! Pairs of readouts, `corpus/readouts/*.case`: what two sides say of one contact, and how that is laid side by side.
//!
//! ```text
//! # what is told, what differs
//! page en Herald 2031-05-14
//! >> headline
//! > paragraph
//! = RELATION | words | words of the other side
//! ```
//! `MISSES=1` prints what differs.

use super::packs;
use riwaya::page::Source;
use riwaya::text::Span;
use riwaya::weave::compare::{Subject, compare};
use riwaya::weave::{self, Comparison, Point, Woven};
use riwaya::{Packs, Reading};
use std::collections::BTreeMap;
use std::path::Path;

/// What each file must reach: the average F1 over its relations; precision and recall of contradictions.
const FLOORS: [(&str, f64, f64, f64); 3] =
    [("blind.case", 0.56, 1.0, 0.45), ("held.case", 0.73, 1.0, 0.66), ("open.case", 0.98, 1.0, 1.0)];

struct Gold {
    relation: String,
    words: Vec<String>,
    line: usize,
}

#[derive(Default)]
struct Pair {
    /// Language, outlet, day and text.
    pages: Vec<(String, String, String, String)>,
    gold: Vec<Gold>,
}

fn pairs(text: &str) -> Vec<Pair> {
    let mut pairs = vec![Pair::default()];
    for (number, line) in (1..).zip(text.lines()) {
        let last = pairs.last_mut().unwrap();
        if let Some(head) = line.strip_prefix("page ") {
            if !last.gold.is_empty() {
                pairs.push(Pair::default());
            }
            let (lang, rest) = head.split_once(' ').expect("page LANGUAGE OUTLET DAY");
            let (outlet, day) = rest.rsplit_once(' ').expect("page LANGUAGE OUTLET DAY");
            let page = (lang.to_owned(), outlet.to_owned(), day.to_owned(), String::new());
            pairs.last_mut().unwrap().pages.push(page);
        } else if let Some(title) = line.strip_prefix(">> ") {
            let page = last.pages.last_mut().expect("a page before its lines");
            page.3.push_str(title);
            page.3.push_str("\n\n");
        } else if let Some(body) = line.strip_prefix("> ") {
            let page = last.pages.last_mut().expect("a page before its lines");
            page.3.push_str(body);
            page.3.push_str("\n\n");
        } else if let Some(gold) = line.strip_prefix("= ") {
            let mut cells = gold.split('|').map(|c| c.trim().to_owned());
            let relation = cells.next().unwrap();
            last.gold.push(Gold { relation, words: cells.collect(), line: number });
        } else {
            assert!(line.is_empty() || line.starts_with('#'), "line {number}: {line}");
        }
    }
    pairs.retain(|p| !p.pages.is_empty());
    pairs
}

fn read(pair: &Pair, packs: &Packs) -> Vec<Reading> {
    let pages = pair.pages.iter().enumerate();
    let one = |(n, (lang, outlet, day, text)): (usize, &(String, String, String, String))| {
        let source = Source {
            id: format!("p{n}"),
            outlet: Some(outlet.clone()),
            published: Some(day.clone()),
            lang: Some(lang.clone()),
            ..Source::default()
        };
        riwaya::read(source, text.clone(), packs, None)
    };
    pages.map(one).collect()
}

/// The pages laid side by side, with all that they say.
fn compared(readings: &[Reading], packs: &Packs) -> (Comparison, Woven) {
    let woven = weave::weave(readings, packs);
    let pages: Vec<usize> = (0..readings.len()).collect();
    (compare(Subject::Pages(&pages), &[], readings, packs, &woven), woven)
}

/// Who says what no row holds, as far as it is known.
fn unheard((page, span): (usize, Span), readings: &[Reading], woven: &Woven) -> String {
    let said = readings[page].statements.iter().filter(|s| s.content.iter().any(|c| c.overlaps(span)));
    let who = |s: &riwaya::statement::Statement| match s.speaker {
        Some(entity) => {
            let entity = &woven.entities[woven.entity_of[page][entity]];
            let roles = entity.roles.iter().map(|(page, role)| readings[*page].text.at(*role));
            entity.forms.iter().map(String::as_str).chain(roles).collect::<Vec<_>>().join(" = ")
        }
        None => "nobody".to_owned(),
    };
    said.map(who).collect::<Vec<_>>().join(", ")
}

fn place(readings: &[Reading], words: &str, taken: &[(usize, Span)]) -> (usize, Span) {
    let at = |(page, reading): (usize, &Reading)| {
        reading.text.raw().find(words).map(|start| (page, Span::new(start, start + words.len())))
    };
    let found =
        readings.iter().enumerate().filter_map(at).find(|p| readings.len() == 1 || !taken.iter().any(|t| t.0 == p.0));
    found.unwrap_or_else(|| panic!("no page holds «{words}»"))
}

fn covers(point: &Point, (page, span): (usize, Span)) -> bool {
    point.cells.iter().any(|c| c.page == page && c.words.iter().any(|w| w.overlaps(span)))
}

fn shared(point: &Point, (page, span): (usize, Span)) -> usize {
    let with = |w: &Span| w.end().min(span.end()).saturating_sub(w.start().max(span.start()));
    point.cells.iter().filter(|c| c.page == page).flat_map(|c| &c.words).map(with).max().unwrap_or(0)
}

fn class(relation: &str) -> &str {
    match relation {
        "same_words" | "same_point" => "same",
        "denies" => "contradicts",
        other => other,
    }
}

fn predicted<'p>(points: &[&'p Point], places: &[(usize, Span)]) -> Option<&'p Point> {
    let holds = |p: &&&Point| places.iter().all(|w| covers(p, *w));
    let most = |p: &&&Point| places.iter().map(|w| shared(p, *w)).sum::<usize>();
    points.iter().filter(holds).max_by_key(most).copied()
}

#[test]
fn readouts_are_laid_side_by_side() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let packs = packs();
    let folder = root.join("../../corpus/readouts");
    let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|e| e.unwrap().path()).collect();
    files.retain(|f| f.extension().is_some_and(|e| e == "case"));
    files.sort();
    assert!(!files.is_empty());
    let mut missed = String::new();
    for file in files {
        let name = file.file_name().unwrap().to_str().unwrap().to_owned();
        let open = std::env::var("MISSES").is_ok();
        let mut count: BTreeMap<(String, String), usize> = BTreeMap::new();
        for pair in pairs(&std::fs::read_to_string(&file).unwrap()) {
            let readings = read(&pair, &packs);
            let (comparison, woven) = compared(&readings, &packs);
            let points: Vec<&Point> = comparison.points.iter().collect();
            if open {
                let sides: Vec<&str> = comparison.sides.iter().map(|s| s.of.as_str()).collect();
                println!("{} ↔ {}", pair.pages[0].1, sides.join(" "));
            }
            for gold in &pair.gold {
                let mut places = Vec::new();
                for words in &gold.words {
                    places.push(place(&readings, words, &places));
                }
                let alone = places.iter().all(|w| points.iter().any(|p| covers(p, *w)));
                let row = predicted(&points, &places);
                let found = row.map_or(if alone { "only_one" } else { "none" }, |p| p.relation.as_str());
                *count.entry((class(&gold.relation).to_owned(), class(found).to_owned())).or_default() += 1;
                if open && class(found) != class(&gold.relation) {
                    let rows = places.iter().filter_map(|w| predicted(&points, &[*w]));
                    let text = |p: &Point| -> Vec<String> {
                        let cell = |c: &weave::Cell| readings[c.page].text.at(c.words[0]).to_owned();
                        p.cells.iter().map(cell).collect()
                    };
                    let rows: Vec<_> =
                        rows.map(|p| (p.relation.as_str(), &*p.grounds.rule, text(p), &p.topics)).collect();
                    println!("{}: {found}, not {}: {:?}\n    {rows:?}", gold.line, gold.relation, gold.words);
                    for place in places.iter().filter(|w| !points.iter().any(|p| covers(p, **w))) {
                        println!("    said by: {}", unheard(*place, &readings, &woven));
                    }
                }
            }
        }
        missed.push_str(&report(&name, &count));
    }
    assert!(missed.is_empty(), "{missed}");
}

/// Prints the figures of a file, and says which floor they are below.
fn report(name: &str, count: &BTreeMap<(String, String), usize>) -> String {
    let sum = |f: &dyn Fn(&(String, String)) -> bool| -> f64 {
        count.iter().filter(|(k, _)| f(k)).map(|(_, n)| *n as f64).sum()
    };
    let mut classes: Vec<&String> = count.keys().map(|(gold, _)| gold).collect();
    classes.dedup();
    if std::env::var("MISSES").is_ok() {
        count.iter().for_each(|((gold, found), n)| println!("{n}\t{gold} found as {found}"));
    }
    println!("{name}: {} relations\nrelation\tp\tr\tf1\tn", sum(&|_| true));
    let mut total = 0.0;
    let mut contradictions = (1.0, 1.0);
    for class in &classes {
        let right = sum(&|k| k.0 == **class && k.1 == **class);
        let (gold, made) = (sum(&|k| k.0 == **class), sum(&|k| k.1 == **class));
        let (p, r) = (if made == 0.0 { 0.0 } else { right / made }, right / gold);
        let f1 = 2.0 * right / (gold + made);
        println!("{class}\t{p:.3}\t{r:.3}\t{f1:.3}\t{gold}");
        total += f1;
        if *class == "contradicts" {
            contradictions = (p, r);
        }
    }
    let average = total / classes.len() as f64;
    println!("average\t\t\t{average:.3}");
    let floor = FLOORS.iter().find(|f| f.0 == name).map_or((0.0, 0.0, 0.0), |f| (f.1, f.2, f.3));
    let figures = [
        ("average F1", average, floor.0),
        ("precision of contradictions", contradictions.0, floor.1),
        ("recall of contradictions", contradictions.1, floor.2),
    ];
    let below = figures.iter().filter(|(_, reached, floor)| reached < floor);
    below.map(|(what, reached, floor)| format!("{name}: {what} is {reached:.3}, below {floor}\n")).collect()
}
