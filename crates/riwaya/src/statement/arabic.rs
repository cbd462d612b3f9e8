//! Shapes of Arabic words: what sticks to their front, the article, and the look of a verb, an adjective, an object.
//!
//! All of it works on folded keys (ة is ه, ى is ي, one alef) unless it says otherwise, and says only what a word looks
//! like; the caller knows whether it is a name or a known noun.

/// The article.
const ARTICLE: &str = "ال";
/// The article behind «ل».
const TO_THE: &str = "لل";

/// Does «و» or «ف» stand before the word?
pub(super) fn is_joined(key: &str) -> bool {
    key.starts_with(['و', 'ف'])
}

/// Does «و» stand before the word?
pub(super) fn has_and(key: &str) -> bool {
    key.starts_with('و')
}

/// The word behind «و», if it has one.
pub(super) fn after_and(key: &str) -> Option<&str> {
    key.strip_prefix('و')
}

/// The word without «و» or «ف», however short.
pub(super) fn bare(key: &str) -> &str {
    key.strip_prefix(['و', 'ف']).unwrap_or(key)
}

/// The word without «و» or «ف» where at least three letters remain: «فرق» stays whole.
pub(super) fn without_and(key: &str) -> &str {
    key.strip_prefix(['و', 'ف']).filter(|rest| rest.chars().count() >= 3).unwrap_or(key)
}

/// Has the word the article?
pub(super) fn is_definite(key: &str) -> bool {
    key.starts_with(ARTICLE)
}

/// Has the word the article behind one letter («والبيت»)?
pub(super) fn is_definite_behind_letter(key: &str) -> bool {
    let mut letters = key.chars();
    letters.next().is_some() && letters.as_str().starts_with(ARTICLE)
}

/// The word behind the article, if it has one.
pub(super) fn after_article(key: &str) -> Option<&str> {
    key.strip_prefix(ARTICLE)
}

/// The word without article and «ل»: «للوزارة», «الوزارة», «لوزارة» are «وزارة».
pub(super) fn without_article(key: &str) -> &str {
    [TO_THE, ARTICLE, "ل"].into_iter().find_map(|p| key.strip_prefix(p)).unwrap_or(key)
}

/// Is the word «ل» alone, as before a quotation mark («لـ "سبق"»)?
pub(super) fn is_to(key: &str) -> bool {
    key == "ل"
}

/// Does «ل» stand before the word, with or without the article?
pub(super) fn has_to(key: &str) -> bool {
    key.starts_with('ل')
}

/// A preposition with its pronoun: «له», «إليها», «عنهم».
pub(super) fn has_attached_pronoun(key: &str) -> bool {
    let front = ["ل", "ب", "في", "علي", "الي", "عن", "من", "مع", "لدي"];
    front.into_iter().any(|p| key.strip_prefix(p).is_some_and(is_attached_pronoun))
}

/// The pronouns that stick to a noun of saying («قوله», «إعلانها»).
pub(super) const POSSESSIVES: [&str; 4] = ["ه", "ها", "هم", "هما"];

/// May the word end in one of [`POSSESSIVES`], and is it long enough for a noun before it?
pub(super) fn ends_in_pronoun(key: &str) -> bool {
    key.len() >= 8 && POSSESSIVES.into_iter().any(|p| key.ends_with(p))
}

/// A noun with a pronoun behind it: «إشارة» is «إشارته».
pub(super) fn with_pronoun(noun: &str, pronoun: &str) -> String {
    match noun.strip_suffix('ه') {
        Some(stem) => format!("{stem}ت{pronoun}"),
        None => format!("{noun}{pronoun}"),
    }
}

/// Is this a pronoun as it sticks to a preposition («بها», «لهم»)?
pub(super) fn is_attached_pronoun(rest: &str) -> bool {
    matches!(rest, "ه" | "ها" | "هم" | "هما" | "هن" | "نا" | "ي" | "ك" | "كم")
}

/// The word behind «لل», if it has it.
pub(super) fn after_to_the(key: &str) -> Option<&str> {
    key.strip_prefix(TO_THE)
}

/// Does «لل» stand before the word?
pub(super) fn has_to_the(key: &str) -> bool {
    key.starts_with(TO_THE)
}

/// The readings of a word behind «ل»: «للصحفيين» is «صحفيين» and «الصحفيين», «لوكالة» is «وكالة».
pub(super) fn after_to(key: &str) -> impl Iterator<Item = std::borrow::Cow<'_, str>> {
    let the = key.strip_prefix(TO_THE);
    let plain = if the.is_some() { None } else { key.strip_prefix('ل') };
    let restored = the.map(|rest| format!("{ARTICLE}{rest}").into());
    the.or(plain).map(std::borrow::Cow::from).into_iter().chain(restored)
}

/// The word behind one letter that may be a word of its own («وبالمر», «لبالمر»).
pub(super) fn behind_letter(key: &str) -> &str {
    key.strip_prefix(['و', 'ف', 'ب', 'ل', 'ك']).filter(|rest| rest.chars().count() >= 3).unwrap_or(key)
}

/// Does a preposition of one letter stand before the word («بفتح», «لفتح»)?
pub(super) fn has_preposition(key: &str) -> bool {
    key.starts_with(['ب', 'ل'])
}

/// Does a preposition of one letter stand before the article («بالقول», «كالعادة»)?
pub(super) fn has_preposition_and_article(key: &str) -> bool {
    key.starts_with(['ب', 'ل', 'ك']) && is_definite_behind_letter(key)
}

/// A verb in the present or the future («يعقد», «سيكون»), or a plural past («بدأوا»).
pub(super) fn is_verb_shaped(key: &str) -> bool {
    let key = without_and(key);
    let shaped = key.starts_with("سي") || key.starts_with("ست") || key.starts_with('ي') || key.ends_with("وا");
    shaped && key.chars().count() >= 4
}

/// A verb in the past of «she»: «ألقت», «جاءت».
pub(super) fn is_her_past_shaped(key: &str) -> bool {
    let key = without_and(key);
    key.ends_with('ت') && !key.ends_with("ات") && !is_definite(key) && key.chars().count() >= 3
}

/// An adjective of belonging: «الروسي», «الأمريكية», and not «إلى».
pub(super) fn is_adjective_shaped(key: &str) -> bool {
    is_definite(key) && key.chars().count() > 4 && ["ي", "يه", "يين", "يون"].into_iter().any(|end| key.ends_with(end))
}

/// The speaker speaks of himself: «هدفنا», «سنعمل».
pub(super) fn is_own_voice_shaped(key: &str) -> bool {
    key.chars().count() > 3 && key.ends_with("نا") || key.starts_with("سن")
}

/// A plural of people: «مسؤولون», «دبلوماسيين».
pub(super) fn is_plural_shaped(key: &str) -> bool {
    key.ends_with("ون") || key.ends_with("ين")
}

/// A feminine noun: «مصادر مطلعة», «متحدثة».
pub(super) fn is_feminine_shaped(key: &str) -> bool {
    key.ends_with('ه')
}

/// The masculine of an adjective: «مطلعة» is «مطلع».
pub(super) fn masculine(key: &str) -> &str {
    key.strip_suffix('ه').filter(|k| k.chars().count() > 3).unwrap_or(key)
}

/// A noun before a possessive whose ة became ت: «زيارت(ه)» is «زيارة».
pub(super) fn before_possessive(stem: &str) -> Option<String> {
    stem.strip_suffix('ت').map(|s| format!("{s}ه"))
}

/// Is an (unfolded) word marked as an indefinite object («تعاونًا», «زيارةً»)? Few pages write the mark; where it stands it
/// decides.
pub(super) fn is_accusative(word: &str) -> bool {
    word.ends_with("\u{64b}ا") || word.ends_with("ا\u{64b}") || word.ends_with("ة\u{64b}")
}

/// A participle as it stands in the accusative: «مخاطبا», «مستعينا».
pub(super) fn is_how_shaped(key: &str) -> bool {
    key.starts_with('م') && key.ends_with('ا') && !key.ends_with("نا") && key.chars().count() >= 5
}

/// Does an (unfolded) word end in ى, as verbs do («نفى») and nouns of action do not («نفي»)?
pub(super) fn ends_in_alef(word: &str) -> bool {
    word.ends_with('ى')
}

/// Does an (unfolded) word end in ة, which is no pronoun («طمأنة»)?
pub(super) fn ends_in_noun_mark(word: &str) -> bool {
    word.ends_with('ة')
}
