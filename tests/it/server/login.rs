//! Who is let in, and what the others are told.

use tokio_postgres::error::SqlState;
use tokio_postgres::{NoTls, SimpleQueryMessage};

use super::{KEPT, descriptors, logged, plain, plain_settings, until};
use crate::cluster::{Cluster, connect, shared};
use crate::menshen::{Menshen, Settings};

/// SQLSTATE and message of a refused connection.
async fn refusal(config: &tokio_postgres::Config) -> (SqlState, String) {
    let error = config.connect(NoTls).await.err().expect("refused");
    let database = error.as_db_error().unwrap_or_else(|| panic!("not the server's words: {error}"));
    (database.code().clone(), database.message().to_owned())
}

#[tokio::test(flavor = "multi_thread")]
async fn refusals_are_the_servers() {
    let (cluster, menshen) = (shared(), plain());
    cluster.login("somebody", "secret");
    cluster.sql(
        "postgres",
        "DO $$ BEGIN CREATE ROLE nologin_role PASSWORD 'secret'; EXCEPTION WHEN others THEN NULL; END $$",
    );
    let before = descriptors(&menshen);
    for (user, password, database) in [
        ("somebody", "wrong", "postgres"),
        ("nobody_at_all", "secret", "postgres"),
        ("somebody", "secret", "nowhere"),
        ("somebody", "secret", "template0"),
    ] {
        let direct = refusal(&cluster.config(user, password, database)).await;
        let through = refusal(&menshen.config(user, password, database)).await;
        assert_eq!(through, direct, "{user} {password} {database}");
        for _ in 0..3 {
            refusal(&menshen.config(user, password, database)).await;
        }
    }
    until("descriptors are given back", || descriptors(&menshen) <= before + KEPT);
    logged(&menshen, "password authentication failed for user \"somebody\"", 4);
    logged(&menshen, "database \"nowhere\" does not exist", 4);
    assert!(!menshen.log().contains("secret"), "{}", menshen.log());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_user_of_the_userlist_and_one_of_the_query_are_themselves_at_the_server() {
    let cluster = shared();
    cluster.login("listed", "listed-secret");
    cluster.login("queried", "queried-secret");
    let verifier = cluster.sql("postgres", "SELECT rolpassword FROM pg_authid WHERE rolname = 'listed'");
    let menshen = Menshen::start(cluster, &plain_settings().user("listed", verifier.trim()));
    for (user, password) in [("listed", "listed-secret"), ("queried", "queried-secret")] {
        let client = connect(&menshen.config(user, password, "postgres")).await;
        let rows = client.simple_query("SELECT session_user").await.unwrap();
        let [_, SimpleQueryMessage::Row(row), _] = rows.as_slice() else { panic!("{rows:?}") };
        assert_eq!(row.get(0), Some(user));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_is_down_is_said_to_be_down() {
    let cluster = Cluster::start(&[]);
    cluster.login("early", "secret");
    let menshen = Menshen::start(&cluster, &plain_settings().user("early", "secret"));
    let client = connect(&menshen.config("early", "secret", "postgres")).await;
    assert_eq!(client.simple_query("SELECT 1").await.unwrap().len(), 3);
    let before = descriptors(&menshen);
    cluster.stop();
    let (code, message) = refusal(&menshen.config("early", "secret", "postgres")).await;
    assert_eq!(
        (code, message.as_str()),
        (SqlState::CANNOT_CONNECT_NOW, "menshen: the database server cannot be reached")
    );
    assert!(menshen.admin("/readyz").unwrap().starts_with("HTTP/1.1 503"));
    assert!(menshen.admin("/metrics").unwrap().contains("menshen_upstream_up 0"));
    assert!(menshen.admin("/healthz").unwrap().starts_with("HTTP/1.1 200"));
    // the open session has ended with the server
    until("the session's descriptors are given back", || descriptors(&menshen) < before);
}

#[tokio::test(flavor = "multi_thread")]
async fn no_more_than_max_connections() {
    let cluster = shared();
    cluster.login("crowd", "secret");
    let menshen = Menshen::start(cluster, &plain_settings().with("limits", "max_connections = 2"));
    let config = menshen.config("crowd", "secret", "postgres");
    let (first, _second) = (connect(&config).await, connect(&config).await);
    let (code, message) = refusal(&config).await;
    assert_eq!((code, message.as_str()), (SqlState::TOO_MANY_CONNECTIONS, "sorry, too many clients already"));
    drop(first);
    let again = async || config.connect(NoTls).await.is_ok();
    let deadline = std::time::Instant::now() + std::time::Duration::from_secs(20);
    while !again().await {
        assert!(std::time::Instant::now() < deadline, "the place was not given back");
    }
}

#[test]
fn trust_is_warned_of() {
    let menshen = Menshen::start(shared(), &Settings::new("policies").trusting());
    let until = std::time::Instant::now() + std::time::Duration::from_secs(20);
    while !menshen.log().contains("ANYBODY WHO CAN CONNECT IS BELIEVED") {
        assert!(std::time::Instant::now() < until, "{}", menshen.log());
        std::thread::sleep(std::time::Duration::from_millis(20));
    }
    assert!(!plain().log().contains("ANYBODY"));
}

#[test]
fn backups_read_everything_and_restricted_users_replicate_nothing() {
    let cluster = shared();
    cluster.login("dba", "secret");
    cluster.login("copier", "secret");
    cluster.sql("postgres", "ALTER ROLE dba SUPERUSER; ALTER ROLE copier REPLICATION");
    let menshen = plain();
    let identify = |user: &str, replication: &str| {
        let mut command = cluster.program("psql");
        command.env("PGPASSWORD", "secret").args(["-X", "-A", "-t", "-c", "IDENTIFY_SYSTEM"]).arg(format!(
            "host=127.0.0.1 port={} user={user} dbname=postgres replication={replication} sslmode=disable",
            menshen.port
        ));
        let output = command.output().unwrap();
        (output.status.success(), String::from_utf8(output.stderr).unwrap())
    };
    for replication in ["true", "database"] {
        assert_eq!(identify("dba", replication), (true, String::new()));
        let (_, refused) = identify("copier", replication);
        assert!(refused.contains("replication is closed to restricted users"), "{refused}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn clients_that_say_nothing_hold_nobody_up() {
    shared().login("patient", "secret");
    let menshen = Menshen::start(shared(), &plain_settings().with("limits", "max_connections = 6"));
    let before = descriptors(&menshen);
    let mut silent: Vec<_> = (0..200).map(|_| super::raw::connect(menshen.port)).collect();
    // authentication_timeout is a minute
    let began = std::time::Instant::now();
    let client = connect(&menshen.config("patient", "secret", "postgres")).await;
    client.simple_query("SELECT 1").await.unwrap();
    assert!(began.elapsed() < std::time::Duration::from_secs(20), "{:?}", began.elapsed());
    until("no more than there is room for", || descriptors(&menshen) <= before + 6 + 64 + KEPT + 10);
    let oldest = &mut silent[0];
    let told = super::raw::error(&super::raw::read_until(oldest, |_| false));
    assert_eq!(told.map(|(sqlstate, _)| sqlstate).as_deref(), Some("53300"));
    // who is logged in stays, and is one of so many
    let mut more = Vec::new();
    for _ in 0..5 {
        more.push(connect(&menshen.config("patient", "secret", "postgres")).await);
    }
    let (code, _) = refusal(&menshen.config("patient", "secret", "postgres")).await;
    assert_eq!(code, SqlState::TOO_MANY_CONNECTIONS);
    client.simple_query("SELECT 1").await.unwrap();
}

#[test]
fn a_client_that_says_nothing_is_let_go() {
    let menshen = Menshen::start(shared(), &plain_settings().with("limits", "authentication_timeout = \"500ms\""));
    let mut silent = super::raw::connect(menshen.port);
    let answer = super::raw::read_until(&mut silent, |_| false);
    let timeout = ("57014".to_owned(), "canceling authentication due to timeout".to_owned());
    assert_eq!(super::raw::error(&answer), Some(timeout));
    logged(&menshen, "log-in failed: it took longer", 1);
}

#[test]
fn restricted_users_may_not_change_in_the_start_up_packet_how_statements_are_read() {
    let cluster = shared();
    cluster.login("optioned", "secret");
    cluster.login("dba", "secret");
    let menshen = plain();
    let show = |user: &str, options: &str, setting: &str| {
        let mut command = cluster.program("psql");
        command.env("PGPASSWORD", "secret").env("PGOPTIONS", options).args(["-X", "-A", "-t", "-c"]);
        command
            .arg(format!("SHOW {setting}"))
            .arg(format!("host=127.0.0.1 port={} user={user} dbname=postgres sslmode=disable", menshen.port));
        let output = command.output().unwrap();
        let text = |bytes| String::from_utf8(bytes).unwrap().trim().to_owned();
        if output.status.success() { Ok(text(output.stdout)) } else { Err(text(output.stderr)) }
    };
    let off = "-c standard_conforming_strings=off";
    assert_eq!(show("optioned", "-c geqo=off", "geqo"), Ok("off".to_owned()));
    let refused = show("optioned", off, "geqo").unwrap_err();
    assert!(refused.contains("start-up option `standard_conforming_strings` is closed"), "{refused}");
    assert_eq!(show("dba", off, "standard_conforming_strings"), Ok("off".to_owned()));
    // what the server has set by itself counts as much
    cluster.sql("postgres", "ALTER ROLE optioned SET standard_conforming_strings = off");
    let refused = show("optioned", "", "geqo").unwrap_err();
    assert!(refused.contains("need `standard_conforming_strings = on`"), "{refused}");
}
