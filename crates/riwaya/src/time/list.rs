//! Lists of days and years: «10 و 11 و 12 كانون الثاني», «عامي 2014 و2015».

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
        let open = ![Slot::Shift, Slot::Year].into_iter().any(|slot| first.says.has(slot));
        if !(joined && alike && open) {
            continue;
        }
        for slot in [Slot::Shift, Slot::Year, Slot::Unit] {
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
    // «الخامس والسادس»: an ordinal may have two words, «الحادي عشر والثاني عشر».
    (1..=3).filter_map(|words| end.checked_sub(words)).filter(|at| *at >= free).find_map(|at| {
        [Read::Whole, Read::Stem].into_iter().find_map(|read| {
            let (stop, says) = super::number::number(items, at, read, NumberClass::Day, lexicon)?;
            Some((at, end, read, says.get(Slot::Day)?)).filter(|_| stop == end)
        })
    })
}
