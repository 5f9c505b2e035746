//! What a running session learns of the process around it, and tells it.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use tokio::sync::watch;

use crate::audit::io::file::Waiting;
use crate::extraction::io::Asked;
use crate::model::disclosure::{Account, Ask, Signal, Verdict};
use crate::model::event::Event;
use crate::model::ids::SessionId;
use crate::model::principal::Principal;
use crate::model::refusal::Refusal;
use crate::observe::found::Found;
use crate::session::authority::Authority;
use crate::session::speaker::Speaker;
use crate::session::{Barred, Change, Test};

use super::cancel::Requests;
use super::connect::CancelKey;
use super::drive::{Answer, Refreshing, World};
use super::epochs::{Identity, Seat};
use super::governing::account;
use super::shared::Shared;

/// Names are asked about again after this long, however long they are believed.
const FAR: Duration = Duration::from_secs(24 * 3600);

/// The world of one session.
#[derive(Debug)]
pub struct SessionWorld {
    shared: Arc<Shared>,
    session: SessionId,
    seat: Arc<Seat>,
    database: Arc<str>,
    /// Who is asking, and on whose account it is counted.
    asking: Mutex<(Identity, Arc<Account>)>,
    /// A replication connection: its rights come from the policy alone.
    replication: bool,
    changes: watch::Receiver<u64>,
    /// Where its news are counted.
    found: Mutex<Found>,
    /// Names the session to the server.
    key: Option<CancelKey>,
    /// Counts the client's cancel requests.
    cancels: watch::Sender<Requests>,
}

impl SessionWorld {
    #[must_use]
    pub fn new(
        shared: Arc<Shared>,
        session: SessionId,
        seat: Seat,
        identity: Identity,
        replication: bool,
        account: Arc<Account>,
        key: Option<CancelKey>,
    ) -> Self {
        let changes = seat.changes();
        let cancels = watch::Sender::default();
        let seat = Arc::new(seat);
        let (database, asking) = (Arc::clone(&account.database), Mutex::new((identity, account)));
        Self { shared, session, seat, database, asking, replication, changes, found: Mutex::default(), key, cancels }
    }

    fn asking(&self) -> MutexGuard<'_, (Identity, Arc<Account>)> {
        // it is replaced as a whole
        self.asking.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn account(&self) -> Arc<Account> {
        Arc::clone(&self.asking().1)
    }

    /// The principal, its rights and its account, masks for those who are lowered.
    fn judged(&self, identity: &Identity) -> Option<(Arc<Principal>, Arc<Authority>, Arc<Account>)> {
        let judge = |lowered| {
            let (principal, authority) = self.seat.authority_now(&Identity { lowered, ..identity.clone() })?;
            let account = account(Arc::clone(&principal), &self.database, identity.application_name.as_ref());
            Some((principal, authority, account))
        };
        let (principal, authority, account) = judge(false)?;
        if self.shared.governing.lowered(&account) { judge(true) } else { Some((principal, authority, account)) }
    }

    /// Where the client's cancel requests are counted.
    #[must_use]
    pub fn cancels(&self) -> watch::Sender<Requests> {
        self.cancels.clone()
    }
}

/// Passes the governor's news on.
fn heard(shared: &Shared, (verdict, signals): (Verdict, Vec<Signal>)) -> Verdict {
    signals.into_iter().for_each(|signal| shared.signal(signal));
    shared.metrics.verdict(&verdict);
    verdict
}

impl World for SessionWorld {
    fn emit(&self, event: Event) -> Option<Waiting> {
        self.shared.record(event, &mut self.found.lock().unwrap_or_else(PoisonError::into_inner))
    }

    fn generation(&self) -> (u64, bool) {
        let governing = &self.shared.governing;
        (*self.changes.borrow(), governing.lowers() && governing.lowered(&self.account()))
    }

    fn authority(&self) -> Option<Change> {
        let (identity, account) = self.asking().clone();
        let governing = &self.shared.governing;
        if self.replication {
            let identity = Identity { lowered: governing.lowered(&account), ..identity };
            let (principal, authority) = self.seat.replication(&identity)?;
            return Some(Change { principal, authority, meter: None });
        }
        let (principal, authority, account) = self.judged(&identity)?;
        *self.asking() = (identity, Arc::clone(&account));
        let counted = authority.rights.named_by().is_some() || governing.governor().counts(&account);
        let meter = counted.then(|| governing.meter(self.session, account));
        Some(Change { principal, authority, meter })
    }

    fn speak(&self, said: &str) -> Option<Speaker> {
        let (identity, _) = self.asking().clone();
        let (instant, now) = (Instant::now(), SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default());
        let (end_user, doubt) = match self.seat.person(&identity, said, now) {
            Ok(person) => (person, None),
            Err(doubt) => (None, Some(doubt)),
        };
        let until = end_user.as_ref().and_then(|person| person.until);
        let until = until.map(|until| instant + until.saturating_sub(now).min(FAR));
        let identity = Identity { end_user, ..identity };
        let (principal, authority, account) = self.judged(&identity)?;
        *self.asking() = (identity, Arc::clone(&account));
        Some(Speaker { principal, authority, account, doubt, until })
    }

    fn suspect(&self) {
        self.seat.suspect();
    }

    fn suspicions(&self) -> u64 {
        self.seat.suspicions()
    }

    fn is_settled(&self, suspicions: u64) -> bool {
        self.seat.is_settled(suspicions)
    }

    fn settle(&self, suspicions: u64) -> Refreshing {
        let seat = self.seat.clone();
        // why it failed has been logged
        Box::pin(async move { seat.settle(suspicions).await.is_ok() })
    }

    fn ask(&self, ask: Ask) -> Answer {
        match self.shared.governing.ask(ask) {
            Asked::Now(verdict, signals) => Answer::Now(heard(&self.shared, (verdict, signals))),
            Asked::Later(later) => {
                let shared = self.shared.clone();
                Answer::Later(Box::pin(async move { heard(&shared, later.await) }))
            }
        }
    }

    fn told(&self, ask: Ask) {
        self.shared.governing.tell(ask);
    }

    fn barred(&self) -> Option<Barred> {
        self.shared.governing.barred(&self.account())
    }

    fn test(&self, test: Test) -> Option<Refusal> {
        self.shared.governing.test(test)
    }

    fn cancel(&self) -> Refreshing {
        let (shared, key) = (self.shared.clone(), self.key.clone());
        Box::pin(async move {
            let Some(key) = key else { return false };
            let cancelled = shared.connector.cancel(&key).await;
            cancelled.inspect_err(|error| tracing::warn!(%error, "a statement could not be cancelled")).is_ok()
        })
    }

    fn cancelled(&self) -> watch::Receiver<Requests> {
        self.cancels.subscribe()
    }

    fn refresh(&self) -> Refreshing {
        let seat = self.seat.clone();
        // why it failed has been logged
        Box::pin(async move { seat.refresh().await.is_ok() })
    }
}
