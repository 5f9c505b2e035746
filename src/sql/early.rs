//! What the server may compute of a row before the policy's filter has tested it, although it is no condition.
//!
//! A filter that reads other relations becomes a semi-join. Below it the server computes what an outer join may set to
//! NULL (PlaceHolderVar), other items of FROM, if there are rows to join, and, for a plan in parallel, what rows are
//! sorted by. Tables and columns as they are stored tell nothing; whatever else stands there keeps such a filter apart.

use crate::grammar::{Node, nodes};

use super::scope::{Entry, Fields, fields};
use super::walk::{Walk, strings};

impl<'a> Walk<'a> {
    /// Notes what a query sorts by, groups by and tells rows apart by.
    pub(super) fn note_order(&mut self, select: &'a nodes::SelectStmt) {
        let sorts = select.sort_clause().iter().map(nodes::SortBy::node);
        for item in sorts.chain(select.distinct_clause()) {
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
        // there a column of FROM comes before an output's name
        self.scope.ordered.extend(select.group_clause());
    }

    /// Whether something other than a stored column may be computed before rows are joined, or an item of FROM may fail,
    /// which is read only if others have rows.
    pub(super) fn computes_early(&self) -> bool {
        let stored = |node: &Node<'a>| match node {
            Node::ColumnRef(column) => fields(column).is_some_and(|written| self.names_stored(&written)),
            _ => false,
        };
        self.scope.early
            || !self.scope.entries.iter().all(|entry| self.is_plain(entry))
            || !self.scope.ordered.iter().all(stored)
    }

    /// Whether an item of FROM is a table under its columns' own names.
    fn is_plain(&self, entry: &Entry<'a>) -> bool {
        entry.relation.is_some_and(|relation| relation.reads_plainly()) && self.shows_its_names(entry)
    }

    /// Whether a name is a column of a table, or its row, whichever item of the statement is meant.
    fn names_stored(&self, written: &Fields<'a>) -> bool {
        let Some(name) = written.name else { return false };
        self.scope.entries.iter().any(|entry| match written.qualifier {
            Some(qualifier) => entry.name == qualifier && entry.names.known.contains(&name),
            None => entry.name == name || entry.names.known.contains(&name),
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
