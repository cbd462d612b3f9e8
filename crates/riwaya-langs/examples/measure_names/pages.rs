//! Of the entities that versions of one page name in several languages, how many are one, and is what is one the same?

use riwaya::page::Source;
use riwaya::weave::{self, Woven};
use riwaya::{Packs, Reading};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// A version of a page, and where its annotation names whom.
struct Page {
    lang: String,
    doc: String,
    text: String,
    published: Option<String>,
    /// Type and id of an annotated entity, and its forms.
    entities: BTreeMap<Gold, Vec<String>>,
}

/// An annotated entity: its type and id, which versions of a page share.
type Gold = (String, String);

/// What was counted.
#[derive(Default)]
struct Counts {
    /// Entities that several versions name, those found in all of them, and those that are one entity there.
    several: usize,
    found: usize,
    joined: usize,
    /// Pairs of versions with the same woven entity, where both annotations name somebody there; and the right ones.
    pairs: usize,
    right: usize,
    /// The pairs without a row in `langs/names/`.
    unknown: [usize; 2],
}

/// Measures on all pages of `folder` that exist in several languages.
pub fn measure(packs: &Packs, folder: &Path, misses: bool) {
    let pages = read_folder(folder);
    let mut readings: Vec<Reading> = pages
        .iter()
        .map(|page| {
            let source = Source {
                id: format!("{}-{}", page.lang, page.doc),
                published: page.published.clone(),
                ..Source::default()
            };
            riwaya::read(source, page.text.clone(), packs, None)
        })
        .collect();
    let woven = weave::weave_all(&mut readings, packs);
    let mut counts = Counts::default();
    let docs: BTreeSet<&str> = pages.iter().map(|p| p.doc.as_str()).collect();
    for doc in docs {
        let versions: Vec<usize> = (0..pages.len()).filter(|n| pages[*n].doc == doc).collect();
        if versions.len() > 1 {
            let sights = versions.iter().map(|n| sight(&pages[*n], *n, &readings[*n], &woven)).collect::<Vec<_>>();
            recall(&sights, &woven, &mut counts, misses.then_some(doc));
            precision(&sights, &woven, &mut counts, misses.then_some(doc));
        }
    }
    let share = |of: usize, all: usize| of as f64 / all.max(1) as f64;
    println!("named in several versions: {}", counts.several);
    println!("found in all of them:      {} = {:.3}", counts.found, share(counts.found, counts.several));
    println!("one entity in all:         {} = {:.3}", counts.joined, share(counts.joined, counts.several));
    println!("  of those found:          {:.3}", share(counts.joined, counts.found));
    println!("pairs joined:              {}", counts.pairs);
    println!("  truly one:               {} = {:.3}", counts.right, share(counts.right, counts.pairs));
    println!("  without a row:           {} of {}", counts.unknown[1], counts.unknown[0]);
}

/// How often each annotated entity of a version is which woven one.
type Sight = BTreeMap<Gold, BTreeMap<usize, usize>>;

/// Looks where the forms of annotated entities stand, the longest first, and which woven entity is named there.
fn sight(page: &Page, at: usize, reading: &Reading, woven: &Woven) -> Sight {
    let mut forms: Vec<(&str, &Gold)> =
        page.entities.iter().flat_map(|(gold, forms)| forms.iter().map(move |f| (f.as_str(), gold))).collect();
    forms.sort_by_key(|(form, _)| std::cmp::Reverse(form.len()));
    let mut taken: Vec<(usize, usize, &str)> = Vec::new();
    let mut sight: Sight = page.entities.keys().map(|gold| (gold.clone(), BTreeMap::new())).collect();
    for (form, gold) in forms {
        for (start, _) in page.text.match_indices(form) {
            let end = start + form.len();
            // One form may stand for a place and for its government; no longer form may hold it.
            if taken.iter().any(|(from, to, other)| start < *to && *from < end && *other != form) {
                continue;
            }
            taken.push((start, end, form));
            let mentions = reading.cast.mentions.iter().filter(|m| m.span.start() < end && start < m.span.end());
            for mention in mentions {
                let entity = woven.entity_of[at][mention.entity];
                if woven.entities[entity].named && fits(&gold.0, &woven.entities[entity]) {
                    *sight.entry(gold.clone()).or_default().entry(entity).or_default() += 1;
                }
            }
        }
    }
    sight
}

/// A person is no place and no body.
fn fits(kind: &str, entity: &weave::WovenEntity) -> bool {
    (kind == "PER") == (entity.kind.as_str() == "PER")
}

/// The woven entity that most mentions of `gold` are.
fn most(sight: &Sight, gold: &Gold) -> Option<usize> {
    sight.get(gold)?.iter().max_by_key(|(entity, n)| (**n, std::cmp::Reverse(**entity))).map(|(entity, _)| *entity)
}

/// A state and its government are one name; which of the two a sentence means is no question of names.
fn one_id(id: &str) -> &str {
    id.strip_suffix("-government").unwrap_or(id)
}

fn recall(sights: &[Sight], woven: &Woven, counts: &mut Counts, told: Option<&str>) {
    let golds: BTreeSet<&Gold> = sights.iter().flat_map(|s| s.keys()).collect();
    for gold in golds {
        let versions: Vec<&Sight> = sights.iter().filter(|s| s.contains_key(gold)).collect();
        if versions.len() < 2 {
            continue;
        }
        counts.several += 1;
        let which: Vec<Option<usize>> = versions.iter().map(|s| most(s, gold)).collect();
        let found = which.iter().all(Option::is_some);
        counts.found += usize::from(found);
        let which: Vec<Option<&str>> = which.iter().map(|w| w.map(|e| one_id(&woven.entities[e].id))).collect();
        let joined = found && which.windows(2).all(|w| w[0] == w[1]);
        counts.joined += usize::from(joined);
        if let (Some(doc), false) = (told, joined) {
            let ids: Vec<&str> = which.iter().map(|w| w.unwrap_or("-")).collect();
            println!("{doc}: {} {} apart: {}", gold.0, gold.1, ids.join(", "));
        }
    }
}

fn precision(sights: &[Sight], woven: &Woven, counts: &mut Counts, told: Option<&str>) {
    // Whom a version means by a woven entity: all annotated ones with most of its mentions (a place and its government are both).
    let meant = |sight: &Sight, entity: usize| -> BTreeSet<Gold> {
        let most = sight.values().filter_map(|of| of.get(&entity)).max().copied().unwrap_or(0);
        sight
            .iter()
            .filter(|(_, of)| most > 0 && of.get(&entity) == Some(&most))
            .map(|(gold, _)| gold.clone())
            .collect()
    };
    for (n, one) in sights.iter().enumerate() {
        for other in &sights[n + 1..] {
            let entities: BTreeSet<usize> = one.values().flat_map(|of| of.keys().copied()).collect();
            for entity in entities {
                let (a, b) = (meant(one, entity), meant(other, entity));
                if b.is_empty() {
                    continue;
                }
                let right = !a.is_disjoint(&b);
                counts.pairs += 1;
                counts.right += usize::from(right);
                if woven.entities[entity].known.is_none() {
                    counts.unknown[0] += 1;
                    counts.unknown[1] += usize::from(right);
                }
                if let (Some(doc), false) = (told, right) {
                    println!("{doc}: {} is {a:?} and {b:?}", woven.entities[entity].id);
                }
            }
        }
    }
}

fn read_folder(folder: &Path) -> Vec<Page> {
    let mut stems: Vec<_> = std::fs::read_dir(folder)
        .unwrap_or_else(|e| panic!("{}: {e}", folder.display()))
        .filter_map(|entry| Some(entry.ok()?.path()).filter(|p| p.extension().is_some_and(|e| e == "txt")))
        .collect();
    stems.sort();
    let read = |path: &Path| std::fs::read_to_string(path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    let json = |path: &Path| -> Value { serde_json::from_str(&read(path)).expect("JSON beside the page") };
    stems
        .iter()
        .map(|path| {
            let annotation = json(&path.with_extension("json"));
            let (meta, text) = (json(&path.with_extension("meta.json")), read(path));
            let stem = path.file_stem().map(|s| s.to_string_lossy().into_owned()).unwrap_or_default();
            let lang = annotation["lang"].as_str().unwrap_or_default().to_owned();
            let published = meta["published"].as_str().map(str::to_owned);
            let doc = stem.strip_prefix(&format!("{lang}-")).unwrap_or(&stem).to_owned();
            Page { entities: entities(&annotation), lang, doc, text, published }
        })
        .collect()
}

/// The named entities of an annotation: those whose English name has a capital and names not several at once.
fn entities(annotation: &Value) -> BTreeMap<Gold, Vec<String>> {
    let mut out = BTreeMap::new();
    for entity in annotation["entities"].as_array().into_iter().flatten() {
        let text = |field: &str| entity[field].as_str().unwrap_or_default().to_owned();
        if text("name").chars().next().is_some_and(char::is_uppercase) {
            let forms = entity["forms"].as_array().into_iter().flatten().filter_map(Value::as_str);
            out.insert((text("type"), text("id")), forms.map(str::to_owned).collect());
        }
    }
    out
}
