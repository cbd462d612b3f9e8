//! Broken pages: cut off anywhere, lines in another order, marks that do not pair. Nothing may panic, every span must lie
//! in the text, and reading twice must give the same.

use riwaya::pack::Packs;
use riwaya::page::Source;
use riwaya::text::Span;
use riwaya::{Reading, read, show};

/// A small generator of numbers (xorshift64, Marsaglia 2003), so that a failure can be run again.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, n: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % n.max(1) as u64) as usize
    }
}

fn sample() -> Vec<String> {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../corpus");
    let mut texts: Vec<String> = walk(&path).iter().filter_map(|p| std::fs::read_to_string(p).ok()).collect();
    texts.sort();
    assert!(texts.len() > 5, "corpus/ holds the sample pages");
    texts
}

fn walk(dir: &std::path::Path) -> Vec<std::path::PathBuf> {
    let entries = std::fs::read_dir(dir).into_iter().flatten().flatten().map(|e| e.path());
    entries
        .flat_map(|p| if p.is_dir() { walk(&p) } else { vec![p] })
        .filter(|p| p.extension().is_some_and(|e| e == "txt"))
        .collect()
}

fn packs() -> Packs {
    Packs::load(&riwaya_langs::embedded()).unwrap_or_else(|e| panic!("{e}"))
}

fn check(text: &str, packs: &Packs) -> Reading {
    let source = Source { id: "broken".to_owned(), ..Source::default() };
    let reading = read(source, text.to_owned(), packs, None);
    let whole = Span::new(0, text.len());
    for finding in show::findings(&reading) {
        let inside = whole.contains(finding.span) && text.get(finding.span.start()..finding.span.end()).is_some();
        assert!(inside, "{} {:?} is not in the text {text:?}", finding.stage, finding.span);
    }
    for n in 0..reading.statements.len() {
        let up = |n: &usize| reading.statements[*n].parent;
        let all = reading.statements.len();
        let depth = std::iter::successors(Some(n), up).take(all + 1).count();
        assert!(depth <= all, "statement {n} is inside itself in {text:?}");
    }
    for statement in &reading.statements {
        assert!(
            !statement.content.is_empty() && statement.content.iter().all(|c| !c.is_empty()),
            "empty content in {text:?}"
        );
        assert!(
            statement.parent.is_none_or(|p| p < reading.statements.len()),
            "a parent that is no statement in {text:?}"
        );
    }
    reading
}

#[test]
fn pages_cut_off_anywhere() {
    let (packs, mut numbers) = (packs(), Numbers(0x5eed));
    for text in sample() {
        for _ in 0..40 {
            let mut cut = numbers.below(text.len());
            while !text.is_char_boundary(cut) {
                cut -= 1;
            }
            let half = if numbers.below(2) == 0 { &text[..cut] } else { &text[cut..] };
            check(half, &packs);
        }
    }
}

#[test]
fn pages_in_disorder() {
    let (packs, mut numbers) = (packs(), Numbers(0xd150));
    let marks = [
        "«", "»", "\"", "“", "”", ":", ".", "،", "\n", " ", "(", "أن", "قال", "بحسب", "و", "ل", "30", "/", "\u{200f}",
        "\u{64b}", "x",
    ];
    for text in sample() {
        let mut words: Vec<&str> = text.split(' ').collect();
        for _ in 0..words.len() / 4 {
            let at = numbers.below(words.len());
            words.insert(at, marks[numbers.below(marks.len())]);
            let (a, b) = (numbers.below(words.len()), numbers.below(words.len()));
            words.swap(a, b);
        }
        check(&words.join(" "), &packs);
    }
}

#[test]
fn pages_of_nothing_but_marks() {
    let packs = packs();
    for text in [
        "",
        "\n",
        "«",
        "»»»",
        "\"\"\"\"",
        ": :",
        "قال",
        "قال:",
        "وقال إن",
        "«قال",
        "أن أن أن",
        "بحسب",
        "\u{feff}قال الوزير",
        "…",
        "ـ",
        "ل",
    ] {
        check(text, &packs);
    }
    check(&"قال إن ".repeat(3000), &packs);
    check(&"«".repeat(3000), &packs);
    check(&"وزير ".repeat(3000), &packs);
    check(&"1/".repeat(3000), &packs);
}

/// Shapes in which every word could belong to every other: what a page costs must grow with its length, not faster.
#[test]
fn long_pages_without_an_end() {
    let packs = packs();
    let mut numbers = Numbers(0x10ad);
    let mut name = |letters: &str, first: &str| {
        let all: Vec<char> = letters.chars().collect();
        first.chars().chain((0..6).map(|_| all[numbers.below(all.len())])).collect::<String>()
    };
    let persons: String =
        (0..4000).map(|_| format!("{} {} said it.\n", name("aeiouklmnr", "B"), name("aeiouklmnr", "T"))).collect();
    let people: String =
        (0..4000).map(|_| format!("وقال {} {} ذلك.\n", name("ابتدرسعلمني", "م"), name("ابتدرسعلمني", "ك"))).collect();
    let repeated = [
        "قال ",
        "قال الوزير أحمد السالم إن الاجتماع سيعقد غداً ",
        "«",
        "«قال \"",
        "- قال: ",
        "18 مارس/آذار 2025 ",
        "Песков сказал, что Путин заявил, что ",
        "Smith said that Jones told Brown that he said that ",
    ];
    for text in repeated.iter().map(|words| words.repeat(200_000 / words.len())).chain([persons, people]) {
        let begun = std::time::Instant::now();
        check(&text, &packs);
        let (took, start) = (begun.elapsed().as_secs_f32(), text.chars().take(30).collect::<String>());
        // Minutes before there were limits, seconds with them, in the slowest build beside other work.
        assert!(took < 40.0, "{took} s for {} bytes of {start:?}", text.len());
    }
}

#[test]
fn reading_twice_gives_the_same() {
    let packs = packs();
    for text in sample() {
        assert_eq!(
            format!("{:?}", show::findings(&check(&text, &packs))),
            format!("{:?}", show::findings(&check(&text, &packs)))
        );
    }
}
