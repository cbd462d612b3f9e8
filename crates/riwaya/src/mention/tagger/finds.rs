//! From labels to finds.

use super::features::{Views, each_stretch};
use super::model::{Model, Path};
use super::{LABELS, Label, begin, inside, kind_of};
use crate::clitic;
use crate::mention::cells::Cells;
use crate::mention::find::{Find, What};
use crate::mention::lexicon::class;
use crate::mention::person::is_known_person;
use crate::mention::scan;
use std::ops::Range;

/// The rule that a name which only the model saw is found by.
pub(super) const RULE: &str = "mention/tagger";

/// Asks the model about all stretches, puts what it says among `finds`, and says which people are new.
pub(in crate::mention) fn tag(cells: &mut Cells<'_>, finds: &mut Vec<Find>, model: &Model) -> Vec<usize> {
    let mut named: Vec<Named> = Vec::new();
    let (mut views, mut path, mut scores) = (Views::default(), Path::default(), Vec::new());
    each_stretch(cells, |tokens| {
        let from = named.len();
        views.fill(cells, finds, tokens.clone());
        scores.clear();
        for i in tokens.clone() {
            let mut sums = model.start(cells.cell(i).hint > 0);
            views.features(i, |feature| model.add(feature, &mut sums));
            scores.push(std::array::from_fn(|label| sums[label]));
        }
        model.best(label_before(cells, finds, tokens.start), &scores, &mut path);
        spans(&path.labels, tokens.start, &mut named);
        named[from..].iter_mut().for_each(|name| name.margin = margin(name, tokens.start, &path.labels, &scores));
    });
    // «كارل هينز | شتيلنغه»: two names of the model are one where the rule saw the first go on.
    named.dedup_by(|next, name| {
        let one = next.kind == 0 && name.kind == 0 && name.tokens.end == next.tokens.start;
        let goes_on = one && cells.cell(next.tokens.start).hint == 2;
        if goes_on {
            name.tokens.end = next.tokens.end;
            name.margin += next.margin;
        }
        goes_on
    });
    named.iter_mut().for_each(|name| trim(cells, name));
    named.iter_mut().for_each(|name| ends_at_letter(cells, name));
    named.iter_mut().for_each(|name| with_given(cells, name));
    named.iter_mut().for_each(|name| with_family(cells, name));
    named.retain(|name| is_plausible(cells, name) && model.is_sure(name.margin, name.tokens.len()));
    agree(cells, finds, &mut named);
    let known = finds.len();
    for name in named {
        put(cells, finds, name);
    }
    // What a rule took for a name and the model does not is none.
    for find in finds.iter_mut() {
        if find.soft {
            find.tokens.end = find.tokens.start;
        }
    }
    cells.cells.iter_mut().for_each(|cell| cell.hint = 0);
    (known..finds.len()).filter(|n| finds[*n].what == What::Person).collect()
}

/// Opens the words again of people whom no title but only their words showed, where no list has all of these words as
/// names; the model sees what the rule said.
pub(in crate::mention) fn soften(cells: &mut Cells<'_>, finds: &mut [Find]) {
    const SURE: u32 = class::GIVEN | class::NAME | class::CONNECTOR | class::KNOWN_PERSON | class::UNCERTAIN;
    for find in finds.iter_mut().filter(|f| f.what == What::Person && &*f.rule == scan::BY_WORDS) {
        find.soft = find.tokens.clone().any(|i| !cells.is(i, SURE)) && !is_known_person(cells, find.tokens.clone());
        if find.soft {
            for i in find.tokens.clone() {
                if let Some(cell) = cells.cells.get_mut(i) {
                    cell.claimed = 0;
                    cell.hint = if i == find.tokens.start { 1 } else { 2 };
                }
            }
        }
    }
}

/// The label of the word before token `i`, where a rule found a name that ends there.
pub(super) fn label_before(cells: &Cells<'_>, finds: &[Find], i: usize) -> Label {
    let find =
        i.checked_sub(1).and_then(|b| (cells.cell(b).claimed as usize).checked_sub(1)).and_then(|n| finds.get(n));
    // Bodies and places end where their rules say.
    if find.is_some_and(|f| f.what == What::Person) { inside(0) } else { 0 }
}

/// A name that the model sees.
pub(super) struct Named {
    /// As in labels.
    pub kind: u8,
    pub tokens: Range<usize>,
    /// It goes on from a name that a rule found before it.
    goes_on: bool,
    /// By how much its labels are better than none.
    pub margin: i32,
}

/// The names that `labels` hold; one that goes on from before the stretch starts with its first token.
pub(super) fn spans(labels: &[Label], start: usize, named: &mut Vec<Named>) {
    let mut open: Option<Named> = None;
    for (n, label) in labels.iter().enumerate() {
        let at = start + n;
        match open.as_mut().filter(|name| *label == inside(name.kind)) {
            Some(name) => name.tokens.end = at + 1,
            None => {
                named.extend(open.take());
                open = kind_of(*label).map(|kind| Named {
                    kind,
                    tokens: at..at + 1,
                    goes_on: *label != begin(kind),
                    margin: 0,
                });
            }
        }
    }
    named.extend(open);
}

/// By how much the labels of a name are better than none.
pub(super) fn margin(name: &Named, start: usize, labels: &[Label], scores: &[[i32; LABELS]]) -> i32 {
    let better = |i: usize| {
        let (label, score) = (labels.get(i)?, scores.get(i)?);
        Some(score.get(usize::from(*label))? - score[0])
    };
    name.tokens.clone().filter_map(|i| better(i - start)).sum()
}

/// Cuts a name off before a word that has the shape of none: «جو بايدن سيناقشان».
fn trim(cells: &Cells<'_>, name: &mut Named) {
    let shapeless = |i: usize| {
        cells.cell(i).is_unknown()
            && (clitic::cannot_be_name(cells.text.key(i)) || cells.is_inflected(i) && !cells.ends_foreign(i))
    };
    // «سلمان بن عبدالعزيز وبقناعته»: no later word of a name carries «و».
    let first = if name.goes_on { name.tokens.start } else { name.tokens.start + 1 };
    let and = |i: usize| cells.cell(i).prefix > 0 && clitic::is_and(cells.text.key(i));
    let apart = |i: usize| i >= first && and(i) && cells.is(i, class::COMMON);
    if let Some(end) = name.tokens.clone().find(|i| shapeless(*i) || apart(*i)) {
        name.tokens.end = end;
    }
}

/// «قال الكرمي *للحسني* إن …», «آل الكرمي *بتضافر* الجهود»: no name of a person goes on with «لل», nor one that a clan closes.
fn ends_at_letter(cells: &Cells<'_>, name: &mut Named) {
    let clan = |i: usize| i >= 2 && cells.is_word(i - 1) && clitic::is_written_clan(cells.text.word(i - 2));
    let ends = |i: &usize| clitic::is_to_definite(cells.text.key(*i)) || clan(*i);
    if name.kind == 0
        && let Some(end) = (name.tokens.start + usize::from(!name.goes_on)..name.tokens.end).find(ends)
    {
        name.tokens.end = end;
    }
}

/// «جيوفانا دي بينيديتو»: before «دي» and «فان» stands a given name, whether any list knows it or not.
fn with_given(cells: &Cells<'_>, name: &mut Named) {
    let (start, key) = (name.tokens.start, cells.text.key(name.tokens.start));
    let joins = cells.is(start, class::CONNECTOR) && !clitic::is_father(key) && !clitic::is_servant(key);
    if name.kind == 0 && joins && start > 0 && cells.cell(start).prefix == 0 && scan::is_given_here(cells, start - 1) {
        name.tokens.start -= 1;
    }
}

/// «نزار أبو قمحة»: a name does not end with «أبو» or «بن», whatever the word behind it looks like.
fn with_family(cells: &Cells<'_>, name: &mut Named) {
    let open = |i: usize| cells.is(i, class::CONNECTOR) && !cells.is(i, class::GIVEN | class::NAME);
    let end = name.tokens.end;
    if name.kind != 0 || name.tokens.len() < 2 || !open(end - 1) {
        return;
    }
    let follows = end < cells.text.len() && cells.is_free(end) && cells.cell(end).prefix == 0;
    name.tokens.end = if follows && !cells.is(end, class::FUNCTION) { end + 1 } else { end - 1 };
}

/// A title, a head or ordinary words alone are no name, whatever the model says, nor is one unknown word with «و».
fn is_plausible(cells: &Cells<'_>, name: &Named) -> bool {
    const OTHER: u32 = class::TITLE
        | class::HEAD
        | class::DEFINITE_HEAD
        | class::PLACE_HEAD
        | class::DEMONYM
        | class::FUNCTION
        | class::UNCERTAIN
        | class::COMMON;
    let like_name = |i: usize| !cells.is(i, OTHER) || cells.is(i, class::RARE) && name.tokens.len() > 1;
    let start = name.tokens.start;
    let and = cells.cell(start).is_unknown() && clitic::is_and(cells.text.key(start));
    name.tokens.clone().any(like_name) && !(and && name.tokens.len() == 1)
}

/// «فينغر» is a person on the whole page if it is one in most places: names that end alike get the kind of most of them,
/// those that rules found among them.
fn agree(cells: &Cells<'_>, finds: &[Find], named: &mut [Named]) {
    let last = |tokens: &Range<usize>| cells.stem(tokens.end.saturating_sub(1)).to_owned();
    let kinds: Vec<(String, u8)> = named
        .iter()
        .map(|n| (last(&n.tokens), n.kind))
        .chain(finds.iter().filter(|f| !f.soft && f.what == What::Person).map(|f| (last(&f.tokens), 0)))
        .collect();
    for name in named {
        let mut votes = [0; 3];
        let word = last(&name.tokens);
        for (_, kind) in kinds.iter().filter(|(other, _)| *other == word) {
            votes[usize::from(*kind)] += 1;
        }
        let most = votes.iter().copied().max().unwrap_or(0);
        // People before bodies before places where as many places say so.
        name.kind = votes.iter().position(|v| *v == most).unwrap_or(0) as u8;
    }
}

/// One name of the model: it mends a find of a rule that it overlaps or touches, or is a find of its own.
fn put(cells: &mut Cells<'_>, finds: &mut Vec<Find>, name: Named) {
    let Named { kind, tokens, goes_on, .. } = name;
    let what = match kind {
        0 => What::Person,
        1 => What::Organisation,
        _ => What::Place,
    };
    let same = |n: usize| finds.get(n).is_some_and(|f| f.what == what && f.known.is_none());
    let claimed = |i: usize| (cells.cell(i).claimed as usize).checked_sub(1);
    let soft = finds.iter().position(|f| f.soft && f.what == what && overlap(&f.tokens, &tokens));
    let before = tokens.start.checked_sub(1).and_then(claimed).filter(|n| goes_on && same(*n));
    let joined = cells.cell(tokens.end).prefix == 0;
    let after = claimed(tokens.end).filter(|n| joined && same(*n) && what == What::Person);
    let n = match soft.or(before).or(after) {
        Some(n) => {
            let find = &mut finds[n];
            let whole = if find.soft { tokens } else { join(&find.tokens, &tokens) };
            if whole.start != find.tokens.start && find.full.start >= whole.start {
                find.full.start = whole.start;
            }
            find.full.end = if find.full.end > find.tokens.end { find.full.end.max(whole.end) } else { whole.end };
            find.tokens = whole;
            find.soft = false;
            n
        }
        None => {
            finds.push(Find::new(tokens, what, RULE.into()));
            finds.len() - 1
        }
    };
    let tokens = finds[n].tokens.clone();
    let prefix = clitic_of(cells, finds, &tokens);
    for i in tokens.clone() {
        if let Some(cell) = cells.cells.get_mut(i) {
            cell.claimed = n as u32 + 1;
            if i == tokens.start && prefix > 0 {
                cell.prefix = prefix;
            }
        }
    }
}

fn overlap(a: &Range<usize>, b: &Range<usize>) -> bool {
    a.start < b.end && b.start < a.end
}

fn join(a: &Range<usize>, b: &Range<usize>) -> Range<usize> {
    a.start.min(b.start)..a.end.max(b.end)
}

/// «ومتعب» after another name, «بفيغنر» where the page has «فيغنر»: the letters before a name that no list knows.
fn clitic_of(cells: &Cells<'_>, finds: &[Find], tokens: &Range<usize>) -> u8 {
    let start = tokens.start;
    let cell = cells.cell(start);
    let key = cells.text.key(start);
    // «وحسن» may be a verb, but not at the head of a name.
    let given =
        key.strip_prefix('و').and_then(|rest| cells.lexicon.word(rest)).is_some_and(|w| w.classes & class::GIVEN != 0);
    if given && cell.prefix == 0 && tokens.len() > 1 && !cell.is(class::GIVEN | class::NAME) {
        return 1;
    }
    if cell.prefix > 0 || !cell.is_unknown() {
        return 0;
    }
    let after_name = start > 0 && label_before(cells, finds, start) > 0;
    let on_page = |stem: &str| (0..cells.text.len()).any(|i| cells.text.key(i) == stem);
    clitic::nominal(key)
        .find(|(n, stem)| {
            *n == 1 && clitic::is_and(key) && after_name || stem.chars().nth(2).is_some() && on_page(stem)
        })
        .map_or(0, |(n, _)| n)
}
