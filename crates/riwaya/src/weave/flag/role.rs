//! Is one person in office on one page and out of it on another?

use super::{Desk, Flag, FlagKind, Hit, Severity, Sign};
use crate::mention::EntityKind;
use crate::text::Span;
use crate::weave::{Grounds, Passage, Story};
use std::collections::BTreeMap;

/// A role that a page gives to somebody.
struct Given {
    head: String,
    former: bool,
    passage: Passage,
}

impl Desk<'_> {
    /// Pages of one story of which one calls somebody a president and another one a former president.
    pub(super) fn in_and_out(&self, story: &Story, hits: &[Vec<Hit>]) -> Vec<Flag> {
        let mut roles: BTreeMap<usize, Vec<Given>> = BTreeMap::new();
        for page in &story.pages {
            let cast = &self.readings[*page].cast;
            for (n, entity) in cast.entities.iter().enumerate() {
                if entity.named && entity.kind == EntityKind::Person && !entity.plural {
                    let given = entity.roles.iter().filter_map(|role| self.given(*page, *role, &hits[*page]));
                    roles.entry(self.woven.entity_of[*page][n]).or_default().extend(given);
                }
            }
        }
        let conflict = |(who, given): (usize, Vec<Given>)| {
            let (former, holder) = given.iter().filter(|g| g.former).find_map(|former| {
                let now = given.iter().find(|g| !g.former && g.head == former.head)?;
                (now.passage.page != former.passage.page).then_some((former, now))
            })?;
            let id = |g: &Given| &self.readings[g.passage.page].source.id;
            let explain = format!(
                "{} calls {} a former holder of the office, {} does not",
                id(former),
                self.name(who),
                id(holder)
            );
            let grounds = Grounds::new("flag/former", vec![former.passage, holder.passage]);
            Some(Flag::new(FlagKind::RoleConflict, Severity::Note, grounds, explain))
        };
        roles.into_iter().filter_map(conflict).collect()
    }

    fn given(&self, page: usize, role: Span, hits: &[Hit]) -> Option<Given> {
        let reading = &self.readings[page];
        let (text, pack) = (&reading.text, self.pack(reading)?);
        let tokens = text.tokens_in(role);
        let is_former = |i: usize| hits.iter().any(|h| h.sign == Sign::Former && h.tokens.contains(&i));
        let around = tokens.start.saturating_sub(1)..(tokens.end + 1).min(text.len());
        let head = tokens.clone().find(|i| !is_former(*i))?;
        Some(Given {
            head: pack.words.stem(text.key(head)).to_owned(),
            former: around.into_iter().any(is_former),
            passage: Passage { page, span: role },
        })
    }
}
