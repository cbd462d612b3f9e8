//! Whom does a bare role mean: «المتحدث», «الوزير», «الرئيس الأميركي», «نظيره الروسي»?

use super::lexicon::{Lexicon, class};
use super::{Cast, Entity, EntityIndex, EntityKind, Mention};
use crate::clitic;
use crate::text::{Span, Text, TokenKind};
use std::ops::Range;

/// How many mentions back a bare role may reach.
const NEAR: usize = 400;

impl Cast {
    /// The entity that carried the role which `tokens` name, where its words are all among the words of a role or of a
    /// description of that entity: «المسؤول الأمريكي» means «مسؤول أمريكي رفيع». Mentions before byte `before` only; the
    /// nearest wins.
    pub fn by_role(&self, text: &Text, lexicon: &Lexicon, tokens: Range<usize>, before: usize) -> Option<EntityIndex> {
        // «السفير *في* أستراليا», «السفير *لدى* أستراليا»: which preposition it is tells nothing.
        let function = |w: &Word<'_>| lexicon.word(w.whole).is_some_and(|w| w.classes & class::FUNCTION != 0);
        let words = tokens.map(|i| word(text.key(i), lexicon));
        let wanted: Vec<Word<'_>> = words.filter(|w| !w.empty && !function(w)).collect();
        let titled = |w: &&Word<'_>| lexicon.word(w.whole).is_some_and(|w| w.classes & class::TITLE != 0);
        // “foreign *minister*”: in some languages the noun proper comes last.
        let last = if lexicon.heads_last { wanted.iter().rev().find(titled) } else { None };
        let title = last.or(wanted.first())?;
        let is_title = titled(&title);
        if !is_title && wanted.len() < LONG {
            return None;
        }
        let mut seen = Vec::new();
        let end = self.mentions.partition_point(|m| m.span.start() < before);
        for mention in self.mentions[..end].iter().rev().take(NEAR) {
            let entity = &self.entities[mention.entity];
            if entity.kind != EntityKind::Person {
                continue;
            }
            let known = entity.known.as_deref();
            // «سالم الكرمي وزير الخارجية اليمني»: whoever has a row has that state in it.
            let own = wanted.iter().any(|w| w.state != 0 && lexicon.belongs(known, w.state));
            let fits = |span: &&Span| {
                let have: Vec<Word<'_>> = text.tokens_in(**span).map(|i| word(text.key(i), lexicon)).collect();
                let told = |w: &Word<'_>| have.iter().any(|h| h.is(w)) || lexicon.belongs(known, w.state);
                wanted.iter().filter(|w| !std::ptr::eq(*w, title)).all(told)
                    && (told(title) || wanted.len() > 1 && self.mirrors(text, lexicon, **span, title))
            };
            let first = !seen.contains(&mention.entity);
            if first && entity.roles.iter().filter(|r| r.start() < before).any(|r| fits(&r))
                || behind_name(text, lexicon, mention, &wanted, entity.roles.is_empty() && (known.is_none() || own))
            {
                return Some(mention.entity);
            }
            seen.push(mention.entity);
        }
        None
    }

    /// Makes each first entity of `pairs` one with the second and forgets it; gives the new index of every old one.
    pub fn join(&mut self, pairs: &[(EntityIndex, EntityIndex)]) -> Vec<EntityIndex> {
        let mut gone = vec![false; self.entities.len()];
        pairs.iter().for_each(|(from, _)| gone[*from] = true);
        let mut kept = 0;
        let mut index: Vec<EntityIndex> = gone
            .iter()
            .map(|gone| {
                kept += usize::from(!gone);
                kept.saturating_sub(1)
            })
            .collect();
        for (from, into) in pairs.iter().filter(|(_, into)| !gone[*into]) {
            index[*from] = index[*into];
        }
        let mut old = gone.iter();
        self.entities.retain(|_| !old.next().is_some_and(|gone| *gone));
        self.mentions.iter_mut().for_each(|m| m.entity = index[m.entity]);
        index
    }

    /// «التقى وزير الدفاع سالم الكرمي *نظيره* العراقي فادي الحسني»: «الوزير العراقي» is the latter, whose role repeats that of who
    /// was named last in front of it.
    fn mirrors(&self, text: &Text, lexicon: &Lexicon, role: Span, title: &Word<'_>) -> bool {
        let word_of = |i: usize| word(text.key(i), lexicon);
        let counterpart = text
            .tokens_in(role)
            .next()
            .is_some_and(|i| lexicon.word(word_of(i).whole).is_some_and(|w| w.classes & class::COUNTERPART != 0));
        let end = self.mentions.partition_point(|m| m.span.start() < role.start());
        let person = |m: &&Mention| self.entities[m.entity].kind == EntityKind::Person;
        let Some(last) = self.mentions[..end].iter().rev().find(person).filter(|_| counterpart) else { return false };
        let titled = |r: &Span| text.tokens_in(*r).next().is_some_and(|i| word_of(i).is(title));
        self.entities[last.entity].roles.iter().any(titled)
    }

    /// The only named person of the page whose role is worded alike: «وزير البلديات» of a headline and «وزير الشؤون البلدية
    /// سالم الكرمي» below it.
    pub fn by_similar_role(&self, text: &Text, lexicon: &Lexicon, tokens: Range<usize>) -> Option<EntityIndex> {
        let wanted: Vec<Word<'_>> = tokens.map(|i| word(text.key(i), lexicon)).filter(|w| !w.empty).collect();
        let title = wanted.first()?;
        lexicon.word(title.whole).filter(|w| w.classes & class::TITLE != 0 && wanted.len() > 1)?;
        let alike = |entity: &Entity| {
            entity.roles.iter().any(|span| {
                let have: Vec<Word<'_>> = text.tokens_in(*span).map(|i| word(text.key(i), lexicon)).collect();
                // «قائد القوة الجوية سالم الكرمي», then «قائد القوة الجوية *النرويجية*»: of which state was clear.
                let open = wanted.len() > 3 && have.iter().all(|h| h.state == 0);
                let fits = |w: &Word<'_>| have.iter().any(|h| h.is_like(w)) || open && w.state != 0;
                have.first().is_some_and(|h| h.is(title)) && wanted[1..].iter().all(fits)
            })
        };
        let mut fitting =
            self.entities.iter().enumerate().filter(|(_, e)| e.named && e.kind == EntityKind::Person && alike(e));
        let only = fitting.next()?.0;
        fitting.next().is_none().then_some(only)
    }
}

/// The longest role behind a name, in tokens.
const ROLE: usize = 14;
/// Words that begin with so many equal letters are taken for forms of one.
const STEM: usize = 4;
/// A role of so many words is known again without a title in front («ولي عهد الإمارة نائب القائد»).
const LONG: usize = 3;

/// «أكد الدكتور سالم الكرمي *وزير الخارجية اليمني* أن …»: a role may follow the name, with a comma, or `bare` where nothing
/// else is known of the name («التقى كيري وزير الخارجية القطري» names two).
fn behind_name(text: &Text, lexicon: &Lexicon, mention: &Mention, wanted: &[Word<'_>], bare: bool) -> bool {
    let end = text.tokens_in(mention.span).end;
    let first = end + usize::from(matches!(text.word(end), "،" | ","));
    let title =
        |i: usize| lexicon.word(word(text.key(i), lexicon).whole).is_some_and(|w| w.classes & class::TITLE != 0);
    let same = wanted.len() >= LONG && wanted.first().is_some_and(|w| w.is(&word(text.key(first), lexicon)));
    if first >= text.len() || first == end && !bare || !title(first) && !same {
        return false;
    }
    let have: Vec<Word<'_>> = (first..text.len().min(first + ROLE))
        .take_while(|i| text.tokens()[*i].kind == TokenKind::Word)
        .map(|i| word(text.key(i), lexicon))
        .collect();
    wanted.iter().all(|w| have.iter().any(|h| h.is(w)))
}

/// A word of a role without its article.
struct Word<'t> {
    whole: &'t str,
    bare: &'t str,
    state: u16,
    empty: bool,
}

impl Word<'_> {
    fn is(&self, other: &Word<'_>) -> bool {
        self.bare == other.bare || self.state != 0 && self.state == other.state
    }

    /// «البلديات» and «البلدية» begin alike.
    fn is_like(&self, other: &Word<'_>) -> bool {
        let common = self.bare.chars().zip(other.bare.chars()).take_while(|(a, b)| a == b).count();
        self.is(other) || common >= STEM
    }
}

fn word<'t>(key: &'t str, lexicon: &Lexicon) -> Word<'t> {
    let telling = |word: &str| lexicon.word(word).is_some_and(|w| w.classes & !class::COMMON != 0);
    // «لوزير» is itself a common form, but the title is «وزير».
    let whole = match telling(key) {
        true => key,
        false => clitic::nominal(key).map(|(_, stem)| stem).find(|stem| telling(stem)).unwrap_or(key),
    };
    let state = lexicon.word(whole).map_or(0, |w| w.state);
    // «الناطق باسم هيئة المهندسين» and «الناطق *للهيئة* الليبية *للمهندسين*»: the article's alef is not written behind «ل».
    let behind_to = || whole.strip_prefix("لل").filter(|rest| rest.chars().nth(1).is_some());
    let bare = whole.strip_prefix(clitic::ARTICLE).or_else(behind_to).unwrap_or(whole);
    Word { whole, bare, state, empty: !key.chars().any(char::is_alphabetic) }
}
