//! Learns boosted regression trees: each adds to what those before it say where they are wrong.

use riwaya::weave::story::decide::{Node, Tree, answer};
use riwaya::weave::story::{EVIDENCE, Evidence};

/// A pair of pages, whether they are of one story, and how much it counts.
#[derive(Clone, Copy)]
pub struct Lesson {
    pub evidence: Evidence,
    pub one: bool,
    pub weight: f64,
}

/// How many trees.
const TREES: usize = 120;
/// How many answers a tree may give.
const ANSWERS: usize = 8;
/// How much of its answer a tree may give.
const RATE: f64 = 0.06;
/// Fewest lessons behind an answer.
const LEAST: usize = 15;
/// What holds answers small.
const HOLD: f64 = 5.0;
/// How many limits a piece of evidence may have.
const LIMITS: usize = 63;

/// Sums over lessons: how many, first and second derivative of the loss.
#[derive(Clone, Copy, Default)]
struct Sums {
    lessons: usize,
    slope: f64,
    curve: f64,
}

impl Sums {
    fn less(self, other: Sums) -> Sums {
        Sums { lessons: self.lessons - other.lessons, slope: self.slope - other.slope, curve: self.curve - other.curve }
    }

    fn gain(self) -> f64 {
        self.slope * self.slope / (self.curve + HOLD)
    }
}

/// A part of the lessons that may be parted further.
struct Part {
    node: usize,
    lessons: Vec<u32>,
    best: Option<(f64, usize, usize)>,
}

struct Learner {
    limits: Vec<Vec<f32>>,
    /// By lesson, for each piece of evidence the number of limits below it.
    places: Vec<[u8; EVIDENCE.len()]>,
    slope: Vec<f64>,
    curve: Vec<f64>,
}

/// Learns from `lessons`.
pub fn learn(lessons: &[Lesson]) -> Vec<Tree> {
    let limits: Vec<Vec<f32>> = (0..EVIDENCE.len()).map(|e| limits(lessons, e)).collect();
    let place = |l: &Lesson| std::array::from_fn(|e| limits[e].partition_point(|x| *x < l.evidence[e]) as u8);
    let places = lessons.iter().map(place).collect();
    let n = lessons.len();
    let mut learner = Learner { limits, places, slope: vec![0.0; n], curve: vec![0.0; n] };
    let sum = |of: &dyn Fn(&Lesson) -> f64| lessons.iter().map(of).sum::<f64>();
    let ones = sum(&|l| if l.one { l.weight } else { 0.0 });
    let base = (ones / (sum(&|l| l.weight) - ones)).ln();
    let mut said = vec![base; n];
    let mut trees = vec![vec![Node::Answer(base as f32)]];
    for _ in 0..TREES {
        for (i, lesson) in lessons.iter().enumerate() {
            let likely = 1.0 / (1.0 + (-said[i]).exp());
            learner.slope[i] = lesson.weight * (f64::from(u8::from(lesson.one)) - likely);
            learner.curve[i] = lesson.weight * likely * (1.0 - likely);
        }
        let tree = learner.tree();
        said.iter_mut().zip(lessons).for_each(|(s, l)| *s += f64::from(answer(&tree, &l.evidence)));
        trees.push(tree);
    }
    trees
}

/// Values of evidence `e` with about equally many lessons between them.
fn limits(lessons: &[Lesson], e: usize) -> Vec<f32> {
    let mut values: Vec<f32> = lessons.iter().map(|l| l.evidence[e]).collect();
    values.sort_unstable_by(f32::total_cmp);
    let mut limits: Vec<f32> = (1..=LIMITS).map(|n| values[n * (values.len() - 1) / (LIMITS + 1)]).collect();
    let mut distinct = values.clone();
    distinct.dedup();
    if distinct.len() <= LIMITS {
        limits = distinct;
    }
    limits.dedup();
    // Short numbers keep the file small.
    limits.iter_mut().for_each(|l| *l = (*l * 10_000.0).round() / 10_000.0);
    limits.dedup();
    limits
}

impl Learner {
    fn tree(&self) -> Tree {
        let all: Vec<u32> = (0..self.places.len() as u32).collect();
        let mut tree = vec![self.answer(&all)];
        let mut parts = vec![Part { node: 0, best: self.best(&all), lessons: all }];
        for _ in 1..ANSWERS {
            let gain = |p: &Part| p.best.map_or(0.0, |(gain, ..)| gain);
            let Some(most) = (0..parts.len()).max_by(|a, b| gain(&parts[*a]).total_cmp(&gain(&parts[*b]))) else {
                break;
            };
            let Some((_, evidence, limit)) = parts[most].best else { break };
            let part = parts.swap_remove(most);
            let is_low = |l: &u32| usize::from(self.places[*l as usize][evidence]) <= limit;
            let (low, high): (Vec<u32>, Vec<u32>) = part.lessons.iter().copied().partition(is_low);
            let next = tree.len();
            let limit = self.limits[evidence][limit];
            tree[part.node] = Node::Question { evidence, limit, low: next, high: next + 1 };
            for (node, lessons) in [(next, low), (next + 1, high)] {
                tree.push(self.answer(&lessons));
                parts.push(Part { node, best: self.best(&lessons), lessons });
            }
        }
        tree
    }

    fn answer(&self, lessons: &[u32]) -> Node {
        let sum = |of: &[f64]| lessons.iter().map(|l| of[*l as usize]).sum::<f64>();
        Node::Answer((RATE * sum(&self.slope) / (sum(&self.curve) + HOLD)) as f32)
    }

    /// The evidence and the limit that part these lessons best, with what is gained.
    fn best(&self, lessons: &[u32]) -> Option<(f64, usize, usize)> {
        let mut best: Option<(f64, usize, usize)> = None;
        for evidence in 0..EVIDENCE.len() {
            let mut sums = [Sums::default(); LIMITS + 1];
            for l in lessons.iter().map(|l| *l as usize) {
                let at = &mut sums[usize::from(self.places[l][evidence])];
                at.lessons += 1;
                at.slope += self.slope[l];
                at.curve += self.curve[l];
            }
            let all = sums.iter().fold(Sums::default(), |a, b| Sums {
                lessons: a.lessons + b.lessons,
                slope: a.slope + b.slope,
                curve: a.curve + b.curve,
            });
            let mut low = Sums::default();
            for (limit, here) in sums.iter().enumerate().take(self.limits[evidence].len()) {
                low = Sums {
                    lessons: low.lessons + here.lessons,
                    slope: low.slope + here.slope,
                    curve: low.curve + here.curve,
                };
                let high = all.less(low);
                if low.lessons < LEAST || high.lessons < LEAST {
                    continue;
                }
                let gain = low.gain() + high.gain() - all.gain();
                if gain > 1e-6 && best.is_none_or(|(most, ..)| gain > most) {
                    best = Some((gain, evidence, limit));
                }
            }
        }
        best
    }
}
