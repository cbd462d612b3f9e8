//! When was this page published: what its metadata says, else what its own words determine?
//!
//! An answer from the words needs something that ties a date to today: «غداً الخميس 30-12-2021», a line that holds
//! a date and nothing else, a dateline, or several clues that one day alone fits, such as «الخميس المقبل 31 ديسمبر
//! 2021» together with today's weekday. Where they leave no day or more than one, there is no answer.

use super::clue::{self, Clue, Says};
use super::lexicon::Lexicon;
use super::pattern::Meaning;
use super::scan::{self, Found};
use super::slots::{Slot, Unit};
use super::tense::Tense;
use super::url;
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
/// Words that may stand beside one that a bar sets off, «By John Smith | 29 December 2021», or on a line that is known
/// for a byline, «March 10, 2026 14:22 GMT By John Smith».
const BARRED_WORDS: usize = 4;

/// The day in the metadata: a date, a date and time, or the form that mail and feeds use; else the day in the URL.
pub(super) fn from_metadata(source: &Source) -> Option<Published> {
    let (date, rule) = match source.published.as_deref().and_then(|p| written_day(p.trim())) {
        Some(date) => (date, "time/metadata"),
        None => (url::day(source.url.as_deref()?)?, "time/url"),
    };
    Some(Published { date, from: PublishedFrom::Metadata, because: Because::new(rule, Vec::new()) })
}

fn written_day(written: &str) -> Option<Date> {
    let dashed = written.get(..10).map(|head| head.replace('/', "-"));
    let head = || dashed.filter(|h| h.as_bytes().get(4) == Some(&b'-'))?.parse().ok();
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

/// The weekday of publication, as the first expression that ties one to today has it: «اليوم الخميس».
pub(super) fn weekday(found: &[Found]) -> Option<i32> {
    todays(found).map(|(_, weekday)| weekday).next()
}

/// The year of publication, where an expression tells it: «العام الجاري 2021», «هذا العام 1436هـ».
pub(super) fn this_year(found: &[Found], lexicon: &Lexicon) -> Option<i32> {
    let hijri = |f: &Found| {
        let year = f.says.get(Slot::HijriYear).filter(|_| f.says.get(Slot::Shift) == Some(0))?;
        let (middle, _) = lexicon.calendar.month(year, 6)?;
        Some(i32::from(middle.year()))
    };
    found.iter().find_map(|f| match this_year_or_month(f) {
        Some(Says::Year(year)) => Some(year),
        _ => hijri(f),
    })
}

fn todays(found: &[Found]) -> impl Iterator<Item = (Span, i32)> {
    found.iter().filter_map(|f| {
        let (offset, weekday) = (f.says.get(Slot::Offset)?, f.says.get(Slot::Weekday)?);
        Some((f.span, (weekday - 1 - offset).rem_euclid(7) + 1))
    })
}

/// The day that the page's own words, and the month in its URL, determine.
pub(super) fn from_words(
    found: &[Found],
    text: &Text,
    layout: &Layout,
    source: &Source,
    lexicon: &Lexicon,
) -> Option<Published> {
    let mut clues: Vec<Clue> = found.iter().flat_map(|f| of_today(f, text, lexicon)).collect();
    clues.extend(date_lines(text, layout, lexicon));
    clues.extend(datelines(text, layout, found, lexicon));
    let month = source.url.as_deref().and_then(url::month);
    clues.extend(month.map(|(a, b)| Clue { says: Says::Within(a, b), span: None, rule: "time/url-month" }));
    let (date, rule) = clue::solve(&clues, &lexicon.calendar)?;
    let mut spans: Vec<Span> = clues.iter().filter_map(|c| c.span).collect();
    spans.sort();
    spans.dedup();
    Some(Published { date, from: PublishedFrom::Text, because: Because::new(rule, spans) })
}

/// The day, month and year that an expression writes, Hijri ones included.
fn dated(f: &Found, lexicon: &Lexicon) -> Option<Date> {
    let get = |slot| f.says.get(slot);
    match (get(Slot::Year), get(Slot::Month), get(Slot::Day)) {
        (Some(y), Some(m), Some(d)) => Date::new(y as i16, m as i8, d as i8).ok(),
        _ => lexicon.calendar.day(get(Slot::HijriYear)?, get(Slot::Hijri)?, get(Slot::HijriDay)?),
    }
}

/// What an expression says of the day of publication.
fn of_today(f: &Found, text: &Text, lexicon: &Lexicon) -> Vec<Clue> {
    let get = |slot| f.says.get(slot);
    let mut says: Vec<(Says, &'static str)> = Vec::new();
    if let Some(offset) = get(Slot::Offset) {
        says.extend(get(Slot::Weekday).map(|w| (Says::Weekday((w - 1 - offset).rem_euclid(7) + 1), "time/today")));
        says.extend(beside(f, offset, lexicon).map(|s| (s, "time/relative-day-and-date")));
    } else if f.meaning == Meaning::Date {
        says.extend(this_year_or_month(f).map(|s| (s, "time/this-year-or-month")));
        says.extend(around(f, text, lexicon).map(|s| (s, "time/weekday-and-near-date")));
    }
    says.into_iter().map(|(says, rule)| Clue { says, span: Some(f.span), rule }).collect()
}

/// «غداً الخميس 30-12-2021», «أمس 29 يوليو».
fn beside(f: &Found, offset: i32, lexicon: &Lexicon) -> Option<Says> {
    if let Some(date) = dated(f, lexicon) {
        return date.checked_sub(offset.days()).ok().map(Says::Day);
    }
    let get = |slot| f.says.get(slot);
    match (get(Slot::Month), get(Slot::Day), get(Slot::Hijri), get(Slot::HijriDay)) {
        (Some(month), Some(day), ..) => Some(Says::MonthDay { offset, month, day }),
        (_, _, Some(month), Some(day)) => Some(Says::Hijri { offset, month, day }),
        _ => None,
    }
}

/// «العام الجاري 2021», «أغسطس الجاري».
fn this_year_or_month(f: &Found) -> Option<Says> {
    let get = |slot| f.says.get(slot);
    if let (Some(year), Some(shift), Some(Unit::Year)) = (get(Slot::Year), get(Slot::Shift), Unit::of(&f.says)) {
        return Some(Says::Year(year - shift));
    }
    let month = get(Slot::Month).filter(|_| get(Slot::Shift) == Some(0) && Unit::of(&f.says).is_none());
    month.map(Says::Month)
}

/// «الخميس المقبل 31 ديسمبر 2021» lies within a week of today; any other date that is written with its year is at
/// least behind or ahead of it.
fn around(f: &Found, text: &Text, lexicon: &Lexicon) -> Option<Says> {
    let get = |slot| f.says.get(slot);
    let week = get(Slot::Shift).filter(|shift| get(Slot::Weekday).is_some() && matches!(shift, 1 | -1));
    let date = dated(f, lexicon);
    if let Some(shift) = week {
        let behind = shift < 0;
        return match date {
            Some(d) if behind => Some(Says::Within(d.tomorrow().ok()?, d.checked_add(7.days()).ok()?)),
            Some(d) => Some(Says::Within(d.checked_sub(7.days()).ok()?, d.yesterday().ok()?)),
            None => Some(Says::WeekFrom { behind, month: get(Slot::Month)?, day: get(Slot::Day)? }),
        };
    }
    let sentence = text.sentences().get(text.sentences().partition_point(|s| s.tokens.end <= f.tokens.start))?;
    match lexicon.tenses.at(text, &sentence.tokens, &f.tokens)? {
        Tense::Past => date.map(Says::NotBefore),
        Tense::Future => date.map(Says::NotAfter),
    }
}

/// Lines at the top that hold a date, its clock time and a label: «الأربعاء 29 ديسمبر 2021 - 14:30». Of a day of
/// publication and one of revision the first counts.
fn date_lines(text: &Text, layout: &Layout, lexicon: &Lexicon) -> Option<Clue> {
    let label = lexicon.class("published");
    let top = text.lines().iter().filter(|l| !l.tokens.is_empty()).take(TOP_LINES);
    top.filter(|line| has_digits(text, line)).find_map(|line| {
        let here = scan::scan(text, line.tokens.clone(), lexicon);
        let (day, span) = here.iter().find_map(|f| Some((dated(f, lexicon)?, f.span)))?;
        let is_free =
            |i: &usize| text.tokens()[*i].kind == TokenKind::Word && !here.iter().any(|f| f.tokens.contains(i));
        let free: Vec<usize> = line.tokens.clone().filter(is_free).collect();
        let labelled = free.iter().any(|i| lexicon.is_member(text.key(*i), label));
        let is_bar = |i: usize| matches!(text.word(i), "|" | "•" | "·");
        let barred = here.iter().any(|f| f.tokens.start > 0 && is_bar(f.tokens.start - 1) || is_bar(f.tokens.end));
        let signed =
            layout.furniture.iter().any(|(s, why)| s.start() == line.span.start() && &*why.rule == "page/byline");
        let limit = DATE_LINE_WORDS[usize::from(labelled)].max(if barred || signed { BARRED_WORDS } else { 0 });
        let alone = free.len() <= limit;
        (alone && fits_weekday(&here, day)).then_some(Clue {
            says: Says::Day(day),
            rule: "time/date-line",
            span: Some(span),
        })
    })
}

fn has_digits(text: &Text, line: &Line) -> bool {
    line.tokens.clone().any(|i| text.tokens()[i].kind == TokenKind::Number)
}

/// «الرياض، 3 أغسطس 2015 (واس) …», «موسكو 3 أغسطس (وكالات) - …» at the start of the article.
fn datelines(text: &Text, layout: &Layout, found: &[Found], lexicon: &Lexicon) -> Option<Clue> {
    layout.body.iter().take(2).find_map(|line| {
        let tokens = text.tokens_in(*line);
        let f = found.iter().find(|f| tokens.contains(&f.tokens.start))?;
        let says = beside(f, 0, lexicon)?;
        let words = (tokens.start..f.tokens.start).filter(|i| text.tokens()[*i].kind == TokenKind::Word).count();
        // «30 декабря. /ТАСС/», «30 декабря. INTERFAX - …»
        let stop = text.word(f.tokens.end) == "." && names_agency(text.word(f.tokens.end + 1));
        let closed = stop || matches!(text.word(f.tokens.end), "(" | "-" | "–" | "—" | "ـ" | "/" | ":" | "|");
        (DATELINE_WORDS.contains(&words) && closed && tokens.contains(&f.tokens.end)).then_some(Clue {
            says,
            rule: "time/dateline",
            span: Some(f.span),
        })
    })
}

/// A mark around the name of an agency, or a name in capitals.
fn names_agency(word: &str) -> bool {
    matches!(word, "/" | "(" | "-" | "–" | "—") || word.chars().count() > 3 && word.chars().all(char::is_uppercase)
}

fn fits_weekday(found: &[Found], day: Date) -> bool {
    let weekday = i32::from(day.weekday().to_monday_one_offset());
    found.iter().filter_map(|f| f.says.get(Slot::Weekday)).all(|w| w == weekday)
}

#[cfg(test)]
mod tests {
    use super::written_day;
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
}
