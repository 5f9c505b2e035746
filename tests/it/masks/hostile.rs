//! Masks under a session that an adversary has prepared, and on values made to trip them.

use menshen::mask::Mask;
use menshen::model::types::{ColumnType, TypeClass};

use super::{MASKS, compare, fill, kind, others, pairs, superuser, texts, values};
use crate::cluster;

/// Everything an expression names, shadowed by something that gives the value away; settings that change how
/// constants are read.
const TRAPS: &str = r#"
CREATE SCHEMA evil;
CREATE FUNCTION evil.leak(text) RETURNS text LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'leak: %', $1; END $$;
CREATE FUNCTION evil."left"(text, int) RETURNS text LANGUAGE sql AS 'SELECT evil.leak($1)';
CREATE FUNCTION evil."right"(text, int) RETURNS text LANGUAGE sql AS 'SELECT evil.leak($1)';
CREATE FUNCTION evil.length(text) RETURNS int LANGUAGE sql AS 'SELECT evil.leak($1)::int';
CREATE FUNCTION evil.substr(text, int, int) RETURNS text LANGUAGE sql AS 'SELECT evil.leak($1)';
CREATE FUNCTION evil.substr(text, int) RETURNS text LANGUAGE sql AS 'SELECT evil.leak($1)';
CREATE FUNCTION evil."substring"(text, text) RETURNS text LANGUAGE sql AS 'SELECT evil.leak($1)';
CREATE FUNCTION evil.translate(text, text, text) RETURNS text LANGUAGE sql AS 'SELECT evil.leak($1)';
CREATE FUNCTION evil.strpos(text, text) RETURNS int LANGUAGE sql AS 'SELECT evil.leak($1)::int';
CREATE FUNCTION evil.reverse(text) RETURNS text LANGUAGE sql AS 'SELECT evil.leak($1)';
CREATE FUNCTION evil.repeat(text, int) RETURNS text LANGUAGE sql AS 'SELECT evil.leak($1)';
CREATE FUNCTION evil.join_(text, text) RETURNS text LANGUAGE sql AS 'SELECT evil.leak($1 OPERATOR(pg_catalog.||) $2)';
CREATE FUNCTION evil.true_(text, text) RETURNS boolean LANGUAGE sql AS 'SELECT evil.leak($1) IS NULL';
CREATE FUNCTION evil.true_(int, int) RETURNS boolean LANGUAGE sql AS 'SELECT evil.leak($1::text) IS NULL';
CREATE FUNCTION evil.true_(numeric, numeric) RETURNS boolean LANGUAGE sql AS 'SELECT evil.leak($1::text) IS NULL';
CREATE FUNCTION evil.true_(date, date) RETURNS boolean LANGUAGE sql AS 'SELECT evil.leak($1::text) IS NULL';
CREATE FUNCTION evil.number_(int, int) RETURNS int LANGUAGE sql AS 'SELECT evil.leak($1::text)::int';
CREATE FUNCTION evil.number_(numeric, numeric) RETURNS numeric LANGUAGE sql AS 'SELECT evil.leak($1::text)::numeric';
CREATE OPERATOR evil.|| (LEFTARG = text, RIGHTARG = text, FUNCTION = evil.join_);
CREATE OPERATOR evil.= (LEFTARG = text, RIGHTARG = text, FUNCTION = evil.true_);
CREATE OPERATOR evil.= (LEFTARG = int, RIGHTARG = int, FUNCTION = evil.true_);
CREATE OPERATOR evil.= (LEFTARG = numeric, RIGHTARG = numeric, FUNCTION = evil.true_);
CREATE OPERATOR evil.< (LEFTARG = int, RIGHTARG = int, FUNCTION = evil.true_);
CREATE OPERATOR evil.> (LEFTARG = int, RIGHTARG = int, FUNCTION = evil.true_);
CREATE OPERATOR evil.>= (LEFTARG = int, RIGHTARG = int, FUNCTION = evil.true_);
CREATE OPERATOR evil.< (LEFTARG = numeric, RIGHTARG = numeric, FUNCTION = evil.true_);
CREATE OPERATOR evil.< (LEFTARG = date, RIGHTARG = date, FUNCTION = evil.true_);
CREATE OPERATOR evil.- (LEFTARG = int, RIGHTARG = int, FUNCTION = evil.number_);
CREATE OPERATOR evil.+ (LEFTARG = numeric, RIGHTARG = numeric, FUNCTION = evil.number_);
CREATE OPERATOR evil.- (LEFTARG = numeric, RIGHTARG = numeric, FUNCTION = evil.number_);
CREATE OPERATOR evil.* (LEFTARG = numeric, RIGHTARG = numeric, FUNCTION = evil.number_);
CREATE DOMAIN evil.text AS pg_catalog.int4;
CREATE DOMAIN evil.int4 AS pg_catalog.text;
CREATE DOMAIN evil."numeric" AS pg_catalog.text;
CREATE DOMAIN evil."varchar" AS pg_catalog.int4;
CREATE COLLATION evil."C" FROM pg_catalog."C";
SET search_path = evil, public, pg_catalog;
SET standard_conforming_strings = off;
SET escape_string_warning = off;
SET backslash_quote = on;
SET transform_null_equals = on;
SET IntervalStyle = sql_standard;
SET bytea_output = escape;
SET extra_float_digits = 1;
SET timezone_abbreviations = 'Australia';
SET array_nulls = off;
"#;

#[tokio::test(flavor = "multi_thread")]
async fn shadowed_names_and_settings_change_nothing() {
    let cluster = cluster::shared();
    let client = superuser(cluster, &cluster.fresh_database("mask_hostile")).await;
    let loose = "CREATE COLLATION loose (provider = icu, locale = 'und-u-ks-level1', deterministic = false)";
    client.batch_execute(loose).await.expect("ICU");
    let mut random = values::generator();
    let kinds: Vec<_> = texts().into_iter().chain(others()).collect();
    for (n, kind) in kinds.iter().enumerate() {
        fill(&client, &format!("column_{n}"), kind, values::COUNT / 5, &mut random).await;
    }
    client.batch_execute(TRAPS).await.expect("traps");
    assert!(client.simple_query("SELECT left('a'::pg_catalog.text, 1)").await.is_err(), "the traps are armed");
    assert!(client.simple_query("SELECT 1 = 1").await.is_err(), "the traps are armed");
    for (n, kind) in kinds.iter().enumerate() {
        for spelled in MASKS {
            compare(&client, &format!("column_{n}"), kind, spelled).await;
        }
    }
}

/// The session's time zone decides nothing: else values near the end of a year could be told from others.
#[tokio::test]
async fn the_time_zone_of_the_session_does_not_move_the_year() {
    let cluster = cluster::shared();
    let client = superuser(cluster, &cluster.fresh_database("mask_zone")).await;
    let zoned = kind("pg_catalog.timestamptz", TypeClass::Timestamptz, |random| values::moment(random, 294_276, true));
    fill(&client, "column_0", &zoned, values::COUNT, &mut values::generator()).await;
    for spelled in ["date = \"year\"", "date = \"month\""] {
        let mask: Mask = toml::from_str(spelled).expect(spelled);
        let expression = mask.sql("\"v\"", &zoned.ty).expect("supported");
        client
            .batch_execute(&format!(
                "DROP TABLE IF EXISTS utc; CREATE TABLE utc AS SELECT i, {expression} AS m FROM column_0"
            ))
            .await
            .expect("UTC");
        for zone in ["Asia/Shanghai", "<near>+15", "<far>-167", "America/New_York", "posix/Asia/Kolkata"] {
            client.batch_execute(&format!("SET TimeZone = '{zone}'")).await.expect(zone);
            let moved =
                format!("SELECT count(*) FROM column_0 JOIN utc USING (i) WHERE {expression} IS DISTINCT FROM m");
            assert_eq!(pairs(&client, &moved).await, [(Some("0".into()), None)], "{spelled} in {zone}");
        }
        client.batch_execute("SET TimeZone = 'UTC'").await.expect("UTC");
    }
}

/// Texts of megabytes, for which a careless expression asks for too much memory.
#[tokio::test]
async fn huge_texts_raise_no_error() {
    let cluster = cluster::shared();
    let client = superuser(cluster, &cluster.fresh_database("mask_huge")).await;
    client.batch_execute("CREATE TABLE huge (v text); INSERT INTO huge SELECT repeat(u, 500000) FROM unnest('{1,区,😀,a@,市区}'::text[]) u").await.expect("created");
    let text = ColumnType { sql: "pg_catalog.text".into(), class: TypeClass::Text };
    for spelled in MASKS {
        let mask: Mask = toml::from_str(spelled).expect(spelled);
        let Ok(expression) = mask.sql("\"v\"", &text) else { continue };
        for (length, _) in pairs(&client, &format!("SELECT coalesce(length({expression}), 0) FROM huge")).await {
            let length: usize = length.expect("a length").parse().expect("a number");
            assert!(length < 2000, "{spelled}: {length} characters");
        }
    }
}

/// Types that only `null` masks: a domain that refuses NULL and whose check would quote the value, and others.
#[tokio::test]
async fn null_masks_what_nothing_else_does() {
    let cluster = cluster::shared();
    let client = superuser(cluster, &cluster.fresh_database("mask_null")).await;
    let types = "CREATE DOMAIN secret AS text NOT NULL CHECK (VALUE LIKE '1%');
                 CREATE DOMAIN secrets AS secret[] CHECK (cardinality(VALUE) > 0);
                 CREATE TYPE state AS ENUM ('open', 'shut');
                 CREATE TYPE pair AS (a int, b text);
                 CREATE TABLE odd (a secret, b secrets, c state, d pair, e int[], f jsonb, g bytea, h uuid, i money);
                 INSERT INTO odd VALUES ('1', '{1}', 'open', '(1,x)', '{1}', '{}', '\\x01', '00000000-0000-0000-0000-000000000000', 5)";
    client.batch_execute(types).await.expect("types");
    let domain = || TypeClass::Domain(Box::new(TypeClass::Text));
    let columns = [
        ("a", "public.secret", domain()),
        ("b", "public.secrets", domain()),
        ("c", "public.state", TypeClass::Enum),
        ("d", "public.pair", TypeClass::Composite),
        ("e", "pg_catalog.int4[]", TypeClass::Array(Box::new(TypeClass::Int4))),
        ("f", "pg_catalog.jsonb", TypeClass::Jsonb),
        ("g", "pg_catalog.bytea", TypeClass::Bytea),
        ("h", "pg_catalog.uuid", TypeClass::Uuid),
        ("i", "pg_catalog.money", TypeClass::Other),
    ];
    for (column, sql, class) in columns {
        let ty = ColumnType { sql: sql.into(), class };
        let over_text = matches!(ty.class, TypeClass::Domain(_));
        for spelled in MASKS.iter().filter(|spelled| !spelled.starts_with("null") && !over_text) {
            assert!(!toml::from_str::<Mask>(spelled).expect(spelled).supports(&ty.class), "{spelled} on {sql}");
        }
        let masked = Mask::Null.sql(&format!("\"{column}\""), &ty).expect("null masks everything");
        let query =
            format!("SELECT m, pg_typeof(m) = pg_typeof({column}) FROM (SELECT *, {masked} AS m FROM odd) AS odd");
        assert_eq!(pairs(&client, &query).await, [(None, Some("t".into()))], "{sql}");
    }
}

/// The subquery of a scan substitution disappears in the planner: the index serves, an unused mask costs nothing.
#[tokio::test]
async fn expressions_are_pulled_up_and_never_volatile() {
    let cluster = cluster::shared();
    let client = superuser(cluster, &cluster.fresh_database("mask_plan")).await;
    let kinds: Vec<_> = texts().into_iter().chain(others()).collect();
    let mut random = values::generator();
    for (n, kind) in kinds.iter().enumerate().step_by(7) {
        let table = format!("column_{n}");
        let plain = super::kind(&kind.ty.sql, kind.ty.class.clone(), |_| String::new());
        let plain = if matches!(kind.ty.class, TypeClass::Text | TypeClass::Varchar(_) | TypeClass::Bpchar(_)) {
            plain
        } else {
            continue;
        };
        fill(&client, &table, &plain, values::COUNT, &mut random).await;
        for spelled in MASKS {
            let mask: Mask = toml::from_str(spelled).expect(spelled);
            let Ok(expression) = mask.sql("\"v\"", &kind.ty) else { continue };
            let query = format!(
                "EXPLAIN (COSTS off, VERBOSE) SELECT s.i FROM (SELECT i, {expression} AS v FROM {table}) AS s WHERE s.i = 7"
            );
            let plan: Vec<String> = pairs(&client, &query).await.into_iter().filter_map(|(line, _)| line).collect();
            assert!(plan[0].contains("Index Only Scan"), "{spelled}: {plan:?}");
        }
    }
    let mut names: Vec<String> = Vec::new();
    for kind in &kinds {
        for spelled in MASKS {
            let mask: Mask = toml::from_str(spelled).expect(spelled);
            let Ok(expression) = mask.sql("\"v\"", &kind.ty) else { continue };
            let called = expression.split("pg_catalog.").skip(1).filter_map(|rest| rest.split_once('('));
            names.extend(
                called
                    .map(|(name, _)| name.to_owned())
                    .filter(|name| name.bytes().all(|b| b.is_ascii_lowercase() || b == b'_')),
            );
        }
    }
    names.sort();
    names.dedup();
    let query = "SELECT string_agg(DISTINCT proname::text, ' ') FROM pg_proc WHERE proname = ANY ($1)
                 AND pronamespace = 'pg_catalog'::regnamespace AND (provolatile = 'v' OR proretset OR prokind <> 'f')";
    let volatile: Option<String> = client.query_one(query, &[&names]).await.expect("names").get(0);
    assert_eq!(volatile, None, "of {names:?}");
}
