//! Which contact do the pages report, and how did it come about?

use crate::event::{EventKind, Status, When};
use crate::pack::Packs;
use crate::read::Reading;
use crate::weave::{Grounds, Passage, Woven};

/// A contact with everything that the pages of a story say of it.
#[derive(Debug, Clone)]
pub struct Contact {
    /// Stable id, usable on a command line.
    pub id: String,
    /// The story, as an index of [`Woven::stories`].
    pub story: usize,
    /// What kind.
    pub kind: EventKind,
    /// The most exact time, and the page that gives it.
    pub when: Option<(usize, When)>,
    /// Where, as a woven entity.
    pub place: Option<usize>,
    /// The parties, as woven entities.
    pub participants: Vec<usize>,
    /// Who asked for it, as a woven entity; none where the pages differ.
    pub initiator: Option<usize>,
    /// Who is said to have asked for it, and who says so.
    pub initiators: Vec<Said>,
    /// How far it has come.
    pub status: Status,
    /// What each page says of it, in order of publication.
    pub history: Vec<Report>,
    /// Page and index of each event that was joined.
    pub events: Vec<(usize, usize)>,
    /// The words that mention it.
    pub evidence: Vec<Passage>,
    /// Why these events are one.
    pub grounds: Grounds,
}

/// What one page says of a contact.
#[derive(Debug, Clone)]
pub struct Report {
    /// The page.
    pub page: usize,
    /// How far the contact has come there.
    pub status: Status,
    /// When it is to be or was, there.
    pub when: Option<String>,
    /// The woven entity that says so; none where the page says it itself.
    pub by: Option<usize>,
    /// The first words that mention it.
    pub passage: Passage,
}

/// Who is said to have asked for a contact.
#[derive(Debug, Clone)]
pub struct Said {
    /// The woven entity that asked.
    pub who: usize,
    /// The woven entity that says so; none where the page says it itself.
    pub by: Option<usize>,
    /// The words.
    pub passage: Passage,
}

pub(crate) fn weave(_readings: &[Reading], _packs: &Packs, _woven: &mut Woven) {}
