//! Incidents and alerts against real receivers, over a real crash, and at a real admin socket.

mod alertmanager;
mod console;
mod crash;
mod delivery;
mod orders;
mod sink;

use std::net::IpAddr;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use menshen::alert::io::desk::Desk;
use menshen::alert::io::send::Sender;
use menshen::model::category::Category;
use menshen::model::disclosure::{Account, Response, Severity, Signal};
use menshen::model::ids::{Digest, Oid, SessionId};
use menshen::model::principal::Principal;
use menshen::policy::alerts::Alerts;
use menshen::policy::compile;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

/// A compiled `alerts.toml`.
pub fn alerts(text: &str) -> Arc<Alerts> {
    let classification =
        "[category.\"pii/name\"]\nlevel = \"important\"\n[table.\"a.b\".columns]\nname = \"pii/name\"\n";
    let files = [
        ("policy.csv", "p, role:anyone, *, masked, *, allow\n"),
        ("classification.toml", classification),
        ("alerts.toml", text),
    ];
    let files = files.into_iter().map(|(name, text)| (name.to_owned(), text.to_owned())).collect();
    compile(&files).expect("a bundle").alerts
}

/// News of a clerk who has taken so many persons' data.
pub fn signal(user: &str, persons: u64) -> Signal {
    let principal = Principal {
        database_user: user.into(),
        application: None,
        address: Some(IpAddr::from([192, 0, 2, 7])),
        purposes: Arc::from([]),
        roles: Arc::from([Arc::from("anyone")]),
        lowered: false,
        end_user: None,
    };
    let account = Account {
        principal: Arc::new(principal),
        database: "housing".into(),
        application_name: "psql".into(),
        end_user: None,
    };
    Signal {
        rule: "buyers-per-day".into(),
        severity: Severity::Critical,
        response: Response::Block,
        observed: false,
        account: Arc::new(account),
        session: SessionId(1),
        at: SystemTime::now().duration_since(UNIX_EPOCH).expect("a clock"),
        meter: "subjects",
        count: persons,
        threshold: 1000,
        persons,
        categories: vec![(Category("pii/contact/phone".into()), persons)],
        relations: Arc::from([Oid(20_001)]),
        fingerprint: Digest([7; 32]),
        evidence: vec!["24 pages of 50 rows, 2 s apart".into()],
    }
}

pub fn names(_: Oid) -> Option<Arc<str>> {
    Some("housing.buyers".into())
}

/// A desk; its secrets are their own names.
pub fn open(folder: &Path, alerts: Arc<Alerts>) -> Desk {
    use menshen::policy::alerts::SecretName;
    let sender = Sender { host: "gate-1".into(), process: 42, console: "http://127.0.0.1:6433".into() };
    let secrets = |name: &SecretName| match name {
        SecretName::Environment(name) | SecretName::File(name) => Ok(name.to_string()),
    };
    Desk::open(folder, alerts, sender, Arc::new(secrets)).expect("a desk")
}

/// A desk at work.
pub struct Working {
    pub desk: Desk,
    stop: CancellationToken,
    task: JoinHandle<()>,
}

pub fn work(folder: &Path, alerts: Arc<Alerts>) -> Working {
    let desk = open(folder, alerts);
    let stop = CancellationToken::new();
    let task = tokio::spawn(desk.clone().run(stop.clone()));
    Working { desk, stop, task }
}

impl Working {
    pub async fn finish(self) {
        self.stop.cancel();
        self.task.await.expect("it ends");
    }
}

/// Waits until something is so.
pub async fn until(what: &str, mut so: impl AsyncFnMut() -> bool) {
    let deadline = Instant::now() + Duration::from_secs(40);
    while !so().await {
        assert!(Instant::now() < deadline, "never: {what}");
        tokio::time::sleep(Duration::from_millis(30)).await;
    }
}

/// A port of the loopback address where nobody listens.
pub fn free_port() -> u16 {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    listener.local_addr().expect("an address").port()
}
