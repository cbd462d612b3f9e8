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
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Error::Record(error) => error.fmt(f),
            Error::Packs(error) => error.fmt(f),
            Error::Asked(why) => f.write_str(why),
            Error::Page(id, error) => {
                write!(f, "{id}: the page as it came cannot be unpacked ({error}); read the page again")
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
            Error::Asked(_) => None,
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
