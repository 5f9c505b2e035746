//! What the server may compute of a row before the policy's filter has tested it, although it is no condition.
//!
//! A filter that reads other relations becomes a semi-join. Below it the server computes what an outer join may set to
//! NULL (PlaceHolderVar), what stands in FROM and speaks of the items before it, and, for a plan in parallel, what rows
//! are sorted by. Columns as they are stored tell nothing; whatever else stands there keeps such a filter apart.

use crate::catalog::snapshot::Relation;
use crate::grammar::{Node, nodes};
use crate::model::ids::ColumnId;

use super::scope::{Entry, Fields, fields};
use super::walk::{Walk, strings};

impl<'a> Walk<'a> {
    /// Notes what a query sorts by, groups by and tells rows apart by.
    pub(super) fn note_order(&mut self, select: &'a nodes::SelectStmt) {
        let sorts = select.sort_clause().iter().map(nodes::SortBy::node);
        for item in sorts.chain(select.group_clause()).chain(select.distinct_clause()) {
            match item {
                Node::None => self.scope.ordered.extend(select.target_list().iter().map(nodes::ResTarget::val)),
                Node::ColumnRef(column) => {
                    let written = fields(column);
                    let bare = written.and_then(|it| it.name.filter(|_| it.qualifier.is_none()));
                    let output = |name| select.target_list().iter().any(|target| may_be_called(target, name));
                    self.scope.early |= bare.is_some_and(output);
                    self.scope.ordered.push(item);
                }
                _ => self.scope.early = true,
            }
        }
    }

    /// Whether something other than a stored column may be computed before rows are joined.
    pub(super) fn computes_early(&self) -> bool {
        let stored = |node: &Node<'a>| match node {
            Node::ColumnRef(column) => fields(column).is_some_and(|written| self.names_stored(&written)),
            _ => false,
        };
        self.scope.early || !self.scope.ordered.iter().all(stored)
    }

    /// Whether a name is a column of a table, whichever item of the statement is meant.
    fn names_stored(&self, written: &Fields<'a>) -> bool {
        let Some(name) = written.name else { return false };
        let meant = |entry: &&Entry<'a>| written.qualifier.is_none_or(|qualifier| qualifier == entry.name);
        let stored = |relation: &Relation| match relation.column(name) {
            Some(column) => self.is_stored(ColumnId { relation: relation.oid, number: column.number }),
            None => written.qualifier.is_none(),
        };
        self.scope.entries.iter().filter(meant).all(|entry| {
            let relation = entry.relation.as_ref().filter(|_| self.shows_its_names(entry));
            relation.is_some_and(|relation| stored(relation))
        })
    }
}

/// Whether ORDER BY may mean what this target computes, by its name.
fn may_be_called(target: &nodes::ResTarget, name: &str) -> bool {
    match (target.name(), target.val()) {
        (_, Node::ColumnRef(_)) => false,
        (Some(given), _) => given == name,
        (None, Node::FuncCall(call)) => strings(call.funcname()).is_none_or(|parts| parts.last() == Some(&name)),
        (None, _) => true,
    }
}
