//! Do pages count victims alike?

use super::{Desk, Flag, FlagKind, Hit, Severity, Sign};
use crate::text::TokenKind;
use crate::weave::{Grounds, Passage, Story};
use std::collections::BTreeMap;
use std::ops::Range;

/// How many words may stand between a number and what it counts: «مقتل نحو 12 شخصا».
const NEAR: usize = 3;
/// How many lines below the headline tell what a page is about.
const LEAD: usize = 2;

/// A number that a page gives first.
struct Count {
    value: u64,
    passage: Passage,
}

impl Desk<'_> {
    /// Pages of one story that count the same kind of victims differently, each in its headline or first lines.
    pub(super) fn counted_apart(&self, story: &Story, hits: &[Vec<Hit>]) -> Vec<Flag> {
        let mut counts: BTreeMap<&str, Vec<Count>> = BTreeMap::new();
        for page in &story.pages {
            for (what, count) in self.counts(*page, &hits[*page]) {
                counts.entry(what).or_default().push(count);
            }
        }
        let conflict = |(what, counts): (&str, Vec<Count>)| {
            let least = counts.iter().min_by_key(|c| (c.value, c.passage))?;
            let most = counts.iter().min_by_key(|c| (std::cmp::Reverse(c.value), c.passage))?;
            let id = |c: &Count| &self.readings[c.passage.page].source.id;
            let explain = format!(
                "{} counts {} {what}, {} {}; a later page may know more",
                id(least),
                least.value,
                id(most),
                most.value
            );
            let grounds = || Grounds::new("flag/counts", vec![least.passage, most.passage]);
            (least.value != most.value).then(|| Flag::new(FlagKind::NumberConflict, Severity::Note, grounds(), explain))
        };
        counts.into_iter().filter_map(conflict).collect()
    }

    /// What a page counts in its lead, where it gives one number only of a kind.
    fn counts<'h>(&self, page: usize, hits: &'h [Hit]) -> BTreeMap<&'h str, Count> {
        let reading = &self.readings[page];
        let last = reading.layout.body.get(LEAD - 1).or(reading.layout.body.last());
        let end = last.map_or(0, |line| line.end());
        let mut counts: BTreeMap<&str, Option<Count>> = BTreeMap::new();
        for hit in hits {
            let Sign::Counted(what) = &hit.sign else { continue };
            let words = hit.span;
            if words.start() >= end {
                continue;
            }
            let Some((value, number)) = self.number(page, &hit.tokens) else { continue };
            let span = if number.start() < words.start() { number.to(words) } else { words.to(number) };
            let count = Count { value, passage: Passage { page, span } };
            let first = counts.entry(what).or_insert(None);
            match first {
                None => *first = Some(count),
                Some(known) if known.value == value => {}
                // Two numbers of a kind may be of two days or two places.
                Some(known) => known.value = u64::MAX,
            }
        }
        let sure = |(what, count): (&'h str, Option<Count>)| Some((what, count.filter(|c| c.value != u64::MAX)?));
        counts.into_iter().filter_map(sure).collect()
    }

    /// The number nearest to these words in their sentence, times and shares left out.
    fn number(&self, page: usize, words: &Range<usize>) -> Option<(u64, crate::text::Span)> {
        let reading = &self.readings[page];
        let text = &reading.text;
        let sentence = self.sentence(page, words.start);
        let from = words.start.saturating_sub(NEAR).max(sentence.start);
        let to = (words.end + NEAR).min(sentence.end);
        let distance = |i: &usize| if *i < words.start { words.start - i } else { i + 1 - words.end };
        let counts = |i: &usize| {
            let time = reading.times.iter().any(|t| t.span.overlaps(text.span(*i)));
            let share = (i + 1 < text.len()).then(|| text.word(i + 1)).is_some_and(|w| w.starts_with('%'));
            text.tokens()[*i].kind == TokenKind::Number && !time && !share
        };
        let nearest = (from..to).filter(counts).min_by_key(distance)?;
        let value = text.key(nearest).replace([',', '٬', ' '], "").parse().ok()?;
        Some((value, text.span(nearest)))
    }
}
