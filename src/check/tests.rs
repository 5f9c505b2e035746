//! What the checker proves, and what it does not.

use std::fmt::Write as _;
use std::sync::Arc;

use super::{Contradiction, check};
use crate::catalog::reviewed::Review;
use crate::catalog::search_path::SessionNames;
use crate::catalog::snapshot::{
    Column, Function, FunctionKind, Operator, Parts, Relation, RelationKind, Snapshot, Type, Volatility,
};
use crate::model::facts::{Comparison, Facts, Right, SessionEffect, StatementClass, WriteRight};
use crate::model::ids::{Oid, RuleId};
use crate::model::refusal::{Reason, Refusal};
use crate::model::types::{ColumnType, TypeClass};
use crate::rights::table::{ColumnRight, RelationRight, Rights};

mod attacks;
mod carried;
mod outputs;
mod tied;
mod whose;
mod witness;

const PHONE: &str = "(pg_catalog.left(\"phone\", 3) OPERATOR(pg_catalog.||) '****')::pg_catalog.text";

/// The template of `housing.buyers`.
const BUYERS: &str = "(SELECT \"id\", \"name\", (pg_catalog.left(\"phone\", 3) OPERATOR(pg_catalog.||) \
     '****')::pg_catalog.text AS \"phone\" FROM \"housing\".\"buyers\")";
const SECRETS: &str = "(SELECT NULL::pg_catalog.text AS \"na\"\"me\" FROM \"odd \"\"schema\".\"secrets\")";

fn relation(oid: u32, schema: &str, name: &str, kind: RelationKind, columns: &[&str]) -> Relation {
    let mut relation = Relation::new(Oid(oid), schema, name, kind);
    let column = |(index, name): (usize, &&str)| Column {
        number: i16::try_from(index).unwrap() + 1,
        name: (*name).into(),
        type_oid: Oid(25),
        typmod: -1,
        ty: ColumnType { sql: "pg_catalog.text".into(), class: TypeClass::Text },
        not_null: false,
        generated: false,
        groupable: true,
        collation: Some(Oid(100)),
        defaulted: false,
    };
    relation.columns = columns.iter().enumerate().map(column).collect();
    relation
}

fn function(oid: u32, schema: &str, name: &str, volatility: Volatility, arguments: &[u32]) -> Function {
    Function {
        oid: Oid(oid),
        schema: schema.into(),
        name: name.into(),
        kind: FunctionKind::Function,
        volatility,
        returns_set: false,
        leakproof: false,
        variadic: false,
        argument_types: arguments.iter().copied().map(Oid).collect(),
        defaults: 0,
        return_type: Oid(25),
        extension: None,
    }
}

fn ty(oid: u32, schema: &str, name: &str, kind: u8) -> Type {
    Type {
        oid: Oid(oid),
        schema: schema.into(),
        name: name.into(),
        kind,
        element: None,
        base: None,
        bounds: None,
        runs_code: false,
        extension: None,
    }
}

fn operator(oid: u32, schema: &str, name: &str, of: u32) -> Operator {
    Operator {
        oid: Oid(oid),
        schema: schema.into(),
        name: name.into(),
        left: Some(Oid(of)),
        right: Oid(of),
        function: Oid(67),
    }
}

fn functions() -> Vec<Function> {
    use Volatility::{Immutable, Stable, Volatile};
    let built_in = [
        (870, "lower", Immutable),
        (3060, "left", Immutable),
        (2147, "count", Immutable),
        (1299, "now", Stable),
        (1598, "random", Volatile),
        (3458, "lo_get", Volatile),
        (2923, "table_to_xml", Stable),
        (2925, "query_to_xml", Volatile),
        (2022, "pg_stat_get_activity", Stable),
        (2096, "pg_terminate_backend", Volatile),
        (2078, "set_config", Volatile),
        (1067, "generate_series", Immutable),
        (2331, "unnest", Immutable),
        (3155, "row_to_json", Stable),
        (1159, "timezone", Immutable),
    ];
    let mut functions: Vec<Function> = Vec::new();
    for (oid, name, volatility) in built_in {
        functions.push(function(oid, "pg_catalog", name, volatility, &[25]));
    }
    functions.push(function(30000, "public", "peek", Stable, &[]));
    functions.push(function(30001, "public", "allowed", Stable, &[25]));
    functions.push(function(30002, "public", "of_row", Stable, &[2249]));
    functions.push(function(30003, "pg_catalog", "planted", Immutable, &[25]));
    functions
}

fn snapshot() -> Snapshot {
    Snapshot::assemble(parts())
}

fn parts() -> Parts {
    Parts {
        database: "estate".into(),
        server_version: 150_000,
        relations: vec![
            relation(20000, "housing", "buyers", RelationKind::Table, &["id", "name", "phone"]),
            relation(20001, "housing", "projects", RelationKind::Table, &["id", "name"]),
            relation(20002, "odd \"schema", "secrets", RelationKind::View, &["na\"me"]),
            relation(20003, "housing", "opaque", RelationKind::View, &["x"]),
            relation(20004, "housing", "agents", RelationKind::Table, &["id", "phone"]),
            relation(20005, "housing", "address", RelationKind::Composite, &["street"]),
            relation(1259, "pg_catalog", "pg_class", RelationKind::Table, &["oid", "relname"]),
        ],
        functions: functions(),
        operators: vec![
            operator(96, "pg_catalog", "=", 25),
            operator(97, "pg_catalog", "||", 25),
            operator(98, "pg_catalog", "<", 25),
            operator(31000, "public", "===", 25),
            operator(31001, "public", "=", 32001),
        ],
        types: vec![
            ty(25, "pg_catalog", "text", b'b'),
            ty(23, "pg_catalog", "int4", b'b'),
            ty(114, "pg_catalog", "json", b'b'),
            ty(1043, "pg_catalog", "varchar", b'b'),
            ty(2249, "pg_catalog", "record", b'p'),
            ty(32000, "housing", "status", b'e'),
            ty(32001, "public", "citext", b'b'),
        ],
        schemas: ["pg_catalog", "housing", "public"].map(str::to_owned).to_vec(),
        ..Parts::default()
    }
}

fn column(number: i16, name: &str, expression: Option<&str>) -> ColumnRight {
    ColumnRight {
        number,
        name: name.into(),
        right: if expression.is_some() { Right::Masked } else { Right::Clear },
        category: None,
        rule: RuleId("policy.csv:1".into()),
        expression: expression.map(Into::into),
        mask: None,
        ty: ColumnType { sql: "pg_catalog.text".into(), class: TypeClass::Text },
        write: WriteRight::Guarded,
        matching: false,
        comparison: Comparison::default(),
        shown: None,
    }
}

fn rights() -> Rights {
    let buyers = [column(1, "id", None), column(2, "name", None), column(3, "phone", Some(PHONE))];
    let secrets = [column(1, "na\"me", Some("NULL::pg_catalog.text"))];
    let agents = [column(1, "id", None), column(2, "phone", None)];
    Rights::by_hand(
        [
            (Oid(20000), RelationRight::Masked(buyers.into())),
            (Oid(20002), RelationRight::Masked(secrets.into())),
            (Oid(20003), RelationRight::Refused(Refusal::new(Reason::Relation, "no"))),
            (Oid(20004), RelationRight::Clear(agents.into())),
        ],
        &[Oid(30001)],
    )
}

fn names() -> SessionNames {
    SessionNames {
        user: "sales".into(),
        login: "sales".into(),
        path: ["pg_temp_3", "pg_catalog", "public", "housing"].map(Arc::from).to_vec().into(),
        temp_schema: Some("pg_temp_3".into()),
        temp: vec![
            Arc::new(relation(40000, "pg_temp_3", "scratch", RelationKind::Table, &["a"])),
            Arc::new(relation(40001, "pg_temp_3", "peephole", RelationKind::View, &["a"])),
        ],
        temp_types: vec!["scratch".into()],
    }
}

fn facts(class: StatementClass, substituted: usize) -> Facts {
    let mut facts = Facts::of(class);
    facts.substituted = substituted;
    facts.relations = [20000, 20001, 20002, 20004, 1259, 40000].map(Oid).to_vec();
    facts.effects = vec![
        SessionEffect::SearchPath,
        SessionEffect::Encoding,
        SessionEffect::TempTables,
        SessionEffect::TransactionEnd,
        SessionEffect::Prepare("p".into()),
        SessionEffect::Execute("p".into()),
        SessionEffect::Deallocate(None),
        SessionEffect::Declare("c".into()),
        SessionEffect::Fetch("c".into()),
        SessionEffect::Close(None),
        SessionEffect::Close(Some("c".into())),
    ];
    facts
}

fn checked(text: &str, statements: &[Facts]) -> Result<String, Contradiction> {
    check(text, statements, &snapshot(), &rights(), &names()).map(|checked| checked.text().to_owned())
}

/// Replaces `{buyers}` and `{secrets}` by their templates and counts them.
fn fill(text: &str) -> (String, usize) {
    let count = text.matches("{buyers}").count() + text.matches("{secrets}").count();
    (text.replace("{buyers}", BUYERS).replace("{secrets}", SECRETS), count)
}

fn read(text: &str) -> Result<String, Contradiction> {
    let (text, count) = fill(text);
    checked(&text, &[facts(StatementClass::Read, count)])
}

const GOOD: &[&str] = &[
    "SELECT 1",
    "SELECT * FROM {buyers} AS b",
    "SELECT b.phone, pg_catalog.lower(b.name) FROM {buyers} b WHERE b.phone = '138****' ORDER BY 1",
    "SELECT * FROM {secrets} AS \"secrets\"",
    "SELECT * FROM \"housing\".\"projects\" p JOIN {buyers} AS \"buyers\" ON p.id = buyers.id",
    "SELECT * FROM {buyers} AS a JOIN {buyers} AS b USING (id) LEFT JOIN {buyers} c ON true",
    "WITH x AS (SELECT * FROM {buyers} AS \"buyers\"), y AS (SELECT * FROM x) SELECT * FROM y, x",
    "WITH RECURSIVE r AS (SELECT 1 AS n UNION ALL SELECT n || 1 FROM r) SELECT * FROM r",
    "SELECT (SELECT phone FROM {buyers} b LIMIT 1), EXISTS (SELECT FROM {buyers} b) FROM housing.projects",
    "SELECT x FROM pg_catalog.generate_series(1, 2) x, LATERAL (SELECT phone FROM {buyers} b WHERE id = x) l",
    "SELECT phone FROM {buyers} b UNION SELECT name FROM housing.projects EXCEPT VALUES ('a')",
    "SELECT pg_catalog.count(*) FILTER (WHERE phone = '1') OVER (PARTITION BY name ORDER BY id) FROM {buyers} b",
    "SELECT b, b.*, pg_catalog.row_to_json(b) FROM {buyers} b FOR UPDATE OF b",
    "SELECT '1'::integer, CAST(name AS pg_catalog.text), NULL::\"housing\".\"status\" FROM housing.projects",
    "SELECT a FROM pg_temp.scratch, pg_temp_3.scratch s",
    "SELECT a BETWEEN 'a' AND 'b', a IN ('x'), a LIKE 'x', CASE a WHEN 'x' THEN 1 END FROM pg_temp.scratch",
    "SELECT name COLLATE \"pg_catalog\".\"C\" FROM housing.projects TABLESAMPLE pg_catalog.system (10)",
    "SELECT now FROM pg_catalog.now() AS now",
    "SELECT public.allowed(name), now() AT TIME ZONE 'UTC' FROM housing.projects WHERE pg_catalog.random() = 1",
    "SELECT phone FROM housing.agents a",
    "SELECT relname FROM pg_catalog.pg_class",
    "SELECT $1, a[1], (b).street FROM pg_temp.scratch",
    "SELECT s.of_row, t.of_row FROM (SELECT 1 AS of_row) s, (SELECT 1, 2) AS t(x, of_row)",
    "SELECT id FROM estate.housing.projects",
    "SELECT pg_catalog.set_config('search_path', 'x', false)",
];

#[test]
fn good_texts_are_proven() {
    for text in GOOD {
        let text = text.replace("now() AT", "pg_catalog.now() AT");
        if let Err(contradiction) = read(&text) {
            unreachable!("{text}: {contradiction}");
        }
    }
}

#[test]
fn what_is_not_pinned_or_not_allowed_contradicts() {
    for text in [
        "SELECT * FROM buyers",
        "SELECT * FROM projects",
        "SELECT * FROM housing.buyers",
        "SELECT phone FROM \"housing\".\"buyers\" AS b",
        "SELECT * FROM ONLY housing.buyers",
        "TABLE housing.buyers",
        "SELECT * FROM housing.opaque",
        "SELECT * FROM housing.address",
        "SELECT * FROM housing.nowhere",
        "SELECT * FROM other.housing.projects",
        "SELECT * FROM scratch",
        "SELECT * FROM pg_temp.peephole",
        "SELECT * FROM pg_temp_4.scratch",
        "SELECT lower('x')",
        "SELECT pg_catalog.lo_get('1')",
        "SELECT pg_catalog.table_to_xml('housing.buyers')",
        "SELECT pg_catalog.query_to_xml('select phone from housing.buyers')",
        "SELECT * FROM pg_catalog.pg_stat_get_activity('1')",
        "SELECT pg_catalog.pg_terminate_backend('1')",
        "SELECT pg_catalog.planted('1')",
        "SELECT pg_catalog.nowhere('1')",
        "SELECT public.peek()",
        "SELECT pg_temp.allowed('x')",
        "SELECT p.of_row FROM housing.projects p",
        "SELECT (p).of_row FROM housing.projects p",
        "SELECT s.of_row FROM (SELECT 1 AS of_row) t, housing.projects s",
        "SELECT s.of_row FROM (SELECT 1 AS of_row) s, LATERAL (SELECT s.of_row FROM housing.projects s) t",
        "SELECT s.of_row FROM (SELECT 1 AS of_row) s(x)",
        "SELECT s.of_row FROM (SELECT *, 1 FROM housing.projects) s",
        "SELECT g.of_row FROM pg_catalog.generate_series(1) g",
        "SELECT (s).of_row FROM (SELECT 1 AS of_row) s",
        "SELECT 'a' === 'b'",
        "SELECT 'a' OPERATOR(public.===) 'b'",
        "SELECT id FROM housing.projects ORDER BY id USING ===",
        "SELECT '1'::text",
        "SELECT '1'::public.citext",
        "SELECT '1'::housing.nowhere",
        "SELECT 'x' COLLATE \"C\"",
        "SELECT * FROM housing.projects TABLESAMPLE system (10)",
        "SELECT * INTO kept FROM housing.projects",
        "SELECT * INTO housing.kept FROM housing.projects",
        "SELECT 0x1F",
        "SELECT 1_000",
        "SELECT JSON_OBJECT('a': 1)",
        "SELECT JSON_VALUE('{}', '$')",
        "SELECT pg_catalog.set_config('session_replication_role', 'replica', false)",
        "SELECT pg_catalog.set_config(name, 'replica', false) FROM housing.projects",
        "SELECT pg_catalog.set_config('client_min_messages', 'debug5', false)",
        // a name of WITH counts only where it is visible
        "WITH buyers AS (SELECT 1) SELECT * FROM housing.buyers",
        "SELECT * FROM (WITH buyers AS (SELECT 1) SELECT 1) s, buyers",
        "WITH a AS (SELECT * FROM b), b AS (SELECT 1) SELECT * FROM a",
        "WITH a AS (SELECT * FROM a) SELECT * FROM a",
        "SELECT (WITH x AS (SELECT 1) SELECT 1 FROM x), (SELECT 1 FROM x)",
        "WITH x AS (SELECT 1) SELECT * FROM housing.x",
    ] {
        assert!(read(text).is_err(), "{text}");
    }
}

#[test]
fn a_substitution_is_its_template_to_the_byte() {
    let good = "SELECT * FROM {buyers} AS b WHERE b.phone = 'x'";
    assert!(read(good).is_ok());
    let (good, _) = fill(good);
    let breakages: &[(&str, &str)] = &[
        // the mask is gone, weakened, or of another column
        (&format!("{PHONE} AS "), ""),
        ("\"phone\", 3", "\"phone\", 11"),
        ("\"phone\", 3", "\"name\", 3"),
        ("\"id\", \"name\"", "\"name\", \"id\""),
        ("\"id\", \"name\", ", "\"id\", \"phone\" AS \"name\", "),
        ("\"id\", ", ""),
        ("AS \"phone\" FROM", "AS \"phone\", \"phone\" AS p FROM"),
        ("AS \"phone\" FROM", "AS \"phone\", phone FROM"),
        ("AS \"phone\" FROM", "AS \"phone\", ctid, ctid FROM"),
        ("AS \"phone\" FROM", "AS \"phone\", buyers FROM"),
        // other sources, other clauses
        ("\"buyers\")", "\"buyers\" AS x)"),
        ("\"buyers\")", "\"buyers\" WHERE true)"),
        ("\"buyers\")", "\"buyers\" ORDER BY \"phone\")"),
        ("\"buyers\")", "\"buyers\", housing.projects)"),
        ("\"buyers\")", "\"buyers\" LIMIT 1)"),
        ("FROM \"housing\".\"buyers\"", "FROM ONLY \"housing\".\"buyers\" *"),
        ("FROM \"housing\".\"buyers\"", "FROM /**/ \"housing\".\"buyers\""),
        ("FROM \"housing\".\"buyers\"", "FROM estate.\"housing\".\"buyers\""),
        ("(SELECT \"id\"", "(SELECT DISTINCT \"id\""),
        ("(SELECT \"id\"", "(SELECT ALL \"id\""),
        ("(SELECT \"id\"", "(WITH w AS (SELECT 1) SELECT \"id\""),
        ("(SELECT \"id\"", "(select \"id\""),
        ("pg_catalog.left", "left"),
        ("pg_catalog.left", "public.left"),
        ("OPERATOR(pg_catalog.||)", "||"),
        ("(SELECT \"id\"", "(SELECT 1 AS x, \"id\""),
    ];
    for (from, to) in breakages {
        let broken = good.replacen(from, to, 1);
        assert_ne!(broken, good, "{from}");
        assert!(checked(&broken, &[facts(StatementClass::Read, 1)]).is_err(), "{broken}");
    }
}

#[test]
fn a_substitution_may_list_system_columns_and_only() {
    let with = |columns: &str, only: &str| {
        let text = fill("SELECT 1 FROM {buyers} b").0;
        let text = text.replacen("AS \"phone\" FROM ", &format!("AS \"phone\"{columns} FROM {only}"), 1);
        checked(&text, &[facts(StatementClass::Read, 1)])
    };
    assert!(with(", ctid", "").is_ok());
    assert!(with(", ctid, xmin, tableoid", "ONLY ").is_ok());
    assert!(with("", "ONLY ").is_ok());
    assert!(with(", CTID", "").is_err());
    assert!(with(", ctid AS phone", "").is_err());
    assert!(with("", "only ").is_err());
}

#[test]
fn text_that_only_looks_like_a_template_is_none() {
    for text in [
        format!("SELECT '{}', phone FROM housing.buyers", BUYERS.replace('\'', "''")),
        format!("SELECT /* {BUYERS} */ phone FROM housing.buyers"),
        format!("SELECT * FROM (SELECT \"phone\" /* {BUYERS} */ FROM housing.buyers) b"),
        format!("SELECT * FROM (SELECT $${BUYERS}$$, \"phone\" FROM \"housing\".\"buyers\") b"),
        format!("SELECT * FROM (SELECT * FROM (SELECT \"phone\" FROM housing.buyers) x, {BUYERS} y) b"),
        format!("SELECT * FROM (SELECT \"phone\" FROM \"housing\".\"buyers\" UNION SELECT phone FROM {BUYERS} b) x"),
    ] {
        for count in 0..2 {
            assert!(checked(&text, &[facts(StatementClass::Read, count)]).is_err(), "{text}");
        }
    }
}

#[test]
fn a_mask_elsewhere_is_read_in_full() {
    let one = [facts(StatementClass::Read, 1)];
    // in quotes it is two literals and an operator between them, which only the server can refuse
    assert!(checked(&format!("SELECT '{PHONE}' FROM {BUYERS} b"), &one).is_ok());
    assert!(checked(&format!("SELECT '{PHONE}' || phone FROM {BUYERS} b, housing.buyers c"), &one).is_err());
    assert!(checked(&format!("SELECT {PHONE} FROM {BUYERS} b"), &one).is_ok());
    assert!(checked(&format!("SELECT $${PHONE}$$ FROM {BUYERS} b"), &one).is_ok());
    assert!(checked(&format!("SELECT 1 FROM {BUYERS} b /* {PHONE} */"), &one).is_ok());
    assert!(checked(&format!("SELECT {PHONE} FROM {BUYERS} b, housing.buyers c"), &one).is_err());
    assert!(
        checked(&format!("SELECT phone FROM {BUYERS} b, (SELECT {PHONE} AS x FROM housing.buyers) c"), &one).is_err()
    );
}

#[test]
fn the_plan_is_held_to() {
    let one = facts(StatementClass::Read, 0);
    assert!(checked("SELECT 1; SELECT 2", std::slice::from_ref(&one)).is_err());
    assert!(checked("SELECT 1", &[one.clone(), one.clone()]).is_err());
    assert!(checked("SELECT 1; SELECT 2", &[one.clone(), one.clone()]).is_ok());
    assert!(checked("DELETE FROM housing.projects", &[one]).is_err());
    assert!(checked(";", &[Facts::of(StatementClass::Empty)]).is_ok());
    let (text, _) = fill("SELECT 1 FROM {buyers} b");
    assert!(checked(&text, &[facts(StatementClass::Read, 2)]).is_err());
    let mut unplanned = facts(StatementClass::Read, 0);
    unplanned.relations.clear();
    assert!(checked("SELECT 1 FROM housing.projects", &[unplanned]).is_err());
}

fn statement(text: &str, class: StatementClass) -> Result<String, Contradiction> {
    let (text, count) = fill(text);
    checked(&text, &[facts(class, count)])
}

#[test]
fn statements_that_may_be_sent() {
    use StatementClass as Class;
    for (text, class) in [
        (
            "INSERT INTO housing.projects VALUES (1, 'x') ON CONFLICT (id) DO UPDATE SET name = excluded.name",
            Class::Write,
        ),
        ("UPDATE housing.projects p SET name = pg_catalog.lower(name) FROM housing.agents a RETURNING *", Class::Write),
        ("DELETE FROM housing.projects WHERE name IN (SELECT name FROM {buyers} b)", Class::Write),
        ("INSERT INTO pg_temp.scratch SELECT phone FROM {buyers} b", Class::Write),
        ("COPY (SELECT * FROM {buyers} AS \"buyers\") TO STDOUT (FORMAT csv)", Class::CopyOut),
        ("COPY housing.agents (id) TO STDOUT", Class::CopyOut),
        ("COPY housing.projects FROM STDIN WHERE name = 'x'", Class::CopyIn),
        ("EXPLAIN (VERBOSE, ANALYZE off, COSTS OFF) SELECT * FROM {buyers} b", Class::Explain),
        ("EXPLAIN ANALYZE SELECT * FROM housing.projects", Class::Explain),
        ("DECLARE c CURSOR FOR SELECT * FROM {buyers} b", Class::Cursor),
        ("FETCH 5 FROM c", Class::Cursor),
        ("CLOSE c", Class::Cursor),
        ("PREPARE p (pg_catalog.text) AS SELECT * FROM {buyers} b WHERE name = $1", Class::Prepared),
        ("EXECUTE p ('x')", Class::Prepared),
        ("DEALLOCATE ALL", Class::Prepared),
        ("BEGIN ISOLATION LEVEL SERIALIZABLE", Class::Transaction),
        ("ROLLBACK TO s", Class::Transaction),
        ("SET LOCAL search_path = housing, public", Class::Setting),
        ("SET standard_conforming_strings = on", Class::Setting),
        ("SET TIME ZONE INTERVAL '8' HOUR", Class::Setting),
        ("RESET ALL", Class::Setting),
        ("SHOW server_version", Class::Setting),
        ("DISCARD ALL", Class::Setting),
        ("CREATE TEMP TABLE t (a serial, b integer PRIMARY KEY DEFAULT 1, LIKE housing.buyers)", Class::TempTable),
        ("CREATE TEMP TABLE t AS SELECT * FROM {buyers} b", Class::TempTable),
        ("SELECT * INTO TEMP t FROM {buyers} b", Class::TempTable),
        ("CREATE INDEX ON pg_temp.scratch (a)", Class::TempTable),
        ("DROP TABLE IF EXISTS pg_temp.scratch", Class::TempTable),
        ("TRUNCATE pg_temp.scratch", Class::TempTable),
        ("ANALYZE pg_temp.scratch", Class::TempTable),
        ("LISTEN news", Class::Other),
        ("LOCK TABLE housing.projects, housing.buyers", Class::Other),
    ] {
        if let Err(contradiction) = statement(text, class) {
            unreachable!("{text}: {contradiction}");
        }
    }
}

#[test]
fn statements_that_may_not() {
    use StatementClass as Class;
    for (text, class) in [
        ("INSERT INTO housing.buyers VALUES (1) RETURNING phone", Class::Write),
        ("INSERT INTO projects VALUES (1)", Class::Write),
        ("UPDATE housing.buyers SET phone = phone", Class::Write),
        ("DELETE FROM housing.buyers RETURNING phone", Class::Write),
        ("INSERT INTO housing.projects SELECT id, phone FROM {buyers} b", Class::Write),
        ("UPDATE housing.projects SET name = (SELECT phone FROM {buyers} b)", Class::Write),
        ("INSERT INTO housing.projects SELECT id, phone FROM housing.buyers", Class::Write),
        ("WITH w AS (DELETE FROM housing.buyers RETURNING *) SELECT * FROM w", Class::Read),
        ("WITH w AS (INSERT INTO housing.projects SELECT 1, phone FROM {buyers} b) SELECT 1", Class::Read),
        (
            "MERGE INTO housing.projects p USING housing.buyers b ON b.phone = p.name WHEN MATCHED THEN DELETE",
            Class::Write,
        ),
        ("COPY housing.buyers TO STDOUT", Class::CopyOut),
        ("COPY housing.projects TO '/tmp/x'", Class::CopyOut),
        ("COPY housing.projects TO PROGRAM 'x'", Class::CopyOut),
        ("COPY (SELECT phone FROM housing.buyers) TO STDOUT", Class::CopyOut),
        ("EXPLAIN SELECT * FROM housing.buyers", Class::Explain),
        ("EXPLAIN SELECT * FROM {buyers} b", Class::Explain),
        ("EXPLAIN (COSTS OFF, COSTS ON) SELECT * FROM {buyers} b", Class::Explain),
        ("EXPLAIN (ANALYZE, COSTS OFF) SELECT * FROM {buyers} b", Class::Explain),
        ("EXPLAIN (ANALYZE off, ANALYZE, COSTS OFF) SELECT * FROM {buyers} b", Class::Explain),
        ("EXPLAIN (WAL, ANALYZE 1, COSTS OFF) DELETE FROM housing.buyers", Class::Explain),
        ("EXPLAIN CREATE TABLE t AS SELECT 1", Class::Explain),
        ("EXPLAIN CREATE MATERIALIZED VIEW t AS SELECT 1", Class::Explain),
        ("DECLARE c CURSOR FOR SELECT * FROM housing.buyers", Class::Cursor),
        ("PREPARE p AS SELECT * FROM housing.buyers", Class::Prepared),
        ("PREPARE p (text) AS SELECT 1", Class::Prepared),
        ("SET session_replication_role = replica", Class::Setting),
        ("SET standard_conforming_strings = off", Class::Setting),
        ("SET client_min_messages = debug5", Class::Setting),
        ("SET transform_null_equals = on", Class::Setting),
        ("SET ROLE postgres", Class::Setting),
        ("SET SESSION AUTHORIZATION postgres", Class::Setting),
        ("SET TRANSACTION SNAPSHOT 'x'", Class::Setting),
        ("SHOW shared_preload_libraries", Class::Setting),
        ("CREATE TABLE t (a integer)", Class::TempTable),
        ("CREATE TEMP TABLE t () INHERITS (housing.buyers)", Class::TempTable),
        ("CREATE TEMP TABLE t (a integer REFERENCES housing.buyers)", Class::TempTable),
        ("CREATE TEMP VIEW v AS SELECT 1", Class::TempTable),
        ("CREATE INDEX ON housing.projects (id)", Class::TempTable),
        ("DROP TABLE scratch", Class::TempTable),
        ("DROP TABLE housing.projects", Class::TempTable),
        ("DROP SCHEMA pg_temp", Class::TempTable),
        ("TRUNCATE housing.buyers", Class::TempTable),
        ("VACUUM pg_temp.scratch", Class::TempTable),
        ("ANALYZE", Class::TempTable),
        ("DO 'BEGIN END'", Class::Other),
        ("CALL pg_catalog.x()", Class::Other),
        ("GRANT SELECT ON housing.buyers TO public", Class::Other),
        ("CREATE FUNCTION f() RETURNS integer LANGUAGE sql AS 'SELECT 1'", Class::Other),
        ("COMMENT ON TABLE housing.projects IS 'x'", Class::Other),
        ("LOAD 'x'", Class::Other),
    ] {
        assert!(statement(text, class).is_err(), "{text}");
    }
}

#[test]
fn no_depth_and_no_width_exhausts_anything() {
    let mut wide = String::from("SELECT 1");
    for n in 0..20_000 {
        write!(wide, " || {n}").unwrap();
    }
    assert!(read(&wide).is_ok());
    let deep = format!("SELECT {}1{}", "(".repeat(100), ")".repeat(100));
    assert!(read(&deep).is_ok());
    assert!(read(&format!("SELECT {}true", "NOT ".repeat(5_000))).is_ok());
    let unions = "SELECT 1 UNION ALL ".repeat(3_000);
    assert!(read(&format!("{unions}SELECT 1")).is_ok());
    let mut ctes = String::from("WITH c0 AS (SELECT 1)");
    for n in 1..3_000 {
        write!(ctes, ", c{n} AS (SELECT 1 FROM c0, c{})", n - 1).unwrap();
    }
    assert!(read(&format!("{ctes} SELECT 1 FROM c0")).is_ok());
    let far = ", c0".repeat(20_000);
    assert!(read(&format!("{ctes} SELECT 1 FROM c0{far}")).is_err(), "made to be slow");
    let columns: Vec<String> = (0..10_000).map(|n| format!("a{n}")).collect();
    let wide = format!("UPDATE housing.projects SET ({}) = (SELECT {})", columns.join(", "), columns.join(", "));
    assert!(checked(&wide, &[facts(StatementClass::Write, 0)]).is_ok());
}
