//! What can go wrong: loading. Analysis itself never fails.

use std::fmt;

/// A pack or an input that could not be loaded, with its place, what was found and what was expected.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Error {
    place: String,
    found: String,
    expected: String,
}

impl Error {
    /// An error at `place` (a file, or `file:line`), where `found` stood and `expected` should stand.
    pub fn new(place: impl Into<String>, found: impl Into<String>, expected: impl Into<String>) -> Error {
        Error { place: place.into(), found: found.into(), expected: expected.into() }
    }

    /// The file, or `file:line`, where it happened.
    pub fn place(&self) -> &str {
        &self.place
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: found {}, expected {}", self.place, self.found, self.expected)
    }
}

impl std::error::Error for Error {}
