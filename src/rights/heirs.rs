//! Classified relations that are gone, and tables that may be they under another name.

use std::sync::Arc;

use crate::catalog::snapshot::{Relation, RelationKind, Snapshot};
use crate::policy::Policy;
use crate::policy::classification::{Class, QualifiedName, RelationClass};

use super::builtin;
use super::names::name_of;

/// Relations that the bundle classifies and the database does not have; those with most columns first.
pub(super) fn missing<'p>(policy: &'p Policy, snapshot: &Snapshot) -> Vec<&'p RelationClass> {
    let all = policy.classification.relations.iter();
    let gone = all.filter(|(name, _)| snapshot.relation_named(&name.schema, &name.name).is_none());
    let mut missing: Vec<_> = gone.map(|(_, class)| class).collect();
    missing.sort_by_key(|class| (std::cmp::Reverse(class.columns.len()), class.span.start));
    missing
}

/// Tables in no class that have all personal columns of a missing one: it may be that one under another name.
pub(super) fn heirs<'s>(policy: &Policy, snapshot: &'s Snapshot, class: &RelationClass) -> Vec<&'s Arc<Relation>> {
    let columns: Vec<&str> =
        class.columns.iter().filter(|(_, column)| column.class != Class::Public).map(|(name, _)| &**name).collect();
    let is_heir = |relation: &&Arc<Relation>| {
        let table = matches!(relation.kind, RelationKind::Table | RelationKind::Partitioned | RelationKind::Foreign);
        table
            && !columns.is_empty()
            && !builtin::is_system(relation)
            && columns.iter().all(|column| relation.column(column).is_some())
            && !policy.classification.relations.contains_key(&name_of(relation))
    };
    let mut heirs: Vec<_> = snapshot.relations().filter(is_heir).collect();
    heirs.sort_by_key(|relation| relation.oid);
    heirs
}

/// Tables that may be a missing one of this name under another.
pub(super) fn heirs_of(policy: &Policy, snapshot: &Snapshot, name: &QualifiedName) -> Vec<Arc<Relation>> {
    let class = policy.classification.relations.get(name);
    class.map(|class| heirs(policy, snapshot, class).into_iter().cloned().collect()).unwrap_or_default()
}
