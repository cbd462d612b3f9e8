//! Which pages and statements count, and what is counted of them?

use super::Asked;
use crate::Error;
use crate::filter::{Fold, PageFilter, is_named};
use riwaya::clitic;
use riwaya_store::Record;
use rustc_hash::{FxHashMap, FxHashSet};
use serde_json::Value;

/// Strings, each once, by numbers from 1; 0 is for what is not known.
#[derive(Debug, Default)]
pub struct Symbols {
    numbers: FxHashMap<Box<str>, u32>,
    names: Vec<Box<str>>,
}

impl Symbols {
    /// The number of `name`.
    pub fn number(&mut self, name: Option<&str>) -> u32 {
        let Some(name) = name else { return 0 };
        if let Some(number) = self.numbers.get(name) {
            return *number;
        }
        self.names.push(name.into());
        let number = self.names.len() as u32;
        self.numbers.insert(name.into(), number);
        number
    }

    /// The name of a number.
    pub fn name(&self, number: u32) -> Option<&str> {
        self.names.get((number as usize).checked_sub(1)?).map(|name| &**name)
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.names.len()
    }

    /// Is there none?
    pub fn is_empty(&self) -> bool {
        self.names.is_empty()
    }
}

/// What is counted of a page.
#[derive(Debug, Clone, Copy)]
pub struct Row {
    /// Its number.
    pub page: i64,
    /// Its day.
    pub day: u32,
    /// Its language.
    pub lang: u32,
    /// Who carries it.
    pub outlet: u32,
    /// Its story.
    pub story: u32,
}

/// What is counted of a statement.
#[derive(Debug, Clone, Copy)]
pub struct SaidRow {
    /// The number of its page.
    pub page: i64,
    /// The number of its line.
    pub n: i64,
    /// Who says it.
    pub speaker: u32,
    /// To whom.
    pub addressee: u32,
    /// What is done by saying it.
    pub act: u32,
}

/// Pages that count, in their order.
#[derive(Debug, Default)]
pub struct Shelf {
    rows: Vec<Row>,
    /// Days, languages, outlets and stories.
    pub names: Symbols,
}

/// More pages or lines than these are picked from all of them, read in a row, which is faster than one by one.
const FEW: usize = 1500;

impl Shelf {
    /// Those of `pages` (in order; of all, where there are none) that the filter lets through.
    ///
    /// # Errors
    /// Where the record cannot be read.
    pub fn of(record: &Record, pages: Option<&[i64]>, asked: &PageFilter, fold: &Fold) -> Result<Shelf, Error> {
        let stories = asked.story.as_deref().map(|wanted| stories(record, wanted, fold)).transpose()?;
        let outlet = asked.outlet.as_deref().map(|wanted| fold.fold(wanted));
        let few = pages.filter(|pages| pages.len() <= FEW);
        let mut shelf = Shelf::default();
        let mut put = |row: riwaya_store::search::OnShelf<'_>| {
            let counts = asked.lang.as_deref().is_none_or(|lang| row.lang == Some(lang))
                && asked.is_in_time(row.day)
                && outlet.as_deref().is_none_or(|wanted| is_carried_by(row.outlet, row.credits, wanted, fold))
                && (few.is_some() || pages.is_none_or(|pages| pages.binary_search(&row.page).is_ok()));
            if counts {
                let day = shelf.names.number(row.day.map(|day| day.get(..10).unwrap_or(day)));
                let (lang, outlet) = (shelf.names.number(row.lang), shelf.names.number(row.outlet));
                shelf.rows.push(Row { page: row.page, day, lang, outlet, story: 0 });
            }
        };
        match few {
            Some(pages) => record.each_of_shelf(pages, &mut put)?,
            None => record.each_on_shelf(outlet.is_some(), &mut put)?,
        }
        shelf.rows.sort_unstable_by_key(|row| row.page);
        shelf.tell_stories(record)?;
        if let Some(stories) = stories {
            let Shelf { rows, names } = &mut shelf;
            rows.retain(|row| names.name(row.story).is_some_and(|story| stories.contains(story)));
        }
        Ok(shelf)
    }

    fn tell_stories(&mut self, record: &Record) -> Result<(), Error> {
        let Shelf { rows, names } = self;
        let pages: Vec<i64> = rows.iter().map(|row| row.page).collect();
        let mut put = |page: i64, story: &str| {
            if let Ok(at) = pages.binary_search(&page) {
                rows[at].story = names.number(Some(story));
            }
        };
        Ok(record.each_member_of(&pages, &mut put)?)
    }

    /// Takes out the pages for which `keep` is false.
    pub fn retain(&mut self, keep: impl Fn(&Row, &Symbols) -> bool) {
        let Shelf { rows, names } = self;
        rows.retain(|row| keep(row, names));
    }

    /// The pages, in order.
    pub fn rows(&self) -> &[Row] {
        &self.rows
    }

    /// The page with this number.
    pub fn row(&self, page: i64) -> Option<&Row> {
        self.rows.binary_search_by_key(&page, |row| row.page).ok().map(|at| &self.rows[at])
    }

    /// The language of most pages.
    pub fn language(&self) -> Option<&str> {
        let mut counts: FxHashMap<u32, usize> = FxHashMap::default();
        self.rows.iter().filter(|row| row.lang > 0).for_each(|row| *counts.entry(row.lang).or_default() += 1);
        let (most, _) = counts.into_iter().max_by_key(|(lang, n)| (*n, std::cmp::Reverse(*lang)))?;
        self.names.name(most)
    }
}

/// Does the outlet, or somebody whom the page credits, bear a name with `wanted` in it?
fn is_carried_by(outlet: Option<&str>, credits: Option<&str>, wanted: &str, fold: &Fold) -> bool {
    let credits: Value = credits.and_then(|c| serde_json::from_str(c).ok()).unwrap_or_default();
    let credits = credits.as_array().map_or(&[][..], Vec::as_slice);
    let mut names = credits.iter().filter_map(|c| c["name"].as_str()).chain(outlet);
    names.any(|name| fold.holds(name, wanted))
}

/// The ids of the stories meant by an id or by words of a title.
fn stories(record: &Record, wanted: &str, fold: &Fold) -> Result<FxHashSet<String>, Error> {
    let mut stories = FxHashSet::default();
    record.titles(Some(wanted), &mut |id, _| {
        stories.insert(id.to_owned());
    })?;
    if stories.is_empty() {
        let folded = fold.fold(wanted);
        record.titles(None, &mut |id, title| {
            if title.is_some_and(|title| fold.holds(title, &folded)) {
                stories.insert(id.to_owned());
            }
        })?;
    }
    Ok(stories)
}

/// Which statements count.
#[derive(Debug, Default)]
pub struct SaidFilter {
    speakers: Option<FxHashSet<String>>,
    addressees: Option<FxHashSet<String>>,
    act: Option<String>,
}

impl SaidFilter {
    /// Whoever `asked` means.
    ///
    /// # Errors
    /// Where the record cannot be read.
    pub fn of(record: &Record, asked: &Asked, fold: &Fold) -> Result<SaidFilter, Error> {
        let meant = |name: &Option<String>| name.as_deref().map(|name| meant(record, name, fold)).transpose();
        Ok(SaidFilter {
            speakers: meant(&asked.speaker)?,
            addressees: meant(&asked.addressee)?,
            act: asked.act.clone(),
        })
    }

    /// Does a statement count?
    pub fn counts(&self, speaker: Option<&str>, addressee: Option<&str>, act: &str) -> bool {
        let is_of = |all: &Option<FxHashSet<String>>, one: Option<&str>| {
            all.as_ref().is_none_or(|all| one.is_some_and(|one| all.contains(one)))
        };
        is_of(&self.speakers, speaker)
            && is_of(&self.addressees, addressee)
            && self.act.as_deref().is_none_or(|a| a == act)
    }

    /// Was somebody asked for whom the record does not know?
    pub fn means_nobody(&self) -> bool {
        [&self.speakers, &self.addressees].into_iter().flatten().any(FxHashSet::is_empty)
    }

    /// Does the line of a statement count?
    pub fn counts_line(&self, statement: &Value) -> bool {
        self.counts(
            statement["speaker"].as_str(),
            statement["addressee"].as_str(),
            statement["act"].as_str().unwrap_or_default(),
        )
    }
}

/// The ids of those whom `wanted` may mean: an id, or a part of a name that begins with a word's beginning.
///
/// # Errors
/// Where the record cannot be read.
pub fn meant(record: &Record, wanted: &str, fold: &Fold) -> Result<FxHashSet<String>, Error> {
    let mut meant = FxHashSet::default();
    if record.entity_named(wanted)?.is_some() {
        meant.insert(wanted.to_owned());
    }
    let folded = fold.fold(wanted);
    if !folded.chars().any(char::is_alphanumeric) {
        return Ok(meant);
    }
    let phrase = |front: &str| format!("\"{front}{}\" *", folded.replace('"', " "));
    let expression = format!("{} OR {}", phrase(""), phrase(clitic::ARTICLE));
    let rows = record.holding(riwaya_store::search::Words::OfEntities, &expression)?;
    let lines = record.entities_named(&rows)?;
    let named = lines.iter().filter(|entity| is_named(entity, &folded, fold));
    meant.extend(named.filter_map(|entity| entity["id"].as_str().map(str::to_owned)));
    Ok(meant)
}

/// Statements that count, by page and line.
#[derive(Debug, Default)]
pub struct Said {
    /// In order.
    pub rows: Vec<SaidRow>,
    /// Speakers, addressees and acts.
    pub names: Symbols,
}

impl Said {
    /// Those of the lines `among` (in order; of all, where there are none) that the filter lets through.
    ///
    /// # Errors
    /// Where the record cannot be read.
    pub fn of(record: &Record, among: Option<&[i64]>, filter: &SaidFilter) -> Result<Said, Error> {
        let mut said = Said::default();
        let few = among.filter(|rows| rows.len() <= FEW);
        let mut put = |row: riwaya_store::search::Said<'_>| {
            let counts = (few.is_some() || among.is_none_or(|rows| rows.binary_search(&row.n).is_ok()))
                && filter.counts(row.speaker, row.addressee, row.act);
            if counts {
                let Said { rows, names } = &mut said;
                let (speaker, addressee) = (names.number(row.speaker), names.number(row.addressee));
                rows.push(SaidRow { page: row.page, n: row.n, speaker, addressee, act: names.number(Some(row.act)) });
            }
        };
        match (&filter.speakers, few) {
            (_, Some(rows)) => record.each_said_at(rows, &mut put)?,
            (Some(speakers), None) => speakers.iter().try_for_each(|one| record.each_said_by(one, &mut put))?,
            (None, None) => record.each_said(&mut put)?,
        }
        said.rows.sort_unstable_by_key(|row| (row.page, row.n));
        Ok(said)
    }
}
