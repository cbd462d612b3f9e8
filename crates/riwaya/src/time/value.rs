//! TIMEX3 values: how they are written, and their parts.

use super::slots::{Part, Slot, Slots, Unit};
use jiff::civil::Date;

/// The part of a TIMEX3 value that names a day: of `2021-12-30TEV` and `2021-12-30T20:30Z` it is `2021-12-30`, of
/// `XXXX-WXX-4TMO` it is `XXXX-WXX-4`; none for a month, year, span or reference.
///
/// ```
/// use riwaya::time::day_of;
/// assert_eq!(day_of("2021-12-30T20:30Z"), Some("2021-12-30"));
/// assert_eq!(day_of("XXXX-12-07"), Some("XXXX-12-07"));
/// assert_eq!(day_of("2021-12"), None);
/// assert_eq!(day_of("PAST_REF"), None);
/// ```
pub fn day_of(value: &str) -> Option<&str> {
    let head = value.split('T').next()?;
    let parts: Vec<&str> = head.split('-').collect();
    match parts.as_slice() {
        [year, month, day] if year.len() == 4 && matches!((month.len(), day.len()), (2, 2) | (3, 1)) => Some(head),
        _ => None,
    }
}

/// Can two TIMEX3 values mean the same time, unknown parts fitting anything? `2021-12-30TEV` fits `2021-12-30` and
/// `XXXX-12-30`, `XXXX-WXX-4` fits any Thursday.
///
/// ```
/// use riwaya::time::fits;
/// assert!(fits("XXXX-WXX-4", "2021-12-30"));
/// assert!(fits("2021-12", "2021-12-30T20:30Z"));
/// assert!(!fits("XXXX-WXX-2", "2021-12-30"));
/// ```
pub fn fits(a: &str, b: &str) -> bool {
    let (a, b) = (a.split('T').next().unwrap_or(a), b.split('T').next().unwrap_or(b));
    let weekday = |v: &str| v.strip_prefix("XXXX-WXX-").and_then(|d| d.parse::<i8>().ok());
    let day = |v: &str| v.parse::<Date>().ok().map(|d| d.weekday().to_monday_one_offset());
    match (weekday(a), weekday(b)) {
        (Some(a), Some(b)) => return a == b,
        (Some(w), None) if day(b).is_some() => return day(b) == Some(w),
        (None, Some(w)) if day(a).is_some() => return day(a) == Some(w),
        _ => {}
    }
    a.split('-').zip(b.split('-')).all(|(x, y)| x.len() == y.len() && x.chars().zip(y.chars()).all(same))
}

fn same((a, b): (char, char)) -> bool {
    a == b || a == 'X' || b == 'X'
}

/// `2021`, or `XXXX`.
pub(super) fn year(year: Option<i32>) -> String {
    year.map_or("XXXX".to_owned(), |y| format!("{y:04}"))
}

/// `2021-12`.
pub(super) fn month(day: Date) -> String {
    format!("{:04}-{:02}", day.year(), day.month())
}

/// `PAST_REF` for -1, `PRESENT_REF` for 0, `FUTURE_REF` for 1.
pub(super) fn reference(direction: i32) -> &'static str {
    match direction {
        ..0 => "PAST_REF",
        0 => "PRESENT_REF",
        _ => "FUTURE_REF",
    }
}

/// `TEV`, `T20:30+03:00`.
pub(super) fn clock(s: &Slots, zone: Option<&str>) -> String {
    match (s.get(Slot::Hour), Part::of(s)) {
        (Some(hour), part) => {
            let minute = s.get(Slot::Minute).unwrap_or(0);
            // «الثانية عشرة إلا ربعا قبل الظهر»: a quarter less than twelve, and twelve is noon.
            let is_noon = hour == 12 && minute < 0;
            let hour = part.filter(|_| !is_noon).map_or(hour, |p| if hour <= 12 { p.hour(hour) } else { hour });
            let minutes = (hour * 60 + minute).rem_euclid(24 * 60);
            let hour = if hour == 24 && minutes == 0 { 24 } else { minutes / 60 };
            format!("T{hour:02}:{:02}{}", minutes % 60, zone.unwrap_or(""))
        }
        (None, Some(part)) => format!("T{}", part.letters()),
        (None, None) => String::new(),
    }
}

/// `P30Y`, `PT2H`, `P1Y6M` for a year and a half.
pub(super) fn duration(s: &Slots) -> Option<String> {
    let (unit, n) = (Unit::of(s)?, s.get(Slot::N)?);
    let (n, unit) = match unit {
        Unit::Decade => (n.checked_mul(10)?, Unit::Year),
        Unit::Century => (n.checked_mul(100)?, Unit::Year),
        unit => (n, unit),
    };
    let decimal = s.get(Slot::Decimal).map(|d| format!(".{d}")).unwrap_or_default();
    let half = match (s.has(Slot::Half), Unit::of(s)) {
        (true, Some(Unit::Year)) => "6M",
        (true, Some(Unit::Month)) => "15D",
        (true, Some(Unit::Day)) => "T12H",
        (true, Some(Unit::Hour)) => "30M",
        (true, Some(Unit::Minute)) => "30S",
        (true, Some(Unit::Decade)) => return Some(format!("P{}Y", n.saturating_add(5))),
        _ => "",
    };
    Some(format!("P{}{n}{decimal}{}{half}", if unit.is_short() { "T" } else { "" }, unit.letter()))
}

/// `PXM` for some months, `PTXM` for some minutes.
pub(super) fn vague(unit: Unit) -> String {
    format!("P{}X{}", if unit == Unit::Minute { "T" } else { "" }, unit.letter())
}

/// `P1Y`, `XXXX-WXX-5`.
pub(super) fn every(s: &Slots) -> Option<String> {
    if let Some(weekday) = s.get(Slot::Weekday) {
        return Some(format!("XXXX-WXX-{weekday}{}", clock(s, None)));
    }
    if s.has(Slot::Part) {
        return Some(format!("XXXX-XX-XX{}", clock(s, None)));
    }
    let mut s = *s;
    if !s.has(Slot::N) {
        s.set(Slot::N, 1);
    }
    duration(&s)
}
