//! Fetching: a server of our own that answers as servers do, also badly; `read URL` and `watch` against it.

use crate::{Folder, Run, program, riwaya};
use rusqlite::Connection;
use serde_json::Value;
use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::process::Stdio;
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

/// One request, as the server saw it.
#[derive(Debug, Clone)]
pub(crate) struct Asked {
    pub path: String,
    headers: BTreeMap<String, String>,
    body: String,
}

/// What it answers: bytes, with or without a pause between them.
pub(crate) enum Answer {
    /// These.
    Whole(Vec<u8>),
    /// A byte behind them every so often, without end.
    Slow(Vec<u8>, Duration),
}

type Script = dyn Fn(&Asked, usize) -> Answer + Send + Sync;

/// A server that answers as its script says; the script knows how often a path was asked for before.
pub(crate) struct Server {
    pub address: String,
    /// What was asked, by path.
    log: Arc<Mutex<BTreeMap<String, Vec<Asked>>>>,
}

impl Server {
    fn new(script: impl Fn(&Asked, usize) -> Answer + Send + Sync + 'static) -> Server {
        Server::over(|stream| stream, script)
    }

    /// The same over what `dress` makes of each connection.
    pub fn over<S: Read + Write>(
        dress: impl Fn(TcpStream) -> S + Send + Sync + 'static,
        script: impl Fn(&Asked, usize) -> Answer + Send + Sync + 'static,
    ) -> Server {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = format!("127.0.0.1:{}", listener.local_addr().unwrap().port());
        let log = Arc::new(Mutex::new(BTreeMap::new()));
        let (script, dress, kept): (Arc<Script>, _, _) = (Arc::new(script), Arc::new(dress), log.clone());
        thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                let (script, dress, log) = (script.clone(), dress.clone(), kept.clone());
                thread::spawn(move || serve(dress(stream), &*script, &log));
            }
        });
        Server { address, log }
    }

    fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// How often a path was asked for.
    pub fn asked(&self, path: &str) -> usize {
        self.log.lock().unwrap().get(path).map_or(0, Vec::len)
    }

    /// How many paths were asked for, and how often all of them together.
    pub fn all(&self) -> (usize, usize) {
        let log = self.log.lock().unwrap();
        (log.len(), log.values().map(Vec::len).sum())
    }

    fn last(&self, path: &str) -> Asked {
        self.log.lock().unwrap()[path].last().unwrap().clone()
    }
}

fn serve(stream: impl Read + Write, script: &Script, log: &Mutex<BTreeMap<String, Vec<Asked>>>) {
    let mut reader = BufReader::new(stream);
    loop {
        let Some(asked) = request(&mut reader) else { return };
        let before = {
            let mut log = log.lock().unwrap();
            let of_path = log.entry(asked.path.clone()).or_default();
            of_path.push(asked.clone());
            of_path.len() - 1
        };
        let stream = reader.get_mut();
        let sent = match script(&asked, before) {
            Answer::Whole(bytes) => stream.write_all(&bytes),
            Answer::Slow(bytes, pause) => stream.write_all(&bytes).and_then(|()| {
                loop {
                    thread::sleep(pause);
                    stream.write_all(b"x")?;
                }
            }),
        };
        if sent.is_err() {
            return;
        }
    }
}

fn request(reader: &mut impl BufRead) -> Option<Asked> {
    let mut line = String::new();
    reader.read_line(&mut line).ok()?;
    let path = line.split(' ').nth(1)?.to_owned();
    let mut headers = BTreeMap::new();
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).ok()?;
        let Some((name, value)) = line.trim().split_once(':') else { break };
        headers.insert(name.to_ascii_lowercase(), value.trim().to_owned());
    }
    let length = headers.get("content-length").and_then(|l| l.parse().ok()).unwrap_or(0);
    let mut body = vec![0; length];
    reader.read_exact(&mut body).ok()?;
    Some(Asked { path, headers, body: String::from_utf8_lossy(&body).into_owned() })
}

fn answer(status: &str, headers: &str, body: &[u8]) -> Answer {
    let head = format!("HTTP/1.1 {status}\r\n{headers}Content-Length: {}\r\n\r\n", body.len());
    Answer::Whole([head.as_bytes(), body].concat())
}

pub(crate) fn html(body: &str) -> Answer {
    answer("200 OK", "Content-Type: text/html; charset=utf-8\r\n", body.as_bytes())
}

pub(crate) fn none() -> Answer {
    answer("404 Not Found", "", b"")
}

/// An article with the minister's words; `n` tells one from another.
pub(crate) fn article(n: usize) -> String {
    format!(
        "<html><head><title>الراعي: المحادثات تستأنف غداً</title></head><body><article><h1>الراعي: المحادثات تستأنف \
         غداً</h1><p>قالت وزيرة الخارجية سلمى الراعي إن المحادثات مع الجانب النرويجي تستأنف غداً في أوسلو، وإن الوفد \
         رقم {n} سيضم خبراء من وزارتي الخارجية والزراعة.</p><p>وأضافت الراعي أن الوفد سيعود يوم الخميس المقبل بعد \
         انتهاء الجولة الأولى.</p></article></body></html>"
    )
}

fn feed(links: impl Iterator<Item = String>) -> Answer {
    let item = |link: String| format!("<item><title>خبر</title><link>{link}</link></item>");
    let items: String = links.map(item).collect();
    let rss =
        format!("<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>المرفأ</title>{items}</channel></rss>");
    answer("200 OK", "Content-Type: application/rss+xml\r\nETag: \"one\"\r\n", rss.as_bytes())
}

/// A folder with a file of feeds that looks at `/rss` of the server, without a pause, and what else stands in `more`.
fn watching(name: &str, server: &Server, more: &str) -> (Folder, String, String) {
    let folder = Folder::new(name);
    let text = format!(
        "[limits]\npause = \"0s\"\n[[feed]]\nurl = \"{}\"\noutlet = \"صحيفة المرفأ\"\n{more}",
        server.url("/rss")
    );
    let (feeds, record) = (folder.file("feeds.toml", text), folder.path("r.riwaya"));
    (folder, feeds, record)
}

fn once(feeds: &str, record: &str) -> Run {
    riwaya(&["watch", feeds, "-o", record, "--once", "--allow-host", "127.0.0.1"])
}

fn told(run: &Run, kind: &str) -> Vec<Value> {
    let lines = run.out.lines().map(|l| serde_json::from_str::<Value>(l).unwrap());
    lines.filter(|l| l["kind"] == kind).collect()
}

pub(crate) fn count(record: &str, sql: &str) -> i64 {
    Connection::open(record).unwrap().query_row(sql, [], |r| r.get(0)).unwrap()
}

/// Makes everything due that is still looked at.
fn make_due(record: &str) {
    let all = "UPDATE fetched SET next = 0 WHERE next IS NOT NULL; UPDATE outbox SET next = 0";
    Connection::open(record).unwrap().execute_batch(all).unwrap();
}

#[test]
fn an_address_is_read_like_a_file() {
    let server = Server::new(|asked, _| match asked.path.as_str() {
        "/news/17" => html(&article(17)),
        "/old" => answer("301 Moved", "Location: /news/17\r\n", b""),
        "/robots.txt" => answer("200 OK", "", b"User-agent: riwaya\nDisallow: /closed"),
        "/day.json" => answer("200 OK", "", crate::CALL.as_bytes()),
        _ => none(),
    });
    let read = |path: &str| riwaya(&["read", &server.url(path), "--format", "jsonl", "--allow-host", "127.0.0.1"]);
    let run = read("/old");
    assert_eq!(run.code, Some(0), "{}", run.err);
    let page = &told(&run, "article")[0];
    assert_eq!(page["id"], server.url("/old"));
    assert_eq!(page["url"], server.url("/news/17"));
    assert!(page["text"].as_str().unwrap().contains("الجانب النرويجي"));
    assert!(server.last("/news/17").headers["user-agent"].starts_with("riwaya/"));
    assert_eq!(told(&read("/day.json"), "article")[0]["id"], "a");
    for (path, what) in [("/closed/1", "robots.txt"), ("/none", "404")] {
        let run = read(path);
        assert_eq!(run.code, Some(2));
        assert!(run.err.contains(what) && run.err.contains(&server.url(path)), "{}", run.err);
    }
    assert_eq!(server.asked("/closed/1"), 0);
}

#[test]
fn private_addresses_are_refused_on_every_hop() {
    let server = Server::new(|asked, _| match asked.path.as_str() {
        "/there" => answer("302 Found", "Location: http://localhost:9/secret\r\n", b""),
        "/far" => answer("302 Found", "Location: http://169.254.169.254/\r\n", b""),
        "/file" => answer("302 Found", "Location: file:///etc/passwd\r\n", b""),
        "/round" => answer("302 Found", "Location: /round\r\n", b""),
        _ => none(),
    });
    let port = server.address.rsplit_once(':').unwrap().1;
    for host in ["127.0.0.1", "localhost", "[::1]", "2130706433", "0.0.0.0", "[::ffff:127.0.0.1]"] {
        let run = riwaya(&["read", &format!("http://{host}:{port}/x")]);
        assert_eq!(run.code, Some(2));
        assert!(run.err.contains("not of the public Internet"), "{host}: {}", run.err);
        assert!(run.err.contains("--allow-host"), "{}", run.err);
    }
    assert_eq!(server.all(), (0, 0));
    for (path, what) in [
        ("/there", "not of the public Internet"),
        ("/far", "not of the public Internet"),
        ("/file", "only http and https"),
        ("/round", "more than 5 redirects"),
    ] {
        let run = riwaya(&["read", &server.url(path), "--allow-host", "127.0.0.1"]);
        assert_eq!(run.code, Some(2));
        assert!(run.err.contains(what), "{path}: {}", run.err);
    }
}

#[test]
fn limits_of_an_answer() {
    let mut bomb = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    bomb.write_all(&vec![b'a'; 8 << 20]).unwrap();
    let bomb = bomb.finish().unwrap();
    let mut small = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    small.write_all(article(1).as_bytes()).unwrap();
    let small = small.finish().unwrap();
    let gzip = "Content-Type: text/html; charset=utf-8\r\nContent-Encoding: gzip\r\n";
    let server = Server::new(move |asked, _| match asked.path.as_str() {
        "/bomb" => answer("200 OK", gzip, &bomb),
        "/small" => answer("200 OK", gzip, &small),
        "/cut" => answer("200 OK", gzip, &small[..small.len() / 2]),
        "/long" => answer("200 OK", "Content-Type: text/plain\r\n", &vec![b'x'; 2 << 20]),
        "/brotli" => answer("200 OK", "Content-Encoding: br\r\n", b"xxxx"),
        "/headers" => answer("200 OK", &format!("X: {}\r\n", "x".repeat(200_000)), b""),
        "/slow" => Answer::Slow(b"HTTP/1.1 200 OK\r\nContent-Length: 9000\r\n\r\n".to_vec(), Duration::from_millis(20)),
        "/latin" => answer("200 OK", "Content-Type: text/html; charset=iso-8859-1\r\n", article(2).as_bytes()),
        _ => none(),
    });
    let all = ["/bomb", "/small", "/cut", "/long", "/brotli", "/headers", "/latin", "/slow"];
    let pages = all.map(|path| format!("[[page]]\nurl = \"{}\"\n", server.url(path))).concat();
    let folder = Folder::new("watch-limits");
    let limits = "[limits]\npause = \"0s\"\ntime = \"2s\"\npage_bytes = 16000000\nallow = [\"127.0.0.1\"]\n";
    let feeds = folder.file("feeds.toml", format!("{limits}{pages}"));
    let record = folder.path("r.riwaya");
    let run = riwaya(&["watch", &feeds, "-o", &record, "--once"]);
    assert_eq!(run.code, Some(2), "{}", run.err);
    for (path, what) in [
        ("/bomb", "400 times its size"),
        ("/cut", "cannot be read to its end"),
        ("/brotli", "which was not asked for"),
        ("/headers", "headers"),
        ("/slow", "in time"),
    ] {
        let said = run.err.lines().any(|l| l.contains(&format!("{path}: ")) && l.contains(what));
        assert!(said, "{path} «{what}»: {}", run.err);
    }
    let read: Vec<Value> = told(&run, "article");
    let urls: Vec<&str> = read.iter().map(|l| l["url"].as_str().unwrap()).collect();
    assert_eq!(urls, [server.url("/small"), server.url("/long"), server.url("/latin")]);
    let text = "SELECT count(*) FROM pages WHERE text LIKE '%الجانب النرويجي%'";
    assert_eq!(count(&record, text), 2, "a wrong charset in the header is seen through");
    let run = riwaya(&["read", &server.url("/long"), "--max-page-bytes", "1000000", "--allow-host", "127.0.0.1"]);
    assert!(run.err.contains("more than 1000000 bytes"), "{}", run.err);
}

#[test]
fn what_is_known_is_not_asked_for_again() {
    let server = Server::new(|asked, before| match (asked.path.as_str(), before) {
        ("/rss", _) if asked.headers.get("if-none-match").is_some_and(|e| e == "\"one\"") => {
            answer("304 Not Modified", "ETag: \"one\"\r\n", b"")
        }
        ("/rss", _) => {
            let host = asked.headers["host"].clone();
            feed([1, 2, 2, 3].into_iter().map(move |n| format!("http://{host}/news/{n}")))
        }
        ("/news/1", _) => html(&article(1)),
        ("/news/2", 0) => answer("500 Oops", "", b""),
        ("/news/2", _) => html(&article(2)),
        ("/news/3", 0) => answer("429 Slow down", "Retry-After: 86400\r\n", b""),
        ("/news/3", _) => html(&article(3)),
        ("/live", n) => html(&article(100 + n)),
        _ => none(),
    });
    let page = format!("[[page]]\nurl = \"{}\"\n", server.url("/live"));
    let query =
        "[[watch]]\nname = \"talks\"\nspeaker = \"الراعي\"\nwords = [\"النرويجي\"]\nto = { file = \"talks.jsonl\" }\n";
    let (folder, feeds, record) = watching("watch-again", &server, &format!("{page}{query}"));
    let run = once(&feeds, &record);
    assert_eq!(run.code, Some(2), "{}", run.err);
    assert_eq!(told(&run, "article").len(), 2, "{}", run.err);
    assert!(run.err.contains("/news/2: the server says 500") && run.err.contains("/news/3: the server says 429"));
    let day = Connection::open(&record).unwrap().query_row(
        "SELECT min(next - tried) FROM fetched WHERE url LIKE '%/news/3'",
        [],
        |r| r.get::<_, i64>(0),
    );
    assert!(day.unwrap() >= 86400, "Retry-After is kept to");
    make_due(&record);
    let run = once(&feeds, &record);
    assert_eq!(run.code, Some(0), "{}", run.err);
    let read = told(&run, "article");
    let urls: Vec<&str> = read.iter().map(|l| l["url"].as_str().unwrap()).collect();
    assert_eq!(urls, [server.url("/live"), server.url("/news/2"), server.url("/news/3")]);
    assert_eq!(read[0]["version"], 2, "a page that changed is a new version of it");
    assert_eq!(read[1]["outlet"], "صحيفة المرفأ");
    assert!(read[1]["story"].is_string() && read[1]["title"].as_str().unwrap().contains("تستأنف"));
    assert_eq!((server.asked("/news/1"), server.asked("/robots.txt")), (1, 1));
    let matches = fs::read_to_string(folder.path("talks.jsonl")).unwrap();
    let matches: Vec<Value> = matches.lines().map(|l| serde_json::from_str(l).unwrap()).collect();
    assert!(matches.iter().all(|m| m["watch"] == "talks" && m["statement"]["kind"] == "statement"), "{matches:?}");
    for path in ["/news/1", "/news/2", "/news/3", "/live"] {
        assert!(matches.iter().any(|m| m["article"] == server.url(path)), "{path}: {matches:?}");
    }
    let run = once(&feeds, &record);
    assert_eq!((run.code, run.out.as_str()), (Some(1), ""), "{}", run.err);
}

#[test]
fn a_webhook_gets_every_line_when_it_answers_again() {
    let server = Server::new(|asked, before| match (asked.path.as_str(), before) {
        ("/rss", _) => {
            let host = asked.headers["host"].clone();
            feed(std::iter::once(format!("http://{host}/news/1")))
        }
        ("/news/1", _) => html(&article(1)),
        ("/hook", 0) => answer("503 Busy", "", b""),
        ("/hook", _) => answer("204 Fine", "", b""),
        _ => none(),
    });
    let hook =
        format!("[[watch]]\nname = \"all\"\nwords = [\"أوسلو\"]\nto = {{ webhook = \"{}\" }}\n", server.url("/hook"));
    let (_folder, feeds, record) = watching("watch-hook", &server, &hook);
    let run = once(&feeds, &record);
    assert_eq!(run.code, Some(2), "{}", run.err);
    assert!(run.err.contains("/hook: the server says 503"), "{}", run.err);
    assert_eq!(count(&record, "SELECT count(*) FROM outbox"), 1);
    make_due(&record);
    let run = once(&feeds, &record);
    assert_eq!(run.code, Some(1), "{}", run.err);
    let sent: Value = serde_json::from_str(&server.last("/hook").body).unwrap();
    assert_eq!((&sent["kind"], &sent["watch"]), (&"match".into(), &"all".into()));
    assert_eq!(count(&record, "SELECT count(*) FROM outbox"), 0);
}

#[test]
fn a_feed_that_holds_the_whole_text() {
    let server = Server::new(|asked, _| match asked.path.as_str() {
        "/rss" => {
            let words = "قالت وزيرة الخارجية سلمى الراعي إن المحادثات مع الجانب النرويجي تستأنف غداً في أوسلو، وإن الوفد \
                سيضم خبراء من وزارتي الخارجية والزراعة، وإنه سيعود إلى البلاد يوم الخميس المقبل.";
            let item = |n| {
                format!("{{\"id\":\"{n}\",\"title\":\"محادثات\",\"content_html\":\"<p>{words}</p><p>رقم {n}.</p>\"}}")
            };
            let json = format!(
                "{{\"version\":\"https://jsonfeed.org/version/1.1\",\"title\":\"x\",\"items\":[{},{}]}}",
                item(1),
                item(2)
            );
            answer("200 OK", "Content-Type: application/feed+json\r\n", json.as_bytes())
        }
        _ => none(),
    });
    let (_folder, feeds, record) = watching("watch-full", &server, "full_content = true\n");
    let run = once(&feeds, &record);
    assert_eq!(run.code, Some(0), "{}", run.err);
    let ids: Vec<Value> = told(&run, "article").into_iter().map(|l| l["id"].clone()).collect();
    assert_eq!(ids, [format!("{}#1", server.url("/rss")), format!("{}#2", server.url("/rss"))]);
    make_due(&record);
    assert_eq!(once(&feeds, &record).code, Some(1));
}

#[test]
fn a_killed_run_loses_and_doubles_nothing() {
    const ITEMS: usize = 10_000;
    // In a language that no pack reads, so that the test is about fetching and storing.
    let server = Server::new(|asked, _| match asked.path.as_str() {
        "/rss" => {
            let host = asked.headers["host"].clone();
            feed((0..ITEMS).map(move |n| format!("http://{host}/n/{n}")))
        }
        "/robots.txt" => none(),
        path => answer("200 OK", "Content-Type: text/plain\r\n", format!("ეს გვერდი მოკლეა: {path}").as_bytes()),
    });
    let (folder, feeds, record) = watching("watch-killed", &server, "lang = \"ka\"\n");
    let mut lines = String::new();
    for stored in [500, 3000] {
        // Into a file: a pipe that nobody reads would stop the program.
        let out = folder.path("out.jsonl");
        let mut child = program()
            .args(["watch", &feeds, "-o", &record, "--once", "--allow-host", "127.0.0.1"])
            .stdout(File::create(&out).unwrap())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let start = Instant::now();
        while server.all().0 < stored && start.elapsed() < Duration::from_secs(60) {
            thread::sleep(Duration::from_millis(5));
        }
        child.kill().unwrap();
        child.wait().unwrap();
        lines += &fs::read_to_string(&out).unwrap();
    }
    let run = once(&feeds, &record);
    assert_eq!(run.code, Some(0), "{}", run.err);
    lines += &run.out;
    assert_eq!(count(&record, "SELECT count(*) FROM pages"), ITEMS as i64);
    assert_eq!(count(&record, "SELECT count(*) FROM versions"), 0);
    assert_eq!(count(&record, "SELECT count(DISTINCT id) FROM findings WHERE kind = 'article'"), ITEMS as i64);
    assert_eq!(count(&record, "SELECT count(*) FROM findings WHERE kind = 'article'"), ITEMS as i64);
    // A line that was being written when the program was killed is written again; none is missing.
    let mut told: Vec<String> =
        lines.lines().filter_map(|l| Some(serde_json::from_str::<Value>(l).ok()?["id"].as_str()?.to_owned())).collect();
    told.sort_unstable();
    let all = told.len();
    told.dedup();
    assert_eq!(told.len(), ITEMS);
    assert!(all - told.len() <= 2 * 256, "{} lines twice", all - told.len());
    // What was fetched and not stored when it was killed is fetched once more, and nothing else.
    let (paths, requests) = server.all();
    let again = requests - paths;
    assert!(again <= 2 * 128, "{again} fetched again");
}

#[test]
fn a_file_of_feeds_that_is_wrong_is_refused_with_its_place() {
    let folder = Folder::new("watch-config");
    let feeds = folder.file("feeds.toml", "[[feed]]\nurl = \"https://marfa.example/rss\"\nevry = \"10m\"\n");
    let run = riwaya(&["watch", &feeds, "-o", &folder.path("r.riwaya"), "--once"]);
    assert_eq!((run.code, run.out.as_str()), (Some(2), ""));
    assert!(run.err.contains("feeds.toml:3:1: unknown field `evry`"), "{}", run.err);
    assert!(run.err.contains("riwaya watch --help"), "{}", run.err);
    let run = riwaya(&["watch", &folder.path("none.toml"), "-o", &folder.path("r.riwaya")]);
    assert!(run.code == Some(2) && run.err.contains("none.toml"), "{}", run.err);
}
