//! `menshen quarantine`, `release`, `lockdown`: orders to a running Menshen.

use std::process::ExitCode;

use serde_json::{Value, json};

use super::Format;
use super::admin::{Where, text, time};
use super::problems::aligned;

/// Refuse somebody's statements on protected tables.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Statements that are already running end at their next rows. Without --for it holds until `menshen release`.

  menshen quarantine clerk_017 --for 12h --reason 'incident 3f9a1c20: pages through all buyers'
  menshen quarantine --list                 what is in force")]
pub struct Quarantine {
    /// A database user, or the end user that an application names.
    #[arg(required_unless_present = "list")]
    who: Option<String>,
    /// For how long: 30min, 12h, 7d.
    #[arg(long = "for", value_name = "TIME")]
    duration: Option<String>,
    /// Why: it is kept with the order and shown to who asks.
    #[arg(long, required_unless_present = "list")]
    reason: Option<String>,
    /// Show the orders in force, and give none.
    #[arg(long, conflicts_with_all = ["who", "duration", "reason"])]
    list: bool,
    #[command(flatten)]
    at: Where,
}

/// Lift somebody's quarantine: what was counted so far is not held against them.
#[derive(Debug, clap::Args)]
#[command(after_help = "  menshen release clerk_017 --reason 'was the quarterly report'")]
pub struct Release {
    /// A database user, or the end user that an application names.
    who: String,
    /// Why: it is kept with the order.
    #[arg(long)]
    reason: String,
    #[command(flatten)]
    at: Where,
}

/// Restrict everybody to masks: the emergency plan of a leak.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Nobody reads a protected value in clear until it is ended or its time is over; masks and unprotected data are read as
before. It is the emergency measure of a plan under article 51 (5) of the Personal Information Protection Law.

  menshen lockdown --for 2h --reason 'leak found at 10:40, cause unknown'
  menshen lockdown --end --reason 'cause found: account of a partner, quarantined'")]
pub struct Lockdown {
    /// For how long: 30min, 12h, 7d. Without it: until --end.
    #[arg(long = "for", value_name = "TIME", conflicts_with = "end")]
    duration: Option<String>,
    /// Why: it is kept with the order.
    #[arg(long)]
    reason: String,
    /// End it.
    #[arg(long)]
    end: bool,
    #[command(flatten)]
    at: Where,
}

/// Gives the order, or lists those in force.
///
/// # Errors
/// When nobody answers.
pub fn quarantine(arguments: &Quarantine, format: Format) -> anyhow::Result<ExitCode> {
    let Some(who) = &arguments.who else {
        return arguments.at.ask("/orders", None, format)?.print(format, table);
    };
    let body = json!({ "who": who, "for": arguments.duration, "reason": arguments.reason });
    let answer = arguments.at.ask("/quarantine", Some(&body), format)?;
    answer.print(format, |answer| format!("{who} is quarantined {}\n", until(&answer["order"])))
}

/// Lifts a quarantine.
///
/// # Errors
/// When nobody answers.
pub fn release(arguments: &Release, format: Format) -> anyhow::Result<ExitCode> {
    let body = json!({ "who": arguments.who, "reason": arguments.reason });
    let answer = arguments.at.ask("/release", Some(&body), format)?;
    answer.print(format, |answer| format!("{} is released\n", text(answer, "released")))
}

/// Begins or ends a lock-down.
///
/// # Errors
/// When nobody answers.
pub fn lockdown(arguments: &Lockdown, format: Format) -> anyhow::Result<ExitCode> {
    let body = json!({ "for": arguments.duration, "reason": arguments.reason, "end": arguments.end });
    let answer = arguments.at.ask("/lockdown", Some(&body), format)?;
    answer.print(format, |answer| match arguments.end {
        true => "the lock-down is over\n".to_owned(),
        false => format!("everybody reads masks only {}\n", until(&answer["order"])),
    })
}

fn until(order: &Value) -> String {
    match order["until"].is_null() {
        true => "until it is lifted".to_owned(),
        false => format!("until {}", time(order, "until")),
    }
}

fn table(answer: &Value) -> String {
    let row = |order: &Value| {
        let who = order["who"].as_str().unwrap_or("everybody");
        let since = time(order, "since");
        [text(order, "kind"), who, &since, &until(order), text(order, "by"), text(order, "reason")].map(str::to_owned)
    };
    let head = ["ORDER", "WHO", "SINCE", "UNTIL", "BY", "REASON"].map(str::to_owned);
    let orders = answer["orders"].as_array().into_iter().flatten().map(row);
    let rows: Vec<_> = std::iter::once(head).chain(orders).collect();
    if rows.len() == 1 { "no orders in force\n".to_owned() } else { aligned(&rows) }
}
