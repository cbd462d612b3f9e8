//! Which words say the same in every language?
//!
//! Rows of `langs/words.tsv` stand for a meaning each: «محكمة», “court”, «суд». They are too few and too wide to translate with; what
//! two pages share of them, in one order, tells a translation from another report of the same day.

use crate::clitic;
use crate::error::Error;
use crate::pack::Pack;
use crate::rows::Files;
use rustc_hash::FxHashMap;

/// The letters that may follow the beginning of a word.
const ENDING: usize = 4;
/// A form that ends so is the beginning of a word.
const OPEN: char = '-';

/// The common words of one language, folded.
#[derive(Debug, Clone, Default)]
pub struct Glossary {
    /// By language: whole words and beginnings, each with its meanings.
    languages: FxHashMap<String, Forms>,
}

#[derive(Debug, Clone, Default)]
struct Forms {
    whole: FxHashMap<String, Vec<u32>>,
    open: FxHashMap<String, Vec<u32>>,
}

impl Glossary {
    /// Reads `words.tsv` for the languages of `packs`.
    ///
    /// # Errors
    /// Names file and line of a row without a form in at least two languages.
    pub fn load(files: &Files, packs: &[Pack]) -> Result<Glossary, Error> {
        let mut all = Glossary::default();
        let languages = ["ar", "en", "ru"];
        for (meaning, row) in files.table("words.tsv", &languages)?.rows().iter().enumerate() {
            if languages.iter().filter(|lang| !row.get(lang).is_empty()).count() < 2 {
                return Err(row.error("ar", "forms in at least two languages"));
            }
            for pack in packs.iter().filter(|p| languages.contains(&p.language.code.as_str())) {
                let forms = all.languages.entry(pack.language.code.clone()).or_default();
                for form in row.list(&pack.language.code) {
                    let (form, of) = match form.strip_suffix(OPEN) {
                        Some(stem) => (stem, &mut forms.open),
                        None => (form, &mut forms.whole),
                    };
                    let meanings = of.entry(pack.language.fold(form)).or_default();
                    if meanings.last() != Some(&(meaning as u32)) {
                        meanings.push(meaning as u32);
                    }
                }
            }
        }
        Ok(all)
    }

    /// The meanings of a folded word of a language, as numbers of rows, in order.
    pub fn meanings(&self, word: &str, pack: &Pack) -> Vec<u32> {
        let Some(forms) = self.languages.get(&pack.language.code) else { return Vec::new() };
        let mut out = Vec::new();
        if pack.language.clitics {
            for reading in clitic::readings(word) {
                let bare = reading.stem.strip_prefix(clitic::ARTICLE);
                forms.put(&reading.stem, &mut out);
                bare.into_iter().for_each(|bare| forms.put(bare, &mut out));
                if !out.is_empty() {
                    break;
                }
            }
        } else {
            forms.put(word, &mut out);
        }
        out.sort_unstable();
        out.dedup();
        out
    }
}

impl Forms {
    /// The meanings of a word as a whole and of its longest beginning.
    fn put(&self, word: &str, out: &mut Vec<u32>) {
        out.extend(self.whole.get(word).into_iter().flatten());
        let ends = word.char_indices().rev().take(ENDING).map(|(at, _)| at);
        let open = std::iter::once(word.len()).chain(ends).find_map(|end| self.open.get(&word[..end]));
        out.extend(open.into_iter().flatten());
    }
}
