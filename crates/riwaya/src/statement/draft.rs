//! An attribution while its parts are being found, and the attributions of one sentence.

use super::Act;
use super::arabic;
use super::complement::{self, Complement, Joint};
use super::cue::{self, Cue};
use super::lexicon::{Class, Person, Tense};
use super::nobody::{is_deed, is_impersonal, is_of_thing, is_remark, is_suffered, is_taken, is_thing};
use super::view::View;
use super::{content, front, phrase, source};
use crate::text::Span;
use std::ops::Range;
use std::sync::Arc;

/// An attribution in the making; all parts are token indexes.
#[derive(Debug, Clone)]
pub(super) struct Draft {
    pub cue: Span,
    /// The token of the cue that the content hangs on.
    pub cue_token: usize,
    /// Where the attribution starts: its source in front of the verb, else the cue.
    pub lead: usize,
    pub source: Option<Range<usize>>,
    /// Letters of the source's first token that are a clitic.
    pub source_letters: usize,
    /// First token of the content.
    pub content: usize,
    pub letters: usize,
    /// Pieces of the content once known.
    pub pieces: Vec<Span>,
    pub joint: Option<Joint>,
    pub tense: Option<Tense>,
    pub person: Person,
    pub joins: bool,
    /// A phrase such as «بحسب»: it closes what stands before it.
    pub is_by: bool,
    /// The source is the same as that of the verb before («…، مشيرا إلى»).
    pub shares: bool,
    pub told: Option<Range<usize>>,
    /// The cue of the attribution that passes this one on, where its content does not hold this cue.
    pub passed_on_by: Option<usize>,
    pub act: Act,
    pub positive: bool,
    pub rule: Arc<str>,
}

impl Draft {
    /// An attribution of which no more is known than its cue and where its content begins.
    pub fn new(cue: Span, cue_token: usize, content: usize, rule: Arc<str>) -> Draft {
        Draft {
            cue,
            cue_token,
            lead: cue_token,
            source: None,
            source_letters: 0,
            content,
            letters: 0,
            pieces: Vec::new(),
            joint: None,
            tense: None,
            person: Person::He,
            joins: false,
            is_by: false,
            shares: false,
            told: None,
            passed_on_by: None,
            act: Act::Say,
            positive: true,
            rule,
        }
    }
}

/// The attributions of one sentence, contents ended, in order of their cues.
pub(super) fn sentence(view: &View<'_>, tokens: Range<usize>, headline: bool) -> Vec<Draft> {
    let cues = cue::cues(view, tokens.clone());
    let mut drafts: Vec<Draft> = cues.iter().filter_map(|c| from_verb(view, c, &cues, &tokens, headline)).collect();
    phrase::add(view, &cues, &tokens, &mut drafts);
    drafts.sort_by_key(|d| (d.cue.start(), d.content));
    drafts.dedup_by(|b, a| a.content == b.content && !b.is_by && !a.is_by);
    let breaks = content::breaks(view, &tokens, &drafts);
    for n in 0..drafts.len() {
        if !drafts[n].pieces.is_empty() {
            continue;
        }
        let end = content::end(view, &drafts[n], &drafts, &breaks, tokens.end);
        drafts[n].pieces = content::span(view, drafts[n].content, drafts[n].letters, end).into_iter().collect();
    }
    drafts.retain(|d| !d.pieces.is_empty());
    let held =
        |d: &Draft| drafts.iter().any(|o| o.cue != d.cue && !o.is_by && o.pieces.iter().any(|p| p.contains(d.cue)));
    let keep: Vec<bool> = drafts.iter().map(|d| d.act != Act::Believe || goes_on(view, d) || !held(d)).collect();
    let mut keep = keep.into_iter();
    drafts.retain(|_| keep.next().unwrap_or(true));
    nest(view, &mut drafts);
    drafts
}

/// «… شدد على «إعادة البناء»، *معتبرا* أن …»: a participle behind a comma goes on with what somebody says.
fn goes_on(view: &View<'_>, draft: &Draft) -> bool {
    draft.tense == Some(Tense::Participle) && draft.cue_token > 0 && view.is_comma(draft.cue_token - 1)
}

/// «كيري: ملتزمون باستقرار الخليج»: in a headline a colon attributes.
pub(super) fn headline(view: &View<'_>, tokens: Range<usize>) -> Option<Draft> {
    let colon = tokens.clone().take(12).find(|i| view.text.word(*i) == ":")?;
    let verbs = !cue::cues(view, tokens.start..colon).is_empty();
    let place = view.is_place(tokens.start) && view.name_end(tokens.start) == Some(colon);
    // «"منظمة السياحة": ارتفاع الحجوزات» has its speaker in marks, «"الخارجية" *النرويجية*: …» with an adjective
    // behind them, «"لن نصمت": …» has none.
    let described = |close: usize| (close + 1..colon).all(|i| view.is_adjective(i));
    let marked = view.opens(tokens.start).is_some_and(|q| {
        let close = view.text.quotes()[q].close;
        !close.is_some_and(|c| c < colon && described(c)) || colon > tokens.start + 6
    });
    if verbs || place || colon == tokens.start || colon + 2 >= tokens.end || marked {
        return None;
    }
    // «مسؤولون *لموظفي العلاقات*: …»
    // «المفتي *للشباب*: …»
    let addressed =
        |i: usize| arabic::after_to(view.key(i)).any(|noun| view.lexicon.classes(&noun).is(Class::Addressed));
    let told = (tokens.start + 1..colon).find(|i| {
        arabic::has_to(view.key(*i)) && view.is_told_person(*i) || addressed(*i) && view.is_person_noun(i - 1)
    });
    let source = source::subject(view, tokens.start..told.unwrap_or(colon))?;
    // «اصطدام قرب الجسر: …» tells what it is about and not who says it.
    if view.is_ordinary(source.start) && !view.is_speaker_head(source.start) {
        return None;
    }
    let mark = view.text.span(colon);
    let line = &view.text.lines()[view.text.line_at(mark.start())];
    let pieces: Vec<Span> = content::span(view, colon + 1, 0, line.tokens.end).into_iter().collect();
    let draft = Draft {
        lead: tokens.start,
        source: Some(source),
        pieces,
        joint: Some(Joint::Colon),
        ..Draft::new(mark, colon, colon + 1, "statement/headline-colon".into())
    };
    (!draft.pieces.is_empty()).then_some(draft)
}

fn from_verb(view: &View<'_>, cue: &Cue, cues: &[Cue], tokens: &Range<usize>, headline: bool) -> Option<Draft> {
    let verb = cue.verb(view);
    let frames = &verb.frames;
    if is_remark(view, cue, tokens.start) || is_suffered(view, cue) {
        return None;
    }
    let predicate = cue.form.tense == Tense::Participle
        && view.is_bare(tokens.start, Class::Auxiliary)
        && !cues.iter().any(|c| c.at < cue.at);
    // «أما الوزير فأكد …»: here the «ف» belongs to «أما».
    let as_for = view.is(tokens.start, Class::AsFor);
    let topic = ((cue.is_finite() || predicate) && (!cue.joins() || as_for) && cue.at > tokens.start)
        .then(|| front::topic(view, cue, tokens.start))
        .flatten();
    // «موقف الحكومة، *الذي يعتبر* كل المستوطنات غير شرعية»
    let front = topic.is_some();
    let topic =
        topic.or_else(|| front::antecedent(view, cue, tokens.start).filter(|t| t.clone().any(|i| view.is_name(i))));
    // «*الحكومة التي* اتهمت منظمات بأنها …»: a noun behind the verb, which would have a pronoun for the other, is accused.
    let head = front::relative_head(view, cue, tokens.start);
    let accuser = head.filter(|i| frames.pair && view.is_speaker_head(*i)).map(|i| i..i + 1);
    let topic = topic.or(accuser);
    let found = complement::complement(view, cue, cues, tokens.end);
    let found = match found {
        Some(c) if frames.pair && !(frames.that && c.joint == Joint::That) => Some(pair(view, cue, c, topic.is_some())),
        Some(c) if frames.object && c.joint == Joint::Preposition => topic_object(view, cue, &c, &topic).or(Some(c)),
        Some(c) if frames.object && c.joint == Joint::Object && c.at > cue.at + 1 => {
            object_after(view, cue, &topic, cues, c.at).filter(|_| topic.is_some()).or(Some(c))
        }
        other => other,
    };
    let c = match found {
        Some(c) => c,
        None if headline
            && topic.is_some()
            && frames.that
            && !frames.strict
            && !frames.relay
            && !frames.action
            && cue.form.tense == Tense::Present =>
        {
            headline_clause(view, cue, tokens.end)?
        }
        None if frames.that && cue.is_finite() && quote_before(view, cue, tokens.start).is_some() => {
            return behind_quote(view, cue, tokens);
        }
        None if frames.object && !frames.strict => object_after(view, cue, &topic, cues, tokens.end)?,
        None => return None,
    };
    if frames.deed && is_deed(view, cue, &c) {
        return None;
    }
    // «دفع *مبلغا* إلى …», «كان *معلقا* على …»: a noun or an adjective, unless a clause or a comma shows what it is.
    let clause = matches!(c.joint, Joint::That | Joint::Colon | Joint::Quote);
    let apart = cue.at > tokens.start && view.is_comma(cue.at - 1);
    if cue.form.tense == Tense::Participle && view.is(cue.at, Class::DoubtfulParticiple) && !clause && !apart {
        return None;
    }
    // «من *المتوقع أن تعلن* الوكالة رأيها»: nothing is said yet, where no clause tells what.
    let expected = cue.at >= tokens.start + 2 && view.is(cue.at - 1, Class::Complementizer);
    if expected && view.is_bare(cue.at - 2, Class::Expected) && cue.form.tense == Tense::Present && !clause {
        return None;
    }
    // «أظهرت *بيانات* تراجع النشاط», but «أظهر الفريق تحسنا».
    if frames.shows && frames.strict && c.joint == Joint::Object && !view.is_document(cue.at + 1) {
        return None;
    }
    let behind = match frames.addressee {
        true => source::subject_before_told(view, cue, c.border),
        false if c.joint != Joint::Object && c.letters == 0 || frames.thanks => {
            source::subject_before_clause(view, cue.at + 1..c.border)
        }
        false => source::subject(view, cue.at + 1..c.border),
    };
    let (behind, object) = match behind {
        Some(noun) if cue.form.person == Person::They && noun.start == cue.at + 1 => (None, Some(noun)),
        Some(noun) if source::disagrees(view, cue, &noun) => (None, Some(noun)),
        // «وقال فور *وصوله* إن …»: what happened meanwhile.
        Some(noun) if view.is_owned_noun(noun.start) && noun.start > cue.at + 1 => (None, None),
        other => (other, None),
    };
    if is_impersonal(view, cue, &c, &topic, tokens.start) {
        return None;
    }
    let mut draft = Draft {
        // «داعيا إياهم *للدخول* إلى الموقع»: of «لل» the article cannot be left alone.
        letters: c.letters * usize::from(!arabic::has_to_the(view.key(c.at))),
        joint: Some(c.joint),
        tense: Some(cue.form.tense),
        person: cue.form.person,
        joins: cue.joins(),
        shares: cue.form.tense == Tense::Participle,
        act: verb.act,
        positive: !frames.deny || cue.negated,
        ..Draft::new(cue.span(view), cue.at, c.at, verb.rule.clone())
    };
    // «القمة التي طلبت *القيادة* عقدها»: the verb behind «التي» has a subject of its own.
    let own = |b: &Range<usize>| !frames.addressee && view.opens(b.start).is_none();
    let topic = topic.filter(|_| front || !behind.as_ref().is_some_and(own));
    let topic = topic.or_else(|| front::antecedent(view, cue, tokens.start).filter(|_| behind.is_none()));
    // «… أنها *عنصرية* طالب مغردون بمحاسبته»
    let plural = behind.as_ref().is_some_and(|b| b.start == cue.at + 1 && view.key(b.start).ends_with("ون"));
    let topic = topic.filter(|t| !plural || view.is_speaker_head(t.start) || cue.form.person == Person::They);
    place_source(view, cue, &c, topic, behind, &mut draft);
    // «ولفت *النظر* إلى أن …»: a turn of phrase, and nobody.
    if draft.source.as_ref().is_some_and(|s| view.is(s.start, Class::Idiom) && s.start == cue.at + 1) {
        draft.source = None;
    }
    if draft.source.is_none() && head.is_some_and(|i| is_of_thing(view, cue, i)) {
        return None;
    }
    // «المدينة *تعتبر* مركزا مهما»: a thing is taken for another, and nobody is named who takes it so.
    if frames.pair && frames.prepositions.is_empty() && c.joint == Joint::Object && !is_taken(view, cue, &draft) {
        return None;
    }
    // «تشير الدلائل إلى أن …», «ينص القانون على أن …»: nobody says it.
    if draft.source.as_ref().is_some_and(|s| view.is_bare(s.start, Class::NoSource) || is_thing(view, cue, s)) {
        return None;
    }
    if draft.told.is_none() && frames.addressee {
        draft.told = object;
    }
    Some(draft)
}

/// The quotation that closes right before the verb: «"…"، *قال* الوزير».
fn quote_before(view: &View<'_>, cue: &Cue, start: usize) -> Option<usize> {
    let close = (start..cue.at).rev().find(|i| !view.is_comma(*i))?;
    let q = view.text.quote_of(close).filter(|q| view.text.quotes()[*q].close == Some(close))?;
    (view.text.quotes()[q].inside().len() > 2 && view.text.quote_of(cue.at) != Some(q)).then_some(q)
}

/// «"لن نتراجع …"، قال رئيس الوفد للصحفيين»: the words stand before the verb, the source behind it.
fn behind_quote(view: &View<'_>, cue: &Cue, tokens: &Range<usize>) -> Option<Draft> {
    let inside = view.text.quotes()[quote_before(view, cue, tokens.start)?].inside();
    let verb = cue.verb(view);
    let source = source::subject(view, cue.at + 1..tokens.end)
        .filter(|s| s.start == cue.at + 1 && view.is_speaker_head(s.start))?;
    Some(Draft {
        source: Some(source),
        pieces: content::span(view, inside.start, 0, inside.end).into_iter().collect(),
        joint: Some(Joint::Quote),
        tense: Some(cue.form.tense),
        person: cue.form.person,
        act: verb.act,
        positive: !verb.frames.deny,
        ..Draft::new(cue.span(view), cue.at, inside.start, verb.rule.clone())
    })
}

/// Behind the verb or before it: the one behind wins unless the verb takes somebody who is told.
fn place_source(
    view: &View<'_>,
    cue: &Cue,
    c: &Complement,
    topic: Option<Range<usize>>,
    behind: Option<Range<usize>>,
    draft: &mut Draft,
) {
    let frames = &cue.verb(view).frames;
    if let Some(topic) = topic.clone().filter(|_| !cue.is_finite()) {
        draft.lead = topic.start;
        draft.source = Some(topic);
        return;
    }
    if !cue.is_finite() || cue.form.person == Person::First {
        draft.told = behind.filter(|_| frames.addressee);
        return;
    }
    // «وردا على سؤال عن تقديرات بأن بلاده تحتاج المال *قال سالم الكرمي* "…"»
    let adjacent = behind.as_ref().is_some_and(|b| b.start == cue.at + 1 && view.name_end(b.start).is_some());
    // «وفي الشأن الاقتصادي *قال الكرمي*: …»
    let said = c.joint == Joint::Quote
        || cue.form.tense == Tense::Past && behind.as_ref().is_some_and(|b| view.is_person(b.end - 1));
    let speaks = adjacent && frames.speech && !frames.object && !frames.addressee && said;
    let told_only = topic.is_some()
        && behind.is_some()
        && !speaks
        && (frames.addressee || cue.form.tense == Tense::Present || starts_definite(view, &topic));
    match (topic, behind) {
        (Some(topic), Some(behind)) if told_only => {
            draft.lead = topic.start;
            draft.source = Some(topic);
            draft.told = frames.addressee.then_some(behind);
        }
        (_, Some(behind)) => {
            let rest = behind.end..c.border;
            draft.told = frames.addressee.then(|| source::subject(view, rest)).flatten();
            draft.source = Some(behind);
        }
        (Some(topic), None) => {
            draft.lead = topic.start;
            draft.source = Some(topic);
        }
        (None, None) => {}
    }
    if draft.told.is_none() {
        let behind = draft.source.as_ref().filter(|s| s.start > cue.at).map_or(cue.at + 1, |s| s.end);
        draft.told = told_by_letter(view, behind..c.border);
    }
    if let Some(source) = draft.source.clone() {
        draft.source_letters = source_letters(view, &source, draft.lead == source.start);
    }
}

/// «قال ترامب *لزيلينسكي* إن …».
fn told_by_letter(view: &View<'_>, tokens: Range<usize>) -> Option<Range<usize>> {
    let at = tokens.into_iter().find(|i| view.has_preposition(*i) && arabic::has_to(view.key(*i)))?;
    view.name_end(at).map(|end| at..end)
}

/// «والبيت الأبيض قال …», «لندن *وباريس* التي تتهم …»: the «و» is not the source's.
fn source_letters(view: &View<'_>, source: &Range<usize>, in_front: bool) -> usize {
    let key = view.key(source.start);
    let and = in_front && arabic::is_joined(key);
    let noun = || view.is_person_noun(source.start) || view.is_bare(source.start, Class::OfficeNoun);
    let own = view.is(source.start, Class::PersonNoun) || view.is(source.start, Class::OfficeNoun);
    let part = arabic::is_definite_behind_letter(key) || view.is_joined_name(source.start) || noun() && !own;
    usize::from(and && part)
}

fn starts_definite(view: &View<'_>, topic: &Option<Range<usize>>) -> bool {
    topic.as_ref().is_some_and(|t| arabic::is_definite(view.key(t.start)) || view.name_end(t.start).is_some())
}

/// «اتهمت الحكومة *المعارضة بعرقلة …*»: the content begins with whom it is said of.
fn pair(view: &View<'_>, cue: &Cue, c: Complement, has_topic: bool) -> Complement {
    let he = cue.form.person == Person::He;
    // «أرجع *مصرفيون* هذا الارتفاع إلى …»: somebody without the article, then what it is about.
    let somebody = |i: usize| {
        let person = view.is_person_noun(i) || arabic::is_plural_shaped(view.key(i));
        let thing = |j: usize| view.is(j, Class::BeforeNoun) || arabic::is_definite(view.key(j));
        let found = (i + 1..c.border).take(3).find(|j| thing(*j) && !view.is_adjective(*j));
        found.filter(|_| person && !arabic::is_definite(view.key(i)))
    };
    let behind = || {
        let named = view.name_end(cue.at + 1).or_else(|| source::bare_subject(view, cue.at + 1, he));
        named.or_else(|| somebody(cue.at + 1))
    };
    let alone = has_topic || !cue.is_finite() || c.border == cue.at + 1;
    let subject_end = if alone { Some(cue.at + 1) } else { behind() };
    // «ألقى الربان *اللوم* في غرق السفينة على الميناء»: the noun of the frame is said as well.
    let noun = c.joint == Joint::Preposition && arabic::is_definite(view.key(c.border));
    match subject_end.filter(|at| *at < c.border || *at == c.border && noun) {
        Some(at) => Complement { joint: Joint::Object, at, letters: 0, border: at },
        None => c,
    }
}

/// «بايدن أكد المسؤولية الخاصة … على أراضي …»: with the source in front, a definite noun behind the verb is the object.
fn topic_object(view: &View<'_>, cue: &Cue, c: &Complement, topic: &Option<Range<usize>>) -> Option<Complement> {
    // «السكان يخشون اليوم *الخروج* من …»: the plural has its subject in itself.
    let plural = cue.form.person == Person::They;
    let at = (cue.at + 1..c.border).find(|i| !plural || !view.is_time(*i) && !view.is(*i, Class::Adverb))?;
    let named = plural || topic.as_ref().is_some_and(|t| t.clone().any(|i| view.is_name(i)));
    let definite = arabic::is_definite(view.key(at)) && view.name_end(at).is_none() && !view.is_bare(at, Class::Stop);
    (named && definite && c.border > at + 1).then_some(Complement { joint: Joint::Object, at, letters: 0, border: at })
}

/// «كوريا الشمالية تقول لن يحدث …»: a headline drops the complementizer; «الوزير يوضح أمام البرلمان» says nothing.
fn headline_clause(view: &View<'_>, cue: &Cue, end: usize) -> Option<Complement> {
    let at = cue.at + 1;
    let classes = [Class::Adverb, Class::Preposition, Class::Circumstance, Class::Manner];
    let circumstance = classes.into_iter().any(|class| view.is(at, class)) || view.is_time(at);
    (at + 1 < end && !circumstance).then_some(Complement { joint: Joint::Speech, at, letters: 0, border: at })
}

/// A noun object that is no noun of action: behind a name, or right behind the verb where the source stands before.
fn object_after(
    view: &View<'_>,
    cue: &Cue,
    topic: &Option<Range<usize>>,
    cues: &[Cue],
    end: usize,
) -> Option<Complement> {
    let at = cue.at + 1;
    let solid = topic.as_ref().is_none_or(|t| view.is_speaker_head(t.start) || t.clone().any(|i| view.is_name(i)));
    if !solid || at + 1 >= end || cue.form.person == Person::First && cue.form.tense == Tense::Past {
        return None;
    }
    let object = |at: usize, border: usize| {
        let fits = at + 1 < end
            && !view.is_punct(at)
            && !view.is(at, Class::Preposition)
            && !view.is_bare(at, Class::Stop)
            && !view.is_time(at);
        let taken = cues.iter().any(|c| c.at == at);
        (fits && !taken).then_some(Complement { joint: Joint::Object, at, letters: 0, border })
    };
    // «حذروا»، «يخشون»: the plural in front of its noun has its subject in itself.
    let complete = matches!(cue.form.person, Person::First | Person::They);
    if cue.form.tense == Tense::Participle || topic.is_some() || complete {
        let at = (at..end).find(|j| !view.is_time(*j) && !view.is(*j, Class::Adverb)).unwrap_or(at);
        return object(at, at);
    }
    let name = view.name_end(at)?;
    object(name, name)
}

/// A nested content ends where the content around it ends, or where that goes on («إن الوزير أكد أن …، *وأن* …»).
fn nest(view: &View<'_>, drafts: &mut [Draft]) {
    for n in 0..drafts.len() {
        let cue = drafts[n].cue;
        let around = drafts
            .iter()
            .enumerate()
            .filter(|(m, d)| *m != n && !d.is_by && d.pieces.iter().any(|p| p.contains(cue)))
            .flat_map(|(_, d)| d.pieces.last())
            .map(|p| p.end())
            .min();
        if let (Some(end), Some(last)) = (around, drafts[n].pieces.last_mut()) {
            if last.start() < end && end < last.end() {
                *last = Span::new(last.start(), end);
            }
            let resumed =
                view.text.tokens_in(*last).skip(1).find(|i| view.is_comma(i - 1) && content::resumes(view, *i));
            if let Some(end) = resumed.map(|i| view.text.span(i - 2).end()).filter(|e| *e > last.start()) {
                *last = Span::new(last.start(), end);
            }
        }
    }
}
