//! Which contact do the pages report, and how did it come about?
//!
//! Events of one story are one contact where kind, parties and time allow it: «اتصال هاتفي … غداً الخميس» on one
//! page and «محادثة بين الرئيسين جرت الخميس هاتفياً» on another. A page keeps its own events apart, and so does
//! whoever puts them on different days.

use crate::event::{Event, EventKind, Status, When};
use crate::mention::EntityKind;
use crate::read::Reading;
use crate::weave::story::slug;
use crate::weave::when::Day;
use crate::weave::{Grounds, Passage, Woven};
use rustc_hash::FxHashMap;

/// A contact with everything that the pages of a story say of it.
#[derive(Debug, Clone)]
pub struct Contact {
    /// Stable id, usable on a command line: `call-2021-12-30-joe-biden-vladimir-putin`.
    pub id: String,
    /// The story, as an index of [`Woven::stories`].
    pub story: usize,
    /// What kind.
    pub kind: EventKind,
    /// The most exact time, and the page that gives it.
    pub when: Option<(usize, When)>,
    /// Where, as a woven entity.
    pub place: Option<usize>,
    /// The parties, as woven entities.
    pub participants: Vec<usize>,
    /// Who asked for it, as a woven entity; none where the pages differ.
    pub initiator: Option<usize>,
    /// Who is said to have asked for it, and who says so.
    pub initiators: Vec<Said>,
    /// How far it has come.
    pub status: Status,
    /// What each page says of it, in order of publication.
    pub history: Vec<Report>,
    /// Page and index of each event that was joined.
    pub events: Vec<(usize, usize)>,
    /// The words that mention it.
    pub evidence: Vec<Passage>,
    /// Why these events are one.
    pub grounds: Grounds,
}

/// What one page says of a contact.
#[derive(Debug, Clone)]
pub struct Report {
    /// The page.
    pub page: usize,
    /// How far the contact has come there.
    pub status: Status,
    /// When it is to be or was, there.
    pub when: Option<String>,
    /// The woven entity that says so; none where the page says it itself.
    pub by: Option<usize>,
    /// The first words that mention it.
    pub passage: Passage,
}

/// Who is said to have asked for a contact.
#[derive(Debug, Clone)]
pub struct Said {
    /// The woven entity that asked.
    pub who: usize,
    /// The woven entity that says so; none where the page says it itself.
    pub by: Option<usize>,
    /// The words.
    pub passage: Passage,
}

pub(crate) fn weave(readings: &[Reading], states: &[Vec<String>], woven: &mut Woven) {
    woven.contact_of = readings.iter().map(|r| vec![usize::MAX; r.events.len()]).collect();
    for story in 0..woven.stories.len() {
        let join = Join { readings, states, woven };
        for group in join.groups(story) {
            let contact = join_events(story, &group, readings, states, woven);
            group.iter().for_each(|(page, n)| woven.contact_of[*page][*n] = woven.contacts.len());
            woven.contacts.push(contact);
        }
    }
    let mut taken: FxHashMap<String, usize> = FxHashMap::default();
    for contact in &mut woven.contacts {
        let times = taken.entry(contact.id.clone()).or_insert(0);
        *times += 1;
        if *times > 1 {
            contact.id = format!("{}-{times}", contact.id);
        }
    }
}

/// The events of a page, the one that it is about in front: mentioned most, in the headline, between those whom the
/// page names most. A call or a visit is one happening, talks may be anything that goes on between two sides.
pub(crate) fn by_prominence(reading: &Reading) -> Vec<usize> {
    let mut named = vec![0usize; reading.cast.entities.len()];
    reading.cast.mentions.iter().for_each(|m| named[m.entity] += 1);
    let most = named.iter().copied().max().unwrap_or(0).max(1);
    let weight = |event: &Event| {
        let in_title = reading.layout.title.iter().any(|t| event.evidence.iter().any(|e| t.contains(*e)));
        let single = !matches!(event.kind, EventKind::Talks | EventKind::Agreement | EventKind::Correspondence);
        let mentions = event.evidence.len() + 2 * usize::from(in_title) + 3 * usize::from(single);
        let party = event.participants.iter().map(|p| named[*p]).min().unwrap_or(0);
        mentions * (most + 3 * party)
    };
    let mut order: Vec<usize> = (0..reading.events.len()).collect();
    order.sort_by_key(|n| (std::cmp::Reverse(weight(&reading.events[*n])), *n));
    order
}

struct Join<'w> {
    readings: &'w [Reading],
    states: &'w [Vec<String>],
    woven: &'w Woven,
}

impl Join<'_> {
    /// The events of a story that are one, each group in order of pages.
    fn groups(&self, story: usize) -> Vec<Vec<(usize, usize)>> {
        let pages = &self.woven.stories[story].pages;
        let mut events: Vec<(usize, usize)> =
            pages.iter().flat_map(|p| (0..self.readings[*p].events.len()).map(move |n| (*p, n))).collect();
        events.sort_by_key(|e| {
            let event = self.event(*e);
            (std::cmp::Reverse(event.participants.len().min(2)), std::cmp::Reverse(exactness(event)), *e)
        });
        let mut groups: Vec<Vec<(usize, usize)>> = Vec::new();
        for event in events {
            let best = groups.iter().enumerate().filter_map(|(n, g)| Some((self.fit(event, g)?, n)));
            match best.max_by_key(|(score, n)| (*score, std::cmp::Reverse(*n))) {
                Some((_, n)) => groups[n].push(event),
                None => groups.push(vec![event]),
            }
        }
        groups.iter_mut().for_each(|g| g.sort_unstable());
        groups.sort();
        groups
    }

    fn event(&self, (page, n): (usize, usize)) -> &Event {
        &self.readings[page].events[n]
    }

    /// How well an event fits a group: nothing where any of its events forbids it.
    fn fit(&self, event: (usize, usize), group: &[(usize, usize)]) -> Option<u32> {
        let mut best = 0;
        for other in group {
            if other.0 == event.0 {
                return None;
            }
            best = best.max(self.pair(event, *other)?);
        }
        Some(best)
    }

    fn pair(&self, a: (usize, usize), b: (usize, usize)) -> Option<u32> {
        let (x, y) = (self.event(a), self.event(b));
        let (day_x, day_y) = (day(x), day(y));
        if day_x.clashes(day_y) {
            return None;
        }
        let same_day = day_x.is_same_day(day_y);
        let alike = family(x.kind) == family(y.kind) || is_virtual_summit(x.kind, y.kind);
        let kind = match (x.kind == y.kind, alike, same_day) {
            (true, ..) => 4,
            (_, true, _) => 2,
            (.., true) => 1,
            _ => return None,
        };
        let parties = self.parties(a, b)?;
        Some(kind + parties + if same_day { 3 } else { 0 })
    }

    /// How many parties two events share; nothing where they cannot be the same parties.
    fn parties(&self, a: (usize, usize), b: (usize, usize)) -> Option<u32> {
        let of = |(page, n): (usize, usize)| -> Vec<usize> {
            self.event((page, n)).participants.iter().map(|p| self.woven.entity_of[page][*p]).collect()
        };
        let (x, y) = (of(a), of(b));
        let (few, many) = if x.len() <= y.len() { (x, y) } else { (y, x) };
        let mut shared = 0;
        for party in &few {
            if many.contains(party) {
                shared += 2;
            } else if many.iter().any(|other| self.speaks_for(*party, *other)) {
                shared += 1;
            } else {
                return None;
            }
        }
        (few.len() >= 2 || many.len() < 2).then_some(shared)
    }

    /// «موسكو» and a Russian official may be one party, two named people never.
    fn speaks_for(&self, a: usize, b: usize) -> bool {
        let person = |n: usize| self.woven.entities[n].named && self.woven.entities[n].kind == EntityKind::Person;
        !(person(a) && person(b)) && self.states[a].iter().any(|s| self.states[b].contains(s))
    }
}

fn day(event: &Event) -> Day {
    event.when.as_ref().map_or(Day::default(), |w| Day::parse(&w.value))
}

fn exactness(event: &Event) -> u8 {
    day(event).exactness()
}

/// Kinds that pages use for one another: talks for a meeting, «قمة افتراضية» for a video call.
fn family(kind: EventKind) -> u8 {
    match kind {
        EventKind::Call => 0,
        EventKind::VideoCall => 1,
        EventKind::Meeting | EventKind::Talks | EventKind::Summit => 2,
        EventKind::Visit => 3,
        EventKind::Correspondence => 4,
        EventKind::Agreement => 5,
    }
}

fn is_virtual_summit(a: EventKind, b: EventKind) -> bool {
    matches!((a, b), (EventKind::VideoCall, EventKind::Summit) | (EventKind::Summit, EventKind::VideoCall))
}

fn join_events(
    story: usize,
    group: &[(usize, usize)],
    readings: &[Reading],
    states: &[Vec<String>],
    woven: &Woven,
) -> Contact {
    let event = |(page, n): &(usize, usize)| &readings[*page].events[*n];
    let when = group
        .iter()
        .filter_map(|e| Some((e.0, event(e).when.clone()?)))
        .max_by_key(|(page, when)| (Day::parse(&when.value).exactness(), std::cmp::Reverse(*page)));
    let mut participants: Vec<usize> = Vec::new();
    for (page, n) in group {
        for party in &readings[*page].events[*n].participants {
            let party = woven.entity_of[*page][*party];
            if !participants.contains(&party) {
                participants.push(party);
            }
        }
    }
    drop_stand_ins(&mut participants, states, woven);
    let kind = most(group.iter().map(|e| event(e).kind)).unwrap_or(EventKind::Meeting);
    let mut history: Vec<Report> = group.iter().filter_map(|e| report(*e, readings, woven)).collect();
    history.sort_by_key(|r| {
        let day = readings[r.page].published.as_ref().map(|p| p.date);
        (day.is_none(), day, r.page)
    });
    let initiators = initiators(group, readings, woven);
    let same = |a: usize, b: usize| a == b || states[a].iter().any(|s| states[b].contains(s));
    let initiator = initiators.first().map(|s| s.who).filter(|who| initiators.iter().all(|s| same(s.who, *who)));
    Contact {
        id: contact_id(kind, when.as_ref().map(|(_, w)| w.value.as_str()), &participants, woven),
        story,
        kind,
        place: group.iter().find_map(|(page, n)| Some(woven.entity_of[*page][readings[*page].events[*n].place?])),
        participants,
        initiator,
        initiators,
        status: status(&history),
        history,
        evidence: evidence(group, readings),
        grounds: Grounds::new(
            if group.len() > 1 { "contact/kind-parties-time" } else { "contact/alone" },
            group
                .iter()
                .filter_map(|(page, n)| {
                    Some(Passage { page: *page, span: *readings[*page].events[*n].evidence.first()? })
                })
                .collect(),
        ),
        events: group.to_vec(),
        when,
    }
}

/// A state does not stand beside its own president as a further party, nor «موسكو» beside «روسيا».
fn drop_stand_ins(participants: &mut Vec<usize>, states: &[Vec<String>], woven: &Woven) {
    let people: Vec<usize> =
        participants.iter().copied().filter(|p| woven.entities[*p].kind == EntityKind::Person).collect();
    let mut bodies: Vec<usize> = Vec::new();
    let speaks_for = |a: usize, b: usize| states[a].iter().any(|s| states[b].contains(s));
    participants.retain(|p| {
        if woven.entities[*p].kind == EntityKind::Person {
            return true;
        }
        let stands_in = people.iter().chain(&bodies).any(|other| speaks_for(*other, *p));
        bodies.extend((!stands_in).then_some(*p));
        !stands_in
    });
}

fn evidence(group: &[(usize, usize)], readings: &[Reading]) -> Vec<Passage> {
    let spans = |(page, n): &(usize, usize)| {
        let page = *page;
        readings[page].events[*n].evidence.iter().map(move |span| Passage { page, span: *span }).collect::<Vec<_>>()
    };
    group.iter().flat_map(spans).collect()
}

/// The most frequent, the first of several.
fn most<T: PartialEq + Copy>(items: impl Iterator<Item = T>) -> Option<T> {
    let items: Vec<T> = items.collect();
    let count = |x: &T| items.iter().filter(|y| *y == x).count();
    items.iter().copied().rev().max_by_key(|x| count(x))
}

/// What took place took place, whatever was announced before; else the last word counts.
fn status(history: &[Report]) -> Status {
    let has = |s: Status| history.iter().any(|r| r.status == s);
    match () {
        () if has(Status::Happened) => Status::Happened,
        () if has(Status::Ongoing) => Status::Ongoing,
        () => history.last().map_or(Status::Planned, |r| r.status),
    }
}

fn report((page, n): (usize, usize), readings: &[Reading], woven: &Woven) -> Option<Report> {
    let event = &readings[page].events[n];
    Some(Report {
        page,
        status: event.status,
        when: event.when.as_ref().map(|w| w.value.clone()),
        by: event.evidence.iter().find_map(|span| teller(page, *span, readings, woven)),
        passage: Passage { page, span: *event.evidence.first()? },
    })
}

/// Who says the words at `span`: the speaker of the outermost statement that holds them.
pub(crate) fn teller(page: usize, span: crate::text::Span, readings: &[Reading], woven: &Woven) -> Option<usize> {
    let statements = &readings[page].statements;
    let holds = |s: &&crate::statement::Statement| s.parent.is_none() && s.content.iter().any(|c| c.contains(span));
    let speaker = statements.iter().find(holds)?.speaker?;
    Some(woven.entity_of[page][speaker])
}

fn initiators(group: &[(usize, usize)], readings: &[Reading], woven: &Woven) -> Vec<Said> {
    let said = |(page, n): &(usize, usize)| {
        let event = &readings[*page].events[*n];
        let span = event.because.from.last().or(event.evidence.last()).copied()?;
        Some(Said {
            who: woven.entity_of[*page][event.initiator?],
            by: teller(*page, span, readings, woven),
            passage: Passage { page: *page, span },
        })
    };
    group.iter().filter_map(said).collect()
}

fn contact_id(kind: EventKind, when: Option<&str>, participants: &[usize], woven: &Woven) -> String {
    let mut parts = vec![kind.as_str().replace('_', "-")];
    parts.extend(when.and_then(|w| w.get(..10)).filter(|w| Day::parse(w).date().is_some()).map(str::to_owned));
    parts.extend(participants.iter().take(3).map(|p| {
        let id = &woven.entities[*p].id;
        slug(id.split_once(':').map_or(id.as_str(), |(_, name)| name))
    }));
    parts.join("-")
}
