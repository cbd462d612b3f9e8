//! Which offset does a named zone have on a day?

use jiff::civil::{Date, Weekday};

/// A zone of `calendar.tsv`: `+03:00`, `Z`, `-05:00/us` (summer time by the rule of the United States), or `local`
/// for a place that the page does not name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Zone {
    minutes: Option<i32>,
    summer: Summer,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Summer {
    Never,
    UnitedStates,
    Europe,
}

impl Zone {
    /// Reads a cell.
    pub(super) fn parse(cell: &str) -> Option<Zone> {
        let (offset, rule) = cell.split_once('/').unwrap_or((cell, ""));
        let summer = match rule {
            "" => Summer::Never,
            "us" => Summer::UnitedStates,
            "eu" => Summer::Europe,
            _ => return None,
        };
        let minutes = match offset {
            "local" => None,
            "Z" => Some(0),
            _ => {
                let (hours, minutes) = offset.get(1..)?.split_once(':')?;
                let sum = hours.parse::<i32>().ok()? * 60 + minutes.parse::<i32>().ok()?;
                Some(if offset.starts_with('-') { -sum } else { sum })
            }
        };
        Some(Zone { minutes, summer })
    }

    /// The offset on `day` as `+03:00`, `Z` for Greenwich; none for a zone that is not named, or where summer time
    /// depends on a day that is unknown.
    pub(super) fn offset(self, day: Option<Date>) -> Option<String> {
        let summer = match self.summer {
            Summer::Never => 0,
            rule => i32::from(is_summer(rule, day?)) * 60,
        };
        let minutes = self.minutes? + summer;
        if minutes == 0 && self.summer == Summer::Never {
            return Some("Z".to_owned());
        }
        let sign = if minutes < 0 { '-' } else { '+' };
        Some(format!("{sign}{:02}:{:02}", minutes.abs() / 60, minutes.abs() % 60))
    }
}

/// Is it summer time: from the second Sunday of March to the first of November in the United States, from the last
/// Sunday of March to the last of October in Europe?
fn is_summer(rule: Summer, day: Date) -> bool {
    let sunday = |month: i8, nth: i8| {
        let first = Date::new(day.year(), month, 1).ok()?;
        first.nth_weekday_of_month(nth, Weekday::Sunday).ok()
    };
    let (from, to) = match rule {
        Summer::Never => return false,
        Summer::UnitedStates => (sunday(3, 2), sunday(11, 1)),
        Summer::Europe => (sunday(3, -1), sunday(10, -1)),
    };
    from.is_some_and(|f| f <= day) && to.is_some_and(|t| day < t)
}

#[cfg(test)]
mod tests {
    use super::Zone;
    use jiff::civil::date;

    #[test]
    fn summer_time_follows_the_rule_of_the_place() {
        let eastern = Zone::parse("-05:00/us").and_then(|z| z.offset(Some(date(2021, 12, 30))));
        assert_eq!(eastern.as_deref(), Some("-05:00"));
        let eastern = Zone::parse("-05:00/us").and_then(|z| z.offset(Some(date(2021, 7, 4))));
        assert_eq!(eastern.as_deref(), Some("-04:00"));
        let paris = Zone::parse("+01:00/eu").and_then(|z| z.offset(Some(date(2021, 10, 30))));
        assert_eq!(paris.as_deref(), Some("+02:00"));
        assert_eq!(Zone::parse("-05:00/us").and_then(|z| z.offset(None)), None);
        assert_eq!(Zone::parse("Z").and_then(|z| z.offset(None)).as_deref(), Some("Z"));
    }
}
