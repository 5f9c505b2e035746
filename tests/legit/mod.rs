//! Statements of real programs: `tests/legit/<source>/*.sql`, in the format of `tests/oracle/cases.rs`, most of them
//! recorded by `tests/legit/record`. Each must be answered, with what the masked copy answers.
//!
//! `writes.sql` runs in a world where everybody may write.
//!
//! `<<regclass housing.buyers>>` stands for the number of an object: programs write numbers that they read before.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::PoisonError;

use crate::cluster;
use crate::menshen::{Menshen, Settings};
use crate::oracle::cases::{self, Case, Fate};
use crate::oracle::run::{Doors, run};
use crate::oracle::world::{self, World};

/// As many as the catalogue has at least.
const STATEMENTS: usize = 400;

/// Every case of every source; their names begin with the source.
fn all() -> Vec<Case> {
    let judged = |case: Case| Case { must_answer: !case.fails, bag: case.bag || reads_catalogs(&case.steps), ..case };
    cases::of(&["tests/legit"]).into_iter().map(judged).collect()
}

/// Programs order catalogs by half of what they need: the rest comes as the server has it on disk, in each database.
fn reads_catalogs(steps: &[String]) -> bool {
    steps.iter().any(|step| ["pg_", "information_schema"].iter().any(|name| step.contains(name)))
}

/// The cases with the numbers that objects have in this world.
fn numbered(mut cases: Vec<Case>, world: &World) -> Vec<Case> {
    let names: BTreeSet<String> =
        cases.iter().flat_map(|case| &case.steps).flat_map(|step| placeholders(step)).collect();
    let numbers: BTreeMap<&String, String> = names.iter().map(|name| (name, number(world, name))).collect();
    for step in cases.iter_mut().flat_map(|case| &mut case.steps) {
        for name in placeholders(step) {
            *step = step.replace(&format!("<<{name}>>"), &numbers[&name]);
        }
    }
    cases
}

/// What stands between `<<reg` and `>>`.
fn placeholders(text: &str) -> Vec<String> {
    let parts = text.split("<<reg").skip(1);
    parts.filter_map(|part| part.split_once(">>")).map(|(name, _)| format!("reg{name}")).collect()
}

fn number(world: &World, placeholder: &str) -> String {
    let (ty, name) = placeholder.split_once(' ').expect("a type and a name");
    let ask = format!("SELECT $x${name}$x$::{ty}::oid");
    cluster::shared().sql(&world.a, &ask).trim().to_owned()
}

/// Whether a case writes what is protected.
fn is_write(case: &Case) -> bool {
    case.name.split(':').next().is_some_and(|file| file.ends_with("/writes"))
}

fn judge(principal: &str, world: &World, which: impl Fn(&Case) -> bool) {
    // programs of both take the same advisory locks, and see others' temporary tables in the catalogs
    let _turn = world::TURNS.write().unwrap_or_else(PoisonError::into_inner);
    let cases = numbered(all().into_iter().filter(which).collect(), world);
    let settings = Settings::new(world::bundle()).trusting().user("clerk", "x").user("marketer", "x");
    let proxy = Menshen::start(cluster::shared(), &settings);
    let doors = Doors { proxy: proxy.port, server: cluster::shared().port, world, principal, ways: 2 };
    let outcome = run(&doors, &cases);
    for failure in &outcome.failures {
        println!("\n{failure}");
    }
    let refused = outcome.refused + outcome.failures.iter().filter(|failure| failure.contains("\n  refused: ")).count();
    let answered = outcome.answered;
    println!("{principal}: {} statements, {answered} cases answered, {refused} refused", statements(&cases));
    assert!(outcome.failures.is_empty(), "{} fail, {refused} of them refused", outcome.failures.len());
    assert_eq!(refused, 0);
}

/// Different statements, in whatever case they stand.
fn statements(cases: &[Case]) -> usize {
    cases.iter().flat_map(|case| &case.steps).collect::<BTreeSet<_>>().len()
}

#[test]
fn a_clerk_s_programs_notice_nothing() {
    judge("clerk", world::shared(), |case| !is_write(case));
}

#[test]
fn a_marketer_s_programs_notice_nothing() {
    judge("marketer", world::shared(), |case| !is_write(case));
}

#[test]
fn a_clerk_s_forms_save_what_they_loaded() {
    judge("clerk", world::written(), is_write);
}

#[test]
fn a_marketer_s_forms_save_what_they_loaded() {
    judge("marketer", world::written(), is_write);
}

#[test]
fn the_catalogue_is_large_and_each_case_must_be_answered() {
    let cases = all();
    let mut sources = BTreeMap::<&str, usize>::new();
    for case in &cases {
        *sources.entry(case.name.split_once('/').expect("a source").0).or_default() += case.steps.len();
    }
    println!("{} statements: {sources:?}", statements(&cases));
    assert!(statements(&cases) >= STATEMENTS, "{} statements", statements(&cases));
    assert!(cases.iter().all(|case| case.fate == Fate::Legitimate));
}
