//! The extraction governor in a seeded office: what thefts it notices, after how many persons, and whom it suspects
//! wrongly, against naive fixed limits. `make simulate` prints the table of `docs/extraction.md`; `cargo test` runs a
//! short office. Limits are tuned on the tuning seeds alone.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, clippy::print_stdout, reason = "a test")]

mod chance;
mod judge;
mod office;
mod thefts;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

use menshen::policy::compile;
use menshen::policy::limits::Limits;

use judge::{Governed, Naive, Result, Watch, run};
use office::Office;
use thefts::Class;

const DAYS: u64 = 112;
const TUNING: std::ops::Range<u64> = 1..5;
/// Nobody looks at these while writing limits.
const HELD_OUT: std::ops::Range<u64> = 1_001..1_005;

fn limits() -> Arc<Limits> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("policies");
    let mut files = BTreeMap::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_file() {
            let name = path.file_name().unwrap().to_str().unwrap().to_owned();
            files.insert(name, std::fs::read_to_string(&path).unwrap());
        }
    }
    compile(&files).unwrap_or_else(|found| panic!("{found:?}")).limits
}

fn all(seeds: impl Iterator<Item = u64>, watch: impl Fn(&Office) -> Box<dyn Watch> + Sync) -> Result {
    let mut sum = Result::default();
    std::thread::scope(|scope| {
        let watch = &watch;
        let runs: Vec<_> = seeds.map(|seed| scope.spawn(move || run(seed, 10, DAYS, watch))).collect();
        runs.into_iter().for_each(|run| sum.add(run.join().unwrap()));
    });
    sum
}

fn governed(limits: &Arc<Limits>) -> impl Fn(&Office) -> Box<dyn Watch> + Sync {
    let limits = Arc::clone(limits);
    move |office| Box::new(Governed::new(Arc::clone(&limits), office))
}

fn share(result: &Result, class: Class) -> (usize, usize) {
    let of: Vec<_> = result.outcomes.iter().filter(|one| one.class == class).collect();
    (of.iter().filter(|one| one.noticed.is_some()).count(), of.len())
}

/// Median and 95th percentile of persons lost, in noticed and unnoticed thefts alike.
fn lost(result: &Result, which: impl Fn(&judge::Outcome) -> bool) -> (usize, usize) {
    let mut lost: Vec<usize> = result.outcomes.iter().filter(|one| which(one)).map(|one| one.lost).collect();
    lost.sort_unstable();
    let at = |part: f64| lost.get(((lost.len() as f64 * part).ceil() as usize).saturating_sub(1)).copied().unwrap_or(0);
    (at(0.5), at(0.95))
}

fn print_row(name: &str, result: &Result) {
    print!("| {name} |");
    for class in [Class::Fast, Class::Slow, Class::Colluding] {
        let (noticed, of) = share(result, class);
        let (median, p95) = lost(result, |one| one.class == class);
        print!(" {noticed}/{of} ({:.0} %) | {median} / {p95} |", 100.0 * noticed as f64 / of as f64);
    }
    println!(" {:.2} |", result.false_per_hundred_weeks());
}

fn print_thefts(result: &Result) {
    println!("\n| theft | noticed | persons lost, median / p95 | by |\n|---|---|---|---|");
    let names: BTreeSet<(Class, &str)> = result.outcomes.iter().map(|one| (one.class, one.name)).collect();
    for (_, name) in names {
        let of: Vec<_> = result.outcomes.iter().filter(|one| one.name == name).collect();
        let noticed = of.iter().filter(|one| one.noticed.is_some()).count();
        let mut by: BTreeMap<&str, usize> = BTreeMap::new();
        of.iter().filter_map(|one| one.noticed.as_deref()).for_each(|rule| *by.entry(rule).or_default() += 1);
        let by: Vec<String> = by.into_iter().map(|(rule, count)| format!("{rule} {count}")).collect();
        let (median, p95) = lost(result, |one| one.name == name);
        println!("| {name} | {noticed}/{} | {median} / {p95} | {} |", of.len(), by.join(", "));
    }
    println!("\nfalse alerts: {:?} in {:.0} user weeks", result.false_alerts, result.user_weeks);
}

#[test]
#[ignore = "minutes: make simulate"]
fn table() {
    let limits = limits();
    // `TUNING=2`: two tuning seeds and nothing else.
    let tuning: Option<u64> = std::env::var("TUNING").ok().and_then(|count| count.parse().ok());
    let sets = match tuning {
        Some(count) => vec![("tuning seeds", TUNING.start..TUNING.start + count)],
        None => vec![("tuning seeds", TUNING), ("held-out seeds", HELD_OUT)],
    };
    for (name, seeds) in sets {
        println!("\n{name}: {} offices of {DAYS} days", seeds.end - seeds.start);
        println!("| | fast | lost | slow | lost | colluding | lost | false alerts per 100 users and week |");
        println!("|---|---|---|---|---|---|---|---|");
        let result = all(seeds.clone(), governed(&limits));
        print_row("`policies/limits.toml`", &result);
        for at in [100, 200, 500].into_iter().filter(|_| tuning.is_none()) {
            print_row(&format!("fixed {at} a day"), &all(seeds.clone(), |_| Box::new(Naive::new(at))));
        }
        print_thefts(&result);
    }
}

/// A small office: the goals that the table is about, loosely, in seconds.
#[test]
fn a_small_office_is_watched_well() {
    let result = run(42, 2, 70, governed(&limits()));
    let (fast, of) = share(&result, Class::Fast);
    assert_eq!(fast, of, "{:?}", result.outcomes);
    let (rest, of) = (share(&result, Class::Slow), share(&result, Class::Colluding));
    assert!((rest.0 + of.0) * 10 >= (rest.1 + of.1) * 6, "{:?}", result.outcomes);
    assert!(result.false_per_hundred_weeks() < 3.0, "{:?}", result.false_alerts);
}
