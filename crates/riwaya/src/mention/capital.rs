//! Whom and what do capitals name?
//!
//! A script with capitals shows where names stand, and not what they are: rows and words for bodies and places tell
//! first (`body`), then titles and given names tell people, then the page itself: whoever was named in full is named
//! again by a part. A capital that opens a sentence tells nothing alone.

use super::EntityKind;
use super::body::{body_at, glued, known_at, place_at};
use super::cells::{Cell, Cells, Letters};
use super::find::{Find, What, known_find};
use super::lexicon::{TitleKind, class};
use super::listed::listed_at;
use super::office::{Office, apposition, office_at, office_before};
use super::rest::{NOT_NAMES, again, rest};
use super::scan::{BY_WORDS, claim, sentences};
use super::tagger;
use rustc_hash::FxHashSet;
use std::ops::Range;
use std::sync::Arc;

/// The rule of names that the page has elsewhere.
pub(super) const ON_PAGE: &str = "mention/known-on-page";
pub(super) const BY_LIST: &str = "mention/listed";
const WORDS: usize = 5;

/// All finds of a page, in no order.
pub(super) fn finds(cells: &mut Cells<'_>) -> Vec<Find> {
    let mut finds = by_rules(cells);
    if let Some(model) = cells.lexicon.model.clone() {
        let new = tagger::settle(cells, &mut finds, &model);
        let sentences = sentences(cells);
        short_forms(cells, &mut finds, &new, &sentences);
    }
    finds
}

/// What lists and rules find.
pub(super) fn by_rules(cells: &mut Cells<'_>) -> Vec<Find> {
    let mut finds = Vec::new();
    let sentences = sentences(cells);
    let surnames = surnames(cells, &sentences);
    for range in &sentences {
        bodies(cells, &mut finds, range.clone(), &surnames);
    }
    for range in &sentences {
        people(cells, &mut finds, range.clone());
    }
    let all: Vec<usize> = (0..finds.len()).collect();
    short_forms(cells, &mut finds, &all, &sentences);
    again(cells, &mut finds, &sentences);
    for range in &sentences {
        rest(cells, &mut finds, range.clone());
    }
    again(cells, &mut finds, &sentences);
    finds
}

/// Known names of bodies and places, and those with a word for one.
fn bodies(cells: &mut Cells<'_>, finds: &mut Vec<Find>, range: Range<usize>, surnames: &FxHashSet<String>) {
    const SMALL: u32 = class::HEAD | class::PHRASE | class::DEMONYM | class::SUBJECT | class::NAMED_PLACE;
    let mut i = range.start;
    while i < range.end {
        let cell = cells.cell(i);
        if !cells.is_free(i)
            || cell.letters.small() && !cell.is(SMALL)
            || cell.is(class::FUNCTION) && !cell.is(class::PHRASE)
        {
            i += 1;
            continue;
        }
        // “The National Weather Service” is not “The National”.
        let known = known_at(cells, i, range.end).filter(|(end, _)| {
            !cell.is(class::FUNCTION) || cells.cell(*end).letters.small() || cells.is(*end, class::FUNCTION)
        });
        let body = body_at(cells, i, range.end).or_else(|| place_at(cells, i, range.end));
        let listed =
            listed_at(cells, i, range.end).filter(|hit| hit.sure && known.is_none_or(|(end, _)| hit.end > end));
        let row_end = listed.map(|hit| hit.end).or(known.map(|(end, _)| end));
        let find = match (row_end, body) {
            (Some(end), Some(body)) if body.full.end > end => body,
            (Some(end), _) => {
                let person = |name: u32| cells.lexicon.known[name as usize].kind == EntityKind::Person;
                let of_person = end == i + 1 && (is_part_of_person(cells, i) || is_surname(cells, i, surnames));
                if of_person || listed.is_none() && known.is_some_and(|(_, name)| person(name)) {
                    i = end;
                    continue;
                }
                match (listed, known) {
                    (Some(hit), _) => Find::new(i..end, hit.what, BY_LIST.into()),
                    (None, Some((_, name))) => known_find(cells, i..end, name),
                    (None, None) => return,
                }
            }
            (None, Some(body)) => body,
            (None, None) => {
                i += 1;
                continue;
            }
        };
        let end = find.full.end;
        claim(cells, finds, find);
        i = end.max(i + 1);
        abbreviation(cells, finds, end, range.end);
    }
}

/// “Paris Hilton”, “Denzel Washington”: a place's name inside a person's.
fn is_part_of_person(cells: &Cells<'_>, i: usize) -> bool {
    let given = |j: usize| cells.is(j, class::GIVEN) && cells.cell(j).letters == Letters::Capital && cells.is_free(j);
    let before = i.wrapping_sub(1);
    let name = cells.cell(i + 1).letters == Letters::Capital && cells.is(i + 1, class::NAME | class::GIVEN);
    let unknown = |j: usize| {
        cells.cell(j).letters == Letters::Capital
            && cells.is_free(j)
            && !cells.is(j, NOT_NAMES | class::COMMON | class::PHRASE | class::PLACE_HEAD | class::ADJECTIVE)
            && cells.text.key(j).chars().nth(1).is_some()
    };
    // “Chad Brenner”: a given name that is a place's too, and a word that is nothing else.
    let other = cells.lexicon.endings.is_empty() && unknown(i + 1) && listed_at(cells, i + 1, i + 2).is_none();
    (given(before) || unknown(before)) && known_at(cells, before, i).is_none()
        || given(i) && (name || other) && !cells.is(i + 1, class::PHRASE)
}

/// The last words of people who are named in full anywhere on the page, with a given name first.
fn surnames(cells: &Cells<'_>, sentences: &[Range<usize>]) -> FxHashSet<String> {
    let mut out = FxHashSet::default();
    for range in sentences {
        let mut i = range.start;
        while i < range.end {
            let given = cells.is(i, class::GIVEN) && begins(cells, i);
            let whole = |end: usize| {
                known_at(cells, i, range.end).is_none_or(|(e, _)| e < end)
                    && listed_at(cells, i, range.end).is_none_or(|hit| hit.end < end)
                    && body_at(cells, i, range.end).is_none()
                    && place_at(cells, i, range.end).is_none()
            };
            match if given { person_at(cells, i, range.end, false) } else { None } {
                Some((end, _)) if end > i + 1 && whole(end) => {
                    out.insert(cells.text.key(end - 1).to_owned());
                    i = end;
                }
                _ => i += 1,
            }
        }
    }
    out
}

/// “Lena West … West said”: the word of a place that somebody of this page is called by, where no word of place stands before it.
fn is_surname(cells: &Cells<'_>, i: usize, surnames: &FxHashSet<String>) -> bool {
    let before = i.wrapping_sub(1);
    surnames.contains(cells.text.key(i))
        && cells.lexicon.endings.is_empty()
        && !cells.lexicon.goes_to(cells.text.key(before))
        && !(cells.is(before, class::FUNCTION) && cells.title_kind(before) == Some(TitleKind::Link))
        && !(cells.is_mark(i + 1, &[","]) && known_at(cells, i + 2, i + 5).is_some())
}

/// “Federation of German Industries (BDI)”: capitals in brackets behind a body are its name too.
fn abbreviation(cells: &mut Cells<'_>, finds: &mut Vec<Find>, at: usize, limit: usize) {
    let Some(of) = finds.last().filter(|f| f.what == What::Organisation).map(|f| f.tokens.clone()) else { return };
    let short = at + 1;
    if short + 1 < limit
        && cells.is_mark(at, &["("])
        && cells.is_mark(short + 1, &[")", ",", ";"])
        && cells.cell(short).letters == Letters::Capitals
        && cells.is_free(short)
    {
        let mut find = Find::new(short..short + 1, What::Organisation, "mention/abbreviation".into());
        find.alias = Some(of);
        claim(cells, finds, find);
    }
}

fn people(cells: &mut Cells<'_>, finds: &mut Vec<Find>, range: Range<usize>) {
    let mut i = range.start;
    while i < range.end {
        if cells.is_free(i)
            && cells.is(i, class::TITLE)
            && let Some(office) = office_at(cells, finds, i, range.end)
            && let Some(end) = titled(cells, finds, office, range.start, range.end)
        {
            i = end;
            continue;
        }
        let named = if begins(cells, i) { person_at(cells, i, range.end, false) } else { None };
        let Some((end, known)) = named else {
            i += 1;
            continue;
        };
        claim(cells, finds, person(cells, i..end, known, BY_WORDS.into()));
        office_before(cells, finds, range.start);
        apposition(cells, finds, range.end);
        i = end;
    }
}

/// «Ли Ён Хо»: a word with a capital inside a sentence is no particle, where only names have capitals.
fn is_syllable(cells: &Cells<'_>, i: usize) -> bool {
    let cell = cells.cell(i);
    !cells.lexicon.endings.is_empty() && cell.letters == Letters::Capital && !cell.opens
}

/// A word with a capital that may begin a person's name.
fn begins(cells: &Cells<'_>, i: usize) -> bool {
    cells.is_free(i) && !cells.cell(i).letters.small() && (!cells.is(i, class::FUNCTION) || is_syllable(cells, i))
        || cells.is_free(i)
            && cells.is(i, class::CONNECTOR)
            && cells.cell(i + 2).letters == Letters::Capital
            && cells.is_mark(i + 1, &["-"])
}

/// A name behind a title, with or without a comma: “Kremlin spokesman Dmitry Peskov”, “the spokesman, Dmitry Peskov, …”.
fn titled(cells: &mut Cells<'_>, finds: &mut Vec<Find>, office: Office, start: usize, limit: usize) -> Option<usize> {
    let mut at = office.tokens.end;
    let comma = cells.is_mark(at, &[",", "—", "–", ":"]);
    at += usize::from(comma || cells.is_mark(at, &["."]) && glued(cells, at));
    // «г-н», «г-жа»
    if office.kind == TitleKind::Honorific
        && cells.is_mark(at, &["-"])
        && glued(cells, at)
        && glued(cells, at + 1)
        && cells.cell(at + 1).letters.small()
    {
        at += 2;
    }
    while cells.title_kind(at) == Some(TitleKind::Honorific) && at < limit {
        at += 1 + usize::from(cells.is_mark(at + 1, &["."]));
    }
    if !begins(cells, at) {
        return None;
    }
    let at = past_place(cells, at, limit, comma);
    let (end, known) = person_at(cells, at, limit, !comma)?;
    // «представитель Роскосмоса»: a name in another case than its title is what the title is of.
    let key = cells.text.key(at);
    let other = office.kind == TitleKind::Role
        && office.feminine != Some(true)
        && cells.lexicon.is_title_base(cells.text.key(office.tokens.start))
        && cells.lexicon.ends_noun(key)
        && !cells.lexicon.endings.is_masculine(key);
    if end == at + 1 && known.is_none() && (comma || other && !cells.is(at, class::NAME | class::GIVEN)) {
        return None;
    }
    let mut find = person(cells, at..end, known, office.rule.clone());
    find.feminine = find.feminine.or(office.feminine);
    find.full.start = office.tokens.start;
    if office.kind == TitleKind::Role {
        let end = if comma { office.tokens.end } else { at };
        find.roles.push(office.tokens.start..end);
    }
    claim(cells, finds, find);
    office_before(cells, finds, start);
    apposition(cells, finds, limit);
    Some(end)
}

/// «губернатор Приморья Сергей Дарькин»: where names have cases, words in front of a given name are what the office is of.
fn past_place(cells: &Cells<'_>, at: usize, limit: usize, comma: bool) -> usize {
    if comma || cells.lexicon.endings.is_empty() || cells.is(at, class::GIVEN) {
        return at;
    }
    let end = words_end(cells, at, limit);
    let given = (at + 1..end).find(|i| cells.is(*i, class::GIVEN) && i + 1 < end && cells.is_word(i + 1));
    given.filter(|i| cells.is_word(i - 1) && !cells.is(i - 1, class::CONNECTOR)).unwrap_or(at)
}

fn person(cells: &Cells<'_>, tokens: Range<usize>, known: Option<u32>, rule: Arc<str>) -> Find {
    let given = tokens.clone().find(|i| cells.is(*i, class::GIVEN)).map(|i| cells.cell(i));
    let mut find = Find::new(tokens, What::Person, rule);
    find.known = known;
    find.feminine = given.map(|c: Cell| c.is(class::WOMAN));
    find
}

/// The end of the name that begins at token `j`, and its row.
fn person_at(cells: &Cells<'_>, j: usize, limit: usize, titled: bool) -> Option<(usize, Option<u32>)> {
    const OTHER: u32 = class::HEAD | class::THING | class::DEMONYM | class::FUNCTION;
    if cells.is(j, OTHER) && !cells.is(j, class::GIVEN | class::NAME) && !is_syllable(cells, j)
        || j > 0 && cells.is(j - 1, class::THING) && cells.cell(j).opens == cells.cell(j - 1).opens && !titled
    {
        return None;
    }
    let row = known_at(cells, j, limit);
    let person = row.filter(|(_, n)| cells.lexicon.known[*n as usize].kind == EntityKind::Person);
    let end = words_end(cells, j, limit);
    if let Some((last, name)) = person
        && (last >= end || last > j + 1)
    {
        // «Тамим бен Хамад *Аль Тани*»
        let more = end > last && cells.is(last, class::CONNECTOR);
        return Some((if more { end } else { last }, Some(name)));
    }
    let own = |i: &usize| cells.is_word(*i) && !(cells.is(*i, class::CONNECTOR) && cells.cell(*i).letters.small());
    let (mut count, mut sure, mut ordinary) = (0, 0, 0);
    for i in (j..end).filter(own) {
        let cell = cells.cell(i);
        let name = cell.is(class::GIVEN | class::NAME) && !cell.is(class::DEMONYM);
        // «Сан-Диего» is one word, «аль-Муалем» is one too.
        let whole = i == j || !cells.is_mark(i - 1, &["-", "‑"]) || cells.is(i.saturating_sub(2), class::CONNECTOR);
        count += usize::from(whole);
        sure += usize::from(name);
        ordinary += usize::from(cell.is(class::COMMON | class::SUBJECT | class::DEMONYM) && !name);
    }
    let first = cells.cell(j);
    let initial = cells.text.key(j).chars().nth(1).is_none() && cells.is_mark(j + 1, &["."]) && end > j + 2;
    let plain = first.opens && first.is(class::COMMON | class::TITLE | class::DEMONYM) && !first.is(class::GIVEN);
    let loud = (j..end).all(|i| cells.cell(i).opens);
    let foreign = (j..end).any(|i| cells.cell(i).foreign || is_abbreviation(cells, i))
        && !(j..end).all(|i| is_abbreviation(cells, i));
    let fine = if titled {
        // “Mr Angry President” is nobody.
        (count > ordinary || count == 1 && !first.opens && !cells.is(end, class::TITLE)) && !(foreign && count == 1)
    } else if count < 2 || plain || foreign || cells.is(end, class::THING) || count > WORDS {
        person.is_some() && !plain
    } else {
        let given = first.is(class::GIVEN) || initial;
        // “in Selly Oak”
        let place = j > 0 && is_where(cells, j - 1);
        given && (ordinary < count - 1 || !loud)
            || !place && ordinary == 0 && (sure > 0 || count <= 3 && !loud && row.is_none())
    };
    fine.then_some((end, person.map(|(_, name)| name).filter(|_| count < 2)))
}

/// “AEK Larnaca” is nobody, “JD Vance” is.
pub(super) fn is_abbreviation(cells: &Cells<'_>, i: usize) -> bool {
    cells.cell(i).letters == Letters::Capitals && cells.text.key(i).chars().nth(2).is_some()
}

/// How far the words that begin at token `j` go on as one name.
pub(super) fn words_end(cells: &Cells<'_>, j: usize, limit: usize) -> usize {
    // A line of capitals has names of capitals.
    let shouted = cells.cell(j).letters == Letters::Capitals;
    let mut end = j;
    while end < limit && end < j + 12 && cells.is_free(end) && !(end > j && stops(cells, end, j)) {
        let letters = cells.cell(end).letters;
        let short = cells.text.key(end).chars().nth(2).is_none();
        if letters == Letters::Capital || letters == Letters::Capitals && (shouted || short) {
            end = over_marks(cells, end + 1, j, limit);
            continue;
        }
        match joined(cells, end, j) {
            Some(next) => end = next,
            None => break,
        }
    }
    let loose = |i: usize| {
        !cells.is_word(i) && !cells.is_mark(i, &["."]) || cells.is(i, class::CONNECTOR) && cells.cell(i).letters.small()
    };
    while end > j + 1 && loose(end - 1) {
        end -= 1;
    }
    end.max(j + 1)
}

/// «Валид аль-Муалем», “Charles de Gaulle”, “Moon Jae-in”: the token after the words in small letters at `end`.
fn joined(cells: &Cells<'_>, end: usize, start: usize) -> Option<usize> {
    let mut next = end;
    while cells.is(next, class::CONNECTOR) && cells.is_free(next) && cells.cell(next).letters.small() {
        next += 1 + usize::from(cells.is_mark(next + 1, &["-", "'", "’"]) && glued(cells, next + 1));
    }
    if next > end && cells.is_free(next) && !cells.cell(next).letters.small() {
        return Some(next);
    }
    let tail = end > start + 2
        && glued(cells, end)
        && cells.is_mark(end - 1, &["-"])
        && cells.text.key(end).chars().nth(4).is_none()
        && !cells.is(end, class::ROLE_ADJECTIVE);
    tail.then_some(end + 1)
}

/// Behind a word of a name: “J. D. Vance”, “Al-Moualem”, “O'Brien”.
fn over_marks(cells: &Cells<'_>, end: usize, start: usize, limit: usize) -> usize {
    let short = cells.text.key(end - 1).chars().count();
    let capital = |i: usize| i < limit && cells.is_free(i) && !cells.cell(i).letters.small();
    if short <= 2 && cells.is_mark(end, &["."]) && glued(cells, end) && capital(end + 1) {
        return end + 1;
    }
    // “the Kim-Trump summit”
    let two = cells.is_mark(end, &["-"]) && alone(cells, end + 1);
    if !two && cells.is_mark(end, &["-", "'", "’", "‑"]) && glued(cells, end) && glued(cells, end + 1) {
        let small = end > start + 1
            && cells.is_mark(end, &["-"])
            && cells.is_word(end + 1)
            && cells.text.key(end + 1).chars().count() < 5
            && !cells.is(end + 1, class::COMMON);
        let two_of_korea = end > start + 1 && cells.is_mark(end, &["-"]) && cells.is(end + 1, class::FUNCTION);
        if capital(end + 1) && (cells.is_mark(end, &["-", "‑"]) || short < 3) || small || two_of_korea {
            return end + 1;
        }
    }
    end
}

/// A word with a capital that begins something else.
fn stops(cells: &Cells<'_>, i: usize, start: usize) -> bool {
    let cell = cells.cell(i);
    let given = cells.is(i - 1, class::GIVEN);
    let name = cell.is(class::GIVEN | class::NAME) && (given || !cell.is(class::DEMONYM));
    cell.is(class::FUNCTION) && !cell.letters.small() && !is_syllable(cells, i)
        || cell.is(class::TITLE | class::DEMONYM | class::HEAD | class::THING) && !name
        || !cells.lexicon.endings.is_empty() && !name && is_elsewhere(cells, i)
        || i == start + 1 && are_two(cells, start, i)
}

/// «Центризбирком Казахстана»: is token `i` a place or body that a row has?
fn is_elsewhere(cells: &Cells<'_>, i: usize) -> bool {
    known_at(cells, i, i + 1).is_some_and(|(_, n)| cells.lexicon.known[n as usize].kind != EntityKind::Person)
}

/// “Trump Kim”, «Трамп Киму»: two who are known by one word each.
fn are_two(cells: &Cells<'_>, a: usize, b: usize) -> bool {
    alone(cells, a) && alone(cells, b) && known_at(cells, a, b + 1).is_none_or(|(end, _)| end == a + 1)
}

/// Is somebody known by token `i` alone?
fn alone(cells: &Cells<'_>, i: usize) -> bool {
    known_at(cells, i, i + 1).is_some_and(|(_, n)| cells.lexicon.known[n as usize].kind == EntityKind::Person)
}

/// “Putin” after “Vladimir Putin”; “Kim” after “Kim Jong Un”, where no word of the name is a given name. Short forms are those
/// of the finds with the numbers `of`.
fn short_forms(cells: &mut Cells<'_>, finds: &mut Vec<Find>, of: &[usize], sentences: &[Range<usize>]) {
    let mut short: Vec<String> = Vec::new();
    for find in of.iter().filter_map(|n| finds.get(*n)).filter(|f| f.what == What::Person) {
        let words: Vec<usize> = find.tokens.clone().filter(|i| cells.is_word(*i)).collect();
        let foreign = words.iter().all(|i| !cells.is(*i, class::GIVEN));
        let last = tail_start(cells, find);
        // “Berners” is no form of “Berners-Lee”.
        let first = words.first().copied().filter(|i| foreign && !cells.is_mark(i + 1, &["-", "‑"]));
        for i in last.into_iter().chain(first) {
            let key = cells.text.key(i).to_owned();
            let name = !cells.is(i, class::FUNCTION | class::DEMONYM | class::THING | class::HEAD);
            if key.chars().nth(1).is_some() && !short.contains(&key) && name {
                short.push(key);
            }
        }
    }
    for i in sentences.iter().flat_map(Clone::clone) {
        if !begins(cells, i) || cells.cell(i).letters.small() && !cells.is(i, class::CONNECTOR) {
            continue;
        }
        let end = words_end(cells, i, i + 3).min(i + 3);
        // “Al-Moualem”, “Berners-Lee”
        let hyphen = end > i + 2 && cells.is_mark(i + 1, &["-", "‑"]);
        let at = if hyphen && is_short(cells, &short, i + 2) { i + 2 } else { i };
        // “West said” opens a sentence where “Lena West” is known.
        let acts = cells.lexicon.endings.is_empty() && cells.lexicon.acts(cells.text.key(at + 1));
        let common =
            cells.is(at, class::COMMON) && cells.cell(at).opens && !cells.is(at, class::NAME | class::GIVEN) && !acts;
        if !common && is_short(cells, &short, at) {
            claim(cells, finds, Find::new(i..at + 1, What::Person, ON_PAGE.into()));
        }
    }
}

fn is_short(cells: &Cells<'_>, short: &[String], i: usize) -> bool {
    short.iter().any(|s| cells.lexicon.same_word(s, cells.text.key(i)))
}

/// The word that a person is called by alone: the last one that has a capital.
fn tail_start(cells: &Cells<'_>, find: &Find) -> Option<usize> {
    find.tokens.clone().rev().find(|i| cells.is_word(*i) && !cells.cell(*i).letters.small())
}

/// “in”, and not “to”, which stands before people as well.
pub(super) fn is_where(cells: &Cells<'_>, i: usize) -> bool {
    cells.is(i, class::FUNCTION)
        && cells.lexicon.goes_to(cells.text.key(i))
        && cells.title_kind(i) != Some(TitleKind::Link)
}
