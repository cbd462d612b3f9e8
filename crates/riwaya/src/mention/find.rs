//! Which stretches are known names, organisations and places?

use super::cells::Cells;
use super::lexicon::{Needs, When, class};
use std::ops::Range;
use std::sync::Arc;

/// What a find names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum What {
    Person,
    Organisation,
    Place,
    /// «مسؤول أمريكي رفيع».
    Unnamed,
    /// «وزراء خارجية دول مجلس التعاون».
    Group,
}

/// A stretch that names something.
#[derive(Debug, Clone)]
pub(super) struct Find {
    /// The name alone.
    pub tokens: Range<usize>,
    /// With what stands around it.
    pub full: Range<usize>,
    pub what: What,
    /// Its row in the lexicon.
    pub known: Option<u32>,
    /// Roles that go with it.
    pub roles: Vec<Range<usize>>,
    pub rule: Arc<str>,
    pub feminine: Option<bool>,
    pub plural: bool,
}

impl Find {
    pub fn new(tokens: Range<usize>, what: What, rule: Arc<str>) -> Find {
        let full = tokens.clone();
        Find { tokens, full, what, known: None, roles: Vec::new(), rule, feminine: None, plural: false }
    }
}

/// The longest known name that starts at token `i`: its end, and its row.
pub(super) fn known_at(cells: &Cells<'_>, i: usize, limit: usize) -> Option<(usize, u32)> {
    let at = usize::from(cells.cell(i).word.phrases).checked_sub(1)?;
    cells.lexicon.phrases.get(at)?.iter().find_map(|phrase| {
        let end = i + 1 + phrase.rest.len();
        let same = |(n, (word, state)): (usize, &(Box<str>, u16))| {
            let j = i + 1 + n;
            let key = cells.text.key(j);
            **word == *key
                || *state != 0
                    && cells.cell(j).word.state == *state
                    && key.chars().next_back() == word.chars().next_back()
        };
        (end <= limit
            && cells.cell(end - 1).open
            && phrase.rest.iter().enumerate().all(same)
            && holds(cells, phrase.when, i, end))
        .then_some((end, phrase.name))
    })
}

fn holds(cells: &Cells<'_>, when: When, i: usize, end: usize) -> bool {
    let before = i.wrapping_sub(1);
    match when {
        When::Always => true,
        When::Never => false,
        When::Quoted => {
            cells.opens_quote(before)
                && cells.text.quote_of(before).is_some_and(|q| cells.text.quotes()[q].inside() == (i..end))
        }
        When::Headed => cells.cell(i).prefix == 0 && cells.is(before, class::PLACE_HEAD | class::HEAD),
        When::Place => {
            cells.is(before, class::PLACE_HEAD)
                || cells.cell(i).prefix == 0 && cells.title_kind(before) == Some(super::lexicon::TitleKind::Link)
        }
        When::Group => {
            cells.cell(i).prefix == 0 && cells.is(before, class::HEAD)
                || cells.text.quote_of(before).is_some_and(|q| cells.text.quotes()[q].inside() == (i..end))
                || near_group(cells, i)
        }
    }
}

/// «داعش والقاعدة»: another group is named within three words before.
fn near_group(cells: &Cells<'_>, i: usize) -> bool {
    (i.saturating_sub(3)..i).any(|j| {
        let list = usize::from(cells.cell(j).word.phrases).checked_sub(1).and_then(|n| cells.lexicon.phrases.get(n));
        list.into_iter().flatten().any(|p| {
            p.rest.is_empty() && p.when == When::Always && &*cells.lexicon.known[p.name as usize].class == "armed-group"
        })
    })
}

/// A known name, an organisation or a headed place at token `i`.
pub(super) fn name_at(cells: &Cells<'_>, i: usize, limit: usize) -> Option<Find> {
    let known = known_at(cells, i, limit);
    let complement = cells.is(i, class::DEFINITE_HEAD) && is_complement(cells, i);
    let known = known.filter(|(end, _)| *end > i + 1 || !is_adjective_here(cells, i));
    let known = known.filter(|(_, n)| !(complement && &*cells.lexicon.known[*n as usize].class == "ministry"));
    let organisation = organisation_at(cells, i, limit);
    match (known, organisation) {
        (Some((end, name)), Some(o)) if o.full.end > end && !is_place(cells, name) => Some(o),
        (None, Some(o)) => Some(o),
        (Some((end, name)), _) => Some(known_find(cells, i..end, name)),
        (None, None) => place_at(cells, i, limit),
    }
}

fn is_place(cells: &Cells<'_>, name: u32) -> bool {
    cells.lexicon.known[name as usize].kind == super::EntityKind::Place
}

/// «الأراضي السعودية», «بلدة تركية»: the name of a state that is an adjective of the word before it.
fn is_adjective_here(cells: &Cells<'_>, i: usize) -> bool {
    let cell = cells.cell(i);
    if !cell.is(class::DEMONYM) || cell.prefix > 0 || i == 0 {
        return false;
    }
    let before = cells.cell(i - 1);
    if !cells.is_word(i - 1) {
        return i > 1 && cells.is(i - 2, class::DEMONYM) && cells.is_mark(i - 1, &["-", "–", "ـ"]);
    }
    if cell.is(class::DEFINITE) {
        return before.is(class::DEFINITE) && !before.is(class::FUNCTION);
    }
    !before.is(class::FUNCTION)
        && !cells.lexicon.goes_to(cells.text.key(i - 1))
        && before.is(class::COMMON | class::PLACE_HEAD | class::HEAD)
}

pub(super) fn known_find(cells: &Cells<'_>, tokens: Range<usize>, name: u32) -> Find {
    let known = &cells.lexicon.known[name as usize];
    let what = match known.kind {
        super::EntityKind::Person => What::Person,
        super::EntityKind::Organisation => What::Organisation,
        super::EntityKind::Place => What::Place,
    };
    let mut find = Find::new(tokens, what, known.rule.clone());
    find.known = Some(name);
    let before = find.tokens.start.wrapping_sub(1);
    if what == What::Place
        && cells.is(before, class::PLACE_HEAD)
        && cells.is_free(before)
        && cells.cell(find.tokens.start).prefix == 0
    {
        find.full.start = before;
    }
    find
}

/// «مدينة الزبداني», «بلدة خربة»: the head says that a word which no list knows is a place.
fn place_at(cells: &Cells<'_>, i: usize, limit: usize) -> Option<Find> {
    if cells.cell(i).word.head != u16::MAX || i + 1 >= limit || !cells.is_free(i + 1) {
        return None;
    }
    let name = |j: usize| {
        let cell = cells.cell(j);
        j < limit
            && cells.is_free(j)
            && cell.prefix == 0
            && !cell.is(class::COMMON
                | class::FUNCTION
                | class::TITLE
                | class::GIVEN
                | class::PHRASE
                | class::DEMONYM
                | class::HEAD)
    };
    if !name(i + 1) {
        return None;
    }
    let second = name(i + 2) && !cells.is(i + 2, class::DEFINITE) && !cells.is(i + 1, class::DEFINITE);
    let end = if second { i + 3 } else { i + 2 };
    let mut find = Find::new(i + 1..end, What::Place, "mention/place-head".into());
    find.full.start = i;
    Some(find)
}

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
    /// The known name that it starts with, and where that starts.
    known: Option<(usize, u32)>,
}

fn organisation_at(cells: &Cells<'_>, i: usize, limit: usize) -> Option<Find> {
    let cell = cells.cell(i);
    let head = cells.lexicon.heads.get(usize::from(cell.word.head).checked_sub(1)?)?;
    let (with_article, plain) = (cell.is(class::DEFINITE_HEAD), cell.is(class::HEAD));
    if plain {
        if let Some(find) = quoted_after(cells, i, limit) {
            return Some(Find { feminine: Some(head.feminine), rule: head.rule.clone(), ..find });
        }
    }
    if with_article && is_complement(cells, i) {
        return None;
    }
    let chain = if plain { complement(cells, i, limit, head.needs) } else { adjectives(cells, i, limit) };
    let enough = match head.needs {
        _ if chain.definite + chain.adjectives == 0 => head.needs == Needs::Alone && with_article,
        Needs::Any | Needs::Alone => true,
        Needs::Nation => chain.nation,
        Needs::Name => chain.nation || chain.named || chain.adjectives > 1,
    };
    if !enough {
        return None;
    }
    let mut find = Find::new(i..chain.end.max(i + 1), What::Organisation, head.rule.clone());
    find.feminine = Some(head.feminine);
    let whole = plain && head.needs == Needs::Name && chain.known.is_some_and(|(from, _)| from == i + 1);
    if let (true, Some((from, name))) = (whole, chain.known) {
        if cells.lexicon.known[name as usize].kind == super::EntityKind::Organisation {
            find.tokens.start = from;
            find.known = Some(name);
        }
    }
    Some(find)
}

/// «وزير الخارجية»: the word belongs to the title before it.
fn is_complement(cells: &Cells<'_>, i: usize) -> bool {
    use super::lexicon::TitleKind::{Group, Role};
    let before = i.wrapping_sub(1);
    cells.cell(i).prefix == 0
        && !cells.is(before, class::DEFINITE)
        && (matches!(cells.title_kind(before), Some(Role | Group)) || cells.is(before, class::HEAD))
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
        if cell.prefix == 0 || cell.restored && taken {
            if let Some((end, name)) = known_at(cells, e, limit) {
                let place = is_place(cells, name);
                if taken && place && !cell.restored {
                    break;
                }
                chain.known = chain.known.or((!taken).then_some((e, name)));
                chain.end = end;
                chain.definite += 1;
                chain.nation = true;
                continue;
            }
        }
        if cell.is(class::DEMONYM) && cell.is(class::DEFINITE) && (cell.prefix == 0) {
            chain.nation = true;
            chain.adjectives += 1;
            chain.definite += usize::from(!taken);
        } else if taken && crate::clitic::and_definite(cells.text.key(e)) {
            if !joins(cells, e, needs) {
                break;
            }
        } else if cell.restored {
            if !taken || needs == Needs::Nation {
                break;
            }
            chain.adjectives = 0;
        } else if cell.is(class::DEFINITE) && cell.prefix == 0 {
            let named_after = cell.is(class::TITLE) && cells.is(e + 1, class::GIVEN | class::NAME);
            if !taken && needs == Needs::Name && cell.is(class::TITLE) && !named_after {
                break;
            }
            if taken && !cells.lexicon.is_adjective(cells.text.key(e), cell) {
                break;
            }
            chain.adjectives += usize::from(taken);
            chain.definite += usize::from(!taken);
            chain.named |= !taken && !cell.is(class::COMMON);
            if !taken && cell.is(class::TITLE) && cells.is(e + 1, class::GIVEN | class::NAME) {
                while chain.end + 1 < limit
                    && cells.is(chain.end + 1, class::GIVEN | class::NAME | class::CONNECTOR)
                    && cells.is_free(chain.end + 1)
                {
                    chain.end += 1;
                }
                chain.named = true;
            }
        } else if !taken && cell.prefix == 0 && is_name_like(cells, e) && !(cell.is(class::COMMON)) {
            if needs == Needs::Any && !cell.is(class::GIVEN | class::NAME) {
                break;
            }
            let mut end = e + 1;
            while end < limit
                && end < e + 5
                && cells.is_free(end)
                && is_name_like(cells, end)
                && !cells.is(end, class::COMMON)
            {
                end += 1;
            }
            chain.end = end;
            chain.named = true;
            chain.nation |= cells.is(end - 1, class::KNOWN_PERSON | class::NAME);
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
    }
    chain
}

/// «وزارة التربية [والتعليم]», not «الجيش [والشرطة]» or «وزارة الدفاع [والسفارة]».
fn joins(cells: &Cells<'_>, e: usize, needs: Needs) -> bool {
    let cell = cells.cell(e);
    needs != Needs::Nation
        && !cell.is(class::DEFINITE_HEAD | class::TITLE | class::PHRASE | class::DEMONYM | class::NAME | class::GIVEN)
}

/// Words after a head with the article: «الحكومة [السورية]», «الهيئة [العامة للطيران المدني]».
fn adjectives(cells: &Cells<'_>, i: usize, limit: usize) -> Chain {
    let mut chain = Chain { end: i + 1, ..Chain::default() };
    while chain.end < limit && chain.end < i + 6 && cells.is_free(chain.end) {
        let cell = cells.cell(chain.end);
        let adjective = cell.prefix == 0 && cell.is(class::DEFINITE) && !cell.restored;
        if adjective && cell.is(class::DEMONYM) {
            chain.nation = true;
        } else if cell.restored
            && chain.adjectives > 0
            && chain.definite == 0
            && cell.is(class::COMMON)
            && !cell.is(class::PHRASE)
        {
            chain.definite = 1;
            chain.nation = true;
        } else if !(adjective && cells.lexicon.is_adjective(cells.text.key(chain.end), cell) && !cell.is(class::TITLE))
        {
            break;
        }
        chain.adjectives += 1;
        chain.end += 1;
    }
    chain
}
