//! A fourth language by its rows alone: French times and direct speech, read by a pack that lies beside these tests.

use super::{body_only, example, langs};
use riwaya::page::Source;
use riwaya::{Packs, show};
use std::path::Path;

fn packs() -> Packs {
    let mut files = riwaya_langs::from_dir(&langs()).unwrap();
    let here = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/packs");
    files.texts.extend(riwaya_langs::from_dir(&here).unwrap().texts);
    Packs::load(&files).unwrap_or_else(|e| panic!("{e}"))
}

const PAGE: &str = "Le port de Tolvik ouvrira samedi\n\nLe port de Tolvik ouvrira le 15 avril 2026, a déclaré le maire.\n\n« Nous sommes prêts pour cette fête », a ajouté la directrice.";

#[test]
fn a_page_of_a_fourth_language_is_read() {
    let packs = packs();
    let source = Source { id: "fr".to_owned(), published: Some("2026-03-10".to_owned()), ..Source::default() };
    let reading = riwaya::read(Source { lang: Some("fr".to_owned()), ..source }, PAGE.to_owned(), &packs, None);
    let said: Vec<(&str, &str)> = reading
        .statements
        .iter()
        .map(|s| (reading.text.at(s.cue), s.content.first().map_or("", |c| reading.text.at(*c))))
        .collect();
    assert_eq!(
        said,
        [("déclaré", "Le port de Tolvik ouvrira le 15 avril 2026"), ("ajouté", "Nous sommes prêts pour cette fête"),]
    );
}

#[test]
fn the_rows_of_a_fourth_pack_run() {
    let packs = packs();
    let pack = packs.get("fr").unwrap();
    let here = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/packs");
    let files = riwaya_langs::from_dir(&here).unwrap();
    let mut count = 0;
    for path in ["fr/time.tsv", "fr/tense.tsv", "fr/cues.tsv", "fr/statement.tsv"] {
        for row in files.table(path, &["example"]).unwrap().rows() {
            example(row.get("example"), false, pack).unwrap_or_else(|why| panic!("{}: {why}", row.rule()));
            count += 1;
        }
    }
    assert_eq!(count, 8);
}

#[test]
fn what_the_rows_do_not_have_is_not_found() {
    let packs = packs();
    let reading = body_only("Le navire a quitté le port avec du sel.", packs.get("fr").unwrap(), Some("2026-03-10"), 0);
    assert!(show::findings(&reading).iter().all(|f| f.stage != "statement" && f.stage != "time"));
}
