//! Which lines are the article?
//!
//! Readability (`dom_smoothie`) says which part of the page holds it. Its answer is text of its own, so here it only
//! says which lines of the page are meant: the text layer is always made of the page's lines, and every character has
//! a place. What it keeps beside the article is set apart again by the shape and place of the lines: captions, links
//! to other articles, teasers of another part of the page below the last paragraph.

use super::line::Line;
use super::scan::Scan;

/// What a line of a page is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// Not the article.
    Outside,
    /// The headline.
    Title,
    /// The article.
    Body,
    /// Words below or above a picture of the article.
    Caption,
    /// A short line next to the article: who wrote it, where and when.
    Byline,
}

/// Sorts the lines of a page; `names` are the headline as the page's head has it, once or several times.
pub fn choose(page: &Scan, names: &[&str]) -> Vec<Part> {
    let lines = &page.lines;
    let mut choice = Choice { page, title: headline(lines, names), parts: vec![Part::Outside; lines.len()] };
    if page.slim.len() <= LARGEST {
        choice.mark(&meant(lines, &by_scores(&page.slim)));
    }
    if choice.weight(|_| true) < LEAST {
        choice.mark(&densest(page));
    }
    choice.headlines();
    choice.regions();
    choice.boxes();
    choice.teasers();
    choice.links();
    choice.gaps();
    choice.weak_ends();
    choice.other_parts();
    choice.labels();
    choice.date_lines();
    choice.bylines();
    choice.parts
}

/// Pages with more mark-up than this, in bytes, are no article that anybody reads, and would take seconds.
const LARGEST: usize = 2 << 20;
/// Fewer characters than this are no article that Readability found.
const LEAST: usize = 140;
/// An article of fewer characters is short.
const SHORT: usize = 1000;
/// From this many characters on a line is more than a label.
const LONG: usize = 90;

/// The text that Readability takes for the article; nothing where it finds none.
fn by_scores(slim: &str) -> String {
    let page = dom_smoothie::Readability::new(slim, None, None);
    page.and_then(|mut page| page.parse()).map(|article| article.text_content.to_string()).unwrap_or_default()
}

/// Paragraphs outside frames, where Readability finds nothing or is not asked: short pages, pages without paragraphs,
/// and those that are [`LARGEST`].
fn densest(page: &Scan) -> Vec<bool> {
    let is_paragraph = |l: &Line| l.length >= LONG / 2 && l.link_share() < 0.5 && is_stopped(&l.text);
    page.lines.iter().map(|l| !l.region.is_frame && !l.region.is_aside && is_paragraph(l)).collect()
}

struct Choice<'p> {
    page: &'p Scan,
    title: Option<usize>,
    parts: Vec<Part>,
}

impl Choice<'_> {
    fn mark(&mut self, meant: &[bool]) {
        for (part, meant) in self.parts.iter_mut().zip(meant) {
            *part = if *meant { Part::Body } else { Part::Outside };
        }
    }

    fn body(&self) -> impl Iterator<Item = usize> {
        self.parts.iter().enumerate().filter(|(_, p)| **p == Part::Body).map(|(n, _)| n)
    }

    fn line(&self, n: usize) -> &Line {
        &self.page.lines[n]
    }

    /// The characters of body lines that are so.
    fn weight(&self, is_so: impl Fn(&Line) -> bool) -> usize {
        self.body().map(|n| self.line(n)).filter(|l| is_so(l)).map(|l| l.length).sum()
    }

    fn set(&mut self, part: Part, is_so: impl Fn(&Self, usize) -> bool) {
        let lines: Vec<usize> = self.body().filter(|n| is_so(self, *n)).collect();
        lines.into_iter().for_each(|n| self.parts[n] = part);
    }

    /// The headline is no body line, nor are its repetitions and what stands above it.
    fn headlines(&mut self) {
        let Some(title) = self.title else { return };
        let key = plain(&self.line(title).text);
        let after: usize = self.body().filter(|n| *n >= title).map(|n| self.line(n).length).sum();
        let is_above = after * 10 > self.weight(|_| true) * 6;
        self.set(Part::Outside, |c, n| plain(&c.line(n).text) == key || is_above && n < title);
        self.parts[title] = Part::Title;
    }

    /// Captions, and what stands in menus, forms and margins, unless the article seems to be made of it.
    fn regions(&mut self) {
        let all = self.weight(|_| true);
        if self.weight(|l| l.region.is_caption) * 2 < all {
            self.set(Part::Caption, |c, n| c.line(n).region.is_caption);
        }
        let title = self.title.filter(|t| self.line(*t).region.is_header);
        // What stands with the headline in its <header> announces the article.
        if let Some(title) = title
            && self.weight(|l| l.region.is_header) * 10 < all * 3
        {
            self.set(Part::Outside, |c, n| n > title && c.line(n).region.is_header);
        }
        let is_beside = |l: &Line| l.region.is_frame || l.region.is_aside;
        if self.weight(is_beside) * 10 < all * 3 {
            self.set(Part::Outside, |c, n| is_beside(c.line(n)));
        }
    }

    /// For each container, how many characters of lines that are `counted` stand in it and in those inside it.
    fn contents(&self, counted: impl Fn(usize) -> bool) -> Vec<usize> {
        let mut held = vec![0; self.page.around.len() + 1];
        for n in (0..self.parts.len()).filter(|n| counted(*n)) {
            held[self.line(n).container as usize] += self.line(n).length;
        }
        // The one around a container has the smaller number.
        for (c, outer) in self.page.around.iter().enumerate().skip(1).rev() {
            held[*outer as usize] += held[c];
        }
        held
    }

    /// A container and those around it.
    fn outward(&self, container: u32) -> impl Iterator<Item = u32> + use<'_> {
        let around = &self.page.around;
        let outer = |c: &u32| (*c != 0).then(|| around.get(*c as usize).copied().unwrap_or(0));
        std::iter::successors(Some(container), outer)
    }

    /// Small boxes in the article: «Get our morning letter. [your address] [Sign up]» around a button or a field, and the
    /// words beside a picture.
    fn boxes(&mut self) {
        const LARGEST: usize = 400;
        const CAPTION: usize = 250;
        let small = |places: &[u32], largest: usize| {
            let all = self.weight(|_| true);
            let body = self.contents(|n| self.parts[n] == Part::Body);
            let lines = self.contents(|_| true);
            let mut is_box = vec![false; lines.len()];
            for place in places {
                let is_small = |c: &u32| lines[*c as usize] <= largest && body[*c as usize] * 10 < all * 4;
                self.outward(*place).take_while(is_small).for_each(|c| is_box[c as usize] = true);
            }
            is_box
        };
        let (controls, pictures) = (small(&self.page.controls, LARGEST), small(&self.page.pictures, CAPTION));
        let stands_in = |c: &Self, n: usize, boxes: &[bool]| {
            c.outward(c.line(n).container).any(|container| boxes[container as usize])
        };
        self.drop_some(Part::Outside, |c, n| stands_in(c, n, &controls));
        self.drop_some(Part::Caption, |c, n| stands_in(c, n, &pictures));
    }

    /// Cards in a row that tell of other articles: a headline that is a link, and a sentence or two.
    fn teasers(&mut self) {
        let around = &self.page.around;
        let mut first: Vec<Option<usize>> = vec![None; around.len() + 1];
        let mut count = vec![0; first.len()];
        for (n, line) in self.page.lines.iter().enumerate() {
            first[line.container as usize].get_or_insert(n);
            count[line.container as usize] += 1;
        }
        for (c, outer) in around.iter().enumerate().skip(1).rev() {
            let outer = *outer as usize;
            first[outer] = [first[outer], first[c]].into_iter().flatten().min();
            count[outer] += count[c];
        }
        let is_card = |c: usize| {
            let is_linked = first[c].is_some_and(|n| self.line(n).link_share() > 0.8 && self.line(n).length > 15);
            is_linked && (2..=4).contains(&count[c])
        };
        let mut cards = vec![0; first.len()];
        for c in (1..around.len()).filter(|c| is_card(*c)) {
            cards[around[c] as usize] += 1;
        }
        let is_in_row = |c: usize| c > 0 && is_card(c) && cards[around[c] as usize] > 1;
        let in_row: Vec<bool> = (0..first.len()).map(is_in_row).collect();
        self.drop_some(Part::Outside, |c, n| c.outward(c.line(n).container).any(|c| in_row[c as usize]));
    }

    /// Sets lines apart, unless the article seems to be made of them.
    fn drop_some(&mut self, part: Part, is_so: impl Fn(&Self, usize) -> bool) {
        let lines: Vec<usize> = self.body().filter(|n| is_so(self, *n)).collect();
        let weight: usize = lines.iter().map(|n| self.line(*n).length).sum();
        if weight * 2 < self.weight(|_| true) {
            lines.into_iter().for_each(|n| self.parts[n] = part);
        }
    }

    /// The label of a list of links: «More Politics stories» below the last paragraph, where links follow, and anywhere
    /// «Материалы по теме», in a box that is made of links.
    fn labels(&mut self) {
        const LARGEST: usize = 400;
        let is_paragraph = |l: &Line| l.length >= 60 && is_stopped(&l.text);
        let last = self.body().filter(|n| is_paragraph(self.line(*n))).last().unwrap_or(0);
        let all = self.contents(|_| true);
        let linked = self.contents(|n| self.line(n).link_share() > 0.8);
        let is_box = |c: u32| all[c as usize] <= LARGEST && linked[c as usize] * 2 >= all[c as usize];
        self.set(Part::Outside, |c, n| {
            let line = c.line(n);
            let leads = n > last && c.page.lines.get(n + 1).is_some_and(|l| l.link_share() > 0.8);
            let is_label = line.length < 60 && !is_stopped(&line.text);
            is_label && (leads || c.outward(line.container).any(is_box))
        });
    }

    /// «March 10, 2026 14:22 GMT By Dana Whitfield» between headline and first paragraph.
    fn date_lines(&mut self) {
        let Some(title) = self.title else { return };
        let is_paragraph = |n: &usize| self.line(*n).length >= LONG && is_stopped(&self.line(*n).text);
        let Some(first) = self.body().find(is_paragraph) else { return };
        self.set(Part::Byline, |c, n| (title..first).contains(&n) && is_date_line(&c.line(n).text));
    }

    /// «اقرأ أيضا: …»: a short line that is mostly a link leads to another article; a sentence with a link in it stays.
    fn links(&mut self) {
        self.set(Part::Outside, |c, n| {
            let line = c.line(n);
            let is_sentence = line.link_share() < 0.8 && line.length > 60 && is_stopped(&line.text);
            line.link_share() >= 0.5 && line.length < 160 && !is_sentence
        });
    }

    /// Paragraphs between headline and last line that Readability left out, though they stand in the same element as
    /// much of the article: the first paragraph, for one, where a picture follows it.
    fn gaps(&mut self) {
        let Some(last) = self.body().last() else { return };
        let first = self.body().next().unwrap_or(last);
        let first = self.title.map_or(first, |title| first.min(title));
        let held = self.by_container();
        let all = self.weight(|_| true);
        for n in first..=last {
            let line = self.line(n);
            let region = line.region;
            let is_paragraph = line.length >= 60 && line.link_share() < 0.4 && is_stopped(&line.text);
            let is_near = held(line.container) * 5 > all;
            let is_free = self.parts[n] == Part::Outside && !(region.is_frame || region.is_aside || region.is_caption);
            if is_free && is_paragraph && is_near {
                self.parts[n] = Part::Body;
            }
        }
    }

    /// How many characters of the body stand in a container itself.
    fn by_container(&self) -> impl Fn(u32) -> usize + use<> {
        let mut held = vec![0; self.page.around.len() + 1];
        for n in self.body() {
            held[self.line(n).container as usize] += self.line(n).length;
        }
        move |container| held[container as usize]
    }

    /// Labels above the first and below the last paragraph: dates, counts, buttons, «قد يعجبك أيضا».
    fn weak_ends(&mut self) {
        let held = self.by_container();
        let all = self.weight(|_| true);
        // Of a short article a date line is a tenth.
        let is_large = |line: &Line| held(line.container) * 100 >= all.max(SHORT) * 8;
        let is_paragraph = |line: &Line| line.length >= LONG && is_stopped(&line.text);
        let is_firm = |line: &Line| is_large(line) || is_paragraph(line);
        let Some(first) = self.body().find(|n| is_firm(self.line(*n))) else { return };
        let last = self.body().filter(|n| is_firm(self.line(*n))).last().unwrap_or(first);
        self.set(Part::Outside, |c, n| {
            let line = c.line(n);
            let is_label = line.length < 40 || line.length < LONG && !is_stopped(&line.text);
            !(first..=last).contains(&n) && !is_large(line) && is_label
        });
    }

    /// Below the last line of the element that holds two thirds of the article other articles are announced.
    fn other_parts(&mut self) {
        let held = self.contents(|n| self.parts[n] == Part::Body && self.line(n).length >= 60);
        let all = self.weight(|l| l.length >= 60);
        let core = (0..held.len() as u32).filter(|c| held[*c as usize] * 3 >= all * 2 && all > 0);
        let Some(core) = core.max_by_key(|c| self.outward(*c).count()) else { return };
        let is_inside = |n: usize| self.outward(self.line(n).container).any(|c| c == core);
        let Some(last) = self.body().filter(|n| is_inside(*n)).last() else { return };
        self.set(Part::Outside, |_, n| n > last);
    }

    /// Short lines between headline and article, and right below the article, say who wrote it and when.
    fn bylines(&mut self) {
        const ABOVE: usize = 6;
        const BELOW: usize = 2;
        let (Some(first), Some(last)) = (self.body().next(), self.body().last()) else { return };
        let from = self.title.filter(|t| *t < first).map_or(first, |t| t + 1);
        let key = self.title.map(|t| plain(&self.line(t).text));
        let is_short = |n: &usize| {
            let line = self.line(*n);
            let is_free = self.parts[*n] == Part::Outside && !line.region.is_frame && !line.region.is_aside;
            is_free && (2..=120).contains(&line.length) && key.as_ref() != Some(&plain(&line.text))
        };
        let above = (from..first).filter(is_short).take(ABOVE);
        let below = (last + 1..(last + 1 + BELOW).min(self.parts.len())).filter(is_short);
        let below = below.filter(|n| self.line(*n).link_share() < 0.5 && self.line(*n).length <= 60);
        let lines: Vec<usize> = above.chain(below).collect();
        lines.into_iter().for_each(|n| self.parts[n] = Part::Byline);
    }
}

/// The headline: a heading that says what the page's head calls its title, else the only `<h1>` that is no label.
fn headline(lines: &[Line], names: &[&str]) -> Option<usize> {
    const LEAST: usize = 8;
    const LABEL: usize = 15;
    let names: Vec<String> = names.iter().map(|n| plain(n)).filter(|n| !n.is_empty()).collect();
    let fits = |key: &str| names.iter().any(|name| name.contains(key) || name.len() > LABEL && key.contains(&**name));
    let rank = |line: &Line| {
        let heading = match line.heading {
            1 => 3,
            0 => 0,
            _ => 2,
        };
        heading - 2 * i32::from(line.link_share() > 0.5) - 2 * i32::from(line.region.is_frame || line.region.is_aside)
    };
    let named = lines.iter().enumerate().filter(|(_, l)| l.length >= LEAST && l.length < 400 && fits(&plain(&l.text)));
    // The first of those that look most like it.
    let named = named.rev().max_by_key(|(_, l)| rank(l)).filter(|(_, l)| rank(l) >= 1).map(|(n, _)| n);
    let mut large = lines.iter().enumerate().filter(|(_, l)| l.heading == 1 && l.length > LABEL).map(|(n, _)| n);
    named.or_else(|| large.next().filter(|_| large.next().is_none()))
}

/// A short line that begins with a day of a year, or holds one and is no sentence.
fn is_date_line(text: &str) -> bool {
    const LONGEST: usize = 120;
    if text.len() > 2 * LONGEST || text.chars().count() > LONGEST {
        return false;
    }
    let words: Vec<&str> = text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).collect();
    let number = |w: &str| w.parse::<u32>().ok();
    let is_year = |w: &&str| number(w).is_some_and(|n| (1990..2100).contains(&n));
    let is_day = |w: &&str| number(w).is_some_and(|n| (1..=31).contains(&n));
    let begins = words.iter().take(4).any(is_year) && words.iter().take(3).any(is_day);
    begins && words.first().is_some_and(|w| is_day(w) || is_year(w))
        || !is_stopped(text) && words.iter().any(is_year) && words.iter().any(is_day)
}

/// Letters and digits in small letters.
pub fn plain(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Does the line end as a sentence does?
pub fn is_stopped(text: &str) -> bool {
    let last = text.trim_end_matches(|c: char| c.is_whitespace() || ")]'\"’”»".contains(c)).chars().last();
    last.is_some_and(|c| ".!?…؟۔。".contains(c)) || text.trim_end().ends_with(['»', '”', '"'])
}

/// A line with letters of its own, and one place in the answer where they stand.
struct Found {
    line: usize,
    at: usize,
    weight: usize,
}

/// Lines times letters of the answer that are looked at, some seconds' worth; beyond it no article is.
const WORK: usize = 4_000_000_000;
/// How often one line may stand in the answer and be looked for.
const PLACES: usize = 8;

/// The lines whose letters stand in `answer`: of all ways to place them in their order, the one that places most
/// letters.
fn meant(lines: &[Line], answer: &str) -> Vec<bool> {
    let answer = letters(answer);
    if lines.len().saturating_mul(answer.len()) > WORK {
        return vec![false; lines.len()];
    }
    let mut found = Vec::new();
    for (n, line) in lines.iter().enumerate() {
        let key = letters(&line.text);
        if key.is_empty() {
            continue;
        }
        let places = memchr::memmem::find_iter(answer.as_bytes(), key.as_bytes()).take(PLACES);
        let before = found.len();
        found.extend(places.map(|at| Found { line: n, at, weight: key.len() }));
        if found.len() == before
            && let Some(at) = in_part(&key, &answer)
        {
            found.push(Found { line: n, at, weight: key.len() / 2 });
        }
    }
    let mut chosen = vec![false; lines.len()];
    heaviest(&found).into_iter().for_each(|n| chosen[found[n].line] = true);
    chosen
}

/// The letters and marks of a text: extractors set white space as they like.
fn letters(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

/// Where a line begins of which the answer left something out, a link for one: three fifths of its pieces are there.
fn in_part(key: &str, answer: &str) -> Option<usize> {
    const PIECE: usize = 24;
    if key.len() < 3 * PIECE {
        return None;
    }
    let (mut first, mut held, mut all) = (None, 0, 0);
    for piece in key.as_bytes().chunks_exact(PIECE) {
        all += 1;
        if let Some(at) = memchr::memmem::find(answer.as_bytes(), piece) {
            held += 1;
            first = first.or(Some(at));
        }
    }
    first.filter(|_| held * 10 >= all * 6)
}

/// The heaviest chain of finds in which lines and places rise.
fn heaviest(found: &[Found]) -> Vec<usize> {
    // A page with more finds than this is no article that anybody reads line by line; there a chain that looks back
    // only this far is good enough.
    const BACK: usize = 1500;
    let mut best: Vec<(usize, Option<usize>)> = Vec::with_capacity(found.len());
    for (n, this) in found.iter().enumerate() {
        let follows = |m: &usize| found[*m].line < this.line && found[*m].at < this.at;
        let before = (n.saturating_sub(BACK)..n).filter(follows).max_by_key(|m| best[*m].0);
        best.push((before.map_or(0, |m| best[m].0) + this.weight, before));
    }
    let mut chain = Vec::new();
    let mut next = (0..best.len()).max_by_key(|n| best[*n].0);
    while let Some(n) = next {
        chain.push(n);
        next = best[n].1;
    }
    chain
}
