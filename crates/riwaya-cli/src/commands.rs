//! The commands.

pub mod brief;
pub mod cite;
pub mod compare;
pub mod eval;
pub mod events;
pub mod explain;
pub mod export;
pub mod flags;
pub mod grep;
pub mod ledger;
pub mod people;
pub mod read;
pub mod serve;
pub mod statements;
pub mod stories;
pub mod timeline;
pub mod trace;
pub mod verify;
pub mod versions;
pub mod watch;

use crate::End;
use crate::args::{Cli, ListArgs, ListFormat};
use crate::output::{self, Out, Style, written};
use clap::CommandFactory;
use riwaya_query::Table;
use serde_json::Value;

/// `riwaya completions`.
///
/// # Errors
/// Where standard output cannot be written to.
pub fn completions(shell: clap_complete::Shell) -> anyhow::Result<End> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Cli::command(), "riwaya", &mut script);
    let mut out = Out::open();
    written(out.writer().write_all(&script))?;
    out.finish()?;
    Ok(End::Found)
}

/// Prints a list as asked for: `lines` are the contract's, `short` is for people, `wide` for programs. On a terminal a
/// table ends after as many rows as were asked for.
///
/// # Errors
/// Where standard output cannot be written to.
pub fn list(args: &ListArgs, lines: &[&Value], short: &Table, wide: &Table) -> anyhow::Result<End> {
    let all = args.all || Style::of_stdout().width.is_none();
    print(args.from.format, if all { usize::MAX } else { args.limit }, lines, short, wide)
}

/// Prints a list in `format`, a table with no more than `limit` rows.
///
/// # Errors
/// Where standard output cannot be written to.
pub fn print(format: ListFormat, limit: usize, lines: &[&Value], short: &Table, wide: &Table) -> anyhow::Result<End> {
    let mut out = Out::open();
    if lines.is_empty() {
        output::say("nothing found");
    }
    match format {
        ListFormat::Json => out.json(lines.iter().copied())?,
        ListFormat::Jsonl => out.jsonl(lines.iter().copied())?,
        ListFormat::Csv => written(wide.csv(out.writer()))?,
        _ if lines.is_empty() => {}
        ListFormat::Table => output::table::print(short, &mut out, limit)?,
        ListFormat::Md => written(short.markdown(out.writer()))?,
    }
    out.finish()?;
    Ok(if lines.is_empty() { End::Nothing } else { End::Found })
}
