//! Rights bound to real databases: the server's own catalogs, and every odd type.

use std::collections::BTreeMap;

use menshen::catalog::snapshot::{RelationKind, Snapshot};
use menshen::policy::compile;
use menshen::rights::bind;
use menshen::rights::table::{ColumnRight, RelationRight, Rights};

use crate::catalog::read::{nasty, rows, snapshot};

/// A bundle that protects something, and hides what nobody classified.
fn restricted(snapshot: &Snapshot) -> Rights {
    let files = [("classification.toml", "[category.\"pii/name\"]\n"), ("policy.csv", "")];
    let files: BTreeMap<String, String> =
        files.into_iter().map(|(name, text)| (name.to_owned(), text.to_owned())).collect();
    let policy = compile(&files).expect("a bundle");
    bind(&policy, snapshot, &policy.principal("somebody", None, None))
}

fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

/// The scan of a relation as a restricted principal gets it.
fn scan(columns: &[ColumnRight], from: &str) -> String {
    let list: Vec<String> = columns
        .iter()
        .map(|column| match &column.expression {
            None => quoted(&column.name),
            Some(expression) => format!("{expression} AS {}", quoted(&column.name)),
        })
        .collect();
    format!("SELECT {} FROM {from}", list.join(", "))
}

#[tokio::test]
async fn every_catalog_of_this_server_is_reviewed() {
    let (_, client) = nasty().await;
    let snapshot = snapshot(&client).await;
    let rights = restricted(&snapshot);
    let mut closed = Vec::new();
    for relation in snapshot.relations() {
        if !matches!(&*relation.schema, "pg_catalog" | "information_schema") {
            continue;
        }
        match rights.relation(relation.oid) {
            Some(RelationRight::Refused(refusal)) => assert_eq!(&*relation.name, "pg_locks", "{}", refusal.message),
            // there is a table in partitions by a hidden column
            Some(RelationRight::Masked(columns)) if columns.iter().any(|one| one.rule.0.starts_with("partitions")) => {}
            Some(RelationRight::Masked(_)) => closed.push(relation.name.to_string()),
            Some(RelationRight::Clear(_)) | None => {}
        }
    }
    closed.sort();
    let expected = [
        "_pg_user_mappings",
        "pg_attribute",
        "pg_authid",
        "pg_backend_memory_contexts",
        "pg_cursors",
        "pg_file_settings",
        "pg_hba_file_rules",
        "pg_largeobject",
        "pg_prepared_statements",
        "pg_replication_origin_status",
        "pg_replication_slots",
        "pg_shadow",
        "pg_stat_activity",
        "pg_stat_bgwriter",
        "pg_stat_database",
        "pg_stat_replication",
        "pg_stat_replication_slots",
        "pg_stat_slru",
        "pg_stat_subscription",
        "pg_stat_user_functions",
        "pg_stat_wal",
        "pg_stat_wal_receiver",
        "pg_stat_xact_user_functions",
        "pg_statistic",
        "pg_statistic_ext_data",
        "pg_stats",
        "pg_stats_ext",
        "pg_stats_ext_exprs",
        "pg_subscription",
        "pg_user_mapping",
        "pg_user_mappings",
        "user_mapping_options",
    ];
    assert_eq!(closed, expected);
}

#[tokio::test]
async fn hidden_columns_keep_their_types_whatever_these_are() {
    let (_, client) = nasty().await;
    let snapshot = snapshot(&client).await;
    let rights = restricted(&snapshot);
    let mut scanned = 0;
    for relation in snapshot.relations() {
        let Some(RelationRight::Masked(columns)) = rights.relation(relation.oid) else { continue };
        // A materialized view may have no rows yet, a foreign table no server.
        if matches!(relation.kind, RelationKind::MaterializedView | RelationKind::Foreign) || columns.is_empty() {
            continue;
        }
        let name = format!("{}.{}", quoted(&relation.schema), quoted(&relation.name));
        let masked = scan(columns, &name);
        let types = |statement: tokio_postgres::Statement| {
            let each = statement.columns().iter().map(|column| (column.name().to_owned(), column.type_().oid()));
            each.collect::<Vec<_>>()
        };
        let true_scan = client.prepare(&format!("SELECT * FROM {name}")).await.expect(&name);
        let masked_scan = client.prepare(&masked).await.unwrap_or_else(|error| panic!("{masked}: {error:?}"));
        assert_eq!(types(masked_scan), types(true_scan), "{masked}");
        rows(&client, &format!("SELECT * FROM ({masked} LIMIT 3) AS scan")).await;
        scanned += 1;
    }
    assert!(scanned > 20, "{scanned}");
}
