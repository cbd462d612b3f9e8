//! Is a state or a capital a place here, or does it act?

use super::cells::Cells;
use super::find::Find;
use super::lexicon::{TitleKind, class};

/// Does the state act or speak where this find stands: «أكدت روسيا», «روسيا تريد»?
pub(super) fn acts(cells: &Cells<'_>, _finds: &[Find], find: &Find) -> bool {
    let (start, end) = (find.full.start, find.tokens.end);
    if cells.cell(find.tokens.start).prefix > 0 && !crate::clitic::is_and(cells.text.key(find.tokens.start)) {
        return false;
    }
    let before = cells.text.key(start.wrapping_sub(1));
    let after = cells.text.key(end);
    start > 0 && crate::clitic::is_feminine_past(before) && !cells.is(start - 1, class::DEFINITE | class::FUNCTION)
        || cells.is_word(end) && crate::clitic::is_feminine_present(after)
}

/// Does a capital stand for the city here: «في واشنطن», «إلى الدوحة», «بموسكو», a dateline?
pub(super) fn is_place(cells: &Cells<'_>, find: &Find) -> bool {
    let start = find.tokens.start;
    if find.full.start < start {
        return true;
    }
    if cells.cell(start).prefix > 0 && crate::clitic::is_in(cells.text.key(start)) {
        return true;
    }
    let before = start.wrapping_sub(1);
    if start == 0 || !cells.cell(before).open && cells.is_mark(find.tokens.end, &["-", "،", ":", "–", "(", "/", "—"])
    {
        return true;
    }
    if cells.is_mark(find.tokens.end, &["-", "–", "/", "—", "(", ":"]) && !cells.is_word(before) {
        return true;
    }
    cells.title_kind(before) == Some(TitleKind::Link)
        || cells.is(before, class::PLACE_HEAD)
        || cells.lexicon.goes_to(cells.text.key(before))
}
