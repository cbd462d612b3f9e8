//! What time is it, and how long did it take? The only module that asks.

use crate::output;
use std::time::{Duration, Instant, SystemTime};

/// Seconds since 1970.
pub fn now() -> i64 {
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH);
    since.map_or(0, |d| i64::try_from(d.as_secs()).unwrap_or(i64::MAX))
}

/// How long each part took.
pub struct Clock {
    threads: usize,
    last: Instant,
    laps: Vec<(&'static str, Duration)>,
    pages: usize,
    bytes: usize,
}

impl Clock {
    /// Starts now.
    pub fn start(threads: usize) -> Clock {
        Clock { threads, last: Instant::now(), laps: Vec::new(), pages: 0, bytes: 0 }
    }

    /// So many pages more were read, so long each.
    pub fn pages(&mut self, lengths: impl Iterator<Item = usize>) {
        for length in lengths {
            self.pages += 1;
            self.bytes += length;
        }
    }

    /// Ends a part.
    pub fn lap(&mut self, part: &'static str) {
        let now = Instant::now();
        self.laps.push((part, now - self.last));
        self.last = now;
    }

    /// Says all of it on standard error.
    pub fn report(&self) {
        let all: Duration = self.laps.iter().map(|(_, d)| *d).sum();
        let megabytes = self.bytes as f64 / 1e6;
        for (part, took) in &self.laps {
            output::say(&format!("{part:<17} {:>8.3} s", took.as_secs_f64()));
        }
        output::say(&format!(
            "{} pages, {megabytes:.2} MB of text in {:.3} s on {} threads: {:.2} MB/s a thread",
            self.pages,
            all.as_secs_f64(),
            self.threads,
            megabytes / all.as_secs_f64().max(1e-9) / self.threads as f64
        ));
        if let Some(seconds) = cpu_seconds() {
            output::say(&format!("{seconds:.2} s of processor time: {:.2} MB/s a core", megabytes / seconds.max(0.01)));
        }
        match peak_memory() {
            Some(bytes) => output::say(&format!("peak memory {:.0} MB", bytes as f64 / 1e6)),
            None => output::say("peak memory is not known on this system"),
        }
    }
}

/// The processor time of all threads, where the system tells (Linux): on a busy machine what a core can do.
fn cpu_seconds() -> Option<f64> {
    const TICKS_A_SECOND: f64 = 100.0;
    let stat = std::fs::read_to_string("/proc/self/stat").ok()?;
    // Behind the program's name in brackets; user and system time are the 12th and 13th field from there.
    let fields: Vec<&str> = stat.rsplit_once(')')?.1.split_whitespace().collect();
    let ticks = |n: usize| fields.get(n)?.parse::<f64>().ok();
    Some((ticks(11)? + ticks(12)?) / TICKS_A_SECOND)
}

/// The most memory that this process has held, where the system tells (Linux).
fn peak_memory() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|l| l.strip_prefix("VmHWM:"))?;
    Some(line.trim().strip_suffix("kB")?.trim().parse::<u64>().ok()? * 1024)
}
