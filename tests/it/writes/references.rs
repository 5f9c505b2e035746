//! What foreign keys and indexes tell of rows that are not shown, when others are written or locked.

use super::*;

/// A write to what a protected column refers to would tell which rows refer to it, and move them past every guard.
#[tokio::test(flavor = "multi_thread")]
async fn what_a_protected_column_refers_to_stays() {
    let (database, client) = database().await;
    for statement in [
        "DELETE FROM crm.codes WHERE code = '13800000003'",
        "WITH d AS (DELETE FROM crm.codes RETURNING code) SELECT * FROM d",
        "UPDATE crm.codes SET code = '138****0003' WHERE code = '13800000003'",
        "UPDATE crm.codes SET (level, code) = (1, 'x')",
        "INSERT INTO crm.codes VALUES ('13800000003') ON CONFLICT (code) DO UPDATE SET code = 'x'",
        "MERGE INTO crm.codes c USING crm.people p ON true WHEN MATCHED THEN DELETE",
        "EXPLAIN (ANALYZE) DELETE FROM crm.codes WHERE code = '13800000003'",
    ] {
        refused(&client, statement).await;
    }
    client
        .simple_query("UPDATE crm.codes SET level = 1; INSERT INTO crm.codes VALUES ('13900000000')")
        .await
        .expect("these move nobody");
    let sick = shared().sql(&database, "SELECT string_agg(phone, ',' ORDER BY id) FROM crm.sick");
    assert_eq!(sick.trim(), "13800000003,13800000007");
}

/// Rows are not brought into sight by what their filter looks at being moved from outside.
#[tokio::test(flavor = "multi_thread")]
async fn what_a_filter_looks_at_is_not_moved_from_outside() {
    let (_database, client) = database().await;
    refused(&client, "UPDATE crm.people SET name = 'gone' WHERE name = 'clerk'").await;
    for statement in
        ["UPDATE crm.people SET level = 2 WHERE name = 'other'", "DELETE FROM crm.people WHERE name = 'nobody'"]
    {
        client.simple_query(statement).await.expect(statement);
    }
    assert_eq!(row(&client, "SELECT count(*) FROM crm.deeds").await, [Some("1".to_owned())]);
}

/// `xmax` of a row is the transaction of who refers to it; of one that is inserted it says whether it was there.
#[tokio::test(flavor = "multi_thread")]
async fn who_locked_a_row_is_not_told() {
    let (_database, client) = database().await;
    for statement in [
        "SELECT s.id, c.code FROM crm.sick s JOIN crm.codes c ON c.xmax = s.xmin",
        "SELECT code FROM crm.codes WHERE xmax <> 0",
        "SELECT count(*) FROM crm.people p WHERE p.xmax::text <> '0'",
        "WITH w AS (SELECT xmax AS x, code FROM crm.codes) SELECT * FROM w",
        "UPDATE crm.codes SET level = 1 RETURNING code, xmax",
        "INSERT INTO crm.people (name) VALUES ('x') RETURNING (SELECT max(c.xmax::text) FROM crm.codes c)",
        "INSERT INTO crm.people (name) VALUES ('clerk') ON CONFLICT (name) DO UPDATE SET level = 1 WHERE people.xmax <> 0",
        "SELECT * FROM crm.lockers",
        "SELECT (c).xmax FROM crm.codes c",
        "SELECT code FROM crm.codes c WHERE (c).xmax <> '0'",
        "SELECT (SELECT (c).xmax) FROM crm.codes c",
    ] {
        refused(&client, statement).await;
    }
    client.simple_query("SELECT xmax(c) FROM crm.codes c").await.expect_err("no function is called so");
    let upsert =
        "INSERT INTO crm.people (name) VALUES ('new') ON CONFLICT (name) DO UPDATE SET level = 1 RETURNING (xmax = 0)";
    assert_eq!(row(&client, upsert).await, [Some("t".to_owned())]);
    assert_eq!(row(&client, upsert).await, [Some("f".to_owned())]);
    client.simple_query("SELECT relname FROM pg_class WHERE xmax = 0 LIMIT 1").await.expect("the catalog is nobody's");
}

/// Whether a hidden row lies between two values is asked one by one at most.
#[tokio::test(flavor = "multi_thread")]
async fn hidden_rows_are_not_tried_by_the_hundred() {
    let (_database, client) = database().await;
    refused(
        &client,
        "INSERT INTO crm.bookings SELECT 1000 + i, 'clerk', int4range(i, i + 1), 1 FROM generate_series(4, 40) i \
         ON CONFLICT DO NOTHING RETURNING id",
    )
    .await;
    client.simple_query("INSERT INTO crm.bookings VALUES (3, 'clerk', '[30,31)', 1)").await.expect("a booking");
}
