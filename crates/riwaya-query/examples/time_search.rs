//! How long does a search of a record take? `time_search RECORD [PATTERN…]` asks each pattern five times with facets, for
//! places and for statements, and prints the quickest time, and on Linux the time that its threads were at work.
//! `@NAME` in front of a pattern asks who says it.

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
            let (mut best, mut worked) = (f64::INFINITY, f64::INFINITY);
            let mut answer = ask();
            for _ in 0..5 {
                let (begun, before) = (Instant::now(), processor());
                answer = ask();
                best = best.min(begun.elapsed().as_secs_f64() * 1000.0);
                worked = worked.min(processor() - before);
            }
            show(pattern, (best, worked), &answer);
        };
        timed(&|| search::hits(&record, reader, &asked, &window));
        timed(&|| search::statements(&record, reader, &asked, &window));
    }
    Ok(())
}

/// Milliseconds for which the threads of this program were at work; 0 where the system does not say.
fn processor() -> f64 {
    let threads = std::fs::read_dir("/proc/self/task").into_iter().flatten().flatten();
    let worked = threads.filter_map(|thread| std::fs::read_to_string(thread.path().join("schedstat")).ok());
    worked.filter_map(|line| line.split(' ').next()?.parse::<f64>().ok()).sum::<f64>() / 1e6
}

#[allow(clippy::print_stdout)] // a program of one table
fn show(pattern: &str, (milliseconds, worked): (f64, f64), answer: &Result<Answer, riwaya_query::Error>) {
    match answer {
        Ok(answer) => println!(
            "{milliseconds:7.1} ms ({worked:.1} of processors)  {} {} on {} pages, {} shown, {} facets  {pattern}  {}",
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
