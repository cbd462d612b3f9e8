//! Are the accounts of a contact laid side by side as people laid them? Stories, contacts, sides, pairs of points and their
//! relations on the seed pages, whose annotation names page, line and words.

use super::Row;
use crate::output;
use anyhow::{Context, bail, ensure};
use riwaya::Reading;
use riwaya::text::Span;
use riwaya::weave::{Cell, Comparison, Point, Relation, Woven};
use riwaya_query::account::Account;
use rustc_hash::{FxHashMap, FxHashSet};
use serde_json::Value;
use std::fs;
use std::path::Path;

/// The words of one side for a point, or words outside of all points.
type Item = (&'static str, Vec<Place>);

/// The ids of the pages that the annotation speaks of.
///
/// # Errors
/// Where the file cannot be read.
pub(super) fn pages(labels: &Path) -> anyhow::Result<FxHashSet<String>> {
    let gold = read(labels)?;
    let stories = list(&gold["stories"]);
    Ok(stories.flat_map(|s| list(&s["pages"])).filter_map(Value::as_str).map(str::to_owned).collect())
}

/// Scores `account` of those pages; with `misses`, says what was missed.
///
/// # Errors
/// Where the annotation cannot be read or names words that its page does not hold.
pub(super) fn score(labels: &Path, account: &Account, misses: bool) -> anyhow::Result<Vec<Row>> {
    let gold = read(labels)?;
    let desk = Desk { readings: &account.readings, woven: &account.woven, misses };
    let points = desk.gold_points(&gold)?;
    let found: Vec<Vec<(usize, usize)>> = points.iter().map(|p| desk.rows_of(p)).collect();
    let mut rows = vec![desk.stories(&gold), desk.contacts(&gold), desk.sides(&points, &found)];
    rows.push(desk.pairs(&points));
    rows.extend(desk.relations(&points, &found));
    Ok(rows)
}

fn read(labels: &Path) -> anyhow::Result<Value> {
    let text = fs::read_to_string(labels).with_context(|| format!("{}: cannot be read", labels.display()))?;
    serde_json::from_str(&text).with_context(|| format!("{}: is no JSON", labels.display()))
}

fn list(value: &Value) -> std::slice::Iter<'_, Value> {
    value.as_array().map_or(&[][..], Vec::as_slice).iter()
}

/// Words of one page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Place {
    page: usize,
    span: Span,
}

/// One point of one side as people found it.
#[derive(Debug)]
struct GoldPoint {
    id: String,
    /// The state whose account it belongs to.
    side: &'static str,
    /// Its words, and those that say the same.
    words: Vec<Place>,
    /// Words of the other side that go with it.
    counterparts: Vec<Place>,
    relation: &'static str,
}

struct Desk<'a> {
    readings: &'a [Reading],
    woven: &'a Woven,
    misses: bool,
}

impl Desk<'_> {
    fn miss(&self, text: &str) {
        if self.misses {
            output::say(text);
        }
    }

    fn page(&self, id: &Value) -> anyhow::Result<usize> {
        let id = id.as_str().unwrap_or_default();
        let page = self.readings.iter().position(|r| r.source.id == id);
        page.with_context(|| format!("the annotation names the page \"{id}\", which is not there"))
    }

    /// Page, line from 1 and words, as bytes of the page.
    fn place(&self, value: &Value) -> anyhow::Result<Place> {
        let page = self.page(&value["page"])?;
        let number = value["line"].as_u64().unwrap_or_default() as usize;
        let words = value["words"].as_str().unwrap_or_default();
        let raw = self.readings[page].text.raw();
        let mut at = 0;
        for (n, line) in (1..).zip(raw.split('\n')) {
            if n == number
                && let Some(inside) = line.find(words).filter(|_| !words.is_empty())
            {
                return Ok(Place { page, span: Span::new(at + inside, at + inside + words.len()) });
            }
            at += line.len() + 1;
        }
        bail!("{}: line {number} does not hold «{words}»", self.readings[page].source.id)
    }

    fn places(&self, value: &Value) -> anyhow::Result<Vec<Place>> {
        list(value).map(|v| self.place(v)).collect()
    }

    fn gold_points(&self, gold: &Value) -> anyhow::Result<Vec<GoldPoint>> {
        let mut points = Vec::new();
        for account in gold["accounts"].as_object().into_iter().flat_map(|a| a.values()) {
            for (key, side) in [("white_house", "us"), ("kremlin", "ru")] {
                for point in list(&account[key]) {
                    let mut words = vec![self.place(point)?];
                    words.extend(self.places(&point["also"])?);
                    let relation = match point["relation"].as_str().unwrap_or_default() {
                        "both" => "both",
                        "wording_differs" => "wording_differs",
                        only if only.starts_with("only_") => "only",
                        other => bail!("the relation \"{other}\" is not one of both, wording_differs, only_…"),
                    };
                    let counterparts = self.places(&point["counterpart"])?;
                    let id = point["id"].as_str().unwrap_or_default().to_owned();
                    points.push(GoldPoint { id, side, words, counterparts, relation });
                }
            }
        }
        ensure!(!points.is_empty(), "the annotation holds no accounts");
        Ok(points)
    }

    fn all_points(&self) -> impl Iterator<Item = (usize, usize, &Comparison, &Point)> {
        let comparisons = self.woven.comparisons.iter().enumerate();
        comparisons.flat_map(|(c, all)| all.points.iter().enumerate().map(move |(p, point)| (c, p, all, point)))
    }

    fn point(&self, (comparison, point): (usize, usize)) -> &Point {
        &self.woven.comparisons[comparison].points[point]
    }

    /// The rows that hold words of a point on its own side, the one that holds most of them first.
    fn rows_of(&self, point: &GoldPoint) -> Vec<(usize, usize)> {
        let shared = |cell: &Cell| -> usize {
            let with = |w: &Place| cell.words.iter().map(|s| common(*w, Place { page: cell.page, span: *s })).sum();
            point.words.iter().map(with).max().unwrap_or(0)
        };
        let mut rows: Vec<(usize, (usize, usize))> = Vec::new();
        for (c, p, all, row) in self.all_points() {
            let own = row.cells.iter().filter(|cell| all.sides[cell.side].of == point.side);
            if let Some(most) = own.map(shared).max().filter(|most| *most > 0) {
                rows.push((most, (c, p)));
            }
        }
        rows.sort_by_key(|(most, at)| (std::cmp::Reverse(*most), *at));
        rows.into_iter().map(|(_, at)| at).collect()
    }

    fn stories(&self, gold: &Value) -> Row {
        let mut right = 0;
        for story in list(&gold["stories"]) {
            let mut wanted: Vec<&str> = list(&story["pages"]).filter_map(Value::as_str).collect();
            wanted.sort_unstable();
            let is_one = |pages: &[usize]| {
                let mut ids: Vec<&str> = pages.iter().map(|p| self.readings[*p].source.id.as_str()).collect();
                ids.sort_unstable();
                ids == wanted
            };
            match self.woven.stories.iter().any(|s| is_one(&s.pages)) {
                true => right += 1,
                false => self.miss(&format!("story {}: is none", wanted.join(", "))),
            }
        }
        share("compare.story", right, list(&gold["stories"]).len())
    }

    /// A contact is right where one contact of its kind has, on each of its pages, an event on one of its lines.
    fn contacts(&self, gold: &Value) -> Row {
        let mut right = 0;
        for contact in list(&gold["contacts"]) {
            let lines = contact["lines"].as_object();
            let on_page = |found: &riwaya::weave::Contact, id: &str, lines: &Value| {
                found.events.iter().any(|(page, n)| {
                    let reading = &self.readings[*page];
                    let on_line = |span: &Span| {
                        let line = reading.text.raw()[..span.start()].matches('\n').count() as u64 + 1;
                        list(lines).any(|l| l.as_u64() == Some(line))
                    };
                    reading.source.id == id && reading.events[*n].evidence.iter().any(on_line)
                })
            };
            let fits = |found: &&riwaya::weave::Contact| {
                Some(found.kind.as_str()) == contact["type"].as_str()
                    && lines.into_iter().flatten().all(|(id, lines)| on_page(found, id, lines))
            };
            match self.woven.contacts.iter().any(|c| fits(&c)) {
                true => right += 1,
                false => self.miss(&format!("contact {}: no {} on all its pages", contact["id"], contact["type"])),
            }
        }
        share("compare.contact", right, list(&gold["contacts"]).len())
    }

    /// Points of which the side has a cell; of the cells that hold a point's words, those that are of its side.
    fn sides(&self, points: &[GoldPoint], found: &[Vec<(usize, usize)>]) -> Row {
        let right = found.iter().filter(|rows| !rows.is_empty()).count();
        for (point, _) in points.iter().zip(found).filter(|(_, rows)| rows.is_empty()) {
            self.miss(&format!("{}: no cell of {} has its words", point.id, point.side));
        }
        let (mut of_side, mut all_cells) = (0, 0);
        for (.., all, row) in self.all_points() {
            for cell in &row.cells {
                let holding: Vec<&GoldPoint> =
                    points.iter().filter(|p| p.words.iter().any(|w| holds(cell, *w))).collect();
                all_cells += usize::from(!holding.is_empty());
                of_side += usize::from(holding.iter().any(|p| p.side == all.sides[cell.side].of));
            }
        }
        scores("compare.side", ratio(of_side, all_cells), ratio(right, points.len()), points.len())
    }

    /// Which words of one side go with which of the other, as indexes of points and of further words.
    fn gold_pairs(&self, points: &[GoldPoint]) -> (Vec<Item>, FxHashSet<(usize, usize)>) {
        let mut items: Vec<Item> = points.iter().map(|p| (p.side, p.words.clone())).collect();
        let mut pairs = FxHashSet::default();
        for (n, point) in points.iter().enumerate() {
            let other = if point.side == "us" { "ru" } else { "us" };
            for counterpart in &point.counterparts {
                let same = |m: &usize| items[*m].0 == other && items[*m].1.iter().any(|w| is_same(*w, *counterpart));
                let mut with: Vec<usize> = (0..items.len()).filter(same).collect();
                if with.is_empty() {
                    with.push(items.len());
                    items.push((other, vec![*counterpart]));
                }
                pairs.extend(with.into_iter().map(|m| if point.side == "us" { (n, m) } else { (m, n) }));
            }
        }
        (items, pairs)
    }

    /// Cells of the two sides that stand in one row.
    fn pairs(&self, points: &[GoldPoint]) -> Row {
        let (items, pairs) = self.gold_pairs(points);
        let items_of = |cell: &Cell, side: &str| -> Vec<usize> {
            let is = |n: &usize| items[*n].0 == side && items[*n].1.iter().any(|w| holds(cell, *w));
            (0..items.len()).filter(is).collect()
        };
        let (mut made, mut right) = (0, 0);
        let mut reached: FxHashSet<(usize, usize)> = FxHashSet::default();
        for (.., all, row) in self.all_points() {
            let of = |side: &str| -> Vec<(&Cell, Vec<usize>)> {
                let own = row.cells.iter().filter(|c| all.sides[c.side].of == side);
                own.map(|cell| (cell, items_of(cell, side))).collect()
            };
            let (us, ru) = (of("us"), of("ru"));
            for ((a, x), (b, y)) in us.iter().flat_map(|a| ru.iter().map(move |b| (a, b))) {
                let both: Vec<(usize, usize)> =
                    x.iter().flat_map(|x| y.iter().map(|y| (*x, *y))).filter(|p| pairs.contains(p)).collect();
                made += 1;
                right += usize::from(!both.is_empty());
                if both.is_empty() {
                    let texts = (self.words(a), self.words(b));
                    self.miss(&format!("pair too many ({}): {} | {}", row.relation.as_str(), texts.0, texts.1));
                }
                reached.extend(both);
            }
        }
        for (a, b) in pairs.iter().filter(|p| !reached.contains(p)) {
            let name = |n: usize| points.get(n).map_or("further words", |p| p.id.as_str());
            self.miss(&format!("pair missed: {} – {}", name(*a), name(*b)));
        }
        scores("compare.pairs", ratio(right, made), ratio(reached.len(), pairs.len()), pairs.len())
    }

    fn words(&self, cell: &Cell) -> String {
        let piece = |s: &Span| self.readings[cell.page].text.at(*s).to_owned();
        format!("«{}»", cell.words.iter().map(piece).collect::<Vec<_>>().join(" … "))
    }

    /// The relation of the row that holds most of a point's words: right of those found and right of all; beside it
    /// the average of F1 over the relations.
    fn relations(&self, points: &[GoldPoint], found: &[Vec<(usize, usize)>]) -> Vec<Row> {
        let mut count: FxHashMap<(&str, &str), usize> = FxHashMap::default();
        let mut covered = 0;
        for (point, rows) in points.iter().zip(found) {
            let Some(row) = rows.first() else { continue };
            covered += 1;
            let relation = match self.point(*row).relation {
                Relation::SameWords | Relation::SamePoint => "both",
                Relation::WordingDiffers | Relation::ScopeDiffers => "wording_differs",
                Relation::OnlyOne => "only",
                Relation::Contradicts => "contradicts",
            };
            *count.entry((point.relation, relation)).or_default() += 1;
            if relation != point.relation {
                let cells: Vec<String> = self.point(*row).cells.iter().map(|c| self.words(c)).collect();
                self.miss(&format!("{}: {relation}, not {}: {}", point.id, point.relation, cells.join(" | ")));
            }
        }
        let right: usize = count.iter().filter(|((g, r), _)| g == r).map(|(_, n)| n).sum();
        let f1 = |class: &str| {
            let is = |side: fn(&(&'static str, &'static str)) -> &'static str| -> usize {
                count.iter().filter(|(key, _)| side(&(class_of(key.0), class_of(key.1))) == class).map(|(_, n)| n).sum()
            };
            let both = count.get(&(class, class)).copied().unwrap_or(0);
            ratio(2 * both, is(|k| k.0) + is(|k| k.1))
        };
        let average = ["both", "wording_differs", "only"].iter().map(|c| f1(c)).sum::<f64>() / 3.0;
        let wrong: usize = count.iter().filter(|((_, r), _)| *r == "contradicts").map(|(_, n)| n).sum();
        if wrong > 0 {
            output::say(&format!("{wrong} points of the seed pages are called contradicted, and none is"));
        }
        vec![
            scores("compare.relation", ratio(right, covered), ratio(right, points.len()), covered),
            scores("compare.relation.macro", average, average, covered),
        ]
    }
}

fn class_of(word: &str) -> &'static str {
    ["both", "wording_differs", "only", "contradicts"].into_iter().find(|c| *c == word).unwrap_or("contradicts")
}

fn holds(cell: &Cell, words: Place) -> bool {
    cell.words.iter().any(|s| common(words, Place { page: cell.page, span: *s }) > 0)
}

/// How many bytes two passages share.
fn common(a: Place, b: Place) -> usize {
    if a.page != b.page { 0 } else { a.span.end().min(b.span.end()).saturating_sub(a.span.start().max(b.span.start())) }
}

/// Do two passages share most of the shorter one?
fn is_same(a: Place, b: Place) -> bool {
    5 * common(a, b) >= 3 * a.span.len().min(b.span.len())
}

fn ratio(part: usize, of: usize) -> f64 {
    if of == 0 { 0.0 } else { part as f64 / of as f64 }
}

fn share(layer: &str, right: usize, of: usize) -> Row {
    scores(layer, ratio(right, of), ratio(right, of), of)
}

fn scores(layer: &str, p: f64, r: f64, n: usize) -> Row {
    let f1 = if p + r == 0.0 { 0.0 } else { 2.0 * p * r / (p + r) };
    Row { layer: layer.to_owned(), lang: "ar".to_owned(), p, r, f1, n: n as u64 }
}
