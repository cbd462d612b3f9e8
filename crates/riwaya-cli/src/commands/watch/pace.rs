//! When is it tried again? Later and later, not by all at the same second, and never before the server wants it.

use jiff::fmt::rfc2822::DateTimeParser;
use riwaya_input::fetch::{Failure, FailureKind};
use rustc_hash::FxHasher;
use std::hash::{Hash, Hasher};

const MINUTE: i64 = 60;
const DAY: i64 = 24 * 60 * MINUTE;
/// A server that wants more rest than a week is asked after a week.
const LONGEST: i64 = 7 * DAY;

/// Seconds until `url` is tried again after `failures` in a row, the last of which is `failure`.
pub fn wait(url: &str, failures: u32, failure: &Failure, now: i64) -> i64 {
    let wait = match failure.kind {
        // Its robots.txt is kept for a day.
        FailureKind::Robots => DAY,
        _ => back_off(url, failures),
    };
    let wanted = failure.retry_after.as_deref().and_then(|text| retry_after(text, now));
    wait.max(wanted.unwrap_or_default().min(LONGEST))
}

/// A minute, two, four, up to a day, and up to a quarter more that depends on the address alone: addresses that failed
/// together do not come back together, and a run can be repeated.
pub fn back_off(url: &str, failures: u32) -> i64 {
    let doubled = MINUTE << failures.saturating_sub(1).min(11);
    let wait = doubled.min(DAY);
    let mut hasher = FxHasher::default();
    url.hash(&mut hasher);
    let spread = i64::try_from(hasher.finish() % 1000).unwrap_or_default();
    wait + wait * spread / 4000
}

/// `Retry-After`: seconds, or a date.
fn retry_after(text: &str, now: i64) -> Option<i64> {
    text.parse().ok().or_else(|| Some(DateTimeParser::new().parse_timestamp(text).ok()?.as_second() - now))
}

/// A length of time for people.
pub fn shown(seconds: i64) -> String {
    match seconds {
        ..120 => format!("{seconds} s"),
        120..7200 => format!("{} min", seconds / MINUTE),
        7200..172_800 => format!("{} h", seconds / (60 * MINUTE)),
        _ => format!("{} days", seconds / DAY),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn failure(retry_after: Option<&str>) -> Failure {
        let retry_after = retry_after.map(str::to_owned);
        Failure { kind: FailureKind::Host, what: String::new(), status: Some(503), retry_after }
    }

    #[test]
    fn later_and_later_up_to_a_day() {
        let waits: Vec<i64> = (1..20).map(|n| back_off("https://marfa.example/1", n)).collect();
        assert!(waits[0] >= MINUTE && waits[0] <= MINUTE * 5 / 4, "{waits:?}");
        assert!(waits.windows(2).all(|w| w[1] >= w[0]) && waits[18] <= DAY * 5 / 4, "{waits:?}");
        let of = |n: u32| back_off(&format!("https://marfa.example/{n}"), 5);
        assert!((1..20).any(|n| of(n) != of(0)) && of(7) == of(7));
    }

    #[test]
    fn never_before_the_server_wants_it() {
        let url = "https://marfa.example/1";
        assert_eq!(wait(url, 1, &failure(Some("7200")), 0), 7200);
        let now = 1_445_412_480 - 3600;
        assert_eq!(wait(url, 1, &failure(Some("Wed, 21 Oct 2015 07:28:00 GMT")), now), 3600);
        assert_eq!(wait(url, 1, &failure(Some("99999999999")), 0), LONGEST);
        for nothing in [None, Some("soon"), Some("-5"), Some("Wed, 21 Oct 2015 07:28:00 GMT")] {
            assert_eq!(wait(url, 1, &failure(nothing), 1_500_000_000), back_off(url, 1), "{nothing:?}");
        }
    }
}
