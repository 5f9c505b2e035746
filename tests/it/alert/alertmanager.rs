//! A real Alertmanager takes our alerts, shows them, passes them on, and sees them end.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use serde_json::Value;

use super::{alerts, free_port, names, signal, sink, until, work};
use crate::menshen::watch;

/// A running Alertmanager; it ends with this value.
struct Alertmanager {
    child: Child,
    port: u16,
    _folder: tempfile::TempDir,
}

impl Drop for Alertmanager {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn program() -> PathBuf {
    let named = std::env::var_os("ALERTMANAGER").map(PathBuf::from);
    let usual = ["/usr/bin/prometheus-alertmanager", "/usr/local/bin/alertmanager", "/usr/bin/alertmanager"];
    let found = named.or_else(|| usual.iter().map(PathBuf::from).find(|path| path.exists()));
    found.expect("an Alertmanager: eval \"$(scripts/env.sh alertmanager)\"")
}

/// One that tells `receiver` of every alert at once.
async fn start(receiver: u16) -> Alertmanager {
    let folder = tempfile::Builder::new().prefix("menshen-am").tempdir().unwrap();
    let config = format!(
        "route:\n  receiver: sink\n  group_by: ['...']\n  group_wait: 10ms\n  group_interval: 100ms\n\
         receivers:\n  - name: sink\n    webhook_configs:\n      - url: http://127.0.0.1:{receiver}/\n"
    );
    fs::write(folder.path().join("config.yml"), config).unwrap();
    let port = free_port();
    let log = fs::File::create(folder.path().join("log")).unwrap();
    let flag = |name: &str, path: &Path| format!("--{name}={}", path.display());
    let child = Command::new(program())
        .arg(flag("config.file", &folder.path().join("config.yml")))
        .arg(flag("storage.path", &folder.path().join("data")))
        .arg(format!("--web.listen-address=127.0.0.1:{port}"))
        // alone: no port for peers
        .arg("--cluster.listen-address=")
        .stdin(Stdio::null())
        .stdout(log.try_clone().unwrap())
        .stderr(log)
        .spawn()
        .unwrap();
    watch(child.id(), folder.path());
    let alertmanager = Alertmanager { child, port, _folder: folder };
    until("Alertmanager is ready", async || sink::get(port, "/-/ready").await.is_some()).await;
    alertmanager
}

async fn shown(port: u16) -> Vec<Value> {
    let text = sink::get(port, "/api/v2/alerts").await.unwrap_or_default();
    serde_json::from_str(&text).unwrap_or_default()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn alertmanager_shows_an_incident_from_its_start_to_its_end() {
    let folder = tempfile::tempdir().unwrap();
    let (receiver, passed_on) = sink::web(0, 200, "").await;
    let alertmanager = start(receiver).await;
    let port = alertmanager.port;
    let working = work(
        folder.path(),
        alerts(&format!(
            "[[channel]]\nname = \"am\"\nkind = \"alertmanager\"\nurl = \"http://127.0.0.1:{port}\"\n\
             [[route]]\nchannels = [\"am\"]\n"
        )),
    );
    working.desk.note(&signal("clerk_017", 1204), &names);
    until("the alert is shown", async || !shown(port).await.is_empty()).await;
    let alert = shown(port).await.remove(0);
    let incident = working.desk.list().remove(0);
    assert_eq!(alert["labels"]["alertname"], "menshen_buyers-per-day");
    assert_eq!(alert["labels"]["severity"], "critical");
    assert_eq!(alert["labels"]["incident"], incident.id.as_str());
    assert_eq!(alert["annotations"]["persons"], "1204");
    assert_eq!(alert["status"]["state"], "active");
    assert_eq!(alert["generatorURL"], format!("http://127.0.0.1:6433/incidents/{}", incident.id));
    until("it is passed on", async || passed_on.all().iter().any(|one| one.contains("\"status\":\"firing\""))).await;
    assert!(working.desk.close(&incident.id, "uid 0", "done").is_some());
    until("it ends", async || shown(port).await.is_empty()).await;
    until("its end is passed on", async || passed_on.all().iter().any(|one| one.contains("\"status\":\"resolved\"")))
        .await;
    assert_eq!(working.desk.test("am").await, Some(Ok(())));
    assert_eq!(working.desk.test("none").await, None);
    working.finish().await;
}
