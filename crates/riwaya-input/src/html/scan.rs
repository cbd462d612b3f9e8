//! Which lines would a reader see, where in the page does each of their characters stand, and what does the page say
//! of itself in its head?
//!
//! One pass over the tokens (WHATWG tokenisation). Tags that make a paragraph end a line, scripts and hidden parts are
//! passed over, white space runs together as a browser shows it. The same pass writes the page once more without
//! scripts, styles and most attributes, which is what the extractors are given: half the time for the same answer.

use super::line::{Line, Region};
use super::reference::reference;
use html5gum::emitters::callback::{Callback, CallbackEmitter, CallbackEvent};
use html5gum::{Span, Tokenizer};
use std::convert::Infallible;
use std::ops::Range;

/// What one pass over a page gives.
#[derive(Debug, Default)]
pub struct Scan {
    /// The lines that a reader would see, in order.
    pub lines: Vec<Line>,
    /// The line of `<title>`.
    pub title: Option<Line>,
    /// The page without scripts, styles, comments and most attributes.
    pub slim: String,
    /// `<meta>`: its name, property or itemprop in small letters, and its content.
    pub meta: Vec<(String, String)>,
    /// The texts of `<script type="application/ld+json">`.
    pub linked_data: Vec<String>,
    /// `<html lang>`.
    pub lang: Option<String>,
    /// `<link rel=canonical>`.
    pub canonical: Option<String>,
    /// For each container (by its number, see [`Line::container`]) the one around it.
    pub around: Vec<u32>,
    /// The containers in which a button, or a field to write in, stands directly, those in menus and footers aside.
    pub controls: Vec<u32>,
    /// The containers that `<article>` opens.
    pub articles: Vec<u32>,
    /// The containers in which a picture or a film stands directly.
    pub pictures: Vec<u32>,
    /// `<time datetime>`, with the number of the line that it stands in or in front of.
    pub times: Vec<(usize, String)>,
}

/// Reads the tokens of `html`.
pub fn scan(html: &str) -> Scan {
    let mut scanner = Scanner { html, ..Scanner::default() };
    scanner.scan.slim.reserve(html.len() / 2);
    let mut emitter = CallbackEmitter::<_, Infallible, usize>::new(&mut scanner);
    emitter.naively_switch_states(true);
    let Ok(()) = Tokenizer::new_with_emitter(html, emitter).finish();
    scanner.end_line();
    scanner.scan
}

/// How deep tags may stand in each other; extractors go down by recursion, and browsers stop at 512.
const DEPTH: usize = 200;

#[derive(Default)]
struct Scanner<'h> {
    html: &'h str,
    scan: Scan,
    line: Line,
    /// White space that has not been written yet: the place of its first blank, else of all of it.
    space: Option<Range<usize>>,
    open: Vec<Open>,
    /// Open elements whose text nobody sees.
    unseen: usize,
    links: usize,
    tag: Tag,
    in_tag: bool,
    /// Is the attribute that is being read one that counts?
    is_wanted: bool,
}

/// An open element.
struct Open {
    name: Box<[u8]>,
    is_unseen: bool,
    is_link: bool,
    is_block: bool,
    region: Region,
    heading: u8,
    is_written: bool,
    /// Does `itemprop=publisher` say that it is about the outlet?
    is_publisher: bool,
    /// The number of the element that paragraphs inside have in common.
    container: u32,
}

/// The start tag that is being read.
#[derive(Default)]
struct Tag {
    name: Vec<u8>,
    attributes: Vec<(&'static str, String)>,
}

impl Tag {
    fn get(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(n, _)| *n == name).map(|(_, value)| value.as_str())
    }

    /// Does the value of this attribute hold `word` among its words?
    fn says(&self, name: &str, word: &str) -> bool {
        self.get(name).is_some_and(|v| v.split_ascii_whitespace().any(|w| w.eq_ignore_ascii_case(word)))
    }

    /// Something to press or to write in.
    fn is_control(&self) -> bool {
        match &*self.name {
            b"button" | b"textarea" => true,
            b"input" => !self.get("type").is_some_and(|t| t.eq_ignore_ascii_case("hidden")),
            _ => false,
        }
    }

    fn is_picture(&self) -> bool {
        matches!(&*self.name, b"img" | b"picture" | b"video" | b"amp-img" | b"iframe")
    }

    fn is_hidden(&self) -> bool {
        let style = self.get("style").unwrap_or_default();
        let squeezed = || style.bytes().filter(|b| !b.is_ascii_whitespace()).map(char::from).collect::<String>();
        self.get("hidden").is_some_and(|v| v != "until-found")
            || style.len() < 2000 && style.contains("none") && squeezed().contains("display:none")
    }
}

impl<'h> Callback<Infallible, usize> for &mut Scanner<'h> {
    fn handle_event(&mut self, event: CallbackEvent<'_>, span: Span<usize>) -> Option<Infallible> {
        match event {
            CallbackEvent::OpenStartTag { name } => {
                self.tag.name.clear();
                self.tag.name.extend_from_slice(name);
                self.tag.attributes.clear();
                self.in_tag = true;
            }
            CallbackEvent::AttributeName { name } if self.in_tag => {
                self.is_wanted = false;
                if let Some(known) = ATTRIBUTES.iter().find(|known| known.as_bytes() == name) {
                    self.is_wanted = true;
                    self.tag.attributes.push((known, String::new()));
                }
            }
            CallbackEvent::AttributeValue { value } if self.in_tag && self.is_wanted => {
                if let Some((_, last)) = self.tag.attributes.last_mut() {
                    *last = String::from_utf8_lossy(value).into_owned();
                }
            }
            CallbackEvent::CloseStartTag { self_closing } => {
                self.in_tag = false;
                self.start(self_closing);
            }
            CallbackEvent::EndTag { name } => self.end(name),
            CallbackEvent::String { .. } => self.text(span.start..span.end),
            _ => {}
        }
        None
    }
}

impl Scanner<'_> {
    fn start(&mut self, self_closing: bool) {
        let tag = std::mem::take(&mut self.tag);
        self.head(&tag);
        let kind = Kind::of(&tag.name);
        if kind == Kind::Break {
            self.end_line();
        }
        if kind == Kind::Block {
            self.end_line();
            self.close_paragraph(&tag.name);
        }
        // <article>… <footer><button>Share</button></footer></article>: the button is the footer's.
        let is_framed = || self.open.last().is_some_and(|o| o.region.is_frame);
        if self.unseen == 0 && (tag.is_picture() || tag.is_control() && !is_framed()) {
            let container = self.container(false);
            let list = if tag.is_control() { &mut self.scan.controls } else { &mut self.scan.pictures };
            list.push(container);
        }
        let is_unseen = kind == Kind::Unseen || tag.is_hidden();
        let is_void = is_void(&tag.name) || self_closing && kind == Kind::Unseen && is_foreign(&tag.name);
        if !is_void {
            let region = Region::of(&tag.name, tag.get("class"), tag.get("role"), tag.get("itemprop"));
            let is_written = self.unseen == 0 && !is_unseen && self.open.len() < DEPTH;
            let region = self.open.last().map_or(region, |o| o.region.inside(region));
            let heading = heading(&tag.name).or(self.open.last().map(|o| o.heading)).unwrap_or(0);
            let is_link = tag.name == b"a" && tag.get("href").is_some();
            self.unseen += usize::from(is_unseen);
            self.links += usize::from(is_link);
            let is_block = kind == Kind::Block;
            let container = self.container(is_block && !is_paragraph(&tag.name));
            if tag.name == b"article" {
                self.scan.articles.push(container);
            }
            let is_publisher = tag.says("itemprop", "publisher");
            let name = tag.name.clone().into_boxed_slice();
            let open =
                Open { name, is_unseen, is_link, is_block, region, heading, is_written, is_publisher, container };
            self.open.push(open);
            if is_written {
                self.write_start(&tag);
            }
        } else if self.unseen == 0 && !is_unseen {
            self.write_start(&tag);
        }
        self.tag = tag;
    }

    /// The number of the container that an element opens, or stands in.
    fn container(&mut self, is_new: bool) -> u32 {
        let outer = self.open.last().map_or(0, |o| o.container);
        if self.scan.around.is_empty() {
            self.scan.around.push(0);
        }
        // Deeper ones are counted as one: pages of a hundred thousand tags in each other exist to cost time.
        if !is_new || self.open.len() >= DEPTH {
            return outer;
        }
        self.scan.around.push(outer);
        self.scan.around.len() as u32 - 1
    }

    /// What the tag says about the page.
    fn head(&mut self, tag: &Tag) {
        match &*tag.name {
            b"meta" => {
                let name = ["property", "name", "itemprop", "http-equiv"].iter().find_map(|n| tag.get(n));
                if let (Some(name), Some(content)) = (name, tag.get("content")) {
                    let mut name = name.trim().to_ascii_lowercase();
                    // Microdata: <span itemprop=publisher …><meta itemprop=name content="…">.
                    if name == "name" && self.open.iter().rev().take(4).any(|o| o.is_publisher) {
                        name = "publisher".to_owned();
                    }
                    self.scan.meta.push((name, content.trim().to_owned()));
                }
            }
            b"link" if tag.says("rel", "canonical") && self.scan.canonical.is_none() => {
                self.scan.canonical = tag.get("href").map(|href| href.trim().to_owned());
            }
            b"html" if self.scan.lang.is_none() => {
                self.scan.lang = tag.get("lang").or(tag.get("xml:lang")).map(|l| l.trim().to_owned());
            }
            b"time" => {
                if let Some(when) = tag.get("datetime").map(str::trim).filter(|w| !w.is_empty()) {
                    self.scan.times.push((self.scan.lines.len(), when.to_owned()));
                }
            }
            _ => {}
        }
    }

    fn end(&mut self, name: &[u8]) {
        let kind = Kind::of(name);
        if kind == Kind::Block || kind == Kind::Break {
            self.end_line();
        }
        // An end tag closes what it names and what was left open inside; a stray one closes nothing. No inline end
        // tag reaches over the paragraph it stands in.
        let reach = self.open.iter().rev().take(DEPTH);
        let found = match kind {
            Kind::Block => reach.map(|o| &o.name).position(|n| **n == *name),
            _ => reach.take_while(|o| !o.is_block || *o.name == *name).map(|o| &o.name).position(|n| **n == *name),
        };
        for _ in 0..found.map_or(0, |n| n + 1) {
            self.close();
        }
    }

    fn close(&mut self) {
        let Some(open) = self.open.pop() else { return };
        self.unseen -= usize::from(open.is_unseen);
        self.links -= usize::from(open.is_link);
        if open.is_written {
            self.scan.slim.push_str("</");
            self.scan.slim.push_str(&String::from_utf8_lossy(&open.name));
            self.scan.slim.push('>');
        }
        if *open.name == *b"title" {
            self.end_line();
        }
    }

    /// `<p>` and `<li>` end where the next one begins, `<p>` at every block.
    fn close_paragraph(&mut self, name: &[u8]) {
        let Some(last) = self.open.last() else { return };
        let again = matches!(name, b"li" | b"dt" | b"dd" | b"tr" | b"td" | b"th" | b"option") && *last.name == *name;
        if *last.name == *b"p" || again {
            self.close();
        }
    }

    fn text(&mut self, place: Range<usize>) {
        let Some(text) = self.html.get(place.clone()) else { return };
        if self.open.last().is_some_and(|o| *o.name == *b"script") {
            self.script(text);
            return;
        }
        if self.unseen > 0 {
            return;
        }
        let in_title = self.open.last().is_some_and(|o| *o.name == *b"title");
        if !in_title {
            self.scan.slim.push_str(text);
        }
        self.characters(text, place.start);
        if in_title {
            let line = std::mem::take(&mut self.line);
            self.space = None;
            if self.scan.title.is_none() && !line.text.is_empty() {
                self.scan.title = Some(line);
            }
        }
    }

    fn script(&mut self, text: &str) {
        // A page of news has three of them at most; a megabyte is a table of something else.
        if self.tag.get("type").is_some_and(|t| t.trim().eq_ignore_ascii_case("application/ld+json"))
            && text.len() < 1 << 20
        {
            self.scan.linked_data.push(text.trim().to_owned());
        }
    }

    /// Adds characters to the line as a browser shows them; `from` is their place in the page.
    fn characters(&mut self, text: &str, from: usize) {
        let as_typed = self.open.iter().rev().take(8).any(|o| *o.name == *b"pre");
        let mut at = 0;
        while let Some(character) = text[at..].chars().next() {
            let length = match character {
                '\n' if as_typed => {
                    self.end_line();
                    1
                }
                ' ' | '\t' | '\n' | '\r' | '\u{c}' => {
                    self.blank(character, from + at);
                    1
                }
                '&' => match reference(&text[at..]) {
                    Some((read, length)) => {
                        self.add(&read, from + at..from + at + length);
                        length
                    }
                    None => {
                        self.add("&", from + at..from + at + 1);
                        1
                    }
                },
                '\0' => 1,
                _ => {
                    let plain = text[at..].bytes().position(|b| b" \t\n\r\x0c&\0".contains(&b));
                    let length = plain.unwrap_or(text.len() - at);
                    self.add(&text[at..at + length], from + at..from + at + length);
                    length
                }
            };
            at += length;
        }
    }

    /// Notes white space: one blank of the text, whose place is a true blank where one is among it, else the first
    /// white space in a row.
    fn blank(&mut self, character: char, at: usize) {
        let is_true = |place: &Range<usize>| self.html.as_bytes().get(place.start) == Some(&b' ');
        self.space = Some(match self.space.take() {
            Some(place) if is_true(&place) => place,
            _ if character == ' ' => at..at + 1,
            Some(place) if place.end == at => place.start..at + 1,
            Some(place) => place,
            None => at..at + 1,
        });
    }

    fn add(&mut self, text: &str, place: Range<usize>) {
        let space = self.space.take();
        if self.line.text.is_empty() {
            if let Some(open) = self.open.last() {
                self.line.begin(open.region, open.heading, open.container);
            }
        } else if let Some(space) = space {
            let is_copy = self.html.get(space.clone()) == Some(" ");
            self.line.push(" ", space, is_copy, false);
        }
        let is_copy = self.html.get(place.clone()) == Some(text);
        self.line.push(text, place, is_copy, self.links > 0);
    }

    fn end_line(&mut self) {
        self.space = None;
        if !self.line.text.is_empty() {
            self.scan.lines.push(std::mem::take(&mut self.line));
        }
    }

    /// Writes a start tag for the extractors.
    fn write_start(&mut self, tag: &Tag) {
        if is_head_only(&tag.name) {
            return;
        }
        let slim = &mut self.scan.slim;
        slim.push('<');
        slim.push_str(&String::from_utf8_lossy(&tag.name));
        for (name, value) in &tag.attributes {
            if ATTRIBUTES[..KEPT].contains(name) && value.len() <= 300 {
                slim.push(' ');
                slim.push_str(name);
                slim.push_str("=\"");
                match value.contains(['&', '"']) {
                    true => slim.push_str(&value.replace('&', "&amp;").replace('"', "&quot;")),
                    false => slim.push_str(value),
                }
                slim.push('"');
            }
        }
        slim.push('>');
    }
}

/// Attributes that count; the first [`KEPT`] of them are written for the extractors.
const ATTRIBUTES: [&str; 18] = [
    "class",
    "id",
    "role",
    "itemprop",
    "rel",
    "href",
    "lang",
    "dir",
    "itemtype",
    "style",
    "hidden",
    "content",
    "name",
    "property",
    "http-equiv",
    "datetime",
    "type",
    "xml:lang",
];
const KEPT: usize = 9;

/// What a tag does to the lines around it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// Nothing.
    Inline,
    /// A line of its own, with what stands inside.
    Block,
    /// The end of a line, with nothing inside.
    Break,
    /// Nobody sees what stands inside.
    Unseen,
}

impl Kind {
    fn of(name: &[u8]) -> Kind {
        match name {
            b"br" | b"hr" | b"img" | b"input" => Kind::Break,
            b"script" | b"style" | b"template" | b"noscript" | b"svg" | b"math" | b"textarea" | b"select"
            | b"iframe" | b"object" | b"canvas" | b"audio" | b"video" | b"datalist" | b"noframes" | b"noembed" => {
                Kind::Unseen
            }
            b"p" | b"div" | b"li" | b"ul" | b"ol" | b"dl" | b"dt" | b"dd" | b"h1" | b"h2" | b"h3" | b"h4" | b"h5"
            | b"h6" | b"article" | b"section" | b"main" | b"header" | b"footer" | b"nav" | b"aside" | b"table"
            | b"thead" | b"tbody" | b"tfoot" | b"tr" | b"td" | b"th" | b"caption" | b"blockquote" | b"figure"
            | b"figcaption" | b"form" | b"fieldset" | b"legend" | b"address" | b"pre" | b"center" | b"details"
            | b"summary" | b"dialog" | b"body" | b"html" | b"head" | b"button" | b"option" | b"menu" | b"hgroup"
            | b"search" => Kind::Block,
            _ => Kind::Inline,
        }
    }
}

fn is_void(name: &[u8]) -> bool {
    matches!(
        name,
        b"area"
            | b"base"
            | b"br"
            | b"col"
            | b"embed"
            | b"hr"
            | b"img"
            | b"input"
            | b"link"
            | b"meta"
            | b"param"
            | b"source"
            | b"track"
            | b"wbr"
    )
}

/// Elements of other mark-up, which may close themselves.
fn is_foreign(name: &[u8]) -> bool {
    matches!(name, b"svg" | b"math")
}

/// Tags that the extractors need not see.
fn is_head_only(name: &[u8]) -> bool {
    matches!(name, b"meta" | b"link" | b"title" | b"base" | b"img" | b"source" | b"input" | b"wbr")
}

/// Elements that hold one paragraph, and are siblings of others.
fn is_paragraph(name: &[u8]) -> bool {
    matches!(
        name,
        b"p" | b"h1"
            | b"h2"
            | b"h3"
            | b"h4"
            | b"h5"
            | b"h6"
            | b"blockquote"
            | b"li"
            | b"ul"
            | b"ol"
            | b"pre"
            | b"center"
    )
}

fn heading(name: &[u8]) -> Option<u8> {
    match name {
        [b'h', level @ b'1'..=b'6'] => Some(level - b'0'),
        _ => None,
    }
}
