//! Answers that were given are kept until the record changes: many readers look at the same few stories of a day.

use crate::answer::Answer;
use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex, PoisonError};

/// So many bytes of answers are kept.
const ROOM: usize = 48 << 20;

/// Answers by their addresses, of one state of the record.
#[derive(Debug, Default)]
pub struct Kept {
    held: Mutex<Held>,
}

#[derive(Debug, Default)]
struct Held {
    /// The record's number of changes when these answers were made.
    at: i64,
    answers: HashMap<String, Arc<Answer>>,
    /// Addresses in the order in which they came.
    order: VecDeque<String>,
    bytes: usize,
}

impl Kept {
    /// The answer that was given at `address` while the record was as it is `now`.
    pub fn get(&self, address: &str, now: i64) -> Option<Arc<Answer>> {
        let held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        held.answers.get(address).filter(|_| held.at == now).cloned()
    }

    /// Keeps an answer that was made when the record was as it is `now`; the oldest ones make room.
    pub fn put(&self, address: &str, now: i64, answer: Arc<Answer>) {
        let mut held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        if held.at != now {
            *held = Held { at: now, ..Held::default() };
        }
        let size = answer.body.len() + address.len();
        if size > ROOM / 16 || held.answers.contains_key(address) {
            return;
        }
        held.bytes += size;
        held.order.push_back(address.to_owned());
        held.answers.insert(address.to_owned(), answer);
        while held.bytes > ROOM {
            let Some(oldest) = held.order.pop_front() else { break };
            if let Some(gone) = held.answers.remove(&oldest) {
                held.bytes -= gone.body.len() + oldest.len();
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::asked::Form;

    fn answer(size: usize) -> Arc<Answer> {
        Arc::new(Answer::of(Form::Html, vec![b'x'; size]))
    }

    #[test]
    fn answers_are_kept_until_the_record_changes() {
        let kept = Kept::default();
        kept.put("/a", 1, answer(3));
        assert_eq!(kept.get("/a", 1).map(|a| a.body.len()), Some(3));
        assert!(kept.get("/a", 2).is_none() && kept.get("/b", 1).is_none());
        kept.put("/b", 2, answer(4));
        assert!(kept.get("/a", 1).is_none(), "what was before the change is gone");
    }

    #[test]
    fn the_oldest_make_room() {
        let kept = Kept::default();
        for n in 0..40 {
            kept.put(&format!("/{n}"), 1, answer(ROOM / 20));
        }
        assert!(kept.get("/0", 1).is_none() && kept.get("/39", 1).is_some());
        kept.put("/large", 1, answer(ROOM / 2));
        assert!(kept.get("/large", 1).is_none(), "one answer does not push out all others");
    }
}
