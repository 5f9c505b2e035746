//! The governor carries out what administrators order at the console.

use std::sync::Arc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use crate::console::orders::{Kind, Order, OrderError, Orders, Wanted};
use crate::extraction::governor::Governor;
use crate::extraction::orders as governed;

/// The orders of a governor.
#[derive(Debug)]
pub struct Governed(pub Arc<Governor>);

impl Orders for Governed {
    fn quarantine(&self, who: &str, wanted: &Wanted) -> Result<Order, OrderError> {
        let now = now();
        self.0.quarantine(now, who, wanted.duration.map(|time| now + time), &reason(wanted));
        let order = self.0.orders_listed().quarantined.get(who).filter(|order| order.holds(now)).cloned();
        let order = order.ok_or_else(|| OrderError::Failed("the order did not hold".to_owned()))?;
        Ok(shown(Kind::Quarantine, Some(who.to_owned()), &order))
    }

    fn release(&self, who: &str, wanted: &Wanted) -> Result<(), OrderError> {
        // who is slowed or downgraded by a limit has no order, and is let go all the same
        self.0.release(now(), who, &reason(wanted));
        Ok(())
    }

    fn lockdown(&self, wanted: &Wanted) -> Result<Order, OrderError> {
        let now = now();
        self.0.lockdown(now, wanted.duration.map(|time| now + time), &reason(wanted));
        let order = self.0.orders_listed().lockdown.filter(|order| order.holds(now));
        let order = order.ok_or_else(|| OrderError::Failed("the order did not hold".to_owned()))?;
        Ok(shown(Kind::Lockdown, None, &order))
    }

    fn end_lockdown(&self, wanted: &Wanted) -> Result<(), OrderError> {
        let now = now();
        if !self.0.orders_listed().locked(now) {
            return Err(OrderError::Absent("no lock-down".to_owned()));
        }
        self.0.end_lockdown(now, &reason(wanted));
        Ok(())
    }

    fn list(&self) -> Vec<Order> {
        let (now, orders) = (now(), self.0.orders_listed());
        let locked = orders.lockdown.iter().filter(|order| order.holds(now));
        let locked = locked.map(|order| shown(Kind::Lockdown, None, order));
        let held = orders.quarantined.iter().filter(|(_, order)| order.holds(now));
        locked.chain(held.map(|(who, order)| shown(Kind::Quarantine, Some(who.clone()), order))).collect()
    }
}

/// Ends a reason and begins the name of who gave it.
const BY: &str = " · ";

fn reason(wanted: &Wanted) -> String {
    format!("{}{BY}{}", wanted.reason, wanted.by)
}

fn shown(kind: Kind, who: Option<String>, order: &governed::Order) -> Order {
    let (reason, by) = match &order.limit {
        Some(limit) => (order.reason.as_str(), limit.as_str()),
        None => order.reason.rsplit_once(BY).unwrap_or((&order.reason, "an administrator")),
    };
    Order {
        kind,
        who,
        since: milliseconds(order.at),
        until: order.until.map(milliseconds),
        reason: reason.to_owned(),
        by: by.to_owned(),
    }
}

fn milliseconds(time: Duration) -> u64 {
    u64::try_from(time.as_millis()).unwrap_or(u64::MAX)
}

fn now() -> Duration {
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default()
}
