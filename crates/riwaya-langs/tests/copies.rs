//! Copies, translations and their direction; articles, outlets and independent origins.

use super::packs;
use super::weave::page;
use riwaya::weave::{self, CopyRelation};
use riwaya::{Packs, Reading};

const HARBOUR_EN: &str = "Ferry runs aground off Malta with 214 people on board\n\nA ferry with 214 people on board ran aground off Malta on 4 March, police said.\n\nCaptain Stefan Borvik told reporters that the ship had lost power in a storm and that the wind pushed it toward the island.\n\nSeventeen passengers were taken to hospital in Valletta, among them three children.\n\nTransport Minister Karla Dumitrova said an investigation would take 6 weeks and that the company must pay 2 million euros.\n\nThe Borealis left Tunis at 21:40 and was expected in Genoa the next morning.";

const HARBOUR_RU: &str = "Паром с 214 пассажирами сел на мель у Мальты\n\nПаром, на борту которого были 214 человек, сел на мель у берегов Мальты 4 марта, сообщила полиция.\n\nКапитан Стефан Борвик рассказал журналистам, что судно в шторм потеряло ход и ветер погнал его к острову.\n\nСемнадцать пассажиров доставили в больницу в Валлетте, среди них трое детей.\n\nМинистр транспорта Карла Думитрова заявила, что расследование займет 6 недель, а компания должна выплатить 2 миллиона евро.\n\nПаром Borealis вышел из Туниса в 21:40, и утром его ждали в Генуе.";

/// Another report of the same day: the same people and numbers, told in another order and with other things beside them.
const HARBOUR_OTHER: &str = "Мальта ждет ответа от владельцев парома\n\nМинистр транспорта Карла Думитрова в среду встретилась в Валлетте с профсоюзом моряков и обещала новый закон о портах к концу года.\n\nДолги перевозчика, по данным банка, превышают 30 миллионов долларов, и суд в Генуе готовит продажу трех судов.\n\nОппозиция в парламенте назвала решение правительства ошибкой и потребовала отставки директора порта.\n\nКапитан Стефан Борвик, который работает на линии 11 лет, говорить с прессой отказался.";

fn copies_of(pages: &[Reading], packs: &Packs) -> Vec<(usize, usize, CopyRelation, String)> {
    let woven = weave::weave(pages, packs);
    woven.copies.iter().map(|c| (c.of, c.page, c.relation, c.because.rule.to_string())).collect()
}

#[test]
fn a_translation_is_found_and_another_report_of_the_day_is_none() {
    let packs = packs();
    let pages = vec![
        page("ru", "Заря", Some("2026-03-05"), HARBOUR_RU, &packs),
        page("other", "Маяк", Some("2026-03-05"), HARBOUR_OTHER, &packs),
        page("en", "Herald", Some("2026-03-04"), HARBOUR_EN, &packs),
    ];
    let woven = weave::weave(&pages, &packs);
    let [copy] = woven.copies.as_slice() else { panic!("{:?}", woven.copies) };
    assert_eq!((copy.of, copy.page, copy.relation), (2, 0, CopyRelation::Translation));
    assert_eq!(&*copy.because.rule, "copy/day");
    assert!(copy.runs.len() >= 3 && copy.share > 0.5, "{copy:?}");
    for (en, ru) in &copy.runs {
        let line = |page: usize, at: usize| pages[page].text.line_at(at);
        assert_eq!(line(2, en.start()), line(0, ru.start()), "{} = {}", pages[2].text.at(*en), pages[0].text.at(*ru));
    }
    let counts = weave::copy::counts(&[0, 1, 2], &pages, &woven.copies);
    assert_eq!((counts.articles, counts.outlets, counts.origins), (3, 3, 2));
}

#[test]
fn whoever_credits_follows_on_one_day() {
    let packs = packs();
    let carried = HARBOUR_EN.replace("A ferry with", "VALLETTA (Reuters) - A ferry with");
    let pages = vec![
        page("carrier", "Herald", Some("2026-03-04"), &carried, &packs),
        page("own", "Reuters", Some("2026-03-04"), HARBOUR_EN, &packs),
    ];
    let found = copies_of(&pages, &packs);
    assert_eq!(found[0].3, "copy/agency-credit");
    assert_eq!((found[0].0, found[0].1), (1, 0));
    let nothing = [page("a", "Herald", None, HARBOUR_EN, &packs), page("b", "Courier", None, HARBOUR_EN, &packs)];
    assert_eq!(copies_of(&nothing, &packs), [(0, 1, CopyRelation::Same, "copy/input".to_owned())]);
}

/// Texts of one agency are of one origin, in whatever script it is named; unnamed agencies say nothing.
#[test]
fn one_agency_is_one_origin_and_unnamed_ones_are_not() {
    let packs = packs();
    let credited =
        |name: &str, text: &str| format!("خبر عن {text}\n\nجدة ({name}) - قال {text} إن المعرض سيفتح أبوابه يوم الأحد.");
    let origins = |first: &str, second: &str| {
        let pages = vec![
            page("a", "الغد", None, &credited(first, "مدير المتحف"), &packs),
            page("b", "المساء", None, &credited(second, "رئيس البلدية"), &packs),
            page("c", "Reuters", None, HARBOUR_EN, &packs),
        ];
        weave::copy::counts(&[0, 1, 2], &pages, &[]).origins
    };
    assert_eq!(origins("رويترز", "وكالة رويترز"), 1);
    assert_eq!(origins("رويترز", "واس"), 2);
    assert_eq!(origins("وكالات", "وكالات"), 3);
}

/// Two telegrams of one wording to two states are two texts, the same telegram with another headline is one.
#[test]
fn a_formula_with_another_state_is_no_copy() {
    let packs = packs();
    let telegram = |state: &str, title: &str| {
        format!(
            "{title} {state}\n\nبعث أمير البلاد برقية تهنئة إلى رئيس {state} بمناسبة ذكرى استقلال بلاده، عبر فيها عن أصدق التهاني وأطيب التمنيات له بموفور الصحة والعافية ولحكومة وشعب {state} الصديق بدوام التقدم والازدهار في ظل قيادته الحكيمة."
        )
    };
    let pages = vec![
        page("a", "الغد", None, &telegram("كينيا", "الأمير يهنئ رئيس"), &packs),
        page("b", "المساء", None, &telegram("البرازيل", "الأمير يهنئ رئيس"), &packs),
        page("c", "النهار", None, &telegram("كينيا", "برقية تهنئة إلى رئيس"), &packs),
    ];
    let found: Vec<(usize, usize)> = copies_of(&pages, &packs).iter().map(|c| (c.0, c.1)).collect();
    assert_eq!(found, [(0, 2)]);
}
