//! What was made under other epochs: made again, found to be the same, or refused.

use std::collections::HashSet;
use std::sync::Arc;

use crate::catalog::snapshot::{Lineage, Origin, Snapshot};
use crate::model::facts::Facts;
use crate::model::ids::Oid;
use crate::model::refusal::Refusal;
use crate::wire::write;

use super::Fault;
use super::authority::{Analysed, Authority};
use super::effect::Effects;
use super::expect::{Expect, Of, Show};
use super::machine::Machine;
use super::names::{Name, Portal, Prepared, Told, Under, key_of};
use super::text::{self, Reading};

/// What became of a prepared statement.
pub(super) enum Renewed {
    Ready(Arc<Prepared>),
    /// It is what it was, or nothing that is known.
    Unneeded,
    Later,
    Refused(Refusal),
}

impl Machine {
    /// Brings a prepared statement under the rights of now, unseen by the client.
    pub(super) fn renew(&mut self, name: &[u8], old: &Prepared, fx: &mut Effects) -> Result<Renewed, Fault> {
        let Some(source) = old.source.as_ref().filter(|_| !old.within) else {
            // SQL's own are not made again
            let fresh = self.still_prepared(old, fx).filter(|_| old.within);
            if fx.long.is_some() {
                return Ok(Renewed::Later);
            }
            let fresh = match fresh {
                Some(fresh) => fresh,
                None if self.restricted() => return Ok(Renewed::Refused(text::stale("prepared statement", ""))),
                None => Arc::new(old.doubted()),
            };
            self.statements.renew(&key_of(name, self.encoding), Arc::clone(&fresh));
            return Ok(Renewed::Ready(fresh));
        };
        if source.is_foreign(self.encoding) {
            return Ok(Renewed::Refused(text::stale("prepared statement", "")));
        }
        let Reading::Ready(analysed) = self.read_text(&source.text, &source.types, fx)? else {
            return Ok(Renewed::Later);
        };
        if let Some(refusal) = analysed.refusal().filter(|_| self.restricted()) {
            return Ok(Renewed::Refused(refusal.clone()));
        }
        if let (true, Err(refusal)) =
            (self.restricted(), self.parameter_types(&source.types, &analysed.plan.statements))
        {
            return Ok(Renewed::Refused(refusal));
        }
        // what has no name is out of the reach of functions
        let certain = old.under.era == self.era || name.is_empty();
        let same = self.followed() && certain && same_text(&old.analysed, &analysed);
        let fresh = Arc::new(Prepared {
            analysed: Arc::clone(&analysed),
            under: self.under(),
            source: Some(Arc::clone(source)),
            told: old.told.clone(),
            said: old.said.clone(),
            index: old.index,
            within: old.within,
        });
        if same {
            // the server itself sees to changed definitions
            self.statements.renew(&key_of(name, self.encoding), Arc::clone(&fresh));
            return Ok(Renewed::Ready(fresh));
        }
        fx.close_statement(name)?;
        let key: Name = key_of(name, self.encoding).into();
        self.expect(Expect::CloseStatement { name: key.clone(), show: Show::Hide });
        match self.unrestricted() {
            None => drop(self.send_parse(name, &analysed, &source.types, fx)?),
            Some(proof) => {
                let mut bytes = Vec::new();
                write::parse(&mut bytes, name, &source.text, source.types.iter().copied())
                    .map_err(Fault::unwritable)?;
                fx.forward_unrestricted(&bytes, proof);
            }
        }
        let of = Of::Statement(key.clone());
        self.expect(Expect::Parse { name: key, prepared: Some(Arc::clone(&fresh)), show: Show::Hide });
        if fresh.told.get().is_some() {
            // other rows than the client knows of would be taken for those
            fx.describe_statement(name)?;
            self.queue.push(Expect::Describe { prepared: Some(Arc::clone(&fresh)), target: of, show: Show::Hide });
        }
        Ok(Renewed::Ready(fresh))
    }

    /// Whether a portal or cursor of other epochs delivers just what it would if it were made now. Nothing is said while
    /// [`Effects::long`] asks for an analysis first.
    pub(super) fn still(&mut self, portal: &Portal, fx: &mut Effects) -> Option<Arc<Portal>> {
        let source = portal.prepared.source.as_ref().filter(|source| !source.is_foreign(self.encoding))?;
        let analysed = self.analyse_named(source, fx)?;
        let same = same_text(&portal.prepared.analysed, &analysed)
            && same_definitions(&portal.authority, &self.authority, &analysed.plan.statements);
        same.then(|| {
            let prepared = Arc::new(Prepared {
                analysed,
                under: Under { era: portal.prepared.under.era, ..self.under() },
                source: Some(Arc::clone(source)),
                told: portal.prepared.told.clone(),
                said: portal.prepared.said.clone(),
                index: portal.prepared.index,
                within: portal.prepared.within,
            });
            Arc::new(portal.renewed(prepared, Arc::clone(&self.authority)))
        })
    }

    /// The same for SQL's own prepared statements, which the server plans anew when definitions change.
    pub(super) fn still_prepared(&mut self, old: &Prepared, fx: &mut Effects) -> Option<Arc<Prepared>> {
        let source = old.source.as_ref().filter(|source| !source.is_foreign(self.encoding))?;
        let analysed = self.analyse_named(source, fx)?;
        same_text(&old.analysed, &analysed).then(|| {
            let under = Under { era: old.under.era, ..self.under() };
            let source = Some(Arc::clone(source));
            let (told, said, index, within) = (Told::new(), old.said.clone(), old.index, old.within);
            Arc::new(Prepared { analysed, under, source, told, said, index, within })
        })
    }
}

/// Whether the same text would be sent, and would deliver the same columns under the same rights.
fn same_text(old: &Analysed, new: &Analysed) -> bool {
    let (Some(before), Some(now)) = (&old.checked, &new.checked) else { return false };
    before.text() == now.text() && old.plan.statements == new.plan.statements
}

/// Whether every relation that the statements read, and those behind views, are what they were.
fn same_definitions(old: &Authority, new: &Authority, statements: &[Facts]) -> bool {
    if old.epochs.catalog == new.epochs.catalog {
        return true;
    }
    let (mut seen, mut queue) = (HashSet::new(), Vec::new());
    queue.extend(statements.iter().flat_map(|facts| facts.relations.iter().copied()));
    while let Some(oid) = queue.pop() {
        if !seen.insert(oid) {
            continue;
        }
        if old.snapshot.relation(oid) != new.snapshot.relation(oid) {
            return false;
        }
        queue.extend(behind(&new.snapshot, oid));
    }
    true
}

fn behind(snapshot: &Snapshot, oid: Oid) -> Vec<Oid> {
    let relation = snapshot.relation(oid);
    match relation.and_then(|relation| relation.lineage.as_ref()) {
        None => Vec::new(),
        Some(Lineage::Unknown { refers, .. }) => refers.iter().map(|id| id.relation).collect(),
        Some(Lineage::Known { outputs, decides }) => {
            outputs.iter().flat_map(Origin::sources).chain(decides).map(|id| id.relation).collect()
        }
    }
}
