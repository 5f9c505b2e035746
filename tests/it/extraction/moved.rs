//! What a write touches elsewhere than in the column that it names: keys that follow, and indexes behind that compare.

use super::limits::taken;
use super::meters::block;
use super::{CLASSIFICATION, RULES, World, menshen, schema, users, world};
use crate::cluster::shared;
use crate::menshen::{Menshen, Settings};
use tokio_postgres::error::SqlState;

/// Tables whose subject's key a foreign key sets, or is computed, or is rounded when it is read.
const KEYED: &str = "
CREATE TABLE crm.people (id int PRIMARY KEY);
INSERT INTO crm.people SELECT generate_series(0, 400);
CREATE TABLE crm.visits (id int PRIMARY KEY, buyer_id int DEFAULT 0 REFERENCES crm.people ON DELETE SET DEFAULT, phone text);
INSERT INTO crm.visits SELECT i, i, '139' || i FROM generate_series(1, 400) i;
CREATE TABLE crm.made (id int PRIMARY KEY, a int, buyer_id int GENERATED ALWAYS AS (a) STORED, phone text);
INSERT INTO crm.made (id, a, phone) SELECT i, i, '139' || i FROM generate_series(1, 400) i;
CREATE TABLE crm.rounded (buyer_id float8 PRIMARY KEY, phone text);
INSERT INTO crm.rounded SELECT 1000000 + i, '139' || i FROM generate_series(1, 400) i;
GRANT ALL ON ALL TABLES IN SCHEMA crm TO PUBLIC;";

fn keyed(limits: &str) -> World {
    users();
    let tables = ["visits", "made", "rounded"].map(|table| {
        format!(
            "[table.\"crm.{table}\"]\nsubject = \"buyer_id\"\n[table.\"crm.{table}\".columns]\nphone = \"pii/phone\"\n"
        )
    });
    let classification = format!("{CLASSIFICATION}{}", tables.concat());
    let bundle =
        menshen::bundle(&[("classification.toml", &classification), ("policy.csv", RULES), ("limits.toml", limits)]);
    let database = shared().fresh_database("moved");
    shared().sql(&database, &format!("{}{KEYED}", schema(60)));
    let menshen = Menshen::start(shared(), &Settings::new(bundle.path()).trusting());
    World { menshen, database, bundle }
}

#[tokio::test(flavor = "multi_thread")]
async fn keys_that_a_write_moves_elsewhere_count_apart() {
    let distinct = "who = \"role:caller\"\nmeter = \"subjects\"\nwindow = \"1d\"";
    let ways: [&[&str]; 4] = [
        &["SELECT buyer_id, phone FROM crm.visits"],
        &["BEGIN", "DELETE FROM crm.people WHERE id > 0", "SELECT buyer_id, phone FROM crm.visits"],
        &["BEGIN", "UPDATE crm.made SET a = 1", "SELECT buyer_id, phone FROM crm.made"],
        &["SET extra_float_digits = -13", "SELECT buyer_id, phone FROM crm.rounded"],
    ];
    for way in ways {
        let world = keyed(&block(distinct, "200"));
        let client = world.client("clerk").await;
        let (last, before) = way.split_last().expect("a statement");
        for step in before {
            client.batch_execute(step).await.expect(step);
        }
        let (rows, error) = taken(&client, last).await;
        assert_eq!(error.expect(last).code(), Some(&SqlState::CONFIGURATION_LIMIT_EXCEEDED));
        assert!(rows <= 200, "{last}: {rows}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_compares_behind_a_column_is_a_probe() {
    let insert = "INSERT INTO crm.buyers (id, name) VALUES ({n}, 'n{n}')";
    let update = "UPDATE crm.buyers SET name = 'n{n}' WHERE id = 5000";
    let generated = "ALTER TABLE crm.buyers ADD norm text GENERATED ALWAYS AS (upper(name)) STORED";
    let whole = "CREATE FUNCTION crm.norm(crm.buyers) RETURNS text LANGUAGE sql IMMUTABLE AS 'SELECT upper($1.name)'";
    let below = "CREATE TABLE crm.kids () INHERITS (crm.buyers); INSERT INTO crm.kids (id, name) VALUES (5000, 'x')";
    let ways = [
        (format!("{generated}; CREATE UNIQUE INDEX ON crm.buyers (norm)"), insert),
        (format!("{whole}; CREATE UNIQUE INDEX ON crm.buyers (crm.norm(buyers))"), insert),
        (format!("{below}; CREATE UNIQUE INDEX ON crm.kids (name)"), update),
        (format!("{generated}; {below}; CREATE INDEX ON crm.kids (norm)"), update),
        // a row without a name is compared as one of an empty name
        (
            "CREATE UNIQUE INDEX ON crm.buyers (level, COALESCE(name, ''))".to_owned(),
            "INSERT INTO crm.buyers (id, level) VALUES ({n}, {n})",
        ),
    ];
    for (definitions, write) in ways {
        let world = world(60, &block("meter = \"probes\"\nwindow = \"1h\"", "4"));
        shared().sql(&world.database, &format!("{definitions}; GRANT ALL ON ALL TABLES IN SCHEMA crm TO PUBLIC"));
        let client = world.client("clerk").await;
        let mut stopped = None;
        for n in 0..9 {
            if let Err(error) = client.simple_query(&write.replace("{n}", &(6000 + n).to_string())).await {
                stopped = error.code().cloned();
                break;
            }
        }
        assert_eq!(stopped, Some(SqlState::CONFIGURATION_LIMIT_EXCEEDED), "{definitions}");
    }
}
