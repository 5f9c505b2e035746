//! What the server may compute of a row before the policy's filter has tested it, although it is no condition.
//!
//! A filter that reads other relations becomes a semi-join. Below it the server computes what an outer join may set to
//! NULL (PlaceHolderVar), other items of FROM, if there are rows to join, and, for a plan in parallel, what rows are
//! sorted by. Tables and columns as they are stored tell nothing; whatever else stands there keeps such a filter apart.

use crate::grammar::{ConstValue, Node, nodes};
use crate::model::tables::Set;

use super::query::is_star;
use super::scope::{Entry, fields};
use super::walk::{Walk, strings};

impl<'a> Walk<'a> {
    /// Notes what a query sorts by, groups by and tells rows apart by.
    pub(super) fn note_order(&mut self, select: &'a nodes::SelectStmt) {
        let sorts = select.sort_clause().iter().map(nodes::SortBy::node);
        let mut sorts = sorts.chain(select.distinct_clause()).peekable();
        let computed = sorts.peek().map(|_| Computed::by(select)).unwrap_or_default();
        if sorts.peek().is_none() && select.group_clause().is_empty() {
            return;
        }
        // those that numbers may mean: a star's are not counted
        let outputs: Vec<Node<'a>> =
            select.target_list().iter().take_while(|target| !is_star(target)).map(nodes::ResTarget::val).collect();
        let meant = |item| numbered(item).and_then(|number| outputs.get(number).copied()).unwrap_or(item);
        for item in sorts.map(meant) {
            match item {
                Node::None => self.scope.ordered.extend(select.target_list().iter().map(nodes::ResTarget::val)),
                Node::ColumnRef(column) => {
                    let written = fields(column);
                    let bare = written.and_then(|it| it.name.filter(|_| it.qualifier.is_none()));
                    self.scope.early |= bare.is_some_and(|name| computed.unnamed || computed.names.contains(name));
                    self.scope.ordered.push(item);
                }
                _ => self.scope.early = true,
            }
        }
        // there a column of FROM comes before an output's name
        self.scope.ordered.extend(select.group_clause().iter().map(meant));
    }

    /// Whether something other than a stored column may be computed before rows are joined, or an item of FROM may fail,
    /// which is read only if others have rows.
    pub(super) fn computes_early(&self) -> bool {
        if self.scope.early || !self.scope.entries.iter().all(|entry| self.is_plain(entry)) {
            return true;
        }
        let entries = self.scope.entries.iter().filter(|_| !self.scope.ordered.is_empty());
        // a column of a table, or its row, whichever item of the statement is meant
        let stored: Set<(Option<&str>, &str)> = entries
            .flat_map(|entry| {
                let columns = entry.names.known.iter().flat_map(|name| [(None, *name), (Some(entry.name), *name)]);
                columns.chain([(None, entry.name)])
            })
            .collect();
        let is_stored = |node: &Node<'a>| match node {
            Node::ColumnRef(column) => fields(column)
                .is_some_and(|written| written.name.is_some_and(|name| stored.contains(&(written.qualifier, name)))),
            _ => false,
        };
        !self.scope.ordered.iter().all(is_stored)
    }

    /// Whether an item of FROM is a table under its columns' own names.
    fn is_plain(&self, entry: &Entry<'a>) -> bool {
        entry.relation.is_some_and(|relation| relation.reads_plainly()) && self.shows_its_names(entry)
    }
}

/// Which output a number in ORDER BY or GROUP BY means, from 0.
fn numbered(item: Node<'_>) -> Option<usize> {
    let Node::A_Const(constant) = item else { return None };
    match constant.val() {
        Some(ConstValue::Integer(number)) => usize::try_from(number).ok()?.checked_sub(1),
        _ => None,
    }
}

/// What ORDER BY may mean of what a query computes: by its name, or by one that is not known.
#[derive(Default)]
struct Computed<'a> {
    names: Set<&'a str>,
    unnamed: bool,
}

impl<'a> Computed<'a> {
    fn by(select: &'a nodes::SelectStmt) -> Self {
        let mut found = Self::default();
        for target in select.target_list() {
            let name = match (target.name(), target.val()) {
                (_, Node::ColumnRef(_)) => continue,
                (Some(given), _) => Some(given),
                (None, Node::FuncCall(call)) => strings(call.funcname()).and_then(|parts| parts.last().copied()),
                (None, _) => None,
            };
            found.unnamed |= name.is_none();
            found.names.extend(name);
        }
        found
    }
}
