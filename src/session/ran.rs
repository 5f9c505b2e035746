//! A statement as it ran: what EXECUTE and FETCH stand for, and how many values were tested.

use std::borrow::Cow;
use std::sync::Arc;

use crate::model::arrays;
use crate::model::facts::{Facts, SessionEffect, StatementClass};
use crate::model::refusal::{Reason, Refusal};
use crate::wire::client::Bind;

use super::authority::Analysed;
use super::machine::Machine;
use super::meter::{Command, Run};
use super::metering::Ended;
use super::names::{self, Portal, Prepared};

impl Machine {
    /// The facts of a statement together with those of what it ran by name.
    pub(super) fn ran<'f>(&self, own: &'f Facts) -> Cow<'f, Facts> {
        let by_name = own.effects.iter().find_map(|effect| match effect {
            SessionEffect::Execute(name) => self.prepared(name),
            SessionEffect::Fetch(name) => self.cursor(names::key(name)).map(|made| &*made.prepared),
            _ => None,
        });
        match by_name.and_then(|prepared| prepared.facts().first()) {
            Some(ran) => Cow::Owned(ran.run_by(own)),
            None => Cow::Borrowed(own),
        }
    }

    fn prepared(&self, name: &str) -> Option<&Prepared> {
        self.statements.get(names::key(name)).map(AsRef::as_ref)
    }

    /// What FETCH finds under a name: a cursor, or a portal that was bound.
    pub(super) fn cursor(&self, key: &[u8]) -> Option<&Arc<Portal>> {
        self.portals.get(key).or_else(|| self.cursors.get(key))
    }

    /// Whether a statement is about a name that nobody here has made: a function may have.
    pub(super) fn unfamiliar(&self, facts: &Facts) -> bool {
        facts.effects.iter().any(|effect| match effect {
            SessionEffect::Execute(name) => self.prepared(name).is_none(),
            SessionEffect::Fetch(name) => self.cursor(names::key(name)).is_none(),
            _ => false,
        })
    }

    /// The refusal of an EXECUTE that would test more true values than anybody can tell beforehand.
    pub(super) fn unbounded(&self, analysed: &Analysed) -> Option<Refusal> {
        let unknown = |facts: &Facts| {
            let names = facts.effects.iter().filter_map(|effect| match effect {
                SessionEffect::Execute(name) => self.prepared(name),
                _ => None,
            });
            let probes = names.flat_map(Prepared::facts).flat_map(|it| &it.probes);
            let mut parameters = probes.flat_map(|probe| &probe.arrays);
            parameters.any(|n| matches!(facts.arguments.get(n.wrapping_sub(1)), Some(None)))
        };
        analysed.plan.statements.iter().any(unknown).then(|| {
            Refusal::new(Reason::Comparison, "true values may not be tested against an array that is computed")
                .detail("How many values it has could not be counted.")
                .hint("Write the array as a literal or ARRAY[…], or bind it as a parameter.")
        })
    }
}

/// How many values each parameter of a Bind has at most, were it an array; nothing where that does not matter.
pub(super) fn parameters(prepared: &Prepared, bind: &Bind<'_>) -> Box<[u64]> {
    let mut probes = prepared.facts().iter().flat_map(|facts| &facts.probes);
    if probes.all(|probe| probe.arrays.is_empty()) {
        return Box::default();
    }
    let binary = |index: usize| match bind.formats.len() {
        1 => bind.formats.of(0) == Some(1),
        _ => bind.formats.of(index) == Some(1),
    };
    let each = bind.parameters.iter().enumerate();
    each.map(|(index, value)| value.map_or(1, |value| arrays::parameter_at_most(value, binary(index)))).collect()
}

/// How many values of somebody's a statement has tested.
pub(super) fn tested(facts: &Facts, run: &Run, ended: Ended) -> u64 {
    if run.done.command == Command::Prepare {
        return 0;
    }
    let at = |list: &[u64], n: usize| n.checked_sub(1).and_then(|n| list.get(n).copied()).unwrap_or(1);
    let executes = facts.effects.iter().any(|effect| matches!(effect, SessionEffect::Execute(_)));
    let compared = match &run.portal {
        _ if executes => {
            let given: Vec<u64> = facts.arguments.iter().map(|values| values.unwrap_or(1)).collect();
            facts.tested(|n| at(&given, n))
        }
        // what is fetched in parts was tested once
        Some(portal) if portal.told_before() => 0,
        Some(portal) => facts.tested(|n| at(&portal.parameters, n)),
        None => facts.tested(|_| 1),
    };
    compared.saturating_add(by_writing(facts, run, ended))
}

/// Values that a write has compared with those that are there: by its success, its error, or by having to wait.
fn by_writing(facts: &Facts, run: &Run, ended: Ended) -> u64 {
    let planned = facts.class == StatementClass::Explain && !facts.analyzes;
    match ended {
        _ if planned => 0,
        Ended::Completed if facts.tries => run.done.rows.max(facts.attempts).max(1),
        Ended::Duplicate => facts.attempts.max(1),
        Ended::Orphan if facts.unseen => facts.attempts.max(1),
        Ended::Waited if facts.unseen => facts.attempts.max(1),
        // it failed by something else: by no key, then
        Ended::Otherwise if facts.tries => facts.attempts.max(1),
        _ => 0,
    }
}
