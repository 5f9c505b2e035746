//! A statement as it ran: what EXECUTE and FETCH stand for, and how many values were tested.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::Arc;

use crate::model::arrays;
use crate::model::facts::{Facts, SessionEffect, StatementClass};
use crate::model::refusal::{Reason, Refusal};
use crate::wire::client::Bind;

use super::authority::Analysed;
use super::effect::Effects;
use super::expect::Expect;
use super::machine::Machine;
use super::meter::{Command, Run};
use super::metering::Ended;
use super::names::{self, Portal, Prepared, Ran};
use super::text;

/// When a statement runs: what a name means is looked up by it.
#[derive(Clone, Copy, Debug)]
pub(super) struct When<'r> {
    era: u64,
    /// What the portal has run before.
    ran: Option<&'r Ran>,
}

impl Run {
    pub(super) fn when(&self) -> When<'_> {
        When { era: self.era, ran: self.ran.as_deref() }
    }
}

/// What a statement runs by name.
#[derive(Clone, Copy, Debug)]
pub(super) enum Named<'m> {
    /// Nothing: all that it does stands in its text.
    Nothing,
    /// Something that nobody here has made, or that a function may have made anew.
    Unknown,
    Made(&'m Arc<Prepared>),
}

impl Machine {
    /// For a message that comes next; `ran`: what its portal has run before.
    pub(super) fn next<'r>(&self, ran: Option<&'r Ran>) -> When<'r> {
        When { era: self.era, ran }
    }

    /// What a statement runs by name.
    pub(super) fn named<'m>(&'m self, own: &Facts, when: When<'m>) -> Named<'m> {
        let made = own.effects.iter().find_map(|effect| match effect {
            SessionEffect::Execute(name) => Some(self.statements.get(names::key(name)).map(|it| (it, it.under.era))),
            SessionEffect::Fetch(name) => Some(self.cursor(names::key(name)).map(|it| (&it.prepared, it.era))),
            _ => None,
        });
        match (made, when.ran) {
            (None, _) => Named::Nothing,
            (Some(_), Some(ran)) => ran.made.as_ref().map_or(Named::Unknown, Named::Made),
            // what a portal has found under a name is its own
            (Some(Some((made, era))), None) if era == when.era && !made.runs_a_name() => Named::Made(made),
            (Some(_), None) => Named::Unknown,
        }
    }

    /// Whether a portal whose rows depend on a name has been executed, or will have been.
    pub(super) fn has_run(&self, portal: &Portal) -> bool {
        portal.ran().is_some() || self.running_of(portal).is_some()
    }

    /// What it runs by the Execute that is on its way.
    fn running_of(&self, portal: &Portal) -> Option<&Arc<Ran>> {
        let own = portal.ran.as_ref()?;
        self.queue.iter().find_map(|entry| {
            let Expect::Execute { run, .. } = entry else { return None };
            let same = run.portal.as_ref()?.ran.as_ref().is_some_and(|other| Arc::ptr_eq(own, other));
            run.ran.as_ref().filter(|_| same)
        })
    }

    /// What a portal whose rows depend on a name runs when it is executed next.
    pub(super) fn runs_next(&self, portal: &Portal) -> Option<Arc<Ran>> {
        portal.ran.as_ref()?;
        if let Some(ran) = portal.ran().or_else(|| self.running_of(portal)) {
            return Some(Arc::clone(ran));
        }
        let own = portal.prepared.facts().first().filter(|_| !portal.prepared.within);
        let made = match own.map(|own| self.named(own, self.next(None))) {
            Some(Named::Made(made)) => Some(Arc::clone(made)),
            _ => None,
        };
        Some(Arc::new(Ran { made, ..Ran::default() }))
    }

    /// The refusal of what a portal has found under a name, if that must not be delivered any more.
    pub(super) fn stale_ran(&mut self, portal: &Portal, ran: &Ran, fx: &mut Effects) -> Option<Refusal> {
        let stale = match &ran.made {
            Some(made) if made.under.authority == self.authority.serial => false,
            Some(made) => self.followed() && self.still_prepared(made, fx).is_none(),
            // nobody knows what it delivers, unless it is its own text
            None => self.restricted() && !portal.prepared.within,
        };
        stale.then(|| text::stale("portal", ""))
    }

    /// A text is sent: what it fetches from a portal that runs a name is run then.
    pub(super) fn note_fetched(&self, analysed: &Analysed) {
        for effect in analysed.plan.statements.iter().flat_map(|facts| &facts.effects) {
            let SessionEffect::Fetch(name) = effect else { continue };
            if let Some(portal) = self.portals.get(names::key(name)).filter(|portal| portal.prepared.runs_a_name()) {
                portal.has_run(Arc::default());
            }
        }
    }

    /// The facts of a statement together with those of what it ran by name.
    pub(super) fn ran<'f>(&self, own: &'f Facts, when: When<'_>) -> Cow<'f, Facts> {
        match self.named(own, when) {
            Named::Made(made) => made.facts().first().map_or(Cow::Borrowed(own), |ran| Cow::Owned(ran.run_by(own))),
            Named::Nothing | Named::Unknown => Cow::Borrowed(own),
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
    pub(super) fn unfamiliar(&self, facts: &Facts, when: When<'_>) -> bool {
        matches!(self.named(facts, when), Named::Unknown)
    }

    /// The refusal of an EXECUTE that would test more true values than anybody can tell beforehand.
    pub(super) fn unbounded(&self, analysed: &Analysed) -> Option<Refusal> {
        let unknown = |(facts, made): (&Facts, Option<&Facts>)| {
            let names = facts.effects.iter().filter_map(|effect| match effect {
                SessionEffect::Execute(name) => self.prepared(name),
                _ => None,
            });
            let probes = names.flat_map(Prepared::facts).chain(made).flat_map(|it| &it.probes);
            let mut parameters = probes.flat_map(|probe| &probe.arrays);
            parameters.any(|n| matches!(facts.arguments.get(n.wrapping_sub(1)), Some(None)))
        };
        executed(&analysed.plan.statements).into_iter().any(unknown).then(|| {
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

/// How many values of somebody's a statement compares with, as far as its text and what it is given say.
fn compared(facts: &Facts, portal: Option<&Portal>) -> u64 {
    let at = |list: &[u64], n: usize| n.checked_sub(1).and_then(|n| list.get(n).copied()).unwrap_or(1);
    let executes = facts.effects.iter().any(|effect| matches!(effect, SessionEffect::Execute(_)));
    match portal {
        _ if executes => {
            let given: Vec<u64> = facts.arguments.iter().map(|values| values.unwrap_or(1)).collect();
            facts.tested(|n| at(&given, n))
        }
        Some(portal) => facts.tested(|n| at(&portal.parameters, n)),
        None => facts.tested(|_| 1),
    }
}

fn prepares(facts: &Facts) -> bool {
    facts.effects.iter().any(|effect| matches!(effect, SessionEffect::Prepare(_)))
}

/// Whether values are computed that a key or `match` compares, in a message that tests them before anybody knows how many
/// they were.
pub(super) fn guesses_unseen(statements: &[Cow<'_, Facts>]) -> bool {
    let mut behind = statements.iter().skip_while(|facts| !(facts.tries && facts.computes));
    behind.next().is_some_and(|first| first.asks_back || behind.any(|facts| !facts.probes.is_empty()))
}

/// Values that a write spells out for columns that tell of them.
fn spelled(facts: &Facts) -> u64 {
    let planned = facts.class == StatementClass::Explain && !facts.analyzes;
    if facts.tries && !facts.computes && !planned { facts.attempts } else { 0 }
}

/// The statements of a query string, each with what it executes that the same string has prepared.
fn executed(statements: &[Facts]) -> Vec<(&Facts, Option<&Facts>)> {
    let mut made: HashMap<&[u8], &Facts> = HashMap::new();
    let each = statements.iter().map(|own| {
        let mut executes = None;
        for effect in &own.effects {
            match effect {
                SessionEffect::Prepare(name) => drop(made.insert(names::key(name), own)),
                SessionEffect::Deallocate(Some(name)) => drop(made.remove(names::key(name))),
                SessionEffect::Deallocate(None) => made.clear(),
                SessionEffect::Execute(name) => executes = made.get(names::key(name)).copied(),
                _ => {}
            }
        }
        (own, executes)
    });
    each.collect()
}

impl Machine {
    /// The statements that a message runs, each with what it runs by name; none, where its portal was counted before.
    pub(super) fn runs_now<'f>(
        &self,
        analysed: &'f Analysed,
        portal: Option<&Portal>,
        when: When<'_>,
    ) -> Vec<Cow<'f, Facts>> {
        let statements = &analysed.plan.statements;
        if let Some(portal) = portal {
            // what a name stands for may be another after an Execute that the server has skipped
            let told = portal.told() && (portal.ran.is_none() || self.has_run(portal));
            let own = statements.get(portal.prepared.index).filter(|own| !told && !prepares(own));
            return own.map(|own| self.ran(own, when)).into_iter().collect();
        }
        let run = executed(statements).into_iter().filter(|(own, _)| !prepares(own));
        let run = run.map(|(own, made)| match made {
            Some(made) => Cow::Owned(made.run_by(own)),
            None => self.ran(own, when),
        });
        run.collect()
    }
}

/// How many values statements test that run now, by a portal or a query string.
pub(super) fn tests(statements: &[Cow<'_, Facts>], portal: Option<&Portal>) -> u64 {
    let each = statements.iter().map(|facts| compared(facts, portal).saturating_add(spelled(facts)));
    each.fold(0, u64::saturating_add)
}

/// Counted where nobody says how many values were tested: more than any limit lets pass.
const UNTOLD: u64 = 1_000_000;

/// Values that a write has compared with those that are there: by its success, its error, or by having to wait. `again`: its
/// portal has been suspended before.
pub(super) fn tried(facts: &Facts, run: &Run, ended: Ended, again: bool) -> u64 {
    let planned = facts.class == StatementClass::Explain && !facts.analyzes;
    let all = match ended {
        _ if planned || run.done.command == Command::Prepare => 0,
        // what is fetched in parts was written once
        Ended::Suspended if again => 0,
        Ended::Completed if facts.tries => run.done.rows.max(facts.attempts).max(1),
        // all of it was written before its first row was answered
        Ended::Suspended if facts.tries && facts.computes => UNTOLD,
        Ended::Suspended if facts.tries => facts.attempts.max(1),
        Ended::Duplicate => facts.attempts.max(1),
        Ended::Orphan if facts.unseen => facts.attempts.max(1),
        Ended::Waited if facts.unseen => facts.attempts.max(1),
        // it failed by something else: by no key, then
        Ended::Otherwise if facts.tries => facts.attempts.max(1),
        _ => 0,
    };
    // counted before it was sent
    all.saturating_sub(spelled(facts))
}
