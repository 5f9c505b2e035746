//! What a running session learns of the process around it, and tells it.

use std::sync::Arc;

use tokio::sync::watch;

use crate::audit::io::file::Waiting;
use crate::model::disclosure::{Account, Ask, Verdict};
use crate::model::event::Event;
use crate::model::principal::Principal;
use crate::model::refusal::Refusal;
use crate::session::authority::Authority;

use super::drive::{Answer, Refreshing, World};
use super::epochs::{Identity, Seat};
use super::shared::Shared;

/// The world of one session.
#[derive(Debug)]
pub struct SessionWorld {
    shared: Arc<Shared>,
    seat: Arc<Seat>,
    identity: Identity,
    /// A replication connection: its rights come from the policy alone.
    replication: bool,
    changes: watch::Receiver<u64>,
}

impl SessionWorld {
    #[must_use]
    pub fn new(shared: Arc<Shared>, seat: Seat, identity: Identity, replication: bool) -> Self {
        let changes = seat.changes();
        Self { shared, seat: Arc::new(seat), identity, replication, changes }
    }
}

impl World for SessionWorld {
    fn emit(&self, event: &Event) -> Option<Waiting> {
        self.shared.record(event)
    }

    fn generation(&self) -> u64 {
        *self.changes.borrow()
    }

    fn authority(&self) -> Option<(Arc<Principal>, Arc<Authority>)> {
        match self.replication {
            true => self.seat.replication(&self.identity),
            false => self.seat.authority_now(&self.identity),
        }
    }

    fn suspect(&self) {
        self.seat.suspect();
    }

    fn suspected(&self) -> bool {
        self.seat.suspected()
    }

    fn settle(&self) -> Refreshing {
        let seat = self.seat.clone();
        // why it failed has been logged
        Box::pin(async move { seat.settle().await.is_ok() })
    }

    fn ask(&self, _ask: Ask) -> Answer {
        Answer::Now(Verdict::Granted { wait: std::time::Duration::ZERO, chunk: 256 })
    }

    fn told(&self, _ask: Ask) {}

    fn barred(&self, _account: &Account) -> Option<Refusal> {
        None
    }

    fn cancel(&self) -> Refreshing {
        Box::pin(async { true })
    }

    fn refresh(&self) -> Refreshing {
        let seat = self.seat.clone();
        // why it failed has been logged
        Box::pin(async move { seat.refresh().await.is_ok() })
    }
}
