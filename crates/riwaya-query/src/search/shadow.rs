//! By which words is a line of the contract searched?

use crate::account::Reader;
use crate::filter::Fold;
use riwaya::Packs;
use riwaya::language::Language;
use riwaya::text::{Text, TokenKind};
use serde_json::Value;

/// Folds the words of lines; those of a page come one after another, its article first.
pub struct Folding<'p> {
    packs: &'p Packs,
    plain: Language,
    fold: &'static Fold,
    lang: Option<String>,
}

impl<'p> Folding<'p> {
    /// Folds as pages are read with `reader`.
    ///
    /// # Errors
    /// Where a built-in table cannot be read.
    pub fn of(reader: &'p Reader) -> Result<Folding<'p>, riwaya::Error> {
        Ok(Folding { packs: &reader.packs, plain: Language::default(), fold: Fold::shared()?, lang: None })
    }

    /// The folded words of a line; none of a line that is not searched.
    pub fn words(&mut self, line: &Value) -> Option<String> {
        match line["kind"].as_str()? {
            "article" => {
                self.lang = line["lang"].as_str().map(str::to_owned);
                Some(self.keys(line["text"].as_str()?))
            }
            "statement" => {
                let pieces = line["content"].as_array().map_or(&[][..], Vec::as_slice);
                let pieces = pieces.iter().filter_map(|p| p["text"].as_str()).map(|text| self.keys(text));
                Some(pieces.collect::<Vec<_>>().join(" "))
            }
            "entity" => {
                let names = line["name"].as_object().into_iter().flat_map(|names| names.values());
                let forms = line["forms"].as_array().into_iter().flatten();
                let mut all: Vec<String> =
                    names.chain(forms).filter_map(Value::as_str).map(|name| self.fold.fold(name)).collect();
                all.sort_unstable();
                all.dedup();
                Some(all.join(" "))
            }
            _ => None,
        }
    }

    fn keys(&self, text: &str) -> String {
        let pack = self.lang.as_deref().and_then(|lang| self.packs.get(lang));
        let text = Text::new(text.to_owned(), pack.map_or(&self.plain, |p| &p.language));
        let mut keys = String::with_capacity(text.raw().len());
        for i in words_of(&text) {
            keys.push_str(text.key(i));
            keys.push(' ');
        }
        keys
    }
}

/// The tokens that count as words.
pub fn words_of(text: &Text) -> impl Iterator<Item = usize> {
    (0..text.len()).filter(|i| text.tokens()[*i].kind != TokenKind::Punct && !text.key(*i).is_empty())
}
