//! Which stretches are known names, organisations and places?

use super::cells::Cells;
use super::known::{Phrase, When};
use super::lexicon::class;
use super::organisation::{is_complement, organisation_at};
use super::place::{place_at, place_word};
use crate::clitic;
use std::ops::Range;
use std::sync::Arc;

/// What a find names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
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
    /// A person found by words that no list has as names: the model has the last word.
    pub soft: bool,
    /// The words that this find abbreviates: “BDI” behind “Federation of German Industries”.
    pub alias: Option<Range<usize>>,
}

impl Find {
    pub fn new(tokens: Range<usize>, what: What, rule: Arc<str>) -> Find {
        let full = tokens.clone();
        Find {
            tokens,
            full,
            what,
            known: None,
            roles: Vec::new(),
            rule,
            feminine: None,
            plural: false,
            soft: false,
            alias: None,
        }
    }
}

/// The longest known name that starts at token `i`: its end, and its row.
pub(super) fn known_at(cells: &Cells<'_>, i: usize, limit: usize) -> Option<(usize, u32)> {
    // «مسقط رأسه» is no city, nor is «دوماً».
    let (end, phrase) = phrase_at(cells, i, limit)?;
    let adverb = clitic::is_adverb(cells.text.word(end - 1));
    (phrase.when != When::Never && !adverb).then_some((end, phrase.name))
}

/// «بعون الله»: do words that name nothing start at token `i`?
pub(super) fn is_hidden(cells: &Cells<'_>, i: usize, limit: usize) -> bool {
    phrase_at(cells, i, limit).is_some_and(|(_, phrase)| phrase.when == When::Never)
}

/// The longest phrase of the lists that starts at token `i`, with its end.
fn phrase_at<'c>(cells: &Cells<'c>, i: usize, limit: usize) -> Option<(usize, &'c Phrase)> {
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
            && (phrase.when == When::Never || holds(cells, phrase.when, i, end)))
        .then_some((end, phrase))
    })
}

/// Does a known name start at token `i`? «المياه» may begin one and need not.
pub(super) fn begins_known(cells: &Cells<'_>, i: usize) -> bool {
    cells.is(i, class::PHRASE) && known_at(cells, i, cells.text.len()).is_some()
}

fn holds(cells: &Cells<'_>, when: When, i: usize, end: usize) -> bool {
    let before = i.wrapping_sub(1);
    match when {
        When::Always => true,
        When::Never => false,
        When::Quoted => {
            cells.opens_quote(before)
                && cells.text.quote_of(before).is_some_and(|q| cells.text.quotes()[q].inside() == (i..end))
                || is_between_marks(cells, before, end)
                || cells.cell(i).prefix == 0 && is_signature(cells, i, end)
        }
        When::Headed => cells.cell(i).prefix == 0 && cells.is(before, class::PLACE_HEAD | class::HEAD),
        When::Place => {
            // «عدن ولحج»
            let and = cells.cell(i).prefix == 1 && clitic::is_and(cells.text.key(i)) && cells.cell(before).claimed > 0;
            and || cells.is(before, class::PLACE_HEAD)
                || cells.cell(i).prefix == 0 && cells.title_kind(before) == Some(super::lexicon::TitleKind::Link)
        }
        When::Group => {
            cells.cell(i).prefix == 0 && cells.is(before, class::HEAD)
                || cells.text.quote_of(before).is_some_and(|q| cells.text.quotes()[q].inside() == (i..end))
                || near(cells, i, "armed-group") && !is_qualified(cells, end)
        }
        When::Sport => cells.sport && !is_of_place(cells, i),
        When::Club => {
            cells.sport
                && !is_of_place(cells, i)
                && !cells.is(end, class::DEFINITE)
                && (is_before_club(cells, before) || near(cells, i, "club"))
        }
    }
}

/// «لـ”المساء“», «لـ»المساء»»: marks on both sides that do not pair, as pages of the outlet itself often have them.
fn is_between_marks(cells: &Cells<'_>, before: usize, end: usize) -> bool {
    const MARKS: [&str; 7] = ["«", "»", "\"", "“", "”", "„", "'"];
    let touches = |a: usize, b: usize| cells.text.span(a).end() == cells.text.span(b).start();
    cells.is_mark(before, &MARKS) && cells.is_mark(end, &MARKS) && touches(before, before + 1) && touches(end - 1, end)
}

/// «المساء - جدة: …» at the start of a line: the outlet signs its report.
fn is_signature(cells: &Cells<'_>, i: usize, end: usize) -> bool {
    let line = cells.text.line_at(cells.text.span(i).start());
    let first = cells.text.lines()[line].tokens.start == i;
    first && cells.is_mark(end, &["-", "–", "—", "ـ"]) && cells.is(end + 1, class::PHRASE | class::PLACE_WORD)
}

/// «القاعدة العسكرية»: an ordinary adjective makes an ordinary noun of the word before it.
fn is_qualified(cells: &Cells<'_>, i: usize) -> bool {
    cells.is(i, class::DEFINITE)
        && cells.is(i, class::COMMON)
        && cells.lexicon.is_adjective(cells.text.key(i), cells.cell(i))
}

/// «في برشلونة», «ببرشلونة»: is the word before a place's?
fn is_of_place(cells: &Cells<'_>, i: usize) -> bool {
    let before = i.wrapping_sub(1);
    let key = cells.text.key(i);
    cells.cell(i).prefix > 0 && clitic::is_in(key)
        || cells.is(before, class::PLACE_HEAD)
        || clitic::is_where(cells.text.key(before))
}

/// «أمام الشباب», «فريق الاتحاد»: function words count too, so the list is asked and not the cell.
fn is_before_club(cells: &Cells<'_>, i: usize) -> bool {
    cells.is(i, class::CLUB_HEAD)
        || cells.lexicon.word(cells.text.key(i)).is_some_and(|w| w.classes & class::CLUB_HEAD != 0)
}

/// «داعش والقاعدة», «بين الهلال والشباب»: another one of that class is named within three words before.
fn near(cells: &Cells<'_>, i: usize, class: &str) -> bool {
    (i.saturating_sub(3)..i).any(|j| {
        let list = usize::from(cells.cell(j).word.phrases).checked_sub(1).and_then(|n| cells.lexicon.phrases.get(n));
        list.into_iter().flatten().any(|p| {
            p.rest.is_empty()
                && matches!(p.when, When::Always | When::Sport)
                && &*cells.lexicon.known[p.name as usize].class == class
        })
    })
}

/// A known name, an organisation or a headed place at token `i`.
pub(super) fn name_at(cells: &Cells<'_>, i: usize, limit: usize) -> Option<Find> {
    let known = known_at(cells, i, limit);
    let complement = cells.is(i, class::DEFINITE_HEAD) && is_complement(cells, i);
    let known = known.filter(|(end, _)| *end > i + 1 || !is_adjective_here(cells, i));
    let known = known.filter(|(_, n)| !(complement && &*cells.lexicon.known[*n as usize].class == "ministry"));
    let organisation = organisation_at(cells, i, limit).filter(|_| !is_district(cells, i));
    // «حزب الكرمة والفصائل»: what is joined to a known name is another.
    let joined = |end: usize| clitic::and_definite(cells.text.key(end));
    match (known, organisation) {
        (Some((end, name)), Some(o)) if o.full.end > end && !is_place(cells, name) && !joined(end) => Some(o),
        (None, Some(o)) => Some(o),
        (Some((end, name)), _) => Some(known_find(cells, i..end, name)),
        (None, None) => place_at(cells, i, limit).or_else(|| place_word(cells, i)),
    }
}

/// «مديرية الكرمية» is a district where «مديرية الصحة» is a body: its name is no ordinary word.
fn is_district(cells: &Cells<'_>, i: usize) -> bool {
    cells.is(i, class::DISTRICT) && cells.is(i, class::HEAD) && !cells.is(i + 1, class::COMMON | class::HEAD)
}

pub(super) fn is_place(cells: &Cells<'_>, name: u32) -> bool {
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
