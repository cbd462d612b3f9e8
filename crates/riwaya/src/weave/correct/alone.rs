//! What do corrections say of pages that are read by themselves, without all others?

use super::{block, dates, rule, statement};
use crate::because::Because;
use crate::correction::{Correction, What, Who};
use crate::mention::{Entity, EntityKind};
use crate::pack::Packs;
use crate::read::Reading;

/// Gives some pages of many the days and the speakers that were put right. A speaker that another page names is put
/// beside those of this one; which names are one is told over all pages only ([`crate::weave::weave_corrected`]).
pub fn correct_pages(readings: &mut [Reading], packs: &Packs, corrections: &[Correction]) {
    dates(readings, packs, corrections);
    for correction in corrections {
        let What::Speaker { statement: said, speaker } = &correction.what else { continue };
        for reading in readings.iter_mut().filter(|r| r.source.id == said.article) {
            let Some(n) = statement(reading, said) else { continue };
            let speaker = speaker.as_ref().map(|who| on_page(reading, who, packs));
            let statement = &mut reading.statements[n];
            statement.speaker = speaker;
            statement.corrected = Some(Because::one(rule(correction.number), statement.cue));
        }
    }
}

/// The entity of the page that is called so, else one without a mention.
fn on_page(reading: &mut Reading, who: &Who, packs: &Packs) -> usize {
    if let Some(n) = block::called(reading, &who.name).first() {
        return *n;
    }
    let kind = match who.r#type.as_str() {
        "PER" => EntityKind::Person,
        "ORG" => EntityKind::Organisation,
        _ => EntityKind::Place,
    };
    let row = packs.names().get(&who.id).map(|row| row.id.clone());
    let at_home = |entity: &Entity| row.is_some() && entity.known == row;
    if let Some(n) = reading.cast.entities.iter().position(at_home) {
        return n;
    }
    let pack = packs.of_page(None, &who.name);
    let key = pack.map_or_else(|| who.name.clone(), |pack| pack.language.fold_phrase(&who.name));
    reading.cast.entities.push(Entity {
        kind,
        named: true,
        known: row,
        key,
        forms: vec![who.name.clone()],
        roles: Vec::new(),
        feminine: None,
        plural: false,
    });
    reading.cast.entities.len() - 1
}
