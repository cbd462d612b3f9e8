//! Whom does a bare role mean: «المتحدث», «الوزير», «الرئيس الأميركي», «نظيره الروسي»?

use super::lexicon::{Lexicon, class};
use super::{Cast, EntityIndex, EntityKind, Mention};
use crate::clitic;
use crate::text::{Text, TokenKind};
use std::ops::Range;

/// How many mentions back a bare role may reach.
const NEAR: usize = 400;

impl Cast {
    /// The entity that carried the role which `tokens` name, where its words are all among the words of a role or of a
    /// description of that entity: «المسؤول الأمريكي» means «مسؤول أمريكي رفيع». Mentions before byte `before` only; the
    /// nearest wins.
    pub fn by_role(&self, text: &Text, lexicon: &Lexicon, tokens: Range<usize>, before: usize) -> Option<EntityIndex> {
        let wanted: Vec<Word<'_>> = tokens.map(|i| word(text.key(i), lexicon)).filter(|w| !w.empty).collect();
        let title = wanted.first()?;
        let is_title = lexicon.word(title.whole).is_some_and(|w| w.classes & class::TITLE != 0);
        if !is_title && wanted.len() < LONG {
            return None;
        }
        let mut seen = Vec::new();
        let end = self.mentions.partition_point(|m| m.span.start() < before);
        for mention in self.mentions[..end].iter().rev().take(NEAR) {
            if seen.contains(&mention.entity) {
                continue;
            }
            seen.push(mention.entity);
            let entity = &self.entities[mention.entity];
            if entity.kind != EntityKind::Person {
                continue;
            }
            let fits = entity.roles.iter().filter(|r| r.start() < before).any(|span| {
                let have: Vec<Word<'_>> = text.tokens_in(*span).map(|i| word(text.key(i), lexicon)).collect();
                let known = entity.known.as_deref();
                wanted.iter().all(|w| have.iter().any(|h| h.is(w)) || lexicon.belongs(known, w.state))
            });
            if fits || behind_name(text, lexicon, mention, &wanted) {
                return Some(mention.entity);
            }
        }
        None
    }
}

/// The longest role behind a name, in tokens.
const ROLE: usize = 14;
/// A role of so many words is known again without a title in front («ولي عهد الإمارة نائب القائد»).
const LONG: usize = 3;

/// «أكد الدكتور سالم الكرمي *وزير الخارجية اليمني* أن …»: a role may follow the name, with or without a comma.
fn behind_name(text: &Text, lexicon: &Lexicon, mention: &Mention, wanted: &[Word<'_>]) -> bool {
    let end = text.tokens_in(mention.span).end;
    let first = end + usize::from(matches!(text.word(end), "،" | ","));
    let title =
        |i: usize| lexicon.word(word(text.key(i), lexicon).whole).is_some_and(|w| w.classes & class::TITLE != 0);
    let same = wanted.len() >= LONG && wanted.first().is_some_and(|w| w.is(&word(text.key(first), lexicon)));
    if first >= text.len() || !title(first) && !same {
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
}

fn word<'t>(key: &'t str, lexicon: &Lexicon) -> Word<'t> {
    let found = lexicon.word(key);
    let whole = match found {
        Some(_) => key,
        None => clitic::nominal(key).map(|(_, s)| s).find(|s| lexicon.word(s).is_some()).unwrap_or(key),
    };
    let state = lexicon.word(whole).map_or(0, |w| w.state);
    let bare = whole.strip_prefix(clitic::ARTICLE).unwrap_or(whole);
    Word { whole, bare, state, empty: !key.chars().any(char::is_alphabetic) }
}
