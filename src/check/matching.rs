//! Equalities in which a true value may stand: against what reads nothing, or against another true value of the same
//! category.

use crate::grammar::tags::A_Expr_Kind;
use crate::grammar::{Node, nodes, uncast};
use crate::model::tables::Map;

use super::target::parts;
use super::walk::Walk;

/// What columns are tested for equality with, by their places.
pub(super) type Equalities<'a> = Map<i32, Partner<'a>>;

/// The other side of an equality.
#[derive(Clone, Copy)]
pub(super) enum Partner<'a> {
    /// Constants and parameters.
    Value,
    Column(&'a nodes::ColumnRef),
}

/// A constant or a parameter, perhaps cast, or an array of such.
fn is_value(node: Node<'_>) -> bool {
    match uncast(node) {
        Node::A_Const(_) | Node::ParamRef(_) => true,
        Node::A_ArrayExpr(array) => array.elements().iter().all(is_value),
        _ => false,
    }
}

impl<'a> Walk<'a> {
    /// Notes columns that an operation tests for equality, whatever they turn out to be.
    pub(super) fn equality(&mut self, it: &'a nodes::A_Expr) {
        let name: Vec<Option<&str>> = it.name().iter().map(|part| part.as_str()).collect();
        if !matches!(name.as_slice(), [Some("=")] | [Some("pg_catalog"), Some("=")]) {
            return;
        }
        let noted = &mut self.writes.equalities;
        match (it.kind, it.lexpr(), it.rexpr()) {
            (A_Expr_Kind::AEXPR_OP, Node::ColumnRef(left), Node::ColumnRef(right)) => {
                noted.insert(left.location, Partner::Column(right));
                noted.insert(right.location, Partner::Column(left));
            }
            (A_Expr_Kind::AEXPR_OP, Node::ColumnRef(column), other)
            | (A_Expr_Kind::AEXPR_OP, other, Node::ColumnRef(column))
                if is_value(other) =>
            {
                noted.insert(column.location, Partner::Value);
            }
            (A_Expr_Kind::AEXPR_IN, Node::ColumnRef(column), Node::NodeList(list)) if list.iter().all(is_value) => {
                noted.insert(column.location, Partner::Value);
            }
            (A_Expr_Kind::AEXPR_OP_ANY, Node::ColumnRef(column), array) if is_value(array) => {
                noted.insert(column.location, Partner::Value);
            }
            _ => {}
        }
    }

    /// Whether a column is a true value that may be tested, in an equality that may test it.
    pub(super) fn is_tested(&self, column: &nodes::ColumnRef) -> bool {
        let testable = |column: &nodes::ColumnRef| match parts(column) {
            (Some(qualifier), Some(name)) => self.testable(qualifier, name),
            _ => None,
        };
        let Some(right) = testable(column) else { return false };
        match self.writes.equalities.get(&column.location) {
            Some(Partner::Value) => true,
            Some(Partner::Column(other)) => testable(other).is_some_and(|other| other.category == right.category),
            None => false,
        }
    }
}
