//! How are times and copies drawn? As SVG in the page, with nothing that a strict policy forbids.

use riwaya_query::html::escaped;
use std::fmt::Write as _;

/// A page on a drawing.
#[derive(Debug, Clone)]
pub struct Dot {
    /// Its id.
    pub id: String,
    /// The day of its publication, empty where it has none.
    pub day: String,
    /// Its outlet.
    pub label: String,
    /// Its address.
    pub href: String,
}

/// A contact on a drawing.
#[derive(Debug, Clone)]
pub struct Happening {
    /// Its day: `2021-12-30`.
    pub day: String,
    /// What it is.
    pub label: String,
    /// Its address.
    pub href: String,
    /// The ids of the pages that tell of it.
    pub told_by: Vec<String>,
}

/// From a page to the page whose words it repeats, by their ids.
#[derive(Debug, Clone)]
pub struct Arrow {
    /// The later page.
    pub from: String,
    /// The former.
    pub to: String,
}

const WIDTH: f64 = 960.0;
const EDGE: f64 = 60.0;
const ROW: f64 = 22.0;

/// Contacts above an axis of days, pages below it, and which page tells of which contact. Time runs as the interface is
/// read. Empty where nothing has a day.
pub fn timeline(happenings: &[Happening], dots: &[Dot], dir: &str, name: &str) -> String {
    let day = |text: &str| day_number(text);
    let mut days: Vec<i64> = happenings.iter().filter_map(|h| day(&h.day)).collect();
    days.extend(dots.iter().filter_map(|d| day(&d.day)));
    let (Some(&first), Some(&last)) = (days.iter().min(), days.iter().max()) else { return String::new() };
    let scale = (WIDTH - 2.0 * EDGE) / ((last - first).max(1) as f64);
    let x = |day: i64| {
        let along = if first == last { WIDTH / 2.0 } else { EDGE + (day - first) as f64 * scale };
        if dir == "rtl" { WIDTH - along } else { along }
    };
    let mut shown: Vec<(&Happening, i64)> = happenings.iter().filter_map(|h| Some((h, day(&h.day)?))).collect();
    shown.sort_by_key(|(_, day)| *day);
    let axis = 24.0 + ROW * shown.len() as f64;
    let mut ticks: Vec<i64> = days.clone();
    ticks.sort_unstable();
    ticks.dedup();
    let mut stacked: Vec<(i64, usize)> = Vec::new();
    let mut placed: Vec<(&Dot, f64, f64)> = Vec::new();
    for dot in dots {
        let Some(at) = day(&dot.day) else { continue };
        let n = match stacked.iter_mut().find(|(known, _)| *known == at) {
            Some((_, n)) => {
                *n += 1;
                *n
            }
            None => {
                stacked.push((at, 0));
                0
            }
        };
        placed.push((dot, x(at), axis + 34.0 + 14.0 * n as f64));
    }
    let height = placed.iter().map(|(.., y)| *y).fold(axis + 30.0, f64::max) + 16.0;
    let mut out = head(height, name);
    let _ = writeln!(out, "<line class=\"axis\" x1=\"0\" y1=\"{axis}\" x2=\"{WIDTH}\" y2=\"{axis}\"/>");
    put_ticks(&ticks, axis, &x, &mut out);
    for (n, (happening, day)) in shown.iter().enumerate() {
        let (cx, cy) = (x(*day), 16.0 + ROW * n as f64);
        for (_, px, py) in placed.iter().filter(|(dot, ..)| happening.told_by.contains(&dot.id)) {
            let _ = writeln!(out, "<line class=\"tie\" x1=\"{cx:.1}\" y1=\"{cy:.1}\" x2=\"{px:.1}\" y2=\"{py:.1}\"/>");
        }
    }
    for (n, (happening, day)) in shown.iter().enumerate() {
        let (cx, cy) = (x(*day), 16.0 + ROW * n as f64);
        // The name stands on the side where there is room.
        let (tx, anchor) = if cx < WIDTH / 2.0 { (cx + 10.0, "left") } else { (cx - 10.0, "right") };
        let anchor = if (anchor == "left") == (dir != "rtl") { "start" } else { "end" };
        let _ = writeln!(
            out,
            "<a href=\"{}\"><circle class=\"event\" cx=\"{cx:.1}\" cy=\"{cy:.1}\" r=\"6\"/>\
             <text x=\"{tx:.1}\" y=\"{:.1}\" text-anchor=\"{anchor}\">{}</text></a>",
            escaped(&happening.href),
            cy + 4.0,
            escaped(&happening.label)
        );
    }
    for (dot, px, py) in &placed {
        put_dot(dot, *px, *py, &mut out);
    }
    out.push_str("</svg>");
    out
}

fn put_ticks(days: &[i64], axis: f64, x: &dyn Fn(i64) -> f64, out: &mut String) {
    let mut last = f64::NEG_INFINITY;
    let mut sorted: Vec<(f64, i64)> = days.iter().map(|day| (x(*day), *day)).collect();
    sorted.sort_by(|a, b| a.0.total_cmp(&b.0));
    for (at, day) in sorted {
        let _ = writeln!(
            out,
            "<line class=\"axis\" x1=\"{at:.1}\" y1=\"{axis}\" x2=\"{at:.1}\" y2=\"{:.1}\"/>",
            axis + 5.0
        );
        if at - last > 78.0 {
            last = at;
            let _ = writeln!(
                out,
                "<text x=\"{at:.1}\" y=\"{:.1}\" text-anchor=\"middle\">{}</text>",
                axis + 19.0,
                day_text(day)
            );
        }
    }
}

fn put_dot(dot: &Dot, x: f64, y: f64, out: &mut String) {
    let _ = writeln!(
        out,
        "<a href=\"{}\" aria-label=\"{label} {day}\"><circle class=\"dot\" cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"5\">\
         <title>{label} {day}</title></circle></a>",
        escaped(&dot.href),
        label = escaped(&dot.label),
        day = escaped(&dot.day)
    );
}

/// So many pages fit on a drawing that can still be read; the list beside it has them all.
const DRAWN: usize = 40;

/// Pages in order of time, one below the other, and arcs from each copy to the page that it repeats. Pages without
/// copies are left out. Empty where there are none.
pub fn copies(dots: &[Dot], arrows: &[Arrow], dir: &str, name: &str) -> String {
    let joined = |dot: &&Dot| arrows.iter().any(|a| a.from == dot.id || a.to == dot.id);
    let mut shown: Vec<&Dot> = dots.iter().filter(joined).collect();
    shown.sort_by(|a, b| (a.day.is_empty(), &a.day, &a.id).cmp(&(b.day.is_empty(), &b.day, &b.id)));
    let more = shown.len().saturating_sub(DRAWN);
    shown.truncate(DRAWN);
    if shown.is_empty() {
        return String::new();
    }
    let place = |id: &str| shown.iter().position(|d| d.id == id).map(|n| 16.0 + ROW * n as f64);
    let flip = |x: f64| if dir == "rtl" { WIDTH - x } else { x };
    let line = 220.0;
    let mut out = head(16.0 + ROW * (shown.len() + usize::from(more > 0)) as f64, name);
    for arrow in arrows {
        let (Some(from), Some(to)) = (place(&arrow.from), place(&arrow.to)) else { continue };
        let reach = flip(line - (from - to).abs().min(2.0 * line - 40.0) / 2.0 - 10.0);
        let (x, tip) = (flip(line), flip(line - 6.0));
        let _ = writeln!(
            out,
            "<path class=\"arc\" d=\"M{x:.1} {from:.1} Q{reach:.1} {:.1} {tip:.1} {to:.1}\"/>\
             <circle class=\"head\" cx=\"{tip:.1}\" cy=\"{to:.1}\" r=\"3\"/>",
            (from + to) / 2.0
        );
    }
    for (n, dot) in shown.iter().enumerate() {
        let y = 16.0 + ROW * n as f64;
        put_dot(dot, flip(line), y, &mut out);
        let _ = writeln!(
            out,
            "<text x=\"{:.1}\" y=\"{:.1}\">{} {}</text>",
            flip(line + 12.0),
            y + 4.0,
            escaped(&dot.label),
            escaped(dot.day.get(..10).unwrap_or(&dot.day))
        );
    }
    if more > 0 {
        let y = 20.0 + ROW * shown.len() as f64;
        let _ = writeln!(out, "<text x=\"{:.1}\" y=\"{y:.1}\">+ {more}</text>", flip(line + 12.0));
    }
    out.push_str("</svg>");
    out
}

fn head(height: f64, name: &str) -> String {
    let name = escaped(name);
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {height:.0}\" width=\"{WIDTH}\" \
         height=\"{height:.0}\" role=\"group\" aria-label=\"{name}\">\n"
    )
}

/// The days since 1 March of the year 0 of the day that `text` begins with, by the Gregorian calendar (Hinnant,
/// “chrono-Compatible Low-Level Date Algorithms”).
fn day_number(text: &str) -> Option<i64> {
    let part = |range: std::ops::Range<usize>| text.get(range).and_then(|t| t.parse::<i64>().ok());
    let (year, month, day) = (part(0..4)?, part(5..7)?, part(8..10)?);
    if !(1..=12).contains(&month) || !(1..=31).contains(&day) {
        return None;
    }
    let year = if month <= 2 { year - 1 } else { year };
    let of_era = year.rem_euclid(400);
    let of_year = (153 * (month + if month > 2 { -3 } else { 9 }) + 2) / 5 + day - 1;
    Some(year.div_euclid(400) * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year)
}

/// The day with this number: `2021-12-30`.
fn day_text(number: i64) -> String {
    let of_era = number.rem_euclid(146_097);
    let year = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let shifted = (5 * of_year + 2) / 153;
    let day = of_year - (153 * shifted + 2) / 5 + 1;
    let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
    let year = number.div_euclid(146_097) * 400 + year + i64::from(month <= 2);
    format!("{year:04}-{month:02}-{day:02}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_counted() {
        for day in ["2021-12-30", "2024-02-29", "2000-03-01", "1999-01-01", "0001-01-01"] {
            assert_eq!(day_number(day).map(day_text).as_deref(), Some(day));
        }
        assert_eq!(day_number("2022-01-01").zip(day_number("2021-12-30")).map(|(b, a)| b - a), Some(2));
        assert_eq!(day_number("2021-W50"), None);
        assert_eq!(day_number("قصة"), None);
    }

    #[test]
    fn drawings_hold_what_they_show_and_escape_it() {
        let dot =
            |id: &str, day: &str| Dot { id: id.into(), day: day.into(), label: "<b>".into(), href: "/page/x".into() };
        let call = Happening {
            day: "2021-12-30".into(),
            label: "call · A, B".into(),
            href: "#c".into(),
            told_by: vec!["a".into()],
        };
        let dots = [dot("a", "2021-12-29"), dot("b", "2021-12-31"), dot("c", "")];
        let drawn = timeline(std::slice::from_ref(&call), &dots, "rtl", "time");
        assert_eq!(drawn.matches("<circle").count(), 3, "a page without a day is in the list only");
        assert_eq!(drawn.matches("class=\"tie\"").count(), 1);
        assert!(drawn.contains("&lt;b&gt;") && !drawn.contains("<b>"));
        assert_eq!(timeline(&[], &[dot("c", "")], "ltr", "time"), "");
        let arrows = [Arrow { from: "b".into(), to: "a".into() }];
        let drawn = copies(&dots, &arrows, "ltr", "copies");
        assert_eq!(drawn.matches("<path").count(), 1);
        assert_eq!(drawn.matches("<text").count(), 2);
        assert_eq!(copies(&dots, &[], "ltr", "copies"), "");
    }
}
