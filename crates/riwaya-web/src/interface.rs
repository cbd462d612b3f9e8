//! In which language does the room speak to its reader?

use std::collections::HashMap;
use std::sync::OnceLock;

const ROWS: &str = include_str!("interface.tsv");

/// A language of the interface.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Interface {
    column: usize,
}

/// The languages of the interface: code and own name.
pub const LANGUAGES: [(&str, &str); 3] = [("en", "English"), ("ar", "العربية"), ("ru", "Русский")];

impl Interface {
    /// That of a code; none where the room does not speak it.
    pub fn of_code(code: &str) -> Option<Interface> {
        LANGUAGES.iter().position(|(known, _)| *known == code).map(|column| Interface { column })
    }

    /// The first of a browser's languages (`Accept-Language`) that the room speaks, else English.
    ///
    /// ```
    /// use riwaya_web::interface::Interface;
    /// assert_eq!(Interface::of_browser("fr-FR,ar-SA;q=0.9,en;q=0.8").code(), "ar");
    /// assert_eq!(Interface::of_browser("").code(), "en");
    /// ```
    pub fn of_browser(accepted: &str) -> Interface {
        let codes = accepted.split(',').filter_map(|part| part.split([';', '-']).next());
        codes.map(str::trim).find_map(Interface::of_code).unwrap_or(Interface { column: 0 })
    }

    /// `ar`.
    pub fn code(self) -> &'static str {
        LANGUAGES[self.column].0
    }

    /// `rtl` or `ltr`.
    pub fn dir(self) -> &'static str {
        if self.code() == "ar" { "rtl" } else { "ltr" }
    }

    /// The arrow from somebody to whom they have it from: words of a chain run the way the interface is read.
    pub fn back(self) -> &'static str {
        if self.dir() == "rtl" { "→" } else { "←" }
    }

    /// The arrow the other way.
    pub fn forth(self) -> &'static str {
        if self.dir() == "rtl" { "←" } else { "→" }
    }

    /// What the room says for `key`; a value that has no row is shown as it is.
    pub fn t(self, key: &str) -> &str {
        rows().get(key).map_or(key, |texts| texts[self.column])
    }

    /// A word of the contract as a reader sees it: a row where there is one, else without its underscores.
    pub fn word(self, value: &str) -> String {
        rows().get(value).map_or_else(|| value.replace('_', " "), |texts| texts[self.column].to_owned())
    }
}

fn rows() -> &'static HashMap<&'static str, [&'static str; 3]> {
    static TABLE: OnceLock<HashMap<&'static str, [&'static str; 3]>> = OnceLock::new();
    TABLE.get_or_init(|| {
        let lines = ROWS.lines().filter(|line| !line.starts_with('#')).skip(1);
        let row = |line: &'static str| {
            let mut cells = line.split('\t');
            Some((cells.next()?, [cells.next()?, cells.next()?, cells.next()?]))
        };
        lines.filter_map(row).collect()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_says_something_in_each_language() {
        let lines = ROWS.lines().filter(|line| !line.starts_with('#')).count() - 1;
        assert_eq!(rows().len(), lines, "a key twice, or a row without four cells");
        for (key, texts) in rows() {
            assert!(texts.iter().all(|text| !text.trim().is_empty()), "{key}");
        }
    }

    /// Keys stand in templates as `.t("key")`; one without a row would be shown as it is.
    #[test]
    fn every_key_of_a_template_has_a_row() {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("templates");
        let mut seen = 0;
        for file in std::fs::read_dir(folder).expect("templates") {
            let text = std::fs::read_to_string(file.expect("a file").path()).expect("text");
            for key in text.split(".t(\"").skip(1).filter_map(|rest| rest.split('"').next()) {
                assert!(rows().contains_key(key), "{key}");
                seen += 1;
            }
        }
        assert!(seen > 40, "{seen}");
    }
}
