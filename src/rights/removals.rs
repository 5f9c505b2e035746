//! Deletions that change more than they say: a foreign key fails, sets its columns to NULL or their default, or lets its
//! row go, too, when the row that it refers to goes. Where it is or is tied to what is not clear, a DELETE would tell of it.

use std::collections::HashSet;
use std::sync::Arc;

use crate::catalog::snapshot::{OnRemoval, Reference, Relation, Snapshot};
use crate::model::ids::Oid;

use super::ties::{Views, below_of};

/// Why rows of a relation are not deleted.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Removal {
    /// The definition, in people's words.
    pub by: Arc<str>,
    /// The column of its table that is not clear.
    pub kept: Arc<str>,
}

/// The relations of which a deletion moves one of these columns.
pub(super) fn felt_from(snapshot: &Snapshot, views: &Views, relation: &Relation, touches: &[i16]) -> HashSet<Oid> {
    let moves = |reference: &&Reference| {
        reference.removal == OnRemoval::IsSet && reference.pairs.iter().any(|(own, _)| touches.contains(own))
    };
    let referred = relation.references.iter().filter(moves).map(|reference| reference.to);
    that_remove(snapshot, views, referred)
}

/// Relations of which a deletion removes rows of one of these: themselves, their partitions, what their rows go with.
pub(super) fn that_remove(snapshot: &Snapshot, views: &Views, of: impl Iterator<Item = Oid>) -> HashSet<Oid> {
    let mut queue: Vec<Oid> = of.collect();
    let mut found: HashSet<Oid> = queue.iter().flat_map(|oid| below_of(snapshot, *oid)).collect();
    queue.extend(&found);
    while let Some(oid) = queue.pop() {
        found.insert(oid);
        let Some(relation) = snapshot.relation(oid) else { continue };
        // rows go with those of another relation, with the parent's, or are deleted through a view
        let goes = |reference: &&Reference| reference.removal == OnRemoval::Goes;
        let with = relation.references.iter().filter(goes).map(|reference| reference.to);
        let through = views.over(oid).map(|view| view.oid);
        let more = with.chain(relation.parents.iter().copied()).chain(through);
        queue.extend(more.filter(|oid| !found.contains(oid)));
    }
    found
}
