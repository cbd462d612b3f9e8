//! How do words stay out of the findings and come back from the text?
//!
//! A line of the contract repeats the words of its page wherever it has a span. The record keeps the page once and the
//! positions; [`take`] sets such words to null, [`put`] fills them in again from the stored text. So the words that a
//! user is shown can only be the words of the page.

use serde_json::Value;
use std::rc::Rc;

/// A page's text that can be cut by code points.
#[derive(Debug)]
pub struct Stored {
    text: String,
    bytes: Vec<u32>,
}

const STEP: usize = 64;

impl Stored {
    /// Keeps a byte offset for every 64th character of `text`.
    pub fn new(text: String) -> Stored {
        let bytes = text.char_indices().step_by(STEP).map(|(at, _)| at as u32).collect();
        Stored { text, bytes }
    }

    /// The whole text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The characters from `start` up to `end`.
    ///
    /// ```
    /// let page = riwaya_store::words::Stored::new("قال الوزير".to_owned());
    /// assert_eq!(page.at(4, 10), Some("الوزير"));
    /// assert_eq!(page.at(4, 11), None);
    /// ```
    pub fn at(&self, start: usize, end: usize) -> Option<&str> {
        self.text.get(self.byte(start)?..self.byte(end)?)
    }

    fn byte(&self, point: usize) -> Option<usize> {
        let Some(block) = self.bytes.get(point / STEP) else {
            return (self.text.is_empty() && point == 0).then_some(0).or_else(|| self.end(point));
        };
        let rest = self.text.get(*block as usize..)?;
        match rest.char_indices().nth(point % STEP) {
            Some((at, _)) => Some(*block as usize + at),
            None => self.end(point),
        }
    }

    fn end(&self, point: usize) -> Option<usize> {
        let last = self.bytes.len().checked_sub(1)?;
        let points = last * STEP + self.text.get(self.bytes[last] as usize..)?.chars().count();
        (points == point).then_some(self.text.len())
    }
}

/// Sets words that stand in a page's text at their position to null.
pub fn take(line: &mut Value, page: &impl Fn(&str) -> Option<Rc<Stored>>) {
    if line["kind"] == "article"
        && let Some(page) = line["id"].as_str().and_then(page)
        && line["text"] == page.text()
    {
        line["text"] = Value::Null;
    }
    walk(line, None, &mut |object, article| {
        let Some((start, end)) = span(object) else { return };
        let same = match (object.get("text"), page(article)) {
            (Some(Value::String(words)), Some(page)) => page.at(start, end) == Some(words.as_str()),
            _ => false,
        };
        if same {
            object["text"] = Value::Null;
        }
    });
}

/// Fills in again what [`take`] took.
pub fn put(line: &mut Value, page: &impl Fn(&str) -> Option<Rc<Stored>>) {
    if line["kind"] == "article"
        && line.get("text") == Some(&Value::Null)
        && let Some(page) = line["id"].as_str().and_then(page)
    {
        line["text"] = page.text().into();
    }
    walk(line, None, &mut |object, article| {
        let Some((start, end)) = span(object) else { return };
        if object.get("text") == Some(&Value::Null)
            && let Some(words) = page(article).and_then(|p| p.at(start, end).map(str::to_owned))
        {
            object["text"] = words.into();
        }
    });
}

fn span(object: &Value) -> Option<(usize, usize)> {
    Some((object.get("start")?.as_u64()? as usize, object.get("end")?.as_u64()? as usize))
}

/// Every object below `value`, with the article that it or the nearest object around it names.
fn walk(value: &mut Value, article: Option<&str>, each: &mut impl FnMut(&mut Value, &str)) {
    match value {
        Value::Object(map) => {
            let named =
                if map.get("kind").is_some_and(|k| k == "article") { map.get("id") } else { map.get("article") };
            let own = named.and_then(Value::as_str).map(str::to_owned);
            let article = own.as_deref().or(article);
            map.values_mut().filter(|v| v.is_object() || v.is_array()).for_each(|v| walk(v, article, each));
            if let Some(article) = article {
                each(value, article);
            }
        }
        Value::Array(values) => values.iter_mut().for_each(|v| walk(v, article, each)),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_leave_and_come_back() {
        let page = Rc::new(Stored::new("أعلن الوزير 😀 أنه سيزور جدة".to_owned()));
        let pages = |id: &str| (id == "a").then(|| page.clone());
        for line in [
            r#"{"kind":"article","id":"a","text":"أعلن الوزير 😀 أنه سيزور جدة","last":1}"#,
            r#"{"kind":"time","article":"a","start":5,"end":11,"text":"الوزير","because":{"from":[{"start":0,"end":4,"text":"أعلن"}]}}"#,
            r#"{"kind":"entity","id":"x","roles":[{"start":12,"end":13,"text":"😀","article":"a"}]}"#,
            r#"{"kind":"flag","evidence":[{"start":0,"end":4,"text":"أعلن"}],"explain":"no article is named"}"#,
            r#"{"kind":"time","article":"a","start":5,"end":11,"text":"other words"}"#,
        ] {
            let mut value: Value = serde_json::from_str(line).expect("json");
            take(&mut value, &pages);
            let kept = value.to_string();
            assert!(!kept.contains("الوزير") && !kept.contains("😀"), "{kept}");
            put(&mut value, &pages);
            assert_eq!(value.to_string(), line);
        }
    }

    #[test]
    fn every_position_up_to_the_end() {
        for n in [0usize, 1, 63, 64, 65, 128, 200] {
            let text: String = "بx😀".chars().cycle().take(n).collect();
            let page = Stored::new(text.clone());
            for start in 0..=n {
                let want: String = text.chars().skip(start).collect();
                assert_eq!(page.at(start, n), Some(want.as_str()), "{n} {start}");
            }
            assert_eq!(page.at(0, n + 1), None);
        }
    }
}
