//! The test of the tests: with a defect planted in Menshen, generated statements find the leak.
//! `cargo test --features test-leaks --test leaks`
#![allow(
    dead_code,
    unused_imports,
    clippy::disallowed_methods,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a bench of tools; it ends at the first surprise"
)]

#[path = "it/catalog/mod.rs"]
mod catalog;
#[path = "it/cluster.rs"]
mod cluster;
#[path = "it/menshen.rs"]
mod menshen;
#[path = "oracle/mod.rs"]
mod oracle;

use std::process::ExitCode;

use oracle::generate::Knobs;
use oracle::prove::{Order, Outcome, prove, proxy_with};

/// Runs generated statements with these defects until one is found.
fn run(defects: &str) -> Outcome {
    let proxy = proxy_with(defects);
    let knobs = Knobs::default();
    prove(&Order { count: 1200, seed: 4, proxy: proxy.port, knobs, first: true, shrink: false }, |_| {})
}

/// A name of what is shown, defects, and whether the outcome shows it.
type Trial = (&'static str, &'static str, fn(&Outcome) -> bool);

const TRIALS: [Trial; 6] = [
    ("without a defect nothing is found", "none", |outcome| outcome.differences.is_empty()),
    ("a mask that is off is found", "mask", |outcome| !outcome.differences.is_empty()),
    ("a column left unmasked is found where the checker sleeps", "scan,checker", |outcome| {
        !outcome.differences.is_empty()
    }),
    ("it is found by its values where nobody verifies origins either", "scan,checker,origins", |outcome| {
        outcome.differences.iter().any(|one| !one.problem.contains("closed"))
    }),
    ("the checker alone refuses what a defective rewriter writes", "scan", |outcome| {
        let refused = |reason: &String| reason.contains("could not be proven safe");
        outcome.differences.is_empty() && outcome.reasons.keys().any(refused)
    }),
    ("a name that is not pinned is found when another takes its place", "pins,checker", |outcome| {
        outcome.differences.iter().any(|one| one.problem.contains("taken its place"))
    }),
];

fn main() -> ExitCode {
    if std::env::args().any(|argument| argument == "--list") {
        return ExitCode::SUCCESS;
    }
    let mut failed = 0;
    for (name, defects, shows) in TRIALS {
        let outcome = run(defects);
        let shown = shows(&outcome);
        println!("{} {name}: {} differences", if shown { "ok" } else { "FAILED" }, outcome.differences.len());
        for difference in outcome.differences.iter().take(if shown { 1 } else { 5 }) {
            println!("    statement {} as {}: {}", difference.index, difference.principal, difference.problem);
        }
        failed += usize::from(!shown);
    }
    if failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
