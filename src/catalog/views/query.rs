//! Queries of a view's definition: their outputs, and the columns that decide their rows.

use crate::catalog::entangled::Together;
use crate::catalog::snapshot::{Behind, Origin, Relation, RelationKind};
use crate::grammar::{CastNodeList, Node, NodeList, nodes, tags};
use crate::model::ids::{ColumnId, Oid};

use super::scope::{Output, Scope, Table, derived};
use super::{Answer, Columns, Tracer};

/// A recursion whose columns go on moving after so many rounds is not followed.
const MAX_ROUNDS: usize = 50;

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
        self.outputs.iter().flat_map(|output| output.origin.sources()).copied()
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
        self.kept |= select.op != tags::SetOperation::SETOP_NONE
            || select.with_clause().is_some()
            || !select.distinct_clause().is_empty();
        self.apart |= !select.group_clause().is_empty()
            || !select.sort_clause().is_empty()
            || !select.locking_clause().is_empty()
            || [select.having_clause(), select.limit_offset(), select.limit_count()]
                .iter()
                .any(|node| !matches!(node, Node::None));
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
        let before = self.scans.len();
        let mut flow = self.select(left, scope)?;
        let lefts = Behind::All(self.scans.split_off(before));
        let mut other = self.select(right, scope)?;
        let sides = vec![lefts, Behind::All(self.scans.split_off(before))];
        // the other side of a WITH query that refers to itself, before anything is known of it
        if other.outputs.len() != flow.outputs.len() {
            return Err("the sides of a set operation in it differ".to_owned());
        }
        let union = select.op == tags::SetOperation::SETOP_UNION;
        self.scans.push(if union { Behind::One(sides) } else { Behind::All(sides) });
        if !select.all || !union {
            flow.all_outputs_decide();
            other.all_outputs_decide();
        }
        flow.decides.extend(other.decides);
        // INTERSECT and EXCEPT deliver rows of the left side alone
        for (output, other) in flow.outputs.iter_mut().zip(&other.outputs).filter(|_| union) {
            output.origin = self.join_origins(&output.origin, &other.origin);
        }
        Ok(flow)
    }

    /// A value that comes from one place or the other. Two types would be cast to a common one: an expression.
    fn join_origins(&self, one: &Origin, other: &Origin) -> Origin {
        let both: Columns = one.sources().iter().chain(other.sources()).copied().collect();
        let mut types = both.iter().map(|id| self.type_of(*id));
        let plain = !matches!((one, other), (Origin::Derived(_), _) | (_, Origin::Derived(_)));
        let first = types.next();
        if !plain || (first == Some(None)) || types.any(|ty| Some(ty) != first) {
            return derived(&both);
        }
        match Vec::from_iter(both).as_slice() {
            [column] => Origin::Column(*column),
            several => Origin::Either(several.to_vec()),
        }
    }

    fn type_of(&self, id: ColumnId) -> Option<(Oid, i32)> {
        let column = self.snapshot.relation(id.relation)?.column_by_number(id.number)?;
        Some((column.type_oid, column.typmod))
    }

    fn values(&mut self, rows: &NodeList, scope: &Scope<'_>) -> Answer<Flow> {
        let mut columns: Vec<Columns> = Vec::new();
        // one row is merged into the query, of several each value is computed
        self.kept |= rows.len() > 1;
        for row in rows {
            let Node::NodeList(row) = row else { return Err("a VALUES list in it is not understood".to_owned()) };
            columns.resize(row.len().max(columns.len()), Columns::new());
            for (value, found) in row.iter().zip(&mut columns) {
                found.extend(self.origin(value, scope)?.sources());
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
            let table = Table { columns: flow.outputs, ..Table::default() };
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

    /// Members of WITH RECURSIVE may refer to each other in any order. At first none of them has rows; what each then
    /// yields is put in, until nothing is added any more.
    fn recursive(
        &mut self,
        ctes: &CastNodeList<nodes::CommonTableExpr>,
        scope: &mut Scope<'_>,
        decides: &mut Columns,
    ) -> Answer<()> {
        let own = scope.ctes.len();
        let nothing = |cte: &nodes::CommonTableExpr| Table {
            name: cte.ctename().map(str::to_owned),
            others: Some(Origin::Either(Vec::new())),
            ..Table::default()
        };
        let mut known: Vec<Table> = ctes.iter().map(nothing).collect();
        for _ in 0..MAX_ROUNDS {
            scope.ctes.truncate(own);
            scope.ctes.extend(known.iter().cloned());
            let mut found = Vec::new();
            let mut decided = Columns::new();
            for cte in ctes.iter() {
                let flow = self.cte(cte, scope)?;
                decided.extend(flow.decides);
                found.push(rename_cte(Table { columns: flow.outputs, ..Table::default() }, cte)?);
            }
            if found == known {
                let held = found.iter().flat_map(|table| &table.columns).flat_map(|output| output.origin.sources());
                self.folded.extend(held.chain(&decided));
                decides.extend(decided);
                return Ok(());
            }
            known = found;
        }
        Err("its WITH RECURSIVE is too deep".to_owned())
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
                aliased(Table { columns: flow.outputs, ..Table::default() }, sub.alias())?
            }
            Node::RangeFunction(function) => {
                let (mut found, mut rows) = (Columns::new(), Columns::new());
                for one in function.functions().iter().flat_map(|one| match one {
                    Node::NodeList(list) => list.iter().collect(),
                    other => vec![other],
                }) {
                    match one {
                        Node::FuncCall(call) => {
                            rows.extend(self.rows_returned(call));
                            self.call(call, scope, &mut found)?;
                        }
                        other => self.expression(other, scope, &mut found)?,
                    }
                }
                decides.extend(found.iter().copied());
                found.extend(rows);
                // what a function returns is not known here: any name means its result
                aliased(Table { others: Some(derived(&found)), ..Table::default() }, function.alias())?
            }
            Node::RangeTableFunc(table) => {
                let mut found = Columns::new();
                self.all(&[table.docexpr(), table.rowexpr()], scope, &mut found)?;
                self.list(table.namespaces(), scope, &mut found)?;
                for column in table.columns().iter() {
                    self.all(&[column.colexpr(), column.coldefexpr()], scope, &mut found)?;
                }
                decides.extend(found.iter().copied());
                aliased(Table { others: Some(derived(&found)), ..Table::default() }, table.alias())?
            }
            Node::RangeTableSample(sample) => {
                self.list(sample.args(), scope, decides)?;
                self.expression(sample.repeatable(), scope, decides)?;
                return self.item(sample.relation(), scope, decides);
            }
            Node::JoinExpr(join) => return self.join(join, scope, decides),
            _ => return Err("an item of FROM in it is not understood".to_owned()),
        };
        scope.tables.push(table);
        Ok(())
    }

    fn join(&mut self, join: &nodes::JoinExpr, scope: &mut Scope<'_>, decides: &mut Columns) -> Answer<()> {
        if join.is_natural {
            return Err("it has a natural join".to_owned());
        }
        let (first, merged) = (scope.tables.len(), scope.merged.len());
        self.item(join.larg(), scope, decides)?;
        let right = scope.tables.len();
        let merged_left = scope.merged.len();
        self.item(join.rarg(), scope, decides)?;
        let mut using = Vec::new();
        for name in join.using_clause().iter() {
            let name = name.sval().unwrap_or_default();
            let [left, right] =
                [(first, right, merged, merged_left), (right, scope.tables.len(), merged_left, scope.merged.len())]
                    .map(|(from, to, of, until)| scope.side(name, from..to, of..until));
            let (Some(left), Some(right)) = (left, right) else { return Err(format!("column {name} is not known")) };
            decides.extend(left.sources().iter().chain(right.sources()));
            let origin = match join.jointype {
                tags::JoinType::JOIN_INNER | tags::JoinType::JOIN_LEFT => left,
                tags::JoinType::JOIN_RIGHT => right,
                _ => self.join_origins(&left, &right),
            };
            using.push(Output { name: name.to_owned(), origin });
        }
        self.expression(join.quals(), scope, decides)?;
        if let Some(alias) = join.join_using_alias().and_then(nodes::Alias::aliasname) {
            scope.tables.push(Table { name: Some(alias.to_owned()), columns: using.clone(), ..Table::default() });
        }
        scope.merged.extend(using);
        match join.alias() {
            Some(alias) => {
                scope.close_join(alias.aliasname().unwrap_or_default(), &column_names(alias)?, first, merged)
            }
            None => Ok(()),
        }
    }

    fn relation(&mut self, range: &nodes::RangeVar, scope: &Scope<'_>) -> Answer<Table> {
        let name = range.relname().unwrap_or_default();
        if range.schemaname().is_none()
            && let Some(cte) = scope.cte(name)
        {
            self.readings = self.readings.saturating_add(1);
            return Ok(cte.clone());
        }
        let schema = range.schemaname().unwrap_or("pg_catalog");
        let unknown = || format!("relation {schema}.{name} is not known");
        let relation = self.snapshot.relation_named(schema, name).ok_or_else(unknown)?;
        if relation.kind == RelationKind::Composite {
            return Err(unknown());
        }
        self.scans.push(Behind::Scan(relation.oid));
        let columns = relation.columns.iter().map(|column| Output {
            name: column.name.to_string(),
            origin: Origin::Column(ColumnId { relation: relation.oid, number: column.number }),
        });
        let parted_by = self.parted_by(relation);
        Ok(Table { name: Some(name.to_owned()), columns: columns.collect(), others: None, parted_by })
    }
}

impl Tracer<'_> {
    /// The columns that decide which partition a row of this relation is in, at any level.
    fn parted_by(&self, relation: &Relation) -> Columns {
        let keys = |relation: &Relation| {
            let sets = relation.entangled.iter().filter(|set| set.by == Together::PartitionKey);
            let all = relation.columns.iter().map(|column| column.number);
            let (whole, numbers): (Vec<i16>, Vec<i16>) =
                sets.flat_map(|set| set.columns.clone()).partition(|n| *n == 0);
            let numbers = numbers.into_iter().chain(all.filter(|_| !whole.is_empty()));
            numbers.map(|number| ColumnId { relation: relation.oid, number }).collect::<Vec<_>>()
        };
        let mut found: Columns = keys(relation).into_iter().collect();
        let mut above = vec![relation.oid];
        // what is in no partitions itself has none below it that are
        while let Some(oid) = above.pop().filter(|_| !found.is_empty()) {
            let below = self.snapshot.relations().filter(|one| one.parents.contains(&oid));
            for parted in below.filter(|one| one.entangled.iter().any(|set| set.by == Together::PartitionKey)) {
                found.extend(keys(parted));
                above.push(parted.oid);
            }
        }
        found
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
