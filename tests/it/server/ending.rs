//! How sessions and the process end.

use std::io::Write;
use std::time::Duration;

use menshen::wire::server::ProtocolVersion;
use menshen::wire::write;
use tokio_postgres::NoTls;
use tokio_postgres::error::SqlState;

use super::raw::{self, cancel_key, error, read_until, read_until_ready, startup};
use super::{KEPT, descriptors, logged, plain, plain_settings, until};
use crate::cluster::{connect, shared};
use crate::menshen::{Menshen, Settings};

#[tokio::test(flavor = "multi_thread")]
async fn a_cancel_request_reaches_the_statement() {
    let (cluster, menshen) = (shared(), plain());
    cluster.login("sleeper", "secret");
    let client = connect(&menshen.config("sleeper", "secret", "postgres")).await;
    let token = client.cancel_token();
    let sleep = tokio::spawn(async move { client.batch_execute("SELECT pg_sleep(600)").await });
    let sleeping = || {
        let count = "SELECT count(*) FROM pg_stat_activity WHERE usename = 'sleeper' AND query LIKE '%pg_sleep(600)%'";
        cluster.sql("postgres", count).trim() == "1"
    };
    until("the statement runs", sleeping);
    token.cancel_query(NoTls).await.unwrap();
    let error = sleep.await.unwrap().unwrap_err();
    assert_eq!(error.code(), Some(&SqlState::QUERY_CANCELED));
}

#[test]
fn a_guessed_key_cancels_nothing() {
    let cluster = shared();
    cluster.login("guessed", "secret");
    let menshen = Menshen::start(cluster, &Settings::new("policies").trusting().user("guessed", "secret"));
    let mut stream = raw::connect(menshen.port);
    stream.write_all(&startup(ProtocolVersion::V3_2, &[("user", "guessed"), ("database", "postgres")])).unwrap();
    let (process_id, mut key) = cancel_key(&read_until_ready(&mut stream)).unwrap();
    let mut query = Vec::new();
    write::query(&mut query, b"SELECT pg_sleep(1)").unwrap();
    stream.write_all(&query).unwrap();
    let mut request = Vec::new();
    key[31] ^= 1;
    write::cancel_request(&mut request, process_id, &key).unwrap();
    write::cancel_request(&mut request, process_id, &key[..4]).unwrap();
    assert!(raw::converse(menshen.port, &request).is_empty());
    assert!(error(&read_until_ready(&mut stream)).is_none());
    logged(&menshen, "wrong key in cancel request", 1);
}

/// Clients wait for the end of the connection that asked for a cancel: what they send next is not hit.
#[test]
fn a_cancel_request_that_has_ended_hits_nothing_later() {
    let cluster = shared();
    cluster.login("hasty", "secret");
    let menshen = Menshen::start(cluster, &Settings::new("policies").trusting().user("hasty", "secret"));
    let mut stream = raw::connect(menshen.port);
    stream.write_all(&startup(ProtocolVersion::V3_2, &[("user", "hasty"), ("database", "postgres")])).unwrap();
    let (process_id, key) = cancel_key(&read_until_ready(&mut stream)).unwrap();
    let mut request = Vec::new();
    write::cancel_request(&mut request, process_id, &key).unwrap();
    for round in 0..60 {
        let mut query = Vec::new();
        write::query(&mut query, format!("SELECT pg_sleep({})", 0.0005 * f64::from(round % 12)).as_bytes()).unwrap();
        stream.write_all(&query).unwrap();
        assert!(raw::converse(menshen.port, &request).is_empty());
        read_until_ready(&mut stream);
        query.clear();
        write::query(&mut query, b"SELECT pg_sleep(0.02)").unwrap();
        stream.write_all(&query).unwrap();
        assert_eq!(error(&read_until_ready(&mut stream)), None, "round {round}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn clients_that_vanish_leave_nothing_behind() {
    let (cluster, menshen) = (shared(), plain());
    cluster.login("ghost", "secret");
    let before = descriptors(&menshen);
    let mut runtimes = Vec::new();
    for _ in 0..5 {
        // idle, in a transaction, in the middle of a result that nobody reads
        for sql in ["", "BEGIN; SELECT 1", "SELECT repeat('x', 1000) FROM generate_series(1, 100000)"] {
            let (client, connection) = menshen.config("ghost", "secret", "postgres").connect(NoTls).await.unwrap();
            let driver = tokio::spawn(connection);
            let asked = tokio::spawn(async move { client.batch_execute(sql).await });
            tokio::time::sleep(Duration::from_millis(5)).await;
            runtimes.push((driver, asked));
        }
    }
    for (driver, asked) in runtimes {
        // the socket closes without a Terminate
        driver.abort();
        asked.abort();
    }
    until("descriptors are given back", || descriptors(&menshen) <= before + KEPT);
    let backends = || cluster.sql("postgres", "SELECT count(*) FROM pg_stat_activity WHERE usename = 'ghost'");
    until("the server's sessions have ended", || backends().trim() == "0");
    assert!(!menshen.log().contains("panicked"), "{}", menshen.log());
}

#[test]
fn a_drain_says_goodbye_as_the_server_would_and_lets_statements_finish() {
    let cluster = shared();
    cluster.login("drained", "secret");
    let menshen = Menshen::start(cluster, &Settings::new("policies").trusting().user("drained", "secret"));
    let hello = startup(ProtocolVersion::V3_0, &[("user", "drained"), ("database", "postgres")]);
    let [mut idle, mut called, mut busy] = [0, 1, 2].map(|_| {
        let mut stream = raw::connect(menshen.port);
        stream.write_all(&hello).unwrap();
        assert!(error(&read_until_ready(&mut stream)).is_none());
        stream
    });
    let mut query = Vec::new();
    write::query(&mut query, b"SELECT pg_sleep(1), 'finished'").unwrap();
    busy.write_all(&query).unwrap();
    // a function call ends a pipeline as a Query does
    let mut call = Vec::new();
    write::parse(&mut call, b"", b"SELECT 1", [].into_iter()).unwrap();
    call.extend(b"F\0\0\0\x0e\0\0\x06\x3e\0\0\0\0\0\0");
    called.write_all(&call).unwrap();
    read_until_ready(&mut called);
    std::thread::sleep(Duration::from_millis(300));
    menshen.signal("TERM");
    let goodbye = ("57P01".to_owned(), "terminating connection due to administrator command".to_owned());
    assert_eq!(error(&read_until(&mut idle, |_| false)), Some(goodbye.clone()));
    assert_eq!(error(&read_until(&mut called, |_| false)), Some(goodbye.clone()));
    let answer = read_until(&mut busy, |_| false);
    assert!(answer.windows(8).any(|bytes| bytes == b"finished"));
    assert_eq!(error(&answer), Some(goodbye));
    until("the process has ended", || menshen.log().contains("stopped"));
    assert!(std::net::TcpStream::connect(("127.0.0.1", menshen.port)).is_err());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reload_is_atomic_and_a_bad_bundle_changes_nothing() {
    let cluster = shared();
    cluster.login("reloader", "secret");
    let bundle = tempfile::tempdir().unwrap();
    for name in ["classification.toml", "identity.toml", "masks.toml", "policy.csv"] {
        std::fs::copy(crate::cluster::root().join("policies").join(name), bundle.path().join(name)).unwrap();
    }
    let menshen = Menshen::start(cluster, &Settings { policies: bundle.path().into(), ..plain_settings() });
    let client = connect(&menshen.config("reloader", "secret", "postgres")).await;
    client.simple_query("SELECT 1").await.unwrap();
    let metric = |line: &str| menshen.admin("/metrics").unwrap().lines().any(|other| other == line);

    let rules = bundle.path().join("policy.csv");
    let good = std::fs::read_to_string(&rules).unwrap();
    std::fs::write(&rules, format!("{good}\np, role:anyone, nonsense\n")).unwrap();
    menshen.signal("HUP");
    until("the rejection is counted", || metric("menshen_policy_reloads_total{outcome=\"rejected\"} 1"));
    assert!(metric("menshen_policy_epoch 1"));
    logged(&menshen, "the policy bundle was rejected", 1);

    std::fs::write(&rules, format!("{good}\n# a comment\n")).unwrap();
    menshen.signal("HUP");
    until("the new one is in force", || metric("menshen_policy_epoch 2"));
    assert_eq!(client.simple_query("SELECT 1").await.unwrap().len(), 3);
}

#[test]
fn a_bundle_that_does_not_compile_stops_the_start() {
    let bundle = tempfile::tempdir().unwrap();
    std::fs::write(bundle.path().join("policy.csv"), "p, role:anyone, nonsense\n").unwrap();
    let config = bundle.path().join("menshen.toml");
    let text = format!(
        "[auth]\nmethod = \"trust\"\n[policy]\ndir = \"{}\"\n[audit]\nfile = \"\"\n[admin]\naddress = \"\"\n",
        bundle.path().display()
    );
    std::fs::write(&config, text).unwrap();
    for subcommand in ["run", "check"] {
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_menshen"));
        let output = command.arg(subcommand).arg("-c").arg(&config).output().unwrap();
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(3), "{subcommand}: {said}");
        assert!(said.contains("policy.csv:1") && said.contains("classification.toml"), "{subcommand}: {said}");
    }
}

/// On a full disk statements that must be recorded are not answered; nobody waits for ever, and nothing piles up.
#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_recorded_ends_the_session_and_in_the_end_the_process() {
    let cluster = shared();
    cluster.login("unrecorded", "secret");
    let audit = ["file = \"/dev/full\"", "queue = 1", "patience = \"1s\""].join("\n");
    let settings = Settings::new("policies").trusting().user("unrecorded", "secret").with("audit", audit);
    let mut menshen = Menshen::start(cluster, &settings);
    let before = descriptors(&menshen);
    let refused = SqlState::INSUFFICIENT_PRIVILEGE;
    for _ in 0..3 {
        let client = connect(&menshen.config("unrecorded", "secret", "postgres")).await;
        let mut answers = 0;
        let last = loop {
            let error = client.batch_execute("CREATE TABLE unrecorded ()").await.unwrap_err();
            if error.code() != Some(&refused) {
                break error;
            }
            answers += 1;
            assert!(answers < 10, "recorded nowhere, and answered");
        };
        assert_eq!(last.code(), Some(&SqlState::DISK_FULL), "{last:?}");
    }
    logged(&menshen, "the audit file does not take its records", 3);
    until("descriptors are given back", || descriptors(&menshen) <= before + KEPT);
    assert_eq!(menshen.terminate(), Some(1));
    logged(&menshen, "the audit file did not take the last records", 1);
}
