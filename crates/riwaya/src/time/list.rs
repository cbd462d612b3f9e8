//! Lists and ranges: «10 و 11 و 12 كانون الثاني», «عامي 2014 و2015», «من الخامسة إلى السادسة مساء».

use super::lexicon::Lexicon;
use super::pattern::{Meaning, NumberClass};
use super::scan::{Found, Items, Read};
use super::slots::Slot;

/// Adds, before every day that starts with its number, the numbers joined to its front: one item a day.
pub(super) fn days(items: &Items, found: Vec<Found>, lexicon: &Lexicon) -> Vec<Found> {
    let mut out: Vec<Found> = Vec::with_capacity(found.len());
    let mut free = 0;
    for f in found {
        let mut list = Vec::new();
        let day = [Slot::Day, Slot::HijriDay].into_iter().find(|slot| f.says.has(*slot));
        if let Some(slot) = day.filter(|_| f.meaning == Meaning::Date) {
            let mut first = f.items.start;
            while let Some((at, end, read, day)) = one_before(items, first, free, lexicon) {
                let mut says = f.says.with(slot, day);
                says.clear(Slot::Weekday);
                says.clear(Slot::Offset);
                list.push(Found {
                    span: items.span(at..end, read),
                    tokens: items.tokens(at..end),
                    items: at..end,
                    says,
                    ..f.clone()
                });
                first = at;
            }
        }
        free = f.items.end;
        out.extend(list.into_iter().rev());
        out.push(f);
    }
    out
}

/// Adds, behind a day whose number stands last, the numbers joined to it: «January 10, 11 and 12, 2022», «Jan. 10-12».
/// A number that counts what follows it is no day.
pub(super) fn days_behind(items: &Items, found: Vec<Found>, lexicon: &Lexicon) -> Vec<Found> {
    let mut out: Vec<Found> = Vec::with_capacity(found.len());
    let mut found = found.into_iter().peekable();
    while let Some(f) = found.next() {
        if out.last().is_some_and(|o| o.items.end > f.items.start) {
            continue;
        }
        let limit = found.peek().map_or(usize::MAX, |next| next.items.start);
        let first = out.len();
        let is_open = f.meaning == Meaning::Date && f.says.has(Slot::Month) && !f.says.has(Slot::Year);
        let ends_in_day = f
            .says
            .get(Slot::Day)
            .is_some_and(|d| items.digits(f.items.end - 1).is_some_and(|(value, _)| value == i64::from(d)));
        out.push(f);
        if !(is_open && ends_in_day) {
            continue;
        }
        while let Some(more) = out.last().and_then(|f| day_behind(items, f, limit, lexicon)) {
            out.push(more);
        }
        if let Some(year) = out.last().and_then(|f| f.says.get(Slot::Year)) {
            out[first..].iter_mut().for_each(|f| f.says.set(Slot::Year, year));
        }
    }
    out
}

/// The day of the month that is joined to the end of `f`, with the year behind it.
fn day_behind(items: &Items, f: &Found, limit: usize, lexicon: &Lexicon) -> Option<Found> {
    let joint =
        (f.items.end..f.items.end + 2).take_while(|at| items.is_member(*at, lexicon.class("joint"), lexicon)).count();
    let at = f.items.end + joint;
    let (day, width) = items.digits(at).filter(|_| joint > 0 && at < limit)?;
    let is_range = joint == 1 && items.touches(at - 1) && !items.is_word(at - 1);
    let free = !items.is_word(at + 1)
        || ["after-day", "joint"].iter().any(|class| items.is_member(at + 1, lexicon.class(class), lexicon));
    let says = f.says.with(Slot::Day, i32::try_from(day).ok()?);
    if width > 2
        || !(1..=31).contains(&day)
        || f.says.get(Slot::Day)? >= day as i32
        || !(is_range || free)
        || items.continues(at)
    {
        return None;
    }
    let comma = usize::from(items.is_member(at + 1, lexicon.class("joint"), lexicon) && !items.is_word(at + 1));
    let year = super::number::number(items, at + 1 + comma, Read::Whole, NumberClass::Year, lexicon);
    let (end, mut says) = match year.and_then(|(end, year)| Some((end, says.and(&year)?))) {
        Some((end, says)) => (end, says),
        None => (at + 1, says),
    };
    says.clear(Slot::Weekday);
    says.clear(Slot::Offset);
    Some(Found {
        span: items.span(at..end, Read::Whole),
        tokens: items.tokens(at..end),
        items: at..end,
        says,
        ..f.clone()
    })
}

/// Adds the first hour of a range whose second one alone tells that it is a time, and gives both hours the part of the
/// day that one of them has: «من الخامسة إلى السادسة مساء», «من الثالثة عصرا حتى الخامسة والنصف».
pub(super) fn hours(items: &Items, found: Vec<Found>, lexicon: &Lexicon) -> Vec<Found> {
    let mut out: Vec<Found> = Vec::with_capacity(found.len());
    for f in found {
        if f.meaning == Meaning::Date && f.says.has(Slot::Hour) {
            let free = out.last().map_or(0, |o| o.items.end);
            if let Some((at, end, hour)) = hour_before(items, f.items.start, free, lexicon) {
                let mut says = f.says.with(Slot::Hour, hour);
                says.clear(Slot::Minute);
                let (span, tokens) = (items.span(at..end, Read::Whole), items.tokens(at..end));
                out.push(Found { span, tokens, items: at..end, says, ..f.clone() });
            }
        }
        out.push(f);
    }
    let joint = lexicon.class("joint");
    for n in 1..out.len() {
        let (left, right) = out.split_at_mut(n);
        let (Some(first), Some(second)) = (left.last_mut(), right.first_mut()) else { continue };
        let joined = first.items.end + 1 == second.items.start && items.is_member(first.items.end, joint, lexicon);
        if joined && [&first.says, &second.says].iter().all(|s| s.has(Slot::Hour)) {
            match (first.says.get(Slot::Part), second.says.get(Slot::Part)) {
                (None, Some(part)) => first.says.set(Slot::Part, part),
                (Some(part), None) => second.says.set(Slot::Part, part),
                _ => {}
            }
        }
    }
    out
}

/// The hour before the joint before `first`, where a range begins: «من 5 إلى …».
fn hour_before(items: &Items, first: usize, free: usize, lexicon: &Lexicon) -> Option<(usize, usize, i32)> {
    let (joint, from, hours) = (lexicon.class("joint"), lexicon.class("between"), lexicon.class("hour"));
    let glued = items.is_glued_and(first, lexicon);
    let end = if glued { first } else { first.checked_sub(1).filter(|at| items.is_member(*at, joint, lexicon))? };
    (1..=2).filter_map(|words| end.checked_sub(words)).find_map(|at| {
        let opened = at.checked_sub(1).is_some_and(|b| b >= free && items.is_member(b, from, lexicon));
        if !opened {
            return None;
        }
        if let Some((value, _)) = items.digits(at).filter(|(value, _)| end == at + 1 && (0..=24).contains(value)) {
            return Some((at, end, value as i32));
        }
        let word = lexicon.word(items.word(at, Read::Whole))?;
        let rest = |rest: &[u32]| {
            at + 1 + rest.len() == end
                && rest.iter().enumerate().all(|(n, id)| items.word(at + 1 + n, Read::Whole) == *id)
        };
        let hour = word.members.iter().find(|m| Some(m.class) == hours && rest(&m.rest))?;
        Some((at, end, hour.says.get(Slot::Hour)?))
    })
}

/// «فبراير وأبريل الماضيين», «الأحد والاثنين المقبلين»: what stands behind the last of two holds for both.
pub(super) fn share(items: &Items, found: &mut [Found], lexicon: &Lexicon) {
    let joint = lexicon.class("joint");
    for n in (1..found.len()).rev() {
        let (left, right) = found.split_at_mut(n);
        let (Some(first), Some(second)) = (left.last_mut(), right.first()) else { continue };
        let (end, start) = (first.items.end, second.items.start);
        let joined = end == start && items.is_glued_and(start, lexicon)
            || end + 1 == start && (items.is_member(end, joint, lexicon) || items.is_glued_and(end, lexicon));
        let alike = [Slot::Weekday, Slot::Month].into_iter().any(|slot| {
            let only = |f: &Found| f.meaning == Meaning::Date && f.says.has(slot) && !f.says.has(Slot::Offset);
            only(first) && only(second) && first.says.has(Slot::Day) == second.says.has(Slot::Day)
        });
        // «من يوم 7 إلى 9 مارس»
        let lacks_month = first.says.has(Slot::Day)
            && ![Slot::Month, Slot::Unit, Slot::Offset].iter().any(|slot| first.says.has(*slot));
        let lends_month = lacks_month && second.says.has(Slot::Day) && second.says.has(Slot::Month);
        let open = ![Slot::Shift, Slot::Year].into_iter().any(|slot| first.says.has(slot));
        if !(joined && (alike || lends_month) && open) {
            continue;
        }
        for slot in [Slot::Month, Slot::Shift, Slot::Year, Slot::Unit].into_iter().skip(usize::from(!lends_month)) {
            if let Some(value) = second.says.get(slot) {
                first.says.set(slot, value);
            }
        }
    }
}

/// A day of the month that is joined to what starts at `first`.
fn one_before(items: &Items, first: usize, free: usize, lexicon: &Lexicon) -> Option<(usize, usize, Read, i32)> {
    let joint = lexicon.class("joint");
    let glued = items.is_glued_and(first, lexicon);
    let end = if glued { first } else { first.checked_sub(1).filter(|at| items.is_member(*at, joint, lexicon))? };
    // «الخامس والسادس»: an ordinal may have two words or three, «الثالث والعشرون وحتى السادس والعشرين».
    (1..=3).rev().filter_map(|words| end.checked_sub(words)).filter(|at| *at >= free).find_map(|at| {
        [Read::Whole, Read::Stem].into_iter().find_map(|read| {
            let (stop, says) = super::number::number(items, at, read, NumberClass::Day, lexicon)?;
            Some((at, end, read, says.get(Slot::Day)?)).filter(|_| stop == end)
        })
    })
}
