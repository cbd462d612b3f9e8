//! Which day, or month, does a URL hold?

use jiff::ToSpan;
use jiff::civil::Date;

/// Years in which pages have URLs.
const YEARS: std::ops::Range<i16> = 1995..2100;

const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// The one day in a URL: `/2015/08/02/`, `/2015/8/2/`, `/2015/aug/02/`, `/20150802/`, `-02-08-2015`, and the day
/// that a running number starts with (`201508021077343476`); none where it holds two.
pub(super) fn day(url: &str) -> Option<Date> {
    let mut days = parts(url).filter_map(|part| part_day(part).or_else(|| joined_day(url, part)));
    let day = days.next()?;
    days.all(|other| other == day).then_some(day)
}

/// The first and last day of the month in a URL that holds no day: `/2015/08/`.
pub(super) fn month(url: &str) -> Option<(Date, Date)> {
    let mut months = parts(url).filter_map(|part| {
        let (year, rest) = year_and_rest(url, part)?;
        let first = Date::new(year, month_number(parts(rest).next()?)?, 1).ok()?;
        Some((first, first.last_of_month()))
    });
    let month = months.next()?;
    months.all(|other| other == month).then_some(month)
}

/// Runs of letters and digits.
fn parts(url: &str) -> impl Iterator<Item = &str> {
    url.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty())
}

/// `20150802`, alone or at the front of a longer running number.
fn part_day(part: &str) -> Option<Date> {
    let digits = part.bytes().all(|b| b.is_ascii_digit());
    if !digits || !(part.len() == 8 || part.len() >= 14) {
        return None;
    }
    let number = |range: std::ops::Range<usize>| part.get(range)?.parse::<i16>().ok();
    date(number(0..4)?, number(4..6)? as i8, number(6..8)? as i8)
}

/// The day whose year is this part, with month and day behind it or in front of it.
fn joined_day(url: &str, part: &str) -> Option<Date> {
    let (year, rest) = year_and_rest(url, part)?;
    let mut behind = parts(rest);
    let mut after = || date(year, month_number(behind.next()?)?, day_number(behind.next()?)?);
    after().or_else(|| {
        let mut before = url[..part.as_ptr() as usize - url.as_ptr() as usize].rsplit(|c: char| !c.is_alphanumeric());
        before.next();
        let month = month_number(before.next()?)?;
        date(year, month, day_number(before.next()?)?)
    })
}

fn year_and_rest<'u>(url: &'u str, part: &str) -> Option<(i16, &'u str)> {
    let year = part.parse::<i16>().ok().filter(|y| part.len() == 4 && YEARS.contains(y))?;
    let end = part.as_ptr() as usize - url.as_ptr() as usize + part.len();
    Some((year, &url[end..]))
}

fn month_number(part: &str) -> Option<i8> {
    let named = || {
        let at = MONTHS.iter().position(|name| part.len() >= 3 && part.to_ascii_lowercase().starts_with(name))?;
        Some(at as i8 + 1)
    };
    day_number(part).filter(|m| *m <= 12).or_else(named)
}

fn day_number(part: &str) -> Option<i8> {
    part.parse::<i8>().ok().filter(|n| part.len() <= 2 && (1..=31).contains(n))
}

fn date(year: i16, month: i8, day: i8) -> Option<Date> {
    Date::new(year, month, day).ok().filter(|d| YEARS.contains(&d.year()))
}

/// Every day from `first` to `last`.
pub(super) fn days(first: Date, last: Date) -> impl Iterator<Item = Date> {
    first.series(1.day()).take_while(move |day| *day <= last)
}

#[cfg(test)]
mod tests {
    use super::{day, month};
    use jiff::civil::date;

    #[test]
    fn a_url_tells_the_day_where_it_holds_one() {
        for url in [
            "https://news.example/2015/08/02/talks",
            "https://news.example/2015/8/2/talks",
            "https://news.example/world/2015/aug/02/talks",
            "https://news.example/2015/20150802/du10.htm",
            "https://news.example/talks-2015-08-02",
            "https://news.example/talks-02-08-2015.html",
            "https://news.example/201508021077343476-talks/",
        ] {
            assert_eq!(day(url), Some(date(2015, 8, 2)), "{url}");
        }
        for url in [
            "https://news.example/article/20159999",
            "https://news.example/20150802/after-20150731",
            "https://news.example/4081449",
            "https://news.example/2015/summit/12",
            "https://news.example/vision-2030/5",
        ] {
            assert_eq!(day(url), None, "{url}");
        }
    }

    #[test]
    fn a_url_tells_the_month() {
        assert_eq!(month("https://news.example/2015/08/talks"), Some((date(2015, 8, 1), date(2015, 8, 31))));
        assert_eq!(month("https://news.example/vision-2030/talks"), None);
    }
}
