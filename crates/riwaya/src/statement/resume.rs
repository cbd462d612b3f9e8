//! Which sentences go on with what somebody said before them?
//!
//! «قال الوزير: "المعبر مفتوح".» on one line and «"ولن نغلقه مرة أخرى".» on the next are one statement; so is a sentence
//! that begins with «وأن …». A quotation that nobody introduces is the latest speaker's.

use super::complement::Joint;
use super::content;
use super::draft::Draft;
use super::lexicon::{Person, Tense};
use super::view::View;
use crate::page::Layout;
use crate::text::Span;
use std::ops::Range;

/// A quotation without a cue is speech, and no name in marks, from so many tokens on.
const SPEECH: usize = 4;
/// A quotation goes on no further than this many lines below.
const LINES: usize = 2;

/// Adds to `found`, pairs of a sentence and an attribution in text order, what goes on without a cue.
pub(super) fn resume(view: &View<'_>, layout: &Layout, found: &mut Vec<(usize, Draft)>) {
    let mut at = 0;
    let mut last: Option<usize> = None;
    for (n, sentence) in view.text.sentences().iter().enumerate() {
        let tokens = sentence.tokens.clone();
        let here = at..at + found[at..].iter().take_while(|(s, _)| *s == n).count();
        let said =
            last.filter(|m| near(view, found[*m].0, n) && layout.is_article(view.text.span(tokens.start).start()));
        if let Some(said) = said {
            if let Some(inside) = whole_quotation(view, &tokens).filter(|q| is_free(view, found, q)) {
                let said = quoted_last(view, found, said);
                let pieces = quoted(view, &inside);
                if quotes(view, &found[said].1) {
                    found[said].1.pieces.extend(pieces);
                } else if !pieces.is_empty() {
                    found.insert(here.start, (n, unled(view, inside, pieces)));
                    last = Some(here.start);
                    at = here.end + 1;
                    continue;
                }
            } else if (content::resumes(view, tokens.start)
                || here.is_empty() && goes_on_speaking(view, &found[said], n))
                && is_plain(view, &found[said].1)
            {
                extend(view, &mut found[said].1, &tokens);
            }
        }
        last = here.clone().rfind(|m| is_top(found, &here, *m)).or(last);
        at = here.end;
    }
}

/// Is sentence `n` the next one with words, on the same line or on one shortly below?
fn near(view: &View<'_>, before: usize, n: usize) -> bool {
    let sentences = view.text.sentences();
    n <= before + LINES + 1 && sentences[n].line <= sentences[before].line + LINES
}

/// The tokens inside a quotation that is all of the sentence.
fn whole_quotation(view: &View<'_>, tokens: &Range<usize>) -> Option<Range<usize>> {
    // Of «''» the second apostrophe is the mark.
    let twin = usize::from(view.text.word(tokens.start) == "'" && view.opens(tokens.start).is_none());
    let quote = view.text.quotes()[view.opens(tokens.start + twin)?];
    // «"Once they get a line, they do not need us." *"It is a thing of the past."*»
    let mut last = quote;
    while let Some(next) = view.opens(last.tokens().end).map(|q| view.text.quotes()[q]).filter(|q| q.open < tokens.end)
    {
        last = next;
    }
    let rest = last.tokens().end.min(tokens.end)..tokens.end;
    let whole = quote.inside().len() >= SPEECH && rest.into_iter().all(|i| view.is_punct(i));
    whole.then(|| quote.inside().start..last.inside().end)
}

/// What stands inside each of the marks from the first quotation that opens in front of `inside` on.
fn quoted(view: &View<'_>, inside: &Range<usize>) -> Vec<Span> {
    let opens = (inside.start - 1..inside.end).filter_map(|i| view.opens(i)).map(|q| view.text.quotes()[q].inside());
    let mut next = 0;
    let outer = opens.filter(|q| {
        q.start > next && {
            next = q.end;
            true
        }
    });
    outer.filter_map(|q| content::span(view, q.start, 0, q.end.min(inside.end))).collect()
}

/// «"A," said Berg, who has *backed* the plan. "B."»: of the attributions of one sentence the last that quotes somebody's
/// own words.
fn quoted_last(view: &View<'_>, found: &[(usize, Draft)], said: usize) -> usize {
    let sentence = found[said].0;
    let here = || (0..=said).rev().take_while(|m| found[*m].0 == sentence);
    let speech = |d: &Draft| matches!(d.joint, Some(Joint::Quote | Joint::Colon)) && quotes(view, d);
    here().find(|m| speech(&found[*m].1)).unwrap_or(said)
}

/// Has nobody been found to say it?
fn is_free(view: &View<'_>, found: &[(usize, Draft)], inside: &Range<usize>) -> bool {
    let first = view.text.span(inside.start);
    // «"لا أعرف ما حدث، كما أضاف الوزير …»: whose it is stands inside marks that nobody closed.
    // «"A, — говорит Кольцов.»: what stands in front of a cue inside the marks is said there.
    let closes = |d: &Draft| view.lexicon.subject_first && d.pieces.first().is_some_and(|p| p.end() <= d.cue.start());
    let told = |d: &Draft| (d.is_by || closes(d)) && inside.contains(&d.cue_token);
    !found
        .iter()
        .any(|(_, d)| d.pieces.iter().any(|p| p.contains(first)) && (told(d) || !inside.contains(&d.cue_token)))
}

/// Does the attribution end with quoted words?
fn quotes(view: &View<'_>, draft: &Draft) -> bool {
    let Some(last) = draft.pieces.last() else { return false };
    let end = view.text.tokens_in(*last).end;
    let closes = |i: usize| view.text.quote_of(i).is_some_and(|q| view.text.quotes()[q].close == Some(i));
    view.opens(view.text.tokens_in(*last).start.saturating_sub(1)).is_some()
        || closes(end)
        || closes(end.saturating_sub(1))
}

/// «قال: علينا أن نعمل معا. *إن الانقسام يضعفنا*»: speech without marks runs over a stop where the speaker goes on of himself.
fn goes_on_speaking(view: &View<'_>, said: &(usize, Draft), n: usize) -> bool {
    let sentences = view.text.sentences();
    let tokens = sentences[n].tokens.clone();
    let colon = matches!(said.1.joint, Some(Joint::Colon | Joint::Speech));
    let own = |range: Range<usize>| view.is_own_voice(range.start, range.end);
    colon
        && sentences[n].line == sentences[said.0].line
        && own(said.1.content..sentences[said.0].tokens.end)
        && own(tokens)
}

fn is_plain(view: &View<'_>, draft: &Draft) -> bool {
    !draft.is_by && !quotes(view, draft)
}

/// No content of the same sentence holds it.
fn is_top(found: &[(usize, Draft)], sentence: &Range<usize>, m: usize) -> bool {
    let cue = found[m].1.cue;
    !sentence.clone().any(|o| o != m && found[o].1.pieces.iter().any(|p| p.contains(cue)))
}

/// «… مفتوح. وأنه سيبقى كذلك»: one piece where only a stop stands between, else another.
fn extend(view: &View<'_>, draft: &mut Draft, tokens: &Range<usize>) {
    let Some(more) = content::span(view, tokens.start, 0, tokens.end) else { return };
    match draft.pieces.last_mut() {
        Some(last) if view.text.tokens_in(Span::new(last.end(), more.start())).len() <= 1 => *last = last.to(more),
        _ => draft.pieces.push(more),
    }
}

/// A quotation without a cue: its opening mark stands for one.
fn unled(view: &View<'_>, inside: Range<usize>, pieces: Vec<Span>) -> Draft {
    let mark = inside.start - 1;
    Draft {
        pieces,
        joint: Some(Joint::Quote),
        tense: Some(Tense::Past),
        person: Person::Anybody,
        ..Draft::new(view.text.span(mark), mark, inside.start, "statement/quotation".into())
    }
}
