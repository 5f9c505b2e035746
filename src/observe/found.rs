//! The counters that one session's news go into: a session says much the same again and again.

use std::sync::Arc;

use prometheus::IntCounter;

use crate::model::facts::Facts;
use crate::model::principal::Principal;

/// What was looked up last, each for as long as it is asked for again.
#[derive(Debug, Default)]
pub struct Found {
    /// Rows and bytes that were relayed, by role.
    pub(super) relayed: Kept<Arc<Principal>, [IntCounter; 2]>,
    /// Persons, by role.
    pub(super) persons: Kept<Arc<Principal>, IntCounter>,
    /// Rows and bytes of results, by role, category and right.
    pub(super) results: Kept<Statement, [IntCounter; 2]>,
}

/// Whose statement, and which: of a query string's statements, the one at a position.
pub(super) type Statement = (Arc<Principal>, Arc<[Facts]>, usize);

/// The counters of something.
#[derive(Debug)]
pub(super) struct Kept<K, C> {
    of: Option<K>,
    counters: Vec<C>,
}

impl<K, C> Default for Kept<K, C> {
    fn default() -> Self {
        Self { of: None, counters: Vec::new() }
    }
}

impl<K, C> Kept<K, C> {
    /// Those that were kept, if they are of the same; what is found now, if not.
    pub(super) fn get(
        &mut self,
        same: impl FnOnce(&K) -> bool,
        of: impl FnOnce() -> K,
        find: impl FnOnce() -> Vec<C>,
    ) -> &[C] {
        if !self.of.as_ref().is_some_and(same) {
            (self.of, self.counters) = (Some(of()), find());
        }
        &self.counters
    }
}
