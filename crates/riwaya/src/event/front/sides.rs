//! Who takes part: the names behind a contact word, those in front of it, and whose it is.

use super::super::EventKind;
use super::super::actor::acts;
use super::super::lexicon::Meaning;
use super::super::page::{Name, Page};
use super::super::parties::Found;
use super::super::topic::Topic;
use super::super::trigger::Trigger;
use super::behind::{Behind, Role, behind};
use super::owns;
use super::subject::{self, subject};
use crate::mention::{EntityIndex, EntityKind};

/// "Putin met Biden", "Putin and Biden spoke by phone", «С Байденом встретится Путин».
pub(super) fn verb(page: &Page<'_>, trigger: &Trigger<'_>, topic: &Topic) -> Found {
    let behind = behind(page, trigger);
    let mut found = Found { place: place(page, trigger, &behind), named: true, news: true, ..Found::default() };
    if behind.pair && behind.names.is_empty() {
        return Found { parties: topic.pair.clone(), ..found };
    }
    let mut objects = behind.all(Role::Direct);
    let with = [behind.all(Role::With), behind.all(Role::To), behind.all(Role::By)].concat();
    let with = if with.is_empty() { with_before(page, trigger) } else { with };
    let own = !with.is_empty() && !objects.is_empty() || objects.len() > 1;
    found.unnamed = behind.unnamed;
    let from = subject::clause(page, trigger, trigger.at);
    if !trigger.purpose && subject::is_common(page, from, trigger.at) {
        found.unnamed = true;
    } else if !own || touches(page, trigger) {
        found.parties = subject(page, trigger, trigger.at, topic);
    }
    found.parties.append(&mut objects);
    found.parties.extend(with);
    found
}

/// Does a subject stand right in front of the verb?
fn touches(page: &Page<'_>, trigger: &Trigger<'_>) -> bool {
    let small = [Meaning::Particle, Meaning::Auxiliary, Meaning::Planned];
    let passed = |i: &usize| page.name_at(*i).is_none() && (page.is_time(*i) || page.means(*i, &small));
    let at = (trigger.segment.start..trigger.at).rev().find(|i| !passed(i));
    at.and_then(|i| page.name_at(i)).is_some_and(|n| !subject::is_led(page, n) && acts(page, n.entity))
}

/// «С Байденом Путин встретится завтра»: whoever is met stands in front of the subject.
fn with_before(page: &Page<'_>, trigger: &Trigger<'_>) -> Vec<EntityIndex> {
    let from = trigger.at.saturating_sub(WITH).max(subject::clause(page, trigger, trigger.at));
    let names = page.names_in(from..trigger.at);
    let led = |n: &&Name| n.full.start > 0 && page.means(n.full.start - 1, &[Meaning::With]);
    let free = !(from..trigger.at).any(|i| page.contacts[i]);
    names.iter().find(led).filter(|_| free).map(|n| n.entity).into_iter().collect()
}

/// So many words before a verb whoever is met may stand.
const WITH: usize = 8;

/// "talks between X and Y", "X's meeting with Y", "the X-Y summit", "X held talks with Y".
pub(super) fn noun(page: &Page<'_>, trigger: &Trigger<'_>, topic: &Topic) -> Found {
    let behind = behind(page, trigger);
    let (front, venue) = in_front(page, trigger);
    let mut found = Found {
        place: place(page, trigger, &behind).or(venue),
        unnamed: behind.unnamed,
        news: is_news(page, trigger),
        ..Found::default()
    };
    if behind.pair && behind.names.is_empty() {
        return Found { parties: topic.pair.clone(), named: true, ..found };
    }
    let mut own = own(&behind, front);
    let mut other = other(trigger, &behind);
    // «направил письмо Макрону»: to whom it goes.
    if trigger.kind() == EventKind::Correspondence
        && other.is_empty()
        && own.len() == 1
        && holds(page, trigger).is_some()
    {
        std::mem::swap(&mut own, &mut other);
    }
    found.named = !own.is_empty() || !other.is_empty();
    let complete = own.len() > 1 || !own.is_empty() && !other.is_empty();
    let gathered = behind.all(Role::Gathers);
    if complete || gathered.len() > 1 {
        found.parties = [own, other, gathered].concat();
        return found;
    }
    found.parties = holders(page, trigger, topic, &behind, other.is_empty() && own.is_empty() && gathered.is_empty());
    if found.parties.is_empty() && other.len() == 1 {
        found.parties = subject::later(page, trigger, behind.end);
    }
    // «встреча Лаврова»: whose it is, and not with whom.
    if page.lexicon.articles || own.is_empty() {
        found.parties.extend(own);
    } else {
        found.parties = own;
    }
    found.parties.extend(other);
    found.parties.extend(gathered);
    found
}

/// Whose contact it is: "between X and Y", «встреча Путина», "Putin's meeting".
fn own(behind: &Behind, front: Vec<EntityIndex>) -> Vec<EntityIndex> {
    let between = behind.all(Role::Between);
    if between.len() > 1 {
        return between;
    }
    [front, behind.all(Role::Direct), behind.all(Role::Of), behind.all(Role::By), between].concat()
}

/// With whom: "with X", and for what is sent "to X", "from X".
fn other(trigger: &Trigger<'_>, behind: &Behind) -> Vec<EntityIndex> {
    let mut other = behind.all(Role::With);
    if matches!(trigger.kind(), EventKind::Call | EventKind::Correspondence) {
        other.extend(behind.all(Role::From));
        other.extend(behind.all(Role::To));
    }
    other
}

/// Whoever holds it, where the words behind do not tell both sides.
fn holders(page: &Page<'_>, trigger: &Trigger<'_>, topic: &Topic, behind: &Behind, bare: bool) -> Vec<EntityIndex> {
    let from = trigger.at.saturating_sub(HOLDS).max(subject::clause(page, trigger, trigger.at));
    let holds = holds(page, trigger);
    let owned = (trigger.at.saturating_sub(4).max(from)..trigger.at).any(|i| page.means(i, &[Meaning::Owner]));
    if !bare || owned {
        let all = subject(page, trigger, holds.unwrap_or(trigger.at), topic);
        return if all.len() < 2 && bare && owned && behind.names.is_empty() { Vec::new() } else { all };
    }
    let Some(holds) = holds else { return last_two(page, trigger) };
    let all = subject(page, trigger, holds, topic);
    if all.len() > 1 { all } else { Vec::new() }
}

/// "held", «провел»: the verb whose object the noun is.
pub(super) fn holds(page: &Page<'_>, trigger: &Trigger<'_>) -> Option<usize> {
    let from = trigger.at.saturating_sub(HOLDS).max(subject::clause(page, trigger, trigger.at));
    let open = |i: &usize| page.name_at(*i).is_none_or(|n| !acts(page, n.entity)) && !page.contacts[*i];
    (from..trigger.at).rev().take_while(open).find(|i| page.means(*i, &[Meaning::Holds]))
}

/// So many words before a noun its verb may stand.
const HOLDS: usize = 9;

/// "Putin told Biden in a phone call": who speaks to whom in it are its parties.
fn last_two(page: &Page<'_>, trigger: &Trigger<'_>) -> Vec<EntityIndex> {
    let near = trigger.at.saturating_sub(4).max(trigger.segment.start)..trigger.at;
    if trigger.definite && page.lexicon.articles || !near.into_iter().any(|i| page.means(i, &[Meaning::During])) {
        return Vec::new();
    }
    let names = page.names_in(trigger.segment.start..trigger.at);
    let mut out: Vec<EntityIndex> = Vec::new();
    for name in names.iter().rev().filter(|n| page.kind(n.entity) == EntityKind::Person && acts(page, n.entity)) {
        if !out.contains(&name.entity) && out.len() < 2 {
            out.insert(0, name.entity);
        }
    }
    // «Путин в ходе разговора поздравил Токаева», "In a phone call, Putin told Macron"
    if matches!(trigger.kind(), EventKind::Call | EventKind::VideoCall) {
        let behind = page.names_in(trigger.end..(trigger.end + TOLD).min(trigger.segment.end)).iter();
        for name in behind.filter(|n| page.kind(n.entity) == EntityKind::Person && acts(page, n.entity)) {
            if !out.contains(&name.entity) && out.len() < 2 {
                out.push(name.entity);
            }
        }
    }
    if out.len() == 2 { out } else { Vec::new() }
}

/// So many words behind a call those who spoke in it may be named.
const TOLD: usize = 14;

/// "the Kim-Trump summit", "Putin's meeting", "the Geneva talks": parties and place right in front of the noun.
fn in_front(page: &Page<'_>, trigger: &Trigger<'_>) -> (Vec<EntityIndex>, Option<EntityIndex>) {
    let start = page.text.token_at(trigger.span.start());
    let names = page.names_in(start.saturating_sub(12).max(trigger.segment.start)..start);
    let Some(last) = names.last() else { return (Vec::new(), None) };
    let owner = owns(page, last);
    let from = owner.unwrap_or(last.full.end);
    let adjective = |i: usize| page.is_plain(i) || page.is_time(i) || page.means(i, &[Meaning::Planned]);
    if start < from || start - from > if owner.is_some() { 3 } else { 1 } || !(from..start).all(adjective) {
        return (Vec::new(), None);
    }
    if owner.is_some() {
        return (subject::coordinated(page, last, trigger.segment.start), None);
    }
    if from < start {
        return (Vec::new(), None);
    }
    let dash = |n: &Name| n.full.end + 1 == last.full.start && matches!(page.text.word(n.full.end), "-" | "–");
    match names.len().checked_sub(2).map(|n| &names[n]).filter(|n| dash(n)) {
        Some(first) => (vec![first.entity, last.entity], None),
        None => (Vec::new(), Some(last.entity).filter(|e| page.is_place(*e))),
    }
}

/// Where it takes place: "in Geneva" behind the word, else in front of it.
fn place(page: &Page<'_>, trigger: &Trigger<'_>, behind: &Behind) -> Option<EntityIndex> {
    let told = behind.place(page);
    if told.is_some() {
        return told;
    }
    let from = subject::clause(page, trigger, trigger.at);
    let names = page.names_in(from.max(trigger.at.saturating_sub(PLACE))..trigger.at);
    let inside = |n: &&Name| {
        let led = n.full.start > from && page.means(n.full.start - 1, &[Meaning::In]);
        led && page.is_place(n.entity) && !page.is_region(n.entity)
    };
    let apart = |n: &&Name| !(n.full.end..trigger.at).any(|i| page.contacts[i]);
    names.iter().rev().find(inside).filter(apart).map(|n| n.entity)
}

/// So many words before a contact its place may be told.
const PLACE: usize = 9;

/// "signed an agreement", «достигнуто соглашение»: a verb that makes an agreement news.
fn is_news(page: &Page<'_>, trigger: &Trigger<'_>) -> bool {
    let concludes = |i: &usize| page.means(*i, &[Meaning::Concludes]) && page.name_at(*i).is_none();
    let before = trigger.at.saturating_sub(NEWS).max(trigger.segment.start)..trigger.at;
    let after = trigger.end..(trigger.end + NEWS).min(trigger.segment.end);
    let open = |i: &usize| !page.contacts[*i] && !page.means(*i, &[Meaning::That, Meaning::Break]);
    before.rev().take_while(open).any(|i| concludes(&i)) || after.take_while(open).any(|i| concludes(&i))
}

/// So many words away from an agreement its verb may stand.
const NEWS: usize = 8;
