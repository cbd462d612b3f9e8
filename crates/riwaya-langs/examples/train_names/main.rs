//! Learns a language's `names.model` from annotated pages, an averaged structured perceptron with hashed features, and
//! measures how well names are found.
//!
//! ```text
//! cargo run --release -p riwaya-langs --example train_names -- learn LANGUAGE OUT NAMES INPUT…
//! cargo run --release -p riwaya-langs --example train_names -- folds LANGUAGE COUNT NAMES INPUT…
//! cargo run --release -p riwaya-langs --example train_names -- measure LANGUAGE INPUT…
//! ```
//!
//! `learn` writes a model; the same input gives the same bytes. `folds` cuts the input into COUNT parts and reads each one with a
//! model that learned from the others; `measure` reads it with the packs as they are. Both print strict precision, recall
//! and F1 for each kind of name, by rules alone and with the model.
//!
//! An INPUT is a folder that holds `PAGE.txt` beside `PAGE.json` (`entities[]` with `type`, `name`, `forms`); a file `.tsv` of
//! words with their labels (`Москве`, tab, `B-LOC`), an empty line after each sentence; or another file with a sentence a
//! line with marks, `وقال [P سالم الكرمي] في [L جدة]`, where an empty mark `[P]` is filled with names. NAMES is a table of name
//! words (Latin, then letters of the language set apart by spaces) that other names are made of in some readings, or `-`.
//!
//! Every page is read several times, each time by packs that lack another part of their lists and with other names of
//! people in it, so that what is learned is how names stand in sentences and not the names.

#![allow(clippy::print_stdout, clippy::expect_used)]

mod lessons;
mod measure;
mod pages;
mod perceptron;

use lessons::Lessons;
use pages::{Names, Page};
use riwaya::rows::Files;

/// The packs of the folder that `RIWAYA_LANGS` names, or those that were built in.
fn files() -> Files {
    match std::env::var_os("RIWAYA_LANGS") {
        Some(folder) => riwaya_langs::from_dir(folder.as_ref()).unwrap_or_else(|e| panic!("{e}")),
        None => riwaya_langs::embedded(),
    }
}

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let read = |code: &str, inputs: &[&str]| -> Vec<Page> {
        let pages: Vec<Page> = inputs.iter().flat_map(|path| pages::read(path, code)).collect();
        assert!(!pages.is_empty(), "nothing to read: name at least one folder or file");
        pages
    };
    match words.as_slice() {
        ["learn", code, out, names, inputs @ ..] => {
            let pages = read(code, inputs);
            let lessons = Lessons::new(code, &pages, &Names::read(names));
            let bytes = lessons.model(|_| true).write();
            println!("{out}: {} bytes", bytes.len());
            std::fs::write(out, bytes).unwrap_or_else(|e| panic!("{out}: {e}"));
        }
        ["folds", code, count, names, inputs @ ..] => {
            let count = count.parse().expect("how many parts");
            measure::folds(code, count, &read(code, inputs), &Names::read(names));
        }
        ["measure", code, inputs @ ..] => measure::as_shipped(code, &read(code, inputs)),
        _ => panic!("learn LANGUAGE OUT NAMES INPUT…, folds LANGUAGE COUNT NAMES INPUT… or measure LANGUAGE INPUT…"),
    }
}
