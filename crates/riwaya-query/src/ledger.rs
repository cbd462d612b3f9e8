//! What was announced, and what became of it? Contacts that pages said were to come, with every announcement.

use crate::Table;
use crate::findings::{Findings, shown, texts};
use crate::ics::{Event, calendar};
use crate::quoting::{Quote, Quoting};
use riwaya::clitic;
use riwaya::language::Language;
use rustc_hash::{FxHashMap, FxHashSet};
use serde_json::{Value, json};

/// What became of an announced contact.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Outcome {
    /// A page reports it as happening or over.
    Happened,
    /// Its day is still to come, or none was named.
    Expected,
    /// The same, on another day than was announced first.
    Moved,
    /// It was called off.
    Cancelled,
    /// Somebody denies that it is planned.
    Denied,
    /// Its day has passed, and no page says that it happened.
    NothingHeard,
}

impl Outcome {
    /// The word of the contract.
    pub fn as_str(self) -> &'static str {
        match self {
            Outcome::Happened => "happened",
            Outcome::Expected => "expected",
            Outcome::Moved => "moved",
            Outcome::Cancelled => "cancelled",
            Outcome::Denied => "denied",
            Outcome::NothingHeard => "nothing_heard",
        }
    }
}

/// What one page says of it.
#[derive(Debug, Clone)]
pub struct Report<'f> {
    /// How far it has come there.
    pub status: &'f str,
    /// The day that the page names.
    pub when: Option<&'f str>,
    /// The day of that page.
    pub published: Option<&'f str>,
    /// Who says so; none where the page says it itself.
    pub by: Option<&'f str>,
    /// The sentence that says so.
    pub quote: Quote,
}

/// An announced contact.
#[derive(Debug, Clone)]
pub struct Entry<'f> {
    /// The line of the contact.
    pub event: &'f Value,
    /// Its day: the last one announced, or the one on which it happened.
    pub when: Option<&'f str>,
    /// What became of it.
    pub outcome: Outcome,
    /// The days announced one after another, where there are several.
    pub days: Vec<&'f str>,
    /// All that the pages say of it, by day of publication.
    pub reports: Vec<Report<'f>>,
    /// The first page's event, which names it however often its day moves.
    pub uid: &'f str,
}

/// Words by which pages say that something comes on another day.
pub struct MoveWords {
    languages: Vec<(Language, FxHashSet<String>)>,
}

impl MoveWords {
    /// Loads `move-words.txt` of every language.
    ///
    /// # Errors
    /// Where a built-in table cannot be read.
    pub fn load() -> Result<MoveWords, riwaya::Error> {
        let files = riwaya_langs::embedded();
        let load = |code: &String| {
            let language = Language::load(&files, code)?;
            let list = files.get(&format!("{code}/move-words.txt")).unwrap_or("");
            let lines = list.lines().map(str::trim).filter(|l| !l.is_empty() && !l.starts_with('#'));
            let words = lines.map(|w| language.fold(w)).collect();
            Ok((language, words))
        };
        Ok(MoveWords { languages: files.languages().iter().map(load).collect::<Result<_, riwaya::Error>>()? })
    }

    fn are_in(&self, text: &str) -> bool {
        let words = || text.split(|c: char| !c.is_alphanumeric() && !riwaya::text::is_mark(c));
        self.languages.iter().any(|(language, moves)| {
            words().filter(|w| !w.is_empty()).any(|word| {
                let key = language.fold(word);
                moves.contains(&key) || language.clitics && clitic::readings(&key).any(|r| moves.contains(&*r.stem))
            })
        })
    }
}

/// All announced contacts by day, those without a day last. `as_of` is the day from which they are looked at; without
/// one, the last day on which a page was published.
pub fn entries<'f>(
    findings: &'f Findings,
    quoting: &Quoting<'f>,
    moves: &MoveWords,
    as_of: Option<&'f str>,
) -> Vec<Entry<'f>> {
    let published = findings.kind("article").iter().filter_map(|a| a["published"]["value"].as_str());
    let as_of = as_of.or_else(|| published.max()).unwrap_or_default();
    let joined = findings.kind("event").iter().filter(|e| e.get("history").is_some());
    let mut of_kind: FxHashMap<(&str, Vec<&str>), Vec<Entry<'f>>> = FxHashMap::default();
    for event in joined {
        if let Some(entry) = entry(event, quoting, as_of) {
            let mut parties: Vec<&str> = texts(&event["participants"]).collect();
            parties.sort_unstable();
            of_kind.entry((event["type"].as_str().unwrap_or_default(), parties)).or_default().push(entry);
        }
    }
    let mut out: Vec<Entry<'f>> = Vec::new();
    for ((_, parties), entries) in of_kind {
        out.extend(if parties.len() > 1 { follow(entries, moves, as_of) } else { entries });
    }
    out.retain(|e| e.reports.iter().any(|r| is_announcement(r.status)));
    out.sort_by_key(|e| (!is_known(e.when), e.when, e.event["id"].as_str()));
    out
}

fn is_announcement(status: &str) -> bool {
    matches!(status, "planned" | "proposed")
}

fn entry<'f>(event: &'f Value, quoting: &Quoting<'f>, as_of: &str) -> Option<Entry<'f>> {
    let history = event["history"].as_array()?;
    let reports: Vec<Report<'f>> = history.iter().filter_map(|r| report(r, quoting)).collect();
    let when = event["when"]["value"].as_str();
    let outcome = outcome(event["status"].as_str().unwrap_or_default(), when, as_of);
    let days = when.into_iter().filter(|w| is_known(Some(w))).collect();
    Some(Entry { event, when, outcome, days, reports, uid: event["events"][0].as_str()? })
}

fn report<'f>(line: &'f Value, quoting: &Quoting<'f>) -> Option<Report<'f>> {
    let article = line["article"].as_str()?;
    Some(Report {
        status: line["status"].as_str()?,
        when: line["when"].as_str(),
        published: line["published"].as_str(),
        by: line["by"].as_str(),
        quote: quoting.sentence(article, line).or_else(|| Quote::of(article, line))?,
    })
}

fn outcome(status: &str, when: Option<&str>, as_of: &str) -> Outcome {
    match status {
        "happened" | "ongoing" => Outcome::Happened,
        "cancelled" => Outcome::Cancelled,
        "denied" => Outcome::Denied,
        _ if when.is_some_and(|w| has_passed(w, as_of)) => Outcome::NothingHeard,
        _ => Outcome::Expected,
    }
}

/// Is this a day, month or year and not `FUTURE_REF`?
fn is_known(when: Option<&str>) -> bool {
    when.is_some_and(|w| w.as_bytes().first().is_some_and(u8::is_ascii_digit))
}

/// Is `when`, as exact as it is, before the day `as_of`? A week counts as its year.
fn has_passed(when: &str, as_of: &str) -> bool {
    let exact = match when.get(4..6) {
        Some("-W") | Some("-Q") => 4,
        _ => when.len().min(10),
    };
    let n = exact.min(as_of.len());
    is_known(Some(when)) && when.as_bytes()[..n] < as_of.as_bytes()[..n]
}

/// Joins what was announced for one day and then for another: both are to be between the same parties, and a page says
/// that it moved.
fn follow<'f>(mut entries: Vec<Entry<'f>>, moves: &MoveWords, as_of: &str) -> Vec<Entry<'f>> {
    entries.sort_by_key(|e| (e.reports.first().and_then(|r| r.published), e.when));
    let mut out: Vec<Entry<'f>> = Vec::new();
    for later in entries {
        let says = |e: &Entry<'_>| e.reports.iter().any(|r| moves.are_in(&r.quote.text));
        let is_former = |e: &Entry<'_>| {
            let open = !matches!(e.outcome, Outcome::Happened);
            open && is_known(e.when) && is_known(later.when) && e.when != later.when && (says(&later) || says(e))
        };
        match out.iter().rposition(is_former) {
            Some(n) => {
                let former = out.remove(n);
                out.push(joined(former, later, as_of));
            }
            None => out.push(later),
        }
    }
    out
}

fn joined<'f>(former: Entry<'f>, later: Entry<'f>, as_of: &str) -> Entry<'f> {
    let passed = later.when.is_some_and(|w| has_passed(w, as_of));
    let outcome = match later.outcome {
        Outcome::Expected if !passed => Outcome::Moved,
        other => other,
    };
    let days = former.days.into_iter().chain(later.days).collect();
    let mut reports: Vec<Report<'f>> = former.reports.into_iter().chain(later.reports).collect();
    reports.sort_by_key(|r| (r.published.is_none(), r.published));
    Entry { outcome, days, reports, uid: former.uid, ..later }
}

/// The calendar of these entries, and how many of them have no day and are not in it.
pub fn ics(findings: &Findings, entries: &[Entry<'_>]) -> (String, usize) {
    let events: Vec<Event> = entries.iter().map(|e| event(findings, e)).collect();
    calendar(&events)
}

fn event(findings: &Findings, entry: &Entry<'_>) -> Event {
    let line = entry.event;
    let latest = entry.reports.iter().filter_map(|r| r.published).max();
    let statuses = entry.reports.windows(2).filter(|r| r[0].status != r[1].status || r[0].when != r[1].when).count();
    let proposed = entry.reports.last().is_some_and(|r| r.status == "proposed");
    let told = |r: &Report<'_>| {
        let by = r.by.map_or(String::new(), |by| format!(", {}", findings.name(by)));
        format!("{} {}{by}: «{}» ({})", r.published.unwrap_or("undated"), r.status, r.quote.text, r.quote.place())
    };
    let article = entry.reports.first().and_then(|r| findings.article(&r.quote.article));
    Event {
        uid: format!("{}@riwaya", entry.uid),
        stamp: latest.unwrap_or_default().to_owned(),
        when: entry.when.unwrap_or_default().to_owned(),
        sequence: statuses,
        status: match entry.outcome {
            Outcome::Cancelled | Outcome::Denied => "CANCELLED",
            Outcome::Expected | Outcome::Moved | Outcome::NothingHeard if proposed => "TENTATIVE",
            _ => "CONFIRMED",
        },
        summary: format!("{}: {}", shown(&line["type"]).replace('_', " "), findings.names(&line["participants"])),
        description: entry.reports.iter().map(told).collect::<Vec<_>>().join("\n"),
        location: line["where"].as_str().map(|w| findings.name(w).to_owned()),
        url: article.and_then(|a| a["url"].as_str()).map(str::to_owned),
    }
}

/// An entry as a line of the contract.
pub fn line(entry: &Entry<'_>) -> Value {
    let report = |r: &Report<'_>| {
        json!({
            "status": r.status,
            "when": r.when,
            "published": r.published,
            "by": r.by,
            "article": r.quote.article,
            "start": r.quote.start,
            "end": r.quote.end,
            "text": r.quote.text,
        })
    };
    json!({
        "kind": "announced",
        "event": entry.event["id"],
        "type": entry.event["type"],
        "participants": entry.event["participants"],
        "where": entry.event["where"],
        "when": entry.when,
        "days": entry.days,
        "outcome": entry.outcome.as_str(),
        "story": entry.event["story"],
        "reports": entry.reports.iter().map(report).collect::<Vec<_>>(),
    })
}

/// Lines of the ledger, one a row.
pub fn table(findings: &Findings, lines: &[&Value]) -> Table {
    let mut table = Table::new(&["when", "outcome", "contact", "parties", "pages", "days", "event", "words"]);
    for line in lines {
        let reports = line["reports"].as_array().map_or(&[][..], Vec::as_slice);
        table.row(vec![
            shown(&line["when"]),
            shown(&line["outcome"]).replace('_', " "),
            shown(&line["type"]).replace('_', " "),
            findings.names(&line["participants"]),
            reports.len().to_string(),
            texts(&line["days"]).collect::<Vec<_>>().join(" → "),
            shown(&line["event"]),
            reports.last().map_or(String::new(), |r| shown(&r["text"])),
        ]);
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_has_passed_as_far_as_it_is_known() {
        assert!(has_passed("2026-03-10", "2026-03-11"));
        assert!(!has_passed("2026-03-11T14:00Z", "2026-03-11"));
        assert!(has_passed("2026-02", "2026-03-01"));
        assert!(!has_passed("2026-03", "2026-03-30"));
        assert!(!has_passed("FUTURE_REF", "2026-03-30"));
        assert!(!has_passed("2026-W10", "2026-12-30"), "a week counts as its year");
    }
}
