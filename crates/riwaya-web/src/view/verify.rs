//! Does a text quote what stands on the pages?

use super::rows::{Said, Told, told};
use super::shell::Shell;
use super::{Listing, html, listing};
use crate::answer::Answer;
use crate::asked::{Asked, Form};
use crate::room::{Room, Trouble};
use askama::Template;
use riwaya::page::Source;
use riwaya_query::findings::{Findings, number, shown};
use riwaya_query::quoting::Quote;
use riwaya_query::verify;
use riwaya_store::Record;
use serde_json::Value;

const FORMS: &[Form] = &[Form::Json, Form::Csv, Form::Md];
/// So many pages are shown to people for one quotation.
const SHOWN: usize = 3;

#[derive(Template)]
#[template(path = "verify.html")]
struct Page<'a> {
    shell: Shell<'a>,
    text: String,
    judged: bool,
    rows: Vec<Row>,
}

struct Row {
    verdict: String,
    speaker: String,
    words: String,
    differences: Vec<(String, String, String)>,
    explain: Told,
    places: Vec<Said>,
    more: usize,
}

/// The verdicts on the text that is handed in.
///
/// # Errors
/// As [`super::answer`].
pub fn answer(room: &Room, record: &Record, asked: &Asked) -> Result<Answer, Trouble> {
    let text = asked.text("text").unwrap_or_default();
    let source = Source { id: "text".to_owned(), ..Source::default() };
    let judged = match text.is_empty() {
        true => None,
        false => Some(verify::of_record(record, source, text.clone(), &room.reader.packs)?),
    };
    let lines = judged.iter().flat_map(|j| verify::lines(std::slice::from_ref(j), record)).collect::<Vec<_>>();
    if asked.form != Form::Html {
        let note = match (judged.is_some(), lines.is_empty()) {
            (false, _) => Some("hand in a text: POST it, or text=…".to_owned()),
            (true, true) => {
                Some("the text quotes nobody: there is no quotation and no attributed sentence in it".to_owned())
            }
            _ => None,
        };
        let list = Listing { lines: lines.iter().collect(), count: Some(lines.len()), next: None, note };
        return listing(asked, list, || verify::table(judged.as_slice(), record));
    }
    let f = super::around(record, asked, lines.clone())?;
    let shell = Shell::new(room, record, asked, asked.interface.t("verify"), FORMS)?;
    let rows = lines.iter().map(|line| row(&f, asked, line)).collect();
    html(&Page { shell, text, judged: judged.is_some(), rows })
}

fn row(f: &Findings, asked: &Asked, line: &Value) -> Row {
    let ui = asked.interface;
    let places = line["places"].as_array().map_or(&[][..], Vec::as_slice);
    let differences = line["differences"].as_array().map_or(&[][..], Vec::as_slice);
    let difference = |d: &Value| (ui.word(&shown(&d["what"])), shown(&d["wanted"]), shown(&d["found"]));
    let shown_places = if line["verdict"] == "stitched" { places.len() } else { SHOWN };
    Row {
        verdict: shown(&line["verdict"]),
        speaker: shown(&line["speaker"]),
        words: shown(&line["text"]),
        differences: differences.iter().map(difference).collect(),
        explain: told(&shown(&line["explain"])),
        places: places.iter().take(shown_places).filter_map(|p| place(f, asked, p)).collect(),
        more: places.len().saturating_sub(shown_places),
    }
}

fn place(f: &Findings, asked: &Asked, place: &Value) -> Option<Said> {
    let pieces = place["words"].as_array()?;
    let quote = Quote {
        article: shown(&place["article"]),
        start: number(&pieces.first()?["start"])?,
        end: number(&pieces.last()?["end"])?,
        text: pieces.iter().map(|p| shown(&p["text"])).collect::<Vec<_>>().join(" … "),
    };
    Some(Said::new(f, asked, &quote, Some(&place["chain"]), None))
}
