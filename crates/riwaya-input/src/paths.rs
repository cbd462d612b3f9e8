//! Which files does an argument name?

use crate::input::{Problem, shown};
use std::path::Path;

/// The files that `given` names, in order: `-`, a file, a folder with all that is in it, or a glob.
pub fn expand(given: &str) -> Vec<Result<String, Problem>> {
    let problem = |what: &str, remedy: &str| {
        vec![Err(Problem { place: given.to_owned(), what: what.into(), remedy: remedy.into() })]
    };
    let path = Path::new(given);
    if given == "-" {
        return vec![Ok(given.to_owned())];
    }
    if path.is_dir() {
        let mut files = Vec::new();
        walk(path, &mut files);
        return match files.is_empty() {
            true => problem("a folder without files", "name a folder that holds pages, or the files themselves"),
            false => files,
        };
    }
    if path.exists() || !given.contains(['*', '?', '[']) {
        // A file that is not there is reported by whoever opens it, with the system's words.
        return vec![Ok(given.to_owned())];
    }
    let mut files: Vec<String> = match glob::glob(given) {
        Ok(found) => found.filter_map(Result::ok).filter(|p| p.is_file()).map(|p| shown(&p)).collect(),
        Err(error) => return problem(&format!("no pattern of file names ({error})"), "write it as in 'pages/*.jsonl'"),
    };
    files.sort();
    match files.is_empty() {
        true => problem("no file has such a name", "check the pattern"),
        false => files.into_iter().map(Ok).collect(),
    }
}

/// All files below `dir`, sorted, hidden ones left out; links to folders are not followed, so there are no circles.
fn walk(dir: &Path, files: &mut Vec<Result<String, Problem>>) {
    let entries = match std::fs::read_dir(dir) {
        Ok(entries) => entries,
        Err(error) => {
            let remedy = "check that the folder can be read".into();
            return files.push(Err(Problem { place: shown(dir), what: error.to_string(), remedy }));
        }
    };
    let mut entries: Vec<_> = entries.filter_map(Result::ok).collect();
    entries.sort_by_key(|e| e.file_name());
    for entry in entries.iter().filter(|e| !e.file_name().to_string_lossy().starts_with('.')) {
        let path = entry.path();
        match entry.file_type() {
            Ok(kind) if kind.is_dir() => walk(&path, files),
            Ok(_) if path.is_file() => files.push(Ok(shown(&path))),
            _ => {}
        }
    }
}
