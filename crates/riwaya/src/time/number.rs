//! Numbers in digits and words: «خمسة وعشرين», «الحادي عشر», «1,500».

use super::lexicon::{Lexicon, NO_WORD};
use super::pattern::NumberClass;
use super::scan::{Items, Read};
use super::slots::{Slot, Slots};

/// A number word, such as «عشرين».
#[derive(Debug, Clone, Copy)]
pub(super) struct NumberWord {
    pub(super) kind: Kind,
    pub(super) value: i32,
}

/// How a number word combines with the next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// 1 to 10, and to 19 where a language has one word for them.
    One,
    /// «عشر» after a unit: ten more.
    Teen,
    /// 20 to 90.
    Tens,
    /// 100 to 900.
    Hundred,
    /// 1,000, and more.
    Thousand,
    /// First to tenth.
    Ordinal,
    /// The same of a feminine noun, which no day of the month is: «للمرة الثانية هذا الشهر».
    Feminine,
    /// Twentieth to ninetieth.
    OrdinalTens,
    /// What makes an ordinal of digits: «th», «го».
    OrdinalMark,
    /// What makes a decade of digits: «s», «е».
    DecadeMark,
}

/// The kinds that a row can have.
pub(super) const KINDS: &str = "one, teen, tens, hundred, thousand, ordinal, feminine, ordinal-tens, ordinal-mark, decade-mark, and, beside, or article";

/// The kind of this name.
pub(super) fn kind(name: &str) -> Option<Kind> {
    Some(match name {
        "one" => Kind::One,
        "teen" => Kind::Teen,
        "tens" => Kind::Tens,
        "hundred" => Kind::Hundred,
        "thousand" => Kind::Thousand,
        "ordinal" => Kind::Ordinal,
        "feminine" => Kind::Feminine,
        "ordinal-tens" => Kind::OrdinalTens,
        "ordinal-mark" => Kind::OrdinalMark,
        "decade-mark" => Kind::DecadeMark,
        _ => return None,
    })
}

/// Where a number of `class` that starts at item `at` ends, and what it says.
pub(super) fn number(
    items: &Items,
    at: usize,
    read: Read,
    class: NumberClass,
    lexicon: &Lexicon,
) -> Option<(usize, Slots)> {
    let empty = Slots::default();
    let digits = |from: i64, to: i64, slot: Slot| {
        let start = skip_article(items, at, lexicon);
        let (value, length) = items.digits(start)?;
        (length <= 4 && from <= value && value <= to).then(|| (start + 1, empty.with(slot, value as i32)))
    };
    let whole = || {
        let start = skip_article(items, at, lexicon);
        let dotted = start >= 4 && items.is_fraction(start - 2);
        !items.continues(start) && (!items.is_fraction(start) || dotted)
    };
    match class {
        NumberClass::Day | NumberClass::HijriDay | NumberClass::Year if !whole() => None,
        NumberClass::Cardinal => cardinal(items, at, read, lexicon),
        NumberClass::Ordinal => {
            let feminine = || kind_at(items, at, read, lexicon, Kind::Feminine).map(|n| (at + 1, n));
            let marked = || Some((marked(items, at, lexicon, Kind::OrdinalMark)?, items.digits(at)?.0 as i32));
            let (end, n) = ordinal(items, at, read, lexicon).or_else(feminine).or_else(marked)?;
            Some((end, empty.with(Slot::N, n)))
        }
        NumberClass::Day | NumberClass::HijriDay => {
            let slot = if class == NumberClass::Day { Slot::Day } else { Slot::HijriDay };
            let marked = |(end, says)| (marked(items, at, lexicon, Kind::OrdinalMark).unwrap_or(end), says);
            digits(1, 31, slot).map(marked).or_else(|| {
                let (end, n) = ordinal(items, at, read, lexicon)?;
                (n <= 31).then(|| (end, empty.with(slot, n)))
            })
        }
        NumberClass::DayOrdinal => {
            let (end, n) = ordinal(items, at, read, lexicon)?;
            (11..=31).contains(&n).then(|| (end, empty.with(Slot::Day, n)))
        }
        NumberClass::MarkedDay => {
            let (_, says) = digits(1, 31, Slot::Day)?;
            Some((marked(items, at, lexicon, Kind::OrdinalMark)?, says))
        }
        NumberClass::Decade => decade(items, at, lexicon),
        NumberClass::ShortYear => short_year(items, at),
        NumberClass::YearWords => year_words(items, at, read, lexicon),
        NumberClass::Lower => {
            let is_year = items.digits(at).is_some_and(|(value, length)| length == 4 && (1500..2100).contains(&value));
            cardinal(items, at, read, lexicon).filter(|_| !is_year).map(|(end, _)| (end, empty))
        }
        NumberClass::DayDigits => digits(1, 31, Slot::Day),
        NumberClass::MonthDigits => digits(1, 12, Slot::Month),
        NumberClass::Year => digits(1500, 2100, Slot::Year).filter(|_| items.digits(at).is_some_and(|d| d.1 == 4)),
        NumberClass::HijriMonthDigits => digits(1, 12, Slot::Hijri),
        NumberClass::HijriYear => digits(1300, 1600, Slot::HijriYear),
        NumberClass::Hour => digits(0, 24, Slot::Hour),
        NumberClass::Minutes => {
            // «26:43.53» is how long a race took.
            let (value, length) = items.digits(at).filter(|_| !items.continues(at))?;
            (length == 2 && value < 60).then(|| (at + 1, empty.with(Slot::Minute, value as i32)))
        }
        NumberClass::AndMinutes => {
            let (next, read) = items.after_and(at, lexicon)?;
            let (end, n) = match items.digits(next) {
                Some((value, 1..=2)) => (next + 1, value as i32),
                _ => words(items, next, read, lexicon)?,
            };
            (n < 60).then(|| (end, empty.with(Slot::Minute, n)))
        }
        NumberClass::HourMinutes => {
            let (value, length) = items.digits(at)?;
            let (hour, minute) = (value / 100, value % 100);
            (length == 4 && hour <= 24 && minute < 60)
                .then(|| (at + 1, empty.with(Slot::Hour, hour as i32).with(Slot::Minute, minute as i32)))
        }
    }
}

/// Where the mark of this kind ends that touches the digits at `at`: «30th», «30-го».
fn marked(items: &Items, at: usize, lexicon: &Lexicon, kind: Kind) -> Option<usize> {
    items.digits(at)?;
    let hyphen = lexicon.beside.is_some_and(|b| items.word(at + 1, Read::Whole) == b) && items.touches(at);
    let mark = at + 1 + usize::from(hyphen);
    (items.touches(mark - 1) && kind_at(items, mark, Read::Whole, lexicon, kind).is_some()).then_some(mark + 1)
}

/// «1990s», «90-е»: two digits are of the last century, and from 00 to 20 of this one.
fn decade(items: &Items, at: usize, lexicon: &Lexicon) -> Option<(usize, Slots)> {
    let end = marked(items, at, lexicon, Kind::DecadeMark)?;
    let (value, length) = items.digits(at)?;
    let year = match length {
        4 if (1500..2100).contains(&value) => value,
        2 => value + if value > 20 { 1900 } else { 2000 },
        _ => return None,
    };
    (year % 10 == 0).then(|| (end, Slots::default().with(Slot::Decade, year as i32 / 10)))
}

/// «nineteen ninety-six», «two thousand».
fn year_words(items: &Items, at: usize, read: Read, lexicon: &Lexicon) -> Option<(usize, Slots)> {
    let century = kind_at(items, at, read, lexicon, Kind::One).filter(|n| (15..20).contains(n));
    let (end, year) = match century {
        Some(century) => {
            let (end, rest) = words(items, at + 1, Read::Whole, lexicon).filter(|(_, n)| (10..100).contains(n))?;
            (end, century * 100 + rest)
        }
        None => words(items, at, read, lexicon).filter(|(_, n)| (1500..2100).contains(n))?,
    };
    Some((end, Slots::default().with(Slot::Year, year)))
}

/// 53 in «1950-53».
fn short_year(items: &Items, at: usize) -> Option<(usize, Slots)> {
    let (first, length) = items.digits(at.checked_sub(2)?)?;
    let (last, digits) = items.digits(at)?;
    let is_range = length == 4 && digits == 2 && (1500..2100).contains(&first) && last > first % 100;
    let year = (first - first % 100 + last) as i32;
    (is_range && items.touches(at - 2) && items.touches(at - 1) && !items.continues(at))
        .then(|| (at + 1, Slots::default().with(Slot::Year, year)))
}

fn skip_article(items: &Items, at: usize, lexicon: &Lexicon) -> usize {
    let is_article = lexicon.article != NO_WORD && items.word(at, Read::Whole) == lexicon.article;
    at + usize::from(is_article && items.digits(at + 1).is_some())
}

fn cardinal(items: &Items, at: usize, read: Read, lexicon: &Lexicon) -> Option<(usize, Slots)> {
    let start = skip_article(items, at, lexicon);
    if items.digits(start).is_some() {
        return digits(items, start, lexicon);
    }
    // «أحد أيام العيد», «يوم واحد»: one is never said before what it counts.
    let (end, n) = words(items, at, read, lexicon).filter(|(_, n)| *n > 1)?;
    Some((end, Slots::default().with(Slot::N, n)))
}

/// «1,500», «2.5», «3 آلاف».
fn digits(items: &Items, at: usize, lexicon: &Lexicon) -> Option<(usize, Slots)> {
    if items.is_fraction(at) {
        return None;
    }
    let (mut value, _) = items.digits(at)?;
    let mut end = at + 1;
    let mut slots = Slots::default();
    while items.continues(end - 1) {
        let (more, length) = items.digits(end + 1)?;
        if length == 3 {
            value = value.checked_mul(1000)?.checked_add(more)?;
        } else {
            slots.set(Slot::Decimal, i32::try_from(more).ok()?);
        }
        end += 2;
        if length != 3 {
            break;
        }
    }
    if let Some(scale) = kind_at(items, end, Read::Whole, lexicon, Kind::Thousand) {
        value = value.checked_mul(i64::from(scale))?;
        end += 1;
    }
    slots.set(Slot::N, i32::try_from(value).ok()?);
    Some((end, slots))
}

/// The value of the word at `at` as a number word of this kind.
fn kind_at(items: &Items, at: usize, read: Read, lexicon: &Lexicon, kind: Kind) -> Option<i32> {
    let word = lexicon.word(items.word(at, read))?;
    word.numbers.iter().find(|n| n.kind == kind).map(|n| n.value)
}

/// «مئة وخمسة وعشرين»: hundreds, then the unit, then the tens, joined by «و».
fn words(items: &Items, at: usize, read: Read, lexicon: &Lexicon) -> Option<(usize, i32)> {
    let (mut end, mut rank, mut sum) = part(items, at, read, lexicon)?;
    loop {
        let joined = items.after_and(end, lexicon);
        let Some((next, read)) = joined.or_else(|| beside(items, end, lexicon)) else { break };
        let Some((stop, next_rank, value)) = part(items, next, read, lexicon) else { break };
        let unit_then_tens = rank == 1 && next_rank == 2 && lexicon.beside.is_none();
        let smaller = next_rank < rank && (rank > 2 || joined.is_none() && value < 10);
        if !(unit_then_tens || smaller) {
            break;
        }
        (end, sum, rank) = (stop, sum.checked_add(value)?, if unit_then_tens { 1 } else { next_rank });
        if unit_then_tens {
            break;
        }
    }
    if let Some(scale) = kind_at(items, end, Read::Whole, lexicon, Kind::Thousand)
        && sum < 1000
    {
        return Some((end + 1, sum.checked_mul(scale)?));
    }
    Some((end, sum))
}

/// What stands beside the number word before `at`: «twenty-five», «двадцать пять».
fn beside(items: &Items, at: usize, lexicon: &Lexicon) -> Option<(usize, Read)> {
    let mark = lexicon.beside?;
    Some((at + usize::from(items.word(at, Read::Whole) == mark), Read::Whole))
}

/// One part of a number, its rank (1 units, 2 tens, 3 hundreds, 4 thousands) and its value.
fn part(items: &Items, at: usize, read: Read, lexicon: &Lexicon) -> Option<(usize, u8, i32)> {
    let kind = |kind| kind_at(items, at, read, lexicon, kind);
    if let Some(unit) = kind(Kind::One) {
        if let Some(ten) = kind_at(items, at + 1, Read::Whole, lexicon, Kind::Teen).filter(|_| unit < 10) {
            return Some((at + 2, 2, unit + ten));
        }
        if let Some(hundred) = kind_at(items, at + 1, Read::Whole, lexicon, Kind::Hundred)
            .filter(|h| *h == 100 && (unit > 2 || lexicon.beside.is_some()))
        {
            return Some((at + 2, 3, unit * hundred));
        }
        return Some((at + 1, 1, unit));
    }
    kind(Kind::Tens)
        .map(|v| (at + 1, 2, v))
        .or_else(|| kind(Kind::Hundred).map(|v| (at + 1, 3, v)))
        .or_else(|| kind(Kind::Thousand).map(|v| (at + 1, 4, v)))
}

/// «الخامس», «الحادي عشر», «الخامس والعشرين».
fn ordinal(items: &Items, at: usize, read: Read, lexicon: &Lexicon) -> Option<(usize, i32)> {
    if let Some(tens) = kind_at(items, at, read, lexicon, Kind::OrdinalTens) {
        return Some((at + 1, tens));
    }
    if let Some(tens) = kind_at(items, at, read, lexicon, Kind::Tens)
        && let Some((next, _)) = beside(items, at + 1, lexicon)
        && let Some(unit) = kind_at(items, next, Read::Whole, lexicon, Kind::Ordinal)
    {
        return Some((next + 1, tens + unit));
    }
    let unit = kind_at(items, at, read, lexicon, Kind::Ordinal)?;
    if let Some(ten) = kind_at(items, at + 1, Read::Whole, lexicon, Kind::Teen) {
        return Some((at + 2, unit + ten));
    }
    if let Some((next, read)) = items.after_and(at + 1, lexicon)
        && let Some(tens) = kind_at(items, next, read, lexicon, Kind::OrdinalTens)
    {
        return Some((next + 1, unit + tens));
    }
    Some((at + 1, unit))
}
