//! A dossier in Markdown.

use super::Brief;
use crate::output::one_line;
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
            for cited in &item.quotes {
                let place = escaped(&cited.quote.place());
                let place = match cited.url.as_deref().filter(|u| is_address(u)) {
                    Some(url) => format!("[{place}](<{url}>)"),
                    None => place,
                };
                let words = escaped(&one_line(&cited.quote.text));
                let _ = writeln!(out, "- «{words}» — {} ({place})", escaped(&cited.from));
            }
        }
    }
    out
}

/// Words of pages do not become headings, links or tags.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in one_line(text).chars() {
        if matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '|' | '~' | '&') {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

/// An address that a link may lead to.
pub fn is_address(url: &str) -> bool {
    let web = url.starts_with("https://") || url.starts_with("http://");
    web && !url.contains(|c: char| c.is_whitespace() || c.is_control() || matches!(c, '<' | '>' | '"'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_pages_stay_words() {
        assert_eq!(escaped("<b> [x](y)\n# z"), "\\<b\\> \\[x\\](y) \\# z");
        assert!(is_address("https://naba.example/a"));
        assert!(!is_address("javascript:alert(1)"));
    }
}
