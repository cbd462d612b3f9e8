//! `riwaya verify`: does a text quote what stands on the pages of a record?

use crate::End;
use crate::args::{ListFormat, VerifyArgs};
use crate::clock;
use crate::output::table::wrapped;
use crate::output::{self, Out, Style, written};
use riwaya::page::Source;
use riwaya::weave::verify::{Difference, Outcome, Place, Verdict};
use riwaya_input::fetch::Visitor;
use riwaya_input::{Input, Page};
use riwaya_query::account::Reader;
use riwaya_query::one_line;
use riwaya_query::verify::{Judged, lines, of_record, published, table};
use riwaya_store::Record;
use std::collections::BTreeMap;
use std::path::Path;

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
    let judge = |text: Page| of_record(&record, text.source, text.text, &reader.packs);
    let judged = input.pages.into_iter().map(judge).collect::<Result<Vec<Judged>, _>>()?;
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
