//! Which words in front of a verb name who says it?

use super::arabic;
use super::cue::Cue;
use super::inflect;
use super::lexicon::{Class, Person, Tense};
use super::source::{APPOSITION, noun_phrase, trim};
use super::view::View;
use crate::text::TokenKind;
use std::ops::Range;

/// The longest source, in tokens, in front of its verb.
const TOPIC: usize = 20;
/// The longest subject between the start of a sentence and a comma before its verb.
const SUBJECT: usize = 14;

/// The words before a verb that name its subject: «*البيت الأبيض* قال إن …», «لكن *المسؤول* أشار …».
pub(super) fn topic(view: &View<'_>, cue: &Cue, start: usize) -> Option<Range<usize>> {
    let mut end = cue.at - usize::from(cue.negated);
    while end > start
        && (view.is(end - 1, Class::Auxiliary) || view.is_time(end - 1) || view.is(end - 1, Class::Adverb))
    {
        end -= 1;
    }
    if end > start && view.opens(end - 1).is_some() {
        end -= 1;
    }
    let mut from = clause_start(view, start, end).max(quote_start(view, end, cue.at));
    // «… أقل من المتوقع *فإن* مكونات النمو تشير إلى …», «… *لكن* عناصر النمو …»
    let opens = |j: usize| view.is(j, Class::Resuming) || view.is(j, Class::Switch) && j + 1 < end;
    let after =
        (from..end).rev().find(|j| view.is_complementizer(*j) || view.is(*j, Class::Complementizer) || opens(*j));
    from = after.map_or(from, |j| j + 1);
    while from < end && view.name_end(from).is_none() {
        if view.is_bare(from + 1, Class::Topic) {
            from += 2;
        } else if view.is_bare(from, Class::Lead) || view.is_punct(from) {
            from += 1;
        } else {
            break;
        }
    }
    // «تعرض *سالم الكرمي* لانتقادات في الملعب بعد أن قال …»: a verb opens the sentence, and its subject follows.
    let named = view.name_end(from + 1).filter(|e| view.is_person(e - 1) && e + 2 < end && !view.is_punct(from));
    if let Some(name) = named.filter(|_| view.is_ordinary(from) && !view.is_speaker_head(from) && can_open(view, from))
    {
        return (!view.is_person_noun(from) && !arabic::is_definite(view.key(from))).then_some(from + 1..name);
    }
    // «وأعيد انتخابه لولاية خامسة *لكنه* أعلن أن …»
    let turned = end > from && view.is(end - 1, Class::Switch);
    if from >= end || turned || end - from > TOPIC || !can_open(view, from) {
        return None;
    }
    // «*بشرى التي حاولت الفرار* قالت إن …»: what follows the relative word describes who speaks.
    let relative = (from + 1..end).find(|j| view.is(*j, Class::Relative) && opens_named(view, from, *j));
    // «*الوزير قال* بالإنجليزية «قال …»»: another verb of saying.
    let says = |j: usize| {
        let form = view.form(j, 0).filter(|f| f.tense != Tense::Participle);
        form.is_some_and(|f| !view.lexicon.verbs[f.verb].frames.strict)
    };
    if (from..relative.unwrap_or(end)).any(|j| {
        let verb = view.is_verb_shaped(j) || says(j);
        (view.is(j, Class::Relative) || view.is(j, Class::Negator) || verb) && !view.is_name(j)
    }) {
        return None;
    }
    trim(view, from..end)
}

/// «ومن بينهم *رجل الأعمال سالم الكرمي* الذي أعلن أنه …»: whom the relative word in front of the verb goes back to.
pub(super) fn antecedent(view: &View<'_>, cue: &Cue, start: usize) -> Option<Range<usize>> {
    // «ومن بينها *رسالة* تقول إن …»: behind a document without the article no relative word stands.
    if let Some(document) = cue.at.checked_sub(1).filter(|i| *i >= start && view.is_bare(*i, Class::Document)) {
        return Some(document..cue.at);
    }
    let relative = cue.at.checked_sub(1).filter(|i| *i > start && view.is(*i, Class::Relative))?;
    let end = relative - usize::from(view.is_comma(relative - 1));
    let back = (start..end).rev().take(APPOSITION).take_while(|i| !view.is_comma(*i) && !view.is_verb_shaped(*i));
    let titled = |i: usize| {
        let first = (start..i).rev().take_while(|j| arabic::is_definite(view.key(*j)) && !view.is_time(*j)).last();
        let first = first.unwrap_or(i);
        // «*رجل* الأعمال سالم الكرمي»
        first - usize::from(first > start && view.is_person_noun(first - 1))
    };
    let named =
        back.clone().find(|i| view.name_end(*i).is_some() && view.is_person(view.name_end(*i).unwrap_or(*i) - 1));
    let named = named.or_else(|| back.clone().find(|i| view.name_end(*i) == Some(end))).map(|i| titled(i)..end);
    let described =
        || back.take_while(|i| !view.is_punct(*i)).find(|i| view.is_bare(*i, Class::PersonNoun)).map(|i| i..end);
    trim(view, named.or_else(described)?)
}

/// «*الحكومة* التي اتهمت …», «*الأمر* الذي يدعو …»: the noun with the article right in front of the relative word of a verb
/// that has no pronoun for it.
pub(super) fn relative_head(view: &View<'_>, cue: &Cue, start: usize) -> Option<usize> {
    let relative = cue.at.checked_sub(1).filter(|i| *i > start && view.is(*i, Class::Relative))?;
    let definite = arabic::is_definite(view.key(relative)) && arabic::is_definite(view.key(relative - 1));
    let own = view.form(cue.at, cue.prefix).is_some();
    (definite && own).then_some(relative - 1)
}

/// «عقد *وزير الخارجية* لقاء …، وأكد أن …»: the subject with which a sentence opens, for a verb further on without one.
pub(super) fn opening_name(view: &View<'_>, start: usize, before: usize) -> Option<Range<usize>> {
    let free = |i: usize| i == start || !view.is_bare(i - 1, Class::Preposition) && !view.is(i - 1, Class::Stop);
    // «ويحرص *وزير* الخارجية النرويجية على …»: a name behind an office is part of it.
    let office = |i: usize| i > start && view.is_person_noun(i - 1) && !arabic::is_definite(view.key(i - 1));
    let named = (start..start + 3)
        .find(|i| view.name_end(*i).is_some() && !view.has_preposition(*i) && free(*i) && !office(*i));
    if let Some((first, end)) = named.and_then(|i| view.name_end(i).map(|end| (i, end))) {
        return (end + 2 < before).then_some(first..end);
    }
    // «وتطرق *الرئيس* للحديث عن …، فقال: …», «*وزير الخارجية* يجتمع مع نظيره ويدعوه إلى …»
    let titled = (start..start + 3).find(|i| {
        let definite = arabic::is_definite(view.key(*i)) || arabic::is_definite(view.key(i + 1));
        definite && view.is_person_noun(*i) && free(*i)
    })?;
    titled_subject(view, titled, before)
}

/// The subject that begins with a noun for a person at token `titled`.
fn titled_subject(view: &View<'_>, titled: usize, before: usize) -> Option<Range<usize>> {
    let alone = !view.is_adjective(titled + 1);
    // «ولم يؤكد *المتحدث بوزارة الداخلية* …»
    let office = |i: usize| {
        let stem = arabic::behind_letter(view.key(i));
        let classes = view.lexicon.classes(arabic::without_article(stem));
        classes.is(Class::OfficeNoun) || classes.is(Class::Body) || classes.is(Class::OutletNoun)
    };
    let letter = (titled + 1..before).find(|i| {
        let own = *i == titled + 1 && view.is_bare(*i, Class::Preposition) || office(*i);
        alone && arabic::has_preposition(view.key(*i)) && !own
    });
    let end = letter.unwrap_or(before.saturating_sub(1));
    // «كاتب نرويجي *يثير* الغضب بقوله إن …»
    let verb = (titled + 1..end).find(|i| view.is_verb_shaped(*i) && view.is_ordinary(*i));
    let whole = noun_phrase(view, titled..verb.unwrap_or(end), 2, false)?;
    (whole.start == titled && whole.end + 2 < before).then_some(whole)
}

/// «وفي تصريح *لسالم الكرمي مدير المطار*، أوضح أن …»: whose words they are.
pub(super) fn opening_venue(view: &View<'_>, start: usize, before: usize) -> Option<Range<usize>> {
    let within = (start..start + 2).find(|i| view.is_bare(*i, Class::Within) && view.is_bare(i + 1, Class::Venue))?;
    let name = (within + 2..within + 4).find(|i| view.has_preposition(*i) && arabic::has_to(view.key(*i)))?;
    let end = view.name_end(name).filter(|end| view.is_person(end - 1) && *end < before)?;
    let comma = (end..before).find(|i| view.is_comma(*i)).unwrap_or(end);
    Some(name..if comma - end <= APPOSITION { comma } else { end })
}

/// «… في حين *تحدث رئيس البلاد* عن الانتخابات، مشيرا إلى …»: the subject of the nearest verb in front of an attribution that
/// has none of its own, where that verb opens a clause.
pub(super) fn acting(view: &View<'_>, start: usize, before: usize, person: Person) -> Option<Range<usize>> {
    let subject = |i: usize| {
        let named = view.name_end(i).is_some() && !view.is_place(i) && !view.has_preposition(i);
        let body = view.is(i, Class::Body) || view.is(i, Class::OutletNoun);
        let pronoun = view.is(i, Class::Pronoun) && arabic::ends_in_pronoun(view.key(i));
        named || (view.is_person_noun(i) || body || pronoun) && !view.is_bare(i, Class::Preposition)
    };
    let verb = (start..before.saturating_sub(3)).rev().find(|v| subject(v + 1) && opens_clause(view, *v, start))?;
    let agrees = match person {
        Person::He => !view.is_her_past(verb),
        Person::She => view.is_her_past(verb) || view.key(verb).starts_with('ت'),
        _ => true,
    };
    let whole = match view.name_end(verb + 1) {
        Some(end) => Some(verb + 1..end),
        // «وبعث *سموه* برقية قال فيها …»
        None if view.is(verb + 1, Class::Pronoun) => Some(verb + 1..verb + 2),
        None => titled_subject(view, verb + 1, before),
    };
    whole.filter(|s| agrees && view.text.quote_of(s.start) == view.text.quote_of(before) && s.end + 1 < before)
}

/// Is token `v` a verb, as far as its place tells: an ordinary word without the article at the start of a clause?
fn opens_clause(view: &View<'_>, v: usize, start: usize) -> bool {
    let nouns =
        [Class::OfficeNoun, Class::Body, Class::Document, Class::OutletNoun, Class::Quantity, Class::SpeechNoun];
    let others = [Class::Stop, Class::Preposition, Class::Adverb, Class::Lead, Class::Relative, Class::Circumstance];
    let key = view.key(v);
    let ordinary = |stem: &str| view.is_ordinary_word(stem);
    // «و*أعلنها* وزير الخارجية»
    let word = view.is_ordinary(v) || inflect::without_object(arabic::without_and(key)).any(ordinary);
    let noun = arabic::is_definite(arabic::bare(key))
        || arabic::ends_in_noun_mark(view.text.word(v))
        || key.ends_with("ات")
        || view.is_content_noun(v)
        || view.is_person_noun(v)
        || nouns.into_iter().chain(others).any(|c| view.is_bare(v, c));
    let led = v == start
        || view.is_punct(v - 1) && view.text.quote_of(v - 1).is_none()
        || [Class::Lead, Class::Switch, Class::Auxiliary, Class::Negator].into_iter().any(|c| view.is_bare(v - 1, c))
        || view.is_time(v - 1)
        || arabic::has_and(key) && arabic::without_and(key).len() < key.len() && !view.is_name(v - 1);
    // «وطالب *الدولة* بتخفيف الحصار»: who is asked.
    let asks = view.form(v, 0).or(view.form(v, 1)).is_some_and(|f| view.lexicon.verbs[f.verb].frames.addressee);
    word && !view.is_time(v) && !noun && !asks && led
}

/// Inside a quotation the words before its opening mark name nobody who speaks in it.
fn quote_start(view: &View<'_>, end: usize, cue: usize) -> usize {
    match view.text.quote_of(cue) {
        Some(q) if view.text.quotes()[q].open < end => view.text.quotes()[q].open + 1,
        _ => 0,
    }
}

/// The start of the clause that ends at `end`: after the last comma, unless it closes an apposition.
fn clause_start(view: &View<'_>, start: usize, end: usize) -> usize {
    let mut i = end;
    let mut commas = 0;
    while i > start {
        if view.text.word(i - 1) == "." || view.text.word(i - 1) == ":" {
            return i;
        }
        if view.is_comma(i - 1) {
            commas += 1;
            let named = |from: usize, to: usize| (from..to).any(|j| view.is_name(j) || view.is(j, Class::PersonNoun));
            let earlier = (start..i - 1).rev().take(APPOSITION).find(|j| view.is_comma(*j));
            let closes = i == end && commas == 1 && earlier.is_some_and(|j| named(j, i));
            let opens = commas == 2 && view.is_comma(end - 1) && named(start.max(i.saturating_sub(APPOSITION)), i - 1);
            // «سالم الكرمي أحد المسافرين، أوضح أن …»: a comma between a subject and its verb.
            let front = i == end && commas == 1 && i - start <= SUBJECT && opens_named(view, start, i - 1);
            if !closes && !opens && !front {
                return i;
            }
        }
        i -= 1;
    }
    start
}

/// Is the first word behind «وكان», «لكن» a name or somebody who speaks?
fn opens_named(view: &View<'_>, start: usize, end: usize) -> bool {
    let lead = |i: &usize| view.is_bare(*i, Class::Lead) || view.is(*i, Class::Auxiliary) || view.is_punct(*i);
    let first = (start..end).find(|i| !lead(i));
    first.is_some_and(|i| {
        view.name_end(i).is_some() || view.is_person_noun(i) || view.may_name(i) || view.is_given_name(i)
    })
}

/// A noun phrase may start here, and no adverbial, verb or preposition.
fn can_open(view: &View<'_>, i: usize) -> bool {
    if view.name_end(i).is_some() {
        return true;
    }
    let word = view.text.tokens().get(i).is_some_and(|t| t.kind == TokenKind::Word);
    let key = arabic::without_and(view.key(i));
    // «*وبنفس* الوقت يقدم الشكر»
    let led = arabic::has_and(view.key(i)) && arabic::has_preposition(key) && !view.is_speaker_head(i);
    let led = led && !view.is_person_noun(i) && view.is_ordinary_word(arabic::behind_letter(key));
    let preposition = arabic::has_preposition_and_article(key) || led;
    word && !preposition
        && !view.is_her_past(i)
        && !view.is_bare(i, Class::Stop)
        && !view.is_bare(i, Class::Adverb)
        && !view.is_bare(i, Class::Preposition)
        && !view.is_time(i)
        && !view.lexicon.form(arabic::without_and(view.key(i))).is_some_and(|f| f.tense != Tense::Participle)
}
