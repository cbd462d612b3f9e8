//! What can be asked for on the command line?

use clap::{Args, Parser, Subcommand, ValueEnum};
use riwaya_query::PageFilter;
use std::net::IpAddr;
use std::path::PathBuf;

/// News in, accounts out: who said what, to whom, when, according to whom, word for word.
#[derive(Debug, Parser)]
#[command(
    name = "riwaya",
    version,
    before_help = "Examples:
  riwaya read corpus/sample.jsonl               what the pages hold, side by side
  riwaya read news/ -o news.riwaya              the same into a record, to ask later
  riwaya statements -r news.riwaya --speaker بوتين      who said what, word for word",
    after_help = "Exit codes: 0 found, 1 nothing found, 2 something was wrong (it is said on standard error)."
)]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Read pages and show, print or store what they hold
    #[command(before_help = READ)]
    Read(ReadArgs),
    /// Look at feeds and pages again and again, and tell of every new article
    #[command(before_help = WATCH, after_help = WATCH_CODES)]
    Watch(WatchArgs),
    /// List the stories of a record
    #[command(before_help = STORIES)]
    Stories(StoriesArgs),
    /// List the contacts that are reported: calls, meetings, talks, visits …
    #[command(before_help = EVENTS)]
    Events(EventsArgs),
    /// List who said what, with the exact words
    #[command(before_help = STATEMENTS)]
    Statements(StatementsArgs),
    /// List people and bodies: names in three scripts, roles over time, how much they say
    #[command(before_help = PEOPLE)]
    People(PeopleArgs),
    /// Find words on the pages, whatever their marks, and who says them there
    #[command(before_help = GREP)]
    Grep(GrepArgs),
    /// List what does not fit: a weekday against its date, one account's number against another's …
    #[command(before_help = FLAGS, visible_alias = "check")]
    Flags(FlagsArgs),
    /// Put the accounts of a contact or story side by side, point by point
    #[command(before_help = COMPARE)]
    Compare(CompareArgs),
    /// Follow words back: page, outlet, agency, spokesman, principal, and every other page that carries them
    #[command(before_help = TRACE)]
    Trace(TraceArgs),
    /// Check a text that quotes: found, translated, altered, stitched, ascribed to somebody else, not found
    #[command(before_help = VERIFY, after_help = VERIFY_CODES)]
    Verify(VerifyArgs),
    /// List what happened and what was announced, in order of time
    #[command(before_help = TIMELINE)]
    Timeline(TimelineArgs),
    /// List what was announced: every announcement, moves, denials, and what became of it
    #[command(before_help = LEDGER)]
    Ledger(LedgerArgs),
    /// Print a dossier of a story: contacts, accounts, who said what, what does not fit, what is to come
    #[command(before_help = BRIEF)]
    Brief(BriefArgs),
    /// Print a page with all that was found on it, and why: the rule and the words behind each finding
    #[command(before_help = EXPLAIN)]
    Explain(ExplainArgs),
    /// Print words with all that finds them again: selectors, a link, bytes and mark-up; or check citations
    #[command(before_help = CITE)]
    Cite(CiteArgs),
    /// List pages that changed, or what changed on a page and which statements came and went
    #[command(before_help = VERSIONS)]
    Versions(VersionsArgs),
    /// Put right what was read wrongly: who is who, what is one story, who speaks, when a page was published
    #[command(before_help = CORRECT)]
    Correct(CorrectArgs),
    /// List what was put right by hand: who, when, why, and whether it is in force
    #[command(before_help = CORRECTIONS)]
    Corrections(CorrectionsArgs),
    /// Print all that a record holds
    #[command(before_help = EXPORT)]
    Export(ExportArgs),
    /// Open a record to readers: pages for people, an API for programs
    #[command(before_help = SERVE)]
    Serve(ServeArgs),
    /// Give a language model read-only tools over a record (Model Context Protocol on standard input and output)
    #[command(before_help = MCP)]
    Mcp {
        /// The record
        record: PathBuf,
    },
    /// Score the reading against annotated pages
    #[command(before_help = EVAL)]
    Eval(EvalArgs),
    /// Print a completion script for a shell
    #[command(before_help = "Examples:
  riwaya completions bash > ~/.local/share/bash-completion/completions/riwaya
  riwaya completions zsh > ~/.zfunc/_riwaya
  riwaya completions fish > ~/.config/fish/completions/riwaya.fish")]
    Completions {
        /// The shell
        shell: clap_complete::Shell,
    },
}

const READ: &str = "Examples:
  riwaya read page.txt                                        a table of what the page holds
  riwaya read pages.jsonl --format jsonl > findings.jsonl     every finding, a line of JSON each
  riwaya read https://example.org/news/17 -o news.riwaya      a page of the web, into a record
  curl -s https://example.org/day.json | riwaya read - -o news.riwaya --stats";

const WATCH: &str = "Examples:
  riwaya watch feeds.toml -o news.riwaya                 until it is interrupted; a line of JSON a new article
  riwaya watch feeds.toml -o news.riwaya --once          what is due now, once: for cron
  riwaya watch feeds.toml -o news.riwaya | jq -r 'select(.kind == \"match\") | .statement.content[].text'

A file of feeds:
  [agent]
  contact = \"mailto:desk@example.org\"        # whom to tell that it bothers

  [[feed]]
  url = \"https://example.org/rss\"
  every = \"10m\"

  [[watch]]
  name = \"sanctions\"
  speaker = \"Peskov\"
  words = [\"sanctions\", \"санкции\"]
  to = { file = \"sanctions.jsonl\" }          # or \"stdout\", or { webhook = \"https://example.org/hook\" }";

const WATCH_CODES: &str = "Exit codes of --once: 0 new articles, 1 none, 2 something could not be fetched or handed on \
(it is said on standard error, and tried again when it is due).";

const STORIES: &str = "Examples:
  riwaya stories -r news.riwaya
  riwaya stories -r news.riwaya --since 2021-12 --outlet BBC
  riwaya stories -r news.riwaya --format csv > stories.csv";

const EVENTS: &str = "Examples:
  riwaya events -r news.riwaya --party Putin --status planned
  riwaya events -r news.riwaya --type call --since 2021-12-30 --until 2021-12-31
  riwaya events -r news.riwaya --by-page --format jsonl";

const STATEMENTS: &str = "Examples:
  riwaya statements -r news.riwaya --speaker Peskov
  riwaya statements -r news.riwaya --speaker بوتين --act warn --words عقوبات
  riwaya statements -r news.riwaya --since 2021-12-29 --format csv > statements.csv";

const PEOPLE: &str = "Examples:
  riwaya people -r news.riwaya
  riwaya people -r news.riwaya --name بيسكوف --format jsonl
  riwaya people -r news.riwaya --type ORG --since 2021-12 --format csv > bodies.csv";

const GREP: &str = "Examples:
  riwaya grep 'لا نستبق الأحداث' -r news.riwaya           these words in a row, «وزير» in «للوزير» too
  riwaya grep '\"وزير\"' -r news.riwaya                    exactly this word
  riwaya grep 'sanction*' -r news.riwaya --since 2021-12   words that begin so; '*وزير*' holds it, '*tions' ends so
  riwaya grep 'oil ~10 price*' -r news.riwaya              no more than ten words apart, in either order
  riwaya grep 'oil + price*' -r news.riwaya                both on the page
  riwaya grep санкции -r news.riwaya --speaker Peskov --act deny --format jsonl";

const FLAGS: &str = "Examples:
  riwaya flags -r news.riwaya
  riwaya flags -r news.riwaya --what weekday_conflict
  riwaya check -r news.riwaya --format md > flags.md";

const COMPARE: &str = "Examples:
  riwaya events -r news.riwaya                  the ids that can be compared
  riwaya compare EVENT -r news.riwaya           one contact, side by side
  riwaya compare STORY -r news.riwaya --side واشنطن --side كييف
  riwaya compare EVENT -r news.riwaya --format html > comparison.html";

const TRACE: &str = "Examples:
  riwaya statements -r news.riwaya              the ids that can be traced
  riwaya trace 'page-1#s4' -r news.riwaya       a statement, and who else carries it
  riwaya trace \"لا نستبق الأحداث\" -r news.riwaya";

const CITE: &str = "Examples:
  riwaya cite 'page-1#s4' -r news.riwaya                      a statement's words, and how to find them again
  riwaya cite page-1@120-180 -r news.riwaya --format jsonl > citation.jsonl
  riwaya cite --check citation.jsonl -r news.riwaya           does the page still have these words there?";

const VERSIONS: &str = "Examples:
  riwaya versions -r news.riwaya                              pages that changed since they were first read
  riwaya versions page-1 -r news.riwaya                       what changed, and which statements came and went
  riwaya versions page-1 -r news.riwaya --format csv > changes.csv";

const CORRECT: &str = "Examples:
  riwaya correct speaker 'page-1#s4' dmitry-peskov -r news.riwaya --reason 'he speaks, not the president'
  riwaya correct split-story page-7 page-9 -r news.riwaya --reason 'another flood' --dry-run
  riwaya correct undo 3 -r news.riwaya --reason 'the page was right'

Corrections are a log: none is changed or deleted, and one that was wrong is undone by a further one.";

const CORRECTIONS: &str = "Examples:
  riwaya corrections -r news.riwaya
  riwaya corrections -r news.riwaya --format jsonl > corrections.jsonl
  riwaya correct --from corrections.jsonl -r again.riwaya       the same in a record that was made anew";

const VERIFY: &str = "Examples:
  riwaya verify brief.md -r news.riwaya                       every quotation and attributed sentence of a file
  riwaya verify 'قال بيسكوف: «لا نستبق الأحداث»' -r news.riwaya
  curl -s https://example.org/answer.txt | riwaya verify - -r news.riwaya --format jsonl";

const VERIFY_CODES: &str = "Exit codes: 0 all found (what is too short to tell, or found in another language, is said and does not fail), 1 something \
failed or nothing is quoted, 2 something was wrong.";

const TIMELINE: &str = "Examples:
  riwaya timeline -r news.riwaya
  riwaya timeline -r news.riwaya --since 2021-12-29 --until 2022-01
  riwaya timeline -r news.riwaya --story STORY --format csv > timeline.csv";

const LEDGER: &str = "Examples:
  riwaya ledger -r news.riwaya
  riwaya ledger -r news.riwaya --outcome nothing_heard --party Putin
  riwaya ledger -r news.riwaya --format ics > announced.ics";

const BRIEF: &str = "Examples:
  riwaya stories -r news.riwaya                 the ids of stories
  riwaya brief STORY -r news.riwaya             Markdown on standard output
  riwaya brief STORY -r news.riwaya --format html > brief.html";

const EXPLAIN: &str = "Examples:
  riwaya explain page.txt                       a page straight from a file
  riwaya explain 'page-1' -r news.riwaya        a page of a record
  riwaya explain 'page-1#s4' -r news.riwaya     one finding: a statement, event, story …";

const EVAL: &str = "Examples:
  cargo run --release -p riwaya-cli -- eval --write corpus/scores.tsv
  riwaya eval ../shared/gold/open               print the scores
  riwaya eval --check corpus/scores.tsv         fail if a score has dropped";

const SERVE: &str = "Examples:
  riwaya serve news.riwaya                      pages at http://127.0.0.1:8080, on this machine only
  riwaya serve news.riwaya --port 0             at a free port, which is printed
  riwaya serve news.riwaya --listen 0.0.0.0 --name desk.example      on all addresses, asked for as desk.example";

const MCP: &str = "Examples:
  riwaya mcp news.riwaya                        started by a client of the protocol, speaks on standard input and output
  {\"mcpServers\": {\"news\": {\"command\": \"riwaya\", \"args\": [\"mcp\", \"news.riwaya\"]}}}    in a client's settings
  riwaya serve news.riwaya                      the same tools over HTTP, at http://127.0.0.1:8080/mcp";

const EXPORT: &str = "Examples:
  riwaya export -r news.riwaya --to jsonl | jq 'select(.kind == \"statement\")'
  riwaya export -r news.riwaya --to jsonl -o news.jsonl
  riwaya export -r news.riwaya --to csv -o news-csv/      one file a kind of finding";

/// `riwaya read`.
#[derive(Debug, Args)]
pub struct ReadArgs {
    /// Files, folders, globs, zip archives, http and https addresses or `-`: web pages, plain text, JSON Lines or JSON
    /// arrays, told by content
    #[arg(required = true, value_name = "INPUT")]
    pub inputs: Vec<String>,
    /// Add the pages to this record and read it as a whole
    #[arg(short, long, value_name = "RECORD")]
    pub output: Option<PathBuf>,
    /// How to print it [default: a short table]
    #[arg(short, long, value_enum)]
    pub format: Option<LinesFormat>,
    /// How many threads read [default: one a processor]
    #[arg(long, value_name = "N")]
    pub threads: Option<usize>,
    /// Read with the language packs in this folder instead of the built-in ones
    #[arg(long, value_name = "DIR", env = "RIWAYA_LANGS")]
    pub langs: Option<PathBuf>,
    /// Say at the end how long each part took and how much memory
    #[arg(long)]
    pub stats: bool,
    /// The longest page, in bytes
    #[arg(long, value_name = "N", default_value_t = 16 << 20)]
    pub max_page_bytes: u64,
    /// Fetch from this host although its address is private, as it is written in the URL; may be given several times
    #[arg(long, value_name = "NAME")]
    pub allow_host: Vec<String>,
}

/// `riwaya watch`.
#[derive(Debug, Args)]
pub struct WatchArgs {
    /// What to look at, and what to look out for: a file as shown above
    #[arg(value_name = "FEEDS")]
    pub feeds: PathBuf,
    /// The record that the pages go to, and in which it is kept how far everything has come
    #[arg(short, long, value_name = "RECORD")]
    pub output: PathBuf,
    /// Look at all that is due once, and end
    #[arg(long)]
    pub once: bool,
    /// How many threads read [default: one a processor]
    #[arg(long, value_name = "N")]
    pub threads: Option<usize>,
    /// Read with the language packs in this folder instead of the built-in ones
    #[arg(long, value_name = "DIR", env = "RIWAYA_LANGS")]
    pub langs: Option<PathBuf>,
    /// Fetch from this host although its address is private, as it is written in the URL; may be given several times
    #[arg(long, value_name = "NAME")]
    pub allow_host: Vec<String>,
}

/// How lines of the contract are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum LinesFormat {
    /// A short table for people
    Table,
    /// One JSON array of all lines
    Json,
    /// One line of JSON a finding: docs/contract.md
    Jsonl,
    /// The statements, one a row
    Csv,
}

/// Where from, and how printed.
#[derive(Debug, Args)]
pub struct FromArgs {
    /// The record
    #[arg(short, long, value_name = "RECORD")]
    pub record: PathBuf,
    /// How to print it; json and jsonl print the lines of docs/contract.md
    #[arg(short, long, value_enum, default_value_t = ListFormat::Table)]
    pub format: ListFormat,
}

/// What all lists share: where from, how printed, how much.
#[derive(Debug, Args)]
pub struct ListArgs {
    #[command(flatten)]
    pub from: FromArgs,
    /// Show every row of the table
    #[arg(long)]
    pub all: bool,
    /// Show so many rows of a table on a terminal
    #[arg(long, value_name = "N", default_value_t = 50)]
    pub limit: usize,
}

/// How a list is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ListFormat {
    /// Aligned columns
    Table,
    /// One JSON array
    Json,
    /// One JSON object a line
    Jsonl,
    /// Comma-separated values
    Csv,
    /// A Markdown table
    Md,
}

/// Which pages count.
#[derive(Debug, Args)]
pub struct PageArgs {
    /// Only this story: its id, or words of its title
    #[arg(long, value_name = "STORY")]
    pub story: Option<String>,
    /// Only outlets with this in their name
    #[arg(long, value_name = "NAME")]
    pub outlet: Option<String>,
    /// Only pages in this language
    #[arg(long, value_name = "CODE")]
    pub lang: Option<String>,
    /// From this day, month or year on: 2021-12-30, 2021-12, 2021
    #[arg(long, value_name = "DAY", value_parser = day)]
    pub since: Option<String>,
    /// Up to and with this day, month or year
    #[arg(long, value_name = "DAY", value_parser = day)]
    pub until: Option<String>,
}

impl PageArgs {
    /// The same as a question.
    pub fn filter(&self) -> PageFilter {
        let PageArgs { story, outlet, lang, since, until } = self;
        PageFilter {
            story: story.clone(),
            outlet: outlet.clone(),
            lang: lang.clone(),
            since: since.clone(),
            until: until.clone(),
        }
    }
}

/// `riwaya serve`.
#[derive(Debug, Args)]
pub struct ServeArgs {
    /// The record
    #[arg(value_name = "RECORD")]
    pub record: PathBuf,
    /// The port; 0 takes a free one
    #[arg(long, value_name = "N", default_value_t = 8080)]
    pub port: u16,
    /// The address to listen on; others than loopback let in whoever reaches this machine: there is no password
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1")]
    pub listen: IpAddr,
    /// A name under which it may be asked for beside addresses and localhost; may be given several times
    #[arg(long, value_name = "NAME")]
    pub name: Vec<String>,
}

/// `riwaya stories`.
#[derive(Debug, Args)]
pub struct StoriesArgs {
    #[command(flatten)]
    pub list: ListArgs,
    #[command(flatten)]
    pub pages: PageArgs,
}

/// `riwaya events`.
#[derive(Debug, Args)]
pub struct EventsArgs {
    #[command(flatten)]
    pub list: ListArgs,
    #[command(flatten)]
    pub pages: PageArgs,
    /// Only contacts of this party: a name in any language, or an id
    #[arg(long, value_name = "NAME")]
    pub party: Option<String>,
    /// Only this kind: call, video_call, meeting, talks, summit, visit, correspondence, agreement
    #[arg(long, value_name = "KIND")]
    pub r#type: Option<String>,
    /// Only so far: planned, happened, ongoing, proposed, denied, cancelled
    #[arg(long, value_name = "STATUS")]
    pub status: Option<String>,
    /// As each page reports them, not joined across pages
    #[arg(long)]
    pub by_page: bool,
}

/// `riwaya statements`.
#[derive(Debug, Args)]
pub struct StatementsArgs {
    #[command(flatten)]
    pub list: ListArgs,
    #[command(flatten)]
    pub pages: PageArgs,
    /// Only what this one says: a name in any language, or an id
    #[arg(long, value_name = "NAME")]
    pub speaker: Option<String>,
    /// Only this act: say, confirm, deny, promise, warn, threaten, ask, accuse, agree, reject, believe, announce
    #[arg(long, value_name = "ACT")]
    pub act: Option<String>,
    /// Only statements whose words hold these
    #[arg(long, value_name = "WORDS")]
    pub words: Option<String>,
}

/// `riwaya people`.
#[derive(Debug, Args)]
pub struct PeopleArgs {
    #[command(flatten)]
    pub list: ListArgs,
    #[command(flatten)]
    pub pages: PageArgs,
    /// Only whoever is called so: a name in any language, or an id
    #[arg(long, value_name = "NAME")]
    pub name: Option<String>,
    /// Only people (PER) or bodies (ORG)
    #[arg(long, value_name = "TYPE", value_parser = ["PER", "ORG"])]
    pub r#type: Option<String>,
    /// Only whoever bears a role with these words in it
    #[arg(long, value_name = "WORDS")]
    pub role: Option<String>,
}

/// `riwaya grep`.
#[derive(Debug, Args)]
pub struct GrepArgs {
    /// Words in a row, as shown above; vowel marks, hamza, ё, case and marks between words do not count
    #[arg(value_name = "PATTERN")]
    pub pattern: String,
    #[command(flatten)]
    pub list: ListArgs,
    #[command(flatten)]
    pub pages: PageArgs,
    /// Only where this one says it: a name in any language, the beginning of one of its words, or an id
    #[arg(long, value_name = "NAME")]
    pub speaker: Option<String>,
    /// Only what is said to this one: as --speaker
    #[arg(long, value_name = "NAME")]
    pub addressee: Option<String>,
    /// Only this act: say, confirm, deny, promise, warn, threaten, ask, accuse, agree, reject, believe, announce
    #[arg(long, value_name = "ACT")]
    pub act: Option<String>,
}

/// `riwaya flags`.
#[derive(Debug, Args)]
pub struct FlagsArgs {
    #[command(flatten)]
    pub list: ListArgs,
    #[command(flatten)]
    pub pages: PageArgs,
    /// Only this kind: weekday_conflict, date_conflict, number_conflict, initiator_conflict, one_side_unconfirmed …
    #[arg(long, value_name = "KIND")]
    pub what: Option<String>,
}

/// `riwaya compare`.
#[derive(Debug, Args)]
pub struct CompareArgs {
    /// Id of a contact or story, as `events` and `stories` print it; words of a story's title will do
    #[arg(value_name = "EVENT|STORY")]
    pub subject: String,
    /// The record
    #[arg(short, long, value_name = "RECORD")]
    pub record: PathBuf,
    /// How to print it; json and jsonl print the lines of docs/contract.md
    #[arg(short, long, value_enum, default_value_t = CompareFormat::Table)]
    pub format: CompareFormat,
    /// Make this party a column: an id, or a name in any language; may be given several times
    #[arg(long, value_name = "NAME")]
    pub side: Vec<String>,
}

/// How a comparison is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum CompareFormat {
    /// Each side's words below the other's
    Table,
    /// One JSON array
    Json,
    /// One JSON object a line
    Jsonl,
    /// Comma-separated values
    Csv,
    /// Markdown tables, a column a side
    Md,
    /// One HTML file without scripts, to read or to print
    Html,
}

/// `riwaya trace`.
#[derive(Debug, Args)]
pub struct TraceArgs {
    /// Id of a statement, or words
    #[arg(value_name = "STATEMENT|WORDS")]
    pub quarry: String,
    /// Show the mark-up of web pages around the words, its bytes, and a link that lights them up
    #[arg(long)]
    pub markup: bool,
    #[command(flatten)]
    pub from: FromArgs,
}

/// `riwaya verify`.
#[derive(Debug, Args)]
pub struct VerifyArgs {
    /// A file, `-` for standard input, or the words themselves
    #[arg(value_name = "TEXT|FILE|-")]
    pub text: String,
    #[command(flatten)]
    pub from: FromArgs,
}

/// `riwaya timeline`.
#[derive(Debug, Args)]
pub struct TimelineArgs {
    #[command(flatten)]
    pub list: ListArgs,
    #[command(flatten)]
    pub pages: PageArgs,
    /// Only contacts of this party: a name in any language, or an id
    #[arg(long, value_name = "NAME")]
    pub party: Option<String>,
    /// Publications too, not only contacts
    #[arg(long)]
    pub published: bool,
}

/// `riwaya ledger`.
#[derive(Debug, Args)]
pub struct LedgerArgs {
    /// The record
    #[arg(short, long, value_name = "RECORD")]
    pub record: PathBuf,
    /// How to print it
    #[arg(short, long, value_enum, default_value_t = LedgerFormat::Table)]
    pub format: LedgerFormat,
    #[command(flatten)]
    pub pages: PageArgs,
    /// Only contacts of this party: a name in any language, or an id
    #[arg(long, value_name = "NAME")]
    pub party: Option<String>,
    /// Only these: happened, expected, moved, cancelled, denied, nothing_heard
    #[arg(long, value_name = "OUTCOME")]
    pub outcome: Option<String>,
    /// Look from this day on what is still to come [default: the last day on which a page was published]
    #[arg(long, value_name = "DAY", value_parser = day)]
    pub as_of: Option<String>,
    /// Show every row of the table
    #[arg(long)]
    pub all: bool,
    /// Show so many rows of a table on a terminal
    #[arg(long, value_name = "N", default_value_t = 50)]
    pub limit: usize,
}

/// How a ledger is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum LedgerFormat {
    /// Aligned columns
    Table,
    /// One JSON array
    Json,
    /// One JSON object a line
    Jsonl,
    /// Comma-separated values
    Csv,
    /// A Markdown table
    Md,
    /// A calendar (RFC 5545) of what has a day
    Ics,
}

/// `riwaya brief`.
#[derive(Debug, Args)]
pub struct BriefArgs {
    /// Id of a story, as `stories` prints it; words of its title will do
    #[arg(value_name = "STORY")]
    pub story: String,
    /// The record
    #[arg(short, long, value_name = "RECORD")]
    pub record: PathBuf,
    /// How to print it
    #[arg(short, long, value_enum, default_value_t = BriefFormat::Md)]
    pub format: BriefFormat,
    /// Show so many statements of each speaker; 0 for all
    #[arg(long, value_name = "N", default_value_t = 5)]
    pub limit: usize,
}

/// How a dossier is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum BriefFormat {
    /// Markdown
    Md,
    /// One HTML file without scripts, to read or to print
    Html,
    /// One JSON object
    Json,
}

/// `riwaya explain`.
#[derive(Debug, Args)]
pub struct ExplainArgs {
    /// A page or finding of the record by its id; without a record, a file to read
    #[arg(value_name = "PAGE|ID")]
    pub subject: String,
    /// The record
    #[arg(short, long, value_name = "RECORD")]
    pub record: Option<PathBuf>,
    /// Read with the language packs in this folder instead of the built-in ones
    #[arg(long, value_name = "DIR", env = "RIWAYA_LANGS")]
    pub langs: Option<PathBuf>,
}

/// `riwaya cite`.
#[derive(Debug, Args)]
pub struct CiteArgs {
    /// A statement by its id, or characters of a page (code points, the end exclusive); with --check a file of
    /// citations or `-`
    #[arg(value_name = "STATEMENT|PAGE@START-END|FILE")]
    pub subject: String,
    /// Say of each citation in the file whether its page still has these words there; exit code 1 if one has not
    #[arg(long)]
    pub check: bool,
    #[command(flatten)]
    pub list: ListArgs,
}

/// `riwaya versions`.
#[derive(Debug, Args)]
pub struct VersionsArgs {
    /// A page by its id; without one, pages that changed are listed
    #[arg(value_name = "PAGE")]
    pub page: Option<String>,
    #[command(flatten)]
    pub list: ListArgs,
}

/// `riwaya correct`.
#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true, subcommand_negates_reqs = true, arg_required_else_help = true)]
pub struct CorrectArgs {
    #[command(subcommand)]
    pub kind: Option<CorrectKind>,
    /// Take over the log of another record: lines that `riwaya corrections --format jsonl` printed, or `-`
    #[arg(long, value_name = "FILE", required = true)]
    pub from: Option<PathBuf>,
    /// The record that gets them
    #[arg(short, long, value_name = "RECORD", required = true)]
    pub record: Option<PathBuf>,
    /// Show what would change and store nothing
    #[arg(long)]
    pub dry_run: bool,
}

/// What is put right.
#[derive(Debug, Subcommand)]
pub enum CorrectKind {
    /// Two or more entities are one
    #[command(before_help = "Examples:
  riwaya people -r news.riwaya --format csv                     the ids
  riwaya correct join-entities per:karim-haddad per:kareem-hadad -r news.riwaya --reason 'one spelling each'
  riwaya correct join-entities 'Karim Haddad' 'Карим Хаддад' -r news.riwaya --reason 'the same minister'")]
    JoinEntities {
        /// An id, or a whole name that only one has
        #[arg(required = true, num_args = 2.., value_name = "ENTITY")]
        entities: Vec<String>,
        #[command(flatten)]
        sign: SignArgs,
    },
    /// What some mentions name is somebody else
    #[command(before_help = "Examples:
  riwaya correct split-entity per:karim-haddad --page page-7 -r news.riwaya --reason 'the footballer'
  riwaya correct split-entity per:karim-haddad --form 'Karim Haddad Jr' -r news.riwaya --reason 'the son'
  riwaya correct split-entity per:karim-haddad --page page-7 -r news.riwaya --reason 'the footballer' --dry-run")]
    SplitEntity {
        /// Whom they were taken for: an id, or a whole name that only one has
        #[arg(value_name = "ENTITY")]
        entity: String,
        /// The mentions on this page are another's; may be given several times
        #[arg(long, value_name = "PAGE")]
        page: Vec<String>,
        /// The mentions with exactly this form are another's; may be given several times
        #[arg(long, value_name = "NAME")]
        form: Vec<String>,
        #[command(flatten)]
        sign: SignArgs,
    },
    /// Two or more stories are one
    #[command(before_help = "Examples:
  riwaya stories -r news.riwaya                                 the ids
  riwaya correct join-stories story-page-1 story-page-5 -r news.riwaya --reason 'one visit'
  riwaya correct join-stories story-page-1 story-page-5 -r news.riwaya --reason 'one visit' --dry-run")]
    JoinStories {
        /// Ids of stories
        #[arg(required = true, num_args = 2.., value_name = "STORY")]
        stories: Vec<String>,
        #[command(flatten)]
        sign: SignArgs,
    },
    /// Some pages are a story of their own
    #[command(before_help = "Examples:
  riwaya correct split-story page-7 -r news.riwaya --reason 'another flood'
  riwaya correct split-story page-7 page-9 -r news.riwaya --reason 'another flood'
  riwaya correct split-story page-7 page-9 -r news.riwaya --reason 'another flood' --dry-run")]
    SplitStory {
        /// Ids of pages
        #[arg(required = true, value_name = "PAGE")]
        pages: Vec<String>,
        #[command(flatten)]
        sign: SignArgs,
    },
    /// A statement is somebody else's
    #[command(before_help = "Examples:
  riwaya statements -r news.riwaya --format csv                 the ids
  riwaya correct speaker 'page-1#s4' dmitry-peskov -r news.riwaya --reason 'he speaks, not the president'
  riwaya correct speaker 'page-1#s4' --nobody -r news.riwaya --reason 'the page does not say who'")]
    Speaker {
        /// The id of the statement
        #[arg(value_name = "STATEMENT")]
        statement: String,
        /// Who says it: an id, or a whole name that only one has
        #[arg(value_name = "ENTITY", required_unless_present = "nobody", conflicts_with = "nobody")]
        speaker: Option<String>,
        /// Nobody is to be named
        #[arg(long)]
        nobody: bool,
        #[command(flatten)]
        sign: SignArgs,
    },
    /// A page was published on another day
    #[command(before_help = "Examples:
  riwaya correct published page-1 2026-03-10 -r news.riwaya --reason 'the date line is of the photograph'
  riwaya correct published page-1 2026-03-10 -r news.riwaya --reason 'as printed' --author 'Mina K.'
  riwaya correct published page-1 2026-03-10 -r news.riwaya --reason 'as printed' --dry-run")]
    Published {
        /// The id of the page
        #[arg(value_name = "PAGE")]
        page: String,
        /// The day, as 2026-03-10
        #[arg(value_name = "DAY")]
        day: String,
        #[command(flatten)]
        sign: SignArgs,
    },
    /// A correction does not hold, nor an undoing
    #[command(before_help = "Examples:
  riwaya corrections -r news.riwaya                             the numbers
  riwaya correct undo 3 -r news.riwaya --reason 'the page was right'
  riwaya correct undo 4 -r news.riwaya --reason 'it was not'    brings 3 back, if 4 undid it")]
    Undo {
        /// Its number in the log
        #[arg(value_name = "N")]
        number: u32,
        #[command(flatten)]
        sign: SignArgs,
    },
}

/// Where, why and by whom something is put right.
#[derive(Debug, Args)]
pub struct SignArgs {
    /// The record
    #[arg(short, long, value_name = "RECORD")]
    pub record: PathBuf,
    /// Why it is wrong as it is
    #[arg(long, value_name = "TEXT")]
    pub reason: String,
    /// Who corrects [default: USER]
    #[arg(long, value_name = "NAME", env = "RIWAYA_AUTHOR")]
    pub author: Option<String>,
    /// Show what would change and store nothing
    #[arg(long)]
    pub dry_run: bool,
}

/// `riwaya corrections`.
#[derive(Debug, Args)]
pub struct CorrectionsArgs {
    #[command(flatten)]
    pub list: ListArgs,
}

/// `riwaya eval`.
#[derive(Debug, Args)]
pub struct EvalArgs {
    /// Folder of annotated pages, with gold.py beside it
    #[arg(value_name = "GOLD_DIR", default_value = "../shared/gold/open")]
    pub gold: PathBuf,
    /// Write the scores to this file
    #[arg(long, value_name = "FILE")]
    pub write: Option<PathBuf>,
    /// Fail if a score is lower than in this file
    #[arg(long, value_name = "FILE", conflicts_with = "write")]
    pub check: Option<PathBuf>,
    /// Score comparisons only
    #[arg(long, conflicts_with_all = ["write", "check"])]
    pub comparisons: bool,
    /// Say on standard error what was missed in comparisons
    #[arg(long)]
    pub misses: bool,
    /// Read with the language packs in this folder instead of the built-in ones
    #[arg(long, value_name = "DIR", env = "RIWAYA_LANGS")]
    pub langs: Option<PathBuf>,
}

/// `riwaya export`.
#[derive(Debug, Args)]
pub struct ExportArgs {
    /// The record
    #[arg(short, long, value_name = "RECORD")]
    pub record: PathBuf,
    /// As what
    #[arg(long, value_enum)]
    pub to: ExportFormat,
    /// Where to: a folder for csv, a file for the others [default for those: standard output]
    #[arg(short, long, value_name = "PATH")]
    pub output: Option<PathBuf>,
}

/// What a record is exported as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ExportFormat {
    /// The lines of docs/contract.md, as `riwaya read --format jsonl` prints them
    Jsonl,
    /// A folder of tables: articles, mentions, statements, events, stories, entities, times, flags
    Csv,
    /// A folder of Parquet tables: articles, mentions, statements, events; in a program built with --features parquet
    Parquet,
    /// Linked data in one JSON-LD document: schema.org, PROV-O, W3C annotations
    Jsonld,
    /// A calendar (RFC 5545) of what was announced
    Ics,
    /// A feed (RFC 4287) of the stories
    Atom,
    /// Every statement as a W3C Web Annotation, one a line: quote and position selectors, bytes of the page, a link
    Annotations,
}

fn day(text: &str) -> Result<String, String> {
    let parts: Vec<&str> = text.split('-').collect();
    let digits = |part: &str, n: usize| part.len() == n && part.bytes().all(|b| b.is_ascii_digit());
    let good = parts.len() <= 3 && digits(parts[0], 4) && parts[1..].iter().all(|p| digits(p, 2));
    if good { Ok(text.to_owned()) } else { Err("a day is written 2021-12-30, a month 2021-12, a year 2021".to_owned()) }
}
