//! Reading: one page in, its findings out. A pure function of page and packs.

use crate::event::{self, Event, Scene};
use crate::mention::{self, Cast, Mention};
use crate::pack::{Pack, Packs};
use crate::page::{self, Layout, Source};
use crate::statement::{self, Statement};
use crate::text::{Span, Text, is_letter};
use crate::time::{self, Published, PublishedFrom, Time};

/// Everything that is read from one page.
#[derive(Debug, Clone)]
pub struct Reading {
    /// What came with the page.
    pub source: Source,
    /// The language it is written in; none where no pack reads it, and then nothing else is read.
    pub lang: Option<String>,
    /// The text layer.
    pub text: Text,
    /// Headlines, article, furniture, credits.
    pub layout: Layout,
    /// The day of publication.
    pub published: Option<Published>,
    /// Temporal expressions in text order.
    pub times: Vec<Time>,
    /// Names and entities.
    pub cast: Cast,
    /// Statements in text order.
    pub statements: Vec<Statement>,
    /// Contacts.
    pub events: Vec<Event>,
}

/// Reads a page. Never fails: a page in no known language comes back with its text and nothing else.
///
/// `dated` is a day of publication that the other pages of its story gave; it is used only where neither the
/// metadata nor the page's own words tell. One that somebody put right by hand is used whatever they tell. Paragraphs in another language that a pack reads are read by that pack.
pub fn read(source: Source, text: String, packs: &Packs, dated: Option<Published>) -> Reading {
    read_as(source, text, packs, dated, |text, source, pack| page::layout(text, source, &pack.stages().page))
}

/// Reads a text of which every line counts: a brief, an answer, a note, whose lists and headings are no furniture.
pub fn read_whole(source: Source, text: String, packs: &Packs) -> Reading {
    read_as(source, text, packs, None, |text, _, _| whole(text))
}

fn read_as(
    source: Source,
    text: String,
    packs: &Packs,
    dated: Option<Published>,
    layout: impl Fn(&Text, &Source, &Pack) -> Layout,
) -> Reading {
    match packs.of_page(source.lang.as_deref(), &text) {
        Some(pack) => {
            let text = Text::new(text, &pack.language);
            let layout = layout(&text, &source, pack);
            let foreign = foreign(&text, &layout, pack, packs);
            if foreign.is_empty() {
                return stages(source, text, layout, pack, dated);
            }
            let own = |line: &Span| !foreign.iter().any(|(_, lines)| lines.contains(line));
            let body = layout.body.iter().copied().filter(own).collect();
            let raw = text.raw().to_owned();
            let mut reading = stages(source, text, Layout { body, ..layout.clone() }, pack, dated);
            for (other, lines) in foreign {
                let layout = Layout { body: lines, ..Layout::default() };
                let text = Text::new(raw.clone(), &other.language);
                let day = reading.published.clone();
                reading.absorb(stages(reading.source.clone(), text, layout, other, day));
            }
            Reading { layout, ..reading }
        }
        None => unread(source, text, dated),
    }
}

/// Every line that holds a word, as the body of an article.
fn whole(text: &Text) -> Layout {
    let body = text.lines().iter().filter(|l| !l.tokens.is_empty()).map(|l| l.span).collect();
    Layout { body, ..Layout::default() }
}

/// Reads `text` with its lines laid out by hand instead of by the page stage: what cases and row examples need,
/// whose single sentences are no page.
pub fn read_laid_out(source: Source, text: String, pack: &Pack, layout: impl FnOnce(&Text) -> Layout) -> Reading {
    let text = Text::new(text, &pack.language);
    let layout = layout(&text);
    stages(source, text, layout, pack, None)
}

fn stages(source: Source, text: Text, layout: Layout, pack: &Pack, dated: Option<Published>) -> Reading {
    let rows = pack.stages();
    let expressions = time::expressions(&text, &layout, &rows.time);
    let own = || time::published(&expressions, &text, &layout, &source, &rows.time);
    let published = day(dated, own);
    let times = time::times(&expressions, &text, published.as_ref(), &rows.time);
    let mut cast = mention::cast(&text, &layout, &times, &rows.mention);
    let statements = statement::statements(&text, &layout, &mut cast, &times, &rows.statement, &rows.mention);
    let scene = Scene {
        text: &text,
        layout: &layout,
        cast: &cast,
        times: &times,
        statements: &statements,
        published: published.as_ref(),
    };
    let events = event::events(&scene, &rows.event);
    Reading { lang: Some(pack.language.code.clone()), source, layout, published, times, cast, statements, events, text }
}

/// So many letters a paragraph must have for its language to be told.
const PARAGRAPH: usize = 30;

/// The paragraphs of an article that are written in another language than the page, by that language: an Arabic page
/// quotes a statement in English.
fn foreign<'p>(text: &Text, layout: &Layout, pack: &Pack, packs: &'p Packs) -> Vec<(&'p Pack, Vec<Span>)> {
    let mut out: Vec<(&Pack, Vec<Span>)> = Vec::new();
    for line in &layout.body {
        let words = text.at(*line);
        let mut letters = words.chars().filter(|c| is_letter(*c));
        // Nearly every paragraph begins in the language of its page.
        if letters.next().is_none_or(|first| pack.language.has_letter(first)) || letters.count() < PARAGRAPH {
            continue;
        }
        let Some(other) = packs.detect(words).filter(|other| other.language.code != pack.language.code) else {
            continue;
        };
        match out.iter_mut().find(|(known, _)| known.language.code == other.language.code) {
            Some((_, lines)) => lines.push(*line),
            None => out.push((other, vec![*line])),
        }
    }
    out
}

impl Reading {
    /// Adds what was read from other paragraphs of the same text.
    fn absorb(&mut self, other: Reading) {
        let (entities, statements) = (self.cast.entities.len(), self.statements.len());
        self.times.extend(other.times);
        self.times.sort_by_key(|t| t.span);
        self.cast.entities.extend(other.cast.entities);
        let moved = |m: Mention| Mention { entity: m.entity + entities, ..m };
        self.cast.mentions.extend(other.cast.mentions.into_iter().map(moved));
        self.cast.mentions.sort_by_key(|m| (m.span.start(), m.span.end()));
        self.statements.extend(other.statements.into_iter().map(|s| Statement {
            speaker: s.speaker.map(|e| e + entities),
            addressee: s.addressee.map(|e| e + entities),
            parent: s.parent.map(|p| p + statements),
            ..s
        }));
        self.in_text_order();
        self.events.extend(other.events.into_iter().map(|e| Event {
            place: e.place.map(|p| p + entities),
            participants: e.participants.iter().map(|p| p + entities).collect(),
            initiator: e.initiator.map(|p| p + entities),
            ..e
        }));
    }

    /// Sorts the statements by their cues; parents go with them.
    fn in_text_order(&mut self) {
        let mut order: Vec<usize> = (0..self.statements.len()).collect();
        order.sort_by_key(|n| self.statements[*n].cue);
        let mut place = vec![0; order.len()];
        order.iter().enumerate().for_each(|(at, n)| place[*n] = at);
        let sorted = order.iter().map(|n| self.statements[*n].clone());
        self.statements = sorted.map(|s| Statement { parent: s.parent.map(|p| place[p]), ..s }).collect();
    }
}

/// The day of publication: the corrected one, else the page's own, else the one given.
fn day(dated: Option<Published>, own: impl FnOnce() -> Option<Published>) -> Option<Published> {
    match dated {
        Some(day) if day.from == PublishedFrom::Correction => Some(day),
        dated => own().or(dated),
    }
}

fn unread(source: Source, text: String, dated: Option<Published>) -> Reading {
    let text = Text::new(text, &crate::language::Language::default());
    let layout = whole(&text);
    // A date in the metadata needs no language.
    let lexicon = time::Lexicon::default();
    let expressions = time::expressions(&text, &layout, &lexicon);
    let published = day(dated, || time::published(&expressions, &text, &layout, &source, &lexicon));
    Reading {
        lang: None,
        source,
        layout,
        published,
        times: Vec::new(),
        cast: Cast::default(),
        statements: Vec::new(),
        events: Vec::new(),
        text,
    }
}
