//! What was found, as lines of the contract: the one form that all commands work on, whether the lines come from a
//! record or straight from pages.

use crate::Error;
use crate::account::{self, Account, Reader};
use riwaya::Packs;
use riwaya_input::Page;
use riwaya_store::Record;
use rustc_hash::FxHashMap;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// Lines by their kind, in the order of the contract.
#[derive(Debug, Default)]
pub struct Findings {
    kinds: BTreeMap<String, Vec<Value>>,
    entities: FxHashMap<String, usize>,
    articles: FxHashMap<String, usize>,
    languages: BTreeMap<String, usize>,
    /// How many lines there are of kinds whose lines are not held.
    counts: BTreeMap<String, usize>,
    /// The record holds pages that were not read, so all were read for this.
    pub read_now: bool,
    /// The language that names are shown in, where they have one in it; else the language of most pages.
    pub names_in: Option<String>,
}

/// What a summary needs of each kind of line that quotes nothing.
const IN_SHORT: [(&str, &[&str]); 5] = [
    ("article", &["kind", "id", "lang", "outlet", "title", "published"]),
    ("entity", &["kind", "id", "name", "forms"]),
    ("statement", &["kind", "article", "speaker"]),
    ("event", &["kind", "id", "story", "type", "when", "participants", "initiator", "status"]),
    ("story", &["kind", "id", "articles", "title", "from", "to", "outlets", "origins"]),
];

impl Findings {
    /// The lines of `kinds` (of all, where there are none) in the record at `path`. Pages that were stored by a run that
    /// was interrupted are read now, in memory.
    ///
    /// # Errors
    /// Where the record cannot be opened or read.
    pub fn of_record(path: &Path, kinds: &[&str]) -> Result<Findings, Error> {
        let record = Record::open(path)?;
        if record.is_unread()? {
            let reader = Reader::usual()?;
            let account = account::of_record(&record, &reader.packs, &|_| ())?;
            return Ok(Findings { read_now: true, ..Findings::of_account(&account, &reader.packs, kinds) });
        }
        let mut findings = Findings::default();
        record.lines(kinds, &mut |line| findings.put(line))?;
        Ok(findings)
    }

    /// What a summary of the record at `path` needs: all lines of a large one take many times the room of its pages.
    ///
    /// # Errors
    /// Where the record cannot be opened or read.
    pub fn in_short(path: &Path) -> Result<Findings, Error> {
        let record = Record::open(path)?;
        if record.is_unread()? {
            drop(record);
            return Findings::of_record(path, &[]);
        }
        let mut findings = Findings::default();
        record.bare_lines(&IN_SHORT.map(|(kind, _)| kind), &mut |line| findings.put_short(line))?;
        record.lines(&["point", "flag"], &mut |line| findings.put(line))?;
        findings.counts.insert("time".to_owned(), record.count("time")?);
        Ok(findings)
    }

    /// What a summary of `account` needs.
    pub fn of_account_in_short(account: &Account, packs: &Packs) -> Findings {
        let mut findings = Findings::default();
        for line in account.lines(packs).filter_map(|l| serde_json::from_str::<Value>(&l).ok()) {
            match line["kind"].as_str() {
                Some("point" | "flag") => findings.put(line),
                Some("time") => *findings.counts.entry("time".to_owned()).or_default() += 1,
                _ => findings.put_short(line),
            }
        }
        findings
    }

    /// Keeps of a line what a summary needs, of some nothing.
    fn put_short(&mut self, line: Value) {
        let Some((_, kept)) = IN_SHORT.iter().find(|(kind, _)| line["kind"] == *kind) else { return };
        if let Value::Object(mut line) = line {
            line.retain(|key, _| kept.contains(&key.as_str()));
            self.put(Value::Object(line));
        }
    }

    /// The lines of `kinds` (of all, where there are none) in `account`.
    pub fn of_account(account: &Account, packs: &Packs, kinds: &[&str]) -> Findings {
        let mut findings = Findings::default();
        for line in account.lines(packs).filter_map(|l| serde_json::from_str::<Value>(&l).ok()) {
            if kinds.is_empty() || kinds.iter().any(|k| line["kind"] == *k) {
                findings.put(line);
            }
        }
        findings
    }

    /// The line whose id is `id` and all lines of the page `id`, with all entities for their names.
    ///
    /// # Errors
    /// Where the record cannot be opened or read.
    pub fn about(path: &Path, id: &str) -> Result<Findings, Error> {
        let record = Record::open(path)?;
        if record.is_unread()? {
            drop(record);
            return Findings::of_record(path, &[]);
        }
        let mut findings = Findings::default();
        record.lines_about(id, &mut |line| findings.put(line))?;
        record.lines(&["entity"], &mut |line| findings.put(line))?;
        Ok(findings)
    }

    /// The lines of the page `id`, with the entities that speak, are spoken to or take part there.
    ///
    /// # Errors
    /// Where the record cannot be read.
    pub fn of_page(record: &Record, id: &str) -> Result<Findings, riwaya_store::Error> {
        let mut findings = Findings::default();
        record.lines_about(id, &mut |line| findings.put(line))?;
        let statements = findings.kind("statement").iter();
        let named = statements.flat_map(|s| [&s["speaker"], &s["addressee"]]).filter_map(Value::as_str);
        let parties = findings.kind("event").iter().flat_map(|e| texts(&e["participants"]));
        let ids: BTreeSet<String> = named.chain(parties).map(str::to_owned).collect();
        for id in ids {
            record.entity(&id)?.into_iter().for_each(|line| findings.put(line));
        }
        Ok(findings)
    }

    /// Calls `each` with every line of `kinds` in the record at `path`; no more than one of them is held at a time.
    ///
    /// # Errors
    /// Where the record cannot be opened or read.
    pub fn each(path: &Path, kinds: &[&str], each: &mut dyn FnMut(&Value)) -> Result<(), Error> {
        let record = Record::open(path)?;
        if record.is_unread()? {
            drop(record);
            Findings::of_record(path, kinds)?.all().for_each(each);
            return Ok(());
        }
        record.lines(kinds, &mut |line| each(&line))?;
        Ok(())
    }

    /// These lines.
    pub fn of_lines(lines: impl IntoIterator<Item = Value>) -> Findings {
        let mut findings = Findings::default();
        lines.into_iter().for_each(|line| findings.put(line));
        findings
    }

    /// No lines yet, to be shown in the languages of the pages of `record`.
    ///
    /// # Errors
    /// Where the record cannot be read.
    pub fn in_languages_of(record: &Record) -> Result<Findings, riwaya_store::Error> {
        let languages = record.languages()?.into_iter().filter_map(|(lang, pages)| Some((lang?, pages)));
        Ok(Findings { languages: languages.collect(), ..Findings::default() })
    }

    /// These lines, with the articles and entities that they speak of; of the pages that a story holds, only those that
    /// other lines speak of, and of entities their names. This is what a view needs that shows a part of a large record.
    ///
    /// # Errors
    /// Where the record cannot be read.
    pub fn around(record: &Record, lines: Vec<Value>) -> Result<Findings, riwaya_store::Error> {
        let mut ids: BTreeSet<String> = BTreeSet::new();
        lines.iter().filter(|l| l["kind"] != "article").for_each(|line| spoken_of(line, &mut ids));
        let held: BTreeSet<String> = lines.iter().filter_map(|l| l["id"].as_str().map(str::to_owned)).collect();
        let ids: Vec<&str> = ids.difference(&held).map(String::as_str).collect();
        let mut findings = Findings::default();
        record.in_short(&ids)?.into_iter().for_each(|line| findings.put(line));
        lines.into_iter().for_each(|line| findings.put(line));
        Ok(findings)
    }

    /// Adds a line.
    pub fn put(&mut self, line: Value) {
        let Some(kind) = line["kind"].as_str().map(str::to_owned) else { return };
        let lines = self.kinds.entry(kind).or_default();
        if line["kind"] == "article"
            && let Some(lang) = line["lang"].as_str()
        {
            *self.languages.entry(lang.to_owned()).or_default() += 1;
        }
        if let Some(id) = line["id"].as_str() {
            match line["kind"].as_str() {
                Some("entity") => drop(self.entities.insert(id.to_owned(), lines.len())),
                Some("article") => drop(self.articles.insert(id.to_owned(), lines.len())),
                _ => {}
            }
        }
        lines.push(line);
    }

    /// All lines: those of each kind together.
    pub fn all(&self) -> impl Iterator<Item = &Value> {
        self.kinds.values().flatten()
    }

    /// All lines of a kind.
    pub fn kind(&self, kind: &str) -> &[Value] {
        self.kinds.get(kind).map_or(&[], Vec::as_slice)
    }

    /// How many lines of a kind there are.
    pub fn count(&self, kind: &str) -> usize {
        self.counts.get(kind).copied().unwrap_or_else(|| self.kind(kind).len())
    }

    /// The article with this id.
    pub fn article(&self, id: &str) -> Option<&Value> {
        self.kind("article").get(*self.articles.get(id)?)
    }

    /// Which article this is, in the order of the record, from 0.
    pub fn article_number(&self, id: &str) -> Option<usize> {
        self.articles.get(id).copied()
    }

    /// The entity with this id.
    pub fn entity(&self, id: &str) -> Option<&Value> {
        self.kind("entity").get(*self.entities.get(id)?)
    }

    /// What to call an entity: its name, else its first form, else its id.
    pub fn name<'v>(&'v self, id: &'v str) -> &'v str {
        let Some(entity) = self.entity(id) else { return id };
        self.in_language(&entity["name"]).or_else(|| entity["forms"][0].as_str()).unwrap_or(id)
    }

    /// Of names by language, the one in the language of most pages, else the English one, else any.
    pub fn in_language<'v>(&self, names: &'v Value) -> Option<&'v str> {
        let names = names.as_object()?;
        let most = self.languages.iter().max_by_key(|(_, n)| **n).map(|(lang, _)| lang.as_str());
        let chosen = self.names_in.as_deref().filter(|lang| names.contains_key(*lang));
        chosen
            .or(most)
            .and_then(|lang| names.get(lang))
            .or_else(|| names.get("en"))
            .or_else(|| names.values().next())?
            .as_str()
    }

    /// The title of a story: a headline as it stands on a page, else one of the metadata.
    pub fn title<'v>(&'v self, story: &'v Value) -> Option<&'v str> {
        let of_page = |id| self.article(id).and_then(|a| a["title"].as_str());
        story["title"].as_str().or_else(|| texts(&story["articles"]).find_map(of_page))
    }

    /// The names of several entities, joined.
    pub fn names(&self, ids: &Value) -> String {
        texts(ids).map(|id| self.name(id)).collect::<Vec<_>>().join(", ")
    }
}

/// The ids of articles and entities that stand in a line.
fn spoken_of(line: &Value, ids: &mut BTreeSet<String>) {
    const NAMED: [&str; 13] = [
        "article",
        "articles",
        "of",
        "speaker",
        "addressee",
        "participants",
        "where",
        "initiator",
        "chain",
        "entity",
        "side",
        "by",
        "who",
    ];
    match line {
        Value::Object(map) => {
            for (key, value) in map {
                let is_list_of_story = key == "articles" && map.get("kind").is_some_and(|k| k == "story");
                if NAMED.contains(&key.as_str()) && !is_list_of_story {
                    ids.extend(value.as_str().map(str::to_owned));
                    ids.extend(texts(value).map(str::to_owned));
                }
                spoken_of(value, ids);
            }
        }
        Value::Array(values) => values.iter().for_each(|value| spoken_of(value, ids)),
        _ => {}
    }
}

/// The pages of a record, to be read again.
///
/// # Errors
/// Where the record cannot be read.
pub fn stored(record: &Record) -> Result<Vec<Page>, riwaya_store::Error> {
    Ok(record.pages()?.into_iter().map(page).collect())
}

/// A page of a record.
pub fn page(stored: riwaya_store::Page) -> Page {
    Page { source: stored.source, text: stored.text, raw: None }
}

/// A position or a count.
pub fn number(value: &Value) -> Option<usize> {
    value.as_u64().and_then(|n| usize::try_from(n).ok())
}

/// The strings of an array.
pub fn texts(array: &Value) -> impl Iterator<Item = &str> {
    array.as_array().map_or(&[][..], Vec::as_slice).iter().filter_map(Value::as_str)
}

/// The words of a span, or of several pieces.
pub fn words(span: &Value) -> String {
    match span {
        Value::Array(pieces) => pieces.iter().map(words).collect::<Vec<_>>().join(" … "),
        _ => span["text"].as_str().unwrap_or_default().to_owned(),
    }
}

/// A field as shown: empty where it is unknown.
pub fn shown(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}
