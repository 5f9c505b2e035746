//! The two oracles that define "correct" (chapter *Rewriting*): for a restricted principal, what Menshen answers on the
//! true database A equals what PostgreSQL answers on the masked copy M, or is refused; and nothing that the principal
//! observes tells A from B, whose hidden values differ.

pub mod cases;
mod compare;
mod displaced;
pub mod generate;
mod leaky;
pub mod prove;
mod rows;
pub mod run;
mod typed;
mod wire;
pub mod world;

use std::sync::PoisonError;

use crate::cluster;
use crate::menshen::{Menshen, Settings};

use run::{Doors, run};

fn proxy() -> Menshen {
    proxy_with("")
}

/// A Menshen with these defects planted; `witness` among them: without one.
fn proxy_with(defects: &str) -> Menshen {
    let mut settings = Settings { defects: defects.into(), ..Settings::new(world::bundle()).trusting() };
    if defects.split(',').any(|defect| defect == "witness") {
        settings = settings.with("policy", "witness = false");
    }
    let settings = settings.user("clerk", "x").user("marketer", "x").user("agent", "x").user("registrar", "x");
    Menshen::start(cluster::shared(), &settings)
}

/// How often the second witness has contradicted this Menshen: each time is a defect of one of them.
pub fn contradictions(proxy: &Menshen) -> u64 {
    const LINE: &str = "menshen_witness_total{verdict=\"contradicts\"} ";
    let metrics = proxy.admin("/metrics").expect("metrics");
    assert!(metrics.contains("menshen_witness_total"), "no counter of the witness:\n{metrics}");
    metrics.lines().find_map(|line| line.strip_prefix(LINE)).map_or(0, |count| count.parse().expect("a number"))
}

fn judge(principal: &str) {
    let cases = cases::all();
    assert!(cases.len() >= 300, "{} cases are too few", cases.len());
    judge_in(world::shared(), principal, &cases, 1);
}

fn judge_in(world: &world::World, principal: &str, cases: &[cases::Case], ways: usize) {
    let _turn = world::TURNS.read().unwrap_or_else(PoisonError::into_inner);
    let proxy = proxy();
    let doors = Doors { proxy: proxy.port, server: cluster::shared().port, world, principal, ways };
    let outcome = run(&doors, cases);
    println!("{principal}: {} answered, {} refused", outcome.answered, outcome.refused);
    for (reason, count) in &outcome.reasons {
        println!("{count:5} {reason}");
    }
    for failure in &outcome.failures {
        println!("\n{failure}");
    }
    let log = proxy.log();
    let contradicted: Vec<&str> = log.lines().filter(|line| line.contains("a second reading")).collect();
    assert_eq!(contradictions(&proxy), 0, "the witness contradicted:\n{}", contradicted.join("\n"));
    assert!(outcome.failures.is_empty(), "{} of {} cases fail", outcome.failures.len(), cases.len());
}

/// The database's own grants stop none of these.
#[test]
fn who_may_write_sees_the_masked_database_and_nothing_else() {
    let cases = cases::of(&["tests/attacks/writes", "tests/attacks/temporary"]);
    // nobody else sends them in other ways
    judge_in(world::written(), "clerk", &cases, 2);
}

#[test]
fn the_clerk_sees_the_masked_database_and_nothing_else() {
    judge("clerk");
}

#[test]
fn the_marketer_sees_the_masked_database_and_nothing_else() {
    judge("marketer");
}

#[test]
fn the_agent_sees_some_rows_of_the_masked_database_and_nothing_else() {
    judge("agent");
}
