//! Which entity of the page do the words of a source name?

use super::NEAR;
use super::words::bare;
use crate::because::Because;
use crate::mention::{Cast, Entity, EntityIndex, EntityKind, Mention};
use crate::statement::arabic;
use crate::statement::lexicon::Class;
use crate::statement::name;
use crate::statement::view::View;
use crate::text::Span;
use std::ops::Range;

/// Letters of a noun's end that its case may change, and how many are left of it at least.
const CASE: usize = 2;
const SHORTEST: usize = 5;
/// So many mentions in front of «the ministry» are asked for the one that it means.
const BODIES: usize = 24;

/// «الوزارة», «الحركة»: the body of that kind that the page named last in front of it; «الرئيس» behind «رئيس نادي الميناء
/// ماجد الكرمي» is not the club.
pub fn short_body(view: &View<'_>, cast: &Cast, tokens: &Range<usize>, span: Span) -> Option<EntityIndex> {
    let head = arabic::after_article(view.key(tokens.start))?;
    if view.is_person_noun(tokens.start) || view.is_bare(tokens.start, Class::OfficeNoun) {
        return None;
    }
    let described = (tokens.start + 1..tokens.end).take_while(|i| view.is_adjective(*i)).count();
    let short = tokens.len() == 1
        || described > 0 && (described + 1 == tokens.len() || arabic::has_and(view.key(tokens.start + 1 + described)));
    let fits = |m: &&Mention| {
        let first = view.covering(m.span).start;
        let marked = first > 1 && view.opens(first - 1).is_some();
        let heads = [first, if marked { first - 2 } else { first.saturating_sub(1) }];
        // «*المرصد* السوري لحقوق الإنسان … وأفاد *المرصد*»
        let kind = heads.into_iter().any(|i| bare(view.key(i)) == head || arabic::without_and(view.key(i)) == head);
        m.span.start() < span.start() && cast.entities[m.entity].kind == EntityKind::Organisation && kind
    };
    before(cast, span).find(fits).map(|m| m.entity).filter(|_| short)
}

/// “*the ministry*”, «*в ведомстве*»: one noun for a body, where the subject stands first, is the body of that name that was
/// named last in front of it; whatever a body may be called («ведомство») is the one that spoke last.
pub fn same_body(
    view: &View<'_>,
    cast: &Cast,
    tokens: &Range<usize>,
    span: Span,
    last: Option<EntityIndex>,
) -> Option<EntityIndex> {
    let at = tokens.start;
    let noun = view.is(at, Class::Body) || view.is(at, Class::OutletNoun);
    let definite = !view.lexicon.endings.genitive.is_empty() || at > 0 && view.is(at - 1, Class::Determiner);
    if !view.lexicon.subject_first || tokens.len() != 1 || !noun || !definite || view.is_name(at) {
        return None;
    }
    let body = |e: EntityIndex| cast.entities[e].kind == EntityKind::Organisation && cast.entities[e].named;
    let stem = |key: &str| key.chars().take(key.chars().count().saturating_sub(CASE).max(SHORTEST)).collect::<String>();
    let own = stem(view.key(at));
    let same = |m: &&Mention| body(m.entity) && view.covering(m.span).any(|i| view.key(i).starts_with(&own));
    let called = before(cast, span).take(BODIES).find(same).map(|m| m.entity);
    called.or_else(|| last.filter(|e| view.is(at, Class::Hypernym) && body(*e)))
}

/// «الولايات المتحدة ودول مجلس التعاون»: several names joined are one group; «سالم الكرمي الخبير في شؤون آسيا *والخليج*» is
/// one man.
pub fn group(view: &View<'_>, cast: &mut Cast, tokens: &Range<usize>, span: Span) -> Option<EntityIndex> {
    let kind = |m: &Mention| cast.entities[m.entity].kind;
    let person = cast.mentions_in(span).next().is_some_and(|m| kind(m) == EntityKind::Person);
    let others = cast.mentions_in(span).skip(1).filter(|m| !person || kind(m) != EntityKind::Place);
    let office = view.is_person_noun(tokens.start) || view.is_bare(tokens.start, Class::OfficeNoun);
    let joined = others.into_iter().any(|m| {
        let first = view.covering(m.full).start;
        let direct = view.covering(m.span).start;
        // «*Norland and Sudland* argue», «*Норвегия и Швеция* считают»
        let apart = view.lexicon.subject_first && first > tokens.start + 1 && view.is(first - 1, Class::Conjunction);
        let peers = kind(m) == cast.mentions_in(span).next().map_or(EntityKind::Place, kind);
        // «*نائب رئيس مجلس الوزراء ووزير الداخلية* سالم الكرمي»: two offices of one man.
        let offices = kind(m) == EntityKind::Person && !person && office && direct > first;
        apart && peers
            || first > tokens.start
                && !offices
                && (arabic::has_and(view.key(first)) && view.text.span(first).start() < m.full.start()
                    || arabic::has_and(view.key(direct)) && view.text.span(direct).start() < m.span.start())
    });
    joined.then(|| add(view, cast, tokens, span))
}

/// A name that no list knows, at the place in a source where names stand: «*أديب الشامي*، سفير …», «*أمبر رود* وزيرة الطاقة»,
/// «المشرف العام على الإعلام *علي الغامدي*», «المتحدث باسم الجماعة *“قاري حمزة”*». It is added to the cast.
pub fn unseen(view: &View<'_>, cast: &mut Cast, tokens: &Range<usize>) -> Option<(EntityIndex, Range<usize>)> {
    let name = name::find(view, tokens)?;
    let role = if name.start == tokens.start { name.end..tokens.end } else { tokens.start..name.start };
    let skipped = role.clone().find(|i| !view.is_punct(*i)).unwrap_or(role.start);
    let span = view.text.span_of(name.clone());
    let entity = add(view, cast, &name, span);
    cast.entities[entity].named = true;
    let told = skipped < role.end;
    cast.entities[entity].roles = if told { vec![view.text.span_of(skipped..role.end)] } else { Vec::new() };
    Some((entity, name))
}

/// «وقال *سالم بن علي غبار* إن …»: one word between a name and what is said ends the name, though it looks ordinary. Names
/// with a row are whole.
pub fn completed(view: &View<'_>, cast: &mut Cast, tokens: &Range<usize>) -> Option<(EntityIndex, Range<usize>)> {
    let last = tokens.end.checked_sub(1).filter(|i| *i > tokens.start + 1)?;
    let key = view.key(last);
    let no_name = [Class::Circumstance, Class::Within, Class::Relative];
    let ordinary = !view.is_plain_word(last)
        || view.is_name(last)
        || view.is_adjective(last)
        || view.is_verb_shaped(last)
        || view.is_her_past(last)
        || no_name.into_iter().any(|c| view.is_bare(last, c));
    // «سالم الكرمي *مخاطبا*», «… *هاتفيا*», «سالم الكرمي *وزملاؤه*»
    // «سالم الكرمي *بتضافر* الجهود»
    let led =
        arabic::has_preposition(key) && view.is_ordinary_word(arabic::behind_letter(key)) || arabic::has_to_the(key);
    if ordinary || led || key.ends_with(['ا', 'ه']) || arabic::has_and(key) {
        return None;
    }
    let span = view.text.span_of(tokens.clone());
    let first = cast.mentions.partition_point(|m| m.span.start() < span.start());
    // «*خالد* الزين»: one given name is completed only by a word with the article.
    let given = |i: usize| view.is_given_name(i) && arabic::is_definite(key);
    let name = |m: &&mut Mention| {
        let name = view.covering(m.span);
        name.end == last && (name.len() > 1 || given(name.start))
    };
    let mention = cast.mentions[first..].iter_mut().take_while(|m| m.span.start() < span.end()).find(name)?;
    let entity = cast.entities.get_mut(mention.entity)?;
    if entity.kind != EntityKind::Person || !entity.named || entity.known.is_some() {
        return None;
    }
    mention.span = mention.span.to(view.text.span(last));
    mention.full = mention.full.to(view.text.span(last));
    entity.key = format!("{} {key}", entity.key);
    entity.forms.insert(0, view.text.at(mention.span).to_owned());
    Some((mention.entity, view.covering(mention.span)))
}

/// The person named in the source, and the first token of the name.
pub fn person(view: &View<'_>, cast: &Cast, tokens: &Range<usize>) -> Option<(EntityIndex, usize)> {
    let inside = cast.mentions_in(view.text.span_of(tokens.clone()));
    let person = |m: &&Mention| cast.entities[m.entity].kind == EntityKind::Person;
    let named = inside.filter(person).find(|m| cast.entities[m.entity].named && !is_served(view, cast, m, tokens))?;
    Some((named.entity, view.covering(named.span).start))
}

/// «a *spokesman for Berg*», «*Berg's lawyer*», «*адвокат Берга*»: another speaks, whom the name only describes.
pub fn serves(view: &View<'_>, cast: &Cast, tokens: &Range<usize>) -> bool {
    let person = |m: &&Mention| cast.entities[m.entity].kind == EntityKind::Person && cast.entities[m.entity].named;
    let mut named = cast.mentions_in(view.text.span_of(tokens.clone())).filter(person).peekable();
    named.peek().is_some() && named.all(|name| is_served(view, cast, name, tokens))
}

/// Is the name written as its bearer is called: «Анна Берг», «Берг», and not «Ларсу Холму»?
pub fn uninflected(view: &View<'_>, cast: &Cast, name: &Mention) -> bool {
    let words = view.covering(name.span);
    let genitive = &view.lexicon.endings.genitive;
    genitive.is_empty()
        || view.is_given_name(words.start)
        || words.len() == 1 && (!view.ends(words.start, genitive) || is_called(view, cast, name))
}

/// Is it the form that the page's entity goes by?
fn is_called(view: &View<'_>, cast: &Cast, name: &Mention) -> bool {
    view.covering(name.span).map(|i| view.key(i)).eq(cast.entities[name.entity].key.split(' '))
}

fn is_served(view: &View<'_>, cast: &Cast, name: &Mention, tokens: &Range<usize>) -> bool {
    if !view.lexicon.subject_first {
        return false;
    }
    let (full, words) = (view.covering(name.full), view.covering(name.span));
    let noun = |i: usize| view.is(i, Class::PersonNoun) && !view.is_name(i);
    let genitive = &view.lexicon.endings.genitive;
    // «Анна Кольцова» is how she is called, «Ларса Холма» is not.
    let called = match words.len() {
        1 => view.is_given_name(words.start),
        _ => words.clone().map(|i| view.key(i)).eq(cast.entities[name.entity].key.split(' ')),
    };
    let declined = words.clone().all(|i| view.ends(i, genitive)) && !called;
    let server = |i: &usize| view.is(*i, Class::Serving) && !view.ends(*i, genitive);
    // «*Источник из* окружения Холма»
    let from = || {
        (tokens.start..words.start).any(|i| noun(i) && !view.ends(i, genitive) && view.is(i + 1, Class::Preposition))
    };
    if declined && ((tokens.start..words.start).any(|i| server(&i)) || from()) {
        return true;
    }
    let head = (tokens.start..full.start).rev().find(|i| noun(*i));
    let Some(head) = head else {
        // «a *Berg aide*», «a *Berg campaign spokesman*», «*Berg's campaign*»
        let owned = view.is_owner(words.end) && view.is(tokens.end - 1, Class::Body);
        let near = (words.end..tokens.end).len() <= 4 && !(words.end..tokens.end).any(|i| view.is_punct(i));
        return owned || words.end < tokens.end && near && noun(tokens.end - 1);
    };
    full.start > head && view.is(full.start - 1, Class::Preposition)
}

/// «*وكيل وزارة الحج لقطاع العمرة* سالم الكرمي»: what stands in front of the name is a role of his, by which he is known later
/// («قال وكيل وزارة الحج»).
pub fn bear(view: &View<'_>, cast: &mut Cast, entity: EntityIndex, role: Range<usize>) {
    let office = view.is_person_noun(role.start) || view.is(role.start, Class::OfficeNoun);
    let end = (role.start..role.end).rev().find(|i| !view.is_punct(*i) && !view.is(*i, Class::Honorific));
    let Some(last) = end.filter(|last| office && *last > role.start) else { return };
    let role = view.text.span_of(role.start..last + 1);
    let known = &mut cast.entities[entity].roles;
    if !known.iter().any(|r| r.overlaps(role)) {
        known.push(role);
    }
}

/// Whom the source names where it is nothing but that name: «البيت الأبيض», «مسؤول أمريكي».
pub fn named(view: &View<'_>, cast: &Cast, tokens: &Range<usize>) -> Option<EntityIndex> {
    let inside: Vec<&Mention> = cast.mentions_in(view.text.span_of(tokens.clone())).collect();
    // «*مكتب* رئيس الوزراء سالم الكرمي»
    let is_person = |m: &&Mention| cast.entities[m.entity].kind == EntityKind::Person;
    if view.is(tokens.start, Class::Body) {
        return inside.first().filter(|m| !is_person(m)).map(|m| m.entity);
    }
    if let Some(person) = inside.iter().find(|m| is_person(m)) {
        return Some(person.entity);
    }
    // «*Germany's* leading organization, the Federation»: whose it is does not speak.
    let owner = |m: &&&Mention| view.is_owner(view.covering(m.span).end);
    let first = inside.iter().find(|m| !owner(m)).or(inside.first())?;
    // «*North Korea's* foreign minister»: the noun behind the name speaks.
    let behind = view.covering(first.span).end..tokens.end;
    // «A *New York* writer»: a noun goes on behind the place.
    let place = cast.entities[first.entity].kind == EntityKind::Place;
    let noun = |i: usize| view.is(i, Class::PersonNoun) || place && i == behind.start && !view.is_punct(i);
    if view.lexicon.subject_first && behind.clone().any(noun) {
        return None;
    }
    // «*СМИ Норланда*»: those of a place.
    let outlets = view.lexicon.subject_first && view.is(tokens.start, Class::OutletNoun) && place;
    if outlets && view.covering(first.full).start > tokens.start {
        return None;
    }
    let apposed = first.span != inside[0].span;
    let starts = apposed || view.covering(first.full).start <= tokens.start + 1;
    let described = view.is_person_noun(tokens.start) || view.is_bare(tokens.start, Class::OfficeNoun);
    (starts && !(described && view.covering(first.span).start > tokens.start)).then_some(first.entity)
}

/// The mentions in front of `span`, the nearest first; no page needs more of them to tell who is meant.
pub fn before(cast: &Cast, span: Span) -> impl Iterator<Item = &Mention> {
    let end = cast.mentions.partition_point(|m| m.span.start() < span.start());
    cast.mentions[..end].iter().rev().take(NEAR)
}

/// The body that a statement or a report belongs to: «بيان للبيت الأبيض», but nobody's in «تقارير إعلامية *في بروكسل*».
pub fn body(view: &View<'_>, cast: &Cast, tokens: &Range<usize>) -> Option<EntityIndex> {
    let span = view.text.span_of(tokens.clone());
    let venue = |m: &Mention| {
        let first = view.covering(m.full).start;
        cast.entities[m.entity].kind == EntityKind::Place && first > tokens.start && view.is(first - 1, Class::Within)
    };
    let person = |m: &Mention| cast.entities[m.entity].kind == EntityKind::Person;
    let office = view.is(tokens.start, Class::Body);
    let inside: Vec<&Mention> = cast.mentions_in(span).filter(|m| !(venue(m) || office && person(m))).collect();
    let organisation = inside.iter().find(|m| cast.entities[m.entity].kind == EntityKind::Organisation);
    organisation.or(inside.first()).map(|m| m.entity)
}

/// «مقالا *للكاتب* نيكولاس كرم … وأضاف *الكاتب* أن …»: who was named last right behind the same noun.
pub fn headed(view: &View<'_>, cast: &Cast, noun: usize, span: Span) -> Option<EntityIndex> {
    let same = |m: &&Mention| {
        let entity = &cast.entities[m.entity];
        let first = view.covering(m.span).start;
        entity.named
            && entity.kind == EntityKind::Person
            && first > 0
            && bare(view.key(first - 1)) == bare(view.key(noun))
    };
    before(cast, span).find(same).map(|m| m.entity)
}

pub fn add(view: &View<'_>, cast: &mut Cast, tokens: &Range<usize>, span: Span) -> EntityIndex {
    let text = view.text.at(span).to_owned();
    let recent = cast.entities.len().saturating_sub(NEAR);
    if let Some(known) = cast.entities[recent..].iter().position(|e| !e.named && e.forms.contains(&text)) {
        let known = known + recent;
        return known;
    }
    let entity = cast.entities.len();
    let head = view.key(tokens.start);
    let bare = arabic::without_article(head);
    let of = |class: Class| view.is_bare(tokens.start, class) || view.lexicon.classes(bare).is(class);
    let she = arabic::is_feminine_shaped(head) || of(Class::ShePlural) || bare.ends_with("ات") && !of(Class::Plural);
    let plural = arabic::is_plural_shaped(head)
        || of(Class::Plural)
        || view.lexicon.subject_first
            && tokens.clone().any(|i| view.is(i, Class::Body))
            && !tokens.clone().any(|i| view.is(i, Class::PersonNoun));
    cast.entities.push(Entity {
        kind: EntityKind::Person,
        named: false,
        known: None,
        key: text.clone(),
        forms: vec![text],
        roles: vec![span],
        feminine: she.then_some(true),
        plural,
    });
    mention(view, cast, entity, tokens, span);
    entity
}

/// Adds a mention of a described speaker: «التقرير» behind «طبقا للتقرير السنوي».
pub fn mention(view: &View<'_>, cast: &mut Cast, entity: EntityIndex, tokens: &Range<usize>, span: Span) {
    let at = cast.mentions.partition_point(|m| m.span.start() < span.start());
    let free = cast.mentions.get(at).is_none_or(|m| !m.span.overlaps(span))
        && (at == 0 || !cast.mentions[at - 1].span.overlaps(span));
    // «مدير المكتب في *عدن*»: where a name stands inside, the mention ends before it.
    let inner = cast.mentions.get(at).filter(|m| m.span.overlaps(span) && m.span.start() > span.start());
    let before = |m: &Mention| view.text.tokens_in(Span::new(span.start(), m.span.start()));
    let front = inner.and_then(|m| {
        before(m)
            .rev()
            .take_while(|i| *i >= tokens.start)
            .find(|i| !view.is_bare(*i, Class::Preposition) && !view.is_punct(*i))
    });
    let span = if free { Some(span) } else { front.map(|last| view.text.span_of(tokens.start..last + 1)) };
    let clear = at == 0 || span.is_some_and(|s| !cast.mentions[at - 1].span.overlaps(s));
    if let Some(span) = span.filter(|_| clear) {
        cast.mentions
            .insert(at, Mention { span, full: span, entity, because: Because::one("statement/speaker", span) });
        let (form, forms) = (view.text.at(span), &mut cast.entities[entity].forms);
        if free && !forms.iter().any(|known| known == form) {
            forms.push(form.to_owned());
        }
    }
}
