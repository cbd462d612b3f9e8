//! What is left with a capital, when bodies, places and people are found?
//!
//! Abbreviations are bodies, what stands behind a word of place is one, who acts and has a name of people is one, and a word that
//! no list has as an ordinary one is a name of something.

use super::body::known_at;
use super::capital::{BY_LIST, ON_PAGE, is_where, words_end};
use super::cells::{Cells, Letters};
use super::find::{Find, What};
use super::lexicon::{TitleKind, class};
use super::listed::{Hit, listed_at};
use super::scan::{BY_WORDS, claim};
use std::ops::Range;

const BY_PLACE: &str = "mention/place-word-before";
const BY_CAPITALS: &str = "mention/capitals";

/// Words with capitals that nothing else has told: abbreviations are bodies, what stands behind a word of place is one.
pub(super) fn rest(cells: &mut Cells<'_>, finds: &mut Vec<Find>, range: Range<usize>) {
    let mut i = range.start;
    while i < range.end {
        let cell = cells.cell(i);
        let other =
            cell.is(NOT_NAMES) && !cell.is(class::GIVEN | class::NAME) || cell.is(class::FUNCTION | class::DEMONYM);
        if !cells.is_free(i) || cell.letters.small() || other {
            i += 1;
            continue;
        }
        if let Some(hit) = late_listed(cells, i, range.clone()) {
            claim(cells, finds, Find::new(i..hit.end, hit.what, BY_LIST.into()));
            i = hit.end;
            continue;
        }
        let end = if cell.foreign { foreign_end(cells, i, range.end) } else { words_end(cells, i, range.end) };
        let what = kind_of_rest(cells, i, end, range.start);
        if let Some((what, rule)) = what {
            claim(cells, finds, Find::new(i..end, what, rule.into()));
        }
        i = end;
    }
}

/// A listed name that is an ordinary word or a name of people too: “in Reading”, “Preston, Lancashire”.
fn late_listed(cells: &Cells<'_>, i: usize, range: Range<usize>) -> Option<Hit> {
    let hit = listed_at(cells, i, range.end)?;
    let placed = i > range.start && is_where(cells, i - 1)
        || cells.is_mark(hit.end, &[","])
            && cells.cell(hit.end + 1).claimed > 0
            && !cells.cell(hit.end + 1).letters.small();
    let acts = cells.is(i, class::NAME) && cells.lexicon.acts(cells.text.key(hit.end));
    (hit.sure || placed || !acts && !cells.is(i, class::COMMON | class::GIVEN)).then_some(hit)
}

pub(super) const NOT_NAMES: u32 =
    class::FUNCTION | class::DEMONYM | class::TITLE | class::SUBJECT | class::THING | class::HEAD;

fn kind_of_rest(cells: &Cells<'_>, i: usize, end: usize, start: usize) -> Option<(What, &'static str)> {
    let cell = cells.cell(i);
    let length = cells.text.key(i).chars().count();
    let before = i.wrapping_sub(1);
    let thing = cells.is(end, class::THING | class::DEMONYM) || i > start && cells.is(before, class::THING);
    if thing || length < 2 {
        return None;
    }
    if cell.letters == Letters::Capitals
        && end == i + 1
        && (2..=6).contains(&length)
        && !cell.is(class::COMMON)
        && !is_numeral(cells.text.word(i))
    {
        let loud = cells.cell(before).letters == Letters::Capitals || cells.cell(end).letters == Letters::Capitals;
        return (!loud).then_some((What::Organisation, BY_CAPITALS));
    }
    // «Иван Кольцов (Ivan Koltsov)»
    let spelt = cells.is_mark(before, &["("]) && cells.cell(before.wrapping_sub(1)).claimed > 0;
    if cell.foreign && length > 2 && !spelt && !is_numeral(cells.text.word(i)) {
        return Some((What::Organisation, BY_CAPITALS));
    }
    // «в Уголовный кодекс»
    let adjective = end == i + 1 && cells.lexicon.ends_adjective(cells.text.key(i));
    if adjective && cells.is_word(end) && cells.cell(end).letters.small() && !cells.is(end, class::FUNCTION) {
        return None;
    }
    let ordinary = (i..end).all(|j| cells.is(j, class::COMMON));
    if i > start && is_where(cells, before) && !ordinary && !cell.opens && !cell.is(class::GIVEN) {
        return Some((What::Place, BY_PLACE));
    }
    if end == i + 1 && cell.is(class::GIVEN) && !cell.opens && !cell.is(class::COMMON) {
        return Some((What::Person, BY_WORDS));
    }
    let acts = cells.lexicon.acts(cells.text.key(end)) && cells.cell(end).letters.small();
    if !ordinary
        && acts
        && cell.is(class::GIVEN | class::NAME)
        && (!cell.opens || !cell.is(class::COMMON) && end == i + 1)
    {
        return Some((What::Person, BY_WORDS));
    }
    strange(cells, i, end, start).map(|what| (what, BY_CAPITALS))
}

/// Where words have no cases, a word with a capital inside a sentence that no list has as an ordinary one is a name: of a place
/// where a place stands by it, of a person where people are called so, of a body else.
fn strange(cells: &Cells<'_>, i: usize, end: usize, start: usize) -> Option<What> {
    const OTHER: u32 = class::COMMON | class::SUBJECT | class::TITLE | class::ROLE_ADJECTIVE | class::ADJECTIVE;
    let cell = cells.cell(i);
    let lexicon = cells.lexicon;
    let odd = |j: usize| {
        let key = cells.text.key(j);
        // “Remainers”, “MPs” are many; “Dragons” may be one body.
        let singular = key.strip_suffix('s').filter(|_| !cells.is(j, class::NAME));
        let many = singular.is_some_and(|s| lexicon.word(s).is_none_or(|w| w.classes & class::COMMON == 0));
        !cells.is(j, OTHER)
            && !many
            && key.chars().nth(2).is_some()
            && !["ian", "ans", "ese", "ish", "ist", "ists", "ism"].iter().any(|e| key.ends_with(e))
            && key.chars().all(char::is_alphabetic)
    };
    let words = (i..end).all(|j| odd(j) || !cells.is_word(j));
    if !lexicon.endings.is_empty() || cell.opens || cell.foreign || is_numeral(cells.text.word(i)) || !words {
        return None;
    }
    // “A Norland AM” is somebody, and no body.
    let spelt = cells.is_word(end) && cells.is(end, class::FUNCTION) && !cells.cell(end).letters.small();
    // Of those that a page has once, half are brands, titles and nicknames.
    let same = |j: &usize| cells.text.key(*j) == cells.text.key(i) && !cells.cell(*j).letters.small();
    let once = (0..cells.text.len()).filter(same).nth(1).is_none();
    if spelt || once || cell.letters == Letters::Capitals && end == i + 1 {
        return None;
    }
    let before = i.wrapping_sub(1);
    let place = |j: usize| cells.cell(j).claimed > 0 && !cells.cell(j).letters.small();
    let the = i > start && cells.is(before, class::FUNCTION) && cells.title_kind(before) == Some(TitleKind::Link);
    if cells.is_mark(end, &[","]) && known_at(cells, end + 1, end + 4).is_some() || place(end) && !the {
        return None;
    }
    if the || !cell.is(class::NAME) { Some(What::Organisation) } else { Some(What::Person) }
}

/// The end of words in letters of another language: «Corriere della Sera».
fn foreign_end(cells: &Cells<'_>, i: usize, limit: usize) -> usize {
    let mut end = i + 1;
    while end < limit && cells.is_free(end) && cells.cell(end).foreign
        || cells.is_mark(end, &["'", "’", "-", "&"]) && end + 1 < limit && cells.cell(end + 1).foreign
    {
        end += 1;
    }
    end
}

fn is_numeral(word: &str) -> bool {
    word.chars().all(|c| matches!(c, 'I' | 'V' | 'X' | 'L' | 'C' | 'Х'))
}

/// A body or place that no row has and that was named once is known everywhere on the page, an abbreviation with its name.
pub(super) fn again(cells: &mut Cells<'_>, finds: &mut Vec<Find>, sentences: &[Range<usize>]) {
    let named = |f: &&Find| matches!(f.what, What::Place | What::Organisation) && f.known.is_none();
    let one: Vec<(String, What, Option<Range<usize>>)> = finds
        .iter()
        .filter(named)
        .filter(|f| f.tokens.len() == 1)
        .map(|f| (cells.text.key(f.tokens.start).to_owned(), f.what, f.alias.clone()))
        .collect();
    for i in sentences.iter().flat_map(Clone::clone) {
        let cell = cells.cell(i);
        if cell.is(class::DEMONYM | class::FUNCTION)
            || one.is_empty()
            || !cells.is_free(i)
            || cell.letters.small()
            || cell.opens && cell.is(class::COMMON)
        {
            continue;
        }
        let Some((_, what, alias)) = one.iter().find(|(key, ..)| cells.lexicon.same_word(key, cells.text.key(i)))
        else {
            continue;
        };
        let mut find = Find::new(i..i + 1, *what, ON_PAGE.into());
        find.alias.clone_from(alias);
        claim(cells, finds, find);
    }
}
