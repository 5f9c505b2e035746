//! `menshen check`: everything that is wrong with a configuration, at once.

use std::path::PathBuf;
use std::process::ExitCode;

use serde_json::json;

use crate::config::{Config, Problem, load, secrets};
use crate::server::bundle;

use super::problems::{print, print_problems};
use super::{Format, INVALID, policy};

/// Say everything that is wrong with the configuration and the policy bundle.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// The configuration file.
    #[arg(short, long, default_value = "menshen.toml")]
    pub config: PathBuf,
}

/// Checks and prints the outcome.
pub fn run(arguments: &Arguments, format: Format) -> ExitCode {
    let problems = match load::load(&arguments.config) {
        Ok(config) => check(&config),
        Err(problems) => problems,
    };
    if !problems.is_empty() {
        print_problems(&problems, format);
        return ExitCode::from(INVALID);
    }
    let _ = print(&match format {
        Format::Human => format!("{}: no problems\n", arguments.config.display()),
        Format::Json => format!("{}\n", json!({ "problems": [] })),
    });
    ExitCode::SUCCESS
}

/// What is wrong with a configuration beyond its own text: the files that it names.
pub fn check(config: &Config) -> Vec<Problem> {
    let mut problems: Vec<Problem> = load::files(config)
        .into_iter()
        .filter_map(|path| std::fs::File::open(path).err().map(|error| (path, error)))
        .map(|(path, error)| Problem::of_file(path.display().to_string(), error.to_string()))
        .collect();
    if problems.is_empty() {
        problems.extend(secrets::catalog_password(&config.catalog).err());
        let accounts =
            config.auth.service_accounts.iter().filter_map(|account| secrets::account_password(account).err());
        problems.extend(accounts);
    }
    if let Err(found) = bundle::load(&config.policy.dir) {
        problems.extend(policy::as_problems(&config.policy.dir, &found));
    }
    problems
}
