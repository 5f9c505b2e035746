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
use oracle::prove::{Ground, Order, Outcome, proxy_with};

/// How many statements show that something is not found, and how many may be needed to find what is there.
const NOTHING: u64 = 360;
const MOST: u64 = 1200;

/// Runs generated statements with these defects until one is found.
fn run(ground: &Ground, defects: &str, count: u64) -> Outcome {
    let proxy = proxy_with(defects);
    let displace = defects.contains("pins") || defects == "none";
    let (proxy, knobs) = (proxy.port, Knobs::default());
    ground.run(&Order { count, from: 0, seed: 4, proxy, knobs, first: true, shrink: false, displace }, |_| {})
}

/// What is shown, defects, how many statements, and whether the outcome shows it.
type Trial = (&'static str, &'static str, u64, fn(&Outcome) -> bool);

const TRIALS: [Trial; 7] = [
    ("without a defect nothing is found", "none", NOTHING, |outcome| outcome.differences.is_empty()),
    ("a mask that is off is found", "mask", MOST, found),
    ("a column left unmasked is found where checker and witness sleep", "scan,checker,witness", MOST, found),
    (
        "it is found by its values where nobody verifies origins either",
        "scan,checker,witness,origins",
        MOST,
        |outcome| outcome.differences.iter().any(|one| !one.problem.contains("closed")),
    ),
    ("the checker alone refuses what a defective rewriter writes", "scan,witness", NOTHING, |outcome| {
        outcome.differences.is_empty() && refused(outcome, |reason| !reason.contains("second reading"))
    }),
    // where it abstains, the others must find it
    ("the witness alone refuses what it can read", "scan,checker", NOTHING, |outcome| {
        refused(outcome, |reason| reason.contains("second reading"))
    }),
    ("a name that is not pinned is found when another takes its place", "pins,checker,witness", NOTHING, |outcome| {
        outcome.differences.iter().any(|one| one.problem.contains("taken its place"))
    }),
];

fn found(outcome: &Outcome) -> bool {
    !outcome.differences.is_empty()
}

/// Whether statements were not proven safe, for such a reason.
fn refused(outcome: &Outcome, fits: fn(&str) -> bool) -> bool {
    outcome.reasons.keys().any(|reason| reason.contains("could not be proven safe") && fits(reason))
}

fn main() -> ExitCode {
    if std::env::args().any(|argument| argument == "--list") {
        return ExitCode::SUCCESS;
    }
    let mut failed = 0;
    let ground = Ground::new();
    for (name, defects, count, shows) in TRIALS {
        let started = std::time::Instant::now();
        let outcome = run(&ground, defects, count);
        let shown = shows(&outcome);
        let (word, differences) = (if shown { "ok" } else { "FAILED" }, outcome.differences.len());
        println!("{word} {name}: {differences} differences, {:.0} s", started.elapsed().as_secs_f64());
        for difference in outcome.differences.iter().take(if shown { 1 } else { 5 }) {
            println!("    statement {} as {}: {}", difference.index, difference.principal, difference.problem);
        }
        failed += usize::from(!shown);
    }
    if failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
