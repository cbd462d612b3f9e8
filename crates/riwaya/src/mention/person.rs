//! Which stretches are people: titles with what they are of, and names.

use super::cells::Cells;
use super::find::{Find, What, begins_known, is_hidden};
use super::lexicon::{TitleKind, class};
use std::ops::Range;

/// A title with everything up to the name: «وزير الخارجية السعودي».
#[derive(Debug, Clone)]
pub(super) struct Role {
    pub tokens: Range<usize>,
    pub kind: TitleKind,
    pub feminine: bool,
    pub plural: bool,
    /// A title stands in it, not only «السيد».
    pub office: bool,
    pub rule: std::sync::Arc<str>,
}

/// The title that starts at token `i`.
pub(super) fn role_at(cells: &Cells<'_>, finds: &[Find], i: usize, limit: usize) -> Option<Role> {
    let cell = cells.cell(i);
    let title = cells.lexicon.title(cell.word.title)?;
    if !cells.is_free(i) || matches!(title.kind, TitleKind::Quality | TitleKind::Link | TitleKind::None) {
        return None;
    }
    let mut role = Role {
        tokens: i..i + 1,
        kind: title.kind,
        feminine: title.feminine,
        plural: title.plural,
        office: title.kind != TitleKind::Honorific,
        rule: title.rule.clone(),
    };
    let mut end = i + 1;
    let mut bare = !cell.is(class::DEFINITE);
    while end < limit && end < i + 14 {
        match step(cells, finds, end, i, bare) {
            Some(next) => {
                role.office |= matches!(cells.title_kind(end), Some(TitleKind::Role));
                bare = next == end + 1 && !cells.is(end, class::DEFINITE | class::DEMONYM);
                end = next;
            }
            None => break,
        }
    }
    while end > i + 1 && cells.title_kind(end - 1) == Some(TitleKind::Link) {
        end -= 1;
    }
    role.tokens.end = end;
    Some(role)
}

/// The token after what at `end` still belongs to the title.
fn step(cells: &Cells<'_>, finds: &[Find], end: usize, start: usize, bare: bool) -> Option<usize> {
    let cell = cells.cell(end);
    if !cell.open || !cells.is_word(end) {
        return None;
    }
    if let Some(find) = (cell.claimed as usize).checked_sub(1).and_then(|n| finds.get(n)) {
        let fits = find.what != What::Person && (cell.prefix == 0 || starts_with_lam(cells, end) || bare);
        return fits.then_some(find.full.end.max(end + 1));
    }
    if cell.prefix > 0 && !cell.restored && crate::clitic::is_and(cells.text.key(end)) {
        let joined = cell.is(class::DEFINITE)
            && cell.is(class::COMMON)
            && !cell.is(class::TITLE | class::NAME | class::GIVEN)
            && !bare;
        return joined.then_some(end + 1);
    }
    if crate::clitic::and_definite(cells.text.key(end)) {
        return (!bare && end > start + 1 && !cell.is(class::NAME)).then_some(end + 1);
    }
    if cell.is(class::GIVEN | class::KNOWN_PERSON)
        && !(cell.is(class::DEMONYM) || cell.is(class::TITLE) && cell.is(class::COMMON))
        // «نائب *أمين* عام الحوار»
        && !(cell.is(class::TITLE) && cells.is(end + 1, class::COMMON) && cells.is(end + 2, class::DEFINITE))
    {
        return None;
    }
    match cells.title_kind(end) {
        Some(TitleKind::Honorific | TitleKind::Link | TitleKind::Quality) => return Some(end + 1),
        Some(TitleKind::Role) if bare || cell.is(class::DEFINITE) || starts_with_lam(cells, end) => {
            return Some(end + 1);
        }
        Some(TitleKind::Group) if bare => return Some(end + 1),
        Some(TitleKind::Unnamed) if cells.title_kind(start) == Some(TitleKind::Unnamed) => return Some(end + 1),
        _ => {}
    }
    if cell.is(class::DEMONYM) && cell.prefix == 0 {
        return Some(end + 1);
    }
    // «الممثل *الهزلي* سالم الكرمي»: behind a title no given name begins with the article.
    let attribute = cell.is(class::NAME) || cell.is_unknown();
    if attribute && cell.is(class::DEFINITE) && cells.is(end + 1, class::GIVEN | class::KNOWN_PERSON) {
        return (!cells.is(end + 1, class::DEFINITE)).then_some(end + 1);
    }
    if cell.is(class::FUNCTION | class::NAME) || cell.is_unknown() {
        return None;
    }
    if cell.is(class::DEFINITE) {
        let follows = bare
            || cell.restored
            || cell.is(class::ROLE_ADJECTIVE)
            || cells.lexicon.is_adjective(cells.text.key(end), cell);
        return (follows && !cell.is(class::UNCERTAIN) || bare && cell.is(class::COMMON)).then_some(end + 1);
    }
    let binds = |j: usize| cells.is(j, class::DEFINITE | class::DEMONYM | class::HEAD) || cells.cell(j).claimed > 0;
    // «وزراء خارجية دول …»: one more noun may stand between.
    let noun_next = cells.is(end + 1, class::COMMON) && !cells.is(end + 1, class::FUNCTION);
    let next_binds = binds(end + 1) || noun_next && cells.cell(end + 1).prefix == 0 && binds(end + 2);
    let noun =
        cell.is(class::COMMON | class::HEAD | class::PLACE_HEAD) && (cell.prefix == 0 || starts_with_lam(cells, end));
    let close = cells.title_kind(start) != Some(TitleKind::Unnamed) || end == start + 1;
    (noun && bare && close && next_binds).then_some(end + 1)
}

fn starts_with_lam(cells: &Cells<'_>, i: usize) -> bool {
    crate::clitic::is_to(cells.text.key(i))
}

/// How a name came to be one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Before {
    /// A title stands right before it.
    Title,
    /// A title and a comma stand before it.
    Comma,
    /// «السوري»: an adjective of a state stands before it.
    Demonym,
    /// Nothing.
    Nothing,
}

fn starts_name(cells: &Cells<'_>, j: usize, titled: bool) -> bool {
    let cell = cells.cell(j);
    cells.is_free(j)
        && !cell.is(class::FUNCTION | class::DEMONYM)
        && (cell.is(class::GIVEN) || !begins_known(cells, j))
        && (cell.is(class::GIVEN | class::NAME) || !cell.is(class::TITLE | class::HEAD | class::PLACE_HEAD))
        && (cell.is(class::GIVEN | class::NAME | class::KNOWN_PERSON | class::UNCERTAIN | class::CONNECTOR)
            || cell.is_unknown()
            || titled && is_rare(cells, j))
}

/// «وزير التجارة يويشي ميازاوا»: words that counts took for ordinary ones, two of them after a title.
fn is_rare(cells: &Cells<'_>, j: usize) -> bool {
    let cell = cells.cell(j);
    cell.is(class::RARE) && cell.prefix == 0 && !cell.is(class::DEFINITE) && !cells.is_inflected(j)
}

/// The end of the name that starts at token `j`.
pub(super) fn name_end(cells: &Cells<'_>, j: usize, limit: usize, before: Before) -> Option<usize> {
    let titled = matches!(before, Before::Title | Before::Comma);
    // Whoever has a row is found by that name, whatever its words look like: «فتح الله غولن».
    let known = full_name(cells, j, limit);
    if j >= limit || !starts_name(cells, j, titled) || is_hidden(cells, j, limit) {
        return known;
    }
    let opens = cells.cell(j);
    if opens.is_unknown()
        && (crate::clitic::cannot_be_name(cells.text.key(j)) || cells.is_inflected(j) || cells.is_future_verb(j))
        || opens.is(class::ROLE_ADJECTIVE) && opens.is(class::DEFINITE)
    {
        return None;
    }
    let mut sure = 0;
    let mut unsure = 0;
    let mut end = j;
    while end < limit && end < j + 9 && cells.is_free(end) {
        let cell = cells.cell(end);
        let after_connector = end > j && cells.is(end - 1, class::CONNECTOR);
        if end > j && (!goes_on(cells, end, end - j, after_connector, titled) || end == j + 1 && are_two(cells, j)) {
            break;
        }
        // «باراك أوباما حسنت العلاقات»: whoever is known by these words has no more of them.
        if end > j + 1 && cell.is_unknown() && !cell.is(class::DEFINITE) && is_known_person(cells, j..end) {
            break;
        }
        if cell.is(class::CONNECTOR) && !cell.is(class::GIVEN | class::NAME) {
            unsure += usize::from(end == j);
        } else if cell.is(class::GIVEN | class::NAME | class::KNOWN_PERSON) {
            sure += 1;
        } else {
            unsure += 1;
        }
        end += 1;
    }
    if end > j
        && end < limit
        && cells.is(end, class::KNOWN_PERSON | class::FUNCTION)
        && cells.is_free(end)
        && is_known_person(cells, j..end + 1)
    {
        end += 1;
        sure += 1;
    }
    while end > j && cells.is(end - 1, class::CONNECTOR) && !cells.is(end - 1, class::GIVEN | class::NAME) {
        end -= 1;
    }
    if end > j && end < limit && !is_known_person(cells, j..end) && is_family(cells, end, end - j, titled) {
        end += 1;
        sure += 1;
    }
    let first = cells.cell(j);
    let given = first.is(class::GIVEN);
    let doubtful = first.is(class::UNCERTAIN | class::COMMON);
    let length = end - j;
    let joined = (j..end).any(|k| k > j && cells.is(k, class::CONNECTOR));
    let fine = match before {
        Before::Title => {
            sure > 0 || (length == 1 && first.is_unknown() && !first.is(class::DEFINITE)) || length > 1 && unsure > 0
        }
        Before::Demonym => sure > 0 && (length > 1 || !doubtful) && !first.is(class::DEFINITE),
        Before::Comma => {
            sure > 0 && (length > 1 || !doubtful) || length > 1 && (first.is_unknown() || first.is(class::RARE))
        }
        Before::Nothing => {
            length > 1
                && !first.is(class::DEFINITE)
                && (given && (sure > 1 || joined || !doubtful && unsure > 0) || sure > 1 && !doubtful)
        }
    };
    (fine && end > j).then_some(end).max(known)
}

/// The end of the full name of a known person that starts at token `j`.
fn full_name(cells: &Cells<'_>, j: usize, limit: usize) -> Option<usize> {
    let most = limit.min(j + 5);
    let last = (j..most).find(|k| !cells.is_free(*k) || *k > j && cells.cell(*k).prefix > 0).unwrap_or(most);
    if !cells.is(j, class::KNOWN_PERSON) {
        return None;
    }
    (j + 2..=last).rev().find(|end| is_known_person(cells, j..*end))
}

/// «المهندس سعد الطويل», «حمد عبد المحسن المرزوق»: an ordinary word with the article that ends a name of given names,
/// where no other adjective or title follows it.
fn is_family(cells: &Cells<'_>, i: usize, before: usize, titled: bool) -> bool {
    let cell = cells.cell(i);
    let last = cells.cell(i - 1);
    let father = before > 1 && cells.is(i - 2, class::CONNECTOR);
    let servant = before == 2 && crate::clitic::is_servant(cells.stem(i - 2));
    cells.is_free(i)
        && cell.prefix == 0
        && cell.is(class::COMMON)
        && cell.is(class::DEFINITE)
        && !cell.is(class::TITLE | class::DEMONYM | class::ROLE_ADJECTIVE | class::FUNCTION)
        && (father || !cell.is(class::ADJECTIVE))
        && !cell.is(class::HEAD | class::DEFINITE_HEAD)
        && !begins_known(cells, i)
        && (servant || last.is(class::GIVEN))
        && (servant || !last.is(class::DEFINITE))
        && (titled && (before == 1 && !last.is(class::COMMON) || before < 4) || before > 1 && father)
        && !cells.is(i + 1, class::DEFINITE)
}

/// «أبلغ بوتين ترامب»: two who are known by one word each, and nobody known by both words.
fn are_two(cells: &Cells<'_>, j: usize) -> bool {
    let known = cells.is(j, class::KNOWN_PERSON) && cells.is(j + 1, class::KNOWN_PERSON);
    known
        && is_known_person(cells, j..j + 1)
        && is_known_person(cells, j + 1..j + 2)
        && !is_known_person(cells, j..j + 2)
}

/// «نبيل العربي»: do these words name somebody who has a row, though one of them looks like something else?
pub(super) fn is_known_person(cells: &Cells<'_>, tokens: Range<usize>) -> bool {
    let mut phrase = cells.stem(tokens.start).to_owned();
    for i in tokens.start + 1..tokens.end {
        phrase.push(' ');
        phrase.push_str(cells.text.key(i));
    }
    cells.lexicon.people.contains_key(phrase.as_str())
}

/// May token `e`, the `n`th of a name, still belong to it?
fn goes_on(cells: &Cells<'_>, e: usize, n: usize, after_connector: bool, titled: bool) -> bool {
    let cell = cells.cell(e);
    // «زايد ال كرمي»: written without its mark.
    if crate::clitic::is_clan(cells.text.key(e)) && cells.is(e + 1, class::NAME | class::GIVEN | class::KNOWN_PERSON) {
        return true;
    }
    // «عبد العزيز *آل الشيخ*»: written with it, whatever the second word is elsewhere.
    if crate::clitic::is_written_clan(cells.text.word(e))
        || n > 1 && crate::clitic::is_written_clan(cells.text.word(e - 1))
    {
        return cells.is_word(e);
    }
    if cell.is(class::FUNCTION) {
        return false;
    }
    // «سالم بن فادي آل الكرمي *بتضافر* الجهود»
    if cell.prefix > 0 && n > 2 && !after_connector {
        return false;
    }
    if cell.prefix > 0 {
        return !crate::clitic::is_and(cells.text.key(e))
            && !crate::clitic::is_to_definite(cells.text.key(e))
            && !cell.restored
            && cells.lexicon.word(cells.text.key(e)).is_none()
            && !cell.is(class::TITLE | class::HEAD | class::PHRASE | class::COMMON);
    }
    if after_connector {
        // «عبد الكريم», whatever else the second word is.
        if crate::clitic::is_servant(cells.text.key(e - 1)) && cell.is(class::DEFINITE) {
            return true;
        }
        // «حسن بن أبي *طالب*»
        let twice = n > 2 && cells.is(e - 2, class::CONNECTOR);
        let ordinary = cell.is(class::HEAD | class::DEFINITE_HEAD | class::ADJECTIVE);
        return twice || !ordinary || cell.is(class::GIVEN | class::NAME);
    }
    if cell.is(class::CONNECTOR) {
        return true;
    }
    if cell.is(class::DEMONYM | class::TITLE) && !cell.is(class::GIVEN | class::NAME)
        || !cell.is(class::GIVEN) && begins_known(cells, e)
    {
        return false;
    }
    // «فيصل الكرمي *أمين* مبادرة الأبنية»: a title of somebody who is named already.
    let noun = cells.is(e + 1, class::COMMON)
        && !cells.is(e + 1, class::DEFINITE | class::GIVEN | class::NAME | class::FUNCTION);
    if cell.is(class::TITLE) && n > 1 && noun && cells.cell(e + 1).prefix == 0 {
        return false;
    }
    if cell.is(class::GIVEN | class::NAME | class::KNOWN_PERSON) {
        return true;
    }
    if cell.is(class::UNCERTAIN) {
        return n < 3;
    }
    let after_given = n == 1 && cells.is(e - 1, class::GIVEN) && !cells.is(e - 1, class::COMMON | class::UNCERTAIN);
    let key = cells.text.key(e);
    let unknown = cell.is_unknown() || titled && is_rare(cells, e) && (n == 1 || cells.is(e - 1, class::RARE));
    unknown
        && n < 3
        && !(n > 1 && crate::clitic::is_and(key))
        && !crate::clitic::cannot_be_name(key)
        && (!cells.is_inflected(e) || cells.ends_foreign(e))
        && (after_given || !crate::clitic::looks_like_verb(key))
}
