//! Through whom did words come, and who else carries them? As lines and rows.

use crate::account::{self, Account, Reader};
use crate::citation::{self, RawPage};
use crate::findings;
use crate::search::shadow::Folding;
use crate::{Error, Table};
use riwaya::contract::{CodePoints, statement_id};
use riwaya::weave::trace::{Quarry, Translation, trace};
use riwaya::weave::{Link, Passage, Trace};
use riwaya_store::Record;
use riwaya_store::search::Words;
use rustc_hash::FxHashMap;
use serde_json::{Value, json};
use std::cmp::Reverse;

/// What was traced in a record.
pub struct Traced {
    /// The pages that were read for it.
    pub account: Account,
    /// The traces.
    pub traces: Vec<Trace>,
    /// How many more pages share words with the statement, fewer than those that were read.
    pub passed_over: usize,
}

/// Which pages of a record may carry words?
struct Reach {
    /// Runs of so many words are looked up: two pages share long ones by chance seldom.
    run: usize,
    /// A page that has fewer of the runs does not carry the words.
    share: f64,
    /// So many pages are read at most.
    most: usize,
}

/// A statement is long, and pages copy it in runs.
const STATEMENT: Reach = Reach { run: 4, share: 0.2, most: 60 };
/// Of a few words, three in a row may be all that a page has of them.
const WORDS: Reach = Reach { run: 2, share: 0.3, most: 300 };

/// The trace of the statement `id`, through the pages of its story and those that share runs of its words; none where
/// the record has no such statement.
///
/// # Errors
/// Where the record cannot be read.
pub fn in_record(record: &Record, id: &str, reader: &Reader) -> Result<Option<Traced>, Error> {
    let Some((article, _)) = id.rsplit_once("#s") else { return Ok(None) };
    let lines = record.lines_of(&[article, id])?;
    let Some(line) = lines.iter().find(|l| l["kind"] == "statement") else { return Ok(None) };
    let mut folding = Folding::of(reader)?;
    lines.iter().filter(|l| l["kind"] == "article").for_each(|l| drop(folding.words(l)));
    let (mut rows, passed_over) = alike(record, &folding.words(line).unwrap_or_default(), &STATEMENT)?;
    if let Some(story) = record.story_with(article)? {
        rows.extend(record.members(&story)?);
    }
    let quarry = |account: &Account| statement(account, id);
    Ok(followed(record, rows, reader, quarry)?.map(|(account, traces)| Traced { account, traces, passed_over }))
}

/// The trace of words, through the pages that share runs of them and the stories of these.
///
/// # Errors
/// Where the record cannot be read.
pub fn words_in_record(record: &Record, words: &str, reader: &Reader) -> Result<Traced, Error> {
    let lang = reader.packs.detect(words).map(|pack| pack.language.code.as_str());
    let mut folding = Folding::of(reader)?;
    let folded = folding.words(&json!({"kind": "article", "lang": lang, "text": words}));
    let (mut rows, passed_over) = alike(record, &folded.unwrap_or_default(), &WORDS)?;
    for page in record.pages_numbered(&rows)? {
        if let Some(story) = record.story_with(&page.source.id)? {
            rows.extend(record.members(&story)?);
        }
    }
    let quarry = |_: &Account| Some(Quarry::Words(words.to_owned()));
    let (account, traces) = followed(record, rows, reader, quarry)?.unwrap_or_default();
    Ok(Traced { account, traces, passed_over })
}

/// Traces through the pages `rows`, and once more with those that share the words of a translation found on them: a page
/// reprints what another translated.
fn followed(
    record: &Record,
    mut rows: Vec<i64>,
    reader: &Reader,
    quarry: impl Fn(&Account) -> Option<Quarry>,
) -> Result<Option<(Account, Vec<Trace>)>, Error> {
    let account = part(record, &mut rows, reader)?;
    let Some(sought) = quarry(&account) else { return Ok(None) };
    let traces = trace(&sought, &account.readings, &reader.packs, &account.woven);
    let held = rows.len();
    let mut folding = Folding::of(reader)?;
    for found in traces.iter().filter(|t| t.translation.is_some()) {
        let reading = &account.readings[found.page];
        let line = json!({"kind": "article", "lang": reading.lang, "text": reading.text.at(found.words)});
        rows.extend(alike(record, &folding.words(&line).unwrap_or_default(), &STATEMENT)?.0);
    }
    rows.sort_unstable();
    rows.dedup();
    if rows.len() == held {
        return Ok(Some((account, traces)));
    }
    let account = part(record, &mut rows, reader)?;
    let Some(sought) = quarry(&account) else { return Ok(None) };
    let traces = trace(&sought, &account.readings, &reader.packs, &account.woven);
    Ok(Some((account, traces)))
}

/// The pages with these numbers, read and woven.
fn part(record: &Record, rows: &mut Vec<i64>, reader: &Reader) -> Result<Account, Error> {
    rows.sort_unstable();
    rows.dedup();
    let pages = record.pages_numbered(rows)?.into_iter().map(findings::page).collect();
    account::of_part(record, pages, &reader.packs)
}

/// The numbers of pages that share runs of `words`, the most first, and how many more there are.
fn alike(record: &Record, words: &str, reach: &Reach) -> Result<(Vec<i64>, usize), Error> {
    let words: Vec<&str> = words.split_whitespace().collect();
    let runs: Vec<&[&str]> = words.windows(reach.run.min(words.len()).max(1)).collect();
    let mut shared: FxHashMap<i64, usize> = FxHashMap::default();
    for run in &runs {
        // Keys are letters and digits, so nothing in them ends the quotation.
        let phrase = format!("\"{}\"", run.join(" ").replace('"', ""));
        for page in record.holding(Words::OfPages, &phrase)? {
            *shared.entry(page).or_default() += 1;
        }
    }
    let mut pages: Vec<(i64, usize)> =
        shared.into_iter().filter(|(_, n)| *n as f64 >= reach.share * runs.len() as f64).collect();
    pages.sort_unstable_by_key(|(page, n)| (Reverse(*n), *page));
    let passed_over = pages.len().saturating_sub(reach.most);
    pages.truncate(reach.most);
    Ok((pages.into_iter().map(|(page, _)| page).collect(), passed_over))
}

/// The statement with this id, as what is looked for.
pub fn statement(account: &Account, id: &str) -> Option<Quarry> {
    let (article, number) = id.rsplit_once("#s")?;
    let page = account.readings.iter().position(|r| r.source.id == article)?;
    let n = number.parse::<usize>().ok()?.checked_sub(1)?;
    (n < account.readings[page].statements.len()).then_some(Quarry::Statement(page, n))
}

/// The words' place on the page as it came: a link, the bytes, and the mark-up there; null where it came as text and has
/// no address.
pub fn source(trace: &Trace, account: &Account, record: &Record) -> Result<Value, Error> {
    let reading = &account.readings[trace.page];
    let text = reading.text.raw();
    let (start, end) = CodePoints::new(text).range(trace.words);
    let link = reading.source.url.as_deref().zip(citation::Passage::new(text, start, end));
    let link = link.and_then(|(url, passage)| passage.link(url));
    let raw = RawPage::of(record, &reading.source.id)?;
    let place = raw.as_ref().and_then(|raw| Some((raw, raw.place(start, end)?)));
    Ok(match (link, place) {
        (None, None) => Value::Null,
        (link, None) => json!({"link": link}),
        (link, Some((raw, place))) => {
            json!({"link": link, "start": place.start, "end": place.end, "markup": raw.markup(&place)})
        }
    })
}

/// Traces as lines of the contract, each with its source.
pub fn lines(traces: &[Trace], account: &Account, sources: Vec<Value>) -> Vec<Value> {
    let with_source = |(trace, source): (&Trace, Value)| {
        let mut line = line(trace, account);
        line["source"] = source;
        line
    };
    traces.iter().zip(sources).map(with_source).collect()
}

fn line(trace: &Trace, account: &Account) -> Value {
    let link = |link: &Link| {
        let entity = link.entity.map(|e| account.woven.entities[e].id.as_str());
        json!({"name": link.name, "entity": entity, "kind": link.kind.as_str()})
    };
    let translation = |t: &Translation| {
        json!({
            "article": account.readings[t.of.page].source.id,
            "statement": statement_of(t, account),
            "words": words(t.of, account),
            "follows": t.follows,
            "because": &*t.because,
        })
    };
    let id = &account.readings[trace.page].source.id;
    json!({
        "kind": "trace",
        "article": id,
        "statement": trace.statement.map(|n| statement_id(id, n)),
        "published": trace.published.map(|d| d.to_string()),
        "first": trace.first,
        "share": trace.share.map(|share| f64::from((share * 1000.0).round()) / 1000.0),
        "chain": trace.chain.iter().map(link).collect::<Vec<_>>(),
        "words": words(Passage { page: trace.page, span: trace.words }, account),
        "drift": trace.drift.iter().map(|d| json!({"wanted": d.wanted, "found": d.found})).collect::<Vec<_>>(),
        "translation": trace.translation.as_ref().map(translation),
    })
}

/// The statement of the other language that a translation is aligned with.
pub fn statement_of(translation: &Translation, account: &Account) -> Option<String> {
    Some(statement_id(&account.readings[translation.of.page].source.id, translation.statement?))
}

fn words(passage: Passage, account: &Account) -> Value {
    let text = &account.readings[passage.page].text;
    let (start, end) = CodePoints::new(text.raw()).range(passage.span);
    json!({"start": start, "end": end, "text": text.at(passage.span)})
}

/// Traces, one a row.
pub fn table(traces: &[Trace], account: &Account) -> Table {
    let mut table = Table::new(&[
        "day",
        "article",
        "statement",
        "first",
        "share",
        "chain",
        "other_language",
        "words_there",
        "words",
    ]);
    for t in traces {
        let reading = &account.readings[t.page];
        table.row(vec![
            t.published.map_or(String::new(), |d| d.to_string()),
            reading.source.id.clone(),
            t.statement.map_or(String::new(), |n| statement_id(&reading.source.id, n)),
            t.first.to_string(),
            t.share.map_or(String::new(), |share| format!("{share:.3}")),
            t.chain.iter().map(|l| l.name.as_str()).collect::<Vec<_>>().join(" < "),
            t.translation.as_ref().map_or(String::new(), |t| account.readings[t.of.page].source.id.clone()),
            t.translation.as_ref().map_or("", |t| account.readings[t.of.page].text.at(t.of.span)).to_owned(),
            reading.text.at(t.words).to_owned(),
        ]);
    }
    table
}
