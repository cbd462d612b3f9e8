//! A line of a page as a reader sees it, and where it comes from.

use std::ops::Range;

/// A line: text without a break in it.
#[derive(Debug, Clone, Default)]
pub struct Line {
    /// Its words, white space run together.
    pub text: String,
    /// Stretches of the text with their places in the page, in order; together they are the text.
    pub runs: Vec<Run>,
    /// Characters other than white space.
    pub length: usize,
    /// Those of them that stand in a link.
    pub linked: usize,
    /// The level of the heading that it stands in, 0 for none.
    pub heading: u8,
    /// What it stands in.
    pub region: Region,
    /// The number of the element that its paragraph stands in.
    pub container: u32,
}

/// Characters in a row that stand in a row on the page too, or what one reference stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Run {
    /// Bytes of the line.
    pub text: Range<usize>,
    /// Bytes of the decoded page.
    pub page: Range<usize>,
    /// Are they the same bytes, and not what a reference stands for?
    pub is_copy: bool,
}

impl Line {
    /// Opens the line.
    pub fn begin(&mut self, region: Region, heading: u8, container: u32) {
        (self.region, self.heading, self.container) = (region, heading, container);
    }

    /// Adds text that stands at `page`.
    pub fn push(&mut self, text: &str, page: Range<usize>, is_copy: bool, is_link: bool) {
        let start = self.text.len();
        self.text.push_str(text);
        let count = text.chars().filter(|c| !c.is_whitespace()).count();
        self.length += count;
        self.linked += if is_link { count } else { 0 };
        match self.runs.last_mut() {
            Some(last) if is_copy && last.is_copy && last.page.end == page.start => {
                last.text.end = self.text.len();
                last.page.end = page.end;
            }
            _ => self.runs.push(Run { text: start..self.text.len(), page, is_copy }),
        }
    }

    /// The share of its characters that stand in links.
    pub fn link_share(&self) -> f32 {
        self.linked as f32 / self.length.max(1) as f32
    }
}

/// What a line stands in, as far as tags, classes and roles say.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Region {
    /// `<nav>`, `<footer>`, `<button>` and roles like them.
    pub is_frame: bool,
    /// `<aside>`.
    pub is_aside: bool,
    /// `<figure>`, `<figcaption>`, or a class that says so.
    pub is_caption: bool,
    /// `<header>`.
    pub is_header: bool,
    /// `<article>`, or `itemprop=articleBody`.
    pub is_article: bool,
}

impl Region {
    /// The region that a tag opens.
    pub fn of(name: &[u8], class: Option<&str>, role: Option<&str>, itemprop: Option<&str>) -> Region {
        let role = role.unwrap_or_default();
        let has = |word: &str| class.is_some_and(|c| c.contains(word));
        Region {
            is_frame: matches!(name, b"nav" | b"footer" | b"button" | b"menu" | b"dialog")
                || matches!(role, "navigation" | "contentinfo" | "search" | "dialog" | "button"),
            is_aside: name == b"aside" || role == "complementary",
            is_caption: matches!(name, b"figure" | b"figcaption")
                || (has("caption") || has("Caption")) && !has("aptions"),
            is_header: name == b"header",
            is_article: name == b"article" || itemprop.is_some_and(|i| i.eq_ignore_ascii_case("articleBody")),
        }
    }

    /// The region of what stands in `inner`, which stands in this one.
    pub fn inside(self, inner: Region) -> Region {
        Region {
            is_frame: self.is_frame || inner.is_frame,
            is_aside: self.is_aside || inner.is_aside,
            is_caption: self.is_caption || inner.is_caption,
            is_header: self.is_header || inner.is_header,
            is_article: self.is_article || inner.is_article,
        }
    }
}
