//! Which names follow a contact word, as long as they can be its parties, and where does it take place?

use super::EventKind;
use super::affix;
use super::lexicon::{Frame, Meaning};
use super::page::{Name, Page};
use super::trigger::Trigger;
use crate::mention::{EntityIndex, EntityKind};
use std::ops::Range;

/// Names after a contact word, as long as they can be its parties.
#[derive(Default)]
pub(super) struct Chain {
    pub(super) parties: Vec<EntityIndex>,
    pub(super) place: Option<EntityIndex>,
    /// The first party stands right after the word: «لقاء كيري …».
    pub(super) direct: bool,
    /// A place stands right after it: «قمة سنغافورة».
    pub(super) venue: bool,
    pub(super) between: bool,
    pub(super) with: bool,
    /// A party stands before «مع».
    pub(super) led: bool,
    pub(super) gathers: bool,
    /// «الرئيسان».
    pub(super) pair: bool,
    /// Somebody without a name stands in it: «سفير …», «عدد من …».
    pub(super) group: bool,
    /// It is several people, or of no office: «عدد من الطلاب», «سكان الحي».
    pub(super) crowd: bool,
    /// Such a party stands behind one with a name: «الوزير … بعدد من المديرين».
    pub(super) behind: bool,
    /// A title without its name begins it: «مدير عام فرع الوزارة بمكة عبدالله العليان».
    titled: bool,
    /// Behind the last party.
    pub(super) end: usize,
    /// «لقاء روسي - سعودي - أميركي»: the states by their adjectives.
    nations: Vec<EntityIndex>,
    /// Where the last of them stands.
    states: usize,
}

impl Chain {
    /// Takes in what the word at `i`, which is no name, says of those behind it.
    fn read(&mut self, page: &Page<'_>, trigger: &Trigger<'_>, i: usize, from: usize, gap: usize) {
        let first = self.parties.is_empty();
        let with = page.means(i, &[Meaning::With]);
        if let Some(nation) = page.nation(i).filter(|_| !self.with && first && i <= self.states + STATES) {
            self.nations.push(nation);
            self.states = i;
        }
        let onto = trigger.onto && gap == 0 && page.means_led(i, &[Meaning::Title, Meaning::Group], affix::is_within);
        // «اجتماع مع سكان الحي»: whoever stands with «مع» is met, whatever he is called.
        let near = i <= from.max(self.end) + NEAR;
        let met = near && with && is_in_person(trigger) && page.is_plain(i + 1);
        let group = page.means(i, &[Meaning::Group]);
        let somebody = onto || met || near && (group || page.means(i, &[Meaning::Title]));
        self.led |= with && !self.with && !first;
        self.with |= with || onto;
        self.between |= page.means(i, &[Meaning::Between]);
        self.crowd |= met || near && group || onto && !page.means_led(i, &[Meaning::Title], affix::is_within);
        self.group |= somebody;
        self.behind |= group && !first;
        self.titled |= i == from && somebody && trigger.frame().is_verb();
        self.pair |= page.means(i, &[Meaning::Pair]);
        self.gathers |= first && page.means(i, &[Meaning::Gathers]);
    }

    /// Both sides stand in the chain itself.
    pub(super) fn is_complete(&self) -> bool {
        self.between || self.gathers && !self.with && self.parties.len() > 1 || self.direct && self.parties.len() > 1
    }
}

/// So many words may stand before the first party of a chain, and between two.
const FIRST: usize = 8;
const NEXT: usize = 4;

/// So many words on the next adjective of a state may stand: «لقاء ثلاثي سعودي - أميركي».
const STATES: usize = 2;

/// So many words away from its word a party without a name may begin.
const NEAR: usize = 4;

/// So many words a bracket may hold that a chain passes over.
const ASIDE: usize = 25;

/// Walks from `from` over names joined by «و», «مع», «بين» and the like.
pub(super) fn chain(page: &Page<'_>, trigger: &Trigger<'_>, from: usize) -> Chain {
    let mut chain = Chain { states: from, ..Chain::default() };
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
        let aside = aside(page, trigger, from, i);
        if aside > i {
            i = aside;
            continue;
        }
        let limit = if chain.parties.is_empty() { FIRST } else { NEXT };
        let topic = trigger.kind() == EventKind::Agreement && page.means(i, &[Meaning::On]);
        let ends = topic || ends_chain(page, i, chain.parties.is_empty());
        if gap > limit || ends {
            let Some(next) = resumed(page, trigger, &chain, i + usize::from(ends)) else { break };
            (i, gap) = (next, 0);
            continue;
        }
        chain.read(page, trigger, i, from, gap);
        gap += usize::from(!page.is_mark(i));
        i += 1;
    }
    if chain.parties.is_empty() && chain.nations.len() > 1 {
        chain.parties = std::mem::take(&mut chain.nations);
        chain.direct = true;
    }
    chain
}

/// Behind what a chain passes over at `i`: a time, a bracket, «يلتقي خلالها أمير قطر»; else `i`.
fn aside(page: &Page<'_>, trigger: &Trigger<'_>, from: usize, i: usize) -> usize {
    if page.is_time(i) || i == from && page.means(i, &[Meaning::Inside]) {
        return i + 1;
    }
    if page.text.word(i) != "(" {
        return i;
    }
    let close = (i..(i + ASIDE).min(trigger.segment.end)).find(|k| page.text.word(*k) == ")");
    close.unwrap_or(i) + 1
}

/// «على اتصال مع …» is no contact by itself, a meeting with whomever is.
fn is_in_person(trigger: &Trigger<'_>) -> bool {
    matches!(trigger.kind(), EventKind::Meeting | EventKind::Talks)
}

/// «التقى الرئيس على هامش القمة في بغداد نظيره …»: behind an aside between subject and object the object follows.
fn resumed(page: &Page<'_>, trigger: &Trigger<'_>, chain: &Chain, at: usize) -> Option<usize> {
    let verb = matches!(trigger.frame(), Frame::Past | Frame::Present) && trigger.kind() == EventKind::Meeting;
    if !verb || !chain.direct || chain.with || chain.parties.len() != 1 {
        return None;
    }
    let ends = [Meaning::That, Meaning::Relative, Meaning::With, Meaning::Asked];
    (at..(at + RESUMED).min(trigger.segment.end))
        .take_while(|i| !page.is_mark(*i) && !page.means(*i, &ends))
        .find(|i| page.name_at(*i).is_none_or(|n| n.full.start == *i) && begins_party(page, *i))
}

/// So many words an aside between subject and object may have.
const RESUMED: usize = 12;

/// «نظيره», «وزير الخارجية»: a title, or a person's name with one.
fn begins_party(page: &Page<'_>, i: usize) -> bool {
    let person = page.name_at(i).is_none_or(|n| page.kind(n.entity) == EntityKind::Person);
    page.means(i, &[Meaning::Title]) && person && !page.is_joined(i)
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
    if lies_within(page, trigger, name) {
        chain.place = chain.place.or(page.is_place(name.entity).then_some(name.entity));
        return true;
    }
    let alone = !page.is_joined(name.full.end) && page.text.word(name.full.end) != "-";
    if first && noun && (place || page.is_place(name.entity) && alone) {
        chain.venue = true;
        chain.place = Some(name.entity);
        return true;
    }
    // «اتفقت السعودية ومصر على …»
    let joined = chain.end == start && name.prefix > 0 && affix::is_joined(page.text.key(start));
    if place && !(chain.between || chain.with || chain.gathers || first || joined && page.is_place(name.entity)) {
        return true;
    }
    let written = matches!(trigger.kind(), EventKind::Correspondence | EventKind::Call);
    let source = page.comes_from(name) && !written;
    if page.is_aside(name) || source && page.kind(name.entity) == EntityKind::Organisation {
        return true;
    }
    let genitive = affix::is_to(page.text.key(start), name.prefix);
    // «للاجتماع بالوزير …»
    let person = page.kind(name.entity) == EntityKind::Person;
    chain.with |= trigger.onto && person && affix::is_within(page.text.key(start), name.prefix);
    // «برقية للرئيس»: who sends it stands elsewhere.
    let to = genitive && trigger.kind() == EventKind::Correspondence;
    chain.direct |= first && !to || chain.titled && chain.parties.is_empty() && !chain.with && !chain.between;
    chain.direct |= chain.parties.is_empty() && !chain.with && genitive && !to;
    let told_before = chain.parties.last().is_some_and(|p| !page.is_named(*p)) && start <= chain.end + 3;
    if told_before && page.kind(name.entity) == EntityKind::Organisation && !page.is_joined(start) {
        chain.parties.pop();
    }
    chain.parties.push(name.entity);
    chain.end = name.full.end;
    chain.parties.len() < 6
}

/// «في المقر الرئيسي للشركة», «في ملهى ليلي بلاس فيغاس»: a body or place somewhere in a phrase with «في»; but «نظراؤه
/// في مجلس التعاون» are the council's.
fn lies_within(page: &Page<'_>, trigger: &Trigger<'_>, name: &Name) -> bool {
    let start = name.full.start;
    if page.kind(name.entity) == EntityKind::Person || affix::is_joined(page.text.key(start)) && name.prefix > 0 {
        return false;
    }
    let joins = [Meaning::With, Meaning::Between, Meaning::Gathers];
    let led = (start.saturating_sub(6).max(trigger.end)..start)
        .rev()
        .take_while(|i| page.name_at(*i).is_none() && !page.is_mark(*i) && !page.means(*i, &joins))
        .find(|i| page.means(*i, &[Meaning::In]));
    let peers = |i: usize| {
        let person = page.name_at(i).is_some_and(|n| page.kind(n.entity) == EntityKind::Person);
        person || page.means(i, &[Meaning::Title, Meaning::Group])
    };
    led.is_some_and(|i| i == 0 || !peers(i - 1))
}

/// A word that begins something else: «لبحث», «حيث», another contact; but «"مكاشفة"» is an aside.
fn ends_chain(page: &Page<'_>, i: usize, first: bool) -> bool {
    let breaks = page.means(i, &[Meaning::Break, Meaning::Asked]) && !page.means(i, &[Meaning::Gathers]);
    let opens = page.text.quote_of(i).map(|q| page.text.quotes()[q]).filter(|q| q.open == i);
    let long = opens.is_some_and(|q| q.inside().len() > 4 || !first);
    breaks || long || page.text.word(i) == ":" || page.contacts[i]
}

/// The nearest place that the clause gives with «في».
pub(super) fn place(page: &Page<'_>, trigger: &Trigger<'_>) -> Option<EntityIndex> {
    let stop = |i: &usize| page.means(*i, &[Meaning::Break]) && page.name_at(*i).is_none();
    let until = (trigger.end..(trigger.end + 14).min(trigger.segment.end)).find(stop);
    let near: Range<usize> = trigger.at.saturating_sub(10).max(trigger.segment.start)
        ..until.unwrap_or((trigger.end + 14).min(trigger.segment.end));
    let inside = |n: &&Name| page.is_place(n.entity) && page.stands_in(n) && !page.is_region(n.entity);
    page.names_in(near).iter().filter(inside).min_by_key(|n| n.full.start.abs_diff(trigger.at)).map(|n| n.entity)
}
