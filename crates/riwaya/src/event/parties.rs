//! Who meets whom, and where?

use super::EventKind;
use super::affix;
use super::lexicon::{Frame, Meaning};
use super::page::{Name, Page};
use super::trigger::Trigger;
use crate::mention::{EntityIndex, EntityKind};
use std::ops::Range;

/// What the words around a contact word say about its parties.
#[derive(Debug, Default)]
pub(super) struct Found {
    pub parties: Vec<EntityIndex>,
    pub place: Option<EntityIndex>,
    /// The parties are named at the word itself, not taken from the context.
    pub named: bool,
    /// Whoever invited the others.
    pub inviter: Option<EntityIndex>,
    /// Words that make an agreement news stand near: «توصلت … إلى اتفاق».
    pub news: bool,
    /// The parties are those who met last.
    pub of_the_group: bool,
}

/// Who was spoken of before this contact word.
#[derive(Debug, Default)]
pub(super) struct Topic {
    /// Those who acted last, joined by «و» where they are several.
    pub actors: Vec<EntityIndex>,
    /// The last two that met: «الرئيسان».
    pub pair: Vec<EntityIndex>,
    /// All who met last: «تم الاتفاق على …».
    pub group: Vec<EntityIndex>,
}

impl Topic {
    /// Takes in the sentences from `seen` up to the one that begins at token `until`: whoever comes first in one acts.
    pub(super) fn follow(&mut self, page: &Page<'_>, seen: &mut usize, until: usize) {
        let from = page.segments.partition_point(|s| s.tokens.start < *seen);
        for segment in page.segments[from..].iter().take_while(|s| s.tokens.start < until) {
            let acts = |n: &&Name| {
                let entity = &page.scene.cast.entities[n.entity];
                entity.kind == EntityKind::Person && entity.named && !page.is_teller(n.entity)
            };
            let names = page.names_in(segment.tokens.clone());
            let Some(first) = names.iter().find(acts) else { continue };
            let next = names.iter().filter(acts).find(|n| n.entity != first.entity);
            let both = next.map(|n| coordinated(page, n, first.full.start)).filter(|all| all.contains(&first.entity));
            self.actors = both.unwrap_or_else(|| vec![first.entity]);
            if let (true, Some(next)) = (self.pair.is_empty(), next) {
                self.pair = vec![first.entity, next.entity];
            }
        }
        *seen = until;
    }

    /// Takes in the parties of a contact.
    pub(super) fn met(&mut self, page: &Page<'_>, parties: &[EntityIndex]) {
        let persons: Vec<EntityIndex> =
            parties.iter().copied().filter(|p| page.kind(*p) == EntityKind::Person).collect();
        if persons.len() == 2 {
            self.pair = persons;
        }
        if parties.len() >= 2 {
            self.group = parties.to_vec();
        }
    }
}

/// Names after a contact word, as long as they can be its parties.
#[derive(Default)]
struct Chain {
    parties: Vec<EntityIndex>,
    place: Option<EntityIndex>,
    /// The first party stands right after the word: «لقاء كيري …».
    direct: bool,
    /// A place stands right after it: «قمة سنغافورة».
    venue: bool,
    between: bool,
    with: bool,
    gathers: bool,
    /// «الرئيسان».
    pair: bool,
    /// Behind the last party.
    end: usize,
    /// «لقاء روسي - سعودي - أميركي»: the states by their adjectives.
    nations: Vec<EntityIndex>,
}

impl Chain {
    /// Both sides stand in the chain itself.
    fn is_complete(&self) -> bool {
        self.between || self.gathers && !self.with || self.direct && self.parties.len() > 1
    }
}

/// So many words may stand before the first party of a chain, and between two.
const FIRST: usize = 8;
const NEXT: usize = 4;

/// So many words a bracket may hold that a chain passes over.
const ASIDE: usize = 25;

/// Finds the parties and the place of the contact that `trigger` tells of.
pub(super) fn parties(page: &Page<'_>, trigger: &Trigger<'_>, topic: &Topic) -> Found {
    let mut found = match (trigger.kind(), trigger.frame()) {
        (EventKind::Visit, _) => visit(page, trigger, topic),
        (EventKind::Agreement, Frame::Noun) => agreement(page, trigger, topic),
        (_, Frame::Both | Frame::BothPresent) => both(page, trigger, topic),
        (_, Frame::Past | Frame::Present) => verb(page, trigger, topic),
        _ => noun(page, trigger, topic),
    };
    found.place = found.place.or_else(|| place(page, trigger));
    let place = found.place;
    let mut seen = Vec::new();
    found.parties.retain(|p| {
        let venue = trigger.kind() != EventKind::Visit && Some(*p) == place;
        let keep = !page.is_teller(*p) && !seen.contains(p) && !venue;
        seen.push(*p);
        keep
    });
    found
}

fn noun(page: &Page<'_>, trigger: &Trigger<'_>, topic: &Topic) -> Found {
    let mut chain = chain(page, trigger, trigger.end);
    let mut found = Found { place: chain.place, ..Found::default() };
    if chain.pair && chain.parties.len() < 2 {
        return Found { parties: topic.pair.clone(), named: true, ..found };
    }
    let owned = trigger.frame() == Frame::Owned;
    let known = trigger.definite || chain.venue && chain.parties.is_empty();
    if known && !chain.with && !chain.direct && !chain.is_complete() && !owned {
        match later_sides(page, trigger) {
            Some(sides) => chain = sides,
            None => return found,
        }
    }
    let during = trigger.at > 0 && page.means(trigger.at - 1, &[Meaning::During]) && !trigger.definite;
    if during && chain.parties.is_empty() && !owned {
        found.parties = last_two(page, trigger);
        found.named = found.parties.len() == 2;
        if found.named {
            return found;
        }
    }
    let joins =
        (trigger.at.saturating_sub(6).max(trigger.segment.start)..trigger.at).any(|i| page.means(i, &[Meaning::Joins]));
    let complete = chain.is_complete() && !owned;
    let whole = chain.direct && !chain.with && !owned && !(trigger.purpose && chain.parties.len() == 1);
    if owned && affix::is_of_two(page.text.key(trigger.at)) && chain.parties.len() < 2 {
        found.parties = owners(page, trigger, topic);
        found.named = true;
        return found;
    }
    if !complete && !whole || joins {
        found.parties.extend(subjects(page, trigger, topic));
    }
    found.named = !chain.parties.is_empty() && !(joins && trigger.definite);
    found.parties.extend(chain.parties);
    found
}

/// «أكد ماكرون لشولتس في اتصالهما …»: the last two before it, else the two of whom the page speaks.
fn owners(page: &Page<'_>, trigger: &Trigger<'_>, topic: &Topic) -> Vec<EntityIndex> {
    let two = last_two(page, trigger);
    if two.len() == 2 { two } else { topic.pair.clone() }
}

/// «أبلغ ماكرون شولتس خلال اتصال هاتفي …»: the last two people before the contact word, in text order.
fn last_two(page: &Page<'_>, trigger: &Trigger<'_>) -> Vec<EntityIndex> {
    let mut out: Vec<EntityIndex> = Vec::new();
    for name in page.names_in(trigger.segment.start..trigger.at).iter().rev() {
        let person = page.kind(name.entity) == EntityKind::Person && acts(page, name.entity);
        if person && !out.contains(&name.entity) && out.len() < 2 {
            out.insert(0, name.entity);
        }
    }
    out
}

/// «المباحثات حول الضمانات والتي ستجري بين موسكو وواشنطن»: the sides stand farther behind.
fn later_sides(page: &Page<'_>, trigger: &Trigger<'_>) -> Option<Chain> {
    let between = (trigger.end..(trigger.end + LATER).min(trigger.segment.end))
        .take_while(|i| !page.contacts[*i] && !page.means(*i, &[Meaning::That]))
        .find(|i| page.means(*i, &[Meaning::Between]))?;
    let sides = chain(page, trigger, between);
    (sides.parties.len() > 1).then_some(sides)
}

/// How far behind a contact word «بين» may stand.
const LATER: usize = 16;

/// «التقى كيري نظيره لافروف», «كيري يلتقي لافروف», «حيث التقى لافروف».
fn verb(page: &Page<'_>, trigger: &Trigger<'_>, topic: &Topic) -> Found {
    let chain = chain(page, trigger, trigger.end);
    let mut found = Found { place: chain.place, named: true, news: true, ..Found::default() };
    if chain.pair && chain.parties.len() < 2 {
        return Found { parties: topic.pair.clone(), ..found };
    }
    let before = touching(page, trigger);
    let bare = trigger.kind() == EventKind::Call && trigger.word.needs.is_empty();
    if bare && before.is_empty() && !chain.direct {
        return Found::default();
    }
    if !before.is_empty() {
        found.parties = before;
    } else if chain.parties.len() < 2 && !(chain.direct && chain.with) || chain.with && !chain.direct {
        found.parties = leaders(page, trigger, topic);
    }
    found.parties.extend(chain.parties);
    if trigger.kind() == EventKind::Agreement && is_routine(page, trigger) {
        return Found::default();
    }
    if trigger.kind() == EventKind::Agreement && found.parties.len() < 2 {
        found.parties = topic.group.clone();
        found.of_the_group = true;
    }
    found
}

/// «اتفقا على مواصلة الحوار».
fn is_routine(page: &Page<'_>, trigger: &Trigger<'_>) -> bool {
    let on = (trigger.end..(trigger.end + 14).min(trigger.segment.end)).find(|i| page.means(*i, &[Meaning::On]));
    on.is_some_and(|on| page.means(on, &[Meaning::Routine]) || page.means(on + 1, &[Meaning::Routine]))
}

/// «بوتين وبايدن بحثا …»: only where two stand before it.
fn both(page: &Page<'_>, trigger: &Trigger<'_>, topic: &Topic) -> Found {
    let mut parties = touching(page, trigger);
    let around = trigger.at.saturating_sub(3).max(trigger.segment.start)..(trigger.at + 3).min(trigger.segment.end);
    if parties.len() < 2 && around.into_iter().any(|i| page.means(i, &[Meaning::Pair])) {
        parties = topic.pair.clone();
    }
    if parties.len() < 2 {
        parties.clear();
    }
    Found { parties, named: true, ..Found::default() }
}

/// «توصلت مصر وتركيا إلى اتفاق», «اتفاق بين …», «الاتفاق الذي أبرمته … مع …», «تم الاتفاق على …».
fn agreement(page: &Page<'_>, trigger: &Trigger<'_>, topic: &Topic) -> Found {
    let segment = &trigger.segment;
    let concludes = |i: &usize| page.means(*i, &[Meaning::Concludes]) && page.name_at(*i).is_none();
    let before = (trigger.at.saturating_sub(NEWS).max(segment.start)..trigger.at).rev().find(concludes);
    let after = (trigger.end..(trigger.end + NEWS).min(segment.end)).take_while(|i| !page.contacts[*i]).find(concludes);
    let sides = (trigger.end..(trigger.end + LATER).min(segment.end))
        .take_while(|i| !page.contacts[*i] && !page.means(*i, &[Meaning::That]))
        .find(|i| page.means(*i, &[Meaning::Between, Meaning::With]));
    let on = page.means(trigger.end, &[Meaning::On]);
    let own = chain(page, trigger, sides.unwrap_or(trigger.end));
    let mut found =
        Found { place: own.place, news: before.is_some() || after.is_some(), named: true, ..Found::default() };
    if own.between && own.parties.len() > 1 {
        found.parties = own.parties;
    } else if on && trigger.definite && !is_routine(page, trigger) {
        found.parties = topic.group.clone();
        (found.news, found.of_the_group) = (true, true);
    } else if let Some(verb) = before {
        let inner = page.names_in(verb + 1..trigger.at).iter().map(|n| n.entity);
        found.parties = inner.filter(|e| acts(page, *e)).collect();
        if found.parties.is_empty() {
            found.parties = touching_at(page, verb, segment.start);
        }
        found.parties.extend(own.parties);
    } else if let Some(verb) = after {
        let relative = chain(page, trigger, verb + 1);
        found.place = found.place.or(relative.place);
        found.parties = relative.parties;
    } else if !trigger.definite && own.with {
        found.parties = subjects(page, trigger, topic);
        found.parties.extend(own.parties);
    }
    found
}

/// How many words away from «اتفاق» its verb may stand.
const NEWS: usize = 9;

fn acts(page: &Page<'_>, entity: EntityIndex) -> bool {
    !page.is_teller(entity)
}

fn visit(page: &Page<'_>, trigger: &Trigger<'_>, topic: &Topic) -> Found {
    let mut found = Found { named: true, ..Found::default() };
    let verb = trigger.frame().is_verb();
    let (mut travellers, mut goal) = (Vec::new(), None);
    for name in page.names_in(trigger.end..(trigger.end + 18).min(trigger.segment.end)) {
        let stops = |i: usize| page.means(i, &[Meaning::Break]) && page.name_at(i).is_none() || page.contacts[i];
        if (trigger.end..name.full.start).any(stops) {
            break;
        }
        if page.is_place(name.entity) {
            if is_goal(page, trigger, name) {
                goal = Some(name.entity);
                break;
            }
        } else if trigger.frame() != Frame::Owned && (name.full.start <= trigger.end + 3 || !travellers.is_empty()) {
            let direct = verb || name.full.start == trigger.end || !travellers.is_empty();
            travellers.extend(direct.then_some(name.entity));
        }
    }
    let mut before = Vec::new();
    if verb && trigger.frame() != Frame::Leaving {
        before = touching(page, trigger);
        before.retain(|e| !page.is_place(*e));
    }
    if !before.is_empty() {
        travellers = before;
    }
    if let Some((inviter, invited)) = invitation(page, trigger, topic) {
        found.inviter = inviter;
        travellers = invited;
    } else if travellers.is_empty() && !page.means(trigger.end, &[Meaning::Title]) {
        travellers = if verb { leaders(page, trigger, topic) } else { subjects(page, trigger, topic) };
        travellers.retain(|e| !page.is_place(*e));
        travellers.truncate(1);
    }
    let known = !matches!(trigger.frame(), Frame::Noun | Frame::Owned);
    if goal.is_none() && (known || trigger.definite) || goal.is_some_and(|g| page.is_region(g)) {
        return Found::default();
    }
    travellers.retain(|t| page.kind(*t) == EntityKind::Person || page.is_notable(*t));
    found.place = goal;
    found.parties = travellers;
    found.parties.extend(goal.map(|g| page.host(g)));
    found
}

/// «زيارة الوزير السعودي والوزير الروسي إلى قطر»: each has a journey of his own.
pub(super) fn journeys(page: &Page<'_>, trigger: &Trigger<'_>, found: Found) -> Vec<Found> {
    let travellers: Vec<EntityIndex> =
        found.parties.iter().copied().filter(|p| page.kind(*p) == EntityKind::Person && page.is_named(*p)).collect();
    if trigger.kind() != EventKind::Visit || travellers.len() < 2 {
        return vec![found];
    }
    let one = |traveller: &EntityIndex| {
        let others = found.parties.iter().copied().filter(|p| p == traveller || !travellers.contains(p));
        Found { parties: others.collect(), ..found }
    };
    travellers.iter().map(one).collect()
}

/// «وجه الدعوة لقيادة الحركة لزيارة موسكو», «ويدعوه لزيارة موسكو»: who invites, and who is to travel.
fn invitation(
    page: &Page<'_>,
    trigger: &Trigger<'_>,
    topic: &Topic,
) -> Option<(Option<EntityIndex>, Vec<EntityIndex>)> {
    if !trigger.purpose {
        return None;
    }
    let from = trigger.at.saturating_sub(10).max(trigger.segment.start);
    let verb = (from..trigger.at).rev().find(|i| page.means(*i, &[Meaning::Invites]))?;
    let clause = (trigger.segment.start..verb).rev().find(|i| page.means(*i, &[Meaning::That]));
    let before = page.names_in(clause.unwrap_or(trigger.segment.start)..verb);
    let inviter = before.iter().find(|n| is_actor(page, n)).map(|n| n.entity);
    let named = page.names_in(verb + 1..trigger.at).iter().map(|n| n.entity).filter(|e| !page.is_place(*e));
    let mut invited: Vec<EntityIndex> = named.collect();
    if invited.is_empty() {
        invited = topic.pair.iter().copied().filter(|p| Some(*p) != inviter).take(1).collect();
    }
    (!invited.is_empty()).then_some((inviter, invited))
}

/// «إلى القاهرة», «لروسيا», «العاصمة المصرية القاهرة», and after «زار» or «زيارة» the place itself.
fn is_goal(page: &Page<'_>, trigger: &Trigger<'_>, name: &Name) -> bool {
    let start = name.full.start;
    let within = affix::is_within(page.text.key(start), name.prefix);
    let led = |m: Meaning| (start.saturating_sub(4).max(trigger.end)..start).any(|i| page.means(i, &[m]));
    if matches!(trigger.frame(), Frame::Staying | Frame::Opening) {
        return led(Meaning::In) || led(Meaning::From) || within;
    }
    let joined = affix::is_purpose(page.text.key(start), name.prefix);
    let between = (trigger.end..start).filter(|i| page.name_at(*i).is_none()).count();
    let itself = between <= 3
        && matches!(trigger.frame(), Frame::Past | Frame::Present | Frame::Noun | Frame::Owned)
        && !(start > 0 && page.means(start - 1, &[Meaning::In, Meaning::From]))
        && !within;
    led(Meaning::To) || joined || itself
}

/// The names that stand right before a verb: «أن بايدن وبوتين سيبحثان», «كيري يلتقي».
fn touching(page: &Page<'_>, trigger: &Trigger<'_>) -> Vec<EntityIndex> {
    touching_at(page, trigger.at, trigger.segment.start)
}

fn touching_at(page: &Page<'_>, verb: usize, from: usize) -> Vec<EntityIndex> {
    let mut at = verb;
    let passed = |i: usize| page.means(i, &[Meaning::Planned, Meaning::Relative]) || page.is_time(i);
    while at > from && page.name_at(at - 1).is_none() && passed(at - 1) {
        at -= 1;
    }
    let comma = at > from && page.text.word(at - 1) == "،";
    let Some(last) = at.checked_sub(1 + usize::from(comma)).and_then(|i| page.name_at(i)) else { return Vec::new() };
    let led =
        page.stands_in(last) || last.full.start > 0 && page.means(last.full.start - 1, &[Meaning::To, Meaning::From]);
    if last.full.start < from || page.is_place(last.entity) && (led || comma) {
        return Vec::new();
    }
    coordinated(page, last, from)
}

/// A name with those that are joined to it in front: «بوتين، والأمريكي، جو بايدن».
fn coordinated(page: &Page<'_>, last: &Name, from: usize) -> Vec<EntityIndex> {
    let mut out = vec![last.entity];
    let mut first = last;
    for name in page.names_in(from..last.full.start).iter().rev() {
        let gap = name.full.end..first.full.start;
        let joined = affix::is_joined(page.text.key(first.full.start)) && first.prefix > 0
            || gap.clone().any(|i| affix::is_joined(page.text.key(i)) && page.is_title(i));
        if gap.len() > 3 || !joined || gap.into_iter().any(|i| page.means(i, &[Meaning::Break, Meaning::With])) {
            break;
        }
        out.insert(0, name.entity);
        first = name;
    }
    out
}

/// Can this name be who acts? Not what stands with «في» or «إلى»; of the places only states and their capitals.
fn is_actor(page: &Page<'_>, name: &Name) -> bool {
    let start = name.full.start;
    let led = start > 0 && page.means(start - 1, &[Meaning::To, Meaning::From]) || page.stands_in(name);
    let person = page.kind(name.entity) == EntityKind::Person;
    let place = page.kind(name.entity) == EntityKind::Place && page.state(name.entity).is_none();
    acts(page, name.entity) && !place && !page.is_aside(name) && (person || !led)
}

/// Named persons before unnamed ones, both before bodies and states.
fn rank(page: &Page<'_>, name: &Name) -> u8 {
    match page.kind(name.entity) {
        EntityKind::Person if page.is_named(name.entity) => 0,
        EntityKind::Person => 1,
        EntityKind::Organisation | EntityKind::Place => 2,
    }
}

/// Who acts, where the words after a contact noun do not say: the nearest person before it, else those that acted last.
fn subjects(page: &Page<'_>, trigger: &Trigger<'_>, topic: &Topic) -> Vec<EntityIndex> {
    let before = page.names_in(trigger.segment.start..trigger.at);
    let nearest = before.iter().rev().filter(|n| is_actor(page, n)).min_by_key(|n| rank(page, n));
    if let Some(name) = nearest {
        return coordinated(page, name, trigger.segment.start);
    }
    dropped(page, trigger, topic)
}

/// Who acts, where a verb has no subject of its own: whoever its clause began with, for the subject goes on
/// («وصل لافروف إلى الدوحة للقاء الأمير، على أن يلتقي …»).
fn leaders(page: &Page<'_>, trigger: &Trigger<'_>, topic: &Topic) -> Vec<EntityIndex> {
    let segment = &trigger.segment;
    let clause = (segment.start..trigger.at).rev().filter(|i| page.means(*i, &[Meaning::That]));
    let starts = clause.chain(std::iter::once(segment.start));
    for start in starts {
        let names = page.names_in(start..trigger.at);
        if let Some(name) = names.iter().filter(|n| is_actor(page, n)).min_by_key(|n| rank(page, n) / 2) {
            let last = names.iter().take_while(|n| n.full.start <= name.full.end + 3).last().unwrap_or(name);
            let all = coordinated(page, last, name.full.start);
            return if all.contains(&name.entity) { all } else { vec![name.entity] };
        }
    }
    dropped(page, trigger, topic)
}

fn dropped(page: &Page<'_>, trigger: &Trigger<'_>, topic: &Topic) -> Vec<EntityIndex> {
    if (trigger.segment.start..trigger.at).any(|i| page.means(i, &[Meaning::Pair])) {
        return topic.pair.clone();
    }
    topic.actors.clone()
}

/// Walks from `from` over names joined by «و», «مع», «بين» and the like.
fn chain(page: &Page<'_>, trigger: &Trigger<'_>, from: usize) -> Chain {
    let mut chain = Chain::default();
    let (mut i, mut gap) = (from, 0);
    while i < trigger.segment.end {
        if let Some(name) = page.name_at(i).filter(|n| n.full.start == i) {
            if !take(page, trigger, &mut chain, name, i == from) {
                break;
            }
            i = name.full.end.max(i + 1);
            gap = 0;
            continue;
        }
        if page.is_time(i) {
            i += 1;
            continue;
        }
        if page.text.word(i) == "(" {
            let close = (i..(i + ASIDE).min(trigger.segment.end)).find(|k| page.text.word(*k) == ")");
            i = close.unwrap_or(i) + 1;
            continue;
        }
        let limit = if chain.parties.is_empty() { FIRST } else { NEXT };
        let topic = trigger.kind() == EventKind::Agreement && page.means(i, &[Meaning::On]);
        if gap > limit || topic || ends_chain(page, i, chain.parties.is_empty()) {
            break;
        }
        chain.nations.extend(page.nation(i).filter(|_| !chain.with && chain.parties.is_empty()));
        chain.with |= page.means(i, &[Meaning::With]);
        chain.between |= page.means(i, &[Meaning::Between]);
        chain.pair |= page.means(i, &[Meaning::Pair]);
        chain.gathers |= chain.parties.is_empty() && page.means(i, &[Meaning::Gathers]);
        gap += usize::from(!page.is_mark(i));
        i += 1;
    }
    if chain.parties.is_empty() && chain.nations.len() > 1 {
        chain.parties = std::mem::take(&mut chain.nations);
        chain.direct = true;
    }
    chain
}

/// Adds a name to the chain; says whether the chain goes on.
fn take(page: &Page<'_>, trigger: &Trigger<'_>, chain: &mut Chain, name: &Name, first: bool) -> bool {
    let start = name.full.start;
    let place = page.kind(name.entity) == EntityKind::Place;
    let noun = !trigger.frame().is_verb();
    if page.is_place(name.entity) && page.stands_in(name) {
        chain.place = chain.place.or(Some(name.entity));
        return true;
    }
    let alone = !affix::is_joined(page.text.key(name.full.end)) && page.text.word(name.full.end) != "-";
    if first && noun && (place || page.is_place(name.entity) && alone) {
        chain.venue = true;
        chain.place = Some(name.entity);
        return true;
    }
    if place && !(chain.between || chain.with || chain.gathers || first) {
        return true;
    }
    let written = matches!(trigger.kind(), EventKind::Correspondence | EventKind::Call);
    let source = start > 0 && page.means(start - 1, &[Meaning::From]) && !written;
    if page.is_aside(name) || source && page.kind(name.entity) == EntityKind::Organisation {
        return true;
    }
    let genitive = name.prefix > 0 && affix::is_purpose(page.text.key(start), name.prefix);
    chain.direct |= first || chain.parties.is_empty() && !chain.with && genitive;
    let told_before = chain.parties.last().is_some_and(|p| !page.is_named(*p)) && start <= chain.end + 3;
    if told_before && page.kind(name.entity) == EntityKind::Organisation && !affix::is_joined(page.text.key(start)) {
        chain.parties.pop();
    }
    chain.parties.push(name.entity);
    chain.end = name.full.end;
    chain.parties.len() < 6
}

/// A word that begins something else: «لبحث», «حيث», another contact; but «"مكاشفة"» is an aside.
fn ends_chain(page: &Page<'_>, i: usize, first: bool) -> bool {
    let breaks = page.means(i, &[Meaning::Break, Meaning::Asked]) && !page.means(i, &[Meaning::Gathers]);
    let opens = page.text.quote_of(i).map(|q| page.text.quotes()[q]).filter(|q| q.open == i);
    let long = opens.is_some_and(|q| q.inside().len() > 4 || !first);
    breaks || long || page.text.word(i) == ":" || page.contacts[i]
}

/// The nearest place that the clause gives with «في».
fn place(page: &Page<'_>, trigger: &Trigger<'_>) -> Option<EntityIndex> {
    let stop = |i: &usize| page.means(*i, &[Meaning::Break]) && page.name_at(*i).is_none();
    let until = (trigger.end..(trigger.end + 14).min(trigger.segment.end)).find(stop);
    let near: Range<usize> = trigger.at.saturating_sub(10).max(trigger.segment.start)
        ..until.unwrap_or((trigger.end + 14).min(trigger.segment.end));
    let inside = |n: &&Name| page.is_place(n.entity) && page.stands_in(n) && !page.is_region(n.entity);
    page.names_in(near).iter().filter(inside).min_by_key(|n| n.full.start.abs_diff(trigger.at)).map(|n| n.entity)
}
