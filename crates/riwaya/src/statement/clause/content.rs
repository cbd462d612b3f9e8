//! Where does what is said stand, in front of its cue or behind it, and where does it end?

use super::super::content;
use super::{is_apostrophe, is_dash, subject};
use crate::statement::Act;
use crate::statement::complement::Joint;
use crate::statement::cue::Cue;
use crate::statement::draft::Draft;
use crate::statement::lexicon::{Class, Person, Tense};
use crate::statement::view::View;
use crate::text::{Span, TokenKind};
use std::ops::Range;

/// The characters of a content between two tokens, without the marks around it.
pub fn span(view: &View<'_>, from: usize, end: usize) -> Option<Span> {
    content::span(view, from, 0, end)
}

/// An attribution that stands behind what it attributes.
pub struct Closing {
    pub source: Option<Range<usize>>,
    pub pieces: Vec<Span>,
}

/// «Берг, который вернулся из Норланда, сообщает *полиция*»: whoever speaks behind the verb, where its clause ends with them, is
/// nearer than one whom a clause between commas describes.
fn closer(view: &View<'_>, cue: &Cue, before: Option<Range<usize>>, end: usize) -> Option<Range<usize>> {
    let frames = &cue.verb(view).frames;
    let apart = cue.at > 0 && view.text.word(cue.at - 1) == ",";
    let ends = |p: &Range<usize>| closes_clause(view, p.end, end, None).is_some();
    // «Berg, the mayor, said *they won*»
    let clause = |p: &Range<usize>| view.is(p.start, Class::Pronoun) && p.len() > 1;
    let other = || subject::noun_phrase(view, cue.at + 1, end).filter(|p| ends(p) && !clause(p));
    let speech = frames.that && !frames.addressee && !frames.object;
    if apart && speech && other().is_some() { None } else { before }
}

/// «"C," he said.», «C, X said on Friday.», «"C", — сказал X, — "C"»: the cue closes its clause, and what is said stands in
/// front of it.
pub fn before(view: &View<'_>, cue: &Cue, before: Option<Range<usize>>, tokens: &Range<usize>) -> Option<Closing> {
    let before = closer(view, cue, before, tokens.end);
    // «…, *a* déclaré le maire»: what belongs to the verb stands between.
    let lead = before.as_ref().map_or_else(|| subject::front(view, tokens.start, cue.at), |s| s.start);
    let mark = lead.checked_sub(1).filter(|i| *i >= tokens.start)?;
    // «… их хватит", сказал Холм.»: a mark that closes nothing opens nothing either.
    let opens = |q: &usize| view.text.quotes()[*q].close.is_some() || view.text.quotes()[*q].open + 1 < mark;
    let inside = view.text.quote_of(cue.at).filter(opens);
    let quote = closing_quote(view, mark, tokens.start);
    let comma = view.text.word(mark) == "," || is_dash(view, mark);
    // «… after *"Mr Fix It" Holm* called Berg a fool»: marks without a comma hold a name.
    if quote.is_some_and(|q| !comma && subject::is_bare_quote(view, q)) || !cue.verb(view).frames.that {
        return None;
    }
    if !comma && quote.is_none() || cue.form.tense == Tense::Participle && before.is_none() && quote.is_none() {
        return None;
    }
    // «On Sunday's “Morning Hour,” Holm said …»: marks around a title, in a phrase that says where.
    let first = (tokens.start..mark).find(|i| !view.is_punct(*i)).unwrap_or(mark);
    let led = view.is(first, Class::Preposition) || view.is(first, Class::Circumstance);
    if quote.is_some_and(|q| led && view.text.quotes()[q].open > first && is_title(view, q)) {
        return None;
    }
    let short = |p: &Range<usize>| p.len() <= 4 && !view.is(p.start, Class::NoSource);
    let next = super::skip_circumstances(view, cue.at + 1, tokens.end);
    let inverted = || {
        let phrase = subject::noun_phrase(view, behind_object(view, cue.at + 1), tokens.end);
        // «"…", — сказала *в пятницу* Анна Берг»
        let later = || subject::noun_phrase(view, next, tokens.end).filter(|p| subject::is_somebody(view, p));
        let place = || subject::behind_place(view, next, tokens.end);
        phrase.or_else(later).or_else(place).or_else(|| subject::phrase(view, cue.at + 1, tokens.end).filter(short))
    };
    let inverted = before.is_none().then(inverted).flatten();
    // «In the end, he *agreed to* lend …», «"…." Russia *insisted that* …»: what is said follows.
    let infinitive = cue.verb(view).frames.infinitive && view.is(next, Class::Infinitive);
    if infinitive || super::is_that(view, next) {
        return None;
    }
    if quote.is_none() && before.is_none() && inverted.is_none() && cue.form.person != Person::They {
        return None;
    }
    let mut behind = inverted.as_ref().map_or(cue.at + 1, |s| s.end);
    if before.is_some() && cue.verb(view).frames.addressee {
        // «"…," Graham told *the Daily*.»
        behind = subject::noun_phrase(view, behind, tokens.end).map_or(behind, |told| told.end);
    }
    // «сказала она *«Берегу»* в пятницу»: who is told behind who speaks.
    if before.is_none() && behind > cue.at + 1 {
        let marked = view.opens(behind).and_then(|q| view.text.quotes()[q].close).filter(|c| *c < behind + 6);
        let named = view.name_end(behind).filter(|_| !view.is_person(behind));
        behind = marked.map(|c| c + 1).or(named).unwrap_or(behind);
    }
    let alone = quote.is_none();
    // «*Though the move was smooth*, he said, *replacing Berg would be hard*»: behind it the main clause still follows.
    let waits = alone && view.is(first, Class::Circumstance) && !(first..mark).any(|i| view.is_comma(i));
    let follows = if waits { Follows::Clause } else { Follows::More };
    let rest = match closes_clause(view, behind, tokens.end, alone.then_some(follows)) {
        Some(Some(_)) if quote.is_none() && inside.is_none() && view.opens(behind + 1).is_some() => return None,
        Some(rest) => rest,
        // «"…," said Caddell, speaking of her health»
        None if quote.is_some_and(|q| view.text.quotes()[q].inside().len() > 2)
            && (before.is_some() || inverted.is_some()) =>
        {
            None
        }
        None => return None,
    };
    let source = before.or(inverted);
    let from = match quote {
        Some(q) => view.text.quotes()[q].open,
        None if inside.is_some() => inside.map_or(tokens.start, |q| view.text.quotes()[q].open + 1),
        None => tokens.start,
    };
    // «X said it would, *he added*»: another attribution stands in front; what it gives is not given again.
    let whole = match quote {
        Some(_) if whole_clause(view, from, tokens.start) => from,
        Some(_) => tokens.start,
        None => tokens.start.max(from.min(mark)),
    };
    // «As for the plan, he said, “it is dead”»: what the quotation is about is no part of it.
    let topic = quote.is_none() && led && rest.is_some_and(|more| view.opens(more).is_some());
    let mut pieces: Vec<Span> =
        span(view, skip_lead(view, whole, mark), mark + 1).filter(|_| !topic).into_iter().collect();
    if let Some(more) = rest {
        let end = inside.map_or(tokens.end, |q| view.text.quotes()[q].inside().end);
        pieces.extend(span(view, more, end));
    }
    (!pieces.is_empty() && mark > tokens.start).then_some(Closing { source, pieces })
}

/// «"…", — прокомментировал *ситуацию* активист»: behind what the verb is about stands who speaks.
fn behind_object(view: &View<'_>, at: usize) -> usize {
    let endings = &view.lexicon.endings;
    let described = [&endings.adjectives, &endings.genitive].into_iter().any(|e| view.ends(at, e));
    let closed =
        [Class::PersonNoun, Class::Body, Class::OutletNoun, Class::Document, Class::Determiner, Class::Pronoun];
    let noun = !closed.into_iter().any(|c| view.is(at, c)) && view.is_plain_word(at) && !subject::is_capital(view, at);
    let speaker = view.is(at + 1, Class::PersonNoun) && !view.ends(at + 1, &endings.genitive);
    let object = !endings.genitive.is_empty() && noun && !described && speaker;
    at + usize::from(object)
}

/// «“Fox Morning Hour,”»: a few words, each with a capital.
fn is_title(view: &View<'_>, q: usize) -> bool {
    let mut words = view.text.quotes()[q].inside().filter(|i| !view.is_punct(*i));
    let few = words.clone().count() <= 5;
    few && words
        .all(|i| subject::is_capital(view, i) || view.is(i, Class::Preposition) || view.is(i, Class::Determiner))
}

/// Does the quotation that opens at `from` begin the sentence, but for marks?
fn whole_clause(view: &View<'_>, from: usize, start: usize) -> bool {
    (start..from).all(|i| view.is_punct(i))
}

fn skip_lead(view: &View<'_>, from: usize, end: usize) -> usize {
    (from..end).find(|i| !view.is_punct(*i) || view.opens(*i).is_some() || is_apostrophe(view, *i)).unwrap_or(from)
}

/// The quotation that closes at `mark`, or right before it behind a comma or a dash.
fn closing_quote(view: &View<'_>, mark: usize, start: usize) -> Option<usize> {
    let last = (start..=mark).rev().take(3).find(|i| !matches!(view.text.word(*i), "," | "—" | "–" | "-"))?;
    view.text.quote_of(last).filter(|q| view.text.quotes()[*q].close == Some(last))
}

/// What may follow behind an attribution inside a clause without marks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Follows {
    /// More of it, or an aside.
    More,
    /// The main clause, for in front stood one that hangs on it.
    Clause,
}

/// Is the clause of the cue over behind token `from`, but for circumstances? Gives where a second piece of what is said
/// begins, if there is one; without marks it goes on as `alone` says.
fn closes_clause(view: &View<'_>, from: usize, end: usize, alone: Option<Follows>) -> Option<Option<usize>> {
    let mut i = super::skip_circumstances(view, from, end);
    while i < end && view.is(i, Class::Preposition) {
        let stop = (i + 1..end)
            .find(|j| view.is_punct(*j) && !is_apostrophe(view, *j) && !view.is_hyphen(*j) && !view.is_name(*j))
            .unwrap_or(end);
        if (i + 1..stop).any(|j| view.is(j, Class::Complementizer) || view.form(j, 0).is_some()) || stop - i > 20 {
            return None;
        }
        i = stop;
    }
    if i >= end
        || matches!(view.text.word(i), "." | "!" | "?" | ";")
        || view.text.quote_of(i).is_some_and(|q| view.text.quotes()[q].close == Some(i))
    {
        let next = (i..end).find(|j| view.opens(*j).is_some() && *j > i);
        return Some(next);
    }
    if view.text.word(i) == "," || is_dash(view, i) {
        let next = (i..end.min(i + 4)).find(|j| !matches!(view.text.word(*j), "," | "—" | "–" | "-"))?;
        let again = view.opens(next).is_some() || view.text.quote_of(i).is_some() && is_dash(view, next - 1);
        let adds = view.form(next, 0).is_some_and(|f| f.tense == Tense::Participle);
        let participle = adds || view.ends(next, &view.lexicon.endings.participles) && !subject::is_capital(view, next);
        let aside = view.is(next, Class::Conjunction)
            || view.is(next, Class::Relative)
            || participle
            || view.is(next, Class::OutletNoun)
            || view.is(next, Class::Preposition);
        // «The port is safe, he said, *because the wall was mended*.»
        let reason = view.is(next, Class::Reason);
        let more = match alone {
            Some(Follows::Clause) => !adds,
            Some(Follows::More) => !aside || reason,
            None => false,
        };
        // «But to prevent problems, he said, *officials should be vigilant*.»
        // «считает Холм, работавший в Берге, *Ольме и Толвике*»: names alone say nothing.
        let name = |j: usize| view.is_punct(j) || subject::is_capital(view, j) || view.is(j, Class::Conjunction);
        if alone.is_some() && (next..end).all(name) {
            return Some(None);
        }
        let parenthesis = more && i == from && view.text.word(i) == "," && next + 3 < end;
        return match again || parenthesis {
            true => Some(Some(next)),
            false => aside.then_some(None),
        };
    }
    None
}

/// The clause that «according to X» at token `i` speaks of.
pub fn host(view: &View<'_>, i: usize, behind: usize, tokens: &Range<usize>) -> Vec<Span> {
    let opens =
        (tokens.start..i).all(|j| view.is_punct(j) || view.is(j, Class::Lead) || view.is(j, Class::Conjunction));
    let from = (behind..tokens.end).find(|j| !view.is_punct(*j) || view.opens(*j).is_some()).unwrap_or(tokens.end);
    if opens {
        return span(view, from, tokens.end).into_iter().collect();
    }
    // «the project, *which, according to X, will cost* …»: what is said is what the relative word opens.
    let word = (tokens.start..i).rev().find(|j| view.text.word(*j) != ",");
    if word.is_some_and(|j| view.is(j, Class::Relative)) {
        let end = (from..tokens.end).find(|j| view.text.word(*j) == ",").unwrap_or(tokens.end);
        return span(view, from, end).into_iter().collect();
    }
    let mut pieces: Vec<Span> = span(view, skip_lead(view, tokens.start, i), i).into_iter().collect();
    // «согласно сообщению, *опубликованному в субботу*»
    let described = view.ends(from, &view.lexicon.endings.oblique);
    let goes_on = view.text.word(behind) == "," && from + 2 < tokens.end && !described;
    if goes_on && !view.is(from, Class::Conjunction) && !view.is(from, Class::Relative) {
        pieces.extend(span(view, from, tokens.end));
    }
    pieces
}

/// Ends the contents that begin behind their cues: at the next attribution on their own level, or with the sentence.
pub fn end_all(view: &View<'_>, tokens: &Range<usize>, drafts: &mut [Draft]) {
    let leads: Vec<usize> = drafts.iter().map(|d| d.lead).collect();
    let breaks: Vec<usize> = drafts.iter().filter_map(|d| break_before(view, d, tokens.start)).collect();
    for draft in drafts.iter_mut().filter(|d| d.pieces.is_empty()) {
        let end = end(view, draft, &breaks, &leads, tokens);
        draft.pieces = span(view, draft.content, end).into_iter().collect();
    }
}

/// Inside what somebody else says a belief or a stance is no statement of its own.
pub fn drop_stances(drafts: &mut Vec<Draft>) {
    let held =
        |d: &Draft| drafts.iter().any(|o| o.cue != d.cue && !o.is_by && o.pieces.iter().any(|p| p.contains(d.cue)));
    let stance = |d: &Draft| d.act == Act::Believe || d.joint == Some(Joint::Object);
    let keep: Vec<bool> = drafts.iter().map(|d| !stance(d) || !held(d)).collect();
    let mut keep = keep.into_iter();
    drafts.retain(|_| keep.next().unwrap_or(true));
}

/// Where an attribution that goes on from another ends what the other gives.
fn break_before(view: &View<'_>, draft: &Draft, start: usize) -> Option<usize> {
    let at = draft.lead;
    if at <= start {
        return None;
    }
    if draft.is_by {
        return Some(at);
    }
    let comma = view.text.word(at - 1) == ",";
    let joined = view.is(at - 1, Class::Conjunction);
    // «…, *but only hours later* Norland denounced it», «… *while* Berg promised guarantees»
    let lead = (start + 1..at).rev().take_while(|i| subject::is_circumstance(view, *i)).last().unwrap_or(at);
    let other = draft.tense.is_some_and(|t| t != Tense::Participle) && draft.source.is_some();
    if other && lead > start + 1 && view.is(lead - 1, Class::Conjunction) && view.text.word(lead - 2) == "," {
        return Some(lead - 2);
    }
    if other && view.is(at - 1, Class::Adversative) {
        return Some(at - 1);
    }
    match draft.tense {
        Some(Tense::Participle) if comma => Some(at - 1),
        // «said X, but *added* that Y», «…, while *Moscow said* …»
        // «such as halting tests and *pledging* to disarm»: a participle joined by «and» goes on inside what is said.
        Some(Tense::Participle) => None,
        Some(_) if joined && (draft.source.is_none() || at > start + 1 && view.text.word(at - 2) == ",") => {
            Some(at - 1)
        }
        // «C, *X said*»
        Some(_) if comma && draft.joint == Some(Joint::Quote) && !draft.pieces.is_empty() => Some(at - 1),
        _ => None,
    }
}

fn end(view: &View<'_>, draft: &Draft, breaks: &[usize], leads: &[usize], tokens: &Range<usize>) -> usize {
    let first = draft.content;
    let limit = match view.text.quote_of(draft.cue_token) {
        Some(q) => view.text.quotes()[q].inside().end.min(tokens.end),
        None => tokens.end,
    };
    let mut from = first;
    if let Some(q) = view.opens(first) {
        let Some(close) = view.text.quotes()[q].close else { return limit };
        let next = close + 1;
        // «said that *"old rules", of which he spoke,* were guarantees»
        let goes_on = draft.joint == Some(Joint::That)
            && view.text.word(next) == ","
            && next + 4 < limit
            && !leads.contains(&(next + 1))
            && view.form(next + 1, 0).is_none()
            && !view.is(next + 1, Class::Conjunction);
        // «сказал, что *„времена прошли“, и что „пора экономить“*»
        let again = draft.joint == Some(Joint::That)
            && view.text.word(next) == ","
            && view.is(next + 1, Class::Conjunction)
            && super::is_that(view, next + 2);
        let goes_on = goes_on || again;
        let ends = view.is_punct(next) && view.text.word(next) != "(" && !goes_on;
        let speech = draft.joint == Some(Joint::Quote) && !describes_on(view, q, next, limit);
        if next >= limit || ends || speech {
            return next.min(limit.max(next));
        }
        from = close;
    }
    let own = view.text.quote_of(draft.cue_token);
    let level = |i: usize| view.text.quote_of(i).filter(|q| view.text.quotes()[*q].close.is_some());
    let next =
        breaks.iter().copied().filter(|b| *b > from && *b < limit && (level(*b).is_none() || level(*b) == own)).min();
    let plain = |i: &usize| level(*i).is_none() || level(*i) == own;
    let semicolon = (from..limit).find(|i| view.text.word(*i) == ";" && level(*i).is_none());
    // «… — a member of the alliance»: a dash without its partner, behind which the reporter goes on.
    let dashes: Vec<usize> = (from + 1..limit).filter(|i| is_dash(view, *i) && plain(i)).collect();
    let dash = dashes.first().copied().filter(|_| dashes.len() == 1 && own.is_none() && !view.lexicon.copula_dash);
    let noun = matches!(draft.joint, Some(Joint::Object | Joint::Preposition));
    let relative =
        (from + 1..limit).find(|i| noun && view.text.word(i - 1) == "," && view.is(*i, Class::Relative) && plain(i));
    let venue = (from + 1..limit).find(|i| noun && ends_in_venue(view, *i, limit));
    // «“Berg said the port was old. He was wrong.”»: inside a quotation a stop ends what somebody else said.
    let ends = |i: usize| matches!(view.text.word(i), "." | "!" | "?") && subject::is_capital(view, i + 1);
    let short = |i: usize| {
        view.text.word(i - 1).chars().nth(1).is_none() || view.is_name(i) || view.is_name(i + 1) && view.is_name(i - 1)
    };
    let stop = (from + 1..limit).find(|i| own.is_some() && ends(*i) && plain(i) && !short(*i));
    // «praised the plan*, treating* it as his own», «… *, yet* refuses to pay», «condemned the attack *after* talks failed»
    let object = draft.joint == Some(Joint::Object);
    let turn = |i: usize| view.is(i, Class::Adversative) || view.ends(i, &view.lexicon.endings.participles);
    let goes_off = |i: usize| {
        noun && view.text.word(i - 1) == "," && turn(i)
            || object && view.is(i, Class::Circumstance) && !view.is(i, Class::As)
    };
    let off = (from + 1..limit).find(|i| goes_off(*i) && plain(i) && !subject::is_capital(view, *i));
    // «…, *в то* время как другие против»
    let led = |i: &usize| view.is(*i, Class::Preposition) || view.is(*i, Class::NoSource);
    let off = off.map(|i| (from + 1..i).rev().take_while(led).last().unwrap_or(i));
    // «France, which denied that it sent ships*,* closed its embassy»: the clause that the relative one was part of goes on.
    let aside = subject::is_relative(view, draft.cue_token) || opens_sentence(view, draft, tokens.start);
    let comma = |i: &usize| aside && view.text.word(*i) == "," && plain(i);
    // «Saying her father, who …, would agree*,* she added …»: the comma in front of another who speaks, where there is one.
    let main = (from + 1..limit).filter(comma).find(|i| leads.contains(&(i + 1)));
    let main = main.or_else(|| (from + 1..limit).find(comma));
    // «…, обвиняя его в обмане*,* аналитики предполагали, что …»
    // «Берг, разделяя тревогу соседей*,* высказал опасение»
    let finite = |i: usize| view.form(i, 0).is_some_and(|f| f.tense != Tense::Participle);
    let aside = draft.tense == Some(Tense::Participle);
    let other = |i: &usize| {
        noun && view.text.word(*i) == "," && (leads.contains(&(i + 1)) || aside && finite(i + 1)) && plain(i)
    };
    let main = main.or_else(|| (from + 1..limit).find(other));
    next.into_iter()
        .chain(main)
        .chain(semicolon)
        .chain(dash)
        .chain(relative)
        .chain(venue)
        .chain(off)
        .chain(stop)
        .min()
        .unwrap_or(limit)
}

/// «reported *“2,521 incidents” between May and June*»: a few words in marks, and the phrase that they belong to goes on. «said
/// *“never”* on Monday», «*“never”* in an interview» only tell when and where.
fn describes_on(view: &View<'_>, q: usize, next: usize, limit: usize) -> bool {
    let word = view.text.tokens().get(next).is_some_and(|t| t.kind == TokenKind::Word);
    let rest = super::skip_circumstances(view, next, limit);
    let apart = rest > next
        || view.is(next, Class::Within)
        || view.is(next, Class::Conjunction)
        || view.form(next, 0).is_some()
        || ends_in_venue(view, next, limit);
    word && next + 1 < limit && !apart && subject::is_bare_quote(view, q)
}

/// «*Asked* about the strike*,* he said …», «*When* the court found that …*,* the ministry said …»: the main clause follows
/// behind a comma.
fn opens_sentence(view: &View<'_>, draft: &Draft, start: usize) -> bool {
    let word = |i: &usize| !view.is_punct(*i) && !view.is(*i, Class::Adverb);
    // «*Отмечается*, что порт, где …, закрыт»: where forms tell it from a participle, a verb leads its own clause.
    let leads = draft.tense != Some(Tense::Participle) && !view.lexicon.endings.genitive.is_empty();
    let Some(first) = (start..draft.cue_token).find(word) else { return draft.source.is_none() && !leads };
    view.is(first, Class::Circumstance) && !(first..draft.cue_token).any(|i| view.text.word(i) == ",")
}

/// «for school investment *in a statement on Thursday*»: nothing but circumstances follows.
fn ends_in_venue(view: &View<'_>, i: usize, limit: usize) -> bool {
    let venue = view.is(i, Class::Preposition) && !view.is_time(i + 1);
    let rest = super::skip_circumstances(view, i, limit);
    venue && rest > i && (rest..limit).all(|j| view.is_punct(j))
}
