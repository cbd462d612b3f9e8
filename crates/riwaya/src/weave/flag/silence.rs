//! What does a page say that somebody did not say?

use super::{Desk, Flag, FlagKind, Hit, Severity, Sign};
use crate::mention::EntityKind;
use crate::weave::{Grounds, Passage};
use std::ops::Range;

/// How many words may stand between «لم يؤكد» and whoever did not.
const NEAR: usize = 4;

impl Desk<'_> {
    /// «لم يؤكد البيت الأبيض بعد إعلان الكرملين»: the page itself says that one side has not confirmed.
    pub(super) fn silences<'d>(&'d self, page: usize, hits: &'d [Hit]) -> impl Iterator<Item = Flag> {
        hits.iter().filter_map(move |hit| {
            let verb = match hit.sign {
                Sign::Unconfirmed => "has not confirmed",
                Sign::Unmentioned => "does not mention",
                _ => return None,
            };
            let reading = &self.readings[page];
            let mention = self.silent(page, &hit.tokens)?;
            let silent = self.woven.entity_of[page][reading.cast.mentions[mention].entity];
            let words = hit.span;
            let sentence = reading.text.span_of(self.sentence(page, hit.tokens.start));
            let span = words.to(sentence);
            let explain = format!("the page says that {} {verb} it", self.name(silent));
            let grounds = Grounds::new(hit.rule.clone(), vec![Passage { page, span }]);
            Some(Flag::new(FlagKind::OneSideUnconfirmed, Severity::Note, grounds, explain))
        })
    }

    /// The mention of whoever is silent: in front of the verb where the language puts its subject there, else behind.
    fn silent(&self, page: usize, verb: &Range<usize>) -> Option<usize> {
        let reading = &self.readings[page];
        let (text, cast) = (&reading.text, &reading.cast);
        let sentence = self.sentence(page, verb.start);
        let may_speak = |n: &usize| {
            let entity = &cast.entities[cast.mentions[*n].entity];
            entity.named && entity.kind != EntityKind::Place
        };
        let (from, to) = (text.span(verb.start).start(), text.span(verb.end - 1).end());
        let first_behind = cast.mentions.partition_point(|m| m.span.start() < to);
        let behind = (first_behind..cast.mentions.len()).next().filter(|n| {
            let at = text.token_at(cast.mentions[*n].span.start());
            at < sentence.end && at <= verb.end + NEAR
        });
        let last_before = cast.mentions.partition_point(|m| m.span.start() < from).checked_sub(1);
        let before = last_before.filter(|n| cast.mentions[*n].span.start() >= text.span(sentence.start).start());
        let subject_first = self.pack(reading)?.language.subject_first;
        let (first, second) = if subject_first { (before, behind) } else { (behind, before) };
        first.filter(may_speak).or(second.filter(may_speak))
    }
}
