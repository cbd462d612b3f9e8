//! What does this language know? All rows of a language, loaded once and shared by every page.

use crate::error::Error;
use crate::language::Language;
use crate::names::Names;
use crate::rows::Files;
use crate::weave::concept::Concepts;
use crate::weave::gloss::Glossary;
use crate::weave::{across, concept, flag, quantity, side, sound, story, verify, words};
use crate::{event, mention, page, statement, time};
use std::sync::{Arc, OnceLock};

/// One language: its letters, what weaving knows, and the rows of the stages that read a page.
#[derive(Debug, Clone, Default)]
pub struct Pack {
    /// Letters, folding, sentence ends.
    pub language: Language,
    /// Stems and stop words.
    pub words: words::Lexicon,
    /// Words that cut and turn points.
    pub points: concept::Lexicon,
    /// Number words.
    pub quantities: quantity::Lexicon,
    /// States and their people.
    pub sides: side::Lexicon,
    /// Words that ask for a second look.
    pub checks: flag::Lexicon,
    /// What letters of names stand for.
    pub sounds: sound::Lexicon,
    /// Words that negate.
    pub quotations: verify::Lexicon,
    stages: OnceLock<Stages>,
    rows: Arc<Rows>,
}

/// What the stages know that read a page.
#[derive(Debug, Clone, Default)]
pub struct Stages {
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
    /// What bodies are called.
    pub bodies: across::Bodies,
}

/// What all languages are loaded from.
#[derive(Debug, Clone, Default)]
struct Rows {
    files: Files,
    names: Names,
}

impl Pack {
    fn load(rows: &Arc<Rows>, code: &str) -> Result<Pack, Error> {
        let (files, names) = (&rows.files, &rows.names);
        let language = Language::load(files, code)?;
        let words = words::Lexicon::load(files, &language)?;
        Ok(Pack {
            checks: flag::Lexicon::load(files, &language, &words)?,
            sounds: sound::Lexicon::load(files, &language)?,
            quotations: verify::Lexicon::load(files, &language),
            points: concept::Lexicon::load(files, &language)?,
            quantities: quantity::Lexicon::load(files, &language)?,
            sides: side::Lexicon::load(files, &language, names, &words)?,
            words,
            language,
            stages: OnceLock::new(),
            rows: rows.clone(),
        })
    }

    /// The rows of the stages, which take nine tenths of loading: they are read when the first page in the language
    /// comes.
    pub fn stages(&self) -> &Stages {
        // Packs that nobody has checked yet are the built-in ones, which tests load.
        self.stages.get_or_init(|| Stages::load(&self.rows, &self.language, &self.words).unwrap_or_default())
    }

    /// How a folded word of a name may sound: as it is, without an article («المعلم» is “Moualem” or “al-Moualem”), without the
    /// ending of a case («Перри», «Риком»).
    pub fn heard(&self, word: &str) -> sound::Word {
        let bare = self.words.name(word).map(str::to_owned);
        let mut out: sound::Word = Vec::new();
        for form in std::iter::once(word.to_owned()).chain(bare).chain(self.stages().mention.nominatives(word)) {
            let sounds = self.sounds.of(&form);
            if !sounds.is_empty() && !out.contains(&sounds) {
                out.push(sounds);
            }
        }
        out
    }
}

impl Stages {
    fn load(rows: &Rows, language: &Language, words: &words::Lexicon) -> Result<Stages, Error> {
        let (files, names) = (&rows.files, &rows.names);
        let mention = mention::Lexicon::load(files, language, names)?;
        Ok(Stages {
            bodies: across::Bodies::load(files, language, words, &mention)?,
            page: page::Lexicon::load(files, language, names)?,
            time: time::Lexicon::load(files, language)?,
            mention,
            statement: statement::Lexicon::load(files, language)?,
            event: event::Lexicon::load(files, language, names)?,
        })
    }
}

/// All languages.
#[derive(Debug, Clone, Default)]
pub struct Packs {
    packs: Vec<Pack>,
    rows: Arc<Rows>,
    concepts: Concepts,
    sounds: sound::Costs,
    glossary: Glossary,
    story_decision: story::Decision,
}

impl Packs {
    /// Loads every language that has a `language.tsv`, all of its rows.
    ///
    /// # Errors
    /// Names file and line of the first row that cannot be read, with what was found and what was expected; and where
    /// there is no language at all.
    pub fn load(files: &Files) -> Result<Packs, Error> {
        let packs = Packs::checked(files)?;
        // A command waits for its packs before anything else: every language loads on a thread of its own.
        std::thread::scope(|scope| {
            let load = |pack: &'_ Pack| {
                Stages::load(&pack.rows, &pack.language, &pack.words).map(|s| drop(pack.stages.set(s)))
            };
            let loading: Vec<_> = packs.packs.iter().map(|pack| scope.spawn(move || load(pack))).collect();
            let loaded = loading.into_iter().map(|l| l.join().unwrap_or_else(|p| std::panic::resume_unwind(p)));
            loaded.collect::<Result<(), _>>()
        })?;
        Ok(packs)
    }

    /// The same of rows that have been checked, such as the built-in ones: [`Pack::stages`] are loaded when asked for,
    /// and a language with a bad row finds nothing.
    ///
    /// # Errors
    /// As [`Packs::load`], of the rows that weaving needs.
    pub fn checked(files: &Files) -> Result<Packs, Error> {
        let rows = Arc::new(Rows { names: Names::load(files)?, files: files.clone() });
        let packs = files.languages().iter().map(|code| Pack::load(&rows, code)).collect::<Result<Vec<_>, _>>()?;
        if packs.is_empty() {
            return Err(Error::new(
                "packs",
                "no language.tsv",
                "a folder per language that holds one, such as ar/language.tsv",
            ));
        }
        let concepts = Concepts::load(files, &packs)?;
        let sounds = sound::Costs::load(files)?;
        let glossary = Glossary::load(files, &packs)?;
        let story_decision = story::Decision::load(files)?;
        Ok(Packs { packs, rows, concepts, sounds, glossary, story_decision })
    }

    /// Entities that exist in several languages.
    pub fn names(&self) -> &Names {
        &self.rows.names
    }

    /// What points are about, in every language.
    pub fn concepts(&self) -> &Concepts {
        &self.concepts
    }

    /// When two pages are of one story.
    pub fn story_decision(&self) -> &story::Decision {
        &self.story_decision
    }

    /// How far apart sounds of names are.
    pub fn sounds(&self) -> &sound::Costs {
        &self.sounds
    }

    /// The packs of all languages, in order of their codes.
    pub fn all(&self) -> &[Pack] {
        &self.packs
    }

    /// Common words that say the same in every language.
    pub fn glossary(&self) -> &Glossary {
        &self.glossary
    }

    /// The pack of `code`.
    pub fn get(&self, code: &str) -> Option<&Pack> {
        self.packs.iter().find(|p| p.language.code == code)
    }

    /// The pack that a page is read by: that of the language which came with it, where some of the text is in its letters, else
    /// the one that its letters and words show. None where it is in a language without a pack, though its neighbour has
    /// one: Persian is written in Arabic letters, French in English ones.
    pub fn of_page(&self, lang: Option<&str>, text: &str) -> Option<&Pack> {
        // A page may quote more in another language than it has of its own; of a wrong one it has hardly a word.
        const OWN: f32 = 0.25;
        let code = lang.and_then(|lang| lang.split(['-', '_']).next()).map(str::to_ascii_lowercase);
        let named = code.and_then(|code| self.get(&code)).filter(|pack| pack.language.share(text) >= OWN);
        named.or_else(|| self.detect(text).filter(|pack| !pack.language.is_neighbour(text)))
    }

    /// The pack whose letters most of `text` is written in, where at least half of it is.
    pub fn detect(&self, text: &str) -> Option<&Pack> {
        let shares = Language::shares(self.packs.iter().map(|p| &p.language), text);
        let best = shares.into_iter().zip(&self.packs).max_by(|a, b| a.0.total_cmp(&b.0))?;
        (best.0 >= 0.5).then_some(best.1)
    }
}
