//! `riwaya eval`: how well is it read? Scores against annotated pages, by the programs that come with them.

mod compare;

use crate::End;
use crate::args::EvalArgs;
use crate::output::{self, Out};
use crate::reading;
use anyhow::{Context, bail, ensure};
use riwaya_input::Input;
use riwaya_query::account::Reader;
use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

/// How far a score may fall by rounding.
const TOLERANCE: f64 = 0.001;
const HEADER: &str = "layer\tlang\tp\tr\tf1\tn";
/// The one row that is no score: megabytes of text a second on one core, in the column `f1`.
const SPEED: &str = "speed.mb_per_s";

/// One row of scores.
#[derive(Debug, Clone, PartialEq)]
struct Row {
    layer: String,
    lang: String,
    p: f64,
    r: f64,
    f1: f64,
    n: u64,
}

/// Scores, and prints, writes or checks the scores.
///
/// # Errors
/// Where the scoring program fails or a file cannot be read or written.
pub fn run(args: EvalArgs) -> anyhow::Result<End> {
    let gold_py = args.gold.join("../gold.py");
    if !args.gold.is_dir() || !gold_py.is_file() {
        output::say(&format!("{}: no annotated pages here, so nothing was scored", args.gold.display()));
        return Ok(End::Nothing);
    }
    let reader = Reader::load(args.langs.as_deref())?;
    let mut rows = Vec::new();
    if !args.comparisons {
        rows.extend(score_pages(&gold_py, &args.gold, reader)?);
        rows.extend(score_stories(&args.gold, reader)?);
    }
    rows.extend(score_accounts(&gold_py, &args, reader)?);
    if let Some(file) = &args.check {
        return check(file, &rows);
    }
    let text = printed(&rows);
    match &args.write {
        Some(file) => {
            fs::write(file, text).with_context(|| format!("{}: cannot be written", file.display()))?;
            output::say(&format!("{}: {} rows", file.display(), rows.len()));
        }
        None => {
            let mut out = Out::open();
            out.line(text.trim_end())?;
            out.finish()?;
        }
    }
    Ok(End::Found)
}

fn score_pages(program: &Path, gold: &Path, reader: &Reader) -> anyhow::Result<Vec<Row>> {
    let pages = python(&[program, Path::new("pages"), gold])?;
    // Rows load when a page asks for them: that is no time of reading.
    reader.languages.iter().filter_map(|l| reader.packs.get(l)).for_each(|pack| _ = pack.stages());
    let started = Instant::now();
    let one = rayon::ThreadPoolBuilder::new().num_threads(1).build()?;
    let account = one.install(|| reading::read(Input::of("gold", &pages).pages, &reader.packs));
    let seconds = started.elapsed().as_secs_f64();
    let bytes: usize = account.readings.iter().filter(|r| r.lang.is_some()).map(|r| r.text.raw().len()).sum();
    let result = Scratch::new("result.jsonl")?;
    let mut lines = Vec::new();
    account.write(&reader.packs, &mut lines)?;
    fs::write(&result.0, lines).with_context(|| format!("{}: cannot be written", result.0.display()))?;
    let scores = python(&[program, Path::new("score"), gold, &result.0, Path::new("--json")])?;
    let scores: Value = serde_json::from_slice(&scores).context("gold.py printed no JSON")?;
    let mut rows = Vec::new();
    for (key, score) in scores.as_object().into_iter().flatten() {
        if let Some((layer, lang)) = key.rsplit_once('/')
            && reader.languages.iter().any(|l| l == lang)
        {
            rows.push(row(layer, lang, score));
        }
    }
    // A program that was not built for speed says nothing about speed.
    if !cfg!(debug_assertions) {
        let speed = (bytes as f64 / 1e6 / seconds * 100.0).round() / 100.0;
        let n = bytes as u64;
        rows.push(Row { layer: SPEED.into(), lang: "all".into(), p: 0.0, r: 0.0, f1: speed, n });
    }
    Ok(rows)
}

/// Stories and copies over the labelled newspaper articles, where those and the newspapers are there.
fn score_stories(gold: &Path, reader: &Reader) -> anyhow::Result<Vec<Row>> {
    let root = gold.join("..");
    let (program, newspapers) = (root.join("stories.py"), root.join("../data/corpus"));
    let labels = root.join("stories/saudi-2015-08-03_04.json");
    if ![&program, &newspapers, &labels].iter().all(|p| p.exists()) {
        output::say("no labelled stories here, so stories and copies were not scored");
        return Ok(Vec::new());
    }
    let pages = python(&[&program, Path::new("pages"), &labels, &newspapers])?;
    let account = reading::read(Input::of("stories", &pages).pages, &reader.packs);
    let result = Scratch::new("stories.jsonl")?;
    let mut lines = Vec::new();
    account.write(&reader.packs, &mut lines)?;
    fs::write(&result.0, lines).with_context(|| format!("{}: cannot be written", result.0.display()))?;
    let scores = python(&[&program, Path::new("score"), &labels, &result.0, Path::new("--json")])?;
    let scores: Value = serde_json::from_slice(&scores).context("stories.py printed no JSON")?;
    let mut story = row("story.bcubed", "ar", &scores["bcubed"]);
    story.n = scores["articles"].as_u64().unwrap_or_default();
    Ok(vec![story, row("copy", "ar", &scores["copies"])])
}

/// The accounts of the seed pages side by side, where their annotation is there.
fn score_accounts(program: &Path, args: &EvalArgs, reader: &Reader) -> anyhow::Result<Vec<Row>> {
    let labels = args.gold.join("../stories/seeds.json");
    if !labels.is_file() {
        output::say(&format!("{}: not there, so comparisons were not scored", labels.display()));
        return Ok(Vec::new());
    }
    let wanted = compare::pages(&labels)?;
    let pages = python(&[program, Path::new("pages"), &args.gold])?;
    let mut pages = Input::of("gold", &pages).pages;
    pages.retain(|p| wanted.contains(&p.source.id));
    ensure!(pages.len() == wanted.len(), "{}: names pages that are not in {}", labels.display(), args.gold.display());
    compare::score(&labels, &reading::read(pages, &reader.packs), args.misses)
}

fn row(layer: &str, lang: &str, score: &Value) -> Row {
    let number = |key: &str| score[key].as_f64().unwrap_or_default();
    let n = score["n"].as_u64().unwrap_or_default();
    Row { layer: layer.into(), lang: lang.into(), p: number("p"), r: number("r"), f1: number("f1"), n }
}

fn printed(rows: &[Row]) -> String {
    let mut rows: Vec<&Row> = rows.iter().collect();
    rows.sort_by(|a, b| (&a.layer, &a.lang).cmp(&(&b.layer, &b.lang)));
    let line = |r: &&Row| match r.layer == SPEED {
        true => format!("{}\t{}\t\t\t{:.2}\t{}\n", r.layer, r.lang, r.f1, r.n),
        false => format!("{}\t{}\t{:.4}\t{:.4}\t{:.4}\t{}\n", r.layer, r.lang, r.p, r.r, r.f1, r.n),
    };
    format!("{HEADER}\n{}", rows.iter().map(line).collect::<String>())
}

/// Compares `rows` with those of `file`: no F1 may fall. Speed is another machine's matter and is not compared.
fn check(file: &Path, rows: &[Row]) -> anyhow::Result<End> {
    let text = fs::read_to_string(file)
        .with_context(|| format!("{}: cannot be read; write it with `riwaya eval --write`", file.display()))?;
    let mut fallen = 0;
    for (number, line) in (1..).zip(text.lines()).skip(1).filter(|(_, line)| !line.trim().is_empty()) {
        let cells: Vec<&str> = line.split('\t').collect();
        ensure!(cells.len() == 6, "{}:{number}: found {} cells, expected 6 ({HEADER})", file.display(), cells.len());
        if cells[0] == SPEED {
            continue;
        }
        let before: f64 = cells[4]
            .parse()
            .with_context(|| format!("{}:{number}: found \"{}\" as f1, expected a number", file.display(), cells[4]))?;
        let now = rows.iter().find(|r| r.layer == cells[0] && r.lang == cells[1]).map(|r| r.f1);
        match now {
            Some(now) if now + TOLERANCE >= before => {}
            Some(now) => {
                fallen += 1;
                output::say(&format!("{} {} has fallen from {before:.4} to {now:.4}", cells[0], cells[1]));
            }
            None => {
                fallen += 1;
                output::say(&format!("{} {} was {before:.4} and is not scored any more", cells[0], cells[1]));
            }
        }
    }
    if fallen == 0 {
        output::say(&format!("no score is lower than in {}", file.display()));
        return Ok(End::Found);
    }
    output::say(&format!(
        "{fallen} scores are lower than in {}; if that is meant, write it anew and say why in the commit",
        file.display()
    ));
    Ok(End::Trouble)
}

fn python(arguments: &[&Path]) -> anyhow::Result<Vec<u8>> {
    let shown = arguments.iter().map(|a| a.display().to_string()).collect::<Vec<_>>().join(" ");
    let run = Command::new("python3")
        .args(arguments)
        .env("PYTHONDONTWRITEBYTECODE", "1")
        .output()
        .with_context(|| format!("python3 {shown}: cannot be started; install Python 3"))?;
    if !run.status.success() {
        bail!("python3 {shown}: {}", String::from_utf8_lossy(&run.stderr).trim());
    }
    Ok(run.stdout)
}

/// A file that is gone when it is not needed any more.
struct Scratch(PathBuf);

impl Scratch {
    fn new(name: &str) -> anyhow::Result<Scratch> {
        let folder = std::env::temp_dir().join(format!("riwaya-eval-{}", std::process::id()));
        fs::create_dir_all(&folder).with_context(|| format!("{}: cannot be made", folder.display()))?;
        Ok(Scratch(folder.join(name)))
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        // What cannot be removed stays in the system's folder for such files.
        let _ = fs::remove_file(&self.0);
        let _ = self.0.parent().map(fs::remove_dir);
    }
}
