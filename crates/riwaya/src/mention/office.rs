//! Which words with capitals or without say what somebody is?
//!
//! “Russian Energy Minister”, “spokeswoman for the State Department”, «официальный представитель МИД РФ»,
//! «министр иностранных дел Северной Кореи».

use super::body::glued;
use super::cells::{Cells, Letters};
use super::find::{Find, What};
use super::lexicon::{TitleKind, class};
use std::ops::Range;
use std::sync::Arc;

/// A title with what it is of.
#[derive(Debug, Clone)]
pub(super) struct Office {
    pub tokens: Range<usize>,
    pub kind: TitleKind,
    pub feminine: Option<bool>,
    pub rule: Arc<str>,
}

/// The longest office, in tokens.
const LONGEST: usize = 16;
/// Words of small letters that may follow “of”: “head of the parliamentary trade committee”.
const SMALL: usize = 4;

/// The office whose title is token `i`.
pub(super) fn office_at(cells: &Cells<'_>, finds: &[Find], i: usize, limit: usize) -> Option<Office> {
    let title = cells.lexicon.title(cells.cell(i).word.title)?;
    if !matches!(title.kind, TitleKind::Role | TitleKind::Honorific | TitleKind::Unnamed) {
        return None;
    }
    let mut end = i + 1;
    let mut small = 0;
    if title.kind == TitleKind::Role {
        while end < limit && end < i + LONGEST {
            match step(cells, finds, end, &mut small) {
                Some(next) => end = next,
                None => break,
            }
        }
    }
    while end > i + 1
        && (cells.title_kind(end - 1) == Some(TitleKind::Link)
            || cells.is(end - 1, class::LINK)
            || !cells.is_word(end - 1) && cells.cell(end - 1).claimed == 0 && !cells.is_mark(end - 1, &[")"]))
    {
        end -= 1;
    }
    let gender = (!title.common).then_some(title.feminine);
    Some(Office { tokens: i..end, kind: title.kind, feminine: gender, rule: title.rule.clone() })
}

/// The token after what at `j` still belongs to the office.
fn step(cells: &Cells<'_>, finds: &[Find], j: usize, small: &mut usize) -> Option<usize> {
    const PARTS: u32 = class::SUBJECT | class::DEMONYM | class::ROLE_ADJECTIVE;
    let cell = cells.cell(j);
    if let Some(find) = (cell.claimed as usize).checked_sub(1).and_then(|n| finds.get(n)) {
        *small = 0;
        let alias = cells.is_mark(find.full.end, &["("]) && cells.is_mark(find.full.end + 2, &[")"]);
        return (find.what != What::Person).then_some(find.full.end.max(j + 1) + if alias { 3 } else { 0 });
    }
    if cells.is_mark(j, &["-"]) && glued(cells, j) && glued(cells, j + 1) && cells.is(j + 1, class::TITLE | PARTS) {
        return Some(j + 2);
    }
    if !cell.open || !cells.is_word(j) {
        return None;
    }
    match cells.title_kind(j) {
        Some(TitleKind::Link) => {
            *small = SMALL;
            return Some(j + 1);
        }
        Some(TitleKind::Role | TitleKind::Group) => return Some(j + 1),
        _ => {}
    }
    if cell.is(class::LINK) && (!cell.is(class::FUNCTION) || cells.is(j + 1, PARTS)) {
        *small = SMALL;
        return Some(j + 1);
    }
    if cell.is(PARTS) && !cell.is(class::GIVEN) {
        return Some(j + 1);
    }
    if cell.letters != Letters::Small || cell.is(class::FUNCTION) {
        return None;
    }
    let key = cells.text.key(j);
    if cells.lexicon.ends_adjective(key) || cells.lexicon.ends_noun(key) {
        return Some(j + 1);
    }
    *small = small.checked_sub(1)?;
    Some(j + 1)
}

/// Gives the last find, a person, the office that ends right in front of it: “former US Secretary of State John Kerry”.
pub(super) fn office_before(cells: &Cells<'_>, finds: &mut [Find], start: usize) {
    let Some((find, others)) = finds.split_last_mut() else { return };
    let mut at = find.full.start;
    let mut role = !find.roles.is_empty();
    while at > start {
        let Some(next) = before(cells, others, at, start) else { break };
        role |= cells.title_kind(next) == Some(TitleKind::Role);
        at = next;
    }
    if at == find.full.start || !role {
        return;
    }
    let end = find.roles.first().map_or(find.tokens.start, |r| r.end);
    find.full.start = at;
    find.roles = std::iter::once(at..end).collect();
}

/// Where what stands in front of token `at` begins, if it belongs to an office there.
fn before(cells: &Cells<'_>, finds: &[Find], at: usize, start: usize) -> Option<usize> {
    const PARTS: u32 = class::SUBJECT | class::DEMONYM | class::ROLE_ADJECTIVE;
    let mut j = at.checked_sub(1).filter(|j| *j >= start)?;
    let lexicon = cells.lexicon;
    if !lexicon.possessive.is_empty()
        && cells.text.key(j) == &*lexicon.possessive
        && j >= start + 2
        && cells.is_mark(j - 1, &["'", "’"])
    {
        j -= 2;
    }
    if let Some(find) = (cells.cell(j).claimed as usize).checked_sub(1).and_then(|n| finds.get(n)) {
        return (find.what != What::Person && lexicon.endings.is_empty() && find.full.end == j + 1)
            .then_some(find.full.start);
    }
    if j + 1 != at {
        return None;
    }
    let cell = cells.cell(j);
    let title = matches!(cells.title_kind(j), Some(TitleKind::Role | TitleKind::Honorific));
    if cell.open && (cell.is(PARTS) || title) {
        return Some(j);
    }
    let side = cell.is(class::ADJECTIVE) && cells.is(at, class::DEMONYM);
    let hyphen = cells.is_mark(j, &["-"])
        && glued(cells, j)
        && glued(cells, at)
        && j > start
        && cells.is(j - 1, PARTS | class::TITLE);
    if hyphen { Some(j - 1) } else { side.then_some(j) }
}

/// “Dieter Kempf, head of the Federation of German Industries, said”: an office between commas behind the last find.
pub(super) fn apposition(cells: &Cells<'_>, finds: &mut [Find], limit: usize) {
    let Some((find, others)) = finds.split_last_mut() else { return };
    let mut at = find.tokens.end;
    if !cells.is_mark(at, &[",", "("]) {
        return;
    }
    at += 1;
    let first = at;
    while at < limit && at < first + 6 && !is_office(cells, at) {
        let cell = cells.cell(at);
        let passes = cells.title_kind(at) == Some(TitleKind::Link)
            || cell.is(class::DEMONYM | class::SUBJECT | class::ROLE_ADJECTIVE | class::ADJECTIVE)
            || cell.claimed > 0
            || cells.is_mark(at, &["'", "’"])
            || cells.text.key(at) == &*cells.lexicon.possessive;
        if !passes {
            return;
        }
        at += 1;
    }
    let Some(office) = office_at(cells, others, at, limit).filter(|o| o.kind == TitleKind::Role && at < limit) else {
        return;
    };
    let start = (first..office.tokens.start)
        .find(|i| cells.title_kind(*i) != Some(TitleKind::Link))
        .unwrap_or(office.tokens.start);
    let after = office.tokens.end;
    // «…, министр Александр Новак»: somebody else's.
    if cells.cell(after).letters != Letters::Small && cells.is_free(after) || leads_name(cells, after, limit) {
        return;
    }
    if office.feminine.is_some() {
        find.feminine = find.feminine.or(office.feminine);
    }
    find.full.end = after;
    find.roles.push(start..after);
}

/// «По словам Холма, глава *ведомства Ларс Берг* обещал …»: small words behind an office lead to a name that no comma closes.
fn leads_name(cells: &Cells<'_>, after: usize, limit: usize) -> bool {
    let small = |i: &usize| {
        let cell = cells.cell(*i);
        cells.is_word(*i) && cell.letters == Letters::Small && !cell.is(class::FUNCTION)
    };
    let capital = |i: &usize| cells.is_word(*i) && cells.cell(*i).letters != Letters::Small;
    let name = after + (after..limit.min(after + 3)).take_while(small).count();
    let end = name + (name..limit).take_while(capital).count();
    end > name + 1 && end < limit && small(&end)
}

fn is_office(cells: &Cells<'_>, i: usize) -> bool {
    cells.is_free(i) && cells.title_kind(i) == Some(TitleKind::Role)
}
