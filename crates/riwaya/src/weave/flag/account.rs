//! Do the accounts of two sides fit together?

use super::{Desk, Flag, FlagKind, Severity};
use crate::statement::Act;
use crate::weave::compare::{Phase, relation};
use crate::weave::{Cell, Comparison, Grounds, Passage, Point, Relation};

impl Desk<'_> {
    pub(super) fn of_accounts<'d>(&'d self, comparison: &'d Comparison) -> impl Iterator<Item = Flag> {
        comparison.points.iter().filter_map(move |point| match point.relation {
            Relation::ScopeDiffers if point.cells.len() > 1 => Some(self.scope(comparison, point)),
            Relation::Contradicts => Some(self.contradiction(comparison, point)),
            Relation::OnlyOne => self.told_of_the_other(comparison, point),
            _ => None,
        })
    }

    /// Accounts that give days or numbers of one thing differently.
    fn scope(&self, comparison: &Comparison, point: &Point) -> Flag {
        let (what, given) = match &*point.grounds.rule {
            relation::SCOPE_DAYS => (FlagKind::DateConflict, "the days"),
            _ => (FlagKind::NumberConflict, "a number"),
        };
        let (first, last) = self.sides(comparison, point);
        let explain = format!("the accounts of {first} and {last} give {given} differently");
        Flag::new(what, Severity::Note, point.grounds.clone(), explain)
    }

    fn contradiction(&self, comparison: &Comparison, point: &Point) -> Flag {
        let (first, last) = self.sides(comparison, point);
        let explain = format!("what {first} says and what {last} says cannot both be so, as the words stand");
        Flag::new(FlagKind::Contradiction, Severity::Warning, point.grounds.clone(), explain)
    }

    /// The names of the sides of the first and of the last cell.
    fn sides(&self, comparison: &Comparison, point: &Point) -> (&str, &str) {
        let name = |cell: Option<&Cell>| cell.map_or("", |c| self.name(comparison.sides[c.side].entity));
        (name(point.cells.first()), name(point.cells.last()))
    }

    /// The Kremlin says that the American president promised to send no rockets; the account of the White House has
    /// nothing of it.
    fn told_of_the_other(&self, comparison: &Comparison, point: &Point) -> Option<Flag> {
        let teller = point.cells.first()?.side;
        let committed = point.cells.iter().find_map(|cell| {
            let (speaker, passage) = self.commitment(cell)?;
            let of = |side: usize| self.states[speaker].contains(&comparison.sides[side].of);
            let other = (0..comparison.sides.len()).find(|side| *side != teller && of(*side))?;
            (!of(teller)).then_some((speaker, other, passage))
        });
        let (speaker, other, passage) = committed?;
        let has_account =
            comparison.points.iter().any(|p| p.phase == Phase::After && p.cells_of(other).next().is_some());
        if point.phase != Phase::After || !has_account {
            return None;
        }
        let explain = format!(
            "only {} says that {} committed to it; the account of {} has nothing of it",
            self.name(comparison.sides[teller].entity),
            self.name(speaker),
            self.name(comparison.sides[other].entity)
        );
        let grounds = Grounds::new("flag/commitment-told-by-one-side", vec![passage]);
        Some(Flag::new(FlagKind::OneSideUnconfirmed, Severity::Note, grounds, explain))
    }

    /// Somebody who agrees to something or promises it inside a cell, and the words.
    fn commitment(&self, cell: &Cell) -> Option<(usize, Passage)> {
        let statements = &self.readings[cell.page].statements;
        let inside = |s: &&crate::statement::Statement| {
            s.parent == Some(cell.statement) && cell.words.iter().any(|w| w.contains(s.cue))
        };
        let nested =
            statements.iter().filter(inside).find(|s| s.positive && matches!(s.act, Act::Agree | Act::Promise))?;
        let passage = Passage { page: cell.page, span: nested.cue.to(nested.extent()) };
        Some((self.woven.entity_of[cell.page][nested.speaker?], passage))
    }
}
