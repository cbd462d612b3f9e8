//! Of whom does the page speak when a sentence does not say?

use super::actor::coordinated;
use super::page::{Name, Page};
use crate::mention::{EntityIndex, EntityKind};

/// Who was spoken of before this contact word.
#[derive(Debug, Default)]
pub(super) struct Topic {
    /// Those who acted last, joined by «و» where they are several.
    pub actors: Vec<EntityIndex>,
    /// The last two that met: «الرئيسان».
    pub pair: Vec<EntityIndex>,
    /// Who travels in the sentence that begins at this token: «زيارة الوزير … ولقاؤه …».
    pub traveller: Option<(usize, EntityIndex)>,
    /// All who met last: «تم الاتفاق على …».
    pub group: Vec<EntityIndex>,
}

impl Topic {
    /// Takes in the sentences from `seen` up to the one that begins at token `until`: whoever comes first in one acts.
    pub(super) fn follow(&mut self, page: &Page<'_>, seen: &mut usize, until: usize) {
        let from = page.segments.partition_point(|s| s.tokens.start < *seen);
        for segment in page.segments[from..].iter().take_while(|s| s.tokens.start < until) {
            let acts = |n: &&Name| {
                let entity = &page.scene.cast.entities[n.entity];
                entity.kind == EntityKind::Person && entity.named && !page.is_teller(n.entity)
            };
            let names = page.names_in(segment.tokens.clone());
            let Some(first) = names.iter().find(acts) else { continue };
            let next = names.iter().filter(acts).find(|n| n.entity != first.entity);
            let both = next.map(|n| coordinated(page, n, first.full.start)).filter(|all| all.contains(&first.entity));
            self.actors = both.unwrap_or_else(|| vec![first.entity]);
            if let (true, Some(next)) = (self.pair.is_empty(), next) {
                self.pair = vec![first.entity, next.entity];
            }
        }
        *seen = until;
    }

    /// Takes in the parties of a contact.
    pub(super) fn met(&mut self, page: &Page<'_>, parties: &[EntityIndex]) {
        let persons: Vec<EntityIndex> =
            parties.iter().copied().filter(|p| page.kind(*p) == EntityKind::Person).collect();
        if persons.len() == 2 {
            self.pair = persons;
        }
        if parties.len() >= 2 {
            self.group = parties.to_vec();
        }
    }
}
