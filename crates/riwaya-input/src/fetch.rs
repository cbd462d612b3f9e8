//! What does an address of the web hold? One client for all that is fetched: polite to whom it asks, wary of what it
//! gets.
//!
//! | module | the question it answers |
//! |---|---|
//! | [`address`] | May anything be fetched from there? |
//! | [`client`] | What does one answer hold, within all limits? |
//! | [`robots`] | What does the host allow? |
//! | [`turns`] | Whose turn is it to ask a host? |
//! | [`visitor`] | All of this together: `Visitor::get` |

pub mod address;
pub mod client;
pub mod robots;
pub mod turns;
pub mod visitor;

use std::fmt;
use std::time::Duration;

pub use client::{Client, Conditions, Fetched};
pub use visitor::{Kept, Visitor};

/// What a client may do, and what it calls itself.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Where somebody can be reached who is bothered by it: a page or an address of mail.
    pub contact: Option<String>,
    /// Hosts that are asked although their addresses are private, as they are written in URLs.
    pub allow: Vec<String>,
    /// The longest body, in bytes, before and after it is decompressed.
    pub bytes: u64,
    /// The longest that a fetch may take, redirects and body included.
    pub time: Duration,
    /// The shortest time between two pages of a host.
    pub pause: Duration,
}

impl Default for Settings {
    fn default() -> Settings {
        Settings {
            contact: None,
            allow: Vec::new(),
            bytes: 16 << 20,
            time: Duration::from_secs(30),
            pause: Duration::from_secs(2),
        }
    }
}

impl Settings {
    /// The name that robots.txt knows the program by.
    pub const AGENT: &str = "riwaya";

    /// The whole `User-Agent`.
    pub fn user_agent(&self) -> String {
        // What could not stand in a header is left out.
        let shown = |c: &char| matches!(c, ' '..='~') && !matches!(c, '(' | ')');
        let contact: String = self.contact.as_deref().unwrap_or_default().chars().filter(shown).collect();
        let name = format!("{}/{}", Settings::AGENT, env!("CARGO_PKG_VERSION"));
        if contact.trim().is_empty() { name } else { format!("{name} (+{})", contact.trim()) }
    }
}

/// Why nothing came of a fetch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// What kind of failure it is.
    pub kind: FailureKind,
    /// What is wrong.
    pub what: String,
    /// The status of the answer, where one came.
    pub status: Option<u16>,
    /// What the server says of when to come again, as its header has it: seconds, or a date.
    pub retry_after: Option<String>,
}

/// What kind of failure it is: whether it is the host's, the page's, or ours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FailureKind {
    /// No address that can be asked, or one that must not be: not http, private, unknown.
    Refused,
    /// The host's robots.txt wants it left alone.
    Robots,
    /// The host does not answer, or says that it is too busy: nothing else should be asked of it for a while.
    Host,
    /// The answer says that there is no such page, or fails at this one.
    Status,
    /// The answer is larger, slower, more compressed or further away than the limits allow, or broken.
    Limit,
}

impl Failure {
    pub(crate) fn new(kind: FailureKind, what: impl Into<String>) -> Failure {
        Failure { kind, what: what.into(), status: None, retry_after: None }
    }

    /// What to do about it.
    pub fn remedy(&self) -> &'static str {
        match self.kind {
            FailureKind::Refused => "check the address; a host of your own is asked with --allow-host NAME",
            FailureKind::Robots => "leave it out, or ask its owner for the text",
            FailureKind::Host => "try again later",
            FailureKind::Status => "check the address, or try again later",
            FailureKind::Limit => "fetch it by other means and hand in the file",
        }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.what)
    }
}

impl std::error::Error for Failure {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_agent_says_who_it_is_and_whom_to_ask() {
        let named = Settings { contact: Some("mailto:desk@marfa.example\r\nX: y".into()), ..Settings::default() };
        assert_eq!(
            named.user_agent(),
            format!("riwaya/{} (+mailto:desk@marfa.exampleX: y)", env!("CARGO_PKG_VERSION"))
        );
        assert!(!Settings::default().user_agent().contains('('));
    }
}
