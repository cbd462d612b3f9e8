//! Lines of the contract as rows of a page, ready to be shown: names, addresses, words with their language.

use crate::asked::Asked;
use riwaya_query::findings::{Findings, number, shown, texts, words};
use riwaya_query::lists;
use riwaya_query::one_line;
use riwaya_query::quoting::{Cited, Quote};
use serde_json::Value;

/// Words of a page with the way they came.
pub struct Said {
    /// Exactly as on the page.
    pub words: String,
    /// Their language, empty where it is unknown.
    pub lang: String,
    /// Through whom they came, the outlet first.
    pub chain: Vec<String>,
    /// The day of the page.
    pub day: String,
    /// Page and position.
    pub place: String,
    /// The passage on its page.
    pub href: String,
    /// Are they denied by whom they are quoted from?
    pub negative: bool,
}

impl Said {
    /// `quote` as it came through `chain`, or its page's outlet alone; `by` says it.
    pub fn new(f: &Findings, asked: &Asked, quote: &Quote, chain: Option<&Value>, by: Option<&str>) -> Said {
        let article = f.article(&quote.article);
        let field = |name: &str| article.map(|a| shown(&a[name])).unwrap_or_default();
        let mut links: Vec<String> = match chain.and_then(Value::as_array) {
            Some(links) => links.iter().map(|l| link_name(f, l)).collect(),
            None => vec![article.and_then(|a| a["outlet"].as_str()).unwrap_or(&quote.article).to_owned()],
        };
        links.extend(by.map(|by| f.name(by).to_owned()));
        Said {
            words: quote.text.clone(),
            lang: field("lang"),
            chain: links,
            day: article.map(|a| shown(&a["published"]["value"])).unwrap_or_default(),
            place: quote.place(),
            href: passage(asked, &quote.article, quote.start, quote.end),
            negative: false,
        }
    }

    /// The words of a cell of a comparison.
    pub fn of_cell(f: &Findings, asked: &Asked, cell: &Value) -> Vec<Said> {
        let article = cell["article"].as_str().unwrap_or_default();
        let pieces = cell["words"].as_array().map_or(&[][..], Vec::as_slice);
        let negative = cell["polarity"] == "negative";
        let quotes = pieces.iter().filter_map(|piece| Quote::of(article, piece));
        quotes.map(|q| Said { negative, ..Said::new(f, asked, &q, Some(&cell["chain"]), None) }).collect()
    }

    /// Words that were cited for a comparison.
    pub fn of_cited(f: &Findings, asked: &Asked, cited: &Cited) -> Said {
        Said { chain: vec![cited.from.clone()], day: String::new(), ..Said::new(f, asked, &cited.quote, None, None) }
    }
}

/// The name of a link of a chain: of a comparison an object, of a statement an id or a name.
fn link_name(f: &Findings, link: &Value) -> String {
    match link.as_str() {
        Some(id) => f.name(id).to_owned(),
        None => shown(&link["name"]),
    }
}

/// The address of a passage on its page.
pub fn passage(asked: &Asked, article: &str, start: usize, end: usize) -> String {
    format!("{}#lit", asked.link_with("page", article, "at", &format!("{start}-{end}")))
}

/// A person or body with its address.
pub struct Party {
    /// The name.
    pub name: String,
    /// The address.
    pub href: String,
}

/// Those that a field names.
pub fn parties(f: &Findings, asked: &Asked, ids: &Value) -> Vec<Party> {
    let party = |id: &str| Party { name: f.name(id).to_owned(), href: asked.link("person", id) };
    texts(ids).map(party).collect()
}

/// A story.
pub struct StoryRow {
    /// Its id.
    pub id: String,
    /// Its address.
    pub href: String,
    /// Its headline.
    pub title: String,
    /// The language of that.
    pub lang: String,
    /// From which day to which.
    pub span: String,
    /// Number of pages.
    pub articles: usize,
    /// Number of outlets.
    pub outlets: String,
    /// At most so many independent origins.
    pub origins: String,
}

impl StoryRow {
    /// A story, of which `f` holds the first article.
    pub fn new(f: &Findings, asked: &Asked, story: &Value) -> StoryRow {
        let id = shown(&story["id"]);
        let first = texts(&story["articles"]).find_map(|a| f.article(a));
        let (from, to) = (shown(&story["from"]), shown(&story["to"]));
        let span = match (from.is_empty(), from == to) {
            (true, _) => asked.interface.t("undated").to_owned(),
            (_, true) => from,
            _ => format!("{from} – {to}"),
        };
        StoryRow {
            href: asked.link("story", &id),
            title: f.title(story).map_or_else(|| id.clone(), one_line),
            lang: first.map(|a| shown(&a["lang"])).unwrap_or_default(),
            span,
            articles: texts(&story["articles"]).count(),
            outlets: shown(&story["outlets"]),
            origins: shown(&story["origins"]),
            id,
        }
    }
}

/// A statement.
pub struct StatementRow {
    /// Who says it.
    pub speaker: String,
    /// Their address, where they are known.
    pub speaker_href: Option<String>,
    /// To whom.
    pub addressee: String,
    /// The act, a word of the contract.
    pub act: String,
    /// `positive` or `negative`.
    pub polarity: String,
    /// The words.
    pub said: Said,
    /// The address of its trace.
    pub trace: String,
    /// The rule that found it.
    pub rule: String,
}

impl StatementRow {
    /// A statement of a page that `f` holds.
    pub fn new(f: &Findings, asked: &Asked, statement: &Value) -> StatementRow {
        let article = statement["article"].as_str().unwrap_or_default();
        let pieces = statement["content"].as_array().map_or(&[][..], Vec::as_slice);
        let at = |piece: Option<&Value>, key: &str| piece.and_then(|p| number(&p[key])).unwrap_or_default();
        let quote = Quote {
            article: article.to_owned(),
            start: at(pieces.first(), "start"),
            end: at(pieces.last(), "end"),
            text: words(&statement["content"]),
        };
        StatementRow {
            speaker: one_line(&lists::speaker(f, statement)),
            speaker_href: statement["speaker"].as_str().map(|id| asked.link("person", id)),
            addressee: statement["addressee"].as_str().map(|id| f.name(id).to_owned()).unwrap_or_default(),
            act: shown(&statement["act"]),
            polarity: shown(&statement["polarity"]),
            said: Said::new(f, asked, &quote, Some(&statement["chain"]), None),
            trace: asked.link("trace", statement["id"].as_str().unwrap_or_default()),
            rule: shown(&statement["because"]["rule"]),
        }
    }
}

/// A reported or announced contact.
pub struct ContactRow {
    /// Its id.
    pub id: String,
    /// Its comparison or story.
    pub href: Option<String>,
    /// A word of the contract.
    pub kind: String,
    /// Its day.
    pub when: String,
    /// Its status or outcome, a word of the contract.
    pub status: String,
    /// The same as shown.
    pub label: String,
    /// Who takes part.
    pub parties: Vec<Party>,
    /// Where.
    pub place: String,
    /// What pages say of it.
    pub quotes: Vec<Said>,
    /// How many more do.
    pub more: usize,
}

/// So many pages are quoted for a contact.
const QUOTED: usize = 3;

impl ContactRow {
    /// A contact of a story; `sentence` gives the sentence around a span.
    pub fn new(f: &Findings, asked: &Asked, event: &Value, sentence: &dyn Fn(&str, &Value) -> Option<Quote>) -> Self {
        let history = event["history"].as_array().map_or(&[][..], Vec::as_slice);
        let quoted = |r: &Value| {
            let quote = sentence(r["article"].as_str()?, r)?;
            Some(Said::new(f, asked, &quote, None, r["by"].as_str()))
        };
        let mut seen: Vec<String> = Vec::new();
        let mut quotes: Vec<Said> = history.iter().filter_map(quoted).collect();
        quotes.retain(|said| {
            let is_new = !seen.contains(&said.place);
            seen.push(said.place.clone());
            is_new
        });
        let more = quotes.len().saturating_sub(QUOTED);
        quotes.truncate(QUOTED);
        let status = shown(&event["status"]);
        ContactRow {
            id: shown(&event["id"]),
            href: None,
            kind: shown(&event["type"]),
            when: day(asked, event["when"]["value"].as_str()),
            label: asked.interface.word(&status),
            status,
            parties: parties(f, asked, &event["participants"]),
            place: event["where"].as_str().map(|w| f.name(w).to_owned()).unwrap_or_default(),
            quotes,
            more,
        }
    }

    /// An entry of the ledger, as its line.
    pub fn of_announced(f: &Findings, asked: &Asked, line: &Value) -> ContactRow {
        let reports = line["reports"].as_array().map_or(&[][..], Vec::as_slice);
        let quoted = |r: &Value| {
            let quote = Quote::of(r["article"].as_str()?, r)?;
            Some(Said::new(f, asked, &quote, None, r["by"].as_str()))
        };
        let outcome = shown(&line["outcome"]);
        let days: Vec<&str> = texts(&line["days"]).collect();
        ContactRow {
            id: shown(&line["event"]),
            href: line["story"].as_str().map(|story| asked.link("story", story)),
            kind: shown(&line["type"]),
            when: if days.is_empty() { day(asked, line["when"].as_str()) } else { days.join(" → ") },
            label: outcome_name(asked, &outcome),
            status: outcome,
            parties: parties(f, asked, &line["participants"]),
            place: line["where"].as_str().map(|w| f.name(w).to_owned()).unwrap_or_default(),
            quotes: reports.iter().take(QUOTED).filter_map(quoted).collect(),
            more: reports.len().saturating_sub(QUOTED),
        }
    }
}

/// What became of an announced contact, in the reader's language.
pub fn outcome_name(asked: &Asked, outcome: &str) -> String {
    asked.interface.word(if outcome == "expected" { "expected-state" } else { outcome })
}

/// A day as a reader sees it.
pub fn day(asked: &Asked, when: Option<&str>) -> String {
    match when {
        Some(day) if day.starts_with(|c: char| c.is_ascii_digit()) => day.to_owned(),
        _ => asked.interface.t("undated").to_owned(),
    }
}

/// What does not fit.
pub struct FlagRow {
    /// A word of the contract.
    pub what: String,
    /// `note` or `warning`.
    pub severity: String,
    /// Why.
    pub explain: Told,
    /// The words that do not fit.
    pub quotes: Vec<Said>,
}

impl FlagRow {
    /// A flag, of whose pages `f` holds the articles.
    pub fn new(f: &Findings, asked: &Asked, flag: &Value) -> FlagRow {
        let evidence = flag["evidence"].as_array().map_or(&[][..], Vec::as_slice);
        let said = |span: &Value| {
            let quote = Quote::of(span["article"].as_str()?, span)?;
            Some(Said::new(f, asked, &quote, None, None))
        };
        FlagRow {
            what: shown(&flag["what"]),
            severity: shown(&flag["severity"]),
            explain: told(&shown(&flag["explain"])),
            quotes: evidence.iter().filter_map(said).collect(),
        }
    }
}

/// A sentence of the program in pieces; those that quote a page are to be set apart.
pub type Told = Vec<(String, bool)>;

/// `text` cut before each « and behind each »: the words between run in the direction of their own language.
pub fn told(text: &str) -> Told {
    let mut out = Told::new();
    let mut rest = text;
    while let Some(at) = rest.find('«') {
        let (before, quoted) = rest.split_at(at);
        let end = quoted.find('»').map_or(quoted.len(), |at| at + '»'.len_utf8());
        out.push((before.to_owned(), false));
        out.push((quoted[..end].to_owned(), true));
        rest = &quoted[end..];
    }
    out.push((rest.to_owned(), false));
    out.retain(|(piece, _)| !piece.is_empty());
    out
}

/// One way to narrow a view down.
pub struct Filter {
    /// The value, which is also its class.
    pub relation: String,
    /// As shown.
    pub label: String,
    /// How many rows it leaves.
    pub count: usize,
    /// The view narrowed down, or wide again where it is chosen.
    pub href: String,
    /// Is it chosen?
    pub chosen: bool,
}

/// Ways to narrow a view down by `key`, from the values of all its rows.
pub fn filters(asked: &Asked, key: &str, values: &[String], label: &dyn Fn(&str) -> String) -> Vec<Filter> {
    let mut counted: Vec<(&str, usize)> = Vec::new();
    for value in values {
        match counted.iter_mut().find(|(known, _)| known == value) {
            Some((_, n)) => *n += 1,
            None => counted.push((value, 1)),
        }
    }
    counted.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(b.0)));
    let chosen = asked.get(key);
    let filter = |(value, count): (&str, usize)| {
        let is_chosen = chosen == Some(value);
        let href = asked.with(key, if is_chosen { "" } else { value });
        Filter { relation: value.to_owned(), label: label(value), count, href, chosen: is_chosen }
    };
    counted.into_iter().map(filter).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_sentence_quotes_is_set_apart() {
        let piece = |text: &str, quoted| (text.to_owned(), quoted);
        assert_eq!(
            told("«أمس الأربعاء»: a Tuesday, «x"),
            [piece("«أمس الأربعاء»", true), piece(": a Tuesday, ", false), piece("«x", true)]
        );
        assert_eq!(told("nothing"), [piece("nothing", false)]);
        assert!(told("").is_empty());
    }
}
