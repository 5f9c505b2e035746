//! What is ordered for named accounts, by limits or by an administrator: quarantines, releases, the lock-down.
//!
//! Orders are plain data: a list to show, to persist and to send to other replicas. Where two replicas disagree about
//! somebody, the later order holds.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::model::disclosure::Account;

/// Why and until when.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Order {
    /// When it was given, since the Unix epoch.
    pub at: Duration,
    /// `None`: until it is taken back.
    pub until: Option<Duration>,
    /// The limit that gave it; `None`: an administrator.
    pub limit: Option<String>,
    pub reason: String,
    /// Taken back: what was counted until then is forgiven.
    pub released: bool,
}

impl Order {
    #[must_use]
    pub fn holds(&self, now: Duration) -> bool {
        !self.released && self.until.is_none_or(|until| now < until)
    }

    /// An order holds against the one it follows, though a replica gave that whose clock is ahead.
    pub(super) fn later_than(&mut self, known: Option<&Self>) {
        if let Some(known) = known {
            self.at = self.at.max(known.at.saturating_add(Duration::from_micros(1)));
        }
    }
}

/// Every order that holds or was taken back lately.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Orders {
    /// By database user or end user.
    pub quarantined: BTreeMap<String, Order>,
    /// Everybody restricted to masks.
    pub lockdown: Option<Order>,
}

/// How long a release is remembered: as long as the longest window.
pub(super) const REMEMBERED: Duration = Duration::from_secs(31 * 86_400);

impl Orders {
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.quarantined.is_empty() && self.lockdown.is_none()
    }

    /// The quarantine of an account, by its database user or its end user.
    #[must_use]
    pub fn of(&self, account: &Account, now: Duration) -> Option<&Order> {
        names(account).filter_map(|name| self.quarantined.get(&**name)).find(|order| order.holds(now))
    }

    /// When somebody let the account go last.
    #[must_use]
    pub fn released(&self, account: &Account) -> Option<Duration> {
        let orders = names(account).filter_map(|name| self.quarantined.get(&**name));
        orders.filter(|order| order.released).map(|order| order.at).max()
    }

    #[must_use]
    pub fn locked(&self, now: Duration) -> bool {
        self.lockdown.as_ref().is_some_and(|order| order.holds(now))
    }

    /// Takes over what another replica, or the store, knows: later orders hold. Whether anything was new.
    pub fn merge(&mut self, other: &Self) -> bool {
        let mut new = false;
        for (who, order) in &other.quarantined {
            if self.quarantined.get(who).is_none_or(|known| known.at < order.at) {
                self.quarantined.insert(who.clone(), order.clone());
                new = true;
            }
        }
        if let Some(order) = &other.lockdown
            && self.lockdown.as_ref().is_none_or(|known| known.at < order.at)
        {
            self.lockdown = Some(order.clone());
            new = true;
        }
        new
    }

    /// Forgets orders that ended long ago.
    pub fn sweep(&mut self, now: Duration) {
        let kept = |order: &Order| order.holds(now) || now.saturating_sub(order.at) < REMEMBERED;
        self.quarantined.retain(|_, order| kept(order));
        self.lockdown.take_if(|order| !kept(order));
    }
}

/// Names that an order may be about: an end user is quarantined alone, not the application that speaks for it.
fn names(account: &Account) -> impl Iterator<Item = &Arc<str>> {
    account.end_user.iter().chain([&account.principal.database_user])
}

/// Whom an order of a limit is about.
#[must_use]
pub fn name(account: &Account) -> &Arc<str> {
    account.end_user.as_ref().unwrap_or(&account.principal.database_user)
}
