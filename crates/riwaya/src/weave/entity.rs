//! Which entities of different pages are one?
//!
//! A row of `langs/names/` joins its entities everywhere, and so does the same full name. A single word such as
//! «بيسكوف» joins a full name only inside one story, and only where one full name alone carries it; «دميتري» and
//! «ديمتري بيسكوف» are one there as well.

use crate::mention::{Entity, EntityKind};
use crate::pack::{Pack, Packs};
use crate::read::Reading;
use crate::text::Span;
use crate::weave::across::{self, Heard};
use crate::weave::copy::Groups;
use crate::weave::correct::Plan;
use crate::weave::{Grounds, Passage};
use rustc_hash::{FxHashMap, FxHashSet};
use std::collections::BTreeMap;
use std::sync::Arc;

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
    /// Why names that are written differently are one: the rule, and a mention of each.
    pub joined: Vec<Grounds>,
    /// The corrections that joined it or split it off, and a mention of each part.
    pub corrected: Vec<Grounds>,
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

/// An entity of a page: the page, and its number there.
pub(crate) type At = (usize, usize);
/// A person of a story: the bones of the name, and the row.
type Short = (At, Vec<String>, Option<String>);

/// Entities of pages while they are being joined.
#[derive(Clone)]
pub(crate) struct Joining {
    first: Vec<usize>,
    groups: Groups,
    /// Rows that entities were found to be by the sound of their names.
    rows: FxHashMap<At, String>,
    /// Two entities, by page, and the rule that makes them one.
    why: Vec<([At; 2], Arc<str>)>,
    /// By the first of a group, the number of what corrections made of it; empty where there are none.
    settled: Vec<Option<u32>>,
    /// The ids of entities that corrections joined.
    ids: Vec<(At, String)>,
}

/// Rules that stand in no row.
const SAME_NAME: &str = "entity/same-name";
const SHORT_NAME: &str = "entity/short-name";
const SOUND: &str = "entity/sound-and-company";
const LETTERS: &str = "entity/same-letters";
const KIN: &str = "entity/sound-on-kin-pages";

impl Joining {
    /// Joins what is one wherever it stands: rows of `langs/names/`, full names, names of places and bodies.
    pub fn everywhere(readings: &[Reading], packs: &Packs) -> Joining {
        Joining::under(&Plan::default(), readings, packs)
    }

    /// The same, and what corrections impose.
    pub fn under(plan: &Plan, readings: &[Reading], packs: &Packs) -> Joining {
        let mut first = Vec::with_capacity(readings.len() + 1);
        let mut count = 0;
        for reading in readings {
            first.push(count);
            count += reading.cast.entities.len();
        }
        let mut joining = Joining {
            first,
            groups: Groups::new(count),
            rows: FxHashMap::default(),
            why: Vec::new(),
            settled: Vec::new(),
            ids: plan.ids.clone(),
        };
        joining.impose(plan, count);
        joining.sounding_rows(readings, packs, plan);
        let bodies = bodies(readings, packs);
        let mut seen: FxHashMap<(EntityKind, String), At> = FxHashMap::default();
        for (page, reading) in readings.iter().enumerate() {
            let pack = pack_of(reading, packs);
            for (n, entity) in reading.cast.entities.iter().enumerate().filter(|(_, e)| e.named) {
                let body = bodies.get(&(page, n));
                let row = joining.row(page, n, entity);
                let name = match (row, body, pack) {
                    (Some(id), ..) => format!("={id}"),
                    (None, Some((what, whose)), _) => format!("{} {whose}", what.id),
                    (None, None, Some(pack)) => full_name(entity, pack).join(" "),
                    (None, None, None) => continue,
                };
                let alone = row.is_none() && !name.contains(' ');
                if name.is_empty() || alone && entity.kind == EntityKind::Person {
                    continue;
                }
                let kind = if row.is_some() { EntityKind::Place } else { entity.kind };
                let rule = match (row.and_then(|id| packs.names().get(id)), body) {
                    (Some(row), _) => row.rule.clone(),
                    (None, Some((what, _))) => what.rule.clone(),
                    (None, None) => SAME_NAME.into(),
                };
                let other = *seen.entry((kind, name)).or_insert((page, n));
                joining.join(other, (page, n), &rule);
            }
        }
        joining.across_languages(readings, packs);
        joining
    }

    /// The row of an entity: its own, or the one that its name was found to sound like.
    pub fn row<'a>(&'a self, page: usize, n: usize, entity: &'a Entity) -> Option<&'a str> {
        entity.known.as_deref().or_else(|| self.rows.get(&(page, n)).map(String::as_str))
    }

    fn join(&mut self, a: At, b: At, rule: &Arc<str>) {
        if a != b && self.merge(a, b) {
            self.why.push(([a, b], rule.clone()));
        }
    }

    /// Makes two groups one, unless corrections made them what they are.
    fn merge(&mut self, a: At, b: At) -> bool {
        let (x, y) = (self.group(a.0, a.1), self.group(b.0, b.1));
        if !self.settled.is_empty() && x != y {
            let (of_x, of_y) = (self.settled[x], self.settled[y]);
            if of_x.is_some() && of_y.is_some() && of_x != of_y {
                return false;
            }
            self.settled[x.min(y)] = of_x.or(of_y);
        }
        self.groups.join(x, y);
        true
    }

    /// Joins what corrections say is one, and keeps apart what they say is not.
    fn impose(&mut self, plan: &Plan, count: usize) {
        if plan.settled.is_empty() && plan.links.is_empty() {
            return;
        }
        self.settled = vec![None; count];
        let mut firsts: BTreeMap<u32, At> = BTreeMap::new();
        let mut settled: Vec<(At, u32)> = plan.settled.iter().map(|(at, number)| (*at, *number)).collect();
        settled.sort_unstable();
        for (at, number) in settled {
            self.settled[self.first[at.0] + at.1] = Some(number);
            let first = *firsts.entry(number).or_insert(at);
            self.merge(first, at);
        }
        for [a, b] in &plan.links {
            self.merge(*a, *b);
        }
        // What was joined may have been split again.
        let still = |(pair, _): &&([At; 2], Arc<str>)| plan.settled.get(&pair[0]) == plan.settled.get(&pair[1]);
        self.why.extend(plan.why.iter().filter(still).cloned());
    }

    /// Gives people without a row the one that their full names sound like, in whatever language it has it.
    fn sounding_rows(&mut self, readings: &[Reading], packs: &Packs, plan: &Plan) {
        let is_open = |page: usize, n: usize| {
            readings[page].cast.entities[n].known.is_none() && !plan.rowless.contains(&(page, n))
        };
        let heard = across::hear(readings, packs, is_open);
        if heard.iter().all(|h| h.words.len() < 2) {
            return;
        }
        let languages = heard.iter().map(|h| h.lang).collect();
        let people = across::People::new(packs, &languages);
        let mut near: FxHashMap<usize, FxHashSet<&str>> = FxHashMap::default();
        for person in &heard {
            let near = near.entry(person.page).or_insert_with(|| across::belonging(&readings[person.page], packs));
            if let Some(row) = people.named(person, near) {
                self.rows.insert((person.page, person.entity), row.id.clone());
            }
        }
    }

    /// Joins people of different languages whose names sound alike, where their pages say enough of them.
    fn across_languages(&mut self, readings: &[Reading], packs: &Packs) {
        if readings.iter().all(|r| r.lang == readings[0].lang) {
            return;
        }
        let row = |joining: &Joining, (page, n): At| {
            joining.row(page, n, &readings[page].cast.entities[n]).map(str::to_owned)
        };
        let mut marks = across::marks(readings, |page, n| row(self, (page, n)));
        let people = across::hear(readings, packs, |_, _| true);
        for (a, b) in across::same_company(&people, &marks, readings, packs) {
            let pair = [a, b].map(|n| (people[n].page, people[n].entity));
            if pair.iter().any(|at| row(self, *at).is_none()) {
                self.join_apart(pair[0], pair[1], &SOUND.into(), readings);
            }
        }
        for (a, b) in across::same_letters(readings, &marks) {
            self.join_apart(a, b, &LETTERS.into(), readings);
        }
        for person in &people {
            if row(self, (person.page, person.entity)).is_none() {
                marks[person.page].insert(format!("#{}", self.group(person.page, person.entity)));
            }
        }
        for (a, b) in across::kin(readings, &marks) {
            let of = |page: usize| people.iter().filter(|h| h.page == page).collect::<Vec<_>>();
            let (left, right) = (self.not_on(of(a), b, readings), self.not_on(of(b), a, readings));
            for (x, y) in across::same_on_kin(&left, &right, packs) {
                self.join_apart((a, left[x].entity), (b, right[y].entity), &KIN.into(), readings);
            }
        }
    }

    /// Joins two, unless one of them has a row that is not the other's, or another of its page is among the other's.
    fn join_apart(&mut self, a: At, b: At, rule: &Arc<str>, readings: &[Reading]) {
        let of_group = |joining: &mut Self, at: At, page: usize| {
            let group = joining.group(at.0, at.1);
            (0..readings[page].cast.entities.len()).any(|n| joining.group(page, n) == group)
        };
        let rows = [a, b].map(|(page, n)| self.row(page, n, &readings[page].cast.entities[n]).map(str::to_owned));
        let two_rows = matches!(&rows, [Some(x), Some(y)] if x != y);
        if !two_rows && !of_group(self, a, b.0) && !of_group(self, b, a.0) {
            self.join(a, b, rule);
        }
    }

    /// Those of `people` who are nobody on `page` yet.
    fn not_on<'h, 'r>(&mut self, people: Vec<&'h Heard<'r>>, page: usize, readings: &[Reading]) -> Vec<&'h Heard<'r>> {
        let there: FxHashSet<usize> = (0..readings[page].cast.entities.len()).map(|n| self.group(page, n)).collect();
        people.into_iter().filter(|h| !there.contains(&self.group(h.page, h.entity))).collect()
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
        let mut people: Vec<Short> = Vec::new();
        for page in pages {
            let Some(pack) = pack_of(&readings[*page], packs) else { continue };
            for (n, entity) in readings[*page].cast.entities.iter().enumerate() {
                if entity.named && entity.kind == EntityKind::Person {
                    let mut words = full_name(entity, pack);
                    words.iter_mut().for_each(|w| *w = pack.words.skeleton(w));
                    let row = self.row(*page, n, entity).map(str::to_owned);
                    people.push(((*page, n), words, row));
                }
            }
        }
        people.sort_by_key(|(_, _, known)| known.is_none());
        let short: Arc<str> = SHORT_NAME.into();
        let mut by_name: FxHashMap<&[String], At> = FxHashMap::default();
        for (at, words, known) in people.iter().filter(|(_, words, _)| words.len() > 1) {
            let other = *by_name.entry(words).or_insert(*at);
            if known.is_none() {
                self.join(other, *at, &short);
            }
        }
        let mut holders: FxHashMap<&str, BTreeMap<usize, At>> = FxHashMap::default();
        for (at, words, _) in people.iter().filter(|(_, words, _)| words.len() > 1) {
            let group = self.group(at.0, at.1);
            if let Some(last) = words.last() {
                holders.entry(last).or_default().entry(group).or_insert(*at);
            }
        }
        let mut alone: FxHashMap<&str, At> = FxHashMap::default();
        for (at, words, known) in people.iter().filter(|(_, words, _)| words.len() == 1) {
            let Some(word) = words.first() else { continue };
            match holders.get(word.as_str()) {
                Some(groups) if groups.len() == 1 && known.is_none() => {
                    groups.values().for_each(|holder| self.join(*holder, *at, &short));
                }
                Some(groups) if groups.len() > 1 => {}
                _ => {
                    let other = *alone.entry(word).or_insert(*at);
                    if known.is_none() {
                        self.join(other, *at, &short);
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
                let row = self.row(page, n, entity).map(str::to_owned);
                add(&mut entities[at], entity, row, page, reading, packs);
                of.push(at);
            }
            entity_of.push(of);
        }
        self.reasons(&mut entities, readings, &entity_of);
        name_apart(&mut entities, readings, &entity_of, &self.ids);
        (entities, entity_of)
    }

    /// Says why names are one, once for every rule and pair of names.
    fn reasons(&self, entities: &mut [WovenEntity], readings: &[Reading], entity_of: &[Vec<usize>]) {
        let mut told: FxHashSet<(usize, &str, [&str; 2])> = FxHashSet::default();
        for (pair, rule) in &self.why {
            let at = entity_of[pair[0].0][pair[0].1];
            let keys = pair.map(|(page, n)| readings[page].cast.entities[n].key.as_str());
            if keys[0] != keys[1] && told.insert((at, rule, keys)) {
                let from = pair.iter().filter_map(|p| passage(*p, readings)).collect();
                entities[at].joined.push(Grounds::new(rule.clone(), from));
            }
        }
    }
}

/// Where an entity is named first on its page.
fn passage(at: At, readings: &[Reading]) -> Option<Passage> {
    let mention = readings[at.0].cast.mentions.iter().find(|m| m.entity == at.1)?;
    Some(Passage { page: at.0, span: mention.span })
}

/// The bodies without a row that are known by what they are and whose.
fn bodies(readings: &[Reading], packs: &Packs) -> FxHashMap<At, (across::Body, String)> {
    let mut owners: FxHashMap<&str, FxHashMap<String, &str>> = FxHashMap::default();
    let mut out = FxHashMap::default();
    for (page, reading) in readings.iter().enumerate() {
        let Some((lang, pack)) = reading.lang.as_deref().and_then(|lang| Some((lang, packs.get(lang)?))) else {
            continue;
        };
        for (n, entity) in reading.cast.entities.iter().enumerate() {
            if entity.named && entity.known.is_none() && entity.kind == EntityKind::Organisation {
                let owners = owners.entry(lang).or_insert_with(|| across::owners(packs, pack));
                out.extend(across::body(entity, pack, owners).map(|body| ((page, n), body)));
            }
        }
    }
    out
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
        joined: Vec::new(),
        corrected: Vec::new(),
    }
}

fn add(whole: &mut WovenEntity, entity: &Entity, row: Option<String>, page: usize, reading: &Reading, packs: &Packs) {
    whole.roles.extend(entity.roles.iter().map(|r| (page, *r)));
    for form in &entity.forms {
        if !whole.forms.contains(form) {
            whole.forms.push(form.clone());
        }
    }
    if let (None, Some(id)) = (&whole.known, row) {
        whole.class = packs.names().get(&id).map_or_else(String::new, |row| row.class.clone());
        let usual = packs.names().get(&id).into_iter().flat_map(|row| &row.forms);
        whole.name.extend(usual.filter_map(|(lang, forms)| Some((lang.clone(), forms.first()?.clone()))));
        whole.known = Some(id);
    }
    if let (None, Some(lang), Some(form)) = (&whole.known, &reading.lang, entity.forms.first()) {
        let name = whole.name.entry(lang.clone()).or_insert_with(|| form.clone());
        if form.chars().count() > name.chars().count() {
            name.clone_from(form);
        }
    }
}

/// Gives every entity its id; two people of one name who are not one get numbers.
fn name_apart(entities: &mut [WovenEntity], readings: &[Reading], entity_of: &[Vec<usize>], given: &[(At, String)]) {
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
    for ((page, n), id) in given {
        key[entity_of[*page][*n]] = Some(id.clone());
    }
    let mut taken: FxHashMap<String, usize> = FxHashMap::default();
    for (entity, key) in entities.iter_mut().zip(key) {
        let base = entity.known.clone().or(key).unwrap_or_default();
        let times = taken.entry(base.clone()).or_insert(0);
        *times += 1;
        entity.id = if *times == 1 { base } else { format!("{base}~{times}") };
    }
}
