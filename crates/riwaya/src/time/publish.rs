//! When was this page published: what its metadata says, else what its own words determine?
//!
//! An answer from the words needs something that ties a date to today: «غداً الخميس 30-12-2021», a line that holds
//! a date and nothing else, a dateline, or «الخميس المقبل 31 ديسمبر 2021» together with today's weekday. All of it
//! must agree, and nothing on the page may contradict; otherwise there is no answer.

use super::lexicon::Lexicon;
use super::scan::{self, Found};
use super::slots::{Slot, Unit};
use super::{Published, PublishedFrom};
use crate::because::Because;
use crate::page::{Layout, Source};
use crate::text::{Line, Span, Text, TokenKind};
use jiff::ToSpan;
use jiff::civil::{Date, DateTime};
use jiff::fmt::rfc2822;
use std::ops::RangeInclusive;

/// Lines from the top of a page in which a date that stands alone is that of the page.
const TOP_LINES: usize = 12;
/// Words of place that stand before the date of a dateline: «الرياض، 3 أغسطس 2015 (واس)».
const DATELINE_WORDS: RangeInclusive<usize> = 1..=3;
/// Words that may stand beside the date of a date line, without and with a label: «تاريخ النشر: 29 ديسمبر 2021».
const DATE_LINE_WORDS: [usize; 2] = [0, 6];

/// The day in the metadata: a date, a date and time, or the form that mail and feeds use; else the day in the URL.
pub(super) fn from_metadata(source: &Source) -> Option<Published> {
    let (date, rule) = match source.published.as_deref().and_then(|p| written_day(p.trim())) {
        Some(date) => (date, "time/metadata"),
        None => (url_day(source.url.as_deref()?)?, "time/url"),
    };
    Some(Published { date, from: PublishedFrom::Metadata, because: Because::new(rule, Vec::new()) })
}

fn written_day(written: &str) -> Option<Date> {
    let dashed = written.get(..10).map(|head| head.replace('/', "-"));
    let head = || dashed.filter(|h| h.as_bytes().get(4) == Some(&b'-'))?.parse().ok();
    let date = written.parse::<Date>().ok().or_else(|| written.parse::<DateTime>().ok().map(DateTime::date));
    date.or_else(head).or_else(|| rfc2822::parse(written).ok().map(|z| z.date())).filter(|d| d.year() > 1500)
}

/// `/2015/08/02/`, `/20150802/`, `/2015-08-02-…`: the day in a URL, where it holds one only.
fn url_day(url: &str) -> Option<Date> {
    let parts: Vec<&str> = url.split(|c: char| !c.is_alphanumeric()).collect();
    let number = |part: Option<&&str>, digits: usize| part.filter(|p| p.len() == digits)?.parse::<i16>().ok();
    let mut days: Vec<Date> = Vec::new();
    for (n, part) in parts.iter().enumerate() {
        let day = match part.len() {
            8 => written_day(part),
            4 => number(Some(part), 4).and_then(|year| {
                let (month, day) = (number(parts.get(n + 1), 2)?, number(parts.get(n + 2), 2)?);
                Date::new(year, month as i8, day as i8).ok()
            }),
            _ => None,
        };
        days.extend(day.filter(|d| (1995..2100).contains(&d.year())));
    }
    days.dedup();
    (days.len() == 1).then(|| days[0])
}

/// All expressions of the article.
pub(super) fn found(text: &Text, layout: &Layout, lexicon: &Lexicon) -> Vec<Found> {
    let mut out = Vec::new();
    for span in layout.article() {
        out.extend(scan::scan(text, text.tokens_in(span), lexicon));
    }
    out
}

/// The weekday of publication, as the first expression that ties one to today has it: «اليوم الخميس».
pub(super) fn weekday(found: &[Found]) -> Option<i32> {
    todays(found).map(|(_, weekday)| weekday).next()
}

fn todays(found: &[Found]) -> impl Iterator<Item = (Span, i32)> {
    found.iter().filter_map(|f| {
        let (offset, weekday) = (f.says.get(Slot::Offset)?, f.says.get(Slot::Weekday)?);
        Some((f.span, (weekday - 1 - offset).rem_euclid(7) + 1))
    })
}

/// A day of publication and what it rests on.
struct Evidence {
    day: Date,
    rule: &'static str,
    span: Span,
}

/// The day that the page's own words determine.
pub(super) fn from_words(text: &Text, layout: &Layout, lexicon: &Lexicon) -> Option<Published> {
    let found = found(text, layout, lexicon);
    let mut evidence = relative(&found, lexicon);
    evidence.extend(date_lines(text, lexicon));
    evidence.extend(datelines(text, layout, &found, lexicon));
    let from = |e: &[Evidence]| e.iter().map(|e| e.span).collect::<Vec<_>>();
    let (day, rule, mut spans) = match evidence.first() {
        Some(first) if evidence.iter().all(|e| e.day == first.day) => (first.day, first.rule, from(&evidence)),
        Some(_) => return None,
        None => bounded(&found, lexicon)?,
    };
    if contradicted(&found, day) {
        return None;
    }
    spans.sort();
    spans.dedup();
    Some(Published { date: day, from: PublishedFrom::Text, because: Because::new(rule, spans) })
}

/// The day, month and year that an expression writes, Hijri ones included.
fn dated(f: &Found, lexicon: &Lexicon) -> Option<Date> {
    let get = |slot| f.says.get(slot);
    match (get(Slot::Year), get(Slot::Month), get(Slot::Day)) {
        (Some(y), Some(m), Some(d)) => Date::new(y as i16, m as i8, d as i8).ok(),
        _ => lexicon.calendar.day(get(Slot::HijriYear)?, get(Slot::Hijri)?, get(Slot::HijriDay)?),
    }
}

/// «غداً الخميس 30-12-2021»; and «غداً 30 ديسمبر» where the page says «العام الجاري 2021».
fn relative(found: &[Found], lexicon: &Lexicon) -> Vec<Evidence> {
    let this_year = found.iter().find_map(|f| {
        let (year, shift) = (f.says.get(Slot::Year)?, f.says.get(Slot::Shift)?);
        (Unit::of(&f.says) == Some(Unit::Year)).then_some(year - shift)
    });
    let day = |f: &Found| {
        let offset = f.says.get(Slot::Offset)?;
        let date = dated(f, lexicon).or_else(|| {
            let (month, day) = (f.says.get(Slot::Month)?, f.says.get(Slot::Day)?);
            Date::new(this_year? as i16, month as i8, day as i8).ok()
        })?;
        date.checked_sub(offset.days()).ok()
    };
    let evidence = |f: &Found| Some(Evidence { day: day(f)?, rule: "time/relative-day-and-date", span: f.span });
    found.iter().filter_map(evidence).collect()
}

/// Lines at the top that hold a date, its clock time and a label: «الأربعاء 29 ديسمبر 2021 - 14:30». Of a day of
/// publication and one of revision the first counts.
fn date_lines(text: &Text, lexicon: &Lexicon) -> Option<Evidence> {
    let label = lexicon.class("published");
    let top = text.lines().iter().filter(|l| !l.tokens.is_empty()).take(TOP_LINES);
    top.filter(|line| has_digits(text, line)).find_map(|line| {
        let here = scan::scan(text, line.tokens.clone(), lexicon);
        let (day, span) = here.iter().find_map(|f| Some((dated(f, lexicon)?, f.span)))?;
        let is_free =
            |i: &usize| text.tokens()[*i].kind == TokenKind::Word && !here.iter().any(|f| f.tokens.contains(i));
        let free: Vec<usize> = line.tokens.clone().filter(is_free).collect();
        let labelled = free.iter().any(|i| lexicon.is_member(text.key(*i), label));
        let alone = free.len() <= DATE_LINE_WORDS[usize::from(labelled)];
        (alone && fits_weekday(&here, day)).then_some(Evidence { day, rule: "time/date-line", span })
    })
}

fn has_digits(text: &Text, line: &Line) -> bool {
    line.tokens.clone().any(|i| text.tokens()[i].kind == TokenKind::Number)
}

/// «الرياض، 3 أغسطس 2015 (واس) …» at the start of the article.
fn datelines(text: &Text, layout: &Layout, found: &[Found], lexicon: &Lexicon) -> Option<Evidence> {
    layout.body.iter().take(2).find_map(|line| {
        let tokens = text.tokens_in(*line);
        let f = found.iter().find(|f| tokens.contains(&f.tokens.start))?;
        let day = dated(f, lexicon)?;
        let words = (tokens.start..f.tokens.start).filter(|i| text.tokens()[*i].kind == TokenKind::Word).count();
        let closed = matches!(text.word(f.tokens.end), "(" | "-" | "–" | "—" | "ـ" | "/" | ":" | "|");
        (DATELINE_WORDS.contains(&words) && closed && tokens.contains(&f.tokens.end)).then_some(Evidence {
            day,
            rule: "time/dateline",
            span: f.span,
        })
    })
}

/// «الخميس المقبل 31 ديسمبر 2021» lies within a week; today's weekday says which day of it is today.
fn bounded(found: &[Found], lexicon: &Lexicon) -> Option<(Date, &'static str, Vec<Span>)> {
    let (claim, weekday) = todays(found).next()?;
    let near = found.iter().filter(|f| f.says.has(Slot::Weekday) && !f.says.has(Slot::Offset));
    near.filter_map(|f| {
        let date = dated(f, lexicon)?;
        let days = match f.says.get(Slot::Shift)? {
            1 => -7..=-1,
            -1 => 1..=7,
            _ => return None,
        };
        let day = days
            .filter_map(|n: i32| date.checked_add(n.days()).ok())
            .find(|d| i32::from(d.weekday().to_monday_one_offset()) == weekday)?;
        Some((day, "time/weekday-and-near-date", vec![claim, f.span]))
    })
    .next()
}

/// Does the page say something of today that `day` is not: another weekday, another month?
fn contradicted(found: &[Found], day: Date) -> bool {
    let weekday = i32::from(day.weekday().to_monday_one_offset());
    let other_month = |f: &Found| {
        f.says.get(Slot::Shift) == Some(0)
            && f.says.get(Slot::Month).is_some_and(|month| month != i32::from(day.month()))
    };
    todays(found).any(|(_, w)| w != weekday) || found.iter().any(other_month)
}

fn fits_weekday(found: &[Found], day: Date) -> bool {
    let weekday = i32::from(day.weekday().to_monday_one_offset());
    found.iter().filter_map(|f| f.says.get(Slot::Weekday)).all(|w| w == weekday)
}

#[cfg(test)]
mod tests {
    use super::{url_day, written_day};
    use jiff::civil::date;

    #[test]
    fn metadata_is_read_in_the_forms_that_pages_use() {
        for written in [
            "2015-08-02",
            "2015-08-02 14:05:33",
            "2015-08-02T14:05:33+03:00",
            "2015-08-02T14:05:33Z",
            "2015/08/02",
            "20150802",
            "Sun, 02 Aug 2015 14:05:33 GMT",
            "Sun, 2 Aug 2015 14:05:33 +0300",
        ] {
            assert_eq!(written_day(written), Some(date(2015, 8, 2)), "{written}");
        }
        for written in ["", "yesterday", "2015", "02-08-15", "٢٠١٥", "2015-13-45"] {
            assert_eq!(written_day(written), None, "{written}");
        }
    }

    #[test]
    fn a_url_tells_the_day_where_it_holds_one() {
        assert_eq!(url_day("https://news.example/2015/08/02/talks"), Some(date(2015, 8, 2)));
        assert_eq!(url_day("https://news.example/2015/20150802/du10.htm"), Some(date(2015, 8, 2)));
        assert_eq!(url_day("https://news.example/talks-2015-08-02"), Some(date(2015, 8, 2)));
        assert_eq!(url_day("https://news.example/article/20159999"), None);
        assert_eq!(url_day("https://news.example/20150802/after-20150731"), None);
    }
}
