//! Forms of an Arabic verb from its principal parts.
//!
//! The past differs by person at the end («قال قالت قالوا قالا»), the present at the front («يقول تقول نقول أقول»)
//! and the end («يقولون»); the active participle of state ends in ‑ا, ‑ه, ‑ين («مؤكدا مؤكدة مؤكدين»).

use super::lexicon::{Person, Tense};
use crate::language::Language;
use crate::rows::Row;

/// Every folded form of the verb that `row` gives in the columns `past`, `past_f`, `past_p`, `present`,
/// `participle`; a dash stands for a part that is not used.
pub(super) fn forms(row: &Row, language: &Language, mut put: impl FnMut(String, Tense, Person)) {
    let cell = |column: &str| Some(language.fold(row.get(column))).filter(|f| f != "-" && !f.is_empty());
    if let Some(past) = cell("past") {
        if past.chars().count() > 3 && !past.ends_with(['ا', 'ي']) {
            put(format!("{past}ا"), Tense::Past, Person::They);
            put(format!("{past}نا"), Tense::Past, Person::First);
        }
        put(past, Tense::Past, Person::He);
    }
    if let Some(past) = cell("past_f") {
        put(format!("{past}ا"), Tense::Past, Person::They);
        put(past, Tense::Past, Person::She);
    }
    if let Some(past) = cell("past_p") {
        put(past, Tense::Past, Person::They);
    }
    if let Some(rest) = cell("present").as_deref().and_then(|p| p.strip_prefix('ي')) {
        let stem = rest.strip_suffix(['و', 'ي']).unwrap_or(rest);
        for (letter, person) in [("ي", Person::He), ("ت", Person::She), ("ن", Person::First), ("ا", Person::First)]
        {
            put(format!("{letter}{rest}"), Tense::Present, person);
        }
        let endings: &[&str] = if stem.chars().count() > 2 { &["ون", "ان", "وا"] } else { &["ون", "ان"] };
        for ending in endings {
            put(format!("ي{stem}{ending}"), Tense::Present, Person::They);
            put(format!("ت{stem}{ending}"), Tense::Present, Person::They);
        }
    }
    if let Some(participle) = cell("participle") {
        let stem = participle.strip_suffix('ي').unwrap_or(&participle);
        put(format!("{participle}ا"), Tense::Participle, Person::He);
        put(format!("{participle}ه"), Tense::Participle, Person::She);
        for ending in ["ين", "ان", "ون"] {
            put(format!("{stem}{ending}"), Tense::Participle, Person::They);
        }
    }
}

/// The verb inside a word that ends in a pronoun object: «يدعوه», «أخبرها»; the letters of the pronoun are counted.
pub(super) fn without_object(key: &str) -> impl Iterator<Item = &str> {
    ["هما", "ها", "هم", "نا", "ني", "ه"]
        .into_iter()
        .filter_map(move |o| key.strip_suffix(o))
        .filter(|s| s.chars().count() >= 3)
}

/// Can the word end in a pronoun that is an object?
pub(super) fn may_have_object(key: &str) -> bool {
    key.ends_with(['ه', 'ا', 'م', 'ي'])
}

/// Ways to take letters from the front of a verb: how many of و and ف, the rest, and whether the س of the future went.
pub(super) fn fronts(key: &str) -> impl Iterator<Item = (usize, &str, bool)> {
    let mut letters = key.chars();
    let first = letters.next();
    let rest = letters.as_str();
    let (joined, future) = match first {
        Some('و' | 'ف') => (Some((1, rest, false)), rest.strip_prefix('س').map(|rest| (1, rest, true))),
        Some('س') => (None, Some((0, rest, true))),
        _ => (None, None),
    };
    [Some((0, key, false)), joined, future].into_iter().flatten().filter(|(_, rest, _)| rest.len() >= 4)
}
