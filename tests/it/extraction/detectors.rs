//! Every detector over the wire: it is sure of the pattern that it is for, with evidence that a person can read, and not
//! of ordinary work; and it can answer in every way that a limit can.

use std::process::Command;
use std::time::{Duration, Instant};

use tokio_postgres::error::SqlState;
use tokio_postgres::{Client, SimpleQueryMessage};

use super::limits::taken;
use super::{RULES, World, bundle, rows, schema, until, users, world, world_by};
use crate::cluster::{connect, shared};
use crate::menshen::{Menshen, Settings, WallClock};

impl World {
    fn told(&self, rule: &str) -> f64 {
        self.metric("menshen_extraction_signals_total", &format!("rule=\"{rule}\""))
    }

    /// What the incident of a rule says.
    pub fn evidence(&self, rule: &str) -> String {
        let menshen = |words: &[&str]| {
            let mut command = Command::new(env!("CARGO_BIN_EXE_menshen"));
            let command = command.args(words).args(["-c", "menshen.toml"]).current_dir(self.menshen.folder.path());
            String::from_utf8(command.output().expect("runs").stdout).expect("text")
        };
        let list = menshen(&["incident", "list"]);
        let line = list.lines().find(|line| line.contains(rule)).unwrap_or_else(|| panic!("{rule}: {list}"));
        menshen(&["incident", "show", line.split_whitespace().next().expect("an id")])
    }

    /// A rule has told of the account, with such words.
    async fn is_sure(&self, rule: &str, words: &str) {
        until(|| async { self.told(rule) == 1.0 }).await;
        let evidence = self.evidence(rule);
        assert!(evidence.contains(words), "{evidence}");
        assert!(!evidence.contains("13000"), "a telephone number: {evidence}");
    }
}

async fn page(client: &Client, number: u32) {
    let query = format!("SELECT id, phone FROM crm.buyers ORDER BY id LIMIT 10 OFFSET {}", number * 10);
    assert_eq!(rows(&client.simple_query(&query).await.expect("a page")), 10);
}

#[tokio::test(flavor = "multi_thread")]
async fn pages_at_a_steady_rhythm_that_bring_new_persons_are_a_crawl() {
    let world = world(500, "[detector.paging-crawl]\n");
    let (thief, worker) = (world.client("clerk").await, world.client("marketer").await);
    for number in 0..30 {
        page(&thief, number).await;
        // the same first page, again and again, brings nobody new
        page(&worker, 0).await;
    }
    world.is_sure("paging-crawl", "one statement shape was repeated").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn keys_in_their_order_are_a_walk() {
    let world = world(500, "[detector.key-walk]\n");
    let (thief, worker) = (world.client("clerk").await, world.client("marketer").await);
    for step in 1..=40 {
        let one = |id: i32| format!("SELECT id, phone FROM crm.buyers WHERE id = {id}");
        thief.simple_query(&one(step)).await.expect("a row");
        worker.simple_query(&one(step * 211 % 499)).await.expect("a row");
    }
    world.is_sure("key-walk", "each went on at the next key").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn values_that_are_tried_are_an_enumeration() {
    let rules = format!("{RULES}p, role:caller, pii/name, match, *, allow\n");
    let world = world_by(&rules, 100, "[detector.enumeration]\n");
    let (thief, worker) = (world.client("clerk").await, world.client("marketer").await);
    for number in 0..32 {
        let query = format!("SELECT id FROM crm.buyers WHERE name = '王{number}'");
        thief.simple_query(&query).await.expect("an answer");
        if number % 4 == 0 {
            worker.simple_query(&query).await.expect("an answer");
        }
    }
    world.is_sure("enumeration", "values were tested against hidden ones").await;
}

/// A Menshen whose wall clock says something else.
fn world_at(limits: &str, clock: &WallClock) -> (World, Settings) {
    users();
    let bundle = bundle(RULES, limits);
    let settings = Settings { clock: Some(clock.clone()), ..Settings::new(bundle.path()).trusting() };
    let database = shared().fresh_database("clock");
    shared().sql(&database, &schema(500));
    (World { menshen: Menshen::start(shared(), &settings), database, bundle }, settings)
}

#[tokio::test(flavor = "multi_thread")]
async fn persons_at_night_are_off_hours() {
    let limits = "utc_offset = \"+08:00\"\n[detector.off-hours]\nworking = \"mon-fri 08:00-20:00\"\n";
    let clock = WallClock::new("@2026-11-24 10:00:00");
    let (mut world, settings) = world_at(limits, &clock);
    let many = "SELECT id, phone FROM crm.buyers WHERE id <= 30";
    taken(&world.client("clerk").await, many).await;
    world.menshen.stop();
    // half past eight in the evening, eight hours further east
    clock.set("@2026-11-24 12:30:00");
    world.menshen.again(&settings);
    assert_eq!(world.told("off-hours"), 0.0);
    let client = world.client("clerk").await;
    taken(&client, "SELECT id, phone FROM crm.buyers WHERE id <= 20").await;
    assert_eq!(world.told("off-hours"), 0.0);
    taken(&client, many).await;
    world.is_sure("off-hours", "outside of working hours, now 20:3").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_known_account_has_not_used_before_is_a_first_use() {
    let clock = WallClock::new("-8d");
    let (mut world, settings) = world_at("[detector.first-use]\n", &clock);
    drop((world.client("clerk").await, world.client("marketer").await));
    until(|| async { world.metric("menshen_sessions_total", "") >= 2.0 }).await;
    world.menshen.stop();
    clock.set("+0d");
    world.menshen.again(&settings);
    // what it has always used
    drop(world.client("clerk").await);
    assert_eq!(world.told("first-use"), 0.0);
    drop(world.client_at("marketer", [127, 0, 0, 3]).await);
    world.is_sure("first-use", "address: one that the account has not used within 30 days").await;
    let mut config = world.menshen.config("clerk", "", &world.database);
    drop(connect(config.application_name("pg_dump")).await);
    until(|| async { world.told("first-use") == 2.0 }).await;
}

/// Somebody who guesses from a new address does not make it a known one before the guess is right.
#[tokio::test(flavor = "multi_thread")]
async fn a_failed_login_makes_no_address_known() {
    users();
    let clock = WallClock::new("-8d");
    let bundle = bundle(RULES, "[detector.first-use]\nof = \"address\"\n");
    let settings = Settings { clock: Some(clock.clone()), ..Settings::new(bundle.path()) };
    let database = shared().fresh_database("clock");
    shared().sql(&database, &schema(500));
    let mut world = World { menshen: Menshen::start(shared(), &settings), database, bundle };
    let config = |world: &World, password: &str| world.menshen.config("clerk", password, &world.database);
    drop(connect(&config(&world, "secret")).await);
    world.menshen.stop();
    clock.set("+0d");
    world.menshen.again(&settings);
    for _ in 0..3 {
        assert!(world.login_at(&config(&world, "guess"), [127, 0, 0, 5]).await.is_err());
    }
    assert_eq!(world.told("first-use"), 0.0);
    drop(world.login_at(&config(&world, "secret"), [127, 0, 0, 5]).await.expect("logged in"));
    world.is_sure("first-use", "address: one that the account has not used").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_account_that_lives_at_two_addresses_is_told_of() {
    let world = world(100, "[detector.two-addresses]\n");
    for _ in 0..2 {
        // somebody who has moved
        drop(world.client_at("marketer", [127, 0, 0, 2]).await);
    }
    drop(world.client_at("marketer", [127, 0, 0, 3]).await);
    for round in 0..5_u8 {
        drop(world.client_at("clerk", [127, 0, 0, 2 + round % 2]).await);
    }
    world.is_sure("two-addresses", "to and fro between two addresses").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn much_after_a_long_silence_is_a_burst() {
    let clock = WallClock::new("-15d");
    let (mut world, settings) = world_at("[detector.burst]\n", &clock);
    taken(&world.client("clerk").await, "SELECT id, phone FROM crm.buyers WHERE id <= 5").await;
    world.menshen.stop();
    clock.set("-3d");
    world.menshen.again(&settings);
    let many = "SELECT id, phone FROM crm.buyers WHERE id <= 60";
    taken(&world.client("marketer").await, many).await;
    world.menshen.stop();
    clock.set("+0d");
    world.menshen.again(&settings);
    taken(&world.client("marketer").await, many).await;
    assert_eq!(world.told("burst"), 0.0);
    taken(&world.client("clerk").await, many).await;
    world.is_sure("burst", "right after 14 or more days of silence").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn colleagues_who_share_a_list_are_told_of() {
    let world = world(500, "[detector.colleagues]\nat = 90\n");
    for (number, user) in ["clerk", "marketer", "registrar"].into_iter().enumerate() {
        assert_eq!(world.told("colleagues"), 0.0);
        let query = format!("SELECT id, phone FROM crm.buyers WHERE id % 10 = {number}");
        taken(&world.client(user).await, &query).await;
    }
    world.is_sure("colleagues", "3 accounts on one address took").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_bait_is_told_of_at_once() {
    let world = world(500, "[detector.honeytoken]\nsubjects = [\"crm.buyers:77\"]\n");
    let client = world.client("clerk").await;
    taken(&client, "SELECT id, phone FROM crm.buyers WHERE id <> 77").await;
    taken(&client, "SELECT id, name FROM crm.buyers").await;
    assert_eq!(world.told("honeytoken"), 0.0, "nobody's clear value");
    taken(&client, "SELECT id, phone FROM crm.buyers WHERE id = 77").await;
    world.is_sure("honeytoken", "a bait").await;
}

const BAIT: &str = "SELECT id, phone FROM crm.buyers WHERE id = 77";
const OTHER: &str = "SELECT id, phone FROM crm.buyers WHERE id = 78";

fn trap(manner: &str) -> World {
    world(500, &format!("[detector.honeytoken]\nsubjects = [\"crm.buyers:77\"]\n{manner}\n"))
}

#[track_caller]
fn limited(error: Option<tokio_postgres::Error>) {
    let error = error.expect("an end");
    assert_eq!(error.code(), Some(&SqlState::CONFIGURATION_LIMIT_EXCEEDED), "{error:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_detector_blocks_and_quarantines_before_the_row_has_left() {
    for manner in ["do = \"block\"", "do = \"quarantine\"\nfor = \"1h\""] {
        let world = trap(manner);
        let client = world.client("clerk").await;
        let (count, error) = taken(&client, BAIT).await;
        limited(error);
        assert_eq!(count, 0);
        limited(taken(&client, OTHER).await.1);
        limited(taken(&world.client("clerk").await, OTHER).await.1);
        assert_eq!(taken(&world.client("marketer").await, OTHER).await.0, 1);
        client.simple_query("SELECT 1").await.expect("what shows nobody goes on");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_detector_ends_sessions() {
    let world = trap("do = \"terminate\"");
    let client = world.client("clerk").await;
    let (count, error) = taken(&client, BAIT).await;
    assert!(error.is_some() && count == 0);
    assert!(client.simple_query("SELECT 1").await.is_err());
    let again = world.client("clerk").await;
    again.simple_query("SELECT 1").await.expect("what shows nobody");
    assert!(taken(&again, OTHER).await.1.is_some());
    assert!(again.simple_query("SELECT 1").await.is_err(), "ended, not only refused");
    assert_eq!(taken(&world.client("marketer").await, OTHER).await.0, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_detector_slows_and_downgrades() {
    let world = trap("do = \"slow\"\nrate = \"10/s\"");
    let client = world.client("clerk").await;
    taken(&client, BAIT).await;
    let began = Instant::now();
    assert_eq!(taken(&client, "SELECT id, phone FROM crm.buyers WHERE id <= 20").await.0, 20);
    assert!(began.elapsed() > Duration::from_millis(1_500), "{:?}", began.elapsed());

    let world = trap("do = \"downgrade\"");
    let client = world.client("clerk").await;
    let (count, error) = taken(&client, BAIT).await;
    limited(error);
    assert_eq!(count, 0);
    let answer = client.simple_query(OTHER).await.expect("masks");
    let phone = answer.iter().find_map(|message| match message {
        SimpleQueryMessage::Row(row) => row.get(1),
        _ => None,
    });
    assert!(phone.is_some_and(|phone| phone.contains('*')), "{phone:?}");
}

/// Detectors that look at statements have nothing to hold back: what they do is done to the next.
#[tokio::test(flavor = "multi_thread")]
async fn a_walk_is_ended_and_what_is_only_observed_goes_on() {
    let walk = async |world: &World| {
        let client = world.client("clerk").await;
        for id in 1..=60 {
            if taken(&client, &format!("SELECT id, phone FROM crm.buyers WHERE id = {id}")).await.1.is_some() {
                return id;
            }
        }
        60
    };
    for response in ["block", "terminate", "quarantine", "downgrade"] {
        let world = world(500, &format!("[detector.key-walk]\ndo = \"{response}\"\n"));
        let reached = walk(&world).await;
        match response {
            "downgrade" => {
                let answer = world.client("clerk").await.simple_query(OTHER).await.expect("masks");
                assert!(format!("{answer:?}").contains('*'), "{answer:?}");
            }
            _ => assert!((31..=35).contains(&reached), "{response}: {reached}"),
        }
    }
    let world = world(500, "[detector.key-walk]\nmode = \"observe\"\ndo = \"terminate\"\n");
    assert_eq!(walk(&world).await, 60);
    assert!(world.metric("menshen_extraction_signals_total", "observed=\"yes\"") >= 1.0);
}
