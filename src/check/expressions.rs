//! Every kind of node that may stand in a query, by name. What is not named contradicts.

use crate::grammar::tags::{A_Expr_Kind, SubLinkType};
use crate::grammar::{ConstValue, Node, NodeList, nodes};

use super::tied::LOCKER;
use super::walk::{Flow, Scope, Walk};
use super::{Contradiction, Step};

/// Operators that BETWEEN looks up by name.
const BETWEEN: [&str; 4] = ["<", "<=", ">", ">="];

impl<'a> Walk<'a> {
    /// Checks one node and pushes what is inside.
    pub(super) fn visit(&mut self, node: Node<'a>, scope: Scope) -> Step {
        match node {
            Node::A_Const(constant) => match constant.val() {
                Some(ConstValue::Unrecognized(_)) => {
                    Err(Contradiction::at(constant.location, "a constant is not understood"))
                }
                _ => Ok(()),
            },
            Node::None
            | Node::ParamRef(_)
            | Node::SQLValueFunction(_)
            | Node::SetToDefault(_)
            | Node::CurrentOfExpr(_) => Ok(()),
            Node::ColumnRef(column) => {
                self.read(column, scope);
                self.column(column)
            }
            Node::NodeList(list) => self.inside(list, scope),
            Node::A_Expr(it) => self.operation(it, scope),
            Node::BoolExpr(it) => self.inside(it.args(), scope),
            Node::CoalesceExpr(it) => self.inside(it.args(), scope),
            Node::MinMaxExpr(it) => self.inside(it.args(), scope),
            Node::RowExpr(it) => self.inside(it.args(), scope),
            Node::GroupingFunc(it) => self.inside(it.args(), scope),
            Node::GroupingSet(it) => self.inside(it.content(), scope),
            Node::A_ArrayExpr(it) => self.inside(it.elements(), scope),
            Node::NullTest(it) => self.one(it.arg(), scope),
            Node::BooleanTest(it) => self.one(it.arg(), scope),
            Node::NamedArgExpr(it) => self.one(it.arg(), scope),
            Node::A_Indirection(it) => self.indirection(it, scope),
            Node::CaseExpr(it) => self.case(it, scope),
            Node::CaseWhen(it) => {
                self.push_to(Flow::Free, it.expr(), scope);
                self.one(it.result(), scope)
            }
            Node::TypeCast(it) => {
                self.push(it.arg(), scope);
                self.note_cast(it);
                it.type_name().ok_or_else(|| Contradiction::at(it.location, "a cast to nothing"))?;
                let typed = self.type_name(it.type_name(), false);
                // a mask of a composite column ends in its type, as in a substituted scan
                if typed.is_err() && self.is_in_reading(it.location) { Ok(()) } else { typed }
            }
            Node::CollateClause(it) => {
                self.push(it.arg(), scope);
                self.subject.collation(it.collname(), it.location)
            }
            Node::SubLink(it) => self.sublink(it, scope),
            Node::FuncCall(it) => self.call(it, scope),
            Node::WindowDef(it) => self.window(it, scope),
            Node::SortBy(it) => self.sort(it, scope),
            Node::ResTarget(it) => {
                self.push(it.val(), scope);
                self.subscripts(it.indirection(), false, self.flow, scope)
            }
            Node::XmlExpr(it) => {
                self.push_all(it.named_args(), scope);
                self.inside(it.args(), scope)
            }
            Node::XmlSerialize(it) => {
                self.push(it.expr(), scope);
                self.type_name(it.type_name(), false)
            }
            other => self.query_node(other, scope),
        }
    }

    fn inside(&mut self, list: &'a NodeList, scope: Scope) -> Step {
        self.push_all(list, scope);
        Ok(())
    }

    fn one(&mut self, node: Node<'a>, scope: Scope) -> Step {
        self.push(node, scope);
        Ok(())
    }

    /// `name`, `relation.name`, `schema.relation.name`, each perhaps with a star for the name.
    fn column(&mut self, column: &'a nodes::ColumnRef) -> Step {
        let fields = column.fields();
        let last = fields.len().saturating_sub(1);
        let names = fields.iter().take(last).all(|field| matches!(field, Node::String(_)));
        let text = |index: usize| fields.get(index).and_then(Node::as_str);
        let qualifier = last.checked_sub(1).and_then(text).unwrap_or_default();
        self.columns.insert((qualifier, text(last).unwrap_or("*")));
        if text(last) == Some(LOCKER) {
            self.lockers.push(column.location);
        }
        match fields.get(last) {
            Some(Node::String(_) | Node::A_Star(_)) if last == 0 => Ok(()),
            Some(Node::A_Star(_)) if names && last < 4 => Ok(()),
            Some(Node::String(name)) if names && last < 4 => {
                self.field_of_row(qualifier, name.sval().unwrap_or_default(), column.location);
                Ok(())
            }
            _ => Err(Contradiction::at(column.location, "a column reference is not understood")),
        }
    }

    fn indirection(&mut self, it: &'a nodes::A_Indirection, scope: Scope) -> Step {
        self.push(it.arg(), scope);
        self.subscripts(it.indirection(), true, self.flow, scope)
    }

    /// `.name`, `.*`, `[1]`, `[1:2]`. A name that is read may be a function; one that is assigned to may not. `flow`: where
    /// the key of a document goes.
    pub(super) fn subscripts(&mut self, list: &'a NodeList, read: bool, flow: Flow, scope: Scope) -> Step {
        for step in list {
            match step {
                Node::String(name) if read => {
                    let name = name.sval().unwrap_or_default();
                    self.lockers.extend(Some(-1).filter(|_| name == LOCKER));
                    self.subject.field(name, false, -1)?;
                }
                Node::String(_) => {}
                Node::A_Star(_) if read => {}
                Node::A_Indices(indices) => {
                    self.push_to(flow, indices.lidx(), scope);
                    self.push_to(flow, indices.uidx(), scope);
                }
                _ => return Err(Contradiction::at(-1, "a subscript is not understood")),
            }
        }
        Ok(())
    }

    fn operation(&mut self, it: &'a nodes::A_Expr, scope: Scope) -> Step {
        self.push(it.lexpr(), scope);
        self.push_to(self.flow.of_change(), it.rexpr(), scope);
        self.equality(it);
        match it.kind {
            A_Expr_Kind::AEXPR_BETWEEN
            | A_Expr_Kind::AEXPR_NOT_BETWEEN
            | A_Expr_Kind::AEXPR_BETWEEN_SYM
            | A_Expr_Kind::AEXPR_NOT_BETWEEN_SYM => {
                BETWEEN.iter().try_for_each(|operator| self.operator_named(operator, it.location))
            }
            A_Expr_Kind::AEXPR_OP
            | A_Expr_Kind::AEXPR_OP_ANY
            | A_Expr_Kind::AEXPR_OP_ALL
            | A_Expr_Kind::AEXPR_DISTINCT
            | A_Expr_Kind::AEXPR_NOT_DISTINCT
            | A_Expr_Kind::AEXPR_NULLIF
            | A_Expr_Kind::AEXPR_IN
            | A_Expr_Kind::AEXPR_LIKE
            | A_Expr_Kind::AEXPR_ILIKE
            | A_Expr_Kind::AEXPR_SIMILAR => self.operator(it.name(), it.location),
            _ => Err(Contradiction::at(it.location, "an expression is not understood")),
        }
    }

    /// `CASE x WHEN y` compares with whatever `=` is.
    fn case(&mut self, it: &'a nodes::CaseExpr, scope: Scope) -> Step {
        if !matches!(it.arg(), Node::None) {
            self.operator_named("=", it.location)?;
        }
        self.note_idle(it);
        self.push_to(Flow::Free, it.arg(), scope);
        self.push(it.defresult(), scope);
        self.inside(it.args(), scope)
    }

    fn sublink(&mut self, it: &'a nodes::SubLink, scope: Scope) -> Step {
        if self.is_row_reading(it)? {
            return Ok(());
        }
        self.push(it.testexpr(), scope);
        match it.sub_link_type {
            SubLinkType::EXISTS_SUBLINK => self.push_to(Flow::Free, it.subselect(), scope),
            kind => {
                let is_value = matches!(kind, SubLinkType::EXPR_SUBLINK | SubLinkType::ARRAY_SUBLINK);
                let inside = self.within(it.subselect(), is_value, scope);
                self.push(it.subselect(), inside);
            }
        }
        match it.sub_link_type {
            SubLinkType::EXISTS_SUBLINK | SubLinkType::EXPR_SUBLINK | SubLinkType::ARRAY_SUBLINK => Ok(()),
            SubLinkType::ANY_SUBLINK | SubLinkType::ALL_SUBLINK if it.oper_name().is_empty() => {
                self.operator_named("=", it.location)
            }
            SubLinkType::ANY_SUBLINK | SubLinkType::ALL_SUBLINK => self.operator(it.oper_name(), it.location),
            _ => Err(Contradiction::at(it.location, "a subquery is not understood")),
        }
    }

    fn call(&mut self, it: &'a nodes::FuncCall, scope: Scope) -> Step {
        self.called(it)?;
        for (n, argument) in it.args().iter().enumerate() {
            let flow = if n == 0 { self.flow } else { self.flow.of_change() };
            self.push_to(flow, argument, scope);
        }
        self.ordered.extend(it.agg_order().iter().map(nodes::SortBy::node));
        if it.agg_distinct {
            self.ordered.extend(it.args());
        }
        match it.agg_within_group {
            // it is what the aggregate gives
            true => it.agg_order().iter().for_each(|sort| self.push(Node::SortBy(sort), scope)),
            false => self.push_sorts(it.agg_order().iter(), scope),
        }
        self.push_to(Flow::Free, it.agg_filter(), scope);
        it.over().map_or(Ok(()), |window| self.window(window, scope))
    }

    fn window(&mut self, it: &'a nodes::WindowDef, scope: Scope) -> Step {
        let sorts = it.order_clause().iter().map(nodes::SortBy::node);
        self.ordered.extend(it.partition_clause().iter().chain(sorts));
        it.partition_clause().iter().for_each(|item| self.push_to(Flow::Free, item, scope));
        self.push_sorts(it.order_clause().iter(), scope);
        self.push_to(Flow::Free, it.start_offset(), scope);
        self.push_to(Flow::Free, it.end_offset(), scope);
        Ok(())
    }

    fn sort(&mut self, it: &'a nodes::SortBy, scope: Scope) -> Step {
        self.push(it.node(), scope);
        if it.use_op().is_empty() { Ok(()) } else { self.operator(it.use_op(), it.location) }
    }
}

/// A string constant.
pub(super) fn string<'n>(node: Node<'n>) -> Option<&'n str> {
    match node {
        Node::A_Const(constant) => match constant.val()? {
            ConstValue::String(text) => Some(text),
            _ => None,
        },
        _ => None,
    }
}
