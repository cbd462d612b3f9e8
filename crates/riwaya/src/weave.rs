//! What do the pages tell together? Entities, stories, copies, contacts, comparisons and flags over many pages.

use crate::mention::{EntityIndex, EntityKind};
use crate::pack::Packs;
use crate::read::Reading;
use crate::text::Span;
use std::collections::BTreeMap;

/// An entity of all pages together.
#[derive(Debug, Clone)]
pub struct WovenEntity {
    /// Stable id: that of the `langs/names/` row, else made of kind and name.
    pub id: String,
    /// Person, organisation or place.
    pub kind: EntityKind,
    /// False for «مسؤول أمريكي رفيع».
    pub named: bool,
    /// Language code to the usual or the fullest name.
    pub name: BTreeMap<String, String>,
    /// Page and span of each role as written.
    pub roles: Vec<(usize, Span)>,
    /// All forms as written.
    pub forms: Vec<String>,
}

/// What all pages tell together. Pages are counted in the order given.
#[derive(Debug, Clone, Default)]
pub struct Woven {
    /// In order of first mention.
    pub entities: Vec<WovenEntity>,
    /// For each page, for each entity of its cast, the woven entity.
    pub entity_of: Vec<Vec<usize>>,
}

impl Woven {
    /// The woven entity that entity `index` of page `page` is.
    pub fn entity(&self, page: usize, index: EntityIndex) -> &WovenEntity {
        &self.entities[self.entity_of[page][index]]
    }
}

/// Joins what was read from all pages.
pub fn weave(readings: &[Reading], packs: &Packs) -> Woven {
    let mut woven = Woven::default();
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    for (page, reading) in readings.iter().enumerate() {
        let mut of = Vec::with_capacity(reading.cast.entities.len());
        for (n, entity) in reading.cast.entities.iter().enumerate() {
            let id = match (&entity.known, entity.named) {
                (Some(id), _) => id.clone(),
                (None, true) => format!("{}:{}", entity.kind.as_str().to_lowercase(), entity.key.replace(' ', "-")),
                (None, false) => format!("{}#e{n}", reading.source.id),
            };
            let at = *seen.entry(id.clone()).or_insert_with(|| {
                woven.entities.push(WovenEntity {
                    id,
                    kind: entity.kind,
                    named: entity.named,
                    name: BTreeMap::new(),
                    roles: Vec::new(),
                    forms: Vec::new(),
                });
                woven.entities.len() - 1
            });
            let whole = &mut woven.entities[at];
            whole.roles.extend(entity.roles.iter().map(|r| (page, *r)));
            for form in &entity.forms {
                if !whole.forms.contains(form) {
                    whole.forms.push(form.clone());
                }
            }
            let known = entity.known.as_deref().and_then(|id| packs.names().get(id));
            if let Some(row) = known {
                whole
                    .name
                    .extend(row.forms.iter().filter_map(|(lang, forms)| Some((lang.clone(), forms.first()?.clone()))));
            } else if let (true, Some(lang), Some(form)) = (entity.named, &reading.lang, entity.forms.first()) {
                whole.name.entry(lang.clone()).or_insert_with(|| form.clone());
            }
            of.push(at);
        }
        woven.entity_of.push(of);
    }
    woven
}
