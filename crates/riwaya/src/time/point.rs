//! Dates as far as they are known, with the days they span.

use super::value;
use jiff::ToSpan;
use jiff::civil::Date;

/// A date as far as it is known.
#[derive(Debug, Clone)]
pub(super) struct Point {
    pub(super) value: String,
    /// As exact as a day, so that a part of the day or a clock time can follow.
    pub(super) is_day: bool,
    pub(super) interval: Option<(Date, Date)>,
}

/// A value that names no days.
pub(super) fn fixed(value: String) -> Point {
    Point { value, is_day: false, interval: None }
}

/// A day.
pub(super) fn day_point(day: Date) -> Option<Point> {
    Some(Point { value: day.to_string(), is_day: true, interval: Some((day, day.tomorrow().ok()?)) })
}

/// A weekday of an unknown week.
pub(super) fn unknown_weekday(weekday: i32) -> Point {
    Point { value: format!("XXXX-WXX-{weekday}"), is_day: true, interval: None }
}

/// A month, of an unknown year where it has none.
pub(super) fn month_point(year: Option<i32>, month: i32) -> Point {
    let first = year.and_then(|y| Date::new(y as i16, month as i8, 1).ok());
    let interval = first.and_then(|f| Some((f, f.checked_add(1.month()).ok()?)));
    Point { value: format!("{}-{month:02}", value::year(year)), is_day: false, interval }
}

/// A year.
pub(super) fn year_point(year: Option<i32>) -> Point {
    let first = |y: i32| Date::new(y as i16, 1, 1).ok();
    let interval = year.and_then(|y| Some((first(y)?, first(y + 1)?)));
    Point { value: value::year(year), is_day: false, interval }
}

/// The ISO week of `day`.
pub(super) fn week_point(day: Date) -> Option<Point> {
    let week = day.iso_week_date();
    let monday = day.checked_sub(i32::from(day.weekday().to_monday_zero_offset()).days()).ok()?;
    let interval = Some((monday, monday.checked_add(7.days()).ok()?));
    Some(Point { value: format!("{:04}-W{:02}", week.year(), week.week()), is_day: false, interval })
}

/// The weekend of the week of `day`.
pub(super) fn weekend_point(day: Date) -> Option<Point> {
    let week = week_point(day)?;
    let (_, monday) = week.interval?;
    let interval = Some((monday.checked_sub(2.days()).ok()?, monday));
    Some(Point { value: week.value + "-WE", is_day: false, interval })
}

/// A quarter of a year, 1 to 4.
pub(super) fn quarter_point(year: Option<i32>, quarter: i32) -> Point {
    let first = year.and_then(|y| Date::new(y as i16, (3 * quarter - 2) as i8, 1).ok());
    let interval = first.and_then(|f| Some((f, f.checked_add(3.months()).ok()?)));
    Point { value: format!("{}-Q{quarter}", value::year(year)), is_day: false, interval }
}

#[cfg(test)]
mod tests {
    use super::week_point;
    use jiff::civil::date;

    #[test]
    fn weeks_are_iso_weeks() {
        let week = week_point(date(2022, 1, 12));
        assert_eq!(week.as_ref().map(|w| w.value.as_str()), Some("2022-W02"));
        assert_eq!(week.and_then(|w| w.interval), Some((date(2022, 1, 10), date(2022, 1, 17))));
    }
}
