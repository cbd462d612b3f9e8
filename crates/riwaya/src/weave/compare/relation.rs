//! How do two clauses about one thing stand to one another? The weakest relation that fits.

use super::about::Unit;
use super::clause::Clause;
use super::{DISCUSS, Relation};
use crate::weave::concept::{Concept, Scope};
use crate::weave::when::Day;

/// Likeness from which on they say the same.
const SAME: f32 = 0.40;
/// Likeness from which on one can contradict the other.
const OPPOSED: f32 = 0.40;
/// Likeness from which on no other verb makes it another point: “would stay open day and night”, “round-the-clock traffic”.
const EQUAL: f32 = 0.65;
/// How somebody stands to what was spoken of at a contact.
const TOLD: [&str; 3] = [DISCUSS, "promise", "request"];
/// Stances that take what follows for a fact, or for sure.
const FACTS: [&str; 2] = ["welcome", "promise"];
/// Share of equal words in a row from which on the words are the same.
const WORDS: f32 = 0.80;
/// How exact a day must be to differ from another: at least a month.
const MONTH: u8 = 4;

/// The rule of a point whose sides name other days.
pub(in crate::weave) const SCOPE_DAYS: &str = "compare/days";

/// The weakest relation that fits two clauses about one thing, and its rule.
pub(super) fn relation(a: &Clause, b: &Clause, likeness: f32, concepts: &[Concept]) -> (Relation, &'static str) {
    if a.joint && b.joint && a.page == b.page && a.words == b.words {
        return (Relation::SameWords, "compare/said-together");
    }
    if initiators_differ(a, b) {
        return (Relation::Contradicts, "compare/initiator");
    }
    let days = days_differ(a, b);
    if !days && contradicts(a, b, likeness, concepts) {
        let rule = if a.about.denied != b.about.denied { "compare/denied" } else { "compare/opposite" };
        return (Relation::Contradicts, rule);
    }
    if days {
        return (Relation::ScopeDiffers, SCOPE_DAYS);
    }
    if numbers_differ(a, b) {
        return (Relation::ScopeDiffers, "compare/numbers");
    }
    let stance = same_stance(a, b, concepts);
    let one_way = turned(a, b, concepts) == Some(false) && (likeness >= EQUAL || !acts_differ(a, b, concepts));
    let alike = stance || a.about.weak != b.about.weak;
    let limits = is_limited(a, b) != is_limited(b, a) && turned(a, b, concepts) == Some(true);
    if likeness >= OPPOSED && alike && (one_way && strength_differs(a, b) || limits) {
        return (Relation::ScopeDiffers, "compare/strength");
    }
    if common_run(&a.about.keys, &b.about.keys) >= WORDS {
        return (Relation::SameWords, "compare/words");
    }
    if likeness >= SAME && stance && one_way {
        return (Relation::SamePoint, "compare/point");
    }
    (Relation::WordingDiffers, "compare/wording")
}

fn of_scope<'c>(clause: &'c Clause, concepts: &'c [Concept], scope: Scope) -> impl Iterator<Item = usize> + 'c {
    clause.about.concepts.iter().map(|(c, _)| *c).filter(move |c| concepts[*c].scope == scope)
}

fn are_opposite(a: usize, b: usize, concepts: &[Concept]) -> bool {
    concepts[a].against.contains(&b) || concepts[b].against.contains(&a)
}

/// Do both propose, or warn, or thank, or neither? «اقترح تمديد» is no «اتفقا على تمديد».
pub(super) fn same_stance(a: &Clause, b: &Clause, concepts: &[Concept]) -> bool {
    [Scope::Attitude, Scope::Courtesy].into_iter().all(|scope| {
        let covered = |x: &Clause, y: &Clause| {
            of_scope(x, concepts, scope)
                .all(|c| of_scope(y, concepts, scope).any(|d| c == d || are_opposite(c, d, concepts)))
        };
        covered(a, b) && covered(b, a)
    })
}

/// As [`same_stance`], but for what takes it for a fact: «رحب بأن بغداد سحبت الدعوى» says that she did.
fn same_claim(a: &Clause, b: &Clause, concepts: &[Concept]) -> bool {
    let stances = |x: &Clause| -> Vec<usize> {
        let stands = |c: &usize| matches!(concepts[*c].scope, Scope::Attitude | Scope::Courtesy);
        let all = x.about.concepts.iter().map(|(c, _)| *c);
        all.filter(stands).filter(|c| !FACTS.contains(&concepts[*c].id.as_str())).collect()
    };
    let (x, y) = (stances(a), stances(b));
    let covered =
        |x: &[usize], y: &[usize]| x.iter().all(|c| y.iter().any(|d| c == d || are_opposite(*c, *d, concepts)));
    covered(&x, &y) && covered(&y, &x)
}

/// Is one a courtesy that the other is not?
pub(super) fn other_courtesy(a: &Clause, b: &Clause, concepts: &[Concept]) -> bool {
    let has = |x: &Clause, c: usize| x.about.concepts.iter().any(|(d, _)| *d == c);
    let alone = |x: &Clause, y: &Clause| of_scope(x, concepts, Scope::Courtesy).any(|c| !has(y, c));
    alone(a, b) || alone(b, a)
}

/// Do they turn one thing in opposite ways: one says that it is so, the other that it is not, or one names an act and
/// the other its opposite? Unknown where a word turns something that no concept names.
fn turned(a: &Clause, b: &Clause, concepts: &[Concept]) -> Option<bool> {
    if a.about.unclear != b.about.unclear {
        return None;
    }
    let acts = |x: &Clause| -> Vec<usize> {
        x.about
            .concepts
            .iter()
            .map(|(c, _)| *c)
            .filter(|c| !matches!(concepts[*c].scope, Scope::Turn | Scope::Assent))
            .collect()
    };
    let (x, y) = (acts(a), acts(b));
    let (mine, others) = (apart(&x, &y), apart(&y, &x));
    let opposed = |c: usize, side: &[usize]| side.iter().any(|d| are_opposite(c, *d, concepts));
    let opposites = mine.iter().filter(|c| opposed(**c, &others)).count();
    // «الحد من انطلاق القوارب» beside “stop the boats”: which act turns what, nobody knows.
    let free =
        |own: &[usize], side: &[usize]| own.iter().any(|c| concepts[*c].scope == Scope::Act && !opposed(*c, side));
    if opposites > 0 && (free(&mine, &others) || free(&others, &mine)) {
        return None;
    }
    // “with visas” beside “without visas”.
    let other = |(c, without): &&(usize, bool)| b.about.concepts.iter().any(|(d, other)| d == c && other != without);
    let parts = a.about.concepts.iter().filter(other);
    Some((a.about.negative != b.about.negative) != ((opposites + parts.count()) % 2 == 1))
}

/// What `own` holds and `other` does not.
fn apart(own: &[usize], other: &[usize]) -> Vec<usize> {
    own.iter().filter(|c| !other.contains(c)).copied().collect()
}

/// One says that it was not spoken of, the other what was agreed, said or promised of it.
fn undiscussed(a: &Clause, b: &Clause, concepts: &[Concept]) -> bool {
    let told = |x: &Clause| {
        !x.about.negative && of_scope(x, concepts, Scope::Attitude).all(|c| TOLD.contains(&concepts[c].id.as_str()))
    };
    a.about.undiscussed && told(b) || b.about.undiscussed && told(a)
}

/// Does one of them do what the other doesn't speak of?
fn acts_differ(a: &Clause, b: &Clause, concepts: &[Concept]) -> bool {
    let (x, y): (Vec<_>, Vec<_>) =
        (of_scope(a, concepts, Scope::Act).collect(), of_scope(b, concepts, Scope::Act).collect());
    !x.is_empty() && !y.is_empty() && !x.iter().any(|c| y.iter().any(|d| c == d || are_opposite(*c, *d, concepts)))
}

/// One says of the same actor and the same thing that it is so, the other that it is not, and neither hedges.
fn contradicts(a: &Clause, b: &Clause, likeness: f32, concepts: &[Concept]) -> bool {
    let shared =
        |scope: Scope| of_scope(a, concepts, scope).filter(|c| of_scope(b, concepts, scope).any(|d| d == *c)).count();
    let entities = a.about.entities.iter().filter(|e| b.about.entities.contains(e)).count();
    let opposed = of_scope(a, concepts, Scope::Act)
        .any(|c| of_scope(b, concepts, Scope::Act).any(|d| are_opposite(c, d, concepts)));
    let things = shared(Scope::Topic) + entities;
    let acts = shared(Scope::Act) + shared(Scope::Attitude) + usize::from(opposed);
    let actors = match (&a.about.actor, &b.about.actor) {
        (Some(x), Some(y)) => x == y,
        (None, None) => true,
        _ => things + acts >= 2 || likeness >= EQUAL,
    };
    // «وافقت على» beside «رفضت».
    let decides = |c: &Clause| of_scope(c, concepts, Scope::Assent).chain(of_scope(c, concepts, Scope::Turn)).next();
    let acts = acts + usize::from(decides(a).is_some() && decides(b).is_some());
    let told = things >= 1 && (acts >= 1 || things >= 2 || likeness >= EQUAL);
    let firm = |c: &Clause| !c.about.hedged && !c.about.weak;
    let opposite = turned(a, b, concepts) == Some(true) && same_claim(a, b, concepts) && told;
    (opposite || undiscussed(a, b, concepts) && things >= 1)
        && is_limited(a, b) == is_limited(b, a)
        && actors
        && firm(a)
        && firm(b)
        && likeness >= OPPOSED
}

/// Does the first hold only without something of which the second does not speak: “workers without papers”?
fn is_limited(a: &Clause, b: &Clause) -> bool {
    let unknown = |(c, without): &(usize, bool)| *without && !b.about.concepts.iter().any(|(d, _)| d == c);
    a.about.limited || a.about.concepts.iter().any(unknown)
}

/// Each names another as the one who asked for the contact.
fn initiators_differ(a: &Clause, b: &Clause) -> bool {
    matches!((&a.about.initiator, &b.about.initiator), (Some(x), Some(y)) if x != y)
        && !a.about.hedged
        && !b.about.hedged
}

/// Days or months of one thing that are not the same.
fn days_differ(a: &Clause, b: &Clause) -> bool {
    let days = |c: &Clause| -> Vec<Day> {
        c.about.dates.iter().map(|d| Day::parse(d)).filter(|d| d.exactness() >= MONTH).collect()
    };
    let (x, y) = (days(a), days(b));
    let inside = |few: &[Day], many: &[Day]| few.iter().all(|d| many.iter().any(|e| !d.clashes(*e)));
    !(x.is_empty() || y.is_empty() || inside(&x, &y) && inside(&y, &x))
}

/// Numbers of one unit, or durations, that are not the same.
fn numbers_differ(a: &Clause, b: &Clause) -> bool {
    let counted = a.about.numbers.iter().any(|(n, unit)| {
        let known = match unit {
            Unit::Concept(_) => true,
            Unit::Stem(stem) => a.lang == b.lang && !stem.is_empty(),
        };
        let same_unit = || b.about.numbers.iter().filter(|(_, other)| other == unit);
        known && same_unit().next().is_some() && same_unit().all(|(m, _)| m != n)
    });
    let (x, y) = (&a.about.durations, &b.about.durations);
    counted || lone_numbers_differ(a, b) || !x.is_empty() && !y.is_empty() && !x.iter().any(|d| y.contains(d))
}

/// The only number of each in two languages, of what no concept names.
fn lone_numbers_differ(a: &Clause, b: &Clause) -> bool {
    match (a.about.numbers.as_slice(), b.about.numbers.as_slice()) {
        ([(n, Unit::Stem(_))], [(m, Unit::Stem(_))]) => a.lang != b.lang && n != m,
        _ => false,
    }
}

/// One is ready to, may, or does a part of it; the other does it.
fn strength_differs(a: &Clause, b: &Clause) -> bool {
    let (x, y) = (&a.about, &b.about);
    x.weak != y.weak || x.hedged != y.hedged || x.whole && y.part || x.part && y.whole
}

/// The longest run of equal words, as a share of the shorter clause.
fn common_run(a: &[String], b: &[String]) -> f32 {
    let mut longest = 0;
    let mut row = vec![0usize; b.len() + 1];
    for x in a {
        let mut before = 0;
        for (j, y) in b.iter().enumerate() {
            let here = row[j + 1];
            row[j + 1] = if x == y { before + 1 } else { 0 };
            longest = longest.max(row[j + 1]);
            before = here;
        }
    }
    let shorter = a.len().min(b.len());
    if shorter < 4 { 0.0 } else { longest as f32 / shorter as f32 }
}
