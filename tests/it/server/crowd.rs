//! Many connections that say nothing keep nobody out.

use std::net::TcpStream;
use std::time::{Duration, Instant};

use super::plain_settings;
use super::raw::{connect, error, read_until};
use crate::cluster::{run, shared};
use crate::menshen::Menshen;

/// Connections that may be served at once here, and those that Menshen has room for beside them.
const SESSIONS: usize = 8;
const ROOM: usize = SESSIONS + 64;

#[test]
fn silent_connections_keep_nobody_from_logging_in() {
    let cluster = shared();
    cluster.login("welcome", "secret");
    let menshen = Menshen::start(cluster, &plain_settings().with("limits", format!("max_connections = {SESSIONS}")));
    let mut silent: Vec<TcpStream> = (0..3 * ROOM).map(|_| connect(menshen.port)).collect();
    let began = Instant::now();
    let mut psql = cluster.program("psql");
    psql.args(["-X", "-h", "127.0.0.1", "-p", &menshen.port.to_string(), "-U", "welcome", "-d", "postgres"]);
    run(psql.args(["-c", "SELECT 1"]).env("PGPASSWORD", "secret"));
    assert!(began.elapsed() < Duration::from_secs(30), "{:?}", began.elapsed());
    // those that came first have made room, and know why
    let answer = read_until(&mut silent[0], |_| false);
    assert_eq!(error(&answer).map(|(sqlstate, _)| sqlstate).as_deref(), Some("53300"));
}

#[test]
fn silent_connections_keep_nobody_from_the_admin_port() {
    let menshen = super::plain();
    let silent: Vec<TcpStream> = (0..400).map(|_| connect(menshen.admin_port)).collect();
    let answer = menshen.admin("/healthz").expect("an answer");
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    super::until("connections without a request are closed", || super::descriptors(&menshen) < 100);
    drop(silent);
}
