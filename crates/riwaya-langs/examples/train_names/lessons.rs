//! What there is to learn from: pages as the engine reads them, with the labels that it should give.

use crate::pages::{Names, Page, Random};
use crate::perceptron::Perceptron;
use riwaya::mention::tagger::{self, Label, Model, Stretch};
use riwaya::page::Layout;
use riwaya::rows::Files;
use riwaya::text::Text;
use riwaya::{Packs, time};

/// How a language learns.
struct Course {
    /// How often every page is read.
    copies: u64,
    /// How often all stretches are gone through.
    rounds: usize,
    /// The model has 2 to this power rows.
    bits: u32,
    /// How much better than no name a word of a name has to be, in steps of learning.
    caution: f64,
}

impl Course {
    fn of(code: &str) -> Course {
        match code {
            "ar" => Course { copies: 12, rounds: 3, bits: 17, caution: 12.0 },
            _ => Course { copies: 8, rounds: 5, bits: 17, caution: 24.0 },
        }
    }
}

/// The stretches of all pages with their labels.
pub struct Lessons {
    course: Course,
    /// The page that a stretch stands on, the stretch, its labels.
    stretches: Vec<(usize, Stretch, Vec<Label>)>,
}

impl Lessons {
    /// Reads `pages` by packs without a part of their words.
    pub fn new(code: &str, pages: &[Page], names: &Names) -> Lessons {
        let course = Course::of(code);
        let files = crate::files();
        let mut stretches = Vec::new();
        for copy in 0..course.copies {
            let mut random = Random::new(copy + 1);
            let packs = Packs::load(&thinned(code, &files, copy, &mut random)).unwrap_or_else(|e| panic!("{e}"));
            for (n, page) in pages.iter().enumerate() {
                let learned = learned_from(code, &page.varied(names, copy, &mut random), &packs);
                stretches.extend(learned.into_iter().map(|(stretch, labels)| (n, stretch, labels)));
            }
        }
        Lessons { course, stretches }
    }

    /// Learns from the pages that `taken` says yes to.
    pub fn model(&self, taken: impl Fn(usize) -> bool) -> Model {
        let mut lessons: Vec<_> = self.stretches.iter().filter(|l| taken(l.0)).map(|l| (&l.1, &l.2)).collect();
        let tokens = lessons.iter().map(|l| l.1.len()).sum::<usize>();
        println!("{} stretches, {tokens} tokens", lessons.len());
        let mut perceptron = Perceptron::new(self.course.bits);
        let mut random = Random::new(99);
        for round in 1..=self.course.rounds {
            random.shuffle(&mut lessons);
            let wrong: usize = lessons.iter().map(|(stretch, labels)| perceptron.learn(stretch, labels)).sum();
            println!("round {round}: {wrong} tokens wrong");
        }
        perceptron.model(self.course.caution)
    }
}

/// The packs without a part of their words, and without models: the first copy has all of them.
fn thinned(code: &str, files: &Files, copy: u64, random: &mut Random) -> Files {
    let mut files = files.clone();
    files.models.clear();
    let (names, words) = if copy == 0 { (0, 0) } else { (20 + random.below(60), random.below(50)) };
    let capitals = code != "ar";
    for (path, text) in &mut files.texts {
        if let Some(file) = path.strip_prefix("names/").filter(|f| capitals && *f != "concepts.tsv") {
            // States and what belongs to them are in every list.
            if file != "states.tsv" && file != "capitals.tsv" {
                *text = text.lines().map(|l| format!("{}\n", nameless(l, random.below(100) < names))).collect();
            }
            continue;
        }
        let share = match path.strip_prefix(code).unwrap_or("") {
            "/given-names.txt" => names / 2,
            "/name-words.txt" | "/uncertain-names.txt" => names,
            "/common-words.txt" | "/rare-words.txt" => words,
            _ => continue,
        };
        *text = text.lines().filter(|_| random.below(100) >= share).map(|l| format!("{l}\n")).collect();
    }
    files
}

/// A row of `names/` whose last form, Russian, is gone if `gone` says so.
fn nameless(line: &str, gone: bool) -> &str {
    let form = line.match_indices('\t').nth(5).map(|(at, _)| at + 1);
    form.filter(|_| gone && !line.starts_with("id\t")).map_or(line, |at| &line[..at])
}

/// A page as the engine takes it, every line of it article.
pub fn laid_out(page: &Page, pack: &riwaya::pack::Pack) -> (Text, Layout, Vec<time::Time>) {
    let text = Text::new(page.text.clone(), &pack.language);
    let layout = Layout {
        body: text.lines().iter().filter(|l| !l.tokens.is_empty()).map(|l| l.span).collect(),
        ..Layout::default()
    };
    let lexicon = &pack.stages().time;
    let times = time::times(&time::expressions(&text, &layout, lexicon), &text, None, lexicon);
    (text, layout, times)
}

/// The stretches of a page with their labels.
fn learned_from(code: &str, page: &Page, packs: &Packs) -> Vec<(Stretch, Vec<Label>)> {
    let Some(pack) = packs.get(code) else { return Vec::new() };
    let (text, layout, times) = laid_out(page, pack);
    let mut labels = vec![0; text.len()];
    for (kind, bytes) in &page.names {
        let mut label = tagger::begin(*kind);
        for (i, token) in text.tokens().iter().enumerate() {
            if token.span.end() > bytes.start && token.span.start() < bytes.end {
                labels[i] = label;
                label = tagger::inside(*kind);
            }
        }
    }
    let stretches = tagger::stretches(&text, &layout, &times, &pack.stages().mention).into_iter();
    stretches
        .map(|stretch| {
            let mut wanted = labels[stretch.tokens.clone()].to_vec();
            // What goes on from a word outside that no rule made a name begins here.
            let mut before = stretch.before;
            for label in &mut wanted {
                if !tagger::may_follow(before, *label) {
                    *label -= 1;
                }
                before = *label;
            }
            (stretch, wanted)
        })
        .collect()
}
