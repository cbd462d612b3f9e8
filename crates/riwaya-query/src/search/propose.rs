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
/// How many words of a run are looked up instead.
const RAREST: usize = 6;
/// How many pairs of neighbours in a run are looked up instead.
const PAIRS: usize = 2;

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
    /// These, each with its pages and its places.
    Words(Vec<(String, usize, usize)>),
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
            nowhere |= like.iter().any(|like| matches!(like, Like::Words(words) if words.is_empty()));
            runs.push(like);
        }
        // Every place of a part holds its first run, so it has no more places than that run's rarest word.
        let fewest = runs[0].iter().filter_map(how_often).min();
        places = places.zip(fewest).map(|(all, of_part)| all + of_part);
        exact &= part_of(part, &runs, &mut asked);
    }
    let expression = (!asked.is_empty() && !nowhere).then(|| asked.join(" AND "));
    let is_word = matches!(parts, [part] if matches!(&part.runs[..], [run] if run.len() == 1));
    Ok(Proposal { expression, exact, nowhere, places, is_word })
}

/// Adds what a part asks to `asked`, and says whether that is all of it.
fn part_of(part: &Part<Wanted>, runs: &[Vec<Like>], asked: &mut Vec<String>) -> bool {
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
            return !part.runs[0].iter().any(|x| part.runs[1].iter().any(|y| x.fits(&y.key) || y.fits(&x.key)));
        }
        _ => {
            for (run, spelled) in runs.iter().zip(spelled) {
                match spelled {
                    Some(run) => asked.push(any(&run)),
                    None => asked.extend(rarest(run)),
                }
            }
            return false;
        }
    }
    true
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
            Like::Words(words) => words.iter().map(|(word, ..)| word.as_str()).collect(),
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

/// What of a run is looked up where its spellings are too many: the rarest pairs of neighbours, else the rarest words.
fn rarest(run: &[Like]) -> Vec<String> {
    let pages = |like: &Like| match like {
        Like::Words(words) => words.iter().map(|(_, pages, _)| pages).sum(),
        Like::Beginning(_) | Like::Anything => usize::MAX,
    };
    let pair = |pair: &[Like]| Some((pair.iter().map(pages).min()?, any(&spellings(pair)?)));
    let mut asked: Vec<(usize, String)> = run.windows(2).filter_map(pair).collect();
    let most = if asked.is_empty() { RAREST } else { PAIRS };
    if asked.is_empty() {
        asked.extend(run.iter().filter_map(|like| match like {
            Like::Words(words) => {
                let words: Vec<String> = words.iter().map(|(word, ..)| quoted(word)).collect();
                Some((pages(like), any(&words)))
            }
            Like::Beginning(letters) => Some((usize::MAX, format!("{} *", quoted(letters)))),
            Like::Anything => None,
        }));
    }
    asked.sort();
    asked.dedup();
    asked.truncate(most);
    asked.into_iter().map(|(_, expression)| expression).collect()
}

fn quoted(words: &str) -> String {
    format!("\"{}\"", words.replace('"', "\"\""))
}

/// How often words stand in the record; none where that is not told.
fn how_often(like: &Like) -> Option<usize> {
    match like {
        Like::Words(words) => Some(words.iter().map(|(.., places)| places).sum()),
        Like::Beginning(_) | Like::Anything => None,
    }
}

fn like(record: &Record, word: &Wanted) -> Result<Like, Error> {
    let key = &word.key;
    let words = match word.shape {
        Shape::Exact => record.known(vec![key.clone()])?,
        Shape::Sticking => record.known(clitic::written(key))?,
        Shape::Begins => match record.words_beginning(key, BEGINNINGS + 1)?.len() {
            0 => Vec::new(),
            n if n > BEGINNINGS => return Ok(Like::Anything),
            _ => return Ok(Like::Beginning(key.clone())),
        },
        Shape::Holds | Shape::Ends => {
            let words = record.words_around(key, word.shape == Shape::Ends, LIKE + 1)?;
            if words.len() > LIKE {
                return Ok(Like::Anything);
            }
            words
        }
    };
    let mut spread = Vec::with_capacity(words.len());
    for word in words {
        let (pages, places) = record.spread(&word)?;
        // The vocabulary keeps words of pages that have changed.
        if pages > 0 {
            spread.push((word, pages, places));
        }
    }
    Ok(Like::Words(spread))
}
