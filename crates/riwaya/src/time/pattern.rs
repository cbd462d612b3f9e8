//! How is a row's pattern written, and what does it mean?
//!
//! A pattern is words and classes: `قبل {n} {unit}`. `|` separates alternatives, `?` marks an element that may be
//! missing, `<…>` is context that must stand before or after and is no part of the expression, `<!…>` context
//! that must not, several standing one after another; in context `ال-` is any word that starts so, `-ها` any that ends so. A meaning is one word of [`Meaning`], with slots that the row itself fills (`date offset=-2`), or
//! the `{name}` of a shape that other patterns use.

use super::slots::{Slot, Slots};
use crate::error::Error;
use crate::rows::Row;
use std::sync::Arc;

/// What the filled slots of a row mean together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Meaning {
    /// A day, week, month, year …, with part of the day or clock time where given.
    Date,
    /// The day that was named last: «ذلك التاريخ».
    Same,
    /// Counted back from publication: «قبل عامين».
    Ago,
    /// A span that lasts.
    Duration,
    /// A span of unknown length: «عدة أشهر».
    Vague,
    /// A frequency: «سنوياً».
    Every,
    /// Looks like a time and is none: «المصري اليوم».
    Nothing,
}

impl Meaning {
    const NAMES: [(&'static str, Meaning); 7] = [
        ("date", Meaning::Date),
        ("same", Meaning::Same),
        ("ago", Meaning::Ago),
        ("duration", Meaning::Duration),
        ("vague", Meaning::Vague),
        ("every", Meaning::Every),
        ("none", Meaning::Nothing),
    ];
}

/// Numbers that the engine reads itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum NumberClass {
    /// `{n}`: digits or words.
    Cardinal,
    /// `{ordinal}`: words.
    Ordinal,
    /// `{day}`: 1 to 31 in digits, or an ordinal.
    Day,
    /// `{dd}`: 1 to 31 in digits.
    DayDigits,
    /// `{mm}`: 1 to 12 in digits.
    MonthDigits,
    /// `{yyyy}`: a year in four digits.
    Year,
    /// `{hijri-day}`: as `{day}`.
    HijriDay,
    /// `{hijri-mm}`: 1 to 12 in digits.
    HijriMonthDigits,
    /// `{hijri-year}`: 1300 to 1600.
    HijriYear,
    /// `{hh}`: 0 to 24 in digits.
    Hour,
    /// `{minutes}`: 00 to 59 in two digits.
    Minutes,
    /// `{hhmm}`: «2030».
    HourMinutes,
    /// `{day-ordinal}`: eleventh to thirty-first in words.
    DayOrdinal,
    /// `{and-minutes}`: «وثماني عشرة», «و18».
    AndMinutes,
    /// `{dth}`: 1 to 31 in digits with the mark of an ordinal: «30th», «30-го».
    MarkedDay,
    /// `{decade-digits}`: «1990s», «90-е».
    Decade,
    /// `{yy}`: the end of a range of years whose century the first one tells: 53 in «1950-53».
    ShortYear,
    /// `{year-words}`: «nineteen ninety-six».
    YearWords,
    /// `{lower}`: the lower bound of a span, which says nothing: 12 in «12 to 18 months».
    Lower,
}

impl NumberClass {
    const NAMES: [(&'static str, NumberClass); 19] = [
        ("hijri-day", NumberClass::HijriDay),
        ("hijri-mm", NumberClass::HijriMonthDigits),
        ("n", NumberClass::Cardinal),
        ("ordinal", NumberClass::Ordinal),
        ("day", NumberClass::Day),
        ("dd", NumberClass::DayDigits),
        ("mm", NumberClass::MonthDigits),
        ("yyyy", NumberClass::Year),
        ("hijri-year", NumberClass::HijriYear),
        ("hh", NumberClass::Hour),
        ("minutes", NumberClass::Minutes),
        ("hhmm", NumberClass::HourMinutes),
        ("and-minutes", NumberClass::AndMinutes),
        ("day-ordinal", NumberClass::DayOrdinal),
        ("dth", NumberClass::MarkedDay),
        ("decade-digits", NumberClass::Decade),
        ("yy", NumberClass::ShortYear),
        ("lower", NumberClass::Lower),
        ("year-words", NumberClass::YearWords),
    ];

    /// Is it always one item, an article in front aside?
    pub(super) fn is_one_item(self) -> bool {
        use NumberClass::{DayDigits, HijriMonthDigits, HijriYear, Hour, HourMinutes, Minutes, MonthDigits, Year};
        matches!(self, DayDigits | MonthDigits | HijriMonthDigits | HijriYear | Year | Hour | Minutes | HourMinutes)
    }
}

/// What may stand at one place of a pattern.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Atom {
    /// A word, as its number.
    Word(u32),
    /// A class of `calendar.tsv`.
    Class(u16),
    /// A number.
    Number(NumberClass),
    /// A shape, as its number.
    Shape(u16),
    /// `{quoted}`, as the whole of a context: the expression stands in a quotation.
    Quoted,
    /// `ال-`, in context only: a word with this start, as its number.
    Begins(u16),
    /// `-ها`, in context only: a word with this end.
    EndsIn(u16),
}

/// One place of a pattern.
#[derive(Debug, Clone)]
pub(super) struct Element {
    pub(super) any: Box<[Atom]>,
    pub(super) optional: bool,
}

/// What must, or must not, stand beside the expression.
#[derive(Debug, Clone)]
pub(super) struct Context {
    pub(super) any: Box<[Atom]>,
    pub(super) wanted: bool,
}

/// A row of `time.tsv`.
#[derive(Debug, Clone)]
pub(super) struct Pattern {
    pub(super) before: Vec<Context>,
    pub(super) elements: Vec<Element>,
    pub(super) after: Vec<Context>,
    /// The shape that this is a way to write; none for an expression.
    pub(super) shape: Option<u16>,
    pub(super) meaning: Meaning,
    /// What the row itself says.
    pub(super) says: Slots,
    pub(super) rule: Arc<str>,
}

/// Looks names up while patterns are read.
pub(super) trait Names {
    /// The number of a word.
    fn word(&mut self, word: &str) -> u32;
    /// The number of the start or end of a word.
    fn affix(&mut self, affix: &str) -> u16;
    /// A class or shape of this name.
    fn class(&self, name: &str) -> Option<Atom>;
    /// The value of a slot, as a cell writes it.
    fn value(&mut self, slot: Slot, cell: &str) -> Option<i32>;
}

impl Pattern {
    /// Reads the columns `pattern` and `meaning` of a row.
    pub(super) fn parse(row: &Row, names: &mut impl Names) -> Result<Pattern, Error> {
        let (shape, meaning, says) = meaning(row, names)?;
        let mut pattern = Pattern {
            before: Vec::new(),
            elements: Vec::new(),
            after: Vec::new(),
            shape,
            meaning,
            says,
            rule: row.rule(),
        };
        for part in row.get("pattern").split_whitespace() {
            if let Some(inner) = part.strip_prefix('<').and_then(|p| p.strip_suffix('>')) {
                let (wanted, inner) = inner.strip_prefix('!').map_or((true, inner), |i| (false, i));
                let context = Context { any: atoms(row, inner, names)?, wanted };
                if pattern.elements.is_empty() { &mut pattern.before } else { &mut pattern.after }.push(context);
                continue;
            }
            if !pattern.after.is_empty() {
                return Err(row.error("pattern", "nothing but context after the context that follows"));
            }
            let (inner, optional) = part.strip_suffix('?').map_or((part, false), |p| (p, true));
            pattern.elements.push(Element { any: atoms(row, inner, names)?, optional });
        }
        if pattern.elements.iter().all(|e| e.optional) {
            return Err(row.error("pattern", "at least one element that must stand there"));
        }
        Ok(pattern)
    }
}

fn atoms(row: &Row, alternatives: &str, names: &mut impl Names) -> Result<Box<[Atom]>, Error> {
    let mut out = Vec::new();
    for word in alternatives.split('|').filter(|w| !w.is_empty()) {
        out.push(match word.strip_prefix('{').and_then(|w| w.strip_suffix('}')) {
            None => match (word.strip_suffix('-'), word.strip_prefix('-')) {
                (Some(start), _) if !start.is_empty() => Atom::Begins(names.affix(start)),
                (_, Some(end)) if !end.is_empty() => Atom::EndsIn(names.affix(end)),
                _ => Atom::Word(names.word(word)),
            },
            Some("quoted") => Atom::Quoted,
            Some(name) => match NumberClass::NAMES.iter().find(|(n, _)| *n == name) {
                Some((_, number)) => Atom::Number(*number),
                None => names.class(name).ok_or_else(|| row.error("pattern", &format!("no class \"{name}\"")))?,
            },
        });
    }
    if out.is_empty() {
        return Err(row.error("pattern", "a word or {class} at every place"));
    }
    Ok(out.into())
}

fn meaning(row: &Row, names: &mut impl Names) -> Result<(Option<u16>, Meaning, Slots), Error> {
    let mut words = row.get("meaning").split_whitespace();
    let head = words.next().unwrap_or_default();
    let (shape, meaning) = match head.strip_prefix('{').and_then(|w| w.strip_suffix('}')) {
        Some(name) => match names.class(name) {
            Some(Atom::Shape(shape)) => (Some(shape), Meaning::Date),
            _ => return Err(row.error("meaning", "the name of a shape that is no class")),
        },
        None => match Meaning::NAMES.iter().find(|(n, _)| *n == head) {
            Some((_, meaning)) => (None, *meaning),
            None => {
                let known = Meaning::NAMES.map(|(n, _)| n).join(", ");
                return Err(row.error("meaning", &format!("one of {known}, or a {{shape}}")));
            }
        },
    };
    Ok((shape, meaning, says(row, "meaning", words, names)?))
}

/// Reads `slot=value` words.
pub(super) fn says<'w>(
    row: &Row,
    column: &str,
    words: impl Iterator<Item = &'w str>,
    names: &mut impl Names,
) -> Result<Slots, Error> {
    let mut slots = Slots::default();
    for word in words {
        let (name, cell) = word.split_once('=').unwrap_or((word, ""));
        let slot = Slot::named(name).ok_or_else(|| row.error(column, &format!("no slot \"{name}\"")))?;
        let value = names.value(slot, cell);
        slots.set(slot, value.ok_or_else(|| row.error(column, &format!("a value that {name} can have")))?);
    }
    Ok(slots)
}
