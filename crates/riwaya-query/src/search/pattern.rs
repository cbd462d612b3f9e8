//! What does a pattern ask for?
//!
//! ```text
//! لا نستبق الأحداث      words in a row, marks between them do not count; an Arabic word also with what sticks to it
//! "وزير" الخارجية        in quotation marks: exactly this word
//! sanction* *وزير* *ations   words that begin so, hold this, end so
//! export ~10 grain      no more than ten words between them, in either order
//! export + grain        both on the page
//! ```

use crate::Error;
use riwaya::clitic;
use riwaya::language::Language;
use riwaya::text::{Text, TokenKind};

/// The most words of a pattern.
const WORDS: usize = 256;
/// The farthest that two words may stand apart, in words.
const FAR: usize = 1000;

/// A pattern, not yet folded by any language.
#[derive(Debug, Clone)]
pub struct Pattern {
    text: String,
    parts: Vec<Part<Asked>>,
}

/// What has to stand on a page: a run of words, or two that stand near each other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part<W> {
    /// One run, or the two that are near each other.
    pub runs: Vec<Vec<W>>,
    /// How many words may stand between two runs.
    pub within: usize,
}

/// A word of a pattern: the token, and how a word has to be like it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Asked {
    token: usize,
    shape: Shape,
}

/// How a word on a page has to be like one of the pattern.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Shape {
    /// The same.
    Exact,
    /// The same, or with letters and an article that stick to it.
    Sticking,
    /// Begins so.
    Begins,
    /// Holds it.
    Holds,
    /// Ends so.
    Ends,
}

/// A word of a pattern, folded by a language.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Wanted {
    /// As look-up sees it.
    pub key: String,
    /// How a word has to be like it.
    pub shape: Shape,
}

impl Wanted {
    /// Is the folded word `key` such a one?
    pub fn fits(&self, key: &str) -> bool {
        match self.shape {
            Shape::Exact => key == self.key,
            Shape::Sticking => clitic::is_written(key, &self.key),
            Shape::Begins => key.starts_with(&self.key),
            Shape::Holds => key.contains(&self.key),
            Shape::Ends => key.ends_with(&self.key),
        }
    }
}

impl Pattern {
    /// Reads a pattern.
    ///
    /// # Errors
    /// Where it holds no word, or a sign that leads nowhere: the place and what to write instead.
    pub fn parse(pattern: &str) -> Result<Pattern, Error> {
        Parser { text: &Text::new(pattern.to_owned(), &Language::default()), pattern }.parse()
    }

    /// The parts folded by `language`; none where no word of a run is left.
    pub fn folded(&self, language: &Language) -> Vec<Part<Wanted>> {
        let text = Text::new(self.text.clone(), language);
        let wanted = |word: &Asked| {
            let key = text.key(word.token).to_owned();
            let shape = match word.shape {
                Shape::Sticking if !language.clitics => Shape::Exact,
                shape => shape,
            };
            (!key.is_empty()).then_some(Wanted { key, shape })
        };
        let run = |run: &Vec<Asked>| run.iter().filter_map(wanted).collect::<Vec<Wanted>>();
        let part = |part: &Part<Asked>| Part { runs: part.runs.iter().map(run).collect(), within: part.within };
        let parts: Vec<Part<Wanted>> = self.parts.iter().map(part).collect();
        if parts.iter().any(|part| part.runs.iter().any(Vec::is_empty)) { Vec::new() } else { parts }
    }

    /// Each word as it was written, and a pattern of it alone.
    pub fn words(&self) -> Vec<(String, Pattern)> {
        let text = Text::new(self.text.clone(), &Language::default());
        let words = self.parts.iter().flat_map(|part| part.runs.iter().flatten());
        let alone = |word: &Asked| Pattern {
            text: self.text.clone(),
            parts: vec![Part { runs: vec![vec![*word]], within: 0 }],
        };
        words.map(|word| (text.word(word.token).to_owned(), alone(word))).collect()
    }

    /// The same words, each run and each word of a run for itself, anywhere on a page.
    pub fn apart(&self) -> Pattern {
        let words = self.parts.iter().flat_map(|part| part.runs.iter().flatten());
        let parts = words.map(|word| Part { runs: vec![vec![*word]], within: 0 }).collect();
        Pattern { text: self.text.clone(), parts }
    }

    /// Is every part one word?
    pub fn is_apart(&self) -> bool {
        self.parts.iter().all(|part| matches!(&part.runs[..], [run] if run.len() == 1))
    }
}

struct Parser<'p> {
    text: &'p Text,
    pattern: &'p str,
}

impl Parser<'_> {
    fn parse(&self) -> Result<Pattern, Error> {
        let mut parts: Vec<Part<Asked>> = Vec::new();
        let mut part = Part { runs: vec![Vec::new()], within: 0 };
        let (mut quoted, mut plus) = (None, None);
        let mut i = 0;
        while i < self.text.len() {
            match self.text.word(i) {
                "\"" => quoted = if quoted.is_none() { Some(i) } else { None },
                _ if quoted.is_some() => self.word(i, Shape::Exact, &mut part),
                "+" if self.is_free(i, i) => {
                    self.close(part, i, &mut parts)?;
                    part = Part { runs: vec![Vec::new()], within: 0 };
                    plus = Some(i);
                }
                "~" if self.text.span(i).end() == self.text.span(i + 1).start() && self.is_number(i + 1) => {
                    self.near(i, &mut part)?;
                    i += 1;
                }
                "~" if self.is_free(i, i) => {
                    return Err(self.error(i, "how near is not said", "write ~10 for no more than ten words between"));
                }
                "*" => self.star(i)?,
                _ => self.word(i, self.shape(i), &mut part),
            }
            i += 1;
        }
        if let Some(open) = quoted {
            return Err(self.error(open, "this quotation mark is not closed", "close it, or leave it out"));
        }
        match plus {
            None if part.runs.iter().all(Vec::is_empty) => return Err(self.no_word()),
            _ => self.close(part, self.text.len(), &mut parts)?,
        }
        let count: usize = parts.iter().flat_map(|p| &p.runs).map(Vec::len).sum();
        if count > WORDS {
            let what = format!("{count} words, and no more than {WORDS} are searched at once");
            return Err(self.error(0, &what, "take a few words that are rare; `riwaya verify` looks for whole texts"));
        }
        Ok(Pattern { text: self.pattern.to_owned(), parts })
    }

    fn word(&self, i: usize, shape: Shape, part: &mut Part<Asked>) {
        if self.is_word(i)
            && let Some(run) = part.runs.last_mut()
        {
            run.push(Asked { token: i, shape });
        }
    }

    /// Stars that touch a word say how much of it is given.
    fn shape(&self, i: usize) -> Shape {
        match (
            i > 0 && self.touches(i - 1, i) && self.text.word(i - 1) == "*",
            self.touches(i, i + 1) && self.text.word(i + 1) == "*",
        ) {
            (true, true) => Shape::Holds,
            (true, false) => Shape::Ends,
            (false, true) => Shape::Begins,
            (false, false) => Shape::Sticking,
        }
    }

    fn star(&self, i: usize) -> Result<(), Error> {
        let front = i > 0 && self.touches(i - 1, i) && self.is_word(i - 1);
        let behind = self.touches(i, i + 1) && self.is_word(i + 1);
        match (front, behind) {
            (true, true) => Err(self.error(i, "a star inside a word", "put it at an end: 'sanction*', '*وزير*'")),
            (false, false) => Err(self.error(i, "a star at no word", "write it onto one: 'sanction*', '*وزير*'")),
            _ => Ok(()),
        }
    }

    /// `~10` between two runs.
    fn near(&self, i: usize, part: &mut Part<Asked>) -> Result<(), Error> {
        let far = || self.error(i, "too far apart", "write ~1000 at most, or + for anywhere on the page");
        let within: usize = self.text.key(i + 1).parse().map_err(|_| far())?;
        if within > FAR {
            return Err(far());
        }
        if part.runs.len() > 1 {
            return Err(self.error(i, "a second ~ for the same words", "join further words with +"));
        }
        if part.runs[0].is_empty() {
            return Err(self.error(i, "no word in front of ~", "write a word on each side: export ~10 grain"));
        }
        part.within = within;
        part.runs.push(Vec::new());
        Ok(())
    }

    /// Ends a part in front of token `i`.
    fn close(&self, part: Part<Asked>, i: usize, parts: &mut Vec<Part<Asked>>) -> Result<(), Error> {
        if part.runs.iter().any(Vec::is_empty) {
            let sign = if part.runs.len() > 1 { "~" } else { "+" };
            let what = format!("a word is missing at {sign}");
            return Err(self.error(i, &what, "write one on each side: export + grain, export ~10 grain"));
        }
        parts.push(part);
        Ok(())
    }

    fn is_word(&self, i: usize) -> bool {
        i < self.text.len() && self.text.tokens()[i].kind != TokenKind::Punct && !self.text.key(i).is_empty()
    }

    fn is_number(&self, i: usize) -> bool {
        i < self.text.len() && self.text.tokens()[i].kind == TokenKind::Number
    }

    fn touches(&self, i: usize, next: usize) -> bool {
        next < self.text.len() && self.text.span(i).end() == self.text.span(next).start()
    }

    /// Do tokens `first` to `last` stand between blanks?
    fn is_free(&self, first: usize, last: usize) -> bool {
        (first == 0 || !self.touches(first - 1, first)) && !self.touches(last, last + 1)
    }

    fn error(&self, token: usize, what: &str, remedy: &str) -> Error {
        let before = &self.pattern[..self.text.span(token).start()];
        Error::Pattern {
            pattern: self.pattern.to_owned(),
            at: Some(before.chars().count() + 1),
            what: what.to_owned(),
            remedy: remedy.to_owned(),
        }
    }

    fn no_word(&self) -> Error {
        Error::Pattern {
            pattern: self.pattern.to_owned(),
            at: None,
            what: "there is no word in it".to_owned(),
            remedy: "give words that stand in a row, or the beginning of one: 'sanction*'".to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn arabic() -> Language {
        Language::load(&riwaya_langs::embedded(), "ar").expect("the rows of Arabic")
    }

    /// A pattern as it is understood: runs in brackets.
    fn shown(pattern: &str) -> String {
        let parts = match Pattern::parse(pattern) {
            Ok(pattern) => pattern.folded(&arabic()),
            Err(error) => return error.to_string(),
        };
        let word = |w: &Wanted| match w.shape {
            Shape::Exact => format!("={}", w.key),
            Shape::Sticking => w.key.clone(),
            Shape::Begins => format!("{}*", w.key),
            Shape::Holds => format!("*{}*", w.key),
            Shape::Ends => format!("*{}", w.key),
        };
        let run = |run: &Vec<Wanted>| format!("[{}]", run.iter().map(word).collect::<Vec<_>>().join(" "));
        let part = |p: &Part<Wanted>| p.runs.iter().map(run).collect::<Vec<_>>().join(&format!(" ~{} ", p.within));
        parts.iter().map(part).collect::<Vec<_>>().join(" + ")
    }

    #[test]
    fn patterns_are_understood() {
        for (pattern, want) in [
            ("لا نستبق، الأَحداث", "[لا نستبق الاحداث]"),
            ("sanction* *وزير* *ations", "[sanction* *وزير* *ations]"),
            ("\"وزير\" الخارجية", "[=وزير الخارجيه]"),
            ("Export of oil ~10 grain + \"a b\" + c", "[export of oil] ~10 [grain] + [=a =b] + [c]"),
            ("C++ + B", "[c] + [b]"),
            ("\"sanction* + x ~3 y\"", "[=sanction =x =3 =y]"),
            ("AND OR NOT NEAR(a", "[and or not near a]"),
            ("a\0b", "[a b]"),
            ("about ~ 10", ""),
            ("12~5", ""),
        ] {
            let got = shown(pattern);
            if want.is_empty() {
                assert!(got.contains("character"), "{pattern}: {got}")
            } else {
                assert_eq!(got, want, "{pattern}")
            }
        }
    }

    #[test]
    fn what_leads_nowhere_is_said_with_its_place() {
        for (pattern, want) in [
            ("", "no word"),
            ("«»", "no word"),
            ("وزير \"الخارجية", "character 6"),
            ("\" OR *", "character 1"),
            ("a + ", "character 5"),
            ("+ a", "character 1"),
            ("a ~10", "missing"),
            ("~10 a", "character 1"),
            ("a ~2 b ~3 c", "character 8"),
            ("a ~99999999999999999999 b", "too far"),
            ("sanc*ions", "character 5"),
            ("a * b", "character 3"),
        ] {
            let got = shown(pattern);
            assert!(got.contains(want) && got.contains("; "), "{pattern}: {got}");
        }
        assert!(shown(&"a ".repeat(5_000)).contains("5000 words"));
        assert!(!shown(&"x".repeat(10_000)).is_empty());
    }
}
