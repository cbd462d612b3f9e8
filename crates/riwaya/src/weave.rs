//! What do the pages tell together? Entities, stories, copies, contacts, comparisons and flags over many pages.
//!
//! | module | the question it answers |
//! |---|---|
//! | [`entity`] | Which entities of different pages are one? |
//! | [`across`] | Which people and bodies of pages in different languages are one? |
//! | [`copy`] | Which pages are the same text? How many independent origins are left? |
//! | [`story`] | Which pages tell of the same happening? |
//! | [`date`] | When was a page published that does not say so, given the others of its story? |
//! | [`contact`] | Which contact do the pages report, and how did it come about? |
//! | [`compare`] | What do its sides say, point by point? |
//! | [`gloss`] | Which words say the same in every language? |
//! | `sign` | What of a page stays when it is translated? |
//! | [`flag`] | What does not fit? |
//! | [`trace`] | Through whom did these words travel? |
//! | `correct` | How does what somebody put right by hand come about? |
//! | [`marks()`] | By what is a page found again among many? |
//! | [`timeline`] | What happened, and what was announced, in order? |
//! | [`verify`] | Does a text quote what stands on the pages? |
//!
//! Pages are counted in the order given. Nothing here depends on threads or on the clock, and nothing compares
//! every page with every other one.

pub mod across;
pub mod compare;
pub mod concept;
pub mod contact;
pub mod copy;
mod correct;
pub mod date;
pub mod entity;
pub mod flag;
pub mod gloss;
mod marks;
pub mod quantity;
pub mod side;
mod sign;
pub mod sound;
pub mod story;
pub mod timeline;
pub mod trace;
pub mod verify;
mod when;
pub mod words;

use crate::correction::Correction;
use crate::mention::EntityIndex;
use crate::pack::Packs;
use crate::read::{Reading, read};
use crate::text::Span;
use crate::time::Published;
use correct::Plan;
use entity::Joining;
use std::collections::BTreeMap;
use std::sync::Arc;

pub use compare::{Cell, Comparison, Point, Relation, Side};
pub use contact::{Contact, Report, Said};
pub use copy::{Copy, CopyRelation, Counts};
pub use correct::{Applied, concerns, correct_pages};
pub use entity::WovenEntity;
pub use flag::{Flag, FlagKind, Severity};
pub use marks::marks;
pub use story::Story;
pub use timeline::{Item, ItemKind};
pub use trace::{Link, LinkKind, Quarry, Trace};

/// Words on a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Passage {
    /// The page.
    pub page: usize,
    /// Where on it.
    pub span: Span,
}

/// The reason for a value that rests on several pages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grounds {
    /// The row or the engine rule.
    pub rule: Arc<str>,
    /// The words that it rests on, in order of pages.
    pub from: Vec<Passage>,
}

impl Grounds {
    /// A reason that rests on these words.
    pub fn new(rule: impl Into<Arc<str>>, from: Vec<Passage>) -> Grounds {
        Grounds { rule: rule.into(), from }
    }
}

/// What all pages tell together.
#[derive(Debug, Clone, Default)]
pub struct Woven {
    /// In order of first mention.
    pub entities: Vec<WovenEntity>,
    /// For each page, for each entity of its cast, the woven entity.
    pub entity_of: Vec<Vec<usize>>,
    /// Pairs of pages that share their text, in order of pages.
    pub copies: Vec<Copy>,
    /// In order of their first page; every page is in exactly one, if alone.
    pub stories: Vec<Story>,
    /// For each page, its story.
    pub story_of: Vec<usize>,
    /// Contacts, by story.
    pub contacts: Vec<Contact>,
    /// For each page, for each of its events, the contact.
    pub contact_of: Vec<Vec<usize>>,
    /// One for each contact that at least two sides speak of.
    pub comparisons: Vec<Comparison>,
    /// What does not fit.
    pub flags: Vec<Flag>,
    /// What became of each correction, in order.
    pub corrections: Vec<Applied>,
}

impl Woven {
    /// The woven entity that entity `index` of page `page` is.
    pub fn entity(&self, page: usize, index: EntityIndex) -> &WovenEntity {
        &self.entities[self.entity_of[page][index]]
    }

    /// The contact with this id.
    pub fn contact(&self, id: &str) -> Option<usize> {
        self.contacts.iter().position(|c| c.id == id)
    }

    /// The story with this id.
    pub fn story(&self, id: &str) -> Option<usize> {
        self.stories.iter().position(|s| s.id == id)
    }
}

/// Joins everything; pages that can be dated through their stories are read again with that day, and all is joined
/// anew.
pub fn weave_all(readings: &mut [Reading], packs: &Packs) -> Woven {
    weave_beside(readings, packs, &[])
}

/// The same of new pages beside pages that are in a story each: `held` has a number a page, equal for pages of one
/// story, none for a new page. Stories that are held stay apart and whole; a new page joins one or opens its own.
pub fn weave_beside(readings: &mut [Reading], packs: &Packs, held: &[Option<usize>]) -> Woven {
    let woven = weave_under(readings, packs, held, &Plan::default());
    let dates = date::dates(readings, &woven);
    if !read_dated(readings, packs, dates) {
        return woven;
    }
    weave_under(readings, packs, held, &Plan::default())
}

/// As [`weave_all`], with what was put right by hand: `corrections` that are in force, in the order of their log.
pub fn weave_corrected(readings: &mut [Reading], packs: &Packs, corrections: &[Correction]) -> Woven {
    if corrections.is_empty() {
        return weave_all(readings, packs);
    }
    correct::dates(readings, packs, corrections);
    let (woven, former) = carry_out(readings, packs, corrections);
    let dates = date::dates(readings, &woven);
    if dates.iter().all(Option::is_none) {
        return woven;
    }
    former.into_iter().for_each(|(page, reading)| readings[page] = reading);
    read_dated(readings, packs, dates);
    carry_out(readings, packs, corrections).0
}

/// Weaves under corrections, and hands back the pages as they were before words on them were corrected.
fn carry_out(readings: &mut [Reading], packs: &Packs, corrections: &[Correction]) -> (Woven, BTreeMap<usize, Reading>) {
    let base = |readings: &[Reading], plan: &Plan| join(readings, packs, &[], plan, &mut Woven::default());
    let mut outcome = correct::carry_out(readings, packs, corrections, base);
    let mut woven = weave_under(readings, packs, &[], &outcome.plan);
    let former = std::mem::take(&mut outcome.former);
    woven.corrections = outcome.applied(&woven);
    (woven, former)
}

/// Reads pages again whose day is known now, and says whether there were any.
fn read_dated(readings: &mut [Reading], packs: &Packs, dates: Vec<Option<Published>>) -> bool {
    let dated = dates.iter().any(Option::is_some);
    for (reading, date) in readings.iter_mut().zip(dates) {
        if let Some(date) = date {
            *reading = read(reading.source.clone(), reading.text.raw().to_owned(), packs, Some(date));
        }
    }
    dated
}

/// Joins what was read from all pages.
pub fn weave(readings: &[Reading], packs: &Packs) -> Woven {
    weave_under(readings, packs, &[], &Plan::default())
}

fn weave_under(readings: &[Reading], packs: &Packs, held: &[Option<usize>], plan: &Plan) -> Woven {
    let mut woven = Woven::default();
    let joining = join(readings, packs, held, plan, &mut woven);
    (woven.entities, woven.entity_of) = joining.finish(readings, packs);
    plan.mark(readings, &mut woven);
    let states = side::states(&woven.entities, readings, packs);
    contact::weave(readings, &states, &mut woven);
    woven.comparisons = compare::weave(readings, packs, &states, &woven);
    woven.flags = flag::flags(readings, packs, &states, &woven);
    woven
}

/// Which names are one, with the copies and the stories that tell.
fn join(readings: &[Reading], packs: &Packs, held: &[Option<usize>], plan: &Plan, woven: &mut Woven) -> Joining {
    let mut joining = Joining::under(plan, readings, packs);
    let mut vocabulary = words::Vocabulary::default();
    let pages: Vec<words::PageWords> = readings.iter().map(|reading| vocabulary.page(reading, packs)).collect();
    woven.copies = copy::copies(readings, &pages, packs, &mut joining);
    let states = side::States::new(joining.clone(), readings, packs);
    let material = story::Material { readings, pages: &pages, vocabulary: &vocabulary, packs };
    story::weave(&material, &mut joining, &states, held, plan, woven);
    let stories: Vec<Vec<usize>> = woven.stories.iter().map(|s| s.pages.clone()).collect();
    joining.within_stories(readings, packs, &stories);
    joining
}
