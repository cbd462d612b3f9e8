//! `riwaya correct` and `riwaya corrections`: what somebody put right by hand.

use super::list;
use crate::End;
use crate::args::{CorrectArgs, CorrectKind, CorrectionsArgs, SignArgs};
use crate::clock;
use crate::output;
use crate::reading;
use anyhow::{Context, bail};
use riwaya_query::Table;
use riwaya_query::account::Reader;
use riwaya_query::correction::{self, Signed, Trial, Wish, effects, file, told};
use riwaya_query::findings::{Findings, shown, stored};
use riwaya_store::corrections::State;
use riwaya_store::{Entry, Record};
use serde_json::Value;
use std::io::Read;
use std::path::Path;

/// Puts right what `args` names, or shows what that would change.
///
/// # Errors
/// Where record, file or packs cannot be read, the record not be written, or what is named is not there; then nothing
/// is stored.
pub fn run(args: CorrectArgs) -> anyhow::Result<End> {
    let Some(kind) = args.kind else {
        let (Some(from), Some(record)) = (&args.from, &args.record) else {
            bail!("name what is to be put right, or a file with --from; `riwaya correct --help` shows how");
        };
        let log = Record::open(record)?.corrections()?;
        let entries = file::entries(&from.display().to_string(), &read_file(from)?, &log)?;
        if entries.is_empty() {
            output::say(&format!("{}: no correction in it that the record does not have", from.display()));
            return Ok(End::Nothing);
        }
        return carry_out(record, entries, args.dry_run, true);
    };
    let (wish, sign) = asked(kind);
    let entry = wish.entry(&sign.record, &signed(&sign)?)?;
    carry_out(&sign.record, vec![entry], sign.dry_run, false)
}

fn asked(kind: CorrectKind) -> (Wish, SignArgs) {
    match kind {
        CorrectKind::JoinEntities { entities, sign } => (Wish::JoinEntities { entities }, sign),
        CorrectKind::SplitEntity { entity, page, form, sign } => {
            (Wish::SplitEntity { entity, articles: page, forms: form }, sign)
        }
        CorrectKind::JoinStories { stories, sign } => (Wish::JoinStories { stories }, sign),
        CorrectKind::SplitStory { pages, sign } => (Wish::SplitStory { articles: pages }, sign),
        CorrectKind::Speaker { statement, speaker, sign, .. } => (Wish::Speaker { statement, speaker }, sign),
        CorrectKind::Published { page, day, sign } => (Wish::Published { article: page, day }, sign),
        CorrectKind::Undo { number, sign } => (Wish::Undo { n: number }, sign),
    }
}

/// Author, reason and time.
fn signed(sign: &SignArgs) -> anyhow::Result<Signed> {
    let user = || std::env::var("USER").ok().filter(|user| !user.trim().is_empty());
    let author = sign.author.clone().filter(|a| !a.trim().is_empty()).or_else(user);
    let author = author.context("no author: say who corrects with --author NAME, or set RIWAYA_AUTHOR")?;
    let at = jiff::Timestamp::from_second(clock::now()).map(|t| t.to_string()).unwrap_or_default();
    Ok(Signed::new(&at, &author, &sign.reason)?)
}

fn read_file(path: &Path) -> anyhow::Result<String> {
    let place = || format!("{}: cannot be read; check its name", path.display());
    if path.as_os_str() != "-" {
        return std::fs::read_to_string(path).with_context(place);
    }
    let mut text = String::new();
    std::io::stdin().read_to_string(&mut text).with_context(place)?;
    Ok(text)
}

/// Tries `entries` on all pages. One by itself must be to be applied; of a file, those that cannot be are kept as
/// orphaned.
fn carry_out(path: &Path, entries: Vec<Entry>, dry_run: bool, of_file: bool) -> anyhow::Result<End> {
    let reader = Reader::usual()?;
    let record = Record::open(path)?;
    let read = reading::read_each(stored(&record)?, &reader.packs);
    let trial = Trial::of(&record, read, entries, reader)?;
    for entry in trial.entries.iter().filter(|_| !of_file) {
        if let Some(why) = trial.orphaned(entry.n) {
            bail!("{}: cannot be put right: {why}; nothing was stored", path.display());
        }
    }
    if dry_run {
        return show_effects(path, &trial, reader);
    }
    drop(record);
    trial.keep(&mut Record::create(path)?, reader)?;
    let lines: Vec<Value> = trial.entries.iter().map(|entry| correction::line(entry, &state(&trial, entry))).collect();
    for (entry, line) in trial.entries.iter().zip(&lines) {
        output::say(&format!("{}: correction {} stored: {} {}", path.display(), entry.n, entry.what, told(line)));
    }
    reading::say_orphaned(&trial.account, path);
    Ok(End::Found)
}

/// What became of a new entry.
fn state(trial: &Trial, entry: &Entry) -> State {
    match trial.orphaned(entry.n) {
        Some(why) => State::Orphaned(why.to_owned()),
        None => State::InForce,
    }
}

/// A table of what would change.
fn show_effects(path: &Path, trial: &Trial, reader: &Reader) -> anyhow::Result<End> {
    let before = Findings::of_record(path, &[])?;
    let after = Findings::of_account(&trial.account, &reader.packs, &[]);
    let lines = effects(&before, &after);
    output::say(&format!("{}: nothing was stored; this would change:", path.display()));
    let mut table = Table::new(&["of", "id", "change", "field", "before", "after"]);
    for line in &lines {
        table.row(["of", "id", "change", "field", "before", "after"].map(|key| shown(&line[key])).to_vec());
    }
    super::print(crate::args::ListFormat::Table, usize::MAX, &lines.iter().collect::<Vec<_>>(), &table, &table)
}

/// Lists the log.
///
/// # Errors
/// Where the record cannot be read or standard output not be written to.
pub fn log(args: CorrectionsArgs) -> anyhow::Result<End> {
    let lines = correction::lines(&Record::open(&args.list.from.record)?)?;
    let table = correction::table(&lines);
    list(&args.list, &lines.iter().collect::<Vec<_>>(), &table, &table)
}
