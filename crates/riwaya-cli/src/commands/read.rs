//! `riwaya read`: pages in; a table, lines of the contract, or a record out.

use crate::End;
use crate::args::{LinesFormat, ReadArgs};
use crate::clock::{self, Clock};
use crate::output::{self, Out, written};
use crate::reading;
use anyhow::Context;
use riwaya::{Reading, contract, weave};
use riwaya_input::fetch::{Settings, Visitor};
use riwaya_input::{Input, Page};
use riwaya_query::account::{self, Account, Reader};
use riwaya_query::correction;
use riwaya_query::findings::{self, Findings};
use riwaya_query::search::shadow::Folding;
use riwaya_store::{Added, Marks, RawPage, Received, Record};
use std::collections::BTreeMap;
use std::path::Path;

mod summary;

/// Pages stored in one transaction.
const BATCH: usize = 256;

/// Reads what `args` names.
///
/// # Errors
/// Where packs, record or standard output fail; pages that cannot be read are reported and left out.
pub fn run(args: ReadArgs) -> anyhow::Result<End> {
    let threads = args.threads.unwrap_or(0);
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().context("the threads cannot be started")?;
    pool.install(|| on_threads(&args, pool.current_num_threads()))
}

fn on_threads(args: &ReadArgs, threads: usize) -> anyhow::Result<End> {
    let mut clock = Clock::start(threads);
    let reader = Reader::load(args.langs.as_deref())?;
    clock.lap("packs");
    let settings = Settings { allow: args.allow_host.clone(), bytes: args.max_page_bytes, ..Settings::default() };
    let input = Input::gather(&args.inputs, args.max_page_bytes, &Visitor::new(settings), clock::now());
    clock.lap("input");
    input.problems.iter().for_each(|p| output::say(&p.to_string()));
    input.notes.iter().for_each(|n| output::say(n));
    let mut trouble = !input.problems.is_empty();
    if input.pages.is_empty() {
        output::say("no page was read");
        return Ok(End::Trouble);
    }
    let mut out = Out::open();
    match &args.output {
        Some(path) => trouble |= into_record(path, input, reader, args.format, &mut clock, &mut out)?,
        None => {
            clock.pages(input.pages.iter().map(|p| p.text.len()));
            let read = reading::read_each(input.pages, &reader.packs);
            clock.lap("reading");
            let account = account::weave_beside(read, &[], &reader.packs);
            clock.lap("weaving");
            trouble |= report_unread(&account, reader) || !account.faults.is_empty();
            print(&account, reader, args.format, &mut out)?;
        }
    }
    out.finish()?;
    clock.lap("printing");
    if args.stats {
        clock.report();
    }
    Ok(if trouble { End::Trouble } else { End::Found })
}

fn print(account: &Account, reader: &Reader, format: Option<LinesFormat>, out: &mut Out) -> anyhow::Result<()> {
    let packs = &reader.packs;
    match format {
        Some(LinesFormat::Jsonl) => written(account.write(packs, out.writer())),
        Some(LinesFormat::Json) => out.json(Findings::of_account(account, packs, &[]).all()),
        Some(LinesFormat::Csv) => {
            let findings = Findings::of_account(account, packs, &["article", "entity", "statement"]);
            written(riwaya_query::lists::statements(&findings, findings.kind("statement")).csv(out.writer()))
        }
        Some(LinesFormat::Table) | None => summary::print(&Findings::of_account_in_short(account, packs), out),
    }
}

/// Stores the pages, reads the record as a whole where that is due, and says what is new. True where no page is in a
/// known language, or the program failed at one.
fn into_record(
    path: &Path,
    input: Input,
    reader: &Reader,
    format: Option<LinesFormat>,
    clock: &mut Clock,
    out: &mut Out,
) -> anyhow::Result<bool> {
    let mut record = Record::create(path)?;
    let mut added = Added::default();
    for batch in input.pages.chunks(BATCH) {
        let now = store(&mut record, batch)?;
        added = Added { new: added.new + now.new, changed: added.changed + now.changed, same: added.same + now.same };
    }
    drop(input);
    clock.lap("storing");
    let (mut unread, mut stories) = (false, None);
    if let Some(renewed) = renew(&mut record, reader, clock)? {
        let (account, is_few) = renewed;
        stories = is_few.then(|| Findings::of_account_in_short(&account, &reader.packs));
        unread = report_unread(&account, reader) || !account.faults.is_empty();
    }
    let held = record.len()?;
    drop(record);
    let (new, changed, same) = (added.new, added.changed, added.same);
    output::say(&format!("{}: {new} new, {changed} changed, {same} held already; {held} pages", path.display()));
    match format {
        Some(LinesFormat::Jsonl) => crate::commands::export::jsonl(path, out.writer())?,
        Some(LinesFormat::Json) => out.json(reading::findings(path, &[])?.all())?,
        Some(LinesFormat::Csv) => {
            let findings = reading::findings(path, &["article", "entity", "statement"])?;
            written(riwaya_query::lists::statements(&findings, findings.kind("statement")).csv(out.writer()))?;
        }
        Some(LinesFormat::Table) | None => match stories {
            // Of a large record, the stories that are new or have changed.
            Some(stories) => summary::print(&stories, out)?,
            None => summary::print(&reading::in_short(path)?, out)?,
        },
    }
    Ok(unread)
}

fn store(record: &mut Record, batch: &[Page]) -> anyhow::Result<Added> {
    as_received(batch, |received| record.add(received))
}

/// Hands `pages` to `put` as a record takes them.
///
/// # Errors
/// Those of `put`.
pub fn as_received<T>(
    pages: &[Page],
    put: impl FnOnce(Vec<Received<'_>>) -> Result<T, riwaya_store::Error>,
) -> anyhow::Result<T> {
    let origin = |page: &Page| page.raw.as_ref().map(|raw| serde_json::to_string(&raw.origin)).transpose();
    let origins: Vec<Option<String>> = pages.iter().map(origin).collect::<Result<_, _>>()?;
    let received = pages.iter().zip(&origins).map(|(page, origin)| {
        let raw = page.raw.as_ref().zip(origin.as_deref());
        let raw = raw.map(|(raw, origin)| RawPage { compressed: &raw.compressed, length: raw.length, origin });
        Received { source: &page.source, text: &page.text, raw }
    });
    Ok(put(received.collect())?)
}

/// Makes the findings of the record where they are older than its pages or of another reader, and says what was read
/// and whether that was only what is near the new pages.
///
/// # Errors
/// Where the record cannot be read or written.
pub fn renew(record: &mut Record, reader: &Reader, clock: &mut Clock) -> anyhow::Result<Option<(Account, bool)>> {
    if !record.is_stale(&reader.name)? {
        return Ok(None);
    }
    let added = match few(record, reader)? {
        Some(pages) => add_to_stories(record, pages, reader, clock)?,
        None => None,
    };
    let is_few = added.is_some();
    let account = match added {
        Some(account) => account,
        None => weave_whole(record, reader, clock)?,
    };
    Ok(Some((account, is_few)))
}

/// A record of fewer pages is read as a whole, which takes no second.
const SMALL: usize = 400;
/// More new pages than one in so many are woven with all others.
const SHARE: usize = 20;
/// Pages whose stories may be woven anew for a few new ones.
pub const NEAR: usize = 32;

/// Is it enough to look at the stories near so many new pages, of so many that are held?
pub fn are_few(new: usize, held: usize) -> bool {
    held >= SMALL && new * SHARE <= held && new <= NEAR
}

/// The pages that are new, where they are so few beside all others that it is enough to look at the stories near them.
fn few(record: &Record, reader: &Reader) -> anyhow::Result<Option<Vec<Page>>> {
    let held = record.len()?;
    let few = |pages: &Vec<Page>| are_few(pages.len(), held);
    let unread = record.unread(&reader.name)?.filter(|pages| !pages.is_empty());
    Ok(unread.map(|pages| pages.into_iter().map(findings::page).collect()).filter(few))
}

/// Reads new pages and the stories near them, and weaves anew the stories that the new pages are in; none where
/// corrections have to do with them, which say what holds over all pages.
fn add_to_stories(
    record: &mut Record,
    new: Vec<Page>,
    reader: &Reader,
    clock: &mut Clock,
) -> anyhow::Result<Option<Account>> {
    let packs = &reader.packs;
    let (fresh, _) = reading::read_each(new, packs);
    let marks: Vec<Marks> = fresh.iter().map(|r| (r.source.id.clone(), weave::marks(r, packs))).collect();
    clock.lap("reading what is new");
    let near = record.nearby(&marks, NEAR + fresh.len())?;
    let corrections = correction::in_force(&record.corrections()?)?;
    let ids: Vec<&str> = near.pages.iter().map(|page| page.source.id.as_str()).collect();
    let names = if corrections.is_empty() { Default::default() } else { record.corrected_names()? };
    let concerned = |reading: &Reading| weave::concerns(reading, &corrections, &names);
    if record.is_corrected(&ids)? || fresh.iter().any(concerned) {
        return Ok(None);
    }
    let mut numbers: BTreeMap<&str, usize> = BTreeMap::new();
    let mut held: Vec<Option<usize>> = Vec::with_capacity(near.stories.len());
    for story in &near.stories {
        let next = numbers.len();
        held.push(story.as_deref().map(|story| *numbers.entry(story).or_insert(next)));
    }
    let pages: Vec<Page> = near.pages.iter().cloned().map(findings::page).collect();
    clock.pages(pages.iter().map(|p| p.text.len()));
    let around = account::weave_beside(reading::read_each(pages, packs), &held, packs);
    clock.lap("what is near");
    let is_new = |page: usize| held[page].is_none();
    let former = |page: usize| near.stories[page].as_ref().is_some_and(|s| near.former.contains(s));
    let story = |page: usize| &around.woven.stories[around.woven.story_of[page]];
    let touched: Vec<usize> =
        (0..held.len()).filter(|page| former(*page) || story(*page).pages.iter().any(|p| is_new(*p))).collect();
    let beyond = |copy: &weave::Copy| {
        (is_new(copy.of) || is_new(copy.page)) && !(touched.contains(&copy.of) && touched.contains(&copy.page))
    };
    let copies: Vec<usize> = (0..around.woven.copies.len()).filter(|n| beyond(&around.woven.copies[*n])).collect();
    let copies = contract::copy_lines(&copies, &around.readings, &around.woven);
    let copies: Vec<String> = copies.iter().map(serde_json::to_string).collect::<Result<_, _>>()?;
    let stories: Vec<Option<usize>> = touched.iter().map(|page| Some(around.woven.story_of[*page])).collect();
    let Account { readings, faults, .. } = around;
    let read = readings.into_iter().enumerate().filter(|(n, _)| touched.contains(n)).map(|(_, r)| r).collect();
    let account = account::weave_beside((read, faults), &stories, packs);
    let pages: Vec<riwaya_store::Page> = touched.iter().map(|page| near.pages[*page].clone()).collect();
    clock.lap("weaving");
    let mut folding = Folding::of(reader)?;
    record.replace_nearby(&pages, account.lines(packs).chain(copies), &marks, &mut |line| folding.words(line))?;
    clock.lap("storing findings");
    Ok(Some(account))
}

/// Reads and weaves all pages of the record.
fn weave_whole(record: &mut Record, reader: &Reader, clock: &mut Clock) -> anyhow::Result<Account> {
    let pages = findings::stored(record)?;
    clock.pages(pages.iter().map(|p| p.text.len()));
    let read = reading::read_each(pages, &reader.packs);
    clock.lap("reading");
    let account = account::weave_corrected(read, &record.corrections()?, &reader.packs)?;
    clock.lap("weaving");
    account.keep(record, reader)?;
    clock.lap("storing findings");
    reading::say_orphaned(&account, record.path());
    Ok(account)
}

/// Says which pages are in no language that a pack reads. They are kept and skipped, which is trouble only where that
/// leaves nothing: a pile in several languages is read as far as the packs go.
fn report_unread(account: &Account, reader: &Reader) -> bool {
    let unread = account.unread();
    if unread.is_empty() {
        return false;
    }
    output::say(&format!(
        "{} of {} pages are in a language that no pack reads (there is {}): {}; they are kept unread; \
         add a pack with --langs, or name the language in the page's `lang`",
        unread.len(),
        account.readings.len(),
        reader.languages.join(", "),
        unread.join(", ")
    ));
    unread.len() == account.readings.len()
}
