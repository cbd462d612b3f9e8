//! `riwaya trace` across languages: the aligned statement with its own words, and the words that it translates.

use crate::{record_of, riwaya};
use serde_json::Value;

/// A report in Arabic, two translations of it, a page that reprints one of them in part, and one about something else.
const PAGES: &str = r#"{"id": "ar", "outlet": "المساء", "published": "2026-03-10", "text": "سد وادي زرقون ينهار جزئيا وإجلاء 3400 شخص\n\nأعلنت السلطات المغربية يوم الثلاثاء 10 آذار 2026 إجلاء 3400 شخص من القرى القريبة من سد زرقون بعد أمطار استمرت خمسة أيام.\n\nوقال المهندس إدريس بنكيران للصحفيين في فاس: «الماء دخل من الجهة الشمالية، ولم نفقد أحدا حتى هذه الساعة».\n\nوأوضحت الوزيرة سلوى التازي أن الحكومة ستدفع 12 مليون درهم للعائلات، وأن التحقيق سيستغرق 6 أسابيع.\n\nونقل 17 شخصا إلى مستشفى في مكناس، بينهم ثلاثة أطفال."}
{"id": "en", "outlet": "Herald", "published": "2026-03-11", "text": "Zarkoun dam partly collapses, 3,400 people evacuated\n\nMoroccan authorities evacuated 3,400 people on Tuesday 10 March 2026 from villages near the Zarkoun dam after five days of rain.\n\n“The water came in from the northern side, and we have lost nobody up to this hour,” engineer Idris Benkirane told reporters in Fez.\n\nMinister Salwa Tazi said the government would pay 12 million dirhams to the families and that the investigation would take 6 weeks.\n\nSeventeen people were taken to hospital in Meknes, among them three children."}
{"id": "ru", "outlet": "Заря", "published": "2026-03-12", "text": "Плотина Заркун частично обрушилась, эвакуированы 3400 человек\n\nВласти Марокко во вторник 10 марта 2026 года эвакуировали 3400 человек из деревень у плотины Заркун после пяти дней дождей.\n\n«Вода пришла с северной стороны, и до этого часа мы никого не потеряли», — сказал журналистам в Фесе инженер Идрис Бенкиран.\n\nМинистр Сальва Тази заявила, что правительство выплатит семьям 12 миллионов дирхамов, а расследование займёт 6 недель.\n\nСемнадцать человек доставили в больницу в Мекнесе, среди них трое детей."}
{"id": "en-2", "outlet": "Courier", "published": "2026-03-13", "text": "Engineer: nobody lost at the dam\n\n“The water came in from the northern side, and we have lost nobody up to this hour,” engineer Idris Benkirane said after the collapse of the Zarkoun dam.\n\nThe football match between the two villages was put off to April."}
{"id": "ru-cup", "outlet": "Спорт", "published": "2026-03-12", "text": "Зимний кубок выиграла команда Фрунзе\n\nТренер Павел Орешин сказал: «Мы долго ждали этой победы»."}
"#;

fn traced(quarry: &str, record: &str) -> Vec<Value> {
    let run = riwaya(&["trace", quarry, "-r", record, "--format", "jsonl"]);
    assert_eq!(run.code, Some(if run.out.is_empty() { 1 } else { 0 }), "{}", run.err);
    run.out.lines().map(|l| serde_json::from_str(l).unwrap()).collect()
}

fn pages(traces: &[Value]) -> Vec<&str> {
    traces.iter().filter_map(|t| t["article"].as_str()).collect()
}

fn kinds(trace: &Value) -> Vec<&str> {
    trace["chain"].as_array().unwrap().iter().filter_map(|l| l["kind"].as_str()).collect()
}

#[test]
fn a_statement_is_found_on_the_translations_of_its_page() {
    let (_folder, record) = record_of("trace-languages", PAGES);
    let traces = traced("ar#s2", &record);
    assert_eq!(pages(&traces), ["ar", "en", "ru", "en-2"]);
    let [original, english, russian, reprint] = &traces[..] else { panic!("{traces:#?}") };
    assert_eq!(original["first"], true);
    assert_eq!(original["translation"], Value::Null);
    assert_eq!(kinds(original), ["relayed", "direct"]);
    assert_eq!(english["statement"], "en#s1");
    assert_eq!(russian["words"]["text"], "Вода пришла с северной стороны, и до этого часа мы никого не потеряли");
    for trace in [english, russian, reprint] {
        assert_eq!(kinds(trace), ["relayed", "translated", "direct"]);
        assert_eq!(trace["translation"]["statement"], "ar#s2");
        assert_eq!(trace["translation"]["words"], original["words"]);
        assert_eq!(
            (&trace["translation"]["follows"], &trace["translation"]["because"]),
            (&true.into(), &"copy/day".into())
        );
    }
    assert_eq!(english["share"], Value::Null, "how much of the words is there cannot be told in another language");
    assert_eq!(reprint["share"], 1.0, "of the words of the translation");
}

#[test]
fn a_translation_leads_back_to_the_original() {
    let (_folder, record) = record_of("trace-back", PAGES);
    let traces = traced("ru#s2", &record);
    assert_eq!(pages(&traces), ["ar", "en", "ru"], "the reprint leaves the minister out");
    assert_eq!(traces[0]["statement"], "ar#s3");
    assert_eq!(traces[0]["translation"]["follows"], false);
    assert_eq!(kinds(&traces[0]), ["relayed", "indirect"]);
    assert_eq!(traces[2]["translation"]["statement"], "ar#s3");
    let shown = riwaya(&["trace", "ru#s2", "-r", &record]).out;
    assert!(
        shown.contains("← المساء translated") && shown.contains("translates ar#s3 (copy/day): «الحكومة ستدفع"),
        "{shown}"
    );
}

/// Words that a page says itself are found in its translations where those say them themselves.
#[test]
fn words_of_the_page_itself_are_found_across_languages() {
    let (_folder, record) = record_of("trace-own", PAGES);
    let traces = traced("Seventeen people were taken to hospital", &record);
    assert_eq!(pages(&traces), ["ar", "en", "ru"]);
    assert!(traces.iter().all(|t| t["statement"].is_null()), "{traces:#?}");
    assert_eq!(traces[0]["words"]["text"], "ونقل 17 شخصا إلى مستشفى في مكناس، بينهم ثلاثة أطفال.");
}

#[test]
fn another_page_in_another_language_is_no_translation() {
    let (_folder, record) = record_of("trace-none", PAGES);
    assert_eq!(pages(&traced("ru-cup#s1", &record)), ["ru-cup"]);
    let formats = ["table", "json", "csv", "md"].map(|f| riwaya(&["trace", "en#s1", "-r", &record, "--format", f]));
    assert!(formats.iter().all(|run| run.code == Some(0)));
    assert!(formats[2].out.starts_with("day,article,statement,first,share,chain,other_language,words_there,words\n"));
}
