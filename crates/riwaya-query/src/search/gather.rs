//! What a search works with: a pattern as each language writes it, and what the index finds for it.

use super::pattern::{Part, Pattern, Wanted};
use super::propose::{self, Proposal};
use super::shelf::{SaidFilter, Shelf};
use super::{Asked, Searchable, searchable};
use crate::Error;
use crate::account::Reader;
use crate::filter::Fold;
use riwaya::language::Language;
use riwaya_store::Record;
use riwaya_store::search::Words;
use std::rc::Rc;

/// A question, its pattern understood.
pub(super) struct Question<'r> {
    held: Searchable<'r>,
    reader: &'r Reader,
    pub(super) asked: &'r Asked,
    pub(super) fold: &'static Fold,
    pub(super) filter: SaidFilter,
    pub(super) spelled: Spelled<'r>,
    pattern: Option<Pattern>,
}

/// A pattern as each language writes it.
pub(super) struct Spelled<'r> {
    groups: Vec<Group<'r>>,
    plain: Language,
}

/// Languages that write a pattern alike; the last group is that of pages in no language that is read.
struct Group<'p> {
    languages: Vec<&'p Language>,
    parts: Vec<Part<Wanted>>,
    proposal: Proposal,
}

impl Spelled<'_> {
    fn group_number(&self, lang: Option<&str>) -> Option<usize> {
        let reads = |group: &Group<'_>| group.languages.iter().any(|language| Some(language.code.as_str()) == lang);
        self.groups.iter().position(reads).or(self.groups.len().checked_sub(1))
    }

    /// What of the pattern is asked of pages in `lang`, and how their words are folded.
    pub(super) fn parts(&self, lang: Option<&str>) -> (&[Part<Wanted>], &Language) {
        let Some(group) = self.group_number(lang).map(|n| &self.groups[n]) else { return (&[], &self.plain) };
        let language = group.languages.iter().find(|language| Some(language.code.as_str()) == lang);
        (&group.parts, language.unwrap_or(&&self.plain))
    }
}

/// What the index finds for each group; none where everything has to be looked through.
pub(super) struct Found {
    of_group: Vec<Option<Rc<Vec<i64>>>>,
}

impl Found {
    /// What it finds for any group, in order.
    pub(super) fn rows(&self) -> Option<Vec<i64>> {
        let mut all: Vec<i64> = Vec::new();
        for rows in &self.of_group {
            all.extend(rows.as_ref()?.iter());
        }
        all.sort_unstable();
        all.dedup();
        Some(all)
    }
}

impl<'r> Question<'r> {
    pub(super) fn of(record: &'r Record, reader: &'r Reader, asked: &'r Asked) -> Result<Question<'r>, Error> {
        let pattern = asked.words.as_deref().map(Pattern::parse).transpose()?;
        let held = searchable(record, reader)?;
        let fold = Fold::shared()?;
        let filter = SaidFilter::of(held.record(), asked, fold)?;
        let groups = match &pattern {
            Some(pattern) => groups(held.record(), reader, pattern)?,
            None => Vec::new(),
        };
        let spelled = Spelled { groups, plain: Language::default() };
        Ok(Question { held, reader, asked, fold, filter, spelled, pattern })
    }

    pub(super) fn record(&self) -> &Record {
        self.held.record()
    }

    /// What is to be told of the record itself.
    pub(super) fn note(&self) -> Option<String> {
        self.held.note().map(str::to_owned)
    }

    pub(super) fn has_words(&self) -> bool {
        self.pattern.is_some()
    }

    /// Is the pattern one part, which stands on one stretch of a page?
    pub(super) fn is_one_part(&self) -> bool {
        self.spelled.groups.iter().all(|group| group.parts.len() <= 1)
    }

    /// Does the index tell for certain?
    pub(super) fn is_exact(&self) -> bool {
        self.spelled.groups.iter().all(|group| group.proposal.exact)
    }

    /// Asks the index of `words`.
    pub(super) fn found(&self, words: Words) -> Result<Found, Error> {
        found(self.record(), &self.spelled.groups, words)
    }

    /// Is page or statement `number`, on a page in `lang`, among what was found?
    pub(super) fn holds(&self, found: &Found, lang: Option<&str>, number: i64) -> bool {
        let Some(n) = self.spelled.group_number(lang) else { return true };
        found.of_group[n].as_ref().is_none_or(|rows| rows.binary_search(&number).is_ok())
    }

    /// How many places there are on the pages of `shelf` at most, and whether there are exactly so many.
    pub(super) fn places(&self, found: &Found, shelf: &Shelf) -> (usize, bool) {
        let mut pages = vec![0usize; self.spelled.groups.len()];
        for row in shelf.rows() {
            if let Some(n) = self.spelled.group_number(shelf.names.name(row.lang)) {
                pages[n] += 1;
            }
        }
        let own: Vec<usize> = (0..pages.len()).filter(|n| pages[*n] > 0).collect();
        let places: Option<usize> = own.iter().map(|n| self.spelled.groups[*n].proposal.places).sum();
        // The index counts a word on all pages: these have to be all, and of one way to write it.
        let all = |n: usize| found.of_group[n].as_ref().is_some_and(|rows| rows.len() == pages[n]);
        let exact = match own[..] {
            [] => true,
            [n] => {
                self.spelled.groups[n].proposal.is_word
                    && self.is_exact()
                    && all(n)
                    && !self.asked.is_about_statements()
            }
            _ => false,
        };
        (places.unwrap_or(shelf.rows().len()), exact)
    }

    /// Why nothing was found. `found`: what the index proposes, whatever the filters say.
    pub(super) fn why_nothing(&self, found: Option<&Found>, words: Words) -> Result<String, Error> {
        let what = if words == Words::Said { "statement" } else { "page" };
        if self.filter.means_nobody() {
            return Ok("nobody of that name is in the record; `riwaya people` lists who is".to_owned());
        }
        let Some(pattern) = &self.pattern else { return Ok(format!("no {what} is as the filters say")) };
        let mut missing: Vec<String> = Vec::new();
        for (shown, word) in pattern.words() {
            let groups = groups(self.record(), self.reader, &word)?;
            let shown = format!("«{shown}»");
            if groups.iter().all(|group| group.proposal.nowhere) && !missing.contains(&shown) {
                missing.push(shown);
            }
        }
        if !missing.is_empty() {
            return Ok(format!("not in the record: {}", missing.join(", ")));
        }
        let all = found.and_then(Found::rows).map_or(0, |rows| rows.len());
        if self.asked.has_filters() && all > 0 && self.is_exact() {
            return Ok(format!("{all} of the record's {what}s have it, none of them as the filters say"));
        }
        let apart = groups(self.record(), self.reader, &pattern.apart())?;
        let apart = self::found(self.record(), &apart, words)?.rows().map_or(0, |rows| rows.len());
        Ok(match apart {
            n if n > 0 && !pattern.is_apart() => format!(
                "each word is in the record, but they stand so on no {what}; {n} have them apart: join them with +, or with ~10 for near each other"
            ),
            _ => format!("each word is in the record, but no {what} has them all"),
        })
    }
}

/// What the pattern is in every language that is read, and in none.
fn groups<'r>(record: &Record, reader: &'r Reader, pattern: &Pattern) -> Result<Vec<Group<'r>>, Error> {
    let plain = pattern.folded(&Language::default());
    let mut groups: Vec<Group<'r>> = Vec::new();
    let languages = reader.packs.all().iter().map(|pack| (Some(&pack.language), pattern.folded(&pack.language)));
    for (language, parts) in languages.chain([(None, plain)]) {
        // Pages in no known language belong to the last group, so that one is never joined to another.
        match groups.iter_mut().find(|group| group.parts == parts && language.is_some()) {
            Some(group) => group.languages.extend(language),
            None => {
                let proposal = propose::propose(record, &parts)?;
                groups.push(Group { languages: language.into_iter().collect(), parts, proposal });
            }
        }
    }
    Ok(groups)
}

fn found(record: &Record, groups: &[Group<'_>], words: Words) -> Result<Found, Error> {
    let mut of_group: Vec<Option<Rc<Vec<i64>>>> = Vec::new();
    for (n, Group { proposal, .. }) in groups.iter().enumerate() {
        let same = groups[..n].iter().position(|other| other.proposal.expression == proposal.expression);
        let rows = match (&proposal.expression, same) {
            _ if proposal.nowhere => Some(Rc::default()),
            (Some(_), Some(same)) => of_group[same].clone(),
            (Some(expression), None) => Some(Rc::new(record.holding(words, expression)?)),
            (None, _) => None,
        };
        of_group.push(rows);
    }
    Ok(Found { of_group })
}
