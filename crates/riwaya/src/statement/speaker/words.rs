//! Which words of a source tell who is meant.

use crate::statement::arabic;
use crate::statement::lexicon::Class;
use crate::statement::view::View;
use std::ops::Range;

/// «*the* minister»: the article does not matter for who.
pub(super) fn without_article(view: &View<'_>, tokens: Range<usize>) -> Range<usize> {
    let article = view.is(tokens.start, Class::Determiner) && tokens.len() > 1;
    if article { tokens.start + 1..tokens.end } else { tokens }
}

/// «العديد *من دول الخليج*», «عدد *من المسؤولين*»: how many does not matter for who, nor a word that points.
pub(super) fn without_quantity(view: &View<'_>, tokens: Range<usize>) -> Range<usize> {
    let counted =
        view.is(tokens.start, Class::Quantity) && view.is(tokens.start + 1, Class::Partitive) && tokens.len() > 2;
    // «*تلك* المصادر»
    let next = tokens.start + 1;
    let pointed =
        view.is(tokens.start, Class::Demonstrative) && next < tokens.end && arabic::is_definite(view.key(next));
    if counted { tokens.start + 2..tokens.end } else { tokens.start + usize::from(pointed)..tokens.end }
}

/// «"السفير في أستراليا"», «“الكرمي”»: marks around all of a source mean nothing for who.
pub(super) fn without_marks(view: &View<'_>, tokens: Range<usize>) -> Range<usize> {
    match view.opens(tokens.start).map(|q| view.text.quotes()[q]) {
        Some(quote) if quote.close == Some(tokens.end - 1) && !quote.inside().is_empty() => quote.inside(),
        _ => tokens,
    }
}

pub(super) fn is_pronoun(view: &View<'_>, tokens: &Range<usize>) -> bool {
    tokens.len() == 1 && view.is(tokens.start, Class::Pronoun)
}

/// «المسؤول», «للمسؤول», «الوزير»: one noun for a person or an office with the article.
pub(super) fn is_definite_person(view: &View<'_>, i: usize) -> bool {
    // Without an article in the language, or behind it, the noun alone is definite: «the minister», «министр».
    if view.lexicon.subject_first {
        return view.is(i, Class::PersonNoun) && !view.ends(i, &view.lexicon.endings.plural);
    }
    let noun = arabic::after_article(view.key(i)).or(arabic::after_to_the(view.key(i)));
    noun.is_some_and(|n| {
        let classes = view.lexicon.classes(n);
        classes.is(Class::PersonNoun) || classes.is(Class::OfficeNoun)
    })
}

/// A folded word without «و», «ل» and the article in front: «للكاتب», «والكاتب».
pub(super) fn bare(key: &str) -> &str {
    let without = arabic::after_article(arabic::without_and(key)).or(arabic::after_article(key));
    without.or(arabic::after_to_the(key)).unwrap_or(key)
}

/// The words that describe somebody, without the article, the head first.
pub(super) fn describing(view: &View<'_>, tokens: &Range<usize>) -> Vec<String> {
    // «مسؤولا نمساويا» is «المسؤول النمساوي» in another case.
    let plain = |i: usize| match view.key(i).strip_suffix('ا') {
        Some(stem) if stem.chars().count() > 3 => stem,
        _ => view.key(i),
    };
    let word = |i: usize| arabic::masculine(bare(plain(i))).to_owned();
    // «القيادي *الذي فضل عدم الكشف عن اسمه*» is the «قيادي» of before.
    let described = tokens.clone().take_while(|i| *i == tokens.start || !view.is(*i, Class::Relative));
    described
        .filter(|i| !view.is_punct(*i) && !view.is(*i, Class::Preposition) && !view.is(*i, Class::Adverb))
        .map(word)
        .collect()
}
