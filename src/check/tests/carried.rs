//! Masks in columns of WITH queries and of items of FROM, beside something that is stored.

use super::{StatementClass, statement};

#[test]
fn what_carries_no_mask_is_stored() {
    for text in [
        "UPDATE housing.projects SET name = x.name FROM (SELECT * FROM {buyers} b) x WHERE x.phone = 'x'",
        "UPDATE housing.projects SET name = x.name FROM (SELECT b.* FROM {buyers} b) x WHERE x.phone = 'x'",
        "WITH s AS (SELECT id, phone FROM {buyers} b) INSERT INTO housing.projects (id) SELECT id FROM s WHERE phone = 'x'",
        "WITH s AS (SELECT id, phone AS p FROM {buyers} b) INSERT INTO housing.projects (id) SELECT s.id FROM s",
        "WITH s(i, p) AS (SELECT id, phone FROM {buyers} b) INSERT INTO housing.projects (id) SELECT i FROM s",
        "WITH s AS (SELECT * FROM {buyers} b), t AS (SELECT * FROM s) INSERT INTO housing.projects (id) SELECT id FROM t",
        "INSERT INTO housing.projects SELECT x.i FROM (SELECT id, pg_catalog.lower(phone) FROM {buyers} b) x(i, p)",
        "WITH s AS (SELECT phone, name AS n FROM {buyers} b) UPDATE housing.projects SET name = s.n FROM s, housing.agents phone",
        "WITH u AS (DELETE FROM housing.agents a USING {buyers} b RETURNING a.id, b.phone) INSERT INTO housing.projects SELECT id FROM u",
        "MERGE INTO housing.projects p USING (SELECT * FROM {buyers} b) s ON s.phone = p.name \
         WHEN NOT MATCHED THEN INSERT (name) VALUES (s.name)",
        "WITH w AS (DELETE FROM housing.projects RETURNING *) INSERT INTO housing.projects SELECT * FROM w \
         WHERE EXISTS (SELECT 1 FROM {buyers} b WHERE b.phone = 'x')",
        "WITH s AS (SELECT phone, id FROM {buyers} b) UPDATE housing.projects SET name = a.phone FROM s, housing.agents a",
    ] {
        if let Err(contradiction) = statement(text, StatementClass::Write) {
            unreachable!("{text}: {contradiction}");
        }
    }
}

#[test]
fn what_may_carry_a_mask_is_not() {
    for text in [
        "UPDATE housing.projects SET name = x.phone FROM (SELECT * FROM {buyers} b) x",
        "UPDATE housing.projects SET name = phone FROM (SELECT * FROM {buyers} b) x",
        "WITH s AS (SELECT phone AS p FROM {buyers} b) INSERT INTO housing.projects (name) SELECT p FROM s",
        "WITH s AS (SELECT b.phone AS p FROM {buyers} b) INSERT INTO housing.projects (name) SELECT p FROM s",
        "WITH s(p) AS (SELECT phone FROM {buyers} b) INSERT INTO housing.projects (name) SELECT p FROM s",
        "WITH s(i, p) AS (SELECT * FROM {buyers} b) INSERT INTO housing.projects (name) SELECT p FROM s",
        "WITH s(i, p) AS (SELECT (b).*, 1 FROM {buyers} b) INSERT INTO housing.projects (name) SELECT p FROM s",
        "WITH s AS (SELECT phone FROM {buyers} b) INSERT INTO housing.projects (name) SELECT p FROM s x(p)",
        "WITH s AS (SELECT phone FROM {buyers} b), t AS (SELECT phone AS p FROM s), u AS (SELECT p AS q FROM t) \
         INSERT INTO housing.projects (name) SELECT q FROM u",
        // whichever comes first
        "WITH RECURSIVE u AS (SELECT p AS q FROM t), t AS (SELECT phone AS p FROM {buyers} b) \
         INSERT INTO housing.projects (name) SELECT q FROM u",
        "WITH s AS (SELECT phone FROM {buyers} b) INSERT INTO housing.projects SELECT * FROM s",
        "WITH s AS (SELECT phone FROM {buyers} b) INSERT INTO housing.projects SELECT s.* FROM s",
        "WITH s AS (SELECT phone FROM {buyers} b) INSERT INTO housing.projects (name) SELECT s FROM s",
        "WITH s AS (SELECT phone FROM {buyers} b) INSERT INTO housing.projects (name) SELECT (x).phone FROM s x",
        "WITH s AS (SELECT phone FROM {buyers} b), t AS (SELECT s AS r FROM s) \
         INSERT INTO housing.projects (name) SELECT (r).phone FROM t",
        "WITH s AS (SELECT phone FROM {buyers} b), t AS (SELECT ROW(s.*) AS r FROM s) \
         INSERT INTO housing.projects (name) SELECT r FROM t",
        // it is not known what it is called
        "UPDATE housing.projects SET name = x.text FROM (SELECT phone::pg_catalog.text FROM {buyers} b) x",
        "UPDATE housing.projects SET name = x.phone FROM (SELECT (SELECT phone FROM {buyers} b)) x",
        "UPDATE housing.projects SET name = x.lower FROM (SELECT pg_catalog.lower(phone) FROM {buyers} b) x",
        // rows that no query with names makes
        "UPDATE housing.projects SET name = x.column1 FROM (VALUES ((SELECT phone FROM {buyers} b))) x",
        "WITH s AS (SELECT name AS n FROM housing.projects UNION SELECT phone FROM {buyers} b) \
         INSERT INTO housing.projects (name) SELECT n FROM s",
        "WITH s AS (SELECT phone AS p FROM {buyers} b), t AS (SELECT name AS n FROM housing.projects UNION SELECT p FROM s) \
         INSERT INTO housing.projects (name) SELECT n FROM t",
        "UPDATE housing.projects SET name = l FROM (SELECT phone AS p FROM {buyers} b) x, pg_catalog.lower(x.p) l",
        "UPDATE housing.projects SET name = y.q FROM (SELECT phone AS p FROM {buyers} b) x, LATERAL (SELECT x.p AS q) y",
        "UPDATE housing.projects SET name = j.q FROM ((SELECT phone AS p FROM {buyers} b) x CROSS JOIN (SELECT 1) y) j(q)",
        "WITH u AS (DELETE FROM housing.agents a USING {buyers} b RETURNING b.phone AS q) \
         INSERT INTO housing.projects (name) SELECT q FROM u",
        "WITH u AS (DELETE FROM housing.agents a USING {buyers} b RETURNING *) \
         INSERT INTO housing.projects (name) SELECT phone FROM u",
        "WITH u(q) AS (DELETE FROM housing.agents a USING {buyers} b RETURNING b.phone) \
         INSERT INTO housing.projects (name) SELECT q FROM u",
        "MERGE INTO housing.projects p USING (SELECT phone AS q FROM {buyers} b) s ON true \
         WHEN MATCHED THEN UPDATE SET name = s.q",
        "UPDATE housing.projects SET (id, name) = (SELECT s.i, s.p FROM (SELECT id AS i, phone AS p FROM {buyers} b) s)",
        "INSERT INTO housing.projects (name) SELECT 'x' ON CONFLICT (id) DO UPDATE \
         SET name = (SELECT p FROM (SELECT phone AS p FROM {buyers} b) x)",
        "INSERT INTO housing.projects (name) SELECT p FROM (SELECT phone AS p FROM {buyers} b)",
    ] {
        assert!(statement(text, StatementClass::Write).is_err(), "{text}");
    }
}
