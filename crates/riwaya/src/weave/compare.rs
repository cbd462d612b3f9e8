//! What do the sides of a contact say of it, point by point?
//!
//! Each side's statements are cut into clauses ([`clause`]); clauses of different sides are paired by what they are
//! about ([`align`]): concepts, entities, dates and numbers, and least of all the words they share. What cannot be
//! paired is said by one side only. Between two relations the weaker one is taken, and nothing is ever a
//! contradiction that could be read otherwise.

mod about;
mod align;
mod clause;
pub(super) mod relation;
mod voice;

use crate::event::Status;
use crate::mention::EntityKind;
use crate::pack::Packs;
use crate::read::Reading;
use crate::text::Span;
use crate::weave::contact::by_prominence;
use crate::weave::{Grounds, Link, Woven, WovenEntity};
use rustc_hash::{FxHashMap, FxHashSet};

/// How the accounts of one point stand to one another; where several would do, the weakest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Relation {
    /// Both sides in the same words.
    SameWords,
    /// The same point in other words.
    SamePoint,
    /// The same subject, put differently.
    WordingDiffers,
    /// Only one side says it.
    OnlyOne,
    /// The same point with another date, number or extent.
    ScopeDiffers,
    /// One says that it is so, the other that it is not.
    Contradicts,
}

impl Relation {
    /// The word of the contract.
    pub fn as_str(self) -> &'static str {
        match self {
            Relation::SameWords => "same_words",
            Relation::SamePoint => "same_point",
            Relation::WordingDiffers => "wording_differs",
            Relation::OnlyOne => "only_one",
            Relation::ScopeDiffers => "scope_differs",
            Relation::Contradicts => "contradicts",
        }
    }
}

/// Did the words come before the contact or after it? An announcement is no account of what was said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Phase {
    /// The page announces the contact.
    Before,
    /// The page tells how it went.
    After,
}

impl Phase {
    /// The word of the contract.
    pub fn as_str(self) -> &'static str {
        match self {
            Phase::Before => "before",
            Phase::After => "after",
        }
    }
}

/// A party whose account is one column of a comparison.
#[derive(Debug, Clone)]
pub struct Side {
    /// What its speakers belong to: the id of a state, else of the speaker itself.
    pub of: String,
    /// The woven entity that names it: its institution that speaks («البيت الأبيض»), else its chief speaker.
    pub entity: usize,
    /// The woven entities that speak for it, in order of their first word.
    pub speakers: Vec<usize>,
}

/// What one side says of a point, once.
#[derive(Debug, Clone)]
pub struct Cell {
    /// Index of [`Comparison::sides`].
    pub side: usize,
    /// The page.
    pub page: usize,
    /// The statement, as an index of the page's statements.
    pub statement: usize,
    /// The exact words, in pieces.
    pub words: Vec<Span>,
    /// Through whom the words came, the outlet first.
    pub chain: Vec<Link>,
}

/// One row of a comparison.
#[derive(Debug, Clone)]
pub struct Point {
    /// What it is about: ids of `langs/names/concepts.tsv` and woven entities, the most telling first.
    pub topics: Vec<String>,
    /// Whether it was said before the contact or after it.
    pub phase: Phase,
    /// At least one; cells of one side stand together.
    pub cells: Vec<Cell>,
    /// How the cells of different sides stand to one another.
    pub relation: Relation,
    /// Why.
    pub grounds: Grounds,
}

impl Point {
    /// The cells of one side.
    pub fn cells_of(&self, side: usize) -> impl Iterator<Item = &Cell> {
        self.cells.iter().filter(move |c| c.side == side)
    }

    /// The name of its topic in `lang` («عقوبات», "sanctions"), empty where it has none.
    pub fn topic(&self, lang: &str, packs: &Packs, woven: &Woven) -> String {
        let name = |id: &String| {
            let concept = packs.concepts().get(id).and_then(|c| c.name(lang)).map(str::to_owned);
            concept.or_else(|| woven.entities.iter().find(|e| e.id == *id).map(|e| e.label(lang).to_owned()))
        };
        self.topics.iter().find_map(name).unwrap_or_default()
    }
}

/// The accounts of one contact, or of a story, side by side.
#[derive(Debug, Clone)]
pub struct Comparison {
    /// The story.
    pub story: usize,
    /// The contact; none for a story as a whole.
    pub contact: Option<usize>,
    /// In order of how much they say.
    pub sides: Vec<Side>,
    /// Parties of the contact whose account no page gives, one of each state.
    pub silent: Vec<Side>,
    /// Points that more sides speak of come first, then in text order.
    pub points: Vec<Point>,
}

/// The concept of words that say who asked for a contact.
pub const INITIATIVE: &str = "initiative-of";
/// The concept of words that say that something was spoken of.
pub const DISCUSS: &str = "discuss";

/// What to compare.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Subject<'p> {
    /// A contact, as an index of [`Woven::contacts`].
    Contact(usize),
    /// A story, as an index of [`Woven::stories`].
    Story(usize),
    /// Pages that somebody lays side by side, whatever their stories are.
    Pages(&'p [usize]),
}

/// The accounts of `subject`. `sides` are ids of entities or states that shall be its columns; empty, they are
/// found: the states of the parties, else of all who speak.
pub fn compare(
    subject: Subject<'_>,
    sides: &[String],
    readings: &[Reading],
    packs: &Packs,
    woven: &Woven,
) -> Comparison {
    let states = super::side::states(&woven.entities, readings, packs);
    Desk::new(readings, packs, woven, &states).compare(subject, sides)
}

/// Compares the sides of every contact that some page is about and of which at least two speak.
pub(crate) fn weave(readings: &[Reading], packs: &Packs, states: &[Vec<String>], woven: &Woven) -> Vec<Comparison> {
    let desk = Desk::new(readings, packs, woven, states);
    let mut main: Vec<usize> = (0..readings.len()).filter_map(|page| desk.main_contact(page)).collect();
    main.sort_unstable();
    main.dedup();
    let contacts = main
        .into_iter()
        .filter(|contact| desk.sides(Subject::Contact(*contact), &[]).len() > 1)
        .map(|contact| desk.compare(Subject::Contact(contact), &[]));
    let mut comparisons: Vec<Comparison> = contacts.filter(|c| c.sides.len() > 1).collect();
    let told: FxHashSet<usize> = comparisons.iter().map(|c| c.story).collect();
    comparisons.extend((0..woven.stories.len()).filter(|n| !told.contains(n)).filter_map(|n| desk.story(n)));
    comparisons
}

struct Desk<'w> {
    readings: &'w [Reading],
    packs: &'w Packs,
    woven: &'w Woven,
    states: &'w [Vec<String>],
    known: FxHashMap<&'w str, usize>,
    /// The states of persons that only the words beside their names tell.
    beside: FxHashMap<usize, String>,
    /// The states of bodies that their owner on a page tells, by page and entity.
    owned: FxHashMap<(usize, usize), String>,
}

/// More columns than this nobody reads.
const SIDES: usize = 4;

impl<'w> Desk<'w> {
    fn new(readings: &'w [Reading], packs: &'w Packs, woven: &'w Woven, states: &'w [Vec<String>]) -> Desk<'w> {
        let rows = woven.entities.iter().enumerate();
        let known = rows.filter_map(|(n, e)| Some((e.known.as_deref()?, n))).collect();
        let beside = voice::beside(readings, packs, woven, states);
        let owned = voice::owned(readings, packs, woven, states);
        Desk { readings, packs, woven, states, known, beside, owned }
    }

    fn compare(&self, subject: Subject<'_>, wanted: &[String]) -> Comparison {
        let (story, contact) = match subject {
            Subject::Contact(n) => (self.woven.contacts.get(n).map_or(0, |c| c.story), Some(n)),
            Subject::Story(n) => (n, None),
            Subject::Pages(pages) => (pages.first().map_or(0, |p| self.woven.story_of[*p]), None),
        };
        let ids = self.sides(subject, wanted);
        let clauses = self.clauses(subject, &ids);
        let spoken: Vec<usize> = (0..ids.len()).filter(|s| clauses.iter().any(|c| c.side == *s)).collect();
        let sides: Vec<Side> = spoken.iter().map(|s| self.side(&ids[*s], *s, &clauses)).collect();
        let clauses: Vec<clause::Clause> = clauses
            .into_iter()
            .filter_map(|c| Some(clause::Clause { side: spoken.iter().position(|s| *s == c.side)?, ..c }))
            .collect();
        let points = align::points(&clauses, self);
        let silent =
            contact.map_or_else(Vec::new, |c| self.silent(c, if wanted.is_empty() { &[] } else { &ids }, &sides));
        Comparison { story, contact, sides, silent, points }
    }

    /// The parties of a contact that say nothing of it, of those wanted where any are.
    fn silent(&self, contact: usize, wanted: &[String], speaking: &[Side]) -> Vec<Side> {
        let mut silent: Vec<Side> = Vec::new();
        for party in self.woven.contacts.get(contact).map_or(&[][..], |c| &c.participants) {
            let id = &self.woven.entities[*party].id;
            let ids = [self.states[*party].as_slice(), std::slice::from_ref(id)].concat();
            let is_told = speaking.iter().chain(&silent).any(|side| ids.contains(&side.of));
            let is_wanted = wanted.is_empty() || ids.iter().any(|i| wanted.contains(i));
            if is_wanted && !is_told && self.clauses(Subject::Contact(contact), &ids).is_empty() {
                silent.push(Side { of: ids[0].clone(), entity: *party, speakers: Vec::new() });
            }
        }
        silent
    }

    /// The ids of the sides: those wanted, else the states of the parties, else of all who speak.
    fn sides(&self, subject: Subject<'_>, wanted: &[String]) -> Vec<String> {
        if !wanted.is_empty() {
            return self.wanted(wanted);
        }
        let mut ids: Vec<String> = Vec::new();
        if let Subject::Contact(n) = subject {
            for party in self.woven.contacts.get(n).map_or(&[][..], |c| &c.participants) {
                ids.extend(self.states[*party].iter().filter(|s| !ids.contains(s)).cloned().collect::<Vec<_>>());
            }
        }
        if ids.len() > 1 {
            return ids;
        }
        let mut count: FxHashMap<String, usize> = FxHashMap::default();
        for page in self.pages(subject) {
            for statement in 0..self.readings[page].statements.len() {
                let speaker = self.speaker(page, statement);
                let states = speaker.into_iter().flat_map(|s| self.states_at(page, s));
                states.for_each(|s| *count.entry(s).or_insert(0) += 1);
            }
        }
        let mut found: Vec<(String, usize)> = count.into_iter().collect();
        found.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(&b.0)));
        found.into_iter().take(SIDES).map(|(s, _)| s).collect()
    }

    /// «واشنطن», «البيت الأبيض»: all who speak for that state, unless two of its bodies are to be held against each
    /// other. A person is asked for alone.
    fn wanted(&self, wanted: &[String]) -> Vec<String> {
        let state = |id: &String| {
            let body = |(n, e): &(usize, &WovenEntity)| {
                e.id == *id && e.kind != EntityKind::Person && self.states[*n].len() == 1
            };
            let (n, _) = self.woven.entities.iter().enumerate().find(body)?;
            self.states[n].first()
        };
        let states: Vec<Option<&String>> = wanted.iter().map(state).collect();
        let alone =
            |state: &&String| !wanted.contains(state) && states.iter().filter(|s| **s == Some(*state)).count() == 1;
        wanted.iter().zip(&states).map(|(id, state)| state.filter(alone).unwrap_or(id).clone()).collect()
    }

    /// The accounts of a story, where sides speak of one point.
    fn story(&self, story: usize) -> Option<Comparison> {
        let subject = Subject::Story(story);
        let comparison = (self.sides(subject, &[]).len() > 1).then(|| self.compare(subject, &[]))?;
        comparison.points.iter().any(|p| p.relation != Relation::OnlyOne).then_some(comparison)
    }

    fn pages(&self, subject: Subject<'_>) -> Vec<usize> {
        match subject {
            Subject::Contact(n) => {
                let mut pages: Vec<usize> =
                    self.woven.contacts.get(n).map_or(&[][..], |c| &c.events).iter().map(|(p, _)| *p).collect();
                pages.dedup();
                pages
            }
            Subject::Story(n) => self.woven.stories.get(n).map_or(Vec::new(), |s| s.pages.clone()),
            Subject::Pages(pages) => pages.to_vec(),
        }
    }

    /// The contact that a page is about.
    fn main_contact(&self, page: usize) -> Option<usize> {
        let first = by_prominence(&self.readings[page]).first().copied()?;
        Some(self.woven.contact_of[page][first])
    }

    /// A page announces a contact where another page of the subject tells how it went; a page laid beside others may
    /// announce something else, such as the next round.
    fn phase(&self, subject: Subject<'_>, page: usize) -> Phase {
        let (contact, told) = match subject {
            Subject::Contact(n) => (Some(n), true),
            Subject::Story(_) | Subject::Pages(_) => {
                let contact = self.main_contact(page);
                let pages = self.pages(subject);
                let history = contact.map_or(&[][..], |c| &self.woven.contacts[c].history);
                (contact, history.iter().any(|r| pages.contains(&r.page) && r.status == Status::Happened))
            }
        };
        let report = contact.and_then(|c| self.woven.contacts[c].history.iter().find(|r| r.page == page));
        match report.map(|r| r.status) {
            Some(Status::Planned | Status::Proposed) if told => Phase::Before,
            _ => Phase::After,
        }
    }

    /// The column `id`, named by the institution that speaks or is spoken for most, else by whoever speaks most.
    fn side(&self, id: &str, at: usize, clauses: &[clause::Clause]) -> Side {
        let mut speakers: Vec<usize> = Vec::new();
        let mut count: FxHashMap<usize, usize> = FxHashMap::default();
        for clause in clauses.iter().filter(|c| c.side == at) {
            if !speakers.contains(&clause.speaker) {
                speakers.push(clause.speaker);
            }
            for body in self.bodies(clause.speaker) {
                *count.entry(body).or_insert(0) += 1;
            }
        }
        let of_side = |n: &usize| self.states[*n].iter().any(|s| s == id) || self.woven.entities[*n].id == id;
        let rank = |n: &usize| {
            let entity = &self.woven.entities[*n];
            let body = entity.kind == EntityKind::Organisation && entity.id != id;
            (!entity.plural, entity.named && body, entity.named, count[n], std::cmp::Reverse(*n))
        };
        let mut candidates: Vec<usize> = count.keys().copied().filter(of_side).collect();
        candidates.sort_unstable();
        let entity = candidates.into_iter().max_by_key(rank).or(speakers.first().copied()).unwrap_or(0);
        Side { of: id.to_owned(), entity, speakers }
    }

    /// Somebody who speaks, and the bodies for which the roles say that they speak: «المتحدث باسم الكرملين».
    fn bodies(&self, speaker: usize) -> Vec<usize> {
        let entity = &self.woven.entities[speaker];
        let mut bodies = vec![speaker];
        for (page, role) in &entity.roles {
            let named = self.readings[*page].cast.mentions_in(*role).map(|m| self.woven.entity_of[*page][m.entity]);
            bodies.extend(named.filter(|n| self.woven.entities[*n].kind == EntityKind::Organisation));
        }
        let row = entity.known.as_deref().and_then(|id| self.packs.names().get(id));
        let of = row.and_then(|row| row.of.as_deref());
        bodies.extend(of.and_then(|of| self.known.get(of)));
        bodies.sort_unstable();
        bodies.dedup();
        bodies
    }
}
