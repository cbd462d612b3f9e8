//! What does the page say of itself: headline, author, outlet, dates, section, address?
//!
//! In this order: linked data (schema.org, JSON-LD), OpenGraph and its relatives, other `<meta>`, `<time>`, the
//! address. What the text itself says is not looked at here; reading does that.

use super::scan::Scan;
use serde_json::Value;

/// What a page says of itself, as received.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct About {
    /// What the head calls the headline, the best first; the outlet's name may stand behind it.
    pub titles: Vec<String>,
    /// Who signed it.
    pub author: Option<String>,
    /// The outlet.
    pub outlet: Option<String>,
    /// When it was published.
    pub published: Option<String>,
    /// When it was changed last.
    pub updated: Option<String>,
    /// The section of the outlet.
    pub section: Option<String>,
    /// Its own address.
    pub canonical: Option<String>,
    /// Its language.
    pub lang: Option<String>,
    /// Does linked data or OpenGraph call it an article?
    pub is_article: bool,
    /// Does it say that only subscribers may read all of it?
    pub is_closed: bool,
}

impl About {
    /// Gathers what `page` says; `url` is the address it came from.
    pub fn of(page: &Scan, url: Option<&str>) -> About {
        let mut about = About { lang: page.lang.clone(), ..About::default() };
        page.linked_data.iter().for_each(|text| about.linked(text));
        let meta = |names: &[&str]| names.iter().find_map(|name| of_meta(page, name));
        let titles = [meta(&["og:title"]), meta(&["twitter:title", "dc.title", "title"])];
        about.titles.extend(titles.into_iter().flatten());
        about.titles.extend(page.title.as_ref().map(|l| l.text.clone()));
        let or = |field: &mut Option<String>, names: &[&str]| *field = field.take().or_else(|| meta(names));
        or(&mut about.author, &["article:author", "author", "parsely-author", "sailthru.author", "dc.creator"]);
        about.author = about.author.filter(|a| !is_address(a));
        or(&mut about.outlet, &["og:site_name", "application-name", "publisher", "dc.publisher"]);
        about.outlet = about.outlet.filter(|o| !is_address(o));
        or(&mut about.published, &PUBLISHED);
        or(&mut about.updated, &UPDATED);
        or(&mut about.section, &["article:section", "section", "articlesection", "category"]);
        about.canonical = page.canonical.clone().or_else(|| meta(&["og:url"])).filter(|u| is_address(u));
        about.is_article |= meta(&["og:type"]).is_some_and(|t| t.eq_ignore_ascii_case("article"));
        let times = page.times.first().map(|(_, when)| when.clone()).filter(|when| is_date(when));
        let address = || [url, about.canonical.as_deref()].into_iter().flatten().find_map(date_of_address);
        about.published = about.published.take().or(times).or_else(address);
        about
    }

    fn linked(&mut self, text: &str) {
        // Some pages wrap it in a comment or end it with a semicolon; what is no JSON then says nothing.
        let text = text.trim().trim_start_matches("<!--").trim_end_matches("-->").trim().trim_end_matches(';');
        if let Ok(value) = serde_json::from_str::<Value>(text) {
            self.node(&value, 0);
        }
    }

    fn node(&mut self, value: &Value, depth: usize) {
        const DEEPEST: usize = 6;
        match value {
            Value::Array(nodes) if depth < DEEPEST => nodes.iter().for_each(|n| self.node(n, depth + 1)),
            Value::Object(node) if depth < DEEPEST => {
                if types(&value["@type"]).any(|t| t.ends_with("Article") || t.ends_with("BlogPosting") || t == "Report")
                {
                    self.article(value);
                }
                for (key, inner) in node {
                    if matches!(key.as_str(), "@graph" | "mainEntity" | "mainEntityOfPage") {
                        self.node(inner, depth + 1);
                    }
                }
            }
            _ => {}
        }
    }

    fn article(&mut self, node: &Value) {
        self.is_article = true;
        self.titles.extend(words(&node["headline"]));
        let or = |field: &mut Option<String>, value: &Value| *field = field.take().or_else(|| words(value));
        or(&mut self.author, &node["author"]);
        or(&mut self.outlet, &node["publisher"]);
        or(&mut self.published, &node["datePublished"]);
        or(&mut self.updated, &node["dateModified"]);
        or(&mut self.section, &node["articleSection"]);
        let free = &node["isAccessibleForFree"];
        self.is_closed |= free == &Value::Bool(false) || free.as_str().is_some_and(|f| f.eq_ignore_ascii_case("false"));
    }
}

const PUBLISHED: [&str; 14] = [
    "article:published_time",
    "og:article:published_time",
    "datepublished",
    "publishdate",
    "publish-date",
    "publish_date",
    "pubdate",
    "parsely-pub-date",
    "sailthru.date",
    "dc.date.issued",
    "dc.date",
    "dcterms.created",
    "article_date_original",
    "date",
];
const UPDATED: [&str; 6] =
    ["article:modified_time", "og:updated_time", "datemodified", "dcterms.modified", "last-modified", "lastmod"];

fn of_meta(page: &Scan, name: &str) -> Option<String> {
    let (_, content) = page.meta.iter().find(|(n, content)| n == name && !content.is_empty())?;
    (content.len() < 2000).then(|| content.clone())
}

fn types(value: &Value) -> impl Iterator<Item = &str> {
    let list = value.as_array().map(Vec::as_slice).unwrap_or(std::slice::from_ref(value));
    list.iter().filter_map(Value::as_str)
}

/// A value as words: a string; the `name` of an object; the parts of a list, joined.
fn words(value: &Value) -> Option<String> {
    let text = match value {
        Value::String(text) => super::reference::plain_text(text),
        Value::Object(node) => return node.get("name").and_then(words),
        Value::Array(parts) => parts.iter().filter_map(words).collect::<Vec<_>>().join(", "),
        _ => return None,
    };
    let text = text.trim();
    (!text.is_empty() && text.len() < 2000).then(|| text.to_owned())
}

fn is_address(text: &str) -> bool {
    text.starts_with("http://") || text.starts_with("https://")
}

/// Begins like 2021-12-17.
fn is_date(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.len() >= 10
        && [4, 7].iter().all(|n| bytes[*n] == b'-')
        && [0, 1, 2, 3, 5, 6, 8, 9].iter().all(|n| bytes[*n].is_ascii_digit())
}

/// «…/2021/12/17/…», «…/2021-12-17-…»: the day in an address.
fn date_of_address(url: &str) -> Option<String> {
    let path = url.split(['?', '#']).next()?.splitn(4, '/').nth(3)?;
    let numbers: Vec<(usize, &str)> = path
        .split(|c: char| !c.is_ascii_digit())
        .filter(|n| !n.is_empty())
        .map(|n| (n.as_ptr() as usize - path.as_ptr() as usize, n))
        .collect();
    numbers.windows(3).find_map(|three| {
        let [(a, year), (b, month), (c, day)] = three else { return None };
        let is_tight = a + year.len() + 1 == *b && b + month.len() + 1 == *c;
        let between = |text: &str, from: u32, to: u32| text.parse::<u32>().is_ok_and(|n| (from..=to).contains(&n));
        let is_day = year.len() == 4 && between(year, 1995, 2099) && between(month, 1, 12) && between(day, 1, 31);
        (is_tight && is_day && month.len() <= 2 && day.len() <= 2).then(|| format!("{year}-{month:0>2}-{day:0>2}"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::html::scan::scan;

    fn about(head: &str, url: Option<&str>) -> About {
        About::of(&scan(&format!("<html lang=ar><head>{head}</head><body><p>نص</p></body></html>")), url)
    }

    #[test]
    fn linked_data_comes_first() {
        let found = about(
            r#"<title>قمة في المرفأ | صحيفة المرفأ</title>
            <meta property="og:title" content="قمة في المرفأ"><meta name="author" content="موقع">
            <meta property="article:published_time" content="2024-01-01">
            <script type="application/ld+json">{"@graph":[{"@type":"WebSite","name":"المرفأ"},
            {"@type":["NewsArticle"],"headline":"قمة &quot;المرفأ&quot;","datePublished":"2024-02-03T10:00:00+03:00",
            "author":[{"@type":"Person","name":"سامر الحلو"},{"name":"هند الراعي"}],
            "publisher":{"@type":"Organization","name":"صحيفة المرفأ"},"isAccessibleForFree":"False"}]}</script>"#,
            None,
        );
        assert_eq!(found.published.as_deref(), Some("2024-02-03T10:00:00+03:00"));
        assert_eq!(found.author.as_deref(), Some("سامر الحلو, هند الراعي"));
        assert_eq!(found.outlet.as_deref(), Some("صحيفة المرفأ"));
        assert_eq!(found.titles[0], "قمة \"المرفأ\"");
        assert!(found.is_article && found.is_closed);
        assert_eq!(found.lang.as_deref(), Some("ar"));
    }

    #[test]
    fn what_is_left() {
        let found =
            about("<script type='application/ld+json'>{broken</script>", Some("https://x.example/a/2021/12/7/b"));
        assert_eq!(found.published.as_deref(), Some("2021-12-07"));
        assert!(!found.is_article && !found.is_closed);
        let author = about("<meta property='article:author' content='https://x.example/me'>", None).author;
        assert_eq!(author, None, "an address is no name");
        for address in
            ["https://x.example/2021/13/7/", "https://x.example/story-20211207", "https://x.example/9/12/2021/"]
        {
            assert_eq!(date_of_address(address), None, "{address}");
        }
    }
}
