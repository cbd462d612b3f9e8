//! Which pack reads a page?

use super::packs;
use riwaya::page::Source;

/// What a page says of itself, its text, and the pack that reads it.
const PAGES: [(Option<&str>, &str, Option<&str>); 12] = [
    (None, "قال وزير الخارجية إن المحادثات ستستأنف غداً في العاصمة بمشاركة خبراء من الوزارتين.", Some("ar")),
    (Some("en-US"), "قال وزير الخارجية إن المحادثات ستستأنف غداً في العاصمة بمشاركة خبراء.", Some("ar")),
    (Some("ar"), "The foreign minister said that the talks would resume tomorrow in the capital.", Some("en")),
    (
        None,
        "وزیر امور خارجه گفت گفتگوها فردا در پایتخت با حضور کارشناسان از سر گرفته می‌شود و چهار روز ادامه دارد.",
        None,
    ),
    (None, "وزیرِ خارجہ نے کہا کہ مذاکرات کل دارالحکومت میں دوبارہ شروع ہوں گے اور ماہرین بھی شریک ہوں گے۔", None),
    (None, "Министр иностранных дел заявил, что переговоры возобновятся завтра в столице.", Some("ru")),
    (Some("ru_RU"), "Министр иностранных дел заявил, что переговоры возобновятся завтра в столице.", Some("ru")),
    (None, "Міністр закордонних справ заявив, що переговори відновляться завтра у столиці за участю експертів.", None),
    (
        None,
        "Le ministre des Affaires étrangères a déclaré que les pourparlers reprendraient demain dans la capitale, avec \
         des experts des deux ministères, et qu'ils dureraient deux jours. Il a ajouté que son pays ne renoncerait pas \
         à ses droits de pêche et que la délégation rentrerait jeudi.",
        None,
    ),
    (
        None,
        "Der Außenminister erklärte, dass die Gespräche morgen in der Hauptstadt fortgesetzt werden, mit Fachleuten \
         beider Ministerien, und dass sie zwei Tage dauern sollen. Er fügte hinzu, dass sein Land nicht auf seine \
         Rechte verzichten werde und dass die Delegation am Donnerstag zurückkehre.",
        None,
    ),
    (
        None,
        "The foreign minister, Salma al-Raei, said that the talks with Oslo would resume tomorrow in Marfa al-Shamal, \
         with experts of both ministries, and that they would last two days. Jonas Gahr Strand, her counterpart, told \
         NRK that the delegation would return on Thursday.",
        Some("en"),
    ),
    (None, "日本の外務大臣は、協議が明日首都で再開されると述べた。", None),
];

#[test]
fn pages_are_read_by_their_own_language() {
    for (lang, text, wanted) in PAGES {
        let source = Source { id: "page".to_owned(), lang: lang.map(str::to_owned), ..Source::default() };
        let reading = riwaya::read(source, text.to_owned(), &packs(), None);
        assert_eq!(reading.lang.as_deref(), wanted, "{text}");
    }
}

#[test]
fn a_long_text_without_a_letter_that_russian_needs_is_another_language() {
    let text = "Външният министър заяви, че преговорите ще бъдат подновени утре в столицата с участието на експерти от \
        двете министерства. Той добави, че страната му няма да се откаже от правата си в морето и че делегацията ще се \
        завърне в четвъртък. Според говорителя на правителството разговорите ще продължат два дни, а след това ще има \
        съвместна пресконференция. Опозицията поиска изслушване в парламента и обвини кабинета, че крие подробности от \
        обществото. Министърът отговори, че всички документи ще бъдат публикувани след края на преговорите, когато и \
        другата страна даде съгласието си за това, както е обичайно при такива срещи между правителствата на двете страни.";
    let reading = riwaya::read(Source::default(), text.to_owned(), &packs(), None);
    assert_eq!(reading.lang, None);
}
