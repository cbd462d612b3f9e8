//! What is said with these words?

use super::gather::Question;
use super::places::Words;
use super::shelf::{Row, Said, SaidRow, Shelf};
use super::{Answer, Asked, Window, facets};
use crate::Error;
use crate::account::Reader;
use crate::findings::number;
use riwaya_store::Record;
use riwaya_store::search::Words as Index;
use rustc_hash::{FxHashMap, FxHashSet};
use serde_json::{Value, json};

/// So few statements are all looked through, to say how many hold the words.
const COUNTED: usize = 400;
/// Statements that are looked through for one answer, where not all are asked for.
const LOOKED: usize = 4000;
/// Statements that are looked through at once.
const BATCH: usize = 64;

/// Statements whose words hold those asked for, in the order in which their pages came: lines of kind `statement`, with
/// the words of the pattern as `marks`.
///
/// # Errors
/// Where the pattern leads nowhere or the record cannot be read.
pub fn statements(record: &Record, reader: &Reader, asked: &Asked, window: &Window) -> Result<Answer, Error> {
    let after = window.after.as_ref().map(|_| window.place()).transpose()?;
    let question = Question::of(record, reader, asked)?;
    let record = question.record();
    let _snapshot = record.snapshot()?;
    let found = question.has_words().then(|| question.found(Index::Said)).transpose()?;
    let among = found.as_ref().and_then(|found| found.rows());
    let mut said = Said::of(record, among.as_deref(), &question.filter)?;
    let pages: Vec<i64> = pages(&said.rows);
    let shelf = Shelf::of(record, Some(&pages), &asked.pages, question.fold)?;
    let lang = |page: i64| shelf.row(page).and_then(|row| shelf.names.name(row.lang));
    said.rows.retain(|s| {
        shelf.row(s.page).is_some() && found.as_ref().is_none_or(|found| question.holds(found, lang(s.page), s.n))
    });
    let mut answer = Answer { note: question.note(), count: said.rows.len(), exact: true, ..Answer::default() };
    answer.pages = self::pages(&said.rows).len();
    let from = after.map_or(0, |(page, n)| said.rows.partition_point(|s| (s.page, s.n) <= (page, n)));
    let whole = collect(&question, &shelf, &said.rows[from..], window.limit, &mut answer)?;
    if !question.is_exact() {
        answer.exact = whole && from == 0 || said.rows.len() <= COUNTED;
        if whole && from == 0 {
            (answer.count, answer.pages) = counted(&answer.lines);
        } else if said.rows.len() <= COUNTED {
            let mut all = Answer::default();
            collect(&question, &shelf, &said.rows, usize::MAX, &mut all)?;
            (answer.count, answer.pages) = counted(&all.lines);
        }
    }
    if window.facets > 0 {
        let mut on: FxHashMap<i64, usize> = FxHashMap::default();
        said.rows.iter().for_each(|s| *on.entry(s.page).or_default() += 1);
        let times = |row: &Row| on.get(&row.page).copied().unwrap_or_default();
        answer.facets = facets::of_statements(record, &said, |_| true, shelf.language(), window.facets)?;
        answer.facets.extend(facets::of_pages(record, &shelf, window.facets, times)?);
    }
    if answer.lines.is_empty() && answer.next.is_none() && from == 0 {
        let why = question.why_nothing(found.as_ref(), Index::Said)?;
        answer.note = Some(answer.note.map_or(why.clone(), |note| format!("{why}; {note}")));
    }
    Ok(answer)
}

/// The pages of statements, in order.
fn pages(rows: &[SaidRow]) -> Vec<i64> {
    let mut pages: Vec<i64> = rows.iter().map(|row| row.page).collect();
    pages.dedup();
    pages
}

/// How many statements, on how many pages.
fn counted(lines: &[Value]) -> (usize, usize) {
    let pages: FxHashSet<&str> = lines.iter().filter_map(|line| line["article"].as_str()).collect();
    (lines.len(), pages.len())
}

/// Puts up to `limit` statements into the answer and where it goes on; says whether these are all.
fn collect(
    question: &Question<'_>,
    shelf: &Shelf,
    rows: &[SaidRow],
    limit: usize,
    answer: &mut Answer,
) -> Result<bool, Error> {
    let (mut done, mut last) = (0, None);
    for rows in rows.chunks(if limit == usize::MAX { BATCH } else { BATCH.min(limit.max(8)) }) {
        if done >= LOOKED && limit < usize::MAX {
            answer.next = last;
            answer.note = Some(format!("{done} statements were looked through, the rest is behind `next`"));
            return Ok(false);
        }
        let numbers: Vec<i64> = rows.iter().map(|row| row.n).collect();
        for (row, mut line) in rows.iter().zip(question.record().numbered(&numbers)?) {
            let lang = shelf.row(row.page).and_then(|row| shelf.names.name(row.lang));
            if question.has_words() {
                let marks = marks(question, lang, &line);
                if marks.is_empty() {
                    continue;
                }
                line["marks"] = marks.into();
            }
            if answer.lines.len() == limit {
                answer.next = last;
                return Ok(false);
            }
            answer.lines.push(line);
            last = Some(format!("{}.{}", row.page, row.n));
        }
        done += rows.len();
    }
    Ok(true)
}

/// The words of the pattern in what a statement says; none where it does not hold it.
fn marks(question: &Question<'_>, lang: Option<&str>, statement: &Value) -> Vec<Value> {
    let (parts, language) = question.spelled.parts(lang);
    let pieces = statement["content"].as_array().map_or(&[][..], Vec::as_slice);
    let pieces: Vec<(&str, usize)> =
        pieces.iter().filter_map(|p| Some((p["text"].as_str()?, number(&p["start"])?))).collect();
    // Where each piece begins if they are written one behind another, and where on the page.
    let mut joined: Vec<(&str, usize)> = Vec::new();
    let mut behind = 0;
    for (piece, _) in &pieces {
        joined.push((piece, behind));
        behind += piece.len();
    }
    let words = Words::of(joined.iter().copied(), language);
    let mut all: Vec<usize> = words.places(parts).into_iter().flat_map(|place| place.0).collect();
    all.sort_unstable();
    all.dedup();
    let span = |word: usize| {
        let (from, to) = words.bytes(word);
        let at = joined.iter().rposition(|(_, begin)| *begin <= from)?;
        let ((piece, begin), start) = (joined[at], pieces[at].1);
        let text = piece.get(from - begin..to - begin)?;
        let start = start + piece[..from - begin].chars().count();
        Some(json!({"start": start, "end": start + text.chars().count(), "text": text}))
    };
    all.into_iter().filter_map(span).collect()
}
