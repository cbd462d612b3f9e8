//! The program as a user meets it: what it prints, where, and with which exit code.

#![allow(clippy::unwrap_used)] // a test that cannot write its files has failed

mod bad_input;
mod compare;
mod corrections;
mod dossier;
mod furniture;
mod https;
mod lists;
mod reading;
mod record;
mod search;
mod trace;
mod verify;
mod watch;
mod web;

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// Two pages of our own, as lines of JSON.
const CALL: &str = r#"{"id":"a","outlet":"النبأ","published":"2026-03-10","text":"الوزير يهاتف نظيره\nقال وزير الخارجية إنه أجرى أمس اتصالاً هاتفياً مع نظيره النرويجي."}"#;
const VISIT: &str = r#"{"id":"b","outlet":"المرصد","published":"2026-03-11","text":"زيارة مرتقبة إلى أوسلو\nأعلنت الوزارة أن الوزير سيزور أوسلو يوم الخميس المقبل."}"#;

/// A folder of its own for a test, gone with it.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Folder {
        let path = std::env::temp_dir().join(format!("riwaya-cli-{}-{name}", std::process::id()));
        let _ = fs::remove_dir_all(&path);
        fs::create_dir_all(&path).unwrap();
        Folder(path)
    }

    fn file(&self, name: &str, content: impl AsRef<[u8]>) -> String {
        let path = self.0.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, content).unwrap();
        path.to_str().unwrap().to_owned()
    }

    fn path(&self, name: &str) -> String {
        self.0.join(name).to_str().unwrap().to_owned()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// How a run ended.
struct Run {
    code: Option<i32>,
    out: String,
    err: String,
}

fn ended(output: Output) -> Run {
    let err = String::from_utf8(output.stderr).unwrap();
    assert!(!err.contains("panicked"), "{err}");
    Run { code: output.status.code(), out: String::from_utf8(output.stdout).unwrap(), err }
}

fn program() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_riwaya"));
    command.env_remove("RIWAYA_LANGS");
    command
}

fn riwaya(arguments: &[&str]) -> Run {
    ended(program().args(arguments).output().unwrap())
}

fn riwaya_fed(arguments: &[&str], input: &[u8]) -> Run {
    let mut child =
        program().args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(input).unwrap();
    ended(child.wait_with_output().unwrap())
}

/// A record of these pages, in a folder of its own.
fn record_of(name: &str, pages: &str) -> (Folder, String) {
    let folder = Folder::new(name);
    let (file, record) = (folder.file("pages.jsonl", pages), folder.path("r.riwaya"));
    assert_eq!(riwaya(&["read", &file, "-o", &record]).code, Some(0));
    (folder, record)
}

fn sample() -> String {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../corpus/sample.jsonl").to_str().unwrap().to_owned()
}
