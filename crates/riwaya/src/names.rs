//! Entities that exist in several languages: one row of `langs/names/` each, all languages beside one another.

use crate::error::Error;
use crate::mention::EntityKind;
use crate::rows::Files;
use std::collections::BTreeMap;
use std::sync::Arc;

/// A row of `langs/names/`: a state, capital, ministry, agency, outlet or office holder.
#[derive(Debug, Clone)]
pub struct Name {
    /// `white-house`, `vladimir-putin`.
    pub id: String,
    /// Person, organisation or place.
    pub kind: EntityKind,
    /// Language code to forms, the usual one first.
    pub forms: BTreeMap<String, Vec<String>>,
    /// What it belongs to: the state of a government, capital or office holder.
    pub of: Option<String>,
    /// What it is among its kind: `state`, `capital`, `government`, `agency`, `outlet`, `union` …
    pub class: String,
    /// Its row.
    pub rule: Arc<str>,
}

impl Name {
    /// The usual form in `lang`.
    pub fn usual(&self, lang: &str) -> Option<&str> {
        self.forms.get(lang)?.first().map(String::as_str)
    }
}

/// All rows of `langs/names/`.
#[derive(Debug, Clone, Default)]
pub struct Names {
    names: BTreeMap<String, Name>,
}

impl Names {
    /// Reads every `names/*.tsv` with the columns `id`, `type` (PER, ORG, LOC), `class`, `of`, and one column a
    /// language with its forms separated by `|`.
    ///
    /// # Errors
    /// Names file and line of an unknown type, a doubled id, or an `of` that has no row.
    pub fn load(files: &Files) -> Result<Names, Error> {
        let mut names: BTreeMap<String, Name> = BTreeMap::new();
        for path in files
            .texts
            .keys()
            .filter(|p| p.starts_with("names/") && p.ends_with(".tsv") && !p.ends_with("/concepts.tsv"))
        {
            for row in files.table(path, &["id", "type", "class", "of", "ar", "en", "ru"])?.rows() {
                let kind = match row.get("type") {
                    "PER" => EntityKind::Person,
                    "ORG" => EntityKind::Organisation,
                    "LOC" => EntityKind::Place,
                    _ => return Err(row.error("type", "PER, ORG or LOC")),
                };
                let forms = ["ar", "en", "ru"]
                    .into_iter()
                    .map(|l| (l.to_owned(), row.list(l).map(str::to_owned).collect()))
                    .collect();
                let of = Some(row.get("of")).filter(|s| !s.is_empty()).map(str::to_owned);
                let name = Name {
                    id: row.get("id").to_owned(),
                    kind,
                    forms,
                    of,
                    class: row.get("class").to_owned(),
                    rule: row.rule(),
                };
                if names.insert(name.id.clone(), name).is_some() {
                    return Err(row.error("id", "an id that no other row has"));
                }
            }
        }
        let lost = names.values().find(|n| n.of.as_ref().is_some_and(|of| !names.contains_key(of)));
        match lost {
            Some(n) => {
                Err(Error::new(&*n.rule, format!("of \"{}\"", n.of.as_deref().unwrap_or("")), "the id of another row"))
            }
            None => Ok(Names { names }),
        }
    }

    /// The row with this id.
    pub fn get(&self, id: &str) -> Option<&Name> {
        self.names.get(id)
    }

    /// All rows, by id.
    pub fn iter(&self) -> impl Iterator<Item = &Name> {
        self.names.values()
    }
}
