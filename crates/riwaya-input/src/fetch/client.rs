//! What does one answer hold, within all limits?

use super::address::{Guard, PrivateAddress};
use super::{Failure, FailureKind, Settings};
use crate::compressed::gunzipped;
use std::io::{self, Read};
use std::time::{Duration, Instant};
use ureq::http::{HeaderMap, StatusCode};
use ureq::unversioned::transport::DefaultConnector;
use ureq::{Agent, Body};
use url::Url;

/// Bytes of all headers of an answer.
const HEADERS: usize = 64 << 10;
/// Short bodies may be as repetitive as they like; longer ones that come out of very few bytes are traps.
const SHORT: u64 = 1 << 20;
/// The longest that a name may take to resolve and a host to take the connection.
const CONNECT: Duration = Duration::from_secs(10);

/// What was known of a page when it was fetched before: with it a server can say that it is still the same.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Conditions {
    /// Its `ETag`.
    pub etag: Option<String>,
    /// Its `Last-Modified`.
    pub last_modified: Option<String>,
}

/// What came of a fetch that did not fail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fetched {
    /// Where it was found in the end.
    pub url: String,
    /// The status of the answer.
    pub status: u16,
    /// The body as it was written, decompressed; none where it is the same as before.
    pub body: Option<Vec<u8>>,
    /// `Content-Type`, as it came.
    pub content_type: Option<String>,
    /// What to ask with the next time.
    pub conditions: Conditions,
}

/// An answer of one server, redirects not followed.
#[derive(Debug)]
pub(crate) enum Answer {
    /// Here it is.
    Here(Fetched),
    /// Ask there.
    There(Url),
}

/// Asks servers, and takes no more from them than the limits allow. It keeps no cookies, follows no proxy of the
/// environment (behind one, addresses could not be looked at) and says who it is.
#[derive(Debug)]
pub struct Client {
    agent: Agent,
    bytes: u64,
}

impl Client {
    /// A client with these limits.
    pub fn new(settings: &Settings) -> Client {
        let config = Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .proxy(None)
            .user_agent(settings.user_agent())
            .accept("text/html, application/xhtml+xml, application/rss+xml, application/atom+xml, application/feed+json, text/plain;q=0.9, */*;q=0.5")
            .accept_encoding("gzip")
            .max_response_header_size(HEADERS)
            .timeout_resolve(Some(CONNECT))
            .timeout_connect(Some(CONNECT))
            .build();
        let agent = Agent::with_parts(config, DefaultConnector::default(), Guard::new(&settings.allow));
        Client { agent, bytes: settings.bytes }
    }

    /// Asks for `url` once, for no more than `limit` bytes, until `deadline`.
    pub(crate) fn ask(
        &self,
        url: &Url,
        conditions: &Conditions,
        limit: u64,
        deadline: Instant,
    ) -> Result<Answer, Failure> {
        let left = deadline.saturating_duration_since(Instant::now()).max(Duration::from_millis(1));
        let mut request = self.agent.get(url.as_str()).config().timeout_global(Some(left)).build();
        if let Some(etag) = &conditions.etag {
            request = request.header("If-None-Match", etag);
        }
        if let Some(day) = &conditions.last_modified {
            request = request.header("If-Modified-Since", day);
        }
        let answer = request.call().map_err(failure)?;
        let (parts, body) = answer.into_parts();
        let header = |name: &str| text(&parts.headers, name);
        match parts.status.as_u16() {
            304 => Ok(Answer::Here(Fetched {
                url: url.to_string(),
                status: 304,
                body: None,
                content_type: None,
                conditions: Conditions {
                    etag: header("etag").or_else(|| conditions.etag.clone()),
                    last_modified: header("last-modified").or_else(|| conditions.last_modified.clone()),
                },
            })),
            301 | 302 | 303 | 307 | 308 => redirect(url, header("location")).map(Answer::There),
            200 => Ok(Answer::Here(Fetched {
                url: url.to_string(),
                status: 200,
                body: Some(read(body, header("content-encoding").as_deref(), limit.min(self.bytes))?),
                content_type: header("content-type"),
                conditions: Conditions { etag: header("etag"), last_modified: header("last-modified") },
            })),
            _ => Err(status(parts.status, header("retry-after"))),
        }
    }

    /// Sends a line of JSON to `url`; anything but a status of success is a failure, a redirect too.
    ///
    /// # Errors
    /// Where it was not taken.
    pub fn post(&self, url: &str, line: &str, time: Duration) -> Result<(), Failure> {
        let url = parsed(url)?;
        let request = self.agent.post(url.as_str()).config().timeout_global(Some(time)).build();
        let answer = request.header("Content-Type", "application/json").send(line).map_err(failure)?;
        match answer.status() {
            code if code.is_success() => Ok(()),
            code => Err(status(code, text(answer.headers(), "retry-after"))),
        }
    }
}

/// An address of the web that can be asked: without a name and password, which would end up in the record.
pub(crate) fn parsed(url: &str) -> Result<Url, Failure> {
    let refused = |what: String| Failure::new(FailureKind::Refused, what);
    let url = Url::parse(url.trim()).map_err(|e| refused(format!("no address of the web ({e})")))?;
    match url.scheme() {
        "http" | "https" if url.username().is_empty() && url.password().is_none() => Ok(without_fragment(url)),
        "http" | "https" => Err(refused("an address with a name or password in it".to_owned())),
        other => Err(refused(format!("an address of the kind `{other}:`, and only http and https are fetched"))),
    }
}

fn without_fragment(mut url: Url) -> Url {
    url.set_fragment(None);
    url
}

fn redirect(url: &Url, location: Option<String>) -> Result<Url, Failure> {
    let Some(location) = location else {
        return Err(Failure::new(FailureKind::Limit, "a redirect that says not where to"));
    };
    let to = url.join(&location);
    let to = to.map_err(|e| Failure::new(FailureKind::Limit, format!("a redirect to no address ({e})")))?;
    parsed(to.as_str())
}

fn status(code: StatusCode, retry_after: Option<String>) -> Failure {
    let kind = match code.as_u16() {
        429 | 503 => FailureKind::Host,
        _ => FailureKind::Status,
    };
    let reason = code.canonical_reason().unwrap_or("unknown");
    let what = format!("the server says {} ({reason})", code.as_u16());
    Failure { status: Some(code.as_u16()), retry_after, ..Failure::new(kind, what) }
}

/// A header whose bytes are text.
fn text(headers: &HeaderMap, name: &str) -> Option<String> {
    let value = headers.get(name)?;
    Some(value.to_str().ok()?.trim().to_owned()).filter(|v| !v.is_empty())
}

/// The body within the limits.
fn read(mut body: Body, encoding: Option<&str>, limit: u64) -> Result<Vec<u8>, Failure> {
    let raw = body.with_config().limit(u64::MAX).reader();
    match encoding.map(str::to_ascii_lowercase).as_deref() {
        None | Some("identity") => whole(raw, limit),
        Some("gzip" | "x-gzip") => whole(gunzipped(raw, SHORT), limit),
        Some(other) => {
            let what = format!("a body in the encoding `{other}`, which was not asked for");
            Err(Failure::new(FailureKind::Limit, what))
        }
    }
}

fn whole(body: impl Read, limit: u64) -> Result<Vec<u8>, Failure> {
    let mut bytes = Vec::new();
    // One byte more than allowed, to know that there is more.
    body.take(limit.saturating_add(1)).read_to_end(&mut bytes).map_err(broken)?;
    if bytes.len() as u64 > limit {
        return Err(Failure::new(FailureKind::Limit, format!("more than {limit} bytes, which is the limit")));
    }
    Ok(bytes)
}

/// A body that breaks off, or does not end in time.
fn broken(error: io::Error) -> Failure {
    match ureq::Error::from(error) {
        ureq::Error::Timeout(_) => Failure::new(FailureKind::Limit, "a body that does not end in time"),
        error => Failure::new(FailureKind::Limit, format!("a body that cannot be read to its end ({error})")),
    }
}

/// Why no answer came.
fn failure(error: ureq::Error) -> Failure {
    use ureq::Error as E;
    let host = |what: String| Failure::new(FailureKind::Host, what);
    let limit = |what: String| Failure::new(FailureKind::Limit, what);
    match error {
        E::Other(other) if other.is::<PrivateAddress>() => Failure::new(FailureKind::Refused, other.to_string()),
        E::BadUri(_) | E::Http(_) => Failure::new(FailureKind::Refused, format!("no address of the web ({error})")),
        E::HostNotFound => host("no host has this name".to_owned()),
        E::Timeout(_) => host("no answer in time".to_owned()),
        E::LargeResponseHeader(_, most) => limit(format!("headers of more than {most} bytes")),
        E::Protocol(error) => limit(format!("an answer that is no HTTP ({error})")),
        E::Io(error) if is_distrust(&error) => host(format!("a certificate that is not to be trusted ({error})")),
        E::Io(error) => host(format!("no connection ({error})")),
        other => host(format!("no answer ({other})")),
    }
}

/// Is it the certificate for which there is no connection?
fn is_distrust(error: &io::Error) -> bool {
    let of_rustls = error.get_ref().and_then(|inner| inner.downcast_ref::<rustls::Error>());
    matches!(of_rustls, Some(rustls::Error::InvalidCertificate(_)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_that_are_asked() {
        let fine = parsed("https://\u{645}\u{648}\u{642}\u{639}.example/\u{62e}\u{628}\u{631}#top").expect("fine");
        assert_eq!(fine.as_str(), "https://xn--4gbrim.example/%D8%AE%D8%A8%D8%B1");
        for refused in ["ftp://marfa.example/", "file:///etc/passwd", "marfa.example/x", "http://a:b@marfa.example/"] {
            assert_eq!(parsed(refused).expect_err(refused).kind, FailureKind::Refused);
        }
        let from = parsed("http://marfa.example/a/b").expect("fine");
        let to = |location: &str| redirect(&from, Some(location.to_owned()));
        assert_eq!(to("../c").expect("fine").as_str(), "http://marfa.example/c");
        assert_eq!(to("//other.example/d").expect("fine").as_str(), "http://other.example/d");
        assert_eq!(to("file:///etc/passwd").expect_err("refused").kind, FailureKind::Refused);
        assert!(redirect(&from, None).is_err());
    }
}
