//! `riwaya verify`: does a text quote what stands on the pages of a record?

use crate::End;
use crate::args::{ListFormat, VerifyArgs};
use crate::clock;
use crate::output::table::wrapped;
use crate::output::{self, Out, Style, written};
use rayon::prelude::*;
use riwaya::contract::{CodePoints, statement_id};
use riwaya::correction::Correction;
use riwaya::page::Source;
use riwaya::read::read_whole;
use riwaya::weave::verify::{Difference, Hits, Looker, Outcome, Place, Seeker, Verdict, verify};
use riwaya::weave::{Link, correct_pages};
use riwaya::{Packs, Reading};
use riwaya_input::fetch::Visitor;
use riwaya_input::{Input, Page};
use riwaya_query::Table;
use riwaya_query::account::Reader;
use riwaya_query::correction::in_force;
use riwaya_query::findings::stored;
use riwaya_query::one_line;
use riwaya_store::Record;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::path::Path;

/// A text with its verdicts, and the pages that gave them.
struct Judged {
    text: Reading,
    readings: Vec<Reading>,
    verdicts: Vec<Verdict>,
    /// How many pages of the record are in each language.
    languages: BTreeMap<String, usize>,
}

/// Verifies what `args` names.
///
/// # Errors
/// Where text or record cannot be read or standard output not be written to.
pub fn run(args: VerifyArgs) -> anyhow::Result<End> {
    let input = input(&args.text);
    input.problems.iter().for_each(|p| output::say(&p.to_string()));
    if input.pages.is_empty() {
        return Ok(End::Trouble);
    }
    let reader = Reader::usual()?;
    let record = Record::open(&args.from.record)?;
    let pages = stored(&record)?;
    let corrections = in_force(&record.corrections()?)?;
    let judge = |text| judge(text, &pages, &corrections, &reader.packs);
    let judged: Vec<Judged> = input.pages.into_iter().map(judge).collect();
    let mut out = Out::open();
    match args.from.format {
        ListFormat::Table => judged.iter().try_for_each(|j| show(j, &record, &mut out))?,
        ListFormat::Json => out.json(&lines(&judged, &record))?,
        ListFormat::Jsonl => out.jsonl(&lines(&judged, &record))?,
        ListFormat::Csv => written(table(&judged, &record).csv(out.writer()))?,
        ListFormat::Md => written(table(&judged, &record).markdown(out.writer()))?,
    }
    out.finish()?;
    let mut all = judged.iter().flat_map(|j| &j.verdicts).peekable();
    if all.peek().is_none() {
        output::say("the text quotes nobody: there is no quotation and no attributed sentence in it");
        return Ok(End::Nothing);
    }
    Ok(match (input.problems.is_empty(), all.all(|v| v.outcome.passes())) {
        (false, _) => End::Trouble,
        (true, true) => End::Found,
        (true, false) => End::Nothing,
    })
}

/// A file, standard input, or the words themselves.
fn input(text: &str) -> Input {
    let is_name = !text.contains(char::is_whitespace) && text.contains(['/', '\\', '.']);
    if text == "-" || Path::new(text).exists() || is_name {
        return Input::gather(&[text.to_owned()], 16 << 20, &Visitor::default(), clock::now());
    }
    let source = Source { id: "text".to_owned(), ..Source::default() };
    let page = Page { source, text: text.to_owned(), raw: None };
    let mut input = Input::default();
    input.pages.push(page);
    input
}

/// Reads only the pages that could hold what the text quotes.
fn judge(text: Page, pages: &[Page], corrections: &[Correction], packs: &Packs) -> Judged {
    let text = read_whole(text.source, text.text, packs);
    let seeker = Seeker::new(&text, packs);
    let look = |looker: &mut Looker<'_>, p: &Page| looker.look(&p.text, p.source.lang.as_deref());
    let hits: Vec<Hits> = pages.par_iter().map_init(|| seeker.looker(), look).collect();
    let read = |n: &usize| riwaya::read(pages[*n].source.clone(), pages[*n].text.clone(), packs, None);
    let mut readings: Vec<Reading> = seeker.choose(&hits).par_iter().map(read).collect();
    correct_pages(&mut readings, packs, corrections);
    let mut languages: BTreeMap<String, usize> = BTreeMap::new();
    for lang in hits.into_iter().filter_map(|h| h.lang) {
        *languages.entry(lang).or_default() += 1;
    }
    let verdicts = verify(&text, &readings, packs);
    Judged { text, readings, verdicts, languages }
}

impl Judged {
    fn words(&self, verdict: &Verdict) -> String {
        self.text.text.at(verdict.span).to_owned()
    }

    /// Whose words the text says they are.
    fn ascribed(&self, verdict: &Verdict) -> Option<&str> {
        label(&self.text, verdict.speaker?)
    }

    fn page<'j>(&'j self, place: &Place) -> &'j Reading {
        &self.readings[place.page]
    }

    fn speaker<'j>(&'j self, place: &Place) -> Option<&'j str> {
        label(self.page(place), place.speaker?)
    }

    fn found(&self, place: &Place) -> String {
        let text = &self.page(place).text;
        place.words.iter().map(|w| one_line(text.at(*w))).collect::<Vec<_>>().join(" … ")
    }

    fn statement(&self, place: &Place) -> Option<String> {
        Some(statement_id(&self.page(place).source.id, place.statement?))
    }

    /// What else there is to know; where words are not found, in which languages they could not be looked for.
    fn explain(&self, verdict: &Verdict) -> String {
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
fn published(judged: &Judged, place: &Place, record: &Record) -> Option<String> {
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

fn show(judged: &Judged, record: &Record, out: &mut Out) -> anyhow::Result<()> {
    let style = out.style;
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for verdict in &judged.verdicts {
        *counts.entry(verdict.outcome.as_str()).or_default() += 1;
        head(judged, verdict, out)?;
        for difference in &verdict.differences {
            out.line(&format!("    {}", told(difference, style)))?;
        }
        let explain = judged.explain(verdict);
        if !explain.is_empty() {
            out.line(&format!("    {}", style.mixed(&explain)))?;
        }
        let shown = if verdict.outcome == Outcome::Stitched { usize::MAX } else { SHOWN };
        for place in verdict.places.iter().take(shown) {
            self::place(judged, place, record, out)?;
        }
        if let Some(more) = verdict.places.len().checked_sub(shown).filter(|more| *more > 0) {
            out.line(&style.faint(&format!("    … and on {more} more pages: --format jsonl")))?;
        }
        out.line("")?;
    }
    let counts: Vec<String> = counts.iter().map(|(word, n)| format!("{n} {}", word.replace('_', " "))).collect();
    if counts.is_empty() { Ok(()) } else { out.line(&style.bold(&counts.join(", "))) }
}

/// So many pages are shown to people for one quotation.
const SHOWN: usize = 3;

fn head(judged: &Judged, verdict: &Verdict, out: &mut Out) -> anyhow::Result<()> {
    let style = out.style;
    let word = style.outcome(verdict.outcome.as_str(), verdict.outcome.passes());
    let said = judged.ascribed(verdict).map_or(String::new(), |name| format!("  {}", style.isolated(name)));
    let quoted = format!("«{}»", one_line(&judged.words(verdict)));
    out.line(&format!("{word}{said}"))?;
    lines_of(&quoted, 2, out)
}

fn place(judged: &Judged, place: &Place, record: &Record, out: &mut Out) -> anyhow::Result<()> {
    let style = out.style;
    let day = published(judged, place, record).unwrap_or_else(|| "undated".to_owned());
    let chain: Vec<String> = place.chain.iter().map(|l| style.isolated(&l.name)).collect();
    let id = judged.statement(place).unwrap_or_else(|| judged.page(place).source.id.clone());
    lines_of(&format!("«{}»", judged.found(place)), 4, out)?;
    out.line(&style.faint(&format!("    {day}  {}  {}", chain.join(" ← "), style.isolated(&id))))
}

/// Words of a text, wrapped.
fn lines_of(words: &str, indent: usize, out: &mut Out) -> anyhow::Result<()> {
    let style = out.style;
    for line in wrapped(words, style.width.map_or(usize::MAX, |w| w.saturating_sub(indent))) {
        out.line(&format!("{:indent$}{}", "", style.isolated(&line)))?;
    }
    Ok(())
}

fn told(difference: &Difference, style: Style) -> String {
    let part = |words: &str| if words.is_empty() { "nothing".to_owned() } else { style.quoted(words) };
    let (wanted, found) = (part(&difference.wanted), part(&difference.found));
    format!("{}: {wanted} in the text, {found} on the page", difference.kind.as_str())
}

fn lines(judged: &[Judged], record: &Record) -> Vec<Value> {
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
fn table(judged: &[Judged], record: &Record) -> Table {
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
        let differences = v.differences.iter().map(|d| told(d, Style::PLAIN)).collect::<Vec<_>>();
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
