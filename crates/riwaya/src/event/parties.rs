//! Who meets whom, and where?

use super::EventKind;
use super::actor::{acts, antecedent, is_actor, is_unnamed, leaders, subjects, touching, touching_at};
use super::affix;
use super::chain::{Chain, chain, place};
use super::lexicon::{Frame, Meaning};
use super::page::Page;
use super::topic::Topic;
use super::trigger::Trigger;
use super::visit::visit;
use crate::mention::{EntityIndex, EntityKind};

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
    /// Further goals of a journey: «زيارة إلى مصر والأردن».
    pub goals: Vec<EntityIndex>,
    /// A party without a name is told too: «مع سفير هولندا».
    pub unnamed: bool,
    /// The first party stands right behind the word: «اجتماع اللجنة».
    pub direct: bool,
    /// The words tell who takes part, though the contact word is definite: «ترأس الاجتماع», «اللقاء الذي أجراه …».
    pub whole: bool,
    /// Whoever is met is a crowd: no more is told of it elsewhere by names.
    pub crowd: bool,
}

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
        // «في المحيط الهادئ», «غرفة اللاعب»: a place that no state stands for meets nobody.
        let spot = trigger.kind() != EventKind::Visit && page.kind(*p) == EntityKind::Place && page.is_spot(*p);
        let keep = !page.is_teller(*p) && !seen.contains(p) && !venue && !spot;
        seen.push(*p);
        keep
    });
    found
}

fn noun(page: &Page<'_>, trigger: &Trigger<'_>, topic: &Topic) -> Found {
    let mut chain = chain(page, trigger, trigger.end);
    let owned = trigger.frame() == Frame::Owned;
    let unnamed = chain.group && (chain.with || chain.between || owned);
    let mut found = Found { place: chain.place, direct: chain.direct, crowd: chain.crowd, unnamed, ..Found::default() };
    if chain.pair && chain.parties.len() < 2 {
        return Found { parties: topic.pair.clone(), named: true, ..found };
    }
    // «محادثات السلام التي …» is definite by the word that it governs.
    let governs = page.is_plain(trigger.end) && affix::is_definite(page.text.key(trigger.end));
    let known = trigger.definite || governs || chain.venue && chain.parties.is_empty();
    let joins = does_join(page, trigger);
    let mut later = false;
    // «حضر اللقاء السفير …»: a definite word governs nobody.
    let beside =
        trigger.definite && page.name_at(trigger.end).is_some_and(|n| n.full.start == trigger.end && n.prefix == 0);
    if beside && !chain.with && !chain.between {
        return Found { place: found.place, ..Found::default() };
    }
    if known && !chain.with && !chain.direct && !chain.is_complete() && !owned {
        match later_sides(page, trigger) {
            Some(sides) => {
                found.whole = true;
                later = sides.led;
                found.unnamed |= sides.group && sides.with;
                chain = sides;
            }
            None if trigger.definite && !joins && !presided(page, &chain) => return found,
            None => {}
        }
    }
    if presided(page, &chain) {
        (found.unnamed, found.named, found.whole) = (true, true, true);
    }
    let during = trigger.at > 0 && page.means(trigger.at - 1, &[Meaning::During]) && !trigger.definite;
    if during && chain.parties.is_empty() && !owned {
        found.parties = last_two(page, trigger);
        found.named = found.parties.len() == 2;
        if found.named {
            return found;
        }
        // «حث الرئيس المسؤولين خلال اجتماع …»
        found.unnamed |= somebody_before(page, trigger, &[Meaning::Title, Meaning::Group]);
        found.named = found.unnamed;
        found.parties.clear();
    }
    let complete = chain.is_complete() && !owned;
    let half = chain.with && !later || owned || trigger.purpose && chain.parties.len() == 1;
    let whole = later || chain.direct && !half;
    if owned && affix::is_of_two(page.text.key(trigger.at)) && chain.parties.len() < 2 {
        found.parties = owners(page, trigger, topic);
        found.named = true;
        return found;
    }
    // «ناقشت اللجنة خلال اجتماعها برئاسة …»: whoever presides meets those that the sentence names, if any.
    let alone =
        presided(page, &chain) && !page.names_in(trigger.segment.start..trigger.at).iter().any(|n| is_actor(page, n));
    if !complete && !whole && !alone || joins {
        // «ثمن الشيخ محمد دور الملك سلمان خلال استقباله …»: the pronoun is of whoever the clause began with.
        let who = if owned { leaders } else { subjects };
        let speaker = page.speaker(trigger.at).filter(|_| is_of_speaker(page, trigger));
        found.parties.extend(speaker);
        if speaker.is_none() || chain.parties.is_empty() && !owned {
            found.parties.extend(who(page, trigger, topic));
        }
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

/// «شارك في اجتماع …», but not «لن يحضر الاجتماع».
fn does_join(page: &Page<'_>, trigger: &Trigger<'_>) -> bool {
    let first = trigger.segment.start;
    let refused = |i: usize| i > first && page.means(i - 1, &[Meaning::None, Meaning::Denied]);
    let joins = (trigger.at.saturating_sub(10).max(first)..trigger.at).find(|i| page.means(*i, &[Meaning::Joins]));
    // «حضر اللقاء الوزير …» tells who else was there.
    let told = !trigger.definite || page.names_in(first..trigger.at).iter().any(|n| is_actor(page, n));
    told && joins.is_some_and(|i| !refused(i))
}

/// «اجتماع اللجنة برئاسة …»: does the chain name one person who gathers the others?
fn presided(page: &Page<'_>, chain: &Chain) -> bool {
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

/// How far behind a contact word «بين» may stand.
const LATER: usize = 16;

/// «التقى كيري نظيره لافروف», «كيري يلتقي لافروف», «حيث التقى لافروف».
fn verb(page: &Page<'_>, trigger: &Trigger<'_>, topic: &Topic) -> Found {
    let chain = chain(page, trigger, trigger.end);
    let mut found = Found {
        place: chain.place,
        named: true,
        news: true,
        crowd: chain.crowd,
        unnamed: chain.group,
        ..Found::default()
    };
    if chain.pair && chain.parties.len() < 2 {
        return Found { parties: topic.pair.clone(), ..found };
    }
    let told = page.means(trigger.at, &[Meaning::Speaker]);
    let mut before = match page.speaker(trigger.at).filter(|_| told) {
        Some(speaker) => vec![speaker],
        None if told => return Found::default(),
        None => touching(page, trigger),
    };
    if before.is_empty() {
        before.extend(antecedent(page, trigger));
    }
    // «قناة … التقت بالوزير»: an interview.
    if before.iter().any(|e| page.is_teller(*e)) {
        return Found::default();
    }
    let bare = trigger.kind() == EventKind::Call && trigger.word.needs.is_empty();
    if bare && before.is_empty() && !chain.direct {
        return Found::default();
    }
    let somebody = before.is_empty() && is_unnamed(page, trigger);
    found.unnamed |= somebody;
    if !before.is_empty() || somebody {
        found.parties = before;
    } else if chain.parties.len() < 2 && !(chain.direct && (chain.with || chain.behind || is_body(page, trigger)))
        || chain.with && !chain.direct
    {
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

/// «استقبل مستشفى المدينة ثماني حالات»: a body behind a verb is its subject.
fn is_body(page: &Page<'_>, trigger: &Trigger<'_>) -> bool {
    page.name_at(trigger.end).is_some_and(|n| n.prefix == 0 && page.kind(n.entity) == EntityKind::Organisation)
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
    let before = (trigger.at.saturating_sub(2 * NEWS).max(segment.start)..trigger.at).rev().find(concludes);
    let words = |from: usize| (from..trigger.at).filter(|i| page.name_at(*i).is_none()).count();
    let before = before.filter(|i| words(*i) <= NEWS);
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
        // «توصل الوزير مع نظيره إلى اتفاق» and «كان قد توصل مع نظيره إلى اتفاق».
        if found.parties.is_empty() || page.means(verb + 1, &[Meaning::With]) && found.parties.len() == 1 {
            let mut before = touching_at(page, verb, segment.start);
            if before.is_empty() {
                let names = page.names_in(segment.start..verb).iter().rev();
                before.extend(names.filter(|n| is_actor(page, n)).map(|n| n.entity).next());
            }
            before.append(&mut found.parties);
            found.parties = before;
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
