//! Which entities of different pages are one?

use crate::mention::EntityKind;
use crate::pack::Packs;
use crate::read::Reading;
use crate::text::Span;
use crate::weave::Woven;
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
    /// The row of `langs/names/`, where one fits.
    pub known: Option<String>,
    /// Language code to the usual or the fullest name.
    pub name: BTreeMap<String, String>,
    /// Page and span of each role as written.
    pub roles: Vec<(usize, Span)>,
    /// All forms as written.
    pub forms: Vec<String>,
}

pub(crate) fn weave(readings: &[Reading], packs: &Packs, woven: &mut Woven) {
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    for (page, reading) in readings.iter().enumerate() {
        let mut of = Vec::with_capacity(reading.cast.entities.len());
        for (n, entity) in reading.cast.entities.iter().enumerate() {
            let id = match (&entity.known, entity.named) {
                (Some(id), _) => id.clone(),
                (None, true) => format!("{}:{}", entity.kind.as_str().to_lowercase(), entity.key.replace(' ', "-")),
                (None, false) => format!("{}#e{}", reading.source.id, n + 1),
            };
            let at = *seen.entry(id.clone()).or_insert_with(|| {
                woven.entities.push(WovenEntity {
                    id,
                    kind: entity.kind,
                    named: entity.named,
                    known: entity.known.clone(),
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
}

impl WovenEntity {
    /// The name in `lang`, else in any language, else the first form.
    pub fn label(&self, lang: &str) -> &str {
        let name = self.name.get(lang).or_else(|| self.name.values().next()).or(self.forms.first());
        name.map_or("", String::as_str)
    }
}
