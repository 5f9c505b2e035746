//! Names resolve as the server resolves them.

use menshen::catalog::search_path::{Found, FoundType, SessionNames};
use menshen::catalog::session_facts::{EVERYTHING, OPENING, SEARCH_PATH, SessionFacts, TEMPORARY};
use tokio_postgres::Client;

use super::read::{nasty, rows, snapshot, superuser, value};
use crate::cluster::{self, connect};

async fn everything(client: &Client) -> SessionFacts {
    answered(client, EVERYTHING).await
}

async fn answered(client: &Client, question: &str) -> SessionFacts {
    let answer = rows(client, question).await;
    let answer: Vec<Vec<Option<&str>>> = answer.iter().map(|row| row.iter().map(Option::as_deref).collect()).collect();
    SessionFacts::everything(answer.iter().map(Vec::as_slice)).expect("facts")
}

async fn temporary(client: &Client, facts: &mut SessionFacts) {
    let answer = rows(client, TEMPORARY).await;
    let answer: Vec<Vec<Option<&str>>> = answer.iter().map(|row| row.iter().map(Option::as_deref).collect()).collect();
    facts.temporary(answer.iter().map(Vec::as_slice)).expect("facts");
}

const SETTINGS: &[&str] = &[
    "'$user', public",
    "housing",
    "later, housing, public",
    "housing, pg_catalog, public",
    "public, pg_catalog",
    "pg_temp, housing",
    "housing, pg_temp",
    "'', nowhere, \"we\"\"ird 住房\"",
    "HOUSING, Later",
    "'Housing'",
    "later, later, later",
    "information_schema, public, pg_temp, pg_catalog",
    "closed, housing",
    "\"clerk,1\"",
    "''",
];

const RELATIONS: &[(Option<&str>, &str)] = &[
    (None, "buyers"),
    (None, "pg_class"),
    (None, "columns"),
    (None, "Таблица"),
    (None, "only_closed"),
    (None, "remote"),
    (None, "nothing"),
    (None, "plain"),
    (Some("later"), "buyers"),
    (Some("pg_temp"), "buyers"),
    (Some("pg_catalog"), "pg_class"),
    (Some("housing"), "nothing"),
];

async fn compare(client: &Client, snapshot: &menshen::catalog::snapshot::Snapshot, names: &SessionNames, when: &str) {
    let path = value(client, "SELECT pg_catalog.array_to_string(pg_catalog.current_schemas(true), '|')").await;
    assert_eq!(names.path.join("|"), path.unwrap(), "{when}");
    for (schema, name) in RELATIONS {
        let text = schema.map_or_else(|| format!("\"{name}\""), |schema| format!("\"{schema}\".\"{name}\""));
        let oid = value(client, &format!("SELECT pg_catalog.to_regclass('{text}')::pg_catalog.oid")).await;
        let found = match names.relation(snapshot, *schema, name) {
            Found::Permanent(relation) => {
                assert!(!relation.schema.starts_with("pg_temp"));
                Some(relation.oid.to_string())
            }
            Found::Temporary(relation) => {
                assert!(relation.schema.starts_with("pg_temp"));
                Some(relation.oid.to_string())
            }
            Found::Missing => None,
        };
        assert_eq!(found, oid, "{when}: {text}");
    }
    for name in ["text", "varchar", "buyers", "char", "int4", "_buyers", "nothing"] {
        let oid = value(client, &format!("SELECT pg_catalog.to_regtype('\"{name}\"')::pg_catalog.oid")).await;
        let found = names.ty(snapshot, None, name);
        match found {
            FoundType::Permanent(ty) => assert_eq!(Some(ty.oid.to_string()), oid, "{when}: type {name}"),
            FoundType::Missing => assert_eq!(None, oid, "{when}: type {name}"),
            FoundType::Temporary => {
                let sql = format!(
                    "SELECT t.typnamespace = pg_catalog.pg_my_temp_schema() FROM pg_catalog.pg_type t
                    WHERE t.oid = {}",
                    oid.unwrap()
                );
                assert_eq!(value(client, &sql).await.as_deref(), Some("t"), "{when}: type {name}");
            }
        }
    }
}

#[tokio::test]
async fn relations_types_and_the_path_resolve_as_on_the_server() {
    let (database, owner) = nasty().await;
    let shared = cluster::shared();
    owner
        .batch_execute(
            "CREATE SCHEMA closed; CREATE TABLE closed.only_closed (x int); CREATE TABLE closed.buyers (x int);
             CREATE SCHEMA \"clerk,1\"; CREATE TABLE \"clerk,1\".buyers (x int); CREATE SCHEMA clerk;
             CREATE TABLE clerk.buyers (y int)",
        )
        .await
        .unwrap();
    shared.login("clerk", "secret");
    owner
        .batch_execute("GRANT USAGE ON SCHEMA housing, later, \"we\"\"ird 住房\", \"clerk,1\", clerk TO clerk")
        .await
        .unwrap();
    let snapshot = snapshot(&owner).await;
    for superuser_too in [false, true] {
        let client = if superuser_too {
            superuser(&database).await
        } else {
            connect(&shared.config("clerk", "secret", &database)).await
        };
        let mut facts = everything(&client).await;
        for round in ["without temp tables", "with temp tables"] {
            for setting in SETTINGS {
                client.batch_execute(&format!("SET search_path = {setting}")).await.unwrap();
                // with pg_temp in front, asking creates the temp schema
                rows(&client, "SELECT pg_catalog.current_schemas(true)").await;
                temporary(&client, &mut facts).await;
                facts.search_path(&value(&client, SEARCH_PATH).await.unwrap());
                let names = facts.names().unwrap();
                compare(&client, &snapshot, &names, &format!("{setting} {round}")).await;
                assert_eq!(everything(&client).await.names().unwrap(), names, "{setting} {round}");
                let mut opening = answered(&client, OPENING).await;
                let has = value(&client, "SELECT pg_catalog.pg_my_temp_schema() <> 0").await;
                assert_eq!(opening.has_temporary(), has.as_deref() == Some("t"), "{setting} {round}");
                if opening.has_temporary() {
                    temporary(&client, &mut opening).await;
                }
                assert_eq!(opening.names().unwrap(), names, "{setting} {round}");
            }
            client.batch_execute("CREATE TEMP TABLE IF NOT EXISTS buyers (z int, \"客\" text)").await.unwrap();
            temporary(&client, &mut facts).await;
        }
        let temp = facts.names().unwrap().temp;
        assert_eq!(temp.len(), 1);
        assert_eq!(&*temp[0].columns[1].name, "客");
    }
}

#[tokio::test]
async fn asking_for_the_search_path_cannot_be_felt_inside_a_transaction() {
    let (_, client) = nasty().await;
    client.batch_execute("BEGIN").await.unwrap();
    rows(&client, SEARCH_PATH).await;
    client.batch_execute("SET TRANSACTION ISOLATION LEVEL SERIALIZABLE").await.unwrap();
}

#[tokio::test]
async fn functions_and_operators_come_in_path_order() {
    let (_, client) = nasty().await;
    let snapshot = snapshot(&client).await;
    let mut facts = everything(&client).await;
    facts.search_path("public, pg_catalog");
    let names = facts.names().unwrap();
    let schemas: Vec<_> = names.functions(&snapshot, None, "lower").iter().map(|f| f.schema.to_string()).collect();
    assert_eq!(schemas[0], "public");
    assert!(schemas[1..].iter().all(|schema| schema == "pg_catalog") && schemas.len() > 1);
    assert_eq!(&*names.operators(&snapshot, None, "=")[0].schema, "public");
    facts.search_path("public");
    let names = facts.names().unwrap();
    assert_eq!(&*names.functions(&snapshot, None, "lower")[0].schema, "pg_catalog");
    assert_eq!(names.functions(&snapshot, Some("public"), "lower").len(), 1);
    assert!(names.operators(&snapshot, None, "===").is_empty());
}
