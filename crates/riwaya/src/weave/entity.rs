//! Which entities of different pages are one?
//!
//! A row of `langs/names/` joins its entities everywhere, and so does the same full name. A single word such as
//! «بيسكوف» joins a full name only inside one story, and only where one full name alone carries it; «دميتري» and
//! «ديمتري بيسكوف» are one there as well.

use crate::mention::{Entity, EntityKind};
use crate::pack::{Pack, Packs};
use crate::read::Reading;
use crate::text::Span;
use crate::weave::copy::Groups;
use rustc_hash::{FxHashMap, FxHashSet};
use std::collections::BTreeMap;

/// An entity of all pages together.
#[derive(Debug, Clone)]
pub struct WovenEntity {
    /// Stable id: that of the `langs/names/` row, else made of kind and name.
    pub id: String,
    /// Person, organisation or place.
    pub kind: EntityKind,
    /// False for «مسؤول أمريكي رفيع».
    pub named: bool,
    /// Several people or bodies taken together.
    pub plural: bool,
    /// The row of `langs/names/`, where one fits.
    pub known: Option<String>,
    /// What that row is among its kind (`state`, `government`, `agency`); empty where there is none.
    pub class: String,
    /// Language code to the usual or the fullest name.
    pub name: BTreeMap<String, String>,
    /// Page and span of each role as written.
    pub roles: Vec<(usize, Span)>,
    /// All forms as written.
    pub forms: Vec<String>,
}

impl WovenEntity {
    /// The name in `lang`, else in any language, else the first form.
    pub fn label(&self, lang: &str) -> &str {
        let name = self.name.get(lang).or_else(|| self.name.values().next()).or(self.forms.first());
        name.map_or("", String::as_str)
    }

    /// Does it only carry what others say, as agencies and channels do?
    pub fn carries(&self) -> bool {
        matches!(self.class.as_str(), "agency" | "outlet")
    }
}

/// Entities of pages while they are being joined.
#[derive(Clone)]
pub(crate) struct Joining {
    first: Vec<usize>,
    groups: Groups,
}

impl Joining {
    /// Joins what is one wherever it stands: rows of `langs/names/`, full names, names of places and bodies.
    pub fn everywhere(readings: &[Reading], packs: &Packs) -> Joining {
        let mut first = Vec::with_capacity(readings.len() + 1);
        let mut count = 0;
        for reading in readings {
            first.push(count);
            count += reading.cast.entities.len();
        }
        let mut joining = Joining { first, groups: Groups::new(count) };
        let mut seen: FxHashMap<(EntityKind, String), usize> = FxHashMap::default();
        for (page, reading) in readings.iter().enumerate() {
            let pack = pack_of(reading, packs);
            for (n, entity) in reading.cast.entities.iter().enumerate().filter(|(_, e)| e.named) {
                let name = match (&entity.known, pack) {
                    (Some(id), _) => format!("={id}"),
                    (None, Some(pack)) => full_name(entity, pack).join(" "),
                    (None, None) => continue,
                };
                let alone = entity.known.is_none() && !name.contains(' ');
                if name.is_empty() || alone && entity.kind == EntityKind::Person {
                    continue;
                }
                let kind = if entity.known.is_some() { EntityKind::Place } else { entity.kind };
                let at = joining.first[page] + n;
                let other = *seen.entry((kind, name)).or_insert(at);
                joining.groups.join(other, at);
            }
        }
        joining.across_languages(readings, packs);
        joining
    }

    /// Joins people of different languages whose full names sound alike, where their pages name the same others and nobody
    /// else there sounds so: «Сергей Дарьин» and “Sergei Daryin” beside Putin and the Kremlin.
    fn across_languages(&mut self, readings: &[Reading], packs: &Packs) {
        let people = sounding(readings, packs);
        let mut by_key: FxHashMap<&str, Vec<usize>> = FxHashMap::default();
        for (n, person) in people.iter().enumerate() {
            by_key.entry(&person.key).or_default().push(n);
        }
        let company: Vec<FxHashSet<&str>> = readings.iter().map(company).collect();
        for (n, person) in people.iter().enumerate() {
            let fits = |m: &&usize| {
                let other = &people[**m];
                other.lang != person.lang
                    && packs.sounds().alike(&person.words, &other.words)
                    && company[person.page].intersection(&company[other.page]).count() >= COMPANY
            };
            let others: Vec<usize> =
                by_key.get(person.key.as_str()).into_iter().flatten().filter(fits).copied().collect();
            let mut pages: Vec<usize> = others.iter().map(|m| people[*m].page).collect();
            pages.dedup();
            // Two of one page are two people.
            if pages.len() == others.len() {
                for m in others.into_iter().filter(|m| *m > n) {
                    self.groups
                        .join(self.first[person.page] + person.entity, self.first[people[m].page] + people[m].entity);
                }
            }
        }
    }

    /// The group of an entity: equal for what is one so far.
    pub fn group(&mut self, page: usize, entity: usize) -> usize {
        let at = self.first[page] + entity;
        self.groups.find(at)
    }

    /// Joins short names and other spellings inside the stories.
    pub fn within_stories(&mut self, readings: &[Reading], packs: &Packs, stories: &[Vec<usize>]) {
        for pages in stories {
            self.within(pages, readings, packs);
        }
    }

    fn within(&mut self, pages: &[usize], readings: &[Reading], packs: &Packs) {
        let mut people: Vec<(usize, Vec<String>, Option<String>)> = Vec::new();
        for page in pages {
            let Some(pack) = pack_of(&readings[*page], packs) else { continue };
            for (n, entity) in readings[*page].cast.entities.iter().enumerate() {
                if entity.named && entity.kind == EntityKind::Person {
                    let mut words = full_name(entity, pack);
                    words.iter_mut().for_each(|w| *w = pack.words.skeleton(w));
                    people.push((self.first[*page] + n, words, entity.known.clone()));
                }
            }
        }
        people.sort_by_key(|(_, _, known)| known.is_none());
        let mut by_name: FxHashMap<&[String], usize> = FxHashMap::default();
        for (at, words, known) in people.iter().filter(|(_, words, _)| words.len() > 1) {
            let other = *by_name.entry(words).or_insert(*at);
            if known.is_none() {
                self.groups.join(other, *at);
            }
        }
        let mut holders: FxHashMap<&str, FxHashSet<usize>> = FxHashMap::default();
        for (at, words, _) in people.iter().filter(|(_, words, _)| words.len() > 1) {
            let group = self.groups.find(*at);
            if let Some(last) = words.last() {
                holders.entry(last).or_default().insert(group);
            }
        }
        let mut alone: FxHashMap<&str, usize> = FxHashMap::default();
        for (at, words, known) in people.iter().filter(|(_, words, _)| words.len() == 1) {
            let Some(word) = words.first() else { continue };
            match holders.get(word.as_str()) {
                Some(groups) if groups.len() == 1 && known.is_none() => {
                    groups.iter().for_each(|g| self.groups.join(*g, *at));
                }
                Some(groups) if groups.len() > 1 => {}
                _ => {
                    let other = *alone.entry(word).or_insert(*at);
                    if known.is_none() {
                        self.groups.join(other, *at);
                    }
                }
            }
        }
    }

    /// The woven entities in order of first mention, and for each page's entities which they are.
    pub fn finish(mut self, readings: &[Reading], packs: &Packs) -> (Vec<WovenEntity>, Vec<Vec<usize>>) {
        let mut entities: Vec<WovenEntity> = Vec::new();
        let mut of_group: FxHashMap<usize, usize> = FxHashMap::default();
        let mut entity_of = Vec::with_capacity(readings.len());
        for (page, reading) in readings.iter().enumerate() {
            let mut of = Vec::with_capacity(reading.cast.entities.len());
            for (n, entity) in reading.cast.entities.iter().enumerate() {
                let group = self.group(page, n);
                let at = *of_group.entry(group).or_insert_with(|| {
                    entities.push(blank(entity));
                    entities.len() - 1
                });
                add(&mut entities[at], entity, page, reading, packs);
                of.push(at);
            }
            entity_of.push(of);
        }
        name_apart(&mut entities, readings, &entity_of);
        (entities, entity_of)
    }
}

/// So many people and bodies that have a row must stand on both pages.
const COMPANY: usize = 2;

/// Somebody without a row, as his full name sounds.
struct Sounding<'r> {
    page: usize,
    entity: usize,
    lang: &'r str,
    words: Vec<String>,
    /// The keys of his first and last word.
    key: String,
}

fn sounding<'r>(readings: &'r [Reading], packs: &Packs) -> Vec<Sounding<'r>> {
    let mut out = Vec::new();
    for (page, reading) in readings.iter().enumerate() {
        let Some((lang, pack)) = reading.lang.as_deref().zip(pack_of(reading, packs)) else { continue };
        for (n, entity) in reading.cast.entities.iter().enumerate() {
            if !entity.named || entity.known.is_some() || entity.kind != EntityKind::Person {
                continue;
            }
            let words: Vec<String> = full_name(entity, pack).iter().map(|w| pack.sounds.of(w)).collect();
            let key: Vec<String> = words.iter().map(|w| packs.sounds().key(w)).collect();
            if words.len() > 1 {
                out.push(Sounding { page, entity: n, lang, words, key: key.join(" ") });
            }
        }
    }
    out
}

/// The people and bodies of a page that have rows.
fn company(reading: &Reading) -> FxHashSet<&str> {
    let known = reading.cast.entities.iter().filter(|e| e.kind != EntityKind::Place);
    known.filter_map(|e| e.known.as_deref()).collect()
}

fn pack_of<'p>(reading: &Reading, packs: &'p Packs) -> Option<&'p Pack> {
    packs.get(reading.lang.as_deref()?)
}

/// The words of a name without the article and without «بن».
fn full_name(entity: &Entity, pack: &Pack) -> Vec<String> {
    pack.words.name(&entity.key).map(str::to_owned).collect()
}

fn blank(entity: &Entity) -> WovenEntity {
    WovenEntity {
        id: String::new(),
        kind: entity.kind,
        named: entity.named,
        plural: entity.plural,
        known: None,
        class: String::new(),
        name: BTreeMap::new(),
        roles: Vec::new(),
        forms: Vec::new(),
    }
}

fn add(whole: &mut WovenEntity, entity: &Entity, page: usize, reading: &Reading, packs: &Packs) {
    whole.roles.extend(entity.roles.iter().map(|r| (page, *r)));
    for form in &entity.forms {
        if !whole.forms.contains(form) {
            whole.forms.push(form.clone());
        }
    }
    if let (None, Some(id)) = (&whole.known, &entity.known) {
        whole.known = Some(id.clone());
        whole.class = packs.names().get(id).map_or_else(String::new, |row| row.class.clone());
        let usual = packs.names().get(id).into_iter().flat_map(|row| &row.forms);
        whole.name.extend(usual.filter_map(|(lang, forms)| Some((lang.clone(), forms.first()?.clone()))));
    }
    if let (None, Some(lang), Some(form)) = (&whole.known, &reading.lang, entity.forms.first()) {
        let name = whole.name.entry(lang.clone()).or_insert_with(|| form.clone());
        if form.chars().count() > name.chars().count() {
            name.clone_from(form);
        }
    }
}

/// Gives every entity its id; two people of one name who are not one get numbers.
fn name_apart(entities: &mut [WovenEntity], readings: &[Reading], entity_of: &[Vec<usize>]) {
    let mut key: Vec<Option<String>> = vec![None; entities.len()];
    for (page, of) in entity_of.iter().enumerate() {
        for (n, at) in of.iter().enumerate() {
            let entity = &readings[page].cast.entities[n];
            let kind = entity.kind.as_str().to_lowercase();
            let name = match entity.named {
                true => format!("{kind}:{}", entity.key.replace(' ', "-")),
                false => format!("{}#u{}", readings[page].source.id, n + 1),
            };
            let longer = key[*at].as_ref().is_none_or(|k| entity.named && name.len() > k.len());
            if longer {
                key[*at] = Some(name);
            }
        }
    }
    let mut taken: FxHashMap<String, usize> = FxHashMap::default();
    for (entity, key) in entities.iter_mut().zip(key) {
        let base = entity.known.clone().or(key).unwrap_or_default();
        let times = taken.entry(base.clone()).or_insert(0);
        *times += 1;
        entity.id = if *times == 1 { base } else { format!("{base}~{times}") };
    }
}
