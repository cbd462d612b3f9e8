//! Attribution without a verb of saying in front: «بحسب مصدر», «تم الاتفاق على», «جاء في بيان», nouns of saying.

use super::Act;
use super::arabic;
use super::complement::Joint;
use super::cue::Cue;
use super::draft::Draft;
use super::lexicon::{Class, Person, Phrase, PhraseKind, Tense};
use super::view::View;
use super::{content, front, source};
use crate::text::Span;
use std::ops::Range;

/// The phrase whose words start at token `i`, with or without «و» in front.
pub(super) fn find<'v>(view: &View<'v>, i: usize) -> Option<&'v Phrase> {
    let key = view.key(i);
    // «الوزير *نفى* …» is a verb, «نفي» a noun.
    let verb = arabic::ends_in_alef(view.text.word(i));
    let fits = |p: &&Phrase| matches(view, i, p) && !(verb && p.kind == PhraseKind::Noun);
    let list = |k: &str| view.lexicon.phrases(k).iter().find(fits);
    // «إنفاذا *لتوجيهات* الملك …»
    let shorter = |k: &str| if k.len() < key.len() { list(k) } else { None };
    let noun = || shorter(arabic::behind_letter(key)).filter(|p| p.kind == PhraseKind::Noun && !is_letter(p));
    list(key).or_else(|| shorter(arabic::without_and(key))).or_else(noun).or_else(|| owned(view, i))
}

/// «إعلانه», «بتصريحها», «اعتقادهم»: a noun of saying with the pronoun of who says it.
fn owned<'v>(view: &View<'v>, i: usize) -> Option<&'v Phrase> {
    let key = view.key(i);
    if !arabic::ends_in_pronoun(key) {
        return None;
    }
    [key, arabic::behind_letter(key)].into_iter().find_map(|word| view.lexicon.owned(word))
}

/// Adds the attributions that phrases make to those of the verbs.
pub(super) fn add(view: &View<'_>, cues: &[Cue], tokens: &Range<usize>, drafts: &mut Vec<Draft>) {
    let mut done_until = tokens.start;
    for cue in cues {
        if let Some(draft) = pointed(view, cue, tokens) {
            drafts.retain(|d| d.cue_token != draft.cue_token);
            drafts.push(draft);
        }
    }
    for i in tokens.clone() {
        let Some(phrase) = view.phrase(i).filter(|_| i >= done_until) else { continue };
        if view.is_name(i) && phrase.kind != PhraseKind::Feeling {
            continue;
        }
        let draft = match phrase.kind {
            PhraseKind::By => {
                let words = phrase.words.len() - usize::from(is_letter(phrase));
                by(view, phrase, i, i + words, words, tokens, drafts)
            }
            PhraseKind::ByWhat => by_what(view, phrase, i, cues, tokens, drafts),
            PhraseKind::As => as_said(view, phrase, i, cues, tokens, drafts),
            PhraseKind::Noun => noun(view, phrase, i, tokens),
            PhraseKind::Done => done(view, phrase, i, tokens),
            PhraseKind::Document => document(view, phrase, i, tokens),
            PhraseKind::Invite => invite(view, phrase, i, tokens),
            PhraseKind::Feeling => feeling(view, phrase, i, tokens),
            PhraseKind::Aside => None,
        };
        if let Some(draft) = draft {
            done_until = i + fixed_words(phrase);
            drafts.retain(|d| d.cue_token != draft.cue_token && !draft.cue.contains(d.cue));
            drafts.push(draft);
        }
    }
}

fn is_letter(phrase: &Phrase) -> bool {
    phrase.words.last().is_some_and(|w| w.chars().count() == 1)
}

fn matches(view: &View<'_>, i: usize, phrase: &Phrase) -> bool {
    let i = i + dative(view, i, phrase);
    phrase.words.iter().enumerate().take(fixed_words(phrase)).skip(1).all(|(n, word)| {
        let key = view.key(i + n);
        key == word
            || n + 1 == phrase.words.len()
                && is_letter(phrase)
                && key.starts_with(word.as_str())
                && !view.is(i + n, Class::NotPreposition)
    })
}

/// «وجه *له* الدعوة»: one word for who is told may stand between.
fn dative(view: &View<'_>, i: usize, phrase: &Phrase) -> usize {
    let short = view.is(i + 1, Class::Stop) && arabic::has_to(view.key(i + 1)) && view.key(i + 1).chars().count() <= 4;
    usize::from(phrase.kind == PhraseKind::Invite && short)
}

fn blank(view: &View<'_>, phrase: &Phrase, i: usize, last: usize) -> Draft {
    let stem = phrase.words[0].strip_suffix('ه').unwrap_or(&phrase.words[0]);
    let and = usize::from(!view.key(i).starts_with(stem));
    Draft {
        lead: i,
        joins: and > 0,
        act: phrase.act,
        positive: phrase.act != Act::Deny,
        ..Draft::new(view.text.without_prefix(i, and).to(view.text.span(last)), last, last + 1, phrase.rule.clone())
    }
}

/// «بحسب وزارة الخارجية»: the source follows up to the next comma; the content is the clause before, or, where the
/// phrase opens the sentence, the clause behind.
fn by(
    view: &View<'_>,
    phrase: &Phrase,
    i: usize,
    from: usize,
    cue_words: usize,
    tokens: &Range<usize>,
    drafts: &[Draft],
) -> Option<Draft> {
    let letter = usize::from(is_letter(phrase));
    let first_bare = view.key(from).chars().count() == 1;
    let from = from + usize::from(letter == 1 && first_bare);
    let source = source::noun_phrase(
        view,
        from..tokens.end.min(from + 16),
        usize::from(!opens_sentence(view, tokens.start, i)),
        letter == 1,
    )?;
    let source = with_relative(view, source, tokens.end.min(from + 24), opens_sentence(view, tokens.start, i));
    if source.start != from || view.is(source.start, Class::NoSource) || !speaks(view, source.start) {
        return None;
    }
    let mut draft = blank(view, phrase, i, i + cue_words - 1);
    draft.is_by = true;
    let lal = arabic::has_to_the(view.key(from));
    draft.source_letters = usize::from(letter == 1 && !first_bare && !lal);
    draft.pieces = host(view, i, &source, tokens, drafts);
    draft.source = Some(source);
    (!draft.pieces.is_empty()).then_some(draft)
}

/// «بحسب *المعلومات التي تلقيناها* فإن …», «وفقا *لمعلومات حصلت عليها الصحيفة* فقد …»: in front of the content a relative clause
/// belongs to the source.
fn with_relative(view: &View<'_>, source: Range<usize>, end: usize, opens: bool) -> Range<usize> {
    // «وحسب *مصدرين شاركا في الجلسة*، فقد …»
    let verb = |i: usize| view.is_her_past(i) || view.is_pair_past(i);
    let clause =
        opens && source.len() > 1 && verb(source.end - 1) && (source.end..end).any(|j| view.is(j, Class::Resuming));
    let relative = opens && (clause || view.is(source.end, Class::Relative));
    let close = (source.end..end).filter(|_| relative).find(|j| view.is_comma(*j) || view.is(*j, Class::Resuming));
    source.start..close.unwrap_or(source.end)
}

/// Can a source begin with token `i`: somebody who speaks, or a name that no list knows?
fn speaks(view: &View<'_>, i: usize) -> bool {
    view.is_speaker_head(i) || view.may_name(i) || view.is(i, Class::Pronoun)
}

/// Does nothing but «وبالتالي،» stand between the start of the sentence and token `i`?
fn opens_sentence(view: &View<'_>, start: usize, i: usize) -> bool {
    i <= start + 1
        || i <= start + 3
            && (start..i).all(|j| view.is_comma(j) || view.is_bare(j, Class::Lead) || view.is_bare(j, Class::Adverb))
}

/// The clause that a «بحسب» speaks of.
fn host(view: &View<'_>, i: usize, source: &Range<usize>, tokens: &Range<usize>, drafts: &[Draft]) -> Vec<Span> {
    if opens_sentence(view, tokens.start, i) || leads_clause(view, i, source.end) {
        let mut from = source.end;
        while from < tokens.end && (view.is_comma(from) || view.is(from, Class::Resuming)) {
            from += 1;
        }
        return content::span(view, from, 0, tokens.end).into_iter().collect();
    }
    // «ذكر بيان للسفارة أن …، *حسب البيان*»: the document that already speaks.
    let document = view.is_definite_document(source.start);
    let busy = drafts.iter().any(|d| {
        let verb = d.tense.is_some_and(|t| t != Tense::Participle) && d.cue_token < i;
        verb && (!is_apart(view, i) || document)
    });
    if busy {
        return Vec::new();
    }
    let start = drafts
        .iter()
        .filter(|d| d.is_by && d.cue_token < i)
        .filter_map(|d| d.source.as_ref().map(|s| s.end))
        .max()
        .unwrap_or(tokens.start);
    let and = arabic::has_and(view.key(start)) && !view.is_name(start) && view.key(start).chars().count() > 3;
    let mut pieces: Vec<Span> =
        content::span(view, start, usize::from(and), content::by_start(view, i)).into_iter().collect();
    if source.end < tokens.end && !view.is_punct(source.end) && view.form(source.end, 0).is_none() {
        pieces.extend(content::span(view, source.end, 0, tokens.end));
    }
    pieces
}

/// «أقلعت الطائرة، *وبحسب شهود* فإن …»: «و» joins another clause, which «فإن» opens behind the source.
fn leads_clause(view: &View<'_>, i: usize, behind: usize) -> bool {
    let clause = behind + usize::from(view.is_comma(behind));
    let joins = arabic::has_and(view.key(i)) && view.phrase(i).is_some_and(|p| p.words[0] != view.key(i));
    joins && view.is(clause, Class::Resuming)
}

/// Does a comma stand in front of the phrase, or «، وذلك»?
fn is_apart(view: &View<'_>, i: usize) -> bool {
    let before = i - usize::from(i > 0 && view.is_bare(i - 1, Class::LeadsBy));
    before > 0 && view.is_comma(before - 1)
}

/// «بحسب ما ذكرت الوزارة», «وفق ما نقلته الوكالة».
fn by_what(
    view: &View<'_>,
    phrase: &Phrase,
    i: usize,
    cues: &[Cue],
    tokens: &Range<usize>,
    drafts: &[Draft],
) -> Option<Draft> {
    let verb = i + phrase.words.len();
    let cue = cues.iter().find(|c| c.at == verb && c.prefix == 0)?;
    let mut draft = by(view, phrase, i, verb + 1, 1 + verb - i, tokens, drafts)?;
    draft.act = cue.verb(view).act;
    Some(draft)
}

/// «"…"، كما قال الوزير», «"…" هذا ما صرح به الوزير أمس»: a verb of saying behind its content. Unlike «بحسب ما ذكر» the cue is
/// the verb alone, and the attribution ends its clause.
fn as_said(
    view: &View<'_>,
    phrase: &Phrase,
    i: usize,
    cues: &[Cue],
    tokens: &Range<usize>,
    drafts: &[Draft],
) -> Option<Draft> {
    let verb = i + phrase.words.len();
    let cue = cues.iter().find(|c| c.at == verb && c.prefix == 0 && c.verb(view).frames.that)?;
    let pronoun = usize::from(view.is(verb + 1, Class::Stop) && arabic::has_attached_pronoun(view.key(verb + 1)));
    let from = verb + 1 + pronoun;
    let source = source::subject(view, from..tokens.end)?;
    let rest = (source.end..tokens.end).find(|j| !view.is_time(*j) && !view.is(*j, Class::Adverb));
    let closes = rest.is_none_or(|j| view.is_punct(j));
    let last = (tokens.start..i).rev().find(|j| !view.is_comma(*j));
    let quote = last.and_then(|j| view.text.quote_of(j).filter(|q| view.text.quotes()[*q].close == Some(j)));
    let comma = i > tokens.start && view.is_comma(i - 1);
    let apart = comma
        || quote.is_some()
        || phrase.words.len() > 1
        || i > tokens.start + 3 && cues.iter().all(|c| c.at >= i || !c.is_finite());
    if !apart || !closes || view.text.word(verb + 1) == ":" {
        return None;
    }
    let mut draft = by(view, phrase, i, from, 1 + verb - i, tokens, drafts)?;
    draft.cue = view.text.span(verb);
    draft.act = cue.verb(view).act;
    let alone = |q: &Range<usize>| phrase.words.len() > 1 || q.start <= tokens.start + 2;
    if let Some(quote) = quote.map(|q| view.text.quotes()[q].inside()).filter(alone) {
        draft.pieces = content::span(view, quote.start, 0, quote.end).into_iter().collect();
    }
    (!draft.pieces.is_empty()).then_some(draft)
}

/// «ستفتح المدارس قريبا، *أوضح ذلك* لـ«الأيام» مدير التعليم»: a verb with a word that points back closes what it attributes.
fn pointed(view: &View<'_>, cue: &Cue, tokens: &Range<usize>) -> Option<Draft> {
    let verb = cue.verb(view);
    let point = cue.at + 1;
    if cue.at < tokens.start + 4 || !view.is_comma(cue.at - 1) || !verb.frames.that || !cue.is_finite() {
        return None;
    }
    let points = |key: &str| view.lexicon.classes(key).is(Class::Pointer);
    if point >= tokens.end || !points(view.key(point)) && !points(arabic::behind_letter(view.key(point))) {
        return None;
    }
    let source = source::subject(view, point + 1..tokens.end)?;
    let closes = source.end >= tokens.end || view.is_punct(source.end);
    let pieces: Vec<Span> = content::span(view, tokens.start, 0, cue.at - 1).into_iter().collect();
    let draft = Draft {
        source: Some(source),
        pieces,
        tense: Some(cue.form.tense),
        act: verb.act,
        ..Draft::new(cue.span(view), cue.at, tokens.start, verb.rule.clone())
    };
    (closes && !draft.pieces.is_empty()).then_some(draft)
}

/// «بعد إعلان الحكومة أنها …», «قوله إن …», «اتهامات بعرقلة …».
fn noun(view: &View<'_>, phrase: &Phrase, i: usize, tokens: &Range<usize>) -> Option<Draft> {
    let mut draft = blank(view, phrase, i, i);
    let limit = tokens.end.min(i + 12);
    // «ضمانات بعدم تهديد الجيران» threatens nobody.
    if i > tokens.start && view.is(i - 1, Class::Without) {
        return None;
    }
    if is_letter(phrase) {
        let joined = view.key(i + 1).chars().count() > 3;
        // «*وجهت السلطات* اتهامات بالإرهاب لعشرين شخصا»
        let directs = |j: usize| {
            let form = view.form(j, 0).or(view.form(j, 1)).filter(|f| f.tense != Tense::Participle);
            form.is_some_and(|f| view.lexicon.verbs[f.verb].frames.action)
        };
        if let Some(verb) = (tokens.start..i).rev().take(8).find(|j| directs(*j)) {
            draft.source = source::subject(view, verb + 1..i);
        }
        draft.content = i + 1 + usize::from(!joined);
        draft.letters = usize::from(joined);
        return (draft.content < tokens.end).then_some(draft);
    }
    let level = |j: &usize| view.text.quote_of(*j) == view.text.quote_of(i);
    let owned = owned(view, i).is_some() && view.lexicon.phrases(view.key(i)).is_empty();
    // «قوله بعد اجتماع الأمناء "نشكر الأعضاء …"»
    let speech = |j: &usize| owned && view.opens(*j).is_some_and(|q| view.text.quotes()[q].inside().len() > 3);
    if let Some(quote) = (i + 1..limit).find(|j| view.is_complementizer(*j) || speech(j)).filter(speech) {
        draft.content = quote;
        draft.joint = Some(Joint::Quote);
        draft.source = relayed(view, i, tokens.start);
        draft.shares = draft.source.is_none();
        return Some(draft);
    }
    let Some(clause) = (i + 1..limit).find(|j| view.is_complementizer(*j) && level(j)) else {
        return named_action(view, draft, i, tokens);
    };
    if (i + 1..clause).any(|j| view.is_comma(j) || view.form(j, 0).is_some_and(|f| f.tense != Tense::Participle)) {
        return None;
    }
    let preposition = clause > i + 1 && view.is(clause - 1, Class::Preposition);
    draft.content = clause + 1;
    draft.source = source::subject(view, i + 1..clause - usize::from(preposition));
    if draft.source.is_none() {
        draft.source = relayed(view, i, tokens.start);
    }
    draft.shares = draft.source.is_none();
    let near = draft.source.as_ref().is_some_and(|s| s.start == i + 1) || owned && clause <= i + 3;
    (near && draft.content < tokens.end).then_some(draft)
}

/// «اقتراح الحكومة تمديد الهدنة», «دعوة الأمم المتحدة إلى وقف القتال»: a name, then a noun of action.
fn named_action(view: &View<'_>, mut draft: Draft, i: usize, tokens: &Range<usize>) -> Option<Draft> {
    let name = view.name_end(i + 1).filter(|end| end + 1 < tokens.end)?;
    let preposition = usize::from(view.is(name, Class::Preposition));
    let letter = usize::from(preposition == 0 && arabic::has_preposition(view.key(name)) && !view.is_name(name));
    let action = view.is_content_noun(name + preposition);
    draft.source = Some(i + 1..name);
    draft.content = name + preposition;
    draft.letters = letter;
    // «بموافقة مجلس النواب على نظام المواقف *مؤخرا، الذي* …»: no more than the noun is said.
    let closes =
        |j: usize| view.is_time(j) && view.is_comma(j + 1) || view.is_comma(j) && view.is(j + 1, Class::Relative);
    if let Some(end) = (draft.content + 1..tokens.end).find(|j| closes(*j)) {
        draft.pieces = content::span(view, draft.content, letter, end).into_iter().collect();
    }
    (action || preposition + letter > 0 && !view.is(name, Class::NotPreposition)).then_some(draft)
}

/// «نقلت الوكالة عن *الوزير* قوله إن …»: whose words are passed on.
fn relayed(view: &View<'_>, i: usize, start: usize) -> Option<Range<usize>> {
    let from = (start..i).rev().take(16).find(|j| view.is(*j, Class::RelayedFrom))?;
    source::subject(view, from + 1..i)
}

/// «تم الاتفاق (خلال الاجتماع) على فتح المعبر»: nobody is named.
fn done(view: &View<'_>, phrase: &Phrase, i: usize, tokens: &Range<usize>) -> Option<Draft> {
    let last = i + fixed_words(phrase) - 1;
    let mut draft = blank(view, phrase, i, last);
    let reach = last + 1..(last + 9).min(tokens.end);
    let joint = phrase.words.last().filter(|_| fixed_words(phrase) < phrase.words.len());
    let content = reach.clone().find(|j| view.is_complementizer(*j) || joint.is_some_and(|w| view.key(*j) == w))?;
    draft.content = content + 1 + usize::from(view.is_complementizer(content + 1));
    (draft.content < tokens.end).then_some(draft)
}

/// Words that must stand together: in «تم الاتفاق على» the last may come later.
fn fixed_words(phrase: &Phrase) -> usize {
    let n = phrase.words.len();
    if phrase.kind == PhraseKind::Done && n > 1 && phrase.words[n - 1].chars().count() <= 3 { n - 1 } else { n }
}

/// «جاء في بيان للكرملين أن …».
fn document(view: &View<'_>, phrase: &Phrase, i: usize, tokens: &Range<usize>) -> Option<Draft> {
    let noun = i + phrase.words.len();
    if !view.is(noun, Class::Document) {
        return None;
    }
    let clause =
        (noun + 1..tokens.end.min(noun + 24)).find(|j| view.is_complementizer(*j) || view.text.word(*j) == ":")?;
    let mut draft = blank(view, phrase, i, i);
    draft.content = clause + 1;
    draft.source = source::subject(view, noun..clause);
    (draft.content < tokens.end).then_some(draft)
}

/// «دول الخليج *القلقة من* الاتفاق», «تشعر واشنطن *بالقلق إزاء* الاتفاق»: the adjective follows whose feeling it is, the
/// noun follows it behind the verb.
fn feeling(view: &View<'_>, phrase: &Phrase, i: usize, tokens: &Range<usize>) -> Option<Draft> {
    let mut draft = blank(view, phrase, i, i);
    let letter = usize::from(is_letter(phrase));
    draft.content = i + phrase.words.len() - letter;
    draft.letters = letter;
    draft.joint = Some(Joint::Preposition);
    let back = (tokens.start..i).rev().take(7);
    let verb = back.clone().find(|j| view.is_verb_shaped(*j) || view.is_bare(*j, Class::Feels));
    let name = (tokens.start.max(i.saturating_sub(7))..i).find(|j| view.name_end(*j) == Some(i));
    draft.source = match (name, verb) {
        (Some(j), _) => Some(j..i),
        (None, Some(j)) => source::subject(view, j + 1..i),
        (None, None) => back.take_while(|j| arabic::is_definite(view.key(*j))).last().map(|j| j..i),
    };
    (draft.content < tokens.end && draft.source.is_some()).then_some(draft)
}

/// «وجه (له) الدعوة (لنظيره) لزيارة العاصمة».
fn invite(view: &View<'_>, phrase: &Phrase, i: usize, tokens: &Range<usize>) -> Option<Draft> {
    let last = i + phrase.words.len() - 2 + dative(view, i, phrase);
    let mut draft = blank(view, phrase, i, last);
    draft.joint = Some(Joint::Preposition);
    let limit = tokens.end.min(last + 8);
    let to: Vec<usize> = (last + 1..limit)
        .filter(|j| arabic::has_to(view.key(*j)) && !view.is(*j, Class::NotPreposition) && !view.is_name(*j))
        .collect();
    draft.content = *to.last()?;
    draft.letters = 1;
    if i > tokens.start {
        let front = Cue {
            at: i,
            form: super::lexicon::Form { verb: 0, tense: Tense::Past, person: Person::He },
            prefix: 0,
            negated: false,
        };
        draft.source = front::topic(view, &front, tokens.start);
    }
    Some(draft)
}
