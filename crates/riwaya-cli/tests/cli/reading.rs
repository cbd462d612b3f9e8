//! `read`: kinds of input, ids, order, and the positions it prints.

use crate::{CALL, Folder, VISIT, program, riwaya, riwaya_fed, sample};
use serde_json::Value;
use std::io::{Read, Write};
use std::process::Stdio;

fn lines(text: &str) -> Vec<Value> {
    text.lines().map(|l| serde_json::from_str(l).unwrap()).collect()
}

fn ids(text: &str) -> Vec<String> {
    let articles = lines(text).into_iter().filter(|l| l["kind"] == "article");
    articles.map(|l| l["id"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn every_kind_of_input_gives_the_same_pages() {
    let folder = Folder::new("kinds");
    let pretty = |page: &str| serde_json::to_string_pretty(&serde_json::from_str::<Value>(page).unwrap()).unwrap();
    let zipped = {
        let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
        zip.start_file("day/pages", zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(format!("{CALL}\n{VISIT}").as_bytes()).unwrap();
        zip.finish().unwrap().into_inner()
    };
    let inputs = [
        folder.file("lines.anything", format!("{CALL}\r\n\r\n{VISIT}\r\n")),
        folder.file("bom", format!("\u{feff}{CALL}\n{VISIT}")),
        folder.file("array", format!("[{CALL},{VISIT}]")),
        folder.file("array-bom", format!("\u{feff}[\n{CALL},{VISIT}\n]\n")),
        folder.file("pretty", format!("{}\n{}\n", pretty(CALL), pretty(VISIT))),
        folder.file("archive", zipped),
    ];
    for path in &inputs {
        let run = riwaya(&["read", path, "--format", "jsonl"]);
        assert_eq!(run.code, Some(0), "{path}: {}", run.err);
        assert_eq!(ids(&run.out), ["a", "b"], "{path}");
    }
    let run = riwaya_fed(&["read", "-", "--format", "jsonl"], format!("{CALL}\n{VISIT}").as_bytes());
    assert_eq!(ids(&run.out), ["a", "b"]);
    let run = riwaya(&["read", &folder.path("*ines.any*"), "--format", "jsonl"]);
    assert_eq!(ids(&run.out), ["a", "b"]);
}

#[test]
fn plain_text_is_kept_as_it_is() {
    let folder = Folder::new("plain");
    let text = "  عنوان الخبر \r\n\r\nقال الوزير: «سنعود».\t \n\n";
    let path = folder.file("page.txt", format!("\u{feff}{text}"));
    let run = riwaya(&["read", &path, "--format", "jsonl"]);
    let article = &lines(&run.out)[0];
    assert_eq!(article["text"], text);
    assert_eq!(article["id"], path);
    let run = riwaya(&["read", &folder.file("note.txt", "[أ ف ب] قال الوزير إنه سيعود."), "--format", "jsonl"]);
    assert_eq!(run.code, Some(0), "a bracket alone makes no JSON: {}", run.err);
}

#[test]
fn metadata_under_any_of_its_names() {
    let page = r#"{"content":"قال الوزير إنه سيعود.","url":"https://a.example/1","site":{"name":"النبأ"},"date_extracted":"2026-03-10 11:00:00","author":["ليلى","سامي"]}"#;
    let run = riwaya_fed(&["read", "-", "--format", "jsonl"], page.as_bytes());
    let article = &lines(&run.out)[0];
    assert_eq!(article["id"], "https://a.example/1", "without an id the address is the id");
    assert_eq!(article["outlet"], "النبأ");
    assert_eq!(article["published"]["value"], "2026-03-10");
}

#[test]
fn ids_are_made_unique_and_pages_that_come_twice_are_read_once() {
    let other = VISIT.replace(r#""id":"b""#, r#""id":"a""#);
    let nameless = r#"{"text":"قال الوزير إنه سيعود."}"#;
    let input = format!("{CALL}\n{other}\n{CALL}\n{nameless}\n");
    let run = riwaya_fed(&["read", "-", "--format", "jsonl"], input.as_bytes());
    assert_eq!(run.code, Some(0));
    assert_eq!(ids(&run.out), ["a", "a~2", "stdin#4"]);
    assert!(run.err.contains("a: handed in twice, read once"), "{}", run.err);
    assert!(run.err.contains("another page has the same id; this one is called a~2"), "{}", run.err);
}

#[test]
fn the_same_bytes_for_any_number_of_threads() {
    let one = riwaya(&["read", &sample(), "--format", "jsonl", "--threads", "1"]);
    for threads in ["2", "3", "8"] {
        let many = riwaya(&["read", &sample(), "--format", "jsonl", "--threads", threads]);
        assert!(one.out == many.out, "{threads} threads print other bytes than one");
    }
}

#[test]
fn all_words_stand_where_the_output_says() {
    fn check(value: &Value, article: Option<&str>, texts: &[(String, Vec<char>)]) {
        match value {
            Value::Object(map) => {
                let article = map.get("article").and_then(Value::as_str).or(article);
                if let (Some(start), Some(end), Some(text)) = (map.get("start"), map.get("end"), map.get("text")) {
                    let (_, chars) = texts.iter().find(|(id, _)| Some(id.as_str()) == article).unwrap();
                    let span = start.as_u64().unwrap() as usize..end.as_u64().unwrap() as usize;
                    assert_eq!(text.as_str().unwrap(), chars[span].iter().collect::<String>(), "{value}");
                }
                map.values().for_each(|v| check(v, article, texts));
            }
            Value::Array(values) => values.iter().for_each(|v| check(v, article, texts)),
            _ => {}
        }
    }
    let run = riwaya(&["read", &sample(), "--format", "jsonl"]);
    assert_eq!(run.code, Some(0), "{}", run.err);
    let lines = lines(&run.out);
    let text = |l: &Value| (l["id"].as_str().unwrap().to_owned(), l["text"].as_str().unwrap().chars().collect());
    let texts: Vec<(String, Vec<char>)> = lines.iter().filter(|l| l["kind"] == "article").map(text).collect();
    // A copy's runs stand on two pages in turn.
    lines.iter().filter(|l| l["kind"] != "copy").for_each(|l| check(l, l["id"].as_str(), &texts));
}

#[test]
fn json_is_an_array_and_csv_has_a_header() {
    let run = riwaya(&["read", &sample(), "--format", "json"]);
    assert!(serde_json::from_str::<Value>(&run.out).unwrap().is_array());
    let run = riwaya(&["read", &sample(), "--format", "csv"]);
    assert!(run.out.starts_with("statement,article,url,outlet,published,speaker,"), "{}", run.out);
}

#[test]
fn a_reader_that_has_seen_enough_is_no_error() {
    let mut child = program()
        .args(["read", &sample(), "--format", "jsonl"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut out = child.stdout.take().unwrap();
    out.read_exact(&mut [0; 10]).unwrap();
    drop(out);
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
}

#[test]
fn nothing_but_data_on_standard_output() {
    let run = riwaya(&["read", &sample(), "--stats"]);
    assert!(!run.out.contains(['\u{1b}', '\u{2068}']), "no colours and no marks in a pipe");
    assert!(run.err.contains("MB/s a thread"), "{}", run.err);
    assert!(!run.out.contains("MB/s"));
}
