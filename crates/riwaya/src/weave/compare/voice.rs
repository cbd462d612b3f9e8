//! For which side does somebody speak on a page?

use super::Desk;
use crate::mention::{EntityKind, Mention};
use crate::pack::{Pack, Packs};
use crate::read::Reading;
use crate::text::TokenKind;
use crate::weave::Woven;
use crate::weave::concept::PointWord;
use rustc_hash::FxHashMap;

impl Desk<'_> {
    /// The states for which an entity speaks on a page: “Peru's Foreign Ministry” for Peru, whatever other countries call
    /// theirs.
    pub(super) fn states_at(&self, page: usize, entity: usize) -> Vec<String> {
        if !self.states[entity].is_empty() {
            return self.states[entity].clone();
        }
        if let Some(state) = self.beside.get(&entity) {
            return vec![state.clone()];
        }
        self.owned.get(&(page, entity)).cloned().into_iter().collect()
    }

    /// The language pack of a page.
    pub(super) fn pack(&self, page: usize) -> Option<&Pack> {
        self.readings[page].lang.as_deref().and_then(|code| self.packs.get(code))
    }

    /// Who speaks. «وأضافت الوزارة», “It said”, “spokeswoman Anna Berg said”: a body, a text or an office of no state, or
    /// nobody, goes on for whoever spoke before it on the page, or for whom it speaks if it is the first.
    pub(super) fn speaker(&self, page: usize, statement: usize) -> Option<usize> {
        let statements = &self.readings[page].statements;
        let of = |n: usize| self.named_speaker(page, n);
        let own = of(statement);
        let office = |e: usize| self.holds_office(page, e) || self.is_in_office(page, statement);
        let goes_on = own.is_none_or(|e| self.states_at(page, e).is_empty() && office(e));
        if !goes_on || statements[statement].parent.is_some() {
            return own;
        }
        let outer = |n: &usize| statements[*n].parent.is_none();
        let before = (0..statement).rev().filter(outer);
        let behind = (statement + 1..statements.len()).filter(outer);
        before.chain(behind).filter_map(of).find(|e| self.states_at(page, *e).len() == 1).or(own)
    }

    /// The speaker that a statement names, or that its sentence leaves out. «Япония выделит помощь, говорится в сообщении»:
    /// a name inside what is said is nobody who says it.
    fn named_speaker(&self, page: usize, statement: usize) -> Option<usize> {
        let statements = &self.readings[page].statements;
        let inside = |n: usize| {
            statements[n].source.is_some_and(|source| statements[n].content.iter().any(|piece| piece.contains(source)))
        };
        let speaker = statements[statement].speaker?;
        let same = |n: &usize| statements[*n].speaker == Some(speaker) && statements[*n].source.is_some();
        let told =
            if statements[statement].source.is_some() { Some(statement) } else { (0..statement).rev().find(same) };
        (!told.is_some_and(inside)).then(|| self.woven.entity_of[page][speaker])
    }

    /// Is somebody called a body, a text or a holder of an office, or has such a role on the page, under the full name or
    /// its end: «المتحدثة باسم الرئاسة ليلى السالمي … وأضافت السالمي»?
    fn holds_office(&self, page: usize, entity: usize) -> bool {
        let Some(pack) = self.pack(page) else { return false };
        let reading = &self.readings[page];
        let is_office = |word: &str| is_word(word, PointWord::Body, pack);
        let named = |entity: usize| {
            let woven = &self.woven.entities[entity];
            let called = woven.forms.iter().any(|form| form.split_whitespace().take(4).any(is_office));
            let roles = woven.roles.iter().filter(|(p, _)| *p == page);
            called || roles.map(|(_, role)| reading.text.at(*role)).any(|role| role.split_whitespace().any(is_office))
        };
        named(entity) || namesakes(page, entity, self.readings, self.woven).any(named)
    }

    /// «مصدر في الوزارة»: do the words that name the source name an office?
    fn is_in_office(&self, page: usize, statement: usize) -> bool {
        let Some(pack) = self.pack(page) else { return false };
        let reading = &self.readings[page];
        let source = reading.statements[statement].source.map_or("", |span| reading.text.at(span));
        source.split_whitespace().take(6).any(|word| is_word(word, PointWord::Body, pack))
    }

    /// The sides for which the speaker of a statement speaks, as indexes of `ids`.
    pub(super) fn sides_of(&self, page: usize, statement: usize, ids: &[String]) -> Vec<usize> {
        let Some(entity) = self.speaker(page, statement) else { return Vec::new() };
        let states = self.states_at(page, entity);
        let own = |id: &String| self.woven.entities[entity].id == *id || states.contains(id);
        let sides: Vec<usize> = (0..ids.len()).filter(|n| own(&ids[*n])).collect();
        if sides.is_empty() && self.is_both(page, entity) { (0..ids.len()).collect() } else { sides }
    }

    /// «وقال الجانبان»: the two sides together.
    fn is_both(&self, page: usize, entity: usize) -> bool {
        let form = self.woven.entities[entity].forms.first().map_or("", String::as_str);
        self.pack(page)
            .is_some_and(|pack| form.split_whitespace().take(2).any(|word| is_word(word, PointWord::Both, pack)))
    }

    /// Is it told by somebody else of a side? Then the words are in that statement already.
    pub(super) fn is_nested_in_side(&self, page: usize, statement: usize, ids: &[String]) -> bool {
        let mut at = self.readings[page].statements[statement].parent;
        while let Some(n) = at {
            if !self.sides_of(page, n, ids).is_empty() {
                return true;
            }
            at = self.readings[page].statements[n].parent;
        }
        false
    }
}

fn is_word(word: &str, meaning: PointWord, pack: &Pack) -> bool {
    let word = word.trim_matches(|c: char| !c.is_alphanumeric());
    pack.points.get(&pack.language.fold(word)) == Some(meaning)
}

/// “Peru's Foreign Ministry”, “India's Raghav Mehrotra”: whose the `n`th mention is.
fn owner<'r>(reading: &'r Reading, n: usize, pack: &Pack) -> Option<&'r Mention> {
    let ending = Some(pack.language.possessive.as_str()).filter(|e| !e.is_empty())?;
    let (mentions, text) = (&reading.cast.mentions, &reading.text);
    let before = &mentions[n.checked_sub(1)?];
    let end = text.tokens_in(before.span).end;
    // An apostrophe and the ending stand between the two.
    let starts = [mentions[n].span, mentions[n].full].map(|span| text.tokens_in(span).start);
    (starts.contains(&(end + 2)) && text.key(end + 1) == ending).then_some(before)
}

/// So many entities of a page are looked at for a longer name: a list of ten thousand persons holds no account.
const NAMESAKES: usize = 600;

/// Other persons of a page whose name ends like that of `entity`.
fn namesakes<'w>(
    page: usize,
    entity: usize,
    readings: &'w [Reading],
    woven: &'w Woven,
) -> impl Iterator<Item = usize> + 'w {
    let named = &woven.entities[entity];
    let is_person = named.named && named.kind == EntityKind::Person;
    let cast = if is_person { readings[page].cast.entities.len().min(NAMESAKES) } else { 0 };
    let ends = move |other: &usize| {
        let forms = &woven.entities[*other].forms;
        let longer = |form: &String| {
            named.forms.iter().any(|own| form.strip_suffix(own.as_str()).is_some_and(|rest| rest.ends_with(' ')))
        };
        *other != entity && woven.entities[*other].kind == EntityKind::Person && forms.iter().any(longer)
    };
    (0..cast).map(move |n| woven.entity_of[page][n]).filter(ends)
}

/// The state that stands as the owner before a mention of an entity that has none of its own, by page and entity:
/// “Peru's Foreign Ministry” on that page.
pub(super) fn owned(
    readings: &[Reading],
    packs: &Packs,
    woven: &Woven,
    states: &[Vec<String>],
) -> FxHashMap<(usize, usize), String> {
    let mut found = FxHashMap::default();
    for (page, reading) in readings.iter().enumerate() {
        let Some(pack) = reading.lang.as_deref().and_then(|code| packs.get(code)) else { continue };
        if pack.language.possessive.is_empty() {
            continue;
        }
        for (n, mention) in reading.cast.mentions.iter().enumerate() {
            let entity = woven.entity_of[page][mention.entity];
            if !states[entity].is_empty() || found.contains_key(&(page, entity)) {
                continue;
            }
            let state = owner(reading, n, pack).and_then(|m| states[woven.entity_of[page][m.entity]].first());
            found.extend(state.map(|state| ((page, entity), state.clone())));
        }
    }
    found
}

/// The states of named persons that no row and no role gives: “India's Raghav Mehrotra”, “his Zambian counterpart, Mutinta
/// Hamoonga”, and of those who are called by the end of such a name.
pub(super) fn beside(
    readings: &[Reading],
    packs: &Packs,
    woven: &Woven,
    states: &[Vec<String>],
) -> FxHashMap<usize, String> {
    let mut found: FxHashMap<usize, String> = FxHashMap::default();
    let open = |entity: usize| {
        let named = &woven.entities[entity];
        states[entity].is_empty() && named.named && named.kind == EntityKind::Person
    };
    for (page, reading) in readings.iter().enumerate() {
        let Some(pack) = reading.lang.as_deref().and_then(|code| packs.get(code)) else { continue };
        for (n, mention) in reading.cast.mentions.iter().enumerate() {
            let entity = woven.entity_of[page][mention.entity];
            if !open(entity) || found.contains_key(&entity) {
                continue;
            }
            let owner = owner(reading, n, pack).and_then(|m| states[woven.entity_of[page][m.entity]].first().cloned());
            found.extend(owner.or_else(|| described(reading, mention, pack)).map(|state| (entity, state)));
        }
    }
    for (page, reading) in readings.iter().enumerate() {
        for entity in (0..reading.cast.entities.len()).map(|n| woven.entity_of[page][n]).filter(|e| open(*e)) {
            if found.contains_key(&entity) {
                continue;
            }
            let state = |other: usize| states[other].first().or_else(|| found.get(&other)).cloned();
            let of_others = namesakes(page, entity, readings, woven).find_map(state);
            found.extend(of_others.map(|state| (entity, state)));
        }
    }
    found
}

/// The state in front of a name, with nothing between them but who he is to somebody: “Zambian counterpart, Mutinta Hamoonga”.
fn described(reading: &Reading, mention: &Mention, pack: &Pack) -> Option<String> {
    let text = &reading.text;
    let start = text.tokens_in(mention.full).start;
    let passed = |i: &usize| {
        text.tokens()[*i].kind == TokenKind::Punct && !pack.language.ends_sentence(text.word(*i))
            || pack.points.get(text.key(*i)) == Some(PointWord::Peer)
    };
    let at = (start.saturating_sub(4)..start).rev().find(|i| !passed(i))?;
    let follows = text.tokens()[at].kind == TokenKind::Word
        && text.line_at(text.span(at).start()) == text.line_at(mention.full.start());
    let keys = [text.key(at).to_owned()];
    follows.then(|| pack.sides.states(&keys, &pack.words).into_iter().next()).flatten()
}
