//! How is a page's text shown with all that was found in it? Elements inside elements, cut where they would cross.

use riwaya_query::html::{escaped, put};
use serde_json::Value;
use std::fmt::Write as _;

/// What a mark is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Mark {
    /// What somebody says: the number of the statement on its page.
    Statement(String),
    /// The word that says so.
    Cue,
    /// Who says it.
    Source,
    /// A name, with the address of whom it names.
    Name(String),
    /// A time, with its value.
    Time(String),
    /// The passage that the address names.
    Lit,
}

/// A mark on the characters `start..end` of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Marked {
    /// First code point.
    pub start: usize,
    /// The code point after the last.
    pub end: usize,
    /// What for.
    pub mark: Mark,
}

impl Marked {
    /// A mark on a span of the contract.
    pub fn of(span: &Value, mark: Mark) -> Option<Marked> {
        let at = |key: &str| span[key].as_u64().and_then(|n| usize::try_from(n).ok());
        let (start, end) = (at("start")?, at("end")?);
        (start < end).then_some(Marked { start, end, mark })
    }
}

/// What a line of a page is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// Of the headline.
    Title,
    /// Of the article.
    Body,
    /// Neither.
    Rest,
}

/// `text` as HTML, a paragraph a line that is not blank: `part` says what a line is, by its code points.
pub fn html(text: &str, marks: &[Marked], part: &dyn Fn(usize, usize) -> Part) -> String {
    let mut sorted: Vec<&Marked> = marks.iter().collect();
    // The longer one first, so that it holds the shorter.
    sorted.sort_by(|a, b| (a.start, b.end).cmp(&(b.start, a.end)));
    let mut out = String::with_capacity(text.len() * 2);
    let mut begun: Vec<&str> = Vec::new();
    let mut from = 0;
    for line in text.split('\n') {
        let chars: Vec<char> = line.chars().collect();
        let to = from + chars.len();
        if !line.trim().is_empty() {
            let class = match part(from, to) {
                Part::Title => "title",
                Part::Body => "body",
                Part::Rest => "rest",
            };
            let _ = write!(out, "<p class=\"{class}\">");
            put_line(&chars, from, &sorted, &mut begun, &mut out);
            out.push_str("</p>\n");
        }
        from = to + 1;
    }
    out
}

fn put_line<'m>(chars: &[char], from: usize, marks: &[&'m Marked], begun: &mut Vec<&'m str>, out: &mut String) {
    let to = from + chars.len();
    let own: Vec<&Marked> = marks.iter().filter(|m| m.start < to && m.end > from).copied().collect();
    let mut next = 0;
    let mut open: Vec<&Marked> = Vec::new();
    for (at, c) in (from..).zip(chars.iter().copied().map(Some).chain([None])) {
        close(&mut open, at.min(to), c.is_none(), out);
        while c.is_some() && next < own.len() && own[next].start.max(from) <= at {
            let mark = own[next];
            next += 1;
            // A link inside a link is none: the outer one stays.
            let is_link = |m: &Marked| matches!(m.mark, Mark::Name(_));
            if is_link(mark) && open.iter().any(|m| is_link(m)) {
                continue;
            }
            begin(mark, begun, out);
            open.push(mark);
        }
        if let Some(c) = c {
            put(c, out);
        }
    }
}

/// Ends what ends at `at` (all, at the end of a line); what was opened inside it and goes on is opened again.
fn close(open: &mut Vec<&Marked>, at: usize, all: bool, out: &mut String) {
    let Some(outermost) = open.iter().position(|m| all || m.end <= at) else { return };
    let inner = open.split_off(outermost);
    inner.iter().rev().for_each(|m| end(m, out));
    for mark in inner {
        if !all && mark.end > at {
            // Its anchor stands where it began.
            begin(mark, &mut vec![name_of(mark)], out);
            open.push(mark);
        }
    }
}

fn name_of(mark: &Marked) -> &str {
    match &mark.mark {
        Mark::Statement(name) => name,
        _ => "",
    }
}

fn begin<'m>(mark: &'m Marked, begun: &mut Vec<&'m str>, out: &mut String) {
    // Writing to a string cannot fail.
    let _ = match &mark.mark {
        Mark::Statement(name) if begun.contains(&name.as_str()) => write!(out, "<span class=\"st\">"),
        Mark::Statement(name) => {
            begun.push(name);
            write!(out, "<span class=\"st\" id=\"{}\">", escaped(name))
        }
        Mark::Cue => write!(out, "<b class=\"cue\">"),
        Mark::Source => write!(out, "<span class=\"src\">"),
        Mark::Name(address) => write!(out, "<a class=\"name\" href=\"{}\">", escaped(address)),
        Mark::Time(value) => write!(out, "<span class=\"time\" title=\"{}\">", escaped(value)),
        Mark::Lit => write!(out, "<mark id=\"lit\">"),
    };
}

fn end(mark: &Marked, out: &mut String) {
    out.push_str(match mark.mark {
        Mark::Statement(_) | Mark::Source | Mark::Time(_) => "</span>",
        Mark::Cue => "</b>",
        Mark::Name(_) => "</a>",
        Mark::Lit => "</mark>",
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marked(start: usize, end: usize, mark: Mark) -> Marked {
        Marked { start, end, mark }
    }

    #[test]
    fn marks_nest_and_are_cut_where_they_cross() {
        let said = |name: &str| Mark::Statement(name.to_owned());
        let marks = [marked(2, 6, said("s1")), marked(0, 4, Mark::Cue), marked(4, 5, Mark::Lit)];
        let out = html("abcdefg\n\nh", &marks, &|_, _| Part::Body);
        assert_eq!(
            out,
            "<p class=\"body\"><b class=\"cue\">ab<span class=\"st\" id=\"s1\">cd</span></b><span class=\"st\">\
             <mark id=\"lit\">e</mark>f</span>g</p>\n<p class=\"body\">h</p>\n"
        );
    }

    #[test]
    fn a_mark_over_two_lines_is_one_anchor() {
        let out = html("قال\nغدا", &[marked(1, 6, Mark::Statement("s1".to_owned()))], &|from, _| {
            if from == 0 { Part::Title } else { Part::Rest }
        });
        assert_eq!(
            out,
            "<p class=\"title\">ق<span class=\"st\" id=\"s1\">ال</span></p>\n\
             <p class=\"rest\"><span class=\"st\">غد</span>ا</p>\n"
        );
    }

    #[test]
    fn mark_up_of_a_page_is_text() {
        let name = Mark::Name("/person/x\"y".to_owned());
        let out = html("<script>1</script>&\"", &[marked(0, 8, name)], &|_, _| Part::Body);
        assert_eq!(
            out,
            "<p class=\"body\"><a class=\"name\" href=\"/person/x&quot;y\">&lt;script&gt;</a>1&lt;/script&gt;&amp;&quot;</p>\n"
        );
    }

    #[test]
    fn elements_are_balanced_however_marks_lie() {
        let text = "abc\ndefgh\nij";
        for seed in 0..500usize {
            let marks: Vec<Marked> = (0..5)
                .map(|n| {
                    let start = (seed * 7 + n * 5) % 11;
                    let end = start + 1 + (seed / 3 + n * 3) % 9;
                    let kinds =
                        [Mark::Cue, Mark::Source, Mark::Lit, Mark::Name("x".into()), Mark::Statement("s".into())];
                    marked(start, end, kinds[n].clone())
                })
                .collect();
            let out = html(text, &marks, &|_, _| Part::Body);
            let mut open: Vec<&str> = Vec::new();
            for tag in out.split('<').skip(1).filter_map(|rest| rest.split('>').next()) {
                match tag.strip_prefix('/') {
                    Some(name) => assert_eq!(open.pop(), Some(name), "{out}"),
                    None => open.push(tag.split(' ').next().unwrap_or_default()),
                }
            }
            assert!(open.is_empty(), "{out}");
        }
    }
}
