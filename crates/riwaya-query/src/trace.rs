//! Through whom did words come, and who else carries them? As lines and rows.

use crate::account::{self, Account};
use crate::citation::{self, RawPage};
use crate::findings::{self, texts};
use crate::{Error, Table};
use riwaya::Packs;
use riwaya::contract::{CodePoints, statement_id};
use riwaya::weave::trace::{Quarry, Translation, trace};
use riwaya::weave::{Link, Passage, Trace};
use riwaya_store::Record;
use serde_json::{Value, json};

/// The trace of the statement `id` through the pages of its story, which are read again for it; none where the record
/// has no such statement.
///
/// # Errors
/// Where the record cannot be read.
pub fn in_record(record: &Record, id: &str, packs: &Packs) -> Result<Option<(Account, Vec<Trace>)>, Error> {
    let Some((article, _)) = id.rsplit_once("#s") else { return Ok(None) };
    let Some(story) = record.story_with(article)? else { return Ok(None) };
    let story = record.lines_of(&[&story])?;
    let mut pages = Vec::new();
    for id in story.iter().filter(|l| l["kind"] == "story").flat_map(|l| texts(&l["articles"])) {
        pages.extend(record.page(id)?.map(findings::page));
    }
    let account = account::read(pages, packs);
    let Some(quarry) = statement(&account, id) else { return Ok(None) };
    let traces = trace(&quarry, &account.readings, packs, &account.woven);
    Ok(Some((account, traces)))
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
