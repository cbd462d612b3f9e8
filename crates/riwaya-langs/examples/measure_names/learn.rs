//! What do differences between sounds weigh? Learned from pairs of words: what often stands in place of what says little.

use crate::words::{Pair, read, sounds};
use riwaya::Packs;
use std::collections::BTreeMap;

/// Two signs that stand in one place, or one that stands in one spelling only, then whether it is the last of its word; the lower
/// sign first.
type Step = (Option<char>, Option<char>, bool);

/// How often the pairs are laid side by side with what was learned so far.
const ROUNDS: usize = 4;
/// What weighs more a sound says that the words of a pair are two names.
const WRONG: u32 = 45;
/// Hundredths for each factor e that something is rarer than what is alike.
const SCALE: f64 = 17.0;
/// No difference weighs less, and none is written that weighs this or more.
const BOUNDS: (u32, u32) = (5, 115);
/// Or that was seen less often.
const SEEN: f64 = 20.0;

/// Prints `sounds.tsv` with costs learned from `files`, pairs of language and file.
pub fn learn(packs: &Packs, files: &[(&str, &str)]) {
    let english = packs.get("en").expect("a pack");
    let mut heard: Vec<(Vec<char>, Vec<char>)> = Vec::new();
    for (lang, file) in files {
        let pack = packs.get(lang).expect("a pack");
        let of = |p: &Pair| (letters(&sounds(english, &p.english)), letters(&sounds(pack, &p.word)));
        heard.extend(read(file).iter().filter(|p| !p.held_out).map(of));
    }
    let known = packs.sounds();
    let mut costs: BTreeMap<Step, u32> = BTreeMap::new();
    for round in 0..ROUNDS {
        let mut seen: BTreeMap<Step, f64> = BTreeMap::new();
        let mut ends: BTreeMap<char, f64> = BTreeMap::new();
        let mut used = 0;
        for (a, b) in &heard {
            let weigh = |a, b, last| if round == 0 { known.one(a, b, last) } else { cost(&costs, a, b, last) };
            let (distance, steps) = side_by_side(a, b, weigh);
            if distance <= WRONG * a.len().max(b.len()) as u32 {
                used += 1;
                steps.into_iter().for_each(|step| *seen.entry(step).or_default() += 1.0);
                a.last().into_iter().chain(b.last()).for_each(|c| *ends.entry(*c).or_default() += 1.0);
            }
        }
        eprintln!("round {}: {used} of {} pairs", round + 1, heard.len());
        costs = weighed(&seen, &ends);
    }
    print(&costs);
}

fn letters(word: &str) -> Vec<char> {
    word.chars().collect()
}

fn step(a: Option<char>, b: Option<char>, last: bool) -> Step {
    match (a, b) {
        (None, _) => (b, None, last),
        (_, None) => (a, None, last),
        _ => (a.min(b), a.max(b), false),
    }
}

fn cost(costs: &BTreeMap<Step, u32>, a: Option<char>, b: Option<char>, last: bool) -> u32 {
    if a == b {
        return 0;
    }
    let other = if a.is_some() && b.is_some() { 120 } else { 100 };
    costs.get(&step(a, b, last)).copied().unwrap_or(other)
}

/// The cheapest way to lay two words side by side, and what it weighs.
fn side_by_side(a: &[char], b: &[char], weigh: impl Fn(Option<char>, Option<char>, bool) -> u32) -> (u32, Vec<Step>) {
    let mut table = vec![vec![0; b.len() + 1]; a.len() + 1];
    let choices = |table: &[Vec<u32>], i: usize, j: usize| -> [Option<(u32, Step)>; 3] {
        let (x, y) = (i.checked_sub(1).map(|i| a[i]), j.checked_sub(1).map(|j| b[j]));
        [
            x.and(y).map(|_| (table[i - 1][j - 1] + weigh(x, y, false), (x, y, false))),
            x.map(|_| (table[i - 1][j] + weigh(x, None, i == a.len()), (x, None, i == a.len()))),
            y.map(|_| (table[i][j - 1] + weigh(None, y, j == b.len()), (None, y, j == b.len()))),
        ]
    };
    for i in 0..=a.len() {
        for j in 0..=b.len() {
            table[i][j] = choices(&table, i, j).into_iter().flatten().map(|(cost, _)| cost).min().unwrap_or(0);
        }
    }
    let (mut i, mut j) = (a.len(), b.len());
    let mut steps = Vec::new();
    while let Some((_, (x, y, last))) = choices(&table, i, j).into_iter().flatten().min_by_key(|(cost, _)| *cost) {
        steps.push(step(x, y, last));
        i -= usize::from(x.is_some());
        j -= usize::from(y.is_some());
    }
    (table[a.len()][b.len()], steps)
}

/// How much rarer a step is than its sounds are, or than words that end in its sound.
fn weighed(seen: &BTreeMap<Step, f64>, ends: &BTreeMap<char, f64>) -> BTreeMap<Step, u32> {
    let mut all: BTreeMap<char, f64> = BTreeMap::new();
    for ((a, b, _), n) in seen.iter().filter(|((_, _, last), _)| !last) {
        a.iter().chain(b).for_each(|c| *all.entry(*c).or_default() += n);
    }
    let count = |of: &BTreeMap<char, f64>, c: &Option<char>| c.and_then(|c| of.get(&c)).copied().unwrap_or(1.0);
    let mut out = BTreeMap::new();
    for (step @ (a, b, last), n) in seen.iter().filter(|((a, b, _), n)| a != b && **n >= SEEN) {
        let whole = match b {
            Some(_) => (count(&all, a) * count(&all, b)).sqrt(),
            None => count(if *last { ends } else { &all }, a),
        };
        let weight = (SCALE * (whole / n).ln()).round().max(0.0) as u32;
        if weight < BOUNDS.1 {
            out.insert(*step, weight.max(BOUNDS.0));
        }
    }
    out
}

fn print(costs: &BTreeMap<Step, u32>) {
    println!(
        "# How little it says that one spelling of a name has a sound where the other has another one, or none ($: none at the"
    );
    println!(
        "# end): 0 to 1, in hundredths. Learned by `measure_names learn` from four fifths of the pairs of English with Arabic and"
    );
    println!("# Russian names of Wikidata (CC0).");
    println!("a\tb\tcost");
    for ((a, b, last), weight) in costs {
        let sign = |c: &Option<char>| c.map(String::from).unwrap_or_default();
        println!("{}\t{}\t{weight}", sign(a), if *last { "$".to_owned() } else { sign(b) });
    }
    let files = riwaya_langs::embedded();
    let is_key = |line: &&str| line.starts_with("# Sounds") || line.contains("\t-\t") || line.contains("\t=");
    files.get("sounds.tsv").into_iter().flat_map(str::lines).filter(is_key).for_each(|line| println!("{line}"));
}
