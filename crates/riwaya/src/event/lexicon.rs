//! The rows of `events.tsv` and `event-words.tsv`, folded and keyed for look-up.

use super::EventKind;
use super::affix;
use crate::clitic;
use crate::error::Error;
use crate::language::Language;
use crate::names::{Name, Names};
use crate::rows::{Files, Row};
use crate::text::Text;
use rustc_hash::{FxHashMap, FxHashSet};
use std::sync::Arc;

/// How a contact word takes its parties.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Frame {
    /// «لقاء بين …», «اتصالا مع …».
    Noun,
    /// «لقائه …»: the owner is a party.
    Owned,
    /// «التقى …».
    Past,
    /// «يلتقي …».
    Present,
    /// «بوتين وبايدن بحثا …»: both parties stand before it.
    Both,
    /// The same in the present.
    BothPresent,
    /// «وصل … إلى …».
    Arrival,
    /// «يصل … إلى …».
    Arriving,
    /// «متوجها إلى …», «غادر … إلى …».
    Leaving,
    /// «موجود في …»: the goal stands with «في».
    Staying,
    /// «يستهلها في …».
    Opening,
    /// "meet", "visit": of the present, of what is to come, or governed, by the words in front of it.
    Base,
    /// "after meeting X", "is meeting X".
    Gerund,
    /// «встретится»: the form itself says that it lies ahead.
    Future,
}

impl Frame {
    const ALL: [(&'static str, Frame); 14] = [
        ("noun", Frame::Noun),
        ("owned", Frame::Owned),
        ("past", Frame::Past),
        ("present", Frame::Present),
        ("both", Frame::Both),
        ("both-present", Frame::BothPresent),
        ("arrival", Frame::Arrival),
        ("arriving", Frame::Arriving),
        ("leaving", Frame::Leaving),
        ("staying", Frame::Staying),
        ("opening", Frame::Opening),
        ("base", Frame::Base),
        ("gerund", Frame::Gerund),
        ("future", Frame::Future),
    ];

    /// Is it a verb?
    pub(super) fn is_verb(self) -> bool {
        !matches!(self, Frame::Noun | Frame::Owned)
    }

    /// A verb of the present, which tells of what is on or to come.
    pub(super) fn is_present(self) -> bool {
        matches!(
            self,
            Frame::Present | Frame::BothPresent | Frame::Arriving | Frame::Opening | Frame::Base | Frame::Future
        )
    }
}

/// A row of `events.tsv`.
#[derive(Debug, Clone)]
pub(super) struct Word {
    pub kind: EventKind,
    pub frame: Frame,
    pub needs: Vec<String>,
    /// Kinds that the word can tell as well: «مباحثات» on a page about a call.
    pub also: Vec<EventKind>,
    pub rule: Arc<str>,
}

/// What a word near a contact means for it; one bit each.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u64)]
pub(super) enum Meaning {
    Planned = 1,
    Proposed = 1 << 1,
    Denied = 1 << 2,
    Cancelled = 1 << 3,
    Ongoing = 1 << 4,
    Happened = 1 << 5,
    /// «لم»: nothing took place.
    None = 1 << 6,
    /// What follows is no party any more.
    Break = 1 << 7,
    With = 1 << 8,
    Between = 1 << 9,
    Gathers = 1 << 10,
    To = 1 << 11,
    In = 1 << 12,
    /// «بطلب من»: who asked for it follows.
    Asked = 1 << 13,
    /// «طلب»: who asked for it stands before.
    Asks = 1 << 14,
    Invites = 1 << 15,
    /// «الرئيسان»: the two of whom the page speaks.
    Pair = 1 << 16,
    Spokesman = 1 << 17,
    Medium = 1 << 18,
    NotAContact = 1 << 19,
    /// «توصل», «وقع»: what makes an agreement news.
    Concludes = 1 << 20,
    /// «شارك في»: who does so meets the others.
    Joins = 1 << 21,
    /// «أن», «إن»: what is said follows.
    That = 1 << 22,
    /// «الذي».
    Relative = 1 << 23,
    /// «وزير», «نظيره»: a person follows.
    Title = 1 << 24,
    On = 1 << 25,
    From = 1 << 26,
    /// «اتفقا على مواصلة الحوار»: that is how such news ends, and no agreement.
    Routine = 1 << 27,
    /// «رئيس»: the body named next is part of a title.
    Office = 1 << 28,
    /// «خلال اتصال»: the clause tells what went on in the contact.
    During = 1 << 29,
    /// «كأس», «مباراة»: where clubs meet, they play.
    Match = 1 << 30,
    /// «وفد», «عدد من», «سفير»: somebody without a name.
    Group = 1 << 31,
    /// «حتى», «منذ»: the time behind it is the end or the beginning of something else.
    Edge = 1 << 32,
    /// «التقيت»: whoever is quoted acts.
    Speaker = 1 << 33,
    /// «خلالها»: inside the contact that was told before.
    Inside = 1 << 34,
    /// «ثم», «قد»: a small word before a verb, no subject of it.
    Particle = 1 << 35,
    /// «اجتمع مجلس الأمن»: a body does it by itself.
    Alone = 1 << 36,
    /// «التقى بالوزير»: who is met may stand with a preposition that is written onto the word.
    Onto = 1 << 37,
    /// «مستشفى», «ذوي»: what is visited without having a name.
    Host = 1 << 38,
    /// «زيارة لمصر يقوم بها …»: who travels follows.
    Doer = 1 << 39,
    /// "by": who does it follows.
    By = 1 << 40,
    /// "of": whose it is follows.
    Of = 1 << 41,
    /// "his", «его».
    Owner = 1 << 42,
    /// "the", «этот»: speaks of what is known.
    Article = 1 << 43,
    /// "a": speaks of what is new.
    New = 1 << 44,
    /// "he", «они».
    Pronoun = 1 << 45,
    /// "will", "to": a verb follows.
    Auxiliary = 1 << 46,
    /// "is": a form of the verb in -ing follows.
    Be = 1 << 47,
    /// "and", «и»: what follows goes on with what stands before.
    And = 1 << 48,
    /// "held talks": the subject of this verb is a party.
    Holds = 1 << 49,
    /// "for talks": what for.
    Purpose = 1 << 50,
    /// "second", «новый»: one that was not told before.
    Another = 1 << 51,
    /// "on the sidelines of": what follows is where others meet.
    Sidelines = 1 << 52,
    /// «استقبل»: whoever is received travels.
    Receives = 1 << 53,
    /// «سموه»: the person of this title of whom the page speaks.
    Honorific = 1 << 54,
    /// «لاحقا»: after something else, and no time.
    Later = 1 << 55,
}

const MEANINGS: [(&str, Meaning); 56] = [
    ("planned", Meaning::Planned),
    ("proposed", Meaning::Proposed),
    ("denied", Meaning::Denied),
    ("cancelled", Meaning::Cancelled),
    ("ongoing", Meaning::Ongoing),
    ("happened", Meaning::Happened),
    ("none", Meaning::None),
    ("break", Meaning::Break),
    ("with", Meaning::With),
    ("between", Meaning::Between),
    ("gathers", Meaning::Gathers),
    ("to", Meaning::To),
    ("in", Meaning::In),
    ("asked", Meaning::Asked),
    ("asks", Meaning::Asks),
    ("invites", Meaning::Invites),
    ("pair", Meaning::Pair),
    ("spokesman", Meaning::Spokesman),
    ("medium", Meaning::Medium),
    ("not-a-contact", Meaning::NotAContact),
    ("concludes", Meaning::Concludes),
    ("joins", Meaning::Joins),
    ("that", Meaning::That),
    ("relative", Meaning::Relative),
    ("title", Meaning::Title),
    ("on", Meaning::On),
    ("from", Meaning::From),
    ("routine", Meaning::Routine),
    ("office", Meaning::Office),
    ("during", Meaning::During),
    ("match", Meaning::Match),
    ("group", Meaning::Group),
    ("edge", Meaning::Edge),
    ("speaker", Meaning::Speaker),
    ("inside", Meaning::Inside),
    ("particle", Meaning::Particle),
    ("alone", Meaning::Alone),
    ("onto", Meaning::Onto),
    ("host", Meaning::Host),
    ("doer", Meaning::Doer),
    ("by", Meaning::By),
    ("of", Meaning::Of),
    ("owner", Meaning::Owner),
    ("article", Meaning::Article),
    ("new", Meaning::New),
    ("pronoun", Meaning::Pronoun),
    ("auxiliary", Meaning::Auxiliary),
    ("be", Meaning::Be),
    ("and", Meaning::And),
    ("holds", Meaning::Holds),
    ("purpose", Meaning::Purpose),
    ("another", Meaning::Another),
    ("sidelines", Meaning::Sidelines),
    ("receives", Meaning::Receives),
    ("honorific", Meaning::Honorific),
    ("later", Meaning::Later),
];

/// A pattern of `event-words.tsv`: the words after its first, and the bits of its meanings.
#[derive(Debug, Clone)]
struct Pattern {
    rest: Vec<String>,
    bits: u64,
}

/// Contact words of a language.
#[derive(Debug, Clone, Default)]
pub struct Lexicon {
    pub(super) words: Vec<Word>,
    /// Form to rows, in file order, and whether the form carries the article.
    pub(super) forms: FxHashMap<String, Vec<(usize, bool)>>,
    patterns: FxHashMap<String, Vec<Pattern>>,
    /// Ids of agencies and outlets in `names/`, which carry news and are no parties.
    pub(super) media: FxHashSet<String>,
    /// Id of a capital or city in `names/` to that of its state; a state to itself.
    pub(super) state_of: FxHashMap<String, String>,
    /// Ids of parts of the world: who goes there goes to one of their states.
    pub(super) regions: FxHashSet<String>,
    /// Folded adjective of a state to its id.
    pub(super) demonyms: FxHashMap<String, String>,
    /// Does the subject stand in front of its verb?
    pub(super) subject_first: bool,
    /// What follows the mark behind a name that owns something: the "s" of "Putin's".
    pub(super) possessive: String,
    /// Does a word tell what is new from what is known ("a meeting")?
    pub(super) articles: bool,
}

impl Lexicon {
    /// Reads `events.tsv` and `event-words.tsv` of `language`, and takes states, agencies and outlets from `names`.
    ///
    /// # Errors
    /// Names file and line of a row that cannot be read.
    pub fn load(files: &Files, language: &Language, names: &Names) -> Result<Lexicon, Error> {
        let mut lexicon = Lexicon {
            subject_first: language.subject_first,
            possessive: language.possessive.clone(),
            ..Lexicon::default()
        };
        let path = format!("{}/events.tsv", language.code);
        for row in files.table(&path, &["form", "kind", "frame", "needs", "also", "example"])?.rows() {
            lexicon.word(row, language)?;
        }
        let path = format!("{}/event-words.tsv", language.code);
        for row in files.table(&path, &["pattern", "meaning"])?.rows() {
            lexicon.pattern(row, language)?;
        }
        for name in names.iter() {
            lexicon.name(name);
        }
        let path = format!("{}/demonyms.tsv", language.code);
        for row in files.table(&path, &["form", "of", "forms"])?.rows() {
            for form in row.list("form").chain(row.list("forms")) {
                let (form, state) = (language.fold(form), row.get("of").to_owned());
                lexicon.demonyms.insert(affix::definite(&form), state.clone());
                lexicon.demonyms.insert(form, state);
            }
        }
        Ok(lexicon)
    }

    fn name(&mut self, name: &Name) {
        let state = match name.class.as_str() {
            "agency" | "outlet" => {
                self.media.insert(name.id.clone());
                return;
            }
            "region" if name.of.is_none() => {
                self.regions.insert(name.id.clone());
                return;
            }
            "state" => Some(&name.id),
            "capital" | "city" | "region" | "capital-government" | "state-government" => name.of.as_ref(),
            _ => None,
        };
        self.state_of.extend(state.map(|state| (name.id.clone(), state.clone())));
    }

    fn word(&mut self, row: &Row, language: &Language) -> Result<(), Error> {
        let kind = kind_of(row, row.get("kind"))?;
        let also = row.list("also").map(|word| kind_of(row, word)).collect::<Result<_, _>>()?;
        let frame = Frame::ALL
            .iter()
            .find(|(name, _)| *name == row.get("frame"))
            .ok_or_else(|| {
                row.error(
                    "frame",
                    "noun, owned, past, present, both, both-present, arrival, arriving, leaving, staying, opening, base, gerund or future",
                )
            })?
            .1;
        let needs = row.list("needs").map(|w| language.fold(w)).collect();
        let at = self.words.len();
        self.words.push(Word { kind, frame, needs, also, rule: row.rule() });
        for form in row.list("form") {
            let form = language.fold(form);
            if frame == Frame::Noun {
                self.forms.entry(affix::definite(&form)).or_default().push((at, true));
            }
            self.forms.entry(form).or_default().push((at, false));
        }
        Ok(())
    }

    fn pattern(&mut self, row: &Row, language: &Language) -> Result<(), Error> {
        let mut bits = 0;
        for word in row.list("meaning") {
            let known = MEANINGS.iter().find(|(name, _)| *name == word);
            bits |=
                known.ok_or_else(|| row.error("meaning", "one of the meanings named in event/lexicon.rs"))?.1 as u64;
        }
        self.articles |= bits & Meaning::New as u64 != 0;
        let mut words = row.get("pattern").split_whitespace().map(|w| language.fold(w));
        let first = words.next().ok_or_else(|| row.error("pattern", "one word or more"))?;
        let rest: Vec<String> = words.collect();
        let patterns = self.patterns.entry(first).or_default();
        patterns.push(Pattern { rest, bits });
        patterns.sort_by_key(|p| std::cmp::Reverse(p.rest.len()));
        Ok(())
    }

    /// Does the word, or what is left of it without its clitics, stand for an office: «لرئيس»?
    pub(super) fn is_office(&self, key: &str) -> bool {
        clitic::readings(key).any(|r| self.alone(r.stem.as_ref(), &[Meaning::Office]))
    }

    /// Does a word without clitics mean any of `meanings` by itself?
    pub(super) fn alone(&self, stem: &str, meanings: &[Meaning]) -> bool {
        let bits = meanings.iter().fold(0, |bits, m| bits | *m as u64);
        let patterns = self.patterns.get(stem).into_iter().flatten();
        patterns.into_iter().any(|p| p.rest.is_empty() && p.bits & bits != 0)
    }

    /// The meanings of the longest pattern that begins at token `i`, and its length in tokens.
    pub(super) fn meaning(&self, text: &Text, i: usize) -> (u64, usize) {
        let key = text.key(i);
        let bare = affix::without_conjunction(key);
        let cut = || self.patterns.get(bare).filter(|_| bare.len() < key.len());
        let patterns = self.patterns.get(key).or_else(cut);
        for pattern in patterns.into_iter().flatten() {
            if pattern.rest.iter().enumerate().all(|(n, word)| text.key(i + 1 + n) == word) {
                return (pattern.bits, 1 + pattern.rest.len());
            }
        }
        (0, 1)
    }
}

fn kind_of(row: &Row, word: &str) -> Result<EventKind, Error> {
    EventKind::parse(word).ok_or_else(|| {
        row.error("kind", "call, video_call, meeting, talks, summit, visit, correspondence or agreement")
    })
}
