//! The governor carries out what administrators order at the console.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use crate::console::orders::{Kind, Order, OrderError, Orders, Wanted};
use crate::extraction::governor::Governor;
use crate::extraction::orders as governed;

/// The orders of a governor.
pub struct Governed {
    governor: Arc<Governor>,
    clock: Box<dyn Fn() -> Duration + Send + Sync>,
    changed: Box<dyn Fn() + Send + Sync>,
}

impl fmt::Debug for Governed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Governed").field("governor", &self.governor).finish_non_exhaustive()
    }
}

impl Governed {
    /// `clock`: the time by which the governor counts, since the Unix epoch; `changed` is called when an order is in
    /// force or lifted, so that sessions that are running learn of it.
    #[must_use]
    pub fn new(
        governor: Arc<Governor>,
        clock: impl Fn() -> Duration + Send + Sync + 'static,
        changed: impl Fn() + Send + Sync + 'static,
    ) -> Self {
        Self { governor, clock: Box::new(clock), changed: Box::new(changed) }
    }
}

impl Orders for Governed {
    fn quarantine(&self, who: &str, wanted: &Wanted) -> Result<Order, OrderError> {
        let now = (self.clock)();
        self.governor.quarantine(now, who, wanted.duration.map(|time| now + time), &reason(wanted));
        (self.changed)();
        let order = self.governor.orders_listed().quarantined.get(who).filter(|order| order.holds(now)).cloned();
        let order = order.ok_or_else(|| OrderError::Failed("the order did not hold".to_owned()))?;
        Ok(shown(Kind::Quarantine, Some(who.to_owned()), &order))
    }

    fn release(&self, who: &str, wanted: &Wanted) -> Result<(), OrderError> {
        // who is slowed or downgraded by a limit has no order, and is let go all the same
        self.governor.release((self.clock)(), who, &reason(wanted));
        (self.changed)();
        Ok(())
    }

    fn lockdown(&self, wanted: &Wanted) -> Result<Order, OrderError> {
        let now = (self.clock)();
        self.governor.lockdown(now, wanted.duration.map(|time| now + time), &reason(wanted));
        (self.changed)();
        let order = self.governor.orders_listed().lockdown.filter(|order| order.holds(now));
        let order = order.ok_or_else(|| OrderError::Failed("the order did not hold".to_owned()))?;
        Ok(shown(Kind::Lockdown, None, &order))
    }

    fn end_lockdown(&self, wanted: &Wanted) -> Result<(), OrderError> {
        let now = (self.clock)();
        if !self.governor.orders_listed().locked(now) {
            return Err(OrderError::Absent("no lock-down".to_owned()));
        }
        self.governor.end_lockdown(now, &reason(wanted));
        (self.changed)();
        Ok(())
    }

    fn list(&self) -> Vec<Order> {
        let (now, orders) = ((self.clock)(), self.governor.orders_listed());
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

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicU64, Ordering};

    use super::*;
    use crate::policy::limits::Limits;

    #[test]
    fn what_is_ordered_is_in_force_listed_with_its_reason_and_lifted() {
        let told = Arc::new(AtomicU64::new(0));
        let count = told.clone();
        let governor = Arc::new(Governor::new(Arc::new(Limits::default()), [0; 32]));
        let clock = || Duration::from_secs(1_000_000);
        let orders = Governed::new(governor, clock, move || _ = count.fetch_add(1, Ordering::Relaxed));
        let wanted = |duration| Wanted { duration, reason: "incident 1 · twice".into(), by: "uid 0".into() };
        let order = orders.quarantine("clerk", &wanted(Some(Duration::from_secs(60)))).unwrap();
        assert_eq!((order.since, order.until), (1_000_000_000, Some(1_000_060_000)));
        assert_eq!((order.reason.as_str(), order.by.as_str()), ("incident 1 · twice", "uid 0"));
        orders.lockdown(&wanted(None)).unwrap();
        assert_eq!(
            orders.list().iter().map(|order| order.kind).collect::<Vec<_>>(),
            [Kind::Lockdown, Kind::Quarantine]
        );
        orders.release("clerk", &wanted(None)).unwrap();
        orders.end_lockdown(&wanted(None)).unwrap();
        assert_eq!(orders.list(), []);
        assert!(matches!(orders.end_lockdown(&wanted(None)), Err(OrderError::Absent(_))));
        assert_eq!(told.load(Ordering::Relaxed), 4);
    }
}
