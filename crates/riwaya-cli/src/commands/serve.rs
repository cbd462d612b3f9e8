//! `riwaya serve`: a record for readers.

use crate::End;
use crate::args::ServeArgs;
use crate::output::{self, Out};
use riwaya_query::Reader;
use riwaya_store::Record;
use riwaya_web::{Options, serve, speak};
use std::net::SocketAddr;
use std::path::Path;

/// Serves the record that `args` names until it is interrupted.
///
/// # Errors
/// Where there is no record, or its address cannot be listened on.
pub fn run(args: ServeArgs) -> anyhow::Result<End> {
    // A record of an older program is brought up to date, where it may be written to; where not, it is said below.
    drop(Record::open(&args.record)?);
    if let Err(error) = Record::create(&args.record) {
        output::say(&format!("{error}; it is served as it is"));
    }
    let reader = Reader::usual()?;
    if Record::open(&args.record)?.is_stale(&reader.name)? {
        output::say(&format!(
            "{}: pages wait to be read, or were read by another version of the program; `riwaya read INPUT -o {0}` reads \
             them, and what was found before is served until then",
            args.record.display()
        ));
    }
    let options = Options { record: args.record, address: SocketAddr::new(args.listen, args.port), names: args.name };
    if !args.listen.is_loopback() {
        output::say("whoever reaches this machine can read the record: there is no password");
    }
    let mut problem = None;
    serve(&options, reader, |address| {
        let mut out = Out::open();
        problem = out.line(&format!("http://{address}/")).and_then(|()| out.finish()).err();
    })?;
    problem.map_or(Ok(End::Found), Err)
}

/// Gives a model the tools of a record.
///
/// # Errors
/// Where there is no record, or the other side does not speak the protocol.
pub fn mcp(record: &Path) -> anyhow::Result<End> {
    drop(Record::open(record)?);
    speak(record, Reader::usual()?)?;
    Ok(End::Found)
}
