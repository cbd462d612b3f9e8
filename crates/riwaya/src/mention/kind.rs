//! Is a state or a capital a place here, or does it act?

use super::cells::{Cells, Letters};
use super::find::Find;
use super::lexicon::{TitleKind, class};

/// What the words around a find say about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sign {
    /// «في واشنطن», «بموسكو», a dateline.
    Place,
    /// «مع روسيا», «بين موسكو وواشنطن».
    Party,
    /// «أكدت روسيا», «موسكو تريد».
    Actor,
    /// Nothing.
    None,
}

/// The sign at one find.
pub(super) fn sign(cells: &Cells<'_>, find: &Find) -> Sign {
    if cells.lexicon.capitals {
        return around(cells, find);
    }
    let (start, end) = (find.full.start, find.tokens.end);
    let before = start.wrapping_sub(1);
    let cell = cells.cell(find.tokens.start);
    let and = crate::clitic::is_and(cells.text.key(find.tokens.start));
    let preposition = cell.prefix > 0 && !and || cell.restored;
    // «زارت مصر»: a verb of going has a place behind it, and is asked first.
    let word = cells.text.key(before);
    let goes = cells.lexicon.goes_to(word) || cells.lexicon.goes_to(word.strip_prefix('و').unwrap_or(word));
    if !preposition && !goes && (verb_before(cells, before) || verb_after(cells, end)) {
        return Sign::Actor;
    }
    if find.full.start < find.tokens.start || cell.prefix > 0 && crate::clitic::is_in(cells.text.key(find.tokens.start))
    {
        return Sign::Place;
    }
    let opens_line = start == 0
        || !cells.cell(before).open
        || cells.text.line_at(cells.text.span(before).start()) != cells.text.line_at(cells.text.span(start).start());
    let dateline = cells.is_mark(end, &["-", "–", "/", "—", "(", ":", "،"])
        && (opens_line || cells.is_mark(before, &["-", "/", "،"]));
    if dateline && !and
        || cells.title_kind(before) == Some(TitleKind::Link)
        || cells.is(before, class::PLACE_HEAD)
        || goes
    {
        return Sign::Place;
    }
    if !preposition && cells.lexicon.sides(cells.text.key(before)) {
        return Sign::Party;
    }
    Sign::None
}

/// «أكدت روسيا», «التحرك الذي قامت به روسيا», «التحالف الذي تقوده روسيا», not «أنها سلمت مصر الطائرات» or «إيران اتهمت البحرين»,
/// whose subject stands before the verb.
fn verb_before(cells: &Cells<'_>, before: usize) -> bool {
    if crate::clitic::is_taken_up(cells.text.key(before)) && is_verb(cells, before.wrapping_sub(1)) {
        return true;
    }
    let subject = before.wrapping_sub(1);
    is_verb(cells, before)
        && !cells.is(before, class::HEAD)
        && (crate::clitic::is_feminine_past(cells.text.key(before)) || cells.is(before, class::COMMON))
        && cells.cell(subject).claimed == 0
        && !crate::clitic::has_feminine_subject(cells.text.key(subject))
}

fn verb_after(cells: &Cells<'_>, end: usize) -> bool {
    is_verb(cells, end)
}

/// Does the word have the shape of a verb by which a feminine subject acts?
fn is_verb(cells: &Cells<'_>, i: usize) -> bool {
    let key = cells.text.key(i);
    cells.is_word(i)
        && !cells.is(i, class::DEFINITE | class::TITLE | class::DEMONYM)
        && (crate::clitic::is_feminine_past(key)
            || crate::clitic::is_feminine_present(key)
            || cells.is(i, class::COMMON) && crate::clitic::is_feminine_with_object(key))
        && !cells.lexicon.is_idle(key)
}

/// The sign in a script with capitals, where the verb stands behind its subject as a rule: “Russia said”, “Germany, which has
/// agreed”, «заявила Россия»; “in Syria” is a place and “with Iran” a party.
fn around(cells: &Cells<'_>, find: &Find) -> Sign {
    let (start, end) = (find.full.start, find.tokens.end);
    let the = cells.is(start.wrapping_sub(1), class::FUNCTION)
        && cells.title_kind(start.wrapping_sub(1)) == Some(TitleKind::Link);
    let before = start.wrapping_sub(1 + usize::from(the));
    let lexicon = cells.lexicon;
    let word = cells.text.key(before);
    let verb =
        |i: usize| cells.is_word(i) && cells.cell(i).letters == Letters::Small && lexicon.acts(cells.text.key(i));
    let small = |i: usize| cells.cell(i).letters == Letters::Small;
    let relative = cells.is_mark(end, &[","]) && lexicon.takes_up(cells.text.key(end + 1)) && verb(end + 2);
    let going = (small(before) || cells.cell(before).opens) && lexicon.goes_to(word);
    let subject = lexicon.endings.is_empty() || is_nominative(cells, find);
    // “has repeatedly stressed”, «неоднократно заявляла»
    let adverb = cells.cell(end).letters == Letters::Small
        && !cells.is(end, class::FUNCTION)
        && verb(end + 1)
        && cells.is_word(end);
    // “China and Russia argue”
    let and = |i: usize| cells.is(i, class::LINK) && cells.is(i, class::FUNCTION);
    let joined = and(end) && cells.cell(end + 1).claimed > 0 && verb(end + 2) && cells.cell(end + 2).claimed == 0;
    // “urged Russia”, “called on Russia”
    let pair = [cells.text.key(before.wrapping_sub(1)), word].join(" ");
    if lexicon.addresses(word)
        || lexicon.addresses(&pair)
        || relative
        || subject
            && !going
            && (verb(end) || joined || adverb || verb(before) && lexicon.endings.is_feminine(cells.text.key(start)))
    {
        return Sign::Actor;
    }
    if going || find.full.start < find.tokens.start || is_dateline(cells, find) {
        return Sign::Place;
    }
    if lexicon.sides(word) || !lexicon.possessive.is_empty() && cells.text.key(end + 1) == &*lexicon.possessive {
        return Sign::Party;
    }
    Sign::None
}

/// Is the name written as its row has it?
fn is_nominative(cells: &Cells<'_>, find: &Find) -> bool {
    let start = find.tokens.start;
    let list = usize::from(cells.cell(start).word.phrases).checked_sub(1).and_then(|n| cells.lexicon.phrases.get(n));
    list.into_iter().flatten().any(|p| {
        Some(p.name) == find.known
            && *p.first == *cells.text.key(start)
            && p.rest.len() + 1 == find.tokens.len()
            && p.rest.iter().enumerate().all(|(n, (word, _))| **word == *cells.text.key(start + 1 + n))
    })
}

/// “MOSCOW, March 3 —”, «МОСКВА, 3 марта», “GENEVA (Reuters)” at the start of a line.
fn is_dateline(cells: &Cells<'_>, find: &Find) -> bool {
    let (start, end) = (find.tokens.start, find.tokens.end);
    let line = cells.text.line_at(cells.text.span(start).start());
    let first = cells.text.lines()[line].tokens.start == start;
    first && cells.is_mark(end, &["-", "–", "—", "(", ",", "."])
}
