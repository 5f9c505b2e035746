//! Texts that take long to analyse: nobody else waits for them, and they are answered as short ones are.

use std::fmt::Write as _;
use std::io::{Read as _, Write as _};
use std::sync::Arc;
use std::time::Duration;

use menshen::wire::server::ProtocolVersion;
use tokio::task::JoinHandle;
use tokio_postgres::{Client, SimpleQueryMessage};

use super::epochs::{Bench, MASK};
use super::{descriptors, raw, until};

/// `SELECT … WHERE …`, followed by conditions that change nothing, about so many bytes of them.
fn long(start: &str, bytes: usize) -> String {
    let mut text = start.to_owned();
    for n in 0.. {
        if text.len() > bytes {
            break;
        }
        write!(text, " AND (id <> {n} OR note = 'note' OR phone IS NOT NULL)").unwrap();
    }
    text
}

const ONE: &str = "SELECT phone FROM h.buyers WHERE id = 1";

/// One thread for all, that nobody polls the catalog on.
fn bench() -> Bench {
    Bench::with(&[("catalog", "poll_interval = \"1h\""), ("limits", "worker_threads = 1")])
}

async fn simple(client: &Client, text: &str) -> Vec<String> {
    let answers = client.simple_query(text).await.expect("an answer");
    let row = |message: &SimpleQueryMessage| match message {
        SimpleQueryMessage::Row(row) => row.get(0).map(str::to_owned),
        _ => None,
    };
    answers.iter().filter_map(row).collect()
}

/// How many short texts are answered before a long one is: one at most, if they waited for it.
async fn answered_meanwhile(other: &Client, asked: &JoinHandle<Vec<String>>) -> usize {
    let mut answered = 0;
    while !asked.is_finished() {
        assert_eq!(simple(other, ONE).await, [MASK]);
        answered += 1;
    }
    answered
}

async fn code(client: &Client, text: &str) -> String {
    let error = client.simple_query(text).await.expect_err("a refusal");
    error.code().expect("a code").code().to_owned()
}

#[tokio::test]
async fn nobody_waits_for_somebody_else_s_long_text() {
    let bench = bench();
    let (patient, other) = (Arc::new(bench.client("ep_clerk").await), bench.client("ep_clerk").await);
    assert_eq!(simple(&other, ONE).await, [MASK]);
    let text = long(ONE, 400_000);
    let asks = Arc::clone(&patient);
    let asked = tokio::spawn(async move { simple(&asks, &text).await });
    // it has arrived
    tokio::time::sleep(Duration::from_millis(300)).await;
    assert!(answered_meanwhile(&other, &asked).await > 3, "others wait for the long text");
    assert_eq!(asked.await.unwrap(), [MASK]);
    assert_eq!(simple(&patient, ONE).await, [MASK]);
}

#[tokio::test]
async fn a_long_text_is_answered_in_its_place() {
    let bench = bench();
    let client = bench.client("ep_clerk").await;
    let text = long("SELECT phone FROM h.buyers WHERE id = $1", 40_000);
    let before = bench.metric("menshen_analysis_duration_seconds_count{cache=\"miss\"}");
    // all at once: the server's answers come in the order of what was asked
    let (first, prepared, last) =
        tokio::join!(client.query_one(ONE, &[]), client.prepare(&text), client.query_one(ONE, &[]));
    assert_eq!(first.unwrap().get::<_, &str>(0), MASK);
    assert_eq!(last.unwrap().get::<_, &str>(0), MASK);
    let prepared = prepared.unwrap();
    let (one, two) = tokio::join!(client.query_one(&prepared, &[&1]), client.query_one(&prepared, &[&2]));
    assert_eq!([one.unwrap().get::<_, &str>(0), two.unwrap().get(0)], [MASK; 2]);
    assert!(bench.metric("menshen_analysis_duration_seconds_count{cache=\"miss\"}") > before, "it is counted");
    // under other rights it is made again, where the client does not see it
    bench.flip("clear", "clear");
    let again = client.query_one(&prepared, &[&1]).await.unwrap();
    assert_eq!(again.get::<_, &str>(0), super::epochs::TRUE);
}

/// A cursor, a statement prepared by SQL: their texts are analysed again under new rights.
#[tokio::test]
async fn what_is_spoken_of_by_name_is_read_elsewhere_too() {
    let bench = bench();
    let (patient, other) = (Arc::new(bench.client("ep_clerk").await), bench.client("ep_clerk").await);
    let text = long(ONE, 400_000);
    patient.batch_execute(&format!("PREPARE p AS {text}")).await.unwrap();
    patient.batch_execute(&format!("BEGIN; DECLARE c CURSOR WITH HOLD FOR {text}; COMMIT")).await.unwrap();
    for (ask, rows) in [("EXECUTE p", 1), ("FETCH c", 1), ("FETCH c", 0), ("EXECUTE p", 1)] {
        bench.flip("masked", "clear");
        assert_eq!(simple(&other, ONE).await, [MASK]);
        let asks = Arc::clone(&patient);
        let asked = tokio::spawn(async move { simple(&asks, ask).await });
        tokio::time::sleep(Duration::from_millis(50)).await;
        assert!(answered_meanwhile(&other, &asked).await > 3, "{ask}: others wait for the long text");
        assert_eq!(asked.await.unwrap(), vec![MASK; rows], "{ask}");
    }
}

#[tokio::test]
async fn a_long_text_that_is_refused_fails_as_a_short_one() {
    let bench = bench();
    let client = bench.client("ep_clerk").await;
    let denied = long("SELECT pg_read_file('/etc/passwd'), phone FROM h.buyers WHERE id = 1", 40_000);
    client.batch_execute("BEGIN").await.unwrap();
    assert_eq!(code(&client, &denied).await, "42501");
    assert_eq!(code(&client, ONE).await, "25P02");
    client.batch_execute("ROLLBACK").await.unwrap();
    assert_eq!(code(&client, &long("SELECT phone FROM h.byers WHERE id = 1", 40_000)).await, "42P01");
    assert_eq!(code(&client, &long("SELECT phone FRO h.buyers WHERE id = 1", 40_000)).await, "42601");
    assert_eq!(simple(&client, ONE).await, [MASK]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_leaves_while_a_long_text_is_read_leaves_nothing_behind() {
    let bench = bench();
    drop(bench.client("ep_clerk").await);
    let empty = || descriptors(&bench.menshen) <= super::KEPT + 4;
    until("the first has gone", empty);
    for _ in 0..3 {
        let client = bench.client("ep_clerk").await;
        let text = long(ONE, 100_000);
        let asked = tokio::spawn(async move { client.simple_query(&text).await.is_ok() });
        tokio::time::sleep(Duration::from_millis(100)).await;
        asked.abort();
    }
    until("those who left have gone", empty);
    assert_eq!(simple(&bench.client("ep_clerk").await, ONE).await, [MASK]);
}

/// Longer than any text may be: the client, still sending, hears why nobody listens.
#[test]
fn who_sends_too_much_is_told_so() {
    let bench = bench();
    let mut stream = raw::connect(bench.menshen.port);
    let options = [("user", "ep_clerk"), ("database", bench.database.as_str())];
    stream.write_all(&raw::startup(ProtocolVersion::V3_0, &options)).unwrap();
    raw::read_until_ready(&mut stream);
    let bytes = 80 << 20;
    stream.write_all(b"Q").unwrap();
    stream.write_all(&u32::to_be_bytes(bytes + 4)).unwrap();
    let chunk = vec![b' '; 1 << 20];
    for _ in 0..bytes >> 20 {
        stream.write_all(&chunk).unwrap();
    }
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).unwrap();
    assert_eq!(raw::error(&answer), Some(("08P01".into(), "statement text too long".into())));
}
