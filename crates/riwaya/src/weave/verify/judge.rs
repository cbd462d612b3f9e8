//! What is to be said of it?

use super::align::{self, Alignment};
use super::claim::{Claim, Joint, claims, is_so};
use super::difference::{self, Difference, DifferenceKind};
use super::foreign::Signer;
use super::page::{Page, Voice};
use super::seek::Seeker;
use super::who::{Fit, Pairs};
use super::{Mode, Outcome, Place, Verdict, find, foreign};
use crate::mention::EntityIndex;
use crate::pack::Packs;
use crate::read::Reading;
use crate::weave::entity::Joining;
use crate::weave::{Woven, trace};

/// Share of a claim that must stand in one place for it to be the same words, altered.
const ALTERED: f32 = 0.6;
/// The same where the page's speaker is the one whom the text names.
const ALTERED_BY_SPEAKER: f32 = 0.5;
/// Share of a sentence without marks that must stand in one run.
const RUN: f32 = 0.6;
/// Share from which on a place is shown as the nearest.
const NEAREST: f32 = 0.4;
/// Share that must stand in several places together for a quotation to be stitched.
const STITCHED: f32 = 0.8;
/// So many words in one run come from somewhere.
const PART: usize = 3;
/// A page that goes on so many words in another sentence is another place.
const APART: usize = 5;
/// An ellipsis passes over so many sentences at most.
const SENTENCES: usize = 2;

/// All claims of `text` in order, each with what is to be said of it.
pub(super) fn all(text: &Reading, readings: &[Reading], packs: &Packs) -> Vec<Verdict> {
    let claims = claims(text, packs);
    let pages: Vec<Page<'_>> = readings.iter().enumerate().map(|(n, r)| Page::new(n, r, packs)).collect();
    let seeker = Seeker::of(&claims, &text.text, packs);
    let shared: Vec<Vec<u32>> = pages.iter().map(|p| seeker.pairs_in(&p.words)).collect();
    let near = seeker.near(&seeker.holders(&shared.iter().map(Vec::as_slice).collect::<Vec<_>>()));
    let (entities, entity_of) = Joining::everywhere(readings, packs).finish(readings, packs);
    let woven = Woven { entities, entity_of, ..Woven::default() };
    let mut judge = Judge { text, readings, pages: &pages, packs, woven, pairs: Pairs::new(text, packs) };
    claims.iter().zip(near).map(|(claim, near)| judge.claim(claim, &near)).collect()
}

struct Judge<'t> {
    text: &'t Reading,
    readings: &'t [Reading],
    pages: &'t [Page<'t>],
    packs: &'t Packs,
    woven: Woven,
    pairs: Pairs<'t>,
}

/// Words of a page that answer a claim, and whose they are.
struct Spot {
    page: usize,
    words: Vec<usize>,
    voice: Voice,
    /// How the speaker fits; none where the page names nobody, or several.
    fit: Option<Fit>,
    share: f32,
    differences: Vec<Difference>,
}

impl Spot {
    fn is_ascribed(&self) -> bool {
        self.fit.is_some_and(|f| f != Fit::Other)
    }
}

impl Judge<'_> {
    fn claim(&mut self, claim: &Claim, near: &[usize]) -> Verdict {
        if claim.is_short(&self.text.text) {
            return self.verdict(claim, Outcome::TooShort, Vec::new(), String::new());
        }
        let exact = self.exact(claim, near);
        if exact.is_empty() {
            let verdict = self.inexact(claim, near);
            let unknown = verdict.outcome == Outcome::NotFound;
            return unknown.then(|| self.abroad(claim)).flatten().unwrap_or(verdict);
        }
        let right = |s: &Spot| (s.is_ascribed(), s.differences.is_empty());
        for (wanted, outcome) in
            [((true, true), Outcome::Found), ((true, false), Outcome::Altered), ((false, true), Outcome::Misattributed)]
        {
            if exact.iter().any(|s| right(s) == wanted) {
                let spots: Vec<Spot> = exact.into_iter().filter(|s| right(s) == wanted).collect();
                let explain = self.explain(claim, outcome, &spots);
                return self.verdict(claim, outcome, spots, explain);
            }
        }
        let explain = self.explain(claim, Outcome::Altered, &exact);
        self.verdict(claim, Outcome::Altered, exact, explain)
    }

    /// Where every word stands, by day and page.
    fn exact(&mut self, claim: &Claim, near: &[usize]) -> Vec<Spot> {
        let mut out = Vec::new();
        for n in near {
            let page = &self.pages[*n];
            for words in find::placements(claim, page, self.packs) {
                let mut spot = self.spot(claim, *n, words, 1.0);
                let turned = difference::cut_negation(claim, &spot.words, self.text, page, self.packs);
                spot.differences.extend(turned);
                spot.differences.extend(difference::question(claim, &spot.words, self.text, page));
                spot.differences.extend(self.denied(claim, &spot));
                out.push(spot);
            }
        }
        let day = |s: &Spot| self.readings[s.page].published.as_ref().map(|p| p.date);
        out.sort_by_key(|s| (s.fit.is_none(), s.fit, day(s).is_none(), day(s), s.page));
        out
    }

    /// Where whom the text names says it in another language.
    fn abroad(&mut self, claim: &Claim) -> Option<Verdict> {
        let named = claim.speaker?;
        let lang = self.text.lang.as_deref()?;
        let own = self.packs.get(lang)?;
        let spans = foreign::spans(claim);
        let mut signer = Signer::new(self.packs);
        let mut found: Vec<(Spot, foreign::Match)> = Vec::new();
        for (n, page) in self.pages.iter().enumerate() {
            let other = page.reading.lang.as_deref().filter(|l| *l != lang).and_then(|l| self.packs.get(l));
            let Some(other) = other else { continue };
            let statements = foreign::statements(page, |speaker| self.pairs.is_abroad(named, page, speaker));
            let mut best: Option<(Spot, foreign::Match)> = None;
            for s in statements.into_iter().filter(|s| is_so(page.reading, *s) == claim.positive) {
                let [ours, theirs] = self.pairs.groups(page);
                let wanted = signer.of(self.text, &spans, ours, own);
                let said = signer.of(page.reading, &page.reading.statements[s].content, theirs, other);
                let Some(matched) = foreign::matched(&wanted, &said, self.text, page.reading) else { continue };
                let words = (0..page.words.len()).filter(|w| page.statements[*w].contains(&s)).collect();
                let differences = matched.differences.clone();
                let fit = Some(Fit::Same);
                let spot = Spot { page: n, words, voice: Voice::Statement(s), fit, share: 0.0, differences };
                if best.as_ref().is_none_or(|(_, known)| matched.shared > known.shared) {
                    best = Some((spot, matched));
                }
            }
            found.extend(best);
        }
        found.sort_by_key(|(spot, m)| (!spot.differences.is_empty(), std::cmp::Reverse(m.shared), spot.page));
        let (first, matched) = found.first()?;
        let outcome = if first.differences.is_empty() { Outcome::Translated } else { Outcome::Altered };
        let alone: Vec<String> = matched.alone.iter().map(|w| format!("«{}»", self.text.text.at(*w))).collect();
        let language = self.readings_of(first).lang.as_deref().unwrap_or_default();
        let mut explain =
            format!("found in another language ({language}); the wording cannot be checked word for word");
        if !alone.is_empty() {
            explain.push_str(&format!(", and nothing there answers {}", alone.join(", ")));
        }
        let same = |spot: &Spot| spot.differences.is_empty() == (outcome == Outcome::Translated);
        let spots: Vec<Spot> = found.into_iter().map(|(spot, _)| spot).filter(same).collect();
        Some(self.verdict(claim, outcome, spots, explain))
    }

    fn spot(&mut self, claim: &Claim, n: usize, words: Vec<usize>, share: f32) -> Spot {
        let page = &self.pages[n];
        let voice = page.voice(&words);
        let fit = match (claim.speaker, voice) {
            (None, _) => match claim.heading {
                Some(heading) => self.pairs.heading(self.text.text.at(heading), page, said_by(page, voice)),
                None => Some(Fit::Same),
            },
            (Some(named), Voice::Statement(s)) => {
                let tellers = tellers(page.reading, s);
                page.reading.statements[s].speaker.map(|speaker| self.pairs.fit(named, page, speaker, &tellers))
            }
            (Some(_), Voice::Several | Voice::Page) => None,
        };
        Spot { page: n, words, voice, fit, share, differences: Vec::new() }
    }

    /// «نفى أن تكون الحكومة قررت …» is no source for «قررت الحكومة …».
    fn denied(&self, claim: &Claim, spot: &Spot) -> Option<Difference> {
        let Voice::Statement(n) = spot.voice else { return None };
        let statement = &self.readings[spot.page].statements[n];
        let text = &self.readings[spot.page].text;
        (is_so(&self.readings[spot.page], n) != claim.positive).then(|| Difference {
            kind: DifferenceKind::Negation,
            wanted: String::new(),
            found: text.at(statement.cue).to_owned(),
            span: Some(statement.cue),
        })
    }

    fn inexact(&mut self, claim: &Claim, near: &[usize]) -> Verdict {
        let mut spots: Vec<(Spot, Alignment)> = Vec::new();
        for n in near {
            let alignment = align::best(claim, &self.pages[*n]);
            if alignment.pairs.is_empty() {
                continue;
            }
            let share = alignment.pairs.len() as f32 / claim.len() as f32;
            let words = alignment.pairs.iter().map(|p| p.1).collect();
            spots.push((self.spot(claim, *n, words, share), alignment));
        }
        spots.sort_by_key(|(s, a)| (std::cmp::Reverse(a.score), !s.is_ascribed(), s.page));
        match claim.mode {
            Mode::Quotation => self.quotation(claim, spots),
            Mode::Sentence => self.sentence(claim, spots),
        }
    }

    fn quotation(&mut self, claim: &Claim, spots: Vec<(Spot, Alignment)>) -> Verdict {
        let pages: Vec<usize> = spots.iter().map(|(s, _)| s.page).collect();
        let Some((mut spot, alignment)) = spots.into_iter().next() else {
            return self.verdict(claim, Outcome::NotFound, Vec::new(), String::new());
        };
        if let Some(parts) = self.stitched(claim, &spot, &alignment, &pages) {
            let explain = self.explain(claim, Outcome::Stitched, &parts);
            return self.verdict(claim, Outcome::Stitched, parts, explain);
        }
        spot.differences = difference::differences(claim, &alignment, self.text, &self.pages[spot.page], self.packs);
        let enough = spot.words.len() >= PART || claim.len() <= PART && spot.is_ascribed();
        let outcome =
            if spot.share >= enough_share(claim, &spot) && enough { Outcome::Altered } else { Outcome::NotFound };
        self.nearest(claim, outcome, spot)
    }

    fn nearest(&mut self, claim: &Claim, outcome: Outcome, mut spot: Spot) -> Verdict {
        spot.words = whole(&self.pages[spot.page], &spot.words);
        let spots = if spot.share >= NEAREST || outcome != Outcome::NotFound { vec![spot] } else { Vec::new() };
        let explain = self.explain(claim, outcome, &spots);
        self.verdict(claim, outcome, spots, explain)
    }

    /// The parts of a claim, where it was put together from several places.
    fn stitched(&mut self, claim: &Claim, spot: &Spot, alignment: &Alignment, pages: &[usize]) -> Option<Vec<Spot>> {
        let page = &self.pages[spot.page];
        let mut parts: Vec<Vec<(usize, usize)>> = Vec::new();
        for pair in &alignment.pairs {
            let apart = |last: &(usize, usize)| is_apart(claim, page, *last, *pair);
            match parts.last_mut() {
                Some(part) if !part.last().is_some_and(apart) => part.push(*pair),
                _ => parts.push(vec![*pair]),
            }
        }
        let mut found: Vec<(usize, usize, Vec<usize>)> =
            parts.iter().map(|p| (p[0].0, spot.page, p.iter().map(|w| w.1).collect())).collect();
        for (from, to) in gaps(claim.len(), &alignment.pairs) {
            found.extend(self.elsewhere(claim, from, to, pages));
        }
        found.sort_by_key(|(at, ..)| *at);
        let long = found.iter().filter(|(.., words)| words.len() >= PART).count();
        let covered: usize = found.iter().map(|(.., words)| words.len()).sum();
        if long < 2 || (covered as f32) < STITCHED * claim.len() as f32 {
            return None;
        }
        let share = |words: &[usize]| words.len() as f32 / claim.len() as f32;
        Some(
            found
                .into_iter()
                .map(|(_, n, words)| {
                    let share = share(&words);
                    self.spot(claim, n, words, share)
                })
                .collect(),
        )
    }

    /// Runs of words `from` up to `to` of a claim on any of the pages: where each begins in the claim, and the words.
    fn elsewhere(&self, claim: &Claim, from: usize, to: usize, pages: &[usize]) -> Vec<(usize, usize, Vec<usize>)> {
        let keys: Vec<u64> = claim.words().map(|w| w.key).collect();
        let mut out = Vec::new();
        let mut at = from;
        while at + PART <= to {
            let longest = pages.iter().filter_map(|n| {
                let page = &self.pages[*n];
                let run = |start: usize| {
                    let words = page.words[start..].iter().zip(&keys[at..to]);
                    words.take_while(|(word, key)| word.key == **key).count()
                };
                (0..page.words.len()).map(|start| (run(start), *n, start)).max_by_key(|r| (r.0, std::cmp::Reverse(r.2)))
            });
            match longest.max_by_key(|(length, n, _)| (*length, std::cmp::Reverse(*n))) {
                Some((length, n, start)) if length >= PART => {
                    out.push((at, n, (start..start + length).collect()));
                    at += length;
                }
                _ => at += 1,
            }
        }
        out
    }

    fn sentence(&mut self, claim: &Claim, spots: Vec<(Spot, Alignment)>) -> Verdict {
        let mut other: Option<Spot> = None;
        let mut best: Option<Spot> = None;
        for (mut spot, alignment) in spots {
            let page = &self.pages[spot.page];
            let loose = difference::Loose { claim, alignment: &alignment, text: self.text, page, packs: self.packs };
            let harmful = loose.harmful();
            let run = alignment.longest_run() as f32 / claim.len() as f32;
            let as_said = self.denied(claim, &spot);
            if run >= RUN && harmful.is_empty() && as_said.is_none() {
                if spot.is_ascribed() {
                    let explain = format!("{:.0} % of it stand there in one run", run * 100.0);
                    return self.verdict(claim, Outcome::Found, vec![spot], explain);
                }
                other.get_or_insert(spot);
            } else if best.is_none() {
                spot.differences = harmful.into_iter().chain(as_said).collect();
                best = Some(spot);
            }
        }
        if let Some(spot) = other {
            return self.nearest(claim, Outcome::Misattributed, spot);
        }
        match best {
            Some(spot) => {
                let altered = spot.share >= enough_share(claim, &spot)
                    && spot.words.len() >= PART
                    && !spot.differences.is_empty();
                self.nearest(claim, if altered { Outcome::Altered } else { Outcome::NotFound }, spot)
            }
            None => self.verdict(claim, Outcome::NotFound, Vec::new(), String::new()),
        }
    }

    fn verdict(&self, claim: &Claim, outcome: Outcome, spots: Vec<Spot>, explain: String) -> Verdict {
        let share = spots.first().map_or(0.0, |s| s.share);
        let differences = spots.first().map_or(Vec::new(), |s| s.differences.clone());
        let places = spots.iter().map(|s| self.place(s)).collect();
        let (mode, span, speaker) = (claim.mode, claim.span, claim.speaker);
        Verdict { mode, span, speaker, outcome, places, differences, share, explain }
    }

    fn place(&self, spot: &Spot) -> Place {
        let page = &self.pages[spot.page];
        let statement = match spot.voice {
            Voice::Statement(n) => Some(n),
            Voice::Several | Voice::Page => None,
        };
        let chain = match statement {
            Some(n) => trace::chain(spot.page, n, self.readings, &self.woven),
            None => trace::carriers(spot.page, self.readings),
        };
        Place {
            page: spot.page,
            words: page.spans(&spot.words),
            statement,
            speaker: statement.and_then(|n| page.reading.statements[n].speaker),
            chain,
            published: page.reading.published.as_ref().map(|p| p.date),
        }
    }

    /// What there is to know beside the outcome.
    fn explain(&self, claim: &Claim, outcome: Outcome, spots: &[Spot]) -> String {
        let Some(spot) = spots.first() else { return String::new() };
        let heading = claim.heading.map_or("", |words| self.text.text.at(words));
        let named = claim.speaker.map_or(heading, |s| label(self.text, s));
        let there = self.place(spot).speaker.map(|s| label(self.readings_of(spot), s));
        match (outcome, spot.fit, there) {
            (Outcome::Misattributed, Some(_), Some(there)) => {
                format!("the text ascribes it to «{named}», the page to «{there}»")
            }
            (Outcome::Misattributed, _, _) if spot.voice == Voice::Several => {
                format!("the text ascribes it to «{named}», on the page several speakers share these words")
            }
            (Outcome::Misattributed, ..) => {
                format!("the text ascribes it to «{named}», the page says it itself or names nobody")
            }
            (Outcome::Found, Some(Fit::SpeaksFor), Some(there)) => {
                format!(
                    "the text ascribes it to «{named}», the page to «{there}», who is described so or speaks for it"
                )
            }
            (Outcome::Found, Some(Fit::Carries), Some(there)) => {
                format!("«{named}» carries it, «{there}» says it")
            }
            (Outcome::Found, ..) if claim.mode == Mode::Quotation && !self.is_marked(spot) => {
                "on the page these words stand without quotation marks".to_owned()
            }
            (Outcome::Stitched, ..) => format!("put together from {} places", spots.len()),
            _ => String::new(),
        }
    }

    fn readings_of(&self, spot: &Spot) -> &Reading {
        &self.readings[spot.page]
    }

    fn is_marked(&self, spot: &Spot) -> bool {
        let page = &self.pages[spot.page];
        spot.words.iter().any(|w| page.reading.text.quote_of(page.words[*w].token).is_some())
    }
}

fn enough_share(claim: &Claim, spot: &Spot) -> f32 {
    if claim.speaker.is_some() && spot.is_ascribed() { ALTERED_BY_SPEAKER } else { ALTERED }
}

/// The words with those of the same sentence that stand between them.
fn whole(page: &Page<'_>, words: &[usize]) -> Vec<usize> {
    let mut out: Vec<usize> = Vec::new();
    for word in words {
        if let Some(last) = out.last().copied().filter(|l| l < word && page.sentence[*l] == page.sentence[*word]) {
            out.extend(last + 1..*word);
        }
        out.push(*word);
    }
    out
}

fn label(reading: &Reading, entity: EntityIndex) -> &str {
    reading.cast.entities.get(entity).and_then(|e| e.forms.first()).map_or("", String::as_str)
}

fn said_by(page: &Page<'_>, voice: Voice) -> Option<EntityIndex> {
    match voice {
        Voice::Statement(n) => page.reading.statements[n].speaker,
        Voice::Several | Voice::Page => None,
    }
}

/// Who tells of statement `n`, the innermost first.
fn tellers(reading: &Reading, n: usize) -> Vec<EntityIndex> {
    let mut out = Vec::new();
    let mut seen = vec![n];
    let mut at = reading.statements[n].parent;
    while let Some(parent) = at.filter(|p| !seen.contains(p)) {
        out.extend(reading.statements[parent].speaker);
        out.extend(reading.statements[parent].addressee);
        seen.push(parent);
        at = reading.statements[parent].parent;
    }
    out.extend(reading.statements[n].addressee);
    out
}

/// Do two neighbouring words of a claim stand in different places of the page?
fn is_apart(claim: &Claim, page: &Page<'_>, (i, j): (usize, usize), (k, l): (usize, usize)) -> bool {
    let sentences = page.sentence[l].saturating_sub(page.sentence[j]);
    let cut = (i + 1..=k).any(|at| is_cut(claim, at));
    match (cut, sentences) {
        (true, _) => sentences > SENTENCES && !page.is_one_statement(j, l) || !page.is_one_voice(j, l),
        (false, 0) => false,
        (false, _) => l > j + APART || !page.is_one_voice(j, l),
    }
}

/// Does the text say that something is left out behind `at` words?
fn is_cut(claim: &Claim, at: usize) -> bool {
    let mut before = 0;
    for piece in &claim.pieces {
        if before == at && piece.joint != Joint::Start {
            return true;
        }
        before += piece.words.len();
    }
    false
}

/// The words of a claim that an alignment has nothing for, as ranges.
fn gaps(length: usize, pairs: &[(usize, usize)]) -> Vec<(usize, usize)> {
    let mut out = Vec::new();
    let mut at = 0;
    for (i, _) in pairs {
        if *i > at {
            out.push((at, *i));
        }
        at = i + 1;
    }
    if at < length {
        out.push((at, length));
    }
    out
}
