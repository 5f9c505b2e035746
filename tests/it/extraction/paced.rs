//! Drivers whose account is slowed: they wait, get what they asked for, can cancel at once; and nobody else waits.

use std::process::Command;
use std::time::{Duration, Instant};

use serde_json::Value;

use super::limits::limit;
use super::{World, rows, world};
use crate::cluster::shared;
use crate::drivers::{Door, jdbc, node, python};

/// Rows of a second, once an account has read more than [`FREE`] persons.
const RATE: u64 = 10;
const FREE: u64 = 4;

/// What a busy machine may add.
const LATE: u64 = 4_000;

/// Runs a program as `clerk`, and meanwhile looks how long `marketer` waits, who reads as many persons as are free.
async fn beside(world: &World, program: impl FnOnce() -> Command + Send + 'static) -> Vec<Value> {
    let door = Door { port: world.menshen.port, user: "clerk", database: world.database.clone() };
    let mut paced = tokio::task::spawn_blocking(move || door.transcript(program(), "paced"));
    let other = world.client("marketer").await;
    let query = format!("SELECT id, phone FROM crm.buyers WHERE id <= {FREE}");
    let (mut asked, mut longest) = (0, Duration::ZERO);
    let said = loop {
        let began = Instant::now();
        assert_eq!(rows(&other.simple_query(&query).await.expect("rows")) as u64, FREE);
        (asked, longest) = (asked + 1, longest.max(began.elapsed()));
        tokio::select! {
            said = &mut paced => break said.expect("the program has ended well"),
            () = tokio::time::sleep(Duration::from_millis(50)) => {}
        }
    };
    assert!(asked > 20 && longest < Duration::from_secs(2), "{asked} statements, the longest took {longest:?}");
    said.lines().map(|line| serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}"))).collect()
}

/// What the database itself says of the first persons.
fn people(world: &World, count: u64) -> Value {
    let query = format!("SELECT json_agg(json_build_array(id, phone) ORDER BY id) FROM crm.buyers WHERE id <= {count}");
    serde_json::from_str(&shared().sql(&world.database, &query)).expect("JSON")
}

#[track_caller]
fn waited(world: &World, step: &Value, first: bool) {
    // some drivers' rows are marked as such in the transcript
    let found = step["rows"].as_array().expect("rows");
    let count = found.len() as u64;
    assert_eq!(step["rows"], people(world, count), "{step}");
    let paced = if first { count - FREE } else { count };
    // what comes first leaves at once: a quarter of a second's, and so does the first row of each statement
    let least = (paced * 1000 / RATE).saturating_sub(1000);
    let took = step["milliseconds"].as_u64().expect("a time");
    assert!((least..=count * 1000 / RATE + LATE).contains(&took), "{count} rows took {took} ms: {}", step["step"]);
}

#[track_caller]
fn cancelled(step: &Value) {
    assert_eq!(step["sqlstate"], "57014", "{step}");
    assert_eq!(step["after"], serde_json::json!([1, "integer"]), "the session goes on: {step}");
    let took = step["milliseconds"].as_u64().expect("a time");
    assert!(took < 1000, "a cancel took {took} ms: {step}");
}

/// `steps`: names of the program's steps with the rows that each is to bring; 0: it is cancelled.
async fn notices_nothing(program: impl FnOnce() -> Command + Send + 'static, steps: &[(&str, usize)]) {
    let world = world(5_000, &limit(&format!("{{ at = {FREE}, do = \"slow\", rate = \"{RATE}/s\" }}")));
    let said = beside(&world, program).await;
    for step in &said {
        println!("{} ms, {} rows: {}", step["milliseconds"], step["rows"].as_array().map_or(0, Vec::len), step["step"]);
    }
    let told =
        |step: &Value| (step["step"].as_str().expect("a name").to_owned(), step["rows"].as_array().map_or(0, Vec::len));
    let told: Vec<(String, usize)> = said.iter().map(told).collect();
    assert_eq!(told.iter().map(|(name, rows)| (name.as_str(), *rows)).collect::<Vec<_>>(), steps);
    for (index, step) in said.iter().enumerate() {
        match step["rows"].is_array() {
            true => waited(&world, step, index == 0),
            false => cancelled(step),
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn psycopg_waits_and_cancels() {
    let steps = [
        ("whole", 40),
        ("binary", 20),
        ("window", 20),
        ("patient", 20),
        ("cancel_safe", 0),
        ("cancel", 0),
        ("window cancelled", 0),
        ("afterwards", 3),
    ];
    notices_nothing(|| python("paced_psycopg.py"), &steps).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn jdbc_waits_and_cancels() {
    let steps = [
        ("whole", 40),
        ("window", 20),
        ("window cancelled", 0),
        ("cancel", 0),
        ("query timeout", 0),
        ("afterwards", 3),
        ("simple", 20),
        ("simple cancelled", 0),
    ];
    notices_nothing(|| jdbc("Paced.java"), &steps).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn node_postgres_waits_and_cancels() {
    let steps = [
        ("whole", 40),
        ("simple", 20),
        ("window", 20),
        ("patient", 20),
        ("cancel", 0),
        ("simple cancelled", 0),
        ("afterwards", 3),
    ];
    notices_nothing(|| node("paced_node.js"), &steps).await;
}
