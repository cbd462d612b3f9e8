//! Which words with capitals name a body or a place by a word for such a thing?
//!
//! “Consumer Energy Alliance”, “Federation of German Industries”, “the Syrian regime”, «администрация Трампа»,
//! «министерство обороны России», «партия „Рассвет“», “the Korean peninsula”.

use super::cells::{Cells, Letters};
use super::find::{Find, What};
use super::known::{Phrase, Shape, When};
use super::lexicon::{Needs, TitleKind, class};
use std::ops::Range;

/// So many words may stand before the word for a body.
const BEFORE: usize = 6;
/// And so many behind it.
const BEHIND: usize = 12;

/// The longest row that starts at token `i`: its end and the row; none where the words name nothing.
pub(super) fn known_at(cells: &Cells<'_>, i: usize, limit: usize) -> Option<(usize, u32)> {
    let at = usize::from(cells.cell(i).word.phrases).checked_sub(1)?;
    let fitting = cells.lexicon.phrases.get(at)?.iter().filter_map(|p| Some((phrase_end(cells, p, i, limit)?, p)));
    // A state or a capital before another place of that name.
    let acts = |p: &Phrase| cells.lexicon.known[p.name as usize].government.is_some();
    let (end, phrase) = fitting.max_by_key(|(end, p)| (*end, p.when == When::Never, acts(p)))?;
    (phrase.when != When::Never).then_some((end, phrase.name))
}

fn phrase_end(cells: &Cells<'_>, phrase: &Phrase, i: usize, limit: usize) -> Option<usize> {
    let end = i + 1 + phrase.rest.len();
    let letters = cells.cell(i).letters;
    let written = match phrase.shape {
        Shape::Any | Shape::Small => true,
        // “eastern Europe”
        Shape::Capital => {
            !letters.small()
                || cells.is(i, class::ADJECTIVE) && !phrase.rest.is_empty() && !cells.cell(i + 1).letters.small()
        }
        // «МИДа»
        Shape::Acronym => letters == Letters::Capitals || letters == Letters::Capital && is_cased(cells, i),
    };
    let headed = |j: usize| cells.is(j, class::PLACE_HEAD | class::HEAD);
    let allowed = match phrase.when {
        When::Headed | When::Place => {
            headed(i.wrapping_sub(1)) || cells.lexicon.goes_to(cells.text.key(i.wrapping_sub(1)))
        }
        When::Quoted => cells.opens_quote(i.wrapping_sub(1)),
        _ => true,
    };
    let same = |(n, (word, _)): (usize, &(Box<str>, u16))| {
        let key = cells.text.key(i + 1 + n);
        **word == *key || cells.lexicon.endings.is_form(word, key)
    };
    (written && allowed && end <= limit && cells.cell(end - 1).open && phrase.rest.iter().enumerate().all(same))
        .then_some(end)
}

/// «МИДа»: capitals with a small ending.
fn is_cased(cells: &Cells<'_>, i: usize) -> bool {
    cells.text.word(i).chars().nth(1).is_some_and(char::is_uppercase)
}

/// A body whose name begins at token `i`.
pub(super) fn body_at(cells: &Cells<'_>, i: usize, limit: usize) -> Option<Find> {
    let head = last_head(cells, i, limit)?;
    let row = cells.lexicon.heads.get(usize::from(cells.cell(head).word.head).checked_sub(1)?)?;
    let complement =
        if cells.is(head, class::DEFINITE_HEAD) { complement(cells, head, limit) } else { head + 1..head + 1 };
    let nation = |j: usize| cells.is(j, class::DEMONYM) || known_at(cells, j, limit).is_some();
    let capital = |j: usize| !cells.cell(j).letters.small() && !cells.is(j, class::FUNCTION);
    let front = i..head;
    let named = front.clone().any(|j| capital(j) && (!cells.cell(j).opens || nation(j)))
        || complement.clone().any(capital)
        || cells.cell(head).letters != Letters::Small && !front.is_empty();
    let of_state = front.clone().any(nation) || complement.clone().any(nation);
    let told = !complement.is_empty() || front.clone().any(|j| cells.is(j, class::SUBJECT));
    // Where words have no cases, a body that no state stands by is written with a capital: “a board for industry”.
    let loud = !cells.cell(head).letters.small() || !cells.lexicon.endings.is_empty();
    let fine = match row.needs {
        Needs::Any => {
            (loud || front.clone().any(capital))
                && (told || named && !front.is_empty())
                && (named || complement.len() > 1)
                || of_state
        }
        Needs::Nation => of_state || named && front.clone().any(capital) && !cells.cell(head).letters.small(),
        Needs::Name => loud && named && (front.clone().any(capital) || complement.clone().any(capital)),
        Needs::Alone => of_state || named || !cells.cell(head).letters.small() && !cells.cell(head).opens,
        // «движение „Рассвет“» and «Центр культуры», not «центр разрушенного города».
        Needs::Long => told && (!cells.cell(head).letters.small() || cells.opens_quote(head + 1)),
        Needs::Adjective | Needs::Body => named && told,
    };
    // «корабль „Союз“»
    let thing = cells.opens_quote(i.wrapping_sub(1)) && cells.is(i.wrapping_sub(2), class::THING);
    if !fine || thing {
        return None;
    }
    let mut tokens = i..complement.end.max(head + 1);
    let full = tokens.clone();
    // «компания Nordwind»: the name is what stands behind the ordinary noun.
    let own = |j: usize| cells.cell(j).foreign || !cells.lexicon.ends_noun(cells.text.key(j));
    let noun = row.needs == Needs::Name && i == head && cells.cell(head).letters.small();
    if noun && !complement.is_empty() && own(head + 1) {
        tokens.start = head + 1;
    }
    // «партия „Рассвет“» is named by the words between the marks.
    if let Some(quote) = cells.text.quote_of(head + 1).filter(|_| cells.opens_quote(head + 1)) {
        let inside = cells.text.quotes()[quote].inside();
        if inside.end < tokens.end && !inside.is_empty() {
            tokens = inside;
        }
    }
    let mut find = Find::new(tokens, What::Organisation, row.rule.clone());
    find.full = full;
    Some(find)
}

/// The last word for a body in the words that begin at token `i` and may be one name.
fn last_head(cells: &Cells<'_>, i: usize, limit: usize) -> Option<usize> {
    let mut last = None;
    let mut j = i;
    while j < limit && j <= i + BEFORE && cells.is_free(j) {
        let opens = cells.is(j, class::DEFINITE_HEAD) && (!cells.is(j, class::TAIL) || cells.is(j + 1, class::LINK));
        // “Energy Minister”
        let office = cells.is(j, class::SUBJECT) && cells.is(j + 1, class::TITLE);
        if cells.is(j, class::HEAD) && !office && (j > i || opens || needs_nothing(cells, j)) {
            last = Some(j);
            // “Ministry of …”, «министерство …»: what follows is its complement.
            if opens {
                break;
            }
        } else if !in_front(cells, j) {
            break;
        }
        j += 1;
        if glued(cells, j) && cells.is_mark(j, &["-", "&"]) {
            j += 1;
        }
    }
    last
}

fn needs_nothing(cells: &Cells<'_>, j: usize) -> bool {
    let row = usize::from(cells.cell(j).word.head).checked_sub(1).and_then(|n| cells.lexicon.heads.get(n));
    !cells.cell(j).letters.small() && row.is_some_and(|r| r.needs == Needs::Alone)
}

/// May token `j` stand in a name in front of the word for a body?
fn in_front(cells: &Cells<'_>, j: usize) -> bool {
    let cell = cells.cell(j);
    let office = cell.is(class::TITLE) && !cell.is(class::SUBJECT | class::GIVEN | class::NAME);
    if cell.is(class::FUNCTION | class::THING) || office {
        return false;
    }
    let opens = cell.opens && cell.is(class::COMMON) && !cell.is(class::DEMONYM | class::SUBJECT | class::PHRASE);
    let adjective = cells.lexicon.ends_adjective(cells.text.key(j));
    let capital = !cell.letters.small() && !opens && (adjective || cells.lexicon.endings.is_empty());
    // «Европейского экономического суда»: small letters behind a capital.
    let small = adjective && cells.is_word(j.wrapping_sub(1)) && !cells.cell(j.wrapping_sub(1)).letters.small();
    capital || cell.is(class::DEMONYM | class::SUBJECT) || small
}

/// What stands behind the word for a body and belongs to its name.
fn complement(cells: &Cells<'_>, head: usize, limit: usize) -> Range<usize> {
    let first = head + 1;
    if cells.opens_quote(first) {
        let quote = cells.text.quote_of(first).map(|q| cells.text.quotes()[q]);
        let fits = quote
            .filter(|q| q.close.is_some() && q.inside().len() <= 6 && !cells.cell(q.inside().start).letters.small());
        return fits.map_or(first..first, |q| first..q.tokens().end);
    }
    let mut end = first;
    let mut noun = false;
    while end < limit && end < first + BEHIND {
        match member(cells, end, first, noun, limit) {
            Some((next, is_noun)) => {
                noun = is_noun;
                end = next;
            }
            None => break,
        }
    }
    while end > first && cells.is(end - 1, class::LINK | class::FUNCTION) {
        end -= 1;
    }
    first..end
}

/// The token after the part of a complement at `j`, and whether that part was a noun of small letters.
fn member(cells: &Cells<'_>, j: usize, first: usize, noun: bool, limit: usize) -> Option<(usize, bool)> {
    let cell = cells.cell(j);
    let key = cells.text.key(j);
    let inflects = !cells.lexicon.endings.is_empty();
    if !cells.is_free(j) {
        return None;
    }
    let next_fits = |k: usize| {
        k < limit
            && cells.is_free(k)
            && (!cells.cell(k).letters.small()
                || cells.is(k, class::SUBJECT)
                || inflects && !cells.is(k, class::FUNCTION))
    };
    let is_and = cell.is(class::LINK) && cell.is(class::FUNCTION);
    if cell.is(class::LINK) && !is_and {
        // “of the”
        let next =
            j + 1 + usize::from(cells.title_kind(j + 1) == Some(TitleKind::Link) && cells.is(j + 1, class::FUNCTION));
        return (next_fits(next) && (j == first || !inflects || noun)).then_some((next.max(j + 1), false));
    }
    if cell.is(class::SUBJECT) && (inflects || j > first) {
        // «по делам молодёжи»
        return Some((j + 1, !cells.is(j - 1, class::LINK)));
    }
    if let Some((end, name)) = known_at(cells, j, limit).filter(|_| !cell.letters.small()) {
        let person = cells.lexicon.known[name as usize].kind == super::EntityKind::Person;
        let of_one = inflects && (!person || cells.lexicon.ends_noun(key));
        return (of_one || !inflects && j > first).then_some((end, true));
    }
    // «и», “and”: goes on where what it joins has the same part to play.
    if is_and
        && cells.is(j + 1, class::SUBJECT | class::COMMON)
        && j > first
        && cells.cell(j.wrapping_sub(1)).letters == cells.cell(j + 1).letters
    {
        return Some((j + 2, true));
    }
    if cell.is(class::FUNCTION | class::TITLE) {
        return None;
    }
    if !cell.letters.small() {
        // Latin letters of a page in others: «компания Nordwind»
        return (if cell.foreign {
            true
        } else if inflects {
            cells.lexicon.ends_noun(key) || cells.lexicon.ends_adjective(key) || cell.letters == Letters::Capitals
        } else {
            j > first && !cell.is(class::GIVEN)
        })
        .then_some((j + 1, !cells.lexicon.ends_adjective(key)));
    }
    if !inflects || noun {
        return None;
    }
    if cells.lexicon.ends_adjective(key) {
        return Some((j + 1, false));
    }
    // «полиция допросила Холма»
    (cells.lexicon.ends_noun(key) && !cells.lexicon.acts(key)).then_some((j + 1, true))
}

/// A place by the word for one: “the Korean peninsula”, “Lake Victoria”, «Московская область».
pub(super) fn place_at(cells: &Cells<'_>, i: usize, limit: usize) -> Option<Find> {
    if cells.is(i, class::NAMED_PLACE) {
        return headed_place(cells, i, limit);
    }
    let mut j = i;
    let mut name = false;
    while j < limit && j <= i + 3 && cells.is_free(j) {
        let cell = cells.cell(j);
        if j > i && cell.is(class::PLACE_ADJECTIVE) && !cell.is(class::HEAD) {
            let land = cell.is(class::BUILT) || !cell.letters.small();
            let fits = name || land && (i..j).all(|k| !cells.cell(k).letters.small());
            return fits.then(|| Find::new(i..j + 1, What::Place, "mention/place-tail".into()));
        }
        if cell.letters == Letters::Small
            || cell.is(class::FUNCTION | class::TITLE)
            || cell.opens && cell.is(class::COMMON)
        {
            return None;
        }
        name |= !cell.is(class::DEMONYM);
        j += 1;
    }
    None
}

/// “Lake Victoria”, «город Зареченск», “city of Northbridge”.
fn headed_place(cells: &Cells<'_>, i: usize, limit: usize) -> Option<Find> {
    let link = cells.is(i + 1, class::LINK) && cells.title_kind(i + 1) == Some(TitleKind::Link);
    let start = i + 1 + usize::from(link);
    let mut end = start;
    while end < limit
        && end < start + 3
        && cells.is_free(end)
        && cells.cell(end).letters != Letters::Small
        && !cells.is(end, class::FUNCTION | class::TITLE)
    {
        end += 1;
        if cells.is_mark(end, &["-"])
            && glued(cells, end)
            && glued(cells, end + 1)
            && !cells.cell(end + 1).letters.small()
        {
            end += 1;
        }
    }
    if end == start || known_at(cells, start, limit).is_some() {
        return None;
    }
    let built = cells.is(i, class::BUILT) && cells.cell(i).letters != Letters::Small;
    let mut find = Find::new(if built { i } else { start }..end, What::Place, "mention/place-head".into());
    find.full.start = i;
    Some(find)
}

/// Does token `j` touch the one in front of it?
pub(super) fn glued(cells: &Cells<'_>, j: usize) -> bool {
    j > 0 && j < cells.text.len() && cells.text.span(j - 1).end() == cells.text.span(j).start()
}
