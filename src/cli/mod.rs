//! Subcommands, one file each. The only place that prints.
//!
//! Exit codes: 0 yes, 1 it failed, 2 denied, 3 the configuration or the policy bundle is invalid.

mod admin;
mod check;
mod config;
mod database;
mod explain;
mod incident;
mod install;
mod limits;
mod order;
pub mod policy;
mod problems;
mod run;

use std::process::ExitCode;

use clap::{Parser, Subcommand, ValueEnum};

/// It did not work.
pub const FAILED: u8 = 1;
/// The answer is no: a statement is refused, a test of a bundle does not hold.
pub const DENIED: u8 = 2;
/// The configuration or the policy bundle is invalid.
pub const INVALID: u8 = 3;

/// A policy-enforcing PostgreSQL proxy: each role sees of personal data only what its permissions allow.
#[derive(Debug, Parser)]
#[command(name = "menshen", version, disable_help_subcommand = true)]
struct Arguments {
    /// How answers are printed.
    #[arg(long, value_enum, default_value_t = Format::Human, global = true)]
    format: Format,
    #[command(subcommand)]
    command: Command,
}

/// How answers are printed.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
pub enum Format {
    Human,
    Json,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Serve clients.
    Run(run::Arguments),
    /// Say everything that is wrong with the configuration and the policy bundle.
    Check(check::Arguments),
    /// Look at a policy bundle before it is in force.
    Policy(Box<policy::Arguments>),
    /// Try extraction limits on recorded traffic.
    Limits(limits::Arguments),
    /// Show what can be configured.
    Config(config::Arguments),
    /// Let a database say at once when a table, view or function changes.
    Install(install::Arguments),
    /// See and settle incidents.
    Incident(incident::Arguments),
    /// Refuse somebody's statements on protected tables.
    Quarantine(order::Quarantine),
    /// Lift somebody's quarantine.
    Release(order::Release),
    /// Restrict everybody to masks: the emergency plan of a leak.
    Lockdown(order::Lockdown),
    /// Try the channels of alerts.toml.
    Alert(incident::AlertArguments),
    /// Print the version.
    Version,
}

/// Runs the command line and returns the process's exit code.
#[must_use]
pub fn run() -> ExitCode {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => return usage(&error),
    };
    let format = arguments.format;
    let done = match arguments.command {
        Command::Run(arguments) => run::run(&arguments, format),
        Command::Check(arguments) => check::run(&arguments, format),
        Command::Policy(arguments) => policy::run(&arguments, format),
        Command::Limits(arguments) => limits::run(&arguments, format),
        Command::Config(arguments) => config::run(&arguments, format),
        Command::Install(arguments) => install::run(&arguments, format),
        Command::Incident(arguments) => incident::run(&arguments, format),
        Command::Quarantine(arguments) => order::quarantine(&arguments, format),
        Command::Release(arguments) => order::release(&arguments, format),
        Command::Lockdown(arguments) => order::lockdown(&arguments, format),
        Command::Alert(arguments) => incident::alert(&arguments, format),
        Command::Version => version(format),
    };
    done.unwrap_or_else(|error| {
        problems::print_failure(&error, format);
        ExitCode::from(FAILED)
    })
}

/// Shows help, the version, or what is wrong with the arguments.
fn usage(error: &clap::Error) -> ExitCode {
    // Nobody is left to tell when the terminal itself is gone.
    let _ = error.print();
    if error.use_stderr() { ExitCode::from(FAILED) } else { ExitCode::SUCCESS }
}

fn version(format: Format) -> anyhow::Result<ExitCode> {
    let version = env!("CARGO_PKG_VERSION");
    problems::print(&match format {
        Format::Human => format!("menshen {version}\n"),
        Format::Json => format!("{}\n", serde_json::json!({ "name": "menshen", "version": version })),
    })?;
    Ok(ExitCode::SUCCESS)
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    #[test]
    fn the_command_line_is_well_formed() {
        super::Arguments::command().debug_assert();
    }
}
