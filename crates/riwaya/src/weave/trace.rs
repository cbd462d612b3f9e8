//! Through whom did these words travel?
//!
//! Words are followed in their own language by the words themselves, and into others along the translations that
//! [`crate::weave::copy`] found ([`translated`]).

mod translated;

use crate::pack::Packs;
use crate::page::CreditKind;
use crate::read::Reading;
use crate::statement::QuoteKind;
use crate::text::{Span, Text, TokenKind};
use crate::weave::copy::outlet;
use crate::weave::{Passage, Woven};
use jiff::civil::Date;
use rustc_hash::FxHashSet;
use std::sync::Arc;
use translated::Translations;

/// How a link hands its words on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum LinkKind {
    /// In quotation marks.
    Direct,
    /// In the words of whoever tells it.
    Indirect,
    /// By somebody without a name («مسؤول أمريكي»).
    Unnamed,
    /// Put into another language: the page says sentence by sentence what the page of this outlet says.
    Translated,
    /// Carried on: an outlet prints an agency, a channel airs an interview.
    Relayed,
}

impl LinkKind {
    /// The word of the contract.
    pub fn as_str(self) -> &'static str {
        match self {
            LinkKind::Direct => "direct",
            LinkKind::Indirect => "indirect",
            LinkKind::Unnamed => "unnamed",
            LinkKind::Translated => "translated",
            LinkKind::Relayed => "relayed",
        }
    }
}

/// One hand that words passed through: an outlet, an agency, a spokesman, a principal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// The name, as usual or as written.
    pub name: String,
    /// The woven entity; none for an outlet or agency that only a credit or the metadata names.
    pub entity: Option<usize>,
    /// How it hands the words on.
    pub kind: LinkKind,
    /// The words that say so; none where the metadata does.
    pub words: Option<Passage>,
}

/// One page that carries the words.
#[derive(Debug, Clone)]
pub struct Trace {
    /// The page.
    pub page: usize,
    /// The statement that holds them; none where the page says them itself.
    pub statement: Option<usize>,
    /// The words there.
    pub words: Span,
    /// From the page outwards in: outlet, agency, spokesman, principal.
    pub chain: Vec<Link>,
    /// The day of publication.
    pub published: Option<Date>,
    /// Is it the first appearance among the dated pages?
    pub first: bool,
    /// Share of the words looked for that stand here in this order, from 0 to 1; none where they stand here in another
    /// language.
    pub share: Option<f32>,
    /// Words that stand here and not in what was looked for, and the other way round.
    pub drift: Vec<Drift>,
    /// The same in another language.
    pub translation: Option<Translation>,
}

/// Where words stand in another language, on a page that says sentence by sentence the same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Translation {
    /// The words there.
    pub of: Passage,
    /// The statement that holds them; none where the page says them itself.
    pub statement: Option<usize>,
    /// Is it this page that follows the other one? Else the other one follows.
    pub follows: bool,
    /// Why so.
    pub because: Arc<str>,
}

/// A place where the wording differs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Drift {
    /// What was looked for has these words here; empty where it has none.
    pub wanted: String,
    /// This page has these; empty where it has none.
    pub found: String,
}

/// What to trace.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Quarry {
    /// Statement `.1` of page `.0`.
    Statement(usize, usize),
    /// Words, in any script and with any marks.
    Words(String),
}

/// Every page that carries the words, in whatever language, the first appearance first, then by day and page.
pub fn trace(quarry: &Quarry, readings: &[Reading], packs: &Packs, woven: &Woven) -> Vec<Trace> {
    let mut hits = carrying(&Wanted::new(quarry, readings, packs), readings);
    let translations = Translations { readings, packs, woven };
    let mut next = 0;
    while let Some(hit) = hits.get(next) {
        for found in translations.of(hit) {
            match hits.iter_mut().find(|h| h.is_at(&found)) {
                Some(known) => known.learn(found),
                None => hits.extend(with_reprints(found, readings, &hits)),
            }
        }
        next += 1;
    }
    let mut traces: Vec<Trace> = hits.into_iter().map(|hit| hit.traced(readings, woven)).collect();
    traces.sort_by_key(|t| (t.published.is_none(), t.published, t.page, t.words));
    let earliest = traces.iter().filter_map(|t| t.published).min();
    traces.iter_mut().for_each(|t| t.first = t.published.is_some() && t.published == earliest);
    traces
}

/// A translation, and where else its words stand.
fn with_reprints(found: Hit, readings: &[Reading], known: &[Hit]) -> Vec<Hit> {
    let mut wanted = Wanted::default();
    wanted.add(&readings[found.page].text, found.words);
    let is_new = |hit: &Hit| !hit.is_at(&found) && !known.iter().any(|h| h.is_at(hit));
    let others = carrying(&wanted, readings).into_iter().filter(is_new);
    let others = others.map(|hit| Hit { translation: found.translation.clone(), ..hit }).collect::<Vec<_>>();
    std::iter::once(found).chain(others).collect()
}

/// Through whom statement `statement` of page `page` came: the outlet first, whoever said it last.
pub fn chain(page: usize, statement: usize, readings: &[Reading], woven: &Woven) -> Vec<Link> {
    let reading = &readings[page];
    let lang = reading.lang.as_deref().unwrap_or("");
    let mut links = carriers(page, readings);
    let mut told = Vec::new();
    let mut at = Some(statement);
    while let Some(n) = at {
        told.push(n);
        at = reading.statements[n].parent.filter(|p| !told.contains(p));
    }
    for n in told.into_iter().rev() {
        let said = &reading.statements[n];
        let link = |entity: usize, kind, words: Option<Span>| {
            let name = woven.entity(page, entity).label(lang).to_owned();
            let words = words.map(|span| Passage { page, span });
            Link { name, entity: Some(woven.entity_of[page][entity]), kind, words }
        };
        if let Some(medium) = said.addressee.filter(|a| woven.entity(page, *a).carries()) {
            links.push(link(medium, LinkKind::Relayed, said.venue));
        }
        if let Some(speaker) = said.speaker {
            let entity = woven.entity(page, speaker);
            let kind = match said.quote {
                _ if entity.carries() => LinkKind::Relayed,
                _ if !entity.named => LinkKind::Unnamed,
                QuoteKind::Direct => LinkKind::Direct,
                QuoteKind::Indirect | QuoteKind::Mixed => LinkKind::Indirect,
            };
            links.push(link(speaker, kind, said.source.or(Some(said.cue))));
        }
    }
    links
}

/// The outlet and the agencies that a page credits.
pub(super) fn carriers(page: usize, readings: &[Reading]) -> Vec<Link> {
    let reading = &readings[page];
    let mut links = vec![Link { name: outlet(reading), entity: None, kind: LinkKind::Relayed, words: None }];
    let agency = |kind: CreditKind| matches!(kind, CreditKind::Agency | CreditKind::Agencies);
    links.extend(reading.layout.credits.iter().filter(|c| agency(c.kind)).map(|credit| Link {
        name: credit.name.clone(),
        entity: None,
        kind: LinkKind::Relayed,
        words: credit.span.map(|span| Passage { page, span }),
    }));
    links
}

/// The words looked for, folded and as written.
#[derive(Default)]
struct Wanted {
    keys: Vec<String>,
    words: Vec<String>,
    known: FxHashSet<String>,
}

/// Share of the words that must stand in a place, in their order.
const SHARE: f32 = 0.6;
/// Fewer words than this must all be there, side by side.
const SHORT: usize = 5;

/// Larger comparisons (words looked for times words of the sentence) are not made.
const LARGEST: usize = 8_000_000;

impl Wanted {
    fn new(quarry: &Quarry, readings: &[Reading], packs: &Packs) -> Wanted {
        let mut wanted = Wanted::default();
        match quarry {
            Quarry::Statement(page, statement) => {
                let Some(reading) = readings.get(*page) else { return wanted };
                for span in reading.statements.get(*statement).map_or(&[][..], |s| &s.content) {
                    wanted.add(&reading.text, *span);
                }
            }
            Quarry::Words(words) => {
                let language = packs.detect(words).map(|p| p.language.clone()).unwrap_or_default();
                let text = Text::new(words.clone(), &language);
                wanted.add(&text, Span::new(0, words.len()));
            }
        }
        wanted
    }

    fn add(&mut self, text: &Text, span: Span) {
        for i in text.tokens_in(span).filter(|i| is_word(text, *i)) {
            self.keys.push(text.key(i).to_owned());
            self.words.push(text.word(i).to_owned());
            self.known.insert(text.key(i).to_owned());
        }
    }
}

fn is_word(text: &Text, i: usize) -> bool {
    text.tokens()[i].kind != TokenKind::Punct
}

/// A place that carries the words.
struct Hit {
    page: usize,
    statement: Option<usize>,
    words: Span,
    share: Option<f32>,
    drift: Vec<Drift>,
    translation: Option<Translation>,
}

impl Hit {
    fn is_at(&self, other: &Hit) -> bool {
        self.page == other.page && self.words.overlaps(other.words)
    }

    /// Whom a page translates tells more than by whom it is translated.
    fn learn(&mut self, other: Hit) {
        let follows = |hit: &Hit| hit.translation.as_ref().is_some_and(|t| t.follows);
        if follows(&other) && !follows(self) {
            self.translation = other.translation;
        }
    }

    fn traced(self, readings: &[Reading], woven: &Woven) -> Trace {
        let mut chain = match self.statement {
            Some(n) => self::chain(self.page, n, readings, woven),
            None => carriers(self.page, readings),
        };
        if let Some(original) = self.translation.as_ref().filter(|t| t.follows) {
            let name = outlet(&readings[original.of.page]);
            let link = Link { name, entity: None, kind: LinkKind::Translated, words: Some(original.of) };
            chain.insert(carriers(self.page, readings).len(), link);
        }
        Trace {
            page: self.page,
            statement: self.statement,
            words: self.words,
            chain,
            published: readings[self.page].published.as_ref().map(|p| p.date),
            first: false,
            share: self.share,
            drift: self.drift,
            translation: self.translation,
        }
    }
}

/// All places that carry the words, by page.
fn carrying(wanted: &Wanted, readings: &[Reading]) -> Vec<Hit> {
    (0..readings.len()).flat_map(|page| on_page(page, wanted, readings)).collect()
}

/// The places of a page that carry the words: statements first, the innermost that holds them all.
fn on_page(page: usize, wanted: &Wanted, readings: &[Reading]) -> Vec<Hit> {
    let reading = &readings[page];
    let mut hits: Vec<Hit> = Vec::new();
    let statements = reading.statements.iter().enumerate().map(|(n, s)| {
        let tokens = s.content.iter().flat_map(|c| reading.text.tokens_in(*c)).collect::<Vec<usize>>();
        (Some(n), tokens)
    });
    let sentences = reading.text.sentences().iter().filter(|s| {
        let span = reading.text.span_of(s.tokens.clone());
        reading.layout.is_article(span.start())
    });
    let sentences = sentences.map(|s| (None, s.tokens.clone().collect()));
    let mut found: Vec<Hit> =
        statements.chain(sentences).filter_map(|(n, tokens)| look((page, n), &reading.text, &tokens, wanted)).collect();
    let share = |hit: &Hit| hit.share.unwrap_or_default();
    found.sort_by(|a, b| {
        (share(b).total_cmp(&share(a)))
            .then(a.statement.is_none().cmp(&b.statement.is_none()))
            .then(b.statement.cmp(&a.statement))
    });
    for hit in found {
        if !hits.iter().any(|h| h.words.overlaps(hit.words)) {
            hits.push(hit);
        }
    }
    hits
}

/// The words in order among `tokens`, where enough of them stand there.
fn look(place: (usize, Option<usize>), text: &Text, tokens: &[usize], wanted: &Wanted) -> Option<Hit> {
    let tokens: Vec<usize> = tokens.iter().copied().filter(|i| is_word(text, *i)).collect();
    let all = wanted.keys.len();
    let present = tokens.iter().filter(|i| wanted.known.contains(text.key(**i))).count();
    if all == 0 || (present as f32) < SHARE * all as f32 || all * tokens.len() > LARGEST {
        return None;
    }
    let pairs = in_order(&wanted.keys, &tokens, text);
    let share = pairs.len() as f32 / all as f32;
    let (first, last) = (pairs.first()?.1, pairs.last()?.1);
    let close = last - first + 1 == pairs.len();
    if share < SHARE || all < SHORT && (pairs.len() < all || !close) || last - first >= 3 * all {
        return None;
    }
    Some(Hit {
        page: place.0,
        statement: place.1,
        words: text.span(tokens[first]).to(text.span(tokens[last])),
        share: Some(share),
        drift: drift(&pairs, wanted, &tokens, text),
        translation: None,
    })
}

/// The longest common sequence: places in `keys`, places in `tokens`.
fn in_order(keys: &[String], tokens: &[usize], text: &Text) -> Vec<(usize, usize)> {
    let width = tokens.len() + 1;
    let mut best = vec![0u16; (keys.len() + 1) * width];
    for (i, key) in keys.iter().enumerate().rev() {
        for (j, token) in tokens.iter().enumerate().rev() {
            best[i * width + j] = if key == text.key(*token) {
                best[(i + 1) * width + j + 1] + 1
            } else {
                best[(i + 1) * width + j].max(best[i * width + j + 1])
            };
        }
    }
    let (mut i, mut j, mut pairs) = (0, 0, Vec::new());
    while i < keys.len() && j < tokens.len() {
        if keys[i] == text.key(tokens[j]) && best[i * width + j] == best[(i + 1) * width + j + 1] + 1 {
            pairs.push((i, j));
            i += 1;
            j += 1;
        } else if best[(i + 1) * width + j] >= best[i * width + j + 1] {
            i += 1;
        } else {
            j += 1;
        }
    }
    pairs
}

/// What differs between the words looked for and the words found, from the first to the last that both have.
fn drift(pairs: &[(usize, usize)], wanted: &Wanted, tokens: &[usize], text: &Text) -> Vec<Drift> {
    let mut out = Vec::new();
    let mut put = |wanted: String, found: String| {
        if !(wanted.is_empty() && found.is_empty()) {
            out.push(Drift { wanted, found });
        }
    };
    let words = |from: usize, to: usize| wanted.words.get(from..to).unwrap_or(&[]).join(" ");
    put(words(0, pairs.first().map_or(0, |p| p.0)), String::new());
    for step in pairs.windows(2) {
        let [(i, j), (k, l)] = step else { continue };
        let found: Vec<&str> = tokens[j + 1..*l].iter().map(|t| text.word(*t)).collect();
        put(words(i + 1, *k), found.join(" "));
    }
    put(words(pairs.last().map_or(0, |p| p.0 + 1), wanted.words.len()), String::new());
    out
}
