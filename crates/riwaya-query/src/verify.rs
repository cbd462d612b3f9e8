//! Does a text quote what stands on the pages of a record?

use crate::correction::in_force;
use crate::findings::page;
use crate::{Error, Table, one_line};
use rayon::prelude::*;
use riwaya::contract::{CodePoints, statement_id};
use riwaya::page::Source;
use riwaya::read::read_whole;
use riwaya::weave::verify::{Difference, Hits, Looker, Outcome, Place, Seeker, Verdict, verify};
use riwaya::weave::{Link, correct_pages};
use riwaya::{Packs, Reading};
use riwaya_input::Page;
use riwaya_store::Record;
use riwaya_store::search::Words;
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// A text with its verdicts, and the pages that gave them.
pub struct Judged {
    /// The text, as read.
    pub text: Reading,
    /// The pages that could hold what it quotes.
    pub readings: Vec<Reading>,
    /// What is to be said of each quotation.
    pub verdicts: Vec<Verdict>,
    /// How many pages of the record are in each language.
    languages: BTreeMap<String, usize>,
}

/// Judges `text` by the pages of a record, under its corrections of days and speakers. Only pages are read that could hold
/// what the text quotes: the record's index of words tells which; pages in other languages, and all pages of a record
/// without an index, are looked through.
///
/// # Errors
/// Where the record cannot be read.
pub fn of_record(record: &Record, source: Source, text: String, packs: &Packs) -> Result<Judged, Error> {
    let text = read_whole(source, text, packs);
    let seeker = Seeker::new(&text, packs);
    let searchable = record.is_searchable()?;
    let mut pages: Vec<Page> = Vec::new();
    let mut languages: BTreeMap<String, usize> = BTreeMap::new();
    if searchable {
        let holding = |phrase: &String| match phrase.is_empty() {
            true => Ok(Vec::new()),
            false => record.holding(Words::OfPages, &format!("\"{}\"", phrase.replace('"', ""))),
        };
        let on = seeker.phrases().iter().map(holding).collect::<Result<Vec<_>, _>>()?;
        pages.extend(record.pages_numbered(&seeker.choose_on(&on))?.into_iter().map(page));
        languages.extend(record.languages()?.into_iter().filter_map(|(lang, n)| Some((lang?, n))));
    }
    if !searchable || seeker.looks_abroad() {
        let own = text.lang.as_deref().filter(|_| searchable);
        let others: Vec<Page> = record.pages_not_in(own)?.into_iter().map(page).collect();
        let look = |looker: &mut Looker<'_>, p: &Page| looker.look(&p.text, p.source.lang.as_deref());
        let hits: Vec<Hits> = others.par_iter().map_init(|| seeker.looker(), look).collect();
        let chosen = if searchable { seeker.choose_abroad(&hits) } else { seeker.choose(&hits) };
        let chosen =
            others.into_iter().enumerate().filter(|(n, _)| chosen.binary_search(n).is_ok()).map(|(_, page)| page);
        let known: Vec<String> = pages.iter().map(|p| p.source.id.clone()).collect();
        pages.extend(chosen.filter(|p| !known.contains(&p.source.id)));
        if !searchable {
            hits.into_iter().filter_map(|h| h.lang).for_each(|lang| *languages.entry(lang).or_default() += 1);
        }
    }
    let read = |p: Page| riwaya::read(p.source, p.text, packs, None);
    let mut readings: Vec<Reading> = pages.into_par_iter().map(read).collect();
    correct_pages(&mut readings, packs, &in_force(&record.corrections()?)?);
    let verdicts = verify(&text, &readings, packs);
    Ok(Judged { text, readings, verdicts, languages })
}

impl Judged {
    /// The words of a quotation.
    pub fn words(&self, verdict: &Verdict) -> String {
        self.text.text.at(verdict.span).to_owned()
    }

    /// Whose words the text says they are.
    pub fn ascribed(&self, verdict: &Verdict) -> Option<&str> {
        label(&self.text, verdict.speaker?)
    }

    /// The page of a place.
    pub fn page<'j>(&'j self, place: &Place) -> &'j Reading {
        &self.readings[place.page]
    }

    /// Who says it there.
    pub fn speaker<'j>(&'j self, place: &Place) -> Option<&'j str> {
        label(self.page(place), place.speaker?)
    }

    /// The words there.
    pub fn found(&self, place: &Place) -> String {
        let text = &self.page(place).text;
        place.words.iter().map(|w| one_line(text.at(*w))).collect::<Vec<_>>().join(" … ")
    }

    /// The id of the statement there.
    pub fn statement(&self, place: &Place) -> Option<String> {
        Some(statement_id(&self.page(place).source.id, place.statement?))
    }

    /// What else there is to know; where words are not found, in which languages they could not be looked for.
    pub fn explain(&self, verdict: &Verdict) -> String {
        let lang = self.text.lang.as_deref().unwrap_or_default();
        let others: Vec<String> =
            self.languages.iter().filter(|(l, _)| *l != lang).map(|(l, n)| format!("{l} ({n})")).collect();
        if verdict.outcome != Outcome::NotFound || others.is_empty() {
            return verdict.explain.clone();
        }
        let own = self.languages.get(lang).copied().unwrap_or(0);
        format!(
            "not among the {own} pages in {lang}, nor surely in another language; quote pages in {} in their own words",
            others.join(", ")
        )
    }
}

fn label(reading: &Reading, entity: usize) -> Option<&str> {
    reading.cast.entities.get(entity)?.forms.first().map(String::as_str)
}

/// The day of publication: the page's own, else the one that the record has from its story.
pub fn published(judged: &Judged, place: &Place, record: &Record) -> Option<String> {
    if let Some(day) = place.published {
        return Some(day.to_string());
    }
    let mut day = None;
    let read = record.lines_about(&judged.page(place).source.id, &mut |line| {
        if line["kind"] == "article" {
            day = line["published"]["value"].as_str().map(str::to_owned);
        }
    });
    read.ok().and(day)
}

/// Verdicts as lines of the contract.
pub fn lines(judged: &[Judged], record: &Record) -> Vec<Value> {
    judged.iter().flat_map(|j| j.verdicts.iter().map(|v| line(j, v, record))).collect()
}

fn line(judged: &Judged, verdict: &Verdict, record: &Record) -> Value {
    let (start, end) = CodePoints::new(judged.text.text.raw()).range(verdict.span);
    let difference = |d: &Difference| json!({"what": d.kind.as_str(), "wanted": d.wanted, "found": d.found});
    json!({
        "kind": "verdict",
        "input": judged.text.source.id,
        "start": start,
        "end": end,
        "text": judged.words(verdict),
        "mode": verdict.mode.as_str(),
        "speaker": judged.ascribed(verdict),
        "verdict": verdict.outcome.as_str(),
        "share": f64::from((verdict.share * 1000.0).round()) / 1000.0,
        "differences": verdict.differences.iter().map(difference).collect::<Vec<_>>(),
        "places": verdict.places.iter().map(|p| placed(judged, p, record)).collect::<Vec<_>>(),
        "explain": judged.explain(verdict),
    })
}

fn placed(judged: &Judged, place: &Place, record: &Record) -> Value {
    let reading = judged.page(place);
    let points = CodePoints::new(reading.text.raw());
    let words = place.words.iter().map(|w| {
        let (start, end) = points.range(*w);
        json!({"start": start, "end": end, "text": reading.text.at(*w)})
    });
    let link = |l: &Link| json!({"name": l.name, "kind": l.kind.as_str()});
    json!({
        "article": reading.source.id,
        "url": reading.source.url,
        "statement": judged.statement(place),
        "speaker": judged.speaker(place),
        "published": published(judged, place, record),
        "chain": place.chain.iter().map(link).collect::<Vec<_>>(),
        "words": words.collect::<Vec<_>>(),
    })
}

/// A verdict a row, with its first place.
pub fn table(judged: &[Judged], record: &Record) -> Table {
    let mut table = Table::new(&[
        "verdict",
        "mode",
        "speaker",
        "words",
        "day",
        "article",
        "speaker_there",
        "pages",
        "differences",
        "explain",
        "words_there",
    ]);
    for (j, v) in judged.iter().flat_map(|j| j.verdicts.iter().map(move |v| (j, v))) {
        let first = v.places.first();
        let differences = v.differences.iter().map(told).collect::<Vec<_>>();
        table.row(vec![
            v.outcome.as_str().to_owned(),
            v.mode.as_str().to_owned(),
            j.ascribed(v).unwrap_or_default().to_owned(),
            j.words(v),
            first.and_then(|p| published(j, p, record)).unwrap_or_default(),
            first.map_or(String::new(), |p| j.page(p).source.id.clone()),
            first.and_then(|p| j.speaker(p)).unwrap_or_default().to_owned(),
            v.places.len().to_string(),
            differences.join("; "),
            j.explain(v),
            v.places.iter().map(|p| j.found(p)).collect::<Vec<_>>().join(" / "),
        ]);
    }
    table
}

fn told(difference: &Difference) -> String {
    let part = |words: &str| if words.is_empty() { "nothing".to_owned() } else { format!("«{}»", one_line(words)) };
    let (wanted, found) = (part(&difference.wanted), part(&difference.found));
    format!("{}: {wanted} in the text, {found} on the page", difference.kind.as_str())
}
