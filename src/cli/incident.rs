//! `menshen incident` and `menshen alert`: what the governor noticed, and who was told.

use std::process::ExitCode;

use serde_json::{Value, json};

use crate::alert::incident::Incident;
use crate::alert::render::text::Text;
use crate::alert::route::Occasion;
use crate::policy::alerts::Language;

use super::Format;
use super::admin::{Where, segment, text, time};
use super::problems::aligned;

/// See and settle incidents.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
An incident begins when a limit or detector notices somebody, grows while it goes on, and ends when the rule has been
silent for `quiet` of alerts.toml. Acknowledge it to stop reminders; close it when it has been seen to: what the rule
notices afterwards is a new incident. An id may be shortened as long as it is unique.

  menshen incident list                     what is open
  menshen incident show 3f9a                who, what, how much, by which statements
  menshen incident ack 3f9a --note 'calling her'
  menshen quarantine clerk_017 --reason 'incident 3f9a1c20'
  menshen incident close 3f9a --note 'report job, limit raised'")]
pub struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, clap::Subcommand)]
enum Command {
    /// List incidents, the latest first.
    List {
        /// Also those that are closed or have ended.
        #[arg(long)]
        all: bool,
        #[command(flatten)]
        at: Where,
    },
    /// Show one incident with its evidence.
    Show {
        id: String,
        /// The language of the text.
        #[arg(long, value_enum, default_value_t = Tongue::En)]
        language: Tongue,
        #[command(flatten)]
        at: Where,
    },
    /// Say that you see to it: no more reminders.
    Ack(Remark),
    /// Say that it has been seen to.
    Close(Remark),
}

#[derive(Clone, Copy, Debug, clap::ValueEnum)]
enum Tongue {
    En,
    Zh,
}

#[derive(Debug, clap::Args)]
struct Remark {
    id: String,
    /// What is to be remembered of it.
    #[arg(long, default_value = "")]
    note: String,
    #[command(flatten)]
    at: Where,
}

/// Asks and prints.
///
/// # Errors
/// When nobody answers.
pub fn run(arguments: &Arguments, format: Format) -> anyhow::Result<ExitCode> {
    match &arguments.command {
        Command::List { all, at } => at.ask("/incidents", None, format)?.print(format, |answer| table(answer, *all)),
        Command::Show { id, language, at } => {
            let language = match language {
                Tongue::En => Language::English,
                Tongue::Zh => Language::Chinese,
            };
            let path = format!("/incidents/{}", segment(id));
            at.ask(&path, None, format)?.print(format, |incident| page(incident, language))
        }
        Command::Ack(remark) => said(remark, "ack", "acknowledged", format),
        Command::Close(remark) => said(remark, "close", "closed", format),
    }
}

fn said(remark: &Remark, what: &str, done: &str, format: Format) -> anyhow::Result<ExitCode> {
    let path = format!("/incidents/{}/{what}", segment(&remark.id));
    let answer = remark.at.ask(&path, Some(&json!({ "note": remark.note })), format)?;
    answer.print(format, |incident| format!("incident {} is {done}\n", text(incident, "id")))
}

fn table(answer: &Value, all: bool) -> String {
    let over = |incident: &&Value| !incident["ended"].is_null() || text(incident, "state") == "closed";
    let listed = answer["incidents"].as_array().into_iter().flatten().filter(|incident| all || !over(incident));
    let row = |incident: &Value| {
        let state = if incident["ended"].is_null() { text(incident, "state") } else { "ended" };
        let state = if text(incident, "state") == "closed" { "closed" } else { state };
        [
            text(incident, "id").to_owned(),
            text(incident, "severity").to_owned(),
            state.to_owned(),
            text(incident, "rule").to_owned(),
            text(incident, "user").to_owned(),
            incident["persons"].to_string(),
            text(incident, "response").to_owned(),
            time(incident, "started"),
            time(incident, "latest"),
        ]
    };
    let head = ["ID", "SEVERITY", "STATE", "RULE", "USER", "PERSONS", "RESPONSE", "FROM", "LATEST"].map(str::to_owned);
    let rows: Vec<_> = std::iter::once(head).chain(listed.map(row)).collect();
    if rows.len() == 1 {
        return if all { "no incidents\n" } else { "no open incidents\n" }.to_owned();
    }
    aligned(&rows)
}

fn page(incident: &Value, language: Language) -> String {
    let Ok(known) = serde_json::from_value::<Incident>(incident.clone()) else { return format!("{incident:#}\n") };
    let occasion = if known.live() { Occasion::Grown } else { Occasion::Ended };
    let mut page = Text::of(&known, occasion, language).plain();
    for (word, mark) in [("acknowledged", &known.acknowledged), ("closed", &known.closed)] {
        if let Some(mark) = mark {
            let at = crate::alert::time::readable(mark.at);
            page.push_str(&format!("{word} by {} at {at}: {}\n", mark.by, mark.note));
        }
    }
    page
}

/// Try the channels of alerts.toml.
#[derive(Debug, clap::Args)]
pub struct AlertArguments {
    #[command(subcommand)]
    command: AlertCommand,
}

#[derive(Debug, clap::Subcommand)]
enum AlertCommand {
    /// Send a message that says it is a test, and say whether it was taken.
    Test {
        /// Its name in alerts.toml of the bundle in force.
        channel: String,
        #[command(flatten)]
        at: Where,
    },
}

/// Sends a test and prints what became of it.
///
/// # Errors
/// When nobody answers.
pub fn alert(arguments: &AlertArguments, format: Format) -> anyhow::Result<ExitCode> {
    let AlertCommand::Test { channel, at } = &arguments.command;
    let answer = at.ask(&format!("/alerts/{}/test", segment(channel)), Some(&json!({})), format)?;
    answer.print(format, |_| format!("channel {channel} took the test message\n"))
}
