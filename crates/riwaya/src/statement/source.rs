//! Which words behind a verb or a preposition name who says it?

use super::arabic;
use super::cue::{Cue, withholds_name};
use super::lexicon::{Class, Person, Tense};
use super::view::View;
use std::ops::Range;

/// The longest source behind its verb, in tokens.
const LONGEST: usize = 34;
/// The longest apposition between commas.
pub(super) const APPOSITION: usize = 9;

/// The subject behind a verb, in `tokens`: «قال *وزير الخارجية عادل الجبير*، في مؤتمر صحفي، إن …».
pub(super) fn subject(view: &View<'_>, tokens: Range<usize>) -> Option<Range<usize>> {
    noun_phrase(view, tokens, 2, false)
}

/// The subject of a verb whose clause begins at the end of `tokens`: what stands between them names the source, up to
/// where a time, a venue, a circumstance or somebody who is told begins.
pub(super) fn subject_before_clause(view: &View<'_>, tokens: Range<usize>) -> Option<Range<usize>> {
    let head = subject(view, tokens.clone())?;
    let mut i = head.end;
    let mut relative = false;
    while i < tokens.end && i < head.start + LONGEST && !nameless(view, i) {
        if let Some(end) = view.name_end(i).filter(|end| *end <= tokens.end && !view.has_preposition(i)) {
            i = end;
            continue;
        }
        // «سالم الكرمي *«رئيس المركز السابق للدراسات»* إن …»
        let marked = view.opens(i).map(|q| view.text.quotes()[q].tokens().end);
        if let Some(end) = marked.filter(|end| *end <= tokens.end && view.is_person(i - 1)) {
            i = end;
            continue;
        }
        // «نورة الكرمي *(18 عاما)* طالبة من المدينة»
        if let Some(end) = parenthesis(view, i, tokens.end).filter(|end| *end < tokens.end) {
            i = end;
            continue;
        }
        if !view.is_given_before_name(i)
            && !dates_office(view, i, head.start)
            && leaves_source(view, i, &head, relative)
        {
            break;
        }
        relative |= view.is(i, Class::Relative) || view.is_bare(i, Class::Pronoun);
        i += 1;
    }
    // «وقالت الشركة في *…»: nothing is left behind where the sentence goes on with something else.
    let whole = if i + usize::from(view.is_comma(i)) >= tokens.end || view.is_comma(i) || i > head.end + 1 {
        i
    } else {
        head.end
    };
    trim(view, head.start..whole)
}

/// A time, but no age: «سامر، البالغ من العمر *23 عاما*».
fn tells_when(view: &View<'_>, i: usize) -> bool {
    // «التقرير *السنوي* لمركز الأبحاث»
    let periodic = i > 0 && view.is_adjective(i) && arabic::is_definite(view.key(i - 1)) && !view.is_time(i - 1);
    view.is_time(i) && !periodic && !(i.saturating_sub(3)..i).any(|j| view.is(j, Class::Age))
}

/// «مصدر *آثر عدم ذكر اسمه*»; a relative clause («القيادي الذي فضل عدم ذكر اسمه») is part of the source.
fn nameless(view: &View<'_>, i: usize) -> bool {
    !view.is(i - 1, Class::Relative) && withholds_name(view, i)
}

/// Behind the closing mark of a short parenthesis that opens at token `i`.
fn parenthesis(view: &View<'_>, i: usize, end: usize) -> Option<usize> {
    let opens = view.text.word(i) == "(";
    (i + 1..end.min(i + APPOSITION)).filter(|_| opens).find(|j| view.text.word(*j) == ")").map(|close| close + 1)
}

/// Behind the head of a source: does token `i` begin something that does not name it?
fn leaves_source(view: &View<'_>, i: usize, head: &Range<usize>, relative: bool) -> bool {
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

/// A name and no office: «كيري», or one that no list knows («بنيتيز *في ملبورن*»).
fn is_bare_name(view: &View<'_>, head: &Range<usize>) -> bool {
    view.is_person(head.end - 1) || head.len() <= 3 && head.clone().all(|i| view.may_name(i))
}

/// «لنظيره», «لرئيس الوفد»: somebody behind «ل» is told.
fn tells_person(view: &View<'_>, i: usize) -> bool {
    arabic::after_to(view.key(i)).any(|word| view.lexicon.classes(&word).is(Class::PersonNoun))
        || view.has_preposition(i) && view.is_person(i)
}

/// The subject of a verb that also takes somebody who is told: «حذر *الناطق الرسمي سالم الكرمي* المسافرين من …».
pub(super) fn subject_before_told(view: &View<'_>, cue: &Cue, border: usize) -> Option<Range<usize>> {
    let tokens = cue.at + 1..border;
    let he = cue.form.person == Person::He;
    // «أبلغ *"الأيام"* من العاصمة وكيل الوزارة سالم الكرمي أن …»
    let outlet = view.opens(tokens.start).map(|q| view.text.quotes()[q].tokens().end).filter(|end| *end < tokens.end);
    let behind =
        outlet.and_then(|end| (end..tokens.end).find(|i| view.is_person_noun(*i) || view.is(*i, Class::OfficeNoun)));
    if let Some(subject) = behind.and_then(|i| subject_before_clause(view, i..tokens.end)) {
        return Some(subject);
    }
    let whole = noun_phrase(view, tokens, 2, false)?;
    let first = view.name_end(whole.start).unwrap_or(whole.start + 1);
    let after_name = (first..whole.end).find(|i| {
        let noun = !view.is_punct(*i) && !view.is_punct(i - 1) && !joins(view, *i) && view.text.quote_of(*i).is_none();
        // «وزيرة الخارجية الأمريكية *سلمى الكرمي*»: the name behind a title is hers, that of a state is somebody's else.
        // But nobody is titled by a whole name: «هددت *الولايات المتحدة* سالم الكرمي بـ…».
        let own = view.is_person(*i)
            && view.is_speaker_head(whole.start)
            && view.name_end(whole.start) != Some(*i)
            && !(whole.start..*i).any(|j| view.is_person(j));
        // «دعت *المنظمات* البرلمان التونسي إلى …»
        let definite = |j: usize| arabic::is_definite(view.key(j)) && !view.is_bare(j, Class::Preposition);
        let bodies = definite(i - 1) && definite(*i) && !view.is_person(*i);
        let another =
            view.name_end(*i).is_some() && !own && (bodies || view.is_name(i - 1) || view.is_adjective(i - 1));
        // «دعت المرشحة عن الحزب الديمقراطي للرئاسة …»: the name of a body inside a title ends nothing.
        let closed = view.is_person(i - 1) || view.is_name(i - 1) && view.is_name(whole.start);
        noun && (another || closed && !view.is_name(*i) && !view.is_adjective(*i))
    });
    let told = (whole.start + 1..whole.end)
        .find(|i| view.is(*i, Class::Addressed) && !view.is_bare(i - 1, Class::Preposition));
    let after_name = after_name.into_iter().chain(told).min();
    let named = whole.clone().any(|i| view.is_name(i));
    let bare = if named { None } else { bare_subject(view, whole.start, he).filter(|end| *end < whole.end) };
    trim(view, whole.start..after_name.or(bare).unwrap_or(whole.end))
}

/// The noun phrase at the start of `tokens`, with no more than `most` appositions between commas. `cue_letter`: the
/// letter in front of its first word is the cue's («وفقا *ل*مصدر دبلوماسي»).
pub(super) fn noun_phrase(
    view: &View<'_>,
    tokens: Range<usize>,
    most: usize,
    cue_letter: bool,
) -> Option<Range<usize>> {
    let first = if cue_letter { tokens.start } else { skip_adverbs(view, tokens.clone()) };
    // «وأضاف، *د. سالم الكرمي*، أن …»
    let named = || view.name_end(first + 1).is_some() || view.is(first + 1, Class::Honorific);
    // «وأضاف *تمت* مناقشة الآلية», «في تصريحات *نقلتها* مواقع إلكترونية»: a verb.
    let verb = || view.is_her_past(first) && !view.is_ordinary_noun(first) || view.is_her_past_with_object(first);
    if !cue_letter && first < tokens.end && verb() {
        return None;
    }
    // «وقال *للجمهور* إنه لن يعود»: who is told, and nobody else.
    if !cue_letter && first < tokens.end && arabic::has_to_the(view.key(first)) && !view.is_name(first) {
        return None;
    }
    let start = first + usize::from(view.is_comma(first) && first + 1 < tokens.end && named());
    let mut i = start;
    let mut appositions = 0;
    while i < tokens.end {
        if view.is_comma(i) {
            match apposition(view, i, start, tokens.end).filter(|_| appositions < most) {
                Some(end) => {
                    i = end;
                    appositions += 1;
                    continue;
                }
                None => break,
            }
        }
        if let Some(q) = view.opens(i) {
            let quote = view.text.quotes()[q];
            if i > start && quote.inside().len() > 5 || quote.tokens().end > tokens.end {
                break;
            }
            i = quote.tokens().end;
            continue;
        }
        // «التقرير السنوي *لمركز الأبحاث*»
        let whose = view.name_end(i).filter(|_| i > start && view.is_document(start) && arabic::has_to(view.key(i)));
        if let Some(end) = whose.filter(|end| view.has_preposition(i) && !view.is_person(i) && *end <= tokens.end) {
            i = end;
            continue;
        }
        if let Some(end) = seat(view, i, start, tokens.end) {
            i = end;
            continue;
        }
        if view.has_preposition(i) && !(cue_letter && i == start) || i > start && nameless(view, i) {
            break;
        }
        if let Some(end) = view.name_end(i).filter(|end| *end <= tokens.end) {
            match (i + 1..end).find(|j| is_told(view, *j)) {
                Some(told) => {
                    i = told;
                    break;
                }
                None => i = end,
            }
            continue;
        }
        if ends_source(view, i, start) {
            break;
        }
        i += 1;
    }
    trim(view, start..i)
}

/// «المتحدث الإعلامي بالشؤون الصحية *بمنطقة الميناء* ماجد الصباغي»: where an office is, in front of the name of who holds it.
fn seat(view: &View<'_>, i: usize, start: usize, limit: usize) -> Option<usize> {
    let office = view.is_person_noun(start) || view.is_bare(start, Class::OfficeNoun);
    // «… *بالدفاع المدني* بمنطقة الميناء ماجد الصباغي»
    let served = |end: &usize| !view.is_person(end - 1) && !arabic::has_to(view.key(i));
    let named = |end: &usize| view.has_preposition(i) && (view.is_place(end - 1) || served(end));
    let place = view.name_end(i).filter(named);
    // «مدير شؤون المعلمين *بتعليم الميناء* سامر الكرمي»
    let body = view.is_content_noun_led(i) && i + 1 < limit && view.is_place(i + 1);
    let behind = || view.name_end(i + 1).filter(|_| body && !arabic::has_to(view.key(i)));
    let end = place.or_else(behind).filter(|_| office && i > start + 1)?;
    if let Some(end) = seat(view, end, start, limit) {
        return Some(end);
    }
    let name =
        end + 1 < limit && view.is_plain_word(end) && view.is_plain_word(end + 1) && !arabic::has_to(view.key(end));
    let family =
        arabic::is_definite(view.key(end + 1)) && !view.is_adjective(end) && !arabic::is_definite(view.key(end));
    (name && (family || view.may_name(end))).then_some(end)
}

/// «ودعا *الحكومة* إلى …», «ونصح *المواطنين* بـ…»: a noun right behind its verb that does not agree with it, or has the
/// ending of an object, is no subject.
pub(super) fn disagrees(view: &View<'_>, cue: &Cue, noun: &Range<usize>) -> bool {
    let i = noun.start;
    if i != cue.at + 1 || !cue.is_finite() {
        return false;
    }
    let key = view.key(i);
    // «دعا *الولايات* المتحدة إلى …»: a feminine plural has «she» before it.
    if cue.form.person == Person::He && arabic::is_definite(key) && key.ends_with("ات") {
        return true;
    }
    if view.is_name(i) {
        return false;
    }
    let person =
        view.is(i, Class::PersonNoun) || view.lexicon.classes(arabic::without_article(key)).is(Class::PersonNoun);
    let oblique = key.strip_suffix("ين").is_some_and(|stem| {
        let nominative = format!("{stem}ون");
        view.is_ordinary_word(&nominative)
            || view.lexicon.classes(arabic::without_article(&nominative)).is(Class::PersonNoun)
    });
    let addressed = cue.joins() && cue.verb(view).frames.addressee && view.is(i, Class::Addressed);
    let feminine =
        view.is_ordinary(i) && cue.form.person == Person::He && arabic::ends_in_noun_mark(view.text.word(i)) && !person;
    // «كما أكدت *تصميم* الدولة على …»: a noun of action that is no «she».
    let action = cue.form.person == Person::She
        && view.is_content_noun(i)
        && !view.is_speaker_head(i)
        && !arabic::ends_in_noun_mark(view.text.word(i));
    oblique || feminine || addressed || action
}

/// «اتهمت *الجماعة المسلحة* الجيش بـ…»: the noun with the article behind a noun and its adjectives is another. An adjective
/// has the shape of one («السورية») or agrees with its noun («المسلحة»).
pub(super) fn bare_subject(view: &View<'_>, at: usize, he: bool) -> Option<usize> {
    let feminine = arabic::is_feminine_shaped(view.key(at));
    // «وجه المجلس *البلدية* بـ…»: «he» has no adjective of «she».
    let apart = |i: usize| !feminine && he && arabic::is_feminine_shaped(view.key(i));
    let describes = |i: usize| {
        view.is_adjective(i) && !(i == at + 1 && apart(i)) || feminine && arabic::is_feminine_shaped(view.key(i))
    };
    let definite = |i: usize| arabic::is_definite(view.key(i)) && view.name_end(i).is_none();
    let mut end = at + 1;
    while definite(end) && describes(end) {
        end += 1;
    }
    (definite(at) && definite(end) && !view.is(at, Class::OfficeNoun)).then_some(end)
}

/// «… ووزير الخارجية»: an «و» that joins a second name, and no first letter of «وزير».
fn joins(view: &View<'_>, i: usize) -> bool {
    let key = view.key(i);
    arabic::has_and(key)
        && !view.is(i, Class::PersonNoun)
        && !view.is(i, Class::OfficeNoun)
        && !view.is(i, Class::OutletNoun)
}

fn skip_adverbs(view: &View<'_>, tokens: Range<usize>) -> usize {
    let mut i = tokens.start;
    while i < tokens.end {
        let dative = view.is(i, Class::Stop) && arabic::has_attached_pronoun(view.key(i));
        // «أوضح *لـ«الأيام»* الناطق باسم …», «قال *لفرانس برس* قائد الشرطة»: who is told stands in front.
        if let Some(end) = told_end(view, i).filter(|end| i == tokens.start && *end < tokens.end) {
            i = end;
            continue;
        }
        // «قال *للصحفيين* وزير الخارجية إن …»
        let heads = |j: usize| view.is_speaker_head(j) || view.name_end(j).is_some();
        if i == tokens.start && arabic::has_to_the(view.key(i)) && !view.is_name(i) && heads(i + 1) {
            i += 1;
            continue;
        }
        let speech = view.is(i, Class::SpeechNoun);
        if view.is_time(i)
            || view.is(i, Class::Adverb)
            || dative && !view.is(i, Class::Preposition)
            || speech && i == tokens.start
        {
            i += 1;
        } else {
            break;
        }
    }
    i
}

/// Where «لـ«الأيام»», «لفرانس برس» in front of a subject ends.
fn told_end(view: &View<'_>, i: usize) -> Option<usize> {
    if arabic::is_to(view.key(i)) {
        let quote = view.opens(i + 1 + usize::from(view.text.word(i + 1) == "-"))?;
        return Some(view.text.quotes()[quote].tokens().end);
    }
    // «كشف *«للأيام»* رئيس البلدية»
    let inside = view.opens(i).map(|q| view.text.quotes()[q]);
    if let Some(quote) = inside.filter(|q| q.inside().len() <= 3 && arabic::has_to(view.key(q.inside().start))) {
        return Some(quote.tokens().end);
    }
    let outlet = arabic::has_to(view.key(i)) && view.name_end(i).is_some() && !view.is_person(i) && !view.is_place(i);
    view.name_end(i).filter(|_| outlet)
}

/// A source cannot go on at token `i`.
fn ends_source(view: &View<'_>, i: usize, start: usize) -> bool {
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

/// «المرشح لرئاسة النادي *سابقا* سالم الكرمي»: an adverb between an office and the name of who holds it.
fn dates_office(view: &View<'_>, i: usize, start: usize) -> bool {
    let office = i > start && (view.is_person_noun(start) || view.is_bare(start, Class::OfficeNoun));
    office && view.is(i, Class::Adverb) && view.is_person(i + 1) && view.name_end(i + 1).is_some()
}

/// «وختم نائب الوزير *حديثه* بأن …», «ولفت الكرمي *النظر* إلى أن …»: what the verb needs beside who speaks.
fn is_own_speech(view: &View<'_>, i: usize) -> bool {
    view.is_bare(i, Class::Idiom) || view.is_bare(i, Class::Venue) && arabic::ends_in_pronoun(view.key(i))
}

/// «المتحدث باسم الوزارة، *د.* سالم الكرمي»: the stop of a short title.
fn ends_short(view: &View<'_>, i: usize, start: usize) -> bool {
    view.text.word(i) == "." && i > start && view.is(i - 1, Class::Honorific)
}

/// «لوكالة …», «للصحفيين», «لـ»: who is told, and no part of who says it.
fn is_told(view: &View<'_>, i: usize) -> bool {
    let key = view.key(i);
    arabic::is_to(key) || arabic::after_to(key).any(|word| view.lexicon.classes(&word).is(Class::OutletNoun))
}

/// Where an apposition that a comma opens ends: «المتحدث باسم الكرملين*، دميتري بيسكوف،*». Gives its last token + 1.
fn apposition(view: &View<'_>, comma: usize, start: usize, end: usize) -> Option<usize> {
    if comma == start {
        return None;
    }
    let mut i = comma + 1;
    // «سلمى الكرمي -وهي متحدثة باسم المنظمة-».
    let pronoun = view.is_bare(i, Class::Pronoun);
    i += usize::from(pronoun);
    while i < end && !view.is_comma(i) {
        if let Some(name) = view.name_end(i).filter(|n| *n <= end) {
            i = name;
            continue;
        }
        if ends_source(view, i, comma + 1) {
            break;
        }
        i += 1;
    }
    let len = i - comma - 1;
    let first = comma + 1;
    if view.lexicon.form(view.key(first)).is_some_and(|f| f.tense != Tense::Participle) || view.is_verb_shaped(first) {
        return None;
    }
    // «كل من سالم الكرمي، وزير العدل، *وفادي الحسني*»
    let each = view.is(start, Class::Quantity) && view.is(start + 1, Class::Partitive);
    let joined = !pronoun && !each && joins(view, first) && view.name_end(first).is_none();
    let names = pronoun
        || view.name_end(first).is_some()
        || view.is(first, Class::PersonNoun)
        || view.is(first, Class::OfficeNoun)
        || view.is(first, Class::Honorific)
        || arabic::is_definite(view.key(first))
        || view.is_speaker_head(first)
        || !view.is_ordinary(first) && !view.is_punct(first);
    (1..=APPOSITION).contains(&len).then_some(i).filter(|_| names && !joined && !view.is_content_noun(first))
}

/// Takes adverbs, commas and loose prepositions from both ends.
pub(super) fn trim(view: &View<'_>, mut range: Range<usize>) -> Option<Range<usize>> {
    let loose = |i: usize| {
        let mark = view.is_punct(i)
            && view.text.quote_of(i).is_none_or(|q| view.text.quotes()[q].close != Some(i))
            && view.text.word(i) != ")";
        let open = view.is(i, Class::Relative) && arabic::is_definite(view.key(i));
        mark || open
            || matches!(view.key(i), "و" | "بين")
            || tells_when(view, i)
            || view.is(i, Class::Adverb)
            // «قال سالم بن *علي* أمس»: folded it is a preposition, inside a name it is none.
            || view.is_bare(i, Class::Preposition) && !view.is_name(i)
    };
    while range.start < range.end && view.is_punct(range.end - 1) && loose(range.end - 1)
        || range.start < range.end && !view.is_punct(range.end - 1) && loose(range.end - 1)
    {
        range.end -= 1;
    }
    while range.start < range.end && view.is_punct(range.start) && view.opens(range.start).is_none() {
        range.start += 1;
    }
    (range.start < range.end).then_some(range)
}
