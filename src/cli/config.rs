//! `menshen config`: what can be configured.

use std::process::ExitCode;

use serde_json::{Value, json};

use crate::config::keys::{KEYS, print_default};

use super::Format;
use super::problems::print;

/// Show what can be configured.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// Print a menshen.toml in which every key has its default and a comment.
    #[arg(long, required = true)]
    print_default: bool,
}

/// Prints the table of keys.
///
/// # Errors
/// When standard output cannot be written.
pub fn run(_: &Arguments, format: Format) -> anyhow::Result<ExitCode> {
    print(&match format {
        Format::Human => print_default(),
        Format::Json => format!("{}\n", json!({ "keys": keys() })),
    })?;
    Ok(ExitCode::SUCCESS)
}

fn keys() -> Vec<Value> {
    let entry = |key: &crate::config::keys::Key| json!({ "section": key.section, "name": key.name, "default": key.default, "comment": key.comment });
    KEYS.iter().map(entry).collect()
}
