//! Lineage holds everything that the server itself says a view refers to.

use std::collections::{BTreeMap, BTreeSet};

use menshen::catalog::snapshot::{Lineage, Origin, Relation, Snapshot};
use menshen::model::ids::{ColumnId, Oid};

use super::read::{nasty, rows, snapshot};

fn id(snapshot: &Snapshot, relation: &str, column: &str) -> ColumnId {
    let (schema, name) = relation.split_once('.').expect("schema.name");
    let relation = snapshot.relation_named(schema, name).expect(relation);
    ColumnId { relation: relation.oid, number: relation.column(column).expect(column).number }
}

fn mentioned(view: &Relation) -> BTreeSet<ColumnId> {
    match view.lineage.as_ref().expect("lineage") {
        Lineage::Unknown { refers, .. } => refers.iter().copied().collect(),
        Lineage::Known { outputs, decides } => {
            outputs.iter().flat_map(Origin::sources).chain(decides).copied().collect()
        }
    }
}

#[tokio::test]
async fn every_column_that_pg_depend_records_is_an_output_or_decides() {
    let (_, client) = nasty().await;
    let snapshot = snapshot(&client).await;
    let mut recorded: BTreeMap<Oid, BTreeSet<ColumnId>> = BTreeMap::new();
    let depends = "SELECT r.ev_class, d.refobjid, d.refobjsubid FROM pg_rewrite r JOIN pg_depend d ON d.objid = r.oid
        AND d.classid = 'pg_rewrite'::regclass AND d.refclassid = 'pg_class'::regclass AND d.refobjsubid > 0
        JOIN pg_class c ON c.oid = d.refobjid AND c.relkind <> 'c'
        WHERE r.ev_class >= 16384 AND d.refobjid <> r.ev_class";
    for row in rows(&client, depends).await {
        let number = |index: usize| row[index].as_ref().unwrap().parse::<u32>().unwrap();
        let column = ColumnId { relation: Oid(number(1)), number: i16::try_from(number(2)).unwrap() };
        recorded.entry(Oid(number(0))).or_default().insert(column);
    }
    assert!(recorded.len() > 20);
    for (view, recorded) in recorded {
        let view = snapshot.relation(view).unwrap();
        let mentioned = mentioned(view);
        // columns that a subquery hands up and nobody takes
        let dropped = usize::from(&*view.name == "ctes");
        if &*view.name == "user_function" {
            // columns of the function's row type: `calls` answers for what it returns
            continue;
        }
        let missing = recorded.difference(&mentioned).count();
        assert!(missing <= dropped, "{}: {recorded:?} {:?}", view.name, view.lineage);
    }
}

#[tokio::test]
async fn only_these_views_are_not_understood() {
    let (_, client) = nasty().await;
    let snapshot = snapshot(&client).await;
    let mut unknown = Vec::new();
    for view in snapshot.relations().filter(|relation| &*relation.schema == "views") {
        if let Lineage::Unknown { refers, .. } = view.lineage.as_ref().unwrap() {
            unknown.push(&*view.name);
            // whole relations, whatever pg_depend recorded
            assert!(refers.contains(&id(&snapshot, "housing.buyers", "phone")));
        }
    }
    assert!(unknown.is_empty(), "{unknown:?}");
}

#[tokio::test]
async fn some_lineages_in_full() {
    let (_, client) = nasty().await;
    let snapshot = snapshot(&client).await;
    let phone = id(&snapshot, "housing.buyers", "phone");
    let known = |name: &str| match snapshot.relation_named("views", name).unwrap().lineage.clone() {
        Some(Lineage::Known { outputs, decides }) => (outputs, decides),
        other => unreachable!("{name}: {other:?}"),
    };
    let (outputs, decides) = known("star");
    let buyers = snapshot.relation_named("housing", "buyers").unwrap();
    let all = buyers.columns.iter().map(|c| Origin::Column(ColumnId { relation: buyers.oid, number: c.number }));
    assert_eq!((outputs, decides.len()), (all.collect(), 0));
    let (outputs, decides) = known("over");
    assert_eq!(outputs[0], Origin::Column(id(&snapshot, "views.plain", "phone")));
    assert_eq!(outputs[1], Origin::Column(id(&snapshot, "housing.contracts", "amount")));
    assert_eq!(decides.len(), 2);
    let (outputs, decides) = known("stored");
    assert_eq!((&outputs[0], decides), (&Origin::Column(phone), vec![phone]));
    assert_eq!(known("renamed").0, [Origin::Column(phone)]);
    assert_eq!(known("shadow").0, [Origin::Column(phone)]);
    assert_eq!(known("generated").0, vec![Origin::Derived(Vec::new()); 3]);
    let derived = known("derived").0;
    assert!(matches!(&derived[5], Origin::Derived(columns) if columns.contains(&phone)), "row_to_json");
    assert!(matches!(&derived[6], Origin::Derived(columns) if columns.contains(&phone)), "whole row");
}

#[tokio::test]
async fn calls_are_the_functions_that_cannot_be_traced() {
    let (_, client) = nasty().await;
    let snapshot = snapshot(&client).await;
    let called = |view: &str| -> Vec<String> {
        let view = snapshot.relation_named("views", view).unwrap();
        view.calls.iter().map(|oid| snapshot.function(*oid).unwrap().name.to_string()).collect()
    };
    assert_eq!(called("user_function"), ["peek"]);
    assert_eq!(called("user_operator"), ["same"]);
    assert_eq!(called("by_name"), ["query_to_xml"]);
    assert!(called("derived").is_empty());
}
