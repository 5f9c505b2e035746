//! The desk of alerts with what it needs of the process: its folder, secrets, names.

use std::path::PathBuf;
use std::sync::Arc;

use crate::alert::io::desk::Desk;
use crate::alert::io::send::Sender;
use crate::alert::io::store::StoreError;
use crate::config::{Config, Problem, secrets};
use crate::policy::alerts::{Alerts, SecretName};

/// Opens the desk. To be called once in a process.
///
/// # Errors
/// When its file cannot be used.
pub fn open(config: &Config, alerts: Arc<Alerts>) -> Result<Desk, StoreError> {
    missing(config, &alerts).iter().for_each(|problem| tracing::warn!("alerts cannot be sent: {problem}"));
    let folder = config.alerts.secrets.clone();
    let find = move |name: &SecretName| secret(folder.as_ref(), name);
    let sender = Sender { host: host(), process: std::process::id(), console: console(config) };
    Desk::open(&config.state.dir, alerts, sender, Arc::new(find))
}

/// Secrets that channels need and that are not to be had.
#[must_use]
pub fn missing(config: &Config, alerts: &Alerts) -> Vec<Problem> {
    let named = alerts.channels.iter().flat_map(|channel| {
        let both = channel.token.iter().chain(&channel.secret);
        both.map(|name| (&channel.name, name))
    });
    let wrong = named.filter_map(|(channel, name)| {
        let why = secret(config.alerts.secrets.as_ref(), name).err()?;
        Some(Problem::of_file("alerts.toml", format!("channel `{channel}`: {why}")))
    });
    wrong.collect()
}

/// Read anew for each message: a secret that has been changed is used at once.
fn secret(folder: Option<&PathBuf>, name: &SecretName) -> Result<String, String> {
    let found = match name {
        SecretName::Environment(name) => secrets::channel_variable(name),
        SecretName::File(name) => secrets::channel_file(folder.map(PathBuf::as_path), name),
    };
    found.map(|secret| secret.reveal().to_owned()).map_err(|problem| problem.to_string())
}

fn console(config: &Config) -> String {
    let address = config.admin.address.map(|address| format!("http://{address}")).unwrap_or_default();
    config.alerts.console.clone().unwrap_or(address)
}

/// This machine's name; empty where the system does not say.
fn host() -> String {
    let name =
        std::fs::read_to_string("/proc/sys/kernel/hostname").or_else(|_| std::fs::read_to_string("/etc/hostname"));
    name.map(|name| name.trim().to_owned()).unwrap_or_default()
}
