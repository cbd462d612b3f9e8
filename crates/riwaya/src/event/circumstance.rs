//! When, at whose request, and how far has it come?

use super::affix;
use super::lexicon::{Frame, Meaning};
use super::page::{Page, tokens};
use super::trigger::Trigger;
use super::{EventKind, Status, When};
use crate::because::Because;
use crate::mention::{EntityIndex, EntityKind};
use crate::time::{Time, TimeKind};
use jiff::civil::Date;
use std::ops::Range;

/// The state of a contact, and whether the words say so or it is merely the usual case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Stage {
    pub status: Status,
    pub told: bool,
}

/// Days between two times that belong to one expression: «اليوم وغدا», «من 4 إلى 6 أغسطس».
const JOINED: usize = 2;

/// The time nearest to the contact word that is not nearer to another one.
pub(super) fn when(page: &Page<'_>, trigger: &Trigger<'_>) -> Option<When> {
    let mut best: Option<(usize, usize)> = None;
    let from = page.times.partition_point(|t| t.start < trigger.segment.start);
    for (n, tokens) in page.times.iter().enumerate().skip(from).take_while(|(_, t)| t.start < trigger.segment.end) {
        let time = &page.scene.times[n];
        if !trigger.segment.contains(&tokens.start)
            || !is_moment(time)
            || is_of_a_name(page, tokens)
            || is_counted(page, tokens)
            || is_against(page, trigger, time)
        {
            continue;
        }
        let distance = distance(page, trigger, tokens);
        if best.is_none_or(|(d, _)| distance < d) {
            best = Some((distance, n));
        }
    }
    let (_, n) = best.filter(|(d, _)| *d < FAR)?;
    let time = &page.scene.times[n];
    let until = joined(page, n).filter(|t| t.value != time.value);
    let value = until.map_or(time.value.clone(), |t| format!("{}/{}", time.value, t.value));
    let mut from = vec![time.span, trigger.span];
    from.extend(until.map(|t| t.span));
    from.sort();
    Some(When { value, because: Because::new("event/nearest-time", from) })
}

/// A verb of the past is of no day to come, one of the present or future of none that is past.
fn is_against(page: &Page<'_>, trigger: &Trigger<'_>, time: &Time) -> bool {
    let today = page.scene.published.map(|p| p.date);
    let (behind, ahead) = match (time.said.offset, today, time.interval) {
        (Some(days), ..) => (days < 0, days > 0),
        (None, Some(today), Some((first, after))) => (after <= today, first > today),
        _ => return false,
    };
    let past = matches!(trigger.frame(), Frame::Past | Frame::Both | Frame::Arrival);
    past && ahead || (trigger.future || trigger.frame().is_present()) && behind
}

/// «زيارة إلى القاهرة، أجرى خلالها مباحثات»: what goes on inside the contact that was told before.
pub(super) fn is_inside(page: &Page<'_>, trigger: &Trigger<'_>) -> bool {
    let near = trigger.at.saturating_sub(3).max(trigger.segment.start)..trigger.at;
    near.into_iter().any(|i| page.means(i, &[Meaning::Inside]))
}

/// From this distance on a time belongs to something else.
const FAR: usize = 30;

fn is_moment(time: &Time) -> bool {
    matches!(time.kind, TimeKind::Date | TimeKind::Time) && time.value != "PRESENT_REF"
}

/// «قرار 2231», «قمة العشرين»: a number inside a name is no time of the contact.
fn is_of_a_name(page: &Page<'_>, tokens: &Range<usize>) -> bool {
    page.name_at(tokens.start).is_some_and(|n| n.full.start < tokens.start)
}

/// «قبل يومين فقط من زيارة …»: a time counted from something else.
fn is_counted(page: &Page<'_>, tokens: &Range<usize>) -> bool {
    let from = |i: usize| page.means(i, &[Meaning::From]);
    page.means(tokens.start, &[Meaning::Break])
        && (from(tokens.end) || page.is_plain(tokens.end) && from(tokens.end + 1))
}

/// Words between, with what parts them counted on top: another contact word, a new clause.
fn distance(page: &Page<'_>, trigger: &Trigger<'_>, tokens: &Range<usize>) -> usize {
    let between = if tokens.start > trigger.at { trigger.end..tokens.start } else { tokens.end..trigger.at };
    let words = between.clone().filter(|i| !page.is_mark(*i) && page.name_at(*i).is_none()).count();
    let another = between.clone().filter(|i| page.contacts[*i]).count();
    let parts = |i: &usize| page.means(*i, &[Meaning::Break]) && !page.means(*i, &[Meaning::Happened]);
    let clauses = between.clone().filter(|i| parts(i) && page.name_at(*i).is_none()).count();
    // «قال أمس إن الوزيرين سيلتقيان»: the time of what is said stands behind «إن».
    let reported = tokens.start < trigger.at && between.clone().any(|i| page.means(i, &[Meaning::That]));
    let since = tokens.start > 0 && page.means(tokens.start - 1, &[Meaning::None, Meaning::Edge]);
    // «أول زيارة للوزير منذ أن تولى منصبه في فبراير»
    let from = tokens.start.saturating_sub(SINCE).max(between.start);
    let since = since || tokens.start > trigger.at && (from..tokens.start).any(|i| page.means(i, &[Meaning::Edge]));
    // «وصل أمس إلى القاهرة للقاء الوزير»: the day of the journey.
    let reported = reported || trigger.purpose && !trigger.frame().is_verb() && tokens.start < trigger.at;
    let reported = reported || page.lexicon.subject_first && is_in_relative(page, between.clone());
    let n = page.times.partition_point(|t| t.start < tokens.start);
    // «استعدادا لموسم هذا العام، التقى …»: a year is told of what it stands beside.
    let vague = page.scene.times.get(n).is_some_and(|t| precision(&t.value) == 1);
    let apart = tokens.start < trigger.at && between.clone().any(|i| page.is_mark(i));
    let vague = vague && (words > 4 || apart);
    words + another * 20 + clauses * 8 + usize::from(since || vague || reported) * FAR
}

/// So many words on «منذ», its clause may give its time.
const SINCE: usize = 5;

/// "a summit that he mentioned on Monday", but "a summit, which took place on Monday": does a clause part contact and time?
fn is_in_relative(page: &Page<'_>, mut between: Range<usize>) -> bool {
    let state = [Meaning::Happened, Meaning::Planned, Meaning::Ongoing, Meaning::Holds];
    let told = |i: usize| (i + 1..i + 4).any(|k| page.means(k, &state) && page.name_at(k).is_none());
    between.any(|i| page.means(i, &[Meaning::Relative, Meaning::That]) && page.name_at(i).is_none() && !told(i))
}

/// The time that goes on with time `n`.
fn joined<'p>(page: &'p Page<'_>, n: usize) -> Option<&'p Time> {
    let (first, next) = (page.times.get(n)?, page.times.get(n + 1)?);
    let gap = first.end..next.start;
    let time = page.scene.times.get(n + 1)?;
    let and = affix::is_joined(page.text.key(next.start)) && gap.is_empty();
    let to = (1..JOINED).contains(&gap.len())
        && gap.clone().all(|i| page.means(i, &[Meaning::To]) || page.text.word(i) == "-");
    ((and || to) && is_moment(time)).then_some(time)
}

/// How far the contact has come: from the words around it, the verb's tense, and the day against that of the page.
pub(super) fn stage(page: &Page<'_>, trigger: &Trigger<'_>, when: Option<&When>) -> Option<Stage> {
    let before = trigger.at.saturating_sub(BEFORE).max(clause_start(page, trigger))..trigger.at;
    let near = trigger.at.saturating_sub(4).max(before.start)..trigger.at;
    // «لم تحرز المحادثات تقدما»: something else did not happen.
    let state = [Meaning::Planned, Meaning::Ongoing, Meaning::Happened];
    let held = |i: usize| trigger.frame().is_verb() || !trigger.definite || page.means(i + 1, &state);
    if near.clone().any(|i| page.means(i, &[Meaning::None]) && held(i)) {
        return None;
    }
    let told = |status| Some(Stage { status, told: true });
    if let Some(status) = outright(page, trigger, &before, &near) {
        return told(status);
    }
    if trigger.future || is_future(page, when) {
        return told(Status::Planned);
    }
    Some(by_tense(page, trigger, when, &before))
}

/// Does a word around a contact word say so?
fn says(page: &Page<'_>, range: &Range<usize>, meaning: Meaning) -> bool {
    range.clone().any(|i| page.means(i, &[meaning]))
}

/// What words of calling off, denying and proposing say, whatever the tense.
fn outright(page: &Page<'_>, trigger: &Trigger<'_>, before: &Range<usize>, near: &Range<usize>) -> Option<Status> {
    let verb = trigger.frame().is_verb();
    let open = verb || !trigger.definite;
    if says(page, before, Meaning::Cancelled) {
        return Some(Status::Cancelled);
    }
    if open && (says(page, near, Meaning::Denied) || is_governed(page, trigger, Meaning::Denied)) {
        return Some(Status::Denied);
    }
    let calls = page.back(trigger.at, BEFORE, trigger.segment.start)..trigger.at;
    let invited = trigger.kind() == EventKind::Visit && !verb && says(page, &calls, Meaning::Invites);
    // «سئل عما إذا كان سيلتقي …», «اقترح عقد لقاء …»
    let proposed = says(page, if verb { near } else { before }, Meaning::Proposed) && open;
    let governed = open && is_governed(page, trigger, Meaning::Proposed);
    (governed || proposed || invited && !trigger.purpose).then_some(Status::Proposed)
}

/// What tense, day and the words of its state say; else the usual case.
fn by_tense(page: &Page<'_>, trigger: &Trigger<'_>, when: Option<&When>, before: &Range<usize>) -> Stage {
    let told = |status| Stage { status, told: true };
    let frame = trigger.frame();
    let after = trigger.end..(trigger.end + AFTER).min(trigger.segment.end);
    let past = is_past(page, when);
    if matches!(frame, Frame::Past | Frame::Both) {
        return told(Status::Happened);
    }
    if frame == Frame::Arrival {
        let now = trigger.kind() == EventKind::Visit && is_fresh(page, when) && !says(page, before, Meaning::Happened);
        return told(if now { Status::Ongoing } else { Status::Happened });
    }
    // «سيلتقي خلال زيارته للدوحة …»: the journey lies ahead as well.
    let during = trigger.at > 0 && page.means(trigger.at - 1, &[Meaning::During]);
    let visit = trigger.kind() == EventKind::Visit;
    let mut clause = trigger.at.saturating_sub(BEFORE).max(trigger.segment.start)..trigger.at;
    if during
        && visit
        && !past
        && clause.any(|i| page.is_ahead(i) && (page.contacts[i] || page.means(i, &[Meaning::Planned])))
    {
        return told(Status::Planned);
    }
    let nearest = before.clone().rev().find_map(|i| word_of(page, i, past));
    if let Some(status) = nearest {
        return told(status);
    }
    if says(page, &after, Meaning::Planned) && !past && after_modifies(page, &after, Meaning::Planned) {
        return told(Status::Planned);
    }
    // «الأمير يستقبل الوفد», «الوزير يصل إلى القاهرة»: a headline tells in the present what took place.
    if trigger.title && matches!(frame, Frame::Present | Frame::Arriving) {
        let usual = if visit && !past { Status::Ongoing } else { Status::Happened };
        return Stage { status: usual, told: false };
    }
    // «يتفاوضون مع النادي»
    if frame == Frame::Present && page.means(trigger.at, &[Meaning::Ongoing]) && !past {
        return told(Status::Ongoing);
    }
    if matches!(frame, Frame::Arriving | Frame::Opening) || frame.is_present() && trigger.kind() != EventKind::Visit {
        return told(if past { Status::Happened } else { Status::Planned });
    }
    if matches!(frame, Frame::Present | Frame::Staying) {
        return told(if past { Status::Happened } else { Status::Ongoing });
    }
    if trigger.purpose && !past {
        return told(Status::Planned);
    }
    if says(page, &after, Meaning::Ongoing) && !past {
        return told(Status::Ongoing);
    }
    // «المفاوضات مع الاتحاد الأوروبي»: talks of which no more is said go on.
    // «محادثات السلام» is definite by the word that it governs.
    let known = trigger.definite || affix::is_definite(page.text.key(trigger.end));
    // «المباحثات التي أجراها الوزير …»
    let over = after_modifies(page, &after, Meaning::Happened);
    let goes_on = trigger.kind() == EventKind::Talks && frame == Frame::Noun && known && when.is_none() && !over;
    let usual = if goes_on { Status::Ongoing } else { Status::Happened };
    // «أكد الوزير خلال لقائه …»: what was said in it took place.
    Stage { status: usual, told: past || during && !visit && frame == Frame::Owned }
}

/// «نفى المكتب أن يكون الوزير قد التقى …», «اقترح أن يلتقي …»: what a word before «أن» says of the clause behind it.
fn is_governed(page: &Page<'_>, trigger: &Trigger<'_>, meaning: Meaning) -> bool {
    let from = trigger.at.saturating_sub(BEFORE).max(trigger.segment.start);
    let that = (from..trigger.at).rev().find(|i| page.means(*i, &[Meaning::That]));
    that.is_some_and(|that| {
        let governs = that.saturating_sub(GOVERNS).max(trigger.segment.start)..that;
        governs.rev().any(|i| page.means(i, &[meaning]) && page.name_at(i).is_none())
    })
}

/// So many words may stand between the verb and its «أن».
const GOVERNS: usize = 6;

/// How many words before and after the contact word can tell its state.
const BEFORE: usize = 12;
const AFTER: usize = 6;

/// The state that the word at `i` gives.
fn word_of(page: &Page<'_>, i: usize, past: bool) -> Option<Status> {
    if page.name_at(i).is_some() {
        return None;
    }
    if page.means(i, &[Meaning::Happened]) {
        return Some(Status::Happened);
    }
    if page.means(i, &[Meaning::Planned]) {
        return Some(if past { Status::Happened } else { Status::Planned });
    }
    let planned = (i.saturating_sub(3)..i).any(|k| page.means(k, &[Meaning::Planned]));
    let ongoing = match (past, planned) {
        (true, _) => Status::Happened,
        (_, true) => Status::Planned,
        _ => Status::Ongoing,
    };
    page.means(i, &[Meaning::Ongoing]).then_some(ongoing)
}

/// «المكالمة المقبلة», «اجتماع يعقد غدا»: the planned word stands close behind and before any break.
fn after_modifies(page: &Page<'_>, after: &Range<usize>, meaning: Meaning) -> bool {
    let ends = [Meaning::Break, Meaning::That, Meaning::On];
    let ends = |i: &usize| page.means(*i, &ends) && !page.means(*i, &[Meaning::Relative]);
    let stop = after.clone().find(ends).unwrap_or(after.end);
    (after.start..stop).any(|i| page.means(i, &[meaning]) && !page.is_time(i))
}

/// Where the clause of the contact word begins: after the last break that is no word of its state.
fn clause_start(page: &Page<'_>, trigger: &Trigger<'_>) -> usize {
    let state = [Meaning::Happened, Meaning::Planned, Meaning::Ongoing, Meaning::Proposed];
    (trigger.segment.start..trigger.at)
        .rev()
        .find(|i| {
            let carried = (i.saturating_sub(2)..*i).any(|k| page.means(k, &[Meaning::Planned, Meaning::Proposed]));
            // «أجرى خلالها مباحثات»: what stands between verb and object is no new clause.
            let inside = *i > trigger.segment.start && page.means(*i - 1, &state) && page.name_at(*i - 1).is_none();
            let breaks = page.means(*i, &[Meaning::Break]) && !page.means(*i, &state) && !inside;
            breaks && page.name_at(*i).is_none() && !(carried && page.means(*i, &[Meaning::That]))
        })
        .map_or(trigger.segment.start, |i| i + 1)
}

/// The first day of a TIMEX3 value that names a full day.
pub(super) fn day(value: &str) -> Option<Date> {
    value.get(..10)?.parse().ok()
}

/// How exactly a value names its time: a day, a month or week, a year, nothing of these.
pub(super) fn precision(value: &str) -> u8 {
    let bytes = value.as_bytes();
    let weekday = value.get(5..8) == Some("WXX") && bytes.len() >= 10;
    let monthday =
        bytes.len() >= 10 && value.get(5..10).is_some_and(|d| d.bytes().all(|b| b.is_ascii_digit() || b == b'-'));
    match bytes.first() {
        _ if weekday || monthday => 3,
        Some(b'0'..=b'9' | b'X') if bytes.len() > 4 => 2,
        Some(b'0'..=b'9' | b'X') => 1,
        _ => 0,
    }
}

/// The last day of a value that names full days.
fn last_day(value: &str) -> Option<Date> {
    value.rsplit('/').next().and_then(day)
}

/// The days of the expression: from its first day to the one after its last.
fn days(page: &Page<'_>, when: &When) -> Option<(Date, Date)> {
    times_of(page, when).find_map(|t| t.interval)
}

pub(super) fn is_future(page: &Page<'_>, when: Option<&When>) -> bool {
    if let (Some(when), Some(published)) = (when, page.scene.published)
        && days(page, when).is_some_and(|(first, _)| first > published.date)
    {
        return true;
    }
    match (when, page.scene.published) {
        (Some(when), Some(published)) => match last_day(&when.value) {
            Some(day) => day > published.date,
            None => when.value == "FUTURE_REF" || month_after(&when.value, published.date),
        },
        (Some(when), None) => when.value == "FUTURE_REF" || offset(page, when).is_some_and(|days| days > 0),
        _ => false,
    }
}

fn month_after(value: &str, today: Date) -> bool {
    let parts: Vec<i16> = value.split('-').filter_map(|p| p.parse().ok()).collect();
    match parts.as_slice() {
        [year, month] => (*year, *month) > (today.year(), i16::from(today.month())),
        [year] => *year > today.year(),
        _ => false,
    }
}

/// The expressions that `when` rests on.
fn times_of<'p>(page: &'p Page<'_>, when: &'p When) -> impl DoubleEndedIterator<Item = &'p Time> {
    when.because.from.iter().filter_map(|span| {
        let at = page.scene.times.partition_point(|t| t.span < *span);
        page.scene.times.get(at).filter(|t| t.span == *span)
    })
}

/// Days from today that the expression itself tells: «أمس» -1.
fn offset(page: &Page<'_>, when: &When) -> Option<i32> {
    let times = times_of(page, when);
    times.rev().find_map(|t| t.said.offset)
}

pub(super) fn is_past(page: &Page<'_>, when: Option<&When>) -> bool {
    let Some(when) = when else { return false };
    if let Some(days) = offset(page, when) {
        return days < 0;
    }
    match (days(page, when), page.scene.published) {
        (Some((_, after)), Some(published)) => after <= published.date,
        _ => when.value == "PAST_REF",
    }
}

/// Yesterday or today, or no day at all.
pub(super) fn is_fresh(page: &Page<'_>, when: Option<&When>) -> bool {
    match (when.and_then(|w| day(&w.value)), page.scene.published) {
        (Some(day), Some(published)) => published.date.since(day).is_ok_and(|s| s.get_days() <= 1),
        _ => true,
    }
}

/// «تلقى الملك أمس اتصالا من الرئيس … رحب خلاله بزيارته»: the day behind or before the call is the call's.
pub(super) fn is_of_the_call(call: &Trigger<'_>, visit: &Trigger<'_>, when: &When) -> bool {
    let written = matches!(call.kind(), EventKind::Call | EventKind::VideoCall | EventKind::Correspondence);
    let before = when.because.from.iter().any(|s| *s != visit.span && s.end() <= visit.span.start());
    written && before && call.segment == visit.segment
}

/// «يحدد الموعد لاحقا» tells that it lies ahead, and no time; «في القريب العاجل» tells one.
pub(super) fn is_later(page: &Page<'_>, when: &When) -> bool {
    let later = |t: &Time| tokens(page.text, t.span).any(|i| page.means(i, &[Meaning::Later]));
    when.value == "FUTURE_REF" && times_of(page, when).any(later)
}

/// «دعا الرئيس خلال لقائه اليوم المبعوث إلى زيارة عدن»: what is only proposed has no day of today or before.
pub(super) fn is_over(page: &Page<'_>, stage: Stage, when: &When) -> bool {
    let said = offset(page, when).map_or_else(|| is_past(page, Some(when)), |days| days <= 0);
    stage.status == Status::Proposed && said
}

/// Who asked for it: «بناء على طلب من موسكو», «طلب الاتصال».
pub(super) fn initiator(page: &Page<'_>, trigger: &Trigger<'_>) -> Option<EntityIndex> {
    let segment = &trigger.segment;
    let near = trigger.at.saturating_sub(ASKED).max(segment.start)..(trigger.end + ASKED).min(segment.end);
    for i in near.filter(|i| page.means(*i, &[Meaning::Asked])) {
        let after = page.names_in(i + 1..(i + 6).min(segment.end));
        if let Some(name) =
            after.first().filter(|n| !page.is_teller(n.entity) || page.kind(n.entity) != EntityKind::Person)
        {
            return Some(name.entity);
        }
    }
    let asked =
        (trigger.at.saturating_sub(3).max(segment.start)..trigger.at).find(|i| page.means(*i, &[Meaning::Asks]))?;
    page.names_in(segment.start..asked).iter().rev().find(|n| n.full.end + 3 > asked).map(|n| n.entity)
}

/// How many words away from the contact word its initiator may be told.
const ASKED: usize = 14;
