//! A filter that reads other relations and is not kept apart: the proof that the server computes nothing of a row
//! before it, but columns as they are stored, and reads nothing beside it that may fail.

use crate::catalog::snapshot::Relation;
use crate::grammar::{ConstValue, Node, nodes};
use crate::model::tables::Set;

use super::leaks::Source;
use super::queries::expands;
use super::walk::{Walk, strings};

impl<'a> Walk<'a> {
    /// What rows are sorted, grouped or told apart by, in a query of its own.
    pub(super) fn ordered_by(&mut self, it: &'a nodes::SelectStmt) {
        let targets = it.target_list();
        if [it.sort_clause().is_empty(), it.distinct_clause().is_empty(), it.group_clause().is_empty()] == [true; 3] {
            return;
        }
        // a number is the output of that place; behind a star nobody has counted
        let counted: Vec<Node<'a>> =
            targets.iter().map(nodes::ResTarget::val).take_while(|value| !expands(*value)).collect();
        let output = |item: Node<'a>| {
            let Node::A_Const(constant) = item else { return item };
            match constant.val() {
                Some(ConstValue::Integer(place @ 1..)) => {
                    usize::try_from(place).ok().and_then(|place| counted.get(place - 1)).copied().unwrap_or(item)
                }
                _ => item,
            }
        };
        // in GROUP BY an output's name comes last
        self.ordered.extend(it.group_clause().iter().map(output));
        let mut items: Vec<Node<'a>> = it.sort_clause().iter().map(nodes::SortBy::node).collect();
        items.extend(it.distinct_clause());
        items.iter_mut().for_each(|item| *item = output(*item));
        let mut computed = Set::default();
        let mut any = false;
        for target in targets.iter().filter(|target| !items.is_empty() && !matches!(target.val(), Node::ColumnRef(_))) {
            let called = target.name().or_else(|| match target.val() {
                Node::FuncCall(call) => call.funcname().iter().next_back().and_then(Node::as_str),
                _ => None,
            });
            any |= called.is_none();
            computed.extend(called);
        }
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
            match parts.as_deref() {
                None => self.early = true,
                Some([name]) if any || computed.contains(name) => self.early = true,
                Some(_) => self.ordered.push(item),
            }
        }
    }

    /// Whether all that may be computed before rows are joined are columns of tables, and nothing is joined but those.
    pub(super) fn nothing_is_early(&self) -> bool {
        let table = |source: &Source<'_>| source.relation.is_some_and(Relation::reads_plainly);
        !self.early && self.sources.iter().all(table) && self.ordered.iter().all(|node| self.is_of_a_table(*node))
    }

    /// A column, or the row, of an item of FROM.
    fn is_of_a_table(&self, node: Node<'a>) -> bool {
        let Node::ColumnRef(column) = node else { return false };
        let parts = strings(column.fields()).unwrap_or_default();
        let has = |source: &Source<'_>, name: &str| source.relation.is_some_and(|one| one.column(name).is_some());
        match parts.as_slice() {
            [name] => self.sources.iter().any(|source| source.name == Some(name) || has(source, name)),
            [.., item, name] => self.sources.iter().any(|source| source.name == Some(item) && has(source, name)),
            [] => false,
        }
    }
}
