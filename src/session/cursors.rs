//! Cursors of SQL: from DECLARE to CLOSE, or to the end of their transaction.

use std::sync::Arc;

use crate::grammar::{self, Node};
use crate::model::facts::{Facts, SessionEffect, StatementClass};

use super::machine::Machine;
use super::meter::Run;
use super::names::{self, DOUBTED, Portal, Prepared, Source};

/// So many cursors are known by name. One that lasts costs the server all of its rows; those that a transaction has
/// taken back are known, too.
const CURSORS_MAX: usize = 1024;

/// Whether it is a CLOSE: the other statements of cursors have an effect on a name.
pub(super) fn closes(facts: &Facts) -> bool {
    let named = |effect: &SessionEffect| matches!(effect, SessionEffect::Declare(_) | SessionEffect::Fetch(_));
    facts.class == StatementClass::Cursor && !facts.effects.iter().any(named)
}

/// Whether a cursor that the text declares may outlive its transaction: the word stands in it.
fn lasts(source: &Source) -> bool {
    source.text.windows(4).any(|word| word.eq_ignore_ascii_case(b"hold"))
}

impl Machine {
    /// The server has declared a cursor.
    pub(super) fn declared(&mut self, name: &[u8], prepared: Arc<Prepared>, run: &Run) {
        let (era, authority) = match &run.under {
            Some((under, authority)) => (under.era, authority),
            None => (DOUBTED, &self.authority),
        };
        let held = prepared.source.as_deref().is_none_or(lasts);
        let portal = Portal { held, ..Portal::new(prepared, Arc::clone(authority), Box::default(), era) };
        self.portals.confirm(name, None);
        let known = self.cursors.count() < CURSORS_MAX || self.cursors.get(name).is_some();
        self.cursors.confirm(name, known.then(|| Arc::new(portal)));
    }

    /// The server has closed what the statement says.
    pub(super) fn closed(&mut self, run: &Run) {
        let text = run.source.as_ref().and_then(|source| self.encoding.decode(&source.text).ok());
        let tree = text.as_deref().and_then(|text| grammar::parse(text).ok());
        let statement = tree.as_ref().and_then(|tree| tree.statements().nth(run.index));
        match statement.map(|statement| statement.stmt()) {
            Some(Node::ClosePortalStmt(close)) => match close.portalname() {
                Some(name) => {
                    self.portals.confirm(names::key(name), None);
                    self.cursors.confirm(names::key(name), None);
                }
                None => self.closed_all(),
            },
            // it was made by a text that nobody has: by now nothing is known
            _ => self.closed_all(),
        }
    }

    /// Every cursor and portal is gone, but for the portal that says so.
    pub(super) fn closed_all(&mut self) {
        self.portals.clear_named();
        self.cursors.clear();
    }
}
