//! Orders that rows come in: an index with a column behind others delivers what these choose in the order of its true
//! values. A scan by which the server could take such an index is sorted by where the rows are.

use std::collections::HashSet;

use crate::catalog::entangled::Sorting;
use crate::catalog::snapshot::{Lineage, Relation, RelationKind, Snapshot};
use crate::model::facts::Right;
use crate::model::ids::{ColumnId, Oid};
use crate::model::refusal::{Reason, Refusal};

use super::names::name_of;
use super::table::{RelationRight, Rights};
use super::ties::Views;

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
    if !rights.sorts.is_empty() {
        order_views(rights, snapshot);
        refuse_stored(rights, snapshot);
    }
}

/// A materialized view keeps the rows that such an order has chosen, and their order.
fn refuse_stored(rights: &mut Rights, snapshot: &Snapshot) {
    let stored = snapshot.relations().filter(|one| one.kind == RelationKind::MaterializedView);
    let chosen: Vec<Oid> = stored.filter(|view| decides_by_choosers(rights, view)).map(|view| view.oid).collect();
    let over = Views::of(snapshot).that_read(chosen.iter().copied());
    for view in chosen.into_iter().chain(over).filter_map(|oid| snapshot.relation(oid)) {
        let what = format!("view {} is not available to this user", name_of(view));
        let why = "Its rows were stored in the order of values that this user does not read, or chosen by it.";
        rights.add(view.oid, RelationRight::Refused(Refusal::new(Reason::Relation, what).detail(why)));
    }
}

fn decides_by_choosers(rights: &Rights, view: &Relation) -> bool {
    let chooses = |id: &ColumnId| rights.sorts(id.relation).contains(&id.number);
    match &view.lineage {
        Some(Lineage::Known { decides, .. }) => decides.iter().any(chooses),
        Some(Lineage::Unknown { refers, .. }) => refers.iter().any(chooses),
        None => false,
    }
}

/// Finds the same for views over such tables: the server merges them into the statement. Where a definition itself uses
/// such a column, its rows may come so whatever the statement speaks of.
fn order_views(rights: &mut Rights, snapshot: &Snapshot) {
    let tables: Vec<Oid> = rights.sorts.keys().copied().collect();
    let views = Views::of(snapshot).that_read(tables.into_iter());
    let views =
        || views.iter().filter_map(|view| snapshot.relation(*view)).filter(|one| one.kind == RelationKind::View);
    // what a view reads may be one that has not had its turn
    for _ in 0..views().count() {
        let mut changed = false;
        for view in views() {
            let by = shown_choosers(rights, view);
            changed |= rights.sorts(view.oid) != by;
            rights.sorts.insert(view.oid, by);
        }
        if !changed {
            break;
        }
    }
}

fn shown_choosers(rights: &Rights, view: &Relation) -> Vec<i16> {
    let chooses = |id: &ColumnId| rights.sorts(id.relation).contains(&id.number);
    let all = view.columns.iter().map(|column| column.number);
    match &view.lineage {
        None => all.collect(),
        Some(_) if decides_by_choosers(rights, view) => all.collect(),
        Some(Lineage::Unknown { .. }) => Vec::new(),
        Some(Lineage::Known { outputs, .. }) => {
            let shown = all.zip(outputs).filter(|(_, origin)| origin.sources().iter().any(chooses));
            shown.map(|(number, _)| number).collect()
        }
    }
}

/// The columns of an index that are clear, if it sorts by others. An expression over the whole row is one over each.
fn choosers(rights: &Rights, relation: &Relation, index: &Sorting) -> Vec<i16> {
    let below = |number: &i16| rights.column(relation.oid, *number) < Right::Clear;
    let all = |numbers: &[i16]| match numbers.contains(&0) {
        true => relation.columns.iter().map(|column| column.number).collect(),
        false => numbers.to_vec(),
    };
    let mut keys: Vec<i16> = index.keys.iter().copied().filter(|number| *number > 0).collect();
    keys.extend(all(&index.expressions));
    if !keys.iter().any(below) {
        return Vec::new();
    }
    keys.extend(all(&index.predicate));
    keys.retain(|number| !below(number));
    keys
}

impl Rights {
    /// Numbers of the columns by which rows of a relation could be had in the order of others that are not clear.
    #[must_use]
    pub fn sorts(&self, oid: Oid) -> &[i16] {
        self.sorts.get(&oid).map_or(&[], Vec::as_slice)
    }
}
