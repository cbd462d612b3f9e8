//! What does this language know? All rows of a language, loaded once and shared by every page.

use crate::error::Error;
use crate::language::Language;
use crate::names::Names;
use crate::rows::Files;
use crate::weave::concept::Concepts;
use crate::weave::{across, concept, side, sound, words};
use crate::{event, mention, page, statement, time};

/// One language: its letters and the rows of every stage.
#[derive(Debug, Clone, Default)]
pub struct Pack {
    /// Letters, folding, sentence ends.
    pub language: Language,
    /// Furniture and credits.
    pub page: page::Lexicon,
    /// Temporal expressions.
    pub time: time::Lexicon,
    /// Names and titles.
    pub mention: mention::Lexicon,
    /// Cues and frames.
    pub statement: statement::Lexicon,
    /// Contacts.
    pub event: event::Lexicon,
    /// Stems and stop words.
    pub words: words::Lexicon,
    /// Words that cut and turn points.
    pub points: concept::Lexicon,
    /// States and their people.
    pub sides: side::Lexicon,
    /// What letters of names stand for.
    pub sounds: sound::Lexicon,
    /// What bodies are called.
    pub bodies: across::Bodies,
}

impl Pack {
    /// Loads the language `code` from `files`.
    ///
    /// # Errors
    /// Names file and line of the first row that cannot be read, with what was found and what was expected.
    pub fn load(files: &Files, code: &str, names: &Names) -> Result<Pack, Error> {
        let language = Language::load(files, code)?;
        let words = words::Lexicon::load(files, &language)?;
        let mut pack = Pack {
            page: page::Lexicon::load(files, &language)?,
            time: time::Lexicon::load(files, &language)?,
            mention: mention::Lexicon::load(files, &language, names)?,
            statement: statement::Lexicon::load(files, &language)?,
            event: event::Lexicon::load(files, &language)?,
            sounds: sound::Lexicon::load(files, &language)?,
            points: concept::Lexicon::load(files, &language)?,
            sides: side::Lexicon::load(files, &language, names, &words)?,
            words,
            language,
            bodies: across::Bodies::default(),
        };
        pack.bodies = across::Bodies::load(files, &pack)?;
        Ok(pack)
    }

    /// How a folded word of a name may sound: as it is, without an article («المعلم» is “Moualem” or “al-Moualem”), without the
    /// ending of a case («Перри», «Риком»).
    pub fn heard(&self, word: &str) -> sound::Word {
        let bare = self.words.name(word).map(str::to_owned);
        let mut out: sound::Word = Vec::new();
        for form in std::iter::once(word.to_owned()).chain(bare).chain(self.mention.nominatives(word)) {
            let sounds = self.sounds.of(&form);
            if !sounds.is_empty() && !out.contains(&sounds) {
                out.push(sounds);
            }
        }
        out
    }
}

/// All languages.
#[derive(Debug, Clone, Default)]
pub struct Packs {
    packs: Vec<Pack>,
    names: Names,
    concepts: Concepts,
    sounds: sound::Costs,
}

impl Packs {
    /// Loads every language that has a `language.tsv`.
    ///
    /// # Errors
    /// As [`Pack::load`]; and where there is no language at all.
    pub fn load(files: &Files) -> Result<Packs, Error> {
        let names = Names::load(files)?;
        // A command waits for its packs before anything else: every language loads on a thread of its own.
        let packs = std::thread::scope(|scope| {
            let names = &names;
            let codes = files.languages();
            let load = |code: &String| {
                let code = code.clone();
                scope.spawn(move || Pack::load(files, &code, names))
            };
            let loading: Vec<_> = codes.iter().map(load).collect();
            let loaded = loading.into_iter().map(|l| l.join().unwrap_or_else(|p| std::panic::resume_unwind(p)));
            loaded.collect::<Result<Vec<_>, _>>()
        })?;
        if packs.is_empty() {
            return Err(Error::new(
                "packs",
                "no language.tsv",
                "a folder per language that holds one, such as ar/language.tsv",
            ));
        }
        let concepts = Concepts::load(files, &packs)?;
        let sounds = sound::Costs::load(files)?;
        Ok(Packs { packs, names, concepts, sounds })
    }

    /// Entities that exist in several languages.
    pub fn names(&self) -> &Names {
        &self.names
    }

    /// What points are about, in every language.
    pub fn concepts(&self) -> &Concepts {
        &self.concepts
    }

    /// How far apart sounds of names are.
    pub fn sounds(&self) -> &sound::Costs {
        &self.sounds
    }

    /// The pack of `code`.
    pub fn get(&self, code: &str) -> Option<&Pack> {
        self.packs.iter().find(|p| p.language.code == code)
    }

    /// The pack whose letters most of `text` is written in, where at least half of it is.
    pub fn detect(&self, text: &str) -> Option<&Pack> {
        let best = self.packs.iter().map(|p| (p.language.share(text), p)).max_by(|a, b| a.0.total_cmp(&b.0))?;
        (best.0 >= 0.5).then_some(best.1)
    }
}
