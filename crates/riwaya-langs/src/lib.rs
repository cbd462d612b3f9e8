//! The language packs, embedded as text.

use include_dir::{Dir, include_dir};
use riwaya::rows::Files;
use std::path::Path;

static LANGS: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/../../langs");

/// The tables of every language and of `names/`, as they were when this was built.
pub fn embedded() -> Files {
    let mut files = Files::default();
    gather(&LANGS, &mut files);
    files
}

/// The tables below `dir`, read now.
///
/// # Errors
/// Names the file that cannot be read or is not UTF-8.
pub fn from_dir(dir: &Path) -> Result<Files, riwaya::Error> {
    let mut files = Files::default();
    walk(dir, dir, &mut files)?;
    Ok(files)
}

fn gather(dir: &Dir<'_>, files: &mut Files) {
    for file in dir.files().filter(|f| is_table(f.path())) {
        if let Some(text) = file.contents_utf8() {
            files.0.insert(path_of(file.path()), text.to_owned());
        }
    }
    dir.dirs().for_each(|d| gather(d, files));
}

fn walk(root: &Path, dir: &Path, files: &mut Files) -> Result<(), riwaya::Error> {
    let fail = |path: &Path, e: std::io::Error| {
        riwaya::Error::new(path.display().to_string(), e.to_string(), "a readable folder of language packs")
    };
    let mut entries: Vec<_> =
        std::fs::read_dir(dir).map_err(|e| fail(dir, e))?.filter_map(Result::ok).map(|e| e.path()).collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            walk(root, &path, files)?;
        } else if is_table(&path) {
            let text = std::fs::read_to_string(&path).map_err(|e| fail(&path, e))?;
            files.0.insert(path_of(path.strip_prefix(root).unwrap_or(&path)), text);
        }
    }
    Ok(())
}

fn is_table(path: &Path) -> bool {
    path.extension().is_some_and(|e| e == "tsv" || e == "txt")
}

fn path_of(path: &Path) -> String {
    path.components().map(|c| c.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/")
}
