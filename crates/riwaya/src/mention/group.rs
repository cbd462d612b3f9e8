//! Which finds are one entity?

use super::cells::Cells;
use super::find::{Find, What};
use super::kind::{Sign, sign};
use super::lexicon::class;
use super::{Cast, Entity, EntityKind, Mention};
use crate::because::Because;
use rustc_hash::FxHashMap;
use std::ops::Range;

/// A name as it is compared with others of its page.
#[derive(Debug, Clone, Default)]
struct Name {
    /// Folded words without clitic and connectors.
    words: Vec<String>,
    /// The same words with the letters left out that spellings differ in.
    bones: Vec<String>,
    /// Whether «بن» stands before each.
    sons: Vec<bool>,
}

/// An entity while it is put together.
struct Draft {
    what: What,
    name: Name,
    known: Option<u32>,
    finds: Vec<usize>,
}

/// Every name is compared with so many others of its page, the longest first. Of more (a list of ten thousand persons)
/// only those with the same words are one.
const COMPARED: usize = 600;

/// Joins the finds of a page into entities and mentions.
pub(super) fn cast(cells: &Cells<'_>, mut finds: Vec<Find>) -> Cast {
    finds.sort_by_key(|f| (f.tokens.start, f.tokens.end));
    let names: Vec<Name> = finds.iter().map(|f| name(cells, f)).collect();
    let mut order: Vec<usize> = (0..finds.len()).collect();
    order.sort_by_key(|n| (std::cmp::Reverse(names[*n].words.len()), *n));
    let mut drafts: Vec<Draft> = Vec::new();
    let mut rest: FxHashMap<(What, Option<u32>, &Vec<String>), usize> = FxHashMap::default();
    let mut of = vec![0; finds.len()];
    for n in order {
        let known = known(cells, &finds[n], &names[n]);
        let own = (finds[n].what, known, &names[n].words);
        let alike = drafts.iter().take(COMPARED).position(|d| is_same(cells, d, &finds[n], &names[n], known));
        let at = alike.or_else(|| rest.get(&own).copied()).unwrap_or(drafts.len());
        if at == drafts.len() {
            if at >= COMPARED {
                rest.insert(own, at);
            }
            drafts.push(Draft { what: finds[n].what, name: names[n].clone(), known, finds: Vec::new() });
        }
        drafts[at].known = drafts[at].known.or(known);
        drafts[at].finds.push(n);
        of[n] = at;
    }
    finish(cells, &finds, &names, drafts, &of)
}

fn name(cells: &Cells<'_>, find: &Find) -> Name {
    let mut name = Name::default();
    let mut joined = String::new();
    let mut son = false;
    for i in
        find.alias.clone().unwrap_or_else(|| find.tokens.clone()).filter(|i| {
            cells.is_word(*i) || cells.text.key(*i) == "+" || !cells.is_mark(*i, &["«", "»", "\"", "(", ")"])
        })
    {
        // “Al-Moualem” is “al Moualem”.
        if cells.lexicon.capitals && find.what == What::Person && !cells.is_word(i) {
            continue;
        }
        let cell = cells.cell(i);
        let stem = if i == find.tokens.start { cells.stem(i) } else { cells.text.key(i) };
        if find.what == What::Person && cell.is(class::CONNECTOR) && !cell.is(class::GIVEN | class::NAME) {
            son |= crate::clitic::is_son(stem);
            if crate::clitic::is_servant(stem) {
                joined.push_str(stem);
            }
            continue;
        }
        let mut word = std::mem::take(&mut joined);
        match cell.word.state {
            0 => word.push_str(stem),
            state if find.what == What::Person || cells.lexicon.capitals => {
                let _ = state;
                word.push_str(stem);
            }
            state => word.push_str(&format!("@{state}")),
        }
        if cell.restored && i == find.tokens.start {
            let mut buffer = String::new();
            if let Some((_, whole)) = crate::clitic::restored(cells.text.key(i), &mut buffer) {
                word = whole.to_owned();
            }
        }
        name.bones.push(cells.lexicon.bones(&word));
        name.words.push(word);
        name.sons.push(std::mem::take(&mut son));
    }
    name
}

/// The row of a find: matched as such, or by the full name of a person.
fn known(cells: &Cells<'_>, find: &Find, name: &Name) -> Option<u32> {
    if find.known.is_some() || find.what != What::Person {
        return find.known;
    }
    let people = &cells.lexicon.people;
    let whole = cells.text.tokens_in(cells.span(find.tokens.clone()));
    let mut phrase = String::new();
    for i in whole.start.min(find.tokens.start)..find.tokens.end {
        if !phrase.is_empty() {
            phrase.push(' ');
        }
        phrase.push_str(if i == find.tokens.start { cells.stem(i) } else { cells.text.key(i) });
    }
    people.get(phrase.as_str()).or_else(|| people.get(name.words.join(" ").as_str())).copied()
}

fn is_same(cells: &Cells<'_>, draft: &Draft, find: &Find, name: &Name, known: Option<u32>) -> bool {
    if draft.what != find.what {
        return false;
    }
    match find.what {
        What::Unnamed | What::Group => draft.name.words == name.words,
        What::Person => same_person(cells, draft, name, known),
        What::Place => match (draft.known, known) {
            (Some(a), Some(b)) => a == b,
            _ => same_words(cells, &draft.name.words, &name.words),
        },
        What::Organisation => same_organisation(cells, draft, name, known),
    }
}

fn same_person(cells: &Cells<'_>, draft: &Draft, name: &Name, known: Option<u32>) -> bool {
    if let (Some(a), Some(b)) = (draft.known, known) {
        return a == b;
    }
    let (long, short) = (&draft.name, name);
    let (Some(last), Some(first)) = (short.bones.last(), short.bones.first()) else { return false };
    let Some(long_last) = long.bones.last() else { return false };
    // «Р. Бизяев» is «Руслан Бизяев».
    let initial = |a: &str, b: &str| a.chars().nth(1).is_none() && b.starts_with(a) && cells.lexicon.capitals;
    let is = |a: &str, b: &str| cells.lexicon.same_word(a, b) || initial(a, b) || initial(b, a);
    if cells.lexicon.capitals && short.words.len() == 1 {
        return is(last, long_last) || is(first, &long.bones[0]) && long.words.len() > 1;
    }
    if short.words.len() == 1 {
        return last == long_last && similar(short.words.last(), long.words.last())
            || short.words.first() == long.words.first() && long.words.len() > 1 && short.words[0].chars().count() > 2;
    }
    let in_order = {
        let mut rest = long.bones.iter();
        short.bones.iter().all(|w| rest.any(|x| is(x, w)))
            && crate::clitic::one_father(&short.bones, &short.sons, &long.bones, |w, x| is(x, w))
    };
    let opens = is(first, &long.bones[0]);
    in_order && (opens || long.bones.len() == short.bones.len())
        || short.bones.len() == long.bones.len() && is(last, long_last) && opens
}

/// One-letter skeletons say little: «علي» and «عليا».
fn similar(a: Option<&String>, b: Option<&String>) -> bool {
    match (a, b) {
        (Some(a), Some(b)) => a == b || a.chars().count().abs_diff(b.chars().count()) <= 2 && a.chars().count() > 3,
        _ => false,
    }
}

fn same_organisation(cells: &Cells<'_>, draft: &Draft, name: &Name, known: Option<u32>) -> bool {
    if let (Some(a), Some(b)) = (draft.known, known) {
        return a == b;
    }
    let (long, short) = (&draft.name.words, &name.words);
    if same_words(cells, long, short) {
        return true;
    }
    if draft.known.is_some() != known.is_some() && short.len() < 2 {
        return false;
    }
    let head_dropped = long.len() == short.len() + 1 && long[1..] == short[..] && is_head(cells, &long[0]);
    let tail_dropped = long.len() > short.len() && short.len() >= 2 && same_words(cells, &long[..short.len()], short);
    head_dropped || tail_dropped
}

/// Are these the same words, each perhaps in another case?
fn same_words(cells: &Cells<'_>, a: &[String], b: &[String]) -> bool {
    a.len() == b.len() && a.iter().zip(b).all(|(a, b)| cells.lexicon.same_word(a, b))
}

fn is_head(cells: &Cells<'_>, word: &str) -> bool {
    cells.lexicon.word(word).is_some_and(|w| w.classes & (class::HEAD | class::PLACE_HEAD) != 0)
}

fn finish(cells: &Cells<'_>, finds: &[Find], names: &[Name], drafts: Vec<Draft>, of: &[usize]) -> Cast {
    let mut cast = Cast::default();
    let mut index: FxHashMap<(usize, bool), usize> = FxHashMap::default();
    let acting: Vec<Acting> = drafts.iter().map(|d| acting(cells, finds, d)).collect();
    for (n, find) in finds.iter().enumerate() {
        let draft = &drafts[of[n]];
        let government = draft.known.and_then(|k| cells.lexicon.known[k as usize].government);
        let as_government = government.is_some() && acts_here(cells, find, &acting[of[n]]);
        let entity = *index.entry((of[n], as_government)).or_insert_with(|| {
            let known = if as_government { government } else { draft.known };
            let kind = match draft.what {
                What::Person | What::Unnamed | What::Group => EntityKind::Person,
                What::Organisation => EntityKind::Organisation,
                What::Place if as_government => EntityKind::Organisation,
                What::Place => EntityKind::Place,
            };
            cast.entities.push(Entity {
                kind,
                named: !matches!(draft.what, What::Unnamed | What::Group),
                known: known.map(|k| cells.lexicon.known[k as usize].id.to_string()),
                key: key(cells, names, draft, finds),
                forms: Vec::new(),
                roles: Vec::new(),
                feminine: None,
                plural: false,
            });
            cast.entities.len() - 1
        });
        add(cells, &mut cast, entity, find);
    }
    for entity in &mut cast.entities {
        entity.forms.sort_by_key(|f| std::cmp::Reverse(f.chars().count()));
        entity.forms.dedup();
        entity.roles.sort_by_key(|r| (std::cmp::Reverse(r.len()), r.start()));
    }
    cast
}

/// The fullest name, each word in the nominative that all its cases on the page have.
fn key(cells: &Cells<'_>, names: &[Name], draft: &Draft, finds: &[Find]) -> String {
    let words = &draft.name.words;
    if cells.lexicon.endings.is_empty() {
        return words.join(" ");
    }
    let feminine = draft.finds.iter().find_map(|n| finds[*n].feminine);
    let full: Vec<&Name> = draft.finds.iter().map(|n| &names[*n]).filter(|n| n.words.len() == words.len()).collect();
    let last = |n: &usize| names[*n].words.last().map(String::as_str);
    let nominative = |at: usize| {
        let mut forms: Vec<&str> = full.iter().map(|n| n.words[at].as_str()).collect();
        if at + 1 == words.len() {
            let own = |w: &&str| cells.lexicon.same_word(w, &words[at]);
            forms.extend(draft.finds.iter().filter_map(last).filter(own));
        }
        cells.lexicon.endings.nominative(&forms, feminine)
    };
    // «Федерации стекольной промышленности»: what the word for a body has behind it keeps its case.
    let head = words.iter().position(|w| is_head(cells, w)).filter(|_| draft.what == What::Organisation);
    let declined = head.map_or(words.len(), |h| h + 1);
    let word = |at: usize| if at < declined { nominative(at) } else { words[at].clone() };
    (0..words.len()).map(word).collect::<Vec<_>>().join(" ")
}

/// What a state or a capital does on the page.
#[derive(Default)]
struct Acting {
    capital: bool,
    actor: usize,
    party: usize,
    place: usize,
}

fn acting(cells: &Cells<'_>, finds: &[Find], draft: &Draft) -> Acting {
    let known = draft.known.map(|k| &cells.lexicon.known[k as usize]).filter(|k| k.government.is_some());
    let Some(known) = known else { return Acting::default() };
    let mut acting = Acting { capital: &*known.class == "capital", ..Acting::default() };
    for n in &draft.finds {
        match sign(cells, &finds[*n]) {
            Sign::Actor => acting.actor += 1,
            Sign::Party => acting.party += 1,
            Sign::Place => acting.place += 1,
            Sign::None => {}
        }
    }
    acting
}

/// A state is one entity of a page, and acts on all of it or nowhere: where its acts, which count three times, and what is
/// done with it outweigh the places where it is only a place. A capital is a government where it acts, and where
/// nothing says that it is a place while it acts elsewhere or is no place anywhere.
fn acts_here(cells: &Cells<'_>, find: &Find, acting: &Acting) -> bool {
    if !acting.capital {
        return 3 * acting.actor + acting.party > acting.place.max(1);
    }
    match sign(cells, find) {
        Sign::Actor => true,
        Sign::Place => false,
        // Where the verb stands behind its subject, nothing said is nothing done.
        Sign::None if cells.lexicon.capitals => acting.actor > 0 || acting.party > 0 && acting.place == 0,
        Sign::Party | Sign::None => acting.actor > 0 || acting.place == 0,
    }
}

fn add(cells: &Cells<'_>, cast: &mut Cast, entity: usize, find: &Find) {
    let (span, full) = (cells.span(find.tokens.clone()), cells.span(find.full.clone()));
    let because = Because::one(find.rule.clone(), full);
    cast.mentions.push(Mention { span, full, entity, because });
    let e = &mut cast.entities[entity];
    let form = cells.text.at(span);
    if !e.forms.iter().any(|f| f == form) {
        e.forms.push(form.to_owned());
    }
    let spans = find.roles.iter().map(|r: &Range<usize>| cells.span(r.clone()));
    e.roles.extend(spans);
    e.feminine = e.feminine.or(find.feminine);
    e.plural |= find.plural;
    if find.what == What::Person && e.feminine.is_none() && cells.is(find.tokens.start, class::WOMAN) {
        e.feminine = Some(true);
    }
}
