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

const PREFIXES: [&str; 15] = ["وب", "ول", "وك", "وس", "فب", "فل", "فك", "فس", "و", "ف", "ب", "ل", "ك", "س", "أ"];

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
    let lal = ["لل", "ولل", "فلل"].into_iter().filter_map(move |p| {
        let rest = key.strip_prefix(p)?;
        (rest.chars().count() >= 2)
            .then(|| Reading { prefix: p.chars().count() - 1, stem: format!("ال{rest}").into() })
    });
    let plain = PREFIXES.into_iter().filter_map(move |p| {
        let rest = key.strip_prefix(p)?;
        (rest.chars().count() >= 2).then(|| Reading { prefix: p.chars().count(), stem: rest.into() })
    });
    whole.chain(lal).chain(plain)
}

/// Can `key` start with a letter that is a word of its own? A cheap test before [`readings`].
pub fn may_stick(key: &str) -> bool {
    matches!(key.chars().next(), Some('و' | 'ف' | 'ب' | 'ل' | 'ك' | 'س' | 'أ'))
}
