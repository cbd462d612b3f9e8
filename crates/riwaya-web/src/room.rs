//! How do many readers share one record? A connection for each that reads, and no more of them than there is work for.

use crate::kept::Kept;
use riwaya_query::ledger::MoveWords;
use riwaya_query::{Error, Fold, Reader};
use riwaya_store::Record;
use serde_json::Value;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::Semaphore;

/// A record that is open to readers.
pub struct Room {
    path: PathBuf,
    /// The packs, for what is read on request.
    pub reader: &'static Reader,
    /// For names and words that are asked for.
    pub fold: Fold,
    /// By what pages say that something comes on another day.
    pub moves: MoveWords,
    idle: Mutex<Vec<Record>>,
    /// Sees whether others changed the record.
    watch: Mutex<Record>,
    announced: Mutex<Announced>,
    /// Answers that were given.
    pub kept: Kept,
    permits: Semaphore,
}

/// What was announced, and the record's number of changes when that was made: it takes a look at every contact, so it is
/// kept until the record changes.
type Announced = Option<(i64, Arc<Vec<Value>>)>;

/// Why there is no answer.
#[derive(Debug)]
pub enum Trouble {
    /// Nothing is there.
    NotThere,
    /// The question makes no sense; what to do about it.
    Question(String),
    /// The room could not answer.
    Failed(String),
}

impl<E: Into<Error>> From<E> for Trouble {
    fn from(error: E) -> Trouble {
        let error = error.into();
        match &error {
            Error::Pattern { .. } | Error::Cursor(_) | Error::Asked(_) => Trouble::Question(error.to_string()),
            Error::Record(_) | Error::Packs(_) | Error::Page(..) => Trouble::Failed(error.to_string()),
        }
    }
}

impl Room {
    /// Opens the record at `path`, brought up to date where it may be written to.
    ///
    /// # Errors
    /// Where there is no record, or rows of the packs cannot be read.
    pub fn open(path: &Path, reader: &'static Reader) -> Result<Room, Error> {
        let record = Record::open(path)?;
        let threads = std::thread::available_parallelism().map_or(2, usize::from);
        Ok(Room {
            path: path.to_owned(),
            reader,
            fold: Fold::load()?,
            moves: MoveWords::load()?,
            idle: Mutex::new(vec![record]),
            watch: Mutex::new(Record::open(path)?),
            announced: Mutex::new(None),
            kept: Kept::default(),
            // Questions are answered by processors, not by waiting: more at once would only take memory.
            permits: Semaphore::new(threads + 1),
        })
    }

    /// The name of the record: that of its file.
    pub fn name(&self) -> String {
        self.path.file_stem().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
    }

    /// Answers `question` on a thread that may wait for the disk.
    ///
    /// # Errors
    /// Those of the question.
    pub async fn ask<T: Send + 'static>(
        self: Arc<Room>,
        question: impl FnOnce(&Room, &Record) -> Result<T, Trouble> + Send + 'static,
    ) -> Result<T, Trouble> {
        let Ok(_permit) = self.permits.acquire().await else {
            return Err(Trouble::Failed("the room is closing".to_owned()));
        };
        let room = self.clone();
        let answered = tokio::task::spawn_blocking(move || {
            let record = room.take()?;
            let answer = question(&room, &record);
            room.idle.lock().unwrap_or_else(PoisonError::into_inner).push(record);
            answer
        });
        answered.await.unwrap_or_else(|_| {
            Err(Trouble::Failed("the program failed at this question; please report it with its address".to_owned()))
        })
    }

    /// What was announced: as it was made last, or made now where the record has changed since.
    ///
    /// # Errors
    /// Those of `make`.
    pub fn ledger(&self, make: impl FnOnce() -> Result<Vec<Value>, Trouble>) -> Result<Arc<Vec<Value>>, Trouble> {
        let now = self.changes()?;
        let mut held = self.announced.lock().unwrap_or_else(PoisonError::into_inner);
        match &*held {
            Some((at, lines)) if *at == now => Ok(lines.clone()),
            _ => {
                let lines = Arc::new(make()?);
                *held = Some((now, lines.clone()));
                Ok(lines)
            }
        }
    }

    /// A number that changes whenever the record does.
    ///
    /// # Errors
    /// Where the record cannot be read.
    pub fn changes(&self) -> Result<i64, Trouble> {
        Ok(self.watch.lock().unwrap_or_else(PoisonError::into_inner).changes()?)
    }

    fn take(&self) -> Result<Record, Trouble> {
        let idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
        Ok(match idle {
            Some(record) => record,
            None => Record::open(&self.path)?,
        })
    }
}
