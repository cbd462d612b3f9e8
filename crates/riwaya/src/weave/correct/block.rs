//! Who is one so far, and whom does a correction mean?

use crate::correction::Who;
use crate::mention::{Entity, EntityKind};
use crate::read::Reading;
use crate::weave::Grounds;
use crate::weave::entity::{At, Joining};
use rustc_hash::FxHashMap;

/// Entities of pages in groups, each one entity.
#[derive(Default)]
pub(super) struct Blocks {
    of: FxHashMap<At, usize>,
    members: Vec<Vec<At>>,
    /// The rows that entities are.
    rows: FxHashMap<At, String>,
    /// Per group, the corrections that made it what it is.
    grounds: Vec<Vec<Grounds>>,
}

impl Blocks {
    /// The groups of `joining`.
    pub fn new(mut joining: Joining, readings: &[Reading]) -> Blocks {
        let mut blocks = Blocks::default();
        let mut number: FxHashMap<usize, usize> = FxHashMap::default();
        for (page, reading) in readings.iter().enumerate() {
            for (n, entity) in reading.cast.entities.iter().enumerate() {
                let next = blocks.members.len();
                let block = *number.entry(joining.group(page, n)).or_insert(next);
                if block == next {
                    blocks.members.push(Vec::new());
                }
                blocks.members[block].push((page, n));
                blocks.of.insert((page, n), block);
                blocks.rows.extend(joining.row(page, n, entity).map(|row| ((page, n), row.to_owned())));
            }
        }
        blocks.grounds = vec![Vec::new(); blocks.members.len()];
        blocks
    }

    /// All that is one with the entity at `at`.
    pub fn members(&self, at: At) -> &[At] {
        &self.members[self.of[&at]]
    }

    /// The row that the entity at `at` is.
    pub fn row(&self, at: At) -> Option<&str> {
        self.rows.get(&at).map(String::as_str)
    }

    /// The entity at `at` is this row, or none.
    pub fn put_row(&mut self, at: At, row: Option<String>) {
        self.rows.remove(&at);
        self.rows.extend(row.map(|row| (at, row)));
    }

    /// Puts a new entity beside the one at `other`.
    pub fn add(&mut self, at: At, other: At) {
        let block = self.of[&other];
        self.of.insert(at, block);
        self.members[block].push(at);
    }

    /// Makes two groups one.
    pub fn join(&mut self, a: At, b: At) {
        let (into, from) = (self.of[&a], self.of[&b]);
        if into == from {
            return;
        }
        let moved = std::mem::take(&mut self.members[from]);
        self.of.extend(moved.iter().map(|at| (*at, into)));
        self.members[into].extend(moved);
        let reasons = std::mem::take(&mut self.grounds[from]);
        self.grounds[into].extend(reasons);
    }

    /// Takes `moved` out of the group of `whole`, into one of their own.
    pub fn split(&mut self, whole: At, moved: &[At]) {
        let (block, own) = (self.of[&whole], self.members.len());
        self.members[block].retain(|at| !moved.contains(at));
        self.members.push(moved.to_vec());
        self.of.extend(moved.iter().map(|at| (*at, own)));
        self.grounds.push(self.grounds[block].clone());
    }

    /// The group of the entity at `at` is as a correction says.
    pub fn settle(&mut self, at: At, why: Grounds) {
        self.grounds[self.of[&at]].push(why);
    }

    /// The groups that corrections made, in order of their first entity.
    pub fn settled(&self) -> Vec<(Vec<At>, &[Grounds])> {
        let made = self.members.iter().zip(&self.grounds).filter(|(_, grounds)| !grounds.is_empty());
        let mut made: Vec<(Vec<At>, &[Grounds])> = made.map(|(m, g)| (m.clone(), g.as_slice())).collect();
        made.iter_mut().for_each(|(members, _)| members.sort_unstable());
        made.retain(|(members, _)| !members.is_empty());
        made.sort_by(|a, b| a.0[0].cmp(&b.0[0]));
        made
    }

    /// The entity that is meant: the one that its page calls so, else the one of its id wherever that is surely the
    /// same.
    pub fn find(&self, who: &Who, pages: &FxHashMap<String, usize>, readings: &[Reading]) -> Result<At, String> {
        let page = who.article.as_ref().and_then(|id| pages.get(id).copied());
        let called = page.map(|page| called(&readings[page], &who.name)).unwrap_or_default();
        let here: Vec<At> = page.into_iter().flat_map(|page| called.iter().map(move |n| (page, *n))).collect();
        if !here.is_empty() {
            let of_id = here.iter().copied().filter(|at| self.id(*at, readings) == without_number(&who.id)).collect();
            let only = self.only(here).or_else(|| self.only(of_id));
            return only
                .ok_or_else(|| format!("{} calls several «{}»", who.article.as_deref().unwrap_or_default(), who.name));
        }
        let same = self.of.keys().copied().filter(|at| self.is_surely(*at, who, readings)).collect();
        let found = self.only(same).filter(|at| {
            let names = |(page, n): &At| readings[*page].cast.entities[*n].forms.contains(&who.name);
            self.members(*at).iter().any(names)
        });
        found.ok_or_else(|| match &who.article {
            Some(article) => {
                format!("{article} does not name «{}», and no other page surely names {}", who.name, who.id)
            }
            None => format!("no page surely names {} («{}»)", who.id, who.name),
        })
    }

    /// The first of these entities, where all are one.
    fn only(&self, mut found: Vec<At>) -> Option<At> {
        found.sort_unstable();
        let first = *found.first()?;
        found.iter().all(|at| self.of[at] == self.of[&first]).then_some(first)
    }

    /// Does the entity have this id, as a row or as a name that is one wherever it stands? «بيسكوف» may be anybody.
    fn is_surely(&self, at: At, who: &Who, readings: &[Reading]) -> bool {
        let entity = &readings[at.0].cast.entities[at.1];
        let is_full = entity.kind != EntityKind::Person || entity.key.contains(' ');
        entity.named && self.id(at, readings) == who.id && (self.row(at).is_some() || is_full)
    }

    fn id(&self, at: At, readings: &[Reading]) -> String {
        let entity = &readings[at.0].cast.entities[at.1];
        self.row(at).map_or_else(|| id_of(entity), str::to_owned)
    }
}

/// The entities that a page calls so: by a mention, else by a form.
pub(super) fn called(reading: &Reading, name: &str) -> Vec<usize> {
    let mentions = reading.cast.mentions.iter().filter(|m| reading.text.at(m.span) == name);
    let mut called: Vec<usize> = mentions.map(|m| m.entity).collect();
    if called.is_empty() {
        let forms = reading.cast.entities.iter().enumerate().filter(|(_, e)| e.forms.iter().any(|f| f == name));
        called = forms.map(|(n, _)| n).collect();
    }
    called.sort_unstable();
    called.dedup();
    called
}

/// The id that an entity of a page has by itself.
pub(super) fn id_of(entity: &Entity) -> String {
    let by_name = || format!("{}:{}", entity.kind.as_str().to_lowercase(), entity.key.replace(' ', "-"));
    entity.known.clone().unwrap_or_else(by_name)
}

/// An id without the number that tells it from others of its name.
pub(super) fn without_number(id: &str) -> &str {
    match id.rsplit_once('~') {
        Some((base, number)) if !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit()) => base,
        _ => id,
    }
}
