//! How does what somebody put right by hand come about?
//!
//! | module | the question it answers |
//! |---|---|
//! | `alone` | What do corrections say of pages that are read by themselves? |
//! | `block` | Who is one so far, and whom does a correction mean? |
//! | `divide` | Which words of a page go with a name that is split off? |
//!
//! Days come first, then stories, then names in the order of the log: each correction finds its entities among what
//! the ones before it left. What it makes of them is imposed on weaving ([`Plan`]), so copies, comparisons and flags
//! follow. Nothing is done half: where one of its targets is gone, a correction is orphaned.

mod alone;
mod block;
mod divide;

use crate::because::Because;
use crate::contract::CodePoints;
use crate::correction::{Correction, Said, What, Who};
use crate::mention::Entity;
use crate::pack::Packs;
use crate::read::{Reading, read};
use crate::time::{Published, PublishedFrom};
use crate::weave::entity::{At, Joining};
use crate::weave::{Grounds, Passage, Woven};
pub use alone::correct_pages;
use block::Blocks;
use rustc_hash::{FxHashMap, FxHashSet};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// What became of a correction.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Applied {
    /// Its number in the log.
    pub number: u32,
    /// The pages whose findings rest on it, in order.
    pub pages: Vec<usize>,
    /// Why it was not applied, where one of its targets is no longer there.
    pub orphaned: Option<String>,
}

/// What corrections impose on weaving.
#[derive(Debug, Default)]
pub(crate) struct Plan {
    /// Entities whose group is settled: those of one number are one, those of two are not.
    pub settled: FxHashMap<At, u32>,
    /// Entities that are one whatever their names.
    pub links: Vec<[At; 2]>,
    /// Entities that are not what the row is that their names are like.
    pub rowless: FxHashSet<At>,
    /// Two entities, and the rule that makes them one.
    pub why: Vec<([At; 2], Arc<str>)>,
    /// The ids of entities that were joined: that of the one named first.
    pub ids: Vec<(At, String)>,
    /// Stories that are put together or taken apart.
    pub stories: Vec<Regroup>,
    /// For settled groups, one of their entities and the corrections behind it.
    entities: Vec<(At, Vec<Grounds>)>,
}

/// A correction of stories.
#[derive(Debug)]
pub(crate) struct Regroup {
    pub number: u32,
    /// Are the stories of `pages` one, or `pages` a story of their own?
    pub joins: bool,
    pub pages: Vec<usize>,
}

impl Plan {
    /// Puts stories together and takes them apart, and says which corrections each of them rests on.
    pub fn regroup(&self, mut groups: Vec<Vec<usize>>) -> Vec<(Vec<usize>, BTreeSet<u32>)> {
        let mut why: Vec<BTreeSet<u32>> = vec![BTreeSet::new(); groups.len()];
        for Regroup { number, joins, pages } in &self.stories {
            let holds = |group: &Vec<usize>| group.iter().any(|page| pages.contains(page));
            let touched: Vec<usize> = (0..groups.len()).filter(|n| holds(&groups[*n])).collect();
            let Some(first) = touched.first().copied() else { continue };
            if !*joins {
                groups.iter_mut().for_each(|group| group.retain(|page| !pages.contains(page)));
                groups.push(pages.clone());
                why.push(BTreeSet::new());
            }
            for n in touched {
                why[n].insert(*number);
                if *joins && n != first {
                    let (moved, reasons) = (std::mem::take(&mut groups[n]), std::mem::take(&mut why[n]));
                    groups[first].extend(moved);
                    why[first].extend(reasons);
                }
            }
            if let Some(own) = why.last_mut().filter(|_| !*joins) {
                own.insert(*number);
            }
        }
        groups.into_iter().zip(why).filter(|(group, _)| !group.is_empty()).collect()
    }

    /// Tells entities and stories which corrections they rest on.
    pub fn mark(&self, readings: &[Reading], woven: &mut Woven) {
        for ((page, n), grounds) in &self.entities {
            woven.entities[woven.entity_of[*page][*n]].corrected.extend(grounds.iter().cloned());
        }
        for story in &mut woven.stories {
            for number in &story.corrections {
                let pages = self.stories.iter().filter(|s| s.number == *number).flat_map(|s| &s.pages);
                let titles = pages
                    .filter(|page| story.pages.contains(page))
                    .filter_map(|page| Some(Passage { page: *page, span: *readings[*page].layout.title.first()? }));
                story.corrected.push(Grounds::new(rule(*number), titles.collect()));
            }
        }
    }
}

/// The rule of values that correction `number` made.
fn rule(number: u32) -> Arc<str> {
    format!("correction/{number}").into()
}

/// Corrections that are being carried out on pages.
struct Desk<'d> {
    plan: Plan,
    /// Pages as they were before words on them were corrected.
    former: BTreeMap<usize, Reading>,
    readings: &'d mut [Reading],
    packs: &'d Packs,
    pages: FxHashMap<String, usize>,
    blocks: Blocks,
}

/// Gives pages the days that were put right, and reads them again with them.
pub(super) fn dates(readings: &mut [Reading], packs: &Packs, corrections: &[Correction]) {
    let mut days: BTreeMap<&str, (u32, jiff::civil::Date)> = BTreeMap::new();
    for correction in corrections {
        if let What::Published { article, day } = &correction.what {
            days.insert(article, (correction.number, *day));
        }
    }
    for reading in readings.iter_mut() {
        let Some((number, date)) = days.get(reading.source.id.as_str()).copied() else { continue };
        let because = Because::new(rule(number), Vec::new());
        let day = Published { date, from: PublishedFrom::Correction, because };
        *reading = read(reading.source.clone(), reading.text.raw().to_owned(), packs, Some(day));
    }
}

/// Carries out `corrections`; `base` weaves names and stories so far under a plan.
pub(super) fn carry_out<'d>(
    readings: &'d mut [Reading],
    packs: &'d Packs,
    corrections: &[Correction],
    base: impl FnOnce(&[Reading], &Plan) -> Joining,
) -> Outcome {
    let pages = readings.iter().enumerate().map(|(n, r)| (r.source.id.clone(), n)).collect();
    let mut desk =
        Desk { plan: Plan::default(), former: BTreeMap::new(), readings, packs, pages, blocks: Blocks::default() };
    let mut done: BTreeMap<u32, Result<Vec<usize>, String>> = BTreeMap::new();
    for correction in corrections.iter().filter(|c| c.what.who().is_empty()) {
        done.insert(correction.number, desk.without_names(correction));
    }
    if done.len() < corrections.len() {
        desk.blocks = Blocks::new(base(desk.readings, &desk.plan), desk.readings);
    }
    for correction in corrections.iter().filter(|c| !c.what.who().is_empty()) {
        done.insert(correction.number, desk.with_names(correction));
    }
    desk.settle();
    let applied = done.into_iter().map(|(number, pages)| match pages {
        Ok(pages) => Applied { number, pages, orphaned: None },
        Err(why) => Applied { number, pages: Vec::new(), orphaned: Some(why) },
    });
    Outcome { applied: applied.collect(), plan: desk.plan, former: desk.former }
}

/// What corrections impose, and what they changed.
pub(super) struct Outcome {
    pub plan: Plan,
    pub former: BTreeMap<usize, Reading>,
    applied: Vec<Applied>,
}

impl Outcome {
    /// What became of each correction, with all pages that rest on it.
    pub fn applied(mut self, woven: &Woven) -> Vec<Applied> {
        let rests = |of: &[Grounds], number: u32| of.iter().any(|g| *g.rule == *rule(number));
        for applied in &mut self.applied {
            let entities: FxHashSet<usize> =
                (0..woven.entities.len()).filter(|n| rests(&woven.entities[*n].corrected, applied.number)).collect();
            let names = woven.entity_of.iter().enumerate().filter(|(_, of)| of.iter().any(|e| entities.contains(e)));
            let stories = woven.stories.iter().filter(|s| s.corrections.contains(&applied.number));
            applied.pages.extend(names.map(|(page, _)| page).chain(stories.flat_map(|s| s.pages.iter().copied())));
            applied.pages.sort_unstable();
            applied.pages.dedup();
        }
        self.applied
    }
}

impl Desk<'_> {
    fn page(&self, id: &str) -> Result<usize, String> {
        self.pages.get(id).copied().ok_or_else(|| format!("no page has the id {id}"))
    }

    fn all_pages(&self, ids: &[String]) -> Result<Vec<usize>, String> {
        ids.iter().map(|id| self.page(id)).collect()
    }

    fn without_names(&mut self, correction: &Correction) -> Result<Vec<usize>, String> {
        let number = correction.number;
        match &correction.what {
            What::JoinStories { articles } => {
                let pages = self.all_pages(articles)?;
                self.plan.stories.push(Regroup { number, joins: true, pages });
                Ok(Vec::new())
            }
            What::SplitStory { articles } => {
                let pages = self.all_pages(articles)?;
                self.plan.stories.push(Regroup { number, joins: false, pages });
                Ok(Vec::new())
            }
            What::Published { article, .. } => Ok(vec![self.page(article)?]),
            What::Speaker { statement, .. } => self.speaker(statement, None, number),
            What::JoinEntities { .. } | What::SplitEntity { .. } => Err("it names nobody".to_owned()),
        }
    }

    fn with_names(&mut self, correction: &Correction) -> Result<Vec<usize>, String> {
        let number = correction.number;
        match &correction.what {
            What::JoinEntities { entities } => self.join(entities, number)?,
            What::SplitEntity { entity, articles, forms } => self.split(entity, articles, forms, number)?,
            What::Speaker { statement, speaker } => return self.speaker(statement, speaker.as_ref(), number),
            _ => {}
        }
        Ok(Vec::new())
    }

    fn join(&mut self, entities: &[Who], number: u32) -> Result<(), String> {
        let found: Vec<At> =
            entities.iter().map(|who| self.blocks.find(who, &self.pages, self.readings)).collect::<Result<_, _>>()?;
        let from = found.iter().filter_map(|at| self.passage(*at)).collect();
        for other in &found[1..] {
            self.blocks.join(found[0], *other);
            self.plan.why.push(([found[0], *other], rule(number)));
        }
        self.plan.ids.push((found[0], block::without_number(&entities[0].id).to_owned()));
        self.blocks.settle(found[0], Grounds::new(rule(number), from));
        Ok(())
    }

    fn split(&mut self, who: &Who, articles: &[String], forms: &[String], number: u32) -> Result<(), String> {
        let pages = self.all_pages(articles)?;
        let whole = self.blocks.find(who, &self.pages, self.readings)?;
        let members: Vec<At> = self.blocks.members(whole).to_vec();
        let parts: Vec<(At, divide::Part)> = members
            .iter()
            .filter(|(page, _)| pages.is_empty() || pages.contains(page))
            .map(|at| (*at, divide::part(&self.readings[at.0], at.1, forms)))
            .filter(|(_, part)| !matches!(part, divide::Part::Nothing))
            .collect();
        if let Some(page) = pages.iter().find(|page| !parts.iter().any(|((p, _), _)| p == *page)) {
            return Err(format!("{} does not name «{}»", self.readings[*page].source.id, named(who, forms)));
        }
        let has = |form: &String| parts.iter().any(|((page, n), _)| divide::is_called(&self.readings[*page], *n, form));
        if let Some(form) = forms.iter().find(|form| !has(form)) {
            return Err(format!("«{}» is not called «{form}» there", who.name));
        }
        let is_all = parts.len() == members.len() && parts.iter().all(|(_, p)| matches!(p, divide::Part::Whole));
        if parts.is_empty() || is_all {
            let why = if is_all { "nothing of it would be left" } else { "no page names it so" };
            return Err(format!("«{}» cannot be split: {why}", named(who, forms)));
        }
        let mut moved: Vec<At> = Vec::with_capacity(parts.len());
        for ((page, n), part) in parts {
            match part {
                divide::Part::Some(spans) => {
                    self.keep(page);
                    let own = divide::divide(&mut self.readings[page], n, &spans, self.packs);
                    self.blocks.add((page, own), whole);
                    for at in [(page, n), (page, own)] {
                        self.blocks.put_row(at, self.readings[page].cast.entities[at.1].known.clone());
                    }
                    moved.push((page, own));
                }
                _ => moved.push((page, n)),
            }
        }
        self.blocks.split(whole, &moved);
        let rest: Vec<At> = members.into_iter().filter(|at| !moved.contains(at)).collect();
        self.take_rows(&moved, &rest);
        let from = |at: &[At]| at.iter().take(1).filter_map(|at| self.passage(*at)).collect::<Vec<_>>();
        let grounds = Grounds::new(rule(number), [from(&rest), from(&moved)].concat());
        for part in [&rest, &moved] {
            self.blocks.settle(part[0], grounds.clone());
        }
        Ok(())
    }

    /// Whoever is split off is not what a row of `langs/names/` says of those that stay.
    fn take_rows(&mut self, moved: &[At], rest: &[At]) {
        let kept: FxHashSet<String> = rest.iter().filter_map(|at| self.blocks.row(*at).map(str::to_owned)).collect();
        for at in moved {
            if self.blocks.row(*at).is_some_and(|row| kept.contains(row)) {
                self.keep(at.0);
                self.readings[at.0].cast.entities[at.1].known = None;
                self.plan.rowless.insert(*at);
                self.blocks.put_row(*at, None);
            }
        }
    }

    fn speaker(&mut self, said: &Said, who: Option<&Who>, number: u32) -> Result<Vec<usize>, String> {
        let page = self.page(&said.article)?;
        let n = statement(&self.readings[page], said)
            .ok_or_else(|| format!("{} has no statement with the words «{}»", said.article, said.text))?;
        let speaker = match who {
            Some(who) => Some(self.on_page(page, self.blocks.find(who, &self.pages, self.readings)?)),
            None => None,
        };
        self.keep(page);
        let statement = &mut self.readings[page].statements[n];
        statement.speaker = speaker;
        statement.corrected = Some(Because::one(rule(number), statement.cue));
        Ok(vec![page])
    }

    /// The entity of `page` that is the one at `other`; a page that does not name it gets it without a mention.
    fn on_page(&mut self, page: usize, other: At) -> usize {
        if let Some((_, n)) = self.blocks.members(other).iter().find(|(p, _)| *p == page) {
            return *n;
        }
        self.keep(page);
        let one_language = self.readings[page].lang == self.readings[other.0].lang;
        let named = &self.readings[other.0].cast.entities[other.1];
        let forms = if one_language { named.forms.clone() } else { Vec::new() };
        let entity = Entity { roles: Vec::new(), forms, ..named.clone() };
        let cast = &mut self.readings[page].cast;
        cast.entities.push(entity);
        let at = (page, cast.entities.len() - 1);
        self.blocks.add(at, other);
        self.plan.links.push([other, at]);
        at.1
    }

    /// Keeps a page as it was.
    fn keep(&mut self, page: usize) {
        self.former.entry(page).or_insert_with(|| self.readings[page].clone());
    }

    fn passage(&self, (page, n): At) -> Option<Passage> {
        let mention = self.readings[page].cast.mentions.iter().find(|m| m.entity == n)?;
        Some(Passage { page, span: mention.span })
    }

    fn settle(&mut self) {
        for (number, (members, grounds)) in (0..).zip(self.blocks.settled()) {
            self.plan.settled.extend(members.iter().map(|at| (*at, number)));
            self.plan.entities.push((members[0], grounds.to_vec()));
        }
    }
}

fn named(who: &Who, forms: &[String]) -> String {
    if forms.is_empty() { who.name.clone() } else { forms.join("», «") }
}

/// The statement with exactly these words behind this cue: at the same place, else where it is the only one.
fn statement(reading: &Reading, said: &Said) -> Option<usize> {
    let points = CodePoints::new(reading.text.raw());
    let is_meant = |n: &usize| {
        let s = &reading.statements[*n];
        let pieces: Vec<&str> = s.content.iter().map(|c| reading.text.at(*c)).collect();
        reading.text.at(s.cue) == said.cue && pieces.join(" … ") == said.text
    };
    let meant: Vec<usize> = (0..reading.statements.len()).filter(is_meant).collect();
    let in_place = |n: &&usize| points.range(reading.statements[**n].extent()) == (said.start, said.end);
    match &meant[..] {
        [one] => Some(*one),
        several => several.iter().find(in_place).copied(),
    }
}

/// Could corrections have to do with this page: does one name it, or somebody whom it names? `names` are all names of
/// entities that corrections made what they are.
pub fn concerns(reading: &Reading, corrections: &[Correction], names: &FxHashSet<String>) -> bool {
    let id = reading.source.id.as_str();
    let cast = &reading.cast;
    let ids: FxHashSet<String> = cast.entities.iter().map(block::id_of).collect();
    let forms = cast.entities.iter().flat_map(|e| e.forms.iter().map(String::as_str));
    let mentions = cast.mentions.iter().map(|m| reading.text.at(m.span));
    let called: FxHashSet<&str> = forms.chain(mentions).collect();
    let is_meant = |who: &Who| {
        who.article.as_deref() == Some(id)
            || called.contains(who.name.as_str())
            || ids.contains(block::without_number(&who.id))
    };
    called.iter().any(|name| names.contains(*name))
        || corrections.iter().any(|c| c.what.articles().contains(&id) || c.what.who().into_iter().any(is_meant))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn regrouped(stories: &[(bool, &[usize])], groups: &[&[usize]]) -> Vec<(Vec<usize>, Vec<u32>)> {
        let regroup = |(number, (joins, pages)): (u32, &(bool, &[usize]))| Regroup {
            number,
            joins: *joins,
            pages: pages.to_vec(),
        };
        let plan = Plan { stories: (1..).zip(stories).map(regroup).collect(), ..Plan::default() };
        let groups = groups.iter().map(|g| g.to_vec()).collect();
        plan.regroup(groups).into_iter().map(|(pages, why)| (pages, why.into_iter().collect())).collect()
    }

    #[test]
    fn stories_are_put_together_and_taken_apart_in_order() {
        let groups: [&[usize]; 3] = [&[0, 3], &[1], &[2, 4]];
        assert_eq!(regrouped(&[(true, &[3, 2])], &groups), [(vec![0, 3, 2, 4], vec![1]), (vec![1], vec![])]);
        assert_eq!(
            regrouped(&[(false, &[3])], &groups),
            [(vec![0], vec![1]), (vec![1], vec![]), (vec![2, 4], vec![]), (vec![3], vec![1])]
        );
        // Joined, then one page of the whole taken out again.
        assert_eq!(
            regrouped(&[(true, &[0, 1, 2]), (false, &[4])], &groups),
            [(vec![0, 3, 1, 2], vec![1, 2]), (vec![4], vec![2])]
        );
        // Taken out, then put with another one.
        assert_eq!(
            regrouped(&[(false, &[0]), (true, &[0, 1])], &groups),
            [(vec![3], vec![1]), (vec![1, 0], vec![1, 2]), (vec![2, 4], vec![])]
        );
        assert_eq!(regrouped(&[(true, &[9, 8])], &groups).len(), 3, "pages that are not there move nothing");
    }

    #[test]
    fn a_number_tells_entities_of_one_name_apart() {
        assert_eq!(block::without_number("per:karim~2"), "per:karim");
        assert_eq!(block::without_number("per:karim"), "per:karim");
        assert_eq!(block::without_number("page~x#u1"), "page~x#u1");
    }
}
