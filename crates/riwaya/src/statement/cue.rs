//! Which words of a sentence may attribute?

use super::arabic;
use super::inflect;
use super::lexicon::{Class, Form, Person, Tense, Verb};
use super::view::View;
use crate::text::{Span, TokenKind};
use std::ops::Range;

/// A verb form that may attribute.
#[derive(Debug, Clone, Copy)]
pub(super) struct Cue {
    /// Its token.
    pub at: usize,
    pub form: Form,
    /// How many letters stand before the verb: و ف.
    pub prefix: usize,
    /// «لم تستبعد»: the negator before a verb of denial.
    pub negated: bool,
}

impl Cue {
    pub fn verb<'v>(&self, view: &View<'v>) -> &'v Verb {
        &view.lexicon.verbs[self.form.verb]
    }

    /// The words of the cue, without و and ف, with the negator of a denial.
    pub fn span(&self, view: &View<'_>) -> Span {
        let word = view.text.without_prefix(self.at, self.prefix);
        if !self.negated {
            return word;
        }
        let and = usize::from(arabic::is_joined(view.key(self.at - 1)));
        view.text.without_prefix(self.at - 1, and).to(word)
    }

    /// Does it join the sentence to what went before («وأضاف»)?
    pub fn joins(&self) -> bool {
        self.prefix > 0
    }

    pub fn is_finite(&self) -> bool {
        self.form.tense != Tense::Participle
    }
}

/// All candidate cues among `tokens`, in order.
pub(super) fn cues(view: &View<'_>, tokens: Range<usize>) -> Vec<Cue> {
    tokens.clone().filter_map(|i| cue(view, i, tokens.start)).collect()
}

fn cue(view: &View<'_>, i: usize, start: usize) -> Option<Cue> {
    if view.text.tokens()[i].kind != TokenKind::Word || view.is_name(i) {
        return None;
    }
    let (form, prefix) = form(view, i)?;
    if form.person == Person::First && view.text.quote_of(i).is_none() {
        return None;
    }
    // «كتب دون أن *يذكر* الوزير بالاسم»
    if i > start + 1 && view.is_complementizer(i - 1) && view.is(i - 2, Class::Without) {
        return None;
    }
    // «شارك 168 *طالبا* ببرامج …»: who is counted.
    if i > start && view.text.tokens()[i - 1].kind == TokenKind::Number && view.key(i).ends_with('ا') {
        return None;
    }
    // «وأوضح المخرج أمين *طالب* أن …»: behind a given name a verb without «و» is the family's, where another verb waits.
    if i > start && form.tense == Tense::Past && view.is_given_alone(i) && waits(view, i, start) {
        return None;
    }
    // «حيث *تبين أنه* …»: it became clear.
    if view.is_bare(i, Class::Impersonal) && view.is_complementizer(i + 1) {
        return None;
    }
    // «تحول بيننا *وبين* التواصل»
    let between = |j: usize| view.is(j, Class::Between);
    if prefix > 0 && view.is_bare(i, Class::Between) && (start..i).rev().take(BETWEEN).any(between) {
        return None;
    }
    // «*من بين* المسائل المتفق عليها أنه …»
    if i > start && view.is(i, Class::Between) && view.is_bare(i - 1, Class::Partitive) {
        return None;
    }
    let mut cue = Cue { at: i, form, prefix, negated: false };
    // «وأضاف القيادي، *رافضا* الكشف عن اسمه: …»
    let withheld = || view.lexicon.classes(arabic::without_article(view.key(i + 1))).is(Class::Deed);
    // «رفض *ذكر* اسمه»
    let inside = i > start && withholds_name(view, i - 1);
    if cue.verb(view).frames.deed && withheld() || inside || withholds_name(view, i) {
        return None;
    }
    if i > start && view.is(i - 1, Class::Negator) {
        cue.negated = cue.verb(view).frames.deny;
        if !cue.negated {
            return None;
        }
    }
    // «من خلال *توقع* الخسائر»: behind a preposition it is a noun.
    if form.tense == Tense::Past
        && form.person == Person::He
        && prefix == 0
        && i > start
        && view.is(i - 1, Class::BeforeNoun)
    {
        return None;
    }
    // «أوقفته السلطات *على ذكر* مصادر الوكالة»; behind «من» it may be a verb, «هناك من *يقول* إن …».
    let led = i > start && view.is(i - 1, Class::Preposition) && !view.is(i - 1, Class::Partitive);
    if led && form.tense != Tense::Participle {
        return None;
    }
    // «وقالت الوزارة *عبر* بيان: …»: without its preposition near it is none.
    let frames = &cue.verb(view).frames;
    let lone = frames.strict && !frames.that && !frames.prepositions.is_empty() && form.person == Person::He;
    if lone && prefix == 0 && i > start && !leads_to(view, frames, i) {
        return None;
    }
    let fits = match form.tense {
        Tense::Participle => participle_fits(view, i, form.person, start),
        _ => !cue.verb(view).frames.strict || form.tense == Tense::Present || starts_clause(view, &cue, start),
    };
    fits.then_some(cue)
}

/// Does a verb that needs a clause stand in front of token `i`, with nothing but its subject between?
fn waits(view: &View<'_>, i: usize, start: usize) -> bool {
    let ends = |j: usize| view.is_punct(j) || view.is_complementizer(j);
    let before = (start..i).rev().take(SUBJECT).take_while(|j| !ends(*j));
    let that = |f: Form| f.tense == Tense::Past && view.lexicon.verbs[f.verb].frames.that;
    before.into_iter().any(|j| view.form(j, 0).or(view.form(j, 1)).is_some_and(that))
}

/// Does one of the verb's prepositions follow in the same clause?
fn leads_to(view: &View<'_>, frames: &super::lexicon::Frames, i: usize) -> bool {
    let clear = |j: &usize| !matches!(view.text.word(*j), "." | ":");
    let near = (i + 1..view.text.len().min(i + 1 + PREPOSITION)).take_while(clear);
    let is = |j: usize, p: &str| view.key(j) == p || p.chars().count() == 1 && view.key(j).starts_with(p);
    near.into_iter().any(|j| frames.prepositions.iter().any(|p| is(j, p)))
}

/// How far behind a verb of a preposition its preposition may stand, in tokens.
const PREPOSITION: usize = 12;
/// The longest subject with an office in front of its name, in tokens.
const SUBJECT: usize = 12;
/// How far apart the two words of «بيننا وبين …» stand, in tokens.
const BETWEEN: usize = 8;
/// How far behind the verb the name that is withheld stands, in tokens.
const WITHHELD: usize = 7;

/// «مسؤول *طلب* عدم الكشف عن هويته», «قيادي *فضل* التكتم على اسمه», «مصدر *رفض* ذكر اسمه»: why somebody has no name is nothing
/// that he says.
pub(super) fn withholds_name(view: &View<'_>, i: usize) -> bool {
    let ends = |j: usize| view.is_punct(j) || view.is_complementizer(j);
    let behind = i + 1..view.text.len().min(i + 1 + WITHHELD);
    let own = behind.take_while(|j| !ends(*j)).find(|j| view.is(*j, Class::Identity));
    let deed = |j: usize| view.lexicon.classes(arabic::without_article(view.key(j))).is(Class::Deed);
    let withheld = |j: usize| view.is(j, Class::Without) || deed(j);
    let reach = i + 2 + usize::from(view.form(i, 0).is_some());
    own.is_some_and(|own| !withheld(i) && (i + 1..own.min(reach)).any(withheld))
}

/// Looks the word up whole, then without و ف and the س of the future, then without a pronoun object.
pub(super) fn form(view: &View<'_>, i: usize) -> Option<(Form, usize)> {
    let key = view.key(i);
    for (prefix, rest, future) in inflect::fronts(key) {
        let form = if future { view.lexicon.form(rest) } else { view.form(i, prefix) };
        if let Some(form) = form
            && (!future || form.tense == Tense::Present && form.person != Person::First)
        {
            return Some((form, prefix));
        }
    }
    if arabic::ends_in_noun_mark(view.text.word(i)) || !inflect::may_have_object(key) {
        return None;
    }
    for (prefix, rest, _) in inflect::fronts(key) {
        let found = inflect::without_object(rest).find_map(|stem| view.lexicon.form(stem));
        if let Some(form) = found.filter(|f| f.tense != Tense::Participle && f.person != Person::First) {
            let frames = &view.lexicon.verbs[form.verb].frames;
            let relative = i > 0 && view.is(i - 1, Class::Relative);
            if relative
                || !frames.strict && (frames.addressee || frames.that)
                || (frames.object || frames.pair) && !frames.strict
            {
                return Some((form, prefix));
            }
        }
    }
    None
}

/// «…، مؤكدة أن» attributes, «الأطراف المؤكدة» and «مدينة» do not: the feminine and the plural need a comma before
/// them or a clause right behind.
fn participle_fits(view: &View<'_>, i: usize, person: Person, start: usize) -> bool {
    // «أن هناك *مقترحا* لمنح التأشيرات», «ليس *مشددا* بما يكفي»
    let predicate = i > start && view.is(i - 1, Class::NoParticipleAfter);
    if person == Person::He {
        return !predicate;
    }
    let after_break = i == start || view.is_punct(i - 1);
    let clause_follows = (i + 1..i + 4).any(|j| view.is_complementizer(j));
    after_break || clause_follows
}

/// A form with another everyday meaning («بين», «رد») attributes only at the start of a clause.
fn starts_clause(view: &View<'_>, cue: &Cue, start: usize) -> bool {
    let i = cue.at;
    i == start
        || cue.prefix > 0
        || cue.form.person != Person::He
        || view.is_punct(i - 1)
        || view.is(i - 1, Class::Auxiliary)
        || view.is(i - 1, Class::Topic)
        || view.is(i - 1, Class::Switch)
        || view.is(i - 1, Class::Relative)
        || view.is_complementizer(i - 1)
        || view.is_name(i - 1)
        || follows_person(view, i, start)
}

/// «*الوزير عبر* عن قلقه», but not «دان *السفير رفض* بلاده للحصار».
fn follows_person(view: &View<'_>, i: usize, start: usize) -> bool {
    let person = arabic::is_definite(view.key(i - 1)) && view.is_person_noun(i - 1);
    let verb = |j: usize| view.form(j, 0).or(view.form(j, 1)).is_some_and(|f| f.tense != Tense::Participle);
    person && !(i > start + 1 && verb(i - 2))
}
