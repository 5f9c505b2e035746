//! Three replicas that count together, by the real programs and a real Redis; and what administrators order.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::process::Command;
use std::time::{Duration, Instant};

use tempfile::TempDir;
use tokio_postgres::error::SqlState;
use tokio_postgres::{Client, Config, NoTls};

use super::limits::{limit, taken};
use super::{RULES, bundle, schema, until, users};
use crate::cluster::{connect, shared};
use crate::menshen::{Menshen, Settings, WallClock};
use crate::redis_server::Server;

pub struct Replicas {
    menshens: Vec<Menshen>,
    settings: Settings,
    database: String,
    pub redis: Server,
    _files: [TempDir; 2],
}

fn replicas(persons: u32, limits: &str) -> Replicas {
    replicas_by(persons, limits, None)
}

/// Three replicas and their store, whose wall clocks are that one.
pub fn replicas_by(persons: u32, limits: &str, clock: Option<WallClock>) -> Replicas {
    users();
    let redis = Server::start_with(clock.iter().flat_map(WallClock::environment).collect());
    let (bundle, keys) = (bundle(RULES, limits), tempfile::tempdir().expect("a folder"));
    let key = keys.path().join("key");
    fs::write(&key, "7".repeat(64)).expect("written");
    fs::set_permissions(&key, fs::Permissions::from_mode(0o600)).expect("private");
    let database = shared().fresh_database("replicas");
    shared().sql(&database, &schema(persons));
    let settings = Settings::new(bundle.path())
        .trusting()
        .with("extraction", "state = \"redis\"")
        // what a busy machine may take is not an outage
        .with("extraction", "timeout = \"5s\"")
        .with("extraction", format!("redis_url = \"{}\"", redis.url()))
        .with("extraction", format!("key = \"{}\"", key.display()));
    let settings = Settings { clock, ..settings };
    let menshens = (0..3).map(|_| Menshen::start(shared(), &settings)).collect();
    Replicas { menshens, settings, database, redis, _files: [bundle, keys] }
}

impl Replicas {
    /// Where an account can connect to.
    pub fn doors(&self) -> Vec<Config> {
        self.menshens.iter().map(|menshen| menshen.config("clerk", "", &self.database)).collect()
    }

    pub fn metrics(&self) -> Vec<String> {
        self.menshens.iter().map(|menshen| menshen.admin("/metrics").expect("metrics")).collect()
    }

    /// Ends one as if the power were cut, and starts it again.
    pub fn restart(&mut self, replica: usize) {
        self.menshens[replica].kill();
        self.menshens[replica].again(&self.settings);
    }

    async fn client(&self, replica: usize) -> Client {
        connect(&self.menshens[replica % 3].config("clerk", "", &self.database)).await
    }

    /// Sixty-four sessions of one account over all replicas, each with its part of the list; the rows that came.
    async fn export(&self) -> usize {
        let mut takers = Vec::new();
        for n in 0..64 {
            let client = self.client(n).await;
            let query = format!("SELECT id, phone FROM crm.buyers WHERE id % 64 = {n}");
            takers.push(tokio::spawn(async move { taken(&client, &query).await.0 }));
        }
        let mut sum = 0;
        for taker in takers {
            sum += taker.await.expect("ended");
        }
        sum
    }

    fn order(&self, replica: usize, words: &[&str]) {
        let folder = self.menshens[replica].folder.path();
        let mut command = Command::new(env!("CARGO_BIN_EXE_menshen"));
        let done = command.args(words).args(["-c", "menshen.toml"]).current_dir(folder).output().expect("runs");
        assert!(done.status.success(), "{words:?}: {done:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn parallel_sessions_of_three_replicas_overdraw_by_a_chunk_each_at_most() {
    let mut replicas = replicas(40_000, &limit("{ at = 10000, do = \"block\" }"));
    let sum = replicas.export().await;
    println!("{sum} of 10,000");
    assert!((5_000..=10_000 + 64 * 256).contains(&sum), "{sum}");
    // the store goes away: nobody is free of the limit, and sessions go on
    replicas.redis.kill();
    for replica in 0..3 {
        let client = replicas.client(replica).await;
        client.simple_query("SELECT count(*) FROM crm.buyers").await.expect("what shows nobody goes on");
        assert!(taken(&client, "SELECT id, phone FROM crm.buyers").await.0 <= 10_000);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn with_a_shared_store_a_cancel_ends_the_wait_at_once() {
    let replicas = replicas(2_000, &limit("{ at = 10, do = \"slow\", rate = \"5/s\" }"));
    let client = replicas.client(0).await;
    let token = client.cancel_token();
    let began = Instant::now();
    let ((rows, error), at) = tokio::join!(taken(&client, "SELECT id, phone FROM crm.buyers"), async {
        tokio::time::sleep(Duration::from_secs(2)).await;
        let at = Instant::now();
        token.cancel_query(NoTls).await.expect("cancelled");
        at
    });
    assert_eq!(error.expect("an end").code(), Some(&SqlState::QUERY_CANCELED));
    assert!(at.elapsed() < Duration::from_secs(1), "{:?}", at.elapsed());
    let most = 12 + (5.0 * began.elapsed().as_secs_f64()) as usize;
    assert!((10..=most).contains(&rows), "{rows} rows");
    client.simple_query("SELECT 1").await.expect("goes on");
}

#[tokio::test(flavor = "multi_thread")]
async fn orders_are_in_force_on_every_replica_within_a_second() {
    let replicas = replicas(2_000, &limit("{ at = 100000, do = \"alert\" }"));
    let (near, far) = (replicas.client(0).await, replicas.client(1).await);
    let one = "SELECT phone FROM crm.buyers WHERE id = 7";
    near.simple_query(one).await.expect("free");
    far.simple_query(one).await.expect("free");
    replicas.order(0, &["quarantine", "clerk", "--reason", "a secret suspicion"]);
    for client in [&near, &far] {
        until(|| async { client.simple_query(one).await.is_err() }).await;
        let error = client.simple_query(one).await.expect_err("quarantined");
        assert_eq!(error.code(), Some(&SqlState::CONFIGURATION_LIMIT_EXCEEDED));
        assert!(!format!("{error:?}").contains("suspicion"), "{error:?}");
    }
    replicas.order(1, &["release", "clerk", "--reason", "it was the report"]);
    for client in [&near, &far] {
        until(|| async { client.simple_query(one).await.is_ok() }).await;
    }
    replicas.order(2, &["lockdown", "--reason", "a leak"]);
    for client in [&near, &far] {
        // a statement that the order meets under way is stopped
        let masked = || async { client.simple_query(one).await.is_ok_and(|rows| format!("{rows:?}").contains("**")) };
        until(masked).await;
    }
}

/// What needs no answer is counted together, too: a replica that has heard of it refuses what begins next.
#[tokio::test(flavor = "multi_thread")]
async fn statements_are_counted_together() {
    let limits =
        "[[limit]]\nname = \"it\"\nmeter = \"statements\"\nwindow = \"1d\"\nsteps = [{ at = 20, do = \"block\" }]\n";
    let replicas = replicas(100, limits);
    let (near, far) = (replicas.client(0).await, replicas.client(1).await);
    let one = "SELECT phone FROM crm.buyers WHERE id = 7";
    for _ in 0..19 {
        near.simple_query(one).await.expect("below the limit");
    }
    // the other one hears of it in less
    tokio::time::sleep(Duration::from_secs(1)).await;
    let mut more = 0;
    while more < 20 && far.simple_query(one).await.is_ok() {
        more += 1;
    }
    assert!(more <= 5, "{more} beyond 19");
}
