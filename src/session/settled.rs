//! Whether the books of names say what the server will find: a name that something on its way may yet change is waited
//! for.

use crate::model::facts::SessionEffect;

use super::authority::Analysed;
use super::effect::Effects;
use super::expect::{Expect, Of};
use super::machine::Machine;
use super::names::{self, Prepared};

impl Machine {
    pub(super) fn look_ahead(&mut self, ahead: bool) {
        self.statements.look_ahead(ahead);
        self.portals.look_ahead(ahead);
        self.cursors.look_ahead(ahead);
    }

    /// A message is on its way, with what it does to names.
    pub(super) fn expect(&mut self, entry: Expect) {
        self.note_ahead(&entry, self.segment);
        self.naming |= entry.names();
        self.segment = self.segment.wrapping_add(u64::from(entry.ends_skipping()));
        self.queue.push(entry);
    }

    fn note_ahead(&mut self, entry: &Expect, segment: u64) {
        if let Some((name, prepared)) = entry.statement() {
            self.statements.expect(name, prepared.cloned(), segment);
        }
        if let Some((name, portal)) = entry.portal() {
            self.portals.expect(name, portal.cloned(), segment);
        }
    }

    /// The server has done it.
    pub(super) fn done(&mut self, entry: &Expect) {
        if let Some((name, prepared)) = entry.statement() {
            self.statements.answered(name, prepared.cloned());
        }
        if let Some((name, portal)) = entry.portal() {
            self.cursors.confirm(name, None);
            self.portals.answered(name, portal.cloned());
        }
    }

    /// What was on its way has been skipped; what follows the Sync still stands.
    pub(super) fn rebuild_ahead(&mut self) {
        self.statements.forget_ahead();
        self.portals.forget_ahead();
        let queue = std::mem::take(&mut self.queue);
        let ends = queue.iter().filter(|entry| entry.ends_skipping()).count() as u64;
        let mut segment = self.segment.wrapping_sub(ends);
        for entry in queue.iter() {
            self.note_ahead(entry, segment);
            segment = segment.wrapping_add(u64::from(entry.ends_skipping()));
        }
        self.queue = queue;
    }

    pub(super) fn settle(&mut self) {
        if self.queue.is_empty() {
            self.statements.forget_ahead();
            self.portals.forget_ahead();
            self.naming = false;
        }
    }

    /// Whether it is certain what these names, of statements and of portals or cursors, will mean to the next message;
    /// `false`: not before more has been answered.
    pub(super) fn settled(&mut self, statements: &[&[u8]], portals: &[&[u8]], fx: &mut Effects) -> bool {
        self.naming = self.naming && self.queue.iter().any(Expect::names);
        let segment = self.segment;
        let doubtful = self.naming
            || statements.iter().any(|name| self.statements.doubtful(name, segment))
            || portals.iter().any(|name| self.portals.doubtful(name, segment));
        if !doubtful || self.queue.is_empty() {
            return true;
        }
        self.flush_for_answers(fx);
        false
    }

    /// The same for the names that a text runs.
    pub(super) fn named_settled(&mut self, analysed: &Analysed, fx: &mut Effects) -> bool {
        let effects = analysed.plan.statements.iter().flat_map(|facts| &facts.effects);
        let mut settled = true;
        for effect in effects {
            settled &= match effect {
                SessionEffect::Execute(name) => self.settled(&[names::key(name)], &[], fx),
                SessionEffect::Fetch(name) => self.settled(&[], &[names::key(name)], fx),
                _ => true,
            };
        }
        settled
    }

    /// Whether a target that has been described just now is what was meant.
    pub(super) fn means(&self, target: &Of, prepared: &Prepared) -> bool {
        let now = match target {
            Of::Statement(name) => self.statements.get(name),
            Of::Portal(name) => self.cursor(name).map(|portal| &portal.prepared),
        };
        now.is_some_and(|now| now.is(prepared))
    }
}
