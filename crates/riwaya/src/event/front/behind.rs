//! What the names behind a contact word are to it: "talks with X in Y", «встреча X с Y».

use super::super::lexicon::Meaning;
use super::super::page::{Name, Page};
use super::super::trigger::Trigger;
use super::owns;
use crate::mention::{EntityIndex, EntityKind};

/// What leads a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// Nothing: an object, or a genitive.
    Direct,
    With,
    Between,
    Of,
    By,
    To,
    From,
    In,
    Gathers,
    /// "on Syria", "about": what it is about.
    On,
}

impl Role {
    const OF: [(Meaning, Role); 9] = [
        (Meaning::With, Role::With),
        (Meaning::Between, Role::Between),
        (Meaning::Of, Role::Of),
        (Meaning::By, Role::By),
        (Meaning::To, Role::To),
        (Meaning::From, Role::From),
        (Meaning::Gathers, Role::Gathers),
        (Meaning::In, Role::In),
        (Meaning::On, Role::On),
    ];

    fn of(page: &Page<'_>, i: usize) -> Option<Role> {
        Role::OF.iter().find(|(meaning, _)| page.means(i, &[*meaning])).map(|(_, role)| *role)
    }
}

/// The names behind a contact word with their roles, and what else stands there.
#[derive(Debug, Default)]
pub(super) struct Behind {
    pub names: Vec<(Role, EntityIndex)>,
    /// "the two leaders".
    pub pair: bool,
    /// Somebody without a name stands where a party would: "with a delegation".
    pub unnamed: bool,
    pub end: usize,
}

impl Behind {
    pub(super) fn all(&self, role: Role) -> Vec<EntityIndex> {
        self.names.iter().filter(|(r, _)| *r == role).map(|(_, e)| *e).collect()
    }

    /// The nearest place that is told with "in".
    pub(super) fn place(&self, page: &Page<'_>) -> Option<EntityIndex> {
        let inside = |(r, e): &&(Role, EntityIndex)| *r == Role::In && page.is_place(*e) && !page.is_region(*e);
        self.names.iter().find(inside).map(|(_, e)| *e)
    }
}

/// So many words may stand before the first name, and between two.
const FIRST: usize = 7;
const NEXT: usize = 4;

/// Walks behind the contact word over names, prepositions and small words.
struct Walk<'w, 's> {
    page: &'w Page<'s>,
    /// Does it begin at a noun, whose genitive stands right behind it?
    noun: bool,
    found: Behind,
    role: Role,
    /// Words since the last name.
    gap: usize,
    /// "and" stands since the last name.
    joined: bool,
    /// A comma stands since the last name.
    comma: bool,
    /// A preposition stands since the last name.
    led: bool,
    /// A title stands since the last name.
    titled: bool,
    /// A title stands right in front.
    office: bool,
}

/// The names behind the contact word, up to where something else begins.
pub(super) fn behind(page: &Page<'_>, trigger: &Trigger<'_>) -> Behind {
    let found = Behind { end: trigger.end, ..Behind::default() };
    let noun = !trigger.frame().is_verb();
    let mut walk = Walk {
        page,
        noun,
        found,
        role: Role::Direct,
        gap: 0,
        joined: false,
        comma: false,
        led: true,
        titled: false,
        office: false,
    };
    let mut i = trigger.end;
    while i < trigger.segment.end {
        let next = match page.name_at(i).filter(|n| n.full.start == i) {
            Some(name) => walk.name(name),
            None => walk.word(i, trigger.segment.end),
        };
        let Some(next) = next else { break };
        i = next.max(i + 1);
    }
    walk.found
}

impl Walk<'_, '_> {
    /// Takes in a name; says where to go on.
    fn name(&mut self, name: &Name) -> Option<usize> {
        let page = self.page;
        // "with Russia's foreign minister Sergei Lavrov"
        if let Some(end) = owns(page, name) {
            return Some(end);
        }
        let person = page.kind(name.entity) == EntityKind::Person;
        let next = page.name_at(name.full.end).filter(|n| n.full.start == name.full.end);
        // «президента Франции Эмманюэля Макрона»: what stands before a person belongs to his title.
        if !person && self.role != Role::In && next.is_some_and(|n| page.kind(n.entity) == EntityKind::Person) {
            return Some(name.full.end);
        }
        // "between a U.S. president and", «с президентом США»: whoever has that office is not named.
        let office = page.means(name.full.end, &[Meaning::Title, Meaning::Group]) || self.office;
        if !person && self.role != Role::In && office {
            self.found.unnamed = true;
            self.titled = true;
            return Some(name.full.end);
        }
        if self.comma && !self.is_listed(name) {
            return None;
        }
        // «в ходе разговора поздравил Токаева»
        if self.noun && self.role == Role::Direct && self.gap > 0 && self.found.names.is_empty() {
            return None;
        }
        let beside = !self.led && !self.joined && !self.comma;
        match self.found.names.last().copied().filter(|_| beside) {
            // «принял в Кремле президента …»
            Some((Role::In, _)) if person => self.role = self.object(),
            // "with US Energy Secretary Rick Perry"
            Some((_, before)) if person && page.kind(before) != EntityKind::Person => {
                self.found.names.pop();
            }
            Some(_) => return None,
            None => {}
        }
        self.found.names.push((self.role, name.entity));
        self.found.end = name.full.end;
        (self.gap, self.joined, self.comma, self.led) = (0, false, false, false);
        (self.titled, self.office) = (false, false);
        (self.found.names.len() < 8).then_some(name.full.end)
    }

    /// "with Lavrov, Kerry and Zarif", but not "with Lavrov, Kerry said".
    fn is_listed(&self, name: &Name) -> bool {
        let end = name.full.end;
        let list = self.role != Role::In && self.role != Role::On;
        let more = self.page.means(end, &[Meaning::And])
            || self.page.text.word(end) == "," && self.page.name_at(end + 1).is_some();
        self.joined || list && more
    }

    /// What a name without a preposition is behind a place.
    fn object(&self) -> Role {
        let role = self.found.names.iter().rev().find(|(role, _)| *role != Role::In);
        role.map_or(Role::Direct, |(role, _)| *role)
    }

    /// Takes in a word that is no name.
    fn word(&mut self, i: usize, end: usize) -> Option<usize> {
        let page = self.page;
        if page.is_time(i) {
            return Some(i + 1);
        }
        if page.is_mark(i) {
            return self.mark(i, end);
        }
        if page.contacts[i] {
            return None;
        }
        if page.means(i, &[Meaning::Relative]) {
            let near = i + 1..(i + 4).min(end);
            let state = [Meaning::Gathers, Meaning::Happened, Meaning::Planned, Meaning::Ongoing];
            let told = near.clone().find(|k| page.means(*k, &state) && page.name_at(*k).is_none());
            (self.role, self.led, self.joined) = (Role::On, true, false);
            return told.filter(|k| near.start + 1 >= *k || page.means(*k, &[Meaning::Gathers]));
        }
        if page.means(i, &[Meaning::And]) {
            self.joined = true;
            return Some(i + 1);
        }
        if self.office && page.means(i, &[Meaning::Of]) {
            return Some(i + 1);
        }
        self.office =
            page.is_title(i) || page.means(i, &[Meaning::Group]) || page.means(i, &[Meaning::Article]) && self.office;
        if let Some(role) = Role::of(page, i) {
            self.role = role;
            (self.led, self.joined, self.comma, self.gap) = (true, false, false, 0);
            return Some(i + 1);
        }
        if page.means(i, &[Meaning::Break, Meaning::That, Meaning::Auxiliary, Meaning::Pronoun]) {
            return None;
        }
        self.found.pair |= page.means(i, &[Meaning::Pair]);
        self.plain(i)
    }

    /// Takes in a word that may be an adjective, an article, a title or the beginning of something else.
    fn plain(&mut self, i: usize) -> Option<usize> {
        let page = self.page;
        let title = page.is_title(i) || page.means(i, &[Meaning::Group]);
        let party = matches!(self.role, Role::Direct | Role::With | Role::Between | Role::To | Role::From);
        self.found.unnamed |= title && party && (self.led || self.joined);
        let small = title || page.means(i, &[Meaning::Article, Meaning::Owner, Meaning::New]);
        self.titled |= small;
        self.gap += usize::from(!small);
        let limit = match (self.found.names.is_empty(), (self.joined || self.comma) && !self.titled) {
            (_, true) => return None,
            (true, _) => FIRST,
            _ => NEXT,
        };
        (self.gap <= limit).then_some(i + 1)
    }

    /// Takes in a mark: a comma may go on with a list, a bracket is passed over.
    fn mark(&mut self, i: usize, end: usize) -> Option<usize> {
        let participle = [Meaning::Happened, Meaning::Planned, Meaning::Gathers];
        match self.page.text.word(i) {
            // «встречи с министром, состоявшейся в Москве»
            "," if self.gap == 0 && self.page.means(i + 1, &participle) => {
                (self.role, self.led) = (Role::On, true);
                Some(i + 1)
            }
            "," if !self.found.names.is_empty() && self.gap == 0 => {
                self.comma = true;
                Some(i + 1)
            }
            // "Franco-German" and "decades of talks - Chile said"
            "-" if self.page.text.span(i).end() == self.page.text.span(i + 1).start() => Some(i + 1),
            "." | "'" | "’" => Some(i + 1),
            "(" => (i..(i + 12).min(end)).find(|k| self.page.text.word(*k) == ")").map(|k| k + 1),
            _ => None,
        }
    }
}
