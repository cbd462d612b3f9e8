//! A feed of stories (RFC 4287). Its times are days of publication: nothing in it comes from the clock.

use crate::findings::{Findings, shown, texts};
use crate::html::escaped;
use crate::one_line;
use riwaya_input::hash;
use serde_json::Value;
use std::fmt::Write as _;

/// The feed `name` of `stories`; `link` gives the address of a story's id, `own` the feed's own, where they have one.
pub fn feed(
    findings: &Findings,
    stories: &[&Value],
    name: &str,
    own: Option<&str>,
    link: &dyn Fn(&str) -> Option<String>,
) -> String {
    let mut entries = String::new();
    for story in stories {
        let id = story["id"].as_str().unwrap_or_default();
        let title = findings.title(story).map_or_else(|| id.to_owned(), one_line);
        let articles = texts(&story["articles"]).count();
        let first = texts(&story["articles"]).find_map(|a| findings.article(a)?["url"].as_str().map(str::to_owned));
        let link = link(id).or(first).map_or(String::new(), |l| format!("<link href=\"{}\"/>", escaped(&l)));
        // Writing to a string cannot fail.
        let _ = writeln!(
            entries,
            "<entry><id>urn:riwaya:story:{}</id><title>{}</title><updated>{}</updated>{link}<summary>{articles} articles, \
             {} outlets, at most {} independent origins</summary></entry>",
            &hash([id.as_bytes()])[..24],
            text(&title),
            time(story["to"].as_str()),
            text(&shown(&story["outlets"])),
            text(&shown(&story["origins"])),
        );
    }
    let newest = stories.iter().filter_map(|s| s["to"].as_str()).max();
    let own = own.map_or(String::new(), |own| format!("<link rel=\"self\" href=\"{}\"/>\n", escaped(own)));
    format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\">\n\
         <id>urn:riwaya:record:{}</id><title>{}</title><author><name>Riwaya</name></author><updated>{}</updated>\n\
         {own}{entries}</feed>\n",
        &hash([name.as_bytes()])[..24],
        text(name),
        time(newest),
    )
}

fn time(day: Option<&str>) -> String {
    let whole = day.and_then(|day| day.get(..10)).filter(|day| day.starts_with(|c: char| c.is_ascii_digit()));
    format!("{}T00:00:00Z", whole.unwrap_or("1970-01-01"))
}

/// Text without the characters that XML cannot hold.
fn text(text: &str) -> String {
    let is_held = |c: &char| !c.is_control() || matches!(c, '\t' | '\n' | '\r');
    escaped(&text.chars().filter(is_held).collect::<String>())
}
