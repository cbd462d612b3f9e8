//! A dossier of a story, in which every sentence is the program's own frame or a quotation with its position.

mod gather;
pub mod html;
pub mod markdown;

pub use gather::brief;

use crate::Fold;
use crate::findings::{Findings, texts};
use crate::quoting::Cited;
use serde_json::{Value, json};

/// A dossier.
#[derive(Debug)]
pub struct Brief {
    /// The id of the story.
    pub story: String,
    /// Its headline.
    pub title: String,
    /// How many pages, outlets and origins, from when to when.
    pub frame: String,
    /// Its parts, those with nothing to say left out.
    pub sections: Vec<Section>,
}

/// One part of a dossier.
#[derive(Debug)]
pub struct Section {
    /// What it is about.
    pub heading: &'static str,
    /// In order.
    pub items: Vec<Item>,
}

/// A sentence of the program, and the words on pages that it rests on.
#[derive(Debug, Default)]
pub struct Item {
    /// The program's own words.
    pub frame: String,
    /// The pages' words.
    pub quotes: Vec<Cited>,
}

/// The story with this id, else the one of most pages whose title holds the words, or that holds the page or event.
pub fn story<'f>(findings: &'f Findings, wanted: &str, fold: &Fold) -> Option<&'f Value> {
    let stories = findings.kind("story");
    let folded = fold.fold(wanted);
    let named = |s: &&Value| findings.title(s).is_some_and(|title| fold.holds(title, &folded));
    let size = |s: &&Value| texts(&s["articles"]).count();
    let exact = stories.iter().find(|s| s["id"] == wanted);
    exact.or_else(|| stories.iter().rev().filter(named).max_by_key(size))
}

/// A dossier as a line of the contract.
pub fn line(brief: &Brief) -> Value {
    let cited = |c: &Cited| {
        let mut line = c.quote.line();
        line["from"] = json!(c.from);
        line["url"] = json!(c.url);
        line
    };
    let item = |i: &Item| json!({"frame": i.frame, "quotes": i.quotes.iter().map(cited).collect::<Vec<_>>()});
    let section = |s: &Section| json!({"heading": s.heading, "items": s.items.iter().map(item).collect::<Vec<_>>()});
    json!({
        "kind": "brief",
        "story": brief.story,
        "title": brief.title,
        "frame": brief.frame,
        "sections": brief.sections.iter().map(section).collect::<Vec<_>>(),
    })
}
