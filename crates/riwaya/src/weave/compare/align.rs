//! Which clauses of different sides make the same point, and how do they stand to one another?

use super::clause::Clause;
use super::relation::{other_courtesy, relation, same_stance};
use super::{Cell, Desk, Point, Relation};
use crate::weave::concept::{Concept, Scope};
use crate::weave::trace;
use crate::weave::when::Day;
use crate::weave::{Grounds, Passage};
use rustc_hash::{FxHashMap, FxHashSet};

/// Likeness from which on two clauses are about one thing.
const PAIRED: f32 = 0.28;
/// How much two clauses must tell together: a concept, a day, or two of frame, entity and word.
const TOLD: usize = 2;
/// What a feature counts that no other clause has: how long a clause is says little of whether two are alike.
const ALONE: f32 = 0.5;
/// What a likeness is worth that rests on less.
const FRAME: f32 = 0.6;
/// A pair must be nearly the best that both its clauses have.
const MARGIN: f32 = 0.80;
/// Likeness from which on one side says a thing twice.
const TWICE: f32 = 0.60;
/// What a likeness is worth where one proposes, asks or discusses what the other does not.
const STANCE: f32 = 0.85;

/// What a clause can share with another one.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
enum Feature {
    Concept(usize),
    Kin(usize),
    Entity(usize),
    Date(String),
    Month(i8),
    Number(String),
    Duration(u32),
    Stem(String),
}

impl Feature {
    /// Shared words alone don't make a point the same; what they are about does. What is done with it decides how the
    /// two stand to one another, less whether they are about one thing.
    fn weight(&self, scope: impl Fn(usize) -> Scope) -> f32 {
        match self {
            Feature::Concept(n) => match scope(*n) {
                Scope::Topic | Scope::Frame => 2.0,
                Scope::Assent | Scope::Turn => 0.3,
                Scope::Unit => 1.0,
                Scope::Act | Scope::Attitude | Scope::Courtesy => 0.1,
            },
            Feature::Kin(_) | Feature::Date(_) | Feature::Number(_) | Feature::Duration(_) => 1.5,
            Feature::Entity(_) | Feature::Month(_) | Feature::Stem(_) => 1.0,
        }
    }
}

/// All clauses with their features as numbers: every pair of clauses is compared, so no comparison looks at words.
struct Table {
    /// In order; its place is the number of a feature.
    all: Vec<Feature>,
    /// How much each tells of what a point is about, but for words.
    tells: Vec<usize>,
    features: Vec<Vec<(u32, f32)>>,
    sums: Vec<f32>,
    /// The same without words, for clauses of two languages.
    told: Vec<f32>,
    langs: Vec<usize>,
    stances: Stances,
}

impl Table {
    fn new(clauses: &[Clause], desk: &Desk<'_>) -> Table {
        let concepts = desk.packs.concepts().all();
        let wide: FxHashSet<usize> = concepts.iter().filter_map(|c| c.kin).collect();
        let named: Vec<Vec<Feature>> = clauses.iter().map(|c| features(c, &wide, desk)).collect();
        let mut all: Vec<Feature> = named.iter().flatten().cloned().collect();
        all.sort();
        let common: Vec<usize> = all.chunk_by(|a, b| a == b).map(<[_]>::len).collect();
        all.dedup();
        let number: FxHashMap<&Feature, u32> = all.iter().zip(0..).collect();
        let count = clauses.len() as f32;
        let weight = |n: u32| {
            let common = common[n as usize];
            let alone = if common == 1 { ALONE } else { 1.0 };
            all[n as usize].weight(|c| concepts[c].scope) * alone * (1.0 + count / common as f32).ln()
        };
        let weighed = |own: &Vec<Feature>| own.iter().map(|f| (number[f], weight(number[f]))).collect();
        let features: Vec<Vec<(u32, f32)>> = named.iter().map(weighed).collect();
        let sums = features.iter().map(|f| f.iter().map(|(_, w)| w).sum::<f32>().max(1.0)).collect();
        let tells: Vec<usize> = all
            .iter()
            .map(|feature| match feature {
                Feature::Concept(n) if concepts[*n].scope == Scope::Topic => 2,
                Feature::Date(_) | Feature::Number(_) | Feature::Duration(_) => 2,
                Feature::Concept(_) | Feature::Kin(_) | Feature::Entity(_) | Feature::Month(_) => 1,
                Feature::Stem(_) => 0,
            })
            .collect();
        let without = |f: &Vec<(u32, f32)>| {
            f.iter().filter(|(n, _)| tells[*n as usize] > 0).map(|(_, w)| w).sum::<f32>().max(1.0)
        };
        let told = features.iter().map(without).collect();
        let langs = clauses.iter().map(|c| c.lang).collect();
        Table { all, tells, features, sums, told, langs, stances: Stances::new(clauses, concepts) }
    }

    /// Weight of what two clauses share, beside what both hold; little where that does not tell what they are about:
    /// «محادثات» here and «محادثات» there may be about anything, and «أوكرانيا» alone is the subject of the whole story.
    fn likeness(&self, a: usize, b: usize) -> f32 {
        let (mut told, mut words) = (0, 0);
        let note = |(n, weight): (u32, f32)| {
            match self.tells[n as usize] {
                0 => words += 1,
                more => told += more,
            }
            weight
        };
        let shared: f32 = self.shared(a, b).map(note).sum();
        let told = told + words.min(2);
        let sums = if self.langs[a] == self.langs[b] { &self.sums } else { &self.told };
        let stance = self.stances.factor(a, b);
        shared / (sums[a] * sums[b]).sqrt() * stance * if told >= TOLD { 1.0 } else { FRAME }
    }

    /// What both clauses hold, in order.
    fn shared(&self, a: usize, b: usize) -> impl Iterator<Item = (u32, f32)> {
        let (mine, mut other) = (&self.features[a], self.features[b].as_slice());
        mine.iter().copied().filter(move |(n, _)| {
            while let [(m, _), rest @ ..] = other
                && m < n
            {
                other = rest;
            }
            other.first().is_some_and(|(m, _)| m == n)
        })
    }
}

/// How the actors of clauses stand to what they are about, as numbers that are the same for the same stance.
struct Stances {
    of: Vec<usize>,
    factors: Vec<Vec<f32>>,
}

impl Stances {
    fn new(clauses: &[Clause], concepts: &[Concept]) -> Stances {
        let stance = |c: &Clause| -> (Vec<usize>, Vec<String>) {
            let stands = |c: &usize| matches!(concepts[*c].scope, Scope::Attitude | Scope::Courtesy);
            let mut own: Vec<usize> = c.about.concepts.iter().map(|(c, _)| *c).filter(stands).collect();
            own.sort_unstable();
            (own, c.about.ordinals.clone())
        };
        let mut known: FxHashMap<(Vec<usize>, Vec<String>), usize> = FxHashMap::default();
        let mut first: Vec<usize> = Vec::new();
        let of: Vec<usize> = clauses
            .iter()
            .enumerate()
            .map(|(n, clause)| {
                *known.entry(stance(clause)).or_insert_with(|| {
                    first.push(n);
                    first.len() - 1
                })
            })
            .collect();
        let factor = |a: &Clause, b: &Clause| {
            let (x, y) = (&a.about.ordinals, &b.about.ordinals);
            let another = !x.is_empty() && !y.is_empty() && !x.iter().any(|o| y.contains(o));
            match () {
                // «الجولة الأولى» is not «الجولة الثانية», a congratulation no interference.
                () if another || other_courtesy(a, b, concepts) => 0.0,
                () if same_stance(a, b, concepts) => 1.0,
                () => STANCE,
            }
        };
        let factors =
            first.iter().map(|a| first.iter().map(|b| factor(&clauses[*a], &clauses[*b])).collect()).collect();
        Stances { of, factors }
    }

    fn factor(&self, a: usize, b: usize) -> f32 {
        self.factors[self.of[a]][self.of[b]]
    }
}

fn features(clause: &Clause, wide: &FxHashSet<usize>, desk: &Desk<'_>) -> Vec<Feature> {
    let about = &clause.about;
    let concepts = desk.packs.concepts().all();
    let mut out: Vec<Feature> = about.stems.iter().cloned().map(Feature::Stem).collect();
    for (concept, _) in &about.concepts {
        out.push(Feature::Concept(*concept));
        out.push(Feature::Kin(concepts[*concept].kin.unwrap_or(*concept)));
    }
    out.retain(|f| !matches!(f, Feature::Kin(k) if !wide.contains(k)));
    out.extend(about.entities.iter().copied().map(Feature::Entity));
    out.extend(about.durations.iter().copied().map(Feature::Duration));
    out.extend(about.dates.iter().filter_map(|d| Day::parse(d).in_year()).map(Feature::Date));
    out.extend(about.dates.iter().filter_map(|d| Day::parse(d).month_alone()).map(Feature::Month));
    out.extend(about.numbers.iter().filter(|(n, _)| n.len() > 2).map(|(n, _)| Feature::Number(n.clone())));
    out.sort();
    out.dedup();
    out
}

/// The points of a comparison: those of several sides first, then in order of pages.
pub(super) fn points(clauses: &[Clause], desk: &Desk<'_>) -> Vec<Point> {
    let table = Table::new(clauses, desk);
    let mut rows = pair(clauses, &table);
    gather(clauses, &table, &mut rows);
    rows.iter_mut().for_each(|row| row.sort_by_key(|c| (clauses[*c].side, *c)));
    rows.sort_by_key(|row| (several(row, clauses) == 1, row.iter().min().copied()));
    rows.iter().map(|row| point(row, clauses, &table, desk)).collect()
}

/// How many sides speak in a row.
fn several(row: &[usize], clauses: &[Clause]) -> usize {
    row.iter().map(|c| clauses[*c].side).collect::<FxHashSet<_>>().len()
}

/// Pairs clauses of different sides, the most alike first; a third clause joins where it is nearly as alike.
fn pair(clauses: &[Clause], table: &Table) -> Vec<Vec<usize>> {
    let mut pairs: Vec<(f32, usize, usize)> = Vec::new();
    let mut best: FxHashMap<(usize, usize), f32> = FxHashMap::default();
    for (a, x) in clauses.iter().enumerate() {
        for (b, y) in clauses.iter().enumerate().skip(a + 1) {
            if x.side == y.side || x.phase != y.phase || x.headline || y.headline {
                continue;
            }
            let likeness = table.likeness(a, b);
            if likeness >= PAIRED && !together(x, y) {
                for (clause, other) in [(a, y.side), (b, x.side)] {
                    let top = best.entry((clause, other)).or_insert(0.0);
                    *top = top.max(likeness);
                }
                pairs.push((likeness, a, b));
            }
        }
    }
    pairs.sort_by(|a, b| b.0.total_cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
    let mut rows: Vec<(f32, Vec<usize>)> = Vec::new();
    let mut row_of: FxHashMap<usize, usize> = FxHashMap::default();
    for (likeness, a, b) in pairs {
        let near = |clause: usize, other: usize| likeness >= MARGIN * best[&(clause, clauses[other].side)];
        if !(near(a, b) && near(b, a)) {
            continue;
        }
        match (row_of.get(&a).copied(), row_of.get(&b).copied()) {
            (None, None) => {
                row_of.extend([(a, rows.len()), (b, rows.len())]);
                rows.push((likeness, vec![a, b]));
            }
            (Some(row), None) | (None, Some(row)) if likeness >= MARGIN * rows[row].0 => {
                let new = if row_of.contains_key(&a) { b } else { a };
                row_of.insert(new, row);
                rows[row].1.push(new);
            }
            _ => {}
        }
    }
    let mut rows: Vec<Vec<usize>> = rows.into_iter().map(|(_, row)| row).collect();
    join_together(clauses, &mut row_of, &mut rows);
    rows
}

/// Do both sides say it with one mouth: «وقال الجانبان»?
fn together(x: &Clause, y: &Clause) -> bool {
    x.joint && y.joint && x.page == y.page && x.words == y.words
}

/// What sides say together stands in one row, with what either says of it elsewhere.
fn join_together(clauses: &[Clause], row_of: &mut FxHashMap<usize, usize>, rows: &mut Vec<Vec<usize>>) {
    for (a, x) in clauses.iter().enumerate().filter(|(_, c)| c.joint) {
        for b in (a + 1..clauses.len()).filter(|b| together(x, &clauses[*b]) && x.side != clauses[*b].side) {
            match (row_of.get(&a).copied(), row_of.get(&b).copied()) {
                (None, None) => {
                    row_of.extend([(a, rows.len()), (b, rows.len())]);
                    rows.push(vec![a, b]);
                }
                (Some(row), None) | (None, Some(row)) => {
                    let new = if row_of.contains_key(&a) { b } else { a };
                    row_of.insert(new, row);
                    rows[row].push(new);
                }
                (Some(_), Some(_)) => {}
            }
        }
    }
}

/// Puts what a side says once more into the row where it says it, and everything else into a row of its own.
fn gather(clauses: &[Clause], table: &Table, rows: &mut Vec<Vec<usize>>) {
    let mut placed: FxHashSet<usize> = rows.iter().flatten().copied().collect();
    for clause in 0..clauses.len() {
        if !placed.insert(clause) {
            continue;
        }
        let twin = |other: &usize| {
            clauses[*other].side == clauses[clause].side
                && clauses[*other].phase == clauses[clause].phase
                && table.likeness(clause, *other) >= TWICE
        };
        match rows.iter_mut().find(|row| row.iter().any(twin)) {
            Some(row) => row.push(clause),
            None => rows.push(vec![clause]),
        }
    }
}

fn point(row: &[usize], clauses: &[Clause], table: &Table, desk: &Desk<'_>) -> Point {
    let across = row.iter().enumerate().flat_map(|(i, a)| row[i + 1..].iter().map(move |b| (*a, *b)));
    let apart = |(a, b): &(usize, usize)| !together(&clauses[*a], &clauses[*b]);
    let best = across.filter(|(a, b)| clauses[*a].side != clauses[*b].side).max_by(|x, y| {
        let alike = table.likeness(x.0, x.1).total_cmp(&table.likeness(y.0, y.1));
        apart(x).cmp(&apart(y)).then(alike).then(y.cmp(x))
    });
    let (relation, rule) = match best {
        None => (Relation::OnlyOne, "compare/only-one"),
        Some((a, b)) => relation(&clauses[a], &clauses[b], table.likeness(a, b), desk.packs.concepts().all()),
    };
    let from = match best {
        Some((a, b)) => vec![passage(&clauses[a]), passage(&clauses[b])],
        None => row.iter().map(|c| passage(&clauses[*c])).collect(),
    };
    Point {
        topics: topics(row, best, table, desk),
        phase: clauses[row[0]].phase,
        cells: row.iter().map(|c| cell(&clauses[*c], desk)).collect(),
        relation,
        grounds: Grounds::new(rule, from),
    }
}

fn passage(clause: &Clause) -> Passage {
    Passage { page: clause.page, span: clause.words }
}

fn cell(clause: &Clause, desk: &Desk<'_>) -> Cell {
    Cell {
        side: clause.side,
        page: clause.page,
        statement: clause.statement,
        words: vec![clause.words],
        chain: trace::chain(clause.page, clause.statement, desk.readings, desk.woven),
    }
}

/// Concepts, then entities; where two sides speak those that both name, the rarest first.
fn topics(row: &[usize], best: Option<(usize, usize)>, table: &Table, desk: &Desk<'_>) -> Vec<String> {
    let mut found: Vec<(bool, f32, String)> = Vec::new();
    for clause in row {
        for (feature, weight) in &table.features[*clause] {
            let id = match &table.all[*feature as usize] {
                Feature::Concept(n) => desk.packs.concepts().all()[*n].id.clone(),
                Feature::Entity(n) if desk.woven.entities[*n].named => desk.woven.entities[*n].id.clone(),
                _ => continue,
            };
            let shared = best.is_some_and(|(a, b)| table.shared(a, b).any(|(f, _)| f == *feature));
            if !found.iter().any(|(.., known)| *known == id) {
                found.push((shared, *weight, id));
            }
        }
    }
    found.sort_by(|a, b| b.0.cmp(&a.0).then(b.1.total_cmp(&a.1)).then(a.2.cmp(&b.2)));
    found.into_iter().take(3).map(|(.., id)| id).collect()
}
