//! `riwaya`: news in, accounts out.

mod args;
mod clock;
mod commands;
mod output;
mod reading;

use args::{Cli, Command};
use clap::Parser;
use std::io;
use std::process::ExitCode;

/// Pages are many small things, made on all threads and dropped soon: the system's allocator took a sixth of reading.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// How a command ended, as ripgrep counts it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// Something was found: 0.
    Found,
    /// Nothing was found: 1.
    Nothing,
    /// Something was wrong, and has been said: 2.
    Trouble,
}

fn main() -> ExitCode {
    let end = run(Cli::parse().command).unwrap_or_else(|error| {
        if is_closed_pipe(&error) {
            return End::Found;
        }
        output::say(&format!("{error:#}"));
        End::Trouble
    });
    ExitCode::from(match end {
        End::Found => 0,
        End::Nothing => 1,
        End::Trouble => 2,
    })
}

fn run(command: Command) -> anyhow::Result<End> {
    match command {
        Command::Read(args) => commands::read::run(args),
        Command::Watch(args) => commands::watch::run(args),
        Command::Stories(args) => commands::stories::run(args),
        Command::Events(args) => commands::events::run(args),
        Command::Statements(args) => commands::statements::run(args),
        Command::People(args) => commands::people::run(args),
        Command::Grep(args) => commands::grep::run(args),
        Command::Flags(args) => commands::flags::run(args),
        Command::Compare(args) => commands::compare::run(args),
        Command::Trace(args) => commands::trace::run(args),
        Command::Verify(args) => commands::verify::run(args),
        Command::Timeline(args) => commands::timeline::run(args),
        Command::Ledger(args) => commands::ledger::run(args),
        Command::Brief(args) => commands::brief::run(args),
        Command::Explain(args) => commands::explain::run(args),
        Command::Eval(args) => commands::eval::run(args),
        Command::Cite(args) => commands::cite::run(args),
        Command::Versions(args) => commands::versions::run(args),
        Command::Correct(args) => commands::correct::run(args),
        Command::Corrections(args) => commands::correct::log(args),
        Command::Export(args) => commands::export::run(args),
        Command::Serve(args) => commands::serve::run(args),
        Command::Mcp { record } => commands::serve::mcp(&record),
        Command::Completions { shell } => commands::completions(shell),
    }
}

/// `riwaya … | head` ends when `head` has seen enough.
fn is_closed_pipe(error: &anyhow::Error) -> bool {
    error.chain().any(|e| e.downcast_ref::<io::Error>().is_some_and(|e| e.kind() == io::ErrorKind::BrokenPipe))
}
