//! The shell against a real server.

mod crowd;
mod ending;
mod epochs;
mod login;
mod long;
mod paths;
pub mod raw;
mod startup;
pub mod tls;
mod upstream;

use std::time::{Duration, Instant};

use crate::cluster::shared;
use crate::menshen::{Menshen, Settings};

/// SCRAM, verifiers by query, the example bundle.
fn plain_settings() -> Settings {
    Settings::new("policies")
}

fn plain() -> Menshen {
    Menshen::start(shared(), &plain_settings())
}

/// Sockets that Menshen may keep for itself: idle connections for `auth.query`, one for the catalog.
const KEPT: usize = 5;

/// Sockets that the process has open.
fn descriptors(menshen: &Menshen) -> usize {
    let folder = format!("/proc/{}/fd", menshen.pid());
    let links =
        std::fs::read_dir(folder).expect("its descriptors").filter_map(|entry| entry.ok()?.path().read_link().ok());
    links.filter(|link| link.to_string_lossy().starts_with("socket:")).count()
}

/// Waits until so many log lines hold a text: a line may come just after what the client is told.
fn logged(menshen: &Menshen, text: &str, lines: usize) {
    let count = || menshen.log().lines().filter(|line| line.contains(text)).count();
    until(&format!("{lines} lines with `{text}`"), || count() >= lines);
    assert_eq!(count(), lines, "`{text}`:\n{}", menshen.log());
}

/// Waits for a condition.
pub fn until(what: &str, condition: impl Fn() -> bool) {
    let deadline = Instant::now() + Duration::from_secs(30);
    while !condition() {
        assert!(Instant::now() < deadline, "waited in vain: {what}");
        std::thread::sleep(Duration::from_millis(20));
    }
}
