//! Sixty-four sessions of one account that will not give up, over three replicas, while the store, a replica and the
//! clock fail: together they never carry away more than the limit and a chunk each.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use futures_util::StreamExt as _;
use tokio_postgres::error::SqlState;
use tokio_postgres::{Client, Config, NoTls, SimpleQueryMessage};

use super::limits::limit;
use super::replicas::{Replicas, replicas_by};
use crate::menshen::WallClock;

const SESSIONS: u64 = 64;
const LIMIT: u64 = 10_000;
/// Rows of one chunk.
const CHUNK: u64 = 256;

/// One session's part of the list, and how far it has come.
struct Thief {
    number: u64,
    last: i32,
    taken: Arc<AtomicU64>,
    /// Told when so many rows have left that it is time for trouble.
    halfway: tokio::sync::mpsc::UnboundedSender<()>,
}

/// How a statement of a thief ended.
#[derive(PartialEq, Eq)]
enum End {
    /// There is no more.
    Whole,
    /// By the limit.
    Stopped,
    /// Somebody went away: it can be tried again.
    Lost,
}

impl Thief {
    /// Takes what it can: whoever refuses is asked again at the next replica, whoever is away is waited for.
    async fn steal(mut self, doors: Vec<Config>) -> (u64, u64) {
        let (mut refused, mut lost) = (0, 0);
        let mut door = self.number as usize;
        while refused < doors.len() && lost < 200 {
            door += 1;
            match self.take(&doors[door % doors.len()]).await {
                End::Whole => break,
                End::Stopped => refused += 1,
                End::Lost => {
                    lost += 1;
                    tokio::time::sleep(Duration::from_millis(50)).await;
                }
            }
        }
        (refused as u64, lost)
    }

    async fn take(&mut self, door: &Config) -> End {
        let Ok((client, connection)) = door.connect(NoTls).await else { return End::Lost };
        let driven = tokio::spawn(connection);
        let end = self.read(&client).await;
        drop(client);
        let _ = driven.await;
        end
    }

    async fn read(&mut self, client: &Client) -> End {
        let query = format!(
            "SELECT id, phone FROM crm.buyers WHERE id % {SESSIONS} = {} AND id > {} ORDER BY id",
            self.number, self.last
        );
        let Ok(stream) = client.simple_query_raw(&query).await else { return End::Lost };
        let mut stream = std::pin::pin!(stream);
        while let Some(message) = stream.next().await {
            match message {
                Ok(SimpleQueryMessage::Row(row)) => self.row(row.get(0).expect("a key").parse().expect("a number")),
                Ok(_) => {}
                Err(error) if error.code() == Some(&SqlState::CONFIGURATION_LIMIT_EXCEEDED) => return End::Stopped,
                Err(_) => return End::Lost,
            }
        }
        End::Whole
    }

    fn row(&mut self, id: i32) {
        self.last = id;
        if self.taken.fetch_add(1, Ordering::Relaxed) + 1 == LIMIT / 3 {
            let _ = self.halfway.send(());
        }
    }
}

/// Lets all of them loose; `trouble` comes when a third of what is allowed has left. How much they carried away.
async fn export(mut replicas: Replicas, trouble: impl FnOnce(&mut Replicas)) -> u64 {
    let taken = Arc::new(AtomicU64::new(0));
    let (halfway, mut come) = tokio::sync::mpsc::unbounded_channel();
    let mut thieves = Vec::new();
    for number in 0..SESSIONS {
        let thief = Thief { number, last: 0, taken: Arc::clone(&taken), halfway: halfway.clone() };
        thieves.push(tokio::spawn(thief.steal(replicas.doors())));
    }
    come.recv().await.expect("they take something");
    let before = taken.load(Ordering::Relaxed);
    tokio::task::block_in_place(|| trouble(&mut replicas));
    let after = taken.load(Ordering::Relaxed);
    let (mut refused, mut lost) = (0, 0);
    for thief in thieves {
        let (stopped, away) = thief.await.expect("ended");
        (refused, lost) = (refused + stopped, lost + away);
    }
    let sum = taken.load(Ordering::Relaxed);
    println!(
        "{sum} of {LIMIT}: {before} before the trouble, {after} after it; {refused} times refused, {lost} times nobody there"
    );
    assert!(sum <= LIMIT + SESSIONS * CHUNK, "{sum}");
    replicas.metrics().iter().for_each(|text| well_named(text));
    assert!(refused >= SESSIONS, "they are stopped, not only lost: {refused}");
    sum
}

/// Names and units after Prometheus' conventions: counters end in `_total`, times are seconds.
#[track_caller]
fn well_named(text: &str) {
    let types = text.lines().filter_map(|line| line.strip_prefix("# TYPE menshen_extraction_")?.split_once(' '));
    let mut known: Vec<(&str, &str)> = types.collect();
    known.sort_unstable();
    let wanted = [
        ("paced_seconds_total", "counter"),
        ("persons_total", "counter"),
        ("signals_total", "counter"),
        ("store_alone_total", "counter"),
        ("store_away_seconds", "gauge"),
        ("store_outages_total", "counter"),
        ("verdicts_total", "counter"),
    ];
    let unknown: Vec<_> = known.iter().filter(|one| !wanted.contains(one)).collect();
    assert!(unknown.is_empty(), "{unknown:?}");
    assert!(known.contains(&("store_outages_total", "counter")), "{known:?}");
}

/// With the store there, not even the chunks are overdrawn: only its counts of persons may be off by some percent. What a
/// crash may have lost is taken for taken, so that it may be less.
#[track_caller]
fn within(sum: u64) {
    assert!((LIMIT / 3..=LIMIT * 105 / 100).contains(&sum), "{sum}");
}

fn three(more: &str, clock: Option<WallClock>) -> Replicas {
    replicas_by(40_000, &format!("{more}{}", limit("{ at = 10000, do = \"block\" }")), clock)
}

#[tokio::test(flavor = "multi_thread")]
async fn the_store_dies_in_the_middle() {
    let sum = export(three("[share]\neach = 0.3\n", None), |replicas| replicas.redis.kill()).await;
    // one may have taken all before, the others go on to their shares
    assert!(sum <= LIMIT + 2 * LIMIT * 3 / 10 + CHUNK, "{sum}");
    // where nothing is written it is half of it each
    export(three("", None), |replicas| replicas.redis.kill()).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_store_comes_back_and_remembers_nothing() {
    let sum = export(three("", None), |replicas| {
        replicas.redis.kill();
        replicas.redis.again();
    });
    assert!(sum.await >= LIMIT / 3);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_replica_is_killed_and_comes_back() {
    let sum = export(three("", None), |replicas| replicas.restart(0)).await;
    within(sum);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_clock_jumps_an_hour_ahead() {
    let clock = WallClock::new("+0");
    let sum = export(three("", Some(clock.clone())), |_| clock.set("+1h")).await;
    within(sum);
    assert!(sum > LIMIT * 3 / 4, "nobody had to be made up for: {sum}");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_clock_is_set_back_an_hour_and_a_replica_starts_by_it() {
    let clock = WallClock::new("+0");
    let sum = export(three("", Some(clock.clone())), |replicas| {
        clock.set("-1h");
        replicas.restart(1);
    });
    within(sum.await);
}

#[tokio::test(flavor = "multi_thread")]
async fn everything_happens_at_once() {
    let clock = WallClock::new("+0");
    let sum = export(three("", Some(clock.clone())), |replicas| {
        replicas.redis.kill();
        clock.set("-1h");
        replicas.restart(2);
        clock.set("+1h");
        replicas.redis.again();
        replicas.restart(0);
    });
    sum.await;
}
