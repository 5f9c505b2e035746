//! `make prove N=1000000 SEED=7`: generated statements against the two oracles; the seed is printed, whatever happens.
//!
//! Environment: `N` how many (20,000), `FROM` which one on (0), `SEED` (7: what every change passes; `random` draws
//! one), `FIRST=1` to stop at the first difference, `REASONS=1` to print what was refused and why, `WRITES` the share of
//! writes in percent, `HOLD=1` to start everything and run nothing, `FORMAT=json` for a line of JSON.
#![allow(
    dead_code,
    unused_imports,
    clippy::disallowed_methods,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stdout,
    clippy::print_stderr,
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

use std::collections::BTreeMap;
use std::io::IsTerminal;
use std::process::ExitCode;
use std::sync::Mutex;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use oracle::generate::Knobs;
use oracle::prove::{Ground, Order, Outcome, proxy_with};

fn main() -> ExitCode {
    // `cargo test -- --list` and filters by name are for test functions, and there are none here
    if std::env::args().any(|argument| argument == "--list") {
        return ExitCode::SUCCESS;
    }
    let number = |name: &str| {
        std::env::var(name)
            .ok()
            .filter(|text| !text.is_empty())
            .map(|text| text.parse::<u64>().unwrap_or_else(|_| panic!("{name}={text} is not a number")))
    };
    let drawn = || SystemTime::now().duration_since(UNIX_EPOCH).expect("a clock").as_secs();
    let count = number("N").unwrap_or(20_000);
    let seed = match std::env::var("SEED").as_deref() {
        Ok("random") => drawn(),
        _ => number("SEED").unwrap_or(7),
    };
    let menshen = proxy_with("");
    if number("HOLD").is_some() {
        hold(menshen.port);
    }
    let order = Order {
        count,
        from: number("FROM").unwrap_or(0),
        seed,
        proxy: menshen.port,
        knobs: Knobs {
            writes: number("WRITES").map_or(Knobs::default().writes, |share| share as u32),
            ..Knobs::default()
        },
        first: number("FIRST").is_some(),
        shrink: true,
        displace: true,
    };
    println!("prove: seed {seed}, {count} statements");
    let started = Instant::now();
    let ground = Ground::new();
    println!("prove: databases built in {:.0} s", started.elapsed().as_secs_f64());
    let started = Instant::now();
    let outcome = ground.run(&order, bar(count, started));
    report(&outcome, &order, started.elapsed().as_secs_f64(), number("REASONS").is_some());
    let contradictions = oracle::contradictions(&menshen);
    println!("prove: the second witness contradicted {contradictions} times");
    match outcome.failure().or((contradictions > 0).then(|| "the second witness contradicted".into())) {
        None => ExitCode::SUCCESS,
        Some(failure) => {
            println!("prove: FAILED: {failure}; again with: make prove N={count} SEED={seed}");
            ExitCode::FAILURE
        }
    }
}

/// The small world, and Menshen in front of it, for whoever wants to look at a difference by hand.
fn hold(port: u16) -> ! {
    let world = oracle::world::small();
    println!("{world:#?}\nPostgreSQL: {}, Menshen: {port}", cluster::shared().port);
    loop {
        std::thread::park();
    }
}

/// Shows how far it is: a bar on a terminal, elsewhere a line a minute.
fn bar(count: u64, started: Instant) -> impl Fn(u64) + Sync {
    let last = Mutex::new(Instant::now());
    let terminal = std::io::stderr().is_terminal();
    let pause = Duration::from_millis(if terminal { 250 } else { 60_000 });
    move |done| {
        let mut last = last.lock().expect("nobody panicked");
        if last.elapsed() < pause && !(terminal && done == count) {
            return;
        }
        *last = Instant::now();
        let speed = done as f64 / started.elapsed().as_secs_f64();
        if !terminal {
            eprintln!("prove: {done} of {count}, {speed:.0}/s");
            return;
        }
        let filled = (done * 40 / count.max(1)) as usize;
        eprint!("\r[{}{}] {done}/{count}, {speed:.0}/s ", "=".repeat(filled), " ".repeat(40 - filled));
        if done == count {
            eprintln!();
        }
    }
}

fn report(outcome: &Outcome, order: &Order, seconds: f64, reasons: bool) {
    for difference in &outcome.differences {
        let path = difference.keep(order.seed);
        println!("\nstatement {} as {}: {}", difference.index, difference.principal, difference.problem);
        println!("shrunk, in {path}:\n{}", difference.shrunk.as_case("found"));
    }
    if reasons {
        table("refused although M answers", &outcome.reasons);
        table("errors of M", &outcome.errors);
    }
    let Outcome { answered, refused, guarded, writes, invalid, compared, open, differences, .. } = outcome;
    if std::env::var("FORMAT").is_ok_and(|format| format == "json") {
        let line = serde_json::json!({
            "seed": order.seed, "statements": order.count, "answered": answered, "refused": refused,
            "guarded": guarded, "writes": writes, "invalid": invalid, "compared": compared, "open": open, "differences": differences.len(), "seconds": seconds,
        });
        println!("{line}");
        return;
    }
    println!(
        "prove: {answered} answered, {refused} refused ({:.2} % of the valid), {guarded} masked readings kept out, {invalid} \
         invalid on M too, {open} left open by PostgreSQL, {compared} compared, {writes} of them or of the others writes, {} differences; {seconds:.0} s, {:.0}/s; seed {}",
        outcome.refused_share(),
        differences.len(),
        order.count as f64 / seconds,
        order.seed,
    );
}

fn table(title: &str, counts: &BTreeMap<String, (u64, String)>) {
    let mut all: Vec<_> = counts.iter().collect();
    all.sort_by_key(|(_, (count, _))| std::cmp::Reverse(*count));
    println!("\n{title}:");
    for (reason, (count, example)) in all.into_iter().take(60) {
        println!("{count:6} {reason}\n         {example}");
    }
}
