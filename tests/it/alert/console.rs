//! The admin socket and the port with a token, by the real program.

use std::fs;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::os::unix::fs::PermissionsExt;
use std::os::unix::process::CommandExt;
use std::process::{Command, Output};

use serde_json::Value;

use super::{alerts, names, signal, work};
use crate::cluster;
use crate::menshen::{Menshen, Settings};

const TOKEN: &str = "0123456789abcdef0123456789abcdef";

/// What the command line says to a running Menshen.
pub fn menshen(running: &Menshen, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_menshen"))
        .args(arguments)
        .arg("--config")
        .arg(running.folder.path().join("menshen.toml"))
        .env_remove("MENSHEN_ADMIN_TOKEN")
        .output()
        .expect("it runs")
}

pub fn said(output: &Output) -> (i32, String, String) {
    let text = |bytes: &[u8]| std::str::from_utf8(bytes).expect("UTF-8").to_owned();
    (output.status.code().expect("a code"), text(&output.stdout), text(&output.stderr))
}

/// The status line of the admin port's answer.
fn status(running: &Menshen, path: &str, token: Option<&str>) -> String {
    let mut stream = TcpStream::connect(("127.0.0.1", running.admin_port)).expect("the port");
    let token = token.map(|token| format!("Authorization: Bearer {token}\r\n")).unwrap_or_default();
    write!(stream, "GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n{token}\r\n").expect("sent");
    let mut answer = String::new();
    stream.read_to_string(&mut answer).expect("an answer");
    answer.split(' ').nth(1).expect("a status").to_owned()
}

/// An incident in the state folder, as an earlier run left it.
pub fn leave_an_incident(folder: &std::path::Path) {
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    runtime.block_on(async {
        let working = work(folder, alerts(""));
        working.desk.note(&signal("clerk_017", 1204), &names);
        working.finish().await;
    });
}

pub fn settings(state: &std::path::Path) -> Settings {
    Settings::new("policies").trusting().with("state", format!("dir = \"{}\"", state.display()))
}

#[test]
fn incidents_are_seen_acknowledged_and_closed_over_the_socket() {
    let state = tempfile::tempdir().unwrap();
    leave_an_incident(state.path());
    let running = Menshen::start(cluster::shared(), &settings(state.path()));
    let (code, list, _) = said(&menshen(&running, &["incident", "list"]));
    assert_eq!(code, 0, "{list}");
    assert!(list.contains("buyers-per-day") && list.contains("clerk_017") && list.contains("1204"), "{list}");
    let id = list.lines().nth(1).unwrap().split(' ').next().unwrap().to_owned();
    let (_, page, _) = said(&menshen(&running, &["incident", "show", &id[..4], "--language", "zh"]));
    assert!(page.contains("泄露人数: 1204") && page.contains("menshen quarantine clerk_017"), "{page}");
    let (code, text, error) = said(&menshen(&running, &["incident", "ack", &id, "--note", "calling her"]));
    assert_eq!((code, text), (0, format!("incident {id} is acknowledged\n")), "{error}");
    let (_, json, _) = said(&menshen(&running, &["incident", "show", &id, "--format", "json"]));
    let incident: Value = serde_json::from_str(&json).unwrap();
    assert_eq!(
        (&incident["state"], &incident["acknowledged"]["note"]),
        (&"acknowledged".into(), &"calling her".into())
    );
    assert!(incident["acknowledged"]["by"].as_str().unwrap().starts_with("uid "), "{json}");
    assert_eq!(said(&menshen(&running, &["incident", "close", &id])).0, 0);
    let (code, text, _) = said(&menshen(&running, &["incident", "list"]));
    assert_eq!((code, text.as_str()), (0, "no open incidents\n"));
    assert_eq!(said(&menshen(&running, &["incident", "show", "zz"])).0, 1);
    assert_eq!(said(&menshen(&running, &["alert", "test", "nobody"])).0, 1);
    let metrics = running.admin("/metrics").unwrap();
    assert!(metrics.contains("menshen_incidents{state=\"closed\"} 1"), "{metrics}");
}

#[test]
fn strangers_are_refused_by_token_and_by_peer() {
    let state = tempfile::tempdir().unwrap();
    leave_an_incident(state.path());
    let token = state.path().join("token");
    fs::write(&token, TOKEN).unwrap();
    fs::set_permissions(&token, fs::Permissions::from_mode(0o600)).unwrap();
    let running = Menshen::start(
        cluster::shared(),
        &settings(state.path()).with("admin", format!("token_file = \"{}\"", token.display())),
    );
    assert_eq!(status(&running, "/incidents", None), "401");
    assert_eq!(status(&running, "/incidents", Some("0123456789abcdef0123456789abcdee")), "401");
    assert_eq!(status(&running, "/incidents", Some(TOKEN)), "200");
    assert_eq!(status(&running, "/healthz", None), "200");
    let url = format!("http://127.0.0.1:{}", running.admin_port);
    let (code, list, error) = said(&menshen(&running, &["incident", "list", "--admin", &url]));
    assert!(code == 0 && list.contains("clerk_017"), "{list}{error}");
    fs::write(&token, "another token that is wrong").unwrap();
    let (code, _, error) = said(&menshen(&running, &["incident", "list", "--admin", &url]));
    assert_eq!((code, error.as_str()), (2, "menshen: wrong token\n"));
    a_stranger_at_the_socket(&running);
}

/// Another user of this machine; only root can become one to try.
fn a_stranger_at_the_socket(running: &Menshen) {
    let socket = running.folder.path().join("menshen.sock");
    fs::set_permissions(running.folder.path(), fs::Permissions::from_mode(0o711)).unwrap();
    let script = "use IO::Socket::UNIX; my $s = IO::Socket::UNIX->new(Peer => $ARGV[0]) or die $!; \
                  print $s \"GET /incidents HTTP/1.0\\r\\n\\r\\n\"; print while <$s>;";
    let mut stranger = Command::new("/usr/bin/perl");
    stranger.args(["-e", script]).arg(&socket).uid(65_534).gid(65_534).current_dir("/");
    let Ok(output) = stranger.output() else { return };
    let answer = String::from_utf8(output.stdout).unwrap();
    assert!(answer.starts_with("HTTP/1.0 403") || answer.starts_with("HTTP/1.1 403"), "{answer}");
    assert!(answer.contains("user 65534 is not in admin.socket_users"), "{answer}");
}

#[test]
fn without_a_token_the_port_is_closed_and_orders_need_a_reason() {
    let state = tempfile::tempdir().unwrap();
    let running = Menshen::start(cluster::shared(), &settings(state.path()));
    assert_eq!(status(&running, "/incidents", Some("anything")), "403");
    let (code, _, error) = said(&menshen(&running, &["quarantine", "clerk_017"]));
    assert!(code == 1 && error.contains("--reason"), "{error}");
    let (code, _, error) = said(&menshen(&running, &["quarantine", "clerk_017", "--for", "soon", "--reason", "x"]));
    assert!(code == 1 && !error.is_empty(), "{error}");
}
