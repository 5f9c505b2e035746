//! Limits by what rows are about: so many persons of each project.

use tokio_postgres::Client;

use super::limits::taken;
use super::{World, world};

const LIMIT: &str = "[[limit]]\nname = \"project\"\nwho = \"role:caller\"\nmeter = \"subjects\"\nwindow = \"1d\"\n\
    per = [\"principal\", \"dimension:project\"]\nsteps = [{ at = 100, do = \"block\" }]\n";

/// Buyer `i` is of project `i % 7`.
fn bench() -> World {
    world(2_000, LIMIT)
}

async fn rows(client: &Client, query: &str) -> usize {
    let (count, error) = taken(client, query).await;
    match error {
        None => count,
        Some(error) => {
            let error = error.as_db_error().expect("the server's").message().to_owned();
            assert!(error.contains("limit \"project\""), "{query}: {error}");
            // what is not delivered does not count
            assert!(count <= 356, "{query}: {count}");
            0
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn each_value_has_a_limit_of_its_own() {
    let world = bench();
    let client = world.client("clerk").await;
    let every = "SELECT id, phone, project FROM crm.buyers WHERE id <= 630";
    assert_eq!(rows(&client, every).await, 630, "ninety of each");
    assert_eq!(rows(&client, "SELECT id, project, phone FROM crm.buyers WHERE project = 3 AND id < 900").await, 0);
    assert_eq!(rows(&client, "SELECT id, phone, project FROM crm.buyers WHERE project = 3 AND id = 3").await, 0);
    assert_eq!(rows(&client, "SELECT id, phone, project FROM crm.buyers WHERE project = 4 AND id < 50").await, 7);
    assert_eq!(
        rows(&client, "SELECT project, name FROM crm.buyers WHERE project = 3").await,
        0,
        "its masks are stopped, too"
    );
    // of one's own account
    let other = world.client("marketer").await;
    assert_eq!(rows(&other, "SELECT id, phone, project FROM crm.buyers WHERE project = 3 AND id < 600").await, 86);
}

#[tokio::test(flavor = "multi_thread")]
async fn text_and_binary_say_the_same() {
    let world = bench();
    let client = world.client("clerk").await;
    assert_eq!(rows(&client, "SELECT id, phone, project FROM crm.buyers WHERE project = 2 AND id < 600").await, 86);
    let binary = client.query("SELECT id, phone, project FROM crm.buyers WHERE project = 2 AND id > 600", &[]).await;
    assert!(binary.is_err(), "{:?}", binary.map(|rows| rows.len()));
    let binary = client.query("SELECT id, phone, project FROM crm.buyers WHERE project = 1 AND id > 1400", &[]).await;
    assert_eq!(binary.expect("rows").len(), 86);
    assert_eq!(rows(&client, "SELECT id, phone, project FROM crm.buyers WHERE project = 1 AND id < 1400").await, 0);
}

/// What does not say of which project its rows are, or of others.
const ELSEWHERE: [&str; 9] = [
    "SELECT id, phone FROM crm.buyers WHERE id <= 150",
    "SELECT id, phone, project + 0 AS project FROM crm.buyers WHERE id <= 150",
    "SELECT id, phone, id AS project FROM crm.buyers WHERE id <= 150",
    "SELECT c.project, b.id, b.phone FROM crm.buyers b JOIN crm.buyers c ON c.id = b.id % 149 + 1 WHERE b.id <= 150",
    "SELECT n.id % 99, b.phone FROM crm.buyers b JOIN crm.notes n ON n.buyer_id = b.id WHERE b.id <= 150",
    "SELECT id, phone FROM crm.cards WHERE id <= 150",
    "WITH x AS (SELECT * FROM crm.buyers) SELECT x.project, y.phone FROM x JOIN x y ON y.id = x.id + 1 WHERE y.id <= 150",
    "SELECT project, string_agg(phone, ',') FROM crm.buyers WHERE id <= 150 GROUP BY project, id % 20",
    "SELECT b.project, x.phone FROM (SELECT project, id FROM crm.buyers) b, LATERAL \
     (SELECT phone FROM crm.buyers WHERE id = b.id + 1) x WHERE b.id < 150",
];

#[tokio::test(flavor = "multi_thread")]
async fn rows_that_do_not_say_their_value_have_one_limit_together() {
    for query in ELSEWHERE {
        let world = bench();
        let client = world.client("clerk").await;
        assert_eq!(rows(&client, query).await, 0, "{query}");
        assert_eq!(rows(&client, "SELECT id, phone FROM crm.buyers WHERE id = 1").await, 0, "{query}");
        assert_eq!(rows(&client, "SELECT id, phone, project FROM crm.buyers WHERE id < 50").await, 49, "{query}");
    }
}

/// Each makes every buyer one of a project of its own, for as long as it takes to read them.
const RELABELLED: [&[&str]; 7] = [
    &["UPDATE crm.buyers SET project = id WHERE id <= 150 RETURNING id, phone, project"],
    &["WITH u AS (UPDATE crm.buyers SET project = id WHERE id <= 150 RETURNING *) SELECT id, phone, project FROM u"],
    &["UPDATE crm.buyers SET project = id", "SELECT id, phone, project FROM crm.buyers WHERE id <= 150"],
    &["UPDATE crm.buyers SET (level, project) = (1, id)", "SELECT id, phone, project FROM crm.buyers WHERE id <= 150"],
    &[
        "PREPARE u AS UPDATE crm.buyers SET project = id",
        "EXECUTE u",
        "SELECT id, phone, project FROM crm.buyers WHERE id <= 150",
    ],
    &[
        "INSERT INTO crm.buyers (id, project) SELECT i, 0 FROM generate_series(1, 150) i ON CONFLICT (id) DO UPDATE SET project = EXCLUDED.id",
        "SELECT id, phone, project FROM crm.buyers WHERE id <= 150",
    ],
    &["UPDATE crm.levels SET project = id", "SELECT id, phone, project FROM crm.buyers WHERE id <= 150"],
];

#[tokio::test(flavor = "multi_thread")]
async fn rows_that_were_given_another_value_do_not_say_it() {
    for steps in RELABELLED {
        let world = bench();
        let client = world.client("clerk").await;
        client.simple_query("BEGIN").await.expect("begun");
        let (last, before) = steps.split_last().expect("steps");
        for step in before {
            client.simple_query(step).await.unwrap_or_else(|error| panic!("{step}: {error:?}"));
        }
        assert_eq!(rows(&client, last).await, 0, "{last}");
        client.simple_query("ROLLBACK").await.expect("back");
        assert_eq!(rows(&client, "SELECT id, phone, project FROM crm.buyers WHERE id < 50").await, 49, "{last}");
    }
}

/// Nobody knows what a function of the session's own has written.
#[tokio::test(flavor = "multi_thread")]
async fn nor_do_rows_behind_what_was_not_understood() {
    let call = "SELECT pg_temp.f()";
    let update = "CREATE FUNCTION pg_temp.f() RETURNS void LANGUAGE sql AS 'UPDATE crm.buyers SET project = id'";
    for steps in
        [[update, "BEGIN", call], ["BEGIN", update, call], [update, "BEGIN", "DO 'BEGIN PERFORM pg_temp.f(); END'"]]
    {
        let world = world(400, &LIMIT.replace("role:caller", "role:boss"));
        let client = world.client("registrar").await;
        for step in steps {
            client.simple_query(step).await.unwrap_or_else(|error| panic!("{step}: {error:?}"));
        }
        assert_eq!(rows(&client, "SELECT id, phone, project FROM crm.buyers WHERE id <= 150").await, 0, "{steps:?}");
        client.simple_query("ROLLBACK").await.expect("back");
        assert_eq!(rows(&client, "SELECT id, phone, project FROM crm.buyers WHERE id < 50").await, 49, "{steps:?}");
    }
}

/// An update has changed all of its rows when it gives the first of them back.
#[tokio::test(flavor = "multi_thread")]
async fn nor_do_rows_of_an_update_that_is_suspended() {
    let world = bench();
    let mut client = world.client("clerk").await;
    let transaction = client.transaction().await.expect("begun");
    let portal = transaction.bind("UPDATE crm.buyers SET project = id RETURNING 1", &[]).await.expect("bound");
    assert_eq!(transaction.query_portal(&portal, 1).await.expect("suspended").len(), 1);
    let taken = transaction.query("SELECT id, phone, project FROM crm.buyers WHERE id <= 150", &[]).await;
    assert!(taken.is_err(), "{:?}", taken.map(|rows| rows.len()));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cursor_keeps_what_rows_said_while_they_were_others() {
    let world = bench();
    let client = world.client("clerk").await;
    for step in [
        "BEGIN",
        "UPDATE crm.buyers SET project = id",
        "DECLARE c CURSOR WITH HOLD FOR SELECT id, phone, project FROM crm.buyers WHERE id <= 150",
        "UPDATE crm.buyers SET project = id % 7",
        "COMMIT",
    ] {
        client.simple_query(step).await.unwrap_or_else(|error| panic!("{step}: {error:?}"));
    }
    assert_eq!(rows(&client, "FETCH ALL FROM c").await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_copied_is_of_a_value_that_nobody_knows() {
    let world = bench();
    let client = world.client("clerk").await;
    client
        .simple_query("CREATE TEMP TABLE t AS SELECT id, phone, project FROM crm.buyers WHERE id <= 90")
        .await
        .expect("made");
    assert_eq!(rows(&client, "SELECT id, phone, project FROM t").await, 0);
    assert_eq!(rows(&client, "SELECT id, phone, project FROM crm.buyers WHERE id < 50").await, 49);
    let copied = client.copy_out("COPY (SELECT phone, project FROM crm.buyers) TO STDOUT").await;
    let chunks = match copied {
        Ok(stream) => futures_util::TryStreamExt::try_collect::<Vec<_>>(stream).await.map(|chunks| chunks.len()),
        Err(error) => Err(error),
    };
    assert!(chunks.is_err(), "{chunks:?}");
}
