//! The same lines for cases, `explain` and people: what was found, one finding a line.

use crate::read::Reading;
use crate::text::Span;

/// A finding with the stage that made it and the short label that cases and row examples name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// `title`, `furniture`, `credit`, `time`, `mention`, `role`, `source`, `cue`, `content`, `venue`, `event`.
    pub stage: &'static str,
    /// Where.
    pub span: Span,
    /// `2021-12-30`, `PER`, `deny`, `call` …
    pub label: String,
}

/// Everything found on a page, by stage.
pub fn findings(r: &Reading) -> Vec<Finding> {
    let mut out = Vec::new();
    let mut put = |stage, span, label: &str| out.push(Finding { stage, span, label: label.to_owned() });
    r.layout.title.iter().for_each(|s| put("title", *s, "title"));
    r.layout.furniture.iter().for_each(|(s, _)| put("furniture", *s, "furniture"));
    for credit in &r.layout.credits {
        if let Some(span) = credit.span {
            put("credit", span, credit.kind.as_str());
        }
    }
    r.times.iter().for_each(|t| put("time", t.span, &t.value));
    for m in &r.cast.mentions {
        put("mention", m.span, r.cast.entities[m.entity].kind.as_str());
        put("mention", m.full, r.cast.entities[m.entity].kind.as_str());
    }
    for e in &r.cast.entities {
        e.roles.iter().for_each(|s| put("role", *s, "role"));
    }
    for s in &r.statements {
        let act = s.act.as_str();
        put("cue", s.cue, act);
        s.source.iter().for_each(|x| put("source", *x, act));
        s.content.iter().for_each(|x| put("content", *x, act));
        s.venue.iter().for_each(|x| put("venue", *x, act));
    }
    for e in &r.events {
        e.evidence.iter().for_each(|s| put("event", *s, e.kind.as_str()));
        e.evidence.iter().for_each(|s| put("event", *s, e.status.as_str()));
    }
    out
}

/// The lines that a case of `stage` expects; empty where the stage found nothing.
pub fn lines(r: &Reading, stage: &str) -> Vec<String> {
    match stage {
        "sentence" => r
            .text
            .sentences()
            .iter()
            .map(|s| format!("sentence {}", r.text.at(r.text.span_of(s.tokens.clone()))))
            .collect(),
        "page" => page(r),
        "time" => r.times.iter().map(|t| format!("{} {} {}", t.kind.as_str(), t.value, r.text.at(t.span))).collect(),
        "mention" => mentions(r),
        "statement" => statements(r),
        "event" => events(r),
        _ => vec![format!("no stage \"{stage}\"")],
    }
}

fn page(r: &Reading) -> Vec<String> {
    let l = &r.layout;
    let mut spans: Vec<(Span, &str)> = l.title.iter().map(|s| (*s, "title")).collect();
    spans.extend(l.body.iter().map(|s| (*s, "body")));
    spans.extend(l.furniture.iter().map(|(s, _)| (*s, "furniture")));
    spans.sort();
    let mut out: Vec<String> = spans.iter().map(|(s, what)| format!("{what} {}", r.text.at(*s))).collect();
    out.extend(l.credits.iter().map(|c| format!("credit {} {}", c.kind.as_str(), c.name)));
    out.extend(r.published.iter().map(|p| format!("published {} {}", p.date, p.from.as_str())));
    out
}

/// `PER#1 جون كيري`: mentions with the same number are one entity; `?` marks an unnamed one.
fn mentions(r: &Reading) -> Vec<String> {
    let line = |m: &crate::mention::Mention| {
        let e = &r.cast.entities[m.entity];
        let unnamed = if e.named { "" } else { "?" };
        format!("{}#{}{unnamed} {}", e.kind.as_str(), m.entity + 1, r.text.at(m.span))
    };
    r.cast.mentions.iter().map(line).collect()
}

fn statements(r: &Reading) -> Vec<String> {
    let mut out = Vec::new();
    let form = |e: usize| r.cast.entities[e].forms.first().cloned().unwrap_or_default();
    for s in &r.statements {
        let denied = if s.positive { "" } else { " not" };
        out.push(format!("{}{denied} {}", s.act.as_str(), s.quote.as_str()));
        out.extend(s.source.iter().map(|x| format!("  by    {}", r.text.at(*x))));
        out.push(format!("  cue   {}", r.text.at(s.cue)));
        out.extend(s.content.iter().map(|x| format!("  what  {}", r.text.at(*x))));
        out.extend(s.speaker.iter().map(|x| format!("  who   {}", form(*x))));
        out.extend(s.addressee.iter().map(|x| format!("  to    {}", form(*x))));
        out.extend(s.venue.iter().map(|x| format!("  venue {}", r.text.at(*x))));
        out.extend(s.parent.iter().map(|x| format!("  in    {}", x + 1)));
    }
    out
}

fn events(r: &Reading) -> Vec<String> {
    let mut out = Vec::new();
    let form = |e: usize| r.cast.entities[e].forms.first().cloned().unwrap_or_default();
    for e in &r.events {
        let when = e.when.as_ref().map_or("unknown", |w| w.value.as_str());
        out.push(format!("{} {} {when}", e.kind.as_str(), e.status.as_str()));
        out.extend(e.participants.iter().map(|p| format!("  with  {}", form(*p))));
        out.extend(e.place.iter().map(|p| format!("  at    {}", form(*p))));
        out.extend(e.initiator.iter().map(|p| format!("  by    {}", form(*p))));
    }
    out
}
