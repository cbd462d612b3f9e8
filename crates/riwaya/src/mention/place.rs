//! Which words name a place because of the word before them?

use super::cells::Cells;
use super::find::{Find, What, begins_known, known_at};
use super::lexicon::class;

/// «مدينة الزبداني», «بلدة خربة», «حي الورود»: the head says that the words after it are a place.
pub(super) fn place_at(cells: &Cells<'_>, i: usize, limit: usize) -> Option<Find> {
    if !cells.is(i, class::NAMED_PLACE) || i + 1 >= limit || !cells.is_free(i + 1) {
        return None;
    }
    if cells.is(i, class::BUILT) {
        return built_at(cells, i, limit);
    }
    let district = cells.is(i, class::DISTRICT);
    if let Some(end) = opened(cells, i + 1, limit) {
        let mut find = Find::new(i + 1..end, What::Place, "mention/place-opener".into());
        find.full.start = i;
        return Some(find);
    }
    let named = is_name(cells, i + 1, limit) || district && is_plain_name(cells, i + 1, limit);
    if !named {
        return None;
    }
    let second = is_name(cells, i + 2, limit)
        && !crate::clitic::is_and(cells.text.key(i + 2))
        && !cells.is(i + 2, class::DEFINITE)
        && !cells.is(i + 1, class::DEFINITE | class::COMMON);
    let end = if second || is_side(cells, i + 2) { i + 3 } else { i + 2 };
    let mut find = Find::new(i + 1..end, What::Place, "mention/place-head".into());
    find.full.start = i;
    Some(find)
}

/// «بلدة تل الكرمة», «مخيم خان السبيل»: behind the word for a place, a word that names of places begin with takes the next.
fn opened(cells: &Cells<'_>, i: usize, limit: usize) -> Option<usize> {
    let free = |j: usize| j < limit && cells.is_free(j) && cells.cell(j).prefix == 0 && !cells.is(j, class::FUNCTION);
    let opens = cells.is(i, class::PLACE_OPENER) && free(i) && free(i + 1) && known_at(cells, i, limit).is_none();
    let mut end = i + 2;
    // «خان بني سعد»
    if opens && cells.is(i + 1, class::PLACE_OPENER) && !cells.is(i + 1, class::DEFINITE) && free(end) {
        end += 1;
    }
    (opens && !crate::clitic::is_and(cells.text.key(end - 1))).then_some(end)
}

/// «الدوادمي», «محافظة الدوادمي»: a place of the list.
pub(super) fn place_word(cells: &Cells<'_>, i: usize) -> Option<Find> {
    const NAME: u32 = class::GIVEN | class::NAME | class::KNOWN_PERSON;
    let before = i.wrapping_sub(1);
    let person = cells.is(before, NAME | class::CONNECTOR) && cells.cell(i).prefix == 0;
    let headed = cells.is(before, class::PLACE_HEAD) && cells.cell(i).prefix == 0;
    if !cells.is(i, class::PLACE_WORD) || cells.is(i, class::COMMON) && !headed || person {
        return None;
    }
    let end = if is_side(cells, i + 1) { i + 2 } else { i + 1 };
    let mut find = Find::new(i..end, What::Place, "mention/place-word".into());
    if headed && cells.is_free(before) {
        find.full.start = before;
    }
    Some(find)
}

/// May token `j` be a place that no list knows?
fn is_name(cells: &Cells<'_>, j: usize, limit: usize) -> bool {
    const OTHER: u32 = class::COMMON | class::FUNCTION | class::TITLE | class::GIVEN | class::DEMONYM | class::HEAD;
    j < limit
        && cells.is_free(j)
        && cells.cell(j).prefix == 0
        && !cells.cell(j).restored
        && !cells.is(j, OTHER)
        && !begins_known(cells, j)
}

/// «حي المطار»: an ordinary word with the article that is no adjective and stands alone.
fn is_plain_name(cells: &Cells<'_>, j: usize, limit: usize) -> bool {
    let cell = cells.cell(j);
    j < limit
        && cells.is_free(j)
        && cell.prefix == 0
        && cell.is(class::DEFINITE)
        && !cell.is(class::FUNCTION | class::DEMONYM | class::ADJECTIVE | class::TITLE)
        && !begins_known(cells, j)
        && (!cells.is(j + 1, class::DEFINITE) || is_side(cells, j + 1))
}

/// «الكرمية الغربية», «سومطرة الشمالية»: tells one of two places of a name.
fn is_side(cells: &Cells<'_>, i: usize) -> bool {
    cells.is(i, class::PLACE_ADJECTIVE) && cells.is(i, class::DEFINITE) && cells.cell(i).prefix == 0 && cells.is_free(i)
}

/// «مطار الملك سعود», «ميناء جدة الإسلامي», «جسر العرب»: a building is named with its head.
fn built_at(cells: &Cells<'_>, i: usize, limit: usize) -> Option<Find> {
    const NAME: u32 = class::GIVEN | class::NAME | class::CONNECTOR | class::KNOWN_PERSON;
    let mut end = i + 1;
    let title = cells.is(end, class::TITLE) && cells.is(end, class::DEFINITE) && cells.cell(end).prefix == 0;
    let person = end + usize::from(title);
    let mut last = person;
    while last < limit
        && last < person + 5
        && cells.is_free(last)
        && cells.is(last, NAME)
        && cells.cell(last).prefix == 0
    {
        last += 1;
    }
    if last > person && (title || last > person + 1 || !cells.is(person, class::COMMON | class::PHRASE)) {
        end = last;
    } else if let Some((last, _)) = known_at(cells, end, limit).filter(|_| cells.cell(end).prefix == 0) {
        end = last;
    } else if is_name(cells, end, limit) {
        end += 1;
    } else {
        return None;
    }
    while end < limit
        && cells.is_free(end)
        && cells.cell(end).prefix == 0
        && cells.is(end, class::DEFINITE)
        && !cells.is(end, class::DEMONYM)
        && cells.lexicon.is_adjective(cells.text.key(end), cells.cell(end))
    {
        end += 1;
    }
    Some(Find::new(i..end, What::Place, "mention/built-place".into()))
}
