//! Where is the article on this web page, and where do its words stand among the bytes that came?

pub mod about;
pub mod charset;
pub mod choose;
pub mod line;
mod meant;
mod reference;
pub mod scan;

use crate::origin::{Origin, Stretch};
use about::About;
use charset::Decoded;
use choose::{Part, is_stopped};
use line::Line;
use riwaya::page::{Apart, ApartKind};
use scan::Scan;

/// An article as it stands on a web page.
#[derive(Debug)]
pub struct Article {
    /// Its text layer: headline, article, and the lines next to it, a line each.
    pub text: String,
    /// The headline as it stands there.
    pub title: Option<String>,
    /// The lines of the layer that are no article.
    pub apart: Vec<Apart>,
    /// Where the layer's characters come from.
    pub origin: Origin,
    /// What the page says of itself.
    pub about: About,
    /// Why it is not to be taken for an article.
    pub unfit: Option<Unfit>,
}

/// Why a page is no article.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unfit {
    /// It lists articles.
    Index,
    /// It shows the beginning of one to those who have not paid.
    Closed,
    /// It shows no text, or a script would have to make it.
    Empty,
}

impl Unfit {
    /// What it is, for a message.
    pub fn as_str(self) -> &'static str {
        match self {
            Unfit::Index => "a list of articles and none itself",
            Unfit::Closed => "the beginning of an article that only subscribers may read",
            Unfit::Empty => "a web page without an article in it",
        }
    }
}

/// Reads a web page. `charset` is what the server said, `url` where it came from.
///
/// ```
/// let page = "<title>Talks in Sarnia</title><h1>Talks in Sarnia</h1><p>The ministers of both countries met in \
///     Sarnia on Monday &amp; agreed to meet again, a spokesman said after four hours of talks.</p>";
/// let article = riwaya_input::html::read(page.as_bytes(), None, None);
/// let (title, rest) = article.text.split_once('\n').unwrap();
/// assert_eq!(title, "Talks in Sarnia");
/// let at = title.chars().count() + 1 + rest.find('&').unwrap();
/// let bytes = article.origin.bytes(page.as_bytes(), at, at + 1).unwrap();
/// assert_eq!(&page[bytes], "&amp;");
/// ```
pub fn read(bytes: &[u8], charset: Option<&str>, url: Option<&str>) -> Article {
    let decoded = charset::decode(bytes, charset);
    let page = scan::scan(&decoded.text);
    let about = About::of(&page, url);
    let names: Vec<&str> = about.titles.iter().map(String::as_str).collect();
    let parts = choose::choose(&page, &names);
    let unfit = unfit(&page, &parts, &about);
    let mut layer = Layer::new(&decoded);
    let title = parts.iter().position(|p| *p == Part::Title).map(|n| &page.lines[n]);
    // Where the page shows no headline its head has one, with the outlet's name behind it.
    if let (None, Some(line)) = (title, &page.title) {
        layer.add(line, None);
    }
    for (line, part) in page.lines.iter().zip(&parts) {
        match part {
            Part::Outside => {}
            Part::Title | Part::Body => layer.add(line, None),
            Part::Caption => layer.add(line, Some(ApartKind::Caption)),
            Part::Byline => layer.add(line, Some(ApartKind::Byline)),
        }
    }
    let title = title.or(page.title.as_ref()).map(|line| line.text.clone());
    let Layer { text, apart, stretches, .. } = layer;
    Article { text, title, apart, origin: Origin::new(decoded.charset, stretches), about, unfit }
}

/// What a character reference (`&amp;`) stands for; none where `text` is something else.
pub fn decoded_reference(text: &str) -> Option<String> {
    reference::reference(text).filter(|(_, length)| *length == text.len()).map(|(read, _)| read)
}

fn unfit(page: &Scan, parts: &[Part], about: &About) -> Option<Unfit> {
    const STUB: usize = 1200;
    let body = || page.lines.iter().zip(parts).filter(|(_, p)| **p == Part::Body).map(|(l, _)| l);
    let all: usize = body().map(|l| l.length).sum();
    let told: usize = body().filter(|l| is_told(l)).map(|l| l.length).sum();
    let links = page.lines.iter().filter(|l| l.link_share() > 0.8 && l.length >= 20).count();
    if all == 0 {
        return Some(if links >= INDEX { Unfit::Index } else { Unfit::Empty });
    }
    if about.is_closed && all < STUB {
        return Some(Unfit::Closed);
    }
    // A list of teasers has paragraphs too, but hardly any that has another one beside it.
    let is_listed = told < 250 || lone(page, parts) * 10 > told * 8 && body().filter(|l| is_told(l)).count() >= 5;
    (links >= INDEX && is_listed && !about.is_article).then_some(Unfit::Index)
}

/// So many links with words of a headline make a list, where there is little else.
const INDEX: usize = 20;

/// A paragraph that tells something.
fn is_told(line: &Line) -> bool {
    line.length >= 80 && line.link_share() < 0.3 && is_stopped(&line.text)
}

/// Characters of paragraphs that are alone between links or headings.
fn lone(page: &Scan, parts: &[Part]) -> usize {
    let is_paragraph = |n: usize| page.lines.get(n).is_some_and(is_told);
    let is_lone = |n: &usize| is_paragraph(*n) && !is_paragraph(n + 1) && (*n == 0 || !is_paragraph(n - 1));
    (0..parts.len()).filter(|n| parts[*n] == Part::Body).filter(is_lone).map(|n| page.lines[n].length).sum()
}

/// A text layer that is being put together.
struct Layer<'d> {
    page: &'d Decoded<'d>,
    text: String,
    /// Code points in the text.
    count: usize,
    apart: Vec<Apart>,
    stretches: Vec<Stretch>,
}

impl<'d> Layer<'d> {
    fn new(page: &'d Decoded<'d>) -> Layer<'d> {
        Layer { page, text: String::new(), count: 0, apart: Vec::new(), stretches: Vec::new() }
    }

    fn add(&mut self, line: &Line, apart: Option<ApartKind>) {
        if !self.text.is_empty() {
            self.text.push('\n');
            self.count += 1;
        }
        for run in &line.runs {
            let length = line.text[run.text.clone()].chars().count();
            let (from, to) = self.page.bytes(run.page.start, run.page.end);
            self.stretches.push(Stretch { start: self.count, length, from, to });
            self.count += length;
        }
        let start = self.text.len();
        self.text.push_str(&line.text);
        self.apart.extend(apart.map(|kind| Apart { start, end: self.text.len(), kind }));
    }
}
