//! Attribution without a verb of saying: «according to X», «a claim by X that …», «X: …» in a headline.

use super::{content, is_apostrophe, is_dash, is_dash_mark, is_that, subject};
use crate::statement::complement::Joint;
use crate::statement::draft::Draft;
use crate::statement::lexicon::{Class, Person, Phrase, PhraseKind};
use crate::statement::view::View;
use crate::text::TokenKind;
use std::ops::Range;

/// How far behind a noun of saying what is said may begin, in tokens.
const REACH: usize = 12;
/// From so many tokens on a quotation behind a colon is speech.
const SPEECH: usize = 5;

/// Adds to the attributions of a sentence those that need no verb.
pub fn add(view: &View<'_>, tokens: &Range<usize>, drafts: &mut Vec<Draft>) {
    let of = |kind: PhraseKind| move |i: &usize| view.phrase(*i).is_some_and(|p| p.kind == kind);
    // «Об этом сообщает газета *со ссылкой на* мэра»: what the mayor says is what the newspaper does.
    for i in tokens.clone().filter(of(PhraseKind::As)) {
        let draft = view.phrase(i).and_then(|phrase| as_said(view, phrase, i, tokens));
        drafts.retain(|d| draft.as_ref().is_none_or(|draft| d.cue_token != draft.cue_token));
        drafts.extend(draft);
    }
    phrases(view, tokens, drafts);
    for i in tokens.clone().filter(of(PhraseKind::Noun)) {
        // «по *словам* Холма, …» is no noun alone.
        let covered = drafts.iter().any(|d| d.is_by && d.cue.contains(view.text.span(i)));
        drafts.extend(view.phrase(i).filter(|_| !covered).and_then(|phrase| noun(view, phrase, i, tokens)));
    }
}

/// «*Holm's claim* that …», «the *warning by Holm* that …», «*заявление Кольцова* о том, что …», «выступил с *заявлением*: "…"»: a noun of
/// saying whose clause or quotation follows, where somebody is named with it.
fn noun(view: &View<'_>, phrase: &Phrase, i: usize, tokens: &Range<usize>) -> Option<Draft> {
    let last = i + phrase.words.len() - 1;
    let clear = |j: &usize| view.form(*j, 0).is_none() && !view.is(*j, Class::Relative) && view.opens(*j).is_none();
    let sign = |j: &usize| is_that(view, *j) || view.text.word(*j) == ":" && view.opens(j + 1).is_some();
    let at = (last + 1..tokens.end.min(last + REACH)).take_while(clear).find(sign)?;
    // «заявление Кольцова *о том,* что …»
    let pointer = |j: &usize| view.is(*j, Class::NoSource) && view.is(*j - 1, Class::Preposition);
    let leads = |j: &usize| view.is_punct(*j) || view.is(*j, Class::Preposition) || pointer(j);
    let border = (last + 1..at).rev().take_while(leads).last().unwrap_or(at);
    let by = usize::from(view.is(last + 1, Class::Agent));
    let behind = subject::noun_phrase(view, last + 1 + by, border).filter(|s| s.end == border);
    if behind.is_none() && border > last + 1 {
        return None;
    }
    let source = behind.or_else(|| owner(view, i, tokens.start));
    // «выступил *с заявлением* о том, что …»: who stands in front of the verb.
    let with = (tokens.start..i).rev().find(|j| view.is(*j, Class::Preposition));
    let with =
        with.filter(|j| view.is(*j, Class::With) && (j + 1..i).all(|k| view.text.tokens()[k].kind == TokenKind::Word));
    let source = source.or_else(|| subject::opening(view, tokens.start, with?))?;
    Some(Draft {
        lead: source.start.min(i),
        source: Some(source),
        content: at + 1,
        act: phrase.act,
        joint: Some(if view.text.word(at) == ":" { Joint::Colon } else { Joint::That }),
        ..Draft::new(view.text.span(i).to(view.text.span(last)), last, at + 1, phrase.rule.clone())
    })
}

/// «Порт закрыт. *Об этом сообщает* агентство.»: what the sentence before says is said.
fn as_said(view: &View<'_>, phrase: &Phrase, i: usize, tokens: &Range<usize>) -> Option<Draft> {
    let from = i + phrase.words.len();
    let opens = (tokens.start..i).all(|j| view.is_punct(j) || view.is(j, Class::Lead));
    let says = |j: &usize| view.form(*j, 0).is_some_and(|f| view.lexicon.verbs[f.verb].frames.that);
    let cue = (from..tokens.end.min(from + REACH)).find(says).filter(|_| opens)?;
    let verb = &view.lexicon.verbs[view.form(cue, 0)?.verb];
    // «Об этом он объявил в мае: "…"»
    let speech = |j: usize| view.opens(j).is_some_and(|q| view.text.quotes()[q].inside().len() > SPEECH);
    if (from..tokens.end).any(|j| is_that(view, j) || view.text.word(j) == ":" || speech(j)) {
        return None;
    }
    let behind = super::skip_circumstances(view, cue + 1, tokens.end);
    // «Об этом „Берегу“ *сообщили в пресс-службе порта*», «Об этом *мэр, глава совета Ларс Холм* сообщил»
    let many = view.form(cue, 0).is_some_and(|f| f.person == Person::They);
    let within = || subject::behind(view, behind..tokens.end).filter(|s| s.start == behind + 1);
    let source = many.then(within).flatten();
    let source = source.or_else(|| subject::noun_phrase(view, from, cue).filter(|s| s.end == cue));
    let source = source.or_else(|| (from < cue).then(|| subject::before(view, from, cue)).flatten());
    let source = source.or_else(|| subject::noun_phrase(view, behind, tokens.end));
    let source = source.or_else(|| subject::behind_place(view, behind, tokens.end));
    let source = source.or_else(|| subject::behind(view, cue + 1..tokens.end));
    let sentences = view.text.sentences();
    let before = sentences.partition_point(|s| s.tokens.end <= tokens.start).checked_sub(1)?;
    let said = &sentences[before].tokens;
    let pieces: Vec<_> = content::span(view, said.start, said.end).into_iter().collect();
    (!pieces.is_empty()).then(|| Draft {
        lead: i,
        source,
        pieces,
        act: verb.act,
        tense: view.form(cue, 0).map(|f| f.tense),
        ..Draft::new(view.text.span(cue), cue, cue + 1, phrase.rule.clone())
    })
}

/// «*Holm's* repeated claim», «*his* claim»: whose noun token `i` is.
fn owner(view: &View<'_>, i: usize, start: usize) -> Option<Range<usize>> {
    let pronoun = |j: &usize| view.is(*j, Class::Determiner) && (view.is(*j, Class::He) || view.is(*j, Class::She));
    let near = i.saturating_sub(3).max(start);
    if let Some(j) = (near..i).rev().find(pronoun) {
        return Some(j..j + 1);
    }
    let mark = (near..i).rev().find(|j| is_apostrophe(view, *j))?;
    subject::reaching(view, start, mark)
}

/// «according to X», «по словам X»: at the end of what is said, in front of it or inside it.
fn phrases(view: &View<'_>, tokens: &Range<usize>, drafts: &mut Vec<Draft>) {
    let mut next = tokens.start;
    for i in tokens.clone() {
        let Some(phrase) = view.phrase(i).filter(|p| i >= next && p.kind == PhraseKind::By) else { continue };
        let last = i + phrase.words.len() - 1;
        // «по *его* словам»
        let inside = (i..last).find(|j| view.is(*j, Class::Pronoun)).map(|j| j..j + 1);
        let opens = (tokens.start..i).all(|j| view.is_punct(j) || view.is(j, Class::Lead));
        let named = inside.or_else(|| by_source(view, last + 1, opens, tokens.end));
        // «*По сообщениям*, под руинами остаются люди»
        let nobody = opens && view.is_comma(last + 1);
        if named.is_none() && !nobody {
            continue;
        }
        let end = named.as_ref().map_or(last + 1, |s| s.end);
        let mut draft = Draft {
            is_by: true,
            lead: i,
            act: phrase.act,
            ..Draft::new(view.text.span(i).to(view.text.span(last)), last, last + 1, phrase.rule.clone())
        };
        // «The port is closed, reports the Daily *citing the mayor*»: what the Daily gives is the mayor's.
        let behind = |end: usize| end == i || end + 1 == i && view.text.word(end) == ",";
        let relayed = |d: &&Draft| d.source.as_ref().is_some_and(|s| behind(s.end)) || behind(d.cue_token + 1);
        let passing = drafts.iter().find(relayed);
        draft.passed_on_by = passing.map(|d| d.cue_token);
        let given = passing.map(|d| (d.pieces.clone(), d.content, d.joint));
        let follows = given.as_ref().is_some_and(|(pieces, ..)| pieces.is_empty());
        match given {
            Some((pieces, content, joint)) => (draft.pieces, draft.content, draft.joint) = (pieces, content, joint),
            None => draft.pieces = content::host(view, i, end.max(last + 1), tokens),
        }
        next = end;
        draft.source = named;
        if follows || !draft.pieces.is_empty() {
            drafts.push(draft);
        }
    }
}

/// «Холм отклонил упрёки: "Порт открыт, и он останется открытым"»: behind a colon the subject of the sentence speaks, whatever its verb is.
pub fn speech(view: &View<'_>, tokens: &Range<usize>, drafts: &[Draft]) -> Option<Draft> {
    let colon = tokens.clone().find(|i| view.text.word(*i) == ":" && view.opens(i + 1).is_some())?;
    let quote = view.text.quotes()[view.opens(colon + 1)?];
    let first = view.text.span(quote.open + 1);
    let taken = drafts.iter().any(|d| d.cue_token < colon + 1 && d.pieces.iter().any(|p| p.contains(first)));
    let close = quote.close.map_or(tokens.end, |c| c + 1);
    let last = (close..tokens.end).all(|i| view.is_punct(i));
    if taken || quote.inside().len() < SPEECH || !last || tokens.start + 2 > colon {
        return None;
    }
    let source = subject::opening(view, tokens.start, colon)?;
    // «The Daily reports:» and the quotation on the next line.
    let piece = content::span(view, colon + 1, close.max(quote.open + 1))?;
    Some(Draft {
        lead: source.start,
        source: Some(source),
        pieces: vec![piece],
        joint: Some(Joint::Colon),
        ..Draft::new(view.text.span(colon), colon, colon + 1, "statement/colon".into())
    })
}

/// Who stands behind «according to», «по словам» at token `from`.
fn by_source(view: &View<'_>, from: usize, opens: bool, end: usize) -> Option<Range<usize>> {
    let any = || subject::phrase(view, from, end).filter(|_| opens);
    let mut source = subject::noun_phrase(view, from, end).or_else(any)?;
    // «По словам Холма, *исследователям часто …*»: with nothing behind it, or in another case, an apposition is what is said.
    let alone = opens && (source.end..end).all(|j| view.is_punct(j));
    let genitive = &view.lexicon.endings.genitive;
    let other =
        |comma: usize| !genitive.is_empty() && !view.ends(comma + 1, genitive) && view.name_end(comma + 1).is_none();
    if let Some(comma) = source.clone().find(|j| view.is_comma(*j) && (alone || other(*j))) {
        source.end = comma;
    }
    // «По словам члена Собрания *из Партии труда*, …»: up to the comma it is one phrase.
    let plain = |i: &usize| {
        let clause = [Class::Complementizer, Class::Relative, Class::Auxiliary, Class::Conjunction];
        view.form(*i, 0).is_none() && !clause.into_iter().any(|c| view.is(*i, c)) && view.opens(*i).is_none()
    };
    let led = opens && view.is(source.end, Class::Preposition);
    let comma = (source.end..end.min(source.end + 14)).take_while(plain).find(|i| led && view.is_comma(*i));
    Some(source.start..comma.unwrap_or(source.end))
}

/// «US could use its Navy - *Interior Secretary*»: in a headline a dash in front of somebody at its end attributes.
pub fn dash(view: &View<'_>, tokens: &Range<usize>) -> Option<Draft> {
    let mark = |i: &usize| is_dash(view, *i) || view.text.word(*i) == ":";
    let dash = tokens.clone().rev().take(8).find(mark).filter(|i| *i > tokens.start + 3)?;
    let source = subject::noun_phrase(view, dash + 1, tokens.end).filter(|s| s.end + 1 >= tokens.end)?;
    let noun = [Class::PersonNoun, Class::Body];
    let head = source.clone().take(3).any(|i| noun.into_iter().any(|c| view.is(i, c)));
    // «Беспорядки в порту: *ранены* двое полицейских»: in front of who speaks stand adjectives and nothing else.
    let adjectives = &view.lexicon.endings.adjectives;
    let first = source.start;
    let phrase = adjectives.is_empty()
        || noun.into_iter().any(|c| view.is(first, c))
        || subject::is_capital(view, first)
        || view.ends(first, adjectives);
    let speaks = head && phrase || view.name_end(first) == Some(source.end);
    let pieces = content::span(view, tokens.start, dash).into_iter().collect();
    let mark = view.text.span(dash);
    speaks.then(|| Draft {
        lead: dash,
        source: Some(source),
        pieces,
        joint: Some(Joint::Colon),
        ..Draft::new(mark, dash, dash + 1, "statement/headline-dash".into())
    })
}

/// «“He speaks for nobody here.” ― Ana Holm»: who signs a quotation stands behind a dash.
pub fn signature(view: &View<'_>, tokens: &Range<usize>) -> Option<Draft> {
    let open = tokens.clone().find(|i| !view.is_punct(*i) || view.opens(*i).is_some())?;
    let quote = view.text.quotes()[view.opens(open)?];
    let dash = quote.close? + 1;
    let named = view.name_end(dash + 1).filter(|end| *end <= tokens.end)?;
    let last = (named..tokens.end).all(|i| view.is_punct(i));
    let speech = is_dash_mark(view, dash) && last && quote.inside().len() >= SPEECH;
    let piece = content::span(view, open, dash)?;
    speech.then(|| Draft {
        lead: open,
        source: Some(dash + 1..named),
        pieces: vec![piece],
        joint: Some(Joint::Quote),
        ..Draft::new(view.text.span(dash), dash, dash + 1, "statement/signature".into())
    })
}

/// «Interior Secretary: US could use Navy»: in a headline a colon attributes, elsewhere in front of a quotation: «Холм: "Это
/// порт"».
pub fn colon(view: &View<'_>, tokens: &Range<usize>, headline: bool) -> Option<Draft> {
    let colon = tokens.clone().take(9).find(|i| view.text.word(*i) == ":")?;
    let source = subject::noun_phrase(view, tokens.start, colon)?;
    let whole = source == (tokens.start..colon) && colon + 2 < tokens.end;
    // «Attack in Tolvik: four arrested», «The slogan: …»: its first words have to name somebody.
    let noun = [Class::PersonNoun, Class::Body, Class::Document];
    let head = source.clone().take(3).any(|i| noun.into_iter().any(|c| view.is(i, c)));
    let first = source.start;
    let unseen = source.clone().all(|i| subject::is_capital(view, i)) && !view.is_ordinary(first);
    let unseen = unseen && !view.is(first, Class::Determiner) && source.len() <= 3;
    let speaks = head || view.name_end(first).is_some() || unseen;
    // «Холм отклонил упрёки: "…"» is a clause.
    let name = view.name_end(first).is_some_and(|end| end == colon || view.is_comma(end));
    // «Источник: «Берег»» names what the page comes from.
    let speech = view.opens(colon + 1).is_some_and(|q| view.text.quotes()[q].inside().len() > 2);
    let alone = headline || speech && (name || unseen || source.len() <= 3);
    let mark = view.text.span(colon);
    let pieces = content::span(view, colon + 1, tokens.end).into_iter().collect();
    (whole && alone && speaks && !(view.is_place(tokens.start))).then(|| Draft {
        lead: tokens.start,
        source: Some(source),
        pieces,
        joint: Some(Joint::Colon),
        ..Draft::new(mark, colon, colon + 1, "statement/headline-colon".into())
    })
}
