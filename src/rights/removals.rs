//! Deletions that change more than they say: a foreign key sets its columns to NULL or their default when the row that
//! they refer to goes. Where these are tied to what is not clear, a DELETE would tell of it by failing or not.

use std::collections::HashSet;
use std::sync::Arc;

use crate::catalog::snapshot::{Relation, Snapshot};
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
    let moves = |(_, set): &&(Oid, Vec<i16>)| set.iter().any(|number| touches.contains(number));
    let mut queue: Vec<Oid> = relation.removed_with.iter().filter(moves).map(|(referred, _)| *referred).collect();
    let mut found: HashSet<Oid> = queue.iter().flat_map(|oid| below_of(snapshot, *oid)).collect();
    queue.extend(&found);
    while let Some(oid) = queue.pop() {
        found.insert(oid);
        let Some(relation) = snapshot.relation(oid) else { continue };
        // rows go with those of another relation, with the parent's, or are deleted through a view
        let with = relation.removed_with.iter().filter(|(_, set)| set.is_empty()).map(|(referred, _)| *referred);
        let through = views.over(oid).map(|view| view.oid);
        let more = with.chain(relation.parents.iter().copied()).chain(through);
        queue.extend(more.filter(|oid| !found.contains(oid)));
    }
    found
}
