//! Do two pages tell of the same happening?
//!
//! Boosted regression trees over what speaks for it and against it, learned from pages whose stories are known.
//! Pages in two languages share few words, and pages without a day lack what tells best: each have trees of their own.

use crate::error::Error;
use crate::rows::{Files, Row};
use crate::weave::story::evidence::{EVIDENCE, Evidence, shows, value};

/// Where the trees stand.
const FILE: &str = "stories.tsv";

/// The likeness of pages that cannot be of one story: among many pages that are alike, one whose day was misread does not
/// part them.
pub const FORBIDDEN: f32 = -1.0;

/// What is left of a likeness where both pages tell of the same two states, never of the same day.
const OTHER_DAY: f32 = 0.3;
/// What is left where pages without a day are about a contact of one kind between the same two, and one of them does not
/// say when it was: the two may have called each other before.
const ANY_DAY: f32 = 0.75;

/// What was learned from is of two days; a week later it is seldom the same happening.
const DAYS: f32 = 3.0;
/// Days of a week, in which evidence counts the days between two pages.
const WEEK: f32 = 7.0;

/// What is left of a likeness after so many days.
fn nearness(days: f32) -> f32 {
    (-days * days / (2.0 * DAYS * DAYS)).exp()
}

/// What was learned.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Decision {
    /// For pages in one language whose days of publication are known.
    pub dated: Vec<Tree>,
    /// For pages in one language, one of them without a day.
    pub undated: Vec<Tree>,
    /// For pages in two languages.
    pub across: Vec<Tree>,
}

/// Questions after one another, the first one at 0.
pub type Tree = Vec<Node>;

/// A question, or an answer.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Node {
    /// Goes on at `low` where evidence number `evidence` is at most `limit`, else at `high`; both stand behind.
    Question {
        /// Which of [`EVIDENCE`].
        evidence: usize,
        /// The highest value that leads to `low`.
        limit: f32,
        /// The node for low values.
        low: usize,
        /// The node for high values.
        high: usize,
    },
    /// What is added to the logarithm of the odds.
    Answer(f32),
}

impl Decision {
    /// Reads `stories.tsv`; where it is missing, no two pages are ever one story.
    ///
    /// # Errors
    /// Names file and line of a row that is no node of a tree.
    pub fn load(files: &Files) -> Result<Decision, Error> {
        let mut decision = Decision::default();
        let columns = ["pages", "tree", "node", "evidence", "limit", "low", "high", "value"];
        for row in files.table(FILE, &columns)?.rows() {
            let trees = match row.get("pages") {
                "dated" => &mut decision.dated,
                "undated" => &mut decision.undated,
                "across" => &mut decision.across,
                _ => return Err(row.error("pages", "dated, undated or across")),
            };
            let at = |column: &str| -> Result<usize, Error> {
                usize::try_from(row.number(column)?).map_err(|_| row.error(column, "a number from 0"))
            };
            if at("tree")? == trees.len() {
                trees.push(Tree::new());
            } else if at("tree")? + 1 != trees.len() {
                return Err(row.error("tree", "the same tree as in the row above, or the next one"));
            }
            let Some(tree) = trees.last_mut() else { continue };
            if at("node")? != tree.len() {
                return Err(row.error("node", "the next node of the tree"));
            }
            let node = node(row, tree.len())?;
            tree.push(node);
        }
        let whole = |tree: &Tree| {
            tree.iter().all(|n| match n {
                Node::Question { low, high, .. } => *low.max(high) < tree.len(),
                Node::Answer(_) => true,
            })
        };
        if decision.dated.iter().chain(&decision.undated).chain(&decision.across).all(whole) {
            Ok(decision)
        } else {
            Err(Error::new(FILE, "a tree without a node that it names", "all nodes of each tree"))
        }
    }

    /// How likely it is that two pages are of one story, from 0 to 1; [`FORBIDDEN`] where they cannot be.
    pub fn decide(&self, evidence: &Evidence, one_language: bool) -> f32 {
        // The call that one page is about was on Tuesday, that of the other on Thursday.
        if shows(evidence, "leading contacts clash") {
            return FORBIDDEN;
        }
        let dated = shows(evidence, "both days are known");
        let trees = match (one_language, dated) {
            (false, _) => &self.across,
            (true, true) => &self.dated,
            (true, false) => &self.undated,
        };
        if trees.is_empty() {
            return 0.0;
        }
        let sum: f32 = trees.iter().map(|tree| answer(tree, evidence)).sum();
        let likely = 1.0 / (1.0 + (-sum).exp());
        // Few pages that were learned from tell of contacts, so that these are no matter of learning.
        let other_day = if shows(evidence, "contacts of two states clash") { OTHER_DAY } else { 1.0 };
        let meet = shows(evidence, "contacts are one, on a day");
        let any_day = if !dated && !meet && shows(evidence, "contacts may be one") { ANY_DAY } else { 1.0 };
        let days = if dated { value(evidence, "days between the pages") * WEEK } else { 0.0 };
        likely * other_day * any_day * nearness(days)
    }
}

/// One row, as node `at` of its tree.
fn node(row: &Row<'_>, at: usize) -> Result<Node, Error> {
    let number = |column: &str| row.get(column).parse::<f32>().map_err(|_| row.error(column, "a number"));
    if row.get("evidence").is_empty() {
        return Ok(Node::Answer(number("value")?));
    }
    let Some(evidence) = EVIDENCE.iter().position(|e| *e == row.get("evidence")) else {
        return Err(row.error("evidence", "evidence that the engine knows"));
    };
    let behind = |column: &str| match usize::try_from(row.number(column)?) {
        Ok(to) if to > at => Ok(to),
        _ => Err(row.error(column, "a node behind this one")),
    };
    Ok(Node::Question { evidence, limit: number("limit")?, low: behind("low")?, high: behind("high")? })
}

/// What a tree answers.
pub fn answer(tree: &Tree, evidence: &Evidence) -> f32 {
    let mut at = 0;
    loop {
        match tree[at] {
            Node::Answer(value) => return value,
            Node::Question { evidence: of, limit, low, high } => at = if evidence[of] <= limit { low } else { high },
        }
    }
}
