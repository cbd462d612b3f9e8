//! Who may ask, over which address, and how does it end? Loopback, unless somebody says otherwise.

use crate::answer::{self, Answer};
use crate::asked::{Asked, Form};
use crate::mcp;
use crate::open_api;
use crate::room::{Room, Trouble};
use crate::view;
use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, Response, StatusCode, Uri, header};
use axum::middleware::{self, Next};
use axum::routing::get;
use riwaya_query::Reader;
use std::fmt;
use std::io;
use std::net::{IpAddr, SocketAddr};
use std::path::{Path, PathBuf};
use std::sync::Arc;

const STYLE: &[u8] = include_bytes!("../assets/room.css");
const SCRIPT: &[u8] = include_bytes!("../assets/room.js");
const ICON: &[u8] = include_bytes!("../assets/room.svg");
/// The longest text that is checked, in bytes.
const LONGEST: usize = 1 << 20;

/// How a room is opened.
#[derive(Debug, Clone)]
pub struct Options {
    /// The record.
    pub record: PathBuf,
    /// Where to listen; port 0 takes a free one.
    pub address: SocketAddr,
    /// Names under which the room may be asked for, beside numbers and `localhost`: another page in a reader's browser
    /// could else ask through a name of its own that leads here.
    pub names: Vec<String>,
}

/// Why a room cannot be opened.
#[derive(Debug)]
pub enum Error {
    /// Record or packs.
    Query(riwaya_query::Error),
    /// The address: which, and why.
    Address(SocketAddr, io::Error),
    /// What is said over standard input.
    Protocol(String),
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Error::Query(error) => error.fmt(f),
            Error::Address(address, error) => {
                write!(f, "{address}: cannot be listened on ({error}); choose another with --port, or 0 for a free one")
            }
            Error::Protocol(error) => {
                write!(f, "standard input: {error}; let a client of the protocol start this command")
            }
        }
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Error::Query(error) => Some(error),
            Error::Address(_, error) => Some(error),
            Error::Protocol(_) => None,
        }
    }
}

struct House {
    room: Arc<Room>,
    names: Vec<String>,
}

/// Serves a record until it is interrupted; `ready` is told where.
///
/// # Errors
/// Where the record cannot be opened or the address not be listened on.
pub fn serve(options: &Options, reader: &'static Reader, ready: impl FnOnce(SocketAddr)) -> Result<(), Error> {
    let room = Arc::new(Room::open(&options.record, reader).map_err(Error::Query)?);
    let failed = |error| Error::Address(options.address, error);
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().map_err(failed)?;
    runtime.block_on(async {
        let listener = tokio::net::TcpListener::bind(options.address).await.map_err(failed)?;
        ready(listener.local_addr().map_err(failed)?);
        let end = async {
            // Where no signal can be waited for, the room stays open until it is killed.
            if tokio::signal::ctrl_c().await.is_err() {
                std::future::pending::<()>().await;
            }
        };
        axum::serve(listener, router(room, options.names.clone())).with_graceful_shutdown(end).await.map_err(failed)
    })
}

/// Gives a model the tools of a record over standard input and output, until the input ends.
///
/// # Errors
/// Where the record cannot be opened, or the other side does not speak the protocol.
pub fn speak(record: &Path, reader: &'static Reader) -> Result<(), Error> {
    let room = Arc::new(Room::open(record, reader).map_err(Error::Query)?);
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build();
    let runtime = runtime.map_err(|error| Error::Protocol(error.to_string()))?;
    runtime.block_on(mcp::over_stdio(room)).map_err(Error::Protocol)
}

fn router(room: Arc<Room>, names: Vec<String>) -> Router {
    let house = Arc::new(House { room, names });
    Router::new()
        .route("/assets/room.css", get(|headers: HeaderMap| asset(headers, STYLE, "text/css; charset=utf-8")))
        .route("/assets/room.js", get(|headers: HeaderMap| asset(headers, SCRIPT, "text/javascript; charset=utf-8")))
        .route("/assets/room.svg", get(|headers: HeaderMap| asset(headers, ICON, "image/svg+xml")))
        .route("/openapi.json", get(|headers: HeaderMap| async move { description(&headers) }))
        .route_service("/mcp", mcp::over_http(house.room.clone()))
        .fallback(answer_view)
        .layer(middleware::from_fn_with_state(house.clone(), only_for_guests))
        .with_state(house)
}

fn description(headers: &HeaderMap) -> Response<Body> {
    Answer::json(&open_api::document()).respond(headers)
}

async fn asset(headers: HeaderMap, bytes: &'static [u8], media_type: &'static str) -> Response<Body> {
    Answer { media_type, ..Answer::of(Form::Html, bytes.to_vec()) }.respond(&headers)
}

/// Turns away who asks under a name that is not the room's.
async fn only_for_guests(State(house): State<Arc<House>>, request: Request, next: Next) -> Response<Body> {
    let host = request.headers().get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
    if is_known(host, &house.names) {
        return next.run(request).await;
    }
    let mut out = Response::new(Body::from("this room is not open under this name; open it with --name NAME\n"));
    *out.status_mut() = StatusCode::MISDIRECTED_REQUEST;
    answer::guard(out.headers_mut());
    out
}

fn is_known(host: &str, names: &[String]) -> bool {
    let name = match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|b| b.is_ascii_digit()) => name,
        _ => host,
    };
    let number = name.trim_start_matches('[').trim_end_matches(']').parse::<IpAddr>().is_ok();
    number || name.eq_ignore_ascii_case("localhost") || names.iter().any(|known| known.eq_ignore_ascii_case(name))
}

async fn answer_view(
    State(house): State<Arc<House>>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    body: Body,
) -> Response<Body> {
    let accepted = headers.get(header::ACCEPT_LANGUAGE).and_then(|v| v.to_str().ok()).unwrap_or_default();
    let mut asked = Asked::of(uri.path(), uri.query(), accepted);
    if method == Method::POST && asked.view == "verify" {
        match axum::body::to_bytes(body, LONGEST).await {
            Ok(bytes) => asked.query.extend(form_fields(&bytes, &headers)),
            Err(_) => return problem(&asked, &Trouble::Question(format!("the text is longer than {LONGEST} bytes"))),
        }
    } else if method != Method::GET && method != Method::HEAD {
        let mut out = Response::new(Body::empty());
        *out.status_mut() = StatusCode::METHOD_NOT_ALLOWED;
        let allowed = if asked.view == "verify" { "GET, HEAD, POST" } else { "GET, HEAD" };
        out.headers_mut().insert(header::ALLOW, HeaderValue::from_static(allowed));
        answer::guard(out.headers_mut());
        return out;
    }
    match answered(&house.room, &asked, method == Method::POST).await {
        Ok(answer) => answer.respond(&headers),
        Err(trouble) => problem(&asked, &trouble),
    }
}

/// The answer: one that was given before, where the record has not changed since, else a new one.
async fn answered(room: &Arc<Room>, asked: &Asked, is_posted: bool) -> Result<Arc<Answer>, Trouble> {
    let address = format!("{} {}", asked.interface.code(), asked.as_form(asked.form));
    let now = room.changes()?;
    if let Some(answer) = room.kept.get(&address, now).filter(|_| !is_posted) {
        return Ok(answer);
    }
    let question = asked.clone();
    room.clone()
        .ask(move |room, record| {
            // Somebody may have asked the same while this question waited for its turn.
            if let Some(answer) = room.kept.get(&address, now).filter(|_| !is_posted) {
                return Ok(answer);
            }
            let answer = Arc::new(view::answer(room, record, &question)?);
            if !is_posted {
                room.kept.put(&address, now, answer.clone());
            }
            Ok(answer)
        })
        .await
}

/// The fields of a form, or a whole body of plain text.
fn form_fields(bytes: &[u8], headers: &HeaderMap) -> Vec<(String, String)> {
    let text = String::from_utf8_lossy(bytes).into_owned();
    let kind = headers.get(header::CONTENT_TYPE).and_then(|v| v.to_str().ok()).unwrap_or_default();
    match kind.starts_with("application/x-www-form-urlencoded") {
        true => Asked::of("", Some(&text), "").query,
        false => vec![("text".to_owned(), text)],
    }
}

fn problem(asked: &Asked, trouble: &Trouble) -> Response<Body> {
    let answer = if answer::wants_page(asked) { view::trouble(asked, trouble) } else { Answer::problem(trouble) };
    answer.respond(&HeaderMap::new())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_numbers_and_names_of_the_room_are_known() {
        let names = ["desk.example".to_owned()];
        for host in ["127.0.0.1:8080", "[::1]:8080", "localhost", "LOCALHOST:1", "desk.example:443", "10.0.0.7"] {
            assert!(is_known(host, &names), "{host}");
        }
        for host in ["", "evil.example", "localhost.evil.example:80", "desk.example.evil", "127.0.0.1.evil:80", "::x"] {
            assert!(!is_known(host, &names), "{host}");
        }
    }
}
