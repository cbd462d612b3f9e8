//! What does the text quote, and whose words does it say they are?

use super::Mode;
use super::words::{Word, words};
use crate::mention::{EntityIndex, Mention};
use crate::pack::Packs;
use crate::quote::Quote;
use crate::read::Reading;
use crate::statement::Statement;
use crate::text::{Span, Text, TokenKind};
use std::ops::Range;

/// How a piece goes on from the one before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Joint {
    /// It is the first.
    Start,
    /// The text says that something was left out, or who speaks: «…», «, he said,».
    Cut,
    /// The text puts in words of its own: “[the ministry]”.
    Insert,
}

/// Words that must stand side by side.
#[derive(Debug, Clone)]
pub(super) struct Piece {
    pub words: Vec<Word>,
    pub joint: Joint,
}

/// A quotation or an attributed sentence.
#[derive(Debug, Clone)]
pub(super) struct Claim {
    pub mode: Mode,
    pub span: Span,
    pub pieces: Vec<Piece>,
    pub speaker: Option<EntityIndex>,
    /// Words in front of a colon at the head of the line, where the text names nobody there: «برانت: «…»» in a headline, whose
    /// name only the page shows to be one.
    pub heading: Option<Span>,
    /// Does the text say that it is so?
    pub positive: bool,
}

impl Claim {
    /// All its words in order.
    pub fn words(&self) -> impl Iterator<Item = &Word> {
        self.pieces.iter().flat_map(|p| &p.words)
    }

    /// How many words it has.
    pub fn len(&self) -> usize {
        self.pieces.iter().map(|p| p.words.len()).sum()
    }

    /// Has it too few words to tell whose they are?
    pub fn is_short(&self, text: &Text) -> bool {
        let letters: usize = self.words().map(|w| text.at(w.span).chars().count()).sum();
        let least = if self.mode == Mode::Sentence { LEAST_IN_SENTENCE } else { LEAST_WORDS };
        self.len() < least || letters + self.len().saturating_sub(1) < LEAST_LETTERS
    }
}

/// Fewer words tell nothing.
const LEAST_WORDS: usize = 3;
/// Fewer words without marks are said by everybody.
const LEAST_IN_SENTENCE: usize = 4;
/// Fewer characters tell nothing.
const LEAST_LETTERS: usize = 12;
/// A sentence with a quotation in it is a claim of its own where it says so many words beside.
const BESIDE: usize = 5;

/// All claims of a text in its order.
pub(super) fn claims(text: &Reading, packs: &Packs) -> Vec<Claim> {
    let mut found: Vec<Claim> = Vec::new();
    for quote in text.text.quotes() {
        let whole = text.text.span_of(quote.inside());
        if !found.iter().any(|c| c.span.overlaps(whole)) {
            found.extend(quotation(text, quote, packs));
        }
    }
    let long: Vec<Span> = found.iter().filter(|c| !c.is_short(&text.text)).map(|c| c.span).collect();
    for n in 0..text.statements.len() {
        if let Some(claim) = sentence(text, n, &long, packs) {
            // «… وصفه بأنه «مثمر» وقال إن …»: what is too short to be told alone is told with its sentence.
            found.retain(|c| long.contains(&c.span) || !claim.span.contains(c.span));
            found.push(claim);
        }
    }
    found.sort_by_key(|c| (c.span.start(), c.mode != Mode::Quotation, c.span.end()));
    found
}

fn quotation(text: &Reading, quote: &Quote, packs: &Packs) -> Option<Claim> {
    let inside = quote.inside();
    let asides = asides(text, &inside);
    let pieces = pieces(&text.text, inside.clone(), &asides, packs);
    let first = pieces.first()?.words.first()?.span;
    let last = pieces.last()?.words.last()?.span;
    let span = first.to(last);
    let statement = attribution(text, &pieces);
    let speaker = statement.and_then(|n| text.statements[n].speaker).or_else(|| beside(text, quote));
    let positive = statement.is_none_or(|n| is_so(text, n));
    let heading = if speaker.is_none() { heading(&text.text, quote) } else { None };
    Some(Claim { mode: Mode::Quotation, span, pieces, speaker, heading, positive })
}

/// «A, — сказал мэр, — B»: the tokens between the marks that say who speaks.
pub(super) fn asides(text: &Reading, inside: &Range<usize>) -> Vec<Range<usize>> {
    let tokens = |span: Span| text.text.tokens_in(span);
    let within = |r: &Range<usize>| inside.start <= r.start && r.end <= inside.end;
    let mut out = Vec::new();
    for statement in &text.statements {
        let cue = tokens(statement.cue);
        let content: Vec<Range<usize>> = statement.content.iter().map(|c| tokens(*c)).collect();
        let splits = content.iter().all(within) && content.first().is_some_and(|c| c.end <= cue.start);
        if !within(&cue) || !splits {
            continue;
        }
        // «…, — сказал Лебедев на встрече. — Если …»: up to the mark behind who says it.
        let named = statement.source.map_or(cue.end, |s| tokens(s).end).max(cue.end);
        let mark = (named..inside.end).find(|i| text.text.tokens()[*i].kind == TokenKind::Punct);
        let goes_on = content.iter().map(|c| c.start).find(|start| *start >= cue.end);
        let end = goes_on.or(mark).unwrap_or(inside.end).min(inside.end);
        let start = content.iter().map(|c| c.end).filter(|e| *e <= cue.start).max().unwrap_or(cue.start);
        out.push(start..end);
    }
    out
}

/// Cuts words at ellipses, at insertions in brackets and at asides.
fn pieces(text: &Text, inside: Range<usize>, asides: &[Range<usize>], packs: &Packs) -> Vec<Piece> {
    let mut out: Vec<Piece> = Vec::new();
    let (mut start, mut joint) = (inside.start, Joint::Start);
    let mut close = |range: Range<usize>, joint: Joint| {
        let words = words(text, range, packs);
        if !words.is_empty() {
            let joint = if out.is_empty() { Joint::Start } else { joint };
            out.push(Piece { words, joint });
        }
    };
    let mut i = inside.start;
    while i < inside.end {
        let aside = asides.iter().find(|a| a.start == i && a.end > i).map(|a| (a.end, Joint::Cut));
        let Some((end, next)) = aside.or_else(|| omission(text, i, inside.end)) else {
            i += 1;
            continue;
        };
        close(start..i, joint);
        // A cut beside an insertion stays a cut.
        joint = if start == i && joint == Joint::Cut { Joint::Cut } else { next };
        (start, i) = (end, end);
    }
    close(start..inside.end, joint);
    out
}

/// «…», «...», «[…]», «(...)», «[the ministry]»: where what begins at token `i` ends, and what it is.
fn omission(text: &Text, i: usize, end: usize) -> Option<(usize, Joint)> {
    if let Some(after) = ellipsis(text, i, end) {
        return Some((after, Joint::Cut));
    }
    let closer = match text.word(i) {
        "[" => "]",
        "(" => ")",
        _ => return None,
    };
    if let Some(after) = ellipsis(text, i + 1, end).filter(|j| *j < end && text.word(*j) == closer) {
        return Some((after + 1, Joint::Cut));
    }
    let close = (i + 1..end.min(i + 1 + LONGEST_INSERTION)).find(|j| text.word(*j) == closer)?;
    (closer == "]").then_some((close + 1, Joint::Insert))
}

/// So many tokens an insertion has at most.
const LONGEST_INSERTION: usize = 16;

fn ellipsis(text: &Text, i: usize, end: usize) -> Option<usize> {
    let is = |j: usize, mark: &str| j < end && text.word(j) == mark;
    let mut j = i;
    while is(j, "…") || is(j, ".") {
        j += 1;
    }
    let long = is(i, "…") || j >= i + 2;
    long.then_some(j)
}

/// The statement whose content holds the words, the innermost.
fn attribution(text: &Reading, pieces: &[Piece]) -> Option<usize> {
    let all: Vec<Span> = pieces.iter().flat_map(|p| p.words.iter().map(|w| w.span)).collect();
    let holds = |s: &Statement| {
        let held = all.iter().filter(|w| s.content.iter().any(|c| c.contains(**w))).count();
        held * 5 >= all.len() * 4 && held > 0
    };
    let size = |s: &Statement| s.content.iter().map(|c| c.len()).sum::<usize>();
    let holding = text.statements.iter().enumerate().filter(|(_, s)| holds(s));
    holding.min_by_key(|(n, s)| (size(s), std::cmp::Reverse(*n))).map(|(n, _)| n)
}

/// Is what statement `n` says so, by everybody through whom it came? «denied that the club had *threatened* to leave» is
/// no threat.
pub(super) fn is_so(reading: &Reading, n: usize) -> bool {
    let mut seen = Vec::new();
    let mut at = Some(n);
    while let Some(n) = at.filter(|n| !seen.contains(n)) {
        if !reading.statements[n].positive {
            return false;
        }
        seen.push(n);
        at = reading.statements[n].parent;
    }
    true
}

/// «الزواري: "…"», «"…" — نادية العلوي»: in a list of quotations the name stands beside the marks, without a verb.
fn beside(text: &Reading, quote: &Quote) -> Option<EntityIndex> {
    let page = &text.text;
    let mentions = &text.cast.mentions;
    let ends_at = |token: usize| mentions.iter().find(|m| page.tokens_in(m.full).end == token);
    if quote.open >= 2 && page.word(quote.open - 1) == ":" {
        let named = ends_at(quote.open - 1).filter(|m| page.line_at(m.span.start()) == line(page, quote.open));
        if let Some(mention) = named {
            return Some(mention.entity);
        }
    }
    let mut at = quote.close? + 1;
    let dashes = ["—", "–", "-", "(", "،", ","];
    while at < page.len() && dashes.contains(&page.word(at)) {
        at += 1;
    }
    if at == quote.close? + 1 || at >= page.len() || line(page, at) != line(page, quote.open) {
        return None;
    }
    let begins = |m: &&Mention| page.tokens_in(m.full).start == at || page.tokens_in(m.span).start == at;
    let mention = mentions.iter().find(begins)?;
    let end = page.tokens_in(mention.full).end;
    let alone = end >= page.len() || line(page, end) != line(page, at) || page.tokens()[end].kind == TokenKind::Punct;
    alone.then_some(mention.entity)
}

/// «*برانت*: «…»»: the few words between the head of the line and the colon in front of a quotation.
fn heading(text: &Text, quote: &Quote) -> Option<Span> {
    const LONGEST: usize = 4;
    let colon = quote.open.checked_sub(1).filter(|i| text.word(*i) == ":")?;
    let is_word = |i: &usize| text.tokens()[*i].kind == TokenKind::Word && line(text, *i) == line(text, colon);
    let first = (0..colon).rev().take_while(is_word).last()?;
    let opens =
        first == 0 || line(text, first - 1) != line(text, colon) || matches!(text.word(first - 1), "-" | "*" | "•");
    (opens && colon - first <= LONGEST).then(|| text.span_of(first..colon))
}

fn line(text: &Text, token: usize) -> usize {
    text.line_at(text.span(token).start())
}

/// What statement `n` says without marks, where that is a claim of its own.
fn sentence(text: &Reading, n: usize, quotations: &[Span], packs: &Packs) -> Option<Claim> {
    let statement = &text.statements[n];
    let mut pieces: Vec<Piece> = Vec::new();
    for span in &statement.content {
        let words = words(&text.text, text.text.tokens_in(*span), packs);
        if !words.is_empty() {
            pieces.push(Piece { words, joint: if pieces.is_empty() { Joint::Start } else { Joint::Cut } });
        }
    }
    let first = pieces.first()?.words.first()?.span;
    let last = pieces.last()?.words.last()?.span;
    let (speaker, positive) = (statement.speaker, is_so(text, n));
    let claim = Claim { mode: Mode::Sentence, span: first.to(last), pieces, speaker, heading: None, positive };
    // Within marks, what it says is the quotation's to tell: «said: "He told me that …"».
    let in_marks = quotations.iter().any(|q| q.contains(claim.span));
    let children = text.statements.iter().filter(|s| s.parent == Some(n));
    let passed_on = |s: &Statement| {
        let inner = claim.words().filter(|w| s.content.iter().any(|c| c.contains(w.span))).count();
        inner * 4 >= claim.len() * 3
    };
    let hands_on = children.into_iter().any(passed_on);
    // «وصفه بأنه «مثمر»»: with few words beside its marks, the marks tell it.
    let marks: Vec<Span> = text.text.quotes().iter().map(|q| text.text.span_of(q.inside())).collect();
    let beside = claim.words().filter(|w| !marks.iter().any(|m| m.contains(w.span))).count();
    let only_marks = beside < claim.len() && beside < BESIDE;
    (!in_marks && !hands_on && !only_marks).then_some(claim)
}
