//! The learner: whole weights that move by one where the best labels are not the wanted ones, averaged over all steps.

use riwaya::mention::tagger::{LABELS, Label, Model, Path, Stretch};

/// Weights while they are learned, and the sums that the average is made of.
pub struct Perceptron {
    bits: u32,
    steps: i64,
    rows: Vec<[i32; LABELS]>,
    sums: Vec<[i64; LABELS]>,
    follow: [[i32; LABELS]; LABELS],
    follow_sums: [[i64; LABELS]; LABELS],
    path: Path,
}

impl Perceptron {
    /// Nothing is known yet; `2^bits` rows.
    pub fn new(bits: u32) -> Perceptron {
        Perceptron {
            bits,
            steps: 1,
            rows: vec![[0; LABELS]; 1 << bits],
            sums: vec![[0; LABELS]; 1 << bits],
            follow: [[0; LABELS]; LABELS],
            follow_sums: [[0; LABELS]; LABELS],
            path: Path::default(),
        }
    }

    /// Reads a stretch, moves the weights where that was wrong, and says at how many tokens it was.
    pub fn learn(&mut self, stretch: &Stretch, wanted: &[Label]) -> usize {
        let scores: Vec<[i32; LABELS]> = stretch
            .features
            .iter()
            .map(|features| {
                let mut score = [0; LABELS];
                for feature in features {
                    let row = &self.rows[Model::row(self.bits, *feature)];
                    score.iter_mut().zip(row).for_each(|(s, w)| *s += w);
                }
                score
            })
            .collect();
        let follow = self.follow;
        self.path.best(stretch.before, &scores, |from, to| follow[from][to]);
        let got = std::mem::take(&mut self.path.labels);
        let wrong = got.iter().zip(wanted).filter(|(a, b)| a != b).count();
        if wrong > 0 {
            self.shift(stretch, wanted, 1);
            self.shift(stretch, &got, -1);
        }
        self.path.labels = got;
        self.steps += 1;
        wrong
    }

    fn shift(&mut self, stretch: &Stretch, labels: &[Label], by: i32) {
        let sum = i64::from(by) * self.steps;
        let mut before = usize::from(stretch.before);
        for (features, label) in stretch.features.iter().zip(labels) {
            let label = usize::from(*label);
            for feature in features {
                let row = Model::row(self.bits, *feature);
                self.rows[row][label] += by;
                self.sums[row][label] += sum;
            }
            self.follow[before][label] += by;
            self.follow_sums[before][label] += sum;
            before = label;
        }
    }

    /// The averaged weights, scaled so that the largest fills 16 bits.
    pub fn model(&self, caution: f64) -> Model {
        let mean = |weight: i32, sum: i64| f64::from(weight) - sum as f64 / self.steps as f64;
        let rows = |n: usize| std::array::from_fn::<f64, LABELS, _>(|l| mean(self.rows[n][l], self.sums[n][l]));
        let follow: [[f64; LABELS]; LABELS] =
            std::array::from_fn(|a| std::array::from_fn(|b| mean(self.follow[a][b], self.follow_sums[a][b])));
        let all: Vec<[f64; LABELS]> = (0..self.rows.len()).map(rows).collect();
        let largest = all.iter().chain(&follow).flatten().fold(1.0, |m: f64, w| m.max(w.abs()));
        let scale = |w: f64| (w / largest * f64::from(i16::MAX)).round() as i16;
        Model::new(
            self.bits,
            scale(caution),
            follow.map(|row| row.map(scale)),
            all.into_iter().map(|row| row.map(scale)).collect(),
        )
    }
}
