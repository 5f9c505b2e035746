//! Queries and data-modifying statements: WITH, FROM, and where rows go.

use crate::grammar::tags::A_Expr_Kind;
use crate::grammar::{Node, nodes};
use crate::model::facts::SessionEffect;

use super::leaks::Source;
use super::names::Use;
use super::walk::{Scope, Walk, strings};
use super::{Contradiction, Step, template};

impl<'a> Walk<'a> {
    /// Nodes that only queries have.
    pub(super) fn query_node(&mut self, node: Node<'a>, scope: Scope) -> Step {
        self.items.push(node);
        match node {
            Node::SelectStmt(it) => self.select(it, scope),
            Node::InsertStmt(it) => self.insert(it, scope),
            Node::UpdateStmt(it) => self.update(it, scope),
            Node::DeleteStmt(it) => self.delete(it, scope),
            Node::MergeStmt(it) => self.merge(it, scope),
            Node::RangeVar(it) => self.source(it, scope),
            Node::RangeSubselect(it) => self.subselect(it, scope),
            Node::RangeFunction(it) => self.range_function(it, scope),
            Node::RangeTableSample(it) => self.sample(it, scope),
            Node::RangeTableFunc(it) => self.xml_table(it, scope),
            Node::JoinExpr(it) => self.join(it, scope),
            _ => Err(Contradiction::at(-1, "a kind of node is not understood")),
        }
    }

    fn select(&mut self, it: &'a nodes::SelectStmt, outer: Scope) -> Step {
        let scope = self.with(it.with_clause(), outer)?;
        if it.into_clause().is_some() && !std::mem::take(&mut self.into_allowed) {
            return Err(Contradiction::at(-1, "INTO inside of a statement"));
        }
        for side in [it.larg(), it.rarg()].into_iter().flatten() {
            self.push(Node::SelectStmt(side), scope);
        }
        self.setting_of_view(it);
        self.push_targets(it.target_list().iter(), scope);
        self.push_sorts(it.sort_clause().iter(), scope);
        for list in [it.distinct_clause(), it.from_clause(), it.group_clause(), it.window_clause(), it.values_lists()] {
            self.push_all(list, scope);
        }
        self.conditions.extend([it.where_clause(), it.having_clause()]);
        for node in [it.where_clause(), it.having_clause(), it.limit_offset(), it.limit_count()] {
            self.push(node, scope);
        }
        it.locking_clause().iter().try_for_each(locked)
    }

    /// Where SELECT INTO and CREATE TABLE AS put rows: a temp table.
    /// `SELECT set_config(name, …) FROM pg_catalog.pg_settings WHERE name = 'x'` and nothing else: `name` is `x`.
    fn setting_of_view(&mut self, it: &'a nodes::SelectStmt) {
        let name = |node| matches!(node, Node::ColumnRef(it) if strings(it.fields()).as_deref() == Some(&["name"]));
        let only = it.target_list().len() == 1 && it.from_clause().len() == 1;
        let (Some(target), Some(Node::RangeVar(view)), Node::A_Expr(filter)) =
            (it.target_list().first(), it.from_clause().first(), it.where_clause())
        else {
            return;
        };
        let (Node::FuncCall(call), Node::A_Const(constant)) = (target.val(), filter.rexpr()) else { return };
        let view =
            view.schemaname() == Some("pg_catalog") && view.relname() == Some("pg_settings") && view.alias().is_none();
        let equal = filter.kind == A_Expr_Kind::AEXPR_OP && strings(filter.name()).as_deref() == Some(&["="]);
        if only && view && equal && name(filter.lexpr()) && call.args().first().is_some_and(name) {
            self.named_settings.insert(call.location, constant);
        }
    }

    pub(super) fn into(&mut self, into: Option<&'a nodes::IntoClause>) -> Step {
        let into = into.ok_or_else(|| Contradiction::at(-1, "CREATE … AS of something that is not a table"))?;
        let range = into.rel().ok_or_else(|| Contradiction::at(-1, "INTO has no relation"))?;
        if !self.is_temporary(range) {
            return Err(Contradiction::at(range.location, "INTO a permanent table"));
        }
        if into.access_method().is_some() || into.table_space_name().is_some() || into.view_query().is_some() {
            return Err(Contradiction::at(range.location, "INTO has options that are not understood"));
        }
        self.effect(SessionEffect::TempTables);
        Ok(())
    }

    /// Whether a relation that is being created is a temp table.
    pub(super) fn is_temporary(&self, range: &nodes::RangeVar) -> bool {
        const TEMPORARY: u8 = b't';
        let marked = range.relpersistence as u8 == TEMPORARY;
        let schema = range.schemaname();
        range.catalogname().is_none() && schema.map_or(marked, |schema| self.subject.is_temp(schema))
    }

    /// WITH: queries see the ones before them; under RECURSIVE all of them, themselves included.
    fn with(&mut self, with: Option<&'a nodes::WithClause>, outer: Scope) -> Step<Scope> {
        let Some(with) = with else { return Ok(outer) };
        let name = |cte: &'a nodes::CommonTableExpr| cte.ctename().unwrap_or_default();
        let mut scope = outer;
        if with.recursive {
            for cte in with.ctes().iter() {
                scope = self.see(name(cte), scope);
            }
        }
        for cte in with.ctes().iter() {
            self.cte(cte, scope)?;
            if !with.recursive {
                scope = self.see(name(cte), scope);
            }
        }
        Ok(scope)
    }

    fn cte(&mut self, cte: &'a nodes::CommonTableExpr, scope: Scope) -> Step {
        match cte.ctequery() {
            query @ (Node::SelectStmt(_)
            | Node::InsertStmt(_)
            | Node::UpdateStmt(_)
            | Node::DeleteStmt(_)
            | Node::MergeStmt(_)) => self.push(query, scope),
            _ => return Err(Contradiction::at(cte.location, "a WITH query is not understood")),
        }
        if let Some(cycle) = cte.cycle_clause() {
            self.push(cycle.cycle_mark_value(), scope);
            self.push(cycle.cycle_mark_default(), scope);
        }
        Ok(())
    }

    /// A subquery in FROM: the template of a relation with protected columns, to the byte, or one to be walked.
    fn subselect(&mut self, it: &'a nodes::RangeSubselect, scope: Scope) -> Step {
        let Node::SelectStmt(select) = it.subquery() else {
            return Err(Contradiction::at(-1, "a subquery in FROM is not a SELECT"));
        };
        match template::substituted(&self.subject, select)? {
            None => {
                self.sources.push(Source::other(it.alias()));
                self.push(it.subquery(), scope);
            }
            Some(template::Substituted { relation, unfenced, start, end, left_out }) => {
                self.substituted += 1;
                self.sources.push(Source::of(relation, it.alias()));
                self.filtered |= self.subject.rights.filter(relation.oid).is_some();
                self.unfenced.extend(unfenced);
                if !left_out.is_empty() {
                    self.left_out.push((Node::RangeSubselect(it), left_out));
                }
                self.named(relation);
                self.fix(start, end);
            }
        }
        Ok(())
    }

    fn range_function(&mut self, it: &'a nodes::RangeFunction, scope: Scope) -> Step {
        let lost = || Contradiction::at(-1, "a function in FROM is not understood");
        let mut source = Source::other(it.alias());
        // without an alias a single call has the function's name
        let mut functions = it.functions().iter();
        if let (Some(Node::NodeList(pair)), None, None) = (functions.next(), functions.next(), source.name)
            && let Some(Node::FuncCall(call)) = pair.get(0)
        {
            source.name = call.funcname().iter().next_back().and_then(Node::as_str);
        }
        self.sources.push(source);
        for item in it.functions() {
            let Node::NodeList(pair) = item else { return Err(lost()) };
            match (pair.get(0).ok_or_else(lost)?, pair.get(1)) {
                (Node::FuncCall(call), None | Some(Node::None)) if self.unnests_several(call) => {
                    self.subject.function("pg_catalog", "unnest", call.location)?;
                    self.push_all(call.args(), scope);
                }
                (function, _) => self.push(function, scope),
            }
            match pair.get(1) {
                None | Some(Node::None) => {}
                Some(Node::NodeList(columns)) => {
                    for column in columns {
                        let Node::ColumnDef(column) = column else { return Err(lost()) };
                        self.result_column(column)?;
                    }
                }
                Some(_) => return Err(lost()),
            }
        }
        it.coldeflist().iter().try_for_each(|column| self.result_column(column))
    }

    /// The bare name `unnest` with several arguments in FROM always means the built-in function, once for each:
    /// transformRangeFunction in `parse_clause.c`. Qualified it means another one, that does not exist.
    fn unnests_several(&self, it: &nodes::FuncCall) -> bool {
        let plain = it.agg_order().is_empty() && matches!(it.agg_filter(), Node::None) && it.over().is_none();
        let bare =
            matches!(strings(it.funcname()).as_deref(), Some(["unnest"])) && self.spelled(it.location, &["unnest"]);
        bare && plain && it.args().len() > 1 && !it.agg_star && !it.agg_distinct && !it.func_variadic
    }

    /// A column of a function's result: a name, a type, perhaps a collation.
    fn result_column(&mut self, column: &'a nodes::ColumnDef) -> Step {
        if !column.constraints().is_empty() || !matches!(column.raw_default(), Node::None) {
            return Err(Contradiction::at(column.location, "a column of a function's result is not understood"));
        }
        if let Some(collation) = column.coll_clause() {
            self.subject.collation(collation.collname(), collation.location)?;
        }
        self.type_name(column.type_name(), false)
    }

    fn sample(&mut self, it: &'a nodes::RangeTableSample, scope: Scope) -> Step {
        match strings(it.method()).as_deref() {
            Some(["pg_catalog", "system" | "bernoulli"]) => {}
            _ => return Err(Contradiction::at(it.location, "a sampling method is not pinned")),
        }
        self.push(it.relation(), scope);
        self.push_all(it.args(), scope);
        self.push(it.repeatable(), scope);
        Ok(())
    }

    fn xml_table(&mut self, it: &'a nodes::RangeTableFunc, scope: Scope) -> Step {
        self.sources.push(Source::other(it.alias()).or_called("xmltable"));
        self.push(it.docexpr(), scope);
        self.push(it.rowexpr(), scope);
        self.push_all(it.namespaces(), scope);
        for column in it.columns().iter() {
            self.type_name(column.type_name(), false)?;
            self.push(column.colexpr(), scope);
            self.push(column.coldefexpr(), scope);
        }
        Ok(())
    }

    /// USING and NATURAL compare with whatever `=` is.
    fn join(&mut self, it: &'a nodes::JoinExpr, scope: Scope) -> Step {
        if it.is_natural || !it.using_clause().is_empty() {
            self.operator_named("=", -1)?;
        }
        self.merged |= it.is_natural || !it.using_clause().is_empty();
        for alias in [it.alias(), it.join_using_alias()].into_iter().flatten() {
            self.sources.push(Source::other(Some(alias)));
        }
        self.conditions.push(it.quals());
        self.natural |= it.is_natural || it.alias().is_some();
        self.columns.extend(it.using_clause().iter().filter_map(|name| name.sval()).map(|name| ("", name)));
        self.push(it.larg(), scope);
        self.push(it.rarg(), scope);
        self.push(it.quals(), scope);
        Ok(())
    }

    fn target(&mut self, range: Option<&'a nodes::RangeVar>, used: Use) -> Step {
        let range = range.ok_or_else(|| Contradiction::at(-1, "a statement has no target"))?;
        self.items.push(Node::RangeVar(range));
        self.source_named(range);
        self.relation(range, used)
    }

    fn insert(&mut self, it: &'a nodes::InsertStmt, outer: Scope) -> Step {
        let scope = self.with(it.with_clause(), outer)?;
        self.target(it.relation(), Use::Store)?;
        self.push_all(it.cols(), scope);
        self.push(it.select_stmt(), scope);
        if let Some(conflict) = it.on_conflict_clause() {
            self.on_conflict(conflict, scope)?;
        }
        self.returning(it.returning_clause(), scope)
    }

    fn on_conflict(&mut self, it: &'a nodes::OnConflictClause, scope: Scope) -> Step {
        self.assignments(it.target_list().iter(), scope)?;
        self.push(it.where_clause(), scope);
        let Some(infer) = it.infer() else { return Ok(()) };
        self.push(infer.where_clause(), scope);
        for element in infer.index_elems() {
            let Node::IndexElem(element) = element else {
                return Err(Contradiction::at(infer.location, "an ON CONFLICT target is not understood"));
            };
            self.index_element(element, scope)?;
        }
        Ok(())
    }

    pub(super) fn index_element(&mut self, it: &'a nodes::IndexElem, scope: Scope) -> Step {
        self.push(it.expr(), scope);
        if !it.collation().is_empty() {
            self.subject.collation(it.collation(), -1)?;
        }
        match strings(it.opclass()).as_deref() {
            Some([] | ["pg_catalog", _]) if it.opclassopts().is_empty() => Ok(()),
            _ => Err(Contradiction::at(-1, "an operator class is not pinned")),
        }
    }

    /// `SET`, or a column list. `(a, b) = …` is one source that targets in a row share: it is visited once.
    fn assignments(&mut self, targets: impl IntoIterator<Item = &'a nodes::ResTarget>, scope: Scope) -> Step {
        let mut shared = None;
        for target in targets {
            let Node::MultiAssignRef(part) = target.val() else {
                shared = None;
                self.push(Node::ResTarget(target), scope);
                continue;
            };
            if part.colno == 1 {
                self.push(part.source(), scope);
            } else if shared != Some((part.colno - 1, part.ncolumns)) {
                return Err(Contradiction::at(target.location, "a shared assignment is not understood"));
            }
            shared = Some((part.colno, part.ncolumns));
            self.subscripts(target.indirection(), false, scope)?;
        }
        Ok(())
    }

    fn update(&mut self, it: &'a nodes::UpdateStmt, outer: Scope) -> Step {
        let scope = self.with(it.with_clause(), outer)?;
        self.target(it.relation(), Use::Store)?;
        self.assignments(it.target_list().iter(), scope)?;
        self.push_all(it.from_clause(), scope);
        self.push(it.where_clause(), scope);
        self.conditions.push(it.where_clause());
        self.returning(it.returning_clause(), scope)
    }

    fn delete(&mut self, it: &'a nodes::DeleteStmt, outer: Scope) -> Step {
        let scope = self.with(it.with_clause(), outer)?;
        self.target(it.relation(), Use::Empty)?;
        self.push_all(it.using_clause(), scope);
        self.push(it.where_clause(), scope);
        self.conditions.push(it.where_clause());
        self.returning(it.returning_clause(), scope)
    }

    fn merge(&mut self, it: &'a nodes::MergeStmt, outer: Scope) -> Step {
        let scope = self.with(it.with_clause(), outer)?;
        self.target(it.relation(), Use::Store)?;
        self.push(it.source_relation(), scope);
        self.conditions.push(it.join_condition());
        self.push(it.join_condition(), scope);
        for when in it.merge_when_clauses().iter() {
            self.conditions.push(when.condition());
            self.push(when.condition(), scope);
            let targets = when.target_list().iter().map(|target| match target {
                Node::ResTarget(target) => Ok(target),
                _ => Err(Contradiction::at(-1, "a MERGE is not understood")),
            });
            self.assignments(targets.collect::<Step<Vec<_>>>()?, scope)?;
            self.push_all(when.values(), scope);
        }
        self.returning(it.returning_clause(), scope)
    }

    fn returning(&mut self, it: Option<&'a nodes::ReturningClause>, scope: Scope) -> Step {
        let Some(it) = it else { return Ok(()) };
        if !it.options().is_empty() {
            return Err(Contradiction::at(-1, "RETURNING has options"));
        }
        self.push_all(it.exprs(), scope);
        Ok(())
    }
}

/// FOR UPDATE OF names items of FROM.
fn locked(clause: &nodes::LockingClause) -> Step {
    let plain = |node: Node<'_>| matches!(node, Node::RangeVar(range) if range.schemaname().is_none());
    match clause.locked_rels().iter().all(plain) {
        true => Ok(()),
        false => Err(Contradiction::at(-1, "FOR UPDATE OF is not understood")),
    }
}
