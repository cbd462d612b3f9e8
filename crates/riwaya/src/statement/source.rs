//! Which words behind a verb or a preposition name who says it?

mod ends;

use super::arabic;
use super::cue::Cue;
use super::lexicon::{Class, Person, Tense};
use super::view::View;
use ends::{dates_office, ends_source, is_told, leaves_source, nameless, tells_when};
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

/// Behind the closing mark of a short parenthesis that opens at token `i`.
fn parenthesis(view: &View<'_>, i: usize, end: usize) -> Option<usize> {
    let opens = view.text.word(i) == "(";
    (i + 1..end.min(i + APPOSITION)).filter(|_| opens).find(|j| view.text.word(*j) == ")").map(|close| close + 1)
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
