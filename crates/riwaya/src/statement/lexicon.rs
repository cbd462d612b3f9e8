//! The rows of the statement stage: verbs with their frames, other ways to attribute, words that mark parts.

use super::Act;
use super::arabic;
use super::inflect;
use crate::error::Error;
use crate::language::{Endings, Language};
use crate::rows::{Files, Row};
use rustc_hash::FxHashMap;
use std::sync::Arc;

/// What may follow a verb of saying.
#[derive(Debug, Clone, Default)]
pub(super) struct Frames {
    /// A clause, a colon or a quotation.
    pub that: bool,
    /// A noun: «أكد الوزير أهمية الحوار».
    pub object: bool,
    /// Words with no sign at all: «وقال هدفنا هو …».
    pub speech: bool,
    /// Who is told may stand before the content: «دعا الأطراف إلى …».
    pub addressee: bool,
    /// The forms have another everyday meaning.
    pub strict: bool,
    /// «يذكر أن …» is nobody's statement.
    pub impersonal: bool,
    /// «نقلت الوكالة عن الوزير …».
    pub relay: bool,
    /// A noun and what is said of it: «اتهم الحزب بالتقصير».
    pub pair: bool,
    /// The noun behind a preposition must be one of action: «تحدث عن استمرار …», not «تحدث عن السفينة».
    pub action: bool,
    /// An infinitive: «urged them to stop», «призвал выполнять».
    pub infinitive: bool,
    /// It describes, behind «is»: «is *wary* of».
    pub state: bool,
    /// A noun behind its preposition and, with «as», what it is called: «referred to Berg as a fool».
    pub naming: bool,
    /// Only with thanks and wishes: «قدم الوزير شكره للحضور».
    pub thanks: bool,
    /// With a noun of action it is a deed and nothing that is said: «رفض تسليم الوثائق», but «رفض الاتهامات».
    pub deed: bool,
    /// Things do it as well: «الأرقام تؤكد أن …».
    pub shows: bool,
    /// The content is said not to be so.
    pub deny: bool,
    /// The usual frame is a clause.
    pub that_first: bool,
    /// Prepositions, folded, that introduce the content as a noun.
    pub prepositions: Vec<String>,
}

/// A verb of saying.
#[derive(Debug, Clone)]
pub(super) struct Verb {
    pub frames: Frames,
    pub act: Act,
    pub rule: Arc<str>,
}

/// Which form of the verb a word is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tense {
    Past,
    Present,
    Participle,
}

/// Gender and number, as far as the form shows them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Person {
    He,
    She,
    They,
    First,
    /// Nothing shows it.
    Anybody,
}

/// An inflected form.
#[derive(Debug, Clone, Copy)]
pub(super) struct Form {
    pub verb: usize,
    pub tense: Tense,
    pub person: Person,
}

/// Other ways to attribute, and what ends a content.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum PhraseKind {
    By,
    ByWhat,
    As,
    Noun,
    Done,
    Document,
    Invite,
    Feeling,
    Aside,
}

/// A row of `statement.tsv`; the last word may be a letter that sticks to the next one.
#[derive(Debug, Clone)]
pub(super) struct Phrase {
    pub kind: PhraseKind,
    pub words: Vec<String>,
    pub act: Act,
    pub rule: Arc<str>,
}

/// Word classes of `statement-words.tsv`, one bit each.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub(super) enum Class {
    Complementizer,
    NotThatAfter,
    Preposition,
    Stop,
    Adverb,
    Lead,
    Auxiliary,
    Switch,
    Venue,
    PersonNoun,
    Document,
    OutletNoun,
    Negator,
    Relative,
    SpeechNoun,
    Topic,
    ContentNoun,
    NotPreposition,
    OfficeNoun,
    OwnVoice,
    Hypernym,
    Identity,
    Age,
    Circumstance,
    /// «because», «потому»: opens a clause that belongs to what is said in front of it.
    Reason,
    /// «при *этом*», «после *этого*»: goes back to what was told.
    Pointer,
    /// «почему», «какой»: opens a question behind a comma.
    Question,
    NoSource,
    Pronoun,
    NotVerb,
    RelayedFrom,
    Adversative,
    Body,
    Feels,
    Side,
    Quantity,
    Partitive,
    Subordinate,
    Resuming,
    Within,
    Towards,
    Issued,
    AsFor,
    Adjective,
    BeforeNoun,
    Manner,
    NotThatBefore,
    Without,
    Addressed,
    Idea,
    Meanwhile,
    Thanks,
    Idiom,
    Deed,
    Determiner,
    Conjunction,
    Infinitive,
    He,
    As,
    Agent,
    Be,
    She,
    ButThat,
    LeadsBy,
    Honorific,
    OwnWords,
    With,
    Serving,
    It,
    Remark,
    Elative,
    Between,
    Plural,
    ShePlural,
    NoParticipleAfter,
    DoubtfulParticiple,
    Impersonal,
    Expected,
    Whether,
    Demonstrative,
    Behalf,
    OpensSpeech,
}

const CLASSES: [(&str, Class); 82] = [
    ("complementizer", Class::Complementizer),
    ("not-that-after", Class::NotThatAfter),
    ("preposition", Class::Preposition),
    ("stop", Class::Stop),
    ("adverb", Class::Adverb),
    ("lead", Class::Lead),
    ("auxiliary", Class::Auxiliary),
    ("switch", Class::Switch),
    ("venue", Class::Venue),
    ("person-noun", Class::PersonNoun),
    ("document", Class::Document),
    ("outlet-noun", Class::OutletNoun),
    ("negator", Class::Negator),
    ("relative", Class::Relative),
    ("speech-noun", Class::SpeechNoun),
    ("topic", Class::Topic),
    ("content-noun", Class::ContentNoun),
    ("not-preposition", Class::NotPreposition),
    ("office-noun", Class::OfficeNoun),
    ("own-voice", Class::OwnVoice),
    ("hypernym", Class::Hypernym),
    ("identity", Class::Identity),
    ("age", Class::Age),
    ("circumstance", Class::Circumstance),
    ("reason", Class::Reason),
    ("pointer", Class::Pointer),
    ("question", Class::Question),
    ("no-source", Class::NoSource),
    ("pronoun", Class::Pronoun),
    ("not-verb", Class::NotVerb),
    ("relayed-from", Class::RelayedFrom),
    ("adversative", Class::Adversative),
    ("body", Class::Body),
    ("feels", Class::Feels),
    ("side", Class::Side),
    ("quantity", Class::Quantity),
    ("partitive", Class::Partitive),
    ("subordinate", Class::Subordinate),
    ("resuming", Class::Resuming),
    ("within", Class::Within),
    ("towards", Class::Towards),
    ("issued", Class::Issued),
    ("as-for", Class::AsFor),
    ("adjective", Class::Adjective),
    ("before-noun", Class::BeforeNoun),
    ("manner", Class::Manner),
    ("not-that-before", Class::NotThatBefore),
    ("without", Class::Without),
    ("addressed", Class::Addressed),
    ("idea", Class::Idea),
    ("meanwhile", Class::Meanwhile),
    ("thanks", Class::Thanks),
    ("idiom", Class::Idiom),
    ("deed", Class::Deed),
    ("determiner", Class::Determiner),
    ("conjunction", Class::Conjunction),
    ("infinitive", Class::Infinitive),
    ("she", Class::She),
    ("he", Class::He),
    ("as", Class::As),
    ("agent", Class::Agent),
    ("be", Class::Be),
    ("but-that", Class::ButThat),
    ("leads-by", Class::LeadsBy),
    ("honorific", Class::Honorific),
    ("own-words", Class::OwnWords),
    ("with", Class::With),
    ("serving", Class::Serving),
    ("it", Class::It),
    ("remark", Class::Remark),
    ("elative", Class::Elative),
    ("between", Class::Between),
    ("plural", Class::Plural),
    ("she-plural", Class::ShePlural),
    ("no-participle-after", Class::NoParticipleAfter),
    ("doubtful-participle", Class::DoubtfulParticiple),
    ("impersonal", Class::Impersonal),
    ("expected", Class::Expected),
    ("whether", Class::Whether),
    ("demonstrative", Class::Demonstrative),
    ("behalf", Class::Behalf),
    ("opens-speech", Class::OpensSpeech),
];

/// The classes of one word.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Classes(u128);

impl Classes {
    /// Does the word belong to `class`?
    pub fn is(self, class: Class) -> bool {
        self.0 & (1 << class as u128) != 0
    }
}

/// What the rows say of a folded word.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Word {
    pub classes: Classes,
    pub form: Option<Form>,
}

/// Cues and frames of a language.
#[derive(Debug, Clone, Default)]
pub struct Lexicon {
    pub(super) verbs: Vec<Verb>,
    words: FxHashMap<String, Word>,
    /// Words as they are written, where another of the same folded letters means something else: «إمام», no «أمام».
    written: FxHashMap<String, Word>,
    phrases: FxHashMap<String, Vec<Phrase>>,
    /// Nouns of saying with the pronoun of who says it («قوله»).
    owned: FxHashMap<String, Phrase>,
    /// Does the subject usually stand in front of its verb?
    pub(super) subject_first: bool,
    /// Does a clause need no word in front of it («said Russia would pay»)?
    pub(super) bare_clauses: bool,
    /// How words of a kind end.
    pub(super) endings: Endings,
    /// Does a dash stand for “is”?
    pub(super) copula_dash: bool,
    /// What stands behind the mark of possession.
    pub(super) possessive: String,
    pub(super) contracted: Vec<String>,
}

impl Lexicon {
    /// Reads `verbs.tsv` or `cues.tsv`, `statement.tsv` and `statement-words.tsv` of `language`.
    ///
    /// # Errors
    /// Names file and line of a row whose frame, act, kind or class is none of the known ones.
    pub fn load(files: &Files, language: &Language) -> Result<Lexicon, Error> {
        let mut lexicon = Lexicon::default();
        let code = &language.code;
        let columns = ["past", "past_f", "past_p", "present", "participle", "frames", "act", "example"];
        for row in files.table(&format!("{code}/verbs.tsv"), &columns)?.rows() {
            let act = Act::parse(row.get("act")).ok_or_else(|| row.error("act", "an act of the contract"))?;
            let verb = lexicon.verbs.len();
            lexicon.verbs.push(Verb { frames: frames(row, language)?, act, rule: row.rule() });
            inflect::forms(row, language, |word, tense, person| {
                let form = Form { verb, tense, person };
                let known = lexicon.words.entry(word).or_default().form.get_or_insert(form);
                if known.tense != Tense::Past && tense == Tense::Past {
                    *known = form;
                }
            });
        }
        lexicon.subject_first = language.subject_first;
        lexicon.bare_clauses = language.bare_clauses;
        lexicon.endings = language.endings.clone();
        lexicon.copula_dash = language.copula_dash;
        lexicon.possessive = language.possessive.clone();
        lexicon.contracted = language.contracted.clone();
        for row in files
            .table(&format!("{code}/cues.tsv"), &["any", "he", "she", "participle", "frames", "act", "example"])?
            .rows()
        {
            let act = Act::parse(row.get("act")).ok_or_else(|| row.error("act", "an act of the contract"))?;
            let verb = lexicon.verbs.len();
            lexicon.verbs.push(Verb { frames: frames(row, language)?, act, rule: row.rule() });
            let columns =
                [("any", Person::They), ("he", Person::He), ("she", Person::She), ("participle", Person::They)];
            for (column, person) in columns {
                let tense = if column == "participle" { Tense::Participle } else { Tense::Past };
                for word in row.list(column) {
                    let form = Form { verb, tense, person };
                    lexicon.words.entry(language.fold(word)).or_default().form.get_or_insert(form);
                }
            }
        }
        for row in files.table(&format!("{code}/statement-words.tsv"), &["class", "form"])?.rows() {
            let class = CLASSES.iter().find(|(word, _)| *word == row.get("class"));
            let (_, class) = class.ok_or_else(|| row.error("class", "a class of the statement stage"))?;
            let form = row.get("form");
            let word = match form.strip_prefix('=') {
                Some(written) => lexicon.written.entry(written.to_owned()).or_default(),
                None => lexicon.words.entry(language.fold_phrase(form)).or_default(),
            };
            word.classes.0 |= 1 << *class as u128;
        }
        for row in files.table(&format!("{code}/statement.tsv"), &["kind", "form", "act", "example"])?.rows() {
            let phrase = phrase(row, language)?;
            if phrase.kind == PhraseKind::Noun && phrase.words.len() == 1 && !language.subject_first {
                let forms = arabic::POSSESSIVES.map(|pronoun| arabic::with_pronoun(&phrase.words[0], pronoun));
                lexicon.owned.extend(forms.map(|form| (form, phrase.clone())));
            }
            lexicon.phrases.entry(phrase.words[0].clone()).or_default().push(phrase);
        }
        for list in lexicon.phrases.values_mut() {
            list.sort_by_key(|p| std::cmp::Reverse(p.words.iter().map(|w| w.chars().count()).sum::<usize>()));
        }
        Ok(lexicon)
    }

    /// All that the rows say of a folded word.
    pub(super) fn word(&self, key: &str) -> Word {
        self.words.get(key).copied().unwrap_or_default()
    }

    /// All that the rows say of a word as it is written; `key` is the same folded.
    pub(super) fn written(&self, written: &str, key: &str) -> Word {
        let word = self.word(key);
        let telling = word.classes.0 != 0 && !self.written.is_empty();
        if telling { self.written.get(written).copied().unwrap_or(word) } else { word }
    }

    /// The form that a folded word is.
    pub(super) fn form(&self, key: &str) -> Option<Form> {
        self.word(key).form
    }

    /// The classes of a folded word.
    pub(super) fn classes(&self, key: &str) -> Classes {
        self.word(key).classes
    }

    /// The noun of saying that a folded word is, with a pronoun behind it.
    pub(super) fn owned(&self, key: &str) -> Option<&Phrase> {
        self.owned.get(key)
    }

    /// The phrases that begin with a folded word, longest first.
    pub(super) fn phrases(&self, key: &str) -> &[Phrase] {
        self.phrases.get(key).map_or(&[], Vec::as_slice)
    }
}

fn frames(row: &Row, language: &Language) -> Result<Frames, Error> {
    let mut frames = Frames::default();
    for word in row.get("frames").split_whitespace() {
        match word {
            "that" => {
                frames.that = true;
                frames.that_first = frames.prepositions.is_empty() && !frames.object;
            }
            "object" => frames.object = true,
            "speech" => frames.speech = true,
            "addressee" => frames.addressee = true,
            "strict" => frames.strict = true,
            "impersonal" => frames.impersonal = true,
            "relay" => frames.relay = true,
            "deny" => frames.deny = true,
            "pair" => frames.pair = true,
            "action" => frames.action = true,
            "deed" => frames.deed = true,
            "shows" => frames.shows = true,
            "thanks" => frames.thanks = true,
            "infinitive" => frames.infinitive = true,
            "state" => frames.state = true,
            "naming" => frames.naming = true,
            _ if word.starts_with('+') => frames.prepositions.push(language.fold(&word[1..])),
            _ if word.is_ascii() => {
                let known = "that, object, pair, action, deed, shows, thanks, speech, addressee, strict, impersonal, relay, deny, infinitive, state, naming or a preposition (+of)";
                return Err(row.error("frames", known));
            }
            _ => frames.prepositions.push(language.fold(word)),
        }
    }
    Ok(frames)
}

fn phrase(row: &Row, language: &Language) -> Result<Phrase, Error> {
    let kind = match row.get("kind") {
        "by" => PhraseKind::By,
        "by-what" => PhraseKind::ByWhat,
        "as" => PhraseKind::As,
        "noun" => PhraseKind::Noun,
        "done" => PhraseKind::Done,
        "document" => PhraseKind::Document,
        "invite" => PhraseKind::Invite,
        "feeling" => PhraseKind::Feeling,
        "aside" => PhraseKind::Aside,
        _ => return Err(row.error("kind", "by, by-what, as, noun, done, document, invite, feeling or aside")),
    };
    let act = Act::parse(row.get("act")).ok_or_else(|| row.error("act", "an act of the contract"))?;
    let words: Vec<String> = row.get("form").split_whitespace().map(|w| language.fold(w)).collect();
    if words.is_empty() {
        return Err(row.error("form", "at least one word"));
    }
    Ok(Phrase { kind, words, act, rule: row.rule() })
}
