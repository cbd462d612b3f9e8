//! Who meets whom, and where?

use super::EventKind;
use super::actor::{acts, antecedent, is_actor, is_unnamed, leaders, subjects, touching, touching_at};
use super::affix;
use super::chain::{chain, place};
use super::front;
use super::lexicon::{Frame, Meaning};
use super::noun::noun;
use super::page::{Name, Page};
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
        _ if page.lexicon.subject_first => front::parties(page, trigger, topic),
        (EventKind::Visit, _) => visit(page, trigger, topic),
        (EventKind::Agreement, Frame::Noun) => agreement(page, trigger, topic),
        (_, Frame::Both | Frame::BothPresent) => both(page, trigger, topic),
        (_, Frame::Past | Frame::Present) => verb(page, trigger, topic),
        _ => noun(page, trigger, topic),
    };
    if !page.lexicon.subject_first {
        // «في إيران … الاتفاق المبرم بين … وإيران»: a party is no venue by a phrase farther off.
        found.place = found.place.or_else(|| place(page, trigger).filter(|p| !found.parties.contains(p)));
    }
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
    // «سيبحث الملف مع الأمير»: what is discussed, no subject.
    let object = !trigger.word.needs.is_empty();
    let own = !object && page.is_plain(trigger.end) && affix::is_definite(page.text.key(trigger.end));
    if before.is_empty() && is_interview(page, trigger) {
        return Found::default();
    }
    let somebody = before.is_empty() && (own || is_unnamed(page, trigger));
    found.unnamed |= somebody;
    if !before.is_empty() || somebody {
        found.parties = before;
    } else if affix::has_object(page.text.key(trigger.at))
        || chain.parties.len() < 2 && !(chain.direct && (chain.with || chain.behind || is_body(page, trigger)))
        || chain.with && !chain.direct
    {
        found.parties = leaders(page, trigger, topic);
    }
    // «قال المتحدث إن الوزير سيلتقي …»: a minister whom the page does not name.
    found.unnamed |=
        found.parties.is_empty() && trigger.at > trigger.segment.start && page.means(trigger.at - 1, &[Meaning::Title]);
    found.parties.extend(chain.parties);
    if trigger.kind() == EventKind::Agreement && is_routine(page, trigger) {
        return Found::default();
    }
    // «اتفقا على …»; but «اتفقت القوى الكبرى على …» names them.
    let of_the_group = !chain.direct;
    if trigger.kind() == EventKind::Agreement && found.parties.len() < 2 && of_the_group {
        found.parties = topic.group.clone();
        found.of_the_group = true;
    }
    found
}

/// «شاركت "سبق" في الحملة والتقت مدير الفرع»: nobody but an outlet acts before the verb.
fn is_interview(page: &Page<'_>, trigger: &Trigger<'_>) -> bool {
    let before = page.names_in(trigger.segment.start..trigger.at);
    let outlet = |n: &Name| page.is_teller(n.entity) && page.kind(n.entity) == EntityKind::Organisation;
    before.iter().any(outlet) && !before.iter().any(|n| is_actor(page, n))
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
    // «الدول الموقعة على الاتفاقية»: told of the states, and no news.
    let signatory = |i: usize| affix::is_definite(page.text.key(i)) && page.means(i + 1, &[Meaning::On]);
    let concludes = |i: &usize| page.means(*i, &[Meaning::Concludes]) && page.name_at(*i).is_none() && !signatory(*i);
    let before = (trigger.at.saturating_sub(2 * NEWS).max(segment.start)..trigger.at).rev().find(concludes);
    let words = |from: usize| (from..trigger.at).filter(|i| page.name_at(*i).is_none()).count();
    let before = before.filter(|i| words(*i) <= NEWS);
    let after = (trigger.end..(trigger.end + NEWS).min(segment.end)).take_while(|i| !page.contacts[*i]).find(concludes);
    let sides = (trigger.end..(trigger.end + LATER).min(segment.end))
        .take_while(|i| !page.contacts[*i] && !page.means(*i, &[Meaning::That]))
        .find(|i| page.means(*i, &[Meaning::Between, Meaning::With]));
    let on = page.means(trigger.end, &[Meaning::On]);
    let own = chain(page, trigger, sides.unwrap_or(trigger.end));
    let other = sides.filter(|i| page.means(*i, &[Meaning::With]) && page.is_plain(*i + 1));
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
    // «وقعت مصر اتفاقية مع شركة بريطانية»: the other side has no name.
    found.unnamed = found.news && !trigger.definite && other.is_some() && found.parties.len() == 1;
    found
}

/// How far behind a contact word «بين» may stand.
pub(super) const LATER: usize = 16;

/// How many words away from «اتفاق» its verb may stand.
const NEWS: usize = 9;
