//! What can go wrong with a file: each with its place and a remedy.

use std::fmt;
use std::path::{Path, PathBuf};

/// A record that cannot be opened, read or written.
#[derive(Debug)]
pub struct Error {
    path: PathBuf,
    kind: Kind,
}

#[derive(Debug)]
enum Kind {
    Missing,
    Folder,
    NotARecord,
    OtherDatabase,
    Newer { found: i64, known: i64 },
    Full,
    Disk(rusqlite::Error),
    Busy,
    Sqlite(rusqlite::Error),
}

impl Error {
    pub(crate) fn missing(path: &Path) -> Error {
        Error { path: path.into(), kind: Kind::Missing }
    }

    pub(crate) fn folder(path: &Path) -> Error {
        Error { path: path.into(), kind: Kind::Folder }
    }

    pub(crate) fn other_database(path: &Path) -> Error {
        Error { path: path.into(), kind: Kind::OtherDatabase }
    }

    pub(crate) fn newer(path: &Path, found: i64, known: i64) -> Error {
        Error { path: path.into(), kind: Kind::Newer { found, known } }
    }

    pub(crate) fn sqlite(path: &Path, error: rusqlite::Error) -> Error {
        use rusqlite::ErrorCode;
        let kind = match error.sqlite_error_code() {
            Some(ErrorCode::NotADatabase) => Kind::NotARecord,
            Some(ErrorCode::DiskFull) => Kind::Full,
            Some(ErrorCode::SystemIoFailure) => Kind::Disk(error),
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Kind::Busy,
            _ => Kind::Sqlite(error),
        };
        Error { path: path.into(), kind }
    }

    /// Would SQLite have to write a file to open this one?
    pub(crate) fn needs_writing(&self) -> bool {
        use rusqlite::ErrorCode::{CannotOpen, ReadOnly};
        matches!(&self.kind, Kind::Sqlite(e) if matches!(e.sqlite_error_code(), Some(CannotOpen | ReadOnly)))
    }

    /// Is there no room left on the disk?
    pub fn is_full(&self) -> bool {
        matches!(self.kind, Kind::Full)
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: ", self.path.display())?;
        match &self.kind {
            Kind::Missing => write!(f, "no such record; `riwaya read INPUT -o {}` makes one", self.path.display()),
            Kind::Folder => write!(f, "a folder, and a record is one file; name a file such as news.riwaya"),
            Kind::NotARecord => {
                write!(f, "not a record of Riwaya (not an SQLite file); to read it as a page, hand it to `riwaya read`")
            }
            Kind::OtherDatabase => {
                write!(f, "an SQLite file, but not a record of Riwaya; name another file, it was left as it is")
            }
            Kind::Newer { found, known } => write!(
                f,
                "written by a newer Riwaya (record version {found}, this program knows up to {known}); \
                 use that program, the record was left as it is"
            ),
            Kind::Full => write!(
                f,
                "no room left to write; what was stored before is safe; free some space and run the same command again"
            ),
            Kind::Disk(error) => write!(
                f,
                "the disk failed ({error}); what was stored before is safe; check the disk and the space on it, and run \
                 the same command again"
            ),
            Kind::Busy => write!(f, "another program is writing to it; wait until that has ended and try again"),
            Kind::Sqlite(error) => write!(f, "{error}; check that the file and its folder can be read and written"),
        }
    }
}

impl std::error::Error for Error {}
