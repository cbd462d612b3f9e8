//! Several pages together: copies, stories, contacts, sides, flags, traces.

use super::packs;
use riwaya::mention::EntityKind;
use riwaya::page::Source;
use riwaya::weave::sound::Word;
use riwaya::weave::{self, CopyRelation, FlagKind, Quarry, Relation, Woven, date, trace};
use riwaya::{Packs, Reading};

fn page(id: &str, outlet: &str, published: Option<&str>, text: &str, packs: &Packs) -> Reading {
    let source = Source {
        id: id.to_owned(),
        outlet: Some(outlet.to_owned()),
        published: published.map(str::to_owned),
        ..Source::default()
    };
    riwaya::read(source, text.to_owned(), packs, None)
}

const ANNOUNCED: &str = "اتصال هاتفي غداً الثلاثاء بين بوتين وأردوغان\n\nأعلن الكرملين أن الرئيس الروسي فلاديمير بوتين سيجري غداً الثلاثاء اتصالاً هاتفياً مع نظيره التركي رجب طيب أردوغان لبحث تصدير الحبوب عبر البحر الأسود.\n\nوقال المتحدث باسم الكرملين دميتري بيسكوف إن الاتصال سيكون بمبادرة من الجانب التركي، وإن موسكو تنتظر تنفيذ ما اتفق عليه في الصيف.";

const HELD: &str = "بوتين وأردوغان يبحثان الحبوب في اتصال هاتفي\n\nأجرى الرئيس الروسي فلاديمير بوتين أمس الثلاثاء اتصالاً هاتفياً مع نظيره التركي رجب طيب أردوغان.\n\nوقال الكرملين في بيان إن رفع العقوبات عن المصارف شرط لاستئناف تصدير الحبوب.\n\nوقالت الرئاسة التركية إن أردوغان شدد على استئناف تصدير الحبوب قبل نهاية الشهر.";

const OTHER: &str = "افتتاح معرض الكتاب في مسقط\n\nافتتح وزير الثقافة العماني مساء الأحد معرض مسقط للكتاب بمشاركة ست مئة دار نشر من ثلاثين دولة.";

fn readings(packs: &Packs) -> Vec<Reading> {
    vec![
        page("first", "الغد", Some("2026-03-09"), ANNOUNCED, packs),
        page("again", "المساء", Some("2026-03-09"), ANNOUNCED, packs),
        page("held", "النهار", Some("2026-03-11"), HELD, packs),
        page("books", "الغد", Some("2026-03-09"), OTHER, packs),
    ]
}

fn story_of(woven: &Woven, page: usize) -> &weave::Story {
    &woven.stories[woven.story_of[page]]
}

#[test]
fn pages_of_one_call_are_a_story_and_a_copy_is_no_origin() {
    let packs = packs();
    let readings = readings(&packs);
    let woven = weave::weave(&readings, &packs);
    assert_eq!(story_of(&woven, 0).pages, [0, 1, 2]);
    assert_eq!(story_of(&woven, 3).pages, [3]);
    let counts = story_of(&woven, 0).counts;
    assert_eq!((counts.articles, counts.outlets, counts.origins), (3, 3, 2));
    assert_eq!(woven.copies.len(), 1);
    assert_eq!(woven.copies[0].relation, CopyRelation::Same);
}

#[test]
fn a_contact_keeps_what_each_page_says_of_it() {
    let packs = packs();
    let readings = readings(&packs);
    let woven = weave::weave(&readings, &packs);
    let call = woven.contacts.iter().find(|c| c.events.len() == 3).expect("one call on three pages");
    let history: Vec<&str> = call.history.iter().map(|r| r.status.as_str()).collect();
    assert_eq!(history, ["planned", "planned", "happened"]);
    assert_eq!(call.when.as_ref().map(|(_, w)| w.value.as_str()), Some("2026-03-10"));
    assert_eq!(call.status.as_str(), "happened");
}

#[test]
fn sides_are_found_and_silence_is_no_contradiction() {
    let packs = packs();
    let readings = readings(&packs);
    let woven = weave::weave(&readings, &packs);
    let comparison = woven.comparisons.first().expect("two sides speak");
    let sides: Vec<&str> = comparison.sides.iter().map(|s| s.of.as_str()).collect();
    assert!(sides.contains(&"ru") && sides.contains(&"tr"), "{sides:?}");
    assert!(comparison.points.iter().all(|p| p.relation != Relation::Contradicts));
}

#[test]
fn words_are_traced_to_every_page_with_their_drift() {
    let packs = packs();
    let mut readings = readings(&packs);
    let changed = ANNOUNCED.replace("تنتظر تنفيذ", "تأمل تنفيذ");
    readings.push(page("changed", "الصباح", Some("2026-03-12"), &changed, &packs));
    let woven = weave::weave(&readings, &packs);
    let words = Quarry::Words("موسكو تنتظر تنفيذ ما اتفق عليه في الصيف".to_owned());
    let traces = trace::trace(&words, &readings, &packs, &woven);
    let pages: Vec<usize> = traces.iter().map(|t| t.page).collect();
    assert_eq!(pages, [0, 1, 4]);
    assert!(traces[0].first && traces[0].drift.is_empty() && !traces[2].first);
    assert_eq!((traces[2].drift[0].wanted.as_str(), traces[2].drift[0].found.as_str()), ("تنتظر", "تأمل"));
}

#[test]
fn an_undated_page_is_dated_only_by_a_day_that_its_story_knows() {
    let packs = packs();
    let today = ANNOUNCED.replace("غداً الثلاثاء", "اليوم الثلاثاء");
    let open = ANNOUNCED.replace("غداً الثلاثاء", "يوم الثلاثاء");
    let torn = format!("{today}\n\nوكان أردوغان قد وصل أمس الأحد إلى إزمير.");
    for (text, want) in [(&today, Some("2026-03-10")), (&open, None), (&torn, None)] {
        let mut all = readings(&packs);
        all.push(page("undated", "الليل", None, text, &packs));
        let woven = weave::weave(&all, &packs);
        let found = date::dates(&all, &woven)[4].as_ref().map(|p| p.date.to_string());
        assert_eq!(found.as_deref(), want, "{text}");
    }
}

#[test]
fn a_weekday_that_does_not_fit_is_flagged() {
    let packs = packs();
    let text = "لقاء في جنيف\n\nيلتقي الوزيران اليوم الخميس في جنيف. وكان الوفدان قد وصلا أمس الثلاثاء.";
    let readings = [page("torn", "الغد", None, text, &packs), page("books", "الغد", None, OTHER, &packs)];
    let woven = weave::weave(&readings, &packs);
    let flags: Vec<_> = woven.flags.iter().map(|f| (f.what, f.pages.clone())).collect();
    assert_eq!(flags, [(FlagKind::WeekdayConflict, vec![0])]);
}

#[test]
fn nothing_to_weave_gives_nothing() {
    let packs = packs();
    let woven = weave::weave(&[], &packs);
    assert!(woven.stories.is_empty() && woven.contacts.is_empty() && woven.flags.is_empty());
    let woven = weave::weave(&[page("empty", "الغد", None, "", &packs)], &packs);
    assert_eq!(woven.stories.len(), 1);
}

/// “Sergei Daryin” and «Сергей Дарьин» beside the same two others are one; beside nobody they know of, two.
#[test]
fn names_of_two_languages_are_one_in_the_same_company_only() {
    let packs = packs();
    let en = "Kremlin spokesman Dmitry Peskov met Sergei Daryin, who had talked to Vladimir Putin before.";
    let ru = "Сергей Дарьин встретился с Дмитрием Песковым. Потом Дарьин уехал к Владимиру Путину в Кремль.";
    let alone = "Сергей Дарьин открыл выставку цветов. Потом Дарьин уехал домой.";
    let daryin = |text: &str| {
        let readings = vec![
            page("en", "Herald", Some("2026-03-09"), en, &packs),
            page("ru", "Заря", Some("2026-03-09"), text, &packs),
        ];
        let woven = weave::weave(&readings, &packs);
        woven.entities.iter().filter(|e| e.forms.iter().any(|f| f.contains("Daryin") || f.contains("Дарьин"))).count()
    };
    assert_eq!((daryin(ru), daryin(alone)), (1, 2));
}

#[test]
fn names_sound_alike_in_every_script() {
    let packs = packs();
    let sounds = |code: &str, name: &str| -> Vec<Word> {
        let pack = packs.get(code).expect("a pack");
        name.split(' ').map(|w| pack.heard(&pack.language.fold(w))).collect()
    };
    for (en, ru, ar) in [
        ("Dmitry Peskov", "Дмитрия Пескова", "دميتري بيسكوف"),
        ("Vladimir Zelensky", "Владимир Зеленский", "فلاديمير زيلينسكي"),
        ("Benjamin Netanyahu", "Беньямин Нетаньяху", "بنيامين نتنياهو"),
        ("Walid al-Moualem", "Валид аль-Муалем", "وليد المعلم"),
        ("Rick Perry", "Риком Перри", "ريك بيري"),
    ] {
        let (en, ru, ar) = (sounds("en", en), sounds("ru", ru), sounds("ar", ar));
        assert!(packs.sounds().one_name(&en, &ru), "{en:?} {ru:?}");
        assert!(packs.sounds().one_name(&en, &ar), "{en:?} {ar:?}");
    }
    let patronymic = sounds("ru", "Сергей Викторович Лавров");
    assert!(packs.sounds().one_name(&sounds("en", "Sergey Lavrov"), &patronymic));
    for other in ["Lavrov", "Sergey Viktorovich", "Viktor Lavrov", "George Patton"] {
        assert!(!packs.sounds().one_name(&sounds("en", other), &patronymic), "{other}");
    }
    assert!(!packs.sounds().one_name(&sounds("en", "George Patton"), &sounds("ru", "Георгий Петров")));
}

/// The woven entities that have one of `forms`.
fn called(readings: &[Reading], packs: &Packs, forms: &[&str]) -> Vec<weave::WovenEntity> {
    let woven = weave::weave(readings, packs);
    woven.entities.into_iter().filter(|e| e.forms.iter().any(|f| forms.contains(&f.as_str()))).collect()
}

#[test]
fn a_full_name_that_sounds_like_a_row_is_it_where_its_state_is_named_too() {
    let packs = packs();
    let of = |text: &str| {
        let readings = [page("en", "Herald", Some("2026-03-09"), text, &packs)];
        called(&readings, &packs, &["Aleksandr Novak"])[0].clone()
    };
    let novak = of("Aleksandr Novak met Peter Northcote. Russia will sell more oil, Novak said.");
    assert_eq!(novak.id, "alexander-novak");
    assert_eq!(of("Aleksandr Novak met Peter Northcote. Both will sell more oil, Novak said.").known, None);
}

#[test]
fn bodies_are_known_by_what_they_are_and_whose() {
    let packs = packs();
    let readings = [
        page("en", "Herald", Some("2026-03-09"), "The Syrian regime rejected the plan.", &packs),
        page("ru", "Заря", Some("2026-03-09"), "Сирийский режим отклонил план.", &packs),
        page("ar", "الغد", Some("2026-03-09"), "وقال النظام السوري إنه يرفض الخطة.", &packs),
        page("other", "Herald", Some("2026-03-09"), "The Iranian regime rejected the plan.", &packs),
        page("others", "Herald", Some("2026-03-09"), "The Syrian opposition rejected the plan.", &packs),
    ];
    let woven = weave::weave(&readings, &packs);
    let bodies: Vec<&weave::WovenEntity> =
        woven.entities.iter().filter(|e| e.kind == EntityKind::Organisation).collect();
    assert_eq!(bodies.len(), 3, "{bodies:?}");
    let regime = bodies.iter().find(|b| b.forms.contains(&"Syrian regime".to_owned())).expect("a regime");
    assert_eq!(regime.forms.len(), 3);
    let rules: Vec<&str> = regime.joined.iter().map(|g| &*g.rule).collect();
    assert!(rules.iter().all(|r| r.contains("bodies.tsv")) && rules.len() == 2, "{rules:?}");
}

/// “Finance Ministry of France”, a case of a Russian word, and «المالية», which is also of Mali.
#[test]
fn words_of_bodies_may_stand_in_cases_and_behind_of() {
    let packs = packs();
    let day = Some("2026-03-09");
    let readings = [
        page("en", "Herald", day, "The Finance Ministry of France rejected the plan.", &packs),
        page("ru", "Заря", day, "Глава Министерства финансов Франции отклонил план.", &packs),
        page("ar", "الغد", day, "وقالت وزارة المالية الفرنسية إنها ترفض الخطة.", &packs),
        page("other", "Herald", day, "The Finance Ministry of Mali rejected the plan.", &packs),
    ];
    let woven = weave::weave(&readings, &packs);
    let forms = |form: &str| {
        let body = woven.entities.iter().find(|e| e.forms.iter().any(|f| f == form)).expect("a body");
        body.name.keys().cloned().collect::<Vec<_>>()
    };
    assert_eq!(forms("Finance Ministry of France"), ["ar", "en", "ru"]);
    assert_eq!(forms("Finance Ministry of Mali"), ["en"]);
}

/// The same letters behind two names make one body only where the pages name the same others.
#[test]
fn bodies_with_the_same_letters_are_one_in_the_same_company() {
    let packs = packs();
    let day = Some("2026-03-09");
    let ar = "قالت رابطة النحالين الأردنية (XQZ) إن الأردن ومصر ولبنان وافقت.";
    let one = |en: &str| {
        let readings = [page("en", "Herald", day, en, &packs), page("ar", "الغد", day, ar, &packs)];
        let woven = weave::weave(&readings, &packs);
        woven.entities.iter().any(|e| e.joined.iter().any(|g| &*g.rule == "entity/same-letters"))
    };
    assert!(one("The Council of Bee Keepers (XQZ) said that Jordan, Egypt and Lebanon agreed."));
    assert!(!one("The Council of Bee Keepers (XQY) said that Jordan, Egypt and Lebanon agreed."));
    assert!(!one("The Council of Bee Keepers (XQZ) said that Peru and Chile agreed."));
}

/// Two reports of one thing: a short name is enough, unless two would do.
#[test]
fn a_short_name_on_kin_pages_is_the_only_one_that_sounds_so() {
    let packs = packs();
    let en = "Christine Northcote spoke in Russia, Norway and Ukraine. Northcote met Vladimir Putin.";
    let ru = "Президент Норткот заявила, что поедет в Россию, Норвегию и на Украину. Норткот встретилась с Владимиром Путиным.";
    let two = format!("The minister met Peter Northcote. {en}");
    let apart = |text: &str| {
        let readings = [
            page("en", "Herald", Some("2026-03-09"), text, &packs),
            page("ru", "Заря", Some("2026-03-09"), ru, &packs),
        ];
        called(&readings, &packs, &["Christine Northcote", "Норткот"]).len()
    };
    assert_eq!((apart(en), apart(&two)), (1, 2));
}

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
