//! Which pages tell of the same happening?

use crate::pack::Packs;
use crate::read::Reading;
use crate::weave::copy::{Counts, counts};
use crate::weave::{Passage, Woven};
use jiff::civil::Date;

/// Pages that tell of one happening, or of one news cycle's tight series.
#[derive(Debug, Clone)]
pub struct Story {
    /// Stable id, `story-` and the id of its first page.
    pub id: String,
    /// In order.
    pub pages: Vec<usize>,
    /// The headline that says best what it is about.
    pub title: Option<Passage>,
    /// The first day of publication, where one is known.
    pub from: Option<Date>,
    /// The last one.
    pub to: Option<Date>,
    /// How widely it is told.
    pub counts: Counts,
}

pub(crate) fn weave(readings: &[Reading], _packs: &Packs, woven: &mut Woven) {
    woven.stories = (0..readings.len())
        .map(|page| Story {
            id: format!("story-{}", readings[page].source.id),
            pages: vec![page],
            title: readings[page].layout.title.first().map(|span| Passage { page, span: *span }),
            from: readings[page].published.as_ref().map(|p| p.date),
            to: readings[page].published.as_ref().map(|p| p.date),
            counts: counts(&[page], readings, &woven.copies),
        })
        .collect();
    woven.story_of = (0..readings.len()).collect();
}
