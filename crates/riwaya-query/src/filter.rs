//! Which lines are asked for?

use crate::findings::{Findings, texts};
use riwaya::language::Language;
use rustc_hash::{FxHashMap, FxHashSet};
use serde_json::Value;
use std::sync::OnceLock;

/// Words made comparable: by the folding of every built-in language, so that «إسطنبول» finds «اسطنبول».
pub struct Fold {
    languages: Vec<Language>,
}

impl Fold {
    /// Loads the foldings.
    ///
    /// # Errors
    /// Where a built-in table cannot be read.
    pub fn load() -> Result<Fold, riwaya::Error> {
        let files = riwaya_langs::embedded();
        let languages = files.languages().iter().map(|code| Language::load(&files, code)).collect::<Result<_, _>>()?;
        Ok(Fold { languages })
    }

    /// The foldings, loaded once.
    ///
    /// # Errors
    /// As [`Fold::load`].
    pub fn shared() -> Result<&'static Fold, riwaya::Error> {
        static SHARED: OnceLock<Fold> = OnceLock::new();
        match SHARED.get() {
            Some(fold) => Ok(fold),
            None => {
                let fold = Fold::load()?;
                Ok(SHARED.get_or_init(|| fold))
            }
        }
    }

    /// `words` folded.
    pub fn fold(&self, words: &str) -> String {
        self.languages.iter().fold(words.to_owned(), |words, language| language.fold_phrase(&words))
    }

    /// Does `text` hold `wanted` (folded already)?
    pub fn holds(&self, text: &str, wanted: &str) -> bool {
        self.fold(text).contains(wanted)
    }
}

/// Which pages count. What is none counts all.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PageFilter {
    /// The id of a story, or words of its title.
    pub story: Option<String>,
    /// Outlets with this in their name.
    pub outlet: Option<String>,
    /// Pages in this language.
    pub lang: Option<String>,
    /// From this day, month or year on.
    pub since: Option<String>,
    /// Up to and with this day, month or year.
    pub until: Option<String>,
}

/// The pages that count, and what is asked of a day.
pub struct Pages<'f> {
    findings: &'f Findings,
    asked: &'f PageFilter,
    fold: &'f Fold,
    stories: FxHashSet<&'f str>,
    pages: FxHashSet<&'f str>,
}

impl<'f> Pages<'f> {
    /// The pages of `findings` that are asked for; needs its articles and stories.
    pub fn of(findings: &'f Findings, asked: &'f PageFilter, fold: &'f Fold) -> Pages<'f> {
        let mut pages = Pages { findings, asked, fold, stories: FxHashSet::default(), pages: FxHashSet::default() };
        pages.stories = findings
            .kind("story")
            .iter()
            .filter(|s| asked.story.as_deref().is_none_or(|wanted| is_story(findings, s, wanted, fold)))
            .filter_map(|s| s["id"].as_str())
            .collect();
        let mut story_of: FxHashMap<&str, &str> = FxHashMap::default();
        for story in findings.kind("story") {
            story_of.extend(texts(&story["articles"]).filter_map(|a| Some((a, story["id"].as_str()?))));
        }
        pages.pages = findings
            .kind("article")
            .iter()
            .filter(|a| pages.is_outlet(a) && asked.lang.as_deref().is_none_or(|l| a["lang"] == l))
            .filter_map(|a| a["id"].as_str())
            .filter(|id| asked.story.is_none() || story_of.get(id).is_some_and(|s| pages.stories.contains(s)))
            .collect();
        pages
    }

    fn is_outlet(&self, article: &Value) -> bool {
        self.asked.outlet.as_deref().is_none_or(|wanted| {
            let wanted = self.fold.fold(wanted);
            let credits = article["credits"].as_array().map_or(&[][..], Vec::as_slice);
            let mut names = credits.iter().map(|c| &c["name"]).chain([&article["outlet"]]).filter_map(Value::as_str);
            names.any(|name| self.fold.holds(name, &wanted))
        })
    }

    /// Does this page count, its day included?
    pub fn counts(&self, article: &str) -> bool {
        self.pages.contains(article) && self.is_in_time(self.published(article))
    }

    /// Does any of these pages count, whatever its day?
    pub fn any<'a>(&self, articles: impl IntoIterator<Item = &'a str>) -> bool {
        articles.into_iter().any(|a| self.pages.contains(a))
    }

    /// Is this one of the stories asked for?
    pub fn is_story(&self, id: &str) -> bool {
        self.stories.contains(id)
    }

    /// The day of publication of a page.
    pub fn published(&self, article: &str) -> Option<&'f str> {
        self.findings.article(article)?["published"]["value"].as_str()
    }

    /// Does `day`, as exact as it is, lie in the time asked for? What has no day only does where none is asked for.
    pub fn is_in_time(&self, day: Option<&str>) -> bool {
        self.asked.is_in_time(day)
    }
}

impl PageFilter {
    /// Does `day`, as exact as it is, lie in the time asked for? What has no day only does where none is asked for.
    pub fn is_in_time(&self, day: Option<&str>) -> bool {
        let (since, until) = (self.since.as_deref(), self.until.as_deref());
        if since.is_none() && until.is_none() {
            return true;
        }
        let Some(day) = day.filter(|d| d.as_bytes().first().is_some_and(u8::is_ascii_digit)) else { return false };
        since.is_none_or(|s| compared(day, s).is_ge()) && until.is_none_or(|u| compared(day, u).is_le())
    }
}

/// Days compared as far as both are known: 2021-12-30 is in 2021-12.
fn compared(day: &str, bound: &str) -> std::cmp::Ordering {
    let n = day.len().min(bound.len());
    day.as_bytes()[..n].cmp(&bound.as_bytes()[..n])
}

fn is_story(findings: &Findings, story: &Value, wanted: &str, fold: &Fold) -> bool {
    story["id"] == wanted || findings.title(story).is_some_and(|title| fold.holds(title, &fold.fold(wanted)))
}

/// The entities that somebody may mean by `wanted`: an id, or a part of a name or form in any language.
pub fn entities<'f>(findings: &'f Findings, wanted: &str, fold: &Fold) -> FxHashSet<&'f str> {
    let folded = fold.fold(wanted);
    let is_meant = |entity: &&Value| entity["id"] == wanted || is_named(entity, &folded, fold);
    findings.kind("entity").iter().filter(is_meant).filter_map(|e| e["id"].as_str()).collect()
}

/// Does a name or form of an entity hold `wanted` (folded already)?
pub fn is_named(entity: &Value, wanted: &str, fold: &Fold) -> bool {
    let names = entity["name"].as_object().into_iter().flat_map(|names| names.values());
    let forms = entity["forms"].as_array().into_iter().flatten();
    names.chain(forms).filter_map(Value::as_str).any(|name| fold.holds(name, wanted))
}

/// Is the entity called exactly `wanted` in some language or form?
pub fn is_called(entity: &Value, wanted: &str, fold: &Fold) -> bool {
    let folded = fold.fold(wanted);
    let names = entity["name"].as_object().into_iter().flat_map(|names| names.values());
    let forms = entity["forms"].as_array().into_iter().flatten();
    names.chain(forms).filter_map(Value::as_str).any(|name| fold.fold(name) == folded)
}

/// The one entity that somebody means by `wanted`: that of this id, else of exactly this name, else the first whose
/// name holds it; `wanted` itself where there is none.
pub fn entity(findings: &Findings, wanted: &str, fold: &Fold) -> String {
    let meant = entities(findings, wanted, fold);
    let mut all = findings.kind("entity").iter().filter(|e| e["id"].as_str().is_some_and(|id| meant.contains(id)));
    let exact = all.clone().find(|e| e["id"] == wanted).or_else(|| all.clone().find(|e| is_called(e, wanted, fold)));
    exact.or_else(|| all.next()).and_then(|e| e["id"].as_str()).unwrap_or(wanted).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::cmp::Ordering;

    #[test]
    fn days_are_compared_as_far_as_both_are_known() {
        assert_eq!(compared("2021-12-30", "2021-12"), Ordering::Equal);
        assert_eq!(compared("2021-12-30T20:30Z", "2021-12-30"), Ordering::Equal);
        assert_eq!(compared("2022", "2021-12-31"), Ordering::Greater);
    }
}
