//! Where do words stand on the pages?

use super::gather::{Found, Question, Spelled};
use super::places::{Place, Words};
use super::shelf::{Row, Said, Shelf};
use super::{Answer, Asked, Window, facets};
use crate::Error;
use crate::account::Reader;
use rayon::prelude::*;
use riwaya::contract::CodePoints;
use riwaya_store::Record;
use riwaya_store::search::Words as Index;
use rustc_hash::FxHashSet;
use serde_json::{Value, json};

/// So few pages are all looked through, to say how many places there are.
const COUNTED: usize = 250;
/// Pages that are looked through for one answer, where not all lines are asked for.
const LOOKED: usize = 1500;
/// Pages that are looked through at once.
const BATCH: usize = 64;

/// The places of words on pages, in the order in which the pages came: lines of kind `hit`. Without words, the pages
/// themselves (their headline), or what is said on them where it is asked who says it.
///
/// # Errors
/// Where the pattern leads nowhere or the record cannot be read.
pub fn hits(record: &Record, reader: &Reader, asked: &Asked, window: &Window) -> Result<Answer, Error> {
    let (after, skip) = window.place()?;
    let question = Question::of(record, reader, asked)?;
    let _snapshot = question.record().snapshot()?;
    let (found, shelf, said) = pages(&question, window.facets > 0)?;
    let pages: Vec<i64> = shelf.rows().iter().map(|row| row.page).collect();
    let mut answer = Answer { note: question.note(), pages: pages.len(), ..Answer::default() };
    let from = pages.partition_point(|page| *page < after);
    let skip = if pages.get(from) == Some(&after) { skip.max(0) as usize } else { 0 };
    let whole = from == 0 && skip == 0;
    let counted = collect(&question, &pages[from..], skip, window.limit, &mut answer)?;
    match counted {
        Some((places, on)) if whole => (answer.count, answer.pages, answer.exact) = (places, on, true),
        _ if pages.len() <= COUNTED => {
            (answer.count, answer.pages) = count(&question, &shelf, &pages)?;
            answer.exact = true;
        }
        _ => (answer.count, answer.exact) = most(&question, found.as_ref(), &shelf, said.as_ref()),
    }
    if window.facets > 0 {
        answer.facets = facets::of_pages(question.record(), &shelf, window.facets, |_: &Row| 1)?;
        if let Some(said) = &said {
            let on_page = |page: i64| shelf.row(page).is_some();
            let lang = shelf.language();
            let of_said = facets::of_statements(question.record(), said, |s| on_page(s.page), lang, window.facets)?;
            answer.facets.extend(of_said);
        }
    }
    if answer.lines.is_empty() && answer.next.is_none() && whole {
        let why = question.why_nothing(found.as_ref(), Index::OfPages)?;
        answer.note = Some(answer.note.map_or(why.clone(), |note| format!("{why}; {note}")));
    }
    Ok(answer)
}

/// What the index proposes, the pages of it that count, and the statements, where they are asked for or counted.
fn pages(question: &Question<'_>, facets: bool) -> Result<(Option<Found>, Shelf, Option<Said>), Error> {
    let record = question.record();
    let found = question.has_words().then(|| question.found(Index::OfPages)).transpose()?;
    let rows = found.as_ref().and_then(Found::rows);
    let mut shelf = Shelf::of(record, rows.as_deref(), &question.asked.pages, question.fold)?;
    if let Some(found) = &found {
        shelf.retain(|row, names| question.holds(found, names.name(row.lang), row.page));
    }
    let about = question.asked.is_about_statements();
    if !about && !facets {
        return Ok((found, shelf, None));
    }
    // Words on a page may stand in several statements; only those of one part stand in one.
    let in_one = question.has_words() && question.is_one_part();
    let among = if in_one { question.found(Index::Said)?.rows() } else { None };
    let said = Said::of(record, among.as_deref(), &question.filter)?;
    if about {
        let pages: FxHashSet<i64> = said.rows.iter().map(|row| row.page).collect();
        shelf.retain(|row, _| pages.contains(&row.page));
    }
    Ok((found, shelf, Some(said)))
}

/// How many places there are at most, where the pages are not all looked through; and whether there are exactly so many.
fn most(question: &Question<'_>, found: Option<&Found>, shelf: &Shelf, said: Option<&Said>) -> (usize, bool) {
    match (found, said) {
        (Some(found), _) => question.places(found, shelf),
        (None, Some(said)) if question.asked.is_about_statements() => {
            (said.rows.iter().filter(|row| shelf.row(row.page).is_some()).count(), true)
        }
        (None, _) => (shelf.rows().len(), true),
    }
}

/// Puts up to `limit` lines of `pages` into the answer, the first `skip` of the first page left out, and where it goes on.
/// Says how many lines, on how many pages, where all were looked through.
fn collect(
    question: &Question<'_>,
    pages: &[i64],
    skip: usize,
    limit: usize,
    answer: &mut Answer,
) -> Result<Option<(usize, usize)>, Error> {
    let looked = if limit == usize::MAX { usize::MAX } else { LOOKED };
    let batch = if limit == usize::MAX { BATCH } else { BATCH.min(limit.max(8)) };
    let (mut skip, mut on, mut done) = (skip, 0, 0);
    for pages in pages.chunks(batch) {
        if done >= looked {
            let first = pages[0];
            answer.next = Some(format!("{first}.0"));
            answer.note = Some(format!("{done} pages were looked through, the rest is behind `next`"));
            return Ok(None);
        }
        for (page, lines) in places_on(question, pages)? {
            on += usize::from(!lines.is_empty());
            let room = limit - answer.lines.len();
            let lines: Vec<Value> = lines.into_iter().skip(skip).collect();
            if lines.len() > room {
                answer.next = Some(format!("{page}.{}", skip + room));
                answer.lines.extend(lines.into_iter().take(room));
                return Ok(None);
            }
            answer.lines.extend(lines);
            skip = 0;
        }
        done += pages.len();
    }
    Ok(Some((answer.lines.len(), on)))
}

/// How many lines these pages have, and how many of the pages have any.
fn count(question: &Question<'_>, shelf: &Shelf, pages: &[i64]) -> Result<(usize, usize), Error> {
    if question.asked.is_about_statements() || !question.has_words() {
        let all = places_on(question, pages)?;
        let on = all.iter().filter(|(_, lines)| !lines.is_empty()).count();
        return Ok((all.iter().map(|(_, lines)| lines.len()).sum(), on));
    }
    let spelled = &question.spelled;
    let mut texts: Vec<(Option<&str>, String)> = Vec::with_capacity(pages.len());
    for page in pages {
        let lang = shelf.row(*page).and_then(|row| shelf.names.name(row.lang));
        texts.extend(question.record().text(*page)?.map(|text| (lang, text)));
    }
    let places = texts.par_iter().map(|(lang, text)| {
        let (parts, language) = spelled.parts(*lang);
        Words::of([(text.as_str(), 0)], language).places(parts).len()
    });
    let places: Vec<usize> = places.collect();
    Ok((places.iter().sum(), places.iter().filter(|n| **n > 0).count()))
}

/// The lines of each of these pages.
fn places_on(question: &Question<'_>, pages: &[i64]) -> Result<Vec<(i64, Vec<Value>)>, Error> {
    let (record, spelled, has_words) = (question.record(), &question.spelled, question.has_words());
    let mut all = Vec::with_capacity(pages.len());
    for pages in pages.chunks(BATCH) {
        let mut articles: Vec<(i64, Value)> = Vec::with_capacity(pages.len());
        for page in pages {
            articles.extend(record.article(*page)?.map(|article| (*page, article)));
        }
        let looked: Vec<Option<(Words, Vec<Place>)>> =
            articles.par_iter().map(|(_, article)| has_words.then(|| look(spelled, article))).collect();
        for ((page, article), found) in articles.into_iter().zip(looked) {
            if found.as_ref().is_some_and(|(_, places)| places.is_empty()) {
                continue;
            }
            let statements = record.statements_on(page)?;
            let on = OnPage::of(&article, statements);
            let lines = match found {
                Some((words, places)) => places.iter().map(|place| on.place(&words, place)).collect(),
                None if question.asked.is_about_statements() => on.statements.iter().map(|s| on.statement(s)).collect(),
                None => vec![on.headline()],
            };
            let counts = |line: &Value| !question.asked.is_about_statements() || on.counts(line, question);
            all.push((page, lines.into_iter().filter(counts).collect()));
        }
    }
    Ok(all)
}

fn look(spelled: &Spelled<'_>, article: &Value) -> (Words, Vec<Place>) {
    let (parts, language) = spelled.parts(article["lang"].as_str());
    let words = Words::of([(article["text"].as_str().unwrap_or_default(), 0)], language);
    let places = words.places(parts);
    (words, places)
}

/// A page from which lines are made.
struct OnPage<'a> {
    article: &'a Value,
    text: &'a str,
    points: CodePoints<'a>,
    statements: Vec<Value>,
}

impl<'a> OnPage<'a> {
    fn of(article: &'a Value, statements: Vec<Value>) -> OnPage<'a> {
        let text = article["text"].as_str().unwrap_or_default();
        OnPage { article, text, points: CodePoints::new(text), statements }
    }

    /// A place of words.
    fn place(&self, words: &Words, place: &Place) -> Value {
        let spans: Vec<(usize, usize)> = place.0.iter().map(|word| words.bytes(*word)).collect();
        self.line(&spans)
    }

    /// What a statement says.
    fn statement(&self, statement: &Value) -> Value {
        let pieces = statement["content"].as_array().map_or(&[][..], Vec::as_slice);
        let at = |piece: &Value, key: &str| piece[key].as_u64().map(|n| n as usize);
        let spans = pieces.iter().filter_map(|p| Some((self.byte(at(p, "start")?), self.byte(at(p, "end")?))));
        let mut line = self.line(&spans.collect::<Vec<_>>());
        // A statement may stand inside another one.
        line["statement"] = statement["id"].clone();
        line["speaker"] = statement["speaker"].clone();
        line
    }

    /// The first line of the headline, else of the page.
    fn headline(&self) -> Value {
        let title = &self.article["title_spans"][0];
        let span = match (title[0].as_u64(), title[1].as_u64()) {
            (Some(start), Some(end)) => (self.byte(start as usize), self.byte(end as usize)),
            _ => {
                let line = self.text.trim_start();
                let start = self.text.len() - line.len();
                (start, start + line.find('\n').unwrap_or(line.len()))
            }
        };
        self.line(&[span])
    }

    /// A line of kind `hit`; `spans` are the bytes of its words, in order.
    fn line(&self, spans: &[(usize, usize)]) -> Value {
        let (from, to) = (spans.first().map_or(0, |s| s.0), spans.last().map_or(0, |s| s.1));
        let (start, end) = (self.points.at(from), self.points.at(to));
        let statement = self.statements.iter().filter(|s| holds(s, start, end)).min_by_key(|s| length(s));
        let mut line = json!({
            "kind": "hit",
            "article": self.article["id"],
            "start": start,
            "end": end,
            "text": self.text.get(from..to),
            "line": self.around(from, to),
            "statement": statement.map(|s| &s["id"]),
            "speaker": statement.map(|s| &s["speaker"]),
            "published": self.article["published"]["value"],
        });
        if spans.len() > 1 {
            line["marks"] = spans.iter().map(|(from, to)| self.span(*from, *to)).collect();
        }
        line
    }

    /// The line of the page that holds these bytes; they themselves where they run over several.
    fn around(&self, from: usize, to: usize) -> Value {
        if self.text.get(from..to).is_none_or(|words| words.contains('\n')) {
            return self.span(from, to);
        }
        let start = self.text[..from].rfind('\n').map_or(0, |at| at + 1);
        self.span(start, self.text[to..].find('\n').map_or(self.text.len(), |at| to + at))
    }

    fn span(&self, from: usize, to: usize) -> Value {
        json!({"start": self.points.at(from), "end": self.points.at(to), "text": self.text.get(from..to)})
    }

    /// The byte at which code point `point` begins.
    fn byte(&self, point: usize) -> usize {
        self.text.char_indices().nth(point).map_or(self.text.len(), |(at, _)| at)
    }

    /// Is it said by whom it is asked for?
    fn counts(&self, line: &Value, question: &Question<'_>) -> bool {
        self.statements.iter().any(|s| s["id"] == line["statement"] && question.filter.counts_line(s))
    }
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
