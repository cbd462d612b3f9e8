//! Markdown in which words of pages stay words.

use crate::one_line;
use crate::quoting::Cited;

/// Words of a page, through whom they came, and where they stand.
pub fn cited(cited: &Cited) -> String {
    let place = escaped(&cited.quote.place());
    let place = match cited.url.as_deref().filter(|u| is_address(u)) {
        Some(url) => format!("[{place}](<{}>)", url.replace('|', "%7C")),
        None => place,
    };
    format!("«{}» — {} ({place})", escaped(&cited.quote.text), escaped(&cited.from))
}

/// Words of pages do not become headings, links or tags.
pub fn escaped(text: &str) -> String {
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
