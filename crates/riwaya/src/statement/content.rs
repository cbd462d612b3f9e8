//! Where does what is said end?
//!
//! A sentence of an Arabic newspaper is often a whole paragraph, so a content ends at the next attribution on its own
//! level («…، مشيرا إلى …», «… وأضاف …»), at the marks of a quotation, or where the reporter speaks again
//! («…، في إشارة إلى …»), and otherwise with its sentence.

use super::Act;
use super::arabic;
use super::complement::{Joint, within_quote};
use super::cue;
use super::draft::Draft;
use super::lexicon::{Class, PhraseKind, Tense};
use super::view::View;
use crate::text::Span;
use std::ops::Range;

/// How far in front of its verb what is talked of next begins, in tokens.
const SUBJECT: usize = 8;

/// Tokens at which a content on their own level ends.
pub(super) fn breaks(view: &View<'_>, sentence: &Range<usize>, drafts: &[Draft]) -> Vec<usize> {
    let mut at: Vec<usize> = drafts.iter().filter_map(|d| break_before(view, d, sentence.start)).collect();
    for i in sentence.clone() {
        let opens_aside =
            view.phrase(i).is_some_and(|p| p.kind == PhraseKind::Aside && !goes_on(view, i + p.words.len()));
        // «… إلى الميناء، *حسب البيان*»: the document that speaks already.
        let by = view.phrase(i).filter(|p| p.kind == PhraseKind::By);
        let again =
            by.is_some_and(|p| view.is_comma(i.wrapping_sub(1)) && view.is_definite_document(i + p.words.len()));
        if (opens_aside || again) && i > sentence.start {
            at.push(i);
        }
    }
    at.sort_unstable();
    at.dedup();
    at
}

/// «… مباراتين، وهو ما *يعادل* نصف نقاطه»: what the thing means belongs to what is said; «وهو ما *ترفضه* الجماعة» is the reporter's.
fn goes_on(view: &View<'_>, behind: usize) -> bool {
    let relative = view.is_bare(behind - 1, Class::Remark) || view.is(behind - 1, Class::Relative);
    relative && view.is_verb_shaped(behind) && cue::form(view, behind).is_none()
}

/// An attribution that goes on from another ends the other's content.
fn break_before(view: &View<'_>, draft: &Draft, start: usize) -> Option<usize> {
    let at = draft.lead;
    if at <= start {
        return None;
    }
    if draft.is_by {
        return Some(by_start(view, at));
    }
    if view.is(at - 1, Class::Adversative) {
        return Some(at - 1);
    }
    if view.is(at, Class::Adversative) && draft.tense.is_some() {
        return Some(at);
    }
    // «بينما أكدت موسكو أن …، *اتهمت* كييف …»: the clause that was only put beside it is over.
    if draft.tense == Some(Tense::Past) && view.is_comma(at - 1) && view.is_bare(start, Class::Switch) {
        return Some(at);
    }
    // «… في المدن، غير أنه *اعترف* بأن …»
    if at > start + 2 && view.is(at - 1, Class::Complementizer) && view.is(at - 2, Class::ButThat) {
        return Some(at - 2);
    }
    // «… في مدن الشمال، *وفي الشأن الاقتصادي* قال الكرمي: …»
    let behind = draft.source.as_ref().is_some_and(|s| s.start > draft.cue_token);
    let subject = (start + 2..at).rev().take(SUBJECT).find(|i| view.is_comma(i - 1) && leads_subject(view, *i));
    if let Some(from) =
        subject.filter(|from| behind && draft.tense == Some(Tense::Past) && !(*from..at).any(|i| view.is_punct(i)))
    {
        return Some(from);
    }
    // «… وقمت بطباعته، *وأفادني* بأن …»: he who tells of himself goes on.
    if view.key(at).ends_with("ني") {
        return None;
    }
    let finished = at > start + 1 && view.is_comma(at - 2) && view.is(at - 1, Class::Auxiliary);
    match draft.tense {
        Some(Tense::Participle) => Some(at),
        Some(Tense::Past) if draft.joins => Some(at),
        // «تقول سلمى إنها … *وتتمنى سلمى* أن …»
        Some(Tense::Present) if draft.joins && draft.source.as_ref().is_some_and(|s| view.is_person(s.end - 1)) => {
            Some(at)
        }
        Some(Tense::Past) if view.is(at - 1, Class::Switch) || finished => Some(at - 1),
        _ => None,
    }
}

/// «*وفي* الشأن الاقتصادي», «*وعن* نتائج الفريق», «*وحول* الاتفاق»: a preposition behind «و» in front of what is talked of next.
fn leads_subject(view: &View<'_>, i: usize) -> bool {
    arabic::after_and(view.key(i)).is_some_and(|rest| view.lexicon.classes(rest).is(Class::Preposition))
}

/// «…، *وذلك بحسب* الشرطة»: where «بحسب» and what leads up to it begin.
pub(super) fn by_start(view: &View<'_>, at: usize) -> usize {
    at - usize::from(at > 0 && view.is(at - 1, Class::LeadsBy))
}

/// A noun cannot go on with «و» and a verb: «باستعدادها لفتح المعبر *وتناشد* …», «لزيارة العاصمة *وقبلت* الدعوة».
fn joined_verb(view: &View<'_>, drafts: &[Draft], from: usize, limit: usize) -> Option<usize> {
    let own = view.text.quote_of(from);
    let here = |i: &usize| *i > from && *i < limit && same_level(view, *i, own);
    let shaped = (from + 1..limit).find(|i| {
        // «الدول التي *وقفت* بجانبنا»
        let joins = arabic::has_and(view.key(*i)) && !view.is(i - 1, Class::Relative);
        joins && view.is_her_past(*i) && here(i)
    });
    let present = drafts.iter().filter(|d| d.joins && d.tense == Some(Tense::Present)).map(|d| d.cue_token).find(here);
    let plural = (from + 1..limit).find(|i| {
        let joins = arabic::has_and(view.key(*i)) && !view.is(i - 1, Class::Relative);
        joins && view.key(*i).ends_with("وا") && view.is_verb_shaped(*i) && here(i)
    });
    // «عن أمله *في أن* تنتهي الحرب، *وأن* …», «طالب المجتمع بتحمل مسؤولياته، *وأن يخرج* عن صمته» go on.
    let goes_on = |i: usize| {
        let plain = arabic::after_and(view.key(i)).is_some_and(|rest| rest.chars().count() == 2);
        let future = view.key(i + 1).starts_with('س');
        plain && !future && view.is_verb_shaped(i + 1) || (from..i).any(|k| view.is_complementizer(k))
    };
    let clause =
        (from + 1..limit).find(|i| (resumes(view, *i) && !goes_on(*i) || view.is(*i, Class::Adversative)) && here(i));
    [shaped, present, plural, clause].into_iter().flatten().min()
}

/// «وأن …», «وأنهما …»: another clause of the verb that the first «أن» hangs on.
pub(super) fn resumes(view: &View<'_>, i: usize) -> bool {
    arabic::after_and(view.key(i)).is_some_and(|rest| view.lexicon.classes(rest).is(Class::Complementizer))
}

/// Sets the end of the content of draft `n`, a token index.
pub(super) fn end(view: &View<'_>, draft: &Draft, drafts: &[Draft], breaks: &[usize], sentence_end: usize) -> usize {
    let limit = match view.text.quote_of(draft.cue_token) {
        Some(_) => within_quote(view, draft.cue_token, sentence_end),
        None => sentence_end,
    };
    let first = draft.content;
    let mut from = first;
    if let Some(q) = view.opens(first).filter(|_| draft.joint != Some(Joint::Object)) {
        let quote = view.text.quotes()[q];
        let Some(close) = quote.close else { return limit };
        if let Some(at) = breaks.iter().copied().find(|b| *b > first && *b < close && is_reporters(view, *b)) {
            return at;
        }
        let close = chained(view, close, limit);
        if stands_alone(view, close, limit) {
            return (close + 1).min(limit.max(close + 1));
        }
        from = close;
    }
    let own = view.text.quote_of(draft.cue_token);
    let next = breaks
        .iter()
        .copied()
        .filter(|b| !is_held(draft, drafts, *b))
        .find(|b| *b > from && *b < limit && (same_level(view, *b, own) || is_reporters(view, *b)));
    // «وفي مواجهة الذين حذروا من أن الحظر باق، *رأت* الوزيرة أن …»: the clause that the relative one was part of goes on.
    let relative = draft.cue_token > 0 && view.is(draft.cue_token - 1, Class::Relative);
    let main = |d: &&Draft| {
        relative
            && d.tense == Some(Tense::Past)
            && !d.joins
            && d.cue_token > from
            && view.is_comma(d.cue_token - 1)
            && d.lead == d.cue_token
    };
    let next = drafts.iter().filter(main).map(|d| d.cue_token).chain(next).filter(|at| *at < limit).min();
    // «الحكومة التي اتهمت منظمات بأنها تقف وراء الهجرة*، أن* لديها …»
    // «المتحدثة التي أكدت القرار* إن* …»
    let object = matches!(draft.joint, Some(Joint::Object | Joint::Preposition));
    let outer = (from + 1..limit).find(|i| {
        let comma = view.is_comma(*i) && view.is_complementizer(i + 1);
        let bare = object && draft.act != Act::Accuse && view.key(*i) == "ان" && view.is_complementizer(*i);
        relative && (comma || bare)
    });
    let next = next.into_iter().chain(outer).min();
    let noun = draft.joint == Some(Joint::Preposition) || draft.joint == Some(Joint::Object);
    let stance = noun && !matches!(draft.act, Act::Confirm | Act::Announce);
    let circumstance = (first + 2..limit)
        .find(|i| opens_circumstance(view, *i) && (stance && is_phrase(view, first..*i) || closes_before(view, *i)));
    let verb = noun.then(|| joined_verb(view, drafts, first, limit)).flatten();
    [next, circumstance, verb].into_iter().flatten().min().unwrap_or(limit)
}

/// «قال: "الباب مفتوح".. "ولن نغلقه"»: where the last of several quotations with nothing but dots between them closes.
fn chained(view: &View<'_>, close: usize, limit: usize) -> usize {
    let dots = |i: &usize| view.text.word(*i).chars().all(|c| matches!(c, '.' | '…'));
    let mut close = close;
    while let Some(q) = (close + 1..limit).find(|i| !dots(i)).filter(|i| *i > close + 1).and_then(|i| view.opens(i)) {
        let Some(next) = view.text.quotes()[q].close.filter(|c| *c < limit) else { break };
        close = next;
    }
    close
}

/// «أعلنت الرئاسة أن *الرئيس دعا* نظيره إلى التهدئة، *مؤكدا* أن …»: where the clause that is told has somebody speaking as its
/// subject, a participle goes on with him, inside what is told.
fn is_held(draft: &Draft, drafts: &[Draft], at: usize) -> bool {
    let participle = drafts.iter().find(|d| d.lead == at && d.tense == Some(Tense::Participle));
    let Some(participle) = participle.filter(|_| draft.joint == Some(Joint::That)) else { return false };
    drafts.iter().any(|d| {
        let subject = d.source.as_ref().is_some_and(|s| s.start == draft.content && s.end <= d.cue_token);
        subject && d.tense == Some(Tense::Past) && d.cue_token < at && d.person == participle.person
    })
}

/// A quotation is all of the content where a stop, a comma or the next clause follows its closing mark.
fn stands_alone(view: &View<'_>, close: usize, limit: usize) -> bool {
    let next = close + 1;
    if next >= limit {
        return true;
    }
    let goes_on = view.is_comma(next)
        && next + 1 < limit
        && (resumes(view, next + 1) || arabic::after_and(view.key(next + 1)) == Some(""));
    (view.is_punct(next) && view.opens(next).is_none()
        || arabic::has_and(view.key(next)) && view.lexicon.form(arabic::without_and(view.key(next))).is_some())
        && !goes_on
}

/// «وأضاف: "نثمن الدعم، *مشيرا* إلى أن …»: nobody says so of himself; the closing mark was forgotten or stands too late.
fn is_reporters(view: &View<'_>, at: usize) -> bool {
    let participle = view.form(at, 0).is_some_and(|f| f.tense == Tense::Participle);
    participle && view.key(at).ends_with('ا') && at > 0 && view.is_comma(at - 1)
}

/// Is the break outside every quotation that the cue is not itself in?
fn same_level(view: &View<'_>, at: usize, own: Option<usize>) -> bool {
    let here = view.text.quote_of(at).filter(|q| view.text.quotes()[*q].close.is_some());
    here.is_none() || here == own
}

/// The longest noun phrase, in tokens, behind which a circumstance tells when it was said.
const PHRASE: usize = 10;

/// Is it a short noun phrase? Behind a clause («بالوعود *التي قطعتها* خلال القمة») or a long one a circumstance belongs to what
/// is said.
fn is_phrase(view: &View<'_>, tokens: Range<usize>) -> bool {
    let relative = |i: usize| view.is_bare(i, Class::Relative) && !view.is(i, Class::Preposition);
    let clause = |i: usize| relative(i) || view.is_verb_shaped(i) || view.is_her_past(i);
    let quoted = view.opens(tokens.start).is_some();
    tokens.len() <= PHRASE && (quoted || !tokens.into_iter().any(clause))
}

/// «قلقها إزاء الطموحات *بعد الاتفاق*»: when it was said, and no part of it. «خلال» does so in front of what the speaker did
/// meanwhile («خلال *لقائه* الوفد») or of an occasion.
fn opens_circumstance(view: &View<'_>, i: usize) -> bool {
    let meanwhile = view.is(i, Class::Meanwhile);
    if meanwhile && !view.is_owned_noun(i + 1) && !view.is_bare(i + 1, Class::Venue) {
        return false;
    }
    // «من *خلال*» tells how and not when.
    let inner = i > 0 && view.is(i - 1, Class::Preposition);
    view.is(i, Class::Circumstance) && !inner && view.text.quote_of(i).is_none() && !view.is_time(i + 1)
}

/// Does a quotation close right before token `i`?
fn closes_before(view: &View<'_>, i: usize) -> bool {
    view.text
        .quote_of(i - 1)
        .is_some_and(|q| view.text.quotes()[q].close == Some(i - 1) && view.text.quotes()[q].inside().len() > 3)
}

/// The characters of a content between two tokens, without the marks, the full stop and the commas around it.
pub(super) fn span(view: &View<'_>, from: usize, letters: usize, end: usize) -> Option<Span> {
    let (mut from, mut end) = (from, end);
    let mut letters = letters;
    loop {
        let before = (from, end);
        while from < end
            && view.is_punct(from)
            && view.opens(from).is_none()
            && !matches!(view.text.word(from), "(" | "'" | "[")
        {
            from += 1;
            letters = 0;
        }
        while from < end && is_tail(view, from, end - 1) {
            end -= 1;
        }
        if let Some(q) = view.opens(from) {
            let close = view.text.quotes()[q].close;
            if close == Some(end - 1) {
                (from, end) = (from + 1, end - 1);
            } else if close.is_none_or(|c| c >= end) {
                from += 1;
            }
        }
        if before == (from, end) {
            break;
        }
    }
    let says = (from..end).any(|i| view.key(i).chars().nth(1).is_some() || !view.is_punct(i) && view.key(i) != "ل");
    (from < end && says).then(|| view.text.without_prefix(from, letters).to(view.text.span(end - 1)))
}

/// A stop, a comma or a closing mark without its partner inside.
fn is_tail(view: &View<'_>, from: usize, i: usize) -> bool {
    let word = view.text.word(i);
    if matches!(word, "." | "،" | "," | "؛" | ":" | "–" | "-" | "—") {
        // «the U.S.»: the stop belongs to the letters.
        let initials = word == "." && i > from + 2 && view.text.word(i - 2) == "." && view.text.word(i - 1).len() == 1;
        return !(word == "." && i > from && view.text.word(i - 1) == "." || initials);
    }
    // «''It is late''»: two apostrophes are one mark.
    let twin = word == "'"
        && view.text.quote_of(i).is_some_and(|q| {
            let quote = view.text.quotes()[q];
            quote.open < from && matches!(quote.close, Some(c) if c == i || c == i + 1)
        });
    if twin {
        return true;
    }
    if matches!(word, "»" | "”" | "“" | "\"" | "›") {
        return !view
            .text
            .quote_of(i)
            .is_some_and(|q| view.text.quotes()[q].close == Some(i) && view.text.quotes()[q].open >= from);
    }
    matches!(word, "«" | "(") && i >= from
}
