//! Queries of a view's definition: their outputs, and the columns that decide their rows.

use crate::catalog::snapshot::{Origin, RelationKind};
use crate::grammar::{CastNodeList, Node, NodeList, nodes, tags};
use crate::model::ids::ColumnId;

use super::scope::{Output, Scope, Table, derived};
use super::{Answer, Columns, Tracer, sources};

/// What a query yields.
#[derive(Default)]
pub struct Flow {
    pub outputs: Vec<Output>,
    pub decides: Columns,
}

impl Flow {
    /// Every column that anything of it depends on.
    pub fn everything(&self) -> Columns {
        self.shown().chain(self.decides.iter().copied()).collect()
    }

    fn shown(&self) -> impl Iterator<Item = ColumnId> {
        self.outputs.iter().flat_map(|output| sources(&output.origin)).copied()
    }

    fn all_outputs_decide(&mut self) {
        let shown: Vec<ColumnId> = self.shown().collect();
        self.decides.extend(shown);
    }
}

fn column_names(alias: &nodes::Alias) -> Answer<Vec<&str>> {
    let names: Option<Vec<&str>> = alias.colnames().iter().map(Node::as_str).collect();
    names.ok_or_else(|| "an alias in it is not understood".to_owned())
}

/// The name of an output without AS: a column's own; other outputs are only reached by position.
fn output_name(target: &nodes::ResTarget) -> String {
    let of_column = match target.val() {
        Node::ColumnRef(column) => column.fields().iter().next_back().and_then(Node::as_str),
        _ => None,
    };
    target.name().or(of_column).unwrap_or("?column?").to_owned()
}

impl Tracer<'_> {
    pub(super) fn select(&mut self, select: &nodes::SelectStmt, outer: &Scope<'_>) -> Answer<Flow> {
        self.deeper(|tracer| tracer.select_here(select, outer))
    }

    fn select_here(&mut self, select: &nodes::SelectStmt, outer: &Scope<'_>) -> Answer<Flow> {
        let mut scope = Scope::inside(outer);
        let mut decides = Columns::new();
        if let Some(with) = select.with_clause() {
            self.with(with, &mut scope, &mut decides)?;
        }
        let mut flow = if select.op != tags::SetOperation::SETOP_NONE {
            self.set_operation(select, &scope)?
        } else if select.values_lists().is_empty() {
            self.plain(select, &mut scope)?
        } else {
            self.values(select.values_lists(), &scope)?
        };
        if !select.distinct_clause().is_empty() {
            flow.all_outputs_decide();
        }
        self.keys(select.distinct_clause().iter(), &mut flow, &scope)?;
        self.keys(select.sort_clause().iter().map(nodes::SortBy::node), &mut flow, &scope)?;
        self.all(&[select.limit_offset(), select.limit_count()], &scope, &mut flow.decides)?;
        flow.decides.extend(decides);
        Ok(flow)
    }

    fn keys<'a>(&mut self, keys: impl Iterator<Item = Node<'a>>, flow: &mut Flow, scope: &Scope<'_>) -> Answer<()> {
        let mut found = Columns::new();
        for key in keys {
            self.key(key, flow, scope, &mut found)?;
        }
        flow.decides.extend(found);
        Ok(())
    }

    fn set_operation(&mut self, select: &nodes::SelectStmt, scope: &Scope<'_>) -> Answer<Flow> {
        let (Some(left), Some(right)) = (select.larg(), select.rarg()) else {
            return Err("a set operation in it is not understood".to_owned());
        };
        let mut flow = self.select(left, scope)?;
        let other = self.select(right, scope)?;
        if flow.outputs.len() != other.outputs.len() {
            return Err("the sides of a set operation in it differ".to_owned());
        }
        for (output, other) in flow.outputs.iter_mut().zip(&other.outputs) {
            let both: Columns = sources(&output.origin).iter().chain(sources(&other.origin)).copied().collect();
            output.origin = derived(&both);
        }
        flow.decides.extend(other.decides);
        if !select.all || select.op != tags::SetOperation::SETOP_UNION {
            flow.all_outputs_decide();
        }
        Ok(flow)
    }

    fn values(&mut self, rows: &NodeList, scope: &Scope<'_>) -> Answer<Flow> {
        let mut columns: Vec<Columns> = Vec::new();
        for row in rows {
            let Node::NodeList(row) = row else { return Err("a VALUES list in it is not understood".to_owned()) };
            columns.resize(row.len().max(columns.len()), Columns::new());
            for (value, found) in row.iter().zip(&mut columns) {
                self.expression(value, scope, found)?;
            }
        }
        let name = |index: usize| format!("column{}", index + 1);
        let output = |(index, found): (usize, &Columns)| Output { name: name(index), origin: derived(found) };
        Ok(Flow { outputs: columns.iter().enumerate().map(output).collect(), decides: Columns::new() })
    }

    fn plain(&mut self, select: &nodes::SelectStmt, scope: &mut Scope<'_>) -> Answer<Flow> {
        let mut flow = Flow::default();
        for item in select.from_clause() {
            self.item(item, scope, &mut flow.decides)?;
        }
        for target in select.target_list().iter() {
            if let Node::ColumnRef(column) = target.val()
                && column.fields().iter().any(|field| matches!(field, Node::A_Star(_)))
            {
                return Err("it has a star".to_owned());
            }
            let origin = self.origin(target.val(), scope)?;
            flow.outputs.push(Output { name: output_name(target), origin });
        }
        let mut decides = Columns::new();
        self.all(&[select.where_clause(), select.having_clause()], scope, &mut decides)?;
        self.list(select.window_clause(), scope, &mut decides)?;
        flow.decides.extend(decides);
        self.keys(select.group_clause().iter(), &mut flow, scope)?;
        Ok(flow)
    }

    fn with(&mut self, with: &nodes::WithClause, scope: &mut Scope<'_>, decides: &mut Columns) -> Answer<()> {
        if with.recursive {
            return self.recursive(with.ctes(), scope, decides);
        }
        for cte in with.ctes().iter() {
            let flow = self.cte(cte, scope)?;
            decides.extend(flow.decides);
            let table = Table { name: None, columns: flow.outputs, others: None };
            scope.ctes.push(rename_cte(table, cte)?);
        }
        Ok(())
    }

    fn cte(&mut self, cte: &nodes::CommonTableExpr, scope: &Scope<'_>) -> Answer<Flow> {
        if cte.search_clause().is_some() || cte.cycle_clause().is_some() {
            return Err("it has a SEARCH or CYCLE clause".to_owned());
        }
        match cte.ctequery() {
            Node::SelectStmt(select) => self.select(select, scope),
            _ => Err("a WITH query in it is not a SELECT".to_owned()),
        }
    }

    /// Members of WITH RECURSIVE may refer to each other in any order: whatever one of them reads may reach every
    /// output of all.
    fn recursive(
        &mut self,
        ctes: &CastNodeList<nodes::CommonTableExpr>,
        scope: &mut Scope<'_>,
        decides: &mut Columns,
    ) -> Answer<()> {
        let open = |cte: &nodes::CommonTableExpr, others: Columns| Table {
            name: cte.ctename().map(str::to_owned),
            columns: Vec::new(),
            others: Some(others),
        };
        scope.ctes.extend(ctes.iter().map(|cte| open(cte, Columns::new())));
        let mut everything = Columns::new();
        for cte in ctes.iter() {
            everything.extend(self.cte(cte, scope)?.everything());
        }
        scope.ctes.extend(ctes.iter().map(|cte| open(cte, everything.clone())));
        decides.extend(everything);
        Ok(())
    }

    fn item(&mut self, item: Node<'_>, scope: &mut Scope<'_>, decides: &mut Columns) -> Answer<()> {
        self.deeper(|tracer| tracer.one_item(item, scope, decides))
    }

    fn one_item(&mut self, item: Node<'_>, scope: &mut Scope<'_>, decides: &mut Columns) -> Answer<()> {
        let table = match item {
            Node::RangeVar(range) => {
                let table = self.relation(range, scope)?;
                aliased(table, range.alias())?
            }
            Node::RangeSubselect(sub) => {
                let Node::SelectStmt(select) = sub.subquery() else {
                    return Err("a subquery in it is not a SELECT".to_owned());
                };
                let flow = self.select(select, scope)?;
                decides.extend(flow.decides);
                aliased(Table { name: None, columns: flow.outputs, others: None }, sub.alias())?
            }
            Node::RangeFunction(function) => {
                let mut found = Columns::new();
                self.list(function.functions(), scope, &mut found)?;
                decides.extend(found.iter().copied());
                // what a function returns is not known here: any name means its result
                aliased(Table { name: None, columns: Vec::new(), others: Some(found) }, function.alias())?
            }
            Node::RangeTableSample(sample) => {
                self.list(sample.args(), scope, decides)?;
                return self.item(sample.relation(), scope, decides);
            }
            Node::JoinExpr(join) => return self.join(join, scope, decides),
            _ => return Err("an item of FROM in it is not understood".to_owned()),
        };
        scope.tables.push(table);
        Ok(())
    }

    fn join(&mut self, join: &nodes::JoinExpr, scope: &mut Scope<'_>, decides: &mut Columns) -> Answer<()> {
        if join.alias().is_some() || join.join_using_alias().is_some() || join.is_natural {
            return Err("it has a natural or an aliased join".to_owned());
        }
        self.item(join.larg(), scope, decides)?;
        self.item(join.rarg(), scope, decides)?;
        for name in join.using_clause().iter() {
            let name = name.sval().unwrap_or_default();
            let merged = scope.bare(name).ok_or_else(|| format!("column {name} is not known"))?;
            decides.extend(sources(&merged));
        }
        self.expression(join.quals(), scope, decides)
    }

    fn relation(&mut self, range: &nodes::RangeVar, scope: &Scope<'_>) -> Answer<Table> {
        let name = range.relname().unwrap_or_default();
        if range.schemaname().is_none()
            && let Some(cte) = scope.cte(name)
        {
            return Ok(cte.clone());
        }
        let schema = range.schemaname().unwrap_or("pg_catalog");
        let unknown = || format!("relation {schema}.{name} is not known");
        let relation = self.snapshot.relation_named(schema, name).ok_or_else(unknown)?;
        if relation.kind == RelationKind::Composite {
            return Err(unknown());
        }
        let columns = relation.columns.iter().map(|column| Output {
            name: column.name.to_string(),
            origin: Origin::Column(ColumnId { relation: relation.oid, number: column.number }),
        });
        Ok(Table { name: Some(name.to_owned()), columns: columns.collect(), others: None })
    }
}

fn aliased(table: Table, alias: Option<&nodes::Alias>) -> Answer<Table> {
    match alias {
        None => Ok(table),
        Some(alias) => table.renamed(alias.aliasname().unwrap_or_default(), &column_names(alias)?),
    }
}

fn rename_cte(table: Table, cte: &nodes::CommonTableExpr) -> Answer<Table> {
    let names: Option<Vec<&str>> = cte.aliascolnames().iter().map(Node::as_str).collect();
    let names = names.ok_or("a WITH query's columns are not understood")?;
    table.renamed(cte.ctename().unwrap_or_default(), &names)
}
