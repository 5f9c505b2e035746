//! One session's way to the governor: on whose account it is counted, and what time it is.

use std::sync::Arc;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use crate::extraction::Governor;
use crate::model::disclosure::{Account, Ask, Signal, Verdict};
use crate::model::ids::SessionId;
use crate::model::principal::Principal;
use crate::model::refusal::{Reason, Refusal};
use crate::session::meter::Meter;

/// The governor and the clock that it is asked by. A jump of the wall clock moves no window: time is the wall clock's at
/// the start of the process, and what has passed since.
#[derive(Debug)]
pub struct Governing {
    governor: Arc<Governor>,
    key: Arc<[u8; 32]>,
    began: Instant,
    at: Duration,
}

impl Governing {
    #[must_use]
    pub fn new(governor: Arc<Governor>, key: [u8; 32]) -> Self {
        let at = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        Self { governor, key: Arc::new(key), began: Instant::now(), at }
    }

    /// Since the Unix epoch.
    #[must_use]
    pub fn now(&self) -> Duration {
        self.at + self.began.elapsed()
    }

    #[must_use]
    pub fn governor(&self) -> &Arc<Governor> {
        &self.governor
    }

    /// The meter of a session.
    #[must_use]
    pub fn meter(&self, session: SessionId, account: Arc<Account>) -> Meter {
        Meter::new(session, account, Arc::clone(&self.key))
    }

    pub fn ask(&self, ask: &Ask) -> (Verdict, Vec<Signal>) {
        self.governor.ask(self.now(), ask)
    }

    /// Why an account may not start statements on protected columns.
    #[must_use]
    pub fn barred(&self, account: &Account) -> Option<Refusal> {
        if !self.governor.concerns(account) {
            return None;
        }
        let (limit, hint) = self.governor.refused(self.now(), account)?;
        Some(Refusal::new(Reason::Limit, format!("limit \"{limit}\" is reached")).hint(hint.to_string()))
    }

    /// Whether an account reads masks at best.
    #[must_use]
    pub fn lowered(&self, account: &Account) -> bool {
        self.governor.concerns(account) && self.governor.downgraded(self.now(), account).is_some()
    }
}

/// The account of a session that has just begun.
#[must_use]
pub fn account(principal: Arc<Principal>, database: &Arc<str>, application_name: Option<&Arc<str>>) -> Arc<Account> {
    let application_name = application_name.map_or_else(|| "".into(), Arc::clone);
    Arc::new(Account { principal, database: Arc::clone(database), application_name, end_user: None })
}
