//! How is it shown? Data on standard output, notes on standard error, tables and colours for people on terminals.

pub mod table;

use anyhow::Context;
use riwaya_query::one_line;
use serde_json::Value;
use std::io::{self, BufWriter, IsTerminal, StdoutLock, Write};

/// Says something on standard error.
pub fn say(note: &str) {
    // Where standard error is closed there is nobody to tell.
    let _ = writeln!(io::stderr().lock(), "riwaya: {note}");
}

/// What a table or text may do to be read more easily.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Style {
    /// Colours and bold type.
    pub colour: bool,
    /// Arabic inside mixed lines set apart by U+2068 and U+2069.
    pub isolate: bool,
    /// Columns of the terminal; none where the output is no terminal.
    pub width: Option<usize>,
}

impl Style {
    /// No colour, no marks, no limit: what files and pipes get.
    pub const PLAIN: Style = Style { colour: false, isolate: false, width: None };

    /// What standard output can show.
    pub fn of_stdout() -> Style {
        if !io::stdout().is_terminal() {
            return Style::PLAIN;
        }
        let quiet = std::env::var_os("NO_COLOR").is_some_and(|v| !v.is_empty());
        let dumb = std::env::var_os("TERM").is_some_and(|t| t == "dumb");
        let width = terminal_size::terminal_size().map_or(100, |(w, _)| w.0 as usize);
        Style { colour: !quiet && !dumb, isolate: true, width: Some(width.max(40)) }
    }

    /// In bold type.
    pub fn bold(self, text: &str) -> String {
        self.painted("1", text)
    }

    /// In the background.
    pub fn faint(self, text: &str) -> String {
        self.painted("2", text)
    }

    /// In a colour that says how far accounts are apart.
    pub fn relation(self, text: &str) -> String {
        let code = match text {
            "contradicts" => "31",
            "wording_differs" | "scope_differs" => "33",
            "only_one" => "36",
            _ => "32",
        };
        self.painted(code, &text.replace('_', " "))
    }

    /// What is to be said of a quotation, in a colour that says whether it may stand.
    pub fn outcome(self, text: &str, passes: bool) -> String {
        self.painted(if passes { "32" } else { "31" }, &text.replace('_', " "))
    }

    /// `line` with `words` standing out.
    pub fn marked(self, line: &str, words: &str) -> String {
        if words.is_empty() { line.to_owned() } else { line.replace(words, &self.painted("1;31", words)) }
    }

    fn painted(self, code: &str, text: &str) -> String {
        if self.colour { format!("\u{1b}[{code}m{text}\u{1b}[0m") } else { text.to_owned() }
    }

    /// Words of a page, set apart so that a line of two directions keeps its order.
    pub fn isolated(self, text: &str) -> String {
        if self.isolate && text.chars().any(is_right_to_left) {
            format!("\u{2068}{text}\u{2069}")
        } else {
            text.to_owned()
        }
    }

    /// A sentence of ours that quotes words between «…», each of them set apart.
    pub fn mixed(self, text: &str) -> String {
        let mut out = String::with_capacity(text.len());
        let mut rest = text;
        while let Some((before, after)) = rest.split_once('«') {
            let (words, behind) = after.split_once('»').unwrap_or((after, ""));
            out.push_str(before);
            out.push_str(&self.quoted(words));
            rest = behind;
        }
        out + rest
    }

    /// Words of a page between quotation marks.
    pub fn quoted(self, text: &str) -> String {
        self.isolated(&format!("«{}»", one_line(text)))
    }
}

fn is_right_to_left(c: char) -> bool {
    matches!(c, '\u{0590}'..='\u{08ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefe}')
}

/// Standard output.
pub struct Out {
    /// What it can show.
    pub style: Style,
    writer: BufWriter<StdoutLock<'static>>,
}

impl Out {
    /// Opens it.
    pub fn open() -> Out {
        Out { style: Style::of_stdout(), writer: BufWriter::with_capacity(1 << 16, io::stdout().lock()) }
    }

    /// Where bytes go.
    pub fn writer(&mut self) -> &mut dyn Write {
        &mut self.writer
    }

    /// Writes a line.
    ///
    /// # Errors
    /// As [`written`].
    pub fn line(&mut self, line: &str) -> anyhow::Result<()> {
        written(writeln!(self.writer, "{line}"))
    }

    /// Writes `values` as JSON, one a line.
    ///
    /// # Errors
    /// As [`written`].
    pub fn jsonl<'v>(&mut self, values: impl IntoIterator<Item = &'v Value>) -> anyhow::Result<()> {
        values.into_iter().try_for_each(|v| written(writeln!(self.writer, "{v}")))
    }

    /// Writes `values` as one JSON array, an element a line.
    ///
    /// # Errors
    /// As [`written`].
    pub fn json<'v>(&mut self, values: impl IntoIterator<Item = &'v Value>) -> anyhow::Result<()> {
        let mut before = "[";
        for value in values {
            written(write!(self.writer, "{before}\n{value}"))?;
            before = ",";
        }
        self.line(if before == "[" { "[]" } else { "\n]" })
    }

    /// Hands on what is still held back.
    ///
    /// # Errors
    /// As [`written`].
    pub fn finish(&mut self) -> anyhow::Result<()> {
        written(self.writer.flush())
    }
}

/// Says of a failed write where it failed and what to do.
///
/// # Errors
/// The write's own.
pub fn written<T>(result: io::Result<T>) -> anyhow::Result<T> {
    let full = matches!(&result, Err(e) if e.kind() == io::ErrorKind::StorageFull);
    result.context(match full {
        true => "standard output: cannot be written to; free some space and run the same command again",
        false => "standard output: cannot be written to; check where it goes",
    })
}
