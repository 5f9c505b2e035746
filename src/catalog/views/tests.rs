//! Lineage of views, from their definitions alone.

use super::*;
use crate::catalog::snapshot::{Column, Function, FunctionKind, Origin, Parts, RelationKind, Volatility};
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
        collation: Some(Oid(100)),
        defaulted: false,
    };
    relation.columns = columns.iter().enumerate().map(column).collect();
    relation
}

fn function(oid: u32, name: &str, returns_set: bool) -> Function {
    Function {
        oid: Oid(oid),
        schema: "pg_catalog".into(),
        name: name.into(),
        kind: FunctionKind::Function,
        volatility: Volatility::Volatile,
        returns_set,
        leakproof: false,
        variadic: false,
        argument_types: Vec::new(),
        defaults: 0,
        return_type: Oid(142),
        extension: None,
    }
}

fn snapshot() -> Snapshot {
    Snapshot::assemble(Parts {
        relations: vec![
            relation(1, "h", "buyers", &["id", "name", "phone", "tags"]),
            relation(2, "h", "contracts", &["id", "buyer", "price"]),
            relation(3, "pg_catalog", "pg_class", &["oid", "relname"]),
        ],
        functions: vec![function(2923, "query_to_xml", false), function(2331, "unnest", true)],
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

/// `name`, `or(name name)` or `f(name name)` per output, then what decides.
fn traced(width: usize, definition: &str) -> Answer<Traced> {
    let view = relation(9, "h", "v", &vec!["x"; width]);
    trace(&snapshot(), &view, definition)
}

fn check(definition: &str, outputs: &[&str], decides: &[&str]) {
    let traced = traced(outputs.len(), definition).unwrap_or_else(|why| unreachable!("{definition}: {why}"));
    let expected: Vec<Origin> = outputs
        .iter()
        .map(|output| {
            let list = |list: &str| list.trim_end_matches(')').split_whitespace().map(column).collect();
            match (output.strip_prefix("f("), output.strip_prefix("or(")) {
                (Some(of), _) => Origin::Derived(list(of)),
                (_, Some(of)) => Origin::Either(list(of)),
                _ => Origin::Column(column(output)),
            }
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
    check("SELECT id FROM h.buyers FULL JOIN h.contracts USING (id)", &["or(b.id c.id)"], &["b.id", "c.id"]);
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
    check("SELECT id FROM h.buyers UNION ALL SELECT c.id FROM h.contracts c", &["or(b.id c.id)"], &[]);
    check("SELECT id FROM h.buyers UNION SELECT c.id FROM h.contracts c", &["or(b.id c.id)"], &["b.id", "c.id"]);
    check("SELECT DISTINCT phone FROM h.buyers", &["b.phone"], &["b.phone"]);
    check("SELECT name, count(*) AS n FROM h.buyers GROUP BY name", &["b.name", "f()"], &["b.name"]);
    check("SELECT name FROM h.buyers ORDER BY phone LIMIT 1", &["b.name"], &["b.phone"]);
    check("SELECT lower(phone) AS x FROM h.buyers UNION ALL SELECT 'a' ORDER BY 1", &["f(b.phone)"], &["b.phone"]);
    check("SELECT row_number() OVER (ORDER BY phone) AS r FROM h.buyers", &["f(b.phone)"], &[]);
    check("SELECT rank() OVER w AS r FROM h.buyers WINDOW w AS (ORDER BY phone)", &["f()"], &["b.phone"]);
    check("SELECT v.a FROM (VALUES (1, 'x'), (2, 'y')) v(a, b)", &["f()"], &[]);
}

#[test]
fn what_the_server_computes_unasked_decides() {
    let within = |item: &str| format!("WITH x AS (SELECT b.id, {item} AS n FROM h.buyers b) SELECT x.id, x.n FROM x");
    let outputs = &["b.id", "f(b.phone)"];
    // it may fail, and the error would quote the value; or the rows come in the order of the window
    for item in ["b.phone::int8", "1 / b.phone", "row_number() OVER (ORDER BY b.phone)", "to_date(b.phone, 'YYYY')"] {
        check(&within(item), outputs, &["b.phone"]);
        check(&format!("SELECT b.id, {item} AS n FROM h.buyers b"), outputs, &[]);
    }
    for item in [
        "lower(b.phone)",
        "b.phone || 'x'::text",
        "substring(b.phone, 1, 3)",
        "b.phone::text",
        "b.phone LIKE '138%'",
        "b.phone > to_char(now() - '3 days'::interval, 'DD')",
    ] {
        check(&within(item), outputs, &[]);
    }
    check("SELECT b.phone::int8 AS n FROM h.buyers b UNION ALL SELECT 0", &["f(b.phone)"], &["b.phone"]);
}

#[test]
fn ctes_shadow_built_in_relations() {
    check("WITH pg_class AS (SELECT phone FROM h.buyers) SELECT pg_class.phone FROM pg_class", &["b.phone"], &[]);
    check("WITH c(x) AS (SELECT b.phone FROM h.buyers b WHERE b.id > 1) SELECT c.x FROM c", &["b.phone"], &["b.id"]);
    check(
        "WITH RECURSIVE r(i, p) AS (SELECT b.id, b.phone FROM h.buyers b UNION ALL SELECT c.id, r.p FROM r
         JOIN h.contracts c ON c.buyer = r.i) SELECT r.i FROM r",
        &["or(b.id c.id)"],
        &["b.id", "c.id", "c.buyer"],
    );
    // values that move from column to column, and through an expression
    check(
        "WITH RECURSIVE r(a, b, c) AS (SELECT b.name, b.phone, b.tags FROM h.buyers b UNION ALL
         SELECT r.b, lower(r.c), r.c FROM r WHERE r.a IS NOT NULL) SELECT r.a, r.b, r.c FROM r",
        &["f(b.name b.phone b.tags)", "f(b.phone b.tags)", "b.tags"],
        &["b.name", "b.phone", "b.tags"],
    );
    check(
        "WITH RECURSIVE one(x) AS (SELECT two.y FROM two), two(y) AS (SELECT b.phone FROM h.buyers b UNION
         SELECT one.x FROM one) SELECT one.x FROM one",
        &["b.phone"],
        &["b.phone"],
    );
}

#[test]
fn merged_columns_and_joins_with_an_alias() {
    let using = |kind: &str| format!("SELECT id FROM h.buyers b {kind} JOIN h.contracts c USING (id)");
    for (kind, output) in [("", "b.id"), ("LEFT", "b.id"), ("RIGHT", "c.id"), ("FULL", "or(b.id c.id)")] {
        check(&using(kind), &[output], &["b.id", "c.id"]);
    }
    check(
        "SELECT x.phone, x.price FROM (h.buyers b JOIN h.contracts c ON b.id = c.buyer) x",
        &["b.phone", "c.price"],
        &["b.id", "c.buyer"],
    );
    check("SELECT x.p FROM (h.buyers b CROSS JOIN h.contracts c) x(i, n, p)", &["b.phone"], &[]);
    check("SELECT x.id FROM (h.buyers b JOIN h.contracts c USING (id)) x", &["b.id"], &["b.id", "c.id"]);
    check("SELECT x.id FROM h.buyers b FULL JOIN h.contracts c USING (id) AS x", &["or(b.id c.id)"], &["b.id", "c.id"]);
    // what the alias hides is not in sight
    assert!(traced(1, "SELECT b.phone FROM (h.buyers b JOIN h.contracts c ON true) x").is_err());
}

#[test]
fn functions_that_return_several_rows_decide() {
    check("SELECT b.id, unnest(b.tags) AS t FROM h.buyers b", &["b.id", "f(b.tags)"], &["b.tags"]);
    check("SELECT b.id, lower(b.name) AS t FROM h.buyers b", &["b.id", "f(b.name)"], &[]);
}

#[test]
fn one_side_of_a_set_operation() {
    check("SELECT phone FROM h.buyers EXCEPT SELECT b.name FROM h.buyers b", &["b.phone"], &["b.name", "b.phone"]);
    check("SELECT phone FROM h.buyers UNION ALL SELECT 'none'", &["f(b.phone)"], &[]);
    check("SELECT phone FROM h.buyers UNION ALL SELECT b.phone FROM h.buyers b", &["b.phone"], &[]);
    check(
        "SELECT id FROM xmltable('/' PASSING (SELECT b.tags FROM h.buyers b) COLUMNS id int)",
        &["f(b.tags)"],
        &["b.tags"],
    );
}

#[test]
fn what_is_not_understood_is_said() {
    for definition in [
        "SELECT * FROM h.buyers",
        "SELECT id FROM h.buyers NATURAL JOIN h.contracts",
        "SELECT id FROM h.nowhere",
        "SELECT nothing FROM h.buyers",
        "SELECT h.buyers.id FROM h.buyers",
        "SELECT 1; SELECT 2",
        "SELECT id, name FROM h.buyers",
        "SELECT b.x FROM h.buyers b WHERE b.id = (SELECT x.id FROM h.nowhere x)",
    ] {
        assert!(traced(1, definition).is_err(), "{definition}");
    }
}

#[test]
fn functions_that_read_by_name_are_reported() {
    let traced = traced(1, "SELECT query_to_xml('select phone from h.buyers', true, true, '') AS x").unwrap();
    assert_eq!(traced.calls, [Oid(2923)]);
}

#[test]
fn scans_behind_a_row_and_what_is_folded() {
    let rows = |width: usize, definition: &str| traced(width, definition).unwrap().rows;
    let buyers = || Behind::Scan(column("b.id").relation);
    let pairs = rows(2, "SELECT a.id, b.phone FROM h.buyers a JOIN h.buyers b ON b.id = a.id");
    assert_eq!(pairs, Rows { behind: Behind::All(vec![buyers(), buyers()]), readings: 1, folded: Vec::new() });
    let twice = rows(1, "WITH x AS (SELECT phone FROM h.buyers) SELECT a.phone FROM x a JOIN x b ON b.phone = a.phone");
    assert_eq!((twice.behind, twice.readings), (Behind::All(vec![buyers()]), 2));
    let sides = vec![Behind::All(vec![buyers()]), Behind::All(vec![buyers()])];
    let either = rows(1, "SELECT phone FROM h.buyers UNION ALL SELECT name FROM h.buyers");
    assert_eq!(either.behind, Behind::All(vec![Behind::One(sides)]));
    assert_eq!(rows(1, "SELECT lead(phone) OVER (ORDER BY id) AS x FROM h.buyers").folded, [column("b.phone")]);
    assert_eq!(rows(1, "SELECT rank() OVER (ORDER BY phone) AS x FROM h.buyers").folded, []);
    assert_eq!(rows(1, "SELECT ARRAY(SELECT phone FROM h.buyers) AS x").folded, [column("b.phone")]);
    let chain = "WITH RECURSIVE r AS (SELECT phone FROM h.buyers UNION ALL SELECT r.phone FROM r) SELECT phone FROM r";
    assert_eq!(rows(1, chain).folded, [column("b.phone")]);
}
