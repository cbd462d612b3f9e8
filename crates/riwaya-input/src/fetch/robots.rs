//! What does the host allow? Its robots.txt (RFC 9309), read for one agent.

use std::time::Duration;

/// Bytes of a robots.txt that are read; the RFC wants at least 500 KiB.
pub const LIMIT: u64 = 512 << 10;

/// The longest delay between two requests that a host may ask for; more would be a page a day.
const LONGEST_DELAY: f64 = 60.0;

/// What a host allows one agent.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Rules {
    /// Patterns of paths, and whether they are allowed.
    paths: Vec<(Vec<u8>, bool)>,
    /// The pause between two requests that the host asks for (`Crawl-delay`, no part of the RFC).
    pub delay: Option<Duration>,
}

impl Rules {
    /// Reads `text` for `agent`: the groups that name it, else those for all.
    ///
    /// ```
    /// use riwaya_input::fetch::robots::Rules;
    /// let rules = Rules::read("User-agent: *\nDisallow: /search\nAllow: /search/help$\nCrawl-delay: 5", "riwaya");
    /// assert!(rules.allows("/news/17") && rules.allows("/search/help") && !rules.allows("/search/help?x=1"));
    /// assert_eq!(rules.delay.map(|d| d.as_secs()), Some(5));
    /// ```
    pub fn read(text: &str, agent: &str) -> Rules {
        let (mut named, mut general) = (Rules::default(), Rules::default());
        let mut is_named_anywhere = false;
        // Whether the group that is being read is for this agent, for all, or both.
        let (mut is_named, mut is_general, mut in_rules) = (false, false, true);
        for (key, value) in text.trim_start_matches('\u{feff}').lines().filter_map(field) {
            if key == "user-agent" {
                if in_rules {
                    (is_named, is_general, in_rules) = (false, false, false);
                }
                is_named |= is_agent(value, agent);
                is_general |= value == "*";
                is_named_anywhere |= is_named;
                continue;
            }
            if !matches!(key.as_str(), "allow" | "disallow" | "crawl-delay") {
                // A sitemap or a field of other programs may stand between the names of a group.
                continue;
            }
            in_rules = true;
            if is_named {
                named.add(&key, value);
            }
            if is_general {
                general.add(&key, value);
            }
        }
        if is_named_anywhere { named } else { general }
    }

    /// May this path with its query be asked for? The longest pattern that fits decides, and where two are as long the
    /// one that allows.
    pub fn allows(&self, path: &str) -> bool {
        if path == "/robots.txt" {
            return true;
        }
        let path = decoded(path);
        let fitting = self.paths.iter().filter(|(pattern, _)| fits(pattern, &path));
        fitting.map(|(pattern, allowed)| (pattern.len(), *allowed)).max().is_none_or(|(_, allowed)| allowed)
    }

    fn add(&mut self, key: &str, value: &str) {
        match key {
            "crawl-delay" => {
                let seconds = value.parse::<f64>().ok().filter(|s| s.is_finite() && *s > 0.0);
                self.delay = seconds.map(|s| Duration::from_secs_f64(s.min(LONGEST_DELAY))).or(self.delay);
            }
            // «Disallow:» with nothing behind it forbids nothing.
            _ if value.is_empty() => {}
            _ => self.paths.push((decoded(value), key == "allow")),
        }
    }
}

/// `Key: value # remark`.
fn field(line: &str) -> Option<(String, &str)> {
    let line = line.split_once('#').map_or(line, |(before, _)| before);
    let (key, value) = line.split_once(':')?;
    Some((key.trim().to_ascii_lowercase(), value.trim()))
}

/// Does a group for `named` («Riwaya/1.0») mean `agent`?
fn is_agent(named: &str, agent: &str) -> bool {
    let is_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
    named.split(|c| !is_part(c)).next().is_some_and(|name| name.eq_ignore_ascii_case(agent))
}

/// `%d9%84` as its bytes, so that a path and a pattern that are written differently can meet; `%2F` and `%2A` stay, for
/// they are no `/` and no `*`.
fn decoded(path: &str) -> Vec<u8> {
    let bytes = path.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let hex = bytes.get(at + 1..at + 3).filter(|_| bytes[at] == b'%').and_then(|h| std::str::from_utf8(h).ok());
        match hex.and_then(|h| u8::from_str_radix(h, 16).ok()) {
            Some(byte) if !matches!(byte, b'/' | b'*' | b'$' | b'%') => {
                out.push(byte);
                at += 3;
            }
            _ => {
                out.push(bytes[at]);
                at += 1;
            }
        }
    }
    out
}

/// Does the beginning of `path` fit the pattern? `*` stands for anything, `$` at its end for the end. Each part between
/// stars is looked for once, behind the one before it.
fn fits(pattern: &[u8], path: &[u8]) -> bool {
    let (pattern, to_end) = match pattern.strip_suffix(b"$") {
        Some(pattern) => (pattern, true),
        None => (pattern, false),
    };
    let mut parts = pattern.split(|b| *b == b'*');
    let Some(mut rest) = path.strip_prefix(parts.next().unwrap_or_default()) else { return false };
    let parts: Vec<&[u8]> = parts.collect();
    let Some((last, middle)) = parts.split_last() else { return !to_end || rest.is_empty() };
    for part in middle {
        match memchr::memmem::find(rest, part) {
            Some(at) => rest = &rest[at + part.len()..],
            None => return false,
        }
    }
    if to_end { rest.ends_with(last) } else { memchr::memmem::find(rest, last).is_some() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups() {
        let text = "# Marfa\nUser-agent: spider\nUser-agent: Riwaya/2\nSitemap: https://marfa.example/map.xml\n\
            Disallow: /a\n\nUser-agent: *\nDisallow: /\n\nuser-agent: riwaya\ndisallow: /b # too\nCrawl-delay: 1.5";
        let rules = Rules::read(text, "riwaya");
        assert!(!rules.allows("/a/1") && !rules.allows("/b") && rules.allows("/c"));
        assert_eq!(rules.delay, Some(Duration::from_millis(1500)));
        let other = Rules::read(text, "reader");
        assert!(!other.allows("/c") && other.allows("/robots.txt"));
        assert_eq!(other.delay, None);
        assert!(Rules::read("", "riwaya").allows("/"));
        assert!(Rules::read("User-agent: *\nDisallow:", "riwaya").allows("/x"));
        let named_to_nothing = "User-agent: *\nDisallow: /\nUser-agent: riwaya\nAllow: /";
        assert!(Rules::read(named_to_nothing, "riwaya").allows("/x"));
    }

    #[test]
    fn the_longest_pattern_decides() {
        let rules = |text: &str| Rules::read(&format!("User-agent: *\n{text}"), "riwaya");
        let shop = rules("Allow: /p\nDisallow: /");
        assert!(shop.allows("/page") && !shop.allows("/news"));
        let folder = rules("Allow: /folder\nDisallow: /folder");
        assert!(folder.allows("/folder/page"));
        let stars = rules("Disallow: /*.php$\nDisallow: /*?id=*&print");
        assert!(!stars.allows("/a/b.php") && stars.allows("/a/b.php?x") && !stars.allows("/n?id=3&print=1"));
        let arabic = rules("Disallow: /رياضة\nDisallow: /%D8%A3%D8%B1%D8%B4%D9%8A%D9%81/");
        assert!(!arabic.allows("/%D8%B1%D9%8A%D8%A7%D8%B6%D8%A9/7") && !arabic.allows("/أرشيف/2"));
        let escaped = rules("Disallow: /a%2Fb");
        assert!(escaped.allows("/a/b") && !escaped.allows("/a%2Fb"));
        assert!(rules("Disallow: /a$").allows("/ab") && !rules("Disallow: /a$").allows("/a"));
        let many = rules(&format!("Disallow: /{}$", "*a".repeat(5000)));
        assert!(many.allows(&format!("/{}b", "a".repeat(5000))));
    }
}
