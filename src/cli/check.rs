//! `menshen check`: everything that is wrong with a configuration and its bundle, at once.

use std::path::PathBuf;
use std::process::ExitCode;

use serde_json::json;

use crate::config::{Config, Problem, load, secrets};
use crate::policy::diagnostic::{Diagnostic, Severity};
use crate::server::{alerts, bundle, tls, verifiers};

use super::problems::{as_json, print, print_diagnostics, print_problems};
use super::{Format, INVALID};

/// Say everything that is wrong with the configuration and the policy bundle.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// The configuration file.
    #[arg(short, long, default_value = "menshen.toml")]
    pub config: PathBuf,
}

/// Checks and prints the outcome.
///
/// # Errors
/// When standard output cannot be written.
pub fn run(arguments: &Arguments, format: Format) -> anyhow::Result<ExitCode> {
    let (problems, diagnostics) = match load::load(&arguments.config) {
        Ok(config) => {
            let (secrets, diagnostics) = policy(&config);
            (files(&config).into_iter().chain(secrets).collect(), diagnostics)
        }
        Err(problems) => (problems, Vec::new()),
    };
    let invalid = !problems.is_empty() || diagnostics.iter().any(|found| found.severity == Severity::Error);
    match format {
        Format::Json => {
            let problems: Vec<_> = problems.iter().map(as_json).collect();
            print(&format!("{}\n", json!({ "valid": !invalid, "problems": problems, "diagnostics": diagnostics })))?;
        }
        Format::Human => {
            print_problems(&problems, format);
            print_diagnostics(&diagnostics, format);
            if !invalid {
                print(&format!("{}: no problems\n", arguments.config.display()))?;
            }
        }
    }
    Ok(if invalid { ExitCode::from(INVALID) } else { ExitCode::SUCCESS })
}

/// What is wrong with the files that a configuration names.
fn files(config: &Config) -> Vec<Problem> {
    let mut problems = Vec::new();
    problems.extend(tls::client_side(&config.listen).err());
    problems.extend(tls::server_side(&config.upstream).err());
    problems.extend(secrets::catalog_password(&config.catalog).err());
    problems.extend(secrets::admin_tokens(&config.admin).err());
    problems.extend(verifiers::users(&config.auth, &[0; 32]).err().into_iter().flatten());
    problems.extend(config.auth.service_accounts.iter().filter_map(|account| secrets::account_password(account).err()));
    problems
}

/// Secrets of the bundle's channels that are not to be had; what is to be said about the bundle, warnings included.
fn policy(config: &Config) -> (Vec<Problem>, Vec<Diagnostic>) {
    match bundle::load(&config.policy.dir, config.policy.keys.as_deref()) {
        Ok(policy) => (alerts::missing(config, &policy.alerts), policy.warnings),
        Err(diagnostics) => (Vec::new(), diagnostics),
    }
}
