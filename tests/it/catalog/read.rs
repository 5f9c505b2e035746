//! Reads a snapshot as the shell does: the prologue, then each query by the simple protocol.

use menshen::catalog::build::Builder;
use menshen::catalog::queries;
use menshen::catalog::snapshot::Snapshot;
use tokio_postgres::{Client, SimpleQueryMessage};

use crate::cluster::{self, connect};

/// A connection of the superuser to a fresh database made by `nasty.sql`.
pub async fn nasty() -> (String, Client) {
    let shared = cluster::shared();
    let database = shared.fresh_database("nasty");
    shared.sql_file(&database, &cluster::root().join("tests/it/catalog/nasty.sql"), &[]);
    let client = superuser(&database).await;
    (database, client)
}

pub async fn superuser(database: &str) -> Client {
    let shared = cluster::shared();
    connect(&shared.config("postgres", &shared.password, database)).await
}

/// Rows of one query, as text.
pub async fn rows(client: &Client, sql: &str) -> Vec<Vec<Option<String>>> {
    let answer = client.simple_query(sql).await.unwrap_or_else(|error| panic!("{sql}: {error:?}"));
    let rows = answer.iter().filter_map(|message| match message {
        SimpleQueryMessage::Row(row) => Some((0..row.len()).map(|i| row.get(i).map(str::to_owned)).collect()),
        _ => None,
    });
    rows.collect()
}

/// The one value of the one row.
pub async fn value(client: &Client, sql: &str) -> Option<String> {
    rows(client, sql).await.into_iter().next().and_then(|row| row.into_iter().next()).flatten()
}

pub async fn snapshot(client: &Client) -> Snapshot {
    let mut builder = Builder::new();
    for statement in queries::PROLOGUE {
        client.batch_execute(statement).await.expect(statement);
    }
    for query in queries::all(15) {
        for row in rows(client, query.sql).await {
            let row: Vec<Option<&str>> = row.iter().map(Option::as_deref).collect();
            builder.row(query.name, &row).expect("a row of the query");
        }
        builder.answered(query.name);
    }
    client.batch_execute("COMMIT").await.expect("COMMIT");
    builder.finish().expect("a snapshot")
}
