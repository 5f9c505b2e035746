//! What a snapshot says is what the server says.

use std::collections::BTreeSet;
use std::time::Instant;

use menshen::catalog::entangled::Together;
use menshen::catalog::queries;
use menshen::catalog::snapshot::{FunctionKind, RelationKind, Volatility};
use menshen::model::types::TypeClass;

use super::read::{nasty, rows, snapshot, superuser, value};
use crate::cluster;

#[tokio::test]
async fn every_column_type_is_the_same_type_under_a_hostile_search_path() {
    let (_, client) = nasty().await;
    let snapshot = snapshot(&client).await;
    // `later` has types named like built-in ones, and comes first
    client.batch_execute("SET search_path = later, \"we\"\"ird 住房\", pg_catalog").await.unwrap();
    let mut compared = 0;
    for relation in snapshot.relations() {
        if relation.columns.is_empty() {
            continue;
        }
        let nulls: Vec<String> = relation.columns.iter().map(|column| format!("NULL::{}", column.ty.sql)).collect();
        let statement = client
            .prepare(&format!("SELECT {}", nulls.join(", ")))
            .await
            .unwrap_or_else(|error| panic!("{}.{}: {error:?}", relation.schema, relation.name));
        for (reported, column) in statement.columns().iter().zip(&relation.columns) {
            let place = format!("{}.{}.{} {}", relation.schema, relation.name, column.name, column.ty.sql);
            compared += 1;
            // a result column of a domain is reported as what the domain is over
            if snapshot.type_of(column.type_oid).is_some_and(|ty| ty.kind == b'd') {
                let oid = value(&client, &format!("SELECT '{}'::regtype::oid", column.ty.sql)).await;
                assert_eq!(oid.unwrap(), column.type_oid.to_string(), "{place}");
                assert!(matches!(column.ty.class, TypeClass::Domain(_) | TypeClass::Checked(_)), "{place}");
            } else {
                assert_eq!(reported.type_().oid(), column.type_oid.0, "{place}");
                assert_eq!(reported.type_modifier(), column.typmod, "{place}");
            }
        }
    }
    assert!(compared > 2000, "{compared}");
}

#[tokio::test]
async fn groupable_is_what_group_by_accepts() {
    let (_, client) = nasty().await;
    let snapshot = snapshot(&client).await;
    let buyers = snapshot.relation_named("housing", "buyers").unwrap();
    assert_eq!(buyers.columns.len(), 63);
    for column in &buyers.columns {
        let name = column.name.replace('"', "\"\"");
        let accepted = client.prepare(&format!("SELECT 1 FROM housing.buyers GROUP BY \"{name}\"")).await.is_ok();
        assert_eq!(accepted, column.groupable, "{} {}", column.name, column.ty.sql);
    }
}

#[tokio::test]
async fn relations_keys_and_parents() {
    let (_, client) = nasty().await;
    let snapshot = snapshot(&client).await;
    let get = |schema: &str, name: &str| snapshot.relation_named(schema, name).unwrap().clone();
    let buyers = get("housing", "buyers");
    assert_eq!(buyers.kind, RelationKind::Table);
    assert_eq!(buyers.primary_key.as_deref(), Some(&[1i16][..]));
    assert!(buyers.column("gone").is_none());
    assert_eq!(buyers.column("name").unwrap().number, 3);
    assert!(buyers.column("name").unwrap().not_null && !buyers.column("phone").unwrap().not_null);
    assert!(buyers.has_triggers);
    assert_eq!(get("housing", "contracts").primary_key.as_deref(), Some(&[3i16, 1][..]));
    // a key, and a column that refers to another table's
    assert_eq!(
        get("housing", "contracts").compared.iter().copied().collect::<BTreeSet<_>>(),
        BTreeSet::from([1, 2, 3])
    );
    assert_eq!(get("housing", "deferred_key").compared, [1]);
    assert_eq!(get("housing", "contracts").kind, RelationKind::Partitioned);
    assert_eq!(get("housing", "contracts_2024").parents, [get("housing", "contracts").oid]);
    assert_eq!(get("housing", "vip").parents, [buyers.oid]);
    assert_eq!(get("housing", "deferred_key").primary_key, None);
    assert_eq!(get("housing", "remote").kind, RelationKind::Foreign);
    assert_eq!(get("housing", "numbers").kind, RelationKind::Sequence);
    assert_eq!(get("housing", "address").kind, RelationKind::Composite);
    assert_eq!(get("pg_catalog", "pg_stats").kind, RelationKind::View);
    assert!(get("housing", "no_columns").columns.is_empty());
    assert!(get("we\"ird 住房", "Таблица").column("a.b").is_some());
    assert!(snapshot.has_schema("later") && !snapshot.has_schema("pg_toast"));
}

#[tokio::test]
async fn every_relation_that_the_server_has_is_listed_with_its_columns() {
    let (_, client) = nasty().await;
    let snapshot = snapshot(&client).await;
    let columns = rows(
        &client,
        "SELECT c.oid, count(a.attnum) FROM pg_class c LEFT JOIN pg_attribute a ON a.attrelid = c.oid AND attnum > 0
         AND NOT attisdropped WHERE relkind NOT IN ('i', 'I', 't') GROUP BY c.oid",
    )
    .await;
    assert_eq!(columns.len(), snapshot.relations().count());
    for row in columns {
        let oid = menshen::model::ids::Oid(row[0].as_ref().unwrap().parse().unwrap());
        assert_eq!(snapshot.relation(oid).unwrap().columns.len().to_string(), *row[1].as_ref().unwrap());
    }
}

#[tokio::test]
async fn functions_operators_and_types() {
    let (_, client) = nasty().await;
    let snapshot = snapshot(&client).await;
    let lower: Vec<_> = snapshot.functions_named("lower").iter().map(|function| &*function.schema).collect();
    assert!(lower.contains(&"public") && lower.contains(&"pg_catalog"));
    let many = &snapshot.functions_named("many")[0];
    assert!(many.variadic && many.defaults == 2 && many.argument_types.len() == 2);
    assert_eq!(many.volatility, Volatility::Immutable);
    assert!(snapshot.functions_named("peek")[0].returns_set);
    assert_eq!(snapshot.functions_named("mine")[0].kind, FunctionKind::Aggregate);
    assert_eq!(snapshot.functions_named("act")[0].kind, FunctionKind::Procedure);
    assert_eq!(snapshot.functions_named("row_number")[0].kind, FunctionKind::Window);
    assert!(snapshot.operators_named("=").iter().any(|operator| &*operator.schema == "public"));
    assert_eq!(snapshot.operators_named("===").len(), 1);
    assert_eq!(snapshot.types_named("text").len(), 2);
    for (name, table) in [("functions", "pg_proc"), ("operators", "pg_operator")] {
        let count = value(&client, &format!("SELECT count(*) FROM {table}")).await.unwrap();
        let rows = rows(&client, queries::all(15).iter().find(|q| q.name.as_str() == name).unwrap().sql).await;
        assert_eq!(rows.len().to_string(), count);
    }
}

#[tokio::test]
async fn a_hundred_thousand_columns() {
    let database = cluster::shared().fresh_database("wide");
    let client = superuser(&database).await;
    client
        .batch_execute(
            "DO $$ BEGIN FOR i IN 1..500 LOOP EXECUTE (SELECT 'CREATE TABLE t' || i || ' (' ||
             string_agg('c' || j || CASE j % 3 WHEN 0 THEN ' text' WHEN 1 THEN ' varchar(20)' ELSE ' int' END, ',')
             || ')' FROM generate_series(1, 200) j); END LOOP; END $$",
        )
        .await
        .unwrap();
    let start = Instant::now();
    let snapshot = snapshot(&client).await;
    let read = start.elapsed();
    let start = Instant::now();
    value(&client, queries::fingerprint(15)).await.unwrap();
    println!("100,000 columns: read in {read:?}, fingerprint in {:?}", start.elapsed());
    assert_eq!(snapshot.relation_named("public", "t500").unwrap().columns.len(), 200);
}

const TOGETHER: &str = "
    CREATE SCHEMA tied;
    CREATE TABLE tied.t (a int, b int, c int, d text, e text, dropped int, f int4range, h int4range,
        g int GENERATED ALWAYS AS (10 / (a - b)) STORED, always text GENERATED ALWAYS AS (lower(d) || upper(e)) STORED,
        always_not_null text GENERATED ALWAYS AS (lower(d) || e) STORED NOT NULL,
        CONSTRAINT one CHECK (a > 0), CONSTRAINT two CHECK (a <= b), CONSTRAINT whole CHECK ((t.*) IS NOT NULL),
        CONSTRAINT apart EXCLUDE USING gist (f WITH &&, h WITH &&), CONSTRAINT pair UNIQUE (b, c));
    ALTER TABLE tied.t DROP COLUMN dropped;
    CREATE INDEX plain ON tied.t (a, b);
    CREATE INDEX total ON tied.t (lower(d), c) WHERE a IS NOT NULL;
    CREATE INDEX raising ON tied.t ((1 / a), c) WHERE b > 0;
    CREATE UNIQUE INDEX partly ON tied.t (lower(d), c) INCLUDE (e) WHERE a IS NOT NULL;
    CREATE TABLE tied.r (b int, c int, FOREIGN KEY (b, c) REFERENCES tied.t (b, c), k int UNIQUE);
    ALTER TABLE tied.r ADD FOREIGN KEY (b) REFERENCES tied.r (k) ON UPDATE CASCADE;
    CREATE POLICY closed ON tied.t USING (a > 0);
    ALTER TABLE tied.r ENABLE ROW LEVEL SECURITY;
    CREATE POLICY own ON tied.r USING (b < c);
    CREATE POLICY new ON tied.r FOR INSERT WITH CHECK (b < k);
    CREATE TABLE tied.p (a int, b int, c int) PARTITION BY RANGE (a, (b + c));
    CREATE TABLE tied.p1 PARTITION OF tied.p DEFAULT";

#[tokio::test]
async fn sets_of_columns_that_the_server_looks_at_together() {
    let (_, client) = nasty().await;
    client.batch_execute(TOGETHER).await.unwrap();
    let snapshot = snapshot(&client).await;
    let sets = |table: &str| {
        let relation = snapshot.relation_named("tied", table).unwrap();
        let name = |number: &i16| match relation.column_by_number(*number) {
            Some(column) => column.name.to_string(),
            None => "*".to_owned(),
        };
        let mut sets: Vec<String> = relation
            .entangled
            .iter()
            .map(|set| {
                let columns: Vec<String> = set.columns.iter().map(name).collect();
                let keys: Vec<String> = set.keys.iter().map(name).collect();
                let keys = if matches!(set.by, Together::Unique | Together::Exclusion) {
                    format!(" / {}", keys.join(" "))
                } else {
                    String::new()
                };
                format!("{} {}: {}{keys}", set.by.as_str(), set.name, columns.join(" "))
            })
            .collect();
        sets.sort();
        sets
    };
    let expected = [
        "check constraint one: a",
        "check constraint two: a b",
        "check constraint whole: *",
        "generated column always: d e",
        "generated column always_not_null: d e",
        "generated column g: a b",
        "index raising: a b c",
        "unique or exclusion index apart: f h / f h",
        "unique or exclusion index pair: b c / b c",
        "unique or exclusion index partly: a c d / * c",
    ];
    assert_eq!(sets("t"), expected);
    let of = |name: &str| {
        let sets = &snapshot.relation_named("tied", "t").unwrap().entangled;
        sets.iter().find(|set| &*set.name == name).unwrap().by
    };
    let generated = [of("g"), of("always"), of("always_not_null")];
    assert_eq!(generated, [Together::Generated, Together::GeneratedAlways, Together::Generated]);
    let expected = [
        "foreign key r_b_c_fkey: b c",
        "row-level security policy own: b c",
        "unique or exclusion index r_k_key: k / k",
    ];
    assert_eq!(sets("r"), expected);
    assert_eq!(sets("p"), ["partition key : a b c"]);
    assert!(sets("p1").is_empty());
    let referring = snapshot.relation_named("tied", "r").unwrap();
    let foreign = referring.references.iter().find(|reference| reference.follows).unwrap();
    assert_eq!((foreign.to, &*foreign.pairs), (referring.oid, &[(1, 3)][..]));
}
