//! Goes over a page and gathers what it names.

use super::cells::Cells;
use super::find::{Find, What, name_at};
use super::lexicon::{TitleKind, class};
use super::person::{Before, Role, name_end, role_at};
use super::tagger;
use rustc_hash::FxHashMap;
use std::ops::Range;

/// The rule of people whom no title but only their words show.
pub(super) const BY_WORDS: &str = "mention/name";

/// All finds of a page, in no order.
pub(super) fn finds(cells: &mut Cells<'_>) -> Vec<Find> {
    if cells.lexicon.capitals {
        return super::capital::finds(cells);
    }
    let model = cells.lexicon.model.clone();
    let mut finds = by_rules(cells, model.is_some());
    let sentences = sentences(cells);
    if let Some(model) = model {
        let new = tagger::tag(cells, &mut finds, &model);
        for n in new {
            let mut find = finds[n].clone();
            let line = cells.text.line_at(cells.text.span(find.tokens.start).start());
            title_before(cells, &finds, &mut find, cells.text.lines()[line].tokens.start);
            finds[n] = find;
        }
        remembered(cells, &mut finds, &sentences);
        again(cells, &mut finds, &sentences);
    }
    for range in &sentences {
        unnamed(cells, &mut finds, range.clone());
    }
    finds.retain(|f| !f.tokens.is_empty());
    finds
}

/// What lists and rules find. Where there is a model, people whom it has to confirm are soft, and their words free again.
pub(super) fn by_rules(cells: &mut Cells<'_>, soft: bool) -> Vec<Find> {
    let mut finds = Vec::new();
    let sentences = sentences(cells);
    for range in &sentences {
        names(cells, &mut finds, range.clone());
    }
    for range in &sentences {
        people(cells, &mut finds, range.clone());
    }
    if soft {
        tagger::soften(cells, &mut finds);
    }
    remembered(cells, &mut finds, &sentences);
    again(cells, &mut finds, &sentences);
    finds
}

pub(super) fn sentences(cells: &Cells<'_>) -> Vec<Range<usize>> {
    cells.text.sentences().iter().map(|s| s.tokens.clone()).collect()
}

pub(super) fn claim(cells: &mut Cells<'_>, finds: &mut Vec<Find>, find: Find) {
    for i in find.tokens.clone() {
        if let Some(cell) = cells.cells.get_mut(i) {
            cell.claimed = finds.len() as u32 + 1;
        }
    }
    finds.push(find);
}

fn names(cells: &mut Cells<'_>, finds: &mut Vec<Find>, range: Range<usize>) {
    const STARTS: u32 = class::PHRASE | class::HEAD | class::DEFINITE_HEAD | class::PLACE_HEAD | class::PLACE_WORD;
    let mut i = range.start;
    while i < range.end {
        let found = if cells.is(i, STARTS) && cells.is_free(i) { name_at(cells, i, range.end) } else { None };
        match found {
            Some(find) => {
                i = find.full.end.max(i + 1);
                claim(cells, finds, find);
            }
            None => i += 1,
        }
    }
}

fn people(cells: &mut Cells<'_>, finds: &mut Vec<Find>, range: Range<usize>) {
    let mut i = range.start;
    while i < range.end {
        if !cells.cell(i).open {
            i += 1;
            continue;
        }
        if cells.is(i, class::TITLE)
            && let Some(role) = role_at(cells, finds, i, range.end)
        {
            let next = titled(cells, finds, role, range.end);
            // «أديب الشيشكلي»: a title that people are called by, and nobody has it here.
            if next.is_some() || !cells.is(i, class::GIVEN) {
                i = next.unwrap_or(i + 1);
                continue;
            }
        }
        let before = if i > range.start && cells.is(i - 1, class::DEMONYM) && cells.is(i - 1, class::DEFINITE) {
            Before::Demonym
        } else {
            Before::Nothing
        };
        match name_end(cells, i, range.end, before) {
            Some(end) => {
                let start = if i > range.start && is_kunya(cells, i - 1) { i - 1 } else { i };
                claim(cells, finds, Find::new(start..end, What::Person, BY_WORDS.into()));
                with_apposition(cells, finds, range.end);
                i = end;
            }
            None if names_father(cells, i, range.end) => {
                claim(cells, finds, Find::new(i..i + 2, What::Person, BY_WORDS.into()));
                i += 2;
            }
            None => i += 1,
        }
    }
}

/// «أبو رواء»: called after a child, and by nothing else.
fn names_father(cells: &Cells<'_>, i: usize, limit: usize) -> bool {
    let next = i + 1;
    let name =
        cells.is(next, class::GIVEN | class::NAME) && !cells.is(next, class::COMMON) || cells.cell(next).is_unknown();
    crate::clitic::is_father(cells.stem(i))
        && next < limit
        && cells.is_free(i)
        && cells.is_free(next)
        && cells.cell(next).prefix == 0
        && name
        && !cells.is(next, class::DEFINITE)
        && !cells.is_inflected(next)
}

/// «أبو خليل القباني»: a free word that begins a name and is none alone.
fn is_kunya(cells: &Cells<'_>, i: usize) -> bool {
    cells.is_free(i) && cells.is(i, class::CONNECTOR) && !cells.cell(i).restored
}

/// A name after a title, with the title as its role: the token after it.
fn titled(cells: &mut Cells<'_>, finds: &mut Vec<Find>, role: Role, limit: usize) -> Option<usize> {
    let mut at = role.tokens.end;
    let mut before = Before::Title;
    if cells.is_mark(at, &["،", ",", "(", "«", "\"", "“", "”", ":", "-"]) {
        at += 1;
        before = Before::Comma;
    }
    while cells.title_kind(at) == Some(TitleKind::Honorific) && at < limit {
        at += 1;
    }
    let end = name_end(cells, at, limit, before)?;
    // «شهود اعتقدوا»: those whom no name is given have none of one unknown word.
    if matches!(role.kind, TitleKind::Unnamed) && end == at + 1 && cells.cell(at).is_unknown() {
        return None;
    }
    // «ألف حاج أدى», «فريق رينجرز»: such a title has the article, or the name more words.
    let title = role.tokens.start;
    let bare = !cells.is(title, class::DEFINITE) && cells.stem(title).chars().nth(1).is_some();
    if role.kind == TitleKind::Honorific && bare && end == at + 1 {
        return None;
    }
    let mut find = Find::new(at..end, What::Person, role.rule.clone());
    find.full.start = role.tokens.start;
    find.feminine = Some(role.feminine);
    if role.office {
        find.roles.push(role.tokens.clone());
    }
    claim(cells, finds, find);
    with_apposition(cells, finds, limit);
    Some(end)
}

/// «الجبير، وزير الخارجية السعودي، …»: a title between commas after a name is its role.
fn with_apposition(cells: &Cells<'_>, finds: &mut [Find], limit: usize) {
    let Some(last) = finds.last() else { return };
    let end = last.tokens.end;
    if !cells.is_mark(end, &["،", ","]) || end + 1 >= limit || cells.cell(end + 1).prefix > 0 {
        return;
    }
    let Some(role) = role_at(cells, finds, end + 1, limit) else { return };
    let after = role.tokens.end;
    let closed = after >= limit || !cells.is_word(after);
    if role.kind != TitleKind::Role
        || role.tokens.len() < 2
        || !closed
        || name_end(cells, after + 1, limit, Before::Comma).is_some()
    {
        return;
    }
    if let Some(last) = finds.last_mut() {
        last.roles.push(role.tokens.clone());
        last.full.end = role.tokens.end;
    }
}

/// A name accepted once is known everywhere on the page: family names alone, and given names of other languages.
fn remembered(cells: &mut Cells<'_>, finds: &mut Vec<Find>, sentences: &[Range<usize>]) {
    let mut short: FxHashMap<String, ()> = FxHashMap::default();
    let mut clans: Vec<String> = Vec::new();
    for find in finds.iter().filter(|f| f.what == What::Person && !f.soft && !f.tokens.is_empty()) {
        let last = find.tokens.end - 1;
        let word = cells.stem(last);
        // «عبد الله» is called neither «الله» nor, where «على» is written so, «علي».
        let servant = last > find.tokens.start && crate::clitic::is_servant(cells.text.key(last - 1));
        // «عبد العزيز آل الشيخ» is called «آل الشيخ» and not «الشيخ».
        if last > find.tokens.start && crate::clitic::is_written_clan(cells.text.word(last - 1)) {
            clans.push(word.to_owned());
            continue;
        }
        if !cells.is(last, class::FUNCTION | class::DEMONYM | class::ADJECTIVE)
            && !servant
            && !cells.lexicon.is_trap_key(word)
            && word.chars().count() > 2
        {
            short.insert(word.to_owned(), ());
        }
    }
    for range in sentences {
        for i in range.clone() {
            if !cells.is_free(i) || cells.is(i, class::FUNCTION) || cells.cell(i).hint > 0 {
                continue;
            }
            let cell = cells.cell(i);
            let key = cells.text.key(i);
            let clan = crate::clitic::is_written_clan(cells.text.word(i)) && i + 1 < range.end && cells.is_free(i + 1);
            if clan && clans.iter().any(|word| word == cells.stem(i + 1)) {
                let mut find = Find::new(i..i + 2, What::Person, "mention/known-on-page".into());
                title_before(cells, finds, &mut find, range.start);
                claim(cells, finds, find);
                continue;
            }
            let hit = if short.contains_key(cells.stem(i)) {
                Some(cell.prefix)
            } else if !cell.is(class::COMMON) {
                crate::clitic::nominal(key).find(|(_, stem)| short.contains_key(*stem)).map(|(n, _)| n)
            } else {
                None
            };
            let known = cell.is(class::KNOWN_PERSON)
                && !cell.is(class::COMMON | class::UNCERTAIN | class::GIVEN)
                && cells.lexicon.people.contains_key(cells.stem(i));
            let Some(prefix) = hit.or(known.then_some(cell.prefix)) else { continue };
            if cell.is(class::COMMON)
                && !cell.is(class::GIVEN | class::NAME | class::KNOWN_PERSON)
                && !cells.is(i.wrapping_sub(1), class::TITLE)
                && !stands_alone(cells, i)
            {
                continue;
            }
            cells.cells[i].prefix = prefix;
            let father = i > range.start && prefix == 0 && cells.is_free(i - 1) && cells.is(i - 1, class::CONNECTOR);
            let given = i > range.start && prefix == 0 && is_given_here(cells, i - 1);
            let start = if father || given { i - 1 } else { i };
            let mut find = Find::new(start..i + 1, What::Person, "mention/known-on-page".into());
            title_before(cells, finds, &mut find, range.start);
            claim(cells, finds, find);
        }
    }
}

/// «زارتان كولفير» where «كولفير» is known: a word that no list knows and that has no shape of a verb or adjective.
pub(super) fn is_given_here(cells: &Cells<'_>, i: usize) -> bool {
    let key = cells.text.key(i);
    let cell = cells.cell(i);
    cells.is_free(i)
        && cell.is_unknown()
        && !cell.is(class::DEFINITE)
        && !cells.is_inflected(i)
        && !crate::clitic::looks_like_verb(key)
        && !crate::clitic::is_and(key)
        && !crate::clitic::is_feminine_past(key)
}

/// «بلدة خربوشة … خربوشة»: a place or body of one word that no list knows is known everywhere on the page.
fn again(cells: &mut Cells<'_>, finds: &mut Vec<Find>, sentences: &[Range<usize>]) {
    let mut known: FxHashMap<String, What> = FxHashMap::default();
    for find in finds.iter().filter(|f| matches!(f.what, What::Place | What::Organisation) && f.known.is_none()) {
        if find.tokens.len() == 1 && !cells.is(find.tokens.start, class::COMMON | class::FUNCTION) {
            known.insert(cells.stem(find.tokens.start).to_owned(), find.what);
        }
    }
    for i in sentences.iter().flat_map(Clone::clone) {
        if known.is_empty() || !cells.is_free(i) || cells.is(i, class::COMMON | class::FUNCTION) {
            continue;
        }
        let whole = known.get(cells.stem(i)).map(|what| (cells.cell(i).prefix, *what));
        let rest = || crate::clitic::nominal(cells.text.key(i)).find_map(|(n, stem)| Some((n, *known.get(stem)?)));
        let Some((prefix, what)) = whole.or_else(rest) else { continue };
        cells.cells[i].prefix = prefix;
        claim(cells, finds, Find::new(i..i + 1, what, "mention/known-on-page".into()));
    }
}

/// An ordinary word that is a family name on this page: «مشعل» is one where no article or adjective follows.
fn stands_alone(cells: &Cells<'_>, i: usize) -> bool {
    !cells.is(i + 1, class::DEFINITE) && cells.cell(i).prefix == 0
}

/// «الرئيس السوري الأسد»: the title that runs up to a remembered name.
pub(super) fn title_before(cells: &Cells<'_>, finds: &[Find], find: &mut Find, start: usize) {
    let at = find.tokens.start;
    for j in (start.max(at.saturating_sub(8))..at).rev() {
        if !cells.is_free(j) && cells.cell(j).claimed == 0 {
            return;
        }
        if let Some(role) = role_at(cells, finds, j, at)
            && role.tokens.end == at
        {
            find.full.start = j;
            if role.office {
                find.roles = vec![role.tokens];
            }
            find.feminine = Some(role.feminine);
            if !cells.is(j.wrapping_sub(1), class::TITLE) {
                return;
            }
        }
    }
}

/// «مسؤول أمريكي رفيع», «مصادر مطلعة في البيت الأبيض», «وزراء خارجية دول مجلس التعاون».
fn unnamed(cells: &mut Cells<'_>, finds: &mut Vec<Find>, range: Range<usize>) {
    let mut i = range.start;
    while i < range.end {
        let kind = cells.title_kind(i);
        if !cells.is_free(i) || !matches!(kind, Some(TitleKind::Unnamed | TitleKind::Group)) {
            i += 1;
            continue;
        }
        let Some(role) = role_at(cells, finds, i, range.end) else {
            i += 1;
            continue;
        };
        let definite = cells.is(i, class::DEFINITE);
        let what = if kind == Some(TitleKind::Group) { What::Group } else { What::Unnamed };
        let end = role.tokens.end;
        // «الرئيسان الفرنسي، إيمانويل ماكرون، …»: those whom the title is of are named.
        let names_follow = cells.is_mark(end, &["،", ","]) && is_person(cells, finds, end + 1);
        if !names_follow && (!definite || role.tokens.len() > 1) {
            let mut find = Find::new(role.tokens.clone(), what, role.rule.clone());
            find.roles.push(role.tokens.clone());
            find.feminine = Some(role.feminine);
            find.plural = role.plural;
            // Mentions do not overlap: what is named inside ends the words that stand for the group.
            let named = role.tokens.clone().find(|t| cells.cell(*t).claimed > 0);
            find.tokens.end = named.unwrap_or(end);
            while find.tokens.len() > 1 && cells.title_kind(find.tokens.end - 1) == Some(TitleKind::Link) {
                find.tokens.end -= 1;
            }
            claim(cells, finds, find);
        }
        i = end.max(i + 1);
    }
}

fn is_person(cells: &Cells<'_>, finds: &[Find], i: usize) -> bool {
    let find = (cells.cell(i).claimed as usize).checked_sub(1).and_then(|n| finds.get(n));
    find.is_some_and(|f| f.what == What::Person)
}
