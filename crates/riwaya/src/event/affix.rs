//! What a letter written onto a word means for a contact: «سيلتقي», «للقاء», «بموسكو».

use crate::clitic::{ARTICLE, is_to_definite};

/// The word with its article.
pub(super) fn definite(key: &str) -> String {
    format!("{ARTICLE}{key}")
}

/// The word without its article.
pub(super) fn indefinite(key: &str) -> &str {
    key.strip_prefix(ARTICLE).unwrap_or(key)
}

/// The word without و or ف in front, where two letters or more are left.
pub(super) fn without_conjunction(key: &str) -> &str {
    let rest = key.strip_prefix('و').or_else(|| key.strip_prefix('ف'));
    rest.filter(|r| r.chars().count() >= 2).unwrap_or(key)
}

/// Does the word carry the article?
pub(super) fn is_definite(key: &str) -> bool {
    key.starts_with(ARTICLE)
}

/// Does the word begin with و?
pub(super) fn is_joined(key: &str) -> bool {
    key.starts_with('و')
}

/// Does the last of the first `prefix` letters make a verb future: «سيلتقي»?
pub(super) fn is_future(key: &str, prefix: usize) -> bool {
    prefix > 0 && key.chars().nth(prefix - 1) == Some('س')
}

/// Does the last of the first `prefix` letters say what for: «للقاء»?
pub(super) fn is_purpose(key: &str, prefix: usize) -> bool {
    prefix > 0 && key.chars().nth(prefix - 1) == Some('ل')
}

/// «لأنقرة», «للرئيس»: is a name led by ل, whose article may have swallowed it?
pub(super) fn is_to(key: &str, prefix: usize) -> bool {
    is_purpose(key, prefix) || is_to_definite(key)
}

/// Does the last of the first `prefix` letters say where or by what: «بموسكو»?
pub(super) fn is_within(key: &str, prefix: usize) -> bool {
    prefix > 0 && key.chars().nth(prefix - 1) == Some('ب')
}

/// «لقائهما»: does it belong to two?
pub(super) fn is_of_two(key: &str) -> bool {
    key.ends_with("هما")
}

/// «استقبله», «التقاها»: does a verb carry its object?
pub(super) fn has_object(key: &str) -> bool {
    key.ends_with('ه') || key.ends_with("ها") || key.ends_with("هم") || key.ends_with("هما")
}

/// «وصلوا», «يزورون»: does a verb have several people as its subject?
pub(super) fn is_of_several(key: &str) -> bool {
    key.ends_with("وا") || key.ends_with("ون")
}

/// Does a preposition seem to be written onto the word: «لقائمة», «بحفظ»?
pub(super) fn is_led(key: &str) -> bool {
    let rest = key.strip_prefix('ل').or_else(|| key.strip_prefix('ب'));
    rest.is_some_and(|r| r.chars().count() >= 3)
}
