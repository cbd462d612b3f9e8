//! Which people and bodies of pages in different languages are one?
//!
//! “Putin”, «بوتين» and «Путин» sound alike, and so do many who are not one. So a sound alone joins nobody. Somebody whose full name
//! sounds like one row of `langs/names/` is meant by it where the page names that row's state or body; people without a row are one
//! where their full names sound alike on pages that name the same others; a shorter name is enough on pages that name nearly all
//! the same ([`kin`]), and bodies are where the same letters stand behind their names ([`same_letters`]). Nobody is joined where two would do. A body such as “Syrian regime” is known by what it is
//! (`bodies.tsv` of each language) and by whose it is.

use crate::clitic;
use crate::error::Error;
use crate::language::Language;
use crate::mention::{self, Entity, EntityKind};
use crate::names::Name;
use crate::pack::{Pack, Packs, Stages};
use crate::read::Reading;
use crate::rows::Files;
use crate::weave::sound::{Index, Word};
use crate::weave::words;
use rustc_hash::{FxHashMap, FxHashSet};
use std::collections::BTreeMap;
use std::sync::Arc;

/// So many others must stand on both pages; one is enough where they are of one time.
const COMPANY: usize = 2;
/// Pages of two languages are kin where so many rows and people stand on both,
const SHARED: usize = 3;
/// and at least so many in a hundred of the one that names fewer.
const SHARE: usize = 60;
/// A row on more pages than this proposes nobody, and nobody is proposed to more others.
const COMMON: usize = 400;

/// A person, as his name sounds.
pub(super) struct Heard<'r> {
    pub page: usize,
    pub entity: usize,
    pub lang: &'r str,
    pub words: Vec<Word>,
    /// Whether «بن» stands before each word.
    sons: Vec<bool>,
}

/// The named people of all pages that `wanted` asks for.
pub(super) fn hear<'r>(
    readings: &'r [Reading],
    packs: &Packs,
    wanted: impl Fn(usize, usize) -> bool,
) -> Vec<Heard<'r>> {
    let mut out = Vec::new();
    for (page, reading) in readings.iter().enumerate() {
        let Some((lang, pack)) = reading.lang.as_deref().and_then(|lang| Some((lang, packs.get(lang)?))) else {
            continue;
        };
        for (entity, e) in reading.cast.entities.iter().enumerate() {
            if e.named && !e.plural && e.kind == EntityKind::Person && wanted(page, entity) {
                let (words, sons) = heard_words(&e.key, pack);
                out.push(Heard { page, entity, lang, words, sons });
            }
        }
    }
    out
}

/// How the words of a folded name may sound, without «بن», and before which it stands.
fn heard_words(key: &str, pack: &Pack) -> (Vec<Word>, Vec<bool>) {
    let (mut words, mut sons, mut son) = (Vec::new(), Vec::new(), false);
    for word in key.split_whitespace() {
        if pack.words.is_link(word) {
            son |= clitic::is_son(word);
            continue;
        }
        let heard = pack.heard(word);
        if !heard.is_empty() {
            words.push(heard);
            sons.push(std::mem::take(&mut son));
        }
    }
    (words, sons)
}

/// The rows of people, by how their full names sound.
pub(super) struct People<'p> {
    names: Vec<(&'p Name, Vec<Word>, Vec<bool>)>,
    index: Index,
    packs: &'p Packs,
}

impl<'p> People<'p> {
    /// Those with names in one of `languages`.
    pub fn new(packs: &'p Packs, languages: &FxHashSet<&str>) -> People<'p> {
        let mut people = People { names: Vec::new(), index: Index::default(), packs };
        for name in packs.names().iter().filter(|n| n.kind == EntityKind::Person) {
            for (lang, form) in name.forms.iter().flat_map(|(lang, forms)| forms.iter().map(move |f| (lang, f))) {
                let Some(pack) = packs.get(lang).filter(|_| languages.contains(lang.as_str())) else { continue };
                let (heard, sons) = heard_words(&pack.language.fold_phrase(form), pack);
                if let (2.., Some(last)) = (heard.len(), heard.last()) {
                    people.index.add(packs.sounds(), last, people.names.len() as u32);
                    people.names.push((name, heard, sons));
                }
            }
        }
        people
    }

    /// The only row whose full name sounds like this one, of all that have to do with a page.
    pub fn named(&self, heard: &Heard<'_>, near: &FxHashSet<&str>) -> Option<&'p Name> {
        let last = heard.words.last().filter(|_| heard.words.len() > 1)?;
        let fits = |n: &u32| {
            let (_, words, sons) = &self.names[*n as usize];
            self.packs.sounds().one_name(&heard.words, words)
                && self.packs.sounds().one_father((&heard.words, &heard.sons), (words, sons))
        };
        let found = self.index.near(self.packs.sounds(), last);
        // Most names sound a little like some row; few of those rows have to do with the page.
        let belongs = |n: &u32| self.names[*n as usize].0.of.as_deref().is_some_and(|of| near.contains(of));
        if !found.iter().any(|n| belongs(n) && fits(n)) {
            return None;
        }
        let mut rows: Vec<&Name> = found.iter().filter(|n| fits(n)).map(|n| self.names[*n as usize].0).collect();
        rows.dedup_by_key(|name| &name.id);
        match rows.as_slice() {
            [only] => Some(*only).filter(|row| row.of.as_deref().is_some_and(|of| near.contains(of))),
            _ => None,
        }
    }
}

/// The rows that a page names, and what they belong to.
pub(super) fn belonging<'r>(reading: &'r Reading, packs: &'r Packs) -> FxHashSet<&'r str> {
    let known = reading.cast.entities.iter().filter_map(|e| e.known.as_deref());
    known.flat_map(|id| [Some(id), packs.names().get(id).and_then(|n| n.of.as_deref())]).flatten().collect()
}

/// The rows that each page names, a state and its government as one.
pub(super) fn marks(readings: &[Reading], row: impl Fn(usize, usize) -> Option<String>) -> Vec<FxHashSet<String>> {
    let of_page = |page: usize| {
        let rows = (0..readings[page].cast.entities.len()).filter_map(|n| row(page, n));
        rows.map(|id| place_of(&id).to_owned()).collect()
    };
    (0..readings.len()).map(of_page).collect()
}

/// Pairs of people of different languages whose full names sound alike, where their pages name the same others and nobody else
/// there sounds so: «Сергей Дарьин» and “Sergei Daryin” beside Putin and the Kremlin. Other pairs of such people are others too.
pub(super) fn same_company(
    people: &[Heard<'_>],
    marks: &[FxHashSet<String>],
    readings: &[Reading],
    packs: &Packs,
) -> Vec<(usize, usize)> {
    let pairs = alike(people, packs);
    let mut of_pages: FxHashMap<(usize, usize), usize> = FxHashMap::default();
    let mut of_person: FxHashMap<(usize, usize), usize> = FxHashMap::default();
    for (n, m) in &pairs {
        let (a, b) = (people[*n].page, people[*m].page);
        *of_pages.entry((a, b)).or_default() += 1;
        *of_person.entry((*n, b)).or_default() += 1;
        *of_person.entry((*m, a)).or_default() += 1;
    }
    let fits = |(n, m): &(usize, usize)| {
        let (a, b) = (people[*n].page, people[*m].page);
        let same_time =
            readings[a].published.is_some() && readings[b].published.is_some() && close(&readings[a], &readings[b]);
        let wanted = if same_time { 1 } else { COMPANY };
        let company = of_pages[&(a, b)] - 1 + marks[a].intersection(&marks[b]).count();
        // Two of one page are two people.
        company >= wanted && of_person[&(*n, b)] == 1 && of_person[&(*m, a)] == 1
    };
    pairs.iter().filter(|pair| fits(pair)).copied().collect()
}

/// Pairs of people of different languages whose full names sound alike, the former first.
fn alike(people: &[Heard<'_>], packs: &Packs) -> Vec<(usize, usize)> {
    let mut index = Index::default();
    for (n, person) in people.iter().enumerate() {
        if let (2.., Some(last)) = (person.words.len(), person.words.last()) {
            index.add(packs.sounds(), last, n as u32);
        }
    }
    let mut out = Vec::new();
    for (n, person) in people.iter().enumerate().filter(|(_, p)| p.words.len() > 1) {
        let Some(last) = person.words.last() else { continue };
        let fits = |m: &usize| {
            *m > n && people[*m].lang != person.lang && packs.sounds().one_name(&person.words, &people[*m].words)
        };
        let near = index.near(packs.sounds(), last);
        out.extend(near.into_iter().map(|m| m as usize).filter(fits).take(COMMON).map(|m| (n, m)));
    }
    out
}

/// Pairs of bodies of different languages behind whose names the same Latin letters stand, “Federation of German Industries (BDI)”
/// and «Федерация немецкой промышленности (BDI)», where their pages name the same others. Letters that two bodies of one page
/// have join nobody.
pub(super) fn same_letters(readings: &[Reading], marks: &[FxHashSet<String>]) -> Vec<((usize, usize), (usize, usize))> {
    let mut of: BTreeMap<&str, BTreeMap<usize, Option<usize>>> = BTreeMap::new();
    for (page, reading) in readings.iter().enumerate() {
        let is_body = |n: usize| {
            let entity = &reading.cast.entities[n];
            entity.named && entity.kind == EntityKind::Organisation
        };
        for mention in reading.cast.mentions.iter().filter(|m| is_body(m.entity)) {
            if let Some(letters) = letters_behind(reading.text.raw().get(mention.span.end()..).unwrap_or_default()) {
                let only = of.entry(letters).or_default().entry(page).or_insert(Some(mention.entity));
                *only = only.filter(|n| *n == mention.entity);
            }
        }
    }
    let mut out = Vec::new();
    for bodies in of.values().filter(|b| b.len() <= COMMON) {
        let bodies: Vec<(usize, usize)> = bodies.iter().filter_map(|(page, n)| Some((*page, (*n)?))).collect();
        for (i, a) in bodies.iter().enumerate() {
            let fits = |b: &&(usize, usize)| {
                readings[a.0].lang != readings[b.0].lang && marks[a.0].intersection(&marks[b.0]).count() >= COMPANY
            };
            out.extend(bodies[i + 1..].iter().filter(fits).map(|b| (*a, *b)));
        }
    }
    out
}

/// The letters of “ (BDI)” at the beginning of `text`.
fn letters_behind(text: &str) -> Option<&str> {
    let (letters, _) = text.trim_start_matches(['"', '»', '”', ' ']).strip_prefix('(')?.split_once(')')?;
    let is_short = (2..=8).contains(&letters.len());
    (is_short && letters.bytes().all(|b| b.is_ascii_uppercase())).then_some(letters)
}

/// Pairs of pages in different languages whose marks are nearly all the same, as those of two reports of one thing are.
pub(super) fn kin(readings: &[Reading], marks: &[FxHashSet<String>]) -> Vec<(usize, usize)> {
    let mut on: FxHashMap<&str, Vec<usize>> = FxHashMap::default();
    for (page, ids) in marks.iter().enumerate() {
        ids.iter().for_each(|id| on.entry(id).or_default().push(page));
    }
    let mut out = Vec::new();
    for (page, ids) in marks.iter().enumerate() {
        let mut shared: FxHashMap<usize, usize> = FxHashMap::default();
        for pages in ids.iter().filter_map(|id| on.get(id.as_str())).filter(|p| p.len() <= COMMON) {
            pages.iter().filter(|p| **p > page).for_each(|p| *shared.entry(*p).or_default() += 1);
        }
        let fits = |(other, n): &(usize, usize)| {
            readings[page].lang != readings[*other].lang
                && *n >= SHARED
                && n * 100 >= SHARE * ids.len().min(marks[*other].len())
                && close(&readings[page], &readings[*other])
        };
        let mut others: Vec<usize> = shared.into_iter().filter(fits).map(|(other, _)| other).collect();
        others.sort_unstable();
        out.extend(others.into_iter().map(|other| (page, other)));
    }
    out
}

/// So many days may lie between two reports of one thing.
const DAYS: i32 = 2;

fn close(a: &Reading, b: &Reading) -> bool {
    match (&a.published, &b.published) {
        (Some(a), Some(b)) => (a.date - b.date).get_days().abs() <= DAYS,
        _ => true,
    }
}

/// A page may mean a state as a place or as its government.
pub(super) fn place_of(id: &str) -> &str {
    id.strip_suffix("-government").unwrap_or(id)
}

/// Pairs of people on two kin pages who can be one by their name, a short one too, and nobody else on either page can.
pub(super) fn same_on_kin(a: &[&Heard<'_>], b: &[&Heard<'_>], packs: &Packs) -> Vec<(usize, usize)> {
    let fits = |x: &Heard<'_>, y: &Heard<'_>| packs.sounds().one_name(&x.words, &y.words) || part(x, y, packs);
    let mut out = Vec::new();
    for x in 0..a.len() {
        let others: Vec<usize> = (0..b.len()).filter(|y| fits(a[x], b[*y])).collect();
        if let [y] = others[..]
            && (0..a.len()).filter(|x| fits(a[*x], b[y])).count() == 1
        {
            out.push((x, y));
        }
    }
    out
}

/// Is one of the names a single word that sounds like a word of the other?
fn part(a: &Heard<'_>, b: &Heard<'_>, packs: &Packs) -> bool {
    let (short, long) = if a.words.len() <= b.words.len() { (a, b) } else { (b, a) };
    let [word] = &short.words[..] else { return false };
    long.words.iter().any(|w| packs.sounds().alike(word, w))
}

/// Does a word of one name sound like a word of the other? Where sentences say the same and each has one speaker, that is
/// enough: «إدريس بنكيران» and “Idris Benkirane”.
pub(super) fn in_part(a: (&Entity, &Pack), b: (&Entity, &Pack), packs: &Packs) -> bool {
    let words = |(entity, pack): (&Entity, &Pack)| heard_words(&entity.key, pack).0;
    let others = words(b);
    words(a).iter().any(|x| others.iter().any(|y| packs.sounds().alike(x, y)))
}

/// Can two people be one by their names: both full and alike, or one a word that sounds like the other's last («الدهمي», “Nasser
/// Dahmi”)?
pub(super) fn one_name(a: (&Entity, &Pack), b: (&Entity, &Pack), packs: &Packs) -> bool {
    let words = |(entity, pack): (&Entity, &Pack)| heard_words(&entity.key, pack).0;
    let (a, b) = (words(a), words(b));
    let last = || a.last().zip(b.last()).is_some_and(|(x, y)| packs.sounds().alike(x, y));
    packs.sounds().one_name(&a, &b) || (a.len() == 1 || b.len() == 1) && last()
}

/// What a body is, in every language, and the row that says so.
#[derive(Debug, Clone)]
pub(super) struct Body {
    /// Its id.
    pub id: Arc<str>,
    /// Its row.
    pub rule: Arc<str>,
}

/// What bodies are called: government, defence ministry, opposition.
#[derive(Debug, Clone, Default)]
pub struct Bodies {
    /// The folded words of a form, without what only links them; the id of the body, and its row.
    forms: Vec<(Vec<String>, Body)>,
}

impl Bodies {
    /// Reads `bodies.tsv` of a language.
    ///
    /// # Errors
    /// Names file and line of a row that cannot be read.
    pub fn load(
        files: &Files,
        language: &Language,
        linked: &words::Lexicon,
        names: &mention::Lexicon,
    ) -> Result<Bodies, Error> {
        let mut forms = Vec::new();
        for row in files.table(&format!("{}/bodies.tsv", language.code), &["body", "forms"])?.rows() {
            let body = Body { id: row.get("body").into(), rule: row.rule() };
            let words = |form| bare(&language.fold_phrase(form), linked, names);
            forms.extend(row.list("forms").map(|form| (words(form), body.clone())));
        }
        forms.sort_by_key(|(words, _)| std::cmp::Reverse(words.len()));
        Ok(Bodies { forms })
    }

    /// What the words of a name say that the body is, and the rest of them.
    fn of<'w>(&self, words: &'w [String], names: &mention::Lexicon) -> Option<(&Body, Vec<&'w str>)> {
        let holds = |form: &[String]| form.iter().all(|f| words.iter().any(|w| is_word(w, f, names)));
        let (form, body) = self.forms.iter().find(|(form, _)| !form.is_empty() && holds(form))?;
        let others = words.iter().filter(|w| !form.iter().any(|f| is_word(w, f, names)));
        Some((body, others.map(String::as_str).collect()))
    }
}

/// Is a word of a name that of a form: itself, a case of it («федерации»), or what a state is called as well (المالية, also of Mali)?
fn is_word(word: &str, form: &str, names: &mention::Lexicon) -> bool {
    let numbered = || word.starts_with('@') && names.state_of(word).is_some_and(|s| names.state_of(form) == Some(s));
    word == form || numbered() || names.nominatives(word).iter().any(|w| w == form)
}

/// The words of a folded phrase without articles and prepositions.
fn bare(phrase: &str, linked: &words::Lexicon, names: &mention::Lexicon) -> Vec<String> {
    let telling = |w: &&str| !names.is_function(w) && !names.is_body_link(w);
    linked.name(phrase).filter(telling).map(str::to_owned).collect()
}

/// What a body is and whose it is: one of `bodies.tsv` and a row of `names/`. None where a word says something else.
pub(super) fn body(entity: &Entity, pack: &Pack, owners: &FxHashMap<String, &str>) -> Option<(Body, String)> {
    let Stages { mention, bodies, .. } = pack.stages();
    let words = bare(&entity.key, &pack.words, mention);
    let (what, rest) = bodies.of(&words, mention)?;
    let whose = |word: &str| -> Option<String> {
        let state = mention.state_of(word).map(str::to_owned);
        state.or_else(|| mention.nominatives(word).iter().find_map(|w| owners.get(w)).map(|id| (*id).to_owned()))
    };
    let mut found: Vec<String> = rest.iter().map(|w| whose(w)).collect::<Option<_>>()?;
    found.dedup();
    match found.as_slice() {
        [owner] => Some((what.clone(), place_of(owner).to_owned())),
        _ => None,
    }
}

/// The rows of people and states by their names of one word, as a language folds them; a name of two rows is none.
pub(super) fn owners<'p>(packs: &'p Packs, pack: &Pack) -> FxHashMap<String, &'p str> {
    let mut out: FxHashMap<String, Option<&str>> = FxHashMap::default();
    for name in packs.names().iter() {
        if name.kind != EntityKind::Person && name.class != "state" {
            continue;
        }
        for form in name.forms.get(&pack.language.code).into_iter().flatten() {
            let word = pack.language.fold(form);
            let word = pack.words.name(&word).next().filter(|_| !word.contains(' ')).map(str::to_owned);
            if let Some(word) = word {
                out.entry(word).and_modify(|id| *id = id.filter(|id| *id == name.id)).or_insert(Some(&name.id));
            }
        }
    }
    out.into_iter().filter_map(|(word, id)| Some((word, id?))).collect()
}
