//! What does a page look like to other pages that may tell of the same happening?
//!
//! Its words, whom and what it names, what it counts, which contacts it reports and of which day it is.

use crate::event::{Event, EventKind};
use crate::mention::EntityKind;
use crate::pack::Packs;
use crate::read::Reading;
use crate::weave::contact::by_prominence;
use crate::weave::copy::outlet;
use crate::weave::entity::Joining;
use crate::weave::side::States;
use crate::weave::when::Day;
use crate::weave::words::{Number, PageWords};
use jiff::civil::Date;
use rustc_hash::FxHashMap;
use std::sync::Arc;

/// One page, as far as stories need it.
#[derive(Debug, Clone)]
pub(crate) struct Look {
    /// Stems.
    pub words: Terms,
    /// Named entities.
    pub names: Terms,
    /// Named entities that are places, people, in headline and lead.
    pub places: Vec<u32>,
    /// People in headline and lead.
    pub people: Vec<u32>,
    /// Numbers in headline and lead.
    pub numbers: Vec<Number>,
    /// Whole days that headline and lead name.
    pub days: Vec<Date>,
    /// Who makes the first statement.
    pub speaker: Option<u32>,
    /// The day of publication.
    pub day: Option<Date>,
    /// Who carries it.
    pub outlet: Arc<str>,
    /// The language.
    pub lang: Option<Arc<str>>,
    /// The contacts that it reports, the most prominent in front.
    pub contacts: Vec<Sketch>,
    /// How many words it has.
    pub length: usize,
}

/// A contact that a page reports, enough to see whether another page can mean the same one.
#[derive(Debug, Clone)]
pub(crate) struct Sketch {
    /// What kind.
    pub kind: EventKind,
    /// The parties, in order.
    pub parties: Vec<usize>,
    /// The states that they speak for, in order.
    pub states: Vec<String>,
    /// Its day.
    pub day: Day,
}

/// What stands on a page, by number, with its weights.
#[derive(Debug, Clone, Default)]
pub(crate) struct Terms {
    /// In order of their numbers.
    pub terms: Vec<Term>,
    /// Length of the vector of headlines, of headlines and lead, of all.
    pub lengths: [f32; 3],
    /// Sum of the weights in headlines, and in headlines and lead.
    pub sums: [f32; 2],
}

/// One stem or one entity.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Term {
    /// Its number.
    pub id: u32,
    /// How rare it is among pages of news.
    pub rarity: f32,
    /// Its rarity times how much of the page it makes up.
    pub weight: f32,
    /// Does it stand in a headline?
    pub title: bool,
    /// Does it stand in a headline or in the first lines?
    pub lead: bool,
}

/// A stem or an entity, how often it stands on the page, in headlines, in headlines and lead.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Count {
    pub all: u32,
    pub title: u32,
    pub lead: u32,
}

impl Terms {
    /// Weighs what was counted.
    pub fn new(counts: &[(u32, Count)], rarity: &[f32]) -> Terms {
        let terms: Vec<Term> = counts
            .iter()
            .map(|(id, count)| {
                let rarity = rarity[*id as usize];
                let weight = rarity * (1.0 + (count.all.max(1) as f32).ln());
                Term { id: *id, rarity, weight, title: count.title > 0, lead: count.lead > 0 }
            })
            .collect();
        let length = |of: &dyn Fn(&Term) -> f32| terms.iter().map(|t| of(t) * of(t)).sum::<f32>().sqrt();
        let rare = |t: &Term, counts: bool| if counts { t.rarity } else { 0.0 };
        let lengths = [length(&|t| rare(t, t.title)), length(&|t| rare(t, t.lead)), length(&|t| t.weight)];
        let sums = [
            terms.iter().filter(|t| t.title).map(|t| t.rarity).sum(),
            terms.iter().filter(|t| t.lead).map(|t| t.rarity).sum(),
        ];
        Terms { terms, lengths, sums }
    }

    /// Term `id`, where it stands here.
    pub fn get(&self, id: u32) -> Option<&Term> {
        self.terms.binary_search_by_key(&id, |t| t.id).ok().map(|n| &self.terms[n])
    }
}

/// Whom pages name, by number.
#[derive(Debug, Default)]
pub(super) struct Cast {
    numbers: FxHashMap<usize, u32>,
    /// The share of all news in which the rarest word of each stands, 0 where nobody counted.
    pub shares: Vec<f32>,
}

/// What stands on one page, not yet weighed.
pub(super) struct Sight {
    pub words: Vec<(u32, Count)>,
    pub names: Vec<(u32, Count)>,
    pub places: Vec<u32>,
    pub people: Vec<u32>,
    pub speaker: Option<u32>,
}

impl Cast {
    /// What stands on page `page`.
    pub fn see(
        &mut self,
        page: usize,
        readings: &[Reading],
        words: &PageWords,
        packs: &Packs,
        joining: &mut Joining,
    ) -> Sight {
        let reading = &readings[page];
        let numbers: Vec<Option<u32>> = (0..reading.cast.entities.len())
            .map(|n| reading.cast.entities[n].named.then(|| self.number(page, n, reading, packs, joining)))
            .collect();
        let mut counts: FxHashMap<u32, Count> = FxHashMap::default();
        let (mut places, mut people) = (Vec::new(), Vec::new());
        for mention in &reading.cast.mentions {
            let Some(id) = numbers[mention.entity] else { continue };
            let title = reading.layout.title.iter().any(|t| t.contains(mention.span));
            let lead = title || mention.span.start() < words.lead_end;
            let count = counts.entry(id).or_default();
            count.all += 1;
            count.title += u32::from(title);
            count.lead += u32::from(lead);
            match reading.cast.entities[mention.entity].kind {
                EntityKind::Place if lead => places.push(id),
                EntityKind::Person if lead => people.push(id),
                _ => {}
            }
        }
        let mut names: Vec<(u32, Count)> = counts.into_iter().collect();
        names.sort_unstable_by_key(|(id, _)| *id);
        for list in [&mut places, &mut people] {
            list.sort_unstable();
            list.dedup();
        }
        let speaker = reading.statements.iter().find_map(|s| numbers[s.speaker?]);
        Sight { words: counted(words), names, places, people, speaker }
    }

    fn number(&mut self, page: usize, n: usize, reading: &Reading, packs: &Packs, joining: &mut Joining) -> u32 {
        let next = self.numbers.len() as u32;
        let number = *self.numbers.entry(joining.group(page, n)).or_insert(next);
        if number == next {
            self.shares.push(0.0);
        }
        let lexicon = reading.lang.as_deref().and_then(|code| packs.get(code)).map(|p| &p.words);
        if let Some(lexicon) = lexicon {
            let words = lexicon.name(&reading.cast.entities[n].key);
            let rarest = words.filter_map(|w| lexicon.share(lexicon.stem(w))).reduce(f32::min);
            let share = &mut self.shares[number as usize];
            *share = share.max(rarest.unwrap_or(0.0));
        }
        number
    }
}

fn counted(words: &PageWords) -> Vec<(u32, Count)> {
    let title = words.title.iter().map(|w| (*w, Count { all: 1, title: 1, lead: 1 }));
    let body = words.body.iter().enumerate();
    let body = body.map(|(n, w)| (*w, Count { all: 1, title: 0, lead: u32::from(n < words.lead) }));
    let mut all: Vec<(u32, Count)> = title.chain(body).collect();
    all.sort_unstable_by_key(|(w, _)| *w);
    let sum = |c: &[(u32, Count)], of: fn(&Count) -> u32| c.iter().map(|(_, n)| of(n)).sum();
    all.chunk_by(|a, b| a.0 == b.0)
        .map(|c| (c[0].0, Count { all: sum(c, |n| n.all), title: sum(c, |n| n.title), lead: sum(c, |n| n.lead) }))
        .collect()
}

impl Look {
    /// The look of page `page`.
    pub fn new(
        page: usize,
        sight: &Sight,
        rarities: (&[f32], &[f32]),
        readings: &[Reading],
        words: &PageWords,
        contacts: Vec<Sketch>,
    ) -> Look {
        let reading = &readings[page];
        let lead =
            |at: usize| at < words.lead_end || reading.layout.title.iter().any(|t| t.start() <= at && at < t.end());
        let mut days: Vec<Date> =
            reading.times.iter().filter(|t| lead(t.span.start())).filter_map(|t| Day::parse(&t.value).date()).collect();
        days.sort_unstable();
        days.dedup();
        Look {
            words: Terms::new(&sight.words, rarities.0),
            names: Terms::new(&sight.names, rarities.1),
            places: sight.places.clone(),
            people: sight.people.clone(),
            numbers: words.numbers.clone(),
            days,
            speaker: sight.speaker,
            day: reading.published.as_ref().map(|p| p.date),
            outlet: outlet(reading).into(),
            lang: reading.lang.as_deref().map(Arc::from),
            contacts,
            length: words.stream.len(),
        }
    }
}

/// The contacts that page `page` reports.
pub(super) fn sketches(page: usize, readings: &[Reading], joining: &mut Joining, states: &States) -> Vec<Sketch> {
    let mut sketch = |event: &Event| {
        let mut parties: Vec<usize> = event.participants.iter().map(|p| joining.group(page, *p)).collect();
        parties.sort_unstable();
        parties.dedup();
        let of = |p: &usize| states.of(page, *p).map(str::to_owned);
        let mut states: Vec<String> = event.participants.iter().filter_map(of).collect();
        states.sort_unstable();
        states.dedup();
        let day = event.when.as_ref().map_or(Day::default(), |w| Day::parse(&w.value));
        Sketch { kind: event.kind, parties, states, day }
    };
    by_prominence(&readings[page]).into_iter().map(|n| sketch(&readings[page].events[n])).collect()
}
