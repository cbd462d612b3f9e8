//! What is around every page: languages, ways to the other views, the forms of this one.

use crate::asked::{Asked, Form};
use crate::interface::{Interface, LANGUAGES};
use crate::room::{Room, Trouble};
use riwaya_store::Record;

/// The views that every page leads to.
const VIEWS: [&str; 5] = ["stories", "people", "ledger", "flags", "verify"];

/// What is around a page.
pub struct Shell<'a> {
    /// The language of the interface.
    pub ui: Interface,
    /// What was asked.
    pub asked: &'a Asked,
    /// The title of the page.
    pub title: String,
    /// The name of the record.
    pub record: String,
    /// Are there pages in the record that were not read yet?
    pub stale: bool,
    others: &'static [Form],
}

impl<'a> Shell<'a> {
    /// That of a page `title`, which can be had in `others` too.
    ///
    /// # Errors
    /// Where the record cannot be read.
    pub fn new(
        room: &Room,
        record: &Record,
        asked: &'a Asked,
        title: &str,
        others: &'static [Form],
    ) -> Result<Shell<'a>, Trouble> {
        let (title, stale) = (title.to_owned(), record.is_unread()?);
        Ok(Shell { ui: asked.interface, asked, title, record: room.name(), stale, others })
    }

    /// That of a page which needs no record.
    pub fn plain(asked: &'a Asked, title: &str) -> Shell<'a> {
        let (title, record) = (title.to_owned(), String::new());
        Shell { ui: asked.interface, asked, title, record, stale: false, others: &[] }
    }

    /// The other forms of this view, with their addresses.
    pub fn forms(&self) -> Vec<(Form, String)> {
        self.others.iter().map(|form| (*form, self.asked.as_form(*form))).collect()
    }

    /// The views that every page leads to.
    pub fn views(&self) -> [&'static str; 5] {
        VIEWS
    }

    /// The name of a view.
    pub fn view_name(&self, view: &str) -> &'static str {
        self.ui.t(match view {
            "people" => "people",
            "ledger" => "ledger",
            "flags" => "flags",
            "verify" => "verify",
            _ => "today",
        })
    }

    /// Is this the view that is shown?
    pub fn is_here(&self, view: &str) -> bool {
        self.asked.view == view || view == "stories" && self.asked.view.is_empty()
    }

    /// The words that are searched for.
    pub fn sought(&self) -> &str {
        if self.asked.view == "search" { self.asked.get("q").unwrap_or_default() } else { "" }
    }

    /// Does the interface speak this language now?
    pub fn is_language(&self, code: &str) -> bool {
        self.ui.code() == code
    }

    /// The languages of the interface: code and own name.
    pub fn languages(&self) -> [(&'static str, &'static str); 3] {
        LANGUAGES
    }
}
