//! Whose meeting is it, where a noun tells it: «لقاء بين …», «اجتماعها برئاسة …»?

use super::EventKind;
use super::actor::{acts, is_actor, leaders, subjects};
use super::affix;
use super::chain::{Chain, chain};
use super::lexicon::{Frame, Meaning};
use super::page::Page;
use super::parties::{Found, LATER};
use super::topic::Topic;
use super::trigger::Trigger;
use crate::mention::{EntityIndex, EntityKind};

/// What the words around a contact noun say.
struct Scope {
    chain: Chain,
    owned: bool,
    /// Who is named takes part in it: «شارك في اجتماع».
    joins: bool,
    /// Its sides stand behind «التي», the first of them before «مع».
    later: bool,
    /// One person gathers the others: «برئاسة …».
    presided: bool,
}

/// The parties of the contact that a noun tells.
pub(super) fn noun(page: &Page<'_>, trigger: &Trigger<'_>, topic: &Topic) -> Found {
    let mut found = Found::default();
    let Some(scope) = scope(page, trigger, topic, &mut found) else { return found };
    let Scope { chain, owned, joins, later, presided } = scope;
    if of_the_last(page, trigger, &chain, owned, &mut found) {
        return found;
    }
    if owned && affix::is_of_two(page.text.key(trigger.at)) && chain.parties.len() < 2 {
        return Found { parties: owners(page, trigger, topic), named: true, ..found };
    }
    let complete = chain.is_complete() && !owned;
    let half = chain.with && !later || owned || trigger.purpose && chain.parties.len() == 1;
    let whole = later || chain.direct && !half;
    if !complete && !whole || joins {
        found.parties = others(page, trigger, topic, &chain, presided);
    }
    let of_others = joins && trigger.definite;
    found.named |= !(chain.parties.is_empty() || of_others);
    found.direct = chain.direct;
    // «شارك الوزير في اجتماع اللجنة»: it meets the others.
    found.unnamed |= joins;
    found.whole |= joins;
    // «تلقى الرئيس المصري اتصالا من …»: whoever it is, the page does not name him here.
    found.unnamed |= trigger.kind() == EventKind::Call && somebody_before(page, trigger, &[Meaning::Title]);
    found.named |= found.unnamed;
    found.parties.extend(chain.parties);
    found
}

/// The names behind the noun and what they are to it; none where `found` is all that it tells.
fn scope(page: &Page<'_>, trigger: &Trigger<'_>, topic: &Topic, found: &mut Found) -> Option<Scope> {
    let mut chain = chain(page, trigger, trigger.end);
    let owned = trigger.frame() == Frame::Owned;
    found.place = chain.place;
    // «حضر اللقاء السفير …»: a definite word governs nobody.
    let next = page.name_at(trigger.end).filter(|n| n.full.start == trigger.end);
    let beside = trigger.definite && next.is_some_and(|n| !affix::is_purpose(page.text.key(n.full.start), n.prefix));
    if beside && !chain.with && !chain.between {
        return None;
    }
    (found.direct, found.crowd) = (chain.direct, chain.crowd);
    found.unnamed = chain.group && (chain.with || chain.between || owned);
    if chain.pair && chain.parties.len() < 2 {
        (found.parties, found.named) = (topic.pair.clone(), true);
        return None;
    }
    // «محادثات السلام التي …» is definite by the word that it governs.
    let governs = page.is_plain(trigger.end) && affix::is_definite(page.text.key(trigger.end));
    let known = trigger.definite || governs || chain.venue && chain.parties.is_empty();
    let joins = does_join(page, trigger);
    let mut later = false;
    if known && !chain.with && !chain.direct && !chain.is_complete() && !owned {
        if let Some(sides) = later_sides(page, trigger) {
            found.whole = true;
            found.unnamed |= sides.group && sides.with;
            later = sides.led;
            chain = sides;
        } else if trigger.definite && !joins && !is_presided(page, &chain) {
            return None;
        }
    }
    let presided = is_presided(page, &chain);
    if presided {
        (found.unnamed, found.named, found.whole) = (true, true, true);
    }
    Some(Scope { chain, owned, joins, later, presided })
}

/// «أبلغ ماكرون شولتس خلال اتصال»: fills in the last two before it; says whether that is all.
fn of_the_last(page: &Page<'_>, trigger: &Trigger<'_>, chain: &Chain, owned: bool, found: &mut Found) -> bool {
    let during = trigger.at > 0 && page.means(trigger.at - 1, &[Meaning::During]) && !trigger.definite;
    if !during || !chain.parties.is_empty() || owned {
        return false;
    }
    let two = last_two(page, trigger);
    if two.len() == 2 {
        (found.parties, found.named) = (two, true);
        return true;
    }
    // «حث الرئيس المسؤولين خلال اجتماع …»
    found.unnamed |= somebody_before(page, trigger, &[Meaning::Title, Meaning::Group]);
    found.named = found.unnamed;
    false
}

/// Who takes part besides those whom the noun names.
fn others(page: &Page<'_>, trigger: &Trigger<'_>, topic: &Topic, chain: &Chain, presided: bool) -> Vec<EntityIndex> {
    let owned = trigger.frame() == Frame::Owned;
    let before = page.names_in(trigger.segment.start..trigger.at);
    // «ناقشت اللجنة خلال اجتماعها برئاسة …»: the body that the sentence named last, if any.
    if presided {
        let body = |e: EntityIndex| page.kind(e) == EntityKind::Organisation;
        let mut bodies = before.iter().rev().filter(|n| is_actor(page, n) && body(n.entity));
        return bodies.next().map(|n| n.entity).into_iter().collect();
    }
    // «زيارة الوزير إلى القاهرة ولقاؤه …»: the traveller's.
    let traveller = topic.traveller.filter(|(start, _)| *start == trigger.segment.start);
    if let Some((_, traveller)) = traveller.filter(|_| owned && affix::is_joined(page.text.key(trigger.at))) {
        return vec![traveller];
    }
    // «ثمن الشيخ محمد دور الملك سلمان خلال استقباله …»: the pronoun is of whoever the clause began with.
    let who = if owned { leaders } else { subjects };
    match page.speaker(trigger.at).filter(|_| is_of_speaker(page, trigger)) {
        Some(speaker) if owned || !chain.parties.is_empty() => vec![speaker],
        Some(speaker) => [vec![speaker], who(page, trigger, topic)].concat(),
        None => who(page, trigger, topic),
    }
}

/// «شارك في اجتماع …», but not «لن يحضر الاجتماع».
fn does_join(page: &Page<'_>, trigger: &Trigger<'_>) -> bool {
    let first = trigger.segment.start;
    let refused = |i: usize| i > first && page.means(i - 1, &[Meaning::None, Meaning::Denied]);
    let joins = (page.back(trigger.at, JOINS, first)..trigger.at).find(|i| page.means(*i, &[Meaning::Joins]));
    // «حضر اللقاء الوزير …» tells who else was there.
    let told = !trigger.definite || page.names_in(first..trigger.at).iter().any(|n| is_actor(page, n));
    // «شارك في 6 لقاءات» is said of players.
    let game = trigger.kind() == EventKind::Meeting && !trigger.alone;
    told && !game && joins.is_some_and(|i| !refused(i))
}

/// So many words, names apart, may stand between «ترأس» and the meeting.
const JOINS: usize = 10;

/// «اجتماع اللجنة برئاسة …»: does the chain name one person who gathers the others?
fn is_presided(page: &Page<'_>, chain: &Chain) -> bool {
    let [one] = chain.parties.as_slice() else { return false };
    chain.gathers && !chain.with && page.kind(*one) == EntityKind::Person
}

/// «تلقيت اتصالا من …», «أرسل لي خطابا»: do the words before a contact noun say that whoever is quoted takes part?
fn is_of_speaker(page: &Page<'_>, trigger: &Trigger<'_>) -> bool {
    let near = trigger.at.saturating_sub(SPEAKS).max(trigger.segment.start)..trigger.at + 1;
    near.into_iter().any(|i| page.means(i, &[Meaning::Speaker]))
}

/// So many words before a contact noun may tell that it is the speaker's.
const SPEAKS: usize = 4;

/// Does somebody without a name stand right before the contact word?
fn somebody_before(page: &Page<'_>, trigger: &Trigger<'_>, meanings: &[Meaning]) -> bool {
    let near = trigger.at.saturating_sub(4).max(trigger.segment.start)..trigger.at;
    near.into_iter().any(|i| page.means(i, meanings) && page.name_at(i).is_none())
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

/// «المباحثات حول الضمانات والتي ستجري بين موسكو وواشنطن», «اللقاءات التي أجراها الوزير مع …»: the sides stand
/// farther behind.
fn later_sides(page: &Page<'_>, trigger: &Trigger<'_>) -> Option<Chain> {
    let between = (trigger.end..(trigger.end + LATER).min(trigger.segment.end))
        .take_while(|i| !page.contacts[*i] && !page.means(*i, &[Meaning::That, Meaning::Routine]))
        .find(|i| page.means(*i, &[Meaning::Between]));
    if let Some(between) = between {
        return Some(chain(page, trigger, between)).filter(|sides| sides.parties.len() > 1);
    }
    let near = trigger.end..(trigger.end + FAR_RELATIVE).min(trigger.segment.end);
    let relative = near.into_iter().find(|i| page.means(*i, &[Meaning::Relative]))?;
    let sides = chain(page, trigger, relative + 1);
    let one = |sides: &Chain| sides.parties.len() == 1 && (!sides.led || sides.group);
    Some(sides).filter(|sides| sides.with && (sides.parties.len() > 1 || one(sides)))
}

/// How far behind a contact word the «التي» may stand that tells its sides.
const FAR_RELATIVE: usize = 5;
