//! INSERT, UPDATE, DELETE, MERGE: pinned where they touch nothing protected, refused where they do.

use crate::catalog::snapshot::{Lineage, Origin, Relation, RelationKind};
use crate::grammar::{Node, NodeList, nodes};
use crate::model::facts::SessionEffect;
use crate::model::refusal::{Reason, Refusal};
use crate::rights::table::RelationRight;

use super::refuse::{Step, not_understood};
use super::scan::Named;
use super::scope::{Fields, Names};
use super::walk::Walk;

/// The refusal of a write that touches protected columns.
pub(super) fn protected_write(location: i32) -> Refusal {
    Refusal::new(Reason::ProtectedWrite, "this user may not write where protected columns are read or written")
        .hint("Write tables that hold nothing protected, or write into a temporary table.")
        .at(location)
}

impl<'a> Walk<'a> {
    /// The target of a write, as an item of the current level.
    fn write_target(&mut self, range: Option<&'a nodes::RangeVar>) -> Step<Names> {
        let range = range.ok_or_else(|| not_understood("a write without a target", -1))?;
        let named = self.named(range)?;
        self.writable(&named, range.location)?;
        if !named.temporary {
            self.writes = Some(range.location);
        }
        self.pin(&named);
        let names = Names {
            known: named.relation.columns.iter().map(|column| column.name.to_string()).collect(),
            complete: true,
        };
        self.enter(range.alias(), range.relname(), Some(named.relation), names.clone(), None)?;
        Ok(names)
    }

    /// Refuses targets that hold something protected, and those where rules or a view lead the write elsewhere.
    pub(super) fn writable(&self, named: &Named, location: i32) -> Step {
        let relation = &named.relation;
        let name = format!("{}.{}", relation.schema, relation.name);
        if self.protected(named).is_some() {
            return Err(protected_write(location).detail(format!("{name} has protected columns.")));
        }
        let led_elsewhere = match relation.kind {
            RelationKind::View => !self.over_unprotected(relation, 8),
            _ => relation.has_rules,
        };
        if led_elsewhere {
            return Err(protected_write(location)
                .detail(format!("Rules of {name} lead to relations that may hold protected columns.")));
        }
        Ok(())
    }

    /// Whether a view is known to stand over relations that hold nothing protected from this principal.
    fn over_unprotected(&self, view: &Relation, depth: usize) -> bool {
        let Some(Lineage::Known { outputs, decides }) = &view.lineage else { return false };
        let sources = outputs.iter().flat_map(|origin| match origin {
            Origin::Column(id) => std::slice::from_ref(id),
            Origin::Derived(ids) => ids.as_slice(),
        });
        let mut sources = sources.chain(decides).peekable();
        depth > 0
            && sources.peek().is_some()
            && sources.all(|id| {
                let open = !matches!(
                    self.context.rights.relation(id.relation),
                    Some(RelationRight::Masked(_) | RelationRight::Refused(_))
                );
                let source = self.context.snapshot.relation(id.relation);
                open && source.is_some_and(|source| match source.kind {
                    RelationKind::View => self.over_unprotected(source, depth - 1),
                    _ => !source.has_rules,
                })
            })
    }

    pub(super) fn insert(&mut self, insert: &'a nodes::InsertStmt) -> Step<Names> {
        let mark = self.scope.mark();
        self.with(insert.with_clause())?;
        if !super::walk::absent(insert.select_stmt()) {
            self.query(insert.select_stmt())?;
        }
        self.scope.open();
        let names = self.write_target(insert.relation())?;
        if insert.cols().is_empty() {
            let all = Fields { catalog: None, schema: None, qualifier: None, name: None };
            self.scope.refer(all, -1, false);
        }
        self.assigned_columns(insert.cols())?;
        if let Some(conflict) = insert.on_conflict_clause() {
            self.enter(None, Some("excluded"), None, names, None)?;
            self.on_conflict(conflict)?;
        }
        let names = self.returning(insert.returning_clause())?;
        self.scope.reset(mark);
        Ok(names)
    }

    fn assigned_columns(&mut self, columns: &'a NodeList) -> Step {
        for column in columns {
            match column {
                Node::ResTarget(target) => self.assigned(target)?,
                _ => return Err(not_understood("this column list", -1)),
            }
        }
        Ok(())
    }

    /// A column of the target, with its subscripts, and the value if there is one.
    fn assigned(&mut self, target: &'a nodes::ResTarget) -> Step {
        let written = Fields { catalog: None, schema: None, qualifier: None, name: target.name() };
        self.scope.refer(written, target.location, false);
        for step in target.indirection() {
            match step {
                Node::String(_) => {}
                Node::A_Indices(indices) => {
                    self.expression(indices.lidx())?;
                    self.expression(indices.uidx())?;
                }
                _ => return Err(not_understood("this assignment", target.location)),
            }
        }
        self.expression(target.val())
    }

    fn on_conflict(&mut self, conflict: &'a nodes::OnConflictClause) -> Step {
        if let Some(infer) = conflict.infer() {
            for element in infer.index_elems() {
                match element {
                    Node::IndexElem(element) => self.index_element(element)?,
                    _ => return Err(not_understood("this ON CONFLICT", conflict.location)),
                }
            }
            self.expression(infer.where_clause())?;
        }
        for target in conflict.target_list() {
            self.assigned(target)?;
        }
        self.expression(conflict.where_clause())
    }

    /// An element of an index or of ON CONFLICT; operator classes of others run their code.
    pub(super) fn index_element(&mut self, element: &'a nodes::IndexElem) -> Step {
        if !element.opclass().is_empty() || !element.opclassopts().is_empty() || !element.collation().is_empty() {
            return Err(not_understood("an operator class or collation of an index", -1));
        }
        self.expression(element.expr())
    }

    fn returning(&mut self, clause: Option<&'a nodes::ReturningClause>) -> Step<Names> {
        let mut names = Names::default();
        let Some(clause) = clause else { return Ok(names) };
        if !clause.options().is_empty() {
            return Err(not_understood("RETURNING WITH", -1));
        }
        for target in clause.exprs() {
            match target {
                Node::ResTarget(target) => {
                    names.known.extend(target.name().map(str::to_owned));
                    self.expression(target.val())?;
                }
                _ => return Err(not_understood("this RETURNING", -1)),
            }
        }
        // the names are not in place: a column alias list could not be applied
        Ok(Names::default())
    }

    pub(super) fn update(&mut self, update: &'a nodes::UpdateStmt) -> Step<Names> {
        let mark = self.scope.mark();
        self.with(update.with_clause())?;
        self.scope.open();
        self.write_target(update.relation())?;
        self.from(update.from_clause())?;
        for target in update.target_list() {
            self.assigned(target)?;
        }
        self.condition(update.where_clause())?;
        let names = self.returning(update.returning_clause())?;
        self.scope.reset(mark);
        Ok(names)
    }

    pub(super) fn delete(&mut self, delete: &'a nodes::DeleteStmt) -> Step<Names> {
        let mark = self.scope.mark();
        self.with(delete.with_clause())?;
        self.scope.open();
        self.write_target(delete.relation())?;
        self.from(delete.using_clause())?;
        self.condition(delete.where_clause())?;
        let names = self.returning(delete.returning_clause())?;
        self.scope.reset(mark);
        Ok(names)
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

    pub(super) fn merge(&mut self, merge: &'a nodes::MergeStmt) -> Step<Names> {
        let mark = self.scope.mark();
        self.with(merge.with_clause())?;
        self.scope.open();
        self.write_target(merge.relation())?;
        self.item(merge.source_relation())?;
        self.conditions(merge.join_condition())?;
        for when in merge.merge_when_clauses() {
            self.conditions(when.condition())?;
            self.assigned_columns(when.target_list())?;
            self.expressions(when.values())?;
        }
        let names = self.returning(merge.returning_clause())?;
        self.scope.reset(mark);
        Ok(names)
    }
}
