//! What does the record hold of a story? Contacts, accounts, statements, flags, what is to come, pages.

use super::{Brief, Item, Section};
use crate::account::Reader;
use crate::findings::{Findings, shown, texts};
use crate::ledger::{self, MoveWords, Outcome, Report};
use crate::lists;
use crate::quoting::{Cited, Quote, Quoting};
use rustc_hash::FxHashSet;
use serde_json::Value;

/// The dossier of `story`, with `limit` statements of each speaker (all, where it is 0).
///
/// # Errors
/// Where a built-in table cannot be read.
pub fn brief(findings: &Findings, story: &Value, limit: usize) -> Result<Brief, riwaya::Error> {
    let quoting = Quoting::new(findings, Reader::usual()?);
    let gather = Gather { findings, quoting: &quoting, story, pages: texts(&story["articles"]).collect() };
    let sections = vec![
        ("What is reported", gather.contacts()),
        ("The accounts, point by point", gather.points()),
        ("Who said what", gather.statements(limit)),
        ("What does not fit", gather.flags()),
        ("What is to come", gather.expected(&MoveWords::load()?)),
        ("Pages", gather.sources()),
    ];
    let sections = sections.into_iter().filter(|(_, items)| !items.is_empty());
    Ok(Brief {
        story: shown(&story["id"]),
        title: findings.title(story).unwrap_or_default().to_owned(),
        frame: gather.frame(),
        sections: sections.map(|(heading, items)| Section { heading, items }).collect(),
    })
}

struct Gather<'f> {
    findings: &'f Findings,
    quoting: &'f Quoting<'f>,
    story: &'f Value,
    pages: FxHashSet<&'f str>,
}

impl<'f> Gather<'f> {
    fn frame(&self) -> String {
        let number = |key: &str| shown(&self.story[key]);
        let span = match (self.story["from"].as_str(), self.story["to"].as_str()) {
            (Some(from), Some(to)) if from != to => format!(", published from {from} to {to}"),
            (Some(day), _) | (_, Some(day)) => format!(", published on {day}"),
            _ => String::new(),
        };
        let articles = self.pages.len();
        format!(
            "{articles} articles in {} outlets, from at most {} independent origins{span}.",
            number("outlets"),
            number("origins")
        )
    }

    fn is_mine(&self, line: &Value) -> bool {
        line["story"] == self.story["id"]
    }

    fn cited(&self, quote: Quote, by: Option<&str>) -> Cited {
        Cited::new(self.findings, quote, None, by)
    }

    fn sentence(&self, article: &str, span: &Value) -> Option<Quote> {
        self.quoting.sentence(article, span).or_else(|| Quote::of(article, span))
    }

    fn contacts(&self) -> Vec<Item> {
        let mine = self.findings.kind("event").iter().filter(|e| lists::is_joined(e) && self.is_mine(e));
        let item = |e: &'f Value| {
            let when = e["when"]["value"].as_str().unwrap_or("day unknown");
            let kind = shown(&e["type"]).replace('_', " ");
            let at = e["where"].as_str().map_or(String::new(), |w| format!(", {}", self.findings.name(w)));
            let frame = format!("{kind}, {when}, {}{at}: {}.", shown(&e["status"]), lists::parties(self.findings, e));
            let history = e["history"].as_array().map_or(&[][..], Vec::as_slice);
            let mut seen: FxHashSet<(String, usize)> = FxHashSet::default();
            let quotes = history.iter().filter_map(|r| {
                let quote = self.sentence(r["article"].as_str()?, r)?;
                let new = seen.insert((quote.article.clone(), quote.start));
                new.then(|| self.cited(quote, r["by"].as_str()))
            });
            Item { frame, quotes: quotes.collect() }
        };
        mine.map(item).collect()
    }

    fn points(&self) -> Vec<Item> {
        let mine = self.findings.kind("point").iter().filter(|p| self.is_mine(p));
        let item = |p: &'f Value| {
            let topic = self.findings.in_language(&p["topic"]).or_else(|| p["topics"][0].as_str()).unwrap_or("—");
            let cells = p["cells"].as_array().map_or(&[][..], Vec::as_slice);
            let relation = shown(&p["relation"]).replace('_', " ");
            let quotes = cells.iter().flat_map(|c| Cited::of_cell(self.findings, c));
            Item { frame: format!("{topic}: {relation}."), quotes: quotes.collect() }
        };
        mine.map(item).collect()
    }

    /// Statements of everybody, those who say most first.
    fn statements(&self, limit: usize) -> Vec<Item> {
        let mut speakers: Vec<(String, Vec<&'f Value>)> = Vec::new();
        for s in self.findings.kind("statement") {
            if !s["article"].as_str().is_some_and(|a| self.pages.contains(a)) {
                continue;
            }
            let name = lists::speaker(self.findings, s);
            let name = if name.is_empty() { "speaker not known".to_owned() } else { name };
            match speakers.iter_mut().find(|(known, _)| *known == name) {
                Some((_, said)) => said.push(s),
                None => speakers.push((name, vec![s])),
            }
        }
        speakers.sort_by_key(|(_, said)| std::cmp::Reverse(said.len()));
        let item = |(name, said): (String, Vec<&'f Value>)| {
            let shown = if limit == 0 { said.len() } else { limit.min(said.len()) };
            let more = match said.len() - shown {
                0 => String::new(),
                more => format!(", {more} more with --limit 0"),
            };
            let quotes = said.iter().take(shown).flat_map(|s| self.said(s));
            Item { frame: format!("{name}: {} statements{more}.", said.len()), quotes: quotes.collect() }
        };
        speakers.into_iter().map(item).collect()
    }

    fn said(&self, statement: &'f Value) -> Vec<Cited> {
        let article = statement["article"].as_str().unwrap_or_default();
        let pieces = statement["content"].as_array().map_or(&[][..], Vec::as_slice);
        let denies = if statement["polarity"] == "negative" { ", denied" } else { "" };
        let cited = |w: &Value| {
            let mut cited = self.cited(Quote::of(article, w)?, None);
            cited.from.push_str(denies);
            Some(cited)
        };
        pieces.iter().filter_map(cited).collect()
    }

    fn flags(&self) -> Vec<Item> {
        let mine = |f: &&Value| texts(&f["articles"]).any(|a| self.pages.contains(a));
        let item = |f: &'f Value| {
            let evidence = f["evidence"].as_array().map_or(&[][..], Vec::as_slice);
            let quotes = evidence.iter().filter_map(|e| {
                let article = e["article"].as_str()?;
                Some(self.cited(Quote::of(article, e)?, None))
            });
            let what = shown(&f["what"]).replace('_', " ");
            Item { frame: format!("{what}: {}", shown(&f["explain"])), quotes: quotes.collect() }
        };
        self.findings.kind("flag").iter().filter(mine).map(item).collect()
    }

    fn expected(&self, moves: &MoveWords) -> Vec<Item> {
        let entries = ledger::entries(self.findings, self.quoting, moves, None);
        let open = entries.into_iter().filter(|e| {
            self.is_mine(e.event) && matches!(e.outcome, Outcome::Expected | Outcome::Moved | Outcome::NothingHeard)
        });
        let item = |e: ledger::Entry<'f>| {
            let kind = shown(&e.event["type"]).replace('_', " ");
            let when = e.when.unwrap_or("day unknown");
            let days =
                if e.days.len() > 1 { format!(" (announced for {})", e.days.join(", then ")) } else { String::new() };
            let outcome = e.outcome.as_str().replace('_', " ");
            let frame = format!("{kind}, {when}{days}, {outcome}: {}.", self.findings.names(&e.event["participants"]));
            let cited = |r: Report<'f>| self.cited(r.quote, r.by);
            Item { frame, quotes: e.reports.into_iter().map(cited).collect() }
        };
        open.map(item).collect()
    }

    fn sources(&self) -> Vec<Item> {
        let copies = self.findings.kind("copy");
        let item = |id: &str| {
            let article = self.findings.article(id)?;
            let field = |name: &str| article[name].as_str();
            let day = article["published"]["value"].as_str().unwrap_or("undated");
            let copy = copies.iter().find(|c| c["article"] == id);
            let copy =
                copy.map_or(String::new(), |c| format!(", {} text as {}", shown(&c["relation"]), shown(&c["of"])));
            let url = field("url").map_or(String::new(), |url| format!(", {url}"));
            let outlet = field("outlet").unwrap_or("outlet unknown");
            let language = field("lang").unwrap_or("unknown");
            Some(Item { frame: format!("{id}: {outlet}, {day}, language {language}{copy}{url}"), quotes: Vec::new() })
        };
        texts(&self.story["articles"]).filter_map(item).collect()
    }
}
