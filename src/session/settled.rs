//! Whether the books of names say what the server will find: a name that something on its way may yet change is waited
//! for, and a name that nobody has made never reaches the server as if it were known.

use std::collections::HashMap;

use crate::model::facts::{SessionEffect, StatementClass};
use crate::model::refusal::{Reason, Refusal};

use super::authority::Analysed;
use super::effect::Effects;
use super::expect::{Expect, Of, Show};
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
            self.before = None;
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
        let (mut statements, mut portals) = (Vec::new(), Vec::new());
        for effect in analysed.plan.statements.iter().flat_map(|facts| &facts.effects) {
            match effect {
                SessionEffect::Execute(name) => statements.push(names::key(name)),
                SessionEffect::Fetch(name) => portals.push(names::key(name)),
                _ => {}
            }
        }
        statements.is_empty() && portals.is_empty() || self.settled(&statements, &portals, fx)
    }

    /// Why a text must not run what it names: nobody has made it, or it does what only its own text would be watched for.
    pub(super) fn misnamed(&self, analysed: &Analysed) -> Option<Refusal> {
        if !self.restricted() && self.meter.is_none() && self.speaking.is_none() {
            return None;
        }
        // what the same query string has made before, or removed
        let (mut made, mut emptied) = (HashMap::new(), false);
        let statements = analysed.plan.statements.iter();
        for (class, effect) in statements.flat_map(|facts| facts.effects.iter().map(|effect| (facts.class, effect))) {
            match effect {
                SessionEffect::Declare(_) if class == StatementClass::Explain => {}
                SessionEffect::Prepare(name) => drop(made.insert((false, names::key(name)), true)),
                SessionEffect::Declare(name) => drop(made.insert((true, names::key(name)), true)),
                SessionEffect::Deallocate(Some(name)) => drop(made.insert((false, names::key(name)), false)),
                SessionEffect::Deallocate(None) => {
                    made.retain(|(cursor, _), _| *cursor);
                    emptied = true;
                }
                SessionEffect::Execute(name) => {
                    let key = names::key(name);
                    let prepared = match made.get(&(false, key)) {
                        Some(true) => continue,
                        Some(false) => None,
                        None => self.statements.get(key).filter(|_| !emptied),
                    };
                    match prepared {
                        Some(prepared) if prepared.plain() => {}
                        Some(_) => return Some(no_query(name)),
                        // for whoever sees everything a function may have made it, of which everything is counted
                        None if self.restricted() => return Some(unknown_statement(name)),
                        None => {}
                    }
                }
                SessionEffect::Fetch(name) if self.restricted() => {
                    let key = names::key(name);
                    match self.cursor(key).filter(|_| !made.contains_key(&(true, key))) {
                        Some(cursor) if cursor.prepared.runs_a_name() => return Some(no_cursor(name)),
                        Some(cursor) if cursor.prepared.renames() => return Some(no_setting(name)),
                        None if !made.contains_key(&(true, key)) => return Some(unknown_cursor(name)),
                        _ => {}
                    }
                }
                _ => {}
            }
        }
        None
    }

    /// Whether a target that has been described just now is what was meant.
    pub(super) fn means(&self, target: &Of, prepared: &Prepared) -> bool {
        let now = match target {
            Of::Statement(name) => self.statements.get(name),
            Of::Portal(name) => self.cursor(name).map(|portal| &portal.prepared),
        };
        now.is_some_and(|now| now.is(prepared))
    }

    /// Makes sure that the server does not know a name that the books do not have: what comes next fails by it.
    pub(super) fn close_unknown(&mut self) {
        self.queue.push(Expect::CloseStatement { name: Box::default(), show: Show::Hide });
        self.sent_extended();
    }
}

fn unknown_statement(name: &str) -> Refusal {
    Refusal::new(Reason::UnknownStatement, format!("prepared statement \"{name}\" does not exist"))
}

fn unknown_cursor(name: &str) -> Refusal {
    Refusal::new(Reason::UnknownCursor, format!("cursor \"{name}\" does not exist"))
}

fn no_cursor(name: &str) -> Refusal {
    Refusal::new(Reason::Protocol, format!("FETCH from \"{name}\", which runs another name"))
        .hint("Execute it by the protocol's Execute.")
}

fn no_setting(name: &str) -> Refusal {
    Refusal::new(Reason::Protocol, format!("FETCH from \"{name}\", which changes a setting"))
        .hint("Execute it by the protocol's Execute.")
}

fn no_query(name: &str) -> Refusal {
    Refusal::new(Reason::Protocol, format!("EXECUTE of \"{name}\", which is neither a query nor a write of rows"))
        .hint("Execute it by the protocol's Bind and Execute.")
}
