//! Where do the words of a statement stand in another language?
//!
//! A translation is known by its aligned sentences. What one speaker says in sentences of the one page, the same speaker says
//! in the aligned sentences of the other; where the page itself speaks, both do.

use super::{Hit, Translation};
use crate::mention::{EntityIndex, EntityKind};
use crate::pack::Packs;
use crate::read::Reading;
use crate::text::Span;
use crate::weave::{Copy, CopyRelation, Passage, Woven, across};

/// Translations among pages that were read.
pub(super) struct Translations<'w> {
    pub readings: &'w [Reading],
    pub packs: &'w Packs,
    pub woven: &'w Woven,
}

/// Sentences of a page that say what sentences of another one do.
#[derive(Clone, Copy)]
struct Sentences {
    page: usize,
    span: Span,
}

impl Translations<'_> {
    /// The places that say in another language what `hit` does, by page.
    pub fn of(&self, hit: &Hit) -> Vec<Hit> {
        let copies = self.woven.copies.iter().filter(|c| c.relation == CopyRelation::Translation);
        copies.filter_map(|copy| self.beyond(hit, copy)).collect()
    }

    /// The place on the other page of `copy`.
    fn beyond(&self, hit: &Hit, copy: &Copy) -> Option<Hit> {
        let (page, follows) = match hit.page {
            own if own == copy.of => (copy.page, true),
            own if own == copy.page => (copy.of, false),
            _ => return None,
        };
        let sides = |run: &(Span, Span)| if follows { *run } else { (run.1, run.0) };
        let runs = copy.runs.iter().map(sides).filter(|(own, _)| own.overlaps(hit.words));
        let (own, other) = runs.reduce(|a, b| (a.0.to(b.0), a.1.to(b.1)))?;
        let (own, other) = (Sentences { page: hit.page, span: own }, Sentences { page, span: other });
        let (statement, words) = match hit.statement {
            Some(n) => {
                let n = self.counterpart(n, own, other)?;
                (Some(n), self.spoken(page, n)?)
            }
            None => (None, self.statements_in(other).is_empty().then_some(other.span)?),
        };
        let of = Passage { page: hit.page, span: hit.words };
        let because = copy.because.rule.clone();
        let translation = Some(Translation { of, statement: hit.statement, follows, because });
        Some(Hit { page, statement, words, share: None, drift: Vec::new(), translation })
    }

    /// The statement in `other` that says what statement `n` in `own` does: the same speaker's, and of several the one that
    /// stands nearest to where that one stands.
    fn counterpart(&self, n: usize, own: Sentences, other: Sentences) -> Option<usize> {
        let at = place(self.spoken(own.page, n)?, own.span);
        let mut theirs = self.statements_in(other);
        theirs.retain(|m| self.is_one_speaker(n, *m, own, other));
        let far = |m: usize| self.spoken(other.page, m).map_or(f32::INFINITY, |w| (place(w, other.span) - at).abs());
        theirs.into_iter().min_by(|a, b| far(*a).total_cmp(&far(*b)))
    }

    /// Is the speaker of both statements one, over all pages or because each is the only one there and their names sound alike?
    fn is_one_speaker(&self, n: usize, m: usize, own: Sentences, other: Sentences) -> bool {
        let (Some(a), Some(b)) = (self.speaker(own.page, n), self.speaker(other.page, m)) else { return false };
        let entity = |page: usize, e: EntityIndex| &self.readings[page].cast.entities[e];
        let pack = |page: usize| self.readings[page].lang.as_deref().and_then(|lang| self.packs.get(lang));
        let sounds = || {
            let (x, y) = (entity(own.page, a), entity(other.page, b));
            let people = [x, y].iter().all(|e| e.named && e.kind == EntityKind::Person);
            let packs = pack(own.page).zip(pack(other.page));
            people && packs.is_some_and(|(p, q)| across::in_part((x, p), (y, q), self.packs))
        };
        let only = |sentences: Sentences, speaker| {
            let statements = self.statements_in(sentences);
            statements.iter().all(|n| self.speaker(sentences.page, *n) == Some(speaker))
        };
        self.woven.entity_of[own.page][a] == self.woven.entity_of[other.page][b]
            || only(own, a) && only(other, b) && sounds()
    }

    fn statements_in(&self, sentences: Sentences) -> Vec<usize> {
        let statements = self.readings[sentences.page].statements.iter().enumerate();
        let held = statements.filter(|(_, s)| s.content.iter().any(|c| c.overlaps(sentences.span)));
        held.map(|(n, _)| n).collect()
    }

    fn speaker(&self, page: usize, statement: usize) -> Option<EntityIndex> {
        self.readings[page].statements[statement].speaker
    }

    /// From where to where a statement's words stand.
    fn spoken(&self, page: usize, statement: usize) -> Option<Span> {
        self.readings[page].statements[statement].content.iter().copied().reduce(Span::to)
    }
}

/// How far into `sentences` words begin, from 0 to 1.
fn place(words: Span, sentences: Span) -> f32 {
    words.start().saturating_sub(sentences.start()) as f32 / sentences.len().max(1) as f32
}
