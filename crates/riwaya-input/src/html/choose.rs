//! Which lines are the article?
//!
//! Readability (`dom_smoothie`) says which part of the page holds it. Its answer is text of its own, so here it only
//! says which lines of the page are meant: the text layer is always made of the page's lines, and every character has
//! a place. What it keeps beside the article is set apart again by the shape and place of the lines: captions, links
//! to other articles, teasers of another part of the page below the last paragraph.

use super::line::Line;
use super::meant::meant;
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
    if page.slim.len() <= LARGEST && escaping(&page.slim) <= STEPS {
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
    choice.standfirst();
    choice.weak_ends();
    choice.other_parts();
    choice.labels();
    choice.date_lines();
    choice.bylines();
    choice.parts
}

/// Pages with more mark-up than this, in bytes, are no article that anybody reads, and would take seconds.
const LARGEST: usize = 2 << 20;
/// So many bytes Readability may look at to write the page's texts, a tenth of a second.
const STEPS: usize = 1 << 31;
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

/// How many bytes are looked at when the texts of a page are written: html5ever (0.40) goes to the end of a text for every
/// ampersand and every first byte of «, » and no-break spaces in it, so a megabyte of them in one text takes minutes.
fn escaping(slim: &str) -> usize {
    let is_stop = |c: &u8| matches!(c, b'&' | 0xc2);
    slim.as_bytes().split(|c| *c == b'<').map(|text| text.len() * text.iter().filter(|c| is_stop(c)).count()).sum()
}

/// Paragraphs outside frames, where Readability finds nothing or is not asked: short pages, pages without paragraphs,
/// and those that are too large.
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
            let mut is_article = vec![false; lines.len()];
            self.page.articles.iter().for_each(|c| is_article[*c as usize] = true);
            for place in places {
                // A post of a live blog has a button of its own.
                let is_small = |c: &u32| {
                    let n = *c as usize;
                    lines[n] <= largest && body[n] * 10 < all * 4 && !is_article[n]
                };
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
    /// «Материалы по теме», in a box that is made of links or that begins with them and holds no paragraph.
    fn labels(&mut self) {
        const LARGEST: usize = 400;
        let is_paragraph = |l: &Line| l.length >= 60 && is_stopped(&l.text);
        let last = self.body().filter(|n| is_paragraph(self.line(*n))).last().unwrap_or(0);
        let all = self.contents(|_| true);
        let linked = self.contents(|n| self.line(n).link_share() > 0.8);
        let told = self.contents(|n| self.parts[n] == Part::Body && is_paragraph(self.line(n)));
        let is_box = |c: u32| all[c as usize] <= LARGEST && linked[c as usize] * 2 >= all[c as usize];
        self.set(Part::Outside, |c, n| {
            let line = c.line(n);
            let next = c.page.lines.get(n + 1);
            let leads = n > last && next.is_some_and(|l| l.link_share() > 0.8);
            let opens = || next.is_some_and(|l| l.link_share() >= 0.5 && told[c.common(line, l) as usize] == 0);
            let is_label = line.length < 60 && !is_stopped(&line.text);
            is_label && (leads || opens() || c.outward(line.container).any(is_box))
        });
    }

    /// The smallest container that two lines stand in.
    fn common(&self, one: &Line, other: &Line) -> u32 {
        let around: Vec<u32> = self.outward(one.container).collect();
        self.outward(other.container).find(|c| around.contains(c)).unwrap_or(0)
    }

    /// «March 10, 2026 14:22 GMT By Dana Whitfield» between headline and first paragraph, and day and hour without any
    /// words to speak of below the first and below the last: «Дата изменения: 13.05.2026 16:20:37».
    fn date_lines(&mut self) {
        let is_paragraph = |n: &usize| self.line(*n).length >= LONG && is_stopped(&self.line(*n).text);
        let paragraphs: Vec<usize> = self.body().filter(is_paragraph).collect();
        let Some((first, last)) = paragraphs.first().zip(paragraphs.last()) else { return };
        let second = *paragraphs.get(1).unwrap_or(first);
        if let Some(title) = self.title {
            self.set(Part::Byline, |c, n| (title..*first).contains(&n) && is_date_line(&c.line(n).text));
        }
        self.set(Part::Byline, |c, n| (n < second || n > *last) && is_time_stamp(&c.line(n).text));
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

    /// The container whose parts are the paragraphs, where each of them is a `<div>` of its own.
    fn around_paragraphs(&self) -> Option<u32> {
        let all = self.weight(|_| true);
        let own = self.by_container();
        let mut held = vec![0; self.page.around.len() + 1];
        self.body().for_each(|n| held[self.outer(n) as usize] += self.line(n).length);
        let most = (0..held.len()).max_by_key(|c| held[*c])?;
        let is_in_one = self.body().any(|n| own(self.line(n).container) * 2 > all);
        (!is_in_one && held[most] * 3 >= all * 2).then_some(most as u32)
    }

    /// The container around that in which line `n` stands.
    fn outer(&self, n: usize) -> u32 {
        self.page.around.get(self.line(n).container as usize).copied().unwrap_or(0)
    }

    /// The first paragraph where it stands in bold below the headline, which Readability takes for a part of the page's
    /// head. One that is the page's description too announces the article.
    fn standfirst(&mut self) {
        const BELOW: usize = 3;
        let (Some(title), Some(first)) = (self.title, self.body().next()) else { return };
        let is_standfirst = |n: &usize| {
            let line = self.line(*n);
            let region = line.region;
            let is_free = !(region.is_frame || region.is_aside || region.is_caption || region.is_header);
            is_free && line.length >= 60 && line.link_share() == 0.0 && is_stopped(&line.text)
        };
        let near = title + 1..(title + 1 + BELOW).min(first);
        let Some(n) = near.into_iter().find(is_standfirst) else { return };
        let key = plain(&self.line(n).text);
        let is_same = |text: &str| {
            let text = plain(text);
            text.contains(&key) || text.len() * 2 > key.len() && key.contains(&text)
        };
        let announces = self.page.meta.iter().any(|(name, text)| name.ends_with("description") && is_same(text));
        if !announces && !self.body().any(|k| plain(&self.line(k).text).contains(&key)) {
            self.parts[n] = Part::Body;
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
        let core = self.around_paragraphs();
        let is_told =
            |n: usize| core == Some(self.outer(n)) && self.line(n).length >= 40 && is_sentence(&self.line(n).text);
        let is_firm = |n: &usize| is_large(self.line(*n)) || is_paragraph(self.line(*n)) || is_told(*n);
        let Some(first) = self.body().find(is_firm) else { return };
        let last = self.body().filter(is_firm).last().unwrap_or(first);
        // «The talks go on today.» right below the last paragraph is its last sentence.
        let below = self.parts.iter().enumerate().skip(last).find(|(_, part)| **part != Part::Body);
        let below = last..below.map_or(self.parts.len(), |(n, _)| n);
        self.set(Part::Outside, |c, n| {
            let line = c.line(n);
            let is_label = line.length < 40 || line.length < LONG && !is_stopped(&line.text);
            let is_inside = (first..=last).contains(&n) || is_large(line);
            let closes = below.contains(&n) && is_sentence(&line.text);
            is_label && !is_inside && !closes
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
    let large = || large.next().filter(|_| large.next().is_none());
    // A page laid out in tables has no headings: there it is the first line that is most of the title.
    let most = |key: &str| names.iter().any(|name| name.contains(key) && key.len() * 2 > name.len());
    let is_plain = |l: &Line| l.link_share() <= 0.5 && !l.region.is_frame && !l.region.is_aside && l.length < 400;
    let line = || lines.iter().position(|l| l.length > LABEL && is_plain(l) && most(&plain(&l.text)));
    named.or_else(large).or_else(line)
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

/// A line with day, year and hour, most of whose words are numbers.
fn is_time_stamp(text: &str) -> bool {
    let is_digit = |c: char| c.is_ascii_digit();
    let has_hour = text.split_whitespace().any(|word| {
        let parts = word.split_once(':');
        parts.is_some_and(|(hour, rest)| {
            let minute = rest.split(|c| !is_digit(c)).next().unwrap_or("");
            (1..=2).contains(&hour.len()) && hour.chars().all(is_digit) && minute.len() == 2
        })
    });
    let words = || text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty());
    let numbers = words().filter(|w| w.starts_with(is_digit)).count();
    has_hour && numbers * 2 > words().count() && !is_stopped(text) && is_date_line(text)
}

/// Some words and a full stop.
fn is_sentence(text: &str) -> bool {
    const LEAST: usize = 4;
    is_stopped(text) && text.split_whitespace().nth(LEAST - 1).is_some()
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
