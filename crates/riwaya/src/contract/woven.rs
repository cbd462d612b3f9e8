//! The lines over all pages: entities, contacts, stories, copies, points and flags.

use super::{CodePoints, Line, Reason, RoleLine, Words, event_id, statement_id, words};
use crate::pack::Packs;
use crate::read::Reading;
use crate::text::Span;
use crate::weave::{Cell, Comparison, Contact, Grounds, Link, Passage, Woven};
use rustc_hash::FxHashMap;
use serde::Serialize;
use std::collections::BTreeMap;

/// A span with the page that it stands on.
#[derive(Debug, Clone, Serialize)]
pub struct PlacedWords {
    /// The page.
    pub article: String,
    /// Where on it, and the characters there.
    #[serde(flatten)]
    pub words: Words,
}

/// A reason that rests on several pages.
#[derive(Debug, Clone, Serialize)]
pub struct PlacedReason {
    /// The row or engine rule.
    pub rule: String,
    /// The words that it rests on.
    pub from: Vec<PlacedWords>,
}

/// `event.when` of a contact.
#[derive(Debug, Clone, Serialize)]
pub struct PlacedWhen {
    /// TIMEX3 value.
    pub value: String,
    /// The page that gives it.
    pub article: String,
    /// Why.
    pub because: Reason,
}

/// One of `event.initiators`: who is said to have asked, who says so.
#[derive(Debug, Clone, Serialize)]
pub struct SaidLine {
    /// Who asked.
    pub who: String,
    /// Who says so; null where the page says it itself.
    pub by: Option<String>,
    /// The words.
    #[serde(flatten)]
    pub words: PlacedWords,
}

/// One of `event.history`: what one page says of a contact.
#[derive(Debug, Clone, Serialize)]
pub struct HistoryLine {
    /// How far the contact has come there.
    pub status: &'static str,
    /// When it is to be or was, there.
    pub when: Option<String>,
    /// The day of that page.
    pub published: Option<String>,
    /// Who says so; null where the page says it itself.
    pub by: Option<String>,
    /// The first words that mention it.
    #[serde(flatten)]
    pub words: PlacedWords,
}

/// A column of a comparison.
#[derive(Debug, Clone, Serialize)]
pub struct SideLine {
    /// The entity that names it.
    pub entity: String,
    /// What it speaks for.
    pub of: String,
    /// Its names by language.
    pub name: BTreeMap<String, String>,
}

/// One of `point.cells`.
#[derive(Debug, Clone, Serialize)]
pub struct CellLine {
    /// The entity that names the side.
    pub side: String,
    /// The statement.
    pub statement: String,
    /// The page.
    pub article: String,
    /// What the source does by saying it; `deny` where the words are what it denies.
    pub act: &'static str,
    /// negative where the source says that it is not so.
    pub polarity: &'static str,
    /// Through whom the words came, the outlet first.
    pub chain: Vec<LinkLine>,
    /// The exact words, in pieces.
    pub words: Vec<Words>,
}

/// One link of a chain.
#[derive(Debug, Clone, Serialize)]
pub struct LinkLine {
    /// The name.
    pub name: String,
    /// The entity, where it is one.
    pub entity: Option<String>,
    /// direct, indirect, unnamed or relayed.
    pub kind: &'static str,
}

/// All lines that were woven.
pub fn woven_lines(readings: &[Reading], packs: &Packs, woven: &Woven) -> Vec<Line> {
    let printer = Printer::new(readings, woven);
    let mut lines: Vec<Line> = (0..woven.entities.len()).map(|n| printer.entity(n)).collect();
    lines.extend(woven.contacts.iter().map(|c| printer.contact(c)));
    lines.extend((0..woven.stories.len()).map(|n| printer.story(n)));
    lines.extend((0..woven.copies.len()).map(|n| printer.copy(n)));
    lines.extend(woven.comparisons.iter().flat_map(|c| printer.points(c, packs)));
    lines.extend((0..woven.flags.len()).map(|n| printer.flag(n)));
    lines
}

/// The line of a contact.
pub fn contact_line(contact: &Contact, readings: &[Reading], woven: &Woven) -> Line {
    Printer::new(readings, woven).contact(contact)
}

/// The lines of a comparison, one a point.
pub fn point_lines(comparison: &Comparison, readings: &[Reading], packs: &Packs, woven: &Woven) -> Vec<Line> {
    Printer::new(readings, woven).points(comparison, packs)
}

struct Printer<'r> {
    readings: &'r [Reading],
    woven: &'r Woven,
    points: Vec<CodePoints<'r>>,
    by_id: FxHashMap<&'r str, usize>,
}

impl<'r> Printer<'r> {
    fn new(readings: &'r [Reading], woven: &'r Woven) -> Printer<'r> {
        let points = readings.iter().map(|r| CodePoints::new(r.text.raw())).collect();
        let by_id = woven.entities.iter().enumerate().map(|(n, e)| (e.id.as_str(), n)).collect();
        Printer { readings, woven, points, by_id }
    }

    fn article(&self, page: usize) -> String {
        self.readings[page].source.id.clone()
    }

    fn id(&self, entity: usize) -> String {
        self.woven.entities[entity].id.clone()
    }

    fn words(&self, page: usize, span: Span) -> Words {
        words(&self.readings[page].text, &self.points[page], span)
    }

    fn placed(&self, passage: Passage) -> PlacedWords {
        PlacedWords { article: self.article(passage.page), words: self.words(passage.page, passage.span) }
    }

    fn reason(&self, grounds: &Grounds) -> PlacedReason {
        PlacedReason { rule: grounds.rule.to_string(), from: grounds.from.iter().map(|p| self.placed(*p)).collect() }
    }

    fn entity(&self, n: usize) -> Line {
        let e = &self.woven.entities[n];
        let roles = e
            .roles
            .iter()
            .map(|(page, span)| RoleLine { words: self.words(*page, *span), article: self.article(*page) });
        Line::Entity {
            id: e.id.clone(),
            r#type: e.kind.as_str(),
            named: e.named,
            name: e.name.clone(),
            roles: roles.collect(),
            forms: e.forms.clone(),
            joined: e.joined.iter().map(|g| self.reason(g)).collect(),
        }
    }

    fn contact(&self, c: &Contact) -> Line {
        let when = c.when.as_ref().map(|(page, when)| PlacedWhen {
            value: when.value.clone(),
            article: self.article(*page),
            because: Reason {
                rule: when.because.rule.to_string(),
                from: when.because.from.iter().map(|s| self.words(*page, *s)).collect(),
            },
        });
        let initiators = c.initiators.iter().map(|s| SaidLine {
            who: self.id(s.who),
            by: s.by.map(|by| self.id(by)),
            words: self.placed(s.passage),
        });
        let history = c.history.iter().map(|r| HistoryLine {
            status: r.status.as_str(),
            when: r.when.clone(),
            published: self.readings[r.page].published.as_ref().map(|p| p.date.to_string()),
            by: r.by.map(|by| self.id(by)),
            words: self.placed(r.passage),
        });
        Line::Contact {
            id: c.id.clone(),
            story: self.woven.stories[c.story].id.clone(),
            r#type: c.kind.as_str(),
            plover: c.kind.plover(),
            when,
            r#where: c.place.map(|p| self.id(p)),
            participants: c.participants.iter().map(|p| self.id(*p)).collect(),
            initiator: c.initiator.map(|p| self.id(p)),
            initiators: initiators.collect(),
            status: c.status.as_str(),
            history: history.collect(),
            events: c.events.iter().map(|(page, n)| event_id(&self.article(*page), *n)).collect(),
            evidence: c.evidence.iter().map(|p| self.placed(*p)).collect(),
            because: self.reason(&c.grounds),
        }
    }

    fn story(&self, n: usize) -> Line {
        let s = &self.woven.stories[n];
        Line::Story {
            id: s.id.clone(),
            articles: s.pages.iter().map(|p| self.article(*p)).collect(),
            title: s.title.map(|p| self.readings[p.page].text.at(p.span).to_owned()),
            from: s.from.map(|d| d.to_string()),
            to: s.to.map(|d| d.to_string()),
            outlets: s.counts.outlets,
            origins: s.counts.origins,
        }
    }

    fn copy(&self, n: usize) -> Line {
        let c = &self.woven.copies[n];
        Line::Copy {
            of: self.article(c.of),
            article: self.article(c.page),
            relation: c.relation.as_str(),
            share: (c.share * 1000.0).round() / 1000.0,
            runs: c.runs.iter().map(|(a, b)| [self.words(c.of, *a), self.words(c.page, *b)]).collect(),
        }
    }

    fn points(&self, comparison: &Comparison, packs: &Packs) -> Vec<Line> {
        let side = |n: usize| {
            let entity = &self.woven.entities[comparison.sides[n].entity];
            SideLine { entity: entity.id.clone(), of: comparison.sides[n].of.clone(), name: entity.name.clone() }
        };
        let topic = |point: &crate::weave::Point| {
            ["ar", "en", "ru"]
                .into_iter()
                .filter_map(|lang| Some((lang.to_owned(), self.topic(point, lang, packs)?)))
                .collect()
        };
        let line = |point: &crate::weave::Point| Line::Point {
            story: self.woven.stories[comparison.story].id.clone(),
            event: comparison.contact.map(|c| self.woven.contacts[c].id.clone()),
            topic: topic(point),
            topics: point.topics.clone(),
            phase: point.phase.as_str(),
            sides: (0..comparison.sides.len()).map(side).collect(),
            cells: point.cells.iter().map(|cell| self.cell(cell, comparison)).collect(),
            relation: point.relation.as_str(),
            because: self.reason(&point.grounds),
        };
        comparison.points.iter().map(line).collect()
    }

    /// The name of a point's first topic that has one.
    fn topic(&self, point: &crate::weave::Point, lang: &str, packs: &Packs) -> Option<String> {
        point.topics.iter().find_map(|id| {
            let concept = packs.concepts().get(id).and_then(|c| c.name(lang)).map(str::to_owned);
            concept.or_else(|| Some(self.woven.entities[*self.by_id.get(id.as_str())?].label(lang).to_owned()))
        })
    }

    fn cell(&self, cell: &Cell, comparison: &Comparison) -> CellLine {
        let statement = &self.readings[cell.page].statements[cell.statement];
        CellLine {
            act: statement.act.as_str(),
            polarity: if statement.positive { "positive" } else { "negative" },
            side: self.id(comparison.sides[cell.side].entity),
            statement: statement_id(&self.article(cell.page), cell.statement),
            article: self.article(cell.page),
            chain: cell.chain.iter().map(|link| self.link(link)).collect(),
            words: cell.words.iter().map(|s| self.words(cell.page, *s)).collect(),
        }
    }

    fn link(&self, link: &Link) -> LinkLine {
        LinkLine { name: link.name.clone(), entity: link.entity.map(|e| self.id(e)), kind: link.kind.as_str() }
    }

    fn flag(&self, n: usize) -> Line {
        let f = &self.woven.flags[n];
        Line::Flag {
            what: f.what.as_str(),
            severity: f.severity.as_str(),
            articles: f.pages.iter().map(|p| self.article(*p)).collect(),
            evidence: f.evidence.iter().map(|p| self.placed(*p)).collect(),
            explain: f.explain.clone(),
        }
    }
}
