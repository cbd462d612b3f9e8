//! Which words that begin at a token name somebody: behind a cue, behind «according to», in the place where it was said?

use super::is_apostrophe;
use super::is_dash;
use super::subject::{front, is_capital, is_lead, is_letters, is_named_quote, joins_topics, leads_infinitive, valid};
use crate::statement::lexicon::{Class, PhraseKind};
use crate::statement::view::View;
use crate::text::TokenKind;
use std::ops::Range;

/// The longest source, in tokens.
pub const LONGEST: usize = 24;
/// The longest bracket inside a source, in tokens.
const BRACKET: usize = 6;
/// The longest apposition between commas.
pub const APPOSITION: usize = 14;

/// The noun phrase that begins at token `from`: «said *the Kremlin spokesman, Dmitry Peskov*, on Friday».
pub fn noun_phrase(view: &View<'_>, from: usize, end: usize) -> Option<Range<usize>> {
    valid(view, phrase(view, from, end)?)
}

/// «заявил *на новостном сайте политолог Стю Холм*»: who speaks behind the place where it was said.
pub fn behind_place(view: &View<'_>, from: usize, end: usize) -> Option<Range<usize>> {
    let clear = |i: &usize| !view.is_punct(*i) && view.form(*i, 0).is_none();
    let ends = [&view.lexicon.endings.oblique, &view.lexicon.endings.genitive];
    let noun = |i: usize| view.is(i, Class::PersonNoun) && !ends.iter().any(|e| view.ends(i, e));
    let person = |i: usize| view.name_end(i).is_some_and(|n| view.is_person(n - 1) && n > i + 1);
    let led = view.is(from, Class::Preposition);
    let at = (from + 2..end.min(from + 8)).take_while(clear).find(|i| led && (noun(*i) || person(*i)))?;
    noun_phrase(view, at, end)
}

/// The same, whatever its nouns are: behind a verb that closes its clause they speak, «…, заявил *южнокорейский законодатель*».
pub fn phrase(view: &View<'_>, from: usize, end: usize) -> Option<Range<usize>> {
    let from = from + usize::from(is_told_first(view, from, end));
    let mut i = from;
    let mut apposed = false;
    while i < end && i - from < LONGEST {
        if let Some(name) = view.name_end(i).filter(|n| *n <= end) {
            // «сказал *Холм* Associated Press»: who speaks, and who is told.
            // «сказал *Ли* CNBC», whose name no list has
            let unseen = i == from + 1
                && is_capital(view, from)
                && !view.is_name(from)
                && !view.is(from, Class::Determiner)
                && !view.is_place(i);
            if i > from && (view.is_person(i - 1) || unseen) && !view.is_person(name - 1) {
                break;
            }
            i = name;
            continue;
        }
        if view.text.word(i) == "," {
            match apposition(view, i, end) {
                // «сказал муж, *Ларс Холм*, изданию "Берег"»: a second one only where it describes him again.
                Some(close) if i > from && !(apposed && view.is(i + 1, Class::OutletNoun)) => {
                    i = close;
                    apposed = true;
                    continue;
                }
                _ => break,
            }
        }
        if let Some(behind) = bracket(view, i, end).filter(|_| i > from) {
            i = behind;
            continue;
        }
        if closes(view, i, from, end) {
            break;
        }
        i += 1;
    }
    while i > from
        && (view.is_punct(i - 1) && !matches!(view.text.word(i - 1), ")" | ".") && view.text.quote_of(i - 1).is_none())
    {
        i -= 1;
    }
    let word = (from..i).any(|i| view.text.tokens()[i].kind == TokenKind::Word);
    word.then_some(from..i)
}

/// A noun phrase cannot go on at token `i`.
fn closes(view: &View<'_>, i: usize, from: usize, end: usize) -> bool {
    if view.is_punct(i) {
        // «Sens. Holm and Berg»: a stop inside a sentence stands for letters left out.
        let short =
            view.text.word(i) == "." && i > from && is_capital(view, i - 1) && i + 1 < end && is_capital(view, i + 1);
        // «по информации *port.example*»
        let small = |i: usize| view.text.word(i).starts_with(char::is_lowercase);
        let address = view.text.word(i) == "." && view.is_hyphen(i) && i > from && small(i + 1);
        let joined =
            matches!(view.text.word(i), "-" | "/") && !is_dash(view, i) || is_apostrophe(view, i) || short || address;
        // «сообщает *«Эхо»*»
        let closing = |q: usize| view.text.quotes()[q].close == Some(i) && view.text.quotes()[q].open >= from;
        if view.text.quote_of(i).is_some_and(|q| closing(q) && is_named_quote(view, q)) {
            return false;
        }
        let pronoun = i > from && view.is(i - 1, Class::Pronoun);
        return !joined && (pronoun || view.opens(i).is_none_or(|q| i > from && !is_named_quote(view, q)));
    }
    if i > from && view.phrase(i).is_some_and(|p| p.kind == PhraseKind::By) {
        return true;
    }
    // «told *the annual assembly*»: a time inside a noun phrase describes.
    // «the council's *annual* assembly»
    let owned = !view.lexicon.possessive.is_empty() && i > from && view.key(i - 1) == view.lexicon.possessive;
    let describes = i > from && view.is(i - 1, Class::Determiner) || owned;
    if view.is_time(i) && !describes
        || view.is_infinitive(i) && !is_capital(view, i)
        || view.is(i, Class::Adverb) && i > from
        || view.form(i, 0).is_some() && !is_capital(view, i) && i > from && !describes
    {
        return true;
    }
    // «г-*на* Холма»
    if view.is(i, Class::Preposition) && (i == from || !view.is_hyphen(i - 1)) {
        // «the head *of* the ministry», but «Peskov *in* Moscow»
        let named = i > from && view.is_name(i - 1) && !names_holder(view, from, i, end);
        let venue = view.is(i + 1, Class::Venue) || venue_article(view, i, end);
        let pronoun = i > from && view.is(i - 1, Class::Pronoun);
        return i == from || named || pronoun || view.is_time(i + 1) || venue;
    }
    if view.is(i, Class::Conjunction) {
        // «says *investor and scholar* Lee»
        let noun = |j: usize| view.is(j, Class::PersonNoun) || view.is(j, Class::Body);
        let peers = i > from && noun(i - 1) && (i + 1..end.min(i + 4)).any(noun);
        let topics = || i > from + 1 && i + 1 < end && joins_topics(view, i, from);
        return !(topics() || i > from && view.is_name(i - 1) && view.is_name(i + 1) || peers);
    }
    // «говорит *Ли*», whose name is also a word
    let name = i == from && is_capital(view, i);
    let other = [Class::Complementizer, Class::Relative, Class::Auxiliary, Class::Negator];
    !name && leads_infinitive(view, i)
        || !name && !is_letters(view, i) && other.into_iter().any(|c| view.is(i, c))
        || i > from && view.is(i, Class::Determiner) && !view.is(i - 1, Class::Preposition)
        || i > from && view.is(i, Class::Pronoun)
        || i == from + 1 && is_told(view, i)
}

/// «советник главы Норланда *по портам Анна Холм*»: behind what somebody is in charge of stands who it is.
fn names_holder(view: &View<'_>, from: usize, i: usize, end: usize) -> bool {
    let plain = |j: &usize| !view.is_punct(*j) && view.form(*j, 0).is_none() && !view.is_time(*j);
    let person = |j: usize| view.name_end(j).is_some_and(|n| n > j + 1 && view.is_person(n - 1));
    let office = view.is(from, Class::PersonNoun) && !(from..i).any(|j| view.is_person(j));
    office && (i + 1..end.min(i + 6)).take_while(plain).any(person)
}

/// «сказал он *труппе*»: behind «он», “she” stands who is told; but «сказал ей *адвокат*».
fn is_told(view: &View<'_>, i: usize) -> bool {
    let pronoun = i - 1;
    let person = view.is(pronoun, Class::He) || view.is(pronoun, Class::She);
    let subject = view.is(pronoun, Class::Pronoun) && person && !view.is(pronoun, Class::Determiner);
    let speaks = view.is(i, Class::PersonNoun) && !view.ends(i, &view.lexicon.endings.oblique);
    subject && !view.ends(pronoun, &view.lexicon.endings.oblique) && !speaks && !is_capital(view, i)
}

/// «the Harbour *(HB)* department»: behind a bracket that opens at token `i` inside a noun phrase.
fn bracket(view: &View<'_>, i: usize, end: usize) -> Option<usize> {
    if view.text.word(i) != "(" {
        return None;
    }
    let behind = (i + 1..end.min(i + BRACKET)).find(|j| view.text.word(*j) == ")")? + 1;
    (view.is(behind, Class::Body) || view.is(behind, Class::PersonNoun)).then_some(behind)
}

/// «заявил *журналистам* директор порта Ларс Холм»: who is told stands in front of who speaks.
fn is_told_first(view: &View<'_>, i: usize, end: usize) -> bool {
    let oblique = &view.lexicon.endings.oblique;
    let noun = |j: usize| view.is(j, Class::PersonNoun) || view.is(j, Class::OutletNoun);
    let told =
        noun(i) && !is_capital(view, i) && view.ends(i, oblique) && !view.ends(i, &view.lexicon.endings.genitive);
    let speaks = view.is(i + 1, Class::PersonNoun) && !view.ends(i + 1, oblique);
    told && i + 1 < end && (speaks || view.name_end(i + 1).is_some_and(|n| view.is_person(n - 1)))
}

pub fn venue_article(view: &View<'_>, i: usize, end: usize) -> bool {
    (i + 1..end.min(i + 4)).any(|j| view.is(j, Class::Venue))
}

/// Where an apposition that the comma at `comma` opens ends, behind its closing comma or at a stop.
fn apposition(view: &View<'_>, comma: usize, end: usize) -> Option<usize> {
    let first = comma + 1;
    // «Как сообщает порт, *этот результат* …»: without articles a determiner opens a clause.
    let article = view.is(first, Class::Determiner) && view.lexicon.endings.genitive.is_empty();
    let named = article || view.name_end(first).is_some() || described(view, first, end);
    let close = (first..end.min(first + APPOSITION))
        .find(|i| matches!(view.text.word(*i), "," | "." | ";" | ":") && !view.is_name(*i));
    let close = close.unwrap_or(end);
    let verb =
        (first..close).any(|i| view.form(i, 0).is_some() || view.is(i, Class::Auxiliary) || view.opens(i).is_some());
    // «По словам компании, *Toyota* не сможет …»: behind a name only its mark of possession may follow.
    let clause = view.name_end(first).is_some_and(|end| end < close && !is_apostrophe(view, end));
    // «По словам Холма, *глава ведомства* обещал …»: with a verb behind it, it is a subject of its own.
    let subject = close == end && end < view.text.len() && view.form(end, 0).is_some();
    (named && !verb && !clause && !subject && close - first <= APPOSITION).then_some(close)
}

/// «*official spokesman* of the ministry», «*официальный представитель* ведомства»: who somebody is, led by adjectives.
fn described(view: &View<'_>, first: usize, end: usize) -> bool {
    let closed = [Class::Preposition, Class::Pronoun, Class::Conjunction, Class::Auxiliary, Class::Relative];
    let adjective = |i: &usize| {
        let word = view.text.tokens()[*i].kind == TokenKind::Word && view.form(*i, 0).is_none();
        word && !closed.into_iter().any(|c| view.is(*i, c))
    };
    let head = (first..end.min(first + 3)).take_while(adjective).find(|i| view.is(*i, Class::PersonNoun));
    head.is_some_and(|i| i == first || !view.ends(i, &view.lexicon.endings.oblique))
}

/// «*в МИД России* сообщили»: the same in front of the verb.
pub fn within(view: &View<'_>, start: usize, at: usize) -> Option<Range<usize>> {
    let end = front(view, start, at);
    // «*В «Гражданском порту»* заявили», «*в пресс-службе*»
    let marks = |i: usize| view.text.quote_of(i).is_some_and(|q| is_named_quote(view, q)) || view.is_hyphen(i);
    let opens = (start..end).rev().find(|i| view.is_punct(*i) && !marks(*i)).map_or(start, |i| i + 1);
    let opens = (opens..end).find(|i| !is_lead(view, *i))?;
    behind(view, opens..end).filter(|s| s.start == opens + 1 && s.end == end)
}

/// «сообщили *в МИД России*»: a body in whose place it was said, behind a verb without a subject.
pub fn behind(view: &View<'_>, tokens: Range<usize>) -> Option<Range<usize>> {
    let at = tokens.clone().find(|i| view.is(*i, Class::Within))?;
    let nouns = [Class::Body, Class::Document, Class::Venue, Class::PersonNoun];
    let is_noun = |i: usize| nouns.into_iter().any(|c| view.is(i, c));
    // «в *пресс-службе*»
    let noun = |i: usize| is_noun(i) || view.is_hyphen(i + 1) && is_noun(i + 2);
    // «сообщили *в городской пресс-службе* музеев»
    let endings = &view.lexicon.endings;
    let ends = [&endings.oblique, &endings.genitive, &endings.governed];
    let described = ends.iter().any(|e| view.ends(at + 1, e)) && !is_capital(view, at + 1);
    let described = described && noun(at + 2);
    // «*в «Гражданском порту»* заявили»
    let marked = view.opens(at + 1).is_some_and(|q| is_named_quote(view, q));
    let body = view.name_end(at + 1).is_some() && !view.is_person(at + 1) || noun(at + 1) || described || marked;
    noun_phrase(view, at + 1, tokens.end).filter(|_| body)
}
