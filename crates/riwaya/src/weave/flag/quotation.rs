//! Is one quotation put into two mouths?

use super::{Desk, Flag, FlagKind, Severity};
use crate::mention::EntityKind;
use crate::text::{Span, TokenKind};
use crate::weave::{Grounds, Passage, Story};
use rustc_hash::{FxHashMap, FxHasher};
use std::hash::Hasher;

/// Words in a row that two quotations must share to be looked at.
const RUN: usize = 6;
/// Share of the shorter quotation that must stand in the other one.
const SHARE: f32 = 0.7;

/// Words between quotation marks and who is said to have spoken them.
struct Spoken {
    passage: Passage,
    speaker: usize,
    runs: Vec<u64>,
}

impl Desk<'_> {
    /// Pages of one story that give the same words between quotation marks to different people.
    pub(super) fn quoted_twice(&self, story: &Story) -> Vec<Flag> {
        let spoken: Vec<Spoken> = story.pages.iter().flat_map(|page| self.spoken(*page)).collect();
        let mut first: FxHashMap<u64, Vec<usize>> = FxHashMap::default();
        let mut flags: Vec<Flag> = Vec::new();
        for (n, quotation) in spoken.iter().enumerate() {
            let mut shared: FxHashMap<usize, usize> = FxHashMap::default();
            for run in &quotation.runs {
                let holders = first.entry(*run).or_default();
                holders.iter().for_each(|other| *shared.entry(*other).or_insert(0) += 1);
                holders.push(n);
            }
            let same_words = |other: &usize| {
                let shorter = quotation.runs.len().min(spoken[*other].runs.len());
                shared[other] as f32 >= SHARE * shorter as f32
            };
            let earliest =
                shared.keys().copied().filter(same_words).filter(|o| self.are_two(&spoken[*o], quotation)).min();
            flags.extend(earliest.map(|other| self.in_two_mouths(&spoken[other], quotation)));
        }
        flags
    }

    fn in_two_mouths(&self, a: &Spoken, b: &Spoken) -> Flag {
        let id = |s: &Spoken| &self.readings[s.passage.page].source.id;
        let explain =
            format!("{} gives these words to {}, {} to {}", id(a), self.name(a.speaker), id(b), self.name(b.speaker));
        let grounds = Grounds::new("flag/two-speakers", vec![a.passage, b.passage]);
        Flag::new(FlagKind::AttributionConflict, Severity::Warning, grounds, explain)
    }

    /// Two people, not the Kremlin and its spokesman, and not somebody who passes the other's words on.
    fn are_two(&self, a: &Spoken, b: &Spoken) -> bool {
        let entity = |s: &Spoken| &self.woven.entities[s.speaker];
        let person = |s: &Spoken| entity(s).kind == EntityKind::Person && entity(s).named && !entity(s).plural;
        a.passage.page != b.passage.page
            && a.speaker != b.speaker
            && person(a)
            && person(b)
            && !self.sounds_alike(a.speaker, b.speaker)
    }

    /// «دييجو كوستا» and «دييغو كوستا» are spellings of one name.
    fn sounds_alike(&self, a: usize, b: usize) -> bool {
        let sounds = |n: usize| {
            let entity = &self.woven.entities[n];
            let heard = |form: &String| {
                let pack = self.packs.detect(form)?;
                Some(form.split_whitespace().map(|w| pack.heard(&pack.language.fold(w))).collect::<Vec<_>>())
            };
            entity.forms.iter().filter_map(heard).collect::<Vec<_>>()
        };
        let (x, y) = (sounds(a), sounds(b));
        x.iter().any(|x| y.iter().any(|y| self.packs.sounds().one_name(x, y)))
    }

    /// The quotations of a page with their speakers; what is told by somebody else inside them counts for both.
    fn spoken(&self, page: usize) -> Vec<Spoken> {
        let reading = &self.readings[page];
        let mut out = Vec::new();
        for statement in &reading.statements {
            let Some(speaker) = statement.speaker else { continue };
            for quote in reading.text.quotes() {
                let inside = quote.inside();
                if inside.is_empty() {
                    continue;
                }
                let span = reading.text.span_of(inside);
                let holds = |content: &Span| content.contains(span) || span.contains(*content);
                if statement.content.iter().any(holds) {
                    let runs = self.runs(page, span);
                    let speaker = self.woven.entity_of[page][speaker];
                    out.extend((!runs.is_empty()).then_some(Spoken { passage: Passage { page, span }, speaker, runs }));
                }
            }
        }
        out
    }

    fn runs(&self, page: usize, span: Span) -> Vec<u64> {
        let text = &self.readings[page].text;
        let words: Vec<&str> =
            text.tokens_in(span).filter(|i| text.tokens()[*i].kind != TokenKind::Punct).map(|i| text.key(i)).collect();
        let hash = |run: &[&str]| {
            let mut hasher = FxHasher::default();
            run.iter().for_each(|word| {
                hasher.write(word.as_bytes());
                hasher.write_u8(0);
            });
            hasher.finish()
        };
        words.windows(RUN).map(hash).collect()
    }
}
