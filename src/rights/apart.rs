//! Views that the server does not merge into a statement: where rows are locked or written it keeps whole rows of them
//! (`ROW_MARK_COPY`), and computes what nobody has asked for.

use std::collections::HashSet;

use crate::catalog::snapshot::{Relation, Snapshot};
use crate::model::facts::Right;
use crate::model::ids::Oid;

use super::table::Rights;

/// Finds the views that would tell then, by an error or by the order of their rows, what is not clear.
pub(super) fn apart(rights: &mut Rights, snapshot: &Snapshot) {
    let views = snapshot.relations().filter(|relation| relation.lineage.is_some());
    rights.apart = views.filter(|view| tells(rights, snapshot, view)).map(|view| view.oid).collect();
}

fn tells(rights: &Rights, snapshot: &Snapshot, view: &Relation) -> bool {
    let (mut left, mut seen) = (vec![view.oid], HashSet::new());
    let (mut apart, mut hidden) = (false, false);
    while let Some(oid) = left.pop() {
        let Some(one) = snapshot.relation(oid).filter(|_| seen.insert(oid)) else { continue };
        apart |= one.unasked.apart;
        hidden |= one.unasked.columns().any(|id| rights.column(id.relation, id.number) < Right::Clear);
        left.extend(&one.reads);
    }
    apart && hidden
}

impl Rights {
    /// Whether a view may not stand in a statement that locks or writes rows.
    #[must_use]
    pub fn is_apart(&self, oid: Oid) -> bool {
        self.apart.contains(&oid)
    }
}
