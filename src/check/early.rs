//! A filter that reads other relations and is not kept apart: the proof that the server computes nothing of a row
//! before it, but columns as they are stored.

use crate::grammar::{Node, nodes};
use crate::model::ids::ColumnId;

use super::walk::{Walk, strings};

impl<'a> Walk<'a> {
    /// What rows are sorted, grouped or told apart by, in a query of its own.
    pub(super) fn ordered_by(&mut self, it: &'a nodes::SelectStmt) {
        let targets = it.target_list();
        let mut items: Vec<Node<'a>> = it.sort_clause().iter().map(nodes::SortBy::node).collect();
        items.extend(it.group_clause().iter().chain(it.distinct_clause()));
        for item in items {
            let parts = match item {
                Node::ColumnRef(column) => strings(column.fields()),
                // DISTINCT of all targets
                Node::None => {
                    self.ordered.extend(targets.iter().map(nodes::ResTarget::val));
                    continue;
                }
                _ => None,
            };
            let computed = |name: &str| {
                targets.iter().filter(|target| !matches!(target.val(), Node::ColumnRef(_))).any(|target| {
                    let called = target.name().or_else(|| match target.val() {
                        Node::FuncCall(call) => call.funcname().iter().next_back().and_then(Node::as_str),
                        _ => None,
                    });
                    called.is_none_or(|called| called == name)
                })
            };
            match parts.as_deref() {
                None => self.early = true,
                Some([name]) if computed(name) => self.early = true,
                Some(_) => self.ordered.push(item),
            }
        }
    }

    /// Whether all that may be computed before rows are joined are columns of tables.
    pub(super) fn nothing_is_early(&self) -> bool {
        !self.early
            && self.ordered.iter().all(|node| {
                let Node::ColumnRef(column) = node else { return false };
                let Some(parts) = strings(column.fields()) else { return false };
                match parts.as_slice() {
                    [name] => self.is_of_tables(None, name),
                    [.., item, name] => self.is_of_tables(Some(item), name),
                    [] => false,
                }
            })
    }

    fn is_of_tables(&self, item: Option<&str>, name: &str) -> bool {
        self.sources.iter().all(|source| {
            if item.is_some_and(|item| source.name.is_some_and(|other| other != item)) {
                return true;
            }
            let Some(relation) = source.relation else { return false };
            relation.column(name).map_or(item.is_none(), |column| {
                self.in_a_table(ColumnId { relation: relation.oid, number: column.number }, 0)
            })
        })
    }
}
