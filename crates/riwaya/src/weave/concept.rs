//! What is a point about? Diplomacy's vocabulary, the same concept in every language.

use crate::error::Error;
use crate::rows::Files;
use std::collections::BTreeMap;
use std::sync::Arc;

/// A row of `langs/names/concepts.tsv`.
#[derive(Debug, Clone)]
pub struct Concept {
    /// `sanctions`, `troop-build-up`.
    pub id: String,
    /// Language code to forms; the first one is the name.
    pub forms: BTreeMap<String, Vec<String>>,
    /// Its row.
    pub rule: Arc<str>,
}

impl Concept {
    /// The name in `lang`.
    pub fn name(&self, lang: &str) -> Option<&str> {
        self.forms.get(lang)?.first().map(String::as_str)
    }
}

/// All concepts.
#[derive(Debug, Clone, Default)]
pub struct Concepts {
    concepts: Vec<Concept>,
}

impl Concepts {
    /// Reads `names/concepts.tsv`.
    ///
    /// # Errors
    /// Names file and line of a doubled id.
    pub fn load(files: &Files) -> Result<Concepts, Error> {
        let mut concepts: Vec<Concept> = Vec::new();
        for row in files.table("names/concepts.tsv", &["id", "ar", "en", "ru"])?.rows() {
            if concepts.iter().any(|c| c.id == row.get("id")) {
                return Err(row.error("id", "an id that no other row has"));
            }
            let forms = ["ar", "en", "ru"]
                .into_iter()
                .map(|l| (l.to_owned(), row.list(l).map(str::to_owned).collect()))
                .collect();
            concepts.push(Concept { id: row.get("id").to_owned(), forms, rule: row.rule() });
        }
        Ok(Concepts { concepts })
    }

    /// The concept with this id.
    pub fn get(&self, id: &str) -> Option<&Concept> {
        self.concepts.iter().find(|c| c.id == id)
    }

    /// All concepts in file order.
    pub fn iter(&self) -> impl Iterator<Item = &Concept> {
        self.concepts.iter()
    }
}
