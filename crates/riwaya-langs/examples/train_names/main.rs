//! Learns `langs/ar/names.model` from annotated pages: an averaged structured perceptron with hashed features.
//!
//! ```text
//! cargo run --release -p riwaya-langs --example train_names -- OUT NAMES FOLDER_OR_FILE…
//! ```
//!
//! A folder holds `PAGE.txt` beside `PAGE.json` (`entities[]` with `type`, `name`, `forms`); a file holds a sentence a line
//! with marks, `وقال [P سالم الكرمي] في [L جدة]`, where an empty mark `[P]` is filled with names. NAMES is a table of name
//! words (Latin, then Arabic letters set apart by spaces). The same input gives the same bytes.
//!
//! Every page is read several times, each time by packs that lack another part of their lists and with other names of
//! people in it, so that what is learned is how names stand in sentences and not the names.

#![allow(clippy::print_stdout, clippy::expect_used)]

mod pages;
mod perceptron;

use pages::{Names, Page, Random};
use perceptron::Perceptron;
use riwaya::mention::tagger::{self, Label, Stretch};
use riwaya::page::Layout;
use riwaya::rows::Files;
use riwaya::text::Text;
use riwaya::{Packs, time};

/// How often every page is read.
const COPIES: u64 = 12;
/// How often all stretches are gone through.
const ROUNDS: usize = 3;
/// The model has 2 to this power rows.
const BITS: u32 = 17;
/// How much better than no name a word of a name has to be, in steps of learning.
const CAUTION: f64 = 12.0;

fn main() {
    let mut arguments = std::env::args().skip(1);
    let out = arguments.next().expect("the model to write");
    let names = Names::read(&arguments.next().expect("a table of name words"));
    let pages: Vec<Page> = arguments.flat_map(|path| pages::read(&path)).collect();
    let files = riwaya_langs::embedded();
    let mut lessons = Vec::new();
    for copy in 0..COPIES {
        let mut random = Random::new(copy + 1);
        let packs = Packs::load(&thinned(&files, copy, &mut random)).unwrap_or_else(|e| panic!("{e}"));
        for page in &pages {
            lessons.extend(learned_from(&page.varied(&names, copy, &mut random), &packs));
        }
    }
    println!(
        "{} pages, {} stretches, {} tokens",
        pages.len(),
        lessons.len(),
        lessons.iter().map(|l| l.1.len()).sum::<usize>()
    );
    let mut perceptron = Perceptron::new(BITS);
    let mut random = Random::new(99);
    for round in 1..=ROUNDS {
        random.shuffle(&mut lessons);
        let wrong: usize = lessons.iter().map(|(stretch, labels)| perceptron.learn(stretch, labels)).sum();
        println!("round {round}: {wrong} tokens wrong");
    }
    let bytes = perceptron.model(CAUTION).write();
    println!("{out}: {} bytes", bytes.len());
    std::fs::write(&out, bytes).unwrap_or_else(|e| panic!("{out}: {e}"));
}

/// The packs without a part of their words, and without the model: the first copy has all of them.
fn thinned(files: &Files, copy: u64, random: &mut Random) -> Files {
    let mut files = files.clone();
    files.models.clear();
    let (names, words) = if copy == 0 { (0, 0) } else { (20 + random.below(60), random.below(50)) };
    for (path, text) in &mut files.texts {
        let share = match path.as_str() {
            "ar/given-names.txt" => names / 2,
            "ar/name-words.txt" | "ar/uncertain-names.txt" => names,
            "ar/common-words.txt" | "ar/rare-words.txt" => words,
            _ => continue,
        };
        *text = text.lines().filter(|_| random.below(100) >= share).map(|l| format!("{l}\n")).collect();
    }
    files
}

/// The stretches of a page with their labels.
fn learned_from(page: &Page, packs: &Packs) -> Vec<(Stretch, Vec<Label>)> {
    let Some(pack) = packs.get("ar") else { return Vec::new() };
    let text = Text::new(page.text.clone(), &pack.language);
    let layout = Layout {
        body: text.lines().iter().filter(|l| !l.tokens.is_empty()).map(|l| l.span).collect(),
        ..Layout::default()
    };
    let times = time::times(&text, &layout, None, &pack.stages().time);
    let mut labels = vec![0; text.len()];
    for (kind, bytes) in &page.names {
        let mut label = tagger::begin(*kind);
        for (i, token) in text.tokens().iter().enumerate() {
            if token.span.end() > bytes.start && token.span.start() < bytes.end {
                labels[i] = label;
                label = tagger::inside(*kind);
            }
        }
    }
    let stretches = tagger::stretches(&text, &layout, &times, &pack.stages().mention).into_iter();
    stretches
        .map(|stretch| {
            let mut wanted = labels[stretch.tokens.clone()].to_vec();
            // What goes on from a word outside that no rule made a name begins here.
            let mut before = stretch.before;
            for label in &mut wanted {
                if !tagger::may_follow(before, *label) {
                    *label -= 1;
                }
                before = *label;
            }
            (stretch, wanted)
        })
        .collect()
}
