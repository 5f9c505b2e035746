//! The columns that an expression depends on.

use crate::catalog::snapshot::{FunctionKind, Origin, Volatility};
use crate::grammar::tags::SubLinkType;
use crate::grammar::{ConstValue, Node, NodeList, nodes};
use crate::model::ids::ColumnId;

use super::query::Flow;
use super::scope::Scope;
use super::total::{Holds, total};
use super::{Answer, COUNTING, Columns, Tracer};

/// Built-in functions that read data which their arguments only name, or other sessions' statements.
/// `…` stands for the rest of a family's name.
const READS_BY_NAME: &[&str] = &[
    "query_to_xml…",
    "cursor_to_xml…",
    "table_to_xml…",
    "schema_to_xml…",
    "database_to_xml…",
    "ts_stat",
    "ts_rewrite",
    "pg_read_…",
    "pg_ls_…",
    "pg_stat_file",
    "lo_…",
    "loread",
    "pg_stat_get_activity",
    "pg_stat_get_backend_activity",
    "pg_prepared_statement",
    "pg_cursor",
    "pg_logical_…",
    "currtid2",
    "pg_mcv_list_items",
    "pg_hba_file_rules",
    "pg_show_all_file_settings",
    "pg_get_wal…",
];

fn reads_by_name(function: &str) -> bool {
    READS_BY_NAME.iter().any(|listed| match listed.strip_suffix('…') {
        Some(stem) => function.starts_with(stem),
        None => function == *listed,
    })
}

/// The names of a dotted list; `None` when something else is in it.
fn names(list: &NodeList) -> Option<Vec<&str>> {
    list.iter().map(Node::as_str).collect()
}

impl Tracer<'_> {
    /// Where the value of a select-list item comes from: a plain column keeps its origin.
    pub(super) fn origin(&mut self, node: Node<'_>, scope: &Scope<'_>) -> Answer<Origin> {
        match node {
            Node::ColumnRef(column) => self.column(column, scope),
            other => {
                let mut found = Columns::new();
                self.expression(other, scope, &mut found)?;
                let column = |id: &ColumnId| self.snapshot.relation(id.relation)?.column_by_number(id.number);
                let holds = Holds::of(found.iter().filter_map(column));
                if !total(other, &|_| holds) {
                    self.failing.extend(&found);
                }
                Ok(super::scope::derived(&found))
            }
        }
    }

    fn column(&mut self, column: &nodes::ColumnRef, scope: &Scope<'_>) -> Answer<Origin> {
        let fields: Vec<Node<'_>> = column.fields().iter().collect();
        match fields.as_slice() {
            [Node::String(name)] => {
                let name = name.sval().unwrap_or_default();
                let whole_row = || scope.row(name).map(|row| super::scope::derived(&row));
                scope.bare(name).or_else(whole_row).ok_or_else(|| format!("column {name} is not known"))
            }
            [Node::String(table), Node::String(name)] => {
                scope.qualified(table.sval().unwrap_or_default(), name.sval().unwrap_or_default())
            }
            [Node::String(table), Node::A_Star(_)] => {
                let row = scope.row(table.sval().unwrap_or_default());
                row.map(|row| super::scope::derived(&row)).ok_or_else(|| "a row of it is not known".to_owned())
            }
            _ => Err("a column name in it has more than two parts".to_owned()),
        }
    }

    pub(super) fn list(&mut self, list: &NodeList, scope: &Scope<'_>, found: &mut Columns) -> Answer<()> {
        list.iter().try_for_each(|node| self.expression(node, scope, found))
    }

    pub(super) fn all(&mut self, list: &[Node<'_>], scope: &Scope<'_>, found: &mut Columns) -> Answer<()> {
        list.iter().try_for_each(|node| self.expression(*node, scope, found))
    }

    /// Collects what an expression depends on.
    pub(super) fn expression(&mut self, node: Node<'_>, scope: &Scope<'_>, found: &mut Columns) -> Answer<()> {
        self.deeper(|tracer| tracer.node(node, scope, found))
    }

    fn node(&mut self, node: Node<'_>, scope: &Scope<'_>, found: &mut Columns) -> Answer<()> {
        match node {
            Node::None | Node::A_Const(_) | Node::SQLValueFunction(_) | Node::A_Star(_) | Node::String(_) => Ok(()),
            Node::ColumnRef(column) => {
                found.extend(self.column(column, scope)?.sources());
                Ok(())
            }
            Node::NodeList(list) => self.list(list, scope, found),
            Node::A_Expr(it) => self.all(&[it.lexpr(), it.rexpr()], scope, found),
            Node::BoolExpr(it) => self.list(it.args(), scope, found),
            Node::TypeCast(it) => self.expression(it.arg(), scope, found),
            Node::CollateClause(it) => self.expression(it.arg(), scope, found),
            Node::NullTest(it) => self.expression(it.arg(), scope, found),
            Node::BooleanTest(it) => self.expression(it.arg(), scope, found),
            Node::CaseExpr(it) => {
                self.list(it.args(), scope, found)?;
                self.all(&[it.arg(), it.defresult()], scope, found)
            }
            Node::CaseWhen(it) => self.all(&[it.expr(), it.result()], scope, found),
            Node::CoalesceExpr(it) => self.list(it.args(), scope, found),
            Node::MinMaxExpr(it) => self.list(it.args(), scope, found),
            Node::RowExpr(it) => self.list(it.args(), scope, found),
            Node::A_ArrayExpr(it) => self.list(it.elements(), scope, found),
            Node::A_Indirection(it) => {
                self.list(it.indirection(), scope, found)?;
                self.expression(it.arg(), scope, found)
            }
            Node::A_Indices(it) => self.all(&[it.lidx(), it.uidx()], scope, found),
            Node::GroupingFunc(it) => self.list(it.args(), scope, found),
            Node::GroupingSet(it) => self.list(it.content(), scope, found),
            Node::NamedArgExpr(it) => self.expression(it.arg(), scope, found),
            Node::SortBy(it) => self.expression(it.node(), scope, found),
            Node::XmlSerialize(it) => self.expression(it.expr(), scope, found),
            Node::XmlExpr(it) => {
                self.list(it.named_args(), scope, found)?;
                self.list(it.args(), scope, found)
            }
            Node::ResTarget(it) => self.expression(it.val(), scope, found),
            Node::WindowDef(it) => self.window(it, scope, found),
            Node::FuncCall(it) => {
                found.extend(self.rows_returned(it));
                self.call(it, scope, found)
            }
            Node::SubLink(it) => self.sublink(it, scope, found),
            _ => Err("an expression in it is not understood".to_owned()),
        }
    }

    fn window(&mut self, window: &nodes::WindowDef, scope: &Scope<'_>, found: &mut Columns) -> Answer<()> {
        self.list(window.partition_clause(), scope, found)?;
        window.order_clause().iter().try_for_each(|sort| self.expression(sort.node(), scope, found))?;
        self.all(&[window.start_offset(), window.end_offset()], scope, found)
    }

    pub(super) fn call(&mut self, call: &nodes::FuncCall, scope: &Scope<'_>, found: &mut Columns) -> Answer<()> {
        let name = names(call.funcname()).ok_or("a function's name in it is not understood")?;
        if let [function] | ["pg_catalog", function] = name.as_slice()
            && reads_by_name(function)
        {
            let named = self.snapshot.functions_named(function).iter();
            self.calls.extend(named.filter(|one| &*one.schema == "pg_catalog").map(|one| one.oid));
        }
        let mut arguments = Columns::new();
        self.list(call.args(), scope, &mut arguments)?;
        call.agg_order().iter().try_for_each(|sort| self.expression(sort.node(), scope, &mut arguments))?;
        self.expression(call.agg_filter(), scope, &mut arguments)?;
        let named = name.last().map_or(&[][..], |name| self.snapshot.functions_named(name));
        if named.iter().any(|function| function.returns_set) {
            self.spread.extend(&arguments);
        }
        self.kept |= named.iter().any(|one| one.returns_set || one.volatility == Volatility::Volatile);
        let over_rows = call.over().is_some() || named.iter().any(|one| one.kind != FunctionKind::Function);
        self.apart |= over_rows;
        if over_rows && !name.last().is_some_and(|name| COUNTING.contains(name)) {
            self.folded.extend(&arguments);
        }
        found.extend(arguments);
        let mut ordered = Columns::new();
        call.over().map_or(Ok(()), |window| self.window(window, scope, &mut ordered))?;
        self.ordered.extend(&ordered);
        found.extend(ordered);
        Ok(())
    }

    /// Columns of the relations whose rows a user's function may return: a bundle that names it vouches for the function, not
    /// for what is done with them.
    pub(super) fn rows_returned(&self, call: &nodes::FuncCall) -> Columns {
        let Some([schema, name]) =
            names(call.funcname()).as_deref().and_then(|parts| <[&str; 2]>::try_from(parts).ok())
        else {
            return Columns::new();
        };
        let named =
            self.snapshot.functions_named(name).iter().filter(|one| *one.schema == *schema && schema != "pg_catalog");
        named.flat_map(|function| self.snapshot.columns_in(function.return_type)).collect()
    }

    fn sublink(&mut self, link: &nodes::SubLink, scope: &Scope<'_>, found: &mut Columns) -> Answer<()> {
        self.expression(link.testexpr(), scope, found)?;
        let Node::SelectStmt(select) = link.subselect() else {
            return Err("a subquery in it is not a SELECT".to_owned());
        };
        let flow = self.select(select, scope)?;
        let everything = flow.everything();
        if link.sub_link_type == SubLinkType::ARRAY_SUBLINK {
            self.folded.extend(&everything);
        }
        found.extend(everything);
        Ok(())
    }

    /// What ORDER BY, GROUP BY or DISTINCT ON name: an expression, an output's name or its position.
    pub(super) fn key(&mut self, node: Node<'_>, flow: &Flow, scope: &Scope<'_>, found: &mut Columns) -> Answer<()> {
        if let Node::A_Const(constant) = node
            && let Some(ConstValue::Integer(position)) = constant.val()
        {
            let index = usize::try_from(position).ok().and_then(|position| position.checked_sub(1));
            let output = index.and_then(|index| flow.outputs.get(index)).ok_or("a position in it is not known")?;
            found.extend(output.origin.sources());
            return Ok(());
        }
        if let Node::ColumnRef(column) = node
            && let Some([name]) = names(column.fields()).as_deref()
            && let Some(output) = flow.outputs.iter().find(|output| output.name == *name)
        {
            found.extend(output.origin.sources());
            // the name may be a column's instead
            found.extend(scope.bare(name).iter().flat_map(Origin::sources).copied());
            return Ok(());
        }
        self.expression(node, scope, found)
    }
}
