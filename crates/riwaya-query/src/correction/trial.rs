//! What would findings be with new corrections, and how are both kept?

use crate::Error;
use crate::account::{self, Account, Reader};
use riwaya::Reading;
use riwaya_store::{Entry, Record};

/// Findings made with entries that are not in the log yet.
pub struct Trial {
    /// The pages under all corrections that would be in force.
    pub account: Account,
    /// The entries that would be new.
    pub entries: Vec<Entry>,
}

impl Trial {
    /// Weaves all pages of `record`, as [`account::read_each`] reads them, with `entries` behind its log.
    ///
    /// # Errors
    /// Where the log cannot be read.
    pub fn of(
        record: &Record,
        read: (Vec<Reading>, Vec<String>),
        entries: Vec<Entry>,
        reader: &Reader,
    ) -> Result<Trial, Error> {
        let mut log = record.corrections()?;
        log.extend(entries.iter().cloned());
        Ok(Trial { account: account::weave_corrected(read, &log, &reader.packs)?, entries })
    }

    /// Why one of the entries could not be applied, where that is so.
    pub fn orphaned(&self, n: u32) -> Option<&str> {
        let applied = self.account.woven.corrections.iter().find(|a| a.number == n)?;
        applied.orphaned.as_deref()
    }

    /// Adds the entries to the log, and the findings that they make to the record.
    ///
    /// # Errors
    /// Where the record cannot be written, or somebody else has added to its log meanwhile; then nothing is stored.
    pub fn keep(&self, record: &mut Record, reader: &Reader) -> Result<(), Error> {
        if !record.correct(&self.entries)? {
            return Err(Error::Asked(
                "somebody else corrected the record at the same time; run the same command again".to_owned(),
            ));
        }
        self.account.keep(record, reader)
    }
}
