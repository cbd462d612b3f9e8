//! How far has it come, by tense and the words around: "plans to meet", «не встречался», "talks due on Friday".

use super::super::circumstance::{Stage, is_fresh, is_future, is_past};
use super::super::lexicon::{Frame, Meaning};
use super::super::page::Page;
use super::super::trigger::Trigger;
use super::super::{EventKind, Status, When};
use super::subject::clause;
use std::ops::Range;

/// So many words before and behind the contact word can tell its state.
const BEFORE: usize = 10;
const AFTER: usize = 7;

/// The state of the contact; none where nothing took place.
pub(in super::super) fn stage(page: &Page<'_>, trigger: &Trigger<'_>, when: Option<&When>) -> Option<Stage> {
    let far = trigger.at.saturating_sub(BEFORE).max(trigger.segment.start)..trigger.at;
    let before = far.start.max(clause(page, trigger, trigger.at))..trigger.at;
    let after = behind(page, trigger);
    let told = |status| Some(Stage { status, told: true });
    let open = trigger.frame().is_verb() || !trigger.definite;
    if open && is_negated(page, trigger, &before) && !says(page, &before, Meaning::Denied) {
        return None;
    }
    if says(page, &before, Meaning::Cancelled) || !trigger.frame().is_verb() && says(page, &after, Meaning::Cancelled) {
        return told(Status::Cancelled);
    }
    if open && says(page, &far, Meaning::Denied) {
        return told(Status::Denied);
    }
    let past = is_past(page, when);
    let frame = trigger.frame();
    if matches!(frame, Frame::Past) {
        return told(Status::Happened);
    }
    let invited = trigger.kind() == EventKind::Visit && says(page, &before, Meaning::Invites);
    if invited || governed(page, &before) == Some(Status::Proposed) {
        return told(Status::Proposed);
    }
    if trigger.future || is_future(page, when) {
        return told(Status::Planned);
    }
    Some(by_tense(page, trigger, when, &before, past))
}

/// The words behind, up to a new clause or another contact.
fn behind(page: &Page<'_>, trigger: &Trigger<'_>) -> Range<usize> {
    let near = trigger.end..(trigger.end + AFTER + BEFORE).min(trigger.segment.end);
    let ends = |i: &usize| page.contacts[*i] || page.means(*i, &[Meaning::That, Meaning::Break]);
    let end = near.clone().find(ends).unwrap_or(near.end);
    let mut words = 0;
    let stop = near.clone().find(|i| {
        words += usize::from(page.name_at(*i).is_none() && !page.is_time(*i));
        words > AFTER
    });
    trigger.end..end.min(stop.unwrap_or(end))
}

fn says(page: &Page<'_>, range: &Range<usize>, meaning: Meaning) -> bool {
    range.clone().any(|i| page.means(i, &[meaning]) && page.name_at(i).is_none())
}

/// "did not meet", "no talks", but not "made no mention of plans to meet": does a negation reach the contact?
fn is_negated(page: &Page<'_>, trigger: &Trigger<'_>, before: &Range<usize>) -> bool {
    let near = trigger.at.saturating_sub(NEGATED).max(before.start)..trigger.at;
    let Some(no) = near.rev().find(|i| page.means(*i, &[Meaning::None])) else { return false };
    let between = no + 1..trigger.at;
    let other = [Meaning::Pronoun, Meaning::On, Meaning::Of, Meaning::Proposed];
    let passes = |i: usize| {
        let plain = trigger.frame().is_verb() && page.is_plain(i) && i + 1 != trigger.at;
        !page.contacts[i] && page.name_at(i).is_none() && !page.means(i, &other) && !plain
    };
    between.into_iter().all(passes)
}

/// So many words before a contact its negation may stand.
const NEGATED: usize = 5;

/// The state that the nearest word in front gives: "wants to hold", "plans", "after".
fn governed(page: &Page<'_>, before: &Range<usize>) -> Option<Status> {
    const STATES: [(Meaning, Status); 4] = [
        (Meaning::Proposed, Status::Proposed),
        (Meaning::Planned, Status::Planned),
        (Meaning::Ongoing, Status::Ongoing),
        (Meaning::Happened, Status::Happened),
    ];
    let free = before.clone().rev().filter(|i| page.name_at(*i).is_none() && !page.is_time(*i));
    let open = free.take_while(|i| !page.contacts[*i]);
    let stated = open.filter_map(|i| Some((i, STATES.iter().find(|(m, _)| page.means(i, &[*m]))?.1)));
    // «предложил провести»: what governs an infinitive says more than the infinitive.
    let bare = |i: usize, s: Status| s == Status::Planned && page.means(i, &[Meaning::Holds]);
    let mut last = None;
    for (i, status) in stated {
        if !bare(i, status) {
            return Some(if last.is_some() && status == Status::Happened { Status::Planned } else { status });
        }
        last = Some(status);
    }
    last
}

/// What tense and the words of its state say; else the usual case.
fn by_tense(page: &Page<'_>, trigger: &Trigger<'_>, when: Option<&When>, before: &Range<usize>, past: bool) -> Stage {
    let told = |status| Stage { status, told: true };
    let (frame, kind) = (trigger.frame(), trigger.kind());
    if frame == Frame::Arrival {
        let over = before.clone().any(|i| page.means(i, &[Meaning::Happened]) && page.name_at(i).is_none());
        return told(if is_fresh(page, when) && !over { Status::Ongoing } else { Status::Happened });
    }
    if let Some(status) = governed(page, before) {
        return told(if past { Status::Happened } else { status });
    }
    // A headline tells in the present what took place: "Lavrov meets Kerry".
    if trigger.title && frame == Frame::Present && kind != EventKind::Visit {
        return Stage { status: Status::Happened, told: false };
    }
    if past {
        return told(Status::Happened);
    }
    if trigger.title && frame == Frame::Arriving {
        return Stage { status: Status::Ongoing, told: false };
    }
    // "is visiting Egypt", but "after visiting Egypt"
    let led = trigger.at.checked_sub(1).filter(|_| frame == Frame::Gerund);
    let under_way = led.is_some_and(|i| page.means(i, &[Meaning::Be]));
    if under_way || matches!(frame, Frame::Present | Frame::Base | Frame::Staying) {
        return told(if kind == EventKind::Visit { Status::Ongoing } else { Status::Planned });
    }
    if frame.is_present() || trigger.purpose {
        return told(Status::Planned);
    }
    by_words_behind(page, trigger, when)
}

/// "talks are due", "the meeting took place", «переговоры продолжаются».
fn by_words_behind(page: &Page<'_>, trigger: &Trigger<'_>, when: Option<&When>) -> Stage {
    let told = |status| Stage { status, told: true };
    let after = behind(page, trigger);
    let state = after.clone().filter(|i| page.name_at(*i).is_none() && !page.is_time(*i)).find_map(|i| {
        let is = |m| page.means(i, &[m]);
        let led = is(Meaning::To) || is(Meaning::During);
        match () {
            () if led => None,
            () if is(Meaning::Planned) => Some(Status::Planned),
            () if is(Meaning::Ongoing) => Some(Status::Ongoing),
            () if is(Meaning::Happened) => Some(Status::Happened),
            () => None,
        }
    });
    if let Some(status) = state {
        return told(status);
    }
    let goes_on = trigger.kind() == EventKind::Talks && trigger.definite && when.is_none();
    Stage { status: if goes_on { Status::Ongoing } else { Status::Happened }, told: false }
}
