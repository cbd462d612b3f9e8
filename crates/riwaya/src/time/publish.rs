//! When was this page published: what its metadata says, else what its own words determine?

use super::lexicon::Lexicon;
use super::scan::{self, Found};
use super::slots::Slot;
use super::{Published, PublishedFrom};
use crate::because::Because;
use crate::page::{Layout, Source};
use crate::text::{Span, Text};
use jiff::ToSpan;
use jiff::civil::{Date, DateTime};
use jiff::fmt::rfc2822;

/// The day in the metadata: a date, a date and time, or the form that mail and feeds use.
pub(super) fn from_metadata(source: &Source) -> Option<Published> {
    let date = day(source.published.as_deref()?.trim())?;
    Some(Published { date, from: PublishedFrom::Metadata, because: Because::new("time/metadata", Vec::new()) })
}

fn day(written: &str) -> Option<Date> {
    let head = || written.get(..10).filter(|h| h.as_bytes().get(4) == Some(&b'-'))?.parse().ok();
    let date = written.parse::<Date>().ok().or_else(|| written.parse::<DateTime>().ok().map(DateTime::date));
    date.or_else(head).or_else(|| rfc2822::parse(written).ok().map(|z| z.date())).filter(|d| d.year() > 1500)
}

/// All expressions of the article.
pub(super) fn found(text: &Text, layout: &Layout, lexicon: &Lexicon) -> Vec<Found> {
    let mut out = Vec::new();
    for span in layout.article() {
        out.extend(scan::scan(text, text.tokens_in(span), lexicon));
    }
    out
}

/// The weekday of publication, where all that ties a weekday to today agrees on one: «اليوم الخميس».
pub(super) fn weekday(found: &[Found]) -> Option<i32> {
    todays(found).map(|(_, weekday)| weekday).next()
}

fn todays(found: &[Found]) -> impl Iterator<Item = (Span, i32)> {
    found.iter().filter_map(|f| {
        let (offset, weekday) = (f.says.get(Slot::Offset)?, f.says.get(Slot::Weekday)?);
        Some((f.span, (weekday - 1 - offset).rem_euclid(7) + 1))
    })
}

/// The day that the page's own words determine.
pub(super) fn from_words(text: &Text, layout: &Layout, lexicon: &Lexicon) -> Option<Published> {
    let found = found(text, layout, lexicon);
    let mut answer: Option<(Date, Vec<Span>)> = None;
    for f in &found {
        let s = &f.says;
        let (Some(offset), Some(d), Some(m), Some(y)) =
            (s.get(Slot::Offset), s.get(Slot::Day), s.get(Slot::Month), s.get(Slot::Year))
        else {
            continue;
        };
        let date = Date::new(y as i16, m as i8, d as i8).ok()?.checked_sub(offset.days()).ok()?;
        match &mut answer {
            None => answer = Some((date, vec![f.span])),
            Some((known, spans)) if *known == date => spans.push(f.span),
            Some(_) => return None,
        }
    }
    let (date, spans) = answer?;
    let weekday = i32::from(date.weekday().to_monday_one_offset());
    if todays(&found).any(|(_, w)| w != weekday) {
        return None;
    }
    Some(Published { date, from: PublishedFrom::Text, because: Because::new("time/relative-day-and-date", spans) })
}
