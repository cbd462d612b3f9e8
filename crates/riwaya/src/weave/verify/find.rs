//! Where do the words stand exactly?

use super::claim::{Claim, Joint, Piece};
use super::page::Page;
use crate::clitic;
use crate::pack::Packs;

/// The words of a page, one for each word of the claim.
pub(super) type Placement = Vec<usize>;

/// How many sentences of a page an ellipsis may pass over.
const SENTENCES: usize = 2;
/// How many words of a page an insertion in brackets may stand for.
const INSERTED: usize = 5;

/// All places where every piece stands word for word, in order, what the text leaves out between them near by.
pub(super) fn placements(claim: &Claim, page: &Page<'_>, packs: &Packs) -> Vec<Placement> {
    for path in &page.paths {
        let found = on_path(claim, page, path, packs);
        if !found.is_empty() {
            return found;
        }
    }
    Vec::new()
}

fn on_path(claim: &Claim, page: &Page<'_>, path: &[usize], packs: &Packs) -> Vec<Placement> {
    let Some((first, rest)) = claim.pieces.split_first() else { return Vec::new() };
    let mut out: Vec<Placement> = Vec::new();
    let mut at = 0;
    while let Some(start) = next(first, page, path, at, packs) {
        at = start + 1;
        let mut words: Placement = path[start..start + first.words.len()].to_vec();
        let mut end = start + first.words.len();
        let whole = rest.iter().all(|piece| {
            let Some(start) = following(piece, page, path, end, packs) else { return false };
            end = start + piece.words.len();
            words.extend(&path[start..end]);
            true
        });
        if whole {
            at = end;
            out.push(words);
        }
    }
    out
}

/// Where `piece` stands next on the path, from `at` on.
fn next(piece: &Piece, page: &Page<'_>, path: &[usize], at: usize, packs: &Packs) -> Option<usize> {
    let last = path.len().checked_sub(piece.words.len())?;
    (at..=last).find(|start| stands(piece, page, path, *start, packs))
}

fn following(piece: &Piece, page: &Page<'_>, path: &[usize], end: usize, packs: &Packs) -> Option<usize> {
    let before = *path.get(end.checked_sub(1)?)?;
    let near = |start: &usize| {
        let word = path[*start];
        match piece.joint {
            Joint::Insert => *start <= end + INSERTED,
            Joint::Start | Joint::Cut => {
                page.is_one_statement(word, before) || page.sentence[word] <= page.sentence[before] + SENTENCES
            }
        }
    };
    next(piece, page, path, end, packs).filter(near)
}

fn stands(piece: &Piece, page: &Page<'_>, path: &[usize], start: usize, packs: &Packs) -> bool {
    let key = |n: usize| page.words[path[start + n]].key;
    let rest = (1..piece.words.len()).all(|n| key(n) == piece.words[n].key);
    rest && (key(0) == piece.words[0].key || piece.words.len() > 2 && opens(piece, page, path[start], packs))
}

/// «ولا نريد ميناء» is quoted as «لا نريد ميناء»: an «و» in front of the first word links, and is not quoted with it.
fn opens(piece: &Piece, page: &Page<'_>, word: usize, packs: &Packs) -> bool {
    let text = &page.reading.text;
    let Some(pack) = page.reading.lang.as_deref().and_then(|l| packs.get(l)).filter(|p| p.language.clitics) else {
        return false;
    };
    let on_page = pack.language.fold(text.at(page.words[word].span));
    clitic::without_and(&on_page).is_some_and(|bare| super::words::hash(bare) == piece.words[0].key)
}
