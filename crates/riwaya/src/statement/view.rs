//! What the statement stage sees of each token.

use super::arabic;
use super::inflect;
use super::lexicon::{Class, Form, Lexicon, Phrase, PhraseKind, Tense, Word};
use super::phrase;
use crate::mention::{self, Cast, EntityKind};
use crate::text::{Span, Text, TokenKind};
use crate::time::Time;
use std::cell::Cell;
use std::ops::Range;

/// A page's text with the word classes, names and times of its tokens.
pub(super) struct View<'p> {
    pub text: &'p Text,
    pub lexicon: &'p Lexicon,
    names: &'p mention::Lexicon,
    words: Vec<Word>,
    /// The same of the words without «و» and «ف».
    bare: Vec<Word>,
    timed: Vec<bool>,
    /// For the first token of a name with its titles, the token after its last; 0 elsewhere.
    name_end: Vec<usize>,
    named: Vec<bool>,
    places: Vec<bool>,
    people: Vec<bool>,
    clitic: Vec<bool>,
    joined: Vec<bool>,
    phrases: Vec<Option<&'p Phrase>>,
    /// Whether each word is ordinary, once it was asked.
    ordinary: Vec<Cell<Option<bool>>>,
}

impl<'p> View<'p> {
    pub fn new(
        text: &'p Text,
        cast: &Cast,
        times: &[Time],
        lexicon: &'p Lexicon,
        names: &'p mention::Lexicon,
    ) -> View<'p> {
        let n = text.len();
        let mut view = View {
            text,
            lexicon,
            names,
            words: Vec::with_capacity(n),
            bare: Vec::with_capacity(n),
            timed: vec![false; n],
            name_end: vec![0; n],
            named: vec![false; n],
            places: vec![false; n],
            people: vec![false; n],
            clitic: vec![false; n],
            joined: vec![false; n],
            phrases: Vec::new(),
            ordinary: vec![Cell::new(None); n],
        };
        for i in 0..n {
            let key = text.key(i);
            let word = lexicon.written(text.word(i), key);
            let bare = arabic::bare(key);
            view.words.push(word);
            view.bare.push(if bare.len() == key.len() { word } else { lexicon.word(bare) });
        }
        for time in times {
            view.timed[text.tokens_in(time.span)].fill(true);
        }
        for mention in &cast.mentions {
            let whole = view.covering(mention.full);
            if let Some(end) = view.name_end.get_mut(whole.start) {
                *end = (*end).max(whole.end);
            }
            let name = view.covering(mention.span);
            if text.span(whole.start).start() < mention.full.start() {
                let joined = arabic::is_joined(text.key(whole.start));
                view.clitic[whole.start] = !joined;
                view.joined[whole.start] = joined;
            }
            let place = cast.entities[mention.entity].kind == EntityKind::Place;
            view.places[name.clone()].fill(place);
            let entity = &cast.entities[mention.entity];
            view.people[name.clone()].fill(entity.kind == EntityKind::Person && entity.named);
            view.named[name].fill(true);
        }
        view.phrases = (0..n).map(|i| phrase::find(&view, i)).collect();
        view
    }

    /// The phrase that attributes, or ends a content, whose first word token `i` is.
    pub fn phrase(&self, i: usize) -> Option<&'p Phrase> {
        self.phrases.get(i).copied().flatten()
    }

    /// «تأكيد», «قوله»: a noun of saying.
    pub fn is_noun_of_saying(&self, i: usize) -> bool {
        self.phrase(i).is_some_and(|p| p.kind == PhraseKind::Noun)
    }

    /// The tokens that `span` touches, a token with a clitic in front included.
    pub fn covering(&self, span: Span) -> Range<usize> {
        let tokens = self.text.tokens();
        let start = tokens.partition_point(|t| t.span.end() <= span.start());
        start..tokens.partition_point(|t| t.span.start() < span.end()).max(start)
    }

    pub fn key(&self, i: usize) -> &'p str {
        self.text.key(i)
    }

    /// Is the whole word of `class`?
    pub fn is(&self, i: usize, class: Class) -> bool {
        self.words.get(i).is_some_and(|w| w.classes.is(class))
    }

    /// Is the word, with or without «و» and «ف» in front, of `class`?
    pub fn is_bare(&self, i: usize, class: Class) -> bool {
        self.is(i, class) || self.bare.get(i).is_some_and(|w| w.classes.is(class))
    }

    /// «жителей», «экспертов»: a noun of several people in the genitive, where nouns have cases.
    pub fn is_genitive_plural(&self, i: usize) -> bool {
        self.ends(i, &self.lexicon.endings.genitive_plural)
    }

    /// Does a mark of possession follow in front of token `end`? «*Germany*'s leading organization»
    pub fn is_owner(&self, end: usize) -> bool {
        self.lexicon.subject_first && end < self.text.len() && matches!(self.text.word(end), "'" | "’")
    }

    /// Does the word end as infinitives do, where the language has no word for them?
    pub fn is_infinitive(&self, i: usize) -> bool {
        self.ends(i, &self.lexicon.endings.infinitives)
    }

    /// Does the word end with one of `ends`, and is it longer than an ending?
    pub fn ends(&self, i: usize, ends: &[String]) -> bool {
        let key = self.key(i);
        !ends.is_empty() && key.chars().count() > 3 && ends.iter().any(|end| key.ends_with(end.as_str()))
    }

    /// The form of a verb that the word is, without the first `prefix` letters («و», «ف»; 0 or 1).
    pub fn form(&self, i: usize, prefix: usize) -> Option<Form> {
        let words = if prefix == 0 { &self.words } else { &self.bare };
        words.get(i).and_then(|w| w.form)
    }

    pub fn is_time(&self, i: usize) -> bool {
        self.timed.get(i).copied().unwrap_or(false)
    }

    /// Does token `i` belong to a name?
    pub fn is_name(&self, i: usize) -> bool {
        self.named.get(i).copied().unwrap_or(false)
    }

    /// Is the word an ordinary one that no list of names holds?
    pub fn is_ordinary(&self, i: usize) -> bool {
        let Some(known) = self.ordinary.get(i) else { return false };
        if let Some(ordinary) = known.get() {
            return ordinary;
        }
        let ordinary = self.text.tokens()[i].kind == TokenKind::Word && self.is_ordinary_word(self.key(i));
        known.set(Some(ordinary));
        ordinary
    }

    /// Is the folded word an ordinary one that no list of names holds?
    pub fn is_ordinary_word(&self, key: &str) -> bool {
        !self.names.may_be_name(key)
    }

    /// May the word belong to the name of a person: no ordinary word, no clitic that the rows know, no verb?
    pub fn may_name(&self, i: usize) -> bool {
        // «علي الغامدي»: with its dots it is a name, «على» is none.
        if self.text.word(i) == "علي" || self.names.joins_names(self.key(i)) && !self.is(i, Class::Stop) {
            return true;
        }
        let word = self.text.tokens().get(i).is_some_and(|t| t.kind == TokenKind::Word);
        let marked = [
            Class::Stop,
            Class::Adverb,
            Class::Preposition,
            Class::PersonNoun,
            Class::OfficeNoun,
            Class::Body,
            Class::Document,
        ];
        word && !self.is_ordinary(i)
            && (!self.is_name(i) || self.is_person(i))
            && !self.is_time(i)
            && !arabic::has_to_the(self.key(i))
            && !marked.into_iter().any(|c| self.is_bare(i, c))
            && self.lexicon.form(self.key(i)).is_none()
    }

    /// «بن», «أبو», «آل»: what stands behind it belongs to a name.
    pub fn joins_names(&self, i: usize) -> bool {
        self.names.joins_names(self.key(i))
    }

    /// A word that is no preposition, no adverb, no verb and no noun for who speaks.
    pub fn is_plain_word(&self, i: usize) -> bool {
        let word = self.text.tokens().get(i).is_some_and(|t| t.kind == TokenKind::Word);
        let marked = [Class::Stop, Class::Adverb, Class::Preposition, Class::OfficeNoun, Class::Body, Class::Document];
        word && !self.is_person_noun(i)
            && !self.is_time(i)
            && self.form(i, 0).is_none()
            && !marked.into_iter().any(|c| self.is_bare(i, c))
    }

    /// Does a preposition stick to the name that starts at token `i` («لبايدن»)?
    pub fn has_preposition(&self, i: usize) -> bool {
        self.clitic.get(i).copied().unwrap_or(false)
    }

    /// Is the «و» in front of token `i` no part of the name that starts there («لندن *وباريس*»)?
    pub fn is_joined_name(&self, i: usize) -> bool {
        self.joined.get(i).copied().unwrap_or(false)
    }

    /// Does token `i` belong to the name of a place?
    pub fn is_place(&self, i: usize) -> bool {
        self.places.get(i).copied().unwrap_or(false)
    }

    /// Does token `i` belong to the name of a person, and no mere description?
    pub fn is_person(&self, i: usize) -> bool {
        self.people.get(i).copied().unwrap_or(false)
    }

    /// Where the name with its titles that starts at token `i` ends.
    pub fn name_end(&self, i: usize) -> Option<usize> {
        self.name_end.get(i).copied().filter(|end| *end > i)
    }

    pub fn is_punct(&self, i: usize) -> bool {
        self.text.tokens().get(i).is_some_and(|t| t.kind == TokenKind::Punct)
    }

    /// A comma, or a dash that stands for one: no hyphen inside a word («премьер-министр»).
    pub fn is_comma(&self, i: usize) -> bool {
        match self.text.word(i) {
            "،" | "," | "؛" => true,
            "-" | "–" => !self.is_hyphen(i),
            _ => false,
        }
    }

    /// «الساعة 16:00»: is the colon at token `i` one between digits?
    pub fn is_clock(&self, i: usize) -> bool {
        let number = |j: usize| self.text.tokens().get(j).is_some_and(|t| t.kind == TokenKind::Number);
        self.is_hyphen(i) && number(i - 1) && number(i + 1)
    }

    /// Do words touch the mark at token `i` on both sides?
    pub fn is_hyphen(&self, i: usize) -> bool {
        let touches = |a: usize, b: usize| self.text.span(a).end() == self.text.span(b).start();
        i > 0 && i + 1 < self.text.len() && touches(i - 1, i) && touches(i, i + 1)
    }

    /// Does a quotation open at token `i`? Gives its index.
    pub fn opens(&self, i: usize) -> Option<usize> {
        self.text.quote_of(i).filter(|q| self.text.quotes()[*q].open == i)
    }

    /// Is token `i` a noun of action without the article, with or without a possessive («التزام», «قلقها»)?
    pub fn is_content_noun(&self, i: usize) -> bool {
        let acts = |word: &str| self.lexicon.classes(word).is(Class::ContentNoun);
        let owned = |stem: &str| acts(stem) || arabic::before_possessive(stem).is_some_and(|noun| acts(&noun));
        self.is(i, Class::ContentNoun) || inflect::without_object(self.key(i)).any(owned)
    }

    /// «بالغ», «بدائل»: an ordinary word whose first letter is no preposition, for nothing ordinary stands behind it.
    pub fn is_whole_word(&self, i: usize) -> bool {
        let stem = arabic::behind_letter(self.key(i));
        let noun = arabic::after_article(stem).unwrap_or(stem);
        self.is_ordinary(i)
            && ![stem, noun].into_iter().any(|word| self.is_ordinary_word(word))
            && !arabic::after_to_the(self.key(i)).is_some_and(|word| self.is_ordinary_word(word))
            && inflect::without_object(stem).all(|s| !self.is_ordinary_word(s))
    }

    /// Is token `i` a noun of action behind a letter: «لفتح», «بالتعاون»?
    pub fn is_content_noun_behind_letter(&self, i: usize) -> bool {
        let stem = arabic::behind_letter(self.key(i));
        [stem, arabic::without_article(stem)].into_iter().any(|word| self.lexicon.classes(word).is(Class::ContentNoun))
    }

    /// Does a given name alone, with a title or none, end at token `end`: behind it an ordinary word may be the family name
    /// («الدكتور أحمد *بحر*»)?
    pub fn is_given_alone(&self, end: usize) -> bool {
        let single = end > 0 && self.is_person(end - 1) && (end < 2 || !self.is_person(end - 2));
        single && self.names.is_given(self.key(end - 1)) && !self.is_content_noun(end)
    }

    /// «علي الغامدي»: a given name that is written like a preposition.
    pub fn is_given_before_name(&self, i: usize) -> bool {
        self.text.word(i) == "علي" && self.may_name(i + 1)
    }

    /// «لشؤون», «ببرنامج»: an ordinary noun behind a letter that is a preposition.
    pub fn is_content_noun_led(&self, i: usize) -> bool {
        let key = self.key(i);
        arabic::has_preposition(key) && !self.is_whole_word(i) && self.is_ordinary_word(arabic::behind_letter(key))
    }

    /// A noun of action with the article: «المساعدة».
    pub fn is_definite_content_noun(&self, i: usize) -> bool {
        arabic::after_article(self.key(i)).is_some_and(|stem| self.lexicon.classes(stem).is(Class::ContentNoun))
    }

    /// Has the word the shape of a verb in the present or future («سيكون», «يعقد») and is no name or known noun?
    pub fn is_verb_shaped(&self, i: usize) -> bool {
        // «هيرو *ماتسوناوا*»: of the plurals in ‑وا only ordinary words.
        let key = self.key(i);
        let plural = !key.ends_with("وا") || key.starts_with('ي') || self.is_ordinary(i) || arabic::has_and(key);
        let free = !self.is_name(i) && !self.is_time(i) && !self.is_bare(i, Class::NotVerb);
        arabic::is_verb_shaped(key) && free && plural
    }

    /// «بيت», «صوت»: nouns that look like a verb of «she», for without their last letter they are no word.
    pub fn is_ordinary_noun(&self, i: usize) -> bool {
        self.key(i).strip_suffix('ت').is_none_or(|stem| !self.is_ordinary_word(stem))
    }

    /// Has the word the shape of a verb in the past of «she» («ألقت», «جاءت»)?
    pub fn is_her_past(&self, i: usize) -> bool {
        arabic::is_her_past_shaped(self.key(i)) && !self.is_name(i) && !self.is_bare(i, Class::NotVerb)
    }

    /// «نقلتها»: the same with an object, and no «شركتها», which is a noun.
    pub fn is_her_past_with_object(&self, i: usize) -> bool {
        let noun = |stem: &str| stem.strip_suffix('ت').is_some_and(|s| self.is_ordinary_word(&format!("{s}ه")));
        let verb = |stem: &str| arabic::is_her_past_shaped(stem) && self.is_ordinary_word(stem) && !noun(stem);
        !self.is_name(i) && inflect::without_object(self.key(i)).any(verb)
    }

    /// Has the word the shape of a verb in the past of two («شاركا»), for without its last letter it is a word?
    pub fn is_pair_past(&self, i: usize) -> bool {
        let key = self.key(i);
        key.chars().count() > 3
            && !self.is_name(i)
            && !arabic::ends_in_noun_mark(self.text.word(i))
            && key.strip_suffix('ا').is_some_and(|stem| self.is_ordinary_word(&format!("{stem}ت")))
    }

    /// Is the word a noun for a person, with or without the article («متحدث», «المتحدث»)?
    pub fn is_person_noun(&self, i: usize) -> bool {
        self.is_bare(i, Class::PersonNoun)
            || arabic::after_article(arabic::bare(self.key(i)))
                .or(arabic::after_article(self.key(i)))
                .is_some_and(|k| self.lexicon.classes(k).is(Class::PersonNoun))
    }

    /// A document, with or without the article: «بيان», «للتقرير».
    pub fn is_document(&self, i: usize) -> bool {
        self.is_bare(i, Class::Document) || self.is_definite_document(i)
    }

    /// A document that is somebody's own words: «البيان», «التصريحات», and no report.
    pub fn is_statement(&self, i: usize) -> bool {
        let key = self.key(i);
        [key, arabic::without_article(key)].into_iter().any(|k| self.lexicon.classes(k).is(Class::OwnWords))
    }

    /// Is the word a family name that a list knows, and no ordinary word?
    pub fn is_family_name(&self, i: usize) -> bool {
        self.names.is_family(self.key(i))
    }

    /// Is the word a given name that a list knows?
    pub fn is_given_name(&self, i: usize) -> bool {
        self.names.is_given(self.key(i))
    }

    /// «البيان», «للتقرير»: a document that was named before.
    pub fn is_definite_document(&self, i: usize) -> bool {
        let noun = arabic::after_article(self.key(i)).or(arabic::after_to_the(self.key(i)));
        noun.is_some_and(|n| self.lexicon.classes(n).is(Class::Document))
            || self.is(i, Class::Document) && self.is_definite_document(i + 1)
    }

    /// «لموظفي», «لنظيره»: a person behind «ل».
    pub fn is_told_person(&self, i: usize) -> bool {
        let person = |word: &str| self.lexicon.classes(word).is(Class::PersonNoun);
        let plural = |word: &str| {
            word.strip_suffix('ي').is_some_and(|stem| person(&format!("{stem}ون")) || person(&format!("{stem}ين")))
        };
        arabic::after_to(self.key(i)).any(|word| person(&word) || plural(&word))
    }

    /// Can somebody who speaks begin with this word: a name, an office, a source, a document, with or without the article?
    pub fn is_speaker_head(&self, i: usize) -> bool {
        let heads = [Class::PersonNoun, Class::OfficeNoun, Class::Document, Class::OutletNoun, Class::Body];
        let speaks = |key: &str| {
            let classes = self.lexicon.classes(key);
            heads.into_iter().any(|c| classes.is(c))
        };
        let key = self.key(i);
        self.name_end(i).is_some() || self.opens(i).is_some() || speaks(key) || speaks(arabic::without_article(key))
    }

    /// An adjective with the article: of belonging («الروسي», «الأمريكية»), or one that the rows list («العام»).
    pub fn is_adjective(&self, i: usize) -> bool {
        arabic::is_adjective_shaped(self.key(i)) || self.is(i, Class::Adjective)
    }

    /// Is the word marked as an indefinite object («تعاونًا»)?
    pub fn is_accusative(&self, i: usize) -> bool {
        arabic::is_accusative(self.text.word(i))
    }

    /// «مخاطباً», «موجها»: a participle in the accusative tells how somebody does something. Without its mark an ordinary word
    /// of that shape.
    pub fn is_how(&self, i: usize) -> bool {
        let participle = self.form(i, 0).is_some_and(|f| f.tense == Tense::Participle) && self.key(i).ends_with('ا');
        let shaped = participle || arabic::is_how_shaped(self.key(i)) && self.is_ordinary(i);
        let person = |stem: &str| self.lexicon.classes(stem).is(Class::PersonNoun);
        self.is_accusative(i) || shaped && !self.is_person_noun(i) && !inflect::without_object(self.key(i)).any(person)
    }

    /// Does somebody speak of himself among these tokens («هدفنا», «سنعمل», «لقد ناقشنا»)?
    pub fn is_own_voice(&self, from: usize, to: usize) -> bool {
        let shaped = |i: usize| arabic::is_own_voice_shaped(self.key(i)) && self.has_ordinary_stem(i);
        (from..to).any(|i| self.is_bare(i, Class::OwnVoice) || shaped(i))
    }

    /// «هدفنا» has one, the name «جيوفانا» has none.
    fn has_ordinary_stem(&self, i: usize) -> bool {
        let key = self.key(i);
        self.is_ordinary(i)
            || key.starts_with("سن")
            || inflect::without_object(key).any(|stem| self.is_ordinary_word(stem))
    }

    /// Is the word an ordinary noun with «his», «her» or «their» behind it: «استعدادها», «مناهضتهم»?
    pub fn is_owned_noun(&self, i: usize) -> bool {
        let key = self.key(i);
        let ordinary = |stem: &str| {
            let noun = arabic::before_possessive(stem);
            let word = noun.as_deref().unwrap_or(stem);
            let classes = self.lexicon.classes(word);
            let speaks =
                [Class::PersonNoun, Class::OfficeNoun, Class::Body, Class::Document].into_iter().any(|c| classes.is(c));
            stem.chars().count() > 2
                && !speaks
                && (self.is_ordinary_word(stem) || noun.as_deref().is_some_and(|n| self.is_ordinary_word(n)))
        };
        !arabic::is_definite(key)
            && !arabic::ends_in_noun_mark(self.text.word(i))
            && !self.is_bare(i, Class::Stop)
            && !self.is_bare(i, Class::Adverb)
            && !self.is_bare(i, Class::Preposition)
            && !self.is_bare(i, Class::Pronoun)
            && ["ه", "ها", "هم", "هما"].iter().any(|p| key.strip_suffix(p).is_some_and(ordinary))
    }

    /// Is token `i` a complementizer that introduces a clause («أن», «بأنه», but not «قبل أن»)?
    pub fn is_complementizer(&self, i: usize) -> bool {
        self.is(i, Class::Complementizer)
            && !(i > 0 && self.is(i - 1, Class::NotThatAfter))
            && !self.is(i + 1, Class::NotThatBefore)
    }
}
