//! Many sessions through several replicas against one limit: what was granted is never more than the limit and a chunk
//! for each session.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use menshen::model::disclosure::CHUNK_ROWS;
use menshen::policy::limits::Meter;

use crate::server::Server;
use crate::world::{MOST, Replica, account, ask, replicas};

const SESSIONS: u64 = 64;
const CHUNK: u64 = CHUNK_ROWS as u64;
/// Between two chunks of one session.
const PAUSE: Duration = Duration::from_millis(100);
const BOUND: u64 = MOST + SESSIONS * CHUNK;

/// Persons that were granted, by all sessions.
type Granted = Arc<AtomicU64>;

/// One session that takes new persons until the end, chunk after chunk, whatever it is told.
async fn take(session: u64, replica: Arc<Replica>, granted: Granted, end: Instant) {
    // One after another, so that something can happen before it is all gone.
    tokio::time::sleep(Duration::from_millis(40 * session)).await;
    let account = account("thief");
    let (mut first, mut chunk) = (session * 1_000_000, CHUNK);
    while Instant::now() < end {
        if let Some(next) = replica.granted(ask(&account, first, chunk)).await {
            granted.fetch_add(chunk, Ordering::Relaxed);
            first += chunk;
            chunk = next.clamp(1, CHUNK);
        }
        tokio::time::sleep(PAUSE).await;
    }
}

/// Starts all sessions; `during` runs beside them. What was granted.
async fn run(replicas: Vec<Replica>, seconds: u64, during: impl AsyncFnOnce(&[Arc<Replica>], &Granted)) -> u64 {
    let replicas: Vec<Arc<Replica>> = replicas.into_iter().map(Arc::new).collect();
    let granted = Granted::default();
    let end = Instant::now() + Duration::from_secs(seconds);
    let sessions: Vec<_> = (0..SESSIONS)
        .map(|session| {
            let replica = Arc::clone(&replicas[session as usize % replicas.len()]);
            tokio::spawn(take(session, replica, Arc::clone(&granted), end))
        })
        .collect();
    during(&replicas, &granted).await;
    for session in sessions {
        session.await.unwrap();
    }
    for replica in &replicas {
        println!("{:?}", replica.counting.status().unwrap());
        replica.counting.stop().await;
    }
    granted.load(Ordering::Relaxed)
}

async fn until(granted: &Granted, least: u64) {
    while granted.load(Ordering::Relaxed) < least {
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
}

#[track_caller]
fn assert_bounded(granted: u64, least: u64) {
    println!("granted: {granted}; the limit is {MOST}, and with a chunk for each session {BOUND}");
    assert!(granted <= BOUND, "{granted} > {BOUND}");
    // What is counted before it is granted exceeds the limit only by the error of the estimate.
    assert!(granted <= MOST + MOST / 25, "{granted} > {MOST} + 4 %");
    assert!(granted >= least, "nothing was to be had: {granted}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn sessions_of_three_replicas_share_one_limit() {
    let server = Server::start();
    let granted = run(replicas(Meter::Subjects, &server).await, 4, async |_, _| {}).await;
    assert_bounded(granted, MOST * 9 / 10);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_store_that_is_killed_and_comes_back_empty_gives_nothing_away() {
    let mut server = Server::start();
    let replicas = replicas(Meter::Subjects, &server).await;
    let granted = run(replicas, 10, async |replicas, granted| {
        until(granted, MOST / 3).await;
        server.kill();
        println!("killed at {}", granted.load(Ordering::Relaxed));
        tokio::time::sleep(Duration::from_secs(2)).await;
        assert!(replicas.iter().all(|one| one.counting.status().unwrap().away.is_some()));
        println!("started again at {}", granted.load(Ordering::Relaxed));
        server.again();
        for replica in replicas {
            assert!(replica.counting.ready(Duration::from_secs(10)).await);
        }
        println!("back at {}", granted.load(Ordering::Relaxed));
    })
    .await;
    // What was refused meanwhile has been counted, too.
    assert_bounded(granted, MOST / 2);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_clock_that_jumps_gives_nothing_away() {
    for seconds in [3_600, -3_600] {
        let server = Server::start();
        let replicas = replicas(Meter::Subjects, &server).await;
        let granted = run(replicas, 5, async |replicas, granted| {
            until(granted, MOST / 2).await;
            replicas[0].jump(seconds);
        })
        .await;
        assert_bounded(granted, MOST * 9 / 10);
    }
}

#[tokio::test]
async fn one_ask_is_one_round_trip() {
    let server = Server::start();
    let replica = Replica::start(Meter::Subjects, &server);
    assert!(replica.counting.ready(Duration::from_secs(10)).await);
    let account = account("clerk");
    let mut times = Vec::new();
    for number in 0..500 {
        let begun = Instant::now();
        replica.granted(ask(&account, number % 20 * CHUNK, CHUNK)).await.unwrap();
        times.push(begun.elapsed());
    }
    times.sort_unstable();
    println!("one ask of 256 persons through Redis: median {:?}, p99 {:?}", times[250], times[495]);
    replica.counting.stop().await;
}
