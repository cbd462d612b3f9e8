//! Which of the days that a page names cannot all be right?

use super::{Published, Time};
use crate::text::{Span, Text};
use jiff::ToSpan;
use jiff::civil::{Date, Weekday};

/// Two things that a page says of days and that cannot both be right.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clash {
    /// What does not fit.
    pub kind: ClashKind,
    /// The expressions, in text order.
    pub spans: Vec<Span>,
    /// What does not fit, in a sentence of English that quotes the page.
    pub explain: String,
}

/// What does not fit what.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ClashKind {
    /// A weekday and a relative day: «اليوم الخميس» beside «أمس الثلاثاء».
    Weekday,
    /// A weekday and a date: «الأربعاء 30 ديسمبر 2021», a Thursday.
    Date,
}

/// A page that says of today that it is a Thursday.
struct Claim {
    span: Span,
    today: i8,
}

/// Weekdays that do not fit a relative day or a date of the same page.
///
/// The first expression that ties a weekday to today is compared with every later one, and with the day of
/// publication where that is known.
pub fn clashes(text: &Text, times: &[Time], published: Option<&Published>) -> Vec<Clash> {
    let mut out = Vec::new();
    let mut claims: Vec<Claim> = Vec::new();
    for t in times {
        let Some(weekday) = t.said.weekday else { continue };
        if let Some(date) = t.said.date.filter(|d| number(*d) != weekday) {
            let explain = format!("«{}»: {date} is a {}", text.at(t.span), name(number(date)));
            out.push(Clash { kind: ClashKind::Date, spans: vec![t.span], explain });
        }
        if let Some(offset) = t.said.offset {
            let today = (i32::from(weekday) - 1 - offset).rem_euclid(7) as i8 + 1;
            claims.push(Claim { span: t.span, today });
        }
    }
    if let Some(first) = claims.first() {
        for claim in claims.iter().skip(1).filter(|c| c.today != first.today) {
            let explain = format!(
                "by «{}» the page is of a {}, by «{}» of a {}",
                text.at(first.span),
                name(first.today),
                text.at(claim.span),
                name(claim.today)
            );
            out.push(Clash { kind: ClashKind::Weekday, spans: vec![first.span, claim.span], explain });
        }
    }
    if let Some(published) = published
        && let Some(claim) = claims.first().filter(|_| claims.iter().all(|c| c.today != near(published.date, c.today)))
    {
        let explain = format!(
            "«{}» makes the page one of a {}; it was published on {}, a {}",
            text.at(claim.span),
            name(claim.today),
            published.date,
            name(number(published.date))
        );
        out.push(Clash { kind: ClashKind::Weekday, spans: vec![claim.span], explain });
    }
    out
}

/// The weekday of `published` or, for a page written the evening before or crawled the morning after, of the days
/// beside it, whichever is `today`; that of `published` itself where none is.
fn near(published: Date, today: i8) -> i8 {
    let beside = |n: i32| published.checked_add(n.days()).map_or(0, number);
    if [-1, 1].into_iter().any(|n| beside(n) == today) { today } else { number(published) }
}

fn number(date: Date) -> i8 {
    date.weekday().to_monday_one_offset()
}

fn name(weekday: i8) -> &'static str {
    match Weekday::from_monday_one_offset(weekday) {
        Ok(Weekday::Monday) => "Monday",
        Ok(Weekday::Tuesday) => "Tuesday",
        Ok(Weekday::Wednesday) => "Wednesday",
        Ok(Weekday::Thursday) => "Thursday",
        Ok(Weekday::Friday) => "Friday",
        Ok(Weekday::Saturday) => "Saturday",
        Ok(Weekday::Sunday) | Err(_) => "Sunday",
    }
}
