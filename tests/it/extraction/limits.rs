//! What a limit does to a real session.

use std::time::{Duration, Instant};

use futures_util::{StreamExt as _, TryStreamExt as _};
use tokio_postgres::error::SqlState;
use tokio_postgres::{Client, Error, NoTls, SimpleQueryMessage};

use super::{RULES, World, bundle, rows, schema, until, users, world};
use crate::cluster::{connect, shared};
use crate::menshen::{Menshen, Settings, WallClock};

pub fn limit(steps: &str) -> String {
    format!(
        "[[limit]]\nname = \"daily\"\nwho = \"role:caller\"\nmeter = \"subjects\"\nwindow = \"1d\"\n\
         ask = \"the head of the call-centre\"\nsteps = [{steps}]\n"
    )
}

/// Rows that came, and the error that ended them.
pub async fn taken(client: &Client, query: &str) -> (usize, Option<Error>) {
    let stream = client.simple_query_raw(query).await.expect("sent");
    let mut stream = std::pin::pin!(stream);
    let mut count = 0;
    while let Some(message) = stream.next().await {
        match message {
            Ok(SimpleQueryMessage::Row(_)) => count += 1,
            Ok(_) => {}
            Err(error) => return (count, Some(error)),
        }
    }
    (count, None)
}

fn limited(error: &Error) {
    let error = error.as_db_error().unwrap_or_else(|| panic!("{error}"));
    assert_eq!(*error.code(), SqlState::CONFIGURATION_LIMIT_EXCEEDED, "{error:?}");
    assert!(error.message().starts_with("menshen: "), "{error:?}");
    assert!(error.hint().is_some_and(|hint| hint.contains("the head of the call-centre")), "{error:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_statement_is_stopped_within_a_chunk_and_the_transaction_has_failed() {
    let world = world(20_000, &limit("{ at = 1000, do = \"block\" }"));
    let client = world.client("clerk").await;
    client.simple_query("BEGIN").await.expect("begun");
    let (count, error) = taken(&client, "SELECT id, phone FROM crm.buyers").await;
    limited(&error.expect("stopped"));
    assert!((1000..=1256).contains(&count), "{count} rows");
    let failed = client.simple_query("SELECT 1").await.expect_err("failed");
    assert_eq!(failed.code(), Some(&SqlState::IN_FAILED_SQL_TRANSACTION));
    client.simple_query("ROLLBACK").await.expect("back");
    // what shows nobody goes on, what shows somebody does not
    client.simple_query("SELECT count(*) FROM crm.buyers").await.expect("counted");
    limited(&client.simple_query("SELECT phone FROM crm.buyers WHERE id = 1").await.expect_err("barred"));
    limited(&client.query("SELECT phone FROM crm.buyers WHERE id = $1", &[&1]).await.expect_err("barred"));
    let other = world.client("marketer").await;
    assert_eq!(rows(&other.simple_query("SELECT phone FROM crm.buyers WHERE id < 10").await.expect("rows")), 9);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_copy_is_cut_within_a_chunk() {
    let world = world(20_000, &limit("{ at = 1000, do = \"block\" }"));
    let client = world.client("clerk").await;
    let copied = client.copy_out("COPY (SELECT phone FROM crm.buyers) TO STDOUT").await.expect("begun");
    let chunks: Result<Vec<_>, _> = copied.map_ok(|chunk| chunk.len()).try_collect().await;
    limited(&chunks.expect_err("stopped"));
    let persons = world.metric("menshen_extraction_persons_total", "role=\"caller\"");
    assert!((1000.0..=1256.0).contains(&persons), "{persons}");
    client.simple_query("SELECT 1").await.expect("the session goes on");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_extended_protocol_is_stopped_and_goes_on_after_its_sync() {
    let world = world(20_000, &limit("{ at = 500, do = \"block\" }"));
    let client = world.client("clerk").await;
    let stream = client.query_raw("SELECT id, phone FROM crm.buyers", Vec::<i32>::new()).await.expect("sent");
    let rows: Result<Vec<_>, _> = stream.try_collect().await;
    limited(&rows.expect_err("stopped"));
    assert_eq!(client.query("SELECT 1", &[]).await.expect("goes on").len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn parallel_sessions_overdraw_by_a_chunk_each_at_most() {
    let world = world(20_000, &limit("{ at = 5000, do = \"block\" }"));
    let mut takers = Vec::new();
    for n in 0..16 {
        let client = world.client("clerk").await;
        let query = format!("SELECT id, phone FROM crm.buyers WHERE id % 16 = {n}");
        takers.push(tokio::spawn(async move { taken(&client, &query).await.0 }));
    }
    let mut sum = 0;
    for taker in takers {
        sum += taker.await.expect("ended");
    }
    assert!((5000 - 16 * 256..=5000 + 16 * 256).contains(&sum), "{sum}");
}

#[tokio::test(flavor = "multi_thread")]
async fn slow_is_even_cancel_works_at_once_and_nobody_else_waits() {
    let world = world(5_000, &limit("{ at = 100, do = \"slow\", rate = \"20/s\" }"));
    let client = world.client("clerk").await;
    taken(&client, "SELECT id, phone FROM crm.buyers WHERE id <= 100").await;
    let (began, mut times) = (Instant::now(), Vec::new());
    let stream = client.simple_query_raw("SELECT id, phone FROM crm.buyers WHERE id > 100").await.expect("sent");
    let mut stream = std::pin::pin!(stream);
    while let Some(message) = stream.next().await {
        if let SimpleQueryMessage::Row(_) = message.expect("a row") {
            times.push(began.elapsed());
        }
        if times.len() >= 60 {
            break;
        }
    }
    let took = began.elapsed();
    assert!(took > Duration::from_millis(1500), "60 rows at 20 a second took {took:?}");
    let longest = times.windows(2).map(|pair| pair[1] - pair[0]).max().expect("rows");
    assert!(longest < Duration::from_secs(3), "even pacing, but one row came after {longest:?}");
    let began = Instant::now();
    let other = world.client("marketer").await;
    assert_eq!(rows(&other.simple_query("SELECT id, phone FROM crm.buyers WHERE id <= 90").await.expect("rows")), 90);
    assert!(began.elapsed() < Duration::from_secs(2), "{:?}", began.elapsed());
    let began = Instant::now();
    client.cancel_token().cancel_query(NoTls).await.expect("cancelled");
    let error = loop {
        match stream.next().await.expect("an end") {
            Ok(_) => {}
            Err(error) => break error,
        }
    };
    assert_eq!(error.code(), Some(&SqlState::QUERY_CANCELED));
    assert!(began.elapsed() < Duration::from_secs(2), "{:?}", began.elapsed());
    client.simple_query("SELECT 1").await.expect("goes on");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_copy_and_a_portal_are_slowed_and_can_be_cancelled() {
    let world = world(5_000, &limit("{ at = 4, do = \"slow\", rate = \"10/s\" }"));
    let mut client = world.client("clerk").await;
    let began = Instant::now();
    let copied = client.copy_out("COPY (SELECT id, phone FROM crm.buyers) TO STDOUT").await.expect("begun");
    let mut copied = std::pin::pin!(copied);
    let mut bytes = 0;
    while bytes < 20 * 14 {
        bytes += copied.next().await.expect("more").expect("data").len();
    }
    assert!(began.elapsed() > Duration::from_secs(1), "{:?}", began.elapsed());
    assert!(world.metric("menshen_extraction_paced_seconds_total", "") > 1.0);
    assert!(world.metric("menshen_extraction_verdicts_total", "verdict=\"paced\"") > 5.0);
    let began = Instant::now();
    client.cancel_token().cancel_query(NoTls).await.expect("cancelled");
    let error = loop {
        if let Err(error) = copied.next().await.expect("an end") {
            break error;
        }
    };
    assert_eq!(error.code(), Some(&SqlState::QUERY_CANCELED));
    assert!(began.elapsed() < Duration::from_secs(1), "{:?}", began.elapsed());

    let token = client.cancel_token();
    let transaction = client.transaction().await.expect("begun");
    let portal = transaction.bind("SELECT id, phone FROM crm.buyers", &[]).await.expect("bound");
    let began = Instant::now();
    assert_eq!(transaction.query_portal(&portal, 15).await.expect("rows").len(), 15);
    assert!(began.elapsed() > Duration::from_secs(1), "{:?}", began.elapsed());
    let (answer, at) = tokio::join!(transaction.query_portal(&portal, 500), async {
        tokio::time::sleep(Duration::from_secs(1)).await;
        let at = Instant::now();
        token.cancel_query(NoTls).await.expect("cancelled");
        at
    });
    assert_eq!(answer.expect_err("cancelled").code(), Some(&SqlState::QUERY_CANCELED));
    assert!(at.elapsed() < Duration::from_secs(1), "{:?}", at.elapsed());
    transaction.rollback().await.expect("back");
    client.simple_query("SELECT 1").await.expect("goes on");
}

/// Who cancels and starts again, comes back, or comes with many sessions waits like anybody.
#[tokio::test(flavor = "multi_thread")]
async fn nothing_makes_a_slowed_account_faster() {
    let world = world(5_000, &limit("{ at = 10, do = \"slow\", rate = \"10/s\" }"));
    taken(&world.client("clerk").await, "SELECT id, phone FROM crm.buyers WHERE id <= 11").await;
    let (began, time) = (Instant::now(), Duration::from_secs(5));
    let mut sessions = Vec::new();
    for number in 0..12 {
        let config = world.menshen.config("clerk", "", &world.database);
        sessions.push(tokio::spawn(async move {
            let (mut rows, mut from) = (0, 1_000 + number * 300);
            while began.elapsed() < time {
                let client = connect(&config).await;
                // a row, and on to the next statement
                for _ in 0..3 {
                    if began.elapsed() >= time {
                        break;
                    }
                    let query = format!("SELECT id, phone FROM crm.buyers WHERE id > {from} ORDER BY id");
                    let stream = client.simple_query_raw(&query).await.expect("sent");
                    let mut stream = std::pin::pin!(stream);
                    while let Some(Ok(message)) = stream.next().await {
                        if matches!(message, SimpleQueryMessage::Row(_)) {
                            (rows, from) = (rows + 1, from + 1);
                            break;
                        }
                    }
                    client.cancel_token().cancel_query(NoTls).await.expect("cancelled");
                    while let Some(Ok(message)) = stream.next().await {
                        rows += usize::from(matches!(message, SimpleQueryMessage::Row(_)));
                    }
                }
            }
            rows
        }));
    }
    let mut sum = 0;
    for session in sessions {
        sum += session.await.expect("ended");
    }
    let took = began.elapsed().as_secs_f64();
    // ten a second, and a piece for each session that has just begun
    println!("{sum} rows in {took:.1} s");
    assert!(sum as f64 <= took * 10.0 + 24.0, "{sum} rows in {took:.1} s");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_downgraded_session_reads_masks() {
    let world = world(5_000, &limit("{ at = 200, do = \"downgrade\" }"));
    let client = world.client("clerk").await;
    let one = "SELECT phone FROM crm.buyers WHERE id = 4000";
    let made = client.prepare("SELECT phone::text FROM crm.buyers WHERE id = $1").await.expect("prepared");
    client.simple_query("PREPARE p AS SELECT phone FROM crm.buyers WHERE id = 4000").await.expect("prepared");
    let cursor = "BEGIN; DECLARE c CURSOR WITH HOLD FOR SELECT phone FROM crm.buyers WHERE id > 4000; COMMIT";
    client.simple_query(cursor).await.expect("declared");
    let phone = |answer: Vec<SimpleQueryMessage>| match answer.into_iter().find_map(|it| match it {
        SimpleQueryMessage::Row(row) => Some(row.get(0).expect("a phone").to_owned()),
        _ => None,
    }) {
        Some(phone) => phone,
        None => panic!("no row"),
    };
    assert!(!phone(client.simple_query(one).await.expect("rows")).contains('*'));
    taken(&client, "SELECT id, phone FROM crm.buyers WHERE id <= 300").await;
    assert!(phone(client.simple_query(one).await.expect("rows")).contains('*'));
    // also by what was made before
    let row = client.query_one(&made, &[&4000]).await.expect("a row");
    assert!(row.get::<_, String>(0).contains('*'));
    for text in ["EXECUTE p", "FETCH 1 FROM c"] {
        let refused = client.simple_query(text).await.expect_err("made for clear values");
        assert!(
            refused.as_db_error().expect("the server's").message().contains("changed since"),
            "{text}: {refused:?}"
        );
    }
    let again = world.client("clerk").await;
    assert!(phone(again.simple_query(one).await.expect("rows")).contains('*'));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_terminated_session_has_ended() {
    let world = world(5_000, &limit("{ at = 200, do = \"terminate\" }"));
    let client = world.client("clerk").await;
    let (count, error) = taken(&client, "SELECT id, phone FROM crm.buyers").await;
    assert!(error.is_some() && count <= 512, "{count} rows");
    assert!(client.simple_query("SELECT 1").await.is_err());
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_observed_stops_nothing() {
    let limits = limit("{ at = 200, do = \"block\" }").replace("meter", "mode = \"observe\"\nmeter");
    let world = world(2_000, &limits);
    let client = world.client("clerk").await;
    assert_eq!(taken(&client, "SELECT id, phone FROM crm.buyers").await.0, 2000);
    assert!(world.metric("menshen_extraction_signals_total", "observed=\"yes\"") >= 1.0);
}

#[tokio::test(flavor = "multi_thread")]
async fn who_may_read_everything_is_stopped_like_anybody() {
    let world = world(20_000, &limit("{ at = 1000, do = \"block\" }").replace("role:caller", "role:boss"));
    let client = world.client("registrar").await;
    let (count, error) = taken(&client, "SELECT * FROM crm.buyers").await;
    limited(&error.expect("stopped"));
    assert!(count <= 1256, "{count} rows");
    limited(&client.query("SELECT * FROM crm.buyers WHERE id = 1", &[]).await.expect_err("barred"));
    client.simple_query("SELECT * FROM crm.notes LIMIT 10").await.expect("nobody's");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_alert_holds_nobody_and_becomes_an_incident() {
    let world = world(500, &limit("{ at = 100, do = \"alert\" }"));
    let client = world.client("clerk").await;
    assert_eq!(taken(&client, "SELECT id, phone FROM crm.buyers").await.0, 500);
    until(|| async { world.metric("menshen_extraction_signals_total", "response=\"alert\"") >= 1.0 }).await;
    let evidence = world.evidence("daily");
    assert!(evidence.contains("clerk") && evidence.contains("subjects within 1d"), "{evidence}");
}

/// A Menshen that a test ends and starts again at another time of its wall clock.
fn by_the_clock(limits: &str) -> (World, Settings, WallClock) {
    users();
    let clock = WallClock::new("@2026-11-24 10:00:00");
    let bundle = bundle(RULES, limits);
    let settings = Settings { clock: Some(clock.clone()), ..Settings::new(bundle.path()).trusting() };
    let database = shared().fresh_database("clock");
    shared().sql(&database, &schema(1_000));
    (World { menshen: Menshen::start(shared(), &settings), database, bundle }, settings, clock)
}

const ONE: &str = "SELECT id, phone FROM crm.buyers WHERE id = 1";

#[tokio::test(flavor = "multi_thread")]
async fn a_quarantine_outlives_a_crash_and_ends_in_time() {
    let limits = limit("{ at = 100, do = \"quarantine\", for = \"12h\" }");
    let (mut world, settings, clock) = by_the_clock(&limits);
    let client = world.client("clerk").await;
    let (count, error) = taken(&client, "SELECT id, phone FROM crm.buyers").await;
    assert!(count == 100 && error.is_some(), "{count} rows");
    assert!(taken(&client, ONE).await.1.is_some());
    client.simple_query("SELECT count(*) FROM crm.buyers").await.expect("what shows nobody");
    // orders are written twice a second
    tokio::time::sleep(Duration::from_millis(1_100)).await;
    world.menshen.kill();
    clock.set("@2026-11-24 21:00:00");
    world.menshen.again(&settings);
    assert!(taken(&world.client("clerk").await, ONE).await.1.is_some(), "eleven hours later");
    world.menshen.stop();
    clock.set("@2026-11-24 22:30:00");
    world.menshen.again(&settings);
    let client = world.client("clerk").await;
    assert_eq!(taken(&client, ONE).await.0, 1, "what led to it is forgiven");
    let (count, error) = taken(&client, "SELECT id, phone FROM crm.buyers WHERE id > 500").await;
    assert!(error.is_some() && (80..=100).contains(&count), "{count} rows");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_step_is_left_below_where_it_is_entered() {
    let limits = limit("{ at = 100, do = \"block\" }").replace("\"1d\"", "\"24h\"\nrelease = 0.5");
    let (mut world, settings, clock) = by_the_clock(&limits);
    let client = world.client("clerk").await;
    assert_eq!(taken(&client, "SELECT id, phone FROM crm.buyers WHERE id <= 40").await.0, 40);
    let mut later = async |at: &str| {
        world.menshen.stop();
        clock.set(at);
        world.menshen.again(&settings);
        world.client("clerk").await
    };
    let client = later("@2026-11-24 20:00:00").await;
    assert!(taken(&client, "SELECT id, phone FROM crm.buyers WHERE id > 100").await.1.is_some());
    // the first forty have left the window: sixty are left, more than half of it
    assert!(taken(&later("@2026-11-25 12:00:00").await, ONE).await.1.is_some());
    assert_eq!(taken(&later("@2026-11-25 22:00:00").await, ONE).await.0, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn exceptions_and_hours_say_when_a_limit_holds() {
    let limits = limit("{ at = 100, do = \"block\" }").replace(
        "meter",
        "except = [{ who = \"user:marketer\", hours = \"01:00-05:00\" }, { who = \"user:registrar\" }]\n\
         hours = \"mon-fri 00:00-20:00\"\nmeter",
    );
    let limits = limits.replace("role:caller", "role:anyone");
    let (mut world, settings, clock) = by_the_clock(&limits);
    let everybody = "SELECT id, phone FROM crm.buyers";
    let all = async |world: &World, user: &str| taken(&world.client(user).await, everybody).await.0 == 1_000;
    assert!(all(&world, "registrar").await, "never");
    assert!(!all(&world, "clerk").await && !all(&world, "marketer").await, "at ten in the morning");
    let mut at = async |time: &str| {
        world.menshen.stop();
        clock.set(time);
        world.menshen.again(&settings);
        (all(&world, "clerk").await, all(&world, "marketer").await)
    };
    assert_eq!(at("@2026-11-26 02:00:00").await, (false, true), "the nightly job");
    assert_eq!(at("@2026-11-27 21:00:00").await, (true, true), "in the evening it does not hold");
    assert_eq!(at("@2026-11-29 12:00:00").await, (true, true), "nor on a Sunday");
}
