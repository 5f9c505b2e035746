//! Foreign keys of columns that are not clear, or by which it is decided what is shown: the server compares, moves and
//! removes by the true values of the rows that refer when what they refer to is written. That would tell who refers to it,
//! and what is moved is written past every guard.

use std::sync::Arc;

use crate::catalog::snapshot::{OnRemoval, Reference, Relation, Snapshot};
use crate::model::facts::Right;
use crate::model::ids::Oid;
use crate::model::tables::Map;

use super::names::name_of;
use super::removals::{self, Removal};
use super::table::{RelationRight, Rights};
use super::ties::{Tie, Tied, Unique, Views, spread};

/// Notes what may not be written for the sake of those that refer to it.
pub(super) fn tie(rights: &Rights, snapshot: &Snapshot, views: &Views, tied: &mut Map<Oid, Tied>) {
    for relation in snapshot.relations() {
        for reference in &relation.references {
            let own = Own { rights, relation, reference };
            own.protect(snapshot, views, tied);
            let tries = own.tries();
            if tries.is_empty() {
                continue;
            }
            for place in spread(snapshot, views, relation).iter().filter(|place| place.same) {
                let unique = Unique::at(place, relation, &reference.name, &[], &tries);
                tied.entry(place.relation).or_default().uniques.push(unique);
            }
        }
    }
}

/// A foreign key, as a principal stands to it.
struct Own<'a> {
    rights: &'a Rights,
    relation: &'a Relation,
    reference: &'a Reference,
}

impl Own<'_> {
    /// Whether a column is not read in clear; of a relation that is closed as a whole nothing is but that it refers.
    fn below(&self, relation: Oid, number: i16) -> bool {
        let closed = matches!(self.rights.relation(relation), Some(RelationRight::Refused(_)));
        !closed && self.rights.column(relation, number) < Right::Clear
    }

    fn hides(&self, number: i16) -> bool {
        self.below(self.relation.oid, number)
    }

    /// Whether it is decided by the column what is shown of a row, or whether the row is.
    fn decides(&self, number: i16) -> bool {
        let Relation { oid, generated_from, .. } = self.relation;
        let moved = generated_from.iter().filter(|(_, from)| *from == number).map(|(of, _)| *of).chain([number]);
        let mut moved = moved.filter_map(|number| self.relation.column_by_number(number));
        let filter = self.rights.filter(*oid);
        self.rights.decides(*oid, number).is_some()
            || filter.is_some_and(|filter| moved.any(|column| filter.condition.reads(&column.name)))
    }

    /// The first of its columns of which that is so.
    fn first(&self, is_so: impl Fn(i16) -> bool) -> Option<Arc<str>> {
        let number = self.reference.pairs.iter().map(|(own, _)| *own).find(|own| is_so(*own))?;
        Some(Arc::clone(&self.relation.column_by_number(number)?.name))
    }

    fn protect(&self, snapshot: &Snapshot, views: &Views, tied: &mut Map<Oid, Tied>) {
        let Reference { to, pairs, follows, removal, .. } = self.reference;
        let by: Arc<str> = format!("foreign key {} of {}", self.reference.name, name_of(self.relation)).into();
        let Some(referred) = snapshot.relation(*to) else { return };
        if let Some(kept) = self.first(|own| self.hides(own) || (*follows && self.decides(own))) {
            let others: Vec<i16> = pairs.iter().map(|(_, other)| *other).collect();
            for place in spread(snapshot, views, referred) {
                let touches = place.there(&others);
                // whatever else is assigned, rows that refer keep what they hold or are moved
                let keeps = vec![(Arc::clone(&kept), Vec::new())];
                tied.entry(place.relation).or_default().add(Tie { by: Arc::clone(&by), touches, keeps });
            }
        }
        let is_set = *removal == OnRemoval::IsSet;
        if let Some(kept) = self.first(|own| self.hides(own) || (is_set && self.decides(own))) {
            let removal = Removal { by, kept };
            for oid in removals::that_remove(snapshot, views, [*to].into_iter()) {
                tied.entry(oid).or_default().keep(&removal);
            }
        }
    }

    /// Its clear columns that refer to what is not: a row tells whether that exists.
    fn tries(&self) -> Vec<i16> {
        let Reference { to, pairs, .. } = self.reference;
        let tries = |(own, other): &&(i16, i16)| self.below(*to, *other) && !self.hides(*own);
        pairs.iter().filter(tries).map(|(own, _)| *own).collect()
    }
}
