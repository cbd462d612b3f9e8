//! Who is meant by the source, and who says it where the sentence does not name anybody?
//!
//! «وأضاف» goes back to the speaker of the attribution before it, agreeing in gender; «المسؤول الأمريكي» to the
//! «مسؤول أمريكي رفيع» of an earlier paragraph; a statement («البيان») to whoever issued it.

mod referent;
mod words;

use super::arabic;
use super::lexicon::{Class, Person};
use super::view::View;
use crate::because::Because;
use crate::mention::{self, Cast, EntityIndex, EntityKind, Mention};
use crate::page::Layout;
use crate::text::Span;
use referent::{
    add, bear, before, body, completed, group, headed, mention, named, person, same_body, serves, short_body,
    uninflected, unseen,
};
use rustc_hash::FxHashMap;
use std::ops::Range;
use words::{bare, describing, is_definite_person, is_pronoun, without_article, without_marks, without_quantity};

/// How many mentions back a short name or «الأخير» may reach.
const NEAR: usize = 400;

/// How far behind the description of a speaker his name may follow, in tokens, and in which lines a page opens.
const LEAD: usize = 80;
/// How far behind «مسؤول» who is meant by it may be named, in bytes.
const NEXT: usize = 2500;
const OPENING: usize = 6;

/// So many mentions in front of «он» are asked for one that is not declined.
const NAMED: usize = 12;

/// A speaker without a name, known by the words that describe him.
struct Described {
    words: Vec<String>,
    tokens: Range<usize>,
    entity: EntityIndex,
}

/// The speakers of a page so far.
pub(super) struct Speakers<'p> {
    names: &'p mention::Lexicon,
    described: Vec<Described>,
    /// Speakers of top-level statements, latest last.
    history: Vec<EntityIndex>,
    /// Who issued the last document, and the noun for it.
    issuer: Option<(EntityIndex, String)>,
    /// Names that no list knows, found because they speak: the entity and the words of its first mention.
    unseen: Vec<(EntityIndex, Range<usize>)>,
}

impl<'p> Speakers<'p> {
    pub fn new(names: &'p mention::Lexicon) -> Speakers<'p> {
        Speakers { names, described: Vec::new(), history: Vec::new(), issuer: None, unseen: Vec::new() }
    }

    /// Remembers the speaker of a top-level statement.
    pub fn spoke(&mut self, entity: EntityIndex) {
        self.history.push(entity);
    }

    /// The latest speaker who agrees with the verb, in gender if one does, in number always: «وقال في تصريح» is no
    /// «شهود», «وأصروا على البقاء» no one man.
    pub fn latest(&self, cast: &Cast, person: Person) -> Option<EntityIndex> {
        let gender = |e: &EntityIndex| {
            let feminine = cast.entities[*e].feminine;
            match person {
                Person::She => feminine != Some(false),
                Person::He => feminine != Some(true),
                _ => true,
            }
        };
        let number = |e: &EntityIndex| {
            let entity = &cast.entities[*e];
            let many = entity.plural || entity.kind != EntityKind::Person;
            match person {
                Person::He => !entity.plural,
                Person::She => !entity.plural || entity.feminine == Some(true),
                Person::They => many,
                Person::First | Person::Anybody => true,
            }
        };
        let recent = || self.history.iter().rev().take(6).copied().filter(number);
        let latest = recent().find(gender);
        latest.or_else(|| recent().next())
    }

    /// «الشيشكلي» after «أديب الشيشكلي، سفير …».
    fn short_name(&self, view: &View<'_>, tokens: &Range<usize>) -> Option<EntityIndex> {
        let last = |name: &Range<usize>| bare(view.key(name.end - 1)) == bare(view.key(tokens.start));
        self.unseen.iter().rev().take(NEAR).find(|(_, name)| tokens.len() == 1 && last(name)).map(|(entity, _)| *entity)
    }

    /// «وزير الإسكان: …» in the headline, «وزير الإسكان ماجد الكرمي» below: who was only described and is named further on is
    /// one with him. Gives the new index of every entity.
    pub fn join_named_later(&mut self, view: &View<'_>, cast: &mut Cast) -> Vec<EntityIndex> {
        let unnamed = self.described.iter().filter(|d| !cast.entities[d.entity].named);
        let pairs: Vec<(EntityIndex, EntityIndex)> = unnamed
            .filter_map(|d| {
                let person = cast.by_role(view.text, self.names, d.tokens.clone(), usize::MAX);
                let named = person.filter(|p| cast.entities[*p].named);
                Some((d.entity, named.or_else(|| self.named_next(view, cast, d))?))
            })
            .collect();
        let index = cast.join(&pairs);
        self.unseen.iter_mut().for_each(|(entity, _)| *entity = index[*entity]);
        index
    }

    /// «*Norland's foreign minister* said … *Anders Holm* told the assembly …»: a holder of an office opens the page, and the
    /// next who speaks is named in full for the first time, without a role.
    fn named_next(&self, view: &View<'_>, cast: &Cast, described: &Described) -> Option<EntityIndex> {
        let office = described.tokens.clone().any(|i| view.is(i, Class::OfficeNoun)) && described.tokens.len() > 1;
        let at = self.history.iter().position(|e| *e == described.entity)?;
        let next = *self.history[at + 1..].iter().find(|e| **e != described.entity)?;
        let entity = &cast.entities[next];
        // «أعلن *مسؤول* أن … وقال سالم الكرمي *المسؤول* في الهيئة»
        let noun = described.tokens.start;
        let told = |i: usize| view.is_person_noun(noun) && bare(view.key(i)) == bare(view.key(noun));
        let role = |r: &Span| told(view.text.tokens_in(*r).start) && r.start() < view.text.span(noun).end() + NEXT;
        let lone = described.tokens.len() == 1 && !arabic::is_definite(view.key(noun));
        if lone && entity.named && entity.kind == EntityKind::Person && entity.roles.iter().any(role) {
            return Some(next);
        }
        let first = cast.mentions.iter().find(|m| m.entity == next)?;
        let full = view.covering(first.span);
        let behind = full.len() > 1 && full.start > described.tokens.end && full.start < described.tokens.end + LEAD;
        let bare = entity.named && entity.kind == EntityKind::Person && entity.roles.is_empty();
        let lead = view.text.line_at(view.text.span(described.tokens.start).start()) < OPENING;
        (office && bare && behind && lead && !self.history[..at].contains(&next)).then_some(next)
    }

    /// Adds the other mentions of the names that were found because they speak: a name accepted once is known everywhere
    /// on its page, whole or by its last word.
    pub fn remember(&self, view: &View<'_>, layout: &Layout, cast: &mut Cast) {
        let mut by_word: FxHashMap<&str, Vec<(EntityIndex, Range<usize>)>> = FxHashMap::default();
        for (entity, name) in &self.unseen {
            for part in [name.clone(), name.end - 1..name.end] {
                let words = by_word.entry(view.key(part.start)).or_default();
                if !words.iter().any(|(_, known)| known.len() == part.len()) {
                    words.push((*entity, part));
                }
            }
        }
        if by_word.is_empty() {
            return;
        }
        let mut taken = vec![false; view.text.len()];
        cast.mentions.iter().for_each(|m| taken[view.covering(m.span)].fill(true));
        let mut found = Vec::new();
        for i in (0..taken.len()).filter(|i| !taken[*i] && layout.is_article(view.text.span(*i).start())) {
            let letter = usize::from(!by_word.contains_key(view.key(i)));
            let Some(names) = by_word.get(if letter == 0 { view.key(i) } else { arabic::behind_letter(view.key(i)) })
            else {
                continue;
            };
            let fits = |name: &Range<usize>| (1..name.len()).all(|n| view.key(i + n) == view.key(name.start + n));
            let best = names.iter().filter(|(_, name)| fits(name)).max_by_key(|(_, name)| name.len());
            if let Some((entity, name)) = best {
                let span = view.text.without_prefix(i, letter).to(view.text.span(i + name.len() - 1));
                found.push(Mention {
                    span,
                    full: span,
                    entity: *entity,
                    because: Because::one("statement/speaker", span),
                });
            }
        }
        cast.mentions.extend(found);
        cast.mentions.sort_by_key(|m| (m.span.start(), m.span.end()));
        cast.mentions.dedup_by(|b, a| a.span.overlaps(b.span));
    }

    /// «الجانب الروسي»: the state itself, where the page names it.
    fn side(&self, view: &View<'_>, cast: &Cast, tokens: &Range<usize>) -> Option<EntityIndex> {
        if tokens.len() != 2 || !view.is_bare(tokens.start, Class::Side) {
            return None;
        }
        let state = self.names.state_of(view.key(tokens.start + 1))?;
        let is_state = |id: &str| id.strip_prefix(state).is_some_and(|rest| rest.is_empty() || rest == "-government");
        cast.entities.iter().position(|e| e.known.as_deref().is_some_and(is_state))
    }

    /// The entity that the words of a source name or describe; an unnamed one is added to the cast where nobody fits.
    pub fn resolve(
        &mut self,
        view: &View<'_>,
        cast: &mut Cast,
        tokens: Range<usize>,
        span: Span,
    ) -> Option<EntityIndex> {
        let tokens = without_article(view, without_marks(view, without_quantity(view, tokens)));
        if let Some(entity) = self.side(view, cast, &tokens) {
            return Some(entity);
        }
        if let Some(entity) = group(view, cast, &tokens, span) {
            return Some(entity);
        }
        if let Some(entity) = self.short_name(view, &tokens) {
            return Some(entity);
        }
        if serves(view, cast, &tokens) {
            return self.described(view, cast, tokens, span);
        }
        if let Some((entity, name)) = completed(view, cast, &tokens) {
            self.unseen.push((entity, name));
            return Some(entity);
        }
        // «*مكتب* رئيس الوزراء سالم الكرمي» is not he.
        // «*agency* spokesman Holm»
        let office = view.lexicon.subject_first && tokens.clone().any(|i| view.is(i, Class::PersonNoun));
        let body = view.is(tokens.start, Class::Body) && !office && !tokens.clone().any(|i| view.is_comma(i));
        if let Some((entity, name)) = person(view, cast, &tokens).filter(|_| !body) {
            bear(view, cast, entity, tokens.start..name);
            // «سالم الكرمي *المسؤول في الهيئة*»
            let end = view.name_end(name).unwrap_or(tokens.end);
            let behind = (end..tokens.end).find(|i| !view.is_punct(*i)).unwrap_or(tokens.end);
            bear(view, cast, entity, behind..tokens.end);
            if view.is_document(tokens.start) {
                self.issuer = Some((entity, bare(view.key(tokens.start)).to_owned()));
            }
            return Some(entity);
        }
        if let Some((entity, name)) = (!body).then(|| unseen(view, cast, &tokens)).flatten() {
            self.unseen.push((entity, name));
            return Some(entity);
        }
        if let Some(entity) = self.issuer(view, cast, &tokens) {
            return Some(entity);
        }
        if let Some(entity) = named(view, cast, &tokens) {
            return self.more_generally(view, cast, &tokens, span, Some(entity)).or(Some(entity));
        }
        // «حسب *تقرير الشرطة*», «بحسب *تصريحات المسؤولين*»: whose words they are.
        let whose = tokens.start + 1..tokens.end;
        let owner = arabic::is_definite(view.key(whose.start)) && view.is_speaker_head(whose.start);
        if view.is_bare(tokens.start, Class::Document) && !whose.is_empty() && owner && !view.is_document(whose.start) {
            let span = view.text.span_of(whose.clone());
            return self.resolve(view, cast, whose, span);
        }
        if is_pronoun(view, &tokens) && view.is(tokens.start, Class::It) {
            let thing = |e: &EntityIndex| cast.entities[*e].kind != EntityKind::Person || cast.entities[*e].plural;
            let named =
                || before(cast, span).map(|m| m.entity).find(|e| cast.entities[*e].kind == EntityKind::Organisation);
            return self.history.iter().rev().take(6).copied().find(thing).or_else(named);
        }
        if is_pronoun(view, &tokens) {
            if let Some(person) = self.pronoun(view, cast, tokens.start, span) {
                return Some(person);
            }
            let latter = arabic::is_definite(view.key(tokens.start));
            let person = |m: &&Mention| {
                let entity = &cast.entities[m.entity];
                m.span.start() < span.start() && entity.kind == EntityKind::Person && (latter || entity.named)
            };
            let named = before(cast, span).find(person).map(|m| m.entity);
            // «أطلق أمير المنطقة المبادرة، وأكد *سموه* أن …»: nobody spoke before.
            return named.filter(|_| latter).or(self.history.last().copied()).or(named);
        }
        if let Some(entity) = short_body(view, cast, &tokens, span) {
            return Some(entity);
        }
        if let Some(entity) = same_body(view, cast, &tokens, span, self.history.last().copied()) {
            return Some(entity);
        }
        self.described(view, cast, tokens, span)
    }

    /// «he», «она»: the last person of that gender who spoke, else who was named.
    fn pronoun(&self, view: &View<'_>, cast: &Cast, at: usize, span: Span) -> Option<EntityIndex> {
        let she = view.is(at, Class::She);
        if !she && !view.is(at, Class::He) {
            return None;
        }
        let agrees = |e: &EntityIndex| {
            let entity = &cast.entities[*e];
            entity.kind == EntityKind::Person && !entity.plural && entity.feminine != Some(!she)
        };
        // «Berg's tone had changed since last year, *when he* said …»: whom the sentence has just named.
        let sentence = view.text.sentences().iter().rev().find(|s| s.tokens.contains(&at));
        let start = sentence.map_or(span.start(), |s| view.text.span(s.tokens.start).start());
        let inside = at > 0 && view.is(at - 1, Class::Circumstance);
        let here = before(cast, span).take_while(|m| inside && m.span.start() >= start).map(|m| m.entity);
        if let Some(named) = here.into_iter().find(|e| agrees(e) && cast.entities[*e].named) {
            return Some(named);
        }
        if let Some(subject) = subject_before(view, cast, at).filter(agrees) {
            return Some(subject);
        }
        // Whom nothing marks as a woman is seldom meant by «она».
        let woman = |e: &EntityIndex| agrees(e) && cast.entities[*e].feminine == Some(true);
        let recent = || self.history.iter().rev().take(6).copied();
        let spoke = recent().find(|e| she && woman(e)).or_else(|| recent().find(agrees));
        let near = || before(cast, span).map(|m| m.entity).filter(|e| cast.entities[*e].named);
        // «Президент говорил о Ларсе Холме. … — сказал *он*»: whose name is declined is seldom the subject that goes on.
        let subject = |m: &&Mention| uninflected(view, cast, m) && cast.entities[m.entity].named;
        let subject = || before(cast, span).take(NAMED).filter(subject).map(|m| m.entity);
        let named = || subject().find(agrees).or_else(|| near().find(agrees));
        spoke.or_else(|| near().find(|e| she && woman(e))).or_else(named)
    }

    /// Who issued a statement: the body that the source names with it («بيان للبيت الأبيض»), then the same for «البيان»; who
    /// spoke last where none was named.
    fn issuer(&mut self, view: &View<'_>, cast: &Cast, tokens: &Range<usize>) -> Option<EntityIndex> {
        if !view.is_document(tokens.start) {
            return None;
        }
        let noun = bare(view.key(tokens.start));
        if let Some(body) = body(view, cast, tokens) {
            self.issuer = Some((body, noun.to_owned()));
            return Some(body);
        }
        // «В *сообщении* говорится …»: without an article a document alone was named before.
        let alone = view.lexicon.subject_first && tokens.len() == 1;
        let short = tokens.len() <= 2 && view.is_definite_document(tokens.start) || alone;
        let issuer = self.issuer.as_ref();
        if let Some((entity, _)) =
            issuer.filter(|(_, known)| short && (known == noun || view.is_statement(tokens.start)))
        {
            return Some(*entity);
        }
        self.history.last().copied().filter(|_| short && view.is_statement(tokens.start))
    }

    /// Whom a description means: who bears that role on the page, who was described so before, who spoke last («وأضاف
    /// المسؤول»), or somebody new.
    fn described(&mut self, view: &View<'_>, cast: &mut Cast, tokens: Range<usize>, span: Span) -> Option<EntityIndex> {
        let words = describing(view, &tokens);
        let same = |known: &Described| {
            words.iter().all(|w| known.words.contains(w)) || known.words.iter().all(|w| words.contains(w))
        };
        let relative =
            (tokens.start + 1..tokens.end).find(|i| view.is(*i, Class::Relative) && arabic::is_definite(view.key(*i)));
        // «حسب *تصريحات* وزير الخارجية»: who made them.
        let titled = view.is_document(tokens.start) && view.is_bare(tokens.start + 1, Class::OfficeNoun);
        let core = tokens.start + usize::from(titled)..relative.unwrap_or(tokens.end);
        let role = |before: usize| cast.by_role(view.text, self.names, core.clone(), before);
        let role = role(span.start()).or_else(|| role(usize::MAX));
        if let Some(entity) = role.filter(|e| cast.entities[*e].named) {
            return Some(entity);
        }
        if let Some(known) =
            self.described.iter().rev().take(NEAR).find(|k| k.words.first() == words.first() && same(k))
        {
            mention(view, cast, known.entity, &tokens, span);
            return Some(known.entity);
        }
        if let Some(entity) = self.more_generally(view, cast, &tokens, span, role) {
            return Some(entity);
        }
        if let Some(entity) = role.or_else(|| cast.by_similar_role(view.text, self.names, tokens.clone())) {
            return Some(entity);
        }
        let person = |e: &&EntityIndex| cast.entities[**e].kind == EntityKind::Person && cast.entities[**e].named;
        let last = self.history.last().filter(person).copied();
        let definite = tokens.len() == 1 && is_definite_person(view, tokens.start);
        if let Some(entity) = definite.then(|| headed(view, cast, tokens.start, span)).flatten() {
            return Some(entity);
        }
        if let Some(last) = last.filter(|_| definite) {
            return Some(last);
        }
        let headed = view.lexicon.subject_first && tokens.clone().any(|i| view.is(i, Class::PersonNoun));
        let office = headed || view.is_person_noun(tokens.start) || view.is_bare(tokens.start, Class::OfficeNoun);
        let outlets = view.lexicon.subject_first && view.is(tokens.start, Class::OutletNoun);
        let speaks = |e: &EntityIndex| !(outlets && cast.entities[*e].kind == EntityKind::Place);
        let body = body(view, cast, &tokens).filter(|e| !office && !view.is_document(tokens.start) && speaks(e));
        if let Some(body) = body {
            return Some(body);
        }
        Some(self.stranger(view, cast, tokens, span, words))
    }

    /// «قال نائب الوزير دانيال فالنر … ولفت *المسؤول المالي الأميركي* إلى أن …»: who spoke last, called by what he is, where nobody
    /// else was described so before; `known` is who is described so at this place.
    fn more_generally(
        &self,
        view: &View<'_>,
        cast: &mut Cast,
        tokens: &Range<usize>,
        span: Span,
        known: Option<EntityIndex>,
    ) -> Option<EntityIndex> {
        let general = view.is(tokens.start, Class::Hypernym)
            && tokens.len() > 1
            && tokens.clone().skip(1).all(|i| view.is_adjective(i));
        let woman = arabic::is_feminine_shaped(view.key(tokens.start));
        let fits = |e: &EntityIndex| {
            let entity = &cast.entities[*e];
            entity.kind == EntityKind::Person
                && entity.named
                && entity.feminine.is_none_or(|feminine| feminine == woman)
        };
        let new = known.is_none_or(|e| !before(cast, span).any(|m| m.entity == e));
        if !general || !new {
            return None;
        }
        // «إن *مسؤولا نمساويا* حذر … وأضاف *المسؤول النمساوي*»
        let words = describing(view, tokens);
        let same = |known: &&Described| known.words.first() == words.first() && known.words == words;
        let described = self.described.iter().rev().take(NEAR).find(same).map(|d| d.entity);
        let last = described.or_else(|| self.history.last().copied().filter(fits))?;
        let here = cast.mentions.iter_mut().filter(|m| span.contains(m.span) && Some(m.entity) == known);
        here.for_each(|m| m.entity = last);
        Some(last)
    }

    /// A speaker whom the page has not named before: somebody described, or a name that no list knows.
    fn stranger(
        &mut self,
        view: &View<'_>,
        cast: &mut Cast,
        tokens: Range<usize>,
        span: Span,
        words: Vec<String>,
    ) -> EntityIndex {
        let entity = add(view, cast, &tokens, span);
        let unseen = tokens.len() <= 3
            && tokens.clone().all(|i| self.names.may_be_name(view.key(i)) && !view.is_speaker_head(i))
            && !tokens.clone().any(|i| view.is(i, Class::PersonNoun));
        cast.entities[entity].named = unseen;
        if unseen {
            cast.entities[entity].roles.clear();
            self.unseen.push((entity, tokens.clone()));
        }
        // «*مؤسسة الكرمي للأبحاث* قالت إن …»: a body is no person, and with the article somewhere its words name it.
        if !view.lexicon.subject_first && view.is_bare(tokens.start, Class::Body) {
            cast.entities[entity].kind = EntityKind::Organisation;
            cast.entities[entity].named = tokens.len() > 1 && arabic::is_definite(view.key(tokens.start + 1));
        }
        self.described.push(Described { words, tokens, entity });
        entity
    }
}

/// «*Berg* took a different view. "We are ready," he said.»: the person with whom the sentence before opens; sentences inside
/// a quotation do not count.
fn subject_before(view: &View<'_>, cast: &Cast, at: usize) -> Option<EntityIndex> {
    let sentences = view.text.sentences();
    let here = sentences.partition_point(|s| s.tokens.end <= at);
    let outside = |n: &usize| {
        let first = sentences[*n].tokens.clone().find(|i| !view.is_punct(*i) || view.opens(*i).is_some());
        first.is_some_and(|i| view.text.quote_of(i).is_none())
    };
    let before = (here.saturating_sub(5)..here).rev().find(outside)?;
    let tokens = &sentences[before].tokens;
    let first = tokens.clone().find(|i| !view.is_punct(*i) && !view.is(*i, Class::Lead))?;
    let opens = |m: &&Mention| view.covering(m.full).start == first;
    let mention = cast.mentions_in(view.text.span_of(tokens.clone())).find(opens)?;
    let owner = view.is_owner(view.covering(mention.span).end);
    let person = cast.entities[mention.entity].kind == EntityKind::Person && cast.entities[mention.entity].named;
    (person && !owner).then_some(mention.entity)
}
