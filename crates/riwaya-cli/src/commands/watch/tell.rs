//! What is said of a new page? That it is there, and what on it was looked out for.

use super::config::{Query, To};
use riwaya_query::filter::{self, Fold};
use riwaya_query::findings::{Findings, texts, words};
use riwaya_query::lists::speaker;
use riwaya_store::{Record, Untold};
use serde_json::{Value, json};

/// Saved queries, made ready to be asked of every new page.
pub struct Queries<'q> {
    queries: Vec<Ready<'q>>,
    fold: Fold,
}

struct Ready<'q> {
    query: &'q Query,
    words: Vec<String>,
    target: String,
}

impl<'q> Queries<'q> {
    /// Makes `queries` ready.
    ///
    /// # Errors
    /// Where a built-in table cannot be read.
    pub fn new(queries: &'q [Query]) -> Result<Queries<'q>, riwaya::Error> {
        let fold = Fold::load()?;
        let ready = |query: &'q Query| Ready {
            query,
            words: query.words.iter().map(|w| fold.fold(w)).collect(),
            target: query.to.target(),
        };
        Ok(Queries { queries: queries.iter().map(ready).collect(), fold })
    }

    /// The lines to be said of a page, each with its target: the article first, then what fits each query.
    ///
    /// # Errors
    /// Where the record cannot be read.
    pub fn lines(&self, record: &Record, page: &Untold) -> anyhow::Result<Vec<(String, String)>> {
        let findings = Findings::of_page(record, &page.id)?;
        let article = findings.article(&page.id).unwrap_or(&Value::Null);
        let mut lines = vec![(To::Stdout.target(), told(article, page).to_string())];
        for ready in &self.queries {
            let fitting = self.fitting(&findings, ready);
            lines.extend(fitting.iter().map(|found| {
                let line = matched(&findings, article, page, ready.query.name.get_ref(), found);
                (ready.target.clone(), line.to_string())
            }));
        }
        Ok(lines)
    }

    /// The statements or contacts that a query asks for.
    fn fitting<'f>(&self, findings: &'f Findings, ready: &Ready<'_>) -> Vec<&'f Value> {
        let query = ready.query;
        let parties: Vec<_> = query.parties.iter().map(|p| filter::entities(findings, p, &self.fold)).collect();
        let is_between = |event: &&Value| {
            let present =
                |wanted: &rustc_hash::FxHashSet<&str>| texts(&event["participants"]).any(|p| wanted.contains(p));
            parties.iter().all(present)
        };
        let contacts: Vec<&Value> = findings.kind("event").iter().filter(is_between).collect();
        if query.speaker.is_none() && query.words.is_empty() {
            return contacts;
        }
        if !query.parties.is_empty() && contacts.is_empty() {
            return Vec::new();
        }
        let speakers = query.speaker.as_deref().map(|wanted| filter::entities(findings, wanted, &self.fold));
        let is_wanted = |s: &&Value| {
            let is_speaker =
                |all: &rustc_hash::FxHashSet<&str>| s["speaker"].as_str().is_some_and(|id| all.contains(id));
            let said = self.fold.fold(&words(&s["content"]));
            speakers.as_ref().is_none_or(is_speaker)
                && (ready.words.is_empty() || ready.words.iter().any(|word| said.contains(word.as_str())))
        };
        findings.kind("statement").iter().filter(is_wanted).collect()
    }
}

/// The line of a new article.
fn told(article: &Value, page: &Untold) -> Value {
    json!({
        "kind": "article",
        "id": page.id,
        "version": page.version,
        "url": article["url"],
        "outlet": article["outlet"],
        "title": title(article),
        "lang": article["lang"],
        "published": article["published"]["value"],
        "story": page.story,
    })
}

/// The headline as it stands on the page, else that of the metadata.
fn title(article: &Value) -> Value {
    let at = |n: usize| Some(article["title_spans"][0][n].as_u64()? as usize);
    let cut = |(start, end): (usize, usize)| {
        let text = article["text"].as_str()?;
        Some(text.chars().skip(start).take(end.checked_sub(start)?).collect::<String>())
    };
    at(0).zip(at(1)).and_then(cut).map_or_else(|| article["title"].clone(), Value::from)
}

/// The line of what was looked out for; `id` is the same whenever the same is told again.
fn matched(findings: &Findings, article: &Value, page: &Untold, name: &str, found: &Value) -> Value {
    let is_statement = found["kind"] == "statement";
    let mut line = json!({
        "kind": "match",
        "id": format!("{name}:{}@{}", found["id"].as_str().unwrap_or_default(), page.version),
        "watch": name,
        "article": page.id,
        "version": page.version,
        "url": article["url"],
        "outlet": article["outlet"],
        "published": article["published"]["value"],
        "story": page.story,
    });
    if is_statement {
        line["speaker_name"] = speaker(findings, found).into();
    }
    line[if is_statement { "statement" } else { "event" }] = found.clone();
    line
}
