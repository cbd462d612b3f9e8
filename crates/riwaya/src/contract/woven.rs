//! The lines over all pages: entities, contacts, stories, copies, points and flags.

use super::{CodePoints, CorrectedLine, Line, Reason, RoleLine, Words, event_id, statement_id, words};
use crate::pack::Packs;
use crate::read::Reading;
use crate::text::Span;
use crate::weave::{Cell, Comparison, Contact, Grounds, Link, Passage, Woven};
use rustc_hash::FxHashMap;
use serde::Serialize;
use std::collections::BTreeMap;

/// A span with the page that it stands on.
#[derive(Debug, Clone, Serialize)]
pub struct PlacedWords<'r> {
    /// The page.
    pub article: &'r str,
    /// Where on it, and the characters there.
    #[serde(flatten)]
    pub words: Words<'r>,
}

/// A reason that rests on several pages.
#[derive(Debug, Clone, Serialize)]
pub struct PlacedReason<'r> {
    /// The row or engine rule.
    pub rule: &'r str,
    /// The words that it rests on.
    pub from: Vec<PlacedWords<'r>>,
}

/// `event.when` of a contact.
#[derive(Debug, Clone, Serialize)]
pub struct PlacedWhen<'r> {
    /// TIMEX3 value.
    pub value: &'r str,
    /// The page that gives it.
    pub article: &'r str,
    /// Why.
    pub because: Reason<'r>,
}

/// One of `event.initiators`: who is said to have asked, who says so.
#[derive(Debug, Clone, Serialize)]
pub struct SaidLine<'r> {
    /// Who asked.
    pub who: &'r str,
    /// Who says so; null where the page says it itself.
    pub by: Option<&'r str>,
    /// The words.
    #[serde(flatten)]
    pub words: PlacedWords<'r>,
}

/// One of `event.history`: what one page says of a contact.
#[derive(Debug, Clone, Serialize)]
pub struct HistoryLine<'r> {
    /// How far the contact has come there.
    pub status: &'static str,
    /// When it is to be or was, there.
    pub when: Option<&'r str>,
    /// The day of that page.
    pub published: Option<String>,
    /// Who says so; null where the page says it itself.
    pub by: Option<&'r str>,
    /// The first words that mention it.
    #[serde(flatten)]
    pub words: PlacedWords<'r>,
}

/// A column of a comparison.
#[derive(Debug, Clone, Serialize)]
pub struct SideLine<'r> {
    /// The entity that names it.
    pub entity: &'r str,
    /// What it speaks for.
    pub of: &'r str,
    /// Its names by language.
    pub name: &'r BTreeMap<String, String>,
}

/// One of `point.cells`.
#[derive(Debug, Clone, Serialize)]
pub struct CellLine<'r> {
    /// The entity that names the side.
    pub side: &'r str,
    /// The statement.
    pub statement: String,
    /// The page.
    pub article: &'r str,
    /// What the source does by saying it; `deny` where the words are what it denies.
    pub act: &'static str,
    /// negative where the source says that it is not so.
    pub polarity: &'static str,
    /// Through whom the words came, the outlet first.
    pub chain: Vec<LinkLine<'r>>,
    /// The exact words, in pieces.
    pub words: Vec<Words<'r>>,
}

/// One link of a chain.
#[derive(Debug, Clone, Serialize)]
pub struct LinkLine<'r> {
    /// The name.
    pub name: &'r str,
    /// The entity, where it is one.
    pub entity: Option<&'r str>,
    /// direct, indirect, unnamed or relayed.
    pub kind: &'static str,
}

/// All lines that were woven.
pub fn woven_lines<'r>(readings: &'r [Reading], packs: &Packs, woven: &'r Woven) -> Vec<Line<'r>> {
    let printer = Printer::new(readings, woven);
    let mut lines: Vec<Line<'r>> = (0..woven.entities.len()).map(|n| printer.entity(n)).collect();
    lines.extend(woven.contacts.iter().map(|c| printer.contact(c)));
    lines.extend((0..woven.stories.len()).map(|n| printer.story(n)));
    lines.extend((0..woven.copies.len()).map(|n| printer.copy(n)));
    lines.extend(woven.comparisons.iter().flat_map(|c| printer.points(c, packs)));
    lines.extend((0..woven.flags.len()).map(|n| printer.flag(n)));
    lines
}

/// The line of a contact.
pub fn contact_line<'r>(contact: &'r Contact, readings: &'r [Reading], woven: &'r Woven) -> Line<'r> {
    Printer::new(readings, woven).contact(contact)
}

/// The lines of some copies, by their place in [`Woven::copies`].
pub fn copy_lines<'r>(copies: &[usize], readings: &'r [Reading], woven: &'r Woven) -> Vec<Line<'r>> {
    let printer = Printer::new(readings, woven);
    copies.iter().map(|n| printer.copy(*n)).collect()
}

/// The lines of a comparison, one a point.
pub fn point_lines<'r>(
    comparison: &'r Comparison,
    readings: &'r [Reading],
    packs: &Packs,
    woven: &'r Woven,
) -> Vec<Line<'r>> {
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

    fn article(&self, page: usize) -> &'r str {
        &self.readings[page].source.id
    }

    fn id(&self, entity: usize) -> &'r str {
        &self.woven.entities[entity].id
    }

    fn words(&self, page: usize, span: Span) -> Words<'r> {
        words(&self.readings[page].text, &self.points[page], span)
    }

    fn placed(&self, passage: Passage) -> PlacedWords<'r> {
        PlacedWords { article: self.article(passage.page), words: self.words(passage.page, passage.span) }
    }

    fn reason(&self, grounds: &'r Grounds) -> PlacedReason<'r> {
        PlacedReason { rule: &grounds.rule, from: grounds.from.iter().map(|p| self.placed(*p)).collect() }
    }

    fn corrected(&self, what: &'static str, of: &'r [Grounds]) -> Vec<CorrectedLine<PlacedReason<'r>>> {
        of.iter().map(|grounds| CorrectedLine { what, because: self.reason(grounds) }).collect()
    }

    fn entity(&self, n: usize) -> Line<'r> {
        let e = &self.woven.entities[n];
        let roles = e
            .roles
            .iter()
            .map(|(page, span)| RoleLine { words: self.words(*page, *span), article: self.article(*page) });
        Line::Entity {
            id: &e.id,
            r#type: e.kind.as_str(),
            named: e.named,
            name: &e.name,
            roles: roles.collect(),
            forms: &e.forms,
            joined: e.joined.iter().map(|g| self.reason(g)).collect(),
            corrected: self.corrected("entity", &e.corrected),
        }
    }

    fn contact(&self, c: &'r Contact) -> Line<'r> {
        let when = c.when.as_ref().map(|(page, when)| PlacedWhen {
            value: &when.value,
            article: self.article(*page),
            because: Reason {
                rule: &when.because.rule,
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
            when: r.when.as_deref(),
            published: self.readings[r.page].published.as_ref().map(|p| p.date.to_string()),
            by: r.by.map(|by| self.id(by)),
            words: self.placed(r.passage),
        });
        Line::Contact {
            id: &c.id,
            story: &self.woven.stories[c.story].id,
            r#type: c.kind.as_str(),
            plover: c.kind.plover(),
            when,
            r#where: c.place.map(|p| self.id(p)),
            participants: c.participants.iter().map(|p| self.id(*p)).collect(),
            initiator: c.initiator.map(|p| self.id(p)),
            initiators: initiators.collect(),
            status: c.status.as_str(),
            history: history.collect(),
            events: c.events.iter().map(|(page, n)| event_id(self.article(*page), *n)).collect(),
            evidence: c.evidence.iter().map(|p| self.placed(*p)).collect(),
            because: self.reason(&c.grounds),
        }
    }

    fn story(&self, n: usize) -> Line<'r> {
        let s = &self.woven.stories[n];
        Line::Story {
            id: &s.id,
            articles: s.pages.iter().map(|p| self.article(*p)).collect(),
            title: s.title.map(|p| self.readings[p.page].text.at(p.span).to_owned()),
            from: s.from.map(|d| d.to_string()),
            to: s.to.map(|d| d.to_string()),
            outlets: s.counts.outlets,
            origins: s.counts.origins,
            corrected: self.corrected("story", &s.corrected),
        }
    }

    fn copy(&self, n: usize) -> Line<'r> {
        let c = &self.woven.copies[n];
        Line::Copy {
            of: self.article(c.of),
            article: self.article(c.page),
            relation: c.relation.as_str(),
            share: (c.share * 1000.0).round() / 1000.0,
            runs: c.runs.iter().map(|(a, b)| [self.words(c.of, *a), self.words(c.page, *b)]).collect(),
            because: self.reason(&c.because),
        }
    }

    fn points(&self, comparison: &'r Comparison, packs: &Packs) -> Vec<Line<'r>> {
        let side = |side: &'r crate::weave::Side| {
            let entity = &self.woven.entities[side.entity];
            SideLine { entity: &entity.id, of: &side.of, name: &entity.name }
        };
        let topic = |point: &crate::weave::Point| {
            ["ar", "en", "ru"]
                .into_iter()
                .filter_map(|lang| Some((lang.to_owned(), self.topic(point, lang, packs)?)))
                .collect()
        };
        let line = |point: &'r crate::weave::Point| Line::Point {
            story: &self.woven.stories[comparison.story].id,
            event: comparison.contact.map(|c| self.woven.contacts[c].id.as_str()),
            topic: topic(point),
            topics: &point.topics,
            phase: point.phase.as_str(),
            sides: comparison.sides.iter().map(side).collect(),
            silent: comparison.silent.iter().map(side).collect(),
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

    fn cell(&self, cell: &'r Cell, comparison: &'r Comparison) -> CellLine<'r> {
        let statement = &self.readings[cell.page].statements[cell.statement];
        CellLine {
            act: statement.act.as_str(),
            polarity: if statement.positive { "positive" } else { "negative" },
            side: self.id(comparison.sides[cell.side].entity),
            statement: statement_id(self.article(cell.page), cell.statement),
            article: self.article(cell.page),
            chain: cell.chain.iter().map(|link| self.link(link)).collect(),
            words: cell.words.iter().map(|s| self.words(cell.page, *s)).collect(),
        }
    }

    fn link(&self, link: &'r Link) -> LinkLine<'r> {
        LinkLine { name: &link.name, entity: link.entity.map(|e| self.id(e)), kind: link.kind.as_str() }
    }

    fn flag(&self, n: usize) -> Line<'r> {
        let f = &self.woven.flags[n];
        Line::Flag {
            what: f.what.as_str(),
            severity: f.severity.as_str(),
            articles: f.pages.iter().map(|p| self.article(*p)).collect(),
            evidence: f.grounds.from.iter().map(|p| self.placed(*p)).collect(),
            explain: &f.explain,
            because: self.reason(&f.grounds),
        }
    }
}
