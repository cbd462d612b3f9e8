//! Whose contact it is, by what stands in front: "Putin, who was in Geneva, met …".

use super::super::actor::acts;
use super::super::lexicon::Meaning;
use super::super::page::{Name, Page};
use super::super::topic::Topic;
use super::super::trigger::Trigger;
use super::owns;
use crate::mention::{EntityIndex, EntityKind};

/// Words that lead a name, which then is no subject.
const LEADS: [Meaning; 9] = [
    Meaning::With,
    Meaning::Between,
    Meaning::Of,
    Meaning::By,
    Meaning::To,
    Meaning::From,
    Meaning::In,
    Meaning::On,
    Meaning::Asked,
];

/// Does a preposition lead this name: "with the US president Joe Biden"?
pub(super) fn is_led(page: &Page<'_>, name: &Name) -> bool {
    let small = [Meaning::Article, Meaning::New, Meaning::Owner, Meaning::Title];
    let before = name.full.start.saturating_sub(4)..name.full.start;
    let open = |i: &usize| page.name_at(*i).is_none() && page.means(*i, &small) && !page.means(*i, &LEADS);
    let at = before.rev().find(|i| !open(i));
    at.is_some_and(|i| page.name_at(i).is_none() && page.means(i, &LEADS) && !page.is_time(i))
}

/// Can it be who acts? Not what a preposition leads, what owns something, or the state in a title.
fn is_subject(page: &Page<'_>, name: &Name) -> bool {
    let person = page.kind(name.entity) == EntityKind::Person;
    let place = page.kind(name.entity) == EntityKind::Place && page.state(name.entity).is_none();
    let next = page.name_at(name.full.end).is_some_and(|n| page.kind(n.entity) == EntityKind::Person);
    acts(page, name.entity) && !place && !is_led(page, name) && owns(page, name).is_none() && (person || !next)
}

/// The name with those that are joined to it in front: "Putin and the US president Joe Biden".
pub(super) fn coordinated(page: &Page<'_>, last: &Name, from: usize) -> Vec<EntityIndex> {
    let mut out = vec![last.entity];
    let mut first = last.full.start;
    let mut listed = false;
    for name in page.names_in(from..last.full.start).iter().rev() {
        let gap = name.full.end..first;
        let and = gap.clone().any(|i| page.means(i, &[Meaning::And]));
        // "Erdogan, Putin hold talks": headlines join by a comma.
        let title = page.scene.layout.title.iter().any(|s| s.contains(page.text.span(name.full.start)));
        let comma = (listed || title) && gap.len() == 1 && page.text.word(gap.start) == ",";
        let small = [Meaning::And, Meaning::Title, Meaning::Article, Meaning::Owner];
        let open = |i: usize| page.means(i, &small) || page.is_title(i) || page.is_plain(i) && gap.len() <= 4;
        let close = comma || gap.clone().all(open) || and && gap.len() <= 2;
        // "Putin and US President Joe Biden": the state of a title.
        let attribute = !and && !comma && page.kind(name.entity) != EntityKind::Person && gap.len() <= 3;
        if attribute {
            first = name.full.start;
            continue;
        }
        if !close || !(and || comma) {
            break;
        }
        listed = true;
        out.insert(0, name.entity);
        first = name.full.start;
    }
    out
}

/// Where the clause that token `at` stands in begins.
pub(super) fn clause(page: &Page<'_>, trigger: &Trigger<'_>, at: usize) -> usize {
    let state = [Meaning::Planned, Meaning::Happened, Meaning::Ongoing, Meaning::Proposed, Meaning::During];
    let ends = |i: &usize| {
        page.name_at(*i).is_none() && page.means(*i, &[Meaning::That, Meaning::Break]) && !page.means(*i, &state)
            || matches!(page.text.word(*i), ":" | ";" | "—" | "–")
    };
    (trigger.segment.start..at).rev().find(ends).map_or(trigger.segment.start, |i| i + 1)
}

/// The first of the clause that can act, with those joined to it.
fn first(page: &Page<'_>, from: usize, until: usize) -> Vec<EntityIndex> {
    let names = page.names_in(from..until);
    let Some(n) = names.iter().position(|n| is_subject(page, n)) else { return Vec::new() };
    let mut all = vec![names[n].entity];
    for name in &names[n + 1..] {
        let group = coordinated(page, name, names[n].full.start);
        if group.first() != Some(&names[n].entity) {
            break;
        }
        all = group;
    }
    all
}

/// Who acts in front of the verb at `at`: the nearest name, or the first one where the verb goes on with a subject.
pub(super) fn subject(page: &Page<'_>, trigger: &Trigger<'_>, at: usize, topic: &Topic) -> Vec<EntityIndex> {
    let from = clause(page, trigger, at);
    let shared = goes_on(page, from, at);
    for i in (from..at).rev() {
        if let Some(name) = page.name_at(i) {
            if name.full.end == i + 1 && is_subject(page, name) {
                return if shared { first(page, from, at) } else { coordinated(page, name, from) };
            }
        } else if page.means(i, &[Meaning::Relative]) {
            if i + 4 > at {
                return antecedent(page, i, trigger.segment.start).into_iter().collect();
            }
        } else if page.means(i, &[Meaning::Speaker]) {
            return page.speaker(i).into_iter().collect();
        } else if page.means(i, &[Meaning::Pair]) && i + 8 > at {
            return topic.pair.clone();
        } else if page.means(i, &[Meaning::Pronoun]) {
            return pronoun(page, trigger, i, topic);
        }
    }
    let unnamed = (from..(from + 4).min(at)).any(|i| page.means(i, &[Meaning::Title, Meaning::New, Meaning::Group]));
    if from > trigger.segment.start && (!unnamed || !trigger.frame().is_verb()) {
        let main = first(page, trigger.segment.start, from);
        if !main.is_empty() {
            return main;
        }
    }
    // A verb without a subject is a participle where no subject may be dropped.
    if trigger.frame().is_verb() && page.lexicon.articles {
        return later(page, trigger, trigger.end);
    }
    let whole = !page.means(from, &[Meaning::Title, Meaning::New, Meaning::Group]);
    if whole || page.names_in(trigger.segment.start..at).is_empty() { topic.actors.clone() } else { Vec::new() }
}

/// "The plane arrived", "a woman met": does a common noun stand as the subject of the verb at `at`?
pub(super) fn is_common(page: &Page<'_>, from: usize, at: usize) -> bool {
    let small = [Meaning::Particle, Meaning::Auxiliary, Meaning::Planned];
    let passed = |i: &usize| page.name_at(*i).is_none() && (page.is_time(*i) || page.means(*i, &small));
    let Some(noun) = (from..at).rev().find(|i| !passed(i)).filter(|i| page.is_plain(*i)) else { return false };
    let head = (noun.saturating_sub(COMMON).max(from)..noun).rev().find(|i| !page.is_plain(*i));
    let led = [LEADS.as_slice(), &[Meaning::During, Meaning::Holds, Meaning::Purpose]].concat();
    // "Putin quietly arrived", "Putin at a forum met"
    head.is_none_or(|i| page.name_at(i).is_none() && !page.means(i, &led))
}

/// So many words a subject without a name may have in front of its noun.
const COMMON: usize = 3;

/// "praised Russia and met Biden", "came to meet": the subject of a verb in front goes on.
fn goes_on(page: &Page<'_>, from: usize, at: usize) -> bool {
    let small = [Meaning::Particle, Meaning::Auxiliary, Meaning::Planned, Meaning::Proposed];
    let passed = |i: &usize| page.name_at(*i).is_none() && (page.is_time(*i) || page.means(*i, &small));
    let purpose = (from..at).rev().take(1).any(|i| page.means(i, &[Meaning::Purpose]));
    let before = (from..at).rev().find(|i| !passed(i));
    purpose || before.is_some_and(|i| page.name_at(i).is_none() && page.means(i, &[Meaning::And]))
}

/// "Lavrov, the minister, who …": the name before a relative.
fn antecedent(page: &Page<'_>, relative: usize, from: usize) -> Option<EntityIndex> {
    let near = page.names_in(relative.saturating_sub(10).max(from)..relative);
    // "people in Crimea who", but "Lavrov, the minister, who"
    let beside = |n: &&Name| n.full.end == relative || page.is_mark(n.full.end);
    near.last().filter(beside).filter(|n| acts(page, n.entity) && !page.is_spot(n.entity)).map(|n| n.entity)
}

/// "Lavrov said he …": the subject of what stands in front, else whoever acted last.
fn pronoun(page: &Page<'_>, trigger: &Trigger<'_>, i: usize, topic: &Topic) -> Vec<EntityIndex> {
    let several = page.means(i, &[Meaning::Group]);
    let before = first(page, trigger.segment.start, i);
    let person = |e: &EntityIndex| page.kind(*e) == EntityKind::Person;
    let told = if before.iter().any(person) { before } else { topic.actors.clone() };
    match (several, told.len()) {
        (true, 0 | 1) if topic.pair.len() > 1 => topic.pair.clone(),
        (false, 2..) => told.into_iter().take(1).collect(),
        _ => told,
    }
}

/// "After talks with Kerry in Moscow, Lavrov said …": who acts stands behind the comma.
pub(super) fn later(page: &Page<'_>, trigger: &Trigger<'_>, from: usize) -> Vec<EntityIndex> {
    let near = from..(from + LATER).min(trigger.segment.end);
    let next = near.clone().find(|i| !page.is_time(*i)).and_then(|i| page.name_at(i).filter(|n| n.full.start == i));
    if let Some(name) = next.filter(|n| is_subject(page, n)) {
        return vec![name.entity];
    }
    let Some(comma) = near.clone().find(|i| page.text.word(*i) == ",") else { return Vec::new() };
    let names = page.names_in(comma + 1..(comma + 1 + LATER).min(trigger.segment.end));
    let name = names.iter().find(|n| is_subject(page, n));
    name.map(|n| n.entity).into_iter().collect()
}

/// So many words behind a contact its subject may stand.
const LATER: usize = 14;
