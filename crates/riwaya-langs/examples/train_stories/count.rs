//! On how many pages do stems stand?

use riwaya::Packs;
use riwaya::text::{Text, TokenKind};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// Stems on fewer of ten thousand pages have no row.
const LEAST: usize = 10;

/// Prints the stems of `lang` that stand on many of the pages in `files`, and on how many of ten thousand.
pub fn count(packs: &Packs, lang: &str, files: &[&str]) {
    let pack = packs.get(lang).unwrap_or_else(|| panic!("no pack {lang}"));
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    let mut pages = 0;
    for file in files {
        let text = std::fs::read_to_string(file).unwrap_or_else(|e| panic!("{file}: {e}"));
        for line in text.lines().filter(|l| !l.trim().is_empty()) {
            let page: Value = serde_json::from_str(line).unwrap_or_else(|e| panic!("{file}: {e}"));
            let Some(words) = page["text"].as_str() else { continue };
            pages += 1;
            let text = Text::new(words.to_owned(), &pack.language);
            let keys = (0..text.tokens().len()).filter(|i| text.tokens()[*i].kind != TokenKind::Punct);
            let keys: BTreeSet<&str> = keys.map(|i| text.key(i)).collect();
            let told = keys.into_iter().filter(|k| !pack.words.is_stop(k));
            let stems: BTreeSet<&str> = told.map(|k| pack.words.stem(k)).collect();
            stems.into_iter().for_each(|s| *counts.entry(s.to_owned()).or_insert(0) += 1);
        }
    }
    print(counts.into_iter().map(|(stem, n)| (stem, n as f64 / pages as f64)));
}

/// About how many words a page of news has.
const WORDS: f64 = 300.0;

/// Prints the same, estimated from a table of words of `lang` with their share of all words.
pub fn estimate(packs: &Packs, lang: &str, table: &str) {
    let pack = packs.get(lang).unwrap_or_else(|| panic!("no pack {lang}"));
    let text = std::fs::read_to_string(table).unwrap_or_else(|e| panic!("{table}: {e}"));
    let mut shares: BTreeMap<String, f64> = BTreeMap::new();
    for line in text.lines() {
        let (word, share) =
            line.split_once('\t').unwrap_or_else(|| panic!("{table}: {line}; a word, a tab, its share"));
        let key = pack.language.fold(word);
        if !pack.words.is_stop(&key) {
            let share: f64 = share.parse().unwrap_or_else(|e| panic!("{table}: {line}: {e}"));
            *shares.entry(pack.words.stem(&key).to_owned()).or_insert(0.0) += share;
        }
    }
    print(shares.into_iter().map(|(stem, share)| (stem, 1.0 - (-share * WORDS).exp())));
}

fn print(shares: impl Iterator<Item = (String, f64)>) {
    println!("stem\tpages");
    for (stem, share) in shares {
        let pages = (share * 10_000.0).round() as usize;
        if pages >= LEAST && !stem.starts_with('#') {
            println!("{stem}\t{pages}");
        }
    }
}
