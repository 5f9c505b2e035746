//! Which meters an ask concerns, and what is added to each.

use std::time::Duration;

use crate::model::disclosure::{Ask, Disclosure, Occasion};
use crate::policy::limits::{Limit, Meter, Per};

use super::rules::Rules;
use super::window;

/// What is to be added to one meter, here and in a shared store.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Count {
    /// The limit's position in the `Limits` that were in force.
    pub limit: usize,
    /// The meter: a keyed digest of the limit and of whose takings it adds up.
    pub key: u64,
    /// The number of the window's slice that it is added to; the total is that of this one and the 24 before.
    pub slice: u64,
    /// Whether the ask's persons are added, as distinct ones.
    pub persons: bool,
    /// What is added beside them. Zero without persons: the meter is only read.
    pub number: u64,
}

/// Every meter that an ask concerns. Allocates only if there is one.
pub(super) fn counts(rules: &Rules, now: Duration, ask: &Ask) -> Vec<Count> {
    let mut counts = Vec::new();
    for (index, limit) in rules.limits.limits.iter().enumerate() {
        let Some((persons, number)) = amount(limit, ask) else { continue };
        if !limit.scope.holds(&ask.account, now) {
            continue;
        }
        let Some((limit, id)) = rules.limit(index) else { continue };
        let slice = window::slice(now, limit.window);
        let one = |value: &str, number: u64| Count {
            limit: index,
            key: rules.key(id, &limit.per, &ask.account, value),
            slice,
            persons,
            number,
        };
        match limit.per.iter().find_map(|per| if let Per::Dimension(name) = per { Some(name) } else { None }) {
            None => counts.push(one("", number)),
            Some(name) => {
                // An upper bound where a chunk has rows of several values: what is not rows counts for each of them.
                let of = ask.disclosure.dimensions.iter().filter(|(dimension, ..)| dimension == name);
                let rows = |rows: u64| if limit.meter == Meter::Rows { rows } else { number };
                counts.extend(of.map(|(_, value, n)| one(value, rows(*n))));
            }
        }
    }
    counts
}

/// What an ask adds to a limit's meter: whether its persons, and a number. `None`: it does not concern the limit.
///
/// When a statement starts, meters of what it may disclose are read, so that its first chunk is no larger than what
/// is left.
fn amount(limit: &Limit, ask: &Ask) -> Option<(bool, u64)> {
    let disclosure = &ask.disclosure;
    match (limit.meter, ask.occasion) {
        (Meter::Statements, Occasion::Statement)
        | (Meter::Denials, Occasion::Denial)
        | (Meter::Logins, Occasion::Login | Occasion::LoginFailed) => Some((false, 1)),
        (Meter::Statements | Meter::Denials | Meter::Logins, _) => None,
        (Meter::Probes, Occasion::Statement | Occasion::Denial) => Some((false, disclosure.probes)),
        (Meter::Probes, _) => (disclosure.probes > 0).then_some((false, disclosure.probes)),
        (_, Occasion::Statement) if disclosure.rows == 0 => Some((false, 0)),
        (_, Occasion::Statement | Occasion::Rows) => disclosed(limit, disclosure),
        _ => None,
    }
}

fn disclosed(limit: &Limit, disclosure: &Disclosure) -> Option<(bool, u64)> {
    let cells = disclosure.cells.iter().filter(|(category, _)| limit.counts(category));
    // rows and bytes of masked values count, persons and cells do not
    let masked = matches!(limit.meter, Meter::Rows | Meter::Bytes);
    if !limit.categories.is_empty() && !cells.clone().any(|(_, clear)| masked || *clear > 0) {
        return None;
    }
    match limit.meter {
        Meter::Rows => Some((false, disclosure.rows)),
        Meter::Subjects => Some((true, disclosure.unnamed)),
        Meter::Cells => Some((false, cells.map(|(_, count)| count).sum())),
        Meter::Bytes => Some((false, disclosure.bytes)),
        Meter::Statements | Meter::Denials | Meter::Logins | Meter::Probes => None,
    }
}
