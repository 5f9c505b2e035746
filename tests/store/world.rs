//! What the tests share: one limit, one account, replicas, asks.

use std::path::Path;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use menshen::extraction::Governor;
use menshen::extraction::io::redis::Settings as Shared;
use menshen::extraction::io::{Counting, Settings, StartError};
use menshen::model::disclosure::{Account, Ask, Disclosure, Occasion, Response, Signal, Subject, Verdict};
use menshen::model::ids::{Digest, SessionId};
use menshen::model::person;
use menshen::model::principal::Principal;
use menshen::policy::limits::{Identity, Limit, Limits, Meter, Mode, Per, Scope, Step, Threshold};
use tempfile::TempDir;
use tokio::runtime::Handle;

use crate::server::Server;

pub const KEY: [u8; 32] = [7; 32];
pub const MOST: u64 = 10_000;
pub const HOUR: Duration = Duration::from_secs(3_600);

/// More than [`MOST`] of the meter within an hour are blocked; a replica alone goes on with 3 tenths.
pub fn limits(meter: Meter) -> Arc<Limits> {
    let step = Step { at: Threshold::Absolute(MOST), response: Response::Block, rate: None, lasts: None };
    let limit = Limit {
        name: "most".into(),
        scope: Scope::default(),
        per: vec![Per::Principal],
        meter,
        categories: Vec::new(),
        window: HOUR,
        mode: Mode::Enforce,
        steps: vec![step],
        release: 0.8,
        ask: None,
        hint: "ask".into(),
        identity: Identity(format!("most {}", meter.as_str()).into()),
    };
    Arc::new(Limits { limits: vec![Arc::new(limit)], share: 0.3, ..Limits::default() })
}

pub fn account(name: &str) -> Arc<Account> {
    let principal = Principal {
        database_user: name.into(),
        application: None,
        address: None,
        purposes: [].into(),
        roles: [].into(),
        lowered: false,
        end_user: None,
    };
    Arc::new(Account {
        principal: Arc::new(principal),
        database: "db".into(),
        application_name: "test".into(),
        end_user: None,
    })
}

/// So many rows with so many persons, from a number on.
pub fn ask(account: &Arc<Account>, first: u64, persons: u64) -> Ask {
    let subject = |number: u64| Subject { digest: person::digest(&KEY, "t", &number.to_string()), number: None };
    let subjects = (first..first + persons).map(subject).collect();
    Ask {
        session: SessionId(1),
        account: Arc::clone(account),
        occasion: Occasion::Rows,
        fingerprint: Digest::default(),
        relations: [].into(),
        disclosure: Disclosure { rows: persons, bytes: persons * 10, subjects, ..Disclosure::default() },
    }
}

/// A process as far as counting goes, with a clock that can be set.
pub struct Replica {
    pub counting: Counting,
    pub heard: Arc<Mutex<Vec<Signal>>>,
    ahead: Arc<AtomicI64>,
    _folder: TempDir,
}

impl Replica {
    pub fn start(meter: Meter, server: &Server) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let (ahead, heard) = (Arc::new(AtomicI64::new(0)), Arc::default());
        let counting = begin(folder.path(), limits(meter), Some(at(server.url(), None)), &ahead, &heard).unwrap();
        Self { counting, heard, ahead, _folder: folder }
    }

    pub fn now(&self) -> Duration {
        clock(&self.ahead)
    }

    /// Sets the clock, seconds from what it is.
    pub fn jump(&self, seconds: i64) {
        self.ahead.fetch_add(seconds, Ordering::Relaxed);
    }

    /// Whether it was granted, and rows of the next chunk.
    pub async fn granted(&self, ask: Ask) -> Option<u64> {
        match self.counting.ask(self.now(), ask).answer().await.0 {
            Verdict::Granted { chunk, .. } => Some(chunk.into()),
            _ => None,
        }
    }
}

fn clock(ahead: &AtomicI64) -> Duration {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
    let ahead = ahead.load(Ordering::Relaxed);
    if ahead < 0 { now - Duration::from_secs(ahead.unsigned_abs()) } else { now + Duration::from_secs(ahead as u64) }
}

fn begin(
    folder: &Path,
    limits: Arc<Limits>,
    shared: Option<Shared>,
    ahead: &Arc<AtomicI64>,
    heard: &Arc<Mutex<Vec<Signal>>>,
) -> Result<Counting, StartError> {
    let (ahead, heard) = (Arc::clone(ahead), Arc::clone(heard));
    let settings = Settings {
        folder: folder.to_owned(),
        shared,
        clock: Arc::new(move || clock(&ahead)),
        hear: Arc::new(move |signals| heard.lock().unwrap().extend(signals)),
    };
    Counting::start(Arc::new(Governor::new(limits, KEY)), settings, &Handle::current())
}

fn at(url: String, password: Option<&str>) -> Shared {
    Shared { url, password: password.map(str::to_owned), timeout: Duration::from_millis(250) }
}

/// A process that shares what it counts.
pub fn sharing(folder: &Path, meter: Meter, url: String, password: Option<&str>) -> Counting {
    begin(folder, limits(meter), Some(at(url, password)), &Arc::default(), &Arc::default()).unwrap()
}

/// A process that counts alone, in a folder.
pub fn alone(folder: &Path, meter: Meter) -> Result<Counting, StartError> {
    begin(folder, limits(meter), None, &Arc::default(), &Arc::default())
}

pub fn now() -> Duration {
    clock(&AtomicI64::new(0))
}

/// What has been counted for an account.
pub fn total(counting: &Counting, account: &Arc<Account>) -> u64 {
    counting.governor().count(now(), &ask(account, 0, 0)).totals[0]
}

/// Three replicas of one server that have reached it.
pub async fn replicas(meter: Meter, server: &Server) -> Vec<Replica> {
    let replicas: Vec<Replica> = (0..3).map(|_| Replica::start(meter, server)).collect();
    for replica in &replicas {
        assert!(replica.counting.ready(Duration::from_secs(10)).await);
    }
    replicas
}
