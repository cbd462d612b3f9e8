//! The lines of a page, their shapes, and what they are.

use super::lexicon::{Lexicon, Meaning, Pattern};
use super::{ApartKind, Part, Source};
use crate::because::Because;
use crate::text::{Span, Text, TokenKind};
use std::ops::Range;
use std::sync::Arc;

/// A line with its shape.
pub(super) struct Line {
    pub span: Span,
    pub tokens: Range<usize>,
    /// The folded words and numbers joined by a space; none of a line of more than [`LONGEST`].
    pub words: String,
    pub count: usize,
    /// Ends with a full stop, an exclamation mark or dots, quotation marks and brackets aside.
    pub stopped: bool,
    /// Ends with a question mark.
    pub asks: bool,
    /// Ends with a colon or a comma: more follows.
    pub open: bool,
    /// Begins with a bullet, a dash or a number.
    pub listed: bool,
    pub part: Part,
}

/// From this many words on a line without a full stop is a paragraph.
const PARAGRAPH: usize = 28;

/// Rows look at lines of so many words at most.
const LONGEST: usize = 60;

impl Line {
    fn new(text: &Text, span: Span, tokens: Range<usize>) -> Line {
        let is_word = |i: &usize| text.tokens()[*i].kind != TokenKind::Punct;
        let count = tokens.clone().filter(is_word).count();
        let mut words = String::new();
        if count < LONGEST {
            for i in tokens.clone().filter(is_word) {
                if !words.is_empty() {
                    words.push(' ');
                }
                words.push_str(text.key(i));
            }
        }
        let last = tokens.clone().rev().map(|i| text.word(i)).find(|w| !closes(w)).unwrap_or("");
        Line {
            span,
            words,
            count,
            stopped: matches!(last, "." | "!" | "…"),
            asks: matches!(last, "؟" | "?"),
            open: matches!(last, ":" | "،" | "," | "؛" | ";"),
            listed: matches!(text.word(tokens.start), "•" | "*" | "-" | "–" | "—" | "·" | "▪" | "●" | "■")
                || text.tokens()[tokens.start].kind == TokenKind::Number && text.span(tokens.start + 1).len() == 1,
            tokens,
            part: Part::Body,
        }
    }

    /// A paragraph: it ends with a full stop and is no mere phrase, or is long.
    pub(super) fn is_paragraph(&self) -> bool {
        self.count >= PARAGRAPH || self.stopped && self.count >= 5
    }

    /// Like a headline: some words, no full stop, nothing that more must follow.
    fn is_headline(&self) -> bool {
        (2..PARAGRAPH).contains(&self.count) && !self.stopped && !self.open
    }

    fn is_body(&self) -> bool {
        matches!(self.part, Part::Body)
    }
}

fn closes(mark: &str) -> bool {
    matches!(mark, "\"" | "»" | "”" | "“" | "'" | ")" | "]" | "’" | "›")
}

/// All lines of a page that are not blank.
pub(super) struct Lines<'t> {
    pub(super) text: &'t Text,
    pub lines: Vec<Line>,
    /// The folded name of the outlet; empty where it is not known.
    pub(super) outlet: String,
}

impl<'t> Lines<'t> {
    pub(super) fn new(text: &'t Text, outlet: String) -> Lines<'t> {
        let filled = text.lines().iter().filter(|l| !l.tokens.is_empty());
        Lines { text, outlet, lines: filled.map(|l| Line::new(text, l.span, l.tokens.clone())).collect() }
    }

    fn drop(&mut self, n: usize, rule: impl Into<Arc<str>>) {
        let span = self.lines[n].span;
        self.lines[n].part = Part::Furniture(Because::one(rule, span));
    }

    /// The first paragraph that is body.
    fn first_paragraph(&self) -> usize {
        self.lines.iter().position(|l| l.is_body() && l.is_paragraph()).unwrap_or(self.lines.len())
    }

    fn last_paragraph(&self) -> usize {
        self.lines.iter().rposition(|l| l.is_body() && l.is_paragraph()).unwrap_or(0)
    }

    /// Lines that a row of the pack knows, and what a row's meaning draws after it.
    pub(super) fn by_rows(&mut self, lexicon: &Lexicon) {
        // «Reporting by …» is below the last paragraph once «All rights reserved. …» below it is known for what it is.
        self.by_rows_once(lexicon);
        self.by_rows_once(lexicon);
    }

    fn by_rows_once(&mut self, lexicon: &Lexicon) {
        let (first, last) = (self.first_paragraph(), self.last_paragraph());
        let mut n = 0;
        while n < self.lines.len() {
            if !self.lines[n].is_body() {
                n += 1;
                continue;
            }
            if let Some((meaning, rule)) = self.furniture(n, lexicon, first, last) {
                self.drop(n, rule.clone());
                n = self.follow(n, meaning, first..last, &rule, lexicon);
            }
            n += 1;
        }
    }

    /// Lines of nothing but marks.
    pub(super) fn marks(&mut self) {
        for n in 0..self.lines.len() {
            let is_rule = || self.text.at(self.lines[n].span).chars().all(|c| matches!(c, 'ـ' | '_'));
            if self.lines[n].is_body() && (self.lines[n].count == 0 || is_rule()) && !self.separates(n) {
                self.drop(n, "page/marks");
            }
        }
    }

    /// Lines that the page's mark-up sets apart.
    pub(super) fn by_markup(&mut self, source: &Source) {
        for apart in &source.apart {
            let from = self.lines.partition_point(|l| l.span.start() < apart.start);
            let lines = from..from + self.lines[from..].iter().take_while(|l| l.span.end() <= apart.end).count();
            let rule = match apart.kind {
                ApartKind::Caption => "page/caption",
                ApartKind::Byline => "page/byline",
            };
            lines.filter(|n| self.lines[*n].is_body()).collect::<Vec<_>>().into_iter().for_each(|n| self.drop(n, rule));
        }
    }

    /// «***» between two paragraphs parts them and costs nothing; alone at the end it is a remnant.
    fn separates(&self, n: usize) -> bool {
        let is_told = |l: &Line| l.is_body() && l.is_paragraph();
        self.lines[n].tokens.len() >= 3
            && self.lines[n + 1..].iter().any(is_told)
            && self.lines[..n].iter().any(is_told)
    }

    fn furniture(&self, n: usize, lexicon: &Lexicon, first: usize, last: usize) -> Option<(Meaning, Arc<str>)> {
        let line = &self.lines[n];
        if line.words.is_empty() {
            return None;
        }
        let whole = lexicon.whole.get(&line.words).or_else(|| lexicon.whole.get(uncounted(&line.words)));
        if let Some(row) = whole {
            let fits = row.meaning != Meaning::Section || n < first && n + 1 < self.lines.len();
            return fits.then(|| (row.meaning, row.rule.clone()));
        }
        let head = line.words.split(' ').next().unwrap_or("");
        let starts = lexicon.starts.get(head).into_iter().flatten();
        if let Some(row) = starts.into_iter().find(|row| self.starts_with(n, row, last)) {
            return Some((row.meaning, row.rule.clone()));
        }
        if let Some(row) = self.inside(n, lexicon) {
            return Some((row.meaning, row.rule.clone()));
        }
        super::call::call(self, n, lexicon).map(|rule| (Meaning::Drop, rule))
    }

    /// «Lena Ostrow contributed reporting from Tarn»: a phrase that no sentence of an article has, unless it is quoted.
    fn inside<'l>(&self, n: usize, lexicon: &'l Lexicon) -> Option<&'l Pattern> {
        let line = &self.lines[n];
        let words = line.words.as_str();
        let starts = std::iter::once(0).chain(words.match_indices(' ').map(|(at, _)| at + 1));
        let is_at = |at: usize, row: &&Pattern| {
            let rest = words[at..].strip_prefix(row.words.as_str());
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
        };
        let rows = |at: usize| {
            let first = words[at..].split(' ').next().unwrap_or("");
            lexicon.inside.get(first).into_iter().flatten()
        };
        if line.count >= PARAGRAPH {
            return None;
        }
        let found = starts.flat_map(|at| rows(at).filter(move |row| is_at(at, row))).next()?;
        let is_quoted = line.tokens.clone().any(|i| self.text.quote_of(i).is_some());
        (!is_quoted).then_some(found)
    }

    /// «سمات النفط الأسواق» is furniture below the article and could be a heading inside it, so inside it a mark must
    /// follow: «الوسوم: …». A heading of links needs none. «Photo, film and sound were lost» and «Watch-makers met» are
    /// sentences: a comma marks only what is no single word, and a hyphen marks nothing.
    fn starts_with(&self, n: usize, row: &Pattern, last: usize) -> bool {
        let line = &self.lines[n];
        let Some(rest) = line.words.strip_prefix(row.words.as_str()) else { return false };
        let count = row.words.split(' ').count();
        // Of a long line only a whole sentence says enough: «All rights reserved. This material, and other …»
        let is_short = line.count <= 20 || count >= 3 && self.text.word(line.tokens.start + count) == ".";
        if !rest.is_empty() && !rest.starts_with(' ') || !is_short {
            return false;
        }
        let next = line.tokens.start + count;
        let is_mark = || match self.text.word(next) {
            "," | "،" => count > 1,
            "-" | "‑" | "‐" => self.text.span(next - 1).end() < self.text.span(next).start(),
            _ => self.text.tokens()[next].kind == TokenKind::Punct,
        };
        let marked = next < line.tokens.end && is_mark();
        rest.is_empty() || marked || n > last || row.meaning == Meaning::Links && !line.stopped
    }

    /// Sets apart what comes below line `n`, and says which line was the last of it. `paragraphs` are the first and the
    /// last.
    fn follow(
        &mut self,
        n: usize,
        meaning: Meaning,
        paragraphs: Range<usize>,
        rule: &Arc<str>,
        rows: &Lexicon,
    ) -> usize {
        let mut at = n;
        match meaning {
            Meaning::Tail if paragraphs.start < n => {
                at = self.lines.len() - 1;
                (n + 1..=at).for_each(|k| self.drop(k, rule.clone()));
            }
            Meaning::Links if paragraphs.start < n => {
                while at + 1 < self.lines.len() && self.may_be_link(at + 1, &paragraphs, rows) {
                    at += 1;
                    self.drop(at, rule.clone());
                }
            }
            _ => {}
        }
        at
    }

    /// What stands below «Related»: no paragraph, and nothing that draws lines itself, as «Comments» does, or that
    /// says whose work it is.
    fn may_be_link(&self, n: usize, paragraphs: &Range<usize>, lexicon: &Lexicon) -> bool {
        let line = &self.lines[n];
        let found = self.furniture(n, lexicon, paragraphs.start, paragraphs.end);
        let draws = found.is_some_and(|(meaning, _)| matches!(meaning, Meaning::Links | Meaning::Tail));
        let credits = || super::credit::marked(self.text, line.tokens.clone(), lexicon).is_some();
        !line.is_paragraph() && !line.open && !draws && !credits()
    }

    /// Lines that name who wrote it and where: «الرياض - واس», «TRT عربي - وكالات».
    pub(super) fn bylines(&mut self, source: &Source, lexicon: &Lexicon) {
        let (first, last) = (self.first_paragraph(), self.last_paragraph());
        for n in 0..self.lines.len() {
            let line = &self.lines[n];
            if !line.is_body() || line.count > 8 || line.stopped && line.count > 5 || n > first && n < last {
                continue;
            }
            let parts = super::credit::parts(self.text, line.tokens.clone());
            let dated = line.tokens.clone().any(|i| self.text.tokens()[i].kind == TokenKind::Number);
            let marked = super::credit::marked(self.text, line.tokens.clone(), lexicon).is_some();
            // «ويكيليكس: واشنطن تجسست على طوكيو» is a headline that says who told it.
            let told = parts.last().is_some_and(|p| p.len() > 2 && p.start > 0 && self.text.word(p.start - 1) == ":");
            if told && !marked && n < first {
                continue;
            }
            let known = parts.iter().any(|p| lexicon.body_of(&super::credit::words(self.text, p.clone())).is_some());
            let named = n + 1 == first
                && (n > 0 || source.title.is_some())
                && !line.open
                && (2..=3).contains(&parts.len())
                && parts.iter().all(|p| p.len() <= 4);
            if marked || !dated && known && (parts.len() > 1 || n > last) || named && first < self.lines.len() {
                self.drop(n, "page/byline");
            }
        }
    }

    /// Headlines: what the metadata calls so, else the first line if it looks like one, with the kicker above it and
    /// its repetitions below.
    pub(super) fn headlines(&mut self, source: &Source, lexicon: &Lexicon) {
        self.photo_caption(lexicon);
        let first = self.first_paragraph();
        let top: Vec<usize> = (0..first.min(8)).filter(|n| self.lines[*n].is_body()).collect();
        let given = source.title.as_deref().map(plain).filter(|t| !t.is_empty());
        let title = match &given {
            Some(title) => top.iter().copied().find(|n| same(&plain(self.text.at(self.lines[*n].span)), title)),
            None => top.first().copied().filter(|n| *n < 4 && self.lines[*n].is_headline() || self.lines.len() == 1),
        };
        let Some(mut title) = title else { return };
        self.lines[title].part = Part::Title;
        let next = title + 1;
        if given.is_none() && self.is_kicker(title, next, first) {
            title = next;
            self.lines[title].part = Part::Title;
        }
        for n in top {
            let line = &self.lines[n];
            let above = n < title && line.is_headline();
            if above || !line.words.is_empty() && line.words == self.lines[title].words {
                self.lines[n].part = Part::Title;
            }
        }
    }

    /// «للمرة الثانية هذا الشهر» above the headline proper, which is the longer one and does not merely repeat it.
    fn is_kicker(&self, kicker: usize, next: usize, first: usize) -> bool {
        let Some(line) = self.lines.get(next).filter(|l| next < first && l.is_body() && l.is_headline()) else {
            return false;
        };
        let kicker = &self.lines[kicker];
        let touches = self.text.line_at(line.span.start()) == self.text.line_at(kicker.span.start()) + 1;
        kicker.count <= 6 && line.count > kicker.count && line.count >= 5 && touches
    }

    /// The picture's caption comes first on some pages: «… خلال لقائهما في جنيف (رويترز)».
    fn photo_caption(&mut self, lexicon: &Lexicon) {
        let first = self.first_paragraph();
        for n in 0..first.min(6) {
            if self.lines[n].is_body()
                && first < self.lines.len()
                && let Some(rule) = self.photo_credit(n, lexicon)
            {
                self.drop(n, rule);
            }
        }
    }

    /// The rule that knows the bracket at the end of line `n` as a photo credit.
    fn photo_credit(&self, n: usize, lexicon: &Lexicon) -> Option<Arc<str>> {
        let tokens = self.lines[n].tokens.clone();
        if self.text.word(tokens.end - 1) != ")" || self.lines[n].count < 3 {
            return None;
        }
        let open = tokens.clone().rev().take(12).find(|i| self.text.word(*i) == "(")?;
        let whole = super::credit::words(self.text, open + 1..tokens.end - 1);
        let part = whole.split(' ').find_map(|w| lexicon.photos.get(w));
        lexicon.photos.get(&whole).or(part).cloned()
    }

    /// Links to other articles in the middle of this one: headlines in a row, most with a question mark or a colon,
    /// between two paragraphs.
    pub(super) fn links_between_paragraphs(&mut self) {
        let first = self.first_paragraph();
        let mut n = first + 1;
        while n < self.lines.len() {
            let run = self.lines[n..].iter().take_while(|l| l.is_body() && l.is_headline() && !l.listed).count();
            let run = run.min(self.lines.len() - n);
            let after = self.lines.get(n + run);
            let before = &self.lines[n - 1];
            let framed =
                before.is_paragraph() && before.stopped && after.is_none_or(|l| l.is_paragraph() || !l.is_body());
            let lines = n..n + run;
            if framed && (2..=6).contains(&run) && lines.clone().all(|k| self.lines[k].count >= 4) {
                let speaking = lines.clone().filter(|k| self.lines[*k].asks || self.has_colon(*k)).count();
                if speaking * 2 > run {
                    lines.for_each(|k| self.drop(k, "page/links"));
                }
            }
            n += run.max(1);
        }
    }

    fn has_colon(&self, n: usize) -> bool {
        self.lines[n].tokens.clone().skip(1).take(6).any(|i| self.text.word(i) == ":")
    }

    /// A line with ©, and one of the last with an address to write to: «Have a tip? desk@tribune.example».
    pub(super) fn marked(&mut self) {
        const LAST: usize = 3;
        let body: Vec<usize> = (0..self.lines.len()).filter(|n| self.lines[*n].is_body()).collect();
        for (at, n) in body.iter().copied().enumerate() {
            let line = &self.lines[n];
            let text = self.text.at(line.span);
            let is_short = line.count < PARAGRAPH && !line.tokens.clone().any(|i| self.text.quote_of(i).is_some());
            let is_address = |word: &str| {
                let parts = word.trim_end_matches('.').split_once('@');
                parts.is_some_and(|(name, host)| !name.is_empty() && host.contains('.'))
            };
            let is_last = at > 0 && at + LAST >= body.len();
            let rule = if text.contains('©') {
                "page/copyright"
            } else if is_last && text.split_whitespace().any(is_address) {
                "page/address"
            } else {
                continue;
            };
            if is_short {
                self.drop(n, rule);
            }
        }
    }

    /// What agencies set below their texts: «م ع / ن ط», «pw/tv 101422».
    pub(super) fn initials(&mut self) {
        for n in self.last_paragraph() + 1..self.lines.len() {
            let line = &self.lines[n];
            let letters = |w: &str| w.chars().filter(|c| crate::text::is_letter(*c)).count();
            let is_short = line.words.split(' ').all(|w| letters(w) <= 3);
            let is_marked = line.tokens.clone().any(|i| self.text.word(i) == "/" || letters(self.text.word(i)) == 0);
            if line.is_body() && !line.stopped && (1..=8).contains(&line.count) && is_short && is_marked {
                self.drop(n, "page/initials");
            }
        }
    }

    /// A caption is repeated by the line beside it (the picture's other text), or stands alone with a bullet, or is a
    /// name between headline and first paragraph.
    pub(super) fn captions(&mut self) {
        let bullets = self.lines.iter().filter(|l| l.listed && l.is_body()).count();
        let first = self.first_paragraph();
        for n in 0..self.lines.len() {
            let line = &self.lines[n];
            if !line.is_body() || line.stopped || line.asks || line.open || line.count == 0 || line.count > 12 {
                continue;
            }
            let twin =
                |k: usize| self.lines.get(k).is_some_and(|l| l.words == line.words && !matches!(l.part, Part::Title));
            let above_first =
                n + 1 == first && n > 0 && matches!(self.lines[n - 1].part, Part::Title) && line.count <= 4;
            if twin(n + 1) || n > 0 && twin(n - 1) || line.listed && bullets < 3 && line.count <= 8 || above_first {
                self.drop(n, "page/caption");
            }
        }
    }
}

/// A headline for comparing: letters and digits only.
fn plain(text: &str) -> String {
    text.chars().filter(|c| crate::text::is_letter(*c) || c.is_numeric()).collect()
}

/// Words without a count in front of them or behind them: «3 Comments», «Комментарии (2)».
fn uncounted(words: &str) -> &str {
    words.trim_matches(|c: char| c.is_ascii_digit() || c == ' ')
}

/// The metadata's title often carries the outlet's name behind the headline.
fn same(line: &str, title: &str) -> bool {
    line == title || line.len() >= 40 && (title.starts_with(line) || line.starts_with(title))
}
