//! Which words of a source are a name that no list knows?
//!
//! A source is a name, an office or both; where one of its ends does not look like ordinary words, and an office stands at
//! the other, it is the name.

use super::arabic;
use super::lexicon::Class;
use super::view::View;
use std::ops::Range;

/// The most words of a name.
const NAME: usize = 5;

/// The name in a source: «*أديب الشامي*، سفير …», «*أمبر رود* وزيرة الطاقة», «المشرف العام على الإعلام *علي الغامدي*»,
/// «المتحدث باسم الجماعة *“قاري حمزة”*», «مدير المكتب الدكتور *الخضر لصور*».
pub(super) fn find(view: &View<'_>, tokens: &Range<usize>) -> Option<Range<usize>> {
    let titled = || behind_title(view, tokens);
    leading(view, tokens).or_else(titled).or_else(|| trailing(view, tokens)).or_else(|| marked(view, tokens))
}

/// The name with which a source begins, where an office, a comma or nothing follows.
fn leading(view: &View<'_>, tokens: &Range<usize>) -> Option<Range<usize>> {
    // «*الألماني* توماس باخ رئيس اللجنة»: where somebody comes from is no part of the name.
    let origin =
        tokens.len() > 2 && arabic::is_adjective_shaped(view.key(tokens.start)) && view.may_name(tokens.start + 1);
    let start = tokens.start + usize::from(origin);
    let run = (start..tokens.end).find(|i| !view.may_name(*i)).unwrap_or(tokens.end);
    let family = run == start + 1 && run + 1 < tokens.end && view.is_plain_word(run) && view.is_person_noun(run + 1);
    // «فيصل الكرمي *أمين* مبادرة الأبنية»: a given name in front of a noun without the article is an office.
    let office = run > start + 2
        && run + 1 < tokens.end
        && view.is_ordinary(run)
        && view.is_plain_word(run)
        && view.is_given_name(run - 1)
        && !arabic::is_definite(view.key(run))
        && !arabic::has_preposition(view.key(run));
    let end = apposition(view, start, tokens).or_else(|| before_office(view, start, tokens));
    let end = end.unwrap_or(run + usize::from(family) - usize::from(office));
    let comma = end < tokens.end && view.is_comma(end);
    let next = end + usize::from(comma);
    let described = |i: usize| view.is_person_noun(i) || view.is(i, Class::OfficeNoun);
    let follows = described(next) || described(next + 1) && view.is_bare(next, Class::Pronoun);
    let relative = end < tokens.end && view.is(end, Class::Relative) && view.is_given_name(start);
    let len = end - start;
    let whole = end == tokens.end && len <= 3 && !origin;
    let office = end < tokens.end && (follows || office) && len <= NAME;
    (len >= 2 && (office || whole) || len == 1 && office && comma || len >= 1 && relative).then_some(start..end)
}

/// «مضحي سند السلطاني، المشرف على الخيمة»: up to a comma with an office behind it, words that look ordinary may be names.
fn apposition(view: &View<'_>, start: usize, tokens: &Range<usize>) -> Option<usize> {
    let comma = (start..tokens.end).take(NAME).find(|i| view.is_comma(*i))?;
    let plain = (start..comma).all(|i| view.is_plain_word(i) && (!view.is_name(i) || view.is_person(i)));
    let first = view.may_name(start) && !arabic::is_definite(view.key(start));
    (comma >= start + 2 && plain && first && (view.is_person_noun(comma + 1) || view.is(comma + 1, Class::OfficeNoun)))
        .then_some(comma)
}

/// «*الخضر لصور* مدير المكتب»: two to four words that begin a source right before an office are a name, however ordinary
/// they look.
fn before_office(view: &View<'_>, start: usize, tokens: &Range<usize>) -> Option<usize> {
    let office = |i: usize| view.is_person_noun(i) || view.is(i, Class::OfficeNoun);
    let end = (start + 2..tokens.end.min(start + NAME)).find(|i| office(*i))?;
    let part = |i: usize| {
        view.is_plain_word(i)
            && !view.is_name(i)
            && !view.is_speaker_head(i)
            && !view.is_adjective(i)
            && !view.is_content_noun(i)
            && !arabic::has_and(view.key(i))
    };
    let heads = [Class::Quantity, Class::Circumstance, Class::Within, Class::Relative, Class::Pronoun];
    ((start..end).all(part) && !heads.into_iter().any(|c| view.is_bare(start, c))).then_some(end)
}

/// The name behind the last title that stands before names alone: «… الدكتورة *ساندرا ندف*».
fn behind_title(view: &View<'_>, tokens: &Range<usize>) -> Option<Range<usize>> {
    let title = tokens.clone().rev().take(NAME + 1).find(|i| view.is(*i, Class::Honorific))?;
    let name = title + 1..tokens.end;
    let plain = name.clone().all(|i| view.is_plain_word(i) && (!view.is_name(i) || view.is_person(i)));
    (name.len() >= 2 && name.len() <= NAME && plain).then_some(name)
}

/// The name with which a source ends, behind an office.
fn trailing(view: &View<'_>, tokens: &Range<usize>) -> Option<Range<usize>> {
    let end = tokens.end;
    // «مبارك بن *بنيه* الخرينج»: whatever stands behind «بن» is a name.
    let kin = |i: usize| i > tokens.start && view.joins_names(i - 1);
    // «عزالدين *الأصبحي*»: a family name may look like an ordinary word.
    let family = tokens.len() > 2
        && arabic::is_definite(view.key(end - 1))
        && view.is_plain_word(end - 1)
        && (view.may_name(end - 2) || kin(end - 2))
        && !arabic::is_definite(view.key(end - 2));
    let before = tokens.start..end - usize::from(family);
    // «وكيل الوزارة للأرصفة *مبروك الحيدران*»: behind a noun with the article one without it goes on with nothing else.
    let whole = end >= tokens.start + 4
        && arabic::is_definite(view.key(end - 1))
        && view.is_plain_word(end - 1)
        && !view.is_adjective(end - 1)
        && (arabic::is_definite(view.key(end - 3)) || arabic::has_to_the(view.key(end - 3)))
        && is_bare_given(view, end - 2);
    // «مقبل غربي *العنزي*»: before a family name that a list knows, given names may look like ordinary words.
    let listed = tokens.len() > 2 && arabic::is_definite(view.key(end - 1)) && view.is_family_name(end - 1);
    let given = |i: &usize| view.is_plain_word(*i) && !arabic::is_definite(view.key(*i)) && !view.is_name(*i);
    let plain = before.clone().rev().skip(1).take_while(given).take(2).last().filter(|_| listed);
    let start = match plain {
        Some(first) => first,
        None if whole => end - 2,
        None => before.rev().find(|i| !view.may_name(*i) && !kin(*i)).map(|i| i + 1)?,
    };
    if start <= tokens.start || !view.is_speaker_head(tokens.start) || !(2..=NAME).contains(&(end - start)) {
        return None;
    }
    let last = start - 1;
    let led = view.is_comma(last) || !view.is_bare(last, Class::Preposition) && !view.is_punct(last);
    let key = view.key(last);
    let definite = arabic::is_definite(key) || arabic::is_definite_behind_letter(key) || arabic::has_to_the(key);
    let closed = view.is_comma(last) || definite || view.is_name(last) || view.is_speaker_head(last);
    (led && closed).then_some(start..end)
}

/// May the word be a given name, though counts took it for an ordinary one: no article, no letter, no noun that is known?
fn is_bare_given(view: &View<'_>, i: usize) -> bool {
    let key = view.key(i);
    let letter =
        arabic::has_and(key) || arabic::has_preposition(key) && view.is_ordinary_word(arabic::behind_letter(key));
    let known = view.is_speaker_head(i) || view.is_content_noun(i) || view.is_adjective(i) || view.is_accusative(i);
    let circumstance =
        [Class::Circumstance, Class::Manner, Class::Quantity, Class::BeforeNoun, Class::Venue, Class::SpeechNoun];
    view.is_plain_word(i)
        && !arabic::is_definite(key)
        && !letter
        && !known
        && !arabic::ends_in_noun_mark(view.text.word(i))
        && !circumstance.into_iter().any(|class| view.is_bare(i, class))
}

/// The name in quotation marks that a source begins or ends with.
fn marked(view: &View<'_>, tokens: &Range<usize>) -> Option<Range<usize>> {
    let closes = |i: usize| view.text.quote_of(i).filter(|q| view.text.quotes()[*q].close == Some(i));
    let quote = view.opens(tokens.start).or_else(|| closes(tokens.end - 1))?;
    let inside = view.text.quotes()[quote].inside();
    let opens = view.opens(tokens.start).is_some() && view.is_speaker_head(inside.end + 1);
    let person = view.is_person_noun(tokens.start) || opens;
    let body = [Class::Body, Class::OutletNoun, Class::Document].into_iter().any(|c| view.is(tokens.start, c));
    let named = inside.clone().any(|i| view.may_name(i));
    (person && !body && (1..=NAME).contains(&inside.len()) && named).then_some(inside)
}
