//! `menshen limits`: what other limits would have done.

use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::Context as _;

use crate::extraction::simulate::{Outcome, Recorded, Replay};
use crate::policy::bundle::LIMITS;
use crate::policy::compile;
use crate::policy::limits::Limits;
use crate::server::bundle;

use super::policy::{Bundle, Invalid, print_diagnostics};
use super::problems::{aligned, print};
use super::{Format, INVALID};

/// Try extraction limits on recorded traffic.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, clap::Subcommand)]
enum Command {
    /// Replay recorded metering events against limits, and print who would have been touched, and when.
    ///
    /// Events are JSON objects, one a line, in the order of time. A replay holds nobody: what came after a stop is
    /// replayed as it was recorded. Thresholds that are a part of a table take `least`, since a recording holds no
    /// sizes of tables.
    Simulate(Simulate),
}

#[derive(Debug, clap::Args)]
#[command(after_help = "\
Example of an event (`ms`, `what` and `user` are required; `what` is login, login-failed, statement, denial or rows):
  {\"ms\":1795600800000,\"what\":\"rows\",\"user\":\"clerk_017\",\"roles\":[\"call-center\"],\"rows\":1,
   \"subjects\":[[8213790215,null]],\"cells\":{\"pii/contact/phone\":1}}   (on one line)

Example:
  menshen limits simulate --dir policies --limits limits-new.toml --traffic events.jsonl")]
struct Simulate {
    #[command(flatten)]
    bundle: Bundle,
    /// The recorded events; `-` reads standard input.
    #[arg(long)]
    traffic: PathBuf,
    /// Limits to try instead of the bundle's `limits.toml`.
    #[arg(long)]
    limits: Option<PathBuf>,
}

/// Runs one of the subcommands.
///
/// # Errors
/// When a file cannot be read, or a line of the recording is not an event.
pub fn run(arguments: &Arguments, format: Format) -> anyhow::Result<ExitCode> {
    let Command::Simulate(arguments) = &arguments.command;
    let Ok(limits) = limits(arguments, format)? else { return Ok(ExitCode::from(INVALID)) };
    let outcome = replay(&arguments.traffic, limits)?;
    print(&match format {
        Format::Human => human(&outcome),
        Format::Json => format!("{}\n", serde_json::to_string(&outcome)?),
    })?;
    Ok(ExitCode::SUCCESS)
}

/// The bundle's limits, or those of another file in its place.
fn limits(arguments: &Simulate, format: Format) -> anyhow::Result<Result<Arc<Limits>, Invalid>> {
    let (policy, dir) = match arguments.bundle.policy(format) {
        Ok(found) => found,
        Err(invalid) => return Ok(Err(invalid)),
    };
    let Some(path) = &arguments.limits else { return Ok(Ok(policy.limits)) };
    let text = std::fs::read_to_string(path).with_context(|| path.display().to_string())?;
    let mut files = bundle::read(&dir).map_err(|found| anyhow::anyhow!("{found}"))?;
    files.insert(LIMITS.to_owned(), text);
    Ok(compile(&files).map(|policy| policy.limits).map_err(|found| {
        print_diagnostics(&dir, &found, format);
        Invalid
    }))
}

fn replay(traffic: &Path, limits: Arc<Limits>) -> anyhow::Result<Outcome> {
    let input: Box<dyn Read> = match traffic.to_str() {
        Some("-") => Box::new(std::io::stdin()),
        _ => Box::new(File::open(traffic).with_context(|| traffic.display().to_string())?),
    };
    let mut replay = Replay::new(limits, [0; 32]);
    for (index, line) in BufReader::new(input).lines().enumerate() {
        let line = line.with_context(|| format!("{}:{}", traffic.display(), index + 1))?;
        if line.trim().is_empty() {
            continue;
        }
        let event: Recorded = serde_json::from_str(&line)
            .with_context(|| format!("{}:{}: not an event", traffic.display(), index + 1))?;
        replay.event(&event);
    }
    Ok(replay.outcome())
}

fn human(outcome: &Outcome) -> String {
    let Outcome { events, waited, downgraded, stopped, touched } = outcome;
    let mut text = format!("{events} events: {waited} would have waited, {downgraded} downgraded, {stopped} stopped\n");
    if touched.is_empty() {
        text.push_str("nobody would have been touched\n");
        return text;
    }
    let head = ["who", "limit", "response", "first (UTC)", "times", "counted", "above"].map(str::to_owned);
    let rows = touched.iter().map(|one| {
        let response = if one.observed { format!("({})", one.response) } else { one.response.to_owned() };
        let counted = format!("{} {}", one.count, one.meter);
        let (times, threshold) = (one.times.to_string(), one.threshold.to_string());
        [one.who.clone(), one.rule.clone(), response, time(one.first_ms), times, counted, threshold]
    });
    text.push('\n');
    text.push_str(&aligned(&std::iter::once(head).chain(rows).collect::<Vec<_>>()));
    text
}

/// `2026-11-25 10:00:00`, by the proleptic Gregorian calendar (Howard Hinnant, "chrono-compatible low-level date
/// algorithms", `civil_from_days`).
fn time(ms: u64) -> String {
    let (days, rest) = (ms / 86_400_000 + 719_468, ms / 1_000 % 86_400);
    let (era, day) = (days / 146_097, days % 146_097);
    let year = (day - day / 1_460 + day / 36_524 - day / 146_096) / 365;
    let of_year = day - (365 * year + year / 4 - year / 100);
    let shifted = (5 * of_year + 2) / 153;
    let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
    let year = year + era * 400 + u64::from(month <= 2);
    let day = of_year - (153 * shifted + 2) / 5 + 1;
    format!("{year}-{month:02}-{day:02} {:02}:{:02}:{:02}", rest / 3_600, rest / 60 % 60, rest % 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_those_of_the_calendar() {
        assert_eq!(time(0), "1970-01-01 00:00:00");
        assert_eq!(time(1_795_564_800_000 + 36_001_000), "2026-11-25 10:00:01");
        assert_eq!(time(951_782_400_000), "2000-02-29 00:00:00");
    }
}
