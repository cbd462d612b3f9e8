//! Which letters before a word are words of their own?
//!
//! Arabic writes و ف ب ل ك س onto the next word, and ل before ال as لل. One name in twelve carries such a
//! letter, so look-up tries the whole word first and then the word without it; nothing is ever cut blindly.

/// One way to read a word: letters cut from its front, and the rest as look-up sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading<'k> {
    /// How many letters of the key stand before the word proper (for «للرئيس» one: the article stays).
    pub prefix: usize,
    /// The word proper; owned only for لل, where the alef is restored.
    pub stem: std::borrow::Cow<'k, str>,
}

/// The article, written onto its word.
pub const ARTICLE: &str = "ال";

/// The letters that stand alone before a word, in the first or second place: «وبموسكو».
const AND: [char; 2] = ['و', 'ف'];

/// The letters that stick to any word, and those of them that may stand behind «و» and «ف».
const STICKING: [char; 7] = ['و', 'ف', 'ب', 'ل', 'ك', 'س', 'أ'];
const SECOND: [char; 4] = ['ب', 'ل', 'ك', 'س'];

/// What is left of `key` behind one of `letters`, and behind «و» or «ف» with one of `second`: the longer cut first, with
/// the number of letters cut.
fn cuts<'k>(key: &'k str, letters: &[char], second: &[char]) -> impl Iterator<Item = (usize, &'k str)> + use<'k> {
    let mut rest = key.chars();
    let one = rest.next().filter(|c| letters.contains(c)).map(|c| (c, rest.as_str()));
    let two = one.filter(|(c, _)| AND.contains(c)).and_then(|_| rest.next().filter(|c| second.contains(c)));
    let two = two.map(|_| (2, rest.as_str()));
    two.into_iter().chain(one.map(|(_, rest)| (1, rest)))
}

/// All readings of a folded Arabic word, the whole word first.
///
/// ```
/// let stems: Vec<_> = riwaya::clitic::readings("وبموسكو").map(|r| (r.prefix, r.stem.into_owned())).collect();
/// assert_eq!(stems, [(0, "وبموسكو".into()), (2, "موسكو".into()), (1, "بموسكو".into())]);
/// let stems: Vec<_> = riwaya::clitic::readings("للكرملين").map(|r| (r.prefix, r.stem.into_owned())).collect();
/// assert!(stems.contains(&(1, "الكرملين".into())));
/// ```
pub fn readings(key: &str) -> impl Iterator<Item = Reading<'_>> {
    let whole = std::iter::once(Reading { prefix: 0, stem: key.into() });
    let lal =
        hidden_article(key).map(|(prefix, rest)| Reading { prefix: prefix + 1, stem: format!("ال{rest}").into() });
    let plain = cuts(key, &STICKING, &SECOND)
        .filter(|(_, rest)| rest.chars().nth(1).is_some())
        .map(|(prefix, rest)| Reading { prefix, stem: rest.into() });
    whole.chain(lal).chain(plain)
}

/// The folded words that may be read as `stem`, with or without the article: what [`readings`] takes off, put on.
///
/// ```
/// let written = riwaya::clitic::written("وزير");
/// for word in ["وزير", "الوزير", "ووزير", "وبالوزير", "للوزير"] {
///     assert!(written.contains(&word.to_owned()), "{word}");
/// }
/// assert!(!riwaya::clitic::written("الوزير").contains(&"وزير".to_owned()));
/// ```
pub fn written(stem: &str) -> Vec<String> {
    let bare = stem.strip_prefix(ARTICLE).filter(|rest| rest.chars().nth(1).is_some());
    let definite = bare.is_none().then(|| format!("{ARTICLE}{stem}"));
    let mut words = Vec::new();
    for word in std::iter::once(stem).chain(definite.as_deref()) {
        words.push(word.to_owned());
        words.extend(STICKING.iter().map(|letter| format!("{letter}{word}")));
        words.extend(AND.iter().flat_map(|and| SECOND.iter().map(move |letter| format!("{and}{letter}{word}"))));
    }
    // The alef of the article is not written behind ل.
    let bare = bare.unwrap_or(stem);
    words.extend(["لل", "ولل", "فلل"].iter().map(|front| format!("{front}{bare}")));
    words.retain(|word| is_written(word, stem));
    words
}

/// Is `stem` one of the readings of `word`, with or without the article?
pub fn is_written(word: &str, stem: &str) -> bool {
    let bare = stem.strip_prefix(ARTICLE).unwrap_or(stem);
    word == stem
        || word.ends_with(bare)
            && readings(word).any(|r| *r.stem == *stem || r.stem.strip_prefix(ARTICLE) == Some(stem))
}

/// «للرئيس», «وللرئيس»: the letters before «لل», and what stands behind it.
fn hidden_article(key: &str) -> Option<(usize, &str)> {
    let mut rest = key.chars();
    let mut first = rest.next()?;
    let and = usize::from(AND.contains(&first));
    if and > 0 {
        first = rest.next()?;
    }
    let hidden = first == 'ل' && rest.next() == Some('ل') && rest.clone().nth(1).is_some();
    hidden.then_some((and, rest.as_str()))
}

/// What is left behind a «و» or «ف» that joins a word to what stands in front: «وطلب».
pub fn joined(key: &str) -> Option<&str> {
    let rest = key.strip_prefix(AND)?;
    rest.chars().nth(2).is_some().then_some(rest)
}

/// Can `key` start with a letter that is a word of its own? A cheap test before [`readings`].
pub fn may_stick(key: &str) -> bool {
    matches!(key.chars().next(), Some('و' | 'ف' | 'ب' | 'ل' | 'ك' | 'س' | 'أ'))
}

/// Does a folded word carry the article? «القاهرة», not «الى».
pub fn is_definite(key: &str) -> bool {
    key.strip_prefix(ARTICLE).is_some_and(|rest| rest.chars().nth(1).is_some())
}

/// The letters that may stand before a noun or a name, longest first, each with what is left of the folded word:
/// «وللرياض» gives no whole stem (the alef of the article is gone), [`restored`] does.
pub fn nominal(key: &str) -> impl Iterator<Item = (u8, &str)> {
    cuts(key, &['و', 'ف', 'ب', 'ل', 'ك'], &['ب', 'ل', 'ك'])
        .filter(|(_, rest)| rest.chars().nth(1).is_some())
        .map(|(prefix, rest)| (prefix as u8, rest))
}

/// «للرياض» as «الرياض», with the number of letters that come off: «ولل» loses its و only; written into `buffer`.
pub fn restored<'b>(key: &str, buffer: &'b mut String) -> Option<(u8, &'b str)> {
    let (prefix, rest) = hidden_article(key)?;
    buffer.clear();
    buffer.push_str(ARTICLE);
    buffer.push_str(rest);
    Some((prefix as u8, buffer))
}

/// «والتعليم»: does the word carry و and the article?
pub fn and_definite(key: &str) -> bool {
    key.strip_prefix('و').is_some_and(is_definite)
}

/// «ولن» as «لن»: what is left behind the letter that stands for “and”.
pub fn without_and(key: &str) -> Option<&str> {
    key.strip_prefix(AND).filter(|rest| rest.chars().nth(1).is_some())
}

/// «وقال»: does the word begin with و?
pub fn is_and(key: &str) -> bool {
    key.starts_with('و')
}

/// «لمجلس», «للرئيس»: does the word begin with ل?
pub fn is_to(key: &str) -> bool {
    key.starts_with('ل')
}

/// «يلتقي», «تباحثا», «سيزور»: could a word that no list knows be a verb rather than a name?
pub fn looks_like_verb(key: &str) -> bool {
    let rest = key.strip_prefix('س').unwrap_or(key);
    rest.starts_with(['ي', 'ت']) && key.chars().count() > 3
}

/// «سيبحثان», «ويدعوه», «شجاعته»: a word that no list knows and that carries و, a verb's letters or a pronoun.
pub fn cannot_be_name(key: &str) -> bool {
    let long = key.chars().count() > 4;
    let plural = ["ون", "وا", "ان"].iter().any(|end| key.ends_with(end)) && key.starts_with(['ي', 'ت']);
    long && (plural
        || key.starts_with("سي") && key.ends_with(['ن', 'ا', 'ه']) && key.chars().count() > 5
        || key.starts_with("ست") && key.ends_with("ه")
        || key.starts_with('و') && !key.starts_with("وا") && !key.starts_with("وي")
        || key.starts_with("وي") && key.ends_with('ه')
        || ["ها", "هم", "هما", "ته", "كم", "تين", "تان"].iter().any(|end| key.ends_with(end)))
}

/// «أكدت», «نشرت»: has the shape of a past verb of a feminine subject.
pub fn is_feminine_past(key: &str) -> bool {
    key.ends_with('ت') && !key.ends_with("ات") && key.chars().count() > 3
}

/// «تريد», «ستواصل»: has the shape of a present verb of a feminine subject.
pub fn is_feminine_present(key: &str) -> bool {
    let rest = key.strip_prefix('س').unwrap_or(key);
    rest.starts_with('ت') && rest.chars().count() > 3 && !rest.ends_with('ه')
}

/// «تقوده», «ستدعمها»: has the shape of a present verb of a feminine subject with a pronoun for its object.
pub fn is_feminine_with_object(key: &str) -> bool {
    let rest = key.strip_prefix('س').unwrap_or(key);
    let stem = rest.strip_suffix("ها").or_else(|| rest.strip_suffix('ه'));
    rest.starts_with('ت') && stem.is_some_and(|s| s.chars().count() > 3)
}

/// «به», «عنها»: a preposition whose pronoun takes up what a relative clause is about.
pub fn is_taken_up(key: &str) -> bool {
    matches!(
        key,
        "به" | "بها"
            | "عنه"
            | "عنها"
            | "عليه"
            | "عليها"
            | "فيه"
            | "فيها"
            | "له"
            | "لها"
            | "اليه"
            | "اليها"
    )
}

/// «للسياحة»: does the word begin with ل and the article?
pub fn is_to_definite(key: &str) -> bool {
    key.strip_prefix("لل").is_some_and(|rest| rest.chars().nth(1).is_some())
}

/// «التي», «أنها»: does the verb behind this word have a feminine subject that is named already?
pub fn has_feminine_subject(key: &str) -> bool {
    matches!(key, "التي" | "وهي" | "هي")
        || ["انها", "لانها", "بانها", "وانها", "فانها", "لكنها", "ولكنها"].contains(&key)
}

/// «الحكومة», «اليمنية»: does a folded noun or adjective have the ending of feminine ones?
pub fn is_feminine(key: &str) -> bool {
    key.ends_with('ه')
}

/// «بموسكو»: does the word begin with ب?
pub fn is_in(key: &str) -> bool {
    let rest = key.strip_prefix(['و', 'ف']).unwrap_or(key);
    rest.starts_with('ب')
}

/// «في»: does a place follow this word?
pub fn is_where(key: &str) -> bool {
    key == "في"
}

/// «أبو», «أبي»: opens a name by which people are called after a child.
pub fn is_father(key: &str) -> bool {
    matches!(key, "ابو" | "ابي" | "ابا")
}

/// «بن»: stands between two names.
pub fn is_son(key: &str) -> bool {
    matches!(key, "بن" | "ابن")
}

/// Do the words of the shorter of two names before which «بن» stands (`sons`) follow each other in the longer as well?
/// «عبدالله بن عبدالعزيز» is not «عبدالله *بن مساعد* بن عبدالعزيز»: behind «بن» stands the father.
pub fn one_father<T>(short: &[T], sons: &[bool], long: &[T], alike: impl Fn(&T, &T) -> bool) -> bool {
    let mut rest = long.iter().enumerate();
    let mut before = None;
    short.iter().zip(sons).all(|(word, son)| {
        let at = rest.find(|(_, other)| alike(word, other)).map(|(n, _)| n);
        let follows = !son || before.is_none_or(|b| at == Some(b + 1));
        before = at;
        follows
    })
}

/// «آل», also where it is written like the article: opens the name of a clan.
pub fn is_clan(key: &str) -> bool {
    key == ARTICLE
}

/// The same as it is written (unfolded) where it cannot be an article: «آل».
pub fn is_written_clan(word: &str) -> bool {
    word == "آل"
}

/// «عبد» in «عبد الله»: written with or without a space.
pub fn is_servant(key: &str) -> bool {
    key == "عبد"
}

/// «تكتله», «استبعادًا»: a word as written that carries a pronoun or an accusative ending.
pub fn is_inflected(word: &str) -> bool {
    is_adverb(word) || word.ends_with('ه') && word.chars().count() > 3
}

/// «دوماً», «باكرًا»: does a word as written carry an accusative ending, which no place or body does?
pub fn is_adverb(word: &str) -> bool {
    word.contains('\u{64b}')
}

/// «علي», «الى»: does a folded word end in yeh?
pub fn ends_in_yeh(key: &str) -> bool {
    key.ends_with('ي')
}
