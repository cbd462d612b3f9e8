//! Which Gregorian day is a Hijri one?

use crate::error::Error;
use crate::rows::Files;
use jiff::ToSpan;
use jiff::civil::Date;

/// The years of `calendars/umm-al-qura.tsv`.
#[derive(Debug, Clone, Default)]
pub(super) struct Calendar(Vec<Year>);

#[derive(Debug, Clone)]
struct Year {
    number: i32,
    first: Date,
    lengths: Vec<i32>,
}

impl Calendar {
    /// Reads the table; without it Hijri dates have no value.
    pub(super) fn load(files: &Files) -> Result<Calendar, Error> {
        let mut years = Vec::new();
        for row in files.table("calendars/umm-al-qura.tsv", &["year", "first", "lengths"])?.rows() {
            let first: Date = row.get("first").parse().map_err(|_| row.error("first", "a day such as 2024-07-07"))?;
            let lengths: Vec<i32> = row.get("lengths").split(' ').filter_map(|l| l.parse().ok()).collect();
            if lengths.len() != 12 || lengths.iter().any(|l| !(29..=30).contains(l)) {
                return Err(row.error("lengths", "twelve times 29 or 30"));
            }
            years.push(Year { number: row.number("year")? as i32, first, lengths });
        }
        Ok(Calendar(years))
    }

    /// The Gregorian days of a month: from its first day up to the first day of the next month.
    pub(super) fn month(&self, year: i32, month: i32) -> Option<(Date, Date)> {
        let year = self.0.iter().find(|y| y.number == year)?;
        let before: i32 = year.lengths.iter().take(usize::try_from(month - 1).ok()?).sum();
        let length = *year.lengths.get(usize::try_from(month - 1).ok()?)?;
        let first = year.first.checked_add(before.days()).ok()?;
        Some((first, first.checked_add(length.days()).ok()?))
    }

    /// The Gregorian day of a Hijri one.
    pub(super) fn day(&self, year: i32, month: i32, day: i32) -> Option<Date> {
        let (first, next) = self.month(year, month)?;
        let date = first.checked_add((day - 1).days()).ok()?;
        (first <= date && date < next).then_some(date)
    }

    /// The Hijri year whose `month` begins in a Gregorian year: «رمضان 2014», «عيد الأضحى 2013».
    pub(super) fn year_with(&self, gregorian: i32, month: i32) -> Option<i32> {
        let year = self
            .0
            .iter()
            .find(|y| self.month(y.number, month).is_some_and(|(first, _)| i32::from(first.year()) == gregorian))?;
        Some(year.number)
    }

    /// The Hijri year and month in which a Gregorian day lies.
    pub(super) fn of(&self, day: Date) -> Option<(i32, i32)> {
        let at = self.0.partition_point(|y| y.first <= day).checked_sub(1)?;
        let year = self.0.get(at)?.number;
        (1..=12).find(|m| self.month(year, *m).is_some_and(|(a, b)| a <= day && day < b)).map(|m| (year, m))
    }
}
