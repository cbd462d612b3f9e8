//! How long does a search of a record take? `time_search RECORD [PATTERN…]` asks each pattern three times with facets, for
//! places and for statements, and prints the quickest time. `@NAME` in front of a pattern asks who says it.

use riwaya_query::account::Reader;
use riwaya_query::search::{self, Answer, Asked, Window};
use riwaya_store::Record;
use std::path::Path;
use std::time::Instant;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let path = arguments.next().ok_or("which record?")?;
    let patterns: Vec<String> = arguments.collect();
    let reader = Reader::usual()?;
    let record = Record::open(Path::new(&path))?;
    let window = Window { after: None, limit: 20, facets: 10 };
    for pattern in &patterns {
        let (speaker, words) = match pattern.strip_prefix('@') {
            Some(rest) => rest.split_once(' ').map_or((Some(rest), ""), |(name, words)| (Some(name), words)),
            None => (None, pattern.as_str()),
        };
        let words = Some(words.to_owned()).filter(|w| !w.is_empty());
        let asked = Asked { words, speaker: speaker.map(str::to_owned), ..Asked::default() };
        let timed = |ask: &dyn Fn() -> Result<Answer, riwaya_query::Error>| {
            let mut best = f64::INFINITY;
            let mut answer = ask();
            for _ in 0..3 {
                let begun = Instant::now();
                answer = ask();
                best = best.min(begun.elapsed().as_secs_f64() * 1000.0);
            }
            show(pattern, best, &answer);
        };
        timed(&|| search::hits(&record, reader, &asked, &window));
        timed(&|| search::statements(&record, reader, &asked, &window));
    }
    Ok(())
}

#[allow(clippy::print_stdout)] // a program of one table
fn show(pattern: &str, milliseconds: f64, answer: &Result<Answer, riwaya_query::Error>) {
    match answer {
        Ok(answer) => println!(
            "{milliseconds:7.1} ms  {} {} on {} pages, {} shown, {} facets  {pattern}  {}",
            if answer.exact { "" } else { "≤" },
            answer.count,
            answer.pages,
            answer.lines.len(),
            answer.facets.len(),
            answer.note.as_deref().unwrap_or_default()
        ),
        Err(error) => println!("{milliseconds:7.1} ms  {error}"),
    }
}
