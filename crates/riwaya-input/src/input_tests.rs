//! Piles of every kind, written by the tests themselves.

#![allow(clippy::print_stdout)] // a speed

use crate::input::{Input, Page};
use crate::warc;
use flate2::write::GzEncoder;
use std::io::Write;
use std::time::Instant;

const ARTICLE: &str = "<html><head><title>Talks in Sarnia</title></head><body><nav><a href=/>Home</a></nav>\
    <h1>Talks in Sarnia</h1><p>The ministers of both countries met in Sarnia on Monday and agreed to meet again, a \
    spokesman said after four hours of talks.</p><p>“We are not there yet,” he told reporters in the harbour.</p>\
    </body></html>";
const BODY: &str = "Talks in Sarnia\nThe ministers of both countries met in Sarnia on Monday and agreed to meet again, \
    a spokesman said after four hours of talks.\n“We are not there yet,” he told reporters in the harbour.";

fn pages(bytes: &[u8]) -> Vec<Page> {
    let input = Input::of("pile", bytes);
    assert_eq!(input.problems, []);
    input.pages
}

fn problems(bytes: &[u8]) -> (usize, String) {
    let input = Input::of("pile", bytes);
    let told: Vec<String> = input.problems.iter().map(ToString::to_string).collect();
    (input.pages.len(), told.join("\n"))
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(bytes).expect("into memory");
    encoder.finish().expect("into memory")
}

fn record(kind: &str, url: &str, content_type: &str, block: &[u8]) -> Vec<u8> {
    let head = format!(
        "WARC/1.1\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {url}\r\nContent-Type: {content_type}\r\n\
         Content-Length: {}\r\n\r\n",
        block.len()
    );
    [head.as_bytes(), block, b"\r\n\r\n"].concat()
}

fn response(url: &str, head: &str, body: &[u8]) -> Vec<u8> {
    let block = [format!("HTTP/1.1 {head}\r\n\r\n").as_bytes(), body].concat();
    record("response", url, "application/http; msgtype=response", &block)
}

const HTML: &str = "200 OK\r\nContent-Type: text/html; charset=utf-8";

#[test]
fn archives_hold_pages_among_much_else() {
    let chunked =
        format!("{:x}\r\n{}\r\n{:x};x=1\r\n{}\r\n0\r\n\r\n", 50, &ARTICLE[..50], ARTICLE.len() - 50, &ARTICLE[50..]);
    let archive = [
        record("warcinfo", "", "application/warc-fields", b"software: none"),
        record("request", "https://a.example/1", "application/http; msgtype=request", b"GET / HTTP/1.1\r\n\r\n"),
        response("https://a.example/1", HTML, ARTICLE.as_bytes()),
        response("<https://a.example/2>", &format!("{HTML}\r\nTransfer-Encoding: chunked"), chunked.as_bytes()),
        response("https://a.example/3", &format!("{HTML}\r\nContent-Encoding: gzip"), &gzip(ARTICLE.as_bytes())),
        // Unpacked by the crawler, which kept the headers.
        response(
            "https://a.example/4",
            &format!("{HTML}\r\nTransfer-Encoding: chunked\r\nContent-Encoding: gzip"),
            ARTICLE.as_bytes(),
        ),
        response("https://a.example/5", "404 Not Found\r\nContent-Type: text/html", ARTICLE.as_bytes()),
        response("https://a.example/6", "200 OK\r\nContent-Type: image/png", b"\x89PNG"),
        record("resource", "https://a.example/7", "text/html", ARTICLE.as_bytes()),
    ];
    let whole = archive.concat();
    // A member a record, as archives are kept.
    let members: Vec<u8> = archive.iter().flat_map(|record| gzip(record)).collect();
    for bytes in [&whole, &members] {
        let found = pages(bytes);
        let ids: Vec<&str> = found.iter().map(|p| &p.source.id[p.source.id.len() - 1..]).collect();
        assert_eq!(ids, ["1", "2", "3", "4", "7"]);
        assert!(found.iter().all(|p| p.text == BODY), "{found:#?}");
    }
}

#[test]
fn broken_archives_keep_what_stands_before_the_break() {
    let one = response("https://a.example/1", HTML, ARTICLE.as_bytes());
    let (read, told) = problems(&[&one[..], b"WARC/1.1\r\nWARC-Type: response\r\n\r\n"].concat());
    assert!(read == 1 && told.contains("record 2: no length"), "{told}");
    let (read, told) = problems(&[&one[..], b"nonsense\r\n\r\n"].concat());
    assert!(read == 1 && told.contains("no record where one must begin"), "{told}");
    let packed = gzip(&[&one[..], &one].concat());
    let (_, told) = problems(&packed[..packed.len() - 20]);
    assert!(told.contains("breaks off"), "{told}");
    let (read, told) = problems(&record("warcinfo", "", "application/warc-fields", b""));
    assert!(read == 0 && told.contains("without a web page"), "{told}");
}

#[test]
fn archives_of_the_other_kind() {
    // A frame of raw blocks, as zstd keeps what does not shrink.
    let frame = |bytes: &[u8]| {
        let mut out = b"\x28\xb5\x2f\xfd\xa0".to_vec();
        out.extend((bytes.len() as u32).to_le_bytes());
        out.extend(&((bytes.len() as u32) << 3 | 1).to_le_bytes()[..3]);
        out.extend(bytes);
        out
    };
    assert_eq!(pages(&frame(ARTICLE.as_bytes()))[0].text, BODY);
    let one = response("https://a.example/1", HTML, ARTICLE.as_bytes());
    let two = response("https://a.example/2", HTML, ARTICLE.as_bytes());
    assert_eq!(pages(&[frame(&one), frame(&two)].concat()).len(), 2);
}

#[test]
fn a_little_that_becomes_very_much_is_refused() {
    let much = vec![b'x'; 200 << 20];
    let (_, told) = problems(&gzip(&much));
    assert!(told.contains("as only traps are"), "{told}");
    let (_, told) = problems(&gzip(&gzip(&gzip(&gzip(b"x")))));
    assert!(told.contains("an archive in an archive"), "{told}");
}

#[test]
fn saved_pages_and_letters() {
    let saved = format!(
        "From: <Saved by a browser>\r\nSnapshot-Content-Location: https://a.example/talks\r\nSubject: Talks\r\n\
         MIME-Version: 1.0\r\nContent-Type: multipart/related; type=\"text/html\"; boundary=\"--x\"\r\n\r\n\
         ----x\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n{}\r\n\
         ----x\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\niVBO\r\n----x--\r\n",
        ARTICLE.replace('=', "=3D").replace('“', "=E2=80=9C").replace('”', "=E2=80=9D")
    );
    let page = pages(saved.as_bytes()).remove(0);
    assert_eq!((page.text.as_str(), page.source.url.as_deref()), (BODY, Some("https://a.example/talks")));
    let letter = "From: Press office <press@a.example>\r\nTo: list@a.example\r\nSubject: =?utf-8?B?0JfQsNGP0LLQu9C10L3QuNC1?=\r\n\
        Date: Fri, 17 Dec 2021 15:04:00 +0300\r\nContent-Type: text/plain; charset=koi8-r\r\n\r\n";
    let body = encoding_rs::KOI8_R.encode("Министр заявил, что переговоры продолжатся.\r\n").0.into_owned();
    let page = pages(&[letter.as_bytes(), &body].concat()).remove(0);
    assert_eq!(page.text.trim_end(), "Министр заявил, что переговоры продолжатся.");
    assert_eq!(page.source.title.as_deref(), Some("Заявление"));
    assert_eq!(page.source.published.as_deref(), Some("2021-12-17T15:04:00+03:00"));
    assert_eq!(page.source.author.as_deref(), Some("Press office <press@a.example>"));
    let text = "Rome: ministers meet\nThe ministers met: they said so.\n\nDate: unknown.";
    assert_eq!(pages(text.as_bytes())[0].text, text, "a text with colons is no letter");
}

#[test]
fn feeds_that_hold_their_articles() {
    let words =
        "<p>The ministers of both countries met in Sarnia on Monday and agreed to meet again, a spokesman said \
        after four hours of talks.</p>"
            .repeat(6);
    let item = |n: usize, content: &str| {
        format!(
            "<item><title>Talks {n}</title><link>https://a.example/{n}</link>\
             <pubDate>Fri, 17 Dec 2021 15:04:00 +0300</pubDate><description>The ministers met.</description>\
             <content:encoded><![CDATA[{content}]]></content:encoded></item>"
        )
    };
    let feed = |items: &str| {
        format!(
            "<?xml version=\"1.0\"?><rss version=\"2.0\" xmlns:content=\"http://purl.org/rss/1.0/modules/content/\">\
             <channel><title>Herald</title>{items}</channel></rss>"
        )
    };
    let input = Input::of("feed", feed(&[item(1, &words), item(2, "<p>The ministers met.</p>")].concat()).as_bytes());
    assert_eq!(input.problems, []);
    assert!(input.notes[0].contains("1 of 2 entries hold no article"), "{:?}", input.notes);
    let page = &input.pages[0];
    assert_eq!((page.source.id.as_str(), page.source.title.as_deref()), ("https://a.example/1", Some("Talks 1")));
    assert_eq!(page.source.published.as_deref(), Some("2021-12-17T12:04:00Z"));
    assert_eq!(page.text.lines().count(), 6, "{}", page.text);
    let (read, told) = problems(feed(&item(1, "")).as_bytes());
    assert!(read == 0 && told.contains("none with its article"), "{told}");
}

#[test]
fn texts_of_other_encodings_lead_back_to_their_bytes() {
    let text = "قال الوزير إن المحادثات ستستأنف غداً في العاصمة بمشاركة خبراء.";
    let bytes = encoding_rs::WINDOWS_1256.encode(text).0.into_owned();
    let page = pages(&bytes).remove(0);
    assert_eq!(page.text, text);
    let at = text.chars().position(|c| c == 'غ').expect("there");
    assert_eq!(page.raw.expect("kept").origin.bytes(&bytes, at, at + 4), Some(at..at + 4));
}

#[test]
fn every_prefix_of_a_page_is_read_and_leads_back() {
    for end in 0..ARTICLE.len() {
        let bytes = &ARTICLE.as_bytes()[..end];
        let article = crate::html::read(bytes, None, None);
        for (at, character) in article.text.chars().enumerate().filter(|(_, c)| !c.is_whitespace()) {
            let place = article.origin.bytes(bytes, at, at + 1).expect("a place");
            let decoded = crate::html::charset::decode_part(&bytes[place], &article.origin.charset).expect("known");
            assert_eq!(decoded.text, character.to_string());
        }
    }
}

#[test]
fn pages_made_to_do_harm_end_soon() {
    let deep = |tag: &str, n: usize| tag.repeat(n);
    let pages = [
        deep("<div>", 60_000),
        deep("<b a=1><p>x", 20_000),
        deep("<table><tr><td>a ", 20_000),
        deep("a<br>", 60_000),
        deep("<p>The minister said that it would be so.</p>", 8_000),
        deep("<a href=x><i>", 30_000),
        deep("&amp", 60_000),
        format!("<p {}>text</p>", deep("a=b ", 60_000)),
        deep("</p>", 60_000),
        deep("<!--", 60_000),
        format!("<script type='application/ld+json'>{}", deep("[", 100_000)),
    ];
    for page in &pages {
        let start = Instant::now();
        let _ = crate::html::read(page.as_bytes(), None, None);
        let took = start.elapsed().as_secs_f64();
        assert!(took < 20.0, "{took} s for {:.40}", page);
    }
}

/// Not a test of anything but speed: `cargo test --release -p riwaya-input -- --ignored --nocapture archive_speed`.
#[test]
#[ignore = "prints a speed"]
fn archive_speed() {
    let page = ARTICLE.replace("</body>", &format!("<!-- {} --></body>", "x".repeat(160_000)));
    let one = response("https://a.example/1", HTML, page.as_bytes());
    let archive = one.repeat(180);
    let (start, mut bytes) = (Instant::now(), 0);
    while start.elapsed().as_secs() < 3 {
        let mut input = Input::of("none", b"x");
        input.limit = 16 << 20;
        warc::read(&mut input, "archive", &mut &archive[..]).expect("from memory");
        assert_eq!(input.waiting.len(), 180);
        bytes += archive.len();
    }
    println!("{:.0} MB/s", bytes as f64 / start.elapsed().as_secs_f64() / 1e6);
}
