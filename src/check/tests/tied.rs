//! Writes and readings that would be told by definitions over protected columns, as a rewriter would let them pass that
//! knows nothing of these.

use super::*;
use crate::catalog::entangled::{Entangled, Together};

fn set(by: Together, name: &str, columns: &[i16]) -> Entangled {
    Entangled { by, name: name.into(), columns: columns.to_vec(), keys: columns.to_vec(), loose: Vec::new() }
}

fn world() -> (Snapshot, Rights) {
    let mut loans =
        relation(21000, "housing", "loans", RelationKind::Table, &["id", "phone", "deposit", "level", "note"]);
    loans.entangled = vec![
        set(Together::Check, "affordable", &[2, 3]),
        set(Together::Unique, "loans_phone", &[2]),
        set(Together::Unique, "loans_level", &[2, 4]),
        set(Together::Unique, "loans_pkey", &[1]),
    ];
    let mut births = relation(21001, "housing", "births", RelationKind::Partitioned, &["id", "phone"]);
    births.entangled = vec![set(Together::PartitionKey, "", &[2])];
    let mut first = relation(21002, "housing", "births_1", RelationKind::Table, &["id", "phone"]);
    first.parents = vec![births.oid];
    let projects = relation(20001, "housing", "projects", RelationKind::Table, &["id", "name"]);
    let snapshot = Snapshot::assemble(Parts {
        database: "estate".into(),
        server_version: 150_000,
        relations: vec![loans, births, first, projects],
        functions: functions()
            .into_iter()
            .map(|function| Function { returns_set: &*function.name == "generate_series", ..function })
            .collect(),
        operators: vec![operator(96, "pg_catalog", "=", 25), operator(97, "pg_catalog", "||", 25)],
        types: vec![ty(25, "pg_catalog", "text", b'b')],
        schemas: ["pg_catalog", "housing"].map(str::to_owned).to_vec(),
        ..Parts::default()
    });
    let free = |one: ColumnRight| ColumnRight { write: WriteRight::Free, ..one };
    let open = |number, name| free(column(number, name, None));
    let phone = free(column(2, "phone", Some(PHONE)));
    let loans = [open(1, "id"), phone.clone(), open(3, "deposit"), open(4, "level"), open(5, "note")];
    let births: Arc<[ColumnRight]> = [open(1, "id"), phone].into();
    let rights = Rights::by_hand(
        [
            (Oid(21000), RelationRight::Masked(loans.into())),
            (Oid(21001), RelationRight::Masked(Arc::clone(&births))),
            (Oid(21002), RelationRight::Masked(births)),
        ],
        &[],
    );
    let rights = rights.tied_by_hand(&snapshot);
    (snapshot, rights)
}

fn proven(text: &str, class: StatementClass) -> Result<(), Contradiction> {
    let (snapshot, rights) = world();
    let mut facts = facts(class, text.matches("(SELECT \"id\"").count());
    facts.relations.extend([21000, 21001, 21002].map(Oid));
    check(text, &[facts], &snapshot, &rights, &names()).map(drop)
}

const GOOD: &[&str] = &[
    "UPDATE housing.loans SET note = 'x' WHERE false",
    "UPDATE housing.loans SET deposit = '5', phone = '1'",
    "UPDATE housing.loans SET phone = $1",
    "UPDATE housing.loans SET phone = DEFAULT",
    "UPDATE housing.loans SET phone = pg_catalog.lower($1)",
    "UPDATE housing.loans SET phone = CASE id WHEN '1' THEN 'a' ELSE 'b' || $1 END",
    "UPDATE housing.loans SET phone = v.p FROM (VALUES ('1', 'a')) v(i, p) WHERE loans.id = v.i",
    "INSERT INTO housing.loans (id, phone) VALUES ('1', 'a'), ('2', 'b') ON CONFLICT (phone) DO NOTHING",
    "INSERT INTO housing.loans (id, phone) SELECT '1', 'a' ON CONFLICT DO NOTHING",
    "INSERT INTO housing.loans (id, phone) VALUES ('1', 'a') ON CONFLICT (id) DO UPDATE SET phone = excluded.phone",
    "INSERT INTO housing.loans (id, note) SELECT id, name FROM housing.projects ON CONFLICT (id) DO NOTHING",
    "INSERT INTO housing.loans (id, note) SELECT id, name FROM housing.projects ON CONFLICT ON CONSTRAINT loans_pkey \
     DO NOTHING",
    "INSERT INTO housing.loans (id, note) SELECT id, name FROM housing.projects",
];

const BAD: &[&str] = &[
    "UPDATE housing.loans SET level = '2', note = 'x'",
    "UPDATE housing.loans SET deposit = '5'",
    "UPDATE housing.loans l SET (note, deposit) = ('x', '5')",
    "UPDATE housing.loans SET (note, deposit) = (SELECT 'x', '5')",
    "UPDATE housing.loans SET deposit['1'] = '5'",
    "UPDATE housing.loans SET deposit = '5', phone['1'] = 'a'",
    "WITH w AS (UPDATE housing.loans SET deposit = '5' RETURNING id) SELECT id FROM w",
    "INSERT INTO housing.loans (id) VALUES ('1') ON CONFLICT (id) DO UPDATE SET deposit = '5'",
    "MERGE INTO housing.loans l USING housing.projects p ON l.id = p.id WHEN MATCHED THEN UPDATE SET deposit = '5'",
    "UPDATE housing.loans SET phone = 'a' || id",
    "UPDATE housing.loans SET phone = 'a' || pg_catalog.random()",
    "UPDATE housing.loans SET phone = (SELECT name FROM housing.projects LIMIT 1)",
    "UPDATE housing.loans SET phone = p.name FROM housing.projects p",
    "UPDATE housing.loans SET phone = excluded.name FROM housing.projects excluded",
    "UPDATE housing.loans SET phone = v.p FROM housing.projects g, LATERAL (SELECT 'a' || g.id AS p) v",
    "UPDATE housing.loans SET phone = v.p FROM (VALUES (pg_catalog.generate_series('1', '9'))) v(p)",
    "INSERT INTO housing.loans (id, phone) SELECT id, name FROM housing.projects",
    "INSERT INTO housing.loans SELECT id, name FROM housing.projects",
    "INSERT INTO housing.loans (id, phone) VALUES (pg_catalog.generate_series('1', '9'), 'a')",
    "INSERT INTO housing.loans (id, phone) SELECT pg_catalog.generate_series('1', '9'), 'a'",
    "INSERT INTO housing.loans (id, phone) SELECT '1', 'a' UNION ALL SELECT '2', 'b'",
    "INSERT INTO housing.loans (id, note) SELECT id, name FROM housing.projects ON CONFLICT DO NOTHING",
    "INSERT INTO housing.loans (id, note) SELECT id, name FROM housing.projects ON CONFLICT (phone) DO NOTHING",
    "INSERT INTO housing.loans (id, note) SELECT id, name FROM housing.projects ON CONFLICT (level, phone) DO NOTHING",
    "INSERT INTO housing.loans (id, note) SELECT id, name FROM housing.projects ON CONFLICT ((note || 'x')) DO NOTHING",
    "INSERT INTO housing.loans (id, note) SELECT id, name FROM housing.projects ON CONFLICT ON CONSTRAINT loans_phone \
     DO NOTHING",
    "MERGE INTO housing.loans l USING housing.projects p ON l.id = p.id WHEN NOT MATCHED THEN INSERT (id, phone) VALUES \
     (p.id, p.name)",
    "UPDATE housing.births SET id = '1' RETURNING tableoid",
    "DELETE FROM housing.births_1",
];

#[test]
fn what_definitions_tie_together_is_not_told_by_writes() {
    for text in GOOD {
        if let Err(contradiction) = proven(text, StatementClass::Write) {
            unreachable!("{text}: {contradiction}");
        }
    }
    for text in BAD {
        let class = if text.starts_with("WITH") { StatementClass::Read } else { StatementClass::Write };
        assert!(proven(text, class).is_err(), "{text}");
    }
    assert!(proven("COPY housing.loans (id, note) FROM STDIN", StatementClass::CopyIn).is_ok());
    assert!(proven("COPY housing.loans (id, phone) FROM STDIN", StatementClass::CopyIn).is_err());
    assert!(proven("COPY housing.loans FROM STDIN", StatementClass::CopyIn).is_err());
}

#[test]
fn partitions_by_a_protected_key_are_not_told_apart() {
    let scan = |system: &str| format!("(SELECT \"id\", {PHONE} AS \"phone\"{system} FROM \"housing\".\"births\") AS b");
    let read = |text: &str| proven(text, StatementClass::Read);
    assert!(read(&format!("SELECT id FROM {}", scan(""))).is_ok());
    assert!(read("SELECT id FROM housing.births").is_ok(), "nothing protected is spoken of");
    for text in [
        format!("SELECT id, tableoid FROM {}", scan(", tableoid")),
        format!("SELECT * FROM {}", scan(", ctid")),
        "SELECT id, births.tableoid FROM housing.births".to_owned(),
        "SELECT id FROM housing.births WHERE ctid = '(0,1)'".to_owned(),
        "SELECT id FROM housing.births_1".to_owned(),
        "SELECT id FROM ONLY housing.births_1".to_owned(),
    ] {
        assert!(read(&text).is_err(), "{text}");
    }
    let explain = |text: &str| proven(text, StatementClass::Explain);
    assert!(explain("EXPLAIN (COSTS OFF) SELECT id FROM housing.births").is_ok());
    for text in ["EXPLAIN SELECT id FROM housing.births", "EXPLAIN (ANALYZE, COSTS OFF) SELECT id FROM housing.births"]
    {
        assert!(explain(text).is_err(), "{text}");
    }
}
