//! Where does what is said begin?

mod object;

use super::Act;
use super::arabic;
use super::cue::Cue;
use super::inflect;
use super::lexicon::{Class, PhraseKind};
use super::view::View;
use object::{behind_subject, object};

/// How the content is joined to its cue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Joint {
    That,
    Colon,
    Quote,
    Preposition,
    Object,
    Speech,
}

/// Where a content begins, and where the words that may name its source end.
#[derive(Debug, Clone, Copy)]
pub(super) struct Complement {
    pub joint: Joint,
    /// First token of the content.
    pub at: usize,
    /// Letters of that token that are a preposition.
    pub letters: usize,
    /// The token after the last that may belong to the source.
    pub border: usize,
}

/// How far behind its verb a clause may start, in tokens: a minister's full title and a venue fit in between.
const REACH: usize = 60;
/// How far it may be where the verb has another everyday meaning.
const STRICT_REACH: usize = 14;
/// The longest name of a body in marks, in tokens.
const LONG_NAME: usize = 8;
/// The longest subject, in tokens, in front of thanks.
const SUBJECT: usize = 20;
/// A quotation of more tokens than this is speech and no quoted name.
const NAME_IN_MARKS: usize = 6;

/// The complement of `cue` before token `end`, given all cues of the sentence.
pub(super) fn complement(view: &View<'_>, cue: &Cue, cues: &[Cue], end: usize) -> Option<Complement> {
    let frames = &cue.verb(view).frames;
    let long = !frames.strict || view.is_speaker_head(cue.at + 1);
    let reach = if long { REACH } else { STRICT_REACH };
    let end = within_quote(view, cue.at, end).min(cue.at + 1 + reach);
    if frames.thanks {
        return thanks(view, cue, end);
    }
    if let Some(speech) = own_words(view, cue, end) {
        return Some(speech);
    }
    let mut noun: Option<Complement> = None;
    let mut thing = false;
    let mut found = None;
    let mut j = cue.at + 1;
    while j < end && found.is_none() {
        if view.is_complementizer(j) && owed(view, cues, cue, j, end) {
            // «الحكومة التي اتهمت منظمات *بأنها* …، أن …»: the clause of the verb behind «التي».
        } else if let Some(from) = judged(view, cue, j) {
            found = Some(Complement { joint: Joint::That, at: from, letters: 0, border: from });
        } else if view.is_complementizer(j) {
            let preposition = j > cue.at + 1 && view.is(j - 1, Class::Preposition);
            found =
                Some(Complement { joint: Joint::That, at: j + 1, letters: 0, border: j - usize::from(preposition) });
        } else if view.text.word(j) == ":" && !view.is_clock(j) {
            found = Some(Complement { joint: Joint::Colon, at: j + 1, letters: 0, border: j });
        } else if let Some(q) = view.opens(j) {
            let quote = view.text.quotes()[q];
            if is_speech(view, cue, j, quote.inside().len()) {
                found = Some(Complement { joint: Joint::Quote, at: j, letters: 0, border: j });
            }
            j = quote.tokens().end.max(j + 1);
            continue;
        } else if blocks(view, cue, cues, j) {
            break;
        } else if takes_thing(view, cue, j) {
            thing = true;
        } else if noun.is_none_or(|n| is_loose(view, &n)) && !thing {
            // «دعت المرشحة *لانتخابات* الرئاسة *إلى* إنهاء الحصار»: the preposition that is a word of its own counts.
            noun = preposition(view, cue, j, end).filter(|n| noun.is_none() || n.letters == 0).or(noun);
        }
        j += 1;
    }
    let found = relay(view, cue, end).or_else(|| choose(view, cue, found, noun, j));
    found.map(|c| skip_openers(view, c, end))
}

/// Does the complementizer at token `j` belong to a verb in a relative clause that describes who speaks, with another behind
/// a comma to come?
fn owed(view: &View<'_>, cues: &[Cue], cue: &Cue, j: usize, end: usize) -> bool {
    let relative = cues.iter().any(|c| c.at > cue.at && c.at < j && view.is(c.at - 1, Class::Relative));
    relative && (j + 1..end).any(|k| view.is_complementizer(k) && view.is_comma(k - 1))
}

/// «وقال الكرمي *من اللافت أن* …»: what somebody says of the clause is said as well. Gives the first token of it.
fn judged(view: &View<'_>, cue: &Cue, j: usize) -> Option<usize> {
    let from = j.checked_sub(2).filter(|i| *i > cue.at && view.is(*i, Class::Partitive))?;
    let quality = arabic::is_definite(view.key(j - 1)) && view.is_ordinary(j - 1) && !view.is_speaker_head(j - 1);
    (view.is_complementizer(j) && quality && cue.verb(view).frames.speech).then_some(from)
}

/// «قدم الوزير *شكره* للحضور», «تقدم الوزير *بالشكر* إلى …»: what is said begins with the thanks.
fn thanks(view: &View<'_>, cue: &Cue, end: usize) -> Option<Complement> {
    let word = |i: usize, letters: usize| {
        let key = if letters == 0 { view.key(i) } else { arabic::behind_letter(view.key(i)) };
        let is = |word: &str| view.lexicon.classes(word).is(Class::Thanks);
        is(key) || inflect::without_object(key).any(is)
    };
    let clear = |i: &usize| !view.is_punct(*i) || view.is_comma(*i);
    let near = (cue.at + 1..end).take_while(clear).take(SUBJECT);
    near.filter_map(|i| (0..2).find(|n| word(i, *n)).map(|letters| (i, letters))).next().map(|(at, letters)| {
        // «رفع الأمير *أسمى آيات* الشكر»
        let first = (cue.at + 1..at).rev().take_while(|i| view.is_bare(*i, Class::Elative)).last();
        let sticks = first.map_or(letters, |i| usize::from(arabic::has_preposition(view.key(i))));
        let at = first.unwrap_or(at);
        Complement { joint: Joint::Object, at, letters: sticks, border: at }
    })
}

/// «المجلس أقر *توزيع* المشاريع … *وقام* بمخاطبة …»: with a noun of action for its object the verb says nothing, and a
/// preposition further on is not its own. Is that object at token `j`?
fn takes_thing(view: &View<'_>, cue: &Cue, j: usize) -> bool {
    let frames = &cue.verb(view).frames;
    let closed = j == cue.at + 1 || arabic::is_definite(view.key(j - 1)) || view.is_name(j - 1);
    let noun = closed && view.is_content_noun(j) && !view.is_speaker_head(j) && !view.is_noun_of_saying(j);
    noun && !frames.object && !frames.pair && !frames.addressee && !frames.relay && !frames.action && cue.is_finite()
}

/// A letter before a noun that is none of action may belong to who speaks.
fn is_loose(view: &View<'_>, noun: &Complement) -> bool {
    noun.letters == 1 && !view.is_content_noun(noun.at) && !view.is_content_noun_behind_letter(noun.at)
}

/// «نقلت الوكالة عن *الوزير قوله إن …*»: what is passed on begins with its first speaker.
fn relay(view: &View<'_>, cue: &Cue, end: usize) -> Option<Complement> {
    if !cue.verb(view).frames.relay {
        return None;
    }
    let from = (cue.at + 1..end.min(cue.at + 14)).find(|j| view.is(*j, Class::RelayedFrom))?;
    let said = (from + 2..end.min(from + 24)).find(|j| view.phrase(*j).is_some_and(|p| p.kind == PhraseKind::Noun))?;
    (said > from).then_some(Complement { joint: Joint::That, at: from + 1, letters: 0, border: from })
}

/// A cue inside a quotation speaks inside it: its content ends with the marks.
pub(super) fn within_quote(view: &View<'_>, at: usize, end: usize) -> usize {
    match view.text.quote_of(at) {
        Some(q) => view.text.quotes()[q].inside().end.min(end),
        None => end,
    }
}

/// «قال كيري "نعم"» right behind the verb or its subject is speech however short; elsewhere it must be long.
fn is_speech(view: &View<'_>, cue: &Cue, j: usize, len: usize) -> bool {
    // «صحيفة "الأيام"», «مديرة "التحالف لإنهاء العبودية"»
    // But «في تصريح *صحفي* "…"» is speech.
    let venue = j > cue.at + 2 && view.is_bare(j - 2, Class::Venue);
    let bearer = j > cue.at + 1
        && view.is_speaker_head(j - 1)
        && view.name_end(j - 1).is_none()
        && view.opens(j - 1).is_none()
        && !venue;
    if (bearer || view.is_bare(j - 1, Class::OutletNoun))
        && len <= NAME_IN_MARKS
        && !arabic::is_definite(view.key(j - 1))
    {
        return false;
    }
    // «مدير منظمة *"متابعة التجارة العالمية الحرة"* في العاصمة إن …», «عضو في *«مجلس شورى المدينة»*، لوكالة …: «…»»
    let heads = [Class::Body, Class::OfficeNoun, Class::OutletNoun];
    let body = heads.into_iter().any(|c| view.is(j - 1, c)) || j > cue.at + 2 && view.is(j - 1, Class::Within);
    if body && len <= LONG_NAME && said_later(view, j + len + 2) {
        return false;
    }
    // «أوضحت *"المياه والكهرباء"* في تقرير وزعته أن …»
    let venue = view.is(j + len + 2, Class::Within) && view.is(j + len + 3, Class::Venue);
    if j == cue.at + 1 && len <= NAME_IN_MARKS && venue && said_later(view, j + len + 2) {
        return false;
    }
    // «وقال *"الكرمي"* في لقاء خاص: "…"»
    if j == cue.at + 1 && len <= 3 && quoted_later(view, j + len + 2) {
        return false;
    }
    let led = arabic::is_to(view.key(j - 1));
    let speech = cue.verb(view).frames.speech && len >= 1 && !led;
    let close = j + len + 1;
    // «ذكرت "الأيام"، أن …»: a name in marks whose clause is still to come.
    let clause = view.is_complementizer(close + 1 + usize::from(view.is_comma(close + 1)));
    // «قال سالم الكرمي *«رئيس مركز الشرق للدراسات الاستراتيجية»* إن …»: his office.
    let office = view.is_person(j - 1) && (view.is(j + 1, Class::OfficeNoun) || view.is_person_noun(j + 1));
    if (len <= NAME_IN_MARKS || office) && (clause || leads_on(view, close + 1)) {
        return false;
    }
    // «في رسالة عبر موقع "دار بلس" : "…»: the words follow the colon.
    if len <= NAME_IN_MARKS && view.text.word(close + 1) == ":" {
        return false;
    }
    let ends = !view.is_comma(j + len + 2) && view.is_punct(j + len + 2)
        || view.is_punct(j + len + 1) && j + len + 2 >= view.text.len();
    len > NAME_IN_MARKS || speech && (j == cue.at + 1 || len > 2 || ends)
}

/// Does a clause or a quotation that a colon opens follow in the same sentence?
fn said_later(view: &View<'_>, from: usize) -> bool {
    let near = (from..from + 24).take_while(|i| view.text.word(*i) != ".");
    near.into_iter().any(|i| view.is_complementizer(i)) || quoted_later(view, from)
}

/// Does a colon with a quotation behind it follow in the same sentence?
fn quoted_later(view: &View<'_>, from: usize) -> bool {
    let near = (from..from + 24).take_while(|i| view.text.word(*i) != ".");
    near.into_iter().any(|i| view.text.word(i) == ":" && view.opens(i + 1).is_some())
}

/// «قالت “جيما بورغي” الباحثة في الجامعة: …», «قال “المجلس”، أمس، إن …»: who speaks may stand in marks; the words follow a
/// sign further on.
fn leads_on(view: &View<'_>, from: usize) -> bool {
    let described = arabic::is_definite(view.key(from)) || view.is(from, Class::PersonNoun);
    let described = described || arabic::is_to(view.key(from));
    let timed = view.is_comma(from) && view.is_time(from + 1);
    let sign = |j: &usize| view.text.word(*j) == ":" || view.is_complementizer(*j);
    let stop = |j: &usize| view.text.word(*j) == "." || view.is_comma(*j) && !timed;
    (described || timed) && (from + 1..from + 24).take_while(|j| !stop(j)).any(|j| sign(&j))
}

/// Another verb of saying takes over, unless it stands in a relative clause or only repeats («أفاد قائلا»).
fn blocks(view: &View<'_>, cue: &Cue, cues: &[Cue], j: usize) -> bool {
    let Some(other) = cues.iter().find(|c| c.at == j) else { return false };
    // «أفاد قائلا»; but in «بسعر يقدر عليه الجميع، قائلا إن …» another speaks.
    // «صرح سالم، *البالغ من العمر 23 عاما*، قائلا: …»: what is said of him stands between.
    let described = || {
        let open = (cue.at + 1..j - 1).find(|i| view.is_comma(*i));
        let other = cues.iter().any(|c| (cue.at + 1..j).contains(&c.at));
        open.is_some_and(|i| arabic::is_definite(view.key(i + 1)) || view.is_bare(i + 1, Class::Pronoun)) && !other
    };
    let goes_on = cue.verb(view).frames.speech || !view.is_comma(j - 1) || described();
    let repeats = view.is_bare(j, Class::SpeechNoun) && goes_on;
    if repeats || view.is(j - 1, Class::Relative) {
        return false;
    }
    if is_aside(view, cue, other) {
        return false;
    }
    let opens = view.key(j).ends_with('ا');
    other.is_finite() || opens || view.is_comma(j - 1) || j == cue.at + 1 || view.is_comma(cue.at + 1)
}

/// «وقال مسؤول أمريكي، *تحدث شريطة عدم الكشف عن هويته*، إن …»: what is said of somebody without a name, between commas.
fn is_aside(view: &View<'_>, cue: &Cue, other: &Cue) -> bool {
    let described = view.is(cue.at + 1, Class::PersonNoun) && !other.joins();
    // «أوضح مسؤول تركي *طلب التكتم على هويته*، لوكالة الأنباء، أن …»
    let close = other.at <= cue.at + 4 && other.at > cue.at + 1;
    if described && close && !view.is_comma(other.at - 1) && other.is_finite() {
        let clause = (other.at + 2..other.at + 24).find(|j| view.is_complementizer(*j) || view.text.word(*j) == ".");
        return clause.is_some_and(|j| view.is_complementizer(j) && view.is_comma(j - 1));
    }
    let described = described && view.is_comma(other.at - 1);
    described
        && other.is_finite()
        && (other.at + 1..other.at + 12).any(|j| view.is_comma(j) && view.is_complementizer(j + 1))
}

/// A preposition of the verb's frames at token `j`, as a word or as a letter.
fn preposition(view: &View<'_>, cue: &Cue, j: usize, end: usize) -> Option<Complement> {
    let key = view.key(j);
    for p in &cue.verb(view).frames.prepositions {
        if key == p {
            let venue = view.is(j + 1, Class::Venue) || view.is_time(j + 1) || view.is_complementizer(j + 1);
            // «من أجل», «من خلال»
            let venue = venue || view.is(j + 1, Class::Circumstance);
            let at = Complement { joint: Joint::Preposition, at: j + 1, letters: 0, border: j };
            let action = !cue.verb(view).frames.action || view.is_content_noun(j + 1);
            // «دعا سالم الكرمي، السفير *إلى اليمن*، إلى وقف القتال»: the preposition of an office.
            let place = view.name_end(j + 1).filter(|_| view.is_place(j + 1));
            let office = place.is_some_and(|i| {
                let again = |most: usize| (i..end).take(most).any(|k| view.key(k) == p);
                // «المبعوث *إلى اليمن* سالم الكرمي، في العاصمة، إلى …»
                let named = view.is_person(i) || view.may_name(i) && view.may_name(i + 1);
                view.is_comma(i) && again(4) || named && again(REACH)
            });
            return (j + 1 < end && !venue && !office && action).then_some(at);
        }
        let sticks = p.chars().count() == 1 && key.len() >= 6 && key.starts_with(p.as_str());
        let pronoun = key.strip_prefix(p.as_str()).is_some_and(arabic::is_attached_pronoun);
        if sticks
            && !pronoun
            && !view.is_bare(j, Class::Preposition)
            && (!view.is(j, Class::NotPreposition) || judges(view, cue) && view.is_content_noun_behind_letter(j))
            && !view.is_name(j)
            && !view.is(j, Class::Complementizer)
            && !view.is_whole_word(j)
            && (!cue.verb(view).frames.action || view.is_content_noun_behind_letter(j))
        {
            return Some(Complement { joint: Joint::Preposition, at: j, letters: 1, border: j });
        }
    }
    None
}

/// A clause wins over a noun where the verb's usual frame is a clause or the preposition only leads up to it.
fn choose(
    view: &View<'_>,
    cue: &Cue,
    that: Option<Complement>,
    noun: Option<Complement>,
    stop: usize,
) -> Option<Complement> {
    let frames = &cue.verb(view).frames;
    let that = that.filter(|_| frames.that || frames.relay || frames.pair);
    match (that, noun) {
        (Some(that), Some(noun)) if noun.border + 1 >= that.border && !frames.pair => Some(that),
        (Some(_), Some(noun)) if !frames.that_first || view.is_content_noun(noun.at) && noun.letters == 0 => Some(noun),
        // «تعهد كيم *بالسعي نحو "نزع السلاح"*»
        (Some(that), Some(noun))
            if that.joint == Joint::Quote
                && (view.is_content_noun(noun.at) || view.is_content_noun_behind_letter(noun.at)) =>
        {
            Some(noun)
        }
        (Some(that), _) => match object(view, cue, that.border) {
            Some(object) if that.joint == Joint::That => Some(object),
            // «أكد *وفاة "القائد المؤسس للحركة جراء المرض"*».
            Some(object) if that.joint == Joint::Quote && object.at + 1 == that.at => Some(object),
            _ => Some(that),
        },
        (None, Some(noun)) => {
            object(view, cue, noun.border).or_else(|| behind_subject(view, cue, noun.border)).or(Some(noun))
        }
        (None, None) => {
            object(view, cue, stop).or_else(|| behind_subject(view, cue, stop)).or_else(|| bare_speech(view, cue, stop))
        }
    }
}

/// Does the verb take a thing that is judged («أدانت الجريمة»)?
fn judges(view: &View<'_>, cue: &Cue) -> bool {
    matches!(cue.verb(view).act, Act::Reject | Act::Agree)
}

/// «وقال هدفنا هو تنفيذ الاتفاق»: speech with no sign that it begins; only where the verb has no subject at all.
fn bare_speech(view: &View<'_>, cue: &Cue, stop: usize) -> Option<Complement> {
    let at = cue.at + 1;
    let speaks = cue.verb(view).frames.speech && !cue.verb(view).frames.strict && cue.is_finite() && cue.joins();
    if let Some(own) = (at + 1..stop).find(|j| speaks && view.is(*j, Class::OwnVoice) && view.is_ordinary(*j)) {
        return (own + 3 < stop && !(at..own).any(|j| view.is(j, Class::Relative))).then_some(Complement {
            joint: Joint::Speech,
            at: own,
            letters: 0,
            border: own,
        });
    }
    // «وأضاف، نبدأ بالأشجار الصغيرة …»
    let led = [Class::Preposition, Class::Circumstance, Class::Within, Class::Relative, Class::Adverb];
    let clause = view.is_comma(at)
        && !view.is_punct(at + 1)
        && view.name_end(at + 1).is_none()
        && !view.is_speaker_head(at + 1)
        && !view.is_time(at + 1)
        && !arabic::is_definite(view.key(at + 1))
        && !led.into_iter().any(|c| view.is_bare(at + 1, c));
    // «وتابع، *نحن* نستورد …»
    let own = || cue.verb(view).frames.speech && cue.joins() && view.is_own_voice(at + 1, stop.min(at + 4));
    if (speaks || cue.is_finite() && own()) && clause && stop > at + 4 {
        return Some(Complement { joint: Joint::Speech, at: at + 1, letters: 0, border: at });
    }
    let long = stop > at + 3;
    let subject = view.name_end(at).is_some()
        || view.is(at, Class::PersonNoun)
        || view.is(at, Class::Stop) && !view.is(at, Class::OwnVoice)
        || view.is_punct(at);
    // «وأضاف *تمت* مناقشة الآلية», «وقال *لن* نسمح بذلك»
    let somebody = view.is(at, Class::Demonstrative) && view.is_speaker_head(at + 1);
    let opens = view.is(at, Class::OpensSpeech) && !somebody;
    let subject = subject && !opens;
    (speaks && long && !subject && (opens || view.is_own_voice(at, stop.min(at + 6)))).then_some(Complement {
        joint: Joint::Speech,
        at,
        letters: 0,
        border: at,
    })
}

/// «وقال *هدفنا* هو …»: the first word already speaks of the speaker himself.
fn own_words(view: &View<'_>, cue: &Cue, end: usize) -> Option<Complement> {
    let at = cue.at + 1;
    let frames = &cue.verb(view).frames;
    let speaks = frames.speech && !frames.strict && cue.is_finite() && at + 3 < end && view.is_own_voice(at, at + 1);
    (speaks && view.name_end(at).is_none()).then_some(Complement { joint: Joint::Speech, at, letters: 0, border: at })
}

/// «إنه "ليس …"», «: إن …»: what stands between the sign and the words themselves is skipped.
fn skip_openers(view: &View<'_>, mut c: Complement, end: usize) -> Complement {
    if c.joint == Joint::Colon {
        while c.at + 1 < end && (view.text.word(c.at) == ":" || view.is_complementizer(c.at)) {
            c.at += 1;
        }
    }
    // «استفسرت عما *إذا* كان يقول الحقيقة»
    if c.at + 2 < end && view.is(c.at, Class::Whether) && view.is(c.at - 1, Class::Remark) {
        c.at += 1;
        c.letters = 0;
    }
    if c.joint == Joint::Preposition && c.letters == 1 && view.key(c.at).chars().count() == 1 {
        c.at += 1;
        c.letters = 0;
    }
    c
}
