use super::pattern::Pattern;
use super::places::Words;
use super::*;
use riwaya::page::Source;
use riwaya_input::Page;
use riwaya_store::Marks;
use std::sync::OnceLock;

fn reader() -> &'static Reader {
    static READER: OnceLock<&'static Reader> = OnceLock::new();
    READER.get_or_init(|| Reader::load(None).expect("the built-in packs"))
}

fn page((id, day, outlet, text): (&str, &str, &str, &str)) -> Page {
    let source = Source {
        id: id.to_owned(),
        sha256: riwaya_input::hash([text.as_bytes()]),
        outlet: Some(outlet.to_owned()),
        published: Some(day.to_owned()),
        ..Source::default()
    };
    Page { source, text: text.to_owned(), raw: None }
}

/// Stores pages, reads them and puts in what was read: all of the record, or beside what it holds.
fn add(record: &mut Record, pages: Vec<Page>, beside: bool) {
    let reader = reader();
    record.add(pages.iter().map(|p| (&p.source, p.text.as_str()))).expect("stored");
    let stored: Vec<riwaya_store::Page> =
        pages.iter().map(|p| riwaya_store::Page { source: p.source.clone(), text: p.text.clone() }).collect();
    let account = account::weave_corrected(account::read_each(pages, &reader.packs, &|_| ()), &[], &reader.packs)
        .expect("no log");
    let mut folding = Folding::of(reader).expect("the built-in rows");
    let mut shadow = |line: &Value| folding.words(line);
    let marks: Vec<Marks> = account.marks(&reader.packs);
    let lines = account.lines(&reader.packs);
    if beside {
        record.replace_nearby(&stored, lines, &marks, &mut shadow).expect("stored");
    } else {
        record.replace_findings(lines, &marks, &mut shadow, &reader.name, &Default::default()).expect("stored");
    }
}

const PAGES: [(&str, &str, &str, &str); 4] = [
    (
        "port",
        "2026-02-01",
        "النهار",
        "الكرمي: لن نغلق الميناء\n\nوَقَالَ وزيرُ النقل سالم الكرمي: «لن نُغلق الميناء قبل الصيف». وأضاف للوزير الأول أن العمـــل مستمر.",
    ),
    (
        "law",
        "2026-03-01",
        "المرصد",
        "الكرمي يتسلم الخارجية\n\nقال وزير الخارجية سالم الكرمي إن الميناء لن يغلق، وإن المدارس مفتوحة.",
    ),
    (
        "ru",
        "2026-03-02",
        "Заря",
        "Порт ещё открыт\n\n«Порт ещё открыт», — заявил мэр Ларс Холм. О санкциях он не говорил.",
    ),
    (
        "en",
        "2026-03-02",
        "Herald",
        "Harbour stays open\n\n“The harbour stays open all summer,” said Lars Holm, the mayor. He denied that sanctions on ‘grain exports’ were planned.",
    ),
];

fn record() -> Record {
    let mut record = Record::in_memory().expect("memory");
    add(&mut record, PAGES.map(page).into(), false);
    record
}

fn asked(words: &str) -> Asked {
    Asked { words: Some(words.to_owned()), ..Asked::default() }
}

fn found(record: &Record, asked: &Asked) -> Answer {
    hits(record, reader(), asked, &Window::all()).expect("an answer")
}

/// Page and words of each place.
fn places(record: &Record, words: &str) -> Vec<String> {
    let shown =
        |line: &Value| format!("{}: {}", line["article"].as_str().unwrap_or("?"), line["text"].as_str().unwrap_or("?"));
    found(record, &asked(words)).lines.iter().map(shown).collect()
}

#[test]
fn words_are_found_as_they_are_written_on_the_page() {
    let record = record();
    for (pattern, want) in [
        ("قال", &["port: وَقَالَ", "law: قال"][..]),
        ("\"قال\"", &["law: قال"]),
        ("\"وقال\"", &["port: وَقَالَ"]),
        ("العمل", &["port: العمـــل"]),
        ("أَضافَ", &["port: وأضاف"]),
        ("وزير", &["port: وزيرُ", "port: للوزير", "law: وزير"]),
        ("الوزير", &["port: للوزير"]),
        ("مدارس", &["law: المدارس"]),
        ("*دار*", &["law: المدارس"]),
        ("*ارس", &["law: المدارس"]),
        ("مدار*", &[]),
        ("لن نغلق الميناء", &["port: لن نغلق الميناء", "port: لن نُغلق الميناء"]),
        ("سالم الكرمي لن", &["port: سالم الكرمي: «لن"]),
        ("еще", &["ru: ещё", "ru: ещё"]),
        ("СанкциЯХ", &["ru: санкциях"]),
        ("sanction*", &["en: sanctions"]),
        ("grain exports", &["en: grain exports"]),
        ("summer ~2 mayor", &[]),
        ("summer ~4 mayor", &["en: summer,” said Lars Holm, the mayor"]),
        ("mayor ~4 summer", &["en: summer,” said Lars Holm, the mayor"]),
        ("summer + grain", &["en: summer", "en: grain"]),
        ("summer + Порт", &[]),
    ] {
        assert_eq!(places(&record, pattern), want, "{pattern}");
    }
    let near = found(&record, &asked("summer ~4 mayor"));
    let marks: Vec<&str> =
        near.lines[0]["marks"].as_array().expect("marks").iter().filter_map(|m| m["text"].as_str()).collect();
    assert_eq!(marks, ["summer", "mayor"]);
}

/// Every few words of every page of the sample are found where they stand, and nowhere that a look at all pages does not
/// find them.
#[test]
fn the_index_finds_what_a_look_at_all_pages_finds() {
    let sample = include_str!("../../../../corpus/sample.jsonl");
    let mut pages = Vec::new();
    for line in sample.lines() {
        let line: Value = serde_json::from_str(line).expect("a line of the sample");
        let cell = |key: &str| line[key].as_str().unwrap_or_default();
        pages.push(page((cell("id"), cell("published"), cell("outlet"), cell("text"))));
    }
    let mut record = Record::in_memory().expect("memory");
    let again = |p: &Page| Page { source: p.source.clone(), text: p.text.clone(), raw: None };
    add(&mut record, pages.iter().map(again).collect(), false);
    let language = &reader().packs.get("ar").expect("Arabic").language;
    let texts: Vec<(&str, Words)> =
        pages.iter().map(|p| (p.source.id.as_str(), Words::of([(p.text.as_str(), 0)], language))).collect();
    let mut asked_for = 0;
    for page in &pages {
        let words: Vec<&str> = page.text.split_whitespace().collect();
        for (n, row) in words.windows(3).enumerate().step_by(23) {
            let rows = [
                row[0].to_owned(),
                row[..2].join(" "),
                row.join(" "),
                format!("{} ~6 {}", row[2], row[0]),
                format!("{} + {}", row[0], row[2]),
            ];
            let pattern = &rows[n % rows.len()];
            let Ok(parsed) = Pattern::parse(pattern) else { continue };
            let parts = parsed.folded(language);
            let mut want: Vec<(String, usize, usize)> = Vec::new();
            for ((id, words), page) in texts.iter().zip(&pages) {
                let point = |byte: usize| page.text[..byte].chars().count();
                let spans = words
                    .places(&parts)
                    .into_iter()
                    .map(|p| (words.bytes(p.0[0]).0, words.bytes(p.0[p.0.len() - 1]).1));
                want.extend(spans.map(|(from, to)| ((*id).to_owned(), point(from), point(to))));
            }
            assert!(!want.is_empty(), "{pattern}");
            let answer = found(&record, &asked(pattern));
            let at = |line: &Value, key: &str| line[key].as_u64().map_or(usize::MAX, |n| n as usize);
            let got: Vec<(String, usize, usize)> = answer
                .lines
                .iter()
                .map(|l| (l["article"].as_str().unwrap_or("?").to_owned(), at(l, "start"), at(l, "end")))
                .collect();
            assert_eq!(got, want, "{pattern}");
            assert_eq!((answer.count, answer.exact), (want.len(), true), "{pattern}");
            for line in &answer.lines {
                let page = pages.iter().find(|p| line["article"] == p.source.id.as_str()).expect("the page");
                let spans = line["marks"].as_array().into_iter().flatten().chain([line, &line["line"]]);
                for span in spans {
                    let (start, end) = (at(span, "start"), at(span, "end"));
                    let there: String = page.text.chars().skip(start).take(end - start).collect();
                    assert_eq!(span["text"], there, "{pattern}");
                }
            }
            asked_for += 1;
        }
    }
    assert!(asked_for > 50, "{asked_for}");
}

#[test]
fn speakers_acts_and_pages_narrow_it() {
    let record = record();
    let count = |asked: Asked| found(&record, &asked).lines.len();
    let by = |name: &str| Some(name.to_owned());
    assert_eq!(count(Asked { speaker: by("الكرمي"), ..asked("الميناء") }), 3);
    assert_eq!(count(Asked { speaker: by("كرمي"), ..asked("الميناء") }), 3, "without its article");
    assert_eq!(count(Asked { speaker: by("Holm"), ..asked("open") }), 1, "not in the headline");
    assert_eq!(count(Asked { speaker: by("nobody"), ..asked("open") }), 0);
    assert_eq!(count(Asked { act: by("deny"), ..asked("sanctions") }), 1);
    assert_eq!(count(Asked { act: by("deny"), ..asked("harbour") }), 0);
    let of = |pages: PageFilter| Asked { pages, ..asked("الميناء") };
    assert_eq!(count(of(PageFilter { outlet: by("المرصد"), ..PageFilter::default() })), 1);
    assert_eq!(count(of(PageFilter { since: by("2026-03"), ..PageFilter::default() })), 1);
    assert_eq!(count(of(PageFilter { lang: by("ru"), ..PageFilter::default() })), 0);
    let story = found(&record, &asked("harbour")).lines[0]["article"].clone();
    assert_eq!(story, "en");
    assert_eq!(
        count(Asked { pages: PageFilter { story: by("Harbour stays"), ..PageFilter::default() }, ..asked("open") }),
        2
    );
    let all = hits(&record, reader(), &Asked::default(), &Window::all()).expect("an answer");
    assert_eq!(all.lines[0]["text"], "الكرمي: لن نغلق الميناء", "without words, headlines");
    assert_eq!((all.lines.len(), all.count), (4, 4));
    let said =
        hits(&record, reader(), &Asked { speaker: by("Holm"), ..Asked::default() }, &Window::all()).expect("one");
    assert!(said.lines.iter().all(|l| l["statement"].is_string()) && said.lines.len() > 1, "{:#?}", said.lines);
}

#[test]
fn statements_hold_the_words_and_mark_them() {
    let record = record();
    let ask = |asked: &Asked| {
        statements(&record, reader(), asked, &Window { limit: 20, after: None, facets: 5 }).expect("one")
    };
    let answer = ask(&asked("harbour summer*"));
    assert!(answer.lines.is_empty() && answer.note.as_deref().is_some_and(|n| n.contains('+')), "{answer:#?}");
    let answer = ask(&asked("harbour ~5 summer*"));
    assert_eq!((answer.lines.len(), answer.count, answer.exact), (1, 1, true));
    let marks: Vec<&Value> = answer.lines[0]["marks"].as_array().expect("marks").iter().collect();
    assert_eq!(marks.iter().map(|m| &m["text"]).collect::<Vec<_>>(), ["harbour", "summer"]);
    let text: String = PAGES[3].3.chars().skip(marks[1]["start"].as_u64().expect("a place") as usize).take(6).collect();
    assert_eq!(text, "summer");
    let speaker = answer.facets.iter().find(|f| f.name == "speaker").expect("speakers");
    assert!(speaker.values[0].1.contains("Holm"), "{speaker:?}");
    assert!(ask(&Asked { act: Some("deny".to_owned()), ..Asked::default() }).count > 0, "without words");
}

#[test]
fn windows_one_after_another_are_the_whole() {
    let record = record();
    for ask in [asked("لن"), asked("*ا*"), asked("open + stays"), Asked::default()] {
        for (what, search) in [("hits", hits as fn(&Record, &Reader, &Asked, &Window) -> _), ("statements", statements)]
        {
            let search = |window: &Window| search(&record, reader(), &ask, window).expect("an answer");
            let whole = search(&Window::all());
            let (mut lines, mut after) = (Vec::new(), None);
            loop {
                let part = search(&Window { after: after.take(), limit: 2, facets: 0 });
                assert_eq!((part.count, part.exact), (whole.count, true), "{what} {ask:?}");
                lines.extend(part.lines);
                after = part.next;
                if after.is_none() {
                    break;
                }
            }
            assert_eq!(lines, whole.lines, "{what} {ask:?}");
        }
    }
    let broken = Window { after: Some("x".to_owned()), limit: 2, facets: 0 };
    assert!(hits(&record, reader(), &asked("لن"), &broken).is_err_and(|e| e.to_string().contains("next")));
}

#[test]
fn facets_count_pages_and_statements() {
    let record = record();
    let window = Window { after: None, limit: 1, facets: 1 };
    let answer = hits(&record, reader(), &asked("الميناء"), &window).expect("an answer");
    let facet = |name: &str| answer.facets.iter().find(|f| f.name == name).expect("a facet");
    assert_eq!(facet("lang").values, [("ar".to_owned(), "ar".to_owned(), 2)]);
    assert_eq!((facet("outlet").values.len(), facet("outlet").more), (1, 1));
    assert!(facet("speaker").values[0].1.contains("الكرمي"), "{:?}", facet("speaker"));
}

#[test]
fn nothing_in_a_pattern_is_taken_for_a_sign_of_the_index() {
    let record = record();
    for pattern in [
        "\" OR *",
        "NEAR(",
        "NEAR(a b, 2)",
        "words : a",
        "a AND b",
        "a OR b",
        "NOT a",
        "{words} : a",
        "^a",
        "-a",
        "a\" OR \"b",
        "a\0b",
        "'; DROP TABLE pages; --",
        "%",
        "_",
        "()",
        "a*b",
        "\u{202e}abc",
        "ⓐ",
        "½",
        "😀",
        "a\u{301}",
        &"و".repeat(10_000),
        &"a ".repeat(5_000),
        &"*ab* ".repeat(200),
        &"\"".repeat(999),
        "a ~0 b",
        "a ~1000 a",
    ] {
        for search in [hits as fn(&Record, &Reader, &Asked, &Window) -> _, statements] {
            match search(&record, reader(), &asked(pattern), &Window::all()) {
                Ok(answer) => assert!(
                    answer.lines.iter().all(|l| l["article"] == "en")
                        && (answer.note.is_some() || !answer.lines.is_empty()),
                    "{pattern}: {answer:#?}"
                ),
                Err(Error::Pattern { what, remedy, .. }) => assert!(!what.is_empty() && !remedy.is_empty()),
                Err(error) => panic!("{pattern}: {error}"),
            }
        }
    }
    assert_eq!(record.len().expect("read"), 4);
}

#[test]
fn nothing_found_says_why() {
    let record = record();
    let why = |asked: Asked| found(&record, &asked).note.unwrap_or_default();
    assert_eq!(why(asked("harbour wizard")), "not in the record: «wizard»");
    assert!(why(asked("summer harbour")).contains("join them with +"), "{}", why(asked("summer harbour")));
    assert!(why(asked("summer + Порт")).contains("no page has them all"));
    let nobody = Asked { speaker: Some("Zaphod".to_owned()), ..asked("harbour") };
    assert!(why(nobody).contains("riwaya people"));
    let elsewhere =
        Asked { pages: PageFilter { lang: Some("ar".to_owned()), ..PageFilter::default() }, ..asked("harbour") };
    assert!(why(elsewhere).contains("as the filters say"));
}

#[test]
fn pages_that_come_later_or_change_are_found_as_if_read_at_once() {
    let mut record = Record::in_memory().expect("memory");
    add(&mut record, PAGES[..2].iter().copied().map(page).collect(), false);
    add(&mut record, PAGES[2..].iter().copied().map(page).collect(), true);
    let whole = self::record();
    for pattern in ["قال", "*ا*", "open", "порт", "sanction* + grain"] {
        assert_eq!(places(&record, pattern), places(&whole, pattern), "{pattern}");
        let speaker = Asked { speaker: Some("Holm".to_owned()), ..asked(pattern) };
        assert_eq!(found(&record, &speaker).lines, found(&whole, &speaker).lines, "{pattern}");
    }
    let changed = ("en", "2026-03-02", "Herald", "Harbour closes\n\n“The harbour closes,” said Lars Holm, the mayor.");
    add(&mut record, vec![page(changed)], true);
    assert_eq!(places(&record, "closes"), ["en: closes", "en: closes"]);
    assert_eq!(found(&record, &asked("grain")).note.as_deref(), Some("not in the record: «grain»"));
    let said = statements(&record, reader(), &asked("summer"), &Window::all()).expect("an answer");
    assert!(said.lines.is_empty(), "{:#?}", said.lines);
}

#[test]
fn pages_that_were_not_read_are_read_for_it() {
    let mut record = record();
    let late =
        page(("late", "2026-03-05", "Herald", "Storm closes harbour\n\nA storm closed the harbour, said Lars Holm."));
    record.add([(&late.source, late.text.as_str())]).expect("stored");
    let answer = found(&record, &asked("storm"));
    assert_eq!(answer.lines.len(), 2);
    assert!(answer.note.is_some_and(|note| note.contains("riwaya read")));
}
