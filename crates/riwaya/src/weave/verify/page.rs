//! Where are a page's words, and whose are they?

use super::claim::asides;
use super::words::{Word, words};
use crate::pack::Packs;
use crate::read::Reading;
use crate::text::Span;

/// A page as the words that stand on it.
#[derive(Debug)]
pub(super) struct Page<'r> {
    /// Its number among the pages.
    pub number: usize,
    pub reading: &'r Reading,
    pub words: Vec<Word>,
    /// For each word, the statements that hold it.
    pub statements: Vec<Vec<usize>>,
    /// For each word, its sentence.
    pub sentence: Vec<usize>,
    /// Paths through the words: all of them, then for each paragraph with an interrupted quotation what stands between
    /// the marks («“A,” he said. “B”» as A B).
    pub paths: Vec<Vec<usize>>,
}

/// Whose words are in a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Voice {
    /// A statement's.
    Statement(usize),
    /// Several speakers'.
    Several,
    /// The page's own.
    Page,
}

impl<'r> Page<'r> {
    pub fn new(number: usize, reading: &'r Reading, packs: &Packs) -> Page<'r> {
        let text = &reading.text;
        let words = words(text, 0..text.len(), packs);
        let mut page = Page {
            number,
            reading,
            statements: vec![Vec::new(); words.len()],
            sentence: Vec::with_capacity(words.len()),
            paths: vec![(0..words.len()).collect()],
            words,
        };
        let mut sentence = 0;
        for word in &page.words {
            while text.sentences().get(sentence).is_some_and(|s| s.tokens.end <= word.token) {
                sentence += 1;
            }
            page.sentence.push(sentence);
        }
        page.give_statements();
        page.follow_quotations();
        page
    }

    fn give_statements(&mut self) {
        for (n, statement) in self.reading.statements.iter().enumerate() {
            for span in &statement.content {
                let range = self.range(*span);
                self.statements[range].iter_mut().for_each(|held| held.push(n));
            }
        }
        // «A, — сказал Лебедев. — B»: what stands between the same marks is the same speaker's.
        let text = &self.reading.text;
        for quote in text.quotes() {
            let asides = asides(self.reading, &quote.inside());
            let mut told: Option<Vec<usize>> = None;
            for w in self.range(text.span_of(quote.inside())) {
                let held = &mut self.statements[w];
                if !held.is_empty() {
                    told = Some(held.clone());
                } else if let Some(told) = told.as_ref().filter(|_| !is_in(&asides, self.words[w].token)) {
                    held.clone_from(told);
                }
            }
        }
    }

    /// Do two words stand in one statement?
    pub fn is_one_statement(&self, a: usize, b: usize) -> bool {
        self.statements[a].iter().any(|n| self.statements[b].contains(n))
    }

    /// Does one speaker say both words, or nobody either?
    pub fn is_one_voice(&self, a: usize, b: usize) -> bool {
        let speaker = |n: &usize| self.reading.statements[*n].speaker;
        let (x, y) = (&self.statements[a], &self.statements[b]);
        x.is_empty() && y.is_empty()
            || x.iter().any(|n| y.iter().any(|m| n == m || speaker(n).is_some() && speaker(n) == speaker(m)))
    }

    /// The words inside `span`.
    fn range(&self, span: Span) -> std::ops::Range<usize> {
        let start = self.words.partition_point(|w| w.span.start() < span.start());
        start..self.words.partition_point(|w| w.span.end() <= span.end()).max(start)
    }

    fn follow_quotations(&mut self) {
        let text = &self.reading.text;
        let mut paths: Vec<(usize, Vec<usize>, usize)> = Vec::new();
        for quote in text.quotes() {
            let range = self.range(text.span_of(quote.inside()));
            let asides = asides(self.reading, &quote.inside());
            let said = |i: &usize| !is_in(&asides, self.words[*i].token);
            let line = text.line_at(text.span(quote.open).start());
            let words: Vec<usize> = range.clone().filter(said).collect();
            let holes = usize::from(words.len() < range.len());
            match paths.last_mut() {
                Some((last, path, parts)) if *last == line => {
                    let from = path.last().map_or(0, |w| w + 1);
                    path.extend(words.into_iter().filter(|w| *w >= from));
                    *parts += 1 + holes;
                }
                _ => paths.push((line, words, 1 + holes)),
            }
        }
        self.paths.extend(paths.into_iter().filter(|(_, _, parts)| *parts > 1).map(|(_, path, _)| path));
    }

    /// Who says these words: the innermost speaker who says four fifths of them.
    pub fn voice(&self, words: &[usize]) -> Voice {
        let statements = &self.reading.statements;
        let mut all: Vec<usize> = words.iter().flat_map(|w| self.statements[*w].iter().copied()).collect();
        all.sort_unstable();
        all.dedup();
        let one = |n: usize, m: usize| {
            n == m || statements[n].speaker.is_some() && statements[n].speaker == statements[m].speaker
        };
        let says = |n: usize, w: usize| self.statements[w].iter().any(|m| one(n, *m));
        let most = |n: &usize| words.iter().filter(|w| says(*n, **w)).count() * 5 >= words.len() * 4;
        let own = |n: usize| words.iter().filter(|w| self.statements[**w].contains(&n)).count();
        let size = |n: usize| statements[n].content.iter().map(|c| c.len()).sum::<usize>();
        // Of one speaker's statements the one that says most of it, of several speakers' the innermost.
        let best = all.iter().copied().filter(most).min_by_key(|n| {
            let largest = all.iter().filter(|m| one(*n, **m)).map(|m| size(*m)).max();
            (largest, std::cmp::Reverse(own(*n)), *n)
        });
        match best {
            Some(n) => Voice::Statement(n),
            None if all.len() > 1
                && words.iter().filter(|w| !self.statements[**w].is_empty()).count() * 2 > words.len() =>
            {
                Voice::Several
            }
            None => Voice::Page,
        }
    }

    /// The words as spans, joined where they stand side by side.
    pub fn spans(&self, words: &[usize]) -> Vec<Span> {
        let mut out: Vec<Span> = Vec::new();
        let mut last = None;
        for w in words {
            match out.last_mut() {
                Some(span) if last == w.checked_sub(1) => *span = span.to(self.words[*w].span),
                _ => out.push(self.words[*w].span),
            }
            last = Some(*w);
        }
        out
    }
}

/// Does one of these ranges hold token `i`?
fn is_in(ranges: &[std::ops::Range<usize>], i: usize) -> bool {
    ranges.iter().any(|r| r.contains(&i))
}
