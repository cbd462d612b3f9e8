//! Which pages or statements may hold what a pattern asks for? An expression for the record's index.
//!
//! Every word becomes the words of the record that are like it. A run of words becomes all its spellings where they are
//! few, else its rarest words, wherever they stand: the pages so found are then looked through. Words stand in quotation
//! marks, so nothing in a pattern is taken for a sign of the index.

use super::pattern::{Part, Shape, Wanted};
use riwaya::clitic;
use riwaya_store::{Error, Record};

/// More beginnings than these are not looked up: nearly every page holds one of them.
const BEGINNINGS: usize = 3000;
/// More words than these are not looked up one by one.
const LIKE: usize = 200;
/// More spellings of a run than these are not looked up: its rarest words are.
const SPELLINGS: usize = 100;
/// How many words of a run are looked up so.
const RAREST: usize = 6;

/// What the index is asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposal {
    /// An expression of FTS5; none where all pages have to be looked through.
    pub expression: Option<String>,
    /// Does what it finds hold what is asked for in any case?
    pub exact: bool,
    /// No page can hold it: a word is not in the record.
    pub nowhere: bool,
    /// How many places there are at most, whatever the language of their pages; none where the index does not tell.
    pub places: Option<usize>,
    /// Is it one word, so that on its pages there are exactly so many places?
    pub is_word: bool,
}

/// The words of the record that are like one of a pattern.
enum Like {
    /// These.
    Words(Vec<String>),
    /// All with this beginning.
    Beginning(String),
    /// So many that nearly every page holds one.
    Anything,
}

/// What the index of `record` is asked for `parts`.
///
/// # Errors
/// Where the record cannot be read.
pub fn propose(record: &Record, parts: &[Part<Wanted>]) -> Result<Proposal, Error> {
    let mut asked: Vec<String> = Vec::new();
    let (mut exact, mut nowhere) = (true, parts.is_empty());
    let mut places = Some(0usize);
    for part in parts {
        let mut runs = Vec::new();
        for run in &part.runs {
            let like: Vec<Like> = run.iter().map(|word| like(record, word)).collect::<Result<_, _>>()?;
            for like in &like {
                nowhere |= how_often(record, like)? == Some(0);
            }
            runs.push(like);
        }
        // Every place of a part holds its first run, so it has no more places than that run's rarest word.
        let mut fewest: Option<usize> = None;
        for like in &runs[0] {
            if let Some(n) = how_often(record, like)? {
                fewest = Some(fewest.map_or(n, |f| f.min(n)));
            }
        }
        places = places.zip(fewest).map(|(all, of_part)| all + of_part);
        exact &= part_of(record, part, &runs, &mut asked)?;
    }
    let expression = (!asked.is_empty() && !nowhere).then(|| asked.join(" AND "));
    let is_word = matches!(parts, [part] if matches!(&part.runs[..], [run] if run.len() == 1));
    Ok(Proposal { expression, exact, nowhere, places, is_word })
}

/// Adds what a part asks to `asked`, and says whether that is all of it.
fn part_of(record: &Record, part: &Part<Wanted>, runs: &[Vec<Like>], asked: &mut Vec<String>) -> Result<bool, Error> {
    let spelled: Vec<Option<Vec<String>>> = runs.iter().map(|run| spellings(run)).collect();
    match &spelled[..] {
        [Some(run)] => asked.push(any(run)),
        [Some(a), Some(b)] if a.len() * b.len() <= SPELLINGS => {
            let mut pairs = Vec::new();
            for a in a {
                pairs.extend(b.iter().map(|b| format!("NEAR({a} {b}, {})", part.within)));
            }
            asked.push(any(&pairs));
            // One word is never near itself, which the index does not know.
            return Ok(!part.runs[0].iter().any(|x| part.runs[1].iter().any(|y| x.fits(&y.key) || y.fits(&x.key))));
        }
        _ => {
            for (run, spelled) in runs.iter().zip(spelled) {
                match spelled {
                    Some(run) => asked.push(any(&run)),
                    None => asked.extend(rarest(record, run)?),
                }
            }
            return Ok(false);
        }
    }
    Ok(true)
}

fn any(expressions: &[String]) -> String {
    match expressions {
        [one] => one.clone(),
        _ => format!("({})", expressions.join(" OR ")),
    }
}

/// All ways in which a run may be written, as phrases; none where there are too many, or where that cannot be said.
fn spellings(run: &[Like]) -> Option<Vec<String>> {
    let mut all: Vec<Vec<&str>> = vec![Vec::new()];
    let mut open = false;
    for (n, like) in run.iter().enumerate() {
        let words: Vec<&str> = match like {
            Like::Words(words) => words.iter().map(String::as_str).collect(),
            Like::Beginning(letters) if n + 1 == run.len() => {
                open = true;
                vec![letters]
            }
            Like::Beginning(_) | Like::Anything => return None,
        };
        if all.len() * words.len() > SPELLINGS && (run.len() > 1 || words.len() > LIKE) {
            return None;
        }
        let mut longer = Vec::with_capacity(all.len() * words.len());
        for so_far in &all {
            longer.extend(words.iter().map(|word| so_far.iter().copied().chain([*word]).collect::<Vec<&str>>()));
        }
        all = longer;
    }
    let end = if open { " *" } else { "" };
    Some(all.iter().map(|words| format!("{}{end}", quoted(&words.join(" ")))).collect())
}

/// The rarest words of a run, wherever they stand.
fn rarest(record: &Record, run: &[Like]) -> Result<Vec<String>, Error> {
    let mut by_pages: Vec<(usize, String)> = Vec::new();
    for like in run {
        match like {
            Like::Words(words) => {
                let mut pages = 0;
                for word in words {
                    pages += record.spread(word)?.0;
                }
                by_pages.push((pages, any(&words.iter().map(|w| quoted(w)).collect::<Vec<_>>())));
            }
            Like::Beginning(letters) => by_pages.push((usize::MAX, format!("{} *", quoted(letters)))),
            Like::Anything => {}
        }
    }
    by_pages.sort();
    by_pages.dedup();
    by_pages.truncate(RAREST);
    Ok(by_pages.into_iter().map(|(_, expression)| expression).collect())
}

fn quoted(words: &str) -> String {
    format!("\"{}\"", words.replace('"', "\"\""))
}

/// How often words stand in the record; none where that is not told.
fn how_often(record: &Record, like: &Like) -> Result<Option<usize>, Error> {
    let Like::Words(words) = like else { return Ok(None) };
    let mut often = 0;
    for word in words {
        often += record.spread(word)?.1;
    }
    Ok(Some(often))
}

fn like(record: &Record, word: &Wanted) -> Result<Like, Error> {
    let key = &word.key;
    Ok(match word.shape {
        Shape::Exact => Like::Words(record.known(vec![key.clone()])?),
        Shape::Sticking => Like::Words(record.known(clitic::written(key))?),
        Shape::Begins => match record.words_beginning(key, BEGINNINGS + 1)?.len() {
            0 => Like::Words(Vec::new()),
            n if n > BEGINNINGS => Like::Anything,
            _ => Like::Beginning(key.clone()),
        },
        Shape::Holds | Shape::Ends => {
            let words = record.words_around(key, word.shape == Shape::Ends, LIKE + 1)?;
            if words.len() > LIKE { Like::Anything } else { Like::Words(words) }
        }
    })
}
