//! What a place in a statement sees: WITH queries, and the items of FROM that hide others of their name.
//!
//! Only where the server sees all items of a query, or both sides of a join, do they count as hiding something: not for
//! what stands in FROM itself, LATERAL or not. A write is never inside of a query with a FROM: the server wants it at the
//! top level, or in its WITH.

use crate::grammar::{ConstValue, Node, NodeList, nodes};

use super::walk::{MAX_STEPS, Scope, Walk};
use super::{Contradiction, Step};

/// One step outwards.
pub(super) struct Seen<'a> {
    what: Sight<'a>,
    outer: Scope,
    /// The innermost step around it into a subquery that the server plans for itself; `None`: there is none.
    inside: Scope,
}

#[derive(Clone, Copy)]
enum Sight<'a> {
    /// A WITH query.
    Query(&'a str),
    /// All of a query's FROM.
    Items(&'a NodeList),
    /// Both sides of a join: what its condition sees.
    Sides(&'a nodes::JoinExpr),
    /// Nothing more: a subquery begins that the server plans for itself.
    Unmerged,
}

impl<'a> Walk<'a> {
    fn step(&mut self, what: Sight<'a>, outer: Scope) -> Scope {
        let own = Some(self.seen.len());
        let inside = if matches!(what, Sight::Unmerged) { own } else { self.unmerged(outer) };
        self.seen.push(Seen { what, outer, inside });
        own
    }

    /// The innermost subquery around a place that the server plans for itself: a value, an array, or one of so many rows.
    /// Conditions outside of it are not tested inside, nor the other way round.
    pub(super) fn unmerged(&self, scope: Scope) -> Scope {
        self.seen.get(scope?)?.inside
    }

    /// Steps into a subquery.
    pub(super) fn within(&mut self, query: Node<'a>, is_value: bool, outer: Scope) -> Scope {
        let number = |node| match node {
            Node::A_Const(it) => matches!(it.val(), Some(ConstValue::Integer(_))),
            Node::TypeCast(it) => matches!(it.arg(), Node::ParamRef(_)),
            node => matches!(node, Node::ParamRef(_)),
        };
        let of_so_many = match query {
            Node::SelectStmt(it) => number(it.limit_count()) || number(it.limit_offset()),
            _ => false,
        };
        if is_value || of_so_many { self.step(Sight::Unmerged, outer) } else { outer }
    }

    /// Makes a WITH query visible inside of `outer`.
    pub(super) fn see(&mut self, name: &'a str, outer: Scope) -> Scope {
        self.cte_names.insert(name);
        self.step(Sight::Query(name), outer)
    }

    /// Makes the items of a query's FROM visible.
    pub(super) fn see_items(&mut self, from: &'a NodeList, outer: Scope) -> Scope {
        if from.is_empty() { outer } else { self.step(Sight::Items(from), outer) }
    }

    pub(super) fn see_sides(&mut self, join: &'a nodes::JoinExpr, outer: Scope) -> Scope {
        self.step(Sight::Sides(join), outer)
    }

    pub(super) fn is_cte(&mut self, name: &str, scope: Scope, location: i32) -> Step<bool> {
        if !self.cte_names.contains(name) {
            return Ok(false);
        }
        let mut at = scope;
        while let Some(seen) = at.and_then(|index| self.seen.get(index)) {
            self.steps += 1;
            if self.steps > MAX_STEPS {
                return Err(Contradiction::at(location, "it has too many WITH queries"));
            }
            if matches!(seen.what, Sight::Query(query) if query == name) {
                return Ok(true);
            }
            at = seen.outer;
        }
        Ok(false)
    }

    /// Whether an item of FROM that is called so is nearer to a place than whatever is written to. `steps`: how many
    /// may still be taken; without any it is not known.
    pub(super) fn is_hidden(&self, name: &str, scope: Scope, steps: &mut usize) -> bool {
        let mut at = scope;
        while let Some(seen) = at.and_then(|index| self.seen.get(index)) {
            let found = match seen.what {
                Sight::Query(_) | Sight::Unmerged => false,
                Sight::Items(from) => is_called(from.iter().collect(), name, steps),
                Sight::Sides(join) => is_called(vec![join.larg(), join.rarg()], name, steps),
            };
            if found {
                return true;
            }
            at = seen.outer.filter(|_| *steps > 0);
            *steps = steps.saturating_sub(1);
        }
        false
    }
}

/// Whether one of these has the name for certain. A join with a name of its own hides what it joins.
fn is_called(mut items: Vec<Node<'_>>, name: &str, steps: &mut usize) -> bool {
    while let Some(item) = items.pop().filter(|_| *steps > 0) {
        *steps -= 1;
        let (alias, own) = match item {
            Node::RangeVar(range) => (range.alias(), range.relname()),
            Node::RangeSubselect(sub) => (sub.alias(), None),
            Node::RangeFunction(function) => (function.alias(), None),
            Node::JoinExpr(join) => {
                if join.alias().is_none() {
                    items.extend([join.larg(), join.rarg()]);
                }
                (join.alias(), None)
            }
            _ => (None, None),
        };
        if alias.and_then(nodes::Alias::aliasname).or(own) == Some(name) {
            return true;
        }
    }
    false
}
