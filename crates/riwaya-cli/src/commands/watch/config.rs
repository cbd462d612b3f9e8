//! What is to be looked at, and what is to be looked out for? The file of feeds.

use anyhow::anyhow;
use riwaya_input::fetch::{Settings, visitor};
use riwaya_store::Role;
use rustc_hash::FxHashSet;
use serde::{Deserialize, Deserializer, de};
use std::fs;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::time::Duration;
use toml::Spanned;

/// A file of feeds.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// Who looks.
    #[serde(default)]
    agent: Agent,
    /// How much, how fast.
    #[serde(default)]
    limits: Limits,
    /// What to look at for new entries.
    #[serde(default, rename = "feed")]
    pub feeds: Vec<Feed>,
    /// What to look at for itself.
    #[serde(default, rename = "page")]
    pub pages: Vec<Page>,
    /// What to look out for.
    #[serde(default, rename = "watch")]
    pub queries: Vec<Query>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Agent {
    contact: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Limits {
    page_bytes: u64,
    #[serde(deserialize_with = "duration")]
    time: Duration,
    #[serde(deserialize_with = "duration")]
    pause: Duration,
    hosts: usize,
    allow: Vec<String>,
}

impl Default for Limits {
    fn default() -> Limits {
        let Settings { bytes, time, pause, .. } = Settings::default();
        Limits { page_bytes: bytes, time, pause, hosts: 8, allow: Vec::new() }
    }
}

/// A feed.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Feed {
    /// Where it is.
    pub url: Spanned<String>,
    /// Whose it is; else its pages say that.
    pub outlet: Option<String>,
    /// In which language; else its pages say that.
    pub lang: Option<String>,
    /// How often to look.
    #[serde(default = "feed_pace", deserialize_with = "duration")]
    pub every: Duration,
    /// Does it hold the whole text, so that the pages behind it need not be fetched?
    #[serde(default)]
    pub full_content: bool,
}

/// A page that changes.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Page {
    /// Where it is.
    pub url: Spanned<String>,
    /// Whose it is; else it says that.
    pub outlet: Option<String>,
    /// In which language; else it says that.
    pub lang: Option<String>,
    /// How often to look.
    #[serde(default = "page_pace", deserialize_with = "duration")]
    pub every: Duration,
}

/// What is looked out for on new pages: statements of this speaker with any of these words; with parties alone, contacts
/// of all these parties; with both, such statements on pages that report such a contact.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Query {
    /// What it is called.
    pub name: Spanned<String>,
    /// Who speaks: a name in any language, or an id.
    pub speaker: Option<String>,
    /// Words one of which is said.
    #[serde(default)]
    pub words: Vec<String>,
    /// Who meets, calls or visits whom: names in any language, or ids.
    #[serde(default)]
    pub parties: Vec<String>,
    /// Where a match goes.
    #[serde(default)]
    pub to: To,
}

/// Where lines go.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum To {
    /// Standard output.
    #[default]
    Stdout,
    /// The end of a file.
    File(PathBuf),
    /// A server that takes a POST for each line.
    Webhook(String),
}

impl To {
    /// As the record keeps it.
    pub fn target(&self) -> String {
        match self {
            To::Stdout => "stdout".to_owned(),
            To::File(path) => format!("file:{}", path.display()),
            To::Webhook(url) => format!("webhook:{url}"),
        }
    }

    /// What [`To::target`] wrote; none where another version wrote it.
    pub fn of_target(target: &str) -> Option<To> {
        match target.split_once(':') {
            None if target == "stdout" => Some(To::Stdout),
            Some(("file", path)) => Some(To::File(path.into())),
            Some(("webhook", url)) => Some(To::Webhook(url.to_owned())),
            _ => None,
        }
    }
}

impl Config {
    /// Reads the file at `path`.
    ///
    /// # Errors
    /// Names line and column of what cannot be read, and what to do about it.
    pub fn load(path: &Path) -> anyhow::Result<Config> {
        let text = fs::read_to_string(path)
            .map_err(|e| anyhow!("{}: {e}; name a file of feeds as `riwaya watch --help` shows one", path.display()))?;
        let mut config = read(&text).map_err(|fault| {
            let (line, column) = place(&text, fault.at);
            anyhow!("{}:{line}:{column}: {}; {}", path.display(), fault.what, fault.remedy)
        })?;
        // Files stand beside the file of feeds, wherever the program was started.
        for query in &mut config.queries {
            if let (To::File(file), Some(folder)) = (&mut query.to, path.parent()) {
                *file = folder.join(&*file);
            }
        }
        Ok(config)
    }

    /// What the visitor may do; `allow` comes from the command line.
    pub fn settings(&self, allow: &[String]) -> Settings {
        Settings {
            contact: self.agent.contact.clone(),
            allow: self.limits.allow.iter().chain(allow).cloned().collect(),
            bytes: self.limits.page_bytes,
            time: self.limits.time,
            pause: self.limits.pause,
        }
    }

    /// So many hosts are asked at once.
    pub fn hosts(&self) -> usize {
        self.limits.hosts
    }

    /// What is looked at: address, host, role.
    pub fn addresses(&self) -> Vec<(String, String, Role)> {
        let feeds = self.feeds.iter().map(|f| (f.url.get_ref(), Role::Feed));
        let pages = self.pages.iter().map(|p| (p.url.get_ref(), Role::Page));
        feeds.chain(pages).map(|(url, role)| (url.clone(), visitor::host_of(url).unwrap_or_default(), role)).collect()
    }

    /// The feed at this address.
    pub fn feed(&self, url: &str) -> Option<&Feed> {
        self.feeds.iter().find(|f| f.url.get_ref() == url)
    }

    /// The page at this address.
    pub fn page(&self, url: &str) -> Option<&Page> {
        self.pages.iter().find(|p| p.url.get_ref() == url)
    }
}

struct Fault {
    at: usize,
    what: String,
    remedy: &'static str,
}

fn read(text: &str) -> Result<Config, Fault> {
    let config: Config = toml::from_str(text).map_err(|error| Fault {
        at: error.span().map_or(0, |span| span.start),
        what: error.message().trim().replace('\n', " "),
        remedy: "`riwaya watch --help` and README.md show how it is written",
    })?;
    check(&config)?;
    Ok(config)
}

fn check(config: &Config) -> Result<(), Fault> {
    let fault = |span: Range<usize>, what: String, remedy| Err(Fault { at: span.start, what, remedy });
    if config.feeds.is_empty() && config.pages.is_empty() {
        return fault(0..0, "no feed and no page".to_owned(), "add a [[feed]] or [[page]] with its `url`");
    }
    if config.limits.hosts == 0 || config.limits.page_bytes == 0 || config.limits.time.is_zero() {
        let what = "a limit of 0 in [limits], with which nothing is fetched";
        return fault(0..0, what.to_owned(), "leave it out, or raise it");
    }
    let mut seen = FxHashSet::default();
    let urls = config.feeds.iter().map(|f| (&f.url, f.every)).chain(config.pages.iter().map(|p| (&p.url, p.every)));
    for (url, every) in urls {
        let shown = url.get_ref();
        if visitor::host_of(shown).is_none() {
            let what = format!("«{shown}» is no address that can be fetched");
            return fault(url.span(), what, "write it with http:// or https://, without a name and password");
        }
        if !seen.insert(shown) {
            return fault(url.span(), format!("{shown} stands here twice"), "leave one out");
        }
        if every < SHORTEST {
            let what = format!("{shown} is to be looked at every {} s", every.as_secs());
            return fault(url.span(), what, "look no oftener than every 10s");
        }
    }
    let mut names = FxHashSet::default();
    for query in &config.queries {
        let name = query.name.get_ref();
        if !names.insert(name) {
            return fault(query.name.span(), format!("two [[watch]] are called «{name}»"), "rename one");
        }
        if query.speaker.is_none() && query.words.is_empty() && query.parties.is_empty() {
            let what = format!("«{name}» says not what to look out for");
            return fault(query.name.span(), what, "give it a `speaker`, `words` or `parties`");
        }
        if let To::Webhook(url) = &query.to
            && visitor::host_of(url).is_none()
        {
            let what = format!("the webhook «{url}» is no address that can be sent to");
            return fault(query.name.span(), what, "write it with http:// or https://, without a name and password");
        }
    }
    Ok(())
}

/// Nothing is looked at oftener.
const SHORTEST: Duration = Duration::from_secs(10);

fn feed_pace() -> Duration {
    Duration::from_secs(10 * 60)
}

fn page_pace() -> Duration {
    Duration::from_secs(60 * 60)
}

/// `30s`, `10m`, `2h`, `1d`.
fn duration<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Duration, D::Error> {
    let text = String::deserialize(deserializer)?;
    let (number, unit) = text.trim().split_at(text.trim().trim_end_matches(|c: char| c.is_alphabetic()).len());
    let seconds = match unit {
        "s" => Some(1),
        "m" => Some(60),
        "h" => Some(60 * 60),
        "d" => Some(24 * 60 * 60),
        _ => None,
    };
    let longest = 366 * 24 * 60 * 60;
    let length = seconds.zip(number.trim().parse::<u64>().ok()).and_then(|(unit, n)| n.checked_mul(unit));
    match length.filter(|l| *l <= longest) {
        Some(length) => Ok(Duration::from_secs(length)),
        None => Err(de::Error::custom(format!("«{text}» is no length of time such as 30s, 10m, 2h or 1d"))),
    }
}

/// Line and column of a byte, from 1.
fn place(text: &str, at: usize) -> (usize, usize) {
    let before = text.get(..at).unwrap_or(text);
    let line = before.rfind('\n').map_or(0, |n| n + 1);
    (before.matches('\n').count() + 1, before[line..].chars().count() + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    const FEED: &str = "[[feed]]\nurl = \"https://marfa.example/rss\"\n";

    #[test]
    fn a_whole_file() {
        let text = format!(
            "[agent]\ncontact = \"mailto:desk@marfa.example\"\n[limits]\npause = \"5s\"\nallow = [\"localhost\"]\n{FEED}\
             every = \"5m\"\nfull_content = true\n[[page]]\nurl = \"https://marfa.example/live\"\n[[watch]]\nname = \"a\"\n\
             speaker = \"Hilu\"\n[[watch]]\nname = \"b\"\nparties = [\"Norway\"]\nto = {{ webhook = \"http://localhost/x\" }}\n"
        );
        let config = read(&text).map_err(|f| f.what).expect("read");
        let settings = config.settings(&["127.0.0.1".to_owned()]);
        assert_eq!(settings.allow, ["localhost", "127.0.0.1"]);
        assert_eq!((settings.pause.as_secs(), config.feeds[0].every.as_secs()), (5, 300));
        assert_eq!(config.queries[0].to, To::Stdout);
        for query in &config.queries {
            assert_eq!(To::of_target(&query.to.target()).as_ref(), Some(&query.to));
        }
        assert_eq!(config.addresses()[1].1, "marfa.example");
    }

    #[test]
    fn every_fault_has_its_place() {
        for (text, place_of, what) in [
            ("", (1, 1), "no feed and no page"),
            ("[[feed]]\nurl = 3\n", (2, 7), "invalid type"),
            ("[[feed]]\nurl = \"marfa.example/rss\"\n", (2, 7), "no address"),
            ("[[feed]]\nurl = \"file:///etc/passwd\"\n", (2, 7), "no address"),
            (&format!("{FEED}evry = \"1m\"\n"), (3, 1), "unknown field `evry`"),
            (&format!("{FEED}every = \"soon\"\n"), (3, 9), "no length of time"),
            (&format!("{FEED}every = \"1s\"\n"), (2, 7), "every 1 s"),
            (&format!("{FEED}{FEED}"), (4, 7), "twice"),
            (&format!("{FEED}[[watch]]\nname = \"a\"\n"), (4, 8), "says not what"),
            (&format!("{FEED}[limits]\nhosts = 0\n"), (1, 1), "limit of 0"),
            (&format!("{FEED}[[watch]]\nname = \"a\"\nspeaker = \"x\"\nto = \"mail\"\n"), (6, 6), "unknown variant"),
            ("[[feed]\n", (1, 8), ""),
        ] {
            let fault = read(text).expect_err("a fault");
            assert_eq!(place(text, fault.at), place_of, "{text}: {}", fault.what);
            assert!(fault.what.contains(what), "{text}: {}", fault.what);
        }
    }
}
