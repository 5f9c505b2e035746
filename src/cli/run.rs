//! `menshen run`: serve clients.

use std::path::PathBuf;
use std::process::ExitCode;

use crate::config::load;

use super::problems::print_problems;
use super::{Format, INVALID, check};

/// Serve clients.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// The configuration file.
    #[arg(short, long, default_value = "menshen.toml")]
    pub config: PathBuf,
}

/// Serves until it is told to stop.
///
/// # Errors
/// When the process cannot go on: an address in use, the admin port, the audit file.
pub fn run(arguments: &Arguments, format: Format) -> anyhow::Result<ExitCode> {
    let config = match load::load(&arguments.config) {
        Ok(config) => config,
        Err(problems) => {
            print_problems(&problems, format);
            return Ok(ExitCode::from(INVALID));
        }
    };
    let problems = check::check(&config);
    if !problems.is_empty() {
        print_problems(&problems, format);
        return Ok(ExitCode::from(INVALID));
    }
    Ok(ExitCode::SUCCESS)
}
