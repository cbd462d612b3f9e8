//! Whose turn is it to ask a host? One request at a time, and a pause between two.

use rustc_hash::FxHashMap;
use std::sync::{Condvar, Mutex, PoisonError};
use std::time::{Duration, Instant};

/// The hosts that are being asked, and when the others may be.
#[derive(Debug, Default)]
pub struct Turns {
    hosts: Mutex<FxHashMap<String, Turn>>,
    given_back: Condvar,
}

#[derive(Debug)]
enum Turn {
    Taken,
    From(Instant),
}

/// A host that nobody else asks while this is held.
#[derive(Debug)]
pub struct Held<'t> {
    turns: &'t Turns,
    host: String,
    /// How long the host is left alone afterwards.
    pub pause: Duration,
}

impl Turns {
    /// Waits until `host` is free and its pause is over, no longer than to `deadline`.
    pub fn take(&self, host: &str, pause: Duration, deadline: Instant) -> Option<Held<'_>> {
        let mut hosts = self.hosts.lock().unwrap_or_else(PoisonError::into_inner);
        loop {
            let now = Instant::now();
            let wait = match hosts.get(host) {
                None => Duration::ZERO,
                Some(Turn::From(at)) => at.saturating_duration_since(now),
                Some(Turn::Taken) => deadline.saturating_duration_since(now),
            };
            if wait.is_zero() && !matches!(hosts.get(host), Some(Turn::Taken)) {
                hosts.insert(host.to_owned(), Turn::Taken);
                return Some(Held { turns: self, host: host.to_owned(), pause });
            }
            if now >= deadline {
                return None;
            }
            let wait = wait.min(deadline - now);
            hosts = self.given_back.wait_timeout(hosts, wait).unwrap_or_else(PoisonError::into_inner).0;
        }
    }
}

impl Drop for Held<'_> {
    fn drop(&mut self) {
        let mut hosts = self.turns.hosts.lock().unwrap_or_else(PoisonError::into_inner);
        hosts.insert(self.host.clone(), Turn::From(Instant::now() + self.pause));
        drop(hosts);
        self.turns.given_back.notify_all();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicUsize, Ordering};

    #[test]
    fn one_at_a_time_with_a_pause() {
        let (turns, asking) = (Turns::default(), AtomicUsize::new(0));
        let start = Instant::now();
        let deadline = start + Duration::from_secs(60);
        std::thread::scope(|scope| {
            for _ in 0..3 {
                scope.spawn(|| {
                    let held = turns.take("a", Duration::from_millis(20), deadline);
                    assert!(held.is_some());
                    assert_eq!(asking.fetch_add(1, Ordering::SeqCst), 0);
                    asking.fetch_sub(1, Ordering::SeqCst);
                });
            }
        });
        assert!(start.elapsed() >= Duration::from_millis(40));
        let held = turns.take("b", Duration::ZERO, deadline);
        assert!(turns.take("b", Duration::ZERO, Instant::now() + Duration::from_millis(5)).is_none());
        drop(held);
        assert!(turns.take("b", Duration::ZERO, deadline).is_some());
    }
}
