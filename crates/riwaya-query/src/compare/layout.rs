//! What do the sides of one subject say, as it is shown to people: how much, what first, who asked, point by point.

use crate::findings::{Findings, shown, texts};
use crate::lists;
use crate::quoting::{Cited, Quote};
use riwaya::weave::compare::INITIATIVE;
use serde_json::Value;

/// So many points are what a side leads with.
const LEAD: usize = 3;

/// The accounts of a contact or story.
#[derive(Debug)]
pub struct Comparison<'f> {
    /// The id of the contact or story.
    pub id: String,
    /// Kind, day, status and parties of the contact; the title of the story.
    pub title: String,
    /// Those who speak.
    pub sides: Vec<Side>,
    /// Parties of the contact whose account no page gives.
    pub silent: Vec<String>,
    /// Who asked for the contact, as pages and others than the sides say; each with the name of who says so.
    pub others: Vec<(Option<String>, Asked)>,
    /// In the order of the record.
    pub points: Vec<Point<'f>>,
}

/// What one side's account is like as a whole.
#[derive(Debug)]
pub struct Side {
    /// Its name.
    pub name: String,
    /// How many points it makes before the contact, and after it.
    pub points: [usize; 2],
    /// Number and topic of what it says first: after the contact, where it says anything then.
    pub lead: Vec<(usize, String)>,
    /// Who asked for the contact, as it says.
    pub asked: Vec<Asked>,
    /// Numbers of its points about who asked, whether it is clear from them or not.
    pub about_asking: Vec<usize>,
}

/// Who is said to have asked for a contact.
#[derive(Debug)]
pub struct Asked {
    /// The name.
    pub who: String,
    /// The words that say so.
    pub cited: Cited,
}

/// One row.
#[derive(Debug)]
pub struct Point<'f> {
    /// From 1.
    pub number: usize,
    /// Its name.
    pub topic: String,
    /// Was it said before the contact?
    pub before: bool,
    /// How the accounts stand to one another, a word of the contract.
    pub relation: String,
    /// The rule that relates them.
    pub rule: String,
    /// What each side says, in the order of the sides.
    pub columns: Vec<Column<'f>>,
}

/// What a side says of a point.
#[derive(Debug)]
pub enum Column<'f> {
    /// Its words.
    Says(Vec<&'f Value>),
    /// Nothing, though it has an account.
    Silent,
    /// Nothing, as it says nothing at all before the contact or, respectively, after it.
    NoAccount,
}

/// Why a side has no account, as a fact about the record.
pub const NO_ACCOUNT: &str = "no account yet: no page in the record gives its account";

impl Comparison<'_> {
    /// What is said of the sides that do not speak of a point which only one makes.
    pub fn absent(&self, point: &Point<'_>) -> Vec<String> {
        if point.relation != "only_one" {
            return Vec::new();
        }
        let side = |(side, column): (&Side, &Column<'_>)| match column {
            Column::Says(_) => None,
            Column::Silent => Some(format!("{} is silent", side.name)),
            Column::NoAccount => Some(format!("{}: no account yet", side.name)),
        };
        let of_sides = self.sides.iter().zip(&point.columns).filter_map(side);
        of_sides.chain(self.silent.iter().map(|name| format!("{name}: no account yet"))).collect()
    }
}

impl Side {
    /// What it leads with: «الطاقة (2), صراع (4)».
    pub fn leads_with(&self) -> String {
        let lead: Vec<String> = self.lead.iter().map(|(number, topic)| format!("{topic} ({number})")).collect();
        let before = if self.points[1] == 0 { "before it: " } else { "" };
        format!("{before}{}", lead.join(", "))
    }

    /// Whom it says to have asked, each once, and which of its points are about that: «أنقرة (3)».
    pub fn says_who_asked(&self) -> String {
        let mut names: Vec<&str> = Vec::new();
        for asked in &self.asked {
            if !names.contains(&asked.who.as_str()) {
                names.push(&asked.who);
            }
        }
        match (names.is_empty(), self.asking()) {
            (true, None) => "none found".to_owned(),
            (true, Some(points)) => points,
            (false, None) => names.join(", "),
            (false, Some(points)) => format!("{} ({points})", names.join(", ")),
        }
    }

    /// Which of its points are about who asked: “point 3”.
    pub fn asking(&self) -> Option<String> {
        let numbers: Vec<String> = self.about_asking.iter().map(usize::to_string).collect();
        match numbers.as_slice() {
            [] => None,
            [one] => Some(format!("point {one}")),
            more => Some(format!("points {}", more.join(", "))),
        }
    }
}

impl Point<'_> {
    /// When it was said and how the accounts stand to one another, in words.
    pub fn label(&self) -> String {
        format!("{}{}", self.when(), self.relation.replace('_', " "))
    }

    /// A word ahead of the relation where it was said before the contact.
    pub fn when(&self) -> &'static str {
        if self.before { "before the contact: " } else { "" }
    }
}

/// Comparisons of several subjects, whose points stand together.
pub fn all<'f>(findings: &Findings, points: &[&'f Value]) -> Vec<Comparison<'f>> {
    let subject = |p: &Value| (p["story"].clone(), p["event"].clone());
    points.chunk_by(|a, b| subject(a) == subject(b)).map(|of_one| one(findings, of_one)).collect()
}

fn one<'f>(findings: &Findings, points: &[&'f Value]) -> Comparison<'f> {
    let first = points[0];
    let event = findings.kind("event").iter().find(|e| e["id"] == first["event"] && lists::is_joined(e));
    let title = match event {
        Some(e) => {
            let when = e["when"]["value"].as_str().unwrap_or("day unknown");
            let kind = shown(&e["type"]).replace('_', " ");
            format!("{kind} · {when} · {} · {}", shown(&e["status"]), lists::parties(findings, e))
        }
        None => {
            let story = findings.kind("story").iter().find(|s| s["id"] == first["story"]);
            story.and_then(|s| findings.title(s)).unwrap_or_default().to_owned()
        }
    };
    let mut others: Vec<(Option<String>, Asked)> = Vec::new();
    let mut laid: Vec<Side> = sides(first).map(|s| side(findings, s, points)).collect();
    for said in event.and_then(|e| e["initiators"].as_array()).into_iter().flatten() {
        let Some(asked) = asked(findings, said) else { continue };
        match sides(first).position(|s| speaks_for(&said["by"], s, points)) {
            Some(n) => laid[n].asked.push(asked),
            None => others.push((said["by"].as_str().map(|by| findings.name(by).to_owned()), asked)),
        }
    }
    Comparison {
        id: event.map_or_else(|| shown(&first["story"]), |e| shown(&e["id"])),
        title,
        sides: laid,
        silent: silent(first).map(|s| side_name(findings, s)).collect(),
        others,
        points: (1..).zip(points).map(|(n, p)| point(findings, n, p, points)).collect(),
    }
}

fn side(findings: &Findings, side: &Value, points: &[&Value]) -> Side {
    let count = |before: bool| points.iter().filter(|p| is_before(p) == before && says(side, p)).count();
    let count = [count(true), count(false)];
    let mut own: Vec<((usize, u64), usize, &Value)> = (1..)
        .zip(points)
        .filter(|(_, p)| is_before(p) == (count[1] == 0))
        .filter_map(|(n, p)| Some((cells_of(side, p).map(|c| place(findings, c)).min()?, n, *p)))
        .collect();
    own.sort_by_key(|(place, n, _)| (*place, *n));
    let lead = own.iter().take(LEAD).map(|(_, n, p)| (*n, topic(findings, p))).collect();
    let asks = |p: &Value| texts(&p["topics"]).any(|t| t == INITIATIVE) && says(side, p);
    let about_asking = (1..).zip(points).filter(|(_, p)| asks(p)).map(|(n, _)| n).collect();
    Side { name: side_name(findings, side), points: count, lead, asked: Vec::new(), about_asking }
}

/// Where a cell stands: the number of its page in the record, and the position there.
fn place(findings: &Findings, cell: &Value) -> (usize, u64) {
    let page = cell["article"].as_str().and_then(|id| findings.article_number(id)).unwrap_or(usize::MAX);
    (page, cell["words"][0]["start"].as_u64().unwrap_or(u64::MAX))
}

fn asked(findings: &Findings, said: &Value) -> Option<Asked> {
    let who = findings.name(said["who"].as_str()?).to_owned();
    let quote = Quote::of(said["article"].as_str()?, said)?;
    Some(Asked { who, cited: Cited::new(findings, quote, None, said["by"].as_str()) })
}

/// Is `by` whoever the side is called after, or one through whom its words came?
fn speaks_for(by: &Value, side: &Value, points: &[&Value]) -> bool {
    let last = |cell: &Value| cell["chain"].as_array().and_then(|c| c.last()).map(|link| link["entity"].clone());
    let spoke = |p: &&Value| cells_of(side, p).any(|c| last(c).is_some_and(|entity| entity == *by));
    !by.is_null() && (*by == side["entity"] || *by == side["of"] || points.iter().any(spoke))
}

fn point<'f>(findings: &Findings, number: usize, point: &'f Value, points: &[&Value]) -> Point<'f> {
    let column = |side: &'f Value| {
        let cells: Vec<&Value> = cells_of(side, point).collect();
        let has_account = || points.iter().any(|p| p["phase"] == point["phase"] && says(side, p));
        match cells.is_empty() {
            false => Column::Says(cells),
            true if has_account() => Column::Silent,
            true => Column::NoAccount,
        }
    };
    Point {
        number,
        topic: topic(findings, point),
        before: is_before(point),
        relation: shown(&point["relation"]),
        rule: shown(&point["because"]["rule"]),
        columns: sides(point).map(column).collect(),
    }
}

fn is_before(point: &Value) -> bool {
    point["phase"] == "before"
}

fn says(side: &Value, point: &Value) -> bool {
    cells_of(side, point).next().is_some()
}

fn cells_of<'v>(side: &'v Value, point: &'v Value) -> impl Iterator<Item = &'v Value> {
    cells(point).filter(|c| c["side"] == side["entity"])
}

/// The sides that speak.
pub fn sides(point: &Value) -> impl Iterator<Item = &Value> {
    point["sides"].as_array().map_or(&[][..], Vec::as_slice).iter()
}

/// The parties that say nothing.
pub fn silent(point: &Value) -> impl Iterator<Item = &Value> {
    point["silent"].as_array().map_or(&[][..], Vec::as_slice).iter()
}

/// What is said.
pub fn cells(point: &Value) -> impl Iterator<Item = &Value> {
    point["cells"].as_array().map_or(&[][..], Vec::as_slice).iter()
}

/// What to call a side.
pub fn side_name(findings: &Findings, side: &Value) -> String {
    findings.in_language(&side["name"]).map_or_else(|| shown(&side["entity"]), str::to_owned)
}

/// What to call the topic of a point.
pub fn topic(findings: &Findings, point: &Value) -> String {
    let name = findings.in_language(&point["topic"]).or_else(|| point["topics"][0].as_str());
    name.unwrap_or("—").to_owned()
}

/// Through whom words came, the outlet first.
pub fn chain(cell: &Value) -> impl Iterator<Item = String> {
    cell["chain"].as_array().map_or(&[][..], Vec::as_slice).iter().map(|link| shown(&link["name"]))
}
