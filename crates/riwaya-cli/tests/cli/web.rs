//! Web pages: the article among its furniture, what the page says of itself, and the way back to its bytes.

use crate::{Folder, riwaya};
use serde_json::Value;

/// A page as an outlet prints it: menus, a date line, a picture, links to other articles, a form.
const PAGE: &str = r#"<!DOCTYPE html>
<html lang="ar" dir="rtl"><head><meta charset="CHARSET">
<title>الراعي: المحادثات مع أوسلو تستأنف غداً | صحيفة المرفأ</title>
<meta property="og:site_name" content="صحيفة المرفأ"><link rel="canonical" href="https://marfa.example/news/17">
<script type="application/ld+json">{"@type":"NewsArticle","headline":"الراعي: المحادثات مع أوسلو تستأنف غداً",
"datePublished":"2026-03-10T09:30:00+02:00","dateModified":"2026-03-10T11:00:00+02:00","articleSection":"سياسة"}</script>
<style>p { color: red }</style></head>
<body><nav><ul><li><a href="/">الرئيسية</a></li><li><a href="/s">رياضة وشباب ومنوعات</a></li></ul></nav>
<div class="top"><a href="/other">رئيس بلدية المرفأ يفتتح معرض الكتاب السنوي</a></div>
<main><article><h1>الراعي: المحادثات مع أوسلو
تستأنف غداً</h1>
<div class="info"><span>هند الحلو - المرفأ</span><br>10 مارس 2026</div>
<figure><img src="a.jpg" alt=""><figcaption>وزيرة الخارجية خلال لقاء سابق في أوسلو (أرشيف)</figcaption></figure>
<p>قالت وزيرة الخارجية سلمى الراعي &quot;إن المحادثات مع الجانب النرويجي <b>تستأنف غداً</b> في أوسلو&quot;، مؤكدة أن بلادها
لن تتنازل عن حقوقها في المياه &amp; الصيد.</p>
<p>اقرأ أيضاً: <a href="/x">خلاف على الصيد في بحر الشمال</a></p>
<p>وأضافت الراعي في مؤتمر صحفي أن الوفد سيضم خبراء من وزارتي الخارجية والزراعة، وأنه سيعود إلى البلاد يوم الخميس.</p>
</article></main>
<aside><h3>الأكثر قراءة</h3><p>ارتفاع أسعار السمك في أسواق المرفأ قبل العيد بنسبة كبيرة هذا العام.</p></aside>
<form><p>اشترك في نشرتنا البريدية لتصلك الأخبار كل صباح من صحيفة المرفأ.</p><input name=mail></form>
<footer>جميع الحقوق محفوظة</footer></body></html>"#;

fn lines(path: &str) -> Vec<Value> {
    let run = riwaya(&["read", path, "--format", "jsonl"]);
    assert_eq!(run.code, Some(0), "{}", run.err);
    run.out.lines().map(|l| serde_json::from_str(l).unwrap()).collect()
}

fn words(text: &str, spans: &Value) -> Vec<String> {
    let at = |v: &Value| v.as_u64().unwrap() as usize;
    let cut = |s: &Value| text.chars().skip(at(&s[0])).take(at(&s[1]) - at(&s[0])).collect();
    spans.as_array().unwrap().iter().map(cut).collect()
}

#[test]
fn the_article_and_what_the_page_says_of_itself() {
    let folder = Folder::new("web-article");
    let lines = lines(&folder.file("page.html", PAGE.replace("CHARSET", "utf-8")));
    let article = &lines[0];
    let text = article["text"].as_str().unwrap();
    assert_eq!(words(text, &article["title_spans"]), ["الراعي: المحادثات مع أوسلو تستأنف غداً"]);
    let body = words(text, &article["body"]);
    assert_eq!(body.len(), 2, "{body:?}");
    assert!(body[0].starts_with("قالت وزيرة الخارجية") && body[0].ends_with("المياه & الصيد."), "{body:?}");
    assert!(!text.contains("نشرتنا") && !text.contains("السمك") && !text.contains("معرض") && !text.contains("خلاف"));
    assert_eq!(article["outlet"], "صحيفة المرفأ");
    assert_eq!(article["url"], "https://marfa.example/news/17");
    assert_eq!(article["published"]["from"], "metadata");
    assert_eq!(article["updated"], "2026-03-10T11:00:00+02:00");
    assert_eq!(article["section"], "سياسة");
    let quoted = lines.iter().any(|l| l["kind"] == "statement" && l["quote"] == "mixed" || l["quote"] == "direct");
    assert!(quoted, "{lines:#?}");
}

#[test]
fn one_page_in_every_encoding() {
    let folder = Folder::new("web-encodings");
    let whole = lines(&folder.file("utf8.html", PAGE.replace("CHARSET", "utf-8")));
    let wide: Vec<u8> = std::iter::once(0xfeff).chain(PAGE.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    let narrow = |label: &str| encoding(label).encode(&PAGE.replace("CHARSET", label)).0.into_owned();
    for (name, bytes) in [("utf16", wide), ("1256", narrow("windows-1256")), ("8859", narrow("iso-8859-6"))] {
        let lines = lines(&folder.file(name, bytes));
        assert_eq!(lines[0]["text"], whole[0]["text"], "{name}");
    }
}

fn encoding(label: &str) -> &'static encoding_rs::Encoding {
    encoding_rs::Encoding::for_label(label.as_bytes()).unwrap()
}

#[test]
fn lists_and_stubs_are_left_out_with_a_note() {
    let folder = Folder::new("web-lists");
    let links: String = (1..40)
        .map(|n| format!("<h3><a href='/{n}'>عنوان خبر طويل من أخبار اليوم رقم {n}</a></h3><p>سطر قصير</p>"))
        .collect();
    let list = folder.file("list.html", format!("<html><title>أخبار</title><body><main>{links}</main></body></html>"));
    let stub = r#"<script type="application/ld+json">{"@type":"NewsArticle","isAccessibleForFree":false}</script>"#;
    let words = "قال الوزير إن المحادثات ستستأنف غداً في العاصمة بمشاركة خبراء من الوزارتين، وإنها ستستمر يومين.";
    let stub = folder.file("stub.html", format!("<html><head>{stub}</head><body><h1>محادثات</h1><p>{words}</p>"));
    let page = folder.file("page.html", PAGE.replace("CHARSET", "utf-8"));
    let run = riwaya(&["read", &list, &stub, &page, "--format", "jsonl"]);
    assert_eq!(run.code, Some(0), "{}", run.err);
    assert!(run.err.contains("list.html: a list of articles and none itself, left out"), "{}", run.err);
    assert!(run.err.contains("stub.html: the beginning of an article that only subscribers may read"), "{}", run.err);
    assert_eq!(run.out.matches(r#""kind":"article""#).count(), 1);
}

#[test]
fn citations_lead_to_the_bytes_and_are_orphaned_when_the_page_changes() {
    let folder = Folder::new("web-cite");
    let bytes = encoding("windows-1256").encode(&PAGE.replace("CHARSET", "windows-1256")).0.into_owned();
    let page = folder.file("page.html", &bytes);
    let record = folder.path("news.riwaya");
    assert_eq!(riwaya(&["read", &page, "-o", &record]).code, Some(0));
    let run = riwaya(&["export", "-r", &record, "--to", "annotations"]);
    assert_eq!(run.code, Some(0), "{}", run.err);
    let lines: Vec<Value> = run.out.lines().map(|l| serde_json::from_str(l).unwrap()).collect();
    let line = lines.iter().find(|l| l["markup"].as_str().unwrap().contains("<b>تستأنف غداً</b>")).unwrap();
    let selectors = &line["target"]["selector"];
    let at = |name: &str| selectors[2][name].as_u64().unwrap() as usize;
    let (text, _) = encoding("windows-1256").decode_without_bom_handling(&bytes[at("start")..at("end")]);
    assert_eq!(line["markup"], *text);
    assert!(selectors[0]["exact"].as_str().unwrap().contains("تستأنف غداً"));
    assert!(line["link"].as_str().unwrap().starts_with("https://marfa.example/news/17#:~:text=%D8"), "{line:#}");

    let run_traced = riwaya(&["trace", "تستأنف غداً في أوسلو", "--markup", "-r", &record]);
    assert!(run_traced.out.contains("تستأنف غداً</b> في أوسلو"), "{}", run_traced.out);
    assert!(run_traced.out.contains("#:~:text="), "{}", run_traced.out);

    let citations = folder.file("citations.jsonl", &run.out);
    let check = |code| {
        let run = riwaya(&["cite", "--check", &citations, "-r", &record, "--format", "jsonl"]);
        assert_eq!(run.code, Some(code), "{}", run.err);
        run.out
    };
    assert!(!check(0).contains("orphaned"));
    // The outlet takes the second paragraph back.
    let shorter =
        PAGE.replace("وأضافت الراعي في مؤتمر صحفي أن الوفد سيضم خبراء من", "ولم تذكر الوزيرة من سيكون في الوفد من");
    folder.file("page.html", shorter.replace("CHARSET", "utf-8"));
    assert_eq!(riwaya(&["read", &page, "-o", &record]).code, Some(0));
    let states = check(1);
    let orphaned: Vec<&str> = states.lines().filter(|l| l.contains("orphaned")).collect();
    assert!(!orphaned.is_empty() && orphaned.len() < states.lines().count(), "{states}");
    assert!(orphaned.iter().all(|l| l.contains("الوفد سيضم خبراء") && l.contains("version 1 of")), "{states}");

    let run = riwaya(&["versions", &page, "-r", &record, "--format", "jsonl"]);
    assert_eq!(run.code, Some(0), "{}", run.err);
    let is = |l: &Value, what: &str, change: &str| l["what"] == what && l["change"] == change;
    let lines: Vec<Value> = run.out.lines().map(|l| serde_json::from_str(l).unwrap()).collect();
    assert!(lines.iter().any(|l| is(l, "text", "removed") && l["text"].as_str().unwrap().contains("سيضم خبراء")));
    assert!(lines.iter().any(|l| is(l, "statement", "absent") && l["text"].as_str().unwrap().contains("سيضم خبراء")));
    assert!(!lines.iter().any(|l| l["text"].as_str().unwrap().contains("تستأنف")), "{lines:#?}");
    let run = riwaya(&["versions", "-r", &record]);
    assert!(run.out.contains("page.html"), "{}", run.out);
}
