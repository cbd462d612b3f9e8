//! Is the right English name among the first few that sound like an Arabic or a Russian one?

use riwaya::Packs;
use riwaya::pack::Pack;
use riwaya::weave::sound::Index;
use std::collections::{BTreeMap, BTreeSet};

/// A right name counts among so many.
const FIRST: usize = 5;
/// One part of so many is held out.
const PARTS: u64 = 5;

/// A word of a name and its English form.
pub struct Pair {
    /// The English word.
    pub english: String,
    /// The word of the other language.
    pub word: String,
    /// How many people of Wikidata are called so.
    pub people: u64,
    /// Nothing learns from it.
    pub held_out: bool,
}

/// Reads a table of words. All pairs of an English word are in the same part.
pub fn read(file: &str) -> Vec<Pair> {
    let text = std::fs::read_to_string(file).unwrap_or_else(|e| panic!("{file}: {e}"));
    let pair = |line: &str| {
        let mut cells = line.split('\t');
        let (english, letters) = (cells.next()?, cells.next()?);
        let people = cells.next()?.parse().ok()?;
        Some(Pair { english: english.to_owned(), word: letters.replace(' ', ""), people, held_out: part(english) == 0 })
    };
    text.lines().filter_map(pair).collect()
}

/// FNV-1a.
fn part(word: &str) -> u64 {
    word.bytes()
        .fold(0xcbf2_9ce4_8422_2325, |hash: u64, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3))
        % PARTS
}

/// How a word of `pack` sounds.
pub fn sounds(pack: &Pack, word: &str) -> String {
    pack.sounds.of(&pack.language.fold(word))
}

/// Looks for every held out word among all held out English words and prints how often it is found.
pub fn measure(packs: &Packs, lang: &str, file: &str, misses: bool) {
    let (english, other) = (packs.get("en").expect("a pack"), packs.get(lang).expect("a pack"));
    let costs = packs.sounds();
    let mut names: BTreeSet<String> = BTreeSet::new();
    let mut right: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut weight: BTreeMap<String, u64> = BTreeMap::new();
    for pair in read(file).into_iter().filter(|p| p.held_out) {
        names.insert(pair.english.clone());
        *weight.entry(pair.word.clone()).or_default() += pair.people;
        right.entry(pair.word).or_default().insert(pair.english);
    }
    let names: Vec<(String, String)> = names.into_iter().map(|n| (sounds(english, &n), n)).collect();
    let mut index = Index::default();
    names.iter().enumerate().for_each(|(n, (sounds, _))| index.add(costs, std::slice::from_ref(sounds), n as u32));
    let (mut alike, mut others) = (0, 0);
    let (mut near, mut found, mut first, mut all_found, mut people) = (0, 0, 0, 0, 0);
    let mut missed = Vec::new();
    for (word, rights) in &right {
        let heard = other.heard(&other.language.fold(word));
        let mut candidates: Vec<(u32, &str)> = index
            .near(costs, &heard)
            .into_iter()
            .map(|n| &names[n as usize])
            .map(|(sounds, name)| (heard.iter().map(|h| costs.distance(h, sounds)).min().unwrap_or(0), name.as_str()))
            .collect();
        candidates.sort_unstable();
        near += candidates.len();
        all_found += usize::from(candidates.iter().any(|(_, name)| rights.contains(*name)));
        let is_like = |(_, name): &&(u32, &str)| costs.alike(&heard, &[sounds(english, name)]);
        let like: Vec<&str> = candidates.iter().filter(is_like).map(|(_, name)| *name).collect();
        alike += usize::from(like.iter().any(|name| rights.contains(*name)));
        others += like.iter().filter(|name| !rights.contains(**name)).count();
        candidates.truncate(FIRST);
        let is_found = candidates.iter().any(|(_, name)| rights.contains(*name));
        found += usize::from(is_found);
        people += if is_found { weight[word] } else { 0 };
        first += usize::from(candidates.first().is_some_and(|(_, name)| rights.contains(*name)));
        if !is_found {
            missed.push(format!("{word} {heard:?} {rights:?} {candidates:?}"));
        }
    }
    if misses {
        missed.iter().for_each(|m| println!("{m}"));
    }
    let share = |n: usize| n as f64 / right.len().max(1) as f64;
    println!("{lang}: {} words among {} English ones", right.len(), names.len());
    println!("  candidates a word {:.1}, the right one among them {:.3}", share(near), share(all_found));
    println!("  the right one first {:.3}, among the first {FIRST} {:.3}", share(first), share(found));
    println!("  alike {:.3}, and {:.1} others", share(alike), share(others));
    println!("  and of the people so called {:.3}", people as f64 / weight.values().sum::<u64>().max(1) as f64);
}
