//! Which words are names that no list knows?
//!
//! Rules read first. Around words that they left open and that are no plain common words, a small model tells where names
//! begin and end: an averaged structured perceptron (Collins 2002) over hashed features, with whole weights, so that
//! every machine answers alike. It also has the last word on names of people that a rule made of unknown words alone.
//!
//! In a script with capitals it is asked around every capital: what rules found there is one more feature of a word, and
//! the model decides where the name begins and ends and what it names.

mod features;
mod finds;
mod model;
mod settle;
mod shape;

pub(super) use finds::{soften, tag};
pub use model::{Model, Path};
pub(super) use settle::settle;

use super::cells::Cells;
use super::{Lexicon, scan};
use crate::page::Layout;
use crate::text::Text;
use crate::time::Time;
use std::ops::Range;

/// What a word is within a name: 0 for no part of one, else [`Label::begin`] or [`Label::inside`] of a kind.
pub type Label = u8;

/// How many labels there are.
pub const LABELS: usize = 7;

/// The first word of a name; `kind` is 0 for people, 1 for organisations, 2 for places.
pub fn begin(kind: u8) -> Label {
    1 + 2 * kind
}

/// Another word of a name.
pub fn inside(kind: u8) -> Label {
    2 + 2 * kind
}

/// The kind of name that a label belongs to.
pub fn kind_of(label: Label) -> Option<u8> {
    label.checked_sub(1).map(|l| l / 2)
}

/// May `label` stand right after `before`? A name must begin before it goes on.
pub fn may_follow(before: Label, label: Label) -> bool {
    label == 0 || label % 2 == 1 || kind_of(before) == kind_of(label)
}

/// A run of words that rules left open, with the features of each: what the trainer learns from.
#[derive(Debug, Clone)]
pub struct Stretch {
    /// Its tokens.
    pub tokens: Range<usize>,
    /// The label of the word before it, where a rule gave that word a name.
    pub before: Label,
    /// The features of each token, hashed.
    pub features: Vec<Vec<u32>>,
}

/// The stretches of a page that the model would be asked about.
pub fn stretches(text: &Text, layout: &Layout, times: &[Time], lexicon: &Lexicon) -> Vec<Stretch> {
    let mut cells = Cells::new(text, layout, times, lexicon);
    if lexicon.capitals {
        let finds = super::capital::by_rules(&mut cells);
        return shape::stretches(&cells, &finds);
    }
    let finds = scan::by_rules(&mut cells, true);
    let mut out = Vec::new();
    let mut views = features::Views::default();
    features::each_stretch(&cells, |tokens| {
        views.fill(&cells, &finds, tokens.clone());
        let features = tokens
            .clone()
            .map(|i| {
                let mut all = Vec::new();
                views.features(i, |f| all.push(f));
                all
            })
            .collect();
        out.push(Stretch { before: finds::label_before(&cells, &finds, tokens.start), tokens, features });
    });
    out
}
