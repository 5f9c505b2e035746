//! What administrators order is written down: who, what, about whom, why; whichever way they came.

use std::fs;
use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::os::unix::fs::PermissionsExt as _;
use std::time::Duration;

use serde_json::Value;

use super::console::{leave_an_incident, menshen, said, settings};
use crate::cluster;
use crate::menshen::{Menshen, Settings};
use crate::server::tls::Certificates;

const TOKENS: &str = "ann 0123456789abcdef0123456789abcdef\nben fedcba9876543210fedcba9876543210\n";

/// The lines about orders.
fn ordered(running: &Menshen) -> Vec<Value> {
    let lines = running.audit();
    let lines = lines.lines().map(|line| serde_json::from_str::<Value>(line).expect("JSON"));
    lines.filter(|line| !line["order"].is_null()).collect()
}

fn short(line: &Value) -> [&str; 5] {
    ["administrator", "order", "about", "reason", "outcome"].map(|name| line[name].as_str().unwrap_or("-"))
}

/// Orders and their lines; the caller's number is that of whoever runs the tests.
#[test]
fn every_order_leaves_a_line() {
    let state = tempfile::tempdir().unwrap();
    leave_an_incident(state.path());
    let bundle = tempfile::tempdir().unwrap();
    for file in fs::read_dir(cluster::root().join("policies")).unwrap().flatten() {
        if file.file_type().unwrap().is_file() {
            fs::copy(file.path(), bundle.path().join(file.file_name())).unwrap();
        }
    }
    let settings = Settings { policies: bundle.path().to_owned(), ..settings(state.path()) };
    let running = Menshen::start(cluster::shared(), &settings);
    let (_, list, _) = said(&menshen(&running, &["incident", "list"]));
    let id = list.lines().nth(1).unwrap().split(' ').next().unwrap().to_owned();
    let order = |words: &[&str], code: i32| {
        let answer = said(&menshen(&running, words));
        assert_eq!(answer.0, code, "{words:?}: {answer:?}");
    };
    order(&["incident", "ack", &id, "--note", "calling her"], 0);
    order(&["quarantine", "clerk", "--for", "2h", "--reason", "incident \"1\"\nof today"], 0);
    order(&["release", "clerk", "--reason", "the report job"], 0);
    order(&["lockdown", "--reason", "a leak"], 0);
    order(&["lockdown", "--end", "--reason", "no leak"], 0);
    order(&["lockdown", "--end", "--reason", "twice"], 1);
    order(&["incident", "close", &id], 0);
    order(&["policy", "reload", "--reason", "as agreed"], 0);
    fs::write(bundle.path().join("limits.toml"), "[[limit]]\nname = 7\n").unwrap();
    order(&["policy", "reload", "--reason", "a slip"], 1);
    let lines = ordered(&running);
    let by = lines[0]["administrator"].as_str().unwrap().to_owned();
    assert!(by.starts_with("uid "), "{by}");
    let by = by.as_str();
    let wanted = [
        [by, "acknowledge", &id, "calling her", "done"],
        [by, "quarantine", "clerk", "incident \"1\"\nof today", "done"],
        [by, "release", "clerk", "the report job", "done"],
        [by, "lockdown", "-", "a leak", "done"],
        [by, "end-lockdown", "-", "no leak", "done"],
        [by, "end-lockdown", "-", "twice", "failed"],
        [by, "close", &id, "", "done"],
        [by, "reload", "-", "as agreed", "done"],
        [by, "reload", "-", "a slip", "failed"],
    ];
    assert_eq!(lines.iter().map(short).collect::<Vec<_>>(), wanted);
    assert!(lines[1]["until"].as_str().unwrap() > lines[1]["time"].as_str().unwrap(), "{}", lines[1]);
    assert_eq!((&lines[7]["policy_epoch"], &lines[8]["policy_epoch"]), (&2.into(), &2.into()));
    assert_eq!(lines[7]["policy"].as_str().unwrap().len(), 64);
    assert!(lines[8]["why"].as_str().unwrap().contains("limits.toml:"), "{}", lines[8]);

    running.signal("HUP");
    until(|| ordered(&running).len() == 10);
    assert_eq!(short(&ordered(&running)[9]), ["SIGHUP", "reload", "-", "", "failed"]);
}

#[track_caller]
fn until(holds: impl Fn() -> bool) {
    let began = std::time::Instant::now();
    while !holds() {
        assert!(began.elapsed() < Duration::from_secs(20), "it does not come");
        std::thread::sleep(Duration::from_millis(20));
    }
}

#[test]
fn the_admin_port_speaks_tls_and_knows_whose_token_it_is() {
    let (state, certificates) = (tempfile::tempdir().unwrap(), Certificates::new());
    let private = |name: &str, text: &str| {
        let path = state.path().join(name);
        fs::write(&path, text).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).unwrap();
        path.display().to_string()
    };
    let tokens = private("tokens", TOKENS);
    let settings = settings(state.path())
        .with("admin", format!("token_file = \"{tokens}\""))
        .with("admin", format!("tls_certificate = \"{}\"", certificates.path("server.pem")))
        .with("admin", format!("tls_key = \"{}\"", certificates.path("server.key")));
    let running = Menshen::start(cluster::shared(), &settings);
    // many who never shake hands, and one who speaks plain text
    let silent: Vec<_> = (0..200).map(|_| TcpStream::connect(("127.0.0.1", running.admin_port)).unwrap()).collect();
    let began = std::time::Instant::now();
    let mut plain = TcpStream::connect(("127.0.0.1", running.admin_port)).unwrap();
    plain.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
    plain.write_all(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n").unwrap();
    let mut answer = Vec::new();
    let _ = plain.read_to_end(&mut answer);
    assert!(!answer.starts_with(b"HTTP"), "{answer:?}");
    // a handshake may take ten seconds
    assert!(began.elapsed() < Duration::from_secs(8), "{:?}", began.elapsed());

    let url = format!("https://localhost:{}", running.admin_port);
    let (ca, ben) = (certificates.path("ca.pem"), private("ben", TOKENS.lines().last().unwrap()));
    let order = |url: &str, ca: &[&str]| {
        let words = ["quarantine", "clerk", "--reason", "over the port", "--admin", url, "--token-file", &ben];
        said(&menshen(&running, &[words.as_slice(), ca].concat()))
    };
    let (code, _, error) = order(&url, &["--ca", &ca]);
    assert_eq!(code, 0, "{error}");
    assert_eq!(short(&ordered(&running)[0]), ["token ben", "quarantine", "clerk", "over the port", "done"]);
    // nobody whom the system trusts has signed it; it is not that host's; and the port has no plain text
    let (code, _, error) = order(&url, &[]);
    assert!(code != 0 && error.contains("certificate"), "{error}");
    let (code, _, error) = order(&url.replace("localhost", "127.0.0.1"), &["--ca", &ca]);
    assert!(code != 0 && error.contains("certificate"), "{error}");
    assert_ne!(order(&url.replace("https", "http"), &[]).0, 0);
    assert_eq!(ordered(&running).len(), 1);
    drop(silent);

    // a new authority and certificate, taken over without a restart
    let next = Certificates::new();
    for name in ["server.pem", "server.key", "ca.pem"] {
        fs::copy(next.path(name), certificates.path(name)).unwrap();
    }
    running.signal("HUP");
    until(|| order(&url, &["--ca", &ca]).0 == 0);
}
