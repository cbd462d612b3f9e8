//! What of the record does a wish mean?
//!
//! A wish names things as they are listed now; what is kept names them so that they are found again.

use super::entry;
use crate::Error;
use crate::filter::Fold;
use crate::findings::{Findings, number, texts, words};
use riwaya::correction::{Said, What, Who};
use riwaya_store::corrections::{UNDO, undone};
use riwaya_store::{Entry, Record};
use rustc_hash::{FxHashMap, FxHashSet};
use serde::Deserialize;
use serde_json::{Value, json};
use std::path::Path;

/// What somebody wants to put right. Entities are ids or whole names, stories and statements ids.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(tag = "what", rename_all = "snake_case")]
pub enum Wish {
    /// These are one.
    JoinEntities {
        /// Two or more.
        entities: Vec<String>,
    },
    /// The mentions on these pages, with these forms, or both, are another entity.
    SplitEntity {
        /// Whom they were taken for.
        entity: String,
        /// Ids of pages.
        #[serde(default)]
        articles: Vec<String>,
        /// Names exactly as written.
        #[serde(default)]
        forms: Vec<String>,
    },
    /// These are one.
    JoinStories {
        /// Two or more.
        stories: Vec<String>,
    },
    /// These pages are a story of their own.
    SplitStory {
        /// Ids of pages of one story.
        articles: Vec<String>,
    },
    /// Who says this.
    Speaker {
        /// The statement.
        statement: String,
        /// Who; none for nobody.
        speaker: Option<String>,
    },
    /// When a page was published.
    Published {
        /// The id of the page.
        article: String,
        /// The day, as 2026-03-10.
        day: String,
    },
    /// An entry of the log does not hold.
    Undo {
        /// Its number.
        n: u32,
    },
}

/// Who puts it right, when, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signed {
    pub(super) at: String,
    pub(super) author: String,
    pub(super) reason: String,
}

impl Signed {
    /// `at` is a time in the form 2026-03-10T08:00:00Z.
    ///
    /// # Errors
    /// Where author or reason are blank.
    pub fn new(at: &str, author: &str, reason: &str) -> Result<Signed, Error> {
        let given = |what: &str, text: &str, remedy: &str| match crate::one_line(text) {
            text if text.is_empty() => Err(Error::Asked(format!("the {what} is blank; {remedy}"))),
            text => Ok(text),
        };
        Ok(Signed {
            at: at.to_owned(),
            author: given("author", author, "say who corrects, as with --author NAME")?,
            reason: given("reason", reason, "say why it is wrong, as with --reason TEXT")?,
        })
    }
}

impl Wish {
    /// The entry that the record at `path` would get.
    ///
    /// # Errors
    /// Where the record cannot be read, or does not hold what the wish names, or holds it so already.
    pub fn entry(&self, path: &Path, signed: &Signed) -> Result<Entry, Error> {
        let log = Record::open(path)?.corrections()?;
        let n = log.last().map_or(0, |entry| entry.n) + 1;
        if let Wish::Undo { n: other } = self {
            return undo(n, *other, &log, signed);
        }
        let kinds = ["article", "entity", "story", "statement"];
        let findings = Findings::of_record(path, &kinds)?;
        let desk = Desk { findings: &findings, path, fold: Fold::load()? };
        let what = match self {
            Wish::JoinEntities { entities } => desk.join_entities(entities)?,
            Wish::SplitEntity { entity, articles, forms } => desk.split_entity(entity, articles, forms)?,
            Wish::JoinStories { stories } => desk.join_stories(stories)?,
            Wish::SplitStory { articles } => desk.split_story(articles)?,
            Wish::Speaker { statement, speaker } => desk.speaker(statement, speaker.as_deref())?,
            Wish::Published { article, day } => desk.published(article, day)?,
            Wish::Undo { .. } => return Err(asked("an undo has no target")),
        };
        entry(n, signed, &what)
    }
}

fn asked(text: impl Into<String>) -> Error {
    Error::Asked(text.into())
}

fn undo(n: u32, other: u32, log: &[Entry], signed: &Signed) -> Result<Entry, Error> {
    let Some(at) = log.iter().position(|entry| entry.n == other) else {
        return Err(asked(format!(
            "{other}: no correction has this number; `riwaya corrections -r RECORD` lists them"
        )));
    };
    if let Some(by) = undone(log)[at] {
        return Err(asked(format!("{other}: undone by {by} already; to bring it back, undo {by}")));
    }
    let Signed { at, author, reason } = signed.clone();
    Ok(Entry { n, at, author, reason, what: UNDO.to_owned(), target: json!({}), undoes: Some(other) })
}

struct Desk<'f> {
    findings: &'f Findings,
    path: &'f Path,
    fold: Fold,
}

impl<'f> Desk<'f> {
    fn join_entities(&self, wanted: &[String]) -> Result<What, Error> {
        let lines: Vec<&Value> = wanted.iter().map(|w| self.entity(w)).collect::<Result<_, _>>()?;
        distinct("entities", &lines)?;
        Ok(What::JoinEntities { entities: self.named(&lines)? })
    }

    fn split_entity(&self, wanted: &str, articles: &[String], forms: &[String]) -> Result<What, Error> {
        if articles.is_empty() && forms.is_empty() {
            return Err(asked(format!("{wanted}: say which mentions are another's, by pages or by forms of the name")));
        }
        let line = self.entity(wanted)?;
        articles.iter().try_for_each(|id| self.article(id).map(drop))?;
        let entity = self.named(&[line])?.remove(0);
        Ok(What::SplitEntity { entity, articles: once(articles), forms: once(forms) })
    }

    fn join_stories(&self, wanted: &[String]) -> Result<What, Error> {
        let lines: Vec<&Value> = wanted.iter().map(|w| self.story(w)).collect::<Result<_, _>>()?;
        distinct("stories", &lines)?;
        let first = |line: &&Value| texts(&line["articles"]).next().map(str::to_owned);
        Ok(What::JoinStories { articles: lines.iter().filter_map(first).collect() })
    }

    fn split_story(&self, articles: &[String]) -> Result<What, Error> {
        articles.iter().try_for_each(|id| self.article(id).map(drop))?;
        let articles = once(articles);
        let holds = |line: &&Value| texts(&line["articles"]).any(|id| articles.iter().any(|a| a == id));
        let stories: Vec<&Value> = self.findings.kind("story").iter().filter(holds).collect();
        if let [only] = stories[..]
            && texts(&only["articles"]).count() == articles.len()
        {
            return Err(asked(format!("{}: a story of its own already", articles.join(", "))));
        }
        Ok(What::SplitStory { articles })
    }

    fn speaker(&self, id: &str, speaker: Option<&str>) -> Result<What, Error> {
        let statements = self.findings.kind("statement");
        let Some(line) = statements.iter().find(|line| line["id"] == id) else {
            return Err(asked(format!("{id}: no statement has this id; `riwaya statements -r RECORD` lists them")));
        };
        let speaker = match speaker {
            Some(wanted) => Some(self.entity(wanted)?),
            None => None,
        };
        if line["speaker"].as_str() == speaker.and_then(|s| s["id"].as_str()) {
            return Err(asked(format!("{id}: said so already; nothing to put right")));
        }
        let content = line["content"].as_array().map_or(&[][..], Vec::as_slice);
        let edge = |span: Option<&Value>, key: &str| span.and_then(|s| number(&s[key]));
        let (Some(start), Some(end)) = (edge(content.first(), "start"), edge(content.last(), "end")) else {
            return Err(asked(format!("{id}: it has no words, so it would not be found again")));
        };
        let statement = Said {
            article: line["article"].as_str().unwrap_or_default().to_owned(),
            start,
            end,
            text: words(&line["content"]),
            cue: words(&line["cue"]),
        };
        let speaker = speaker.map(|line| self.named(&[line])).transpose()?.map(|mut who| who.remove(0));
        Ok(What::Speaker { statement, speaker })
    }

    fn published(&self, id: &str, day: &str) -> Result<What, Error> {
        let article = self.article(id)?;
        let what = json!({"what": "published", "article": id, "day": day});
        let what: What = serde_json::from_value(what).map_err(|e| asked(format!("{id}: {e}")))?;
        if article["published"]["value"] == day {
            return Err(asked(format!("{id}: published on {day} already; nothing to put right")));
        }
        Ok(what)
    }

    fn article(&self, id: &str) -> Result<&'f Value, Error> {
        self.findings.article(id).ok_or_else(|| {
            asked(format!("{id}: no page has this id; `riwaya export -r RECORD --to jsonl` has them in its articles"))
        })
    }

    fn story(&self, wanted: &str) -> Result<&'f Value, Error> {
        let story = self.findings.kind("story").iter().find(|line| line["id"] == wanted);
        story.ok_or_else(|| asked(format!("{wanted}: no story has this id; `riwaya stories -r RECORD` lists them")))
    }

    /// The entity with this id, else the only one that is called so.
    fn entity(&self, wanted: &str) -> Result<&'f Value, Error> {
        if let Some(line) = self.findings.entity(wanted) {
            return Ok(line);
        }
        let folded = self.fold.fold(wanted);
        let is_called = |line: &&Value| {
            let names = line["name"].as_object().into_iter().flat_map(|names| names.values());
            let mut all = names.filter_map(Value::as_str).chain(texts(&line["forms"]));
            all.any(|name| self.fold.fold(name) == folded)
        };
        let called: Vec<&Value> = self.findings.kind("entity").iter().filter(is_called).collect();
        match called[..] {
            [one] => Ok(one),
            [] => Err(asked(format!(
                "{wanted}: no entity has this id or name; `riwaya people -r RECORD --format csv` lists ids"
            ))),
            _ => {
                let ids: Vec<&str> = called.iter().filter_map(|line| line["id"].as_str()).collect();
                Err(asked(format!("{wanted}: several are called so; name one by its id: {}", ids.join(", "))))
            }
        }
    }

    /// How these entities are found again: by a page that calls them as nobody else there, the first of them, else by
    /// what they say.
    fn named(&self, lines: &[&Value]) -> Result<Vec<Who>, Error> {
        let wanted: FxHashSet<&str> = lines.iter().filter_map(|line| line["id"].as_str()).collect();
        let mut found: FxHashMap<String, (String, String)> = FxHashMap::default();
        let mut page: Page = Page::default();
        Findings::each(self.path, &["mention"], &mut |line| {
            if line["article"] != *page.article {
                page.close(&mut found);
                page.article = line["article"].as_str().unwrap_or_default().to_owned();
            }
            let (Some(entity), Some(text)) = (line["entity"].as_str(), line["text"].as_str()) else { return };
            page.names.push((text.to_owned(), entity.to_owned(), wanted.contains(entity)));
        })?;
        page.close(&mut found);
        let who = |line: &&Value| {
            let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
            let id = text(&line["id"]);
            let says = || self.findings.kind("statement").iter().find(|s| s["speaker"] == *id);
            let (article, name) = match found.remove(&id) {
                Some((article, name)) => (Some(article), name),
                None => (says().map(|s| text(&s["article"])), text(&line["forms"][0])),
            };
            Who { id, r#type: text(&line["type"]), name, article }
        };
        Ok(lines.iter().map(who).collect())
    }
}

/// The names on a page: as written, the entity, and whether it is one that is looked for.
#[derive(Default)]
struct Page {
    article: String,
    names: Vec<(String, String, bool)>,
}

impl Page {
    /// Takes from it what finds entities again that have not been found yet.
    fn close(&mut self, found: &mut FxHashMap<String, (String, String)>) {
        for (name, entity, _) in self.names.iter().filter(|(.., is_wanted)| *is_wanted) {
            let is_other = |(other, by, _): &(String, String, bool)| other == name && by != entity;
            if !found.contains_key(entity) && !self.names.iter().any(is_other) {
                found.insert(entity.clone(), (self.article.clone(), name.clone()));
            }
        }
        self.names.clear();
    }
}

/// Are there two or more, each once?
fn distinct(what: &str, lines: &[&Value]) -> Result<(), Error> {
    let mut ids: Vec<&str> = lines.iter().filter_map(|line| line["id"].as_str()).collect();
    let all = ids.len();
    ids.sort_unstable();
    ids.dedup();
    match (all, ids.len() == all) {
        (0 | 1, _) => Err(asked(format!("name two {what} or more that are one"))),
        (_, false) => Err(asked(format!("{}: one already; nothing to put right", ids.join(", ")))),
        _ => Ok(()),
    }
}

fn once(texts: &[String]) -> Vec<String> {
    let mut seen: FxHashSet<&str> = FxHashSet::default();
    texts.iter().filter(|text| seen.insert(text)).cloned().collect()
}
