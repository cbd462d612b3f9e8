//! `riwaya watch`: looks at feeds and pages again and again, stores what is new, and tells of it.
//!
//! Everything that is to be done next stands in the record, so the program may be killed anywhere: see
//! `riwaya_store::watched`.

mod config;
mod deliver;
mod look;
mod pace;
mod tell;

use super::read;
use crate::End;
use crate::args::WatchArgs;
use crate::clock::{self, Clock};
use crate::output;
use anyhow::Context;
use config::Config;
use deliver::Carrier;
use look::{Got, Looked};
use riwaya_input::fetch::{Failure, FailureKind, Kept, Visitor};
use riwaya_query::account::Reader;
use riwaya_store::{Found, Look, Record, Role, Watched};
use rustc_hash::{FxHashMap, FxHashSet};
use std::sync::Mutex;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel, sync_channel};
use std::thread;
use std::time::{Duration, Instant};
use tell::Queries;

/// Addresses of one host that a thread looks at before others are asked for again.
const BATCH: usize = 32;
/// New pages are told of after so long, even while more are coming.
const TOLD_AFTER: Duration = Duration::from_secs(30);
/// Lines that are put into the outbox in one transaction come from no more pages than this.
const PAGES: usize = 64;
/// Where nothing is due the record is asked again after so long.
const IDLE: i64 = 30;
/// An item of which nothing comes so often is given up.
const TRIES: u32 = 8;

/// Looks at what `args` name.
///
/// # Errors
/// Where the file of feeds, packs, record or standard output fail; what cannot be fetched is said and tried again.
pub fn run(args: WatchArgs) -> anyhow::Result<End> {
    let config = Config::load(&args.feeds)?;
    let queries = Queries::new(&config.queries)?;
    let reader = Reader::load(args.langs.as_deref())?;
    let threads = args.threads.unwrap_or(0);
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().context("the threads cannot be started")?;
    let visitor = Visitor::new(config.settings(&args.allow_host));
    let start = clock::now();
    let mut record = Record::create(&args.output)?;
    record.watch(&config.addresses(), start)?;
    let robots = record.robots(start)?;
    let robots = robots.into_iter().map(|(origin, text, until)| Kept { origin, text, until });
    visitor.remember(robots);
    // Pages that a run before this one stored and did not come to tell of.
    let waiting = record.untold(1)?.len();
    let mut watcher = Watcher {
        config: &config,
        queries: &queries,
        visitor: &visitor,
        reader,
        pool: &pool,
        record,
        once: args.once.then_some(start),
        busy: FxHashSet::default(),
        waiting,
        since: Instant::now(),
        robots: FxHashMap::default(),
        carrier: Carrier::default(),
        told: 0,
        trouble: false,
    };
    let (jobs, taken) = channel();
    let (done, reports) = sync_channel(64);
    let taken = &Mutex::new(taken);
    thread::scope(|scope| {
        for _ in 0..config.hosts() {
            let (done, config, visitor) = (done.clone(), &config, &visitor);
            // Taking a job waits inside the lock, looking at it does not.
            let next = move || taken.lock().ok()?.recv().ok();
            scope.spawn(move || {
                while let Some(job) = next() {
                    if look::all(job, config, visitor, &mut |report| done.send(report).is_ok()).is_none() {
                        return;
                    }
                }
            });
        }
        drop(done);
        watcher.watch(jobs, reports)
    })?;
    Ok(match (watcher.trouble, watcher.told) {
        (true, _) => End::Trouble,
        (false, 0) => End::Nothing,
        (false, _) => End::Found,
    })
}

struct Watcher<'w> {
    config: &'w Config,
    queries: &'w Queries<'w>,
    visitor: &'w Visitor,
    reader: &'static Reader,
    pool: &'w rayon::ThreadPool,
    record: Record,
    /// Only what is due then is looked at.
    once: Option<i64>,
    /// Hosts that are being asked.
    busy: FxHashSet<String>,
    /// New pages that have not been told of.
    waiting: usize,
    /// Since when.
    since: Instant,
    /// Until when the record keeps the robots.txt of each host.
    robots: FxHashMap<String, i64>,
    carrier: Carrier,
    told: usize,
    trouble: bool,
}

impl Watcher<'_> {
    fn watch(&mut self, jobs: Sender<Vec<Watched>>, reports: Receiver<Looked>) -> anyhow::Result<()> {
        self.deliver()?;
        loop {
            self.hand_out(&jobs)?;
            let wait = if self.busy.is_empty() { self.idle()? } else { Some(Duration::from_secs(1)) };
            if self.is_time_to_tell(self.busy.is_empty())? {
                self.tell()?;
            }
            let Some(wait) = wait else { return Ok(()) };
            // A host that is free again is asked for more at once, else one report after another is written down.
            let mut report = match reports.recv_timeout(wait) {
                Ok(report) => Some(report),
                Err(RecvTimeoutError::Timeout) => None,
                Err(RecvTimeoutError::Disconnected) => return Ok(()),
            };
            while let Some(one) = report.take() {
                match one {
                    Looked::At(watched, got) => {
                        self.write_down(&watched, got)?;
                        if !self.is_time_to_tell(false)? {
                            report = reports.try_recv().ok();
                        }
                    }
                    Looked::Free(host) => drop(self.busy.remove(&host)),
                }
            }
            self.deliver()?;
        }
    }

    /// Gives what is due to the threads, one host each.
    fn hand_out(&mut self, jobs: &Sender<Vec<Watched>>) -> anyhow::Result<()> {
        let now = self.once.unwrap_or_else(clock::now);
        if self.busy.len() >= self.config.hosts() {
            return Ok(());
        }
        for host in self.record.due_hosts(now)? {
            if self.busy.len() < self.config.hosts() && !self.busy.contains(&host) {
                let due = self.record.due(&host, now, BATCH)?;
                if !due.is_empty() && jobs.send(due).is_ok() {
                    self.busy.insert(host);
                }
            }
        }
        Ok(())
    }

    /// How long there is nothing to do; none where that is for good.
    fn idle(&self) -> anyhow::Result<Option<Duration>> {
        if self.once.is_some() {
            return Ok(None);
        }
        let now = clock::now();
        let next = self.record.next_due()?.map_or(IDLE, |next| next - now);
        Ok(Some(Duration::from_secs(next.clamp(1, IDLE).unsigned_abs())))
    }

    /// Writes down in one transaction what came of looking at an address.
    fn write_down(&mut self, watched: &Watched, got: Result<Got, Failure>) -> anyhow::Result<()> {
        let now = clock::now();
        self.keep_robots(&watched.url)?;
        let got = match got {
            Ok(got) => got,
            Err(failure) => return self.failed(watched, &failure, now),
        };
        got.notes.iter().for_each(|note| output::say(note));
        self.trouble |= got.is_trouble;
        let look = Look {
            status: Some(got.status),
            etag: got.conditions.etag,
            last_modified: got.conditions.last_modified,
            sha256: got.sha256,
            next: self.pace(watched).map(|every| now + every),
            failures: 0,
            problem: got.notes.into_iter().next(),
        };
        // Items are due for this run even where it only looks at what was due when it began.
        let at = self.once.unwrap_or(now);
        let found: Vec<Found> = got.found;
        let added = read::as_received(&got.pages, |pages| self.record.looked(&watched.url, &look, pages, &found, at))?;
        if self.waiting == 0 {
            self.since = Instant::now();
        }
        self.waiting += added.new + added.changed;
        Ok(())
    }

    /// Nothing came of it: it is tried again, later and later, and a host that does not answer is left alone as a whole.
    fn failed(&mut self, watched: &Watched, failure: &Failure, now: i64) -> anyhow::Result<()> {
        self.trouble = true;
        let failures = watched.failures + 1;
        let is_gone = failure.status == Some(410) || failures >= TRIES;
        let wait = pace::wait(&watched.url, failures, failure, now);
        let next = match watched.role {
            Role::Item if is_gone => None,
            Role::Item => Some(now + wait),
            Role::Feed | Role::Page => Some(now + wait.max(self.pace(watched).unwrap_or_default())),
        };
        let then = match next {
            Some(next) => format!("tried again in {}", pace::shown(next - now)),
            None => "given up".to_owned(),
        };
        output::say(&format!("{}: {failure}; {then}", watched.url));
        let look = Look {
            status: failure.status,
            etag: watched.etag.clone(),
            last_modified: watched.last_modified.clone(),
            sha256: None,
            next,
            failures,
            problem: Some(failure.to_string()),
        };
        self.record.looked(&watched.url, &look, [], &[], now)?;
        if failure.kind == FailureKind::Host {
            self.record.postpone(&watched.host, now + wait)?;
        }
        Ok(())
    }

    /// Seconds until a feed or page is looked at again; none for an item, which is read once.
    fn pace(&self, watched: &Watched) -> Option<i64> {
        let every = match watched.role {
            Role::Feed => self.config.feed(&watched.url)?.every,
            Role::Page => self.config.page(&watched.url)?.every,
            Role::Item => return None,
        };
        i64::try_from(every.as_secs()).ok()
    }

    fn keep_robots(&mut self, url: &str) -> anyhow::Result<()> {
        let Some(kept) = self.visitor.kept(url) else { return Ok(()) };
        if self.robots.get(&kept.origin) != Some(&kept.until) {
            self.record.keep_robots(&kept.origin, kept.text.as_deref(), kept.until)?;
            self.robots.insert(kept.origin, kept.until);
        }
        Ok(())
    }

    /// Are there new pages, and is nothing more coming, or have they waited long enough? A large record takes them in
    /// while they are few, because then only the stories near them are woven.
    fn is_time_to_tell(&self, is_idle: bool) -> anyhow::Result<bool> {
        if self.waiting == 0 {
            return Ok(false);
        }
        let is_full = self.waiting >= read::NEAR && read::are_few(read::NEAR, self.record.len()?);
        Ok(is_idle || is_full || self.since.elapsed() >= TOLD_AFTER)
    }

    /// Reads the new pages, weaves them, and puts what is to be said of them into the outbox.
    fn tell(&mut self) -> anyhow::Result<()> {
        let (record, reader) = (&mut self.record, self.reader);
        self.pool.install(|| read::renew(record, reader, &mut Clock::start(1)))?;
        loop {
            let untold = self.record.untold(PAGES)?;
            if untold.is_empty() {
                break;
            }
            let mut lines = Vec::new();
            for page in &untold {
                lines.extend(self.queries.lines(&self.record, page)?);
            }
            self.record.tell(&untold, &lines)?;
            self.told += untold.len();
        }
        self.waiting = 0;
        self.deliver()
    }

    /// Hands on what the outbox holds.
    fn deliver(&mut self) -> anyhow::Result<()> {
        self.trouble |= !self.carrier.carry(&mut self.record, self.visitor, clock::now())?;
        Ok(())
    }
}
