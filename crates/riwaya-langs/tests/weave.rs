//! Several pages together: copies, stories, contacts, sides, flags, traces.

use super::packs;
use riwaya::mention::EntityKind;
use riwaya::page::Source;
use riwaya::weave::compare::Subject;
use riwaya::weave::sound::Word;
use riwaya::weave::{self, CopyRelation, FlagKind, Quarry, Relation, Woven, date, trace};
use riwaya::{Packs, Reading};

pub(super) fn page(id: &str, outlet: &str, published: Option<&str>, text: &str, packs: &Packs) -> Reading {
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

/// Moscow announces a call, Ankara has not spoken of it.
#[test]
fn a_party_whose_account_no_page_gives_is_silent() {
    let packs = packs();
    let silent = |readings: &[Reading], wanted: &[&str]| -> Vec<String> {
        let woven = weave::weave(readings, &packs);
        let wanted: Vec<String> = wanted.iter().map(|w| (*w).to_owned()).collect();
        let comparison = weave::compare::compare(Subject::Contact(0), &wanted, readings, &packs, &woven);
        comparison.silent.into_iter().map(|s| s.of).collect()
    };
    let all = readings(&packs);
    assert_eq!(silent(&all[..1], &[]), ["tr"]);
    assert_eq!(silent(&all[..1], &["ru"]), [""; 0], "nobody asked for Ankara");
    assert_eq!(silent(&all[..3], &[]), [""; 0], "both speak");
}

/// Whoever asks for the Kremlin's account asks for Moscow's, but not where both are to be columns.
#[test]
fn a_body_stands_for_its_state() {
    let packs = packs();
    let all = readings(&packs);
    let woven = weave::weave(&all, &packs);
    let sides = |wanted: &[&str]| -> Vec<String> {
        let wanted: Vec<String> = wanted.iter().map(|w| (*w).to_owned()).collect();
        let comparison = weave::compare::compare(Subject::Contact(0), &wanted, &all, &packs, &woven);
        comparison.sides.into_iter().map(|s| s.of).collect()
    };
    assert_eq!(sides(&["kremlin", "tr"]), ["ru", "tr"]);
    assert_eq!(sides(&["kremlin", "dmitry-peskov"]), ["ru", "dmitry-peskov"]);
    assert_eq!(sides(&["kremlin", "ru"])[0], "kremlin");
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

/// The kinds of flags of `readings`, with their pages.
fn flagged(readings: &[Reading], packs: &Packs) -> Vec<(FlagKind, Vec<usize>)> {
    weave::weave(readings, packs).flags.into_iter().map(|f| (f.what, f.pages)).collect()
}

#[test]
fn what_a_page_says_of_silence_is_flagged_with_whoever_is_silent() {
    let packs = packs();
    for (text, silent) in [
        ("The Kremlin announced the visit. The White House has not confirmed it.", Some("White House")),
        ("أعلن الكرملين الزيارة. ولم يؤكد البيت الأبيض بعد هذا الإعلان.", Some("White House")),
        ("Белый дом объявил о визите. В Кремле его не подтвердили.", Some("Kremlin")),
        ("The Kremlin announced the visit. The White House has confirmed it.", None),
        ("أعلن الكرملين الزيارة، وأكد البيت الأبيض هذا الإعلان.", None),
    ] {
        let readings = [page("one", "Herald", Some("2026-03-09"), text, &packs)];
        let woven = weave::weave(&readings, &packs);
        let flag = woven.flags.iter().find(|f| f.what == FlagKind::OneSideUnconfirmed);
        assert_eq!(flag.is_some(), silent.is_some(), "{text}");
        assert!(flag.is_none_or(|f| f.explain.contains(silent.unwrap_or(""))), "{flag:?}");
    }
}

const QUOTED: &str = "Fire in the port of Varna\n\nThe port of Varna burned for a third night after the blast in the northern \
                      grain store, and ships were sent to Burgas.\n\n“We will not open the northern quay before the last silo is \
                      cold,” said harbour master";

#[test]
fn one_quotation_in_two_mouths_is_flagged_and_two_spellings_of_a_name_are_not() {
    let packs = packs();
    let both = |a: &str, b: &str| {
        let readings = [
            page("one", "Herald", Some("2026-03-09"), &format!("{QUOTED} {a}."), &packs),
            page("two", "Courier", Some("2026-03-09"), &format!("{QUOTED} {b}."), &packs),
        ];
        flagged(&readings, &packs)
    };
    assert_eq!(both("Sergei Daryin", "Ivan Petkov"), [(FlagKind::AttributionConflict, vec![0, 1])]);
    assert_eq!(both("Sergei Daryin", "Sergey Daryin"), []);
}

#[test]
fn victims_counted_differently_are_flagged_unless_a_page_counts_twice() {
    let packs = packs();
    let text = |lead: &str| {
        format!("Fire in the port of Varna\n\nThe fire in the grain store of the port of Varna {lead} on Monday night.")
    };
    let both = |a: &str, b: &str| {
        let readings = [
            page("one", "Herald", Some("2026-03-09"), &text(a), &packs),
            page("two", "Courier", Some("2026-03-09"), &text(b), &packs),
        ];
        flagged(&readings, &packs)
    };
    assert_eq!(both("killed 14 people", "killed 17 people"), [(FlagKind::NumberConflict, vec![0, 1])]);
    assert_eq!(both("killed 14 people", "killed 14 men"), []);
    assert_eq!(both("killed 14 people", "killed 17 people and 14 were killed in Burgas"), []);
    assert_eq!(both("killed 14 people", "injured 17 people"), []);
}

#[test]
fn one_person_in_office_and_out_of_it_is_flagged() {
    let packs = packs();
    let text = |title: &str| {
        format!(
            "Minister opens the port of Varna\n\n{title} Petar Ganchev opened the northern quay of the port of Varna on Monday."
        )
    };
    let both = |a: &str, b: &str| {
        let readings = [
            page("one", "Herald", Some("2026-03-09"), &text(a), &packs),
            page("two", "Courier", Some("2026-03-09"), &text(b), &packs),
        ];
        flagged(&readings, &packs)
    };
    assert_eq!(both("Transport Minister", "Former Transport Minister"), [(FlagKind::RoleConflict, vec![0, 1])]);
    assert_eq!(both("Former Transport Minister", "Former Transport Minister"), []);
    assert_eq!(both("Transport Minister", "Transport Minister"), []);
}

#[test]
fn who_has_another_father_is_another() {
    let packs = packs();
    let text = "قال الأمير عبدالله بن مساعد بن عبدالعزيز إن الملاعب جاهزة. ورحم الله الملك عبدالله بن عبدالعزيز الذي أسس \
                الملعب في السعودية.";
    let woven = weave::weave(&[page("one", "الغد", Some("2026-03-09"), text, &packs)], &packs);
    let people = woven.entities.iter().filter(|e| e.forms.iter().any(|f| f.contains("عبدالله")));
    let rows: Vec<bool> = people.map(|e| e.known.is_some()).collect();
    assert_eq!(rows, [false, true]);
}
