//! A dossier in Markdown.

use super::Brief;
use crate::markdown::{cited, escaped};
use std::fmt::Write as _;

/// The dossier as text.
pub fn print(brief: &Brief) -> String {
    let mut out = String::new();
    // Writing to a string cannot fail.
    let _ = writeln!(out, "# {}\n\n{}", escaped(&brief.title), escaped(&brief.frame));
    for section in &brief.sections {
        let _ = writeln!(out, "\n## {}", section.heading);
        for item in &section.items {
            let _ = writeln!(out, "\n{}", escaped(&item.frame));
            for quote in &item.quotes {
                let _ = writeln!(out, "- {}", cited(quote));
            }
        }
    }
    out
}
