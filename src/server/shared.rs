//! What all sessions of the process share.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, OnceLock};
use std::time::{SystemTime, UNIX_EPOCH};

use arc_swap::ArcSwapOption;
use tokio::sync::Semaphore;
use tokio_util::sync::CancellationToken;

use crate::alert::io::desk::Desk;
use crate::audit::io::file::{Queue, Waiting};
use crate::audit::order::{self, Ordered};
use crate::audit::record;
use crate::config::Config;
use crate::console::orders::Orders;
use crate::model::disclosure::{Occasion, Signal};
use crate::model::event::Event;
use crate::model::ids::{ColumnId, SessionId};
use crate::observe::found::Found;
use crate::observe::metrics::Metrics;

use super::cancel::CancelKeys;
use super::connect::{ConnectError, Connector};
use super::epochs::{Epochs, Identity};
use super::governing::{Governing, account};
use super::tls::ClientSide;
use super::verifiers::Verifiers;

/// One per process.
#[derive(Debug)]
pub struct Shared {
    pub config: Config,
    pub connector: Connector,
    pub epochs: Arc<Epochs>,
    pub verifiers: Verifiers,
    pub client_tls: ArcSwapOption<ClientSide>,
    /// `None`: the admin port speaks plain text.
    pub admin_tls: ArcSwapOption<rustls::ServerConfig>,
    pub cancel_keys: CancelKeys,
    pub metrics: Metrics,
    pub governing: Governing,
    pub audit: Option<Queue>,
    /// Incidents, and who is told of them.
    pub desk: Desk,
    /// Who carries administrators' orders out, from the moment that there is one.
    pub orders: OnceLock<Arc<dyn Orders>>,
    /// One permit per logged-in session.
    pub sessions: Arc<Semaphore>,
    /// Cancelled when the process is to end: idle sessions say goodbye.
    pub drain: CancellationToken,
    pub(super) last_session: AtomicU64,
}

impl Shared {
    /// A number that no other session of this process has.
    #[must_use]
    pub fn next_session(&self) -> SessionId {
        SessionId(self.last_session.fetch_add(1, Ordering::Relaxed) + 1)
    }

    /// Notes whether the server could be reached.
    pub fn upstream_answered(&self, error: Option<&ConnectError>) {
        match error {
            Some(ConnectError::Unreachable(_) | ConnectError::Timeout(_)) => {
                self.metrics.upstream_up.set(0);
                self.metrics.upstream_failures.inc();
            }
            _ => self.metrics.upstream_up.set(1),
        }
    }

    /// Counts a log-in that failed, on the account of whom it spoke of. Names that anybody can make up are not counted by.
    pub fn login_failed(&self, identity: &Identity, database: &str) {
        let principal = self.epochs.principal(identity);
        let database = self.epochs.known_database(database).unwrap_or_default();
        let account = account(Arc::new(principal), &database, None);
        self.governing.login(SessionId(0), &account, Occasion::LoginFailed);
    }

    /// Writes down what an administrator ordered. What it returns must be waited for: the record is not in the file before.
    #[must_use]
    pub fn ordered(&self, ordered: &Ordered<'_>) -> Option<Waiting> {
        let audit = self.audit.as_ref()?;
        match order::line(ordered, now()) {
            Ok(line) => Some(audit.record_surely(line)),
            Err(error) => {
                tracing::error!(%error, order = ordered.order, "a record could not be written");
                None
            }
        }
    }

    /// A limit was reached, or a detector is sure.
    pub fn signal(&self, signal: Signal) {
        let Signal { rule, severity, response, observed, account, meter, count, threshold, persons, .. } = &signal;
        tracing::warn!(
            %rule, severity = severity.as_str(), response = response.as_str(), observed,
            user = %account.principal.database_user, end_user = account.end_user.as_deref(), meter, count, threshold, persons, "a limit was reached"
        );
        self.alert(&signal);
        self.tell(&Event::Signal(Box::new(signal)));
    }

    /// Passes news of the governor on to whoever is told of incidents. Never waits.
    fn alert(&self, signal: &Signal) {
        let database = &signal.account.database;
        self.desk.note(signal, &|relation| self.epochs.relation_name(database, relation));
    }

    /// Carries over to metrics how it goes with the store that replicas share.
    pub fn store_metrics(&self) {
        if let Some(status) = self.governing.counting.status() {
            self.metrics.store(status.away.unwrap_or_default(), status.outages, status.alone);
        }
    }

    /// Carries the desk's counts over to metrics.
    pub fn alert_metrics(&self) {
        let counts = self.desk.counts();
        for (channel, health) in &counts.channels {
            self.metrics.channel(channel, !health.dead, health.delivered, health.failed);
        }
        for (state, count) in counts.incidents {
            self.metrics.incidents(state.as_str(), count);
        }
        self.metrics.alerts(counts.waiting, counts.given_up, counts.write_errors);
    }

    /// Passes news on to metrics.
    pub fn tell(&self, event: &Event) {
        self.metrics.observe(event, &mut Found::default());
    }

    /// Passes a session's news on to metrics and audit. What it returns must be waited for: the record is not in the
    /// queue before. `found` is the session's.
    #[must_use]
    pub fn record(&self, event: Event, found: &mut Found) -> Option<Waiting> {
        self.metrics.observe(&event, found);
        let audit = self.audit.as_ref()?;
        match event {
            Event::Statement(statement) if record::wanted(&statement) => audit.statement(statement, now()),
            Event::OriginViolation { session, principal, relation, column } => {
                let column = ColumnId { relation, number: column };
                audit.record(record::violation(session, &principal, column, now()))
            }
            _ => None,
        }
    }
}

/// Milliseconds since 1970.
fn now() -> u64 {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    u64::try_from(now.as_millis()).unwrap_or(u64::MAX)
}
