//! SELECT, VALUES, TABLE, WITH, set operations, and FROM.

use crate::catalog::search_path::Found;
use crate::grammar::tags::{A_Expr_Kind, CoercionForm, JoinType, SetOperation};
use crate::grammar::{CastNodeList, ConstValue, Node, NodeList, nodes};
use crate::model::refusal::{Reason, Refusal};
use crate::model::tables::Set;

use super::alone::is_limited;
use super::refuse::{Step, not_understood};
use super::scope::{Fields, Flow, GroupItem, Names, Role, Window, fields};
use super::walk::{Walk, absent, alias_columns, strings};

impl<'a> Walk<'a> {
    /// A statement that may stand where a query may: also a write with RETURNING inside WITH.
    pub(super) fn query(&mut self, node: Node<'a>) -> Step<Names<'a>> {
        self.deeper(|walk| match node {
            Node::SelectStmt(select) => walk.select(select),
            Node::InsertStmt(it) => walk.writing(it.with_clause(), |walk| walk.insert(it)),
            Node::UpdateStmt(it) => walk.writing(it.with_clause(), |walk| walk.update(it)),
            Node::DeleteStmt(it) => walk.writing(it.with_clause(), |walk| walk.delete(it)),
            Node::MergeStmt(it) => walk.writing(it.with_clause(), |walk| walk.merge(it)),
            _ => Err(not_understood("this kind of statement as a part of another", -1)),
        })
    }

    fn select(&mut self, select: &'a nodes::SelectStmt) -> Step<Names<'a>> {
        if select.into_clause().is_some() {
            return Err(not_understood("SELECT … INTO at this place", -1));
        }
        self.select_body(select)
    }

    /// A SELECT whose INTO has been dealt with. Gives the names of its output columns.
    pub(super) fn select_body(&mut self, select: &'a nodes::SelectStmt) -> Step<Names<'a>> {
        let (mark, first) = (self.scope.mark(), self.scope.references.len());
        self.with(select.with_clause())?;
        self.scope.open();
        let names =
            if select.op == SetOperation::SETOP_NONE { self.simple(select) } else { self.set_operation(select) }?;
        self.flowing(Flow::Free, |walk| {
            walk.sort(select.sort_clause())?;
            walk.expression(select.limit_offset())?;
            walk.expression(select.limit_count())
        })?;
        self.note_locks(select, first);
        self.locking(select)?;
        self.scope.reset(mark);
        Ok(names)
    }

    /// UNION, INTERSECT, EXCEPT: the left arms in a loop, since long chains lean to the left.
    fn set_operation(&mut self, select: &'a nodes::SelectStmt) -> Step<Names<'a>> {
        let mut arms = Vec::new();
        let mut here = select;
        loop {
            let lost = || not_understood("this set operation", -1);
            arms.push(here.rarg().ok_or_else(lost)?);
            let left = here.larg().ok_or_else(lost)?;
            if left.op == SetOperation::SETOP_NONE || left.with_clause().is_some() || has_tail(left) {
                arms.push(left);
                break;
            }
            here = left;
        }
        let mut names = Names::default();
        let flow = self.made_into(self.scope.flow);
        for arm in arms.into_iter().rev().enumerate() {
            let found = self.flowing(flow, |walk| walk.query(Node::SelectStmt(arm.1)))?;
            if arm.0 == 0 {
                names = found;
            }
        }
        Ok(names)
    }

    fn simple(&mut self, select: &'a nodes::SelectStmt) -> Step<Names<'a>> {
        self.note_order(select);
        self.from(select.from_clause())?;
        self.conditions(select.where_clause())?;
        self.named_by_view = self.name_of_setting(select);
        self.grouped(|walk| {
            for target in select.target_list() {
                walk.target(target)?;
            }
            walk.flowing(Flow::Free, |walk| walk.having_and_windows(select))
        })?;
        if let Some(level) = self.scope.level() {
            level.outputs = select.target_list().iter().filter_map(output_name).collect();
            level.grouping.grouped = !(select.group_clause().is_empty() && absent(select.having_clause()));
        }
        self.flowing(Flow::Free, |walk| walk.group_by(select))?;
        for row in select.values_lists() {
            match row {
                Node::NodeList(row) => {
                    self.flowing(self.made_into(self.scope.flow), |walk| walk.expressions(row))?;
                }
                _ => return Err(not_understood("this VALUES list", -1)),
            }
        }
        Ok(output_names(select))
    }

    /// DISTINCT ON, HAVING, WINDOW.
    fn having_and_windows(&mut self, select: &'a nodes::SelectStmt) -> Step {
        for item in select.distinct_clause() {
            self.list_item(item)?;
        }
        self.conditions(select.having_clause())?;
        for window in select.window_clause() {
            match window {
                Node::WindowDef(window) => self.window(window)?,
                _ => return Err(not_understood("this WINDOW clause", -1)),
            }
        }
        Ok(())
    }

    /// An item that may be the name of an output column.
    fn list_item(&mut self, item: Node<'a>) -> Step {
        match item {
            Node::ColumnRef(column) => self.column(column, Role::Item),
            other => self.expression(other),
        }
    }

    /// The setting that `name` is in `SELECT set_config(name, …) FROM pg_settings WHERE name = 'x'`: how pg_dump changes
    /// one that not every server has.
    fn name_of_setting(&self, select: &'a nodes::SelectStmt) -> Option<(i32, &'a str)> {
        let (Some(Node::RangeVar(view)), 1) = (select.from_clause().first(), select.from_clause().len()) else {
            return None;
        };
        let (Some(target), 1) = (select.target_list().first(), select.target_list().len()) else { return None };
        let Node::FuncCall(call) = target.val() else { return None };
        let Node::A_Expr(filter) = select.where_clause() else { return None };
        let Node::A_Const(constant) = filter.rexpr() else { return None };
        let Some(ConstValue::String(name)) = constant.val() else { return None };
        let equal = filter.kind == A_Expr_Kind::AEXPR_OP && strings(filter.name()).as_deref() == Some(&["="]);
        let seen = self.context.names.relation(self.context.snapshot, view.schemaname(), "pg_settings");
        let of_server = view.relname() == Some("pg_settings")
            && view.alias().is_none()
            && (view.schemaname().is_some() || self.scope.cte("pg_settings").is_none())
            && matches!(seen, Found::Permanent(relation) if &*relation.schema == "pg_catalog");
        (equal && of_server && is_name(filter.lexpr())).then_some((call.location, name))
    }

    /// Walks what must hold grouped columns only, if the level has GROUP BY.
    fn grouped(&mut self, step: impl FnOnce(&mut Self) -> Step) -> Step {
        if let Some(level) = self.scope.level() {
            level.grouping.checked = true;
        }
        let result = step(self);
        if let Some(level) = self.scope.level() {
            level.grouping.checked = false;
        }
        result
    }

    fn target(&mut self, target: &'a nodes::ResTarget) -> Step {
        if !target.indirection().is_empty() {
            return Err(not_understood("a target with subscripts", target.location));
        }
        self.scope.outputs.extend(target.name());
        if matches!(target.val(), Node::ColumnRef(_)) {
            self.scope.shown.push((self.scope.references.len(), target));
        }
        let flow = self.flow_of(target);
        self.named_item(target, |walk| {
            walk.flowing(flow, |walk| match target.val() {
                Node::ColumnRef(column) => walk.column(column, Role::Target),
                other => walk.expression(other),
            })
        })
    }

    fn group_by(&mut self, select: &'a nodes::SelectStmt) -> Step {
        let mut items = Vec::new();
        let mut inside = Some(Set::default());
        for item in select.group_clause() {
            let inputs = self.inputs();
            self.spend(select.target_list().len() + inputs)?;
            match item {
                // without the word ROW, it is its columns
                Node::RowExpr(row) if row.row_format == CoercionForm::COERCE_IMPLICIT_CAST => {
                    self.spend(row.args().len().saturating_mul(select.target_list().len() + inputs))?;
                    items.extend(row.args().iter().filter_map(|item| self.group_item(select, item)));
                }
                item => items.extend(self.group_item(select, item)),
            }
            match item {
                Node::GroupingSet(set) => self.grouping_set(set, &mut inside)?,
                other => self.list_item(other)?,
            }
        }
        if let Some(level) = self.scope.level() {
            level.grouping.items = items;
            level.grouping.inside = inside;
        }
        Ok(())
    }

    /// How many names the FROM items of the current level have.
    fn inputs(&self) -> usize {
        self.scope.own_entries().map(|entry| 1 + entry.names.known.len()).sum()
    }

    /// `inside` takes the names of columns of FROM, and is lost where anything stands that may be another column.
    fn grouping_set(&mut self, set: &'a nodes::GroupingSet, inside: &mut Option<Set<&'a str>>) -> Step {
        self.deeper(|walk| {
            for item in set.content() {
                match item {
                    Node::GroupingSet(inner) => walk.grouping_set(inner, inside)?,
                    other => {
                        walk.spend(walk.inputs())?;
                        let name = match other {
                            Node::ColumnRef(column) => fields(column).and_then(|fields| fields.name),
                            _ => None,
                        };
                        let name = name.filter(|name| walk.may_be_input(Some(name)));
                        *inside = inside.take().filter(|_| name.is_some() || is_no_column(other)).map(|mut names| {
                            names.extend(name);
                            names
                        });
                        walk.list_item(other)?;
                    }
                }
            }
            Ok(())
        })
    }

    /// An item of GROUP BY that is a column, by itself, by its output name or by its number.
    fn group_item(&self, select: &'a nodes::SelectStmt, item: Node<'a>) -> Option<GroupItem> {
        let targets = select.target_list();
        let column_of = |target: &'a nodes::ResTarget| match target.val() {
            Node::ColumnRef(column) => fields(column).filter(|fields| fields.name.is_some()),
            _ => None,
        };
        let (found, location): (Fields<'a>, i32) = match item {
            Node::ColumnRef(column) => {
                let written = fields(column)?;
                let output = targets.iter().find(|target| target.name() == written.name);
                let output = output.filter(|_| written.qualifier.is_none() && !self.may_be_input(written.name));
                (output.and_then(column_of).unwrap_or(written), column.location)
            }
            Node::A_Const(constant) => {
                let position = match constant.val()? {
                    ConstValue::Integer(position) => usize::try_from(position).ok()?.checked_sub(1)?,
                    _ => return None,
                };
                (self.output_column(targets, position)?, constant.location)
            }
            _ => return None,
        };
        Some(GroupItem {
            qualifier: found.qualifier.map(str::to_owned),
            name: found.name?.to_owned(),
            end: self.item_end(location)?,
        })
    }

    /// The column that the output of this position is, stars spelled out.
    fn output_column(&self, targets: &'a CastNodeList<nodes::ResTarget>, mut position: usize) -> Option<Fields<'a>> {
        for target in targets {
            let written = match target.val() {
                Node::ColumnRef(column) => Some(fields(column)?),
                _ if is_star(target) => return None,
                _ => None,
            };
            let Some(star) = written.filter(|written| written.name.is_none()) else {
                match position.checked_sub(1) {
                    Some(left) => position = left,
                    None => return written,
                }
                continue;
            };
            let mut shown = self.scope.own_entries().filter(|entry| star.qualifier.is_none_or(|one| one == entry.name));
            let (Some(entry), None, true) = (shown.next(), shown.next(), !self.joins_merge()) else { return None };
            let known = entry.relation.filter(|_| entry.names.complete).map(|_| &entry.names.known)?;
            match known.get(position) {
                Some(name) => return Some(Fields { qualifier: Some(entry.name), name: Some(name), ..star }),
                None => position -= known.len(),
            }
        }
        None
    }

    /// Whether a star may show one column for two that are joined.
    fn joins_merge(&self) -> bool {
        let level = self.scope.current.and_then(|level| self.scope.levels.get(level));
        level.is_none_or(|level| level.natural || !level.merged.is_empty())
    }

    /// Whether an unqualified name in GROUP BY may be a column of FROM: that comes before an output name.
    fn may_be_input(&self, name: Option<&str>) -> bool {
        self.scope
            .own_entries()
            .any(|entry| !entry.names.complete || entry.names.known.iter().any(|known| Some(*known) == name))
    }

    /// The byte after a name or number and the parentheses around it.
    fn item_end(&self, location: i32) -> Option<usize> {
        let first = self.tokens.index_at(usize::try_from(location).ok()?)?;
        let mut last = match self.tokens.name(first) {
            Some((_, mut next)) => {
                while self.tokens.is(next, ".") {
                    next = self.tokens.name(next + 1)?.1;
                }
                next - 1
            }
            None => first,
        };
        let mut before = first.checked_sub(1)?;
        // those of a row have others inside
        while self.tokens.is(before, "(") && self.tokens.is(last + 1, ")") {
            last += 1;
            before = before.checked_sub(1)?;
        }
        Some(self.tokens.get(last)?.end())
    }

    pub(super) fn sort(&mut self, list: impl IntoIterator<Item = &'a nodes::SortBy>) -> Step {
        self.grouped(|walk| {
            for item in list {
                walk.sort_operator(item)?;
                walk.list_item(item.node())?;
            }
            Ok(())
        })
    }

    /// An item of an aggregate's or a window's ORDER BY: never the name of an output column.
    pub(super) fn sort_item(&mut self, item: &'a nodes::SortBy) -> Step {
        self.sort_operator(item)?;
        self.scope.ordered.push(item.node());
        self.expression(item.node())
    }

    fn sort_operator(&mut self, item: &'a nodes::SortBy) -> Step {
        if item.use_op().is_empty() { Ok(()) } else { self.operator(item.use_op(), item.location) }
    }

    /// FOR UPDATE OF names FROM items, which keep their names.
    fn locking(&mut self, select: &'a nodes::SelectStmt) -> Step {
        for clause in select.locking_clause() {
            self.marks_rows = true;
            self.locks.1 |= clause.locked_rels().is_empty();
            self.locks.0.extend(clause.locked_rels().iter().filter_map(|item| match item {
                Node::RangeVar(range) => range.relname(),
                _ => None,
            }));
            for item in clause.locked_rels() {
                match item {
                    Node::RangeVar(range) if range.schemaname().is_none() && range.catalogname().is_none() => {}
                    _ => return Err(not_understood("this FOR UPDATE clause", -1)),
                }
            }
        }
        Ok(())
    }

    /// WITH: makes its names visible, each from the place on where PostgreSQL sees it.
    pub(super) fn with(&mut self, with: Option<&'a nodes::WithClause>) -> Step {
        let Some(with) = with else { return Ok(()) };
        if with.recursive {
            self.facts.folds = true;
            for cte in with.ctes() {
                let name = cte.ctename().ok_or_else(|| not_understood("a WITH item without a name", cte.location))?;
                self.scope.see_cte(name, cte_names(cte, Names::default()));
            }
        }
        for cte in with.ctes() {
            let name = cte.ctename().ok_or_else(|| not_understood("a WITH item without a name", cte.location))?;
            self.scope.written.extend(super::side::writes_unknown(cte.ctequery()).then_some(name));
            let found = self.tried_within(cte)?;
            if !with.recursive {
                self.scope.see_cte(name, cte_names(cte, found));
            }
        }
        Ok(())
    }

    /// A WITH query; what it writes is tried against values that are there as often as nobody hears of: only where the
    /// values are written out can that be counted.
    fn tried_within(&mut self, cte: &'a nodes::CommonTableExpr) -> Step<Names<'a>> {
        let (tries, computes) = (std::mem::take(&mut self.facts.tries), std::mem::take(&mut self.facts.computes));
        let found = self.cte(cte)?;
        if self.facts.tries && self.facts.computes {
            let what = "values that WITH computes may not be written to a protected column that a key compares";
            return Err(Refusal::new(Reason::Comparison, what)
                .detail("How many of them are tried against the values that are there could not be counted.")
                .hint("Write them by a statement of its own, or spell them out.")
                .at(cte.location));
        }
        self.facts.tries |= tries;
        self.facts.computes |= computes;
        Ok(found)
    }

    fn cte(&mut self, cte: &'a nodes::CommonTableExpr) -> Step<Names<'a>> {
        // its query stands outside of the level that the WITH belongs to
        let mark = self.scope.mark();
        self.renames(cte.aliascolnames(), cte.ctequery());
        let names = self.flowing(self.through(), |walk| walk.alone_if_limited(cte.ctequery()))?;
        self.scope.reset(mark);
        if let Some(search) = cte.search_clause() {
            strings(search.search_col_list()).ok_or_else(|| not_understood("this SEARCH clause", search.location))?;
        }
        if let Some(cycle) = cte.cycle_clause() {
            strings(cycle.cycle_col_list()).ok_or_else(|| not_understood("this CYCLE clause", cycle.location))?;
            self.expression(cycle.cycle_mark_value())?;
            self.expression(cycle.cycle_mark_default())?;
        }
        Ok(names)
    }

    fn alone_if_limited(&mut self, query: Node<'a>) -> Step<Names<'a>> {
        self.planned(is_limited(query), |walk| walk.query(query))
    }

    /// An expression that decides about rows.
    pub(super) fn conditions(&mut self, node: Node<'a>) -> Step {
        self.scope.conditions.push((self.scope.part, node));
        self.flowing(Flow::Free, |walk| walk.expression(node))
    }

    pub(super) fn from(&mut self, list: &'a NodeList) -> Step {
        if list.len() > 1
            && let Some(level) = self.scope.level()
        {
            level.joins = true;
        }
        for item in list {
            self.item(item)?;
        }
        Ok(())
    }

    pub(super) fn item(&mut self, item: Node<'a>) -> Step {
        self.deeper(|walk| match item {
            Node::RangeVar(range) => walk.range(range, false),
            Node::JoinExpr(join) => walk.join(join),
            Node::RangeSubselect(subselect) => {
                let joined = walk.joined();
                if let Some(alias) = subselect.alias() {
                    walk.renames(alias.colnames(), subselect.subquery());
                }
                let query = |walk: &mut Self| walk.flowing(joined, |walk| walk.alone_if_limited(subselect.subquery()));
                let names = if subselect.lateral { walk.beside(query) } else { walk.apart(query) }?;
                walk.enter(subselect.alias(), None, None, names, None)
            }
            Node::RangeFunction(function) => walk.range_function(function),
            Node::RangeTableSample(sample) => walk.sample(sample),
            Node::RangeTableFunc(table) => {
                let names = walk.made_beside(|walk| walk.table_function(table))?;
                walk.enter(table.alias(), Some("xmltable"), None, names, None)
            }
            _ => Err(not_understood("this FROM item", -1)),
        })
    }

    /// Walks what does not see the FROM items beside it: a subquery without LATERAL.
    fn apart<T>(&mut self, walk: impl FnOnce(&mut Self) -> T) -> T {
        let outside = std::mem::replace(&mut self.scope.apart_from, self.scope.current);
        let walked = walk(self);
        self.scope.apart_from = outside;
        walked
    }

    /// Walks what sees the FROM items before it, as LATERAL does.
    fn beside<T>(&mut self, walk: impl FnOnce(&mut Self) -> T) -> T {
        self.looking(0, true, walk)
    }

    /// Walks what makes rows of a FROM item without a query.
    fn made_beside<T>(&mut self, walk: impl FnOnce(&mut Self) -> Step<T>) -> Step<T> {
        let flow = self.made_into(self.joined());
        self.beside(|inside| inside.flowing(flow, walk))
    }

    /// Walks what sees the FROM items from that one on, as far as they have been walked.
    fn looking<T>(&mut self, first: usize, beside: bool, walk: impl FnOnce(&mut Self) -> T) -> T {
        let before = self.scope.look(Window { first, end: Some(self.scope.entries.len()), beside });
        let walked = walk(self);
        self.scope.look(before);
        walked
    }

    /// Joins lean to the left in long chains: walked in a loop.
    fn join(&mut self, join: &'a nodes::JoinExpr) -> Step {
        let mut chain = vec![join];
        let mut left = join.larg();
        while let Node::JoinExpr(inner) = left {
            chain.push(inner);
            left = inner.larg();
        }
        let first = self.scope.entries.len();
        self.item(left)?;
        for join in chain.into_iter().rev() {
            self.item(join.rarg())?;
            self.join_condition(join, first)?;
        }
        Ok(())
    }

    /// Its condition sees the join's own items, of which that is the first.
    fn join_condition(&mut self, join: &'a nodes::JoinExpr, first: usize) -> Step {
        if join.is_natural || !join.using_clause().is_empty() {
            self.operator_named(None, "=", -1)?;
        }
        if let Some(level) = self.scope.level() {
            level.joins = true;
            level.natural |= join.is_natural;
            level.merged.extend(join.using_clause().iter().filter_map(|column| column.sval()));
            level.merged_otherwise |= !matches!(join.jointype, JoinType::JOIN_INNER | JoinType::JOIN_LEFT);
        }
        let last = self.scope.entries.len().checked_sub(1);
        for column in join.using_clause() {
            let fields = Fields { catalog: None, schema: None, qualifier: None, name: column.sval() };
            self.scope.refer(fields, -1, Role::Shared);
        }
        self.looking(first, false, |walk| walk.conditions(join.quals()))?;
        self.scope.merged |= join.is_natural || !join.using_clause().is_empty();
        match (join.jointype, join.rarg()) {
            (JoinType::JOIN_INNER, _) => {}
            // of a table as it is nothing is computed that could be set to NULL
            (JoinType::JOIN_LEFT, Node::RangeVar(_)) => self.scope.nullable.extend(last),
            _ => self.scope.early = true,
        }
        let using = Names { known: join.using_clause().iter().filter_map(|c| c.sval()).collect(), complete: true };
        let aliases = [join.alias(), join.join_using_alias()].into_iter().flatten();
        self.renames_unknown(aliases.flat_map(|alias| alias_columns(Some(alias))));
        if join.join_using_alias().is_some() {
            self.enter(join.join_using_alias(), None, None, using, None)?;
        }
        if join.alias().is_some() {
            // columns are then named by the join's name: any of them may be used
            if let Some(level) = self.scope.level() {
                level.natural = true;
            }
            self.enter(join.alias(), None, None, Names::default(), None)?;
            self.scope.join_names.extend(join.alias().and_then(nodes::Alias::aliasname));
        }
        Ok(())
    }

    fn range_function(&mut self, range: &'a nodes::RangeFunction) -> Step {
        let mut name = None;
        for (n, item) in range.functions().iter().enumerate() {
            let Node::NodeList(pair) = item else { return Err(not_understood("this FROM function", -1)) };
            let function = pair.get(0).unwrap_or(Node::None);
            if let Node::FuncCall(call) = function {
                let called = call.funcname().iter().next_back().and_then(Node::as_str);
                if let Some(called) = called.filter(|called| self.tells_size(called)) {
                    return Err(super::functions::denied(called, call.location));
                }
                // all of ROWS FROM is called like the first
                name = name.or(called.filter(|_| n == 0));
            }
            let arguments = |walk: &mut Self| match function {
                Node::FuncCall(call) if is_several_unnest(call, pair.get(1), range) => walk.expressions(call.args()),
                other => walk.expression(other),
            };
            self.made_beside(arguments)?;
            match pair.get(1).unwrap_or(Node::None) {
                Node::None => {}
                Node::NodeList(definitions) => {
                    for definition in definitions {
                        match definition {
                            Node::ColumnDef(column) => self.column_definition_of_function(column)?,
                            _ => return Err(not_understood("this column definition list", -1)),
                        }
                    }
                }
                _ => return Err(not_understood("this column definition list", -1)),
            }
        }
        let mut known = Names::default();
        for column in range.coldeflist() {
            self.column_definition_of_function(column)?;
            known.known.extend(column.colname());
        }
        self.enter(range.alias(), name, None, known, None)
    }

    fn column_definition_of_function(&mut self, column: &'a nodes::ColumnDef) -> Step {
        if !column.constraints().is_empty() || column.compression().is_some() {
            return Err(not_understood("this column definition", column.location));
        }
        if let Some(collate) = column.coll_clause() {
            self.collation(collate.collname(), collate.location)?;
        }
        self.type_name(column.type_name())
    }

    fn sample(&mut self, sample: &'a nodes::RangeTableSample) -> Step {
        let lost = || not_understood("this TABLESAMPLE", sample.location);
        match sample.relation() {
            Node::RangeVar(range) => self.range(range, true)?,
            _ => return Err(lost()),
        }
        // its percentage may fail
        self.scope.early = true;
        match strings(sample.method()).ok_or_else(lost)?.as_slice() {
            [method @ ("system" | "bernoulli")] => {
                let place = self.place(sample.location, &[method])?;
                self.qualify(place, "pg_catalog");
            }
            ["pg_catalog", "system" | "bernoulli"] => {}
            _ => return Err(lost()),
        }
        self.flowing(Flow::Free, |walk| {
            walk.expressions(sample.args())?;
            walk.expression(sample.repeatable())
        })
    }

    /// XMLTABLE.
    fn table_function(&mut self, table: &'a nodes::RangeTableFunc) -> Step<Names<'a>> {
        self.expression(table.docexpr())?;
        self.expression(table.rowexpr())?;
        for namespace in table.namespaces() {
            match namespace {
                Node::ResTarget(target) => self.expression(target.val())?,
                _ => return Err(not_understood("this XMLTABLE", table.location)),
            }
        }
        let mut names = Names { known: Vec::new(), complete: true };
        for column in table.columns() {
            self.type_name(column.type_name())?;
            self.expression(column.colexpr())?;
            self.expression(column.coldefexpr())?;
            names.known.extend(column.colname());
        }
        Ok(names)
    }
}

/// Whether a set operation has ORDER BY, LIMIT or a lock of its own, and so is more than an arm of its parent.
fn has_tail(select: &nodes::SelectStmt) -> bool {
    !select.sort_clause().is_empty()
        || !absent(select.limit_count())
        || !absent(select.limit_offset())
        || !select.locking_clause().is_empty()
        || select.into_clause().is_some()
}

pub(super) fn is_star(target: &nodes::ResTarget) -> bool {
    matches!(target.val(), Node::ColumnRef(column) if fields(column).is_none_or(|fields| fields.name.is_none()))
        || matches!(target.val(), Node::A_Indirection(_))
}

/// `unnest` of several arrays is a word of FROM that stands for `pg_catalog.unnest` of each, whatever the path, and must
/// stay a bare word (`transformRangeFunction`).
pub(super) fn is_several_unnest(
    call: &nodes::FuncCall,
    columns: Option<Node<'_>>,
    range: &nodes::RangeFunction,
) -> bool {
    strings(call.funcname()).is_some_and(|name| name == ["unnest"])
        && call.args().len() > 1
        && call.agg_order().is_empty()
        && matches!(call.agg_filter(), Node::None)
        && call.over().is_none()
        && !(call.agg_star || call.agg_distinct || call.func_variadic)
        && matches!(columns, None | Some(Node::None))
        && range.coldeflist().is_empty()
}

fn output_name(target: &nodes::ResTarget) -> Option<&str> {
    target.name().or_else(|| match target.val() {
        Node::ColumnRef(column) => fields(column)?.name,
        _ => None,
    })
}

/// The names of output columns, as far as they can be told without types (`FigureColname`).
fn output_names(select: &nodes::SelectStmt) -> Names<'_> {
    let mut names = Names { known: Vec::new(), complete: select.values_lists().is_empty() };
    for target in select.target_list() {
        match output_name(target) {
            Some(name) => names.known.push(name),
            // a name in the wrong position would be renamed by a column alias list: stop at the first unknown one
            None => return Names { complete: false, ..names },
        }
    }
    names
}

fn cte_names<'a>(cte: &'a nodes::CommonTableExpr, mut names: Names<'a>) -> Names<'a> {
    let aliases = strings(cte.aliascolnames()).unwrap_or_default();
    for (n, alias) in aliases.into_iter().enumerate() {
        match names.known.get_mut(n) {
            Some(place) => *place = alias,
            None => names.known.push(alias),
        }
    }
    names
}

/// The bare column `name`.
pub(super) fn is_name(node: Node<'_>) -> bool {
    matches!(node, Node::ColumnRef(column) if strings(column.fields()).as_deref() == Some(&["name"]))
}

/// Whether an item of a grouping set is an expression that cannot come to no more than a column, by its place or its name.
fn is_no_column(item: Node<'_>) -> bool {
    match item {
        Node::A_Expr(it) => it.kind == A_Expr_Kind::AEXPR_OP,
        Node::NullTest(_) | Node::FuncCall(_) => true,
        _ => false,
    }
}
