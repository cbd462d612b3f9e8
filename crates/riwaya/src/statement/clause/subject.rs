//! Which words in front of a cue, or behind it, name who says it?

use super::{contracted, is_apostrophe, is_dash, is_noun_of};
use crate::statement::lexicon::{Class, PhraseKind, Tense};
use crate::statement::view::View;
use crate::text::TokenKind;
use std::ops::Range;

use super::behind::{APPOSITION, LONGEST, venue_article};
pub use super::behind::{behind, behind_place, noun_phrase, phrase, within};

/// Phrases such as «according to» have at most so many words.
const LONGEST_PHRASE: usize = 6;

/// The noun phrase that ends in front of the cue at token `at`: «*Dmitry Peskov, the Kremlin spokesman,* also said».
pub fn before(view: &View<'_>, start: usize, at: usize) -> Option<Range<usize>> {
    let start = match view.text.quote_of(at) {
        Some(q) => start.max(view.text.quotes()[q].open + 1),
        None => start,
    };
    let end = front(view, start, at);
    if end <= start {
        return None;
    }
    reaching(view, start, end).filter(|s| is_subject(view, s))
}

/// The words in front of a cue at token `at` that stand where its subject does, whatever noun they are: «*Японский
/// автопроизводитель* заявил, что …».
pub fn any_before(view: &View<'_>, start: usize, at: usize) -> Option<Range<usize>> {
    let end = front(view, start, at);
    let from = phrase_start(view, start, end)?;
    let noun = view.text.tokens()[end - 1].kind == TokenKind::Word;
    let closed = [Class::NoSource, Class::Pronoun, Class::Relative, Class::Circumstance, Class::Preposition];
    let plain = !(from..end).any(|i| closed.into_iter().any(|c| view.is(i, c)) || view.is_infinitive(i));
    let short = (1..=6).contains(&(end - from));
    Some(from..end).filter(|s| noun && plain && short && is_subject(view, s))
}

/// The noun phrase that ends at token `end`.
pub fn reaching(view: &View<'_>, start: usize, end: usize) -> Option<Range<usize>> {
    // «*Germany*, which has reaffirmed its commitment»: whom the relative word goes back to.
    if view.is(end - 1, Class::Relative) && end > start + 1 {
        let close = end - 1 - usize::from(view.text.word(end - 2) == ",");
        let name = (start..close).rev().find(|i| !is_named(view, *i)).map_or(start, |i| i + 1);
        // «В ООН *Берг*, который угрожал …»: of several names the one that ends there.
        let whole = (start..close).find(|i| view.name_end(*i) == Some(close));
        let from = whole.or((name < close).then_some(name)).or_else(|| phrase_start(view, start, close))?;
        // «*the Fishers' Union, a group* that calls itself …»
        let apposed = from > start + 1 && view.text.word(from - 1) == "," && is_named(view, from - 2);
        let head = (start..from.saturating_sub(1)).find(|i| view.name_end(*i) == Some(from - 1));
        let from = head.filter(|_| apposed && whole.is_none()).unwrap_or(from);
        // «the hopes that *Holm* had for the vote, who …»: nobody goes back that far but to a name.
        let inside =
            (from..close).rev().find(|i| close - from > 6 && view.name_end(*i).is_some() && !inside_name(view, *i));
        if let Some((at, end)) = inside.and_then(|i| Some((i, view.name_end(i)?))) {
            return valid(view, at..end);
        }
        return valid(view, from..close);
    }
    if view.text.word(end - 1) == "," {
        let comma = |i: &usize| view.text.word(*i) == ",";
        let relative = |i: &usize| comma(i) && view.is(i + 1, Class::Relative);
        let open = (start..end - 1).rev().take(APPOSITION).find(comma);
        let open = open.or_else(|| (start..end - 1).rev().take(LONGEST).find(relative))?;
        // «the line, *flying there*, *hit by a storm*, reports …»: of several clauses the first.
        let earlier = |i: &usize| comma(i) && describes(view, i + 1);
        let open =
            (start..open).rev().take(LONGEST).find(earlier).filter(|_| describes(view, open + 1)).unwrap_or(open);
        // «…, поскольку голосование продолжается, *заявил* …»: a clause of its own is no apposition.
        let clause =
            [Class::Conjunction, Class::Complementizer, Class::Preposition, Class::Circumstance, Class::Auxiliary];
        if clause.into_iter().any(|c| view.is(open + 1, c)) {
            return None;
        }
        let from = phrase_start(view, start, open)?;
        // «*Власти*, тем временем, предлагают», «*Trump*, who last year made threats, praised», «*один из рыбаков*, разделяя тревогу соседей, высказал»
        let aside = describes(view, open + 1) || view.is(open + 1, Class::NoSource);
        let close = if aside { open } else { end - 1 };
        // «*Anders Holm, one of the lawyers*, working for the port, said»
        let apposed = from > start + 1 && view.text.word(from - 1) == "," && view.is_person(from - 2);
        let head = (start..from.saturating_sub(1)).find(|i| view.name_end(*i) == Some(from - 1));
        return valid(view, head.filter(|_| apposed && aside).unwrap_or(from)..close);
    }
    let from = phrase_start(view, start, end)?;
    // «*Dieter Kempf*, head of the federation said»: an apposition that no comma closes.
    let opens = from > start + 1 && view.text.word(from - 1) == "," && is_named(view, from - 2);
    let described = view.is(from, Class::PersonNoun) || view.is(from, Class::Determiner);
    let whole = (opens && described).then(|| phrase_start(view, start, from - 1)).flatten();
    // «По словам *Холма*, глава ведомства обещал»: whose words they are is nobody's apposition.
    let whole = whole.filter(|w| !is_source_of_phrase(view, *w));
    // «It happened in Tolvik, *police* said»
    let whole = whole.filter(|w| (*w..from - 1).all(|i| is_named(view, i) || matches!(view.text.word(i), "." | "-")));
    let from = whole.unwrap_or(from);
    valid(view, from..circumstance(view, from, end))
}

/// Does a phrase such as «по словам» end in front of token `i`?
fn is_source_of_phrase(view: &View<'_>, i: usize) -> bool {
    let ends = |at: usize| view.phrase(at).is_some_and(|p| p.kind == PhraseKind::By && at + p.words.len() == i);
    (i.saturating_sub(LONGEST_PHRASE)..i).any(ends)
}

/// «the captain *in a briefing* said», «Ларри Холм *в ходе брифинга* сообщил»: behind a name the circumstances of saying.
fn circumstance(view: &View<'_>, from: usize, end: usize) -> usize {
    let opens = |i: &usize| {
        let place = view.is(*i, Class::Within) || view.is(*i, Class::Circumstance);
        let venue = view.is(*i, Class::Preposition) && venue_article(view, *i, end);
        let by = view.phrase(*i).is_some_and(|p| p.kind == PhraseKind::By);
        by || view.is_name(i - 1) && (venue || place && view.is_person(i - 1))
    };
    (from + 1..end).find(opens).unwrap_or(end)
}

/// «*Иностранным врачам* сказали, что …» are told and do not say.
fn is_subject(view: &View<'_>, source: &Range<usize>) -> bool {
    let first = source.start;
    // «*Жителей* порта просят …»
    if source.len() > 1 && view.is(first, Class::PersonNoun) && view.is_genitive_plural(first) {
        return false;
    }
    view.name_end(first).is_some() || is_named_capital(view, first) || !view.ends(first, &view.lexicon.endings.oblique)
}

/// «*who* threatened», «*flying* there»: does a clause that describes begin with token `i`?
fn describes(view: &View<'_>, i: usize) -> bool {
    view.is(i, Class::Relative)
        || view.ends(i, &view.lexicon.endings.participles)
            && view.form(i, 0).is_none_or(|f| f.tense == Tense::Participle)
}

fn is_named(view: &View<'_>, i: usize) -> bool {
    view.is_name(i) || is_capital(view, i)
}

/// The subject with which a sentence opens, for a verb further on without one: «*Pompeo* met Ri and said afterwards …».
pub fn opening(view: &View<'_>, start: usize, before: usize) -> Option<Range<usize>> {
    let timed = |i: usize| view.is(i, Class::Preposition) && view.is_time(i + 1);
    let first = (start..before).find(|i| !is_lead(view, *i) && !timed(*i))?;
    // «"*Democratic* fervour will win", said in May …»: words of the quotation are not who says it.
    if view.text.quote_of(first) != view.text.quote_of(before) {
        return None;
    }
    // «*Осознав ошибку,* Берг ушёл, заявив …»: whom the clause of a participle is about stands behind it.
    let participle = view.ends(first, &view.lexicon.endings.participles) && view.name_end(first).is_none();
    let from = if view.is(first, Class::Preposition) || participle {
        let comma = (first..before.min(first + APPOSITION)).find(|i| view.text.word(*i) == ",")?;
        comma + 1
    } else {
        first
    };
    let determined = view.is(from, Class::Determiner) && !view.is_name(from);
    let named = |i: usize| view.is_name(i) || is_capital(view, i);
    let end = if determined {
        // «*The couple* have hit back, saying …», «an unknown *Holm* left, saying …»
        let noun = [Class::PersonNoun, Class::Body, Class::Document];
        let phrase = noun_phrase(view, from, before).filter(|p| p.end - from > 1 && is_between(view, p.end));
        let head = (from + 1..before.min(from + 6)).find(|i| noun.into_iter().any(|c| view.is(*i, c)));
        let name = || (from + 1..before.min(from + 6)).find_map(|i| view.name_end(i));
        phrase.map(|p| p.end).or(head.map(|i| i + 1)).or_else(name)?
    } else if named(from) {
        let noun = [Class::PersonNoun, Class::Body, Class::Quantity];
        let plain = |i: &usize| view.form(*i, 0).is_none() && !view.is(*i, Class::Preposition) && !view.is_punct(*i);
        let heads = (from..before.min(from + 3)).take_while(plain);
        let head = heads.into_iter().find(|i| noun.into_iter().any(|c| view.is(*i, c)));
        // «Представители *консервативной партии* не возражают …», «Немецкие *промышленники* призвали …»
        let tail = |i: usize| {
            head.is_some_and(|h| i <= h || view.ends(i, &view.lexicon.endings.genitive) && view.form(i, 0).is_none())
        };
        // «*Г-н* Холм»
        let named_end = view.name_end(from).unwrap_or(from);
        let end = (named_end..before).find(|i| !named(*i) && !tail(*i) && !matches!(view.text.word(*i), "." | "-"))?;
        // «*Портовое* собрание продолжается»
        if head.is_none()
            && end == from + 1
            && view.name_end(from).is_none()
            && view.ends(from, &view.lexicon.endings.adjectives)
        {
            return None;
        }
        end
    } else if view.is(from, Class::Pronoun) {
        from + 1
    } else {
        return None;
    };
    valid(view, from..end).filter(|s| s.end < before && is_subject(view, s))
}

/// Words that stand between a subject and its verb: «has *also repeatedly* said».
fn is_between(view: &View<'_>, i: usize) -> bool {
    let between = [Class::Auxiliary, Class::Adverb, Class::Negator].into_iter().any(|c| view.is(i, c));
    between && !is_letters(view, i) || view.is_time(i) || is_manner(view, i)
}

/// Words that stand in front of a subject: times, adverbs, what leads a time.
pub fn is_circumstance(view: &View<'_>, i: usize) -> bool {
    let led = view.is(i, Class::Preposition) && (view.is_time(i + 1) || view.is(i + 1, Class::Determiner));
    view.is_time(i) || view.is(i, Class::Adverb) || is_manner(view, i) || led
}

/// «*quietly* said», «*торжественно* обещает»: an adverb that no row has.
fn is_manner(view: &View<'_>, i: usize) -> bool {
    let noun = [Class::PersonNoun, Class::Body, Class::Document, Class::Quantity].into_iter().any(|c| view.is(i, c));
    view.ends(i, &view.lexicon.endings.adverbs) && !is_capital(view, i) && !noun && !view.is_name(i)
}

/// In front of the words between a subject and its verb at token `at`: «who *last year also* said», «который *в прошлом году*
/// угрожал».
pub fn front(view: &View<'_>, start: usize, at: usize) -> usize {
    let mut end = at;
    while end > start {
        if let Some(from) = contracted(view, end).filter(|from| *from > start) {
            end = from;
            continue;
        }
        if !(is_between(view, end - 1) || view.is(end - 1, Class::Preposition) && view.is_time(end)) {
            break;
        }
        // «I*'ve* sought», «they *don't* think»
        let short = end > start + 1 && view.is(end - 1, Class::Auxiliary) && is_apostrophe(view, end - 2);
        end -= 1 + usize::from(short);
    }
    end
}

/// «which has denied»: does a relative word stand in front of the cue at token `at`?
pub fn is_relative(view: &View<'_>, at: usize) -> bool {
    front(view, 0, at).checked_sub(1).is_some_and(|i| view.is(i, Class::Relative))
}

/// Where the noun phrase that ends at `end` begins.
fn phrase_start(view: &View<'_>, start: usize, end: usize) -> Option<usize> {
    let mut from = end;
    while from > start && end - from < LONGEST {
        let i = from - 1;
        if is_break(view, i, start) {
            break;
        }
        from = i;
    }
    // «*В пятницу* рыбаки сообщили», «*При этом* рыбаки сообщили»
    let points = |i: usize| view.is(i, Class::NoSource) || view.is(i, Class::Pointer);
    let pointer = |i: usize| view.is(i, Class::Preposition) && points(i + 1) && i + 2 < end;
    while from < end && (is_lead(view, from) || view.is(from, Class::Preposition) && view.is_time(from + 1))
        || pointer(from)
    {
        from += 1 + usize::from(pointer(from));
    }
    // «через час после этого *визита* Норвегия заявила»: what a time in front governs.
    let governed = from > start && view.is_time(from - 1) && view.ends(from, &view.lexicon.endings.genitive);
    if governed && !view.is_name(from) && !view.is(from, Class::PersonNoun) {
        from = (from + 1..end).find(|i| view.name_end(*i) == Some(end)).unwrap_or(from);
    }
    if from < end && view.is(from, Class::Preposition) {
        from = behind_phrase(view, from, end)?;
    }
    (from < end).then_some(from)
}

/// «*In Moscow* the head of the ministry»: behind a phrase that opens the clause, the noun phrase proper.
fn behind_phrase(view: &View<'_>, from: usize, end: usize) -> Option<usize> {
    let starts = |i: &usize| {
        view.is(*i, Class::Determiner)
            || view.is(*i, Class::Pronoun)
            || view.name_end(*i).is_some() && !inside_name(view, *i)
            || is_nominative(view, *i)
    };
    let mut at = (from + 1..end).rev().find(starts)?;
    while at > from + 1 && view.is(at - 1, Class::Preposition) {
        at = (from + 1..at - 1).rev().find(starts)?;
    }
    (at > from + 1 || !view.is(at - 1, Class::Preposition)).then_some(at)
}

/// «На вопрос о порте *мэр* ответил»: a noun for somebody in the form of a subject, where nouns have forms.
fn is_nominative(view: &View<'_>, i: usize) -> bool {
    let endings = &view.lexicon.endings;
    let declined = [&endings.genitive, &endings.oblique].into_iter().any(|e| view.ends(i, e));
    view.is(i, Class::PersonNoun) && !endings.genitive.is_empty() && !declined && !view.is(i - 1, Class::Preposition)
}

fn inside_name(view: &View<'_>, i: usize) -> bool {
    i > 0 && view.is_name(i) && view.is_name(i - 1) && view.name_end(i - 1).is_some_and(|end| end > i)
}

pub fn is_lead(view: &View<'_>, i: usize) -> bool {
    let lead = [Class::Lead, Class::Conjunction, Class::Adverb].into_iter().any(|c| view.is(i, c));
    // «… of war," Ri said»: a mark that nothing closes in front of the verb.
    let named = view.opens(i).is_some_and(|q| is_named_quote(view, q));
    (lead || view.is_time(i) || view.is_punct(i) && !named) && view.name_end(i).is_none()
}

/// «"Big Ben" Smith», but «"It is fine," he said»: do the marks hold a name? With a comma in front of its closing mark it is
/// speech.
pub fn is_named_quote(view: &View<'_>, q: usize) -> bool {
    is_bare_quote(view, q) && (1..=4).contains(&view.text.quotes()[q].inside().len())
}

/// Are the marks around a few words that no mark ends, as «"Mr Fix It" Smith»?
pub fn is_bare_quote(view: &View<'_>, q: usize) -> bool {
    let quote = view.text.quotes()[q];
    // «''It is late,''»: of two apostrophes the first is inside.
    let last = quote.inside().rev().find(|i| view.text.word(*i) != "'");
    let closed =
        quote.close.is_some() && last.is_some_and(|i| !matches!(view.text.word(i), "," | "." | "!" | "?" | "…"));
    closed && (1..=8).contains(&quote.inside().len())
}

/// Does a noun phrase not reach back over token `i`?
fn is_break(view: &View<'_>, i: usize, start: usize) -> bool {
    // «Бернер-*Ли*»: a name that is also a small word.
    if view.is_name(i) || i > start && view.is_hyphen(i - 1) && is_capital(view, i) {
        return false;
    }
    if view.text.word(i) == "," && joins_topics(view, i, start) {
        return false;
    }
    if view.is_punct(i) {
        let joined =
            matches!(view.text.word(i), "-" | "." | "/" | "(" | ")") && !is_dash(view, i) || is_apostrophe(view, i);
        let quoted = view.text.quote_of(i).is_some_and(|q| is_named_quote(view, q));
        return !joined && !quoted || ends_sentence(view, i);
    }
    if view.is(i, Class::Conjunction) {
        let peer = |j: usize| [Class::PersonNoun, Class::Body].into_iter().any(|c| view.is(j, c));
        let joins = i > start
            && (view.is_name(i - 1) || peer(i - 1))
            && (view.is_name(i + 1) || view.is(i + 1, Class::Determiner));
        return !(joins || joins_topics(view, i, start));
    }
    let verb =
        view.form(i, 0).is_some() && !is_capital(view, i) && !view.is(i - usize::from(i > start), Class::Determiner);
    let verb = verb && !is_noun_of(view, i);
    // «A Plaid *AM* said», «a source close *to* Holm»
    let clause = [Class::Complementizer, Class::Relative, Class::Auxiliary].into_iter().any(|c| view.is(i, c));
    verb || clause && !is_letters(view, i) || leads_infinitive(view, i)
}

/// «“We never felt that *way.* Ministers think …”»: inside a quotation nothing else parts its sentences. The stop of
/// «gov.» and «J.» stands behind no ordinary word in small letters.
fn ends_sentence(view: &View<'_>, i: usize) -> bool {
    const LEAST: usize = 3;
    let next = i + 1;
    let is_apart = next < view.text.len() && view.text.span(i).end() < view.text.span(next).start();
    let is_word = |j: usize| !is_capital(view, j) && view.key(j).chars().count() >= LEAST && view.is_ordinary(j);
    view.text.word(i) == "." && is_apart && is_capital(view, next) && i > 0 && is_word(i - 1)
}

/// «the plan *to* sail», but «an aide *to* the mayor»: does an infinitive follow?
pub fn leads_infinitive(view: &View<'_>, i: usize) -> bool {
    let noun = view.is(i + 1, Class::Determiner) || view.name_end(i + 1).is_some();
    view.is(i, Class::Infinitive) && !noun
}

/// «*AM*», «*IT*»: capitals that stand for words.
pub fn is_letters(view: &View<'_>, i: usize) -> bool {
    view.text.word(i).chars().all(char::is_uppercase)
}

/// «the minister for trade *and* industry», «министр сельского хозяйства *и* продовольствия»: what somebody is in charge of.
pub fn joins_topics(view: &View<'_>, i: usize, start: usize) -> bool {
    let Some(head) = (start..i).rev().take(9).find(|j| view.is(*j, Class::PersonNoun)) else { return false };
    let plain = |j: usize| {
        let closed = [Class::Determiner, Class::Pronoun, Class::Auxiliary, Class::Adverb, Class::Conjunction];
        let word = view.text.tokens().get(j).is_some_and(|t| t.kind == TokenKind::Word);
        word && view.form(j, 0).is_none() && !closed.into_iter().any(|c| view.is(j, c))
    };
    let (genitive, governed) = (&view.lexicon.endings.genitive, &view.lexicon.endings.governed);
    // «глава комитета *по туризму, курортам и спорту*»: a list in one case.
    let led = (head + 1..i).find(|j| view.is(*j, Class::Preposition));
    let listed = |j: usize| led.is_some_and(|p| j > p + 1) && (view.is_comma(j) || view.is(j, Class::Conjunction));
    let list = led.is_some() && view.ends(i - 1, governed) && view.ends(i + 1, governed);
    // «глава Национального центра *эпидемиологии и микробиологии*»
    let owned = view.ends(i - 1, genitive) && view.ends(i + 1, genitive);
    let near = i - head <= 3 || view.is(head + 1, Class::Preposition) || list || owned;
    let comma = !view.is_comma(i) || list;
    let clear = (head + 1..=i + 1).all(|j| j == i || plain(j) || list && listed(j));
    near && comma && i > head + 1 && clear && !is_capital(view, i + 1)
}

/// Can the noun phrase speak?
pub fn speaks(view: &View<'_>, range: &Range<usize>) -> bool {
    valid(view, range.clone()).is_some()
}

/// Is somebody who speaks named in it, and no mere thing: «*this round* showed»?
pub fn is_somebody(view: &View<'_>, range: &Range<usize>) -> bool {
    let nouns = [Class::PersonNoun, Class::Body, Class::Document, Class::Pronoun, Class::OutletNoun, Class::Quantity];
    range.clone().any(|i| view.is_name(i) || is_named_capital(view, i) || nouns.into_iter().any(|c| view.is(i, c)))
}

/// A noun phrase that can speak.
pub fn valid(view: &View<'_>, range: Range<usize>) -> Option<Range<usize>> {
    let word = |i: &usize| view.text.tokens().get(*i).is_some_and(|t| t.kind == TokenKind::Word);
    let speaks = range.clone().any(|i| {
        let noun =
            [Class::PersonNoun, Class::Body, Class::Document, Class::Pronoun, Class::OutletNoun, Class::Quantity];
        // «*Увеличение* …»: the capital of a sentence's first word says nothing.
        // «*Holm*, a top aide, said»
        let apposed = view.is_comma(i + 1) && view.is(i + 2, Class::Determiner);
        let short = i > range.start
            || (range.len() <= 3 || apposed) && !is_lead(view, i) && !(view.is_ordinary(i) && opens(view, i));
        view.is_name(i) || is_named_capital(view, i) && short || noun.into_iter().any(|c| view.is(i, c))
    });
    let first = range.clone().find(word)?;
    let determined = view.is(first, Class::Determiner) && range.len() > 1;
    let none = view.is(range.end - 1, Class::NoSource) || view.is(first, Class::NoSource);
    ((speaks || determined) && !none).then_some(range)
}

/// Does a sentence begin with token `i`?
fn opens(view: &View<'_>, i: usize) -> bool {
    let sentences = view.text.sentences();
    let n = sentences.partition_point(|s| s.tokens.end <= i);
    sentences.get(n).is_some_and(|s| (s.tokens.start..i).all(|j| view.is_punct(j)))
}

/// Does the capital of token `i` make a name likely, and not only the start of a sentence?
fn is_named_capital(view: &View<'_>, i: usize) -> bool {
    is_capital(view, i) && !(opens(view, i) && view.is_ordinary(i))
}

/// Is the word written with a capital, as names are?
pub fn is_capital(view: &View<'_>, i: usize) -> bool {
    view.text.word(i).chars().next().is_some_and(char::is_uppercase)
}
