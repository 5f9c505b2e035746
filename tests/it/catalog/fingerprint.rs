//! The fingerprint changes with what a snapshot holds, and with nothing else.

use menshen::catalog::queries;
use tokio_postgres::Client;

use super::read::{nasty, superuser, value};

async fn fingerprint(client: &Client) -> String {
    value(client, queries::fingerprint(15)).await.expect("a fingerprint")
}

const CHANGES: &[&str] = &[
    "CREATE TABLE housing.new (a int)",
    "ALTER TABLE housing.new ADD COLUMN b text",
    "ALTER TABLE housing.new RENAME COLUMN b TO c",
    "ALTER TABLE housing.new ALTER COLUMN c TYPE varchar(10)",
    "ALTER TABLE housing.new ALTER COLUMN c SET NOT NULL",
    "ALTER TABLE housing.new ADD PRIMARY KEY (a)",
    "ALTER TABLE housing.new RENAME TO newer",
    "ALTER TABLE housing.newer SET SCHEMA later",
    "ALTER TABLE later.newer DROP COLUMN c",
    "ALTER TABLE later.newer INHERIT housing.no_columns",
    "ALTER TABLE later.newer NO INHERIT housing.no_columns",
    "CREATE TABLE housing.contracts_2025 PARTITION OF housing.contracts FOR VALUES FROM ('2025-01-01') TO ('2026-01-01')",
    "ALTER TABLE housing.contracts DETACH PARTITION housing.contracts_2025",
    "DROP TABLE later.newer",
    "CREATE VIEW housing.v AS SELECT id FROM housing.buyers",
    "CREATE OR REPLACE VIEW housing.v AS SELECT id FROM housing.buyers WHERE phone <> ''",
    "CREATE OR REPLACE VIEW housing.v AS SELECT id FROM housing.buyers WHERE phone <> '1'",
    "DROP VIEW housing.v",
    "CREATE FUNCTION housing.f() RETURNS int LANGUAGE sql AS 'SELECT 1'",
    "CREATE OR REPLACE FUNCTION housing.f() RETURNS int LANGUAGE sql STABLE AS 'SELECT 1'",
    "ALTER FUNCTION housing.f() SET SCHEMA later",
    "DROP FUNCTION later.f()",
    "ALTER FUNCTION pg_catalog.lower(text) STABLE",
    "CREATE OPERATOR housing.<+> (LEFTARG = text, RIGHTARG = text, FUNCTION = housing.same)",
    "ALTER OPERATOR housing.<+> (text, text) SET SCHEMA later",
    "CREATE TYPE housing.e AS ENUM ('a')",
    "ALTER TYPE housing.e RENAME TO f",
    "CREATE CAST (text AS housing.address) WITH INOUT",
    "CREATE SCHEMA fresh",
    "ALTER SCHEMA fresh RENAME TO stale",
    "DROP SCHEMA stale",
    "CREATE TRIGGER t BEFORE INSERT ON later.buyers FOR EACH ROW EXECUTE FUNCTION suppress_redundant_updates_trigger()",
    "CREATE MATERIALIZED VIEW housing.m AS SELECT 1 AS one",
    "ALTER FOREIGN TABLE housing.remote RENAME COLUMN phone TO telephone",
    "ALTER TABLE later.buyers ADD CONSTRAINT known CHECK (id <> 7 OR secret <> 'x')",
    "CREATE UNIQUE INDEX ON later.buyers (id, secret)",
    "CREATE INDEX ON later.buyers (upper(secret))",
    "CREATE INDEX ON later.buyers (id)",
    "CREATE TRIGGER u BEFORE UPDATE ON later.buyers FOR EACH ROW EXECUTE FUNCTION suppress_redundant_updates_trigger()",
    "CREATE POLICY own ON later.buyers USING (id > 0)",
    "ALTER TABLE later.buyers ENABLE ROW LEVEL SECURITY",
];

const NO_CHANGES: &[&str] = &[
    "INSERT INTO later.buyers VALUES (1, 'x'), (2, 'y')",
    "UPDATE later.buyers SET secret = 'z'",
    "DELETE FROM later.buyers WHERE id = 1",
    "ANALYZE",
    "VACUUM FREEZE later.buyers",
    "VACUUM FREEZE pg_catalog.pg_class",
    "TRUNCATE later.buyers",
    "REFRESH MATERIALIZED VIEW views.stored",
    "CREATE TEMP TABLE scratch (a int PRIMARY KEY, b text)",
    "CREATE TEMP VIEW scratch_view AS SELECT 1 AS one",
    "CREATE TYPE pg_temp.scratch_type AS ENUM ('a')",
    "SELECT nextval('housing.numbers')",
    "DROP TABLE scratch",
    "SELECT 1",
];

#[tokio::test]
async fn it_changes_with_definitions_only() {
    let (database, client) = nasty().await;
    let poller = superuser(&database).await;
    let mut last = fingerprint(&poller).await;
    for statement in NO_CHANGES {
        client.batch_execute(statement).await.expect(statement);
        assert_eq!(fingerprint(&poller).await, last, "{statement}");
    }
    for statement in CHANGES {
        client.batch_execute(statement).await.expect(statement);
        let now = fingerprint(&poller).await;
        assert_ne!(now, last, "{statement}");
        last = now;
    }
}
