//! What speaks for two pages telling of the same happening, and what against it?

use crate::weave::story::look::{Look, Sketch, Terms};
use crate::weave::words::{Number, STOP};
use jiff::civil::Date;

/// What each number of [`Evidence`] says, in order. Likenesses and shares run from 0 to 1, rarities are divided by
/// that of a word which nobody counted; of two directions the first is the lower one.
pub const EVIDENCE: [&str; 45] = [
    "one",
    "headlines are alike",
    "headlines and leads are alike",
    "texts are alike",
    "headline in the other text, less",
    "headline in the other text, more",
    "lead in the other text, less",
    "lead in the other text, more",
    "rarest word of a headline that the other page lacks, less",
    "rarest word of a headline that the other page lacks, more",
    "rarest word of a lead that the other page lacks, less",
    "rarest word of a lead that the other page lacks, more",
    "rarest word in both leads",
    "weight of the words in both leads",
    "names of headlines are alike",
    "names of leads are alike",
    "names are alike",
    "names of a headline on the other page, less",
    "names of a headline on the other page, more",
    "names of a lead on the other page, less",
    "names of a lead on the other page, more",
    "rarest name of a lead that the other page lacks, less",
    "rarest name of a lead that the other page lacks, more",
    "rarest name in both leads",
    "a place in both leads",
    "places in both leads, none of them shared",
    "a person in both leads",
    "people in both leads, none of them shared",
    "one number counts one thing",
    "two numbers count one thing",
    "numbers in both leads",
    "a day in both leads",
    "days in both leads, none of them shared",
    "one of them first lets the other's first speaker speak",
    "others speak first",
    "days between the pages",
    "not of one day",
    "both days are known",
    "one outlet",
    "contacts are one, on a day",
    "contacts may be one",
    "leading contacts clash",
    "contacts of two states clash",
    "log of the shorter length",
    "log of the longer length",
];

/// How much of this piece of evidence there is; 0 for one that there is not.
pub fn value(evidence: &Evidence, what: &str) -> f32 {
    EVIDENCE.iter().zip(evidence).find(|(name, _)| **name == what).map_or(0.0, |(_, value)| *value)
}

/// Does `evidence` show `what`, one of [`EVIDENCE`]?
pub fn shows(evidence: &Evidence, what: &str) -> bool {
    EVIDENCE.iter().zip(evidence).any(|(name, value)| *name == what && *value > 0.0)
}

/// How many numbers that is.
const N: usize = EVIDENCE.len();

/// What speaks for two pages being of one story, by [`EVIDENCE`].
pub type Evidence = [f32; N];

/// What two lists of terms share.
#[derive(Default)]
struct Overlap {
    likeness: [f32; 3],
    /// The share of the headline and of headline and lead of either that stands on the other page.
    covered: [[f32; 2]; 2],
    /// The rarest term of headline and of lead of either that the other page lacks.
    lacking: [[f32; 2]; 2],
    /// The rarest term in both leads.
    rarest: f32,
    /// The sum over terms in both leads.
    sum: f32,
}

/// A term at its number: what another page shares with this one is found without walking along both.
#[derive(Clone, Copy, Default)]
pub(super) struct Here {
    weight: f32,
    title: bool,
    lead: bool,
}

/// The terms of one page at their numbers, nothing at all others.
pub(super) struct Spread(Vec<Here>);

impl Spread {
    pub fn new(terms: usize) -> Spread {
        Spread(vec![Here::default(); terms])
    }

    pub fn fill(&mut self, terms: &Terms) {
        terms.terms.iter().for_each(|t| {
            self.0[t.id as usize] = Here { weight: t.weight, title: t.title, lead: t.lead };
        });
    }

    /// Takes out what [`Spread::fill`] put in.
    pub fn clear(&mut self, terms: &Terms) {
        terms.terms.iter().for_each(|t| self.0[t.id as usize] = Here::default());
    }
}

/// What `a` shares with `b`, which is spread out in `spread`.
fn overlap(a: &Terms, b: &Terms, spread: &Spread) -> Overlap {
    let mut out = Overlap::default();
    let mut found = [[0.0f32; 2]; 2];
    for t in &a.terms {
        let here = spread.0[t.id as usize];
        if here.weight == 0.0 {
            if t.title {
                out.lacking[0][0] = out.lacking[0][0].max(t.rarity);
            }
            if t.lead {
                out.lacking[0][1] = out.lacking[0][1].max(t.rarity);
            }
            continue;
        }
        let square = t.rarity * t.rarity;
        out.likeness[2] += t.weight * here.weight;
        for (n, (mine, theirs)) in [(t.title, here.title), (t.lead, here.lead)].into_iter().enumerate() {
            found[0][n] += if mine { t.rarity } else { 0.0 };
            found[1][n] += if theirs { t.rarity } else { 0.0 };
            out.likeness[n] += if mine && theirs { square } else { 0.0 };
        }
        if t.lead && here.lead {
            out.rarest = out.rarest.max(t.rarity);
            out.sum += t.rarity;
        }
    }
    for t in b.terms.iter().filter(|t| t.lead) {
        if (t.rarity > out.lacking[1][1] || t.title) && a.get(t.id).is_none() {
            out.lacking[1][1] = out.lacking[1][1].max(t.rarity);
            if t.title {
                out.lacking[1][0] = out.lacking[1][0].max(t.rarity);
            }
        }
    }
    for n in 0..3 {
        out.likeness[n] = part(out.likeness[n], a.lengths[n] * b.lengths[n]);
    }
    for (side, terms) in [a, b].into_iter().enumerate() {
        out.covered[side] = [part(found[side][0], terms.sums[0]), part(found[side][1], terms.sums[1])];
    }
    out
}

fn part(of: f32, all: f32) -> f32 {
    if all == 0.0 { 0.0 } else { of / all }
}

/// How rare a word is that nobody counted, about.
const RARE: f32 = 10.0;

/// What speaks for `a` and `b` being of one story; `b` is spread out, its words and its names.
pub(super) fn evidence(a: &Look, b: &Look, words: &Spread, names: &Spread) -> Evidence {
    let mut out = [0.0; N];
    let mut at = 0;
    let mut put = |value: f32| {
        out[at] = value;
        at += 1;
    };
    put(1.0);
    let w = overlap(&a.words, &b.words, words);
    w.likeness.iter().for_each(|x| put(*x));
    both(&w.covered, 0, 1.0).iter().for_each(|x| put(*x));
    both(&w.covered, 1, 1.0).iter().for_each(|x| put(*x));
    both(&w.lacking, 0, RARE).iter().for_each(|x| put(*x));
    both(&w.lacking, 1, RARE).iter().for_each(|x| put(*x));
    put(w.rarest / RARE);
    put(w.sum.ln_1p() / RARE);
    let n = overlap(&a.names, &b.names, names);
    n.likeness.iter().for_each(|x| put(*x));
    both(&n.covered, 0, 1.0).iter().for_each(|x| put(*x));
    both(&n.covered, 1, 1.0).iter().for_each(|x| put(*x));
    both(&n.lacking, 1, RARE).iter().for_each(|x| put(*x));
    put(n.rarest / RARE);
    for (x, y) in [(&a.places, &b.places), (&a.people, &b.people)] {
        let shared = x.iter().any(|p| y.contains(p));
        put(flag(shared));
        put(flag(!shared && !x.is_empty() && !y.is_empty()));
    }
    let (same, other, any) = counts(&a.numbers, &b.numbers);
    put(flag(same));
    put(flag(other && !same));
    put(flag(any));
    let shared = a.days.iter().any(|d| b.days.contains(d));
    put(flag(shared));
    put(flag(!shared && !a.days.is_empty() && !b.days.is_empty()));
    let spoken = a.speaker.is_some() && a.speaker == b.speaker;
    put(flag(spoken));
    put(flag(!spoken && a.speaker.is_some() && b.speaker.is_some()));
    let days = between(a.day, b.day);
    put(days.min(7.0) / 7.0);
    put(flag(days > 0.0));
    put(flag(a.day.is_some() && b.day.is_some()));
    put(flag(a.outlet == b.outlet));
    let [on_a_day, may, leading, of_states] = contacts(&a.contacts, &b.contacts);
    put(flag(on_a_day));
    put(flag(may));
    put(flag(leading));
    put(flag(of_states));
    put((a.length.min(b.length) as f32).ln_1p() / RARE);
    put((a.length.max(b.length) as f32).ln_1p() / RARE);
    out
}

/// The lower of two directions, and the higher one.
fn both(of: &[[f32; 2]; 2], n: usize, by: f32) -> [f32; 2] {
    let (x, y) = (of[0][n] / by, of[1][n] / by);
    [x.min(y), x.max(y)]
}

fn flag(is: bool) -> f32 {
    if is { 1.0 } else { 0.0 }
}

fn between(a: Option<Date>, b: Option<Date>) -> f32 {
    let (Some(a), Some(b)) = (a, b) else { return 0.0 };
    (b - a).get_days().abs() as f32
}

/// Does one number count the same thing in both, do two, is there one number in both?
fn counts(a: &[Number], b: &[Number]) -> (bool, bool, bool) {
    let (mut same, mut other, mut any) = (false, false, false);
    for x in a {
        for y in b {
            any |= x.value == y.value;
            if x.around.iter().zip(y.around).any(|(p, q)| *p != STOP && *p == q) {
                same |= x.value == y.value;
                other |= x.value != y.value;
            }
        }
    }
    (same, other, any)
}

/// Are their contacts one on a day, may they be one, can they not be one? A call on Tuesday is not the call on
/// Thursday between the same two.
fn contacts(a: &[Sketch], b: &[Sketch]) -> [bool; 4] {
    let (mut on_a_day, mut may, mut clash, mut states_apart, mut states_meet) = (false, false, false, false, false);
    for (i, x) in a.iter().enumerate() {
        for (j, y) in b.iter().enumerate() {
            let known = x.day.exactness().min(y.day.exactness()) > 0;
            let apart = x.day.clashes(y.day);
            if x.states.len() > 1 && x.states == y.states {
                states_apart |= apart;
                states_meet |= known && !apart;
            }
            if x.kind != y.kind || x.parties.iter().filter(|p| y.parties.contains(p)).count() < 2 {
                continue;
            }
            clash |= i + j == 0 && apart;
            on_a_day |= known && !apart;
            may |= i + j == 0 && !known;
        }
    }
    [on_a_day, may, clash, states_apart && !states_meet]
}
