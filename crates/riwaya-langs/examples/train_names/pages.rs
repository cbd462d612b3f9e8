//! Annotated pages, and names to put into them.

mod labelled;

use riwaya::language::Language;
use riwaya::text::Text;
use riwaya::{clitic, rows::Files};
use std::collections::HashMap;
use std::ops::Range;
use std::path::Path;

/// A page with the bytes of its names; kinds as in the model: 0 people, 1 organisations, 2 places.
#[derive(Clone, Default)]
pub struct Page {
    /// Its text.
    pub text: String,
    /// Kind and place of every name, in order, not overlapping.
    pub names: Vec<(u8, Range<usize>)>,
}

/// Not a kind of name: what is called by words like those of names, a novel or a car.
const OTHER: u8 = 3;

/// A small generator of numbers (xorshift64, Marsaglia 2003), so that the same input gives the same model.
pub struct Random(u64);

impl Random {
    /// Starts from `seed`.
    pub fn new(seed: u64) -> Random {
        Random(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    /// A number below `n`.
    pub fn below(&mut self, n: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % n.max(1) as u64) as usize
    }

    /// Puts `items` in another order.
    pub fn shuffle<T>(&mut self, items: &mut [T]) {
        for n in (1..items.len()).rev() {
            items.swap(n, self.below(n + 1));
        }
    }
}

/// Words to make names of.
pub struct Names {
    given: Vec<String>,
    words: Vec<String>,
    /// Ordinary words with the article, which family names may be.
    definite: Vec<String>,
}

impl Names {
    /// Reads a table of name words: Latin, then Arabic letters set apart by spaces.
    pub fn read(path: &str) -> Names {
        if path == "-" {
            return Names { given: Vec::new(), words: Vec::new(), definite: Vec::new() };
        }
        let text = std::fs::read_to_string(path).unwrap_or_else(|e| panic!("{path}: {e}"));
        let mut words: Vec<String> =
            text.lines().filter_map(|l| l.split('\t').nth(1)).map(|w| w.replace(' ', "")).collect();
        words.retain(|w| w.chars().count() > 2);
        words.sort();
        words.dedup();
        let files = riwaya_langs::embedded();
        let given = files.get("ar/given-names.txt").unwrap_or("").lines().filter(|l| !l.contains([':', '#']));
        let common = files.get("ar/common-words.txt").unwrap_or("").lines();
        let definite = common.filter(|w| w.starts_with(clitic::ARTICLE) && (5..8).contains(&w.chars().count()));
        Names { given: given.map(str::to_owned).collect(), words, definite: definite.map(str::to_owned).collect() }
    }

    fn word(&self, random: &mut Random) -> &str {
        self.words.get(random.below(self.words.len())).map_or("", String::as_str)
    }

    /// A name of this kind: of Arab or foreign people, of a body or place that is called by a word of its own.
    fn name(&self, kind: u8, random: &mut Random) -> String {
        let given = &self.given[random.below(self.given.len())];
        let (one, two) = (self.word(random).to_owned(), self.word(random).to_owned());
        let family = &self.definite[random.below(self.definite.len())];
        match (kind, random.below(10)) {
            (0, 0) => format!("{given} ال{one}"),
            (0, 1) => format!("{given} {family}"),
            (0, 2) => format!("{given} بن {} {family}", self.given[random.below(self.given.len())]),
            (0, 3) => format!("{given} {} {family}", self.given[random.below(self.given.len())]),
            (0, 4) => format!("{given} {one}"),
            (0, 5) => one,
            (0, _) => format!("{one} {two}"),
            (1, 0 | 1) | (2, 0) => format!("{one} {two}"),
            (2, 1 | 2) => format!("ال{one}"),
            _ => one,
        }
    }
}

impl Page {
    /// The page with other names of people in it: none in the first copy, about half of the name words in others. A
    /// word becomes the same one everywhere on the page.
    pub fn varied(&self, names: &Names, copy: u64, random: &mut Random) -> Page {
        let mut page = Page::default();
        let mut changed: HashMap<&str, String> = HashMap::new();
        let mut at = 0;
        for (kind, bytes) in &self.names {
            page.text.push_str(&self.text[at..bytes.start]);
            let from = page.text.len();
            let name = &self.text[bytes.clone()];
            if name.is_empty() {
                page.text.push_str(&names.name(*kind, random));
            } else if *kind == 0 && copy > 0 && !names.words.is_empty() {
                let words: Vec<String> =
                    name.split(' ').map(|w| changed_word(w, names, &mut changed, random)).collect();
                page.text.push_str(&words.join(" "));
            } else {
                page.text.push_str(name);
            }
            if *kind < OTHER {
                page.names.push((*kind, from..page.text.len()));
            }
            at = bytes.end;
        }
        page.text.push_str(&self.text[at..]);
        page
    }
}

fn changed_word<'p>(
    word: &'p str,
    names: &Names,
    changed: &mut HashMap<&'p str, String>,
    random: &mut Random,
) -> String {
    const KEPT: [&str; 9] = ["بن", "أبو", "ابو", "آل", "عبد", "ابن", "بنت", "دي", "فان"];
    if KEPT.contains(&word) {
        return word.to_owned();
    }
    if let Some(other) = changed.get(word) {
        return other.clone();
    }
    let other = match (random.below(2), word.strip_prefix(clitic::ARTICLE)) {
        (0, _) => word.to_owned(),
        (_, Some(_)) => format!("ال{}", names.word(random)),
        (_, None) => names.word(random).to_owned(),
    };
    changed.insert(word, other.clone());
    other
}

/// How many sentences of a file make a page.
const SENTENCES: usize = 20;

/// The pages of a folder, of a file with marks, or of a file with labels, in the language `code`.
pub fn read(path: &str, code: &str) -> Vec<Page> {
    if !Path::new(path).is_dir() {
        let text = std::fs::read_to_string(path).unwrap_or_else(|e| panic!("{path}: {e}"));
        if path.ends_with(".tsv") {
            return labelled::read(&text, SENTENCES);
        }
        let lines: Vec<&str> = text.lines().filter(|l| !l.starts_with('#') && !l.trim().is_empty()).collect();
        return lines.chunks(SENTENCES).map(|lines| marked(&lines.join("\n"))).collect();
    }
    let mut files: Vec<_> = std::fs::read_dir(path).expect("a folder").flatten().map(|e| e.path()).collect();
    files.retain(|p| p.extension().is_some_and(|e| e == "json") && p.with_extension("txt").is_file());
    files.sort();
    let language = Language::load(&packs(), code).unwrap_or_else(|e| panic!("{e}"));
    files.iter().map(|json| annotated(json, &language)).collect()
}

fn packs() -> Files {
    riwaya_langs::embedded()
}

/// `وقال [P سالم]` without its marks.
fn marked(line: &str) -> Page {
    let mut page = Page::default();
    let mut open = None;
    let mut rest = line.chars().peekable();
    while let Some(c) = rest.next() {
        match c {
            '[' => {
                let kind = rest.next().and_then(|k| "POLX".find(k)).expect("P, O, L or X after [") as u8;
                rest.next_if_eq(&' ');
                open = Some((kind, page.text.len()));
            }
            ']' => page.names.extend(open.take().map(|(kind, from)| (kind, from..page.text.len()))),
            _ => page.text.push(c),
        }
    }
    page
}

/// A page whose names are listed beside it: every place where the words of a form stand, the longest forms first.
fn annotated(json: &Path, language: &Language) -> Page {
    let read = |path: &Path| std::fs::read_to_string(path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    let text = read(&json.with_extension("txt"));
    let gold: serde_json::Value =
        serde_json::from_str(&read(json)).unwrap_or_else(|e| panic!("{}: {e}", json.display()));
    let mut forms: Vec<(u8, Text)> = Vec::new();
    for entity in gold["entities"].as_array().into_iter().flatten() {
        // An unnamed speaker has a name in small letters.
        let named = entity["name"].as_str().is_some_and(|n| !n.starts_with(char::is_lowercase));
        let kind = ["PER", "ORG", "LOC"].iter().position(|k| entity["type"] == *k);
        for form in entity["forms"].as_array().into_iter().flatten().filter_map(|f| f.as_str()) {
            if let (true, Some(kind)) = (named, kind) {
                forms.push((kind as u8, Text::new(form.to_owned(), language)));
            }
        }
    }
    forms.sort_by_key(|(_, form)| std::cmp::Reverse(form.len()));
    let page = Text::new(text, language);
    let mut taken = vec![false; page.len()];
    let mut names = Vec::new();
    for (kind, form) in &forms {
        for i in 0..page.len() {
            let end = i + form.len();
            if let Some(prefix) = stands(&page, i, form).filter(|_| !taken[i..end].contains(&true)) {
                taken[i..end].fill(true);
                names.push((*kind, page.without_prefix(i, prefix).start()..page.span(end - 1).end()));
            }
        }
    }
    names.sort_by_key(|(_, bytes)| bytes.start);
    Page { text: page.raw().to_owned(), names }
}

/// The letters before the form that stands at token `i`.
fn stands(page: &Text, i: usize, form: &Text) -> Option<usize> {
    let rest = i + form.len() <= page.len() && (1..form.len()).all(|n| page.key(i + n) == form.key(n));
    let first = form.key(0);
    let key = page.key(i);
    if form.is_empty() || !rest {
        None
    } else if key == first {
        Some(0)
    } else {
        clitic::nominal(key).find(|(_, stem)| *stem == first).map(|(n, _)| usize::from(n))
    }
}
