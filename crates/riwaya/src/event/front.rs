//! Contacts in languages whose subject stands in front of its verb and that write each of these words by itself.

mod behind;
mod sides;
mod stage;
mod subject;
mod travel;

use super::EventKind;
use super::lexicon::{Frame, Lexicon, Meaning, Word};
use super::page::{Name, Page};
use super::parties::Found;
use super::topic::Topic;
use super::trigger::Trigger;
pub(super) use stage::stage;
use std::ops::Range;

/// The contact word at token `i`.
pub(super) fn trigger<'l>(
    page: &Page<'_>,
    lexicon: &'l Lexicon,
    i: usize,
    segment: &Range<usize>,
) -> Option<Trigger<'l>> {
    let rows = lexicon.forms.get(page.text.key(i))?;
    if is_of_a_name(page, i, segment.start) {
        return None;
    }
    let noun = rows.iter().any(|(row, _)| !lexicon.words[*row].frame.is_verb());
    for (row, _) in rows {
        let word = &lexicon.words[*row];
        if !fits(page, word, i, segment, noun) {
            continue;
        }
        let Some((start, end)) = needed(page, word, i, segment) else { continue };
        if is_no_contact(page, word, start, end, segment) {
            return None;
        }
        let verb = word.frame.is_verb();
        let led = led(page, i, segment.start);
        let ahead = |k: usize| page.means(k, &[Meaning::Auxiliary]) && page.means(k, &[Meaning::Planned]);
        let definite = !verb && is_definite(page, lexicon, start, end, segment.start);
        let purpose = match word.frame {
            Frame::Base => led.is_some_and(|k| page.means(k, &[Meaning::Purpose])),
            _ => {
                !verb
                    && !definite
                    && leads(page, start, segment.start).is_some_and(|k| page.means(k, &[Meaning::Purpose]))
            }
        };
        let first = page.text.span(start);
        return Some(Trigger {
            word,
            at: i,
            end,
            segment: segment.clone(),
            span: first.to(page.text.span(end - 1)),
            definite,
            future: word.frame == Frame::Future || word.frame == Frame::Base && led.is_some_and(ahead),
            purpose,
            title: page.scene.layout.title.iter().any(|s| s.contains(first)),
            alone: lexicon.alone(page.text.key(i), &[Meaning::Alone]),
            onto: false,
        });
    }
    None
}

/// "the Met Gala": a capital inside a sentence that is no headline.
fn is_of_a_name(page: &Page<'_>, i: usize, from: usize) -> bool {
    let capital = page.text.word(i).chars().next().is_some_and(char::is_uppercase);
    let open = i == from || page.is_mark(i - 1);
    capital && !open && !page.scene.layout.title.iter().any(|s| s.contains(page.text.span(i)))
}

/// "will meet", "a visit": where one form is verb and noun, the words beside it tell which.
fn fits(page: &Page<'_>, word: &Word, i: usize, segment: &Range<usize>, noun: bool) -> bool {
    let led = led(page, i, segment.start);
    let owned =
        led.is_some_and(|k| page.means(k, &[Meaning::Owner, Meaning::Article, Meaning::New]) || is_owner(page, k));
    match word.frame {
        Frame::Gerund => {
            let object = page.name_at(i + 1).is_some_and(|n| n.full.start == i + 1)
                || page.means(i + 1, &[Meaning::Title, Meaning::Group]);
            let be = led.is_some_and(|k| page.means(k, &[Meaning::Be]));
            !owned && (object || be)
        }
        Frame::Base if noun => led.is_some_and(|k| page.means(k, &[Meaning::Auxiliary]) || is_plural(page, k)),
        Frame::Present | Frame::Past if noun => {
            let pronoun = |k: usize| page.means(k, &[Meaning::Pronoun, Meaning::Relative]);
            !owned && led.is_some_and(|k| page.name_at(k).is_some() || pronoun(k))
        }
        _ => true,
    }
}

/// The word that a contact word follows, small words and times left out.
fn led(page: &Page<'_>, i: usize, from: usize) -> Option<usize> {
    let small = |k: &usize| page.means(*k, &[Meaning::Particle]) && !page.means(*k, &[Meaning::Auxiliary]);
    (from..i).rev().find(|k| !small(k))
}

/// The preposition or verb that a noun follows: "for a second round of talks", "for a Putin-Biden summit".
fn leads(page: &Page<'_>, i: usize, from: usize) -> Option<usize> {
    let before = i.saturating_sub(ADJECTIVES + 2).max(from)..i;
    let open = |k: &usize| !page.is_mark(*k) || page.name_at(k + 1).is_some() && page.text.word(*k) == "-";
    let stops = [Meaning::Purpose, Meaning::During, Meaning::To, Meaning::Happened, Meaning::Planned, Meaning::With];
    before.rev().take_while(open).find(|k| page.means(*k, &stops) && page.name_at(*k).is_none())
}

/// So many words may stand between a noun and what leads it.
const ADJECTIVES: usize = 4;

/// "they visit", "Putin and Biden visit"
fn is_plural(page: &Page<'_>, k: usize) -> bool {
    let several = |n: &Name| subject::coordinated(page, n, 0).len() > 1;
    page.means(k, &[Meaning::Pair]) || page.name_at(k).is_some_and(several)
}

/// Is the word at `k` the ending of "Putin's"?
fn is_owner(page: &Page<'_>, k: usize) -> bool {
    let ending = page.lexicon.possessive.as_str();
    !ending.is_empty()
        && (k >= 2 && is_apostrophe(page.text.word(k - 1)) && page.text.key(k) == ending
            || k >= 1 && is_apostrophe(page.text.word(k)) && page.text.key(k - 1).ends_with(ending))
}

fn is_apostrophe(word: &str) -> bool {
    matches!(word, "'" | "’" | "‘" | "`")
}

/// Behind the ending of a name that owns what follows: "Russia's minister", "the United States' envoy".
fn owns(page: &Page<'_>, name: &Name) -> Option<usize> {
    let end = name.full.end;
    let inside = end.checked_sub(1).is_some_and(|k| is_owner(page, k));
    if inside {
        return Some(end);
    }
    let ending = page.lexicon.possessive.as_str();
    if ending.is_empty() || end == 0 || !is_apostrophe(page.text.word(end)) {
        return None;
    }
    let whole = page.text.key(end + 1) == ending;
    (whole || page.text.key(end - 1).ends_with(ending)).then_some(end + 1 + usize::from(whole))
}

/// "the meeting", "their talks", «эта встреча»; where a language has no articles, a noun that names nobody.
fn is_definite(page: &Page<'_>, lexicon: &Lexicon, start: usize, end: usize, from: usize) -> bool {
    let before = start.saturating_sub(ADJECTIVES).max(from)..start;
    let known = [Meaning::Article, Meaning::Owner];
    let told = before.rev().take_while(|k| !page.is_mark(*k)).find(|k| {
        page.means(*k, &known)
            || page.means(*k, &[Meaning::New, Meaning::Another, Meaning::With, Meaning::Between, Meaning::To])
    });
    let named = page.name_at(end).is_some() || page.means(end, &[Meaning::With, Meaning::Between, Meaning::Title]);
    match told {
        Some(k) => page.means(k, &known) && !page.means(start.saturating_sub(1), &[Meaning::Another]),
        None => !lexicon.articles && !named,
    }
}

/// "phone call", "spoke to her by telephone": where the contact word begins and ends with the one that it needs.
fn needed(page: &Page<'_>, word: &Word, i: usize, segment: &Range<usize>) -> Option<(usize, usize)> {
    if word.needs.is_empty() {
        return Some((i, i + 1));
    }
    let has = |k: &usize| word.needs.iter().any(|n| n == page.text.key(*k));
    let far = word.frame.is_verb() || word.kind == EventKind::Correspondence;
    let before = i.saturating_sub(if word.kind == EventKind::Correspondence { SENT } else { 2 }).max(segment.start)..i;
    // "with" and "from" make a call one only where they stand behind.
    let leads = [Meaning::With, Meaning::Between, Meaning::From, Meaning::To];
    if let Some(k) = before.rev().find(|k| has(k) && !page.means(*k, &leads)) {
        return Some((if k + 1 == i && !page.is_marked(k) { k } else { i }, i + 1));
    }
    let ends = |k: &usize| page.means(*k, &[Meaning::That, Meaning::Break]) || page.text.word(*k) == ";";
    let mut words = 0;
    let near = |k: &usize| {
        words += usize::from(page.name_at(*k).is_none());
        words <= if far { FAR } else { NEAR }
    };
    let k = (i + 1..segment.end).take_while(near).take_while(|k| !ends(k)).find(has)?;
    Some((i, if k == i + 1 && !page.is_marked(k) { k + 1 } else { i + 1 }))
}

/// So far away from a word the one that it needs may stand: behind a verb, behind a noun, in front of a letter.
const FAR: usize = 12;
const NEAR: usize = 4;
const SENT: usize = 6;

/// So many words before a summit "sidelines" may stand.
const ASIDE: usize = 6;

/// "call for peace", "a press meeting", "meeting room".
fn is_no_contact(page: &Page<'_>, word: &Word, start: usize, end: usize, segment: &Range<usize>) -> bool {
    let is = |k: usize| page.means(k, &[Meaning::NotAContact]);
    let before = start.saturating_sub(1).max(segment.start)..start;
    let behind = start..(end + 1).min(segment.end);
    // "in a conversation with the newspaper"
    let asked = page.means(end, &[Meaning::With]) && (end + 1..end + 3).any(|k| page.means(k, &[Meaning::Medium]));
    // "on the sidelines of the G20 summit"
    let beside = (start.saturating_sub(ASIDE).max(segment.start)..start).any(|k| page.means(k, &[Meaning::Sidelines]));
    if asked || beside && word.kind == EventKind::Summit {
        return true;
    }
    !word.frame.is_verb() && before.chain(behind.clone()).any(is) || is(start)
}

/// Who takes part in the contact, and where.
pub(super) fn parties(page: &Page<'_>, trigger: &Trigger<'_>, topic: &Topic) -> Found {
    match trigger.kind() {
        EventKind::Visit => travel::visit(page, trigger, topic),
        _ if trigger.frame().is_verb() => sides::verb(page, trigger, topic),
        _ => sides::noun(page, trigger, topic),
    }
}
