//! Where do temporal expressions stand, and which row says so?
//!
//! One pass over the tokens of the article. A pattern is tried only at words with which it can start, the longest
//! match wins, and among equals the one that says it is no time, else the earlier row; the search goes on behind it.

use super::lexicon::{Lexicon, NO_WORD, Start};
use super::list;
use super::number;
use super::pattern::{Atom, Context, Element, Meaning};
use super::slots::Slots;
use crate::clitic;
use crate::text::{Span, Text, TokenKind};
use rustc_hash::FxHashMap;
use std::ops::Range;
use std::rc::Rc;

/// Which reading of a word is meant: «وأمس» as it stands, or without the letters before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Read {
    Whole,
    Stem,
}

/// A token, or half of one that holds two words run together («يومالخميس»).
#[derive(Debug, Clone, Copy)]
struct Item {
    span: Span,
    /// The span without the letters before the stem.
    stem_span: Span,
    token: u32,
    word: u32,
    stem: u32,
    /// Digits: value and how many; zero digits for anything else.
    value: i64,
    digits: u8,
    /// Does it start with a capital letter?
    capital: bool,
}

/// The words of one stretch of the article as the patterns see them.
pub(super) struct Items<'t> {
    text: &'t Text,
    items: Vec<Item>,
}

/// A row that matched.
#[derive(Debug, Clone)]
pub(super) struct Found {
    /// The expression without letters that stick to its front.
    pub(super) span: Span,
    /// Its tokens.
    pub(super) tokens: Range<usize>,
    /// Its items.
    pub(super) items: Range<usize>,
    pub(super) meaning: Meaning,
    pub(super) says: Slots,
    /// The number of its pattern.
    pub(super) pattern: usize,
}

impl<'t> Items<'t> {
    fn new(text: &'t Text, tokens: Range<usize>, lexicon: &Lexicon) -> Items<'t> {
        let mut items = Items { text, items: Vec::with_capacity(tokens.len() + 2) };
        for token in tokens {
            items.push(token, lexicon);
        }
        items
    }

    fn push(&mut self, token: usize, lexicon: &Lexicon) {
        let text = self.text;
        let (key, span) = (text.key(token), text.span(token));
        let mut item = Item {
            span,
            stem_span: span,
            token: token as u32,
            word: NO_WORD,
            stem: NO_WORD,
            value: 0,
            digits: 0,
            capital: false,
        };
        match text.tokens()[token].kind {
            TokenKind::Number => {
                if let Ok(value) = key.parse() {
                    (item.value, item.digits) = (value, key.len().min(20) as u8);
                }
            }
            TokenKind::Punct => item.word = lexicon.id(key),
            TokenKind::Word => {
                item.word = lexicon.id(key);
                item.capital = item.word != NO_WORD && text.word(token).starts_with(char::is_uppercase);
                if lexicon.clitics
                    && let Some((stem, prefix)) = stem(key, lexicon)
                {
                    item.stem = stem;
                    item.stem_span = text.without_prefix(token, prefix);
                }
                if item.word == NO_WORD && item.stem == NO_WORD && self.push_pieces(item, key, lexicon) {
                    return;
                }
            }
        }
        self.items.push(item);
    }

    /// «يومالخميس», «الشهرالمقبل», and the same in a line that lost its spaces: known words that stand side by side
    /// in one token become items of their own.
    fn push_pieces(&mut self, item: Item, key: &str, lexicon: &Lexicon) -> bool {
        let pieces = lexicon.pieces(key);
        let token = item.token as usize;
        let start_of = |letters: usize| self.text.without_prefix(token, letters).start();
        for (n, piece) in pieces.iter().enumerate() {
            let end = if n + 1 == pieces.len() { item.span.end() } else { start_of(piece.letters.end) };
            let start = if n == 0 { item.span.start() } else { start_of(piece.letters.start) };
            let span = Span::new(start.min(end), end);
            self.items.push(Item { span, stem_span: span, word: piece.word, ..item });
        }
        !pieces.is_empty()
    }

    /// The number of the word at `at` in this reading.
    pub(super) fn word(&self, at: usize, read: Read) -> u32 {
        self.items.get(at).map_or(NO_WORD, |i| if read == Read::Whole { i.word } else { i.stem })
    }

    /// The value of the digits at `at`, and how many there are.
    pub(super) fn digits(&self, at: usize) -> Option<(i64, u8)> {
        self.items.get(at).filter(|i| i.digits > 0).map(|i| (i.value, i.digits))
    }

    /// Do the digits at `at` go on behind a point or comma: «2.5», «1,500»?
    pub(super) fn continues(&self, at: usize) -> bool {
        self.is_point(at + 1) && self.touches(at) && self.touches(at + 1) && self.digits(at + 2).is_some()
    }

    /// Are they what such a point stands before?
    pub(super) fn is_fraction(&self, at: usize) -> bool {
        at >= 2 && self.continues(at - 2) && self.digits(at - 2).is_some()
    }

    fn is_point(&self, at: usize) -> bool {
        self.items.get(at).is_some_and(|i| matches!(self.text.at(i.span), "." | "," | "٫" | "٬"))
    }

    /// Does the next item follow without a space?
    pub(super) fn touches(&self, at: usize) -> bool {
        match (self.items.get(at), self.items.get(at + 1)) {
            (Some(a), Some(b)) => a.span.end() == b.span.start(),
            _ => false,
        }
    }

    /// May a form stand at `at` that must start with a capital letter where `wanted`?
    fn has_capital(&self, at: usize, wanted: bool) -> bool {
        !wanted || self.items.get(at).is_some_and(|i| i.capital)
    }

    /// Is the item at `at` a word, known or not?
    pub(super) fn is_word(&self, at: usize) -> bool {
        self.items.get(at).is_some_and(|i| self.text.tokens()[i.token as usize].kind == TokenKind::Word)
    }

    /// The item behind an «و» at `at`, glued to it or not, and how it is to be read.
    pub(super) fn after_and(&self, at: usize, lexicon: &Lexicon) -> Option<(usize, Read)> {
        let item = self.items.get(at)?;
        if item.word == lexicon.and_word && lexicon.and_word != NO_WORD {
            return Some((at + 1, Read::Whole));
        }
        let rest = self.text.key(item.token as usize).strip_prefix(lexicon.and.as_str())?;
        (item.stem != NO_WORD && lexicon.id(rest) == item.stem).then_some((at, Read::Stem))
    }

    fn key(&self, at: usize) -> &'t str {
        self.items.get(at).map_or("", |i| self.text.key(i.token as usize))
    }

    fn is_quoted(&self, at: usize) -> bool {
        self.items.get(at).is_some_and(|i| self.text.quote_of(i.token as usize).is_some())
    }

    pub(super) fn span(&self, range: Range<usize>, read: Read) -> Span {
        let first = &self.items[range.start];
        let start = if read == Read::Whole { first.span } else { first.stem_span };
        start.to(self.items[range.end - 1].span)
    }

    /// Does «و» stick to the front of the item at `at`, and is the rest of it a known word?
    pub(super) fn is_glued_and(&self, at: usize, lexicon: &Lexicon) -> bool {
        matches!(self.after_and(at, lexicon), Some((_, Read::Stem)))
    }

    /// Is the item at `at` of this class, «و» before it aside: «وحتى»?
    pub(super) fn is_member(&self, at: usize, class: Option<u16>, lexicon: &Lexicon) -> bool {
        let key = self.key(at);
        let bare = key.strip_prefix(lexicon.and.as_str()).filter(|_| !lexicon.and.is_empty());
        lexicon.is_member(key, class) || bare.is_some_and(|b| lexicon.is_member(b, class))
    }

    pub(super) fn tokens(&self, range: Range<usize>) -> Range<usize> {
        self.items[range.start].token as usize..self.items[range.end - 1].token as usize + 1
    }
}

/// The known word behind clitics, and how many letters stand before it.
fn stem(key: &str, lexicon: &Lexicon) -> Option<(u32, usize)> {
    if !clitic::may_stick(key) {
        return None;
    }
    clitic::readings(key).skip(1).find_map(|r| {
        let id = lexicon.id(&r.stem);
        (id != NO_WORD).then_some((id, r.prefix))
    })
}

/// All expressions in `tokens`, in order.
pub(super) fn scan(text: &Text, tokens: Range<usize>, lexicon: &Lexicon) -> Vec<Found> {
    let mut matcher = Matcher { items: Items::new(text, tokens, lexicon), lexicon, memo: FxHashMap::default() };
    let mut found = Vec::new();
    let mut at = 0;
    while at < matcher.items.items.len() {
        match matcher.best(at) {
            Some((end, f)) => {
                found.push(f);
                at = end;
            }
            None => at += 1,
        }
    }
    let found = list::days(&matcher.items, found, lexicon);
    let found = list::days_behind(&matcher.items, found, lexicon);
    let mut found = list::hours(&matcher.items, found, lexicon);
    list::share(&matcher.items, &mut found, lexicon);
    found
}

/// Those of `starts` whose patterns are ways to write this shape, or expressions.
fn of_shape(starts: &[Start], shape: Option<u16>) -> &[Start] {
    let from = &starts[starts.partition_point(|start| start.shape < shape)..];
    &from[..from.partition_point(|start| start.shape == shape)]
}

type Ends = Vec<(usize, Slots)>;

struct Matcher<'t> {
    items: Items<'t>,
    lexicon: &'t Lexicon,
    memo: FxHashMap<(u16, usize, Read), Rc<Ends>>,
}

impl<'t> Matcher<'t> {
    /// The longest expression that starts at `at`.
    fn best(&mut self, at: usize) -> Option<(usize, Found)> {
        let lexicon = self.lexicon;
        let mut best: Option<(usize, Read, usize, Slots)> = None;
        let mut ends = Vec::new();
        for read in [Read::Whole, Read::Stem] {
            for start in of_shape(self.starts(at, read), None) {
                let n = start.pattern;
                let pattern = &lexicon.patterns[n as usize];
                if !self.goes_on(start, at) || !self.before(&pattern.before, at) {
                    continue;
                }
                ends.clear();
                self.run(&pattern.elements, at, read, &pattern.says, &mut ends);
                for &(end, says) in &ends {
                    let nothing = pattern.meaning == Meaning::Nothing;
                    let better = best.as_ref().is_none_or(|b| end > b.0 || end == b.0 && nothing);
                    if better && self.after(&pattern.after, end) {
                        best = Some((end, read, n as usize, says));
                    }
                }
            }
        }
        let (end, read, n, says) = best?;
        let span = self.items.span(at..end, read);
        let tokens = self.items.tokens(at..end);
        Some((end, Found { span, tokens, items: at..end, meaning: lexicon.patterns[n].meaning, says, pattern: n }))
    }

    /// The patterns that may start at `at`.
    fn starts(&self, at: usize, read: Read) -> &'t [Start] {
        let lexicon = self.lexicon;
        if read == Read::Whole && self.items.digits(at).is_some() {
            return &lexicon.digit_starts;
        }
        lexicon.word(self.items.word(at, read)).map_or(&[], |w| &w.starts)
    }

    /// Can what stands behind the word at `at` go on with the pattern that starts there?
    fn goes_on(&self, start: &Start, at: usize) -> bool {
        start.next.as_ref().is_none_or(|next| match self.items.digits(at + 1) {
            Some(_) => next.digits,
            None => next.has(self.items.word(at + 1, Read::Whole)),
        })
    }

    /// Collects where `elements` can end when they start at `at`.
    fn run(&mut self, elements: &[Element], at: usize, read: Read, says: &Slots, out: &mut Ends) {
        let Some((element, rest)) = elements.split_first() else {
            out.push((at, *says));
            return;
        };
        for atom in &element.any {
            if let Atom::Word(id) = atom {
                // A plain word says nothing: no slots need to be laid together.
                if self.items.word(at, read) == *id {
                    self.run(rest, at + 1, Read::Whole, says, out);
                }
                continue;
            }
            self.atom(*atom, at, read, &mut |matcher, end, more| {
                if let Some(both) = says.and(more) {
                    matcher.run(rest, end, Read::Whole, &both, out);
                }
            });
        }
        if element.optional {
            self.run(rest, at, read, says, out);
        }
    }

    /// Calls `then` with every end of `atom` at `at`.
    fn atom(&mut self, atom: Atom, at: usize, read: Read, then: &mut dyn FnMut(&mut Self, usize, &Slots)) {
        let lexicon = self.lexicon;
        match atom {
            Atom::Word(id) => {
                if self.items.word(at, read) == id {
                    then(self, at + 1, &Slots::default());
                }
            }
            Atom::Class(class) => {
                let Some(word) = lexicon.word(self.items.word(at, read)) else { return };
                for member in word.members.iter().filter(|m| m.class == class) {
                    if !self.items.has_capital(at, member.capital) {
                        continue;
                    }
                    let goes_on = |(n, id): (usize, &u32)| self.items.word(at + 1 + n, Read::Whole) == *id;
                    if member.rest.iter().enumerate().all(goes_on) {
                        then(self, at + 1 + member.rest.len(), &member.says);
                    }
                }
            }
            Atom::Number(class) => {
                if let Some((end, says)) = number::number(&self.items, at, read, class, lexicon) {
                    then(self, end, &says);
                }
            }
            Atom::Quoted => {
                if self.items.is_quoted(at) {
                    then(self, at + 1, &Slots::default());
                }
            }
            Atom::Begins(n) => {
                if self.items.key(at).starts_with(lexicon.affix(n)) {
                    then(self, at + 1, &Slots::default());
                }
            }
            Atom::EndsIn(n) => {
                if self.items.key(at).ends_with(lexicon.affix(n)) {
                    then(self, at + 1, &Slots::default());
                }
            }
            Atom::Shape(shape) => {
                for (end, says) in self.shape(shape, at, read).iter().flat_map(|ends| ends.iter()) {
                    then(self, *end, says);
                }
            }
        }
    }

    /// Where a shape that starts at `at` can end; nothing where no pattern of it starts there.
    fn shape(&mut self, shape: u16, at: usize, read: Read) -> Option<Rc<Ends>> {
        let starts = of_shape(self.starts(at, read), Some(shape));
        starts.iter().find(|start| self.goes_on(start, at))?;
        if let Some(known) = self.memo.get(&(shape, at, read)) {
            return Some(known.clone());
        }
        let mut ends = Vec::new();
        for start in starts {
            let pattern = &self.lexicon.patterns[start.pattern as usize];
            if self.goes_on(start, at) && self.before(&pattern.before, at) {
                let mut own = Vec::new();
                self.run(&pattern.elements, at, read, &pattern.says, &mut own);
                own.retain(|(end, _)| self.after(&pattern.after, *end));
                ends.append(&mut own);
            }
        }
        let ends = Rc::new(ends);
        self.memo.insert((shape, at, read), ends.clone());
        Some(ends)
    }

    /// Do the contexts stand before `at`, the last one next to it?
    fn before(&mut self, contexts: &[Context], at: usize) -> bool {
        let mut next = at;
        contexts.iter().rev().all(|context| {
            if context.any.contains(&Atom::Quoted) {
                return self.is(Atom::Quoted, at, Read::Whole) == context.wanted;
            }
            let place = next.checked_sub(1);
            next -= usize::from(context.wanted && place.is_some());
            let reads = [Read::Whole, Read::Stem];
            let stands =
                place.is_some_and(|p| reads.iter().any(|read| context.any.iter().any(|a| self.is(*a, p, *read))));
            stands == context.wanted
        })
    }

    /// Do the contexts stand behind one another from `at` on?
    fn after(&mut self, contexts: &[Context], at: usize) -> bool {
        let mut next = at;
        contexts.iter().all(|context| {
            let stands = context.any.iter().any(|atom| self.is(*atom, next, Read::Whole));
            next += usize::from(context.wanted);
            stands == context.wanted
        })
    }

    fn is(&mut self, atom: Atom, at: usize, read: Read) -> bool {
        let mut found = false;
        self.atom(atom, at, read, &mut |_, _, _| found = true);
        found
    }
}
