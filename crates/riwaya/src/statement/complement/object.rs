//! Which noun is what is said: «أكد الوزير *أهمية الحوار*», «نفت موسكو *أي تورط*»?

use super::{Complement, Joint, judges};
use crate::statement::arabic;
use crate::statement::cue::{Cue, withholds_name};
use crate::statement::lexicon::Class;
use crate::statement::view::View;

/// A noun without the article that is nobody's.
fn is_bare_noun(view: &View<'_>, i: usize) -> bool {
    let no_noun = [Class::Stop, Class::Preposition, Class::Adverb, Class::Quantity, Class::Pronoun];
    let key = view.key(i);
    view.is_ordinary(i)
        && !view.is_time(i)
        && !view.is_speaker_head(i)
        && !view.is_owned_noun(i)
        && !arabic::is_definite(key)
        && !arabic::is_plural_shaped(key)
        && !no_noun.into_iter().any(|c| view.is_bare(i, c))
}

/// «أكد الوزير أهمية الحوار»: the content begins at a noun of action.
pub(super) fn object(view: &View<'_>, cue: &Cue, stop: usize) -> Option<Complement> {
    if !cue.verb(view).frames.object {
        return None;
    }
    let from = cue.at + 1;
    if let Some(at) = quoted_object(view, cue, stop) {
        return Some(Complement { joint: Joint::Object, at, letters: 0, border: at });
    }
    if let Some(at) = behind_name(view, from, stop).filter(|at| !withholds_name(view, *at)) {
        return Some(Complement { joint: Joint::Object, at, letters: 0, border: at });
    }
    let mut behind_comma = false;
    for j in from..stop.min(from + 14) {
        // «أوضح القيادي الذي فضل *عدم* الكشف عن اسمه، أن …»: a noun in a relative clause is no object of the verb.
        if view.is(j, Class::Relative) && arabic::is_definite(view.key(j)) || withholds_name(view, j) {
            return None;
        }
        behind_comma |= view.is_comma(j);
        let led = j > from && leads_noun(view, j - 1);
        let own = j == from && view.is_owned_noun(j);
        let opens = own || j == from && (cue.joins() || !cue.is_finite()) && view.is_definite_content_noun(j);
        let accusative = view.is_accusative(j) && !arabic::has_and(view.key(j));
        let marked = opens || j > from && accusative && !view.is(j, Class::Adverb) && !view.is_time(j);
        // «طلب الاتحاد من الحكومة، *مراجعة* قراراتها»
        let apart = behind_comma && !view.is_comma(j - 1);
        // «أعلنت *إدارة* المطار تعاقدها …»: a body that speaks.
        let body = j == from && view.is_bare(j, Class::Body);
        if (view.is_content_noun(j) && !apart && !body || marked) && !led {
            // «نفت موسكو *أي* تورط», «اقترحت *مهمات* تدريب»: the object begins with what stands before the noun.
            let before = j > from && (view.is(j - 1, Class::BeforeNoun) || j == from + 1 && is_bare_noun(view, from));
            let at = j - usize::from(before);
            return Some(Complement { joint: Joint::Object, at, letters: 0, border: at });
        }
    }
    None
}

/// «مساعد الوزير لشؤون *مكافحة* …», «المشرف على برنامج *إعداد* …»: a noun of action that another noun or a preposition
/// leads belongs to who speaks.
fn leads_noun(view: &View<'_>, i: usize) -> bool {
    let heads = [Class::Preposition, Class::OfficeNoun, Class::Stop, Class::Circumstance, Class::Manner];
    let construct = !arabic::is_definite(view.key(i)) && !view.is_name(i) && !view.is_time(i) && !view.is_punct(i);
    let behind = construct && i > 0 && (view.is(i - 1, Class::Preposition) || view.is_content_noun_led(i));
    heads.into_iter().any(|c| view.is(i, c)) || behind
}

/// «واستبعد *"التخلي طوعا" عن الحكومة*»: ordinary words in marks right behind a verb that joins are what it is about.
fn quoted_object(view: &View<'_>, cue: &Cue, stop: usize) -> Option<usize> {
    let at = cue.at + 1;
    let inside = view.text.quotes()[view.opens(at)?].inside();
    let ordinary =
        inside.clone().all(|i| view.is_ordinary(i) && !view.is_name(i)) && !view.is_speaker_head(inside.start);
    (cue.joins() && ordinary && inside.end + 1 < stop && view.is(inside.end + 1, Class::Preposition)).then_some(at)
}

/// «أيد ترامب *فكرة* …»: a noun right behind the name of who does it.
fn behind_name(view: &View<'_>, from: usize, stop: usize) -> Option<usize> {
    // «أكد سالم الكرمي *لـ"الأيام"* واقعة …»
    let told = |end: usize| view.opens(end + 1).filter(|_| arabic::is_to(view.key(end)));
    if let Some(quote) = view.name_end(from).and_then(told) {
        let end = view.text.quotes()[quote].tokens().end;
        let noun = end + 1 < stop && view.is_ordinary(end) && begins_object(view, end) && !ends_phrase(view, end);
        return noun.then_some(end);
    }
    let end = view.name_end(from).filter(|end| *end + 1 < stop)?;
    let part = view.is_punct(end) || view.is_adjective(end) || arabic::is_joined(view.key(end)) || view.is_time(end);
    let led = [Class::Stop, Class::Preposition, Class::Adverb, Class::PersonNoun, Class::OfficeNoun, Class::SpeechNoun];
    let noun = view.is_ordinary(end)
        && !view.is_content_noun_led(end)
        && !view.is_given_alone(end)
        && !part
        && !led.into_iter().any(|c| view.is_bare(end, c))
        && view.name_end(end).is_none();
    (noun && !arabic::is_definite(view.key(end))).then_some(end)
}

/// «لاحظ علماء الأرض *زيادة* في …», «لفت الكرمي *وجود* …»: a noun with the article or a name closes the noun phrase of the
/// subject, so an ordinary noun without the article behind it begins the object.
pub(super) fn behind_subject(view: &View<'_>, cue: &Cue, stop: usize) -> Option<Complement> {
    if !cue.verb(view).frames.object || cue.verb(view).frames.strict || !cue.is_finite() {
        return None;
    }
    let mut j = cue.at + 1;
    let (mut closed, mut named) = (false, false);
    while j < stop.min(cue.at + 18) {
        if let Some(end) = view.name_end(j) {
            let family = view.is_given_alone(end) && view.is_plain_word(end);
            // «ثمن مدير مطار الميناء الدولي *التوجيهات*»
            let judged = judges(view, cue) && j > cue.at + 1;
            (j, closed, named) = (end + usize::from(family), true, view.is_person(end - 1) || judged);
            continue;
        }
        if named
            && arabic::is_definite(view.key(j))
            && view.is_ordinary(j)
            && !view.is_adjective(j)
            && begins_object(view, j)
        {
            return Some(Complement { joint: Joint::Object, at: j, letters: 0, border: j });
        }
        named = false;
        // «أكد رئيس النادي أمس *التوصل* لاتفاق»: behind a time no adjective of the subject follows.
        let timed = closed && view.is_time(j - 1) && arabic::is_definite(view.key(j)) && view.is_ordinary(j);
        if timed && !view.is_time(j) && begins_object(view, j) && view.is_definite_content_noun(j) {
            return Some(Complement { joint: Joint::Object, at: j, letters: 0, border: j });
        }
        // «تمنى العديد من المواطنين *العمل* على …»: no adjective, and nothing that a noun with the article leads.
        let after_definite = closed && arabic::is_definite(view.key(j - 1)) && !view.is_adjective(j);
        if after_definite && view.is_definite_content_noun(j) && view.is_ordinary(j) && begins_object(view, j) {
            return Some(Complement { joint: Joint::Object, at: j, letters: 0, border: j });
        }
        // «أعلن الاتحاد *لكرة* القدم تأجيل البطولة»
        let led = closed && view.is_content_noun_led(j) && !judges(view, cue);
        if led && (arabic::is_definite(view.key(j + 1)) || view.is_name(j + 1)) {
            closed = false;
            j += 1;
            continue;
        }
        // «أدانت المنظمة *في بيان صادر اليوم،* الجريمة …»
        if closed && view.is(j, Class::Within) && view.is(j + 1, Class::Venue) {
            let comma = (j..stop.min(j + 10)).rev().find(|k| view.is_comma(*k))?;
            let object = judges(view, cue) && begins_object(view, comma + 1) && !ends_phrase(view, comma + 1);
            return object.then_some(Complement { joint: Joint::Object, at: comma + 1, letters: 0, border: j });
        }
        // «أكد مدير الميناء سالم الكرمي *لـ"الأيام"* واقعة …»
        if let Some(q) = view.opens(j + 1).filter(|_| closed && arabic::is_to(view.key(j))) {
            j = view.text.quotes()[q].tokens().end;
            continue;
        }
        if view.text.word(j) == "(" {
            j = (j..stop).find(|k| view.text.word(*k) == ")").unwrap_or(j) + 1;
            continue;
        }
        if view.is_time(j) || view.is(j, Class::Adverb) || arabic::is_definite(view.key(j)) {
            closed |= arabic::is_definite(view.key(j));
        } else if closed
            && view.is_comma(j)
            && begins_object(view, j + 1)
            && !ends_phrase(view, j + 1)
            && !arabic::is_definite(view.key(j + 1))
        {
            return Some(Complement { joint: Joint::Object, at: j + 1, letters: 0, border: j });
        } else if view.is_punct(j) || ends_phrase(view, j) {
            return None;
        } else if closed && begins_object(view, j) {
            return Some(Complement { joint: Joint::Object, at: j, letters: 0, border: j });
        } else {
            closed |= !view.is_ordinary(j);
        }
        j += 1;
    }
    None
}

/// A preposition, a joined word or a verb: no noun of the subject, and none that begins the object.
fn ends_phrase(view: &View<'_>, j: usize) -> bool {
    let key = view.key(j);
    let joined = arabic::has_and(key) && view.is_ordinary_word(arabic::without_and(key)) && !view.is_content_noun(j);
    let stop = [Class::Stop, Class::Preposition, Class::Negator, Class::Relative].into_iter().any(|c| view.is(j, c));
    joined || stop || view.is_verb_shaped(j) || view.is_her_past(j) || view.lexicon.form(key).is_some()
}

fn begins_object(view: &View<'_>, j: usize) -> bool {
    let person =
        view.is_bare(j, Class::PersonNoun) || view.is_bare(j, Class::OfficeNoun) || view.is_bare(j, Class::Body);
    view.is_ordinary(j) && !person && !arabic::is_to(view.key(j)) && !arabic::has_preposition_and_article(view.key(j))
}
