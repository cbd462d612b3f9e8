//! Who travels where: "Putin will visit Paris", «визит Лаврова в Каир».

use super::super::lexicon::{Frame, Meaning};
use super::super::page::{Name, Page};
use super::super::parties::Found;
use super::super::topic::Topic;
use super::super::trigger::Trigger;
use super::behind::{Behind, Role, behind};
use super::owns;
use super::subject::{self, subject};
use crate::mention::{EntityIndex, EntityKind};

/// Traveller, goal and host of a visit.
pub(super) fn visit(page: &Page<'_>, trigger: &Trigger<'_>, topic: &Topic) -> Found {
    let behind = behind(page, trigger);
    let mut found = Found { named: true, ..Found::default() };
    let verb = trigger.frame().is_verb();
    let goal = goal(page, trigger, &behind);
    let from = subject::clause(page, trigger, trigger.at);
    if verb && !trigger.purpose && subject::is_common(page, from, trigger.at) {
        return found;
    }
    let host = host(page, trigger, &behind).filter(|_| goal.is_none());
    let mut travellers = own(page, trigger, &behind);
    if let Some((inviter, invited)) = invitation(page, trigger, topic) {
        found.inviter = inviter;
        travellers = invited;
    } else if travellers.is_empty() && (verb || goal.or(host).is_some()) {
        travellers = subject(page, trigger, holder(page, trigger), topic);
    }
    let known = verb || trigger.definite;
    if goal.or(host).is_none() && verb || goal.is_some_and(|g| page.is_region(g)) {
        return Found::default();
    }
    if goal.or(host).is_none() && !known {
        return Found::default();
    }
    travellers.retain(|t| page.kind(*t) == EntityKind::Person || page.is_notable(*t) && !page.is_place(*t));
    let target = goal.map(|g| page.host(g)).or(host);
    travellers.retain(|t| Some(*t) != target);
    found.place = goal;
    found.parties = travellers;
    found.parties.extend(target);
    found
}

/// Is the word a verb whose goal is its object: "visited Paris"?
fn takes_object(trigger: &Trigger<'_>) -> bool {
    !matches!(trigger.frame(), Frame::Arrival | Frame::Arriving | Frame::Leaving | Frame::Staying)
}

/// "to Paris", «в Каир», and behind a verb of visiting the place itself.
fn goal(page: &Page<'_>, trigger: &Trigger<'_>, behind: &Behind) -> Option<EntityIndex> {
    let fits = |role: Role| match role {
        Role::Direct => takes_object(trigger),
        Role::To | Role::In => true,
        _ => false,
    };
    let to = behind.names.iter().find(|(r, e)| fits(*r) && page.is_place(*e)).map(|(_, e)| *e);
    // "his Paris visit", «во время парижского визита»
    to.or_else(|| {
        let before = page.names_in(trigger.at.saturating_sub(1)..trigger.at);
        let venue = |n: &&Name| page.is_place(n.entity) && owns(page, n).is_none() && !trigger.frame().is_verb();
        before.last().filter(venue).map(|n| n.entity)
    })
}

/// A person or body that is visited.
fn host(page: &Page<'_>, trigger: &Trigger<'_>, behind: &Behind) -> Option<EntityIndex> {
    let role = if trigger.frame().is_verb() && takes_object(trigger) { Role::Direct } else { Role::To };
    behind.all(role).into_iter().find(|e| !page.is_place(*e) && page.is_named(*e))
}

/// Whose visit it is: "Putin's visit", «визит Лаврова», "a visit by".
fn own(page: &Page<'_>, trigger: &Trigger<'_>, behind: &Behind) -> Vec<EntityIndex> {
    if trigger.frame().is_verb() {
        return Vec::new();
    }
    let before = page.names_in(trigger.at.saturating_sub(8).max(trigger.segment.start)..trigger.at);
    let owner = before.last().filter(|n| owns(page, n).is_some_and(|end| end <= trigger.at && end + 4 > trigger.at));
    if let Some(owner) = owner {
        return vec![owner.entity];
    }
    let of = [behind.all(Role::By), behind.all(Role::Of), behind.all(Role::Direct)].concat();
    of.into_iter().filter(|e| page.kind(*e) == EntityKind::Person || !page.is_place(*e)).collect()
}

/// "paid a visit", «нанес визит»: the verb of a visit, else the noun itself.
fn holder(page: &Page<'_>, trigger: &Trigger<'_>) -> usize {
    let from = trigger.at.saturating_sub(6).max(subject::clause(page, trigger, trigger.at));
    let open = |i: &usize| page.name_at(*i).is_none() && !page.contacts[*i];
    let holds = (from..trigger.at).rev().take_while(open).find(|i| page.means(*i, &[Meaning::Holds]));
    holds.unwrap_or(trigger.at)
}

/// "Putin invited Biden to visit Moscow", «пригласил Байдена посетить Москву».
fn invitation(
    page: &Page<'_>,
    trigger: &Trigger<'_>,
    topic: &Topic,
) -> Option<(Option<EntityIndex>, Vec<EntityIndex>)> {
    let from = trigger.at.saturating_sub(10).max(trigger.segment.start);
    let verb = (from..trigger.at).rev().find(|i| page.means(*i, &[Meaning::Invites]))?;
    let inviter = subject(page, trigger, verb, topic).first().copied();
    let names = page.names_in(verb + 1..trigger.at).iter().map(|n| n.entity);
    let invited: Vec<EntityIndex> = names.filter(|e| !page.is_place(*e) && Some(*e) != inviter).collect();
    (!invited.is_empty()).then_some((inviter, invited))
}
