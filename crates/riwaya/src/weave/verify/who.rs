//! Is the one whom the text names the one whom the page names?

use super::page::Page;
use crate::clitic;
use crate::mention::{Entity, EntityIndex, EntityKind};
use crate::pack::{Pack, Packs};
use crate::read::Reading;
use crate::text::is_mark;
use crate::weave::entity::Joining;
use crate::weave::{WovenEntity, across, side};
use rustc_hash::{FxHashMap, FxHashSet};

/// How an ascription fits a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Fit {
    /// One and the same, or nobody is named by the text.
    Same,
    /// The text names an office, body or state for which the speaker speaks, or describes the speaker.
    SpeaksFor,
    /// The text names who only carried the words.
    Carries,
    /// Somebody else.
    Other,
}

/// Text and page woven as pages of one story, so that «بيسكوف», “Peskov” and «пресс-секретарь Песков» are one.
pub(super) struct Pairs<'t> {
    text: &'t Reading,
    packs: &'t Packs,
    known: FxHashMap<usize, Pair>,
}

struct Pair {
    entities: Vec<WovenEntity>,
    of: Vec<Vec<usize>>,
    states: Vec<Vec<String>>,
}

impl<'t> Pairs<'t> {
    pub fn new(text: &'t Reading, packs: &'t Packs) -> Pairs<'t> {
        Pairs { text, packs, known: FxHashMap::default() }
    }

    /// How the speaker of the text, an entity there, fits `speaker`, an entity of the page, who is told by `tellers`,
    /// the outermost last.
    pub fn fit(&mut self, named: EntityIndex, page: &Page<'_>, speaker: EntityIndex, tellers: &[EntityIndex]) -> Fit {
        let (text, packs) = (self.text, self.packs);
        let pair = self.known.entry(page.number).or_insert_with(|| Pair::new(text, page.reading, packs));
        let (wanted, there) = (pair.of[0][named], pair.of[1][speaker]);
        let carried = tellers.iter().any(|t| pair.of[1][*t] == wanted) && pair.entities[wanted].carries();
        if wanted == there || self.is_shorter(named, page, speaker) {
            return Fit::Same;
        }
        match () {
            () if carried || self.is_outlet(named, page) => Fit::Carries,
            () if self.speaks_for(named, page, speaker) => Fit::SpeaksFor,
            () => Fit::Other,
        }
    }

    /// Is `speaker` of a page in another language surely whom the text names: joined with him, or the only person there who is
    /// called so?
    pub fn is_abroad(&mut self, named: EntityIndex, page: &Page<'_>, speaker: EntityIndex) -> bool {
        let wanted = &self.text.cast.entities[named];
        if !wanted.named || wanted.kind != EntityKind::Person {
            return false;
        }
        if self.fit(named, page, speaker, &[]) == Fit::Same {
            return true;
        }
        let Some((own, other)) = pack(self.text, self.packs).zip(pack(page.reading, self.packs)) else { return false };
        let called = |e: &Entity| {
            let person = e.named && e.kind == EntityKind::Person;
            person && across::one_name((wanted, own), (e, other), self.packs)
        };
        let entities = &page.reading.cast.entities;
        called(&entities[speaker]) && entities.iter().filter(|e| called(e)).count() == 1
    }

    /// For each entity of the text and of a page, which one over both it is.
    pub fn groups(&mut self, page: &Page<'_>) -> [&[usize]; 2] {
        let (text, packs) = (self.text, self.packs);
        let pair = self.known.entry(page.number).or_insert_with(|| Pair::new(text, page.reading, packs));
        [&pair.of[0], &pair.of[1]]
    }

    /// «بوقرة» for «عبد الرحيم بوقرة», «نادية العلوي» for «الصيد البحري نادية العلوي»: beside the same words, a person's name
    /// whose words are all among the other's.
    fn is_shorter(&self, named: EntityIndex, page: &Page<'_>, speaker: EntityIndex) -> bool {
        let (wanted, there) = (&self.text.cast.entities[named], &page.reading.cast.entities[speaker]);
        let Some((own, other)) = pack(self.text, self.packs).zip(pack(page.reading, self.packs)) else { return false };
        if own.language.code != other.language.code || wanted.kind == EntityKind::Place && wanted.known.is_some() {
            return false;
        }
        let names = |entity: &Entity| -> Vec<Vec<String>> { entity.forms.iter().map(|f| name(f, own)).collect() };
        let known = |word: &String, others: &[String]| others.iter().any(|o| o == word || is_case(word, o, own));
        let among = |few: &[String], many: &[String]| !few.is_empty() && few.iter().all(|word| known(word, many));
        let full = names(there);
        let alike = there.named || !wanted.named;
        let fits = |a: &[String], b: &[String]| among(a, b) || alike && (among(b, a) || runs_on(a, b, own));
        names(wanted).iter().any(|a| full.iter().any(|b| fits(a, b)))
    }

    /// How the words in front of a colon fit `speaker`, or nobody where none speaks: «برانت: «…»». Words that name nobody on the
    /// page say nothing about whose they are.
    pub fn heading(&self, heading: &str, page: &Page<'_>, speaker: Option<EntityIndex>) -> Option<Fit> {
        let Some(pack) = pack(page.reading, self.packs) else { return Some(Fit::Same) };
        let words = name(heading, pack);
        let bears = |entity: &Entity| {
            let among = |full: &[String]| words.iter().all(|w| full.iter().any(|f| f == w || is_case(f, w, pack)));
            !words.is_empty() && entity.named && entity.forms.iter().any(|form| among(&name(form, pack)))
        };
        let entities = &page.reading.cast.entities;
        let names_somebody = entities.iter().any(bears) || self.can_only_name(&words);
        match speaker {
            _ if !names_somebody => Some(Fit::Same),
            Some(speaker) if bears(&entities[speaker]) => Some(Fit::Same),
            Some(_) => Some(Fit::Other),
            None => None,
        }
    }

    /// Words that are in no list and of which none is a common one; in a script with capitals those tell names.
    fn can_only_name(&self, words: &[String]) -> bool {
        let Some(pack) = pack(self.text, self.packs).filter(|p| !p.language.capitals) else { return false };
        let names = &pack.stages().mention;
        !words.is_empty() && words.iter().all(|w| names.may_be_name(w) && !names.is_common(w) && !names.is_function(w))
    }

    /// «ذكرت «النهار» أن …»: does the text name the outlet or agency of the page?
    fn is_outlet(&self, named: EntityIndex, page: &Page<'_>) -> bool {
        let entity = &self.text.cast.entities[named];
        let carriers = page.reading.layout.credits.iter().map(|c| c.name.as_str());
        let carriers: Vec<&str> = carriers.chain(page.reading.source.outlet.as_deref()).collect();
        let Some(pack) = pack(self.text, self.packs) else { return false };
        entity.kind == EntityKind::Organisation
            && entity.forms.iter().any(|form| {
                let form = pack.language.fold_phrase(form);
                carriers.iter().any(|c| pack.language.fold_phrase(c) == form)
            })
    }

    fn speaks_for(&self, named: EntityIndex, page: &Page<'_>, speaker: EntityIndex) -> bool {
        let wanted = &self.text.cast.entities[named];
        let there = &page.reading.cast.entities[speaker];
        if wanted.named && wanted.kind == EntityKind::Person {
            return false;
        }
        if self.describes(wanted, there, page) {
            return true;
        }
        // «قالت موسكو»: a state, or its capital, for whoever speaks for it.
        let Some(pair) = self.known.get(&page.number) else { return false };
        let of = |at: usize, n: EntityIndex| &pair.states[pair.of[at][n]];
        let official = wanted.kind == EntityKind::Place || !wanted.named;
        official && of(0, named).iter().any(|s| of(1, speaker).contains(s))
    }

    /// «المتحدثة باسم الحكومة», “a ranger”: does a role of the speaker, or a body's name, hold the words that the text
    /// uses?
    fn describes(&self, wanted: &Entity, there: &Entity, page: &Page<'_>) -> bool {
        let Some((own, other)) = pack(self.text, self.packs).zip(pack(page.reading, self.packs)) else { return false };
        if own.language.code != other.language.code {
            return false;
        }
        let roles = there.roles.iter().map(|r| page.reading.text.at(*r));
        let forms = there.forms.iter().map(String::as_str).filter(|_| !there.named);
        let known: Vec<FxHashSet<String>> = roles.chain(forms).map(|role| telling(role, other)).collect();
        let said = wanted.roles.iter().map(|r| self.text.text.at(*r)).filter(|_| !wanted.named);
        said.chain(wanted.forms.iter().map(String::as_str)).any(|form| {
            let words = telling(form, own);
            !words.is_empty() && known.iter().any(|role| words.is_subset(role))
        })
    }
}

impl Pair {
    fn new(text: &Reading, page: &Reading, packs: &Packs) -> Pair {
        let readings = [text.clone(), page.clone()];
        let mut joining = Joining::everywhere(&readings, packs);
        joining.within_stories(&readings, packs, &[vec![0, 1]]);
        let (entities, of) = joining.finish(&readings, packs);
        let states = side::states(&entities, &readings, packs);
        Pair { entities, of, states }
    }
}

fn pack<'p>(reading: &Reading, packs: &'p Packs) -> Option<&'p Pack> {
    packs.get(reading.lang.as_deref()?)
}

/// The folded words of a name without the article; “al-Karmi” has two, and «“مجاهد”» has no marks.
fn name(form: &str, pack: &Pack) -> Vec<String> {
    let bare = form.replace(|c: char| !c.is_alphanumeric() && !is_mark(c), " ");
    let folded = pack.language.fold_phrase(&bare);
    pack.words.name(&folded).map(str::to_owned).collect()
}

/// «أبلغ *الكرمي الصحفيين*: …»: a family name that was read on into what stands behind it.
fn runs_on(name: &[String], full: &[String], pack: &Pack) -> bool {
    let behind = |w: &String| pack.stages().mention.is_common(w) || pack.language.clitics && clitic::is_to(w);
    name.first().is_some_and(|first| full.last() == Some(first)) && name[1..].iter().all(behind)
}

/// «Самойлова» and «Самойлов»: may two words be one in the nominative?
fn is_case(a: &str, b: &str, pack: &Pack) -> bool {
    let names = &pack.stages().mention;
    let other = names.nominatives(b);
    names.nominatives(a).iter().any(|word| other.contains(word))
}

/// The folded words of a role without those that tell nothing, and without the article.
fn telling(role: &str, pack: &Pack) -> FxHashSet<String> {
    let folded = pack.language.fold_phrase(role);
    let words = pack.words.name(&folded).filter(|w| !pack.stages().mention.is_function(w));
    words.map(str::to_owned).collect()
}
