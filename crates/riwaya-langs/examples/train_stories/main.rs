//! Learns from pages whose stories are known what speaks for two pages being of one story, and measures it.
//!
//! ```text
//! cargo run --release -p riwaya-langs --example train_stories -- count LANG FILE… > langs/LANG/page-counts.tsv
//! cargo run --release -p riwaya-langs --example train_stories -- estimate LANG TABLE > langs/LANG/page-counts.tsv
//! cargo run --release -p riwaya-langs --example train_stories -- learn FILE… > langs/stories.tsv
//! cargo run --release -p riwaya-langs --example train_stories -- half 0|1 FILE… > langs/stories.tsv
//! cargo run --release -p riwaya-langs --example train_stories -- measure FILE…
//! cargo run --release -p riwaya-langs --example train_stories -- dump FILE…
//! ```

#![allow(clippy::print_stdout, clippy::expect_used)]

mod count;
mod measure;
mod pages;
mod trees;

use measure::Material;
use riwaya::Packs;
use riwaya::weave::story::decide::Node;
use riwaya::weave::story::{self, Decision, EVIDENCE, Linkage};
use std::path::Path;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let packs = packs();
    match arguments.as_slice() {
        ["count", lang, files @ ..] if !files.is_empty() => count::count(&packs, lang, files),
        ["estimate", lang, table] => count::estimate(&packs, lang, table),
        ["learn", files @ ..] if !files.is_empty() => write(&measure::decision(&materials(&packs, files), None)),
        ["half", half @ ("0" | "1"), files @ ..] if !files.is_empty() => {
            write(&measure::decision(&materials(&packs, files), Some((0, u32::from(*half == "1")))));
        }
        ["measure", files @ ..] if !files.is_empty() => {
            measure(&materials(&packs, files), files);
        }
        ["dump", files @ ..] if !files.is_empty() => files.iter().for_each(|file| dump(&packs, file)),
        _ => panic!("count LANG FILE… or dump FILE…"),
    }
}

fn packs() -> Packs {
    let files = match std::env::var_os("RIWAYA_LANGS") {
        Some(dir) => riwaya_langs::from_dir(Path::new(&dir)).unwrap_or_else(|e| panic!("{e}")),
        None => riwaya_langs::embedded(),
    };
    Packs::load(&files).unwrap_or_else(|e| panic!("{e}"))
}

fn materials(packs: &Packs, files: &[&str]) -> Vec<Material> {
    files.iter().map(|file| Material::new(pages::read(file, packs), packs)).collect()
}

/// In how many ways collections are halved.
const WAYS: u32 = 5;

/// Prints for several linkages what is measured, the mean over several ways of halving.
fn measure(materials: &[Material], files: &[&str]) {
    let halves: Vec<[Decision; 2]> =
        (0..WAYS).map(|way| [0, 1].map(|half| measure::decision(materials, Some((way, half))))).collect();
    for (same, best) in [0.5f32, 0.55, 0.6, 0.65].into_iter().flat_map(|s| [0.0, 0.15, 0.3].map(|b| (s, b))) {
        let linkage = Linkage { same, best };
        print!("{same} {best}");
        for (material, file) in materials.iter().zip(files) {
            let mut sums = [0.0; 3];
            for (way, halves) in (0..).zip(&halves) {
                let found = halves.each_ref().map(|half| material.stories(half, linkage));
                let measured = material.measure(&found, way);
                sums.iter_mut().zip(measured).for_each(|(s, m)| *s += m / f64::from(WAYS));
            }
            let name = Path::new(file).file_stem().map_or_else(Default::default, |n| n.to_string_lossy());
            print!("  {name} {:.4} {:.4} {:.3}", sums[0], sums[1], sums[2]);
        }
        println!();
    }
}

/// Prints trees as rows.
fn write(decision: &Decision) {
    println!("pages\ttree\tnode\tevidence\tlimit\tlow\thigh\tvalue");
    for (pages, trees) in [("dated", &decision.dated), ("undated", &decision.undated), ("across", &decision.across)] {
        for (n, tree) in trees.iter().enumerate() {
            for (at, node) in tree.iter().enumerate() {
                match node {
                    Node::Answer(value) => println!("{pages}\t{n}\t{at}\t\t\t\t\t{value:.5}"),
                    Node::Question { evidence, limit, low, high } => {
                        println!("{pages}\t{n}\t{at}\t{}\t{limit}\t{low}\t{high}\t", EVIDENCE[*evidence]);
                    }
                }
            }
        }
    }
}

/// Prints pages, their stories and pairs with their evidence.
fn dump(packs: &Packs, file: &str) {
    let collection = pages::read(file, packs);
    let (pairs, heads) = story::pairs(&collection.readings, packs);
    for (n, reading) in collection.readings.iter().enumerate() {
        println!("page\t{}\t{}\t{}\t{}", n, reading.source.id, collection.stories[n], heads[n]);
    }
    println!("evidence\t{}", story::EVIDENCE.join("\t"));
    for pair in pairs {
        let evidence: Vec<String> = pair.evidence.iter().map(|e| format!("{e:.4}")).collect();
        println!("pair\t{}\t{}\t{}\t{}", pair.pages.0, pair.pages.1, pair.one_language, evidence.join("\t"));
    }
}
