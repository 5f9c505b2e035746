//! `match`: who reads masks finds a person by the true value, and learns nothing else.

use tokio_postgres::SimpleQueryMessage;
use tokio_postgres::error::SqlState;

use crate::cluster::{connect, shared};
use crate::menshen::{Menshen, Settings, bundle};

const CLASSIFICATION: &str = r#"
[defaults]
unclassified = "clear"
[category."pii/phone"]
mask = "phone"
[category."pii/name"]
mask = "name"
[table."desk.buyers".columns]
name = "pii/name"
phone = "pii/phone"
[table."desk.calls".columns]
phone = "pii/phone"
"#;

const RULES: &str = "\
p, role:anyone, pii/*, masked, *, allow
p, user:clerk, pii/phone, match, *, allow
";

const SCHEMA: &str = "
CREATE SCHEMA desk;
CREATE TABLE desk.buyers (id int PRIMARY KEY, name text, phone varchar(20));
CREATE TABLE desk.calls (id int PRIMARY KEY, phone varchar(20));
INSERT INTO desk.buyers SELECT i, '王小' || chr(20000 + i % 500), '138' || lpad((i * 7919 % 10000)::text, 4, '0') || lpad((i % 10)::text, 4, '0')
  FROM generate_series(1, 20000) i;
INSERT INTO desk.calls SELECT id, phone FROM desk.buyers WHERE id <= 30 ORDER BY id;
CREATE INDEX buyers_phone ON desk.buyers (phone);
ANALYZE;
GRANT USAGE ON SCHEMA desk TO PUBLIC;
GRANT ALL ON ALL TABLES IN SCHEMA desk TO PUBLIC;
";

#[tokio::test(flavor = "multi_thread")]
async fn a_person_is_found_by_the_true_value_and_by_the_index() {
    let bundle = bundle(&[("classification.toml", CLASSIFICATION), ("policy.csv", RULES)]);
    for user in ["clerk", "marketer"] {
        shared().login(user, "secret");
    }
    let menshen = Menshen::start(shared(), &Settings::new(bundle.path()).trusting());
    let database = shared().fresh_database("matching");
    shared().sql(&database, SCHEMA);
    let phone = shared().sql(&database, "SELECT phone FROM desk.buyers WHERE id = 77").trim().to_owned();
    let clerk = connect(&menshen.config("clerk", "", &database)).await;
    let other = connect(&menshen.config("marketer", "", &database)).await;

    let found = clerk.query("SELECT id, phone, name FROM desk.buyers WHERE phone = $1", &[&phone]).await.unwrap();
    assert!(found.iter().any(|row| row.get::<_, i32>(0) == 77), "{found:?}");
    assert!(
        found.iter().all(|row| row.get::<_, String>(1).contains("****") && row.get::<_, String>(2).ends_with("**"))
    );
    let none = other.query("SELECT id FROM desk.buyers WHERE phone = $1", &[&phone]).await.unwrap();
    assert!(none.is_empty());

    let plan = |rows: Vec<SimpleQueryMessage>| -> String {
        let lines = rows.into_iter().filter_map(|message| match message {
            SimpleQueryMessage::Row(row) => row.get(0).map(str::to_owned),
            _ => None,
        });
        lines.collect::<Vec<_>>().join("\n")
    };
    for statement in [
        format!("SELECT * FROM desk.buyers WHERE phone = '{phone}'"),
        format!("SELECT b.id FROM desk.buyers b WHERE b.phone IN ('{phone}', 'x') AND b.id > 3"),
        format!("UPDATE desk.buyers SET name = '赵六七' WHERE phone = '{phone}'"),
        format!("DELETE FROM desk.buyers WHERE phone = ANY (ARRAY['{phone}'])"),
    ] {
        let explained = clerk.simple_query(&format!("EXPLAIN (COSTS OFF) {statement}")).await;
        let explained = plan(explained.unwrap_or_else(|error| panic!("{statement}: {error:?}")));
        assert!(explained.contains("buyers_phone"), "{statement}:\n{explained}");
    }

    let joined = "SELECT count(*) FROM desk.calls c JOIN desk.buyers b ON b.phone = c.phone";
    let count = |rows: Vec<tokio_postgres::Row>| rows[0].get::<_, i64>(0);
    let truth: i64 = shared().sql(&database, joined).trim().parse().unwrap();
    assert_eq!(count(clerk.query(joined, &[]).await.unwrap()), truth);
    let error = other.query(joined, &[]).await.expect_err("two masks pair strangers");
    assert_eq!(error.code(), Some(&SqlState::INSUFFICIENT_PRIVILEGE));

    // only equality sees the true value
    for statement in [
        format!("SELECT count(*) FROM desk.buyers WHERE phone LIKE '{}%'", &phone[..6]),
        format!("SELECT count(*) FROM desk.buyers WHERE phone BETWEEN '{phone}' AND '{phone}'"),
        format!("SELECT count(*) FROM desk.buyers WHERE phone || '' = '{phone}'"),
        format!("SELECT count(*) FROM desk.buyers WHERE phone = (SELECT '{phone}'::varchar)"),
        format!("SELECT count(*) FROM desk.buyers WHERE phone IS NOT DISTINCT FROM '{phone}'"),
    ] {
        let rows = clerk.query(&statement, &[]).await.unwrap_or_else(|error| panic!("{statement}: {error:?}"));
        assert_eq!(count(rows), 0, "{statement}");
    }
    // the shadow column is nobody's
    for statement in [
        format!("SELECT \"menshen:3\" FROM desk.buyers WHERE phone = '{phone}'"),
        format!("SELECT b.\"menshen:3\" FROM desk.buyers b WHERE phone = '{phone}'"),
        format!("SELECT to_json(b) FROM desk.buyers b WHERE phone = '{phone}'"),
        format!("SELECT x FROM (SELECT b.* FROM desk.buyers b NATURAL JOIN desk.calls WHERE b.phone = '{phone}') x"),
        format!("SELECT d FROM desk.buyers AS b(a, b, c, d) WHERE c = '{phone}'"),
    ] {
        let answer = clerk.simple_query(&statement).await;
        let shown = answer.map(plan).unwrap_or_default();
        assert!(!shown.contains(&phone), "{statement}: {shown}");
    }
}
