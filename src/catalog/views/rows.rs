//! Views that have one row for each row of one relation: a condition on their rows is one on the relation's.

use crate::catalog::snapshot::{FunctionKind, Relation, RelationKind, Snapshot};
use crate::grammar::{Node, NodeList, nodes, tags};
use crate::model::ids::Oid;

use super::total::{Holds, total};

/// Deeper nesting than this is not followed.
const MAX_DEPTH: usize = 60;

/// The relation, if the definition is a SELECT with one relation in FROM and nothing that joins, folds, repeats or counts
/// rows.
pub(super) fn source(snapshot: &Snapshot, select: &nodes::SelectStmt) -> Option<Oid> {
    let lists = [select.distinct_clause(), select.group_clause(), select.window_clause(), select.values_lists()];
    let clauses = [select.having_clause(), select.limit_offset(), select.limit_count()];
    let plain = lists.iter().all(|list| list.is_empty())
        && clauses.iter().all(|node| matches!(node, Node::None))
        && select.op == tags::SetOperation::SETOP_NONE
        && select.sort_clause().is_empty()
        && select.locking_clause().is_empty()
        && select.with_clause().is_none();
    let mut from = select.from_clause().iter();
    let (Some(Node::RangeVar(range)), None, true) = (from.next(), from.next(), plain) else { return None };
    let by_row = |node| of_a_row(snapshot, node, 0);
    let rows = by_row(select.where_clause()) && select.target_list().iter().all(|target| by_row(target.val()));
    let relation = snapshot.relation_named(range.schemaname()?, range.relname()?)?;
    // the view's own condition may be tested before one that is put beside it
    let rows = rows && total(select.where_clause(), &|column| held(relation, column));
    (rows && range.inh && relation.kind != RelationKind::Composite).then_some(relation.oid)
}

/// What a column of the relation holds, or its row.
fn held(relation: &Relation, column: &nodes::ColumnRef) -> Holds {
    let name = column.fields().iter().next_back().and_then(Node::as_str).unwrap_or_default();
    match relation.column(name) {
        Some(column) => Holds::of([column]),
        None => Holds::of(&relation.columns),
    }
}

fn all(snapshot: &Snapshot, list: &NodeList, depth: usize) -> bool {
    list.iter().all(|node| of_a_row(snapshot, node, depth))
}

/// Whether an expression depends on one row alone: no subquery, aggregate, window, or function that gives rows.
fn of_a_row(snapshot: &Snapshot, node: Node<'_>, depth: usize) -> bool {
    let next = depth + 1;
    let one = |node| of_a_row(snapshot, node, next);
    depth < MAX_DEPTH
        && match node {
            Node::None | Node::A_Const(_) | Node::ColumnRef(_) | Node::SQLValueFunction(_) => true,
            Node::NodeList(list) => all(snapshot, list, next),
            Node::A_Expr(it) => one(it.lexpr()) && one(it.rexpr()),
            Node::BoolExpr(it) => all(snapshot, it.args(), next),
            Node::TypeCast(it) => one(it.arg()),
            Node::CollateClause(it) => one(it.arg()),
            Node::NullTest(it) => one(it.arg()),
            Node::BooleanTest(it) => one(it.arg()),
            Node::CoalesceExpr(it) => all(snapshot, it.args(), next),
            Node::MinMaxExpr(it) => all(snapshot, it.args(), next),
            Node::A_ArrayExpr(it) => all(snapshot, it.elements(), next),
            Node::CaseExpr(it) => one(it.arg()) && one(it.defresult()) && all(snapshot, it.args(), next),
            Node::CaseWhen(it) => one(it.expr()) && one(it.result()),
            Node::FuncCall(it) => {
                let name = it.funcname().iter().next_back().and_then(|node| node.as_str()).unwrap_or_default();
                let functions = snapshot.functions_named(name);
                let scalar = functions.iter().all(|one| one.kind == FunctionKind::Function && !one.returns_set);
                it.over().is_none() && !functions.is_empty() && scalar && all(snapshot, it.args(), next)
            }
            _ => false,
        }
}
