//! Orders on their way from replica to replica: how they stand in the shared store.

use std::collections::HashMap;

use crate::extraction::orders::{Order, Orders, REMEMBERED};

/// Takes over later orders: [`orders.lua`](../../../../src/extraction/io/orders.lua).
pub(super) const SCRIPT: &str = include_str!("orders.lua");

/// What the lock-down stands under; accounts stand under `q:` and their name.
const LOCKDOWN: &str = "lockdown";
const QUARANTINE: &str = "q:";

/// Digits of the two numbers before an order.
const DIGITS: usize = 20;

/// Each order, and whom it is about.
pub(super) fn written(orders: &Orders) -> Vec<(String, String)> {
    let named = orders.quarantined.iter().map(|(who, order)| (format!("{QUARANTINE}{who}"), order));
    let all = named.chain(orders.lockdown.iter().map(|order| (LOCKDOWN.to_owned(), order)));
    all.filter_map(|(who, order)| Some((who, text(order)?))).collect()
}

fn text(order: &Order) -> Option<String> {
    let remembered = match order.until {
        None if !order.released => 0,
        until => until.unwrap_or_default().max(order.at.saturating_add(REMEMBERED)).as_micros(),
    };
    let json = serde_json::to_string(order).ok()?;
    Some(format!("{:020} {remembered:020} {json}", order.at.as_nanos()))
}

/// The orders that stand in a store; what makes no sense is left out, and complained of.
pub(super) fn received(all: &HashMap<String, String>) -> Orders {
    let mut orders = Orders::default();
    for (who, text) in all {
        let json = text.get(2 * DIGITS + 2..).unwrap_or_default();
        let Ok(order) = serde_json::from_str(json) else {
            tracing::error!(who, "an order in the shared store of extraction cannot be read");
            continue;
        };
        match who.strip_prefix(QUARANTINE) {
            Some(name) => _ = orders.quarantined.insert(name.to_owned(), order),
            None if who == LOCKDOWN => orders.lockdown = Some(order),
            None => {}
        }
    }
    orders
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn orders_arrive_as_they_were_given() {
        let at = Duration::from_nanos(1_800_000_000_123_456_789);
        let order =
            |until, released| Order { at, until, limit: Some("l".into()), reason: "为什么".into(), released };
        let mut orders = Orders { lockdown: Some(order(None, false)), ..Orders::default() };
        orders.quarantined.insert("q:li".into(), order(Some(at * 2), false));
        orders.quarantined.insert("王".into(), order(None, true));
        let written = written(&orders);
        assert_eq!(received(&written.iter().cloned().collect()), orders);
        let remembered = |name: &str| written.iter().find(|(who, _)| who == name).unwrap().1[21..41].parse::<u128>();
        assert_eq!(remembered("lockdown"), Ok(0));
        assert_eq!(remembered("q:q:li"), Ok((at * 2).as_micros()));
        assert_eq!(remembered("q:王"), Ok((at + REMEMBERED).as_micros()));
    }
}
