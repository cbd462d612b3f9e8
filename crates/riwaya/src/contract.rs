//! How is it printed? The JSON Lines contract: one object a line, positions in Unicode code points.

mod woven;

pub use woven::{
    CellLine, HistoryLine, LinkLine, PlacedReason, PlacedWhen, PlacedWords, SaidLine, SideLine, contact_line,
    point_lines, woven_lines,
};

use crate::because::Because;
use crate::read::Reading;
use crate::text::{Span, Text};
use crate::weave::Woven;
use serde::Serialize;
use std::collections::BTreeMap;

/// Turns byte offsets of one text into code points, with a count kept for every 256 bytes.
#[derive(Debug)]
pub struct CodePoints<'t> {
    text: &'t str,
    counts: Vec<u32>,
}

const STEP: usize = 256;

impl<'t> CodePoints<'t> {
    /// Counts `text` once.
    ///
    /// ```
    /// let points = riwaya::contract::CodePoints::new("قال x");
    /// assert_eq!(points.at(6), 3);
    /// ```
    pub fn new(text: &'t str) -> CodePoints<'t> {
        let mut counts = Vec::with_capacity(text.len() / STEP + 1);
        let mut n = 0;
        for (at, byte) in text.bytes().enumerate() {
            if at % STEP == 0 {
                counts.push(n);
            }
            n += u32::from(!is_continuation(byte));
        }
        CodePoints { text, counts }
    }

    /// How many code points stand before byte `at`.
    pub fn at(&self, at: usize) -> usize {
        let at = at.min(self.text.len());
        let block = (at / STEP).min(self.counts.len().saturating_sub(1));
        let before = self.counts.get(block).map_or(0, |n| *n as usize);
        let bytes = self.text.as_bytes().get(block * STEP..at).unwrap_or(&[]);
        before + bytes.iter().filter(|b| !is_continuation(**b)).count()
    }

    /// Start and end of a span in code points.
    pub fn range(&self, span: Span) -> (usize, usize) {
        (self.at(span.start()), self.at(span.end()))
    }
}

fn is_continuation(byte: u8) -> bool {
    byte & 0xc0 == 0x80
}

/// A span as printed.
#[derive(Debug, Clone, Serialize)]
pub struct Words {
    /// First code point.
    pub start: usize,
    /// The code point after the last.
    pub end: usize,
    /// Exactly the characters there.
    pub text: String,
}

/// A reason as printed.
#[derive(Debug, Clone, Serialize)]
pub struct Reason {
    /// The row or engine rule.
    pub rule: String,
    /// The words that it rests on.
    pub from: Vec<Words>,
}

/// One line of output.
#[derive(Debug, Clone, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[allow(missing_docs)] // the fields are the contract's, described in docs/contract.md
pub enum Line {
    Article {
        id: String,
        sha256: String,
        url: Option<String>,
        outlet: Option<String>,
        title: Option<String>,
        lang: Option<String>,
        title_spans: Vec<(usize, usize)>,
        body: Vec<(usize, usize)>,
        published: Option<PublishedLine>,
        credits: Vec<CreditLine>,
        text: String,
    },
    Mention {
        article: String,
        #[serde(flatten)]
        words: Words,
        r#type: &'static str,
        entity: String,
        because: Reason,
    },
    Time {
        article: String,
        #[serde(flatten)]
        words: Words,
        r#type: &'static str,
        value: String,
        interval: Option<(String, String)>,
        zone: Option<String>,
        because: Reason,
    },
    Statement {
        id: String,
        article: String,
        source: Option<Words>,
        cue: Words,
        content: Vec<Words>,
        quote: &'static str,
        speaker: Option<String>,
        addressee: Option<String>,
        venue: Option<Words>,
        act: &'static str,
        polarity: &'static str,
        parent: Option<String>,
        chain: Vec<String>,
        because: Reason,
    },
    Event {
        id: String,
        article: String,
        r#type: &'static str,
        plover: &'static str,
        when: Option<WhenLine>,
        r#where: Option<String>,
        participants: Vec<String>,
        initiator: Option<String>,
        status: &'static str,
        evidence: Vec<Words>,
        because: Reason,
    },
    Entity {
        id: String,
        r#type: &'static str,
        named: bool,
        name: BTreeMap<String, String>,
        roles: Vec<RoleLine>,
        forms: Vec<String>,
        joined: Vec<PlacedReason>,
    },
    /// An event of a story: one contact with the words of every page.
    #[serde(rename = "event")]
    Contact {
        id: String,
        story: String,
        r#type: &'static str,
        plover: &'static str,
        when: Option<PlacedWhen>,
        r#where: Option<String>,
        participants: Vec<String>,
        initiator: Option<String>,
        initiators: Vec<SaidLine>,
        status: &'static str,
        history: Vec<HistoryLine>,
        events: Vec<String>,
        evidence: Vec<PlacedWords>,
        because: PlacedReason,
    },
    Story {
        id: String,
        articles: Vec<String>,
        title: Option<String>,
        from: Option<String>,
        to: Option<String>,
        outlets: usize,
        origins: usize,
    },
    Copy {
        of: String,
        article: String,
        relation: &'static str,
        share: f32,
        runs: Vec<[Words; 2]>,
    },
    Point {
        story: String,
        event: Option<String>,
        topic: BTreeMap<String, String>,
        topics: Vec<String>,
        phase: &'static str,
        sides: Vec<SideLine>,
        cells: Vec<CellLine>,
        relation: &'static str,
        because: PlacedReason,
    },
    Flag {
        what: &'static str,
        severity: &'static str,
        articles: Vec<String>,
        evidence: Vec<PlacedWords>,
        explain: String,
    },
}

/// `article.published`.
#[derive(Debug, Clone, Serialize)]
pub struct PublishedLine {
    /// The day.
    pub value: String,
    /// metadata, text or stories.
    pub from: &'static str,
    /// Why.
    pub because: Reason,
}

/// One of `article.credits`.
#[derive(Debug, Clone, Serialize)]
pub struct CreditLine {
    /// As written.
    pub name: String,
    /// carrier, agency or translation.
    pub kind: &'static str,
    /// Where.
    pub span: Option<Words>,
}

/// `event.when`.
#[derive(Debug, Clone, Serialize)]
pub struct WhenLine {
    /// TIMEX3 value.
    pub value: String,
    /// Why.
    pub because: Reason,
}

/// One of `entity.roles`.
#[derive(Debug, Clone, Serialize)]
pub struct RoleLine {
    /// Where, and the characters there.
    #[serde(flatten)]
    pub words: Words,
    /// On which page.
    pub article: String,
}

/// The page's own lines: article, mentions, times, statements, events.
pub fn page_lines(page: usize, reading: &Reading, woven: &Woven) -> Vec<Line> {
    let printer = Printer { reading, points: CodePoints::new(reading.text.raw()) };
    let id = |entity: usize| woven.entity(page, entity).id.clone();
    let mut lines = vec![printer.article()];
    lines.extend(reading.cast.mentions.iter().map(|m| Line::Mention {
        article: reading.source.id.clone(),
        words: printer.words(m.span),
        r#type: reading.cast.entities[m.entity].kind.as_str(),
        entity: id(m.entity),
        because: printer.reason(&m.because),
    }));
    lines.extend(printer.times());
    lines.extend((0..reading.statements.len()).map(|n| printer.statement(n, &id)));
    lines.extend((0..reading.events.len()).map(|n| printer.event(n, &id)));
    lines
}

/// The id of statement `n` of a page.
pub fn statement_id(article: &str, n: usize) -> String {
    format!("{article}#s{}", n + 1)
}

/// The id of event `n` of a page.
pub fn event_id(article: &str, n: usize) -> String {
    format!("{article}#v{}", n + 1)
}

fn words(text: &Text, points: &CodePoints<'_>, span: Span) -> Words {
    let (start, end) = points.range(span);
    Words { start, end, text: text.at(span).to_owned() }
}

struct Printer<'r> {
    reading: &'r Reading,
    points: CodePoints<'r>,
}

impl Printer<'_> {
    fn words(&self, span: Span) -> Words {
        words(&self.reading.text, &self.points, span)
    }

    fn reason(&self, because: &Because) -> Reason {
        Reason { rule: because.rule.to_string(), from: because.from.iter().map(|s| self.words(*s)).collect() }
    }

    fn article(&self) -> Line {
        let r = self.reading;
        Line::Article {
            id: r.source.id.clone(),
            sha256: r.source.sha256.clone(),
            url: r.source.url.clone(),
            outlet: r.source.outlet.clone(),
            title: r.source.title.clone(),
            lang: r.lang.clone(),
            title_spans: r.layout.title.iter().map(|s| self.points.range(*s)).collect(),
            body: r.layout.body.iter().map(|s| self.points.range(*s)).collect(),
            published: r.published.as_ref().map(|p| PublishedLine {
                value: p.date.to_string(),
                from: p.from.as_str(),
                because: self.reason(&p.because),
            }),
            credits: r
                .layout
                .credits
                .iter()
                .map(|c| CreditLine {
                    name: c.name.clone(),
                    kind: c.kind.as_str(),
                    span: c.span.map(|s| self.words(s)),
                })
                .collect(),
            text: r.text.raw().to_owned(),
        }
    }

    fn times(&self) -> impl Iterator<Item = Line> {
        self.reading.times.iter().map(|t| Line::Time {
            article: self.reading.source.id.clone(),
            words: self.words(t.span),
            r#type: t.kind.as_str(),
            value: t.value.clone(),
            interval: t.interval.map(|(from, to)| (from.to_string(), to.to_string())),
            zone: t.zone.clone(),
            because: self.reason(&t.because),
        })
    }

    fn statement(&self, n: usize, id: &impl Fn(usize) -> String) -> Line {
        let (article, s) = (&self.reading.source.id, &self.reading.statements[n]);
        let mut chain: Vec<String> = Vec::new();
        let mut at = Some(n);
        while let Some(i) = at {
            chain.extend(self.reading.statements[i].speaker.map(id));
            at = self.reading.statements[i].parent;
        }
        chain.extend(self.reading.source.outlet.clone());
        chain.reverse();
        Line::Statement {
            id: statement_id(article, n),
            article: article.clone(),
            source: s.source.map(|s| self.words(s)),
            cue: self.words(s.cue),
            content: s.content.iter().map(|c| self.words(*c)).collect(),
            quote: s.quote.as_str(),
            speaker: s.speaker.map(id),
            addressee: s.addressee.map(id),
            venue: s.venue.map(|v| self.words(v)),
            act: s.act.as_str(),
            polarity: if s.positive { "positive" } else { "negative" },
            parent: s.parent.map(|p| statement_id(article, p)),
            chain,
            because: self.reason(&s.because),
        }
    }

    fn event(&self, n: usize, id: &impl Fn(usize) -> String) -> Line {
        let (article, e) = (&self.reading.source.id, &self.reading.events[n]);
        Line::Event {
            id: event_id(article, n),
            article: article.clone(),
            r#type: e.kind.as_str(),
            plover: e.kind.plover(),
            when: e.when.as_ref().map(|w| WhenLine { value: w.value.clone(), because: self.reason(&w.because) }),
            r#where: e.place.map(id),
            participants: e.participants.iter().map(|p| id(*p)).collect(),
            initiator: e.initiator.map(id),
            status: e.status.as_str(),
            evidence: e.evidence.iter().map(|s| self.words(*s)).collect(),
            because: self.reason(&e.because),
        }
    }
}
