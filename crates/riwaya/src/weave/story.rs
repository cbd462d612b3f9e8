//! Which pages tell of the same happening?
//!
//! An inverted index over headlines and leads proposes pairs; each is scored by how much of one page's headline and
//! lead the other page covers, and by the likeness of headlines and of whole texts, every word weighted by how rare
//! it is; days that lie apart count less, contacts that cannot be one forbid it. Copies of one text weigh as one
//! page. Pages are then joined by average linkage, so that their order does not matter.

use crate::event::{Event, EventKind};
use crate::read::Reading;
use crate::weave::contact::by_prominence;
use crate::weave::copy::{Copy, CopyRelation, Counts, Groups, counts};
use crate::weave::entity::Joining;
use crate::weave::side::States;
use crate::weave::when::Day;
use crate::weave::words::PageWords;
use crate::weave::{Passage, Woven};
use jiff::civil::Date;
use rustc_hash::FxHashMap;
use std::cmp::Ordering;
use std::collections::{BTreeMap, BinaryHeap};

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
}

/// Likeness from which on two groups of pages are one story.
const SAME: f32 = 0.28;
/// Pairs below this are not kept.
const SLIGHT: f32 = 0.06;
/// How many pages the index proposes for a page.
const PROPOSED: usize = 48;
/// A word on more pages than this proposes nobody.
const COMMON: usize = 400;
/// After how many days between two pages their likeness counts little.
const DAYS: f32 = 3.0;

pub(crate) fn weave(
    readings: &[Reading],
    pages: &[PageWords],
    stems: usize,
    joining: &mut Joining,
    states: &States,
    held: &[Option<usize>],
    woven: &mut Woven,
) {
    let items = items(pages.len(), &woven.copies);
    let index = Index::new(readings, pages, stems, &items, joining, states);
    let groups = link(&index, &index.pairs());
    let mut of_item = vec![0; items.len()];
    for (n, group) in groups.iter().enumerate() {
        group.iter().for_each(|item| of_item[*item] = n);
    }
    let mut members: Vec<Vec<usize>> = vec![Vec::new(); groups.len()];
    for (item, pages) in items.iter().enumerate() {
        members[of_item[item]].extend(pages);
    }
    let mut members = keep(members, held);
    members.iter_mut().for_each(|pages| pages.sort_unstable());
    members.sort_by_key(|pages| pages[0]);
    let mut copies_of: Vec<Vec<usize>> = vec![Vec::new(); pages.len()];
    for (n, copy) in woven.copies.iter().enumerate() {
        copies_of[copy.of].push(n);
    }
    woven.story_of = vec![0; pages.len()];
    for pages in members {
        pages.iter().for_each(|page| woven.story_of[*page] = woven.stories.len());
        let own: Vec<Copy> = pages.iter().flat_map(|p| &copies_of[*p]).map(|n| woven.copies[*n].clone()).collect();
        woven.stories.push(story(pages, readings, &own, &index));
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

fn story(pages: Vec<usize>, readings: &[Reading], copies: &[Copy], index: &Index<'_>) -> Story {
    let days = || pages.iter().filter_map(|p| readings[*p].published.as_ref().map(|x| x.date));
    let first = pages.iter().copied().min_by_key(|p| {
        let day = readings[*p].published.as_ref().map(|x| x.date);
        (day.is_none(), day, *p)
    });
    let id = first.map_or("", |p| readings[p].source.id.as_str());
    Story {
        id: format!("story-{}", slug(id)),
        title: index.title(&pages, readings),
        from: days().min(),
        to: days().max(),
        counts: counts(&pages, readings, copies),
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
    for copy in copies.iter().filter(|c| c.relation != CopyRelation::Part) {
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

/// A sparse vector, by number of the stem, its length and the sum of its weights.
struct Sparse {
    weights: Vec<(u32, f32)>,
    length: f32,
    sum: f32,
}

impl Sparse {
    fn new(weights: Vec<(u32, f32)>) -> Sparse {
        let length = weights.iter().map(|(_, w)| w * w).sum::<f32>().sqrt();
        let sum = weights.iter().map(|(_, w)| w).sum();
        Sparse { weights, length, sum }
    }
}

/// What one item looks like: its longest page stands for it.
struct Look {
    title: Sparse,
    lead: Sparse,
    all: Sparse,
    day: Option<Date>,
    contacts: Vec<Sketch>,
}

/// A contact that a page reports, enough to see whether another page can mean the same one. The most prominent stands
/// first.
struct Sketch {
    kind: EventKind,
    parties: Vec<usize>,
    states: Vec<String>,
    day: Day,
}

/// What two pages gain where both are about one contact and neither names its day.
const SAME_CONTACT: f32 = 0.08;
/// What they gain where its days agree as well.
const SAME_DAY: f32 = 0.20;
/// What they gain for each further contact on the same day.
const FURTHER: f32 = 0.05;
/// What is left of a likeness where both tell of the same two states, never of the same day.
const OTHER_DAY: f32 = 0.5;

/// How far the contacts of two pages speak for one story: what to add, and by what to multiply. A call on Tuesday is
/// not the call on Thursday between the same two.
fn agreement(a: &[Sketch], b: &[Sketch]) -> (f32, f32) {
    let (mut gain, mut clash, mut same_day) = (0.0, false, false);
    for (i, x) in a.iter().enumerate() {
        for (j, y) in b.iter().enumerate() {
            let known = x.day.exactness().min(y.day.exactness()) > 0;
            let apart = x.day.clashes(y.day);
            if x.states.len() > 1 && x.states == y.states {
                clash |= apart;
                same_day |= known && !apart;
            }
            let parties = x.parties.iter().filter(|p| y.parties.contains(p)).count();
            if x.kind != y.kind || parties < 2 {
                continue;
            }
            match (i + j == 0, apart, known) {
                (true, true, _) => return (0.0, 0.0),
                (true, false, true) => gain += SAME_DAY,
                (true, false, false) => gain += SAME_CONTACT,
                (false, false, true) => gain += FURTHER,
                _ => {}
            }
        }
    }
    (gain.min(SAME_DAY + 2.0 * FURTHER), if clash && !same_day { OTHER_DAY } else { 1.0 })
}

fn sketches(page: usize, readings: &[Reading], joining: &mut Joining, states: &States) -> Vec<Sketch> {
    let mut sketch = |event: &Event| {
        let mut parties: Vec<usize> = event.participants.iter().map(|p| joining.group(page, *p)).collect();
        parties.sort_unstable();
        parties.dedup();
        let of = |p: &usize| states.of(page, *p).map(str::to_owned);
        let mut states: Vec<String> = event.participants.iter().filter_map(of).collect();
        states.sort_unstable();
        states.dedup();
        let day = event.when.as_ref().map_or(Day::default(), |w| Day::parse(&w.value));
        Sketch { kind: event.kind, parties, states, day }
    };
    by_prominence(&readings[page]).into_iter().map(|n| sketch(&readings[page].events[n])).collect()
}

struct Index<'p> {
    looks: Vec<Look>,
    rarity: Vec<f32>,
    common: Vec<u32>,
    pages: &'p [PageWords],
}

impl<'p> Index<'p> {
    fn new(
        readings: &[Reading],
        pages: &'p [PageWords],
        stems: usize,
        items: &[Vec<usize>],
        joining: &mut Joining,
        states: &States,
    ) -> Index<'p> {
        let heads: Vec<usize> = items
            .iter()
            .map(|i| i.iter().copied().max_by_key(|p| (pages[*p].body.len(), usize::MAX - p)).unwrap_or(0))
            .collect();
        let mut common = vec![0u32; stems];
        for head in &heads {
            distinct(&[&pages[*head].title, &pages[*head].body]).into_iter().for_each(|(w, _)| common[w as usize] += 1);
        }
        let n = items.len() as f32;
        let rarity: Vec<f32> = common.iter().map(|df| (1.0 + n / (*df as f32).max(1.0)).ln()).collect();
        let mut look = |head: usize| {
            let page = &pages[head];
            let weigh = |words: Vec<(u32, u32)>, tf: bool| {
                let weight =
                    |(w, n): (u32, u32)| (w, rarity[w as usize] * if tf { 1.0 + (n as f32).ln() } else { 1.0 });
                Sparse::new(words.into_iter().map(weight).collect())
            };
            Look {
                title: weigh(distinct(&[&page.title]), false),
                lead: weigh(distinct(&[&page.title, &page.body[..page.lead]]), false),
                all: weigh(distinct(&[&page.title, &page.body]), true),
                day: readings[head].published.as_ref().map(|p| p.date),
                contacts: sketches(head, readings, joining, states),
            }
        };
        let looks = heads.iter().map(|head| look(*head)).collect();
        Index { looks, rarity, common, pages }
    }

    /// Pairs of items with their likeness.
    fn pairs(&self) -> Vec<(usize, usize, f32)> {
        let mut postings: Vec<Vec<u32>> = vec![Vec::new(); self.rarity.len()];
        for (n, look) in self.looks.iter().enumerate() {
            look.lead.weights.iter().for_each(|(w, _)| postings[*w as usize].push(n as u32));
        }
        let mut pairs = Vec::new();
        let mut score = vec![0f32; self.looks.len()];
        let mut spread = Spread(vec![Weights::default(); self.rarity.len()]);
        for (n, look) in self.looks.iter().enumerate() {
            let mut touched: Vec<u32> = Vec::new();
            for (w, weight) in look.lead.weights.iter().filter(|(w, _)| (self.common[*w as usize] as usize) <= COMMON) {
                for other in postings[*w as usize].iter().take_while(|o| (**o as usize) < n) {
                    if score[*other as usize] == 0.0 {
                        touched.push(*other);
                    }
                    score[*other as usize] += weight * weight;
                }
            }
            let best_first =
                |a: &u32, b: &u32| score[*b as usize].total_cmp(&score[*a as usize]).then_with(|| a.cmp(b));
            if touched.len() > PROPOSED {
                touched.select_nth_unstable_by(PROPOSED, best_first);
            }
            let proposed = touched.len().min(PROPOSED);
            touched[..proposed].sort_unstable_by(best_first);
            spread.fill(look);
            for other in &touched[..proposed] {
                let likeness = self.likeness(*other as usize, n, &spread);
                if likeness >= SLIGHT {
                    pairs.push((*other as usize, n, likeness));
                }
            }
            spread.clear(look);
            touched.iter().for_each(|o| score[*o as usize] = 0.0);
        }
        pairs
    }

    /// The likeness of two items, the words of the second one spread out.
    fn likeness(&self, a: usize, b: usize, spread: &Spread) -> f32 {
        let (a, b) = (&self.looks[a], &self.looks[b]);
        let (mut titles, mut of_a, mut of_b, mut both) = (0.0, 0.0, 0.0, 0.0);
        a.title.weights.iter().for_each(|(w, x)| titles += x * spread.0[*w as usize].title);
        a.lead.weights.iter().filter(|(w, _)| spread.0[*w as usize].all > 0.0).for_each(|(_, x)| of_a += x);
        for (w, x) in &a.all.weights {
            let here = &spread.0[*w as usize];
            of_b += here.lead;
            both += x * here.all;
        }
        let covered = (share(of_a, a.lead.sum) + share(of_b, b.lead.sum)) / 2.0;
        let words = 0.3 * cosine(titles, &a.title, &b.title) + 0.5 * covered + 0.2 * cosine(both, &a.all, &b.all);
        let (gain, factor) = agreement(&a.contacts, &b.contacts);
        (words + gain) * factor * nearness(a.day, b.day)
    }

    /// The headline whose words most of the story's pages share.
    fn title(&self, pages: &[usize], readings: &[Reading]) -> Option<Passage> {
        let mut shared: FxHashMap<u32, usize> = FxHashMap::default();
        for page in pages {
            let words = &self.pages[*page];
            for (w, _) in distinct(&[&words.title, &words.body[..words.lead]]) {
                *shared.entry(w).or_insert(0) += 1;
            }
        }
        let best = pages.iter().filter_map(|page| {
            let words = distinct(&[&self.pages[*page].title]);
            let span = *readings[*page].layout.title.first()?;
            let known: f32 = words.iter().map(|(w, _)| self.rarity[*w as usize] * (shared[w] - 1) as f32).sum();
            Some((known / (words.len().max(4) as f32), Passage { page: *page, span }))
        });
        best.max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.page.cmp(&a.1.page))).map(|(_, title)| title)
    }
}

/// Each stem once, with how often it stands there.
fn distinct(lists: &[&[u32]]) -> Vec<(u32, u32)> {
    let mut words: Vec<u32> = lists.iter().flat_map(|l| l.iter().copied()).collect();
    words.sort_unstable();
    words.chunk_by(|a, b| a == b).map(|c| (c[0], c.len() as u32)).collect()
}

/// The weights of one item at the numbers of its stems, 0 at all others: what another one shares with it is found
/// without walking along both.
struct Spread(Vec<Weights>);

/// What a stem weighs in an item's headline, in its headline and lead, and in all of it.
#[derive(Clone, Copy, Default)]
struct Weights {
    title: f32,
    lead: f32,
    all: f32,
}

impl Spread {
    fn fill(&mut self, look: &Look) {
        look.title.weights.iter().for_each(|(w, x)| self.0[*w as usize].title = *x);
        look.lead.weights.iter().for_each(|(w, x)| self.0[*w as usize].lead = *x);
        look.all.weights.iter().for_each(|(w, x)| self.0[*w as usize].all = *x);
    }

    /// Takes out what [`Spread::fill`] put in; a headline and a lead hold no stem that the whole does not.
    fn clear(&mut self, look: &Look) {
        look.all.weights.iter().for_each(|(w, _)| self.0[*w as usize] = Weights::default());
    }
}

fn cosine(dot: f32, a: &Sparse, b: &Sparse) -> f32 {
    if dot == 0.0 { 0.0 } else { dot / (a.length * b.length) }
}

/// The share of what a part weighs that stands in a whole.
fn share(found: f32, weight: f32) -> f32 {
    if weight == 0.0 { 0.0 } else { found / weight }
}

fn nearness(a: Option<Date>, b: Option<Date>) -> f32 {
    let (Some(a), Some(b)) = (a, b) else { return 1.0 };
    let days = (b - a).get_days().abs() as f32 / DAYS;
    (-days * days / 2.0).exp()
}

/// What is known of the likeness of two groups: the sum over their pairs, and the best pair.
#[derive(Clone, Copy)]
struct Near {
    sum: f32,
    best: f32,
}

/// How much of the likeness of two groups is that of their best pair; the rest is the average over all pairs, a pair
/// that was not proposed counting as unlike.
const BEST: f32 = 0.3;

impl Near {
    fn likeness(self, a: &[usize], b: &[usize]) -> f32 {
        (1.0 - BEST) * self.sum / (a.len() * b.len()) as f32 + BEST * self.best
    }
}

/// Joins the most alike groups until none are alike enough.
fn link(index: &Index<'_>, pairs: &[(usize, usize, f32)]) -> Vec<Vec<usize>> {
    let n = index.looks.len();
    let mut near: Vec<FxHashMap<usize, Near>> = vec![FxHashMap::default(); n];
    let mut heap = BinaryHeap::new();
    for (a, b, likeness) in pairs {
        near[*a].insert(*b, Near { sum: *likeness, best: *likeness });
        near[*b].insert(*a, Near { sum: *likeness, best: *likeness });
        heap.push(Join { likeness: *likeness, a: *a, b: *b });
    }
    let mut groups: Vec<Vec<usize>> = (0..n).map(|i| vec![i]).collect();
    while let Some(Join { likeness, a, b }) = heap.pop() {
        if likeness < SAME {
            break;
        }
        if near[a].get(&b).map(|x| x.likeness(&groups[a], &groups[b])) != Some(likeness) {
            continue;
        }
        let taken = std::mem::take(&mut groups[b]);
        groups[a].extend(taken);
        let mut others: Vec<(usize, Near)> =
            std::mem::take(&mut near[b]).into_iter().filter(|(o, _)| *o != a).collect();
        others.sort_unstable_by_key(|(o, _)| *o);
        near[a].remove(&b);
        for (other, x) in others {
            near[other].remove(&b);
            let whole = near[a].entry(other).or_insert(Near { sum: 0.0, best: 0.0 });
            *whole = Near { sum: whole.sum + x.sum, best: whole.best.max(x.best) };
        }
        let mut around: Vec<usize> = near[a].keys().copied().collect();
        around.sort_unstable();
        for other in around {
            let x = near[a][&other];
            near[other].insert(a, x);
            let likeness = x.likeness(&groups[a], &groups[other]);
            heap.push(Join { likeness, a: a.min(other), b: a.max(other) });
        }
    }
    groups.retain(|g| !g.is_empty());
    groups
}

/// Two groups that might be joined; the most alike first, then the first of them.
struct Join {
    likeness: f32,
    a: usize,
    b: usize,
}

impl Ord for Join {
    fn cmp(&self, other: &Join) -> Ordering {
        self.likeness.total_cmp(&other.likeness).then((other.a, other.b).cmp(&(self.a, self.b)))
    }
}

impl PartialOrd for Join {
    fn partial_cmp(&self, other: &Join) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Join {
    fn eq(&self, other: &Join) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Join {}
