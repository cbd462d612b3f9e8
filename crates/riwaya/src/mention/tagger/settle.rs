//! From labels to finds, in a script with capitals: which of the rules' finds stay, which get other ends, which go, and which
//! are new.

use super::finds::{Named, margin, spans};
use super::model::{Model, Path};
use super::shape::{Rules, Views, each_stretch, extent, kind_of, stem};
use super::{LABELS, finds::RULE};
use crate::mention::body::{glued, known_at};
use crate::mention::capital::{ON_PAGE, is_abbreviation};
use crate::mention::cells::{Cells, Letters};
use crate::mention::find::{Find, What};
use crate::mention::lexicon::class;
use crate::mention::office::{apposition, office_before};
use rustc_hash::FxHashMap;
use std::ops::Range;

/// How many times surer the model has to be of one word as a person's name, or against the kind that a rule gave.
const SURER: i32 = 2;

/// Asks the model about all stretches and settles what the page names; gives the numbers of new finds of people whose names
/// have several words.
pub(in crate::mention) fn settle(cells: &mut Cells<'_>, finds: &mut Vec<Find>, model: &Model) -> Vec<usize> {
    let rules = Rules::new(cells, finds);
    let mut views = Views::new(cells, &rules);
    let (mut named, mut path, mut scores): (Vec<Named>, _, Vec<[i32; LABELS]>) =
        (Vec::new(), Path::default(), Vec::new());
    each_stretch(cells, &rules, |tokens| {
        if rules.are_rows(tokens.clone()) {
            return;
        }
        views.fill(cells, &rules, tokens.clone());
        scores.clear();
        for i in tokens.clone() {
            let mut sums = model.start(true);
            views.features(i, |feature| model.add(feature, &mut sums));
            scores.push(std::array::from_fn(|label| sums[label]));
        }
        model.best(0, &scores, &mut path);
        let from = named.len();
        spans(&path.labels, tokens.start, &mut named);
        named[from..]
            .iter_mut()
            .for_each(|name: &mut Named| name.margin = margin(name, tokens.start, &path.labels, &scores));
    });
    named.iter_mut().for_each(|name| whole(cells, name));
    named.retain(|name| name.tokens.clone().any(|i| !cells.cell(i).letters.small() || cells.cell(i).foreign));
    // «после *ДТП*», «вспышка *COVID*-19»: letters that stand for ordinary words.
    let letters = |i: usize| cells.cell(i).letters == Letters::Capitals && cells.is(i, class::COMMON);
    named.retain(|name| !name.tokens.clone().all(|i| letters(i) || !cells.is_word(i)));
    agree(cells, finds, &mut named);
    let new = mend(cells, finds, &named, model);
    claim_all(cells, finds);
    new.iter().for_each(|n| with_office(cells, finds, *n));
    new.into_iter().filter(|n| finds[*n].tokens.len() > 1).collect()
}

/// Makes the finds those of the model; gives the people that are new. What a rule is sure of the model may put into a longer
/// name; it neither cuts it nor takes it away.
fn mend(cells: &Cells<'_>, finds: &mut Vec<Find>, named: &[Named], model: &Model) -> Vec<usize> {
    let mut old: Vec<Told> = finds.drain(..).map(|find| Told::new(cells, find)).collect();
    old.sort_by_key(|told| told.tokens.start);
    let mut rest = old.as_slice();
    let mut new = Vec::new();
    let mut taken = 0;
    for name in named {
        let before = rest.partition_point(|told| told.tokens.end <= name.tokens.start);
        finds.extend(rest[..before].iter().filter(|told| told.stays()).map(|told| told.find.clone()));
        let touched;
        (touched, rest) = rest[before..].split_at(rest[before..].partition_point(|t| t.tokens.start < name.tokens.end));
        if name.tokens.start < taken || touched.iter().any(|t| t.sure && name.breaks(t)) || name.is_many(cells, touched)
        {
            taken = touched.iter().fold(taken, |end, told| end.max(told.tokens.end));
            finds.extend(touched.iter().map(|told| told.find.clone()));
            continue;
        }
        let mut same = touched.iter().filter(|told| kind_of(told.find.what) == name.kind);
        if let Some(told) = same.clone().find(|told| told.tokens == name.tokens) {
            finds.push(told.find.clone());
            continue;
        }
        // Of what a rule has in the same words, another kind has to be surer.
        let other = touched.iter().find(|told| told.tokens == name.tokens);
        if let Some(told) = other.filter(|_| !model.is_sure(name.margin / SURER, 1)) {
            finds.push(told.find.clone());
            continue;
        }
        let base = same.next();
        if base.is_some()
            || !is_thing(cells, name)
                && model.is_sure(name.margin / if name.kind == 0 && name.tokens.len() == 1 { SURER } else { 1 }, 1)
        {
            if base.is_none() && name.kind == 0 {
                new.push(finds.len());
            }
            finds.push(mended(cells, name, base.map(|told| &told.find)));
        }
    }
    finds.extend(rest.iter().filter(|told| told.stays()).map(|told| told.find.clone()));
    new
}

/// What a rule found, and the stretch of it that the model sees.
struct Told {
    tokens: Range<usize>,
    find: Find,
    /// It has a row, a form of address in front, or no capital that the model could judge.
    sure: bool,
}

impl Told {
    fn new(cells: &Cells<'_>, find: Find) -> Told {
        // «г-н Кольцов» has no role.
        let no_role = find.roles.iter().all(|role| role.start >= find.tokens.end);
        let titled = find.what == What::Person && no_role && find.full.start < find.tokens.start;
        let small = find.tokens.clone().all(|i| cells.cell(i).letters.small());
        Told { tokens: extent(cells, &find), sure: find.known.is_some() || titled || small, find }
    }

    /// Does it stay where the model sees no name at all? So does a part of a name that the page has in full.
    fn stays(&self) -> bool {
        self.sure || self.find.what == What::Person && *self.find.rule == *ON_PAGE
    }
}

impl Named {
    /// Does it cut the row, or give it another kind?
    fn breaks(&self, row: &Told) -> bool {
        row.tokens.start < self.tokens.start || row.tokens.end > self.tokens.end || row.tokens == self.tokens
    }

    /// «завоевание Крыма Россией», «в Кремле президента Франции»: are several names in it that are no parts of one?
    fn is_many(&self, cells: &Cells<'_>, touched: &[Told]) -> bool {
        touched.iter().filter(|told| told.sure).any(|told| {
            let ends = told.tokens.end < self.tokens.end;
            let first = told.tokens.start == self.tokens.start;
            match self.kind {
                1 => {
                    let person =
                        touched.iter().any(|t| t.find.what == What::Person && t.tokens.start == told.tokens.end);
                    first && ends && (person || cells.is(told.tokens.end, class::TITLE))
                }
                kind => kind_of(told.find.what) != kind || kind == 2 && ends,
            }
        })
    }
}

/// «корабль „Союз“», «ураган Катрина», «Уголовный кодекс»: does the word in front or at the end say that the name is a thing's?
/// Or is it an adjective whose noun stands behind it, «Сухопутные войска»?
fn is_thing(cells: &Cells<'_>, name: &Named) -> bool {
    let (start, end) = (name.tokens.start, name.tokens.end);
    let adjective = name.tokens.len() == 1 && cells.lexicon.ends_adjective(cells.text.key(start));
    let before = if start > 0 && cells.opens_quote(start - 1) { start.checked_sub(2) } else { start.checked_sub(1) };
    before.is_some_and(|i| cells.is(i, class::THING))
        || name.kind != 0 && (cells.is(end - 1, class::THING) || cells.is(end, class::THING))
        || adjective && cells.is_word(end) && cells.cell(end).letters.small() && !cells.is(end, class::FUNCTION)
}

/// How often a name of several words that rules found counts.
const WHOLE: u16 = 12;

/// A word alone is on the whole page what it is in most places, where a longer name counts three times, and rows and whole
/// names that rules found decide.
fn agree(cells: &Cells<'_>, finds: &[Find], named: &mut [Named]) {
    let mut votes: FxHashMap<u32, [u16; 3]> = FxHashMap::default();
    let last = |tokens: &Range<usize>| stem(cells.text.key(tokens.end.saturating_sub(1)));
    let alone = |tokens: &Range<usize>| {
        let marks = tokens.clone().filter(|i| !cells.is_word(*i)).count();
        tokens.len() <= 1 + 2 * marks
    };
    let full = |f: &&Find| f.known.is_some() || f.what == What::Person && !alone(&f.tokens);
    let rows = finds.iter().filter(full).map(|f| (&f.tokens, kind_of(f.what), WHOLE));
    for (tokens, kind, weight) in named.iter().map(|name| (&name.tokens, name.kind, 3)).chain(rows) {
        votes.entry(last(tokens)).or_default()[usize::from(kind)] += if alone(tokens) { 1 } else { weight };
    }
    for name in named.iter_mut().filter(|name| alone(&name.tokens)) {
        let votes = votes.get(&last(&name.tokens)).copied().unwrap_or_default();
        let most = votes.iter().copied().max().unwrap_or(0);
        if most > 2 * votes[usize::from(name.kind)] {
            name.kind = votes.iter().position(|v| *v == most).unwrap_or(0) as u8;
        }
    }
}

/// A name has whole words, «Петро-Славянка», and nobody's goes over a bracket or on to an abbreviation.
fn whole(cells: &Cells<'_>, name: &mut Named) {
    let hyphen = |i: usize| cells.is_mark(i, &["-", "‑"]) && glued(cells, i) && glued(cells, i + 1);
    let inner = |i: usize| cells.is_word(i) && known_at(cells, i, i + 1).is_none();
    let ends = |i: &usize| cells.is_mark(*i, &["(", ")"]) || *i > name.tokens.start && is_abbreviation(cells, *i);
    if name.kind != 1
        && let Some(end) = name.tokens.clone().find(ends)
    {
        name.tokens.end = end;
    }
    // «сообщили в пресс|*-службе порта*»
    if name.tokens.start > 0 && hyphen(name.tokens.start) {
        name.tokens.start -= 1;
    }
    while name.tokens.start > 1 && hyphen(name.tokens.start - 1) && inner(name.tokens.start - 2) {
        name.tokens.start -= 2;
    }
    while hyphen(name.tokens.end) && inner(name.tokens.end + 1) {
        name.tokens.end += 2;
    }
}

/// A find of the model, with what a rule knew of the name that it mends.
fn mended(cells: &Cells<'_>, name: &Named, base: Option<&Find>) -> Find {
    let what = [What::Person, What::Organisation, What::Place][usize::from(name.kind).min(2)];
    let mut find = Find::new(name.tokens.clone(), what, RULE.into());
    if what == What::Person {
        if let Some(base) = base {
            find.full.start = base.full.start.min(name.tokens.start);
            find.roles.clone_from(&base.roles);
            find.feminine = base.feminine;
            if base.full.end > base.tokens.end {
                find.full.end = base.full.end.max(name.tokens.end);
            }
        }
        return find;
    }
    find.tokens = proper(cells, name);
    find
}

/// The name proper: without the ordinary noun in front of marks or of foreign letters, «партия „Рассвет“», «компания Nordwind»,
/// and without what a place is, «город Зареченск», «западная Аризона».
fn proper(cells: &Cells<'_>, name: &Named) -> Range<usize> {
    let (start, end) = (name.tokens.start, name.tokens.end);
    let small = |i: usize| cells.is_word(i) && cells.cell(i).letters.small() || cells.is_mark(i, &["-", "‑"]);
    let first = (start..end).find(|i| !small(*i)).unwrap_or(start);
    if name.kind == 2 || cells.cell(first).foreign {
        return first..end;
    }
    let quoted = first > start
        && cells.text.quote_of(first).is_some_and(|q| {
            let quote = cells.text.quotes()[q];
            quote.open == first && quote.inside().end == end
        });
    // «Пресс-служба компании *„Рассвет*“»: marks come in pairs.
    let closes = |q: usize| cells.text.quotes()[q].close == Some(end) && cells.text.quotes()[q].open >= start;
    let open = cells.text.quote_of(end - 1).is_some_and(closes);
    if quoted { first + 1..end } else { start..end + usize::from(open) }
}

/// Every token says which find holds it.
fn claim_all(cells: &mut Cells<'_>, finds: &[Find]) {
    cells.cells.iter_mut().for_each(|cell| cell.claimed = 0);
    for (n, find) in finds.iter().enumerate() {
        for i in find.tokens.clone() {
            if let Some(cell) = cells.cells.get_mut(i) {
                cell.claimed = n as u32 + 1;
            }
        }
    }
}

/// Gives a new person the office in front or behind.
fn with_office(cells: &Cells<'_>, finds: &mut Vec<Find>, n: usize) {
    let find = finds[n].clone();
    let line = cells.text.line_at(cells.text.span(find.tokens.start).start());
    let tokens = cells.text.lines()[line].tokens.clone();
    finds.push(find);
    office_before(cells, finds, tokens.start);
    apposition(cells, finds, tokens.end);
    if let Some(find) = finds.pop() {
        finds[n] = find;
    }
}
