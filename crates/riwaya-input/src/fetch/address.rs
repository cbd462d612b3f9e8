//! May anything be fetched from there?
//!
//! A page of the web names addresses as it likes. One that leads into the network of whoever runs the program, such as
//! `http://169.254.169.254/` or a name that resolves to 10.0.0.7, must not be asked, or a feed could read what only
//! the machine itself may. So addresses are looked at after names were resolved, on every redirect, and the connection
//! goes to the address that was looked at.

use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use ureq::config::Config;
use ureq::http::Uri;
use ureq::unversioned::resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::NextTimeout;

/// Is this an address of the public Internet, and of one machine?
///
/// ```
/// use riwaya_input::fetch::address::is_public;
/// assert!(is_public("93.184.215.14".parse().unwrap()));
/// assert!(!is_public("127.0.0.1".parse().unwrap()));
/// assert!(!is_public("::ffff:10.0.0.1".parse().unwrap()));
/// ```
pub fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(v4) => is_public_v4(v4),
        IpAddr::V6(v6) => embedded(v6).map_or_else(|| is_public_v6(v6), is_public_v4),
    }
}

fn is_public_v4(address: Ipv4Addr) -> bool {
    let [a, b, c, _] = address.octets();
    let is_special = match a {
        // "This network" and the machine itself.
        0 | 127 => true,
        10 => true,
        // Networks behind a carrier's translation.
        100 => b & 0xc0 == 64,
        169 => b == 254,
        172 => b & 0xf0 == 16,
        192 => b == 168 || (b == 0 && c == 0) || (b == 0 && c == 2) || (b == 88 && c == 99),
        // Benchmarks, and networks of examples.
        198 => b & 0xfe == 18 || (b == 51 && c == 100),
        203 => b == 0 && c == 113,
        // Multicast, reserved, broadcast.
        224.. => true,
        _ => false,
    };
    !is_special
}

/// Public addresses of version 6 begin with the bits 001; those of examples are no such.
fn is_public_v6(address: Ipv6Addr) -> bool {
    let s = address.segments();
    s[0] & 0xe000 == 0x2000 && !(s[0] == 0x2001 && (s[1] == 0x0db8 || s[1] < 0x0200)) && s[0] != 0x3fff
}

/// The address of version 4 that one of version 6 stands for: mapped, translated (64:ff9b::/96), 6to4.
fn embedded(address: Ipv6Addr) -> Option<Ipv4Addr> {
    let s = address.segments();
    let v4 = |high: u16, low: u16| {
        let ([a, b], [c, d]) = (high.to_be_bytes(), low.to_be_bytes());
        Ipv4Addr::new(a, b, c, d)
    };
    match s {
        [0, 0, 0, 0, 0, 0xffff, high, low] | [0x64, 0xff9b, 0, 0, 0, 0, high, low] => Some(v4(high, low)),
        [0x2002, high, low, ..] => Some(v4(high, low)),
        _ => None,
    }
}

/// Resolves names and keeps the addresses that may be asked.
pub(crate) struct Guard {
    allow: Vec<String>,
    resolver: DefaultResolver,
}

impl Guard {
    pub(crate) fn new(allow: &[String]) -> Guard {
        Guard { allow: allow.to_vec(), resolver: DefaultResolver::default() }
    }

    /// Is the host asked whatever its address is? A name counts as it is written: allowing `localhost` allows no other
    /// name that resolves to the same address.
    fn is_allowed(&self, host: &str) -> bool {
        let bare = |name: &str| name.trim_matches(['[', ']']).trim_end_matches('.').to_ascii_lowercase();
        self.allow.iter().any(|name| bare(name) == bare(host))
    }
}

/// What is said where no address of a host may be asked.
#[derive(Debug)]
pub(crate) struct PrivateAddress {
    host: String,
    address: IpAddr,
}

impl fmt::Display for PrivateAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the host {} has the address {}, which is not of the public Internet", self.host, self.address)
    }
}

impl std::error::Error for PrivateAddress {}

impl fmt::Debug for Guard {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Guard").field("allow", &self.allow).finish_non_exhaustive()
    }
}

impl Resolver for Guard {
    fn resolve(&self, uri: &Uri, config: &Config, timeout: NextTimeout) -> Result<ResolvedSocketAddrs, ureq::Error> {
        let found = self.resolver.resolve(uri, config, timeout)?;
        let host = uri.host().unwrap_or_default();
        if self.is_allowed(host) {
            return Ok(found);
        }
        let mut public = self.empty();
        found.iter().filter(|a: &&SocketAddr| is_public(a.ip())).for_each(|a| public.push(*a));
        match found.iter().next() {
            Some(first) if public.is_empty() => {
                let refused = PrivateAddress { host: host.to_owned(), address: first.ip() };
                Err(ureq::Error::Other(Box::new(refused)))
            }
            _ => Ok(public),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_public_addresses_are_asked() {
        for public in ["1.1.1.1", "172.15.0.1", "172.32.0.1", "100.128.0.1", "2606:4700::1111", "2002:101:101::1"] {
            assert!(is_public(public.parse().expect("an address")), "{public}");
        }
        for private in [
            "0.0.0.0",
            "10.1.2.3",
            "127.255.0.1",
            "100.64.0.1",
            "169.254.169.254",
            "172.16.0.1",
            "172.31.255.255",
            "192.168.1.1",
            "198.19.0.1",
            "224.0.0.1",
            "255.255.255.255",
            "::",
            "::1",
            "::127.0.0.1",
            "::ffff:192.168.0.1",
            "64:ff9b::a00:1",
            "2002:7f00:1::",
            "fc00::1",
            "fd12::1",
            "fe80::1",
            "ff02::1",
            "2001:db8::1",
        ] {
            assert!(!is_public(private.parse().expect("an address")), "{private}");
        }
    }

    #[test]
    fn a_host_is_allowed_by_its_own_name() {
        let guard = Guard::new(&["localhost".into(), "[::1]".into()]);
        assert!(guard.is_allowed("LOCALHOST") && guard.is_allowed("localhost.") && guard.is_allowed("[::1]"));
        assert!(!guard.is_allowed("127.0.0.1") && !guard.is_allowed("local.host"));
    }
}
