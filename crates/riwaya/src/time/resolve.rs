//! Which day, month, year or span is meant, seen from the day of publication?

use super::lexicon::Lexicon;
use super::pattern::Meaning;
use super::point::{
    Point, day_point, fixed, month_point, quarter_point, unknown_weekday, week_point, weekend_point, year_point,
};
use super::scan::Found;
use super::slots::{Slot, Slots, Unit};
use super::tense::Tense;
use super::value;
use super::{Said, Time, TimeKind};
use crate::because::Because;
use crate::text::{Span, Text};
use jiff::ToSpan;
use jiff::civil::{Date, Weekday};
use std::ops::Range;

/// Years, months, weeks or days that are counted back; «قبل مليون عام» is no date.
const MOST_COUNTED: i32 = 1500;

/// Sentences behind one that names a quarter in which «a year ago» is that quarter of the year before.
const COMPARED: usize = 5;

/// What is known of the day of publication.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Today {
    pub(super) day: Option<Date>,
    /// Its weekday, Monday 1, where the page tells no more than «اليوم الخميس».
    pub(super) weekday: Option<i32>,
    /// Its year, where the page tells no more than «العام الجاري 2021».
    pub(super) year: Option<i32>,
}

/// Resolves the expressions of a page in text order.
pub(super) struct Resolver<'a> {
    text: &'a Text,
    lexicon: &'a Lexicon,
    today: Today,
    /// The day that was named last, and where.
    last: Option<(Point, Span, usize)>,
    /// The quarter that was named last: year, quarter, sentence.
    quarter: Option<(i32, i32, usize)>,
}

impl<'a> Resolver<'a> {
    pub(super) fn new(text: &'a Text, lexicon: &'a Lexicon, today: Today) -> Resolver<'a> {
        Resolver { text, lexicon, today, last: None, quarter: None }
    }

    /// The expressions `found`, in text order, with their values.
    pub(super) fn all(mut self, found: &[Found]) -> Vec<Time> {
        let mut out = Vec::with_capacity(found.len());
        for (n, f) in found.iter().enumerate() {
            let sentence = self.sentence(f.tokens.start);
            let next = found[n + 1..].iter().take_while(|g| g.tokens.start < self.tokens_of(sentence).end);
            let next: Vec<&Found> = next.take(3).collect();
            out.extend(self.one(f, sentence, &next));
        }
        out
    }

    fn sentence(&self, token: usize) -> usize {
        self.text.sentences().partition_point(|s| s.tokens.end <= token)
    }

    fn tokens_of(&self, sentence: usize) -> Range<usize> {
        self.text.sentences().get(sentence).map_or(0..0, |s| s.tokens.clone())
    }

    fn tense(&self, f: &Found) -> Option<Tense> {
        self.lexicon.tenses.at(self.text, &self.tokens_of(self.sentence(f.tokens.start)), &f.tokens)
    }

    fn one(&mut self, f: &Found, sentence: usize, next: &[&Found]) -> Option<Time> {
        let mut from = vec![f.span];
        let mut zone = None;
        let (kind, point) = match f.meaning {
            Meaning::Nothing => return None,
            Meaning::Duration => (TimeKind::Duration, fixed(value::duration(&f.says)?)),
            Meaning::Vague => (TimeKind::Duration, fixed(value::vague(Unit::of(&f.says)?))),
            Meaning::Every => (TimeKind::Set, fixed(value::every(&f.says)?)),
            Meaning::Ago => (TimeKind::Date, self.quarter_ago(&f.says, sentence).or_else(|| self.ago(&f.says))?),
            Meaning::Same => {
                let (mut point, span, _) = self.last.clone()?;
                from.push(span);
                // «*مساء* اليوم نفسه»
                let kind = if f.says.has(Slot::Part) { TimeKind::Time } else { TimeKind::Date };
                point.value += &value::clock(&f.says, None);
                (kind, point)
            }
            Meaning::Date => {
                let timed = f.says.has(Slot::Part) || f.says.has(Slot::Hour);
                let mut point = match self.point(f) {
                    Some(point) => point,
                    None if timed => self.day_of_time(sentence, next, &mut from)?,
                    None => return None,
                };
                if timed && point.is_day {
                    zone = f
                        .says
                        .get(Slot::Zone)
                        .and_then(|z| self.lexicon.zones.get(z as usize))
                        .and_then(|z| z.offset(point.interval.map(|i| i.0)));
                    self.remember(&point, f, sentence);
                    point.value += &value::clock(&f.says, zone.as_deref());
                    (TimeKind::Time, point)
                } else {
                    self.remember(&point, f, sentence);
                    (TimeKind::Date, point)
                }
            }
        };
        from.sort();
        Some(Time {
            span: f.span,
            kind,
            value: point.value,
            interval: point.interval,
            zone,
            said: said(&f.says, point.interval),
            because: Because::new(self.lexicon.patterns[f.pattern].rule.clone(), from),
        })
    }

    fn remember(&mut self, point: &Point, f: &Found, sentence: usize) {
        if let Some((year, quarter)) = point.value.split_once("-Q") {
            self.quarter = year.parse().ok().zip(quarter.parse().ok()).map(|(y, q)| (y, q, sentence));
        }
        if point.is_day {
            self.last = Some((point.clone(), f.span, sentence));
        }
    }

    /// The day of a time that names none: one that stands in the same sentence, else the day of publication.
    fn day_of_time(&self, sentence: usize, next: &[&Found], from: &mut Vec<Span>) -> Option<Point> {
        if let Some((point, span, _)) = self.last.as_ref().filter(|l| l.2 == sentence) {
            from.push(*span);
            return Some(point.clone());
        }
        for f in next.iter().filter(|f| f.meaning == Meaning::Date) {
            if let Some(point) = self.point(f).filter(|p| p.is_day) {
                from.push(f.span);
                return Some(point);
            }
        }
        Some(self.day(0))
    }

    /// The date that filled slots mean, the finest first; none where they name none.
    fn point(&self, f: &Found) -> Option<Point> {
        let s = &f.says;
        if let Some(reference) = s.get(Slot::Reference) {
            return Some(fixed(value::reference(reference).to_owned()));
        }
        if (s.has(Slot::Hijri) || s.has(Slot::HijriYear)) && !s.has(Slot::Month) {
            return self.hijri(f);
        }
        if let (Some(day), Some(month)) = (s.get(Slot::Day), s.get(Slot::Month)) {
            return self.day_of_month(f, day, month);
        }
        if let (Some(day), Some(Unit::Month)) = (s.get(Slot::Day), Unit::of(s)) {
            return self.day_of_this_month(day, s.get(Slot::Shift).unwrap_or(0));
        }
        let is_week = Unit::of(s) == Some(Unit::Week) && s.has(Slot::Month);
        if s.has(Slot::Nth) || s.has(Slot::N) && (s.has(Slot::Weekday) || is_week) {
            return self.nth(f);
        }
        if let Some(day) = s.get(Slot::Day).filter(|_| !s.has(Slot::Offset)) {
            return Some(self.numbered_day(f, day));
        }
        if let Some(offset) = s.get(Slot::Offset) {
            return Some(self.relative(f, offset));
        }
        if let Some(weekday) = s.get(Slot::Weekday) {
            return Some(self.weekday(f, weekday));
        }
        if let Some(season) = s.get(Slot::Season) {
            return Some(self.season(season, s));
        }
        if let Some(parts) = s.get(Slot::Fraction) {
            return self.fraction(f, parts);
        }
        if let Some(month) = s.get(Slot::Month) {
            let year = s.get(Slot::Year).or_else(|| self.year_of_month(f, month));
            return Some(month_point(year, month));
        }
        if let Some(decade) = s.get(Slot::Decade) {
            return Some(fixed(decade.to_string()));
        }
        match Unit::of(s) {
            Some(Unit::Century) if s.has(Slot::N) => Some(fixed(format!("{:02}", s.get(Slot::N)? - 1))),
            Some(Unit::Weekend) => self.weekend(f),
            Some(unit) if !s.has(Slot::Year) => self.shifted(unit, s.get(Slot::Shift).unwrap_or(0)),
            _ => s.get(Slot::Year).map(|year| year_point(Some(year))),
        }
    }

    fn day_of_month(&self, f: &Found, day: i32, month: i32) -> Option<Point> {
        let s = &f.says;
        let year = s.get(Slot::Year).or_else(|| self.year_of_month(f, month));
        match year {
            Some(year) => day_point(Date::new(year as i16, month as i8, day as i8).ok()?),
            None => {
                Date::new(2024, month as i8, day as i8).ok()?;
                Some(Point { value: format!("XXXX-{month:02}-{day:02}"), is_day: true, interval: None })
            }
        }
    }

    fn day_of_this_month(&self, day: i32, shift: i32) -> Option<Point> {
        let Some(today) = self.today.day else {
            return Some(Point { value: format!("XXXX-XX-{day:02}"), is_day: true, interval: None });
        };
        let first = today.first_of_month().checked_add(shift.months()).ok()?;
        day_point(Date::new(first.year(), first.month(), day as i8).ok()?)
    }

    /// «أول جمعة من يوليو», «آخر أسبوع من سبتمبر 2014»: of weeks those count that begin, or for the last one end, in
    /// the month. «الجمعة الثاني من يناير» is the second of January where that is a Friday, else the second Friday.
    fn nth(&self, f: &Found) -> Option<Point> {
        let s = &f.says;
        let n = s.get(Slot::Nth).or_else(|| s.get(Slot::N))?;
        let month = match s.get(Slot::Month) {
            Some(month) => match s.get(Slot::Year).or_else(|| self.year_of_month(f, month)) {
                Some(year) => Date::new(year as i16, month as i8, 1).ok()?,
                None if s.has(Slot::Nth) || !s.has(Slot::Weekday) => return Some(month_point(None, month)),
                None => return self.day_of_month(f, n, month),
            },
            None => self.today.day?.first_of_month().checked_add(s.get(Slot::Shift)?.months()).ok()?,
        };
        let Some(weekday) = s.get(Slot::Weekday).and_then(|w| Weekday::from_monday_one_offset(w as i8).ok()) else {
            let end = if n < 0 { Weekday::Sunday } else { Weekday::Monday };
            return week_point(month.nth_weekday_of_month(n as i8, end).ok()?);
        };
        let dated = month.with().day(n.clamp(1, 28) as i8).build().ok();
        let dated = dated.filter(|d| !s.has(Slot::Nth) && d.weekday() == weekday);
        day_point(dated.or_else(|| month.nth_weekday_of_month(n as i8, weekday).ok())?)
    }

    /// «يوم 27», «السبت السادس عشر»: the nearest such day, on the side that the sentence speaks of.
    fn numbered_day(&self, f: &Found, day: i32) -> Point {
        let open = || Point { value: format!("XXXX-XX-{day:02}"), is_day: true, interval: None };
        let Some(today) = self.today.day else { return open() };
        let weekday = f.says.get(Slot::Weekday);
        let fits = |d: &Date| {
            i32::from(d.day()) == day && weekday.is_none_or(|w| i32::from(d.weekday().to_monday_one_offset()) == w)
        };
        let at = |n: i32| today.checked_add(n.days()).ok().filter(fits);
        let (ahead, behind) = ((0..31).find_map(at), (0..31).find_map(|n| at(-n)));
        let day = if self.tense(f) == Some(Tense::Future) { ahead.or(behind) } else { behind.or(ahead) };
        match (day.and_then(day_point), weekday) {
            (Some(point), _) => point,
            (None, Some(weekday)) => self.weekday(f, weekday),
            (None, None) => open(),
        }
    }

    /// The day `offset` days from today.
    fn day(&self, offset: i32) -> Point {
        let day = self.today.day.and_then(|d| d.checked_add(offset.days()).ok());
        if let Some(point) = day.and_then(day_point) {
            return point;
        }
        let value = match self.today.weekday {
            Some(weekday) => format!("XXXX-WXX-{}", (weekday - 1 + offset).rem_euclid(7) + 1),
            None => "XXXX-XX-XX".to_owned(),
        };
        Point { value, is_day: true, interval: None }
    }

    /// «غداً الخميس»: where the two do not agree, the weekday as it is written stands, nearest to the other.
    fn relative(&self, f: &Found, offset: i32) -> Point {
        let Some(weekday) = f.says.get(Slot::Weekday) else { return self.day(offset) };
        let Some(today) = self.today.day else { return unknown_weekday(weekday) };
        let meant = today.checked_add(offset.days()).ok();
        match meant {
            // A page that was fetched a day after it was written says «غداً الجمعة» on a Friday.
            Some(meant) => self.nearest(meant, weekday, -3, 3),
            None => unknown_weekday(weekday),
        }
    }

    /// A weekday is the nearest one behind, or ahead where its sentence speaks of what will be; today's own is today.
    fn weekday(&self, f: &Found, weekday: i32) -> Point {
        let Some(today) = self.today.day else { return unknown_weekday(weekday) };
        if let (Some(Unit::Week), Some(shift)) = (Unit::of(&f.says), f.says.get(Slot::Shift)) {
            let monday = 7 * shift - i32::from(today.weekday().to_monday_zero_offset());
            // «will host it this Saturday», said on a Sunday.
            let is_ahead = shift == 0 && self.tense(f) == Some(Tense::Future);
            let (from, to) = if is_ahead { (0, 6) } else { (monday, monday + 6) };
            return self.nearest(today, weekday, from, to);
        }
        match f.says.get(Slot::Shift) {
            Some(-2) => self.nearest(today, weekday, -14, -8),
            Some(-1) => self.nearest(today, weekday, -7, -1),
            Some(1) => self.nearest(today, weekday, 1, 7),
            _ if self.tense(f) == Some(Tense::Future) => self.nearest(today, weekday, 0, 6),
            _ => self.nearest(today, weekday, -6, 0),
        }
    }

    fn nearest(&self, today: Date, weekday: i32, from: i32, to: i32) -> Point {
        (from..=to)
            .filter_map(|n| today.checked_add(n.days()).ok())
            .find(|d| i32::from(d.weekday().to_monday_one_offset()) == weekday)
            .and_then(day_point)
            .unwrap_or_else(|| unknown_weekday(weekday))
    }

    /// The year of a month that is named without one: by «الماضي» and «المقبل», else the nearest such month, else
    /// by the tense of the sentence.
    fn year_of_month(&self, f: &Found, month: i32) -> Option<i32> {
        let today = self.today.day?;
        let (year, now) = (i32::from(today.year()), i32::from(today.month()));
        let (behind, ahead) = (year - i32::from(month > now), year + i32::from(month < now));
        let day = f.says.get(Slot::Day).unwrap_or(1);
        if let (Some(Unit::Year), Some(shift)) = (Unit::of(&f.says), f.says.get(Slot::Shift)) {
            return Some(year + shift);
        }
        match f.says.get(Slot::Shift) {
            Some(0) => return Some(year),
            Some(-1) if month == now && day > i32::from(today.day()) => return Some(year - 1),
            Some(-1) => return Some(behind),
            Some(_) if month == now && f.says.has(Slot::Day) && day < i32::from(today.day()) => return Some(year + 1),
            Some(_) => return Some(ahead),
            None => {}
        }
        Some(match month - now {
            -3..=3 => year,
            ..-8 if !f.says.has(Slot::Day) && self.tense(f) == Some(Tense::Past) => year,
            ..-8 => year + 1,
            9.. => year - 1,
            _ if self.tense(f) == Some(Tense::Future) => ahead,
            distance if distance > 4 => behind,
            _ => year,
        })
    }

    fn year(&self, s: &Slots) -> Option<i32> {
        let shift = s.get(Slot::Shift).unwrap_or(0);
        s.get(Slot::Year).or_else(|| self.this_year().map(|year| year + shift))
    }

    fn this_year(&self) -> Option<i32> {
        self.today.day.map(|d| i32::from(d.year())).or(self.today.year)
    }

    /// «الربع الثالث», «third-quarter earnings»: near the turn of the year the last quarter is that of the old one, and
    /// the first, of what will be, that of the new one.
    fn fraction(&self, f: &Found, parts: i32) -> Option<Point> {
        let (s, n) = (&f.says, f.says.get(Slot::N)?);
        if parts == 2 {
            return Some(fixed(format!("{}-H{n}", value::year(self.year(s)))));
        }
        let is_open = !s.has(Slot::Year) && !s.has(Slot::Shift);
        let turn = self.today.day.filter(|_| is_open).map_or(0, |today| {
            let now = (i32::from(today.month()) + 2) / 3;
            match self.tense(f) {
                Some(Tense::Future) => i32::from(now - n == 3),
                Some(Tense::Past) => -i32::from(n - now >= 2),
                None => -i32::from(n - now == 3),
            }
        });
        Some(quarter_point(self.year(s).map(|y| y + turn), n.clamp(1, 4)))
    }

    /// «third-quarter profit fell from a year ago»: what a quarter is compared with is that quarter of the year before.
    fn quarter_ago(&self, s: &Slots, sentence: usize) -> Option<Point> {
        let is_year = Unit::of(s) == Some(Unit::Year) && s.get(Slot::N) == Some(1) && !s.has(Slot::Half);
        let (year, quarter, _) = self.quarter.filter(|(.., at)| is_year && sentence - at <= COMPARED)?;
        Some(quarter_point(Some(year - 1), quarter))
    }

    /// «this weekend», «over the weekend»: the nearest one behind, or ahead where the sentence speaks of what will be.
    fn weekend(&self, f: &Found) -> Option<Point> {
        let Some(today) = self.today.day else { return Some(fixed("XXXX-WXX-WE".to_owned())) };
        let weekday = i32::from(today.weekday().to_monday_one_offset());
        let is_behind = self.tense(f) != Some(Tense::Future) && weekday < 5;
        let shift = f.says.get(Slot::Shift).unwrap_or(-i32::from(is_behind));
        weekend_point(today.checked_add(shift.weeks()).ok()?)
    }

    fn season(&self, season: i32, s: &Slots) -> Point {
        let names = ["SP", "SU", "FA", "WI"];
        let name = names.get((season - 1).clamp(0, 3) as usize).copied().unwrap_or("SU");
        let year = s.get(Slot::Year).or_else(|| {
            let today = self.today.day?;
            let (first, now) = (season * 3, i32::from(today.month()));
            if Unit::of(s) == Some(Unit::Year) {
                return self.year(s);
            }
            Some(
                i32::from(today.year())
                    + match s.get(Slot::Shift) {
                        Some(-1) => -i32::from(now < first + 3),
                        Some(1) => i32::from(now >= first),
                        _ => 0,
                    },
            )
        });
        fixed(format!("{}-{name}", value::year(year)))
    }

    /// «العام الماضي», «هذا الأسبوع».
    fn shifted(&self, unit: Unit, shift: i32) -> Option<Point> {
        let today = self.today.day;
        let year = self.this_year();
        Some(match unit {
            Unit::Day => self.day(shift),
            Unit::Week => match today.and_then(|d| d.checked_add(shift.weeks()).ok()) {
                Some(day) => week_point(day)?,
                None => fixed("XXXX-WXX".to_owned()),
            },
            Unit::Month => match today.and_then(|d| d.first_of_month().checked_add(shift.months()).ok()) {
                Some(day) => month_point(Some(i32::from(day.year())), i32::from(day.month())),
                None => fixed("XXXX-XX".to_owned()),
            },
            Unit::Quarter => match today.and_then(|d| d.first_of_month().checked_add((3 * shift).months()).ok()) {
                Some(day) => quarter_point(Some(i32::from(day.year())), (i32::from(day.month()) + 2) / 3),
                None => fixed("XXXX-QX".to_owned()),
            },
            Unit::Year => year_point(year.map(|y| y + shift)),
            Unit::Decade => fixed(year.map_or("XXX".to_owned(), |y| ((y + 10 * shift) / 10).to_string())),
            Unit::Century => fixed(year.map_or("XX".to_owned(), |y| ((y + 100 * shift) / 100).to_string())),
            _ => return None,
        })
    }

    /// «قبل عامين», «قبل عام ونصف».
    fn ago(&self, s: &Slots) -> Option<Point> {
        let unit = Unit::of(s)?;
        let n = s.get(Slot::N)?.checked_neg()?;
        let years = match unit {
            Unit::Century => n.checked_mul(100)?,
            Unit::Decade => n.checked_mul(10)?,
            _ => n,
        };
        if unit.is_short() || years < -MOST_COUNTED {
            return Some(fixed(value::reference(-1).to_owned()));
        }
        if !s.has(Slot::Half) {
            return self.shifted(unit, n);
        }
        match unit {
            Unit::Year => self.shifted(Unit::Month, n.checked_mul(12)? - 6),
            Unit::Decade => self.shifted(Unit::Year, n.checked_mul(10)? - 5),
            _ => self.shifted(unit, n),
        }
    }

    /// «1 رمضان 1446 هـ» has the Gregorian day as its value; a month the Gregorian month that holds most of it.
    fn hijri(&self, f: &Found) -> Option<Point> {
        let s = &f.says;
        let calendar = &self.lexicon.calendar;
        let Some(month) = s.get(Slot::Hijri) else {
            let year = s.get(Slot::HijriYear)?;
            let (middle, _) = calendar.month(year, 6)?;
            let interval = (calendar.month(year, 1)?.0, calendar.month(year, 12)?.1);
            return Some(Point {
                value: value::year(Some(i32::from(middle.year()))),
                is_day: false,
                interval: Some(interval),
            });
        };
        let written = s.get(Slot::HijriYear).or_else(|| calendar.year_with(s.get(Slot::Year)?, month));
        let year = written.or_else(|| self.hijri_year(month, s.get(Slot::Shift), self.tense(f)));
        let Some(year) = year else {
            let is_day = s.has(Slot::HijriDay);
            let value = if is_day { "XXXX-XX-XX" } else { "XXXX-XX" };
            return Some(Point { value: value.to_owned(), is_day, interval: None });
        };
        if let Some(day) = s.get(Slot::HijriDay) {
            return calendar.day(year, month, day).and_then(day_point);
        }
        let interval = calendar.month(year, month)?;
        let middle = interval.0.checked_add(14.days()).ok()?;
        Some(Point { value: value::month(middle), is_day: false, interval: Some(interval) })
    }

    fn hijri_year(&self, month: i32, shift: Option<i32>, tense: Option<Tense>) -> Option<i32> {
        let (year, now) = self.lexicon.calendar.of(self.today.day?)?;
        Some(match shift {
            None if tense == Some(Tense::Future) => year + i32::from(month < now),
            Some(-1) => year - i32::from(month > now),
            Some(1) => year + i32::from(month < now),
            Some(_) => year,
            None if month - now > 6 => year - 1,
            None if now - month > 6 => year + 1,
            None => year,
        })
    }
}

fn said(s: &Slots, interval: Option<(Date, Date)>) -> Said {
    let dated = s.has(Slot::Day) && s.has(Slot::Month) && s.has(Slot::Year);
    Said {
        weekday: s.get(Slot::Weekday).map(|w| w as i8),
        offset: s.get(Slot::Offset),
        date: interval.map(|i| i.0).filter(|_| dated),
    }
}
