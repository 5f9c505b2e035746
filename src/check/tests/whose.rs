//! Items of FROM that have the name of what is written to.

use super::{StatementClass, statement};

#[test]
fn what_is_nearer_than_the_target_is_not_its() {
    for text in [
        "DELETE FROM housing.buyers WHERE id IN (SELECT id FROM {buyers} AS \"buyers\" WHERE \"buyers\".phone = 'x')",
        "DELETE FROM housing.buyers WHERE id IN (SELECT id FROM {buyers} AS \"buyers\" ORDER BY \"buyers\".phone)",
        "DELETE FROM housing.buyers WHERE EXISTS (SELECT buyers FROM {buyers} AS \"buyers\")",
        "DELETE FROM housing.buyers WHERE EXISTS (SELECT buyers.* FROM {buyers} AS \"buyers\")",
        "DELETE FROM housing.buyers WHERE EXISTS (SELECT 1 FROM {buyers} buyers JOIN housing.projects p ON buyers.phone = p.name)",
        "DELETE FROM housing.buyers WHERE EXISTS (SELECT 1 FROM housing.projects buyers WHERE buyers.phone = 'x')",
        "DELETE FROM housing.buyers WHERE EXISTS (SELECT 1 FROM {buyers} buyers WHERE EXISTS (SELECT buyers.phone FROM housing.projects))",
        "WITH buyers AS (SELECT id, b.phone AS p FROM {buyers} b) DELETE FROM housing.buyers WHERE id IN (SELECT id FROM buyers WHERE buyers.p = 'x')",
        "INSERT INTO housing.buyers (id) SELECT id FROM {buyers} AS \"buyers\" WHERE \"buyers\".phone = 'x'",
    ] {
        if let Err(contradiction) = statement(text, StatementClass::Write) {
            unreachable!("{text}: {contradiction}");
        }
    }
}

#[test]
fn what_the_server_could_take_for_the_targets_is_its() {
    for text in [
        "DELETE FROM housing.buyers WHERE EXISTS (SELECT 1 FROM {buyers} b WHERE buyers.phone = 'x')",
        // it does not say whose it is
        "DELETE FROM housing.buyers WHERE EXISTS (SELECT 1 FROM {buyers} AS \"buyers\" WHERE phone = 'x')",
        // a schema means the relation itself, which has no alias
        "DELETE FROM housing.buyers WHERE EXISTS (SELECT 1 FROM {buyers} AS \"buyers\" WHERE housing.buyers.phone = 'x')",
        "DELETE FROM housing.buyers WHERE EXISTS (SELECT housing.buyers.* FROM {buyers} AS \"buyers\")",
        // beside an item of that name, not below it
        "DELETE FROM housing.buyers WHERE EXISTS (SELECT 1 FROM {buyers} AS \"buyers\", (SELECT buyers.phone) x)",
        "DELETE FROM housing.buyers WHERE EXISTS (SELECT 1 FROM (SELECT buyers.phone) x, LATERAL (SELECT 1 FROM {buyers} AS \"buyers\") y)",
        "DELETE FROM housing.buyers WHERE EXISTS (SELECT 1 FROM {buyers} buyers, housing.projects p JOIN housing.agents a ON buyers.phone = p.name)",
        "DELETE FROM housing.buyers WHERE EXISTS (SELECT 1 FROM {buyers} buyers, pg_catalog.generate_series(1) g(x) JOIN housing.agents a ON buyers.phone = 'x')",
        "DELETE FROM housing.buyers WHERE EXISTS (SELECT 1 FROM {buyers} buyers, pg_catalog.lower(buyers.phone) l)",
        // the name of a join hides those in it
        "DELETE FROM housing.buyers WHERE EXISTS (SELECT buyers.phone FROM ({buyers} AS \"buyers\" CROSS JOIN housing.projects p) j)",
        "DELETE FROM housing.buyers WHERE EXISTS (SELECT buyers.phone FROM (SELECT * FROM {buyers} AS \"buyers\") j)",
        // a WITH query, and an arm of a UNION, see nothing of the query that they are in
        "DELETE FROM housing.buyers WHERE EXISTS (WITH w AS (SELECT buyers.phone) SELECT 1 FROM {buyers} AS \"buyers\", w)",
        "DELETE FROM housing.buyers WHERE EXISTS (SELECT 1 FROM {buyers} AS \"buyers\" UNION SELECT 1 WHERE buyers.phone = 'x')",
        "DELETE FROM housing.buyers WHERE EXISTS (SELECT 1 FROM {buyers} AS \"buyers\") AND buyers.phone = 'x'",
        "DELETE FROM housing.buyers WHERE EXISTS (SELECT 1 FROM {buyers} AS \"buyers\") RETURNING buyers",
        // a WITH query that is not read
        "WITH buyers AS (SELECT 1 AS phone) DELETE FROM housing.buyers WHERE buyers.phone = 'x'",
    ] {
        assert!(statement(text, StatementClass::Write).is_err(), "{text}");
    }
}
