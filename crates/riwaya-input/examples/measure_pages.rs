//! How well and how fast are articles found on the pages of a benchmark, and does every character lead back to its
//! bytes?
//!
//! `measure_pages DIR` reads `DIR/ground-truth.json` and `DIR/aeb-html/*.html.gz` (the layout of the article
//! extraction benchmark) and prints precision, recall and F1 of its measure, shingles of four words.

use riwaya_input::html;
use rustc_hash::FxHashMap;
use std::error::Error;
use std::io::Read;
use std::path::Path;
use std::time::Instant;

fn main() -> Result<(), Box<dyn Error>> {
    let dir = std::env::args().nth(1).ok_or("usage: measure_pages DIR")?;
    let truth: serde_json::Value =
        serde_json::from_str(&std::fs::read_to_string(Path::new(&dir).join("ground-truth.json"))?)?;
    let mut pages = Vec::new();
    for (id, page) in truth.as_object().ok_or("ground-truth.json holds no object")? {
        let file = std::fs::File::open(Path::new(&dir).join(format!("aeb-html/{id}.html.gz")))?;
        let mut bytes = Vec::new();
        flate2::read::GzDecoder::new(file).read_to_end(&mut bytes)?;
        pages.push((id, bytes, page["articleBody"].as_str().unwrap_or_default()));
    }
    let start = Instant::now();
    let articles: Vec<_> = pages.iter().map(|(_, bytes, _)| html::read(bytes, None, None)).collect();
    let seconds = start.elapsed().as_secs_f64();
    let size: usize = pages.iter().map(|p| p.1.len()).sum();
    let mut sum = (0.0, 0.0);
    let (mut characters, mut placed) = (0, 0);
    let list = std::env::var_os("LIST").is_some();
    for ((id, bytes, body), article) in pages.iter().zip(&articles) {
        let found = self::body(article);
        let (precision, recall) = compare(&shingles(body), &shingles(&found));
        sum = (sum.0 + precision, sum.1 + recall);
        let (all, good) = round_trip(article, bytes);
        (characters, placed) = (characters + all, placed + good);
        if list {
            println!("{id:.8} precision {precision:.2} recall {recall:.2} {:?}", article.unfit);
        }
    }
    let (precision, recall) = (sum.0 / pages.len() as f64, sum.1 / pages.len() as f64);
    let f1 = 2.0 * precision * recall / (precision + recall);
    println!("{} pages: F1 {f1:.4}, precision {precision:.4}, recall {recall:.4}", pages.len());
    println!("{placed} of {characters} characters lead back to bytes that decode to them");
    println!("{:.1} pages/s, {:.1} MB/s", pages.len() as f64 / seconds, size as f64 / seconds / 1e6);
    if let Some(count) = std::env::var("PREFIXES").ok().and_then(|n| n.parse::<usize>().ok()) {
        prefixes(&pages, count);
    }
    Ok(())
}

/// Reads `count` prefixes of every page, evenly spread, and shows that each ends; a panic ends the program.
fn prefixes(pages: &[(&String, Vec<u8>, &str)], count: usize) {
    let mut longest = 0.0_f64;
    for (_, bytes, _) in pages {
        for n in 0..count {
            let start = Instant::now();
            let _ = html::read(&bytes[..bytes.len() * n / count], None, None);
            longest = longest.max(start.elapsed().as_secs_f64());
        }
    }
    println!("{} prefixes read, the slowest in {longest:.2} s", pages.len() * count);
}

/// The layer without its headline and the lines set apart.
fn body(article: &html::Article) -> String {
    let mut text = article.text.clone();
    for apart in article.apart.iter().rev() {
        text.replace_range(apart.start..apart.end, "");
    }
    match &article.title {
        Some(title) => text.replacen(title.as_str(), "", 1),
        None => text,
    }
}

fn shingles(text: &str) -> FxHashMap<Vec<&str>, usize> {
    const LENGTH: usize = 4;
    let words: Vec<&str> =
        text.split(|c: char| !c.is_alphanumeric() && c != '_').filter(|word| !word.is_empty()).collect();
    let mut counts = FxHashMap::default();
    for start in 0..(words.len() + 1).saturating_sub(LENGTH).max(usize::from(!words.is_empty())) {
        *counts.entry(words[start..words.len().min(start + LENGTH)].to_vec()).or_default() += 1;
    }
    counts
}

fn compare(wanted: &FxHashMap<Vec<&str>, usize>, found: &FxHashMap<Vec<&str>, usize>) -> (f64, f64) {
    let both: usize = wanted.iter().map(|(k, n)| (*n).min(found.get(k).copied().unwrap_or(0))).sum();
    let share = |all: usize, other: usize| match all {
        0 => f64::from(u8::from(other == 0)),
        _ => both as f64 / all as f64,
    };
    let (wanted, found) = (wanted.values().sum(), found.values().sum());
    (share(found, wanted), share(wanted, found))
}

/// How many characters the layer has, line breaks aside, and how many of them their bytes decode to. White space may
/// stand for more white space.
fn round_trip(article: &html::Article, raw: &[u8]) -> (usize, usize) {
    let (mut all, mut good) = (0, 0);
    for (at, character) in article.text.chars().enumerate().filter(|(_, c)| *c != '\n') {
        all += 1;
        let Some(place) = article.origin.bytes(raw, at, at + 1) else { continue };
        let Some(decoded) = html::charset::decode_part(&raw[place], &article.origin.charset) else { continue };
        let is_reference = || html::decoded_reference(&decoded.text).is_some_and(|t| t.contains(character));
        let is_blank = || character == ' ' && decoded.text.chars().all(char::is_whitespace);
        let is_good = decoded.text.chars().eq([character]) || is_reference() || is_blank();
        good += usize::from(is_good);
    }
    (all, good)
}
