//! kill -9 while an alert is being retried: it is delivered after the restart.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use super::{alerts, names, open, signal, sink, until, work};

/// Tells the child of the test below where to work, and the port where nobody listens yet.
const CHILD: &str = "MENSHEN_TEST_ALERT_CHILD";

fn hook(port: u16) -> String {
    format!(
        "[[channel]]\nname = \"hook\"\nkind = \"webhook\"\nurl = \"http://127.0.0.1:{port}\"\n\
         [[route]]\nchannels = [\"hook\"]\n"
    )
}

/// The process that is killed; in the test run itself it has nothing to do.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_process_that_is_killed() {
    let Ok(told) = std::env::var(CHILD) else { return };
    let (port, folder) = told.split_once(' ').expect("a port and a folder");
    let working = work(Path::new(folder), alerts(&hook(port.parse().expect("a port"))));
    working.desk.note(&signal("clerk_017", 1204), &names);
    until("an attempt fails", async || working.desk.counts().channels.iter().any(|(_, health)| health.failed > 0))
        .await;
    println!("\nretrying");
    tokio::time::sleep(Duration::from_secs(600)).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_alert_survives_kill_9() {
    let folder = tempfile::tempdir().unwrap();
    let port = super::free_port();
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["alert::crash::the_process_that_is_killed", "--exact", "--nocapture"])
        .env(CHILD, format!("{port} {}", folder.path().display()))
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    assert!(lines.any(|line| line.unwrap() == "retrying"), "the child ended early");
    // SIGKILL
    child.kill().unwrap();
    child.wait().unwrap();
    let (_, hooks) = sink::web(port, 200, "").await;
    let working = work(folder.path(), alerts(&hook(port)));
    until("the alert", async || !hooks.all().is_empty()).await;
    assert!(hooks.all()[0].contains("\"user\":\"clerk_017\""), "{:?}", hooks.all());
    until("it is settled", async || working.desk.counts().waiting == 0).await;
    let incident = working.desk.list().remove(0);
    assert!(working.desk.acknowledge(&incident.id, "uid 0", "seen").is_some());
    working.finish().await;
    // what people said is kept, and what was delivered is not told again
    let kept = open(&PathBuf::from(folder.path()), alerts(&hook(port)));
    assert_eq!(kept.list()[0].acknowledged.as_ref().map(|mark| mark.note.as_str()), Some("seen"));
    assert_eq!(kept.counts().waiting, 0);
    assert_eq!(hooks.all().len(), 1);
}
