//! `riwaya brief`: a dossier of a story in which every sentence is the program's own frame or a quotation with its
//! position.

mod gather;
mod html;
mod markdown;

use crate::End;
use crate::args::{BriefArgs, BriefFormat};
use crate::output::{self, Out, written};
use crate::reading;
use riwaya_query::filter::Fold;
use riwaya_query::findings::{Findings, texts};
use riwaya_query::quoting::Cited;
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

/// Prints the dossier of the story that `args` names.
///
/// # Errors
/// Where the record cannot be read or standard output not be written to.
pub fn run(args: BriefArgs) -> anyhow::Result<End> {
    let findings = reading::findings(&args.record, &[])?;
    let fold = Fold::load()?;
    let Some(story) = story(&findings, &args.story, &fold) else {
        output::say(&format!(
            "{}: no story has this id or these words in its title; `riwaya stories` lists them",
            args.story
        ));
        return Ok(End::Nothing);
    };
    let brief = gather::brief(&findings, story, args.limit)?;
    let mut out = Out::open();
    let text = match args.format {
        BriefFormat::Md => markdown::print(&brief),
        BriefFormat::Html => html::print(&brief),
        BriefFormat::Json => format!("{}\n", line(&brief)),
    };
    written(out.writer().write_all(text.as_bytes()))?;
    out.finish()?;
    Ok(End::Found)
}

/// The story with this id, else the one of most pages whose title holds the words, or that holds the page or event.
fn story<'f>(findings: &'f Findings, wanted: &str, fold: &Fold) -> Option<&'f Value> {
    let stories = findings.kind("story");
    let folded = fold.fold(wanted);
    let named = |s: &&Value| findings.title(s).is_some_and(|title| fold.holds(title, &folded));
    let size = |s: &&Value| texts(&s["articles"]).count();
    let exact = stories.iter().find(|s| s["id"] == wanted);
    exact.or_else(|| stories.iter().rev().filter(named).max_by_key(size))
}

fn line(brief: &Brief) -> Value {
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
