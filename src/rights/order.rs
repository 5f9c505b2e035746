//! Orders that rows come in: an index with a column behind others delivers what these choose in the order of its true
//! values. A scan by which the server could take such an index is sorted by where the rows are.

use std::collections::HashSet;

use crate::catalog::entangled::Sorting;
use crate::catalog::snapshot::{Relation, Snapshot};
use crate::model::facts::Right;
use crate::model::ids::Oid;

use super::table::Rights;

/// Finds, for each relation, the columns by which such an index could be chosen.
pub(super) fn order(rights: &mut Rights, snapshot: &Snapshot) {
    for relation in snapshot.relations().filter(|relation| !relation.sortings.is_empty()) {
        let by: Vec<i16> = relation.sortings.iter().flat_map(|one| choosers(rights, relation, one)).collect();
        if by.is_empty() {
            continue;
        }
        // what is read by a table above it is read by the same index
        let (mut left, mut seen) = (vec![relation.oid], HashSet::new());
        while let Some(place) = left.pop().filter(|_| seen.len() < snapshot.relations().count()) {
            let Some(there) = snapshot.relation(place).filter(|_| seen.insert(place)) else { continue };
            let named = |number: &i16| there.column(&relation.column_by_number(*number)?.name).map(|one| one.number);
            rights.sorts.entry(place).or_default().extend(by.iter().filter_map(named));
            left.extend(&there.parents);
        }
    }
    for columns in rights.sorts.values_mut() {
        columns.sort_unstable();
        columns.dedup();
    }
}

/// The columns of an index that are clear, if it sorts by others.
fn choosers(rights: &Rights, relation: &Relation, index: &Sorting) -> Vec<i16> {
    let below = |number: &&i16| rights.column(relation.oid, **number) < Right::Clear;
    let keys = || index.keys.iter().chain(&index.expressions).filter(|number| **number > 0);
    if !keys().any(|number| below(&number)) {
        return Vec::new();
    }
    keys().chain(&index.predicate).filter(|number| !below(number)).copied().collect()
}

impl Rights {
    /// Numbers of the columns by which rows of a relation could be had in the order of others that are not clear.
    #[must_use]
    pub fn sorts(&self, oid: Oid) -> &[i16] {
        self.sorts.get(&oid).map_or(&[], Vec::as_slice)
    }
}
