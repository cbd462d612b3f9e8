//! Who travels where, and at whose invitation?

use super::EventKind;
use super::actor::{antecedent, is_actor, is_unnamed, leaders, reporter, subjects, touching};
use super::affix;
use super::lexicon::{Frame, Meaning};
use super::page::{Name, Page};
use super::parties::Found;
use super::topic::Topic;
use super::trigger::Trigger;
use crate::mention::{EntityIndex, EntityKind};

pub(super) fn visit(page: &Page<'_>, trigger: &Trigger<'_>, topic: &Topic) -> Found {
    let mut found = Found { named: true, ..Found::default() };
    if is_route(page, trigger) {
        return found;
    }
    let verb = trigger.frame().is_verb();
    let Journey { mut travellers, goal, host, goals } = journey(page, trigger);
    found.goals = goals;
    let mut before = Vec::new();
    if verb && trigger.frame() != Frame::Leaving {
        before = touching(page, trigger);
        before.retain(|e| !page.is_place(*e));
    }
    if verb && before.is_empty() {
        before.extend(antecedent(page, trigger));
    }
    let told = !before.is_empty();
    if told {
        travellers = before;
    }
    let mut somebody = verb && travellers.is_empty() && is_unnamed(page, trigger);
    if let Some(doer) = doer(page, trigger).filter(|_| !told) {
        somebody |= doer.is_none() && travellers.is_empty();
        travellers = doer.map_or(travellers, |d| vec![d]);
    }
    if let Some(guest) = guest(page, trigger) {
        travellers = guest;
        found.unnamed = travellers.is_empty();
    } else if let Some((inviter, invited)) = invitation(page, trigger, topic) {
        found.inviter = inviter;
        travellers = invited;
    } else if travellers.is_empty()
        && !somebody
        && !page.means(trigger.end, &[Meaning::Title])
        && !has_own_subject(page, trigger)
    {
        travellers = of_context(page, trigger, topic);
    }
    let noun = trigger.frame() == Frame::Noun;
    let known = !noun && trigger.frame() != Frame::Owned;
    let titled = verb && page.means(trigger.end, &[Meaning::Title, Meaning::Group]);
    found.unnamed |= travellers.is_empty() && goal.is_some() && (titled || somebody);
    if page.means(trigger.at, &[Meaning::Speaker]) {
        travellers = page.speaker(trigger.at).into_iter().collect();
    }
    if goal.or(host).is_none() && !(noun && trigger.definite) && is_to_somebody(page, trigger) {
        travellers.retain(|t| page.kind(*t) == EntityKind::Person && page.is_named(*t));
        found.unnamed = true;
    } else if goal.or(host).is_none() && (known || trigger.definite) || goal.is_some_and(|g| page.is_region(g)) {
        return Found::default();
    }
    travellers.retain(|t| page.kind(*t) == EntityKind::Person || page.is_notable(*t));
    found.place = goal;
    found.parties = travellers;
    found.parties.extend(goal.map(|g| page.host(g)).or(host));
    found
}

/// «رحلة من الرياض إلى جدة», «السفر من وإلى المملكة»: a flight, not somebody's journey to a host.
fn is_route(page: &Page<'_>, trigger: &Trigger<'_>) -> bool {
    let place = |i: usize| page.name_at(i).is_some_and(|n| page.kind(n.entity) == EntityKind::Place);
    let from = |i: usize| page.means(i, &[Meaning::From]) && (place(i + 1) || page.means(i + 1, &[Meaning::To]));
    let near = trigger.at + 1..(trigger.at + ROUTE).min(trigger.segment.end);
    let noun = trigger.frame() == Frame::Noun && !trigger.word.needs.is_empty();
    noun && near.take_while(|i| !page.contacts[*i]).any(from)
}

/// So many words behind a journey it may say where it begins.
const ROUTE: usize = 6;

/// Who travels, where neither the word nor the words behind it say so.
fn of_context(page: &Page<'_>, trigger: &Trigger<'_>, topic: &Topic) -> Vec<EntityIndex> {
    // «وصل الوزير … في زيارة»: whoever comes for it is told in its sentence.
    let said = |n: &Name| is_actor(page, n) && !page.is_place(n.entity);
    let during = trigger.at > 0 && page.means(trigger.at - 1, &[Meaning::During]);
    // «لأداء العمرة وزيارة المسجد»: whoever comes for it, not whoever the page speaks of.
    let aside = during || trigger.purpose || affix::is_joined(page.text.key(trigger.at));
    let elsewhere = aside && !trigger.definite && trigger.frame() == Frame::Noun;
    if elsewhere && !page.names_in(trigger.segment.start..trigger.at).iter().any(said) {
        return reporter(page, trigger).filter(|_| during).into_iter().collect();
    }
    // «بحث الوزير مع رئيس الوزراء … خلال زيارة»: whoever the clause began with travels.
    let first = trigger.frame().is_verb() || during;
    let mut travellers = if first { leaders(page, trigger, topic) } else { subjects(page, trigger, topic) };
    travellers.retain(|e| !page.is_place(*e));
    travellers.truncate(1);
    travellers
}

/// «استقبل الأمير السفير … خلال زيارته للمنطقة»: the journey is the guest's; nobody's where he has no name.
fn guest(page: &Page<'_>, trigger: &Trigger<'_>) -> Option<Vec<EntityIndex>> {
    if trigger.frame() != Frame::Owned {
        return None;
    }
    let from = trigger.segment.start;
    let verb = (from..trigger.at).rev().find(|i| page.means(*i, &[Meaning::Receives]))?;
    let person = |n: &&Name| page.kind(n.entity) == EntityKind::Person && is_actor(page, n);
    // «الأمير يستقبل السفير», «خلال استقباله السفير»: the host stands in front.
    let in_front = affix::has_object(page.text.key(verb)) || verb > from && page.name_at(verb - 1).is_some();
    let mut met = page.names_in(verb + 1..trigger.at).iter().filter(person).skip(usize::from(!in_front));
    Some(met.next().map(|n| n.entity).into_iter().collect())
}

/// «أول زيارة لمصر يقوم بها الوزير …»: the traveller stands behind the verb of a relative clause; nobody where he has
/// no name: «الزيارات التي يقوم بها المتطرفون».
fn doer(page: &Page<'_>, trigger: &Trigger<'_>) -> Option<Option<EntityIndex>> {
    let near = trigger.end..(trigger.end + DOER).min(trigger.segment.end);
    let verb = near.take_while(|i| !page.contacts[*i]).find(|i| page.means(*i, &[Meaning::Doer]))?;
    let until = (verb + DOER).min(trigger.segment.end);
    let goal = (verb + 1..until).find(|i| page.means(*i, &[Meaning::To]) && page.name_at(*i).is_none());
    let behind = page.names_in(verb + 1..goal.unwrap_or(until));
    Some(behind.iter().find(|n| is_actor(page, n) && !page.is_place(n.entity)).map(|n| n.entity))
}

/// So many words may stand before a verb that tells the traveller, and between it and his name.
const DOER: usize = 10;

/// «زار الوزير جرحى الهجوم», «زيارة تفقدية لمستشفى»: who or what is visited has no name.
fn is_to_somebody(page: &Page<'_>, trigger: &Trigger<'_>) -> bool {
    let host = [Meaning::Host, Meaning::Group];
    let verb = matches!(trigger.frame(), Frame::Past | Frame::Present);
    let first = page.names_in(trigger.end..trigger.end + 3).first().map_or(trigger.end, |n| n.full.end);
    let from = if verb { first } else { trigger.end };
    let near = from..(from + VISITED).min(trigger.segment.end);
    let mut open = near.take_while(|i| !page.means(*i, &[Meaning::Break]) && !page.is_mark(*i));
    // «قام الوزير بزيارة لحاملة الطائرات»
    let pays =
        !verb && affix::is_within(page.text.key(trigger.at), 1) && affix::is_purpose(page.text.key(trigger.end), 1);
    pays && page.is_plain(trigger.end)
        || open.any(|i| if verb { page.means(i, &host) } else { page.means_led(i, &host, affix::is_purpose) })
}

/// So many words behind a word of visiting may stand before what is visited.
const VISITED: usize = 3;

/// What the names behind a word of travel are to the journey.
#[derive(Default)]
struct Journey {
    travellers: Vec<EntityIndex>,
    goal: Option<EntityIndex>,
    /// A person or body that is visited.
    host: Option<EntityIndex>,
    goals: Vec<EntityIndex>,
}

/// So many words behind a word of travel its goal may stand: a prince's titles are long.
const FAR_GOAL: usize = 28;

/// Walks over the names behind the word up to its goal.
fn journey(page: &Page<'_>, trigger: &Trigger<'_>) -> Journey {
    let verb = trigger.frame().is_verb();
    let mut found = Journey::default();
    for name in page.names_in(trigger.end..(trigger.end + FAR_GOAL).min(trigger.segment.end)) {
        // «الزيارة التي قام بها الوزير إلى …» goes on behind its clause.
        let goes_on = |i: usize| page.means(i, &[Meaning::Relative]) && page.means(i + 1, &[Meaning::Doer]);
        let breaks = |i: usize| page.means(i, &[Meaning::Break]) && page.name_at(i).is_none() && !goes_on(i);
        let stops = |i: usize| breaks(i) || page.contacts[i];
        if (trigger.end..name.full.start).any(stops) {
            break;
        }
        let under_way = !found.travellers.is_empty();
        if page.is_place(name.entity) {
            if !is_sight(page, trigger) && is_goal(page, trigger, name) {
                found.goal = Some(name.entity);
                found.goals = further_goals(page, trigger, name);
                if verb && !under_way {
                    found.travellers.extend(behind_goal(page, trigger, name));
                }
                break;
            }
            continue;
        }
        if is_host(page, trigger, name, &found.travellers) {
            found.host = Some(name.entity);
            break;
        }
        let person = page.kind(name.entity) == EntityKind::Person;
        let by = affix::is_purpose(page.text.key(name.full.start), 1) && person;
        // «زيارة لم يعلن عنها مسبقا لوزير الدفاع … إلى بغداد»
        if trigger.frame() != Frame::Owned && (name.full.start <= trigger.end + 3 || under_way || by) {
            let titled = page.means(trigger.end, &[Meaning::Title]);
            let direct = verb || name.full.start == trigger.end || under_way || by || titled;
            let from = page.comes_from(name);
            found.travellers.extend((direct && !from && !page.is_aside(name)).then_some(name.entity));
        }
    }
    if found.host.is_none() {
        found.goal = found.goal.or_else(|| capital(page, trigger));
    }
    found
}

/// «زيارته لمقر اللجنة بمنطقة …»: what is visited has no name, and the place behind it is no goal.
fn is_sight(page: &Page<'_>, trigger: &Trigger<'_>) -> bool {
    !trigger.frame().is_verb() && page.means_led(trigger.end, &[Meaning::Host], affix::is_purpose)
}

/// «توجه إلى العاصمة المصرية»: a capital by the adjective of its state.
fn capital(page: &Page<'_>, trigger: &Trigger<'_>) -> Option<EntityIndex> {
    let near = trigger.end..(trigger.end + CAPITAL).min(trigger.segment.end);
    let mut open = near.take_while(|i| !page.is_mark(*i) && !page.means(*i, &[Meaning::Break]));
    let at = open.find(|i| page.means(*i, &[Meaning::In]) && affix::is_definite(page.text.key(*i)))?;
    page.nation(at + 1).filter(|_| page.means(at - 1, &[Meaning::To]))
}

/// So many words behind a word of travel «العاصمة» may stand.
const CAPITAL: usize = 10;

/// «وصل إلى الرياض اليوم رئيس الوزراء شهباز شريف»: the traveller stands behind the goal.
fn behind_goal(page: &Page<'_>, trigger: &Trigger<'_>, goal: &Name) -> Option<EntityIndex> {
    let stops = [Meaning::Break, Meaning::In, Meaning::With, Meaning::To, Meaning::From, Meaning::That];
    let near = goal.full.end..(goal.full.end + 8).min(trigger.segment.end);
    let mut open = near.take_while(|i| !page.is_mark(*i) && (page.name_at(*i).is_some() || !page.means(*i, &stops)));
    let first = open.find_map(|i| page.name_at(i))?;
    let adjacent = goal.full.start <= trigger.end + 3;
    let person = page.kind(first.entity) == EntityKind::Person && page.is_named(first.entity);
    (adjacent && person && !page.is_joined(first.full.start)).then_some(first.entity)
}

/// «زار المدير الجندي سالم الحارثي», «زيارة لمستشفى المدينة»: who is visited is a person or a body.
fn is_host(page: &Page<'_>, trigger: &Trigger<'_>, name: &Name, travellers: &[EntityIndex]) -> bool {
    let start = name.full.start;
    let key = page.text.key(start);
    let joined = name.prefix > 0 && affix::is_joined(key);
    let body = page.kind(name.entity) == EntityKind::Organisation && page.is_named(name.entity);
    let behind_traveller = matches!(trigger.frame(), Frame::Past | Frame::Present) && !travellers.is_empty();
    let behind = |i: usize| affix::is_purpose(page.text.key(i), 1) || affix::is_led(page.text.key(i));
    let led = body
        && start <= trigger.end + 2
        && (affix::is_purpose(key, name.prefix) || start > trigger.end && behind(start - 1));
    (behind_traveller && page.is_named(name.entity) || led) && !joined && !page.is_aside(name)
}

/// «وصلت الطائرة إلى …», «وصلت صباح اليوم سفينة …», «أكبر سفينة تصل إلى …»: a thing, or people without a name, travel.
fn has_own_subject(page: &Page<'_>, trigger: &Trigger<'_>) -> bool {
    if !matches!(trigger.frame(), Frame::Arrival | Frame::Arriving | Frame::Leaving) || !trigger.frame().is_verb() {
        return false;
    }
    let plain = |i: usize| {
        let led = [Meaning::In, Meaning::To, Meaning::From, Meaning::Pair, Meaning::With, Meaning::Break];
        trigger.segment.contains(&i)
            && !page.is_mark(i)
            && page.name_at(i).is_none()
            && !page.is_title(i)
            && !page.means(i, &led)
    };
    let next = (trigger.end..trigger.segment.end).find(|i| !page.is_time(*i));
    let relative = trigger.at > trigger.segment.start && page.means(trigger.at - 1, &[Meaning::Relative]);
    let joined = affix::is_joined(page.text.key(trigger.at));
    let before = trigger.at.checked_sub(1).filter(|i| !joined && plain(*i) && !page.is_marked(*i) && !page.is_time(*i));
    next.is_some_and(|i| plain(i) && !affix::is_led(page.text.key(i))) || relative || before.is_some()
}

/// «زيارة الوزير السعودي والوزير الروسي إلى قطر»: each has a journey of his own.
pub(super) fn journeys(page: &Page<'_>, trigger: &Trigger<'_>, found: Found) -> Vec<Found> {
    if !found.goals.is_empty() {
        return to_each_goal(page, found);
    }
    let travellers: Vec<EntityIndex> =
        found.parties.iter().copied().filter(|p| page.kind(*p) == EntityKind::Person && page.is_named(*p)).collect();
    // «وصل الوزيران … إلى عدن» is one journey.
    let apart = trigger.kind() == EventKind::Visit && !trigger.frame().is_verb();
    if !apart || travellers.len() < 2 || found.place.is_none() {
        return vec![found];
    }
    let one = |traveller: &EntityIndex| {
        let others = found.parties.iter().copied().filter(|p| p == traveller || !travellers.contains(p));
        Found { parties: others.collect(), goals: Vec::new(), ..found }
    };
    travellers.iter().map(one).collect()
}

/// «زيارة إلى مصر والأردن»: each goal is a journey.
fn to_each_goal(page: &Page<'_>, found: Found) -> Vec<Found> {
    let Some(first) = found.place.filter(|_| !found.goals.is_empty()) else { return vec![found] };
    let host = page.host(first);
    let mut out: Vec<Found> = Vec::new();
    for goal in std::iter::once(first).chain(found.goals.iter().copied()) {
        let travellers = found.parties.iter().copied().filter(|p| *p != host);
        let parties = travellers.chain(std::iter::once(page.host(goal))).collect();
        out.push(Found { parties, place: Some(goal), goals: Vec::new(), ..found });
    }
    out
}

/// The places joined to a goal by «و».
fn further_goals(page: &Page<'_>, trigger: &Trigger<'_>, goal: &Name) -> Vec<EntityIndex> {
    let mut out = Vec::new();
    let mut end = goal.full.end;
    while let Some(next) = page.name_at(end).filter(|n| n.full.start == end && end < trigger.segment.end) {
        let joined = next.prefix == 1 && affix::is_joined(page.text.key(end));
        if !joined || !page.is_place(next.entity) || page.is_region(next.entity) {
            break;
        }
        out.push(next.entity);
        end = next.full.end;
    }
    out
}

/// «وجه الدعوة لقيادة الحركة لزيارة موسكو», «ويدعوه لزيارة موسكو»: who invites, and who is to travel.
fn invitation(
    page: &Page<'_>,
    trigger: &Trigger<'_>,
    topic: &Topic,
) -> Option<(Option<EntityIndex>, Vec<EntityIndex>)> {
    let called = trigger.at > trigger.segment.start && page.means(trigger.at - 1, &[Meaning::To]);
    if !trigger.purpose && !called {
        return None;
    }
    let from = page.back(trigger.at, 10, trigger.segment.start);
    let verb = (from..trigger.at).rev().find(|i| page.means(*i, &[Meaning::Invites]))?;
    let clause = (trigger.segment.start..verb).rev().find(|i| page.means(*i, &[Meaning::That]));
    let before = page.names_in(clause.unwrap_or(trigger.segment.start)..verb);
    let mut inviter = before.iter().find(|n| is_actor(page, n)).map(|n| n.entity);
    let named = page.names_in(verb + 1..trigger.at).iter().filter(|n| !page.is_place(n.entity) && !page.is_aside(n));
    let mut invited: Vec<EntityIndex> = named.map(|n| n.entity).collect();
    // «دعا الرئيس نظيره إلى زيارة أنقرة»
    if inviter.is_none() && invited.len() > 1 {
        inviter = Some(invited.remove(0));
    }
    if invited.is_empty() {
        invited = topic.pair.iter().copied().filter(|p| Some(*p) != inviter).take(1).collect();
    }
    (!invited.is_empty()).then_some((inviter, invited))
}

/// «إلى القاهرة», «لروسيا», «العاصمة المصرية القاهرة», and after «زار» or «زيارة» the place itself.
fn is_goal(page: &Page<'_>, trigger: &Trigger<'_>, name: &Name) -> bool {
    let start = name.full.start;
    let within = affix::is_within(page.text.key(start), name.prefix);
    // «إلى خارج المملكة»
    if page.means(start.saturating_sub(1), &[Meaning::From]) && trigger.frame() != Frame::Opening {
        return false;
    }
    let led = |m: Meaning| (start.saturating_sub(4).max(trigger.end)..start).any(|i| page.means(i, &[m]));
    if matches!(trigger.frame(), Frame::Staying | Frame::Opening) {
        return led(Meaning::In) || led(Meaning::From) || within;
    }
    let joined = affix::is_purpose(page.text.key(start), name.prefix);
    if trigger.frame() == Frame::Owned && start == trigger.end + 1 && page.means(trigger.end, &[Meaning::In]) {
        return true;
    }
    let between = (trigger.end..start).filter(|i| page.name_at(*i).is_none()).count();
    // «زيارة الملك القاهرة», but not «زيارة الملك امتدادا لمواقف مصر».
    let noun = !trigger.frame().is_verb() && !page.names_in(trigger.end..start).is_empty();
    // «في مختلف مدن المملكة», but not «زار وفد من البنك القاهرة».
    let leads = |i: usize| {
        page.means(i, &[Meaning::During])
            || page.means(i, &[Meaning::From]) && !page.means(i.saturating_sub(1), &[Meaning::Group])
    };
    let itself = between <= 3
        && !(noun && page.name_at(start - 1).is_none() && !page.means(start - 1, &[Meaning::In]))
        && matches!(trigger.frame(), Frame::Past | Frame::Present | Frame::Noun | Frame::Owned)
        && !(trigger.end..start).any(leads)
        && !within;
    led(Meaning::To) || joined || itself
}
