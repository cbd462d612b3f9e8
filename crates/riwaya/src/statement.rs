//! Who says what to whom, in which words, inside whose statement?

mod arabic;
mod clause;
mod complement;
mod content;
mod cue;
mod draft;
mod front;
mod inflect;
mod lexicon;
mod name;
mod nobody;
mod phrase;
mod resume;
mod source;
mod speaker;
mod view;

pub use lexicon::Lexicon;

use crate::because::Because;
use crate::mention::{self, Cast, EntityIndex};
use crate::page::Layout;
use crate::text::{Span, Text};
use crate::time::Time;
use draft::Draft;
use lexicon::{Class, Person};
use speaker::Speakers;
use std::ops::Range;
use view::View;

/// How the words are given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum QuoteKind {
    /// All between quotation marks.
    Direct,
    /// None between quotation marks.
    Indirect,
    /// Some.
    Mixed,
}

impl QuoteKind {
    /// The word of the contract.
    pub fn as_str(self) -> &'static str {
        match self {
            QuoteKind::Direct => "direct",
            QuoteKind::Indirect => "indirect",
            QuoteKind::Mixed => "mixed",
        }
    }
}

/// What the source does by saying it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Act {
    /// Says, adds, explains.
    Say,
    /// Affirms.
    Confirm,
    /// Says that it is not so.
    Deny,
    /// Commits to it.
    Promise,
    /// Warns.
    Warn,
    /// Threatens.
    Threaten,
    /// Asks for it or after it.
    Ask,
    /// Accuses.
    Accuse,
    /// Agrees, welcomes.
    Agree,
    /// Rejects, condemns.
    Reject,
    /// Thinks, expects, hopes.
    Believe,
    /// Makes it known.
    Announce,
}

impl Act {
    const ALL: [(Act, &'static str); 12] = [
        (Act::Say, "say"),
        (Act::Confirm, "confirm"),
        (Act::Deny, "deny"),
        (Act::Promise, "promise"),
        (Act::Warn, "warn"),
        (Act::Threaten, "threaten"),
        (Act::Ask, "ask"),
        (Act::Accuse, "accuse"),
        (Act::Agree, "agree"),
        (Act::Reject, "reject"),
        (Act::Believe, "believe"),
        (Act::Announce, "announce"),
    ];

    /// The word of the contract.
    pub fn as_str(self) -> &'static str {
        Act::ALL.iter().find(|(act, _)| *act == self).map_or("say", |(_, word)| word)
    }

    /// The act that a pack's word names.
    pub fn parse(word: &str) -> Option<Act> {
        Act::ALL.iter().find(|(_, w)| *w == word).map(|(act, _)| *act)
    }
}

/// An attribution: source, cue and content.
#[derive(Debug, Clone)]
pub struct Statement {
    /// The words that name who says it; none where the sentence does not.
    pub source: Option<Span>,
    /// The words that attribute.
    pub cue: Span,
    /// What is said, in pieces.
    pub content: Vec<Span>,
    /// How the words are given.
    pub quote: QuoteKind,
    /// Who says it, pronouns and dropped subjects resolved.
    pub speaker: Option<EntityIndex>,
    /// Who is told.
    pub addressee: Option<EntityIndex>,
    /// «في بيان», «في تصريح لقناة …».
    pub venue: Option<Span>,
    /// What the source does by it.
    pub act: Act,
    /// False where the source says that the content is not so.
    pub positive: bool,
    /// The statement whose content holds this one, as an index of the same list.
    pub parent: Option<usize>,
    /// Why.
    pub because: Because,
    /// The correction that gave it its speaker.
    pub corrected: Option<Because>,
}

impl Statement {
    /// The content from its first to its last piece.
    pub fn extent(&self) -> Span {
        match (self.content.first(), self.content.last()) {
            (Some(first), Some(last)) => first.to(*last),
            _ => self.cue,
        }
    }
}

/// All attributions of the article in text order. Speakers that the names stage did not see («مسؤول أمريكي») are
/// added to `cast` as unnamed entities.
pub fn statements(
    text: &Text,
    layout: &Layout,
    cast: &mut Cast,
    times: &[Time],
    lexicon: &Lexicon,
    names: &mention::Lexicon,
) -> Vec<Statement> {
    let view = View::new(text, cast, times, lexicon, names);
    let mut found: Vec<(usize, Draft)> = Vec::new();
    for (n, sentence) in text.sentences().iter().enumerate() {
        let span = text.span_of(sentence.tokens.clone());
        if !layout.is_article(span.start()) {
            continue;
        }
        let headline = layout.title.iter().any(|t| t.contains(span));
        if lexicon.subject_first {
            found.extend(clause::sentence(&view, sentence.tokens.clone(), headline).into_iter().map(|d| (n, d)));
            continue;
        }
        match headline.then(|| draft::headline(&view, sentence.tokens.clone())).flatten() {
            Some(draft) => found.push((n, draft)),
            None => found.extend(draft::sentence(&view, sentence.tokens.clone(), headline).into_iter().map(|d| (n, d))),
        }
    }
    resume::resume(&view, layout, &mut found);
    resolve(&view, layout, cast, found, names)
}

/// Gives every attribution its parent and its speaker.
fn resolve(
    view: &View<'_>,
    layout: &Layout,
    cast: &mut Cast,
    mut found: Vec<(usize, Draft)>,
    names: &mention::Lexicon,
) -> Vec<Statement> {
    let parents: Vec<Option<usize>> = (0..found.len()).map(|n| parent(&found, n)).collect();
    share_sources(view, &mut found, &parents);
    let mut speakers = Speakers::new(names);
    let mut out: Vec<Statement> = Vec::with_capacity(found.len());
    for (n, (_, draft)) in found.iter().enumerate() {
        let source = draft.source.clone().map(|tokens| {
            let span = source_span(view, draft, &tokens);
            (tokens, span)
        });
        let outer = parents[n].filter(|p| *p < n).and_then(|p| out[p].speaker);
        let speaker = match &source {
            Some((tokens, span)) => speakers.resolve(view, cast, tokens.clone(), *span),
            None if draft.person == Person::First => outer,
            None if draft.tense.is_none() && !draft.is_by => None,
            None if parents[n].is_some() => subordinate(view, cast, draft, parents[n].map(|p| &found[p].1)).or(outer),
            None => speakers.latest(cast, draft.person).or_else(|| last_named(cast, draft)),
        };
        if let (Some(speaker), None) = (speaker, parents[n]) {
            speakers.spoke(speaker);
        }
        let addressee = draft.told.clone().and_then(|tokens| {
            let span = view.text.span_of(tokens.clone());
            cast.mentions_in(span).next().map(|m| m.entity)
        });
        out.push(Statement {
            source: source.map(|(_, span)| span),
            cue: draft.cue,
            content: draft.pieces.clone(),
            quote: if is_split(view, draft) { QuoteKind::Direct } else { quote_kind(view, &draft.pieces) },
            speaker,
            addressee,
            venue: venue(view, draft),
            act: draft.act,
            positive: draft.positive,
            parent: parents[n],
            because: Because::one(draft.rule.clone(), draft.cue),
            corrected: None,
        });
    }
    let index = speakers.join_named_later(view, cast);
    for statement in &mut out {
        statement.speaker = statement.speaker.map(|e| index[e]);
        statement.addressee = statement.addressee.map(|e| index[e]);
    }
    speakers.remember(view, layout, cast);
    out
}

/// The smallest content that holds the cue of attribution `n`. It must be larger than that of `n` itself, so that two
/// attributions that hold each other's cue («بحسب» inside what another gives) never become each other's parents.
fn parent(found: &[(usize, Draft)], n: usize) -> Option<usize> {
    let size = |m: usize| (found[m].1.pieces.iter().map(|p| p.len()).sum::<usize>(), std::cmp::Reverse(m));
    let cue = found[n].1.cue;
    let near = n.saturating_sub(NEAR)..(n + NEAR).min(found.len());
    if let Some(cue) = found[n].1.passed_on_by {
        return near.clone().find(|m| found[*m].1.cue_token == cue);
    }
    let holds = |m: &usize| found[*m].1.cue != cue && found[*m].1.pieces.iter().any(|p| p.contains(cue));
    near.filter(|m| *m != n && holds(m) && size(*m) > size(n)).min_by_key(|m| size(*m))
}

/// How many attributions away a parent may stand.
const NEAR: usize = 40;

/// «قال كيري إن …، مشيرا إلى …»: the second attribution of a sentence has the source of the first on its level.
fn share_sources(view: &View<'_>, found: &mut [(usize, Draft)], parents: &[Option<usize>]) {
    for n in 0..found.len() {
        let (sentence, draft) = &found[n];
        if draft.source.is_some() || draft.person == Person::First || draft.tense.is_none() && !draft.shares {
            continue;
        }
        let here = || (0..n).rev().take_while(|m| found[*m].0 == *sentence).map(|m| (m, agree(&found[m].1, draft)));
        let before =
            here().find(|(m, agrees)| *agrees && parents[*m] == parents[n] && !found[*m].1.is_by).map(|(m, _)| m);
        let apart = here().any(|(_, agrees)| !agrees);
        if let Some((_, other)) = before.map(|m| &found[m]) {
            let (source, letters) = (other.source.clone(), other.source_letters);
            found[n].1.source = source;
            found[n].1.source_letters = letters;
        } else if view.lexicon.subject_first {
            // «said *Norland* had closed its port and pledged to …»: inside what is said its own subject goes on.
            let holds = |p: &&Span| p.contains(draft.cue);
            let piece = parents[n].and_then(|p| found[p].1.pieces.iter().find(holds));
            let start = match piece {
                Some(piece) => view.text.tokens_in(*piece).start,
                None => view.text.sentences()[*sentence].tokens.start,
            };
            found[n].1.source = clause::opening(view, start, draft.lead);
        } else if parents[n].is_none() && !apart {
            let start = view.text.sentences()[*sentence].tokens.start;
            let acting = || front::acting(view, start, draft.lead, draft.person);
            let venue = front::opening_venue(view, start, draft.lead);
            let letters = usize::from(venue.is_some());
            found[n].1.source = venue.or_else(|| front::opening_name(view, start, draft.lead)).or_else(acting);
            found[n].1.source_letters = letters;
        }
    }
}

/// «ولفت *المدير* إلى المقاييس التي اعتمدتها الوزارة، *وأعلنت* عزمها …»: a verb of «she» has no subject of «he».
fn agree(before: &Draft, draft: &Draft) -> bool {
    let finite = |d: &Draft| matches!(d.tense, Some(lexicon::Tense::Past | lexicon::Tense::Present));
    let differ = matches!((before.person, draft.person), (Person::He, Person::She) | (Person::She, Person::He));
    !(finite(before) && finite(draft) && differ && before.source.as_ref().is_some_and(|s| s.start > before.cue_token))
}

/// «… كان يكذب عندما قال إن …»: in a clause of time the one who was just named speaks.
fn subordinate(view: &View<'_>, cast: &Cast, draft: &Draft, parent: Option<&Draft>) -> Option<EntityIndex> {
    if draft.cue_token == 0 || !view.is(draft.cue_token - 1, Class::Subordinate) {
        return None;
    }
    let held = parent?.pieces.first()?.start()..draft.cue.start();
    let person = |m: &&mention::Mention| cast.entities[m.entity].kind == mention::EntityKind::Person;
    cast.mentions.iter().rev().filter(person).find(|m| held.contains(&m.span.start())).map(|m| m.entity)
}

/// «وصل سالم الكرمي إلى المدينة. وقال فور وصوله إن …»: where nobody spoke before, who was named last.
fn last_named(cast: &Cast, draft: &Draft) -> Option<EntityIndex> {
    let end = cast.mentions.partition_point(|m| m.span.start() < draft.cue.start());
    let agrees = |feminine: Option<bool>| match draft.person {
        Person::She => feminine != Some(false),
        Person::He => feminine != Some(true),
        _ => false,
    };
    let person = |e: &mention::Entity| e.kind == mention::EntityKind::Person && e.named && agrees(e.feminine);
    cast.mentions[..end].iter().rev().map(|m| m.entity).find(|e| person(&cast.entities[*e]))
}

fn source_span(view: &View<'_>, draft: &Draft, tokens: &Range<usize>) -> Span {
    view.text.without_prefix(tokens.start, draft.source_letters).to(view.text.span(tokens.end - 1))
}

/// «A, — *сказал* мэр, — B»: does the cue stand inside the quotation that it interrupts?
fn is_split(view: &View<'_>, draft: &Draft) -> bool {
    let Some(quote) = view.text.quote_of(draft.cue_token).map(|q| view.text.quotes()[q]) else { return false };
    let whole = view.text.span_of(quote.inside());
    let opens = draft.pieces.first().is_some_and(|p| view.text.tokens_in(*p).start == quote.inside().start);
    draft.joint == Some(complement::Joint::Quote) && opens && draft.pieces.iter().all(|p| whole.contains(*p))
}

/// Direct where every piece fills its quotation marks, mixed where some words are marked.
fn quote_kind(view: &View<'_>, pieces: &[Span]) -> QuoteKind {
    let quotes = view.text.quotes();
    let fills = |piece: &Span| {
        let tokens = view.text.tokens_in(*piece);
        let rest = |q: usize| (tokens.end..quotes[q].inside().end).all(|i| view.is_punct(i));
        tokens.start > 0 && view.opens(tokens.start - 1).is_some_and(rest)
    };
    if !pieces.is_empty() && pieces.iter().all(fills) {
        return QuoteKind::Direct;
    }
    let marked = pieces.iter().any(|p| {
        let tokens = view.text.tokens_in(*p);
        tokens.clone().any(|i| view.opens(i).is_some_and(|q| !quotes[q].inside().is_empty()))
            || tokens.start > 0 && fills(p)
    });
    if marked { QuoteKind::Mixed } else { QuoteKind::Indirect }
}

/// «في بيان», «في مؤتمر صحفي»: between the cue and the content.
fn venue(view: &View<'_>, draft: &Draft) -> Option<Span> {
    let at = (draft.cue_token + 1..draft.content)
        .find(|i| view.is(*i, Class::Preposition) && view.is(i + 1, Class::Venue))?;
    let mut end = at + 2;
    while end < draft.content
        && !view.is_comma(end)
        && !view.is(end, Class::Complementizer)
        && view.text.word(end) != ":"
        && view.opens(end).is_none()
    {
        end += 1;
    }
    Some(view.text.span_of(at..end))
}
