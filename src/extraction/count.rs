//! Which meters an ask concerns, and what is added to each.

use std::time::Duration;

use crate::model::disclosure::{Ask, Disclosure, Occasion, Subject};
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
    /// Of which of the ask's shares; `None`: of all of it.
    pub share: Option<usize>,
    /// What is added beside them.
    pub number: u64,
}

/// Every meter that an ask concerns. Allocates only if there is one.
pub(super) fn counts(rules: &Rules, now: Duration, ask: &Ask) -> Vec<Count> {
    let mut counts = Vec::new();
    for (index, limit) in rules.limits.limits.iter().enumerate() {
        if !limit.scope.holds(&ask.account, now) {
            continue;
        }
        let Some((limit, id)) = rules.limit(index) else { continue };
        let slice = window::slice(now, limit.window);
        let one = |share: Option<usize>, value: &str, disclosure: &Disclosure| {
            let (persons, number) = amount(limit, ask.occasion, disclosure)?;
            let key = rules.key(id, &limit.per, &ask.account, value);
            Some(Count { limit: index, key, slice, persons, share, number })
        };
        match limit.per.iter().find_map(|per| if let Per::Dimension(name) = per { Some(name) } else { None }) {
            None => counts.extend(one(None, "", &ask.disclosure)),
            Some(name) => {
                let of = ask.disclosure.shares.iter().enumerate().filter(|(_, share)| share.dimension == *name);
                counts.extend(of.filter_map(|(index, share)| one(Some(index), &share.value, &share.of)));
            }
        }
    }
    counts
}

/// Whether an ask may add anything to a limit's meters, whoever it is about.
pub(super) fn concerns(limit: &Limit, ask: &Ask) -> bool {
    amount(limit, ask.occasion, &ask.disclosure).is_some()
}

/// What an ask adds to a limit's meter: whether its persons, and a number. `None`: it does not concern the limit.
fn amount(limit: &Limit, occasion: Occasion, disclosure: &Disclosure) -> Option<(bool, u64)> {
    match (limit.meter, occasion) {
        (Meter::Statements, Occasion::Statement)
        | (Meter::Denials, Occasion::Denial)
        | (Meter::Logins, Occasion::Login | Occasion::LoginFailed) => Some((false, 1)),
        (Meter::Statements | Meter::Denials | Meter::Logins, _) => None,
        (Meter::Probes, _) => (disclosure.probes > 0).then_some((false, disclosure.probes)),
        (_, Occasion::Rows) => disclosed(limit, disclosure),
        _ => None,
    }
}

impl Count {
    /// The ask's persons that are added, if any are.
    #[must_use]
    pub fn subjects<'a>(&self, ask: &'a Ask) -> &'a [Subject] {
        let of = match self.share {
            None => Some(&ask.disclosure),
            Some(index) => ask.disclosure.shares.get(index).map(|share| &share.of),
        };
        of.filter(|_| self.persons).map_or(&[], |disclosure| disclosure.subjects.as_slice())
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
