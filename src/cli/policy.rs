//! `menshen policy`: look at a bundle before it is in force.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::anyhow;
use serde_json::json;

use crate::catalog::snapshot::Snapshot;
use crate::config::{Config, Problem, load};
use crate::policy::Policy;
use crate::policy::diagnostic::{Diagnostic, Severity};
use crate::policy::matrix::Matrix;
use crate::rights::report::{self, Binding};
use crate::server::bundle;

use super::admin::{Where, text};
use super::problems::{print, print_problems};
use super::{Format, INVALID, database, explain};

/// Look at a bundle before it is in force.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, clap::Subcommand)]
enum Command {
    /// Say everything that is wrong with a bundle, and how it fits a database.
    Check(Check),
    /// Show what each role may read of each category.
    Matrix(Table),
    /// Show what somebody reads, by which rules, and what becomes of a statement.
    Explain(explain::Arguments),
    /// Have the running Menshen read its bundle again, as SIGHUP does. One that does not compile changes nothing.
    Reload(Reload),
}

/// Where the bundle is.
#[derive(Debug, clap::Args)]
pub struct Bundle {
    /// The bundle's folder; by default the one that the configuration names.
    #[arg(long)]
    pub dir: Option<PathBuf>,
    /// The configuration file: where the bundle and the database are.
    #[arg(short, long, default_value = "menshen.toml")]
    pub config: PathBuf,
}

#[derive(Debug, clap::Args)]
struct Check {
    #[command(flatten)]
    bundle: Bundle,
    /// Compare the bundle with this database, too.
    #[arg(long)]
    database: Option<String>,
}

#[derive(Debug, clap::Args)]
struct Table {
    #[command(flatten)]
    bundle: Bundle,
    /// What the holders of the roles act for; by default every purpose. May be repeated.
    #[arg(long)]
    purpose: Vec<String>,
    /// As comma-separated values.
    #[arg(long)]
    csv: bool,
}

#[derive(Debug, clap::Args)]
struct Reload {
    /// Why; it is kept with the audit.
    #[arg(long, default_value = "")]
    reason: String,
    #[command(flatten)]
    at: Where,
}

/// Runs one of the subcommands.
///
/// # Errors
/// When a database cannot be asked.
pub fn run(arguments: &Arguments, format: Format) -> anyhow::Result<ExitCode> {
    match &arguments.command {
        Command::Check(arguments) => check(arguments, format),
        Command::Matrix(arguments) => matrix(arguments, format),
        Command::Explain(arguments) => explain::run(arguments, format),
        Command::Reload(arguments) => {
            let body = json!({ "reason": arguments.reason });
            let answer = arguments.at.ask("/reload", Some(&body), format)?;
            answer.print(format, |answer| format!("policy {} is in force\n", text(answer, "policy")))
        }
    }
}

/// The configuration or the bundle is invalid, and that has been printed.
#[derive(Debug)]
pub struct Invalid;

impl Bundle {
    /// The configuration.
    ///
    /// # Errors
    /// Printed before.
    pub fn config(&self, format: Format) -> Result<Config, Invalid> {
        load::load(&self.config).map_err(|problems| {
            print_problems(&problems, format);
            Invalid
        })
    }

    /// The compiled bundle and its folder.
    ///
    /// # Errors
    /// Printed before.
    pub fn policy(&self, format: Format) -> Result<(Policy, PathBuf), Invalid> {
        // A bundle can be looked at before there is a configuration.
        let config = if self.config.exists() && self.dir.is_none() { Some(self.config(format)?.policy) } else { None };
        let keys = config.as_ref().and_then(|policy| policy.keys.clone());
        let dir = self.dir.clone().or(config.map(|policy| policy.dir)).unwrap_or_else(|| PathBuf::from("policies"));
        match bundle::look_at(&dir, keys.as_deref()) {
            Ok(policy) => Ok((policy, dir)),
            Err(found) => {
                print_diagnostics(&dir, &found, format);
                Err(Invalid)
            }
        }
    }
}

/// Prints diagnostics: for people to standard error, as JSON to standard output.
pub fn print_diagnostics(dir: &Path, found: &[Diagnostic], format: Format) {
    match format {
        Format::Json => {
            let _ = print(&format!("{}\n", json!({ "bundle": dir, "diagnostics": found })));
        }
        Format::Human => {
            use std::io::Write;
            let text: String = found.iter().map(|found| located(dir, found).render() + "\n").collect();
            // Nobody is left to tell when standard error itself is gone.
            let _ = std::io::stderr().lock().write_all(text.as_bytes());
        }
    }
}

/// The diagnostic with a path that an editor can open.
fn located(dir: &Path, found: &Diagnostic) -> Diagnostic {
    Diagnostic { file: dir.join(&found.file).display().to_string(), ..found.clone() }
}

/// The same, as problems of a configuration: for `menshen check` and `menshen run`.
#[must_use]
pub fn as_problems(dir: &Path, found: &[Diagnostic]) -> Vec<Problem> {
    let errors = found.iter().filter(|found| found.severity == Severity::Error);
    let each = errors.map(|found| Problem {
        file: located(dir, found).file,
        line: (found.line > 0).then_some(found.line),
        column: (found.line > 0).then_some(found.column),
        message: match &found.expected {
            Some(expected) => format!("{}; expected {expected}", found.message),
            None => found.message.clone(),
        },
        help: found.help.clone(),
    });
    each.collect()
}

fn check(arguments: &Check, format: Format) -> anyhow::Result<ExitCode> {
    let Ok((policy, dir)) = arguments.bundle.policy(format) else { return Ok(ExitCode::from(INVALID)) };
    let binding = match &arguments.database {
        None => None,
        Some(database) => {
            let Ok(config) = arguments.bundle.config(format) else { return Ok(ExitCode::from(INVALID)) };
            let snapshot = database::snapshot(&config, database)?;
            Some((report::inspect(&policy, &snapshot), snapshot))
        }
    };
    let mut found = policy.warnings.clone();
    found.extend(binding.iter().flat_map(|(binding, _)| binding.diagnostics.iter().cloned()));
    match format {
        Format::Json => {
            let database = binding.as_ref().map(|(binding, snapshot)| as_json(binding, snapshot));
            let answer = json!({
                "bundle": dir, "digest": policy.digest().to_string(), "diagnostics": found, "database": database,
            });
            print(&format!("{answer}\n"))?;
        }
        Format::Human => {
            print_diagnostics(&dir, &found, format);
            print(&summary(&policy, &dir, found.len()))?;
            if let Some((binding, snapshot)) = &binding {
                print(&fit(&policy, binding, snapshot))?;
            }
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn summary(policy: &Policy, dir: &Path, warnings: usize) -> String {
    format!(
        "{}: digest {}, {} categories, {} relations, {} rules, {} roles, {} applications, {} {}\n",
        dir.display(),
        policy.digest().short(),
        policy.classification.categories.len(),
        policy.classification.relations.len(),
        policy.rules.rules.len(),
        policy.rules.names().len(),
        policy.identity.applications.len(),
        warnings,
        if warnings == 1 { "warning" } else { "warnings" },
    )
}

/// How bundle and database fit, for people.
fn fit(policy: &Policy, binding: &Binding, snapshot: &Snapshot) -> String {
    let mut text = format!("database {}: {} columns classified\n", snapshot.database, binding.classified);
    if !binding.unclassified.is_empty() {
        text.push_str("in no class:\n");
    }
    for (name, columns) in &binding.unclassified {
        let what = policy.classification.unclassified(name).as_str();
        text.push_str(&format!("  {name} ({what}): {}\n", columns.join(", ")));
    }
    if !binding.opaque_views.is_empty() {
        text.push_str("views refused to whoever may not read what they depend on, unless declared:\n");
    }
    for (name, why) in &binding.opaque_views {
        text.push_str(&format!("  {name}: {why}\n"));
    }
    text
}

fn as_json(binding: &Binding, snapshot: &Snapshot) -> serde_json::Value {
    let unclassified: BTreeMap<String, Vec<&str>> = binding
        .unclassified
        .iter()
        .map(|(name, columns)| (name.to_string(), columns.iter().map(|column| &**column).collect()))
        .collect();
    let views: BTreeMap<String, &String> =
        binding.opaque_views.iter().map(|(name, why)| (name.to_string(), why)).collect();
    json!({
        "name": &*snapshot.database,
        "classified": binding.classified,
        "unclassified": unclassified,
        "opaque_views": views,
    })
}

fn matrix(arguments: &Table, format: Format) -> anyhow::Result<ExitCode> {
    let Ok((policy, _)) = arguments.bundle.policy(format) else { return Ok(ExitCode::from(INVALID)) };
    let known = &policy.identity.purposes;
    if let Some(unknown) = arguments.purpose.iter().find(|wanted| !known.iter().any(|purpose| **purpose == ***wanted)) {
        return Err(anyhow!("identity.toml knows no purpose `{unknown}`"));
    }
    let purposes: Vec<Arc<str>> = match arguments.purpose.as_slice() {
        [] => known.clone(),
        wanted => wanted.iter().map(|purpose| purpose.as_str().into()).collect(),
    };
    let matrix = Matrix::of(&policy, &purposes);
    print(&match (format, arguments.csv) {
        (_, true) => matrix.csv(),
        (Format::Human, false) => matrix.text(),
        (Format::Json, false) => format!("{}\n", matrix_json(&matrix)),
    })?;
    Ok(ExitCode::SUCCESS)
}

fn matrix_json(matrix: &Matrix) -> serde_json::Value {
    let row = |row: &crate::policy::matrix::Row| {
        let cells = matrix.categories.iter().zip(&row.rights).map(|(category, decision)| {
            let cell = json!({ "right": decision.right.as_str(), "rule": decision.rule.to_string() });
            (category.to_string(), cell)
        });
        (row.role.to_string(), cells.collect::<serde_json::Map<_, _>>().into())
    };
    matrix.rows.iter().map(row).collect::<serde_json::Map<String, serde_json::Value>>().into()
}
