//! What can a word be? A word may be several things: these bits say which.

/// A given name.
pub const GIVEN: u32 = 1;
/// A given name of women.
pub const WOMAN: u32 = 1 << 1;
/// A family name, or a name of another language.
pub const NAME: u32 = 1 << 2;
/// A name beside another name, an ordinary word elsewhere.
pub const UNCERTAIN: u32 = 1 << 3;
/// An ordinary word.
pub const COMMON: u32 = 1 << 4;
/// A word that no name goes over.
pub const FUNCTION: u32 = 1 << 5;
/// «بن», «آل»: inside names.
pub const CONNECTOR: u32 = 1 << 6;
/// An adjective of a state.
pub const DEMONYM: u32 = 1 << 7;
/// Opens the name of an organisation: «وزارة».
pub const HEAD: u32 = 1 << 8;
/// The same with the article: «الحكومة»; in a script with capitals every word that opens a name, for some close one too:
/// “Council of Europe”, “Security Council”.
pub const DEFINITE_HEAD: u32 = 1 << 9;
/// Stands before the name of a place: «مدينة».
pub const PLACE_HEAD: u32 = 1 << 10;
/// Some row of `titles.tsv`.
pub const TITLE: u32 = 1 << 11;
/// First word of a known name.
pub const PHRASE: u32 = 1 << 12;
/// Carries the article.
pub const DEFINITE: u32 = 1 << 13;
/// Part of the name of a known person.
pub const KNOWN_PERSON: u32 = 1 << 14;
/// Follows the noun of an organisation's name or of a title: «الأعلى».
pub const ADJECTIVE: u32 = 1 << 15;
/// Follows a title and no organisation: «السابق».
pub const ROLE_ADJECTIVE: u32 = 1 << 16;
/// An ordinary word as far as counts tell; after a title it may be a name.
pub const RARE: u32 = 1 << 17;
/// A word of sport: «الدوري».
pub const SPORT: u32 = 1 << 18;
/// Stands before the name of a club: «فريق», «مرمى».
pub const CLUB_HEAD: u32 = 1 << 19;
/// A place head after which a word that no list knows is a place: «مدينة».
pub const NAMED_PLACE: u32 = 1 << 20;
/// One after which an ordinary word with the article is a place too: «محافظة», «حي».
pub const DISTRICT: u32 = 1 << 21;
/// One that is part of the name: «مطار», «جسر».
pub const BUILT: u32 = 1 << 22;
/// A place that has no row of its own.
pub const PLACE_WORD: u32 = 1 << 23;
/// A title that repeats somebody else's: «نظيره».
pub const COUNTERPART: u32 = 1 << 24;
/// Names of places begin with it: «تل», «خان».
pub const PLACE_OPENER: u32 = 1 << 26;
/// Tells one of two places of a name: «الغربية»; closes the name of a place: “peninsula”, with [`BUILT`] behind an adjective of
/// a state too.
pub const PLACE_ADJECTIVE: u32 = 1 << 27;
/// Closes the name of a body: “Alliance”.
pub const TAIL: u32 = 1 << 28;
/// What an office or a ministry is of: “foreign”, «иностранных».
pub const SUBJECT: u32 = 1 << 29;
/// Says that the words in front of it or behind it name a thing: “Cup”, «проект».
pub const THING: u32 = 1 << 30;
/// Goes on to the rest of a body's name: “of”.
pub const LINK: u32 = 1 << 31;
/// What a body is for, behind «ل»: «للاستشارات».
pub const PURPOSE: u32 = 1 << 25;
