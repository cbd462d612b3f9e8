//! Which pages tell of the same happening?
//!
//! | module | the question it answers |
//! |---|---|
//! | `look` | What does a page look like to the others? |
//! | `index` | Which pages may be of one story? |
//! | [`evidence`] | What speaks for it, and what against it? |
//! | [`decide`] | How likely is it then? |
//! | [`link`] | Which groups of pages are one story? |
//!
//! Copies of one text weigh as one page.

pub mod decide;
pub mod evidence;
mod index;
pub mod link;
mod look;

use crate::pack::Packs;
use crate::read::Reading;
use crate::weave::copy::{Copy, CopyRelation, Counts, Groups, copies, counts};
use crate::weave::correct::Plan;
use crate::weave::entity::Joining;
use crate::weave::side::States;
use crate::weave::words::{PageWords, Vocabulary};
use crate::weave::{Grounds, Passage, Woven};
use jiff::civil::Date;
use rustc_hash::FxHashMap;
use std::collections::{BTreeMap, BTreeSet};

pub use decide::Decision;
pub use evidence::{EVIDENCE, Evidence};
pub use link::Linkage;

/// Pages that tell of one happening, or of one news cycle's tight series.
#[derive(Debug, Clone)]
pub struct Story {
    /// Stable id, `story-` and the id of its first page.
    pub id: String,
    /// In order.
    pub pages: Vec<usize>,
    /// The headline that says best what it is about.
    pub title: Option<Passage>,
    /// The first day of publication, where one is known.
    pub from: Option<Date>,
    /// The last one.
    pub to: Option<Date>,
    /// How widely it is told.
    pub counts: Counts,
    /// The numbers of the corrections that made it what it is.
    pub corrections: BTreeSet<u32>,
    /// The same with the headlines of the pages that they name.
    pub corrected: Vec<Grounds>,
}

/// Pairs that are less likely one story are not kept.
const SLIGHT: f32 = 0.02;

/// What stories are made from.
pub(crate) struct Material<'m> {
    pub readings: &'m [Reading],
    pub pages: &'m [PageWords],
    pub vocabulary: &'m Vocabulary,
    pub packs: &'m Packs,
}

pub(crate) fn weave(
    material: &Material<'_>,
    joining: &mut Joining,
    states: &States,
    held: &[Option<usize>],
    plan: &Plan,
    woven: &mut Woven,
) {
    let Material { readings, pages, .. } = *material;
    let items = items(pages.len(), &woven.copies);
    let table = Table::new(material, &items, joining, states);
    let decision = material.packs.story_decision();
    let translated = translated(&items, &woven.copies, pages.len());
    let mut pairs: Vec<(usize, usize, f32)> = translated.iter().map(|(a, b)| (*a, *b, 1.0)).collect();
    table.index().pairs(|a, b, evidence| {
        if translated.contains(&(a, b)) {
            return;
        }
        let likely = decision.decide(evidence, table.looks[a].lang == table.looks[b].lang);
        if !(0.0..SLIGHT).contains(&likely) {
            pairs.push((a, b, likely));
        }
    });
    let groups = link::link(items.len(), &pairs, Linkage::default());
    let mut of_item = vec![0; items.len()];
    for (n, group) in groups.iter().enumerate() {
        group.iter().for_each(|item| of_item[*item] = n);
    }
    let mut members: Vec<Vec<usize>> = vec![Vec::new(); groups.len()];
    for (item, pages) in items.iter().enumerate() {
        members[of_item[item]].extend(pages);
    }
    let mut members = plan.regroup(keep(members, held));
    members.iter_mut().for_each(|(pages, _)| pages.sort_unstable());
    members.sort_by_key(|(pages, _)| pages[0]);
    let mut copies_of: Vec<Vec<usize>> = vec![Vec::new(); pages.len()];
    for (n, copy) in woven.copies.iter().enumerate() {
        copies_of[copy.of].push(n);
    }
    woven.story_of = vec![0; pages.len()];
    for (members, corrections) in members {
        members.iter().for_each(|page| woven.story_of[*page] = woven.stories.len());
        let own: Vec<Copy> = members.iter().flat_map(|p| &copies_of[*p]).map(|n| woven.copies[*n].clone()).collect();
        let story = story(members, readings, &own, pages, &table.words);
        woven.stories.push(Story { corrections, ..story });
    }
}

/// Stories that are held as they are; new pages go where most of those that they were grouped with are held.
fn keep(groups: Vec<Vec<usize>>, held: &[Option<usize>]) -> Vec<Vec<usize>> {
    if held.is_empty() {
        return groups;
    }
    let mut stories: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    let mut out: Vec<Vec<usize>> = Vec::new();
    for group in groups {
        let (old, new): (Vec<usize>, Vec<usize>) = group.into_iter().partition(|page| held[*page].is_some());
        let mut count: BTreeMap<usize, usize> = BTreeMap::new();
        old.iter().filter_map(|page| held[*page]).for_each(|story| *count.entry(story).or_insert(0) += 1);
        match count.iter().max_by_key(|(story, n)| (**n, std::cmp::Reverse(**story))) {
            Some((story, _)) => stories.entry(*story).or_default().extend(new),
            None => out.push(new),
        }
        for page in old {
            stories.entry(held[page].unwrap_or_default()).or_default().push(page);
        }
    }
    out.extend(stories.into_values());
    out
}

/// Two pages that the index proposes, and what speaks for their being of one story: what decisions are learned from.
#[derive(Debug, Clone)]
pub struct Pair {
    /// The pages, each standing for its copies; the lower one in front.
    pub pages: (usize, usize),
    /// Are they in one language?
    pub one_language: bool,
    /// By [`EVIDENCE`].
    pub evidence: Evidence,
}

/// All pairs of pages that may be of one story, and for each page the one that stands for it and its copies.
pub fn pairs(readings: &[Reading], packs: &Packs) -> (Vec<Pair>, Vec<usize>) {
    let mut joining = Joining::everywhere(readings, packs);
    let mut vocabulary = Vocabulary::default();
    let pages: Vec<PageWords> = readings.iter().map(|reading| vocabulary.page(reading, packs)).collect();
    let items = items(pages.len(), &copies(readings, &pages, packs, &mut joining));
    let states = States::new(joining.clone(), readings, packs);
    let material = Material { readings, pages: &pages, vocabulary: &vocabulary, packs };
    let table = Table::new(&material, &items, &mut joining, &states);
    let mut out = Vec::new();
    table.index().pairs(|a, b, evidence| {
        let one_language = table.looks[a].lang == table.looks[b].lang;
        out.push(Pair { pages: (table.heads[a], table.heads[b]), one_language, evidence: *evidence });
    });
    let mut head_of = vec![0; pages.len()];
    for (item, head) in items.iter().zip(&table.heads) {
        item.iter().for_each(|page| head_of[*page] = *head);
    }
    (out, head_of)
}

/// How all items look, and how rare words and names are.
struct Table {
    heads: Vec<usize>,
    looks: Vec<look::Look>,
    words: Vec<f32>,
    names: Vec<f32>,
}

impl Table {
    fn new(material: &Material<'_>, items: &[Vec<usize>], joining: &mut Joining, states: &States) -> Table {
        let Material { readings, pages, vocabulary, packs } = *material;
        let longest = |item: &Vec<usize>| item.iter().copied().max_by_key(|p| (pages[*p].body.len(), usize::MAX - p));
        let heads: Vec<usize> = items.iter().filter_map(longest).collect();
        let mut cast = look::Cast::default();
        let sights: Vec<look::Sight> =
            heads.iter().map(|head| cast.see(*head, readings, &pages[*head], packs, joining)).collect();
        let words = rarities(sights.iter().map(|s| &s.words), vocabulary.shares());
        let names = rarities(sights.iter().map(|s| &s.names), &cast.shares);
        let looks = heads
            .iter()
            .zip(&sights)
            .map(|(head, sight)| {
                let contacts = look::sketches(*head, readings, joining, states);
                look::Look::new(*head, sight, (&words, &names), readings, &pages[*head], contacts)
            })
            .collect();
        Table { heads, looks, words, names }
    }

    fn index(&self) -> index::Index<'_> {
        index::Index::new(&self.looks, self.words.len(), self.names.len())
    }
}

/// As many pages weigh what is known of all news beside the pages that are woven.
const KNOWN: f32 = 2000.0;
/// Nothing is rarer than what stands on one page of these.
const LEAST: f32 = 1.0 / 20_000.0;

/// How rare terms are: the logarithm of one by the share of pages on which they stand.
fn rarities<'s>(sights: impl Iterator<Item = &'s Vec<(u32, look::Count)>>, shares: &[f32]) -> Vec<f32> {
    let mut pages = vec![0u32; shares.len()];
    let mut n = 0.0;
    for counts in sights {
        n += 1.0;
        counts.iter().for_each(|(id, _)| pages[*id as usize] += 1);
    }
    let share = |(here, known): (&u32, &f32)| (*here as f32 + KNOWN * known.max(LEAST)) / (n + KNOWN);
    pages.iter().zip(shares).map(share).map(|s| -s.min(1.0).ln()).collect()
}

fn story(pages: Vec<usize>, readings: &[Reading], copies: &[Copy], words: &[PageWords], rarity: &[f32]) -> Story {
    let days = || pages.iter().filter_map(|p| readings[*p].published.as_ref().map(|x| x.date));
    let first = pages.iter().copied().min_by_key(|p| {
        let day = readings[*p].published.as_ref().map(|x| x.date);
        (day.is_none(), day, *p)
    });
    let id = first.map_or("", |p| readings[p].source.id.as_str());
    Story {
        id: format!("story-{}", slug(id)),
        title: title(&pages, readings, words, rarity),
        from: days().min(),
        to: days().max(),
        counts: counts(&pages, readings, copies),
        corrections: BTreeSet::new(),
        corrected: Vec::new(),
        pages,
    }
}

/// An id that needs no quoting on a command line.
pub(crate) fn slug(id: &str) -> String {
    let mut out = String::with_capacity(id.len());
    for c in id.chars() {
        if c.is_alphanumeric() {
            out.push(c);
        } else if !out.ends_with('-') && !out.is_empty() {
            out.push('-');
        }
    }
    out.trim_end_matches('-').to_owned()
}

/// Pages that are one text stand as one item.
fn items(pages: usize, copies: &[Copy]) -> Vec<Vec<usize>> {
    let mut groups = Groups::new(pages);
    for copy in copies.iter().filter(|c| matches!(c.relation, CopyRelation::Same | CopyRelation::Near)) {
        groups.join(copy.of, copy.page);
    }
    let mut items: Vec<Vec<usize>> = Vec::new();
    let mut of_group: FxHashMap<usize, usize> = FxHashMap::default();
    for page in 0..pages {
        let item = *of_group.entry(groups.find(page)).or_insert_with(|| {
            items.push(Vec::new());
            items.len() - 1
        });
        items[item].push(page);
    }
    items
}

/// Items that are translations of one another, the lower number in front: one story for sure.
fn translated(items: &[Vec<usize>], copies: &[Copy], pages: usize) -> BTreeSet<(usize, usize)> {
    let mut item_of = vec![0; pages];
    for (n, item) in items.iter().enumerate() {
        item.iter().for_each(|page| item_of[*page] = n);
    }
    let pair = |c: &Copy| (item_of[c.of].min(item_of[c.page]), item_of[c.of].max(item_of[c.page]));
    copies.iter().filter(|c| c.relation == CopyRelation::Translation).map(pair).filter(|(a, b)| a != b).collect()
}

/// The headline whose words most of the story's pages share.
fn title(pages: &[usize], readings: &[Reading], words: &[PageWords], rarity: &[f32]) -> Option<Passage> {
    let mut shared: FxHashMap<u32, usize> = FxHashMap::default();
    for page in pages {
        let page = &words[*page];
        for w in distinct(&[&page.title, &page.body[..page.lead]]) {
            *shared.entry(w).or_insert(0) += 1;
        }
    }
    let best = pages.iter().filter_map(|page| {
        let own = distinct(&[&words[*page].title]);
        let span = *readings[*page].layout.title.first()?;
        let known: f32 = own.iter().map(|w| rarity[*w as usize] * (shared[w] - 1) as f32).sum();
        Some((known / (own.len().max(4) as f32), Passage { page: *page, span }))
    });
    best.max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.page.cmp(&a.1.page))).map(|(_, title)| title)
}

/// Each stem once.
fn distinct(lists: &[&[u32]]) -> Vec<u32> {
    let mut words: Vec<u32> = lists.iter().flat_map(|l| l.iter().copied()).collect();
    words.sort_unstable();
    words.dedup();
    words
}
