//! What the model sees of a word in a script with capitals.
//!
//! How the word is written, its first and last letters, its neighbours, the quotation that it stands in, what rules found
//! here, and what the rest of the page says of the word: whether it has a capital in the middle of a sentence, whether it is
//! written small somewhere, and what rules took it for elsewhere.

use super::Stretch;
use super::features::{hash, mark, mix};
use crate::mention::body::glued;
use crate::mention::cells::{Cells, Letters};
use crate::mention::find::{Find, What};
use crate::mention::lexicon::class;
use crate::text::TokenKind;
use rustc_hash::FxHashMap;
use std::ops::Range;

/// So many tokens in front of a capital are asked about with it: «администрация города Москвы».
const BEFORE: usize = 4;
/// And so many behind one that a body's name may begin with: «Комитет защиты журналистов».
const BEHIND: usize = 4;
/// So many may stand between two capitals of one name: «Валид аль-Муалем».
const BETWEEN: usize = 2;
/// How many words on each side of a word its features look at.
const SEEN: usize = 2;
/// A word is the same on the page where so many of its first letters are: endings tell cases apart.
const STEM: usize = 5;
/// The longest run of words with capitals over which a word looks for what stands around the run.
const RUN: usize = 6;

/// What rules said of the tokens of a page.
pub(super) struct Rules {
    /// The label of each token, or 0.
    labels: Vec<u8>,
    /// How sure its rule was, hashed.
    reasons: Vec<u32>,
}

/// The stretch of a find as the model sees it: a body with its ordinary noun, a place with what it is, a person without
/// office; no quotation mark at either end.
pub(super) fn extent(cells: &Cells<'_>, find: &Find) -> Range<usize> {
    let whole = match find.what {
        What::Organisation | What::Place => find.full.start.min(find.tokens.start)..find.full.end.max(find.tokens.end),
        _ => find.tokens.clone(),
    };
    let (mut start, mut end) = (whole.start, whole.end);
    let outer = |i: usize| cells.text.tokens()[i].kind == TokenKind::Punct && mark(cells.text.word(i)) == QUOTE;
    while start < end && outer(start) {
        start += 1;
    }
    while end > start && outer(end - 1) {
        end -= 1;
    }
    start..end
}

/// The number that [`mark`] gives a quotation mark.
const QUOTE: u8 = 8;
/// And a hyphen, among others.
const HYPHEN: u8 = 10;

/// The kind of a find in labels.
pub(super) fn kind_of(what: What) -> u8 {
    match what {
        What::Person | What::Unnamed | What::Group => 0,
        What::Organisation => 1,
        What::Place => 2,
    }
}

impl Rules {
    pub fn new(cells: &Cells<'_>, finds: &[Find]) -> Rules {
        let mut rules = Rules { labels: vec![0; cells.text.len()], reasons: vec![0; cells.text.len()] };
        for find in finds {
            let reason = match find.known {
                Some(_) => ROW + u32::from(find.full.start < find.tokens.start),
                None if find.rule.starts_with("mention/") => hash(&find.rule),
                None => ROW + 2,
            };
            let mut label = super::begin(kind_of(find.what));
            for i in extent(cells, find) {
                rules.labels[i] = label;
                rules.reasons[i] = reason;
                label = super::inside(kind_of(find.what));
            }
        }
        rules
    }
}

impl Rules {
    /// Has every token of the stretch a row? Then there is nothing to ask.
    pub fn are_rows(&self, tokens: Range<usize>) -> bool {
        self.reasons[tokens].iter().all(|reason| (ROW..ROW + 2).contains(reason))
    }
}

/// The reason of a row, and one more of a row with a word in front that says what it is.
const ROW: u32 = 1;

/// May token `i` be the heart of a name?
fn is_candidate(cells: &Cells<'_>, rules: &Rules, i: usize) -> bool {
    let cell = cells.cell(i);
    rules.labels[i] > 0 || cell.open && cells.is_word(i) && (!cell.letters.small() || cell.foreign)
}

/// Calls `ask` with every run of tokens of one sentence that may be names: words with capitals, what may stand between two of
/// them, ordinary words in front that a name can begin with, and those behind that a body's can end with.
pub(super) fn each_stretch(cells: &Cells<'_>, rules: &Rules, mut ask: impl FnMut(Range<usize>)) {
    for sentence in cells.text.sentences() {
        let (mut free, limit) = (sentence.tokens.start, sentence.tokens.end);
        let mut i = free;
        while i < limit {
            if !is_candidate(cells, rules, i) {
                i += 1;
                continue;
            }
            let mut start = i;
            while start > free && i - start < BEFORE && leads(cells, start - 1) {
                start -= 1;
            }
            let mut body = (start..i).any(|j| cells.is(j, class::HEAD));
            let (mut end, mut last) = (i, i);
            while end < limit && end - last <= if body { BEHIND } else { BETWEEN } {
                if is_candidate(cells, rules, end) {
                    last = end;
                    body |= opens_body(cells, rules, end);
                } else if body && cells.is(end, class::FUNCTION) && !cells.is(end, class::LINK) && end > last + BETWEEN
                {
                    break;
                }
                end += 1;
            }
            if !body {
                end = last + 1;
                // «Лента.ру», «Нью-йоркский»
                while end + 1 < limit && end < last + BEHIND && glued(cells, end) && glued(cells, end + 1) {
                    end += 2;
                }
            }
            ask(start..end);
            (free, i) = (end, end);
        }
    }
}

/// May a name begin with this word in small letters: «администрация Трампа», «город Зареченск»?
fn leads(cells: &Cells<'_>, i: usize) -> bool {
    const LEADING: u32 =
        class::HEAD | class::PLACE_HEAD | class::NAMED_PLACE | class::SUBJECT | class::DEMONYM | class::LINK;
    let cell = cells.cell(i);
    // «радиостанция „Рассвет“», «компания Nordwind»
    let named = |j: usize| cells.cell(j).foreign || j < cells.text.len() && cells.opens_quote(j);
    cell.open
        && cells.is_word(i)
        && (cell.is(LEADING)
            || !cell.is(class::FUNCTION) && (named(i + 1) || cells.lexicon.ends_adjective(cells.text.key(i))))
        || cells.text.tokens()[i].kind == TokenKind::Punct && matches!(mark(cells.text.word(i)), QUOTE | HYPHEN)
}

/// May words in small letters belong to the name behind this one: «Комитет», «Следственный»?
fn opens_body(cells: &Cells<'_>, rules: &Rules, i: usize) -> bool {
    cells.is(i, class::HEAD | class::SUBJECT | class::COMMON)
        || super::kind_of(rules.labels[i]) == Some(1)
        || !cells.cell(i).letters.small() && cells.lexicon.ends_adjective(cells.text.key(i))
}

/// What a page says of a word with a capital.
#[derive(Debug, Clone, Copy, Default)]
struct Memory {
    /// How often it has a capital in the middle of a sentence.
    capital: u8,
    /// It is written small somewhere.
    small: bool,
    /// How often rules took it for a person, a body, a place.
    kinds: [u8; 3],
}

impl Memory {
    /// As a feature: each count is none, one, or more.
    fn seen(&self, own: Option<u8>, middle: bool) -> u32 {
        let few = |n: u8| u32::from(n.min(2));
        // What a word is here says nothing of what it is elsewhere.
        let less = |n: u8, here: bool| few(n.saturating_sub(u8::from(here)));
        let kind = |k: u8| less(self.kinds[usize::from(k)], own == Some(k));
        less(self.capital, middle) + 3 * u32::from(self.small) + 6 * (kind(0) + 3 * kind(1) + 9 * kind(2))
    }
}

/// A token as the features look at it.
#[derive(Debug, Clone, Copy, Default)]
struct View {
    word: u32,
    /// Hashes of its first two to four letters, and of its last one to four.
    front: [u32; 3],
    back: [u32; 4],
    shape: u32,
    classes: u32,
    /// The label that rules gave it.
    rule: u32,
    reason: u32,
    memory: u32,
    /// Where it stands in a short quotation, and what stands before that.
    quote: u32,
    before_quote: u32,
}

/// The tokens of a stretch and those beside it; room that is used again from stretch to stretch.
pub(super) struct Views {
    start: usize,
    views: Vec<View>,
    memory: FxHashMap<u32, Memory>,
    /// What stands in front of the run of capitals that a token is in, and behind it.
    runs: Vec<(u32, u32, u32)>,
}

impl Views {
    /// Room for a page, with what the page says of its words.
    pub fn new(cells: &Cells<'_>, rules: &Rules) -> Views {
        let mut memory: FxHashMap<u32, Memory> = FxHashMap::default();
        for i in 0..cells.text.len() {
            let cell = cells.cell(i);
            if cell.letters.small() || !cell.open {
                continue;
            }
            let word = memory.entry(stem(cells.text.key(i))).or_default();
            word.capital = word.capital.saturating_add(u8::from(!cell.opens));
            if let Some(kind) = super::kind_of(rules.labels[i]) {
                let count = &mut word.kinds[usize::from(kind)];
                *count = count.saturating_add(1);
            }
        }
        for i in 0..cells.text.len() {
            if cells.is_word(i)
                && cells.cell(i).letters.small()
                && let Some(word) = memory.get_mut(&stem(cells.text.key(i)))
            {
                word.small = true;
            }
        }
        Views { start: 0, views: Vec::new(), memory, runs: Vec::new() }
    }

    /// Looks at `tokens` and their neighbours on the line.
    pub fn fill(&mut self, cells: &Cells<'_>, rules: &Rules, tokens: Range<usize>) {
        self.start = tokens.start;
        self.views.clear();
        self.runs.clear();
        let line = cells.text.line_at(cells.text.span(tokens.start).start());
        let inside = cells.text.lines()[line].tokens.clone();
        for i in tokens.start as isize - SEEN as isize..(tokens.end + SEEN) as isize {
            let seen = usize::try_from(i).ok().filter(|i| inside.contains(i));
            self.views.push(seen.map_or(View::default(), |i| self.view(cells, rules, i)));
        }
        for at in SEEN..SEEN + tokens.len() {
            let capital = |v: &View| v.shape & LETTERS > 0;
            let front = self.views[..at].iter().rev().take(RUN).find(|v| !capital(v));
            let behind = self.views[at + 1..].iter().take(RUN).find(|v| !capital(v));
            let behind = behind.copied().unwrap_or_default();
            self.runs.push((front.map_or(0, |v| v.word), behind.word, behind.back[1]));
        }
    }

    fn view(&self, cells: &Cells<'_>, rules: &Rules, i: usize) -> View {
        let (text, cell) = (cells.text, cells.cell(i));
        let key = text.key(i);
        let mut view =
            View { word: hash(key), rule: u32::from(rules.labels[i]), reason: rules.reasons[i], ..View::default() };
        (view.quote, view.before_quote) = quotation(cells, i);
        match text.tokens()[i].kind {
            TokenKind::Number => view.shape = 1 << 8,
            TokenKind::Punct => view.shape = u32::from(mark(text.word(i))) << 9 | 2 << 8,
            TokenKind::Word => {
                view.shape = shape(cells, i);
                view.classes = cell.word.classes & SHOWN;
                letters(key, &mut view);
                let own = super::kind_of(rules.labels[i]);
                if let Some(memory) = self.memory.get(&stem(key)).filter(|_| !cell.letters.small()) {
                    view.memory = 1 + memory.seen(own, !cell.opens);
                }
            }
        }
        view
    }

    /// Calls `put` with every feature of token `i` of the stretch.
    pub fn features(&self, i: usize, mut put: impl FnMut(u32)) {
        let at = i - self.start + SEEN;
        let Some([_, last, here, next, _]) = self.views.get(at - SEEN..=at + SEEN) else { return };
        let run = self.runs[i - self.start];
        let mut kind = 100;
        let mut add = |value: u32| {
            kind += 1;
            put(mix(kind, value));
        };
        let two = |a: u32, b: u32| mix(a.wrapping_add(1), b);
        add(0);
        add(here.word);
        add(last.word);
        add(next.word);
        add(two(last.word, here.word));
        add(two(here.word, next.word));
        add(two(last.word, here.shape));
        add(two(next.word, here.shape));
        add(here.shape);
        let pair = two(last.shape, here.shape);
        add(pair);
        add(two(here.shape, next.shape));
        add(two(pair, next.shape));
        add(here.rule);
        add(two(here.rule, here.reason));
        let rules = two(last.rule, here.rule);
        add(rules);
        add(two(rules, next.rule));
        add(two(here.rule, here.shape));
        add(two(here.rule, last.word));
        add(two(here.rule, here.back[1]));
        add(here.classes);
        add(two(here.classes, here.shape));
        add(two(last.classes, here.shape));
        add(two(next.classes, here.shape));
        here.front.iter().chain(&here.back).for_each(|letters| add(*letters));
        add(two(here.back[1], here.shape));
        add(two(here.back[2], here.rule));
        add(two(two(last.back[1], here.back[1]), here.shape));
        add(two(last.back[2], here.shape));
        add(two(next.back[2], here.shape));
        add(here.memory);
        add(two(here.memory, here.shape));
        add(two(here.memory, here.rule));
        add(here.quote);
        add(two(here.quote, here.shape));
        add(two(here.quote, here.before_quote));
        add(two(run.0, here.shape));
        add(two(run.1, here.shape));
        add(two(run.2, here.shape));
        add(two(run.0, here.rule));
    }
}

/// The bits of a shape that say that a word has a capital.
const LETTERS: u32 = 3;

/// How a word is written.
fn shape(cells: &Cells<'_>, i: usize) -> u32 {
    let cell = cells.cell(i);
    let letters = match cell.letters {
        Letters::Small => 0,
        Letters::Capital => 1,
        Letters::Capitals => 2,
    };
    let length = cells.text.key(i).chars().take(4).count() as u32;
    letters | u32::from(cell.opens) << 2 | u32::from(cell.foreign) << 3 | u32::from(cell.open) << 4 | length << 5
}

/// The classes that the model sees.
const SHOWN: u32 = class::GIVEN
    | class::NAME
    | class::COMMON
    | class::FUNCTION
    | class::CONNECTOR
    | class::DEMONYM
    | class::HEAD
    | class::PLACE_HEAD
    | class::NAMED_PLACE
    | class::PLACE_ADJECTIVE
    | class::TITLE
    | class::PHRASE
    | class::KNOWN_PERSON
    | class::SUBJECT
    | class::THING
    | class::LINK;

/// The longest quotation that may be a name, in tokens.
const QUOTED: usize = 6;

/// Where a token stands in a short quotation, and the word in front of that.
fn quotation(cells: &Cells<'_>, i: usize) -> (u32, u32) {
    let Some(quote) = cells.text.quote_of(i).map(|q| cells.text.quotes()[q]) else { return (0, 0) };
    let inside = quote.inside();
    if inside.len() > QUOTED || quote.close.is_none() {
        return (1, 0);
    }
    let before = quote.open.checked_sub(1).map_or(0, |b| hash(cells.text.key(b)));
    let capital = !cells.cell(inside.start).letters.small();
    let place = u32::from(i == inside.start) | u32::from(i + 1 == inside.end) << 1 | u32::from(i == quote.open) << 2;
    (2 + place * 2 + u32::from(capital), before)
}

/// Hashes of the first and last letters of a word.
fn letters(key: &str, view: &mut View) {
    let mut ends = [0; 5];
    let mut count = 0;
    for (at, _) in key.char_indices() {
        if (2..5).contains(&count) {
            view.front[count - 2] = hash(&key[..at]);
        }
        ends[count % 5] = at;
        count += 1;
    }
    for n in 0..4.min(count) {
        view.back[n] = hash(&key[ends[(count - 1 - n) % 5]..]);
    }
}

/// What the cases of a word have in common, roughly: all but its last letter, five letters at most.
pub(super) fn stem(key: &str) -> u32 {
    let mut at = key.char_indices().map(|(at, _)| at).skip(1);
    let mut end = key.len();
    let mut letters = 1;
    for next in at.by_ref() {
        (end, letters) = (next, letters + 1);
        if letters > STEM {
            break;
        }
    }
    hash(&key[..end])
}

/// The stretches of a page with the features of each token.
pub(super) fn stretches(cells: &Cells<'_>, finds: &[Find]) -> Vec<Stretch> {
    let rules = Rules::new(cells, finds);
    let mut views = Views::new(cells, &rules);
    let mut out = Vec::new();
    each_stretch(cells, &rules, |tokens| {
        views.fill(cells, &rules, tokens.clone());
        let features = tokens.clone().map(|i| {
            let mut all = Vec::new();
            views.features(i, |f| all.push(f));
            all
        });
        out.push(Stretch { before: 0, features: features.collect(), tokens });
    });
    out
}
