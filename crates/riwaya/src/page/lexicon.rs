//! The rows of `furniture.tsv` and `credits.tsv`, folded and keyed for look-up.

use super::CreditKind;
use crate::error::Error;
use crate::language::Language;
use crate::names::Names;
use crate::rows::{Files, Row};
use rustc_hash::FxHashMap;
use std::sync::Arc;

/// What a line that begins with, or is, a pattern of `furniture.tsv` means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Meaning {
    /// The line is furniture.
    Drop,
    /// So are the headlines below it.
    Links,
    /// So is everything below it.
    Tail,
    /// The name of a section, furniture where it stands above the article.
    Section,
}

/// A row about the start of a line, or about all of it.
#[derive(Debug, Clone)]
pub(super) struct Pattern {
    pub words: String,
    pub meaning: Meaning,
    pub rule: Arc<str>,
}

/// What a word is in a call to follow: «تابعونا» invites, «فيسبوك» is the channel.
#[derive(Debug, Clone, Default)]
pub(super) struct CallWord {
    pub invite: Option<(Invite, Arc<str>)>,
    pub channel: bool,
    /// «صفحتنا», “our”: the page speaks of itself.
    pub ours: bool,
    /// «قال», “said”: somebody is reported to have said it.
    pub told: bool,
}

/// How sure it is that words invite.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Invite {
    /// Nobody reports so: «Подписывайтесь».
    Sure,
    /// A report may say the same of others, «انضم الوزير إلى …», so that the page must speak of itself.
    Unsure,
}

/// Words that open their line and invite.
#[derive(Debug, Clone)]
pub(super) struct Opening {
    pub words: String,
    pub invite: Invite,
    pub rule: Arc<str>,
}

/// Furniture and credit patterns of a language.
#[derive(Debug, Clone, Default)]
pub struct Lexicon {
    pub(super) whole: FxHashMap<String, Pattern>,
    /// By first word.
    pub(super) starts: FxHashMap<String, Vec<Pattern>>,
    pub(super) calls: FxHashMap<String, CallWord>,
    /// Invitations that open their line, by first word: «follow us», which inside a line is a report.
    pub(super) openings: FxHashMap<String, Vec<Opening>>,
    /// Phrases that stand inside a line, by first word: «… contributed reporting from Tarn».
    pub(super) inside: FxHashMap<String, Vec<Pattern>>,
    pub(super) photos: FxHashMap<String, Arc<str>>,
    /// Agencies and outlets by folded name, words joined by a space.
    pub(super) bodies: FxHashMap<String, CreditKind>,
    /// Rows of agencies and outlets by folded name, and whether they are agencies.
    rows: FxHashMap<String, (String, bool)>,
    /// «وكالة», «صحيفة»: the first word of a body's name.
    pub(super) heads: FxHashMap<String, CreditKind>,
    /// «المصدر», «ترجمة»: what stands before a name.
    pub(super) markers: FxHashMap<String, CreditKind>,
    language: Language,
}

impl Lexicon {
    /// Reads `furniture.tsv` and `credits.tsv` of `language`, and the agencies and outlets of `names`.
    ///
    /// # Errors
    /// Names file and line of a row that cannot be read.
    pub fn load(files: &Files, language: &Language, names: &Names) -> Result<Lexicon, Error> {
        let mut lexicon = Lexicon { language: language.clone(), ..Lexicon::default() };
        let path = format!("{}/furniture.tsv", language.code);
        for row in files.table(&path, &["pattern", "where", "meaning", "example"])?.rows() {
            lexicon.furniture(row, key(language, row.get("pattern")))?;
        }
        let path = format!("{}/credits.tsv", language.code);
        for row in files.table(&path, &["pattern", "kind", "where", "example"])?.rows() {
            let kind = match row.get("kind") {
                "agency" => CreditKind::Agency,
                "agencies" => CreditKind::Agencies,
                "carrier" => CreditKind::Carrier,
                "translation" => CreditKind::Translation,
                _ => return Err(row.error("kind", "agency, agencies, carrier or translation")),
            };
            let to = match row.get("where") {
                "name" => &mut lexicon.bodies,
                "first" => &mut lexicon.heads,
                "before" => &mut lexicon.markers,
                _ => return Err(row.error("where", "name, first or before")),
            };
            to.insert(key(language, row.get("pattern")), kind);
        }
        for name in names.iter() {
            let kind = match name.class.as_str() {
                "agency" => CreditKind::Agency,
                "outlet" => CreditKind::Carrier,
                _ => continue,
            };
            for form in name.forms.get(&language.code).into_iter().flatten() {
                let form = key(language, form);
                lexicon.bodies.entry(form.clone()).or_insert(kind);
                lexicon.rows.entry(form).or_insert_with(|| (name.id.clone(), kind == CreditKind::Agency));
            }
        }
        Ok(lexicon)
    }

    /// What the body of this name does, as credits go.
    pub(super) fn body(&self, name: &str) -> Option<CreditKind> {
        self.body_of(&key(&self.language, name))
    }

    /// The same for a name already folded: known, or a short one that begins like «وكالة …».
    pub(super) fn body_of(&self, name: &str) -> Option<CreditKind> {
        let (head, rest) = name.split_once(' ').unwrap_or((name, ""));
        let made = self.heads.get(head).filter(|_| (1..6).contains(&rest.split_whitespace().count()));
        self.bodies.get(name).or(made).copied()
    }

    /// The folded words of a name.
    pub(super) fn folded(&self, name: &str) -> String {
        key(&self.language, name)
    }

    /// The row of an agency or outlet of this name, and whether it is an agency's.
    pub(super) fn row(&self, name: &str) -> Option<&(String, bool)> {
        self.rows.get(&key(&self.language, name))
    }

    fn furniture(&mut self, row: &Row, words: String) -> Result<(), Error> {
        let rule = row.rule();
        let meaning = match row.get("meaning") {
            "drop" => Meaning::Drop,
            "links" => Meaning::Links,
            "tail" => Meaning::Tail,
            "section" => Meaning::Section,
            "invite" | "offer" => {
                let invite = if row.get("meaning") == "invite" { Invite::Sure } else { Invite::Unsure };
                if row.get("where") == "start" {
                    let first = words.split(' ').next().unwrap_or("").to_owned();
                    self.openings.entry(first).or_default().push(Opening { words, invite, rule });
                } else {
                    self.calls.entry(words).or_default().invite = Some((invite, rule));
                }
                return Ok(());
            }
            "channel" => {
                self.calls.entry(words).or_default().channel = true;
                return Ok(());
            }
            "ours" => {
                self.calls.entry(words).or_default().ours = true;
                return Ok(());
            }
            "told" => {
                self.calls.entry(words).or_default().told = true;
                return Ok(());
            }
            "photo" => {
                self.photos.insert(words, rule);
                return Ok(());
            }
            _ => {
                return Err(
                    row.error("meaning", "drop, links, tail, section, invite, offer, channel, ours, told or photo")
                );
            }
        };
        let first = words.split(' ').next().unwrap_or("").to_owned();
        let pattern = Pattern { words, meaning, rule };
        match row.get("where") {
            "line" => _ = self.whole.insert(pattern.words.clone(), pattern),
            "start" => self.starts.entry(first).or_default().push(pattern),
            "inside" => self.inside.entry(first).or_default().push(pattern),
            _ => return Err(row.error("where", "line, start or inside")),
        }
        Ok(())
    }
}

/// The folded words of a pattern, its punctuation left out: «أ.ف.ب» is «ا ف ب».
fn key(language: &Language, pattern: &str) -> String {
    language.fold_phrase(&pattern.replace(|c: char| !c.is_alphanumeric() && !crate::text::is_mark(c), " "))
}
