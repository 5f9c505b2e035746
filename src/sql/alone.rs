//! Parts of a statement that the server plans by themselves: a subquery that stands for a value or an array, and one with a
//! LIMIT or OFFSET, which is merged into nothing.
//!
//! What is tested outside of one never looks at its rows before they leave it, and what is tested inside looks at no others:
//! when it runs at all, the place where it stands says. Hence each has its own conditions beside a filter.

use crate::grammar::tags::SubLinkType;
use crate::grammar::{ConstValue, Node, nodes};

use super::walk::Walk;

impl<'a> Walk<'a> {
    /// Walks a part of the statement; `alone`: whether it is planned by itself.
    pub(super) fn planned<T>(&mut self, alone: bool, walk: impl FnOnce(&mut Self) -> T) -> T {
        let around = self.scope.part;
        if alone {
            self.scope.parts += 1;
            self.scope.part = self.scope.parts;
        }
        let walked = walk(self);
        self.scope.part = around;
        walked
    }
}

/// Whether a subquery among expressions is planned by itself. Of EXISTS the server leaves a LIMIT out.
pub(super) fn is_alone(link: &nodes::SubLink) -> bool {
    match link.sub_link_type {
        SubLinkType::EXPR_SUBLINK | SubLinkType::ARRAY_SUBLINK => true,
        SubLinkType::ANY_SUBLINK => is_limited(link.subselect()),
        _ => false,
    }
}

/// Whether a query has a LIMIT or an OFFSET that says how many.
pub(super) fn is_limited(query: Node<'_>) -> bool {
    let Node::SelectStmt(select) = query else { return false };
    [select.limit_count(), select.limit_offset()].into_iter().any(says_how_many)
}

fn says_how_many(node: Node<'_>) -> bool {
    match node {
        Node::A_Const(constant) => matches!(constant.val(), Some(ConstValue::Integer(_))),
        Node::ParamRef(_) => true,
        Node::TypeCast(cast) => matches!(cast.arg(), Node::ParamRef(_)),
        _ => false,
    }
}
