//! What can go wrong with a question?

use std::fmt;
use std::io;

/// Why there is no answer.
#[derive(Debug)]
pub enum Error {
    /// The record cannot be read.
    Record(riwaya_store::Error),
    /// A row of a language pack cannot be read.
    Packs(riwaya::Error),
    /// A page as it came cannot be unpacked: its id, and why.
    Page(String, io::Error),
    /// What is asked for cannot be done: what, why, and what to do.
    Asked(String),
    /// A pattern of a search leads nowhere.
    Pattern {
        /// The pattern.
        pattern: String,
        /// Which character of it is meant, from 1.
        at: Option<usize>,
        /// What is wrong.
        what: String,
        /// What to write instead.
        remedy: String,
    },
    /// A place to go on from that no answer named.
    Cursor(String),
}

/// Characters of a pattern that an error repeats.
const SHOWN: usize = 60;

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Error::Record(error) => error.fmt(f),
            Error::Packs(error) => error.fmt(f),
            Error::Asked(why) => f.write_str(why),
            Error::Page(id, error) => {
                write!(f, "{id}: the page as it came cannot be unpacked ({error}); read the page again")
            }
            Error::Pattern { pattern, at, what, remedy } => {
                let shown: String = pattern.chars().take(SHOWN).collect();
                let more = if pattern.chars().nth(SHOWN).is_some() { "…" } else { "" };
                write!(f, "\"{}{more}\"", shown.replace(char::is_control, " "))?;
                at.map_or(Ok(()), |at| write!(f, ", character {at}"))?;
                write!(f, ": {what}; {remedy}")
            }
            Error::Cursor(after) => {
                write!(f, "{after:?}: not a place to go on from; take `next` of an answer as it is")
            }
        }
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Error::Record(error) => Some(error),
            Error::Packs(error) => Some(error),
            Error::Page(_, error) => Some(error),
            Error::Asked(_) | Error::Pattern { .. } | Error::Cursor(_) => None,
        }
    }
}

impl From<riwaya_store::Error> for Error {
    fn from(error: riwaya_store::Error) -> Error {
        Error::Record(error)
    }
}

impl From<riwaya::Error> for Error {
    fn from(error: riwaya::Error) -> Error {
        Error::Packs(error)
    }
}
