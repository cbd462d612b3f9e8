//! What was put right by hand, carried out while pages are woven.

use super::packs;
use super::weave::page;
use riwaya::correction::{Correction, Said, What, Who};
use riwaya::weave::{self, Woven, weave_all, weave_corrected};
use riwaya::{Packs, Reading, contract};
use std::collections::BTreeSet;

const FLOOD: &str = "Flood closes the port of Norland\n\nThe harbour minister Karim Haddad said that the port of Norland would stay closed until Friday. Haddad told reporters that forty ships were waiting.";
const COURIER: &str = "Norland port closed after flood\n\nForty ships are waiting outside the port of Norland, which the flood has closed, the harbour minister Kareem Hadad said on Tuesday.";
const MATCH: &str = "Karim Haddad scores twice for Eastville\n\nThe striker Karim Haddad scored twice as Eastville beat Westham on Thursday. “I am tired but happy,” Karim Haddad said.";
const ARABIC: &str = "إغلاق ميناء نورلاند بعد الفيضان\n\nقال وزير الموانئ كريم حداد إن ميناء نورلاند سيبقى مغلقاً حتى الجمعة. وأضاف أن أربعين سفينة تنتظر.";
const RUSSIAN: &str = "Порт Норланда закрыт после наводнения\n\nМинистр портов Карим Хаддад заявил, что порт Норланда останется закрытым до пятницы. Сорок судов ждут у входа.";

fn pages(packs: &Packs) -> Vec<Reading> {
    vec![
        page("flood", "Herald", Some("2026-03-10"), FLOOD, packs),
        page("courier", "Courier", Some("2026-03-10"), COURIER, packs),
        page("match", "Herald", Some("2026-03-12"), MATCH, packs),
        page("arabic", "النبأ", Some("2026-03-11"), ARABIC, packs),
        page("russian", "Вестник", None, RUSSIAN, packs),
    ]
}

fn who(id: &str, name: &str, article: &str) -> Who {
    Who { id: id.into(), r#type: "PER".into(), name: name.into(), article: Some(article.into()) }
}

fn minister() -> Who {
    who("per:karim-haddad", "Karim Haddad", "flood")
}

fn striker() -> Who {
    who("per:karim-haddad", "Karim Haddad", "match")
}

fn others() -> Vec<Who> {
    vec![
        who("per:kareem-hadad", "Kareem Hadad", "courier"),
        who("per:كريم-حداد", "كريم حداد", "arabic"),
        who("per:карим-хаддад", "Карим Хаддад", "russian"),
    ]
}

fn ids(list: &[&str]) -> Vec<String> {
    list.iter().map(|id| (*id).to_owned()).collect()
}

fn split(entity: Who, articles: &[&str], forms: &[&str]) -> What {
    What::SplitEntity { entity, articles: ids(articles), forms: ids(forms) }
}

fn said(article: &str, words: &str, text: &str, cue: &str) -> Said {
    let start = text.split_once(words).map_or(0, |(before, _)| before.chars().count());
    let end = start + words.chars().count();
    Said { article: article.into(), start, end, text: words.into(), cue: cue.into() }
}

fn log(all: Vec<What>) -> Vec<Correction> {
    (1..).zip(all).map(|(number, what)| Correction { number, what }).collect()
}

fn woven(readings: &mut [Reading], all: Vec<What>, packs: &Packs) -> Woven {
    let woven = weave_corrected(readings, packs, &log(all));
    assert!(woven.corrections.iter().all(|a| a.orphaned.is_none()), "{:?}", woven.corrections);
    woven
}

/// The id and the pages of each entity that `pages` call by one of `names`.
fn entities(readings: &[Reading], woven: &Woven, names: &[&str]) -> BTreeSet<(String, String)> {
    let mut out = BTreeSet::new();
    for (n, reading) in readings.iter().enumerate() {
        for m in reading.cast.mentions.iter().filter(|m| names.contains(&reading.text.at(m.span))) {
            out.insert((woven.entity(n, m.entity).id.clone(), reading.source.id.clone()));
        }
    }
    out
}

fn lines(readings: &[Reading], packs: &Packs, woven: &Woven) -> Vec<String> {
    let pages = readings.iter().enumerate().flat_map(|(n, r)| contract::page_lines(n, r, woven));
    let all = pages.chain(contract::woven_lines(readings, packs, woven));
    all.map(|line| serde_json::to_string(&line).expect("a line")).collect()
}

fn pairs(list: &[(&str, &str)]) -> BTreeSet<(String, String)> {
    list.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect()
}

const NAMES: [&str; 5] = ["Karim Haddad", "Haddad", "Kareem Hadad", "كريم حداد", "Карим Хаддад"];

#[test]
fn names_of_three_scripts_are_one_and_a_namesake_is_another() {
    let packs = packs();
    let mut readings = pages(&packs);
    let join = What::JoinEntities { entities: [vec![minister()], others()].concat() };
    let woven = woven(&mut readings, vec![split(striker(), &["match"], &[]), join], &packs);
    let wanted = [
        ("per:karim-haddad", "arabic"),
        ("per:karim-haddad", "courier"),
        ("per:karim-haddad", "flood"),
        ("per:karim-haddad", "russian"),
        ("per:karim-haddad~2", "match"),
    ];
    assert_eq!(entities(&readings, &woven, &NAMES), pairs(&wanted));
    let one = woven.entities.iter().find(|e| e.id == "per:karim-haddad").expect("the minister");
    assert_eq!(one.label("ar"), "كريم حداد");
    assert!(one.joined.iter().any(|g| &*g.rule == "correction/2" && g.from.len() == 2));
    let rules: Vec<&str> = one.corrected.iter().map(|g| &*g.rule).collect();
    assert_eq!(rules, ["correction/1", "correction/2"]);
    assert_eq!(woven.corrections[0].pages, [0, 1, 2, 3, 4], "what was joined with what was split rests on both");
}

#[test]
fn what_was_joined_can_be_split_again() {
    let packs = packs();
    let mut readings = pages(&packs);
    let join = What::JoinEntities { entities: vec![minister(), others().remove(0)] };
    let woven = woven(&mut readings, vec![join, split(minister(), &["courier", "match"], &[])], &packs);
    let wanted = [("per:kareem-hadad", "courier"), ("per:kareem-hadad", "match"), ("per:karim-haddad", "flood")];
    assert_eq!(entities(&readings, &woven, &NAMES[..3]), pairs(&wanted));
    let told = |id: &str| woven.entities.iter().find(|e| e.id == id).map_or(0, |e| e.joined.len());
    assert_eq!(told("per:karim-haddad"), 0, "nobody is joined with the other part any more");
}

const KIN: &str = "Haddad hands over the harbour\n\nYusuf Haddad said that the harbour was in good hands. Karim Haddad thanked him. The son of Yusuf Haddad, Karim, said that he would open a second pier. Haddad said that forty ships could land there.";

#[test]
fn a_form_can_be_split_off_on_a_page_with_what_it_says() {
    let packs = packs();
    let mut readings = vec![page("kin", "Herald", Some("2026-03-10"), KIN, &packs)];
    let before = weave_all(&mut readings, &packs);
    let of = |readings: &[Reading], woven: &Woven, words: &str| -> Option<String> {
        let reading = &readings[0];
        let s = reading.statements.iter().find(|s| reading.text.at(s.content[0]).contains(words))?;
        Some(woven.entity(0, s.speaker?).id.clone())
    };
    let last = of(&readings, &before, "forty ships").expect("a speaker");
    let whole = before.entities.iter().find(|e| e.id == last).expect("the entity");
    assert!(whole.forms.len() > 1, "the page is read as calling one person by a full and a short name: {whole:?}");
    let short = whole.forms.iter().min_by_key(|f| f.chars().count()).cloned().expect("a form");
    let entity = who(&whole.id, &whole.forms[0], "kin");
    let after = woven(&mut readings, vec![split(entity, &[], &[&short])], &packs);
    let own = of(&readings, &after, "forty ships").expect("a speaker");
    assert_ne!(own, whole.id);
    let part = after.entities.iter().find(|e| e.id == own).expect("the part");
    assert_eq!(part.forms, std::slice::from_ref(&short));
    assert!(after.entities.iter().filter(|e| e.id == whole.id).all(|e| !e.forms.contains(&short)));
}

#[test]
fn a_statement_is_given_to_whom_another_page_names_or_to_nobody() {
    let packs = packs();
    let mut readings = pages(&packs);
    let words = "Forty ships are waiting outside the port of Norland, which the flood has closed";
    let nobody = What::Speaker { statement: said("courier", words, COURIER, "said"), speaker: None };
    let happy = said("match", "I am tired but happy", MATCH, "said");
    let other = What::Speaker { statement: happy, speaker: Some(others().remove(1)) };
    let woven = woven(&mut readings, vec![nobody, other], &packs);
    let lines = lines(&readings, &packs, &woven);
    let line = |id: &str| lines.iter().find(|l| l.contains(&format!(r#""id":"{id}""#))).expect("a statement");
    assert!(line("courier#s1").contains(r#""speaker":null"#) && line("courier#s1").contains(r#""chain":["Courier"]"#));
    assert!(line("courier#s1").contains(r#""rule":"correction/1""#));
    assert!(line("match#s1").contains(r#""speaker":"per:كريم-حداد""#), "{}", line("match#s1"));
    assert!(line("match#s1").contains(r#""corrected":[{"what":"speaker","because":{"rule":"correction/2""#));
    assert_eq!(woven.corrections[1].pages, [2]);
}

#[test]
fn a_day_that_is_put_right_dates_everything_on_the_page() {
    let packs = packs();
    let mut readings = pages(&packs);
    let day = |article: &str, day: &str| What::Published { article: article.into(), day: day.parse().expect("a day") };
    let woven = woven(&mut readings, vec![day("courier", "2026-03-17"), day("russian", "2026-03-09")], &packs);
    let lines = lines(&readings, &packs, &woven);
    let article = lines.iter().find(|l| l.starts_with(r#"{"kind":"article","id":"courier""#)).expect("an article");
    let published =
        r#""published":{"value":"2026-03-17","from":"correction","because":{"rule":"correction/1","from":[]}}"#;
    assert!(article.contains(published), "{article}");
    let tuesday = lines.iter().find(|l| l.contains(r#""kind":"time","article":"courier""#)).expect("a time");
    assert!(tuesday.contains(r#""value":"2026-03-17""#), "«on Tuesday» is that day now: {tuesday}");
    let story = &woven.stories[woven.story_of[4]];
    assert_eq!(story.id, "story-russian", "the first of its pages names it");
}

#[test]
fn stories_are_put_together_and_taken_apart() {
    let packs = packs();
    let mut readings = pages(&packs);
    let together = What::JoinStories { articles: ids(&["match", "flood"]) };
    let apart = What::SplitStory { articles: ids(&["arabic", "russian"]) };
    let woven = woven(&mut readings, vec![together, apart], &packs);
    assert_eq!(woven.stories[woven.story_of[2]].pages, [0, 1, 2]);
    let own = &woven.stories[woven.story_of[3]];
    assert_eq!(own.pages, [3, 4]);
    assert_eq!(own.corrected.iter().map(|g| &*g.rule).collect::<Vec<_>>(), ["correction/2"]);
    assert_eq!(woven.corrections[0].pages, [0, 1, 2]);
}

/// Why the only correction was not applied to `readings`.
fn orphaned(mut readings: Vec<Reading>, what: What, packs: &Packs) -> String {
    let bare = lines(&readings.clone(), packs, &weave_all(&mut readings.clone(), packs));
    let woven = weave_corrected(&mut readings, packs, &log(vec![what]));
    assert_eq!(lines(&readings, packs, &woven), bare, "an orphan changes nothing");
    woven.corrections[0].orphaned.clone().expect("orphaned")
}

#[test]
fn what_is_gone_is_never_replaced_by_what_looks_alike() {
    let packs = packs();
    let all = || pages(&packs);
    // «Haddad» of another page may be anybody.
    let short = who("per:haddad", "Haddad", "gone");
    let why = orphaned(all(), split(short, &["match"], &[]), &packs);
    assert!(why.contains("no other page surely names per:haddad"), "{why}");
    // A number behind an id tells namesakes apart only as long as the page is there.
    let second = who("per:karim-haddad~2", "Karim Haddad", "gone");
    orphaned(all(), split(second, &["match"], &[]), &packs);
    // The statement was changed by a word.
    let changed = COURIER.replace("Forty", "Fifty");
    let words = "Forty ships are waiting outside the port of Norland, which the flood has closed";
    let speaker = || What::Speaker { statement: said("courier", words, COURIER, "said"), speaker: None };
    let page = || page("courier", "Courier", Some("2026-03-10"), &changed, &packs);
    let why = orphaned(vec![page()], speaker(), &packs);
    assert!(why.starts_with("courier has no statement with the words «Forty ships"), "{why}");
    let why = orphaned(all(), What::SplitStory { articles: ids(&["flood", "gone"]) }, &packs);
    assert_eq!(why, "no page has the id gone");
    let why = orphaned(all(), split(minister(), &["courier"], &[]), &packs);
    assert_eq!(why, "courier does not name «Karim Haddad»");
    let why = orphaned(all(), split(minister(), &["flood", "match"], &[]), &packs);
    assert!(why.contains("nothing of it would be left"), "{why}");
}

#[test]
fn a_full_name_is_found_on_other_pages_and_words_in_another_place() {
    let packs = packs();
    let mut readings = pages(&packs);
    let elsewhere = who("per:karim-haddad", "Karim Haddad", "gone");
    let join = What::JoinEntities { entities: vec![elsewhere, others().remove(0)] };
    woven(&mut readings, vec![join], &packs);
    let longer = COURIER.replace("flood\n\n", "flood\n\nIt has rained for nine days in the north of the country.\n\n");
    let mut readings = vec![page("courier", "Courier", Some("2026-03-10"), &longer, &packs)];
    let words = "Forty ships are waiting outside the port of Norland, which the flood has closed";
    let speaker = What::Speaker { statement: said("courier", words, COURIER, "said"), speaker: None };
    let woven = woven(&mut readings, vec![speaker], &packs);
    assert!(readings[0].statements.iter().any(|s| s.corrected.is_some()));
    assert_eq!(woven.corrections[0].pages, [0]);
}

#[test]
fn nothing_changes_without_corrections_and_nothing_depends_on_chance() {
    let packs = packs();
    let (mut plain, mut none) = (pages(&packs), pages(&packs));
    let (a, b) = (weave_all(&mut plain, &packs), weave_corrected(&mut none, &packs, &[]));
    assert_eq!(lines(&plain, &packs, &a), lines(&none, &packs, &b));
    let all = || {
        vec![
            split(striker(), &["match"], &[]),
            What::JoinEntities { entities: [vec![minister()], others()].concat() },
            What::JoinStories { articles: ids(&["match", "flood"]) },
        ]
    };
    let made = || {
        let mut readings = pages(&packs);
        let woven = woven(&mut readings, all(), &packs);
        lines(&readings, &packs, &woven)
    };
    let first = made();
    assert!((0..3).all(|_| made() == first));
}

#[test]
fn a_page_is_told_from_those_that_corrections_have_nothing_to_do_with() {
    let packs = packs();
    let corrections = log(vec![split(striker(), &["match"], &[])]);
    let names = ["Kareem Hadad".to_owned()].into_iter().collect();
    let concerned = |id: &str, text: &str| {
        let names = if id == "joined" { &names } else { &Default::default() };
        weave::concerns(&page(id, "Herald", None, text, &packs), &corrections, names)
    };
    assert!(concerned("match", "Rain in Westham\n\nIt rained."), "it is named");
    assert!(concerned("new", FLOOD), "it names the same person");
    assert!(!concerned("new", COURIER));
    assert!(concerned("joined", COURIER), "it names somebody who was joined with him");
}
