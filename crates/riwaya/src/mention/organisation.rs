//! Which words name an organisation because of the word before them?

use super::cells::Cells;
use super::find::{Find, What, begins_known, is_place, known_at};
use super::lexicon::{Needs, class};
use super::person::is_known_person;

/// What has been read of an organisation's name after its head.
#[derive(Default)]
struct Chain {
    /// The token after it.
    end: usize,
    /// Definite words and names in it.
    definite: usize,
    /// Adjectives after its first definite word.
    adjectives: usize,
    /// One of its words names a state or a known name.
    nation: bool,
    /// It holds a word that only a name can be.
    named: bool,
    /// The known name that it starts with, and where that starts and ends.
    known: Option<(usize, usize, u32)>,
    /// It says what it is for: «للطيران المدني».
    purpose: bool,
}

/// The organisation that starts with the head at token `i`.
pub(super) fn organisation_at(cells: &Cells<'_>, i: usize, limit: usize) -> Option<Find> {
    let cell = cells.cell(i);
    let head = cells.lexicon.heads.get(usize::from(cell.word.head).checked_sub(1)?)?;
    let (with_article, plain) = (cell.is(class::DEFINITE_HEAD), cell.is(class::HEAD));
    let written = || (head.needs == Needs::Name).then(|| latin_after(cells, i, limit)).flatten();
    if plain && let Some(find) = quoted_after(cells, i, limit).or_else(written) {
        return Some(Find { feminine: Some(head.feminine), rule: head.rule.clone(), ..find });
    }
    if cells.lexicon.is_no_name(cells.stem(i), cells.text.key(i + 1)) {
        return None;
    }
    let chain = if plain { complement(cells, i, limit, head.needs) } else { adjectives(cells, i, limit, head.needs) };
    let enough = match head.needs {
        _ if chain.definite + chain.adjectives == 0 => head.needs == Needs::Alone && with_article,
        Needs::Any | Needs::Alone => true,
        Needs::Nation | Needs::Body => chain.nation,
        Needs::Adjective => cells.is(i + 1, class::ADJECTIVE),
        Needs::Long => chain.adjectives > 1,
        Needs::Name => chain.nation || chain.named || chain.adjectives > 1 || of_bodies(cells, &chain),
    };
    if !enough || with_article && is_complement(cells, i) && !is_whole(cells, i, &chain) {
        return None;
    }
    let mut find = Find::new(i..chain.end.max(i + 1), What::Organisation, head.rule.clone());
    find.feminine = Some(head.feminine);
    let whole = plain
        && head.needs == Needs::Name
        && chain.known.is_some_and(|(from, end, _)| (from, end) == (i + 1, chain.end));
    // «مجلة *فارايتي*», «شركة *يوجوف*», but «شركة المياه الوطنية» and «قناة كرمية الأولى».
    let own = |j: usize| cells.cell(j).is_unknown() && !cells.is(j, class::DEFINITE);
    if plain && head.before && chain.known.is_none() && (i + 1..chain.end).all(own) && chain.end > i + 1 {
        find.tokens.start = i + 1;
    }
    if let (true, Some((from, _, name))) = (whole, chain.known)
        && cells.lexicon.known[name as usize].kind == super::EntityKind::Organisation
    {
        find.tokens.start = from;
        find.known = Some(name);
    }
    Some(find)
}

/// «وزير الخارجية»: the word belongs to the title before it.
pub(super) fn is_complement(cells: &Cells<'_>, i: usize) -> bool {
    use super::lexicon::TitleKind::{Group, Role};
    let before = i.wrapping_sub(1);
    cells.cell(i).prefix == 0
        && !cells.is(before, class::DEFINITE)
        && (matches!(cells.title_kind(before), Some(Role | Group)) || cells.is(before, class::HEAD))
}

/// «رئيس الحكومة اليمنية», «أعضاء اللجنة الوطنية للحج»: what stands behind a title is a body where its last adjective agrees
/// with it or it says what it is for; «وزيرة الخارجية السويدية», «رئيس الحكومة اليمني» are people.
fn is_whole(cells: &Cells<'_>, i: usize, chain: &Chain) -> bool {
    let feminine = |j: usize| crate::clitic::is_feminine(cells.text.key(j));
    let woman = cells.lexicon.title(cells.cell(i - 1).word.title).is_some_and(|t| t.feminine);
    // «وزير الخارجية الكوري الشمالي» is one, «حاكم البنك المركزي الياباني» holds an office of the other.
    let several = chain.adjectives > 1 && !cells.is(i + 1, class::DEMONYM);
    chain.purpose || several || chain.adjectives > 0 && !woman && feminine(i) && feminine(chain.end - 1)
}

/// «شركة المياه الوطنية»: an adjective of bodies ends the name.
fn of_bodies(cells: &Cells<'_>, chain: &Chain) -> bool {
    chain.adjectives > 0 && cells.is(chain.end - 1, class::ADJECTIVE) && cells.cell(chain.end - 1).prefix == 0
}

/// «شبكة ABC», «شركة Home Depot»: words in another script are the name.
fn latin_after(cells: &Cells<'_>, i: usize, limit: usize) -> Option<Find> {
    let latin = |j: usize| cells.is_free(j) && cells.text.word(j).chars().all(|c| c.is_ascii_alphanumeric());
    let end = (i + 1..limit).find(|j| !latin(*j)).unwrap_or(limit);
    let mut find = Find::new(i + 1..end, What::Organisation, "mention/latin".into());
    find.full.start = i;
    (end > i + 1).then_some(find)
}

/// «حركة "النجباء"», «قناة «CNN»»: the quoted words are the name.
fn quoted_after(cells: &Cells<'_>, i: usize, limit: usize) -> Option<Find> {
    if i + 2 >= limit || !cells.opens_quote(i + 1) {
        return None;
    }
    let quote = cells.text.quotes()[cells.text.quote_of(i + 1)?];
    let (inside, close) = (quote.inside(), quote.close?);
    if inside.is_empty() || inside.len() > 6 || close >= limit {
        return None;
    }
    let mut find = Find::new(inside, What::Organisation, "mention/quoted".into());
    find.known = known_at(cells, find.tokens.start, find.tokens.end)
        .filter(|(end, name)| {
            *end == find.tokens.end && cells.lexicon.known[*name as usize].kind == super::EntityKind::Organisation
        })
        .map(|(_, name)| name);
    find.full = i..close + 1;
    Some(find)
}

fn is_name_like(cells: &Cells<'_>, j: usize) -> bool {
    let cell = cells.cell(j);
    cell.prefix == 0
        && (cell.is(class::GIVEN | class::NAME | class::KNOWN_PERSON | class::CONNECTOR)
            || cell.is_unknown()
            || cell.is(class::UNCERTAIN) && !cell.is(class::FUNCTION))
        && !cell.is(class::TITLE | class::HEAD)
}

/// Words after an indefinite head: «وزارة [الخارجية الروسية]», «منظمة [حظر الأسلحة الكيميائية]», «حكومة [ترامب]».
fn complement(cells: &Cells<'_>, i: usize, limit: usize, needs: Needs) -> Chain {
    let mut chain = Chain { end: i + 1, ..Chain::default() };
    let mut indefinite = 0;
    while chain.end < limit && chain.end < i + 9 && cells.is_free(chain.end) {
        let e = chain.end;
        let cell = cells.cell(e);
        let taken = chain.definite > 0;
        if cell.is(class::FUNCTION) {
            break;
        }
        if (cell.prefix == 0 || cell.restored && taken)
            && let Some((end, name)) = known_at(cells, e, limit)
        {
            let place = is_place(cells, name);
            if taken && place && !cell.restored {
                break;
            }
            chain.known = chain.known.or((!taken).then_some((e, end, name)));
            chain.end = end;
            chain.definite += 1;
            chain.nation = true;
            continue;
        }
        if !taken
            && indefinite == 0
            && needs == Needs::Nation
            && let Some(end) = holder(cells, e, limit)
        {
            chain.end = end;
            chain.definite += 1;
            chain.nation = true;
            break;
        }
        if cell.is(class::DEMONYM) && cell.is(class::DEFINITE) && (cell.prefix == 0) {
            chain.nation = true;
            chain.adjectives += 1;
            chain.definite += usize::from(!taken);
        } else if taken && crate::clitic::and_definite(cells.text.key(e)) {
            // «حركة الكرمي والفصائل»
            if needs == Needs::Name && chain.known.is_some() || !joins(cells, e, needs) {
                break;
            }
        } else if cell.restored {
            if !taken || needs == Needs::Nation {
                break;
            }
            chain.adjectives = 0;
        } else if cell.is(class::DEFINITE) && cell.prefix == 0 {
            let named_after = indefinite == 0 && cell.is(class::TITLE) && cells.is(e + 1, class::GIVEN | class::NAME);
            if !taken && needs == Needs::Name && cell.is(class::TITLE) && !named_after {
                break;
            }
            // «برنامج جامعة كرمي الدراسي»: a body that has a row has all of its name there.
            let listed = chain.known.is_some_and(|(_, end, n)| end == e && !is_place(cells, n));
            if taken && (listed || !cells.lexicon.is_adjective(cells.text.key(e), cell)) {
                break;
            }
            chain.adjectives += usize::from(taken);
            chain.definite += usize::from(!taken);
            chain.named |= !taken && !cell.is(class::COMMON);
            if !taken && named_after {
                const NAME: u32 = class::GIVEN | class::NAME | class::CONNECTOR;
                let names = |j: &usize| cells.is(*j, NAME) && cells.is_free(*j);
                chain.end += (e + 1..limit).take_while(names).count();
                chain.named = true;
            }
        } else if !taken && cell.prefix == 0 && cell.is(class::PLACE_WORD) && !cell.is(class::COMMON | class::DEFINITE)
        {
            // «مستشفى *كرمية* العام»: a place without a row.
            chain.named = true;
            chain.nation = true;
            chain.definite += 1;
        } else if !taken && cell.prefix == 0 && is_name_like(cells, e) && !(cell.is(class::COMMON)) {
            // «نظام دفع رباعي»: words without the article do not lead to a name that no list knows.
            if needs == Needs::Any && !cell.is(class::GIVEN | class::NAME) || indefinite > 0 && cell.is_unknown() {
                break;
            }
            chain.end = names_end(cells, e, limit);
            chain.named = true;
            chain.nation |= (e..chain.end).any(|j| cells.is(j, class::KNOWN_PERSON | class::NAME));
            chain.definite += 1;
            break;
        } else if !taken
            && cell.prefix == 0
            && indefinite < 2
            && cell.is(class::COMMON | class::HEAD | class::TITLE)
            && !cells.hides_clitic(e)
        {
            indefinite += 1;
            chain.end += 1;
            continue;
        } else {
            break;
        }
        chain.end += 1;
    }
    if chain.definite == 0 {
        chain.end = i + 1;
    } else if (chain.nation || chain.named) && !cells.is(chain.end - 1, class::DEMONYM) {
        // «اتحاد أمريكا الجنوبية لكرة القدم», «مؤسسة كرمي للاستشارات»
        let usual = is_usual_purpose(cells, chain.end);
        chain.end = purpose(cells, chain.end, limit).filter(|_| usual).unwrap_or(chain.end);
    }
    chain
}

/// «سالم الكرمي الخيرية»: the end of a name that begins at `e`, with what qualifies the body called by it.
fn names_end(cells: &Cells<'_>, e: usize, limit: usize) -> usize {
    let goes_on = |j: &usize| {
        let and = cells.cell(*j).is_unknown() && crate::clitic::is_and(cells.text.key(*j));
        let ordinary = cells.is(*j, class::COMMON) && !cells.is(*j, class::KNOWN_PERSON | class::CONNECTOR);
        cells.is_free(*j) && is_name_like(cells, *j) && !and && !ordinary
    };
    let end = e + 1 + (e + 1..limit.min(e + 5)).take_while(goes_on).count();
    end + (end..limit).take_while(|j| cells.is_free(*j) && qualifies(cells, *j)).count()
}

/// «حكومة الحبيب الكرمي»: the end of a known person's full name.
fn holder(cells: &Cells<'_>, i: usize, limit: usize) -> Option<usize> {
    const NAME: u32 = class::GIVEN | class::NAME | class::KNOWN_PERSON | class::CONNECTOR | class::UNCERTAIN;
    let most = limit.min(i + 4);
    let last = (i..most).find(|j| !cells.is_free(*j) || !cells.is(*j, NAME)).unwrap_or(most);
    (i + 2..=last).rev().find(|end| is_known_person(cells, i..*end))
}

/// «الخيرية», «القابضة» behind a name: an adjective of bodies, not of a state or a holder.
fn qualifies(cells: &Cells<'_>, i: usize) -> bool {
    const OTHER: u32 =
        class::DEMONYM | class::ROLE_ADJECTIVE | class::TITLE | class::NAME | class::GIVEN | class::PHRASE;
    let cell = cells.cell(i);
    cell.prefix == 0
        && cell.is(class::DEFINITE)
        && cell.is(class::COMMON)
        && !cell.is(OTHER)
        && crate::clitic::is_feminine(cells.text.key(i))
        && cells.lexicon.is_adjective(cells.text.key(i), cell)
}

/// «وزارة التربية [والتعليم]», not «الجيش [والشرطة]» or «وزارة الدفاع [والسفارة]».
fn joins(cells: &Cells<'_>, e: usize, needs: Needs) -> bool {
    let cell = cells.cell(e);
    let rest = crate::clitic::nominal(cells.text.key(e)).next().and_then(|(_, rest)| cells.lexicon.word(rest));
    // «نادي النصر *والذي* يلعب غدا»
    let relative = rest.is_some_and(|w| w.classes & class::FUNCTION != 0);
    // «مكتب الوكلاء الموحد *والنقابة* العامة»: another body.
    let body = crate::clitic::nominal(cells.text.key(e)).any(|(_, rest)| {
        let stem = rest.strip_prefix(crate::clitic::ARTICLE).unwrap_or(rest);
        cells.lexicon.word(stem).is_some_and(|w| w.classes & class::HEAD != 0)
    });
    let another = body && cells.is(e + 1, class::DEFINITE);
    needs != Needs::Nation
        && !relative
        && !another
        && !cell.is(class::DEFINITE_HEAD | class::TITLE | class::DEMONYM | class::NAME | class::GIVEN)
        && !begins_known(cells, e)
}

/// Words after a head with the article: «الحكومة [السورية]», «الهيئة [العامة للطيران المدني]».
fn adjectives(cells: &Cells<'_>, i: usize, limit: usize, needs: Needs) -> Chain {
    let mut chain = Chain { end: i + 1, ..Chain::default() };
    let has_purpose = matches!(needs, Needs::Body | Needs::Long);
    while chain.end < limit && chain.end < i + 6 && cells.is_free(chain.end) {
        let cell = cells.cell(chain.end);
        let adjective = cell.prefix == 0 && cell.is(class::DEFINITE) && !cell.restored;
        if adjective && cell.is(class::DEMONYM) {
            chain.nation = true;
        } else if let Some(end) = purpose(cells, chain.end, limit)
            .filter(|_| chain.adjectives > 0 && (has_purpose || is_usual_purpose(cells, chain.end)))
        {
            chain.adjectives += 1;
            chain.nation = true;
            chain.purpose = true;
            chain.end = end;
            break;
        } else if !(adjective && cells.lexicon.is_adjective(cells.text.key(chain.end), cell) && !cell.is(class::TITLE))
        {
            break;
        }
        chain.adjectives += 1;
        chain.end += 1;
    }
    chain
}

/// «لكرة القدم», «للاستشارات», not «للمواطنين»: is it a purpose that names of bodies end with?
fn is_usual_purpose(cells: &Cells<'_>, i: usize) -> bool {
    let mut buffer = String::new();
    let key = cells.text.key(i);
    let whole = crate::clitic::restored(key, &mut buffer).map(|(_, whole)| whole);
    let bare = crate::clitic::is_to(key).then(|| crate::clitic::nominal(key).last()).flatten().map(|(_, rest)| rest);
    whole.or(bare).and_then(|w| cells.lexicon.word(w)).is_some_and(|w| w.classes & class::PURPOSE != 0)
}

/// «للسياحة والتراث الوطني», «لمكافحة المخدرات»: the token after what a body is for.
fn purpose(cells: &Cells<'_>, i: usize, limit: usize) -> Option<usize> {
    const OTHER: u32 = class::FUNCTION | class::DEFINITE_HEAD | class::TITLE;
    let holder = cells.title_kind(i) == Some(super::lexicon::TitleKind::Role);
    let definite = |j: usize| {
        j < limit && cells.is_free(j) && cells.is(j, class::DEFINITE) && !cells.is(j, OTHER) && !begins_known(cells, j)
    };
    let key = cells.text.key(i);
    let mut end = if crate::clitic::is_to_definite(key) && !holder {
        i + 1
    } else if crate::clitic::is_to(key) && cells.is(i, class::COMMON) && cells.hides_clitic(i) && definite(i + 1) {
        i + 2
    } else {
        return None;
    };
    while end < limit && cells.is_free(end) {
        let adjective = cells.is(end, class::DEFINITE)
            && cells.cell(end).prefix == 0
            && !cells.is(end, class::DEFINITE_HEAD)
            && cells.lexicon.is_adjective(cells.text.key(end), cells.cell(end));
        let joined = crate::clitic::and_definite(cells.text.key(end)) && joins(cells, end, Needs::Any);
        if !(adjective || joined) {
            break;
        }
        end += 1;
    }
    Some(end)
}
