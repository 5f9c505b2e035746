//! Cursors of SQL: from DECLARE to CLOSE, or to the end of their transaction.

use std::sync::Arc;

use super::machine::Machine;
use super::meter::Run;
use super::names::{DOUBTED, Portal, Prepared};

/// So many cursors are known by name. One that lasts costs the server all of its rows; those that a transaction has
/// taken back are known, too.
const CURSORS_MAX: usize = 1024;

impl Machine {
    /// The server has declared a cursor; `held`: it outlives its transaction.
    pub(super) fn declared(&mut self, name: &[u8], held: bool, prepared: Arc<Prepared>, run: &Run) {
        let (era, authority) = match &run.under {
            Some((under, authority)) => (under.era, authority),
            None => (DOUBTED, &self.authority),
        };
        let portal = Portal { held, ..Portal::new(prepared, Arc::clone(authority), Box::default(), era) };
        self.portals.confirm(name, None);
        let known = self.cursors.count() < CURSORS_MAX || self.cursors.get(name).is_some();
        self.cursors.confirm(name, known.then(|| Arc::new(portal)));
    }

    /// The server has closed a cursor or portal.
    pub(super) fn closed(&mut self, name: &[u8]) {
        self.portals.confirm(name, None);
        self.cursors.confirm(name, None);
    }

    /// Every cursor and portal is gone, but for the portal that says so.
    pub(super) fn closed_all(&mut self) {
        self.portals.clear_named();
        self.cursors.clear();
    }
}
