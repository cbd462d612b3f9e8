//! Is the article kept and furniture left out on pages as outlets print them?
//!
//! Each article of a set (`corpus/web/articles`) in each template of its language (`corpus/web/templates`). A line that
//! is called article counts for as many characters as it has in common with a paragraph of the truth.

#![allow(clippy::print_stdout)] // MISSES=1 asks for the table

use crate::{Folder, riwaya};
use serde_json::Value;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

#[test]
fn articles_of_sixty_pages_are_kept_and_their_furniture_left_out() {
    furniture_is_left_out("web", 60, 0.98);
}

#[test]
fn articles_of_pages_written_blind_are_kept_and_their_furniture_left_out() {
    furniture_is_left_out("web-blind", 24, 0.98);
}

#[test]
fn articles_of_pages_written_later_are_kept_and_their_furniture_left_out() {
    furniture_is_left_out("web-second", 6, 0.98);
}

/// Reads the pages of a set; character F1 may fall below the floor in no language.
fn furniture_is_left_out(set: &str, number: usize, floor: f64) {
    let folder = Folder::new(&format!("furniture-{set}"));
    let pages = pages(set, &folder);
    assert_eq!(pages.len(), number);
    let mut arguments = vec!["read"];
    arguments.extend(pages.iter().map(|p| p.path.as_str()));
    arguments.extend(["--format", "jsonl"]);
    let run = riwaya(&arguments);
    assert_eq!(run.code, Some(0), "{}", run.err);
    let articles: BTreeMap<String, Value> = run
        .out
        .lines()
        .map(|l| serde_json::from_str::<Value>(l).unwrap())
        .filter(|l| l["kind"] == "article")
        .map(|l| (l["id"].as_str().unwrap().to_owned(), l))
        .collect();
    let misses = std::env::var_os("MISSES").is_some();
    let mut scores: BTreeMap<&str, Vec<Score>> = BTreeMap::new();
    let mut wrong = String::new();
    for page in &pages {
        let Some(article) = articles.get(&page.path) else {
            writeln!(wrong, "{}: not read as an article", page.name).unwrap();
            scores.entry(&page.language).or_default().push(Score { recall: 0.0, precision: 0.0 });
            continue;
        };
        page.facts(article, &mut wrong);
        let body = words(article, "body");
        let score = page.score(&body);
        if misses {
            println!("{:30} {score}", page.name);
            page.misses(&body);
        }
        scores.entry(&page.language).or_default().push(score);
    }
    let low: Vec<String> = scores
        .iter()
        .map(|(language, scores)| (language, Score::mean(scores)))
        .inspect(|(language, mean)| println!("{language}: {} pages, {mean}", scores[**language].len()))
        .filter(|(_, mean)| mean.f1() < floor)
        .map(|(language, mean)| format!("{language}: {mean}"))
        .collect();
    assert!(low.is_empty(), "below {floor}: {low:?}\n{wrong}");
    assert!(wrong.is_empty(), "\n{wrong}");
}

/// A page, and what is to be found on it.
struct Page {
    name: String,
    path: String,
    language: String,
    truth: Vec<String>,
    headline: String,
    /// The day, where the page says it.
    day: Option<String>,
    /// The outlet, where the page says it.
    outlet: Option<String>,
}

impl Page {
    /// Headline, outlet and day.
    fn facts(&self, article: &Value, wrong: &mut String) {
        let title = words(article, "title_spans");
        if !title.contains(&self.headline) {
            writeln!(wrong, "{}: the headline is {title:?}", self.name).unwrap();
        }
        let published = article["published"]["value"].as_str().map(|v| v.get(..10).unwrap_or(v));
        if self.day.is_some() && published != self.day.as_deref() {
            writeln!(wrong, "{}: published {}", self.name, article["published"]).unwrap();
        }
        if self.outlet.is_some() && article["outlet"].as_str() != self.outlet.as_deref() {
            writeln!(wrong, "{}: the outlet is {}", self.name, article["outlet"]).unwrap();
        }
    }

    fn score(&self, body: &[String]) -> Score {
        let mut held = vec![0; self.truth.len()];
        for line in body {
            let best = self.truth.iter().enumerate().map(|(n, t)| (common(line, t), n)).max_by_key(|b| b.0);
            let (count, n) = best.unwrap();
            held[n] += count;
        }
        let held: usize = held.iter().zip(&self.truth).map(|(held, t)| *held.min(&length(t))).sum();
        let of = |texts: &[String]| texts.iter().map(|t| length(t)).sum::<usize>().max(1) as f64;
        Score { recall: held as f64 / of(&self.truth), precision: held as f64 / of(body) }
    }

    fn misses(&self, body: &[String]) {
        let is_known = |line: &String, among: &[String]| among.iter().any(|t| common(line, t) * 10 >= length(line) * 9);
        body.iter().filter(|l| !is_known(l, &self.truth)).for_each(|l| println!("    + {l}"));
        self.truth.iter().filter(|l| !is_known(l, body)).for_each(|l| println!("    - {l}"));
    }
}

#[derive(Clone, Copy)]
struct Score {
    precision: f64,
    recall: f64,
}

impl Score {
    fn f1(self) -> f64 {
        2.0 * self.precision * self.recall / (self.precision + self.recall).max(f64::MIN_POSITIVE)
    }

    fn mean(scores: &[Score]) -> Score {
        let mean = |of: fn(&Score) -> f64| scores.iter().map(of).sum::<f64>() / scores.len() as f64;
        Score { precision: mean(|s| s.precision), recall: mean(|s| s.recall) }
    }
}

impl std::fmt::Display for Score {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "precision {:.3} recall {:.3} F1 {:.3}", self.precision, self.recall, self.f1())
    }
}

/// Characters other than white space.
fn length(text: &str) -> usize {
    text.chars().filter(|c| !c.is_whitespace()).count()
}

/// How many characters of a line stand in a paragraph, or the other way round: all of the one that is a part of the
/// other, else what they begin and end with, where that is half of the line.
fn common(line: &str, paragraph: &str) -> usize {
    let of = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<Vec<_>>();
    let (line, paragraph) = (of(line), of(paragraph));
    let (short, long) = if line.len() < paragraph.len() { (&line, &paragraph) } else { (&paragraph, &line) };
    if long.windows(short.len().max(1)).any(|part| part == short) {
        return short.len();
    }
    let begin = line.iter().zip(&paragraph).take_while(|(a, b)| a == b).count();
    let end = line.iter().rev().zip(paragraph.iter().rev()).take_while(|(a, b)| a == b).count();
    let common = begin + end.min(short.len() - begin);
    if common * 2 >= line.len() { common } else { 0 }
}

/// The words of an article's spans.
fn words(article: &Value, spans: &str) -> Vec<String> {
    let text: Vec<char> = article["text"].as_str().unwrap().chars().collect();
    let at = |v: &Value| v.as_u64().unwrap() as usize;
    article[spans].as_array().unwrap().iter().map(|s| text[at(&s[0])..at(&s[1])].iter().collect()).collect()
}

fn corpus(set: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../corpus").join(set)
}

/// Every article in every template of its language.
fn pages(set: &str, folder: &Folder) -> Vec<Page> {
    let rows = fs::read_to_string(corpus(set).join("templates.tsv")).unwrap();
    let mut rows = rows.lines().filter(|l| !l.starts_with('#')).map(|l| l.split('\t').collect::<Vec<_>>());
    let columns = rows.next().unwrap();
    let cells = rows.map(|row| columns.iter().zip(row).map(|(c, v)| ((*c).into(), v.into())).collect());
    let templates: Vec<Template> = cells.map(|cells| Template { folder: corpus(set), cells }).collect();
    let mut files: Vec<PathBuf> =
        fs::read_dir(corpus(set).join("articles")).unwrap().map(|f| f.unwrap().path()).collect();
    files.sort();
    let mut pages = Vec::new();
    for file in files {
        let article = Article::read(&fs::read_to_string(&file).unwrap());
        let name = file.file_stem().unwrap().to_str().unwrap();
        let (language, kind) = name.split_once('-').unwrap();
        for template in templates.iter().filter(|t| t.get("language") == language) {
            pages.push(template.page(&article, kind, folder));
        }
    }
    pages
}

/// An article: four lines of what its head says, then its blocks, a blank line between them.
struct Article {
    headline: String,
    byline: String,
    day: String,
    date: String,
    blocks: Vec<(Kind, String)>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Paragraph,
    Heading,
    Item,
    Letter,
}

impl Article {
    fn read(text: &str) -> Article {
        let (head, body) = text.split_once("\n\n").unwrap();
        let head: Vec<&str> = head.lines().collect();
        let [headline, byline, day, date] = head[..] else { panic!("four lines of head: {head:?}") };
        let kinds = [("## ", Kind::Heading), ("- ", Kind::Item), ("> ", Kind::Letter)];
        let block = |text: &str| {
            let marked = kinds.iter().find_map(|(mark, kind)| text.strip_prefix(mark).map(|t| (*kind, t)));
            let (kind, words) = marked.unwrap_or((Kind::Paragraph, text));
            (kind, words.to_owned())
        };
        let blocks = body.trim().split("\n\n").map(block).collect();
        Article { headline: headline.into(), byline: byline.into(), day: day.into(), date: date.into(), blocks }
    }
}

/// A row of `templates.tsv`.
struct Template {
    /// Of its set.
    folder: PathBuf,
    cells: BTreeMap<String, String>,
}

impl Template {
    fn get(&self, column: &str) -> &str {
        &self.cells[column]
    }

    fn page(&self, article: &Article, kind: &str, folder: &Folder) -> Page {
        let template = self.get("template");
        let mut html = fs::read_to_string(self.folder.join(format!("templates/{template}.html"))).unwrap();
        for (name, value) in [
            ("headline", &article.headline),
            ("byline", &article.byline),
            ("iso", &article.day),
            ("date", &article.date),
        ] {
            html = html.replace(&format!("{{{{{name}}}}}"), value);
        }
        let html = self.with_blocks(&html, article);
        assert!(!html.contains("{{"), "{template}: a placeholder is left");
        let label = self.get("charset");
        let (bytes, _, failed) = encoding_rs::Encoding::for_label(label.as_bytes()).unwrap().encode(&html);
        assert!(!failed, "{template}-{kind}: letters that {label} lacks");
        let lead = plain(self.get("dateline"));
        let truth = article.blocks.iter().enumerate();
        let truth =
            truth.map(|(n, (_, words))| if n == 0 { format!("{lead}{words}") } else { words.clone() }).collect();
        let given = |column: &str| Some(self.get(column)).filter(|v| !v.is_empty());
        Page {
            name: format!("{template}-{kind}"),
            path: folder.file(&format!("{template}-{kind}.html"), &bytes),
            language: self.get("language").to_owned(),
            truth,
            headline: article.headline.clone(),
            day: given("date").map(|_| article.day.clone()),
            outlet: given("outlet").map(str::to_owned),
        }
    }

    /// `{{3-4}}` is the third and fourth block, `{{5-}}` the fifth and all below; a list is cut where they end.
    fn with_blocks(&self, html: &str, article: &Article) -> String {
        let mut out = String::new();
        let mut rest = html;
        let mut printed = 0;
        while let Some((before, after)) = rest.split_once("{{") {
            let (range, after) = after.split_once("}}").unwrap();
            let (from, to) = range.split_once('-').unwrap_or((range, range));
            let all = article.blocks.len();
            let from = from.parse::<usize>().unwrap() - 1;
            let to = if to.is_empty() { all } else { to.parse::<usize>().unwrap().min(all) };
            assert_eq!(from.min(all), printed, "blocks in their order, none left out");
            out.push_str(before);
            out.push_str(&self.blocks(article, printed..to.max(printed)));
            printed = to.max(printed);
            rest = after;
        }
        assert_eq!(printed, article.blocks.len());
        out + rest
    }

    fn blocks(&self, article: &Article, range: std::ops::Range<usize>) -> String {
        let mut out = String::new();
        let mut items = String::new();
        for n in range {
            let (kind, words) = &article.blocks[n];
            if *kind == Kind::Item {
                items.push_str(&wrap(self.get("item"), words));
                continue;
            }
            self.list(&mut items, &mut out);
            let lead = if n == 0 { self.get("dateline") } else { "" };
            let with = match kind {
                Kind::Heading => self.get("heading"),
                Kind::Letter => self.get("letter"),
                _ => self.get("paragraph"),
            };
            out.push_str(&wrap(with, &format!("{lead}{words}")));
            out.push('\n');
        }
        self.list(&mut items, &mut out);
        out
    }

    fn list(&self, items: &mut String, out: &mut String) {
        if !items.is_empty() {
            out.push_str(&wrap(self.get("list"), items));
            items.clear();
        }
    }
}

fn wrap(with: &str, words: &str) -> String {
    let (before, after) = with.split_once('…').unwrap_or_else(|| panic!("no … in «{with}»"));
    format!("{before}{words}{after}")
}

/// Text without its tags.
fn plain(html: &str) -> String {
    let mut parts = html.split('<');
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |out, part| out + part.split_once('>').map_or(part, |(_, text)| text))
}
