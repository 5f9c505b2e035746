//! Relations, columns and functions as people call them.

use std::sync::Arc;

use crate::catalog::snapshot::{Relation, Snapshot};
use crate::model::ids::{ColumnId, Oid};
use crate::policy::classification::QualifiedName;

/// A relation's name as the bundle calls it.
pub(super) fn name_of(relation: &Relation) -> QualifiedName {
    QualifiedName { schema: Arc::clone(&relation.schema), name: Arc::clone(&relation.name) }
}

/// A column as people call it.
pub(super) fn column_name(snapshot: &Snapshot, id: ColumnId) -> String {
    let relation = snapshot.relation(id.relation);
    let column = relation.and_then(|relation| relation.column_by_number(id.number));
    match (relation, column) {
        (Some(relation), Some(column)) => format!("{}.{}", name_of(relation), column.name),
        _ => "a column that is not known".into(),
    }
}

/// A function as people call it.
pub(super) fn function_name(snapshot: &Snapshot, oid: Oid) -> String {
    let function = snapshot.function(oid);
    function.map_or_else(|| format!("function {oid}"), |function| format!("{}.{}", function.schema, function.name))
}
