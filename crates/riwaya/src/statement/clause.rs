//! Who says what in a language whose subject usually stands in front of its verb?
//!
//! «X said that C», «"C", said X», «C, according to X», «X заявил, что C», «"C", — сказал X»: a cue is looked for, then the
//! words that name its subject in front of it or behind it, then what is said, behind the cue or, where the cue closes
//! its clause, in front.

mod behind;
mod content;
mod phrase;
mod subject;

use super::Act;
use super::complement::Joint;
use super::cue::Cue;
use super::draft::Draft;
use super::lexicon::{Class, Frames, Person, Tense};
use super::view::View;
use crate::text::TokenKind;
use std::ops::Range;

/// How far behind its cue a clause may begin, in tokens.
const REACH: usize = 18;
/// How long «в интервью станции» behind who speaks may be, in tokens.
const ASIDE: usize = 14;

/// The attributions of one sentence, contents ended, in order of their cues.
pub(super) fn sentence(view: &View<'_>, tokens: Range<usize>, headline: bool) -> Vec<Draft> {
    let cues: Vec<Cue> = tokens.clone().filter_map(|i| cue(view, i, &tokens, headline)).collect();
    let mut drafts: Vec<Draft> = cues.iter().filter_map(|c| from_cue(view, c, &cues, &tokens)).collect();
    phrase::add(view, &tokens, &mut drafts);
    if headline && let Some(dash) = phrase::dash(view, &tokens) {
        drafts.retain(|d| d.cue_token > dash.cue_token);
        drafts.push(dash);
    } else if let Some(signature) = phrase::signature(view, &tokens) {
        drafts.retain(|d| d.cue_token < signature.cue_token && d.source.is_some());
        drafts.push(signature);
    } else if let Some(colon) = phrase::colon(view, &tokens, headline) {
        drafts.retain(|d| d.cue_token > colon.cue_token);
        drafts.push(colon);
    }
    drafts.sort_by_key(|d| (d.cue.start(), d.content));
    content::end_all(view, &tokens, &mut drafts);
    drafts.retain(|d| !d.pieces.is_empty());
    if let Some(speech) = phrase::speech(view, &tokens, &drafts) {
        drafts.retain(|d| d.cue_token < speech.cue_token || d.source.is_some());
        drafts.push(speech);
        drafts.sort_by_key(|d| (d.cue.start(), d.content));
    }
    content::drop_stances(&mut drafts);
    drafts
}

/// The subject with which a sentence opens.
pub(super) fn opening(view: &View<'_>, start: usize, before: usize) -> Option<Range<usize>> {
    subject::opening(view, start, before)
}

/// The verb form at token `i`, unless its place makes it a noun: «the *report*», «Moscow's *claims*».
fn cue(view: &View<'_>, i: usize, tokens: &Range<usize>, headline: bool) -> Option<Cue> {
    let mut form = view.form(i, 0)?;
    // «Secretary of *State*»: with a capital inside a sentence a word is part of a name.
    let capital = i > tokens.start && subject::is_capital(view, i) && view.opens(i - 1).is_none() && !headline;
    if view.is_name(i) || capital || view.text.tokens()[i].kind != TokenKind::Word {
        return None;
    }
    let mut before = i;
    while before > tokens.start && view.is(before - 1, Class::Adverb) {
        before -= 1;
    }
    let previous = before.checked_sub(1).filter(|j| *j >= tokens.start);
    let noun = previous.is_some_and(|j| {
        let ending = view.key(j) == view.lexicon.possessive;
        // «the port's *claims*», but «Brigham's *said* …»
        let verb = view.ends(i, &view.lexicon.endings.finite);
        let possessive = ending && j > tokens.start && is_apostrophe(view, j - 1) && !verb;
        // «the owners' *plan*»
        let word = j > tokens.start && view.text.tokens()[j - 1].kind == TokenKind::Word;
        let plural = is_apostrophe(view, j) && word && view.text.span(j - 1).end() == view.text.span(j).start();
        view.is(j, Class::Determiner)
            || possessive
            || plural
            || view.is(j, Class::Preposition) && form.tense == Tense::Past
    });
    // «is *planning* to visit»: behind «is» the participle is the verb of its clause.
    if form.tense == Tense::Participle && previous.is_some_and(|j| view.is(j, Class::Auxiliary)) {
        form.tense = Tense::Present;
    }
    // «a man who *is accused* of arson»: nobody is named who says it.
    let suffers =
        form.tense == Tense::Past && previous.is_some_and(|j| view.is(j, Class::Be) && !subject::is_letters(view, j));
    if is_noun_of(view, i) {
        return None;
    }
    let negated = previous.is_some_and(|j| view.is(j, Class::Negator) || contracted(view, j + 1).is_some());
    let cue = Cue { at: i, form, prefix: 0, negated };
    let frames = &cue.verb(view).frames;
    (!noun && (!suffers || frames.state) && (!negated || frames.deny)).then_some(cue)
}

/// «Media *reports* said a man was hurt»: in front of another verb of saying in the past the word is its subject.
pub(super) fn is_noun_of(view: &View<'_>, i: usize) -> bool {
    let finite = &view.lexicon.endings.finite;
    let verb = |j: usize| view.form(j, 0).is_some() && view.ends(j, finite);
    view.form(i, 0).is_some() && !view.ends(i, finite) && verb(i + 1)
}

pub(super) fn is_apostrophe(view: &View<'_>, i: usize) -> bool {
    matches!(view.text.word(i), "'" | "’")
}

/// «They *don't* think so»: where a verb begins that has its negation in it and ends in front of token `end`.
pub(super) fn contracted(view: &View<'_>, end: usize) -> Option<usize> {
    let from = end.checked_sub(3)?;
    let is_tight = |i: usize| view.text.span(i).end() == view.text.span(i + 1).start();
    let is_letter = view.text.word(end - 1).chars().count() == 1;
    let known = || view.lexicon.contracted.iter().any(|word| word == view.key(from));
    (is_letter && is_apostrophe(view, end - 2) && is_tight(from) && is_tight(from + 1) && known()).then_some(from)
}

fn from_cue(view: &View<'_>, cue: &Cue, cues: &[Cue], tokens: &Range<usize>) -> Option<Draft> {
    let verb = cue.verb(view);
    let mut draft = Draft {
        tense: Some(cue.form.tense),
        person: cue.form.person,
        act: verb.act,
        positive: !verb.frames.deny || cue.negated,
        shares: cue.form.tense == Tense::Participle,
        ..Draft::new(view.text.span(cue.at), cue.at, cue.at + 1, verb.rule.clone())
    };
    if let Some(passive) = passive(view, cue, tokens) {
        draft.lead = cue.at - 1;
        draft.pieces = content::host(view, cue.at - 1, passive.end, tokens);
        draft.source = Some(passive);
        draft.is_by = true;
        return (!draft.pieces.is_empty()).then_some(draft);
    }
    if let Some((at, source, behind)) = parenthesis(view, cue, tokens) {
        draft.lead = at;
        draft.pieces = content::host(view, at, behind, tokens);
        draft.source = Some(source);
        draft.is_by = true;
        return (!draft.pieces.is_empty()).then_some(draft);
    }
    let before = if cue.form.tense == Tense::Participle { None } else { subject::before(view, tokens.start, cue.at) };
    let found = complement(view, cue, cues, tokens.end);
    // «In an interview on Sunday, Holm *asked* them *whether* …»: what is said follows.
    let led = found.as_ref().is_some_and(|f| f.at > cue.at + 1 && view.is(f.at - 1, Class::Complementizer));
    let closing = if led { None } else { content::before(view, cue, before.clone(), tokens) };
    if let Some(closing) = closing {
        // «…, сообщили *в пресс-службе порта*»
        let place = || subject::behind(view, cue.at + 1..tokens.end).filter(|s| s.start == cue.at + 2);
        draft.source = closing.source.or_else(|| (cue.form.person == Person::They).then(place).flatten());
        draft.lead = draft.source.as_ref().map_or(cue.at, |s| s.start.min(cue.at));
        draft.pieces = closing.pieces;
        draft.joint = Some(Joint::Quote);
        return Some(draft);
    }
    let mut found = found?;
    // «beat *defending* champion Berg»: in front of a noun the participle describes it, unless it opens its clause.
    let apart = cue.at == tokens.start || view.is_punct(cue.at - 1) || view.is(cue.at - 1, Class::Conjunction);
    if cue.form.tense == Tense::Participle && found.joint == Joint::Object && !apart {
        return None;
    }
    // «*Говорит* Пол Холм: "…"»
    let named = if before.is_none() && !cue.verb(view).frames.addressee { found.told.take() } else { None };
    let before = before.or_else(|| named.filter(|s| subject::speaks(view, s)));
    if before.as_ref().is_some_and(|s| cue.verb(view).frames.strict && !subject::is_somebody(view, s)) {
        return None;
    }
    // «*В Кремле* заявили, что …», «*В мэрии Толвика* заявили, что …»: the body in whose place it was said speaks.
    let within = (cue.form.person == Person::They).then(|| subject::within(view, tokens.start, cue.at)).flatten();
    let cases = !view.lexicon.endings.genitive.is_empty();
    let before = if cases { within.or(before) } else { before.or(within) };
    // «the law, *adopted* that …»: a past form without a subject and without «and» in front is no attribution.
    // «says it is ready *and is* appealing for help»
    let front = subject::front(view, tokens.start, cue.at);
    let joined = front > tokens.start && view.is(front - 1, Class::Conjunction);
    let opens = cue.at == tokens.start || view.is_punct(cue.at - 1);
    // «Но в перспективе *предупредила, что* …»: with the word for «that» right behind it the verb attributes.
    let direct =
        found.joint == Joint::That && found.border <= cue.at + 2 && view.is(found.border, Class::Complementizer);
    let any = || subject::any_before(view, tokens.start, cue.at);
    let speech = direct && cue.form.tense != Tense::Participle && !cue.verb(view).frames.strict;
    let before = before.or_else(|| speech.then(any).flatten());
    if before.is_none() && cue.form.tense != Tense::Participle && !joined && !opens && !direct {
        return None;
    }
    draft.joins = joined || opens;
    draft.shares |= before.is_none();
    draft.lead = before.as_ref().map_or(if joined { front } else { cue.at }, |s| s.start);
    draft.source = before;
    draft.content = found.at;
    draft.told = found.told;
    draft.joint = Some(found.joint);
    // «заявили *в Кремле*, что …»: the body in whose place it was said speaks.
    if draft.source.is_none() && cue.form.person == Person::They {
        draft.source = subject::behind(view, cue.at + 1..found.border);
        draft.shares = draft.source.is_none();
    }
    Some(draft)
}

/// «… the deal was dead, as *cited by the Daily*»: who says it stands behind «by», and what is said in front.
fn passive(view: &View<'_>, cue: &Cue, tokens: &Range<usize>) -> Option<Range<usize>> {
    let led = cue.at > tokens.start && view.is(cue.at - 1, Class::As);
    let agent = cue.at + 1;
    (led && view.is(agent, Class::Agent)).then(|| subject::noun_phrase(view, agent + 1, tokens.end)).flatten()
}

/// «*Как сообщил Кольцов*, порт откроют», «…, *как сообщили в полиции*»: the clause that says who told it stands apart. Gives
/// its first token, who told it, and where it ends.
fn parenthesis(view: &View<'_>, cue: &Cue, tokens: &Range<usize>) -> Option<(usize, Range<usize>, usize)> {
    // «Как *ранее* писала газета, …»
    let front = subject::front(view, tokens.start, cue.at);
    let at = front.checked_sub(1).filter(|i| *i >= tokens.start && view.is(*i, Class::As))?;
    // «после того, *как объяснила* всё»
    let that = at > tokens.start + 1 && view.is(at - 2, Class::NoSource);
    let apart = at == tokens.start || view.is_punct(at - 1) && !that;
    let frames = &cue.verb(view).frames;
    // «…, так как показал опыт»: a verb of other meanings needs somebody who can speak.
    let any = || subject::phrase(view, cue.at + 1, tokens.end).filter(|_| !frames.strict);
    let source = subject::noun_phrase(view, cue.at + 1, tokens.end).or_else(any);
    // «Как сообщили „Берегу“ *в пресс-службе порта*, …»: who is told, and the body that tells.
    let told = |end: usize| view.opens(cue.at + 1).map(|q| view.text.quotes()[q].tokens().end) == Some(end);
    let within = subject::behind(view, cue.at + 1..tokens.end.min(cue.at + ASIDE));
    let body = within.clone().filter(|w| cue.form.person == Person::They && told(w.start - 1));
    let mut source = body.or(source).or_else(|| within.filter(|w| w.start <= cue.at + 4))?;
    // «Как сообщила полиция, *мужчину взяли под стражу*»: with nothing behind it an apposition is what was told.
    let alone = at == tokens.start && (source.end..tokens.end).all(|i| view.is_punct(i));
    if let Some(comma) = source.clone().find(|i| alone && view.is_comma(*i)) {
        source.end = comma;
    }
    // «Как сообщили в штабе *по борьбе с пожаром*, …»: up to the comma it is one phrase.
    let plain = |i: &usize| view.form(*i, 0).is_none() && !view.is_time(*i) && view.opens(*i).is_none();
    let led = view.is(source.end, Class::Preposition) && view.is(source.start - 1, Class::Within);
    let comma = (source.end..tokens.end.min(source.end + ASIDE)).take_while(plain).find(|i| led && view.is_comma(*i));
    source.end = comma.unwrap_or(source.end);
    let rest = skip_circumstances(view, source.end, tokens.end);
    // «Как рассказал Кольцов *в интервью станции*, …»
    let comma = (rest..tokens.end.min(rest + ASIDE)).find(|i| view.is_comma(*i));
    let behind = comma.or((rest..tokens.end).next_back().filter(|last| *last < rest + ASIDE && at > tokens.start))?;
    (apart && frames.that).then_some((at, source, behind))
}

/// Where what is said begins behind a cue.
struct Found {
    at: usize,
    border: usize,
    joint: Joint,
    told: Option<Range<usize>>,
}

fn complement(view: &View<'_>, cue: &Cue, cues: &[Cue], end: usize) -> Option<Found> {
    let frames = &cue.verb(view).frames;
    let first = cue.at + 1;
    let end = match view.text.quote_of(cue.at) {
        Some(q) => view.text.quotes()[q].inside().end.min(end),
        None => end,
    };
    let told = frames.addressee.then(|| subject::noun_phrase(view, first, end)).flatten();
    let from = told.as_ref().map_or(first, |t| t.end);
    let by = preposition(view, frames, first, end);
    let action =
        frames.infinitive.then(|| infinitive(view, first, end)).flatten().filter(|at| by.is_none_or(|by| *at < by));
    let before_action = |s: &Found| frames.that && action.is_none_or(|at| s.border < at);
    if let Some(found) = sign(view, cues, from, end).filter(before_action) {
        return Some(Found { told, ..found });
    }
    if let Some(found) = sign_behind(view, cues, first, end).filter(before_action) {
        return Some(found);
    }
    let skipped = skip_circumstances(view, from, end);
    // «рассказали, *чем опасен шторм*», «объяснил, *в чем причина*»
    let question = question(view, skipped, end).filter(|_| frames.that && !frames.strict && action.is_none());
    if let Some(at) = question {
        return Some(Found { at, border: skipped, joint: Joint::That, told });
    }
    let action = action.map(|at| match cue.verb(view).act {
        Act::Believe => wished_for(view, first, skipped, at),
        _ => behind_negators(view, first, at),
    });
    if let Some(at) = action {
        return Some(Found { at, border: at, joint: Joint::Preposition, told });
    }
    // «пожаловался *на то, что* порт закрыли», «рассказал *о том, как* порт строили»
    if let Some(at) = by.filter(|at| view.is(*at, Class::NoSource) && view.is_comma(at + 1) && at + 2 < end) {
        let that = usize::from(is_that(view, at + 2));
        return Some(Found { at: at + 2 + that, border: at, joint: Joint::That, told: None });
    }
    // «Телеканал сообщил *об этом*.»: what was told before.
    let nothing = |at: &usize| view.is(*at, Class::Pointer) && (at + 1 >= end || view.is_punct(at + 1));
    if let Some(at) = by.filter(|at| !nothing(at)) {
        let at = if frames.pair && at > first + 1 { first } else { at };
        return Some(Found { at, border: at, joint: Joint::Preposition, told: None });
    }
    // «says *'no way' will disarm*»
    let word = !view.is_punct(skipped) || is_apostrophe(view, skipped);
    let starts = skipped + 1 < end && word && !view.is(skipped, Class::Preposition);
    if frames.that && !frames.strict && starts && view.lexicon.bare_clauses && begins_clause(view, skipped, end) {
        return Some(Found { at: skipped, border: skipped, joint: Joint::That, told });
    }
    // «deemed *the plan a mistake*», «назвал *план ошибкой*»
    let named = || (skipped..end.min(skipped + 8)).any(|i| view.opens(i).is_some());
    let noun = frames.object || frames.pair && (frames.prepositions.is_empty() || named());
    let object = noun && starts && !view.is(skipped, Class::Conjunction) && !view.is_time(skipped);
    // «called the plan a mistake» says it, «welcomed the plan» is a stance.
    let joint = if frames.pair { Joint::Preposition } else { Joint::Object };
    object.then_some(Found { at: skipped, border: first, joint, told: None })
}

/// «that», a colon or a quotation behind the cue, with nothing between but circumstances and, up to token `from`, who is
/// told.
fn sign(view: &View<'_>, cues: &[Cue], from: usize, end: usize) -> Option<Found> {
    let found = |at, border, joint| Some(Found { at, border, joint, told: None });
    let skipped = skip_circumstances(view, from, end);
    let mut j = skipped;
    // «заявил на ежегодном форуме, что»: behind the preposition stood a time that only describes.
    // «said at the rally “Leave Now” (“Away”) in Tolvik that»: what stands in brackets says nothing.
    let behind_brackets = |j: usize| (j..end.min(j + REACH)).find(|i| view.text.word(*i) == ")").map_or(j, |i| i + 1);
    let mut led = if (from..j).any(|i| view.is(i, Class::Preposition)) { usize::MAX } else { j };
    while j < end.min(from + REACH) {
        if view.text.word(j) == "(" && behind_brackets(j) > j {
            j = behind_brackets(j);
            continue;
        }
        let pointer = view.is(j + 1, Class::Auxiliary) && !view.is_comma(j - 1);
        if is_that(view, j) && !pointer {
            return found(j + 1, j, Joint::That);
        }
        if view.text.word(j) == ":" {
            return found(j + 1, j, Joint::Colon);
        }
        if view.opens(j).is_some() {
            let speech = j == led || j == skipped || view.text.word(j - 1) == ",";
            return if speech { found(j, j, Joint::Quote) } else { None };
        }
        // «says at a stop in Toledo, *Ohio, that* it means»
        let apart = (j + 2..end.min(j + 4)).any(|k| view.is_comma(k) && view.is(k + 1, Class::Complementizer));
        let goes_on = apart
            || view.is(j + 1, Class::Complementizer)
            || view.opens(j + 1).is_some()
            || j > from && view.is_time(j - 1);
        let comma = view.is_comma(j) && !goes_on;
        let clause = [Class::Auxiliary, Class::Relative, Class::Conjunction].into_iter().any(|c| view.is(j, c));
        let clause = clause && !view.is(j, Class::Preposition);
        if cues.iter().any(|c| c.at == j) || comma || clause || view.text.word(j) == ";" || is_dash(view, j) {
            return None;
        }
        // «said *at the meeting in Moscow* that …»: only prepositions lead on.
        let told = view.is(j, Class::Pronoun) && view.is_comma(j + 1);
        if j == led && !view.is(j, Class::Preposition) && !view.is_comma(j) && !told {
            return None;
        }
        if view.is(j, Class::Preposition) || view.is_comma(j) {
            led = usize::MAX;
        }
        j += 1;
    }
    None
}

/// «рассказал *изданию «Время»*: "…"», «Говорит *Пол Холм, директор компании*: "…"»: a noun phrase stands in front of the
/// sign; who is told, or, where nobody stands in front of the verb, who speaks.
fn sign_behind(view: &View<'_>, cues: &[Cue], first: usize, end: usize) -> Option<Found> {
    let phrase = subject::phrase(view, first, end).filter(|p| p.start == first)?;
    let named =
        phrase.clone().any(|i| view.is_name(i) || subject::is_capital(view, i) || view.is(i, Class::OutletNoun));
    let found = sign(view, cues, phrase.end, end).filter(|s| named && s.joint != Joint::Quote)?;
    (view.text.word(found.border) == ":" || view.is_comma(found.border - 1))
        .then_some(Found { told: Some(phrase), ..found })
}

/// «, *как* …», «, *в чем* …»: where a question begins behind the comma at token `comma`.
fn question(view: &View<'_>, comma: usize, end: usize) -> Option<usize> {
    let first = comma + 1;
    let asks =
        view.is(first, Class::Question) || view.is(first, Class::Preposition) && view.is(first + 1, Class::Question);
    (view.text.word(comma) == "," && first + 2 < end && asks).then_some(first)
}

/// «want *Holm to win*», «expects *prices to rise*»: who wishes tells nobody, so whom the infinitive is about belongs to what is
/// wished.
fn wished_for(view: &View<'_>, first: usize, skipped: usize, at: usize) -> usize {
    let about = || subject::phrase(view, skipped, at).filter(|p| p.start == skipped && p.end == at);
    let wished = view.lexicon.bare_clauses && skipped < at && about().is_some();
    if wished { skipped } else { behind_negators(view, first, at) }
}

/// «обещает *не* применять», «vowed *never* to return»: what is promised begins with its negation.
fn behind_negators(view: &View<'_>, first: usize, at: usize) -> usize {
    let negates = |i: usize| view.is(i, Class::Negator);
    let from = (first..at).rev().take_while(|i| negates(*i) || view.is(*i, Class::Adverb)).last().unwrap_or(at);
    (from..at).find(|i| negates(*i) || (i + 1..at).any(negates)).unwrap_or(at)
}

/// Is token `i` a word for “that”, and no name: «считает *Ли* Холм»?
pub(super) fn is_that(view: &View<'_>, i: usize) -> bool {
    let name = subject::is_capital(view, i) && i > 0 && !subject::is_capital(view, i - 1);
    view.is(i, Class::Complementizer) && (!name || view.is_punct(i - 1))
}

/// Behind adverbs, times and «in a statement», «on Twitter».
fn skip_circumstances(view: &View<'_>, from: usize, end: usize) -> usize {
    let mut j = from;
    while j < end {
        let place = view.is(j, Class::Within).then(|| view.name_end(j + 1).filter(|_| view.is_place(j + 1))).flatten();
        if let Some(behind) = place.filter(|behind| *behind < end && view.lexicon.bare_clauses) {
            j = behind;
            continue;
        }
        // «said *at first* he thought it a joke»
        let aside = view.lexicon.bare_clauses && view.is(j, Class::Preposition) && view.is(j + 2, Class::Pronoun);
        if aside && !view.is(j + 1, Class::Determiner) && view.name_end(j + 1).is_none() {
            j += 2;
            continue;
        }
        let led = view.is(j, Class::Preposition) && (view.is_time(j + 1) || venue_end(view, j).is_some());
        if view.is_time(j) {
            let behind = (j..end).find(|i| !view.is_time(*i)).unwrap_or(end);
            // «called *Friday's* decision a win»
            if view.is_owner(behind) {
                break;
            }
            j = behind;
        } else if view.is(j, Class::Adverb) {
            j += 1;
        } else if led {
            j = venue_end(view, j).unwrap_or(j + 1);
        } else {
            break;
        }
    }
    j
}

/// Where «in a statement», «at a news conference» ends.
fn venue_end(view: &View<'_>, preposition: usize) -> Option<usize> {
    let venue = (preposition + 1..preposition + 5).find(|i| view.is(*i, Class::Venue))?;
    let plain = (preposition + 1..venue).all(|i| !view.is_punct(i) && view.name_end(i).is_none());
    plain.then_some(venue + 1)
}

/// «urged them *to stop*», «призвал *выполнять*»: an infinitive, with or without a word in front of it.
fn infinitive(view: &View<'_>, from: usize, end: usize) -> Option<usize> {
    // «пообещала на встрече, проходившей в столице, *демонтировать* …»: without a word for it an infinitive may stand behind commas.
    let apart = |i: usize| !view.lexicon.endings.infinitives.is_empty() && view.text.word(i) == ",";
    let clear = |i: &usize| !view.is_punct(*i) || is_apostrophe(view, *i) || apart(*i) || view.is_hyphen(*i);
    // «угрожал *«полностью закрыть» порт*»
    let quoted = |i: usize| view.opens(i).is_some() && (view.is_infinitive(i + 1) || view.is_infinitive(i + 2));
    let clear = |i: &usize| clear(i) && !view.is(*i, Class::Auxiliary) && !view.is(*i, Class::Complementizer);
    (from..end.min(from + REACH)).take_while(|i| clear(i) || quoted(*i)).find(|i| {
        let marker = view.is(*i, Class::Infinitive)
            && !view.is(i + 1, Class::Determiner)
            && view.name_end(i + 1).is_none()
            && (view.opens(i + 1).is_some()
                || view.text.tokens().get(i + 1).is_some_and(|t| t.kind == TokenKind::Word));
        marker || view.is_infinitive(*i) || quoted(*i)
    })
}

fn preposition(view: &View<'_>, frames: &Frames, from: usize, end: usize) -> Option<usize> {
    let clear = |i: &usize| !view.is_punct(*i) || is_apostrophe(view, *i);
    let reach = if frames.pair || frames.object { REACH } else { 4 };
    let at = (from..end.min(from + reach))
        .take_while(clear)
        .find(|i| frames.prepositions.iter().any(|p| p == view.key(*i)))?;
    let venue = view.is(at + 1, Class::Venue) || view.is_time(at + 1);
    // «referred to Berg *as* a fool», but «referred to the map»
    let called = || (at + 1..end.min(at + REACH)).any(|i| view.is(i, Class::As));
    (at + 1 < end && !venue && (!frames.naming || called())).then_some(at + 1)
}

/// «said *Russia would pay*»: a clause needs no «that» where a subject begins it.
fn begins_clause(view: &View<'_>, i: usize, end: usize) -> bool {
    let subject = view.is(i, Class::Determiner) || view.is(i, Class::Pronoun) || view.name_end(i).is_some();
    let word = view.text.tokens().get(i).is_some_and(|t| t.kind != TokenKind::Punct) || is_apostrophe(view, i);
    word && (subject || i + 3 < end)
        && !view.is(i, Class::Conjunction)
        && !view.is(i, Class::Relative)
        && (!view.is(i, Class::Determiner) || view.name_end(i).is_some() || has_verb(view, i, end))
}

/// «added *a new feature to its app*», «denied *the claims*, but …»: up to a comma no word is a verb by its look.
fn has_verb(view: &View<'_>, from: usize, end: usize) -> bool {
    let comma = (from..end).find(|i| view.text.word(*i) == ",").unwrap_or(end);
    let auxiliary = |i: usize| [Class::Auxiliary, Class::Be].into_iter().any(|c| view.is(i, c));
    // «the port *needs* repair»: behind its subject a form with the ending of several may be a verb.
    let endings = &view.lexicon.endings;
    let shaped = |i: usize| view.form(i, 0).is_some() || view.ends(i, &endings.finite) || view.ends(i, &endings.plural);
    // «the port*, which is old,* will close»
    let goes_on = comma + 1 < end && comma <= from + 3 && view.is(comma + 1, Class::Relative);
    (from + 1..comma).any(|i| auxiliary(i) || i > from + 1 && shaped(i)) || goes_on && (comma..end).any(auxiliary)
}

pub(super) fn is_dash(view: &View<'_>, i: usize) -> bool {
    let apart = i > 0 && view.text.span(i - 1).end() < view.text.span(i).start();
    is_dash_mark(view, i) && apart
}

/// Is it a dash or a hyphen?
pub(super) fn is_dash_mark(view: &View<'_>, i: usize) -> bool {
    matches!(view.text.word(i), "—" | "–" | "-" | "―")
}
