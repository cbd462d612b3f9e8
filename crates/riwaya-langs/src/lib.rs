//! The language packs, embedded.

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

fn gather(dir: &'static Dir<'_>, files: &mut Files) {
    for file in dir.files() {
        let path = path_of(file.path());
        match file.contents_utf8().filter(|_| is_table(file.path())) {
            Some(text) => drop(files.texts.insert(path, text.into())),
            None if is_model(file.path()) => drop(files.models.insert(path, file.contents().into())),
            None => {}
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
            files.texts.insert(path_of(path.strip_prefix(root).unwrap_or(&path)), text.into());
        } else if is_model(&path) {
            let bytes = std::fs::read(&path).map_err(|e| fail(&path, e))?;
            files.models.insert(path_of(path.strip_prefix(root).unwrap_or(&path)), bytes.into());
        }
    }
    Ok(())
}

fn is_table(path: &Path) -> bool {
    path.extension().is_some_and(|e| e == "tsv" || e == "txt")
}

fn is_model(path: &Path) -> bool {
    path.extension().is_some_and(|e| e == "model")
}

fn path_of(path: &Path) -> String {
    path.components().map(|c| c.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/")
}
