//! One item per contact, however often the page mentions it.

use super::circumstance::{Stage, day, is_future, precision};
use super::page::Page;
use super::parties::Found;
use super::topic::Topic;
use super::trigger::Trigger;
use super::{Event, EventKind, Status, When};
use crate::because::Because;
use crate::mention::{EntityIndex, EntityKind};

/// A mention of a contact with all that its sentence says of it.
pub(super) struct Told<'t> {
    pub trigger: &'t Trigger<'t>,
    pub found: Found,
    pub when: Option<When>,
    pub stage: Stage,
    pub initiator: Option<EntityIndex>,
}

impl Told<'_> {
    /// What was agreed when they met was agreed then and there.
    fn inherit(&mut self, drafts: &[Draft]) {
        let met = drafts.iter().rev().find(|d| self.found.parties.iter().all(|p| d.event.participants.contains(p)));
        if let Some(met) = met {
            let own = self.when.take().filter(|w| precision(&w.value) == 3);
            self.when = own.or_else(|| met.event.when.clone());
            self.found.place = self.found.place.or(met.event.place);
        }
    }
}

/// A contact that grows with its mentions.
pub(super) struct Draft {
    pub event: Event,
    /// The words say how far it has come.
    told: bool,
    /// So far told only by words that fit any contact («مباحثات», «بحثا»).
    loose: bool,
    /// «الأمير يستقبل السفير»: a headline left a name open that the article tells.
    open: bool,
}

/// Contacts told by words of different kinds that can be one.
fn family(kind: EventKind) -> u8 {
    match kind {
        EventKind::Meeting | EventKind::Talks | EventKind::Summit => 0,
        EventKind::Call => 1,
        EventKind::VideoCall => 2,
        EventKind::Visit => 3,
        EventKind::Correspondence => 4,
        EventKind::Agreement => 5,
    }
}

/// So many contacts back a mention may look for its own.
const RECENT: usize = 64;

/// Joins `told` to a contact of the list, or begins one.
pub(super) fn merge(page: &Page<'_>, topic: &Topic, drafts: &mut Vec<Draft>, mut told: Told<'_>) {
    let best = (0..drafts.len())
        .rev()
        .take(RECENT)
        .filter_map(|n| Some((fit(page, &drafts[n], &told)?, n)))
        .max_by_key(|(s, n)| (*s, *n));
    match best {
        Some((_, n)) => drafts[n].add(page, told),
        None => {
            if told.found.parties.is_empty() && is_of_the_pair(&told) {
                told.found.parties = topic.pair.clone();
            }
            if told.found.of_the_group {
                told.inherit(drafts);
            }
            if can_begin(page, &told) {
                drafts.push(Draft::new(told));
            }
        }
    }
}

/// «الاتصال عبر الفيديو في 7 ديسمبر»: dated, never told before, without names: it is of those whom the page is about.
fn is_of_the_pair(told: &Told<'_>) -> bool {
    let kind = told.trigger.kind();
    told.trigger.definite
        && told.when.is_some()
        && matches!(kind, EventKind::Call | EventKind::VideoCall | EventKind::Summit)
}

/// How well a mention fits a contact; none where it can't be it.
fn fit(page: &Page<'_>, draft: &Draft, told: &Told<'_>) -> Option<u32> {
    let event = &draft.event;
    let kind = told.trigger.kind();
    let loose = is_loose(told.trigger);
    let same_family = family(event.kind) == family(kind);
    let any = |k: EventKind| family(k) <= 2;
    if !same_family && !(any(event.kind) && any(kind) && (loose || draft.loose)) {
        return None;
    }
    if clash(event.when.as_ref(), told.when.as_ref()) {
        return None;
    }
    let shared = told.found.parties.iter().filter(|p| event.participants.contains(p)).count();
    let unnamed = told.found.parties.iter().filter(|p| !page.is_named(**p) && !event.participants.contains(p)).count();
    let (new, old) = (told.found.parties.len(), event.participants.len());
    let new = if shared > 0 { new - unnamed } else { new };
    let same_day = told.when.is_some() && event.when.is_some();
    if kind == EventKind::Visit {
        return visit(page, draft, told, shared);
    }
    let score = shared as u32 * 4 + u32::from(same_family) * 2 + u32::from(same_day) * 3;
    if kind == EventKind::Agreement && new == 0 {
        return told.trigger.definite.then_some(score);
    }
    if new == 0 {
        return (told.trigger.definite && (same_family || loose)).then_some(score);
    }
    let ahead = matches!(told.stage.status, Status::Planned | Status::Ongoing);
    let open = told.stage.told && ahead && !told.trigger.definite;
    if open && draft.told && event.status == Status::Happened && !same_day {
        return None;
    }
    if new == 1 {
        // «والتقى بعدد من أقاربه»: somebody else than those that he met with names.
        let named = event.participants.iter().filter(|p| page.is_named(**p)).count();
        let others = told.found.crowd && !told.trigger.definite && named > 1 && !same_day;
        let whole = shared == 1 && (same_family || told.trigger.definite) && !others;
        return whole.then_some(score);
    }
    let inside = shared == new || shared == old && (old > 1 || draft.open);
    (inside || shared >= 2 && shared * 2 >= new.max(old) || told.trigger.definite && shared >= 1 && !told.found.named)
        .then_some(score)
}

/// A visit is one by traveller and goal.
fn visit(page: &Page<'_>, draft: &Draft, told: &Told<'_>, shared: usize) -> Option<u32> {
    let event = &draft.event;
    let only_goal = told.found.parties.len() == 1 && told.found.place.is_some();
    if told.found.parties.is_empty() || only_goal {
        let same = told.found.place.is_none_or(|p| event.place.is_some_and(|q| page.host(p) == page.host(q)));
        return (same && (told.trigger.definite || only_goal)).then_some(1);
    }
    // A visit to a body or a person has no goal to compare.
    if told.found.place.is_none() && told.found.parties.len() > 1 && shared < told.found.parties.len() {
        return None;
    }
    let same_traveller = told
        .found
        .parties
        .first()
        .is_some_and(|p| event.participants.contains(p) && page.kind(*p) != EntityKind::Place);
    if other_journey(draft, told) {
        return None;
    }
    let goals = (event.place, told.found.place);
    let same_goal = match goals {
        (Some(a), Some(b)) => page.host(a) == page.host(b),
        _ => true,
    };
    // «الوزير يصل إلى القاهرة»: a headline that does not name the traveller.
    let headline = draft.open && goals.0.is_some() && goals.1.is_some();
    // «وأعرب المبعوث الأممي عن أمله في زيارة عدن»: a traveller without a name, whom the page has invited before.
    let wished = |status| matches!(status, Status::Proposed | Status::Planned);
    let unnamed = told.found.parties.first().is_some_and(|p| page.kind(*p) == EntityKind::Person && !page.is_named(*p));
    let invited = unnamed && goals.1.is_some() && wished(event.status) && wished(told.stage.status);
    ((same_traveller || headline || invited) && same_goal).then_some(shared as u32 * 4)
}

/// "He will visit Cairo next month, and visited it twice this year": one lies ahead and the other does not.
fn other_journey(draft: &Draft, told: &Told<'_>) -> bool {
    let ahead = |status| matches!(status, Status::Planned | Status::Proposed);
    let differ = ahead(draft.event.status) != ahead(told.stage.status);
    let (Some(a), Some(b)) = (&draft.event.when, &told.when) else { return false };
    draft.told && told.stage.told && differ && a.value != b.value
}

/// Two days that can't be one.
fn clash(a: Option<&When>, b: Option<&When>) -> bool {
    let (Some(a), Some(b)) = (a, b) else { return false };
    let (a, b) = (&a.value, &b.value);
    match (day(a), day(b)) {
        (Some(_), Some(_)) => {
            let within = |range: &str, value: &str| range.split('/').any(|d| d.get(..10) == value.get(..10));
            !within(a, b) && !within(b, a)
        }
        _ => months_differ(a, b) || weekday_against_day(a, b) || weekday_against_day(b, a),
    }
}

/// «XXXX-WXX-4» against «XXXX-01-10»: a page that knows neither week nor year names two days.
fn weekday_against_day(a: &str, b: &str) -> bool {
    a.get(4..6) == Some("-W")
        && b.starts_with("XXXX-")
        && b.get(5..10).is_some_and(|d| d.bytes().all(|c| c != b'X' && c != b'W'))
}

/// «2018-09» against «2018-06-12», «XXXX-12-07» against «2021-12-30».
fn months_differ(a: &str, b: &str) -> bool {
    let dated = |v: &str| v.len() >= 4 && v.chars().all(|c| c.is_ascii_digit() || c == '-' || c == 'X' || c == 'T');
    if !dated(a.get(..10).unwrap_or(a)) || !dated(b.get(..10).unwrap_or(b)) {
        return false;
    }
    a.chars().zip(b.chars()).take(10).any(|(x, y)| x != y && x != 'X' && y != 'X')
}

/// «المباحثات», «بحثا», «تحدث مع»: a call can be meant.
fn is_loose(trigger: &Trigger<'_>) -> bool {
    !trigger.word.also.is_empty()
}

/// A contact needs two parties, or one that is several; an agreement must be news.
fn can_begin(page: &Page<'_>, told: &Told<'_>) -> bool {
    let trigger = told.trigger;
    // «لقاء» alone is as well a match, or «in return for».
    let whole = told.found.unnamed || told.found.direct;
    let several = match told.found.parties.as_slice() {
        // «اجتمعت الوزيرة مع سفير هولندا»
        [one]
            if (!trigger.definite || told.found.whole)
                && family(trigger.kind()) <= 2
                && told.found.unnamed
                && (!trigger.purpose || told.found.crowd)
                && page.kind(*one) == EntityKind::Person =>
        {
            page.is_named(*one) && (told.found.named || told.stage.told)
        }
        // «اجتمع مجلس الأمن», «الاجتماع الأول للجنة …»
        [one]
            if family(trigger.kind()) == 0
                && (trigger.alone || !trigger.frame().is_verb() && (trigger.kind() != EventKind::Meeting || whole))
                && (!trigger.definite || trigger.alone && told.found.direct) =>
        {
            let entity = &page.scene.cast.entities[*one];
            let body = entity.kind == EntityKind::Organisation && (page.is_notable(*one) || trigger.alone);
            entity.named && (entity.plural || body)
        }
        _ => false,
    };
    match trigger.kind() {
        // «وصل وفد من البنك إلى أثينا»
        EventKind::Visit => told.found.parties.len() >= 2 || told.found.unnamed && !told.found.parties.is_empty(),
        EventKind::Agreement => {
            let one = told.found.unnamed && told.found.parties.iter().any(|p| page.is_notable(*p));
            (told.found.parties.len() >= 2 || one) && (told.found.news || trigger.title)
        }
        _ => {
            told.found.parties.len() >= 2 && told.found.parties.iter().any(|p| page.is_notable(*p))
                || several && (told.found.named || told.stage.told)
        }
    }
}

impl Draft {
    fn new(told: Told<'_>) -> Draft {
        let loose = is_loose(told.trigger);
        let because = Because::one(told.trigger.word.rule.clone(), told.trigger.span);
        let event = Event {
            kind: told.trigger.kind(),
            when: told.when,
            place: told.found.place,
            participants: told.found.parties,
            initiator: told.initiator,
            status: told.stage.status,
            evidence: vec![told.trigger.span],
            because,
        };
        let open = told.trigger.title && told.found.unnamed && event.participants.len() == 1;
        Draft { event, told: told.stage.told, loose, open }
    }

    fn add(&mut self, page: &Page<'_>, told: Told<'_>) {
        let event = &mut self.event;
        let loose = is_loose(told.trigger);
        let kind = told.trigger.kind();
        // «التقى الرئيس على هامش القمة …»: a summit that names nobody may be another contact.
        let named = !told.found.parties.is_empty();
        if self.loose && !loose || kind == EventKind::Summit && event.kind == EventKind::Meeting && named {
            event.kind = kind;
        }
        self.loose &= loose;
        self.open = false;
        // «وأعرب المبعوث الأممي عن أمله في زيارة عدن»: he is whom the page has named.
        let unnamed = |p| kind == EventKind::Visit && page.kind(p) == EntityKind::Person && !page.is_named(p);
        for party in told.found.parties {
            if !event.participants.contains(&party) && !unnamed(party) {
                event.participants.push(party);
            }
        }
        if event.when.is_none() || told.when.as_ref().is_some_and(|w| is_finer(w, event.when.as_ref())) {
            event.when = told.when.or(event.when.take());
        }
        event.place = event.place.or(told.found.place);
        event.initiator = event.initiator.or(told.initiator);
        let ahead = is_future(page, event.when.as_ref());
        let (new, old) = (told.stage, self.told);
        // «سيزور قطر غدا … وذكر أنه يزور قطر لبحث …»
        let early = new.status == Status::Ongoing && event.status == Status::Planned && ahead;
        let stronger = new.told && !early && (!old || rank(new.status) > rank(event.status));
        if stronger {
            event.status = new.status;
        }
        self.told |= new.told;
        event.evidence.push(told.trigger.span);
        event.evidence.sort();
        event.evidence.dedup();
    }
}

/// A day says more than a month.
fn is_finer(new: &When, old: Option<&When>) -> bool {
    old.is_some_and(|old| precision(&new.value) > precision(&old.value))
}

/// Which of two states that the page tells is the later one.
fn rank(status: Status) -> u8 {
    match status {
        Status::Proposed => 0,
        Status::Planned => 1,
        Status::Ongoing => 2,
        Status::Happened => 3,
        Status::Denied => 4,
        Status::Cancelled => 5,
    }
}
