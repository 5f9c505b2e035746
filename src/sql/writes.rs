//! INSERT, UPDATE, DELETE, MERGE.

use crate::catalog::search_path::Found;
use crate::catalog::snapshot::{Lineage, Origin, Relation, RelationKind};
use crate::grammar::tags::CmdType;
use crate::grammar::{Node, NodeList, nodes};
use crate::model::facts::SessionEffect;

use super::refuse::{Step, not_understood};
use super::scan::Named;
use super::scope::{Fields, Flow, Names, Role};
use super::target::{Target, protected_write};
use super::tied::{spelled_count, spelled_sources};
use super::walk::Walk;

/// Views over views are followed that far.
const MAX_VIEWS: usize = 8;

impl<'a> Walk<'a> {
    /// How many parts of a statement put values into something that outlives the session.
    pub(super) fn sinks_of(&self, node: Node<'a>) -> usize {
        let (with, target) = match node {
            Node::SelectStmt(it) => (it.with_clause(), None),
            Node::InsertStmt(it) => (it.with_clause(), it.relation()),
            Node::UpdateStmt(it) => (it.with_clause(), it.relation()),
            Node::MergeStmt(it) => (it.with_clause(), it.relation()),
            Node::DeleteStmt(it) => (it.with_clause(), None),
            Node::ExplainStmt(it) => return self.sinks_of(it.query()),
            Node::PrepareStmt(it) => return self.sinks_of(it.query()),
            Node::CopyStmt(it) => return self.sinks_of(it.query()),
            Node::CreateTableAsStmt(it) => return self.sinks_of(it.query()),
            _ => return 0,
        };
        let inner = with.map_or(0, |with| with.ctes().iter().map(|cte| self.sinks_of(cte.ctequery())).sum());
        inner + usize::from(target.is_some_and(|range| self.outlives(range)))
    }

    fn outlives(&self, range: &nodes::RangeVar) -> bool {
        let name = range.relname().unwrap_or_default();
        !matches!(self.found(range.schemaname(), name), Some(Found::Temporary(_)))
    }

    /// Refuses targets where rules or a view lead the write elsewhere.
    pub(super) fn writable(&self, named: &Named<'a>, location: i32) -> Step {
        let relation = &named.relation;
        let led_elsewhere =
            relation.has_rules || (relation.kind == RelationKind::View && !self.is_plain_view(relation, MAX_VIEWS));
        if !led_elsewhere {
            return Ok(());
        }
        Err(protected_write(location).detail(format!(
            "Rules of {}.{} lead to relations that may hold protected columns.",
            relation.schema, relation.name
        )))
    }

    /// Whether a view shows columns of one table as they are, without rules and triggers of its own: what is written
    /// to it is written to them.
    fn is_plain_view(&self, view: &Relation, depth: usize) -> bool {
        let Some(Lineage::Known { outputs, .. }) = &view.lineage else { return false };
        let sources = outputs.iter().filter_map(|origin| match origin {
            Origin::Column(id) => Some(id.relation),
            Origin::Either(_) | Origin::Derived(_) => None,
        });
        depth > 0
            && !view.has_triggers
            && outputs.iter().all(|origin| matches!(origin, Origin::Column(_)))
            && sources.into_iter().all(|oid| {
                self.context.snapshot.relation(oid).is_some_and(|source| {
                    !source.has_rules && (source.kind != RelationKind::View || self.is_plain_view(source, depth - 1))
                })
            })
    }

    /// Makes what is written to an item of the current level.
    fn enter_target(&mut self, target: &mut Target<'a>, range: Option<&'a nodes::RangeVar>) -> Step<Names<'a>> {
        let names = target.named.names();
        let alias = range.and_then(|range| range.alias());
        self.enter(alias, range.and_then(|range| range.relname()), target.named.described(), names.clone(), None)?;
        if let Some(entry) = self.scope.entries.last_mut() {
            entry.target = target.columns.filter(|_| target.masked());
        }
        target.entry = self.scope.entries.len().checked_sub(1);
        self.scope.targets.extend(target.entry);
        Ok(names)
    }

    /// Where a write's RETURNING goes: into other writes of the same statement, if there are any.
    fn returned_flow(&self, temporary: bool, stores: bool) -> Flow {
        let own = usize::from(stores && !temporary);
        if self.scope.flow != Flow::Free && self.sinks > own { Flow::Rows } else { Flow::Free }
    }

    /// A statement that writes: behind its WITH, whose writes try values beside its own.
    pub(super) fn writing(
        &mut self,
        with: Option<&'a nodes::WithClause>,
        write: impl FnOnce(&mut Self) -> Step<Names<'a>>,
    ) -> Step<Names<'a>> {
        let mark = self.scope.mark();
        self.facts.writes = true;
        self.with(with)?;
        let others = std::mem::take(&mut self.facts.attempts);
        let names = write(self)?;
        self.facts.attempts = self.facts.attempts.saturating_add(others);
        self.scope.reset(mark);
        Ok(names)
    }

    pub(super) fn insert(&mut self, insert: &'a nodes::InsertStmt) -> Step<Names<'a>> {
        let mut target = self.target_of(insert.relation())?;
        let returned = self.returned_flow(target.named.temporary, true);
        // the columns are names of the target's level, which what is inserted cannot see
        let outside = self.scope.current;
        let level = Some(self.scope.open());
        self.scope.inserted_at.extend(level);
        let names = self.enter_target(&mut target, insert.relation())?;
        if insert.cols().is_empty() {
            let all = Fields { catalog: None, schema: None, qualifier: None, name: None };
            self.scope.refer(all, -1, Role::Name);
        }
        let columns = self.column_list(&target, insert.cols())?;
        self.scope.current = outside;
        self.spelled_rows(&target, &columns, insert.select_stmt(), insert.on_conflict_clause())?;
        if !super::walk::absent(insert.select_stmt()) {
            self.inserted(&target, &columns, insert.select_stmt())?;
        }
        self.scope.current = level;
        if let Some(conflict) = insert.on_conflict_clause() {
            // RETURNING does not see what is proposed
            self.scope.open();
            self.enter(None, Some("excluded"), None, names, None)?;
            self.on_conflict(&target, conflict)?;
            self.scope.current = level;
        }
        self.flowing(returned, |walk| walk.returning(insert.returning_clause()))
    }

    /// Positions of the columns that inserted values are for, in their order.
    fn column_list(&mut self, target: &Target<'a>, list: &'a NodeList) -> Step<Vec<Option<usize>>> {
        if list.is_empty() {
            if let Some(closed) = target.closed_among(&[]) {
                return Err(closed);
            }
            for position in target.positions(&[]) {
                self.note_written(target, position);
            }
            // values are for the first columns; how many there are is seen later
            return Ok((0..target.named.relation.columns.len()).map(Some).collect());
        }
        let mut positions = Vec::with_capacity(list.len());
        for column in list {
            match column {
                Node::ResTarget(item) => positions.push(self.assigned_column(target, item)?),
                _ => return Err(not_understood("this column list", -1)),
            }
        }
        Ok(positions)
    }

    /// What is inserted: the guards first, then the walk.
    fn inserted(&mut self, target: &Target<'a>, columns: &[Option<usize>], query: Node<'a>) -> Step {
        if let Node::SelectStmt(select) = query {
            self.facts.attempts = self.facts.attempts.max(select.values_lists().len() as u64);
            self.facts.computes |= select.values_lists().is_empty();
        }
        if target.guarded() {
            let guarded = |position: &Option<usize>| matches!(target.flow(*position), Flow::Guarded(..));
            let guards = columns.iter().any(guarded);
            // a guard is a subquery: the server may compute it before a filter that reads other tables
            self.scope.guards_rows |= guards;
            match query {
                Node::SelectStmt(select) if select.target_list().is_empty() && select.values_lists().is_empty() => {
                    if guards {
                        let what = "a set operation inserted into protected columns";
                        return Err(not_understood(what, target.location).hint("Insert each of its parts by itself."));
                    }
                }
                Node::SelectStmt(select) if !select.values_lists().is_empty() => {
                    self.guard_rows(target, columns, select)?;
                }
                Node::SelectStmt(select) => self.guard_selected(target, columns, select)?,
                _ => return Err(not_understood("this INSERT", target.location)),
            }
        }
        let flow = if target.named.temporary { Flow::Free } else { Flow::Stored };
        self.flowing(flow, |walk| walk.query(query).map(drop))
    }

    /// VALUES.
    fn guard_rows(&mut self, target: &Target<'a>, columns: &[Option<usize>], select: &'a nodes::SelectStmt) -> Step {
        let lost = || not_understood("the spelling of VALUES for protected columns", target.location);
        let mut at = self.word_from(target.named.place.next, "values").ok_or_else(lost)? + 1;
        for row in select.values_lists() {
            let Node::NodeList(row) = row else { return Err(lost()) };
            let (spans, behind) = self.items(at).filter(|(spans, _)| spans.len() == row.len()).ok_or_else(lost)?;
            for ((value, span), position) in row.into_iter().zip(spans).zip(columns) {
                self.guard_inserted(target, *position, value, |_| Some(span))?;
            }
            at = behind + usize::from(self.tokens.is(behind, ","));
        }
        Ok(())
    }

    /// INSERT … SELECT.
    fn guard_selected(
        &mut self,
        target: &Target<'a>,
        columns: &[Option<usize>],
        select: &'a nodes::SelectStmt,
    ) -> Step {
        if self.spell_out(target, columns, select)? {
            return Ok(());
        }
        for (item, position) in select.target_list().iter().zip(columns) {
            if super::query::is_star(item) {
                return Err(not_understood("* inserted into a table with protected columns", item.location)
                    .hint("Name the columns."));
            }
            self.guard_inserted(target, *position, item.val(), |walk| walk.target_span(item).ok())?;
        }
        Ok(())
    }

    fn on_conflict(&mut self, target: &Target<'a>, conflict: &'a nodes::OnConflictClause) -> Step {
        if let Some(infer) = conflict.infer() {
            for element in infer.index_elems() {
                match element {
                    Node::IndexElem(element) => self.index_element(element)?,
                    _ => return Err(not_understood("this ON CONFLICT", conflict.location)),
                }
            }
            self.naming(|walk| walk.expression(infer.where_clause()))?;
        }
        self.assignments(target, conflict.target_list().iter(), &["excluded"])?;
        if !conflict.target_list().is_empty() {
            let lost = || not_understood("the spelling of ON CONFLICT", conflict.location);
            let start = usize::try_from(conflict.location).ok().and_then(|start| self.tokens.index_at(start));
            let action = start.and_then(|start| self.word_from(start, "do")).ok_or_else(lost)?;
            self.filter_first(target, action, conflict.where_clause(), false)?;
        }
        self.flowing(Flow::Free, |walk| walk.expression(conflict.where_clause()))
    }

    /// An element of an index or of ON CONFLICT; operator classes of others run their code.
    pub(super) fn index_element(&mut self, element: &'a nodes::IndexElem) -> Step {
        if !element.opclass().is_empty() || !element.opclassopts().is_empty() || !element.collation().is_empty() {
            return Err(not_understood("an operator class or collation of an index", -1));
        }
        self.naming(|walk| walk.expression(element.expr()))
    }

    pub(super) fn update(&mut self, update: &'a nodes::UpdateStmt) -> Step<Names<'a>> {
        self.marks_rows = true;
        let mut target = self.target_of(update.relation())?;
        let returned = self.returned_flow(target.named.temporary, true);
        self.open_joined();
        self.enter_target(&mut target, update.relation())?;
        self.note_choice(&target);
        self.flowing(self.through(), |walk| walk.from(update.from_clause()))?;
        self.assignments(&target, update.target_list().iter(), &spelled_sources(update.from_clause()))?;
        self.facts.attempts = self.facts.attempts.saturating_mul(spelled_count(update.from_clause()));
        self.filter_first(&target, target.named.place.next, update.where_clause(), true)?;
        self.condition(update.where_clause())?;
        self.flowing(returned, |walk| walk.returning(update.returning_clause()))
    }

    pub(super) fn delete(&mut self, delete: &'a nodes::DeleteStmt) -> Step<Names<'a>> {
        self.marks_rows = true;
        let mut target = self.target_of(delete.relation())?;
        let returned = self.returned_flow(target.named.temporary, false);
        self.open_joined();
        self.enter_target(&mut target, delete.relation())?;
        self.note_choice(&target);
        self.removing(&target)?;
        self.flowing(self.through(), |walk| walk.from(delete.using_clause()))?;
        self.filter_first(&target, target.named.place.next, delete.where_clause(), true)?;
        self.condition(delete.where_clause())?;
        self.flowing(returned, |walk| walk.returning(delete.returning_clause()))
    }

    /// Rows of the target go, and what foreign keys then set changes.
    fn removing(&mut self, target: &Target<'a>) -> Step {
        self.note_relabelled(self.context.rights.labelled_without(target.oid()));
        self.removable(target)
    }

    /// A level whose `RETURNING *` shows the target and what it is joined with.
    fn open_joined(&mut self) {
        self.scope.open();
        if let Some(level) = self.scope.level() {
            level.returns_joined = true;
        }
    }

    /// Notes that rows are chosen for a write of which not everything is read.
    fn note_choice(&mut self, target: &Target<'a>) {
        let filtered = self.context.rights.filter(target.named.relation.oid).is_some();
        self.scope.chooses |= !target.named.temporary && (filtered || target.guarded());
    }

    /// WHERE of a write, CURRENT OF included.
    fn condition(&mut self, node: Node<'a>) -> Step {
        match node {
            Node::CurrentOfExpr(current) => {
                let name = current.cursor_name().ok_or_else(|| not_understood("this cursor", -1))?;
                self.effect(SessionEffect::Fetch(name.into()));
                Ok(())
            }
            other => self.conditions(other),
        }
    }

    pub(super) fn merge(&mut self, merge: &'a nodes::MergeStmt) -> Step<Names<'a>> {
        self.marks_rows = true;
        let mut target = self.target_of(merge.relation())?;
        let returned = self.returned_flow(target.named.temporary, true);
        self.scope.open();
        self.enter_target(&mut target, merge.relation())?;
        self.note_choice(&target);
        self.facts.computes = true;
        self.flowing(self.through(), |walk| walk.item(merge.source_relation()))?;
        self.filter_joined(&target, merge)?;
        self.conditions(merge.join_condition())?;
        if merge.merge_when_clauses().iter().filter(|when| sets_by_subquery(when)).nth(1).is_some() {
            let what = "several columns set by a subquery in more than one clause of MERGE";
            return Err(not_understood(what, target.location).hint("Set each column by itself."));
        }
        for when in merge.merge_when_clauses() {
            self.conditions(when.condition())?;
            match when.command_type {
                CmdType::CMD_INSERT => self.merge_insert(&target, when, merge.source_relation())?,
                CmdType::CMD_DELETE => self.removing(&target)?,
                _ => self.merge_update(&target, when, merge.source_relation())?,
            }
        }
        self.flowing(returned, |walk| walk.returning(merge.returning_clause()))
    }

    fn merge_update(&mut self, target: &Target<'a>, when: &'a nodes::MergeWhenClause, source: Node<'a>) -> Step {
        let items = when.target_list().iter().map(|item| match item {
            Node::ResTarget(item) => Ok(item),
            _ => Err(not_understood("this MERGE", target.location)),
        });
        self.assignments(target, items.collect::<Step<Vec<_>>>()?, &spelled_sources([source]))
    }

    fn merge_insert(&mut self, target: &Target<'a>, when: &'a nodes::MergeWhenClause, source: Node<'a>) -> Step {
        let columns = self.column_list(target, when.target_list())?;
        let query = match source {
            Node::RangeSubselect(sub) => sub.subquery(),
            other => other,
        };
        self.spelled_rows(target, &columns, query, None)?;
        let flow = if target.named.temporary { Flow::Free } else { Flow::Stored };
        if target.guarded() {
            let lost = || not_understood("INSERT of a MERGE without a column list", target.location);
            let Some(Node::ResTarget(last)) = when.target_list().iter().next_back() else {
                return if when.values().is_empty() { Ok(()) } else { Err(lost().hint("Name the columns.")) };
            };
            let values = self.word_from(self.first_token(last)? + 1, "values").ok_or_else(lost)?;
            let (spans, _) =
                self.items(values + 1).filter(|(spans, _)| spans.len() == when.values().len()).ok_or_else(lost)?;
            for ((value, span), position) in when.values().into_iter().zip(spans).zip(&columns) {
                self.guard_inserted(target, *position, value, |_| Some(span))?;
            }
        }
        self.flowing(flow, |walk| walk.expressions(when.values()))
    }
}

/// Whether it has `(a, b) = (SELECT …)`: PostgreSQL 15 crashes where two clauses do.
fn sets_by_subquery(when: &nodes::MergeWhenClause) -> bool {
    when.target_list().iter().any(|item| {
        let Node::ResTarget(item) = item else { return false };
        matches!(item.val(), Node::MultiAssignRef(part) if matches!(part.source(), Node::SubLink(_)))
    })
}
