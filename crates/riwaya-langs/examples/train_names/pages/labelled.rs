//! Corpora that give a word a line with its label: `Москве`, tab, `B-LOC`.
//!
//! They say nothing of spaces, so words are joined as news writes them: no space inside of marks, before a comma or around a
//! hyphen.

use super::Page;

/// Cuts the corpus into pages of so many sentences.
pub fn read(text: &str, sentences: usize) -> Vec<Page> {
    let mut pages = Vec::new();
    let mut page = Page::default();
    let mut count = 0;
    let mut words: Vec<(&str, &str)> = Vec::new();
    for line in text.lines().chain([""]) {
        if let Some((word, label)) = line.split_once('\t') {
            words.push((word, label));
            continue;
        }
        if words.is_empty() {
            continue;
        }
        put(&mut page, &words);
        words.clear();
        count += 1;
        if count % sentences == 0 {
            pages.push(std::mem::take(&mut page));
        }
    }
    pages.extend(Some(page).filter(|p| !p.text.is_empty()));
    pages
}

/// Adds a sentence and its line end.
fn put(page: &mut Page, words: &[(&str, &str)]) {
    let mut open = false;
    let mut space = false;
    for (n, (word, label)) in words.iter().enumerate() {
        let straight = *word == "\"";
        let (closes, opens) = (straight && open, straight && !open);
        open ^= straight;
        let next = words.get(n + 1).map_or("", |w| w.0);
        let before = n.checked_sub(1).map_or("", |n| words[n].0);
        let dash = *word == "-" && is_dash(n.checked_sub(2).map_or("", |n| words[n].0), before, next);
        if space && (dash || !closes && !is_behind(word, before, next)) {
            page.text.push(' ');
        }
        space = dash || !(opens || is_in_front(word, before, next));
        let from = page.text.len();
        page.text.push_str(word);
        let kind = ["PER", "ORG", "LOC"].iter().position(|k| label.ends_with(k));
        match (kind, page.names.last_mut()) {
            (Some(_), Some(last)) if label.starts_with('I') => last.1.end = page.text.len(),
            (Some(kind), _) => page.names.push((kind as u8, from..page.text.len())),
            _ => {}
        }
    }
    page.text.push('\n');
}

/// «Кирилл Кольцов - директор», and not «Санкт-Петербург», «пресс-служба», «Нью-йоркская».
fn is_dash(far: &str, before: &str, next: &str) -> bool {
    let capital = |word: &str| word.starts_with(char::is_uppercase);
    let long = |word: &str| word.chars().nth(6).is_some() && !capital(word);
    capital(far) && capital(before) && long(next) || long(before) && capital(next)
}

fn is_letter(word: &str) -> bool {
    word.starts_with(char::is_alphanumeric)
}

/// A mark that stands right behind the word before it.
fn is_behind(word: &str, before: &str, next: &str) -> bool {
    match word {
        "," | "." | ";" | "!" | "?" | ")" | "]" | "»" | "”" | "“" | "…" | "%" => true,
        ":" => !before.is_empty(),
        "-" | "/" | "'" | "’" => is_letter(before) && is_letter(next),
        _ => false,
    }
}

/// A mark or word that the next one follows without a space.
fn is_in_front(word: &str, before: &str, next: &str) -> bool {
    let number = |word: &str| word.starts_with(|c: char| c.is_ascii_digit());
    match word {
        "(" | "[" | "«" | "„" => true,
        "-" | "/" | "'" | "’" => is_letter(before) && is_letter(next),
        // «10:30», «06.00», «Lenta.ru», not «в 2010. В …»
        "." => number(before) && number(next) || is_site(before, next),
        ":" => number(before) && number(next),
        _ => false,
    }
}

/// The end of a site's name: a few small letters of it.
fn is_site(before: &str, next: &str) -> bool {
    matches!(next.to_lowercase().as_str(), "ru" | "com" | "org" | "net" | "ру" | "рф" | "uk")
        && before.ends_with(char::is_alphanumeric)
}
