//! Where can a source not go on?

use super::{APPOSITION, apposition};
use crate::statement::arabic;
use crate::statement::cue::withholds_name;
use crate::statement::lexicon::{Class, Tense};
use crate::statement::view::View;
use std::ops::Range;

/// Behind the head of a source: does token `i` begin something that does not name it?
pub fn leaves_source(view: &View<'_>, i: usize, head: &Range<usize>, relative: bool) -> bool {
    if view.is_comma(i) {
        let goes_on = view.is(i + 1, Class::Relative)
            || view.is_bare(i + 1, Class::Pronoun)
            || apposition(view, i, head.start, i + APPOSITION).is_some();
        return !goes_on;
    }
    if view.is_punct(i) {
        let part = matches!(view.text.word(i), "(" | ")" | "/") || ends_short(view, i, head.start);
        return !part && view.text.quote_of(i).is_none();
    }
    if is_own_speech(view, i) {
        return true;
    }
    let sideways = [Class::Adverb, Class::SpeechNoun, Class::Circumstance, Class::Manner, Class::Negator];
    let closed = i > head.start && (arabic::is_definite(view.key(i - 1)) || view.is_name(i - 1));
    // «قال الكرمي *مخاطبا* أهالي الأسرى», «نقلت الصحف *تأكيد* الوزير أن …»
    if !relative && (view.is_how(i) || closed && (view.is_content_noun(i) || view.is_noun_of_saying(i))) {
        return true;
    }
    if !relative && (tells_when(view, i) || sideways.into_iter().any(|c| view.is_bare(i, c))) || is_told(view, i) {
        return true;
    }
    let preposition = view.is_bare(i, Class::Preposition) || view.is(i, Class::Towards);
    if preposition {
        let venue = view.is(i + 1, Class::Venue)
            || view.is(i, Class::Within) && view.is(i + 1, Class::Document) && !arabic::is_definite(view.key(i + 1));
        let circumstance = venue || view.is_time(i + 1) || view.is(i + 1, Class::Manner);
        // «البيان *في جزء منه*», «الرئيس *لدى مغادرته* القاعة»
        let alone = head.len() == 1 && view.is_definite_document(head.start);
        if !relative && (alone && view.is(i, Class::Within) || view.is_owned_noun(i + 1)) {
            return true;
        }
        // «المسؤول *عن* …», «المشرف العام *على* …»: an office that takes the preposition.
        let responsible = |i: usize| (head.start..i).rev().take(3).any(|j| view.is(j, Class::Issued));
        let inner = view.is(i, Class::Within) || view.is(i, Class::Partitive) || view.is(i, Class::Towards);
        return circumstance || !relative && (is_bare_name(view, head) || !inner && !responsible(i));
    }
    if relative {
        return view.is_complementizer(i);
    }
    let letter = view.has_preposition(i)
        || arabic::has_preposition(view.key(i)) && view.is_ordinary_word(arabic::behind_letter(view.key(i)));
    let person = is_bare_name(view, head);
    if letter && (person || arabic::has_to(view.key(i)) && tells_person(view, i)) {
        return true;
    }
    let opens = view.is(i, Class::Relative) || view.is_bare(i, Class::Pronoun);
    !opens
        && (view.is(i, Class::Stop)
            || view
                .lexicon
                .form(view.key(i))
                .filter(|_| !view.is_given_alone(i))
                .is_some_and(|f| f.tense != Tense::Participle || view.key(i).ends_with('ا')))
}

/// A source cannot go on at token `i`.
pub fn ends_source(view: &View<'_>, i: usize, start: usize) -> bool {
    let key = view.key(i);
    if ends_short(view, i, start) {
        return false;
    }
    if dates_office(view, i, start) {
        return false;
    }
    if tells_when(view, i) || view.is(i, Class::Adverb) || matches!(view.text.word(i), ":" | "(" | "." | "!" | "؟") {
        return true;
    }
    if view.is_punct(i) {
        return false;
    }
    if i > start && is_own_speech(view, i) {
        return true;
    }
    // «رفع المهندس سالم الكرمي *باسم* الغرفة شكره»
    if i > start && view.is(i, Class::Behalf) && view.is_person(i - 1) {
        return true;
    }
    // «اختتم الكرمي *اعتذاره* المغلف بالإصرار: …»
    if i > start && view.is_owned_noun(i) && (view.is_person(i - 1) || i == start + 1 && view.may_name(start)) {
        return true;
    }
    let person = view.is(start, Class::PersonNoun) || view.is_told_person(start);
    let described = i > start && person && i - start <= 4;
    if view.is(i, Class::Within) {
        return i == start || view.is(i + 1, Class::Venue) || view.is_time(i + 1) || !described;
    }
    if view.is(i, Class::Partitive) {
        // «سالم الكرمي *من جامعة الميناء*»
        if i > start
            && !view.is_ordinary(i - 1)
            && (view.is_bare(i + 1, Class::Body) || view.is_bare(i + 1, Class::OutletNoun))
        {
            return false;
        }
        // «عشرات المواطنين *من أهالي المدينة*»
        let counted =
            i > start && (view.is(i - 1, Class::Quantity) || i == start + 2 && view.is(start, Class::Quantity));
        return !described && !counted;
    }
    if view.is(i, Class::Towards) {
        // «الرئيس *لدى مغادرته* القاعة»
        let office = (start..i).any(|j| view.is(j, Class::OfficeNoun) || view.is_person_noun(j));
        return i == start || !office || view.is_owned_noun(i + 1);
    }
    if i > start && view.is(i, Class::RelayedFrom) && view.is(i - 1, Class::Issued) {
        return false;
    }
    // «المشرف العام *على* العلاقات العامة»
    let responsible = || (start..i).rev().take(3).any(|j| view.is(j, Class::Issued));
    if i > start && view.is(i, Class::Stop) && view.is_bare(i, Class::Preposition) && responsible() {
        return false;
    }
    // «وقال *هذا* المسؤول إن …»
    if i == start && view.is(i, Class::Demonstrative) && view.is_speaker_head(i + 1) {
        return false;
    }
    if view.is(i, Class::Stop) {
        return true;
    }
    // «قال الكرمي *مخاطباً* أهالي الأسرى»: how he says it.
    if i > start && view.is_how(i) {
        return true;
    }
    // «وفقا لمصادر الوكالة *اعتقلت* القوات …»: a verb behind a noun phrase that is complete.
    let complete = i > start && (arabic::is_definite(view.key(i - 1)) || view.is_name(i - 1));
    if complete && (view.is_her_past(i) && !view.is_ordinary_noun(i) || view.is_verb_shaped(i)) {
        return true;
    }
    let named =
        i > start && view.name_end(start).is_none() && !view.is_ordinary(start) || i > start && view.is_person(i - 1);
    // «صرحت شاهدة *لمنظمة الشهود*»: to a body, where who speaks is no holder of an office in it.
    let unnamed = i == start + 1 && view.is(start, Class::PersonNoun) && view.has_preposition(i) && arabic::has_to(key);
    // «دبلوماسي أميركي *لمجموعة* من الصحافيين»
    let unnamed = unnamed || i > start && view.is(start, Class::PersonNoun) && view.is_told_person(i);
    if is_told(view, i) || named && arabic::has_to_the(key) || unnamed {
        return true;
    }
    // «المخرج أمين *طالب*»
    i > start && !view.is_given_alone(i) && view.lexicon.form(key).is_some_and(|f| f.tense != Tense::Participle)
}

/// «وختم نائب الوزير *حديثه* بأن …», «ولفت الكرمي *النظر* إلى أن …»: what the verb needs beside who speaks.
fn is_own_speech(view: &View<'_>, i: usize) -> bool {
    view.is_bare(i, Class::Idiom) || view.is_bare(i, Class::Venue) && arabic::ends_in_pronoun(view.key(i))
}

/// «المرشح لرئاسة النادي *سابقا* سالم الكرمي»: an adverb between an office and the name of who holds it.
pub fn dates_office(view: &View<'_>, i: usize, start: usize) -> bool {
    let office = i > start && (view.is_person_noun(start) || view.is_bare(start, Class::OfficeNoun));
    office && view.is(i, Class::Adverb) && view.is_person(i + 1) && view.name_end(i + 1).is_some()
}

/// A time, but no age: «سامر، البالغ من العمر *23 عاما*».
pub fn tells_when(view: &View<'_>, i: usize) -> bool {
    // «التقرير *السنوي* لمركز الأبحاث»
    let periodic = i > 0 && view.is_adjective(i) && arabic::is_definite(view.key(i - 1)) && !view.is_time(i - 1);
    view.is_time(i) && !periodic && !(i.saturating_sub(3)..i).any(|j| view.is(j, Class::Age))
}

/// «مصدر *آثر عدم ذكر اسمه*»; a relative clause («القيادي الذي فضل عدم ذكر اسمه») is part of the source.
pub fn nameless(view: &View<'_>, i: usize) -> bool {
    !view.is(i - 1, Class::Relative) && withholds_name(view, i)
}

/// A name and no office: «كيري», or one that no list knows («بنيتيز *في ملبورن*»).
fn is_bare_name(view: &View<'_>, head: &Range<usize>) -> bool {
    view.is_person(head.end - 1) || head.len() <= 3 && head.clone().all(|i| view.may_name(i))
}

/// «لنظيره», «لرئيس الوفد»: somebody behind «ل» is told.
fn tells_person(view: &View<'_>, i: usize) -> bool {
    arabic::after_to(view.key(i)).any(|word| view.lexicon.classes(&word).is(Class::PersonNoun))
        || view.has_preposition(i) && view.is_person(i)
}

/// «المتحدث باسم الوزارة، *د.* سالم الكرمي»: the stop of a short title.
pub fn ends_short(view: &View<'_>, i: usize, start: usize) -> bool {
    view.text.word(i) == "." && i > start && view.is(i - 1, Class::Honorific)
}

/// «لوكالة …», «للصحفيين», «لـ»: who is told, and no part of who says it.
pub fn is_told(view: &View<'_>, i: usize) -> bool {
    let key = view.key(i);
    arabic::is_to(key) || arabic::after_to(key).any(|word| view.lexicon.classes(&word).is(Class::OutletNoun))
}
