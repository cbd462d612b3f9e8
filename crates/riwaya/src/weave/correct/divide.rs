//! Which words of a page go with a name that is split off?
//!
//! A page that calls father and son «الكرمي» has one entity where there are two. Mentions of the form go, and with
//! them the statements whose source they are; a statement without a name goes with whoever was named last before it,
//! a contact with whoever is named nearest to it.

use crate::event::Event;
use crate::mention::{Entity, Mention};
use crate::pack::Packs;
use crate::read::Reading;
use crate::text::Span;

/// What of an entity is split off.
pub(super) enum Part {
    Nothing,
    Whole,
    /// The mentions at these places.
    Some(Vec<Span>),
}

/// What of entity `n` has one of `forms`; all of it, where there are none.
pub(super) fn part(reading: &Reading, n: usize, forms: &[String]) -> Part {
    if forms.is_empty() {
        return Part::Whole;
    }
    let own: Vec<Span> = reading.cast.mentions.iter().filter(|m| m.entity == n).map(|m| m.span).collect();
    let has = |span: &&Span| forms.iter().any(|form| form == reading.text.at(**span));
    let spans: Vec<Span> = own.iter().filter(has).copied().collect();
    let named_so = |form: &String| forms.contains(form);
    let entity = &reading.cast.entities[n];
    match () {
        () if own.is_empty() && !entity.forms.is_empty() && entity.forms.iter().all(named_so) => Part::Whole,
        () if spans.is_empty() => Part::Nothing,
        () if spans.len() == own.len() => Part::Whole,
        () => Part::Some(spans),
    }
}

/// Does the page call entity `n` exactly so?
pub(super) fn is_called(reading: &Reading, n: usize, form: &str) -> bool {
    let mut mentions = reading.cast.mentions.iter().filter(|m| m.entity == n);
    mentions.any(|m| reading.text.at(m.span) == form) || reading.cast.entities[n].forms.iter().any(|f| f == form)
}

/// Makes the mentions of entity `n` at `spans` an entity of its own, and gives its number.
pub(super) fn divide(reading: &mut Reading, n: usize, spans: &[Span], packs: &Packs) -> usize {
    let own = reading.cast.entities.len();
    let is_moved = |m: &Mention| m.entity == n && spans.contains(&m.span);
    let (mut moved, mut left): (Vec<Mention>, Vec<Mention>) = (Vec::new(), Vec::new());
    for mention in reading.cast.mentions.iter().filter(|m| m.entity == n) {
        if is_moved(mention) { moved.push(mention.clone()) } else { left.push(mention.clone()) }
    }
    let whole = reading.cast.entities[n].clone();
    let (rest, part) = (named(&whole, &left, &moved, reading, packs), named(&whole, &moved, &left, reading, packs));
    reading.cast.entities[n] = rest;
    reading.cast.entities.push(part);
    reading.cast.mentions.iter_mut().filter(|m| is_moved(m)).for_each(|m| m.entity = own);
    let pick = |is_own: bool| if is_own { own } else { n };
    for statement in &mut reading.statements {
        let cue = statement.cue.start();
        if statement.speaker == Some(n) {
            let of_source = |mentions: &[Mention]| {
                statement.source.is_some_and(|source| mentions.iter().any(|m| source.overlaps(m.span)))
            };
            let last = |mentions: &[Mention]| mentions.iter().map(|m| m.span.start()).filter(|at| *at < cue).max();
            let named = of_source(&moved) || of_source(&left);
            let is_own = if named { of_source(&moved) } else { last(&moved) > last(&left) };
            statement.speaker = Some(pick(is_own));
        }
        if statement.addressee == Some(n) {
            statement.addressee = Some(pick(near(&moved, cue) < near(&left, cue)));
        }
    }
    for event in &mut reading.events {
        let at = event.evidence.first().map_or(0, |span| span.start());
        let who = |e: usize| if e == n { pick(near(&moved, at) < near(&left, at)) } else { e };
        let participants = event.participants.iter().map(|p| who(*p)).collect();
        let (place, initiator) = (event.place.map(who), event.initiator.map(who));
        *event = Event { participants, place, initiator, ..event.clone() };
    }
    own
}

/// How far the nearest of these mentions is.
fn near(mentions: &[Mention], at: usize) -> usize {
    mentions.iter().map(|m| m.span.start().abs_diff(at)).min().unwrap_or(usize::MAX)
}

/// The part of `whole` that these mentions name.
fn named(whole: &Entity, own: &[Mention], others: &[Mention], reading: &Reading, packs: &Packs) -> Entity {
    let words = |mentions: &[Mention]| -> Vec<String> {
        let mut forms: Vec<String> = mentions.iter().map(|m| reading.text.at(m.span).to_owned()).collect();
        forms.sort_by_key(|f| (std::cmp::Reverse(f.chars().count()), f.clone()));
        forms.dedup();
        forms
    };
    let (forms, other) = (words(own), words(others));
    let pack = reading.lang.as_deref().and_then(|lang| packs.get(lang));
    let fold = |form: &String| pack.map_or_else(|| form.clone(), |pack| pack.language.fold_phrase(form));
    // The row belongs to whoever bears one of its names; where both do, or neither, to the fuller name.
    let row = whole.known.as_deref().and_then(|id| packs.names().get(id));
    let is_row = |forms: &[String]| {
        let names = row.zip(reading.lang.as_deref()).and_then(|(row, lang)| row.forms.get(lang));
        forms.iter().any(|form| names.is_some_and(|names| names.iter().any(|name| fold(name) == fold(form))))
    };
    let fuller =
        |a: &[String], b: &[String]| a.first().map(|f| f.chars().count()) > b.first().map(|f| f.chars().count());
    let known = match (is_row(&forms), is_row(&other)) {
        (true, false) => whole.known.clone(),
        (false, true) => None,
        _ => whole.known.clone().filter(|_| fuller(&forms, &other)),
    };
    let within = |mentions: &[Mention], role: &Span| mentions.iter().any(|m| m.full.contains(*role));
    let roles = whole.roles.iter().copied().filter(|role| within(own, role)).collect();
    Entity { known, key: forms.first().map_or_else(|| whole.key.clone(), fold), forms, roles, ..whole.clone() }
}
