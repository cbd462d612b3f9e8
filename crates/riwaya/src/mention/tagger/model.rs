//! The weights, and the best labels of a stretch under them.

use super::{LABELS, Label};
use crate::error::Error;

/// What a model file starts with.
const MAGIC: &[u8; 4] = b"RWN1";
/// Bytes before the weights: the magic, and the number of bits of a row.
const HEAD: usize = 5;

/// Weights for every hashed feature and label, and for labels that follow one another.
#[derive(Clone)]
pub struct Model {
    bits: u32,
    caution: i16,
    follow: [[i32; LABELS]; LABELS],
    /// One weight a label, and one more so that a row is added up at once.
    rows: Vec<[i16; WIDTH]>,
}

/// Weights of a row in memory.
const WIDTH: usize = LABELS + 1;
/// The sums of a token while its features are added.
pub(super) type Sums = [i32; WIDTH];

impl std::fmt::Debug for Model {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Model of {} rows", self.rows.len())
    }
}

impl Model {
    /// A model of `2^bits` rows, as the trainer has it, scaled to whole numbers already. `caution` is given to words of
    /// which no rule said anything as a reason to be no name.
    pub fn new(bits: u32, caution: i16, follow: [[i16; LABELS]; LABELS], rows: Vec<[i16; LABELS]>) -> Model {
        let wide = |row: [i16; LABELS]| std::array::from_fn(|l| row.get(l).copied().unwrap_or(0));
        let rows = rows.into_iter().map(wide).collect();
        Model { bits, caution, follow: follow.map(|row| row.map(i32::from)), rows }
    }

    /// Reads a model file: `RWN1`, the bits of a row, then 16-bit weights: the caution, those of labels
    /// that follow one another, the rows.
    ///
    /// # Errors
    /// Where the file is none, or is cut off.
    pub fn read(path: &str, bytes: &[u8]) -> Result<Model, Error> {
        let wrong = |found: String| Error::new(path, found, "a model that examples/train_names.rs wrote");
        let bits = match bytes.strip_prefix(MAGIC).and_then(<[u8]>::first) {
            Some(bits) if (1..=24).contains(bits) => u32::from(*bits),
            _ => return Err(wrong("other bytes".to_owned())),
        };
        let mut weights = bytes[HEAD..].chunks_exact(2).map(|b| i16::from_le_bytes([b[0], b[1]]));
        let caution = weights.next().unwrap_or(0);
        let mut row = || -> Option<[i16; LABELS]> {
            let mut row = [0; LABELS];
            for weight in &mut row {
                *weight = weights.next()?;
            }
            Some(row)
        };
        let cut = || wrong(format!("{} bytes", bytes.len()));
        let mut follow = [[0; LABELS]; LABELS];
        for to in &mut follow {
            *to = row().ok_or_else(cut)?;
        }
        let rows = (0..1usize << bits).map(|_| row()).collect::<Option<Vec<_>>>().ok_or_else(cut)?;
        Ok(Model::new(bits, caution, follow, rows))
    }

    /// The bytes of a model file.
    pub fn write(&self) -> Vec<u8> {
        let mut out = MAGIC.to_vec();
        out.push(self.bits as u8);
        let follow = self.follow.iter().flatten().map(|w| *w as i16);
        for weight in
            std::iter::once(self.caution).chain(follow).chain(self.rows.iter().flat_map(|row| &row[..LABELS]).copied())
        {
            out.extend_from_slice(&weight.to_le_bytes());
        }
        out
    }

    /// The row of a feature in a model of `2^bits` rows.
    pub fn row(bits: u32, feature: u32) -> usize {
        (feature.wrapping_mul(0x9e37_79b1) >> (32 - bits)) as usize
    }

    /// The scores of a token before its features are added; `said` if a rule said something of it.
    pub(super) fn start(&self, said: bool) -> Sums {
        let caution = if said { 0 } else { i32::from(self.caution) };
        // People are told best; the others have to be surer.
        std::array::from_fn(|label| match label {
            0 => caution,
            1 | 2 => 0,
            _ => -caution,
        })
    }

    /// Is a name of that many words better than none by enough? One word alone has to be surer than two.
    pub(super) fn is_sure(&self, margin: i32, words: usize) -> bool {
        words > 1 || margin > i32::from(self.caution)
    }

    /// Adds the weights of a feature to the scores of a token.
    #[inline]
    pub(super) fn add(&self, feature: u32, sums: &mut Sums) {
        if let Some(row) = self.rows.get(Model::row(self.bits, feature)) {
            for label in 0..WIDTH {
                sums[label] += i32::from(row[label]);
            }
        }
    }

    /// The best labels for tokens with these scores, after a word with label `before` (Viterbi); the lower label wins a tie.
    pub(super) fn best(&self, before: Label, scores: &[[i32; LABELS]], path: &mut Path) {
        path.best(before, scores, |from, to| self.follow[from][to]);
    }
}

/// Room for the search, used again from stretch to stretch.
#[derive(Debug, Default)]
pub struct Path {
    back: Vec<[Label; LABELS]>,
    /// The labels found.
    pub labels: Vec<Label>,
}

/// Less than any sum of weights.
const NEVER: i32 = i32::MIN / 2;

impl Path {
    /// The labels with the highest sum, where `follow` scores two labels that follow one another.
    pub fn best(&mut self, before: Label, scores: &[[i32; LABELS]], follow: impl Fn(usize, usize) -> i32) {
        self.back.clear();
        self.labels.clear();
        let mut sums = [NEVER; LABELS];
        sums[usize::from(before).min(LABELS - 1)] = 0;
        for score in scores {
            let mut next = [NEVER; LABELS];
            let mut back = [0; LABELS];
            for to in 0..LABELS {
                // What may stand before `to`: anything before a beginning, its own kind before what goes on.
                let before = if to == 0 || to % 2 == 1 { 0..LABELS } else { to - 1..to + 1 };
                for from in before {
                    let sum = sums[from].saturating_add(follow(from, to));
                    if sum > next[to] {
                        (next[to], back[to]) = (sum, from as Label);
                    }
                }
                next[to] = next[to].saturating_add(score[to]).max(NEVER);
            }
            sums = next;
            self.back.push(back);
        }
        let mut label = (0..LABELS).rev().max_by_key(|l| sums[*l]).unwrap_or(0) as Label;
        for back in self.back.iter().rev() {
            self.labels.push(label);
            label = back[usize::from(label)];
        }
        self.labels.reverse();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_model_survives_its_file() {
        let mut rows = vec![[0; LABELS]; 8];
        rows[3][2] = -7;
        let mut follow = [[0; LABELS]; LABELS];
        follow[1][2] = 300;
        let bytes = Model::new(3, 9, follow, rows).write();
        assert_eq!(Model::read("x", &bytes).map(|m| m.write()).ok(), Some(bytes.clone()));
        assert!(Model::read("x", &bytes[..bytes.len() - 1]).is_err());
        assert!(Model::read("x", b"text").is_err());
    }

    #[test]
    fn labels_follow_as_they_may() {
        for to in 0..LABELS as Label {
            let mut score = [0; LABELS];
            score[usize::from(to)] = 9;
            for before in 0..LABELS as Label {
                let mut path = Path::default();
                path.best(before, &[score], |_, _| 0);
                assert_eq!(path.labels == [to], super::super::may_follow(before, to), "{before} {to}");
            }
        }
    }

    #[test]
    fn a_name_begins_before_it_goes_on() {
        let mut path = Path::default();
        let mut inside = [0; LABELS];
        inside[2] = 5;
        path.best(0, &[inside, inside], |_, _| 0);
        assert_eq!(path.labels, [1, 2]);
        path.best(1, &[inside], |_, _| 0);
        assert_eq!(path.labels, [2]);
    }
}
