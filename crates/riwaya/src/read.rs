//! Reading: one page in, its findings out. A pure function of page and packs.

use crate::event::{self, Event, Scene};
use crate::mention::{self, Cast};
use crate::pack::{Pack, Packs};
use crate::page::{self, Layout, Source};
use crate::statement::{self, Statement};
use crate::text::Text;
use crate::time::{self, Published, Time};

/// Everything that is read from one page.
#[derive(Debug, Clone)]
pub struct Reading {
    /// What came with the page.
    pub source: Source,
    /// The language it is written in; none where no pack reads it, and then nothing else is read.
    pub lang: Option<String>,
    /// The text layer.
    pub text: Text,
    /// Headlines, article, furniture, credits.
    pub layout: Layout,
    /// The day of publication.
    pub published: Option<Published>,
    /// Temporal expressions in text order.
    pub times: Vec<Time>,
    /// Names and entities.
    pub cast: Cast,
    /// Statements in text order.
    pub statements: Vec<Statement>,
    /// Contacts.
    pub events: Vec<Event>,
}

/// Reads a page. Never fails: a page in no known language comes back with its text and nothing else.
///
/// `dated` is a day of publication that the other pages of its story gave; it is used only where neither the
/// metadata nor the page's own words tell.
pub fn read(source: Source, text: String, packs: &Packs, dated: Option<Published>) -> Reading {
    let named = source.lang.as_deref().and_then(|code| packs.get(code));
    match named.or_else(|| packs.detect(&text)) {
        Some(pack) => {
            let text = Text::new(text, &pack.language);
            let layout = page::layout(&text, &source, &pack.stages().page);
            stages(source, text, layout, pack, dated)
        }
        None => unread(source, text),
    }
}

/// Reads `text` with its lines laid out by hand instead of by the page stage: what cases and row examples need,
/// whose single sentences are no page.
pub fn read_laid_out(source: Source, text: String, pack: &Pack, layout: impl FnOnce(&Text) -> Layout) -> Reading {
    let text = Text::new(text, &pack.language);
    let layout = layout(&text);
    stages(source, text, layout, pack, None)
}

fn stages(source: Source, text: Text, layout: Layout, pack: &Pack, dated: Option<Published>) -> Reading {
    let rows = pack.stages();
    let expressions = time::expressions(&text, &layout, &rows.time);
    let published = time::published(&expressions, &text, &layout, &source, &rows.time).or(dated);
    let times = time::times(&expressions, &text, published.as_ref(), &rows.time);
    let mut cast = mention::cast(&text, &layout, &times, &rows.mention);
    let statements = statement::statements(&text, &layout, &mut cast, &times, &rows.statement, &rows.mention);
    let scene = Scene {
        text: &text,
        layout: &layout,
        cast: &cast,
        times: &times,
        statements: &statements,
        published: published.as_ref(),
    };
    let events = event::events(&scene, &rows.event);
    Reading { lang: Some(pack.language.code.clone()), source, layout, published, times, cast, statements, events, text }
}

fn unread(source: Source, text: String) -> Reading {
    let text = Text::new(text, &crate::language::Language::default());
    let body = text.lines().iter().filter(|l| !l.tokens.is_empty()).map(|l| l.span).collect();
    let layout = Layout { body, ..Layout::default() };
    // A date in the metadata needs no language.
    let lexicon = time::Lexicon::default();
    let expressions = time::expressions(&text, &layout, &lexicon);
    let published = time::published(&expressions, &text, &layout, &source, &lexicon);
    Reading {
        lang: None,
        source,
        layout,
        published,
        times: Vec::new(),
        cast: Cast::default(),
        statements: Vec::new(),
        events: Vec::new(),
        text,
    }
}
