//! Pages that hold paragraphs in another language than their own.

use super::packs;
use riwaya::page::Source;

fn read(lang: &str, text: &str) -> riwaya::Reading {
    let source = Source {
        id: "mixed".to_owned(),
        lang: Some(lang.to_owned()),
        published: Some("2026-03-10".to_owned()),
        ..Source::default()
    };
    riwaya::read(source, text.to_owned(), &packs(), None)
}

fn said(reading: &riwaya::Reading) -> Vec<(String, String)> {
    let words = |s: &riwaya::statement::Statement| {
        let speaker = s.speaker.and_then(|e| reading.cast.entities[e].forms.first().cloned()).unwrap_or_default();
        (speaker, s.content.first().map_or(String::new(), |c| reading.text.at(*c).to_owned()))
    };
    reading.statements.iter().map(words).collect()
}

#[test]
fn an_english_paragraph_of_an_arabic_page_is_read_where_it_stands() {
    let page = "بيان عن الميناء\n\nقال الوزير سالم الكرمي إن الميناء سيفتح غداً.\n\nPresident Vladimir Putin said the harbour would stay \
                closed until 5 May 2026.\n\nوأضاف الكرمي أن السفن ستعود.";
    let reading = read("ar", page);
    let found = said(&reading);
    let content: Vec<&str> = found.iter().map(|(_, content)| content.as_str()).collect();
    assert_eq!(
        content,
        ["الميناء سيفتح غداً", "the harbour would stay closed until 5 May 2026", "السفن ستعود"],
        "{found:?}"
    );
    let speakers: Vec<&str> = found.iter().map(|(speaker, _)| speaker.as_str()).collect();
    assert_eq!(speakers, ["سالم الكرمي", "Vladimir Putin", "سالم الكرمي"]);
    let times: Vec<&str> = reading.times.iter().map(|t| t.value.as_str()).collect();
    assert_eq!(times, ["2026-03-11", "2026-05-05"]);
    let known: Vec<&str> = reading.cast.entities.iter().filter_map(|e| e.known.as_deref()).collect();
    assert!(known.contains(&"vladimir-putin"), "{known:?}");
    assert_eq!(reading.lang.as_deref(), Some("ar"));
    assert_eq!(reading.layout.body.len(), 3);
}

#[test]
fn parents_stay_with_their_statements() {
    let page = "Порт закрыт\n\nThe minister Lars Holm said that the captain had promised to open the port next week.\n\nКольцов заявил, что порт \
                закрыт.";
    let reading = read("ru", page);
    let parent = reading.statements.iter().find_map(|s| s.parent).map(|p| reading.text.at(reading.statements[p].cue));
    assert_eq!(parent, Some("said"));
    assert_eq!(reading.statements.len(), 3);
}

#[test]
fn a_name_or_a_short_line_in_other_letters_is_no_paragraph() {
    let reading = read("ru", "Порт закрыт\n\nBerg & Holm Shipping\n\nКольцов заявил, что порт закрыт.");
    assert_eq!(said(&reading), [("Кольцов".to_owned(), "порт закрыт".to_owned())]);
}

#[test]
fn a_paragraph_that_no_pack_reads_is_kept() {
    let page = "Порт закрыт\n\n港口今天关闭直到另行通知港口今天关闭直到另行通知港口今天关闭直到另行通知\n\nКольцов заявил, что порт закрыт.";
    let reading = read("ru", page);
    assert_eq!(said(&reading).len(), 1);
    assert_eq!(reading.layout.body.len() + reading.layout.furniture.len(), 2);
}
