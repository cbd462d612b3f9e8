//! Are names of several languages found to be one? Measured by the functions that weave pages.
//!
//! ```text
//! cargo run --release -p riwaya-langs --example measure_names -- words LANG FILE [--misses]
//! cargo run --release -p riwaya-langs --example measure_names -- learn LANG FILE LANG FILE… > langs/sounds.tsv
//! cargo run --release -p riwaya-langs --example measure_names -- pages FOLDER [--misses]
//! ```
//!
//! FILE is a table of name words: English, then the letters of the other language set apart by spaces, then how often. `words`
//! looks for every word of the last fifth among the English words of that fifth; `learn` reads the other four and prints what
//! differences weigh. FOLDER holds `PAGE.txt` beside `PAGE.json`, where `ar-DOC`, `en-DOC` and `ru-DOC` are versions of one page
//! and entities of one id and type are one. `RIWAYA_LANGS` names a folder of packs to use in place of the embedded ones.

#![allow(clippy::print_stdout, clippy::expect_used)]

mod learn;
mod pages;
mod words;

use riwaya::Packs;
use std::path::Path;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let packs = packs();
    match arguments.as_slice() {
        ["words", lang, file] => words::measure(&packs, lang, file, false),
        ["words", lang, file, "--misses"] => words::measure(&packs, lang, file, true),
        ["learn", files @ ..] if !files.is_empty() && files.len() % 2 == 0 => {
            learn::learn(&packs, &files.chunks(2).map(|pair| (pair[0], pair[1])).collect::<Vec<_>>());
        }
        ["pages", folder] => pages::measure(&packs, Path::new(folder), false),
        ["pages", folder, "--misses"] => pages::measure(&packs, Path::new(folder), true),
        _ => panic!("words LANG FILE [--misses], learn LANG FILE… or pages FOLDER [--misses]"),
    }
}

fn packs() -> Packs {
    let files = match std::env::var_os("RIWAYA_LANGS") {
        Some(dir) => riwaya_langs::from_dir(Path::new(&dir)).unwrap_or_else(|e| panic!("{e}")),
        None => riwaya_langs::embedded(),
    };
    Packs::load(&files).unwrap_or_else(|e| panic!("{e}"))
}
