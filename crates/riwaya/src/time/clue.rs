//! Which day fits everything that a page says of today?
//!
//! What a page says of today is read as clues, each of which allows some days and not others: «اليوم الخميس» any
//! Thursday, «أمس 29 يوليو» a 30 July of any year, «العام الجاري 2015» a day of that year. A day is the answer only
//! where it is the only one that all of them allow.

use super::hijri::Calendar;
use super::url::days;
use crate::text::Span;
use jiff::ToSpan;
use jiff::civil::Date;

/// Days to either side of a date with its year in which a page that names it can lie, where today's day and month are
/// known.
const NEAR: i32 = 60;

/// Something that a page says of the day on which it was published.
#[derive(Debug, Clone, Copy)]
pub(super) struct Clue {
    pub(super) says: Says,
    /// Where it stands; none for the URL.
    pub(super) span: Option<Span>,
    pub(super) rule: &'static str,
}

/// Which days a clue allows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Says {
    /// One day: «غداً الخميس 30-12-2021».
    Day(Date),
    /// Days from the first to the last: the week before «الخميس المقبل 31 ديسمبر 2021», the month in a URL.
    Within(Date, Date),
    /// A weekday, Monday 1: «اليوم الخميس».
    Weekday(i32),
    /// So many days after today it is this month and day: «أمس 29 يوليو».
    MonthDay { offset: i32, month: i32, day: i32 },
    /// The same of the Hijri calendar: «اليوم 14 شوال».
    Hijri { offset: i32, month: i32, day: i32 },
    /// A week at most lies between today and this month and day: «الخميس الماضي 30 يوليو».
    WeekFrom { behind: bool, month: i32, day: i32 },
    /// «أغسطس الجاري».
    Month(i32),
    /// «العام الجاري 2015».
    Year(i32),
    /// The page names this date as one that is past.
    NotBefore(Date),
    /// The page names this date as one that is still to come.
    NotAfter(Date),
}

impl Says {
    fn allows(self, day: Date, calendar: &Calendar) -> bool {
        let after = |offset: i32| day.checked_add(offset.days()).ok();
        let is_on = |d: Date, month: i32, day: i32| i32::from(d.month()) == month && i32::from(d.day()) == day;
        match self {
            Says::Day(that) => day == that,
            Says::Within(first, last) => (first..=last).contains(&day),
            Says::Weekday(weekday) => i32::from(day.weekday().to_monday_one_offset()) == weekday,
            Says::MonthDay { offset, month, day } => after(offset).is_some_and(|d| is_on(d, month, day)),
            Says::Hijri { offset, month, day } => after(offset).is_some_and(|d| {
                calendar.of(d).and_then(|(year, m)| calendar.day(year, m, day).filter(|_| m == month)) == Some(d)
            }),
            Says::WeekFrom { behind, month, day } => {
                (1..=7).any(|n| after(if behind { -n } else { n }).is_some_and(|d| is_on(d, month, day)))
            }
            Says::Month(month) => i32::from(day.month()) == month,
            Says::Year(year) => i32::from(day.year()) == year,
            Says::NotBefore(past) => past <= day,
            Says::NotAfter(future) => day <= future,
        }
    }

    /// Days among which the answer must be, where the clue alone names few.
    fn candidates(self) -> Option<(Date, Date)> {
        match self {
            Says::Day(day) => Some((day, day)),
            Says::Within(first, last) => Some((first, last)),
            Says::Year(year) => Some((Date::new(year as i16, 1, 1).ok()?, Date::new(year as i16, 12, 31).ok()?)),
            _ => None,
        }
    }
}

/// The day that all clues allow, with the rule of the clue that names it best.
pub(super) fn solve(clues: &[Clue], calendar: &Calendar) -> Option<(Date, &'static str)> {
    let (clues, range) = narrowed(clues)?;
    let mut fitting = days(range.0, range.1).filter(|day| clues.iter().all(|c| c.says.allows(*day, calendar)));
    let day = fitting.next()?;
    fitting.next().is_none().then_some((day, clues[0].rule))
}

/// The clues that count, the best first, and the days to try.
///
/// A date that a page merely names as past or future bounds today only where nothing better is known: the tense of a
/// sentence is not always seen.
fn narrowed(clues: &[Clue]) -> Option<(Vec<Clue>, (Date, Date))> {
    let is_bound = |c: &Clue| matches!(c.says, Says::NotBefore(_) | Says::NotAfter(_));
    let sure: Vec<Clue> = clues.iter().filter(|c| !is_bound(c)).copied().collect();
    if let Some(range) = sure.iter().filter_map(|c| c.says.candidates()).min_by_key(|(a, b)| (*b - *a).get_days()) {
        let mut sure = sure;
        sure.sort_by_key(|c| !matches!(c.says, Says::Day(_)));
        return Some((sure, range));
    }
    let past = clues.iter().filter_map(|c| if let Says::NotBefore(d) = c.says { Some(d) } else { None }).max();
    let future = clues.iter().filter_map(|c| if let Says::NotAfter(d) = c.says { Some(d) } else { None }).min();
    let weekday = sure.iter().any(|c| matches!(c.says, Says::Weekday(_)));
    let dated = sure.iter().any(|c| matches!(c.says, Says::MonthDay { .. } | Says::Hijri { .. }));
    let range = match (past, future) {
        (Some(past), Some(future)) if weekday || dated => (past, future),
        (Some(past), None) if weekday && dated => (past, past.checked_add(NEAR.days()).ok()?),
        (None, Some(future)) if weekday && dated => (future.checked_sub(NEAR.days()).ok()?, future),
        _ => return None,
    };
    ((range.1 - range.0).get_days() <= NEAR).then_some((sure, range))
}
