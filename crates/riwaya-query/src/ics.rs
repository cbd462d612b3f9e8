//! A calendar (RFC 5545): what was announced, with every announcement.

use std::fmt::Write as _;

/// One announced contact.
#[derive(Debug, Clone, Default)]
pub struct Event {
    /// The same in every calendar that is made of these pages.
    pub uid: String,
    /// The day of the latest page that tells of it: `2026-03-10`.
    pub stamp: String,
    /// TIMEX3 value: a day, or a time of a day.
    pub when: String,
    /// How often it changed.
    pub sequence: usize,
    /// TENTATIVE, CONFIRMED or CANCELLED.
    pub status: &'static str,
    /// What it is.
    pub summary: String,
    /// What the pages say.
    pub description: String,
    /// Where.
    pub location: Option<String>,
    /// A page that tells of it.
    pub url: Option<String>,
}

/// The calendar of all events that have a day, and how many have none. Nothing in it comes from the clock.
pub fn calendar(events: &[Event]) -> (String, usize) {
    let mut out = String::new();
    let mut without = 0;
    for line in ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Riwaya//Riwaya//EN", "CALSCALE:GREGORIAN"] {
        fold(line, &mut out);
    }
    for event in events {
        match start(&event.when) {
            Some(start) => put(event, &start, &mut out),
            None => without += 1,
        }
    }
    fold("END:VCALENDAR", &mut out);
    (out, without)
}

fn put(event: &Event, start: &str, out: &mut String) {
    let stamp = day(&event.stamp).or_else(|| day(&event.when)).unwrap_or_default();
    let mut line = |text: String| fold(&text, out);
    line("BEGIN:VEVENT".to_owned());
    line(format!("UID:{}", escaped(&event.uid)));
    line(format!("DTSTAMP:{stamp}T000000Z"));
    line(format!("DTSTART{start}"));
    line(format!("SEQUENCE:{}", event.sequence));
    line(format!("STATUS:{}", event.status));
    line(format!("SUMMARY:{}", escaped(&event.summary)));
    line(format!("DESCRIPTION:{}", escaped(&event.description)));
    if let Some(place) = &event.location {
        line(format!("LOCATION:{}", escaped(place)));
    }
    // An address is no text: it is neither escaped nor may it end the line.
    if let Some(url) = event.url.as_ref().filter(|u| !u.contains(char::is_control)) {
        line(format!("URL:{url}"));
    }
    line("END:VEVENT".to_owned());
}

/// `2026-03-10` as `20260310`.
fn day(value: &str) -> Option<String> {
    let day = value.get(..10)?;
    let good = day.bytes().enumerate().all(|(n, b)| if n == 4 || n == 7 { b == b'-' } else { b.is_ascii_digit() });
    good.then(|| day.replace('-', ""))
}

/// The value of DTSTART with its parameter: a time of a day where it is known with its zone or without, else the day.
fn start(when: &str) -> Option<String> {
    let day = day(when)?;
    let clock = when.get(10..).and_then(|rest| rest.strip_prefix('T'));
    let digits = clock.filter(|c| c.len() >= 5 && c.is_char_boundary(5)).map(|c| c.split_at(5));
    if let Some((time, zone)) = digits {
        let time: String = time.chars().filter(char::is_ascii_digit).collect();
        let zone = zone.trim_start_matches(|c: char| c == ':' || c.is_ascii_digit());
        match (time.len(), zone) {
            (4, "Z") => return Some(format!(":{day}T{time}00Z")),
            (4, "") => return Some(format!(":{day}T{time}00")),
            _ => {}
        }
    }
    Some(format!(";VALUE=DATE:{day}"))
}

fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' => out.push_str("\\\\"),
            ';' => out.push_str("\\;"),
            ',' => out.push_str("\\,"),
            '\n' => out.push_str("\\n"),
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    out
}

/// Writes a line in pieces of at most 75 bytes, cut between characters.
fn fold(line: &str, out: &mut String) {
    const WIDEST: usize = 75;
    let mut used = 0;
    for c in line.chars() {
        if used + c.len_utf8() > WIDEST {
            out.push_str("\r\n ");
            used = 1;
        }
        out.push(c);
        used += c.len_utf8();
    }
    // Writing to a string cannot fail.
    let _ = write!(out, "\r\n");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_folded_between_characters() {
        let event = Event {
            uid: "a#v1@riwaya".to_owned(),
            stamp: "2026-03-09".to_owned(),
            when: "2026-03-10".to_owned(),
            status: "CONFIRMED",
            summary: "لقاء; ".repeat(30),
            ..Event::default()
        };
        let (calendar, without) = calendar(&[event]);
        assert_eq!(without, 0);
        assert!(calendar.split("\r\n").all(|line| line.len() <= 75));
        assert!(calendar.replace("\r\n ", "").contains("لقاء\\; لقاء\\; "));
        assert!(calendar.contains("DTSTAMP:20260309T000000Z\r\nDTSTART;VALUE=DATE:20260310\r\n"));
    }

    #[test]
    fn times_keep_their_zone_and_unknown_days_are_left_out() {
        assert_eq!(start("2026-03-10T20:30Z").as_deref(), Some(":20260310T203000Z"));
        assert_eq!(start("2026-03-10T20:30").as_deref(), Some(":20260310T203000"));
        assert_eq!(start("2026-03-10T20:30+03:00").as_deref(), Some(";VALUE=DATE:20260310"));
        assert_eq!(start("2026-03-10TMO").as_deref(), Some(";VALUE=DATE:20260310"));
        for unknown in ["2026-03", "2026-W10", "FUTURE_REF", "XXXX-12-07", ""] {
            assert_eq!(start(unknown), None, "{unknown}");
        }
    }
}
