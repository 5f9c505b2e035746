//! Lineage of views, from their definitions alone.

use super::*;
use crate::catalog::snapshot::{Column, Function, FunctionKind, Parts, RelationKind, Volatility};
use crate::model::types::{ColumnType, TypeClass};

fn relation(oid: u32, schema: &str, name: &str, columns: &[&str]) -> Relation {
    let mut relation = Relation::new(Oid(oid), schema, name, RelationKind::Table);
    let column = |(index, name): (usize, &&str)| Column {
        number: i16::try_from(index).unwrap() + 1,
        name: (*name).into(),
        type_oid: Oid(25),
        typmod: -1,
        ty: ColumnType { sql: "pg_catalog.text".into(), class: TypeClass::Text },
        not_null: false,
        generated: false,
        groupable: true,
    };
    relation.columns = columns.iter().enumerate().map(column).collect();
    relation
}

fn snapshot() -> Snapshot {
    Snapshot::assemble(Parts {
        relations: vec![
            relation(1, "h", "buyers", &["id", "name", "phone", "tags"]),
            relation(2, "h", "contracts", &["id", "buyer", "price"]),
            relation(3, "pg_catalog", "pg_class", &["oid", "relname"]),
        ],
        functions: vec![Function {
            oid: Oid(2923),
            schema: "pg_catalog".into(),
            name: "query_to_xml".into(),
            kind: FunctionKind::Function,
            volatility: Volatility::Volatile,
            returns_set: false,
            leakproof: false,
            variadic: false,
            argument_types: Vec::new(),
            defaults: 0,
            return_type: Oid(142),
        }],
        ..Parts::default()
    })
}

fn column(name: &str) -> ColumnId {
    let (relation, number) = match name {
        "b.id" => (1, 1),
        "b.name" => (1, 2),
        "b.phone" => (1, 3),
        "b.tags" => (1, 4),
        "c.id" => (2, 1),
        "c.buyer" => (2, 2),
        "c.price" => (2, 3),
        "k.relname" => (3, 2),
        other => unreachable!("{other}"),
    };
    ColumnId { relation: Oid(relation), number }
}

/// `name` or `f(name name)` per output, then what decides.
fn traced(width: usize, definition: &str) -> Answer<Traced> {
    let view = relation(9, "h", "v", &vec!["x"; width]);
    trace(&snapshot(), &view, definition)
}

fn check(definition: &str, outputs: &[&str], decides: &[&str]) {
    let traced = traced(outputs.len(), definition).unwrap_or_else(|why| unreachable!("{definition}: {why}"));
    let expected: Vec<Origin> = outputs
        .iter()
        .map(|output| match output.strip_prefix("f(") {
            None => Origin::Column(column(output)),
            Some(list) => Origin::Derived(list.trim_end_matches(')').split_whitespace().map(column).collect()),
        })
        .collect();
    let decides = decides.iter().copied().map(column).collect();
    assert_eq!(traced.lineage, Lineage::Known { outputs: expected, decides }, "{definition}");
}

#[test]
fn plain_columns_expressions_and_joins() {
    check("SELECT id, phone FROM h.buyers", &["b.id", "b.phone"], &[]);
    check("SELECT b.id, lower(b.phone) AS x, 1 AS y FROM h.buyers b", &["b.id", "f(b.phone)", "f()"], &[]);
    check(
        "SELECT b.name, c.price FROM h.buyers b JOIN h.contracts c ON c.buyer = b.id WHERE b.phone IS NOT NULL",
        &["b.name", "c.price"],
        &["b.id", "b.phone", "c.buyer"],
    );
    check("SELECT id FROM h.buyers FULL JOIN h.contracts USING (id)", &["f(b.id c.id)"], &["b.id", "c.id"]);
    check("SELECT x.two FROM h.buyers x(one, two)", &["b.name"], &[]);
    check("SELECT b.*::text AS t FROM h.buyers b", &["f(b.id b.name b.phone b.tags)"], &[]);
    check("SELECT relname FROM pg_class", &["k.relname"], &[]);
    check("SELECT b.ctid FROM h.buyers b", &["f()"], &[]);
}

#[test]
fn subqueries_hand_columns_up() {
    check(
        "SELECT s.p FROM (SELECT b.phone AS p, b.id FROM h.buyers b WHERE b.name = 'x') s",
        &["b.phone"],
        &["b.name"],
    );
    check(
        "SELECT c.id, (SELECT b.phone FROM h.buyers b WHERE b.id = c.buyer) AS p FROM h.contracts c",
        &["c.id", "f(b.id b.phone c.buyer)"],
        &[],
    );
    check(
        "SELECT c.id FROM h.contracts c WHERE EXISTS (SELECT 1 FROM h.buyers b WHERE b.phone = 'x' AND b.id = c.buyer)",
        &["c.id"],
        &["b.id", "b.phone", "c.buyer"],
    );
    check("SELECT b.id, t.tag FROM h.buyers b, LATERAL unnest(b.tags) t(tag)", &["b.id", "f(b.tags)"], &["b.tags"]);
    check(
        "SELECT b.id, l.price FROM h.buyers b, LATERAL (SELECT c.price FROM h.contracts c WHERE c.buyer = b.id) l",
        &["b.id", "c.price"],
        &["b.id", "c.buyer"],
    );
}

#[test]
fn sets_groups_and_orders_decide() {
    check("SELECT id FROM h.buyers UNION ALL SELECT c.id FROM h.contracts c", &["f(b.id c.id)"], &[]);
    check("SELECT id FROM h.buyers UNION SELECT c.id FROM h.contracts c", &["f(b.id c.id)"], &["b.id", "c.id"]);
    check("SELECT DISTINCT phone FROM h.buyers", &["b.phone"], &["b.phone"]);
    check("SELECT name, count(*) AS n FROM h.buyers GROUP BY name", &["b.name", "f()"], &["b.name"]);
    check("SELECT name FROM h.buyers ORDER BY phone LIMIT 1", &["b.name"], &["b.phone"]);
    check("SELECT lower(phone) AS x FROM h.buyers UNION ALL SELECT 'a' ORDER BY 1", &["f(b.phone)"], &["b.phone"]);
    check("SELECT row_number() OVER (ORDER BY phone) AS r FROM h.buyers", &["f(b.phone)"], &[]);
    check("SELECT rank() OVER w AS r FROM h.buyers WINDOW w AS (ORDER BY phone)", &["f()"], &["b.phone"]);
    check("SELECT v.a FROM (VALUES (1, 'x'), (2, 'y')) v(a, b)", &["f()"], &[]);
}

#[test]
fn ctes_shadow_built_in_relations() {
    check("WITH pg_class AS (SELECT phone FROM h.buyers) SELECT pg_class.phone FROM pg_class", &["b.phone"], &[]);
    check("WITH c(x) AS (SELECT b.phone FROM h.buyers b WHERE b.id > 1) SELECT c.x FROM c", &["b.phone"], &["b.id"]);
    check(
        "WITH RECURSIVE r(i, p) AS (SELECT b.id, b.phone FROM h.buyers b UNION ALL SELECT c.id, r.p FROM r
         JOIN h.contracts c ON c.buyer = r.i) SELECT r.i FROM r",
        &["f(b.id b.phone c.id c.buyer)"],
        &["b.id", "b.phone", "c.id", "c.buyer"],
    );
}

#[test]
fn what_is_not_understood_is_said() {
    for definition in [
        "SELECT * FROM h.buyers",
        "SELECT x.id FROM (h.buyers b JOIN h.contracts c ON true) x",
        "SELECT id FROM h.buyers NATURAL JOIN h.contracts",
        "SELECT id FROM h.nowhere",
        "SELECT nothing FROM h.buyers",
        "SELECT h.buyers.id FROM h.buyers",
        "SELECT 1; SELECT 2",
        "SELECT id, name FROM h.buyers",
        "SELECT id FROM xmltable('/' PASSING '' COLUMNS id int)",
    ] {
        assert!(traced(1, definition).is_err(), "{definition}");
    }
}

#[test]
fn functions_that_read_by_name_are_reported() {
    let traced = traced(1, "SELECT query_to_xml('select phone from h.buyers', true, true, '') AS x").unwrap();
    assert_eq!(traced.calls, [Oid(2923)]);
}
