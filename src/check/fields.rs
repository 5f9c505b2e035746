//! `x.name`: a column of the item `x` of FROM, or else a function that is called on its row.
//!
//! Only looked at where a function of that name is in sight that may not be called. It is enough that every item of
//! the statement that is called `x` has such a column: whichever is meant, the column comes before the function.

use crate::catalog::snapshot::Relation;
use crate::grammar::{Node, nodes};

use super::walk::{Walk, strings};
use super::{Contradiction, Step};

impl<'a> Walk<'a> {
    /// Proves that the noted fields are columns.
    pub(super) fn fields_are_columns(&self) -> Step {
        for (&(qualifier, name), &location) in &self.fields {
            let mut named = self.items.iter().filter(|item| is_named(**item, qualifier)).peekable();
            if named.peek().is_none() || !named.all(|item| self.has_column(*item, name)) {
                let what = format!("{qualifier}.{name} may be a function that is not allowed");
                return Err(Contradiction::at(location, what));
            }
        }
        Ok(())
    }

    /// Proves that no substitution leaves out what the statement may speak of: a name would then mean something else, or
    /// a star less. Nor may a statement speak of what is protected where a relation stands as it is.
    pub(super) fn nothing_left_out_is_used(&self) -> Step {
        for (item, left_out) in &self.left_out {
            let (alias, name, what) = match item {
                Node::RangeSubselect(sub) => (sub.alias(), None, "lacks a column that is used"),
                Node::RangeVar(range) => (range.alias(), range.relname(), "is not substituted"),
                _ => return Err(Contradiction::at(-1, "an item of FROM is not understood")),
            };
            let own = alias.and_then(nodes::Alias::aliasname).or(name).unwrap_or_default();
            let spoken = |name| self.columns.contains(&("", name)) || self.columns.contains(&(own, name));
            let whole = self.natural || spoken("*") || spoken(own) || !renamed(alias).is_empty();
            if whole || left_out.iter().any(|name| spoken(name)) {
                return Err(Contradiction::at(-1, format!("the relation called {own} {what}")));
            }
        }
        Ok(())
    }

    fn has_column(&self, item: Node<'a>, name: &str) -> bool {
        match item {
            Node::RangeVar(range) => {
                let renamed = renamed(range.alias());
                renamed.contains(&name) || (renamed.is_empty() && self.relation_has(range, name))
            }
            Node::RangeSubselect(sub) => {
                let renamed = renamed(sub.alias());
                renamed.contains(&name) || (renamed.is_empty() && selects(sub.subquery(), name))
            }
            Node::RangeFunction(function) => {
                renamed(function.alias()).contains(&name)
                    || function.coldeflist().iter().any(|column| column.colname() == Some(name))
            }
            Node::RangeTableFunc(table) => table.columns().iter().any(|column| column.colname() == Some(name)),
            _ => false,
        }
    }

    fn relation_has(&self, range: &nodes::RangeVar, name: &str) -> bool {
        let relation: Option<&Relation> = match (range.schemaname(), range.relname()) {
            (Some(schema), Some(table)) if self.subject.is_temp(schema) => {
                self.subject.names.temp.iter().find(|relation| &*relation.name == table).map(AsRef::as_ref)
            }
            (Some(schema), Some(table)) => self.subject.snapshot.relation_named(schema, table).map(AsRef::as_ref),
            _ => None,
        };
        relation.is_some_and(|relation| relation.column(name).is_some())
    }
}

/// Whether an item of FROM may be what the qualifier means.
fn is_named(item: Node<'_>, qualifier: &str) -> bool {
    let (alias, own) = match item {
        Node::RangeVar(range) => (range.alias(), range.relname()),
        Node::RangeSubselect(sub) => (sub.alias(), None),
        // without an alias, named by the function
        Node::RangeFunction(function) => (function.alias(), Some(qualifier)),
        Node::RangeTableFunc(table) => (table.alias(), Some("xmltable")),
        Node::JoinExpr(join) => {
            let alias = |alias: Option<&nodes::Alias>| alias.and_then(nodes::Alias::aliasname) == Some(qualifier);
            return alias(join.alias()) || alias(join.join_using_alias());
        }
        _ => return false,
    };
    alias.and_then(nodes::Alias::aliasname).or(own) == Some(qualifier)
}

fn renamed(alias: Option<&nodes::Alias>) -> Vec<&str> {
    alias.and_then(|alias| strings(alias.colnames())).unwrap_or_default()
}

/// Whether a query's outputs are known to have the name; those of a set operation are its first arm's.
fn selects(query: Node<'_>, name: &str) -> bool {
    let Node::SelectStmt(mut select) = query else { return false };
    while let Some(left) = select.larg() {
        select = left;
    }
    select.target_list().iter().any(|target| {
        let of_column = match target.val() {
            Node::ColumnRef(column) => column.fields().iter().next_back().and_then(Node::as_str),
            _ => None,
        };
        target.name().or(of_column) == Some(name)
    })
}
