//! `riwaya brief`: a dossier of a story in which every sentence is the program's own frame or a quotation with its
//! position.

use crate::End;
use crate::args::{BriefArgs, BriefFormat};
use crate::output::{self, Out, written};
use crate::reading;
use riwaya_query::Fold;
use riwaya_query::brief::{brief, html, line, markdown, story};

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
    let brief = brief(&findings, story, args.limit)?;
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
