//! How is it printed? The JSON Lines contract: one object a line, positions in Unicode code points.

mod woven;

pub use woven::{
    CellLine, HistoryLine, LinkLine, PlacedReason, PlacedWhen, PlacedWords, SaidLine, SideLine, contact_line,
    copy_lines, point_lines, woven_lines,
};

use crate::because::Because;
use crate::read::Reading;
use crate::text::{Span, Text};
use crate::weave::Woven;
use serde::Serialize;
use std::collections::BTreeMap;

/// Turns byte offsets of one text into code points, with a count kept for every 64 bytes.
#[derive(Debug)]
pub struct CodePoints<'t> {
    text: &'t str,
    counts: Vec<u32>,
}

const STEP: usize = 64;

impl<'t> CodePoints<'t> {
    /// Counts `text` once.
    ///
    /// ```
    /// let points = riwaya::contract::CodePoints::new("قال x");
    /// assert_eq!(points.at(6), 3);
    /// ```
    pub fn new(text: &'t str) -> CodePoints<'t> {
        let mut n = 0;
        let counts = text.as_bytes().chunks(STEP).map(|block| {
            let before = n;
            n += starts(block) as u32;
            before
        });
        CodePoints { text, counts: counts.collect() }
    }

    /// How many code points stand before byte `at`.
    pub fn at(&self, at: usize) -> usize {
        let at = at.min(self.text.len());
        let block = (at / STEP).min(self.counts.len().saturating_sub(1));
        let before = self.counts.get(block).map_or(0, |n| *n as usize);
        let bytes = self.text.as_bytes().get(block * STEP..at).unwrap_or(&[]);
        before + starts(bytes)
    }

    /// Start and end of a span in code points.
    pub fn range(&self, span: Span) -> (usize, usize) {
        (self.at(span.start()), self.at(span.end()))
    }
}

/// How many code points begin in `bytes`.
fn starts(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| **byte & 0xc0 != 0x80).count()
}

/// A span as printed.
#[derive(Debug, Clone, Serialize)]
pub struct Words<'r> {
    /// First code point.
    pub start: usize,
    /// The code point after the last.
    pub end: usize,
    /// Exactly the characters there.
    pub text: &'r str,
}

/// A reason as printed.
#[derive(Debug, Clone, Serialize)]
pub struct Reason<'r> {
    /// The row or engine rule.
    pub rule: &'r str,
    /// The words that it rests on.
    pub from: Vec<Words<'r>>,
}

/// One line of output.
#[derive(Debug, Clone, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[allow(missing_docs)] // the fields are the contract's, described in docs/contract.md
pub enum Line<'r> {
    Article {
        id: &'r str,
        sha256: &'r str,
        url: Option<&'r str>,
        outlet: Option<&'r str>,
        /// The section of the outlet, and when the page was changed last, as its mark-up says; absent where it does not.
        #[serde(skip_serializing_if = "Option::is_none")]
        section: Option<&'r str>,
        #[serde(skip_serializing_if = "Option::is_none")]
        updated: Option<&'r str>,
        title: Option<&'r str>,
        lang: Option<&'r str>,
        title_spans: Vec<(usize, usize)>,
        body: Vec<(usize, usize)>,
        published: Option<PublishedLine<'r>>,
        credits: Vec<CreditLine<'r>>,
        text: &'r str,
    },
    Mention {
        article: &'r str,
        #[serde(flatten)]
        words: Words<'r>,
        r#type: &'static str,
        entity: &'r str,
        because: Reason<'r>,
    },
    Time {
        article: &'r str,
        #[serde(flatten)]
        words: Words<'r>,
        r#type: &'static str,
        value: &'r str,
        interval: Option<(String, String)>,
        zone: Option<&'r str>,
        because: Reason<'r>,
    },
    Statement {
        id: String,
        article: &'r str,
        source: Option<Words<'r>>,
        cue: Words<'r>,
        content: Vec<Words<'r>>,
        quote: &'static str,
        speaker: Option<&'r str>,
        addressee: Option<&'r str>,
        venue: Option<Words<'r>>,
        act: &'static str,
        polarity: &'static str,
        parent: Option<String>,
        chain: Vec<&'r str>,
        because: Reason<'r>,
        #[serde(skip_serializing_if = "Option::is_none")]
        corrected: Option<[CorrectedLine<Reason<'r>>; 1]>,
    },
    Event {
        id: String,
        article: &'r str,
        r#type: &'static str,
        plover: &'static str,
        when: Option<WhenLine<'r>>,
        r#where: Option<&'r str>,
        participants: Vec<&'r str>,
        initiator: Option<&'r str>,
        status: &'static str,
        evidence: Vec<Words<'r>>,
        because: Reason<'r>,
    },
    Entity {
        id: &'r str,
        r#type: &'static str,
        named: bool,
        name: &'r BTreeMap<String, String>,
        roles: Vec<RoleLine<'r>>,
        forms: &'r [String],
        joined: Vec<PlacedReason<'r>>,
        #[serde(skip_serializing_if = "Vec::is_empty")]
        corrected: Vec<CorrectedLine<PlacedReason<'r>>>,
    },
    /// An event of a story: one contact with the words of every page.
    #[serde(rename = "event")]
    Contact {
        id: &'r str,
        story: &'r str,
        r#type: &'static str,
        plover: &'static str,
        when: Option<PlacedWhen<'r>>,
        r#where: Option<&'r str>,
        participants: Vec<&'r str>,
        initiator: Option<&'r str>,
        initiators: Vec<SaidLine<'r>>,
        status: &'static str,
        history: Vec<HistoryLine<'r>>,
        events: Vec<String>,
        evidence: Vec<PlacedWords<'r>>,
        because: PlacedReason<'r>,
    },
    Story {
        id: &'r str,
        articles: Vec<&'r str>,
        title: Option<String>,
        from: Option<String>,
        to: Option<String>,
        outlets: usize,
        origins: usize,
        #[serde(skip_serializing_if = "Vec::is_empty")]
        corrected: Vec<CorrectedLine<PlacedReason<'r>>>,
    },
    Copy {
        of: &'r str,
        article: &'r str,
        relation: &'static str,
        share: f32,
        runs: Vec<[Words<'r>; 2]>,
        because: PlacedReason<'r>,
    },
    Point {
        story: &'r str,
        event: Option<&'r str>,
        topic: BTreeMap<String, String>,
        topics: &'r [String],
        phase: &'static str,
        sides: Vec<SideLine<'r>>,
        silent: Vec<SideLine<'r>>,
        cells: Vec<CellLine<'r>>,
        relation: &'static str,
        because: PlacedReason<'r>,
    },
    Flag {
        what: &'static str,
        severity: &'static str,
        articles: Vec<&'r str>,
        evidence: Vec<PlacedWords<'r>>,
        explain: &'r str,
        because: PlacedReason<'r>,
    },
}

/// What a correction made of a line: absent where there is none.
#[derive(Debug, Clone, Serialize)]
pub struct CorrectedLine<R> {
    /// The field, or the line itself: speaker, entity or story.
    pub what: &'static str,
    /// The rule `correction/N`, and the words that it rests on.
    pub because: R,
}

/// `article.published`.
#[derive(Debug, Clone, Serialize)]
pub struct PublishedLine<'r> {
    /// The day.
    pub value: String,
    /// metadata, text, stories or correction.
    pub from: &'static str,
    /// Why.
    pub because: Reason<'r>,
}

/// One of `article.credits`.
#[derive(Debug, Clone, Serialize)]
pub struct CreditLine<'r> {
    /// As written.
    pub name: &'r str,
    /// carrier, agency or translation.
    pub kind: &'static str,
    /// Where.
    pub span: Option<Words<'r>>,
}

/// `event.when`.
#[derive(Debug, Clone, Serialize)]
pub struct WhenLine<'r> {
    /// TIMEX3 value.
    pub value: &'r str,
    /// Why.
    pub because: Reason<'r>,
}

/// One of `entity.roles`.
#[derive(Debug, Clone, Serialize)]
pub struct RoleLine<'r> {
    /// Where, and the characters there.
    #[serde(flatten)]
    pub words: Words<'r>,
    /// On which page.
    pub article: &'r str,
}

/// The page's own lines: article, mentions, times, statements, events.
pub fn page_lines<'r>(page: usize, reading: &'r Reading, woven: &'r Woven) -> Vec<Line<'r>> {
    let printer = Printer { reading, points: CodePoints::new(reading.text.raw()) };
    let id = |entity: usize| woven.entity(page, entity).id.as_str();
    let mut lines = vec![printer.article()];
    lines.extend(reading.cast.mentions.iter().map(|m| Line::Mention {
        article: &reading.source.id,
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

fn words<'r>(text: &'r Text, points: &CodePoints<'_>, span: Span) -> Words<'r> {
    let (start, end) = points.range(span);
    Words { start, end, text: text.at(span) }
}

struct Printer<'r> {
    reading: &'r Reading,
    points: CodePoints<'r>,
}

impl<'r> Printer<'r> {
    fn words(&self, span: Span) -> Words<'r> {
        words(&self.reading.text, &self.points, span)
    }

    fn reason(&self, because: &'r Because) -> Reason<'r> {
        Reason { rule: &because.rule, from: because.from.iter().map(|s| self.words(*s)).collect() }
    }

    fn article(&self) -> Line<'r> {
        let r = self.reading;
        Line::Article {
            id: &r.source.id,
            sha256: &r.source.sha256,
            url: r.source.url.as_deref(),
            outlet: r.source.outlet.as_deref(),
            section: r.source.section.as_deref(),
            updated: r.source.updated.as_deref(),
            title: r.source.title.as_deref(),
            lang: r.lang.as_deref(),
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
                .map(|c| CreditLine { name: &c.name, kind: c.kind.as_str(), span: c.span.map(|s| self.words(s)) })
                .collect(),
            text: r.text.raw(),
        }
    }

    fn times(&self) -> impl Iterator<Item = Line<'r>> {
        self.reading.times.iter().map(|t| Line::Time {
            article: &self.reading.source.id,
            words: self.words(t.span),
            r#type: t.kind.as_str(),
            value: &t.value,
            interval: t.interval.map(|(from, to)| (from.to_string(), to.to_string())),
            zone: t.zone.as_deref(),
            because: self.reason(&t.because),
        })
    }

    fn statement(&self, n: usize, id: &impl Fn(usize) -> &'r str) -> Line<'r> {
        let (article, s) = (&self.reading.source.id, &self.reading.statements[n]);
        let mut chain: Vec<&str> = Vec::new();
        let mut at = Some(n);
        while let Some(i) = at {
            chain.extend(self.reading.statements[i].speaker.map(id));
            at = self.reading.statements[i].parent;
        }
        chain.extend(self.reading.source.outlet.as_deref());
        chain.reverse();
        Line::Statement {
            id: statement_id(article, n),
            article,
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
            corrected: s.corrected.as_ref().map(|c| [CorrectedLine { what: "speaker", because: self.reason(c) }]),
        }
    }

    fn event(&self, n: usize, id: &impl Fn(usize) -> &'r str) -> Line<'r> {
        let (article, e) = (&self.reading.source.id, &self.reading.events[n]);
        Line::Event {
            id: event_id(article, n),
            article,
            r#type: e.kind.as_str(),
            plover: e.kind.plover(),
            when: e.when.as_ref().map(|w| WhenLine { value: &w.value, because: self.reason(&w.because) }),
            r#where: e.place.map(id),
            participants: e.participants.iter().map(|p| id(*p)).collect(),
            initiator: e.initiator.map(id),
            status: e.status.as_str(),
            evidence: e.evidence.iter().map(|s| self.words(*s)).collect(),
            because: self.reason(&e.because),
        }
    }
}
