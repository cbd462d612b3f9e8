//! Can two TIMEX3 values mean the same time?

use jiff::civil::Date;

/// What a value says of its day.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Day {
    year: Option<i16>,
    month: Option<i8>,
    day: Option<i8>,
    week: Option<i8>,
    weekday: Option<i8>,
    clock: bool,
}

impl Day {
    /// Reads `2021-12-30T20:30Z`, `XXXX-12-07`, `XXXX-WXX-4`, `2022-W02`; a reference such as `FUTURE_REF` says
    /// nothing of its day.
    pub fn parse(value: &str) -> Day {
        let (day, clock) = value.split_once('T').map_or((value, false), |(d, t)| (d, t.contains(':')));
        let mut parts = day.split('-');
        let mut out = Day { clock, ..Day::default() };
        let Some(year) = parts.next().filter(|y| y.len() == 4) else { return Day::default() };
        out.year = year.parse().ok();
        match parts.next() {
            Some(week) if week.starts_with('W') => {
                out.week = week[1..].parse().ok();
                out.weekday = parts.next().and_then(|d| d.parse().ok());
            }
            Some(month) => {
                out.month = month.parse().ok();
                out.day = parts.next().and_then(|d| d.parse().ok());
            }
            None => {}
        }
        if let Some(date) = out.date() {
            out.weekday = Some(date.weekday().to_monday_one_offset());
        }
        out
    }

    /// The day, where year, month and day are known.
    pub fn date(self) -> Option<Date> {
        Date::new(self.year?, self.month?, self.day?).ok()
    }

    /// Month and day, whatever the year.
    pub fn in_year(self) -> Option<String> {
        Some(format!("{:02}-{:02}", self.month?, self.day?))
    }

    /// The month, where no day of it is known.
    pub fn month_alone(self) -> Option<i8> {
        self.month.filter(|_| self.day.is_none())
    }

    /// How much is known: a day with its hour is more exact than a day, a day than a month, a month than nothing.
    pub fn exactness(self) -> u8 {
        let known = |n: bool, weight: u8| if n { weight } else { 0 };
        known(self.day.is_some(), 16)
            + known(self.year.is_some(), 8)
            + known(self.month.is_some(), 4)
            + known(self.weekday.is_some() || self.week.is_some(), 2)
            + known(self.clock, 1)
    }

    /// Can they not be one day?
    pub fn clashes(self, other: Day) -> bool {
        fn differ<T: PartialEq>(a: Option<T>, b: Option<T>) -> bool {
            matches!((a, b), (Some(a), Some(b)) if a != b)
        }
        differ(self.year, other.year)
            || differ(self.month, other.month)
            || differ(self.day, other.day)
            || differ(self.weekday, other.weekday)
    }

    /// Are they certainly one day?
    pub fn is_same_day(self, other: Day) -> bool {
        self.date().is_some() && self.date() == other.date()
    }
}

#[cfg(test)]
mod tests {
    use super::Day;

    #[test]
    fn values_clash_only_where_both_know() {
        let day = Day::parse;
        assert!(day("2021-12-30").clashes(day("XXXX-WXX-2")));
        assert!(!day("2021-12-30T20:30Z").clashes(day("XXXX-WXX-4")));
        assert!(!day("2022-01").clashes(day("2022-01-10")));
        assert!(day("2022-01").clashes(day("XXXX-12-07")));
        assert!(!day("FUTURE_REF").clashes(day("2022-01-10")));
    }

    #[test]
    fn an_hour_is_more_exact_than_a_day() {
        assert!(Day::parse("2021-12-30T20:30Z").exactness() > Day::parse("2021-12-30").exactness());
        assert!(Day::parse("2021-12-30").exactness() > Day::parse("2021-12").exactness());
        assert_eq!(Day::parse("PAST_REF").exactness(), 0);
    }
}
