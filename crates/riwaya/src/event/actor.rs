//! Who acts: the names before a contact word, and whoever acted last.

use super::affix;
use super::lexicon::Meaning;
use super::page::{Name, Page};
use super::topic::Topic;
use super::trigger::Trigger;
use crate::mention::{EntityIndex, EntityKind};
use crate::statement::Statement;

pub(super) fn acts(page: &Page<'_>, entity: EntityIndex) -> bool {
    !page.is_teller(entity)
}

/// The names that stand right before a verb: «أن بايدن وبوتين سيبحثان», «كيري يلتقي».
pub(super) fn touching(page: &Page<'_>, trigger: &Trigger<'_>) -> Vec<EntityIndex> {
    touching_at(page, trigger.at, trigger.segment.start)
}

pub(super) fn touching_at(page: &Page<'_>, verb: usize, from: usize) -> Vec<EntityIndex> {
    let mut at = verb;
    let passed = |i: usize| page.means(i, &[Meaning::Planned, Meaning::Relative, Meaning::Particle]) || page.is_time(i);
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

/// «وكان وزير خارجية قطر وصل …»: does a title without a name stand right before a verb as its subject?
pub(super) fn is_unnamed(page: &Page<'_>, trigger: &Trigger<'_>) -> bool {
    let words = trigger.at.saturating_sub(UNNAMED).max(trigger.segment.start)..trigger.at;
    let stops = [Meaning::Break, Meaning::That, Meaning::Relative, Meaning::With, Meaning::In, Meaning::To];
    let open = |i: &usize| page.name_at(*i).is_none() && !page.is_mark(*i) && !page.means(*i, &stops);
    let mut before = words.rev().take_while(open);
    before
        .any(|i| page.means(i, &[Meaning::Title]) && !affix::is_definite(affix::without_conjunction(page.text.key(i))))
}

/// So many words a subject without a name may have.
const UNNAMED: usize = 5;

/// «استقبل … خالد محفوظ، الذي يزور أبوظبي»: a verb behind «الذي» has the person before it as its subject.
pub(super) fn antecedent(page: &Page<'_>, trigger: &Trigger<'_>) -> Option<EntityIndex> {
    let from = trigger.at.saturating_sub(2).max(trigger.segment.start);
    let relative = (from..trigger.at).rev().find(|i| page.means(*i, &[Meaning::Relative]))?;
    let before = page.names_in(trigger.segment.start..relative);
    let titled =
        |n: &Name| (n.full.end..relative).all(|i| page.name_at(i).is_some() || !affix::is_led(page.text.key(i)));
    let last = before.iter().rev().take_while(|n| n.full.end + RELATIVE > relative && titled(n));
    last.filter(|n| page.kind(n.entity) == EntityKind::Person && acts(page, n.entity)).map(|n| n.entity).next()
}

/// So many words may stand between a name and the «الذي» that goes on with it: its titles.
const RELATIVE: usize = 16;

/// A name with those that are joined to it in front: «بوتين، والأمريكي، جو بايدن».
pub(super) fn coordinated(page: &Page<'_>, last: &Name, from: usize) -> Vec<EntityIndex> {
    let mut out = vec![last.entity];
    let mut first = last;
    for name in page.names_in(from..last.full.start).iter().rev() {
        let gap = name.full.end..first.full.start;
        let joined = affix::is_joined(page.text.key(first.full.start)) && first.prefix > 0
            || gap.clone().any(|i| page.is_joined(i) && page.is_title(i));
        if gap.len() > 3 || !joined || gap.into_iter().any(|i| page.means(i, &[Meaning::Break, Meaning::With])) {
            break;
        }
        out.insert(0, name.entity);
        first = name;
    }
    out
}

/// Can this name be who acts? Not what stands with «في» or «إلى»; of the places only states and their capitals.
pub(super) fn is_actor(page: &Page<'_>, name: &Name) -> bool {
    let start = name.full.start;
    let to = start > 0 && page.means(start - 1, &[Meaning::To]);
    let led = to || page.comes_from(name) || page.stands_in(name);
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
pub(super) fn subjects(page: &Page<'_>, trigger: &Trigger<'_>, topic: &Topic) -> Vec<EntityIndex> {
    let before = page.names_in(trigger.segment.start..trigger.at);
    let nearest = before.iter().rev().filter(|n| is_actor(page, n)).min_by_key(|n| rank(page, n));
    if let Some(name) = nearest {
        return coordinated(page, name, trigger.segment.start);
    }
    dropped(page, trigger, topic)
}

/// Who acts, where a verb has no subject of its own: whoever its clause began with, for the subject goes on
/// («وصل لافروف إلى الدوحة للقاء الأمير، على أن يلتقي …»).
pub(super) fn leaders(page: &Page<'_>, trigger: &Trigger<'_>, topic: &Topic) -> Vec<EntityIndex> {
    let segment = &trigger.segment;
    let clause = (segment.start..trigger.at).rev().filter(|i| page.means(*i, &[Meaning::That]));
    let starts = clause.chain(std::iter::once(segment.start));
    for start in starts {
        let names = page.names_in(start..trigger.at);
        // «وقال في رسالة للرئيس … بعد زيارته»: whoever is told is no subject.
        let said = reporter(page, trigger).is_some();
        let told = |n: &Name| said && affix::is_to(page.text.key(n.full.start), n.prefix);
        if let Some(name) = names.iter().filter(|n| is_actor(page, n) && !told(n)).min_by_key(|n| rank(page, n) / 2) {
            let last = names.iter().take_while(|n| n.full.start <= name.full.end + 3).last().unwrap_or(name);
            let all = coordinated(page, last, name.full.start);
            let all = if all.contains(&name.entity) { all } else { vec![name.entity] };
            return agreeing(page, trigger, all);
        }
    }
    agreeing(page, trigger, dropped(page, trigger, topic))
}

/// «قالت الوزيرة إنهم وصلوا إلى …»: nobody, where a verb of several people would have one subject.
fn agreeing(page: &Page<'_>, trigger: &Trigger<'_>, subjects: Vec<EntityIndex>) -> Vec<EntityIndex> {
    let several = trigger.frame().is_verb() && affix::is_of_several(page.text.key(trigger.at));
    let one = subjects.len() == 1 && !page.scene.cast.entities[subjects[0]].plural;
    if several && one { Vec::new() } else { subjects }
}

/// «وقال خلال زيارة …»: who speaks in the sentence of the contact word, where it does not name him.
pub(super) fn reporter(page: &Page<'_>, trigger: &Trigger<'_>) -> Option<EntityIndex> {
    let from = page.text.span(trigger.segment.start).start();
    let until = page.text.span(trigger.at).start();
    let here = |s: &&Statement| s.source.is_none() && from <= s.cue.start() && s.cue.start() < until;
    let nearest = page.scene.statements.iter().filter(here).max_by_key(|s| s.cue.start())?;
    nearest.speaker.filter(|e| page.kind(*e) == EntityKind::Person && page.is_named(*e) && acts(page, *e))
}

fn dropped(page: &Page<'_>, trigger: &Trigger<'_>, topic: &Topic) -> Vec<EntityIndex> {
    if (trigger.segment.start..trigger.at).any(|i| page.means(i, &[Meaning::Pair])) {
        return topic.pair.clone();
    }
    topic.actors.clone()
}
