//! Texts as a hostile rewriter would write them: every one of them reads something that its principal may not see, or
//! runs somebody's code, or changes what may not be changed. `{buyers}` is the good substitution.

use super::*;

/// `housing.buyers` has three columns; its phone is masked. `scratch` is a temp table, `projects` holds nothing.
const READS: &[&str] = &[
    // the scan, spelled in every way that the grammar has
    "TABLE ONLY housing.buyers",
    "SELECT phone FROM ONLY (housing.buyers)",
    "SELECT phone FROM housing.buyers*",
    "SELECT phone FROM \"housing\" . \"buyers\"",
    "SELECT phone FROM U&\"\\0068ousing\".buyers",
    "SELECT phone FROM HOUSING.BUYERS",
    "SELECT phone FROM estate.housing.buyers",
    "SELECT phone FROM housing/**/./**/buyers",
    "SELECT phone FROM housing.buyers TABLESAMPLE pg_catalog.system (100)",
    "SELECT phone FROM {buyers} b, housing.buyers c",
    "SELECT phone FROM {buyers} b NATURAL JOIN housing.buyers",
    "SELECT phone FROM {buyers} b LEFT JOIN LATERAL (SELECT phone AS p FROM housing.buyers) c ON true",
    "SELECT phone FROM (housing.projects CROSS JOIN housing.buyers) x",
    "SELECT phone FROM ((SELECT * FROM housing.buyers)) b",
    "SELECT phone FROM (TABLE housing.buyers) b",
    "SELECT phone FROM (VALUES ((SELECT phone FROM housing.buyers LIMIT 1))) v(phone)",
    "SELECT (TABLE housing.buyers LIMIT 1)",
    "SELECT ARRAY(SELECT phone FROM housing.buyers)",
    "SELECT EXISTS (TABLE housing.buyers)",
    "SELECT 'x' IN (SELECT phone FROM housing.buyers)",
    "SELECT ('x', 'y') = ANY (SELECT phone, name FROM housing.buyers)",
    "SELECT CASE WHEN (SELECT phone FROM housing.buyers) = 'x' THEN 1 END",
    "SELECT COALESCE(NULL, (SELECT phone FROM housing.buyers))",
    "SELECT pg_catalog.count(*) FILTER (WHERE EXISTS (TABLE housing.buyers)) FROM housing.projects",
    "SELECT pg_catalog.count(name ORDER BY (SELECT phone FROM housing.buyers)) FROM housing.projects",
    "SELECT pg_catalog.count(*) OVER (ORDER BY (SELECT phone FROM housing.buyers)) FROM housing.projects",
    "SELECT pg_catalog.count(*) OVER w FROM housing.projects WINDOW w AS (PARTITION BY (TABLE housing.buyers))",
    "SELECT pg_catalog.count(*) OVER (ROWS (SELECT phone FROM housing.buyers) PRECEDING) FROM housing.projects",
    "SELECT id FROM housing.projects ORDER BY (SELECT phone FROM housing.buyers)",
    "SELECT id FROM housing.projects LIMIT (SELECT phone FROM housing.buyers)",
    "SELECT id FROM housing.projects OFFSET (SELECT phone FROM housing.buyers)",
    "SELECT DISTINCT ON ((SELECT phone FROM housing.buyers)) id FROM housing.projects",
    "SELECT 1 FROM housing.projects GROUP BY GROUPING SETS ((), ((SELECT phone FROM housing.buyers)))",
    "SELECT 1 FROM housing.projects HAVING EXISTS (TABLE housing.buyers)",
    "SELECT a[(SELECT phone FROM housing.buyers)] FROM pg_temp.scratch",
    "SELECT a[1:(SELECT phone FROM housing.buyers)] FROM pg_temp.scratch",
    "SELECT ROW((SELECT phone FROM housing.buyers))",
    "SELECT GREATEST('a', (SELECT phone FROM housing.buyers))",
    "SELECT (SELECT phone FROM housing.buyers) IS NULL",
    "SELECT (SELECT phone FROM housing.buyers) COLLATE pg_catalog.\"C\"",
    "SELECT (SELECT phone FROM housing.buyers)::integer",
    "SELECT xmlelement(name a, (SELECT phone FROM housing.buyers))",
    "SELECT xmlforest((SELECT phone FROM housing.buyers) AS a)",
    "SELECT x FROM XMLTABLE('/' PASSING (SELECT phone FROM housing.buyers) COLUMNS x integer PATH '.') t",
    "SELECT x FROM XMLTABLE('/' PASSING '<a/>' COLUMNS x integer DEFAULT (SELECT phone FROM housing.buyers)) t",
    "SELECT * FROM ROWS FROM (pg_catalog.unnest((SELECT phone FROM housing.buyers))) t",
    "SELECT 1 FROM housing.projects TABLESAMPLE pg_catalog.system ((SELECT phone FROM housing.buyers))",
    "SELECT 1 FROM housing.projects TABLESAMPLE pg_catalog.system (1) REPEATABLE ((SELECT phone FROM housing.buyers))",
    "SELECT 1 UNION (SELECT 2 UNION (SELECT phone FROM housing.buyers))",
    "SELECT 1 UNION SELECT 2 ORDER BY (SELECT phone FROM housing.buyers)",
    "WITH x AS (TABLE housing.buyers) SELECT * FROM x",
    "WITH x AS MATERIALIZED (SELECT 1), y AS (WITH x AS (TABLE housing.buyers) TABLE x) TABLE y",
    "WITH RECURSIVE x AS (SELECT 1 AS n UNION ALL SELECT phone FROM housing.buyers, x) TABLE x",
    // a name of WITH, used where it is not in sight: the server would find the table
    "SELECT * FROM (WITH buyers AS (SELECT 1) TABLE buyers) a, (TABLE buyers) b",
    "(WITH buyers AS (SELECT 1) TABLE buyers) UNION ALL TABLE buyers",
    "WITH a AS (WITH buyers AS (SELECT 1) TABLE buyers) SELECT * FROM a, buyers",
    "WITH a AS (TABLE buyers), buyers AS (SELECT 1) TABLE a",
    "WITH buyers AS (SELECT phone FROM buyers) TABLE buyers",
    "SELECT EXISTS (WITH buyers AS (SELECT 1) SELECT 1), phone FROM buyers",
    "WITH \"Buyers\" AS (SELECT 1) TABLE buyers",
    "WITH buyers AS (SELECT 1) TABLE \"Buyers\"",
    "WITH housing AS (SELECT 1) TABLE housing.buyers",
    "WITH buyers AS (SELECT 1) SELECT * FROM ONLY housing.buyers",
    // what is not the substitution, though it looks like it
    "SELECT * FROM (SELECT \"id\", \"name\", \"phone\" FROM {buyers} b, \"housing\".\"buyers\") x",
    "SELECT * FROM (SELECT \"id\", \"name\", \"phone\" FROM \"housing\".\"buyers\", {buyers} b) x",
    "SELECT * FROM (SELECT b.*, c.phone FROM {buyers} b, (SELECT \"phone\" FROM \"housing\".\"buyers\") c) x",
    "SELECT '{buyers}' FROM (SELECT \"phone\" FROM \"housing\".\"buyers\") b",
    "SELECT * FROM (SELECT \"phone\" FROM \"housing\".\"buyers\") b -- {buyers}",
    "SELECT 1 AS \"(SELECT \", \"phone\" FROM \"housing\".\"buyers\"",
];

const CODE: &[&str] = &[
    "SELECT peek()",
    "SELECT public.peek()",
    "SELECT \"public\" . \"peek\" ()",
    "SELECT * FROM public.peek() p",
    "SELECT * FROM ROWS FROM (pg_catalog.generate_series(1, 2), public.peek()) p",
    "SELECT estate.pg_catalog.lower('x')",
    "SELECT pg_catalog.lower(public.peek())",
    "SELECT pg_catalog.lower(VARIADIC ARRAY[public.peek()])",
    "SELECT public.allowed(x => public.peek())",
    "SELECT (p).of_row FROM housing.projects p",
    "SELECT (ROW(1)).of_row",
    "SELECT (ARRAY[p])[1].of_row FROM housing.projects p",
    "SELECT ((SELECT p FROM housing.projects p)).of_row",
    "SELECT housing.projects.of_row FROM housing.projects",
    "SELECT ('x'::public.citext)",
    "SELECT ('x').citext",
    "SELECT public.citext 'x'",
    "SELECT CAST('x' AS citext)",
    "SELECT ARRAY['x']::public.citext[]",
    "SELECT * FROM pg_catalog.unnest('x') AS t(a public.citext)",
    "SELECT 'a' === 'b'",
    "SELECT === 'b'",
    "SELECT 'a' === ANY (ARRAY['b'])",
    "SELECT 'a' === ALL (SELECT 'b')",
    "SELECT ROW('a') === ROW('b')",
    "SELECT 'a' OPERATOR(public.===) 'b'",
    "SELECT id FROM housing.projects ORDER BY name USING ===",
    "SELECT pg_catalog.count(name ORDER BY name USING OPERATOR(public.===)) FROM housing.projects",
    "SELECT pg_catalog.query_to_xml('x')",
    "SELECT \"pg_catalog\".\"table_to_xml\"('x')",
    "SELECT U&\"pg\\005Fcatalog\".query_to_xml('x')",
    "SELECT pg_catalog.set_config('role', 'postgres', false)",
    "SELECT pg_catalog.set_config('ROW_SECURITY', 'off', false)",
    "SELECT pg_catalog.set_config('search' || '_path', 'x', false)",
    "SELECT pg_catalog.set_config(new_value => 'off', setting_name => 'row_security', is_local => false)",
    "SELECT pg_catalog.set_config(VARIADIC ARRAY['role', 'x', 'f'])",
    "SELECT pg_catalog.set_config($1, 'off', false)",
    "SELECT pg_catalog.set_config(U&'r\\006fle', 'off', false)",
    "SELECT TREAT('x' AS query_to_xml)",
    "SELECT JSON_OBJECT('x')",
    "SELECT MERGE_ACTION()",
];

const CHANGES: &[(&str, StatementClass)] = &[
    ("SELECT * INTO kept FROM {buyers} b", StatementClass::TempTable),
    ("SELECT * INTO TEMP kept FROM (SELECT * INTO TEMP more FROM housing.projects) x", StatementClass::TempTable),
    ("SELECT 1 UNION SELECT * INTO kept FROM {buyers} b", StatementClass::Read),
    (
        "WITH w AS (INSERT INTO housing.agents SELECT id, phone FROM {buyers} b RETURNING 1) TABLE w",
        StatementClass::Read,
    ),
    ("WITH w AS (UPDATE housing.buyers SET phone = phone RETURNING phone) TABLE w", StatementClass::Read),
    ("WITH w AS (DELETE FROM buyers RETURNING phone) TABLE w", StatementClass::Read),
    ("INSERT INTO housing.agents SELECT id, phone FROM {buyers} b", StatementClass::Write),
    ("INSERT INTO housing.projects VALUES (1, (SELECT phone FROM housing.buyers))", StatementClass::Write),
    (
        "INSERT INTO housing.projects VALUES (1) ON CONFLICT (id) DO UPDATE SET name = (SELECT phone FROM {buyers} b)",
        StatementClass::Write,
    ),
    ("INSERT INTO housing.projects VALUES (1) RETURNING (SELECT phone FROM housing.buyers)", StatementClass::Write),
    ("INSERT INTO housing.projects VALUES (1) ON CONFLICT ((public.peek())) DO NOTHING", StatementClass::Write),
    ("UPDATE housing.projects SET (id, name) = (SELECT id, phone FROM housing.buyers)", StatementClass::Write),
    ("UPDATE housing.projects SET name = b.phone FROM {buyers} b", StatementClass::Write),
    ("DELETE FROM housing.projects USING housing.buyers b WHERE b.phone = name", StatementClass::Write),
    (
        "MERGE INTO housing.projects p USING {buyers} b ON true WHEN MATCHED THEN UPDATE SET name = b.phone",
        StatementClass::Write,
    ),
    (
        "MERGE INTO housing.projects p USING housing.agents a ON true WHEN NOT MATCHED THEN INSERT (id) VALUES \
         ((SELECT phone FROM housing.buyers))",
        StatementClass::Write,
    ),
    ("COPY (DELETE FROM housing.projects RETURNING 1) TO STDOUT", StatementClass::CopyOut),
    ("COPY housing.buyers (phone) TO STDOUT", StatementClass::CopyOut),
    ("COPY housing.projects FROM STDIN WHERE EXISTS (TABLE housing.buyers)", StatementClass::CopyIn),
    ("COPY housing.projects FROM '/etc/passwd'", StatementClass::CopyIn),
    ("COPY (TABLE housing.projects) TO PROGRAM 'cat'", StatementClass::CopyOut),
    ("EXPLAIN ANALYZE UPDATE housing.buyers SET phone = 'x'", StatementClass::Explain),
    ("EXPLAIN ANALYZE INSERT INTO housing.agents SELECT id, phone FROM {buyers} b", StatementClass::Explain),
    ("DECLARE c CURSOR WITH HOLD FOR TABLE housing.buyers", StatementClass::Cursor),
    ("PREPARE p AS INSERT INTO housing.agents SELECT id, phone FROM {buyers} b", StatementClass::Prepared),
    ("PREPARE p (public.citext) AS SELECT 1", StatementClass::Prepared),
    ("EXECUTE p ((SELECT phone FROM housing.buyers))", StatementClass::Prepared),
    ("EXECUTE other", StatementClass::Prepared),
    ("CREATE TEMP TABLE t AS TABLE housing.buyers", StatementClass::TempTable),
    ("CREATE TABLE t AS SELECT 1", StatementClass::TempTable),
    ("CREATE TEMP TABLE housing.t AS SELECT 1", StatementClass::TempTable),
    ("CREATE UNLOGGED TABLE t (a integer)", StatementClass::TempTable),
    ("CREATE TEMP TABLE t (a integer DEFAULT public.peek())", StatementClass::TempTable),
    ("CREATE TEMP TABLE t (a integer CHECK (public.peek() IS NULL))", StatementClass::TempTable),
    ("CREATE TEMP TABLE t (a integer GENERATED ALWAYS AS (public.peek()) STORED)", StatementClass::TempTable),
    ("CREATE TEMP TABLE t (a public.citext)", StatementClass::TempTable),
    ("CREATE TEMP TABLE t (a integer, EXCLUDE USING gist (a WITH OPERATOR(public.===)))", StatementClass::TempTable),
    ("CREATE TEMP TABLE t PARTITION OF housing.buyers DEFAULT", StatementClass::TempTable),
    ("CREATE TEMP TABLE t OF housing.address", StatementClass::TempTable),
    ("CREATE INDEX ON pg_temp.scratch ((public.peek()))", StatementClass::TempTable),
    ("CREATE INDEX ON pg_temp.scratch (a public.evil_ops)", StatementClass::TempTable),
    ("CREATE INDEX ON pg_temp.scratch USING evil (a)", StatementClass::TempTable),
    ("DROP TABLE pg_temp.scratch, housing.projects", StatementClass::TempTable),
    ("DROP VIEW pg_temp.peephole", StatementClass::TempTable),
    ("TRUNCATE pg_temp.scratch, housing.projects", StatementClass::TempTable),
    ("ANALYZE housing.buyers", StatementClass::TempTable),
    ("SET SESSION CHARACTERISTICS AS TRANSACTION ISOLATION LEVEL SERIALIZABLE; SELECT 1", StatementClass::Setting),
    ("SET \"Role\" = x", StatementClass::Setting),
    ("SET LOCAL session_replication_role = replica", StatementClass::Setting),
    ("SET STANDARD_CONFORMING_STRINGS = 'off'", StatementClass::Setting),
    ("SET standard_conforming_strings FROM CURRENT", StatementClass::Setting),
    ("SHOW ALL", StatementClass::Setting),
    ("SHOW hba_file", StatementClass::Setting),
    ("SET ROLE other", StatementClass::Setting),
    ("SET SESSION AUTHORIZATION other", StatementClass::Setting),
    ("LOCK TABLE buyers", StatementClass::Other),
    ("CREATE RULE r AS ON SELECT TO pg_temp.scratch DO INSTEAD TABLE housing.buyers", StatementClass::TempTable),
    ("CREATE TEMP SEQUENCE s", StatementClass::TempTable),
    ("ALTER TABLE pg_temp.scratch INHERIT housing.buyers", StatementClass::TempTable),
    ("REFRESH MATERIALIZED VIEW housing.v", StatementClass::Other),
    ("CLUSTER housing.projects", StatementClass::Other),
];

#[test]
fn no_hostile_reading_is_proven() {
    for text in READS.iter().chain(CODE) {
        assert!(read(text).is_err(), "{text}");
    }
}

#[test]
fn no_hostile_change_is_proven() {
    for (text, class) in CHANGES {
        assert!(statement(text, *class).is_err(), "{text}");
    }
}

/// A session may go back to who logged in only if it is that already.
#[test]
fn nobody_becomes_somebody_else() {
    let nobody = [
        "RESET ROLE",
        "SET ROLE NONE",
        "SET ROLE sales",
        "SET ROLE TO DEFAULT",
        "SET LOCAL SESSION AUTHORIZATION sales",
        "SET SESSION AUTHORIZATION DEFAULT",
        "RESET SESSION AUTHORIZATION",
    ];
    let lent = SessionNames { login: "pool".into(), ..names() };
    let unknown = SessionNames { user: "".into(), login: "".into(), ..names() };
    let plan = [facts(StatementClass::Setting, 0)];
    for text in nobody {
        assert!(statement(text, StatementClass::Setting).is_ok(), "{text}");
        for names in [&lent, &unknown] {
            assert!(check(text, &plan, &snapshot(), &rights(), names).is_err(), "{text}");
        }
    }
    let quiet = Facts { effects: Vec::new(), ..facts(StatementClass::Setting, 0) };
    assert!(checked("RESET ROLE", &[quiet]).is_err(), "it is asked again who the session is");
}

fn extended(operators: &[Operator]) -> Snapshot {
    let mut parts = parts();
    let extension: Option<Arc<str>> = Some("citext".into());
    let citext = Type { extension: extension.clone(), ..ty(32002, "public", "citext", b'b') };
    parts.types.retain(|ty| &*ty.name != "citext");
    parts.types.push(citext);
    for (oid, name) in [(30010, "strpos"), (30011, "citext_eq")] {
        let of = function(oid, "public", name, Volatility::Immutable, &[32002, 32002]);
        parts.functions.push(Function { extension: extension.clone(), ..of });
    }
    parts.operators.retain(|operator| operator.oid < Oid(16384));
    parts.operators.push(Operator { function: Oid(30011), ..operator(31003, "public", "=", 32002) });
    parts.operators.extend_from_slice(operators);
    Snapshot::assemble(parts)
}

/// What an extension has in SQL is read when it runs, under whatever path there is then.
#[test]
fn operators_of_others_close_functions_that_look_them_up() {
    let text = "SELECT public.strpos(NULL, NULL), public.citext_eq(NULL, NULL)";
    let proven =
        |snapshot: &Snapshot| check(text, &[facts(StatementClass::Read, 0)], snapshot, &rights(), &names()).is_ok();
    let harmless =
        [operator(31005, "evil", "=", 25), operator(31006, "evil", "||", 23), operator(31007, "evil", "+", 23)];
    for (operators, open) in [
        (&harmless[..], true),
        (&[operator(31008, "evil", "||", 25)], false),
        (&[operator(31008, "evil", "=", 23)], false),
    ] {
        let snapshot = extended(operators);
        assert_eq!(proven(&snapshot), open, "{operators:?}");
        assert_eq!(snapshot.function_review(Oid(30010)) == Review::Open, open, "{operators:?}");
        assert_eq!(snapshot.function_review(Oid(30011)), Review::Open);
    }
}

/// Of an extension's type anybody has values: an operator over it is open if it is the extension's.
#[test]
fn operators_over_an_extension_s_type_are_the_extension_s() {
    let plan = [facts(StatementClass::Read, 0)];
    let proven = |text: &str, snapshot: &Snapshot| check(text, &plan, snapshot, &rights(), &names()).is_ok();
    let others = Operator { function: Oid(30000), ..operator(31009, "public", "===", 32002) };
    let of_text = Operator { function: Oid(30011), ..operator(31010, "public", "<%", 25) };
    let snapshot = extended(&[others, of_text]);
    assert!(proven("SELECT 'a' <% 'b'", &snapshot));
    assert!(proven("SELECT NULL OPERATOR(public.=) NULL", &snapshot));
    assert!(!proven("SELECT NULL OPERATOR(public.===) NULL", &snapshot));
    assert!(!proven("SELECT NULL === NULL", &snapshot));
}

/// A statement may not profit from what one before it in the same text has changed.
#[test]
fn what_a_statement_changes_counts_for_those_after_it() {
    let setting = facts(StatementClass::Setting, 0);
    let reading = facts(StatementClass::Read, 0);
    let mut names = names();
    names.path = ["pg_catalog", "housing"].map(Arc::from).to_vec().into();
    let checked = |text: &str| {
        let plan = [setting.clone(), reading.clone()];
        check(text, &plan, &snapshot(), &rights(), &names).map(|checked| checked.text().to_owned())
    };
    assert!(checked("SET search_path = x; SELECT 'a' = 'b'").is_ok());
    assert!(checked("SHOW work_mem; SELECT 'a' === 'b'").is_ok(), "not on the path");
    assert!(checked("SET search_path = public; SELECT 'a' === 'b'").is_err());
    assert!(checked("RESET ALL; SELECT 'a' === 'b'").is_err());
    assert!(checked("DISCARD ALL; SELECT p.of_row FROM housing.projects p").is_err());
}
