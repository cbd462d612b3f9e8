//! Which lines of a page does an extractor's answer hold?
//!
//! The answer is text of its own, with white space as the extractor likes it; lines are known again by their letters.

use super::line::Line;

/// The lines whose letters stand in `answer`: of all ways to place them in their order, the one that places most
/// letters.
pub fn meant(lines: &[Line], answer: &str) -> Vec<bool> {
    let answer = letters(answer);
    if lines.len().saturating_mul(answer.len()) > WORK {
        return vec![false; lines.len()];
    }
    let mut found = Vec::new();
    for (n, line) in lines.iter().enumerate() {
        let key = letters(&line.text);
        if key.is_empty() {
            continue;
        }
        let places = memchr::memmem::find_iter(answer.as_bytes(), key.as_bytes()).take(PLACES);
        let before = found.len();
        found.extend(places.map(|at| Found { line: n, at, weight: key.len() }));
        if found.len() == before
            && let Some(at) = in_part(&key, &answer)
        {
            found.push(Found { line: n, at, weight: key.len() / 2 });
        }
    }
    let mut chosen = vec![false; lines.len()];
    heaviest(&found).into_iter().for_each(|n| chosen[found[n].line] = true);
    chosen
}

/// A line with letters of its own, and one place in the answer where they stand.
struct Found {
    line: usize,
    at: usize,
    weight: usize,
}

/// Lines times letters of the answer that are looked at, some seconds' worth; beyond it no article is.
const WORK: usize = 4_000_000_000;
/// How often one line may stand in the answer and be looked for.
const PLACES: usize = 8;

/// The letters and marks of a text: extractors set white space as they like.
fn letters(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

/// Where a line begins of which the answer left something out, a link for one: three fifths of its pieces are there.
fn in_part(key: &str, answer: &str) -> Option<usize> {
    const PIECE: usize = 24;
    if key.len() < 3 * PIECE {
        return None;
    }
    let (mut first, mut held, mut all) = (None, 0, 0);
    for piece in key.as_bytes().chunks_exact(PIECE) {
        all += 1;
        if let Some(at) = memchr::memmem::find(answer.as_bytes(), piece) {
            held += 1;
            first = first.or(Some(at));
        }
    }
    first.filter(|_| held * 10 >= all * 6)
}

/// The heaviest chain of finds in which lines and places rise.
fn heaviest(found: &[Found]) -> Vec<usize> {
    // A page with more finds than this is no article that anybody reads line by line; there a chain that looks back
    // only this far is good enough.
    const BACK: usize = 1500;
    let mut best: Vec<(usize, Option<usize>)> = Vec::with_capacity(found.len());
    for (n, this) in found.iter().enumerate() {
        let follows = |m: &usize| found[*m].line < this.line && found[*m].at < this.at;
        let before = (n.saturating_sub(BACK)..n).filter(follows).max_by_key(|m| best[*m].0);
        best.push((before.map_or(0, |m| best[m].0) + this.weight, before));
    }
    let mut chain = Vec::new();
    let mut next = (0..best.len()).max_by_key(|n| best[*n].0);
    while let Some(n) = next {
        chain.push(n);
        next = best[n].1;
    }
    chain
}
