//! Persons whose values a row of a relation may hold: of a view as many as its definition scans.

use crate::catalog::snapshot::{Behind, Relation, Rows, Snapshot};
use crate::model::ids::{ColumnId, Oid};
use crate::rights::table::{RelationRight, Rights};

/// Views over views are followed so far.
const MAX_DEPTH: usize = 30;

/// Scans that are looked at.
const MAX_STEPS: usize = 1000;

/// So many are as good as any number.
const MANY: u64 = 1000;

/// What one row may be about.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Persons {
    pub(super) each: u64,
    /// Whether there may be more, folded into one value.
    pub(super) folded: bool,
}

pub(super) fn persons(rights: &Rights, snapshot: &Snapshot, relation: &Relation) -> Persons {
    let mut count = Count { rights, snapshot, steps: 0, folded: false };
    let each = count.relation(relation, 0).clamp(1, MANY);
    Persons { each, folded: count.folded }
}

struct Count<'a> {
    rights: &'a Rights,
    snapshot: &'a Snapshot,
    steps: usize,
    folded: bool,
}

impl Count<'_> {
    fn relation(&mut self, relation: &Relation, depth: usize) -> u64 {
        self.steps += 1;
        match (&relation.lineage, &relation.rows) {
            (None, _) => 1,
            (Some(_), Some(rows)) if depth < MAX_DEPTH && self.steps < MAX_STEPS => self.rows(rows, depth),
            _ => {
                self.folded = true;
                1
            }
        }
    }

    fn rows(&mut self, rows: &Rows, depth: usize) -> u64 {
        self.folded |= rows.folded.iter().any(|id| self.protected(*id));
        self.behind(&rows.behind, depth + 1).saturating_mul(u64::from(rows.readings)).min(MANY)
    }

    fn behind(&mut self, behind: &Behind, depth: usize) -> u64 {
        match behind {
            Behind::Scan(oid) if self.classified(*oid) => {
                self.snapshot.relation(*oid).cloned().map_or(1, |relation| self.relation(&relation, depth))
            }
            Behind::Scan(_) => 0,
            Behind::All(all) => all.iter().fold(0, |sum, one| self.behind(one, depth).saturating_add(sum)),
            Behind::One(all) => all.iter().fold(0, |most, one| self.behind(one, depth).max(most)),
        }
    }

    fn classified(&self, relation: Oid) -> bool {
        match self.rights.relation(relation) {
            Some(RelationRight::Masked(columns) | RelationRight::Clear(columns)) => {
                columns.iter().any(|column| column.category.is_some())
            }
            Some(RelationRight::Refused(_)) => true,
            None => false,
        }
    }

    fn protected(&self, id: ColumnId) -> bool {
        match self.rights.relation(id.relation) {
            Some(RelationRight::Masked(columns) | RelationRight::Clear(columns)) => {
                columns.iter().any(|column| column.number == id.number && column.category.is_some())
            }
            Some(RelationRight::Refused(_)) => true,
            None => false,
        }
    }
}
