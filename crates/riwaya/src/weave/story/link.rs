//! Which groups of pages are one story?
//!
//! Average linkage: the most alike groups are joined first, so that the order of pages does not matter.

use rustc_hash::FxHashMap;
use std::cmp::Ordering;
use std::collections::BinaryHeap;

/// When groups of pages are one story.
#[derive(Debug, Clone, Copy)]
pub struct Linkage {
    /// Likeness from which on two groups are one.
    pub same: f32,
    /// How much of the likeness of two groups is that of their best pair; the rest is the average over all pairs, a
    /// pair that was not proposed counting as unlike.
    pub best: f32,
}

impl Default for Linkage {
    fn default() -> Linkage {
        Linkage { same: 0.65, best: 0.25 }
    }
}

/// What is known of the likeness of two groups: the sum over their pairs, and the best pair.
#[derive(Clone, Copy)]
struct Near {
    sum: f32,
    best: f32,
}

impl Near {
    fn likeness(self, a: &[usize], b: &[usize], best: f32) -> f32 {
        (1.0 - best) * self.sum / (a.len() * b.len()) as f32 + best * self.best
    }
}

/// Joins the most alike of `n` groups of one until none are alike enough; `pairs` are how likely it is that two are one
/// story.
pub fn link(n: usize, pairs: &[(usize, usize, f32)], linkage: Linkage) -> Vec<Vec<usize>> {
    let mut near: Vec<FxHashMap<usize, Near>> = vec![FxHashMap::default(); n];
    let mut heap = BinaryHeap::new();
    for (a, b, likeness) in pairs {
        near[*a].insert(*b, Near { sum: *likeness, best: *likeness });
        near[*b].insert(*a, Near { sum: *likeness, best: *likeness });
        heap.push(Join { likeness: *likeness, a: *a, b: *b });
    }
    let mut groups: Vec<Vec<usize>> = (0..n).map(|i| vec![i]).collect();
    while let Some(Join { likeness, a, b }) = heap.pop() {
        if likeness < linkage.same {
            break;
        }
        if near[a].get(&b).map(|x| x.likeness(&groups[a], &groups[b], linkage.best)) != Some(likeness) {
            continue;
        }
        let taken = std::mem::take(&mut groups[b]);
        groups[a].extend(taken);
        let mut others: Vec<(usize, Near)> =
            std::mem::take(&mut near[b]).into_iter().filter(|(o, _)| *o != a).collect();
        others.sort_unstable_by_key(|(o, _)| *o);
        near[a].remove(&b);
        for (other, x) in others {
            near[other].remove(&b);
            let whole = near[a].entry(other).or_insert(Near { sum: 0.0, best: 0.0 });
            *whole = Near { sum: whole.sum + x.sum, best: whole.best.max(x.best) };
        }
        let mut around: Vec<usize> = near[a].keys().copied().collect();
        around.sort_unstable();
        for other in around {
            let x = near[a][&other];
            near[other].insert(a, x);
            let likeness = x.likeness(&groups[a], &groups[other], linkage.best);
            heap.push(Join { likeness, a: a.min(other), b: a.max(other) });
        }
    }
    groups.retain(|g| !g.is_empty());
    groups
}

/// Two groups that might be joined; the most alike first, then the first of them.
struct Join {
    likeness: f32,
    a: usize,
    b: usize,
}

impl Ord for Join {
    fn cmp(&self, other: &Join) -> Ordering {
        self.likeness.total_cmp(&other.likeness).then((other.a, other.b).cmp(&(self.a, self.b)))
    }
}

impl PartialOrd for Join {
    fn partial_cmp(&self, other: &Join) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Join {
    fn eq(&self, other: &Join) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Join {}
