//! Fetches as a guest does: reads the robots.txt of a host before anything else, asks one thing at a time and not too
//! often, follows a redirect only as far as all that holds there too.

use super::client::{Answer, parsed};
use super::robots::{LIMIT, Rules};
use super::turns::Turns;
use super::{Client, Conditions, Failure, FailureKind, Fetched, Settings};
use rustc_hash::FxHashMap;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};
use url::Url;

/// The most redirects that are followed.
const REDIRECTS: usize = 5;
/// Seconds for which a robots.txt is kept: a day, as RFC 9309 wants.
const KEPT: i64 = 24 * 60 * 60;
/// Seconds after which a host is asked again for the robots.txt that it could not give.
const KEPT_FAILURE: i64 = 10 * 60;
/// The longest that a fetch waits for its turn at a host.
const PATIENCE: Duration = Duration::from_secs(10 * 60);

/// The robots.txt of a host, as it came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// Scheme, host and port.
    pub origin: String,
    /// Its text, empty where there is none; none where the host could not give it, and so gives nothing.
    pub text: Option<String>,
    /// The second since 1970 from which on it is to be asked for again.
    pub until: i64,
}

/// Fetches politely; shared by all threads.
#[derive(Debug)]
pub struct Visitor {
    client: Client,
    settings: Settings,
    turns: Turns,
    robots: Mutex<FxHashMap<String, (Kept, Rules)>>,
}

impl Default for Visitor {
    fn default() -> Visitor {
        Visitor::new(Settings::default())
    }
}

impl Visitor {
    /// A visitor that knows no host yet.
    pub fn new(settings: Settings) -> Visitor {
        let client = Client::new(&settings);
        Visitor { client, settings, turns: Turns::default(), robots: Mutex::default() }
    }

    /// The client that it asks with.
    pub fn client(&self) -> &Client {
        &self.client
    }

    /// What it is allowed.
    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    /// Tells it what it knew of hosts when it was here before.
    pub fn remember(&self, kept: impl IntoIterator<Item = Kept>) {
        let mut robots = self.robots.lock().unwrap_or_else(PoisonError::into_inner);
        for kept in kept {
            robots.insert(kept.origin.clone(), (kept.clone(), rules(&kept)));
        }
    }

    /// What it knows of the host of `url`.
    pub fn kept(&self, url: &str) -> Option<Kept> {
        let origin = parsed(url).ok()?.origin().ascii_serialization();
        self.robots.lock().unwrap_or_else(PoisonError::into_inner).get(&origin).map(|(kept, _)| kept.clone())
    }

    /// Fetches `url`, `now` seconds after 1970.
    ///
    /// # Errors
    /// Where nothing came of it, and why.
    pub fn get(&self, url: &str, conditions: &Conditions, now: i64) -> Result<Fetched, Failure> {
        let mut url = parsed(url)?;
        let first = host(&url);
        // The host that was asked for is not to blame where it leads to one that does not answer.
        let elsewhere = |failure: Failure, at: &Url| match failure.kind {
            FailureKind::Host if host(at) != first => Failure { kind: FailureKind::Status, ..failure },
            _ => failure,
        };
        let mut left = self.settings.time;
        for hop in 0..=REDIRECTS {
            // What is known of a page was said by the first address of the way to it.
            let conditions = if hop == 0 { conditions } else { &Conditions::default() };
            match self.step(&url, conditions, now, &mut left).map_err(|failure| elsewhere(failure, &url))? {
                Answer::Here(fetched) => return Ok(fetched),
                Answer::There(to) => url = to,
            }
        }
        Err(Failure::new(FailureKind::Limit, format!("more than {REDIRECTS} redirects")))
    }

    fn step(&self, url: &Url, conditions: &Conditions, now: i64, left: &mut Duration) -> Result<Answer, Failure> {
        let rules = self.robots(url, now)?;
        if !rules.allows(&path(url)) {
            let what = format!("the robots.txt of {} wants it left alone", host(url));
            return Err(Failure::new(FailureKind::Robots, what));
        }
        let pause = self.settings.pause.max(rules.delay.unwrap_or_default());
        self.ask(url, conditions, self.settings.bytes, pause, left)
    }

    /// Asks once, when it is its turn; the wait for that does not count among the time that is `left`.
    fn ask(
        &self,
        url: &Url,
        conditions: &Conditions,
        limit: u64,
        pause: Duration,
        left: &mut Duration,
    ) -> Result<Answer, Failure> {
        let Some(mut turn) = self.turns.take(&host(url), pause, Instant::now() + PATIENCE) else {
            return Err(Failure::new(FailureKind::Host, "others ask this host for too long"));
        };
        let start = Instant::now();
        let answer = self.client.ask(url, conditions, limit, start + *left);
        *left = left.saturating_sub(start.elapsed());
        // The way to a page is part of asking for it.
        if matches!(answer, Ok(Answer::There(_))) {
            turn.pause = Duration::ZERO;
        }
        answer
    }

    /// What the host of `url` allows.
    fn robots(&self, url: &Url, now: i64) -> Result<Rules, Failure> {
        let origin = url.origin().ascii_serialization();
        let known = self.robots.lock().unwrap_or_else(PoisonError::into_inner).get(&origin).cloned();
        let (kept, rules) = match known.filter(|(kept, _)| now < kept.until) {
            Some(known) => known,
            None => {
                let kept = self.ask_robots(url, &origin, now)?;
                let rules = rules(&kept);
                let mut robots = self.robots.lock().unwrap_or_else(PoisonError::into_inner);
                robots.insert(origin, (kept.clone(), rules.clone()));
                (kept, rules)
            }
        };
        match kept.text {
            Some(_) => Ok(rules),
            None => {
                let what = format!("{} cannot give its robots.txt, so nothing is asked of it for now", host(url));
                Err(Failure::new(FailureKind::Host, what))
            }
        }
    }

    /// Fetches the robots.txt. There is none where the server says so (4xx), or where it leads to nothing; a host that
    /// fails to give it is left alone.
    fn ask_robots(&self, url: &Url, origin: &str, now: i64) -> Result<Kept, Failure> {
        let kept = |text: Option<String>, seconds: i64| Kept { origin: origin.to_owned(), text, until: now + seconds };
        let mut at = match url.join("/robots.txt") {
            Ok(at) => at,
            Err(_) => return Ok(kept(Some(String::new()), KEPT)),
        };
        let mut left = self.settings.time;
        for _ in 0..=REDIRECTS {
            match self.ask(&at, &Conditions::default(), LIMIT, Duration::ZERO, &mut left) {
                Ok(Answer::Here(fetched)) => {
                    let text = String::from_utf8_lossy(fetched.body.as_deref().unwrap_or_default()).into_owned();
                    return Ok(kept(Some(text), KEPT));
                }
                Ok(Answer::There(to)) => at = to,
                Err(failure) => {
                    return match (failure.kind, failure.status) {
                        (FailureKind::Status, Some(400..=499)) => Ok(kept(Some(String::new()), KEPT)),
                        (FailureKind::Limit, _) | (_, Some(_)) => Ok(kept(None, KEPT_FAILURE)),
                        _ => Err(failure),
                    };
                }
            }
        }
        Ok(kept(Some(String::new()), KEPT))
    }
}

fn rules(kept: &Kept) -> Rules {
    kept.text.as_deref().map(|text| Rules::read(text, Settings::AGENT)).unwrap_or_default()
}

/// Host and port, as robots.txt and turns count them.
fn host(url: &Url) -> String {
    let port = url.port().map_or(String::new(), |p| format!(":{p}"));
    format!("{}{port}", url.host_str().unwrap_or_default())
}

/// The host of an address, for those who ask several hosts at once; none where it is no address of the web.
pub fn host_of(address: &str) -> Option<String> {
    parsed(address).ok().map(|url| host(&url))
}

fn path(url: &Url) -> String {
    let query = url.query().map_or(String::new(), |q| format!("?{q}"));
    format!("{}{query}", url.path())
}
