//! What is a point about? Diplomacy's vocabulary, the same concept in every language, and the words that cut, turn
//! or hedge a point.

use crate::clitic;
use crate::error::Error;
use crate::language::Language;
use crate::pack::Pack;
use crate::rows::Files;
use crate::text::{Text, TokenKind};
use rustc_hash::FxHashMap;
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

/// A row of `langs/names/concepts.tsv`.
#[derive(Debug, Clone)]
pub struct Concept {
    /// `sanctions`, `troop-build-up`.
    pub id: String,
    /// A wider concept, as an index of all.
    pub kin: Option<usize>,
    /// What it tells of a point.
    pub scope: Scope,
    /// Its opposites, as indexes of all: to open against to close.
    pub against: Vec<usize>,
    /// Language code to forms; the first one is the name.
    pub forms: BTreeMap<String, Vec<String>>,
    /// Its row.
    pub rule: Arc<str>,
}

/// What a concept tells of a point.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// What it is about.
    Topic,
    /// That something is told, planned, at stake, not what.
    Frame,
    /// What is done with the topic: it is suspended, paid for.
    Act,
    /// How the actor stands to it: whoever proposes it has not agreed to it.
    Attitude,
    /// An act that is its own subject: a congratulation is no interference.
    Courtesy,
    /// Agrees, confirms: what follows is so.
    Assent,
    /// Refuses, denies: what follows is not so.
    Turn,
    /// What is counted.
    Unit,
}

impl Scope {
    fn parse(word: &str) -> Option<Scope> {
        Some(match word {
            "topic" => Scope::Topic,
            "frame" => Scope::Frame,
            "act" => Scope::Act,
            "attitude" => Scope::Attitude,
            "courtesy" => Scope::Courtesy,
            "assent" => Scope::Assent,
            "turn" => Scope::Turn,
            "unit" => Scope::Unit,
            _ => return None,
        })
    }
}

impl Concept {
    /// The name in `lang`.
    pub fn name(&self, lang: &str) -> Option<&str> {
        self.forms.get(lang)?.first().map(String::as_str)
    }
}

/// All concepts.
#[derive(Debug, Clone, Default)]
pub struct Concepts {
    concepts: Vec<Concept>,
    by_id: FxHashMap<String, usize>,
    by_stem: FxHashMap<(String, String), Vec<Form>>,
}

/// A form: its concept and the stems that follow the first one.
#[derive(Debug, Clone)]
struct Form {
    concept: usize,
    rest: Vec<String>,
    /// It is no word of many meanings: «ألبان» is not «بأن».
    tells: bool,
    /// Only this word, not others of its stem: «أسرى» beside «أسرة».
    exact: Option<String>,
}

/// A concept that is named at a token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Named {
    pub concept: usize,
    pub token: usize,
    /// The token after its last word.
    pub end: usize,
}

/// How many other words may stand between two words of a form.
const GAP: usize = 2;
/// How many letters may be stuck to the front of a word.
const CLITICS: usize = 2;

impl Concepts {
    /// Reads `names/concepts.tsv` for the languages of `packs`.
    ///
    /// # Errors
    /// Names file and line of a doubled id, or of a wider concept that has no row.
    pub fn load(files: &Files, packs: &[Pack]) -> Result<Concepts, Error> {
        let mut all = Concepts::default();
        let table = files.table("names/concepts.tsv", &["id", "kin", "scope", "against", "ar", "en", "ru"])?;
        for row in table.rows() {
            let id = row.get("id").to_owned();
            if all.by_id.contains_key(&id) {
                return Err(row.error("id", "an id that no other row has"));
            }
            let scope = Scope::parse(row.get("scope"))
                .ok_or_else(|| row.error("scope", "topic, frame, act, attitude, courtesy, assent, turn or unit"))?;
            let forms: BTreeMap<String, Vec<String>> = ["ar", "en", "ru"]
                .into_iter()
                .map(|lang| (lang.to_owned(), row.list(lang).map(str::to_owned).collect()))
                .collect();
            let concept = all.concepts.len();
            for pack in packs {
                for form in forms.get(&pack.language.code).into_iter().flatten() {
                    all.add_form(concept, form, pack);
                }
            }
            all.by_id.insert(id.clone(), concept);
            all.concepts.push(Concept { id, kin: None, scope, against: Vec::new(), forms, rule: row.rule() });
        }
        for (n, row) in table.rows().iter().enumerate() {
            let other = |column: &str, id: &str| {
                all.by_id.get(id).copied().ok_or_else(|| row.error(column, "the id of another row"))
            };
            let kin = Some(row.get("kin")).filter(|id| !id.is_empty()).map(|id| other("kin", id)).transpose()?;
            let against: Result<Vec<usize>, Error> = row.list("against").map(|id| other("against", id)).collect();
            (all.concepts[n].kin, all.concepts[n].against) = (kin, against?);
        }
        Ok(all)
    }

    /// Adds a form; one with a plus is a verb that stands with each of the language's prefixes of tense and person, one with
    /// an equals sign stands for no other word of its stem.
    fn add_form(&mut self, concept: usize, form: &str, pack: &Pack) {
        if let Some(verb) = form.strip_prefix('+') {
            pack.words.tenses().iter().for_each(|tense| self.add_form(concept, &format!("{tense}{verb}"), pack));
            return;
        }
        let exact = form.strip_prefix('=').map(|word| pack.language.fold(word));
        let key = pack.language.fold_phrase(form.trim_start_matches('='));
        let mut stems = key.split(' ').map(|w| pack.words.stem(w).to_owned());
        let Some(first) = stems.next() else { return };
        let rest: Vec<String> = stems.collect();
        let tells = rest.is_empty() && !pack.words.is_stop(&key);
        let form = Form { concept, rest, tells, exact };
        self.by_stem.entry((pack.language.code.clone(), first)).or_default().push(form);
    }

    /// The concept with this id.
    pub fn get(&self, id: &str) -> Option<&Concept> {
        self.by_id.get(id).and_then(|n| self.concepts.get(*n))
    }

    /// All concepts in file order.
    pub fn all(&self) -> &[Concept] {
        &self.concepts
    }

    /// Does a word say how somebody stands to what follows: asks for it, refuses it, thanks for it?
    pub(crate) fn is_stance(&self, text: &Text, token: usize, pack: &Pack) -> bool {
        let stance = |c: usize| {
            matches!(self.concepts[c].scope, Scope::Attitude | Scope::Courtesy | Scope::Turn | Scope::Assent)
        };
        self.named(text, token..token + 1, pack).iter().any(|n| stance(n.concept))
    }

    /// The concepts that these tokens name, each once, in order of first mention.
    pub(crate) fn named(&self, text: &Text, tokens: Range<usize>, pack: &Pack) -> Vec<Named> {
        let mut found: Vec<Named> = Vec::new();
        let mut key = (pack.language.code.clone(), String::new());
        for i in tokens.clone().filter(|i| text.tokens()[*i].kind == TokenKind::Word) {
            let word = text.key(i);
            let mut forms = Vec::new();
            for stem in std::iter::once(word).chain(clitic::joined(word).filter(|_| pack.language.clitics)) {
                key.1.clear();
                key.1.push_str(pack.words.stem(stem));
                forms = self.by_stem.get(&key).into_iter().flatten().collect();
                if !forms.is_empty() {
                    break;
                }
            }
            for form in forms {
                let known = found.iter().any(|n| n.concept == form.concept);
                let other = |exact: &String| {
                    word.strip_suffix(exact.as_str()).is_none_or(|front| front.chars().count() > CLITICS)
                };
                if known || form.tells && pack.words.is_stop(word) || form.exact.as_ref().is_some_and(other) {
                    continue;
                }
                if let Some(end) = follows(&form.rest, text, i + 1..tokens.end, pack) {
                    found.push(Named { concept: form.concept, token: i, end });
                }
            }
        }
        // «إطلاق» in «وقف إطلاق النار» starts nothing.
        let within =
            |n: &Named| found.iter().any(|m| m.token <= n.token && n.end <= m.end && m.end - m.token > n.end - n.token);
        // “agreed to meet” holds an agreement all the same.
        let decides = |n: &Named| matches!(self.concepts[n.concept].scope, Scope::Assent | Scope::Turn);
        found.iter().filter(|n| decides(n) || !within(n)).copied().collect()
    }
}

/// The end of the stems, where they stand there in order with at most [`GAP`] other words before each.
fn follows(rest: &[String], text: &Text, tokens: Range<usize>, pack: &Pack) -> Option<usize> {
    let mut at = tokens.start;
    for stem in rest {
        // “at Minsk's request”: an apostrophe is no word.
        let words = (at..tokens.end).filter(|i| text.tokens()[*i].kind != TokenKind::Punct);
        at = words.take(GAP + 1).find(|i| pack.words.stem(text.key(*i)) == stem)? + 1;
    }
    Some(at)
}

/// What a word does to a point.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PointWord {
    /// A new point begins with it.
    Split,
    /// The sentence that it opens goes on with what was said.
    Keep,
    /// What follows is not so.
    Not,
    /// What stands beside it is not said to be so.
    Hedge,
    /// Less than doing it: ready to, to discuss.
    Weak,
    /// The whole of it.
    All,
    /// A part of it.
    Part,
    /// The two sides together.
    Both,
    /// A body that goes on for whoever spoke before it: «وأضافت الوزارة».
    Body,
    /// Somebody that tells what others say.
    Media,
    /// What somebody is to another one: counterpart, colleague.
    Peer,
    /// It goes without what follows; whether the rest is so does not hang on that.
    Without,
    /// It joins what follows to what stands in front.
    Join,
    /// A sentence that has it near its head goes on with what was said.
    Also,
}

/// The words that cut, turn or hedge a point in one language.
#[derive(Debug, Clone, Default)]
pub struct Lexicon {
    /// By the first word of a form: its other words and its meaning, the longest first.
    words: FxHashMap<String, Vec<(Vec<String>, PointWord)>>,
}

impl Lexicon {
    /// Reads `points.tsv` of `language`.
    ///
    /// # Errors
    /// Names file and line of an unknown meaning.
    pub fn load(files: &Files, language: &Language) -> Result<Lexicon, Error> {
        let mut lexicon = Lexicon::default();
        for row in files.table(&format!("{}/points.tsv", language.code), &["form", "meaning"])?.rows() {
            let meaning = match row.get("meaning") {
                "split" => PointWord::Split,
                "keep" => PointWord::Keep,
                "not" => PointWord::Not,
                "hedge" => PointWord::Hedge,
                "weak" => PointWord::Weak,
                "all" => PointWord::All,
                "part" => PointWord::Part,
                "both" => PointWord::Both,
                "body" => PointWord::Body,
                "media" => PointWord::Media,
                "peer" => PointWord::Peer,
                "without" => PointWord::Without,
                "join" => PointWord::Join,
                "also" => PointWord::Also,
                _ => {
                    let known =
                        "split, keep, not, hedge, weak, all, part, both, body, media, peer, without, join or also";
                    return Err(row.error("meaning", known));
                }
            };
            let form = language.fold_phrase(row.get("form"));
            let mut words = form.split(' ').map(str::to_owned);
            let first = words.next().unwrap_or_default();
            lexicon.words.entry(first).or_default().push((words.collect(), meaning));
        }
        lexicon.words.values_mut().for_each(|forms| forms.sort_by_key(|(rest, _)| std::cmp::Reverse(rest.len())));
        Ok(lexicon)
    }

    /// What a folded word does by itself; clitics are not tried off, for «وأن» is a row of its own.
    pub fn get(&self, key: &str) -> Option<PointWord> {
        self.words.get(key)?.iter().find(|(rest, _)| rest.is_empty()).map(|(_, meaning)| *meaning)
    }

    /// What the words from token `i` on do together, the longest form first.
    pub fn at(&self, text: &Text, i: usize) -> Option<PointWord> {
        let follows = |rest: &[String]| rest.iter().zip(i + 1..).all(|(w, n)| n < text.len() && text.key(n) == w);
        self.words.get(text.key(i))?.iter().find(|(rest, _)| follows(rest)).map(|(_, meaning)| *meaning)
    }
}
