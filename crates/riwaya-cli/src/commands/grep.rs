//! `riwaya grep`: on which pages do words stand, and who says them there?

use super::list;
use crate::End;
use crate::args::GrepArgs;
use crate::reading;
use anyhow::bail;
use rayon::prelude::*;
use riwaya::contract::CodePoints;
use riwaya::language::Language;
use riwaya::text::{Span, Text, TokenKind};
use riwaya_query::Table;
use riwaya_query::account::Reader;
use riwaya_query::filter::{self, Fold, Pages};
use riwaya_query::findings::{Findings, shown};
use riwaya_query::lists::speaker;
use riwaya_query::one_line;
use rustc_hash::FxHashMap;
use serde_json::{Value, json};

/// Lists the places where words stand.
///
/// # Errors
/// Where no word is asked for, the record cannot be read or standard output not be written to.
pub fn run(args: GrepArgs) -> anyhow::Result<End> {
    let reader = Reader::usual()?;
    let findings = reading::findings(&args.list.from.record, &["statement", "entity", "story", "article"])?;
    let fold = Fold::load()?;
    let asked = args.pages.filter();
    let pages = Pages::of(&findings, &asked, &fold);
    let speakers = args.speaker.as_deref().map(|wanted| filter::entities(&findings, wanted, &fold));
    let mut statements: FxHashMap<&str, Vec<&Value>> = FxHashMap::default();
    for statement in findings.kind("statement") {
        statements.entry(statement["article"].as_str().unwrap_or_default()).or_default().push(statement);
    }
    let plain = Language::default();
    let patterns: Vec<(&Language, Vec<Wanted>)> = reader
        .packs
        .all()
        .iter()
        .map(|pack| &pack.language)
        .chain([&plain])
        .map(|language| (language, wanted(&args.pattern, language)))
        .collect();
    if patterns.iter().all(|(_, words)| words.is_empty()) {
        bail!(
            "{:?}: there is no word in it; give words that stand in a row, or the beginning of one: 'sanction*'",
            args.pattern
        );
    }
    let counted = |a: &&Value| a["id"].as_str().is_some_and(|id| pages.counts(id));
    let articles: Vec<&Value> = findings.kind("article").iter().filter(counted).collect();
    let lines: Vec<Value> = articles
        .par_iter()
        .flat_map_iter(|article| {
            let lang = article["lang"].as_str().unwrap_or_default();
            let known = patterns.iter().find(|(language, _)| language.code == lang).or(patterns.last());
            let id = article["id"].as_str().unwrap_or_default();
            let said = statements.get(id).map_or(&[][..], Vec::as_slice);
            known.map_or(Vec::new(), |(language, words)| hits(article, said, language, words))
        })
        .filter(|l| speakers.as_ref().is_none_or(|all| l["speaker"].as_str().is_some_and(|one| all.contains(one))))
        .collect();
    let lines: Vec<&Value> = lines.iter().collect();
    let (short, wide) = tables(&findings, &lines);
    list(&args.list, &lines, &short, &wide)
}

/// A folded word, or the beginning of one.
struct Wanted {
    key: String,
    open: bool,
}

fn wanted(pattern: &str, language: &Language) -> Vec<Wanted> {
    let text = Text::new(pattern.to_owned(), language);
    let word = |i: &usize| text.tokens()[*i].kind != TokenKind::Punct && !text.key(*i).is_empty();
    let open =
        |i: usize| i + 1 < text.len() && text.word(i + 1) == "*" && text.span(i).end() == text.span(i + 1).start();
    (0..text.len()).filter(word).map(|i| Wanted { key: text.key(i).to_owned(), open: open(i) }).collect()
}

/// The places of an article where the words stand in a row; marks between them do not count.
fn hits(article: &Value, statements: &[&Value], language: &Language, words: &[Wanted]) -> Vec<Value> {
    let raw = article["text"].as_str().unwrap_or_default();
    if words.is_empty() {
        return Vec::new();
    }
    let text = Text::new(raw.to_owned(), language);
    let tokens: Vec<usize> = (0..text.len()).filter(|i| text.tokens()[*i].kind != TokenKind::Punct).collect();
    let fits = |(i, word): (&usize, &Wanted)| {
        let key = text.key(*i);
        if word.open { key.starts_with(&word.key) } else { key == word.key }
    };
    let found = tokens.windows(words.len()).filter(|row| row.iter().zip(words).all(fits));
    let points = CodePoints::new(raw);
    let line = |row: &[usize]| {
        let span = text.span(row[0]).to(text.span(row[row.len() - 1]));
        let around = text.lines().iter().map(|l| l.span).find(|l| l.contains(span)).unwrap_or(span);
        let (start, end) = points.range(span);
        let statement = statements.iter().filter(|s| holds(s, start, end)).min_by_key(|s| length(s));
        json!({
            "kind": "hit",
            "article": article["id"],
            "start": start,
            "end": end,
            "text": text.at(span),
            "line": words_of(&text, &points, around),
            "statement": statement.map(|s| &s["id"]),
            "speaker": statement.map(|s| &s["speaker"]),
            "published": article["published"]["value"],
        })
    };
    found.map(line).collect()
}

fn words_of(text: &Text, points: &CodePoints<'_>, span: Span) -> Value {
    let (start, end) = points.range(span);
    json!({"start": start, "end": end, "text": text.at(span)})
}

/// Does what a statement says hold these code points?
fn holds(statement: &Value, start: usize, end: usize) -> bool {
    let within = |piece: &Value| {
        let at = |key: &str| piece[key].as_u64().map(|n| n as usize);
        at("start").is_some_and(|s| s <= start) && at("end").is_some_and(|e| end <= e)
    };
    statement["content"].as_array().is_some_and(|pieces| pieces.iter().any(within))
}

fn length(statement: &Value) -> u64 {
    let pieces = statement["content"].as_array().map_or(&[][..], Vec::as_slice);
    let at = |piece: Option<&Value>, key: &str| piece.and_then(|p| p[key].as_u64()).unwrap_or_default();
    at(pieces.last(), "end").saturating_sub(at(pieces.first(), "start"))
}

/// For people and for programs.
fn tables(findings: &Findings, lines: &[&Value]) -> (Table, Table) {
    let said: FxHashMap<&str, &Value> =
        findings.kind("statement").iter().filter_map(|s| Some((s["id"].as_str()?, s))).collect();
    let mut short = Table::new(&["page", "at", "day", "speaker", "line"]);
    let mut wide =
        Table::new(&["article", "start", "end", "words", "published", "statement", "speaker", "speaker_name", "line"]);
    for l in lines {
        let by = l["statement"].as_str().and_then(|id| said.get(id)).map_or(String::new(), |s| speaker(findings, s));
        let line = shown(&l["line"]["text"]);
        let cells = ["article", "start", "published"].map(|key| shown(&l[key]));
        short.marked_row([cells.to_vec(), vec![by.clone(), one_line(&line)]].concat(), shown(&l["text"]));
        let cells = ["article", "start", "end", "text", "published", "statement", "speaker"].map(|key| shown(&l[key]));
        wide.row([cells.to_vec(), vec![by, line]].concat());
    }
    (short, wide)
}
