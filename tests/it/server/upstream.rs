//! Menshen's own connections to PostgreSQL.

use menshen::auth::scram_client::Password;
use menshen::config::Upstream as UpstreamConfig;
use menshen::config::secrets::Secret;
use menshen::server::connect::{ConnectError, Connector};
use menshen::server::proof::Credentials;
use menshen::server::upstream::{QueryError, Upstream};

use crate::cluster::{Cluster, shared};

fn connector(cluster: &Cluster, host: &str) -> Connector {
    let config = UpstreamConfig {
        host: host.to_owned(),
        port: cluster.port,
        connect_timeout: std::time::Duration::from_secs(10),
        ..UpstreamConfig::default()
    };
    Connector::new(&config).unwrap()
}

#[tokio::test]
async fn rows_come_as_text_and_errors_leave_the_connection_usable() {
    let cluster = shared();
    cluster.login("own", "secret");
    let connector = connector(cluster, &cluster.host);
    let mut own = Upstream::connect(&connector, "own", Some(&Secret::new("secret")), "postgres").await.unwrap();
    let rows = own.query("SELECT 1, NULL, '门神' UNION ALL SELECT 2, 'x', ''").await.unwrap();
    let text = |text: &str| Some(text.to_owned());
    assert_eq!(rows, [vec![text("1"), None, text("门神")], vec![text("2"), text("x"), text("")]]);
    match own.query("SELECT nothing").await.unwrap_err() {
        QueryError::Server(error) => assert_eq!(error.sqlstate, "42703"),
        other => panic!("{other}"),
    }
    let rows = own.query_with("SELECT $1, current_setting('search_path')", &["it's"]).await.unwrap();
    assert_eq!(rows, [vec![text("it's"), text("pg_catalog")]]);
}

#[tokio::test]
async fn the_socket_folder_is_a_host() {
    let cluster = shared();
    let connector = connector(cluster, cluster.socket.to_str().unwrap());
    let mut own = Upstream::connect(&connector, "postgres", None, "postgres").await.unwrap();
    assert_eq!(own.query("SELECT 1").await.unwrap().len(), 1);
}

#[tokio::test]
async fn the_servers_own_refusal_is_kept_whole() {
    let cluster = shared();
    cluster.login("refused", "secret");
    let connector = connector(cluster, &cluster.host);
    let connect = async |user: &str, database: &str, credentials: Credentials| {
        let options: [(&[u8], &[u8]); 2] = [(b"user", user.as_bytes()), (b"database", database.as_bytes())];
        match connector.connect(&options, &credentials).await.unwrap_err() {
            ConnectError::Refused(error) => (error.sqlstate.clone(), error.bytes.first().copied()),
            other => panic!("{other}"),
        }
    };
    let password = |text: &str| Credentials::Password(Password::new(text));
    assert_eq!(connect("refused", "nowhere", password("secret")).await, ("3D000".to_owned(), Some(b'E')));
    assert_eq!(connect("refused", "postgres", password("wrong")).await, ("28P01".to_owned(), Some(b'E')));
}

#[tokio::test]
async fn a_server_that_is_down_is_unreachable() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    drop(listener);
    let config = UpstreamConfig {
        host: "127.0.0.1".to_owned(),
        port,
        connect_timeout: std::time::Duration::from_secs(10),
        ..UpstreamConfig::default()
    };
    let error = Upstream::connect(&Connector::new(&config).unwrap(), "x", None, "x").await.unwrap_err();
    assert!(matches!(error, ConnectError::Unreachable(_)), "{error}");
}
