//! How well are names found: strict spans, kind by kind.
//!
//! The corpora know no governments: what this program calls a government by the name of its state or capital counts as a place.
//! They count the ordinary noun of a body or place to its name («партия „Рассвет“», «город Зареченск»), which this program
//! keeps beside the name proper: `full` is compared there. Quotation marks at the ends of a name are left out on both sides.

use crate::lessons::{Lessons, laid_out};
use crate::pages::{Names, Page};
use riwaya::Packs;
use riwaya::mention::{self, EntityKind};
use std::ops::Range;

/// Kinds as the corpora write them.
const KINDS: [&str; 3] = ["PER", "ORG", "LOC"];

/// Wanted, found and both, kind by kind.
#[derive(Default)]
struct Counts([[usize; 3]; 3]);

/// Reads each of `count` parts with a model of the others.
pub fn folds(code: &str, count: usize, pages: &[Page], names: &Names) {
    let lessons = Lessons::new(code, pages, names);
    let part = |n: usize| n * count / pages.len();
    let mut with = Counts::default();
    let mut files = crate::files();
    for fold in 0..count {
        let model = lessons.model(|n| part(n) != fold);
        files.models.insert(format!("{code}/names.model"), model.write().into());
        let packs = Packs::load(&files).unwrap_or_else(|e| panic!("{e}"));
        (0..pages.len()).filter(|n| part(*n) == fold).for_each(|n| with.count(code, &pages[n], &packs));
    }
    rules_alone(code, pages);
    with.print("rules and model");
}

/// Reads all pages with the packs as they are.
pub fn as_shipped(code: &str, pages: &[Page]) {
    let packs = Packs::load(&crate::files()).unwrap_or_else(|e| panic!("{e}"));
    let mut with = Counts::default();
    pages.iter().for_each(|page| with.count(code, page, &packs));
    rules_alone(code, pages);
    with.print("as shipped");
}

fn rules_alone(code: &str, pages: &[Page]) {
    let mut files = crate::files();
    files.models.clear();
    let packs = Packs::load(&files).unwrap_or_else(|e| panic!("{e}"));
    println!("== rules alone");
    let mut rules = Counts::default();
    pages.iter().for_each(|page| rules.count(code, page, &packs));
    rules.print("rules alone");
}

impl Counts {
    fn count(&mut self, code: &str, page: &Page, packs: &Packs) {
        let Some(pack) = packs.get(code) else { return };
        let (text, layout, times) = laid_out(page, pack);
        let cast = mention::cast(&text, &layout, &times, &pack.stages().mention);
        let mut found: Vec<(u8, Range<usize>)> = Vec::new();
        let mut rules = Vec::new();
        for m in &cast.mentions {
            let entity = &cast.entities[m.entity];
            let state = entity.known.as_deref().is_some_and(|id| id.ends_with("-government"));
            let (kind, span) = match entity.kind {
                _ if !entity.named => continue,
                EntityKind::Person => (0, m.span),
                EntityKind::Organisation if !state => (1, m.full),
                _ => (2, m.full),
            };
            rules.push(m.because.rule.to_string());
            found.push((kind, trimmed(&page.text, span.start()..span.end())));
        }
        let wanted: Vec<_> = page.names.iter().map(|(k, bytes)| (*k, trimmed(&page.text, bytes.clone()))).collect();
        // `SHOW=1` lists what was missed and what was wrong.
        let show = std::env::var_os("SHOW").is_some();
        for (kind, bytes) in &wanted {
            self.0[usize::from(*kind)][0] += 1;
            let hit = found.contains(&(*kind, bytes.clone()));
            self.0[usize::from(*kind)][2] += usize::from(hit);
            if show && !hit {
                tell(page, "missed", *kind, bytes);
            }
        }
        for ((kind, bytes), rule) in found.iter().zip(&rules) {
            self.0[usize::from(*kind)][1] += 1;
            if show && !wanted.contains(&(*kind, bytes.clone())) {
                tell(page, &format!("wrong {rule}"), *kind, bytes);
            }
        }
    }

    fn print(&self, what: &str) {
        println!("{what}: kind, precision, recall, F1, wanted");
        let sum: [usize; 3] = std::array::from_fn(|n| self.0.iter().map(|c| c[n]).sum());
        for (name, [wanted, found, both]) in KINDS.iter().zip(self.0).chain([(&"all", sum)]) {
            let share = |of: usize| both as f64 / of.max(1) as f64;
            let f1 = 2.0 * both as f64 / (wanted + found).max(1) as f64;
            println!("{name}\t{:.3}\t{:.3}\t{f1:.3}\t{wanted}", share(found), share(wanted));
        }
    }
}

/// Without quotation marks and spaces at the ends.
fn trimmed(text: &str, bytes: Range<usize>) -> Range<usize> {
    let outer = |c: char| matches!(c, '«' | '»' | '"' | '“' | '”' | '„' | ' ');
    let word = &text[bytes.clone()];
    let start = bytes.start + word.len() - word.trim_start_matches(outer).len();
    let end = bytes.end - (word.len() - word.trim_end_matches(outer).len());
    start..end.max(start)
}

fn tell(page: &Page, what: &str, kind: u8, bytes: &Range<usize>) {
    let before: String = page.text[..bytes.start].chars().rev().take(40).collect();
    let before: String = before.chars().rev().collect();
    let behind: String = page.text[bytes.end..].chars().take(30).collect();
    let line = format!("{before}[{}]{behind}", &page.text[bytes.clone()]).replace('\n', "¶");
    println!("{what}\t{}\t{line}", KINDS[usize::from(kind)]);
}
