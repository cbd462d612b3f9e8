//! The page as the events stage sees it: sentences, names and marked words by token.

use super::Scene;
use super::affix;
use super::honorific;
use super::lexicon::{Lexicon, Meaning};
use super::role::Roles;
use crate::clitic;
use crate::mention::{Entity, EntityIndex, EntityKind};
use crate::statement::Statement;
use crate::text::{Span, Text, TokenKind};
use std::ops::Range;

/// A sentence, a quoted one included.
pub(super) struct Segment {
    pub tokens: Range<usize>,
}

/// A mention by tokens.
pub(super) struct Name {
    pub entity: EntityIndex,
    /// With titles.
    pub full: Range<usize>,
    /// How many letters of the first token are no part of it.
    pub prefix: usize,
}

/// What all rules of this stage look at.
pub(super) struct Page<'s> {
    pub scene: &'s Scene<'s>,
    pub text: &'s Text,
    pub segments: Vec<Segment>,
    /// In text order; those inside another's title are left out.
    pub names: Vec<Name>,
    /// For each token, the name that covers it.
    name_at: Vec<u32>,
    marks: Vec<u64>,
    /// Tokens of each temporal expression.
    pub times: Vec<Range<usize>>,
    /// Spokesmen, agencies, outlets: they tell and do not meet.
    tellers: Vec<bool>,
    /// Is there a contact word at this token?
    pub contacts: Vec<bool>,
    pub lexicon: &'s Lexicon,
}

impl<'s> Page<'s> {
    pub(super) fn new(scene: &'s Scene<'s>, lexicon: &'s Lexicon) -> Page<'s> {
        let text = scene.text;
        let mut page = Page {
            scene,
            text,
            segments: segments(scene, lexicon),
            names: names(scene, lexicon),
            name_at: vec![u32::MAX; text.len()],
            marks: vec![0; text.len()],
            times: scene.times.iter().map(|t| tokens(text, t.span)).collect(),
            tellers: Vec::new(),
            contacts: vec![false; text.len()],
            lexicon,
        };
        page.cover();
        page.roles();
        let found = honorific::names(&page);
        page.replace(found);
        page.mark(lexicon);
        page.tellers = (0..scene.cast.entities.len()).map(|e| page.tells(e, lexicon)).collect();
        // The first mention introduces; later ones stand beside other people's titles.
        let mut seen = vec![false; page.tellers.len()];
        for n in 0..page.names.len() {
            let entity = page.names[n].entity;
            if !std::mem::replace(&mut seen[entity], true) {
                page.tellers[entity] = page.tellers[entity] || page.is_introduced(&page.names[n]);
            }
        }
        page
    }

    fn cover(&mut self) {
        for (n, name) in self.names.iter().enumerate() {
            self.name_at[name.full.clone()].fill(n as u32);
        }
    }

    /// «وزير الخارجية الروسي», «الوزير الروسي» without a name is whoever the page calls so with one.
    fn roles(&mut self) {
        let roles = Roles::new(self);
        if roles.is_empty() {
            return;
        }
        let mut found = Vec::new();
        for segment in &self.segments {
            let mut i = segment.tokens.start;
            while i < segment.tokens.end {
                let free = self.name_at(i).is_none_or(|n| n.full.start == i && !self.is_named(n.entity));
                let hit = free.then(|| roles.at(self, i, segment.tokens.end)).flatten();
                i = hit.as_ref().map_or(i + 1, |name: &Name| name.full.end);
                found.extend(hit);
            }
        }
        self.replace(found);
    }

    /// Puts `found` in the place of the names that they overlap.
    fn replace(&mut self, mut found: Vec<Name>) {
        if !found.is_empty() {
            let replaced = |n: &Name| found.iter().any(|f| f.full.start < n.full.end && n.full.start < f.full.end);
            self.names.retain(|n| !replaced(n));
            self.names.append(&mut found);
            self.names.sort_by_key(|n| n.full.start);
            self.cover();
        }
    }

    fn mark(&mut self, lexicon: &Lexicon) {
        for segment in &self.segments {
            let mut i = segment.tokens.start;
            while i < segment.tokens.end {
                let (bits, len) = lexicon.meaning(self.text, i);
                self.marks[i] = bits;
                i += if bits == 0 { 1 } else { len };
            }
        }
    }

    /// Does the word at `i` mean any of `meanings`?
    pub(super) fn means(&self, i: usize, meanings: &[Meaning]) -> bool {
        let bits = meanings.iter().fold(0, |bits, m| bits | *m as u64);
        self.marks.get(i).is_some_and(|m| m & bits != 0)
    }

    /// Does the word at `i` mean any of `meanings` behind a letter written onto it of which `led` is true: «بالسفير»?
    pub(super) fn means_led(&self, i: usize, meanings: &[Meaning], led: fn(&str, usize) -> bool) -> bool {
        let key = self.text.key(i);
        let means = |stem: &str| self.lexicon.alone(stem, meanings);
        clitic::readings(key).any(|r| {
            let stem = r.stem.as_ref();
            led(key, r.prefix) && (means(stem) || means(affix::indefinite(stem)))
        })
    }

    /// «سيلتقي»: is the word at `i` a verb of what lies ahead?
    pub(super) fn is_ahead(&self, i: usize) -> bool {
        let key = self.text.key(i);
        clitic::readings(key).any(|r| affix::is_future(key, r.prefix))
    }

    /// Has the word at `i` any meaning for a contact?
    pub(super) fn is_marked(&self, i: usize) -> bool {
        self.marks.get(i).is_some_and(|m| *m != 0)
    }

    /// The name that covers token `i`.
    pub(super) fn name_at(&self, i: usize) -> Option<&Name> {
        self.name_at.get(i).and_then(|n| self.names.get(*n as usize))
    }

    /// Is «و» written onto token `i`? Not onto «وزير».
    pub(super) fn is_joined(&self, i: usize) -> bool {
        let key = self.text.key(i);
        let begins = self.name_at(i).is_some_and(|n| n.full.start == i && n.prefix == 0);
        affix::is_joined(key) && !begins && !self.lexicon.alone(key, &[Meaning::Title])
    }

    /// The token `words` words before `i`, names apart: «بعث نائب … الأمير محمد بن نايف بن عبدالعزيز آل سعود برقية».
    pub(super) fn back(&self, i: usize, words: usize, from: usize) -> usize {
        let counted = |k: &usize| self.name_at(*k).is_none();
        (from..i).rev().filter(counted).nth(words.saturating_sub(1)).unwrap_or(from)
    }

    /// The names that begin in `tokens`.
    pub(super) fn names_in(&self, tokens: Range<usize>) -> &[Name] {
        let first = self.names.partition_point(|n| n.full.start < tokens.start);
        let last = self.names.partition_point(|n| n.full.start < tokens.end);
        self.names.get(first..last.max(first)).unwrap_or(&[])
    }

    /// The id of the state that this entity is, lies in or governs.
    pub(super) fn state(&self, entity: EntityIndex) -> Option<&str> {
        let id = self.scene.cast.entities[entity].known.as_ref()?;
        self.lexicon.state_of.get(id).map(String::as_str)
    }

    /// The entity of the page that is the state of `entity`, where it has one.
    pub(super) fn host(&self, entity: EntityIndex) -> EntityIndex {
        let Some(state) = self.state(entity) else { return entity };
        self.of_state(state).unwrap_or(entity)
    }

    /// The state with this id as the page has it: the country, else its government.
    fn of_state(&self, state: &str) -> Option<EntityIndex> {
        let entities = &self.scene.cast.entities;
        let governs = |e: &Entity| e.known.as_deref().and_then(|id| id.strip_suffix("-government")) == Some(state);
        entities.iter().position(|e| e.known.as_deref() == Some(state)).or_else(|| entities.iter().position(governs))
    }

    /// Whoever is quoted at token `i`, by the innermost statement that holds it.
    pub(super) fn speaker(&self, i: usize) -> Option<EntityIndex> {
        let at = self.text.span(i).start();
        let holds = |s: &&Statement| s.content.iter().any(|c| c.start() <= at && at < c.end());
        let inner = self.scene.statements.iter().filter(holds).min_by_key(|s| s.extent().end() - s.extent().start());
        inner.and_then(|s| s.speaker)
    }

    /// A place, or a capital or state that acts on this page and can be a goal all the same.
    pub(super) fn is_place(&self, entity: EntityIndex) -> bool {
        self.kind(entity) == EntityKind::Place || self.state(entity).is_some()
    }

    /// The entity of the page whose adjective the word at `i` is: «روسي», «الأميركية».
    pub(super) fn nation(&self, i: usize) -> Option<EntityIndex> {
        let key = self.text.key(i);
        let known = self.lexicon.demonyms.get(key);
        let id = known.or_else(|| self.lexicon.demonyms.get(affix::without_conjunction(key)))?;
        self.of_state(id)
    }

    /// Does the word at `i` go with a person's name: «الأميركي», «نظيره», «وزير»?
    pub(super) fn is_title(&self, i: usize) -> bool {
        let key = affix::without_conjunction(self.text.key(i));
        self.means(i, &[Meaning::Title]) || self.lexicon.demonyms.contains_key(key)
    }

    /// A place that stands for nobody.
    pub(super) fn is_spot(&self, entity: EntityIndex) -> bool {
        self.state(entity).is_none() && self.scene.cast.entities[entity].known.is_none()
    }

    /// A part of the world.
    pub(super) fn is_region(&self, entity: EntityIndex) -> bool {
        let known = self.scene.cast.entities[entity].known.as_ref();
        known.is_some_and(|id| self.lexicon.regions.contains(id))
    }

    pub(super) fn kind(&self, entity: EntityIndex) -> EntityKind {
        self.scene.cast.entities[entity].kind
    }

    /// Has it a name, unlike «مسؤول رفيع»?
    pub(super) fn is_named(&self, entity: EntityIndex) -> bool {
        self.scene.cast.entities[entity].named
    }

    /// Could it be a party to a contact on its own account: a named person, or a body or state that `names/` knows?
    pub(super) fn is_notable(&self, entity: EntityIndex) -> bool {
        let whole = &self.scene.cast.entities[entity];
        whole.named && (whole.kind == EntityKind::Person || whole.known.is_some())
    }

    /// «نائب رئيس مجلس الوزراء», «في مكتب سموه»: a body that is part of a title or the place of it.
    pub(super) fn is_aside(&self, name: &Name) -> bool {
        let start = name.full.start;
        if self.kind(name.entity) == EntityKind::Person || start == 0 {
            return false;
        }
        let peers = (start.saturating_sub(4)..start)
            .any(|i| self.means(i, &[Meaning::Title]) && !self.means(i, &[Meaning::Office]));
        // «الأمين العام للأمم المتحدة»
        let of = affix::is_purpose(self.text.key(start), name.prefix)
            && start > 1
            && affix::is_definite(self.text.key(start - 1))
            && self.means(start - 2, &[Meaning::Office]);
        let office = name.prefix == 0 && self.lexicon.is_office(self.text.key(start - 1));
        office || of || self.stands_in(name) && !peers
    }

    /// «في الدوحة», «بالدوحة», «في العاصمة القطرية الدوحة».
    pub(super) fn stands_in(&self, name: &Name) -> bool {
        let start = name.full.start;
        let led = (start.saturating_sub(3)..start)
            .rev()
            .take_while(|i| self.name_at(*i).is_none() && (*i + 1 == start || self.is_apposed(*i + 1)))
            .any(|i| self.means(i, &[Meaning::In]));
        led && name.prefix == 0 || affix::is_within(self.text.key(start), name.prefix)
    }

    /// «قادم من الدوحة», but not «وفد من حماس», which acts.
    pub(super) fn comes_from(&self, name: &Name) -> bool {
        let start = name.full.start;
        let group = start > 1 && self.means(start - 2, &[Meaning::Group]);
        start > 0 && self.means(start - 1, &[Meaning::From]) && !group
    }

    /// «العاصمة», «القطرية»: what may stand between «في» and the name of a place.
    fn is_apposed(&self, i: usize) -> bool {
        self.means(i, &[Meaning::In]) || self.lexicon.demonyms.contains_key(self.text.key(i))
    }

    /// «سيلتقي الفريقان في نهائي الكأس»: do only clubs and states meet in a sentence of sports?
    /// Of a `game` players may meet as well: "Nadal meets Federer in the final".
    pub(super) fn is_match(&self, segment: Range<usize>, parties: &[EntityIndex], game: bool) -> bool {
        let persons = parties.iter().filter(|p| self.kind(**p) == EntityKind::Person).count();
        (game || persons * 2 < parties.len().max(1) || parties.len() == 1)
            && segment.into_iter().any(|i| self.means(i, &[Meaning::Match]))
    }

    /// Is token `i` part of a temporal expression?
    pub(super) fn is_time(&self, i: usize) -> bool {
        let next = self.times.partition_point(|t| t.start <= i);
        next > 0 && self.times[next - 1].contains(&i)
    }

    /// Is it a word of no name, no time and no meaning for a contact?
    pub(super) fn is_plain(&self, i: usize) -> bool {
        i < self.text.len() && !self.is_mark(i) && !self.is_time(i) && !self.is_marked(i) && self.name_at(i).is_none()
    }

    /// Is it a mark of punctuation?
    pub(super) fn is_mark(&self, i: usize) -> bool {
        self.text.tokens().get(i).is_some_and(|t| t.kind == TokenKind::Punct)
    }

    /// A spokesman, agency or outlet.
    pub(super) fn is_teller(&self, entity: EntityIndex) -> bool {
        self.tellers.get(entity).copied().unwrap_or(false)
    }

    /// An agency or outlet that `names/` knows.
    fn is_outlet(&self, entity: EntityIndex) -> bool {
        self.scene.cast.entities[entity].known.as_ref().is_some_and(|id| self.lexicon.media.contains(id))
    }

    /// A title such as «المتحدث باسم» stands in the role, before the name or in its own words.
    fn tells(&self, entity: EntityIndex, lexicon: &Lexicon) -> bool {
        let whole = &self.scene.cast.entities[entity];
        if self.is_outlet(entity) {
            return true;
        }
        let person = whole.kind == EntityKind::Person;
        let word = if person { Meaning::Spokesman } else { Meaning::Medium };
        let role = |span: &Span| tokens(self.text, *span).any(|i| lexicon.meaning(self.text, i).0 & word as u64 != 0);
        // «سأل مراسل القناة الرئيس»: one role that stands by chance beside a president makes him no reporter.
        whole.roles.iter().filter(|r| role(r)).count() * 2 > whole.roles.len()
    }

    /// «المتحدث باسم الكرملين دميتري بيسكوف»: the words in front of a name say what it is.
    fn is_introduced(&self, name: &Name) -> bool {
        let person = self.kind(name.entity) == EntityKind::Person;
        let word = if person { Meaning::Spokesman } else { Meaning::Medium };
        let before = name.full.start.saturating_sub(if person { 5 } else { 2 })..name.full.end;
        let other = |i: &usize| {
            self.name_at(*i).is_some_and(|m| m.entity != name.entity && self.kind(m.entity) == EntityKind::Person)
        };
        // «سالم الحربي - سبق - جدة»: whoever signs for an outlet.
        let behind = name.full.end;
        let signs =
            person && self.is_mark(behind) && self.name_at(behind + 1).is_some_and(|n| self.is_outlet(n.entity));
        if signs {
            return true;
        }
        let mut own = before.rev().take_while(|i| !other(i) && !matches!(self.text.word(*i), "." | ":" | "،"));
        own.any(|i| self.lexicon.meaning(self.text, i).0 & word as u64 != 0)
    }
}

/// The tokens that `span` touches; a span may begin inside one, after its clitic.
pub(super) fn tokens(text: &Text, span: Span) -> Range<usize> {
    let start = text.tokens().partition_point(|t| t.span.end() <= span.start());
    let end = text.tokens().partition_point(|t| t.span.start() < span.end());
    start..end.max(start)
}

/// Sentences of the article; a stop inside a quotation ends one too, for contacts are told inside quotations.
fn segments(scene: &Scene<'_>, lexicon: &Lexicon) -> Vec<Segment> {
    let text = scene.text;
    let mut out = Vec::new();
    for sentence in text.sentences() {
        if !scene.layout.is_article(text.span(sentence.tokens.start).start()) {
            continue;
        }
        let mut start = sentence.tokens.start;
        for i in sentence.tokens.clone() {
            let stop = matches!(text.word(i), "." | "؟" | "!" | "؛" | "?");
            let inner = i > start && text.span(i).end() < text.span(i + 1).start();
            // "U.S. Secretary of State", "Mr. Kerry": abbreviations of languages that write them.
            let inner = inner && (!lexicon.subject_first || text.quote_of(i).is_some() && text.key(i - 1).len() > 3);
            if stop && inner && i + 1 < sentence.tokens.end {
                out.push(Segment { tokens: start..i });
                start = i + 1;
            }
        }
        if start < sentence.tokens.end {
            out.push(Segment { tokens: start..sentence.tokens.end });
        }
    }
    out
}

fn names(scene: &Scene<'_>, lexicon: &Lexicon) -> Vec<Name> {
    let text = scene.text;
    let mut names: Vec<Name> = scene
        .cast
        .mentions
        .iter()
        .filter(|m| !is_of_title(text, lexicon, tokens(text, m.span)))
        .map(|m| {
            let full = tokens(text, m.full);
            let cut = m.full.start().saturating_sub(text.span(full.start).start());
            let prefix = text.at(text.span(full.start)).get(..cut).map_or(0, |p| p.chars().count());
            Name { entity: m.entity, full, prefix }
        })
        .collect();
    names.sort_by_key(|n| (n.full.start, std::cmp::Reverse(n.full.end)));
    drop_groups(scene, &mut names);
    let mut end = 0;
    names.retain(|n| {
        let outside = n.full.end > end && !n.full.is_empty();
        end = end.max(n.full.end);
        outside
    });
    names
}

/// «النائب الثاني»: a word of a title, taken for a name.
fn is_of_title(text: &Text, lexicon: &Lexicon, name: Range<usize>) -> bool {
    let Some(head) = name.start.checked_sub(1) else { return false };
    let (bits, len) = lexicon.meaning(text, head);
    bits & Meaning::Title as u64 != 0 && head + len >= name.end
}

/// «وزراء خارجية مجلس التعاون» is told by the council that it names.
fn drop_groups(scene: &Scene<'_>, names: &mut Vec<Name>) {
    let entity = |n: &Name| &scene.cast.entities[n.entity];
    let inside = |outer: &Name, inner: &Name| {
        inner.full.start > outer.full.start && inner.full.end <= outer.full.end
            || inner.full.start == outer.full.start && inner.full.end < outer.full.end
    };
    let lost: Vec<bool> = (0..names.len())
        .map(|i| {
            let n = &names[i];
            let behind = names[i + 1..].iter().take_while(|m| m.full.start < n.full.end);
            let mut bodies = behind.filter(|m| entity(m).kind == EntityKind::Organisation && entity(m).named);
            !entity(n).named && entity(n).plural && bodies.any(|m| inside(n, m))
        })
        .collect();
    let mut lost = lost.into_iter();
    names.retain(|_| !lost.next().unwrap_or(false));
}
