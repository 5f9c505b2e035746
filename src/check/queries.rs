//! Queries and data-modifying statements: WITH, FROM, and where rows go.

use std::cell::LazyCell;

use crate::grammar::tags::{A_Expr_Kind, CmdType, JoinType, MergeMatchKind};
use crate::grammar::{Node, NodeList, nodes};
use crate::model::facts::SessionEffect;
use crate::model::tables::Set;

use super::leaks::Source;
use super::target::Target;
use super::tied::given_items;
use super::walk::{Flow, Scope, Walk, strings};
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
        // what an arm's columns are called, the first one says
        let flow = if self.flow == Flow::Rows { Flow::Stored } else { self.flow };
        for side in [it.larg(), it.rarg()].into_iter().flatten() {
            self.push_to(flow, Node::SelectStmt(side), scope);
        }
        self.setting_of_view(it);
        let inside = self.see_items(it.from_clause(), scope);
        let masked = self.masked_outputs(it);
        let walked = it.target_list().iter().filter(|item| !masked.contains(&item.location));
        match self.flow {
            Flow::Rows => self.pass_targets(walked, inside),
            _ => self.push_targets(walked, inside),
        }
        self.push_all(it.values_lists(), inside);
        if it.target_list().iter().any(|item| is_star(item.val())) {
            self.shown(it.from_clause())?;
        }
        self.select_conditions(it, inside);
        let joined = self.joined();
        it.from_clause().iter().for_each(|item| self.push_to(joined, item, scope));
        self.marks_rows |= !it.locking_clause().is_empty();
        it.locking_clause().iter().try_for_each(locked)
    }

    /// What decides about rows; its values go nowhere. A name in ORDER BY or GROUP BY that is an output column's is
    /// that one.
    fn select_conditions(&mut self, it: &'a nodes::SelectStmt, scope: Scope) {
        // those of a long UNION are far down, and few ask for them
        let outputs = LazyCell::new(|| outputs(it));
        let is_output = |node: Node<'_>| match node {
            Node::ColumnRef(column) => {
                let fields = column.fields();
                fields.len() == 1 && fields.first().and_then(|name| name.as_str()).is_some_and(|n| outputs.contains(n))
            }
            _ => false,
        };
        for sort in it.sort_clause().iter() {
            match is_output(sort.node()) && sort.use_op().is_empty() {
                true => self.spoken(sort.node()),
                false => self.push_to(Flow::Free, Node::SortBy(sort), scope),
            }
        }
        let mut items: Vec<Node<'a>> = it.distinct_clause().iter().chain(it.group_clause()).collect();
        while let Some(item) = items.pop() {
            match item {
                Node::GroupingSet(set) => items.extend(set.content()),
                item if is_output(item) => self.spoken(item),
                item => self.push_to(Flow::Free, item, scope),
            }
        }
        for window in it.window_clause() {
            self.push_to(Flow::Free, window, scope);
        }
        let part = self.unmerged(scope);
        self.conditions.extend([(part, it.where_clause()), (part, it.having_clause())]);
        if it.larg().is_none() {
            self.ordered_by(it);
        }
        for node in [it.where_clause(), it.having_clause(), it.limit_offset(), it.limit_count()] {
            self.push_to(Flow::Free, node, scope);
        }
    }

    /// Notes the name of an output: GROUP BY may mean a column that is called so.
    fn spoken(&mut self, name: Node<'a>) {
        if let Node::ColumnRef(column) = name {
            self.columns.extend(column.fields().first().and_then(Node::as_str).map(|name| ("", name)));
        }
    }

    /// `*`: it shows no substituted scan that is stored, or has true values beside its masks.
    fn shown(&mut self, from: &'a NodeList) -> Step {
        if self.flow == Flow::Rows {
            self.carriers.whole |= from.iter().any(|item| self.shows_protected(item, false));
        }
        if let Flow::Column(output) = self.flow
            && from.iter().any(|item| self.shows_protected(item, false))
        {
            self.carriers.starred.push(output);
        }
        let open = matches!(self.flow, Flow::Free | Flow::Rows | Flow::Column(_));
        match from.iter().any(|item| self.shows_protected(item, open)) {
            true => Err(Contradiction::at(-1, "all columns, of which one may not be shown or stored")),
            false => Ok(()),
        }
    }

    /// Whether `*` over this item of FROM shows a substituted scan; if masks are `open`, one that has true values.
    fn shows_protected(&self, item: Node<'a>, open: bool) -> bool {
        let mut items = vec![item];
        while let Some(item) = items.pop() {
            match item {
                Node::JoinExpr(join) => items.extend([join.larg(), join.rarg()]),
                Node::RangeSubselect(sub) => {
                    let Node::SelectStmt(select) = sub.subquery() else { return true };
                    match template::substituted(&self.subject, select) {
                        Ok(None) => {}
                        Ok(Some(found)) if found.shadows.is_empty() && open => {}
                        Ok(Some(_)) | Err(_) => return true,
                    }
                }
                _ => {}
            }
        }
        false
    }

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

    /// Where SELECT INTO and CREATE TABLE AS put rows: a temp table.
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
        self.made.extend(range.relname());
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
            | Node::MergeStmt(_)) => {
                self.names_given(cte.aliascolnames(), query);
                let inside = self.within(query, false, scope);
                self.push_to(self.through(), query, inside);
            }
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
                if let Some(alias) = it.alias() {
                    self.names_given(alias.colnames(), it.subquery());
                }
                let inside = self.within(it.subquery(), false, scope);
                self.push_to(self.joined(), it.subquery(), inside);
            }
            Some(template::Substituted {
                relation,
                unfenced,
                shadows,
                start,
                end,
                mut left_out,
                hides,
                masks,
                partition,
                sorted,
            }) => {
                self.lists_partitions |= partition;
                self.masks.extend(masks);
                self.substituted += usize::from(hides);
                self.sources.push(Source::of(relation, it.alias()));
                self.filtered |= self.subject.rights.filter(relation.oid).is_some();
                self.reads_filtered |= self.subject.rights.filter(relation.oid).is_some();
                self.unfenced.extend(unfenced.map(|filter| (self.unmerged(scope), filter)));
                left_out.extend(template::choosing(&self.subject, relation).filter(|_| !sorted));
                if !left_out.is_empty() {
                    self.left_out.push((Node::RangeSubselect(it), left_out));
                }
                self.named(relation);
                self.scanned(relation, it.alias(), shadows)?;
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
            let function = pair.get(0).ok_or_else(lost)?;
            match function {
                // the one bare name that the server itself takes for pg_catalog's
                Node::FuncCall(call) if unnests_each(call, pair.get(1)) && it.coldeflist().is_empty() => {
                    self.push_all(call.args(), scope);
                }
                other => self.push(other, scope),
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
        self.early = true;
        match strings(it.method()).as_deref() {
            Some(["pg_catalog", "system" | "bernoulli"]) => {}
            _ => return Err(Contradiction::at(it.location, "a sampling method is not pinned")),
        }
        self.push(it.relation(), scope);
        it.args().iter().for_each(|argument| self.push_to(Flow::Free, argument, scope));
        self.push_to(Flow::Free, it.repeatable(), scope);
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
            self.names_made(Some(alias));
        }
        let bare = it.jointype == JoinType::JOIN_LEFT && matches!(it.rarg(), Node::RangeVar(_));
        self.early |= it.jointype != JoinType::JOIN_INNER && !bare;
        self.conditions.push((self.unmerged(scope), it.quals()));
        self.natural |= it.is_natural || it.alias().is_some();
        self.columns.extend(it.using_clause().iter().filter_map(|name| name.sval()).map(|name| ("", name)));
        self.push(it.larg(), scope);
        self.push(it.rarg(), scope);
        let sides = self.see_sides(it, scope);
        self.push_to(Flow::Free, it.quals(), sides);
        for alias in [it.alias(), it.join_using_alias()].into_iter().flatten() {
            self.joined_as(alias);
        }
        self.joined_naturally(it.is_natural);
        Ok(())
    }

    fn insert(&mut self, it: &'a nodes::InsertStmt, outer: Scope) -> Step {
        let scope = self.with(it.with_clause(), outer)?;
        let target = self.target(it.relation())?;
        let columns = self.column_list(&target, it.cols())?;
        self.rows_are_given(&target, &listed(it.cols()), it.select_stmt(), it.on_conflict_clause())?;
        self.inserted(&target, &columns, it.select_stmt(), scope)?;
        if let Some(conflict) = it.on_conflict_clause() {
            self.on_conflict(&target, conflict, scope)?;
        }
        self.inserted_is_returned(it.returning_clause());
        self.returning(&target, true, &[], it.returning_clause(), scope)
    }

    /// What is inserted: walked as the query that it is, and, where columns need to be looked at, each value by its own.
    fn inserted(&mut self, target: &Target, columns: &[Option<usize>], query: Node<'a>, scope: Scope) -> Step {
        self.push_to(target.flow(), query, scope);
        let Node::SelectStmt(select) = query else { return Ok(()) };
        if self.is_open(target) {
            return Ok(());
        }
        if select.values_lists().is_empty() {
            let set_operation = select.larg().is_some();
            let stars = select.target_list().iter().any(|item| expands(item.val()));
            if stars || (set_operation && columns.iter().any(|position| self.is_guarded(target, *position))) {
                return Err(Contradiction::at(-1, "what is inserted into protected columns is not known"));
            }
            for (item, position) in select.target_list().iter().zip(columns) {
                self.inserted_value(target, *position, item.val())?;
            }
        }
        for row in select.values_lists() {
            let Node::NodeList(row) = row else { return Err(Contradiction::at(-1, "a row is not understood")) };
            for (value, position) in row.into_iter().zip(columns) {
                self.inserted_value(target, *position, value)?;
            }
        }
        Ok(())
    }

    fn on_conflict(&mut self, target: &Target, it: &'a nodes::OnConflictClause, scope: Scope) -> Step {
        self.assignments(target, it.target_list().iter(), &Set::from_iter(["excluded"]), scope)?;
        match it.target_list().is_empty() {
            true => self.push_to(Flow::Free, it.where_clause(), scope),
            false => self.chosen(target, it.where_clause(), false, scope)?,
        }
        let Some(infer) = it.infer() else { return Ok(()) };
        self.naming(infer.where_clause(), scope);
        for element in infer.index_elems() {
            let Node::IndexElem(element) = element else {
                return Err(Contradiction::at(infer.location, "an ON CONFLICT target is not understood"));
            };
            self.index_element(element, scope)?;
        }
        Ok(())
    }

    pub(super) fn index_element(&mut self, it: &'a nodes::IndexElem, scope: Scope) -> Step {
        self.naming(it.expr(), scope);
        if !it.collation().is_empty() {
            self.subject.collation(it.collation(), -1)?;
        }
        match strings(it.opclass()).as_deref() {
            Some([] | ["pg_catalog", _]) if it.opclassopts().is_empty() => Ok(()),
            _ => Err(Contradiction::at(-1, "an operator class is not pinned")),
        }
    }

    /// `SET`; `given`: items of FROM that have no rows but those in the text. `(a, b) = …` is one source that targets in a row share: it is visited once.
    fn assignments(
        &mut self,
        target: &Target,
        items: impl IntoIterator<Item = &'a nodes::ResTarget>,
        given: &Set<&'a str>,
        scope: Scope,
    ) -> Step {
        let items: Vec<&'a nodes::ResTarget> = items.into_iter().collect();
        self.nothing_tied(target, &items, given)?;
        let mut shared = None;
        for item in items {
            let position = self.assigned_column(target, item)?;
            self.decides_nothing(target, item)?;
            let Node::MultiAssignRef(part) = item.val() else {
                shared = None;
                self.assigned_value(target, position, item.val(), scope)?;
                self.subscripts(item.indirection(), false, target.flow(), scope)?;
                continue;
            };
            if part.colno != 1 && shared != Some((part.colno - 1, part.ncolumns)) {
                return Err(Contradiction::at(item.location, "a shared assignment is not understood"));
            }
            match part.source() {
                Node::RowExpr(row) => {
                    if usize::try_from(part.ncolumns).ok() != Some(row.args().len()) {
                        return Err(Contradiction::at(item.location, "a row has another length than its columns"));
                    }
                    let nth = usize::try_from(part.colno - 1).ok().and_then(|nth| row.args().get(nth));
                    let value = nth.ok_or_else(|| Contradiction::at(item.location, "a row is too short"))?;
                    self.assigned_value(target, position, value, scope)?;
                }
                _ if self.is_guarded(target, position) => {
                    return Err(Contradiction::at(item.location, "a protected column is assigned without a guard"));
                }
                source if part.colno == 1 => self.push_to(target.flow(), source, scope),
                _ => {}
            }
            shared = Some((part.colno, part.ncolumns));
            self.subscripts(item.indirection(), false, target.flow(), scope)?;
        }
        Ok(())
    }

    fn update(&mut self, it: &'a nodes::UpdateStmt, outer: Scope) -> Step {
        self.marks_rows = true;
        let scope = self.with(it.with_clause(), outer)?;
        let target = self.target(it.relation())?;
        self.assignments(&target, it.target_list().iter(), &given_items(it.from_clause()), scope)?;
        let through = self.through();
        let joined: Vec<Node<'a>> = it.from_clause().iter().collect();
        joined.iter().for_each(|item| self.push_to(through, *item, scope));
        self.chosen(&target, it.where_clause(), true, scope)?;
        self.returning(&target, true, &joined, it.returning_clause(), scope)
    }

    fn delete(&mut self, it: &'a nodes::DeleteStmt, outer: Scope) -> Step {
        self.marks_rows = true;
        let scope = self.with(it.with_clause(), outer)?;
        let target = self.target(it.relation())?;
        self.nothing_follows(&target)?;
        let through = self.through();
        let joined: Vec<Node<'a>> = it.using_clause().iter().collect();
        joined.iter().for_each(|item| self.push_to(through, *item, scope));
        self.chosen(&target, it.where_clause(), true, scope)?;
        self.returning(&target, false, &joined, it.returning_clause(), scope)
    }

    fn merge(&mut self, it: &'a nodes::MergeStmt, outer: Scope) -> Step {
        self.marks_rows = true;
        let scope = self.with(it.with_clause(), outer)?;
        let target = self.target(it.relation())?;
        self.push_to(self.through(), it.source_relation(), scope);
        self.chosen(&target, it.join_condition(), true, scope)?;
        for when in it.merge_when_clauses().iter() {
            self.conditions.push((self.unmerged(scope), when.condition()));
            self.push_to(Flow::Free, when.condition(), scope);
            if target.is_filtered() && when.match_kind == MergeMatchKind::MERGE_WHEN_NOT_MATCHED_BY_SOURCE {
                return Err(Contradiction::at(-1, "a MERGE changes rows that its filter leaves out"));
            }
            if when.command_type == CmdType::CMD_DELETE {
                self.nothing_follows(&target)?;
            }
            if when.command_type == CmdType::CMD_INSERT {
                let columns = self.column_list(&target, when.target_list())?;
                let rows = match it.source_relation() {
                    Node::RangeSubselect(source) => source.subquery(),
                    other => other,
                };
                self.rows_are_given(&target, &listed(when.target_list()), rows, None)?;
                for (value, position) in when.values().iter().zip(&columns) {
                    self.inserted_value(&target, *position, value)?;
                }
                when.values().iter().for_each(|value| self.push_to(target.flow(), value, scope));
                continue;
            }
            let targets = when.target_list().iter().map(|target| match target {
                Node::ResTarget(target) => Ok(target),
                _ => Err(Contradiction::at(-1, "a MERGE is not understood")),
            });
            let given = given_items([it.source_relation()]);
            self.assignments(&target, targets.collect::<Step<Vec<_>>>()?, &given, scope)?;
        }
        self.returning(&target, true, &[it.source_relation()], it.returning_clause(), scope)
    }

    fn returning(
        &mut self,
        target: &Target,
        stores: bool,
        joined: &[Node<'a>],
        it: Option<&'a nodes::ReturningClause>,
        scope: Scope,
    ) -> Step {
        let Some(it) = it else { return Ok(()) };
        if !it.options().is_empty() {
            return Err(Contradiction::at(-1, "RETURNING has options"));
        }
        let own = usize::from(stores && !target.temporary);
        let taken = self.flow != Flow::Free && self.sinks > own;
        for item in it.exprs() {
            let star = matches!(item, Node::ResTarget(item) if is_star(item.val()));
            if star && self.is_masked(target) {
                return Err(Contradiction::at(-1, "RETURNING * of a relation with protected columns"));
            }
            self.carriers.whole |= star && taken && joined.iter().any(|item| self.shows_protected(*item, false));
            match item {
                Node::ResTarget(item) if taken => self.pass_targets([item], scope),
                item => self.push_to(Flow::Free, item, scope),
            }
        }
        Ok(())
    }
}

/// The names in a column list.
fn listed(list: &NodeList) -> Vec<&str> {
    let names = list.iter().filter_map(|item| match item {
        Node::ResTarget(item) => item.name(),
        _ => None,
    });
    names.collect()
}

/// `*` by itself.
fn is_star(node: Node<'_>) -> bool {
    matches!(node, Node::ColumnRef(column) if column.fields().len() == 1
        && matches!(column.fields().first(), Some(Node::A_Star(_))))
}

/// Whether an item of a select list may be more than one column.
pub(super) fn expands(node: Node<'_>) -> bool {
    let last = match node {
        Node::ColumnRef(column) => column.fields().iter().next_back(),
        Node::A_Indirection(it) => it.indirection().iter().next_back(),
        _ => None,
    };
    matches!(last, Some(Node::A_Star(_)))
}

/// Names of a query's output columns; those of a set operation are its first arm's.
fn outputs(mut select: &nodes::SelectStmt) -> Set<&str> {
    while let Some(left) = select.larg() {
        select = left;
    }
    let named = select.target_list().iter().filter_map(|item| {
        item.name().or_else(|| match item.val() {
            Node::ColumnRef(column) => column.fields().iter().next_back().and_then(Node::as_str),
            _ => None,
        })
    });
    named.collect()
}

/// `unnest(a, b)` in FROM, undecorated: the server's parser writes `pg_catalog.unnest(a), pg_catalog.unnest(b)` for it
/// before it looks up any name.
fn unnests_each(call: &nodes::FuncCall, columns: Option<Node<'_>>) -> bool {
    let decorated = call.agg_star || call.agg_distinct || call.func_variadic || call.over().is_some();
    strings(call.funcname()).as_deref() == Some(&["unnest"])
        && call.args().len() > 1
        && !decorated
        && call.agg_order().is_empty()
        && matches!(call.agg_filter(), Node::None)
        && matches!(columns, None | Some(Node::None))
}

/// FOR UPDATE OF names items of FROM.
fn locked(clause: &nodes::LockingClause) -> Step {
    let plain = |node: Node<'_>| matches!(node, Node::RangeVar(range) if range.schemaname().is_none());
    match clause.locked_rels().iter().all(plain) {
        true => Ok(()),
        false => Err(Contradiction::at(-1, "FOR UPDATE OF is not understood")),
    }
}
