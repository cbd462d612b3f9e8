//! What looks like an attribution and is nobody's: deeds, passives, remarks, things that show.

use super::arabic;
use super::complement::{Complement, Joint};
use super::cue::Cue;
use super::draft::Draft;
use super::inflect;
use super::lexicon::{Class, Person, Tense};
use super::view::View;
use std::ops::Range;

/// «رفض *تسليم* الوثائق», «رفض *مناقشة* العرض» tell what somebody did not do.
pub(super) fn is_deed(view: &View<'_>, cue: &Cue, c: &Complement) -> bool {
    let idea = |i: usize| view.is_noun_of_saying(i) || view.is_document(i) || view.is(i, Class::Idea);
    let act = |i: usize| view.is_content_noun(i) && !idea(i);
    let next = cue.at + 1;
    c.joint == Joint::Object && act(c.at) || view.is_definite_content_noun(next) && !idea(next)
}

/// «يذكر أن …», «من المتوقع أن …»: a present form without a subject whose clause follows at once is nobody's.
pub(super) fn is_impersonal(
    view: &View<'_>,
    cue: &Cue,
    c: &Complement,
    topic: &Option<Range<usize>>,
    start: usize,
) -> bool {
    let frames = &cue.verb(view).frames;
    let opens = cue.at == start
        || cue.joins()
        || view.is_punct(cue.at - 1)
        || view.is(cue.at - 1, Class::Switch)
        || view.is(cue.at - 1, Class::Relative);
    frames.impersonal
        && cue.form.tense == Tense::Present
        && cue.form.person == Person::He
        && !cue.negated
        && topic.is_none()
        && opens
        && c.joint != Joint::Colon
        && c.border <= cue.at + 2
        // «ويذكر *الأستاذ* أن …»
        && !(c.border == cue.at + 2 && arabic::is_definite(view.key(cue.at + 1)) && view.is_speaker_head(cue.at + 1))
}

/// «…، *ما يؤكد* استفادتها منه», «…، *مما يشير* إلى …»: a remark on what was told; nobody says it.
pub(super) fn is_remark(view: &View<'_>, cue: &Cue, start: usize) -> bool {
    cue.form.tense == Tense::Present && cue.at > start && view.is_bare(cue.at - 1, Class::Remark)
}

/// «ما زال *يتهم بالتعاون* معهم», «*وصف بـ«المتخصص»*»: where nothing stands between a verb that needs a noun and the
/// preposition of what is said of it, the verb is passive.
pub(super) fn is_suffered(view: &View<'_>, cue: &Cue) -> bool {
    let letter = |p: &String| p.chars().count() == 1 && view.key(cue.at + 1).starts_with(p.as_str());
    let frames = &cue.verb(view).frames;
    let object = inflect::without_object(view.key(cue.at)).any(|stem| view.lexicon.form(stem).is_some());
    let name = view.is_name(cue.at + 1) && !view.has_preposition(cue.at + 1);
    frames.pair
        && cue.is_finite()
        && !object
        && !name
        && !view.is_speaker_head(cue.at + 1)
        && frames.prepositions.iter().any(letter)
        && !view.is_whole_word(cue.at + 1)
}

/// «تلك الإنجازات *تؤكد* أن …», «عبر *مقطع مصور* …»: a thing in front of a verb that shows, or behind a verb of another everyday
/// meaning, says nothing.
pub(super) fn is_thing(view: &View<'_>, cue: &Cue, source: &Range<usize>) -> bool {
    let frames = &cue.verb(view).frames;
    let shows = frames.shows && cue.form.tense == Tense::Present && source.start < cue.at;
    let head = source.clone().find(|i| !view.is_bare(*i, Class::BeforeNoun)).unwrap_or(source.start);
    let thing = view.is_ordinary(head)
        && !view.is_speaker_head(head)
        && !view.is_person_noun(head)
        && !view.is_bare(head, Class::Pronoun)
        && !view.is_bare(head, Class::Quantity)
        && !arabic::is_plural_shaped(view.key(head));
    (shows || frames.strict && !frames.that) && thing
}

/// «وهو *الأمر الذي يدعو* إلى مراجعة السياسات»: the thing at token `head`, in front of the relative word, does it, and nobody
/// says it.
pub(super) fn is_of_thing(view: &View<'_>, cue: &Cue, head: usize) -> bool {
    // «الاتفاق الذي *يقولون* إنه …»
    let one = matches!(cue.form.person, Person::He | Person::She);
    let said = view.is_speaker_head(head) || view.is_person_noun(head) || view.is_document(head);
    cue.form.tense == Tense::Present && one && !said && view.is_ordinary(head) && view.name_end(head).is_none()
}

/// Does somebody take one thing for another: «اعتبر *الوزير* القرار خطوة», «اعتبره *الجانب النرويجي* خطوة», «*واشنطن* تعتبر القرار …»?
pub(super) fn is_taken(view: &View<'_>, cue: &Cue, draft: &Draft) -> bool {
    let Some(source) = &draft.source else { return false };
    let somebody = [Class::Side, Class::Quantity].into_iter().any(|class| view.is_bare(source.start, class));
    let behind = source.start > cue.at && (view.is_speaker_head(source.start) || somebody);
    let named = || view.name_end(source.start).is_some() && arabic::is_definite(view.key(draft.content));
    behind || source.start < cue.at && named()
}
