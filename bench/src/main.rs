//! How fast is each stage, and how much memory does a day of news take?
//!
//! Reads JSON Lines, runs every stage over all pages on one core, each stage over the results of the one before, and
//! prints megabytes of text a second for each; then `riwaya read` itself on one and two threads.

use anyhow::{Context, bail, ensure};
use riwaya::event::Scene;
use riwaya::page::Source;
use riwaya::text::Text;
use riwaya::{Packs, Reading, contract, event, mention, page, statement, time, weave};
use serde_json::Value;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

/// The least that the whole of `riwaya read` must reach, in MB/s a core, and the most memory it may take, in MB.
const LEAST_SPEED: f64 = 2.0;
const MOST_MEMORY: f64 = 500.0;

fn main() -> anyhow::Result<()> {
    let mut arguments = std::env::args().skip(1);
    let (Some(pages), program) = (arguments.next(), arguments.next()) else {
        bail!("usage: riwaya-bench PAGES.jsonl [RIWAYA]; bench/README.md says how to get a day of news");
    };
    let packs = Packs::load(&riwaya_langs::embedded())?;
    stages(&read_pages(Path::new(&pages), &packs)?, &packs)?;
    match program {
        Some(program) => whole(&PathBuf::from(program), &pages),
        None => Ok(()),
    }
}

type Input = (Source, String);

/// The pages of a file of JSON Lines that a pack reads.
fn read_pages(path: &Path, packs: &Packs) -> anyhow::Result<Vec<Input>> {
    let text = std::fs::read_to_string(path).with_context(|| path.display().to_string())?;
    let mut pages = Vec::new();
    for (n, line) in text.lines().enumerate() {
        let page: Value = serde_json::from_str(line).with_context(|| format!("{}:{}", path.display(), n + 1))?;
        let get = |names: &[&str]| names.iter().find_map(|name| page[*name].as_str()).map(str::to_owned);
        let source = Source {
            id: get(&["id", "url"]).unwrap_or_else(|| n.to_string()),
            outlet: get(&["outlet", "source"]),
            published: get(&["published", "date_extracted"]),
            ..Source::default()
        };
        let text = get(&["text", "content"]).unwrap_or_default();
        if packs.detect(&text).is_some() {
            pages.push((source, text));
        }
    }
    ensure!(!pages.is_empty(), "{}: no page in a language that a pack reads", path.display());
    Ok(pages)
}

/// Times every stage over all pages.
fn stages(pages: &[Input], packs: &Packs) -> anyhow::Result<()> {
    let bytes: usize = pages.iter().map(|(_, text)| text.len()).sum();
    println!("{} pages, {:.2} MB of text, one core", pages.len(), bytes as f64 / 1e6);
    println!("{:<12}{:>10}{:>12}", "stage", "s", "MB/s");
    let mut clock = Clock { bytes, total: 0.0 };
    let pack = |text: &str| packs.detect(text).expect("pages without a pack were left out");
    let rows = |text: &str| pack(text).stages();
    let texts =
        clock.time("text", || pages.iter().map(|(_, t)| Text::new(t.clone(), &pack(t).language)).collect::<Vec<_>>());
    let all = || pages.iter().zip(&texts);
    let layouts =
        clock.time("page", || all().map(|((s, _), t)| page::layout(t, s, &rows(t.raw()).page)).collect::<Vec<_>>());
    let times = clock.time("time", || {
        all()
            .zip(&layouts)
            .map(|(((source, _), t), layout)| {
                let lexicon = &rows(t.raw()).time;
                let expressions = time::expressions(t, layout, lexicon);
                let published = time::published(&expressions, t, layout, source, lexicon);
                let times = time::times(&expressions, t, published.as_ref(), lexicon);
                (published, times)
            })
            .collect::<Vec<_>>()
    });
    let read = || all().zip(&layouts).zip(&times);
    let mut casts = clock.time("mention", || {
        read().map(|(((_, t), l), (_, times))| mention::cast(t, l, times, &rows(t.raw()).mention)).collect::<Vec<_>>()
    });
    let statements = clock.time("statement", || {
        read()
            .zip(&mut casts)
            .map(|((((_, t), l), (_, times)), cast)| statement::statements(t, l, cast, times, &rows(t.raw()).statement, &rows(t.raw()).mention))
            .collect::<Vec<_>>()
    });
    clock.time("event", || {
        read()
            .zip(&casts)
            .zip(&statements)
            .map(|(((((_, text), layout), (published, times)), cast), statements)| {
                let scene = Scene { text, layout, cast, times, statements, published: published.as_ref() };
                event::events(&scene, &rows(text.raw()).event)
            })
            .collect::<Vec<_>>()
    });
    println!("{:<12}{:>10.3}{:>12.2}", "reading", clock.total, bytes as f64 / 1e6 / clock.total);
    let mut readings: Vec<Reading> =
        pages.iter().map(|(source, text)| riwaya::read(source.clone(), text.clone(), packs, None)).collect();
    let woven = clock.time("weave", || weave::weave_all(&mut readings, packs));
    let printed = clock.time("print", || {
        let mut out = Vec::new();
        for (n, reading) in readings.iter().enumerate() {
            for line in contract::page_lines(n, reading, &woven) {
                serde_json::to_writer(&mut out, &line)?;
                out.push(b'\n');
            }
        }
        for line in contract::woven_lines(&readings, packs, &woven) {
            serde_json::to_writer(&mut out, &line)?;
            out.push(b'\n');
        }
        anyhow::Ok(out)
    })?;
    println!("{:<12}{:>10.3}{:>12.2}", "all", clock.total, bytes as f64 / 1e6 / clock.total);
    println!("{:.1} MB of lines printed", printed.len() as f64 / 1e6);
    Ok(())
}

/// A point in time: of this thread on its processor where the system tells (Linux), so that a busy machine does not
/// show; else on the wall.
enum Started {
    Processor(u64),
    Wall(Instant),
}

impl Started {
    fn now() -> Started {
        on_processor().map_or_else(|| Started::Wall(Instant::now()), Started::Processor)
    }

    fn seconds(&self) -> f64 {
        match self {
            Started::Processor(then) => on_processor().unwrap_or(*then).saturating_sub(*then) as f64 / 1e9,
            Started::Wall(then) => then.elapsed().as_secs_f64(),
        }
    }
}

fn on_processor() -> Option<u64> {
    std::fs::read_to_string("/proc/thread-self/schedstat").ok()?.split_whitespace().next()?.parse().ok()
}

struct Clock {
    bytes: usize,
    total: f64,
}

impl Clock {
    fn time<T>(&mut self, stage: &str, run: impl FnOnce() -> T) -> T {
        let started = Started::now();
        let result = run();
        let seconds = started.seconds();
        self.total += seconds;
        println!("{stage:<12}{seconds:>10.3}{:>12.2}", self.bytes as f64 / 1e6 / seconds.max(1e-9));
        result
    }
}

/// Runs `riwaya read` on one and on two threads: its own figures, and whether both print the same bytes.
fn whole(program: &Path, pages: &str) -> anyhow::Result<()> {
    let mut printed = Vec::new();
    let mut speeds = Vec::new();
    let mut memory: f64 = 0.0;
    for threads in ["1", "2"] {
        let run = Command::new(program)
            .args(["read", pages, "--format", "jsonl", "--stats", "--threads", threads])
            .output()
            .with_context(|| program.display().to_string())?;
        let said = String::from_utf8_lossy(&run.stderr).into_owned();
        println!("\nriwaya read, threads: {threads}");
        for line in
            said.lines().filter(|l| l.contains(" s") || l.contains("memory")).map(|l| l.replace("riwaya: ", "  "))
        {
            writeln!(std::io::stdout(), "{line}")?;
        }
        let number = |before: &str, after: &str| -> Option<f64> {
            let line = said.lines().find(|l| l.contains(before) && l.contains(after))?;
            line.split(after).next()?.split_whitespace().next_back()?.parse().ok()
        };
        speeds.extend(number("MB/s a core", " MB/s a core").or_else(|| number("MB/s a thread", " MB/s a thread")));
        memory = memory.max(number("peak memory", " MB").unwrap_or(0.0));
        printed.push(run.stdout);
    }
    ensure!(printed[0] == printed[1], "one thread and two print different bytes");
    println!("\nthe same bytes for both");
    let speed = speeds.first().copied().unwrap_or(0.0);
    ensure!(speed >= LEAST_SPEED, "{speed} MB/s a core, and {LEAST_SPEED} is the least");
    ensure!(memory <= MOST_MEMORY, "{memory} MB of memory, and {MOST_MEMORY} is the most");
    Ok(())
}
