//! What did somebody put right by hand? Corrections as plain data, in the order of their log.
//!
//! What is corrected is named so that it is found again when pages are read again or read differently: a page by its
//! id, a statement by its page, its place and its exact words, somebody by a page that names him and by his id. Where
//! that is no longer there, a correction is kept and not applied ([`crate::weave::Applied`]).

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// A correction that is in force.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Correction {
    /// Its number in the log, from 1; values that it made have the rule `correction/N`.
    pub number: u32,
    /// What is put right.
    pub what: What,
}

impl Correction {
    /// The rule of the values that it made.
    pub fn rule(&self) -> String {
        format!("correction/{}", self.number)
    }
}

/// What is put right, and where.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "what", rename_all = "snake_case")]
pub enum What {
    /// These are one.
    JoinEntities {
        /// Two or more.
        entities: Vec<Who>,
    },
    /// What some mentions name is somebody else: those on the pages, those with the forms, or those with the forms on
    /// the pages where both are given.
    SplitEntity {
        /// Whom they were taken for.
        entity: Who,
        /// Ids of pages; all pages where there are none.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        articles: Vec<String>,
        /// Names exactly as written; all names where there are none.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        forms: Vec<String>,
    },
    /// The stories that these pages are in are one.
    JoinStories {
        /// Ids of pages, one of each story.
        articles: Vec<String>,
    },
    /// These pages are a story of their own.
    SplitStory {
        /// Ids of pages.
        articles: Vec<String>,
    },
    /// Who says this.
    Speaker {
        /// The statement.
        statement: Said,
        /// Who says it; none where nobody is to be named.
        speaker: Option<Who>,
    },
    /// When a page was published.
    Published {
        /// The id of the page.
        article: String,
        /// The day.
        #[serde(with = "day")]
        day: Date,
    },
}

impl What {
    /// The word of the contract.
    pub fn as_str(&self) -> &'static str {
        match self {
            What::JoinEntities { .. } => "join_entities",
            What::SplitEntity { .. } => "split_entity",
            What::JoinStories { .. } => "join_stories",
            What::SplitStory { .. } => "split_story",
            What::Speaker { .. } => "speaker",
            What::Published { .. } => "published",
        }
    }

    /// The ids of the pages by which it is found again.
    pub fn articles(&self) -> Vec<&str> {
        match self {
            What::JoinEntities { .. } => Vec::new(),
            What::SplitEntity { articles, .. } | What::JoinStories { articles } | What::SplitStory { articles } => {
                articles.iter().map(String::as_str).collect()
            }
            What::Speaker { statement, .. } => vec![&statement.article],
            What::Published { article, .. } => vec![article],
        }
    }

    /// Whom it names.
    pub fn who(&self) -> Vec<&Who> {
        match self {
            What::JoinEntities { entities } => entities.iter().collect(),
            What::SplitEntity { entity, .. } => vec![entity],
            What::Speaker { speaker, .. } => speaker.iter().collect(),
            _ => Vec::new(),
        }
    }
}

/// Somebody or something that pages name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Who {
    /// The id of the entity when the correction was made.
    pub id: String,
    /// PER, ORG or LOC.
    pub r#type: String,
    /// A name as it is written on a page.
    pub name: String,
    /// The id of that page.
    pub article: Option<String>,
}

/// What somebody says on a page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Said {
    /// The id of the page.
    pub article: String,
    /// The first code point of what is said.
    pub start: usize,
    /// The code point behind its last.
    pub end: usize,
    /// Exactly the words that are said, their pieces set apart by « … ».
    pub text: String,
    /// The words that attribute them.
    pub cue: String,
}

mod day {
    use jiff::civil::Date;
    use serde::{Deserialize, Deserializer, Serializer, de};

    pub fn serialize<S: Serializer>(day: &Date, out: S) -> Result<S::Ok, S::Error> {
        out.collect_str(day)
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Date, D::Error> {
        let day = String::deserialize(from)?;
        day.parse().map_err(|_| de::Error::custom(format_args!("a day is written 2026-03-10, not {day:?}")))
    }
}
